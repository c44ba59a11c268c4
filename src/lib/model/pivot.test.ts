import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import type { Database } from '../database/database';
import { id, join, sql, table, type Sql, type SqlValue } from '../database/sql';
import {
	arrange,
	compareKeys,
	drill,
	drillFilters,
	heatBounds,
	heatStep,
	pivot,
	pivotLimit,
	readPivot,
	sheetOf,
	type Key,
	type Measure,
	type Pivot,
	type PivotDefinition
} from './pivot';
import type { Column, Table } from './table';

let db: Database;

const both = (text: string) => ({ vi: text, en: text });
const columns: readonly Column[] = [
	{ name: 'unit_id', label: both('Đơn vị'), type: 'text', references: 'units.unit_id' },
	{ name: 'level', label: both('Cấp'), type: 'code', list: 'level' },
	{ name: 'year', label: both('Năm'), type: 'integer' },
	{ name: 'verified', label: both('Kiểm chứng'), type: 'boolean' },
	{ name: 'benefit_vnd', label: both('Làm lợi'), type: 'number' },
	{ name: 'held_on', label: both('Ngày'), type: 'date' }
];
const register: Table = { name: 'sheet', label: both('Sổ'), key: ['unit_id'], columns };
const names = columns.map(({ name }) => name);
const sqlTypes: Partial<Record<Column['type'], Sql>> = {
	number: sql`DOUBLE`,
	integer: sql`INTEGER`,
	date: sql`DATE`,
	boolean: sql`BOOLEAN`
};

type Cell = string | number | boolean | Date | null;
type Given = Readonly<Record<string, Cell>>;

async function settle(rows: readonly Given[]): Promise<void> {
	const body: readonly (readonly SqlValue[])[] =
		rows.length === 0 ? [names.map(() => null)] : rows.map((row) => names.map((name) => row[name] ?? null));
	const cast = columns.map(
		({ name, type }) => sql`CAST(${id(name)} AS ${sqlTypes[type] ?? sql`VARCHAR`}) AS ${id(name)}`
	);
	await db.query(
		sql`CREATE OR REPLACE TABLE sheet AS SELECT ${join(cast)} FROM ${table('t', names, body)}
		${rows.length === 0 ? sql`WHERE FALSE` : sql``}`
	);
}

beforeAll(async () => {
	db = await openTestDatabase();
});

afterAll(() => db.close());

const count: Measure = { kind: 'count' };
const sum: Measure = { kind: 'sum', column: 'benefit_vnd' };
const definition = (about: Partial<PivotDefinition> = {}): PivotDefinition => ({
	rows: [{ column: 'level' }],
	columns: [],
	measures: [count],
	...about
});

async function counted(asked: PivotDefinition, where = sql`TRUE`): Promise<Pivot> {
	const found = await pivot(db, register, where, readPivot(register, asked));
	if ('tooLarge' in found) throw new Error('too large');
	return found;
}

/** The rows of a pivot, written short: its keys, then its cells. */
const shown = ({ rows, cells }: Pivot) =>
	rows.map(({ keys }, index) => [keys.join('/'), ...(cells[index] ?? []).flat()]);

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const rows: readonly Given[] = [
	{ unit_id: 'A', level: 'tinh', year: 2024, verified: true, benefit_vnd: 10, held_on: day('2024-01-31') },
	{ unit_id: 'A', level: 'tinh', year: 2025, verified: false, benefit_vnd: 30, held_on: day('2025-04-01') },
	{ unit_id: 'B', level: 'tinh', year: 2025, verified: null, benefit_vnd: null, held_on: day('2025-12-31') },
	{ unit_id: 'A', level: 'co_so', year: 2024, verified: true, benefit_vnd: 2, held_on: null },
	{ unit_id: 'B', level: null, year: 2024, verified: null, benefit_vnd: NaN, held_on: day('2024-02-01') },
	{ unit_id: '', level: '', year: null, verified: null, benefit_vnd: 8, held_on: null }
];

