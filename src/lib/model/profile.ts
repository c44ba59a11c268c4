/**
 * What a loaded register looks like: each column (how full, how wide, how spread), which units wrote in which periods, and a reading of
 * both. The reading is a list of findings, the good ones too; a page puts them into words.
 */
import type { Database } from '../database/database';
import type { DataRow, DataValue } from '../database/row';
import { all, double, id, join, monthNumber, sql, type Sql } from '../database/sql';
import { indicators, type Indicator } from './catalogue';
import { columnsBehind } from './detail';
import { lastDay, monthOf, stepsOf, type Grain, type Month } from './period';
import { reports, type ReportState } from './reporting';
import { isMoney, type Column, type Table } from './table';

/** A value and the number of rows that hold it. */
export interface Frequency {
	/** Codes as codes; `true` or `false` of a boolean. */
	readonly value: string;
	readonly count: number;
}

/** The smallest value, the quartiles and the largest: numbers, or days. The quartiles of days are days that occur. */
export interface Range {
	readonly minimum: number | Date;
	readonly lower: number | Date;
	readonly median: number | Date;
	readonly upper: number | Date;
	readonly maximum: number | Date;
}

/** How the values of a column are spread. Every value is counted once: in a bin, as a zero or as a negative. */
export interface Histogram {
	/** `log`: all bins are equally wide in the logarithm. `time`: whole days, weeks, months or years. */
	readonly scale: 'linear' | 'log' | 'time';
	/**
	 * The bounds of the bins in order, one more than there are bins; for days their time in milliseconds. Bin `i` holds what lies above
	 * `edges[i]` and is at most `edges[i + 1]`.
	 */
	readonly edges: readonly number[];
	readonly counts: readonly number[];
	readonly zeros: number;
	readonly negatives: number;
}

/** A row that an outlier stands in, by the values of the table's key. */
export interface Extreme {
	readonly key: readonly DataValue[];
	readonly value: number;
}

/** Numbers that lie more than three interquartile ranges outside the quartiles: on the logarithm where the histogram is on it. */
export interface Outliers {
	readonly count: number;
	/** The bounds that they lie outside. On the logarithm only what is above 0 is judged. */
	readonly low: number;
	readonly high: number;
	/** Those farthest from the median, the farthest first; on the logarithm where the histogram is on it. */
	readonly farthest: readonly Extreme[];
}

/** What the cells of one column look like. */
export interface ColumnProfile {
	/** The name of the column. */
	readonly column: string;
	readonly rows: number;
	/** Rows whose cell is not empty. */
	readonly filled: number;
	/** Different values; of a column with several codes in a cell, different codes. */
	readonly distinct: number;
	/** Characters of the longest text; null for what is no free text. */
	readonly longest: number | null;
	/**
	 * The five most frequent values, the most frequent first; of several codes in a cell each counts. None for numbers and days, and none
	 * for names of persons, which are counted but never listed.
	 */
	readonly top: readonly Frequency[];
	/** Null for what is neither number nor day. */
	readonly range: Range | null;
	readonly histogram: Histogram | null;
	/** Null when there are too few values to tell, or half of them are the same. */
	readonly outliers: Outliers | null;
	/** Numbers above 100, and those of them of which the first digit alone is not zero (200, 30000): some hundredth, were they not rounded. */
	readonly round: { readonly count: number; readonly of: number } | null;
	/** Days that are a 1 January, the day that is typed where only the year is known. */
	readonly newYear: number | null;
}

/**
 * The bounds at which something is said about the data; a choice of this project.
 *
 * The bound for round numbers lies far above the hundredth that is round by chance, that for 1 January far above one day in 365.
 */
export const readingRule = {
	/** Fewer values than this have no habits. */
	least: 20,
	/** An important column is called full, and one called sparse, at these shares of the rows. */
	full: 0.9,
	sparse: 0.5,
	/** Shares of round numbers, and of days that are a 1 January. */
	round: 0.5,
	newYear: 0.05,
	/** One unit has more than this share of the rows. */
	dominant: 0.5,
	/** Where at least this share of the units has rows, the others are missed. */
	spread: 0.5,
	/** Rows of one unit from which it is remarkable that all of them say 100%. */
	rowsOfUnit: 5,
	/** Reports that came whole and in time, and reports that never came. */
	complete: 0.9,
	missing: 0.2
} as const;

/** Columns that hold names of persons. */
const persons: ReadonlySet<string> = new Set(['lead_author', 'co_authors']);

const topValues = 5;
const farthestShown = 5;

/** Bins that a histogram has at most; mostly there are some twenty. */
const mostBins = 24;

/** The quartiles of numbers as a list, interpolated. Only DuckDB knows this function. */
function quartiles(value: Sql): Sql {
	return sql`quantile_cont(${value}, [0.25, 0.5, 0.75])`;
}

/** The number of values up to each bound and above the one before it, as a list. Only DuckDB knows these functions. */
function countsUpTo(value: Sql, bounds: readonly number[]): Sql {
	return sql`CAST(map_values(histogram(${value}, CAST([${join(bounds)}] AS DOUBLE[]))) AS DOUBLE[])`;
}

