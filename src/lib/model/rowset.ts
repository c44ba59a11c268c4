/**
 * The rows of a register that meet a condition, in an order, as a table that scrolls: how many there are, any stretch of them, their totals.
 *
 * The order is made once, as the numbers of the rows; a stretch is then read by its numbers, wherever it lies. Texts are ordered by their
 * place in the Vietnamese alphabet, which is found once for each column.
 */
import type { Asking, Database } from '../database/database';
import type { Codes, DataColumns, DataRow, DataValue } from '../database/row';
import { double, id, join, sql, table, type Sql } from '../database/sql';
import { inOrder } from './alphabet';
import type { Ground, Values } from './ground';
import { openOrderer, type KeySource, type Orderer, type Step } from './orderer';
import { absent } from './spelling';
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
	/** The ground of the register, whose codes of texts are then put in order instead of the texts. */
	readonly ground?: Ground | undefined;
}

/** How many orders are kept, so that going back to one is free, and the bytes of the keys of columns, those of the latest in any case. */
const mostOrders = 4;
const mostKeyBytes = 1 << 26;
const fewestKeys = 3;

/** Rows that hold the same text, from which on the texts are put in order by their codes, and the first rows that show it mostly. */
const worthCoding = 4;
const firstRows = 60_000;

/** Rows up to which the page has a copy of their order: 16 MB. */
const mostCopied = 1 << 22;

/** Texts up to which they are compared outside the engine, which takes a third of what it takes the engine; more would be slow to hand over. */
const mostCompared = 20_000;

/** Days before 1970 that a date can lie back, and one more. */
const earliest = 2 ** 31;

/** Reading one row by itself takes as long as running over so many rows for all that are wanted. */
const worthOfOne = 100_000;

/** Rows whose texts come at once: the page reads them while the engine makes the next ones. */
const rowsOfPart = 1 << 17;

/** What rows are put in order by, once it is made. */
interface Making {
	/** The number of the key. */
	readonly key: number;
	/** How many bytes it takes. */
	readonly made: Promise<number>;
	/** Fires when somebody wants it at once after all. */
	readonly hurry: AbortController;
}

/** Rows in an order that is held. */
interface Held {
	readonly count: number;
	/** The numbers of so many of them, from a place on. */
	readonly rowsAt: (offset: number, limit: number) => Promise<Int32Array>;
	/** Lets go of it. */
	readonly forget: () => void;
}

