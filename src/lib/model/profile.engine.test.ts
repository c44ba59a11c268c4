import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import { indicatorOf, settle, type Province } from '../../../tests/province';
import type { Database } from '../database/database';
import { id, join, sql, table as values, type SqlValue } from '../database/sql';
import {
	columnProfiles,
	coverageMatrix,
	daysOf,
	edgesOf,
	fillOf,
	fullShares,
	importantColumns,
	reading,
	readingRule,
	registerProfile,
	type ColumnProfile,
	type CoverageMatrix,
	type Finding,
	type Observed
} from './profile';
import { activities, initiatives } from './register';
import type { Column, Table } from './table';

const label = { vi: 'Thử', en: 'Trial' };
const columns = [
	{ name: 'code', label, type: 'text', required: true },
	{ name: 'kinds', label, type: 'codes', list: 'kind' },
	{ name: 'done', label, type: 'boolean' },
	{ name: 'people', label, type: 'integer' },
	{ name: 'benefit_vnd', label, type: 'number' },
	{ name: 'held_on', label, type: 'date' }
] as const satisfies readonly Column[];
const trial: Table = { name: 'trial', label, key: ['code'], columns };

const types = {
	code: sql`VARCHAR`,
	kinds: sql`VARCHAR`,
	done: sql`BOOLEAN`,
	people: sql`INTEGER`,
	benefit_vnd: sql`DOUBLE`,
	held_on: sql`DATE`
};
type Given = Partial<Record<keyof typeof types, string | number | boolean | null>>;

let db: Database;
beforeAll(async () => {
	db = await openTestDatabase();
});
afterAll(() => db.close());

