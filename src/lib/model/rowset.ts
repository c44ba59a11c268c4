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
import { digitsOf, digitsOfCodes, digitsOfWhole, ordered, type Digit, type Key } from './order';
import { absent, spelling } from './spelling';
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

/** Texts up to which the page compares them itself, which takes a third of what it takes the engine; more would hold the page up. */
const mostCompared = 20_000;

const vietnamese = new Intl.Collator('vi');

/** Days before 1970 that a date can lie back, and one more. */
const earliest = 2 ** 31;

/** Reading one row by itself takes as long as running over so many rows for all that are wanted. */
const worthOfOne = 100_000;

/** Rows whose texts come at once: the page reads them while the engine makes the next ones. */
const rowsOfPart = 1 << 17;

/** What rows are put in order by, once it is made. */
interface Making {
	readonly digits: Promise<readonly Digit[]>;
	/** Fires when somebody wants it at once after all. */
	readonly hurry: AbortController;
}

/** What is kept beside one engine. */
interface Keeping {
	/** The numbers of the rows in each order, by what was asked for, the latest last. */
	readonly orders: Map<string, Int32Array>;
	/** The keys of columns by which rows were put in order, the latest last. */
	readonly keys: Map<string, Making>;
	/** How many bytes they are. */
	readonly sizes: Map<string, number>;
	/** The rows that meet the latest condition, in the order of the register. */
	matching: { readonly key: string; readonly rows: Int32Array } | null;
}

const keepings = new WeakMap<Database, Keeping>();

function keepingOf(db: Database): Keeping {
	let keeping = keepings.get(db);
	if (!keeping) {
		keeping = { orders: new Map(), keys: new Map(), sizes: new Map(), matching: null };
		keepings.set(db, keeping);
	}
	return keeping;
}

/** What is known for a key, moved to the end of a map that keeps its latest few. */
function latest<T>(map: Map<string, T>, key: string, most: number, made?: T): T | undefined {
	const value = made ?? map.get(key);
	if (value === undefined) return undefined;
	map.delete(key);
	map.set(key, value);
	for (const oldest of map.keys()) {
		if (map.size <= most) break;
		map.delete(oldest);
	}
	return value;
}

