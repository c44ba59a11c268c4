import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Slots } from './slot';

it('keeps the line of a row that stays, and gives that of one that went to one that came', () => {
	const slots = new Slots();
	expect(slots.of(0, 4)).toEqual([0, 1, 2, 3]);
	expect(slots.of(2, 6)).toEqual([2, 3, 0, 1]);
	expect(slots.of(1, 5)).toEqual([1, 2, 3, 0]);
});

it('leaves the lines in their order after a leap', () => {
	const slots = new Slots();
	slots.of(0, 4);
	expect(slots.of(2, 6)).toEqual([2, 3, 0, 1]);
	expect(slots.of(900_000, 900_004)).toEqual([2, 3, 0, 1]);
	expect(slots.of(0, 3)).toEqual([2, 3, 0]);
});

it('gives each row a line of its own, one that it has already where as many are seen', () => {
	const stretch = fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 12 }));
	fc.assert(
		fc.property(fc.array(stretch, { maxLength: 30 }), (stretches) => {
			const slots = new Slots();
			let held = new Map<number, number>();
			let most = 0;
			for (const [first, length] of stretches) {
				const lines = slots.of(first, first + length);
				expect(new Set(lines).size).toBe(length);
				const now = new Map(lines.map((line, place) => [first + place, line]));
				if (length <= most) for (const [row, line] of held) if (now.has(row)) expect(now.get(row)).toBe(line);
				most = Math.max(most, length);
				for (const line of lines) expect(line).toBeLessThan(most);
				held = now;
			}
		})
	);
});

it('keeps the lines of rows while fewer are seen for a moment, and then as many as were said', () => {
	const slots = new Slots();
	expect(slots.of(10, 12, 6)).toEqual([0, 1]);
	expect(slots.of(8, 14, 6)).toEqual([4, 5, 0, 1, 2, 3]);
	expect(slots.of(90, 92, 6)).toEqual([4, 5]);
	expect(slots.of(88, 94, 6)).toEqual([2, 3, 4, 5, 0, 1]);
});