/** The profiles of a table `trial` of these rows, by column. */
async function profiles(rows: readonly Given[]): Promise<Record<keyof typeof types, ColumnProfile>> {
	const names = columns.map(({ name }) => name);
	const cells: SqlValue[][] = rows.map((row) => names.map((name) => row[name] ?? null));
	const typed = names.map((name) => sql`CAST(${id(name)} AS ${types[name]}) AS ${id(name)}`);
	const given = values('given', names, cells.length > 0 ? cells : [names.map(() => null)]);
	await db.exec(sql`CREATE OR REPLACE TABLE trial AS SELECT ${join(typed)} FROM ${given} WHERE ${cells.length > 0}`);
	const found = await columnProfiles(db, trial);
	expect(found.map(({ column }) => column)).toEqual(names);
	return Object.fromEntries(found.map((profile) => [profile.column, profile])) as Record<
		keyof typeof types,
		ColumnProfile
	>;
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

describe('columnProfiles', () => {
	it('counts the values of texts, codes and booleans, nulls apart', async () => {
		const { code, kinds, done } = await profiles([
			{ code: 'b', kinds: 'x|y', done: true },
			{ code: 'a', kinds: 'y', done: false },
			{ code: 'a', kinds: 'y|z|y', done: true },
			{ code: 'Đổi mới', kinds: null, done: null }
		]);
		expect(code).toMatchObject({ rows: 4, filled: 4, distinct: 3, longest: 7, range: null, histogram: null });
		expect(code.top).toEqual([
			{ value: 'a', count: 2 },
			{ value: 'b', count: 1 },
			{ value: 'Đổi mới', count: 1 }
		]);
		// A code that stands twice in a cell is in one row all the same.
		expect(kinds).toMatchObject({ rows: 4, filled: 3, distinct: 3, longest: null });
		expect(kinds.top).toEqual([
			{ value: 'y', count: 3 },
			{ value: 'x', count: 1 },
			{ value: 'z', count: 1 }
		]);
		expect(done).toMatchObject({ filled: 3, distinct: 2, longest: null });
		expect(done.top).toEqual([
			{ value: 'true', count: 2 },
			{ value: 'false', count: 1 }
		]);
	});

	it('names the five most frequent values only', async () => {
		const { code } = await profiles('aabbccddeefg'.split('').map((one) => ({ code: one })));
		expect(code.distinct).toBe(7);
		expect(code.top.map(({ value }) => value)).toEqual(['a', 'b', 'c', 'd', 'e']);
	});

	it('counts the names of persons without listing them', async () => {
		await profiles([{ code: 'Tác giả 01' }, { code: 'Tác giả 01' }, { code: 'Tác giả 02' }]);
		const people: Table = { name: 'people', label, key: [], columns: [{ name: 'lead_author', label, type: 'text' }] };
		await db.exec(sql`CREATE OR REPLACE TABLE people AS SELECT code AS lead_author FROM trial`);
		expect(await columnProfiles(db, people)).toMatchObject([{ filled: 3, distinct: 2, longest: 10, top: [] }]);
	});

	it('gives the range of numbers, with zeros and negatives apart from the bins', async () => {
		const { people } = await profiles([
			...[4, 1, 3, 2, 0, 0, -2].map((one) => ({ people: one })),
			{ people: null },
			{ code: 'empty' }
		]);
		// In order: −2, 0, 0, 1, 2, 3, 4. The quartiles lie at the places 1.5, 3 and 4.5 counted from 0.
		expect(people).toMatchObject({ rows: 9, filled: 7, distinct: 6, top: [], longest: null });
		expect(people.range).toEqual({ minimum: -2, lower: 0, median: 1, upper: 2.5, maximum: 4 });
		expect(people.histogram).toEqual({
			scale: 'linear',
			edges: [0, 1, 2, 3, 4],
			counts: [1, 1, 1, 1],
			zeros: 2,
			negatives: 1
		});
	});

	it('spreads money over powers of ten', async () => {
		const { benefit_vnd: money } = await profiles(
			[1e6, 2e6, 1e7, 1e9, 0, null].map((benefit) => ({ benefit_vnd: benefit }))
		);
		expect(money.histogram?.scale).toBe('log');
		expect(money.histogram?.zeros).toBe(1);
		const { edges = [], counts = [] } = money.histogram ?? {};
		const inBin = (value: number) =>
			counts[edges.findIndex((edge, index) => value > edge && value <= (edges[index + 1] ?? 0))];
		expect([1e6, 2e6, 1e7, 1e9].map(inBin)).toEqual([1, 1, 1, 1]);
		expect(sum(counts)).toBe(4);
		expect(edges.length).toBeLessThanOrEqual(25);
	});

	it('gives the range of days, and how many are a 1 January', async () => {
		const { held_on: days } = await profiles(
			['2024-01-01', '2024-01-03', '2024-01-03', '2024-01-04', '2023-12-31', null].map((held) => ({ held_on: held }))
		);
		expect(days).toMatchObject({ rows: 6, filled: 5, distinct: 4, newYear: 1, top: [] });
		expect(days.range).toEqual({
			minimum: new Date('2023-12-31'),
			lower: new Date('2024-01-01'),
			median: new Date('2024-01-03'),
			upper: new Date('2024-01-03'),
			maximum: new Date('2024-01-04')
		});
		expect(days.histogram?.counts).toEqual([1, 1, 0, 2, 1]);
		expect(days.histogram?.edges[0]).toBe(Date.UTC(2023, 11, 30));
	});

	it('finds numbers far outside the quartiles, on the logarithm for money, and names their rows', async () => {
		// Forty amounts from 1 to 40 triệu; a thousandfold one, and one typed in triệu instead of đồng.
		const usual = Array.from({ length: 40 }, (_, index) => ({ code: `SK-${index}`, benefit_vnd: (index + 1) * 1e6 }));
		const { benefit_vnd: money, people } = await profiles([
			...usual,
			{ code: 'nghìn lần', benefit_vnd: 2e10 },
			{ code: 'thiếu đơn vị', benefit_vnd: 12 },
			{ code: 'chưa tính', benefit_vnd: null }
		]);
		expect(money.outliers?.count).toBe(2);
		// 12 is 1.7 million times less than the median, 2e10 a thousand times more.
		expect(money.outliers?.farthest).toEqual([
			{ key: ['thiếu đơn vị'], value: 12 },
			{ key: ['nghìn lần'], value: 2e10 }
		]);
		expect(people).toMatchObject({ filled: 0, outliers: null, histogram: null });
	});

	it('finds them on the plain scale where numbers have no long tail', async () => {
		// 21 to 40: the quartiles of the 21 numbers are 26 and 36, so the fences lie at −4 and 66.
		const usual = Array.from({ length: 20 }, (_, index) => ({ code: `${index}`, people: 21 + index }));
		const { people } = await profiles([...usual, { code: 'xa', people: 67 }]);
		expect(people.outliers).toEqual({ low: -4, high: 66, count: 1, farthest: [{ key: ['xa'], value: 67 }] });
		expect((await profiles([...usual, { people: 66 }])).people.outliers?.count).toBe(0);
		// Too few to tell, and no spread to tell by.
		expect((await profiles([{ people: 1 }, { people: 900 }])).people.outliers).toBeNull();
		const same = Array.from({ length: 30 }, () => ({ people: 5 }));
		expect((await profiles([...same, { people: 900 }])).people.outliers).toBeNull();
	});

	it('counts round numbers above 100', async () => {
		const { people } = await profiles([7, 100, 200, 3000, 250, 101, 1000000, null].map((one) => ({ people: one })));
		expect(people.round).toEqual({ count: 3, of: 5 });
	});

	it('says nothing of nothing, and little of one row', async () => {
		const none = await profiles([]);
		for (const profile of Object.values(none)) {
			expect(profile).toMatchObject({ rows: 0, filled: 0, distinct: 0, top: [], range: null, histogram: null });
			expect(profile.outliers).toBeNull();
			expect(fillOf(profile)).toBe(0);
		}
		const one = await profiles([{ code: '', people: 7, benefit_vnd: 0, held_on: '2024-05-01' }]);
		// An empty text is a value; only null is empty.
		expect(one.code).toMatchObject({ rows: 1, filled: 1, distinct: 1, longest: 0, top: [{ value: '', count: 1 }] });
		expect(one.people.range).toEqual({ minimum: 7, lower: 7, median: 7, upper: 7, maximum: 7 });
		expect(one.people.histogram).toMatchObject({ edges: [6, 7], counts: [1] });
		expect(one.benefit_vnd.histogram).toEqual({ scale: 'log', edges: [], counts: [], zeros: 1, negatives: 0 });
		expect(one.held_on).toMatchObject({ filled: 1, histogram: { counts: [1] } });
		expect(one.kinds).toMatchObject({ rows: 1, filled: 0, top: [] });
	});

	it('counts every number once, whatever the numbers are', async () => {
		const amount = fc.oneof(
			fc.constant(null),
			fc.constant(0),
			fc.double({ noNaN: true, noDefaultInfinity: true }),
			fc.double({ min: 0, max: 1e9, noNaN: true }),
			fc.integer({ min: 0, max: 12 }).map((power) => 10 ** power)
		);
		const count = fc.oneof(fc.constant(null), fc.nat(5), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
		const row = fc.record({ benefit_vnd: amount, people: count });
		await fc.assert(
			fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
				const found = await profiles(rows);
				for (const name of ['benefit_vnd', 'people'] as const) {
					const given = rows.map((one) => one[name]).filter((one) => one !== null);
					expect(found[name].filled).toBe(given.length);
					expect(found[name].distinct).toBe(new Set(given.map((one) => one + 0)).size);
					const { histogram, range } = found[name];
					if (!histogram) continue;
					expect(range?.maximum).toBe(Math.max(...given));
					expect(histogram.zeros).toBe(given.filter((one) => one === 0).length);
					expect(histogram.negatives).toBe(given.filter((one) => one < 0).length);
					expect(histogram.counts).toEqual(
						histogram.edges
							.slice(1)
							.map(
								(edge, index) =>
									given.filter((one) => one > 0 && one > (histogram.edges[index] ?? 0) && one <= edge).length
							)
					);
					expect(sum(histogram.counts)).toBe(given.filter((one) => one > 0).length);
				}
			}),
			{ numRuns: 40 }
		);
	});
});

