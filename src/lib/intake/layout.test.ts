import { tableFromArrays, tableToIPC } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridOf } from '../../../tests/grid';
import { columnarGrid } from './columnar';
import { tokenise } from './delimited';
import type { Cell, Grid } from './grid';
import { groupsOf, layoutOf, rowKind, type RowKind } from './layout';

const kinds = (rows: Cell[][], options?: Parameters<typeof gridOf>[1]): RowKind[] => {
	const grid = gridOf(rows, options);
	const layout = layoutOf(grid);
	return rows.map((_, row) => rowKind(grid, layout, row));
};

describe('layoutOf', () => {
	it('takes the first row of names as headings', () => {
		const layout = layoutOf(
			gridOf([
				['Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Năm'],
				['Cải tiến quy trình', 'Tác giả 01', 'Sở Y tế', '2024'],
				['Số hóa hồ sơ', 'Tác giả 02', 'Sở Y tế', '2024']
			])
		);
		expect(layout).toMatchObject({
			headings: { first: 0, last: 0 },
			start: 1,
			texts: ['Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Năm'],
			titles: [],
			moneyNote: null
		});
	});

	it('passes titles by, tells the unit of money that they name, and drops the numbering row', () => {
		const layout = layoutOf(
			gridOf([
				['UBND TỈNH THÁI NGUYÊN'],
				['DANH SÁCH SÁNG KIẾN NĂM 2024'],
				['', '', '', 'Đơn vị tính: triệu đồng'],
				['TT', 'Tên sáng kiến', 'Đơn vị', 'Giá trị làm lợi'],
				['A', 'B', 'C', '1'],
				['1', 'Cải tiến quy trình', 'Sở Y tế', '12,5'],
				['2', 'Số hóa hồ sơ', 'Sở Y tế', '3']
			])
		);
		expect(layout.headings).toEqual({ first: 3, last: 3 });
		expect(layout.start).toBe(5);
		expect(layout.moneyNote).toBe('Đơn vị tính: triệu đồng');
		expect(layout.titles).toContain('DANH SÁCH SÁNG KIẾN NĂM 2024');
	});

	it('joins merged heading levels', () => {
		const layout = layoutOf(
			gridOf(
				[
					['TT', 'Đơn vị', 'Khen thưởng', null, 'Ghi chú'],
					[null, null, 'Tập thể', 'Cá nhân', null],
					[1, 'Sở Y tế', 2, 5, null],
					[2, 'Sở Nội vụ', 1, 3, null]
				],
				{
					sheet: 'Báo cáo',
					merges: [
						{ top: 0, bottom: 1, left: 0, right: 0 },
						{ top: 0, bottom: 1, left: 1, right: 1 },
						{ top: 0, bottom: 0, left: 2, right: 3 },
						{ top: 0, bottom: 1, left: 4, right: 4 }
					]
				}
			)
		);
		expect(layout.headings).toEqual({ first: 0, last: 1 });
		expect(layout.texts).toEqual(['TT', 'Đơn vị', 'Khen thưởng / Tập thể', 'Khen thưởng / Cá nhân', 'Ghi chú']);
	});

	it('joins heading levels of a text file by the blanks that a parent leaves', () => {
		const layout = layoutOf(
			gridOf([
				['TT', 'Đơn vị', 'Khen thưởng', '', 'Ghi chú'],
				['', '', 'Tập thể', 'Cá nhân', ''],
				['1', 'Sở Y tế', '2', '5', ''],
				['2', 'Sở Nội vụ', '1', '3', '']
			])
		);
		expect(layout.headings).toEqual({ first: 0, last: 1 });
		expect(layout.texts).toEqual(['TT', 'Đơn vị', 'Khen thưởng / Tập thể', 'Khen thưởng / Cá nhân', 'Ghi chú']);
	});

	it('finds no headings where there are only figures', () => {
		const layout = layoutOf(
			gridOf([
				['1', '2024', '12,5'],
				['2', '2024', '13']
			])
		);
		expect(layout).toMatchObject({ headings: null, start: 0, texts: ['', '', ''] });
	});

	it('takes the names of the format where it has them', () => {
		const grid = gridOf([[1, 'Tổng cộng']], { names: ['a', 'b'] });
		const layout = layoutOf(grid);
		expect(layout).toMatchObject({ headings: null, start: 0, texts: ['a', 'b'] });
		expect(rowKind(grid, layout, 0)).toBe('data');
	});

	it('stands an empty grid', () => {
		expect(layoutOf(gridOf([]))).toMatchObject({ headings: null, start: 0, texts: [] });
	});
});

