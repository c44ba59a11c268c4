/**
 * The ground of an exploration: the columns of a register as small whole numbers, one table of one column each, in the order of the
 * register's rows. They are made when a chart or a filter first needs them, so that each question afterwards reads a byte or two a row and
 * groups without hashing texts. Tables of one ground are put side by side by position.
 */
import type { Asking, Database } from '../database/database';
import { all, double, id, join, monthNumber, sql, type Sql } from '../database/sql';
import { streamOfBits, type Codes, type Texts } from '../database/row';
import { folding } from './alias';
import { columnOf, type Scale } from './exploration';
import { Flags } from './flags';
import { bytesOf, haystackOf, type Haystack } from './haystack';
import { lastDay, type Month } from './period';
import type { Column, Table } from './table';

/** The table of one encoded column; its only column is `c`. */
export interface Cell {
	readonly table: string;
}

/** A condition over encoded columns, and the columns that it reads. */
export interface Encoded {
	readonly condition: Sql;
	readonly cells: readonly Cell[];
}

/** The values of a column by how often they occur, as text. Code 0 is a row without a value, code n the n-th value. */
export interface Values extends Cell {
	readonly kind: 'values';
	/** How many there are. */
	readonly size: number;
	/** The most frequent of them: all when there are no more than {@link mostListed}, or when a row may have several. */
	readonly list: readonly string[];
	/** For a column of several codes a row: the single codes, by how often they occur. */
	readonly single: readonly string[] | null;
}

/** The days of a column, and their months: code 0 is a row without a day, code 1 the first month and its first day. */
export interface Days {
	readonly kind: 'days';
	readonly day: Cell;
	readonly month: Cell;
	readonly first: Month;
	/** Months from the first to the last; none when no row has a day. */
	readonly months: number;
	/** The first day of the first month, in days since 1970, and the days from it to the end of the last. */
	readonly firstDay: number;
	readonly days: number;
}

/**
 * The amounts of a column in bins: code 0 is a row without an amount, code 1 one below the first edge (zero and less on a logarithm), code
 * n + 2 one from `edges[n]` up to, but without, `edges[n + 1]`.
 */
export interface Bins extends Cell {
	readonly kind: 'bins';
	readonly amount: Cell;
	/** The drawn bars as codes: 0 and 1 as above, code n + 2 the n-th bar. */
	readonly bar: Cell;
	readonly edges: readonly number[];
	/** The edges at which a drawn bar begins, by their places; several bins make a bar. */
	readonly bars: readonly number[];
}

/** The numbers of rows, those of each code one after the other: those of code n begin at `starts[n]` and end where the next ones begin. */
export interface RowsByCode {
	readonly starts: Uint32Array;
	readonly rows: Uint32Array;
}

/** Rows by their codes, of which there are so many. */
function rowsByCode(codes: Codes, count: number): RowsByCode {
	const starts = new Uint32Array(count + 1);
	for (let row = 0; row < codes.length; row++) starts[(codes[row] ?? 0) + 1]!++;
	for (let code = 0; code < count; code++) starts[code + 1]! += starts[code]!;
	const rows = new Uint32Array(codes.length);
	const next = starts.slice();
	for (let row = 0; row < codes.length; row++) rows[next[codes[row] ?? 0]!++] = row;
	return { starts, rows };
}

/** Where a search looks, besides the names of units. */
export interface Searched {
	/**
	 * Columns whose texts stand in many rows each: the codes of the rows, and the folded texts, in the order of their codes, in the page; or
	 * else in a table of the engine, `c` of each `code`.
	 */
	readonly repeated: readonly {
		readonly values: Values;
		readonly haystack: Haystack | null;
		readonly texts: Sql | null;
	}[];
	/**
	 * The folded texts of the other columns, row by row; null when there are none. Where they are not in the page too, what stands there
	 * before the last digits, unless that is much: a word without a digit that is in none of it is in no row.
	 */
	readonly single: {
		readonly cell: Cell;
		readonly haystack: Haystack | null;
		readonly heads: readonly string[] | null;
	} | null;
}

