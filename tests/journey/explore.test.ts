/** The analyst's page: brushing, choosing, searching, chips, undo; by pointer, by touch and by keyboard alone. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { expect, inject, it } from 'vitest';
import { settled, useBrowser } from './browser';

const site = inject('site');
const browser = useBrowser();

/** Waits until the charts show what the address says. */
async function ready(page: Page): Promise<void> {
	await settled(page);
	await page.waitForFunction(
		() => document.querySelector('.views article') !== null && document.querySelector('.matched')?.ariaBusy === 'false',
		undefined,
		{ timeout: 30_000 }
	);
}

async function visit(page: Page, path: string): Promise<void> {
	await page.goto(site + path);
	await ready(page);
}

/** Rows that match, as the page counts them. */
async function matched(page: Page): Promise<number> {
	await ready(page);
	const text = await page.locator('.matched').innerText();
	return Number(/^[\d.,]+/.exec(text)?.[0].replaceAll(/[.,]/g, '') ?? NaN);
}

/** Waits for the address to hold a text, and for its answer. */
async function said(page: Page, text: string): Promise<void> {
	await page.waitForFunction((wanted) => decodeURIComponent(location.search).includes(wanted), text);
	await ready(page);
}

it('brushes, clicks, excludes, pauses and undoes, and ends where it began', async () => {
	const { page, problems } = await browser.visit();
	await visit(page, 'explore/');
	const all = await matched(page);
	expect(all).toBe(5706);

	const plot = page.locator('.plot').first();
	const box = await plot.boundingBox();
	if (!box) throw new Error('no chart');
	await page.mouse.move(box.x + box.width * 0.2, box.y + 40);
	await page.mouse.down();
	await page.mouse.move(box.x + box.width * 0.3, box.y + 40, { steps: 4 });
	await page.mouse.move(box.x + box.width * 0.5, box.y + 40, { steps: 6 });
	const moving = await page.locator('.matched').innerText();
	expect(new URL(page.url()).search).toBe('');
	await page.mouse.up();
	await said(page, 'submitted_on=');
	const brushed = await matched(page);
	expect(brushed).toBeLessThan(all);
	// What the cube showed under way is what the question answers.
	expect(await page.locator('.matched').innerText()).toBe(moving);

	await page.getByRole('button', { name: /^Giáo dục/ }).click();
	await said(page, 'field:giao_duc');
	const both = await matched(page);
	expect(both).toBeLessThan(brushed);
	const chip = page.locator('.chips li', { hasText: 'Lĩnh vực áp dụng' });
	await chip.getByRole('button', { name: /^Loại trừ/ }).click();
	await said(page, '!field:giao_duc');
	expect(await matched(page)).toBe(brushed - both);
	await chip.getByRole('button', { name: /^Tạm bỏ/ }).click();
	await said(page, '~!field:giao_duc');
	expect(await matched(page)).toBe(brushed);
	await page.keyboard.press('Control+z');
	await page.keyboard.press('Control+z');
	await said(page, 'filter=field:giao_duc');
	expect(await matched(page)).toBe(both);
	await page.getByRole('button', { name: 'Gỡ mọi bộ lọc' }).click();
	expect(await page.waitForFunction(() => location.search === '')).toBeTruthy();
	expect(await matched(page)).toBe(all);
	expect(problems).toEqual([]);
});

it('finds words whatever their accents and order, and the units they name', async () => {
	const { page, problems } = await browser.visit();
	await visit(page, 'explore/');
	const search = page.getByRole('searchbox');
	await search.fill('TAP bai');
	await said(page, '?TAP');
	const plain = await matched(page);
	await search.fill('bài  tập');
	await said(page, 'tập');
	expect(await matched(page)).toBe(plain);
	expect(plain).toBeGreaterThan(0);
	await search.fill('gang thep');
	await said(page, 'gang');
	expect(await matched(page)).toBeGreaterThan(0);
	expect(problems).toEqual([]);
});

it('is a whole analysis by keyboard alone', async () => {
	const { page, problems } = await browser.visit();
	await visit(page, 'explore/?register=transfers');
	const all = await matched(page);
	await page.getByRole('slider').first().focus();
	await page.keyboard.press('PageUp');
	await said(page, 'certified_on=');
	const cut = await matched(page);
	expect(cut).toBeLessThan(all);
	const line = page.locator('article ul button').first();
	await line.focus();
	await page.keyboard.press('Space');
	await said(page, 'direction:');
	expect(await matched(page)).toBeLessThanOrEqual(cut);
	await page.getByRole('slider').first().focus();
	await page.keyboard.press('Escape');
	await page.waitForFunction(() => !location.search.includes('certified_on'));
	await page.getByRole('gridcell').nth(3).locator('button').focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Enter');
	await said(page, 'unit_id:');
	await page.keyboard.press('Control+z');
	await page.waitForFunction(() => !location.search.includes('unit_id:'));
	await ready(page);
	expect(problems).toEqual([]);
});

it('is used by touch on a narrow screen, and nothing is wider than it', async () => {
	const { page, problems } = await browser.visit({
		viewport: { width: 360, height: 740 },
		hasTouch: true,
		isMobile: true
	});
	await visit(page, 'explore/');
	const all = await matched(page);
	await page.getByRole('button', { name: /^Cấp tỉnh/ }).tap();
	await said(page, 'level:tinh');
	expect(await matched(page)).toBeLessThan(all);
	await page
		.locator('.plot')
		.first()
		.tap({ position: { x: 80, y: 50 } });
	await said(page, 'submitted_on=');
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	expect(problems).toEqual([]);
});

it('says what an address holds that it does not understand, and settles after thirty changes of mind', async () => {
	const { page, problems } = await browser.visit();
	await visit(page, 'explore/?filter=level:tinh&filter=nothing:1');
	expect(await page.getByRole('alert').innerText()).toContain('nothing:1');
	for (let change = 0; change < 30; change++) {
		if (change % 3 === 2) await page.keyboard.press('Control+z');
		else
			await page
				.locator('article ul button')
				.nth(change % 7)
				.click({ noWaitAfter: true });
	}
	await page.getByRole('link', { name: 'Cách tính' }).click();
	await page.goBack();
	await ready(page);
	const count = await matched(page);
	await page.reload();
	expect(await matched(page)).toBe(count);
	expect(problems).toEqual([]);
});

it.each(['explore/', 'en/explore/?focus=1&split=level&filter=level:tinh&filter=benefit_vnd=1000000..'])(
	'axe finds nothing on %s',
	async (path) => {
		const { page } = await browser.visit();
		await visit(page, path);
		await page.locator('article').nth(1).getByRole('button', { expanded: false }).click();
		await page.locator('.options').waitFor();
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(
			violations.flatMap(({ id, nodes }) =>
				nodes.slice(0, 3).map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`)
			)
		).toEqual([]);
	}
);
