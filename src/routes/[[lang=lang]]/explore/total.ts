/** The totals of columns in words. */
import * as m from '$messages';
import { formatDate, formatMoney, formatMonth, formatNumber, formatValue, type Locale } from '$lib/format';
import type { Total } from '$lib/model/rowset';
import { isMoney, type Column } from '$lib/model/table';

/** The total of a column; days by their months, unless there is room for them. Empty where there is none. */
export function totalText(column: Column, { value, last, kind }: Total, locale: Locale, isRoomy = false): string {
	const text = (one: number | Date | null) =>
		one instanceof Date
			? isRoomy
				? formatDate(one, locale)
				: formatMonth(one, locale)
			: isMoney(column)
				? formatMoney(one, locale)
				: column.name === 'year'
					? String(one)
					: formatValue(one, { format: 'number', decimals: kind === 'mean' ? 1 : 0 }, locale);
	if (value === null) return '';
	if (kind === 'sum') return m.rows_sum({ value: text(value) });
	if (kind === 'mean') return m.rows_mean({ value: text(value) });
	return m.rows_range({ from: text(value), to: text(last) });
}

/** The total of a column where there is room for it, and how many of all rows say something there. */
export function totalTitle(column: Column, total: Total, count: number, locale: Locale): string {
	const number = (value: number) => formatNumber(value, 0, locale);
	return [
		totalText(column, total, locale, true),
		m.rows_filled_of({ filled: number(total.filled), count: number(count) })
	]
		.filter((part) => part !== '')
		.join(' · ');
}
