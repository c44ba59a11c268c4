import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import { indicatorOf, settle, type Province } from '../../../tests/province';
import type { Database } from '../database/database';
import type { Sql } from '../database/sql';
import type { Indicator } from './catalogue';
import { readMonth, type Span } from './period';
import { figureQuery, figures, within, type Figure, type Scope } from './series';
import { sql } from '../database/sql';

let db: Database;

beforeAll(async () => {
	db = await openTestDatabase();
});

afterAll(() => db.close());

const today: Scope = { block: null, kind: null, unit: null, structure: 'today' };
const reported: Scope = { ...today, structure: 'reported' };

/** `2024-01..2024-12` as a span. */
function span(text: string): Span {
	const [from, to = from] = text.split('..').map((month) => readMonth(month));
	if (from === undefined || from === null || to === undefined || to === null) throw new RangeError(text);
	return { from, to };
}

/**
 * The figures of one indicator, asked of the registers and of their monthly sums, which must agree; without `byUnit` the plain query that
 * pages show must agree too.
 */
async function ask(indicator: Indicator, spans: readonly string[], scope: Scope, byUnit = false): Promise<Figure[]> {
	const windows = spans.map((name) => ({ name, span: span(name) }));
	const asked = async (monthly: boolean) =>
		(await figures(db, [indicator], () => windows, scope, { byUnit, monthly })).get(indicator.indicator_id) ?? [];
	const list = (await asked(false)).sort((a, b) => `${a.window} ${a.unit}`.localeCompare(`${b.window} ${b.unit}`));
	const monthly = (await asked(true)).sort((a, b) => `${a.window} ${a.unit}`.localeCompare(`${b.window} ${b.unit}`));
	expect(monthly).toEqual(list);
	if (!byUnit && indicator.class !== 'ratio' && indicator.over_periods !== 'average') {
		for (const window of windows) {
			const [row] = await db.query({ text: figureQuery(indicator, window, scope) } as Sql);
			const shown = typeof row?.v0 === 'number' ? row.v0 * (indicator.scale ?? 1) : null;
			const figure = list.find((one) => one.window === window.name);
			expect(shown ?? (indicator.class === 'additive' ? 0 : null)).toBe(figure?.value);
		}
	}
	return list;
}

/** The values of {@link ask}, by window. */
async function values(indicator: Indicator, spans: readonly string[], scope: Scope): Promise<(number | null)[]> {
	const list = await ask(indicator, spans, scope);
	return spans.map((name) => list.find(({ window }) => window === name)?.value ?? null);
}

/** The value of each unit in one window, marked with ~ when it is an estimate. */
async function apart(indicator: Indicator, window: string, scope: Scope): Promise<Record<string, string>> {
	const list = await ask(indicator, [window], scope, true);
	return Object.fromEntries(
		list.map(({ unit, value, estimated }) => [String(unit), `${estimated ? '~' : ''}${value}`])
	);
}

const recognised = indicatorOf({ indicator_id: 'recognised', condition: "status = 'yes'" });
const received = indicatorOf({ indicator_id: 'received', date_column: 'submitted_on' });
const running = indicatorOf({ indicator_id: 'running', over_periods: 'cumulative' });
const monthly = indicatorOf({ indicator_id: 'monthly', over_periods: 'average' });
const benefit = indicatorOf({ indicator_id: 'benefit', value: 'sum(benefit_vnd) / 1000', scale: 2 });
const rounded = indicatorOf({ indicator_id: 'rounded', value: 'round(sum(benefit_vnd) / 1000)' });
const share = indicatorOf({
	indicator_id: 'share',
	value: 'count(benefit_vnd)',
	denominator: 'count(*)',
	scale: 100,
	class: 'ratio',
	over_periods: 'average'
});
const perHead = indicatorOf({
	indicator_id: 'per_head',
	denominator: 'headcount.staff',
	scale: 100,
	class: 'ratio',
	over_periods: 'average'
});
const perMember = indicatorOf({
	...perHead,
	indicator_id: 'per_member',
	denominator: 'headcount.members',
	scale: null
});
const middle = indicatorOf({
	indicator_id: 'middle',
	value: 'median(benefit_vnd)',
	class: 'index',
	over_periods: 'average'
});
const levels = indicatorOf({ indicator_id: 'levels', value: 'count(DISTINCT level)', class: 'distinct' });
const largest = indicatorOf({ indicator_id: 'largest', value: 'max(benefit_vnd)' });
const named = indicatorOf({
	indicator_id: 'named',
	value: "count(*) FILTER (WHERE unit_id = 'A')",
	condition: "unit_id <> 'Z'"
});
const all = [
	recognised,
	received,
	running,
	monthly,
	benefit,
	rounded,
	share,
	perHead,
	perMember,
	middle,
	levels,
	largest,
	named
];

