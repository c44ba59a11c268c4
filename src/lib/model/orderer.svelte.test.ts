import { expect, it } from 'vitest';
import { bytesOf } from './haystack';
import { Keys, openOrderer } from './orderer';

it('orders in a thread of its own as in place', async () => {
	const [thread, keys] = [openOrderer(), new Keys()];
	const numbers = Float64Array.from({ length: 5000 }, (_, row) => (row % 7 === 0 ? NaN : Math.sin(row) * 1e6));
	const days = Float64Array.from({ length: 5000 }, (_, row) => (row * 37) % 400);
	const codes = Uint8Array.from({ length: 5000 }, (_, row) => row % 4);
	const spelled = Array.from({ length: 5000 }, (_, row) => `SK-${(row * 7919) % 5000}`);
	for (const [key, given] of [numbers, days, codes].entries())
		for (const part of [given.slice(0, 3000), given.slice(3000)])
			expect(await thread.read(key, part.slice())).toBe(keys.read(key, part));
	for (const part of [spelled.slice(0, 3000), spelled.slice(3000)])
		expect(await thread.read(3, bytesOf(part))).toBe(keys.read(3, bytesOf(part)));
	for (const key of [0, 1, 3]) expect(await thread.finish(key)).toBe(keys.finish(key));
	const texts = bytesOf(['ắ', 'a', 'ba']);
	expect(await thread.finish(2, texts)).toBe(keys.finish(2, texts));
	await thread.reserve(5000);
	const rows = Int32Array.from({ length: 2500 }, (_, at) => at * 2);
	for (const steps of [
		[
			{ key: 2, descending: true },
			{ key: 0, descending: false }
		],
		[{ key: 1, descending: true }],
		[{ key: 3, descending: false }]
	]) {
		for (const given of [5000, rows]) {
			const order = await thread.order(given, steps);
			expect(order).toEqual(keys.order(given, steps));
			await thread.recycle(order);
		}
	}
	// Rows that are given stay with whoever gave them.
	expect(rows.length).toBe(2500);
	thread.end();
});

it('says what it does not hold, and goes on until it is ended', async () => {
	const thread = openOrderer();
	await expect(thread.order(1, [{ key: 7, descending: false }])).rejects.toThrow('Key 7 is not held.');
	await thread.read(1, Float64Array.of(2, 1));
	await thread.finish(1);
	expect(await thread.order(2, [{ key: 1, descending: false }])).toEqual(Int32Array.of(1, 0));
	const waiting = thread.order(2, [{ key: 1, descending: false }]);
	expect(thread.isOver).toBe(false);
	thread.end();
	expect(thread.isOver).toBe(true);
	await expect(waiting).rejects.toThrow('ended');
	await expect(thread.order(2, [{ key: 1, descending: false }])).rejects.toThrow('ended');
});
