import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initiatives, registers } from '$lib/model/register';
import {
	barOf,
	contentHeight,
	defaultLayout,
	isWhole,
	lastTop,
	lineup,
	pressed,
	readLayout,
	tallest,
	topAfter,
	type Scene
} from './arrangement';

describe('the layout', () => {
	it('begins with columns that say what a row is, in the order of the register', () => {
		expect(defaultLayout(initiatives).columns).toContain('title');
		for (const register of registers) {
			const { columns } = defaultLayout(register);
			expect(columns.length).toBe(9);
			for (const key of register.key) expect(columns).toContain(key);
		}
	});

	it('comes back from JSON as it was, and hostile JSON is the default', () => {
		const layout = {
			sort: [{ column: 'title', descending: true }],
			columns: ['title', 'level'],
			pinned: ['level'],
			widths: { title: 320 }
		};
		expect(readLayout(initiatives, JSON.parse(JSON.stringify(layout)))).toEqual(layout);
		for (const json of [null, 5, 'x', [], {}, { columns: [{}], sort: 'title', widths: [1] }])
			expect(readLayout(initiatives, json)).toEqual(defaultLayout(initiatives));
		const mended = readLayout(initiatives, {
			sort: [{ column: 'nowhere' }, { column: 'title' }, { column: 'title', descending: true }, null],
			columns: ['title', 'title', '__proto__', 'year'],
			pinned: ['level'],
			widths: { title: 1e9, year: NaN, nowhere: 5 }
		});
		expect(mended).toEqual({
			sort: [{ column: 'title', descending: false }],
			columns: ['title', 'year'],
			pinned: [],
			widths: { title: 900 }
		});
	});
});

describe('a heading that is pressed', () => {
	const column = (name: string) => initiatives.columns.find((one) => one.name === name) ?? fail();
	const fail = (): never => {
		throw new Error('no such column');
	};

	it('sorts one way, then the other, then not; with shift beside the others', () => {
		const title = column('title');
		const once = pressed([], title, false);
		expect(once).toEqual([{ column: 'title', descending: false }]);
		const twice = pressed(once, title, false);
		expect(twice).toEqual([{ column: 'title', descending: true }]);
		expect(pressed(twice, title, false)).toEqual([]);
		const more = pressed(twice, column('benefit_vnd'), true);
		expect(more).toEqual([
			{ column: 'title', descending: true },
			{ column: 'benefit_vnd', descending: true }
		]);
		expect(pressed(more, title, true)).toEqual([{ column: 'benefit_vnd', descending: true }]);
		expect(pressed(more, title, false)).toEqual([]);
	});
});

describe('scrolling', () => {
	const small: Scene = { count: 1000, rowHeight: 28, view: 560 };
	const large: Scene = { count: 10_000_000, rowHeight: 28, view: 560 };

	it('is pixel by pixel where all rows find room', () => {
		expect(isWhole(small)).toBe(true);
		expect(contentHeight(small)).toBe(28_000);
		expect([barOf(small, 10), topAfter(small, 0, 0, 280)]).toEqual([280, 10]);
		expect(topAfter(small, 0, 0, 1e9)).toBe(980);
		expect(lastTop({ ...small, count: 3 })).toBe(0);
	});

	it('walks short ways row by row and jumps long ones among ten million rows', () => {
		expect(contentHeight(large)).toBe(tallest);
		const end = tallest - large.view;
		expect(topAfter(large, 5_000_000, 3e6, 3e6 + 56)).toBe(5_000_002);
		expect(topAfter(large, 0, 0, end)).toBe(lastTop(large));
		expect(topAfter(large, lastTop(large), end, 0)).toBe(0);
		expect(topAfter(large, 0, 0, barOf(large, 9_000_000))).toBeCloseTo(9_000_000, 4);
		expect([barOf(large, 0), barOf(large, lastTop(large))]).toEqual([0, end]);
	});

	it('reaches both ends from anywhere by small steps, the bar put right after each', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 10, max: 400 }), (rows, step) => {
				let top = rows;
				for (let steps = 0; steps < 300 && top > 0; steps++) {
					const bar = barOf(large, top);
					top = topAfter(large, top, bar, Math.max(0, bar - step));
				}
				expect(top).toBe(0);
			})
		);
	});

	it('puts the bar where the same top is read from it', () => {
		fc.assert(
			fc.property(fc.double({ min: 1, max: lastTop(large) - 1, noNaN: true }), (top) => {
				const from = barOf(large, top) > tallest / 2 ? 0 : tallest;
				expect(topAfter(large, 0, from, barOf(large, top))).toBeCloseTo(top, 3);
			})
		);
	});
});

describe('columns side by side', () => {
	const columns = initiatives.columns.filter(({ name }) => ['title', 'field', 'level', 'year'].includes(name));
	const [title, field, level, year] = columns.map(({ name }) => name);
	const widths: Record<string, number> = {
		[title ?? '']: 300,
		[field ?? '']: 160,
		[level ?? '']: 150,
		[year ?? '']: 96
	};
	const widthOf = ({ name }: { name: string }) => widths[name] ?? NaN;
	const names = (pinned: string[], frame: number) => {
		const { columns: placed, ...rest } = lineup(columns, pinned, widthOf, 60, frame);
		return { ...rest, names: placed.map(({ name }) => name) };
	};

	it('stand in their order behind the number of the row, as wide as they are together', () => {
		expect(names([], 1000)).toEqual({
			names: [title, field, level, year],
			lefts: new Map(),
			tracks: '60px 300px 160px 150px 96px',
			width: 766,
			pinned: 60
		});
	});

	it('come first where they are pinned, each behind the one before', () => {
		const { names: order, lefts, tracks, pinned } = names([level ?? '', year ?? ''], 1000);
		expect(order).toEqual([level, year, title, field]);
		expect([...lefts]).toEqual([
			[level, 60],
			[year, 210]
		]);
		expect(tracks).toBe('60px 150px 96px 300px 160px');
		expect(pinned).toBe(306);
	});

	it('stay pinned as far as three fifths of what is seen reach', () => {
		// Of 510 pixels 306 may stay, and of 509 less than the number of the row and both of them.
		expect([...names([level ?? '', year ?? ''], 510).lefts.keys()]).toEqual([level, year]);
		expect([...names([level ?? '', year ?? ''], 509).lefts.keys()]).toEqual([level]);
		expect(names([title ?? ''], 360).lefts.size).toBe(0);
	});
});
