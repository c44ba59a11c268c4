import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../../tests/cpu';
import { orderOf as counted, periodOfTitle, readDay, readPeriod, readYear } from './day';
import type { Cell } from './grid';
import type { DayOrder, YearSpan } from './plan';
import type { Read } from './read';

const orderOf = (cells: Iterable<Cell>) => counted(Array.from(cells, (cell) => [cell, 1] as const));

const iso = (value: unknown) => (value instanceof Date ? value.toISOString() : value);
/** The value (days as ISO instants), or the rule by which the cell was refused. */
const outcome = (read: Read<unknown>) => ('rule' in read ? read.rule : iso(read.value));
const warnings = (read: Read<unknown>) => ('rule' in read ? [] : (read.warnings ?? []).map(({ rule }) => rule));
const repair = (read: Read<unknown>) => ('rule' in read ? read.repair : undefined);
const precision = (read: Read<unknown>) => ('rule' in read ? undefined : read.precision);
const midnight = (day: string) => `${day}T00:00:00.000Z`;
const day = (cell: Cell, order: DayOrder | null = 'dmy', year: YearSpan = 'calendar') => readDay(cell, { order, year });
const period = (cell: Cell, year: YearSpan = 'calendar') => readPeriod(cell, { year });

describe('a day', () => {
	it.each<[Cell, string]>([
		['05/03/2024', '2024-03-05'],
		['5/3/2024', '2024-03-05'],
		['5/3/24', '2024-03-05'],
		['5-3-2024', '2024-03-05'],
		['5.3.2024', '2024-03-05'],
		['05 / 03 / 2024', '2024-03-05'],
		['０５／０３／２０２４', '2024-03-05'],
		['\u00a005/03/2024\u200b', '2024-03-05'],
		['5/3/98', '1998-03-05'],
		['29/02/2024', '2024-02-29'],
		['31/12/2024', '2024-12-31'],
		['2024-03-05', '2024-03-05'],
		['2024/03/05', '2024-03-05'],
		['2024-3-5', '2024-03-05'],
		['2024-03-05 00:00:00', '2024-03-05'],
		['2024-03-05T08:30:00', '2024-03-05'],
		['2024-03-05T08:30:00Z', '2024-03-05'],
		['2024-03-05T08:30:00.123+07:00', '2024-03-05'],
		['05/03/2024 14:30', '2024-03-05'],
		['05/03/2024 2:30:00 CH', '2024-03-05'],
		['ngày 05/03/2024', '2024-03-05'],
		['ngày 05 tháng 11 năm 2026', '2026-11-05'],
		['Ngày 5 tháng 11 năm 2026', '2026-11-05'],
		['05 tháng 11 năm 2026', '2026-11-05'],
		['Thái Nguyên, ngày 05 tháng 11 năm 2026', '2026-11-05'],
		['NGÀY 05 THÁNG 11 NĂM 2026', '2026-11-05'],
		['5-Mar-24', '2024-03-05'],
		['05-Mar-2024', '2024-03-05'],
		['20240305', '2024-03-05'],
		['45356', '2024-03-05'],
		[45356, '2024-03-05'],
		[45356.75, '2024-03-05'],
		[new Date('2024-03-05T00:00:00Z'), '2024-03-05'],
		[new Date('2024-03-05T15:45:00Z'), '2024-03-05']
	])('%j is %s', (cell, expected) => {
		expect(outcome(day(cell))).toBe(midnight(expected));
		expect(precision(day(cell))).toBe('day');
		expect(warnings(day(cell))).toEqual([]);
	});

	it.each<[Cell, string, string]>([
		['03/2024', 'month', '2024-03-31'],
		['9/2023', 'month', '2023-09-30'],
		['2/2024', 'month', '2024-02-29'],
		['2024-03', 'month', '2024-03-31'],
		['tháng 3/2024', 'month', '2024-03-31'],
		['Tháng 02 năm 2023', 'month', '2023-02-28'],
		['T9/2024', 'month', '2024-09-30'],
		['Quý I/2024', 'quarter', '2024-03-31'],
		['Q1/2024', 'quarter', '2024-03-31'],
		['quý 3 năm 2024', 'quarter', '2024-09-30'],
		['2024-Q4', 'quarter', '2024-12-31'],
		['6 tháng đầu năm 2024', 'half', '2024-06-30'],
		['năm 2024', 'year', '2024-12-31'],
		['2024', 'year', '2024-12-31'],
		[2024, 'year', '2024-12-31']
	])('%j is a %s, counts on its last day and says so', (cell, named, expected) => {
		expect(outcome(day(cell))).toBe(midnight(expected));
		expect(precision(day(cell))).toBe(named);
		expect(warnings(day(cell))).toEqual(['precision']);
	});

	it('of a year is the last one as the file counts years', () => {
		expect(outcome(day('2024', 'dmy', 'school'))).toBe(midnight('2024-05-31'));
		expect(outcome(day('2024', 'dmy', 'december'))).toBe(midnight('2024-12-14'));
		expect(outcome(day('2023-2024'))).toBe(midnight('2024-05-31'));
	});

	it.each<[string, string | undefined]>([
		['31/02/2024', '2024-02-29'],
		['29/02/2023', '2023-02-28'],
		['31/04/2024', '2024-04-30'],
		['2024-06-31', '2024-06-30'],
		['15/13/2024', undefined],
		['00/03/2024', undefined],
		['32/13/2024', undefined],
		['99/99/2024', undefined]
	])('%j is not in the calendar; the nearest is %j', (cell, nearest) => {
		expect(outcome(day(cell))).toBe('type-date');
		expect(repair(day(cell))).toBe(nearest);
	});

	it.each<[Cell]>([
		['05/03'],
		['ngày 5 tháng 3'],
		['quý I'],
		['tháng 3'],
		['hôm qua'],
		['05/03/24567'],
		['5/3/4'],
		['05/03/0024'],
		['05/03/2204'],
		['1234/QĐ-UBND'],
		['12,5'],
		['45356 đồng'],
		['9 tháng 2024'],
		[0],
		[12.5],
		[70000],
		[-1],
		[true],
		[new Date(NaN)]
	])('%j is none', (cell) => expect(outcome(day(cell))).toBe('type-date'));

	it('shown for a year by a spreadsheet is that year', () => {
		// Serial 2024 is 16 July 1905.
		expect(outcome(day(new Date('1905-07-16T00:00:00Z')))).toBe('type-date');
		expect(repair(day(new Date('1905-07-16T00:00:00Z')))).toBe('2024');
		expect(repair(day('16/07/1905'))).toBe('2024');
	});

	it.each([
		['05/03/2024; 07/03/2024', '2024-03-05'],
		['Từ 05/03/2024 đến 07/03/2024', '2024-03-05'],
		['QĐ số 12 ngày 05/03/2024', '2024-03-05'],
		['05-07/03/2024', '2024-03-05']
	])('%j is more than one day; the first is suggested', (cell, first) => {
		expect(outcome(day(cell))).toBe('type-date');
		expect(repair(day(cell))).toBe(first);
	});

	it.each(['-', 'x', 'không rõ', 'Chưa có', '…', 'N/A'])('%j is no day, and says so', (cell) => {
		expect(outcome(day(cell))).toBeNull();
		expect(warnings(day(cell))).toEqual(['not-a-value']);
	});

	it.each<[Cell]>([[null], [''], ['  ']])('%j is empty', (cell) => {
		expect(outcome(day(cell))).toBeNull();
		expect(warnings(day(cell))).toEqual([]);
	});

	it('is refused while nobody says which part is the month', () => {
		expect(outcome(day('05/03/2024', null))).toBe('ambiguous-date');
		expect(outcome(day('5/3/24', null))).toBe('ambiguous-date');
		expect(outcome(day('05/03/2024', 'dmy'))).toBe(midnight('2024-03-05'));
		expect(outcome(day('05/03/2024', 'mdy'))).toBe(midnight('2024-05-03'));
	});

	it('is read where only one reading is left', () => {
		expect(outcome(day('25/03/2024', null))).toBe(midnight('2024-03-25'));
		expect(outcome(day('03/25/2024', null))).toBe(midnight('2024-03-25'));
		expect(outcome(day('05/05/2024', null))).toBe(midnight('2024-05-05'));
		expect(outcome(day('2024-04-11', null))).toBe(midnight('2024-04-11'));
		expect(outcome(day('24/03/05', 'ymd'))).toBe(midnight('2024-03-05'));
	});

	it('is refused where it contradicts its column, with the reading that is left', () => {
		expect(outcome(day('03/25/2024', 'dmy'))).toBe('type-date');
		expect(repair(day('03/25/2024', 'dmy'))).toBe('2024-03-25');
		expect(outcome(day('25/03/2024', 'mdy'))).toBe('type-date');
		expect(repair(day('25/03/2024', 'mdy'))).toBe('2024-03-25');
	});

	it('has a year of two digits first only between dashes, in a column of such days, or where nothing else is left', () => {
		expect(orderOf(['26/03/24']).evidence).toEqual({ dmy: 1, mdy: 0, ymd: 0 });
		expect(outcome(day('26/03/24', null))).toBe(midnight('2024-03-26'));
		expect(outcome(day('24-03-26', null))).toBe('ambiguous-date');
		expect(orderOf(['24-03-26'])).toMatchObject({ order: null, ambiguous: 1 });
		expect(outcome(day('99/12/31', null))).toBe(midnight('1999-12-31'));
		expect(orderOf(['99/12/31'])).toMatchObject({ order: 'ymd', ambiguous: 0 });
	});

	it('written as an instant is the day that it was in Viet Nam', () => {
		expect(outcome(day('2024-03-04T17:00:00.000Z'))).toBe(midnight('2024-03-05'));
		expect(outcome(day('2024-03-04T16:59:59Z'))).toBe(midnight('2024-03-04'));
		expect(outcome(day('2024-03-05 00:00:00+07:00'))).toBe(midnight('2024-03-05'));
	});

	it('of a period that is under way is today, where today is known', () => {
		const on = (cell: Cell, today: string) =>
			outcome(readDay(cell, { order: 'dmy', year: 'calendar', today: new Date(midnight(today)) }));
		expect(on('10/2026', '2026-10-12')).toBe(midnight('2026-10-12'));
		expect(on('năm 2026', '2026-10-12')).toBe(midnight('2026-10-12'));
		expect(on('09/2026', '2026-10-12')).toBe(midnight('2026-09-30'));
		expect(on('11/2026', '2026-10-12')).toBe(midnight('2026-11-30'));
		expect(on('13/10/2026', '2026-10-12')).toBe(midnight('2026-10-13'));
	});

	it('with its time or its day of the week is the day', () => {
		for (const cell of [
			'08:30 05/03/2024',
			'8h30 ngày 05/03/2024',
			'05/03/2024 8h30',
			'Thứ ba, 05/03/2024',
			'05-thg 3-2024'
		]) {
			expect([cell, outcome(day(cell))]).toEqual([cell, midnight('2024-03-05')]);
		}
	});

	it('is refused where “tháng năm” may be May', () => expect(outcome(day('3 tháng năm 2024'))).toBe('type-date'));

	it('is not taken from a number that is something else', () => {
		expect(outcome(day(19_999))).toBe('type-date');
		expect(outcome(day(60_001))).toBe('type-date');
		expect(outcome(day('123456789'))).toBe('type-date');
	});
});