/**
 * A and B became M, and L went half to M, 30 % to H and 20 % to the school G, on 1 March 2025. X ended on 1 July 2025 and nobody
 * followed it. N had become O when, on 1 March 2025, P took the name of N.
 */
const units: Province['units'] = [
	{ unit_id: 'A', kind: 'office', block: 'state', valid_to: '2025-03-01' },
	{ unit_id: 'B', kind: 'office', block: 'state', valid_to: '2025-03-01' },
	{ unit_id: 'L', kind: 'office', block: 'state', valid_to: '2025-03-01' },
	{ unit_id: 'M', kind: 'office', block: 'state', valid_from: '2025-03-01' },
	{ unit_id: 'H', kind: 'office', block: 'health' },
	{ unit_id: 'G', kind: 'school', block: 'education' },
	{ unit_id: 'X', kind: 'union', block: 'party', valid_to: '2025-07-01' },
	{ unit_id: 'N', kind: 'office', block: 'names', valid_from: '2025-03-01' },
	{ unit_id: 'O', kind: 'office', block: 'names', valid_from: '2024-01-01' },
	{ unit_id: 'P', kind: 'office', block: 'names', valid_to: '2025-03-01' }
];
const march = { event_id: 'march', effective_on: '2025-03-01' };
const successions: Province['unit_successions'] = [
	{ ...march, kind: 'hop_nhat', from_unit_id: 'A', to_unit_id: 'M', share: 1 },
	{ ...march, kind: 'hop_nhat', from_unit_id: 'B', to_unit_id: 'M', share: 1 },
	{ ...march, kind: 'chia_tach', from_unit_id: 'L', to_unit_id: 'M', share: 0.5 },
	{ ...march, kind: 'chia_tach', from_unit_id: 'L', to_unit_id: 'H', share: 0.3 },
	{ ...march, kind: 'chia_tach', from_unit_id: 'L', to_unit_id: 'G', share: 0.2 },
	{ event_id: 'july', effective_on: '2025-07-01', kind: 'giai_the', from_unit_id: 'X' },
	{ event_id: 'names', effective_on: '2024-01-01', kind: 'doi_ten', from_unit_id: 'N', to_unit_id: 'O', share: 1 },
	{ ...march, kind: 'doi_ten', from_unit_id: 'P', to_unit_id: 'N', share: 1 }
];

type Initiative = NonNullable<Province['initiatives']>[number];

/** Initiatives of a unit, recognised on these days. */
const on = (unit: string, days: readonly string[], rest: Initiative = {}): Initiative[] =>
	days.map((recognised_on) => ({ unit_id: unit, status: 'yes', recognised_on, ...rest }));
const times = (count: number, day: string) => Array.from({ length: count }, () => day);

const place = (province: Province) =>
	settle(db, { units, unit_successions: successions, indicators: all, ...province });

