/**
 * Days, periods and years as people write them in Vietnamese files: `5/3/24`, `ngày 05 tháng 11 năm 2026`, `Quý III/2024`, `6 tháng đầu
 * năm 2024`, `năm học 2023-2024`, and the serial numbers of spreadsheets.
 *
 * A register wants a day, and a file often has only a month, a quarter or a year. Such a cell is read as the last day of what it names:
 * what is reported for a period is over by its end, and the last day of a school year, or of one that ends on 14 December, lies in the
 * year it is named after (its first day does not). The result says its precision and carries the warning `precision`.
 *
 * Years from 1930 to 2100 are read; `24` is 2024 and `98` is 1998 (00–69 are 2000–2069). What lies outside is an error: it is mostly a
 * year in a cell formatted as a day, which shows 2024 as 16/07/1905.
 */
import type { Bilingual } from '../model/table';
import { readPeriodEnd } from './cell';
import type { Cell, Counted } from './grid';
import type { DayOrder, YearSpan } from './plan';
import {
	absence,
	clean,
	empty,
	longest,
	unaccented,
	type Found,
	type Precision,
	type Read,
	type Refusal
} from './read';

/** How the days of a column are written. */
export interface DayStyle {
	/** The order of `05/03/2024`; null when it is not known. */
	readonly order: DayOrder | null;
	/** What a bare year means. */
	readonly year: YearSpan;
	/** When given, a period that is under way on this day ends on it, so that no day is made up that is yet to come. */
	readonly today?: Date;
}

/** The order in which the days of a column are written, and what tells it. */
export interface OrderFound {
	/** The order that the cells tell; `dmy` where they contradict each other; null when none tells. */
	readonly order: DayOrder | null;
	/** How many cells, as `05/03/2024`, can be read in two ways when looked at alone. */
	readonly ambiguous: number;
	/** How many cells can be read in one order only. */
	readonly evidence: Readonly<Record<DayOrder, number>>;
	/** Some cells can only be day before month and others only month before day: some were swapped. */
	readonly conflict: boolean;
	/**
	 * How many real days of a workbook were most likely swapped: it is so when a spreadsheet that expects month before day is given
	 * days first. It makes real days of those up to the 12th, and leaves the others as text.
	 */
	readonly swapped: number;
}

const [firstYear, lastYear] = [1930, 2100];
const millisecondsOfDay = 86_400_000;
const serialZero = Date.UTC(1899, 11, 30);
/** Hours by which the day of Viet Nam is ahead of UTC. */
const zone = 7;

const isYear = (year: number) => Number.isInteger(year) && year >= firstYear && year <= lastYear;

function refusal(rule: string, vi: string, en: string): Refusal {
	return { rule, remedy: { vi, en } };
}

