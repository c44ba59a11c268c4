/**
 * Reads numbers as people in Vietnam write them: `1.234.567,5`, `1 234 567`, `12,5 triệu`, `khoảng 50 triệu đồng/năm`, `(1.234)`.
 *
 * How a column writes its numbers is found from all its cells by `numberConvention`; then each cell is read by itself. A cell whose
 * own signs tell how it is written is read so, whatever the column does. `1.500` tells nothing by itself: it is read by the decimal
 * sign of its column, and refused while nobody knows that sign.
 */
import { isInteger } from './cell';
import type { Cell, Counted } from './grid';
import type { DecimalSign } from './plan';
import {
	absence,
	clean,
	empty,
	longest,
	notAValue,
	unaccented,
	type Found,
	type Read,
	type Refusal,
	type Remark
} from './read';

/** How the numbers of a column are written. */
export interface NumberForm {
	/** The sign before the decimals; null when no cell of the column tells. */
	readonly decimal: DecimalSign | null;
	/** What a number that has no unit word of its own is multiplied by: 1, 1000, 1e6, …; 100 for shares written as fractions. */
	readonly factor: number;
}

/** What the cells and the heading of a column say about its numbers. */
export interface NumberConvention extends NumberForm {
	/** How many cells (`1.500`) can be read in two ways, when `decimal` is null; else 0. */
	readonly ambiguous: number;
	/** `heading`: the heading names the unit. `cells`: it does not, but cells have unit words of their own. Null: nobody says. */
	readonly factorFrom: 'heading' | 'cells' | null;
	/** The currency that the heading names (ISO 4217) when it is not the đồng; null otherwise. Such numbers are not đồng. */
	readonly currency: string | null;
	/** For money whose unit the heading does not say: how many cells below 100,000 have no unit word, so that they can hardly be đồng. */
	readonly unitless: number;
	/** For shares: they are fractions of 1, since none is above 1, one lies between 0 and 1, and none has a `%`. */
	readonly fraction: boolean;
}

const scales: Readonly<Record<string, number>> = {
	'nghin ty': 1e12,
	'ngan ty': 1e12,
	'nghin ti': 1e12,
	'ngan ti': 1e12,
	'tram trieu': 1e8,
	'chuc trieu': 1e7,
	thousand: 1e3,
	million: 1e6,
	billion: 1e9,
	nghin: 1e3,
	ngan: 1e3,
	trieu: 1e6,
	ty: 1e9,
	ti: 1e9,
	tr: 1e6,
	bn: 1e9,
	k: 1e3
};

const currencies: Readonly<Record<string, string>> = {
	'dong viet nam': 'VND',
	'viet nam dong': 'VND',
	'vn dong': 'VND',
	dong: 'VND',
	vnd: 'VND',
	'₫': 'VND',
	d: 'VND',
	'do la my': 'USD',
	'do la': 'USD',
	'do my': 'USD',
	do: 'USD',
	usd: 'USD',
	us$: 'USD',
	$: 'USD',
	euro: 'EUR',
	eur: 'EUR',
	'€': 'EUR',
	yen: 'JPY',
	jpy: 'JPY',
	'¥': 'JPY',
	won: 'KRW',
	krw: 'KRW',
	'nhan dan te': 'CNY',
	ndt: 'CNY',
	rmb: 'CNY',
	cny: 'CNY',
	te: 'CNY',
	'bang anh': 'GBP',
	gbp: 'GBP',
	'£': 'GBP',
	sgd: 'SGD',
	hkd: 'HKD',
	twd: 'TWD',
	thb: 'THB',
	aud: 'AUD',
	cad: 'CAD',
	chf: 'CHF'
};

/** Words for what is counted, which may follow a count. Not “năm”: two years are not two months. */
const nouns =
	'luot nguoi|luot|nguoi|dong chi|d/c|dang vien|hoi vien|doan vien|quan chung|can bo|dai bieu|ho|ca nhan|tap the|' +
	'buoi|cuoc|hoi nghi|lop|dot|lan|tin, bai|tin bai|tin/bai|tin|bai|y kien|kien nghi|van ban|chi bo|sang kien|giai phap|de tai|mo hinh|thang|diem';

