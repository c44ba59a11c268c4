/** What the reader's own SQL may name: the tables and columns that are there, and the functions that are really there. */
import type { Database } from '../database/database';
import { sql } from '../database/sql';
import { isRefused } from '../database/statement';
import { dataset } from './dataset';
import type { Bilingual } from './table';

/** A column that may be named, with its label where it is declared. */
export interface SchemaColumn {
	readonly name: string;
	readonly type: string;
	readonly label: Bilingual | null;
}

/** A table or view that may be named. */
export interface SchemaTable {
	readonly name: string;
	readonly label: Bilingual | null;
	readonly columns: readonly SchemaColumn[];
}

/** A function that may be called. */
export interface SchemaFunction {
	readonly name: string;
	/** How it is called, as `round(x, precision)`. */
	readonly call: string;
	readonly kind: string;
}

/** The tables as the engine has them now, views and the reader's temporary tables among them, and its functions. */
export async function schema(db: Database): Promise<{ tables: SchemaTable[]; functions: SchemaFunction[] }> {
	const columns = await db.query<{ table: string; name: string; type: string }>(
		sql`SELECT table_name AS "table", column_name AS name, data_type AS type FROM duckdb_columns()
			WHERE NOT internal AND table_name <> 'answer kept' ORDER BY table_name, column_index`,
		{ aside: true }
	);
	const functions = await db.query<{ name: string; parameters: string | null; kind: string }>(
		sql`SELECT function_name AS name, CAST(any_value(parameters) AS VARCHAR) AS parameters, any_value(function_type) AS kind
			FROM duckdb_functions() WHERE regexp_matches(function_name, '^[a-z][a-z0-9_]*$') AND NOT starts_with(function_name, 'pragma')
				AND function_type IN ('scalar', 'aggregate', 'table', 'macro', 'table_macro')
			GROUP BY function_name ORDER BY function_name`,
		{ aside: true }
	);
	const tables = new Map<string, SchemaColumn[]>();
	for (const { table, name, type } of columns) {
		const known = tables.get(table) ?? [];
		known.push({ name, type, label: labelOf(table, name) });
		tables.set(table, known);
	}
	return {
		tables: [...tables].map(([name, own]) => ({
			name,
			label: dataset.find((table) => table.name === name)?.label ?? null,
			columns: own
		})),
		functions: functions
			.filter(({ name }) => !isRefused(name))
			.map(({ name, parameters, kind }) => ({
				name,
				call: `${name}(${(parameters ?? '[]').slice(1, -1)})`,
				kind
			}))
	};
}

/** The label of a column: of its own table, or of the first declared column of that name (views have the columns of tables). */
function labelOf(table: string, column: string): Bilingual | null {
	const own = dataset.find(({ name }) => name === table);
	const among = own ? own.columns : dataset.flatMap(({ columns }) => columns);
	return among.find(({ name }) => name === column)?.label ?? null;
}
