/**
 * Rows out, by the door that they come in: CSV, workbooks, Parquet and Arrow that this intake reads back as the very same rows.
 *
 * A text that a spreadsheet would take for a formula is written, in CSV, behind an apostrophe, which `delimited.ts` takes off again; in a
 * workbook it is a text by its type. Numbers are never quoted, so that `-5` stays one. Every file says where its rows come from:
 * in its metadata (Parquet, Arrow), on a second sheet (workbooks), or, since a comment in CSV would be read as a row, in a second file as
 * the W3C's “CSV on the Web” wants it, named `….csv-metadata.json`. Empty texts and nulls differ in Parquet and Arrow, and in CSV by their quotes; this
 * intake, like a spreadsheet, reads both as nothing.
 */
import { RecordBatchReader, Schema, Table as ArrowTable, tableToIPC } from 'apache-arrow';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { Bilingual, Column } from '../model/table';
import { loadParquet } from './arrow';
import { columnarGrid } from './columnar';
import { harmless } from './formula';
import type { Cell, Grid } from './grid';
import { escaped, letters } from './template';
import { cellText, sheetColumns, sheetRows } from './workbook';

/** A form in which rows are taken away: plain CSV, CSV as Vietnamese Excel opens it (`;` and decimal commas), and three more. */
export type Form = 'csv' | 'csv-vi' | 'xlsx' | 'parquet' | 'arrow';

export const forms: readonly Form[] = ['csv-vi', 'xlsx', 'csv', 'parquet', 'arrow'];

/** Where rows come from, as their file says it. */
export interface Origin {
	/** What the rows are. */
	readonly title: string;
	/** The filters in words, one a line; none when all rows are there. */
	readonly filters: readonly string[];
	/** The last day that the data tell of, `YYYY-MM-DD`; null when there are no data. */
	readonly until: string | null;
	/** The files that the data were read from, with their SHA-256 in hexadecimal. */
	readonly sources: readonly { readonly name: string; readonly sha256: string }[];
	/** The question in SQL. */
	readonly sql: string;
	/** The address at which the same is shown; null when there is none. */
	readonly address: string | null;
	/** What must be said with it, such as that the rows are a sample; null when nothing must. */
	readonly notice: string | null;
}

/** The words around an origin, in the reader's language. */
export interface OriginWords {
	readonly sheet: string;
	readonly title: string;
	readonly filters: string;
	readonly none: string;
	readonly until: string;
	readonly sources: string;
	readonly sql: string;
	readonly address: string;
	readonly notice: string;
}

/** What is to be written. */
export interface Order {
	/** Name of the file, without an ending. */
	readonly name: string;
	readonly form: Form;
	/** Headings of columns that people read, by the name of the column. */
	readonly headings: Readonly<Record<string, string>>;
	readonly origin: Origin;
	readonly words: OriginWords;
}

/** The headings of a table's columns for people; an amount of đồng says so, so that nobody takes it for millions. */
export function headingsFor(columns: readonly Column[], locale: keyof Bilingual): Record<string, string> {
	return Object.fromEntries(
		columns.map(({ name, label }) => {
			const said = /\bVND\b|đồng/.test(label[locale]);
			const unit = locale === 'vi' ? ' (đồng)' : ' (VND)';
			return [name, label[locale] + (name.endsWith('_vnd') && !said ? unit : '')];
		})
	);
}

/** A file that was written, in pieces. */
export interface WrittenFile {
	readonly name: string;
	readonly type: string;
	readonly pieces: readonly Uint8Array[];
}

/** Rows that a form cannot hold, with what to do about it. */
export class ExportError extends Error {
	override readonly name = 'ExportError';
	constructor(readonly remedy: Bilingual) {
		super(remedy.en);
	}
}

/** Called with the share of the rows that are written. */
type Step = (share: number) => void;

/** How many rows are put into one piece. */
const stride = 10_000;

/** How many characters a cell of a workbook holds. */
const cellLength = 32_767;

/**
 * Writes the rows of an Arrow IPC stream.
 *
 * @throws ExportError when the form cannot hold them.
 */
