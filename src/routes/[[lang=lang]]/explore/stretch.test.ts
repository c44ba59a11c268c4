import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { NumberedRow, Rowset } from '$lib/model/rowset';
import { rowsAtFirst, Stretch } from './stretch.svelte';

/** A rowset that answers when it is told to, and what it was asked: the columns, the first row and how many. */
function rowset(count: number) {
	const asked: { columns: readonly string[]; offset: number; limit: number; answer: () => void; fail: () => void }[] =
		[];
	const row = (number: number, columns: readonly string[]): NumberedRow => ({
		number,
		cells: columns.map((column) => `${column} ${number}`)
	});
	const rows = (columns: readonly string[], offset: number, limit: number) =>
		Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_, at) => row(offset + at, columns));
	const given: Rowset = {
		count,
		rows: (columns, offset, limit) =>
			new Promise((resolve, reject) => {
				asked.push({
					columns,
					offset,
					limit,
					answer: () => resolve(rows(columns, offset, limit)),
					fail: () => reject(new Error('The engine is gone.'))
				});
			})
	};
	return { given, asked, rows, stretch: new Stretch(given, ['title'], rows(['title'], 0, rowsAtFirst)) };
}

/** Until what was promised by now is done. */
const turn = () => new Promise((done) => setTimeout(done));

it('has the first rows from the beginning', async () => {
	const { asked, stretch } = rowset(1_000_000);
	await stretch.see(0, rowsAtFirst);
	expect(asked).toEqual([]);
	expect(stretch.at(0)?.cells).toEqual(['title 0']);
	expect(stretch.at(rowsAtFirst - 1)?.number).toBe(rowsAtFirst - 1);
	expect(stretch.at(rowsAtFirst)).toBeUndefined();
});

it('asks once for all that a jump shows, and for little else', async () => {
	const { asked, stretch } = rowset(1_000_000);
	const seeing = stretch.see(899_994, 900_028);
	expect(asked).toMatchObject([{ columns: ['title'], offset: 899_990, limit: 40 }]);
	asked[0]?.answer();
	await seeing;
	expect(stretch.at(899_994)?.number).toBe(899_994);
	expect(stretch.at(900_027)?.cells).toEqual(['title 900027']);
	expect(asked).toHaveLength(1);
});

it('asks only for what is missing', async () => {
	const { asked, stretch } = rowset(1_000_000);
	const seeing = stretch.see(22, 48);
	expect(asked).toMatchObject([{ offset: 30, limit: 20 }]);
	asked[0]?.answer();
	await seeing;
	await stretch.see(30, 50);
	expect(asked).toHaveLength(1);
});

it('leaves out what was passed by while it read', async () => {
	const { asked, stretch } = rowset(1_000_000);
	const seeing = stretch.see(1000, 1030);
	await stretch.see(5000, 5030);
	await stretch.see(70_000, 70_030);
	expect(asked).toHaveLength(1);
	asked[0]?.answer();
	await turn();
	expect(asked).toMatchObject([{ offset: 1000 }, { offset: 70_000, limit: 30 }]);
	asked[1]?.answer();
	await seeing;
	expect(stretch.at(70_029)?.number).toBe(70_029);
	expect(asked).toHaveLength(2);
});

it('forgets rows without a column that is wanted now, also those that were on their way', async () => {
	const { asked, stretch } = rowset(1000);
	const seeing = stretch.see(100, 120);
	stretch.hold(['title', 'field']);
	expect(stretch.at(0)).toBeUndefined();
	asked[0]?.answer();
	await turn();
	expect(stretch.at(100)).toBeUndefined();
	expect(asked[1]).toMatchObject({ columns: ['title', 'field'], offset: 100, limit: 20 });
	asked[1]?.answer();
	await seeing;
	expect(stretch.at(100)?.cells).toEqual(['title 100', 'field 100']);
	stretch.hold(['field']);
	expect(stretch.at(100)?.cells).toEqual(['title 100', 'field 100']);
});

it('says what the engine says, and asks again when it is told to', async () => {
	const { asked, stretch } = rowset(1000);
	const seeing = stretch.see(100, 110);
	asked[0]?.fail();
	await expect(seeing).rejects.toThrow('The engine is gone.');
	const again = stretch.see(100, 110);
	asked[1]?.answer();
	await again;
	expect(stretch.at(100)?.number).toBe(100);
});

it('ends when fewer rows come than there should be', async () => {
	const stretch = new Stretch({ count: 1000, rows: () => Promise.resolve([]) }, ['title'], []);
	await stretch.see(0, 30);
	expect(stretch.at(0)).toBeUndefined();
});

it('has what is seen, however one scrolls, and asks for no more than fifty rows at once', async () => {
	const move = fc.tuple(fc.nat({ max: 3000 }), fc.integer({ min: 0, max: 70 }));
	await fc.assert(
		fc.asyncProperty(fc.nat({ max: 3000 }), fc.array(move, { maxLength: 20 }), async (count, moves) => {
			const { asked, rows, stretch } = rowset(count);
			for (const [from, length] of moves) {
				const to = Math.min(count, from + length);
				let isThere = false;
				const seeing = stretch.see(Math.min(from, to), to).finally(() => (isThere = true));
				for (let at = asked.length - 1; !isThere; at++) {
					asked[Math.max(0, at)]?.answer();
					await turn();
				}
				await seeing;
				for (let place = Math.min(from, to); place < to; place++)
					expect(stretch.at(place)).toEqual(rows(['title'], place, 1)[0]);
			}
			expect(Math.max(0, ...asked.map(({ limit }) => limit))).toBeLessThanOrEqual(50);
			expect(stretch.at(count)).toBeUndefined();
		}),
		{ numRuns: 100 }
	);
});