/** One row a code out of cells that hold several, with the rows of the cells that hold it. Only DuckDB knows these functions. */
function eachCode(cells: Sql): Sql {
	return sql`SELECT v, sum(n) AS n FROM (SELECT unnest(list_distinct(string_split(v, '|'))) AS v, n FROM ${cells}) GROUP BY v`;
}

/** The numbers of bounds `edge(first)` to `edge(last)`, of which the first lies below `low` and the last not below `high`. */
function edgesAround(
	low: number,
	high: number,
	edge: (index: number) => number,
	near: (value: number) => number
): number[] {
	let first = near(low);
	while (edge(first) >= low) first--;
	let last = Math.max(near(high), first + 1);
	while (edge(last) < high) last++;
	// Near the smallest number of all, bounds may fall together.
	return [...new Set(Array.from({ length: last - first + 1 }, (_, index) => edge(first + index)))];
}

/**
 * The bounds of at most some twenty bins for numbers above 0 that lie from `low` to `high`.
 *
 * Linear bins are 1, 2 or 5 times a power of ten wide, and at least 1 for whole numbers; bins on the logarithm divide each power of ten,
 * or put several together.
 */
export function edgesOf(scale: 'linear' | 'log', low: number, high: number, whole = false): number[] {
	if (scale === 'log') {
		for (const parts of [16, 8, 4, 2, 1, 1 / 2, 1 / 5, 1 / 10, 1 / 20, 1 / 40]) {
			const edge = (index: number) => 10 ** (index / parts);
			const edges = edgesAround(low, high, edge, (value) => Math.ceil(Math.log10(value) * parts));
			// A bin without a whole number in it would look like a gap in the counts.
			const isFair =
				!whole || edges.every((bound, index) => index === 0 || Math.floor(bound) > Math.floor(edges[index - 1] ?? 0));
			if (edges.length <= mostBins + 1 && isFair) return edges;
		}
	}
	// Narrower bins than this the numbers themselves cannot tell apart.
	const least = Math.max((high - low || high) / mostBins, high * 1e-12, 1e-300);
	for (let power = whole ? Math.max(0, Math.floor(Math.log10(least))) : Math.floor(Math.log10(least)); ; power++) {
		for (const digit of [1, 2, 5]) {
			// Divided by a whole number, 3 tenths are the very number that is written 0.3.
			const edge = (index: number) => (power < 0 ? (index * digit) / 10 ** -power : index * digit * 10 ** power);
			if (edge(1) < least && !(whole && power === 0 && least <= 1)) continue;
			const edges = edgesAround(low, high, edge, (value) => Math.ceil(value / edge(1)));
			if (edges.length <= mostBins + 1) return edges;
		}
	}
}

const day = 86_400_000;

/** Months that a bin of days may take, up to the ten thousand years of the calendar. */
const monthSteps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400] as const;

/** The last days of at most some twenty bins for days from `low` to `high`, before them the day before the first bin. */
export function daysOf(low: Date, high: Date): Date[] {
	const days = (high.getTime() - low.getTime()) / day + 1;
	const step = days <= mostBins ? 1 : days <= mostBins * 7 ? 7 : null;
	if (step !== null) {
		const length = Math.ceil(days / step) + 1;
		return Array.from({ length }, (_, index) => new Date(low.getTime() + (index * step - 1) * day));
	}
	const [from, to] = [monthOf(low), monthOf(high)];
	const months = monthSteps.find((one) => Math.floor(to / one) - Math.floor(from / one) < mostBins) ?? 6000;
	const first = Math.floor(from / months);
	const length = Math.floor(to / months) - first + 2;
	return Array.from({ length }, (_, index) => lastDay((first + index) * months - 1));
}

const isNumber = ({ type }: Column) => type === 'number' || type === 'integer';

interface TextAnswer extends DataRow {
	filled: number;
	distinct: number;
	longest: number | null;
	value: string | null;
	count: number | null;
}

/** What all profiles of a kind have in common. */
const plain = { longest: null, top: [], range: null, histogram: null, outliers: null, round: null, newYear: null };

/** Texts, codes, periods and booleans: counted by value, once. */
async function textProfile(
	db: Database,
	table: Table,
	column: Column,
	rows: number,
	signal?: AbortSignal
): Promise<ColumnProfile> {
	const name = id(column.name);
	const found = await db.query<TextAnswer>(
		sql`WITH cell AS (SELECT ${name} AS v, count(*) AS n FROM ${id(table.name)} WHERE ${name} IS NOT NULL GROUP BY ${name}),
		part AS (${column.type === 'codes' ? eachCode(sql`cell`) : sql`SELECT v, n FROM cell`}),
		top AS (SELECT v, n FROM part ORDER BY n DESC, v LIMIT ${topValues}),
		total AS (SELECT
			(SELECT coalesce(sum(n), 0) FROM cell) AS filled,
			(SELECT count(*) FROM part) AS different,
			${column.type === 'text' ? sql`(SELECT max(length(v)) FROM cell)` : sql`NULL`} AS longest)
		SELECT ${double(sql`total.filled`)} AS filled, total.different AS "distinct", total.longest AS longest,
			CAST(top.v AS VARCHAR) AS "value", ${double(sql`top.n`)} AS "count"
		FROM total LEFT JOIN top ON TRUE ORDER BY top.n DESC, top.v`,
		{ signal }
	);
	return {
		...plain,
		column: column.name,
		rows,
		filled: found[0]?.filled ?? 0,
		distinct: found[0]?.distinct ?? 0,
		longest: found[0]?.longest ?? null,
		top: persons.has(column.name)
			? []
			: found.flatMap(({ value, count }) => (value === null ? [] : [{ value, count: count ?? 0 }]))
	};
}

