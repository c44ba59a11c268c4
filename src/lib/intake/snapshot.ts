/** A grid written down without its personal columns: what is kept in the place of a file that had some. */
import type { Cell, Flaw, Grid, Merge } from './grid';

type Packed = string | number | boolean | null | { readonly d: number };

interface Snapshot {
	readonly snapshot: 1;
	readonly file: string;
	readonly sheet: string | null;
	readonly breadth: number;
	readonly names: readonly string[] | null;
	readonly merges: readonly Merge[];
	readonly flaws: readonly (readonly [row: number, flaw: Flaw])[];
	readonly rows: readonly { readonly line: number; readonly span: number; readonly cells: readonly Packed[] }[];
}

/** How the bytes of every snapshot begin. */
const beginning = '{"snapshot":1,';

/** The bytes of a grid, the cells of the columns `without` left empty. Texts of rows that could not be cut are not kept. */
export function snapshotOf(grid: Grid, without: ReadonlySet<number>): Uint8Array {
	const pack = (cell: Cell): Packed => (cell instanceof Date ? { d: cell.getTime() } : cell);
	const snapshot: Snapshot = {
		snapshot: 1,
		file: grid.file,
		sheet: grid.sheet,
		breadth: grid.breadth,
		names: grid.names,
		merges: grid.merges,
		flaws: [...grid.flaws],
		rows: Array.from({ length: grid.length }, (_, row) => ({
			line: grid.line(row),
			span: grid.span(row),
			cells: Array.from({ length: grid.width(row) }, (_, at) => (without.has(at) ? null : pack(grid.cell(row, at))))
		}))
	};
	return new TextEncoder().encode(JSON.stringify(snapshot));
}

/** Whether bytes are a snapshot. */
export function isSnapshot(bytes: Uint8Array): boolean {
	return new TextDecoder().decode(bytes.subarray(0, beginning.length)) === beginning;
}

/** The grid of a snapshot. @throws SyntaxError when the bytes are damaged. */
export function gridOfSnapshot(bytes: Uint8Array): Grid {
	const snapshot = JSON.parse(new TextDecoder().decode(bytes)) as Snapshot;
	const { file, sheet, breadth, names, merges, flaws, rows } = snapshot;
	const cell = (row: number, at: number): Cell => {
		const packed = rows[row]?.cells[at] ?? null;
		return packed !== null && typeof packed === 'object' ? new Date(packed.d) : packed;
	};
	return {
		file,
		sheet,
		breadth,
		names,
		merges,
		flaws: new Map(flaws),
		length: rows.length,
		line: (row) => rows[row]?.line ?? 0,
		span: (row) => rows[row]?.span ?? 1,
		width: (row) => rows[row]?.cells.length ?? 0,
		cell,
		raw: (row) =>
			Array.from({ length: rows[row]?.cells.length ?? 0 }, (_, at) => {
				const value = cell(row, at);
				return value === null ? '' : value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
			}).join('\t')
	};
}