describe('pivot', () => {
	it('counts each value, nothing and an empty text apart, with the total last', async () => {
		await settle(rows);
		expect(shown(await counted(definition()))).toEqual([
			['', 1],
			['co_so', 1],
			['tinh', 3],
			['', 1],
			['', 6]
		]);
		expect((await counted(definition())).rows.map(({ keys }) => keys)).toEqual([[''], ['co_so'], ['tinh'], [null], []]);
	});

	it('has subtotals whose medians and different values are those of their rows', async () => {
		await settle(rows);
		const found = await counted(
			definition({
				rows: [{ column: 'unit_id' }, { column: 'level' }],
				columns: [{ column: 'year' }],
				measures: [
					sum,
					{ kind: 'median', column: 'benefit_vnd' },
					{ kind: 'distinct', column: 'level' },
					{ kind: 'mean', column: 'benefit_vnd' }
				]
			}),
			sql`unit_id = 'A'`
		);
		expect(found.columns.map(({ keys }) => keys)).toEqual([[2024], [2025], []]);
		expect(shown(found)).toEqual([
			// 2024: 10 and 2; 2025: 30; all: 2, 10, 30.
			['A', 12, 6, 2, 6, 30, 30, 1, 30, 42, 10, 2, 14],
			['A/co_so', 2, 2, 1, 2, null, null, null, null, 2, 2, 1, 2],
			['A/tinh', 10, 10, 1, 10, 30, 30, 1, 30, 40, 20, 1, 20],
			['', 12, 6, 2, 6, 30, 30, 1, 30, 42, 10, 2, 14]
		]);
	});

	it('tells days apart by year, quarter and month', async () => {
		await settle(rows);
		const of = async (step: 'year' | 'quarter' | 'month') =>
			shown(await counted(definition({ rows: [{ column: 'held_on', step }] })));
		expect(await of('year')).toEqual([
			['2024', 2],
			['2025', 2],
			['', 2],
			['', 6]
		]);
		expect((await of('quarter')).map(([key]) => key)).toEqual(['2024-Q1', '2025-Q2', '2025-Q4', '', '']);
		expect((await of('month')).map(([key]) => key)).toEqual(['2024-01', '2024-02', '2025-04', '2025-12', '', '']);
	});

	it('takes shares of rows, of columns and of all, of counts and of sums', async () => {
		await settle(rows);
		const found = await counted(
			definition({
				rows: [{ column: 'unit_id' }],
				columns: [{ column: 'year' }],
				measures: [
					{ kind: 'share', of: 'row' },
					{ kind: 'share', of: 'column' },
					{ kind: 'share', of: 'all', column: 'benefit_vnd' }
				]
			})
		);
		const a = found.rows.findIndex(({ keys }) => keys[0] === 'A');
		// A in 2024: two of its three rows, two of the three of 2024, 12 of 50 đồng.
		expect(found.cells[a]?.[0]).toEqual([2 / 3, 2 / 3, 12 / 50]);
		expect(found.cells.at(-1)?.at(-1)).toEqual([1, 1, 1]);
		await settle([{ unit_id: 'A', benefit_vnd: 0 }]);
		expect(
			shown(await counted(definition({ measures: [{ kind: 'share', of: 'all', column: 'benefit_vnd' }] })))
		).toEqual([
			['', null],
			['', null]
		]);
	});

	it('is a total of nothing for nothing, and one row for one', async () => {
		await settle([]);
		const none = await counted(definition({ columns: [{ column: 'year' }], measures: [count, sum] }));
		expect([none.rows, none.columns, none.cells]).toEqual([[{ keys: [] }], [{ keys: [] }], [[[0, null]]]]);
		await settle([{ unit_id: 'A', level: 'tinh' }]);
		expect(shown(await counted(definition({ measures: [count, sum] })))).toEqual([
			['tinh', 1, null],
			['', 1, null]
		]);
	});

	it('says when it would be too large', async () => {
		await settle([]);
		await db.query(
			sql`INSERT INTO sheet (unit_id, level) SELECT CAST(range AS VARCHAR), 'tinh' FROM range(${pivotLimit.rows + 1})`
		);
		const found = await pivot(db, register, sql`TRUE`, definition({ rows: [{ column: 'unit_id' }] }));
		expect(found).toEqual({ tooLarge: { rows: pivotLimit.rows + 1, columns: 1 } });
	});
});

describe('what was asked', () => {
	it('is kept where it fits and mended where it does not', () => {
		const read = readPivot(register, {
			rows: [
				{ column: 'benefit_vnd' },
				{ column: 'held_on' },
				{ column: 'nowhere' },
				{ column: 'held_on', step: 'month' }
			],
			columns: [{ column: 'level' }, { column: 'unit_id' }, { column: 'year' }],
			measures: [
				{ kind: 'sum', column: 'level' },
				{ kind: 'distinct', column: 'level' }
			]
		});
		expect(read).toEqual({
			rows: [{ column: 'held_on', step: 'year' }],
			columns: [{ column: 'level' }, { column: 'unit_id' }],
			measures: [{ kind: 'distinct', column: 'level' }]
		});
		expect(readPivot(register, { rows: [], columns: [], measures: [] })).toEqual(definition());
	});
});