describe('the order of the days of a column', () => {
	it.each<[string, Cell[], DayOrder | null, number, boolean]>([
		['a first part above 12', ['05/03/2024', '25/03/2024'], 'dmy', 1, false],
		['a second part above 12', ['05/03/2024', '03/25/2024'], 'mdy', 1, false],
		['the year that stands first', ['2024-03-05', '2024/04/06'], 'ymd', 0, false],
		['nobody', ['05/03/2024', '06/04/2024', '05/05/2024', '2024-04-11'], null, 2, false],
		['nobody, and nobody needs to', ['9/2023', 'năm 2024', null, ''], null, 0, false],
		['both, a contradiction', ['25/03/2024', '03/25/2024', '05/03/2024'], 'dmy', 1, true],
		['words and numbers say nothing', ['hôm qua', 45356, '12,5'], null, 0, false]
	])('is told by %s', (_, cells, order, ambiguous, conflict) =>
		expect(orderOf(cells)).toMatchObject({ order, ambiguous, conflict })
	);

	it('counts what tells it', () =>
		expect(orderOf(['25/03/2024', '26/3/2024', '03/25/2024', '2024-03-05', '05/05/2024']).evidence).toEqual({
			dmy: 2,
			mdy: 1,
			ymd: 1
		}));

	it('sees that a spreadsheet swapped the days up to the 12th', () => {
		const real = (text: string) => new Date(`${text}T00:00:00Z`);
		const split = [real('2024-05-03'), '25/03/2024', real('2024-06-06'), '18/04/2024', real('2024-11-02')];
		expect(orderOf(split)).toMatchObject({ order: 'dmy', swapped: 2 });
		expect(orderOf([...split, real('2024-05-30')]).swapped).toBe(0);
		expect(orderOf([...split, '05/03/2024']).swapped).toBe(0);
		expect(orderOf([real('2024-05-03'), real('2024-06-07')]).swapped).toBe(0);
	});
});

