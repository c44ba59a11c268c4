import type { ComponentProps } from 'svelte';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Columns from './Columns.svelte';

type Patch = (values: ArrayLike<number>) => void;
type Props = ComponentProps<typeof Columns>;
type Range = { readonly from: number; readonly to: number } | null;

/** Four columns of three steps each, 100 pixels high, 400 wide. */
async function draw(props: Partial<Props> = {}) {
	const moved: Range[] = [];
	const brushed: Range[] = [];
	let patch: Patch = () => undefined;
	const given: Props = {
		starts: [0, 3, 6, 9],
		edges: [0, 0.25, 0.5, 0.75, 1],
		steps: 12,
		shareOf: (step) => step / 12,
		stepAt: (share) => Math.round(share * 12),
		values: [1, 4, 0, 2],
		range: null,
		height: 102,
		ticks: [{ share: 0, text: '2024' }],
		titleOf: (column, value) => `${column}: ${value}`,
		edgeOf: String,
		write: String,
		label: 'diễn biến',
		fromLabel: 'từ',
		toLabel: 'đến',
		onmove: (range: Range) => moved.push(range),
		onbrush: (range: Range) => brushed.push(range),
		onready: (ready: Patch) => {
			patch = ready;
		},
		...props
	};
	const screen = await render(Columns, { props: given });
	const { container } = screen;
	container.style.width = '408px';
	const plot = container.querySelector<HTMLElement>('.plot');
	if (!plot) throw new Error('no plot');
	await expect.poll(() => plot.clientWidth).toBe(400);
	const heights = () => [...container.querySelectorAll('.mark')].map((mark) => Number(mark.getAttribute('height')));
	const at = (type: string, x: number) => {
		const box = plot.getBoundingClientRect();
		const place = { clientX: box.left + x, clientY: box.top + 5, pointerId: 1, button: 0, bubbles: true };
		plot.dispatchEvent(new PointerEvent(type, place));
	};
	// A made-up pointer cannot be captured.
	plot.setPointerCapture = () => undefined;
	return { screen, given, container, plot, heights, at, moved, brushed, patch: (values: number[]) => patch(values) };
}

describe('Columns', () => {
	it('draws to the largest value, and says what each column is', async () => {
		const { heights, container } = await draw();
		// Two pixels stay free above: 100 for the largest.
		expect(heights()).toEqual([25, 100, 0, 50]);
		const titles = () => [...container.querySelectorAll('title')].map((title) => title.textContent);
		await expect.poll(titles).toEqual(['0: 1', '1: 4', '2: 0', '3: 2']);
	});

	it('patches its marks without drawing anew, and grows its axis for what is larger', async () => {
		const { heights, patch, container } = await draw();
		const before = [...container.querySelectorAll('.mark')];
		patch([0, 2, 1, 1]);
		expect(heights()).toEqual([0, 50, 25, 25]);
		patch([8, 2, 0, 0]);
		expect(heights()).toEqual([100, 25, 0, 0]);
		expect([...container.querySelectorAll('.mark')]).toEqual(before);
		await expect.poll(() => container.querySelector('.most')?.textContent).toBe('8');
	});

	it('tells each move of a drag once and the brush when it rests, whichever way it was drawn', async () => {
		const { at, moved, brushed } = await draw();
		at('pointerdown', 300);
		at('pointermove', 298);
		expect(moved).toEqual([]);
		at('pointermove', 200);
		at('pointermove', 201);
		at('pointermove', 100);
		expect(moved).toEqual([
			{ from: 6, to: 9 },
			{ from: 3, to: 9 }
		]);
		expect(brushed).toEqual([]);
		at('pointerup', 100);
		expect(brushed).toEqual([{ from: 3, to: 9 }]);
	});

	it('veils what a drag leaves out with each move, and has its handles follow once it rests', async () => {
		const { at, container, screen, given } = await draw({ range: { from: 3, to: 12 } });
		const handles = [...container.querySelectorAll<HTMLElement>('[role=slider]')];
		const stand = () => handles.map((handle) => [handle.ariaValueNow, handle.ariaValueText, handle.style.left]);
		const veils = () => [...container.querySelectorAll('.veil')].map((veil) => Number(veil.getAttribute('width')));
		const before = [
			['3', '3', '100px'],
			['12', '12', '400px']
		];
		await expect.poll(stand).toEqual(before);
		at('pointerdown', 100);
		at('pointermove', 200);
		await expect.poll(veils).toEqual([100, 200]);
		expect(stand()).toEqual(before);
		at('pointerup', 200);
		const after = [
			['3', '3', '100px'],
			['6', '6', '200px']
		];
		await expect.poll(stand).toEqual(after);
		await screen.rerender({ ...given, range: { from: 3, to: 6 } });
		expect(stand()).toEqual(after);
		// A drag that is called off leaves them where they stood.
		at('pointerdown', 0);
		at('pointermove', 300);
		await expect.poll(veils).toEqual([0, 100]);
		at('pointercancel', 300);
		await expect.poll(veils).toEqual([100, 200]);
		expect(stand()).toEqual(after);
	});

	it('takes a column by a click, and lets go of it by another', async () => {
		const { at, brushed, screen, given } = await draw();
		at('pointerdown', 130);
		at('pointerup', 130);
		expect(brushed).toEqual([{ from: 3, to: 6 }]);
		await screen.rerender({ ...given, range: { from: 3, to: 6 } });
		at('pointerdown', 170);
		at('pointerup', 170);
		expect(brushed.at(-1)).toBeNull();
	});

	it('is brushed by keys: a column, a step, far, and not at all', async () => {
		const { container, brushed, screen, given } = await draw();
		const [from, to] = container.querySelectorAll<HTMLElement>('[role=slider]');
		from?.focus();
		await userEvent.keyboard('{ArrowRight}');
		expect(brushed.at(-1)).toEqual({ from: 3, to: 12 });
		await screen.rerender({ ...given, range: { from: 3, to: 12 } });
		expect(from?.getAttribute('aria-valuetext')).toBe('3');
		to?.focus();
		await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}');
		expect(brushed.at(-1)).toEqual({ from: 3, to: 11 });
		await screen.rerender({ ...given, range: { from: 3, to: 11 } });
		// An edge never passes the other one.
		await userEvent.keyboard('{Home}');
		expect(brushed.at(-1)).toEqual({ from: 3, to: 4 });
		await userEvent.keyboard('{Escape}');
		expect(brushed.at(-1)).toBeNull();
	});

	it('veils what is not chosen, or what is excluded', async () => {
		const { container, screen, given } = await draw({ range: { from: 3, to: 6 } });
		const veils = () =>
			[...container.querySelectorAll('.veil')].map((veil) => [
				Number(veil.getAttribute('x')),
				Number(veil.getAttribute('width'))
			]);
		await expect.poll(veils).toEqual([
			[0, 100],
			[200, 200]
		]);
		await screen.rerender({ ...given, range: { from: 3, to: 6 }, excluded: true });
		await expect.poll(veils).toEqual([[100, 100]]);
	});

	it('has no handles where nothing can be chosen', async () => {
		const { container, at, brushed } = await draw({ onbrush: null });
		expect(container.querySelectorAll('[role=slider]')).toHaveLength(0);
		at('pointerdown', 100);
		at('pointerup', 100);
		expect(brushed).toEqual([]);
	});
});
