import { tableFromArrays, tableToIPC, vectorFromArray, Table, Utf8, DateDay, Float64 } from 'apache-arrow';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import { QueryError, type Database } from './database';
import { all, expression, id, join, list, monthNumber, sql, table, type SqlValue } from './sql';

let db: Database;

beforeAll(async () => {
	db = await openTestDatabase();
});

afterAll(() => db.close());

const one = async (value: SqlValue) => (await db.query(sql`SELECT ${value} AS "value"`))[0]?.value;

describe('values through sql come back equal', () => {
	it.each([
		['quotes', `it's "quoted" -- and '' doubled`],
		['NUL', 'a\0b\0'],
		['only NUL', '\0'],
		['NUL beside the first private-use characters', 'a\0\ue000\ue001'],
		['emoji', '👩🏽‍🚀 🇻🇳'],
		['NFD', 'Đổi mới sáng tạo'.normalize('NFD')],
		['backslash and newline', 'a\\n\r\n\tb'],
		['100,000 characters', 'Thái Nguyên '.repeat(8334).slice(0, 100_000)],
		['100,000 NULs', '\0'.repeat(100_000)],
		['empty', '']
	])('text: %s', async (_, text) => {
		expect(await one(text)).toBe(text);
	});

	it('any text', () =>
		fc.assert(
			fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => (await one(text)) === text),
			{ numRuns: 150 }
		));

	it.each([
		0,
		-0,
		1,
		-1,
		0.1,
		1e21,
		5e-324,
		Number.MAX_VALUE,
		-Number.MAX_VALUE,
		2 ** 53,
		2 ** 63,
		NaN,
		Infinity,
		-Infinity
	])('number: %s', async (number) => {
		expect(await one(number)).toBe(number);
	});

	it('any number', () =>
		fc.assert(
			fc.asyncProperty(fc.double(), async (number) => Object.is(await one(number), number)),
			{ numRuns: 150 }
		));

	it('any instant to the millisecond, and null and booleans', async () => {
		const date = fc.date({
			min: new Date('0001-01-01'),
			max: new Date('9999-12-31T23:59:59.999Z'),
			noInvalidDate: true
		});
		await fc.assert(
			fc.asyncProperty(date, async (instant) => ((await one(instant)) as Date).getTime() === instant.getTime()),
			{ numRuns: 100 }
		);
		expect(await one(null)).toBeNull();
		expect(await one(true)).toBe(true);
		expect(await one(false)).toBe(false);
	});

	it('refuses a date that SQL cannot hold', () => {
		expect(() => sql`SELECT ${new Date(NaN)}`).toThrow(RangeError);
		expect(() => sql`SELECT ${new Date('+010000-01-01')}`).toThrow(RangeError);
	});
});