describe('a period', () => {
	it.each<[Cell, string]>([
		['2024', '2024'],
		[2024, '2024'],
		['Năm 2024', '2024'],
		['cả năm 2024', '2024'],
		['2024-H1', '2024-H1'],
		['2024-H2', '2024-H2'],
		['6 tháng đầu năm 2024', '2024-H1'],
		['6 THÁNG CUỐI NĂM 2024', '2024-H2'],
		['6 tháng đầu năm/2024', '2024-H1'],
		['sáu tháng đầu năm 2024', '2024-H1'],
		['6T đầu năm 2024', '2024-H1'],
		['2024-Q3', '2024-Q3'],
		['Quý III/2024', '2024-Q3'],
		['QUÝ III NĂM 2024', '2024-Q3'],
		['Qúy III/2024', '2024-Q3'],
		['quý 3 năm 2024', '2024-Q3'],
		['Quý IV - 2024', '2024-Q4'],
		['quý ba năm 2024', '2024-Q3'],
		['Q3-2024', '2024-Q3'],
		['Q3/2024', '2024-Q3'],
		['Q.III/2024', '2024-Q3'],
		['III/2024', '2024-Q3'],
		['2024Q3', '2024-Q3'],
		['3 tháng đầu năm 2024', '2024-Q1'],
		['2024-09', '2024-09'],
		['09/2024', '2024-09'],
		['9/2024', '2024-09'],
		['tháng 9/2024', '2024-09'],
		['Tháng 09 năm 2024', '2024-09'],
		['T9/2024', '2024-09'],
		['Tháng 12/2024', '2024-12'],
		['Kỳ báo cáo: Quý I/2025', '2025-Q1'],
		[new Date('2024-09-01T00:00:00Z'), '2024-09']
	])('%j is %s', (cell, expected) => expect(outcome(period(cell))).toBe(expected));

	it.each<[Cell]>([
		['9 tháng 2024'],
		['9 tháng đầu năm 2024'],
		['6 tháng cuối năm'],
		['Quý III'],
		['Quý V/2024'],
		['Tháng 13/2024'],
		['2024-13'],
		['2024-Q5'],
		['2024-H3'],
		['Quý I, II/2024'],
		['30/09/2024'],
		[new Date('2024-09-15T00:00:00Z')],
		[new Date(NaN)],
		[7],
		[true],
		['đầu năm']
	])('%j is none of the form', (cell) => expect(outcome(period(cell))).toBe('type-period'));

	it('is suggested where a day stands for its month', () => {
		expect(repair(period('30/09/2024'))).toBe('2024-09');
		expect(repair(period(new Date('2024-09-15T00:00:00Z')))).toBe('2024-09');
		expect(repair(period('9 tháng đầu năm 2024'))).toBeUndefined();
	});

	it('may be missing', () => {
		expect(outcome(period(null))).toBeNull();
		expect(outcome(period('-'))).toBeNull();
	});
});

