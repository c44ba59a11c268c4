/** The site under a sub-path of a host that is not its own: everything works, nothing reaches above it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../server.js';
import { open, settled, useBrowser } from './browser';
import { build, type Build } from './build';
import { message } from './dataset';

const browser = useBrowser();
let built: Build;
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
	const made = process.env.SITE_UNDER_PATH;
	built = made === undefined ? await build({ BASE_PATH: '/tn' }) : { folder: made, remove: () => Promise.resolve() };
	server = await serve(built.folder, { base: '/tn' });
}, 300_000);
afterAll(async () => {
	await server.close();
	await built.remove();
});

describe('under /tn/', () => {
	it('the overview, its filters, the languages and the pages of indicators work', async () => {
		const { page, requests, problems } = await browser.visit();
		await open(page, server.url);
		expect(server.url).toMatch(/\/tn\/$/);
		const now = page.locator('tr:has(a[href*="/initiatives_received/"]) .now strong');
		const published = (await now.textContent()) ?? '';
		await page.locator('select[name=block]').selectOption('giao_duc');
		await settled(page, '?block=giao_duc');
		const filtered = (await now.textContent()) ?? '';
		expect(filtered).not.toBe(published);

		await page.locator('.choices a[lang=en]').click();
		await page.waitForURL(`${server.url}en/?block=giao_duc`);
		await settled(page);
		expect((await now.textContent())?.replace(',', '.')).toBe(filtered);

		await page.locator('th a[href*="/initiatives_received/"]').click();
		await page.waitForURL(`${server.url}en/indicators/initiatives_received/?block=giao_duc`);
		await settled(page);
		expect(await page.locator('.sentence').innerText()).toContain(filtered.replace('.', ','));
		await page.locator('.choices a[lang=vi]').click();
		await page.waitForURL(`${server.url}indicators/initiatives_received/?block=giao_duc`);
		await settled(page);
		await page.locator('nav a[href*="method"]').click();
		await page.waitForURL(`${server.url}method/?block=giao_duc`);
		await settled(page);
		await page.locator('th a').first().click();
		await page.waitForURL(`${server.url}indicators/**`);
		await page.reload();
		await settled(page);
		await page.locator('.crumb a').click();
		await settled(page);
		expect(await page.locator('h1').isVisible()).toBe(true);

		expect(
			requests.map((request) => request.url()).filter((url) => /^https?:/.test(url) && !url.startsWith(server.url))
		).toEqual([]);
		expect(requests.some((request) => request.url().endsWith('.wasm'))).toBe(true);
		expect(problems).toEqual([]);
	});

	it.each([
		['vi', 'indicators/nothing/'],
		['en', 'en/indicators/nothing/'],
		['vi', 'nothing/at/all'],
		['en', 'en/nothing/']
	] as const)('an address that is not there is said in %s: %s', async (locale, path) => {
		const { page, problems } = await browser.visit();
		const response = await page.goto(server.url + path);
		expect(response?.status()).toBe(404);
		await page.locator('h1').waitFor();
		expect(await page.locator('h1').innerText()).toBe(message(locale, 'error_title'));
		expect(await page.locator('main').innerText()).toContain(message(locale, 'error_not_found'));
		expect(await page.locator('html').getAttribute('lang')).toBe(locale);
		expect(await page.locator('[lang]:not(html):not(.choices a)').count()).toBe(0);
		await page.getByRole('link', { name: message(locale, 'error_back') }).click();
		await page.waitForURL(server.url + (locale === 'en' ? 'en/' : ''));
		await settled(page);
		expect(await page.locator('.now strong').count()).toBeGreaterThan(20);
		// That there is no such page stands in the console too.
		expect(problems.filter((problem) => !/404|Not found: /.test(problem))).toEqual([]);
	});

	it('an address that is not there is said in the language that was chosen', async () => {
		const { page } = await browser.visit();
		await open(page, server.url);
		await page.locator('.choices a[lang=en]').click();
		await page.waitForURL(`${server.url}en/`);
		await page.goto(`${server.url}indicators/nothing/`);
		await page.locator('h1').waitFor();
		expect(await page.locator('h1').innerText()).toBe(message('en', 'error_title'));
	});
});
