import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Table as ArrowTable, vectorFromArray } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openNodeDatabase } from '../database/node';
import { dataset } from '../model/dataset';
import { deriveTables } from '../model/structure';
import type { Column, Table, Value } from '../model/table';
import { parquetColumns, toArrow } from './arrow';
import { IntakeError, type Issue } from './issue';
import { checkIndicators, readPublished } from './published';
import type { Typed } from './typed';

const data = fileURLToPath(new URL('../../../data', import.meta.url));

/** The registers are cut to this many rows, so that each test may read its own copy of the folder. */
const few = 40;
let small: string;
let folder: string;

const written = (value: Value) =>
	value instanceof Date ? value.toISOString().slice(0, 10) : value === null ? '' : String(value);
const quoted = (cell: string) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const csvOf = (rows: readonly (readonly string[])[]) => rows.map((row) => row.map(quoted).join(',') + '\n').join('');

/** Rows of cells, the header first; row `n` (the header being 0) stands on line `n + 1`. */
const readRows = (file: string): string[][] => parse(readFileSync(file, 'utf8'));

beforeAll(async () => {
	small = mkdtempSync(join(tmpdir(), 'published-'));
	for (const file of readdirSync(data)) {
		if (file.endsWith('.csv')) {
			const isRegister = ['initiatives.csv', 'activities.csv'].includes(file);
			writeFileSync(join(small, file), csvOf(readRows(join(data, file)).slice(0, isRegister ? few + 1 : undefined)));
		} else {
			const columns = await parquetColumns(readFileSync(join(data, file)));
			const names = [...columns.keys()];
			const rows = Array.from({ length: few }, (_, index) =>
				names.map((name) => written(columns.get(name)?.[index] ?? null))
			);
			writeFileSync(join(small, file.replace('.parquet', '.csv')), csvOf([names, ...rows]));
		}
	}
});

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'published-'));
	cpSync(small, folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => rmSync(small, { recursive: true }));

/** The intake's error with which a promise is rejected. */
async function refused(reading: Promise<unknown>): Promise<IntakeError> {
	try {
		await reading;
	} catch (error) {
		if (error instanceof IntakeError) return error;
		throw error;
	}
	throw new Error('Nothing was refused.');
}

/** The error with which the folder is refused. */
function refusal(): Promise<IntakeError> {
	return refused(readPublished(folder));
}

/** Changes the rows of a table's file. */
function change(table: string, edit: (rows: string[][], at: (column: string) => number) => unknown): void {
	const path = join(folder, `${table}.csv`);
	const rows = readRows(path);
	edit(rows, (column) => {
		const index = rows[0]?.indexOf(column) ?? -1;
		if (index < 0) throw new Error(`${table} has no column ${column}`);
		return index;
	});
	writeFileSync(path, csvOf(rows));
}

/** Sets cells of the row on a line. */
function set(table: string, line: number, cells: Record<string, string>): void {
	change(table, (rows, at) => {
		const row = rows[line - 1];
		if (!row) throw new Error(`${table} has no line ${line}`);
		for (const [column, cell] of Object.entries(cells)) row[at(column)] = cell;
	});
}

/** That the error holds this issue, with a remedy in both languages, and says all of it when it is printed. */
function expectIssue(error: IntakeError, issue: Omit<Issue, 'remedy'>): void {
	const found = error.issues.find(
		({ file, line, column, rule }) =>
			file === issue.file && line === issue.line && column === issue.column && rule === issue.rule
	);
	expect(found, error.message).toMatchObject(issue);
	if (!found) return;
	expect(found.remedy.vi).not.toBe(found.remedy.en);
	expect(found.remedy.vi.length).toBeGreaterThan(15);
	const place = issue.line === null ? issue.file : `${issue.file}:${issue.line}`;
	const whole = new IntakeError([found]).message;
	for (const part of [
		place,
		issue.column ?? '',
		issue.raw?.slice(0, 60) ?? '',
		issue.rule,
		found.remedy.vi,
		found.remedy.en
	]) {
		expect(whole).toContain(part);
	}
}

