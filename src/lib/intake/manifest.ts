/**
 * The list of what the reader loaded and chose: kept in the browser by `store.ts`, carried to another machine by `bundle.ts`.
 * Plain JSON that names the large contents ("parts") by their SHA-256, so that the same content is kept once.
 */
import type { Mode } from '../model/merge';
import { isSavedView, type SavedView } from '../model/saved';

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

/** The version of the form in which a manifest is written. Version 1 had neither `aliases` nor `plans`, version 2 no `saved`. */
export const manifestVersion = 3;

/** What is kept before anything is. */
export const emptyManifest: Manifest = { shown: 'sample', files: [], aliases: [], plans: {} };

/** The parts that a manifest names, each once, by their SHA-256. */
export function partsOf({ files }: Manifest): Map<string, Part> {
	return new Map(
		files.flatMap(({ parts }) => [parts.original, parts.rows, parts.account]).map((part) => [part.sha256, part])
	);
}

/** The SHA-256 of bytes, in lower-case hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const hashOf = (manifest: unknown) => sha256(new TextEncoder().encode(JSON.stringify(manifest)));

/** A manifest as text, with its form, its version and its own SHA-256, so that damage is seen. `form` says where it stands. */
export async function seal(form: string, manifest: Manifest): Promise<string> {
	return JSON.stringify({ format: form, version: manifestVersion, sha256: await hashOf(manifest), manifest });
}

/** Why a text is no manifest: it is of another form, it is not as it was written, or a later version of this program wrote it. */
export type Unreadable = 'foreign' | 'damaged' | 'newer';

/** The manifest of a text that `seal` wrote, in this version or one before, or why there is none. */
export async function unseal(form: string, text: string): Promise<{ manifest: Manifest } | { problem: Unreadable }> {
	let sealed: unknown;
	try {
		sealed = JSON.parse(text);
	} catch {
		return { problem: 'damaged' };
	}
	if (!isRecord(sealed) || sealed['format'] !== form) return { problem: 'foreign' };
	const { version } = sealed;
	if (!isCount(version) || version < 1) return { problem: 'damaged' };
	if (version > manifestVersion) return { problem: 'newer' };
	const kept = sealed['manifest'];
	if (!isRecord(kept) || sealed['sha256'] !== (await hashOf(kept))) return { problem: 'damaged' };
	const manifest = version === 1 ? { ...kept, aliases: [], plans: {} } : kept;
	return isManifest(manifest) ? { manifest } : { problem: 'damaged' };
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOf = (value: unknown, holds: (entry: unknown) => boolean) => Array.isArray(value) && value.every(holds);

/** Whether a name can be that of a part. */
export const isPartName = (name: unknown): name is string => isText(name) && /^[0-9a-f]{64}$/.test(name);

const isPart = (value: unknown) => isRecord(value) && isPartName(value['sha256']) && isCount(value['bytes']);

const isFile = (value: unknown) =>
	isRecord(value) &&
	['id', 'name', 'kind', 'loadedAt', 'day', 'table'].every((key) => isText(value[key])) &&
	(value['sheet'] === null || isText(value['sheet'])) &&
	['replace', 'append', 'update'].includes(value['mode'] as string) &&
	['rows', 'waiting', 'rulesVersion'].every((key) => isCount(value[key])) &&
	isRecord(value['skipped']) &&
	Object.values(value['skipped']).every(isCount) &&
	'plan' in value &&
	isRecord(value['parts']) &&
	isPart(value['parts']['original']) &&
	isPart(value['parts']['rows']) &&
	isPart(value['parts']['account']);

const isAlias = (value: unknown) => isRecord(value) && isText(value['name']) && isText(value['unit_id']);

function isManifest(value: unknown): value is Manifest {
	return (
		isRecord(value) &&
		(value['shown'] === 'own' || value['shown'] === 'sample') &&
		isListOf(value['files'], isFile) &&
		new Set((value['files'] as KeptFile[]).map(({ id }) => id)).size === (value['files'] as KeptFile[]).length &&
		isListOf(value['aliases'], isAlias) &&
		isRecord(value['plans']) &&
		(value['saved'] === undefined || isListOf(value['saved'], isSavedView))
	);
}
