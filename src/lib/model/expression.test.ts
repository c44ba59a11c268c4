import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../database/database';
import { openNodeDatabase } from '../database/node';
import { id, join, sql, type Sql } from '../database/sql';
import type { Indicator } from './catalogue';
import { dataset } from './dataset';
import { checkExpressions, type Part } from './expression';
import { deriveTables } from './structure';
import type { ColumnType } from './table';

let db: Database;

function engineType(type: ColumnType): Sql {
	switch (type) {
		case 'integer':
			return sql`INTEGER`;
		case 'number':
			return sql`DOUBLE`;
		case 'boolean':
			return sql`BOOLEAN`;
		case 'date':
			return sql`DATE`;
		default:
			return sql`VARCHAR`;
	}
}

/** All published tables without a row. */
async function createTables(): Promise<void> {
	for (const { name, columns } of dataset) {
		const defined = columns.flatMap((column) => [
			sql`${id(column.name)} ${engineType(column.type)}`,
			...(column.type === 'period' ? [sql`${id(`${column.name}_end`)} DATE`] : [])
		]);
		await db.exec(sql`CREATE TABLE ${id(name)} (${join(defined)})`);
	}
}

beforeAll(async () => {
	db = await openNodeDatabase();
	await createTables();
	await db.exec(sql`INSERT INTO units (unit_id, reports) VALUES ('U1', TRUE), ('U2', TRUE)`);
	await db.exec(sql`INSERT INTO initiatives (initiative_id, title, unit_id, level, status, year, submitted_on, recognised_on, benefit_vnd)
		VALUES ('A', 'Một', 'U1', 'tinh', 'da_cong_nhan', 2024, DATE '2024-03-01', DATE '2024-05-01', 5e6),
			('B', 'Hai', 'U2', 'co_so', 'da_cong_nhan', 2024, DATE '2024-04-01', DATE '2024-06-01', NULL),
			('C', '3', 'U2', NULL, 'da_nop', 2024, DATE '2024-04-01', NULL, NULL)`);
	await db.exec(sql`INSERT INTO activities (activity_id, unit_id, period, period_end, activity, sessions, submitted_on, due_on)
		VALUES ('H', 'U1', '2024-Q2', DATE '2024-06-30', 'tuyen_truyen_mieng', 3, DATE '2024-07-10', DATE '2024-07-15')`);
	await deriveTables(db);
});

afterAll(() => db.close());

const right: Indicator = {
	indicator_id: 'x',
	hub: 'H1',
	name_vi: 'x',
	name_en: 'x',
	register: 'initiatives',
	value: 'count(*)',
	denominator: null,
	scale: null,
	condition: null,
	date_column: 'submitted_on',
	format: 'number',
	unit_vi: 'x',
	unit_en: 'x',
	decimals: 0,
	direction: 'up',
	class: 'additive',
	over_periods: 'sum'
};

type Fields = { readonly [name in Part | 'register' | 'class' | 'scale']?: Indicator[name] };

/** The wrong parts of one indicator that is right but for these fields, each with its reason in English. */
async function wrongParts(fields: Fields): Promise<[Part, string][]> {
	const found = await checkExpressions(db, [{ ...right, ...fields }]);
	return found.map(({ indicator_id: indicator, column, message }) => {
		expect(indicator).toBe('x');
		expect(message.vi).not.toBe('');
		expect(message.vi).not.toBe(message.en);
		return [column, message.en];
	});
}

