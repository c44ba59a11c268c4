/** What a grid is: which table, which column is which, how its numbers and days are written. A proposal, with how sure it is. */
import { foldKey } from '../model/alias';
import { isMoney, type Column, type Table } from '../model/table';
import { wideActivities } from '../model/wide';
import type { Knowledge } from './convert';
import { orderOf, periodOfTitle } from './day';
import { countedCells, type Cell, type Grid } from './grid';
import { matchHeadings, shapeOf, signature } from './heading';
import { layoutOf, rowKind, type Layout } from './layout';
import { numberConvention } from './number';
import { percentages, type ColumnPlan, type Plan, type Shape } from './plan';

/** What was understood of a grid. */
export interface Understanding {
	readonly layout: Layout;
	/** Null when nothing in it looks like a table. */
	readonly plan: Plan | null;
	/** A stable text of the headings, by which the reader's choices are remembered. */
	readonly signature: string;
	/** The tables that it may be, the likeliest first. */
	readonly rivals: readonly { readonly table: string; readonly certainty: number }[];
}

/** How many rows of data are looked at to tell what a column holds. */
const looked = 300;

/**
 * Understands a grid.
 *
 * @param tables the tables that rows may go to.
 * @param chosen the table that the reader chose, if any.
 * @param remembered what was chosen for a file with the same headings, by signature.
 */
export function understand(
	grid: Grid,
	tables: readonly Table[],
	knowledge: Knowledge,
	chosen: string | null = null,
	remembered: (signature: string) => Plan | null = () => null
): Understanding {
	const layout = layoutOf(grid);
	const sign = signature(layout.texts);
	const data: number[] = [];
	for (let row = layout.start; row < grid.length && data.length < looked; row++) {
		if (rowKind(grid, layout, row) === 'data' && !grid.flaws.has(row)) data.push(row);
	}
	const sample = (at: number): Cell[] => data.map((row) => grid.cell(row, at));
	const candidates = chosen === null ? tables : tables.filter(({ name }) => name === chosen);
	const wide = chosen === null || chosen === 'activities' ? [wideActivities] : [];
	const match = matchHeadings([...candidates, ...wide], layout.texts, sample, knowledge);
	const rivals = match.rivals.map(({ table, certainty }) => ({
		table: table === wideActivities.name ? 'activities' : table,
		certainty
	}));
	const earlier = remembered(sign);
	if (earlier && (chosen === null || earlier.table === chosen) && earlier.columns.length === match.columns.length) {
		const plan = { ...earlier, headings: layout.headings, start: layout.start, certainty: 1 };
		return { layout, plan, signature: sign, rivals };
	}
	const isWide = match.table === wideActivities.name;
	const table = isWide ? wideActivities : candidates.find(({ name }) => name === match.table);
	if (!table || data.length === 0) return { layout, plan: null, signature: sign, rivals };
	const shape: Shape = isWide ? 'wide' : shapeOf(table, match, sample);
	const percent = percentColumns(table, layout.texts, match.columns);
	const columns = match.columns.map((found, at): ColumnPlan => {
		const column = percent.get(at) ?? found.column;
		return {
			at,
			heading: layout.texts[at] ?? '',
			column,
			certainty: percent.has(at) ? 0.9 : found.certainty,
			personal: found.personal,
			fill: false,
			...convention(grid, layout, at, columnOf(table, column), layout.moneyNote)
		};
	});
	const decided = withOrders(columns, (column) => columnOf(table, column.column)?.type === 'date');
	const base = { columns: decided, titles: layout.titles, table };
	return {
		layout,
		signature: sign,
		rivals,
		plan: {
			table: isWide ? 'activities' : table.name,
			certainty: match.certainty,
			headings: layout.headings,
			start: layout.start,
			shape,
			columns: decided,
			year: yearSpan(layout),
			defaults: defaultsOf(isWide ? 'activities' : table.name, base)
		}
	};
}

