import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import type { Database } from '../database/database';
import { id, sql, table as values, type SqlValue } from '../database/sql';
import { changes, columnsOf, current, merged } from './merge';
import type { Table } from './table';

const label = { vi: 'Thử', en: 'Trial' };
const trial: Table = {
	name: 'trial',
	label,
	key: ['code', 'place'],
	columns: [
		{ name: 'code', label, type: 'text' },
		{ name: 'place', label, type: 'text' },
		{ name: 'amount', label, type: 'number' },
		{ name: 'period', label, type: 'period' }
	]
};

let db: Database;
beforeAll(async () => {
	db = await openTestDatabase();
});
afterAll(() => db.close());

type Given = readonly [code: SqlValue, place: SqlValue, amount: SqlValue];

async function part(name: string, rows: readonly Given[]): Promise<void> {
	const filled = rows.map((row): SqlValue[] => [...row, '2024', new Date('2024-12-31')]);
	const nothing: SqlValue[][] = [['never', null, null, null, null]];
	await db.exec(
		sql`CREATE OR REPLACE TABLE ${id(name)} AS
			SELECT code, place, CAST(amount AS DOUBLE) AS amount, CAST(period AS VARCHAR) AS period, CAST(period_end AS DATE) AS period_end
			FROM ${values('given', columnsOf(trial), filled.length > 0 ? filled : nothing)} WHERE code IS NULL OR code <> 'never'`
	);
}

const rows = async (parts: Parameters<typeof merged>[1]) =>
	(
		await db.query(
			sql`SELECT code, place, amount FROM (${merged(trial, parts)}) ORDER BY code NULLS FIRST, place NULLS FIRST`
		)
	).map(({ code, place, amount }) => [code, place, amount]);

describe('merged', () => {
	it('takes of each key the row that came last, nulls being a key like any other', async () => {
		await part('one', [
			['a', 'x', 1],
			['b', null, 2],
			[null, 'x', 3]
		]);
		await part('two', [
			['b', null, 20],
			['c', 'x', 30],
			[null, 'x', null]
		]);
		expect(
			await rows([
				{ name: 'one', mode: 'append' },
				{ name: 'two', mode: 'update' }
			])
		).toEqual([
			[null, 'x', null],
			['a', 'x', 1],
			['b', null, 20],
			['c', 'x', 30]
		]);
	});

	it('forgets what a part replaced', async () => {
		await part('one', [['a', 'x', 1]]);
		await part('two', [['b', 'x', 2]]);
		const parts = [
			{ name: 'one', mode: 'append' },
			{ name: 'two', mode: 'replace' }
		] as const;
		expect(await rows(parts)).toEqual([['b', 'x', 2]]);
		expect(current(parts)).toEqual([{ name: 'two', mode: 'replace' }]);
		expect(current([])).toEqual([]);
	});

	it('keeps nothing and one row as they are', async () => {
		await part('one', []);
		expect(await rows([{ name: 'one', mode: 'replace' }])).toEqual([]);
		await part('one', [['a', null, null]]);
		expect(await rows([{ name: 'one', mode: 'replace' }])).toEqual([['a', null, null]]);
	});
});

describe('changes', () => {
	it('counts added, changed, same and absent rows, nulls compared as values', async () => {
		await part('one', [
			['a', 'x', 1],
			['b', null, 2],
			['c', 'x', null],
			['d', 'x', 4]
		]);
		await part('two', [
			['a', 'x', 1],
			['b', null, null],
			['c', 'x', null],
			['e', null, 5],
			[null, null, 6]
		]);
		expect(await changes(db, trial, sql`SELECT * FROM ${id('one')}`, 'two')).toEqual({
			added: 2,
			changed: 1,
			same: 2,
			absent: 1
		});
	});

	it('counts with nothing on either side', async () => {
		await part('one', []);
		await part('two', [['a', 'x', 1]]);
		expect(await changes(db, trial, sql`SELECT * FROM ${id('one')}`, 'two')).toEqual({
			added: 1,
			changed: 0,
			same: 0,
			absent: 0
		});
		expect(await changes(db, trial, sql`SELECT * FROM ${id('two')}`, 'one')).toEqual({
			added: 0,
			changed: 0,
			same: 0,
			absent: 1
		});
		expect(await changes(db, trial, sql`SELECT * FROM ${id('one')}`, 'one')).toEqual({
			added: 0,
			changed: 0,
			same: 0,
			absent: 0
		});
		expect(await changes(db, trial, null, 'two')).toEqual({ added: 1, changed: 0, same: 0, absent: 0 });
	});
});
