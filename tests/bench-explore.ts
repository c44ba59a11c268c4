/**
 * How fast `/explore` answers, in one Chromium: brushing, choosing, searching, sorting, on the built page with seven views and the table of
 * rows; and the same brush and choice on a page of the same views by Mosaic. `npm run bench` calls it; by itself:
 *
 *     npx tsx tests/bench-explore.ts [--rows N,N] [--without-mosaic]
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, open, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import * as arrow from 'apache-arrow';
import { readParquet } from 'parquet-wasm/node';
import { chromium as playwright, type Browser, type Page } from 'playwright';
import { build } from 'vite';
import { defaultExploration, writeExploration, type Measure, type Panel } from '../src/lib/model/exploration';
import { initiatives } from '../src/lib/model/register';
import type { Row, Table } from '../src/lib/model/table';
import { chromium } from './chromium.js';
import { readWorld, sampleInitiatives, writeParquetFile } from './sample';
import { serve } from './server.js';

/** The sizes of the register at which the page is measured. */
export const exploreSizes: readonly number[] = [100_000, 1_000_000, 10_000_000];

type Print = (what: string, figure: string, note?: string) => void;

const milliseconds = (time: number) => `${time < 20 ? time.toFixed(1) : Math.round(time)} ms`;

/** A quantile of times, by the nearest rank. */
function quantile(times: readonly number[], share: number): number {
	const sorted = times.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
}

/** The Arrow stream of a register of so many rows, as a build would serve it, in the system's folder for temporary files; made once. */
export async function streamOf(table: Table, rows: number, made: () => Iterable<Row>): Promise<string> {
	const folder = join(tmpdir(), `thai-nguyen-${rows}`);
	await mkdir(folder, { recursive: true });
	const stream = join(folder, `${table.name}.arrow`);
	if (existsSync(stream)) return stream;
	console.log(`Making ${rows} ${table.name} in ${folder} …`);
	const parquet = join(folder, `${table.name}.parquet`);
	writeParquetFile(parquet, table, made());
	await writeFile(`${stream}.unfinished`, readParquet(await readFile(parquet)).intoIPCStream());
	await rename(`${stream}.unfinished`, stream);
	return stream;
}

/** Rows of the largest stream that the sample program makes; more are these again and again, under other keys. */
const mostMade = 1_000_000;

/** What a register of more rows is left with, so that it fits into the four gigabytes that an engine can hold. */
const narrow = [
	'initiative_id',
	'unit_id',
	'field',
	'year',
	'submitted_on',
	'level',
	'status',
	'recognised_on',
	'benefit_vnd'
];

/** The register of initiatives at a size. */
async function register(rows: number): Promise<string> {
	if (rows <= mostMade) return streamOf(initiatives, rows, () => sampleInitiatives(readWorld(), rows, 69));
	const folder = join(tmpdir(), `thai-nguyen-${rows}`);
	const stream = join(folder, `${initiatives.name}.arrow`);
	if (existsSync(stream)) return stream;
	const whole = arrow.tableFromIPC(await readFile(await register(mostMade)));
	console.log(`Making ${rows} ${initiatives.name} of ${narrow.length} columns in ${folder} …`);
	await mkdir(folder, { recursive: true });
	const fields = narrow.flatMap((name) => whole.schema.fields.find((field) => field.name === name) ?? []);
	const schema = new arrow.Schema(fields);
	const file = await open(`${stream}.unfinished`, 'w');
	const writer = new arrow.RecordBatchStreamWriter();
	writer.reset(undefined, schema);
	const writing = (async () => {
		for await (const piece of writer as AsyncIterable<Uint8Array>) await file.appendFile(piece);
	})();
	for (let copy = 0; copy < Math.ceil(rows / whole.numRows); copy++) {
		for (const batch of whole.batches) {
			const children = fields.map((field) => {
				const data = batch.data.children[
					whole.schema.fields.findIndex(({ name }) => name === field.name)
				] as arrow.Data;
				return field.name === 'initiative_id' ? renamed(data as arrow.Data<arrow.Utf8>, copy) : data;
			});
			const struct = new arrow.Struct(fields);
			writer.write(
				new arrow.RecordBatch(schema, arrow.makeData({ type: struct, length: batch.numRows, nullCount: 0, children }))
			);
		}
	}
	writer.finish();
	await writing;
	await file.close();
	await rename(`${stream}.unfinished`, stream);
	return stream;
}

