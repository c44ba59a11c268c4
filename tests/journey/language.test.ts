/** Language and theme: chosen once and kept, with numbers written as the language writes them. */
import { parseHTML } from 'linkedom';
import { describe, expect, inject, it } from 'vitest';
import { formatExact } from '../../src/lib/format';
import { actuals, indicators, targets } from '../../src/lib/model/catalogue';
import { open, settled, useBrowser } from './browser';
import { message, openDataset } from './dataset';

const site = inject('site');
const kinds = inject('kinds');
const browser = useBrowser();

describe('the language', () => {
	it('is Vietnamese until the reader chooses, keeps the filters when it changes, and is kept', async () => {
		const { page, problems } = await browser.revisit({ locale: 'en-GB' });
		await open(page, `${site}?block=giao_duc&sort=document`);
		expect(await page.locator('html').getAttribute('lang')).toBe('vi');
		const values = await page.locator('.now strong').count();
		await page.locator('.choices a[lang=en]').click();
		await page.waitForURL(`${site}en/?block=giao_duc&sort=document`);
		await settled(page);
		expect(await page.locator('html').getAttribute('lang')).toBe('en');
		expect(await page.locator('select[name=block]').inputValue()).toBe('giao_duc');
		expect(await page.locator('.now strong').count()).toBe(values);
		expect(await page.locator('nav a').first().innerText()).toBe(message('en', 'nav_overview'));

		// A Vietnamese address, typed or sent by somebody, opens in the language that was chosen; filters and place stay.
		await page.goto(`${site}method/?structure=reported#targets`);
		await page.waitForURL(`${site}en/method/?structure=reported#targets`);
		await settled(page);
		await page.goto(site);
		await page.waitForURL(`${site}en/`);
		await settled(page);
		await page.locator('.choices a[lang=vi]').click();
		await page.waitForURL(site);
		await settled(page);
		await page.goto(`${site}en/`);
		await settled(page);
		// An English address stays what it is: no page exists to prefer another, and the switch is at hand.
		expect(new URL(page.url()).pathname).toBe(new URL(`${site}en/`).pathname);
		expect(problems).toEqual([]);
	});

	it('leads from every kind of page to the same page in the other', async () => {
		const { page } = await browser.revisit();
		for (const [kind, path] of Object.entries(kinds)) {
			if (kind === 'error') continue;
			await open(page, site + path);
			expect(new URL((await page.locator('.choices a[lang=en]').getAttribute('href')) ?? '', page.url()).href).toBe(
				`${site}en/${path}`
			);
			await open(page, `${site}en/${path}`);
			expect(new URL((await page.locator('.choices a[lang=vi]').getAttribute('href')) ?? '', page.url()).href).toBe(
				site + path
			);
		}
	});
});

describe('the theme', () => {
	it('turns from the system to dark to light and back, and is kept from page to page', async () => {
		const { page } = await browser.revisit({ colorScheme: 'light' });
		await open(page, site);
		const button = page.locator('.choices button').first();
		const chosen = () => page.locator('html').getAttribute('data-theme');
		expect([await chosen(), await button.innerText()]).toEqual([null, message('vi', 'theme_auto')]);
		await button.click();
		expect([await chosen(), await button.innerText()]).toEqual(['dark', message('vi', 'theme_dark')]);
		await open(page, `${site}en/method/`);
		expect([await chosen(), await button.innerText()]).toEqual(['dark', message('en', 'theme_dark')]);
		await page.goto(`${site}indicators/nothing/`);
		await page.locator('h1').waitFor();
		expect(await chosen()).toBe('dark');
		await open(page, site);
		await button.click();
		expect([await chosen(), await button.innerText()]).toEqual(['light', message('vi', 'theme_light')]);
		await button.click();
		await page.reload();
		await settled(page);
		expect([await chosen(), await button.innerText()]).toEqual([null, message('vi', 'theme_auto')]);
	});
});

/** Elements whose text is not ours to write: SQL and formulas, codes, and what a document says in its own words. */
const quoted = 'script, style, code, pre, q, [lang]:not(html)';

/** The texts of a page, those of attributes that are read out included. */
async function textsOf(path: string): Promise<string[]> {
	const { document } = parseHTML(await (await fetch(site + path)).text());
	for (const element of document.querySelectorAll(quoted)) element.remove();
	const walker = document.createTreeWalker(document.documentElement, 4);
	const texts: string[] = [];
	for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node.textContent ?? '');
	for (const element of document.querySelectorAll('[aria-label], [title]'))
		texts.push(element.getAttribute('aria-label') ?? '', element.getAttribute('title') ?? '');
	return texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => /\d/.test(text));
}

describe('numbers', () => {
	// 1,234 and 1,234.5 are English; 0,735 and 1,5 are Vietnamese. 27.5 and 1.25 are English; 1.234 is Vietnamese.
	const english = /(?<![\d.,/])[1-9]\d{0,2}(,\d{3})+(?![\d,])|(?<![\d.,/])\d+\.\d{1,2}(?![\d.]|\/)/g;
	const vietnamese = /(?<![\d.,/])[1-9]\d{0,2}(\.\d{3})+(?![\d.])|(?<![\d.,/])\d+,\d{1,2}(?![\d,])/g;

	it.each([
		['vi', '', english],
		['en', 'en/', vietnamese]
	] as const)('of %s pages are never those of the other language', async (locale, language, foreign) => {
		const db = await openDataset();
		const ids = (await indicators(db)).map(({ indicator_id: id }) => `indicators/${id}/`);
		const values = [
			...(await targets(db)).flatMap((row) => [row.base_value, row.target_value, row.target_upper]),
			...(await actuals(db)).map(({ value }) => value)
		];
		await db.close();
		// What has three decimals looks like thousands in the other language. The last one stands in notes on the population.
		const alike = new Set(
			[...values, 1.644]
				.filter((value) => value !== null && Math.abs(value) >= 1 && Math.round(value * 1000) % 10 !== 0)
				.map((value) => formatExact(value, 3, locale))
		);
		const found: string[] = [];
		for (const path of ['', 'method/', ...ids]) {
			for (const text of await textsOf(language + path))
				for (const [number] of text.matchAll(foreign))
					if (!alike.has(number)) found.push(`${path}: ${number} in “${text.slice(0, 160)}”`);
		}
		expect([...new Set(found)]).toEqual([]);
		expect([...alike].length).toBeLessThan(10);
	});

	it('would be found, were they there', () => {
		const seen = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([number]) => number);
		expect(seen('12,345 of 1,234.5, 27.5% and −3.25', english)).toEqual(['12,345', '1,234', '27.5', '3.25']);
		expect(seen('12.345 trên 1.234,5; 27,5%; 0,735; 30/09/2026; 57-NQ/TW', english)).toEqual([]);
		expect(seen('12.345 trên 1.234,5; 27,5%', vietnamese)).toEqual(['12.345', '1.234', '27,5']);
		expect(seen('12,345 of 1,234.5, 27.5%, 0.735 and Q3 2026', vietnamese)).toEqual([]);
	});
});
