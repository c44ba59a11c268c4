/**
 * Cubes: what every other chart would show for each bin of the chart that is being brushed, kept as running totals. A move of the brush
 * is then one subtraction a group and asks nothing of the engine (Falcon, Moritz, Howe and Heer, CHI 2019). The bins are those of the
 * ground, so a cube's answer is the answer of the question that it saves.
 */
import type { Asking } from '../database/database';
import { id, join, sql } from '../database/sql';
import { codingOf, gathering } from './coding';
import { encodedWhere } from './filter';
import { ownColumns, sizeOf, type Answer } from './group';
import { isAdditive, measureFrom, measuring } from './measure';
import { fromOf, isPartition, placing } from './placing';
import type { Exploration, Measure, Panel } from './exploration';
import { besides, cellOf, type Bins, type Cell, type Days, type Encoded, type Ground } from './ground';
import type { NamedUnit } from './search';

/** The chart that is brushed: its column, its encoding, and how many codes that has. */
export interface Active {
	readonly column: string;
	readonly cell: Cell;
	readonly codes: number;
}

/** Brushing along time snaps to days, several of which share a pixel. */
export function activeDays(column: string, days: Days): Active {
	return { column, cell: days.day, codes: days.days + 1 };
}

/** Brushing along amounts snaps to bins, several of which make a bar. */
export function activeBins(column: string, bins: Bins): Active {
	return { column, cell: bins, codes: bins.edges.length + 2 };
}

/** What a brush holds: codes of the active chart, both ends counted, or all rows but these; null is no brush at all. */
export interface Brush {
	readonly from: number;
	readonly to: number;
	readonly exclude: boolean;
}

/** A number for each group of one chart, up to each code of the active one. */
interface Running {
	readonly size: number;
	/** `(codes + 1) × size`; line c holds the sums over the codes before c. */
	readonly sums: Float64Array;
}

/** The cube of one chart. */
interface Face {
	readonly measure: Measure;
	readonly rows: Running;
	readonly sum: Running | null;
	readonly summed: Running | null;
	/** Rows that match, each once; null where the groups add up to them. */
	readonly all: Running | null;
}

/** What a chart shows under a brush. */
export interface Moved {
	readonly rows: Float64Array;
	/** NaN throughout where the measure cannot be put together from sums; the question for it follows. */
	readonly measured: Float64Array;
	readonly matched: number;
}

/** The cubes of all charts but the active one. */
export interface Cube {
	readonly active: Active;
	/** What the chart at a place shows; null for charts that do not obey the brush, or are too large for a cube. The arrays are reused. */
	readonly at: (place: number, brush: Brush | null) => Moved | null;
	/** Rows that match all filters. */
	readonly matched: (brush: Brush | null) => number;
}

/** Numbers in a cube above which a chart is asked anew instead: 32 MB. */
const mostCells = 4_000_000;
/** Groups up to which the engine counts by the codes of the ground as they stand, in an array and not in a hash table. */
const mostGroups = 1 << 19;

function running(codes: number, size: number): Running {
	return { size, sums: new Float64Array((codes + 1) * size) };
}

