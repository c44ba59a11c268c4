/**
 * The rows of a register that meet a condition, in an order, as a table that scrolls: how many there are, any stretch of them, their totals.
 *
 * The order is made once and kept in the engine as the numbers of the rows; a stretch is then read by its place, wherever it lies. Texts are
 * ordered by their place in the Vietnamese alphabet, which is found once for each column.
 */
import { QueryError, type Asking, type Database } from '../database/database';
import type { DataRow, DataValue } from '../database/row';
import { double, id, join, sql, type Sql } from '../database/sql';
import { inOrder } from './alphabet';
import type { Column, Table } from './table';

/** One step of an order. Empty cells come last in either direction. */
export interface Sorting {
	readonly column: string;
	readonly descending: boolean;
}

/** A row: its number in the register, which stays its own while the register stands, and its cells. */
export interface NumberedRow {
	readonly number: number;
	/** The values of the columns that were asked for, in their order. */
	readonly cells: readonly DataValue[];
}

/** Rows in an order. */
export interface Rowset {
	readonly count: number;
	/** The rows from `offset` on, at most `limit` of them. */
	rows(columns: readonly string[], offset: number, limit: number, asking?: Asking): Promise<NumberedRow[]>;
}

/** What there is to read in order. */
export interface RowsetQuestion {
	readonly register: Table;
	/** A condition over the columns of the register. */
	readonly where: Sql;
	/** The first step counts most; rows that are equal in all of them stand in the order of the register. */
	readonly sort: readonly Sorting[];
}

/** How many orders an engine keeps, so that going back to one is free. */
const mostOrders = 4;

/** Reading one row by itself takes as long as running over so many rows for all that are wanted. */
const worthOfOne = 100_000;

/** What is kept in one engine. */
interface Keeping {
	/** The orders by what was asked for, the latest last: their table and their number of rows. */
	readonly orders: Map<string, { readonly table: string; readonly count: number }>;
	/** Columns whose texts have their places, or are given them. */
	readonly places: Map<string, Promise<void>>;
	made: number;
}

const keepings = new WeakMap<Database, Keeping>();

function keepingOf(db: Database): Keeping {
	let keeping = keepings.get(db);
	if (!keeping) {
		keeping = { orders: new Map(), places: new Map(), made: 0 };
		keepings.set(db, keeping);
	}
	return keeping;
}

/** Forgets the orders that were made: to be called when a register is replaced while its engine runs on. */
export function forgetOrders(db: Database): void {
	keepings.delete(db);
}

/** Whether a question failed because an engine was started anew since its tables were made. */
function isLost(error: unknown): boolean {
	return error instanceof QueryError && error.message.includes('does not exist');
}

const isText = ({ type }: Column) => type === 'text' || type === 'code' || type === 'codes' || type === 'period';

const placesTable = (register: Table, column: Column) => `places of ${register.name}.${column.name}`;

const placeColumn = (column: Column) => `place of ${column.name}`;

/** The texts of a column, with the place of each: units by their short names, codes in the order of their list, all others as they are. */
function textsInOrder(register: Table, column: Column): Sql {
	const own = sql`SELECT DISTINCT CAST(${id(column.name)} AS VARCHAR) AS v FROM ${id(register.name)} WHERE ${id(column.name)} IS NOT NULL`;
	if (column.references === 'units.unit_id')
		return sql`WITH own AS (${own}),
		named AS (SELECT own.v AS code, coalesce(any_value(u.short_name), own.v) AS name FROM own LEFT JOIN units AS u ON u.unit_id = own.v GROUP BY own.v),
		ordered AS (${inOrder(sql`SELECT DISTINCT name AS v FROM named`)})
		SELECT named.code AS v, CAST(row_number() OVER (ORDER BY ordered.place, named.code) AS INTEGER) AS place
		FROM named JOIN ordered ON ordered.v = named.name`;
	if (column.type === 'code')
		return sql`WITH own AS (${own}), ordered AS (${inOrder(sql`SELECT v FROM own`)}),
		listed AS (SELECT code, min(rowid) AS at FROM code_lists WHERE list = ${column.list ?? ''} GROUP BY code)
		SELECT v, CAST(row_number() OVER (ORDER BY listed.at NULLS LAST, ordered.place) AS INTEGER) AS place
		FROM ordered LEFT JOIN listed ON listed.code = ordered.v`;
	return inOrder(own);
}

/** Finds the places of the texts of a column, one for each row of the register in its order. */
async function findPlaces(db: Database, register: Table, column: Column, asking: Asking): Promise<void> {
	const { places } = keepingOf(db);
	const name = placesTable(register, column);
	const known = places.get(name);
	if (known) return known;
	const made = db
		.query(
			sql`CREATE OR REPLACE TEMP TABLE ${id(name)} AS
			SELECT ordered.place AS ${id(placeColumn(column))} FROM ${id(register.name)}
			LEFT JOIN (${textsInOrder(register, column)}) AS ordered ON ordered.v = CAST(${id(register.name, column.name)} AS VARCHAR)
			ORDER BY ${id(register.name)}.rowid`,
			asking
		)
		.then(() => undefined);
	places.set(name, made);
	made.catch(() => places.delete(name));
	return made;
}