/** Days that read in two ways take the order that the other columns of days show, where those agree. How many they are is still told. */
function withOrders(columns: readonly ColumnPlan[], isDay: (column: ColumnPlan) => boolean): ColumnPlan[] {
	const shown = new Set(columns.flatMap((column) => (isDay(column) && column.order !== null ? [column.order] : [])));
	const [only, another] = shown;
	if (only === undefined || another !== undefined) return [...columns];
	return columns.map((column) => (isDay(column) && column.order === null ? { ...column, order: only } : column));
}

function columnOf(table: Table, name: string | null): Column | null {
	return table.columns.find((column) => column.name === name) ?? null;
}

/** How the cells of one column are written, told by all of them. */
export function convention(
	grid: Grid,
	layout: Layout,
	at: number,
	column: Column | null,
	moneyNote: string | null
): Pick<ColumnPlan, 'decimal' | 'factor' | 'order' | 'ambiguous'> {
	const plain = { decimal: null, factor: 1, order: null, ambiguous: 0 };
	if (column === null || grid.names !== null) return plain;
	const cells = () => countedCells(grid, layout.start, at);
	if (column.type === 'date') {
		const { order, ambiguous } = orderOf(cells());
		return { ...plain, order, ambiguous };
	}
	if (column.type !== 'number' && column.type !== 'integer') return plain;
	const money = isMoney(column);
	const heading = layout.texts[at] ?? '';
	const named = money && moneyNote !== null ? `${heading} (${moneyNote})` : heading;
	const found = numberConvention(cells(), named, money, column.type === 'integer');
	const percent = column.name.endsWith('_percent');
	return {
		...plain,
		decimal: found.decimal,
		ambiguous: found.ambiguous,
		factor: money ? found.factor : percent && found.fraction ? 100 : 1
	};
}

/** Columns of typed percentages that stand right of the counts that they are made of. */
function percentColumns(
	table: Table,
	texts: readonly string[],
	columns: readonly { readonly column: string | null }[]
): Map<number, string> {
	const found = new Map<number, string>();
	texts.forEach((text, at) => {
		if (columns[at]?.column !== null) return;
		if (!/%/.test(text) && !/(^| )(ty|ti) le( |$)|phan tram/.test(foldKey(text))) return;
		for (const [name, part] of percentages[table.name] ?? []) {
			if (columns[at - 1]?.column === part || columns[at - 2]?.column === part) found.set(at, name);
		}
	});
	return found;
}

/** A school year when headings or titles speak of one, else the calendar's. */
function yearSpan({ texts, titles }: Layout): Plan['year'] {
	return [...texts, ...titles].some((text) => /(^| )nam hoc( |$)/.test(foldKey(text))) ? 'school' : 'calendar';
}

/** What stands in for columns that a table needs and the file does not have: proposals, each shown and changeable. */
export function defaultsOf(
	table: string,
	{ columns, titles }: { readonly columns: readonly ColumnPlan[]; readonly titles: readonly string[] }
): Record<string, string> {
	const has = (name: string) => columns.some(({ column, personal }) => column === name && !personal);
	const defaults: Record<string, string> = {};
	const period = periodOfTitle(titles);
	if (table === 'initiatives') {
		if (!has('initiative_id')) defaults['initiative_id'] = '=key';
		const year = period?.slice(0, 4);
		if (!has('year') && year !== undefined) defaults['year'] = year;
		if (!has('submitted_on')) {
			const from = ['recognised_on', 'first_applied_on'].find(has);
			if (from !== undefined) defaults['submitted_on'] = `=${from}`;
			else if (has('year') || year !== undefined) defaults['submitted_on'] = '=year';
		}
	}
	if (table === 'activities') {
		if (!has('activity_id')) defaults['activity_id'] = '=key';
		if (!has('period') && period !== null) defaults['period'] = period;
	}
	return defaults;
}
