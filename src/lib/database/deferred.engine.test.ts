import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import type { Database } from './database';
import { deferTables } from './deferred';
import { sql } from './sql';
import { statement } from './statement';

let db: Database;

beforeEach(async () => {
	db = await openTestDatabase();
	// Idle work waits for a while after a question.
	await db.query(sql`SELECT 1 AS one`);
});

afterEach(() => db.close());

const bytes = () => Promise.resolve(tableToIPC(tableFromArrays({ id: Int32Array.of(1, 2, 3) }), 'stream'));

/** A database with the table `rows` deferred, and how often its loading was begun; the first `failures` loadings fail. */
function deferring(failures = 0): { deferred: Database; loads: () => number } {
	let loads = 0;
	const load = async () => {
		loads++;
		if (loads <= failures) throw new Error('The file is gone.');
		await db.insert({ name: 'rows', bytes });
	};
	return { deferred: deferTables(db, [{ name: 'rows', load }]), loads: () => loads };
}

/** Long enough for idle work, were there any. */
const rest = () => new Promise((resume) => setTimeout(resume, 600));

describe('a deferred table', () => {
	it('is loaded once, when a statement first names it as a word', async () => {
		const { deferred, loads } = deferring();
		expect(await deferred.query(sql`SELECT 1 AS "monthly_rows", 2 AS "rowset"`)).toHaveLength(1);
		expect(loads()).toBe(0);
		const counts = Array.from({ length: 3 }, () => deferred.query(sql`SELECT count(*) AS n FROM "rows"`));
		expect(await Promise.all(counts)).toEqual([[{ n: 3 }], [{ n: 3 }], [{ n: 3 }]]);
		expect(loads()).toBe(1);
	});

	it('is there for whatever reads, makes or copies', async () => {
		for (const read of [
			(deferred: Database) => deferred.columns(sql`SELECT id FROM rows`),
			(deferred: Database) => deferred.codes(sql`SELECT CAST(id AS UTINYINT) FROM rows`),
			(deferred: Database) => deferred.texts(sql`SELECT CAST(id AS VARCHAR) FROM rows`),
			(deferred: Database) => deferred.derive('twice', sql`SELECT 2 * id AS id FROM rows`),
			(deferred: Database) => deferred.exec(sql`CREATE OR REPLACE TABLE copied AS FROM rows`),
			(deferred: Database) => deferred.copy(sql`FROM rows`, () => undefined),
			(deferred: Database) => deferred.query(sql`SELECT column_name FROM duckdb_columns() WHERE table_name LIKE 'ro%'`),
			(deferred: Database) => deferred.ask(statement('SELECT sum(id) FROM "ROWS"'), { most: 1 })
		]) {
			await db.remove('rows');
			const { deferred, loads } = deferring();
			await read(deferred);
			expect(loads()).toBe(1);
		}
	});

	it('comes by itself once nobody asks anything', async () => {
		const { loads } = deferring();
		await rest();
		expect(loads()).toBe(1);
		expect(await db.query(sql`SELECT count(*) AS n FROM rows`)).toEqual([{ n: 3 }]);
	});

	it('that cannot be loaded fails who named it, and is tried again by the next', async () => {
		const { deferred, loads } = deferring(1);
		await expect(deferred.query(sql`FROM rows`)).rejects.toThrow('The file is gone.');
		expect(await deferred.query(sql`FROM rows`)).toHaveLength(3);
		expect(loads()).toBe(2);
	});

	it('is not waited for any longer by who is told to stop', async () => {
		const never = deferTables(db, [{ name: 'rows', load: () => new Promise(() => undefined) }]);
		const control = new AbortController();
		const asked = never.query(sql`FROM rows`, { signal: control.signal });
		control.abort(new Error('superseded'));
		await expect(asked).rejects.toThrow('superseded');
		expect(await never.query(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
	});

	it('comes back after a restart, like all others', async () => {
		const { deferred, loads } = deferring();
		await deferred.query(sql`FROM rows`);
		await deferred.restart();
		expect(await deferred.query(sql`FROM rows`)).toHaveLength(3);
		expect(loads()).toBe(1);
	});

	it('is not asked for once its database is closed', async () => {
		const other = await openTestDatabase();
		await other.query(sql`SELECT 1 AS one`);
		let loads = 0;
		deferTables(other, [{ name: 'rows', load: () => Promise.resolve(void loads++) }]);
		await other.close();
		await rest();
		expect(loads).toBe(0);
	});
});

describe('tables that are inserted together', () => {
	const several = ['a', 'b', 'c'].map((name, index) => ({
		name,
		bytes: () =>
			Promise.resolve(
				tableToIPC(tableFromArrays({ id: Int32Array.from({ length: index }, (_, row) => row) }), 'stream')
			)
	}));
	const counts = sql`SELECT (SELECT count(*) FROM a) AS a, (SELECT count(*) FROM b) AS b, (SELECT count(*) FROM c) AS c`;

	it('arrive with nothing, with one row and with more, are replaced, and come back after a restart', async () => {
		await db.insertAll(several);
		expect(await db.query(counts)).toEqual([{ a: 0, b: 1, c: 2 }]);
		await db.insertAll(several);
		await db.restart();
		expect(await db.query(counts)).toEqual([{ a: 0, b: 1, c: 2 }]);
	});

	it('that cannot be read are named by their error, and can be inserted afterwards', async () => {
		const broken = { name: 'b', bytes: () => Promise.reject(new Error('b is gone')) };
		await expect(db.insertAll([...several.slice(0, 1), broken])).rejects.toThrow('b is gone');
		await db.insertAll(several);
		expect(await db.query(counts)).toEqual([{ a: 0, b: 1, c: 2 }]);
	});

	it('may be none', async () => {
		await db.insertAll([]);
	});
});
