/** A table put together from parts that were loaded one after another, and what a new part would change in it. */
import type { Database } from '../database/database';
import { id, join, sql, type Sql } from '../database/sql';
import type { Table } from './table';

/**
 * How a part meets the rows that are there already.
 *
 * - `replace`: it takes their place.
 * - `append`: it is added; no key may be there already.
 * - `update`: rows with a known key take the place of the row with that key, the others are added.
 */
export type Mode = 'replace' | 'append' | 'update';

/** A part: the table in the engine that holds its rows, and how it meets those before it. */
export interface Part {
	readonly name: string;
	readonly mode: Mode;
}

/** The parts that still count: those from the last `replace` on. */
export function current<P extends { readonly mode: Mode }>(parts: readonly P[]): readonly P[] {
	return parts.slice(Math.max(0, parts.map(({ mode }) => mode).lastIndexOf('replace')));
}

/** The query for the rows of a table out of its parts, in the order in which they were loaded: of each key the row that came last. */
export function merged(table: Table, parts: readonly Part[]): Sql {
	const columns = join(columnsOf(table).map((name) => id(name)));
	const all = join(
		current(parts).map(({ name }, order) => sql`SELECT ${columns}, ${order} AS "part order" FROM ${id(name)}`),
		' UNION ALL '
	);
	const key = join(table.key.map((name) => id(name)));
	return sql`SELECT ${columns} FROM (
		SELECT *, row_number() OVER (PARTITION BY ${key} ORDER BY "part order" DESC) AS "part rank" FROM (${all})
	) WHERE "part rank" = 1`;
}

/** The columns of a table in the engine: those declared, and the day on which each period ends. */
export function columnsOf(table: Table): string[] {
	return [
		...table.columns.map(({ name }) => name),
		...table.columns.filter(({ type }) => type === 'period').map(({ name }) => `${name}_end`)
	];
}

/** What a new part would change, in rows. */
export interface Changes {
	/** Rows whose key is new. */
	readonly added: number;
	/** Rows whose key is there with another value in some column. */
	readonly changed: number;
	/** Rows whose key is there with the same values. */
	readonly same: number;
	/** Rows that are there and whose key the new part lacks: gone when it replaces, left alone otherwise. */
	readonly absent: number;
}

/** Compares the rows of `incoming`, a table in the engine, with those of the query `before`; null when there is nothing before. */
export async function changes(db: Database, table: Table, before: Sql | null, incoming: string): Promise<Changes> {
	if (before === null) {
		const [row] = await db.query<{ added: number }>(sql`SELECT count(*) AS added FROM ${id(incoming)}`);
		return { added: row?.added ?? 0, changed: 0, same: 0, absent: 0 };
	}
	const side = (name: string, column: string) => id(name, column);
	const joined = join(
		table.key.map((column) => sql`${side('old', column)} IS NOT DISTINCT FROM ${side('new', column)}`),
		' AND '
	);
	const rest = columnsOf(table).filter((column) => !table.key.includes(column));
	const differs = join(
		[sql`FALSE`, ...rest.map((column) => sql`${side('old', column)} IS DISTINCT FROM ${side('new', column)}`)],
		' OR '
	);
	const marked = (rows: Sql) => sql`(SELECT *, TRUE AS "is there" FROM ${rows})`;
	const [row] = await db.query<{ added: number; changed: number; same: number; absent: number }>(
		sql`SELECT
			count(*) FILTER (WHERE ${side('old', 'is there')} IS NULL) AS added,
			count(*) FILTER (WHERE ${side('old', 'is there')} AND ${side('new', 'is there')} AND (${differs})) AS changed,
			count(*) FILTER (WHERE ${side('old', 'is there')} AND ${side('new', 'is there')} AND NOT (${differs})) AS same,
			count(*) FILTER (WHERE ${side('new', 'is there')} IS NULL) AS absent
		FROM ${marked(sql`(${before})`)} AS "old" FULL OUTER JOIN ${marked(id(incoming))} AS "new" ON ${joined}`
	);
	return row ?? { added: 0, changed: 0, same: 0, absent: 0 };
}