describe('answers are plain', () => {
	it('gives counts, sums, averages and decimals as numbers and DATE as a day in UTC', async () => {
		const rows = await db.query(
			sql`SELECT count(*) AS n, sum(x) AS total, avg(x) AS mean, CAST(1.25 AS DECIMAL(9, 2)) AS price,
				DATE '2025-07-01' AS held_on, CAST(NULL AS DATE) AS never
			FROM ${table('t', ['x'], [[1], [2], [4]])}`
		);
		expect(rows).toEqual([
			{ n: 3, total: 7, mean: 7 / 3, price: 1.25, held_on: new Date(Date.UTC(2025, 6, 1)), never: null }
		]);
	});

	it('gives no row for nothing, and lists as arrays', async () => {
		expect(await db.query(sql`SELECT 1 AS x WHERE FALSE`)).toEqual([]);
		expect(await db.query(sql`SELECT ['a', NULL] AS x`)).toEqual([{ x: ['a', null] }]);
	});

	it('gives columns of numbers, nulls as NaN, over answers of many chunks', async () => {
		const columns = await db.columns(
			sql`SELECT CAST(range AS SMALLINT) AS k, CASE WHEN range % 3 = 0 THEN range / 2 END AS x, count(*) OVER () AS n,
				CASE WHEN range % 2 = 1 THEN CAST(range AS INTEGER) END AS odd FROM range(5000) ORDER BY range`
		);
		expect(columns.rows).toBe(5000);
		const expected = Array.from({ length: 5000 }, (_, n) => n);
		expect([...columns.of('k')]).toEqual(expected);
		expect([...columns.of('x')]).toEqual(expected.map((n) => (n % 3 === 0 ? n / 2 : NaN)));
		expect([...columns.of('odd')]).toEqual(expected.map((n) => (n % 2 === 1 ? n : NaN)));
		expect(new Set(columns.of('n'))).toEqual(new Set([5000]));
		expect(() => columns.of('missing')).toThrow(RangeError);
		expect((await db.columns(sql`SELECT 1 AS x WHERE FALSE`)).of('x')).toHaveLength(0);
		await expect(db.columns(sql`SELECT 'a' AS x`)).rejects.toThrow('x');
	});

	it('gives whole columns in one piece, in the order of the rows, as it gives them in many', async () => {
		const numbers = sql`SELECT range AS r, CASE WHEN range % 7 = 3 THEN NULL ELSE range / 4 END AS "a half" FROM range(5000)`;
		const [many, one] = [await db.columns(numbers), await db.columns(numbers, { whole: true })];
		expect(one.rows).toBe(5000);
		for (const name of ['r', 'a half']) expect(one.of(name)).toEqual(many.of(name));
		expect(one.of('a half').slice(2, 5)).toEqual(Float64Array.of(0.5, NaN, 1));
		const codes = await db.codes(sql`SELECT CAST(range % 300 AS USMALLINT) AS c FROM range(5000)`, { whole: true });
		expect(codes).toEqual(Uint16Array.from({ length: 5000 }, (_, n) => n % 300));
		const single = await db.columns(sql`SELECT 1.5::DOUBLE AS c`, { whole: true });
		expect([...single.of('c')]).toEqual([1.5]);
		const none = await db.columns(sql`SELECT 1.5::DOUBLE AS c WHERE FALSE`, { whole: true });
		expect([none.rows, none.of('c').length]).toEqual([0, 0]);
		expect(await db.codes(sql`SELECT CAST(1 AS UTINYINT) AS c WHERE FALSE`, { whole: true })).toHaveLength(0);
		await expect(db.codes(sql`SELECT CAST(NULL AS UTINYINT) AS gap`, { whole: true })).rejects.toThrow('gap');
		const texts = sql`SELECT CASE WHEN range % 5 = 1 THEN NULL ELSE 'số ' || range END AS c FROM range(3000)`;
		expect(await db.texts(texts, { whole: true })).toEqual(await db.texts(texts));
	});

	it('gives one column of codes as they came, and one of texts as bytes, over answers of many chunks', async () => {
		const codes = await db.codes(sql`SELECT CAST(range % 300 AS USMALLINT) AS c FROM range(5000) ORDER BY range`);
		expect(codes).toBeInstanceOf(Uint16Array);
		expect([...codes]).toEqual(Array.from({ length: 5000 }, (_, n) => n % 300));
		expect(await db.codes(sql`SELECT CAST(1 AS UTINYINT) AS c WHERE FALSE`)).toHaveLength(0);
		await expect(db.codes(sql`SELECT CAST(NULL AS UTINYINT) AS gap`)).rejects.toThrow('gap');
		await expect(db.codes(sql`SELECT 1.5 AS half`)).rejects.toThrow('half');
		const texts = await db.texts(
			sql`SELECT CASE WHEN range % 3 = 0 THEN NULL ELSE 'ổ' || range END AS t FROM range(5000) ORDER BY range`
		);
		const wanted = Array.from({ length: 5000 }, (_, n) => (n % 3 === 0 ? '' : `ổ${n}`));
		expect(new TextDecoder().decode(texts.bytes)).toBe(wanted.join(''));
		expect(
			wanted.map((_, n) => new TextDecoder().decode(texts.bytes.subarray(texts.starts[n], texts.starts[n + 1])))
		).toEqual(wanted);
		expect([...(await db.texts(sql`SELECT 'a' AS t WHERE FALSE`)).starts]).toEqual([0]);
		await expect(db.texts(sql`SELECT 1 AS number`)).rejects.toThrow('number');
	});

	it('keeps pieces apart: names, lists, conditions and months', async () => {
		const rows = await db.query(
			sql`SELECT ${id('a "b"')} AS x, ${monthNumber(sql`DATE '2026-01-31'`)} AS month
			FROM ${table('t', ['a "b"'], [['x'], ['y']])}
			WHERE ${all([sql`${id('t', 'a "b"')} IN ${list(['x', 'z'])}`, all([])])} ORDER BY ${join([sql`1`, sql`2`])}`
		);
		expect(rows).toEqual([{ x: 'x', month: 2026 * 12 }]);
		expect(await db.query(sql`SELECT 1 AS x WHERE 1 IN ${list([])}`)).toEqual([]);
	});
});

describe('expressions of published files', () => {
	it.each([
		['count(*); DROP TABLE x', 'semicolon'],
		['count(*) -- all', 'comments'],
		["status = 'open", 'quotation mark'],
		['(1', 'opening bracket'],
		['1)', 'closing bracket'],
		['  ', 'empty']
	])('refuses %s', (text, reason) => {
		expect(() => expression(text)).toThrow(reason);
	});

	it('takes one whose quotes hold what is refused outside', async () => {
		expect(
			await db.query(sql`SELECT ${expression('\'a;--(\' || ")"')} AS x FROM ${table('t', [')'], [['b']])}`)
		).toEqual([{ x: 'a;--(b' }]);
	});
});

