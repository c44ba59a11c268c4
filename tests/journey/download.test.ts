/** What an indicator's page gives its reader to take along. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../src/lib/database/database';
import { coverage } from '../../src/lib/model/catalogue';
import { standings, type Standing } from '../../src/lib/model/overview';
import { defaultView } from '../../src/lib/model/view';
import { open, useBrowser } from './browser';
import { message, openDataset } from './dataset';

const site = inject('site');
const browser = useBrowser();
let db: Database;
let standing: Standing | undefined;
beforeAll(async () => {
	db = await openDataset();
	[standing] = await standings(db, defaultView, await coverage(db), ['initiatives_per_100_staff']);
});
afterAll(() => db.close());

/** Presses the button with this name, the n-th of them, and reads the file that comes. */
async function take(page: Page, name: string, nth = 0): Promise<{ name: string; bytes: Buffer }> {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name, exact: true }).nth(nth).click()
	]);
	return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

describe.each(['vi', 'en'] as const)('in %s', (locale) => {
	const address = `${site}${locale === 'en' ? 'en/' : ''}indicators/initiatives_per_100_staff/`;
	const separator = locale === 'vi' ? ';' : ',';

	it('the series comes as CSV that a spreadsheet of this language reads', async () => {
		const { page, problems } = await browser.revisit();
		await open(page, address);
		const { name, bytes } = await take(page, message(locale, 'download_csv'));
		expect(name).toBe(`initiatives_per_100_staff-${message(locale, 'csv_series')}.csv`);
		const text = bytes.toString('utf8');
		expect(text.startsWith('\ufeff')).toBe(true);
		const lines = text.slice(1).trimEnd().split('\r\n');
		expect(lines[0]?.split(separator)[0]).toBe(message(locale, 'csv_date'));
		expect(lines.length - 1).toBe(standing?.observations.length);
		standing?.observations.forEach(({ value }, index) => {
			const written = lines[index + 1]?.split(separator)[1] ?? '';
			expect(written).toMatch(locale === 'vi' ? /^\d+,\d+$/ : /^\d+\.\d+$/);
			expect(Number(written.replace(',', '.'))).toBeCloseTo(value, 9);
		});
		expect(problems).toEqual([]);
	});

	it('units and rows come as CSV too, as many as the page says', async () => {
		const { page } = await browser.revisit();
		await open(page, address);
		const units = await take(page, message(locale, 'download_csv'), 1);
		expect(units.name).toBe(`initiatives_per_100_staff-${message(locale, 'csv_units')}.csv`);
		const count = await page.locator('section:has(> figure) details table').last().locator('tbody tr').count();
		expect(units.bytes.toString('utf8').trimEnd().split('\r\n').length - 1).toBe(count);
		const rows = await take(page, message(locale, 'download_csv'), 2);
		expect(rows.name).toBe(`initiatives_per_100_staff-${message(locale, 'csv_rows')}.csv`);
		expect(rows.bytes.toString('utf8').startsWith('\ufeff')).toBe(true);
		expect(rows.bytes.toString('utf8').trimEnd().split('\r\n').length - 1).toBe(
			await page.locator('[role=region] tbody tr').count()
		);
	});

	it('the chart comes as SVG that needs nothing else, and as PNG of twice its size', async () => {
		const { page, problems } = await browser.revisit();
		await open(page, address);
		const svg = await take(page, message(locale, 'download_svg'));
		expect(svg.name).toBe('initiatives_per_100_staff.svg');
		const markup = svg.bytes.toString('utf8');
		const links = [...markup.matchAll(/(?:href|src)\s*=\s*"([^"]*)"|url\(([^)]*)\)|@import[^;]*/g)].map(
			([all, attribute, url]) => attribute ?? url?.replace(/["']/g, '') ?? all
		);
		expect(links.filter((link) => !/^(#|data:)/.test(link))).toEqual([]);
		expect(markup).not.toMatch(/var\(--|currentColor|light-dark\(/);
		const drawing = await page.evaluate((text) => {
			const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
			const root = parsed.documentElement;
			return {
				root: root.tagName,
				errors: parsed.querySelectorAll('parsererror').length,
				width: Number(root.getAttribute('width')),
				height: Number(root.getAttribute('height')),
				paths: parsed.querySelectorAll('path').length,
				title: parsed.querySelector('title')?.textContent ?? ''
			};
		}, markup);
		expect(drawing).toMatchObject({ root: 'svg', errors: 0 });
		expect(drawing.paths).toBeGreaterThan(0);
		expect(drawing.title).toContain((await page.locator('h1').innerText()).trim());

		const png = await take(page, message(locale, 'download_png'));
		expect(png.name).toBe('initiatives_per_100_staff.png');
		expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
		expect(png.bytes.readUInt32BE(16)).toBe(drawing.width * 2);
		expect(png.bytes.readUInt32BE(20)).toBe(drawing.height * 2);
		const colours = await page.evaluate(async (data) => {
			const image = new Image();
			image.src = `data:image/png;base64,${data}`;
			await image.decode();
			const canvas = document.createElement('canvas');
			[canvas.width, canvas.height] = [image.width, image.height];
			const context = canvas.getContext('2d')!;
			context.drawImage(image, 0, 0);
			return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
		}, png.bytes.toString('base64'));
		expect(colours).toBeGreaterThan(10);
		expect(problems).toEqual([]);
	});
});