/** Forgets the orders that were made: to be called when a register is replaced while its engine runs on. */
export function forgetOrders(db: Database): void {
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

/** The place of each row's text among the texts of its column, from the codes of the ground. */
async function placesByCode(ground: Ground, column: Column, asking: Asking): Promise<Digit[]> {
	const values = await ground.values(column.name, asking);
	const texts = sql`SELECT "value" AS v FROM ${ground.dictionary(column.name)}`;
	const places = new Float64Array(values.size + 1).fill(NaN);
	if (isPlainText(column) && values.size <= mostCompared) {
		const found = await ground.database.query<{ code: number; value: string }>(
			sql`SELECT code, "value" FROM ${ground.dictionary(column.name)}`,
			asking
		);
		// What the alphabet holds for the same is told apart by its letters as they are written.
		found
			.sort((a, b) => vietnamese.compare(a.value, b.value) || (a.value < b.value ? -1 : 1))
			.forEach(({ code }, place) => (places[code] = place));
	} else if (values.size > 0) {
		const found = await ground.database.columns(
			sql`SELECT d.code, o.place FROM ${ground.dictionary(column.name)} AS d JOIN (${textsInOrder(column, texts)}) AS o ON o.v = d."value"`,
			asking
		);
		const at = found.of('place');
		found.of('code').forEach((code, row) => (places[code] = at[row] ?? NaN));
	}
	return digitsOfCodes(await codesOf(ground, values, asking), places);
}

/** How many rows a register has. */
async function rowsOf(db: Database, { register, ground }: RowsetQuestion, asking: Asking): Promise<number> {
	if (ground) return ground.rows;
	const [counted] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM ${id(register.name)}`, asking);
	return counted?.n ?? 0;
}

/** The digits of texts that each row has mostly for itself, by their spelling; null where it does not tell their order. */
async function digitsBySpelling(
	db: Database,
	question: RowsetQuestion,
	column: Column,
	asking: Asking
): Promise<readonly Digit[] | null> {
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
	const { read, digits } = spelling();
	let next = part(0);
	for (let first = 0; first < rows; first += rowsOfPart) {
		const texts = await next;
		if (first + rowsOfPart < rows) next = part(first + rowsOfPart);
		if (!read(texts)) return null;
	}
	return digits();
}

/** Makes what rows are put in order by: the digits of a key for each row of the register. */
async function makeKeys(
	db: Database,
	question: RowsetQuestion,
	column: Column,
	asking: Asking
): Promise<readonly Digit[]> {
	const { register, ground } = question;
	const from = id(register.name);
	const value = id(register.name, column.name);
	// What the page may hold anyway, the engine may hold twice for a moment.
	const whole = { ...asking, whole: ground?.isHeld };
	if (isText(column)) {
		// A key of one column is each row's own.
		const isOwn = register.key.length === 1 && register.key[0] === column.name;
		if (ground && !isOwn && (ground.hasValues(column.name) || (await isRepeated(db, register, column, asking))))
			return placesByCode(ground, column, asking);
		if (isPlainText(column)) {
			const digits = await digitsBySpelling(db, question, column, asking);
			if (digits) return digits;
		}
		const own = sql`SELECT DISTINCT CAST(${id(column.name)} AS VARCHAR) AS v FROM ${from} WHERE ${id(column.name)} IS NOT NULL`;
		const places = spread(
			await db.columns(
				sql`SELECT ${numberOf(register)}, ordered.place AS c FROM ${from}
					JOIN (${textsInOrder(column, own)}) AS ordered ON ordered.v = CAST(${value} AS VARCHAR)`,
				asking
			),
			await rowsOf(db, question, asking)
		);
		return digitsOf(places);
	}
	if (column.type === 'date')
		return digitsOfWhole(
			await db.codes(
				sql`SELECT CASE WHEN ${value} IS NULL THEN CAST(0 AS UINTEGER)
					ELSE CAST(CAST(${value} - DATE '1970-01-01' AS BIGINT) + ${earliest} AS UINTEGER) END AS c FROM ${from}`,
				whole
			)
		);
	if (column.type === 'boolean')
		return digitsOf((await db.columns(sql`SELECT CAST(${value} AS UTINYINT) AS c FROM ${from}`, whole)).of('c'));
	// What is no number comes after all numbers, and before what is nothing.
	const key =
		column.type === 'number'
			? sql`CASE WHEN isfinite(${double(value)}) THEN ${double(value)} WHEN ${value} IS NULL THEN NULL
				WHEN isnan(${double(value)}) THEN ${Infinity} ELSE least(${double(value)}, ${Number.MAX_VALUE}) END`
			: double(value);
	return digitsOf((await db.columns(sql`SELECT ${key} AS c FROM ${from}`, whole)).of('c'));
}

/** What rows are put in order by, kept or made now. What is made while nobody asks anything is made at once when somebody does. */
function keysOf(db: Database, question: RowsetQuestion, column: Column, asking: Asking): Promise<readonly Digit[]> {
	const { keys, sizes } = keepingOf(db);
	const name = `${question.register.name}.${column.name}`;
	const isIdle = asking.idle !== undefined && asking.idle !== false;
	const known = latest(keys, name, Infinity);
	if (known && !isIdle) known.hurry.abort();
	if (known) return known.digits;
	const hurry = new AbortController();
	const digits = makeKeys(db, question, column, isIdle ? { ...asking, idle: hurry.signal } : asking);
	const making: Making = { digits, hurry };
	void latest(keys, name, Infinity, making);
	digits.then(
		(made) => {
			sizes.set(
				name,
				made.reduce((sum, { of }) => sum + of.byteLength, 0)
			);
			let size = [...keys.keys()].reduce((sum, one) => sum + (sizes.get(one) ?? 0), 0);
			for (const oldest of keys.keys()) {
				if (size <= mostKeyBytes || keys.size <= fewestKeys) break;
				keys.delete(oldest);
				size -= sizes.get(oldest) ?? 0;
			}
		},
		() => {
			if (keys.get(name) === making) keys.delete(name);
		}
	);
	return digits;
}

/** Makes the keys of these columns, one column after the other, before anyone sorts by them. */
export async function readyOrders(ground: Ground, columns: readonly string[], asking: Asking): Promise<void> {
	const { database, register } = ground;
	const question = { register, where: sql`TRUE`, sort: [], ground };
	for (const column of register.columns)
		if (columns.includes(column.name)) await keysOf(database, question, column, asking);
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

/** The numbers of so many rows. */
function allRows(count: number): Int32Array {
	const rows = new Int32Array(count);
	for (let row = 0; row < count; row++) rows[row] = row;
	return rows;
}

/** The numbers of the rows that meet the condition of a question, in the order of the register; the latest stay. */
async function matchingRows(db: Database, question: RowsetQuestion, asking: Asking): Promise<Int32Array> {
	const { register, where } = question;
	const keeping = keepingOf(db);
	const key = JSON.stringify([register.name, where.text]);
	if (keeping.matching?.key === key) return keeping.matching.rows;
	const all = where.text === 'TRUE';
	const rows = all
		? allRows(await rowsOf(db, question, asking))
		: Int32Array.from(
				(await db.columns(sql`SELECT ${numberOf(register)} FROM ${id(register.name)} WHERE ${where}`, asking)).of('r')
			).sort();
	keeping.matching = { key, rows };
	return rows;
}

/** The numbers of the rows that answer a question, in its order: those that are kept, or found now. */
async function orderOf(db: Database, question: RowsetQuestion, asking: Asking): Promise<Int32Array> {
	const { register, where } = question;
	const steps = stepsOf(question);
	const key = JSON.stringify([
		register.name,
		where.text,
		steps.map(({ column, descending }) => [column.name, descending])
	]);
	const { orders } = keepingOf(db);
	const known = latest(orders, key, mostOrders);
	if (known) return known;
	const rows = await matchingRows(db, question, asking);
	const keys: Key[] = [];
	for (const { column, descending } of steps)
		keys.push({ digits: await keysOf(db, question, column, asking), descending });
	asking.signal?.throwIfAborted();
	const made = keys.length > 0 ? ordered(rows, keys) : rows;
	latest(orders, key, mostOrders, made);
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

	const order = await orderOf(db, question, asking);
	return {
		count: order.length,
		rows: async (columns, offset, limit, ask) => {
			const numbers = [...order.subarray(offset, offset + limit)];
			if (numbers.length === 0) return [];
			const single = (number: number) => sql`SELECT ${select(columns)} FROM ${name} WHERE ${name}.rowid = ${number}`;
			const wanted = table(
				'given',
				['number'],
				numbers.map((number) => [number])
			);
			const found = await db.query(
				order.length < limit * worthOfOne
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
