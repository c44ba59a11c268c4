/** Filters: every address shows what the engine's Node home computes for it, however the reader came there. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../src/lib/database/database';
import { open, settled, useBrowser } from './browser';
import { expectedRows, openDataset, type ExpectedRow, type Row } from './dataset';

const site = inject('site');
const browser = useBrowser();
let db: Database;
/** What is shown unasked. */
let usual: readonly ExpectedRow[];
beforeAll(async () => {
	db = await openDataset();
	usual = await expectedRows(db, '', 'vi');
});
afterAll(() => db.close());

/** The rows that a page shows, table by table. */
function tablesOf(page: Page): Promise<Row[][]> {
	return page.locator('table:has(.now)').evaluateAll((tables) =>
		tables.map((table) =>
			[...table.querySelectorAll('tbody tr')].map((row) => {
				const words = row.querySelector('td.verdict .status, td.verdict > .soft')?.cloneNode(true) as HTMLElement;
				words.querySelector('[aria-hidden]')?.remove();
				return {
					id: /indicators\/(\w+)/.exec(row.querySelector('a')?.getAttribute('href') ?? '')?.[1] ?? '',
					now: row.querySelector('.now strong')?.textContent?.trim() ?? '',
					verdict: words.textContent.trim()
				};
			})
		)
	);
}

async function rowsOf(page: Page): Promise<Row[]> {
	return (await tablesOf(page)).flat();
}

