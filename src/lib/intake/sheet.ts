/** A file's bytes as cells of text, every row with the line on which it starts. */
import { CsvError, parse } from 'csv-parse/sync';
import { unreadable } from './issue';

/** A table of text as it stands in a file. */
export interface Sheet {
	readonly file: string;
	readonly header: readonly string[];
	/** The line on which the header starts. */
	readonly headerLine: number;
	/** Called once per row below the header, in order, blank lines left out. */
	readonly rows: (each: (cells: readonly string[], line: number) => void) => void;
}

/**
 * The text of a published file: UTF-8, with or without a byte order mark, in NFC.
 *
 * @throws SheetError when the bytes are not UTF-8.
 */
export function textOf(file: string, bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC');
	} catch {
		throw unreadable(file, null, 'not-utf-8', {
			vi: 'Tệp không phải UTF-8; hãy lưu lại với mã hóa UTF-8.',
			en: 'The file is not UTF-8; save it again as UTF-8.'
		});
	}
}

/**
 * A comma-separated file as a sheet. Line breaks of any system, inside quotation marks too, are read as LF. Rows of a width unlike
 * the header's are handed on as they are: the check names them.
 *
 * @throws SheetError when there is no header or a quotation mark stands where it must not.
 */
export function csvSheet(file: string, text: string): Sheet {
	let header: readonly string[] | null = null;
	let headerLine = 1;
	let start = 1;
	const rows: [cells: readonly string[], line: number][] = [];
	try {
		// The tokeniser counts a CRLF inside quotation marks as two lines, so it never sees one.
		parse(text.replace(/\r\n?/g, '\n'), {
			relax_column_count: true,
			record_delimiter: '\n',
			on_record: (cells: string[], { lines }) => {
				const line = start;
				start = lines + 1;
				if (cells.length === 1 && cells[0]?.trim() === '') return null;
				if (header === null) {
					header = cells.map((cell) => cell.trim());
					headerLine = line;
				} else rows.push([cells, line]);
				return null;
			}
		});
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		throw unreadable(file, start, 'quotation-mark', {
			vi: 'Dấu ngoặc kép của dòng bắt đầu ở đây không được mở hoặc đóng đúng chỗ; hãy kiểm tra các dấu " trong dòng.',
			en: 'A quotation mark of the row that starts here is not opened or closed where it should be; check its " marks.'
		});
	}
	if (header === null) {
		throw unreadable(file, 1, 'empty-file', {
			vi: 'Tệp trống; cần ít nhất dòng tiêu đề.',
			en: 'The file is empty; it needs at least its heading row.'
		});
	}
	return { file, header, headerLine, rows: (each) => rows.forEach(([cells, line]) => each(cells, line)) };
}
