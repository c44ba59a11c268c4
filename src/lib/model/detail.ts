/** What lies behind one indicator: its figures step by step and unit by unit, the rows that make it, and the events around it. */
import type { Database } from '../database/database';
import type { DataRow } from '../database/row';
import { all, id, join, sql, type Sql } from '../database/sql';
import { codes, type Code, type Indicator } from './catalogue';
import { stepsOf, type Grain, type Span, type Step } from './period';
import { registers } from './register';
import { carries, isNarrowed, ownUnitsOf, pathsOf, unitsOf, type Scope } from './scope';
import { conditionOf, dayOf, figures, isCarried, windowOf, within, type Figure, type Window } from './series';
import type { Column } from './table';

/** The figure of one step. */
export interface StepFigure extends Step {
	readonly figure: Figure;
}

/** An indicator step by step over a span: each month, quarter or year by itself; running totals since `start`. */
export async function steps(
	db: Database,
	indicator: Indicator,
	span: Span,
	grain: Grain,
	scope: Scope,
	start = span.from
): Promise<StepFigure[]> {
	const list = stepsOf(span, grain);
	const windows = list.map(({ period, span: own }): Window => ({
		name: period,
		span: indicator.over_periods === 'cumulative' ? { from: start, to: own.to } : own
	}));
	const found = await figures(db, [indicator], () => windows, scope);
	const byName = new Map(found.get(indicator.indicator_id)?.map((figure) => [figure.window, figure]));
	return list.flatMap((step) => {
		const figure = byName.get(step.period);
		return figure ? [{ ...step, figure }] : [];
	});
}

/** The latest figure of an indicator, of each unit of the scope that has one, the largest first. */
export async function byUnit(
	db: Database,
	indicator: Indicator,
	span: Span,
	scope: Scope,
	start = span.from
): Promise<Figure[]> {
	const window: Window = { name: 'now', span: latestWindow(indicator, span, start) };
	const found = await figures(db, [indicator], () => [window], scope, { byUnit: true });
	return (found.get(indicator.indicator_id) ?? [])
		.filter(({ value }) => value !== null)
		.sort((a, b) => (b.value ?? 0) - (a.value ?? 0) || ((a.unit ?? '') < (b.unit ?? '') ? -1 : 1));
}

/** The months over which the latest figure is taken, cut to the span; a running total counts since `start`. */
export function latestWindow(indicator: Pick<Indicator, 'over_periods'>, span: Span, start = span.from): Span {
	const { from, to } = windowOf(indicator, span.to, start);
	return { from: indicator.over_periods === 'cumulative' ? from : Math.max(from, span.from), to };
}

/** The rows of a register that make a figure: the first of them, and how many there are. */
export interface RowsBehind {
	readonly columns: readonly Column[];
	readonly rows: DataRow[];
	readonly count: number;
	/** The names of the codes that their columns may hold. */
	readonly codes: readonly Code[];
	/** The question that they answer, to be shown: all of the rows. */
	readonly query: string;
}

/** No rows, of which nothing was asked. */
export const nothing: RowsBehind = { columns: [], rows: [], count: 0, codes: [], query: '' };

/** Names that hold no column of a register but stand in expressions. */
function mentioned(indicator: Indicator): Set<string> {
	const text = [indicator.value, indicator.denominator, indicator.condition, indicator.date_column].join(' ');
	return new Set(text.match(/[a-z_]+/g) ?? []);
}

/** Columns of the derived table `reports`. */
const reportColumns: readonly Column[] = [
	{ name: 'unit_id', label: { vi: 'Đơn vị', en: 'Unit' }, type: 'text', references: 'units.unit_id' },
	{ name: 'period', label: { vi: 'Kỳ', en: 'Period' }, type: 'period' },
	{ name: 'due_on', label: { vi: 'Hạn gửi', en: 'Due' }, type: 'date' },
	{ name: 'submitted_on', label: { vi: 'Ngày nhận', en: 'Received' }, type: 'date' },
	{ name: 'state', label: { vi: 'Trạng thái', en: 'State' }, type: 'code', list: 'report_state' }
];

