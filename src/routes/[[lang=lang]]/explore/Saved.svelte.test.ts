import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { overwriteGetLocale } from '$locale';
import { readSaved, type SavedView } from '$lib/model/saved';
import Saved from './Saved.svelte';

const view = (name: string, query: string, fingerprint: string | null = null): SavedView => ({
	name,
	path: `/explore/${query}`,
	fingerprint
});

async function show(kept: readonly SavedView[] = [], fingerprint: string | null = 'abc') {
	localStorage.setItem('saved', JSON.stringify(kept));
	const opened: SavedView[] = [];
	const compared: (readonly [string, string])[] = [];
	await render(Saved, {
		path: '/explore/?filter=level:tinh',
		fingerprint,
		onopen: (one: SavedView) => opened.push(one),
		oncompare: (first: SavedView, second: SavedView) => compared.push([first.name, second.name])
	});
	return { opened, compared, kept: () => readSaved(localStorage) };
}

const names = () => [...document.querySelectorAll('.saved .name')].map((name) => name.textContent);

describe('Saved', () => {
	beforeEach(() => {
		overwriteGetLocale(() => 'vi');
		localStorage.removeItem('saved');
	});

	it('keeps what is shown under a name, the newest first, with the mark of its data', async () => {
		const { kept } = await show([view('Cũ', '?register=transfers')]);
		await page.getByRole('textbox').first().fill('  Cấp   tỉnh ');
		await page.getByRole('button', { name: 'Lưu góc nhìn này' }).click();
		await expect.poll(names).toEqual(['Cấp tỉnh', 'Cũ']);
		expect(kept()[0]).toEqual({ name: 'Cấp tỉnh', path: '/explore/?filter=level:tinh', fingerprint: 'abc' });
	});

	it('keeps nothing without a name, and says so', async () => {
		const { kept } = await show();
		await page.getByRole('textbox').first().fill('   ');
		await page.getByRole('button', { name: 'Lưu góc nhìn này' }).click();
		await expect.poll(() => document.querySelector('.problem')?.textContent).not.toBe('');
		expect(kept()).toEqual([]);
	});

	it('gives another name, but not one that is taken', async () => {
		const { kept } = await show([view('A', '?focus=1'), view('B', '?focus=2')]);
		await page.getByRole('button', { name: 'Đổi tên “A”' }).click();
		const box = page.getByRole('textbox').nth(1);
		await box.fill('B');
		await userEvent.keyboard('{Enter}');
		await expect.poll(() => document.querySelector('.problem')?.textContent).not.toBe('');
		expect(kept().map(({ name }) => name)).toEqual(['A', 'B']);
		await box.fill('C');
		await userEvent.keyboard('{Enter}');
		await expect.poll(names).toEqual(['C', 'B']);
		expect(kept().map(({ name, path }) => [name, path])).toEqual([
			['C', '/explore/?focus=1'],
			['B', '/explore/?focus=2']
		]);
	});

	it('opens a view, marks one of other data, and sets two side by side in the order in which they were ticked', async () => {
		const { opened, compared } = await show([
			view('A', '?focus=1', 'abc'),
			view('B', '?focus=2', 'other'),
			view('C', '')
		]);
		await page.getByRole('button', { name: 'B', exact: true }).click();
		expect(opened.map(({ path }) => path)).toEqual(['/explore/?focus=2']);
		expect([...document.querySelectorAll('.saved li')].map((line) => line.querySelector('.differs') !== null)).toEqual([
			false,
			true,
			false
		]);
		const ticks = document.querySelectorAll<HTMLInputElement>('.saved input[type=checkbox]');
		ticks[2]?.click();
		ticks[0]?.click();
		await page.getByRole('button', { name: 'So sánh', exact: true }).click();
		expect(compared).toEqual([['C', 'A']]);
	});

	it('forgets what is removed, and hears of other tabs', async () => {
		const { kept } = await show([view('A', ''), view('B', '')]);
		await page.getByRole('button', { name: 'Xóa “A”' }).click();
		await expect.poll(names).toEqual(['B']);
		expect(kept().map(({ name }) => name)).toEqual(['B']);
		localStorage.setItem('saved', JSON.stringify([view('Tab khác', '')]));
		dispatchEvent(new StorageEvent('storage', { key: 'saved' }));
		await expect.poll(names).toEqual(['Tab khác']);
	});
});