/** The keys of a copy: the first letter of each tells which. */
function renamed(keys: arrow.Data<arrow.Utf8>, copy: number): arrow.Data {
	const values = keys.values.slice();
	const { valueOffsets } = keys;
	for (let row = 0; row < keys.length; row++) values[valueOffsets[row] ?? 0] = 'A'.charCodeAt(0) + copy;
	return arrow.makeData({ type: new arrow.Utf8(), length: keys.length, nullCount: 0, valueOffsets, data: values });
}

/** The built site with a register in the place of its own. What was prerendered with the published one is never asked on `/explore`. */
async function siteWith(stream: string): Promise<{ folder: string; remove: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'site-'));
	await cp('build', folder, { recursive: true });
	await rm(join(folder, 'tables', `${initiatives.name}.arrow`));
	await symlink(stream, join(folder, 'tables', `${initiatives.name}.arrow`));
	return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The page of Mosaic, built. */
async function mosaicSite(stream: string): Promise<{ folder: string; remove: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'mosaic-'));
	await build({
		configFile: false,
		logLevel: 'error',
		root: fileURLToPath(new URL('mosaic', import.meta.url)),
		build: { outDir: folder, target: 'es2022', emptyOutDir: true, chunkSizeWarningLimit: 10_000 }
	});
	await symlink(stream, join(folder, 'rows.arrow'));
	return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** From an event to the frame in which all that follows from it is painted. */
interface Taken {
	/** From the event's delivery to the page. */
	readonly time: number;
	/** From the moment that the browser gives as the event's own: with the wait for the frame that delivers it. */
	readonly stamp: number;
	/** Whether a mark of another view changed. */
	readonly changed: boolean;
}

declare global {
	var begin: (type: string, page: 'explore' | 'mosaic', what?: string) => void;
	var taken: Promise<Taken>;
}

/** Watches a page from the inside. `begin` waits for one event, and `taken` tells how long it took until all of it was painted. */
const watch = `
	globalThis.__name = (named) => named;
	let inFrame = false;
	let waiting = [];
	const { port1, port2 } = new MessageChannel();
	port1.onmessage = () => {
		inFrame = false;
		const now = performance.now();
		for (const done of waiting.splice(0)) done(now);
	};
	// Each frame is followed by a task, which comes after it was painted.
	const frame = () => {
		inFrame = true;
		port2.postMessage(0);
		requestAnimationFrame(frame);
	};
	requestAnimationFrame(frame);
	/** The end of the frame that is under way, or of the next one. */
	const painted = () => new Promise((done) => inFrame ? waiting.push(done) : requestAnimationFrame(() => waiting.push(done)));
	const looks = [];
	/**
	 * Looks at every mark that is an element; whether one is otherwise than at the last look. Bars beside names are none while a brush of explore
	 * moves them, since they are on a canvas then: of them only where they come to rest is seen. What it saw stays in one list: whatever were written anew for each move
	 * would be garbage, and its collection would fall into the moves that are measured.
	 */
	const isChanged = () => {
		let [changed, place] = [false, 0];
		for (const mark of document.querySelectorAll('.views .mark, .views .bar, .views .cell button, main > .plot svg rect'))
			for (const name of ['height', 'width', 'fill', 'style']) {
				const value = mark.getAttribute(name);
				if (place === looks.length || looks[place] !== value) {
					looks[place] = value;
					changed = true;
				}
				place++;
			}
		if (place < looks.length) {
			looks.length = place;
			changed = true;
		}
		return changed;
	};
	globalThis.begin = (type, page, what = 'matched') => {
		isChanged();
		globalThis.taken = new Promise((done) => {
			const start = (event) => {
				const started = performance.now();
				let isOver = false;
				const finish = async () => {
					if (isOver) return;
					isOver = true;
					observer.disconnect();
					const end = await painted();
					done({ time: end - started, stamp: end - event.timeStamp, changed: isChanged() });
				};
				const seen = new Set();
				const observer = new MutationObserver((records) => {
					if (page === 'mosaic') {
						// Every view but the one that is used is drawn anew.
						for (const { target } of records) if (target.matches?.('.plot')) seen.add(target);
						if (seen.size >= 6) void finish();
					} else if (what === 'matched') void finish();
					else if (document.querySelector(what)?.getAttribute('aria-busy') === 'false') void finish();
				});
				if (page === 'mosaic') observer.observe(document.querySelector('main'), { childList: true, subtree: true });
				else if (what === 'matched') observer.observe(document.querySelector('.matched'), { childList: true, characterData: true, subtree: true });
				else observer.observe(document.querySelector(what), { attributes: true, attributeFilter: ['aria-busy'] });
				// What never comes is told as such, and not waited for.
				setTimeout(finish, 20_000);
			};
			addEventListener(type, start, { capture: true, once: true });
		});
	};
`;

