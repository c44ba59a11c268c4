/**
 * The list of what the reader loaded and chose: kept in the browser by `store.ts`, carried to another machine by `bundle.ts`.
 * Plain JSON that names the large contents ("parts") by their SHA-256, so that the same content is kept once.
 */
import type { Mode } from '../model/merge';
import type { SavedView } from '../model/saved';

/** A content that is kept: its SHA-256 in lower-case hexadecimal, which is also its name, and its size in bytes. */
export interface Part {
	readonly sha256: string;
	readonly bytes: number;
}

/** What is kept of a file: its bytes as they were, its typed rows as an Arrow IPC stream, and its account (waiting rows, issues) as JSON. */
export interface Parts<T> {
	readonly original: T;
	readonly rows: T;
	readonly account: T;
}

/** One table of a file that was loaded; a workbook of three sheets is three of them, with one `original`. `T` is what stands for a content. */
export interface KeptFile<T = Part> {
	/** Unique in the manifest; a file that is kept under an id again replaces the earlier one. */
	readonly id: string;
	/** Name of the file as its owner knows it. */
	readonly name: string;
	/** Name of the sheet, null where the file is one table. */
	readonly sheet: string | null;
	/** The file's format as the intake told it from its bytes, such as `csv` or `xlsx`. */
	readonly kind: string;
	/** The instant of loading, ISO 8601. */
	readonly loadedAt: string;
	/** The day that counted as today for the checks, `YYYY-MM-DD`. */
	readonly day: string;
	/** Name of the table that the rows went to. */
	readonly table: string;
	/** How its rows meet those that were loaded before. */
	readonly mode: Mode;
	/** How many rows were loaded, and how many wait to be mended. */
	readonly rows: number;
	readonly waiting: number;
	/** How many lines were skipped, by reason (blank, heading, group, total). */
	readonly skipped: Readonly<Record<string, number>>;
	/** How the file was read: plain JSON. */
	readonly plan: unknown;
	/** The version of the rules that it was checked by. */
	readonly rulesVersion: number;
	readonly parts: Parts<T>;
}

/** A name that the reader said means a unit. */
export interface KeptAlias {
	readonly name: string;
	readonly unit_id: string;
}

/** All that is kept. */
export interface Manifest {
	/** Whether pages show the reader's data or the sample. */
	readonly shown: 'own' | 'sample';
	/** In the order in which they are to be loaded. */
	readonly files: readonly KeptFile[];
	readonly aliases: readonly KeptAlias[];
	/** How files of the same headings were read, by the signature of the headings: plain JSON. */
	readonly plans: Readonly<Record<string, unknown>>;
	/** The views that the reader saved: in a bundle, so that they travel; a browser keeps them beside the manifest. */
	readonly saved?: readonly SavedView[];
}

/** What is kept before anything is. */
export const emptyManifest: Manifest = { shown: 'sample', files: [], aliases: [], plans: {} };

/** The parts that a manifest names, each once, by their SHA-256. */
export function partsOf({ files }: Manifest): Map<string, Part> {
	return new Map(
		files.flatMap(({ parts }) => [parts.original, parts.rows, parts.account]).map((part) => [part.sha256, part])
	);
}
