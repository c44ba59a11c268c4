/**
 * What the rows of a register are put in order by, made for one column: texts by their place in the Vietnamese alphabet, which is found once, units
 * by their short names, codes in the order of their list, and all else by its value. Empty cells come last.
 */
import type { Asking, Database } from '../database/database';
import type { Codes, DataColumns } from '../database/row';
import { double, id, sql, type Sql } from '../database/sql';
import { inOrder } from './alphabet';
import type { Ground, Values } from './ground';
import type { KeySource, Orderer } from './orderer';
import { absent } from './spelling';
import type { Column, Table } from './table';

/** Whose rows are put in order. */
export interface Ordered {
	readonly register: Table;
	/** The ground of the register, whose codes of texts are then put in order instead of the texts. */
	readonly ground?: Ground | undefined;
}

/** Rows that hold the same text, from which on the texts are put in order by their codes, and the first rows that show it mostly. */
const worthCoding = 4;
const firstRows = 60_000;

/** Texts up to which they are compared outside the engine, which takes a third of what it takes the engine; more would be slow to hand over. */
const mostCompared = 20_000;

/** Days before 1970 that a date can lie back, and one more. */
const earliest = 2 ** 31;

/** Rows whose texts come at once: the page reads them while the engine makes the next ones. */
const rowsOfPart = 1 << 16;

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
export const numberOf = (register: Table) => sql`CAST(${id(register.name)}.rowid AS INTEGER) AS r`;

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
export async function rowsOf(db: Database, { register, ground }: Ordered, asking: Asking): Promise<number> {
	if (ground) return ground.rows;
	const [counted] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM ${id(register.name)}`, asking);
	return counted?.n ?? 0;
}

/** Makes the key of texts that each row has mostly for itself, by their spelling: its bytes; null where that does not tell their order. */
async function keyBySpelling(
	orderer: Orderer,
	db: Database,
	question: Ordered,
	column: Column,
	key: number,
	asking: Asking
): Promise<number | null> {
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
	{ register, ground }: Ordered,
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
async function placedSource(db: Database, question: Ordered, column: Column, asking: Asking): Promise<KeySource> {
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

/** Makes what rows are put in order by, which is then held under a number; the bytes that it takes. */
export async function makeKey(
	orderer: Orderer,
	db: Database,
	question: Ordered,
	column: Column,
	key: number,
	asking: Asking
): Promise<number> {
	const { register, ground } = question;
	if (!isText(column)) return orderer.make(key, await sourceOf(db, question, column, asking));
	// A key of one column is each row's own.
	const isOwn = register.key.length === 1 && register.key[0] === column.name;
	if (ground && !isOwn && (ground.hasValues(column.name) || (await isRepeated(db, register, column, asking))))
		return orderer.make(key, await codedSource(ground, column, asking));
	const spelled = isPlainText(column) ? await keyBySpelling(orderer, db, question, column, key, asking) : null;
	return spelled ?? orderer.make(key, await placedSource(db, question, column, asking));
}
