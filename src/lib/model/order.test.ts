import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitsOf, digitsOfCodes, ordered, type Key } from './order';

/** The key of numbers. */
const key = (values: Float64Array, descending: boolean): Key => ({ digits: digitsOf([values]), descending });

const all = (count: number) => Int32Array.from({ length: count }, (_, row) => row);

describe('rows in order', () => {
	it('go by their keys both ways, the first key first, what has none last, and equal ones as they stood', () => {
		const year = Float64Array.of(2024, NaN, 2023, 2024, 2023);
		const amount = Float64Array.of(2.5, 1, -1e9, -0, 7e300);
		expect([...ordered(all(5), [key(year, false)])]).toEqual([2, 4, 0, 3, 1]);
		expect([...ordered(all(5), [key(year, true)])]).toEqual([0, 3, 2, 4, 1]);
		expect([...ordered(all(5), [key(amount, false)])]).toEqual([2, 3, 1, 0, 4]);
		const both: Key[] = [key(year, false), key(amount, true)];
		expect([...ordered(all(5), both)]).toEqual([4, 2, 0, 3, 1]);
		expect([...ordered(Int32Array.of(3, 1, 0), both)]).toEqual([0, 3, 1]);
	});

	it('are none for nothing, one for one, and as they stood without a key or with nothing in it', () => {
		expect([...ordered(all(0), [key(new Float64Array(), false)])]).toEqual([]);
		expect([...ordered(all(1), [key(Float64Array.of(NaN), true)])]).toEqual([0]);
		expect([...ordered(Int32Array.of(2, 0, 1), [])]).toEqual([2, 0, 1]);
		expect([...ordered(all(3), [key(Float64Array.of(NaN, NaN, NaN), false)])]).toEqual([0, 1, 2]);
	});

	it('are those of sorting by comparison, for any numbers', () => {
		const number = fc.oneof(
			fc.double(),
			fc.integer({ min: -3, max: 3 }),
			fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 65_534, 65_535, 65_536, -1, 1e-310, 2 ** 32, 2 ** 46, 2 ** 53)
		);
		const column = fc.tuple(fc.array(number, { minLength: 40, maxLength: 40 }), fc.boolean());
		fc.assert(
			fc.property(fc.array(column, { maxLength: 3 }), (columns) => {
				const keys = columns.map(([values, descending]) => key(Float64Array.from(values), descending));
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

	it('are the same, whatever parts their numbers come in', () => {
		const number = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.constantFrom(NaN, 0, -0));
		const whole = fc.oneof(fc.integer({ min: -70_000, max: 70_000 }), fc.constant(NaN));
		const parts = (value: fc.Arbitrary<number>) => fc.array(fc.array(value, { maxLength: 8 }), { maxLength: 8 });
		fc.assert(
			fc.property(fc.oneof(parts(number), parts(whole)), (given) => {
				expect(digitsOf(given.map((part) => Float64Array.from(part)))).toEqual(
					digitsOf([Float64Array.from(given.flat())])
				);
			}),
			{ numRuns: 500 }
		);
		expect(digitsOf([])).toEqual([]);
		expect(digitsOf([Float64Array.of(NaN), Float64Array.of(NaN)])).toEqual([]);
		expect(digitsOf([Float64Array.of(7, NaN), new Float64Array(), Float64Array.of(8)])).toEqual([
			{ of: Uint16Array.of(0, 0xffff, 1), hasNone: true }
		]);
	});

	it('go by whole numbers of any size, a digit for each two bytes', () => {
		const whole = fc.oneof(
			fc.integer({ min: -70_000, max: 70_000 }),
			fc.integer({ min: 0, max: 2 ** 46 }),
			fc.constant(NaN)
		);
		fc.assert(
			fc.property(fc.array(whole, { maxLength: 30 }), fc.boolean(), (values, descending) => {
				const wanted = [...values.keys()].sort((a, b) => {
					const [one, other] = [values[a] ?? NaN, values[b] ?? NaN];
					if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
					return descending ? other - one : one - other;
				});
				expect([...ordered(all(values.length), [key(Float64Array.from(values), descending)])]).toEqual(wanted);
			}),
			{ numRuns: 500 }
		);
		expect(digitsOf([Float64Array.of(5, 65_539)]).map(({ hasNone }) => hasNone)).toEqual([true]);
		// The other digit is the same in all rows, and this one has no number to spare.
		expect(digitsOf([Float64Array.of(5, 65_540)]).map(({ hasNone }) => hasNone)).toEqual([false]);
		expect(digitsOf([Float64Array.of(5, NaN, 65_540)]).map(({ hasNone }) => hasNone)).toEqual([false, true]);
	});

	it('go by the places of their codes', () => {
		const digits = digitsOfCodes([Uint8Array.of(2, 0), Uint8Array.of(1, 2, 3)], Float64Array.of(NaN, 30, 10, 20));
		expect([...ordered(all(5), [{ digits, descending: false }])]).toEqual([0, 3, 4, 2, 1]);
		expect([...ordered(all(5), [{ digits, descending: true }])]).toEqual([2, 4, 0, 3, 1]);
	});
});
