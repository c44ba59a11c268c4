import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { dateOf } from '../model/progress';
import { narrowWidth, renderPlot, standardWidth } from './plot';
import { trendChart, trendPoints, type TrendData, type TrendPoint, type TrendWords } from './trend';

const words: TrendWords = {
	path: 'cần đạt',
	projection: 'dự báo 2030',
	provisional: 'sơ bộ',
	estimated: 'ước tính',
	partial: 'chưa hết kỳ',
	boundary: 'đổi địa giới',
	method: 'đổi cách tính'
};

function figure(time: number, value: number, kind: Partial<TrendPoint> = {}): TrendPoint {
	return { date: dateOf(time), value, provisional: false, estimated: false, partial: false, ...kind };
}

function segment(points: TrendPoint[], label = '', boundary = 'TN-new', method = 'official') {
	return { boundary, method, label, points };
}

const empty: TrendData = {
	segments: [],
	path: [],
	target: null,
	projection: null,
	events: [],
	reversed: false,
	decimals: 1,
	unit: '% GRDP'
};

const full: TrendData = {
	...empty,
	segments: [
		segment([figure(2020, 20), figure(2021, 21), figure(2022, 23)], 'địa giới cũ', 'TN-old'),
		segment([figure(2024, 26), figure(2025, 27.5, { provisional: true })], 'địa giới mới')
	],
	path: [
		{ date: dateOf(2020), value: 20 },
		{ date: dateOf(2030), value: 35 }
	],
	target: { date: dateOf(2030), value: 35, upper: null, label: 'mục tiêu 2030' },
	projection: { date: dateOf(2030), value: 33.1, low: 31, high: 35.2 }
};

function draw(data: TrendData, width = standardWidth, locale: 'vi' | 'en' = 'vi') {
	const svg = renderPlot(trendChart(data, { width, locale, words }));
	const { document } = parseHTML(`<html><body>${svg}</body></html>`);
	const texts = [...document.querySelectorAll('text')].map((text) =>
		[...text.childNodes].map((part) => part.textContent).join(' ')
	);
	const lines = (name: string) =>
		[...document.querySelectorAll(`.${name} path`)].map((path) =>
			[...(path.getAttribute('d') ?? '').matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)])
		);
	const circles = (name: string) =>
		[...document.querySelectorAll(`.${name} circle`)].map((circle) => ({
			x: Number(circle.getAttribute('cx')),
			y: Number(circle.getAttribute('cy'))
		}));
	return { svg, document, texts, lines, circles };
}