interface DayAnswer extends DataRow {
	value: Date;
	count: number;
}

/** Days: there are few different ones, so they come counted, and the rest is done here. */
async function dayProfile(
	db: Database,
	table: Table,
	column: Column,
	rows: number,
	signal?: AbortSignal
): Promise<ColumnProfile> {
	const name = id(column.name);
	const found = await db.query<DayAnswer>(
		sql`SELECT ${name} AS "value", count(*) AS "count" FROM ${id(table.name)} WHERE ${name} IS NOT NULL GROUP BY ${name} ORDER BY ${name}`,
		{ signal }
	);
	const filled = found.reduce((sum, { count }) => sum + count, 0);
	const isNewYear = ({ value }: DayAnswer) => value.getUTCMonth() === 0 && value.getUTCDate() === 1;
	const newYear = found.filter(isNewYear).reduce((sum, { count }) => sum + count, 0);
	const profile = { ...plain, column: column.name, rows, filled, distinct: found.length, newYear };
	const [minimum, maximum] = [found[0]?.value, found.at(-1)?.value];
	if (!minimum || !maximum) return profile;
	const quartile = (share: number) => {
		let seen = 0;
		return found.find(({ count }) => (seen += count) >= share * filled)?.value ?? maximum;
	};
	const range = { minimum, lower: quartile(0.25), median: quartile(0.5), upper: quartile(0.75), maximum };
	// A bin may begin 500 years before, and JavaScript takes a year below 100 for one of the last century.
	if (minimum.getUTCFullYear() < 600) return { ...profile, range };
	const edges = daysOf(minimum, maximum).map((edge) => edge.getTime());
	const counts = edges.slice(1).map(() => 0);
	let bin = 0;
	for (const { value, count } of found) {
		while (value.getTime() > (edges[bin + 1] ?? Infinity)) bin++;
		counts[bin] = (counts[bin] ?? 0) + count;
	}
	return { ...profile, range, histogram: { scale: 'time', edges, counts, zeros: 0, negatives: 0 } };
}

interface NumberAnswer extends DataRow {
	filled: number;
	distinct: number;
	minimum: number | null;
	maximum: number | null;
	quartiles: number[] | null;
	zeros: number;
	negatives: number;
	least: number | null;
	large: number;
	round: number;
}

/** Bounds three interquartile ranges outside the quartiles, on the logarithm or not; null when there is no spread to judge by. */
function fences(quarters: readonly number[] | null, scale: 'linear' | 'log'): { low: number; high: number } | null {
	const [lower = NaN, , upper = NaN] = quarters ?? [];
	if (!(upper > lower)) return null;
	if (scale === 'log') return { low: lower / (upper / lower) ** 3, high: upper * (upper / lower) ** 3 };
	return { low: lower - 3 * (upper - lower), high: upper + 3 * (upper - lower) };
}

