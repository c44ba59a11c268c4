import { expect, it } from 'vitest';
import { Keys, openOrderer } from './orderer';

const encoder = new TextEncoder();

/** Texts as the engine gives them. */
function textsOf(texts: readonly string[]) {
	const bytes = encoder.encode(texts.join(''));
	const starts = Uint32Array.from([0, ...texts], (_, at) => encoder.encode(texts.slice(0, at).join('')).length);
	return { bytes, starts };
}

it('orders in a thread of its own as in place', async () => {
	const [thread, keys] = [openOrderer(), new Keys()];
	const numbers = Float64Array.from({ length: 5000 }, (_, row) => (row % 7 === 0 ? NaN : Math.sin(row) * 1e6));
	const whole = Uint32Array.from({ length: 5000 }, (_, row) => (row * 37) % 400);
	const codes = Uint8Array.from({ length: 5000 }, (_, row) => row % 4);
	const texts = [null, 'ắ', 'a', 'ba'];
	expect(await thread.make(1, { numbers: numbers.slice() })).toBe(keys.make(1, { numbers }));
	expect(await thread.make(2, { whole: whole.slice() })).toBe(keys.make(2, { whole }));
	expect(await thread.make(3, { codes, texts })).toBe(keys.make(3, { codes, texts }));
	// What the page holds itself is not given away.
	expect(codes.length).toBe(5000);
	const spelled = Array.from({ length: 5000 }, (_, row) => `SK-${(row * 7919) % 5000}`);
	expect(await thread.read(4, textsOf(spelled))).toBe(keys.read(4, textsOf(spelled)));
	expect(await thread.spell(4)).toBe(keys.spell(4));
	const rows = Int32Array.from({ length: 2500 }, (_, at) => at * 2);
	for (const [order, steps] of [
		[
			11,
			[
				{ key: 3, descending: true },
				{ key: 1, descending: false }
			]
		],
		[12, [{ key: 2, descending: true }]],
		[13, [{ key: 4, descending: false }]]
	] as const) {
		for (const given of [5000, rows]) {
			await thread.order(order, given, steps);
			keys.order(order, given, steps);
			expect(await thread.rowsAt(order, 0, 5000)).toEqual(keys.rowsAt(order, 0, 5000));
		}
	}
	expect(rows.length).toBe(2500);
	thread.end();
});

it('says what it does not hold, and goes on until it is ended', async () => {
	const thread = openOrderer();
	await expect(thread.rowsAt(7, 0, 1)).rejects.toThrow('Order 7 is not held.');
	await thread.make(1, { whole: Uint8Array.of(2, 1) });
	await thread.order(2, 2, [{ key: 1, descending: false }]);
	expect(await thread.rowsAt(2, 0, 2)).toEqual(Int32Array.of(1, 0));
	const waiting = thread.rowsAt(2, 0, 2);
	expect(thread.isOver).toBe(false);
	thread.end();
	expect(thread.isOver).toBe(true);
	await expect(waiting).rejects.toThrow('ended');
	await expect(thread.rowsAt(2, 0, 2)).rejects.toThrow('ended');
});
