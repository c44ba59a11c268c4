/** The views that the benchmark measures on `/explore`, by Mosaic's own charts over the same rows and the same engine, and nothing of ours. */
import * as duckdb from '@duckdb/duckdb-wasm';
import worker from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import module from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import * as vg from '@uwdata/vgplot';

declare global {
	/** Loads the rows of an Arrow stream and draws the views; settles when all of them stand. */
	var mosaic: (url: string) => Promise<void>;
}

const table = 'initiatives';
const size = { width: 400, marginTop: 8, marginRight: 10 };

globalThis.mosaic = async (url) => {
	const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(worker));
	await database.instantiate(module);
	const connection = await database.connect();
	const ask = (query: string) => connection.query(query);
	await ask('SET autoinstall_known_extensions = false');
	await ask('SET autoload_known_extensions = false');
	const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
	await connection.insertArrowFromIPCStream(bytes, { name: 'loaded' });
	// A third of a power of ten is a bar, as on the page; quarters are named once.
	await ask(
		`CREATE TABLE ${table} AS SELECT initiative_id, submitted_on, field, level, status, unit_id, benefit_vnd,
			CASE WHEN benefit_vnd > 0 THEN log10(benefit_vnd) END AS magnitude,
			year(submitted_on) || '-Q' || quarter(submitted_on) AS quarter FROM loaded`
	);
	await ask('DROP TABLE loaded');
	const largest = await ask(`SELECT unit_id FROM ${table} GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 12`);
	const units = largest.toArray().map((row) => String((row as { unit_id: unknown }).unit_id));

	vg.coordinator().databaseConnector(vg.wasmConnector({ duckdb: database, connection }));
	const chosen = vg.Selection.crossfilter();
	const from = vg.from(table, { filterBy: chosen });
	const bars = (column: string, more: unknown[] = []) =>
		vg.plot(
			vg.barX(from, { x: vg.count(), y: column, fill: 'steelblue', sort: { y: '-x', limit: 12 } }),
			vg.toggleY({ as: chosen }),
			vg.marginLeft(110),
			vg.width(size.width),
			vg.height(240),
			...(more as never[])
		);
	const plots = [
		vg.plot(
			vg.rectY(from, { x: vg.bin('submitted_on', { interval: 'month' }), y: vg.count(), fill: 'steelblue' }),
			vg.intervalX({ as: chosen }),
			vg.xDomain(vg.Fixed),
			vg.width(size.width),
			vg.height(120)
		),
		bars('field'),
		bars('level'),
		bars('status'),
		bars('unit_id', [vg.yDomain(units)]),
		vg.plot(
			vg.rectY(from, { x: vg.bin('magnitude', { step: 1 / 3 }), y: vg.count(), fill: 'steelblue' }),
			vg.intervalX({ as: chosen }),
			vg.xDomain(vg.Fixed),
			vg.width(size.width),
			vg.height(120)
		),
		vg.plot(
			vg.cell(from, { x: 'quarter', y: 'unit_id', fill: vg.count() }),
			vg.yDomain(units),
			vg.xDomain(vg.Fixed),
			vg.marginLeft(110),
			vg.width(size.width * 2),
			vg.height(280)
		)
	];
	const rows = vg.table({
		from: table,
		columns: ['initiative_id', 'submitted_on', 'field', 'status'],
		height: 240
	}) as Node;
	document.querySelector('main')?.append(...(plots as Node[]), rows);
	await new Promise<void>((done) => {
		const look = () =>
			document.querySelectorAll('main .plot svg').length === plots.length ? done() : void setTimeout(look, 20);
		look();
	});
};