describe('a year', () => {
	it.each<[Cell, number]>([
		['2024', 2024],
		[2024, 2024],
		['2024.0', 2024],
		['năm 2024', 2024],
		['2023-2024', 2024],
		['2023 - 2024', 2024],
		['2023/2024', 2024],
		['NH 2023-2024', 2024],
		['2023-24', 2024],
		['NH 2011-12', 2012],
		['Năm học 2023 – 2024', 2024]
	])('%j is %d', (cell, expected) => expect(outcome(readYear(cell, 'calendar'))).toBe(expected));

	it.each<[Cell, string | undefined]>([
		['2023-2025', undefined],
		['2024-2023', undefined],
		// December 2011, or a school year.
		['2011-12', '2011'],
		['24', '2024'],
		['mới', undefined],
		['12024', undefined],
		[24, '2024']
	])('%j is none; %j is suggested', (cell, suggested) => {
		expect(outcome(readYear(cell, 'school'))).toBe('type-integer');
		expect(repair(readYear(cell, 'school'))).toBe(suggested);
	});

	it('of a day is as the file counts years', () => {
		const years = (cell: Cell) =>
			(['calendar', 'school', 'december'] as const).map((span) => outcome(readYear(cell, span)));
		expect(years(new Date('2024-09-01T00:00:00Z'))).toEqual([2024, 2025, 2024]);
		expect(years(new Date('2024-08-31T00:00:00Z'))).toEqual([2024, 2024, 2024]);
		expect(years(new Date('2024-12-14T00:00:00Z'))).toEqual([2024, 2025, 2024]);
		expect(years(new Date('2024-12-15T00:00:00Z'))).toEqual([2024, 2025, 2025]);
	});

	it('in a cell that shows it as a day is suggested', () => {
		expect(outcome(readYear(new Date('1905-07-16T00:00:00Z'), 'calendar'))).toBe('type-integer');
		expect(repair(readYear(new Date('1905-07-16T00:00:00Z'), 'calendar'))).toBe('2024');
	});
});