export async function write(stream: Uint8Array, order: Order, step: Step = () => undefined): Promise<WrittenFile[]> {
	const { name, form } = order;
	switch (form) {
		case 'csv':
		case 'csv-vi': {
			const grid = await columnarGrid(name, stream, 'arrow');
			return [
				{ name: `${name}.csv`, type: 'text/csv', pieces: csvPieces(grid, order, step) },
				{
					name: `${name}.csv-metadata.json`,
					type: 'application/csvm+json',
					pieces: [strToU8(JSON.stringify(csvMetadata(grid, order), null, '\t'))]
				}
			];
		}
		case 'xlsx': {
			const grid = await columnarGrid(name, stream, 'arrow');
			const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
			return [{ name: `${name}.xlsx`, type, pieces: workbookPieces(grid, order, step) }];
		}
		case 'parquet':
			return [
				{ name: `${name}.parquet`, type: 'application/vnd.apache.parquet', pieces: [await parquet(stream, order)] }
			];
		case 'arrow':
			return [{ name: `${name}.arrows`, type: 'application/vnd.apache.arrow.stream', pieces: arrow(stream, order) }];
	}
}

/** The digits of a number without an exponent, where they are few, and so that no thousands can be read in them. */
function digits(value: number): string {
	const text = String(value);
	const power = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
	if (power) {
		const [, sign = '', first = '', rest = '', exponent = ''] = power;
		if (Math.abs(Number(exponent)) > 30) return text.replace('e+', 'e');
		if (Number(exponent) > 0) return String(BigInt(value));
		return `${sign}0.${'0'.repeat(-Number(exponent) - 1)}${first}${rest}`;
	}
	return /^-?[1-9]\d{0,2}\.\d{3}$/.test(text) ? `${text}0` : text;
}

