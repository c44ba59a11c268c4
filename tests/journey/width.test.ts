/** From a phone to a desk and onto paper: nothing runs over the edge, nothing is cut. */
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { unfold } from './axe';
import { open, useBrowser } from './browser';

const site = inject('site');
const kinds = inject('kinds');
const browser = useBrowser();

/** Texts that are wider or higher than the box they stand in, where the box hides the rest without saying so. */
function cut(page: Page): Promise<string[]> {
	return page
		.locator('main :is(h1, h2, h3, p, li, td, th, label, dt, dd, button, .status), header a, header button')
		.evaluateAll((all) =>
			all
				.filter(
					(one) =>
						one instanceof HTMLElement && one.offsetParent !== null && one.closest('.unseen, .spoken, .scroll') === null
				)
				.filter((one) => {
					const { overflowX, textOverflow } = getComputedStyle(one);
					const right = one.getBoundingClientRect().right;
					return (
						right > innerWidth + 1 ||
						(one.scrollWidth > one.clientWidth + 1 &&
							one.clientWidth > 0 &&
							overflowX !== 'visible' &&
							textOverflow !== 'ellipsis')
					);
				})
				.map((one) => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 60)}`)
		);
}

/** Looks at everything on a page at a width of its window. */
async function expectToFit(page: Page, width: number, kind: string): Promise<void> {
	await page.waitForTimeout(100);
	const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
	expect(widths[0], `${kind}: the document at ${width} px`).toBeLessThanOrEqual(widths[1]);
	expect(widths[1], `${kind}: the window`).toBe(width);
	expect(await cut(page), `${kind} at ${width} px`).toEqual([]);
}

describe.each(['', 'en/'])('under /%s', (language) => {
	it('no page is wider than a phone', async () => {
		const { page } = await browser.revisit({ viewport: { width: 360, height: 800 }, isMobile: true, hasTouch: true });
		for (const [kind, path] of Object.entries(kinds)) {
			await open(page, site + language + path);
			await unfold(page);
			await expectToFit(page, 360, kind);
		}
	});

	it('no page is wider than a desk, nor than half of it when its window is made narrow', async () => {
		const { page } = await browser.revisit();
		for (const [kind, path] of Object.entries(kinds)) {
			await page.setViewportSize({ width: 1440, height: 800 });
			await open(page, site + language + path);
			await unfold(page);
			await expectToFit(page, 1440, kind);
			await page.setViewportSize({ width: 768, height: 800 });
			await expectToFit(page, 768, kind);
		}
	});
});

describe.each([360, 768, 1440])('at %i px', (width) => {
	it('redraws its charts for the width it has', async () => {
		const { page } = await browser.revisit({ viewport: { width, height: 800 } });
		await open(page, site + (kinds.sum ?? ''));
		const field = page.locator('.chart-field').first();
		await field.focus();
		await page.keyboard.press('ArrowRight');
		await page.locator('.tip').waitFor();
		const [box, drawn] = [
			await field.boundingBox(),
			await field.locator('svg').filter({ visible: true }).first().boundingBox()
		];
		expect(Math.abs((drawn?.width ?? 0) - (box?.width ?? 0))).toBeLessThan(2);
		expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
	});
});

describe('on paper', () => {
	it('every kind of page fits A4, in ink on white, without what only a screen needs', async () => {
		const { page } = await browser.revisit({ colorScheme: 'dark' });
		for (const [kind, path] of Object.entries(kinds)) {
			await page.emulateMedia({ media: 'screen' });
			await open(page, site + path);
			await page.emulateMedia({ media: 'print' });
			for (const hidden of ['header:not(main header)', '.filters', '.boot', '.actions'])
				expect(await page.locator(hidden).filter({ visible: true }).count(), `${kind}: ${hidden}`).toBe(0);
			expect(await page.locator('h1').isVisible(), kind).toBe(true);
			const ink = await page.locator('h1').evaluate((title) => getComputedStyle(title).color);
			expect(ink, kind).toBe('rgb(29, 28, 26)');
			const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
			expect(pdf.subarray(0, 5).toString(), kind).toBe('%PDF-');
			// A4 is 595 × 842 points.
			expect(pdf.toString('latin1'), kind).toMatch(/\/MediaBox\s*\[\s*0 0 59[45](\.\d+)? 84[12](\.\d+)?\s*\]/);
		}
	});
});
