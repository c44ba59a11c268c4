import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cpuTime } from '../../../tests/cpu';
import { foldKey } from '../model/alias';
import { codeReader, codesReader, readBoolean, type CodeEntry } from './code';
import type { Cell } from './grid';
import type { Read } from './read';
import { synonyms } from './synonym';

const rows = parse<Record<'list' | 'code' | 'name_vi' | 'name_en', string>>(readFileSync('data/code_lists.csv'), {
	columns: true,
	bom: true
});
const lists = new Map<string, CodeEntry[]>();
for (const { list, code, name_vi, name_en } of rows) {
	const entries = lists.get(list) ?? [];
	entries.push({ code, name_vi, name_en, from: null, to: null });
	lists.set(list, entries);
}
const listOf = (name: string) => lists.get(name) ?? [];
const one = (list: string, cell: Cell) => codeReader(listOf(list), list)(cell);
const several = (list: string, cell: Cell) => codesReader(listOf(list), list)(cell);

function value<T>(read: Read<T>): T | null | string {
	return 'rule' in read ? `refused: ${read.rule}` : read.value;
}

describe('one code', () => {
	const cases: [list: string, cell: Cell, code: string][] = [
		// The code itself.
		['level', 'tinh', 'tinh'],
		['level', 'CO_SO', 'co_so'],
		['document', '57-NQ/TW', '57-NQ/TW'],
		['document', '57 – NQ/TW', '57-NQ/TW'],
		['document_kind', 'QĐ', 'QĐ'],
		['document_kind', 'qđ', 'QĐ'],
		['round', 'quy_1', 'QUY_1'],
		['transfer_method', 1, '1'],
		['transfer_form', '2a', '2a'],
		['transfer_form', '2d', '2d'],
		['transfer_form', '2đ', '2đ'],
		['transfer_form', '2Đ', '2đ'],
		['transfer_form', '2 đ)', '2đ'],
		['currency', 'usd', 'USD'],
		['country', 'vn', 'VN'],
		// The name, with or without accents, in either language, composed or not.
		['level', 'Cấp cơ sở', 'co_so'],
		['level', 'CẤP CƠ SỞ', 'co_so'],
		['level', 'cap  co so', 'co_so'],
		['level', 'Cấp tỉnh, bộ, ngành', 'tinh'],
		['level', 'Toàn quốc'.normalize('NFD'), 'toan_quoc'],
		['level', 'Grassroots', 'co_so'],
		['influence', 'Within the district', 'huyen'],
		['field', 'Công nghệ thông tin, chuyển đổi số', 'cntt_cds'],
		['ownership', 'Có vốn Ðầu tư nước ngoài', 'von_nuoc_ngoai'],
		['activity', 'Học tập, quán triệt', 'hoc_tap_quan_triet'],
		['report_kind', 'Sơ kết', 'so_ket'],
		['statistical_form', 'Chuyển giao công nghệ', '06/KHCN-CG'],
		// What people write instead.
		['level', 'Cấp tỉnh', 'tinh'],
		['level', 'tỉnh', 'tinh'],
		['level', 'UBND tỉnh', 'tinh'],
		['level', 'T', 'tinh'],
		['level', 'CS', 'co_so'],
		['level', 'cơ sở', 'co_so'],
		['level', 'Huyện', 'huyen'],
		['level', 'Cấp bộ', 'tinh'],
		['level', 'cấp quốc gia', 'toan_quoc'],
		['level', 'không được công nhận', 'khong_cong_nhan'],
		['influence', 'toàn tỉnh', 'tinh'],
		['influence', 'cả nước', 'toan_quoc'],
		['initiative_status', 'Đã được công nhận', 'da_cong_nhan'],
		['initiative_status', 'chờ quyết định', 'de_nghi_cong_nhan'],
		['initiative_status', 'Chưa nộp', 'nhap'],
		['initiative_status', 'trả lại', 'yeu_cau_bo_sung'],
		['initiative_result', 'Đ', 'dat'],
		['initiative_result', 'KĐ', 'khong_dat'],
		['field', 'CNTT', 'cntt_cds'],
		['field', 'GD&ĐT', 'giao_duc'],
		['field', 'GDĐT', 'giao_duc'],
		['field', 'Y tế', 'y_te'],
		['field', 'QP-AN', 'qp_an'],
		['field', 'NN&PTNT', 'nong_nghiep'],
		['field', 'TN&MT', 'moi_truong'],
		['field', 'CCHC', 'cchc'],
		['field', 'Lĩnh vực khác', 'khac'],
		['solution_kind', 'Giải pháp kĩ thuật', 'ky_thuat'],
		['solution_kind', 'ứng dụng TBKT', 'ung_dung_tbkt'],
		['round', 'Quý 1', 'QUY_1'],
		['round', 'Q3', 'QUY_3'],
		['round', 'Quý IV/2024', 'QUY_4'],
		['round', 'Đợt 1 năm 2024', 'DOT_1'],
		['round', 'Đợt II', 'DOT_2'],
		['ownership', 'FDI', 'von_nuoc_ngoai'],
		['ownership', 'DN tư nhân', 'ngoai_nha_nuoc'],
		['filing_kind', 'Sửa đổi bổ sung', 'sua_doi'],
		['transfer_direction', 'vào Việt Nam', 'vao_vn'],
		['transfer_direction', 'ra nước ngoài', 'ra_nn'],
		['transfer_direction', 'nội địa', 'trong_nuoc'],
		['supplier_kind', 'Viện nghiên cứu', 'vien_truong'],
		['payment', 'trả 1 lần', 'tra_mot_lan'],
		['list_standing', 'Hạn chế', 'han_che'],
		['activity', 'tin, bài', 'tin_bai'],
		['activity', 'Hội nghị quán triệt', 'hoc_tap_quan_triet'],
		['document', 'Nghị quyết số 57-NQ/TW', '57-NQ/TW'],
		['document', 'KL 69', '69-KL/TW'],
		['document', 'CTHĐ 56', '56-CTr/TU'],
		['activity_form', 'trực tiếp và trực tuyến', 'ket_hop'],
		['audience', 'ĐV', 'dang_vien'],
		['audience', 'Hội viên, đoàn viên', 'hoi_vien_doan_vien'],
		['channel', 'Zalo', 'mang_xa_hoi'],
		['channel', 'PT-TH', 'phat_thanh_truyen_hinh'],
		['commendation', 'BK của UBND tỉnh', 'bang_khen_ubnd_tinh'],
		['commendation', 'Huân chương Lao động hạng Ba', 'huan_chuong'],
		['reason', 'ĐMST', 'doi_moi_sang_tao'],
		['rating', 'HTTNV', 'tot'],
		['rating', 'HTXSNV', 'xuat_sac'],
		['currency', 'đồng', 'VND'],
		['currency', '$', 'USD'],
		['currency', 'NDT', 'CNY'],
		['country', 'Mỹ', 'US'],
		['country', 'Hàn Quốc', 'KR'],
		['country', 'Viet Nam', 'VN'],
		['country', 'Anh', 'GB'],
		['country', 'Đài Loan', 'TW'],
		['country', 'Trung Quốc (CN)', 'CN'],
		['country', 'MY', 'MY'],
		['country', 'Áo', 'AT'],
		['country', 'AO', 'AO'],
		['indicator_class', 'Ty le', 'ratio'],
		['indicator_class', 'Tỉ lệ', 'ratio'],
		// Numbered, pointed at, or with the code beside the name.
		['solution_kind', '1. Giải pháp kỹ thuật', 'ky_thuat'],
		['field', '- Giáo dục', 'giao_duc'],
		['transfer_object', 'a) Bí quyết kỹ thuật, bí quyết công nghệ', 'a'],
		['transfer_object', 'điểm a khoản 1 Điều 4', 'a'],
		['transfer_object', 'Điểm d', 'd'],
		['transfer_method', 'khoản 3 Điều 6', '3'],
		['level', 'tinh - Cấp tỉnh', 'tinh'],
		['industry', 'Ngành C', 'C'],
		['industry', 'C - Công nghiệp chế biến, chế tạo', 'C'],
		['industry', 'C26', 'C'],
		['industry', 'C2610', 'C'],
		['industry', 'K', 'K']
	];

	it.each(cases)('%s: %s is %s', (list, cell, code) => {
		expect(value(one(list, cell))).toBe(code);
	});

	const refused: [list: string, cell: Cell, why: string][] = [
		['level', 'Cấp thành phố', 'the level of a province or of a district'],
		['level', 'Cấp tỉnh (đề nghị)', 'proposed is not recognised'],
		['transfer_object', 'đ', 'the list ends with d'],
		['transfer_object', 'a) Máy móc, thiết bị đi kèm', 'letter and name contradict each other'],
		['transfer_object', 'a) việc khác', 'the rest is not known'],
		['industry', 'A26', 'division 26 is of section C'],
		['industry', 2610, 'a spreadsheet may have dropped a zero'],
		['country', 'NA', 'Namibia, or not available'],
		['country', 'My', 'Mỹ without its accent, or the code of Malaysia'],
		['country', 'Ao', 'Áo without its accent, or the code of Angola'],
		['country', 'bi', 'Bỉ without its accent, or the code of Burundi'],
		['transfer_method', 1.2, 'a spreadsheet made a number of “1,2”'],
		['transfer_method', new Date(Date.UTC(2024, 1, 1)), 'a spreadsheet made a day of “1-2”'],
		['initiative_result', true, 'a truth value'],
		['level', 'tỉnh '.repeat(200), 'too long']
	];

	it.each(refused)('%s: %s is refused: %s', (list, cell) => {
		expect(value(one(list, cell))).toBe('refused: unknown-code');
	});

	it.each([null, '', '  ', '\u00a0', '-', '…', 'x', 'không rõ', 'chưa có'])('reads %j as no code', (cell) => {
		expect(value(one('field', cell))).toBeNull();
	});

	it('says of a dash that it counts as empty, and of an empty cell nothing', () => {
		expect(one('field', '-')).toMatchObject({ value: null, warnings: [{ rule: 'not-a-value' }] });
		expect(one('field', null)).not.toHaveProperty('warnings');
	});

	it('knows no synonyms without the name of the list', () => {
		const read = codeReader(listOf('level'));
		expect(value(read('Cấp cơ sở'))).toBe('co_so');
		expect(value(read('CS'))).toBe('refused: unknown-code');
	});

	it('refuses a name that two codes have', () => {
		const entry = { name_vi: 'Khác', name_en: '', from: null, to: null };
		const read = codeReader([
			{ ...entry, code: 'one' },
			{ ...entry, code: 'two' }
		]);
		expect(value(read('Khác'))).toBe('refused: unknown-code');
		expect(value(read('one'))).toBe('one');
	});

	it('reads nothing in an empty list', () => {
		expect(value(codeReader([])('a'))).toBe('refused: unknown-code');
	});
});

