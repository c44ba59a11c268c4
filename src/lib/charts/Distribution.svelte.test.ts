import type { ComponentProps } from 'svelte';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Distribution from './Distribution.svelte';

type Props = ComponentProps<typeof Distribution>;

const barsOf = (...counts: number[]) => counts.map((count) => ({ count, title: `${count} dòng` }));

async function draw(props: Partial<Props>) {
	const given: Props = { bars: [], label: 'phân bố', width: 100, height: 21, ...props };
	const { container } = await render(Distribution, { props: given });
	const numbers = (name: string) =>
		[...container.querySelectorAll(name)].map((bar) =>
			['x', 'y', 'width', 'height'].map((side) => Number(bar.getAttribute(side)))
		);
	return { container, html: container.innerHTML, bars: numbers('.bar'), apart: numbers('.apart') };
}

describe('Distribution', () => {
	it('draws bars from a common ground, the largest over the whole height', async () => {
		const { bars } = await draw({ bars: barsOf(10, 5, 0) });
		// One pixel of the 21 is the axis; the ground lies at 20.
		expect(bars.map(([, y, , height]) => [y, height])).toEqual([
			[0, 20],
			[10, 10],
			[20, 0]
		]);
	});

	it('shows a lone value beside a million others', async () => {
		const { bars } = await draw({ bars: barsOf(1_000_000, 0, 1) });
		expect(bars.map(([, , , height]) => height)).toEqual([20, 0, 1]);
	});

	it('fills its width with many bins and never goes beyond it', async () => {
		const { bars } = await draw({ bars: barsOf(...Array.from({ length: 24 }, (_, index) => index + 1)) });
		const [x = 0, , width = 0] = bars.at(-1) ?? [];
		expect(x + width).toBeGreaterThan(99);
		expect(x + width).toBeLessThanOrEqual(100);
	});

	it('leaves room between single values and none to speak of between bins', async () => {
		const room = ([first = [], second = []]: number[][]) => (second[0] ?? 0) - (first[0] ?? 0) - (first[2] ?? 0);
		expect(room((await draw({ bars: barsOf(1, 2), kind: 'values' })).bars)).toBeCloseTo(3, 5);
		expect(room((await draw({ bars: barsOf(1, 2), kind: 'bins' })).bars)).toBeCloseTo(0.5, 5);
	});

	it('puts what has no place on the axis to the left, on the same scale', async () => {
		const { bars, apart } = await draw({ bars: barsOf(10, 10), apart: barsOf(5) });
		expect(apart).toEqual([[0, 10, 5, 10]]);
		expect(bars[0]?.[0]).toBeGreaterThan(5);
	});

	it('says what it shows, as a whole and bar by bar', async () => {
		const { container } = await draw({
			bars: [{ count: 3, title: 'năm 2024: 3 dòng', rest: true }],
			label: 'Năm: 3 giá trị'
		});
		expect(container.querySelector('svg')?.getAttribute('role')).toBe('img');
		expect(container.querySelector('svg')?.getAttribute('aria-label')).toBe('Năm: 3 giá trị');
		expect(container.querySelector('.bar.rest title')?.textContent).toBe('năm 2024: 3 dòng');
	});

	it('never draws NaN', async () => {
		const cases: Partial<Props>[] = [
			{},
			{ bars: barsOf(0) },
			{ bars: barsOf(0, 0), apart: barsOf(0) },
			{ bars: [NaN, Infinity, -3].map((count) => ({ count, title: 'x' })) },
			{ apart: barsOf(4) }
		];
		for (const props of cases) expect((await draw(props)).html).not.toMatch(/NaN|Infinity/);
	});
});