describe('edgesOf', () => {
	it('makes bins that people would make', () => {
		expect(edgesOf('linear', 2021, 2026, true)).toEqual([2020, 2021, 2022, 2023, 2024, 2025, 2026]);
		expect(edgesOf('linear', 45, 96)).toEqual([40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100]);
		// Tenths are the very numbers that are written 0.1, 0.2 and so on, 0.3 and 0.7 too.
		expect(edgesOf('linear', 0.05, 1)).toContain(0.3);
		expect(edgesOf('log', 1, 1000, true)).toContain(100);
		// Of 1 and 2 and 3, no bin is without a whole number.
		expect(edgesOf('log', 1, 3000, true).map(Math.floor)).toEqual([0, 1, 3, 10, 31, 100, 316, 1000, 3162]);
	});

	it('covers all that lies between, in order, in at most 24 bins', () => {
		const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });
		fc.assert(
			fc.property(positive, positive, fc.constantFrom('linear', 'log'), (one, other, scale) => {
				const [low, high] = [Math.min(one, other), Math.max(one, other)];
				const edges = edgesOf(scale, low, high);
				expect(edges.length).toBeGreaterThanOrEqual(2);
				expect(edges.length).toBeLessThanOrEqual(25);
				expect(edges[0]).toBeLessThan(low);
				expect(edges.at(-1)).toBeGreaterThanOrEqual(high);
				expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0))).toBe(true);
			})
		);
	});
});

