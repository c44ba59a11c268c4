/** axe finds nothing on any kind of page, in either language, by day and by night, however the night was chosen. */
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { faults, ofColour, unfold } from './axe';
import { open, useBrowser } from './browser';

const site = inject('site');
const kinds = inject('kinds');
const browser = useBrowser();

type Theme = 'light' | 'dark';

/** Presses the button of the theme until that theme is chosen. */
async function choose(page: Page, theme: Theme): Promise<void> {
	const root = page.locator('html');
	for (let press = 0; press < 3 && (await root.getAttribute('data-theme')) !== theme; press++)
		await page.locator('.choices button').first().click();
	expect(await root.getAttribute('data-theme')).toBe(theme);
}

const paper = { light: 'rgb(252, 251, 248)', dark: 'rgb(23, 22, 20)' };

function paperOf(page: Page): Promise<string> {
	return page.locator('html').evaluate((root) => getComputedStyle(root).backgroundColor);
}

/** Each page is opened in the first theme, and turned to the second while it stands: all rules, then those of colours. */
describe.each([
	{ language: 'vi', themes: ['light', 'dark'], rows: 1000 },
	{ language: 'en', themes: ['dark', 'light'], rows: 12 }
] as const)('in $language, $themes.0', ({ language, themes, rows }) => {
	const start = site + (language === 'en' ? 'en/' : '');

	it.each(Object.entries(kinds))('%s, and in the other theme', async (_, path) => {
		const { page } = await browser.revisit({ colorScheme: themes[0] });
		await open(page, start + path);
		expect(await paperOf(page)).toBe(paper[themes[0]]);
		await unfold(page, rows);
		expect(await faults(page)).toEqual([]);
		await unfold(page, 12);
		await page.emulateMedia({ colorScheme: themes[1] });
		expect(await paperOf(page)).toBe(paper[themes[1]]);
		expect(await faults(page, ofColour)).toEqual([]);
	});

	it.each(themes)('some, when the system is otherwise and the button chose %s', async (theme) => {
		const { page } = await browser.revisit({ colorScheme: theme === 'dark' ? 'light' : 'dark' });
		await open(page, start);
		await choose(page, theme);
		const found: string[] = [];
		for (const kind of ['overview', 'published figure', 'error']) {
			await open(page, start + (kinds[kind] ?? ''));
			expect(await paperOf(page), kind).toBe(paper[theme]);
			await unfold(page, 12);
			found.push(...(await faults(page, ofColour)).map((fault) => `${kind}: ${fault}`));
		}
		expect(found).toEqual([]);
	});
});

it('on a page that a filter redrew, with its charts drawn by the browser', async () => {
	const { page } = await browser.revisit();
	await open(page, `${site}?block=giao_duc`);
	await unfold(page, 12);
	expect(await faults(page)).toEqual([]);
	await open(page, `${site}${kinds.sum ?? ''}?block=giao_duc`);
	const chart = page.getByRole('application').first();
	await chart.focus();
	await page.keyboard.press('ArrowRight');
	await page.locator('.tip').waitFor();
	await unfold(page, 12);
	expect(await faults(page)).toEqual([]);
});

it('on a page whose engine could not be fetched', async () => {
	const { page } = await browser.visit();
	await page.route('**/*.wasm', (route) => route.abort());
	await page.goto(`${site}?block=giao_duc`);
	await page.getByRole('alert').waitFor();
	await page.waitForFunction(() => document.getAnimations().length === 0);
	await unfold(page, 12);
	expect(await faults(page)).toEqual([]);
});