describe('with nothing', () => {
	it('what adds up is 0, anything else is not known, and no unit has a figure', async () => {
		await place({});
		for (const scope of [today, reported, { ...today, unit: 'M' }, { ...reported, kind: 'office' }]) {
			for (const one of [recognised, received, running, monthly, benefit, rounded]) {
				expect(await values(one, ['2024-01..2024-12'], scope), one.indicator_id).toEqual([0]);
			}
			for (const one of [share, perHead, perMember, middle, levels]) {
				expect(await values(one, ['2024-01..2024-12'], scope), one.indicator_id).toEqual([null]);
			}
			for (const one of all) expect(await apart(one, '2024-01..2024-12', scope)).toEqual({});
		}
	});

	it('without units and successions too', async () => {
		await settle(db, { indicators: all });
		expect(await values(recognised, ['2024-01..2024-12'], { ...today, unit: 'M' })).toEqual([0]);
		expect(await apart(perHead, '2024-01..2024-12', today)).toEqual({});
	});

	it('asks nothing when no indicator is asked for', async () => {
		expect(await figures(db, [], () => [], today)).toEqual(new Map());
	});
});

describe('with one row', () => {
	it('is counted in the windows that hold its day', async () => {
		await place({ initiatives: on('H', ['2024-05-20'], { benefit_vnd: 500, level: 'base' }) });
		const windows = ['2024-01..2024-12', '2024-05', '2024-06', '2023-01..2023-12', '2021-01..2024-12'];
		expect(await values(recognised, windows, today)).toEqual([1, 1, 0, 0, 1]);
		expect(await values(running, windows, today)).toEqual([1, 1, 0, 0, 1]);
		expect(await values(benefit, windows, today)).toEqual([1, 1, 0, 0, 1]);
		expect(await values(share, windows, today)).toEqual([100, 100, null, null, 100]);
		expect(await values(middle, windows, today)).toEqual([500, 500, null, null, 500]);
		expect(await values(levels, windows, today)).toEqual([1, 1, null, null, 1]);
		expect(await apart(recognised, '2024-05', today)).toEqual({ H: '1' });
		expect(await apart(recognised, '2024-06', today)).toEqual({});
	});

	it('of nulls is counted by nothing but its day', async () => {
		await place({ initiatives: [{ unit_id: 'H', recognised_on: '2024-05-20' }, { unit_id: 'H', status: 'yes' }, {}] });
		expect(await values(recognised, ['2021-01..2026-12'], today)).toEqual([0]);
		expect(await values(received, ['2021-01..2026-12'], today)).toEqual([0]);
		expect(await values(running, ['2021-01..2026-12'], today)).toEqual([1]);
		expect(await values(benefit, ['2021-01..2026-12'], today)).toEqual([0]);
		expect(await values(share, ['2021-01..2026-12'], today)).toEqual([0]);
		expect(await values(middle, ['2021-01..2026-12'], today)).toEqual([null]);
	});
});

describe('days at the edge of a window', () => {
	it('28 February and 1 March 2025, 29 February 2024, 31 December and 1 January', async () => {
		const days = ['2024-02-29', '2024-03-01', '2024-12-31', '2025-01-01', '2025-02-28', '2025-03-01'];
		await place({ initiatives: on('H', days) });
		const windows = [
			'2024-02',
			'2024-03',
			'2024-12',
			'2025-01',
			'2025-02',
			'2025-03',
			'2024-01..2024-12',
			'2025-01..2025-02'
		];
		expect(await values(recognised, windows, today)).toEqual([1, 1, 1, 1, 1, 1, 3, 2]);
	});

	it('a condition over days says the same as the windows', async () => {
		await place({ initiatives: on('H', ['2024-01-31', '2024-02-01', '2024-02-29', '2024-03-01']) });
		const inside = within(sql`recognised_on`, span('2024-02'));
		const rows = await db.query(sql`SELECT recognised_on AS d FROM initiatives WHERE ${inside} ORDER BY d`);
		expect(rows.map(({ d }) => (d as Date).toISOString().slice(0, 10))).toEqual(['2024-02-01', '2024-02-29']);
	});
});