describe('daysOf', () => {
	const iso = (low: string, high: string) =>
		daysOf(new Date(low), new Date(high)).map((date) => date.toISOString().slice(0, 10));

	it('takes days, weeks, months, quarters or years', () => {
		expect(iso('2024-03-01', '2024-03-03')).toEqual(['2024-02-29', '2024-03-01', '2024-03-02', '2024-03-03']);
		expect(iso('2024-03-01', '2024-03-28')).toEqual([
			'2024-02-29',
			'2024-03-07',
			'2024-03-14',
			'2024-03-21',
			'2024-03-28'
		]);
		expect(iso('2024-01-15', '2024-12-31').slice(0, 3)).toEqual(['2023-12-31', '2024-01-31', '2024-02-29']);
		expect(iso('2021-01-01', '2026-09-30').slice(0, 2)).toEqual(['2020-12-31', '2021-03-31']);
		expect(iso('2021-01-01', '2026-09-30').at(-1)).toBe('2026-09-30');
	});

	it('covers any two days in at most 24 bins', () => {
		const date = fc
			.date({ min: new Date('0600-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
			.map((one) => {
				one.setUTCHours(0, 0, 0, 0);
				return one;
			});
		fc.assert(
			fc.property(date, date, (one, other) => {
				const [low, high] = one <= other ? [one, other] : [other, one];
				const edges = daysOf(low, high);
				expect(edges.length).toBeLessThanOrEqual(25);
				expect(edges[0]?.getTime()).toBeLessThan(low.getTime());
				expect(edges.at(-1)?.getTime()).toBeGreaterThanOrEqual(high.getTime());
				expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? edge))).toBe(true);
			})
		);
	});
});

const unit = (unit_id: string, valid_from: string | null = null, valid_to: string | null = null, must = true) => ({
	unit_id,
	valid_from,
	valid_to,
	reports: must
});
const initiative = (unit_id: string | null, submitted_on: string | null) => ({ unit_id, submitted_on });
const activity = (
	unit_id: string,
	period: string,
	period_end: string,
	submitted_on: string,
	more: NonNullable<Province['activities']>[number] = {}
) => ({ unit_id, period, period_end, submitted_on, due_on: '2024-12-31', ...more });

/** Every row is in a cell, outside or unplaced. */
function rowsIn({ units, outside, unplaced }: CoverageMatrix): number {
	return sum(units.flatMap(({ cells }) => cells.map((cell) => cell?.rows ?? 0))) + outside + unplaced;
}

