/** The engine's home in Node: the build asks it for the published answers, the tests ask it everything. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openDatabase, settings, type Database } from './database';

/** Opens a database in this process. Each call starts an engine of its own. */
export async function openNodeDatabase(): Promise<Database> {
	const duckdb = await import('@duckdb/duckdb-wasm/blocking');
	const dist = dirname(createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm'));
	const bundle = (name: string) => ({
		mainModule: join(dist, `duckdb-${name}.wasm`),
		mainWorker: join(dist, `duckdb-node-${name}.worker.cjs`)
	});
	return openDatabase(async () => {
		const bindings = await duckdb.createDuckDB(
			{ mvp: bundle('mvp'), eh: bundle('eh') },
			new duckdb.VoidLogger(),
			duckdb.NODE_RUNTIME
		);
		// Without the callback this promise never settles.
		await bindings.instantiate(() => undefined);
		bindings.open(settings);
		const [connection, aside] = [bindings.connect(), bindings.connect()];
		return {
			bindings,
			connection: connection.useUnsafe((_, number) => number),
			aside: aside.useUnsafe((_, number) => number),
			pause: () => new Promise((resolve) => setImmediate(resolve)),
			end: () => {
				try {
					connection.close();
					aside.close();
					bindings.reset();
				} catch {
					// An engine without memory cannot even be closed; nobody holds it any more.
				}
			}
		};
	});
}