describe('rowKind', () => {
	const head = ['TT', 'Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Điểm'];
	const row = (number: string, title: string) => [number, title, 'Tác giả 01', 'Sở Y tế', '80'];

	it('tells groups, totals, blanks, repeated headings, signatures and data apart', () => {
		expect(
			kinds([
				['DANH SÁCH', '', '', '', ''],
				head,
				['I', 'KHỐI SỞ, NGÀNH', '', '', ''],
				row('1', 'Tổng hợp dữ liệu tự động'),
				['', '', '', '', ''],
				['II. KHỐI TRƯỜNG HỌC', '', '', '', ''],
				row('2', 'Cộng đồng học tập số'),
				head,
				row('3', 'Số hóa hồ sơ'),
				['', 'Tổng cộng', '', '', '240'],
				[],
				['', '', '', 'Thái Nguyên, ngày 05 tháng 11 năm 2024', ''],
				['Người lập biểu', '', '', 'Thủ trưởng đơn vị', '']
			])
		).toEqual([
			'heading',
			'heading',
			'group',
			'data',
			'blank',
			'group',
			'data',
			'heading',
			'data',
			'total',
			'blank',
			'note',
			'note'
		]);
	});

	it('takes the numbering row for a heading, here and after a page break', () => {
		expect(
			kinds([head, ['A', 'B', 'C', '1', '2'], row('1', 'Một'), head, ['A', 'B', 'C', '1', '2'], row('2', 'Hai')])
		).toEqual(['heading', 'heading', 'data', 'heading', 'heading', 'data']);
	});

	it('keeps a row of few cells that may be data', () => {
		expect(kinds([head, row('1', 'Một'), ['2', 'Hai', '', '', ''], row('3', 'Ba')])).toEqual([
			'heading',
			'data',
			'data',
			'data'
		]);
	});

	it('never takes a row of a two-column table for a group', () => {
		expect(
			kinds([
				['Đơn vị', 'Tên khác'],
				['A. Sở', ''],
				['Sở Y tế', 'SYT']
			])
		).toEqual(['heading', 'data', 'data']);
	});
});

