/** axe finds nothing on any kind of page, in either language, by day and by night, however the night was chosen. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { open, settled, useBrowser } from './browser';
import { kindsOf } from './dataset';

const site = inject('site');
const browser = useBrowser();
let kinds: Readonly<Record<string, string>>;
beforeAll(async () => {
	kinds = await kindsOf();
});

/** Rules that look at colours; the theme changes nothing else. */
const ofColour = ['color-contrast', 'link-in-text-block'];

/**
 * What axe has against a page with everything unfolded: rule, element, and why.
 *
 * @param rows how many rows of each table are looked at. Colours are slow to judge and rows are alike, so one run sees them all.
 * @param rules the rules to try, all without them.
 */
async function faults(page: Page, rows: number, rules?: string[]): Promise<string[]> {
	await page.evaluate((most) => {
		for (const details of document.querySelectorAll('details')) details.open = true;
		for (const row of document.querySelectorAll(`tbody tr:nth-child(n + ${most + 1})`)) row.remove();
	}, rows);
	const builder = new AxeBuilder({ page });
	const { violations } = await (rules ? builder.withRules(rules) : builder).analyze();
	return violations.flatMap(({ id, nodes }) =>
		nodes.slice(0, 5).map(({ target, failureSummary }) => `${id}: ${target.join(' ')}\n${failureSummary ?? ''}`)
	);
}

/** Presses the button of the theme until that theme is chosen. */
async function choose(page: Page, theme: 'light' | 'dark'): Promise<void> {
	const root = page.locator('html');
	for (let press = 0; press < 3 && (await root.getAttribute('data-theme')) !== theme; press++)
		await page.locator('.choices button').first().click();
	expect(await root.getAttribute('data-theme')).toBe(theme);
}

const paper = { light: 'rgb(252, 251, 248)', dark: 'rgb(23, 22, 20)' };

function paperOf(page: Page): Promise<string> {
	return page.locator('html').evaluate((root) => getComputedStyle(root).backgroundColor);
}

describe.each([
	{ language: 'vi', theme: 'light', rows: 1000, rules: undefined },
	{ language: 'vi', theme: 'dark', rows: 12, rules: ofColour },
	{ language: 'en', theme: 'light', rows: 12, rules: undefined },
	{ language: 'en', theme: 'dark', rows: 12, rules: ofColour }
] as const)('in $language, $theme', ({ language, theme, rows, rules }) => {
	const start = site + (language === 'en' ? 'en/' : '');

	it('every kind of page', async () => {
		const { page } = await browser.visit({ colorScheme: theme });
		const found: string[] = [];
		for (const [kind, path] of Object.entries(kinds)) {
			await page.goto(start + path);
			if (kind === 'error') await page.locator('h1').waitFor();
			else await settled(page);
			expect(await paperOf(page), kind).toBe(paper[theme]);
			found.push(...(await faults(page, rows, rules && [...rules])).map((fault) => `${kind}: ${fault}`));
		}
		expect(found).toEqual([]);
	}, 180_000);

	it('the same, when the system is otherwise and the button chose', async () => {
		const { page } = await browser.visit({ colorScheme: theme === 'dark' ? 'light' : 'dark' });
		await open(page, start);
		await choose(page, theme);
		const found: string[] = [];
		for (const kind of ['overview', 'published figure', 'error']) {
			await page.goto(start + (kinds[kind] ?? ''));
			if (kind === 'error') await page.locator('h1').waitFor();
			else await settled(page);
			expect(await paperOf(page), kind).toBe(paper[theme]);
			found.push(...(await faults(page, 12, ofColour)).map((fault) => `${kind}: ${fault}`));
		}
		expect(found).toEqual([]);
	});
});

it('on a page that a filter redrew, with its charts drawn by the browser', async () => {
	const { page } = await browser.visit();
	await open(page, `${site}?block=giao_duc`);
	expect(await faults(page, 12)).toEqual([]);
	await open(page, `${site}${kinds.sum ?? ''}?block=giao_duc`);
	const chart = page.getByRole('application').first();
	await chart.focus();
	await page.keyboard.press('ArrowRight');
	await page.locator('.tip').waitFor();
	expect(await faults(page, 12)).toEqual([]);
});

it('on a page whose engine could not be fetched', async () => {
	const { page } = await browser.visit();
	await page.route('**/*.wasm', (route) => route.abort());
	await page.goto(`${site}?block=giao_duc`);
	await page.getByRole('alert').waitFor();
	expect(await faults(page, 12)).toEqual([]);
});