const notDay = refusal(
	'type-date',
	'Ô này cần một ngày, ví dụ 05/03/2024; chỉ biết tháng, quý hoặc năm thì ghi 03/2024, Quý I/2024 hoặc 2024.',
	'A day is needed here, for example 05/03/2024; where only the month, quarter or year is known, write 03/2024, Q1/2024 or 2024.'
);
const noSuchDay = refusal(
	'type-date',
	'Ngày này không có trong lịch. Hãy sửa ngày hoặc tháng.',
	'There is no such day in the calendar. Mend the day or the month.'
);
const otherOrder = refusal(
	'type-date',
	'Ngày này viết tháng trước ngày hoặc ngược lại, khác các ô cùng cột. Hãy kiểm tra; gợi ý là cách đọc duy nhất còn lại.',
	'Day and month stand in another order here than in the rest of the column. Check it; the suggestion is the only reading left.'
);
const farYear = refusal(
	'type-date',
	`Năm nằm ngoài khoảng ${firstYear}–${lastYear}. Nếu ô chỉ ghi năm mà bảng tính hiện thành ngày, hãy nhập lại năm.`,
	`The year lies outside ${firstYear}–${lastYear}. Where a spreadsheet shows a bare year as a day, enter the year again.`
);
const noYear = refusal(
	'type-date',
	'Ô này thiếu năm (bốn chữ số). Hãy ghi đủ, ví dụ 05/03/2024.',
	'The year (four digits) is missing here. Write it out, for example 05/03/2024.'
);
const severalDays = refusal(
	'type-date',
	'Ô này ghi nhiều hơn một ngày hoặc có chữ kèm theo. Hãy ghi một ngày; gợi ý là ngày đầu tiên trong ô.',
	'This cell holds more than one day, or words beside it. Write one day; the first one in the cell is suggested.'
);
const notPeriod = refusal(
	'type-period',
	'Ô này cần một kỳ: năm (2024), 6 tháng (6 tháng đầu năm 2024), quý (Quý III/2024) hoặc tháng (9/2024).',
	'A period is needed here: a year (2024), a half (2024-H1), a quarter (2024-Q3) or a month (2024-09).'
);
const yearlessPeriod = refusal(
	'type-period',
	'Kỳ này thiếu năm. Hãy ghi đủ, ví dụ Quý III/2024.',
	'The year of this period is missing. Write it out, for example 2024-Q3.'
);
const oddMonths = refusal(
	'type-period',
	'Số lũy kế của số tháng này (ví dụ 9 tháng) không phải một kỳ của bảng. Hãy tách thành quý hoặc tháng.',
	'A running total of so many months (for example nine) is no period of the table. Split it into quarters or months.'
);
const dayForPeriod = refusal(
	'type-period',
	'Ô này ghi một ngày, nhưng cột cần một kỳ. Nếu là tháng có ngày đó, hãy dùng gợi ý.',
	'This cell holds a day, but the column needs a period. Use the suggestion where the month of that day is meant.'
);
const notYear = refusal(
	'type-integer',
	'Ô này cần một năm, ví dụ 2024, hoặc năm học, ví dụ 2023-2024.',
	'A year is needed here, for example 2024, or a school year, for example 2023-2024.'
);

function withRepair(refused: Refusal, repair: string | null): Refusal {
	return repair === null ? refused : { ...refused, repair };
}

const iso = (day: Date) => day.toISOString().slice(0, 10);

/** The day of these numbers, midnight UTC; null when there is none. */
function dayAt(year: number, month: number, day: number): Date | null {
	if (month < 1 || month > 12 || day < 1 || day > 31) return null;
	const date = new Date(Date.UTC(year, month - 1, day));
	return date.getUTCDate() === day ? date : null;
}

function fullYear(text: string): number {
	const year = Number(text);
	return text.length > 2 ? year : year + (year < 70 ? 2000 : 1900);
}

/** A day as written: what it surely is, or its numbers in the order in which they stand. */
type Written =
	| { readonly year: number; readonly month: number; readonly day: number }
	| { readonly parts: readonly [first: string, second: string, third: string]; readonly dashed: boolean };

const english = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const monthNames = english.split('|');
const englishName = `(${english})(?:uary|ruary|ch|il|e|y|ust|t(?:ember)?|ober|ember)?\\.?`;

const instant = /^\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)? ?(?:z|[+-]\d{2}:?\d{2})$/;
const timeAfter = /(?:,? (?:- |luc )?|t)\d{1,2}(?:(?::\d{2}){1,2}(?:[.,]\d{1,9})?|h(?:\d{2})?)(?: ?[ap]m| sa| ch)?$/;
const timeBefore = /^(?:\d{1,2}(?::\d{2}){1,2}|\d{1,2} ?h ?(?:\d{2})?|\d{1,2} gio(?: \d{1,2})?(?: phut)?),? (?:- )?/;
const weekday =
	/^(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)[,.]? /;
const placeBefore = /^[a-z .-]{1,60}, ?(?=ngay \d)/;
const yearFirst = /^(\d{4}) ?([/.\-\\]) ?(\d{1,2}) ?\2 ?(\d{1,2})$/;
const yearLast = /^(\d{1,2}) ?([/.\-\\]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})$/;
const inWords = /^(?:ngay )?(\d{1,2})[ ./-]{0,3}(?:thang|thg|th) ?(\d{1,2})[ ,./-]{1,3}(?:nam )?(\d{4})$/;
const halfInWords = /^ngay (\d{1,2}) ?[/.-] ?(\d{1,2})(?: ?[/.-] ?| nam )(\d{4})$/;
const englishDay = new RegExp(`^(\\d{1,2})[ -]?${englishName}[ ,-]{0,2}(\\d{4}|\\d{2})$`);
const englishMonthFirst = new RegExp(`^${englishName} (\\d{1,2}),? (\\d{4})$`);
const compact = /^(\d{4})(\d{2})(\d{2})$/;

