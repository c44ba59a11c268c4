import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { RiverFlow, RiverUnit } from './mark';
import River from './River.svelte';

const unit = (id: string, from: number | null, to: number | null, own = false) => ({
	id,
	label: `Sở ${id}`,
	from,
	to,
	own,
	href: `#${id}`
});
const flow = (from: string, to: string, at: number, share = 1) => ({ from, to, at, share, text: `${from} → ${to}` });

async function draw(units: readonly RiverUnit[], flows: readonly RiverFlow[]) {
	const { container } = await render(River, {
		props: { units, flows, days: [{ at: 2025, text: '01/01/2025' }], label: 'dòng kế thừa' }
	});
	const bars = [...container.querySelectorAll('line.bar')].map((bar) =>
		['x1', 'x2', 'y1'].map((side) => Number(bar.getAttribute(side)))
	);
	return { container, bars };
}

describe('River', () => {
	it('draws a bar for each unit from its first day to its last, open ends to the edge', async () => {
		const { bars } = await draw([unit('A', null, 2025), unit('B', 2025, null)], [flow('A', 'B', 2025)]);
		// One event stands in the middle of the drawing of 1000.
		expect(bars).toEqual([
			[0, 500, 27],
			[500, 1000, 67]
		]);
	});

	it('keeps events in their order of time, one line for a day', async () => {
		const { container } = await draw(
			[unit('A', null, 2025), unit('B', null, 2025), unit('C', 2025, 2026), unit('D', 2026, null)],
			[flow('A', 'C', 2025), flow('B', 'C', 2025), flow('C', 'D', 2026)]
		);
		const days = [...container.querySelectorAll('line.day')].map((day) => Number(day.getAttribute('x1')));
		expect(days).toHaveLength(2);
		expect(days[0]).toBeLessThan(days[1] ?? NaN);
		expect(container.querySelectorAll('path.flow')).toHaveLength(3);
	});

	it('writes the day of an event under its line', async () => {
		const { container } = await draw([unit('A', null, 2025), unit('B', 2025, null)], [flow('A', 'B', 2025)]);
		const [day] = container.querySelectorAll('span');
		expect(day?.textContent).toBe('01/01/2025');
		expect(day?.style.left).toBe('50%');
	});

	it('dashes a part and says it, the whole it does not', async () => {
		const { container } = await draw(
			[unit('A', null, 2025), unit('B', 2025, null), unit('C', null, null)],
			[flow('A', 'B', 2025, 0.7), flow('A', 'C', 2025, 0.3)]
		);
		expect(container.querySelectorAll('path.part')).toHaveLength(2);
		expect(container.querySelector('path.part title')?.textContent).toBe('A → B');
		expect(
			(await draw([unit('A', null, 2025), unit('B', 2025, null)], [flow('A', 'B', 2025)])).container.querySelector(
				'.part'
			)
		).toBeNull();
	});

	it('names every unit with a way to it, and marks its own', async () => {
		const { container } = await draw([unit('A', null, 2025), unit('B', 2025, null, true)], [flow('A', 'B', 2025)]);
		expect([...container.querySelectorAll('a')].map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
			['Sở A', '#A'],
			['Sở B', '#B']
		]);
		expect(container.querySelector('a[aria-current]')?.textContent).toBe('Sở B');
	});

	it('draws a unit that ended and that nobody carries on', async () => {
		const { container, bars } = await draw([unit('A', null, 2025.5, true)], []);
		expect(bars).toEqual([[0, 500, 27]]);
		expect(container.innerHTML).not.toMatch(/NaN|Infinity/);
	});

	it('leaves out what goes to a unit that it does not know', async () => {
		const { container } = await draw([unit('A', null, 2025)], [flow('A', 'nobody', 2025)]);
		expect(container.querySelectorAll('path.flow')).toHaveLength(0);
		expect(container.innerHTML).not.toContain('NaN');
	});
});
