import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { openTestDatabase } from '../../../../tests/engine';
import type { Database } from '$lib/database/database';
import * as m from '$messages';
import { sql, type Sql } from '$lib/database/sql';
import type { Unit } from '$lib/model/catalogue';
import type { Column, Table } from '$lib/model/table';
import { defaultLayout, type RowsLayout } from './arrangement';
import Rows from './Rows.svelte';

let db: Database;

const both = (text: string) => ({ vi: text, en: text });
const columns: readonly Column[] = [
	{ name: 'title', label: both('Tên'), type: 'text' },
	{ name: 'unit_id', label: both('Đơn vị'), type: 'text', references: 'units.unit_id' },
	{ name: 'benefit_vnd', label: both('Làm lợi'), type: 'number' },
	{ name: 'held_on', label: both('Ngày'), type: 'date' }
];
const small: Table = { name: 'small', label: both('Sổ nhỏ'), key: ['title'], columns };
const large: Table = {
	name: 'large',
	label: both('Sổ lớn'),
	key: ['people'],
	columns: [
		{ name: 'people', label: both('Số người'), type: 'integer' },
		{ name: 'rest', label: both('Dư'), type: 'integer' }
	]
};

const units = [{ unit_id: 'A', short_name: 'Sở A', name_vi: 'Sở A của tỉnh', name_en: 'Department A' }] as Unit[];

beforeAll(async () => {
	db = await openTestDatabase();
	await db.query(sql`CREATE TABLE units AS SELECT 'A' AS unit_id, 'Sở A' AS short_name`);
	await db.query(sql`CREATE TABLE code_lists AS SELECT 'x' AS list, 'y' AS code`);
	await db.query(sql`CREATE TABLE small AS SELECT
		CASE range WHEN 2 THEN 'Đổi mới' WHEN 3 THEN 'An' ELSE 'Dạy ' || lpad(CAST(range AS VARCHAR), 3, '0') END AS title,
		CASE WHEN range % 2 = 0 THEN 'A' END AS unit_id,
		CASE WHEN range <> 1 THEN CAST(range AS DOUBLE) * 1000.5 END AS benefit_vnd,
		DATE '2025-01-01' + CAST(range AS INTEGER) AS held_on FROM range(300)`);
	await db.query(
		sql`CREATE TABLE large AS SELECT CAST(range AS INTEGER) AS people, CAST(range % 7 AS INTEGER) AS rest FROM range(10000000)`
	);
});

afterAll(() => db.close());

const grid = () => document.querySelector<HTMLElement>('[role="grid"]');
const cell = (row: number, column: number) =>
	document.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
const text = (row: number, column: number) => cell(row, column)?.textContent?.trim();
const focused = () => {
	const { row, column } = (document.activeElement as HTMLElement | null)?.dataset ?? {};
	return [Number(row), Number(column)];
};

/** The table with a layout that is kept as a page would keep it. */
async function show(register: Table, about: { where?: Sql; layout?: Partial<RowsLayout>; hits?: string[] } = {}) {
	const kept = { layout: { ...defaultLayout(register), pinned: [], ...about.layout } };
	const props = () => ({
		database: db,
		register,
		where: about.where ?? sql`TRUE`,
		locale: 'vi' as const,
		units,
		codes: [],
		hits: about.hits ?? [],
		layout: kept.layout,
		onlayout: (layout: RowsLayout) => {
			kept.layout = layout;
			void screen.rerender(props());
		}
	});
	const screen = await render(Rows, props());
	return { kept, screen, props };
}

const keys = (what: string) => userEvent.keyboard(what);

async function enter(row = 0, column = 1): Promise<void> {
	await expect.poll(() => cell(row, column)).not.toBeNull();
	await expect.poll(() => text(row, column)).not.toBe('');
	cell(row, column)?.click();
	await expect.poll(focused).toEqual([row, column]);
}

beforeEach(() => page.viewport(900, 700));

