/** The values of a register in words. */
import * as m from '$messages';
import { codeName } from '$lib/components/word';
import { formatDate, formatExact, formatMoney, formatPeriod, missing, type Locale } from '$lib/format';
import type { Code, Unit } from '$lib/model/catalogue';
import type { DataValue } from '$lib/database/row';
import { isMoney, type Column, type Value } from '$lib/model/table';

/** What gives names to values. */
export interface Names {
	readonly units: readonly Unit[];
	readonly codes: readonly Code[];
}

/** Whether the values of a column stand at the end of their cells. */
export function isNumeric({ type, name }: Column): boolean {
	return type === 'number' || (type === 'integer' && name !== 'year');
}

/** A value as it is kept in a register: a list never occurs there. */
export function valueOf(value: DataValue | undefined): Value {
	return Array.isArray(value) || value === undefined ? null : value;
}

/** A value in words, on one line of a table: units by their short names, codes by their names; an en dash where there is none. */
export function shortText(column: Column, value: Value, names: Names, locale: Locale): string {
	if (value === null) return missing;
	if (value instanceof Date) return formatDate(value, locale);
	if (typeof value === 'boolean') return value ? m.yes() : m.no();
	if (typeof value === 'number') return column.name === 'year' ? String(value) : formatExact(value, 2, locale);
	if (column.references === 'units.unit_id')
		return names.units.find(({ unit_id: unit }) => unit === value)?.short_name ?? value;
	if (column.type === 'code') return codeName(names.codes, column.list ?? '', value);
	if (column.type === 'codes')
		return value
			.split('|')
			.map((code) => codeName(names.codes, column.list ?? '', code))
			.join(', ');
	if (column.type === 'period') return formatPeriod(value, locale);
	return value;
}

/** A value in words where there is room: amounts to the đồng and as people say them, units by their full names, emptiness by its name. */
export function longText(column: Column, value: Value, names: Names, locale: Locale): string {
	if (value === null) return m.rows_none();
	if (value === '') return m.rows_empty_text();
	const short = shortText(column, value, names, locale);
	if (typeof value === 'number' && isMoney(column) && column.name.endsWith('_vnd') && Math.abs(value) >= 1e6)
		return `${short} (${formatMoney(value, locale)})`;
	if (column.references === 'units.unit_id') {
		const unit = names.units.find(({ unit_id: one }) => one === value);
		if (unit) return `${locale === 'en' ? unit.name_en : unit.name_vi} (${m.rows_code({ code: unit.unit_id })})`;
	}
	if (column.type === 'code' && short !== value) return `${short} (${m.rows_code({ code: String(value) })})`;
	return short;
}

/** A value as a spreadsheet should get it: numbers and days as they are, all else in words. */
export function sheetValue(column: Column, value: Value, names: Names, locale: Locale): Value {
	if (value === null || value === '' || typeof value === 'number' || value instanceof Date) return value;
	return shortText(column, value, names, locale);
}