describe('suggestions', () => {
	const cases: [list: string, cell: string, repair: string | undefined][] = [
		['level', 'Cấp cơ sơr', 'Cấp cơ sở'],
		['field', 'Nông nghiêpj', 'Nông nghiệp'],
		['field', 'Giáo dụcc', 'Giáo dục'],
		['initiative_status', 'Đã công nhậnn', 'Đã công nhận'],
		['country', 'Singapor', 'Singapore'],
		['activity', 'Tập huẩnn', 'Tập huấn'],
		['industry', '2610', 'Công nghiệp chế biến, chế tạo'],
		['country', 'qqqqq', undefined],
		// What says no is never near what says yes.
		['initiative_result', 'Không đạtt', 'Không đạt'],
		['initiative_result', 'chưa chắc đạt', undefined]
	];

	it.each(cases)('%s: for %s suggests %s', (list, cell, repair) => {
		const read = one(list, cell);
		expect(read).toHaveProperty('rule', 'unknown-code');
		expect('rule' in read ? read.repair : null).toBe(repair);
	});

	it('names at most three near codes, and a short list in full where none is near', () => {
		const near = one('field', 'xây dựnng');
		expect(one('country', 'My')).toHaveProperty('remedy.vi', expect.stringContaining('“Malaysia”, “Hoa Kỳ”'));
		expect(one('country', 'My')).not.toHaveProperty('repair');
		expect(near).toHaveProperty('remedy.vi', expect.stringContaining('Gần nhất: “Xây dựng, giao thông”'));
		const none = one('initiative_result', 'zzzzzz');
		expect(none).toHaveProperty('remedy.vi', expect.stringContaining('Có thể ghi: “Đạt”, “Không đạt”'));
	});

	it('suggests only what would be read', () => {
		for (const [name, list] of lists) {
			const read = codeReader(list, name);
			for (const { name_vi } of list) {
				const refused = read(`${name_vi} zq`);
				if (!('rule' in refused) || refused.repair === undefined) continue;
				expect(read(refused.repair)).toHaveProperty('value');
			}
		}
	});

	it('stays quick in a column of strangers', () => {
		const read = codeReader(listOf('country'), 'country');
		const started = cpuTime();
		for (let index = 0; index < 20_000; index++) read(`không phải một nước nào cả, số ${index} của danh sách`);
		expect(cpuTime() - started).toBeLessThan(5_000);
	});
});

