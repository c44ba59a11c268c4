/**
 * The labelled corpus: files as a clerk in Thái Nguyên would have them, each with what a person worked out by hand that must become
 * of it. `fixtures/corpus/README.md` says what the truth takes for granted.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DayOrder, DecimalSign, Shape } from '../src/lib/intake/plan';

/** What a person chooses or confirms where the file cannot tell. Columns go by their names in the table. */
export interface Choices {
	/** What stands in all rows, as text of the published form; `=recognised_on` takes another column. */
	readonly defaults?: Readonly<Record<string, string>>;
	readonly decimal?: Readonly<Record<string, DecimalSign>>;
	readonly order?: Readonly<Record<string, DayOrder>>;
	readonly factor?: Readonly<Record<string, number>>;
	/** Columns whose empty cells take the value above them. */
	readonly fill?: readonly string[];
	/** The units that names which no list knows mean. */
	readonly units?: Readonly<Record<string, string>>;
}

/** How many rows of the file have each fate. Their sum is the number of rows; a record over several lines is one row. */
export interface Account {
	readonly loaded: number;
	readonly waiting: number;
	readonly blank: number;
	readonly heading: number;
	readonly group: number;
	readonly total: number;
	readonly note: number;
	readonly superseded: number;
}

/** A typed row, in part: its line in the file, and columns of the table; days in ISO 8601, money in VND. */
export type ExpectedRow = { readonly line: number } & Readonly<Record<string, string | number | boolean | null>>;

/** An issue that must be found. */
export interface ExpectedIssue {
	readonly line: number;
	/** Column of the table; null when the row as a whole is meant, or a column that the file does not have. */
	readonly column: string | null;
	readonly rule: string;
	readonly severity: 'error' | 'warning';
}

/** What must become of one table: of a file, of a sheet, or of an entry of an archive. */
export interface ExpectedPart {
	/** Name of the entry of an archive. */
	readonly entry?: string;
	readonly sheet?: string;
	/** Null when there is no table in it; then nothing else is said. */
	readonly table: string | null;
	readonly shape: Shape | null;
	/** Null for formats that say themselves how their text is encoded. */
	readonly encoding: string | null;
	readonly delimiter: string | null;
	readonly choices: Choices;
	readonly account: Account | null;
	/** The rows that are loaded, all of them and in order; in the `wide` shape some of those that its rows are made into. */
	readonly rows: readonly ExpectedRow[];
	/** All issues. */
	readonly issues: readonly ExpectedIssue[];
	/** Headings of the personal columns, which are dropped. */
	readonly personal?: readonly string[];
	/** Headings of columns that are not loaded. */
	readonly unused?: readonly string[];
	/** In the `wide` shape: the sum of a measure over the loaded rows of an activity, by `activity.measure`. */
	readonly sums?: Readonly<Record<string, number>>;
}

/** What must become of a file. */
export interface Truth {
	/** What the file is and what it covers. */
	readonly about: string;
	/** The kind of file, where it is refused as a whole. */
	readonly refused?: string;
	/** One for each table of the file, in its order. */
	readonly parts: readonly ExpectedPart[];
}

/** A file of the corpus. */
export interface Labelled {
	readonly name: string;
	readonly file: string;
	readonly bytes: Uint8Array;
	readonly truth: Truth;
}

const folder = join(import.meta.dirname, 'fixtures', 'corpus');

/** The files of the corpus, by their numbers. Where a file is one table, its JSON is the part itself. */
export async function corpus(): Promise<Labelled[]> {
	const files = (await readdir(folder)).filter((file) => /^\d/.test(file) && !file.endsWith('.json')).sort();
	return Promise.all(
		files.map(async (file) => {
			const name = file.replace(/\..*$/, '');
			const [bytes, json] = await Promise.all([
				readFile(join(folder, file)),
				readFile(join(folder, `${name}.json`), 'utf8')
			]);
			const { about, refused, parts, ...only } = JSON.parse(json) as Truth & ExpectedPart & { parts?: ExpectedPart[] };
			const truth = refused === undefined ? { about, parts: parts ?? [only] } : { about, refused, parts: [] };
			return { name, file, bytes: new Uint8Array(bytes), truth };
		})
	);
}