describe('the published folder', () => {
	it('has no issue, and every row of every file is there', async () => {
		const tables = await readPublished(data);
		expect(tables.map(({ table }) => table.name)).toEqual(dataset.map(({ name }) => name));
		for (const { table, file, lines } of tables) {
			if (file.endsWith('.parquet')) expect(lines.length).toBeGreaterThan(100);
			else expect(lines.length, table.name).toBe(readRows(join(data, file)).length - 1);
		}
		expect(tables.filter(({ file }) => file.endsWith('.parquet')).map(({ file }) => file)).toEqual([
			'transfers.parquet'
		]);
	});

	it('has no issue when it is cut short for the other tests', async () => {
		const tables = await readPublished(folder);
		expect(tables.at(-1)?.lines).toHaveLength(few);
	});

	it('may hold registers without a row', async () => {
		for (const name of ['initiatives', 'transfers', 'activities', 'actuals']) change(name, (rows) => rows.splice(1));
		const tables = await readPublished(folder);
		expect(tables.slice(-3).map(({ lines }) => lines.length)).toEqual([0, 0, 0]);
	});

	it('may have a byte order mark, CRLF, blank lines and no line break at its end', async () => {
		for (const { name } of dataset) {
			const path = join(folder, `${name}.csv`);
			writeFileSync(path, `\ufeff\r\n${readFileSync(path, 'utf8').trimEnd().replaceAll('\n', '\r\n\r\n')}`);
		}
		const tables = await readPublished(folder);
		expect(tables.at(-1)?.lines.slice(0, 3)).toEqual(Int32Array.of(4, 6, 8));
	});
});

/** The columns of every table that `choose` chooses, as cases for a test. */
function columnsOf(choose: (column: Column, table: Table) => boolean): [string, string][] {
	return dataset.flatMap((table) =>
		table.columns.filter((column) => choose(column, table)).map((column): [string, string] => [table.name, column.name])
	);
}

/** One column of each table that has such. */
function firstOf(choose: (column: Column, table: Table) => boolean): [string, string][] {
	return [...new Map(columnsOf(choose).reverse()).entries()];
}

describe('one bad cell stops it, in each table', () => {
	const line = 4;
	const typeOf = (table: string, column: string) =>
		dataset.find(({ name }) => name === table)?.columns.find(({ name }) => name === column)?.type;

	it.each<[string, [string, string][], string, string | ((table: string, column: string) => string)]>([
		['a wrong code', firstOf(({ list }) => list !== undefined), 'không có', 'unknown-code'],
		['several codes, one of them wrong', firstOf(({ type }) => type === 'codes'), '1|không có', 'unknown-code'],
		['a broken reference', columnsOf(({ references }) => references !== undefined), 'TN-KHONG-CO', 'unknown-reference'],
		['a day that does not exist', firstOf(({ type }) => type === 'date'), '2025-02-30', 'type-date'],
		['a day in another form', firstOf(({ type }) => type === 'date'), '31/12/2025', 'type-date'],
		['a period in another form', firstOf(({ type }) => type === 'period'), 'Quý III/2024', 'type-period'],
		['a word for yes', firstOf(({ type }) => type === 'boolean'), 'có', 'type-boolean'],
		[
			'a decimal comma',
			firstOf(({ type }) => type === 'number' || type === 'integer'),
			'1,5',
			(table, column) => `type-${typeOf(table, column)}`
		],
		['an empty cell', firstOf(({ required }) => required === true), '', 'required'],
		['a value below its range', firstOf(({ minimum }) => minimum === 0), '-1', 'range']
	])('%s', async (_, columns, cell, rule) => {
		expect(columns.length).toBeGreaterThan(0);
		for (const [table, column] of columns) set(table, line, { [column]: cell });
		const error = await refusal();
		for (const [table, column] of columns) {
			expectIssue(error, {
				file: `${table}.csv`,
				line,
				column,
				raw: cell === '' ? null : cell,
				rule: typeof rule === 'string' ? rule : rule(table, column)
			});
		}
	});
});

