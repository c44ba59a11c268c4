/** What the reader loaded, as pages see it: what is kept on this machine, and whether pages show it or the sample. */
import { browser } from '$app/environment';
import { emptyManifest, type Manifest, type Part } from '$lib/intake/manifest';
import type { Store } from '$lib/intake/store';
import type { Mode } from '$lib/model/merge';
import type { Bilingual } from '$lib/model/table';

/** The state of what is kept. `read` turns true once it is known; `memory` when this browser keeps nothing beyond the page. */
export const own = $state<{ manifest: Manifest; read: boolean; memory: boolean; problem: Bilingual | null }>({
	manifest: emptyManifest,
	read: false,
	memory: false,
	problem: null
});

/** The name under which the next page and other tabs know that the reader's data is shown, before OPFS can be asked. */
export const mark = 'data';

let marked = browser && readMark();

function readMark(): boolean {
	try {
		return localStorage.getItem(mark) === 'own';
	} catch {
		return false;
	}
}

function writeMark(): void {
	marked = own.manifest.shown === 'own' && own.manifest.files.length > 0;
	try {
		if (marked && !own.memory) localStorage.setItem(mark, 'own');
		else localStorage.removeItem(mark);
	} catch {
		// Storage may be closed to this page; the next one then starts with the sample.
	}
}

/** Whether pages show the reader's data and not the sample. */
export function showsOwn(): boolean {
	return own.read ? own.manifest.shown === 'own' && own.manifest.files.length > 0 : marked;
}

let opened: Promise<Store> | undefined;

/**
 * The store of this machine, opened at the first call; one in memory where the browser keeps no files. Never rejects for what is kept:
 * what cannot be read is told in `own.problem`.
 */
export function ownStore(): Promise<Store> {
	opened ??= open();
	return opened;
}

async function open(): Promise<Store> {
	const { openStore, openMemory, StoreError } = await import('$lib/intake/store');
	let store: Store;
	try {
		store = await openStore();
	} catch (error) {
		if (!(error instanceof StoreError)) throw error;
		own.memory = true;
		own.problem = error.remedy;
		store = openMemory();
	}
	try {
		stand(await store.manifest());
	} catch (error) {
		if (!(error instanceof StoreError)) throw error;
		own.problem = error.remedy;
		stand(emptyManifest);
	}
	return store;
}

/** Takes over what stands now. */
export function stand(manifest: Manifest): void {
	own.manifest = manifest;
	own.read = true;
	writeMark();
}

/** Whether what is kept is what it was; a tab that reads it again has another object of the same content. */
export const isStill = (manifest: Manifest): boolean => JSON.stringify(own.manifest) === JSON.stringify(manifest);

/** The typed rows of one loaded file: how they meet those before, and where they are read. */
export interface OwnRows {
	readonly mode: Mode;
	readonly part: Part;
}

/** The files of a table that pages show now, in the order in which they were loaded; null when the sample is shown. */
export async function ownTables(): Promise<ReadonlyMap<string, readonly OwnRows[]> | null> {
	if (!browser || (!marked && !own.read)) return null;
	await ownStore();
	if (!showsOwn()) return null;
	const tables = new Map<string, OwnRows[]>();
	for (const { table, mode, parts } of own.manifest.files) {
		const known = tables.get(table) ?? [];
		known.push({ mode, part: parts.rows });
		tables.set(table, known);
	}
	return tables;
}
