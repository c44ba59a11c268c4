/**
 * The questions of linked charts. A chart obeys every filter but its own; rows without a value are a group like any other, and groups that
 * nothing matches stay. Counts, sums, means, medians and distinct counts are exact.
 */
import type { Asking } from '../database/database';
import { all, id, join, list, sql, table as values, type Sql } from '../database/sql';
import type { DataColumns } from '../database/row';
import { foldKey } from './alias';
import {
	aboutOf,
	columnOf,
	isAmount,
	isTime,
	type Exploration,
	type Filter,
	type Measure,
	type Panel
} from './exploration';
import {
	amountOf,
	besides,
	cellOf,
	dayOfColumn,
	foundTable,
	mostListed,
	textOf,
	type Bins,
	type Cell,
	type Days,
	type Encoded,
	type Ground,
	type Values
} from './ground';
import type { Grain, Month } from './period';
import { found, foundInPage, wordsOf, type NamedUnit } from './search';
import type { Table } from './table';

const millisecondsPerDay = 86_400_000;

/** What each active filter asks, but for those about these columns (the search is about ''). */
export function activeFilters(
	{ filters }: Pick<Exploration, 'filters'>,
	but: readonly string[] = []
): readonly Filter[] {
	return filters.filter((filter) => !filter.paused && !but.includes(aboutOf(filter)));
}

/** The filter as a condition over the register's own table: true or false for each row, never null. */
export function condition(register: Table, filter: Filter): Sql {
	const met = meets(register, filter);
	return filter.exclude ? sql`NOT (${met})` : met;
}

function meets(register: Table, filter: Filter): Sql {
	if (filter.kind === 'search') {
		const words = wordsOf(filter.text);
		return words.length === 0 ? sql`TRUE` : sql`rowid IN (SELECT rowid FROM ${foundTable(register, words)} WHERE c)`;
	}
	const column = columnOf(register, filter.column);
	if (!column) return sql`TRUE`;
	if (filter.kind === 'set') {
		const named = filter.values.filter((value) => value !== null);
		const value = column.type === 'text' || column.type === 'code' ? id(column.name) : textOf(column);
		const conditions: Sql[] = [];
		if (named.length > 0) {
			const among =
				column.type === 'codes'
					? sql`list_has_any(string_split(${value}, '|'), [${join(named)}])`
					: sql`${value} IN ${list(named)}`;
			conditions.push(sql`coalesce(${among}, FALSE)`);
		}
		if (named.length < filter.values.length) conditions.push(sql`${textOf(column)} IS NULL`);
		return conditions.length === 0 ? sql`FALSE` : join(conditions, ' OR ');
	}
	const { from, to } = filter;
	if (isTime(column)) {
		const day = dayOfColumn(column);
		const edge = (value: number) => new Date(value * millisecondsPerDay);
		return within(day, from === null ? null : sql`>= ${edge(from)}`, to === null ? null : sql`<= ${edge(to)}`);
	}
	return within(amountOf(column), from === null ? null : sql`>= ${from}`, to === null ? null : sql`< ${to}`);
}

function within(value: Sql, from: Sql | null, to: Sql | null): Sql {
	const edges = [from, to].filter((edge) => edge !== null);
	if (edges.length === 0) return sql`${value} IS NOT NULL`;
	return sql`coalesce(${all(edges.map((edge) => sql`${value} ${edge}`))}, FALSE)`;
}

/** All active filters as one condition over the register's own table. With a search, ask {@link readySearch} first. */
export function whereOf(exploration: Exploration, register: Table, but: readonly string[] = []): Sql {
	return all(activeFilters(exploration, but).map((filter) => condition(register, filter)));
}

/** Makes what the condition of a search reads, if there is an active one. */
export async function readySearch(
	ground: Ground,
	exploration: Exploration,
	units: readonly NamedUnit[]
): Promise<void> {
	for (const filter of activeFilters(exploration))
		if (filter.kind === 'search') await found(ground, filter.text, units);
}

/** The active filters over the ground, but for those about these columns. */
export async function encodedWhere(
	ground: Ground,
	exploration: Exploration,
	units: readonly NamedUnit[],
	but: readonly string[] = []
): Promise<Encoded> {
	const parts = await Promise.all(
		activeFilters(exploration, but).map(async (filter) => {
			const { condition: met, cells } = await encodedMeets(ground, filter, units);
			return { condition: filter.exclude ? sql`NOT (${met})` : met, cells };
		})
	);
	return { condition: all(parts.map((part) => part.condition)), cells: parts.flatMap((part) => part.cells) };
}

/** The codes of values, and of texts of several values that hold one of them. */
async function codesIn(
	ground: Ground,
	column: string,
	wanted: readonly (string | null)[]
): Promise<{ encoded: Values; codes: readonly number[] }> {
	const encoded = await ground.values(column);
	const named = wanted.filter((value) => value !== null);
	const known =
		encoded.single === null
			? [...(await ground.codes(column, named))].filter(([value]) => named.includes(value))
			: encoded.list
					.map((value, place) => [value, place + 1] as const)
					.filter(([value]) => value.split('|').some((one) => named.includes(one)));
	const codes = known.map(([, code]) => code);
	if (named.length < wanted.length) codes.unshift(0);
	return { encoded, codes };
}

