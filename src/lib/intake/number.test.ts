import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../../tests/cpu';
import type { Cell } from './grid';
import { numberConvention as counted, readAmount, readCount, readPercent, type NumberForm } from './number';
import type { DecimalSign } from './plan';
import type { Read } from './read';

const numberConvention = (cells: Iterable<Cell>, heading: string, money: boolean, whole = false) =>
	counted(
		Array.from(cells, (cell) => [cell, 1] as const),
		heading,
		money,
		whole
	);

const form = (decimal: DecimalSign | null, factor = 1): NumberForm => ({ decimal, factor });
const money = (cell: Cell, decimal: DecimalSign | null = null, factor = 1) =>
	readAmount(cell, { decimal, factor, money: true });
const amount = (cell: Cell, decimal: DecimalSign | null = null, factor = 1) =>
	readAmount(cell, { decimal, factor, money: false });

/** The value, or the rule by which the cell was refused. */
const outcome = <T>(read: Read<T>) => ('rule' in read ? read.rule : read.value);
const warnings = <T>(read: Read<T>) => ('rule' in read ? [] : (read.warnings ?? []).map(({ rule }) => rule));
const repair = <T>(read: Read<T>) => ('rule' in read ? read.repair : undefined);

describe('an amount of money', () => {
	it.each<[Cell, number]>([
		['0', 0],
		['1250', 1250],
		['007', 7],
		['+5', 5],
		['-5', -5],
		['1.234.567', 1_234_567],
		['1.234.567,5', 1_234_567.5],
		['1,234,567.5', 1_234_567.5],
		['1.234,56', 1234.56],
		['1,234.56', 1234.56],
		['1 234 567', 1_234_567],
		['1 234 567,25', 1_234_567.25],
		['1\u00a0234\u00a0567', 1_234_567],
		['1\u202f234\u2009567', 1_234_567],
		["1'234'567.50", 1_234_567.5],
		['12,5', 12.5],
		['12.5', 12.5],
		['0,125', 0.125],
		['0.125', 0.125],
		['1234,567', 1234.567],
		['12,50', 12.5],
		['1e6', 1_000_000],
		['(1.234.567)', -1_234_567],
		['-1.234.567', -1_234_567],
		['−12,5', -12.5],
		['１２５００', 12_500],
		['  1250 ', 1250],
		['\u200b1250\ufeff', 1250],
		['12,5 triệu', 12_500_000],
		['12,5 TRIỆU ĐỒNG', 12_500_000],
		['12,5 trieu dong', 12_500_000],
		['12,5trđ', 12_500_000],
		['12,5 tr.đ', 12_500_000],
		['1,2 tỷ', 1_200_000_000],
		['1,2 tỉ đồng', 1_200_000_000],
		['1,2 ty\u0309', 1_200_000_000],
		['2 nghìn tỷ', 2_000_000_000_000],
		['500 nghìn', 500_000],
		['500 ngàn đồng', 500_000],
		['500k', 500_000],
		['500K', 500_000],
		['2 trăm triệu', 200_000_000],
		['5.000.000đ', 5_000_000],
		['5.000.000 VNĐ', 5_000_000],
		['5,000,000 VND', 5_000_000],
		['VND 5,000,000', 5_000_000],
		['50 triệu đồng/năm', 50_000_000],
		['50 triệu đồng / 1 năm', 50_000_000],
		['50 triệu đồng mỗi năm', 50_000_000],
		['15.000.000 đồng.', 15_000_000],
		['15.000.000.', 15_000_000],
		['12,', 12],
		['50.000.000 (năm mươi triệu đồng)', 50_000_000],
		['1 tỷ 200 triệu đồng', 1_200_000_000],
		['1 tỷ, 200 triệu và 500 nghìn', 1_200_500_000],
		['1.234567 triệu', 1_234_567],
		[1250.5, 1250.5],
		[-0, 0]
	])('%j is %d', (cell, value) => {
		expect(outcome(money(cell))).toBe(value);
		expect(warnings(money(cell))).toEqual([]);
	});

	it.each<[Cell, number]>([
		['khoảng 50 triệu đồng/năm', 50_000_000],
		['Khoảng 50 triệu', 50_000_000],
		['ước tính 1,5 tỷ', 1_500_000_000],
		['hơn 200 triệu đồng', 200_000_000],
		['trên 200 triệu đồng', 200_000_000],
		['~ 12,5 triệu', 12_500_000],
		['≈200.000.000', 200_000_000],
		['> 50 triệu', 50_000_000],
		['khoảng hơn 1 tỷ 200 triệu', 1_200_000_000],
		['1,5E+08', 150_000_000]
	])('%j is about %d, and says so', (cell, value) => {
		expect(outcome(money(cell))).toBe(value);
		expect(warnings(money(cell))).toEqual(['approximate']);
	});

	it.each<[string]>([
		['-'],
		['–'],
		['…'],
		['...'],
		['x'],
		['X'],
		['không có'],
		['Không'],
		['không tính được'],
		['Không tính được thành tiền, nhưng giảm công sức'],
		['KHÔNG XÁC ĐỊNH'],
		['chưa có'],
		['chưa có số liệu'],
		['N/A'],
		['#N/A'],
		['#DIV/0!'],
		['Nâng cao chất lượng dạy học'],
		['Tăng hiệu quả hoạt động của hội đồng']
	])('%j is no value, never 0, and says so', (cell) => {
		expect(outcome(money(cell))).toBeNull();
		expect(warnings(money(cell))).toEqual(['not-a-value']);
	});

	it.each<[Cell]>([[null], [''], ['   '], ['\u00a0\u200b'], [NaN]])('%j is empty without a word', (cell) => {
		expect(outcome(money(cell))).toBeNull();
		expect(warnings(money(cell))).toEqual([]);
	});

	it.each<[Cell]>([
		['60/40'],
		['1.2.3.'],
		['1,.5'],
		['12 34'],
		['1.2.3'],
		['1.23,4'],
		['1,234.567.8'],
		['1.234,567,8'],
		['12.34.567'],
		['10²'],
		['5 m2'],
		['05/03/2024'],
		['05-03-2024'],
		['100 USD'],
		['$100'],
		['2,5 triệu USD'],
		['1.000 €'],
		['5 triệu/tháng'],
		['200.000đ/sản phẩm'],
		['12,5%'],
		['12 người'],
		['năm mươi triệu đồng'],
		['(50 triệu đồng)'],
		['(1.234.567'],
		['1e400'],
		['99999999999999999999'],
		['1..5'],
		['1,,5'],
		['...5'],
		[true],
		[new Date('2024-05-01T00:00:00Z')],
		[Infinity]
	])('%j cannot be read', (cell) => expect(outcome(money(cell))).toBe('type-number'));

	it.each([
		['2-3 triệu', '2 triệu'],
		['từ 2 đến 3 triệu đồng', '2 triệu'],
		['500 nghìn - 1 triệu', '500 nghìn'],
		['khoảng 2–3 tỷ đồng mỗi năm', '2 tỷ'],
		['200-300', '200'],
		['1tr2', '1.200.000'],
		['1tr250', '1.250.000'],
		['2 tỷ 5', '2.500.000.000'],
		['Làm lợi 120 triệu đồng, giảm 2 giờ công', '120 triệu đồng'],
		['Tiết kiệm được 15.000.000 đồng', '15.000.000 đồng'],
		['Làm lợi 1 tỷ 200 triệu đồng, giảm giờ công', undefined],
		['Năm đầu 20 triệu đồng, năm sau 30 triệu đồng', undefined],
		['100 USD', undefined]
	])('%j is refused, and the repair is %j', (cell, text) => {
		expect(outcome(money(cell))).toBe('type-number');
		expect(repair(money(cell))).toBe(text);
		if (text !== undefined && text !== '200') expect(typeof outcome(money(text))).toBe('number');
	});

	it('says what the spreadsheet lost', () => {
		expect(outcome(money('#REF!'))).toBe('formula-error');
		expect(outcome(money('#VALUE!'))).toBe('formula-error');
		expect(outcome(money('########'))).toBe('column-too-narrow');
	});

	it('is multiplied by the unit of the column or by its own, never by both', () => {
		expect(outcome(money('12,5', ',', 1e6))).toBe(12_500_000);
		expect(outcome(money('1.250,12345', ',', 1e6))).toBe(1_250_123_450);
		expect(outcome(money(12.5, null, 1e6))).toBe(12_500_000);
		expect(outcome(money('0,07', ',', 1e3))).toBe(70);
		expect(outcome(money('12,5 triệu', ',', 1e6))).toBe(12_500_000);
		expect(outcome(money('850 nghìn', ',', 1e6))).toBe(850_000);
		expect(outcome(money('5.000.000 đồng', ',', 1e6))).toBe(5_000_000);
		expect(outcome(money('5.000.000đ', ',', 1e6))).toBe(5_000_000);
	});
});

