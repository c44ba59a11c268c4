/**
 * Numbers, money, percentages and dates as people read them, in Vietnamese and in English.
 *
 * `Intl` does the work; its formatters are made once and kept. Dates are read in UTC. Negative numbers carry the true minus sign
 * (U+2212), which is as wide as the plus. A value that is missing or not finite is {@link missing}, an en dash.
 */

/** A language of the interface. */
export type Locale = 'vi' | 'en';

/** What kind of number an indicator is; the codes of the code list `format`. */
export type NumberFormat = 'number' | 'percent' | 'rank' | 'money';

/** How the values of one indicator are written. */
export interface ValueStyle {
	readonly format: NumberFormat;
	/** Digits after the decimal mark, always that many. */
	readonly decimals: number;
}

/** What stands where there is no value. */
export const missing = '–';

const tags: Readonly<Record<Locale, string>> = { vi: 'vi-VN', en: 'en-GB' };

const kept = new Map<string, Intl.NumberFormat>();

function numbers(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
	const key = locale + JSON.stringify(options);
	let format = kept.get(key);
	if (!format) {
		format = new Intl.NumberFormat(tags[locale], options);
		kept.set(key, format);
	}
	return format;
}

function write(value: number | null, locale: Locale, options: Intl.NumberFormatOptions): string {
	if (value === null || !Number.isFinite(value)) return missing;
	return numbers(locale, { signDisplay: 'negative', ...options })
		.format(value)
		.replace('-', '−');
}

function fixed(decimals: number): Intl.NumberFormatOptions {
	return { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
}

/** A number with exactly so many decimals: `1234567.5` with one is `1.234.567,5` in Vietnamese, `1,234,567.5` in English. */
export function formatNumber(value: number | null, decimals: number, locale: Locale): string {
	return write(value, locale, fixed(decimals));
}

/** A number with no more decimals than it needs, and at most so many: for targets, which are promised as 35 and not as 35,0. */
export function formatExact(value: number | null, decimals: number, locale: Locale): string {
	return write(value, locale, { maximumFractionDigits: decimals });
}

/**
 * A value of an indicator. Percentages come multiplied by 100 already (27.5 is `27,5%`), money in đồng; a rank has no decimals,
 * and money chooses its own (see {@link formatMoney}).
 */
export function formatValue(value: number | null, style: ValueStyle, locale: Locale): string {
	switch (style.format) {
		case 'number':
			return formatNumber(value, style.decimals, locale);
		case 'percent':
			return write(value, locale, { style: 'unit', unit: 'percent', ...fixed(style.decimals) });
		case 'rank':
			return formatNumber(value, 0, locale);
		case 'money':
			return formatMoney(value, locale);
	}
}

/** A change, with its sign: `+1,3`, `−3,2`, and `0,0` without one. With `percent`, as `+8%`. */
export function formatSigned(
	value: number | null,
	decimals: number,
	locale: Locale,
	format: 'number' | 'percent' = 'number'
): string {
	const unit: Intl.NumberFormatOptions = format === 'percent' ? { style: 'unit', unit: 'percent' } : {};
	return write(value, locale, { ...unit, ...fixed(decimals), signDisplay: 'exceptZero' });
}

/** A share of one as a percentage: 0.9691 is `96,9%`. */
export function formatShare(share: number | null, locale: Locale, decimals = 1): string {
	return write(share, locale, { style: 'percent', ...fixed(decimals) });
}

const scales = [
	{ from: 1e9, by: 1e9, vi: ' tỷ', en: ' billion' },
	{ from: 1e6, by: 1e6, vi: ' triệu', en: ' million' },
	{ from: 1e3, by: 1e3, vi: ' nghìn', en: ' thousand' }
] as const;

/**
 * An amount in đồng, by nghìn, triệu and tỷ, to about three digits: `1,25 tỷ đồng`, `VND 1.25 billion`. Above tỷ the number
 * grows (`1.500 tỷ đồng`), as officials write it.
 */
export function formatMoney(value: number | null, locale: Locale): string {
	if (value === null || !Number.isFinite(value)) return missing;
	// 999,950 rounds to a thousand thousands: the step is chosen from the rounded amount.
	const size = Number(Math.abs(value).toPrecision(3));
	const scale = scales.find(({ from }) => size >= from);
	const amount = scale ? value / scale.by : value;
	const steps = Math.abs(Number(amount.toPrecision(3)));
	const decimals = !scale || steps >= 100 ? 0 : steps >= 10 ? 1 : 2;
	const text = formatExact(amount, decimals, locale) + (scale ? scale[locale] : '');
	return locale === 'vi' ? `${text} đồng` : `VND ${text}`;
}

/** A number of bytes in steps of a thousand: `340 kB`, `1,4 MB`. */
export function formatBytes(bytes: number | null, locale: Locale): string {
	if (bytes === null || !Number.isFinite(bytes)) return missing;
	const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
	let step = 0;
	let amount = bytes;
	while (Math.abs(amount) >= 999.5 && step < units.length - 1) {
		amount /= 1000;
		step++;
	}
	return write(amount, locale, {
		style: 'unit',
		unit: units[step] ?? 'byte',
		maximumFractionDigits: step > 0 && Math.abs(amount) < 9.95 ? 1 : 0
	});
}

const dates = {
	day: new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }),
	// British English writes Sept in some versions of Intl and Sep in others; American English has always written Sep.
	month: new Intl.DateTimeFormat('en-US', { month: 'short', timeZone: 'UTC' })
};

