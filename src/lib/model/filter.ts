/** What narrows the rows: each filter as a condition over the register's own table, and over the encoded columns of its ground. */
import { all, id, join, list, sql, type Sql } from '../database/sql';
import { aboutOf, columnOf, isTime, type Exploration, type Filter } from './exploration';
import { amountOf, cellOf, dayOfColumn, foundTable, textOf, type Encoded, type Ground, type Values } from './ground';
import { found, wordsOf, type NamedUnit } from './search';
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
export async function codesIn(
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

export async function encodedMeets(ground: Ground, filter: Filter, units: readonly NamedUnit[]): Promise<Encoded> {
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