describe('one bad row stops it', () => {
	it.each(dataset.map((table) => [table.name, table] as const))(
		'a key that stands twice in %s',
		async (name, table) => {
			let line = 0;
			let raw = '';
			const column = table.key[0] ?? '';
			change(name, (rows, at) => {
				line = rows.push([...(rows[2] ?? [])]);
				raw = rows[2]?.[at(column)] ?? '';
			});
			const error = await refusal();
			expectIssue(error, { file: `${name}.csv`, line, column, raw, rule: 'repeated-key' });
			expect(error.message).toMatch(/already on line 3|stands on line 3 already/);
		}
	);

	it.each(dataset.map(({ name }) => [name]))('a row that is a cell short in %s', async (name) => {
		change(name, (rows) => rows[4]?.pop());
		const error = await refusal();
		const raw = (readRowsLoosely(join(folder, `${name}.csv`))[4] ?? []).join(',');
		expectIssue(error, { file: `${name}.csv`, line: 5, column: null, raw, rule: 'row-width' });
	});

	it.each<[string, number, Record<string, string>, string, string]>([
		['units', 3, { valid_from: '2025-03-01', valid_to: '2025-03-01' }, 'valid_to', 'valid-from-before-to'],
		['activities', 5, { invited: '30', attended: '31' }, 'attended', 'attended-within-invited'],
		['activities', 5, { opinions: '4', accepted: '5' }, 'accepted', 'accepted-within-opinions'],
		['activities', 5, { held_on: '2019-01-01' }, 'held_on', 'held-within-period'],
		['initiatives', 6, { contributions: '60/30' }, 'contributions', 'contributions-total-100'],
		[
			'initiatives',
			6,
			{ submitted_on: '2021-06-01', recognised_on: '2021-05-01' },
			'recognised_on',
			'recognised-after-submitted'
		],
		['initiatives', 6, { benefit_vnd: '0' }, 'benefit_vnd', 'benefit-not-zero'],
		['transfers', 7, { value: '100', exchange_rate: '25000', value_vnd: '2500' }, 'value_vnd', 'value-converts'],
		['transfers', 7, { recipient_tax_code: '460012345' }, 'recipient_tax_code', 'tax-code-digits']
	])('fields of %s that contradict each other on line %i: %o', async (table, line, cells, column, rule) => {
		set(table, line, cells);
		expectIssue(await refusal(), { file: `${table}.csv`, line, column, raw: cells[column] ?? null, rule });
	});

	it('a level of recognition that was abolished before the day of recognition', async () => {
		set('initiatives', 6, {
			status: 'da_cong_nhan',
			result: 'dat',
			level: 'huyen',
			year: '2025',
			submitted_on: '2025-05-05',
			first_applied_on: '2025-01-06',
			recognised_on: '2025-07-01'
		});
		const error = await refusal();
		expectIssue(error, { file: 'initiatives.csv', line: 6, column: 'level', raw: 'huyen', rule: 'code-not-valid' });
		expect(error.issues).toHaveLength(1);
		set('initiatives', 6, { recognised_on: '2025-06-30' });
		await expect(readPublished(folder)).resolves.toHaveLength(dataset.length);
	});

	it('a unit above itself, and a target that is superseded by itself', async () => {
		set('units', 4, { unit_id: 'TN-MOI', parent_id: 'TN-MOI' });
		set('targets', 4, { target_id: 'TN-MOI', superseded_by: 'TN-MOI' });
		const error = await refusal();
		expectIssue(error, { file: 'units.csv', line: 4, column: 'parent_id', raw: 'TN-MOI', rule: 'own-reference' });
		expectIssue(error, { file: 'targets.csv', line: 4, column: 'superseded_by', raw: 'TN-MOI', rule: 'own-reference' });
	});
});

/** As `readRows`, of a file whose rows may be of unlike widths. */
const readRowsLoosely = (file: string): string[][] => parse(readFileSync(file, 'utf8'), { relax_column_count: true });

