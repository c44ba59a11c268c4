import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import { settle, type Province } from '../../../tests/province';
import type { Database } from '../database/database';
import { readMonth } from './period';
import { calls, callRule, reports, submitted, type Report, type ReportState } from './reporting';
import type { Scope } from './series';

let db: Database;

beforeAll(async () => {
	db = await openTestDatabase();
});

afterAll(() => db.close());

const month = (text: string) => readMonth(text) ?? NaN;
const all: Scope = { block: null, kind: null, unit: null, structure: 'today' };

const units: Province['units'] = [
	{ unit_id: 'A', kind: 'office', block: 'state', reports: true, valid_to: '2025-03-01' },
	{ unit_id: 'B', kind: 'office', block: 'state', reports: true, valid_from: '2025-03-01' },
	{ unit_id: 'C', kind: 'school', block: 'education', reports: true }
];
const unit_successions: Province['unit_successions'] = [
	{ event_id: 'e', effective_on: '2025-03-01', kind: 'chia_tach', from_unit_id: 'A', to_unit_id: 'B', share: 0.75 },
	{ event_id: 'e', effective_on: '2025-03-01', kind: 'chia_tach', from_unit_id: 'A', to_unit_id: 'C', share: 0.25 }
];

describe('the reports of the last periods', () => {
	const q4 = { period: '2024-Q4', period_end: '2024-12-31', due_on: '2025-01-15' };
	const q1 = { period: '2025-Q1', period_end: '2025-03-31', due_on: '2025-04-15' };
	const q2 = { period: '2025-Q2', period_end: '2025-06-30', due_on: '2025-07-15' };
	const place = () =>
		settle(db, {
			units,
			unit_successions,
			activities: [
				{ ...q4, unit_id: 'A', submitted_on: '2025-01-10' },
				{ ...q4, unit_id: 'C', submitted_on: '2025-01-20' },
				{ ...q1, unit_id: 'C', submitted_on: '2025-04-15' },
				{ ...q2, unit_id: 'B', submitted_on: '2025-07-16' }
			]
		});
	const told = (list: readonly Report[]) =>
		list.map(({ period, unit_id: unit, state, days_late: late }) => [period, unit, state, late]);

	it('stand by period and unit, with the days between due and received', async () => {
		await place();
		expect(told(await reports(db, all, month('2025-09')))).toEqual([
			['2024-Q4', 'A', 'complete', -5],
			['2024-Q4', 'C', 'late', 5],
			['2025-Q1', 'B', 'missing', null],
			['2025-Q1', 'C', 'complete', 0],
			['2025-Q2', 'B', 'late', 1],
			['2025-Q2', 'C', 'missing', null]
		]);
	});

	it('end with the month asked for, its last day counted, and are as many as asked for', async () => {
		await place();
		const periods = async (to: string, count?: number) => [
			...new Set((await reports(db, all, month(to), count)).map(({ period }) => period))
		];
		expect(await periods('2025-06')).toEqual(['2024-Q4', '2025-Q1', '2025-Q2']);
		expect(await periods('2025-05')).toEqual(['2024-Q4', '2025-Q1']);
		expect(await periods('2025-06', 2)).toEqual(['2025-Q1', '2025-Q2']);
		expect(await periods('2024-11')).toEqual([]);
	});

	it('are those of the units of the scope', async () => {
		await place();
		const of = async (scope: Partial<Scope>) => [
			...new Set((await reports(db, { ...all, ...scope }, month('2025-09'))).map(({ unit_id: unit }) => unit))
		];
		expect(await of({ block: 'state' })).toEqual(['A', 'B']);
		expect(await of({ kind: 'school' })).toEqual(['C']);
		expect(await of({ unit: 'B' })).toEqual(['B']);
		expect(await of({ unit: 'nobody' })).toEqual([]);
		expect(await of({ kind: 'school', block: 'state' })).toEqual([]);
	});
});

describe('initiatives submitted in two years', () => {
	it('count where they count today, by the year up to the month', async () => {
		const rows = (unit_id: string, days: readonly string[]) => days.map((submitted_on) => ({ unit_id, submitted_on }));
		await settle(db, {
			units,
			unit_successions,
			initiatives: [
				// Up to February 2026: the year is March 2025 to February 2026, the one before March 2024 to February 2025.
				...rows('C', ['2024-02-29', '2024-03-01', '2025-02-28', '2025-03-01', '2026-02-28', '2026-03-01']),
				...rows('A', ['2024-12-31', '2025-01-01', '2025-01-02', '2025-01-03', '2025-03-01']),
				...rows('unheard of', ['2025-05-05']),
				{ unit_id: 'C' },
				{ unit_id: 'C', submitted_on: '2025-05-05', status: 'nhap' },
				{ submitted_on: '2025-05-05' }
			]
		});
		// A had four before and one after: 3 and 0.75 to B, 1 and 0.25 to C.
		expect(await submitted(db, all, month('2026-02'))).toEqual([
			{ unit_id: 'B', now: 0.75, before: 3 },
			{ unit_id: 'C', now: 2.25, before: 3 }
		]);
		expect(await submitted(db, { ...all, kind: 'school' }, month('2026-02'))).toEqual([
			{ unit_id: 'C', now: 2.25, before: 3 }
		]);
		expect(await submitted(db, { ...all, unit: 'A' }, month('2026-02'))).toEqual([]);
		expect(await submitted(db, all, month('2030-01'))).toEqual([]);
	});

	it('of nobody are none', async () => {
		await settle(db, {});
		expect(await submitted(db, all, month('2026-02'))).toEqual([]);
	});
});