describe('several codes', () => {
	const cases: [list: string, cell: Cell, codes: string][] = [
		['transfer_object', 'a', 'a'],
		['transfer_object', 'a|b', 'a|b'],
		['transfer_object', 'a, b', 'a|b'],
		['transfer_object', 'a,b,c', 'a|b|c'],
		['transfer_object', 'a; d', 'a|d'],
		['transfer_object', 'a và d', 'a|d'],
		['transfer_object', 'a + b', 'a|b'],
		['transfer_object', 'a/b', 'a|b'],
		['transfer_object', 'a\nb', 'a|b'],
		['transfer_object', 'điểm a, điểm b', 'a|b'],
		['transfer_object', 'd, a, a', 'a|d'],
		['transfer_object', 'a,', 'a'],
		['transfer_object', 'Bí quyết kỹ thuật, bí quyết công nghệ', 'a'],
		['transfer_object', 'Bí quyết công nghệ, phần mềm', 'a|b'],
		['transfer_object', 'Bí quyết kỹ thuật, bí quyết công nghệ, Máy móc, thiết bị đi kèm', 'a|d'],
		['transfer_object', 'Bí quyết kỹ thuật, bí quyết công nghệ; Máy móc, thiết bị đi kèm', 'a|d'],
		['transfer_object', '- Bí quyết\n- Máy móc, thiết bị', 'a|d'],
		['transfer_method', '1, 2, 3', '1|2|3'],
		['transfer_method', 'Đào tạo; Cử chuyên gia', '2|3'],
		['transfer_method', 'Chuyển giao tài liệu và đào tạo', '1|2'],
		['transfer_method', 3, '3']
	];

	it.each(cases)('%s: %j is %s', (list, cell, codes) => {
		expect(value(several(list, cell))).toBe(codes);
	});

	it.each(['a, z', 'a-c', 'abc', ',', 'a, không'])('refuses %j as a whole', (cell) => {
		expect(value(several('transfer_object', cell))).toBe('refused: unknown-code');
	});

	it.each([null, '', '-', 'không có'])('reads %j as none', (cell) => {
		expect(value(several('transfer_object', cell))).toBeNull();
	});

	it('stands a cell of many commas', () => {
		expect(value(several('transfer_object', 'a,'.repeat(199)))).toBe('a');
		expect(value(several('transfer_object', 'a,'.repeat(100_000)))).toBe('refused: unknown-code');
	});
});