describe('trendChart', () => {
	it('draws whatever it is given without NaN and without a warning of Plot', () => {
		const cases: TrendData[] = [
			empty,
			full,
			{ ...empty, events: [{ date: dateOf(2024), label: 'Hợp nhất' }] },
			{ ...empty, target: full.target },
			{ ...empty, segments: [segment([figure(2024, 1.3)])] },
			{ ...empty, segments: [segment([figure(2024, 0), figure(2025, 0)])] },
			{ ...empty, segments: [segment([figure(2024, NaN), figure(2025, Infinity)])] },
			{ ...empty, segments: [segment([figure(2024, -3), figure(2025, 4)])], reversed: true },
			{ ...full, target: { date: dateOf(2030), value: 60, upper: 62, label: 'mục tiêu 2030' } },
			{ ...full, projection: { date: dateOf(2030), value: 33, low: -1e6, high: 1e6 } },
			{ ...full, projection: { date: dateOf(2030), value: 33, low: NaN, high: NaN } },
			{ ...full, target: { date: dateOf(Infinity), value: 35, upper: null, label: '' } },
			{ ...full, reversed: true, decimals: 0 }
		];
		for (const data of cases) {
			for (const width of [standardWidth, narrowWidth, 120]) {
				const { svg } = draw(data, width);
				expect(svg).not.toMatch(/NaN|Infinity|undefined|⚠/);
			}
		}
	});

	it('never joins figures of unlike boundaries', () => {
		const { lines, texts } = draw(full);
		const joined = lines('segment');
		expect(joined.map((line) => line.length)).toEqual([3, 2]);
		const [before, after] = joined;
		const end = before?.at(-1)?.[0] ?? NaN;
		const start = after?.[0]?.[0] ?? NaN;
		expect(end).toBeLessThan(start);
		expect(texts).toContain('đổi địa giới');
		expect(texts).toContain('địa giới cũ');
		expect(texts).toContain('địa giới mới');
	});

	it('puts the hairline of a break into the gap, at the succession that caused it', () => {
		const day = new Date('2024-07-01');
		const { document, lines, texts } = draw({ ...full, events: [{ date: day, label: 'Hợp nhất tỉnh' }] });
		expect(texts).toContain('đổi địa giới: Hợp nhất tỉnh');
		const hairlines = [...document.querySelectorAll('[aria-label="hairlines"] line')];
		expect(hairlines).toHaveLength(1);
		const at = Number(hairlines[0]?.getAttribute('x1'));
		const [before, after] = lines('segment');
		const end = before?.at(-1)?.[0] ?? NaN;
		const start = after?.[0]?.[0] ?? NaN;
		expect(at).toBeGreaterThan(end);
		// From 31/12/2022 to 31/12/2024 there are 731 days, 548 of them up to 1/7/2024.
		expect((at - end) / (start - end)).toBeCloseTo(548 / 731, 2);
	});

	it('names both reasons when boundary and method change together, and the method alone when it alone does', () => {
		const old = segment([figure(2020, 1), figure(2021, 2)], 'a', 'TN-old', 'mic');
		expect(draw({ ...empty, segments: [old, segment([figure(2024, 1)], 'b')] }).texts).toContain(
			'đổi địa giới, đổi cách tính'
		);
		expect(draw({ ...empty, segments: [old, segment([figure(2024, 1)], 'b', 'TN-old')] }).texts).toContain(
			'đổi cách tính'
		);
	});

	it('draws what is not final as a hollow mark', () => {
		const kinds = ['provisional', 'estimated', 'partial'] as const;
		const points = [figure(2020, 1), ...kinds.map((kind, index) => figure(2021 + index, 2 + index, { [kind]: true }))];
		const { circles, texts } = draw({ ...empty, segments: [segment(points)] });
		expect(circles('hollow')).toHaveLength(3);
		expect(circles('points')).toHaveLength(1);
		expect(texts).toContain('4,0 chưa hết kỳ');
		expect(texts).toContain('sơ bộ');
		expect(texts).toContain('ước tính');
	});

	it('labels the target, the projection with its interval and the last figure where they stand', () => {
		const { texts } = draw(full);
		expect(texts).toContain('35 mục tiêu 2030');
		expect(texts).toContain('33,1 dự báo 2030 31,0 – 35,2');
		expect(texts).toContain('27,5 sơ bộ');
		expect(draw(full, standardWidth, 'en').texts).toContain('33.1 dự báo 2030 31.0 – 35.2');
	});

	it('starts the projection at the last figure', () => {
		const { lines, circles } = draw(full);
		const [start, end] = lines('projection')[0] ?? [];
		const last = circles('hollow')[0];
		expect(start?.[0]).toBeCloseTo(last?.x ?? NaN, 2);
		expect(start?.[1]).toBeCloseTo(last?.y ?? NaN, 2);
		expect(end?.[0]).toBeGreaterThan(start?.[0] ?? NaN);
	});

	it('reads ranks from 1 at the top, without a rank 0', () => {
		const data: TrendData = {
			...empty,
			segments: [segment([figure(2020, 12), figure(2021, 8), figure(2022, 3)])],
			reversed: true,
			decimals: 0,
			unit: 'hạng'
		};
		const { circles, document } = draw(data);
		const [twelfth, eighth, third] = circles('points');
		expect(twelfth?.y).toBeGreaterThan(eighth?.y ?? NaN);
		expect(eighth?.y).toBeGreaterThan(third?.y ?? NaN);
		const ticks = [...document.querySelectorAll('[aria-label="y-axis tick label"] text')].map(
			(tick) => tick.textContent
		);
		expect(ticks).toContain('1');
		expect(ticks).not.toContain('0');
	});

	it('writes its ticks as the reader does', () => {
		const data: TrendData = {
			...empty,
			segments: [segment([figure(2020, 1234), figure(2021, 1236)])]
		};
		const ticks = (locale: 'vi' | 'en') =>
			[...draw(data, standardWidth, locale).document.querySelectorAll('[aria-label="y-axis tick label"] text')].map(
				(tick) => tick.textContent
			);
		expect(ticks('vi')).toContain('1.234,5');
		expect(ticks('en')).toContain('1,234.5');
		expect(ticks('vi').join()).not.toMatch(/\d,\d{3}/);
	});

	it('stands the figure of a year over the label of that year', () => {
		const { document, circles } = draw(full);
		const labels = [...document.querySelectorAll('[aria-label="x-axis tick label"] text')];
		const at = (year: string) =>
			Number(
				/\(([\d.]+),/.exec(labels.find((label) => label.textContent === year)?.getAttribute('transform') ?? '')?.[1]
			);
		expect(circles('points')[0]?.x).toBeCloseTo(at('2020'), 5);
		expect(labels.at(-1)?.textContent).toBe('2030');
	});

	it('leaves no words on top of one another, on a page and on a phone', () => {
		for (const width of [standardWidth, narrowWidth]) {
			const spans = [...draw(full, width).document.querySelectorAll('[aria-label="labels"] tspan')].map((span) => {
				const anchor = span.parentElement?.getAttribute('text-anchor');
				const size = Number(span.getAttribute('font-size'));
				// A narrow estimate of the width, by half the font size a letter.
				const extent = (span.textContent?.length ?? 0) * size * 0.5;
				const x = Number(span.getAttribute('x')) - (anchor === 'end' ? extent : anchor === 'middle' ? extent / 2 : 0);
				const y = Number(span.getAttribute('y'));
				return { left: x, right: x + extent, top: y - size * 0.7, bottom: y };
			});
			for (const [index, a] of spans.entries()) {
				for (const b of spans.slice(index + 1)) {
					const clash = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
					expect(clash).toBe(false);
				}
				expect(a.left).toBeGreaterThanOrEqual(0);
				expect(a.right).toBeLessThanOrEqual(width);
			}
		}
	});

	it('gives the same drawing every time', () => {
		expect(draw(full).svg).toBe(draw(full).svg);
	});
});

describe('trendPoints', () => {
	it('walks the figures in the order of time, then the projection and the target', () => {
		expect(trendPoints(full, { locale: 'vi', words }).map((point) => point.text)).toEqual([
			'2020: 20,0 · địa giới cũ',
			'2021: 21,0 · địa giới cũ',
			'2022: 23,0 · địa giới cũ',
			'2024: 26,0 · địa giới mới',
			'2025: 27,5 · sơ bộ · địa giới mới',
			'dự báo 2030: 33,1 (31,0 – 35,2)',
			'mục tiêu 2030: 35'
		]);
	});

	it('names quarters and months by the day on which they end', () => {
		const data = { ...empty, segments: [segment([figure(2024.75, 1), figure(2025, 2), figure(2025 + 1 / 12, 3)])] };
		expect(trendPoints(data, { locale: 'vi', words }).map((point) => point.text)).toEqual([
			'quý III/2025: 1,0',
			'quý IV/2025: 2,0',
			'01/2026: 3,0'
		]);
	});
});
