/** The published dataset in the engine's Node home: what the build asks, once, for every page. */
import type { Database } from '$lib/database/database';
import { openNodeDatabase } from '$lib/database/node';
import { toArrow } from '$lib/intake/arrow';
import { checkIndicators, readPublished } from '$lib/intake/published';
import { deriveTables } from '$lib/model/structure';

interface Published {
	readonly database: Database;
	/** Arrow IPC streams by table name. */
	readonly tables: ReadonlyMap<string, Uint8Array>;
}

async function publish(): Promise<Published> {
	const typed = await readPublished(process.env.DATA_DIR ?? 'data');
	const tables = new Map(typed.map((one) => [one.table.name, toArrow(one)]));
	const database = await openNodeDatabase();
	for (const [name, bytes] of tables) await database.insert({ name, bytes: () => Promise.resolve(bytes) });
	await deriveTables(database);
	await checkIndicators(typed, database);
	return { database, tables };
}

let once: Promise<Published> | undefined;

/** The published dataset; read, checked and loaded at the first call. */
export function published(): Promise<Published> {
	return (once ??= publish());
}