describe('layoutOf, on real files', () => {
	const head = ['TT', 'Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Điểm'];
	const row = (number: Cell, title: string): Cell[] => [number, title, 'Tác giả 01', 'Sở Y tế', '80'];
	const report = [
		['1', 'Sở Y tế', '2', '50', '48', '1', '2'],
		['2', 'Sở Nội vụ', '2', '50', '48', '1', '2']
	];
	const joined = [
		'TT',
		'Đơn vị',
		'Học tập, quán triệt / Số hội nghị',
		'Học tập, quán triệt / Đảng viên / Triệu tập',
		'Học tập, quán triệt / Đảng viên / Tham gia',
		'Khen thưởng / Tập thể',
		'Khen thưởng / Cá nhân'
	];

	it('passes by a letterhead of two columns, also right above the headings', () => {
		const letterhead = [
			['UBND TỈNH THÁI NGUYÊN', '', '', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', ''],
			['SỞ KHOA HỌC VÀ CÔNG NGHỆ', '', '', 'Độc lập - Tự do - Hạnh phúc', '']
		];
		const near = layoutOf(gridOf([...letterhead, head, row(1, 'Một'), row(2, 'Hai')]));
		expect(near).toMatchObject({ headings: { first: 2, last: 2 }, texts: head });
		const far = layoutOf(
			gridOf([
				...letterhead,
				['DANH SÁCH SÁNG KIẾN NĂM 2024', '', '', '', ''],
				['(Kèm theo Quyết định số 12/QĐ-UBND ngày 01/02/2024)', '', '', '', ''],
				head,
				row(1, 'Một'),
				row(2, 'Hai')
			])
		);
		expect(far).toMatchObject({ headings: { first: 4, last: 4 }, texts: head });
		expect(far.titles).toHaveLength(6);
	});

	it('passes by lines that name the unit and the period', () => {
		const layout = layoutOf(
			gridOf([
				['Đơn vị', 'Sở KH&CN', '', '', ''],
				['Kỳ báo cáo', 'Quý I/2025', '', '', ''],
				head,
				row(1, 'Một'),
				row(2, 'Hai')
			])
		);
		expect(layout.headings).toEqual({ first: 2, last: 2 });
		expect(layout.titles).toEqual(['Đơn vị', 'Sở KH&CN', 'Kỳ báo cáo', 'Quý I/2025']);
	});

	it('joins three levels, by merged cells', () => {
		const box = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });
		const rows: Cell[][] = [
			['BIỂU TỔNG HỢP', null, null, null, null, null, null],
			['TT', 'Đơn vị', 'Học tập, quán triệt', null, null, 'Khen thưởng', null],
			[null, null, 'Số hội nghị', 'Đảng viên', null, 'Tập thể', 'Cá nhân'],
			[null, null, null, 'Triệu tập', 'Tham gia', null, null],
			['A', 'B', 1, 2, 3, '(4)', '5=3/2'],
			...report
		];
		const merges = [
			box(0, 0, 0, 6),
			box(1, 0, 3, 0),
			box(1, 1, 3, 1),
			box(1, 2, 1, 4),
			box(2, 2, 3, 2),
			box(2, 3, 2, 4),
			box(1, 5, 1, 6),
			box(2, 5, 3, 5),
			box(2, 6, 3, 6)
		];
		const layout = layoutOf(gridOf(rows, { sheet: 'Biểu 1', merges }));
		expect(layout).toMatchObject({
			headings: { first: 1, last: 3 },
			start: 5,
			texts: joined,
			titles: ['BIỂU TỔNG HỢP']
		});
	});

	it('joins three levels, by the blanks that parents leave', () => {
		const layout = layoutOf(
			gridOf([
				['TT', 'Đơn vị', 'Học tập, quán triệt', '', '', 'Khen thưởng', ''],
				['', '', 'Số hội nghị', 'Đảng viên', '', 'Tập thể', 'Cá nhân'],
				['', '', '', 'Triệu tập', 'Tham gia', '', ''],
				...report
			])
		);
		expect(layout).toMatchObject({ headings: { first: 0, last: 2 }, start: 3, texts: joined });
	});

	it('takes years below a parent for headings', () => {
		const layout = layoutOf(
			gridOf([
				['TT', 'Đơn vị', 'Số sáng kiến', '', ''],
				['', '', '2022', '2023', '2024'],
				['1', 'Sở Y tế', '5', '6', '7'],
				['2', 'Sở Nội vụ', '5', '6', '7']
			])
		);
		expect(layout.texts).toEqual(['TT', 'Đơn vị', 'Số sáng kiến / 2022', 'Số sáng kiến / 2023', 'Số sáng kiến / 2024']);
	});

	it('takes the first row for data where nothing says that it is not', () => {
		const rows = [
			['Cải tiến quy trình cấp phép', 'Tác giả 01', 'Sở Y tế', '2024', '12/03/2024'],
			['Số hóa hồ sơ lưu trữ', 'Tác giả 02', 'Sở Nội vụ', '2024', '15/03/2024'],
			['Đường dây nóng', 'Tác giả 03', 'Sở Nội vụ', '2024', '16/03/2024']
		];
		expect(kinds(rows)).toEqual(['data', 'data', 'data']);
		expect(kinds(rows.map((cells) => cells.slice(0, 3)))).toEqual(['data', 'data', 'data']);
	});

	it('knows headings that no table has by the figures below them', () => {
		const layout = layoutOf(
			gridOf([
				['Loại quả', 'Màu', 'Khối lượng'],
				['Bưởi', 'Vàng', '1,2'],
				['Na', 'Xanh', '0,3']
			])
		);
		expect(layout.headings).toEqual({ first: 0, last: 0 });
		expect(layout.certainty).toBe(0.5);
	});

	it.each([
		[['1', '2', '3', '4=2+3', '5']],
		[['(1)', '(2)', '(3)', '(4)', '(5)']],
		[[1, 2, 3, 4, 5]],
		[['A', 'B', 'C', 'D', 'E']],
		[['[1]', '[2]', '[3]', '[4]', '[5]']],
		[['A', 'B', '1', '2', '3=1/2*100']]
	])('takes %j for the numbering of the columns', (numbering: Cell[]) => {
		expect(layoutOf(gridOf([head, numbering, row(1, 'Một'), row(2, 'Hai')])).start).toBe(2);
	});

	it.each([
		[['1', '2', '3', '5', '6']],
		[['2', '3', '4', '5', '6']],
		[['A', 'C', '1', '2', '3']],
		[['1', 'Hai', '3', '4', '5']]
	])('takes %j for data', (cells) => {
		expect(layoutOf(gridOf([head, cells, row(2, 'Hai')])).start).toBe(1);
	});

	it.each([
		['Đơn vị tính: triệu đồng', true],
		['ĐVT: 1.000 đồng', true],
		['(Đơn vị: tỷ VNĐ)', true],
		['Đvt: nghìn đồng', true],
		['Đơn vị tính: người', false],
		['Đơn vị: Công ty Đông Á', false],
		['Đơn vị báo cáo: Sở Tài chính', false]
	])('reads %j as a unit of money: %s', (text, isMoney) => {
		const layout = layoutOf(gridOf([['BÁO CÁO'], ['', '', '', '', text], head, row(1, 'Một'), row(2, 'Hai')]));
		expect(layout.moneyNote).toBe(isMoney ? text : null);
	});

	it('makes headings one line of composed text', () => {
		const grid = gridOf([
			['TT', 'Tên\nsáng  kiến'.normalize('NFD'), ' Đơn vị\u00a0', 'Điểm'],
			['1', 'Một', 'Sở Y tế', '3']
		]);
		expect(layoutOf(grid).texts).toEqual(['TT', 'Tên sáng kiến', 'Đơn vị', 'Điểm']);
	});

	it('has a text for each column that most rows fill, headed or not', () => {
		const grid = gridOf([
			['TT', 'Tên sáng kiến', 'Đơn vị'],
			['1', 'Một', 'Sở Y tế', 'x'],
			['2', 'Hai', 'Sở Y tế', 'y'],
			['3', 'Ba', 'Sở Y tế', 'z', 'một ô quá nhiều']
		]);
		expect(layoutOf(grid).texts).toEqual(['TT', 'Tên sáng kiến', 'Đơn vị', '']);
	});
});

