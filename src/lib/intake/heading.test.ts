import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../../tests/cpu';
import type { Resolution } from '../model/alias';
import { dataset } from '../model/dataset';
import { activities, initiatives, registers, transfers } from '../model/register';
import { wideActivities } from '../model/wide';
import type { Cell } from './grid';
import { matchHeadings, shapeOf, signature } from './heading';

const tables = [...dataset, wideActivities];
const units = new Set(['Sở Y tế', 'Sở Nội vụ', 'Sở KH&CN', 'Bệnh viện A']);
const entry = (code: string, name_vi: string, name_en: string) => ({ code, name_vi, name_en, from: null, to: null });
const knowledge = {
	codes: new Map([
		['level', [entry('co_so', 'Cấp cơ sở', 'Establishment'), entry('tinh', 'Cấp tỉnh', 'Province')]],
		['field', [entry('y_te', 'Y tế', 'Health'), entry('giao_duc', 'Giáo dục', 'Education')]]
	]),
	resolve: (name: string): Resolution => (units.has(name) ? { unitId: name } : { candidates: [] })
};

/** Matches headings, with rows of data below them. */
function match(texts: readonly string[], rows: readonly (readonly Cell[])[] = [], among = tables) {
	const found = matchHeadings(among, texts, (at) => rows.map((row) => row[at] ?? null), knowledge);
	return { ...found, names: found.columns.map(({ column }) => column) };
}

const one = (heading: string, among = 'initiatives') =>
	match(['Tên sáng kiến', 'Tác giả', heading], [], [tables.find(({ name }) => name === among) ?? initiatives])
		.columns[2];

describe('the table', () => {
	it.each(tables.map((table) => [table.name, table] as const))('%s is known by its canonical names', (_, table) => {
		const names = table.columns.map(({ name }) => name);
		const found = match(names, [], table === wideActivities ? tables : [...dataset]);
		expect(found.table).toBe(table.name);
		expect(found.names).toEqual(names);
	});

	it.each([...registers, wideActivities].map((table) => [table.name, table] as const))(
		'%s is known by its Vietnamese labels, as templates write them',
		(_, table) => {
			const found = match(table.columns.map(({ label }) => label.vi));
			expect(found.table).toBe(table.name);
			expect(found.names).toEqual(table.columns.map(({ name }) => name));
			expect(found.certainty).toBeGreaterThan(0.9);
		}
	);

	it('is none when the headings say nothing', () => {
		const found = match(['Món', 'Giá', 'Bàn số']);
		expect(found.table).toBeNull();
		expect(found.names).toEqual([null, null, null]);
	});

	it('is the chosen one when there is a choice, however little speaks for it', () => {
		expect(match(['Món', 'Giá'], [], [transfers]).table).toBe('transfers');
	});

	it('is the wide form when columns are figures of several activities, and the long one when a column names the activity', () => {
		const wide = [
			'TT',
			'Đơn vị',
			'Số hội nghị quán triệt',
			'Số đảng viên tham gia',
			'Số buổi tuyên truyền miệng',
			'Lượt nghe'
		];
		expect(match(wide).table).toBe('wide_activities');
		expect(match(['Đơn vị', 'Kỳ báo cáo', 'Loại hoạt động', 'Số buổi', 'Lượt nghe', 'Số tin, bài']).table).toBe(
			'activities'
		);
	});

	it('names all that it may be, the likeliest first', () => {
		const { rivals, table } = match(['Đơn vị', 'Kỳ báo cáo', 'Loại hoạt động', 'Số cuộc', 'Số tham gia']);
		expect(rivals[0]?.table).toBe(table);
		expect(rivals.map(({ certainty }) => certainty)).toEqual(
			rivals.map(({ certainty }) => certainty).sort((left, right) => right - left)
		);
	});
});

