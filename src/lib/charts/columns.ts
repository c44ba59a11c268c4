/** Amounts of single periods: a column for each year, half-year, quarter or month. */
import { max, min, ticks, nice } from 'd3-array';
import type { Markish, PlotOptions } from '@observablehq/plot';
import { formatExact, formatNumber, formatPeriod, type Locale } from '../format';
import { plot, type ChartPoint } from './plot';
import { drawHairlines, shape, textWidth, widthOf, wrap, writeLabels, type Label, type Line } from './text';

/** One column. `period` is `2024`, `2024-H1`, `2024-Q3` or `2024-09`; a value that is not there leaves a gap. */
export interface Column {
	readonly period: string;
	readonly value: number | null;
	/** Not counted but estimated: drawn hollow. */
	readonly estimated: boolean;
	/** The period is not over yet: drawn hollow. */
	readonly partial: boolean;
}

/** The chart's words, in the reader's language. */
export interface ColumnsWords {
	readonly estimated: string;
	/** The period is not over, as `chưa hết kỳ`. */
	readonly partial: string;
}

/** How columns are drawn; `width` and `height` in CSS pixels. */
export interface ColumnsOptions {
	readonly width: number;
	readonly height?: number;
	readonly locale: Locale;
	readonly decimals: number;
	/** Unit of measure, written over the chart. */
	readonly unit: string;
	readonly words: ColumnsWords;
	/** What every period should reach, drawn as a line with its value and its word. */
	readonly target?: { readonly value: number; readonly label: string } | null;
}

const small = 11.5;
const soft = 'var(--soft)';
const ink = 'var(--ink)';

function valueOf(column: Column): number | null {
	return column.value !== null && Number.isFinite(column.value) ? column.value : null;
}

function kindOf(column: Column, words: ColumnsWords): string | null {
	if (column.partial) return words.partial;
	return column.estimated ? words.estimated : null;
}

/** What the arrow keys walk: the columns that have a value. */
export function columnsPoints(
	columns: readonly Column[],
	options: Pick<ColumnsOptions, 'locale' | 'decimals' | 'words'>
): ChartPoint[] {
	return columns.flatMap((column) => {
		const value = valueOf(column);
		if (value === null) return [];
		const number = `${formatPeriod(column.period, options.locale)}: ${formatNumber(value, options.decimals, options.locale)}`;
		const text = [number, kindOf(column, options.words)].filter((part) => part !== null).join(' · ');
		return [{ x: column.period, y: value, text }];
	});
}

/** The part of a period's name that changes inside a year: `III`, `09`, `6T đầu`; null for a year. */
function within(period: string, locale: Locale): string | null {
	const match = /^\d{4}-(.+)$/.exec(period);
	const [, step = ''] = match ?? [];
	if (!match) return null;
	if (step.startsWith('Q') && locale === 'vi') return ['I', 'II', 'III', 'IV'][Number(step.slice(1)) - 1] ?? step;
	return step.startsWith('H') && locale === 'vi' ? `6T ${step === 'H1' ? 'đầu' : 'cuối'}` : step;
}

