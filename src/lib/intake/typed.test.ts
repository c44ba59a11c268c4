import { describe, expect, it } from 'vitest';
import type { Column, Table, Value } from '../model/table';
import { csvSheet } from './sheet';
import { periodEndName, rowAt, rowsAsObjects, typeColumns, typeSheet, type Typed } from './typed';

const day = (text: string) => new Date(`${text}T00:00:00.000Z`);
const column = (name: string, type: Column['type']): Column => ({ name, label: { vi: name, en: name }, type });

const table: Table = {
	name: 'visits',
	label: { vi: 'Lượt', en: 'Visits' },
	key: ['visit_id'],
	columns: [
		column('visit_id', 'text'),
		column('count', 'integer'),
		column('score', 'number'),
		column('open', 'boolean'),
		column('held_on', 'date'),
		column('period', 'period'),
		column('level', 'code'),
		column('methods', 'codes')
	]
};
const header = 'visit_id,count,score,open,held_on,period,level,methods';
const typed = (text: string) => typeSheet(table, csvSheet('visits.csv', text));

/** The columns as plain arrays. */
const plain = ({ values }: Typed) =>
	Object.fromEntries(Object.entries(values).map(([name, column]) => [name, [...column]]));

describe('typeSheet', () => {
	it('types each cell by its column, and an empty or blank cell as null', () => {
		const { typed: got, issues } = typed(
			`${header}\n a b ,12, 1.5 ,true,2024-02-29,2024-Q3,tinh,1|2\n,,,,,,,\nx, ,\u00a0,false,2024-03-01,2024,,\n`
		);
		expect(issues).toEqual([]);
		expect(got.file).toBe('visits.csv');
		expect([...got.lines]).toEqual([2, 3, 4]);
		expect(plain(got)).toEqual({
			visit_id: ['a b', null, 'x'],
			count: [12, null, null],
			score: [1.5, null, null],
			open: [true, null, false],
			held_on: [day('2024-02-29'), null, day('2024-03-01')],
			period: ['2024-Q3', null, '2024'],
			level: ['tinh', null, null],
			methods: ['1|2', null, null],
			period_end: [day('2024-09-30'), null, day('2024-12-31')]
		});
	});

	it('takes columns in any order', () => {
		const { typed: got, issues } = typed(
			'methods,level,period,held_on,open,score,count,visit_id\n1,tinh,2024,2024-01-02,true,2,3,x\n'
		);
		expect(issues).toEqual([]);
		expect(rowsAsObjects(got)).toEqual([
			{
				visit_id: 'x',
				count: 3,
				score: 2,
				open: true,
				held_on: day('2024-01-02'),
				period: '2024',
				level: 'tinh',
				methods: '1',
				period_end: day('2024-12-31')
			}
		]);
	});

	it.each([
		['count', '1,5', 'type-integer', '"1,5"'],
		['count', '3000000000', 'type-integer', '3000000000'],
		['score', '1,5', 'type-number', '"1,5"'],
		['open', 'có', 'type-boolean', 'có'],
		['held_on', '2025-02-29', 'type-date', '2025-02-29'],
		['period', '2024-Q5', 'type-period', '2024-Q5']
	])('names file, line, column, value, rule and remedy of a wrong %s: %s', (name, raw, rule, cell) => {
		const cells = table.columns.map((each) => (each.name === name ? cell : ''));
		const { typed: got, issues } = typed(`${header}\n\n${cells.join(',')}\n`);
		expect(issues).toEqual([
			{
				file: 'visits.csv',
				line: 3,
				column: name,
				raw,
				rule,
				remedy: {
					vi: expect.stringMatching(/^cần .+\.$/) as string,
					en: expect.stringMatching(/needed.*\.$/) as string
				}
			}
		]);
		expect(plain(got)[name]).toEqual([null]);
	});

	it('names every wrong cell of every row', () => {
		const { issues } = typed(`${header}\nx,1.5,a,b,c,d,,\ny,1,1,true,2024-13-01,2024,,\n`);
		expect(issues.map(({ line, column: name }) => [line, name])).toEqual([
			[2, 'count'],
			[2, 'score'],
			[2, 'open'],
			[2, 'held_on'],
			[2, 'period'],
			[3, 'held_on']
		]);
	});

	it('names a row that is too short or too long by its line and leaves it out', () => {
		const { typed: got, issues } = typed(`${header}\na,1,,,,,,\nb,1\nc,1,5,,,,,,,\nd,2,,,,,,\n`);
		expect(plain(got)['visit_id']).toEqual(['a', 'd']);
		expect([...got.lines]).toEqual([2, 5]);
		expect(issues).toMatchObject([
			{ file: 'visits.csv', line: 3, column: null, raw: 'b,1', rule: 'row-width' },
			{ file: 'visits.csv', line: 4, column: null, raw: 'c,1,5,,,,,,,', rule: 'row-width' }
		]);
		expect(issues[0]?.remedy).toEqual({
			vi: 'số ô ít hơn số cột (2 / 8); hãy giữ dấu phẩy cho cả ô trống.',
			en: 'the row has fewer cells than there are columns (2 / 8); keep the commas of empty cells.'
		});
		expect(issues[1]?.remedy.en).toContain('more cells than there are columns (10 / 8)');
	});

	it('names the line on which a row of many lines starts', () => {
		const { issues } = typed(`${header}\n"a\nb",1,,,,,,\n"c\nd",x,,,,,,\n`);
		expect(issues).toMatchObject([{ line: 4, column: 'count', raw: 'x' }]);
	});

	it('names missing, unknown, repeated and empty headings on the line of the header', () => {
		const { typed: got, issues } = typed(
			'\nvisit_id,score,score,Open,,open,held_on,period,level,methods\nx,1,2,,,,,,,\n'
		);
		expect(issues.map(({ line, column: name, rule, raw }) => [line, name, rule, raw])).toEqual([
			[2, 'count', 'missing-column', null],
			[2, 'Open', 'unknown-column', null],
			[2, 'score', 'repeated-column', null],
			[2, '5', 'empty-heading', null]
		]);
		for (const { remedy } of issues) {
			expect(remedy.vi).toMatch(/hãy|các cột là/);
			expect(remedy.en).toMatch(/remove|add|the columns are/);
		}
		expect(plain(got)['count']).toEqual([null]);
	});

	it('takes a table without rows', () => {
		const { typed: got, issues } = typed(header);
		expect(issues).toEqual([]);
		expect([...got.lines]).toEqual([]);
		expect(Object.values(got.values).every((values) => values.length === 0)).toBe(true);
		expect(Object.keys(got.values)).toContain('period_end');
	});
});