describe('a column', () => {
	it.each([
		['Ðơn vị', 'unit_id'],
		['Đ.vị', 'unit_id'],
		['Đ/vị', 'unit_id'],
		['ĐV công tác', 'unit_id'],
		['L.vực', 'field'],
		['Ngày Q.Đ', 'recognised_on'],
		['Ngày QĐ công nhận', 'recognised_on'],
		['Giá trị làm lợi (triệu đồng)', 'benefit_vnd'],
		['Giá trị làm lợi (tr.đồng/năm)', 'benefit_vnd'],
		['Giá trị làm lợi - ĐVT: triệu đồng', 'benefit_vnd'],
		['Hiệu quả / Giá trị làm lợi (đồng)', 'benefit_vnd'],
		['Quyết định công nhận / Ngày ký QĐ', 'recognised_on'],
		['Số hồ sơ (mã)', 'initiative_id'],
		['Cấp công nhân', 'level'],
		['Tỷ lệ trùng lặp', 'similarity_percent'],
		['Tỉ lệ trùng lặp', 'similarity_percent'],
		['Trạng thaí', 'status']
	])('%s is %s', (heading, column) => {
		expect(one(heading)?.column).toBe(column);
	});

	it.each(['TÊN SÁNG KIẾN', 'ten sang kien', 'Tên  sáng kiến'.normalize('NFD')])('%s is title', (heading) => {
		expect(match([heading, 'Tác giả'], [], [initiatives]).names[0]).toBe('title');
	});

	it.each(['Phòng', 'Mã nội bộ phần mềm', 'Người nhập liệu', 'Tổng số học sinh', 'Ký tên', ''])(
		'%j is none',
		(heading) => {
			expect(one(heading)?.column).toBeNull();
		}
	);

	it.each(['TT', 'STT', 'Số TT', 'S.T.T', 'Số thứ tự'])('%s is a running number, surely', (heading) => {
		expect(match([heading, 'Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Ngày nộp']).columns[0]).toEqual({
			column: null,
			certainty: 1,
			personal: false,
			rivals: []
		});
	});

	it('is surer by its very name than by one with letters wrong', () => {
		const above = (heading: string) =>
			match(
				[heading, 'Tác giả'],
				[
					['Y tế', 'A'],
					['Giáo dục', 'B']
				],
				[initiatives]
			).columns[0];
		expect(above('Lĩnh vực áp dụng')?.certainty).toBe(1);
		expect(above('Lĩnh vực áp dung')?.certainty).toBe(1);
		const wrong = above('Lĩnh vựt áp dụng');
		expect(wrong?.column).toBe('field');
		expect(wrong?.certainty).toBeLessThan(0.9);
	});

	it('joins the levels of two heading rows', () => {
		const texts = ['Đơn vị', 'Loại hoạt động', 'Khen thưởng / Tập thể', 'Khen thưởng / Cá nhân', 'Kỳ báo cáo'];
		expect(match(texts).names).toEqual(['unit_id', 'activity', 'groups_commended', 'people_commended', 'period']);
	});

	it('is given once: the second of the same heading is left and says what it might be', () => {
		const found = match(['Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Đơn vị', 'Ngày nộp']);
		expect(found.names).toEqual(['title', 'lead_author', 'unit_id', null, 'submitted_on']);
		expect(found.columns[3]?.rivals).toContain('unit_id');
	});

	it('of the better heading gets it, wherever it stands', () => {
		const found = match(['Tên', 'Tên sáng kiến', 'Tác giả', 'Đơn vị']);
		expect(found.names).toEqual([null, 'title', 'lead_author', 'unit_id']);
		expect(found.columns[0]?.rivals).toContain('title');
	});

	it('of days is no number', () => {
		const heading = 'Giá trị làm lọi';
		const rows = [['A', 'B', '05/03/2024'] as const, ['C', 'D', '12/04/2024'] as const];
		const found = match(['Tên sáng kiến', 'Tác giả', heading], rows, [initiatives]);
		expect(found.names).toEqual(['title', 'lead_author', null]);
		const sums = rows.map(([title, author]) => [title, author, '12,5 triệu']);
		expect(match(['Tên sáng kiến', 'Tác giả', heading], sums, [initiatives]).names[2]).toBe('benefit_vnd');
	});

	it('without a heading is known by names of units and by codes', () => {
		const rows = [
			['Giải pháp một', 'Sở Y tế', 'Cấp tỉnh'],
			['Giải pháp hai', 'Sở Nội vụ', 'Cấp cơ sở'],
			['Giải pháp ba', 'Bệnh viện A', 'co_so']
		];
		const found = match(['Tên sáng kiến', '', ''], rows, [initiatives]);
		expect(found.names).toEqual(['title', 'unit_id', 'level']);
		expect(found.columns[1]?.certainty).toBeLessThan(0.7);
	});
});

