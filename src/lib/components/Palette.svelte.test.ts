import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { overwriteGetLocale } from '$locale';
import Palette from './Palette.svelte';
import { found, offer, type PaletteItem } from './palette.svelte';

const items: PaletteItem[] = [
	{ id: 'p1', group: 'pages', name: 'Tổng quan', href: '/' },
	{ id: 'p2', group: 'pages', name: 'Dữ liệu', href: '/data/' },
	{ id: 'i1', group: 'indicators', name: 'Đổi mới sáng tạo cấp tỉnh', href: '/indicators/a/' },
	{ id: 'u1', group: 'units', name: 'Sở KH&CN', hint: 'Sở Khoa học và Công nghệ', href: '/?unit=a' },
	{ id: 'u2', group: 'units', name: 'Trường Đại học Y', href: '/?unit=b' }
];

describe('finding', () => {
	const names = (text: string) => found(items, text, 10).map(({ id }) => id);

	it('knows no accents, no đ, no case and no order of words', () => {
		expect(names('doi moi')).toEqual(['i1']);
		expect(names('ĐỔI')).toEqual(['i1']);
		expect(names('tinh sang')).toEqual(['i1']);
		expect(names('cong nghe')).toEqual(['u1']);
		expect(names('đại học'.normalize('NFD'))).toEqual(['u2']);
		expect(names('xyz')).toEqual([]);
	});

	it('puts what starts so first, then the order of the groups; nothing finds all', () => {
		expect(names('d')).toEqual(['p2', 'i1', 'u2']);
		expect(names('c')).toEqual(['i1', 'u1', 'u2']);
		expect(names('')).toEqual(['p1', 'p2', 'i1', 'u1', 'u2']);
		expect(found(items, '', 2)).toHaveLength(2);
	});
});

describe('Palette', () => {
	const go = vi.fn();
	const ran = vi.fn();
	let quit: () => void;

	beforeEach(async () => {
		overwriteGetLocale(() => 'vi');
		go.mockClear();
		ran.mockClear();
		quit = offer(
			[{ id: 'c1', group: 'commands', name: 'Hoàn tác', keys: 'Ctrl+Z', run: ran }],
			[{ keys: '←', name: 'Thu hẹp khoảng' }]
		);
		await render(Palette, { items: () => Promise.resolve(items), go });
	});

	afterEach(() => quit());

	const dialog = () => document.querySelector('dialog');
	const options = () => [...document.querySelectorAll('[role=option]')].map((one) => one.textContent?.trim());

	it('opens by Ctrl+K, is walked by arrows, and goes where Enter says; Esc closes it', async () => {
		expect(dialog()?.open).toBe(false);
		await userEvent.keyboard('{Control>}k{/Control}');
		await expect.poll(() => options().length).toBe(6);
		expect(options()[0]).toContain('Hoàn tác');
		const box = page.getByRole('combobox');
		await expect.element(box).toHaveFocus();
		await userEvent.keyboard('du li');
		await expect.poll(options).toHaveLength(1);
		await userEvent.keyboard('{Enter}');
		expect(go).toHaveBeenCalledWith('/data/');
		expect(dialog()?.open).toBe(false);
		await userEvent.keyboard('{Control>}k{/Control}{ArrowDown}{ArrowDown}{ArrowUp}');
		const active = () =>
			document.getElementById(box.element().getAttribute('aria-activedescendant') ?? '')?.textContent;
		await expect.poll(active).toContain('Tổng quan');
		await userEvent.keyboard('{Escape}');
		expect(dialog()?.open).toBe(false);
	});

	it('does what is offered by the page, until that is gone', async () => {
		await userEvent.keyboard('{Control>}k{/Control}hoan{Enter}');
		expect(ran).toHaveBeenCalledOnce();
		quit();
		await userEvent.keyboard('{Control>}k{/Control}hoan');
		await expect.element(page.getByText('Không tìm thấy gì cho “hoan”.')).toBeVisible();
		await userEvent.keyboard('{Escape}');
	});

	it('lists all keys by ?, but not while something is typed', async () => {
		await userEvent.keyboard('?');
		await expect.element(page.getByRole('heading', { name: 'Danh sách phím' })).toBeVisible();
		for (const text of ['Ctrl+K', 'Ctrl+Z', '←'])
			await expect.element(page.getByText(text, { exact: true })).toBeVisible();
		await userEvent.keyboard('{Escape}');
		await expect.poll(() => dialog()?.open).toBe(false);
		await userEvent.keyboard('{Control>}k{/Control}');
		await expect.element(page.getByRole('combobox')).toHaveFocus();
		await userEvent.keyboard('?');
		await expect.element(page.getByRole('combobox')).toHaveValue('?');
		await userEvent.keyboard('{Escape}');
	});

	it('opens again at once, before it was told that it was closed', async () => {
		await userEvent.keyboard('{Control>}k{/Control}');
		await expect.poll(() => dialog()?.querySelector('.list')).not.toBeNull();
		dialog()?.close();
		window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }));
		await new Promise((told) => setTimeout(told, 50));
		expect(dialog()?.open).toBe(true);
		expect(dialog()?.ariaLabel).toBe('Danh sách phím');
		expect(dialog()?.querySelector('.list')?.textContent).toContain('Ctrl+Z');
		await userEvent.keyboard('{Escape}');
	});

	it('has nothing that axe finds, at the search and at the keys', async () => {
		for (const keys of ['{Control>}k{/Control}', '?']) {
			await userEvent.keyboard(keys);
			await expect.poll(() => dialog()?.querySelector('.list')?.textContent).toContain('Ctrl+Z');
			const { violations } = await axe.run(dialog() ?? document.body, {
				rules: { 'color-contrast': { enabled: false } }
			});
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
			// Typed in one breath with Esc, the next key was once lost under load.
			await userEvent.keyboard('{Escape}');
			await expect.poll(() => dialog()?.open).toBe(false);
		}
	});
});
