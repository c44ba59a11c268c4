/** The engine's home in the browser: a worker of its own, started from this site's own files. */
import worker from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import module from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import { openDatabase, settings, type Database } from './database';
import watched from './worker.js?url&no-inline';

/** How far the engine's start has come, from 0 to 1, as a fraction of the bytes of its module. */
export type BootProgress = (fraction: number) => void;

/**
 * Opens a database in a worker.
 *
 * @param bytes size of the engine's module once unpacked; servers that compress do not tell it.
 * @param onProgress called as the module arrives, last with 1.
 * @throws Error when the module cannot be fetched or the worker cannot start.
 */
export async function openBrowserDatabase(
	bytes: number,
	onProgress: BootProgress = () => undefined
): Promise<Database> {
	const duckdb = await import('@duckdb/duckdb-wasm');
	return openDatabase(async () => {
		const thread = new Worker(watched, { name: new URL(worker, location.href).href });
		const failed = new Promise<never>((_, reject) => {
			thread.addEventListener('error', (event) => reject(new Error(event.message || 'The engine did not start.')));
		});
		const bindings = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), thread);
		const started = bindings.instantiate(new URL(module, location.href).href, null, ({ bytesLoaded }) =>
			onProgress(Math.min(1, bytesLoaded / bytes))
		);
		try {
			await Promise.race([started, failed]);
		} catch (error) {
			thread.terminate();
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
