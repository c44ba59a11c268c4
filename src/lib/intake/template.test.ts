import { strFromU8, unzipSync } from 'fflate';
import { DOMParser } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { foldKey } from '../model/alias';
import { dataset } from '../model/dataset';
import type { CodeRow } from '../model/reference';
import type { Table } from '../model/table';
import { template } from './template';
import { workbookGrids } from './workbook';

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const code = (list: string, name: string, from: Date | null = null, to: Date | null = null): CodeRow => ({
	list,
	code: name,
	name_vi: `Tên ${name}`,
	name_en: `Name ${name}`,
	valid_from: from,
	valid_to: to
});
const codes = [
	code('level', 'co_so'),
	code('unused', 'x'),
	code('level', 'huyen', null, day('2025-07-01')),
	code('level', 'tinh', day('2013-01-01')),
	code('field', 'a & <b>')
];
const table: Table = {
	name: 'visits',
	label: { vi: 'Lượt: thăm/hỏi', en: 'Visits' },
	key: ['visit_id'],
	columns: [
		{ name: 'visit_id', label: { vi: 'Mã; số', en: 'Number' }, type: 'text', required: true },
		{ name: 'level', label: { vi: 'Cấp "công nhận"', en: 'Level' }, type: 'code', list: 'level', required: true },
		{ name: 'held_on', label: { vi: 'Ngày', en: 'Day' }, type: 'date' },
		{ name: 'fields', label: { vi: 'Lĩnh vực', en: 'Fields' }, type: 'codes', list: 'field' },
		{ name: 'open', label: { vi: 'Công khai', en: 'Public' }, type: 'boolean' },
		{
			name: 'score',
			label: { vi: 'Điểm', en: 'Score' },
			type: 'number',
			minimum: 0,
			maximum: 100,
			note: { vi: 'Thang 100.', en: 'Out of 100.' }
		}
	]
};

describe('template, as CSV', () => {
	it('is one line of headings with a byte order mark, required ones with a star', async () => {
		expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(await template(table, codes, 'csv'))).toBe(
			'\ufeff"Mã; số *";"Cấp ""công nhận"" *";Ngày;Lĩnh vực;Công khai;Điểm\r\n'
		);
	});
});

describe('template, as a workbook', () => {
	it('has the headings, the code lists in use and the dictionary on three sheets', async () => {
		const grids = await workbookGrids('a.xlsx', await template(table, codes, 'xlsx'));
		const cells = grids.map((grid) =>
			Array.from({ length: grid.length }, (_, row) =>
				Array.from({ length: grid.breadth }, (_, at) => grid.cell(row, at))
			)
		);
		expect(grids.map(({ sheet }) => sheet)).toEqual(['Lượt  thăm hỏi', 'Danh mục mã', 'Từ điển dữ liệu']);
		expect(cells[0]).toEqual([['Mã; số *', 'Cấp "công nhận" *', 'Ngày', 'Lĩnh vực', 'Công khai', 'Điểm']]);
		expect(cells[1]).toEqual([
			['Dùng cho cột', 'Danh mục', 'Mã', 'Tên', 'Tên tiếng Anh', 'Hiệu lực từ', 'Hiệu lực đến'],
			['Cấp "công nhận"', 'level', 'co_so', 'Tên co_so', 'Name co_so', null, null],
			['Cấp "công nhận"', 'level', 'huyen', 'Tên huyen', 'Name huyen', null, day('2025-07-01')],
			['Cấp "công nhận"', 'level', 'tinh', 'Tên tinh', 'Name tinh', day('2013-01-01'), null],
			['Lĩnh vực', 'field', 'a & <b>', 'Tên a & <b>', 'Name a & <b>', null, null]
		]);
		expect(cells[2]?.slice(1, 3)).toEqual([
			['Mã; số', 'visit_id', 'văn bản', 'có', null, null],
			['Cấp "công nhận"', 'level', 'một mã của danh mục', 'có', 'level', null]
		]);
		expect(cells[2]?.at(-1)).toEqual(['Điểm', 'score', 'số', null, null, 'Thang 100. Từ 0 đến 100.']);
	});

	it('offers the names of a code list, and yes or no, and keeps leading zeros of texts', async () => {
		const parts = unzipSync(await template(table, codes, 'xlsx'));
		const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
		expect([...sheet.matchAll(/sqref="([^"]+)"><formula1>([^<]+)</g)].map(([, place, from]) => [place, from])).toEqual([
			['B2:B1048576', "'Danh mục mã'!$D$2:$D$4"],
			['E2:E1048576', '&quot;Có,Không&quot;']
		]);
		const formats = [...sheet.matchAll(/<col [^>]*style="(\d)"/g)].map(([, format]) => format);
		expect(formats).toEqual(['2', '2', '3', '2', '2', '0']);
		expect(strFromU8(parts['xl/styles.xml'] ?? new Uint8Array())).toContain('formatCode="dd/mm/yyyy"');
	});

	it('is the same whenever it is made', async () => {
		expect(await template(table, codes, 'xlsx')).toEqual(await template(table, codes, 'xlsx'));
	});

	it.each(dataset.map((each) => [each.name, each] as const))(
		'of %s is sound, and its headings are those of the table',
		async (_, each) => {
			const lists = [...new Set(each.columns.flatMap(({ list }) => list ?? []))].map((list) => code(list, 'a'));
			const bytes = await template(each, lists, 'xlsx');
			for (const [name, part] of Object.entries(unzipSync(bytes))) {
				const xml = strFromU8(part);
				expect(new DOMParser().parseFromString(xml, 'text/xml').documentElement, name).not.toBeNull();
				const tags = [...xml.matchAll(/<(\/?)([A-Za-z:]+)[^>]*?(\/?)>/g)].filter(([, , , empty]) => empty === '');
				const open: string[] = [];
				for (const [, closes, tag = ''] of tags) {
					if (closes) expect(open.pop(), name).toBe(tag);
					else open.push(tag);
				}
				expect(open, name).toEqual([]);
			}
			const [grid] = await workbookGrids('a.xlsx', bytes);
			expect(grid?.sheet?.length).toBeLessThanOrEqual(31);
			const headings = each.columns.map((_, at) => grid?.cell(0, at));
			expect(headings.map((heading) => foldKey(typeof heading === 'string' ? heading : ''))).toEqual(
				each.columns.map(({ label }) => foldKey(label.vi))
			);
			expect(
				each.columns.map(({ required }, at) => String(headings[at]).endsWith(' *') === (required ?? false))
			).not.toContain(false);
		}
	);
});
