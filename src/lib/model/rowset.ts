/**
 * The rows of a register that meet a condition, in an order, as a table that scrolls: how many there are, any stretch of them, their totals.
 *
 * The order is made once, as the numbers of the rows; a stretch is then read by its numbers, wherever it lies. What rows are ordered by is kept.
 */
import type { Asking, Database } from '../database/database';
import type { DataRow, DataValue } from '../database/row';
import { double, id, join, sql, table, type Sql } from '../database/sql';
import type { Ground } from './ground';
import { makeKey, numberOf, rowsOf, type Ordered } from './key';
import { openOrderer, type Orderer, type Step } from './orderer';
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
export interface RowsetQuestion extends Ordered {
	/** A condition over the columns of the register. */
	readonly where: Sql;
	/** The first step counts most; rows that are equal in all of them stand in the order of the register. */
	readonly sort: readonly Sorting[];
}

/** How many orders are kept, so that going back to one is free, and the bytes of the keys of columns, those of the latest in any case. */
const mostOrders = 4;
const mostKeyBytes = 1 << 26;
const fewestKeys = 3;

/** Reading one row by itself takes as long as running over so many rows for all that are wanted. */
const worthOfOne = 100_000;

/** What rows are put in order by, once it is made. */
interface Making {
	/** The number of the key. */
	readonly key: number;
	/** How many bytes it takes. */
	readonly made: Promise<number>;
	/** Fires when somebody wants it at once after all. */
	readonly hurry: AbortController;
}

/** Rows in an order that is kept. */
interface Kept {
	readonly rows: Int32Array;
	/** Lets go of it; its rows are gone then. */
	readonly forget: () => void;
}

/** What is kept beside one engine. */
interface Keeping {
	/** Rows in each order, by what was asked for, the latest last. */
	readonly orders: Map<string, Kept>;
	/** Who holds the keys. */
	readonly orderer: Orderer;
	/** The keys of columns by which rows were put in order, the latest last. */
	readonly keys: Map<string, Making>;
	/** How many bytes they are, by their numbers. */
	readonly sizes: Map<number, number>;
	/** The names of the keys of the orders that are being made: these stay. */
	readonly underWay: Set<readonly string[]>;
	/** The rows that meet the latest condition, in the order of the register. */
	matching: { readonly key: string; readonly rows: Int32Array } | null;
}

const keepings = new WeakMap<Database, Keeping>();

/** What is kept beside an engine that nobody has any more ends with it. */
const ended = new FinalizationRegistry<Orderer>((orderer) => orderer.end());
/** The number of the latest key. */
let lastKey = 0;

function keepingOf(db: Database): Keeping {
	let keeping = keepings.get(db);
	if (!keeping || keeping.orderer.isOver) {
		keeping = {
			orders: new Map(),
			orderer: openOrderer(),
			keys: new Map(),
			sizes: new Map(),
			underWay: new Set(),
			matching: null
		};
		keepings.set(db, keeping);
		ended.register(db, keeping.orderer);
	}
	return keeping;
}

/** What is known for a key, moved to the end of a map whose latest stand last. */
function latest<T>(map: Map<string, T>, key: string): T | undefined {
	const value = map.get(key);
	if (value === undefined) return undefined;
	map.delete(key);
	map.set(key, value);
	return value;
}

/** Forgets the orders that were made: to be called when a register is replaced while its engine runs on. */
export function forgetOrders(db: Database): void {
	keepings.get(db)?.orderer.end();
	keepings.delete(db);
}

/** Under which a key is kept. */
const keyName = (register: Table, column: Column) => `${register.name}.${column.name}`;

/** Lets the oldest keys go that nobody uses, where they take too much. */
function makeRoom({ keys, sizes, underWay, orderer }: Keeping): void {
	let size = [...sizes.values()].reduce((sum, one) => sum + one, 0);
	const used = new Set([...underWay].flat());
	for (const [name, { key }] of keys) {
		if (size <= mostKeyBytes || keys.size <= fewestKeys) break;
		// One that has no size yet is being made.
		if (used.has(name) || !sizes.has(key)) continue;
		keys.delete(name);
		size -= sizes.get(key) ?? 0;
		sizes.delete(key);
		orderer.forget(key).catch(() => undefined);
	}
}