function byId<R extends Row>(rows: readonly R[]): Row[] {
	return rows.map(({ id, now, verdict }) => ({ id, now, verdict })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Rows computed from registers: those that a filter can change. */
function computed(rows: readonly ExpectedRow[]): string[] {
	return rows.filter(({ standing }) => standing.indicator.register !== 'actual').map(({ now }) => now);
}

const queries = [
	'?to=2025-06',
	'?from=2023-01&to=2024-12',
	'?block=giao_duc',
	'?kind=so_nganh',
	'?unit=TN-SKHCN-2025-07',
	'?structure=reported',
	'?unit=TN-SLDTBXH&structure=reported',
	'?to=2025-12&block=giao_duc&structure=reported&sort=document',
	'?from=2024-01&kind=so_nganh&sort=document',
	'?sort=document'
];

describe('a filtered address opened fresh', () => {
	it.each(queries)('shows at %s what the Node home computes', async (query) => {
		const { page, problems } = await browser.revisit();
		await open(page, site + query);
		const expected = await expectedRows(db, query, 'vi');
		expect(byId(await rowsOf(page))).toEqual(byId(expected));
		if (query !== '?sort=document' && query !== '?structure=reported')
			expect(computed(expected)).not.toEqual(computed(usual));
		expect(problems).toEqual([]);
	});

	it('writes numbers in English on the English page', async () => {
		const { page } = await browser.revisit();
		await open(page, `${site}en/?block=giao_duc`);
		expect(byId(await rowsOf(page))).toEqual(byId(await expectedRows(db, '?block=giao_duc', 'en')));
	});

	it('puts the worst first, or follows the documents', async () => {
		const order = ['Đi ngược', 'Chậm', 'Cần tăng tốc', 'Đúng tiến độ', 'Đạt', 'Chưa đủ dữ liệu'];
		const { page } = await browser.revisit();
		await open(page, site);
		for (const rows of await tablesOf(page)) {
			const ranks = rows.map(({ verdict }) => order.indexOf(verdict === 'chưa có mục tiêu' ? order[5]! : verdict));
			expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
		}
		const asInFile = usual.map(({ id }) => id);
		await page.locator('select[name=sort]').selectOption('document');
		await settled(page, '?sort=document');
		for (const rows of await tablesOf(page)) {
			const ids = rows.map(({ id }) => id);
			expect(ids).toEqual(asInFile.filter((id) => ids.includes(id)));
		}
	});

	it('ignores what it does not know', async () => {
		const { page, problems } = await browser.revisit();
		await open(page, `${site}?from=1999-13&to=x&block=nothing&unit=%F0%9F%98%80&structure=upside-down&nonsense=1`);
		expect(byId(await rowsOf(page))).toEqual(byId(usual));
		expect(problems).toEqual([]);
	});
});

describe('however the reader comes to a view', () => {
	it('back, forward, reload, and a shared link agree', async () => {
		const { page, problems } = await browser.revisit();
		await open(page, site);
		const steps: { query: string; rows: Row[] }[] = [{ query: '', rows: await rowsOf(page) }];
		for (const [name, value, query] of [
			['block', 'giao_duc', '?block=giao_duc'],
			['structure', 'reported', '?block=giao_duc&structure=reported'],
			['to', '2025-06', '?to=2025-06&block=giao_duc&structure=reported']
		] as const) {
			await page.locator(`select[name=${name}]`).selectOption(value);
			await settled(page, query);
			steps.push({ query, rows: await rowsOf(page) });
		}
		for (const { query, rows } of steps) expect(byId(rows), query).toEqual(byId(await expectedRows(db, query, 'vi')));

		const shows = async (index: number, how: string) => {
			const step = steps[index];
			await settled(page, step?.query);
			expect(await rowsOf(page), `${how} to ${step?.query}`).toEqual(step?.rows);
			const chosen = await page
				.locator('.filters select')
				.evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value));
			expect(chosen, how).toContain(index > 0 ? 'giao_duc' : '');
		};
		for (const index of [2, 1, 0]) {
			await page.goBack();
			await shows(index, 'back');
		}
		for (const index of [1, 2, 3]) {
			await page.goForward();
			await shows(index, 'forward');
		}
		await page.reload();
		await shows(3, 'reload');

		const other = await browser.visit();
		await open(other.page, page.url());
		expect(await rowsOf(other.page)).toEqual(steps[3]?.rows);
		expect([...problems, ...other.problems]).toEqual([]);
	});

	it('a link opened in a new tab shows its page with the same filters', async () => {
		const { page, problems } = await browser.revisit();
		await open(page, `${site}?block=giao_duc`);
		const row = page.locator('tr', { has: page.locator('a[href*="/initiatives_received/"]') });
		const now = await row.locator('.now strong').textContent();
		const [tab] = await Promise.all([
			page.context().waitForEvent('page'),
			row.locator('th a').click({ modifiers: ['ControlOrMeta'] })
		]);
		await settled(tab, '?block=giao_duc');
		expect(await tab.locator('.sentence').innerText()).toContain(`${now} sáng kiến`);
		await tab.locator('nav a').first().click();
		await tab.waitForURL((url) => !url.pathname.includes('/indicators/'));
		await settled(tab, '?block=giao_duc');
		expect(await rowsOf(tab)).toEqual(await rowsOf(page));
		expect(problems).toEqual([]);
	});

	it('thirty changes 10 ms apart settle on the last', async () => {
		const { page, problems } = await browser.revisit();
		await open(page, `${site}?structure=reported`);
		const last = await page.evaluate(async () => {
			const pause = () => new Promise((done) => setTimeout(done, 10));
			let chosen = '';
			for (let change = 0; change < 30; change++) {
				const select = document.querySelector<HTMLSelectElement>('select[name=block]')!;
				const options = [...select.options].filter(({ value }) => value !== '');
				chosen = options[change % options.length]!.value;
				select.value = chosen;
				select.dispatchEvent(new Event('change', { bubbles: true }));
				await pause();
			}
			return chosen;
		});
		const query = `?block=${last}&structure=reported`;
		await settled(page, query);
		const expected = byId(await expectedRows(db, query, 'vi'));
		expect(byId(await rowsOf(page))).toEqual(expected);
		await page.waitForTimeout(500);
		expect(new URL(page.url()).search).toBe(query);
		expect(byId(await rowsOf(page))).toEqual(expected);
		expect(await page.locator('select[name=block]').inputValue()).toBe(last);
		expect(problems).toEqual([]);
	});

	it('thirty changes while the engine starts settle on the last', async () => {
		const { page, problems } = await browser.revisit();
		await open(page, site);
		const units = await page
			.locator('select[name=unit] option')
			.evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? ''));
		const chosen = units.filter((unit) => unit !== '').slice(0, 30);
		await page.evaluate(async (values) => {
			for (const value of values) {
				const select = document.querySelector<HTMLSelectElement>('select[name=unit]')!;
				select.value = value;
				select.dispatchEvent(new Event('change', { bubbles: true }));
				await new Promise((done) => setTimeout(done, 10));
			}
		}, chosen);
		const query = `?unit=${chosen.at(-1)}`;
		await settled(page, query);
		expect(byId(await rowsOf(page))).toEqual(byId(await expectedRows(db, query, 'vi')));
		expect(problems).toEqual([]);
	});
});