async function numberProfile(
	db: Database,
	table: Table,
	column: Column,
	rows: number,
	signal?: AbortSignal
): Promise<ColumnProfile> {
	const name = id(column.name);
	const from = sql`(SELECT ${double(name)} AS v FROM ${id(table.name)} WHERE ${name} IS NOT NULL) AS cell`;
	const v = sql`v`;
	const counted = (condition: Sql) => double(sql`coalesce(sum(n) FILTER (WHERE ${condition}), 0)`);
	const [found] = await db.query<NumberAnswer>(
		sql`WITH part AS (SELECT v, count(*) AS n FROM ${from} GROUP BY v)
		SELECT ${counted(sql`TRUE`)} AS filled, count(*) AS "distinct", min(v) AS minimum, max(v) AS maximum,
			(SELECT ${quartiles(v)} FROM ${from}) AS quartiles,
			${counted(sql`v = 0`)} AS zeros, ${counted(sql`v < 0`)} AS negatives, min(v) FILTER (WHERE v > 0) AS least,
			${counted(sql`v > 100`)} AS "large",
			${counted(sql`v > 100 AND v % power(10, floor(log10(greatest(v, 1)))) = 0`)} AS "round"
		FROM part`,
		{ signal }
	);
	const { filled = 0, distinct = 0, minimum = null, maximum = null, zeros = 0, negatives = 0 } = found ?? {};
	const profile = {
		...plain,
		column: column.name,
		rows,
		filled,
		distinct,
		round: { count: found?.round ?? 0, of: found?.large ?? 0 }
	};
	if (minimum === null || maximum === null || !Number.isFinite(maximum - minimum)) return profile;
	const [lower = minimum, median = minimum, upper = maximum] = found?.quartiles ?? [];
	const range: Range = { minimum, lower, median, upper, maximum };
	const least = found?.least ?? null;
	// Money and other numbers with a long tail are told apart on the logarithm only.
	const scale = isMoney(column) || (minimum >= 0 && upper > 0 && maximum > 5 * upper) ? 'log' : 'linear';
	const edges = least === null ? null : edgesOf(scale, least, maximum, column.type === 'integer');
	let quarters = found?.quartiles ?? null;
	if (scale === 'log' && zeros + negatives > 0) {
		const [above] = await db.query<{ quartiles: number[] | null }>(
			sql`SELECT ${quartiles(v)} AS quartiles FROM ${from} WHERE v > 0`,
			{ signal }
		);
		quarters = above?.quartiles ?? null;
	}
	const judged = scale === 'log' ? filled - zeros - negatives : filled;
	const bounds = judged < readingRule.least ? null : fences(quarters, scale);
	const outside = bounds
		? sql`(v > ${bounds.high} OR (v < ${bounds.low} AND ${scale === 'log' ? sql`v > 0` : sql`TRUE`}))`
		: sql`FALSE`;
	if (edges === null && bounds === null) {
		return { ...profile, range, histogram: { scale, edges: [], counts: [], zeros, negatives } };
	}
	const [binned] = await db.query<{ counts: number[] | null; outside: number }>(
		sql`SELECT ${edges === null ? sql`NULL` : countsUpTo(v, edges)} AS counts, count(*) FILTER (WHERE ${outside}) AS outside FROM ${from}`,
		{ signal }
	);
	const histogram: Histogram = {
		scale,
		edges: edges ?? [],
		// The first number counts what is at most the first bound: zeros and negatives.
		counts: (binned?.counts ?? []).slice(1, edges?.length),
		zeros,
		negatives
	};
	const count = binned?.outside ?? 0;
	const outliers = bounds && {
		...bounds,
		count,
		farthest: count > 0 ? await farthest(db, table, column, outside, scale, median, signal) : []
	};
	return { ...profile, range, histogram, outliers };
}

/** The rows that lie farthest from the median among those outside. */
async function farthest(
	db: Database,
	table: Table,
	column: Column,
	outside: Sql,
	scale: 'linear' | 'log',
	median: number,
	signal?: AbortSignal
): Promise<Extreme[]> {
	const distance =
		scale === 'log' && median > 0 ? sql`greatest(v / ${median}, ${median} / v)` : sql`abs(v - ${median})`;
	const key = join(table.key.map((name) => id(name)));
	const found = await db.query(
		sql`SELECT v AS "the value", ${key} FROM (SELECT ${double(id(column.name))} AS v, ${key} FROM ${id(table.name)}) AS cell
		WHERE ${outside} ORDER BY ${distance} DESC, ${key} LIMIT ${farthestShown}`,
		{ signal }
	);
	return found.map((row) => ({
		key: table.key.map((name) => row[name] ?? null),
		value: Number(row['the value'])
	}));
}

/** The profile of each declared column of a table in the engine, in the order of the declaration. */
export async function columnProfiles(db: Database, table: Table, signal?: AbortSignal): Promise<ColumnProfile[]> {
	const [counted] = await db.query<{ count: number }>(sql`SELECT count(*) AS "count" FROM ${id(table.name)}`, {
		signal
	});
	const rows = counted?.count ?? 0;
	return Promise.all(
		table.columns.map((column) => {
			const ask = isNumber(column) ? numberProfile : column.type === 'date' ? dayProfile : textProfile;
			return ask(db, table, column, rows, signal);
		})
	);
}

/** What a unit wrote in a period. */
export interface CoverageCell {
	readonly rows: number;
	/** What became of the report, where reports are owed. */
	readonly state: ReportState | null;
}

/** The rows of one unit. */
export interface UnitCoverage {
	readonly unit_id: string;
	/** All its rows, also those that lie outside the periods. */
	readonly rows: number;
	/** Whether the unit must report and lived in one of the periods. */
	readonly expected: boolean;
	/** By period; null when the unit did not live in it and has no row. */
	readonly cells: readonly (CoverageCell | null)[];
}

/** Which units wrote in which periods. Each row is counted once: in a cell, as outside, or as unplaced. */
export interface CoverageMatrix {
	/** In order, those without a row too; the periods of the reports, or quarters. */
	readonly periods: readonly string[];
	/** Units with rows, and those that must report, by their id. */
	readonly units: readonly UnitCoverage[];
	/** Rows that lie in periods before or after those shown, such as one with a mistyped year. */
	readonly outside: number;
	/** Rows without a unit or without a day. */
	readonly unplaced: number;
}

interface Count extends DataRow {
	unit_id: string | null;
	period: string | null;
	last: Month | null;
	rows: number;
}

interface Life extends DataRow {
	unit_id: string;
	valid_from: Date | null;
	valid_to: Date | null;
	reports: boolean;
}

/** Months that a matrix spans at most. */
const span = 72;

