/** The browser's engine: started at the first question that no published answer meets, and how far its start has come. */
import { base } from '$app/paths';
import type { Database, TableSource } from '$lib/database/database';
import { id, sql, type Sql } from '$lib/database/sql';
import { startThread } from '$lib/database/thread';
import type { Manifest } from '$lib/intake/manifest';
import type { Bilingual, Table } from '$lib/model/table';
import { isStill, own, ownStore, ownTables, type OwnRows } from './own.svelte';

/** The engine's start as pages show it. */
export const boot = $state<{
	phase: 'asleep' | 'starting' | 'loading' | 'ready' | 'failed';
	fraction: number;
	problem: string | Bilingual;
}>({
	phase: 'asleep',
	fraction: 0,
	problem: ''
});

/** Share of the start that is the engine itself; the rest is the tables. */
const engineShare = 0.9;

/** Where the rows of a table come from: one or more sources, and how they are put together when there are several. */
interface Loading {
	readonly sources: readonly TableSource[];
	readonly merge: Sql | null;
}

/**
 * The sources of a table: the published file, or what the reader loaded. Where the reader's data is shown, the sample's registers and
 * headcounts are left out, loaded or not: invented rows never stand beside real ones.
 */
async function loadingOf(table: Table, ownParts: ReadonlyMap<string, readonly OwnRows[]> | null): Promise<Loading> {
	const { name } = table;
	const { current, merged } = await import('$lib/model/merge');
	const published: TableSource = { name, bytes: once(() => fetchTable(name)) };
	if (ownParts === null) return { sources: [published], merge: null };
	const parts = current(ownParts.get(name) ?? []);
	const loaded = parts.map(({ mode, part }, index) => ({
		mode,
		source: { name: `${name} part ${index + 1}`, bytes: once(async () => (await ownStore()).read(part)) }
	}));
	const [first] = loaded;
	if (synthetic.has(name)) {
		if (!first) return { sources: [{ name, bytes: () => emptyRows(table) }], merge: null };
	} else if (!first) return { sources: [published], merge: null };
	else if (first.mode !== 'replace')
		loaded.unshift({ mode: 'append', source: { name: `${name} part 0`, bytes: published.bytes } });
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

/** An engine without tables that was started before it was asked for. */
let prepared: Promise<Database> | undefined;

async function openEmpty(): Promise<Database> {
	const thread = startThread();
	const { openBrowserDatabase } = await import('$lib/database/browser');
	return openBrowserDatabase(__ENGINE_BYTES__, (fraction) => (boot.fraction = fraction * engineShare), thread);
}

/** Starts an engine without tables, for the first question. */
export function prepareEngine(): void {
	if (running || prepared) return;
	prepared = openEmpty();
	// Whoever asks is told; the next call starts another.
	prepared.catch(() => (prepared = undefined));
}

async function start(): Promise<Database> {
	boot.phase = 'starting';
	if (!prepared) boot.fraction = 0;
	const opening = prepared ?? openEmpty();
	prepared = undefined;
	opening.catch(() => undefined);
	const [{ dataset }, { deriveTables }, { deferTables }, { keptDerived }, ownParts] = await Promise.all([
		import('$lib/model/dataset'),
		import('$lib/model/structure'),
		import('$lib/database/deferred'),
		import('./kept'),
		ownTables()
	]);
	const { manifest } = own;
	const kept = ownParts && !own.memory ? await keptDerived(manifest) : null;
	// Rows that the kept tables were derived from are not read before a question names them.
	const deferred = dataset.filter(({ name }) => kept !== null && registers.has(name) && ownParts?.has(name));
	const atOnce = dataset.filter((table) => !deferred.includes(table)).map((table) => loadingOf(table, ownParts));
	const database = await opening;
	boot.phase = 'loading';
	await load(database, [...(await Promise.all(atOnce)), { sources: kept ?? [], merge: null }]);
	if (kept === null) {
		await deriveTables(database);
		if (ownParts && !own.memory) {
			const tables = await database.query<{ name: string }>(sql`SELECT table_name AS name FROM duckdb_tables()`);
			const derived = tables.flatMap(({ name }) => (dataset.some((table) => table.name === name) ? [] : [name]));
			void keepLater(database, manifest, derived);
		}
	}
	boot.phase = 'ready';
	return deferTables(
		database,
		deferred.map((table) => ({
			name: table.name,
			load: async () => load(database, [await loadingOf(table, ownParts)])
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
		const { keepDerived } = await import('./kept');
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

/** What went wrong, in both languages where it was told so. */
function toldBy(error: unknown): string | Bilingual {
	if (!(error instanceof Error)) return String(error);
	return 'remedy' in error ? (error.remedy as Bilingual) : error.message;
}

let running: Promise<Database> | undefined;

/** The engine with all tables in it. A start that failed is tried again at the next call. */
export function engine(): Promise<Database> {
	if (running) return running;
	const starting: Promise<Database> = start().catch((error: unknown) => {
		if (running === starting) {
			running = undefined;
			boot.phase = 'failed';
			boot.problem = toldBy(error);
		}
		throw error;
	});
	running = starting;
	return starting;
}

/** Ends the engine, since its tables are no longer those that are wanted; the next question starts another. */
export function endEngine(): void {
	const ended = running;
	running = undefined;
	boot.phase = 'asleep';
	// A start that failed was told to those who waited for it.
	ended?.then((database) => database.close()).catch(() => undefined);
}
