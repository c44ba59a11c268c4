import type { ComponentProps } from 'svelte';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Sparkline from './Sparkline.svelte';

type Props = ComponentProps<typeof Sparkline>;

async function draw(props: Partial<Props>) {
	const given: Props = { points: [], domain: [2020, 2030], label: 'diễn biến', ...props };
	const { container } = await render(Sparkline, { props: given });
	const numbers = (element: Element | null | undefined) =>
		(element?.getAttribute('points') ?? '')
			.split(' ')
			.filter((pair) => pair !== '')
			.map((pair) => pair.split(',').map(Number));
	return {
		html: container.innerHTML,
		lines: [...container.querySelectorAll('.line')].map(numbers),
		path: numbers(container.querySelector('.path')),
		dots: [...container.querySelectorAll('.dot')],
		cuts: [...container.querySelectorAll('.cut')],
		target: container.querySelector('.target')
	};
}

const years = (values: readonly number[]) => values.map((value, index) => ({ time: 2020 + index, value }));

describe('Sparkline', () => {
	it('draws a line that ends in a filled dot, and the path to a hollow target', async () => {
		const { lines, dots, path, target } = await draw({
			points: years([20, 22, 27]),
			path: [
				{ time: 2020, value: 20 },
				{ time: 2030, value: 35 }
			]
		});
		expect(lines).toHaveLength(1);
		expect(lines[0]).toHaveLength(3);
		expect(dots).toHaveLength(1);
		expect(dots[0]?.classList.contains('hollow')).toBe(false);
		expect(Number(dots[0]?.getAttribute('cx'))).toBe(lines[0]?.[2]?.[0]);
		// The target is the highest value and the last time: upper right, 4 px from the edges.
		expect([Number(target?.getAttribute('cx')), Number(target?.getAttribute('cy'))]).toEqual([126, 4]);
		expect(path).toHaveLength(2);
	});

	it('interrupts the line at a break, and says so with a hairline', async () => {
		const { lines, cuts, dots } = await draw({ points: years([1, 2, 3, 9, 10]), breaks: [2022.5] });
		expect(lines.map((line) => line.length)).toEqual([3, 2]);
		expect(cuts).toHaveLength(1);
		expect(dots).toHaveLength(1);
	});

	it('draws a lone observation between breaks as a dot', async () => {
		const { lines, dots } = await draw({ points: years([1, 2, 3]), breaks: [2020.5, 2021.5] });
		expect(lines).toHaveLength(0);
		expect(dots).toHaveLength(3);
	});

	it('draws estimates hollow, and a provisional last figure', async () => {
		const { dots } = await draw({
			points: [
				{ time: 2021, value: 1, estimated: true },
				{ time: 2022, value: 2, provisional: true },
				{ time: 2023, value: 3 },
				{ time: 2024, value: 4, provisional: true }
			]
		});
		expect(dots.map((dot) => dot.classList.contains('hollow'))).toEqual([true, true]);
	});

	it('puts rank 1 at the top', async () => {
		const { lines } = await draw({ points: years([12, 1]), reversed: true });
		expect(lines[0]?.[0]?.[1]).toBe(30);
		expect(lines[0]?.[1]?.[1]).toBe(4);
	});

	it('draws only what lies inside its time', async () => {
		const { path, target, lines } = await draw({
			points: [{ time: 2015, value: 99 }, ...years([1, 2])],
			path: [
				{ time: 2015, value: 0 },
				{ time: 2035, value: 40 }
			]
		});
		expect(lines[0]).toHaveLength(2);
		expect(path.map(([x]) => x)).toEqual([4, 126]);
		expect(target).toBeNull();
	});

	it('never draws NaN', async () => {
		const cases: Partial<Props>[] = [
			{},
			{ points: years([5]) },
			{ points: years([5, 5, 5]) },
			{ points: years([NaN, 3, Infinity]) },
			{ path: [{ time: 2024, value: 1 }] },
			{ points: years([1, 2]), domain: [2020, 2020] },
			{ path: [{ time: Infinity, value: 1 }] }
		];
		for (const props of cases) expect((await draw(props)).html).not.toMatch(/NaN|Infinity/);
		expect((await draw({})).dots).toHaveLength(0);
		expect((await draw({ points: years([5]) })).dots).toHaveLength(1);
	});
});
