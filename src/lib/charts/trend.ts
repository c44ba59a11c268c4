/**
 * The course of an indicator: what was observed, what the plan asks for, and where it leads.
 *
 * Time is read at the end of what it covers: the figure of 2024 stands at 31/12/2024, over the label "2024". Figures of unlike
 * boundaries or methods are never joined. Everything is labelled where it stands; there is no legend.
 */
import { nice, ticks, tickStep } from 'd3-array';
import type { Markish, PlotOptions } from '@observablehq/plot';
import { formatDate, formatExact, formatMonth, formatNumber, formatPeriod, type Locale } from '../format';
import { plot, type ChartPoint } from './plot';
import { around, boxesAlong, boxOf, drawHairlines, heightOf, Sheet, textWidth, widthOf, wrap } from './text';
import { writeLabels, type Box, type Label, type Line } from './text';

/** A figure; `date` is the last day of what it covers. Figures that are not final are drawn hollow. */
export interface TrendPoint {
	readonly date: Date;
	readonly value: number;
	/** Published, and may still be revised. */
	readonly provisional: boolean;
	/** Touched by a share, and so not counted but estimated. */
	readonly estimated: boolean;
	/** The period is not over yet. */
	readonly partial: boolean;
}

/** Figures of one boundary and one method, in the order of time. */
export interface TrendSegment {
	readonly boundary: string;
	readonly method: string;
	/** What tells it from the others, in the reader's language; shown when there are several. */
	readonly label: string;
	readonly points: readonly TrendPoint[];
}

/** All that the chart of an indicator shows. Values in the unit of the indicator; words in the reader's language. */
export interface TrendData {
	readonly segments: readonly TrendSegment[];
	/** The required path in the order of time; points between the first and the last are milestones. */
	readonly path: readonly { readonly date: Date; readonly value: number }[];
	/** `upper` is the other end of a range. */
	readonly target: {
		readonly date: Date;
		readonly value: number;
		readonly upper: number | null;
		readonly label: string;
	} | null;
	/** Expected at a day, with its interval; it starts at the last observation. */
	readonly projection: {
		readonly date: Date;
		readonly value: number;
		readonly low: number;
		readonly high: number;
	} | null;
	/** Successions and other days to know of. */
	readonly events: readonly { readonly date: Date; readonly label: string }[];
	/** Smaller is better and stands higher: ranks. */
	readonly reversed: boolean;
	/** Decimals of the indicator. */
	readonly decimals: number;
	/** Unit of measure, written over the vertical axis. */
	readonly unit: string;
}

/** The chart's words, in the reader's language. */
export interface TrendWords {
	/** The required path, as `cần đạt`. */
	readonly path: string;
	/** The projection, as `dự báo 2030`. */
	readonly projection: string;
	readonly provisional: string;
	readonly estimated: string;
	readonly partial: string;
	/** Why a line is cut, as `đổi địa giới`. */
	readonly boundary: string;
	/** Why a line is cut, as `đổi cách tính`. */
	readonly method: string;
}

/** How a trend is drawn; `width` and `height` in CSS pixels. */
export interface TrendOptions {
	readonly width: number;
	readonly height?: number;
	readonly locale: Locale;
	readonly words: TrendWords;
}

const day = 86_400_000;
const year = 365.25 * day;

const ink = 'var(--ink)';
const soft = 'var(--soft)';
const series = 'var(--series)';
const paper = 'var(--paper)';

/** The height that suits a width. */
export function trendHeight(width: number): number {
	return width < 480 ? 300 : 340;
}

function isReal(point: { date: Date; value: number }): boolean {
	return Number.isFinite(point.date.getTime()) && Number.isFinite(point.value);
}

function isHollow(point: TrendPoint): boolean {
	return point.provisional || point.estimated || point.partial;
}

function kindOf(point: TrendPoint, words: TrendWords): string | null {
	if (point.partial) return words.partial;
	if (point.estimated) return words.estimated;
	return point.provisional ? words.provisional : null;
}