async function encodedMeets(ground: Ground, filter: Filter, units: readonly NamedUnit[]): Promise<Encoded> {
	if (filter.kind === 'search') {
		const hits = await found(ground, filter.text, units);
		return hits ? { condition: cellOf(hits), cells: [hits] } : { condition: sql`TRUE`, cells: [] };
	}
	const column = columnOf(ground.register, filter.column);
	if (!column) return { condition: sql`TRUE`, cells: [] };
	if (filter.kind === 'set') {
		const { encoded, codes } = await codesIn(ground, column.name, filter.values);
		return { condition: codes.length === 0 ? sql`FALSE` : sql`${cellOf(encoded)} IN ${list(codes)}`, cells: [encoded] };
	}
	const { from, to } = filter;
	if (isTime(column)) {
		const { day, firstDay } = await ground.days(column.name);
		const code = (edge: number) => edge - firstDay + 1;
		return {
			condition: all([
				sql`${cellOf(day)} >= ${from === null ? 1 : Math.max(1, code(from))}`,
				...(to === null ? [] : [sql`${cellOf(day)} <= ${Math.max(0, code(to))}`])
			]),
			cells: [day]
		};
	}
	const amount = await ground.amount(column.name);
	const value = cellOf(amount);
	return {
		condition: within(value, from === null ? null : sql`>= ${from}`, to === null ? null : sql`< ${to}`),
		cells: [amount]
	};
}

/** The columns whose filters a panel does not obey: those that it is a picture of. */
export function ownColumns(panel: Panel): readonly string[] {
	return panel.kind === 'heat' ? [panel.column, panel.by] : [panel.column];
}

/** The steps of a time axis: step 0 is rows without a day, step 1 the first month, quarter or year. */
export interface Steps {
	readonly grain: Grain;
	/** The first month of the first step. */
	readonly first: Month;
	readonly count: number;
	/** Months from the first step's first month to the first month that holds a row. */
	readonly offset: number;
}

/** Months of a step. */
export const lengths: Readonly<Record<Grain, number>> = { month: 1, quarter: 3, year: 12 };

/** The steps that the days of a column touch. */
export function stepsOfDays({ first, months }: Days, grain: Grain): Steps {
	const length = lengths[grain];
	const offset = first % length;
	return { grain, first: first - offset, count: Math.ceil((offset + months) / length), offset };
}

/** The step of a month code. */
export function stepOf(code: number, { grain, offset }: Steps): number {
	return code === 0 ? 0 : Math.floor((code - 1 + offset) / lengths[grain]) + 1;
}

function stepSql(code: Sql, { grain, offset }: Steps): Sql {
	if (grain === 'month') return code;
	return sql`CASE WHEN ${code} = 0 THEN 0 ELSE (CAST(${code} AS INTEGER) + ${offset - 1}) // ${lengths[grain]} + 1 END`;
}

/** What the groups of a chart are, in the order in which they are drawn. */
export type Groups =
	| { readonly kind: 'time'; readonly days: Days; readonly steps: Steps }
	| {
			readonly kind: 'bars';
			readonly encoded: Values;
			readonly shown: readonly (string | null)[];
			readonly codes: readonly number[];
	  }
	| { readonly kind: 'histogram'; readonly bins: Bins }
	| {
			readonly kind: 'heat';
			readonly encoded: Values;
			readonly shown: readonly (string | null)[];
			readonly codes: readonly number[];
			readonly days: Days;
			readonly steps: Steps;
	  };

/** A chart answered: a number for each of its groups. Of a heat map, group `line × (steps + 1) + step`. */
export interface Answer {
	readonly groups: Groups;
	/** Rows of each group that match all filters but the chart's own. */
	readonly rows: Float64Array;
	/** The measure of each group; NaN where it has none. */
	readonly measured: Float64Array;
	/** Rows that match all filters but the chart's own, each once. */
	readonly matched: number;
	/** Of these, the rows that have a value. */
	readonly known: number;
}

/** How many groups there are. */
export function sizeOf(groups: Groups): number {
	switch (groups.kind) {
		case 'time':
			return groups.steps.count + 1;
		case 'bars':
			return groups.codes.length;
		case 'histogram':
			return groups.bins.bars.length + 2;
		case 'heat':
			return groups.codes.length * (groups.steps.count + 1);
	}
}

/** Whether the measure of a group is known from sums over its parts. */
export function isAdditive({ kind }: Measure): boolean {
	return kind !== 'median' && kind !== 'distinct';
}

/** What a measure adds up, and the columns that it reads. */
export interface Measuring {
	readonly cells: readonly Cell[];
	/** The aggregates over the rows that meet a condition: `n` rows, and `s` a sum with `k` rows summed, or `v` the measure itself. */
	readonly over: (where: Sql, suffix?: string) => readonly Sql[];
	readonly summed: boolean;
}

/** How a measure is asked for. */
export async function measuring(ground: Ground, measure: Measure): Promise<Measuring> {
	const column = columnOf(ground.register, measure.column);
	const asked = (
		aggregates: readonly (readonly [string, Sql])[],
		cells: readonly Cell[],
		summed = false
	): Measuring => ({
		cells,
		summed,
		over: (where, suffix = '') =>
			[['n', sql`count(*)`] as const, ...aggregates].map(([name, call]) => {
				const filtered = where.text === 'TRUE' ? call : sql`${call} FILTER (WHERE ${where})`;
				return sql`${filtered} AS ${id(name + suffix)}`;
			})
	});
	if (measure.kind === 'count' || measure.kind === 'share' || !column) return asked([], []);
	if (measure.kind === 'distinct') {
		if (isTime(column)) {
			const { day } = await ground.days(column.name);
			return asked([['v', sql`count(DISTINCT nullif(${cellOf(day)}, 0))`]], [day]);
		}
		if (isAmount(column)) {
			const amount = await ground.amount(column.name);
			return asked([['v', sql`count(DISTINCT ${cellOf(amount)})`]], [amount]);
		}
		const encoded = await ground.values(column.name);
		return asked([['v', sql`count(DISTINCT nullif(${cellOf(encoded)}, 0))`]], [encoded]);
	}
	const amount = await ground.amount(column.name);
	const value = cellOf(amount);
	if (measure.kind === 'median') return asked([['v', sql`median(${value})`]], [amount]);
	const sums = [
		['s', sql`sum(${value})`],
		['k', sql`count(${value})`]
	] as const;
	return asked(sums, [amount], true);
}

