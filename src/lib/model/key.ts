/**
 * What the rows of a register are put in order by, made for one column: texts by their place in the Vietnamese alphabet, which is found once, units
 * by their short names, codes in the order of their list, and all else by its value. Empty cells come last.
 */
import type { Asking, Database } from '../database/database';
import type { DataColumns } from '../database/row';
import { double, id, sql, type Sql } from '../database/sql';
import { inOrder } from './alphabet';
import type { Ground } from './ground';
import type { Orderer, Part, Places } from './orderer';
import { absent } from './spelling';
import type { Column, Table } from './table';

/** Whose rows are put in order. */
export interface Ordered {
	readonly register: Table;
	/** The ground of the register, whose codes of texts are then put in order instead of the texts. */
	readonly ground?: Ground | undefined;
}

/** A key that is to be made. */
export interface Wanted {
	/** Who then holds it, under this number. */
	readonly orderer: Orderer;
	readonly key: number;
	readonly database: Database;
	readonly of: Ordered;
	readonly column: Column;
	readonly asking: Asking;
}

/** Rows that hold the same text, from which on the texts are put in order by their codes, and the first rows that show it mostly. */
const worthCoding = 4;
const firstRows = 60_000;

/** Texts up to which they are compared outside the engine, which takes a third of what it takes the engine; more would be slow to hand over. */
const mostCompared = 20_000;

/** Rows that come at once: the page hands them on while the engine makes the next ones, and whoever wants something else waits no longer. */
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

