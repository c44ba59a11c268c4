import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Chart from './Chart.svelte';
import { columnsChart, columnsPoints, type Column } from './columns';

const options = {
	locale: 'vi',
	decimals: 0,
	unit: 'sáng kiến',
	words: { estimated: 'ước tính', partial: 'chưa hết kỳ' }
} as const;

const columns: Column[] = [
	{ period: '2024', value: 500, estimated: false, partial: false },
	{ period: '2025', value: 1000, estimated: false, partial: false },
	{ period: '2026', value: 702, estimated: false, partial: true }
];

const colours = ['--ink:#1d1c1a', '--soft:#6a665e', '--series:#1f4b75', '--paper:#fcfbf8', '--hairline:#e5e1d8'];

function props(data: readonly Column[]) {
	return {
		build: (width: number) => columnsChart(data, { ...options, width }),
		points: columnsPoints(data, options),
		label: 'Sáng kiến theo năm',
		filename: 'sang-kien',
		words: { chart: 'biểu đồ', instruction: 'Dùng phím mũi tên.', failed: 'Không vẽ được.' }
	};
}

function tip(): string | null {
	return document.querySelector('.tip')?.textContent?.trim() ?? null;
}

function spoken(): string | null {
	return document.querySelector('[aria-live]')?.textContent ?? null;
}

function ring(): DOMRect | null {
	return document.querySelector('.ring')?.getBoundingClientRect() ?? null;
}

const drawn = () => expect.poll(() => document.querySelector('.drawing svg')).not.toBeNull();

describe('Chart', () => {
	beforeEach(async () => {
		await page.viewport(700, 600);
		document.documentElement.setAttribute('style', colours.join(';'));
	});

	afterEach(() => {
		document.documentElement.removeAttribute('style');
	});

	it('is drawn at the width it has, and again when that changes', async () => {
		await render(Chart, props(columns));
		await drawn();
		const width = () => Number(document.querySelector('.drawing svg')?.getAttribute('width'));
		const first = width();
		expect(first).toBe(document.querySelector('.chart-frame')?.clientWidth);
		await page.viewport(360, 600);
		await expect.poll(width).toBeLessThan(361);
		expect(width()).toBeGreaterThan(300);
	});

	it('is drawn anew when the data change', async () => {
		const screen = await render(Chart, props(columns));
		await drawn();
		await screen.rerender(props(columns.slice(0, 1)));
		await expect.poll(() => document.querySelectorAll('[aria-label="columns"] rect').length).toBe(1);
	});

	it('is walked with the arrow keys, each point ringed, told and spoken', async () => {
		await render(Chart, {
			...props(columns),
			describe: (index: number) => `Điểm ${index + 1} trên 3`
		});
		await drawn();
		await userEvent.keyboard('{Tab}');
		expect(document.activeElement?.getAttribute('role')).toBe('application');
		expect(tip()).toBeNull();

		await userEvent.keyboard('{ArrowRight}');
		await expect.poll(tip).toBe('năm 2024: 500');
		expect(spoken()).toBe('Điểm 1 trên 3');
		const left = ring();
		await userEvent.keyboard('{ArrowRight}');
		await expect.poll(tip).toBe('năm 2025: 1.000');
		expect(ring()?.left).toBeGreaterThan(left?.left ?? NaN);
		expect(ring()?.top).toBeLessThan(left?.top ?? NaN);
		await userEvent.keyboard('{End}');
		await expect.poll(tip).toBe('năm 2026: 702 · chưa hết kỳ');
		expect(spoken()).toBe('Điểm 3 trên 3');
		await userEvent.keyboard('{ArrowRight}');
		await expect.poll(tip).toBe('năm 2026: 702 · chưa hết kỳ');
		await userEvent.keyboard('{Home}');
		await expect.poll(tip).toBe('năm 2024: 500');
		await userEvent.keyboard('{ArrowLeft}');
		await expect.poll(tip).toBe('năm 2024: 500');
		await userEvent.keyboard('{Escape}');
		await expect.poll(tip).toBeNull();
		expect(spoken()).toBe('');
		await userEvent.keyboard('{ArrowLeft}');
		await expect.poll(tip).toBe('năm 2026: 702 · chưa hết kỳ');
	});

	it('keeps its tip inside the chart', async () => {
		await page.viewport(360, 600);
		await render(Chart, props(columns));
		await drawn();
		await userEvent.keyboard('{Tab}{End}');
		await expect.poll(tip).not.toBeNull();
		const box = () => document.querySelector('.tip')?.getBoundingClientRect();
		await expect.poll(() => box()?.right).toBeLessThanOrEqual(360);
		expect(box()?.left).toBeGreaterThanOrEqual(0);
	});

	it('tells the point under the pointer', async () => {
		await render(Chart, props(columns));
		await drawn();
		const field = page.getByRole('application');
		const box = field.element().getBoundingClientRect();
		await userEvent.hover(field, { position: { x: box.width / 2, y: 100 } });
		await expect.poll(tip).toBe('năm 2025: 1.000');
		expect(spoken()).toBe('');
		await userEvent.hover(field, { position: { x: box.width - 30, y: 100 } });
		await expect.poll(tip).toBe('năm 2026: 702 · chưa hết kỳ');
	});

	it('stands without a point', async () => {
		await render(Chart, props([]));
		await drawn();
		await userEvent.keyboard('{Tab}{ArrowRight}{End}');
		expect(tip()).toBeNull();
	});

	it('is exported as pictures that ask nothing of the page', async () => {
		const screen = await render(Chart, props(columns));
		const component = screen.component as unknown as {
			exportSvg(): Promise<File>;
			exportPng(scale?: number): Promise<File>;
		};
		await drawn();
		const svg = await component.exportSvg();
		expect(svg.name).toBe('sang-kien.svg');
		const markup = await svg.text();
		expect(markup).not.toMatch(/var\(|currentcolor/i);
		expect(markup).toContain('rgb(31, 75, 117)');
		expect(markup).toContain('#fcfbf8');
		const parsed = new DOMParser().parseFromString(markup, 'image/svg+xml');
		expect(parsed.querySelector('parsererror')).toBeNull();
		expect(parsed.querySelector('title')?.textContent).toBe('Sáng kiến theo năm');

		const png = await component.exportPng(2);
		expect(png.type).toBe('image/png');
		const bitmap = await createImageBitmap(png);
		// 760 and 16 of paper on either side, twice as large.
		expect(bitmap.width).toBe(1584);
		const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
		const context = canvas.getContext('2d');
		context?.drawImage(bitmap, 0, 0);
		const pixels = (x: number, y: number, width: number, height: number) =>
			new Set(new Uint32Array(context?.getImageData(x, y, width, height).data.buffer ?? new ArrayBuffer(0)));
		expect([...(context?.getImageData(2, 2, 1, 1).data ?? [])]).toEqual([252, 251, 248, 255]);
		expect(pixels(0, 0, 1584, 30).size).toBe(1);
		// The unit stands in the upper left corner: letters, not bare paper.
		expect(pixels(32, 36, 60, 30).size).toBeGreaterThan(2);
	});
});
