/** How sure a share is that was seen in a few: Wilson's interval. */

/** An interval of shares of one. */
export interface Interval {
	readonly low: number;
	readonly high: number;
}

/** The two-sided 95 % quantile of the normal distribution. */
const z95 = 1.959963984540054;

/**
 * Wilson's 95 % interval of a share (E. B. Wilson 1927, JASA 22:209): (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Of 9 in 10 it is
 * 59.6–98.2 %, of 190 in 200 91.0–97.3 %.
 *
 * Null where there is no share of a number: without cases, or with more than all of them.
 */
export function wilson(count: number, of: number, z = z95): Interval | null {
	if (!(of > 0) || !(count >= 0) || count > of || !Number.isFinite(of)) return null;
	const share = count / of;
	const square = (z * z) / of;
	const middle = share + square / 2;
	const reach = z * Math.sqrt((share * (1 - share)) / of + square / (4 * of));
	// At the ends the interval touches 0 and 1 exactly; the arithmetic may miss them by a hair.
	return {
		low: count === 0 ? 0 : (middle - reach) / (1 + square),
		high: count === of ? 1 : (middle + reach) / (1 + square)
	};
}
