/** Units, or other parts, side by side: ranked bars, each with its name before it and its value behind it. */
import type { Markish, PlotOptions } from '@observablehq/plot';
import { formatNumber, formatShare, missing, type Locale } from '../format';
import { plot, type ChartPoint } from './plot';
import { shape, textWidth, wrap, writeLabels, type Label, type Line } from './text';

/** One bar. `value` in the unit of the indicator, null when there is none; `share` of the whole, a share of one. */
export interface BreakdownRow {
	readonly id: string;
	readonly label: string;
	readonly value: number | null;
	/** Not counted but estimated: drawn hollow. */
	readonly estimated: boolean;
	readonly share?: number;
}

/** The chart's words, in the reader's language. */
export interface BreakdownWords {
	/** Behind the value of a hollow bar, as `ước tính`. */
	readonly estimated: string;
	/** In place of a value that is not there, as `không có số liệu`. */
	readonly missing: string;
}

/** How a breakdown is drawn; `width` in CSS pixels, the height follows from the rows. */
export interface BreakdownOptions {
	readonly width: number;
	readonly locale: Locale;
	readonly decimals: number;
	readonly words: BreakdownWords;
	/** The unit that is marked among the others. */
	readonly chosen?: string | null;
	/** Smaller is better and stands first. */
	readonly reversed?: boolean;
}

const size = 13;
const small = 12;

/** Rows as they are drawn: the best first, those without a value last, equals in the order given. */
export function rankRows(rows: readonly BreakdownRow[], reversed = false): BreakdownRow[] {
	const known = (row: BreakdownRow) => row.value !== null && Number.isFinite(row.value);
	const sign = reversed ? 1 : -1;
	return [
		...rows.filter(known).sort((a, b) => sign * ((a.value ?? 0) - (b.value ?? 0))),
		...rows.filter((row) => !known(row)).map((row) => ({ ...row, value: null }))
	];
}

function written(row: BreakdownRow, options: Pick<BreakdownOptions, 'locale' | 'decimals' | 'words'>): string[] {
	if (row.value === null) return [missing, options.words.missing];
	const rest: string[] = [];
	if (row.share !== undefined) rest.push(formatShare(row.share, options.locale));
	if (row.estimated) rest.push(options.words.estimated);
	return [formatNumber(row.value, options.decimals, options.locale), rest.join(' · ')];
}

/** What the arrow keys walk in a breakdown: the rows from the first to the last. */
export function breakdownPoints(
	rows: readonly BreakdownRow[],
	options: Pick<BreakdownOptions, 'locale' | 'decimals' | 'words' | 'reversed'>
): ChartPoint[] {
	return rankRows(rows, options.reversed).map((row) => ({
		x: row.value ?? 0,
		y: row.id,
		text: `${row.label}: ${written(row, options)
			.filter((part) => part !== '' && (row.value !== null || part !== missing))
			.join(' · ')}`
	}));
}

