import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import type { Answer, Database } from './database';
import { sql } from './sql';
import { statement, StatementError, type Reason } from './statement';

let db: Database;

beforeAll(async () => {
	db = await openTestDatabase();
	await db.exec(sql`CREATE TABLE initiatives AS SELECT range AS n, 'Đổi mới ' || range AS title FROM range(10)`);
	await db.exec(sql`CREATE TABLE nothing AS SELECT n, title FROM initiatives WHERE FALSE`);
	await db.exec(sql`CREATE VIEW seen AS SELECT n FROM initiatives`);
});

afterAll(() => db.close());

const filtered = sql`SELECT * FROM initiatives WHERE n < 4`;

const ask = (text: string, most = 100, signal?: AbortSignal): Promise<Answer> =>
	Promise.resolve().then(() => db.ask(statement(text), { filtered, most, signal }));

async function refusal(text: string): Promise<StatementError> {
	try {
		await ask(text);
	} catch (error) {
		if (error instanceof StatementError) return error;
		throw error;
	}
	throw new Error(`${text} was answered`);
}

/** All that may not change: tables, views, rows, settings and attached databases. */
const state = () =>
	db.query(sql`SELECT (SELECT count(*) || ' ' || sum(n) || ' ' || string_agg(title, ',' ORDER BY n) FROM initiatives) AS rows,
		(SELECT string_agg(table_name, ',' ORDER BY table_name) FROM duckdb_tables() WHERE NOT temporary) AS tables,
		(SELECT string_agg(view_name, ',' ORDER BY view_name) FROM duckdb_views() WHERE NOT internal AND NOT temporary) AS views,
		(SELECT string_agg(database_name, ',' ORDER BY database_name) FROM duckdb_databases()) AS databases,
		(SELECT string_agg(name || '=' || value, ',' ORDER BY name) FROM duckdb_settings()) AS settings`);

const here = typeof location === 'undefined' ? 'https://example.org' : location.origin;

const attacks: readonly (readonly [Reason, string])[] = [
	['outside', "ATTACH 'x.db'"],
	['outside', "ATTACH ':memory:' AS m"],
	['outside', `ATTACH '${here}/x.db' AS m`],
	['outside', 'DETACH memory'],
	['outside', "COPY initiatives TO 'x.csv'"],
	['outside', "COPY (SELECT 1) TO '/dev/stdout'"],
	['outside', "COPY initiatives FROM 'x.csv'"],
	['outside', 'INSTALL httpfs'],
	['outside', 'FORCE INSTALL httpfs'],
	['outside', 'LOAD httpfs'],
	['outside', `LOAD '${here}/x.wasm'`],
	['outside', `FROM read_csv('${here}/')`],
	['outside', `SELECT * FROM "read_csv"('${here}/')`],
	['outside', `SELECT * FROM READ_CSV_AUTO ( '${here}/')`],
	['outside', `FROM '${here}/x.csv'`],
	['outside', `SELECT * FROM "${here}/x.csv"`],
	['outside', "FROM '/etc/passwd.csv'"],
	['outside', "SELECT * FROM read_text('/etc/passwd')"],
	['outside', "SELECT (SELECT content FROM read_text('/etc/passwd'))"],
	['outside', "FROM read_blob('/etc/passwd')"],
	['outside', "FROM glob('*')"],
	['outside', "FROM sniff_csv('/etc/passwd')"],
	['outside', "EXPORT DATABASE 'x'"],
	['outside', "IMPORT DATABASE 'x'"],
	['outside', 'UPDATE EXTENSIONS'],
	['outside', `EXPLAIN ANALYZE FROM read_csv('${here}/')`],
	['outside', `CREATE TEMP TABLE t AS FROM read_csv('${here}/')`],
	['change', 'DROP TABLE initiatives'],
	['change', 'drop table if exists main.initiatives'],
	['change', 'DROP VIEW seen'],
	['change', 'DROP SCHEMA main CASCADE'],
	['change', 'UPDATE initiatives SET n = 1'],
	['change', 'DELETE FROM initiatives'],
	['change', "INSERT INTO initiatives VALUES (1, 'y')"],
	['change', 'ALTER TABLE initiatives RENAME TO x'],
	['change', 'TRUNCATE initiatives'],
	['change', 'MERGE INTO initiatives USING (SELECT 1 AS n) u ON initiatives.n = u.n WHEN MATCHED THEN DELETE'],
	['change', 'CREATE TABLE y AS SELECT 1'],
	['change', 'CREATE OR REPLACE TABLE initiatives AS SELECT 1'],
	['change', 'CREATE VIEW v AS SELECT 1'],
	['change', 'CREATE SCHEMA s'],
	['change', 'CREATE MACRO f(x) AS x'],
	['change', 'CREATE SEQUENCE q'],
	['change', 'CREATE INDEX i ON initiatives(n)'],
	['change', "CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')"],
	['change', "COMMENT ON TABLE initiatives IS 'x'"],
	['change', 'CREATE TEMP TABLE main.initiatives AS SELECT 1'],
	['change', 'CREATE TEMP TABLE memory.main.initiatives AS SELECT 1'],
	['change', 'EXPLAIN ANALYZE DELETE FROM initiatives'],
	['change', 'EXPLAIN DROP TABLE initiatives'],
	['taken', 'CREATE TEMP TABLE initiatives AS SELECT 1 AS n'],
	['taken', 'CREATE OR REPLACE TEMP VIEW "Initiatives" AS SELECT 1 AS n'],
	['taken', 'CREATE TEMP VIEW filtered AS SELECT 1 AS n'],
	['taken', 'CREATE TEMP TABLE IF NOT EXISTS temp.answer AS SELECT 1 AS n'],
	['setting', 'SET enable_external_access = true'],
	['setting', 'SET GLOBAL lock_configuration = false'],
	['setting', 'RESET lock_configuration'],
	['setting', 'PRAGMA enable_profiling'],
	['setting', "SET search_path = 'temp'"],
	['setting', 'USE temp'],
	['setting', 'CALL enable_logging()'],
	['setting', "FROM enable_logging(storage = 'file')"],
	['setting', `FROM "enable_logging" /* x */ (storage = 'file')`],
	['setting', "FROM query('FROM enable_logging(storage = ''file'')')"],
	['setting', "SELECT write_log('x')"],
	['setting', 'FROM force_checkpoint()'],
	['setting', 'BEGIN'],
	['setting', 'COMMIT'],
	['setting', 'ROLLBACK'],
	['setting', 'PREPARE p AS SELECT 1'],
	['setting', 'EXECUTE p'],
	['several', 'SELECT 1; DROP TABLE initiatives'],
	['several', 'COMMIT; DROP TABLE initiatives'],
	['several', 'SELECT 1; -- \n DROP TABLE initiatives; --'],
	['several', "SELECT 'a''; '; DROP TABLE initiatives"],
	['several', 'SELECT $$;$$; DROP TABLE initiatives'],
	['several', "SELECT e'\\''; DROP TABLE initiatives --'"],
	['several', 'SELECT /* /* */ ; */ 1; DROP TABLE initiatives'],
	['several', 'SELECT 1 AS ";"; DROP TABLE initiatives'],
	['unclosed', "SELECT 'a"],
	['unclosed', 'SELECT "a'],
	['unclosed', 'SELECT /* /* */ 1'],
	['unclosed', 'SELECT $x$ 1'],
	['unknown', 'U&"x"'],
	['unknown', 'hello'],
	['wrong', 'WITH x AS (SELECT 1) DELETE FROM initiatives'],
	['wrong', 'WITH x AS (DELETE FROM initiatives RETURNING *) FROM x'],
	['wrong', '(DELETE FROM initiatives)'],
	['wrong', 'FROM (DROP TABLE initiatives)'],
	['unclosed', 'SUMMARIZE initiatives) x, (SELECT 1'],
	['unclosed', 'SELECT (1'],
	['absent', "FROM json_each('{}')"],
	['absent', 'SELECT current_date'],
	['empty', ''],
	['empty', ' -- nothing\n ; ; ']
];

