import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import { indicatorOf, settle, type Province } from '../../../tests/province';
import type { Database } from '../database/database';
import { units as unitsOf } from './catalogue';
import { standardBounds } from './peer';
import { readMonth } from './period';
import {
	boards,
	Comparer,
	emptinesses,
	everyone,
	filled,
	nowOf,
	people,
	peopleRows,
	placed,
	reportRows,
	together,
	type Placed
} from './unit';
import type { Structure } from './view';

let db: Database;

beforeAll(async () => {
	db = await openTestDatabase();
});

afterAll(() => db.close());

const month = (text: string) => readMonth(text) ?? NaN;
const span = { from: month('2025-01'), to: month('2025-12') };

// A was split on 1 July: three quarters became B, a quarter went to C.
const units: Province['units'] = [
	{ unit_id: 'A', kind: 'office', block: 'state', reports: true, valid_to: '2025-07-01' },
	{ unit_id: 'B', kind: 'office', block: 'state', reports: true, valid_from: '2025-07-01' },
	{ unit_id: 'C', kind: 'school', block: 'education', reports: true }
];
const unit_successions: Province['unit_successions'] = [
	{ event_id: 'e', effective_on: '2025-07-01', kind: 'chia_tach', from_unit_id: 'A', to_unit_id: 'B', share: 0.75 },
	{ event_id: 'e', effective_on: '2025-07-01', kind: 'chia_tach', from_unit_id: 'A', to_unit_id: 'C', share: 0.25 }
];
const unit_headcounts: Province['unit_headcounts'] = [
	{ unit_id: 'A', year: 2024, staff: 40 },
	{ unit_id: 'C', year: 2024, staff: 30 },
	{ unit_id: 'B', year: 2025, staff: 30 },
	{ unit_id: 'C', year: 2025, staff: null }
];
const received = indicatorOf({ indicator_id: 'received', date_column: 'submitted_on' });
const sessions = indicatorOf({ indicator_id: 'sessions', register: 'activities', date_column: 'period_end' });
const middle = indicatorOf({
	indicator_id: 'middle',
	value: 'median(benefit_vnd)',
	class: 'index',
	date_column: 'submitted_on'
});

async function figuresOf(structure: Structure, province: Province, indicator = received) {
	await settle(db, { ...province, indicators: [received, sessions, middle] });
	const members = await placed(db, await unitsOf(db), span, structure);
	const found = await boards(db, [indicator], members, () => [{ name: 'now', span }], structure);
	const board = found.get(indicator.indicator_id);
	return (board ? nowOf(board) : []).map(({ unit, value, compared, size, estimated }) => [
		unit,
		value,
		compared,
		size,
		estimated
	]);
}

const initiatives: Province['initiatives'] = [
	...Array.from({ length: 8 }, () => ({ unit_id: 'A', submitted_on: '2025-02-01', benefit_vnd: 4 })),
	{ unit_id: 'B', submitted_on: '2025-08-01' },
	{ unit_id: 'C', submitted_on: '2025-08-01', benefit_vnd: 2 },
	{ unit_id: 'C', submitted_on: null },
	{ unit_id: null, submitted_on: '2025-08-01' }
];

