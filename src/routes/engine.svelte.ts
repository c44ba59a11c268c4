/** The browser's engine: started at the first question that no published answer meets, and how far its start has come. */
import { base } from '$app/paths';
import type { Database } from '$lib/database/database';

/** The engine's start as pages show it. */
export const boot = $state<{
	phase: 'asleep' | 'starting' | 'loading' | 'ready' | 'failed';
	fraction: number;
	problem: string;
}>({
	phase: 'asleep',
	fraction: 0,
	problem: ''
});

/** Share of the start that is the engine itself; the rest is the tables. */
const engineShare = 0.9;

async function start(): Promise<Database> {
	boot.phase = 'starting';
	boot.fraction = 0;
	const [{ openBrowserDatabase }, { dataset }, { deriveTables }] = await Promise.all([
		import('$lib/database/browser'),
		import('$lib/model/dataset'),
		import('$lib/model/structure')
	]);
	const tables = dataset.map(({ name }) => ({ name, bytes: fetchTable(name) }));
	const database = await openBrowserDatabase(__ENGINE_BYTES__, (fraction) => (boot.fraction = fraction * engineShare));
	boot.phase = 'loading';
	let loaded = 0;
	for (const { name, bytes } of tables) {
		let first: Promise<Uint8Array> | null = bytes;
		await database.insert({
			name,
			// Bytes are held for the first insert only; a restart fetches them again, from the browser's cache.
			bytes: () => {
				const once = first ?? fetchTable(name);
				first = null;
				return once;
			}
		});
		boot.fraction = engineShare + ((1 - engineShare) * ++loaded) / tables.length;
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

let once: Promise<Database> | undefined;

/** The engine with all tables in it. A start that failed is tried again at the next call. */
export function engine(): Promise<Database> {
	once ??= start().catch((error: unknown) => {
		once = undefined;
		boot.phase = 'failed';
		boot.problem = error instanceof Error ? error.message : String(error);
		throw error;
	});
	return once;
}
