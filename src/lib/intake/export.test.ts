import {
	Bool,
	DateDay,
	Float64,
	Table as ArrowTable,
	tableFromIPC,
	tableToIPC,
	Utf8,
	makeVector,
	vectorFromArray
} from 'apache-arrow';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import { publishedReferences } from '../../../tests/reference';
import { dataset } from '../model/dataset';
import { sheetQuery, type PivotSheet } from '../model/pivot';
import { initiatives } from '../model/register';
import type { References } from '../model/reference';
import type { Row, Table, Value } from '../model/table';
import { parquetColumns, toArrow } from './arrow';
import { ExportError, forms, headingsFor, write, type Form, type Order, type WrittenFile } from './export';
import { readPublished } from './published';
import { Session } from './session';
import { rowsAsObjects, type Typed } from './typed';
import { held } from './values';
import { workbookGrids } from './workbook';
import { tokenise } from './delimited';

const still = () => undefined;
let references: References;
let sample: readonly Row[];

beforeAll(async () => {
	references = await publishedReferences();
	const tables = await readPublished('data');
	const rows = (name: string) => {
		const typed = tables.find(({ table }) => table.name === name);
		return typed ? rowsAsObjects(typed) : [];
	};
	sample = rows('initiatives').slice(0, 60);
});

function order(form: Form, table: Pick<Table, 'columns' | 'label'>, locale: 'vi' | 'en' = 'vi'): Order {
	return {
		name: 'sang-kien',
		form,
		headings: headingsFor(table.columns, locale),
		origin: {
			title: table.label.vi,
			filters: ['Cấp: Cấp tỉnh', 'Năm: 2025'],
			until: '2026-09-30',
			sources: [{ name: 'initiatives.csv', sha256: 'a'.repeat(64) }],
			sql: 'SELECT * FROM initiatives',
			address: '/explore/?level=tinh',
			notice: 'Dữ liệu mẫu'
		},
		words: {
			sheet: 'Nguồn gốc',
			title: 'Bảng',
			filters: 'Bộ lọc',
			none: 'không lọc',
			until: 'Số liệu đến',
			sources: 'Tệp nguồn',
			sql: 'SQL',
			address: 'Địa chỉ',
			notice: 'Lưu ý'
		}
	};
}

/** Only the declared columns, as a page asks for them: no derived ones. */
function typed(table: Table, rows: readonly Row[]): Typed {
	const values: Record<string, Value[]> = {};
	for (const { name } of table.columns) values[name] = rows.map((row) => row[name] ?? null);
	return { table, file: '', values: held(values), lines: Int32Array.from(rows, (_, index) => index + 1) };
}

function bytesOf(file: WrittenFile | undefined): Uint8Array {
	if (!file) throw new Error('nothing was written');
	const bytes = new Uint8Array(file.pieces.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const piece of file.pieces) {
		bytes.set(piece, at);
		at += piece.length;
	}
	return bytes;
}

/** A file opened and finished by the intake, as plain rows. */
async function reopened(file: WrittenFile | undefined, table: Table): Promise<Row[]> {
	const session = new Session(
		{
			tables: ['initiatives', 'transfers', 'activities'],
			references,
			aliases: [],
			plans: {},
			day: '2026-11-24',
			limit: 2 ** 29
		},
		dataset
	);
	const { parts } = await session.open(file?.name ?? '', bytesOf(file), still);
	expect(parts.map(({ plan }) => plan?.table ?? null).filter((name) => name !== null)).toEqual([table.name]);
	const view = session.check(0, still);
	expect(view.groups.filter(({ severity }) => severity === 'error')).toEqual([]);
	expect(view.account.waiting).toBe(0);
	const arrow = tableFromIPC(session.finish(0, view).rows);
	return Array.from({ length: arrow.numRows }, (_, row) =>
		Object.fromEntries(
			table.columns.map(({ name, type }) => {
				const value = arrow.getChild(name)?.get(row) as Value | undefined;
				return [name, value != null && type === 'date' ? new Date(Number(value)) : (value ?? null)];
			})
		)
	);
}