/** The encoded columns of a register. */
export interface Ground {
	readonly register: Table;
	readonly rows: number;
	readonly database: Database;
	/** Whether its columns may be read in the page itself, row by row, which is faster than any question: see {@link mostHeld}. */
	readonly isHeld: boolean;
	/** The codes of a column in the page, a row each. */
	readonly plane: (cell: Cell, asking?: Asking) => Promise<Codes>;
	/** The rows of each code of a column, in the page. */
	readonly rowsByCode: (cell: Values, asking?: Asking) => Promise<RowsByCode>;
	/** The rows that meet a filter; `make` tells which they are, unless that is kept. */
	readonly met: (key: string, make: () => Promise<Flags>) => Promise<Flags>;
	readonly values: (column: string, asking?: Asking) => Promise<Values>;
	/** Whether its values were asked for already, so that they cost nothing more. */
	readonly hasValues: (column: string) => boolean;
	readonly days: (column: string) => Promise<Days>;
	readonly bins: (column: string, scale: Scale) => Promise<Bins>;
	/** The amounts themselves; null where there is none, or none that is a number. */
	readonly amount: (column: string) => Promise<Cell>;
	/** The searched texts, folded. */
	readonly searched: (asking?: Asking) => Promise<Searched>;
	/**
	 * The rows that hold all of these folded words, as truth, in {@link foundTable}; `make` tells which they are, unless that is kept, by a
	 * condition or by their flags. It is answered once the engine was told to make the table, so that whoever asks afterwards finds it.
	 */
	readonly found: (words: readonly string[], make: () => Promise<Encoded | Flags>) => Promise<Cell>;
	/** The rows that meet a condition, as truth: what many questions ask is then found once. The latest few are kept. */
	readonly hits: (condition: Encoded) => Promise<Cell>;
	/** The codes of values; a value that the column does not hold has none. */
	readonly codes: (column: string, values: readonly string[]) => Promise<ReadonlyMap<string, number>>;
	/** The table of the values of a column, once they are encoded: `code` and `value`. */
	readonly dictionary: (column: string) => Sql;
	/** A question for the codes of the values that hold all of these folded words. */
	readonly holding: (column: string, words: readonly string[]) => Sql;
	/** The values of codes. */
	readonly texts: (column: string, codes: readonly number[]) => Promise<ReadonlyMap<number, string>>;
}

/** Rows of a register up to which its columns are held in the page, a byte or two a row and column. */
export const mostHeld = 2_000_000;
/** How long texts are folded before whatever else the page has to do has its turn, in milliseconds: unasked, and while they are waited for. */
const foldedUnasked = 5;
const foldedAtOnce = 50;
/** Values that are kept at hand; those of rarer codes are asked for. */
export const mostListed = 2000;
/** Values that are named in one statement, which is faster than a join. */
const mostNamed = 8000;
/** Conditions whose rows are kept; those of two explorations side by side are four. */
const mostHits = 12;
/** Rows that hold the same text, from which on a search looks into each text once and not into each row. */
const worthOnce = 2;
/** Drawn bars and brushed bins of a linear axis. */
const linearBars = 24;
const linearBins = 240;

/** The columns in which a search looks, besides the names of units. */
const searched: Readonly<Record<string, readonly string[]>> = {
	initiatives: ['initiative_id', 'title', 'lead_author', 'co_authors', 'investor', 'decision_number'],
	transfers: ['transfer_id', 'contract_number', 'technology', 'supplier', 'recipient', 'recipient_area'],
	activities: ['activity_id', 'evidence', 'note']
};

/** The name of an encoded column's table. */
function nameOf(register: Table, what: string): string {
	return `explore ${register.name} ${what}`;
}

/** The table of the rows that hold some folded words, once a ground has found them. */
export function foundTable(register: Table, words: readonly string[]): Sql {
	return id(nameOf(register, `found ${words.join(' ')}`));
}

/** The value of a column as groups and sets see it: text, and null for what is not there. */
export function textOf(column: Column): Sql {
	return column.type === 'number'
		? sql`CAST(CASE WHEN isfinite(${id(column.name)}) THEN ${id(column.name)} END AS VARCHAR)`
		: sql`CAST(${id(column.name)} AS VARCHAR)`;
}

/** The day of a column of days; the last one of a period. */
export function dayOfColumn(column: Column): Sql {
	return id(column.type === 'period' ? `${column.name}_end` : column.name);
}

/** The amount of a column; null where it is none, or not a number. */
export function amountOf(column: Column): Sql {
	const value = double(id(column.name));
	return sql`CASE WHEN isfinite(${value}) THEN ${value} END`;
}

