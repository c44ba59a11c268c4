/**
 * The figures of indicators that are computed from the registers, over windows of months, in the structure and for the units that a
 * view asks for. One scan answers all indicators that share a register and a date column, whatever their conditions and windows: their
 * aggregates are summed over months first, and the windows are put together from the months. An indicator with which that cannot be done
 * (a median, a count of distinct things) is asked with those that share its condition.
 *
 * In today's structure (domain.md §E.2) an additive figure of an old unit counts in today's units by its shares; a ratio is the sum of
 * numerators over the sum of denominators; medians, ranks and counts of distinct things are not carried: only the own rows count of units
 * that exist today, or ended without a successor.
 */
import type { Database } from '../database/database';
import type { DataRow } from '../database/row';
import { all, double, id, join, monthNumber, sql, table, type Sql } from '../database/sql';
import type { Indicator } from './catalogue';
import { monthlySums, monthlyTable, type MonthlySum } from './monthly';
import { headcountQuery, peopleOf, yearOf, yearsOf, type Headcount } from './headcount';
import { lastDay, monthsOf, type Month, type Span } from './period';
import { dayOf, readingOf, type Reading } from './reading';
import { carries, isNarrowed, joinPaths, ownUnitsOf, unitsOf, type Scope } from './scope';

export { conditionOf, dayOf } from './reading';
export { isNarrowed, unitsOf, type Scope } from './scope';

/** A span of months under a name. */
export interface Window {
	readonly name: string;
	readonly span: Span;
}

/** One figure. */
export interface Figure {
	/** The window's name. */
	readonly window: string;
	/** Null for the units of the view together, else one unit. */
	readonly unit: string | null;
	/** In the indicator's unit of measure; null when nothing is known or the denominator is 0. */
	readonly value: number | null;
	/** Of a ratio, before its scale; null otherwise. */
	readonly numerator: number | null;
	readonly denominator: number | null;
	/** A share other than 1 took part: the figure is an estimate. */
	readonly estimated: boolean;
}

/** Whether figures of this indicator can be carried from old units to today's. */
export function isCarried(indicator: Pick<Indicator, 'class'>): boolean {
	return indicator.class === 'additive' || indicator.class === 'ratio';
}

/** The window over which an indicator's figure at the end of `to` is taken: the year up to it, the quarter, or all since `from`. */
export function windowOf(indicator: Pick<Indicator, 'over_periods'>, to: Month, from: Month): Span {
	switch (indicator.over_periods) {
		case 'cumulative':
			return { from, to };
		case 'last':
			return { from: to - 2, to };
		default:
			return { from: to - 11, to };
	}
}

/** The condition that a day lies within a span of months. */
export function within(day: Sql, span: Span): Sql {
	return sql`${day} >= ${lastDay(span.from - 1)} + INTERVAL 1 DAY AND ${day} <= ${lastDay(span.to)}`;
}

/** What is asked about one indicator. */
export interface Question extends Reading {
	readonly windows: readonly Window[];
}

/** Questions that one query answers: of one register and date column, carried or not. */
export type Questions = readonly [Question, ...Question[]];

/** How a query treats units, and where it finds its rows. */
export interface Manner {
	readonly scope: Scope;
	readonly byUnit: boolean;
	/** Reads the monthly sums in place of the registers. */
	readonly monthly: boolean;
}

/** A column of a query: its name and what it holds. */
type Named = readonly [name: string, value: Sql];

function select(columns: readonly Named[]): Sql {
	return join(columns.map(([name, value]) => sql`${value} AS ${id(name)}`));
}

/** Which rows `r` a scope means, and how they are grouped before they are weighed. */
export interface Grouping {
	/** What follows the table of the rows: the paths of rows that are carried, or nothing. */
	readonly paths: Sql;
	readonly condition: Sql;
	/** Rows count by the share of their path. */
	readonly carried: boolean;
	/** `old_id`, `unit_id` and `share` when carried, else `unit_id` or nothing. */
	readonly keys: readonly Named[];
}

