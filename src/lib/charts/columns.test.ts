import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { columnsChart, columnsPoints, type Column, type ColumnsOptions } from './columns';
import { narrowWidth, renderPlot, standardWidth } from './plot';

const options: ColumnsOptions = {
	width: standardWidth,
	locale: 'vi',
	decimals: 0,
	unit: 'sáng kiến',
	words: { estimated: 'ước tính', partial: 'chưa hết kỳ' }
};

function column(period: string, value: number | null, kind: Partial<Column> = {}): Column {
	return { period, value, estimated: false, partial: false, ...kind };
}

const years = [column('2024', 500), column('2025', 1000), column('2026', 702, { partial: true })];
const quarters = Array.from({ length: 23 }, (_, index) =>
	column(`${2021 + Math.floor(index / 4)}-Q${(index % 4) + 1}`, index === 5 ? null : 1000 + index)
);

function draw(columns: readonly Column[], changes: Partial<ColumnsOptions> = {}) {
	const svg = renderPlot(columnsChart(columns, { ...options, ...changes }));
	const { document } = parseHTML(`<html><body>${svg}</body></html>`);
	return {
		svg,
		texts: [...document.querySelectorAll('text')].map((text) => text.textContent),
		bars: [...document.querySelectorAll('[aria-label="columns"] rect')].map((bar) => ({
			height: Number(bar.getAttribute('height')),
			hollow: bar.getAttribute('fill') === 'var(--paper)'
		}))
	};
}

describe('columnsChart', () => {
	it('draws columns in the proportion of their values, the unfinished one hollow and named', () => {
		const { bars, texts } = draw(years);
		expect((bars[1]?.height ?? NaN) / (bars[0]?.height ?? NaN)).toBeCloseTo(2, 1);
		expect(bars.map((bar) => bar.hollow)).toEqual([false, false, true]);
		expect(texts).toEqual(expect.arrayContaining(['500', '1.000', '702', 'chưa hết kỳ', '2024', '2025', '2026']));
	});

	it('leaves a gap where there is no value', () => {
		expect(draw(quarters).bars).toHaveLength(22);
	});

	it('writes every value where there is room, and an axis where there is not', () => {
		expect(draw(quarters, { width: 1100 }).texts).toEqual(expect.arrayContaining(['1.000', '1.010', '1.022', 'III']));
		const narrow = draw(quarters, { width: narrowWidth }).texts;
		expect(narrow).not.toContain('1.010');
		expect(narrow).toContain('1.022');
		expect(narrow).toContain('2026');
	});

	it('draws what every period should reach as a line with its value', () => {
		const { texts } = draw(years, { target: { value: 1000, label: 'mỗi năm' } });
		expect(texts).toContain('1.000mỗi năm');
	});

	it('draws nothing, zeros and negatives without NaN', () => {
		const cases = [[], [column('2024', 0)], [column('2024', null)], [column('2024', -5), column('2025', 5)]];
		for (const data of cases)
			for (const width of [standardWidth, narrowWidth]) expect(draw(data, { width }).svg).not.toMatch(/NaN|Infinity|⚠/);
	});
});

describe('columnsPoints', () => {
	it('walks the columns that have a value', () => {
		const points = columnsPoints([column('2025-Q4', null), column('2026-Q3', 702, { partial: true })], options);
		expect(points.map((point) => point.text)).toEqual(['quý III/2026: 702 · chưa hết kỳ']);
	});
});
