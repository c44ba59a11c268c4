/** Lines of a table that are used again: a row that comes into sight takes the line of one that went out of it, so that none is made anew. */
export class Slots {
	private first = 0;
	private last = 0;
	private shift = 0;
	private count = 0;

	/**
	 * The lines of the rows from one place up to another, in the order of the rows. A row keeps its line while it is among those that are
	 * asked for; where none is, the lines stand in the order in which they stood.
	 *
	 * @param most how many will be asked for at once: only where more are than ever were, all lines are given anew.
	 */
	of(first: number, last: number, most = 0): number[] {
		const needed = Math.max(last - first, most);
		if (needed > this.count) {
			this.count = needed;
			this.shift = first;
		} else if (first >= this.last || last <= this.first) this.shift += first - this.first;
		[this.first, this.last] = [first, last];
		const { count, shift } = this;
		return Array.from({ length: last - first }, (_, place) => {
			const line = (first + place - shift) % count;
			return line < 0 ? line + count : line;
		});
	}
}
