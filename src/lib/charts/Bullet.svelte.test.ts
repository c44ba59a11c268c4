import type { ComponentProps } from 'svelte';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Bullet from './Bullet.svelte';

type Props = ComponentProps<typeof Bullet>;

/** Places are from 0, the left end of the drawing, to 1, its right end. */
async function draw(props: Partial<Props>) {
	const given: Props = { value: null, target: null, status: 'on_pace', label: 'thực hiện', width: 103, ...props };
	const { container } = await render(Bullet, { props: given });
	const at = (element: Element | null, name: string) => {
		const value = element?.getAttribute(name);
		return value === null || value === undefined ? null : Number(value);
	};
	const place = (x: number | null) => (x === null ? null : Math.round((x - 1.5) * 10) / 1000);
	const bar = container.querySelector('.bar');
	const left = at(bar, 'x');
	const width = at(bar, 'width');
	return {
		html: container.innerHTML,
		bar: bar && { from: place(left), to: place((left ?? NaN) + (width ?? NaN)) },
		needed: place(at(container.querySelector('.needed'), 'x1')),
		targets: [...container.querySelectorAll('.target')].map((line) => place(at(line, 'x1'))),
		origin: place(at(container.querySelector('.origin'), 'x1')),
		band: container.querySelector('.band')
	};
}

describe('Bullet', () => {
	it('measures from the base to the target', async () => {
		// From 20 to 35: 27.5 is half of the way, 24.5 is 30 % of it.
		const { bar, needed, targets } = await draw({ value: 24.5, requiredNow: 27.5, target: 35, base: 20 });
		expect(bar).toEqual({ from: 0, to: 0.3 });
		expect(needed).toBe(0.5);
		expect(targets).toEqual([1]);
	});

	it('measures from zero without a base', async () => {
		const { bar, targets } = await draw({ value: 20, target: 80 });
		expect(bar).toEqual({ from: 0, to: 0.25 });
		expect(targets).toEqual([1]);
	});

	it('overshoots a target that is surpassed', async () => {
		const { bar, targets } = await draw({ value: 40, target: 30, base: 20 });
		expect(bar).toEqual({ from: 0, to: 1 });
		expect(targets).toEqual([0.5]);
	});

	it('runs left of the base when things went backwards', async () => {
		const { bar, origin, targets } = await draw({ value: 10, target: 40, base: 20, status: 'backwards' });
		expect(origin).toBe(0.333);
		expect(bar).toEqual({ from: 0, to: 0.333 });
		expect(targets).toEqual([1]);
	});

	it('lets progress run to the right when falling is better', async () => {
		const { bar, needed, targets } = await draw({ value: 3, requiredNow: 2, target: 1, base: 5, reversed: true });
		expect(bar).toEqual({ from: 0, to: 0.5 });
		expect(needed).toBe(0.75);
		expect(targets).toEqual([1]);
	});

	it('lets a better rank reach further, with and without a base', async () => {
		const { bar, targets } = await draw({ value: 8, target: 10, base: 12, reversed: true, status: 'met' });
		expect(bar).toEqual({ from: 0, to: 1 });
		expect(targets).toEqual([0.5]);
		const alone = await draw({ value: 12, target: 10, reversed: true });
		expect(alone.bar?.to).toBeGreaterThan(0);
		expect(alone.bar?.to).toBeLessThan(1);
		expect(alone.targets).toEqual([1]);
	});

	it('draws a range as a band between two ticks', async () => {
		const { band, targets } = await draw({ value: 57, target: 60, upper: 62, base: 52 });
		expect(band).not.toBeNull();
		expect(targets).toEqual([0.8, 1]);
	});

	it('draws a target below zero, and zero itself when a value is on the wrong side of it', async () => {
		const { bar, origin } = await draw({ value: -2, target: 4 });
		expect(origin).toBe(0.333);
		expect(bar).toEqual({ from: 0, to: 0.333 });
		expect((await draw({ value: -2, target: -4, base: 0, reversed: true })).bar).toEqual({ from: 0, to: 0.5 });
	});

	it('keeps a level that is to be held in sight', async () => {
		const { bar, targets } = await draw({ value: 97, requiredNow: 100, target: 100, base: 100 });
		expect(bar).toEqual({ from: 0, to: 0.97 });
		expect(targets).toEqual([1]);
	});

	it('draws no bar without a value, and nothing but the track without a target', async () => {
		const unknown = await draw({ requiredNow: 27.5, target: 35, base: 20, status: 'unknown' });
		expect(unknown.bar).toBeNull();
		expect(unknown.needed).toBe(0.5);
		const aimless = await draw({ value: 3, requiredNow: 2 });
		expect(aimless.bar).toBeNull();
		expect(aimless.needed).toBeNull();
		expect(aimless.targets).toEqual([]);
	});

	it('never draws NaN', async () => {
		const numbers = [null, 0, -1, 5, NaN, Infinity];
		for (const value of numbers)
			for (const target of numbers)
				for (const base of [null, 0, 5])
					for (const reversed of [false, true]) {
						const { html } = await draw({ value, target, base, requiredNow: value, upper: target, reversed });
						expect(html).not.toMatch(/NaN|Infinity|="-\d/);
					}
	});

	it('takes the colour of its status', async () => {
		expect((await draw({ value: 1, target: 2, status: 'slow' })).html).toContain('var(--slow)');
	});
});
