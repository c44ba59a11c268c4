/** A table as it stands in a file, before anyone knows what it means: rows of cells, each row with its place. */
import type { Bilingual } from '../model/table';
import type { PlainTexts } from './plain';

/** What a cell of a file holds: text as it stands, or a value where the format has types of its own (workbooks, Parquet, Arrow). */
export type Cell = string | number | boolean | Date | null;

/** Cells of a workbook or of a web page that are shown as one: the first and the last row and column, counted from 0, both included. */
export interface Merge {
	readonly top: number;
	readonly left: number;
	readonly bottom: number;
	readonly right: number;
}

/** Why a row could not be cut into cells as its neighbours were. The row is still there, as its raw text says. */
export interface Flaw {
	/** Stable name of the rule, kebab-case. */
	readonly rule: string;
	readonly remedy: Bilingual;
}

/** What many cells of a column share, each kept once and numbered. */
export interface Shared {
	/** For each of some rows the number of its cell among those that the column shares; -1 where the cell is its own. */
	numbers(column: number, rows: Int32Array): Int32Array;
	/** The cells that a column shares, by number. */
	cells(column: number): readonly Cell[];
}

/** A cell, and how many cells are like it. */
export type Counted = readonly [cell: Cell, times: number];

/**
 * A table of one file, or of one sheet of it. Rows and columns are counted from 0; blank rows count. Cells are cut and made when they
 * are asked for, so that a million rows cost no million arrays.
 */
export interface Grid {
	/** Name of the file as its owner knows it; one inside an archive is `archive.zip/inner.csv`. */
	readonly file: string;
	/** Name of the sheet, null where the file is one table. */
	readonly sheet: string | null;
	/** How many rows there are, blank ones included. */
	readonly length: number;
	/** How many cells the widest row has. */
	readonly breadth: number;
	/** The names of the columns where the format itself has them (Parquet, Arrow); every row is then data. Null where headings are cells. */
	readonly names: readonly string[] | null;
	readonly merges: readonly Merge[];
	/** Set for delimited text, where a row with fewer cells than there are columns was cut short. */
	readonly delimited?: true;
	/** Rows that could not be cut into cells, by row. */
	readonly flaws: ReadonlyMap<number, Flaw>;
	/** The line of the file (or row of the sheet) on which a row starts, from 1. */
	line(row: number): number;
	/** How many lines of the file a row takes: more than 1 where a quoted cell holds line breaks. */
	span(row: number): number;
	/** How many cells a row has. */
	width(row: number): number;
	/** A cell; null beyond the row's width. Text is in NFC and not trimmed. */
	cell(row: number, column: number): Cell;
	/** A row as it stands in the file: its text, or its cells joined by tabs. */
	raw(row: number): string;
	/**
	 * The first two bytes of a text cell in UTF-8, the first times 256 plus the second, without cutting the cell out; 0 for an empty cell and for
	 * one that is no text. Set where that is much cheaper than the cell.
	 */
	peek?(row: number, column: number): number;
	/** The cells of a column for these rows, where each is a plain text or empty, exactly as `cell` has it; null where one is not. */
	plain?(column: number, rows: Int32Array): PlainTexts | null;
	/** Set where the grid knows which cells are alike, so that each need be read once. */
	readonly shared?: Shared;
}

const latest: { length: number; start: number; rows: Int32Array } = { length: 0, start: 0, rows: new Int32Array() };

/** The rows of a grid from a row on; those asked for last are remembered, since one column after the other asks for the same. */
function rowsFrom({ length }: Grid, start: number): Int32Array {
	if (latest.length !== length || latest.start !== start) {
		const rows = new Int32Array(Math.max(0, length - start));
		for (let index = 0; index < rows.length; index++) rows[index] = start + index;
		Object.assign(latest, { length, start, rows });
	}
	return latest.rows;
}

/** The cells of a column from a row on, like ones together, rows with a flaw left out. */
export function* countedCells(grid: Grid, start: number, column: number): Generator<Counted> {
	const { shared, flaws } = grid;
	const all = rowsFrom(grid, start);
	const rows = flaws.size > 0 ? all.filter((row) => !flaws.has(row)) : all;
	const numbers = shared?.numbers(column, rows);
	const cells = shared?.cells(column) ?? [];
	const times = new Int32Array(cells.length);
	for (let index = 0; index < rows.length; index++) {
		const number = numbers?.[index] ?? -1;
		if (number < 0) yield [grid.cell(rows[index]!, column), 1];
		else times[number]!++;
	}
	for (let number = 0; number < cells.length; number++) {
		if (times[number]) yield [cells[number] ?? null, times[number]!];
	}
}