/** How the rows of an indicator are grouped in a scope, by the day on which each counts. */
export function groupingOf(indicator: Indicator, day: Sql, { scope, byUnit }: Manner): Grouping {
	const restricted = isNarrowed(scope) || byUnit;
	if (carries(scope) && restricted && isCarried(indicator)) {
		return {
			paths: joinPaths(sql`r.unit_id`, day, scope),
			condition: sql`p.today_unit IN (${unitsOf(scope)})`,
			carried: true,
			keys: [
				['old_id', sql`r.unit_id`],
				['unit_id', sql`p.today_unit`],
				['share', sql`p.share_there`]
			]
		};
	}
	return {
		paths: sql``,
		condition: restricted ? sql`r.unit_id IN (${ownUnitsOf(scope)})` : sql`TRUE`,
		carried: false,
		keys: byUnit ? [['unit_id', sql`r.unit_id`]] : []
	};
}

/** A text for a span, by which it is known. */
function keyOf({ from, to }: Span): string {
	return `${from}:${to}`;
}

/** The spans of all windows of questions, each once: what is counted over a span is known by its place among them. */
export function spansOf(questions: readonly Question[]): Span[] {
	const spans = questions.flatMap(({ windows }) => windows.map(({ span }) => span));
	return [...new Map(spans.map((span) => [keyOf(span), span])).values()];
}

/** The spans of a query by number: a number is read quicker than a text where there is one for each unit and span. */
function numbersOf(questions: readonly Question[]): ReadonlyMap<string, number> {
	return new Map(spansOf(questions).map((span, index) => [keyOf(span), index]));
}

/** Of question i in `counted`: how many rows there are (`n{i}`), the value (`v{i}`) and its own denominator (`d{i}`). */
function counts(index: number, rows: Sql, value: Sql, denominator: Sql | null): Named[] {
	return [[`n${index}`, rows], [`v${index}`, value], ...(denominator ? ([[`d${index}`, denominator]] as const) : [])];
}

/**
 * What was counted under an index per unit of old and share, weighed and added; aggregates are opaque, so shares come after them: `n{i}`, `v{i}`,
 * `d{i}` and `e{i}`, whether a share other than 1 took part.
 */
function weights(index: number, { denominator }: Question, { carried }: Grouping): Named[] {
	const sum = (name: string): Named => [name, double(carried ? sql`sum(${id(name)} * share)` : sql`sum(${id(name)})`)];
	const touched = sql`max(CASE WHEN share <> 1 AND ${id(`n${index}`)} > 0 THEN 1 ELSE 0 END) = 1`;
	return [
		[`e${index}`, carried ? touched : sql`FALSE`],
		...[`n${index}`, `v${index}`, ...(denominator ? [`d${index}`] : [])].map(sum)
	];
}

/** Weighs and adds what was counted, into a row for each span (`span_number`), or for each unit (`unit_id`) and span. */
function weighed(counted: Sql, questions: Questions, grouping: Grouping, byUnit: boolean): Sql {
	const columns = questions.flatMap((question, index) => weights(index, question, grouping));
	const key = byUnit ? sql`span_number, unit_id` : sql`span_number`;
	return sql`${counted} SELECT ${key}, ${select(columns)} FROM counted GROUP BY ${key}`;
}

/** The query of questions of one condition: each row is counted in each span that holds it. Any aggregate can be asked so. */
function spanQuery(questions: Questions, manner: Manner): Sql {
	const [{ indicator, condition }] = questions;
	const day = sql`r.${dayOf(indicator)}`;
	const grouping = groupingOf(indicator, day, manner);
	const months = spansOf(questions).flatMap((span, index) => monthsOf(span).map((month) => [index, month]));
	const columns = questions.flatMap(({ value, denominator }, i) => counts(i, sql`count(*)`, value, denominator));
	return weighed(
		sql`WITH counted AS (
			SELECT w.span_number, ${select([...grouping.keys, ...columns])}
			FROM ${id(indicator.register)} AS r ${grouping.paths}
			JOIN ${table('w', ['span_number', 'span_month'], months)} ON w.span_month = ${monthNumber(day)}
			WHERE ${all([condition, grouping.condition])}
			GROUP BY ${join([sql`w.span_number`, ...grouping.keys.map(([, value]) => value)])}
		)`,
		questions,
		grouping,
		manner.byUnit
	);
}