/** Months of a period by its name. */
function monthsIn(period: string): number {
	return /-Q/.test(period) ? 3 : /-H/.test(period) ? 6 : /-/.test(period) ? 1 : 12;
}

interface Period {
	readonly name: string;
	/** The last of its months. */
	readonly last: Month;
}

/** The periods to show: the six years that hold the most rows, the latest such, without gaps where all periods are of one kind. */
function shownPeriods(counts: readonly Count[]): readonly Period[] {
	const rows = new Map<string, Period & { rows: number }>();
	for (const { period: name, last, rows: more } of counts) {
		if (name === null || last === null) continue;
		const key = `${name} ${last}`;
		rows.set(key, { name, last, rows: (rows.get(key)?.rows ?? 0) + more });
	}
	const sorted = [...rows.values()].sort((a, b) => a.last - b.last || (a.name < b.name ? -1 : 1));
	let [first, within, most] = [0, 0, 0];
	let best = { first: 0, end: 0 };
	sorted.forEach((period, index) => {
		within += period.rows;
		for (; (sorted[first]?.last ?? Infinity) <= period.last - span; first++) within -= sorted[first]?.rows ?? 0;
		if (within >= most) [most, best] = [within, { first, end: index + 1 }];
	});
	const shown = sorted.slice(best.first, best.end);
	const [from, to] = [shown[0], shown.at(-1)];
	const grain = (['month', 'quarter', 'year'] as const).find((one) =>
		shown.every(({ name }) => monthsIn(name) === grainMonths[one])
	);
	if (!from || !to || !grain) return shown;
	const whole = { from: from.last - grainMonths[grain] + 1, to: to.last };
	return stepsOf(whole, grain).map(({ period, span: { to: last } }) => ({ name: period, last }));
}

const grainMonths: Readonly<Record<Grain, number>> = { month: 1, quarter: 3, year: 12 };

/** The column that names the unit of a row, and the day and the name of its period, as SQL; null when the table has no such rows. */
function placeOf(table: Table): { unit: Sql; day: Sql; period: Sql | null } | null {
	const unit = table.columns.find(({ references }) => references === 'units.unit_id');
	const period = table.columns.find(({ type }) => type === 'period');
	const dated = table.columns.find(({ type, required }) => type === 'date' && required === true);
	if (!unit || (!period && !dated)) return null;
	return {
		unit: id(unit.name),
		day: period ? id(`${period.name}_end`) : id(dated?.name ?? ''),
		period: period ? id(period.name) : null
	};
}

/**
 * Which units have rows in which periods, at most six years of them; null for a table whose rows have no unit and no day. Rows count for
 * the unit that they name. The states of the reports come from the derived table `reports`, for the activities.
 */
export async function coverageMatrix(db: Database, table: Table, signal?: AbortSignal): Promise<CoverageMatrix | null> {
	const place = placeOf(table);
	if (!place) return null;
	const month = monthNumber(place.day);
	// A quarter ends in the last of three months: month 24290 of March 2024 belongs to that of 24288 to 24290.
	const last = place.period ? month : sql`CAST(floor(${month} / 3.0) * 3 + 2 AS INTEGER)`;
	const found = await db.query<Count>(
		sql`SELECT ${place.unit} AS unit_id, ${place.period ?? sql`NULL`} AS "period", ${last} AS "last", count(*) AS "rows"
		FROM ${id(table.name)} GROUP BY ALL`,
		{ signal }
	);
	const counts = found.map((count) => ({
		...count,
		period: place.period || count.last === null ? count.period : quarterOf(count.last)
	}));
	const lives = await db.query<Life>(sql`SELECT unit_id, valid_from, valid_to, reports FROM units`, { signal });
	const placed = counts.filter(
		({ unit_id: unit, period, last: end }) => unit !== null && period !== null && end !== null
	);
	const periods = shownPeriods(placed);
	const end = periods.at(-1)?.last;
	const owed =
		table.name === 'activities' && end !== undefined
			? await reports(db, { block: null, kind: null, unit: null, structure: 'reported' }, end, periods.length, signal)
			: [];
	return matrixOf(periods, counts, lives, owed);
}

function quarterOf(last: Month): string {
	return stepsOf({ from: last, to: last }, 'quarter')[0]?.period ?? '';
}

const cellOf = (unit: string | null, period: string | null) => JSON.stringify([unit, period]);

