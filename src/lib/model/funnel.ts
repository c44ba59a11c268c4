/**
 * Funnel limits: how far the figure of a unit of some size may lie from its group's by chance alone.
 *
 * D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005) 1185–1202, with the
 * exact limits of its appendix; that they are limits of prediction, and matter most where few cases are expected, is in BMC Medical Research
 * Methodology 12:98 (2012). Over-dispersion: the same paper, §4.2, and D. J. Spiegelhalter, Qual. Saf. Health Care 14 (2005) 347.
 */

/** What is counted: a share of a number of cases, or events among people. */
export type Counting = 'binomial' | 'poisson';

/** A unit in a funnel: what was counted, and out of how many cases or people. */
export interface Counted {
	readonly count: number;
	readonly size: number;
}

/** The limits around a group's figure for one size; in the figure's own terms, a share of one or events a head. */
export interface Limits {
	readonly size: number;
	/** 95 %: one unit in forty lies beyond each by chance. */
	readonly low95: number;
	readonly high95: number;
	/** 99.8 %: one unit in a thousand lies beyond each by chance. */
	readonly low998: number;
	readonly high998: number;
}

/** A funnel over a group. */
export interface Funnel {
	readonly counting: Counting;
	/** The group's figure: all that was counted over all sizes. */
	readonly centre: number;
	/** The over-dispersion φ as it was estimated; 1 is chance alone. */
	readonly dispersion: number;
	/** Whether φ is more than chance explains, and the limits are widened by √φ. */
	readonly widened: boolean;
	/** How many units the funnel was made from. */
	readonly units: number;
}

/** Where a unit lies. */
export type Position = 'within' | 'high' | 'very_high' | 'low' | 'very_low';

/**
 * The figure below which a share `tail` of units of that size lies by chance: (r − α)/size, where r is the least number of cases with
 * P(R ≤ r) ≥ tail and α = (P(R ≤ r) − tail)/P(R = r) goes between whole cases, as in the appendix of the paper. Clamped to what is possible.
 */
export function quantile(counting: Counting, tail: number, size: number, centre: number): number {
	if (!(size > 0) || !(centre > 0)) return 0;
	if (counting === 'binomial' && centre >= 1) return 1;
	// Where many are expected the exact sum is slow and the normal curve says the same.
	const expected = size * centre;
	if (expected > 5000) {
		const variance = counting === 'binomial' ? (centre * (1 - centre)) / size : centre / size;
		return Math.max(0, centre + normalQuantile(tail) * Math.sqrt(variance));
	}
	const whole = Math.round(size);
	const cases = counting === 'binomial' ? Math.max(1, whole) : size;
	// ln P(R = r), from that of none by the ratio of each to the one before, so that it never underflows.
	let logarithm = counting === 'binomial' ? cases * Math.log(1 - centre) : -expected;
	const odds = centre / (1 - centre);
	let below = 0;
	for (let r = 0; r <= (counting === 'binomial' ? cases : expected * 20 + 200); r++) {
		if (r > 0) logarithm += Math.log(counting === 'binomial' ? ((cases - r + 1) / r) * odds : expected / r);
		const here = Math.exp(logarithm);
		if (below + here >= tail) return Math.max(0, (r - (below + here - tail) / here) / cases);
		below += here;
	}
	return counting === 'binomial' ? 1 : Infinity;
}

const quantiles: readonly (readonly [tail: number, z: number])[] = [
	[0.001, -3.090232306167813],
	[0.025, -1.959963984540054],
	[0.975, 1.959963984540054],
	[0.999, 3.090232306167813]
];

/** The quantile of the normal distribution at one of the four tails that funnels ask for. */
function normalQuantile(tail: number): number {
	return quantiles.find(([known]) => known === tail)?.[1] ?? NaN;
}

/** The share of standardised values at each end that is pulled in before φ is estimated, so that a few outliers do not hide themselves. */
const winsorised = 0.1;

/**
 * The over-dispersion φ of a group: the mean of the squared standardised values, the outer tenth of them pulled in at each end. Values
 * are standardised by what chance alone would do, √(θ(1 − θ)/n) or √(θ/n).
 */
export function dispersionOf(counting: Counting, list: readonly Counted[], centre: number): number {
	const spread = counting === 'binomial' ? centre * (1 - centre) : centre;
	if (list.length === 0 || !(spread > 0)) return 1;
	const values = list
		.map(({ count, size }) => (count / size - centre) / Math.sqrt(spread / size))
		.sort((a, b) => a - b);
	const pulled = Math.floor(values.length * winsorised);
	const [low = 0, high = 0] = [values[pulled], values[values.length - 1 - pulled]];
	return values.reduce((sum, value) => sum + Math.min(high, Math.max(low, value)) ** 2, 0) / values.length;
}

/**
 * The funnel of a group; null when fewer than two units have a size, or nothing or everything was counted, so that nothing can vary.
 * The limits are widened when φ is larger than chance explains: above 1 + 2·√(2/I) for I units, two standard deviations of φ.
 */
export function funnelOf(counting: Counting, list: readonly Counted[]): Funnel | null {
	const known = list.filter(({ size, count }) => size > 0 && count >= 0 && Number.isFinite(size + count));
	const size = known.reduce((sum, one) => sum + one.size, 0);
	const count = known.reduce((sum, one) => sum + one.count, 0);
	const centre = count / size;
	if (known.length < 2 || !(centre > 0) || (counting === 'binomial' && centre >= 1)) return null;
	const dispersion = dispersionOf(counting, known, centre);
	const widened = dispersion > 1 + 2 * Math.sqrt(2 / known.length);
	return { counting, centre, dispersion, widened, units: known.length };
}

/** The limits for one size. Widening stretches the exact limits away from the centre by √φ, and keeps shares within 0 and 1. */
export function limitsOf({ counting, centre, dispersion, widened }: Funnel, size: number): Limits {
	const factor = widened ? Math.sqrt(dispersion) : 1;
	const most = counting === 'binomial' ? 1 : Infinity;
	const at = (tail: number) =>
		Math.min(most, Math.max(0, centre + (quantile(counting, tail, size, centre) - centre) * factor));
	return { size, low95: at(0.025), high95: at(0.975), low998: at(0.001), high998: at(0.999) };
}

/** Where a unit lies against the limits of its size; on a limit is within. */
export function positionOf({ low95, high95, low998, high998 }: Limits, { count, size }: Counted): Position {
	const value = count / size;
	if (value > high998) return 'very_high';
	if (value > high95) return 'high';
	if (value < low998) return 'very_low';
	if (value < low95) return 'low';
	return 'within';
}