describe('personal data', () => {
	it.each([
		'Ngày sinh',
		'Ngày, tháng, năm sinh (dd/mm/yyyy)',
		'Năm sinh',
		'Số CCCD',
		'CCCD/CMND/Hộ chiếu',
		'Căn cước công dân số',
		'SĐT',
		'Số điện thoại di động',
		'E-mail',
		'Thông tin liên hệ / Điện thoại',
		'Địa chỉ email cá nhân'
	])('is told by the heading %s', (heading) => {
		expect(one(heading)).toMatchObject({ column: null, personal: true });
	});

	it.each(['Số học sinh', 'Đối tượng', 'Sinh hoạt chuyên đề'])('is not %s', (heading) => {
		expect(one(heading)).toMatchObject({ personal: false });
	});

	it.each([
		[['001085012345', '019190000123', '038099123456']],
		[['0912345678', '+84 912 345 678', '0280.3855.123']],
		[['an@thainguyen.gov.vn', 'binh@gmail.com', 'chi@tn.edu.vn']]
	])('is told by values %j under a heading that says nothing', (values) => {
		const rows = values.map((value, index) => [`Giải pháp ${index}`, 'Tác giả', value]);
		expect(match(['Tên sáng kiến', 'Tác giả', 'Thông tin thêm'], rows, [initiatives]).columns[2]).toMatchObject({
			column: null,
			personal: true
		});
	});

	it('is not the tax code of an enterprise', () => {
		const rows = [
			['CN1', '4600123456'],
			['CN2', '001085012345'],
			['CN3', '460012345678']
		];
		expect(match(['Tên công nghệ', 'MST'], rows, [transfers]).columns[1]).toMatchObject({
			column: 'recipient_tax_code',
			personal: false
		});
	});
});