function matrixOf(
	periods: readonly Period[],
	counts: readonly Count[],
	lives: readonly Life[],
	owed: readonly { readonly unit_id: string; readonly period: string; readonly state: ReportState }[]
): CoverageMatrix {
	const names = new Set(periods.map(({ name }) => name));
	const cells = new Map<string, number>();
	const ofUnit = new Map<string, number>();
	let [outside, unplaced] = [0, 0];
	for (const { unit_id: unit, period, last, rows } of counts) {
		if (unit !== null) ofUnit.set(unit, (ofUnit.get(unit) ?? 0) + rows);
		if (unit === null || period === null || last === null) unplaced += rows;
		else if (names.has(period)) cells.set(cellOf(unit, period), (cells.get(cellOf(unit, period)) ?? 0) + rows);
		else outside += rows;
	}
	const states = new Map(owed.map(({ unit_id: unit, period, state }) => [cellOf(unit, period), state]));
	const lifeOf = new Map(lives.map((life) => [life.unit_id, life]));
	const livesIn = (unit: string, { name, last }: Period) => {
		const { valid_from: from, valid_to: to } = lifeOf.get(unit) ?? { valid_from: null, valid_to: null };
		return (from === null || from <= lastDay(last)) && (to === null || to > lastDay(last - monthsIn(name)));
	};
	const isExpected = (unit: string) =>
		lifeOf.get(unit)?.reports === true && periods.some((period) => livesIn(unit, period));
	const ids = new Set([...ofUnit.keys(), ...lives.map(({ unit_id: unit }) => unit).filter(isExpected)]);
	const units = [...ids].sort().map((unit): UnitCoverage => ({
		unit_id: unit,
		rows: ofUnit.get(unit) ?? 0,
		expected: isExpected(unit),
		cells: periods.map((period) => {
			const rows = cells.get(cellOf(unit, period.name)) ?? 0;
			const state = states.get(cellOf(unit, period.name)) ?? null;
			return rows > 0 || state !== null || livesIn(unit, period) ? { rows, state } : null;
		})
	}));
	return { periods: periods.map(({ name }) => name), units, outside, unplaced };
}

/** Rows that state a part and its whole, and those of them in which the part is all of it. */
export interface FullShare {
	readonly part: string;
	readonly whole: string;
	readonly rows: number;
	readonly full: number;
	/** Units with several such rows, and those of them in which each row says 100%. */
	readonly units: number;
	readonly full_units: readonly string[];
}

/** How often a part is all of its whole, for each rule of the table that a part is at most its whole, such as attended and invited. */
export async function fullShares(db: Database, table: Table, signal?: AbortSignal): Promise<FullShare[]> {
	const unit = table.columns.find(({ references }) => references === 'units.unit_id');
	const pairs = (table.rules ?? []).flatMap(({ name, columns: [whole = '', part = ''] }) =>
		name === `${part}-within-${whole}` ? [{ part, whole }] : []
	);
	return Promise.all(
		pairs.map(async ({ part, whole }) => {
			const [given, of] = [id(part), id(whole)];
			const name = unit ? id(unit.name) : sql`NULL`;
			const found = await db.query<{ unit_id: string | null; rows: number; full: number }>(
				sql`SELECT ${name} AS unit_id, count(*) AS "rows", count(*) FILTER (WHERE ${given} = ${of}) AS "full" FROM ${id(table.name)}
				WHERE ${all([sql`${given} IS NOT NULL`, sql`${of} > 0`])} GROUP BY 1 ORDER BY 1`,
				{ signal }
			);
			const several = found.filter(({ unit_id: one, rows }) => one !== null && rows >= readingRule.rowsOfUnit);
			return {
				part,
				whole,
				rows: found.reduce((sum, { rows }) => sum + rows, 0),
				full: found.reduce((sum, { full }) => sum + full, 0),
				units: several.length,
				full_units: several.flatMap(({ unit_id: one, rows, full }) => (one !== null && rows === full ? [one] : []))
			};
		})
	);
}

/** How much a finding matters: something to mend, something to know when the figures are read, or something that is well. */
export type Severity = 'warning' | 'notice' | 'good';

/** A column and the share of the rows that fill it. */
export interface ColumnShare {
	readonly column: string;
	readonly share: number;
}

/** One thing to say about a register, with its numbers. Columns and units by name and id. */
export type Finding = { readonly severity: Severity } & (
	| {
			/** All in all, with the number of findings of each severity. */
			readonly code: 'overall';
			readonly rows: number;
			readonly units: number;
			readonly from: string | null;
			readonly to: string | null;
			readonly warnings: number;
			readonly notices: number;
			readonly goods: number;
	  }
	| { readonly code: 'no_rows' }
	/** Too few rows to speak of habits. */
	| { readonly code: 'few_rows'; readonly rows: number }
	| { readonly code: 'required_full'; readonly columns: number }
	| { readonly code: 'required_gap'; readonly column: string; readonly empty: number; readonly rows: number }
	/** Of the columns that indicators need and that may be empty: those that nearly every row fills. */
	| { readonly code: 'important_full'; readonly columns: number; readonly of: number }
	/** Those that are empty in most rows: figures made of them speak for the others only. */
	| { readonly code: 'important_sparse'; readonly columns: readonly ColumnShare[] }
	/** Those that no row fills: indicators that need them cannot be computed. */
	| { readonly code: 'important_empty'; readonly columns: readonly string[] }
	/** Rows with an amount of money that an indicator adds up. */
	| { readonly code: 'money'; readonly column: string; readonly filled: number; readonly rows: number }
	/** Other columns that no row fills. */
	| { readonly code: 'unused'; readonly columns: readonly string[] }
	| {
			readonly code: 'constant';
			readonly column: string;
			readonly value: string | number | Date;
			readonly filled: number;
	  }
	/** In every row the part is all of its whole. */
	| { readonly code: 'all_full'; readonly part: string; readonly whole: string; readonly rows: number }
	/** In every row of these units it is. */
	| {
			readonly code: 'full_units';
			readonly part: string;
			readonly whole: string;
			readonly units: readonly string[];
			readonly of: number;
	  }
	| { readonly code: 'round'; readonly column: string; readonly count: number; readonly of: number }
	| { readonly code: 'new_year'; readonly column: string; readonly count: number; readonly filled: number }
	| { readonly code: 'outliers'; readonly column: string; readonly count: number; readonly filled: number }
	| { readonly code: 'periods_whole'; readonly from: string; readonly to: string; readonly count: number }
	| { readonly code: 'periods_missing'; readonly periods: readonly string[] }
	| { readonly code: 'units_whole'; readonly units: number }
	| { readonly code: 'units_silent'; readonly units: readonly string[]; readonly of: number }
	| { readonly code: 'unit_dominates'; readonly unit: string; readonly rows: number; readonly of: number }
	/** Reports owed in the periods shown. */
	| { readonly code: 'reports'; readonly complete: number; readonly late: number; readonly missing: number }
	/** Rows outside the periods shown. */
	| { readonly code: 'outside'; readonly rows: number }
	/** Rows without a unit or a day. */
	| { readonly code: 'unplaced'; readonly rows: number }
);