const any = (words: Readonly<Record<string, unknown>>) =>
	Object.keys(words)
		.map((word) => word.replace('$', '\\$'))
		.join('|');

const about =
	'khoang chung|khoang|uoc tinh|uoc dat|uoc|xap xi|gan|hon|tren|duoi|tam|toi thieu|it nhat|toi da|khong duoi|khong qua|>=|<=|[~≈><≥≤±]';

const written = new RegExp(
	`^(?<about>(?:(?:${about}) ?)*)(?<open>\\()?(?<sign>[+-])? ?(?<front>us\\$|usd|vnd|[$€£¥₫])? ?` +
		`(?<digits>[.,]?\\d(?:[\\d.,' ]*\\d)?[.,]?)(?:e(?<power>[+-]?\\d{1,3}))? ?(?<percent>%|phan tram)? ?` +
		`(?<scale>${any(scales)})? ?\\.? ?(?:(?<currency>${any(currencies)})(?![a-z]|/c))? ?(?:(?<noun>${nouns})(?![a-z]))?` +
		`(?: ?(?:/|moi |mot |hang |trong |per ) ?(?:0?1 |mot )?(?<per>[a-z][a-z0-9 /]*))?(?<close>\\))?[.;,]?$`
);

const refusal = (rule: string, vi: string, en: string): Refusal => ({ rule, remedy: { vi, en } });

const notNumber = refusal(
	'type-number',
	'Cần một số, ví dụ 1250 hoặc 12,5; hãy chỉ ghi số, phần chữ chuyển sang cột ghi chú.',
	'A number is needed, for example 1250 or 12.5; write only the number and move the words to the notes.'
);
const dateForNumber = refusal(
	'type-number',
	'Ô là ngày chứ không phải số; có thể Excel đã tự đổi số (ví dụ 1.5 hay 3/4) thành ngày. Hãy nhập lại số.',
	'The cell is a date, not a number; Excel may have turned a number (such as 1.5 or 3/4) into one. Enter the number again.'
);
const ambiguousNumber = refusal(
	'ambiguous-number',
	'Không rõ dấu trong số là dấu thập phân hay dấu ngăn hàng nghìn: 1.500 là 1500 hay 1,5? Hãy chọn dấu thập phân của cột.',
	'The sign in the number may be the decimal sign or part thousands: is 1.500 1500 or 1.5? Choose the decimal sign of the column.'
);
const badGroups = refusal(
	'type-number',
	'Các dấu chấm, phẩy hoặc khoảng trắng trong số không chia đúng từng nhóm ba chữ số; hãy kiểm tra và ghi lại số.',
	'The points, commas or spaces in the number do not part it in groups of three digits; check it and write it again.'
);
const range = refusal(
	'type-number',
	'Ô ghi một khoảng (từ … đến …), cần một số. Gợi ý là số nhỏ, để không tính quá; hãy chọn số đúng.',
	'The cell holds a range; one number is needed. The lower one is suggested, so as not to overstate; choose the right one.'
);
const colloquial = refusal(
	'type-number',
	'Cách ghi như “1tr2” dễ hiểu nhầm; hãy ghi đủ số.',
	'A way of writing such as “1tr2” is easily misread; write the whole number.'
);
const otherCurrency = refusal(
	'type-number',
	'Số tiền không phải đồng Việt Nam. Hãy quy ra đồng theo tỷ giá của hợp đồng, hoặc ghi riêng số ở cột giá trị và loại tiền ở cột đơn vị tiền.',
	'The amount is not in VND. Convert it at the rate of the contract, or write the number alone and the currency in its own column.'
);
const perOther = refusal(
	'type-number',
	'Số ghi tính cho một tháng, một sản phẩm… chứ không phải cho cả năm; hãy ghi tổng số của năm.',
	'The number is for a month, a piece or the like, not for the year; write the total of the year.'
);
const percentForNumber = refusal(
	'type-number',
	'Ô ghi tỷ lệ phần trăm, cột này cần một số; hãy ghi số.',
	'The cell holds a percentage, this column needs a number; write the number.'
);
const tooLarge = refusal(
	'type-number',
	'Số quá lớn; hãy kiểm tra có thừa chữ số, hoặc nhân đơn vị hai lần.',
	'The number is too large; check for extra digits, or a unit that was multiplied twice.'
);
const notWhole = refusal(
	'type-integer',
	'Cần số nguyên, không quá 2147483647; hãy kiểm tra số và dấu thập phân của cột.',
	'A whole number of at most 2147483647 is needed; check the number and the decimal sign of the column.'
);

