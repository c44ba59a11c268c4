/** Where the dots of a strip stand: side by side at their value, and stacked away from its line where they would cover one another. */

/**
 * The row of each dot, 0 on the line and then +1, −1, +2, …, for dots at these shares of the width. Two dots of one row are at least `gap` apart.
 * Dots are placed in the order of their share; there are at most `most` rows, and a dot for which none is free takes the one that is free first.
 */
export function swarm(shares: readonly number[], gap: number, most = 9): number[] {
	const order = shares.map((_, index) => index).sort((a, b) => (shares[a] ?? 0) - (shares[b] ?? 0));
	const ends = new Array<number>(most).fill(-Infinity);
	const rows = new Array<number>(shares.length).fill(0);
	for (const index of order) {
		const share = shares[index] ?? 0;
		let row = ends.findIndex((end) => share - end >= gap);
		if (row < 0) row = ends.indexOf(Math.min(...ends));
		ends[row] = share;
		rows[index] = row % 2 === 1 ? (row + 1) / 2 : row === 0 ? 0 : -row / 2;
	}
	return rows;
}