describe('rowKind, on real files', () => {
	const head = ['TT', 'Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Điểm'];
	const row = (number: Cell, title: string): Cell[] => [number, title, 'Tác giả 01', 'Sở Y tế', '80'];

	it('takes all that stands below the table for notes', () => {
		expect(
			kinds([
				head,
				row(1, 'Một'),
				['', 'Tổng cộng', '', '', '80'],
				[],
				['Ghi chú: số liệu tính đến 30/9.', '', '', '', ''],
				['', '', '', 'Thái Nguyên, ngày … tháng … năm 2024', ''],
				['NGƯỜI LẬP BIỂU', '', '', 'KT. GIÁM ĐỐC', ''],
				['', '', '', 'PHÓ GIÁM ĐỐC', ''],
				['(Ký, ghi rõ họ tên)', '', '', '(Ký tên, đóng dấu)', ''],
				[],
				['Người Lập 01', '', '', 'Người Ký 02', ''],
				['Nơi nhận:', '', '', '', ''],
				['- Như trên;', '', '', '', ''],
				['- Lưu: VT.', '', '', '', '']
			])
		).toEqual([
			'heading',
			'data',
			'total',
			'blank',
			'note',
			'note',
			'note',
			'note',
			'note',
			'blank',
			'note',
			'note',
			'note',
			'note'
		]);
	});

	it('keeps rows of one author more, of a unit that reported nothing, and of a title alone', () => {
		const author = ['', '', 'Tác giả 02', '', ''];
		expect(kinds([head, row(1, 'Một'), author, row(2, 'Hai'), ['3', 'Ba', '', '', ''], author])).toEqual([
			'heading',
			'data',
			'data',
			'data',
			'data',
			'data'
		]);
		const units = [
			['Đơn vị', 'Số hội nghị quán triệt', 'Lượt nghe', 'Số tin, bài'],
			['Sở Y tế', '1', '2', '3'],
			['Sở Nội vụ', '', '', ''],
			['Sở Công Thương', '', '', '']
		];
		expect(kinds(units)).toEqual(['heading', 'data', 'data', 'data']);
	});

	it('tells groups from numbered rows', () => {
		expect(
			kinds([
				['TT', 'Đơn vị', 'Số hội nghị', 'Lượt nghe'],
				['I', 'KHỐI SỞ, NGÀNH', '', ''],
				['1', 'Sở Y tế', '1', '2'],
				['2', 'Sở Nội vụ', '', ''],
				['II', '', '', ''],
				['A.', 'Trường học', '', ''],
				['III', 'KHỐI DOANH NGHIỆP', '12', '30'],
				['3', 'THPT Gang Thép', '1', '2']
			])
		).toEqual(['heading', 'group', 'data', 'data', 'group', 'group', 'total', 'data']);
	});

	it.each<[Cell[], RowKind]>([
		[['Tổng cộng:', '', '', '', '9'], 'total'],
		[['', 'CỘNG', '', '', '9'], 'total'],
		[['', 'Tổng số', '', '', '9'], 'total'],
		[['Cộng (I+II)', '', '', '', '9'], 'total'],
		[['', 'Tổng cộng: 36 sáng kiến', '', '', ''], 'total'],
		[['', '', 'Cộng', '', '9'], 'total'],
		[['TỔNG CỘNG TOÀN TỈNH', '', '', '', '7'], 'total'],
		[['Cộng trang 3', '', '', '', '7'], 'total'],
		[['', 'Tổng cộng'.normalize('NFD'), '', '', 7], 'total'],
		[['', 'Công', '', '', '3'], 'data'],
		[row(1, 'Tổng hợp dữ liệu'), 'data'],
		[row(2, 'Cộng đồng học tập'), 'data'],
		[row(3, 'Tổng số hóa tài liệu'), 'data'],
		[row(4, 'Cộng tác viên dân số'), 'data'],
		[row(5, 'Công khai thủ tục'), 'data'],
		[row(6, 'Tổng'), 'data'],
		[['Trang 2/5', '', '', '', ''], 'note']
	])('says of %j that it is %s', (cells, kind) => {
		expect(kinds([head, row(1, 'Một'), cells, row(9, 'Chín')])[2]).toBe(kind);
	});

	it('knows titles and headings again after a page break', () => {
		const title = ['DANH SÁCH SÁNG KIẾN NĂM 2024', '', '', '', ''];
		expect(kinds([title, head, row(1, 'Một'), title, head, row(2, 'Hai')])).toEqual([
			'heading',
			'heading',
			'data',
			'heading',
			'heading',
			'data'
		]);
	});

	it('takes a text that is merged over columns for a group', () => {
		const rows: Cell[][] = [head, ['Cơ quan chuyên môn', null, null, null, null], row(1, 'Một')];
		expect(kinds(rows, { sheet: 'A', merges: [{ top: 1, bottom: 1, left: 0, right: 4 }] })).toEqual([
			'heading',
			'group',
			'data'
		]);
	});

	it('never loses a row whose only cell stands far to the right', () => {
		const far: Cell[] = Array.from({ length: 600 }, (_, at) => (at === 599 ? 'x' : null));
		expect(kinds([head, row(1, 'Một'), far])[2]).toBe('data');
	});

	it('never takes a row with a word and a number in its own columns for anything but data, a heading or a total', () => {
		const cell = fc.constantFrom<Cell>('', 'Một', 'Tổng', 'I', 'KHỐI SỞ', 'Ghi chú', 5, '12/03/2024', null);
		fc.assert(
			fc.property(fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 8 }), (rows) => {
				const all = [head, row(1, 'Một'), ...rows.map((cells) => [...cells, 'Một', '7']), row(2, 'Hai')];
				for (const kind of kinds(all).slice(1)) expect(['data', 'total']).toContain(kind);
			})
		);
	});

	it('says something of each row of any grid, in time', () => {
		const long = gridOf([head, ...Array.from({ length: 100_000 }, () => ['', 'Một', '', '', ''])]);
		const layout = layoutOf(long);
		for (let at = 0; at < long.length; at++) rowKind(long, layout, at);
		const broad = Array.from({ length: 100_000 }, (_, at) => `Cột ${at}`);
		expect(kinds([broad, broad.map((_, at) => at)])).toHaveLength(2);
		const any = fc.constantFrom<Cell>(
			'',
			null,
			'TT',
			'Đơn vị',
			'a',
			'1',
			2024,
			true,
			new Date(0),
			'Tổng cộng',
			'A',
			'I'
		);
		fc.assert(
			fc.property(fc.array(fc.array(any, { maxLength: 6 }), { maxLength: 12 }), (rows) => {
				const blank = (cells: Cell[]) => cells.every((cell) => cell === null || cell === '');
				kinds(rows).forEach((kind, at) => expect(kind === 'blank').toBe(blank(rows[at] ?? [])));
			})
		);
	}, 10_000);
});

