/** How a unit stands among its peers: its rank with the denominator, its percentile, a word, and the rules that keep silent. */
import type { Direction } from './progress';
import type { Bounds } from './peer';

/** A unit's value among others; null where nothing is known, which is not 0. */
export interface Valued {
	readonly unit: string;
	readonly value: number | null;
	/** The cases or people behind the value; null when they are not known. */
	readonly size: number | null;
}

/** A place in a ranking. */
export interface Place {
	readonly rank: number;
	/** How many units were ranked. */
	readonly of: number;
	/** Others have the same rank: `đồng hạng`. */
	readonly tied: boolean;
	/** (N − r)/(N − 1): 1 for the first, 0 for the last; null where one alone was ranked. */
	readonly percentile: number | null;
}

/** A value against the middle of its group. */
export type Word = 'higher' | 'similar' | 'lower';

/** Why something is not said. */
export type Silence = 'no_value' | 'no_size' | 'small_percent' | 'small_rank' | 'few_peers' | 'no_direction';

/** The middle of a group. */
export interface Middle {
	/** Units with a value. */
	readonly count: number;
	readonly median: number | null;
	readonly lower: number | null;
	readonly upper: number | null;
	/** The median absolute deviation, as it is: not scaled to a standard deviation. */
	readonly deviation: number | null;
}

/** How a unit stands. */
export interface Stand {
	readonly unit: string;
	readonly place: Place | null;
	readonly word: Word | null;
	/** Why there is no rank; null when there is one. */
	readonly silence: Silence | null;
	/** A percentage of so few cases that it is written as cases and not as a percentage. */
	readonly hidden: boolean;
}

/** The quantile of sorted values, between two of them by their distance (type 7, as spreadsheets do); null of nothing. */
export function quantileOf(sorted: readonly number[], share: number): number | null {
	const at = (sorted.length - 1) * share;
	const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
	return low === undefined || high === undefined ? null : low + (high - low) * (at - Math.floor(at));
}

function ascending(values: readonly number[]): number[] {
	return values.toSorted((a, b) => a - b);
}

/** The median, the quartiles and the median absolute deviation of the values that are known. */
export function middleOf(values: readonly (number | null)[]): Middle {
	const sorted = ascending(values.filter((value) => value !== null));
	const median = quantileOf(sorted, 0.5);
	const far = median === null ? [] : ascending(sorted.map((value) => Math.abs(value - median)));
	return {
		count: sorted.length,
		median,
		lower: quantileOf(sorted, 0.25),
		upper: quantileOf(sorted, 0.75),
		deviation: quantileOf(far, 0.5)
	};
}

/** Consistent with a normal spread: 1.4826 median absolute deviations are one standard deviation. */
const normal = 1.4826;

