import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Multiple from './Multiple.svelte';

interface Course {
	readonly id: string;
	readonly points: readonly { readonly time: number; readonly value: number; readonly estimated: boolean }[];
}

const at = (time: number, value: number, estimated = false) => ({ time, value, estimated });

async function draw(courses: readonly Course[], chosen = 'a') {
	const { container } = await render(Multiple, {
		props: { courses, chosen, times: [2021, 2025] as const, values: [0, 10] as const, label: 'diễn biến' }
	});
	const line = (name: string) => container.querySelector(name)?.getAttribute('d');
	const circles = [...container.querySelectorAll('circle')].map((circle) => [
		Number(circle.getAttribute('cx')),
		Number(circle.getAttribute('cy'))
	]);
	return { container, line, circles };
}

describe('Multiple', () => {
	it('draws its own course over the others on the scale that is given', async () => {
		const { container, circles } = await draw([
			{ id: 'a', points: [at(2021, 0), at(2025, 10)] },
			{ id: 'b', points: [at(2021, 5), at(2022, 5)] }
		]);
		// 120 × 44 with 5 pixels around: zero stands on the ground at 39, ten at 5.
		expect(circles).toEqual([
			[5, 39],
			[115, 5]
		]);
		expect(container.querySelectorAll('path.other')).toHaveLength(1);
		expect(container.querySelector('path.other')?.getAttribute('d')).toBe('M5 22L32.5 22');
	});

	it('leaves a year without a figure as a gap', async () => {
		const { line } = await draw([{ id: 'a', points: [at(2021, 1), at(2022, 1), at(2024, 1)] }]);
		expect(line('path.own')?.match(/[ML]/g)?.join('')).toBe('MLM');
	});

	it('draws an estimate hollow', async () => {
		const { container } = await draw([{ id: 'a', points: [at(2021, 1, true), at(2022, 1)] }]);
		expect(container.querySelectorAll('circle.hollow')).toHaveLength(1);
	});

	it('of a unit without a figure shows the others only, and of nobody only the ground', async () => {
		const { circles, container } = await draw([
			{ id: 'a', points: [] },
			{ id: 'b', points: [at(2021, 1)] }
		]);
		expect(circles).toEqual([]);
		expect(container.querySelectorAll('path.other')).toHaveLength(1);
		expect((await draw([])).container.innerHTML).not.toContain('NaN');
	});
});
