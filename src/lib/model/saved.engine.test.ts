import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import type { Database } from '../database/database';
import { sql } from '../database/sql';
import {
	cleanName,
	fingerprint,
	isSavedView,
	joined,
	readSaved,
	renamed,
	withoutView,
	withView,
	writeSaved,
	type SavedView
} from './saved';
import type { Table } from './table';

const view = (name: string, path = '/explore/'): SavedView => ({ name, path, fingerprint: null });

describe('saved views', () => {
	it('are read as they were kept, and nothing else is', () => {
		const kept = new Map<string, string>();
		const shelf = {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, value: string) => void kept.set(key, value)
		};
		const views = [view('Cấp tỉnh', '/explore/?level=tinh'), { ...view('Đơn vị'), fingerprint: '1abc' }];
		expect(readSaved(shelf)).toEqual([]);
		expect(writeSaved(shelf, views)).toBe(true);
		expect(readSaved(shelf)).toEqual(views);
		for (const text of [
			'{',
			'{}',
			'null',
			'[1, null, {"name":"x"}]',
			'[{"name":"x","path":"//evil.org","fingerprint":null}]'
		]) {
			kept.set('saved', text);
			expect(readSaved(shelf)).toEqual([]);
		}
		const closed = {
			getItem: () => {
				throw new Error('closed');
			},
			setItem: () => {
				throw new Error('full');
			}
		};
		expect(readSaved(closed)).toEqual([]);
		expect(writeSaved(closed, views)).toBe(false);
		expect(readSaved(null)).toEqual([]);
	});

	it('lead only to pages of this site', () => {
		for (const path of ['//x.org', '/\\x.org', 'https://x.org', 'javascript:alert(1)', '', '/a\n', '/a\\b']) {
			expect(isSavedView(view('x', path)), path).toBe(false);
		}
		expect(isSavedView(view('x', '/explore/?q=%2F%2Fx'))).toBe(true);
		expect(isSavedView(view(' x '))).toBe(false);
		expect(isSavedView({ ...view('x'), fingerprint: '<b>' })).toBe(false);
	});

	it('are put in, renamed, taken out and put together by their names', () => {
		const views = [view('a'), view('b')];
		expect(withView(views, view('b', '/x/'))).toEqual([view('b', '/x/'), view('a')]);
		expect(withoutView(views, 'a')).toEqual([view('b')]);
		expect(renamed(views, 'a', '  c  d ')).toEqual([view('c d'), view('b')]);
		expect(renamed(views, 'a', 'b')).toBeNull();
		expect(renamed(views, 'a', ' ')).toBeNull();
		expect(renamed(views, 'a', 'a')).toEqual(views);
		expect(joined(views, [view('a'), view('b', '/y/'), view('c')])).toEqual([
			view('a'),
			view('b'),
			view('b (2)', '/y/'),
			view('c')
		]);
		expect(cleanName('Đổi mới '.normalize('NFD'))).toBe('Đổi mới');
		expect(
			withView(
				Array.from({ length: 200 }, (_, n) => view(String(n))),
				view('new')
			)
		).toHaveLength(200);
	});
});

describe('the fingerprint of data', () => {
	let db: Database;
	const table: Table = {
		name: 'things',
		label: { vi: '', en: '' },
		key: ['a'],
		columns: [
			{ name: 'a', label: { vi: '', en: '' }, type: 'text' },
			{ name: 'b', label: { vi: '', en: '' }, type: 'integer' }
		]
	};
	beforeAll(async () => {
		db = await openTestDatabase();
	});
	afterAll(() => db.close());

	it('is the same for the same rows in any order, and for nothing else', async () => {
		const found: string[] = [];
		await db.exec(sql`CREATE OR REPLACE TABLE things (a VARCHAR, b INTEGER)`);
		found.push(await fingerprint(db, table));
		const insert = [
			sql`INSERT INTO things VALUES ('x', 1), ('y', NULL)`,
			sql`INSERT INTO things VALUES ('x', 1), ('y', 2)`,
			sql`INSERT INTO things VALUES ('x', NULL), ('y', 1)`,
			sql`INSERT INTO things VALUES ('x', 1)`,
			sql`INSERT INTO things VALUES ('x', 1), ('x', 1)`,
			sql`INSERT INTO things VALUES ('x', 1), ('x', 1), ('x', 1)`,
			sql`INSERT INTO things VALUES (NULL, NULL)`
		];
		for (const statement of insert) {
			await db.exec(sql`DELETE FROM things`);
			await db.exec(statement);
			found.push(await fingerprint(db, table));
		}
		expect(new Set(found).size).toBe(found.length);
		await db.exec(sql`DELETE FROM things`);
		await db.exec(sql`INSERT INTO things VALUES ('y', 2), ('x', 1)`);
		expect(await fingerprint(db, table)).toBe(found[2]);
		expect(found.every((text) => isSavedView({ ...view('x'), fingerprint: text }))).toBe(true);
	});
});