describe('windows', () => {
	it('that overlap count a row in each, whatever their lengths', async () => {
		await place({ initiatives: on('H', ['2023-06-01', '2024-06-01', '2025-02-01', '2025-06-01']) });
		const windows = [
			'2021-01..2023-12',
			'2021-01..2024-12',
			'2021-01..2025-06',
			'2024-07..2025-06',
			'2025-01..2025-06'
		];
		expect(await values(running, windows, today)).toEqual([1, 2, 4, 2, 2]);
	});

	it('of their own for each indicator are answered together', async () => {
		await place({ initiatives: on('H', ['2023-06-01', '2024-06-01']) });
		const windowsOf = ({ indicator_id: one }: Indicator) => [
			{ name: one, span: span(one === 'running' ? '2021-01..2024-12' : '2024-01..2024-12') }
		];
		const found = await figures(db, [running, recognised, share], windowsOf, today);
		expect(found.get('running')).toMatchObject([{ window: 'running', value: 2 }]);
		expect(found.get('recognised')).toMatchObject([{ window: 'recognised', value: 1 }]);
		expect(found.get('share')).toMatchObject([{ window: 'share', value: 0, numerator: 0, denominator: 1 }]);
	});

	it('average what adds up over their own months, a year or less', async () => {
		await place({ initiatives: on('H', [...times(18, '2024-02-10'), ...times(6, '2024-09-10')]) });
		expect(await values(monthly, ['2024-01..2024-12', '2024-07..2024-12', '2024-02'], today)).toEqual([2, 1, 18]);
	});
});

describe('a merger of two', () => {
	const rows = [
		...on('A', times(2, '2024-05-05')),
		...on('B', times(3, '2024-06-05')),
		...on('M', times(4, '2025-06-05'))
	];
	const years = ['2024-01..2024-12', '2025-01..2025-12'];

	it('counts the old units in the new one today, and each in itself as reported', async () => {
		await place({ initiatives: rows });
		expect(await values(recognised, years, { ...today, unit: 'M' })).toEqual([5, 4]);
		expect(await values(recognised, years, { ...today, unit: 'A' })).toEqual([0, 0]);
		expect(await values(recognised, years, { ...reported, unit: 'M' })).toEqual([0, 4]);
		expect(await values(recognised, years, { ...reported, unit: 'A' })).toEqual([2, 0]);
		expect(await apart(recognised, '2024-01..2024-12', today)).toEqual({ M: '5' });
		expect(await apart(recognised, '2024-01..2024-12', reported)).toEqual({ A: '2', B: '3' });
	});

	it('adds numerators and denominators, never percentages', async () => {
		// A: 1 of 2 (50 %), B: 0 of 3 (0 %): together 1 of 5.
		await place({
			initiatives: [
				...on('A', ['2024-05-05'], { benefit_vnd: 1 }),
				...on('A', ['2024-05-05']),
				...on('B', times(3, '2024-06-05'))
			]
		});
		const [figure] = await ask(share, ['2024-01..2024-12'], { ...today, unit: 'M' });
		expect(figure).toEqual({
			window: '2024-01..2024-12',
			unit: null,
			value: 20,
			numerator: 1,
			denominator: 5,
			estimated: false
		});
	});

	it('divides by the people of the old units before, and of the new one after', async () => {
		await place({
			initiatives: rows,
			unit_headcounts: [
				{ unit_id: 'A', year: 2023, staff: 10, members: 5 },
				{ unit_id: 'A', year: 2024, staff: 20, members: 5 },
				{ unit_id: 'B', year: 2024, staff: 30, members: 0 },
				{ unit_id: 'M', year: 2025, staff: 40, members: 8 }
			]
		});
		const scope = { ...today, unit: 'M' };
		// Up to a December its own year-end; up to any other month, also February 2025 before and June 2025 after the merger, the one before.
		const windows = [
			'2024-01..2024-12',
			'2024-03..2025-02',
			'2024-07..2025-06',
			'2025-01..2025-12',
			'2025-07..2026-06'
		];
		expect((await ask(perHead, windows, scope)).map(({ numerator, denominator }) => [numerator, denominator])).toEqual([
			[5, 50],
			[5, 50],
			[4, 50],
			[4, 40],
			[0, 40]
		]);
		expect(await values(perHead, windows, scope)).toEqual([10, 10, 8, 10, 0]);
		expect(await values(perMember, ['2024-01..2024-12', '2025-01..2025-12'], scope)).toEqual([1, 0.5]);
		// As reported M had nobody at the end of 2024, so its initiatives of early 2025 have no denominator.
		const [early] = await ask(perHead, ['2024-07..2025-06'], { ...reported, unit: 'M' });
		expect(early).toMatchObject({ value: null, numerator: 4, denominator: null });
		expect(await values(perHead, ['2023-01..2023-12', '2022-01..2022-12'], scope)).toEqual([0, null]);
		expect(await apart(perHead, '2024-01..2024-12', reported)).toEqual({ A: '10', B: '10' });
		expect(await apart(perHead, '2023-01..2023-12', today)).toEqual({ M: '0' });
	});

	it('with nobody to divide by has no figure', async () => {
		await place({
			initiatives: rows,
			unit_headcounts: [
				{ unit_id: 'A', year: 2024, staff: 0 },
				{ unit_id: 'B', year: 2024 }
			]
		});
		expect(await values(perHead, ['2024-01..2024-12'], { ...today, unit: 'M' })).toEqual([null]);
		expect(await values(perMember, ['2024-01..2024-12'], { ...today, unit: 'M' })).toEqual([null]);
	});

	it('does not carry a median or a count of distinct things', async () => {
		await place({
			initiatives: [
				...on('A', ['2024-05-05'], { benefit_vnd: 10, level: 'a' }),
				...on('H', ['2024-05-05', '2024-05-06'], { benefit_vnd: 30, level: 'b' }),
				...on('M', ['2025-05-05'], { benefit_vnd: 50, level: 'c' }),
				...on('X', ['2024-05-05'], { benefit_vnd: 70, level: 'd' })
			]
		});
		expect(await values(middle, years, { ...today, unit: 'M' })).toEqual([null, 50]);
		expect(await values(middle, years, { ...reported, unit: 'A' })).toEqual([10, null]);
		// Of the offices of today H alone has rows of 2024; as reported A had one too.
		expect(await values(middle, years, { ...today, kind: 'office' })).toEqual([30, 50]);
		expect(await values(levels, years, { ...today, kind: 'office' })).toEqual([1, 1]);
		expect(await values(levels, years, { ...reported, kind: 'office' })).toEqual([2, 1]);
		expect(await apart(middle, '2024-01..2024-12', today)).toEqual({ H: '30', X: '70' });
		expect(await apart(middle, '2024-01..2024-12', reported)).toEqual({ A: '10', H: '30', X: '70' });
		// All units together are one set of rows in either structure.
		expect(await values(middle, years, today)).toEqual([30, 50]);
		expect(await values(levels, years, today)).toEqual([3, 1]);
	});
});

