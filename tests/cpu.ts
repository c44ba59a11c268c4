/** The time for which this process has kept a processor busy, in milliseconds: a bound on it holds however busy the machine is otherwise. */
export function cpuTime(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** How often work is done, of which the quickest counts: the others also swept up what was done before. */
const tries = 3;

/**
 * For how long a processor is kept busy by work of a size, and by four times as much, in milliseconds. Where work grows with its size the
 * second is about four times the first, and where it grows with the square of it, sixteen times, on a fast machine as on a slow one.
 */
export function growth(
	work: (size: number) => void,
	size: number
): { readonly once: number; readonly fourfold: number } {
	const timeOf = (some: number) => {
		const times = Array.from({ length: tries }, () => {
			const start = cpuTime();
			work(some);
			return cpuTime() - start;
		});
		return Math.min(...times);
	};
	return { once: timeOf(size), fourfold: timeOf(4 * size) };
}