describe('units to call', () => {
	const periods = ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1'];
	const states: Record<string, ReportState> = { c: 'complete', l: 'late', m: 'missing' };
	/** Reports of units, one letter a period up to the last; a dot is a period in which nothing was owed. */
	const owed = (letters: Record<string, string>): Report[] =>
		periods.flatMap((period, index) =>
			Object.entries(letters).flatMap(([unit_id, text]) => {
				const state = states[text.padStart(periods.length, '.')[index] ?? '.'];
				return state ? [{ unit_id, period, state, days_late: null }] : [];
			})
		);
	const kinds = (letters: Record<string, string>) =>
		calls(owed(letters), []).map(({ unit, concerns }) => [unit, ...concerns.map(({ kind }) => kind)]);

	it('are none of nothing, and none when all is well', () => {
		expect(calls([], [])).toEqual([]);
		expect(kinds({ A: 'ccccc', B: 'c' })).toEqual([]);
	});

	it('are those whose latest report is missing, or two of the last four', () => {
		expect(kinds({ A: 'ccccm' })).toEqual([['A', 'missing']]);
		expect(kinds({ A: 'cccmc' })).toEqual([]);
		expect(kinds({ A: 'cmcmc' })).toEqual([['A', 'missing']]);
		// The fifth from the end is too long ago.
		expect(kinds({ A: 'mcccm', B: 'mcmcc' })).toEqual([['A', 'missing']]);
		expect(calls(owed({ A: 'mmcmc' }), [])).toEqual([
			{ unit: 'A', concerns: [{ kind: 'missing', periods: ['2025-Q2', '2025-Q4'] }] }
		]);
	});

	it('are those that were late three times in four', () => {
		expect(kinds({ A: 'lclcl', B: 'cllcl' })).toEqual([['B', 'late']]);
		expect(calls(owed({ A: 'lll' }), [])).toEqual([{ unit: 'A', concerns: [{ kind: 'late', count: 3, of: 3 }] }]);
		expect(kinds({ A: 'll' })).toEqual([]);
	});

	it('are not those that owe no report any more', () => {
		expect(kinds({ A: 'mmm..', B: 'ccccc' })).toEqual([]);
	});

	it('are those whose initiatives fell by 30 % from at least 10', () => {
		const fell = (before: number, now: number) => calls([], [{ unit_id: 'A', now, before }]).length === 1;
		expect(fell(10, 7)).toBe(true);
		expect(fell(10, 7.25)).toBe(false);
		expect(fell(20, 14)).toBe(true);
		expect(fell(9, 0)).toBe(false);
		expect(fell(9.75, 0)).toBe(false);
		expect(fell(100, 71)).toBe(false);
		expect(fell(100, 0)).toBe(true);
		expect(fell(10, 30)).toBe(false);
		expect([callRule.fall, callRule.least]).toEqual([0.3, 10]);
	});

	it('stand with the gravest first, and so do their concerns', () => {
		const list = calls(owed({ late: 'lllll', missing: 'cccmm', both: 'mmmmm', fine: 'ccccc', worst: 'ccccm' }), [
			{ unit_id: 'fine', now: 1, before: 1 },
			{ unit_id: 'fewer', now: 10, before: 20 },
			{ unit_id: 'fewest', now: 0, before: 20 },
			{ unit_id: 'worst', now: 2, before: 20 },
			{ unit_id: 'late', now: 20, before: 10 }
		]);
		// worst 11 + 5.9, both 14, missing 12, fewest 6, fewer 5.5, late 1.
		expect(list.map(({ unit, concerns }) => [unit, ...concerns.map(({ kind }) => kind)])).toEqual([
			['worst', 'missing', 'fewer'],
			['both', 'missing'],
			['missing', 'missing'],
			['fewest', 'fewer'],
			['fewer', 'fewer'],
			['late', 'late']
		]);
	});

	it('of equal concern stand by their codes', () => {
		expect(kinds({ C: 'm', A: 'm', B: 'm' }).map(([unit]) => unit)).toEqual(['A', 'B', 'C']);
	});
});