describe('a number with one sign before three digits', () => {
	it.each(['1.500', '1,500', '1.500,', '12.345', '999,000', '-1.500', '(1.500)', '1.500 triệu', 'khoảng 1.500'])(
		'%j is refused while the sign of the column is not known',
		(cell) => expect(outcome(money(cell))).toBe('ambiguous-number')
	);

	it.each<[string, DecimalSign, number]>([
		['1.500', ',', 1500],
		['1.500', '.', 1.5],
		['1,500', '.', 1500],
		['1,500', ',', 1.5],
		['(1.500)', ',', -1500],
		['1.500 triệu', ',', 1_500_000_000],
		['1.500 triệu', '.', 1_500_000]
	])('%j with the decimal sign %j is %d', (cell, decimal, value) => expect(outcome(money(cell, decimal))).toBe(value));

	it('is whole in đồng, which has no decimals', () => {
		expect(outcome(money('500.000 đồng'))).toBe(500_000);
		expect(outcome(money('500,000đ'))).toBe(500_000);
		expect(outcome(money('500.000 đồng', '.'))).toBe(500_000);
	});

	it('is read by its own signs where they tell, whatever the column does', () => {
		expect(outcome(money('1,234.5', ','))).toBe(1234.5);
		expect(outcome(money('1.234.567', '.'))).toBe(1_234_567);
		expect(outcome(money('12.5', ','))).toBe(12.5);
	});
});

