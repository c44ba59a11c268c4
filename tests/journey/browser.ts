/** A Chromium for journeys, and what each visit asked for and complained of. */
import { chromium as playwright, type Browser, type BrowserContextOptions, type Page, type Request } from 'playwright';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { chromium, compiledOnce } from '../chromium.js';

/** A reader with one open page, whose storage and cache are nobody else's. */
export interface Visit {
	readonly page: Page;
	/** Every request of the reader's pages, in order. */
	readonly requests: readonly Request[];
	/** Errors of the console, of scripts and of requests, in order. Empty when all went well. */
	readonly problems: readonly string[];
}

/** A new reader, with one open page. */
async function newVisit(browser: Browser, options: BrowserContextOptions): Promise<Visit> {
	const context = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...options });
	const requests: Request[] = [];
	const problems: string[] = [];
	context.on('request', (request) => requests.push(request));
	/** What each page dropped: no problem if it turns out that the page was being left. */
	const dropped = new Map<Page, string[]>();
	context.on('page', (page) =>
		page.on('domcontentloaded', () => {
			for (const text of dropped.get(page) ?? []) problems.splice(problems.indexOf(text), 1);
			dropped.delete(page);
		})
	);
	context.on('requestfailed', (request) => {
		const reason = request.failure()?.errorText ?? 'failed';
		const isDropped = reason === 'net::ERR_ABORTED';
		// The browser fetches the icon when it likes.
		if (isDropped && request.url().endsWith('/icon.svg')) return;
		const text = `${request.url()}: ${reason}`;
		problems.push(text);
		// Chunks and answers of a page that lies under the pointer are fetched ahead.
		if (!isDropped || request.serviceWorker() || !/\/(immutable|answers)\//.test(request.url())) return;
		const page = request.frame().page();
		dropped.set(page, [...(dropped.get(page) ?? []), text]);
	});
	context.on('console', (message) => {
		if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url})`);
	});
	context.on('weberror', (error) => problems.push(error.error().message));
	return { page: await context.newPage(), requests, problems };
}

/** Leaves a page and all others of its reader, and whatever they kept. */
async function empty(page: Page): Promise<void> {
	const { origin } = new URL(page.url());
	const others = page
		.context()
		.pages()
		.filter((other) => other !== page);
	await Promise.all(others.map((other) => other.close()));
	await page.unrouteAll();
	await page.goto('about:blank');
	if (origin === 'null') return;
	const session = await page.context().newCDPSession(page);
	await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
	await session.detach();
}

/**
 * Gives the tests of a file one Chromium.
 *
 * @param engineFlags flags of V8 besides.
 */
export function useBrowser(engineFlags: readonly string[] = []): {
	/** A new reader, who leaves when the test ends. */
	visit(options?: BrowserContextOptions): Promise<Visit>;
	/**
	 * The reader of a test before, on an empty page, with nothing in storage but the browser's own cache; a new one where none was such. A new
	 * reader costs the browser more than a page does: for tests that no cache, worker of the site or switched-off network can disturb.
	 */
	revisit(options?: BrowserContextOptions): Promise<Visit>;
} {
	let browser: Browser;
	/** Who stays, one at most, and what they are like. */
	let stays: { readonly visit: Visit; readonly like: string } | null = null;
	beforeAll(async () => {
		browser = await playwright.launch(chromium(compiledOnce, ...engineFlags));
	});
	afterEach(() => {
		const leaving = browser.contexts().filter((context) => context !== stays?.visit.page.context());
		return Promise.all(leaving.map((context) => context.close()));
	});
	afterAll(() => browser.close());
	return {
		visit: (options = {}) => newVisit(browser, options),
		async revisit({ colorScheme = null, viewport = { width: 1280, height: 720 }, ...lasting } = {}) {
			const like = JSON.stringify(lasting);
			if (stays?.like !== like) {
				const former = stays?.visit;
				stays = { visit: await newVisit(browser, lasting), like };
				await former?.page.context().close();
			}
			const { visit } = stays;
			const { page, requests, problems } = visit;
			await empty(page);
			await page.emulateMedia({ media: null, colorScheme });
			if (viewport) await page.setViewportSize(viewport);
			for (const list of [requests, problems] as unknown[][]) list.length = 0;
			return visit;
		}
	};
}

/**
 * Waits until a page is alive and shows what its address says: its buttons work, no answer is awaited, no engine starts, and the
 * charts of the analyst's page, which no build answers, are there.
 *
 * @param query the query string that the address must have by then, with its question mark.
 * @throws TimeoutError after so many milliseconds.
 */
export async function settled(page: Page, query?: string, timeout = 30_000): Promise<void> {
	await page.waitForFunction(
		(wanted) =>
			(wanted === undefined || location.search === wanted) &&
			document.querySelector('.choices button:not([hidden])') !== null &&
			document.documentElement.dataset.asked === undefined &&
			document.querySelector('main[aria-busy=false]') !== null &&
			document.querySelector('main :is([aria-busy=true], .matched[aria-busy]:not(:has(span)))') === null,
		query,
		{ timeout }
	);
}

/** Opens an address and waits until it is settled; where there is no such page, until that is said. */
export async function open(page: Page, url: string): Promise<void> {
	const response = await page.goto(url);
	if (response?.status() === 404) await page.locator('h1').waitFor();
	else await settled(page);
}

/** Goes to another page of the site as by a link on this one, whose engine goes on, and waits until it is settled. */
export async function follow(page: Page, url: string): Promise<void> {
	await page.evaluate((href) => {
		const link = document.createElement('a');
		link.href = href;
		document.body.append(link);
		link.click();
		link.remove();
	}, url);
	await page.waitForURL(url);
	await settled(page);
}