/** What a question counts, under an index, from the columns that hold sums of its aggregates. */
function wholes(index: number, question: Question, columnOf: (sum: MonthlySum, place: number) => Sql): Named[] {
	const whole = question.sums?.whole(monthlySums(question).map(columnOf));
	return whole ? counts(index, whole.rows, whole.value, whole.denominator) : [];
}

/** The span that holds all of these. */
function hullOf(spans: readonly Span[]): Span {
	return { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) };
}

/** The query of questions whose aggregates can be summed over months: one scan, whatever their conditions and spans. */
function monthQuery(questions: Questions, manner: Manner): Sql {
	const [{ indicator }] = questions;
	const day = manner.monthly ? sql`r.day` : sql`r.${dayOf(indicator)}`;
	const grouping = groupingOf(indicator, day, manner);
	const spans = spansOf(questions);
	const bounds = table(
		'w',
		['span_number', 'first_month', 'last_month'],
		spans.map(({ from, to }, index) => [index, from, to])
	);
	/** What is counted in each span, from the columns that hold the sums of the months. */
	const counted = (columnOf: (sum: MonthlySum, question: number, index: number) => Sql) =>
		questions.flatMap((question, i) => wholes(i, question, (sum, k) => columnOf(sum, i, k)));
	if (manner.monthly) {
		const columns = counted(({ column }) => sql`r.${column}`);
		return weighed(
			sql`WITH counted AS (
				SELECT w.span_number, ${select([...grouping.keys, ...columns])}
				FROM ${monthlyTable(indicator)} AS r ${grouping.paths}
				JOIN ${bounds} ON r."month" >= w.first_month AND r."month" <= w.last_month
				WHERE ${grouping.condition}
				GROUP BY ${join([sql`w.span_number`, ...grouping.keys.map(([, value]) => value)])}
			)`,
			questions,
			grouping,
			manner.byUnit
		);
	}
	const sums = questions.flatMap((question, i) =>
		monthlySums(question).map(({ call }, k): Named => [`s${i}_${k}`, call])
	);
	const hull = hullOf(spans);
	const keys = grouping.keys.map(([name]) => id(name));
	return weighed(
		sql`WITH monthly AS (
			SELECT ${monthNumber(day)} AS "month", ${select([...grouping.keys, ...sums])}
			FROM ${id(indicator.register)} AS r ${grouping.paths}
			WHERE ${all([within(day, hull), grouping.condition])}
			GROUP BY ${join([monthNumber(day), ...grouping.keys.map(([, value]) => value)])}
		), counted AS (
			SELECT ${join([sql`w.span_number`, ...keys])}, ${select(counted((_, i, k) => id(`s${i}_${k}`)))}
			FROM monthly JOIN ${bounds} ON "month" >= w.first_month AND "month" <= w.last_month
			GROUP BY ${join([sql`w.span_number`, ...keys])}
		)`,
		questions,
		grouping,
		manner.byUnit
	);
}

/** The figures of one indicator over several windows: of each unit, or of all together under null. Each is made when it is first wanted. */
export interface Sheet {
	/** The figure of a unit over a window; undefined where it has no rows of the indicator, nor people where these are the denominator. */
	readonly at: (window: string, unit: string | null) => Figure | undefined;
	/** The units that have a figure over a window. */
	readonly units: (window: string) => (string | null)[];
	/**
	 * How many rows of the indicator a unit has over a window, weighed by their shares: 0 where it has rows of the register and none of the
	 * indicator, null where it has none of the register; of what cannot be summed always null in the place of 0.
	 */
	readonly rows: (window: string, unit: string | null) => number | null;
	/** Whether any unit has rows of the register over a window; of what cannot be summed, rows of the indicator. */
	readonly holds: (window: string) => boolean;
}

