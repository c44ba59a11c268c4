/** Units beside their peers: without JavaScript, by keyboard, on a phone, and honest about the small. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../src/lib/database/database';
import { units } from '../../src/lib/model/catalogue';
import { open, settled, useBrowser } from './browser';
import { openDataset } from './dataset';

const site = inject('site');
const browser = useBrowser();
let db: Database;
let ids: string[];

beforeAll(async () => {
	db = await openDataset();
	ids = (await units(db)).map(({ unit_id: id }) => id);
});

afterAll(() => db.close());

const pages = ['units/', 'units/compare/', 'units/reporting/', 'units/TN-STC-2025/', 'units/TN-SLDTBXH/'];

describe('without JavaScript', () => {
	it('the overview of units has its rows, dots and funnel', async () => {
		const { page } = await browser.visit({ javaScriptEnabled: false });
		await page.goto(`${site}units/`);
		expect(await page.locator('tr[data-unit]').count()).toBeGreaterThan(40);
		expect(await page.locator('.field svg').count()).toBe(2);
		expect(await page.locator('path.dot').first().getAttribute('d')).toContain('h0.01');
	});

	it('every unit has a page with its name and figures, or says that there are none', async () => {
		const { page } = await browser.visit({ javaScriptEnabled: false });
		for (const id of ids) {
			const response = await page.request.get(`${site}units/${id}/`);
			expect(response.status(), id).toBe(200);
			const html = await response.text();
			expect(html.match(/data-indicator=/g)?.length ?? 0, id).toBeGreaterThan(20);
			expect(html, id).toContain('<svg');
		}
	});
});

it('no page of units asks for the engine unless something is asked; another indicator is answered too', async () => {
	const { page, requests, problems } = await browser.visit();
	for (const path of pages) await open(page, site + path);
	await open(page, `${site}units/`);
	await page.locator('select[name=indicator]').selectOption('members_briefed_share');
	await settled(page, '?indicator=members_briefed_share');
	expect(await page.locator('tr[data-unit]').count()).toBeGreaterThan(40);
	expect(requests.filter((request) => request.url().endsWith('.wasm'))).toEqual([]);
	expect(problems).toEqual([]);
});

it('a unit of a few is not ranked above one of many, whatever its percentage', async () => {
	const { page } = await browser.visit();
	await open(page, `${site}en/units/?indicator=members_briefed_share&peers=tat-ca`);
	const rows = await page.locator('tr[data-unit]').evaluateAll((all) =>
		all.map((row) => ({
			rank: row.querySelector('.rank')?.textContent.trim() ?? '',
			size: Number(/n = ([\d,]+)/.exec(row.textContent)?.[1]?.replace(',', '') ?? NaN)
		}))
	);
	const isRanked = ({ rank }: { rank: string }) => /^\d+\/\d+/.test(rank);
	expect(rows.some(isRanked)).toBe(true);
	expect(rows.filter((row) => row.size < 20 && isRanked(row))).toEqual([]);
	expect(rows.filter(({ size, rank }) => size < 20 && !rank.includes('fewer than'))).toEqual([]);
	// Every ranked row stands above every row without a rank.
	const lastRanked = rows.findLastIndex(isRanked);
	expect(rows.slice(0, lastRanked + 1).every(isRanked)).toBe(true);
});

it('walking a strip and a funnel speaks unit, value, rank and word', async () => {
	const { page } = await browser.visit();
	await open(page, `${site}en/units/?unit=TN-STC-2025`);
	for (const index of [0, 1]) {
		const field = page.getByRole('application').nth(index);
		await field.focus();
		await page.keyboard.press('End');
		const spoken = page.locator('.frame').nth(index).locator('[aria-live]');
		await expect.poll(() => spoken.textContent()).toMatch(/^.+: [\d.,]+.*; \d+\/\d+.*; (higher|similar|lower)/);
		await page.keyboard.press('Escape');
		await expect.poll(() => spoken.textContent()).toBe('');
	}
});

it('remembers the reader’s unit on this machine and opens on it', async () => {
	const { page } = await browser.visit();
	await open(page, `${site}en/units/TN-STP/`);
	await page.getByRole('button', { name: 'This is my unit' }).click();
	await open(page, `${site}en/units/reporting/`);
	await expect.poll(() => page.locator('tr.mine').count()).toBe(1);
	await page.goto(`${site}en/units/`);
	await settled(page, '?unit=TN-STP');
	expect(await page.locator('tr.mine').getAttribute('data-unit')).toBe('TN-STP');
});

it('a unit that has ended points to those that carry it on', async () => {
	const { page } = await browser.visit({ javaScriptEnabled: false });
	await page.goto(`${site}en/units/TN-SLDTBXH/`);
	expect(await page.locator('.ended a').count()).toBe(4);
});

it('fits one sheet of A4', async () => {
	const { page } = await browser.visit();
	await open(page, `${site}units/TN-SLDTBXH/`);
	const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
	expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
});