describe('a split in three', () => {
	const year = ['2024-01..2024-12'];

	it('counts each part by its share, and says that it is an estimate', async () => {
		await place({
			initiatives: [...on('L', times(10, '2024-05-05')), ...on('H', ['2024-05-05']), ...on('A', ['2024-05-05'])]
		});
		expect(await apart(recognised, '2024-01..2024-12', today)).toEqual({ M: '~6', H: '~4', G: '~2' });
		expect(await apart(recognised, '2024-01..2024-12', reported)).toEqual({ A: '1', H: '1', L: '10' });
		expect(await ask(recognised, year, { ...today, kind: 'office' })).toMatchObject([{ value: 10, estimated: true }]);
		expect(await ask(recognised, year, { ...reported, kind: 'office' })).toMatchObject([
			{ value: 12, estimated: false }
		]);
		expect(await ask(recognised, year, { ...today, block: 'education', kind: 'school' })).toMatchObject([
			{ value: 2, estimated: true }
		]);
		// All units together: nothing is divided.
		expect(await ask(recognised, year, today)).toMatchObject([{ value: 12, estimated: false }]);
	});

	it('is an estimate only where a part of it is counted', async () => {
		await place({
			initiatives: [...on('L', ['2024-05-05'], { status: 'no' }), ...on('H', ['2024-05-05', '2025-05-05'])]
		});
		const years = [...year, '2025-01..2025-12'];
		expect(await ask(recognised, years, { ...today, unit: 'H' })).toMatchObject([
			{ value: 1, estimated: false },
			{ value: 1, estimated: false }
		]);
		expect(await ask(running, years, { ...today, unit: 'H' })).toMatchObject([
			{ value: 1.3, estimated: true },
			{ value: 1, estimated: false }
		]);
	});

	it('divides people too, and a ratio over divided people is an estimate', async () => {
		await place({
			initiatives: on('H', ['2024-05-05']),
			unit_headcounts: [
				{ unit_id: 'L', year: 2024, staff: 100 },
				{ unit_id: 'H', year: 2024, staff: 10 },
				{ unit_id: 'H', year: 2025, staff: 50 }
			]
		});
		expect(await ask(perHead, [...year, '2025-01..2025-12'], { ...today, unit: 'H' })).toMatchObject([
			{ value: 2.5, numerator: 1, denominator: 40, estimated: true },
			{ value: 0, numerator: 0, denominator: 50, estimated: false }
		]);
		expect(await apart(perHead, '2024-01..2024-12', today)).toEqual({ M: '~0', H: '~2.5', G: '~0' });
		expect(await ask(perHead, year, { ...reported, unit: 'H' })).toMatchObject([{ value: 10, estimated: false }]);
	});

	it('divides sums of money, and rounds only what is added up', async () => {
		await place({ initiatives: on('L', ['2024-05-05', '2024-06-05'], { benefit_vnd: 400 }) });
		expect(await values(benefit, year, today)).toEqual([1.6]);
		expect((await values(benefit, year, { ...today, unit: 'M' }))[0]).toBeCloseTo(0.8, 12);
		// 0.4 and 0.4 make 0.8, which is 1: months are not rounded by themselves.
		expect(await values(rounded, year, today)).toEqual([1]);
		expect(await values(rounded, year, { ...today, unit: 'M' })).toEqual([0.5]);
	});
});