/** A text without accents, cut into the numbers of a day; null when it is not one. */
function writtenDay(text: string): Written | null {
	if (instant.test(text)) {
		const at = Date.parse(text.replace(' ', 't').replace(/ /g, '').toUpperCase());
		return Number.isNaN(at) ? null : partsOf(new Date(at + zone * 3_600_000));
	}
	const bare = text.replace(timeBefore, '').replace(weekday, '').replace(placeBefore, '').replace(timeAfter, '').trim();
	const of = (year = '', month = '', day = '') => ({ year: fullYear(year), month: Number(month), day: Number(day) });
	let match = yearFirst.exec(bare);
	if (match) return of(match[1], match[3], match[4]);
	match = yearLast.exec(bare);
	if (match) return { parts: [match[1] ?? '', match[3] ?? '', match[4] ?? ''], dashed: match[2] === '-' };
	match = inWords.exec(bare) ?? halfInWords.exec(bare);
	if (match) return of(match[3], match[2], match[1]);
	match = englishDay.exec(bare);
	if (match) return of(match[3], String(monthNames.indexOf(match[2] ?? '') + 1), match[1]);
	match = englishMonthFirst.exec(bare);
	if (match) return of(match[3], String(monthNames.indexOf(match[1] ?? '') + 1), match[2]);
	match = compact.exec(bare);
	return match && isYear(Number(match[1])) ? of(match[1], match[2], match[3]) : null;
}

function partsOf(day: Date): { year: number; month: number; day: number } {
	return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
}

/**
 * The days that three numbers make, by the order in which they are read. A year of two digits comes first only in a column that puts
 * the year first, between dashes, as in `24-03-05`, or where nothing else is left: nobody here writes `24/03/05` for 2024.
 */
function readings(
	{ parts, dashed }: Extract<Written, { dashed: boolean }>,
	order: DayOrder | null = null
): Partial<Record<DayOrder, Date>> {
	const [first, second, third] = parts;
	const [one, two, three] = [Number(first), Number(second), Number(third)];
	const dmy = dayAt(fullYear(third), two, one);
	const mdy = dayAt(fullYear(third), one, two);
	const isShort = first.length === 2 && third.length === 2 && (dashed || order === 'ymd' || (!dmy && !mdy));
	const ymd = isShort ? dayAt(fullYear(first), two, three) : null;
	return { ...(dmy && { dmy }), ...(mdy && { mdy }), ...(ymd && { ymd }) };
}

/** Days without those that are the same as one before them. */
function distinct(days: Partial<Record<DayOrder, Date>>): Date[] {
	const all = Object.values(days);
	return all.filter((day, index) => all.findIndex((other) => other.getTime() === day.getTime()) === index);
}

function placed(written: Written, order: DayOrder | null): Found<Date> | Refusal {
	if (!('parts' in written)) {
		const day = dayAt(written.year, written.month, written.day);
		if (!isYear(written.year)) return withRepair(farYear, day && yearShownAsDay(day));
		return day ? exact(day) : withRepair(noSuchDay, nearest(written.year, written.month, written.day));
	}
	const [first, second, third] = written.parts;
	const year = fullYear(third);
	const found = readings(written, order);
	const chosen = order === null ? undefined : found[order];
	if (chosen) return exact(chosen);
	const [only, another] = distinct(found);
	if (!isYear(year)) return only && !another ? exact(only) : farYear;
	if (only && another) {
		return {
			rule: 'ambiguous-date',
			remedy: {
				vi: `Không rõ đây là ngày ${spoken(only, 'vi')} hay ngày ${spoken(another, 'vi')}. Hãy chọn thứ tự ngày, tháng cho cả cột.`,
				en: `This may be ${spoken(only, 'en')} or ${spoken(another, 'en')}. Choose the order of day and month for the column.`
			},
			repair: iso(only)
		};
	}
	// A column of 2024-03-05 says nothing of the order of 25/03/2024.
	if (only) return order === null || order === 'ymd' ? exact(only) : { ...otherOrder, repair: iso(only) };
	const [one, two] = [Number(first), Number(second)];
	return withRepair(noSuchDay, order === 'mdy' ? nearest(year, one, two) : nearest(year, two, one));
}

