import { utils, write, type WorkBook } from '@e965/xlsx';
import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell, Grid } from './grid';
import { SheetError } from './issue';
import { cellText, serialDate, timeText, workbookGrids, type SheetGrid } from './workbook';

const cells = (grid: Grid | undefined): Cell[][] =>
	Array.from({ length: grid?.length ?? 0 }, (_, row) =>
		Array.from({ length: grid?.width(row) ?? 0 }, (_, column) => grid?.cell(row, column) ?? null)
	);
const utc = (text: string) => new Date(`${text}Z`);
const day = (text: string) => utc(`${text}T00:00:00`);

/** A workbook written as raw XML: the bodies of its worksheets, its shared strings, its cell formats by number format code. */
function book(options: {
	sheets: Record<string, string>;
	states?: Record<string, string>;
	shared?: string[];
	formats?: string[];
	epoch1904?: boolean;
	more?: Record<string, Uint8Array>;
}): Uint8Array {
	const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
	const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
	const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
	const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
	const names = Object.keys(options.sheets);
	const formats = options.formats ?? [];
	const parts: Record<string, string> = {
		'[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${type}.sharedStrings+xml"/>${names.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}</Types>`,
		'_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml': `<workbook ${main} xmlns:r="${office}">${options.epoch1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" ${options.states?.[name] ? `state="${options.states[name]}" ` : ''}r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rId98" Type="${office}/styles" Target="styles.xml"/><Relationship Id="rId99" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		'xl/styles.xml': `<styleSheet ${main}><numFmts count="${formats.length}">${formats.map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${code.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"/>`).join('')}</numFmts><cellXfs count="${formats.length + 1}"><xf numFmtId="0"/>${formats.map((_, at) => `<xf numFmtId="${200 + at}" applyNumberFormat="1"/>`).join('')}</cellXfs></styleSheet>`,
		'xl/sharedStrings.xml': `<sst ${main}>${(options.shared ?? []).map((item) => `<si>${item}</si>`).join('')}</sst>`
	};
	names.forEach((name, at) => {
		parts[`xl/worksheets/sheet${at + 1}.xml`] = `<worksheet ${main}>${options.sheets[name]}</worksheet>`;
	});
	return zipSync({
		...Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(head + xml)])),
		...options.more
	});
}
const rows = (xml: string) => `<sheetData>${xml}</sheetData>`;
const first = async (bytes: Uint8Array): Promise<SheetGrid> => {
	const [grid] = await workbookGrids('a.xlsx', bytes);
	if (!grid) throw new Error('no sheet');
	return grid;
};
const rule = async (promise: Promise<unknown>) =>
	promise.then(
		() => null,
		(error: unknown) => (error instanceof SheetError ? error.issue.rule : error)
	);

