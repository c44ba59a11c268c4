/** Cells as spreadsheets take them from the clipboard. */
import { formatDate, type Locale } from '$lib/format';
import { harmless } from '$lib/intake/formula';
import type { Value } from '$lib/model/table';

function written(value: Value, locale: Locale): string {
	if (value === null) return '';
	if (value instanceof Date) return locale === 'vi' ? formatDate(value, 'vi') : value.toISOString().slice(0, 10);
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) return '';
		return locale === 'vi' ? String(value).replace('.', ',') : String(value);
	}
	return typeof value === 'string' ? harmless(value) : String(value);
}

/**
 * Cells as tab-separated text: decimal commas and days as dd/mm/yyyy in Vietnamese, decimal points and ISO days in English. A cell with a tab, a
 * quotation mark or a line break is quoted.
 */
export function tabbed(rows: readonly (readonly Value[])[], locale: Locale): string {
	const cell = (value: Value) => {
		const text = written(value, locale);
		return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	};
	return rows.map((cells) => cells.map(cell).join('\t')).join('\r\n');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Cells as an HTML table. Texts say that they are texts, so that a number of a document stays as it is written; not every
 * spreadsheet heeds that, so a formula is kept from being one here too.
 */
export function tableMarkup(rows: readonly (readonly Value[])[], locale: Locale): string {
	const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
	const cell = (value: Value) =>
		typeof value === 'string'
			? `<td style="mso-number-format:'\\@'">${escaped(harmless(value)).replaceAll('\n', '<br style="mso-data-placement:same-cell">')}</td>`
			: `<td>${escaped(written(value, locale))}</td>`;
	return `<table>${rows.map((cells) => `<tr>${cells.map(cell).join('')}</tr>`).join('')}</table>`;
}
