import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openOrderer } from './orderer';

const compare = (a: number, b: number, descending: boolean) =>
	Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : descending ? b - a : a - b;

describe('orders that are held', () => {
	it('are those of sorting by comparison, whatever memory of other orders they are written into', async () => {
		const value = fc.option(fc.integer({ min: -3, max: 100_000 }), { nil: NaN });
		await fc.assert(
			fc.asyncProperty(
				fc.array(value, { maxLength: 60 }),
				fc.array(fc.record({ descending: fc.boolean(), kept: fc.double({ min: 0, max: 1, noNaN: true }) }), {
					maxLength: 8
				}),
				async (values, orders) => {
					const orderer = openOrderer();
					await orderer.make(1, { numbers: Float64Array.from(values) });
					const all = values.map((_, row) => row);
					for (const [at, { descending, kept }] of orders.entries()) {
						// By turns all rows, and those up to a share of them.
						const rows = at % 2 === 0 ? all : all.slice(0, Math.round(kept * all.length));
						await orderer.order(10 + at, at % 2 === 0 ? rows.length : Int32Array.from(rows), [{ key: 1, descending }]);
						const wanted = rows.toSorted((a, b) => compare(values[a] ?? NaN, values[b] ?? NaN, descending) || a - b);
						expect([...(await orderer.rowsAt(10 + at, 0, 100))]).toEqual(wanted);
						expect([...(await orderer.rowsAt(10 + at, 3, 4))]).toEqual(wanted.slice(3, 7));
						if (at > 0) await orderer.forget(10 + at - 1);
					}
				}
			)
		);
	});

	it('stay as they are while others are made and forgotten', async () => {
		const orderer = openOrderer();
		await orderer.make(1, { whole: Uint16Array.of(3, 1, 2) });
		await orderer.make(2, { codes: Uint8Array.of(1, 2, 0), texts: [null, 'ê', 'e'] });
		await orderer.order(3, 3, [{ key: 1, descending: false }]);
		await orderer.order(4, 3, [{ key: 2, descending: true }]);
		await orderer.forget(4);
		await orderer.order(5, 3, [{ key: 2, descending: false }]);
		expect([...(await orderer.rowsAt(3, 0, 3))]).toEqual([1, 2, 0]);
		expect([...(await orderer.rowsAt(5, 0, 3))]).toEqual([1, 0, 2]);
		await expect(orderer.rowsAt(4, 0, 3)).rejects.toThrow('Order 4 is not held.');
		await orderer.forget(1);
		await expect(orderer.order(6, 3, [{ key: 1, descending: false }])).rejects.toThrow('Key 1 is not held.');
	});

	it('of no rows and of one are nothing and that one', async () => {
		const orderer = openOrderer();
		await orderer.make(1, { numbers: Float64Array.of(NaN) });
		await orderer.order(2, 0, [{ key: 1, descending: false }]);
		await orderer.order(3, 1, [{ key: 1, descending: true }]);
		expect([...(await orderer.rowsAt(2, 0, 9))]).toEqual([]);
		expect([...(await orderer.rowsAt(3, 0, 9))]).toEqual([0]);
	});
});
