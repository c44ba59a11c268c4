/**
 * `npm run bench`: how long a reader waits, in one Chromium on this machine, as a plain table. It prints figures and judges nothing.
 *
 *     npx tsx tests/bench.ts [--changes N] [--rows N] [--without-rows] [--explore]
 *
 * `--explore` measures `/explore` alone, at a hundred thousand, a million and ten million rows, beside the same views by Mosaic.
 *
 * The site is built when `build/` is missing or older than its sources. Registers of `--rows` rows (a million), and files of as many, are made by the
 * sample program once and kept in the system's folder for temporary files.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright';
import { benchExplore, exploreSizes } from './bench-explore';
import { benchIntake } from './bench-intake';
import { benchUnits } from './bench-units';
import { chromium } from './chromium.js';
import { enlarged } from './enlarged';
import { buildIn } from './journey/build';
import { watch } from './painted';
import { serve } from './server.js';

const { values: options } = parseArgs({
	options: {
		changes: { type: 'string', default: '40' },
		rows: { type: 'string', default: '1000000' },
		'without-rows': { type: 'boolean', default: false },
		explore: { type: 'boolean', default: false }
	}
});
const changes = Number(options.changes);
const bigRows = Number(options.rows);

/** Milliseconds in ascending order. */
type Times = readonly number[];

function quantile(times: Times, share: number): number {
	const sorted = times.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

function median(times: Times): number {
	return quantile(times, 0.5);
}

const milliseconds = (time: number) => `${Math.round(time)} ms`;
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

function print(what: string, figure: string, note = ''): void {
	console.log(`${what.padEnd(58)}${figure.padStart(18)}  ${note}`.trimEnd());
}

/** The time at which anything below a path last changed. */
function changed(path: string): number {
	const found = statSync(path);
	if (!found.isDirectory()) return found.mtimeMs;
	return Math.max(
		0,
		...readdirSync(path)
			.filter((name) => name !== 'compiled' && name !== 'project.inlang')
			.map((name) => changed(join(path, name)))
	);
}

/** Whether `build/` is there and newer than what it is made of. */
function isBuilt(): boolean {
	if (!existsSync('build/index.html')) return false;
	const made = statSync('build/index.html').mtimeMs;
	return ['src', 'data', 'static', 'svelte.config.js', 'vite.config.ts', 'package-lock.json'].every(
		(path) => changed(path) < made
	);
}

async function visit(browser: Browser, prepare?: (context: BrowserContext) => Promise<void>): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	await context.addInitScript(watch);
	await prepare?.(context);
	return context.newPage();
}

/** The median time from navigation to the first chart of the overview on the screen, over new readers with nothing cached. */
async function firstCharts(
	browser: Browser,
	url: string,
	times: number,
	prepare?: (context: BrowserContext) => Promise<void>
): Promise<Times> {
	const taken: number[] = [];
	for (let time = 0; time < times; time++) {
		const page = await visit(browser, prepare);
		await page.goto(url, { waitUntil: 'commit' });
		taken.push(await page.evaluate(() => globalThis.firstChart));
		await page.context().close();
	}
	return taken;
}

/** The bytes that a visit transfers, headers included, by kind. */
async function bytesOf(browser: Browser, url: string): Promise<ReadonlyMap<string, number>> {
	const page = await visit(browser);
	const client = await page.context().newCDPSession(page);
	await client.send('Network.enable');
	const kinds = new Map<string, string>();
	const bytes = new Map<string, number>();
	client.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
	client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		const kind = kinds.get(requestId) ?? 'Other';
		bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength);
	});
	await page.goto(url, { waitUntil: 'networkidle' });
	await page.keyboard.press('End');
	await page.waitForTimeout(1000);
	await page.context().close();
	return bytes;
}

/** What one change of a filter cost, in milliseconds. */
interface Change {
	readonly query: string;
	/** From the event to all of the page redrawn and painted. */
	readonly total: number;
	/** Of these, until the last answer had come. */
	readonly answered: number;
	/** Questions that the engine was asked. */
	readonly questions: number;
}

/** Views that no page was asked before, so that nothing is remembered: selections of the filters by name. */
async function viewsOf(page: Page, count: number): Promise<Readonly<Record<string, string>>[]> {
	const choices = await page.locator('.filters select').evaluateAll((selects) =>
		selects.map((select) => ({
			name: (select as HTMLSelectElement).name,
			values: [...(select as HTMLSelectElement).options].map(({ value }) => value).filter((value) => value !== '')
		}))
	);
	const values = (name: string) => choices.find((choice) => choice.name === name)?.values ?? [];
	const views: Readonly<Record<string, string>>[] = [];
	for (let index = 0; views.length < count; index++) {
		const pick = (name: string) => values(name)[Math.floor(index / 6) % values(name).length] ?? '';
		const kinds: Readonly<Record<string, string>>[] = [
			{ block: pick('block') },
			{ to: values('to').at(-2 - Math.floor(index / 6)) ?? '' },
			{ kind: pick('kind') },
			{ unit: pick('unit') },
			{ structure: 'reported', block: pick('block') },
			{ from: values('from')[1 + Math.floor(index / 6)] ?? '', kind: pick('kind') }
		];
		views.push(kinds[index % kinds.length] ?? {});
	}
	return views;
}

/**
 * Changes filters on an open page, each time from one view to the next at once.
 *
 * The engine's worker is watched for its messages: the last of them before the page is redrawn is when the answers were there.
 */