describe('the figures of all units', () => {
	it('count as reported, with the size of the year-end, and none a head where the size is not known', async () => {
		const all = { units, unit_successions, unit_headcounts, initiatives };
		expect(await figuresOf('reported', all)).toEqual([
			['A', 8, null, null, false],
			['B', 1, (1 / 30) * 100, 30, false],
			['C', 1, null, null, false]
		]);
	});

	it('that are counts without a size are not ranked for want of it, and those that are not known for want of a figure', async () => {
		await settle(db, { units, unit_successions, unit_headcounts, initiatives, indicators: [received, middle] });
		const members = await placed(db, await unitsOf(db), span, 'reported');
		const found = await boards(db, [received, middle], members, () => [{ name: 'now', span }], 'reported');
		const comparer = new Comparer([], members, standardBounds, null);
		const silences = [received, middle].map(({ indicator_id: id }) => {
			const board = found.get(id);
			return members.map(({ unit }) => board && comparer.compare(board, unit).stand.silence);
		});
		// Of A the size at the end of 2025 is not known, of C it is an empty cell; B’s one row has no benefit.
		expect(silences[0]?.map((silence) => silence === 'no_size')).toEqual([true, false, true]);
		expect(silences[1]?.[1]).toBe('no_value');
	});

	it('are carried to today’s units by shares: 1 + 8 × 0.75 and 1 + 8 × 0.25', async () => {
		expect(await figuresOf('today', { units, unit_successions, unit_headcounts, initiatives })).toEqual([
			['B', 7, (7 / 30) * 100, 30, true],
			['C', 3, null, null, true]
		]);
	});

	it('are carried back to the old units by what each brought: of C 30 of 40 stay with C, the rest was A’s', async () => {
		const found = await figuresOf('old', { units, unit_successions, unit_headcounts, initiatives });
		// C was one whole and a quarter of A (40 × 0.25 = 10): of its row after the event a quarter counts for A, as all of B's does.
		expect(found.map(([unit, value, , , estimated]) => [unit, value, estimated])).toEqual([
			['A', 9.25, true],
			['C', 0.75, true]
		]);
	});

	it('leave old units out that cannot be told apart, for want of a headcount', async () => {
		const found = await figuresOf('old', { units, unit_successions, initiatives });
		expect(found).toEqual([]);
	});

	it('are 0 in a list kept for all, nothing where it holds no row, and nothing where a unit sent nothing', async () => {
		const one: Province['initiatives'] = [{ unit_id: 'B', submitted_on: '2025-08-01' }];
		const value = (list: unknown[][]) => list.map(([unit, figure]) => [unit, figure]);
		expect(value(await figuresOf('today', { units, unit_successions, initiatives: one }))).toEqual([
			['B', 1],
			['C', 0]
		]);
		expect(value(await figuresOf('today', { units, unit_successions }))).toEqual([
			['B', null],
			['C', null]
		]);
		const sent = [{ unit_id: 'B', activity: 'x', period: '2025-Q3', period_end: '2025-09-30' }];
		expect(value(await figuresOf('today', { units, unit_successions, activities: sent }, sessions))).toEqual([
			['B', 1],
			['C', null]
		]);
	});

	it('of a median have the number of rows as their size', async () => {
		const found = await figuresOf('reported', { units, initiatives: initiatives.slice(0, 9) }, middle);
		expect(found).toEqual([
			['A', 4, 4, 8, false],
			['B', null, null, 1, false],
			['C', null, null, null, false]
		]);
	});

	it('are none without units', async () => {
		expect(await figuresOf('today', {})).toEqual([]);
	});
});

describe('what is missing in a file', () => {
	it('the people of each year-end', async () => {
		await settle(db, { units, unit_successions, unit_headcounts });
		const of = async (unit: string) =>
			(await people(db, span, { ...everyone('today'), unit })).map(({ year, staff, estimated }) => [
				year,
				staff,
				estimated
			]);
		// B has three quarters of A's forty at the end of 2024.
		expect(await of('B')).toEqual([
			[2024, 30, true],
			[2025, 30, false]
		]);
		expect(await of('nobody')).toEqual([]);
	});

	it('columns are compared with the peers’ median', () => {
		const row = (unit: string, total: number, benefit: number) => ({ unit, rows: total, benefit_vnd: benefit });
		const peers = ['a', 'b', 'c', 'd', 'e'].map((unit, index) => row(unit, 20, 20 - index * 2));
		const found = (own: ReturnType<typeof row>, bounds = standardBounds) =>
			emptinesses([...peers, own], 'initiatives', 'x', ['x', 'a', 'b', 'c', 'd', 'e'], bounds).filter(
				({ column }) => column.name === 'benefit_vnd'
			);
		// The peers leave 0, 10, 20, 30, 40 % empty.
		expect(found(row('x', 10, 6))).toMatchObject([{ rows: 10, empty: 4, share: 0.4 }]);
		expect(found(row('x', 10, 6))[0]?.peers).toBeCloseTo(0.2, 12);
		expect(found(row('x', 20, 13))).toEqual([]);
		expect(found(row('x', 9, 0))).toEqual([]);
		expect(found(row('x', 10, 6), { ...standardBounds, least_peers: 6 })).toEqual([]);
		expect(emptinesses([], 'initiatives', 'x', [], standardBounds)).toEqual([]);
	});

	it('nothing of a register that there is not', async () => {
		expect(await filled(db, 'nothing', span, 'today')).toEqual([]);
	});
});