const texts = [
	'=1+1',
	'-5',
	'+84 208',
	'@SUM(A1)',
	"'=đã có dấu nháy",
	"'thường",
	'＝1+1',
	'Nói "xong", rồi; thôi',
	'Hai\ndòng; một ô',
	'a,b;c\td',
	'001',
	'1.234',
	'TRUE',
	'2025-01-02',
	'_x0041_ và &amp; <b>',
	'đổi mới 👩🏽‍🚀',
	'NULL',
	'null'
];

/** Rows of the sample with every awkward text in them. */
function awkward(): Row[] {
	return sample.map((row, index) => {
		const text = texts[index % texts.length] ?? '';
		return { ...row, title: `${text} ${index}`, note: text, co_authors: index % 3 === 0 ? null : text };
	});
}

const amounts = [1.234, 5, 0.1, 1e-7, 123456789012345, 12.5, 1234567.125, 999.999, 1.5, 4503599627370495.5, 2.5e-9];

describe.each(forms)('rows taken away as %s', (form) => {
	it('come back through the intake as they were: awkward texts, days, nulls', async () => {
		const rows = awkward();
		const [file] = await write(toArrow(typed(initiatives, rows)), order(form, initiatives));
		const expected = rows.map((row) =>
			Object.fromEntries(initiatives.columns.map(({ name }) => [name, row[name] ?? null]))
		);
		expect(await reopened(file, initiatives)).toEqual(expected);
	});

	it('come back with their amounts, huge, tiny and in between', async () => {
		const column = 'benefit_vnd';
		const rows = sample.map((row, index) => ({
			...row,
			benefit_verified: index % 2 === 0 ? false : null,
			[column]: index % 5 === 4 ? null : (amounts[index % amounts.length] ?? 0)
		}));
		const [file] = await write(toArrow(typed(initiatives, rows)), order(form, initiatives));
		const back = await reopened(file, initiatives);
		expect(back.map((row) => row[column])).toEqual(rows.map((row) => row[column]));
	});

	it('come back with English headings too', async () => {
		const rows = awkward().slice(0, 20);
		const [file] = await write(toArrow(typed(initiatives, rows)), order(form, initiatives, 'en'));
		expect((await reopened(file, initiatives)).map(({ title }) => title)).toEqual(rows.map(({ title }) => title));
	});

	it('may be none', async () => {
		const files = await write(toArrow(typed(initiatives, [])), order(form, initiatives));
		expect(files[0]?.pieces.length).toBeGreaterThan(0);
	});
});

/** One column of each type with all that it may hold. */
function mixed(): Uint8Array {
	const days = [new Date('2025-07-01'), null, new Date('1899-12-31'), new Date('9999-12-31')];
	return tableToIPC(
		new ArrowTable({
			text: vectorFromArray(['', null, '=1+1', '-5'], new Utf8()),
			number: vectorFromArray([-5, null, 1e300, 5e-324], new Float64()),
			day: vectorFromArray(days, new DateDay()),
			yes: vectorFromArray([true, null, false, true], new Bool())
		}),
		'stream'
	);
}

const plain = { label: { vi: 'Kết quả', en: 'Answer' }, columns: [] };
const textOf = (file: WrittenFile | undefined) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(file));

