import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import { indicatorOf, settle } from '../../../tests/province';
import { QueryError, type Database } from '../database/database';
import { sql } from '../database/sql';
import { coverage, indicators } from './catalogue';
import { monthlyTable } from './monthly';
import { standings } from './overview';
import { writeMonth } from './period';
import { reports, submitted } from './reporting';
import { deriveTables, StructureError } from './structure';
import { defaultView } from './view';

let db: Database;

beforeAll(async () => {
	db = await openTestDatabase();
});

afterAll(() => db.close());

const iso = (value: unknown) => (value instanceof Date ? value.toISOString().slice(0, 10) : value);
const rows = async (text: Parameters<Database['query']>[0]) =>
	(await db.query(text)).map((row) => Object.values(row).map(iso));

describe('the paths of units', () => {
	const paths = sql`SELECT unit_id, from_day, to_day, today_id, share FROM unit_paths ORDER BY unit_id, from_day NULLS FIRST, today_id`;

	it('of nothing are nothing, with types that can be asked', async () => {
		await settle(db, {});
		expect(await rows(paths)).toEqual([]);
		expect(await rows(sql`SELECT count(*) FROM unit_paths WHERE from_day < DATE '2025-01-01' AND share > 0.5`)).toEqual(
			[[0]]
		);
	});

	it('lead from each unit to itself, to its successors, or nowhere else', async () => {
		const day = { event_id: 'e', effective_on: '2025-03-01' };
		await settle(db, {
			units: [
				{ unit_id: 'A', valid_to: '2025-03-01' },
				{ unit_id: 'B', valid_from: '2025-03-01' },
				{ unit_id: 'C' },
				{ unit_id: 'D', valid_to: '2025-03-01' }
			],
			unit_successions: [
				{ ...day, kind: 'chia_tach', from_unit_id: 'A', to_unit_id: 'B', share: 0.75 },
				{ ...day, kind: 'chia_tach', from_unit_id: 'A', to_unit_id: 'C', share: 0.25 },
				{ ...day, kind: 'giai_the', from_unit_id: 'D' }
			]
		});
		expect(await rows(paths)).toEqual([
			['A', null, null, 'B', 0.75],
			['A', null, null, 'C', 0.25],
			['B', null, null, 'B', 1],
			['C', null, null, 'C', 1],
			['D', null, null, 'D', 1]
		]);
	});

	it('of a name that comes back depend on the day', async () => {
		await settle(db, {
			units: [{ unit_id: 'N' }, { unit_id: 'O' }, { unit_id: 'P' }],
			unit_successions: [
				{ event_id: '1', effective_on: '2024-01-01', kind: 'doi_ten', from_unit_id: 'N', to_unit_id: 'O', share: 1 },
				{ event_id: '2', effective_on: '2025-03-01', kind: 'doi_ten', from_unit_id: 'P', to_unit_id: 'N', share: 1 }
			]
		});
		expect(await rows(paths)).toEqual([
			['N', null, '2025-03-01', 'O', 1],
			['N', '2025-03-01', null, 'N', 1],
			['O', null, null, 'O', 1],
			['P', null, null, 'N', 1]
		]);
	});

	it('that cannot be followed are refused, in both languages', async () => {
		const day = { event_id: 'e', effective_on: '2025-03-01', kind: 'chia_tach' };
		const wrong = settle(db, {
			units: [{ unit_id: 'A' }, { unit_id: 'B' }],
			unit_successions: [
				{ ...day, from_unit_id: 'A', to_unit_id: 'B', share: 0.6 },
				{ ...day, from_unit_id: 'B', to_unit_id: 'A', share: 1 }
			]
		});
		await expect(wrong).rejects.toThrow(StructureError);
		await expect(wrong).rejects.toThrow(
			/unit_successions\.csv:.*The shares of A total 0\.6.*Tổng tỷ trọng của A là 0,6/s
		);
		await expect(wrong).rejects.toThrow(/circle on one day/);
	});
});

