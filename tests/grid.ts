/** Grids for tests, from rows of cells. */
import type { Cell, Grid, Merge } from '../src/lib/intake/grid';

/** A grid of these rows, as a sheet of a workbook when it has a name and as a text file otherwise; line 1 is row 0. */
export function gridOf(
	rows: readonly (readonly Cell[])[],
	{
		sheet = null,
		merges = [],
		names = null
	}: { sheet?: string | null; merges?: readonly Merge[]; names?: readonly string[] | null } = {}
): Grid {
	return {
		file: 'test.csv',
		sheet,
		length: rows.length,
		breadth: rows.reduce((most, { length }) => Math.max(most, length), 0),
		names,
		merges,
		flaws: new Map(),
		line: (row) => row + 1,
		span: () => 1,
		width: (row) => rows[row]?.length ?? 0,
		cell: (row, column) => rows[row]?.[column] ?? null,
		raw: (row) => (rows[row] ?? []).map((cell) => String(cell ?? '')).join('\t')
	};
}