describe('yes and no', () => {
	it.each([
		true,
		1,
		'Có',
		'có',
		'CÓ',
		'co',
		'x',
		'X',
		'✓',
		'✔',
		'☑',
		'[x]',
		'1',
		'Đạt',
		'yes',
		'TRUE',
		'đã công bố',
		'Rồi',
		'đúng'
	])('%s is yes', (cell) => {
		expect(readBoolean(cell)).toEqual({ value: true });
	});

	it.each([
		false,
		0,
		'Không',
		'KHÔNG',
		'khong',
		'ko',
		'0',
		'Không đạt',
		'no',
		'False',
		'chưa',
		'Chưa công bố',
		'☐',
		'[ ]',
		'không độc quyền'
	])('%s is no', (cell) => {
		expect(readBoolean(cell)).toEqual({ value: false });
	});

	it.each([null, '', ' ', '-', '…', 'không rõ', 'n/a'])('%j is neither', (cell) => {
		expect(value(readBoolean(cell))).toBeNull();
	});

	it.each(['có/không', 'có thể', 2, -1, '-1', 'abc', '☒', new Date(0), 'có '.repeat(500)])('%s is refused', (cell) => {
		expect(value(readBoolean(cell))).toBe('refused: type-boolean');
	});
});

describe('the table of synonyms', () => {
	test('names only lists and codes that there are', () => {
		for (const [list, codes] of Object.entries(synonyms)) {
			const known = new Set(listOf(list).map(({ code }) => code));
			expect([list, Object.keys(codes).filter((code) => !known.has(code))]).toEqual([list, []]);
		}
	});

	test('gives no text to two codes of a list', () => {
		for (const [list, codes] of Object.entries(synonyms)) {
			const owners = new Map<string, string>();
			const shared: string[] = [];
			for (const [code, texts] of Object.entries(codes)) {
				for (const key of new Set(texts.split(';').map((text) => foldKey(text) || text))) {
					if (owners.has(key)) shared.push(`${list}: ${key}: ${owners.get(key) ?? ''}, ${code}`);
					owners.set(key, code);
				}
			}
			expect(shared).toEqual([]);
		}
	});

	test('is read as it says', () => {
		for (const [list, codes] of Object.entries(synonyms)) {
			const read = codeReader(listOf(list), list);
			for (const [code, texts] of Object.entries(codes)) {
				for (const text of texts.split(';')) expect([list, text, value(read(text))]).toEqual([list, text, code]);
			}
		}
	});
});

