import { describe, expect, it } from 'vitest';
import { standardBounds } from './peer';
import {
	composite,
	middleOf,
	placesOf,
	quantileOf,
	rankingOf,
	trendOf,
	usualParts,
	withoutPart,
	wordOf,
	type Valued
} from './standing';

const bounds = standardBounds;
const list = (...values: (number | null)[]): Valued[] =>
	values.map((value, index) => ({ unit: String.fromCharCode(97 + index), value, size: 100 }));

describe('the middle of a group', () => {
	it('by hand: of 1, 2, 4, 8', () => {
		// Median 3; quartiles 1.75 and 5; deviations 2, 1, 1, 5, whose median is 1.5.
		expect(middleOf([4, 1, null, 8, 2])).toEqual({ count: 4, median: 3, lower: 1.75, upper: 5, deviation: 1.5 });
	});

	it('of nothing, of one, and of true zeros', () => {
		expect(middleOf([])).toEqual({ count: 0, median: null, lower: null, upper: null, deviation: null });
		expect(middleOf([null])).toMatchObject({ count: 0, median: null });
		expect(middleOf([7])).toEqual({ count: 1, median: 7, lower: 7, upper: 7, deviation: 0 });
		expect(middleOf([0, 0, null])).toMatchObject({ count: 2, median: 0 });
	});

	it('interpolates as spreadsheets do', () => {
		expect(quantileOf([10, 20], 0.25)).toBe(12.5);
		expect(quantileOf([], 0.5)).toBeNull();
	});
});

describe('words', () => {
	const middle = middleOf([1, 2, 4, 8]);

	it('stand off the median by 1.4826 median absolute deviations: 3 ± 2.2239', () => {
		expect(wordOf(5.2238, middle, bounds)).toBe('similar');
		expect(wordOf(3 + 1.5 * 1.4826, middle, bounds)).toBe('similar');
		expect(wordOf(5.224, middle, bounds)).toBe('higher');
		expect(wordOf(0.7761, middle, bounds)).toBe('similar');
		expect(wordOf(0.776, middle, bounds)).toBe('lower');
	});

	it('differ from a group of one value as soon as they differ', () => {
		const alike = middleOf([5, 5, 5, 5, 9]);
		expect(wordOf(5, alike, bounds)).toBe('similar');
		expect(wordOf(5.1, alike, bounds)).toBe('higher');
		expect(wordOf(4.9, alike, bounds)).toBe('lower');
	});
});

describe('places', () => {
	const places = (values: number[], direction: 'up' | 'down' = 'up') => [
		...placesOf(
			values.map((value, index) => ({ unit: String(index), value })),
			direction
		).entries()
	];

	it('are 1, 2, 2, 4 where two are equal, with percentiles (N − r)/(N − 1)', () => {
		expect(new Map(places([30, 20, 20, 10]))).toEqual(
			new Map([
				['0', { rank: 1, of: 4, tied: false, percentile: 1 }],
				['1', { rank: 2, of: 4, tied: true, percentile: 2 / 3 }],
				['2', { rank: 2, of: 4, tied: true, percentile: 2 / 3 }],
				['3', { rank: 4, of: 4, tied: false, percentile: 0 }]
			])
		);
	});

	it('turn round where less is better, and take hairs for equal', () => {
		expect(new Map(places([30, 20, 10], 'down')).get('2')).toMatchObject({ rank: 1 });
		expect(new Map(places([0.1 + 0.2, 0.3])).get('0')).toMatchObject({ rank: 1, tied: true });
	});

	it('of one and of none', () => {
		expect(places([5])).toEqual([['0', { rank: 1, of: 1, tied: false, percentile: null }]]);
		expect(places([])).toEqual([]);
	});
});

