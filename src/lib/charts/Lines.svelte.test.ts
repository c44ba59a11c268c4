import type { ComponentProps } from 'svelte';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../app.css';
import Lines from './Lines.svelte';

type Patch = (values: ArrayLike<number>) => void;
type Props = ComponentProps<typeof Lines>;

const lines = [
	{ name: 'Cấp tỉnh', chosen: false },
	{ name: 'Cấp cơ sở', chosen: false },
	{ name: 'không có số liệu', chosen: false, none: true }
];

async function draw(props: Partial<Props> = {}) {
	const chosen: number[] = [];
	let patch: Patch = () => undefined;
	const given: Props = {
		lines,
		values: [10, 40, NaN],
		write: (value) => (Number.isNaN(value) ? '–' : String(value)),
		label: 'cấp',
		onchoose: (line: number) => chosen.push(line),
		onready: (ready: Patch) => {
			patch = ready;
		},
		...props
	};
	const screen = await render(Lines, { props: given });
	const { container } = screen;
	const bars = () =>
		[...container.querySelectorAll<HTMLElement>('.bar')].map((bar) => bar.style.backgroundSize.replace(' auto', ''));
	const numbers = () => [...container.querySelectorAll('.value')].map((value) => value.textContent);
	const canvas = () => {
		const found = container.querySelector('canvas');
		if (!found) throw new Error('There is no canvas.');
		return found;
	};
	/** What stands on the canvas in the middle of each bar, at a share of its length. */
	const at = (line: number, share: number) => {
		const bar = [...container.querySelectorAll('.bar')][line]?.getBoundingClientRect();
		const own = canvas().getBoundingClientRect();
		if (!bar) throw new Error('There is no such line.');
		const [x, y] = [bar.left + bar.width * share - own.left, bar.top + bar.height / 2 - own.top];
		const scale = canvas().width / own.width;
		return [
			...(canvas()
				.getContext('2d')
				?.getImageData(x * scale, y * scale, 1, 1).data ?? [])
		];
	};
	const steps = Array.from({ length: 200 }, (_, step) => (step + 0.5) / 200);
	/** How much of each bar is drawn on the canvas, to an eightieth. */
	const drawn = () =>
		lines.map((_, line) => Math.round(steps.filter((share) => (at(line, share)[3] ?? 0) > 127).length * 0.4) / 80);
	const colourAt = (line: number) => at(line, 0.5);
	return {
		screen,
		given,
		container,
		bars,
		numbers,
		chosen,
		canvas,
		drawn,
		colourAt,
		patch: (values: number[]) => patch(values)
	};
}