describe('the rows behind a cell', () => {
	it('are as many as the cell counts, subtotals and nothing too', async () => {
		await settle(rows);
		const asked = definition({
			rows: [{ column: 'unit_id' }, { column: 'level' }],
			columns: [{ column: 'held_on', step: 'quarter' }]
		});
		const found = await counted(asked);
		for (const [index, row] of found.rows.entries())
			for (const [at, column] of found.columns.entries()) {
				const [behind] = await db.query<{ n: number }>(
					sql`SELECT count(*) AS n FROM sheet WHERE ${drill(asked, row, column)}`
				);
				expect(behind?.n).toBe(found.cells[index]?.[at]?.[0] ?? 0);
			}
		expect(drillFilters(asked, { keys: ['A'] }, { keys: [null] })).toEqual([
			{ field: { column: 'unit_id' }, key: 'A' },
			{ field: { column: 'held_on', step: 'quarter' }, key: null }
		]);
	});
});

describe('orders', () => {
	const names = { rows: compareKeys, columns: compareKeys };
	const byName = { by: null, measure: 0, descending: false };

	it('go by names or by a line, parts within their subtotal, what has no value last', async () => {
		await settle(rows);
		const found = await counted(
			definition({ rows: [{ column: 'unit_id' }, { column: 'level' }], columns: [{ column: 'year' }], measures: [sum] })
		);
		const keys = (of: Pivot) => of.rows.map(({ keys: row }) => row.map((key) => key ?? '∅').join('/'));
		expect(keys(found)).toEqual(['', '/', 'A', 'A/co_so', 'A/tinh', 'B', 'B/tinh', 'B/∅', '']);
		const largest = arrange(found, { by: [], measure: 0, descending: true }, byName, names);
		expect(keys(largest)).toEqual(['A', 'A/tinh', 'A/co_so', '', '/', 'B', 'B/tinh', 'B/∅', '']);
		expect(largest.cells[0]?.at(-1)).toEqual([42]);
		const reversed = arrange(found, { ...byName, descending: true }, byName, names);
		expect(keys(reversed)).toEqual(['B', 'B/tinh', 'B/∅', 'A', 'A/tinh', 'A/co_so', '', '/', '']);
		const across = arrange(found, byName, { by: ['A'], measure: 0, descending: true }, names);
		expect(across.columns.map(({ keys: column }) => column)).toEqual([[2025], [2024], [null], []]);
		expect(across.cells.find((_, index) => across.rows[index]?.keys[0] === 'A')?.flat()).toEqual([30, 12, null, 42]);
		expect(arrange(found, { by: ['gone'], measure: 0, descending: true }, byName, names)).toEqual(found);
	});
});

describe('colours', () => {
	it('share cells out evenly, whatever their size, and colour nothing where all are alike', async () => {
		const of = (values: readonly number[]): Pivot => ({
			definition: definition(),
			rows: [...values.map((_, index) => ({ keys: [index] })), { keys: [] }],
			columns: [{ keys: [] }],
			cells: [...values.map((value) => [[value]]), [[1e9]]]
		});
		const bounds = heatBounds(of([1, 2, 3, 4, 5, 6, 7, 8, 9, 1e6]), 0);
		expect(bounds).toEqual([2, 4, 6, 8, 1e6]);
		expect([1, 2, 3, 9, 1e6, null].map((value) => heatStep(value, bounds))).toEqual([1, 1, 2, 5, 5, 0]);
		expect(heatBounds(of([4, 4]), 0)).toEqual([]);
		const two = heatBounds(of([4, 7]), 0);
		expect([4, 7].map((value) => heatStep(value, two))).toEqual([1, 5]);
	});
});

describe('as a sheet', () => {
	it('has heading rows, names of subtotals and all totals', async () => {
		await settle(rows);
		const found = await counted(
			definition({
				rows: [{ column: 'unit_id' }, { column: 'level' }],
				columns: [{ column: 'year' }],
				measures: [count, sum]
			}),
			sql`unit_id = 'A'`
		);
		expect(
			sheetOf(found, {
				field: ({ column }) => column,
				key: (_, key) => String(key),
				measure: ({ kind }) => kind,
				total: 'Tổng',
				subtotal: (name) => `Tổng ${name}`
			})
		).toEqual({
			head: [
				['', 'year', '2024', '2024', '2025', '2025', 'Tổng', 'Tổng'],
				['unit_id', 'level', 'count', 'sum', 'count', 'sum', 'count', 'sum']
			],
			body: [
				['A', 'Tổng A', 2, 12, 1, 30, 3, 42],
				['A', 'co_so', 1, 2, null, null, 1, 2],
				['A', 'tinh', 1, 10, 1, 30, 2, 40],
				['Tổng', '', 2, 12, 1, 30, 3, 42]
			]
		});
	});
});