/**
 * A text folded as `foldKey` folds it, but for its signs, which stay: a word of a folded search holds none, so it is found in the one where
 * it is found in the other.
 */
export function folded(text: Sql): Sql {
	// What is rare is looked for first, since most texts need none of it and each step is dear.
	const whenIn = (value: Sql, signs: readonly string[], then: Sql) =>
		sql`CASE WHEN ${join(
			signs.map((sign) => sql`contains(${value}, ${sign})`),
			' OR '
		)} THEN ${then} ELSE ${value} END`;
	const word = (inner: Sql) =>
		sql`regexp_replace(${inner}, '(^|[^\\p{L}\\p{M}])tỷ($|[^\\p{L}\\p{M}])', '\\1ti\\2', 'g')`;
	const composed = whenIn(sql`t`, ['\u0309'], sql`nfc_normalize(t)`);
	const oneD = whenIn(
		sql`t`,
		['Ð', 'Ɖ', 'ð', 'ɖ'],
		sql`replace(replace(replace(replace(t, 'Ð', 'đ'), 'Ɖ', 'đ'), 'ð', 'đ'), 'ɖ', 'đ')`
	);
	// Twice, since a sign between two such words ends one and begins the other.
	const spelled = whenIn(sql`t`, ['tỷ'], word(word(sql`t`)));
	// A text of as many bytes as characters holds neither a mark nor a sign without a look.
	const bare = sql`CASE WHEN strlen(t) = length(t) THEN t ELSE regexp_replace(t, '[\\p{M}\\p{Cf}]', '', 'g') END`;
	const steps = [composed, oneD, sql`lower(t)`, spelled, sql`replace(strip_accents(t), 'đ', 'd')`, bare];
	const all = sql`${steps.reduce((list, step) => sql`list_transform(${list}, lambda t: ${step})`, sql`[${text}]`)}[1]`;
	// A text of as many bytes as characters is of plain letters.
	return sql`CASE WHEN strlen(${text}) = length(${text}) THEN lower(${text}) ELSE ${all} END`;
}

/** Texts folded as a search folds them, the empty one before them, so that each stands at its code. */
async function foldedTexts({ bytes, starts }: Texts, atOnce: number): Promise<Texts> {
	const decoder = new TextDecoder();
	const fold = folding();
	const texts = [''];
	let begun = performance.now();
	for (let at = 0; at + 1 < starts.length; at++) {
		texts.push(fold(decoder.decode(bytes.subarray(starts[at], starts[at + 1]))));
		if (at % 100 !== 99 || performance.now() - begun < atOnce) continue;
		await new Promise((resume) => setTimeout(resume));
		begun = performance.now();
	}
	return bytesOf(texts);
}

/** Which of the parts between edges a value lies in: 0 below the first, n from edge n - 1 on. Halved each time, so it is few steps. */
function partOf(value: Sql, edges: readonly number[], from = 0, to = edges.length): Sql {
	if (from === to) return sql`${from}`;
	const middle = (from + to) >> 1;
	return sql`CASE WHEN ${value} < ${edges[middle] ?? 0} THEN ${partOf(value, edges, from, middle)} ELSE ${partOf(value, edges, middle + 1, to)} END`;
}

/** The part of a code: which of the drawn bars it belongs to. */
function barOf(code: Sql, bars: readonly number[]): Sql {
	const starts = bars.map((edge) => edge + 2);
	return sql`CASE WHEN ${code} < 2 THEN ${code} ELSE 1 + ${partOf(code, starts)} END`;
}

/** Steps within a power of ten: numbers of two digits, finer than the pixels of a chart; a drawn bar begins at 1, 2 and 5. */
const mantissas = Array.from({ length: 90 }, (_, step) => (10 + step) / 10);

/** The edges of a logarithmic axis that holds amounts from `least` to `most`, both above zero. */
export function logEdges(least: number, most: number): Pick<Bins, 'edges' | 'bars'> {
	const edges: number[] = [];
	const bars: number[] = [];
	const first = Math.floor(Math.log10(least)) - 1;
	const last = Math.ceil(Math.log10(most)) + 1;
	for (let power = first; power <= last; power++) {
		for (const mantissa of mantissas) {
			// Read from text, so that 1.2e6 is the number that a reader would type.
			edges.push(Number(`${mantissa}e${power}`));
			if (mantissa === 1 || mantissa === 2 || mantissa === 5) bars.push(edges.length - 1);
		}
	}
	const start = bars.findLast((place) => (edges[place] ?? 0) <= least) ?? 0;
	const end = bars.find((place) => (edges[place] ?? 0) > most) ?? edges.length - 1;
	const kept = bars.filter((place) => place >= start && place <= end);
	return { edges: edges.slice(start, end + 1), bars: kept.slice(0, -1).map((place) => place - start) };
}

