import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../model/table';
import { Collector, numbered, Values } from './values';

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const value = fc.constantFrom<Value>(null, '', 'a', 'b', 0, 1, true, false, day('2024-01-02'), day('2024-01-03'));
const column = fc.array(value, { maxLength: 40 });

/** The same values, held each by itself and each different one once. */
function bothWays(values: readonly Value[]): [Values, Values] {
	const collector = new Collector(values.length);
	values.forEach((one, row) => collector.set(row, one));
	return [Values.each(values), collector.values()];
}

describe('values', () => {
	it('are the same, whichever way they are held', () => {
		fc.assert(
			fc.property(column, (values) => {
				for (const held of bothWays(values)) {
					expect([...held]).toEqual(values);
					expect(held.length).toBe(values.length);
					expect(held.at(values.length)).toBeNull();
					const text = (one: Value) => (one === null ? null : String(one));
					expect([...held.map(text)]).toEqual(values.map(text));
					const odd = Int32Array.from(values.keys()).filter((row) => row % 2 === 1);
					expect([...held.take(odd)]).toEqual(values.filter((_, row) => row % 2 === 1));
					const told: [number, Value][] = [];
					held.where(
						(one) => typeof one === 'number',
						(row, one) => told.push([row, one])
					);
					expect(told).toEqual([...values.entries()].filter(([, one]) => typeof one === 'number'));
				}
			})
		);
	});

	it('may be parted from the others in the midst', () => {
		const collector = new Collector(4);
		collector.set(0, 'a');
		collector.share(1, collector.placeOf('a'));
		collector.part();
		collector.set(2, 'b');
		collector.share(3, collector.placeOf('a'));
		expect([...collector.values()]).toEqual(['a', 'a', 'b', 'a']);
	});

	it('are shared in a run, up to a row without a number or a number without a place', () => {
		const collector = new Collector(6);
		const [a, b] = [collector.placeOf('a'), collector.placeOf('b')];
		const numbers = Int32Array.of(1, 0, 1, 2, -1, 0);
		expect(collector.shareRun(0, numbers, Int32Array.of(a, b, -2))).toBe(3);
		collector.set(3, 'c');
		expect(collector.shareRun(4, numbers, Int32Array.of(a, b, -2))).toBe(4);
		expect(collector.shareRun(5, numbers, Int32Array.of(a, b, -2))).toBe(6);
		expect([...collector.values()]).toEqual(['b', 'a', 'b', 'c', null, 'a']);
	});

	it('are all one value, or none', () => {
		expect([...Values.all('x', 2)]).toEqual(['x', 'x']);
		expect([...Values.all(null, 2)]).toEqual([null, null]);
		expect([...Values.each([])]).toEqual([]);
	});
});

describe('numbered', () => {
	it('gives rows the same number where they are alike in all columns, and knows the first of each', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 60 }), (rows) => {
				const columns = [0, 1, 2].map((at) => bothWays(rows.map((row) => row[at] ?? null))[at % 2] as Values);
				const { of, count, firsts } = numbered(columns, rows.length);
				const key = (row: number) => JSON.stringify((rows[row] ?? []).map((one) => [typeof one, one]));
				expect(count).toBe(new Set(rows.map((_, row) => key(row))).size);
				expect(firsts).toHaveLength(count);
				rows.forEach((_, row) => {
					const first = firsts[of[row] ?? -1] ?? -1;
					expect(key(first)).toBe(key(row));
					expect(rows.findIndex((_, other) => key(other) === key(row))).toBe(first);
				});
			})
		);
	});
});