describe('a plain number', () => {
	it.each<[Cell, number]>([
		['71,5', 71.5],
		['80', 80],
		['85 điểm', 85],
		['23.450,5', 23_450.5],
		[24_345, 24_345]
	])('%j is %d', (cell, value) => expect(outcome(amount(cell))).toBe(value));

	it('is not money, a share or words', () => {
		for (const cell of ['5.000.000 đồng', '12%', '$5', 'Khá', 'tốt lắm'])
			expect(outcome(amount(cell))).toBe('type-number');
	});

	it('suggests the score of a score out of 100', () => {
		expect(outcome(amount('85,5/100'))).toBe('type-number');
		expect(repair(amount('85,5/100'))).toBe('85,5');
		expect(repair(amount('60/40'))).toBeUndefined();
	});
});

describe('a count', () => {
	it.each<[Cell, number]>([
		['12', 12],
		['12 người', 12],
		['35.599 lượt người', 35_599],
		['1 200 đảng viên', 1200],
		['24 tháng', 24],
		['5 đ/c', 5],
		['12,0', 12],
		['12.00', 12],
		['1.250', 1250],
		['1.234.567', 1_234_567],
		['1,2 nghìn lượt', 1200],
		[12, 12],
		['2147483647', 2_147_483_647],
		['khoảng 100', 100]
	])('%j is %d', (cell, value) => expect(outcome(readCount(cell, form(null)))).toBe(value));

	it.each<[Cell]>([['12,5'], ['0,5'], [12.5], ['2147483648'], [2 ** 31]])('%j is not whole, or too large', (cell) =>
		expect(outcome(readCount(cell, form(null)))).toBe('type-integer')
	);

	it('is not a span of years, money or a share', () => {
		for (const cell of ['2 năm', '12 đồng', '50%', 'nhiều']) {
			expect(outcome(readCount(cell, form(null)))).toBe('type-number');
		}
	});

	it('asks about 1.000, which may be 1.000 or 1', () => {
		expect(outcome(readCount('1.000', form(null)))).toBe('ambiguous-number');
		expect(outcome(readCount('1.000', form(',')))).toBe(1000);
		expect(outcome(readCount('1.000', form('.')))).toBe(1);
		expect(outcome(readCount('1.250', form('.')))).toBe('type-integer');
	});

	it('is null where there is none, and says so', () => {
		for (const cell of ['-', 'x', 'không phát sinh', 'Chưa thực hiện']) {
			expect(outcome(readCount(cell, form(null)))).toBeNull();
			expect(warnings(readCount(cell, form(null)))).toEqual(['not-a-value']);
		}
	});
});

