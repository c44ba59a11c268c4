/** The engine's home in the browser: a worker of its own, started from this site's own files. */
import { openDatabase, settings, type Database } from './database';
import { startThread, type Thread } from './thread';

/** How far the engine's start has come, from 0 to 1, as a fraction of the bytes of its module. */
export type BootProgress = (fraction: number) => void;

/**
 * Opens a database in a worker.
 *
 * @param bytes size of the engine's module once unpacked; servers that compress do not tell it.
 * @param onProgress called as the module arrives, last with 1.
 * @param first a thread that was started already, for the first engine; later ones start their own.
 * @throws Error when the module cannot be fetched or the worker cannot start.
 */
export async function openBrowserDatabase(
	bytes: number,
	onProgress: BootProgress = () => undefined,
	first: Thread | null = null
): Promise<Database> {
	let started = first;
	const duckdb = await import('@duckdb/duckdb-wasm');
	return openDatabase(async () => {
		const { worker, address, failed } = started ?? startThread();
		started = null;
		worker.addEventListener('message', (event: MessageEvent<{ loaded?: number }>) => {
			const { loaded } = event.data;
			if (loaded === undefined) return;
			// Not a word of the engine's.
			event.stopImmediatePropagation();
			onProgress(Math.min(1, loaded / bytes));
		});
		const bindings = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
		// What it is told to fetch nobody reads: the module is on its way (see worker.js).
		const instantiated = bindings.instantiate(address);
		try {
			await Promise.race([instantiated, failed]);
		} catch (error) {
			worker.terminate();
			throw error;
		}
		onProgress(1);
		await bindings.open(settings);
		return {
			bindings,
			connection: await bindings.connectInternal(),
			aside: await bindings.connectInternal(),
			pause: () => Promise.resolve(),
			end: () => bindings.terminate()
		};
	});
}