describe('any list', () => {
	const ways: readonly (readonly [name: string, write: (text: string) => string])[] = [
		['as it is', (text) => text],
		['in capitals', (text) => text.toUpperCase()],
		['among other spaces', (text) => ` ${text.replace(/ /g, '\u00a0')}\t`],
		['decomposed', (text) => text.normalize('NFD')],
		['with ð for đ', (text) => text.replace(/đ/g, 'ð')]
	];
	const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');

	it.each(ways)('is read back from its codes and both its names %s', (_, write) => {
		for (const [list, entries] of lists) {
			const read = codeReader(entries, list);
			for (const { code, name_vi, name_en } of entries) {
				// Namibia, or not available.
				const texts = list === 'country' && code === 'NA' ? [name_vi, name_en] : [code, name_vi, name_en];
				for (const text of texts) expect([list, text, value(read(write(text)))]).toEqual([list, text, code]);
			}
		}
	});

	it('is never read as another code without accents, and is read but for what could be another', () => {
		const refused: string[] = [];
		for (const [list, entries] of lists) {
			const read = codeReader(entries, list);
			for (const { code, name_vi, name_en } of entries) {
				for (const text of [name_vi, name_en]) {
					const found = value(read(bare(text)));
					if (found !== code) refused.push(`${list}: ${text}: ${String(found)}`);
				}
			}
		}
		expect(refused).toEqual(['country: Áo: refused: unknown-code', 'country: Bỉ: refused: unknown-code']);
	});

	it('never throws, and gives a code of the list, nothing or a refusal', () => {
		const codes = new Set(listOf('field').map(({ code }) => code));
		const [read, readAll] = [codeReader(listOf('field'), 'field'), codesReader(listOf('field'), 'field')];
		const cell = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 60 }),
			fc.double(),
			fc.boolean(),
			fc.date(),
			fc.constant(null)
		);
		fc.assert(
			fc.property(cell, (cell) => {
				const found = read(cell);
				if (!('rule' in found) && found.value !== null) expect(codes).toContain(found.value);
				const all = readAll(cell);
				if (!('rule' in all)) for (const code of all.value?.split('|') ?? []) expect(codes).toContain(code);
				readBoolean(cell);
			})
		);
	});
});
