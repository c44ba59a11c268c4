import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import type { Database } from '../database/database';
import { sql } from '../database/sql';
import { statement } from '../database/statement';
import { schema } from './schema';

let db: Database;

beforeAll(async () => {
	db = await openTestDatabase();
});

afterAll(() => db.close());

describe('the schema', () => {
	it('of nothing has functions only, and none that is refused or missing', async () => {
		const { tables, functions } = await schema(db);
		expect(tables).toEqual([]);
		const names = functions.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['count', 'median', 'strip_accents', 'round', 'range', 'date_trunc']));
		for (const name of ['read_csv', 'glob', 'query', 'enable_logging', 'current_date', 'read_parquet']) {
			expect(names).not.toContain(name);
		}
	});

	it('names tables, views and temporary tables, with the labels that are declared', async () => {
		await db.exec(sql`CREATE TABLE initiatives (title VARCHAR, benefit_vnd DOUBLE, odd INTEGER)`);
		await db.ask(statement('CREATE TEMP TABLE mine AS SELECT 1 AS one'), {
			filtered: sql`SELECT * FROM initiatives`,
			most: 1
		});
		await db.ask(statement('SELECT 2 AS two'), { most: 1 });
		const { tables } = await schema(db);
		expect(tables.map(({ name }) => name)).toEqual(['answer', 'filtered', 'initiatives', 'mine']);
		const [, filtered, register] = tables;
		expect(register).toEqual({
			name: 'initiatives',
			label: { vi: 'Sáng kiến', en: 'Initiatives' },
			columns: [
				{ name: 'title', type: 'VARCHAR', label: { vi: 'Tên sáng kiến', en: 'Title' } },
				{ name: 'benefit_vnd', type: 'DOUBLE', label: { vi: 'Giá trị làm lợi', en: 'Benefit (VND)' } },
				{ name: 'odd', type: 'INTEGER', label: null }
			]
		});
		expect(filtered?.columns[0]?.label?.vi).toBe('Tên sáng kiến');
	});
});
