import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { overwriteGetLocale } from '$locale';
import type { Database } from '$lib/database/database';
import { sql } from '$lib/database/sql';
import type { Column } from '$lib/model/table';
import { openTestDatabase } from '../../../../tests/engine';
import TakeAway from './TakeAway.svelte';

let db: Database;
/** What was saved, by its name. */
let saved: Map<string, Blob>;

const both = (text: string) => ({ vi: text, en: text });
const columns: readonly Column[] = [
	{ name: 'title', label: both('Tên'), type: 'text' },
	{ name: 'benefit_vnd', label: both('Làm lợi'), type: 'number' }
];
const origin = {
	title: 'Sáng kiến',
	filters: ['Cấp: Cấp tỉnh'],
	until: '2026-09-30',
	sources: [{ name: 'a.csv', sha256: 'f'.repeat(64) }],
	address: null,
	notice: null
};

beforeAll(async () => {
	db = await openTestDatabase();
	await db.exec(sql`CREATE TABLE given AS SELECT * FROM (VALUES ('=A', 1.5), ('B', NULL)) AS t(title, benefit_vnd)`);
});

afterAll(() => db.close());

beforeEach(() => {
	overwriteGetLocale(() => 'vi');
	saved = new Map();
	const made = new Map<string, Blob>();
	vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
		const address = `blob:${made.size}`;
		made.set(address, blob as Blob);
		return address;
	});
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
		const blob = made.get(this.href);
		if (blob) saved.set(this.download, blob);
	});
});

afterEach(() => vi.restoreAllMocks());

const props = () => ({
	database: db,
	query: sql`SELECT * FROM given ORDER BY title`,
	columns,
	name: 'initiatives',
	origin,
	locale: 'vi' as const
});
const told = () => document.querySelector('.take [role=status]')?.textContent?.trim() ?? '';

describe('TakeAway', () => {
	it('takes rows as Vietnamese Excel opens them, with a file that says where they come from', async () => {
		await render(TakeAway, props());
		await page.getByText('Tải về', { exact: true }).click();
		await page.getByRole('button', { name: /^CSV cho Excel/ }).click();
		await expect.poll(told).toBe('Đã tải initiatives.csv.');
		const text = await saved.get('initiatives.csv')?.text();
		expect(text?.replace('\ufeff', '')).toBe("Tên;Làm lợi (đồng)\r\n'=A;1,5\r\nB;\r\n");
		const beside = JSON.parse((await saved.get('initiatives.csv-metadata.json')?.text()) ?? '{}') as Record<
			string,
			unknown
		>;
		expect(beside['dc:description']).toEqual(['Cấp: Cấp tỉnh']);
		expect(beside['dc:provenance']).toContain('ORDER BY title');
	});

	it('takes a pivot as it stands in the moment, with its own question', async () => {
		let count = 0;
		const counted = () => ({ query: sql`SELECT 'Tổng' AS "Cấp", ${++count} AS n`, text: 'SELECT count(*) …' });
		await render(TakeAway, { ...props(), counted });
		await page.getByText('Tải về', { exact: true }).click();
		expect(count).toBe(0);
		await page
			.getByRole('list', { name: /^Bảng chéo/ })
			.getByRole('button', { name: 'CSV thuần' })
			.click();
		await expect.poll(told).toBe('Đã tải initiatives-bang-cheo.csv.');
		expect(await saved.get('initiatives-bang-cheo.csv')?.text()).toBe('Cấp,n\r\nTổng,1\r\n');
		expect(await saved.get('initiatives-bang-cheo.csv-metadata.json')?.text()).toContain('SELECT count(*) …');
	});

	it('says why there is no file, and saves none', async () => {
		await render(TakeAway, { ...props(), query: sql`SELECT * FROM nowhere` });
		await page.getByText('Tải về', { exact: true }).click();
		await page.getByRole('button', { name: 'Parquet' }).click();
		await expect.poll(told).toMatch(/^Chưa tải được: .*nowhere/s);
		expect(document.querySelector('.take .failed')).not.toBeNull();
		expect([...saved.keys()]).toEqual([]);
	});

	it('is closed by Esc, which gives the focus back', async () => {
		await render(TakeAway, props());
		await page.getByText('Tải về', { exact: true }).click();
		await expect.poll(() => document.querySelector('details')?.open).toBe(true);
		await userEvent.keyboard('{Tab}{Escape}');
		await expect.poll(() => document.querySelector('details')?.open).toBe(false);
		expect(document.activeElement).toBe(document.querySelector('summary'));
	});
});
