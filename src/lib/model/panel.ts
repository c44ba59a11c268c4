/**
 * A chart's question as a reader would write it: over the register's own table and columns, under every filter but the chart's own. The page
 * itself asks over encoded columns (`crossfilter.ts`); both come to the same numbers.
 */
import { all, id, join, sql, type Sql } from '../database/sql';
import { activeFilters, condition } from './filter';
import { ownColumns, type Groups } from './group';
import { columnOf, isAmount, isTime, type Exploration, type Measure, type Panel } from './exploration';
import { amountOf, dayOfColumn, textOf } from './ground';
import type { Grain } from './period';
import type { Table } from './table';

/** A day cut to the first day of its month, quarter or year. Only DuckDB knows this function. */
function cut(day: Sql, grain: Grain): Sql {
	return sql`CAST(date_trunc(${grain}, ${day}) AS DATE)`;
}

/** The largest edge that a value is not below; minus infinity below the first. Only DuckDB knows these functions. */
function edgeOf(value: Sql, edges: readonly number[]): Sql {
	const [first = 0] = edges;
	return sql`CASE WHEN ${value} < ${first} THEN ${-Infinity} ELSE
		list_max(list_filter([${join(edges)}], lambda edge: edge <= ${value})) END`;
}

function measured(register: Table, measure: Measure, matched: Sql): Sql {
	const column = columnOf(register, measure.column);
	const named = (call: Sql) => sql`${call} AS ${id(column ? `${measure.kind}_${column.name}` : 'n')}`;
	if (measure.kind === 'share') return sql`count(*) / (SELECT count(*) FROM ${matched}) AS share`;
	if (measure.kind === 'count' || !column) return sql`count(*) AS n`;
	if (measure.kind === 'distinct') {
		const value = isTime(column) ? dayOfColumn(column) : isAmount(column) ? amountOf(column) : textOf(column);
		return named(sql`count(DISTINCT ${value})`);
	}
	const call = { sum: sql`sum`, mean: sql`avg`, median: sql`median` }[measure.kind];
	return named(sql`${call}(${amountOf(column)})`);
}

/**
 * The question of a chart as one statement: a row a group, the groups in the order of the chart. With a search among the filters, ask
 * `readySearch` first.
 *
 * @param groups the groups that the chart has, for the edges of its bars.
 */
export function questionOf(exploration: Exploration, register: Table, panel: Panel, groups: Groups): Sql {
	const active = activeFilters(exploration, ownColumns(panel));
	const conditions = active.map((filter) => sql`(${condition(register, filter)})`);
	const where = conditions.length === 0 ? sql`` : sql`\nWHERE ${join(conditions, '\n  AND ')}`;
	const matched =
		conditions.length === 0
			? id(register.name)
			: sql`${id(register.name)} WHERE ${all(active.map((filter) => condition(register, filter)))}`;
	const column = columnOf(register, panel.column);
	// A row of several codes stands at each of them.
	const several = column?.type === 'codes';
	const codes = sql`unnest(coalesce(list_distinct(string_split(${id(panel.column)}, '|')), [NULL]))`;
	const from = several
		? sql`(SELECT * REPLACE (${codes} AS ${id(panel.column)})\n  FROM ${id(register.name)}${where})`
		: sql`${id(register.name)}${where}`;
	const measure = measured(register, panel.measure, matched);
	const statement = (keys: readonly Sql[], order: Sql) =>
		sql`SELECT ${join([...keys, measure], ',\n  ')}\nFROM ${from}\nGROUP BY ALL\nORDER BY ${order}`;
	switch (panel.kind) {
		case 'time': {
			const day = column ? dayOfColumn(column) : id(panel.column);
			return statement([sql`${cut(day, panel.grain)} AS ${id(panel.grain)}`], sql`1 NULLS FIRST`);
		}
		case 'bars':
			return statement([id(panel.column)], sql`count(*) DESC, 1`);
		case 'histogram': {
			const { edges, bars } = groups.kind === 'histogram' ? groups.bins : { edges: [], bars: [] };
			const amount = column ? amountOf(column) : id(panel.column);
			return statement(
				[
					sql`${edgeOf(
						amount,
						bars.flatMap((bar) => edges[bar] ?? [])
					)} AS "from"`
				],
				sql`1 NULLS FIRST`
			);
		}
		case 'heat': {
			const by = columnOf(register, panel.by);
			const day = by ? dayOfColumn(by) : id(panel.by);
			return statement([id(panel.column), sql`${cut(day, panel.grain)} AS ${id(panel.grain)}`], sql`1, 2 NULLS FIRST`);
		}
	}
}
