import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answersDatabase, asked, decode, encode, hashOf } from './answer';
import type { Database } from './database';
import type { DataRow } from './row';
import { sql } from './sql';

const value = fc.oneof(
	fc.string(),
	fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
	fc.boolean(),
	fc.constant(null),
	fc.date({ noInvalidDate: true }),
	fc.array(fc.oneof(fc.string(), fc.constant(null)))
);

describe('an answer', () => {
	it('comes back as it was sent', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(value, value)), (pairs) => {
				const rows = pairs.map(([a, b]): DataRow => ({ a, 'b "c"': b }));
				expect(decode(encode(rows))).toEqual(rows);
			})
		);
	});

	it('says the names of its columns once', () => {
		expect(encode([{ name: 'x', on: new Date(5) }])).toBe('{"names":["name","on"],"columns":[["x"],[{"d":5}]]}');
		expect(encode([])).toBe('{"names":[],"columns":[]}');
		expect(decode('{"names":[],"columns":[]}')).toEqual([]);
	});

	it('is named by its question', () => {
		expect(hashOf(sql`SELECT 1`)).toBe(hashOf(sql`SELECT 1`));
		expect(hashOf(sql`SELECT 1`)).not.toBe(hashOf(sql`SELECT 2`));
		// FNV-1a of the empty text is its offset basis, 14695981039346656037.
		expect(hashOf(sql``)).toBe(14695981039346656037n.toString(36));
	});
});

describe('a database of answers in a browser', () => {
	const engine = { query: vi.fn(() => Promise.resolve([{ x: 'engine' }])) } as unknown as Database;
	const open = vi.fn(() => Promise.resolve(engine));

	beforeEach(() => {
		vi.stubGlobal('window', {});
		open.mockClear();
		return () => vi.unstubAllGlobals();
	});

	it('reads what was answered at build, under the path of the site, and starts no engine', async () => {
		const fetch = vi.fn(() => Promise.resolve(new Response(encode([{ x: 1 }]))));
		const rows = await answersDatabase(fetch, '/tn', open).query(sql`SELECT 1 AS x`);
		expect(rows).toEqual([{ x: 1 }]);
		expect(fetch).toHaveBeenCalledWith(`/tn/answers/${hashOf(sql`SELECT 1 AS x`)}.json`);
		expect(open).not.toHaveBeenCalled();
	});

	it.each([
		['is missing', new Response('no', { status: 404 })],
		['is a page of the host', new Response('<!doctype html>', { status: 200 })]
	])('asks the engine when the answer %s', async (_, response) => {
		const database = answersDatabase(() => Promise.resolve(response), '', open);
		expect(await database.query(sql`SELECT 1 AS x`)).toEqual([{ x: 'engine' }]);
		expect(open).toHaveBeenCalledOnce();
	});
});

describe('a database of answers at build', () => {
	it('leaves the question where the endpoint finds it, and fails loudly when the answer does', async () => {
		const question = sql`SELECT 'asked at build'`;
		const database = answersDatabase(
			() => Promise.resolve(new Response('wrong', { status: 500 })),
			'',
			() => Promise.reject(new Error('no engine at build'))
		);
		await expect(database.query(question)).rejects.toThrow('500: wrong');
		expect(asked.get(hashOf(question))?.text).toBe(question.text);
	});
});