describe('expressions that are right', () => {
	it.each<[string, Fields]>([
		['a count', {}],
		['a sum over a number', { value: 'sum(benefit_vnd) / 1000000' }],
		['a count with a filter', { value: "count(*) FILTER (WHERE level = 'tinh')" }],
		['a count of distinct things', { value: 'count(DISTINCT title)', class: 'distinct' }],
		['a median', { value: 'median(benefit_vnd)', class: 'index', condition: 'benefit_vnd IS NOT NULL' }],
		['a mean of a CASE', { value: "avg(CASE WHEN level = 'tinh' THEN 1 ELSE 0 END)", class: 'index' }],
		['a condition on the unit', { condition: "unit_id = 'U1'", class: 'additive' }],
		['a condition', { condition: "status = 'da_cong_nhan' AND recognised_on >= DATE '2021-01-01'" }],
		['a condition with a question in it', { condition: 'title IN (SELECT title FROM transfers)', class: 'index' }],
		['a ratio', { class: 'ratio', value: 'count(benefit_vnd)', denominator: 'count(*)', scale: 100 }],
		['a ratio to the staff', { class: 'ratio', denominator: 'headcount.staff' }],
		['a ratio to the members', { class: 'ratio', denominator: 'headcount.members' }],
		['text with brackets and semicolons in it', { condition: "title <> 'a); DROP -- TABLE units'" }],
		['the reports that are owed', { register: 'reports', condition: "state = 'missing'", date_column: 'period_end' }],
		['the end of a period', { register: 'activities', value: 'sum(sessions)', date_column: 'period_end' }],
		['a register without a row', { register: 'transfers', value: 'sum(value_vnd)', date_column: 'certified_on' }],
		[
			'a cast that the condition makes possible, of an aggregate that is no sum',
			{ value: 'max(CAST(title AS INTEGER))', condition: "status = 'da_nop'", class: 'index' }
		],
		['a published figure', { register: 'actual', value: null, date_column: null, class: 'rank' }],
		['a published ratio', { register: 'actual', value: null, date_column: null, class: 'ratio' }]
	])('%s', async (_, fields) => {
		expect(await wrongParts(fields)).toEqual([]);
	});
});

describe('expressions that are wrong', () => {
	it.each<[string, Fields, Part, RegExp]>([
		['a bracket that is not closed', { value: 'count(*' }, 'value', /bracket is not closed/],
		['a bracket too many', { value: 'count(*))' }, 'value', /closing bracket/],
		['a quotation mark that is not closed', { condition: "status = 'da_nop" }, 'condition', /quotation mark/],
		['two statements', { value: 'count(*); SELECT 1' }, 'value', /semicolon/],
		['a comment', { condition: "status = 'x' -- nháp" }, 'condition', /comment/],
		['nothing but spaces', { value: '  ' }, 'value', /empty/],
		['half a comparison', { condition: 'status =' }, 'condition', /syntax error/],
		['an unknown column', { value: 'sum(benefit)' }, 'value', /"benefit" not found/],
		['an unknown column in the condition', { condition: "statuss = 'da_nop'" }, 'condition', /"statuss" not found/],
		['a column of another register', { value: 'sum(sessions)' }, 'value', /"sessions" not found/],
		['an unknown function', { value: 'summ(year)' }, 'value', /summ does not exist/],
		['a text in double quotation marks', { condition: 'status = "da_nop"' }, 'condition', /"da_nop" not found/],
		['a sum of text', { value: 'sum(title)' }, 'value', /sum\(VARCHAR\)/],
		['a column without an aggregate', { value: 'benefit_vnd' }, 'value', /not an aggregate/],
		['a constant', { value: '1 + 1' }, 'value', /not an aggregate/],
		['an aggregate beside a bare column', { value: 'count(*) + year' }, 'value', /must appear in the GROUP BY/],
		['a question of its own', { value: '(SELECT count(*) FROM units)' }, 'value', /not an aggregate/],
		['a window', { value: 'sum(year) OVER ()' }, 'value', /not an aggregate/],
		['a window over an aggregate', { value: 'sum(count(*)) OVER ()' }, 'value', /window functions/],
		['many rows from an aggregate', { value: 'unnest([count(*), 1])' }, 'value', /not an aggregate/],
		['a text', { value: 'max(title)' }, 'value', /type VARCHAR; a number/],
		['a day', { value: 'max(submitted_on)' }, 'value', /type DATE; a number/],
		['yes or no', { value: 'bool_and(published)' }, 'value', /type BOOLEAN; a number/],
		['two values', { value: 'count(*), 1' }, 'value', /STRUCT.*; a number/],
		['no value', { value: 'NULL' }, 'value', /not an aggregate/],
		['an aggregate in the condition', { condition: 'count(*) > 1' }, 'condition', /cannot contain aggregates/],
		['a number as the condition', { condition: 'year' }, 'condition', /type INTEGER; a condition/],
		[
			'a text as the condition',
			{ register: 'transfers', date_column: 'certified_on', condition: 'technology' },
			'condition',
			/type VARCHAR; a condition/
		],
		[
			'today, which the engine does not know',
			{ condition: 'submitted_on < current_date' },
			'condition',
			/current_date/
		],
		['a cast that one row cannot keep', { value: 'sum(CAST(title AS INTEGER))' }, 'value', /Could not convert/],
		[
			'a cast within a sum, whose condition comes too late',
			{ value: 'sum(CAST(title AS INTEGER))', condition: "status = 'da_nop'" },
			'value',
			/Could not convert/
		],
		[
			'a condition that one row cannot keep',
			{ condition: 'CAST(title AS INTEGER) = 3' },
			'condition',
			/Could not convert/
		],
		[
			'a denominator with an unknown column',
			{ class: 'ratio', denominator: 'count(staff)' },
			'denominator',
			/"staff" not found/
		],
		['a denominator that is no aggregate', { class: 'ratio', denominator: '100' }, 'denominator', /not an aggregate/],
		['an unknown headcount', { class: 'ratio', denominator: 'headcount.people' }, 'denominator', /headcount/],
		['a headcount as the value', { value: 'headcount.staff' }, 'value', /headcount/],
		[
			'a day column that is not there',
			{ date_column: 'submitted' },
			'date_column',
			/no column submitted.*submitted_on/
		],
		['a day column that is a text', { date_column: 'title' }, 'date_column', /VARCHAR, not a day.*recognised_on/],
		['a day column that is a number', { date_column: 'year' }, 'date_column', /INTEGER, not a day/],
		['an expression as the day column', { date_column: 'submitted_on + 1' }, 'date_column', /no column/],
		['an unknown register', { register: 'patents' }, 'value', /no register patents/]
	])('%s', async (_, fields, part, reason) => {
		expect(await wrongParts(fields)).toEqual([[part, expect.stringMatching(reason)]]);
	});
});