async function changeFilters(page: Page, views: readonly Readonly<Record<string, string>>[]): Promise<Change[]> {
	const taken: Change[] = [];
	for (const view of views) {
		taken.push(
			await page.evaluate(async (chosen) => {
				const form = document.querySelector<HTMLFormElement>('form.filters');
				const main = document.querySelector('main');
				if (!form || !main) throw new Error('The page has no filters.');
				const before = location.search;
				const counted = globalThis as unknown as { questions?: number; answered?: number };
				counted.questions = 0;
				for (const select of form.querySelectorAll('select')) {
					const wanted = chosen[select.name] ?? '';
					const option = [...select.options].find(({ value }) => value === wanted) ?? select.options[0];
					if (option) select.value = option.value;
				}
				const start = performance.now();
				form.dispatchEvent(new Event('change', { bubbles: true }));
				const end = await painted(() => location.search !== before && main.getAttribute('aria-busy') === 'false');
				return {
					query: location.search,
					total: end - start,
					answered: (counted.answered ?? start) - start,
					questions: counted.questions
				};
			}, view)
		);
		await page.waitForTimeout(50);
	}
	return taken;
}

/** Counts the questions that go to the engine's worker, and notes when its latest answer came. */
const countQuestions = `
	globalThis.questions = 0;
	const send = Worker.prototype.postMessage;
	Worker.prototype.postMessage = function (message, ...rest) {
		if (/^(START_PENDING|RUN)_QUERY/.test(message?.type)) globalThis.questions++;
		if (!this.watched) {
			this.watched = true;
			this.addEventListener('message', () => (globalThis.answered = performance.now()));
		}
		return send.call(this, message, ...rest);
	};
`;

/** Opens the overview, starts the engine by a first filter, and measures. */
async function engineAndFilters(
	browser: Browser,
	url: string,
	plainly = false
): Promise<{ boot: number; list: Change[] }> {
	const page = await visit(browser, async (context) => {
		await context.addInitScript(countQuestions);
		// Compressing half a gigabyte on the fly is the server's time, not the page's.
		if (plainly) await context.setExtraHTTPHeaders({ 'accept-encoding': 'identity' });
	});
	page.setDefaultTimeout(600_000);
	await page.goto(url, { waitUntil: 'networkidle' });
	const [view, ...views] = await viewsOf(page, changes + 3);
	const booted = page.evaluate(async () => {
		const bar = () => document.querySelector('.boot') !== null;
		const start = await painted(bar);
		return (await painted(() => !bar())) - start;
	});
	await changeFilters(page, view ? [view] : []);
	const boot = await booted;
	// The engine compiles its hot paths at the first questions.
	await changeFilters(page, views.slice(0, 2));
	const list = await changeFilters(page, views.slice(2));
	await page.context().close();
	return { boot, list };
}

function printFilters(what: string, list: readonly Change[]): void {
	const totals = list.map(({ total }) => total);
	const note = (pick: (change: Change) => number) => median(list.map(pick));
	print(
		what,
		milliseconds(median(totals)),
		`median of ${list.length}; 95%: ${milliseconds(quantile(totals, 0.95))}; ` +
			`answers ${milliseconds(note(({ answered }) => answered))}, drawing ${milliseconds(note(({ total, answered }) => total - answered))}, ` +
			`${note(({ questions }) => questions)} questions`
	);
}

if (!isBuilt()) {
	console.log('Building …');
	await buildIn('.');
}

if (options.explore) {
	await benchExplore(exploreSizes, print);
	process.exit();
}

const browser = await playwright.launch(chromium());
const site = await serve('build', { base: process.env.BASE_PATH ?? '' });
try {
	console.log();
	const published = await firstCharts(browser, site.url, 9);
	const shell = await readFile('build/404.html', 'utf8');
	const forced = await firstCharts(browser, site.url, 5, async (context) => {
		// The same page without what the build put into it: neither its HTML nor any answer.
		await context.route('**/answers/*', (route) => route.fulfill({ status: 404, body: '' }));
		await context.route(site.url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: shell }));
	});
	print('First chart, from answers at build', milliseconds(median(published)), `median of ${published.length}`);
	print(
		'First chart, the same page waiting for the engine',
		milliseconds(median(forced)),
		`median of ${forced.length}`
	);
	print('  ratio', (median(forced) / median(published)).toFixed(1), 'aim: at least 8');
	const filtered = await firstCharts(browser, `${site.url}?structure=reported`, 5);
	print('First chart, a filtered address opened fresh', milliseconds(median(filtered)), `median of ${filtered.length}`);

	const ordinary = await engineAndFilters(browser, site.url);
	print(
		'Engine started and the first filter answered',
		milliseconds(ordinary.boot),
		'module, tables, questions, drawing'
	);
	printFilters('Filter change, all of the overview redrawn', ordinary.list);

	if (!options['without-rows']) {
		const big = await enlarged(bigRows);
		const bigSite = await serve(big.folder);
		try {
			const { boot, list } = await engineAndFilters(browser, bigSite.url, true);
			print(`Engine start, registers of ${bigRows} rows`, milliseconds(boot), 'tables sent uncompressed');
			printFilters(`Filter change, registers of ${bigRows} rows`, list);
		} finally {
			await bigSite.close();
			await big.remove();
		}
	}

	if (!options['without-rows']) {
		console.log();
		await benchIntake(site.url, bigRows, print);
		console.log();
		await benchExplore(exploreSizes, print);
	}

	console.log();
	await benchUnits(options['without-rows'] ? null : bigRows, print);

	console.log();
	let sum = 0;
	for (const [kind, bytes] of [...(await bytesOf(browser, site.url))].sort((a, b) => b[1] - a[1])) {
		print(`Bytes of the overview: ${kind.toLowerCase()}`, kilobytes(bytes));
		sum += bytes;
	}
	print('Bytes of the overview: all', kilobytes(sum), 'aim: at most 200 kB; compressed by brotli 5');
} finally {
	await browser.close();
	await site.close();
}