/** Everything finite and in the order of time; segments without figures and targets without numbers fall away. */
function clean(data: TrendData): TrendData {
	const { target, projection } = data;
	return {
		...data,
		segments: data.segments
			.map((segment) => ({
				...segment,
				points: segment.points.filter(isReal).sort((a, b) => a.date.getTime() - b.date.getTime())
			}))
			.filter((segment) => segment.points.length > 0)
			.sort((a, b) => (a.points[0]?.date.getTime() ?? 0) - (b.points[0]?.date.getTime() ?? 0)),
		path: data.path.filter(isReal),
		target: target && isReal(target) ? target : null,
		projection:
			projection && isReal(projection) && Number.isFinite(projection.low) && Number.isFinite(projection.high)
				? projection
				: null,
		events: data.events.filter((event) => Number.isFinite(event.date.getTime()))
	};
}

function lastOf(data: TrendData): TrendPoint | null {
	let last: TrendPoint | null = null;
	for (const segment of data.segments)
		for (const point of segment.points) if (!last || point.date >= last.date) last = point;
	return last;
}

/** Domain and ticks of the vertical axis; for ranks a tick at 1 rather than at 0. */
function valueAxis(values: readonly number[], data: TrendData, count: number) {
	let low = Math.min(...values);
	let high = Math.max(...values);
	if (values.length === 0) return { domain: [0, 1] as const, marks: [] };
	if (data.reversed && data.decimals === 0 && low >= 1) {
		if (low <= 12 || low < high / 3) low = 1;
		const step = Math.max(1, tickStep(low, Math.max(high, low + 1), count));
		// Every other rank is read as 1, 3, 5; wider steps as 1, 5, 10, 15.
		const start = low === 1 && step > 2 ? 0 : low;
		const marks = [low];
		for (let tick = start + step; (marks.at(-1) ?? low) < Math.max(high, low + 1); tick += step)
			if (tick - low >= step / 2) marks.push(tick);
		return { domain: [low, marks.at(-1) ?? high] as const, marks };
	}
	if (low === high) {
		const reach = Math.abs(low) * 0.1 || 1;
		[low, high] = [low - reach, high + reach];
	}
	if (Math.min(...values) >= 0) low = low < high * 0.4 ? 0 : Math.max(0, low);
	const [from, to] = nice(low, high, count);
	return { domain: [from, to] as const, marks: ticks(from, to, count) };
}

function decimalsOf(marks: readonly number[]): number {
	const [first, second] = marks;
	if (first === undefined || second === undefined) return 0;
	const step = Math.abs(second - first);
	return Math.max(0, Math.min(6, -Math.floor(Math.log10(step) + 1e-9)));
}

/** Ticks at the ends of years, as many as there is room for, counted back from the last; of quarters when the span is short. */
function timeAxis(from: Date, to: Date, room: number, yearly: boolean, locale: Locale): { date: Date; text: string }[] {
	const size = 12;
	if (!yearly && to.getTime() - from.getTime() < 2.2 * year) {
		const all = Array.from(
			{ length: 16 },
			(_, index) => new Date(Date.UTC(from.getUTCFullYear(), 3 * (index + 1), 0))
		).filter((date) => date >= from && date <= to);
		const each = Math.ceil((all.length * (textWidth('09/2026', size) + 16)) / room);
		return all
			.filter((_, index) => (all.length - 1 - index) % each === 0)
			.map((date) => ({ date, text: formatMonth(date, locale) }));
	}
	const first = from.getUTCFullYear();
	const all = Array.from({ length: to.getUTCFullYear() - first + 1 }, (_, index) => first + index)
		.map((number) => ({ date: new Date(Date.UTC(number, 11, 31)), text: String(number) }))
		.filter(({ date }) => date >= from && date <= to);
	const apiece = room / Math.max(1, all.length - 1);
	const each = [1, 2, 5, 10, 20, 50].find((step) => step * apiece >= textWidth('2030', size) + 9) ?? 100;
	return all.filter((_, index) => (all.length - 1 - index) % each === 0);
}

interface Hairline {
	readonly date: Date;
	readonly label: string;
}