/** What a reading is made of. */
export interface Observed {
	readonly table: Table;
	readonly profiles: readonly ColumnProfile[];
	readonly matrix: CoverageMatrix | null;
	readonly shares: readonly FullShare[];
	/** Columns that indicators need. */
	readonly important: ReadonlySet<string>;
}

/** The columns of a table that indicators need. */
export function importantColumns(table: Table, list: readonly Indicator[]): ReadonlySet<string> {
	return new Set(
		list
			.filter(({ register }) => register === table.name)
			.flatMap((indicator) => columnsBehind(indicator).map(({ name }) => name))
	);
}

/** The share of the rows that fill a column; 0 when there are no rows. */
export function fillOf({ filled, rows }: Pick<ColumnProfile, 'filled' | 'rows'>): number {
	return rows === 0 ? 0 : filled / rows;
}

/** What the columns say of how full they are. */
function readFill({ table, profiles, important }: Observed): Finding[] {
	const found: Finding[] = [];
	const isRequired = ({ column }: ColumnProfile) =>
		table.columns.some(({ name, required }) => name === column && required === true);
	const isAmount = ({ column }: ColumnProfile) => table.columns.some((one) => one.name === column && isMoney(one));

	const required = profiles.filter(isRequired);
	const gaps = required.filter(({ filled, rows }) => filled < rows);
	for (const { column, filled, rows } of gaps) {
		found.push({ severity: 'warning', code: 'required_gap', column, empty: rows - filled, rows });
	}
	if (required.length > 0 && gaps.length === 0) {
		found.push({ severity: 'good', code: 'required_full', columns: required.length });
	}

	const needed = profiles.filter((profile) => important.has(profile.column) && !isRequired(profile));
	const empty = needed.filter(({ filled }) => filled === 0).map(({ column }) => column);
	if (empty.length > 0) found.push({ severity: 'warning', code: 'important_empty', columns: empty });
	const full = needed.filter((profile) => fillOf(profile) >= readingRule.full);
	if (full.length > 0 && full.length >= needed.length / 2) {
		found.push({ severity: 'good', code: 'important_full', columns: full.length, of: needed.length });
	}
	const sparse = needed.filter(
		(profile) => profile.filled > 0 && fillOf(profile) < readingRule.sparse && !isAmount(profile)
	);
	if (sparse.length > 0) {
		const columns = sparse.map((profile) => ({ column: profile.column, share: fillOf(profile) }));
		found.push({ severity: 'notice', code: 'important_sparse', columns });
	}
	for (const profile of needed.filter((one) => isAmount(one) && one.filled > 0)) {
		const { column, filled, rows } = profile;
		const severity = fillOf(profile) >= readingRule.full ? 'good' : 'notice';
		found.push({ severity, code: 'money', column, filled, rows });
	}

	const unused = profiles
		.filter((profile) => profile.filled === 0 && !isRequired(profile) && !important.has(profile.column))
		.map(({ column }) => column);
	if (unused.length > 0) found.push({ severity: 'notice', code: 'unused', columns: unused });
	return found;
}

/** What the columns say of how they were filled in. */
function readHabits({ table, profiles, shares }: Observed): Finding[] {
	const found: Finding[] = [];
	for (const { column, filled, distinct, top, range, round, newYear, outliers } of profiles) {
		const declared = table.columns.find(({ name }) => name === column);
		// A file of one unit or of one year is in order.
		const mayBeOne = declared?.references !== undefined || declared?.type === 'period' || column === 'year';
		const value = top[0]?.value ?? range?.minimum;
		if (filled >= readingRule.least && distinct === 1 && value !== undefined && !mayBeOne) {
			found.push({ severity: 'notice', code: 'constant', column, value, filled });
			continue;
		}
		if (round && round.of >= readingRule.least && round.count >= readingRule.round * round.of) {
			found.push({ severity: 'notice', code: 'round', column, ...round });
		}
		if (newYear !== null && filled >= readingRule.least && newYear >= Math.max(2, readingRule.newYear * filled)) {
			found.push({ severity: 'warning', code: 'new_year', column, count: newYear, filled });
		}
		if (outliers && outliers.count > 0) {
			found.push({ severity: 'notice', code: 'outliers', column, count: outliers.count, filled });
		}
	}
	for (const { part, whole, rows, full, units, full_units: fullUnits } of shares) {
		if (rows >= readingRule.least && full === rows) {
			found.push({ severity: 'warning', code: 'all_full', part, whole, rows });
		} else if (fullUnits.length > 0) {
			found.push({ severity: 'notice', code: 'full_units', part, whole, units: fullUnits, of: units });
		}
	}
	return found;
}