/** Columns over periods, for Plot. Values stand over their columns when there is room, otherwise over the last and the largest. */
export function columnsChart(columns: readonly Column[], options: ColumnsOptions): PlotOptions {
	const { width, locale, decimals, words } = options;
	const height = options.height ?? (width < 480 ? 220 : 240);
	const target = options.target && Number.isFinite(options.target.value) ? options.target : null;
	const values = columns.map(valueOf);
	const all = [...values.filter((value) => value !== null), ...(target ? [target.value] : []), 0];
	const lowest = min(all) ?? 0;
	const highest = max(all) ?? 0;
	const [low, high] = lowest === highest ? [0, 1] : nice(lowest, highest, 4);
	const text = (value: number) => formatNumber(value, decimals, locale);

	const end: Line[] = target
		? [
				{ text: formatExact(target.value, decimals, locale), size: 13, strong: true, colour: ink },
				...wrap(target.label, width < 480 ? 70 : 96, small, 3).map((line) => ({
					text: line,
					size: small,
					colour: soft
				}))
			]
		: [];
	const marginTop = 44;
	const marginRight = target ? Math.ceil(widthOf(end) + 14) : 4;
	const right = width - marginRight;
	const periods = columns.map((column) => column.period);
	const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
	const widest = Math.max(0, ...known.map(({ value }) => textWidth(text(value), 12, true)));
	// Every column bears its number if the widest fits; otherwise there is an axis to read them from.
	const roomy = widest + 5 <= (right - 2) / Math.max(1, columns.length);
	const levels = ticks(low, high, 4);
	const left = roomy
		? 2
		: Math.ceil(Math.max(...levels.map((tick) => textWidth(formatExact(tick, 6, locale), 12))) + 8);
	const step = (right - left) / Math.max(1, columns.length);
	const thickness = Math.min(44, step * 0.72);
	const parts = periods.map((period) => within(period, locale));
	const tiered = parts.some((part) => part !== null);
	const partWidth = Math.max(0, ...parts.map((part) => textWidth(part ?? '', small)));
	const showParts = tiered && partWidth + 4 <= step;
	const marginBottom = showParts ? 40 : 24;
	const bottom = height - marginBottom;
	const y = (value: number) => bottom - ((value - low) / (high - low)) * (bottom - marginTop);
	const x = (index: number) => left + (index + 0.5) * step;

	const labels: Label[] = [{ x: 0, y: 9, anchor: 'start', lines: [{ text: options.unit, size: 12, colour: soft }] }];
	if (target) labels.push({ x: right + 8, y: y(target.value) + 7 * (end.length - 1), anchor: 'start', lines: end });

	const lastKnown = known.at(-1)?.index;
	const largest = known.reduce<(typeof known)[number] | null>(
		(best, one) => (best === null || one.value > best.value ? one : best),
		null
	)?.index;
	const clash = largest !== undefined && lastKnown !== undefined && (lastKnown - largest) * step < widest + 8;
	const numbered = (index: number) => roomy || index === lastKnown || (index === largest && !clash);

	/** The height above which nothing stands between two places, numbers included when asked for. */
	const skyline = (from: number, to: number, numbers: boolean) =>
		Math.min(
			bottom,
			...known
				.filter(({ index }) => x(index) + step / 2 > from && x(index) - step / 2 < to)
				.map(({ value, index }) => y(Math.max(0, value)) - (numbers && numbered(index) ? 18 : 0))
		);
	const leaders: { x: number; top: number; bottom: number }[] = [];
	const clear = (height: number) => (target && Math.abs(height - y(target.value)) < 9 ? y(target.value) - 10 : height);
	/** How high the number of a column stands, or would stand. */
	const overs = new Map<number, number>();
	for (const { value, index } of known) {
		const number: Line = { text: text(value), size: 12, strong: true, colour: ink };
		const half = widthOf([number]) / 2;
		const at = Math.min(Math.max(x(index), left + half), right - half);
		const foot = roomy || !numbered(index) ? y(value) : skyline(at - half, at + half, false);
		const over = clear(value < 0 ? y(value) + 11 : foot - 10);
		overs.set(index, numbered(index) ? over : over + 14);
		if (numbered(index)) labels.push({ x: at, y: over, anchor: 'middle', lines: [number] });
	}

	// Each kind of hollow column is named once, where the word stands nearest to its column; the last column names itself.
	for (const kind of [words.partial, words.estimated]) {
		const note: Line = { text: kind, size: small, colour: soft };
		const reach = widthOf([note]) / 2;
		const spots = known
			.filter(({ index }) => columns[index] && kindOf(columns[index], words) === kind)
			.map(({ index }) => {
				const at = Math.min(Math.max(x(index), reach), right - reach);
				const over = overs.get(index) ?? bottom;
				const above = clear(Math.min(skyline(at - reach, at + reach, true) - 9, over - 14));
				return { index, at, over, above, far: index === lastKnown ? 0 : over - above };
			});
		const spot = spots.reduce<(typeof spots)[number] | null>(
			(best, one) => (best === null || one.far < best.far ? one : best),
			null
		);
		if (!spot) continue;
		labels.push({ x: spot.at, y: spot.above, anchor: 'middle', lines: [note] });
		if (spot.over - spot.above > 24) leaders.push({ x: x(spot.index), top: spot.above + 8, bottom: spot.over - 8 });
	}

	// Years stand under the middle of what belongs to them, parts of a year under their column.
	const years = new Map<string, number[]>();
	periods.forEach((period, index) => {
		const year = period.slice(0, 4);
		years.set(year, [...(years.get(year) ?? []), index]);
	});
	const groups = [...years].map(([year, indexes]) => ({
		year,
		first: indexes[0] ?? 0,
		middle: ((indexes[0] ?? 0) + (indexes.at(-1) ?? 0)) / 2,
		room: indexes.length * step
	}));
	const every = Math.max(1, Math.ceil((textWidth('2026', 12) + 8) / Math.max(1, min(groups, ({ room }) => room) ?? 1)));
	const wide = groups.filter((group) => group.room >= textWidth('2026', 12));
	const shown =
		tiered && every > 1 && wide.length > 1 ? wide : groups.filter((_, i) => (groups.length - 1 - i) % every === 0);
	for (const { year, middle } of shown)
		labels.push({
			x: x(middle),
			y: bottom + (showParts ? 29 : 14),
			anchor: 'middle',
			lines: [{ text: year, size: 12, colour: soft }]
		});
	if (showParts)
		parts.forEach((part, index) => {
			if (part !== null)
				labels.push({
					x: x(index),
					y: bottom + 12,
					anchor: 'middle',
					lines: [{ text: part, size: small, colour: soft }]
				});
		});

	const Plot = plot();
	const marks: Markish[] = [
		roomy ? null : Plot.gridY(levels, { stroke: 'var(--hairline)', strokeOpacity: 1 }),
		roomy
			? null
			: Plot.axisY(levels, {
					tickFormat: (tick: number) => formatExact(tick, 6, locale),
					tickSize: 0,
					tickPadding: 6,
					label: null,
					color: soft,
					fontSize: 12
				}),
		drawHairlines(leaders),
		(_index, _scales, _values, _dimensions, context) => {
			const group = shape(context.document, 'g', { 'aria-label': 'columns' });
			for (const { value, index } of known) {
				const column = columns[index];
				const hollow = column !== undefined && (column.partial || column.estimated);
				const inset = hollow ? 0.75 : 0;
				const top = y(Math.max(0, value));
				const foot = y(Math.min(0, value));
				group.append(
					shape(context.document, 'rect', {
						x: Math.round((x(index) - thickness / 2 + inset) * 10) / 10,
						y: Math.round((top + inset) * 10) / 10,
						width: Math.round((thickness - 2 * inset) * 10) / 10,
						height: Math.max(0.5, Math.round((foot - top - 2 * inset) * 10) / 10),
						fill: hollow ? 'var(--paper)' : 'var(--series)',
						...(hollow ? { stroke: 'var(--series)', 'stroke-width': 1.5 } : {})
					})
				);
			}
			// Between the years, a short hairline under the axis.
			if (tiered)
				for (const { first } of groups.slice(1)) {
					const at = Math.round((left + first * step) * 10) / 10;
					group.append(
						shape(context.document, 'line', {
							x1: at,
							x2: at,
							y1: bottom,
							y2: height - 4,
							stroke: 'var(--unknown)',
							'stroke-width': 0.75
						})
					);
				}
			return group;
		},
		Plot.ruleY([0], { stroke: ink, strokeWidth: 1 }),
		target ? Plot.ruleY([target.value], { stroke: ink, strokeWidth: 1 }) : null,
		writeLabels(labels)
	];
	return {
		className: 'chart',
		width,
		height,
		marginTop,
		marginRight,
		marginBottom,
		marginLeft: left,
		style: { fontFamily: 'inherit', fontSize: '12px', color: ink, background: 'none', overflow: 'visible' },
		x: { type: 'band', domain: periods, padding: 0, round: false, axis: null },
		y: { type: 'linear', domain: [low, high], axis: null },
		marks
	};
}