describe('coverageMatrix', () => {
	it('counts the rows of each unit by quarter, quarters without a row too', async () => {
		await settle(db, {
			units: [
				unit('A'),
				unit('B', '2024-07-01'),
				unit('C'),
				unit('D', null, '2020-01-01'),
				unit('E', null, null, false)
			],
			initiatives: [
				initiative('A', '2024-01-01'),
				initiative('A', '2024-03-31'),
				initiative('B', '2024-09-30'),
				initiative('A', null),
				initiative(null, '2024-02-01'),
				initiative('Z', '2024-07-01')
			]
		});
		const matrix = await coverageMatrix(db, initiatives);
		expect(matrix?.periods).toEqual(['2024-Q1', '2024-Q2', '2024-Q3']);
		const counts = matrix?.units.map(({ unit_id: one, rows, expected, cells }) => [
			one,
			rows,
			expected,
			cells.map((cell) => cell?.rows ?? null)
		]);
		expect(counts).toEqual([
			['A', 3, true, [2, 0, 0]],
			// It did not live in the first two quarters.
			['B', 1, true, [null, null, 1]],
			['C', 0, true, [0, 0, 0]],
			// D had ended, E need not report; Z is not among the units, but its row is not lost.
			['Z', 1, false, [0, 0, 1]]
		]);
		expect([matrix?.outside, matrix?.unplaced]).toEqual([0, 2]);
		expect(matrix && rowsIn(matrix)).toBe(6);
	});

	it('shows the years that hold the rows, not those of a mistyped one', async () => {
		await settle(db, {
			units: [unit('A')],
			initiatives: [
				initiative('A', '1924-05-01'),
				...Array.from({ length: 5 }, () => initiative('A', '2024-05-01')),
				initiative('A', '2020-02-01'),
				initiative('A', '2204-05-01')
			]
		});
		const matrix = await coverageMatrix(db, initiatives);
		expect(matrix?.periods.at(0)).toBe('2020-Q1');
		expect(matrix?.periods.at(-1)).toBe('2024-Q2');
		expect(matrix?.periods).toHaveLength(18);
		expect(matrix?.outside).toBe(2);
		expect(matrix && rowsIn(matrix)).toBe(8);
	});

	it('says of reports whether they came, and when', async () => {
		await settle(db, {
			units: [unit('A'), unit('B'), unit('C', '2024-05-01')],
			activities: [
				activity('A', '2024-Q1', '2024-03-31', '2024-04-10'),
				activity('A', '2024-Q1', '2024-03-31', '2024-04-10'),
				activity('A', '2024-Q3', '2024-09-30', '2025-02-01'),
				activity('B', '2024-Q3', '2024-09-30', '2024-10-01')
			]
		});
		const matrix = await coverageMatrix(db, activities);
		expect(matrix?.periods).toEqual(['2024-Q1', '2024-Q2', '2024-Q3']);
		expect(matrix?.units).toEqual([
			{
				unit_id: 'A',
				rows: 3,
				expected: true,
				cells: [
					{ rows: 2, state: 'complete' },
					{ rows: 0, state: null },
					{ rows: 1, state: 'late' }
				]
			},
			{
				unit_id: 'B',
				rows: 1,
				expected: true,
				cells: [
					{ rows: 0, state: 'missing' },
					{ rows: 0, state: null },
					{ rows: 1, state: 'complete' }
				]
			},
			{
				unit_id: 'C',
				rows: 0,
				expected: true,
				cells: [null, { rows: 0, state: null }, { rows: 0, state: 'missing' }]
			}
		]);
	});

	it('keeps periods of several kinds as they were reported', async () => {
		await settle(db, {
			units: [unit('A', '2024-03-01')],
			activities: [
				activity('A', '2023', '2023-12-31', '2024-01-05'),
				activity('A', '2024-Q1', '2024-03-31', '2024-04-05'),
				activity('A', '2024-H1', '2024-06-30', '2024-07-05')
			]
		});
		const matrix = await coverageMatrix(db, activities);
		expect(matrix?.periods).toEqual(['2023', '2024-Q1', '2024-H1']);
		expect(matrix?.units[0]?.cells.map((cell) => cell?.rows)).toEqual([1, 1, 1]);
	});

	it('is empty without rows, and none for a table without units', async () => {
		await settle(db, { units: [unit('A')] });
		expect(await coverageMatrix(db, initiatives)).toEqual({ periods: [], units: [], outside: 0, unplaced: 0 });
		expect(await coverageMatrix(db, activities)).toEqual({ periods: [], units: [], outside: 0, unplaced: 0 });
		expect(await coverageMatrix(db, trial)).toBeNull();
		await settle(db, { initiatives: [initiative('A', '2024-05-01')] });
		expect(await coverageMatrix(db, initiatives)).toEqual({
			periods: ['2024-Q2'],
			units: [{ unit_id: 'A', rows: 1, expected: false, cells: [{ rows: 1, state: null }] }],
			outside: 0,
			unplaced: 0
		});
	});
});

/** The activities without the opinions, which the small province does not have. */
const attendance: Table = {
	...activities,
	rules: (activities.rules ?? []).filter(({ name }) => !name.startsWith('accepted'))
};

