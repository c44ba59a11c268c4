/**
 * Blank templates: the headings that are recognised, with the code lists and the meaning of each column beside them. The workbook is written
 * as the parts of Office Open XML (ECMA-376), since it needs what our library for workbooks does not write: cells that keep leading
 * zeros, and choices of codes.
 */
import { strToU8, zipSync } from 'fflate';
import type { CodeRow } from '../model/reference';
import type { Column, Table } from '../model/table';
import { sheetRows } from './workbook';

/** The heading of a column; a star marks one that must be filled. */
const headingOf = ({ label, required }: Column) => `${label.vi}${required ? ' *' : ''}`;

const kinds: Readonly<Record<Column['type'], string>> = {
	text: 'văn bản',
	integer: 'số nguyên',
	number: 'số',
	boolean: 'có / không',
	date: 'ngày (dd/mm/yyyy)',
	code: 'một mã của danh mục',
	codes: 'một hay nhiều mã của danh mục, cách nhau bằng dấu ;',
	period: 'kỳ (Quý III/2025, 9/2025, 2025)'
};

/** The cell formats of the workbook, by their place in `cellXfs` below. */
const style = { plain: 0, heading: 1, text: 2, day: 3, note: 4 } as const;

const styles =
	'<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>' +
	'<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
	'<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
	'<fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/></patternFill></fill></fills>' +
	'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
	'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
	'<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
	'<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">' +
	'<alignment vertical="center" wrapText="1"/></xf>' +
	'<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
	'<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
	'<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">' +
	'<alignment vertical="top" wrapText="1"/></xf></cellXfs>' +
	'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const parts = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A text as content or as an attribute of XML. */