describe("the reader's own SQL", () => {
	it('can reach nothing, change nothing and unlock nothing: each attack is refused, with its reason', async () => {
		const before = await state();
		for (const [reason, text] of attacks) {
			const error = await refusal(text);
			expect([error.reason, text, error.reason === reason ? '' : error.message]).toEqual([reason, text, '']);
		}
		expect(await state()).toEqual(before);
		// Nor could what slips through: the engine itself is locked.
		await expect(db.query(sql`FROM read_csv('https://example.org/x.csv')`)).rejects.toThrow('Permission Error');
		await expect(db.exec(sql`SET enable_external_access = true`)).rejects.toThrow('locked');
	});

	it('answers with rows, all of them counted and the first fetched', async () => {
		expect(await ask('SELECT n, title FROM initiatives ORDER BY n DESC;', 2)).toEqual({
			columns: [
				{ name: 'n', type: 'BIGINT' },
				{ name: 'title', type: 'VARCHAR' }
			],
			rows: [
				{ n: 9, title: 'Đổi mới 9' },
				{ n: 8, title: 'Đổi mới 8' }
			],
			count: 10,
			kept: true
		});
		expect(await ask('FROM nothing')).toMatchObject({
			rows: [],
			count: 0,
			columns: [{ name: 'n' }, { name: 'title' }]
		});
		expect(await ask('SELECT NULL AS x')).toMatchObject({ rows: [{ x: null }], count: 1 });
	});

	it('sees what the filters leave as `filtered`, and its latest answer as `answer`', async () => {
		expect((await ask('SELECT count(*) AS n FROM filtered')).rows).toEqual([{ n: 4 }]);
		expect((await ask('SELECT n + 1 AS n FROM answer')).rows).toEqual([{ n: 5 }]);
		expect(await db.query(sql`SELECT * FROM answer`, { aside: true })).toEqual([{ n: 5 }]);
		await expect(db.query(sql`SELECT * FROM answer`)).rejects.toThrow('answer');
	});

	it('takes every form of a question', async () => {
		const one = async (text: string) => (await ask(text)).count;
		expect(await one('TABLE initiatives')).toBe(10);
		expect(await one('VALUES (1), (2)')).toBe(2);
		expect(await one('(SELECT 1) UNION ALL (SELECT 2)')).toBe(2);
		expect(await one('WITH x AS (FROM initiatives) FROM x LIMIT 3')).toBe(3);
		expect(await one('DESCRIBE initiatives')).toBe(2);
		expect(await one('-- first\nSUMMARIZE initiatives')).toBe(2);
		expect(await one('SHOW TABLES')).toBeGreaterThan(1);
		expect(await one('PIVOT (SELECT n % 2 AS odd, n FROM initiatives) ON odd IN (0, 1) USING sum(n)')).toBe(1);
		expect((await ask('EXPLAIN SELECT 1')).kept).toBe(false);
		await ask('CREATE TEMP TABLE mine AS SELECT 7 AS n');
		await ask('CREATE OR REPLACE TEMP VIEW ours AS SELECT n * 2 AS n FROM mine');
		expect((await ask('FROM ours')).rows).toEqual([{ n: 14 }]);
		await expect(db.query(sql`FROM mine`)).rejects.toThrow('mine');
	});

	it('gives any type as a plain value, numbers that are not exact as their digits', async () => {
		const { rows, columns } = await ask(
			`SELECT 1 AS a, 1 AS a, 9007199254740993 AS big, 9007199254740991 AS safe, 1.25 AS price, sum(n) AS total,
				12345678901234567.89 AS wide, DATE '2025-07-01' AS day, TIMESTAMP '2025-07-01 10:00:00' AS at, [1, 2] AS list,
				{'x': 1} AS record, INTERVAL 3 DAY AS span, 'NaN'::DOUBLE AS nan, '\\x00'::BLOB AS bytes, TRUE AS yes FROM initiatives`
		);
		expect(columns.map(({ name }) => name).slice(0, 2)).toEqual(['a', 'a_1']);
		expect(rows).toEqual([
			{
				a: 1,
				a_1: 1,
				big: '9007199254740993',
				safe: 9007199254740991,
				price: 1.25,
				total: 45,
				wide: '12345678901234567.89',
				day: new Date('2025-07-01'),
				at: new Date('2025-07-01T10:00:00Z'),
				list: '[1, 2]',
				record: "{'x': 1}",
				span: '3 days',
				nan: NaN,
				bytes: '\\x00',
				yes: true
			}
		]);
	});

	it('says in which line and column it is wrong', async () => {
		const wrong = async (text: string) => (await refusal(text)).place;
		expect(await wrong('SELECT *\nFORM initiatives')).toEqual({ line: 2, column: 6 });
		expect(await wrong('\n\n  SELECT nix FROM initiatives')).toEqual({ line: 3, column: 10 });
		expect(await wrong('DESCRIBE nowhere')).toMatchObject({ line: 1 });
		expect(await wrong('SELECT 1;\nDROP TABLE x')).toEqual({ line: 1, column: 9 });
		expect(await wrong('CREATE TEMP TABLE q AS\nSELECT nix FROM initiatives')).toEqual({ line: 2, column: 8 });
	});

	it('is cancelled within 200 ms, and the next one answered', async () => {
		const control = new AbortController();
		const endless = ask(
			'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3',
			1,
			control.signal
		);
		await new Promise((resolve) => setTimeout(resolve, 150));
		const before = performance.now();
		control.abort(new Error('enough'));
		await expect(endless).rejects.toThrow('enough');
		expect(performance.now() - before).toBeLessThan(200);
		expect((await ask('SELECT count(*) AS n FROM filtered')).rows).toEqual([{ n: 4 }]);
		expect(await db.query(sql`SELECT count(*) AS n FROM initiatives`)).toEqual([{ n: 10 }]);
	});

	it('that takes all memory ends in a word; tables and filters are back', async () => {
		const error = await refusal(`SELECT length(repeat('x', 3900000000))`);
		expect(error.reason).toBe('memory');
		expect((await ask('SELECT count(*) AS n FROM filtered')).rows).toEqual([{ n: 4 }]);
		expect(await db.query(sql`SELECT count(*) AS n FROM seen`)).toEqual([{ n: 10 }]);
	});
});

describe('a copy', () => {
	const copied = async (query: Parameters<Database['copy']>[0], aside = false) => {
		const pieces: Uint8Array[] = [];
		await db.copy(query, (piece) => pieces.push(piece), { aside });
		return tableFromIPC(pieces);
	};

	it('is the whole answer, of the program or of the reader', async () => {
		const table = await copied(sql`SELECT range AS n FROM range(100000)`);
		expect(table.numRows).toBe(100_000);
		expect(table.getChild('n')?.get(99_999)).toBe(99_999);
		expect((await copied(sql`SELECT * FROM nothing`)).numRows).toBe(0);
		await ask('SELECT 5 AS five');
		expect((await copied(sql`SELECT * FROM answer`, true)).getChild('five')?.get(0)).toBe(5);
		expect(await db.query(sql`SELECT 1 AS x`)).toEqual([{ x: 1 }]);
	});
});