describe('the period of a title', () => {
	it.each<[string[], string | null]>([
		[['BÁO CÁO KẾT QUẢ CÔNG TÁC QUÝ III NĂM 2025'], '2025-Q3'],
		[['Biểu tổng hợp', 'Quý I/2025'], '2025-Q1'],
		[['TỔNG HỢP SÁNG KIẾN 6 THÁNG ĐẦU NĂM 2025'], '2025-H1'],
		[['Kết quả tháng 9 năm 2025'], '2025-09'],
		[['DANH SÁCH SÁNG KIẾN NĂM 2024'], '2024'],
		[['DANH SÁCH SÁNG KIẾN KINH NGHIỆM NĂM HỌC 2023-2024'], '2024'],
		[['BÁO CÁO QUÝ III NĂM 2025', '(Kèm theo Báo cáo số 15/BC-SKHCN ngày 05/10/2025)'], '2025-Q3'],
		[['DANH SÁCH NĂM 2025', 'Thái Nguyên, ngày 05 tháng 11 năm 2026'], '2025'],
		[['Thái Nguyên, ngày 05 tháng 11 năm 2026'], null],
		[['KẾ HOẠCH GIAI ĐOẠN 2021-2025'], null],
		[['BÁO CÁO 9 THÁNG ĐẦU NĂM 2025'], null],
		[['So sánh Quý I/2025 và Quý II/2025'], null],
		[['So sánh năm 2024 với năm 2025'], null],
		[['Báo cáo năm 2024 và quý I năm 2025'], null],
		[['QUÝ III', 'NĂM 2025'], '2025-Q3'],
		[['DANH SÁCH SÁNG KIẾN', 'Đơn vị tính: triệu đồng'], null],
		[[], null]
	])('%j is %j', (texts, expected) => expect(periodOfTitle(texts)).toBe(expected));
});

