/**
 * How long a reader waits for another indicator on `/units`, from the choice to all marks of the new one painted: with the units of the
 * sample and with 5,000, from the answers at build and from the engine, and on registers of a million rows. `npm run bench` calls it; by
 * itself: `npx tsx tests/bench-units.ts [--rows N] [--without-rows] [--only TEXT]`.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium as playwright, type Browser } from 'playwright';
import { chromium } from './chromium.js';
import { enlarged } from './enlarged';
import { watch } from './painted';
import { serve } from './server.js';

type Print = (what: string, figure: string, note?: string) => void;

/** Units of the larger case, and rows of its registers where these are not the larger case themselves. */
const [manyUnits, manyUnitsRows] = [5000, 100_000];

const quantile = (times: readonly number[], share: number) =>
	times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? NaN;

/** One change of indicator, in milliseconds from the choice. */
interface Change {
	readonly indicator: string;
	readonly total: number;
	/** Of these, until the last answer had come. */
	readonly answered: number;
}

/** Every indicator of the list once, each from the one before it: none was asked before. */
async function changes(browser: Browser, url: string, query: string, isPlain: boolean): Promise<Change[]> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	// Compressing the large tables on the fly is the server's time, not the page's.
	if (isPlain) await context.setExtraHTTPHeaders({ 'accept-encoding': 'identity' });
	await context.addInitScript(watch);
	await context.addInitScript(`
		const send = Worker.prototype.postMessage;
		Worker.prototype.postMessage = function (message, ...rest) {
			if (!this.watched) {
				this.watched = true;
				this.addEventListener('message', () => (globalThis.answered = performance.now()));
			}
			return send.call(this, message, ...rest);
		};
		new PerformanceObserver((list) => {
			for (const { name, responseEnd } of list.getEntries()) if (name.includes('/answers/')) globalThis.answered = responseEnd;
		}).observe({ type: 'resource' });`);
	const page = await context.newPage();
	page.setDefaultTimeout(600_000);
	try {
		await page.goto(`${url}units/${query}`, { waitUntil: 'networkidle' });
		await page.waitForFunction(
			() =>
				document.querySelector('main[aria-busy=false] tr[data-unit]') !== null &&
				document.querySelector('.boot') === null &&
				document.documentElement.dataset.asked === undefined
		);
		const indicators = await page
			.locator('select[name=indicator] option')
			.evaluateAll((options) =>
				(options as HTMLOptionElement[]).filter(({ selected }) => !selected).map(({ value }) => value)
			);
		const list: Change[] = [];
		for (const indicator of indicators) {
			list.push(
				await page.evaluate(async (chosen) => {
					const select = document.querySelector<HTMLSelectElement>('select[name=indicator]');
					if (!select) throw new Error('The page has no choice of indicators.');
					select.value = chosen;
					const name = select.selectedOptions[0]?.textContent.trim() ?? '';
					const seen = globalThis as unknown as { answered?: number };
					const start = performance.now();
					seen.answered = start;
					select.dispatchEvent(new Event('change', { bubbles: true }));
					const end = await painted(
						() =>
							document.querySelector('main[aria-busy=false] .sentence')?.textContent.trim().startsWith(name) === true &&
							new URLSearchParams(location.search).get('indicator') === chosen
					);
					return { indicator: chosen, total: end - start, answered: seen.answered - start };
				}, indicator)
			);
			await page.waitForTimeout(50);
		}
		return list;
	} finally {
		await context.close();
	}
}

/** Measures all cases; `rows` of the larger registers, or null without them. Of the cases only those whose name holds `only`. */
export async function benchUnits(rows: number | null, print: Print, only = '', isDetailed = false): Promise<void> {
	const browser = await playwright.launch(chromium());
	const measure = async (what: string, aim: number, url: string, query: string, isPlain: boolean) => {
		if (!what.includes(only)) return;
		// The engine compiles its hot paths at the first questions.
		const list = (await changes(browser, url, query, isPlain)).slice(2);
		const totals = list.map(({ total }) => total);
		const middle = (pick: (change: Change) => number) => Math.round(quantile(list.map(pick), 0.5));
		print(
			`Another indicator, ${what}`,
			`${middle(({ total }) => total)} ms`,
			`median of ${list.length}, aim ${aim} ms; 95%: ${Math.round(quantile(totals, 0.95))} ms; ` +
				`answers ${middle(({ answered }) => answered)} ms, drawing ${middle(({ total, answered }) => total - answered)} ms`
		);
		if (!isDetailed) return;
		for (const { indicator, total, answered } of list.toSorted((a, b) => b.total - a.total).slice(0, 8))
			console.log(`    ${indicator}: ${Math.round(total)} ms, answers ${Math.round(answered)} ms`);
	};
	const withSite = async (
		rowCount: number,
		unitCount: number | null,
		act: (url: string) => Promise<void>
	): Promise<void> => {
		const { folder, remove } = await enlarged(rowCount, unitCount);
		const site = await serve(folder);
		try {
			await act(site.url);
		} finally {
			await site.close();
			await remove();
		}
	};
	// A period that no answer at build is about sends every question to the engine.
	const asked = '?to=2026-06';
	try {
		const site = await serve('build', { base: process.env.BASE_PATH ?? '' });
		try {
			await measure('70 units, answers at build', 150, site.url, '', false);
			await measure('70 units, the engine', 150, site.url, asked, false);
		} finally {
			await site.close();
		}
		const has = (what: string) => what.includes(only);
		if (has('5000 units, the engine')) {
			await withSite(manyUnitsRows, manyUnits, (url) => measure('5000 units, the engine', 300, url, asked, true));
		}
		if (rows === null) return;
		if (has('70 units, a million rows')) {
			await withSite(rows, null, (url) => measure('70 units, a million rows', 150, url, asked, true));
		}
		if (has('5000 units, a million rows')) {
			await withSite(rows, manyUnits, (url) => measure('5000 units, a million rows', 300, url, asked, true));
		}
	} finally {
		await browser.close();
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { values } = parseArgs({
		options: {
			rows: { type: 'string', default: '1000000' },
			'without-rows': { type: 'boolean', default: false },
			only: { type: 'string', default: '' }
		}
	});
	await benchUnits(
		values['without-rows'] ? null : Number(values.rows),
		(what, figure, note = '') => console.log(`${what.padEnd(58)}${figure.padStart(12)}  ${note}`.trimEnd()),
		values.only,
		true
	);
}
