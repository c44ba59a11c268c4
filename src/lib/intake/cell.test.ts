import { describe, expect, it } from 'vitest';
import type { Column, ColumnType } from '../model/table';
import {
	expectation,
	isInteger,
	readBoolean,
	readCell,
	readDate,
	readInteger,
	readNumber,
	readPeriodEnd
} from './cell';

const day = (text: string) => new Date(`${text}T00:00:00.000Z`);
const column = (type: ColumnType, more: Partial<Column> = {}): Column => ({
	name: 'x',
	label: { vi: 'x', en: 'x' },
	type,
	...more
});

describe('readInteger', () => {
	it.each([
		['0', 0],
		['12', 12],
		['-12', -12],
		['007', 7],
		['2147483647', 2_147_483_647],
		['-2147483648', -2_147_483_648]
	])('reads %j', (text, value) => expect(readInteger(text)).toBe(value));

	it('reads -0 as 0', () => expect(readInteger('-0')).toBe(0));

	it.each(['12.', '12.0', '1,5', '1.000', '1 000', ' 12', '+12', '--1', '1e3', '0x10', '１２', '12a', 'NaN', ''])(
		'refuses %j',
		(text) => expect(readInteger(text)).toBeNull()
	);

	it.each(['2147483648', '-2147483649', '9'.repeat(400)])('refuses %j, which 32 bits cannot hold', (text) =>
		expect(readInteger(text)).toBeNull()
	);

	it('knows integers that are numbers already', () => {
		expect([3, -3, 0, 2_147_483_647].every(isInteger)).toBe(true);
		expect([1.5, NaN, Infinity, 2_147_483_648, '3', null, true, 3n].some(isInteger)).toBe(false);
	});
});

describe('readNumber', () => {
	it.each([
		['0', 0],
		['1234.5', 1234.5],
		['-0.25', -0.25],
		['1e6', 1_000_000],
		['1.5E-3', 0.0015],
		['1e+2', 100],
		['1e308', 1e308]
	])('reads %j', (text, value) => expect(readNumber(text)).toBe(value));

	it.each(['-0', '-0.0', '-0e5'])('reads %j as 0', (text) => expect(readNumber(text)).toBe(0));

	it.each(['12.', '.5', '1,5', '1.234,5', '1,234.5', '1 000', '1e', 'e5', '12%', '5 tỷ', '+1', '−1', 'NaN', ''])(
		'refuses %j',
		(text) => expect(readNumber(text)).toBeNull()
	);

	it.each(['1e400', '-1e400', 'Infinity'])('refuses %j, which is not finite', (text) =>
		expect(readNumber(text)).toBeNull()
	);
});

describe('readBoolean', () => {
	it.each([
		['true', true],
		['false', false]
	])('reads %j', (text, value) => expect(readBoolean(text)).toBe(value));

	it.each(['TRUE', 'True', '1', '0', 'có', 'x', 'yes', ' true'])('refuses %j', (text) =>
		expect(readBoolean(text)).toBeNull()
	);
});

describe('readDate', () => {
	it.each(['2025-07-01', '2024-02-29', '2000-02-29', '1969-12-31', '1000-01-01', '9999-12-31'])(
		'reads %j at midnight UTC',
		(text) => expect(readDate(text)).toEqual(day(text))
	);

	it.each(['2025-02-29', '1900-02-29', '2025-02-30', '2025-04-31', '2025-13-01', '2025-00-10', '2025-01-00'])(
		'refuses %j, a day that does not exist',
		(text) => expect(readDate(text)).toBeNull()
	);

	it.each([
		'01/07/2025',
		'2025-7-1',
		'2025/07/01',
		'20250701',
		'2025-07-01T00:00:00Z',
		'2025-07-01 ',
		'2025-07',
		'45839',
		'0000-01-01',
		'0025-07-01',
		'+012025-07-01',
		''
	])('refuses %j', (text) => expect(readDate(text)).toBeNull());
});

describe('readPeriodEnd', () => {
	it.each([
		['2024', '2024-12-31'],
		['2024-H1', '2024-06-30'],
		['2024-H2', '2024-12-31'],
		['2024-Q1', '2024-03-31'],
		['2024-Q2', '2024-06-30'],
		['2024-Q3', '2024-09-30'],
		['2024-Q4', '2024-12-31'],
		['2024-01', '2024-01-31'],
		['2024-02', '2024-02-29'],
		['2025-02', '2025-02-28'],
		['2024-09', '2024-09-30'],
		['2024-12', '2024-12-31']
	])('%s ends on %s', (period, end) => expect(readPeriodEnd(period)).toEqual(day(end)));

	it.each([
		'24',
		'0024',
		'2024-',
		'2024-00',
		'2024-13',
		'2024-9',
		'2024-H0',
		'2024-H3',
		'2024-Q0',
		'2024-Q5',
		'2024-q3',
		'2024Q3',
		'Q3-2024',
		'Quý III/2024',
		'2023-2024',
		'2024-09-30',
		' 2024',
		''
	])('refuses %j', (period) => expect(readPeriodEnd(period)).toBeNull());
});

describe('readCell', () => {
	it.each<[ColumnType, string, unknown]>([
		['text', 'Sáng kiến', 'Sáng kiến'],
		['text', '0123', '0123'],
		['code', 'co_so', 'co_so'],
		['codes', 'a|b', 'a|b'],
		['integer', '12', 12],
		['number', '1.5', 1.5],
		['boolean', 'false', false],
		['date', '2024-02-29', day('2024-02-29')],
		['period', '2024-Q3', '2024-Q3']
	])('a cell of type %s: %j', (type, text, value) => expect(readCell(text, column(type))).toEqual(value));

	const types: ColumnType[] = ['text', 'integer', 'number', 'boolean', 'date', 'code', 'codes', 'period'];
	it.each(types)('an empty cell of type %s is null', (type) => expect(readCell('', column(type))).toBeNull());

	it.each<[ColumnType, string]>([
		['integer', '1.5'],
		['number', '1,5'],
		['boolean', 'có'],
		['date', '2025-02-29'],
		['period', '2024-Q5']
	])('what is not of type %s is undefined, never null: %j', (type, text) =>
		expect(readCell(text, column(type))).toBeUndefined()
	);
});

describe('expectation', () => {
	it('names the code list, in both languages', () => {
		expect(expectation(column('code', { list: 'level' }))).toEqual({
			vi: 'cần mã có trong danh mục (level).',
			en: 'a code of the code list is needed (level).'
		});
	});

	it('gives an example that the parser of the same type reads', () => {
		expect(expectation(column('date')).en).toContain('2025-07-01');
		expect(expectation(column('number')).vi).toContain('12.5');
		expect(expectation(column('period')).vi).toContain('2024-Q3');
	});
});