describe('the day of a row decides where it counts', () => {
	it('a row of an old unit follows it, also when it is dated after its end', async () => {
		await place({ initiatives: on('A', ['2025-02-28', '2025-03-01', '2025-08-08']) });
		expect(await values(recognised, ['2025-02', '2025-03', '2025-08'], { ...today, unit: 'M' })).toEqual([1, 1, 1]);
		expect(await values(recognised, ['2025-02', '2025-03', '2025-08'], { ...reported, unit: 'A' })).toEqual([1, 1, 1]);
	});

	it('a name that comes back means another unit from that day on', async () => {
		// N of 28 February went to O in 2024; N of 1 March is what P became.
		await place({ initiatives: [...on('N', ['2025-02-28', '2025-03-01']), ...on('P', ['2025-02-28'])] });
		expect(await values(recognised, ['2025-02', '2025-03'], { ...today, unit: 'O' })).toEqual([1, 0]);
		expect(await values(recognised, ['2025-02', '2025-03'], { ...today, unit: 'N' })).toEqual([1, 1]);
	});

	it('people count where their unit stands at the end of the year', async () => {
		await place({
			unit_headcounts: [
				{ unit_id: 'N', year: 2024, staff: 3 },
				{ unit_id: 'N', year: 2025, staff: 5 },
				{ unit_id: 'P', year: 2024, staff: 7 }
			]
		});
		const people = async (unit: string) =>
			(await ask(perHead, ['2024-01..2024-12', '2025-01..2025-12'], { ...today, unit })).map(
				({ denominator }) => denominator
			);
		expect(await people('O')).toEqual([3, null]);
		expect(await people('N')).toEqual([7, 5]);
	});

	it('a unit that ended without a successor keeps its rows', async () => {
		await place({ initiatives: on('X', ['2025-06-30', '2025-07-01']) });
		expect(await values(recognised, ['2025-01..2025-12'], { ...today, unit: 'X' })).toEqual([2]);
		expect(await apart(recognised, '2025-01..2025-12', today)).toEqual({ X: '2' });
	});

	it('a row of a unit that nobody knows counts in all, and in no unit', async () => {
		await place({
			initiatives: [
				...on('unheard of', ['2024-05-05'], { benefit_vnd: 1 }),
				{ status: 'yes', recognised_on: '2024-05-05' }
			]
		});
		expect(await values(recognised, ['2024-05'], today)).toEqual([2]);
		expect(await values(middle, ['2024-05'], today)).toEqual([1]);
		for (const scope of [today, reported]) {
			expect(await apart(recognised, '2024-05', scope)).toEqual({});
			expect(await values(recognised, ['2024-05'], { ...scope, unit: 'unheard of' })).toEqual([0]);
			expect(await values(recognised, ['2024-05'], { ...scope, kind: 'office' })).toEqual([0]);
		}
	});
});