describe('workbookGrids, of a workbook of raw XML', () => {
	it('reads shared, rich and inline strings, numbers, booleans, errors and the last values of formulas', async () => {
		const grid = await first(
			book({
				sheets: {
					'Sáng kiến': rows(`
						<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t xml:space="preserve"> Đơn vị </t></is></c></row>
						<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>1234.5</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#N/A</v></c><c r="E2" t="e"><v>#REF!</v></c></row>
						<row r="3"><c r="A3" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="B3"><f>SUM(B2)</f><v>1234.5</v></c><c r="C3" t="b"><v>0</v></c><c r="D3"><v>-1E-3</v></c></row>`)
				},
				shared: [
					'<t>Ma\u0303 &lt;hồ sơ&gt;</t>',
					'<r><rPr><b/></rPr><t>Tên </t></r><r><t xml:space="preserve">sáng kiến</t></r><rPh sb="0" eb="1"><t>phiên âm</t></rPh>',
					'<t>00123</t>'
				]
			})
		);
		expect(grid.sheet).toBe('Sáng kiến');
		expect(cells(grid)).toEqual([
			['Mã <hồ sơ>', 'Tên sáng kiến', ' Đơn vị '],
			['00123', 1234.5, true, '#N/A', '#REF!'],
			['ab', 1234.5, false, -0.001]
		]);
		expect(grid.raw(1)).toBe('00123\t1234.5\ttrue\t#N/A\t#REF!');
		expect([grid.length, grid.breadth, grid.names, grid.line(2), grid.span(2)]).toEqual([3, 5, null, 3, 1]);
	});

	it('keeps row numbers where the table starts lower, rows are blank, and references are left out', async () => {
		const grid = await first(
			book({
				sheets: {
					a: `<dimension ref="C3:D6"/>${rows('<row r="3"><c r="C3"><v>1</v></c></row><row r="6"><c><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row><row r="9"><c r="A9" s="0"/></row>')}`
				}
			})
		);
		expect(cells(grid)).toEqual([[], [], [null, null, 1], [], [], [2, 3], [4]]);
		expect(grid.line(5)).toBe(6);
		expect(grid.cell(0, 0)).toBeNull();
		expect(grid.cell(99, 99)).toBeNull();
	});

	it('never takes a formula that was not computed for 0 or for nothing', async () => {
		const grid = await first(
			book({
				sheets: {
					a: rows(
						'<row r="1"><c r="A1"><f>SUM(B1:B9)</f></c><c r="B1"><f>A1&lt;2</f><v></v></c><c r="C1" s="0"><f>1</f><v/></c><c r="D1"><f t="shared" si="0"/></c><c r="E1"><f>0</f><v>0</v></c><c r="F1" t="str"><f>""</f><v></v></c><c r="G1"><v>7</v></c></row>'
					)
				}
			})
		);
		expect(cells(grid)).toEqual([['=SUM(B1:B9)', '=A1<2', '=1', '=…', 0, null, 7]]);
	});

	it('gives days, instants, times and per cents by the format of the cell', async () => {
		const formats = ['dd/mm/yyyy', 'dd/mm/yyyy hh:mm', 'hh:mm:ss', '[h]:mm', '0.0%', '#,##0\\ "đồng"', 'mm/yyyy', '@'];
		const cell = (at: string, style: number, number: number) => `<c r="${at}" s="${style}"><v>${number}</v></c>`;
		const grid = await first(
			book({
				formats,
				sheets: {
					a: rows(
						`<row r="1">${cell('A1', 1, 45356)}${cell('B1', 2, 45356.354_166_666_664)}${cell('C1', 3, 0.354_166_666_666_666_7)}${cell('D1', 4, 1.5)}${cell('E1', 5, 0.57)}${cell('F1', 6, 45356)}${cell('G1', 7, 45352)}${cell('H1', 8, 45356)}</row>
						<row r="2">${cell('A2', 1, 0)}${cell('B2', 1, 1)}${cell('C2', 1, 59)}${cell('D2', 1, 60)}${cell('E2', 1, 61)}${cell('F2', 1, -3)}${cell('G2', 1, 2_958_466)}</row>`
					)
				}
			})
		);
		expect(cells(grid)).toEqual([
			[day('2024-03-05'), utc('2024-03-05T08:30:00'), '08:30:00', '36:00:00', 57, 45356, day('2024-03-01'), 45356],
			[0, day('1900-01-01'), day('1900-02-28'), '1900-02-29', day('1900-03-01'), -3, 2_958_466]
		]);
		expect([...grid.percents]).toEqual([4]);
		expect(grid.raw(0).split('\t').slice(0, 3)).toEqual(['2024-03-05', '2024-03-05T08:30:00.000Z', '08:30:00']);
	});

	it('counts days from 1904 where the workbook does', async () => {
		const grid = await first(
			book({
				epoch1904: true,
				formats: ['dd/mm/yyyy'],
				sheets: {
					a: rows(
						'<row r="1"><c r="A1" s="1"><v>43894</v></c><c r="B1" s="1"><v>0</v></c><c r="C1"><v>43894</v></c></row>'
					)
				}
			})
		);
		expect(cells(grid)).toEqual([[day('2024-03-05'), day('1904-01-01'), 43894]]);
	});

	it('gives hidden sheets too and says so, leaves out empty ones, and tells merged cells', async () => {
		const one = rows('<row r="1"><c r="A1"><v>1</v></c><c r="D2"/></row><row r="3"><c r="C3"><v>2</v></c></row>');
		const grids = await workbookGrids(
			'a.xlsx',
			book({
				sheets: {
					'Nhập liệu': `${one}<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/><mergeCell ref="B1"/><mergeCell ref="A3:XFD1048576"/></mergeCells>`,
					Ẩn: one,
					'Rất ẩn': one,
					Trống: rows('<row r="1"><c r="A1" s="0"/></row>'),
					Cuối: one
				},
				states: { Ẩn: 'hidden', 'Rất ẩn': 'veryHidden' }
			})
		);
		expect(grids.map(({ sheet, hidden }) => [sheet, hidden])).toEqual([
			['Nhập liệu', false],
			['Ẩn', true],
			['Rất ẩn', true],
			['Cuối', false]
		]);
		expect(grids[0]?.merges).toEqual([
			{ top: 0, left: 0, bottom: 0, right: 2 },
			{ top: 1, left: 0, bottom: 2, right: 0 },
			{ top: 2, left: 0, bottom: 2, right: 2 }
		]);
	});

	it('takes a sheet whose declared or used range is enormous at once', async () => {
		const grid = await first(
			book({
				sheets: {
					a: `<dimension ref="A1:XFD1048576"/>${rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')}`
				}
			})
		);
		expect([grid.length, grid.breadth, grid.width(0), grid.width(1)]).toEqual([1_048_576, 16_384, 1, 0]);
		expect(grid.cell(1_048_575, 16_383)).toBe(2);
		expect(grid.line(1_048_575)).toBe(1_048_576);
	});

	it('does not read pictures or notes, and takes a workbook with a sheet that is a chart', async () => {
		const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
		const chart = `<chartsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><drawing r:id="rId1"/></chartsheet>`;
		const bytes = book({
			sheets: { 'Biểu đồ': '', a: rows('<row r="1"><c r="A1"><v>1</v></c></row>') },
			more: {
				'xl/worksheets/sheet1.xml': strToU8(chart),
				'xl/media/image1.png': new Uint8Array(3_000_000),
				'xl/drawings/drawing1.xml': strToU8('<broken'),
				'docProps/app.xml': strToU8('<broken')
			}
		});
		const grids = await workbookGrids('a.xlsx', bytes, 100_000);
		expect(grids.map(cells)).toEqual([[[1]]]);
	});

	it('refuses more than the limit before unpacking it', async () => {
		const bytes = book({
			sheets: { a: rows('<row r="1"><c r="A1"><v>1</v></c></row>') + ' '.repeat(5_000_000) }
		});
		expect(bytes.length).toBeLessThan(50_000);
		expect(await rule(workbookGrids('a.xlsx', bytes, 1_000_000))).toBe('too-large');
		expect(await rule(workbookGrids('a.xlsx', bytes))).toBe(null);
	});

	it.each([
		[
			'a sheet cut short',
			book({
				sheets: { a: '' },
				more: { 'xl/worksheets/sheet1.xml': strToU8('<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>') }
			})
		],
		['a file cut short', book({ sheets: { a: rows('') } }).slice(0, -40)],
		[
			'cells outside of any sheet',
			book({ sheets: { a: rows('<row r="1048577"><c r="A1048577"><v>1</v></c></row>') } })
		],
		['a cell in row 0', book({ sheets: { a: rows('<row r="0"><c r="A0"><v>1</v></c></row>') } })],
		['a column beyond XFD', book({ sheets: { a: rows('<row r="1"><c r="XFE1"><v>1</v></c></row>') } })],
		['a text that is not there', book({ sheets: { a: rows('<row r="1"><c r="A1" t="s"><v>7</v></c></row>') } })],
		[
			'two sheets of one name',
			book({
				sheets: { a: rows(''), b: rows('') },
				more: {
					'xl/workbook.xml': strToU8(
						'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/><sheet name="a" sheetId="2" r:id="rId2"/></sheets></workbook>'
					)
				}
			})
		],
		['a zip that is no workbook', zipSync({ 'a.xml': strToU8('<a/>') })],
		['a text', strToU8('a,b\n1,2')],
		['nothing', new Uint8Array()]
	])('says that %s is damage', async (_, bytes) => {
		expect(await rule(workbookGrids('a.xlsx', bytes))).toBe('damaged-file');
	});

	it('never fails but with a word about the file, whatever bytes are changed', { timeout: 60_000 }, async () => {
		const bytes = book({
			shared: ['<t>Sáng kiến</t>'],
			sheets: { a: rows('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1</f><v>1</v></c></row>') }
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
				fc.nat(bytes.length),
				async (changes, cut) => {
					const hostile = bytes.slice(0, changes.length % 2 ? bytes.length : cut);
					for (const [at, byte] of changes) hostile[at] = byte;
					expect(await rule(workbookGrids('a.xlsx', hostile)).then((name) => typeof name)).toMatch(/string|object/);
					const found = await rule(workbookGrids('a.xlsx', hostile));
					expect(found === null || typeof found === 'string').toBe(true);
				}
			),
			{ numRuns: 150 }
		);
	});
});