/** Ranked horizontal bars, for Plot: made for up to thirty rows. Names too long for the margin are broken, and then shortened. */
export function breakdownChart(rows: readonly BreakdownRow[], options: BreakdownOptions): PlotOptions {
	const { width, chosen } = options;
	const ranked = rankRows(rows, options.reversed);
	const widest = width * (width < 480 ? 0.44 : 0.38);
	const names = ranked.map((row) => wrap(row.label, widest, size, 2, row.id === chosen));
	const nameWidth = Math.max(0, ...names.flatMap((lines) => lines.map((line) => textWidth(line, size, true))));
	const values = ranked.map((row) => written(row, options));
	const numbers = ranked.map((row) => row.value ?? 0);
	const low = Math.min(0, ...numbers);
	const span = Math.max(0, ...numbers) - low || 1;
	const left = Math.ceil(nameWidth + 14);
	const room = width - left - 8;
	/** Pixels to the unit of the indicator, as many as leave every row room for what is written behind its bar. */
	const scaleFor = (written: (index: number) => number) =>
		Math.max(
			0,
			Math.min(
				...[room / span, ...numbers.map((value, index) => (room - written(index)) / (Math.max(0, value) - low))].filter(
					(scale) => Number.isFinite(scale)
				)
			)
		);
	const parts = (index: number) => {
		const [value = '', rest = ''] = values[index] ?? [];
		return { value: textWidth(value, size, true), rest: rest === '' ? 0 : textWidth(rest, small) };
	};
	const inline = scaleFor((index) => parts(index).value + parts(index).rest + 7);
	const stacked = scaleFor((index) => Math.max(parts(index).value, parts(index).rest));
	// On a phone what is said behind the value goes under it, or the bars would have no room left.
	const narrow = inline * span < width * 0.3 && stacked > inline * 1.1;
	const scale = narrow ? stacked : inline;
	const tall = names.some((lines) => lines.length > 1) || (narrow && values.some(([, rest = '']) => rest !== ''));
	const rowHeight = narrow && tall ? 38 : tall ? 34 : 26;
	const marginTop = 4;
	const marginBottom = 4;
	const height = marginTop + marginBottom + Math.max(1, ranked.length) * rowHeight;
	const right = left + span * scale;
	const x = (value: number) => left + (value - low) * scale;
	const thickness = 12;

	const labels: Label[] = ranked.flatMap((row, index) => {
		const y = marginTop + (index + 0.5) * rowHeight;
		const marked = row.id === chosen;
		const lines = names[index] ?? [];
		const [value = '', rest = ''] = values[index] ?? [];
		const colour = row.value === null ? 'var(--soft)' : 'var(--ink)';
		const name: Label = {
			x: left - 10,
			y,
			anchor: 'end',
			lines: lines.map((text) => ({ text, size, strong: marked, colour: 'var(--ink)' })),
			...(lines.join(' ') === row.label ? {} : { title: row.label })
		};
		const at = x(Math.max(0, row.value ?? 0)) + 6;
		const number: Line = { text: value, size, strong: marked, colour };
		const note: Line = { text: rest, size: small, colour: 'var(--soft)' };
		if (row.value === null) return [name, { x: at, y, anchor: 'start', lines: narrow ? [number, note] : [note] }];
		if (rest === '') return [name, { x: at, y, anchor: 'start', lines: [number] }];
		if (narrow) return [name, { x: at, y, anchor: 'start', lines: [number, note] }];
		return [
			name,
			{ x: at, y, anchor: 'start', lines: [number] },
			{ x: at + textWidth(value, size, marked) + 7, y, anchor: 'start', lines: [note] }
		];
	});

	const Plot = plot();
	const marks: Markish[] = [
		(_index, _scales, _values, _dimensions, context) => {
			const group = shape(context.document, 'g', { 'aria-label': 'bars' });
			ranked.forEach((row, index) => {
				if (row.value === null) return;
				const from = x(Math.min(0, row.value));
				const to = x(Math.max(0, row.value));
				const inset = row.estimated ? 0.75 : 0;
				group.append(
					shape(context.document, 'rect', {
						x: Math.round((from + inset) * 10) / 10,
						y: marginTop + (index + 0.5) * rowHeight - thickness / 2 + inset,
						width: Math.max(0.5, Math.round((to - from - 2 * inset) * 10) / 10),
						height: thickness - 2 * inset,
						fill: row.estimated ? 'var(--paper)' : 'var(--series)',
						'fill-opacity': chosen && row.id !== chosen && !row.estimated ? 0.45 : 1,
						...(row.estimated ? { stroke: 'var(--series)', 'stroke-width': 1.5 } : {})
					})
				);
			});
			return group;
		},
		Plot.ruleX([0], { stroke: 'var(--ink)', strokeWidth: 1 }),
		writeLabels(labels)
	];
	return {
		className: 'chart',
		width,
		height,
		marginTop,
		marginRight: width - right,
		marginBottom,
		marginLeft: left,
		style: { fontFamily: 'inherit', fontSize: '12px', color: 'var(--ink)', background: 'none', overflow: 'visible' },
		x: { type: 'linear', domain: [low, low + span], axis: null },
		y: { type: 'band', domain: ranked.map((row) => row.id), padding: 0, round: false, axis: null },
		marks
	};
}