describe('typeColumns', () => {
	const columns = (given: Record<string, Value[]>) =>
		new Map<string, Value[]>(
			table.columns.map(({ name }) => [name, given[name] ?? Object.values(given)[0]?.map(() => null) ?? []])
		);
	const read = (given: Record<string, Value[]>) => typeColumns(table, 'visits.parquet', columns(given));

	it('keeps values of the right kind, texts trimmed and in NFC, blank ones as null, -0 as 0', () => {
		const { typed: got, issues } = read({
			visit_id: [' ti\u0065\u0302\u0301ng ', '  ', null],
			count: [1, -0, null],
			score: [1.5, -0, null],
			open: [true, false, null],
			held_on: [day('2024-02-29'), day('1969-12-31'), null],
			period: ['2024-H1', '2024', null],
			level: ['tinh ', '', null],
			methods: ['1|2', '1', null]
		});
		expect(issues).toEqual([]);
		expect([...got.lines]).toEqual([1, 2, 3]);
		expect(plain(got)).toEqual({
			visit_id: ['ti\u1ebfng', null, null],
			count: [1, 0, null],
			score: [1.5, 0, null],
			open: [true, false, null],
			held_on: [day('2024-02-29'), day('1969-12-31'), null],
			period: ['2024-H1', '2024', null],
			level: ['tinh', null, null],
			methods: ['1|2', '1', null],
			period_end: [day('2024-06-30'), day('2024-12-31'), null]
		});
	});

	it.each<[string, Value, string, string]>([
		['visit_id', 7, '7', 'type-text'],
		['count', 1.5, '1.5', 'type-integer'],
		['count', 3_000_000_000, '3000000000', 'type-integer'],
		['count', '1', '1', 'type-integer'],
		['score', NaN, 'NaN', 'type-number'],
		['score', Infinity, 'Infinity', 'type-number'],
		['score', '1.5', '1.5', 'type-number'],
		['open', 1, '1', 'type-boolean'],
		['held_on', '2024-02-29', '2024-02-29', 'type-date'],
		['held_on', new Date('2024-02-28T17:00:00Z'), '2024-02-28T17:00:00.000Z', 'type-date'],
		['held_on', new Date(NaN), 'Invalid Date', 'type-date'],
		['period', '2024-Q5', '2024-Q5', 'type-period'],
		['level', 1, '1', 'type-code'],
		['methods', true, 'true', 'type-codes']
	])('names row, column, value and rule of a wrong %s: %s', (name, value, raw, rule) => {
		const { typed: got, issues } = read({ [name]: [null, value] });
		expect(issues).toMatchObject([{ file: 'visits.parquet', line: 2, column: name, raw, rule }]);
		expect(issues[0]?.remedy.vi).toMatch(/^cần /);
		expect(plain(got)[name]).toEqual([null, null]);
	});

	it('names missing and unknown columns without a line', () => {
		const { issues } = typeColumns(table, 'visits.parquet', new Map([['visit', ['x']]]));
		expect(issues).toContainEqual(expect.objectContaining({ line: null, column: 'visit_id', rule: 'missing-column' }));
		expect(issues).toContainEqual(expect.objectContaining({ line: null, column: 'visit', rule: 'unknown-column' }));
	});

	it('takes a file without columns and one of very many rows', () => {
		expect(typeColumns(table, 'visits.parquet', new Map()).typed.lines).toHaveLength(0);
		const many = Array.from({ length: 200_000 }, (_, index) => index);
		const { typed: got, issues } = read({ count: many });
		expect(issues).toEqual([]);
		expect(got.values.count?.at(199_999)).toBe(199_999);
		expect(got.lines.at(-1)).toBe(200_000);
	});
});

describe('rows', () => {
	it('are objects of all columns, or of those asked for; what is not there is null', () => {
		const { typed: got } = typed(`${header}\nx,1,,,,2024,,\n`);
		expect(rowAt(got, 0, ['count', 'visit_id'])).toEqual({ count: 1, visit_id: 'x' });
		expect(rowAt(got, 9, ['count', 'nothing'])).toEqual({ count: null, nothing: null });
	});

	it('name the end of a period after its column', () => {
		expect(periodEndName(column('period', 'period'))).toBe('period_end');
	});
});
