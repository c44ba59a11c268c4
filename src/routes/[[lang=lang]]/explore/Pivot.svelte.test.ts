import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { openTestDatabase } from '../../../../tests/engine';
import type { Database } from '$lib/database/database';
import { sql, type Sql } from '$lib/database/sql';
import type { Code } from '$lib/model/catalogue';
import type { PivotDefinition, PivotSheet } from '$lib/model/pivot';
import type { Table } from '$lib/model/table';
import Pivot from './Pivot.svelte';

let db: Database;

const both = (text: string) => ({ vi: text, en: text });
const register: Table = {
	name: 'sheet',
	label: both('Sổ'),
	key: ['title'],
	columns: [
		{ name: 'title', label: both('Tên'), type: 'text' },
		{ name: 'level', label: both('Cấp'), type: 'code', list: 'level' },
		{ name: 'year', label: both('Năm'), type: 'integer' },
		{ name: 'benefit_vnd', label: both('Làm lợi'), type: 'number' }
	]
};
const codes = [
	{ list: 'level', code: 'tinh', name_vi: 'Cấp tỉnh', name_en: 'Province' },
	{ list: 'level', code: 'co_so', name_vi: 'Cấp cơ sở', name_en: 'Grassroots' }
] as Code[];

beforeAll(async () => {
	db = await openTestDatabase();
	await db.query(
		sql`CREATE TABLE sheet AS SELECT * FROM (VALUES ('a', 'tinh', 2024, 1e6), ('b', 'tinh', 2025, 2e6), ('c', 'co_so', 2025, 6e6),
		('d', 'co_so', 2025, NULL), ('e', 'co_so', 2025, 1e6), ('f', NULL, 2024, 5e6)) AS t(title, level, year, benefit_vnd)`
	);
});

afterAll(() => db.close());

async function show(given: PivotDefinition, where: Sql = sql`TRUE`) {
	const kept = { definition: given, drilled: null as Sql | null, words: [] as string[] };
	const props = (condition = where) => ({
		database: db,
		register,
		where: condition,
		locale: 'vi' as const,
		units: [],
		codes,
		definition: kept.definition,
		ondefinition: (definition: PivotDefinition) => {
			kept.definition = definition;
			void screen.rerender(props());
		},
		ondrill: (drilled: { where: Sql; filters: readonly { label: string; value: string }[] }) => {
			kept.drilled = drilled.where;
			kept.words = drilled.filters.map(({ label, value }) => `${label}: ${value}`);
		}
	});
	const screen = await render(Pivot, props());
	return { kept, screen, props };
}

/** The body of the table, row by row. */
const rows = () =>
	[...document.querySelectorAll('tbody tr')].map((row) =>
		[...row.children].map((cell) => cell.textContent.replace(/\s+/g, ' ').trim())
	);

const definition: PivotDefinition = {
	rows: [{ column: 'level' }],
	columns: [{ column: 'year' }],
	measures: [{ kind: 'count' }]
};

describe('the pivot', () => {
	it('counts by names, codes in the order of their list, nothing last, and colours by size', async () => {
		await show(definition);
		await expect.poll(rows).toEqual([
			['Cấp tỉnh', '1', '1', '2'],
			['Cấp cơ sở', '–', '3', '3'],
			['không có số liệu', '1', '–', '1'],
			['Tổng cộng', '2', '4', '6']
		]);
		const heat = (row: number, column: number) =>
			document.querySelector<HTMLElement>(`tbody tr:nth-child(${row}) td:nth-of-type(${column})`)?.dataset['heat'];
		expect([heat(1, 1), heat(2, 2), heat(2, 3), heat(4, 1)]).toEqual(['1', '5', '0', '0']);
	});

	it('sorts rows by any column and columns by any row, by keys too', async () => {
		await show(definition);
		await expect.poll(() => rows().length).toBe(4);
		const names = () => rows().map(([name]) => name?.replace(/[←→]/, '').trim());
		const heads = document.querySelectorAll<HTMLElement>('thead tr:last-child button');
		heads[3]?.focus();
		await userEvent.keyboard('{Enter}');
		await expect.poll(names).toEqual(['Cấp cơ sở', 'Cấp tỉnh', 'không có số liệu', 'Tổng cộng']);
		await userEvent.keyboard('{Enter}');
		await expect.poll(names).toEqual(['không có số liệu', 'Cấp tỉnh', 'Cấp cơ sở', 'Tổng cộng']);
		document.querySelector<HTMLElement>('tbody tr:nth-child(3) th button')?.click();
		await expect.poll(() => rows()[2]?.slice(1)).toEqual(['3', '–', '3']);
	});

	it('gives the rows behind a cell, as a condition and in words', async () => {
		const { kept } = await show(definition);
		await expect.poll(() => rows().length).toBe(4);
		document.querySelector<HTMLElement>('tbody tr:nth-child(2) td:nth-of-type(2) button')?.click();
		expect(kept.words).toEqual(['Cấp: Cấp cơ sở', 'Năm: 2025']);
		const [found] = await db.query<{ n: number }>(
			sql`SELECT count(*) AS n FROM sheet WHERE ${kept.drilled ?? sql`FALSE`}`
		);
		expect(found?.n).toBe(3);
	});

	it('is put together by hand: fields, measures, swapped, and given away with its totals', async () => {
		const { kept, screen } = await show(definition);
		await expect.poll(() => rows().length).toBe(4);
		await userEvent.selectOptions(page.getByRole('combobox').nth(4), 'median');
		await expect.poll(() => kept.definition.measures).toEqual([{ kind: 'median', column: 'benefit_vnd' }]);
		// 1, 2, 6, 1 and 5 million.
		await expect.poll(() => rows().at(-1)?.at(-1)).toBe('2 triệu đồng');
		const component = screen.component as unknown as { sheet(): PivotSheet | null };
		expect(component.sheet()).toEqual({
			head: [
				['Năm', '2024', '2025', 'Tổng cộng'],
				['Cấp', 'Trung vị Làm lợi', 'Trung vị Làm lợi', 'Trung vị Làm lợi']
			],
			body: [
				['Cấp tỉnh', 1e6, 2e6, 1.5e6],
				['Cấp cơ sở', null, 3.5e6, 3.5e6],
				['không có số liệu', 5e6, null, 5e6],
				['Tổng cộng', 3e6, 2e6, 2e6]
			]
		});
		await userEvent.click(page.getByRole('button', { name: 'Đổi hàng và cột' }));
		await expect.poll(() => rows().map(([name]) => name)).toEqual(['2024', '2025', 'Tổng cộng']);
		await userEvent.selectOptions(page.getByRole('combobox').nth(1), 'title');
		await expect.poll(() => kept.definition.rows.map(({ column }) => column)).toEqual(['year', 'title']);
		await expect.poll(() => rows().length).toBe(9);
	});

	it('says that there is nothing, and what went wrong', async () => {
		const { screen, props } = await show(definition, sql`FALSE`);
		await expect.poll(() => document.body.textContent).toContain('Không có dòng nào khớp bộ lọc.');
		await screen.rerender(props(sql`nowhere = 1`));
		await expect.poll(() => document.querySelector('[role="alert"]')?.textContent).toContain('nowhere');
		await screen.rerender(props(sql`title = 'a'`));
		await expect.poll(rows).toEqual([
			['Cấp tỉnh', '1', '1'],
			['Tổng cộng', '1', '1']
		]);
	});
});