/** A measure from its sums: rows, sum, rows summed, and rows of all groups. */
export function measureFrom(measure: Measure, rows: number, sum: number, summed: number, all: number): number {
	switch (measure.kind) {
		case 'count':
			return rows;
		case 'share':
			return all === 0 ? NaN : rows / all;
		case 'sum':
			return summed === 0 ? NaN : sum;
		case 'mean':
			return summed === 0 ? NaN : sum / summed;
		case 'median':
		case 'distinct':
			return NaN;
	}
}

/** The values that a filter of this column has chosen. */
function chosen({ filters }: Exploration, column: string): readonly (string | null)[] {
	const filter = filters.find((one) => aboutOf(one) === column);
	return filter?.kind === 'set' ? filter.values : [];
}

/** A table of codes and the places at which they are drawn, for rows that may stand at several. */
function placesOf(encoded: Values, shown: readonly (string | null)[]): Sql | null {
	if (encoded.single === null) return null;
	const pairs: number[][] = [];
	shown.forEach((value, place) => {
		if (value === null) pairs.push([0, place]);
		else {
			encoded.list.forEach((combined, index) => {
				if (combined.split('|').includes(value)) pairs.push([index + 1, place]);
			});
		}
	});
	return pairs.length === 0 ? null : values('place', ['code', 'place'], pairs);
}

/** Which groups of values are drawn: all while they are few, else the largest of now, and what is chosen. */
async function shownValues(
	ground: Ground,
	exploration: Exploration,
	column: string,
	most: number,
	where: Encoded,
	asking: Asking,
	counted: Counted | null
): Promise<{ encoded: Values; shown: (string | null)[]; codes: number[] }> {
	const encoded = await ground.values(column);
	const picked = chosen(exploration, column);
	if (encoded.single !== null) {
		const shown: (string | null)[] = [...encoded.single.slice(0, most)];
		for (const value of picked) if (value !== null && !shown.includes(value)) shown.push(value);
		return { encoded, shown: [...shown, null], codes: [...shown.map(() => -1), 0] };
	}
	let codes: number[];
	if (encoded.size <= most) codes = Array.from({ length: encoded.size }, (_, place) => place + 1);
	else {
		if (counted) codes = largestOf(counted, most);
		else {
			const code = cellOf(encoded);
			const largest = await ground.database.columns(
				sql`SELECT ${code} AS c, count(*) AS n FROM ${besides([encoded, ...where.cells])}
					WHERE ${code} <> 0 AND ${where.condition} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}`,
				asking
			);
			codes = [...largest.of('c')];
		}
		// Groups that nothing matches fill the place that is left, so that the picture keeps its size.
		for (let next = 1; codes.length < most; next++) if (!codes.includes(next)) codes.push(next);
	}
	const wanted = picked.filter((value) => value !== null);
	const known = await ground.codes(column, wanted);
	for (const value of wanted) {
		const code = known.get(value);
		if (code !== undefined && !codes.includes(code)) codes.push(code);
	}
	const texts = await ground.texts(column, codes);
	return { encoded, shown: [...codes.map((code) => texts.get(code) ?? ''), null], codes: [...codes, 0] };
}

/** The groups of a panel as they are now. */
export async function groupsOf(
	ground: Ground,
	exploration: Exploration,
	panel: Panel,
	where: Encoded,
	asking: Asking = {},
	counted: Counted | null = null
): Promise<Groups> {
	switch (panel.kind) {
		case 'time': {
			const days = await ground.days(panel.column);
			return { kind: 'time', days, steps: stepsOfDays(days, panel.grain) };
		}
		case 'bars':
			return {
				kind: 'bars',
				...(await shownValues(ground, exploration, panel.column, panel.most, where, asking, counted))
			};
		case 'histogram':
			return { kind: 'histogram', bins: await ground.bins(panel.column, panel.scale) };
		case 'heat': {
			const days = await ground.days(panel.by);
			const shown = await shownValues(ground, exploration, panel.column, heatLines, where, asking, counted);
			return { kind: 'heat', ...shown, days, steps: stepsOfDays(days, panel.grain) };
		}
	}
}

/** Lines of a heat map, those that were chosen besides. */
const heatLines = 12;

/** Codes, or pairs of them, up to which rows are counted by code and put together to groups here: the engine counts small numbers fastest. */
const mostCodes = 1 << 17;

/** Values of a column up to which all of them are counted, though only the largest are drawn. */
const mostCounted = 1 << 14;

/** The codes of a panel's rows as they stand in the ground. */
export interface Coding {
	readonly cells: readonly Cell[];
	/** How many codes each cell has. */
	readonly sizes: readonly number[];
	/** How many codes there are, or pairs of them. */
	readonly codes: number;
}