/** What was counted of a question over a span. */
export interface Count {
	readonly rows: number;
	readonly value: number | null;
	readonly denominator: number | null;
	readonly estimated: boolean;
}

/** The counts that a query answered. */
export interface Counts {
	readonly at: (question: number, span: number, unit: string | null) => Count | undefined;
	/** The units that have any, over a span. */
	readonly units: (question: number, span: number) => (string | null)[];
}

/**
 * The figures of register indicators over windows, by indicator id; with `byUnit`, of each unit that has rows (or people, where these are
 * the denominator). A window in which an additive indicator has no row has the figure 0 (when all units are asked for together), any
 * other indicator none.
 *
 * @param windowsOf the windows of an indicator, at least one.
 * @param options.monthly reads the monthly sums that `deriveTables` keeps; for indicators as `indicators.csv` has them, and none else.
 * @throws QueryError when an expression is wrong; the build checks each of them.
 */
export async function figures(
	db: Database,
	indicators: readonly Indicator[],
	windowsOf: (indicator: Indicator) => readonly Window[],
	scope: Scope,
	options: { byUnit?: boolean; monthly?: boolean; signal?: AbortSignal } = {}
): Promise<Map<string, Figure[]>> {
	const found = await sheets(db, indicators, windowsOf, scope, options);
	return new Map(
		indicators.map((indicator) => {
			const sheet = found.get(indicator.indicator_id);
			const list = windowsOf(indicator).flatMap(({ name }) =>
				(sheet?.units(name) ?? []).flatMap((unit) => sheet?.at(name, unit) ?? [])
			);
			return [indicator.indicator_id, list];
		})
	);
}

/** The same figures as sheets, of which thousands of units cost little until they are looked at. */
export async function sheets(
	db: Database,
	indicators: readonly Indicator[],
	windowsOf: (indicator: Indicator) => readonly Window[],
	scope: Scope,
	options: { byUnit?: boolean; monthly?: boolean; signal?: AbortSignal } = {}
): Promise<Map<string, Sheet>> {
	const manner: Manner = { scope, byUnit: options.byUnit ?? false, monthly: options.monthly ?? false };
	const asking = { signal: options.signal };
	const groups = new Map<string, [Question, ...Question[]]>();
	const perHead: Question[] = [];
	for (const indicator of indicators) {
		const question: Question = { ...readingOf(indicator), windows: windowsOf(indicator) };
		const condition = question.sums ? null : question.condition.text;
		const key = JSON.stringify([indicator.register, indicator.date_column, isCarried(indicator), condition]);
		const group = groups.get(key);
		if (group) group.push(question);
		else groups.set(key, [question]);
		if (question.headcount) perHead.push(question);
	}
	const years = yearsOf(perHead.flatMap(({ windows }) => windows));
	const heads =
		years.length > 0
			? db.query<Headcount>(headcountQuery(years, scope, manner.byUnit), asking)
			: Promise.resolve<Headcount[]>([]);
	const answers = await Promise.all(
		[...groups.values()].map(async (questions) => {
			const inPage = manner.monthly && manner.byUnit && questions.every(({ sums }) => sums?.scaled);
			const query = questions[0].sums ? monthQuery : spanQuery;
			const [counts, people] = await Promise.all([
				inPage
					? import('./segment').then(({ unitCounts }) => unitCounts(db, questions, manner, asking))
					: db.query(query(questions, manner), asking).then(countsOf),
				heads
			]);
			return sheetsOf(questions, manner.byUnit, counts, peopleOf(people));
		})
	);
	return new Map(answers.flat());
}