describe('parts that must be there or must not', () => {
	it('a register needs value and day column', async () => {
		expect(await wrongParts({ value: null, date_column: null })).toEqual([
			['value', expect.stringContaining('initiatives needs this cell')],
			['date_column', expect.stringContaining('initiatives needs this cell')]
		]);
	});

	it('a published figure has none of the four', async () => {
		const all = { register: 'actual', class: 'ratio', denominator: 'count(*)', condition: 'TRUE' } as const;
		expect((await wrongParts(all)).map(([part]) => part)).toEqual(['value', 'denominator', 'condition', 'date_column']);
	});

	it('a ratio needs a denominator, and nothing else has one', async () => {
		expect(await wrongParts({ class: 'ratio' })).toEqual([
			['denominator', expect.stringContaining('needs a denominator')]
		]);
		for (const other of ['additive', 'index', 'distinct', 'rank'] as const) {
			expect(await wrongParts({ class: other, denominator: 'headcount.staff' })).toEqual([
				['denominator', expect.stringContaining(`the class is ${other}`)]
			]);
		}
	});
});

describe('many indicators', () => {
	it('are each named, in their order, with every wrong part', async () => {
		const found = await checkExpressions(db, [
			{ ...right, indicator_id: 'a', condition: 'CAST(title AS INTEGER) = 3' },
			{ ...right, indicator_id: 'b' },
			{ ...right, indicator_id: 'c', value: 'sum(nothing)', condition: 'year', date_column: 'title' },
			{ ...right, indicator_id: 'd', register: 'actual' }
		]);
		expect(found.map(({ indicator_id: indicator, column }) => `${indicator}.${column}`)).toEqual([
			'a.condition',
			'c.value',
			'c.condition',
			'c.date_column',
			'd.value',
			'd.date_column'
		]);
	});

	it('leave the database as it was', async () => {
		const tables = sql`SELECT table_name AS name FROM information_schema.tables ORDER BY table_name`;
		const before = await db.query(tables);
		await checkExpressions(db, [right, { ...right, value: 'sum(nothing)' }]);
		expect(await db.query(tables)).toEqual(before);
	});

	it('may be none', async () => {
		expect(await checkExpressions(db, [])).toEqual([]);
	});
});