/** The codes of a panel; null when there are too many. */
export async function codingOf(ground: Ground, panel: Panel): Promise<Coding | null> {
	const single = (cell: Cell, codes: number): Coding => ({ cells: [cell], sizes: [codes], codes });
	const values = async () => {
		const encoded = await ground.values(panel.column);
		return encoded.size > mostCounted ? null : single(encoded, encoded.size + 1);
	};
	const days = async (column: string) => {
		const { month, months } = await ground.days(column);
		return single(month, months + 1);
	};
	switch (panel.kind) {
		case 'time':
			return days(panel.column);
		case 'histogram': {
			const { bar, bars } = await ground.bins(panel.column, panel.scale);
			return single(bar, bars.length + 2);
		}
		case 'bars':
			return values();
		case 'heat': {
			const [line, step] = await Promise.all([values(), days(panel.by)]);
			if (!line || line.codes * step.codes > mostCodes) return null;
			return {
				cells: [...line.cells, ...step.cells],
				sizes: [line.codes, step.codes],
				codes: line.codes * step.codes
			};
		}
	}
}

/** Where the codes of a panel's rows stand among its groups. */
export interface Gathering {
	/** The lines of each first code; a row of several values stands in several, and one that is not drawn in none. */
	readonly lines: readonly (readonly number[])[];
	/** The step of each second code within the line, of a heat map. */
	readonly steps: readonly number[] | null;
	readonly width: number;
}

/** Puts codes together to groups. */
export function gathering(groups: Groups): Gathering {
	switch (groups.kind) {
		case 'time': {
			const { steps, days } = groups;
			return {
				lines: Array.from({ length: days.months + 1 }, (_, code) => [stepOf(code, steps)]),
				steps: null,
				width: 1
			};
		}
		case 'histogram':
			return { lines: Array.from({ length: sizeOf(groups) }, (_, bar) => [bar]), steps: null, width: 1 };
		case 'bars':
		case 'heat': {
			const { encoded, shown, codes } = groups;
			const lines = Array.from({ length: encoded.size + 1 }, (): number[] => []);
			shown.forEach((value, place) => {
				if (encoded.single === null || value === null) lines[codes[place] ?? 0]?.push(place);
				else
					encoded.list.forEach((combined, index) => {
						if (combined.split('|').includes(value)) lines[index + 1]?.push(place);
					});
			});
			if (groups.kind === 'bars') return { lines, steps: null, width: 1 };
			const steps = Array.from({ length: groups.days.months + 1 }, (_, code) => stepOf(code, groups.steps));
			return { lines, steps, width: groups.steps.count + 1 };
		}
	}
}

/** Rows counted by the codes of a panel, under one or more sets of filters. A code that nothing matches may be left out. */
interface Counted {
	readonly columns: DataColumns;
	readonly first: Float64Array;
	readonly second: Float64Array | null;
}

/** Counts rows by codes; null when the measure is none that adds up, or there are too many codes. */
async function countByCode(
	ground: Ground,
	panel: Panel,
	wheres: readonly Encoded[],
	asking: Asking
): Promise<Counted | null> {
	const coding = isAdditive(panel.measure) ? await codingOf(ground, panel) : null;
	if (!coding) return null;
	const { over, cells } = await measuring(ground, panel.measure);
	const keys = coding.cells.map((cell, index) => sql`${cellOf(cell)} AS ${id(`code${index}`)}`);
	const [only] = wheres.length === 1 ? wheres : [];
	const aggregates = wheres.flatMap(({ condition: where }, index) => over(only ? sql`TRUE` : where, `${index}`));
	const columns = await ground.database.columns(
		sql`SELECT ${join([...keys, ...aggregates])}
			FROM ${besides([...coding.cells, ...wheres.flatMap((where) => where.cells), ...cells])}
			WHERE ${only?.condition ?? sql`TRUE`} GROUP BY ${join(coding.cells.map(cellOf))}`,
		asking
	);
	return { columns, first: columns.of('code0'), second: keys.length > 1 ? columns.of('code1') : null };
}

/** The codes of the most rows, of those that any row has. */
function largestOf({ columns, first }: Counted, most: number): number[] {
	const counts = new Map<number, number>();
	const n = columns.of('n0');
	first.forEach((code, row) => counts.set(code, (counts.get(code) ?? 0) + (n[row] ?? 0)));
	return [...counts]
		.filter(([code, rows]) => code !== 0 && rows > 0)
		.sort(([a, rows], [b, others]) => others - rows || a - b)
		.slice(0, most)
		.map(([code]) => code);
}

/** The answers of a panel from rows that were counted by code. */
function gathered(panel: Panel, groups: Groups, { columns, first, second }: Counted, count: number): Answer[] {
	const { lines, steps, width } = gathering(groups);
	const size = sizeOf(groups);
	const summed = panel.measure.kind === 'sum' || panel.measure.kind === 'mean';
	return Array.from({ length: count }, (_, index) => {
		const n = columns.of(`n${index}`);
		const [s, k] = summed ? [columns.of(`s${index}`), columns.of(`k${index}`)] : [null, null];
		const [rows, sum, known] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
		let matched = 0;
		let none = 0;
		first.forEach((code, row) => {
			const counted = n[row] ?? 0;
			matched += counted;
			if (code === 0) none += counted;
			const step = steps && second ? (steps[second[row] ?? 0] ?? 0) : 0;
			for (const line of lines[code] ?? []) {
				const at = line * width + step;
				rows[at] = (rows[at] ?? 0) + counted;
				if (s) sum[at] = (sum[at] ?? 0) + ((s[row] ?? NaN) || 0);
				if (k) known[at] = (known[at] ?? 0) + (k[row] ?? 0);
			}
		});
		const measured = rows.map((one, at) => measureFrom(panel.measure, one, sum[at] ?? 0, known[at] ?? 0, matched));
		return { groups, rows, measured, matched, known: matched - none };
	});
}