describe('a ranking', () => {
	const up = { direction: 'up', percent: true } as const;
	const sized = (size: number | null, value: number | null = 50): Valued => ({ unit: 'x', value, size });
	const others = list(10, 20, 30, 40, 60);

	it('never puts five of five above 194 of 200 by rank: it does not rank the five', () => {
		const { stands } = rankingOf([sized(5, 100), { unit: 'y', value: 97, size: 200 }, ...others], up, bounds);
		expect(stands.get('x')).toMatchObject({ place: null, silence: 'small_percent', hidden: true, word: null });
		expect(stands.get('y')).toMatchObject({ place: { rank: 1, of: 6 }, hidden: false });
	});

	it('shows a percentage from 10 cases on and ranks from 20 on', () => {
		const stand = (size: number | null) => rankingOf([sized(size), ...others], up, bounds).stands.get('x');
		expect(stand(9)).toMatchObject({ silence: 'small_percent', hidden: true });
		expect(stand(10)).toMatchObject({ silence: 'small_rank', hidden: false, place: null });
		expect(stand(19)).toMatchObject({ silence: 'small_rank', place: null });
		expect(stand(20)).toMatchObject({ silence: null, place: { rank: 2, of: 6 } });
		expect(stand(null)).toMatchObject({ silence: 'no_size', hidden: false });
	});

	it('hides percentages only: a rate a head is shown, and not ranked', () => {
		const { stands } = rankingOf([sized(5), ...others], { ...up, percent: false }, bounds);
		expect(stands.get('x')).toMatchObject({ silence: 'small_rank', hidden: false });
	});

	it('ranks among five others, and not among four', () => {
		expect(rankingOf([sized(50), ...others], up, bounds).stands.get('x')?.place).toMatchObject({ of: 6 });
		const { stands } = rankingOf([sized(50), ...others.slice(0, 4)], up, bounds);
		expect(stands.get('x')).toMatchObject({ place: null, silence: 'few_peers', word: null });
	});

	it('ranks a true zero and not what is missing', () => {
		const { stands, middle } = rankingOf(list(0, null, 10, 20, 30, 40, 50), up, bounds);
		expect(stands.get('a')).toMatchObject({ place: { rank: 6, of: 6 } });
		expect(stands.get('b')).toMatchObject({ place: null, silence: 'no_value', word: null });
		expect(middle.count).toBe(6);
	});

	it('does not rank what has no good direction, but still says higher or lower', () => {
		const { stands } = rankingOf(list(1, 2, 3, 4, 5, 90), { direction: 'none', percent: false }, bounds);
		expect(stands.get('f')).toMatchObject({ place: null, silence: 'no_direction', word: 'higher' });
	});

	it('of nothing and of one', () => {
		expect(rankingOf([], up, bounds).stands.size).toBe(0);
		expect(rankingOf(list(5), up, bounds).stands.get('a')).toMatchObject({ silence: 'few_peers' });
	});
});

describe('a trend', () => {
	it('needs three periods', () => {
		expect(trendOf([1, 2], bounds)).toBe('short');
		expect(trendOf([1, null, 2], bounds)).toBe('short');
		expect(trendOf([1, 2, 3], bounds)).toBe('up');
		expect(trendOf([], bounds)).toBe('short');
	});

	it('is the sign of the median slope, and one bad year does not turn it', () => {
		expect(trendOf([1, 2, 3, 4, 0], bounds)).toBe('up');
		expect(trendOf([3, 2, null, 1], bounds)).toBe('down');
		expect(trendOf([0, 0, 0], bounds)).toBe('flat');
	});
});