/** Turns numbers of each code into totals of all codes before. */
function total({ size, sums }: Running): void {
	for (let at = size; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (sums[at - size] ?? 0);
}

function between({ size, sums }: Running, brush: Brush | null, out: Float64Array): void {
	const last = sums.length - size;
	if (brush === null) {
		for (let group = 0; group < size; group++) out[group] = sums[last + group] ?? 0;
		return;
	}
	const start = Math.min(last, Math.max(0, brush.from) * size);
	const end = Math.min(last, Math.max(brush.from, brush.to + 1) * size);
	for (let group = 0; group < size; group++) {
		const inside = (sums[end + group] ?? 0) - (sums[start + group] ?? 0);
		out[group] = brush.exclude ? (sums[last + group] ?? 0) - inside : inside;
	}
}

/** Builds the cubes of a brush on `active`: one question a chart. */
export async function buildCube(
	ground: Ground,
	exploration: Exploration,
	panels: readonly Panel[],
	answers: readonly (Answer | null)[],
	active: Active,
	units: readonly NamedUnit[],
	asking: Asking = {}
): Promise<Cube> {
	const { codes, cell } = active;
	const totals = new Map<string, Promise<Running>>();

	function totalOf(where: Encoded): Promise<Running> {
		const known = totals.get(where.condition.text);
		if (known) return known;
		const made = (async () => {
			const columns = await ground.database.columns(
				sql`SELECT ${cellOf(cell)} AS a, count(*) FILTER (WHERE ${where.condition}) AS n FROM ${besides([cell, ...where.cells])} GROUP BY 1`,
				asking
			);
			const sums = running(codes, 1);
			columns.of('a').forEach((code, row) => (sums.sums[code + 1] = columns.of('n')[row] ?? 0));
			total(sums);
			return sums;
		})();
		totals.set(where.condition.text, made);
		return made;
	}

	async function face(panel: Panel, answer: Answer | null): Promise<Face | null> {
		const own = ownColumns(panel);
		if (answer === null || own.includes(active.column)) return null;
		const { groups } = answer;
		const size = sizeOf(groups);
		if (size * (codes + 1) > mostCells) return null;
		const where = await encodedWhere(ground, exploration, units, [...own, active.column]);
		const additive = isAdditive(panel.measure);
		const { over, cells, summed } = await measuring(ground, additive ? panel.measure : { kind: 'count', column: null });
		const coding = await codingOf(ground, panel);
		const coded = coding !== null && coding.codes * (codes + 1) <= mostGroups ? coding : null;
		const place = placing(groups);
		const keys = coded ? coded.cells.map(cellOf) : place.keys;
		const from = coded
			? besides([cell, ...coded.cells, ...where.cells, ...cells])
			: fromOf([...place.cells, cell, ...where.cells, ...cells], place);
		const named = keys.map((key, index) => sql`${key} AS ${id(`group${index}`)}`);
		const columns = await ground.database.columns(
			sql`SELECT ${cellOf(cell)} AS a, ${join([...named, ...over(where.condition)])}
				FROM ${from} WHERE ${coded ? sql`TRUE` : place.drawn}
				GROUP BY ${join([cellOf(cell), ...keys])} HAVING n > 0`,
			asking
		);
		const rows = running(codes, size);
		const sum = summed ? running(codes, size) : null;
		const known = summed ? running(codes, size) : null;
		const all = coded && !isPartition(place) ? running(codes, 1) : null;
		const [a, first, n] = [columns.of('a'), columns.of('group0'), columns.of('n')];
		const second = keys.length > 1 ? columns.of('group1') : null;
		const [s, k] = summed ? [columns.of('s'), columns.of('k')] : [null, null];
		const gather = coded ? gathering(groups) : null;
		const add = ({ size: one, sums }: Running, code: number, group: number, value: number) => {
			const at = (code + 1) * one + group;
			sums[at] = (sums[at] ?? 0) + value;
		};
		for (let row = 0; row < columns.rows; row++) {
			const [code, one, other] = [a[row] ?? 0, first[row] ?? 0, second?.[row] ?? 0];
			const put = (group: number) => {
				add(rows, code, group, n[row] ?? 0);
				if (sum) add(sum, code, group, (s?.[row] ?? NaN) || 0);
				if (known) add(known, code, group, k?.[row] ?? 0);
			};
			if (all) add(all, code, 0, n[row] ?? 0);
			if (gather) for (const line of gather.lines[one] ?? []) put(line * gather.width + (gather.steps?.[other] ?? 0));
			else {
				const group = place.groupAt(one, other);
				if (group >= 0) put(group);
			}
		}
		for (const one of [rows, sum, known, all]) if (one) total(one);
		return {
			measure: panel.measure,
			rows,
			sum,
			summed: known,
			all: isPartition(place) ? null : (all ?? (await totalOf(where)))
		};
	}

	const [everything, ...faces] = await Promise.all([
		encodedWhere(ground, exploration, units, [active.column]).then(totalOf),
		...panels.map((panel, place) => face(panel, answers[place] ?? null))
	]);
	const buffers = faces.map((one) => {
		const buffer = () => new Float64Array(one?.rows.size ?? 0);
		return { rows: buffer(), sum: buffer(), summed: buffer(), measured: buffer() };
	});
	const single = new Float64Array(1);
	const only = (one: Running, brush: Brush | null) => {
		between(one, brush, single);
		return single[0] ?? 0;
	};

	return {
		active,
		matched: (brush) => only(everything, brush),
		at: (place, brush) => {
			const one = faces[place];
			const buffer = buffers[place];
			if (!one || !buffer) return null;
			const { rows, sum, summed, measured } = buffer;
			between(one.rows, brush, rows);
			if (one.sum) between(one.sum, brush, sum);
			if (one.summed) between(one.summed, brush, summed);
			let matched = 0;
			if (one.all) matched = only(one.all, brush);
			else for (const count of rows) matched += count;
			for (let group = 0; group < rows.length; group++) {
				measured[group] = measureFrom(one.measure, rows[group] ?? 0, sum[group] ?? 0, summed[group] ?? 0, matched);
			}
			return { rows, measured, matched };
		}
	};
}