describe('fullShares', () => {
	const counted = (unit_id: string, attended: number | null, invited: number | null) =>
		activity(unit_id, '2024-Q1', '2024-03-31', '2024-04-01', { attended, invited });

	it('names the units whose every row says 100%', async () => {
		await settle(db, {
			activities: [
				...Array.from({ length: 5 }, () => counted('A', 30, 30)),
				...Array.from({ length: 5 }, (_, index) => counted('B', 30 - index, 30)),
				// Four rows are too few to tell; rows without both, and of nobody, say nothing.
				...Array.from({ length: 4 }, () => counted('C', 10, 10)),
				counted('A', null, 20),
				counted('A', 0, 0),
				counted('A', 5, null)
			]
		});
		expect(await fullShares(db, attendance)).toEqual([
			{ part: 'attended', whole: 'invited', rows: 14, full: 10, units: 2, full_units: ['A'] }
		]);
	});

	it('finds nothing in nothing, and nothing to compare where there is no such rule', async () => {
		await settle(db, {});
		expect(await fullShares(db, attendance)).toEqual([
			{ part: 'attended', whole: 'invited', rows: 0, full: 0, units: 0, full_units: [] }
		]);
		expect(await fullShares(db, trial)).toEqual([]);
	});
});

describe('reading', () => {
	const register: Table = {
		name: 'initiatives',
		label,
		key: ['code'],
		columns: [
			{ name: 'code', label, type: 'text', required: true },
			{ name: 'unit_id', label, type: 'text', references: 'units.unit_id' },
			{ name: 'level', label, type: 'code', list: 'level' },
			{ name: 'benefit_vnd', label, type: 'number' },
			{ name: 'note', label, type: 'text' },
			{ name: 'submitted_on', label, type: 'date' }
		]
	};
	const blank: Omit<ColumnProfile, 'column' | 'rows' | 'filled'> = {
		distinct: 50,
		longest: null,
		top: [],
		range: null,
		histogram: null,
		outliers: null,
		round: null,
		newYear: null
	};
	const profile = (column: string, filled: number, about: Partial<ColumnProfile> = {}): ColumnProfile => ({
		...blank,
		column,
		rows: 100,
		filled,
		...about
	});
	const cells = (...rows: (number | null)[]) => rows.map((one) => (one === null ? null : { rows: one, state: null }));
	const observed = (about: Partial<Observed>): Observed => ({
		table: register,
		profiles: [profile('code', 100)],
		matrix: null,
		shares: [],
		important: new Set(),
		...about
	});
	const read = (about: Partial<Observed>) => reading(observed(about));
	const find = <C extends Finding['code']>(findings: readonly Finding[], code: C) =>
		findings.filter((finding): finding is Extract<Finding, { code: C }> => finding.code === code);

	it('says that there is nothing, and that there is little', () => {
		expect(read({ profiles: [profile('code', 0, { rows: 0 })] })).toEqual([{ severity: 'notice', code: 'no_rows' }]);
		expect(reading(observed({ profiles: [] }))).toEqual([{ severity: 'notice', code: 'no_rows' }]);
		expect(find(read({ profiles: [profile('code', 1, { rows: 1 })] }), 'few_rows')).toEqual([
			{ severity: 'notice', code: 'few_rows', rows: 1 }
		]);
	});

	it('says what is well', () => {
		const found = read({
			profiles: [profile('code', 100), profile('level', 95), profile('benefit_vnd', 92)],
			important: new Set(['code', 'level', 'benefit_vnd']),
			matrix: {
				periods: ['2024-Q1', '2024-Q2'],
				units: [
					{ unit_id: 'A', rows: 50, expected: true, cells: cells(25, 25) },
					{ unit_id: 'B', rows: 50, expected: true, cells: cells(50, 0) }
				],
				outside: 0,
				unplaced: 0
			}
		});
		expect(found).toEqual([
			{
				severity: 'good',
				code: 'overall',
				rows: 100,
				units: 2,
				from: '2024-Q1',
				to: '2024-Q2',
				warnings: 0,
				notices: 0,
				goods: 5
			},
			{ severity: 'good', code: 'required_full', columns: 1 },
			{ severity: 'good', code: 'important_full', columns: 2, of: 2 },
			{ severity: 'good', code: 'money', column: 'benefit_vnd', filled: 92, rows: 100 },
			{ severity: 'good', code: 'periods_whole', from: '2024-Q1', to: '2024-Q2', count: 2 },
			{ severity: 'good', code: 'units_whole', units: 2 }
		]);
	});

	it('says which columns are not full, and does not blame those that nobody needs', () => {
		const found = read({
			profiles: [
				profile('code', 97),
				profile('level', 30),
				profile('benefit_vnd', 40),
				profile('submitted_on', 0),
				profile('note', 0)
			],
			important: new Set(['level', 'benefit_vnd', 'submitted_on'])
		});
		expect(found.slice(1)).toEqual([
			{ severity: 'warning', code: 'required_gap', column: 'code', empty: 3, rows: 100 },
			{ severity: 'warning', code: 'important_empty', columns: ['submitted_on'] },
			{ severity: 'notice', code: 'important_sparse', columns: [{ column: 'level', share: 0.3 }] },
			{ severity: 'notice', code: 'money', column: 'benefit_vnd', filled: 40, rows: 100 },
			{ severity: 'notice', code: 'unused', columns: ['note'] }
		]);
		expect(found[0]).toMatchObject({ code: 'overall', severity: 'warning', warnings: 2, notices: 3, goods: 0 });
	});

	it('sees columns that look filled in for form, from twenty values on', () => {
		const same = { distinct: 1, top: [{ value: 'tinh', count: 20 }] };
		expect(find(read({ profiles: [profile('level', 20, same)] }), 'constant')).toEqual([
			{ severity: 'notice', code: 'constant', column: 'level', value: 'tinh', filled: 20 }
		]);
		expect(find(read({ profiles: [profile('level', 19, same)] }), 'constant')).toEqual([]);
		// A file of one unit is in order.
		expect(find(read({ profiles: [profile('unit_id', 100, same)] }), 'constant')).toEqual([]);

		const round = (count: number) => read({ profiles: [profile('benefit_vnd', 60, { round: { count, of: 40 } })] });
		expect(find(round(20), 'round')).toEqual([
			{ severity: 'notice', code: 'round', column: 'benefit_vnd', count: 20, of: 40 }
		]);
		expect(find(round(19), 'round')).toEqual([]);

		const newYear = (count: number) => read({ profiles: [profile('submitted_on', 100, { newYear: count })] });
		expect(find(newYear(5), 'new_year')).toEqual([
			{ severity: 'warning', code: 'new_year', column: 'submitted_on', count: 5, filled: 100 }
		]);
		expect(find(newYear(4), 'new_year')).toEqual([]);

		const outliers = { low: 1, high: 9, count: 2, farthest: [] };
		expect(find(read({ profiles: [profile('benefit_vnd', 100, { outliers })] }), 'outliers')).toEqual([
			{ severity: 'notice', code: 'outliers', column: 'benefit_vnd', count: 2, filled: 100 }
		]);
	});

	it('sees a hundred per cent everywhere', () => {
		const share = { part: 'attended', whole: 'invited', rows: 30, full: 30, units: 3, full_units: ['A', 'B', 'C'] };
		expect(read({ shares: [share] })[1]).toEqual({
			severity: 'warning',
			code: 'all_full',
			part: 'attended',
			whole: 'invited',
			rows: 30
		});
		expect(find(read({ shares: [{ ...share, full: 25, full_units: ['A'] }] }), 'full_units')).toEqual([
			{ severity: 'notice', code: 'full_units', part: 'attended', whole: 'invited', units: ['A'], of: 3 }
		]);
		expect(find(read({ shares: [{ ...share, rows: 10, full: 10, full_units: [] }] }), 'all_full')).toEqual([]);
	});

	it('sees gaps in time and silent units', () => {
		const matrix: CoverageMatrix = {
			periods: ['2024-Q1', '2024-Q2', '2024-Q3'],
			units: [
				{ unit_id: 'A', rows: 80, expected: true, cells: cells(40, 0, 40) },
				{ unit_id: 'B', rows: 20, expected: true, cells: cells(null, null, 17) },
				{ unit_id: 'C', rows: 0, expected: true, cells: cells(0, 0, 0) }
			],
			outside: 2,
			unplaced: 1
		};
		expect(read({ matrix }).slice(1)).toEqual([
			{ severity: 'warning', code: 'periods_missing', periods: ['2024-Q2'] },
			{ severity: 'warning', code: 'units_silent', units: ['C'], of: 3 },
			{ severity: 'notice', code: 'unit_dominates', unit: 'A', rows: 80, of: 100 },
			{ severity: 'notice', code: 'outside', rows: 2 },
			{ severity: 'notice', code: 'unplaced', rows: 1 },
			{ severity: 'good', code: 'required_full', columns: 1 }
		]);
		// Where few units have rows, as with technology transfers, the others are not missed.
		const few = { ...matrix, units: matrix.units.map((one) => (one.unit_id === 'B' ? { ...one, rows: 0 } : one)) };
		expect(find(read({ matrix: few }), 'units_silent')).toEqual([
			{ severity: 'notice', code: 'units_silent', units: ['B', 'C'], of: 3 }
		]);
		expect(find(read({ matrix: few }), 'unit_dominates')).toEqual([]);
	});

	it('judges the reports by their shares', () => {
		const of = (complete: number, late: number, missing: number) => {
			const states = [
				...Array.from({ length: complete }, () => 'complete' as const),
				...Array.from({ length: late }, () => 'late' as const),
				...Array.from({ length: missing }, () => 'missing' as const)
			];
			const matrix: CoverageMatrix = {
				periods: states.map((_, index) => `p${index}`),
				units: [{ unit_id: 'A', rows: 100, expected: true, cells: states.map((state) => ({ rows: 1, state })) }],
				outside: 0,
				unplaced: 0
			};
			return find(read({ matrix }), 'reports')[0];
		};
		expect(of(9, 1, 0)).toEqual({ severity: 'good', code: 'reports', complete: 9, late: 1, missing: 0 });
		expect(of(8, 1, 1)?.severity).toBe('notice');
		expect(of(8, 0, 2)?.severity).toBe('warning');
	});

	it('keeps its rule where chance would not reach it', () => {
		expect(readingRule.newYear).toBeGreaterThan(10 / 365);
		expect(readingRule.round).toBeGreaterThan(10 / 100);
	});
});

