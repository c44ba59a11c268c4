import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { StripDot, StripGroup } from './mark';
import Strip from './Strip.svelte';

const dot = (id: string, value: number, about: { hollow?: boolean; own?: string } = {}) => ({
	id,
	value,
	hollow: false,
	...about
});

async function draw(groups: readonly StripGroup[]) {
	const props = {
		groups,
		label: 'vị trí',
		told: (id: string) => ({ text: `${id}: nói`, href: `#${id}` }),
		written: String,
		unit: 'sáng kiến',
		words: { chart: 'biểu đồ', instruction: 'phím mũi tên' }
	};
	const { container } = await render(Strip, { props });
	const path = (name: string) => container.querySelector(name)?.getAttribute('d') ?? '';
	const places = (name: string) =>
		[...path(name).matchAll(/M([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
	return { container, path, places };
}

const group = (dots: readonly StripDot[], about: Partial<StripGroup> = {}): StripGroup => ({
	id: 'g',
	label: 'Nhóm (N = 3)',
	dots,
	median: null,
	lower: null,
	upper: null,
	...about
});

describe('Strip', () => {
	it('places dots by value from end to end, zero as zero', async () => {
		const { places } = await draw([group([dot('a', 0), dot('b', 5), dot('c', 10)])]);
		// The axis ends on 0 and 10, two hundredths inside the drawing of 1000.
		expect(places('path.dot').map(([x]) => x)).toEqual([20, 500, 980]);
	});

	it('stacks equal values so that none hides another', async () => {
		const { places } = await draw([group([dot('a', 5), dot('b', 5), dot('c', 0)])]);
		const [, first, second] = places('path.dot');
		expect(first?.[0]).toBe(second?.[0]);
		expect(first?.[1]).not.toBe(second?.[1]);
	});

	it('draws quartiles and median where there are some, and none of a group without', async () => {
		const { container } = await draw([
			group([dot('a', 0), dot('b', 10)], { median: 5, lower: 2.5, upper: 7.5 }),
			group([dot('c', 5)], { id: 'h' })
		]);
		const [box] = container.querySelectorAll('rect.box');
		expect(container.querySelectorAll('rect.box')).toHaveLength(1);
		expect([box?.getAttribute('x'), box?.getAttribute('width')]).toEqual(['260', '480']);
		expect(container.querySelectorAll('line.median')).toHaveLength(1);
		expect(container.querySelector('line.median')?.getAttribute('x1')).toBe('500');
	});

	it('marks and names the reader’s unit, and holes what is estimated', async () => {
		const { container, places } = await draw([group([dot('a', 0, { hollow: true }), dot('b', 10, { own: 'Sở B' })])]);
		expect(container.querySelector('.mine')?.textContent).toBe('Sở B');
		expect(places('path.dot.own')).toHaveLength(1);
		expect(places('path.hole')).toHaveLength(1);
	});

	it('of no dots and of one value draws an axis and nothing wrong', async () => {
		expect((await draw([group([])])).path('path.dot')).toBe('');
		const { places, container } = await draw([group([dot('a', 7)])]);
		expect(places('path.dot')).toHaveLength(1);
		expect(container.innerHTML).not.toContain('NaN');
	});

	it('is walked by arrow keys from the lowest value up, and speaks each', async () => {
		const { container } = await draw([group([dot('high', 10), dot('low', 0)])]);
		const spoken = () => container.querySelector('[aria-live]')?.textContent;
		container.querySelector<HTMLElement>('[role=application]')?.focus();
		await userEvent.keyboard('{ArrowRight}');
		await expect.poll(spoken).toBe('low: nói');
		await userEvent.keyboard('{ArrowRight}');
		await expect.poll(spoken).toBe('high: nói');
		await userEvent.keyboard('{ArrowRight}{ArrowLeft}');
		await expect.poll(spoken).toBe('low: nói');
		await userEvent.keyboard('{Escape}');
		await expect.poll(spoken).toBe('');
	});

	it('leads where its mark leads on Enter', async () => {
		const { container } = await draw([group([dot('only', 1)])]);
		container.querySelector<HTMLElement>('[role=application]')?.focus();
		await userEvent.keyboard('{End}{Enter}');
		await expect.poll(() => location.hash).toBe('#only');
		history.replaceState(null, '', location.pathname + location.search);
	});
});