describe('Lines', () => {
	it('draws bars to the largest value, and none where there is no number', async () => {
		const { bars, numbers } = await draw();
		expect(bars()).toEqual(['max(1px, 25%)', 'max(1px, 100%)', '0px']);
		expect(numbers()).toEqual(['10', '40', '–']);
	});

	it('draws other values at once over the lines, which follow at rest, on a scale that only grows', async () => {
		const { bars, numbers, patch, canvas, drawn } = await draw();
		expect(canvas().hidden).toBe(true);
		patch([20, 0, 5]);
		expect(numbers()).toEqual(['10', '40', '–']);
		await expect.poll(() => canvas().hidden).toBe(false);
		expect(drawn()).toEqual([0.5, 0, 0.125]);
		patch([80, 40, 0]);
		expect(drawn()).toEqual([1, 0.5, 0]);
		await expect.poll(numbers).toEqual(['80', '40', '0']);
		expect(bars()).toEqual(['max(1px, 100%)', 'max(1px, 50%)', '0px']);
		expect(canvas().hidden).toBe(true);
		patch([20, 0, 5]);
		await expect.poll(numbers).toEqual(['20', '0', '5']);
		expect(bars()).toEqual(['max(1px, 25%)', '0px', 'max(1px, 6.25%)']);
	});

	it('shows what it is given over what was drawn', async () => {
		const { screen, given, numbers, patch, canvas } = await draw();
		patch([20, 0, 5]);
		await screen.rerender({ ...given, values: [1, 2, 3] });
		expect(numbers()).toEqual(['1', '2', '3']);
		expect(canvas().hidden).toBe(true);
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(numbers()).toEqual(['1', '2', '3']);
	});

	it('draws what is pale or without a value in the colours of its lines', async () => {
		const next = lines.map((line, at) => ({ ...line, chosen: at === 0 }));
		const { container, patch, canvas, colourAt } = await draw({ lines: next, choosing: true });
		patch([40, 40, 40]);
		await expect.poll(() => canvas().hidden).toBe(false);
		const bars = [...container.querySelectorAll<HTMLElement>('.bar')];
		expect(bars.map((bar) => getComputedStyle(bar).opacity)).toEqual(['1', '0.35', '0.35']);
		const colours = bars.map((bar) => (getComputedStyle(bar).color.match(/[\d.]+/g) ?? []).map(Number));
		expect(colours[0]).not.toEqual(colours[2]);
		for (const line of [0, 1, 2]) {
			const [red, green, blue, alpha] = colourAt(line);
			expect(alpha).toBeCloseTo(line === 0 ? 255 : 0.35 * 255, -1);
			for (const [part, of] of [red, green, blue].entries())
				expect(Math.abs((of ?? 0) - (colours[line]?.[part] ?? 0))).toBeLessThan(4);
		}
	});

	it('draws each number where the line has it', async () => {
		const { container, patch, canvas } = await draw({ values: [1204, 88, 40] });
		const box = container.querySelector('.lines');
		if (!box) throw new Error('There are no lines.');
		/** Where the ink of each number begins and ends on the page as it looks, in pixels of the picture. */
		const inked = async () => {
			const picture = await page.elementLocator(box).screenshot({ save: false });
			const image = new Image();
			image.src = `data:image/png;base64,${picture}`;
			await image.decode();
			const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
			if (!pen) throw new Error('There is no pen.');
			pen.drawImage(image, 0, 0);
			const scale = image.width / box.getBoundingClientRect().width;
			return [...container.querySelectorAll('.value')].flatMap((value) => {
				const [at, own] = [value.getBoundingClientRect(), box.getBoundingClientRect()];
				const [left, top] = [(at.left - own.left) * scale, (at.top - own.top) * scale];
				const { data, width, height } = pen.getImageData(left, top, at.width * scale, at.height * scale);
				const dark = Array.from({ length: width * height }, (_, place) => place).filter(
					(place) => (data[place * 4] ?? 255) < 128
				);
				const [xs, ys] = [dark.map((place) => place % width), dark.map((place) => Math.floor(place / width))];
				return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
			});
		};
		const still = await inked();
		expect(still.every(Number.isFinite)).toBe(true);
		const brush = setInterval(() => patch([1204, 88, 40]), 20);
		await expect.poll(() => canvas().hidden).toBe(false);
		const moving = await inked();
		expect(canvas().hidden).toBe(false);
		clearInterval(brush);
		expect(moving).toHaveLength(still.length);
		moving.forEach((edge, place) => expect(Math.abs(edge - (still[place] ?? NaN))).toBeLessThanOrEqual(1));
	});

	it('is chosen by a click and by keys, and says what is', async () => {
		const { container, chosen, screen, given } = await draw();
		const buttons = container.querySelectorAll('button');
		buttons[1]?.click();
		buttons[0]?.focus();
		await userEvent.keyboard(' ');
		expect(chosen).toEqual([1, 0]);
		const next = lines.map((line, at) => ({ ...line, chosen: at === 1 }));
		await screen.rerender({ ...given, lines: next, choosing: true });
		expect([...buttons].map((button) => button.getAttribute('aria-pressed'))).toEqual(['false', 'true', 'false']);
		const pale = () => [...container.querySelectorAll('li')].map((line) => line.classList.contains('pale'));
		expect(pale()).toEqual([true, false, true]);
		await screen.rerender({ ...given, lines: next, choosing: true, excluded: true });
		expect(pale()).toEqual([false, true, false]);
		expect(container.querySelector('.struck')?.textContent).toBe('Cấp cơ sở');
	});

	it('cannot be chosen on where it is only looked at', async () => {
		const { container } = await draw({ onchoose: null });
		expect([...container.querySelectorAll('button')].every((button) => button.disabled)).toBe(true);
		expect(container.querySelector('[aria-pressed]')).toBeNull();
	});
});
