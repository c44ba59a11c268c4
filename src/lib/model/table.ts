/**
 * The declaration of a published table: its columns, keys, references and cross-field rules, said once.
 *
 * Everything that must know what a column is reads it here: the intake (types and checks), the engine (column types), the data
 * dictionary and the pages (labels). The three registers are tables; so are the files beside them (targets, units, …).
 */

/** A text in both languages of the interface. */
export interface Bilingual {
	readonly vi: string;
	readonly en: string;
}

/**
 * What a cell holds once it is read.
 *
 * - `text`: NFC text; an empty cell is null.
 * - `integer`, `number`: a finite number; an integer has no fraction.
 * - `boolean`: `true` or `false`.
 * - `date`: a day, ISO `YYYY-MM-DD` in published files, midnight UTC in memory.
 * - `code`: one code of the code list named by `list`.
 * - `codes`: several codes of that list, separated by `|` in the file and in memory.
 * - `period`: a reporting period: `2024`, `2024-H1`, `2024-Q3` or `2024-09`.
 */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'code' | 'codes' | 'period';

/** The plain value of a typed cell. Codes, several codes and periods are text. */
export type Value = string | number | boolean | Date | null;

/** One typed row, by column name. */
export type Row = Record<string, Value>;

/** A column of a table. */
export interface Column {
	/** Canonical English name, snake_case: the header in published files and the name in SQL. */
	readonly name: string;
	readonly label: Bilingual;
	readonly type: ColumnType;
	/** An empty cell is an error. */
	readonly required?: boolean;
	/** For `code` and `codes`: the list in `code_lists.csv`. */
	readonly list?: string;
	/** For `code` and `codes`: the date column of the same row that names the day on which the code must be valid. */
	readonly dated?: string;
	/** `table.column` whose values the cell must be one of. */
	readonly references?: string;
	/** Smallest and largest value allowed, for numbers. */
	readonly minimum?: number;
	readonly maximum?: number;
	/** Headings seen in Vietnamese exports that mean this column; the Vietnamese label counts without being listed. */
	readonly synonyms?: readonly string[];
	/** What a reader of the data dictionary must know: unit of measure, meaning of null. */
	readonly note?: Bilingual;
}

/** A rule over several columns of one row. */
export interface Rule {
	/** Stable name of the rule, kebab-case. */
	readonly name: string;
	/** The columns read; the last one is where an issue is shown. */
	readonly columns: readonly string[];
	/** Whether the row keeps the rule. Rows with nulls in `columns` must be handled by the rule. */
	readonly holds: (row: Row) => boolean;
	/** What the rule asks, and so what to do when it is broken. */
	readonly remedy: Bilingual;
}

/** The declaration of a table. */
export interface Table {
	/** Name in SQL; the file in `data/` is this name with `.csv` or `.parquet`. */
	readonly name: string;
	readonly label: Bilingual;
	readonly columns: readonly Column[];
	/** Columns that together are unique. */
	readonly key: readonly string[];
	readonly rules?: readonly Rule[];
	/** Headings of personal data (date of birth, identity number, phone, e-mail) that are dropped at the door. */
	readonly personal?: readonly string[];
}

/** Whether a column is an amount of money, which spreads over orders of magnitude and is written in đồng, thousands, millions or billions. */
export function isMoney({ name, type }: Pick<Column, 'name' | 'type'>): boolean {
	return type === 'number' && (name.endsWith('_vnd') || name === 'value');
}