export function escaped(text: string): string {
	return text
		.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

/** The letters of a column, counted from 0: A, B, … Z, AA. */
export function letters(column: number): string {
	const last = String.fromCharCode(65 + (column % 26));
	return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

/** A sheet to be written: its first row is the headings. */
interface Sheet {
	readonly name: string;
	readonly columns: readonly { readonly width: number; readonly style: number }[];
	readonly rows: readonly (readonly (string | Date | null)[])[];
	/** Choices of a column, counted from 0: a formula of Excel that names them. */
	readonly choices: readonly { readonly column: number; readonly from: string }[];
}

function sheetXml({ columns, rows, choices }: Sheet): string {
	const cols = columns.map(
		({ width, style: format }, at) =>
			`<col min="${at + 1}" max="${at + 1}" width="${width}" style="${format}" customWidth="1"/>`
	);
	const body = rows.map((cells, row) => {
		const written = cells.map((cell, column) => {
			if (cell === null || cell === '') return '';
			const place = `r="${letters(column)}${row + 1}" s="${row === 0 ? style.heading : (columns[column]?.style ?? 0)}"`;
			if (cell instanceof Date) return `<c ${place}><v>${cell.getTime() / 86_400_000 + 25_569}</v></c>`;
			return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
		});
		return `<row r="${row + 1}">${written.join('')}</row>`;
	});
	const error = 'errorTitle="Ngoài danh mục" error="Giá trị này không có trong danh mục. Vẫn ghi?"';
	const lists = choices.map(
		({ column, from }) =>
			`<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" ${error} ` +
			`sqref="${letters(column)}2:${letters(column)}${sheetRows}"><formula1>${escaped(from)}</formula1></dataValidation>`
	);
	return (
		`<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
		'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
		`<cols>${cols.join('')}</cols><sheetData>${body.join('')}</sheetData>` +
		`${lists.length > 0 ? `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>` : ''}</worksheet>`
	);
}

/** The bytes of a workbook. They depend on the sheets alone: no day is written. */
function workbook(sheets: readonly Sheet[]): Uint8Array {
	const numbered = sheets.map((sheet, at) => ({ sheet, number: at + 1 }));
	const stylesId = `rId${sheets.length + 1}`;
	const xml: Record<string, string> = {
		'[Content_Types].xml':
			'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
			'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
			'<Default Extension="xml" ContentType="application/xml"/>' +
			`<Override PartName="/xl/workbook.xml" ContentType="${parts}.sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="${parts}.styles+xml"/>` +
			numbered
				.map(
					({ number }) =>
						`<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${parts}.worksheet+xml"/>`
				)
				.join('') +
			'</Types>',
		'_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml':
			`<workbook xmlns="${main}" xmlns:r="${office}"><sheets>` +
			numbered
				.map(({ sheet, number }) => `<sheet name="${escaped(sheet.name)}" sheetId="${number}" r:id="rId${number}"/>`)
				.join('') +
			'</sheets></workbook>',
		'xl/_rels/workbook.xml.rels':
			`<Relationships xmlns="${relations}">` +
			numbered
				.map(
					({ number }) =>
						`<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`
				)
				.join('') +
			`<Relationship Id="${stylesId}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
		'xl/styles.xml': `<styleSheet xmlns="${main}">${styles}</styleSheet>`
	};
	for (const { sheet, number } of numbered) xml[`xl/worksheets/sheet${number}.xml`] = sheetXml(sheet);
	const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
	const files = Object.entries(xml).map(([name, content]) => [name, strToU8(declaration + content)]);
	return zipSync(Object.fromEntries(files) as Record<string, Uint8Array>, { mtime: new Date(2000, 0, 1) });
}

/** A name that Excel takes for a sheet: of at most 31 characters, none of them of its formulas. */
function sheetName(text: string): string {
	return text.replace(/[\\/?*:[\]']/g, ' ').slice(0, 31);
}

/** The sheet of the code lists that a table uses, and which of its rows (from the first to the last, counted from 1) each list takes. */
function codeSheet(
	table: Table,
	codes: readonly CodeRow[]
): { sheet: Sheet; rowsOf: ReadonlyMap<string, readonly [number, number]> } {
	const rows: (string | Date | null)[][] = [
		['Dùng cho cột', 'Danh mục', 'Mã', 'Tên', 'Tên tiếng Anh', 'Hiệu lực từ', 'Hiệu lực đến']
	];
	const rowsOf = new Map<string, readonly [number, number]>();
	for (const list of new Set(table.columns.flatMap((column) => column.list ?? []))) {
		const users = table.columns.filter((column) => column.list === list).map(({ label }) => label.vi);
		const first = rows.length + 1;
		for (const row of codes.filter((code) => code.list === list)) {
			rows.push([users.join('; '), list, row.code, row.name_vi, row.name_en, row.valid_from, row.valid_to]);
		}
		if (rows.length >= first) rowsOf.set(list, [first, rows.length]);
	}
	const [text, day] = [style.text, style.day];
	const columns = [
		{ width: 28, style: text },
		{ width: 20, style: text },
		{ width: 22, style: text },
		{ width: 50, style: text },
		{ width: 40, style: text },
		{ width: 14, style: day },
		{ width: 14, style: day }
	];
	return { sheet: { name: 'Danh mục mã', columns, rows, choices: [] }, rowsOf };
}

/** What a column may hold beside its type, in words. */
function noteOf({ note, minimum, maximum }: Column): string {
	const range =
		minimum !== undefined && maximum !== undefined
			? `Từ ${minimum} đến ${maximum}.`
			: minimum !== undefined
				? `Không nhỏ hơn ${minimum}.`
				: maximum !== undefined
					? `Không lớn hơn ${maximum}.`
					: '';
	return [note?.vi ?? '', range].filter((text) => text !== '').join(' ');
}

function dictionarySheet(table: Table): Sheet {
	const rows = [
		['Cột', 'Tên trong tệp chuẩn', 'Kiểu', 'Bắt buộc (*)', 'Danh mục', 'Ghi chú'],
		...table.columns.map((column) => [
			column.label.vi,
			column.name,
			kinds[column.type],
			column.required ? 'có' : '',
			column.list ?? '',
			noteOf(column)
		])
	];
	const columns = [34, 24, 30, 12, 20, 80].map((width) => ({ width, style: style.note }));
	return { name: 'Từ điển dữ liệu', columns, rows, choices: [] };
}

/** The sheet to be filled: texts keep their leading zeros, days are shown as days, codes and yes or no are chosen from a list. */
function blankSheet(table: Table, codes: Sheet, rowsOf: ReadonlyMap<string, readonly [number, number]>): Sheet {
	const columns = table.columns.map((column) => {
		const isNumber = column.type === 'integer' || column.type === 'number';
		const format = isNumber ? style.plain : column.type === 'date' ? style.day : style.text;
		return { width: Math.min(40, Math.max(12, headingOf(column).length + 3)), style: format };
	});
	const choices = table.columns.flatMap(({ type, list }, column) => {
		if (type === 'boolean') return [{ column, from: '"Có,Không"' }];
		const rows = type === 'code' && list ? rowsOf.get(list) : undefined;
		return rows ? [{ column, from: `'${codes.name}'!$D$${rows[0]}:$D$${rows[1]}` }] : [];
	});
	return { name: sheetName(table.label.vi), columns, rows: [table.columns.map(headingOf)], choices };
}

/**
 * The bytes of a blank template with Vietnamese headings: CSV with semicolons and a byte order mark, or a workbook whose second sheet
 * holds the code lists in use (where there are any) and whose last says what each column means.
 */
export async function template(table: Table, codes: readonly CodeRow[], format: 'xlsx' | 'csv'): Promise<Uint8Array> {
	if (format === 'csv') {
		const cells = table.columns
			.map(headingOf)
			.map((text) => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text));
		return new TextEncoder().encode(`\ufeff${cells.join(';')}\r\n`);
	}
	const { sheet, rowsOf } = codeSheet(table, codes);
	const lists = rowsOf.size > 0 ? [sheet] : [];
	return workbook([blankSheet(table, sheet, rowsOf), ...lists, dictionarySheet(table)]);
}