describe('against counting by hand', () => {
	it('every cell and every total is that of its rows, for any rows and any pivot', async () => {
		const cell = {
			unit_id: fc.constantFrom('A', 'B', '', null),
			level: fc.constantFrom('x', 'y', null),
			year: fc.constantFrom(2024, 2025, null),
			verified: fc.constantFrom(true, false, null),
			benefit_vnd: fc.constantFrom(0, 1, 2.5, -4, NaN, null),
			held_on: fc.constantFrom(day('2024-03-31'), day('2025-04-01'), null)
		};
		const field = fc.constantFrom('unit_id', 'level', 'year', 'verified', 'held_on');
		const measures: readonly Measure[] = [
			count,
			sum,
			{ kind: 'mean', column: 'benefit_vnd' },
			{ kind: 'median', column: 'benefit_vnd' },
			{ kind: 'distinct', column: 'level' },
			{ kind: 'share', of: 'row' },
			{ kind: 'share', of: 'column', column: 'benefit_vnd' },
			{ kind: 'share', of: 'all' }
		];
		const keyOf = (row: Given, column: string): Key => {
			const value = row[column] ?? null;
			return value instanceof Date ? value.toISOString().slice(0, 4) : value;
		};
		const measure = (of: readonly Given[], asked: Measure): number | null => {
			if (of.length === 0) return null;
			if (asked.kind === 'distinct') return new Set(of.map((row) => row['level']).filter((one) => one !== null)).size;
			const numbers = of
				.map((row) => row['benefit_vnd'])
				.filter((one): one is number => typeof one === 'number' && !Number.isNaN(one))
				.toSorted((a, b) => a - b);
			const total = numbers.reduce((all, one) => all + one, 0);
			if (asked.kind === 'count' || (asked.kind === 'share' && asked.column === undefined)) return of.length;
			if (numbers.length === 0) return null;
			if (asked.kind === 'mean') return total / numbers.length;
			if (asked.kind !== 'median') return total;
			const half = numbers.length / 2;
			return ((numbers[Math.ceil(half) - 1] ?? NaN) + (numbers[Math.floor(half)] ?? NaN)) / 2;
		};
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record<Given>(cell), { maxLength: 25 }),
				fc.uniqueArray(field, { minLength: 1, maxLength: 4 }),
				fc.nat({ max: 2 }),
				async (all, fields, extra) => {
					await settle(all);
					const high = Math.min(2, Math.max(1, fields.length - extra));
					const down = fields.slice(0, high);
					const across = fields.slice(high, high + 2);
					const found = await counted({
						rows: down.map((column) => ({ column })),
						columns: across.map((column) => ({ column })),
						measures
					});
					const prefixes = (names: readonly string[]) => {
						const keys = new Map<string, Key[]>([['[]', []]]);
						for (const row of all)
							for (let depth = 1; depth <= names.length; depth++) {
								const one = names.slice(0, depth).map((name) => keyOf(row, name));
								keys.set(JSON.stringify(one), one);
							}
						return [...keys.keys()].toSorted();
					};
					expect(found.rows.map(({ keys }) => JSON.stringify(keys)).toSorted()).toEqual(prefixes(down));
					expect(found.columns.map(({ keys }) => JSON.stringify(keys)).toSorted()).toEqual(prefixes(across));
					const within = (row: readonly Key[], column: readonly Key[]) =>
						all.filter(
							(one) =>
								row.every((key, index) => keyOf(one, down[index] ?? '') === key) &&
								column.every((key, index) => keyOf(one, across[index] ?? '') === key)
						);
					for (const [index, { keys: row }] of found.rows.entries())
						for (const [at, { keys: column }] of found.columns.entries())
							for (const [of, asked] of measures.entries()) {
								let wanted = measure(within(row, column), asked);
								if (asked.kind === 'share' && wanted !== null) {
									const whole = measure(
										asked.of === 'row' ? within(row, []) : asked.of === 'column' ? within([], column) : all,
										asked
									);
									wanted = whole === null || whole === 0 ? null : wanted / whole;
								}
								const value = found.cells[index]?.[at]?.[of] ?? null;
								// A total of nothing counts none.
								if (all.length === 0) expect(value === 0 || value === null).toBe(true);
								else if (wanted === null || value === null) expect(value).toBe(wanted);
								else expect(value).toBeCloseTo(wanted, 9);
							}
				}
			),
			{ numRuns: 40 }
		);
	});
});