const remark = (rule: string, vi: string, en: string): Remark => ({ rule, remedy: { vi, en } });

const approximate = remark(
	'approximate',
	'Số ghi là ước chừng (khoảng, hơn, gần…); được nạp như số chính xác.',
	'The number is said to be approximate; it is loaded as if exact.'
);
const rounded = remark(
	'approximate',
	'Số ghi dạng 1,5E+08: bảng tính đã rút gọn, các chữ số sau có thể đã mất. Hãy đối chiếu với tệp gốc.',
	'The number is written as 1.5E+08: the spreadsheet shortened it and later digits may be lost. Compare with the original file.'
);
const described: Found<never> = { value: null, reason: 'not-computed', warnings: [notAValue] };

/** The digits of a number with a point before its decimals; or, when its one sign may be either, both readings. */
type Digits =
	| { readonly sure: string; readonly evidence: DecimalSign | null }
	| { readonly sign: DecimalSign; readonly asDecimal: string; readonly asGroups: string };

const other = (sign: DecimalSign): DecimalSign => (sign === ',' ? '.' : ',');

/** What the signs within a number say; null when they part it in no sensible way. */
function digitsOf(text: string): Digits | null {
	const spaced = /[ ']/.test(text);
	if (spaced && !/^\d{1,3}(?:(?: \d{3})+|(?:'\d{3})+)(?:[.,]\d*)?$/.test(text)) return null;
	const core = text.replace(/[ ']|[.,]$/g, '');
	const at = core.search(/[.,]/);
	if (at < 0) return { sure: core, evidence: null };
	const first = core[at] === ',' ? ',' : '.';
	const [whole = '', ...rest] = core.split(first);
	if (core.includes(other(first))) {
		// The sign that comes first parts thousands, the other one decimals.
		const [group = '', decimals, ...more] = (rest.pop() ?? '').split(other(first));
		const groups = [...rest, group];
		if (decimals === undefined || more.length > 0 || !isGrouped(whole, groups)) return null;
		return { sure: `${whole}${groups.join('')}.${decimals}`, evidence: other(first) };
	}
	if (rest.length > 1) return isGrouped(whole, rest) ? { sure: whole + rest.join(''), evidence: other(first) } : null;
	const decimals = rest[0] ?? '';
	if (!spaced && !whole.startsWith('0') && isGrouped(whole, rest)) {
		return { sign: first, asDecimal: `${whole}.${decimals}`, asGroups: `${whole}${decimals}` };
	}
	return { sure: `${whole || '0'}.${decimals}`, evidence: first };
}

function isGrouped(whole: string, groups: readonly string[]): boolean {
	return whole.length >= 1 && whole.length <= 3 && groups.every((group) => group.length === 3);
}

/** A decimal text times a factor and a power of ten: exactly rounded where the factor is a power of ten. */
function scaled(text: string, factor: number, power = 0): number {
	if (text.includes('e')) return Number(text) * factor;
	const digits = String(factor);
	return /^10*$/.test(digits) ? Number(`${text}e${digits.length - 1 + power}`) : Number(`${text}e${power}`) * factor;
}

interface Use extends NumberForm {
	readonly kind: 'money' | 'number' | 'count' | 'percent';
}

function finished(value: number, use: Use, warnings: readonly Remark[]): Read<number> {
	if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return tooLarge;
	// Makes -0 a 0.
	const number = value + 0;
	if (use.kind === 'count' && !isInteger(number)) return notWhole;
	return warnings.length === 0 ? { value: number } : { value: number, warnings };
}

function read(cell: Cell, use: Use): Read<number> {
	if (cell === null) return empty;
	if (typeof cell === 'number') {
		return Number.isNaN(cell)
			? { value: null, reason: 'not-known' }
			: finished(scaled(String(cell), use.factor), use, []);
	}
	if (cell instanceof Date) return dateForNumber;
	if (typeof cell === 'boolean') return notNumber;
	if (/^\d[\d.,]{0,30}$/.test(cell)) return readDigits(cell, use);
	const text = clean(cell);
	const absent = absence(text);
	if (absent) return absent;
	return text.length > longest ? inWords(text, use) : readText(text, use);
}

/** The bare numbers that most cells are, without the cost of looking for anything else. */
function readDigits(text: string, use: Use): Read<number> {
	const digits = digitsOf(text);
	if (digits === null) return badGroups;
	const chosen = choose(digits, use, false);
	return chosen === null ? ambiguousNumber : finished(scaled(chosen, use.factor), use, []);
}

function readText(text: string, use: Use): Read<number> {
	// "50.000.000 (năm mươi triệu đồng)": words in brackets only repeat the number.
	const plain = unaccented(text).replace(/(?<=\S) ?\([^\d()]*\)$/, '');
	const found = written.exec(plain)?.groups;
	if (!found) return unread(text, plain, use);
	const { open, close, percent, scale, noun, per, power } = found;
	const named = found['currency'] ?? found['front'];
	if (open !== undefined || close !== undefined) {
		// Brackets mean a negative number in accounts; around words they mean nothing of the kind.
		const worded = [found['sign'], named, scale, noun, per, percent].some((part) => part !== undefined);
		if (open === undefined || close === undefined || worded || found['about'] !== '') return unread(text, plain, use);
	}
	const currency = named === undefined ? undefined : currencies[named];
	if (currency !== undefined && use.kind !== 'money') return notNumber;
	if (currency !== undefined && currency !== 'VND') return otherCurrency;
	if (noun !== undefined && (use.kind === 'money' || use.kind === 'percent')) return notNumber;
	if (percent !== undefined && use.kind !== 'percent') return percentForNumber;
	if (per !== undefined && !/^nam(?: (?:dau|dau tien|hoc))?$/.test(per.trim())) return perOther;
	const digits = digitsOf((found['digits'] ?? '').trim());
	if (digits === null) return badGroups;
	// 1.500 đồng is not one đồng and a half.
	const inDong = currency !== undefined && scale === undefined;
	const chosen = inDong && 'sign' in digits ? digits.asGroups : choose(digits, use, power !== undefined);
	if (chosen === null) return ambiguousNumber;
	const hasUnit = scale !== undefined || currency !== undefined || percent !== undefined;
	const warnings: Remark[] = [];
	if (found['about'] !== '') warnings.push(approximate);
	if (power !== undefined && chosen.includes('.')) warnings.push(rounded);
	const value = scaled(chosen, hasUnit ? (scales[scale ?? ''] ?? 1) : use.factor, Number(power ?? 0));
	return finished(open !== undefined || found['sign'] === '-' ? -value : value, use, warnings);
}

/** The reading that is meant; null when nobody says. A count has no decimals but `.000`. */
function choose(digits: Digits, use: Use, isScientific: boolean): string | null {
	if ('sure' in digits) return digits.sure;
	if (isScientific) return digits.asDecimal;
	if (use.decimal === null) return use.kind === 'count' && !digits.asDecimal.endsWith('.000') ? digits.asGroups : null;
	return use.decimal === digits.sign ? digits.asDecimal : digits.asGroups;
}

const spelled: Readonly<Record<number, string>> = { 1000: 'nghìn', 1000000: 'triệu', 1000000000: 'tỷ' };

const pieces = new RegExp(`(\\d[\\d.,]*)\\s*(${any(scales)})(?![a-z])`, 'g');
const leading = new RegExp(`^(?:(?:${about}) ?)+`);
const spoken = /^(\d{1,3}) ?(trieu|tr|ty|ti) ?(\d{1,3}) ?(?:dong|vnd|d)?$/;
const between = new RegExp(
	`^(?:tu )?(\\d[\\d.,]*) ?(${any(scales)})? ?(?:dong|vnd|d)? ?(?:-|den|toi|÷) ?(\\d[\\d.,]*) ?(${any(scales)})?(?![a-z])\\D{0,40}$`
);
const within = new RegExp(`(?<![\\d.,a-z])(\\d(?:[\\d.,]*\\d)?) ?(${any(scales)})? ?\\.?(?:dong|vnd|d)(?![a-z/])`, 'g');

/** A text that is not one number: several parts that make one, or why it is none. `plain` is the text without accents. */
function unread(text: string, plain: string, use: Use): Read<number> {
	const isAbout = leading.test(plain);
	const bare = plain.replace(leading, '');
	const sum = compound(bare, use, isAbout ? [approximate] : []);
	if (sum) return sum;
	const said = spoken.exec(bare);
	if (said) {
		const [, whole = '', unit = '', part = ''] = said;
		const value = scaled(`${whole}.${part}`, scales[unit] ?? 1);
		return { ...colloquial, repair: String(value).replace(/\B(?=(\d{3})+$)/g, '.') };
	}
	const ends = between.exec(bare);
	if (ends) {
		const unit = spelled[scales[ends[2] ?? ends[4] ?? ''] ?? 0];
		return { ...range, repair: unit === undefined ? (ends[1] ?? '') : `${ends[1] ?? ''} ${unit}` };
	}
	const outOf = /^(\d+(?:[.,]\d+)?) ?\/ ?100(?: ?diem)?$/.exec(bare)?.[1];
	if (outOf !== undefined && use.kind === 'number') return { ...notNumber, repair: outOf };
	return inWords(text, use);
}

/** Words: no amount of money where they hold no number, else refused, with the amount in them if there is just one. */
function inWords(text: string, use: Use): Read<number> {
	if (use.kind !== 'money') return notNumber;
	if (!/\d/.test(text)) {
		const spelt = /trăm|chục|mươi|ngh[iì]n|ngàn|tri[eệ]u|t[ỷỉ] đồng/iu.test(text);
		return /\p{L}{2}/u.test(text) && !spelt ? described : notNumber;
	}
	const plain = unaccented(text);
	const [only, second] = [...plain.matchAll(within)];
	if (only === undefined || second !== undefined || [...plain.matchAll(pieces)].length > 1) return notNumber;
	const unit = spelled[scales[only[2] ?? ''] ?? 0];
	return { ...notNumber, repair: `${only[1] ?? ''} ${unit === undefined ? '' : `${unit} `}đồng` };
}

/** `1 tỷ 200 triệu đồng`: each part smaller than the unit of the one before. */
function compound(text: string, use: Use, warnings: readonly Remark[]): Read<number> | null {
	const parts = [...text.matchAll(pieces)];
	if (parts.length < 2 || use.kind === 'percent') return null;
	if (!/^[ ,]*(?:va)?[ ,]*(?:dong|vnd|d)?(?: ?\/ ?nam)?[ .]*$/.test(text.replace(pieces, ''))) return null;
	let total = 0;
	let room = Infinity;
	for (const [, number = '', unit = ''] of parts) {
		const digits = digitsOf(number);
		if (digits === null) return badGroups;
		const chosen = choose(digits, use, false);
		if (chosen === null) return ambiguousNumber;
		const scale = scales[unit] ?? 1;
		const value = scaled(chosen, scale);
		if (value >= room) return null;
		total += value;
		room = scale;
	}
	return finished(total, use, warnings);
}

/**
 * Reads an amount: in đồng when it is money, else a plain number such as a score.
 *
 * A unit word in the cell (`nghìn`, `triệu`, `tỷ`, `đồng`) takes the place of the column's factor. An amount in another currency, by
 * the month or piece, a range, a way of writing such as `1tr2`, and what can be read in two ways are refused, with a repair where one
 * is at hand. `khoảng` and the like are read with the warning `approximate`. An amount of money described in words, and whatever says
 * that there is no value, is null with the warning `not-a-value`; it never means 0.
 */
export function readAmount(cell: Cell, form: NumberForm & { readonly money: boolean }): Read<number> {
	return read(cell, { decimal: form.decimal, factor: form.factor, kind: form.money ? 'money' : 'number' });
}

/**
 * Reads a whole number of 32 bits, with or without what is counted (`12 người`). Since a count has no decimals, `1.250` can only be
 * 1250; `1.000` may be 1 or 1000 and hangs on the column.
 */
export function readCount(cell: Cell, form: NumberForm): Read<number> {
	return read(cell, { decimal: form.decimal, factor: form.factor, kind: 'count' });
}

/** Reads a percentage: 12.5 for `12,5%` and `12,5`. The factor (100 where shares are fractions of 1) is not used where a `%` stands. */
export function readPercent(cell: Cell, form: NumberForm): Read<number> {
	return read(cell, { decimal: form.decimal, factor: form.factor, kind: 'percent' });
}

const scaleInHeading = `(?<scale>${any(scales)}|1[., ]?000[., ]?000|1[., ]?000)`;
const headingUnits: readonly RegExp[] = [
	new RegExp(`(?<![a-z0-9])${scaleInHeading} ?\\.? ?(?<currency>${any(currencies)})(?![a-z])`),
	new RegExp(
		`(?:[([] ?|(?<![a-z])(?:dvt|don vi tinh|don vi tien|don vi|tinh bang|tinh theo) ?[:-]? ?)(?:(?:dvt|don vi tinh|don vi) ?[:-]? ?)?` +
			`(?:${scaleInHeading}|(?<currency>${any(currencies)})) ?(?=[)\\],;/]|$)`
	),
	/(?<![a-z])(?<currency>vnd|usd|eur)(?![a-z])/
];

/** The unit of money that a heading names, the first one where it names several. “Hợp đồng”, “triệu tập”, “tỷ lệ” name none. */
function headingUnit(heading: string): { readonly factor: number; readonly currency: string | null } | null {
	const text = unaccented(clean(heading)).slice(0, longest);
	const found = headingUnits
		.map((pattern) => pattern.exec(text))
		.filter((match) => match !== null)
		.sort((one, another) => one.index - another.index)[0]?.groups;
	if (!found) return null;
	const { scale, currency } = found;
	const code = currencies[currency ?? ''] ?? 'VND';
	const factor = scale === undefined ? 1 : (scales[scale] ?? Number(scale.replace(/[., ]/g, '')));
	return { factor, currency: code === 'VND' ? null : code };
}

/** How many times the votes of the other side a decimal sign needs to be that of the column in spite of them. */
const overwhelming = 20;

/** What a column of numbers holds, as far as one pass tells. */
class Tally {
	readonly votes = { ',': 0, '.': 0 };
	readonly unclear = { ',': 0, '.': 0 };
	/** How many cells are like the next one that is told of. */
	times = 1;
	hasPercent = false;
	/** How many cells have a unit word of their own. */
	worded = 0;
	unitless = 0;
	private most = -Infinity;
	private hasPart = false;
	/** Greatest values of unclear cells, with their sign before decimals and parting thousands. */
	private readonly mostUnclear = {
		',': { asDecimal: -Infinity, asGroups: -Infinity },
		'.': { asDecimal: -Infinity, asGroups: -Infinity }
	};

	constructor(private readonly whole: boolean) {}

	text(core: string, isBare: boolean, inDong: boolean): void {
		const digits = core === '' ? null : digitsOf(core);
		if (digits === null) return;
		if (!isBare) this.worded += this.times;
		if ('sure' in digits) {
			if (digits.evidence !== null) this.votes[digits.evidence] += this.times;
			this.number(Number(digits.sure), isBare);
		} else if (inDong || (this.whole && !Number.isInteger(Number(digits.asDecimal))))
			this.votes[other(digits.sign)] += this.times;
		else {
			this.unclear[digits.sign] += this.times;
			const greatest = this.mostUnclear[digits.sign];
			greatest.asDecimal = Math.max(greatest.asDecimal, Number(digits.asDecimal));
			greatest.asGroups = Math.max(greatest.asGroups, Number(digits.asGroups));
			if (isBare && Number(digits.asGroups) < 1e5) this.unitless += this.times;
		}
	}

	number(value: number, isBare: boolean): void {
		this.most = Math.max(this.most, value);
		this.hasPart ||= value > 0 && value < 1;
		if (isBare && value > 0 && value < 1e5) this.unitless += this.times;
	}

	/** The sign before decimals by the votes; null when they tell nothing, or contradict one another and cells hang on it. */
	get decimal(): DecimalSign | null {
		const { votes, unclear } = this;
		if (votes[','] + votes['.'] === 0) return null;
		const winner = votes[','] >= votes['.'] ? ',' : '.';
		const isClear = votes[winner] >= overwhelming * votes[other(winner)];
		return isClear || unclear[','] + unclear['.'] === 0 ? winner : null;
	}

	/** The one sign that parts thousands where numbers can have no decimals. */
	get grouping(): DecimalSign | null {
		const { votes, unclear } = this;
		if (votes[','] + votes['.'] > 0 || unclear[','] > 0 === unclear['.'] > 0) return null;
		return unclear[','] > 0 ? ',' : '.';
	}

	isFraction(decimal: DecimalSign | null): boolean {
		const unclear = ([',', '.'] as const).map(
			(sign) => this.mostUnclear[sign][sign === decimal ? 'asDecimal' : 'asGroups']
		);
		return !this.hasPercent && this.hasPart && Math.max(this.most, ...unclear) <= 1;
	}
}

/**
 * Finds how a column writes its numbers, from all its cells and its heading, in one pass.
 *
 * A cell votes for a decimal sign when it has both signs, one of them several times, or one with other than three digits after it.
 * When only one side has votes, or 20 times those of the other, it has won. Money in đồng has no decimals, so where the heading says
 * “đồng”, or the cell does, the only sign of a cell such as `1.500` parts thousands.
 *
 * @param heading the heading of the column, with the note of the unit above the table if there is one.
 * @param money whether the column is an amount of money: only then does the heading name a unit.
 * @param whole whether the column holds counts: they have no decimals, so `1.250` can only be 1250.
 */
export function numberConvention(
	cells: Iterable<Counted>,
	heading: string,
	money: boolean,
	whole = false
): NumberConvention {
	const tally = new Tally(whole);
	for (const [cell, times] of cells) {
		tally.times = times;
		if (typeof cell === 'number') tally.number(cell, true);
		if (typeof cell !== 'string' || cell.length > longest) continue;
		if (/^\d*(?:[.,]\d+)*$/.test(cell)) {
			tally.text(cell, true, false);
			continue;
		}
		const found = written.exec(unaccented(clean(cell)))?.groups;
		if (!found || found['power'] !== undefined) continue;
		const { digits = '', scale, currency = found['front'], percent } = found;
		tally.hasPercent ||= percent !== undefined;
		tally.text(
			digits.trim(),
			scale === undefined && currency === undefined,
			money && scale === undefined && currencies[currency ?? ''] === 'VND'
		);
	}
	const unit = money ? headingUnit(heading) : null;
	const grouping = unit?.factor === 1 && unit.currency === null ? tally.grouping : null;
	const decimal = grouping === null ? tally.decimal : other(grouping);
	return {
		decimal,
		ambiguous: decimal === null ? tally.unclear[','] + tally.unclear['.'] : 0,
		factor: unit?.factor ?? 1,
		factorFrom: unit ? 'heading' : money && tally.worded > 0 ? 'cells' : null,
		currency: unit?.currency ?? null,
		unitless: money && !unit ? tally.unitless : 0,
		fraction: tally.isFraction(decimal)
	};
}