const counted: Measure = { kind: 'count', column: null };
const bar = (column: string): Panel => ({ kind: 'bars', column, most: 12, measure: counted });

/** The seven views. */
const panels: readonly Panel[] = [
	{ kind: 'time', column: 'submitted_on', grain: 'month', measure: counted },
	bar('field'),
	bar('level'),
	bar('status'),
	bar('unit_id'),
	{ kind: 'histogram', column: 'benefit_vnd', scale: 'log', measure: counted },
	{ kind: 'heat', column: 'unit_id', by: 'submitted_on', grain: 'quarter', measure: counted }
];

/** Months that the sample spans: a move goes on by one, so that each has something to show. */
const months = 69;

/** What was measured of one page. */
interface Brushing {
	readonly first: Taken;
	readonly all: readonly Taken[];
}

async function pause(page: Page, time: number): Promise<void> {
	await page.waitForTimeout(time);
}

/** Moves a brush over a chart: a first move, and so many more. It stays held. */
async function brush(
	page: Page,
	kind: 'explore' | 'mosaic',
	box: { x: number; y: number; width: number; height: number },
	enter: () => Promise<void>,
	moves = 60
): Promise<Brushing> {
	const at = (step: number) => box.x + (box.width * (moves === 0 ? 20 + step * 8 : 3.25 + step)) / months;
	const y = box.y + box.height / 2;
	await page.mouse.move(at(0), y);
	await enter();
	await page.mouse.down();
	const all: Taken[] = [];
	await page.evaluate((page) => begin('pointermove', page), kind);
	for (let step = 0; step <= moves; step++) {
		// Nobody moves in step with the frames.
		await pause(page, 5 + ((step * 7) % 17));
		await page.mouse.move(at(step + 1), y);
		all.push(
			await page.evaluate(
				async ([page, isLast]) => {
					const time = await globalThis.taken;
					if (!isLast) begin('pointermove', page);
					return time;
				},
				[kind, step === moves] as const
			)
		);
	}
	const [first, ...others] = all;
	if (!first) throw new Error('There was no move.');
	return { first, all: others };
}

function printBrush(print: Print, who: string, { all }: Brushing): void {
	const times = all.map(({ time }) => time);
	const stamps = all.map(({ stamp }) => stamp);
	const still = all.filter(({ changed }) => !changed).length;
	print(
		`${who}, a move of the brush, p50 / p95 / worst`,
		[0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(1)).join(' / '),
		`ms, ${all.length} moves; from the browser's own time of the event: ` +
			[0.5, 0.95, 1].map((share) => quantile(stamps, share).toFixed(1)).join(' / ') +
			(still > 0 ? `; ${still} changed no mark` : '')
	);
}

async function newPage(browser: Browser): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width: 1440, height: 1400 },
		locale: 'vi-VN',
		// Compressing gigabytes on the fly is the server's time, not the page's.
		extraHTTPHeaders: { 'accept-encoding': 'identity' }
	});
	await context.addInitScript(watch);
	const page = await context.newPage();
	page.setDefaultTimeout(300_000);
	return page;
}

/** Waits until the charts and the rows show what was asked. */
async function settled(page: Page): Promise<void> {
	await page.waitForFunction(
		() =>
			document.querySelector('.views article') !== null &&
			document.querySelector('.matched')?.getAttribute('aria-busy') === 'false' &&
			// Where nothing matches there is no table.
			(document.querySelector('.frame') === null ||
				(document.querySelector('.frame')?.getAttribute('aria-busy') === 'false' &&
					document.querySelector('.frame .foot[aria-busy="false"] strong') !== null)) &&
			document.querySelector('.desk') !== null
	);
	await pause(page, 300);
}

/** Measures one thing that starts with an event of the page. */
async function measure(
	page: Page,
	type: string,
	kind: 'explore' | 'mosaic',
	act: () => Promise<unknown>,
	what?: string
) {
	await page.evaluate(([type, kind, what]) => begin(type, kind, what), [type, kind, what] as const);
	await act();
	return (await page.evaluate(() => globalThis.taken)).time;
}

async function cubes(page: Page): Promise<readonly number[]> {
	return page.evaluate(() => performance.getEntriesByName('explore cube').map(({ duration }) => duration));
}