/** The edges of a linear axis that holds amounts from `least` to `most`; whole numbers have whole edges. */
export function linearEdges(least: number, most: number, whole: boolean): Pick<Bins, 'edges' | 'bars'> {
	const step = (parts: number) => {
		const wanted = Math.max((most - least) / parts, whole ? 1 : Number.MIN_VALUE);
		const power = Math.floor(Math.log10(wanted));
		const found = [1, 2, 5, 10].find((factor) => Number(`${factor}e${power}`) >= wanted) ?? 10;
		return Number(`${found}e${power}`);
	};
	if (!(most > least) && !whole) return { edges: [least, least + Math.max(1, Math.abs(least))], bars: [0] };
	const broad = step(linearBars);
	// A bar holds whole bins: the nearest finer step that divides it.
	const fine =
		[10, 5, 4, 2, 1]
			.map((by) => broad / by)
			.find((one) => one >= step(linearBins) && (!whole || (one >= 1 && Number.isInteger(one)))) ?? broad;
	const by = Math.round(broad / fine);
	const from = Math.floor(least / broad);
	const to = Math.floor(most / broad) + 1;
	const edges: number[] = [];
	for (let place = from * by; place <= to * by; place++) edges.push(Number((place * fine).toPrecision(12)));
	return { edges, bars: Array.from({ length: to - from }, (_, bar) => bar * by) };
}

function whole(count: number): Sql {
	return count < 256 ? sql`UTINYINT` : count < 65_536 ? sql`USMALLINT` : sql`UINTEGER`;
}

const opened = new WeakMap<Database, Map<string, Promise<Ground>>>();

/**
 * The ground of a register in a database, made at the first call.
 *
 * @param held rows up to which its columns are held in the page; more are counted by the engine. One database has one ground of a register.
 */
export function groundOf(database: Database, register: Table, held = mostHeld): Promise<Ground> {
	const grounds = opened.get(database) ?? new Map<string, Promise<Ground>>();
	opened.set(database, grounds);
	return remembered(grounds, register.name, () => openGround(database, register, held));
}

/** What was promised for a key, or a promise made now; one that failed is made again at the next call. */
function remembered<T>(promises: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
	const known = promises.get(key);
	if (known) return known;
	const made = make();
	promises.set(key, made);
	made.catch(() => promises.delete(key));
	return made;
}

