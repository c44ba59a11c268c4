/** The browser's engine: started at the first question that no published answer meets, and how far its start has come. */
import { base } from '$app/paths';
import type { Database, TableSource } from '$lib/database/database';
import { id, sql, type Sql } from '$lib/database/sql';
import type { Bilingual, Table } from '$lib/model/table';
import { ownStore, ownTables, type OwnRows } from './own.svelte';

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
async function loadingOf(table: Table, own: ReadonlyMap<string, readonly OwnRows[]> | null): Promise<Loading> {
	const { name } = table;
	const { current, merged } = await import('$lib/model/merge');
	const published: TableSource = { name, bytes: once(() => fetchTable(name)) };
	if (own === null) return { sources: [published], merge: null };
	const parts = current(own.get(name) ?? []);
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

/** The tables of the sample that were invented. */
const synthetic: ReadonlySet<string> = new Set(['initiatives', 'transfers', 'activities', 'unit_headcounts']);

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

async function start(): Promise<Database> {
	boot.phase = 'starting';
	boot.fraction = 0;
	const [{ openBrowserDatabase }, { dataset }, { deriveTables }, own] = await Promise.all([
		import('$lib/database/browser'),
		import('$lib/model/dataset'),
		import('$lib/model/structure'),
		ownTables()
	]);
	const loading = dataset.map((table) => loadingOf(table, own));
	const database = await openBrowserDatabase(__ENGINE_BYTES__, (fraction) => (boot.fraction = fraction * engineShare));
	boot.phase = 'loading';
	let loaded = 0;
	for (const table of loading) {
		const { sources, merge } = await table;
		for (const source of sources) await database.insert(source);
		if (merge) {
			await database.exec(merge);
			for (const { name } of sources) await database.exec(sql`DROP TABLE ${id(name)}`);
		}
		boot.fraction = engineShare + ((1 - engineShare) * ++loaded) / loading.length;
	}
	await deriveTables(database);
	boot.phase = 'ready';
	return database;
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