/** The places at which the line is cut, with the reason; an event that lies in the gap gives the day and the better word. */
function hairlines(data: TrendData, words: TrendWords): Hairline[] {
	const events = data.events.map((event) => ({ date: event.date, label: event.label }));
	const cuts: Hairline[] = [];
	data.segments.forEach((segment, index) => {
		const before = data.segments[index - 1];
		const end = before?.points.at(-1)?.date;
		const start = segment.points[0]?.date;
		if (!before || !end || !start || start <= end) return;
		const moved = before.boundary !== segment.boundary;
		const reasons = [moved ? words.boundary : null, before.method !== segment.method ? words.method : null];
		const reason = reasons.filter((word) => word !== null).join(', ');
		const event = moved ? events.find(({ date }) => date > end && date <= start) : undefined;
		if (event) event.label = `${reason}: ${event.label}`;
		else cuts.push({ date: new Date((end.getTime() + start.getTime()) / 2), label: reason });
	});
	return [...events, ...cuts].sort((a, b) => a.date.getTime() - b.date.getTime());
}

const row = 15;
const small = 11.5;

/** The words of a vertical line at `x`: the rows they stand in, the lowest being 0, and from where to where. */
interface Head {
	readonly x: number;
	readonly row: number;
	readonly top: number;
	readonly left: number;
	readonly right: number;
	readonly label: Label;
}

/** Whether two words, with their lines running down from them, leave each other alone. */
function apart(a: Head, b: Head): boolean {
	if (a.row <= b.top && b.row <= a.top && a.left < b.right && b.left < a.right) return false;
	if (a.top >= b.row && b.left < a.x && a.x < b.right) return false;
	return !(b.top >= a.row && a.left < b.x && b.x < a.right);
}

/** Words of vertical lines in as few rows as will do, none crossing another's line; those too long for one row take two. */
function stack(lines: readonly Hairline[], x: (date: Date) => number, width: number): Head[] {
	const headAt = (line: Hairline, row: number, anchor: 'start' | 'end'): Head | null => {
		const at = x(line.date);
		const room = (anchor === 'start' ? width - at : at) - 5;
		const size = textWidth(line.label, small);
		// Broken or shortened only where no side has room for it.
		if (size > room && size <= Math.max(width - at, at) - 5) return null;
		if (size > room && room < width / 2 - 5) return null;
		const words = wrap(line.label, room, small, 2);
		const extent = Math.max(...words.map((word) => textWidth(word, small))) + 8;
		return {
			x: at,
			row,
			top: row + words.length - 1,
			left: anchor === 'start' ? at : at - extent,
			right: anchor === 'start' ? at + extent : at,
			label: {
				x: anchor === 'start' ? at + 4 : at - 4,
				y: 0,
				anchor,
				lines: words.map((text) => ({ text, size: small, colour: soft })),
				...(words.join(' ') === line.label ? {} : { title: line.label })
			}
		};
	};
	const solve = (placed: readonly Head[], rows: number): readonly Head[] | null => {
		const line = lines[lines.length - 1 - placed.length];
		if (!line) return placed;
		for (let row = 0; row < rows; row++) {
			for (const anchor of ['start', 'end'] as const) {
				const head = headAt(line, row, anchor);
				if (!head || head.top >= rows || !placed.every((other) => apart(head, other))) continue;
				const solved = solve([...placed, head], rows);
				if (solved) return solved;
			}
		}
		return null;
	};
	for (let rows = 1; rows <= 2 * lines.length; rows++) {
		const solved = solve([], rows);
		if (solved) return [...solved];
	}
	return [];
}

/** Moves blocks apart so that none covers another, as little as possible and inside the frame. */
function spread(blocks: { y: number; height: number }[], top: number, bottom: number): void {
	blocks.sort((a, b) => a.y - b.y);
	for (let round = 0; round < 20; round++) {
		blocks.forEach((block, index) => {
			const next = blocks[index + 1];
			if (!next) return;
			const missing = (block.height + next.height) / 2 + 4 - (next.y - block.y);
			if (missing > 0) {
				block.y -= missing / 2;
				next.y += missing / 2;
			}
		});
		for (const block of blocks)
			block.y = Math.min(Math.max(block.y, top + block.height / 2), bottom - block.height / 2);
	}
}

