import axe from 'axe-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { overwriteGetLocale } from '$locale';
import { sql } from '$lib/database/sql';
import type { Database } from '$lib/database/database';
import { initiatives } from '$lib/model/register';
import { openTestDatabase } from '../../../../tests/engine';
import Query from './Query.svelte';

let db: Database;

beforeAll(async () => {
	db = await openTestDatabase();
	await db.exec(
		sql`CREATE TABLE initiatives AS SELECT 'SK-' || range AS initiative_id, 'Sáng kiến ' || range AS title,
			CASE WHEN range % 2 = 0 THEN 'tinh' ELSE 'co_so' END AS level, range * 1.5 AS benefit_vnd FROM range(3000)`
	);
});

afterAll(() => db.close());

describe('Query', () => {
	let screen: Awaited<ReturnType<typeof render<typeof Query>>>;

	beforeEach(async () => {
		overwriteGetLocale(() => 'vi');
		localStorage.removeItem('sql-history');
		screen = await render(Query, {
			database: db,
			register: initiatives,
			where: sql`level = 'tinh'`,
			locale: 'vi',
			origin: { title: '', filters: [], until: null, sources: [], address: null, notice: null }
		});
		await expect.poll(() => document.querySelector('.cm-content'), { timeout: 10_000 }).not.toBeNull();
	});

	const write = (text: string) => {
		(screen.component as unknown as { open: (text: string) => void }).open(text);
		return expect.poll(() => document.activeElement?.classList.contains('cm-content')).toBe(true);
	};
	const run = () => userEvent.keyboard('{Control>}{Enter}{/Control}');
	const status = () => document.querySelector('.query > [role=status]')?.textContent?.trim() ?? '';
	const cells = () => [...document.querySelectorAll('.result tbody tr')].map((row) => row.textContent?.trim());

	it('runs by Ctrl+Enter over what the filters leave, counts all rows and shows the first thousand', async () => {
		await write('FROM filtered ORDER BY benefit_vnd');
		await run();
		await expect.poll(status).toContain('1.500 dòng');
		expect(status()).toContain('1.000 dòng đầu');
		expect(cells()).toHaveLength(1000);
		await write('SELECT level, sum(benefit_vnd) AS total FROM initiatives GROUP BY level ORDER BY level');
		await run();
		// 1.5 × 1500² (the odd numbers below 3000), 1.5 × 1499 × 1500 (the even ones).
		await expect.poll(cells).toEqual(['co_so3.375.000', 'tinh3.372.750']);
	});

	it('says what is refused, and marks the line that is wrong', async () => {
		await write('DROP TABLE initiatives');
		await run();
		await expect.element(page.getByRole('alert')).toHaveTextContent('“DROP” làm thay đổi dữ liệu');
		await write('SELECT *\nFROM nowhere');
		await run();
		await expect.element(page.getByRole('alert')).toHaveTextContent('Dòng 2');
		await expect.poll(() => document.querySelector('.cm-wrong')?.textContent).toBe('FROM nowhere');
		await userEvent.keyboard(' ');
		await expect.poll(() => document.querySelector('.cm-wrong')).toBeNull();
	});

	it('is stopped by Esc, and answers the next one', async () => {
		await write('SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3');
		await run();
		await expect.poll(status).toBe('Đang chạy…');
		await userEvent.keyboard('{Escape}');
		await expect.poll(status).toBe('Đã dừng.');
		await write('SELECT 7 AS seven');
		await run();
		await expect.poll(cells).toEqual(['7']);
	});

	it('remembers what was run, and gives it back', async () => {
		await write('SELECT 1 AS one');
		await run();
		await expect.poll(cells).toEqual(['1']);
		expect(JSON.parse(localStorage.getItem('sql-history') ?? '')).toEqual(['SELECT 1 AS one']);
		await write('SELECT 2 AS two');
		await page.getByText('Đã chạy').click();
		await page.getByRole('button', { name: 'SELECT 1 AS one' }).click();
		await expect.poll(() => document.querySelector('.cm-content')?.textContent).toBe('SELECT 1 AS one');
	});

	it('completes the names of columns, with their labels', async () => {
		await write('SELECT ben');
		await userEvent.keyboard('{End}e');
		await expect
			.poll(() => document.querySelector('.cm-tooltip-autocomplete')?.textContent)
			.toContain('Giá trị làm lợi');
		await userEvent.keyboard('{Escape}');
	});

	it('draws a quick chart, and has nothing that axe finds', async () => {
		await write('SELECT level, count(*) AS n FROM initiatives GROUP BY level');
		await run();
		await expect.poll(cells).toHaveLength(2);
		const check = async () => {
			const { violations } = await axe.run(document.querySelector('.query') ?? document.body, {
				rules: { 'color-contrast': { enabled: false } }
			});
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
		};
		await check();
		await page.getByRole('button', { name: 'Biểu đồ nhanh' }).click();
		await expect.poll(() => document.querySelectorAll('[aria-label="bars"] rect').length).toBe(2);
		await check();
	});
});