/** How many rows a register has. */
export async function rowsOf(db: Database, { register, ground }: Ordered, asking: Asking): Promise<number> {
	if (ground) return ground.rows;
	const [counted] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM ${id(register.name)}`, asking);
	return counted?.n ?? 0;
}

/** The rows of a part. */
interface Stretch {
	readonly first: number;
	/** The row after the last. */
	readonly end: number;
}

/** Reads the parts of a key, one after the other while the next is on its way; false where what was read does not tell the order. */
async function readParts(
	{ orderer, key, database, of, asking }: Wanted,
	part: (stretch: Stretch) => Promise<Part>
): Promise<boolean> {
	const rows = await rowsOf(database, of, asking);
	const ask = (first: number) => {
		const asked = part({ first, end: Math.min(first + rowsOfPart, rows) });
		asked.catch(() => undefined);
		return asked;
	};
	let next = rows > 0 ? ask(0) : null;
	for (let end = rowsOfPart; next; end += rowsOfPart) {
		const read = await next;
		next = end < rows ? ask(end) : null;
		if (!(await orderer.read(key, read))) return false;
	}
	return true;
}

/** The condition of the rows of a part. Without an order of its own, a question of one table answers in the order of its rows. */
const within = ({ first, end }: Stretch) => sql`rowid >= ${first} AND rowid < ${end}`;

/** By what the codes of the values of a column are put in order. */
async function placesOf({ column, asking }: Wanted, ground: Ground, size: number): Promise<Places> {
	const from = ground.dictionary(column.name);
	if (isPlainText(column) && size <= mostCompared)
		return ground.database.texts(sql`SELECT "value" FROM ${from} ORDER BY code`, asking);
	const places = new Float64Array(size + 1).fill(NaN);
	if (size > 0) {
		const texts = sql`SELECT "value" AS v FROM ${from}`;
		const found = await ground.database.columns(
			sql`SELECT d.code, o.place FROM ${from} AS d JOIN (${textsInOrder(column, texts)}) AS o ON o.v = d."value"`,
			asking
		);
		const at = found.of('place');
		found.of('code').forEach((code, row) => (places[code] = at[row] ?? NaN));
	}
	return places;
}

/** Makes the key of a column whose rows hold the same texts, by the codes of the ground: those that the page holds, or else of the engine. */
async function keyByCodes(wanted: Wanted, ground: Ground) {
	const { orderer, key, column, asking } = wanted;
	const values = await ground.values(column.name, asking);
	const places = await placesOf(wanted, ground, values.size);
	const plane = ground.isHeld ? await ground.plane(values, asking) : null;
	await readParts(wanted, async (stretch) =>
		plane
			? plane.slice(stretch.first, stretch.end)
			: ground.database.codes(sql`SELECT c FROM ${id(values.table)} WHERE ${within(stretch)}`, asking)
	);
	return orderer.finish(key, places);
}

/** Makes the key of texts that each row has mostly for itself, by their spelling: its bytes; null where that does not tell their order. */
async function keyBySpelling(wanted: Wanted): Promise<number | null> {
	const { orderer, key, database, of, column, asking } = wanted;
	const text = sql`coalesce(CAST(${id(column.name)} AS VARCHAR), chr(${absent}))`;
	const isPlain = await readParts(wanted, (stretch) =>
		database.texts(sql`SELECT ${text} AS c FROM ${id(of.register.name)} WHERE ${within(stretch)}`, asking)
	);
	return isPlain ? orderer.finish(key) : null;
}

/** The number by which a row of a column that is no text is put in order; what is no number comes after all numbers, and before what is nothing. */
function numberIn(column: Column): Sql {
	const value = id(column.name);
	switch (column.type) {
		case 'date':
			return sql`CAST(${value} - DATE '1970-01-01' AS DOUBLE)`;
		case 'boolean':
			return sql`CAST(${value} AS DOUBLE)`;
		case 'number':
			return sql`CASE WHEN isfinite(${double(value)}) THEN ${double(value)} WHEN ${value} IS NULL THEN NULL
				WHEN isnan(${double(value)}) THEN ${Infinity} ELSE least(${double(value)}, ${Number.MAX_VALUE}) END`;
		default:
			return double(value);
	}
}

/** Makes the key of a column that is no text, by its numbers. */
async function keyByNumbers(wanted: Wanted) {
	const { orderer, key, database, of, column, asking } = wanted;
	await readParts(wanted, async (stretch) => {
		const query = sql`SELECT ${numberIn(column)} AS c FROM ${id(of.register.name)} WHERE ${within(stretch)}`;
		return (await database.columns(query, { ...asking, whole: true })).of('c');
	});
	return orderer.finish(key);
}

/** Makes the key of a column of texts, where neither codes nor letters tell their order: by the place of each row's text. */
async function keyByPlaces({ orderer, key, database, of, column, asking }: Wanted) {
	const { register } = of;
	const from = id(register.name);
	const text = sql`CAST(${id(register.name, column.name)} AS VARCHAR)`;
	const own = sql`SELECT DISTINCT CAST(${id(column.name)} AS VARCHAR) AS v FROM ${from} WHERE ${id(column.name)} IS NOT NULL`;
	const found = await database.columns(
		sql`SELECT ${numberOf(register)}, ordered.place AS c FROM ${from} JOIN (${textsInOrder(column, own)}) AS ordered ON ordered.v = ${text}`,
		asking
	);
	await orderer.read(key, spread(found, await rowsOf(database, of, asking)));
	return orderer.finish(key);
}

/** Makes what rows are put in order by, which is then held under a number; the bytes that it takes. */
export async function makeKey(wanted: Wanted): Promise<number> {
	const { database, of, column, asking } = wanted;
	const { register, ground } = of;
	if (!isText(column)) return (await keyByNumbers(wanted)) ?? 0;
	// A key of one column is each row's own.
	const isOwn = register.key.length === 1 && register.key[0] === column.name;
	if (ground && !isOwn && (ground.hasValues(column.name) || (await isRepeated(database, register, column, asking))))
		return (await keyByCodes(wanted, ground)) ?? 0;
	const spelled = isPlainText(column) ? await keyBySpelling(wanted) : null;
	return spelled ?? (await keyByPlaces(wanted)) ?? 0;
}
