/** Views that the reader saved under a name, and a fingerprint of the data by which a link knows whether it shows what was seen. */
import type { Database } from '../database/database';
import { id, join, sql } from '../database/sql';
import type { Table } from './table';

/** A saved view: its name, and where it is shown. */
export interface SavedView {
	/** Unique among the saved views. */
	readonly name: string;
	/** The page and its query, without the language and the path where the site is served, as `/explore/?level=tinh`. */
	readonly path: string;
	/** The fingerprint of the data that it was saved with; null where nobody knew. */
	readonly fingerprint: string | null;
}

/** A place where a text is kept under a key, such as `localStorage`. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

/** The name of the query's part that holds the fingerprint of the data that a link was made with. */
export const fingerprintParameter = 'data';

const key = 'saved';
const longestName = 120;
const longestPath = 100_000;
const most = 200;

/** Whether a value is a saved view. Only paths of this site are: a bundle may come from anyone. */
export function isSavedView(value: unknown): value is SavedView {
	if (typeof value !== 'object' || value === null) return false;
	const { name, path, fingerprint } = value as Record<string, unknown>;
	return (
		typeof name === 'string' &&
		cleanName(name) === name &&
		name !== '' &&
		typeof path === 'string' &&
		path.length <= longestPath &&
		/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path) &&
		(fingerprint === null || (typeof fingerprint === 'string' && /^[0-9a-z]{1,40}$/.test(fingerprint)))
	);
}

/** A name as it is kept: NFC, spaces as one, not too long. */
export function cleanName(name: string): string {
	return name.toWellFormed().normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, longestName).trim();
}

/** The saved views that are kept, in their order. What cannot be read is as if it were not there. */
export function readSaved(shelf: Shelf | null): SavedView[] {
	try {
		const kept: unknown = JSON.parse(shelf?.getItem(key) ?? '[]');
		return Array.isArray(kept) ? unique(kept.filter(isSavedView)) : [];
	} catch {
		return [];
	}
}

/** Keeps saved views; false when there is no room or nothing may be kept. */
export function writeSaved(shelf: Shelf | null, views: readonly SavedView[]): boolean {
	try {
		if (!shelf) return false;
		shelf.setItem(key, JSON.stringify(views));
		return true;
	} catch {
		return false;
	}
}

/** The views with one more, the newest first; one of the same name is replaced. More than two hundred are not kept: the oldest go. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
	return [view, ...views.filter(({ name }) => name !== view.name)].slice(0, most);
}

/** The query string of a view, without its question mark. Values may hold further ones. */
export function queryOf({ path }: Pick<SavedView, 'path'>): string {
	const mark = path.indexOf('?');
	return mark < 0 ? '' : path.slice(mark + 1);
}

/** The views without the one of a name. */
export function withoutView(views: readonly SavedView[], name: string): SavedView[] {
	return views.filter((view) => view.name !== name);
}

/** The views with one renamed, in its place; null when the new name is empty or another's. */
export function renamed(views: readonly SavedView[], from: string, to: string): SavedView[] | null {
	const name = cleanName(to);
	if (name === '' || (name !== from && views.some((view) => view.name === name))) return null;
	return views.map((view) => (view.name === from ? { ...view, name } : view));
}

/** The views of this machine with those of a bundle: an equal name of another view gets a number. */
export function joined(views: readonly SavedView[], others: readonly SavedView[]): SavedView[] {
	const all = [...views];
	for (const view of others) {
		if (all.some(({ name, path }) => name === view.name && path === view.path)) continue;
		let { name } = view;
		for (let number = 2; all.some((one) => one.name === name); number++) name = `${view.name} (${number})`;
		all.push({ ...view, name });
	}
	return all.slice(0, most);
}

function unique(views: readonly SavedView[]): SavedView[] {
	return [...new Map(views.map((view) => [view.name, view])).values()];
}

/**
 * A fingerprint of the rows of a table: the same for the same rows in any order, another once a value, a row or a column is another. Two
 * tables that differ have the same one by a chance of about one in 10^19.
 */
export async function fingerprint(db: Database, table: Table): Promise<string> {
	const columns = table.columns.map(({ name }) => id(name));
	const row = sql`hash(${join(columns)})`;
	const [found] = await db.query<{ rows: number; mixed: string; sum: string }>(
		sql`SELECT count(*) AS "rows", CAST(coalesce(bit_xor(${row}), 0) AS VARCHAR) AS mixed,
			CAST(coalesce(sum(CAST(${row} % 4294967296 AS BIGINT)), 0) AS VARCHAR) AS sum FROM ${id(table.name)}`
	);
	const { rows = 0, mixed = '0', sum = '0' } = found ?? {};
	return [String(rows), mixed, String(BigInt(sum) % 2n ** 32n)].map((part) => BigInt(part).toString(36)).join('');
}