function spoken(day: Date, language: keyof Bilingual): string {
	const { year, month, day: date } = partsOf(day);
	return language === 'vi' ? `${date} tháng ${month} năm ${year}` : `${date} ${englishMonths[month - 1] ?? ''} ${year}`;
}

const englishMonths = 'January,February,March,April,May,June,July,August,September,October,November,December'.split(
	','
);

/** The last day of the month for a day that the month does not have. */
function nearest(year: number, month: number, day: number): string | null {
	if (!isYear(year) || month < 1 || month > 12 || day < 29 || day > 31) return null;
	return iso(new Date(Date.UTC(year, month, 0)));
}

function exact(day: Date): Found<Date> | Refusal {
	return isYear(day.getUTCFullYear()) ? { value: day, precision: 'day' } : withRepair(farYear, yearShownAsDay(day));
}

/** The year that a spreadsheet shows as this day because its cell is formatted as one: 16/07/1905 for 2024. */
function yearShownAsDay(day: Date): string | null {
	const serial = Math.floor((day.getTime() - serialZero) / millisecondsOfDay);
	return isYear(serial) ? String(serial) : null;
}

/** The day of a spreadsheet's serial number (1900 system), whole days from 20000 (3 October 1954) to 60000 (8 April 2064). */
function serialDay(serial: number): Date | null {
	return serial >= 20_000 && serial <= 60_000 ? new Date(serialZero + Math.floor(serial) * millisecondsOfDay) : null;
}

/** Midnight UTC of the day on which an instant of a workbook lies. */
function midnight(day: Date): Date | null {
	const time = day.getTime();
	return Number.isNaN(time) ? null : new Date(Math.floor(time / millisecondsOfDay) * millisecondsOfDay);
}

/** A text as it is compared here; null when it is too long to be a day or a period. */
function plain(text: string): string | null {
	return text.length > longest
		? null
		: unaccented(text)
				.replace(/[.;,]+$/, '')
				.trim();
}

/** A period as written: in the form of published files, or a number of months from January that is no such period. */
type Period =
	{ readonly period: string; readonly precision: Precision; readonly school: boolean } | { readonly months: number };

const numerals = new Map([
	['i', 1],
	['ii', 2],
	['iii', 3],
	['iv', 4],
	['mot', 1],
	['nhat', 1],
	['hai', 2],
	['ba', 3],
	['bon', 4],
	['tu', 4],
	['sau', 6],
	['chin', 9],
	['muoi hai', 12]
]);
const count = (text = '') => numerals.get(text) ?? Number(text);

const gap = '(?: ?[-/.,] ?| )?(?:nam |n)?';
const yearIn = '(\\d{4})';
const quarterIn = '(?:quy|qui|q)[. ]{0,2}(?:thu )?(0?[1-4]|iv|i{1,3}|mot|nhat|hai|ba|bon|tu)';
const monthIn = '(0?[1-9]|1[0-2])';
const schoolIn = '(nam hoc|nien khoa|nh)';