/** Where a panel's rows go: SQL for the codes of a row, what must stand beside them, and the group of such codes. */
export interface Placing {
	readonly keys: readonly Sql[];
	readonly cells: readonly Cell[];
	/** A join that multiplies rows of several values. */
	readonly places: Sql | null;
	/** Rows that are drawn at all. */
	readonly drawn: Sql;
	/** The group of the codes, -1 for none. */
	readonly groupAt: (first: number, second: number) => number;
}

/** How rows are placed among the groups of a panel. */
export function placing(groups: Groups): Placing {
	const everything = sql`TRUE`;
	switch (groups.kind) {
		case 'time': {
			const code = cellOf(groups.days.month);
			return {
				keys: [stepSql(code, groups.steps)],
				cells: [groups.days.month],
				places: null,
				drawn: everything,
				groupAt: (step) => step
			};
		}
		case 'histogram': {
			return {
				keys: [cellOf(groups.bins.bar)],
				cells: [groups.bins.bar],
				places: null,
				drawn: everything,
				groupAt: (bar) => bar
			};
		}
		case 'bars':
		case 'heat': {
			const { encoded, shown, codes } = groups;
			const places = placesOf(encoded, shown);
			const placeOf = new Map(codes.map((code, place) => [code, place]));
			const line = places === null ? (code: number) => placeOf.get(code) ?? -1 : (place: number) => place;
			const several = encoded.single !== null;
			const key = places === null ? cellOf(encoded) : sql`place.place`;
			const hidden = !several && codes.length < encoded.size + 1;
			const drawn = hidden ? sql`${cellOf(encoded)} IN ${list(codes)}` : everything;
			if (groups.kind === 'bars') {
				return { keys: [key], cells: [encoded], places, drawn, groupAt: line };
			}
			const width = groups.steps.count + 1;
			return {
				keys: [key, stepSql(cellOf(groups.days.month), groups.steps)],
				cells: [encoded, groups.days.month],
				places,
				drawn,
				groupAt: (code, step) => (line(code) < 0 ? -1 : line(code) * width + step)
			};
		}
	}
}

/** The tables of a question: cells side by side, and the join that multiplies rows where there is one. */
export function fromOf(cells: readonly Cell[], { places, cells: [first] }: Pick<Placing, 'places' | 'cells'>): Sql {
	if (places === null || first === undefined) return besides(cells);
	// Brackets, so that the join is with all that stands side by side; around one table they are not allowed.
	const side = besides(cells);
	const bracketed = new Set(cells.map(({ table }) => table)).size > 1 ? sql`(${side})` : side;
	return sql`${bracketed} JOIN ${places} ON place.code = ${cellOf(first)}`;
}

/** Whether each row that matches stands in exactly one group, so that the groups add up to all. */
export function isPartition(place: Placing): boolean {
	return place.places === null && place.drawn.text === 'TRUE';
}

/** Asks a panel with known groups under several sets of filters at once: its answer under each of them. */
export async function tabulate(
	ground: Ground,
	panel: Panel,
	groups: Groups,
	wheres: readonly Encoded[],
	asking: Asking = {},
	given: Counted | null = null
): Promise<Answer[]> {
	const counted = given ?? (await countByCode(ground, panel, wheres, asking));
	if (counted) return gathered(panel, groups, counted, wheres.length);
	const place = placing(groups);
	const { over, cells, summed } = await measuring(ground, panel.measure);
	const additive = isAdditive(panel.measure);
	const keys = place.keys.map((key, index) => sql`${key} AS ${id(`group${index}`)}`);
	const aggregates = wheres.flatMap(({ condition: where }, index) => over(where, `${index}`));
	const own = cellOf(place.cells[0] ?? { table: '' });
	const side = [...place.cells, ...wheres.flatMap((where) => where.cells)];
	const counts = wheres.flatMap(({ condition: where }, index) => [
		sql`count(*) FILTER (WHERE ${where}) AS ${id(`matched${index}`)}`,
		sql`count(*) FILTER (WHERE ${own} <> 0 AND (${where})) AS ${id(`known${index}`)}`
	]);
	const [columns, totals] = await Promise.all([
		ground.database.columns(
			sql`SELECT ${join([...keys, ...aggregates])} FROM ${fromOf([...side, ...cells], place)}
				WHERE ${place.drawn} GROUP BY ${join(place.keys)}`,
			asking
		),
		isPartition(place) && groups.kind !== 'heat'
			? null
			: ground.database.columns(sql`SELECT ${join(counts)} FROM ${besides(side)}`, asking)
	]);
	const size = sizeOf(groups);
	const first = columns.of('group0');
	const second = keys.length > 1 ? columns.of('group1') : null;
	const group = Int32Array.from(first, (key, row) => place.groupAt(key, second?.[row] ?? 0));
	return wheres.map((_, index) => {
		const rows = new Float64Array(size);
		const n = columns.of(`n${index}`);
		group.forEach((at, row) => {
			if (at >= 0) rows[at] = n[row] ?? 0;
		});
		const sum = rows.reduce((total, one) => total + one, 0);
		const matched = totals?.of(`matched${index}`)[0] ?? sum;
		const none = groups.kind === 'bars' ? groups.codes.length - 1 : 0;
		const known = totals?.of(`known${index}`)[0] ?? sum - (rows[none] ?? 0);
		const measured = new Float64Array(size).fill(
			additive ? measureFrom(panel.measure, 0, 0, 0, matched) : panel.measure.kind === 'distinct' ? 0 : NaN
		);
		const [s, k] = summed ? [columns.of(`s${index}`), columns.of(`k${index}`)] : [null, null];
		const v = additive ? null : columns.of(`v${index}`);
		group.forEach((at, row) => {
			if (at < 0) return;
			measured[at] = v
				? (v[row] ?? NaN)
				: measureFrom(panel.measure, n[row] ?? 0, s?.[row] ?? 0, k?.[row] ?? 0, matched);
		});
		return { groups, rows, measured, matched, known };
	});
}

