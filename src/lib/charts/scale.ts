/** Scales of the small drawings: where a value lies between the ends of an axis, and round numbers to write beside it. */

/** An axis from 0 to 1. */
export interface Scale {
	/** The share of the axis at which a value lies. */
	readonly place: (value: number) => number;
	/** Round values within the axis, in order. */
	readonly ticks: readonly number[];
}

/** A step of 1, 2 or 5 times a power of ten that divides a span into about `count` parts. */
function stepOf(span: number, count: number): number {
	const raw = span / count;
	const power = 10 ** Math.floor(Math.log10(raw));
	const part = raw / power;
	return (part >= 7.1 ? 10 : part >= 3.2 ? 5 : part >= 1.5 ? 2 : 1) * power;
}

/** A linear axis over values; from 0 when `fromZero`. It ends on round numbers, and has some width even where all values are one. */
export function linear(values: readonly number[], { fromZero = false, count = 5 } = {}): Scale {
	const known = values.filter((value) => Number.isFinite(value));
	const least = fromZero ? Math.min(0, ...known) : Math.min(...known);
	const most = fromZero ? Math.max(0, ...known) : Math.max(...known);
	const [low, high] = known.length === 0 ? [0, 1] : most > least ? [least, most] : [least - 0.5, most + 0.5];
	const step = stepOf(high - low, count);
	const first = Math.floor(low / step + 1e-9);
	const last = Math.ceil(high / step - 1e-9);
	return {
		place: (value) => (value / step - first) / (last - first),
		ticks: Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
	};
}

/** A logarithmic axis over sizes above 0. */
export function logarithmic(values: readonly number[]): Scale {
	const known = values.filter((value) => value > 0 && Number.isFinite(value));
	const least = known.length === 0 ? 1 : Math.min(...known) / 1.15;
	const most = known.length === 0 ? 10 : Math.max(...known) * 1.15;
	const ticksAt = (multiples: readonly number[]) => {
		const ticks: number[] = [];
		for (let power = 10 ** Math.floor(Math.log10(least)); power <= most; power *= 10) {
			for (const times of multiples) {
				const tick = power * times;
				if (tick >= least && tick <= most) ticks.push(Number(tick.toPrecision(6)));
			}
		}
		return ticks;
	};
	const coarse = ticksAt([1, 2, 5]);
	// One or two numbers would not tell that the axis is none of equal steps.
	const ticks = coarse.length < 3 ? ticksAt([1, 1.5, 2, 3, 5, 7]) : coarse;
	const [low, span] = [Math.log(least), Math.log(most / least)];
	return { place: (value) => (Math.log(value) - low) / span, ticks };
}