describe('workbookGrids, of a workbook that SheetJS wrote', () => {
	const written = (table: Cell[][], options: { bookSST?: boolean } = {}): Uint8Array => {
		const made: WorkBook = utils.book_new();
		utils.book_append_sheet(made, utils.aoa_to_sheet(table, { cellDates: true, UTC: true }), 'a');
		return new Uint8Array(write(made, { type: 'array', compression: true, ...options }) as ArrayBuffer);
	};

	it('gives the cells that were written', async () => {
		const text = fc
			.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
			.filter((one) => /^[^\r\p{C}\p{M}]+$/u.test(one));
		const cell = fc.oneof(
			text.map((one) => one.normalize('NFC')),
			fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((one) => one + 0),
			fc.boolean(),
			fc.integer({ min: 100, max: 80_000 }).map((days) => new Date(Date.UTC(1900, 0, days))),
			fc.constant(null)
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 6 }),
				fc.boolean(),
				async (table, bookSST) => {
					const trimmed = table.map((row) => row.slice(0, row.findLastIndex((one) => one !== null) + 1));
					const kept = trimmed.slice(0, trimmed.findLastIndex((row) => row.length > 0) + 1);
					const [grid] = await workbookGrids('a.xlsx', written(table, { bookSST }));
					expect(cells(grid)).toEqual(kept);
				}
			),
			{ numRuns: 60 }
		);
	});
});

describe('serialDate', () => {
	it('is the inverse of the count of days in both epochs', () => {
		fc.assert(
			fc.property(fc.integer({ min: 61, max: 2_958_465 }), (days) => {
				const shown = new Date(Date.UTC(1899, 11, 30 + days));
				expect(serialDate(days, false)).toEqual(shown);
				if (days >= 1462) expect(serialDate(days - 1462, true)).toEqual(shown);
			})
		);
	});
});

describe('texts of cells', () => {
	it('writes days short, instants whole and times to the millisecond', () => {
		expect(cellText(day('2024-03-05'))).toBe('2024-03-05');
		expect(cellText(utc('2024-03-05T08:30:00'))).toBe('2024-03-05T08:30:00.000Z');
		expect(cellText(new Date(NaN))).toBe('');
		expect([null, '', 0, true].map(cellText)).toEqual(['', '', '0', 'true']);
		expect([0, 30_600_000, 86_399_999, 129_600_000].map(timeText)).toEqual([
			'00:00:00',
			'08:30:00',
			'23:59:59.999',
			'36:00:00'
		]);
	});
});