/** Finds the places of the texts of these columns, one column after the other, before anyone sorts by them. */
export async function readyOrders(
	db: Database,
	register: Table,
	columns: readonly string[],
	asking: Asking
): Promise<void> {
	for (const column of register.columns)
		if (isText(column) && columns.includes(column.name)) await findPlaces(db, register, column, asking);
}

/** The steps of an order whose columns there are, each column once. */
function stepsOf({ register, sort }: RowsetQuestion): { column: Column; descending: boolean }[] {
	const seen = new Set<string>();
	return sort.flatMap(({ column: name, descending }) => {
		const column = register.columns.find((one) => one.name === name);
		if (!column || seen.has(name)) return [];
		seen.add(name);
		return [{ column, descending }];
	});
}

async function makeOrder(db: Database, question: RowsetQuestion, name: string, asking: Asking): Promise<number> {
	const { register, where } = question;
	const steps = stepsOf(question);
	const texts = steps.filter(({ column }) => isText(column));
	for (const { column } of texts) await findPlaces(db, register, column, asking);
	const order = [
		...steps.map(({ column, descending }) => {
			const key = isText(column) ? id(placeColumn(column)) : id(register.name, column.name);
			return sql`${key} ${descending ? sql`DESC` : sql`ASC`} NULLS LAST`;
		}),
		sql`${id(register.name)}.rowid`
	];
	// Row by row beside the register: both stand in the same order.
	const beside = texts.map(
		({ column }) =>
			sql` POSITIONAL JOIN (SELECT ${id(placeColumn(column))} FROM ${id(placesTable(register, column))}) AS ${id(placeColumn(column))}`
	);
	const [made] = await db.query<{ Count: number }>(
		sql`CREATE OR REPLACE TEMP TABLE ${id(name)} AS SELECT CAST(${id(register.name)}.rowid AS INTEGER) AS number
		FROM ${id(register.name)}${join(beside, '')} WHERE ${where} ${steps.length > 0 ? sql`ORDER BY ${join(order)}` : sql``}`,
		asking
	);
	return made?.Count ?? 0;
}

/** The order that answers a question: one that is kept, or a new one. */
async function orderOf(
	db: Database,
	question: RowsetQuestion,
	asking: Asking
): Promise<{ table: string; count: number }> {
	const key = JSON.stringify([
		question.register.name,
		question.where.text,
		stepsOf(question).map(({ column, descending }) => [column.name, descending])
	]);
	const keeping = keepingOf(db);
	const known = keeping.orders.get(key);
	if (known) {
		keeping.orders.delete(key);
		keeping.orders.set(key, known);
		return known;
	}
	const table = `order ${++keeping.made}`;
	let count: number;
	try {
		count = await makeOrder(db, question, table, asking);
	} catch (error) {
		if (!isLost(error) || keeping.places.size === 0) throw error;
		keeping.places.clear();
		keeping.orders.clear();
		count = await makeOrder(db, question, table, asking);
	}
	const made = { table, count };
	keeping.orders.set(key, made);
	for (const [oldest, order] of keeping.orders) {
		if (keeping.orders.size <= mostOrders) break;
		keeping.orders.delete(oldest);
		await db.query(sql`DROP TABLE IF EXISTS ${id(order.table)}`);
	}
	return made;
}

/** The name under which the number of a row is answered; no column of a register holds a space. */
const numberName = 'row number';

function numbered(rows: readonly DataRow[], columns: readonly string[]): NumberedRow[] {
	return rows.map((row) => ({
		number: Number(row[numberName]),
		cells: columns.map((name) => row[name] ?? null)
	}));
}

/**
 * The rows that meet a condition, in an order. The database must be an engine's own, not one that remembers answers.
 *
 * @throws the reason of the signal when it fires.
 */
