/** Typed rows, held by column, each with the place it came from. */
import type { Column, Row, Table, Value } from '../model/table';
import { expectation, isInteger, readCell, readPeriodEnd } from './cell';
import type { Issue } from './issue';
import type { Sheet } from './sheet';
import { held, Values } from './values';

/** The typed rows of one file, by column of the declaration; all columns are of the same length. */
export interface Typed {
	readonly table: Table;
	readonly file: string;
	readonly values: Readonly<Record<string, Values>>;
	/** Line (CSV) or row (Parquet) of each typed row. */
	readonly lines: Int32Array;
}

/** No rows of a table. */
export function noRows(table: Table): Typed {
	const values = Object.fromEntries(table.columns.map(({ name }) => [name, Values.each([])]));
	return { table, file: '', values: withPeriodEnds(table, values), lines: new Int32Array() };
}

/** One typed row as an object. */
export function rowAt(typed: Typed, index: number, columns: readonly string[] = Object.keys(typed.values)): Row {
	const row: Row = {};
	for (const name of columns) row[name] = typed.values[name]?.at(index) ?? null;
	return row;
}

/** The values of a row's key as one text, by which a page finds the row again. */
export function keyOf(values: readonly Value[]): string {
	return values.map((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value))).join(' ');
}

/** All typed rows as objects. */
export function rowsAsObjects(typed: Typed): Row[] {
	return Array.from(typed.lines, (_, index) => rowAt(typed, index));
}

/** The derived column of a period column: the last day of the period. */
export function periodEndName(column: Column): string {
	return `${column.name}_end`;
}

/** The columns of a table, with the end of each period. */
export function withPeriodEnds(table: Table, values: Readonly<Record<string, Values>>): Record<string, Values> {
	const all = { ...values };
	for (const column of table.columns) {
		const periods = column.type === 'period' ? values[column.name] : undefined;
		if (periods)
			all[periodEndName(column)] = periods.map((period) => (typeof period === 'string' ? readPeriodEnd(period) : null));
	}
	return all;
}

function headerIssues(table: Table, file: string, line: number | null, header: readonly string[]): Issue[] {
	const names = table.columns.map(({ name }) => name);
	const at = (column: string, rule: string, vi: string, en: string): Issue => ({
		file,
		line,
		column,
		raw: null,
		rule,
		remedy: { vi, en }
	});
	const missing = names.filter((name) => !header.includes(name));
	const unknown = header.filter((name) => name !== '' && !names.includes(name));
	const repeated = header.filter((name, index) => name !== '' && header.indexOf(name) !== index);
	return [
		...missing.map((name) =>
			at(
				name,
				'missing-column',
				'thiếu cột này; hãy thêm vào dòng tiêu đề.',
				'this column is missing; add it to the heading row.'
			)
		),
		...unknown.map((name) =>
			at(
				name,
				'unknown-column',
				`không có cột này; các cột là ${names.join(', ')}.`,
				`there is no such column; the columns are ${names.join(', ')}.`
			)
		),
		...repeated.map((name) =>
			at(name, 'repeated-column', 'tiêu đề này có hai lần; hãy bỏ một.', 'this heading stands twice; remove one.')
		),
		...header.flatMap((name, index) =>
			name === ''
				? [
						at(
							String(index + 1),
							'empty-heading',
							'cột thứ tự này không có tiêu đề; hãy đặt tên hoặc bỏ cột.',
							'the column in this place has no heading; name it or remove it.'
						)
					]
				: []
		)
	];
}

/** Types the cells of a sheet by the declaration of its table. A row of a width unlike the header's is an issue and is left out. */
export function typeSheet(table: Table, sheet: Sheet): { typed: Typed; issues: Issue[] } {
	const issues = headerIssues(table, sheet.file, sheet.headerLine, sheet.header);
	const values: Record<string, Value[]> = Object.fromEntries(table.columns.map(({ name }) => [name, []]));
	const lines: number[] = [];
	const columns = table.columns.map((column) => ({ column, at: sheet.header.indexOf(column.name) }));
	sheet.rows((cells, line) => {
		if (cells.length !== sheet.header.length) {
			const counts = `${cells.length} / ${sheet.header.length}`;
			issues.push({
				file: sheet.file,
				line,
				column: null,
				raw: cells.join(','),
				rule: 'row-width',
				remedy:
					cells.length > sheet.header.length
						? {
								vi: `số ô nhiều hơn số cột (${counts}); hãy đặt ô có dấu phẩy trong ngoặc kép.`,
								en: `the row has more cells than there are columns (${counts}); put cells with commas in quotation marks.`
							}
						: {
								vi: `số ô ít hơn số cột (${counts}); hãy giữ dấu phẩy cho cả ô trống.`,
								en: `the row has fewer cells than there are columns (${counts}); keep the commas of empty cells.`
							}
			});
			return;
		}
		lines.push(line);
		for (const { column, at } of columns) {
			const raw = at < 0 ? '' : (cells[at] ?? '').trim();
			const value = readCell(raw, column);
			if (value === undefined) {
				issues.push({
					file: sheet.file,
					line,
					column: column.name,
					raw,
					rule: `type-${column.type}`,
					remedy: expectation(column)
				});
			}
			values[column.name]?.push(value ?? null);
		}
	});
	const typed = { table, file: sheet.file, values: withPeriodEnds(table, held(values)), lines: Int32Array.from(lines) };
	return { typed, issues };
}

/** Midnight UTC, as a day has it. */
function isDay(value: Value): boolean {
	return value instanceof Date && value.getTime() % 86_400_000 === 0;
}

/** Whether a value that has a type of its own is of the kind that a column holds. */
function fits(value: Value, { type }: Column): boolean {
	switch (type) {
		case 'integer':
			return isInteger(value);
		case 'number':
			return Number.isFinite(value);
		case 'boolean':
			return typeof value === 'boolean';
		case 'date':
			return isDay(value);
		case 'period':
			return typeof value === 'string' && readPeriodEnd(value) !== null;
		default:
			return typeof value === 'string';
	}
}

/**
 * Types columns that already have types of their own (Parquet), where only their kind must be right. Texts are trimmed and in NFC,
 * as those of a sheet; rows are counted from 1.
 */
export function typeColumns(
	table: Table,
	file: string,
	columns: ReadonlyMap<string, readonly Value[]>
): { typed: Typed; issues: Issue[] } {
	const issues = headerIssues(table, file, null, [...columns.keys()]);
	const length = [...columns.values()].reduce((longest, column) => Math.max(longest, column.length), 0);
	const lines = Int32Array.from({ length }, (_, index) => index + 1);
	const values: Record<string, Value[]> = {};
	for (const column of table.columns) {
		const given = columns.get(column.name);
		values[column.name] = Array.from(lines, (line, index) => {
			const raw = given?.[index] ?? null;
			const value = typeof raw === 'string' ? raw.normalize('NFC').trim() : raw === 0 ? 0 : raw;
			if (value === null || value === '') return null;
			if (fits(value, column)) return value;
			issues.push({
				file,
				line,
				column: column.name,
				raw: value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : String(value),
				rule: `type-${column.type}`,
				remedy: expectation(column)
			});
			return null;
		});
	}
	return { typed: { table, file, values: withPeriodEnds(table, held(values)), lines }, issues };
}