function number(value: DataRow[string] | undefined): number | null {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function unitOf(row: DataRow): string | null {
	return typeof row.unit_id === 'string' ? row.unit_id : null;
}

/** What a row holds under an index; undefined where its unit has no row of the register. */
function countOf(row: DataRow | undefined, index: number): Count | undefined {
	const rows = number(row?.[`n${index}`]);
	if (!row || rows === null) return undefined;
	const [value, denominator] = [number(row[`v${index}`]), number(row[`d${index}`])];
	return { rows, value, denominator, estimated: row[`e${index}`] === true };
}

/** The counts of rows that are of one unit, or of all, and one span each. */
function countsOf(rows: readonly DataRow[]): Counts {
	const bySpan = new Map<unknown, Map<string | null, DataRow>>();
	for (const row of rows) {
		const own = bySpan.get(row.span_number);
		if (own) own.set(unitOf(row), row);
		else bySpan.set(row.span_number, new Map([[unitOf(row), row]]));
	}
	return {
		at: (question, span, unit) => countOf(bySpan.get(span)?.get(unit), question),
		units: (_, span) => [...(bySpan.get(span)?.keys() ?? [])]
	};
}

function sheetsOf(
	questions: Questions,
	byUnit: boolean,
	counted: Counts,
	people: ReturnType<typeof peopleOf>
): [string, Sheet][] {
	const numbers = numbersOf(questions);
	return questions.map((question, index) => {
		const windows = new Map(
			question.windows.map((window) => [window.name, { ...window, number: numbers.get(keyOf(window.span)) ?? -1 }])
		);
		const isOf = (window: string, unit: string | null) => {
			const one = windows.get(window);
			return one && counted.at(index, one.number, unit);
		};
		const peopleAt = (span: Span) => (question.headcount ? people.get(yearOf(span)) : undefined);
		const sheet: Sheet = {
			at: (name, unit) => {
				const window = windows.get(name);
				if (!window) return undefined;
				const count = isOf(name, unit);
				const known = count && count.rows > 0 ? count : undefined;
				const heads = peopleAt(window.span)?.get(unit);
				if (byUnit && !known && !heads) return undefined;
				return figureOf(question, window, unit, known, heads);
			},
			units: (name) => {
				const window = windows.get(name);
				if (!window) return [];
				if (!byUnit) return [null];
				const own = counted
					.units(index, window.number)
					.filter((unit) => (counted.at(index, window.number, unit)?.rows ?? 0) > 0);
				return [...new Set([...own, ...(peopleAt(window.span)?.keys() ?? [])])];
			},
			rows: (name, unit) => isOf(name, unit)?.rows ?? null,
			holds: (name) => counted.units(index, windows.get(name)?.number ?? -1).length > 0
		};
		return [question.indicator.indicator_id, sheet];
	});
}

function figureOf(
	{ indicator, headcount }: Question,
	{ name: window, span }: Window,
	unit: string | null,
	count: Count | undefined,
	people: Headcount | undefined
): Figure {
	const scale = indicator.scale ?? 1;
	const value = count?.value ?? null;
	const estimated = count?.estimated === true || people?.estimated === true;
	if (indicator.class !== 'ratio') {
		const none = indicator.class === 'additive' && unit === null ? 0 : null;
		const known = value ?? none;
		// The average of what adds up is a month's.
		const months = indicator.over_periods === 'average' && indicator.class === 'additive' ? span.to - span.from + 1 : 1;
		const shown = known === null ? null : (known * scale) / months;
		return { window, unit, value: shown, numerator: null, denominator: null, estimated };
	}
	const denominator = (headcount ? people?.[headcount] : count?.denominator) ?? null;
	const numerator = value ?? (denominator === null ? null : 0);
	const known = numerator !== null && denominator !== null && denominator !== 0;
	return { window, unit, value: known ? (numerator / denominator) * scale : null, numerator, denominator, estimated };
}

/**
 * A query that answers one figure in the plainest way, to be shown; with `byUnit`, those of each unit of the scope, and of indicators that are
 * compared for 100 staff a second one for the people.
 */
export function figureQuery(indicator: Indicator, window: Window, scope: Scope, byUnit = false): string {
	const manner = { scope, byUnit, monthly: false };
	const { text } = spanQuery([{ ...readingOf(indicator), windows: [window] }], manner);
	if (!byUnit || (indicator.class !== 'additive' && !indicator.denominator?.startsWith('headcount.'))) return text;
	return `${text};\n\n${headcountQuery([yearOf(window.span)], scope, true).text}`;
}