/** Sums taken in another order differ by hairs, which are no difference. */
function same(a: number, b: number): boolean {
	return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

/**
 * `higher` above the median + k·1.4826·MAD, `lower` below the median − k·1.4826·MAD, else `similar`; k is `word_deviations`. Where more than
 * half of the group has one value, MAD is 0 and any other value differs.
 */
export function wordOf(value: number, { median, deviation }: Middle, bounds: Pick<Bounds, 'word_deviations'>): Word {
	if (median === null || deviation === null) return 'similar';
	const reach = bounds.word_deviations * normal * deviation;
	if (same(value, median + reach) || same(value, median - reach)) return 'similar';
	return value > median + reach ? 'higher' : value < median - reach ? 'lower' : 'similar';
}

/** The places of values, the best first: equal values share the better rank, and the next is as many lower (1, 2, 2, 4). */
export function placesOf(list: readonly { readonly unit: string; readonly value: number }[], direction: Direction) {
	const sign = direction === 'down' ? 1 : -1;
	const sorted = list.toSorted((a, b) => sign * (a.value - b.value));
	const places = new Map<string, Place>();
	for (let start = 0; start < sorted.length;) {
		const first = sorted[start];
		let end = start + 1;
		while (end < sorted.length && first && same(sorted[end]?.value ?? NaN, first.value)) end++;
		const of = sorted.length;
		for (const { unit } of sorted.slice(start, end)) {
			const percentile = of > 1 ? (of - 1 - start) / (of - 1) : null;
			places.set(unit, { rank: start + 1, of, tied: end - start > 1, percentile });
		}
		start = end;
	}
	return places;
}

/** A group's units, ranked where the rules allow it, and its middle. */
export interface Ranking {
	readonly middle: Middle;
	readonly stands: ReadonlyMap<string, Stand>;
}

/**
 * Ranks a group under the rules of `peer_bounds.csv`: a unit with fewer than `least_cases_rank` cases, or of unknown size, is not ranked and does
 * not count in the denominator; with fewer than `least_peers` others that can be ranked nobody is; what has no good direction is not ranked. A
 * percentage of fewer than `least_cases_percent` cases is not shown, and takes no part in the median.
 *
 * @param percent whether the values are percentages.
 */
export function rankingOf(
	list: readonly Valued[],
	{ direction, percent }: { readonly direction: Direction; readonly percent: boolean },
	bounds: Bounds
): Ranking {
	const silences = new Map(list.map((one) => [one.unit, silenceOf(one, percent, bounds)]));
	const isHidden = ({ unit }: Valued) => silences.get(unit) === 'small_percent';
	const middle = middleOf(list.map((one) => (isHidden(one) ? null : one.value)));
	const able = list.flatMap(({ unit, value }) =>
		value !== null && silences.get(unit) === null ? [{ unit, value }] : []
	);
	const enough = able.length > bounds.least_peers;
	const places = enough && direction !== 'none' ? placesOf(able, direction) : new Map<string, Place>();
	const stands = list.map((one): [string, Stand] => {
		const { unit, value } = one;
		const place = places.get(unit) ?? null;
		const own = silences.get(unit) ?? null;
		// Whoever has a value of enough cases is compared with the middle, ranked or not.
		const spoken = value !== null && (own === null || own === 'small_rank') && middle.count > bounds.least_peers;
		const silence = place ? null : (own ?? (direction === 'none' ? 'no_direction' : 'few_peers'));
		return [unit, { unit, place, word: spoken ? wordOf(value, middle, bounds) : null, silence, hidden: isHidden(one) }];
	});
	return { middle, stands: new Map(stands) };
}

function silenceOf({ value, size }: Valued, percent: boolean, bounds: Bounds): Silence | null {
	if (value === null) return 'no_value';
	if (size === null) return 'no_size';
	if (percent && size < bounds.least_cases_percent) return 'small_percent';
	return size < bounds.least_cases_rank ? 'small_rank' : null;
}

/** How a unit changed over periods, or that there are too few to say so. */
export type Trend = 'up' | 'down' | 'flat' | 'short';

/** The trend of a course: the sign of the median slope between all pairs (Theil–Sen); `short` under `least_periods` known values. */
export function trendOf(course: readonly (number | null)[], bounds: Pick<Bounds, 'least_periods'>): Trend {
	const known = course.flatMap((value, index) => (value === null ? [] : [{ index, value }]));
	if (known.length < bounds.least_periods || known.length < 2) return 'short';
	const slopes = known.flatMap((a, i) => known.slice(i + 1).map((b) => (b.value - a.value) / (b.index - a.index)));
	const slope = quantileOf(ascending(slopes), 0.5) ?? 0;
	const scale = Math.max(...known.map(({ value }) => Math.abs(value)));
	return Math.abs(slope) <= 1e-9 * scale ? 'flat' : slope > 0 ? 'up' : 'down';
}

/** A part of a composite: one indicator's values by unit. */
export interface Part {
	readonly values: readonly Valued[];
	readonly direction: Direction;
	/** Whether the values are percentages. */
	readonly percent: boolean;
	readonly weight: number;
}

/** How the parts of a composite are brought to one scale. */
export type Scaling = 'minmax' | 'percentile';

/** A composite score from 0 to 100, and the ranks it may have. */
export interface Score {
	readonly unit: string;
	readonly score: number;
	readonly place: Place;
	/** The best and the worst rank over both scalings and with each part left out in turn. */
	readonly best: number;
	readonly worst: number;
	/** What it is made of: the unit's value of each part of some weight on the common scale, from 0 to 100, in the order of the parts. */
	readonly parts: readonly number[];
	/** Its ranks by each way, from which the range is taken: as asked, by the other scaling, and with each part left out in turn; null where nothing is left. */
	readonly ranks: readonly (number | null)[];
}

/** The values of a part that the rules of `peer_bounds.csv` let be ranked: those known, of enough cases or people. */
export function ableOf({ values, percent }: Pick<Part, 'values' | 'percent'>, bounds: Bounds): Valued[] {
	return values.filter((one) => silenceOf(one, percent, bounds) === null);
}

/**
 * The parts that a composite takes unasked: those by which at least `composite_share` per cent of the units may be ranked, so that a score is of
 * most units and not of the few that have everything.
 *
 * @param count of the units looked at.
 */
export function usualParts<P extends Pick<Part, 'values' | 'percent'>>(
	parts: ReadonlyMap<string, P>,
	count: number,
	bounds: Bounds
): string[] {
	return [...parts].flatMap(([id, part]) =>
		count > 0 && ableOf(part, bounds).length * 100 >= bounds.composite_share * count ? [id] : []
	);
}

function scaled({ values, direction }: Part, scaling: Scaling): Map<string, number> {
	const known = values.flatMap(({ unit, value }) => (value === null ? [] : [{ unit, value }]));
	if (scaling === 'percentile') {
		return new Map([...placesOf(known, direction)].map(([unit, { percentile }]) => [unit, percentile ?? 0.5]));
	}
	const low = Math.min(...known.map(({ value }) => value));
	const high = Math.max(...known.map(({ value }) => value));
	return new Map(
		known.map(({ unit, value }) => {
			const share = high > low ? (value - low) / (high - low) : 0.5;
			return [unit, direction === 'down' ? 1 - share : share];
		})
	);
}

function scoresOf(parts: readonly Part[], scaling: Scaling): { unit: string; value: number }[] {
	const weight = parts.reduce((sum, part) => sum + part.weight, 0);
	if (!(weight > 0)) return [];
	const columns = parts.map((part) => ({ weight: part.weight, values: scaled(part, scaling) }));
	const units = [...(columns[0]?.values.keys() ?? [])].filter((unit) =>
		columns.every(({ values }) => values.has(unit))
	);
	return units.map((unit) => ({
		unit,
		value: (100 * columns.reduce((sum, one) => sum + one.weight * (one.values.get(unit) ?? 0), 0)) / weight
	}));
}

/**
 * A composite of parts with weights, from 0 to 100, only for units that may be ranked by all of them, and how far each rank moves when the other
 * scaling is taken or one part is left out; nothing where fewer than `least_peers` others can be scored. Parts without a good direction must
 * not be given.
 */
export function composite(parts: readonly Part[], scaling: Scaling, bounds: Bounds): Score[] {
	const counted = parts.filter(({ weight }) => weight > 0).map((part) => ({ ...part, values: ableOf(part, bounds) }));
	const scores = scoresOf(counted, scaling);
	if (scores.length <= bounds.least_peers) return [];
	const others: Scaling = scaling === 'minmax' ? 'percentile' : 'minmax';
	const ways = [
		scores,
		scoresOf(counted, others),
		...(counted.length > 1
			? counted.map((left) =>
					scoresOf(
						counted.filter((part) => part !== left),
						scaling
					)
				)
			: [])
	].map((list) => {
		const kept = new Set(scores.map(({ unit }) => unit));
		return placesOf(
			list.filter(({ unit }) => kept.has(unit)),
			'up'
		);
	});
	const columns = counted.map((part) => scaled(part, scaling));
	return scores
		.flatMap(({ unit, value }) => {
			const ranks = ways.map((places) => places.get(unit)?.rank ?? null);
			const known = ranks.filter((rank) => rank !== null);
			const place = ways[0]?.get(unit);
			const parts = columns.map((column) => 100 * (column.get(unit) ?? 0));
			return place
				? [{ unit, score: value, place, best: Math.min(...known), worst: Math.max(...known), parts, ranks }]
				: [];
		})
		.sort((a, b) => a.place.rank - b.place.rank || (a.unit < b.unit ? -1 : 1));
}

/** The score of a unit by some of its parts, and its rank by that. */
export interface Remainder {
	readonly unit: string;
	readonly score: number;
	readonly place: Place;
}

/**
 * What is left of composite scores without one of their parts, the best first: of each unit the mean of its other parts on the common scale,
 * weighed as they were. These are the ranks of {@link Score.ranks} without that part, with what they are made of; nothing where no other part
 * weighs anything.
 *
 * @param weights of the parts, in the order of {@link Score.parts}.
 * @param left the part that is left out, by its place in that order.
 */
export function withoutPart(
	scores: readonly Pick<Score, 'unit' | 'parts'>[],
	weights: readonly number[],
	left: number
): Remainder[] {
	const kept = weights.map((weight, index) => (index === left ? 0 : weight));
	const whole = kept.reduce((sum, weight) => sum + weight, 0);
	if (!(whole > 0)) return [];
	const list = scores.map(({ unit, parts }) => ({
		unit,
		value: parts.reduce((sum, part, index) => sum + part * (kept[index] ?? 0), 0) / whole
	}));
	const places = placesOf(list, 'up');
	return list
		.flatMap(({ unit, value }) => {
			const place = places.get(unit);
			return place ? [{ unit, score: value, place }] : [];
		})
		.sort((a, b) => a.place.rank - b.place.rank || (a.unit < b.unit ? -1 : 1));
}