/** What is kept beside one engine. */
interface Keeping {
	/** Rows in each order, by what was asked for, the latest last. */
	readonly orders: Map<string, Held>;
	/** Who holds the keys and the orders. */
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
/** The number of the latest key or order. */
let lastNumber = 0;

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

const isText = ({ type }: Column) => type === 'text' || type === 'code' || type === 'codes' || type === 'period';

/** Whether texts stand in the order of their own letters, and not of a list or of names. */
const isPlainText = (column: Column) =>
	isText(column) && column.type !== 'code' && column.references !== 'units.unit_id';

/** The texts of a column, with the place of each: units by their short names, codes in the order of their list, all others as they are. */
function textsInOrder(column: Column, own: Sql): Sql {
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

/** Numbers of rows of the register, as one column of an answer. */
const numberOf = (register: Table) => sql`CAST(${id(register.name)}.rowid AS INTEGER) AS r`;

/** A number for each row, from an answer of rows' numbers `r` and their values `c`; NaN for all others. */
function spread({ rows, of }: DataColumns, count: number): Float64Array {
	const [numbers, values] = [of('r'), of('c')];
	const out = new Float64Array(count).fill(NaN);
	for (let row = 0; row < rows; row++) out[numbers[row] ?? 0] = values[row] ?? NaN;
	return out;
}

/** Whether many rows hold the same text of a column, so that its codes are worth their making. */
async function isRepeated(db: Database, register: Table, column: Column, asking: Asking): Promise<boolean> {
	if (column.type === 'code' || column.references !== undefined) return true;
	const [from, name] = [id(register.name), id(column.name)];
	const [first] = await db.query<{ texts: number; rows: number }>(
		sql`SELECT count(DISTINCT v) AS texts, count(v) AS "rows" FROM (SELECT ${name} AS v FROM ${from} LIMIT ${firstRows})`,
		asking
	);
	// Of more rows a larger part holds the same, so what is seen here is seen in all; and where no two of so many are the same, hardly any are.
	if (first && first.texts * worthCoding <= first.rows) return first.rows > 0;
	if (first && first.texts === first.rows && first.rows > 0) return false;
	const [row] = await db.query<{ texts: number; rows: number }>(
		sql`SELECT approx_count_distinct(${name}) AS texts, count(${name}) AS "rows" FROM ${from}`,
		asking
	);
	return row !== undefined && row.texts * worthCoding <= row.rows;
}

/** The codes of a column, in the order of the rows: those that the page holds, or else of the engine. */
function codesOf(ground: Ground, values: Values, asking: Asking): Promise<Codes> {
	if (ground.isHeld) return ground.plane(values, asking);
	// Without an order of its own, a question of one table answers in the order of its rows.
	return ground.database.codes(sql`SELECT c FROM ${id(values.table)}`, asking);
}

/** What the key of a column is made of whose rows hold the same texts: the codes of the ground, and the place of each among the texts. */
async function codedSource(ground: Ground, column: Column, asking: Asking): Promise<KeySource> {
	const values = await ground.values(column.name, asking);
	const from = ground.dictionary(column.name);
	if (isPlainText(column) && values.size <= mostCompared) {
		const found = await ground.database.query<{ code: number; value: string }>(
			sql`SELECT code, "value" FROM ${from}`,
			asking
		);
		const texts: (string | null)[] = Array.from({ length: values.size + 1 }, () => null);
		for (const { code, value } of found) texts[code] = value;
		return { codes: await codesOf(ground, values, asking), texts };
	}
	const places = new Float64Array(values.size + 1).fill(NaN);
	if (values.size > 0) {
		const texts = sql`SELECT "value" AS v FROM ${from}`;
		const found = await ground.database.columns(
			sql`SELECT d.code, o.place FROM ${from} AS d JOIN (${textsInOrder(column, texts)}) AS o ON o.v = d."value"`,
			asking
		);
		const at = found.of('place');
		found.of('code').forEach((code, row) => (places[code] = at[row] ?? NaN));
	}
	return { codes: await codesOf(ground, values, asking), places };
}

/** How many rows a register has. */
async function rowsOf(db: Database, { register, ground }: RowsetQuestion, asking: Asking): Promise<number> {
	if (ground) return ground.rows;
	const [counted] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM ${id(register.name)}`, asking);
	return counted?.n ?? 0;
}

/** Makes the key of texts that each row has mostly for itself, by their spelling: its bytes; null where that does not tell their order. */
async function keyBySpelling(
	db: Database,
	question: RowsetQuestion,
	column: Column,
	key: number,
	asking: Asking
): Promise<number | null> {
	const { orderer } = keepingOf(db);
	const from = id(question.register.name);
	const rows = await rowsOf(db, question, asking);
	const text = sql`coalesce(CAST(${id(column.name)} AS VARCHAR), chr(${absent}))`;
	const part = (first: number) => {
		// Without an order of its own, a question of one table answers in the order of its rows.
		const asked = db.texts(
			sql`SELECT ${text} AS c FROM ${from} WHERE rowid >= ${first} AND rowid < ${first + rowsOfPart}`,
			asking
		);
		asked.catch(() => undefined);
		return asked;
	};
	let next = part(0);
	for (let first = 0; first < rows; first += rowsOfPart) {
		const texts = await next;
		if (first + rowsOfPart < rows) next = part(first + rowsOfPart);
		if (!(await orderer.read(key, texts))) return null;
	}
	return orderer.spell(key);
}

/** What the key of a column that is no text, or one whose rows hold the same texts, is made of. */
async function sourceOf(
	db: Database,
	{ register, ground }: RowsetQuestion,
	column: Column,
	asking: Asking
): Promise<KeySource> {
	const from = id(register.name);
	const value = id(register.name, column.name);
	// What the page may hold anyway, the engine may hold twice for a moment.
	const whole = { ...asking, whole: ground?.isHeld };
	if (column.type === 'date')
		return {
			whole: await db.codes(
				sql`SELECT CASE WHEN ${value} IS NULL THEN CAST(0 AS UINTEGER)
					ELSE CAST(CAST(${value} - DATE '1970-01-01' AS BIGINT) + ${earliest} AS UINTEGER) END AS c FROM ${from}`,
				whole
			)
		};
	// What is no number comes after all numbers, and before what is nothing.
	const key =
		column.type === 'boolean'
			? sql`CAST(${value} AS UTINYINT)`
			: column.type === 'number'
				? sql`CASE WHEN isfinite(${double(value)}) THEN ${double(value)} WHEN ${value} IS NULL THEN NULL
				WHEN isnan(${double(value)}) THEN ${Infinity} ELSE least(${double(value)}, ${Number.MAX_VALUE}) END`
				: double(value);
	return { numbers: (await db.columns(sql`SELECT ${key} AS c FROM ${from}`, whole)).of('c') };
}

/** What the key of a column of texts is made of, where neither codes nor letters tell their order: the place of each row's text. */
async function placedSource(
	db: Database,
	question: RowsetQuestion,
	column: Column,
	asking: Asking
): Promise<KeySource> {
	const { register } = question;
	const from = id(register.name);
	const text = sql`CAST(${id(register.name, column.name)} AS VARCHAR)`;
	const own = sql`SELECT DISTINCT CAST(${id(column.name)} AS VARCHAR) AS v FROM ${from} WHERE ${id(column.name)} IS NOT NULL`;
	const found = await db.columns(
		sql`SELECT ${numberOf(register)}, ordered.place AS c FROM ${from} JOIN (${textsInOrder(column, own)}) AS ordered ON ordered.v = ${text}`,
		asking
	);
	return { numbers: spread(found, await rowsOf(db, question, asking)) };
}

/** Makes what rows are put in order by, under a number; the bytes that it takes. */
async function makeKey(
	db: Database,
	question: RowsetQuestion,
	column: Column,
	key: number,
	asking: Asking
): Promise<number> {
	const { register, ground } = question;
	const { orderer } = keepingOf(db);
	if (!isText(column)) return orderer.make(key, await sourceOf(db, question, column, asking));
	// A key of one column is each row's own.
	const isOwn = register.key.length === 1 && register.key[0] === column.name;
	if (ground && !isOwn && (ground.hasValues(column.name) || (await isRepeated(db, register, column, asking))))
		return orderer.make(key, await codedSource(ground, column, asking));
	const spelled = isPlainText(column) ? await keyBySpelling(db, question, column, key, asking) : null;
	return spelled ?? orderer.make(key, await placedSource(db, question, column, asking));
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
	const key = ++lastNumber;
	const made = makeKey(db, question, column, key, isIdle ? { ...asking, idle: hurry.signal } : asking);
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

/** Puts rows in order, which is then held. Rows without an order stand as they are given. */
async function hold(orderer: Orderer, rows: Int32Array | number, steps: readonly Step[]): Promise<Held> {
	const count = typeof rows === 'number' ? rows : rows.length;
	if (steps.length === 0 && typeof rows !== 'number') {
		const rowsAt = (offset: number, limit: number) => Promise.resolve(rows.subarray(offset, offset + limit));
		return { count, rowsAt, forget: () => undefined };
	}
	const number = ++lastNumber;
	await orderer.order(number, rows, steps);
	/** The whole order, once it has come: what is drawn meanwhile would hold up an answer of the thread. */
	let whole: Int32Array | null = null;
	let isAsked = count > mostCopied;
	const take = async () => {
		isAsked = true;
		whole = await orderer.rowsAt(number, 0, count);
	};
	return {
		count,
		rowsAt: async (offset, limit) => {
			if (whole) return whole.subarray(offset, offset + limit);
			const numbers = orderer.rowsAt(number, offset, limit);
			// One that is forgotten meanwhile is not wanted.
			if (!isAsked) take().catch(() => undefined);
			return numbers;
		},
		forget: () => void orderer.forget(number).catch(() => undefined)
	};
}

/** The rows that answer a question, in its order: those that are kept, or found now. */
async function orderOf(db: Database, question: RowsetQuestion, asking: Asking): Promise<Held> {
	const { register, where } = question;
	const steps = stepsOf(question);
	const key = JSON.stringify([
		register.name,
		where.text,
		steps.map(({ column, descending }) => [column.name, descending])
	]);
	const keeping = keepingOf(db);
	const known = latest(keeping.orders, key);
	if (known) return known;
	const rows = where.text === 'TRUE' ? await rowsOf(db, question, asking) : await matchingRows(db, question, asking);
	const order: Step[] = [];
	const names = steps.map(({ column }) => keyName(register, column));
	keeping.underWay.add(names);
	try {
		for (const { column, descending } of steps)
			order.push({ key: await keyOf(db, question, column, asking), descending });
		asking.signal?.throwIfAborted();
		const made = await hold(keeping.orderer, rows, order);
		keeping.orders.get(key)?.forget();
		keeping.orders.set(key, made);
		for (const [oldest, { forget }] of keeping.orders) {
			if (keeping.orders.size <= mostOrders) break;
			keeping.orders.delete(oldest);
			forget();
		}
		return made;
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

	const { count } = await orderOf(db, question, asking);
	return {
		count,
		rows: async (columns, offset, limit, ask) => {
			// It may have been let go meanwhile.
			const order = await orderOf(db, question, ask ?? {});
			const numbers = [...(await order.rowsAt(offset, limit))];
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
