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
import { headcountQuery, yearOf, type Headcount } from './headcount';
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
interface Question extends Reading {
	readonly windows: readonly Window[];
}

/** Questions that one query answers: of one register and date column, carried or not. */
type Questions = readonly [Question, ...Question[]];

/** How a query treats units, and where it finds its rows. */
interface Manner {
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
interface Grouping {
	/** What follows the table of the rows: the paths of rows that are carried, or nothing. */
	readonly paths: Sql;
	readonly condition: Sql;
	/** Rows count by the share of their path. */
	readonly carried: boolean;
	/** `old_id`, `unit_id` and `share` when carried, else `unit_id` or nothing. */
	readonly keys: readonly Named[];
}

function groupingOf(indicator: Indicator, day: Sql, { scope, byUnit }: Manner): Grouping {
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

function spansOf(questions: readonly Question[]): Span[] {
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
 * Weighs and adds what was counted per unit of old and share; aggregates are opaque, so shares come after them. Answers `span_number` (and
 * `unit_id`), `n{i}`, `v{i}`, `d{i}` and `e{i}`, whether a share other than 1 took part.
 */
function weighed(counted: Sql, questions: Questions, { carried }: Grouping, byUnit: boolean): Sql {
	const sum = (name: string): Named => [name, double(carried ? sql`sum(${id(name)} * share)` : sql`sum(${id(name)})`)];
	const columns = questions.flatMap(({ denominator }, index): Named[] => {
		const touched = sql`max(CASE WHEN share <> 1 AND ${id(`n${index}`)} > 0 THEN 1 ELSE 0 END) = 1`;
		return [
			[`e${index}`, carried ? touched : sql`FALSE`],
			...[`n${index}`, `v${index}`, ...(denominator ? [`d${index}`] : [])].map(sum)
		];
	});
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
		questions.flatMap((question, i) => {
			const whole = question.sums?.whole(monthlySums(question).map((sum, k) => columnOf(sum, i, k)));
			return whole ? counts(i, whole.rows, whole.value, whole.denominator) : [];
		});
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
	const hull = { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) };
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
	// The monthly sums are kept apart where the way to today's structure forks, not where the way to the old one does.
	const monthly = (options.monthly ?? false) && scope.structure !== 'old';
	const manner: Manner = { scope, byUnit: options.byUnit ?? false, monthly };
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
	const years = [...new Set(spansOf(perHead).map(yearOf))];
	const heads =
		years.length > 0
			? db.query<Headcount>(headcountQuery(years, scope, manner.byUnit), asking)
			: Promise.resolve<Headcount[]>([]);
	const answers = await Promise.all(
		[...groups.values()].map(async (questions) => {
			const query = questions[0].sums ? monthQuery(questions, manner) : spanQuery(questions, manner);
			const [rows, people] = await Promise.all([db.query(query, asking), heads]);
			return figuresOf(questions, manner.byUnit, rows, people);
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

function figuresOf(
	questions: Questions,
	byUnit: boolean,
	rows: readonly DataRow[],
	heads: readonly Headcount[]
): [string, Figure[]][] {
	const numbers = numbersOf(questions);
	return questions.map((question, index) => {
		const bySpan = new Map<unknown, Map<string | null, DataRow>>();
		for (const row of rows) {
			if (!((number(row[`n${index}`]) ?? 0) > 0)) continue;
			const own = bySpan.get(row.span_number);
			if (own) own.set(unitOf(row), row);
			else bySpan.set(row.span_number, new Map([[unitOf(row), row]]));
		}
		const list = question.windows.flatMap((window) => {
			const found = bySpan.get(numbers.get(keyOf(window.span))) ?? new Map<string | null, DataRow>();
			const ofYear = question.headcount ? heads.filter(({ year }) => year === yearOf(window.span)) : [];
			const people = new Map(ofYear.map((row) => [unitOf(row), row]));
			const units = byUnit ? new Set([...found.keys(), ...people.keys()]) : [null];
			return [...units].map((unit) => figureOf(question, index, window, unit, found.get(unit), people.get(unit)));
		});
		return [question.indicator.indicator_id, list];
	});
}

function figureOf(
	{ indicator, headcount }: Question,
	index: number,
	{ name: window, span }: Window,
	unit: string | null,
	row: DataRow | undefined,
	people: Headcount | undefined
): Figure {
	const scale = indicator.scale ?? 1;
	const value = number(row?.[`v${index}`]);
	const estimated = row?.[`e${index}`] === true || people?.estimated === true;
	if (indicator.class !== 'ratio') {
		const none = indicator.class === 'additive' && unit === null ? 0 : null;
		const known = value ?? none;
		// The average of what adds up is a month's.
		const months = indicator.over_periods === 'average' && indicator.class === 'additive' ? span.to - span.from + 1 : 1;
		const shown = known === null ? null : (known * scale) / months;
		return { window, unit, value: shown, numerator: null, denominator: null, estimated };
	}
	const denominator = number(headcount ? people?.[headcount] : row?.[`d${index}`]);
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