/** The columns that explain a figure: those that every row must fill, and those that its expressions name. */
export function columnsBehind(indicator: Indicator): readonly Column[] {
	const register = registers.find(({ name }) => name === indicator.register);
	if (!register) return indicator.register === 'reports' ? reportColumns : [];
	const named = mentioned(indicator);
	const kept = register.columns.filter(
		({ name, required }) => required === true || named.has(name) || register.key.includes(name)
	);
	return kept.filter(({ name }) => name !== 'lead_author');
}

/** The rows behind the latest figure, newest first. In today's structure the rows of predecessors count too. */
export async function rowsBehind(
	db: Database,
	indicator: Indicator,
	span: Span,
	scope: Scope,
	start = span.from,
	limit = 200
): Promise<RowsBehind> {
	const columns = columnsBehind(indicator);
	if (columns.length === 0) return nothing;
	const from = sql`${id(indicator.register)} AS r`;
	const where = rowCondition(indicator, latestWindow(indicator, span, start), scope);
	const names = columns.map(({ name }) => sql`r.${id(name)}`);
	const key = registers.find(({ name }) => name === indicator.register)?.key ?? ['unit_id'];
	const order = join([sql`r.${dayOf(indicator)} DESC`, ...key.map((name) => sql`r.${id(name)}`)]);
	const query = sql`SELECT ${join(names)} FROM ${from} WHERE ${where} ORDER BY ${order}`;
	// Those of the whole register, so that pages of many tables ask once.
	const register = registers.find(({ name }) => name === indicator.register);
	const lists = [...new Set(register?.columns.flatMap(({ list }) => list ?? []))];
	const [rows, counted, named] = await Promise.all([
		db.query(sql`${query} LIMIT ${limit}`),
		db.query<{ count: number }>(sql`SELECT count(*) AS count FROM ${from} WHERE ${where}`),
		lists.length === 0 ? [] : codes(db, lists)
	]);
	return { columns, rows, count: counted[0]?.count ?? 0, codes: named, query: query.text };
}

/** The condition on rows `r` of an indicator's register that take part in its figure over a window for a scope. */
export function rowCondition(indicator: Indicator, window: Span, scope: Scope): Sql {
	const day = sql`r.${dayOf(indicator)}`;
	const conditions = [within(day, window), conditionOf(indicator)];
	if (isNarrowed(scope)) {
		const carried = sql`EXISTS (SELECT 1 FROM ${pathsOf(scope)} AS p WHERE p.unit_id = r.unit_id AND p.today_id IN (${unitsOf(scope)})
			AND (p.from_day IS NULL OR ${day} >= p.from_day) AND (p.to_day IS NULL OR ${day} < p.to_day))`;
		const follows = carries(scope) && isCarried(indicator);
		conditions.push(follows ? carried : sql`r.unit_id IN (${ownUnitsOf(scope)})`);
	}
	return all(conditions);
}

/** A day on which units became others. */
export interface StructureEvent extends DataRow {
	effective_on: Date;
	event_id: string;
	kind: string;
	from_unit_id: string;
	to_unit_id: string | null;
	share: number | null;
	document: string | null;
}

/** The succession events that touch the units of a scope, or all, by day. */
export function events(db: Database, scope: Scope): Promise<StructureEvent[]> {
	const touched = sql`(from_unit_id IN (${unitsOf(scope)}) OR to_unit_id IN (${unitsOf(scope)}))`;
	return db.query<StructureEvent>(
		sql`SELECT effective_on, event_id, kind, from_unit_id, to_unit_id, share, document FROM unit_successions
		WHERE ${isNarrowed(scope) ? touched : sql`TRUE`} ORDER BY effective_on, event_id, from_unit_id, to_unit_id`
	);
}