const patterns: readonly (readonly [RegExp, (parts: readonly (string | undefined)[]) => Period | null])[] = [
	[
		new RegExp(`^(?:${schoolIn}:? ?)?${yearIn} ?[-/] ?(\\d{4}|\\d{2})$`),
		([word, first = '', second = '']) => {
			// 2011-12 is a month.
			if (word === undefined && second.length === 2 && Number(second) <= 12) return null;
			const year = Number(first) + 1;
			return String(year).endsWith(second) ? made(String(year), 'year', true) : null;
		}
	],
	[new RegExp(`^${schoolIn}:? ?${yearIn}$`), ([, year = '']) => made(year, 'year', true)],
	[new RegExp(`^(?:ca )?(?:nam )?${yearIn}(?:\\.0+)?$`), ([year = '']) => made(year, 'year')],
	[
		new RegExp(`^${quarterIn}${gap}${yearIn}$`),
		([quarter, year = '']) => made(`${year}-Q${count(quarter)}`, 'quarter')
	],
	[
		new RegExp(`^(?:nam )?${yearIn}[ ./-]{0,3}${quarterIn}$`),
		([year = '', quarter]) => made(`${year}-Q${count(quarter)}`, 'quarter')
	],
	[
		new RegExp(`^(iv|i{1,3})[ ./-]{1,3}${yearIn}$`),
		([quarter, year = '']) => made(`${year}-Q${count(quarter)}`, 'quarter')
	],
	[
		new RegExp(`^(?:6|06|sau) ?t(?:hang)? (dau|cuoi)(?: cua)? nam[ ,./-]{0,3}(?:nam )?${yearIn}$`),
		([half, year = '']) => made(`${year}-H${half === 'dau' ? 1 : 2}`, 'half')
	],
	[
		new RegExp(`^nua (dau|cuoi|sau)(?: cua)? nam[ ,./-]{0,3}(?:nam )?${yearIn}$`),
		([half, year = '']) => made(`${year}-H${half === 'dau' ? 1 : 2}`, 'half')
	],
	[new RegExp(`^h([12])${gap}${yearIn}$`), ([half = '', year = '']) => made(`${year}-H${half}`, 'half')],
	[new RegExp(`^${yearIn}[ ./-]{0,3}h([12])$`), ([year = '', half = '']) => made(`${year}-H${half}`, 'half')],
	[
		new RegExp(`^(\\d{1,2}|ba|sau|chin|muoi hai) ?t(?:hang)?(?: dau)?(?: cua)?(?: nam)?[ ,./-]{0,3}${yearIn}$`),
		([months, year = '']) => monthsFromJanuary(count(months), year)
	],
	[
		new RegExp(`^(?:thang|thg|th|t)[. ]{0,2}${monthIn}(?: ?[-/.,] ?| )(?:nam )?${yearIn}$`),
		([month = '', year = '']) => made(`${year}-${month.padStart(2, '0')}`, 'month')
	],
	[
		new RegExp(`^${monthIn}(?: ?[-/.] ?|,? nam )${yearIn}$`),
		([month = '', year = '']) => made(`${year}-${month.padStart(2, '0')}`, 'month')
	],
	[
		new RegExp(`^(?:nam )?${yearIn}(?: ?[-/.,] ?(?:thang |thg |t|m)?| ?(?:thang |thg |t|m))${monthIn}$`),
		([year = '', month = '']) => made(`${year}-${month.padStart(2, '0')}`, 'month')
	],
	[
		new RegExp(`^${englishName}[ ,-]{1,2}(\\d{4}|\\d{2})$`),
		([month = '', year = '']) =>
			made(`${fullYear(year)}-${String(monthNames.indexOf(month) + 1).padStart(2, '0')}`, 'month')
	]
];

function made(period: string, precision: Precision, school = false): Period | null {
	return isYear(Number(period.slice(0, 4))) ? { period, precision, school } : null;
}

function monthsFromJanuary(months: number, year: string): Period | null {
	if (months === 3) return made(`${year}-Q1`, 'quarter');
	if (months === 6) return made(`${year}-H1`, 'half');
	if (months === 12) return made(year, 'year');
	return isYear(Number(year)) && months >= 1 && months < 12 ? { months } : null;
}

function periodIn(text: string): Period | null {
	const bare = text.replace(/^(?:ky(?: bao cao)?:? |bao cao |bc |trong )/, '');
	for (const [pattern, of] of patterns) {
		const match = pattern.exec(bare);
		const period = match && of(match.slice(1));
		if (period) return period;
	}
	return null;
}