describe('the shape', () => {
	const texts = ['TT', 'Tên sáng kiến', 'Tác giả', 'Tỷ lệ đóng góp', 'Đơn vị', 'Ngày nộp'];
	const shape = (rows: readonly (readonly Cell[])[], headings = texts) => {
		const sample = (at: number) => rows.map((row) => row[at] ?? null);
		return shapeOf(initiatives, matchHeadings([initiatives], headings, sample, knowledge), sample);
	};

	it('is rows when each row is an initiative', () => {
		expect(
			shape([
				['1', 'Một', 'A', '100', 'Sở Y tế', '05/03/2024'],
				['2', 'Hai', 'B', '100', 'Sở Y tế', '05/03/2024']
			])
		).toBe('rows');
		expect(shape([])).toBe('rows');
	});

	it('is authors when rows below name further authors, of another unit perhaps', () => {
		expect(
			shape([
				['1', 'Một', 'A', '60', 'Sở Y tế', '05/03/2024'],
				[null, '', 'B', '40', 'Sở Nội vụ', null],
				['2', 'Hai', 'C', '100', 'Sở Y tế', '06/03/2024']
			])
		).toBe('authors');
	});

	it('is authors when all that is said of the initiative is repeated', () => {
		expect(
			shape([
				['1', 'Một', 'A', '60', 'Sở Y tế', '05/03/2024'],
				['1', 'MỘT', 'B', '40', 'Sở Y tế', '05/03/2024']
			])
		).toBe('authors');
	});

	it('is rows when the same title was handed in by another unit, on another day or twice by one author', () => {
		const first = ['1', 'Một', 'A', '100', 'Sở Y tế', '05/03/2024'];
		expect(shape([first, ['2', 'Một', 'B', '100', 'Sở Nội vụ', '05/03/2024']])).toBe('rows');
		expect(shape([first, ['2', 'Một', 'B', '100', 'Sở Y tế', '15/04/2024']])).toBe('rows');
		expect(shape([first, first])).toBe('rows');
	});

	it('is rows when a title is missing in a row that says other things of its own', () => {
		expect(
			shape([
				['1', 'Một', 'A', '100', 'Sở Y tế', '05/03/2024'],
				['2', '', 'B', '100', 'Sở Y tế', '09/09/2024']
			])
		).toBe('rows');
	});

	it('goes by the number where there is one', () => {
		const headings = ['Mã hồ sơ', ...texts.slice(1)];
		const first = ['SK-1', 'Một', 'A', '50', 'Sở Y tế', '05/03/2024'];
		expect(shape([first, ['SK-1', 'Một', 'B', '50', 'Sở Nội vụ', '05/03/2024']], headings)).toBe('authors');
		expect(shape([first, ['SK-2', 'Một', 'B', '50', 'Sở Y tế', '05/03/2024']], headings)).toBe('rows');
	});

	it('is wide for the wide form and rows for other registers', () => {
		expect(shapeOf(wideActivities, { columns: [] }, () => [])).toBe('wide');
		expect(shapeOf(activities, { columns: [] }, () => [])).toBe('rows');
	});
});

describe('the signature', () => {
	it('does not care for case, accents and spaces, but for the order', () => {
		const sign = signature(['TT', 'Tên sáng kiến', 'Đơn vị']);
		expect(signature(['tt ', 'TÊN  SÁNG KIẾN', 'Ðơn vị'])).toBe(sign);
		expect(signature(['TT', 'Tên sáng kiến'.normalize('NFD'), 'Đơn vị'])).toBe(sign);
		expect(signature(['TT', 'Đơn vị', 'Tên sáng kiến'])).not.toBe(sign);
		expect(signature(['TT', '', 'Tên sáng kiến', 'Đơn vị'])).not.toBe(sign);
	});

	it('is empty when there are no headings', () => {
		expect(signature(['', ' ', ''])).toBe('');
	});

	it('of very many headings is short, and still tells them apart', () => {
		const many = Array.from({ length: 100_000 }, (_, index) => `Cột ${index}`);
		expect(signature(many).length).toBeLessThan(4100);
		expect(signature([...many, 'Cột'])).not.toBe(signature(many));
	});
});

describe('a sheet of 100,000 columns', () => {
	it('is matched in a few seconds, its cells asked for in some columns only', () => {
		const texts = Array.from({ length: 100_000 }, (_, index) =>
			index === 99_999 ? 'Tên sáng kiến' : `Cột ${index % 7} ${index}`
		);
		const asked = new Set<number>();
		const sample = (at: number) => {
			asked.add(at);
			return ['a', 'b', 'c'];
		};
		const started = cpuTime();
		expect(matchHeadings([initiatives], texts, sample, knowledge).columns[99_999]?.column).toBe('title');
		expect(cpuTime() - started).toBeLessThan(5000);
		expect(asked.size).toBeLessThanOrEqual(500);
	});

	it('and very long headings cost little', () => {
		const texts = Array.from({ length: 300 }, (_, index) => `${'Nội dung '.repeat(2000)}${index}`);
		const started = cpuTime();
		expect(matchHeadings(tables, texts, () => [], knowledge).columns).toHaveLength(300);
		expect(cpuTime() - started).toBeLessThan(5000);
	});
});