/** Groups into which the rows of several panels are counted in one pass, at most: so many stay in the nearest memory. */
const mostPacked = 1 << 12;

/** Panels that are counted in one pass: every code of one with every code of the others, of which each panel is the margin. */
interface Pack {
	readonly where: Encoded;
	readonly cells: readonly Cell[];
	readonly codes: number;
	readonly places: readonly number[];
}

/** Puts panels together that obey the same filters, where the product of their codes is small. */
function packed(codings: readonly (Coding | null)[], wheres: readonly Encoded[]): Pack[] {
	const packs: Pack[] = [];
	const order = codings
		.flatMap((coding, place) => (coding ? [{ coding, place, where: wheres[place] }] : []))
		.sort((a, b) => b.coding.cells.length - a.coding.cells.length || a.coding.codes - b.coding.codes);
	for (const { coding, place, where } of order) {
		if (!where) continue;
		const widened = packs.map((pack) => {
			const missing = coding.cells.flatMap((cell, index) =>
				pack.cells.some(({ table }) => table === cell.table) ? [] : [{ cell, size: coding.sizes[index] ?? 1 }]
			);
			return {
				where,
				cells: [...pack.cells, ...missing.map(({ cell }) => cell)],
				codes: missing.reduce((product, { size }) => product * size, pack.codes),
				places: [...pack.places, place]
			};
		});
		const found = widened.findIndex(
			({ codes }, index) =>
				packs[index]?.where.condition.text === where.condition.text &&
				(codes === packs[index].codes || codes <= mostPacked)
		);
		const wider = widened[found];
		if (wider) packs[found] = wider;
		else packs.push({ where, cells: coding.cells, codes: coding.codes, places: [place] });
	}
	return packs;
}

/** Rows counted by code out of their number at each code, or at each pair `first × width + second`. */
function countedFrom(sums: Float64Array, width: number, isPaired: boolean): Counted {
	const held = Float64Array.from(sums.keys()).filter((at) => (sums[at] ?? 0) > 0);
	const n = held.map((at) => sums[at] ?? 0);
	return {
		columns: { rows: held.length, of: () => n },
		first: isPaired ? held.map((at) => Math.floor(at / width)) : held,
		second: isPaired ? held.map((at) => at % width) : null
	};
}

/** The rows of one panel out of those of a pack. */
function marginOf(columns: DataColumns, { cells }: Pack, coding: Coding): Counted {
	const [first, second = null] = coding.cells.map(({ table }) =>
		columns.of(`code${cells.findIndex((cell) => cell.table === table)}`)
	);
	const width = coding.sizes[1] ?? 1;
	const sums = new Float64Array(coding.codes);
	columns.of('n0').forEach((rows, row) => {
		const at = (first?.[row] ?? 0) * width + (second?.[row] ?? 0);
		sums[at] = (sums[at] ?? 0) + rows;
	});
	return countedFrom(sums, width, second !== null);
}

/** The rows that a filter leaves, 1 for each, found in the page; null where it leaves all. */
async function metInPage(ground: Ground, filter: Filter, units: readonly NamedUnit[]): Promise<Uint8Array | null> {
	if (filter.kind === 'search') {
		if (wordsOf(filter.text).length === 0) return null;
		const key = JSON.stringify(['search', ...wordsOf(filter.text)]);
		return ground.met(key, async () => (await foundInPage(ground, filter.text, units)) ?? new Uint8Array());
	}
	const column = columnOf(ground.register, filter.column);
	if (!column) return null;
	if (filter.kind === 'set')
		return ground.met(JSON.stringify(['set', column.name, ...filter.values]), async () => {
			const { encoded, codes } = await codesIn(ground, column.name, filter.values);
			const isIn = new Uint8Array(encoded.size + 1);
			for (const code of codes) isIn[code] = 1;
			const plane = await ground.plane(encoded);
			const met = new Uint8Array(plane.length);
			for (let row = 0; row < met.length; row++) met[row] = isIn[plane[row] ?? 0] ?? 0;
			return met;
		});
	return ground.met(JSON.stringify(['range', column.name, filter.from, filter.to]), async () => {
		const met = await encodedMeets(ground, { ...filter, exclude: false }, units);
		return (await ground.database.codes(
			sql`SELECT CAST(${met.condition} AS UTINYINT) AS c FROM ${besides(met.cells)}`
		)) as Uint8Array;
	});
}

