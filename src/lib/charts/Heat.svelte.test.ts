import type { ComponentProps } from 'svelte';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Heat from './Heat.svelte';

type Patch = (values: ArrayLike<number>) => void;
type Props = ComponentProps<typeof Heat>;

const lines = [
	{ name: 'Sở A', chosen: false },
	{ name: 'Sở B', chosen: false }
];

async function draw(props: Partial<Props> = {}) {
	const chosen: (readonly [number, number])[] = [];
	let patch: Patch = () => undefined;
	const given: Props = {
		lines,
		steps: ['không có ngày', 'Q1', 'Q2'],
		values: [0, 10, 1, 4, 0, 5],
		range: null,
		ticks: [{ step: 1, text: '2021' }],
		legend: 'số dòng',
		write: String,
		label: 'đơn vị',
		onchoose: (line: number, step: number) => chosen.push([line, step]),
		onready: (ready: Patch) => {
			patch = ready;
		},
		...props
	};
	const screen = await render(Heat, { props: given });
	const { container } = screen;
	const cells = [...container.querySelectorAll<HTMLElement>('.cell button')];
	const fills = () => cells.map((cell) => Number(cell.style.getPropertyValue('--fill')));
	return { screen, given, container, cells, fills, chosen, patch: (values: number[]) => patch(values) };
}

describe('Heat', () => {
	it('fills cells in fifths of the largest, and says each in words', async () => {
		const { fills, cells } = await draw();
		// 10 is all of it; 1 the first fifth; 4 two fifths; 5 begins the third.
		expect(fills()).toEqual([0, 1, 0.2, 0.4, 0, 0.6]);
		const said = () => cells.map((cell) => cell.getAttribute('aria-label'));
		await expect
			.poll(said)
			.toEqual([
				'Sở A, không có ngày: 0',
				'Sở A, Q1: 10',
				'Sở A, Q2: 1',
				'Sở B, không có ngày: 4',
				'Sở B, Q1: 0',
				'Sở B, Q2: 5'
			]);
	});

	it('patches its cells on the scale that stands', async () => {
		const { fills, patch } = await draw();
		patch([2, 5, 0, 0, 0, 10]);
		expect(fills()).toEqual([0.2, 0.6, 0, 0, 0, 1]);
	});

	it('is walked by arrows with one stop for Tab, stays within its edges, and is chosen by Enter', async () => {
		const { cells, chosen } = await draw();
		const stops = () => cells.flatMap((cell, at) => (cell.tabIndex === 0 ? [at] : []));
		expect(stops()).toEqual([0]);
		cells[0]?.focus();
		await userEvent.keyboard('{ArrowLeft}{ArrowUp}');
		expect(document.activeElement).toBe(cells[0]);
		await userEvent.keyboard('{ArrowRight}{ArrowDown}');
		expect(document.activeElement).toBe(cells[4]);
		expect(stops()).toEqual([4]);
		await userEvent.keyboard('{End}{Enter}');
		await userEvent.keyboard('{Home} ');
		expect(chosen).toEqual([
			[1, 2],
			[1, 0]
		]);
	});

	it('makes pale what is not chosen, by line and by time', async () => {
		const { container, given, screen } = await draw({ range: { from: 2, to: 2 } });
		const pale = (name: string) => [...container.querySelectorAll(name)].map((one) => one.classList.contains('pale'));
		expect(pale('.cell')).toEqual([true, true, false, true, true, false]);
		await screen.rerender({
			...given,
			lines: lines.map((line, at) => ({ ...line, chosen: at === 1 })),
			range: null
		});
		expect(pale('[role=row]')).toEqual([true, false]);
	});

	const legend = (container: Element) =>
		[...container.querySelectorAll('.legend > *')].map((one) => one.textContent.replace(/\s+/g, ' ').trim());

	it('says below which numbers each shade stands for, whole numbers as whole numbers', async () => {
		const { container, screen, given } = await draw();
		// Fifths of 10, and rows without a day in a colour of their own.
		expect(legend(container)).toEqual(['số dòng:', '0', '≤ 2', '≤ 4', '≤ 6', '≤ 8', '≤ 10', 'không có ngày']);
		// Of 3 the fifths are 0.6, 1.2, 1.8, 2.4, 3: no whole number is in the first and the third.
		await screen.rerender({ ...given, values: [0, 3, 1, 2, 0, 0] });
		expect(legend(container)).toEqual(['số dòng:', '0', '≤ 1', '≤ 2', '≤ 3', 'không có ngày']);
		await screen.rerender({ ...given, values: [NaN, 0.5, 1, NaN, NaN, NaN] });
		expect(legend(container)).toEqual(['số dòng:', '–', '≤ 0.2', '≤ 0.4', '≤ 0.6', '≤ 0.8', '≤ 1', 'không có ngày']);
		await screen.rerender({ ...given, values: [0, 0, 0, 0, 0, 0] });
		expect(legend(container)).toEqual([]);
	});

	it('draws no place for rows without a day where every row has one, and no key leads there', async () => {
		const { container, cells } = await draw({ dated: true });
		expect(cells.map((cell) => cell.checkVisibility())).toEqual([false, true, true, false, true, true]);
		expect(legend(container)).not.toContain('không có ngày');
		expect(cells[1]?.tabIndex).toBe(0);
		cells[1]?.focus();
		await userEvent.keyboard('{ArrowLeft}');
		expect(document.activeElement).toBe(cells[1]);
		await userEvent.keyboard('{ArrowDown}{End}{Home}');
		expect(document.activeElement).toBe(cells[4]);
	});
});