/** The first and the last day of a period, by what a year is. */
function bounds(
	{ period, precision, school }: Extract<Period, { period: string }>,
	span: YearSpan
): [Date, Date] | null {
	const last = readPeriodEnd(period);
	if (!last) return null;
	const year = last.getUTCFullYear();
	if (precision !== 'year') {
		const months = { month: 1, quarter: 3, half: 6, day: 1 }[precision];
		return [new Date(Date.UTC(year, last.getUTCMonth() + 1 - months, 1)), last];
	}
	if (school || span === 'school') return [new Date(Date.UTC(year - 1, 8, 1)), new Date(Date.UTC(year, 4, 31))];
	if (span === 'december') return [new Date(Date.UTC(year - 1, 11, 15)), new Date(Date.UTC(year, 11, 14))];
	return [new Date(Date.UTC(year, 0, 1)), last];
}

const precisionNames: Readonly<Record<Precision, Bilingual>> = {
	day: { vi: 'ngày', en: 'day' },
	month: { vi: 'tháng', en: 'month' },
	quarter: { vi: 'quý', en: 'quarter' },
	half: { vi: 'nửa năm', en: 'half-year' },
	year: { vi: 'năm', en: 'year' }
};

function endOf(period: Extract<Period, { period: string }>, { year, today }: DayStyle): Read<Date> {
	const days = bounds(period, year);
	if (!days) return notDay;
	const [first, last] = days;
	const value = today && first <= today && today < last ? today : last;
	const name = precisionNames[period.precision];
	return {
		value,
		precision: period.precision,
		warnings: [
			{
				rule: 'precision',
				remedy: {
					vi: `Ô chỉ ghi ${name.vi}; được tính vào ngày ${spoken(value, 'vi')}. Nếu biết ngày chính xác, hãy ghi vào.`,
					en: `Only the ${name.en} is written; it counts on ${spoken(value, 'en')}. Write the exact day if it is known.`
				}
			}
		]
	};
}

/**
 * Reads a day, midnight UTC. Real days of a workbook are taken as they stand (their day in UTC), a text with a time zone as the day
 * that it was in Viet Nam, numbers from 20000 to 60000 as serial days of a spreadsheet.
 */
export function readDay(cell: Cell, style: DayStyle): Read<Date> {
	if (cell === null) return empty;
	if (cell instanceof Date) {
		const day = midnight(cell);
		return day ? exact(day) : notDay;
	}
	if (typeof cell === 'boolean') return notDay;
	const cleaned = clean(String(cell));
	const none = absence(cleaned);
	if (none) return none;
	const text = plain(cleaned);
	if (text === null) return notDay;
	if (/^\d{5}(?:\.\d+)?$/.test(text)) {
		const day = serialDay(Number(text));
		return day ? exact(day) : notDay;
	}
	const written = writtenDay(text);
	if (written) return placed(written, style.order);
	// "3 tháng năm 2024" is three months of 2024, or 3 May.
	if (/^\d{1,2} thang nam \d{4}$/.test(text)) return notDay;
	const period = periodIn(text);
	if (period && 'period' in period) return endOf(period, style);
	if (/^(?:ngay )?\d{1,2}[/.-]\d{1,2}$|^(?:ngay \d{1,2} )?(?:quy|thang|t|q) ?(?:\d{1,2}|i{1,3}|iv)$/.test(text))
		return noYear;
	return hinted(text, style);
}

const dayWithin = /(?<!\d)\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}(?!\d)|(?<!\d)\d{1,2} thang \d{1,2} nam \d{4}(?!\d)/;
const spanOfDays =
	/(?<!\d)(\d{1,2}) ?(?:-|,|&|va|den|den ngay) ?(?:ngay )?\d{1,2}( ?[/.-] ?\d{1,2} ?[/.-] ?\d{4})(?!\d)/;

/** Refuses a text that is not one day, with the first day in it if there is one. */
function hinted(text: string, { order }: DayStyle): Refusal {
	const joined = spanOfDays.exec(text);
	const found = joined ? `${joined[1] ?? ''}${joined[2] ?? ''}` : dayWithin.exec(text)?.[0];
	const written = found === undefined ? null : writtenDay(found);
	const day = written && placed(written, order);
	if (!day) return notDay;
	return withRepair(severalDays, 'rule' in day ? (day.repair ?? null) : day.value && iso(day.value));
}