describe('a percentage', () => {
	it.each<[Cell, number]>([
		['60', 60],
		['60%', 60],
		['12,5%', 12.5],
		['12.5 %', 12.5],
		['99,16 %', 99.16],
		['98 phần trăm', 98],
		['１２，５％', 12.5],
		[60, 60]
	])('%j is %d', (cell, value) => expect(outcome(readPercent(cell, form(null)))).toBe(value));

	it('is multiplied where shares are fractions, unless it has its sign', () => {
		expect(outcome(readPercent('0,6', form(',', 100)))).toBe(60);
		expect(outcome(readPercent('0,07', form(',', 100)))).toBe(7);
		expect(outcome(readPercent(0.07, form(null, 100)))).toBe(7);
		expect(outcome(readPercent('1', form(',', 100)))).toBe(100);
		expect(outcome(readPercent('0,6%', form(',', 100)))).toBe(0.6);
	});

	it('is not a division, and has no unit', () => {
		for (const cell of ['60/40', '35.599/35.900', '5 triệu đồng', '12 người', '5‰']) {
			expect(outcome(readPercent(cell, form(null)))).toBe('type-number');
		}
	});
});

describe('the convention of a column', () => {
	it.each<[string, Cell[], DecimalSign | null, number]>([
		['both signs', ['1.500', '1.234.567,5'], ',', 0],
		['both signs', ['1,500', '1,234.5'], '.', 0],
		['a sign repeated', ['1.500', '1.234.567'], ',', 0],
		['a sign repeated', ['1,500', '1,234,567'], '.', 0],
		['not three digits', ['1.500', '12,5'], ',', 0],
		['not three digits', ['1,500', '12.50'], '.', 0],
		['nothing before the sign but 0', ['1,500', '0,125'], ',', 0],
		['a cell with a unit word', ['1.500', '12,5 triệu'], ',', 0],
		['nobody', ['1.500', '2.750', '12', '', null], null, 2],
		['nobody, and nobody needs to', ['1500', '12', 'x', null], null, 0],
		['typed numbers say nothing', [1.5, 2.75, '1.500'], null, 1],
		['words say nothing', ['1.500', '05.03.2024', '1.5.2', 'Điều 12.5'], null, 1],
		['a contradiction on which a cell hangs', ['1.500', '12,5', '12.5'], null, 1],
		['a contradiction on which none hangs', ['12,5', '12,25', '12.5'], ',', 0]
	])('told by %s: %j', (_, cells, decimal, ambiguous) =>
		expect(numberConvention(cells, 'Điểm', false)).toMatchObject({ decimal, ambiguous })
	);

	it('is that of nearly all cells', () => {
		const cells = (rest: string[]) => [...new Array<string>(40).fill('12,5'), '1.500', ...rest];
		expect(numberConvention(cells(['12.5', '7.25']), '', false)).toMatchObject({ decimal: ',', ambiguous: 0 });
		expect(numberConvention(cells(['12.5', '7.25', '1.1']), '', false)).toMatchObject({ decimal: null, ambiguous: 1 });
	});

	it('knows that counts have no decimals', () => {
		const count = (...texts: string[]) => numberConvention(texts, 'Số tham gia', false, true);
		expect(count('98', '35.599')).toMatchObject({ decimal: ',', ambiguous: 0 });
		expect(count('98', '35,599')).toMatchObject({ decimal: '.', ambiguous: 0 });
		expect(count('98', '36.000')).toMatchObject({ decimal: null, ambiguous: 1 });
		expect(count('1.000', '35.599')).toMatchObject({ decimal: ',', ambiguous: 0 });
	});

	it('knows that đồng has no decimals', () => {
		expect(numberConvention(['1.500', '250.000'], 'Tiền thưởng (đồng)', true)).toMatchObject({
			decimal: ',',
			ambiguous: 0
		});
		expect(numberConvention(['1,500', '250,000'], 'Tiền thưởng (VNĐ)', true)).toMatchObject({
			decimal: '.',
			ambiguous: 0
		});
		expect(numberConvention(['1.500', '250.000 đồng'], 'Tiền thưởng', true)).toMatchObject({
			decimal: ',',
			ambiguous: 0
		});
		expect(numberConvention(['1.500', '250,000'], 'Tiền thưởng (đồng)', true)).toMatchObject({
			decimal: null,
			ambiguous: 2
		});
		expect(numberConvention(['1.500'], 'Tiền thưởng (triệu đồng)', true)).toMatchObject({
			decimal: null,
			ambiguous: 1
		});
	});

	it.each<[string, number]>([
		['Giá trị làm lợi (triệu đồng)', 1e6],
		['Giá trị làm lợi (tr.đ)', 1e6],
		['Giá trị làm lợi (trđ)', 1e6],
		['GIÁ TRỊ LÀM LỢI\n(TRIỆU ĐỒNG)', 1e6],
		['Gia tri lam loi (trieu dong)', 1e6],
		['Giá trị (triệu VNĐ)', 1e6],
		['Giá trị (triệu đồng/năm)', 1e6],
		['Số tiền (triệu)', 1e6],
		['Số tiền, triệu đồng', 1e6],
		['Tiền thưởng (ĐVT: nghìn đồng)', 1e3],
		['Tiền thưởng ĐVT: ngàn đồng', 1e3],
		['Tiền thưởng (Đơn vị tính: nghìn đồng)', 1e3],
		['Tiền thưởng (1.000đ)', 1e3],
		['Tiền thưởng (1000 đồng)', 1e3],
		['Giá trị (1.000.000 đ)', 1e6],
		['Giá trị làm lợi (tỷ đồng)', 1e9],
		['Giá trị làm lợi (tỉ)', 1e9],
		['Giá trị (tỷ đồng) (Đơn vị tính: nghìn đồng)', 1e9],
		['Thù lao (đồng)', 1],
		['Thù lao [đ]', 1],
		['Thù lao (VNĐ)', 1],
		['benefit_vnd', 1]
	])('takes the unit from the heading %j', (heading, factor) =>
		expect(numberConvention(['12'], heading, true)).toMatchObject({ factor, factorFrom: 'heading', currency: null })
	);

	it.each([
		'Giá trị hợp đồng',
		'Số triệu tập',
		'Tỷ lệ đóng góp',
		'Tỷ giá',
		'Hội đồng (công ty)',
		'Lao động',
		'Giá trị làm lợi',
		''
	])('finds no unit in the heading %j', (heading) =>
		expect(numberConvention(['12'], heading, true)).toMatchObject({ factor: 1, factorFrom: null })
	);

	it('takes no unit from the heading of what is not money', () =>
		expect(numberConvention(['12'], 'Điểm (triệu đồng)', false)).toMatchObject({ factor: 1, factorFrom: null }));

	it('tells another currency than the đồng', () => {
		expect(numberConvention(['12'], 'Giá trị (USD)', true)).toMatchObject({ factor: 1, currency: 'USD' });
		expect(numberConvention(['12'], 'Giá trị (nghìn USD)', true)).toMatchObject({ factor: 1e3, currency: 'USD' });
		expect(numberConvention(['12'], 'Giá trị (triệu đô la)', true)).toMatchObject({ factor: 1e6, currency: 'USD' });
	});

	it('counts amounts whose unit nobody says', () => {
		expect(numberConvention(['12,5 triệu', '15', 20, '0', 5_000_000], 'Làm lợi', true)).toMatchObject({
			factor: 1,
			factorFrom: 'cells',
			unitless: 2
		});
		expect(numberConvention(['15', 20], 'Làm lợi (triệu đồng)', true)).toMatchObject({ unitless: 0 });
	});

	it.each<[Cell[], boolean]>([
		[['0,6', '0,125', '1', '0'], true],
		[[0.6, 1, 0, null], true],
		[['0.600', '1.000'], true],
		[['0,6', '60'], false],
		[['0', '1', '1'], false],
		[['0,6', '0,7%'], false],
		[[60, 40], false],
		[[], false]
	])('sees whether the shares %j are fractions', (cells, fraction) =>
		expect(numberConvention(cells, 'Tỷ lệ', false).fraction).toBe(fraction)
	);
});