async function openGround(database: Database, register: Table, held: number): Promise<Ground> {
	const from = id(register.name);
	const [counted] = await database.query<{ n: number }>(sql`SELECT count(*) AS n FROM ${from}`);
	const isHeld = (counted?.n ?? 0) <= held;
	const encodedValues = new Map<string, Promise<Values>>();
	const encodedDays = new Map<string, Promise<Days>>();
	const encodedBins = new Map<string, Promise<Bins>>();
	const encodedTexts = new Map<string, Promise<Searched>>();
	const cells = new Map<string, Promise<Cell>>();
	const knownCodes = new Map<string, Map<string, number>>();
	const knownTexts = new Map<string, Map<number, string>>();

	function declared(name: string): Column {
		const column = columnOf(register, name);
		if (!column) throw new RangeError(`${register.name} has no column ${name}.`);
		return column;
	}

	function learn(name: string, rows: readonly { code: number; value: string }[]): void {
		const codes = knownCodes.get(name) ?? new Map<string, number>();
		const texts = knownTexts.get(name) ?? new Map<number, string>();
		for (const { code, value } of rows) {
			codes.set(value, code);
			texts.set(code, value);
		}
		knownCodes.set(name, codes);
		knownTexts.set(name, texts);
	}

	const dictionary = (name: string) => nameOf(register, `${name} values`);

	async function encodeValues(name: string, asking?: Asking): Promise<Values> {
		const column = declared(name);
		const value = textOf(column);
		await database.derive(
			dictionary(name),
			sql`SELECT row_number() OVER (ORDER BY n DESC, "value") AS code, "value", n
				FROM (SELECT ${value} AS "value", count(*) AS n FROM ${from} WHERE ${value} IS NOT NULL GROUP BY 1)`,
			asking
		);
		const [size] = await database.query<{ n: number }>(sql`SELECT count(*) AS n FROM ${id(dictionary(name))}`, asking);
		const count = size?.n ?? 0;
		const several = column.type === 'codes';
		const most = several ? count : mostListed;
		const rows = await database.query<{ code: number; value: string; n: number }>(
			sql`SELECT code, "value", n FROM ${id(dictionary(name))} ORDER BY code LIMIT ${Math.max(most, mostNamed)}`,
			asking
		);
		learn(name, rows.slice(0, most));
		const table = nameOf(register, `${name} codes`);
		const named = count > 0 && count <= mostNamed && rows.every((row) => !row.value.includes('\0'));
		const type = whole(count);
		await database.derive(
			table,
			count === 0
				? sql`SELECT CAST(0 AS UTINYINT) AS c FROM ${from}`
				: named
					? sql`SELECT CAST(coalesce(enum_code(CAST(${value} AS ENUM (${join(rows.map((row) => row.value))}))) + 1, 0) AS ${type}) AS c
						FROM ${from}`
					: sql`SELECT CAST(coalesce(d.code, 0) AS ${type}) AS c FROM (SELECT rowid AS place, ${value} AS "value" FROM ${from}) AS r
						LEFT JOIN ${id(dictionary(name))} AS d ON d."value" = r."value" ORDER BY r.place`,
			asking
		);
		let single: string[] | null = null;
		if (several) {
			const counts = new Map<string, number>();
			for (const row of rows) {
				for (const code of new Set(row.value.split('|'))) counts.set(code, (counts.get(code) ?? 0) + row.n);
			}
			single = [...counts].sort(([a, n], [b, k]) => k - n || (a < b ? -1 : 1)).map(([code]) => code);
		}
		return { kind: 'values', table, size: count, list: rows.slice(0, most).map((row) => row.value), single };
	}

	async function encodeDays(name: string): Promise<Days> {
		const day = dayOfColumn(declared(name));
		const month = monthNumber(day);
		const [limits] = await database.query<{ first: number | null; last: number | null }>(
			sql`SELECT min(${month}) AS first, max(${month}) AS last FROM ${from}`
		);
		const first = limits?.first ?? 0;
		const months = limits?.first == null || limits.last === null ? 0 : limits.last - limits.first + 1;
		// Days since 1970 of a month's last day.
		const endOf = (one: Month) => lastDay(one).getTime() / 86_400_000;
		const firstDay = endOf(first - 1) + 1;
		const count = months === 0 ? 0 : endOf(first + months - 1) - firstDay + 1;
		const days = nameOf(register, `${name} days`);
		const table = nameOf(register, `${name} months`);
		await database.derive(
			days,
			sql`SELECT CAST(coalesce(CAST(${day} AS DATE) - DATE '1970-01-01' - ${firstDay - 1}, 0) AS ${whole(count)}) AS c FROM ${from}`
		);
		await database.derive(
			table,
			sql`SELECT CAST(coalesce(${month} - ${first - 1}, 0) AS ${whole(months)}) AS c FROM ${from}`
		);
		return { kind: 'days', day: { table: days }, month: { table }, first, months, firstDay, days: count };
	}

	const amount = (name: string) =>
		remembered(cells, `${name} amounts`, async () => {
			const table = nameOf(register, `${name} amounts`);
			await database.derive(table, sql`SELECT ${amountOf(declared(name))} AS c FROM ${from}`);
			return { table };
		});

	async function encodeBins(name: string, scale: Scale): Promise<Bins> {
		const cell = await amount(name);
		const [limits] = await database.query<{ least: number | null; positive: number | null; most: number | null }>(
			sql`SELECT min(c) AS least, min(c) FILTER (WHERE c > 0) AS positive, max(c) AS most FROM ${id(cell.table)}`
		);
		const least = (scale === 'log' ? limits?.positive : limits?.least) ?? 1;
		const most = Math.max(least, limits?.most ?? 1);
		const axis = scale === 'log' ? logEdges(least, most) : linearEdges(least, most, declared(name).type === 'integer');
		const table = nameOf(register, `${name} ${scale} bins`);
		await database.derive(
			table,
			sql`SELECT CAST(CASE WHEN c IS NULL THEN 0 ELSE 1 + ${partOf(sql`c`, axis.edges)} END AS ${whole(axis.edges.length + 2)}) AS c
				FROM ${id(cell.table)}`
		);
		const bar = { table: nameOf(register, `${name} ${scale} bars`) };
		await database.derive(
			bar.table,
			sql`SELECT CAST(${barOf(sql`c`, axis.bars)} AS ${whole(axis.bars.length + 2)}) AS c FROM ${id(table)}`
		);
		return { kind: 'bins', table, amount: cell, bar, ...axis };
	}

	/** Whether all values of a column are at hand, so that one that is not among them is none of its own. */
	const isListed = ({ size, list }: Values) => list.length === size;
	const values = (name: string, asking?: Asking) => remembered(encodedValues, name, () => encodeValues(name, asking));
	const hits = new Map<string, Promise<Cell>>();
	const masks = new Map<string, Promise<Flags>>();
	let hitsMade = 0;

	/** Rows that meet a condition, kept with those of the latest few. */
	function kept(key: string, what: string, make: () => Promise<Encoded | Flags>): Promise<Cell> {
		const known = hits.get(key);
		if (known) {
			hits.delete(key);
			hits.set(key, known);
			return known;
		}
		const made = (async () => {
			const given = await make();
			const table = nameOf(register, what);
			// Questions are answered in their turn: what is asked from now on comes after.
			const telling =
				given instanceof Flags
					? database.insert({
							name: table,
							bytes: () => Promise.resolve(streamOfBits(new Uint8Array(given.words.buffer), given.length))
						})
					: database.derive(
							table,
							sql`SELECT ${given.condition} AS c FROM ${given.cells.length > 0 ? besides(given.cells) : from}`
						);
			telling.catch(() => hits.delete(key));
			return { table };
		})();
		hits.set(key, made);
		made.catch(() => hits.delete(key));
		for (const [oldest, cell] of hits) {
			if (hits.size <= mostHits) break;
			hits.delete(oldest);
			cell.then(({ table }) => (hits.has(oldest) ? undefined : database.remove(table))).catch(() => undefined);
		}
		return made;
	}

	async function encodeTexts(asking?: Asking): Promise<Searched> {
		const columns = searched[register.name] ?? [];
		const counts = columns.flatMap((name, place) => [
			sql`approx_count_distinct(${id(name)}) AS ${id(`texts${place}`)}`,
			sql`count(${id(name)}) AS ${id(`rows${place}`)}`
		]);
		const [row] = await database.query<Record<string, number>>(sql`SELECT ${join(counts)} FROM ${from}`, asking);
		const sizes = columns.map((name, place) => ({
			name,
			texts: row?.[`texts${place}`] ?? 0,
			rows: row?.[`rows${place}`] ?? 0
		}));
		const isRepeated = ({ texts, rows }: (typeof sizes)[number]) => texts * worthOnce <= rows;
		const repeated: { values: Values; haystack: Haystack | null; texts: Sql | null }[] = [];
		for (const { name } of sizes.filter((one) => one.rows > 0 && isRepeated(one))) {
			const encoded = await values(name, asking);
			if (isHeld) {
				await byCode(encoded, asking);
				const texts = await database.texts(sql`SELECT "value" FROM ${id(dictionary(name))} ORDER BY code`, asking);
				repeated.push({
					values: encoded,
					haystack: haystackOf(await foldedTexts(texts, asking?.idle ? foldedUnasked : foldedAtOnce)),
					texts: null
				});
				continue;
			}
			const table = nameOf(register, `${name} folded`);
			await database.derive(
				table,
				sql`SELECT code, ${folded(sql`"value"`)} AS c FROM ${id(dictionary(name))} ORDER BY code`,
				asking
			);
			repeated.push({ values: encoded, haystack: null, texts: id(table) });
		}
		const others = sizes.filter((one) => one.rows > 0 && !isRepeated(one)).map(({ name }) => id(name));
		if (others.length === 0) return { repeated, single: null };
		const table = nameOf(register, 'folded');
		const text = others.length === 1 ? sql`coalesce(${join(others)}, '')` : sql`concat_ws(chr(10), ${join(others)})`;
		await database.derive(table, sql`SELECT ${folded(text)} AS c FROM ${from}`, asking);
		if (isHeld) {
			// Without an order of its own, a question of one table answers in the order of its rows.
			const haystack = haystackOf(await database.texts(sql`SELECT c FROM ${id(table)}`, asking));
			return { repeated, single: { cell: { table }, haystack, heads: null } };
		}
		const heads = await database.query<{ head: string }>(
			sql`SELECT DISTINCT rtrim(c, '0123456789') AS head FROM ${id(table)} LIMIT ${mostListed + 1}`,
			asking
		);
		const few = heads.length > mostListed ? null : heads.map(({ head }) => head);
		return { repeated, single: { cell: { table }, haystack: null, heads: few } };
	}

	const planes = new Map<string, Promise<Codes>>();
	const plane = ({ table }: Cell, asking?: Asking) =>
		remembered(planes, table, () => database.codes(sql`SELECT c FROM ${id(table)}`, { ...asking, whole: true }));
	const rowLists = new Map<string, Promise<RowsByCode>>();
	const byCode = (cell: Values, asking?: Asking) =>
		remembered(rowLists, cell.table, async () => rowsByCode(await plane(cell, asking), cell.size + 1));

	return {
		register,
		rows: counted?.n ?? 0,
		database,
		isHeld,
		plane,
		rowsByCode: byCode,
		met: (key, make) => {
			const known = masks.get(key);
			const made = known ?? make();
			masks.delete(key);
			masks.set(key, made);
			if (!known) made.catch(() => masks.delete(key));
			for (const oldest of masks.keys()) {
				if (masks.size <= mostHits) break;
				masks.delete(oldest);
			}
			return made;
		},
		values,
		hasValues: (name) => encodedValues.has(name),
		days: (name) => remembered(encodedDays, name, () => encodeDays(name)),
		bins: (name, scale) => remembered(encodedBins, `${name} ${scale}`, () => encodeBins(name, scale)),
		amount,
		searched: (asking) => remembered(encodedTexts, '', () => encodeTexts(asking)),
		found: (words, make) => {
			const table = `found ${words.join(' ')}`;
			return kept(table, table, make);
		},
		hits: (condition) => {
			const { condition: met, cells: needed } = condition;
			const [only, ...others] = needed;
			if (only && others.length === 0 && met.text === cellOf(only).text) return Promise.resolve(only);
			return kept(met.text, `hits ${++hitsMade}`, () => Promise.resolve(condition));
		},
		codes: async (name, wanted) => {
			const encoded = await values(name);
			const missing = wanted.filter((value) => knownCodes.get(name)?.has(value) !== true);
			if (missing.length > 0 && !isListed(encoded)) {
				learn(
					name,
					await database.query(
						sql`SELECT code, "value" FROM ${id(dictionary(name))} WHERE "value" IN (${join(missing)})`
					)
				);
			}
			return knownCodes.get(name) ?? new Map<string, number>();
		},
		dictionary: (name) => id(dictionary(name)),
		holding: (name, words) => {
			const text = folded(sql`"value"`);
			const found = words.map((word) => sql`contains(${text}, ${word})`);
			return sql`SELECT code FROM ${id(dictionary(name))} WHERE ${all(found)}`;
		},
		texts: async (name, wanted) => {
			const encoded = await values(name);
			const missing = wanted.filter((code) => code !== 0 && knownTexts.get(name)?.has(code) !== true);
			if (missing.length > 0 && !isListed(encoded)) {
				learn(
					name,
					await database.query(sql`SELECT code, "value" FROM ${id(dictionary(name))} WHERE code IN (${join(missing)})`)
				);
			}
			return knownTexts.get(name) ?? new Map<number, string>();
		}
	};
}

/** The encoded column of a cell. */
export function cellOf({ table }: Cell): Sql {
	return sql`${id(table)}.c`;
}

/** Cells side by side, each once. */
export function besides(cells: readonly Cell[]): Sql {
	const tables = [...new Set(cells.map(({ table }) => table))];
	return join(
		tables.map((table) => id(table)),
		' POSITIONAL JOIN '
	);
}

/** The columns of a register in which a search looks, besides the names of units. */
export function searchedColumns(register: Table): readonly string[] {
	return searched[register.name] ?? [];
}
