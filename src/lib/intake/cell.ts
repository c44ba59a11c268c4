/**
 * Readers of single cells in published form: ISO days, a point as decimal sign, `true` and `false`. Each takes the trimmed text of
 * a cell and gives its value, or null when the text is not of that form. The text is never empty.
 */
import type { Bilingual, Column, Value } from '../model/table';

/** Whether a number is one that an integer column holds: whole, and of 32 bits, as the engine stores it. */
export function isInteger(value: unknown): value is number {
	return typeof value === 'number' && (value | 0) === value;
}

/** A whole number of 32 bits, as `-12`; `-0` is 0. */
export function readInteger(text: string): number | null {
	const value = /^-?\d+$/.test(text) ? Number(text) + 0 : null;
	return isInteger(value) ? value : null;
}

/** A decimal number, as `1234.5` or `1e6`; `-0` is 0. */
export function readNumber(text: string): number | null {
	const value = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) + 0 : NaN;
	return Number.isFinite(value) ? value : null;
}

/** `true` or `false`. */
export function readBoolean(text: string): boolean | null {
	return text === 'true' ? true : text === 'false' ? false : null;
}

/** A day that exists, as `2025-07-01`, from the year 1000 on, at midnight UTC. */
export function readDate(text: string): Date | null {
	if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return null;
	const date = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? date : null;
}

/** The last day of a period `2024`, `2024-H1`, `2024-Q3` or `2024-09`, from the year 1000 on, at midnight UTC. */
export function readPeriodEnd(text: string): Date | null {
	const match = /^([1-9]\d{3})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(text);
	if (!match) return null;
	const [, year, half, quarter, month] = match;
	const last = half ? Number(half) * 6 : quarter ? Number(quarter) * 3 : month ? Number(month) : 12;
	return new Date(Date.UTC(Number(year), last, 0));
}

const expected: Record<Column['type'], Bilingual> = {
	text: { vi: 'cần văn bản', en: 'a text is needed' },
	integer: {
		vi: 'cần số nguyên, ví dụ 12, không quá 2147483647',
		en: 'a whole number is needed, for example 12, of at most 2147483647'
	},
	number: {
		vi: 'cần số, dấu thập phân là dấu chấm, ví dụ 12.5',
		en: 'a number with a decimal point is needed, for example 12.5'
	},
	boolean: { vi: 'cần true hoặc false', en: 'true or false is needed' },
	date: { vi: 'cần ngày dạng 2025-07-01', en: 'a day is needed, as 2025-07-01' },
	period: {
		vi: 'cần kỳ dạng 2024, 2024-H1, 2024-Q3 hoặc 2024-09',
		en: 'a period is needed, as 2024, 2024-H1, 2024-Q3 or 2024-09'
	},
	code: { vi: 'cần mã có trong danh mục', en: 'a code of the code list is needed' },
	codes: {
		vi: 'cần các mã trong danh mục, cách nhau bằng dấu |',
		en: 'codes of the code list are needed, separated by |'
	}
};

/** What a cell of this column must hold, as a remedy. */
export function expectation(column: Column): Bilingual {
	const { vi, en } = expected[column.type];
	const list = column.list ? ` (${column.list})` : '';
	return { vi: `${vi}${list}.`, en: `${en}${list}.` };
}

/** The value of a trimmed cell, null for an empty one, undefined when the text is not of the column's form. */
export function readCell(text: string, column: Column): Value | undefined {
	if (text === '') return null;
	switch (column.type) {
		case 'text':
		case 'code':
		case 'codes':
			return text;
		case 'integer':
			return readInteger(text) ?? undefined;
		case 'number':
			return readNumber(text) ?? undefined;
		case 'boolean':
			return readBoolean(text) ?? undefined;
		case 'date':
			return readDate(text) ?? undefined;
		case 'period':
			return readPeriodEnd(text) === null ? undefined : text;
	}
}
