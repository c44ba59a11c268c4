/** All the way by keyboard: to the content, through filters, along a chart. */
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { open, settled, useBrowser } from './browser';
import { message } from './dataset';

const site = inject('site');
const kinds = inject('kinds');
const browser = useBrowser();

/** Presses Tab until an element has the focus that matches; fails when the page has no more. */
async function tabTo(page: Page, selector: string): Promise<void> {
	for (let press = 0; press < 200; press++) {
		await page.keyboard.press('Tab');
		if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
	}
	throw new Error(`No Tab reaches ${selector}.`);
}

/** What has the focus, and the width of the ring around it, in pixels. */
function focused(page: Page): Promise<{ tag: string; ring: number }> {
	return page.evaluate(() => {
		const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!);
		return {
			tag: document.activeElement!.tagName,
			ring: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth)
		};
	});
}

describe('the keyboard', () => {
	it('skips to the content first', async () => {
		const { page } = await browser.revisit();
		await open(page, site);
		await page.keyboard.press('Tab');
		const skip = page.locator('.skip');
		expect(await skip.evaluate((link) => link === document.activeElement)).toBe(true);
		expect((await skip.boundingBox())?.width).toBeGreaterThan(50);
		await page.keyboard.press('Enter');
		await page.keyboard.press('Tab');
		expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
	});

	it('shows where it is, on everything that it reaches', async () => {
		const { page } = await browser.revisit();
		for (const path of ['', kinds.sum ?? '']) {
			await open(page, site + path);
			const reached: string[] = [];
			for (let press = 0; press < 25; press++) {
				await page.keyboard.press('Tab');
				const { tag, ring } = await focused(page);
				reached.push(tag);
				expect(ring, `${path}: ${press} ${tag}`).toBeGreaterThanOrEqual(1);
			}
			expect(reached).toContain('SELECT');
		}
	});

	it('chooses a filter, and stays where it was', async () => {
		const { page } = await browser.revisit();
		await open(page, site);
		await tabTo(page, 'select[name=structure]');
		await page.keyboard.press('ArrowDown');
		await settled(page, '?structure=reported');
		expect(await page.evaluate(() => (document.activeElement as HTMLSelectElement).name)).toBe('structure');
		await page.keyboard.press('ArrowUp');
		await settled(page, '');
		await tabTo(page, 'select[name=sort]');
		await page.keyboard.press('ArrowDown');
		await settled(page, '?sort=document');
		expect(await page.evaluate(() => (document.activeElement as HTMLSelectElement).name)).toBe('sort');
	});

	it('walks the trend chart and hears each value', async () => {
		const { page, problems } = await browser.revisit();
		await open(page, `${site}indicators/initiatives_recognised/`);
		await page.locator('summary').first().click();
		const table = await page.locator('figure + details td.number').allInnerTexts();
		await page.locator('h1').click();
		await tabTo(page, '[role=application]');
		const chart = page.getByRole('application').first();
		expect((await focused(page)).ring).toBeGreaterThanOrEqual(1);
		const spoken = page.locator('.chart-frame').first().locator('[aria-live=polite]');
		const described = await chart.getAttribute('aria-describedby');
		expect(await page.locator(`[id="${described}"]`).textContent()).toBe(message('vi', 'chart_keys'));

		await page.keyboard.press('ArrowRight');
		expect(await spoken.textContent()).toContain(table[0]);
		await page.keyboard.press('ArrowRight');
		expect(await spoken.textContent()).toContain(table[1]);
		await page.locator('.chart-frame .tip').waitFor();
		expect(await page.locator('.tip').innerText()).toContain(table[1]);
		await page.keyboard.press('ArrowLeft');
		expect(await spoken.textContent()).toContain(table[0]);
		await page.keyboard.press('End');
		expect(await spoken.textContent()).not.toContain(table[0]);
		await page.keyboard.press('Home');
		expect(await spoken.textContent()).toContain(table[0]);

		await page.keyboard.press('Escape');
		expect(await spoken.textContent()).toBe('');
		expect(await page.locator('.tip').count()).toBe(0);
		await page.keyboard.press('Tab');
		expect(await chart.evaluate((field) => field === document.activeElement)).toBe(false);
		expect(problems).toEqual([]);
	});

	it('opens what is folded', async () => {
		const { page } = await browser.revisit();
		await open(page, site);
		await tabTo(page, 'summary');
		await page.keyboard.press('Enter');
		expect(await page.evaluate(() => (document.activeElement?.parentElement as HTMLDetailsElement).open)).toBe(true);
	});
});