/** Tells the order of the days of a column from its own cells: a number above 12 cannot be a month. */
export function orderOf(cells: Iterable<Counted>): OrderFound {
	const evidence: Record<DayOrder, number> = { dmy: 0, mdy: 0, ymd: 0 };
	const seen = { ambiguous: 0, sameBothWays: 0, early: 0, late: 0 };
	for (const [cell, times] of cells) {
		if (cell instanceof Date) {
			const { month, day } = partsOf(cell);
			if (day > 12) seen.late += times;
			else if (day !== month) seen.early += times;
			continue;
		}
		if (typeof cell !== 'string' || cell.length > longest || !/\d/.test(cell)) continue;
		const text = plain(clean(cell));
		const written = text === null ? null : writtenDay(text);
		if (!written) continue;
		if (!('parts' in written)) {
			if (text !== null && /^\d{4}/.test(text)) evidence.ymd += times;
			continue;
		}
		const days = readings(written);
		const { dmy, mdy } = days;
		const [only, another] = distinct(days);
		if (only && another) seen.ambiguous += times;
		else if (dmy && mdy) seen.sameBothWays += times;
		else if (dmy) evidence.dmy += times;
		else if (mdy) evidence.mdy += times;
		else if (only) evidence.ymd += times;
	}
	const { dmy, mdy, ymd } = evidence;
	const order = dmy > 0 ? 'dmy' : mdy > 0 ? 'mdy' : ymd > 0 && seen.ambiguous === 0 ? 'ymd' : null;
	const splitBySpreadsheet = dmy > 0 && mdy === 0 && seen.ambiguous === 0 && seen.sameBothWays === 0 && seen.late === 0;
	return {
		order,
		ambiguous: seen.ambiguous,
		evidence,
		conflict: dmy > 0 && mdy > 0,
		swapped: splitBySpreadsheet ? seen.early : 0
	};
}

/**
 * Reads a reporting period in the form of published files: `2024`, `2024-H1`, `2024-Q3` or `2024-09`. A real day that is the first of
 * a month is that month: spreadsheets make it of `9/2024`.
 */
export function readPeriod(cell: Cell, { year }: Pick<DayStyle, 'year'>): Read<string> {
	if (cell === null) return empty;
	if (cell instanceof Date) {
		const day = midnight(cell);
		return day ? monthOfDay(day) : notPeriod;
	}
	if (typeof cell === 'boolean') return notPeriod;
	const cleaned = clean(String(cell));
	const none = absence(cleaned);
	if (none) return none;
	const text = plain(cleaned);
	if (text === null) return notPeriod;
	const serial = /^\d{5}(?:\.0+)?$/.test(text) ? serialDay(Number(text)) : null;
	if (serial) return monthOfDay(serial);
	const period = periodIn(text);
	if (period) return 'months' in period ? oddMonths : { value: period.period };
	if (
		/^(?:quy|qui|q|thang|t|th)?[. ]{0,2}(?:\d{1,2}|i{1,3}|iv)$|^\d{1,2} thang(?: (?:dau|cuoi)(?: nam)?)?$|^(?:ca )?nam$/.test(
			text
		)
	) {
		return yearlessPeriod;
	}
	const written = writtenDay(text);
	const day = written && placed(written, year === 'calendar' ? 'dmy' : null);
	return day && 'value' in day && day.value ? { ...dayForPeriod, repair: iso(day.value).slice(0, 7) } : notPeriod;
}

function monthOfDay(day: Date): Read<string> {
	const found = exact(day);
	if ('rule' in found) return { ...found, rule: 'type-period' };
	const month = iso(day).slice(0, 7);
	return day.getUTCDate() === 1 ? { value: month } : { ...dayForPeriod, repair: month };
}

/**
 * Reads a year. A school year `2023-2024` is 2024, as the register says. A day stands for the year it lies in, as years are counted in
 * this file: from September in school years, from 15 December where they end on the 14th.
 */