async function benchPage(browser: Browser, rows: number, stream: string, print: Print): Promise<void> {
	const made = await siteWith(stream);
	const site = await serve(made.folder);
	try {
		const page = await newPage(browser);
		const isNarrow = rows > mostMade;
		const columns = isNarrow ? narrow : null;
		const address = writeExploration({ ...defaultExploration(initiatives), panels, columns });
		const opening = Date.now();
		await page.goto(`${site.url}explore/${address}`, { waitUntil: 'commit' });
		await settled(page);
		const who = `${rows} rows`;
		print(
			`${who}, opened: engine, tables, views, rows`,
			milliseconds(Date.now() - opening),
			isNarrow ? `only the columns ${narrow.join(', ')}` : 'all columns'
		);
		const plot = async (place: number) => {
			const box = await page.locator('.views .plot').nth(place).boundingBox();
			if (!box) throw new Error('There is no chart.');
			return box;
		};
		const entered = async (place: number) => {
			await page.waitForFunction((count) => performance.getEntriesByName('explore cube').length >= count, place);
			await pause(page, 300);
		};
		const time = await brush(page, 'explore', await plot(0), () => entered(1));
		printBrush(print, who, time);
		print(`${who}, first move once the cube is there`, milliseconds(time.first.time));
		await page.mouse.up();
		await settled(page);
		await page.keyboard.press('Control+z');
		await settled(page);
		const amounts = await brush(page, 'explore', await plot(1), () => Promise.resolve(), 0);
		print(`${who}, first move at once after entering`, milliseconds(amounts.first.time));
		await page.mouse.up();
		await settled(page);
		await page.keyboard.press('Control+z');
		await settled(page);
		for (let again = 0; again < 4; again++) {
			const { x, y, width, height } = await plot(again % 2);
			await page.mouse.move(x + width / 2, y + height / 2);
			await entered(3 + again);
			await page.mouse.move(x + width / 2, 5);
		}
		const built = await cubes(page);
		print(
			`${who}, cube on entering, first / median`,
			milliseconds(built[0] ?? NaN),
			`median ${milliseconds(quantile(built, 0.5))} of ${built.length}; aim at a million: 700 ms`
		);

		const clicks: number[] = [];
		for (let click = 0; click < 12; click++) {
			const line = page
				.locator('.views article ul')
				.nth(click % 4)
				.locator('button')
				.nth(Math.floor(click / 4));
			clicks.push(await measure(page, 'click', 'explore', () => line.click(), '.matched'));
			await settled(page);
		}
		print(
			`${who}, a value chosen, all views repainted`,
			milliseconds(quantile(clicks, 0.5)),
			`median of ${clicks.length}; worst ${milliseconds(Math.max(...clicks))}; aim at a million: 150 ms`
		);
		await page.goto(`${site.url}explore/${address}`);
		await settled(page);

		if (!isNarrow) {
			const field = page.getByRole('searchbox').first();
			const found: number[] = [];
			for (const text of ['sáng kiến', 'phan mem', 'day hoc tich cuc', 'chè', 'quy trình an toàn', 'giải pháp'])
				found.push(
					await measure(page, 'input', 'explore', () => field.fill(text), '.matched').finally(() => settled(page))
				);
			const [first = NaN, ...others] = found;
			print(
				`${who}, searched, all views repainted`,
				milliseconds(quantile(others, 0.5)),
				`median of ${others.length}; worst ${milliseconds(Math.max(...others))}; the very first ${milliseconds(first)}; aim at a million: 80 ms`
			);
			await field.fill('');
			await pause(page, 500);
			await settled(page);
		}

		const headings = page.locator('.frame .heading .text');
		const names = await headings.allInnerTexts();
		for (const [place, name] of names.entries()) {
			for (const turn of ['first', 'again']) {
				const sorting = await measure(page, 'click', 'explore', () => headings.nth(place).click(), '.frame');
				await pause(page, 100);
				const jumping = await page.evaluate(async () => {
					const frame = document.querySelector('.frame');
					if (!frame) throw new Error('There is no table.');
					const start = performance.now();
					frame.scrollTop = (frame.scrollHeight - frame.clientHeight) * 0.9;
					const there = () => {
						const lines = [...frame.querySelectorAll('[data-line]')];
						return (
							lines.length > 0 &&
							Number(lines[0]?.getAttribute('aria-rowindex')) > 1000 &&
							!frame.querySelector('.coming')
						);
					};
					return new Promise<{ time: number; row: number }>((done) => {
						const look = () => {
							if (!there()) return void requestAnimationFrame(look);
							setTimeout(() =>
								done({
									time: performance.now() - start,
									row: Number(frame.querySelector('[data-line]')?.getAttribute('aria-rowindex'))
								})
							);
						};
						requestAnimationFrame(look);
					});
				});
				print(
					`${who}, sorted by ${name}, ${turn === 'first' ? 'first' : 'turned'}`,
					milliseconds(sorting),
					`then to row ${jumping.row}: ${milliseconds(jumping.time)}; together ${milliseconds(sorting + jumping.time)}; aim at a million: 300 ms`
				);
				await pause(page, 300);
			}
		}
		await page.context().close();
	} finally {
		await site.close();
		await made.remove();
	}
}

