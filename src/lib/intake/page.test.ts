import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../../tests/cpu';
import type { Cell, Grid } from './grid';
import { pageGrids } from './page';
import { SheetError } from './issue';

const cells = (grid: Grid | undefined): Cell[][] =>
	Array.from({ length: grid?.length ?? 0 }, (_, row) =>
		Array.from({ length: grid?.width(row) ?? 0 }, (_, column) => grid?.cell(row, column) ?? null)
	);
const table = (html: string): Cell[][] => cells(pageGrids('a.xls', `<table>${html}</table>`)[0]);
const cell = (html: string, attributes = ''): Cell =>
	table(`<tr><td ${attributes}>${html}</td><td>.</td></tr>`)[0]?.[0] ?? null;

describe('pageGrids, of a page', () => {
	it('reads what Excel and web programs save as .xls, with the line of each row', () => {
		const text = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><title>Danh sách</title><style><!-- td { color: red } --></style>
<!--[if gte mso 9]><xml><x:ExcelWorkbook><table><tr><td>không phải bảng</td></tr></table></x:ExcelWorkbook></xml><![endif]-->
<script>document.write('<table><tr><td>nguy hiểm</td></tr></table>')</script></head>
<body link=blue>
<table border=0 cellpadding=0 style='border-collapse:collapse'>
 <tr height=20>
  <td class=xl24 style='mso-number-format:"\\@"'>Mã hồ sơ</td>
  <TH>Tên&nbsp;sáng kiến</TH>
 </tr>
 <tr><td>00123</td><td>Nâng cao
   chất lượng<br>
   dạy &amp; học</td></tr>
 <![if supportMisalignedColumns]><tr style='display:none'><td width=64></td></tr><![endif]>
</table>
</body></html>`;
		const grids = pageGrids('ds.xls', text);
		expect(grids).toHaveLength(1);
		const [grid] = grids;
		expect(cells(grid)).toEqual([
			['Mã hồ sơ', 'Tên\u00a0sáng kiến'],
			['00123', 'Nâng cao chất lượng\ndạy & học']
		]);
		expect([grid?.line(0), grid?.span(0), grid?.line(1), grid?.span(1)]).toEqual([7, 4, 11, 3]);
		expect([grid?.sheet, grid?.names, grid?.length, grid?.breadth]).toEqual([null, null, 2, 2]);
		expect(grid?.raw(0)).toBe('Mã hồ sơ\tTên\u00a0sáng kiến');
	});

	it('keeps texts that look like numbers and days as texts', () => {
		const written = ['1.234', '1,5', '05/03/2024', '0012', '12,5%', '1e6', 'TRUE', '-'];
		expect(table(`<tr>${written.map((one) => `<td>${one}</td>`).join('')}</tr>`)).toEqual([written]);
	});

	it('takes the number that the page itself says, as the cell shows it', () => {
		expect(cell('1.234,50', 'x:num="1234.5"')).toBe(1234.5);
		expect(cell('1.234,50', "x:num='1234.5'")).toBe(1234.5);
		expect(cell('12', 'align=right x:num')).toBe(12);
		expect(cell('1.234', 'x:num')).toBe('1.234');
		expect(cell('00012', 'x:num')).toBe('00012');
		expect(cell('57%', 'x:num="0.57"')).toBe(57);
		expect(cell('05/03/2024', 'x:num="45356"')).toEqual(new Date('2024-03-05T00:00:00Z'));
		expect(cell('3/2024', 'x:num="45352"')).toEqual(new Date('2024-03-01T00:00:00Z'));
		expect(cell('08:30', 'x:num="0.3541666"')).toBe('08:30');
		expect(cell('45.356', 'sdval="45356" sdnum="1066;"')).toBe(45356);
		expect(cell('abc', 'x:num="abc"')).toBe('abc');
		expect(cell('', 'x:num="5"')).toBe(null);
		expect(cell('ngắn', 'x:str="dài đủ"')).toBe('dài đủ');
		const page = '<x:Date1904/><table><tr><td x:num="43894">05/03/2024</td></tr></table>';
		expect(cells(pageGrids('a.xls', page)[0])).toEqual([[new Date('2024-03-05T00:00:00Z')]]);
	});

	it('undoes entities, and leaves what is none', () => {
		expect(cell('&Aacute;n &aacute;p d&#7909;ng &#x1EA1;; &lt;b&gt; &quot;x&quot; &apos;')).toBe(
			'Án áp dụng ạ; <b> "x" \''
		);
		expect(cell('&Dstrok;&abreve;&utilde; R&D A&B; &unknown; &amp;lt; &#150; &#0; &#xD800; &#1114112;')).toBe(
			'Đăũ R&D A&B; &unknown; &lt; – \ufffd \ufffd \ufffd'
		);
		expect(cell('a&#769;')).toBe('á');
		expect(cell('&nbsp;')).toBe(null);
	});

	it('tells spans as merges, the value at their first cell', () => {
		const html = `
			<tr><th rowspan=2>TT</th><th rowspan="2">Đơn vị</th><th colspan="2">Khen thưởng</th><th>Cuối</th></tr>
			<tr><th>Tập thể</th><th>Cá nhân</th><th>x</th></tr>
			<tr><td>1</td><td>Sở</td><td>2</td><td>3</td><td rowspan=9>4</td></tr>
			<tr><td>2</td><td>Ban</td></tr>`;
		const [grid] = pageGrids('a.xls', `<table>${html}</table>`);
		expect(cells(grid)).toEqual([
			['TT', 'Đơn vị', 'Khen thưởng', null, 'Cuối'],
			[null, null, 'Tập thể', 'Cá nhân', 'x'],
			['1', 'Sở', '2', '3', '4'],
			['2', 'Ban']
		]);
		expect(grid?.merges).toEqual([
			{ top: 0, left: 0, bottom: 1, right: 0 },
			{ top: 0, left: 1, bottom: 1, right: 1 },
			{ top: 0, left: 2, bottom: 0, right: 3 },
			{ top: 2, left: 4, bottom: 3, right: 4 }
		]);
	});

	it('ends what reaches down at the end of a head or a body, and takes rowspan=0 to that end', () => {
		const [grid] = pageGrids(
			'a.xls',
			'<table><thead><tr><td rowspan=5>a<td>b</thead><tbody><tr><td rowspan=0>c<td>d<tr><td>e</tbody></table>'
		);
		expect(cells(grid)).toEqual([
			['a', 'b'],
			['c', 'd'],
			[null, 'e']
		]);
		expect(grid?.merges).toEqual([{ top: 1, left: 0, bottom: 2, right: 0 }]);
	});

	it('takes rows and cells that are never closed, and cells without a row', () => {
		expect(table('<tr><td>a<td>b<tr><td>c<th>d')).toEqual([
			['a', 'b'],
			['c', 'd']
		]);
		expect(table('<td>a</td><td>b</td>')).toEqual([['a', 'b']]);
		expect(cells(pageGrids('a.xls', '<table><tr><td>a')[0])).toEqual([['a']]);
	});

	it('keeps blank rows in their place', () => {
		expect(table('<tr><td>a</td></tr><tr></tr><tr><td> </td></tr><tr><td>b</td></tr>')).toEqual([['a'], [], [], ['b']]);
	});

	it('gives the table within a table as its own, and no table that holds no text', () => {
		const text =
			'<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table><table></table><table><tr><td>2</td></tr></table>';
		const grids = pageGrids('a.xls', text);
		expect(grids.map(cells)).toEqual([[['1']], [['2']]]);
		expect(grids.map(({ sheet }) => sheet)).toEqual(['Bảng 1', 'Bảng 2']);
		const outer = pageGrids('a.xls', '<table><tr><td>a<table><tr><td>1</td></tr></table>b</td><td>c</td></tr></table>');
		expect(outer.map(cells)).toEqual([[['ab', 'c']], [['1']]]);
	});

	it('takes the text above a table, and its caption, for its first rows', () => {
		const text = `<body><p>Biểu 1</p>\n<h3>BÁO CÁO <b>QUÝ III</b></h3>\n<div>&nbsp;</div>Đơn vị tính: triệu đồng<table>\n<caption>Kèm công văn</caption><tr><td>a</td><td>1</td></tr></table><p>Ghi chú</p>`;
		const [grid] = pageGrids('a.xls', text);
		expect(cells(grid)).toEqual([
			['Biểu 1'],
			['BÁO CÁO QUÝ III'],
			['Đơn vị tính: triệu đồng'],
			['Kèm công văn'],
			['a', '1']
		]);
		expect([0, 1, 2, 3, 4].map((row) => grid?.line(row))).toEqual([1, 2, 3, 4, 4]);
		const menu = Array.from({ length: 500 }, (_, at) => `<li>mục ${at}</li>`).join('');
		expect(cells(pageGrids('a.xls', `${menu}<p>Tiêu đề</p><table><tr><td>a</td></tr></table>`)[0])).toHaveLength(21);
	});

	it('reads broken markup leniently', () => {
		expect(cell('điểm <5 và a <b c')).toBe('điểm <5 và a <b c');
		expect(cell('a > b')).toBe('a > b');
		expect(table('<tr><td title="a > b" alt=\'<td>\'>x</td><td title="chưa đóng>y</td><td>z</td></tr>')[0]?.[0]).toBe(
			'x'
		);
		expect(cell('x<!-- không đóng > y')).toContain('x');
		expect(cells(pageGrids('a.xls', '<table><tr><td>a<script>if (a) <td>b</td></tr></table>')[0])[0]).toContain('b');
		expect(pageGrids('a.xls', 'không có bảng nào')).toEqual([]);
		expect(pageGrids('a.xls', '')).toEqual([]);
	});

	it('never hangs on hostile text', { timeout: 20_000 }, () => {
		const many = (piece: string) => piece.repeat(Math.ceil(3_000_000 / piece.length));
		const pieces = [
			'<',
			'<!--',
			'<a b=">" ',
			'<a b="',
			'</',
			'<table>',
			'<table><tr><td>',
			'<script>',
			'<![CDATA[',
			'&#',
			'&amp',
			'<td',
			"<a b='<",
			'<!'
		];
		const started = cpuTime();
		for (const piece of pieces) pageGrids('a.xls', many(piece));
		for (const span of ['<tr><td colspan=99999 rowspan=0>a', '<td colspan=1000>a', '<tr><td rowspan=9>a<td>b']) {
			pageGrids('a.xls', `<table>${span.repeat(20_000)}`);
		}
		expect(cpuTime() - started).toBeLessThan(15_000);
	});

	it('gives back any texts that were escaped', () => {
		const text = fc
			.string({ unit: 'grapheme', maxLength: 12 })
			.map((one) => one.normalize('NFC').replace(/\s+/g, ' ').trim())
			.filter((one) => one.normalize('NFC') === one && !/[\p{Cc}\u0000]/u.test(one));
		const escaped = (one: string) => one.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
		fc.assert(
			fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
				const html = rows
					.map((row) => `<tr>${row.map((one) => `<td>${escaped(one)}</td>`).join('\n')}</tr>`)
					.join('\n');
				const read = pageGrids('a.xls', `<table>${html}</table>`)[0];
				rows.forEach((row, at) => row.forEach((one, column) => expect(read?.cell(at, column) ?? '').toBe(one)));
			})
		);
	});
});

describe('pageGrids, of SpreadsheetML 2003', () => {
	const book = (sheets: string) => `<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Styles><Style ss:ID="s1"><NumberFormat ss:Format="0.0%"/></Style><Style ss:ID="s2"><NumberFormat ss:Format="Short Date"/></Style></Styles>
 ${sheets}
</Workbook>`;
	const sheet = (rows: string, name = 'Sáng kiến') =>
		`<Worksheet ss:Name="${name}"><Table ss:ExpandedRowCount="9">${rows}</Table></Worksheet>`;

	it('reads typed cells, places, merges and comments of several sheets', () => {
		const grids = pageGrids(
			'a.xls',
			book(
				sheet(`
					<Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">BÁO CÁO</Data></Cell><Cell><Data ss:Type="String">00123</Data></Cell></Row>
					<Row ss:Index="3" ss:Span="1"/>
					<Row><Cell ss:Index="2"><Data ss:Type="Number">1234.5</Data><Comment><ss:Data><B>ghi chú</B></ss:Data></Comment></Cell><Cell ss:StyleID="s1"><Data ss:Type="Number">0.57</Data></Cell>
					<Cell ss:StyleID="s2"><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell><Cell><Data ss:Type="DateTime">1899-12-31T08:30:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell/><Cell><ss:Data ss:Type="String">a &amp;&#10;<B>b</B> c</ss:Data></Cell></Row>`) +
					sheet('<Row><Cell><Data ss:Type="String">hai</Data></Cell></Row>', 'Hai') +
					sheet('<Row/>', 'Trống')
			)
		);
		expect(grids.map((grid) => grid.sheet)).toEqual(['Sáng kiến', 'Hai']);
		const [grid] = grids;
		expect(cells(grid)).toEqual([
			['BÁO CÁO', null, '00123'],
			[],
			[],
			[],
			[null, 1234.5, 57, new Date('2024-03-05T00:00:00Z'), '08:30:00', true, '#N/A', null, 'a &\nb c']
		]);
		expect(grid?.merges).toEqual([{ top: 0, left: 0, bottom: 1, right: 1 }]);
		expect(grid?.line(4)).toBe(5);
	});

	it.each([
		['cut short', book(sheet('<Row><Cell><Data ss:Type="String">a</Data></Cell></Row>')).slice(0, -20)],
		['a row beyond all rows', book(sheet('<Row ss:Index="99999999"><Cell><Data>a</Data></Cell></Row>'))],
		['a row that goes back', book(sheet('<Row ss:Index="3"/><Row ss:Index="2"/>'))],
		['a column beyond all columns', book(sheet('<Row><Cell ss:Index="16385"><Data>a</Data></Cell></Row>'))],
		['a place that is no number', book(sheet('<Row ss:Index="x"/>'))]
	])('says that %s is damage', (_, text) => {
		expect(() => pageGrids('a.xls', text)).toThrow(SheetError);
	});
});
