/** Where the reader stands in the table of rows, what is chosen from there, and where a key leads. */

/** A cell: its row by its place, -1 for the headings; its column by its place, 0 for the number of the row. */
export interface Place {
	readonly row: number;
	readonly column: number;
}

/** Cells between two places, both of them included. */
export interface Block {
	readonly top: number;
	readonly bottom: number;
	readonly left: number;
	readonly right: number;
}

/** How far the table reaches: its rows, its columns without the number of the row, and the rows that a page key goes over. */
export interface Reach {
	readonly rows: number;
	readonly columns: number;
	readonly page: number;
}

/** The cells between two places, in whichever order they are given. */
export function blockOf(one: Place, other: Place): Block {
	return {
		top: Math.min(one.row, other.row),
		bottom: Math.max(one.row, other.row),
		left: Math.min(one.column, other.column),
		right: Math.max(one.column, other.column)
	};
}

/** Whether a cell is one of a block. */
export function isWithin({ top, bottom, left, right }: Block, { row, column }: Place): boolean {
	return row >= top && row <= bottom && column >= left && column <= right;
}

/** The nearest place that there is; among the headings only where they may be reached. */
export function within({ row, column }: Place, { rows, columns }: Reach, headings: boolean): Place {
	return {
		row: Math.min(rows - 1, Math.max(headings ? -1 : 0, row)),
		column: Math.min(columns, Math.max(0, column))
	};
}

/** Where a key leads, which may lie beyond the table; null for a key that leads nowhere. `control` goes to the very ends. */
export function placeAfter(key: string, control: boolean, { row, column }: Place, reach: Reach): Place | null {
	switch (key) {
		case 'ArrowDown':
			return { row: row + 1, column };
		case 'ArrowUp':
			return { row: row - 1, column };
		case 'ArrowLeft':
			return { row, column: column - 1 };
		case 'ArrowRight':
			return { row, column: column + 1 };
		case 'PageDown':
			return { row: Math.max(0, row) + reach.page, column };
		case 'PageUp':
			return { row: Math.max(0, row - reach.page), column };
		case 'Home':
			return { row: control ? 0 : row, column: 0 };
		case 'End':
			return { row: control ? reach.rows - 1 : row, column: reach.columns };
		default:
			return null;
	}
}