describe('expressions', () => {
	it('of unlike conditions are answered together without touching one another', async () => {
		await place({
			initiatives: [
				...on('H', times(2, '2024-05-05')),
				...on('H', times(3, '2024-05-05'), { status: 'no', benefit_vnd: 1000 })
			]
		});
		const no = indicatorOf({ indicator_id: 'no', condition: "status = 'no'" });
		const either = indicatorOf({ indicator_id: 'either', condition: "status = 'no' OR status = 'yes'" });
		const none = indicatorOf({
			indicator_id: 'none',
			condition: "status = 'never'",
			class: 'ratio',
			denominator: 'count(*)'
		});
		const window = { name: 'w', span: span('2024-05') };
		for (const scope of [today, { ...today, unit: 'H' }, { ...reported, unit: 'H' }]) {
			const found = await figures(
				db,
				[recognised, no, either, none, share, benefit, largest, middle],
				() => [window],
				scope
			);
			const value = (name: string) => found.get(name)?.[0]?.value;
			expect(['recognised', 'no', 'either', 'none', 'share', 'benefit', 'largest', 'middle'].map(value)).toEqual([
				2,
				3,
				5,
				null,
				60,
				6,
				1000,
				1000
			]);
		}
	});

	it('that are no sums are taken over the whole window', async () => {
		const rows = ['2024-05-05', '2024-06-05', '2024-07-05'].flatMap((day, index) =>
			on('H', [day], { benefit_vnd: 10 * (3 - index), level: 'a' })
		);
		await place({ initiatives: rows });
		expect(await values(largest, ['2024-01..2024-12'], today)).toEqual([30]);
		expect(await values(levels, ['2024-01..2024-12'], today)).toEqual([1]);
		expect(await values(middle, ['2024-01..2024-12'], today)).toEqual([20]);
	});

	it('may name a column that the paths of units have too', async () => {
		await place({ initiatives: [...on('A', ['2024-05-05']), ...on('B', ['2024-05-05'])] });
		expect(await values(named, ['2024-05'], { ...today, unit: 'M' })).toEqual([1]);
		expect(await apart(named, '2024-05', today)).toEqual({ M: '1' });
	});

	it('that are no expressions, or have no column of days, are refused', async () => {
		await place({});
		const ask = (about: Partial<Indicator>) =>
			figures(
				db,
				[indicatorOf({ indicator_id: 'wrong', ...about })],
				() => [{ name: 'w', span: span('2024-05') }],
				today
			);
		await expect(ask({ value: 'count(*' })).rejects.toThrow('bracket');
		await expect(ask({ value: null })).rejects.toThrow('wrong has no SQL expression');
		await expect(ask({ date_column: null })).rejects.toThrow('wrong has no date column');
		await expect(ask({ value: 'sum(nothing)' })).rejects.toThrow('nothing');
		await expect(ask({ condition: 'nothing > 1' })).rejects.toThrow('nothing');
	});
});

describe('asking', () => {
	it('stops when the signal says so', async () => {
		await place({});
		const signal = AbortSignal.abort(new Error('enough'));
		await expect(
			figures(db, [recognised, perHead], () => [{ name: 'w', span: span('2024-05') }], today, { signal })
		).rejects.toThrow('enough');
	});
});
