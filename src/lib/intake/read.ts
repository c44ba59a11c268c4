/** What comes of reading one cell of a stranger's file, and what all readers share: cleaning, and the words for “nothing”. */
import { foldKey } from '../model/alias';
import type { Bilingual } from '../model/table';

/**
 * Why a cell has no value.
 *
 * - `empty`: nothing stands in it.
 * - `mark`: a dash, dots or the x of statistical forms.
 * - `none`: said to be none (“không có”, “không phát sinh”): it may be meant as 0.
 * - `not-computed`: said to be impossible to count (“không tính được”), or only described in words.
 * - `not-known`: said not to be known (“không rõ”, “N/A”).
 * - `not-yet`: said to come later (“chưa có”).
 */
export type Reason = 'empty' | 'mark' | 'none' | 'not-computed' | 'not-known' | 'not-yet';

/** How much of a day is written: `9/2023` is a month. */
export type Precision = 'day' | 'month' | 'quarter' | 'half' | 'year';

/** Something to be said of a cell that was read all the same. */
export interface Remark {
	/** Stable name of the rule, kebab-case. */
	readonly rule: string;
	readonly remedy: Bilingual;
}

/** A value, null for a cell that is empty or says that there is none, with remarks if something must be said of it. */
export interface Found<T> {
	readonly value: T | null;
	/** Set when the value is null. */
	readonly reason?: Reason;
	/** Set by readers of days. */
	readonly precision?: Precision;
	readonly warnings?: readonly Remark[];
}

/** Why there is no value, with a text that would be right in the cell's place if one is near. The row waits. */
export interface Refusal extends Remark {
	readonly repair?: string;
}

/** What came of reading one cell of a stranger's file. It is a refusal when it has a `rule`. */
export type Read<T> = Found<T> | Refusal;

/** A cell in which nothing stands. */
export const empty: Found<never> = { value: null, reason: 'empty' };

/** Longest text that readers look into, in characters; what is longer is no number, day or code. */
export const longest = 400;

/**
 * The text of a cell as it was meant: NFC, invisible characters dropped, every kind of space as one space and every kind of dash as
 * a hyphen, full-width characters as ASCII, trimmed. Superscripts and fractions stay: 10² is not 102.
 */
export function clean(text: string): string {
	if (/^[!-~]*$/.test(text)) return text;
	return text
		.normalize('NFC')
		.replace(/\p{Cf}/gu, '')
		.replace(/[\uFF01-\uFF5E]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
		.replace(/[\u2010-\u2015\u2212\uFE58\uFE63]/g, '-')
		.replace(/\s{2,}|[^\S ]/g, ' ')
		.trim();
}

/** A cleaned text in lower case, without accents and with đ as d; signs and punctuation stay. */
export function unaccented(text: string): string {
	const lower = text.toLowerCase();
	if (/^[ -~]*$/.test(lower)) return lower;
	return lower.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đðɖ]/g, 'd');
}

const phrases: Readonly<Record<Exclude<Reason, 'empty' | 'mark'>, readonly string[]>> = {
	none: ['không', 'không có', 'ko', 'ko có', 'k có', 'không phát sinh', 'chưa phát sinh', 'không có phát sinh'],
	'not-computed': [
		'không tính được',
		'không tính toán được',
		'không thể tính được',
		'không tính được bằng tiền',
		'không tính được thành tiền',
		'chưa tính được',
		'chưa tính được bằng tiền',
		'chưa tính được thành tiền',
		'không tính',
		'chưa tính',
		'không lượng hóa được',
		'không thể lượng hóa',
		'chưa lượng hóa được',
		'không quy đổi được',
		'không quy ra tiền được',
		'không quy ra tiền',
		'not computed'
	],
	'not-known': [
		'không rõ',
		'chưa rõ',
		'không biết',
		'chưa biết',
		'không xác định',
		'không xác định được',
		'chưa xác định',
		'chưa xác định được',
		'kxđ',
		'không có số liệu',
		'chưa có số liệu',
		'không có dữ liệu',
		'chưa có dữ liệu',
		'không có thông tin',
		'chưa có thông tin',
		'không ghi',
		'không áp dụng',
		'n/a',
		'na',
		'nan',
		'null',
		'nil',
		'none',
		'unknown',
		'not available',
		'not known'
	],
	'not-yet': [
		'chưa',
		'chưa có',
		'chưa cập nhật',
		'đang cập nhật',
		'chờ cập nhật',
		'cập nhật sau',
		'bổ sung sau',
		'sẽ bổ sung',
		'chưa báo cáo',
		'chưa thực hiện',
		'chưa tổng hợp',
		'đang tổng hợp',
		'chưa thống kê',
		'đang thống kê',
		'chưa nộp'
	]
};

/** Said of a cell whose text says that there is no value. */
export const notAValue: Remark = {
	rule: 'not-a-value',
	remedy: {
		vi: 'Ô này không ghi giá trị nên được để trống, không tính là 0. Nếu đúng là 0, hãy ghi số 0.',
		en: 'This cell says that there is no value and counts as empty, not as 0. If it is 0, write 0.'
	}
};

const said = (reason: Reason): Found<never> => ({ value: null, reason, warnings: [notAValue] });

const reasons: ReadonlyMap<string, Found<never>> = new Map(
	Object.entries(phrases).flatMap(([reason, texts]) => {
		const found = said(reason as Reason);
		return texts.map((text): [string, Found<never>] => [foldKey(text), found]);
	})
);

const opening = new RegExp(
	`^(${phrases['not-computed']
		.map(foldKey)
		.filter((key) => key.includes(' '))
		.sort((one, other) => other.length - one.length)
		.join('|')}) `
);

const mark = said('mark');
const notComputed = said('not-computed');

const broken: Refusal = {
	rule: 'formula-error',
	remedy: {
		vi: 'Công thức trong bảng tính bị lỗi nên ô không có giá trị; hãy sửa công thức hoặc nhập giá trị đúng.',
		en: 'The formula in the spreadsheet failed, so the cell has no value; mend the formula or enter the right value.'
	}
};

const narrow: Refusal = {
	rule: 'column-too-narrow',
	remedy: {
		vi: 'Cột trong bảng tính quá hẹp nên chỉ xuất ra “####”; hãy mở rộng cột rồi xuất lại tệp, hoặc nhập giá trị đúng.',
		en: 'The spreadsheet column was too narrow and wrote only “####”; widen it and export again, or enter the right value.'
	}
};

/**
 * What a cleaned text says when it says that there is no value, or that the spreadsheet lost it; null when it says anything else.
 * An `x` is a mark here; where it is a tick or a code, that is to be read first.
 */
export function absence(text: string): Read<never> | null {
	if (text === '') return empty;
	if (/^(?:[-_.…/\\*~?]+(?: [-_.…/\\*~?]+)*|[xX])$/.test(text)) return mark;
	if (text.startsWith('#')) {
		if (/^#+$/.test(text)) return narrow;
		if (/^#(N\/A|DIV\/0!)$/i.test(text)) return notComputed;
		if (/^#[A-Z/0]+[!?]$/i.test(text)) return broken;
	}
	if (!/^[\p{L}(“"']/u.test(text)) return null;
	// Of what is too long to be read by anybody, the beginning tells enough.
	const key = foldKey(text.slice(0, longest));
	const known = text.length > longest ? undefined : reasons.get(key);
	if (known) return known;
	return opening.test(key) && !/\d/.test(text) ? notComputed : null;
}