describe('the reports that are owed', () => {
	const owed = sql`SELECT unit_id, period, due_on, submitted_on, state FROM reports ORDER BY period_end, unit_id`;
	const quarter = { period: '2025-Q1', period_end: '2025-03-31', activity: 'any' };

	it('are none when nobody reported', async () => {
		await settle(db, { units: [{ unit_id: 'A', reports: true }] });
		expect(await rows(owed)).toEqual([]);
	});

	it('are complete on the day due, late the day after, missing when nothing came', async () => {
		await settle(db, {
			units: [
				{ unit_id: 'A', reports: true },
				{ unit_id: 'B', reports: true },
				{ unit_id: 'C', reports: true },
				{ unit_id: 'D', reports: false },
				{ unit_id: 'E' }
			],
			activities: [
				{ ...quarter, unit_id: 'A', submitted_on: '2025-04-15', due_on: '2025-04-15' },
				{ ...quarter, unit_id: 'A', submitted_on: '2025-05-30', due_on: '2025-04-15' },
				{ ...quarter, unit_id: 'B', submitted_on: '2025-04-16', due_on: '2025-04-15' },
				{ ...quarter, unit_id: 'D', submitted_on: '2025-04-16', due_on: '2025-04-15' }
			]
		});
		// The first row of A came in time, and a report is there when its first row is.
		expect(await rows(owed)).toEqual([
			['A', '2025-Q1', '2025-04-15', '2025-04-15', 'complete'],
			['B', '2025-Q1', '2025-04-15', '2025-04-16', 'late'],
			['C', '2025-Q1', '2025-04-15', null, 'missing']
		]);
	});

	it('are due on the day that they say, else on that of the others, else on the 15th after the period', async () => {
		await settle(db, {
			units: [
				{ unit_id: 'A', reports: true },
				{ unit_id: 'B', reports: true }
			],
			activities: [
				{ ...quarter, unit_id: 'A', submitted_on: '2025-04-18', due_on: '2025-04-20' },
				{ ...quarter, unit_id: 'B', submitted_on: '2025-04-21' },
				{ ...quarter, unit_id: 'A', period: '2025-Q2', period_end: '2025-06-30', submitted_on: '2025-07-15' },
				{ ...quarter, unit_id: 'B', period: '2025-Q2', period_end: '2025-06-30', submitted_on: '2025-07-16' },
				{ ...quarter, unit_id: 'A', period: '2025-Q3', period_end: '2025-09-30' }
			]
		});
		expect(await rows(owed)).toEqual([
			['A', '2025-Q1', '2025-04-20', '2025-04-18', 'complete'],
			['B', '2025-Q1', '2025-04-20', '2025-04-21', 'late'],
			['A', '2025-Q2', '2025-07-15', '2025-07-15', 'complete'],
			['B', '2025-Q2', '2025-07-15', '2025-07-16', 'late'],
			// It came, and nobody wrote down when.
			['A', '2025-Q3', '2025-10-15', null, 'complete'],
			['B', '2025-Q3', '2025-10-15', null, 'missing']
		]);
	});

	it('are owed by the units that live on the last day of the period', async () => {
		const life = (unit_id: string, valid_from: string | null, valid_to: string | null) => ({
			unit_id,
			valid_from,
			valid_to,
			reports: true
		});
		await settle(db, {
			units: [
				life('ends that day', null, '2025-03-31'),
				life('ends the day after', null, '2025-04-01'),
				life('begins that day', '2025-03-31', null),
				life('begins the day after', '2025-04-01', null)
			],
			activities: [{ ...quarter, unit_id: 'someone', submitted_on: '2025-04-01', due_on: '2025-04-15' }]
		});
		expect((await rows(owed)).map(([unit]) => unit)).toEqual(['begins that day', 'ends the day after']);
	});
});

