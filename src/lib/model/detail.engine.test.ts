import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import { indicatorOf, settle, type Province } from '../../../tests/province';
import type { Database } from '../database/database';
import type { Sql } from '../database/sql';
import { byUnit, columnsBehind, events, latestWindow, nothing, rowsBehind, steps } from './detail';
import type { Scope } from './scope';

let db: Database;

beforeAll(async () => {
	db = await openTestDatabase();
});

afterAll(() => db.close());

const today: Scope = { block: null, kind: null, unit: null, structure: 'today' };
const year2025 = { from: 2025 * 12, to: 2025 * 12 + 8 };
const count = indicatorOf({ indicator_id: 'count' });
const running = indicatorOf({ indicator_id: 'running', over_periods: 'cumulative' });
const onTime = indicatorOf({
	indicator_id: 'on_time',
	register: 'reports',
	value: "count(*) FILTER (WHERE state = 'complete')",
	denominator: 'count(*)',
	date_column: 'period_end',
	class: 'ratio',
	over_periods: 'average'
});

const unit = (id: string, from: string | null, to: string | null) => ({
	unit_id: id,
	name_vi: id,
	name_en: id,
	short_name: id,
	kind: 'so_nganh',
	block: 'chinh_quyen',
	valid_from: from,
	valid_to: to,
	reports: true
});

/** A and B became C on 1 July 2025; D stands alone. */
const province: Province = {
	units: [
		unit('A', null, '2025-07-01'),
		unit('B', null, '2025-07-01'),
		unit('C', '2025-07-01', null),
		unit('D', null, null)
	],
	unit_successions: [
		{ event_id: 'E', effective_on: '2025-07-01', kind: 'hop_nhat', from_unit_id: 'A', to_unit_id: 'C', share: 1 },
		{ event_id: 'E', effective_on: '2025-07-01', kind: 'hop_nhat', from_unit_id: 'B', to_unit_id: 'C', share: 1 }
	],
	initiatives: [
		{ unit_id: 'A', recognised_on: '2025-01-31' },
		{ unit_id: 'B', recognised_on: '2025-02-01' },
		{ unit_id: 'C', recognised_on: '2025-07-01' },
		{ unit_id: 'D', recognised_on: '2025-07-02' },
		{ unit_id: 'D', recognised_on: '2025-09-30' },
		{ unit_id: 'D', recognised_on: null }
	],
	activities: [
		{ unit_id: 'A', period: '2025-Q2', period_end: '2025-06-30', submitted_on: '2025-07-10', due_on: '2025-07-15' },
		{ unit_id: 'D', period: '2025-Q2', period_end: '2025-06-30', submitted_on: '2025-07-20', due_on: '2025-07-15' },
		{ unit_id: 'D', period: '2025-Q3', period_end: '2025-09-30', submitted_on: '2025-10-01', due_on: '2025-10-15' }
	]
};

describe('steps', () => {
	it('take each quarter by itself, running totals from the start, and mark a year that the span cuts short', async () => {
		await settle(db, province);
		const quarters = await steps(db, count, year2025, 'quarter', today);
		expect(quarters.map(({ period, partial, figure }) => [period, partial, figure.value])).toEqual([
			['2025-Q1', false, 2],
			['2025-Q2', false, 0],
			['2025-Q3', false, 3]
		]);
		const totals = await steps(db, running, year2025, 'quarter', today);
		expect(totals.map(({ figure }) => figure.value)).toEqual([2, 2, 5]);
		const years = await steps(db, count, year2025, 'year', today);
		expect(years.map(({ period, partial, figure }) => [period, partial, figure.value])).toEqual([['2025', true, 5]]);
	});

	it('are zero for a count of nothing', async () => {
		await settle(db, {});
		const quarters = await steps(db, count, year2025, 'quarter', today);
		expect(quarters.map(({ figure }) => figure.value)).toEqual([0, 0, 0]);
	});
});

describe('by unit', () => {
	it('counts predecessors in today’s unit, or each by itself as reported, the largest first', async () => {
		await settle(db, province);
		const carried = await byUnit(db, count, year2025, today);
		expect(carried.map(({ unit: id, value }) => [id, value])).toEqual([
			['C', 3],
			['D', 2]
		]);
		const reported = await byUnit(db, count, year2025, { ...today, structure: 'reported' });
		expect(reported.map(({ unit: id, value }) => [id, value])).toEqual([
			['D', 2],
			['A', 1],
			['B', 1],
			['C', 1]
		]);
	});

	it('is empty for nothing, and one row for one', async () => {
		await settle(db, {});
		expect(await byUnit(db, count, year2025, today)).toEqual([]);
		await settle(db, { units: [unit('D', null, null)], initiatives: [{ unit_id: 'D', recognised_on: '2025-03-01' }] });
		expect((await byUnit(db, count, year2025, today)).map(({ unit: id, value }) => [id, value])).toEqual([['D', 1]]);
	});
});