describe('groupsOf', () => {
	it('gives for each row the group above it', () => {
		const grid = gridOf([
			['TT', 'Tên sáng kiến', 'Tác giả', 'Đơn vị'],
			['1', 'Một', 'Tác giả 01', 'Sở Y tế'],
			['I', 'KHỐI SỞ, NGÀNH', '', ''],
			['2', 'Hai', 'Tác giả 02', 'Sở Y tế'],
			['3', 'Ba', 'Tác giả 03', 'Sở Y tế'],
			['II. KHỐI TRƯỜNG HỌC', '', '', ''],
			['4', 'Bốn', 'Tác giả 04', 'THPT Gang Thép']
		]);
		const groupOf = groupsOf(grid, layoutOf(grid));
		expect([1, 3, 4, 6].map(groupOf)).toEqual([null, 'I KHỐI SỞ, NGÀNH', 'I KHỐI SỞ, NGÀNH', 'II. KHỐI TRƯỜNG HỌC']);
	});
});

describe('rowKind, by the first bytes of cells', () => {
	const texts = [
		...[
			'',
			'',
			'',
			'1',
			'2',
			'12',
			'II',
			'III.',
			'A',
			'Đ',
			'x',
			'Sở Y tế',
			'KHỐI SỞ, NGÀNH',
			'Khối Đảng',
			' 7',
			'\u00a0',
			'\u00a0x'
		],
		...[
			'Tổng cộng',
			'tổng',
			'TỔNG SỐ:',
			'Cộng',
			'cong',
			'Công nghệ',
			'Toàn tỉnh',
			'Toán',
			'tong so',
			'T',
			'C',
			'Trang 2',
			'Ghi chú: x'
		],
		...[
			'STT',
			'Tên sáng kiến',
			'Tên\u00a0sáng kiến',
			'Đơn vị',
			'Lĩnh vực',
			'Cấp',
			'Số',
			'Số hồ sơ',
			"'=1+1",
			'"Tổng"',
			'" q"',
			'""'
		]
	];
	const line = fc.array(fc.constantFrom(...texts), { maxLength: 6 }).map((cells) => cells.join(','));
	const heading = fc.constantFrom(
		'STT,Tên sáng kiến,Đơn vị,Lĩnh vực,Cấp',
		'Số hồ sơ,Tên sáng kiến,Đơn vị,Cấp',
		'Mã,Tên',
		'Ma ho so,Ten sang kien,Don vi,Cap'
	);
	const kindsOf = (grid: Grid) => {
		const layout = layoutOf(grid);
		return Array.from({ length: grid.length }, (_, row) => rowKind(grid, layout, row));
	};
	const unpeeked = (grid: Grid): Grid => {
		const slow = { ...grid };
		delete slow.peek;
		return slow;
	};

	it('is what the whole cells say, in any text', async () => {
		await fc.assert(
			fc.asyncProperty(
				heading,
				fc.array(fc.oneof({ weight: 5, arbitrary: line }, heading), { maxLength: 12 }),
				async (first, lines) => {
					const bytes = new TextEncoder().encode(
						[first, ...lines, ...Array<string>(3).fill('9,Một,Sở,Y tế,Tỉnh')].join('\n')
					);
					const grid = await tokenise('a.csv', bytes, { delimiter: ',', columns: 5, certainty: 1 });
					expect('peek' in grid).toBe(true);
					expect(kindsOf(grid)).toEqual(kindsOf(unpeeked(grid)));
				}
			),
			{ numRuns: 3000 }
		);
	});

	it('is what the whole cells say, in columns with names', async () => {
		const column = fc.array(fc.constantFrom(null, '', ' ', 'a', 'Tổng', '\u00a0', '9'), { minLength: 6, maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(column, column, async (one, two) => {
				const stream = tableToIPC(tableFromArrays({ one, two }), 'stream');
				const grid = await columnarGrid('a.arrow', stream, 'arrow');
				expect(kindsOf(grid)).toEqual(kindsOf(unpeeked(grid)));
			}),
			{ numRuns: 200 }
		);
	});
});