describe('the months that hold data', () => {
	const covered = async () => {
		const { first, last, empty } = await coverage(db);
		return empty ? null : [writeMonth(first), writeMonth(last)];
	};

	it('are none without data', async () => {
		await settle(db, {});
		expect(await coverage(db)).toEqual({ first: 0, last: 0, empty: true });
		await settle(db, { initiatives: [{ unit_id: 'A' }], transfers: [{ unit_id: 'A' }] });
		expect(await covered()).toBeNull();
	});

	it('begin with the first row of any register and end with the latest report', async () => {
		await settle(db, {
			initiatives: [{ submitted_on: '2022-02-28', recognised_on: '2026-11-05' }],
			transfers: [{ certified_on: '2021-05-01' }, { certified_on: '2026-10-01' }],
			activities: [
				{ period: '2023-Q1', period_end: '2023-03-31' },
				{ period: '2026-Q3', period_end: '2026-09-30' }
			]
		});
		expect(await covered()).toEqual(['2021-05', '2026-09']);
	});

	it('end with the last row when nobody reports', async () => {
		await settle(db, { initiatives: [{ submitted_on: '2024-02-29' }], transfers: [{ certified_on: '2024-03-01' }] });
		expect(await covered()).toEqual(['2024-02', '2024-03']);
		await settle(db, { initiatives: [{ submitted_on: '2024-02-29' }] });
		expect(await covered()).toBeNull();
	});
});

describe('the places', () => {
	const places = sql`SELECT place, unit_id, day, from_day FROM places ORDER BY place`;

	it('of nothing are none', async () => {
		await settle(db, {});
		expect(await rows(places)).toEqual([]);
	});

	it('begin where the way of a unit forks, to today or to the old structure', async () => {
		await settle(db, {
			units: [{ unit_id: 'N' }, { unit_id: 'O' }, { unit_id: 'P' }],
			unit_successions: [
				{ event_id: '1', effective_on: '2024-01-01', kind: 'doi_ten', from_unit_id: 'N', to_unit_id: 'O', share: 1 },
				{ event_id: '2', effective_on: '2025-03-01', kind: 'doi_ten', from_unit_id: 'P', to_unit_id: 'N', share: 1 }
			]
		});
		// What is called N is O until the name comes back, and then it is P.
		expect(await rows(places)).toEqual([
			[0, 'N', '0001-01-01', null],
			[1, 'N', '2025-03-01', '2025-03-01'],
			[2, 'O', '0001-01-01', null],
			[3, 'P', '0001-01-01', null]
		]);
	});
});