describe('the table of rows', () => {
	it('shows values in words, nothing by its name, and totals of all rows', async () => {
		await show(small, { hits: ['doi'] });
		await expect.poll(() => text(2, 1)).toBe('Đổi mới');
		expect(cell(2, 1)?.querySelector('mark')?.textContent).toBe('Đổi');
		expect(text(2, 2)).toBe('Sở A');
		expect(text(2, 3)).toBe('2.001');
		expect(text(2, 4)).toBe('03/01/2025');
		expect(cell(1, 3)?.querySelector('[aria-label]')).not.toBeNull();
		// 1000.5 times the numbers to 299 but 1.
		await expect.poll(() => document.querySelector('.foot')?.textContent).toContain('44,9 triệu');
		expect(grid()?.getAttribute('aria-rowcount')).toBe('302');
		expect(document.querySelectorAll('[data-line]').length).toBeLessThan(60);
	});

	it('comes back after nothing matched, and draws more than is seen only once it rests after a leap', async () => {
		const { screen, props } = await show(large, { where: sql`FALSE` });
		await expect.poll(() => document.body.textContent).toContain(m.rows_empty());
		await screen.rerender({ ...props(), where: sql`TRUE` });
		await expect.poll(() => text(0, 1)).toBe('0');
		const drawn = () => [...document.querySelectorAll('[data-line]')].map((line) => Number(line.ariaRowIndex) - 2);
		const frame = grid();
		if (!frame) throw new Error('There is no table.');
		const seen = Math.ceil(frame.clientHeight / 32);
		await expect.poll(() => drawn().length).toBeGreaterThan(seen);
		frame.scrollTop = (frame.scrollHeight - frame.clientHeight) * 0.9;
		await expect.poll(() => Math.min(...drawn())).toBeGreaterThan(8_000_000);
		expect(drawn().length).toBeLessThanOrEqual(seen + 1);
		const first = Math.min(...drawn());
		await expect.poll(() => Math.min(...drawn())).toBe(first - 8);
		await expect.poll(() => text(first, 1)).toBe(new Intl.NumberFormat('vi-VN').format(first));
	});

	it('is walked by keys, cell by cell, page by page and to its ends', async () => {
		await show(small);
		await enter();
		await keys('{ArrowDown}{ArrowRight}');
		await expect.poll(focused).toEqual([1, 2]);
		await keys('{End}');
		await expect.poll(focused).toEqual([1, 4]);
		await keys('{Home}');
		await expect.poll(focused).toEqual([1, 0]);
		await keys('{Control>}{End}{/Control}');
		await expect.poll(focused).toEqual([299, 4]);
		await expect.poll(() => text(299, 1)).toBe('Dạy 299');
		await keys('{PageUp}');
		await expect.poll(() => focused()[0]).toBeLessThan(295);
		await keys('{Control>}{Home}{/Control}{ArrowUp}');
		await expect.poll(focused).toEqual([-1, 0]);
		await keys('{ArrowUp}{ArrowLeft}');
		await expect.poll(focused).toEqual([-1, 0]);
		// One place in the tab order, wherever it stands.
		expect(grid()?.querySelectorAll('[tabindex="0"]').length).toBe(1);
	});

	it('keeps the focus when its cell scrolls away, and comes back to it', async () => {
		await show(small);
		await enter(3, 1);
		const frame = grid();
		if (frame) frame.scrollTop = 5000;
		await expect.poll(() => document.activeElement).toBe(frame);
		await expect.poll(() => cell(3, 1)).toBeNull();
		await keys('{ArrowDown}');
		await expect.poll(focused).toEqual([4, 1]);
	});

	it('sorts by headings, with shift by several, by pointer and by keys', async () => {
		const { kept } = await show(small);
		await enter();
		const head = cell(-1, 1);
		head?.click();
		await expect.poll(() => text(0, 1)).toBe('An');
		expect(head?.getAttribute('aria-sort')).toBe('ascending');
		head?.click();
		await expect.poll(() => text(0, 1)).toBe('Đổi mới');
		cell(-1, 2)?.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }));
		await expect.poll(() => kept.layout.sort.length).toBe(2);
		await keys('{Home}{ArrowRight}{ArrowRight}{ArrowRight}{Enter}');
		await expect.poll(() => text(0, 3)).toBe('299.149,5');
		expect(kept.layout.sort).toEqual([{ column: 'benefit_vnd', descending: true }]);
		// Nothing comes last either way.
		await keys('{Enter}');
		await expect.poll(() => text(0, 3)).toBe('0');
		await keys('{Control>}{End}{/Control}');
		await expect.poll(() => text(299, 1)).toBe('Dạy 001');
	});

	it('resizes and moves columns by keys, and resizes by dragging', async () => {
		const { kept } = await show(small);
		await enter();
		await keys('{ArrowUp}');
		await expect.poll(focused).toEqual([-1, 1]);
		const width = () => cell(-1, 1)?.getBoundingClientRect().width ?? 0;
		const before = width();
		await keys('{Alt>}{ArrowRight}{/Alt}');
		await expect.poll(width).toBeCloseTo(before + 16, 0);
		const edge = cell(-1, 1)?.querySelector('.edge');
		const at = (type: string, x: number) =>
			edge?.dispatchEvent(new PointerEvent(type, { bubbles: true, clientX: x, pointerId: 1, cancelable: true }));
		// A pointer that was not pressed cannot be captured; the page only needs its moves and its end.
		if (edge) edge.setPointerCapture = () => undefined;
		at('pointerdown', 300);
		at('pointermove', 340);
		await expect.poll(width).toBeCloseTo(before + 56, 0);
		at('lostpointercapture', 340);
		await expect.poll(() => kept.layout.widths['title']).toBe(Math.round(before + 56));
		await keys('{Alt>}{Shift>}{ArrowRight}{/Shift}{/Alt}');
		await expect.poll(() => kept.layout.columns.slice(0, 2)).toEqual(['unit_id', 'title']);
		await expect.poll(focused).toEqual([-1, 2]);
		await keys('p');
		await expect.poll(() => kept.layout.pinned).toEqual(['title']);
		await expect.poll(() => cell(-1, 1)?.textContent?.trim()).toBe('Tên');
	});

	it('keeps pinned cells where they are when the others move across', async () => {
		await show(small, { layout: { pinned: ['title'], widths: { title: 200, unit_id: 600 } } });
		await expect.poll(() => text(2, 1)).toBe('Đổi mới');
		const frame = grid();
		if (!frame) throw new Error('no grid');
		const left = (column: number) =>
			(cell(2, column)?.getBoundingClientRect().left ?? NaN) - frame.getBoundingClientRect().left;
		const [number, title, unit] = [0, 1, 2].map(left);
		frame.scrollLeft = 150;
		await expect.poll(() => left(2)).toBe((unit ?? NaN) - 150);
		await expect.poll(() => [left(0), left(1)]).toEqual([number, title]);
		frame.scrollLeft = 0;
		await expect.poll(() => [0, 1, 2].map(left)).toEqual([number, title, unit]);
		// Whoever is about to move them finds them pinned: by a wheel across, a finger or the bar, and not by a wheel down.
		const position = () => getComputedStyle(cell(2, 1) ?? frame).position;
		await enter(2, 1);
		for (const [pull, wanted] of [
			[new WheelEvent('wheel', { deltaY: 40, bubbles: true }), 'static'],
			[new WheelEvent('wheel', { deltaX: 40, bubbles: true }), 'sticky'],
			[new WheelEvent('wheel', { deltaY: 40, shiftKey: true, bubbles: true }), 'sticky'],
			[new PointerEvent('pointerdown', { pointerType: 'touch', bubbles: true }), 'sticky'],
			[new PointerEvent('pointerdown', { pointerType: 'mouse', bubbles: true }), 'static']
		] as const) {
			frame.dispatchEvent(new PointerEvent('pointerleave'));
			await expect.poll(position).toBe('static');
			cell(2, 1)?.dispatchEvent(pull);
			await expect.poll(position).toBe(wanted);
		}
		frame.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'mouse', bubbles: true }));
		await expect.poll(position).toBe('sticky');
		frame.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'touch' }));
		await new Promise((done) => setTimeout(done, 50));
		expect(position()).toBe('sticky');
		// By keys they are pinned once they move.
		frame.dispatchEvent(new PointerEvent('pointerleave'));
		await expect.poll(position).toBe('static');
		await keys('{End}');
		await expect.poll(() => frame.scrollLeft).toBeGreaterThan(0);
		await expect.poll(() => [left(0), left(1)]).toEqual([number, title]);
	});

	it('copies chosen cells as a spreadsheet expects, and what is not read yet after reading it', async () => {
		await show(small);
		await enter(2, 1);
		await keys('{Shift>}{ArrowDown}{ArrowRight}{ArrowRight}{/Shift}');
		await expect.poll(() => document.querySelectorAll('.chosen').length).toBe(6);
		const copy = () => {
			const data = new DataTransfer();
			document.activeElement?.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true }));
			return data;
		};
		const data = copy();
		expect(data.getData('text/plain')).toBe('Tên\tĐơn vị\tLàm lợi\r\nĐổi mới\tSở A\t2001\r\nAn\t\t3001,5');
		expect(data.getData('text/html')).toContain('<td>2001</td>');
		await keys('{Escape}{Control>}a{/Control}');
		const all = () => copy().getData('text/plain').split('\r\n').length;
		await expect.poll(all).toBe(301);
	});

	it('opens a row with every field in words, goes on from it, and comes back', async () => {
		await show(small);
		await enter(2, 1);
		await keys('{Enter}');
		const dialog = () => document.querySelector('dialog');
		await expect.poll(() => dialog()?.textContent).toContain('Sở A của tỉnh');
		expect(dialog()?.open).toBe(true);
		await keys('{Alt>}{ArrowRight}{/Alt}');
		await expect.poll(() => dialog()?.querySelector('dd')?.textContent).toContain('An');
		expect(dialog()?.querySelector('dd.none')).not.toBeNull();
		await keys('{Escape}');
		await expect.poll(dialog).toBeNull();
		await expect.poll(focused).toEqual([3, 1]);
	});

	it('says that there is nothing, and what went wrong', async () => {
		const { screen, props } = await show(small, { where: sql`FALSE` });
		await expect.element(page.getByText(/Không có dòng nào|No row meets/)).toBeInTheDocument();
		await screen.rerender({ ...props(), where: sql`nowhere = 1` });
		await expect.poll(() => document.querySelector('[role="alert"]')?.textContent).toContain('nowhere');
		await screen.rerender({ ...props(), where: sql`title = 'An'` });
		await expect.poll(() => text(0, 1)).toBe('An');
	});

	it('scrolls over ten million rows: to any of them, step by step, and to the last', async () => {
		await show(large);
		await enter();
		await keys('{Control>}{End}{/Control}');
		await expect.poll(focused).toEqual([9_999_999, 2]);
		await expect.poll(() => text(9_999_999, 1)).toBe('9.999.999');
		await keys('{ArrowUp}');
		await expect.poll(focused).toEqual([9_999_998, 2]);
		const frame = grid();
		if (!frame) throw new Error('no grid');
		expect(frame.scrollHeight).toBeLessThan(7_000_000);
		frame.scrollTop = frame.scrollHeight / 2;
		const first = () => Number(document.querySelector<HTMLElement>('[data-line] [data-row]')?.dataset['row']);
		await expect.poll(() => Math.round(first() / 100_000)).toBe(50);
		const height = document.querySelector('[data-line]')?.getBoundingClientRect().height ?? NaN;
		// At rest more is drawn than is seen.
		const seen = Math.ceil(frame.clientHeight / height);
		await expect.poll(() => document.querySelectorAll('[data-line]').length).toBeGreaterThan(seen + 8);
		const middle = first();
		await expect.poll(() => text(middle + 20, 1)).toBe((middle + 20).toLocaleString('vi-VN'));
		frame.scrollTop += 10 * height;
		await expect.poll(first).toBe(middle + 10);
		// The bar's rest ends between a move and the browser's word of it.
		await new Promise<void>((done) =>
			requestAnimationFrame(() => {
				frame.scrollTop += 10 * height;
				for (const end = performance.now() + 200; performance.now() < end;);
				done();
			})
		);
		await expect.poll(first).toBe(middle + 20);
		frame.scrollTop -= 10 * height;
		await expect.poll(first).toBe(middle + 10);
		// Rows stand where they are seen.
		const box = () => cell(middle + 20, 1)?.getBoundingClientRect();
		expect(box()?.top).toBeGreaterThan(frame.getBoundingClientRect().top - 1);
		expect(box()?.bottom).toBeLessThan(frame.getBoundingClientRect().bottom);
		frame.scrollTop = 0;
		await expect.poll(() => text(0, 1)).toBe('0');
	});
});