export function readYear(cell: Cell, year: YearSpan): Read<number> {
	if (cell === null) return empty;
	if (typeof cell === 'boolean') return notYear;
	if (cell instanceof Date) return yearOfDay(cell, year);
	const cleaned = clean(String(cell));
	const none = absence(cleaned);
	if (none) return none;
	const text = plain(cleaned);
	if (text === null) return notYear;
	const period = periodIn(text);
	if (period && 'period' in period && period.precision === 'year') return { value: Number(period.period) };
	if (/^\d{5}$/.test(text)) {
		const day = serialDay(Number(text));
		if (day) return yearOfDay(day, year);
	}
	const short = /^(?:nam )?'?(\d{2})$/.exec(text)?.[1];
	if (short !== undefined) return { ...notYear, repair: String(fullYear(short)) };
	const written = writtenDay(text);
	const day = written && placed(written, null);
	const within = day && 'value' in day && day.value ? day.value : null;
	if (within) return yearOfDay(within, year);
	const longer = period && 'period' in period ? period.period.slice(0, 4) : null;
	const mentioned = [...new Set(text.match(/(?<!\d)(?:19|20)\d{2}(?!\d)/g))];
	return withRepair(notYear, longer ?? (mentioned.length === 1 ? (mentioned[0] ?? null) : null));
}

function yearOfDay(day: Date, span: YearSpan): Read<number> {
	const found = Number.isNaN(day.getTime()) ? notYear : exact(day);
	if ('rule' in found) return { ...found, rule: 'type-integer' };
	const { year, month, day: date } = partsOf(day);
	const isNext = span === 'school' ? month >= 9 : span === 'december' && month === 12 && date >= 15;
	return { value: year + (isNext ? 1 : 0) };
}

const notTitle = [
	// Days, numbers of documents, and spans of years that a plan covers.
	/ngay \d{1,2} thang \d{1,2} nam \d{4}/g,
	/\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}/g,
	/\d{1,6}\/(?:\d{4}\/)?[a-z]{1,5}(?:-[a-z]{1,8}){0,3}/g,
	/\d{1,6}-[a-z]{1,5}\/[a-z]{1,8}/g,
	/(?:giai doan|nhiem ky|thoi ky|tu nam) ?\d{4} ?(?:-|den(?: nam)?) ?\d{4}/g,
	/(?:den(?: het)? nam|tam nhin(?: den)?(?: nam)?|dinh huong(?: den)?(?: nam)?) ?\d{4}/g
];

const inTitle = [
	`${quarterIn}${gap}${yearIn}`,
	`(?:\\d{1,2}|ba|sau|chin|muoi hai) thang(?: (?:dau|cuoi))?(?: cua)?(?: nam)? ?${yearIn}`,
	`nua (?:dau|cuoi) nam ${yearIn}`,
	`thang ${monthIn}(?: ?[-/.,] ?| )(?:nam )?${yearIn}`,
	`${schoolIn}:? ?${yearIn} ?- ?\\d{4}`,
	`${yearIn} ?- ?\\d{4}`,
	`(?:ca )?nam ${yearIn}`,
	yearIn
].map((pattern) => new RegExp(`(?<![a-z\\d])${pattern}(?![a-z\\d])`, 'g'));

/**
 * The period that the lines above a table name (`BÁO CÁO … QUÝ III NĂM 2025`), in the form of published files; null when they name
 * none, more than one, or one that is no period of the form. The finest counts: a quarter rather than the year beside it. Days,
 * numbers of documents and spans of years (`giai đoạn 2021-2025`) are not periods of the table.
 */
export function periodOfTitle(texts: readonly string[]): string | null {
	let text = texts
		.map((line) => unaccented(clean(line.slice(0, longest))))
		.join(' ')
		.slice(0, 10 * longest);
	for (const pattern of notTitle) text = text.replace(pattern, ' | ');
	for (const pattern of inTitle) {
		const found = [...text.matchAll(pattern)];
		if (found.length === 0) continue;
		const names = new Set(found.map(([match]) => periodNamed(match)));
		const [only] = names;
		if (names.size > 1 || only == null) return null;
		// Another year beside it: the lines speak of more than one period.
		const rest = found.reduce((left, [match]) => left.replace(match, ' '), text);
		return (rest.match(/(?<!\d)(?:19|20)\d{2}(?!\d)/g) ?? []).every((year) => only.startsWith(year)) ? only : null;
	}
	return null;
}

function periodNamed(text: string): string | null {
	const period = periodIn(text);
	return period && 'period' in period ? period.period : null;
}
