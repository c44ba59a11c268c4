import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordered, type Key } from './order';

const all = (count: number) => Int32Array.from({ length: count }, (_, row) => row);

describe('rows in order', () => {
	it('go by their keys both ways, the first key first, what has none last, and equal ones as they stood', () => {
		const year = Float64Array.of(2024, NaN, 2023, 2024, 2023);
		const amount = Float64Array.of(2.5, 1, -1e9, -0, 7e300);
		expect([...ordered(all(5), [{ values: year, descending: false }])]).toEqual([2, 4, 0, 3, 1]);
		expect([...ordered(all(5), [{ values: year, descending: true }])]).toEqual([0, 3, 2, 4, 1]);
		expect([...ordered(all(5), [{ values: amount, descending: false }])]).toEqual([2, 3, 1, 0, 4]);
		const both: Key[] = [
			{ values: year, descending: false },
			{ values: amount, descending: true }
		];
		expect([...ordered(all(5), both)]).toEqual([4, 2, 0, 3, 1]);
		expect([...ordered(Int32Array.of(3, 1, 0), both)]).toEqual([0, 3, 1]);
	});

	it('are none for nothing, one for one, and as they stood without a key or with nothing in it', () => {
		expect([...ordered(all(0), [{ values: new Float64Array(), descending: false }])]).toEqual([]);
		expect([...ordered(all(1), [{ values: Float64Array.of(NaN), descending: true }])]).toEqual([0]);
		expect([...ordered(Int32Array.of(2, 0, 1), [])]).toEqual([2, 0, 1]);
		expect([...ordered(all(3), [{ values: Float64Array.of(NaN, NaN, NaN), descending: false }])]).toEqual([0, 1, 2]);
	});

	it('are those of sorting by comparison, for any numbers', () => {
		const number = fc.oneof(
			fc.double(),
			fc.integer({ min: -3, max: 3 }),
			fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 65_535, -1, 1e-310)
		);
		const column = fc.tuple(fc.array(number, { minLength: 40, maxLength: 40 }), fc.boolean());
		fc.assert(
			fc.property(fc.array(column, { maxLength: 3 }), (columns) => {
				const keys = columns.map(([values, descending]) => ({ values: Float64Array.from(values), descending }));
				const compare = (a: number, b: number) => {
					for (const [values, descending] of columns) {
						const [one, other] = [values[a] ?? NaN, values[b] ?? NaN];
						if (Number.isNaN(one) !== Number.isNaN(other)) return Number.isNaN(one) ? 1 : -1;
						if (one < other) return descending ? 1 : -1;
						if (one > other) return descending ? -1 : 1;
					}
					return a - b;
				};
				expect([...ordered(all(40), keys)]).toEqual([...all(40)].sort(compare));
			}),
			{ numRuns: 500 }
		);
	});
});
