import { describe, expect, it } from 'vitest';
import { renderPlot } from './plot';
import { quickChart, quickPoints, type QuickRow } from './quick';

const options = {
	locale: 'vi',
	x: 'ngày',
	y: 'số',
	words: { estimated: 'ước tính', missing: 'không có số liệu' }
} as const;
const drawn = (rows: readonly QuickRow[], width = 760) => renderPlot(quickChart(rows, { ...options, width }));
const day = (text: string) => new Date(`${text}T00:00:00Z`);

describe('a quick chart', () => {
	it('joins days and numbers by a line from left to right, without those that have no value', () => {
		const rows = [
			{ x: day('2025-03-01'), y: 1234.5 },
			{ x: day('2025-01-01'), y: 2 },
			{ x: day('2025-02-01'), y: null },
			{ x: null, y: 4 }
		];
		expect(quickPoints(rows, options).map(({ text }) => text)).toEqual(['01/01/2025: 2', '01/03/2025: 1.234,5']);
		for (const width of [344, 760]) expect(drawn(rows, width)).toContain('aria-label="line"');
	});

	it('has a bar for each name, thirty at most', () => {
		const rows = Array.from({ length: 40 }, (_, n) => ({ x: n === 0 ? null : `Đơn vị ${n}`, y: 40 - n }));
		expect(quickPoints(rows, options)).toHaveLength(30);
		expect(quickPoints(rows, options)[0]?.text).toBe('không có số liệu: 40');
		expect(drawn(rows)).toContain('aria-label="bars"');
	});

	it('of nothing, of one row and of no values is still a chart', () => {
		expect(drawn([])).toContain('<svg');
		expect(drawn([{ x: 1, y: 2 }])).toContain('bars');
		expect(
			drawn([
				{ x: 1, y: null },
				{ x: 2, y: null }
			])
		).toContain('<svg');
		expect(drawn([{ x: true, y: NaN }])).toContain('<svg');
	});
});