/** Brings the codes of panels into the page, one after the other, before anyone filters. */
export async function readyCounts(ground: Ground, panels: readonly Panel[], asking: Asking): Promise<void> {
	for (const panel of panels)
		for (const cell of (await codingOf(ground, panel))?.cells ?? []) await ground.plane(cell, asking);
}

/** Counts rows of panels by code in the page, which holds the codes of each row; null for what is not counted, or has too many codes. */
async function countInPage(
	ground: Ground,
	exploration: Exploration,
	panels: readonly Panel[],
	codings: readonly (Coding | null)[],
	units: readonly NamedUnit[]
): Promise<readonly (Counted | null)[]> {
	const filters = await Promise.all(
		activeFilters(exploration).map(async (filter) => ({
			about: aboutOf(filter),
			/** What a row must be in `met`. */
			wanted: filter.exclude ? (0 as const) : (1 as const),
			met: await metInPage(ground, filter, units)
		}))
	);
	const planes = await Promise.all(
		codings.map(async (coding) => Promise.all((coding?.cells ?? []).map((cell) => ground.plane(cell))))
	);
	// A panel counts the rows that fail no filter, and those that fail none but its own.
	const owned = panels.map((panel) => {
		const own = ownColumns(panel);
		return filters.reduce((bits, { about }, place) => (own.includes(about) ? bits | (1 << place) : bits), 0);
	});
	const failing = failingOf(filters, ground.rows);
	const wanted = Array.from({ length: 1 << filters.length }, (_, fails) => fails).filter((fails) =>
		owned.some((own) => (fails & ~own) === 0)
	);
	const rowsOf = rowsFailing(failing, wanted, filters.length);
	return codings.map((coding, place) => {
		const [first, second] = planes[place] ?? [];
		const own = owned[place] ?? 0;
		if (!coding || !first) return null;
		const width = coding.sizes[1] ?? 1;
		const sums = new Float64Array(coding.codes);
		for (const [fails, rows] of rowsOf) {
			if ((fails & ~own) !== 0) continue;
			if (second)
				for (let at = 0; at < rows.length; at++) {
					const row = rows[at] ?? 0;
					const code = (first[row] ?? 0) * width + (second[row] ?? 0);
					sums[code] = (sums[code] ?? 0) + 1;
				}
			else
				for (let at = 0; at < rows.length; at++) {
					const code = first[rows[at] ?? 0] ?? 0;
					sums[code] = (sums[code] ?? 0) + 1;
				}
		}
		return countedFrom(sums, width, second !== undefined);
	});
}

/** Filters up to which the page counts: each is a bit of what a row fails. */
const mostInPage = 8;

/** The filters that each row fails, a bit a filter. */
function failingOf(
	filters: readonly { readonly met: Uint8Array | null; readonly wanted: 0 | 1 }[],
	rows: number
): Uint8Array {
	const failing = new Uint8Array(rows);
	filters.forEach(({ met, wanted }, place) => {
		const bit = 1 << place;
		if (!met && wanted === 1) return;
		for (let row = 0; row < rows; row++) {
			const fails = (met ? (met[row] ?? 0) : 1) ^ wanted;
			failing[row] = (failing[row] ?? 0) | (fails * bit);
		}
	});
	return failing;
}

/** The numbers of the rows that fail these sets of filters and no others. */
function rowsFailing(failing: Uint8Array, sets: readonly number[], filters: number): ReadonlyMap<number, Uint32Array> {
	const counts = new Uint32Array(1 << filters);
	for (let row = 0; row < failing.length; row++) {
		const fails = failing[row] ?? 0;
		counts[fails] = (counts[fails] ?? 0) + 1;
	}
	// The sets stand one after the other; the rows of all others are written over each other at the end.
	const starts = new Uint32Array(1 << filters);
	const steps = new Uint8Array(1 << filters);
	let end = 0;
	for (const fails of sets) {
		starts[fails] = end;
		steps[fails] = 1;
		end += counts[fails] ?? 0;
	}
	for (let fails = 0; fails < steps.length; fails++) if (steps[fails] === 0) starts[fails] = end;
	const rows = new Uint32Array(end + 1);
	const next = starts.slice();
	for (let row = 0; row < failing.length; row++) {
		const fails = failing[row] ?? 0;
		const at = next[fails] ?? 0;
		rows[at] = row;
		next[fails] = at + (steps[fails] ?? 0);
	}
	return new Map(sets.map((fails) => [fails, rows.subarray(starts[fails], next[fails])]));
}

