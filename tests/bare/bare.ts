/** The engine and the Parquet reader alone, in a page without anything of ours: what the benchmark compares the intake with. */
import * as duckdb from '@duckdb/duckdb-wasm';
import worker from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import module from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import initParquet, { readParquet } from 'parquet-wasm';
import parquetModule from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';

/** Milliseconds from the file to a table of its rows. */
export interface Bare {
	readonly milliseconds: number;
	readonly rows: number;
}

declare global {
	var bareCsv: (file: File) => Promise<Bare>;
	var bareParquet: (file: File) => Promise<Bare>;
}

async function connect() {
	const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(worker));
	await database.instantiate(module);
	const connection = await database.connect();
	await connection.query('SET autoinstall_known_extensions = false');
	await connection.query('SET autoload_known_extensions = false');
	return { database, connection };
}

async function timed(load: (open: Awaited<ReturnType<typeof connect>>) => Promise<void>): Promise<Bare> {
	const open = await connect();
	const start = performance.now();
	await load(open);
	const milliseconds = performance.now() - start;
	const [row] = (await open.connection.query('SELECT count(*)::DOUBLE AS rows FROM loaded')).toArray() as {
		rows: number;
	}[];
	await open.database.terminate();
	return { milliseconds, rows: row?.rows ?? 0 };
}

globalThis.bareCsv = (file) =>
	timed(async ({ database, connection }) => {
		await database.registerFileHandle('a.csv', file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
		await connection.query("CREATE TABLE loaded AS SELECT * FROM read_csv('a.csv')");
	});

globalThis.bareParquet = (file) =>
	timed(async ({ connection }) => {
		await initParquet(parquetModule);
		const bytes = new Uint8Array(await file.arrayBuffer());
		await connection.insertArrowFromIPCStream(readParquet(bytes).intoIPCStream(), { name: 'loaded' });
	});