describe('what a program wrote', () => {
	const days = fc
		.date({ min: new Date('1990-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })
		.map((date) => {
			const text = date.toISOString().slice(0, 10);
			const [year = '', month = '', date2 = ''] = text.split('-');
			return { text, year, month, date: date2 };
		});
	const separators = fc.constantFrom('/', '-', '.');

	it('comes back, in any order, with any separator', () =>
		fc.assert(
			fc.property(
				days,
				separators,
				fc.constantFrom<DayOrder>('dmy', 'mdy', 'ymd'),
				fc.boolean(),
				(at, separator, order, isShort) => {
					const year = isShort && order !== 'ymd' ? at.year.slice(2) : at.year;
					const [month, date] = isShort ? [String(Number(at.month)), String(Number(at.date))] : [at.month, at.date];
					const parts = { dmy: [date, month, year], mdy: [month, date, year], ymd: [year, month, date] }[order];
					expect(outcome(day(parts.join(separator), order))).toBe(midnight(at.text));
				}
			)
		));

	it('tells its order whenever a day is past the 12th', () =>
		fc.assert(
			fc.property(fc.array(days, { minLength: 1 }), fc.boolean(), (list, isMonthFirst) => {
				const cells = list.map(({ date, month, year }) =>
					isMonthFirst ? `${month}/${date}/${year}` : `${date}/${month}/${year}`
				);
				const late = list.filter(({ date }) => Number(date) > 12).length;
				const open = list.filter(({ date, month }) => Number(date) <= 12 && date !== month).length;
				const { order, ambiguous, conflict } = orderOf(cells);
				expect(order).toBe(late === 0 ? null : isMonthFirst ? 'mdy' : 'dmy');
				expect(ambiguous).toBe(open);
				expect(conflict).toBe(false);
			})
		));

	it('comes back from the serial of a spreadsheet', () =>
		fc.assert(
			fc.property(
				days.filter(({ year }) => year < '2064'),
				({ text }) => {
					// Serials end at 60000, 8 April 2064.
					const serial = Date.parse(text) / 86_400_000 + 25_569;
					expect(outcome(day(serial))).toBe(midnight(text));
					expect(outcome(day(String(serial)))).toBe(midnight(text));
				}
			)
		));

	it('comes back as a period, in words as in the published form', () =>
		fc.assert(
			fc.property(fc.integer({ min: 1990, max: 2069 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
				const quarter = Math.ceil(month / 3);
				expect(outcome(period(`Tháng ${month}/${year}`))).toBe(`${year}-${String(month).padStart(2, '0')}`);
				expect(outcome(period(`Quý ${['I', 'II', 'III', 'IV'][quarter - 1] ?? ''} năm ${year}`))).toBe(
					`${year}-Q${quarter}`
				);
				for (const text of [
					`${year}`,
					`${year}-H1`,
					`${year}-Q${quarter}`,
					`${year}-${String(month).padStart(2, '0')}`
				]) {
					expect(outcome(period(text))).toBe(text);
				}
			})
		));

	it('or nobody did never throws', () =>
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9/.\- tqhTZ:ngàyquý]{0,30}$/)),
				fc.constantFrom<DayOrder | null>('dmy', 'mdy', 'ymd', null),
				(text, order) => {
					orderOf([text]);
					periodOfTitle([text]);
					for (const read of [day(text, order), period(text), readYear(text, 'school')]) {
						if ('rule' in read) expect(read.remedy.vi).not.toBe('');
						else if (read.value instanceof Date) expect(read.value.getTime() % 86_400_000).toBe(0);
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
		'1/',
		'05/03/2024 ',
		'ngày ',
		'a',
		'a ',
		'. ',
		'tháng 1 ',
		'năm 2024 ',
		'2024-',
		'1 - ',
		' '
	]) {
		for (const text of [part.repeat(200_000), part.repeat(400).slice(0, 399)]) {
			day(text);
			period(text);
			readYear(text, 'calendar');
			orderOf([text]);
			periodOfTitle([text, text, text]);
		}
	}
	expect(cpuTime() - start).toBeLessThan(5000);
});