describe('numbers written by a program', () => {
	const signs = fc.constantFrom<DecimalSign>(',', '.');
	const cents = fc.integer({ min: -1e14, max: 1e14 });

	/** Writes hundredths with thousands parted, in a way of its own. */
	function write(value: number, decimal: DecimalSign, group: string): string {
		const whole = Math.floor(Math.abs(value) / 100).toString();
		const parts = [];
		for (let end = whole.length; end > 0; end -= 3) parts.unshift(whole.slice(Math.max(0, end - 3), end));
		return `${value < 0 ? '-' : ''}${parts.join(group)}${decimal}${String(Math.abs(value) % 100).padStart(2, '0')}`;
	}

	it('come back, with either sign and any convention', () =>
		fc.assert(
			fc.property(
				cents,
				signs,
				fc.boolean(),
				fc.constantFrom(null, ',' as const, '.' as const),
				(value, sign, isSpaced, known) => {
					const text = write(value, sign, isSpaced ? ' ' : sign === ',' ? '.' : ',');
					expect(outcome(amount(text, known))).toBe(value / 100 + 0);
				}
			)
		));

	it('tell their convention, by which the whole ones beside them are read', () =>
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 999_999 }), { minLength: 1 }), signs, (values, sign) => {
				const group = sign === ',' ? '.' : ',';
				const whole = values.map((value) => write(value * 100, sign, group).slice(0, -3));
				const { decimal, ambiguous } = numberConvention([...whole, `7${sign}25`], '', false);
				expect({ decimal, ambiguous }).toEqual({ decimal: sign, ambiguous: 0 });
				expect(whole.map((text) => outcome(amount(text, decimal)))).toEqual(values);
			})
		));

	it('are multiplied without an error of rounding', () =>
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 1e9 }), (value) => {
				expect(outcome(money((value / 1e5).toFixed(5).replace('.', ','), ',', 1e6))).toBe(value * 10);
			})
		));

	it('or by nobody never throw and never become what no number is', () =>
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9.,()%đ tỷr/-]{0,30}$/)),
				fc.constantFrom(null, ',' as const, '.' as const),
				(text, decimal) => {
					numberConvention([text], text, true);
					for (const read of [
						money(text, decimal),
						amount(text, decimal),
						readCount(text, form(decimal)),
						readPercent(text, form(decimal))
					]) {
						if ('rule' in read) expect(read.remedy.vi).not.toBe('');
						else if (read.value !== null) expect(/[0-9０-９]/.test(text) && Number.isFinite(read.value)).toBe(true);
					}
				}
			),
			{ numRuns: 1000 }
		));
});

it('reads huge hostile cells in no time', () => {
	const start = cpuTime();
	for (const part of [
		'1',
		'1.',
		'1 ',
		"1'",
		'1,1.',
		'1 tỷ ',
		'(',
		'khoảng ',
		'đồng ',
		'1 đồng ',
		'-',
		'không ',
		'1-'
	]) {
		const text = part.repeat(200_000);
		expect(outcome(money(text))).not.toBe(0);
		numberConvention([text, text.slice(0, 399)], text, true);
		money(text.slice(0, 399));
	}
	expect(cpuTime() - start).toBeLessThan(5000);
});
