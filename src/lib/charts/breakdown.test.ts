import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { breakdownChart, breakdownPoints, rankRows, type BreakdownOptions, type BreakdownRow } from './breakdown';
import { narrowWidth, renderPlot, standardWidth } from './plot';

const options: BreakdownOptions = {
	width: standardWidth,
	locale: 'vi',
	decimals: 1,
	words: { estimated: 'ước tính', missing: 'không có số liệu' }
};

const rows: BreakdownRow[] = [
	{ id: 'a', label: 'Sở A', value: 10, estimated: false, share: 0.25 },
	{ id: 'b', label: 'Sở B', value: null, estimated: false },
	{ id: 'c', label: 'Sở C', value: 30, estimated: true, share: 0.75 },
	{ id: 'd', label: 'Sở D', value: 10, estimated: false }
];

function draw(data: readonly BreakdownRow[], changes: Partial<BreakdownOptions> = {}) {
	const svg = renderPlot(breakdownChart(data, { ...options, ...changes }));
	const { document } = parseHTML(`<html><body>${svg}</body></html>`);
	const texts = [...document.querySelectorAll('[aria-label="labels"] text')];
	const bars = [...document.querySelectorAll('[aria-label="bars"] rect')].map((bar) => ({
		x: Number(bar.getAttribute('x')),
		width: Number(bar.getAttribute('width')),
		hollow: bar.getAttribute('fill') === 'var(--paper)'
	}));
	return { svg, document, texts, bars };
}

describe('rankRows', () => {
	it('puts the best first, equals as they came, and what has no value last', () => {
		expect(rankRows(rows).map((row) => row.id)).toEqual(['c', 'a', 'd', 'b']);
		expect(rankRows(rows, true).map((row) => row.id)).toEqual(['a', 'd', 'c', 'b']);
	});

	it('takes what is not finite for missing', () => {
		const [row] = rankRows([{ id: 'a', label: 'A', value: NaN, estimated: false }]);
		expect(row?.value).toBeNull();
	});
});

describe('breakdownChart', () => {
	it('draws bars in the proportion of their values, estimates hollow', () => {
		const { bars } = draw(rows);
		expect(bars).toHaveLength(3);
		expect(bars.map((bar) => bar.hollow)).toEqual([true, false, false]);
		expect((bars[0]?.width ?? NaN) / (bars[1]?.width ?? NaN)).toBeCloseTo(3, 1);
	});

	it('writes each value behind its bar', () => {
		const words = draw(rows).texts.map((text) => text.textContent);
		expect(words).toEqual(
			expect.arrayContaining(['Sở C', '30,0', '75,0% · ước tính', '10,0', '25,0%', 'Sở B', 'không có số liệu'])
		);
	});

	it('marks the chosen unit by weight and not by colour alone', () => {
		const { texts } = draw(rows, { chosen: 'a' });
		const weight = (label: string) =>
			texts
				.find((text) => text.textContent === label)
				?.querySelector('tspan')
				?.getAttribute('font-weight');
		expect(weight('Sở A')).toBe('600');
		expect(weight('Sở C')).toBe('400');
	});

	it('keeps the full name of a unit whose name had to be shortened', () => {
		const label = 'Liên hiệp các hội khoa học và kỹ thuật tỉnh Thái Nguyên khóa VI nhiệm kỳ 2025–2030';
		const { document } = draw([{ id: 'a', label, value: 1, estimated: false }], { width: narrowWidth });
		expect(document.querySelector('title')?.textContent).toBe(label);
		expect(document.querySelector('text')?.querySelectorAll('tspan')).toHaveLength(2);
	});

	it('runs bars of negative values to the left of zero', () => {
		const { bars } = draw([
			{ id: 'a', label: 'A', value: 12, estimated: false },
			{ id: 'b', label: 'B', value: -3, estimated: false }
		]);
		const [up, down] = bars;
		expect((down?.x ?? NaN) + (down?.width ?? NaN)).toBeCloseTo(up?.x ?? NaN, 0);
	});

	it('draws thirty rows, no rows and rows of zero without NaN', () => {
		const many = Array.from({ length: 30 }, (_, index) => ({
			id: `u${index}`,
			label: `Chi bộ ${index}`,
			value: 30 - index,
			estimated: false
		}));
		const cases: BreakdownRow[][] = [
			many,
			[],
			rows.map((row) => ({ ...row, value: 0 })),
			rows.map((row) => ({ ...row, value: null }))
		];
		for (const data of cases)
			for (const width of [standardWidth, narrowWidth, 100])
				expect(draw(data, { width }).svg).not.toMatch(/NaN|Infinity|⚠/);
		expect(draw(many).bars).toHaveLength(30);
	});
});

describe('breakdownPoints', () => {
	it('says what each row says', () => {
		expect(breakdownPoints(rows, options).map((point) => point.text)).toEqual([
			'Sở C: 30,0 · 75,0% · ước tính',
			'Sở A: 10,0 · 25,0%',
			'Sở D: 10,0',
			'Sở B: không có số liệu'
		]);
	});
});