function isDate(date: Date | null): date is Date {
	return date !== null && Number.isFinite(date.getTime());
}

/** A day: `30/09/2026` in Vietnamese, `30 Sep 2026` in English. */
export function formatDate(date: Date | null, locale: Locale): string {
	if (!isDate(date)) return missing;
	if (locale === 'vi') return dates.day.format(date);
	return `${date.getUTCDate()} ${dates.month.format(date)} ${date.getUTCFullYear()}`;
}

/** The month of a day: `09/2026` in Vietnamese, `Sep 2026` in English. */
export function formatMonth(date: Date | null, locale: Locale): string {
	if (!isDate(date)) return missing;
	if (locale === 'vi') return dates.day.format(date).slice(3);
	return `${dates.month.format(date)} ${date.getUTCFullYear()}`;
}

const roman = ['I', 'II', 'III', 'IV'];

/**
 * A reporting period. `long`, for sentences: `năm 2024`, `6 tháng đầu năm 2024`, `quý III/2026`, `09/2024`; in English `2024`,
 * `first half of 2024`, `Q3 2026`, `Sep 2024`. `short`, for axes and tables: `2024`, `6T đầu 2024`, `III/2026`, `09/2024`; `2024`,
 * `H1 2024`, `Q3 2026`, `Sep 2024`. A text that is not a period is given back as it is.
 */
export function formatPeriod(period: string, locale: Locale, form: 'long' | 'short' = 'long'): string {
	const match = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(period);
	if (!match) return period;
	const [, year = '', half, quarter, month] = match;
	if (half) {
		const first = half === '1';
		if (form === 'short') return locale === 'vi' ? `6T ${first ? 'đầu' : 'cuối'} ${year}` : `H${half} ${year}`;
		if (locale === 'vi') return `6 tháng ${first ? 'đầu' : 'cuối'} năm ${year}`;
		return `${first ? 'first' : 'second'} half of ${year}`;
	}
	if (quarter) {
		const number = roman[Number(quarter) - 1] ?? quarter;
		if (locale === 'vi') return form === 'short' ? `${number}/${year}` : `quý ${number}/${year}`;
		return `Q${quarter} ${year}`;
	}
	if (month) return formatMonth(new Date(Date.UTC(Number(year), Number(month) - 1, 1)), locale);
	return locale === 'vi' && form === 'long' ? `năm ${year}` : year;
}

const lists: Readonly<Record<Locale, Intl.ListFormat>> = {
	vi: new Intl.ListFormat('vi-VN', { type: 'conjunction' }),
	en: new Intl.ListFormat('en-GB', { type: 'conjunction' })
};

/** Items joined as in a sentence: `A, B và C`. */
export function formatList(items: readonly string[], locale: Locale): string {
	return lists[locale].format(items);
}

/** The same, item by item: what stands before each of them, for items that are more than text; and what ends the last is nothing. */
export function formatListGaps(count: number, locale: Locale): string[] {
	const gaps: string[] = [];
	let before = '';
	for (const { type, value } of lists[locale].formatToParts(Array.from({ length: count }, String))) {
		if (type === 'literal') before = value;
		else {
			gaps.push(before);
			before = '';
		}
	}
	return gaps;
}

/** The order of Vietnamese names, numbers inside them by their value: `names.sort(collator.compare)`. */
export const collator = new Intl.Collator('vi', { numeric: true });