describe('the rows behind people and reports', () => {
	it('people: the rows of their year-ends with the share that counts, those of predecessors too', async () => {
		await settle(db, { units, unit_successions, unit_headcounts });
		const of = async (unit: string, structure: Structure) => {
			const { rows, count } = await peopleRows(db, span, { ...everyone(structure), unit });
			expect(count).toBe(rows.length);
			return rows.map((row) => [row.unit_id, row.year, row.staff, row.share]);
		};
		// Of A's 40 at the end of 2024 three quarters are B's today: 30, as `people` adds up.
		expect(await of('B', 'today')).toEqual([
			['A', 2024, 40, 0.75],
			['B', 2025, 30, 1]
		]);
		expect(await of('C', 'today')).toEqual([
			['A', 2024, 40, 0.25],
			['C', 2024, 30, 1],
			['C', 2025, null, 1]
		]);
		expect(await of('A', 'reported')).toEqual([['A', 2024, 40, 1]]);
		expect(await of('nobody', 'today')).toEqual([]);
		await settle(db, {});
		expect(await of('B', 'today')).toEqual([]);
	});

	it('reports: what was owed, sent or not, and the rows that were sent', async () => {
		const activities = [
			{ unit_id: 'B', period: '2025-Q3', period_end: '2025-09-30', submitted_on: '2025-10-20', due_on: '2025-10-15' },
			{ unit_id: 'B', period: '2025-Q3', period_end: '2025-09-30', submitted_on: '2025-10-21', due_on: '2025-10-15' },
			{ unit_id: 'C', period: '2025-Q1', period_end: '2025-03-31', submitted_on: '2025-04-01', due_on: null }
		];
		await settle(db, { units, unit_successions, activities });
		const of = async (unit: string | null, from: string, to = from) => {
			const { owed, sent } = await reportRows(
				db,
				{ from: month(from), to: month(to) },
				{ ...everyone('reported'), unit }
			);
			return [owed.rows.map((row) => `${String(row.unit_id)} ${String(row.period)} ${String(row.state)}`), sent.count];
		};
		expect(await of('B', '2025-09')).toEqual([['B 2025-Q3 late'], 2]);
		expect(await of('C', '2025-09')).toEqual([['C 2025-Q3 missing'], 0]);
		expect(await of(null, '2025-03', '2025-09')).toEqual([
			['B 2025-Q3 late', 'C 2025-Q3 missing', 'A 2025-Q1 missing', 'C 2025-Q1 complete'],
			3
		]);
		expect(await of('B', '2025-12')).toEqual([[], 0]);
		await settle(db, {});
		expect(await of(null, '2025-09')).toEqual([[], 0]);
	});
});

it('units are looked at together as they are named, with their peers, by their group, or all', () => {
	const member = (unit: string, kind: string): Placed => ({ unit, kind, block: 'x', staff: 10, estimated: false });
	const members = [member('a', 'k'), member('b', 'k'), member('c', 'l')];
	const group = (id: string, kinds: string | null) => ({
		...{ group_id: id, name_vi: id, name_en: id, kinds, blocks: null, staff_from: null, staff_to: null },
		...{ by_default: kinds !== null, note_vi: null, note_en: null }
	});
	const groups = [group('k', 'k'), group('l', 'l'), group('all', null)];
	const of = (unit: string | null, others: string[] = [], peers: string | null = null) =>
		together(new Comparer(groups, members, standardBounds, peers), members, { unit, others });
	expect(of('c', ['a'])).toEqual(['c', 'a']);
	expect(of('c', ['gone'])).toEqual(['c']);
	expect(of('b')).toEqual(['b', 'a']);
	expect(of('c', [], 'all')).toEqual(['c', 'a', 'b']);
	expect(of(null, [], 'k')).toEqual(['a', 'b']);
	expect(of(null)).toEqual(['a', 'b', 'c']);
	expect(of('gone')).toEqual(['a', 'b', 'c']);
});