describe('one bad file stops it', () => {
	it.each(dataset.map((table) => [table.name, table] as const))('a column missing from %s', async (name, table) => {
		const column = table.columns.at(1)?.name ?? '';
		change(name, (rows, at) => {
			const index = at(column);
			for (const row of rows) row.splice(index, 1);
		});
		const error = await refusal();
		expectIssue(error, { file: `${name}.csv`, line: 1, column, raw: null, rule: 'missing-column' });
		expect(error.issues.filter(({ file }) => file === `${name}.csv`)).toHaveLength(1);
	});

	it.each(dataset.map(({ name }) => [name]))('%s that is missing, and only that is said', async (name) => {
		unlinkSync(join(folder, `${name}.csv`));
		const error = await refusal();
		expectIssue(error, { file: `${name}.csv`, line: null, column: null, raw: null, rule: 'missing-file' });
		expect(error.issues).toHaveLength(1);
		expect(error.message).not.toMatch(/ENOENT|node:fs/);
	});

	it('a folder that is not there', async () => {
		rmSync(folder, { recursive: true });
		const error = await refusal();
		expect(error.issues.map(({ rule }) => rule)).toEqual(dataset.map(() => 'missing-file'));
		mkdirSync(folder);
	});

	it.each<[string, string | Uint8Array, string, number | null]>([
		['empty', '', 'empty-file', 1],
		['not UTF-8', new Uint8Array([0x75, 0xe1, 0x2c]), 'not-utf-8', null],
		['an Excel workbook by another name', new Uint8Array([0x50, 0x4b, 3, 4, 0xff, 0xfe]), 'not-utf-8', null],
		['broken by a quotation mark', 'unit_id,name_vi\nTN-A,"Sở A\nTN-B,Sở B\n', 'quotation-mark', 2]
	])('a CSV file that is %s, and only that is said', async (_, content, rule, line) => {
		writeFileSync(join(folder, 'units.csv'), content);
		const error = await refusal();
		expectIssue(error, { file: 'units.csv', line, column: null, raw: null, rule });
		expect(error.issues).toHaveLength(1);
	});

	it('a folder where a file should be', async () => {
		unlinkSync(join(folder, 'units.csv'));
		mkdirSync(join(folder, 'units.csv'));
		expectIssue(await refusal(), { file: 'units.csv', line: null, column: null, raw: null, rule: 'unreadable-file' });
	});

	it('a table that is there twice', async () => {
		cpSync(join(data, 'transfers.parquet'), join(folder, 'transfers.parquet'));
		expectIssue(await refusal(), {
			file: 'transfers.parquet',
			line: null,
			column: null,
			raw: null,
			rule: 'two-files'
		});
	});

	it('all issues of all files are named, not only the first', async () => {
		unlinkSync(join(folder, 'unit_aliases.csv'));
		set('units', 3, { kind: 'x', reports: 'có' });
		set('activities', 9, { sessions: 'hai' });
		expect((await refusal()).issues.map(({ file, line, column }) => [file, line, column])).toEqual([
			['units.csv', 3, 'reports'],
			['units.csv', 3, 'kind'],
			['unit_aliases.csv', null, null],
			['activities.csv', 9, 'sessions']
		]);
	});
});

describe('a Parquet file', () => {
	const whole = readFileSync(join(data, 'transfers.parquet'));

	beforeEach(() => unlinkSync(join(folder, 'transfers.csv')));
	const put = (bytes: Uint8Array) => writeFileSync(join(folder, 'transfers.parquet'), bytes);

	it('is taken as it is', async () => {
		put(whole);
		const transfers = (await readPublished(folder)).find(({ table }) => table.name === 'transfers');
		expect(transfers?.file).toBe('transfers.parquet');
		expect([...(transfers?.values.certified_on ?? [])].every((value) => value instanceof Date)).toBe(true);
		expect(transfers?.values.certified_on?.length).toBeGreaterThan(0);
	});

	it.each<[string, () => Uint8Array]>([
		['empty', () => new Uint8Array()],
		['cut short', () => whole.subarray(0, whole.length / 2)],
		['text', () => new TextEncoder().encode('transfer_id,unit_id\n1,2\n')],
		['without its footer', () => whole.subarray(0, -8)],
		[
			'damaged in its footer',
			() => whole.map((byte, index) => (index > whole.length - 2000 && index < whole.length - 8 ? byte ^ 0x5a : byte))
		],
		['damaged in its columns', () => whole.map((byte, index) => (index > 100 && index < 4000 ? byte ^ 0x5a : byte))]
	])('that is %s is named', async (_, bytes) => {
		put(bytes());
		const error = await refusal();
		expectIssue(error, { file: 'transfers.parquet', line: null, column: null, raw: null, rule: 'not-parquet' });
		expect(error.issues).toHaveLength(1);
	});

	it('still opens after damaged ones', async () => {
		put(whole);
		await expect(readPublished(folder)).resolves.toHaveLength(dataset.length);
	});

	it('with wrong cells is named by row, column, value and remedy', async () => {
		const columns = await parquetColumns(whole);
		const { Table: ParquetTable, writeParquet } = await import('parquet-wasm');
		const { tableToIPC } = await import('apache-arrow');
		const edited = (name: string, edit: (value: Value, index: number) => Value) =>
			columns.set(name, (columns.get(name) ?? []).map(edit));
		edited('direction', (value, index) => (index === 2 ? 'vào VN' : value));
		edited('unit_id', (value, index) => (index === 4 ? 'TN-KHONG-CO' : value));
		edited('transfer_id', (value, index) => (index === 6 ? (columns.get('transfer_id')?.[5] ?? null) : value));
		edited('technology', (value, index) => (index === 7 ? null : value));
		edited('term_months', (value) => (value === null ? null : String(value)));
		columns.delete('payment');
		const arrow = new ArrowTable(
			Object.fromEntries([...columns].map(([name, values]) => [name, vectorFromArray(values)]))
		);
		put(writeParquet(ParquetTable.fromIPCStream(tableToIPC(arrow, 'stream'))));
		const error = await refusal();
		const file = 'transfers.parquet';
		expectIssue(error, { file, line: null, column: 'payment', raw: null, rule: 'missing-column' });
		expectIssue(error, { file, line: 3, column: 'direction', raw: 'vào VN', rule: 'unknown-code' });
		expectIssue(error, { file, line: 5, column: 'unit_id', raw: 'TN-KHONG-CO', rule: 'unknown-reference' });
		expectIssue(error, {
			file,
			line: 7,
			column: 'transfer_id',
			raw: String(columns.get('transfer_id')?.[5]),
			rule: 'repeated-key'
		});
		expectIssue(error, { file, line: 8, column: 'technology', raw: null, rule: 'required' });
		expect(error.issues.some(({ column, rule }) => column === 'term_months' && rule === 'type-integer')).toBe(true);
	});
});

