import type { ComponentProps } from 'svelte';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
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
	return { screen, given, container, bars, numbers, chosen, patch: (values: number[]) => patch(values) };
}

describe('Lines', () => {
	it('draws bars to the largest value, and none where there is no number', async () => {
		const { bars, numbers } = await draw();
		expect(bars()).toEqual(['max(1px, 25%)', 'max(1px, 100%)', '0px']);
		expect(numbers()).toEqual(['10', '40', '–']);
	});

	it('patches bars and numbers on the scale that stands, which only grows', async () => {
		const { bars, numbers, patch } = await draw();
		patch([20, 0, 5]);
		expect(bars()).toEqual(['max(1px, 50%)', '0px', 'max(1px, 12.5%)']);
		expect(numbers()).toEqual(['20', '0', '5']);
		patch([80, 40, 0]);
		expect(bars()).toEqual(['max(1px, 100%)', 'max(1px, 50%)', '0px']);
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