describe('rows behind', () => {
	it('are the reports that make the share, the newest first', async () => {
		await settle(db, province);
		const all = await rowsBehind(db, onTime, year2025, today);
		expect(all.columns.map(({ name }) => name)).toEqual(['unit_id', 'period', 'due_on', 'submitted_on', 'state']);
		expect(all.count).toBe(5);
		expect(all.rows.map((row) => [row.unit_id, row.period, row.state])).toEqual([
			['C', '2025-Q3', 'missing'],
			['D', '2025-Q3', 'complete'],
			['A', '2025-Q2', 'complete'],
			['B', '2025-Q2', 'missing'],
			['D', '2025-Q2', 'late']
		]);
	});

	it('are those of predecessors too in today’s structure, and its own alone as reported', async () => {
		await settle(db, province);
		const carried = await rowsBehind(db, onTime, year2025, { ...today, unit: 'C' });
		expect(carried.rows.map((row) => [row.unit_id, row.period])).toEqual([
			['C', '2025-Q3'],
			['A', '2025-Q2'],
			['B', '2025-Q2']
		]);
		const own = await rowsBehind(db, onTime, year2025, { ...today, unit: 'C', structure: 'reported' });
		expect(own.rows.map((row) => [row.unit_id, row.period])).toEqual([['C', '2025-Q3']]);
		const median = indicatorOf({ ...onTime, indicator_id: 'm', class: 'index', denominator: null });
		expect((await rowsBehind(db, median, year2025, { ...today, unit: 'C' })).count).toBe(1);
	});

	it('are cut at the limit and still counted, and none for nothing or for published figures', async () => {
		await settle(db, province);
		const cut = await rowsBehind(db, onTime, year2025, today, year2025.from, 2);
		expect([cut.rows.length, cut.count]).toEqual([2, 5]);
		await settle(db, {});
		expect(await rowsBehind(db, onTime, year2025, today)).toMatchObject({ rows: [], count: 0 });
		expect(await rowsBehind(db, indicatorOf({ indicator_id: 'x', register: 'actual' }), year2025, today)).toEqual(
			nothing
		);
	});

	it('have the names of the codes of their register, and of no other list', async () => {
		const code = (list: string, name: string) => ({ list, code: name, name_vi: `${name} vi`, name_en: `${name} en` });
		const held = indicatorOf({ indicator_id: 'held', register: 'activities', date_column: 'period_end' });
		await settle(db, {
			...province,
			code_lists: [code('activity', 'nghien_cuu'), code('level', 'tinh'), code('activity', 'hoi_nghi')]
		});
		expect((await rowsBehind(db, held, year2025, today)).codes).toEqual([
			code('activity', 'nghien_cuu'),
			code('activity', 'hoi_nghi')
		]);
		expect((await rowsBehind(db, onTime, year2025, today)).codes).toEqual([]);
		await settle(db, {});
		expect((await rowsBehind(db, held, year2025, today)).codes).toEqual([]);
	});

	it('are those of several units where these are named, and the query that is shown gives all of them', async () => {
		await settle(db, province);
		const of = async (units: string[]) => {
			const {
				rows,
				count: found,
				query
			} = await rowsBehind(db, onTime, year2025, { ...today, units }, year2025.from, 1);
			const all = await db.query<{ unit_id: string }>({ text: query } as Sql);
			expect([rows.length, all.length]).toEqual([Math.min(1, found), found]);
			return all.map(({ unit_id: one }) => one).sort();
		};
		// C has the reports of A and B before it; D owes for both quarters.
		expect(await of(['C'])).toEqual(['A', 'B', 'C']);
		expect(await of(['C', 'D'])).toEqual(['A', 'B', 'C', 'D', 'D']);
		expect(await of([])).toEqual([]);
	});

	it('show what every row must fill and what the expressions name, and no author', () => {
		const names = columnsBehind(indicatorOf({ indicator_id: 'x', value: 'sum(benefit_vnd)' })).map(({ name }) => name);
		expect(names).toContain('benefit_vnd');
		expect(names).toContain('title');
		expect(names).toContain('recognised_on');
		expect(names).not.toContain('lead_author');
	});
});

it('the latest window is a year cut to the span, or all of it for running totals', () => {
	expect(latestWindow(count, year2025)).toEqual(year2025);
	expect(latestWindow(count, { from: 2023 * 12, to: 2025 * 12 + 8 })).toEqual({
		from: 2024 * 12 + 9,
		to: 2025 * 12 + 8
	});
	expect(latestWindow(running, { from: 2023 * 12, to: 2025 * 12 + 8 })).toEqual({ from: 2023 * 12, to: 2025 * 12 + 8 });
});

it('events are those that touch the scope', async () => {
	await settle(db, province);
	await db.exec((await import('../database/sql')).sql`ALTER TABLE unit_successions ADD COLUMN document VARCHAR`);
	const of = async (id: string | null) =>
		(await events(db, { ...today, unit: id })).map(({ from_unit_id: from }) => from);
	expect(await of(null)).toEqual(['A', 'B']);
	expect(await of('A')).toEqual(['A']);
	expect(await of('C')).toEqual(['A', 'B']);
	expect(await of('D')).toEqual([]);
});