describe('the monthly sums', () => {
	const count = indicatorOf({ indicator_id: 'count' });

	it('have a row for each unit and month, with its place where the unit is known', async () => {
		await settle(db, {
			units: [{ unit_id: 'A' }],
			indicators: [
				count,
				indicatorOf({ indicator_id: 'benefit', value: 'sum(benefit_vnd) / count(*)', condition: "status = 'yes'" })
			],
			initiatives: [
				{ unit_id: 'A', recognised_on: '2024-05-05', status: 'yes', benefit_vnd: 10 },
				{ unit_id: 'A', recognised_on: '2024-05-31', status: 'yes', benefit_vnd: 20 },
				{ unit_id: 'A', recognised_on: '2024-05-05', status: 'no', benefit_vnd: 40 },
				{ unit_id: 'B', recognised_on: '2024-05-06', status: 'no' },
				{ unit_id: 'B' }
			]
		});
		expect(await rows(sql`SELECT * FROM ${monthlyTable(count)} ORDER BY unit_id`)).toEqual([
			['A', '2024-05-05', 2024 * 12 + 4, 3, 3, 2, 30, 2, 0],
			['B', '2024-05-06', 2024 * 12 + 4, 1, 1, 0, null, 0, null]
		]);
	});

	it('keep apart what a unit did before and after it became another within a month', async () => {
		await settle(db, {
			indicators: [count],
			units: [{ unit_id: 'A' }, { unit_id: 'B' }],
			unit_successions: [
				{ event_id: '1', effective_on: '2024-05-10', kind: 'doi_ten', from_unit_id: 'A', to_unit_id: 'B', share: 1 },
				{ event_id: '2', effective_on: '2024-05-20', kind: 'doi_ten', from_unit_id: 'B', to_unit_id: 'A', share: 1 }
			],
			initiatives: [
				{ unit_id: 'A', recognised_on: '2024-05-09' },
				{ unit_id: 'A', recognised_on: '2024-05-20' },
				{ unit_id: 'A', recognised_on: '2024-05-21' }
			]
		});
		const sums = await rows(sql`SELECT day, "count 0", place FROM ${monthlyTable(count)} ORDER BY day`);
		expect(sums).toEqual([
			['2024-05-09', 1, 0],
			['2024-05-20', 2, 1]
		]);
	});

	it('are made anew with the registers, and do not outlive them', async () => {
		await settle(db, { indicators: [count], initiatives: [{ unit_id: 'A', recognised_on: '2024-05-05' }] });
		expect(await rows(sql`SELECT count(*) FROM ${monthlyTable(count)}`)).toEqual([[1]]);
		await settle(db, { indicators: [count] });
		expect(await rows(sql`SELECT count(*) FROM ${monthlyTable(count)}`)).toEqual([[0]]);
		// A wrong expression does not stop the other tables; what reads the sums says that they are not there.
		await settle(db, { indicators: [count, indicatorOf({ indicator_id: 'wrong', value: 'sum(nothing)' })] });
		expect(await coverage(db)).toMatchObject({ empty: true });
		await expect(db.query(sql`SELECT count(*) FROM ${monthlyTable(count)}`)).rejects.toThrow(QueryError);
	});

	it('have, as all derived tables, columns that Arrow gives back as they were, so that they can be kept', async () => {
		await settle(db, {
			indicators: [count, indicatorOf({ indicator_id: 'sum', value: 'sum(benefit_vnd)' })],
			initiatives: [{ unit_id: 'A', recognised_on: '2024-05-05' }]
		});
		const types = sql`SELECT DISTINCT data_type FROM duckdb_columns()
			WHERE table_name IN ('unit_paths', 'old_paths', 'places', 'reports', 'coverage') OR table_name LIKE 'monthly~_%' ESCAPE '~' ORDER BY 1`;
		expect(await rows(types)).toEqual([['DATE'], ['DOUBLE'], ['INTEGER'], ['VARCHAR']]);
	});

	it('are not needed where there are no indicators', async () => {
		await settle(db, {});
		expect(await indicators(db)).toEqual([]);
		await db.exec(sql`DROP TABLE indicators`);
		await deriveTables(db);
		expect(await coverage(db)).toMatchObject({ empty: true });
	});
});

describe('a province without data', () => {
	it('has standings without figures, no reports and no calls', async () => {
		await settle(db, { indicators: [indicatorOf({ indicator_id: 'count' })] });
		await db.exec(
			sql`CREATE OR REPLACE TABLE targets AS SELECT * FROM (SELECT '' AS target_id, '' AS indicator_id, '' AS boundary, '' AS method, 1 AS base_year, 1.0 AS base_value,
				1 AS target_year, 1.0 AS target_value, 1.0 AS target_upper, 'min' AS type, 'up' AS direction, '' AS document, '' AS document_number,
				DATE '2020-01-01' AS document_date, '' AS superseded_by, '' AS standing) WHERE FALSE`
		);
		await db.exec(sql`CREATE OR REPLACE TABLE actuals AS SELECT * FROM (SELECT '' AS indicator_id) WHERE FALSE`);
		const covered = await coverage(db);
		expect(await standings(db, defaultView, covered)).toMatchObject([
			{ indicator: { indicator_id: 'count' }, status: 'unknown', reason: 'no_target', observations: [], change: null }
		]);
		expect(await standings(db, defaultView, covered, [])).toEqual([]);
		expect(await reports(db, defaultView, covered.last)).toEqual([]);
		expect(await submitted(db, defaultView, 24_000)).toEqual([]);
	});
});