/** The filters of each panel, and its rows by code: panels that obey the same filters are counted together. */
async function countTogether(
	ground: Ground,
	exploration: Exploration,
	panels: readonly Panel[],
	units: readonly NamedUnit[],
	asking: Asking
): Promise<readonly { readonly where: Encoded; readonly counted: Counted | null }[]> {
	const codings = await Promise.all(
		panels.map(async (panel) => {
			const { kind } = panel.measure;
			return kind === 'count' || kind === 'share' ? codingOf(ground, panel) : null;
		})
	);
	// What all rows are is asked once; what filters leave of them, again and again.
	const inPage =
		ground.isHeld && activeFilters(exploration).length > 0 && activeFilters(exploration).length <= mostInPage
			? await countInPage(ground, exploration, panels, codings, units)
			: [];
	if (panels.length > 0 && inPage.length === panels.length && inPage.every((counted) => counted !== null))
		return inPage.map((counted) => ({ where: { condition: sql`TRUE`, cells: [] }, counted }));
	const flags = await Promise.all(
		activeFilters(exploration).map(async (filter) => {
			const met = await encodedMeets(ground, filter, units);
			const cell = panels.length > 1 && met.cells.length > 0 ? await ground.hits(met) : null;
			const condition = cell ? cellOf(cell) : met.condition;
			return {
				about: aboutOf(filter),
				condition: filter.exclude ? sql`NOT (${condition})` : condition,
				cells: cell ? [cell] : met.cells
			};
		})
	);
	const wheres = panels.map((panel): Encoded => {
		const own = ownColumns(panel);
		const obeyed = flags.filter(({ about }) => !own.includes(about));
		return { condition: all(obeyed.map(({ condition }) => condition)), cells: obeyed.flatMap(({ cells }) => cells) };
	});
	const counts = new Map<number, Counted>();
	inPage.forEach((counted, place) => counted && counts.set(place, counted));
	const missing = codings.map((coding, place) => (counts.has(place) ? null : coding));
	const counting = packed(missing, wheres).map(async (pack) => {
		const { where, cells, places } = pack;
		const keys = cells.map((cell, index) => sql`${cellOf(cell)} AS ${id(`code${index}`)}`);
		const columns = await ground.database.columns(
			sql`SELECT ${join(keys)}, count(*) AS n0 FROM ${besides([...cells, ...where.cells])}
				WHERE ${where.condition} GROUP BY ${join(cells.map(cellOf))}`,
			asking
		);
		for (const place of places) {
			const coding = codings[place];
			if (coding) counts.set(place, marginOf(columns, pack, coding));
		}
	});
	await Promise.all(counting);
	return Promise.all(
		panels.map(async (panel, place) => {
			const where = wheres[place] ?? { condition: sql`TRUE`, cells: [] };
			return { where, counted: counts.get(place) ?? (await countByCode(ground, panel, [where], asking)) };
		})
	);
}

/** Asks panels: the groups of each, and the measure of each group, exactly. */
export function answers(
	ground: Ground,
	exploration: Exploration,
	panels: readonly Panel[],
	units: readonly NamedUnit[],
	asking: Asking = {}
): Promise<Answer>[] {
	const together = countTogether(ground, exploration, panels, units, asking);
	return panels.map(async (panel, place) => {
		const one = (await together)[place];
		if (!one) throw new RangeError('Each panel is counted.');
		const { where, counted } = one;
		const groups = await groupsOf(ground, exploration, panel, where, asking, counted);
		const [only] = await tabulate(ground, panel, groups, [where], asking, counted);
		if (!only) throw new RangeError('A question under one set of filters has one answer.');
		return only;
	});
}

/** Asks one panel. */
export async function answer(
	ground: Ground,
	exploration: Exploration,
	panel: Panel,
	units: readonly NamedUnit[],
	asking: Asking = {}
): Promise<Answer> {
	const [only] = answers(ground, exploration, [panel], units, asking);
	if (!only) throw new RangeError('One panel has one answer.');
	return only;
}

/** How many rows match every active filter. */
export async function matching(
	ground: Ground,
	exploration: Exploration,
	units: readonly NamedUnit[],
	asking: Asking = {}
): Promise<number> {
	const where = await encodedWhere(ground, exploration, units);
	if (where.cells.length === 0) return ground.rows;
	const columns = await ground.database.columns(
		sql`SELECT count(*) AS n FROM ${besides(where.cells)} WHERE ${where.condition}`,
		asking
	);
	return columns.of('n')[0] ?? 0;
}

/** A value of a column that a search inside its facet found, and how many rows hold it under all filters but its own. */
export interface FacetValue {
	readonly value: string;
	readonly rows: number;
}

/**
 * The values of a column that a search inside its facet finds, the most frequent first.
 *
 * @param text what is searched; nothing finds all.
 * @param nameOf what a value is called, where it is a code of something.
 */
export async function facetValues(
	ground: Ground,
	exploration: Exploration,
	column: string,
	units: readonly NamedUnit[],
	text: string,
	nameOf: (value: string) => string,
	most: number,
	asking: Asking = {}
): Promise<FacetValue[]> {
	const encoded = await ground.values(column);
	const where = await encodedWhere(ground, exploration, units, [column]);
	const code = cellOf(encoded);
	const words = wordsOf(text);
	const holds = (value: string) => {
		const name = foldKey(nameOf(value));
		return words.every((word) => name.includes(word));
	};
	// Few values are read here, by their names; many are texts, which the engine folds itself.
	const few = encoded.single !== null || encoded.size <= mostListed;
	const among = few || words.length === 0 ? sql`${code} <> 0` : sql`${code} IN (${ground.holding(column, words)})`;
	const columns = await ground.database.columns(
		sql`SELECT ${code} AS c, count(*) FILTER (WHERE ${where.condition}) AS n FROM ${besides([encoded, ...where.cells])}
			WHERE ${among} GROUP BY 1 ORDER BY 2 DESC, 1 ${few ? sql`` : sql`LIMIT ${most}`}`,
		asking
	);
	const codes = columns.of('c');
	const counts = columns.of('n');
	const texts = await ground.texts(column, [...codes]);
	const found = new Map<string, number>();
	codes.forEach((one, row) => {
		const value = texts.get(one) ?? '';
		for (const single of encoded.single === null ? [value] : new Set(value.split('|'))) {
			if (!few || holds(single)) found.set(single, (found.get(single) ?? 0) + (counts[row] ?? 0));
		}
	});
	return [...found]
		.map(([value, rows]) => ({ value, rows }))
		.sort((a, b) => b.rows - a.rows)
		.slice(0, most);
}
