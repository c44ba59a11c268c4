/**
 * Sums of each unit over spans of months, put together from segments: the stretches of months between the first and last months of all spans.
 * The engine adds the monthly sums of a place (`places`) over each segment, which is one short question whatever the spans, and the page
 * adds segments to spans and carries places to units by their shares. One query that did all of it had several expressions for each span,
 * and its planning alone took longer than this.
 */
import type { Asking, Database } from '../database/database';
import type { DataRow } from '../database/row';
import { double, id, join, sql, type Sql } from '../database/sql';
import { monthlySums, monthlyTable } from './monthly';
import type { Month, Span } from './period';
import { groupingOf, spansOf, type Counts, type Manner, type Questions } from './series';

/** A unit in whose figures the rows of a place count, and with which share; null where it is not known. */
export interface Destination extends DataRow {
	readonly place: number;
	readonly unit_id: string;
	readonly share: number | null;
}

/** What units have in columns of monthly sums, over spans; spans and columns by their index. */
export interface UnitSums {
	/** The units in whose figures any row could count. */
	readonly units: readonly string[];
	/** The sum of a unit; null where none of its months holds a value. */
	readonly sum: (column: number, span: number, unit: string) => number | null;
	/** Whether a share other than 1 took part in a sum above 0. */
	readonly shared: (column: number, span: number, unit: string) => boolean;
}

/** The first months of the segments that spans are made of, in order; the last one is the month after them all. */
function edgesOf(spans: readonly Span[]): Month[] {
	return [...new Set(spans.flatMap(({ from, to }) => [from, to + 1]))].toSorted((a, b) => a - b);
}

/** The query of the sums of each place and segment: `cell` is the place times the number of segments, plus the segment; `s{i}` are the sums. */
function cellQuery(monthly: Sql, columns: readonly Sql[], edges: readonly Month[]): Sql {
	const [first = 0, ...inner] = edges.slice(0, -1);
	const last = (edges.at(-1) ?? first) - 1;
	const segment = inner.map((edge, index) => sql`WHEN "month" < ${edge} THEN ${index}`);
	const cell =
		segment.length === 0
			? sql`place`
			: sql`place * ${inner.length + 1} + CASE ${join(segment, ' ')} ELSE ${inner.length} END`;
	const sums = columns.map((column, index) => sql`sum(${column}) AS ${id(`s${index}`)}`);
	return sql`SELECT ${cell} AS cell, ${join(sums)} FROM ${monthly}
		WHERE "month" BETWEEN ${first} AND ${last} AND place IS NOT NULL GROUP BY 1`;
}

/**
 * Adds up columns of monthly sums over spans, for each unit.
 *
 * @param monthly the table of monthly sums: `place`, `month`, and the columns.
 * @param spans at least one.
 * @param destinations the query of where each place counts ({@link Destination}).
 */
export async function unitSums(
	db: Database,
	monthly: Sql,
	columns: readonly Sql[],
	spans: readonly Span[],
	destinations: Sql,
	asking: Asking
): Promise<UnitSums> {
	const edges = edgesOf(spans);
	const [cells, ways] = await Promise.all([
		db.query(cellQuery(monthly, columns, edges), asking),
		db.query<Destination>(destinations, asking)
	]);
	const width = edges.length - 1;
	const units = [...new Set(ways.map(({ unit_id: unit }) => unit))];
	const numberOf = new Map(units.map((unit, number) => [unit, number]));
	const waysOf = new Map<number, { readonly start: number; readonly share: number }[]>();
	for (const { place, unit_id: unit, share } of ways) {
		if (share === null) continue;
		const way = { start: (numberOf.get(unit) ?? 0) * width, share };
		const known = waysOf.get(place);
		if (known) known.push(way);
		else waysOf.set(place, [way]);
	}
	// Segment by segment for each unit; NaN where no month holds a value.
	const sums = columns.map(() => new Float64Array(units.length * width).fill(NaN));
	const shared = columns.map(() => new Uint8Array(units.length * width));
	for (const row of cells) {
		const cell = Number(row.cell);
		const segment = cell % width;
		for (const { start, share } of waysOf.get((cell - segment) / width) ?? []) {
			for (let column = 0; column < columns.length; column++) {
				const value = row[`s${column}`];
				const [own, touched] = [sums[column], shared[column]];
				if (typeof value !== 'number' || !own || !touched) continue;
				const at = start + segment;
				const known = own[at] ?? NaN;
				own[at] = (Number.isNaN(known) ? 0 : known) + value * share;
				if (share !== 1 && value > 0) touched[at] = 1;
			}
		}
	}
	const ranges = spans.map(({ from, to }) => [edges.indexOf(from), edges.indexOf(to + 1)] as const);
	return {
		units,
		sum: (column, span, unit) => {
			const [own, range, number] = [sums[column], ranges[span], numberOf.get(unit)];
			if (!own || !range || number === undefined) return null;
			let sum = NaN;
			for (let at = number * width + range[0]; at < number * width + range[1]; at++) {
				const value = own[at] ?? NaN;
				if (!Number.isNaN(value)) sum = (Number.isNaN(sum) ? 0 : sum) + value;
			}
			return Number.isNaN(sum) ? null : sum;
		},
		shared: (column, span, unit) => {
			const [own, range, number] = [shared[column], ranges[span], numberOf.get(unit)];
			if (!own || !range || number === undefined) return false;
			return own.subarray(number * width + range[0], number * width + range[1]).includes(1);
		}
	};
}

/** Where the rows of each place count (`places`), for all units of a scope. */
function destinationsOf(questions: Questions, manner: Manner): Sql {
	const grouping = groupingOf(questions[0].indicator, sql`r.day`, manner);
	const [unit, share] = grouping.carried ? [sql`p.today_unit`, sql`p.share_there`] : [sql`r.unit_id`, sql`1`];
	return sql`SELECT r.place, ${unit} AS unit_id, ${double(share)} AS share FROM places AS r ${grouping.paths}
		WHERE ${grouping.condition} ORDER BY r.place, ${unit}`;
}

/** The counts of each unit, from the monthly sums, of questions that are sums times a number. */
export async function unitCounts(db: Database, questions: Questions, manner: Manner, asking: Asking): Promise<Counts> {
	const columns: Sql[] = [];
	const starts = questions.map((question) => {
		const start = columns.length;
		columns.push(...monthlySums(question).map(({ column }) => column));
		return start;
	});
	const spans = spansOf(questions);
	const table = monthlyTable(questions[0].indicator);
	const found = await unitSums(db, table, columns, spans, destinationsOf(questions, manner), asking);
	/** The columns of a question: of its rows, its value and its denominator. */
	const columnsOf = (question: number) => {
		const start = starts[question] ?? 0;
		return [start, start + 1, start + 2] as const;
	};
	return {
		at: (index, span, unit) => {
			const scaled = questions[index]?.sums?.scaled;
			if (!scaled || unit === null) return undefined;
			const [counted, above, below] = columnsOf(index);
			const rows = found.sum(counted, span, unit);
			if (rows === null) return undefined;
			const [value, denominator] = [found.sum(above, span, unit), scaled.denominator && found.sum(below, span, unit)];
			return {
				rows,
				value: value === null ? null : scaled.value(value),
				denominator: scaled.denominator && denominator !== null ? scaled.denominator(denominator) : null,
				estimated: found.shared(counted, span, unit)
			};
		},
		units: (index, span) => found.units.filter((unit) => found.sum(columnsOf(index)[0], span, unit) !== null)
	};
}