describe('importantColumns', () => {
	it('names the columns that the indicators of a register need', () => {
		const list = [
			indicatorOf({ indicator_id: 'benefit', value: 'sum(benefit_vnd)', condition: "level = 'tinh'" }),
			indicatorOf({ indicator_id: 'transfers', register: 'transfers', value: 'sum(value_vnd)' })
		];
		const found = importantColumns(initiatives, list);
		expect(['benefit_vnd', 'level', 'recognised_on', 'unit_id'].map((name) => found.has(name))).toEqual([
			true,
			true,
			true,
			true
		]);
		expect(['value_vnd', 'note', 'signatory'].map((name) => found.has(name))).toEqual([false, false, false]);
	});
});

describe('registerProfile', () => {
	const own: Table = {
		...initiatives,
		key: ['unit_id', 'submitted_on'],
		columns: initiatives.columns.filter(({ name }) =>
			['unit_id', 'status', 'level', 'submitted_on', 'recognised_on', 'benefit_vnd'].includes(name)
		)
	};

	it('puts columns, coverage and reading together', async () => {
		await settle(db, {
			units: [unit('A'), unit('B')],
			initiatives: [initiative('A', '2024-01-01'), initiative('A', '2024-07-01')],
			indicators: [indicatorOf({ indicator_id: 'recognised', condition: "status = 'da_cong_nhan'" })]
		});
		const { profiles: found, matrix, findings } = await registerProfile(db, own);
		expect(found).toHaveLength(6);
		expect(matrix?.periods).toEqual(['2024-Q1', '2024-Q2', '2024-Q3']);
		expect(findings.map(({ code }) => code)).toEqual([
			'overall',
			'important_empty',
			'periods_missing',
			'units_silent',
			'unused',
			'few_rows',
			'required_full'
		]);
		expect(findings[1]).toMatchObject({ columns: ['status', 'recognised_on'] });
	});

	it('stands without a row', async () => {
		await settle(db, {});
		const { profiles: found, findings } = await registerProfile(db, own);
		expect(found.every(({ rows }) => rows === 0)).toBe(true);
		expect(findings).toEqual([{ severity: 'notice', code: 'no_rows' }]);
	});

	it('ends when it is told to', async () => {
		await settle(db, {});
		const reason = new Error('enough');
		await expect(registerProfile(db, own, AbortSignal.abort(reason))).rejects.toBe(reason);
	});
});
