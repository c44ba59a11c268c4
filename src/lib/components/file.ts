/** Files that a page gives to its reader, made in the browser. */
import { formatDate, type Locale } from '../format';
import type { Value } from '../model/table';

/** Hands a file to the reader. */
export function save(file: File): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(file);
	link.download = file.name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function cell(value: Value, locale: Locale, separator: string): string {
	if (value === null) return '';
	if (value instanceof Date) return formatDate(value, locale);
	const text = typeof value === 'number' && locale === 'vi' ? String(value).replace('.', ',') : String(value);
	return text.includes(separator) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A table as a CSV file that the reader's spreadsheet opens as it is: UTF-8 with a byte order mark; in Vietnamese semicolons and
 * decimal commas, in English commas and decimal points.
 */
export function csvFile(
	name: string,
	header: readonly string[],
	rows: readonly (readonly Value[])[],
	locale: Locale
): File {
	const separator = locale === 'vi' ? ';' : ',';
	const lines = [header, ...rows].map((cells) => cells.map((one) => cell(one, locale, separator)).join(separator));
	return new File([`\ufeff${lines.join('\r\n')}\r\n`], `${name}.csv`, { type: 'text/csv' });
}
