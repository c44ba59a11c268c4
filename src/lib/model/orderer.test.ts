import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf } from './haystack';
import { openOrderer } from './orderer';

const compare = (a: number, b: number, descending: boolean) =>
	Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : descending ? b - a : a - b;

describe('orders', () => {
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
					await orderer.read(1, Float64Array.from(values.slice(0, 20)));
					await orderer.read(1, Float64Array.from(values.slice(20)));
					await orderer.finish(1);
					const all = values.map((_, row) => row);
					let last: Int32Array | null = null;
					for (const [at, { descending, kept }] of orders.entries()) {
						// By turns all rows, and those up to a share of them.
						const rows = at % 2 === 0 ? all : all.slice(0, Math.round(kept * all.length));
						const order = await orderer.order(at % 2 === 0 ? rows.length : Int32Array.from(rows), [
							{ key: 1, descending }
						]);
						const wanted = rows.toSorted((a, b) => compare(values[a] ?? NaN, values[b] ?? NaN, descending) || a - b);
						expect([...order]).toEqual(wanted);
						if (last) await orderer.recycle(last);
						last = order;
					}
				}
			)
		);
	});

	it('stay as they are while others are made and taken back', async () => {
		const orderer = openOrderer();
		await orderer.read(1, Float64Array.of(3, 1, 2));
		await orderer.finish(1);
		// Code 1 is ê, code 2 is e.
		await orderer.read(2, Uint8Array.of(1, 2, 0));
		await orderer.finish(2, bytesOf(['ê', 'e']));
		const first = await orderer.order(3, [{ key: 1, descending: false }]);
		await orderer.recycle(await orderer.order(3, [{ key: 2, descending: true }]));
		const third = await orderer.order(3, [{ key: 2, descending: false }]);
		expect([...first]).toEqual([1, 2, 0]);
		expect([...third]).toEqual([1, 0, 2]);
		await orderer.forget(1);
		await expect(orderer.order(3, [{ key: 1, descending: false }])).rejects.toThrow('Key 1 is not held.');
	});

	it('by texts that many rows hold go by the Vietnamese alphabet, by places as they are given, what has none last', async () => {
		const orderer = openOrderer();
		for (const key of [1, 2]) {
			await orderer.read(key, Uint8Array.of(0, 3, 1));
			await orderer.read(key, Uint8Array.of(4, 2));
		}
		await orderer.finish(1, bytesOf(['đá', 'da', '', 'ea']));
		await orderer.finish(2, Float64Array.of(NaN, 4, 3, 2, NaN));
		// '' da đá ea
		expect([...(await orderer.order(5, [{ key: 1, descending: false }]))]).toEqual([1, 4, 2, 3, 0]);
		expect([...(await orderer.order(5, [{ key: 1, descending: true }]))]).toEqual([3, 2, 4, 1, 0]);
		expect([...(await orderer.order(5, [{ key: 2, descending: false }]))]).toEqual([1, 4, 2, 0, 3]);
	});

	it('of no rows and of one are nothing and that one', async () => {
		const orderer = openOrderer();
		await orderer.finish(1);
		expect([...(await orderer.order(0, [{ key: 1, descending: false }]))]).toEqual([]);
		await orderer.read(2, Float64Array.of(NaN));
		await orderer.finish(2);
		expect([...(await orderer.order(1, [{ key: 2, descending: true }]))]).toEqual([0]);
	});
});