/** 10¹² pairs: hours of work. */
const endless = sql`SELECT count(*) AS n FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3`;
/** The same, in a plan whose single step runs for minutes and never looks up. */
const deaf = sql`SELECT count(*) AS n FROM range(100000) a, range(100000) b, range(100000) c WHERE a.range + b.range = c.range * 7`;

describe('the traps of this engine', () => {
	it('interrupts a running query within 200 ms, and answers the next one', async () => {
		const control = new AbortController();
		const asked = db.query(endless, { signal: control.signal });
		await new Promise((resolve) => setTimeout(resolve, 150));
		const before = performance.now();
		control.abort(new Error('enough'));
		await expect(asked).rejects.toThrow('enough');
		expect(await one('next')).toBe('next');
		expect(performance.now() - before).toBeLessThan(200);
	});

	// In Node the engine shares the thread with its caller, and nothing can stop such a step.
	it.skipIf(typeof window === 'undefined')(
		'ends even a query that never looks up, and comes back with its tables',
		async () => {
			await db.exec(sql`CREATE OR REPLACE TABLE kept AS SELECT 7 AS n`);
			const control = new AbortController();
			const asked = db.query(deaf, { signal: control.signal });
			await new Promise((resolve) => setTimeout(resolve, 300));
			control.abort(new Error('enough'));
			await expect(asked).rejects.toThrow('enough');
			expect(await db.query(sql`SELECT n FROM kept`)).toEqual([{ n: 7 }]);
		}
	);

	it('drops a waiting question at once, and settles on the last of thirty', async () => {
		const answers: unknown[] = [];
		let last = new AbortController();
		for (let n = 0; n < 30; n++) {
			last.abort(new Error('superseded'));
			last = new AbortController();
			db.query(sql`SELECT ${n} AS n, count(DISTINCT range) AS many FROM range(1000000)`, { signal: last.signal }).then(
				(rows) => answers.push(rows[0]?.n),
				(error: Error) => answers.push(error.message)
			);
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
		expect(await one('settled')).toBe('settled');
		expect(answers.at(-1)).toBe(29);
		expect(answers.filter((answer) => typeof answer === 'string' && answer !== 'superseded')).toEqual([]);
		expect(answers).toHaveLength(30);
	});

	it('lets idle work give way to a question, and does it afterwards all the same', async () => {
		const order: string[] = [];
		const idle = db
			.query<{ n: number }>(
				sql`SELECT count(*) AS n FROM range(20000) AS a(i), range(4000) AS b(j) WHERE (i * j) % 7 = 3`,
				{ idle: true }
			)
			.then(([row]) => {
				order.push('idle');
				return row?.n;
			});
		// It begins once a quarter of a second was quiet, and takes longer than the rest of this.
		await new Promise((resume) => setTimeout(resume, 500));
		await db.query(sql`SELECT 1`).then(() => order.push('asked'));
		expect(order).toEqual(['asked']);
		// Of 20,000 × 4,000 pairs: those whose product leaves 3 by 7, counted by their remainders.
		const remainders = (count: number) =>
			Array.from({ length: 7 }, (_, rest) => Math.floor((count - 1 - rest) / 7) + 1);
		const [first, second] = [remainders(20_000), remainders(4000)];
		const wanted = first.reduce(
			(sum, many, one) =>
				sum + many * second.reduce((all, others, other) => all + ((one * other) % 7 === 3 ? others : 0), 0),
			0
		);
		expect(await idle).toBe(wanted);
		expect(order).toEqual(['asked', 'idle']);
	}, 30_000);

	it('begins no idle work while the reader does something, even if it asks nothing', async () => {
		const order: string[] = [];
		db.touch();
		const idle = db.query(sql`SELECT 1`, { idle: true }).then(() => order.push('idle'));
		// Longer than idle work waits after one touch.
		for (let turn = 0; turn < 12; turn++) {
			await new Promise((resume) => setTimeout(resume, 40));
			db.touch();
		}
		order.push('touched');
		await idle;
		expect(order).toEqual(['touched', 'idle']);
	});

	it('never reaches for a download: unknown functions fail at once', async () => {
		const before = performance.now();
		await expect(db.query(sql`SELECT today()`)).rejects.toThrow(QueryError);
		await expect(db.query(sql`SELECT * FROM read_parquet('x.parquet')`)).rejects.toThrow(QueryError);
		expect(performance.now() - before).toBeLessThan(1000);
	});

	it('makes idle work a question like any other once it is hurried, whether it runs or waits', async () => {
		const order: string[] = [];
		const long = sql`SELECT count(*) AS n FROM range(20000) AS a(i), range(4000) AS b(j) WHERE (i * j) % 7 = 3`;
		const running = new AbortController();
		const begun = db.query(long, { idle: running.signal }).then(() => order.push('begun'));
		await new Promise((resume) => setTimeout(resume, 500));
		running.abort();
		await db.query(sql`SELECT 1`).then(() => order.push('asked'));
		await begun;
		expect(order).toEqual(['begun', 'asked']);

		const waiting = new AbortController();
		const later = db.query(sql`SELECT 2`, { idle: waiting.signal }).then(() => order.push('later'));
		const ask = async (name: string) => {
			// Idle work that nobody hurries finds no quarter of a second here.
			for (let turn = 0; turn < 8; turn++) {
				await db.query(sql`SELECT 3`);
				await new Promise((resume) => setTimeout(resume, 40));
			}
			order.push(name);
		};
		await ask('not yet');
		waiting.abort();
		await ask('done');
		await later;
		expect(order.slice(2)).toEqual(['not yet', 'later', 'done']);
	}, 30_000);

	it('does not fold đ by itself, which is why a folded column is kept', async () => {
		expect((await db.query(sql`SELECT strip_accents('Đổi') AS x`))[0]?.x).toBe('Đoi');
	});

	it('says what was asked when a query is wrong', async () => {
		const wrong = db.query(sql`SELECT missing FROM nowhere`);
		await expect(wrong).rejects.toThrow('nowhere');
		await expect(wrong).rejects.toMatchObject({ query: 'SELECT missing FROM nowhere' });
	});
});

describe('tables', () => {
	const day = new Date(Date.UTC(2025, 6, 1));
	const bytes = () =>
		Promise.resolve(
			tableToIPC(
				new Table({
					name: vectorFromArray(['Sở KH&CN', null, 'Đ'], new Utf8()),
					on: vectorFromArray([day, null, day], new DateDay()),
					amount: vectorFromArray([1.5, null, -2], new Float64())
				}),
				'stream'
			)
		);

	it('arrive whole with nulls, are replaced whole, and come back after a restart together with what was made of them', async () => {
		await db.insert({ name: 'first one', bytes });
		await db.exec(sql`CREATE OR REPLACE TABLE made AS SELECT count(*) AS n FROM ${id('first one')}`);
		const expected = [
			{ name: 'Sở KH&CN', on: day, amount: 1.5 },
			{ name: null, on: null, amount: null },
			{ name: 'Đ', on: day, amount: -2 }
		];
		expect(await db.query(sql`SELECT * FROM ${id('first one')}`)).toEqual(expected);
		await db.insert({ name: 'first one', bytes });
		expect(await db.query(sql`SELECT * FROM ${id('first one')}`)).toEqual(expected);
		await db.restart();
		expect(await db.query(sql`SELECT * FROM ${id('first one')}`)).toEqual(expected);
		expect(await db.query(sql`SELECT n FROM made`)).toEqual([{ n: 3 }]);
	});

	it('are gone once they are removed, after a restart too', async () => {
		await db.insert({ name: 'passing', bytes });
		await db.remove('passing');
		await db.remove('never there');
		await expect(db.query(sql`SELECT * FROM passing`)).rejects.toThrow(QueryError);
		await db.restart();
		await expect(db.query(sql`SELECT * FROM passing`)).rejects.toThrow(QueryError);
	});

	it('are derived from queries, the latest of each name coming back after a restart', async () => {
		await db.derive('derived one', sql`SELECT 1 AS n`);
		await db.derive('derived two', sql`SELECT n + 1 AS n FROM ${id('derived one')}`);
		await db.derive('derived one', sql`SELECT 10 AS n`);
		await db.restart();
		expect(await db.query(sql`SELECT n FROM ${id('derived two')}`)).toEqual([{ n: 11 }]);
		await db.remove('derived two');
		await db.restart();
		await expect(db.query(sql`SELECT n FROM ${id('derived two')}`)).rejects.toThrow(QueryError);
	});

	it('may be empty', async () => {
		const empty = new Table({ x: vectorFromArray([], new Utf8()) });
		await db.insert({ name: 'empty', bytes: () => Promise.resolve(tableToIPC(empty, 'stream')) });
		expect(await db.query(sql`SELECT * FROM empty`)).toEqual([]);
	});

	it('of 100,000 rows arrive whole', async () => {
		const x = Float64Array.from({ length: 100_000 }, (_, n) => n);
		await db.insert({ name: 'many', bytes: () => Promise.resolve(tableToIPC(tableFromArrays({ x }), 'stream')) });
		expect(await db.query(sql`SELECT count(*) AS n, sum(x) AS total FROM many`)).toEqual([
			{ n: 100_000, total: 4999950000 }
		]);
	});
});
