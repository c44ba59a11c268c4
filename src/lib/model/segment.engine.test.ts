import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import type { Database } from '../database/database';
import { id, join, sql, table as values, type Sql, type SqlValue } from '../database/sql';
import type { Span } from './period';
import { unitSums } from './segment';

let db: Database;
beforeAll(async () => {
	db = await openTestDatabase();
});
afterAll(() => db.close());

type Monthly = readonly [place: number | null, month: number, rows: number | null, value: number | null];
type Way = readonly [place: number, unit: string, share: number | null];

/** The sums of these monthly rows, in two columns: of rows and of values. */
async function sumsOf(rows: readonly Monthly[], ways: readonly Way[], spans: readonly Span[]) {
	const made = (name: string, types: readonly (readonly [string, Sql])[], cells: readonly (readonly SqlValue[])[]) => {
		const names = types.map(([column]) => column);
		const given = values('given', names, cells.length > 0 ? cells : [names.map(() => null)]);
		const typed = types.map(([column, type]) => sql`CAST(${id(column)} AS ${type}) AS ${id(column)}`);
		return db.exec(
			sql`CREATE OR REPLACE TABLE ${id(name)} AS SELECT ${join(typed)} FROM ${given} WHERE ${cells.length > 0}`
		);
	};
	await made(
		'monthly',
		[
			['place', sql`INTEGER`],
			['month', sql`INTEGER`],
			['rows', sql`DOUBLE`],
			['value', sql`DOUBLE`]
		],
		rows
	);
	await made(
		'ways',
		[
			['place', sql`INTEGER`],
			['unit_id', sql`VARCHAR`],
			['share', sql`DOUBLE`]
		],
		ways
	);
	return unitSums(db, sql`monthly`, [sql`rows`, sql`value`], spans, sql`SELECT place, unit_id, share FROM ways`, {});
}

const year: Span = { from: 100, to: 111 };
const half: Span = { from: 106, to: 117 };

describe('sums of units over spans that overlap', () => {
	it('add up the months of each span, and carry a place by its shares', async () => {
		const sums = await sumsOf(
			[
				[0, 100, 2, 10],
				[0, 106, 1, 4],
				[1, 111, 4, 8],
				[1, 112, 3, null],
				// Outside of both spans, and of no known unit.
				[0, 99, 50, 50],
				[0, 118, 50, 50],
				[null, 106, 50, 50]
			],
			[
				[0, 'A', 1],
				[1, 'A', 0.25],
				[1, 'B', 0.75]
			],
			[year, half]
		);
		expect(sums.units).toEqual(['A', 'B']);
		// By hand: A has 2 + 1 + 4/4 rows in the year, 1 + 4/4 + 3/4 in the other span; B three quarters of the second place.
		expect([sums.sum(0, 0, 'A'), sums.sum(0, 1, 'A')]).toEqual([4, 2.75]);
		expect([sums.sum(1, 0, 'A'), sums.sum(1, 1, 'A')]).toEqual([16, 6]);
		expect([sums.sum(0, 0, 'B'), sums.sum(0, 1, 'B')]).toEqual([3, 5.25]);
		expect([sums.sum(1, 0, 'B'), sums.sum(1, 1, 'B')]).toEqual([6, 6]);
		expect([sums.shared(0, 0, 'A'), sums.shared(0, 0, 'B')]).toEqual([true, true]);
	});

	it('tell nothing from 0, and an estimate of nothing from one', async () => {
		const sums = await sumsOf(
			[
				[0, 100, 0, null],
				[1, 110, 0, 0]
			],
			[
				[0, 'A', 1],
				[1, 'B', 0.5],
				[2, 'C', 1]
			],
			[year, half]
		);
		expect([sums.sum(0, 0, 'A'), sums.sum(1, 0, 'A'), sums.sum(0, 1, 'A')]).toEqual([0, null, null]);
		expect([sums.sum(0, 1, 'B'), sums.sum(1, 1, 'B'), sums.shared(0, 1, 'B')]).toEqual([0, 0, false]);
		expect([sums.sum(0, 0, 'C'), sums.sum(0, 0, 'nobody')]).toEqual([null, null]);
	});

	it('are nothing of no rows, of no ways, and of a share that is not known', async () => {
		expect((await sumsOf([], [[0, 'A', 1]], [year])).sum(0, 0, 'A')).toBeNull();
		expect((await sumsOf([[0, 100, 1, 1]], [], [year])).units).toEqual([]);
		const unknown = await sumsOf([[0, 100, 1, 1]], [[0, 'A', null]], [year]);
		expect([unknown.sum(0, 0, 'A'), unknown.shared(0, 0, 'A')]).toEqual([null, false]);
	});

	it('are those of one row, in a single span', async () => {
		const sums = await sumsOf([[0, 105, 1, 7]], [[0, 'A', 1]], [year]);
		expect([sums.sum(0, 0, 'A'), sums.sum(1, 0, 'A'), sums.shared(1, 0, 'A')]).toEqual([1, 7, false]);
	});

	it('equal sums of the rows themselves, whatever the spans', async () => {
		const month = fc.integer({ min: 100, max: 130 });
		const span = fc.tuple(month, fc.nat(15)).map(([from, length]): Span => ({ from, to: from + length }));
		const row = fc.tuple(fc.nat(3), month, fc.nat(5), fc.option(fc.integer({ min: -8, max: 8 })));
		const way = fc.tuple(fc.nat(3), fc.constantFrom('A', 'B'), fc.constantFrom(1, 0.5, 0.25));
		await fc.assert(
			fc.asyncProperty(
				fc.array(row, { maxLength: 20 }),
				fc.array(way, { minLength: 1, maxLength: 6 }),
				fc.array(span, { minLength: 1, maxLength: 4 }),
				async (rows, ways, spans) => {
					const sums = await sumsOf(rows, ways, spans);
					spans.forEach(({ from, to }, index) => {
						for (const unit of sums.units) {
							const found = rows.flatMap(([place, at, , value]) =>
								at < from || at > to || value === null
									? []
									: ways.flatMap(([one, to, share]) => (one === place && to === unit ? [value * share] : []))
							);
							expect(sums.sum(1, index, unit)).toBe(found.length === 0 ? null : found.reduce((a, b) => a + b));
						}
					});
				}
			),
			{ numRuns: 60 }
		);
	});
});