/** The part of a straight line that lies between two values. */
function clipped(start: { date: Date; value: number }, end: { date: Date; value: number }, low: number, high: number) {
	if (end.value >= low && end.value <= high) return [start, end];
	const edge = end.value < low ? low : high;
	const share = (edge - start.value) / (end.value - start.value);
	const date = new Date(start.date.getTime() + share * (end.date.getTime() - start.date.getTime()));
	return [start, { date, value: edge }, { date: end.date, value: edge }];
}

/** The period that ends on a day: a year, a quarter or a month if that day ends one, otherwise the day itself. */
function periodUntil(date: Date, locale: Locale): string {
	const next = new Date(date.getTime() + day);
	if (next.getUTCDate() !== 1) return formatDate(date, locale);
	const month = date.getUTCMonth();
	if (month === 11) return String(date.getUTCFullYear());
	if (month % 3 === 2) return formatPeriod(`${date.getUTCFullYear()}-Q${Math.floor(month / 3) + 1}`, locale);
	return formatMonth(date, locale);
}

/** What the arrow keys walk in a trend: every figure in the order of time, then the projection, then the target. */
export function trendPoints(raw: TrendData, options: Pick<TrendOptions, 'locale' | 'words'>): ChartPoint[] {
	const { locale, words } = options;
	const data = clean(raw);
	const last = lastOf(data);
	const yearly = data.segments.every((segment) => segment.points.every(({ date }) => date.getUTCMonth() === 11));
	const figures = data.segments
		.flatMap((segment) => segment.points.map((point) => ({ segment, point })))
		.sort((a, b) => a.point.date.getTime() - b.point.date.getTime())
		.map(({ segment, point }) => {
			const quarterly = !yearly && point.date.getUTCMonth() === 11;
			const when = quarterly
				? formatPeriod(`${point.date.getUTCFullYear()}-Q4`, locale)
				: periodUntil(point.date, locale);
			const parts = [`${when}: ${formatNumber(point.value, data.decimals, locale)}`, kindOf(point, words)];
			if (data.segments.length > 1) parts.push(segment.label);
			const text = parts.filter((part) => part !== null && part !== '').join(' · ');
			return { date: point.date, x: point.date, y: point.value, text };
		});
	const { projection, target } = data;
	const points: ChartPoint[] = [...figures];
	if (last && projection && projection.date > last.date) {
		const [value, low, high] = [projection.value, projection.low, projection.high].map((number) =>
			formatNumber(number, data.decimals, locale)
		);
		const text = `${words.projection}: ${value} (${low} – ${high})`;
		points.push({ date: projection.date, x: projection.date, y: projection.value, text });
	}
	if (target) {
		const values = [target.value, ...(target.upper === null ? [] : [target.upper])];
		const text = `${target.label}: ${values.map((value) => formatExact(value, data.decimals, locale)).join('–')}`;
		points.push({ date: target.date, x: target.date, y: target.value, text });
	}
	return points;
}