/** What the units and periods say. */
function readCoverage({ matrix }: Observed): Finding[] {
	if (!matrix) return [];
	const found: Finding[] = [];
	const { periods, units, outside, unplaced } = matrix;
	const [from, to] = [periods[0], periods.at(-1)];
	const missing = periods.filter((_, index) => units.every(({ cells }) => (cells[index]?.rows ?? 0) === 0));
	if (missing.length > 0) found.push({ severity: 'warning', code: 'periods_missing', periods: missing });
	else if (from !== undefined && to !== undefined && periods.length > 1) {
		found.push({ severity: 'good', code: 'periods_whole', from, to, count: periods.length });
	}

	const expected = units.filter((unit) => unit.expected);
	const silent = expected.filter(({ rows }) => rows === 0).map(({ unit_id: unit }) => unit);
	if (silent.length > 0) {
		const isSpread = expected.length - silent.length >= readingRule.spread * expected.length;
		const severity = isSpread ? 'warning' : 'notice';
		found.push({ severity, code: 'units_silent', units: silent, of: expected.length });
	} else if (expected.length > 0) found.push({ severity: 'good', code: 'units_whole', units: expected.length });

	const rows = units.reduce((sum, unit) => sum + unit.rows, 0);
	const writers = units.filter((unit) => unit.rows > 0);
	const largest = writers.find((unit) => unit.rows > readingRule.dominant * rows);
	if (largest && writers.length > 1 && rows >= readingRule.least) {
		found.push({ severity: 'notice', code: 'unit_dominates', unit: largest.unit_id, rows: largest.rows, of: rows });
	}

	const states = units.flatMap(({ cells }) => cells.flatMap((cell) => (cell?.state ? [cell.state] : [])));
	if (states.length > 0) {
		const count = (state: ReportState) => states.filter((one) => one === state).length;
		const tally = { complete: count('complete'), late: count('late'), missing: count('missing') };
		const severity =
			tally.missing >= readingRule.missing * states.length
				? 'warning'
				: tally.complete >= readingRule.complete * states.length
					? 'good'
					: 'notice';
		found.push({ severity, code: 'reports', ...tally });
	}
	if (outside > 0) found.push({ severity: 'notice', code: 'outside', rows: outside });
	if (unplaced > 0) found.push({ severity: 'notice', code: 'unplaced', rows: unplaced });
	return found;
}

const order: readonly Severity[] = ['warning', 'notice', 'good'];

/**
 * A fair reading of a register: first all in all, then what to mend, what to know, and what is well. By {@link readingRule}; with fewer
 * rows than it asks for, nothing is said of habits.
 */
export function reading(observed: Observed): Finding[] {
	const rows = observed.profiles[0]?.rows ?? 0;
	if (rows === 0) return [{ severity: 'notice', code: 'no_rows' }];
	const found = [
		...readFill(observed),
		...readCoverage(observed),
		...readHabits(observed),
		...(rows < readingRule.least ? [{ severity: 'notice', code: 'few_rows', rows } as const] : [])
	].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
	const count = (severity: Severity) => found.filter((finding) => finding.severity === severity).length;
	const [warnings, notices, goods] = [count('warning'), count('notice'), count('good')];
	return [
		{
			code: 'overall',
			severity: warnings > 0 ? 'warning' : notices > 0 ? 'notice' : 'good',
			rows,
			units: observed.matrix?.units.filter((unit) => unit.rows > 0).length ?? 0,
			from: observed.matrix?.periods[0] ?? null,
			to: observed.matrix?.periods.at(-1) ?? null,
			warnings,
			notices,
			goods
		},
		...found
	];
}

/** All that a page shows of a register. */
export interface RegisterProfile {
	readonly profiles: readonly ColumnProfile[];
	readonly matrix: CoverageMatrix | null;
	readonly findings: readonly Finding[];
}

/** The columns, the coverage and the reading of a register in the engine. */
export async function registerProfile(db: Database, table: Table, signal?: AbortSignal): Promise<RegisterProfile> {
	const [profiles, matrix, shares, list] = await Promise.all([
		columnProfiles(db, table, signal),
		coverageMatrix(db, table, signal),
		fullShares(db, table, signal),
		indicators(db)
	]);
	const important = importantColumns(table, list);
	return { profiles, matrix, findings: reading({ table, profiles, matrix, shares, important }) };
}