async function benchMosaic(browser: Browser, rows: number, stream: string, print: Print): Promise<void> {
	const made = await mosaicSite(stream);
	const site = await serve(made.folder);
	try {
		const page = await newPage(browser);
		const opening = Date.now();
		await page.goto(site.url);
		await page.waitForFunction(() => 'mosaic' in globalThis);
		await page.evaluate((url) => globalThis.mosaic(url), `${site.url}rows.arrow`);
		await pause(page, 1000);
		const who = `${rows} rows, Mosaic`;
		print(`${who}, opened`, milliseconds(Date.now() - opening));
		const area = async (place: number) => {
			const box = await page.locator('main > .plot').nth(place).boundingBox();
			if (!box) throw new Error('There is no chart.');
			return { ...box, x: box.x + 40, width: 340, y: box.y + 30, height: 50 };
		};
		// Its own preparation begins when the pointer enters, as the page's.
		const time = await brush(page, 'mosaic', await area(0), () => pause(page, 300 + rows / 1000));
		printBrush(print, who, time);
		print(`${who}, first move after a rest on the chart`, milliseconds(time.first.time));
		await page.mouse.up();
		await pause(page, 1000);
		await page.mouse.click((await area(0)).x + 5, (await area(0)).y + 5);
		await pause(page, 1000);
		const amounts = await brush(page, 'mosaic', await area(5), () => Promise.resolve(), 0);
		print(`${who}, first move at once after entering`, milliseconds(amounts.first.time));
		await page.mouse.up();
		await pause(page, 1000);
		await page.mouse.click((await area(5)).x + 5, (await area(5)).y + 5);
		await pause(page, 2000);
		const clicks: number[] = [];
		for (let click = 0; click < 8; click++) {
			// Filters take bars away, so the turn goes round those that stand; a click on one that is chosen alone takes the choice back.
			const bars = page
				.locator('main > .plot')
				.nth(1 + (click % 3))
				.locator('g[aria-label=bar] rect');
			const standing = await bars.evaluateAll((rects) =>
				rects
					.map((rect) => rect.getBoundingClientRect())
					.filter(({ width, height }) => width >= 1 && height >= 1)
					.map(({ x, y, width, height }) => ({ x, y, width, height }))
			);
			const box = standing[Math.floor(click / 3) % standing.length];
			if (!box) throw new Error('There is no bar.');
			clicks.push(
				await measure(page, 'pointerdown', 'mosaic', () =>
					page.mouse.click(box.x + Math.min(3, box.width / 2), box.y + box.height / 2)
				)
			);
			await pause(page, 500);
		}
		print(
			`${who}, a value chosen, all views repainted`,
			milliseconds(quantile(clicks, 0.5)),
			`median of ${clicks.length}; worst ${milliseconds(Math.max(...clicks))}`
		);
		await page.context().close();
	} finally {
		await site.close();
		await made.remove();
	}
}

/** Measures and prints, one size after the other, each in a browser of its own. */
export async function benchExplore(sizes: readonly number[], print: Print, withMosaic = true): Promise<void> {
	// What measures shares two cores with what it measures, so it collects its garbage on one thread, and never because it rests: half a minute
	// after it was loaded, in the midst of the brush, that took both. What is measured in this program itself comes after, and has both.
	const collecting = ['memory-reducer', 'parallel-scavenge'];
	for (const flag of collecting) setFlagsFromString(`--no-${flag}`);
	try {
		for (const rows of sizes) {
			const stream = await register(rows);
			for (const bench of withMosaic ? [benchPage, benchMosaic] : [benchPage]) {
				const browser = await playwright.launch(chromium());
				try {
					await bench(browser, rows, stream, print);
				} finally {
					await browser.close();
				}
			}
		}
	} finally {
		for (const flag of collecting) setFlagsFromString(`--${flag}`);
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { values } = parseArgs({
		options: {
			rows: { type: 'string', default: exploreSizes.join() },
			'without-mosaic': { type: 'boolean', default: false }
		}
	});
	await benchExplore(
		values.rows.split(',').map(Number),
		(what, figure, note = '') => console.log(`${what.padEnd(58)}${figure.padStart(23)}  ${note}`.trimEnd()),
		!values['without-mosaic']
	);
}
