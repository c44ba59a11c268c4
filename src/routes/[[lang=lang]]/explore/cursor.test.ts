import { describe, expect, it } from 'vitest';
import { blockOf, isWithin, placeAfter, within, type Place } from './cursor';

const reach = { rows: 100, columns: 4, page: 17 };

describe('the place in the table', () => {
	it('follows the keys, step by step, page by page, to the ends of a line and of all', () => {
		const from: Place = { row: 20, column: 2 };
		const after = (key: string, control = false) => placeAfter(key, control, from, reach);
		expect(after('ArrowDown')).toEqual({ row: 21, column: 2 });
		expect(after('ArrowUp')).toEqual({ row: 19, column: 2 });
		expect(after('ArrowLeft')).toEqual({ row: 20, column: 1 });
		expect(after('ArrowRight')).toEqual({ row: 20, column: 3 });
		expect(after('PageDown')).toEqual({ row: 37, column: 2 });
		expect(after('PageUp')).toEqual({ row: 3, column: 2 });
		expect(after('Home')).toEqual({ row: 20, column: 0 });
		expect(after('End')).toEqual({ row: 20, column: 4 });
		expect(after('Home', true)).toEqual({ row: 0, column: 0 });
		expect(after('End', true)).toEqual({ row: 99, column: 4 });
		expect(after('x')).toBeNull();
	});

	it('leaves the headings by a page as from the first row, and reaches them by a step only', () => {
		expect(placeAfter('PageDown', false, { row: -1, column: 1 }, reach)).toEqual({ row: 17, column: 1 });
		expect(placeAfter('PageUp', false, { row: 5, column: 1 }, reach)).toEqual({ row: 0, column: 1 });
		expect(placeAfter('ArrowUp', false, { row: 0, column: 1 }, reach)).toEqual({ row: -1, column: 1 });
	});

	it('stays within the table, and among its rows while cells are chosen', () => {
		expect(within({ row: 100, column: 5 }, reach, true)).toEqual({ row: 99, column: 4 });
		expect(within({ row: -2, column: -1 }, reach, true)).toEqual({ row: -1, column: 0 });
		expect(within({ row: -1, column: 3 }, reach, false)).toEqual({ row: 0, column: 3 });
	});
});

it('chooses the cells between two places, whichever was first', () => {
	const block = blockOf({ row: 9, column: 1 }, { row: 3, column: 2 });
	expect(block).toEqual({ top: 3, bottom: 9, left: 1, right: 2 });
	const inside = [
		[3, 1],
		[9, 2],
		[5, 1]
	];
	const outside = [
		[2, 1],
		[10, 1],
		[5, 0],
		[5, 3]
	];
	expect(inside.every(([row = NaN, column = NaN]) => isWithin(block, { row, column }))).toBe(true);
	expect(outside.some(([row = NaN, column = NaN]) => isWithin(block, { row, column }))).toBe(false);
});
