/** How a file is to be read: all that was understood of it, shown to the reader before anything is loaded, and changeable. Plain JSON. */

/** The order of the parts of a written day: `05/03/2024` is 5 March in `dmy`. */
export type DayOrder = 'dmy' | 'mdy' | 'ymd';

/** The sign before the decimals of a number. */
export type DecimalSign = ',' | '.';

/** What a bare year means: January to December, a school year (September to August), or 15 December to 14 December. */
export type YearSpan = 'calendar' | 'school' | 'december';

/**
 * How rows of the file become rows of the table.
 *
 * - `rows`: one row is one row.
 * - `wide`: one row is a unit in a period, its columns are measures of several activities.
 * - `authors`: one row is an author; rows of the same initiative follow one another.
 */
export type Shape = 'rows' | 'wide' | 'authors';

/** How one column of a file is read. */
export interface ColumnPlan {
	/** Its place in the grid, from 0. */
	readonly at: number;
	/** Its heading, levels joined by " / "; empty when it has none. */
	readonly heading: string;
	/** The column of the table that it is; null when it is not loaded. In the `wide` shape the name of a wide column (see `model/wide.ts`). */
	readonly column: string | null;
	/** How sure that is, from 0 to 1. A choice of the reader is 1. */
	readonly certainty: number;
	/** Personal data (date of birth, identity number, phone, e-mail): dropped at the door whatever `column` says. */
	readonly personal: boolean;
	/** For numbers. Null when no cell tells and none needs it. */
	readonly decimal: DecimalSign | null;
	/** What a number without a unit word is multiplied by: 1, 1000, 1e6 or 1e9 for money; 100 for a share written as a fraction; else 1. */
	readonly factor: number;
	/** For days. Null when no cell tells and none needs it. */
	readonly order: DayOrder | null;
	/** Empty cells take the value above them (cells merged down). */
	readonly fill: boolean;
	/** How many cells could be read in more than one way, before a choice was made: shown, never guessed in silence. */
	readonly ambiguous: number;
}

/** How a grid is read. */
export interface Plan {
	/** Name of the table that the rows belong to. */
	readonly table: string;
	/** How sure that is, from 0 to 1. */
	readonly certainty: number;
	/** The first and the last row of the headings, both included; null when the format names its columns or there are none. */
	readonly headings: { readonly first: number; readonly last: number } | null;
	/** The first row below the headings (and below a row of column letters or numbers). */
	readonly start: number;
	readonly shape: Shape;
	readonly columns: readonly ColumnPlan[];
	readonly year: YearSpan;
	/** What stands in all rows for columns that the file does not have, as text of the published form, by column. */
	readonly defaults: Readonly<Record<string, string>>;
}

/** Typed percentages that are compared with their two counts and not kept, by table: name, part, whole. */
export const percentages: Readonly<Record<string, readonly (readonly [name: string, part: string, whole: string])[]>> =
	{
		activities: [
			['attended_percent', 'attended', 'invited'],
			['accepted_percent', 'accepted', 'opinions']
		]
	};