/** The number of what rows are put in order by, kept or made now. What is made while nobody asks anything is made at once when somebody does. */
async function keyOf(db: Database, question: RowsetQuestion, column: Column, asking: Asking): Promise<number> {
	const { keys, sizes, orderer } = keepingOf(db);
	const name = keyName(question.register, column);
	const isIdle = asking.idle !== undefined && asking.idle !== false;
	const known = latest(keys, name);
	if (known && !isIdle) known.hurry.abort();
	if (known) {
		await known.made;
		return known.key;
	}
	const hurry = new AbortController();
	const key = ++lastKey;
	const made = makeKey({
		orderer,
		key,
		database: db,
		of: question,
		column,
		asking: isIdle ? { ...asking, idle: hurry.signal } : asking
	});
	const making: Making = { key, made, hurry };
	keys.set(name, making);
	made.then(
		(bytes) => sizes.set(key, bytes),
		() => {
			if (keys.get(name) === making) keys.delete(name);
			orderer.forget(key).catch(() => undefined);
		}
	);
	await made;
	return key;
}

/** Makes the keys of these columns, one column after the other, before anyone sorts by them. */
export async function readyOrders(ground: Ground, columns: readonly string[], asking: Asking): Promise<void> {
	const { database, register } = ground;
	const question = { register, where: sql`TRUE`, sort: [], ground };
	for (const column of register.columns) {
		if (!columns.includes(column.name)) continue;
		await keyOf(database, question, column, asking);
		await keepingOf(database).orderer.reserve(ground.rows);
		makeRoom(keepingOf(database));
	}
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

/** The numbers of the rows that meet the condition of a question, in the order of the register; the latest stay. */
async function matchingRows(db: Database, question: RowsetQuestion, asking: Asking): Promise<Int32Array> {
	const { register, where } = question;
	const keeping = keepingOf(db);
	const key = JSON.stringify([register.name, where.text]);
	if (keeping.matching?.key === key) return keeping.matching.rows;
	const found = await db.columns(sql`SELECT ${numberOf(register)} FROM ${id(register.name)} WHERE ${where}`, asking);
	const rows = Int32Array.from(found.of('r')).sort();
	keeping.matching = { key, rows };
	return rows;
}

/** Puts rows in order. Rows without an order stand as they are given. */
async function put(orderer: Orderer, rows: Int32Array | number, steps: readonly Step[]): Promise<Kept> {
	if (steps.length === 0 && typeof rows !== 'number') return { rows, forget: () => undefined };
	const order = await orderer.order(rows, steps);
	return { rows: order, forget: () => void orderer.recycle(order).catch(() => undefined) };
}

/** The rows that answer a question, in its order: those that are kept, or found now. */
async function orderOf(db: Database, question: RowsetQuestion, asking: Asking): Promise<Int32Array> {
	const { register, where } = question;
	const steps = stepsOf(question);
	const key = JSON.stringify([
		register.name,
		where.text,
		steps.map(({ column, descending }) => [column.name, descending])
	]);
	const keeping = keepingOf(db);
	const known = latest(keeping.orders, key);
	if (known) return known.rows;
	const rows = where.text === 'TRUE' ? await rowsOf(db, question, asking) : await matchingRows(db, question, asking);
	const order: Step[] = [];
	const names = steps.map(({ column }) => keyName(register, column));
	keeping.underWay.add(names);
	try {
		for (const { column, descending } of steps)
			order.push({ key: await keyOf(db, question, column, asking), descending });
		asking.signal?.throwIfAborted();
		const made = await put(keeping.orderer, rows, order);
		// Who asked for the same meanwhile may be reading it.
		const other = latest(keeping.orders, key);
		if (other) {
			made.forget();
			return other.rows;
		}
		keeping.orders.set(key, made);
		for (const [oldest, { forget }] of keeping.orders) {
			if (keeping.orders.size <= mostOrders) break;
			keeping.orders.delete(oldest);
			forget();
		}
		return made.rows;
	} finally {
		keeping.underWay.delete(names);
		makeRoom(keeping);
	}
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

	const { length: count } = await orderOf(db, question, asking);
	return {
		count,
		rows: async (columns, offset, limit, ask) => {
			// It may have been let go meanwhile.
			const order = await orderOf(db, question, ask ?? {});
			const numbers = [...order.subarray(offset, offset + limit)];
			if (numbers.length === 0) return [];
			const single = (number: number) => sql`SELECT ${select(columns)} FROM ${name} WHERE ${name}.rowid = ${number}`;
			const wanted = table(
				'given',
				['number'],
				numbers.map((number) => [number])
			);
			const found = await db.query(
				count < limit * worthOfOne
					? sql`SELECT ${select(columns)} FROM (SELECT CAST(number AS BIGINT) AS number FROM ${wanted}) AS wanted
						JOIN ${name} ON ${name}.rowid = wanted.number`
					: join(numbers.map(single), ' UNION ALL '),
				ask
			);
			const place = new Map(numbers.map((number, at) => [number, at]));
			return numbered(found, columns).sort((a, b) => (place.get(a.number) ?? 0) - (place.get(b.number) ?? 0));
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
