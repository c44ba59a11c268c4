import type { ComponentProps } from 'svelte';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Quartile from './Quartile.svelte';

async function draw(props: Partial<ComponentProps<typeof Quartile>>) {
	const { container } = await render(Quartile, {
		props: { value: null, lower: null, median: null, upper: null, label: 'vị trí trong nhóm', ...props }
	});
	const number = (name: string, side: string) => Number(container.querySelector(name)?.getAttribute(side) ?? NaN);
	return { container, number };
}

describe('Quartile', () => {
	it('places value, median and quartiles on one scale from 0', async () => {
		const { number } = await draw({ value: 10, lower: 2, median: 4, upper: 6 });
		// 0 and 10 lie 6 pixels within 110.
		expect(number('circle', 'cx')).toBeCloseTo(104, 9);
		expect(number('rect', 'x')).toBeCloseTo(6 + 0.2 * 98, 9);
		expect(number('rect', 'width')).toBeCloseTo(0.4 * 98, 9);
		expect(number('line.median', 'x1')).toBeCloseTo(6 + 0.4 * 98, 9);
	});

	it('draws a true zero, and no dot where nothing is known', async () => {
		expect((await draw({ value: 0, lower: 2, median: 4, upper: 6 })).number('circle', 'cx')).toBeCloseTo(6, 9);
		const { container } = await draw({ value: null, lower: 2, median: 4, upper: 6 });
		expect(container.querySelector('circle')).toBeNull();
		expect(container.querySelector('rect')).not.toBeNull();
	});

	it('draws an estimate hollow, and a group of one value as a line', async () => {
		const { container, number } = await draw({ value: 3, hollow: true, lower: 3, median: 3, upper: 3 });
		expect(container.querySelector('circle.hollow')).not.toBeNull();
		expect(number('rect', 'width')).toBe(1);
	});

	it('of nothing is a base line with its label', async () => {
		const { container } = await draw({});
		expect(container.querySelectorAll('circle, rect, .median')).toHaveLength(0);
		expect(container.querySelector('svg')?.getAttribute('aria-label')).toBe('vị trí trong nhóm');
		expect(container.innerHTML).not.toContain('NaN');
	});
});