/** The chart of an indicator, for Plot. Without any figure it shows the frame and the target. */
export function trendChart(raw: TrendData, options: TrendOptions): PlotOptions {
	const { width, locale, words } = options;
	const height = options.height ?? trendHeight(width);
	const data = clean(raw);
	const { target, path } = data;
	const last = lastOf(data);
	const projection = last && data.projection && data.projection.date > last.date ? data.projection : null;
	const points = data.segments.flatMap((segment) => segment.points);

	// What there is to see decides the axes; a wild interval may stretch the vertical one by half of it, no further.
	const firm = [...points, ...path].map(({ value }) => value);
	if (target)
		firm.push(target.value, ...(target.upper !== null && Number.isFinite(target.upper) ? [target.upper] : []));
	if (projection) firm.push(projection.value);
	const reach = (Math.max(...firm) - Math.min(...firm)) / 2;
	const values = [...firm];
	if (projection)
		values.push(
			Math.max(projection.low, Math.min(...firm) - reach),
			Math.min(projection.high, Math.max(...firm) + reach)
		);
	const axis = valueAxis(values, data, 4);
	const [low, high] = axis.domain;
	const tickDecimals = decimalsOf(axis.marks);
	const tickText = (value: number) => formatNumber(value, Number.isInteger(value) ? 0 : tickDecimals, locale);

	const times = [...points, ...path, ...(target ? [target] : []), ...(projection ? [projection] : [])].map(({ date }) =>
		date.getTime()
	);
	if (times.length === 0) times.push(0);
	const span = Math.max(...times) - Math.min(...times);
	const from = new Date(Math.min(...times) - (span === 0 ? 1.7 * year : span * 0.02));
	const to = new Date(Math.max(...times) + (span === 0 ? 1.7 * year : 0));
	const lines = hairlines(data, words).filter(({ date }) => date >= from && date <= to);

	// Words at the right end: the target and the projection.
	const ends: { y: number; height: number; lines: Line[] }[] = [];
	const wide = width < 480 ? 70 : 96;
	const numberSize = 14;
	const text = (value: number) => formatExact(value, data.decimals, locale);
	if (target) {
		const value = target.upper === null ? text(target.value) : `${text(target.value)}–${text(target.upper)}`;
		ends.push({
			y: target.upper === null ? target.value : (target.value + target.upper) / 2,
			height: 0,
			lines: [
				{ text: value, size: numberSize, strong: true, colour: ink },
				...wrap(target.label, wide, small, 3).map((line) => ({ text: line, size: small, colour: soft }))
			]
		});
	}
	if (projection) {
		const at = (value: number) => formatNumber(value, data.decimals, locale);
		ends.push({
			y: projection.value,
			height: 0,
			lines: [
				{ text: at(projection.value), size: numberSize, strong: true, colour: series },
				...wrap(words.projection, wide, small, 2).map((line) => ({ text: line, size: small, colour: soft })),
				{ text: `${at(projection.low)} – ${at(projection.high)}`, size: small, colour: soft }
			]
		});
	}
	const marginRight = Math.ceil(Math.max(16, ...ends.map((end) => widthOf(end.lines) + 14)));
	const marginLeft = Math.ceil(Math.max(14, ...axis.marks.map((tick) => textWidth(tickText(tick), 12))) + 8);
	const marginBottom = 26;
	// The same scales as Plot makes from these domains and margins, so that words can be placed before it draws.
	const share = (date: Date) => (date.getTime() - from.getTime()) / (to.getTime() - from.getTime());
	const x = (date: Date) => marginLeft + share(date) * (width - marginRight - marginLeft);
	const heads = stack(lines, x, width);
	const rows = heads.length > 0 ? Math.max(...heads.map((head) => head.top)) + 1 : 0;
	const unit: Label = { x: 0, y: 9, anchor: 'start', lines: [{ text: data.unit, size: 12, colour: soft }] };
	const unitRight = boxOf(unit).right + 8;
	const crowded = heads.some((head) => head.top === rows - 1 && Math.min(head.left, head.x) < unitRight);
	const marginTop = Math.max(rows + (crowded ? 1 : 0), 1) * row + 16;
	const y = (value: number) => {
		const part = (value - low) / (high - low);
		return marginTop + (data.reversed ? part : 1 - part) * (height - marginBottom - marginTop);
	};
	const headY = (level: number) => marginTop - 14.5 - level * row;

	const sheet = new Sheet({
		left: 0,
		top: marginTop - 14,
		right: width - 2,
		bottom: height - marginBottom - 2
	});
	sheet.put(unit);
	for (const tick of axis.marks)
		sheet.take([{ left: 0, right: marginLeft - 6, top: y(tick) - 10, bottom: y(tick) + 10 }]);
	for (const head of heads) sheet.put({ ...head.label, y: headY((head.row + head.top) / 2) });
	for (const end of ends) {
		end.y = y(Math.min(Math.max(end.y, low), high));
		end.height = heightOf(end.lines);
		// The value itself, the first line, stands beside its mark.
		end.y += end.height / 2 - numberSize * 0.6;
	}
	spread(ends, 2, height - 4);
	for (const end of ends) sheet.put({ x: width - marginRight + 9, y: end.y, anchor: 'start', lines: end.lines });

	const pixel = (point: { date: Date; value: number }) => ({ x: x(point.date), y: y(point.value) });
	for (const line of lines) {
		const at = x(line.date);
		sheet.take([{ left: at - 1, right: at + 1, top: marginTop, bottom: height }]);
	}
	for (const segment of data.segments) sheet.take(boxesAlong(segment.points.map(pixel)));
	sheet.take(
		points.map(pixel).map((at): Box => ({ left: at.x - 6, right: at.x + 6, top: at.y - 6, bottom: at.y + 6 }))
	);
	sheet.take(boxesAlong(path.map(pixel)));
	if (last && projection) sheet.take(boxesAlong([pixel(last), pixel(projection)]));
	if (target) {
		for (const value of [target.value, target.upper ?? target.value])
			sheet.take(
				boxesAlong(
					[
						{ x: marginLeft, y: y(value) },
						{ x: width - marginRight, y: y(value) }
					],
					6
				)
			);
	}

	// Words inside, the most wanted first.
	const written = (point: TrendPoint): Line[] => {
		const kind = kindOf(point, words);
		return [
			{ text: formatNumber(point.value, data.decimals, locale), size: 13, strong: true, colour: series },
			...(kind === null ? [] : [{ text: kind, size: small, colour: soft }])
		];
	};
	if (last) sheet.try(around(x(last.date), y(last.value), written(last)), true);
	if (data.segments.length > 1) {
		for (const segment of data.segments) {
			const middle = Math.floor(segment.points.length / 2);
			const order = [...segment.points.slice(middle), ...segment.points.slice(0, middle)];
			const shapes = [0.36, 0.24, 0.17].map((share, index) => wrap(segment.label, width * share, small, 2 * index + 3));
			sheet.try(
				shapes.flatMap((shape) => {
					const name: Line[] = shape.map((line) => ({ text: line, size: small, colour: series }));
					return order.flatMap((point) => around(x(point.date), y(point.value), name));
				}),
				// On a phone a name that would cover a number is left to the table behind the chart.
				width >= 480
			);
		}
	}
	for (const segment of data.segments) {
		const end = segment.points.at(-1);
		if (end && end !== last) sheet.try(around(x(end.date), y(end.value), written(end)));
	}
	const first = points[0];
	if (first && first !== last) sheet.try(around(x(first.date), y(first.value), written(first)));
	const milestones = path.slice(1, -1);
	for (const milestone of milestones)
		sheet.try(
			around(x(milestone.date), y(milestone.value), [
				{ text: text(milestone.value), size: 12, strong: true, colour: soft }
			])
		);
	// The word of the path keeps its distance from numbers, or it would be read as the name of one.
	for (const label of sheet.labels.filter(({ lines }) => lines[0]?.strong)) {
		const { left, top, right, bottom } = boxOf(label);
		sheet.take([{ left: left - 12, top: top - 18, right: right + 12, bottom: bottom + 6 }]);
	}
	const goal = path.at(-1);
	const before = path.at(-2);
	if (goal && before) {
		const spots = [0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2].flatMap((share) =>
			around(
				x(before.date) + share * (x(goal.date) - x(before.date)),
				y(before.value) + share * (y(goal.value) - y(before.value)),
				[{ text: words.path, size: small, colour: soft }],
				4
			).slice(0, 6)
		);
		sheet.try(spots);
	}
	const explained = new Set(last ? [kindOf(last, words)] : []);
	for (const point of points) {
		const kind = kindOf(point, words);
		if (kind === null || explained.has(kind)) continue;
		const had = sheet.labels.length;
		sheet.try(around(x(point.date), y(point.value), [{ text: kind, size: small, colour: soft }]));
		if (sheet.labels.length > had) explained.add(kind);
	}

	const Plot = plot();
	const yearly = points.every(({ date }) => date.getUTCMonth() === 11);
	const timeTicks = values.length === 0 ? [] : timeAxis(from, to, width - marginLeft - marginRight, yearly, locale);
	const timeText = new Map(timeTicks.map(({ date, text: label }) => [date.getTime(), label]));
	const dense = points.length > 1 && (width - marginLeft - marginRight) / points.length < 11;
	const radius = dense ? 2.2 : 3;
	const band =
		last && projection
			? [
					...clipped(last, { date: projection.date, value: projection.low }, low, high),
					...clipped(last, { date: projection.date, value: projection.high }, low, high).toReversed()
				]
			: [];
	const marks: Markish[] = [
		Plot.gridY(axis.marks, { stroke: 'var(--hairline)', strokeOpacity: 1 }),
		Plot.axisY(axis.marks, {
			tickFormat: tickText,
			tickSize: 0,
			tickPadding: 8,
			label: null,
			color: soft,
			fontSize: 12
		}),
		Plot.axisX(
			timeTicks.map(({ date }) => date),
			{
				tickFormat: (date: Date) => timeText.get(date.getTime()) ?? formatDate(date, locale),
				tickSize: 4,
				tickPadding: 4,
				label: null,
				color: soft,
				fontSize: 12
			}
		),
		target && target.upper !== null
			? Plot.rect([target], { x1: () => from, x2: () => to, y1: 'value', y2: 'upper', fill: 'var(--wash)' })
			: null,
		drawHairlines(
			heads.map((head) => ({
				x: Math.round(head.x * 10) / 10,
				top: headY(head.top) - row / 2 + 1,
				bottom: height - marginBottom
			}))
		),
		target
			? Plot.ruleY([target.value, ...(target.upper === null ? [] : [target.upper])], { stroke: ink, strokeWidth: 1 })
			: null,
		band.length > 0
			? Plot.line(band, {
					x: 'date',
					y: 'value',
					fill: series,
					fillOpacity: 0.12,
					stroke: 'none',
					className: 'interval'
				})
			: null,
		path.length > 1
			? Plot.line(path, {
					x: 'date',
					y: 'value',
					stroke: soft,
					strokeWidth: 1.5,
					strokeDasharray: '0.1 4',
					strokeLinecap: 'round',
					className: 'path'
				})
			: null,
		target || path.length > 0
			? Plot.dot(target && path.length === 0 ? [target] : [...milestones, ...path.slice(-1)], {
					x: 'date',
					y: 'value',
					r: 3,
					fill: paper,
					stroke: soft,
					strokeWidth: 1.25,
					className: 'path'
				})
			: null,
		last && projection
			? Plot.line([last, projection], {
					x: 'date',
					y: 'value',
					stroke: series,
					strokeWidth: 1.25,
					strokeDasharray: '5 3',
					className: 'projection'
				})
			: null,
		...data.segments.map((segment) =>
			Plot.line(segment.points, { x: 'date', y: 'value', stroke: series, strokeWidth: 2, className: 'segment' })
		),
		Plot.dot(
			points.filter((point) => !isHollow(point) && (!dense || point === last)),
			{ x: 'date', y: 'value', r: radius, fill: series, stroke: paper, strokeWidth: 1, className: 'points' }
		),
		Plot.dot(points.filter(isHollow), {
			x: 'date',
			y: 'value',
			r: radius,
			fill: paper,
			stroke: series,
			strokeWidth: 1.5,
			className: 'hollow'
		}),
		writeLabels(sheet.labels)
	];
	return {
		className: 'chart',
		width,
		height,
		marginTop,
		marginRight,
		marginBottom,
		marginLeft,
		style: { fontFamily: 'inherit', fontSize: '12px', color: ink, background: 'none', overflow: 'visible' },
		x: { type: 'utc', domain: [from, to] },
		y: { type: 'linear', domain: [low, high], reverse: data.reversed },
		marks
	};
}