describe('the expressions of indicators.csv', () => {
	async function check(tables: readonly Typed[]): Promise<void> {
		const db = await openNodeDatabase();
		try {
			for (const typed of tables) {
				await db.insert({ name: typed.table.name, bytes: () => Promise.resolve(toArrow(typed)) });
			}
			await deriveTables(db);
			await checkIndicators(tables, db);
		} finally {
			await db.close();
		}
	}

	it('that are published are right', async () => {
		await expect(check(await readPublished(data))).resolves.toBeUndefined();
	});

	it('are checked too when the registers hold no row', async () => {
		for (const name of ['initiatives', 'transfers', 'activities']) change(name, (rows) => rows.splice(1));
		await expect(check(await readPublished(folder))).resolves.toBeUndefined();
		set('indicators', lineOf('initiatives_received'), { value: 'max(title)' });
		expect((await refused(check(await readPublished(folder)))).issues).toMatchObject([
			{ file: 'indicators.csv', column: 'value', raw: 'max(title)' }
		]);
	});

	/** The line of an indicator in the folder's file. */
	function lineOf(indicator: string): number {
		return readRows(join(folder, 'indicators.csv')).findIndex(([id]) => id === indicator) + 1;
	}

	it('that are wrong are each named with file, line, column, expression and reason', async () => {
		const wrong: [string, 'value' | 'denominator' | 'condition' | 'date_column', string, RegExp][] = [
			['initiatives_received', 'value', 'count(*', /bracket is not closed/],
			['initiatives_recognised', 'condition', "statuss = 'da_cong_nhan'", /statuss.*not found/],
			['initiatives_benefit_total', 'value', 'benefit_vnd', /not an aggregate/],
			['initiatives_benefit_median', 'value', 'max(title)', /VARCHAR; a number is needed/],
			['initiatives_applied_share', 'denominator', '', /needs a denominator/],
			['initiatives_per_100_staff', 'denominator', 'headcount.people', /headcount/],
			['transfers_new', 'date_column', 'technology', /of type VARCHAR, not a day/],
			['transfers_amended', 'date_column', '', /needs this cell/],
			['oral_sessions', 'value', 'sum(sessions); DROP TABLE units', /semicolon/],
			['articles', 'denominator', 'count(*)', /only class ratio/],
			['grdp', 'value', 'count(*)', /must leave this cell empty/],
			['reports_missing_share', 'condition', 'submitted_on < current_date', /current_date/]
		];
		for (const [indicator, column, text] of wrong) set('indicators', lineOf(indicator), { [column]: text });
		const error = await refused(check(await readPublished(folder)));
		for (const [indicator, column, text, reason] of wrong) {
			const line = lineOf(indicator);
			expectIssue(error, { file: 'indicators.csv', line, column, raw: text === '' ? null : text, rule: 'expression' });
			expect(error.issues.find((issue) => issue.line === line)?.remedy.en).toMatch(reason);
		}
		expect(error.issues).toHaveLength(wrong.length);
		expect(error.issues.map(({ line }) => line)).toEqual(
			error.issues.map(({ line }) => line).sort((a, b) => Number(a) - Number(b))
		);
	});
});