export async function openRowset(db: Database, question: RowsetQuestion, asking: Asking = {}): Promise<Rowset> {
	const { register, where } = question;
	const name = id(register.name);
	// The whole register in its own order needs nothing beside it.
	const plain = stepsOf(question).length === 0 && where.text === 'TRUE';
	const select = (columns: readonly string[]) =>
		join([sql`${name}.rowid AS ${id(numberName)}`, ...columns.map((column) => id(register.name, column))]);
	if (plain) {
		const [counted] = await db.query<{ count: number }>(sql`SELECT count(*) AS "count" FROM ${name}`, asking);
		return {
			count: counted?.count ?? 0,
			rows: async (columns, offset, limit, ask) =>
				numbered(
					await db.query(
						sql`SELECT ${select(columns)} FROM ${name} WHERE ${name}.rowid >= ${offset} AND ${name}.rowid < ${offset + limit} ORDER BY ${name}.rowid`,
						ask
					),
					columns
				)
		};
	}

	async function read(columns: readonly string[], offset: number, limit: number, ask: Asking): Promise<NumberedRow[]> {
		const { table } = await orderOf(db, question, ask);
		const stretch = sql`SELECT rowid AS place, number FROM ${id(table)} WHERE rowid >= ${offset} AND rowid < ${offset + limit}`;
		if (count < limit * worthOfOne)
			return numbered(
				await db.query(
					sql`SELECT ${select(columns)} FROM (${stretch}) AS stretch JOIN ${name} ON ${name}.rowid = stretch.number ORDER BY stretch.place`,
					ask
				),
				columns
			);
		const places = await db.query<{ place: number; number: number }>(sql`${stretch} ORDER BY rowid`, ask);
		if (places.length === 0) return [];
		const single = ({ place, number }: { place: number; number: number }) =>
			sql`SELECT ${place} AS place, ${select(columns)} FROM ${name} WHERE ${name}.rowid = ${number}`;
		return numbered(await db.query(sql`${join(places.map(single), ' UNION ALL ')} ORDER BY place`, ask), columns);
	}

	const { count } = await orderOf(db, question, asking);
	return {
		count,
		rows: async (columns, offset, limit, ask = {}) => {
			try {
				return await read(columns, offset, limit, ask);
			} catch (error) {
				if (!isLost(error)) throw error;
				forgetOrders(db);
				return read(columns, offset, limit, ask);
			}
		}
	};
}

/** All cells of one row, in the order of the register's columns; null when there is no such row. */
export async function rowOf(
	db: Database,
	register: Table,
	number: number,
	asking?: Asking
): Promise<DataValue[] | null> {
	const [row] = await db.query(
		sql`SELECT ${join(register.columns.map(({ name }) => id(name)))} FROM ${id(register.name)} WHERE rowid = ${number}`,
		asking
	);
	return row ? register.columns.map(({ name }) => row[name] ?? null) : null;
}

/** What the totals row says of a column besides how full it is. */
export type TotalKind = 'sum' | 'mean' | 'range' | 'filled';

/**
 * What is meaningful over many rows: amounts in đồng and plain counts are added; scores, percentages and terms are averaged; days and years have
 * a first and a last. Amounts in several currencies and rates of exchange have neither sum nor mean.
 */
export function totalKind({ name, type, maximum }: Column): TotalKind {
	if (type === 'date' || name === 'year') return 'range';
	if (type !== 'number' && type !== 'integer') return 'filled';
	if (maximum !== undefined) return 'mean';
	return type === 'integer' || name.endsWith('_vnd') ? 'sum' : 'filled';
}

/** The total of one column. */
export interface Total {
	readonly column: string;
	readonly kind: TotalKind;
	/** Rows whose cell is not empty. */
	readonly filled: number;
	/** The sum or the mean of what there is, the smallest or first value; null where there is none. */
	readonly value: number | Date | null;
	/** The largest or last value, of a range. */
	readonly last: number | Date | null;
}

/** Totals over all rows that meet a condition. A number that is none (NaN) counts as filled and adds nothing. */
export async function totals(
	db: Database,
	register: Table,
	where: Sql,
	columns: readonly Column[],
	asking?: Asking
): Promise<{ readonly count: number; readonly totals: readonly Total[] }> {
	const real = (column: Column) =>
		column.type === 'number' ? sql` FILTER (WHERE isfinite(${id(column.name)}))` : sql``;
	const parts = columns.flatMap((column, index) => {
		const name = id(column.name);
		const filled = sql`count(${name}) AS ${id(`filled ${index}`)}`;
		const value = id(`value ${index}`);
		switch (totalKind(column)) {
			case 'sum':
				return [filled, sql`${double(sql`sum(${name})${real(column)}`)} AS ${value}`];
			case 'mean':
				return [filled, sql`${double(sql`avg(${name})${real(column)}`)} AS ${value}`];
			case 'range':
				return [filled, sql`min(${name}) AS ${value}`, sql`max(${name}) AS ${id(`last ${index}`)}`];
			case 'filled':
				return [filled];
		}
	});
	const [row] = await db.query(
		sql`SELECT ${join([sql`count(*) AS "all rows"`, ...parts])} FROM ${id(register.name)} WHERE ${where}`,
		asking
	);
	return {
		count: Number(row?.['all rows'] ?? 0),
		totals: columns.map((column, index) => ({
			column: column.name,
			kind: totalKind(column),
			filled: Number(row?.[`filled ${index}`] ?? 0),
			value: (row?.[`value ${index}`] ?? null) as number | Date | null,
			last: (row?.[`last ${index}`] ?? null) as number | Date | null
		}))
	};
}
