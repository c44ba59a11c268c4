/** A quick chart of any answer: bars where the first column is a name, a line where it is a day or a number. */
import type { PlotOptions } from '@observablehq/plot';
import { formatDate, formatExact, type Locale } from '../format';
import { breakdownChart, breakdownPoints } from './breakdown';
import { plot, type ChartPoint } from './plot';

/** One row: where it stands, and its value. */
export interface QuickRow {
	readonly x: string | number | Date | boolean | null;
	readonly y: number | null;
}

/** How it is drawn; `width` in CSS pixels. */
export interface QuickOptions {
	readonly width: number;
	readonly locale: Locale;
	/** Names of the columns. */
	readonly x: string;
	readonly y: string;
	readonly words: { readonly estimated: string; readonly missing: string };
}

/** How many bars there are at most. */
const mostBars = 30;

const decimalsOf = (rows: readonly QuickRow[]) => (rows.every(({ y }) => y === null || Number.isInteger(y)) ? 0 : 2);

/** Whether all places are days or all are numbers, so that a line may join them. */
function isContinuous(rows: readonly QuickRow[]): boolean {
	const known = rows.map(({ x }) => x).filter((x) => x !== null);
	return known.length > 1 && (known.every((x) => x instanceof Date) || known.every((x) => typeof x === 'number'));
}

/** The rows that a line joins, from left to right. */
function ordered(rows: readonly QuickRow[]): { x: number | Date; y: number }[] {
	return rows
		.flatMap(({ x, y }) =>
			(x instanceof Date || typeof x === 'number') && y !== null && Number.isFinite(y) ? [{ x, y }] : []
		)
		.sort((a, b) => Number(a.x) - Number(b.x));
}

const placed = (x: QuickRow['x'], locale: Locale, missing: string): string =>
	x === null
		? missing
		: x instanceof Date
			? formatDate(x, locale)
			: typeof x === 'number'
				? formatExact(x, 6, locale)
				: String(x);

function bars(rows: readonly QuickRow[], { locale, words }: Pick<QuickOptions, 'locale' | 'words'>) {
	return rows.slice(0, mostBars).map(({ x, y }, index) => ({
		id: String(index),
		label: placed(x, locale, words.missing),
		value: y,
		estimated: false
	}));
}

/** What the arrow keys walk. */
export function quickPoints(rows: readonly QuickRow[], options: Omit<QuickOptions, 'width'>): ChartPoint[] {
	if (!isContinuous(rows)) return breakdownPoints(bars(rows, options), { ...options, decimals: decimalsOf(rows) });
	return ordered(rows).map(({ x, y }) => ({
		x,
		y,
		text: `${placed(x, options.locale, '')}: ${formatExact(y, 6, options.locale)}`
	}));
}

/** The chart, for Plot. */
export function quickChart(rows: readonly QuickRow[], options: QuickOptions): PlotOptions {
	const { width, locale } = options;
	if (!isContinuous(rows)) return breakdownChart(bars(rows, options), { ...options, decimals: decimalsOf(rows) });
	const Plot = plot();
	const points = ordered(rows);
	const byDay = points[0]?.x instanceof Date;
	const number = (value: number) => formatExact(value, 6, locale);
	const common = { fontSize: 12, color: 'var(--soft)', tickSize: 0, label: null };
	return {
		className: 'chart',
		width,
		height: width < 480 ? 220 : 260,
		marginLeft: 72,
		marginRight: 16,
		marginTop: 28,
		style: { fontFamily: 'inherit', fontSize: '12px', color: 'var(--ink)', background: 'none', overflow: 'visible' },
		x: { type: byDay ? 'utc' : 'linear' },
		y: { nice: true, zero: points.every(({ y }) => y >= 0) },
		marks: [
			Plot.gridY({ stroke: 'var(--hairline)', strokeOpacity: 1 }),
			byDay
				? Plot.axisX({ ...common, ticks: width < 480 ? 4 : 7, tickFormat: (day: Date) => formatDate(day, locale) })
				: Plot.axisX({ ...common, ticks: width < 480 ? 4 : 8, tickFormat: number }),
			Plot.axisY({ ...common, ticks: 5, tickFormat: number }),
			Plot.text([options.y], { frameAnchor: 'top-left', dx: -68, dy: -22, fill: 'var(--soft)', fontSize: 12 }),
			Plot.lineY(points, { x: 'x', y: 'y', stroke: 'var(--series)', strokeWidth: 1.75 }),
			points.length <= 60 ? Plot.dot(points, { x: 'x', y: 'y', r: 2.5, fill: 'var(--series)' }) : null
		]
	};
}
