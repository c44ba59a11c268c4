import { describe, expect, it } from 'vitest';
import {
	collator,
	formatBytes,
	formatDate,
	formatExact,
	formatList,
	formatListGaps,
	formatMoney,
	formatMonth,
	formatNumber,
	formatPeriod,
	formatShare,
	formatSigned,
	formatValue
} from './format';

/** Intl puts a no-break space before some units; a reader sees a space. */
function plain(text: string): string {
	return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

describe('numbers', () => {
	it('groups by thousands and keeps its decimals', () => {
		expect(formatNumber(1234567.5, 1, 'vi')).toBe('1.234.567,5');
		expect(formatNumber(1234567.5, 1, 'en')).toBe('1,234,567.5');
		expect(formatNumber(5630, 0, 'vi')).toBe('5.630');
		expect(formatNumber(35, 1, 'vi')).toBe('35,0');
		expect(formatNumber(0, 0, 'vi')).toBe('0');
	});

	it('writes a true minus sign, and none for what rounds to nothing', () => {
		expect(formatNumber(-3.2, 1, 'vi')).toBe('\u22123,2');
		expect(formatNumber(-3.2, 1, 'en')).toBe('\u22123.2');
		expect(formatNumber(-0.04, 1, 'vi')).toBe('0,0');
		expect(formatNumber(-0, 0, 'vi')).toBe('0');
	});

	it('writes a dash for what is missing', () => {
		for (const value of [null, NaN, Infinity, -Infinity]) {
			expect(formatNumber(value, 1, 'vi')).toBe('–');
			expect(formatExact(value, 1, 'vi')).toBe('–');
			expect(formatSigned(value, 1, 'vi')).toBe('–');
			expect(formatShare(value, 'vi')).toBe('–');
			expect(formatMoney(value, 'vi')).toBe('–');
			expect(formatBytes(value, 'vi')).toBe('–');
			for (const format of ['number', 'percent', 'rank', 'money'] as const)
				expect(formatValue(value, { format, decimals: 1 }, 'vi')).toBe('–');
		}
	});

	it('writes a promise as it was made', () => {
		expect(formatExact(35, 1, 'vi')).toBe('35');
		expect(formatExact(12.5, 1, 'vi')).toBe('12,5');
		expect(formatExact(12.56, 1, 'vi')).toBe('12,6');
		expect(formatExact(9500, 1, 'vi')).toBe('9.500');
	});

	it('writes values of every format', () => {
		expect(formatValue(27.5, { format: 'percent', decimals: 1 }, 'vi')).toBe('27,5%');
		expect(formatValue(99.16, { format: 'percent', decimals: 2 }, 'vi')).toBe('99,16%');
		expect(formatValue(99.16, { format: 'percent', decimals: 2 }, 'en')).toBe('99.16%');
		expect(formatValue(8, { format: 'rank', decimals: 0 }, 'vi')).toBe('8');
		expect(formatValue(1234.5, { format: 'number', decimals: 1 }, 'vi')).toBe('1.234,5');
		expect(plain(formatValue(1_250_000, { format: 'money', decimals: 0 }, 'vi'))).toBe('1,25 triệu đồng');
	});

	it('signs a change', () => {
		expect(formatSigned(1.3, 1, 'vi')).toBe('+1,3');
		expect(formatSigned(-3.2, 1, 'vi')).toBe('\u22123,2');
		expect(formatSigned(0, 1, 'vi')).toBe('0,0');
		expect(formatSigned(-0.01, 1, 'vi')).toBe('0,0');
		expect(formatSigned(8, 0, 'vi', 'percent')).toBe('+8%');
		expect(formatSigned(-9.4, 0, 'en', 'percent')).toBe('\u22129%');
	});

	it('writes a share of one as a percentage', () => {
		expect(formatShare(0.9691, 'vi')).toBe('96,9%');
		expect(formatShare(0.9691, 'vi', 2)).toBe('96,91%');
		expect(formatShare(1.07, 'en', 0)).toBe('107%');
	});
});

describe('money', () => {
	it('steps by nghìn, triệu and tỷ', () => {
		expect(formatMoney(0, 'vi')).toBe('0 đồng');
		expect(formatMoney(950, 'vi')).toBe('950 đồng');
		expect(formatMoney(15_000, 'vi')).toBe('15 nghìn đồng');
		expect(formatMoney(1_250_000_000, 'vi')).toBe('1,25 tỷ đồng');
		expect(formatMoney(1_500_000_000_000, 'vi')).toBe('1.500 tỷ đồng');
		expect(formatMoney(12_340_000, 'vi')).toBe('12,3 triệu đồng');
		expect(formatMoney(-345_600_000, 'vi')).toBe('\u2212346 triệu đồng');
		expect(formatMoney(1_250_000_000, 'en')).toBe('VND 1.25 billion');
		expect(formatMoney(12_340_000, 'en')).toBe('VND 12.3 million');
	});

	it('never writes a thousand thousands', () => {
		expect(formatMoney(999_950, 'vi')).toBe('1 triệu đồng');
		expect(formatMoney(999_600_000, 'vi')).toBe('1 tỷ đồng');
		expect(formatMoney(99_960_000, 'vi')).toBe('100 triệu đồng');
	});
});

describe('bytes', () => {
	it('steps by a thousand', () => {
		expect(plain(formatBytes(0, 'vi'))).toBe('0 byte');
		expect(plain(formatBytes(340_000, 'vi'))).toBe('340 kB');
		expect(plain(formatBytes(1_400_000, 'vi'))).toBe('1,4 MB');
		expect(plain(formatBytes(1_400_000, 'en'))).toBe('1.4 MB');
		expect(plain(formatBytes(999_900, 'en'))).toBe('1 MB');
		expect(plain(formatBytes(141_000_000, 'vi'))).toBe('141 MB');
	});
});

describe('dates and periods', () => {
	it('writes days and months of UTC', () => {
		const late = new Date('2026-09-30T23:59:59Z');
		expect(formatDate(late, 'vi')).toBe('30/09/2026');
		expect(formatDate(late, 'en')).toBe('30 Sep 2026');
		expect(formatDate(new Date('2025-07-01'), 'vi')).toBe('01/07/2025');
		expect(formatDate(new Date('2025-07-01'), 'en')).toBe('1 Jul 2025');
		expect(formatMonth(late, 'vi')).toBe('09/2026');
		expect(formatMonth(late, 'en')).toBe('Sep 2026');
		expect(formatDate(null, 'vi')).toBe('–');
		expect(formatMonth(new Date(NaN), 'en')).toBe('–');
	});

	it('names every kind of period', () => {
		const cases = [
			['2024', 'năm 2024', '2024', '2024', '2024'],
			['2024-H1', '6 tháng đầu năm 2024', '6T đầu 2024', 'first half of 2024', 'H1 2024'],
			['2024-H2', '6 tháng cuối năm 2024', '6T cuối 2024', 'second half of 2024', 'H2 2024'],
			['2026-Q3', 'quý III/2026', 'III/2026', 'Q3 2026', 'Q3 2026'],
			['2026-Q4', 'quý IV/2026', 'IV/2026', 'Q4 2026', 'Q4 2026'],
			['2024-09', '09/2024', '09/2024', 'Sep 2024', 'Sep 2024'],
			['2024-13', '2024-13', '2024-13', '2024-13', '2024-13']
		] as const;
		for (const [period, vi, viShort, en, enShort] of cases) {
			expect(formatPeriod(period, 'vi')).toBe(vi);
			expect(formatPeriod(period, 'vi', 'short')).toBe(viShort);
			expect(formatPeriod(period, 'en')).toBe(en);
			expect(formatPeriod(period, 'en', 'short')).toBe(enShort);
		}
	});
});

describe('words', () => {
	it('joins a list as a sentence does', () => {
		expect(formatList([], 'vi')).toBe('');
		expect(formatList(['Sở A'], 'vi')).toBe('Sở A');
		expect(formatList(['Sở A', 'Sở B'], 'vi')).toBe('Sở A và Sở B');
		expect(formatList(['Sở A', 'Sở B', 'Sở C'], 'vi')).toBe('Sở A, Sở B và Sở C');
		expect(formatList(['A', 'B', 'C'], 'en')).toBe('A, B and C');
	});

	it('says what stands before each item of a list', () => {
		expect(formatListGaps(0, 'vi')).toEqual([]);
		expect(formatListGaps(1, 'vi')).toEqual(['']);
		expect(formatListGaps(3, 'vi')).toEqual(['', ', ', ' và ']);
		expect(formatListGaps(3, 'en')).toEqual(['', ', ', ' and ']);
	});

	it('sorts by the Vietnamese alphabet', () => {
		expect(
			['Đại Từ', 'Định Hóa', 'Dân Tiến', 'Ân Thi', 'An Khánh', 'Ba Bể', 'Chi bộ 10', 'Chi bộ 9'].sort(collator.compare)
		).toEqual(['An Khánh', 'Ân Thi', 'Ba Bể', 'Chi bộ 9', 'Chi bộ 10', 'Dân Tiến', 'Đại Từ', 'Định Hóa']);
	});
});
