/** What an engine holds: the published tables, or the reader's, and what is derived from them. */
import { base } from '$app/paths';
import type { Database, TableSource } from '$lib/database/database';
import { deferTables } from '$lib/database/deferred';
import { id, sql, type Sql } from '$lib/database/sql';
import type { Manifest } from '$lib/intake/manifest';
import { dataset } from '$lib/model/dataset';
import { current, merged } from '$lib/model/merge';
import { deriveTables } from '$lib/model/structure';
import type { Table } from '$lib/model/table';
import { keepDerived, keptDerived } from './kept';
import { isStill, own, ownStore, ownTables, type OwnRows } from './own.svelte';

/** Where the rows of a table come from: one or more sources, and how they are put together when there are several. */
interface Loading {
	readonly sources: readonly TableSource[];
	readonly merge: Sql | null;
}

/**
 * The sources of a table: the published file, or what the reader loaded. Where the reader's data is shown, the sample's registers and
 * headcounts are left out, loaded or not: invented rows never stand beside real ones.
 */
function loadingOf(table: Table, ownParts: ReadonlyMap<string, readonly OwnRows[]> | null): Loading {
	const { name } = table;
	const published = (): TableSource => ({ name, bytes: once(() => fetchTable(name)) });
	if (ownParts === null) return { sources: [published()], merge: null };
	const parts = current(ownParts.get(name) ?? []);
	const loaded = parts.map(({ mode, part }, index) => ({
		mode,
		source: { name: `${name} part ${index + 1}`, bytes: once(async () => (await ownStore()).read(part)) }
	}));
	const [first] = loaded;
	if (synthetic.has(name)) {
		if (!first) return { sources: [{ name, bytes: () => emptyRows(table) }], merge: null };
	} else if (!first) return { sources: [published()], merge: null };
	else if (first.mode !== 'replace')
		loaded.unshift({ mode: 'append', source: { name: `${name} part 0`, bytes: published().bytes } });
	if (loaded.length === 1 && first) return { sources: [{ name, bytes: first.source.bytes }], merge: null };
	return {
		sources: loaded.map(({ source }) => source),
		merge: sql`CREATE OR REPLACE TABLE ${id(name)} AS ${merged(
			table,
			loaded.map(({ mode, source }) => ({ mode, name: source.name }))
		)}`
	};
}

/** The registers, whose rows may be a million. */
const registers: ReadonlySet<string> = new Set(['initiatives', 'transfers', 'activities']);

/** The tables of the sample that were invented. */
const synthetic: ReadonlySet<string> = new Set([...registers, 'unit_headcounts']);

async function emptyRows(table: Table): Promise<Uint8Array> {
	const [{ toArrow }, { noRows }] = await Promise.all([import('$lib/intake/arrow'), import('$lib/intake/typed')]);
	return toArrow(noRows(table));
}

/** Bytes that are fetched at once and held for the first taker only; who asks again fetches again, from the browser's cache. */
function once(fetching: () => Promise<Uint8Array>): () => Promise<Uint8Array> {
	let first: Promise<Uint8Array> | null = fetching();
	first.catch(() => undefined);
	return () => {
		const bytes = first ?? fetching();
		first = null;
		return bytes;
	};
}

/**
 * Fills a database with the tables that pages show.
 *
 * @param opening the empty database; tables are fetched while it opens.
 * @param onOpen called once it is open.
 * @param soon a table whose rows will be asked for at once.
 */
export async function filled(opening: Promise<Database>, onOpen: () => void, soon: string | null): Promise<Database> {
	const ownParts = await ownTables();
	const { manifest } = own;
	const kept = ownParts && !own.memory ? await keptDerived(manifest) : null;
	// Rows that the kept tables were derived from are not read before a question names them.
	const deferred = dataset.filter(({ name }) => kept !== null && registers.has(name) && ownParts?.has(name));
	const early = new Map<Table, Loading>();
	for (const table of deferred) if (table.name === soon) early.set(table, loadingOf(table, ownParts));
	const atOnce = dataset.filter((table) => !deferred.includes(table)).map((table) => loadingOf(table, ownParts));
	const database = await opening;
	onOpen();
	await load(database, [...atOnce, { sources: kept ?? [], merge: null }]);
	if (kept === null) {
		await deriveTables(database);
		if (ownParts && !own.memory) {
			const tables = await database.query<{ name: string }>(sql`SELECT table_name AS name FROM duckdb_tables()`);
			const derived = tables.flatMap(({ name }) => (dataset.some((table) => table.name === name) ? [] : [name]));
			void keepLater(database, manifest, derived);
		}
	}
	return deferTables(
		database,
		deferred.map((table) => ({
			name: table.name,
			load: () => {
				const loading = early.get(table) ?? loadingOf(table, ownParts);
				early.delete(table);
				return load(database, [loading]);
			}
		}))
	);
}

async function load(database: Database, loadings: readonly Loading[]): Promise<void> {
	await database.insertAll(loadings.flatMap(({ sources }) => sources));
	for (const { sources, merge } of loadings) {
		if (merge === null) continue;
		await database.exec(merge);
		for (const { name } of sources) await database.exec(sql`DROP TABLE ${id(name)}`);
	}
}

/** Keeps the derived tables once nobody asks anything. */
async function keepLater(database: Database, manifest: Manifest, names: readonly string[]): Promise<void> {
	try {
		await database.query(sql`SELECT 1 AS idle`, { idle: true });
		await keepDerived(manifest, database, names, () => isStill(manifest));
	} catch {
		// An engine that was ended meanwhile keeps nothing.
	}
}

async function fetchTable(name: string): Promise<Uint8Array> {
	const response = await fetch(`${base}/tables/${name}.arrow`);
	if (!response.ok) throw new Error(`${name}.arrow: ${response.status} ${response.statusText}`);
	return new Uint8Array(await response.arrayBuffer());
}