function csvCell(cell: Cell, form: Form): string {
	if (cell === null) return '';
	if (cell === '') return '""';
	if (typeof cell === 'number') return form === 'csv-vi' ? digits(cell).replace('.', ',') : digits(cell);
	const text = cellText(cell);
	const guarded = typeof cell === 'string' ? harmless(text) : text;
	// A text with spaces around it keeps them only within quotes.
	return /[",;\t\n\r]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The headings of a file: the columns' own names for programs, those of the page for people. */
function headingsOf({ names }: Grid, { form, headings }: Order): string[] {
	const plain = form === 'csv';
	return (names ?? []).map((name) => (plain ? name : (headings[name] ?? name)));
}

function csvPieces(grid: Grid, order: Order, step: Step): Uint8Array[] {
	const { form } = order;
	const separator = form === 'csv-vi' ? ';' : ',';
	const line = (cells: readonly Cell[]) => {
		const text = cells.map((cell) => csvCell(cell, form)).join(separator);
		// A lone empty cell would be a blank line, which is no row.
		return `${text === '' && cells.length === 1 ? '""' : text}\r\n`;
	};
	const pieces = [strToU8((form === 'csv-vi' ? '\ufeff' : '') + line(headingsOf(grid, order)))];
	for (let start = 0; start < grid.length; start += stride) {
		let text = '';
		for (let row = start; row < Math.min(start + stride, grid.length); row++) text += line(cellsOf(grid, row));
		pieces.push(strToU8(text));
		step(Math.min(1, (start + stride) / grid.length));
	}
	return pieces;
}

function cellsOf(grid: Grid, row: number): Cell[] {
	return Array.from({ length: grid.breadth }, (_, column) => grid.cell(row, column));
}

/** The metadata of a CSV file in the terms of the W3C's “Metadata Vocabulary for Tabular Data”. */
function csvMetadata(grid: Grid, order: Order): unknown {
	const { name, form, headings, origin } = order;
	const shown = headingsOf(grid, order);
	return {
		'@context': 'http://www.w3.org/ns/csvw',
		url: `${name}.csv`,
		dialect: { delimiter: form === 'csv-vi' ? ';' : ',', header: true, encoding: 'utf-8' },
		tableSchema: {
			columns: (grid.names ?? []).map((column, at) => ({
				name: column,
				titles: [...new Set([shown[at], headings[column] ?? column])],
				...(holdsNumbers(grid, at)
					? { datatype: { base: 'number', format: { decimalChar: form === 'csv-vi' ? ',' : '.' } } }
					: {})
			}))
		},
		...originRecord(origin)
	};
}

/** Whether the first value of a column is a number. */
function holdsNumbers(grid: Grid, column: number): boolean {
	for (let row = 0; row < grid.length; row++) {
		const cell = grid.cell(row, column);
		if (cell !== null) return typeof cell === 'number';
	}
	return false;
}

/** An origin by the terms of Dublin Core. */
function originRecord(origin: Origin): Record<string, unknown> {
	return {
		'dc:title': origin.title,
		'dc:description': origin.filters,
		'dc:date': origin.until,
		'dc:source': origin.sources.map(({ name, sha256 }) => ({ 'dc:title': name, 'dc:identifier': `sha256:${sha256}` })),
		'dc:provenance': origin.sql,
		'dc:identifier': origin.address,
		'dc:rights': origin.notice
	};
}

/** The same as pairs of texts, for formats that keep such. */
function originPairs(origin: Origin): Map<string, string> {
	const pairs = new Map<string, string>();
	for (const [key, value] of Object.entries(originRecord(origin))) {
		if (value !== null) pairs.set(key, typeof value === 'string' ? value : JSON.stringify(value));
	}
	return pairs;
}

async function parquet(stream: Uint8Array, { origin }: Order): Promise<Uint8Array> {
	const { Table, WriterPropertiesBuilder, Compression, writeParquet } = await loadParquet();
	const properties = new WriterPropertiesBuilder()
		.setCompression(Compression.ZSTD)
		.setKeyValueMetadata(originPairs(origin))
		.build();
	return writeParquet(Table.fromIPCStream(stream), properties);
}

/**
 * The same stream with the origin in its schema. Its rows stay the bytes that they are: when `apache-arrow` writes them anew, it forgets the buffer of
 * a column of truth values that are all null, and others cannot read the file.
 */
function arrow(stream: Uint8Array, { origin }: Order): Uint8Array[] {
	const { schema } = RecordBatchReader.from(stream).open();
	const told = tableToIPC(new ArrowTable(new Schema(schema.fields, originPairs(origin))), 'stream');
	return [told.subarray(0, messageEnd(told)), stream.subarray(messageEnd(stream))];
}

/** Where the first message of a stream ends: its schema, which has no body. */
function messageEnd(stream: Uint8Array): number {
	const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
	const marked = view.getInt32(0, true) === -1;
	return marked ? 8 + view.getInt32(4, true) : 4 + view.getInt32(0, true);
}

/** The formats of cells, by their place in `cellXfs`. */
const style = { plain: 0, heading: 1, day: 2, instant: 3, text: 4 } as const;

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const content = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const styles =
	`<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>` +
	'<numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm:ss"/></numFmts>' +
	'<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
	'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
	'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
	'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">' +
	[
		[0, 0],
		[49, 1],
		[164, 0],
		[165, 0],
		[49, 0]
	]
		.map(
			([format, font]) =>
				`<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`
		)
		.join('') +
	'</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

/** The first day that Excel and the calendar count alike. */
const firstDay = Date.UTC(1900, 2, 1);
const lastDay = Date.UTC(9999, 11, 31);

/** A text in a workbook: `_x0041_` in it would be read as a letter, and a carriage return would be lost. */
function sheetText(text: string, place: string, format: number): string {
	if (text.length > cellLength) {
		throw new ExportError({
			vi: `Ô ${place} dài hơn ${cellLength} ký tự, Excel không giữ được; hãy tải về dạng CSV hoặc Parquet.`,
			en: `Cell ${place} is longer than ${cellLength} characters, which Excel cannot hold; take the rows as CSV or Parquet.`
		});
	}
	const safe = escaped(text.replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')).replaceAll('\r', '_x000D_');
	return `<c r="${place}" s="${format}" t="inlineStr"><is><t xml:space="preserve">${safe}</t></is></c>`;
}

function sheetCell(cell: Cell, place: string): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
	if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`;
	if (cell instanceof Date && cell.getTime() >= firstDay && cell.getTime() < lastDay + 86_400_000) {
		const format = cell.getTime() % 86_400_000 === 0 ? style.day : style.instant;
		return `<c r="${place}" s="${format}"><v>${cell.getTime() / 86_400_000 + 25_569}</v></c>`;
	}
	return sheetText(cellText(cell), place, style.text);
}

/** The sheet that says where the rows come from. */
function originSheet({ origin, words }: Order): string[][] {
	const { filters, sources } = origin;
	const rows: [string, string][] = [
		[words.title, origin.title],
		...(filters.length === 0 ? [words.none] : filters).map((filter): [string, string] => [words.filters, filter]),
		[words.until, origin.until ?? ''],
		...sources.map(({ name, sha256 }): [string, string] => [words.sources, `${name} · SHA-256 ${sha256}`]),
		[words.sql, origin.sql.slice(0, cellLength)],
		[words.address, origin.address ?? ''],
		[words.notice, origin.notice ?? '']
	];
	return rows.filter(([, text]) => text !== '');
}

function workbookPieces(grid: Grid, order: Order, step: Step): Uint8Array[] {
	if (grid.length >= sheetRows || grid.breadth > sheetColumns) {
		throw new ExportError({
			vi: `Bảng có ${grid.length} dòng và ${grid.breadth} cột; một trang Excel chỉ giữ ${sheetRows - 1} dòng và ${sheetColumns} cột. Hãy lọc bớt, hoặc tải về dạng CSV hay Parquet.`,
			en: `There are ${grid.length} rows and ${grid.breadth} columns; a sheet of Excel holds ${sheetRows - 1} and ${sheetColumns}. Filter the rows, or take them as CSV or Parquet.`
		});
	}
	const pieces: Uint8Array[] = [];
	let failure: Error | null = null;
	const zip = new Zip((error, piece) => {
		if (error) failure = error;
		else pieces.push(piece);
	});
	const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
	const entry = (path: string) => {
		const file = new ZipDeflate(path, { level: 1 });
		file.mtime = new Date(2000, 0, 1);
		zip.add(file);
		return (text: string, last = false) => file.push(strToU8(text), last);
	};
	const whole = (path: string, xml: string) => entry(path)(declaration + xml, true);
	whole(
		'[Content_Types].xml',
		'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
			'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
			`<Override PartName="/xl/workbook.xml" ContentType="${content}.sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="${content}.styles+xml"/>` +
			[1, 2]
				.map(
					(number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${content}.worksheet+xml"/>`
				)
				.join('') +
			'</Types>'
	);
	whole(
		'_rels/.rels',
		`<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	);
	// Excel takes at most 31 characters, none of them of its formulas, and no name twice.
	const sheetName = (text: string) => text.replace(/[\\/?*:[\]']/g, ' ').slice(0, 31);
	const second = sheetName(order.words.sheet);
	const first = sheetName(order.origin.title) || 'Data';
	whole(
		'xl/workbook.xml',
		`<workbook xmlns="${main}" xmlns:r="${office}"><sheets>` +
			`<sheet name="${escaped(first.toLowerCase() === second.toLowerCase() ? `${first.slice(0, 29)} 1` : first)}" sheetId="1" r:id="rId1"/>` +
			`<sheet name="${escaped(second)}" sheetId="2" r:id="rId2"/></sheets></workbook>`
	);
	whole(
		'xl/_rels/workbook.xml.rels',
		`<Relationships xmlns="${relations}">` +
			[1, 2]
				.map(
					(number) =>
						`<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`
				)
				.join('') +
			`<Relationship Id="rId3" Type="${office}/styles" Target="styles.xml"/></Relationships>`
	);
	whole('xl/styles.xml', styles);

	const places = Array.from({ length: grid.breadth }, (_, column) => letters(column));
	const sheet = entry('xl/worksheets/sheet1.xml');
	const headings = headingsOf(grid, order);
	const widths = headings.map((heading, at) => {
		const width = Math.min(60, Math.max(10, heading.length + 2));
		return `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`;
	});
	sheet(
		`${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
			'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
			`${widths.length > 0 ? `<cols>${widths.join('')}</cols>` : ''}<sheetData><row r="1">` +
			headings.map((heading, at) => sheetText(heading, `${places[at]}1`, style.heading)).join('') +
			'</row>'
	);
	for (let start = 0; start < grid.length; start += stride) {
		let xml = '';
		for (let row = start; row < Math.min(start + stride, grid.length); row++) {
			xml += `<row r="${row + 2}">`;
			for (let column = 0; column < grid.breadth; column++) {
				xml += sheetCell(grid.cell(row, column), `${places[column]}${row + 2}`);
			}
			xml += '</row>';
		}
		sheet(xml);
		step(Math.min(1, (start + stride) / grid.length));
	}
	sheet('</sheetData></worksheet>', true);
	whole(
		'xl/worksheets/sheet2.xml',
		`<worksheet xmlns="${main}"><cols><col min="1" max="1" width="24" customWidth="1"/><col min="2" max="2" width="100" customWidth="1"/></cols><sheetData>` +
			originSheet(order)
				.map(
					(cells, row) =>
						`<row r="${row + 1}">${cells.map((cell, at) => sheetText(cell, `${letters(at)}${row + 1}`, style.text)).join('')}</row>`
				)
				.join('') +
			'</sheetData></worksheet>'
	);
	zip.end();
	if (failure) throw failure as Error;
	return pieces;
}