describe('CSV', () => {
	it('has points and commas for programs; a byte order mark, semicolons and decimal commas for Vietnamese Excel', async () => {
		const [first] = await write(mixed(), order('csv', plain));
		expect(textOf(first)).toBe(
			'text,number,day,yes\r\n"",-5,2025-07-01,true\r\n,,,\r\n\'=1+1,1e300,1899-12-31,false\r\n\'-5,5e-324,9999-12-31,true\r\n'
		);
		const [second] = await write(
			tableToIPC(new ArrowTable({ 'giá; trị': vectorFromArray([1234.5, -0.5, 1.234], new Float64()) }), 'stream'),
			order('csv-vi', plain)
		);
		expect(textOf(second)).toBe('\ufeff"giá; trị"\r\n1234,5\r\n-0,5\r\n1,2340\r\n');
	});

	it('can hold no formula: no cell of a text starts as one, numbers stay numbers', async () => {
		for (const form of ['csv', 'csv-vi'] as const) {
			const [file] = await write(toArrow(typed(initiatives, awkward())), order(form, initiatives));
			const raw = textOf(file).replace(/^\ufeff/, '');
			// Read as other programs read it, apostrophes and all.
			const cells = raw.split(/[,;\r\n]+/).map((cell) => cell.replace(/^"/, ''));
			expect(cells.filter((cell) => /^[=+@\t＝]/.test(cell))).toEqual([]);
			expect(cells.filter((cell) => cell.startsWith('-') && !/^-\d/.test(cell))).toEqual([]);
			const grid = await tokenise('x.csv', new TextEncoder().encode(raw), {
				delimiter: form === 'csv' ? ',' : ';',
				columns: initiatives.columns.length,
				certainty: 1
			});
			const note = initiatives.columns.findIndex(({ name }) => name === 'note');
			expect(grid.cell(1, note)).toBe('=1+1');
		}
	});

	it('can hold no formula in a heading, nor in a text that begins with any sign of one', async () => {
		const signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
		for (const form of ['csv', 'csv-vi'] as const)
			for (const sign of signs) {
				const one = new ArrowTable({ '=name': vectorFromArray([`${sign}1+1`], new Utf8()) });
				const [file] = await write(tableToIPC(one, 'stream'), order(form, plain));
				const [head, ...rest] = textOf(file)
					.replace(/^\ufeff/, '')
					.split('\r\n');
				expect(head).toBe("'=name");
				expect(rest.join('\r\n').replace(/^"/, '')).toMatch(/^'/);
			}
	});

	it('is described in a file beside it', async () => {
		const [, beside] = await write(mixed(), order('csv-vi', plain));
		expect(beside?.name).toBe('sang-kien.csv-metadata.json');
		expect(JSON.parse(textOf(beside))).toMatchObject({
			'@context': 'http://www.w3.org/ns/csvw',
			url: 'sang-kien.csv',
			dialect: { delimiter: ';', header: true },
			tableSchema: {
				columns: [{ name: 'text' }, { name: 'number', datatype: { format: { decimalChar: ',' } } }, {}, {}]
			},
			'dc:description': ['Cấp: Cấp tỉnh', 'Năm: 2025'],
			'dc:date': '2026-09-30',
			'dc:source': [{ 'dc:title': 'initiatives.csv', 'dc:identifier': `sha256:${'a'.repeat(64)}` }]
		});
	});
});

describe('a workbook', () => {
	it('holds values of their types, and says on a second sheet where they come from', async () => {
		const [file] = await write(mixed(), order('xlsx', plain));
		const bytes = bytesOf(file);
		const [rows, origin] = await workbookGrids('x.xlsx', bytes);
		const cells = (row: number) => [0, 1, 2, 3].map((column) => rows?.cell(row, column) ?? null);
		expect(cells(0)).toEqual(['text', 'number', 'day', 'yes']);
		expect(cells(1).slice(1)).toEqual([-5, new Date('2025-07-01'), true]);
		expect(cells(3)).toEqual(['=1+1', 1e300, '1899-12-31', false]);
		expect(cells(4)).toEqual(['-5', 5e-324, new Date('9999-12-31'), true]);
		expect(strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).not.toContain('<f>');
		const told = Array.from({ length: origin?.length ?? 0 }, (_, row) => [origin?.cell(row, 0), origin?.cell(row, 1)]);
		expect(told).toContainEqual(['Bộ lọc', 'Cấp: Cấp tỉnh']);
		expect(told).toContainEqual(['Tệp nguồn', `initiatives.csv · SHA-256 ${'a'.repeat(64)}`]);
		expect(told).toContainEqual(['Số liệu đến', '2026-09-30']);
	});

	it('refuses what Excel would cut', async () => {
		const long = tableToIPC(new ArrowTable({ text: vectorFromArray(['x'.repeat(32_768)], new Utf8()) }), 'stream');
		await expect(write(long, order('xlsx', plain))).rejects.toBeInstanceOf(ExportError);
		const many = tableToIPC(new ArrowTable({ n: makeVector(new Float64Array(1_048_576)) }), 'stream');
		await expect(write(many, order('xlsx', plain))).rejects.toThrow('1048575');
	});
});

describe('a pivot', () => {
	const sheet: PivotSheet = {
		head: [
			['', '2024', '2024', 'Tổng cộng'],
			['Cấp', 'Số dòng', 'Tổng làm lợi', 'Số dòng']
		],
		body: [
			['=Cấp tỉnh', 2, 12.5, 2],
			['Cấp cơ sở', 1, null, 1],
			['Tổng cộng', 3, 12.5, 3]
		]
	};
	const names = ['Cấp', '2024 · Số dòng', '2024 · Tổng làm lợi', 'Tổng cộng · Số dòng'];
	let stream: Uint8Array;

	beforeAll(async () => {
		const db = await openTestDatabase();
		const pieces: Uint8Array[] = [];
		await db.copy(sheetQuery(sheet, 1), (piece) => pieces.push(piece.slice()));
		await db.close();
		stream = tableToIPC(tableFromIPC(pieces), 'stream');
	});

	const taken = async (form: Form) => {
		const [file] = await write(stream.slice(), { ...order(form, plain), headings: {} });
		return bytesOf(file);
	};

	it('keeps its totals and what is empty as CSV, and a name stays no formula', async () => {
		expect(strFromU8(await taken('csv'))).toBe(
			`${names.join(',')}\r\n'=Cấp tỉnh,2,12.5,2\r\nCấp cơ sở,1,,1\r\nTổng cộng,3,12.5,3\r\n`
		);
		const bytes = await taken('csv-vi');
		expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
		expect(strFromU8(bytes.subarray(3))).toBe(
			`${names.join(';')}\r\n'=Cấp tỉnh;2;12,5;2\r\nCấp cơ sở;1;;1\r\nTổng cộng;3;12,5;3\r\n`
		);
	});

	it('keeps them in a workbook, in Parquet and in Arrow', async () => {
		const [rows] = await workbookGrids('x.xlsx', await taken('xlsx'));
		const lines = [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => rows?.cell(row, column) ?? null));
		expect(lines).toEqual([names, ...sheet.body]);
		const columns = await parquetColumns(await taken('parquet'));
		const table = tableFromIPC(await taken('arrow'));
		names.forEach((name, at) => {
			const wanted = sheet.body.map((row) => row[at]);
			expect(columns.get(name)).toEqual(wanted);
			expect([...(table.getChild(name) ?? [])]).toEqual(wanted);
		});
	});

	it('tells columns of one name apart', async () => {
		const db = await openTestDatabase();
		const twice = { head: [['Tên', 'A', 'a']], body: [['x', 1, 2]] };
		expect(await db.query(sheetQuery(twice, 1))).toEqual([{ Tên: 'x', A: 1, 'a (2)': 2 }]);
		await db.close();
	});
});

describe('Parquet and Arrow', () => {
	it('keep every value and their origin', async () => {
		const [arrow] = await write(mixed(), order('arrow', plain));
		const table = tableFromIPC(bytesOf(arrow));
		expect([...(table.getChild('text') ?? [])]).toEqual(['', null, '=1+1', '-5']);
		expect([...(table.getChild('number') ?? [])]).toEqual([-5, null, 1e300, 5e-324]);
		expect(table.schema.metadata.get('dc:date')).toBe('2026-09-30');
		expect(table.schema.metadata.get('dc:source')).toContain('a'.repeat(64));
		const [parquet] = await write(mixed(), order('parquet', plain));
		const columns = await parquetColumns(bytesOf(parquet));
		expect(columns.get('text')).toEqual(['', null, '=1+1', '-5']);
		expect(columns.get('yes')).toEqual([true, null, false, true]);
		expect(columns.get('day')?.[0]).toEqual(new Date('2025-07-01'));
		expect(strFromU8(bytesOf(parquet), true)).toContain('sha256:aaaa');
	});
});