describe('a composite', () => {
	const part = (values: number[], direction: 'up' | 'down' = 'up', weight = 1) => ({
		values: list(...values),
		direction,
		percent: false,
		weight
	});
	/** So that a few units are scored, which can be done by hand. */
	const few = { ...bounds, least_peers: 1 };

	it('by hand: two parts, min–max, equal weights', () => {
		// a: (0 + 100)/2, b: (50 + 0)/2, c: (100 + 50)/2.
		const found = composite([part([0, 5, 10]), part([1, 3, 2], 'down')], 'minmax', few);
		expect(found.map(({ unit, score }) => [unit, score])).toEqual([
			['c', 75],
			['a', 50],
			['b', 25]
		]);
	});

	it('says how far a rank moves with one part left out', () => {
		const [first] = composite([part([0, 5, 10]), part([1, 3, 2], 'down')], 'minmax', few);
		// Without the first part c is second, without the second it is first.
		expect(first).toMatchObject({ unit: 'c', best: 1, worst: 2 });
	});

	it('says what it is made of: each part from 0 to 100, and the rank by each way', () => {
		// c has 10 of 0 to 10, and 2 of 1 to 3 where less is better. As percentiles too it has 1 and 1/2 and is first.
		const found = composite([part([0, 5, 10]), part([1, 3, 2], 'down'), part([9, 9, 9], 'up', 0)], 'minmax', few);
		expect(found.map(({ unit, parts, ranks }) => [unit, parts, ranks])).toEqual([
			['c', [100, 50], [1, 1, 2, 1]],
			['a', [0, 100], [2, 2, 1, 3]],
			['b', [50, 0], [3, 3, 3, 2]]
		]);
		const alone = composite([part([0, 10])], 'minmax', few);
		expect(alone.map(({ ranks }) => ranks)).toEqual([
			[1, 1],
			[2, 2]
		]);
	});

	it('without a part is the mean of the others, with the ranks that were said', () => {
		const parts = [part([0, 5, 10]), part([1, 3, 2], 'down'), part([4, 0, 8], 'up', 3)];
		const scores = composite(parts, 'minmax', few);
		const without = (left: number) => withoutPart(scores, [1, 1, 3], left);
		// Without the third: c (100 + 50)/2, a (0 + 100)/2, b (50 + 0)/2; without the first: c (50 + 3·100)/4, a (100 + 3·50)/4, b 0.
		expect(without(2).map(({ unit, score }) => [unit, score])).toEqual([
			['c', 75],
			['a', 50],
			['b', 25]
		]);
		expect(without(0).map(({ unit, score }) => [unit, score])).toEqual([
			['c', 87.5],
			['a', 62.5],
			['b', 0]
		]);
		for (const left of [0, 1, 2]) {
			const ranks = new Map(without(left).map(({ unit, place }) => [unit, place.rank]));
			for (const { unit, ranks: said } of scores) expect(ranks.get(unit)).toBe(said[left + 2]);
		}
		expect(withoutPart(composite([part([0, 10])], 'minmax', few), [1], 0)).toEqual([]);
		expect(withoutPart([], [1, 1], 0)).toEqual([]);
	});

	it('takes unasked the parts by which three quarters of the units can be ranked, and none of nothing', () => {
		const of = (...sizes: (number | null)[]) => ({
			percent: false,
			values: sizes.map((size, index) => ({ unit: String(index), value: 1, size }))
		});
		const parts = new Map([
			['three of four', of(20, 50, 100, 19)],
			['two of four', of(20, 50, 19, null)],
			['all', of(20, 20, 20, 20)]
		]);
		expect(usualParts(parts, 4, bounds)).toEqual(['three of four', 'all']);
		expect(usualParts(parts, 4, { ...bounds, composite_share: 50 })).toEqual(['three of four', 'two of four', 'all']);
		expect(usualParts(parts, 0, bounds)).toEqual([]);
		expect(usualParts(new Map(), 4, bounds)).toEqual([]);
	});

	it('by hand: two parts as percentiles, and by the least and the most, each beside the other', () => {
		const parts = [part([20, 2, 1, 0]), part([0, 2, 1, 20])];
		const rowsOf = (scaling: 'minmax' | 'percentile') =>
			composite(parts, scaling, few).map(({ unit, score, place: { rank, tied }, best, worst }) => [
				...[unit, Math.round(score * 100) / 100, rank],
				...[tied, best, worst]
			]);
		// (N − r)/(N − 1): a 1 and 0, b 2/3 twice, c 1/3 twice, d 0 and 1. By one part alone a and d are first and last, b second, c third.
		// That b may be third is seen in min–max alone, which puts a and d first.
		expect(rowsOf('percentile')).toEqual([
			['b', 66.67, 1, false, 1, 3],
			['a', 50, 2, true, 1, 4],
			['d', 50, 2, true, 1, 4],
			['c', 33.33, 4, false, 3, 4]
		]);
		// a 1 and 0, b 0.1 twice, c 0.05 twice, d 0 and 1. That b may be first is seen in percentiles alone.
		expect(rowsOf('minmax')).toEqual([
			['a', 50, 1, true, 1, 4],
			['d', 50, 1, true, 1, 4],
			['b', 10, 3, false, 1, 3],
			['c', 5, 4, false, 3, 4]
		]);
	});

	it('as percentiles by hand: equal values share the better rank, and where less is better the least is first', () => {
		// The first part: a and b 1, c 1/3, d 0. The second, less is better, of double weight: d 1, c 2/3, b 1/3, a 0.
		const found = composite([part([7, 7, 3, 1]), part([9, 8, 2, 0], 'down', 2)], 'percentile', few);
		// a (1 + 0)/3, b (1 + 2/3)/3, c (1/3 + 4/3)/3, d (0 + 2)/3.
		expect(found.map(({ unit, score, place }) => [unit, Math.round(score * 100) / 100, place.rank])).toEqual([
			['d', 66.67, 1],
			['b', 55.56, 2],
			['c', 55.56, 2],
			['a', 33.33, 4]
		]);
	});

	it('takes weights, and none of nothing', () => {
		expect(composite([part([0, 10]), part([10, 0], 'up', 0)], 'minmax', few)[0]).toMatchObject({
			unit: 'b',
			score: 100
		});
		expect(composite([part([0, 10], 'up', 0)], 'minmax', few)).toEqual([]);
		expect(composite([], 'percentile', few)).toEqual([]);
	});

	it('leaves out whom the rules do not rank, and is silent beside too few', () => {
		// Five of five, 194 of 200 and 30 of 40; at 20 cases a unit is ranked, at 19 it is not.
		const share = (unit: string, value: number, size: number | null) => ({ unit, value, size });
		const values = [share('five', 100, 5), share('many', 97, 200), share('some', 75, 40), share('unknown', 99, null)];
		const of = (size: number) => ({ ...part([]), percent: true, values: [...values, share('edge', 50, size)] });
		const unitsOf = (size: number, least: number) =>
			composite([of(size)], 'minmax', { ...bounds, least_peers: least }).map(({ unit, score }) => [unit, score]);
		expect(unitsOf(19, 1)).toEqual([
			['many', 100],
			['some', 0]
		]);
		expect(unitsOf(20, 2)).toEqual([
			['many', 100],
			['some', expect.closeTo((100 * 25) / 47, 9)],
			['edge', 0]
		]);
		expect(unitsOf(19, 2)).toEqual([]);
	});

	it('leaves out who lacks a part', () => {
		const found = composite([{ ...part([0, 5, 10]), values: list(0, null, 10) }], 'percentile', few);
		expect(found.map(({ unit }) => unit)).toEqual(['c', 'a']);
	});
});
