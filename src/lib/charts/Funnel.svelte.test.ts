import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Funnel as Limited } from '../model/funnel';
import Funnel from './Funnel.svelte';
import type { FunnelDot } from './mark';

async function draw(dots: readonly FunnelDot[]) {
	const funnel: Limited = { counting: 'binomial', centre: 0.5, dispersion: 1, widened: false, units: dots.length };
	const props = {
		funnel,
		dots,
		label: 'phễu',
		told: (id: string) => ({ text: `${id}: nói` }),
		written: (value: number) => value.toFixed(2),
		sized: String,
		axis: { x: 'số người', y: 'tỷ lệ', centre: 'cả nhóm' },
		words: { chart: 'biểu đồ', instruction: 'phím mũi tên' }
	};
	const { container } = await render(Funnel, { props });
	const places = (name: string) =>
		[...(container.querySelector(name)?.getAttribute('d') ?? '').matchAll(/M([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [
			Number(x),
			Number(y)
		]);
	/** The heights of the limits drawn first, at the smallest size, and last, at the largest. */
	const ends = (index: number) => {
		const numbers = [
			...(container.querySelectorAll('path.edge')[index]?.getAttribute('d') ?? '').matchAll(/[\d.]+ ([\d.]+)/g)
		];
		return [Number(numbers[0]?.[1]), Number(numbers.at(-1)?.[1])] as const;
	};
	return { container, places, ends };
}

const dots: readonly FunnelDot[] = [
	{ id: 'small', size: 10, value: 0.9, hollow: false, beyond: false },
	{ id: 'large', size: 1000, value: 0.6, hollow: true, beyond: true },
	{ id: 'mine', size: 100, value: 0.5, hollow: false, beyond: false, own: 'Sở A' }
];

describe('Funnel', () => {
	it('has limits that close in with size, the 99.8 % ones outside', async () => {
		const { ends } = await draw(dots);
		const [low998, high998, low95, high95] = [ends(0), ends(1), ends(2), ends(3)];
		// Down the screen heights grow: the low limits rise towards the centre, the high ones fall towards it.
		expect(low95[0]).toBeGreaterThan(low95[1]);
		expect(high95[0]).toBeLessThan(high95[1]);
		expect(low998[1]).toBeGreaterThan(low95[1]);
		expect(high998[1]).toBeLessThan(high95[1]);
	});

	it('stands sizes on a logarithm: from 10 to 100 is as far as from 100 to 1000', async () => {
		const { places } = await draw(dots);
		const [small] = places('path.within');
		const [mine] = places('path.dot.own');
		const large = places('path.dot:not(.within, .own, .hole)');
		expect(large).toHaveLength(1);
		expect((mine?.[0] ?? 0) - (small?.[0] ?? 0)).toBeCloseTo((large[0]?.[0] ?? 0) - (mine?.[0] ?? 0), 0);
	});

	it('puts a unit at the group’s figure on its line, names it, and holes an estimate', async () => {
		const { container, places } = await draw(dots);
		const centre = Number(container.querySelector('line.centre')?.getAttribute('y1'));
		expect(places('path.dot.own')[0]?.[1]).toBeCloseTo(centre, 0);
		expect(container.querySelector('.mine')?.textContent).toBe('Sở A');
		expect(places('path.dot.hole')).toHaveLength(1);
	});

	it('is walked from the smallest to the largest', async () => {
		const { container } = await draw(dots);
		const spoken = () => container.querySelector('[aria-live]')?.textContent;
		container.querySelector<HTMLElement>('[role=application]')?.focus();
		for (const id of ['small', 'mine', 'large']) {
			await userEvent.keyboard('{ArrowDown}');
			await expect.poll(spoken).toBe(`${id}: nói`);
		}
	});

	it('of one unit, and of units of one size, draws nothing wrong', async () => {
		for (const list of [dots.slice(0, 1), dots.map((one) => ({ ...one, size: 50 }))]) {
			const { container } = await draw(list);
			expect(container.innerHTML).not.toMatch(/NaN|Infinity/);
		}
	});
});
