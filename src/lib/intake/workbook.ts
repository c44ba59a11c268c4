/** Excel workbooks (.xlsx) as grids, one a sheet. SheetJS reads the cells; what it would lose or guess in silence is caught here. */
import { unzipSync, zipSync, type Zippable } from 'fflate';
import type { CellObject, WorkSheet } from '@e965/xlsx';
import type { Cell, Grid, Merge } from './grid';
import { unreadable, type SheetError } from './issue';

/** A sheet of a workbook. */
export interface SheetGrid extends Grid {
	readonly sheet: string | null;
	/** Whether the sheet is hidden (or "very hidden") in the workbook: its rows are as real as others, but its owner may not know of them. */
	readonly hidden: boolean;
	/** Columns in which numbers are shown in per cent. They are given as shown: 60 where the cell shows 60% and holds 0.6. */
	readonly percents: ReadonlySet<number>;
}

/** What a sheet may hold at most, as in Excel: a cell beyond it is damage. */
export const sheetRows = 1_048_576;
export const sheetColumns = 16_384;

/** How many bytes the parts of a workbook that are read may have once unpacked, if the caller does not say. */
const unpackedLimit = 256 * 2 ** 20;

/** The longest text that a browser can hold, and so the largest part. */
const longest = 2 ** 29 - 2 ** 20;

const day = 86_400_000;

/** A cell as text: a day as `2024-03-05`, an instant as `2024-03-05T08:30:00.000Z`, an empty one as an empty text. */
export function cellText(cell: Cell): string {
	if (!(cell instanceof Date)) return cell === null ? '' : String(cell);
	const text = Number.isNaN(cell.getTime()) ? '' : cell.toISOString();
	return text.endsWith('T00:00:00.000Z') ? text.slice(0, -14) : text;
}

/** The time of a day, or a longer time, as `08:30:00`, with a fraction of the second only where there is one. */
export function timeText(milliseconds: number): string {
	const two = (count: number) => String(Math.floor(count)).padStart(2, '0');
	const seconds = milliseconds / 1000;
	const fraction = milliseconds % 1000 === 0 ? '' : `.${String(milliseconds % 1000).padStart(3, '0')}`;
	return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`;
}

/**
 * The day or the instant, in UTC, that Excel shows for a number in a format of days, in the epoch of 1900 or of 1904. The day
 * 29/02/1900, which Excel has and the calendar has not, is the text `1900-02-29`; a number that Excel shows as no day (0, negative or
 * after the year 9999) stays a number.
 */
export function serialDate(serial: number, epoch1904: boolean): Cell {
	const days = epoch1904 ? serial + 1462 : serial;
	if (!(days >= (epoch1904 ? 1462 : 1)) || days >= 2_958_466) return serial;
	if (Math.floor(days) === 60) return '1900-02-29';
	return new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + Math.round(days * day));
}

/**
 * Cells in rows (with holes where cells are empty) as a grid of a sheet or of a page. Trailing rows without cells are cut; merges are cut to
 * what is there.
 *
 * @param lines where each row starts and ends in the file; a sheet's rows are its lines.
 */
export function rowsGrid(
	file: string,
	sheet: string | null,
	rows: readonly (readonly Cell[] | undefined)[],
	merges: readonly Merge[],
	lines?: readonly { readonly first: number; readonly last: number }[]
): Grid {
	const length = rows.findLastIndex((row) => row?.some((cell) => cell !== null)) + 1;
	let breadth = 0;
	for (let row = 0; row < length; row++) breadth = Math.max(breadth, rows[row]?.length ?? 0);
	return {
		file,
		sheet,
		length,
		breadth,
		names: null,
		merges: merges
			.map(({ top, left, bottom, right }) => ({
				top,
				left,
				bottom: Math.min(bottom, length - 1),
				right: Math.min(right, breadth - 1)
			}))
			.filter(({ top, left, bottom, right }) => top <= bottom && left <= right && (top < bottom || left < right)),
		flaws: new Map(),
		line: (row) => lines?.[row]?.first ?? row + 1,
		span: (row) => {
			const place = lines?.[row];
			return place ? place.last - place.first + 1 : 1;
		},
		width: (row) => rows[row]?.length ?? 0,
		cell: (row, column) => rows[row]?.[column] ?? null,
		raw: (row) => (rows[row] ?? []).map(cellText).join('\t')
	};
}

function damaged(file: string): SheetError {
	return unreadable(file, null, 'damaged-file', {
		vi: 'Tệp Excel bị hỏng hoặc thiếu phần; hãy mở bằng Excel, lưu lại thành tệp .xlsx mới rồi thử lại.',
		en: 'The workbook is damaged or incomplete; open it in Excel, save it as a new .xlsx file and try again.'
	});
}

function tooLarge(file: string, limit: number): SheetError {
	const megabytes = Math.floor(limit / 2 ** 20);
	return unreadable(file, null, 'too-large', {
		vi: `Nội dung tệp Excel khi giải nén vượt giới hạn bộ nhớ (${megabytes} MB); hãy tách tệp hoặc lưu thành CSV.`,
		en: `Unpacked, the workbook is larger than memory allows (${megabytes} MB); split it or save it as CSV.`
	});
}

/**
 * A formula that was never computed (programs that write workbooks often leave that to Excel) has no value: its cell becomes the
 * formula as text, which no column of numbers takes, where a reader would give 0 or nothing.
 */
function withoutUncomputed(xml: string): string {
	return xml.replace(
		/<(?:\w+:)?c\b([^>]*)>\s*(?:<(?:\w+:)?f\b[^>]*>([^<]*)<\/(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*\/>)\s*(?:<(?:\w+:)?v\s*\/>|<(?:\w+:)?v>\s*<\/(?:\w+:)?v>)?\s*<\/(?:\w+:)?c>/g,
		(cell, attributes: string, formula: string | undefined) =>
			/\st\s*=/.test(attributes) ? cell : `<c${attributes} t="str"><v>=${formula ?? '…'}</v></c>`
	);
}

/** The parts of a workbook that hold its cells, packed anew; pictures, charts, notes and the like are never unpacked. */
function essence(file: string, bytes: Uint8Array, limit: number): Uint8Array {
	let unpacked = 0;
	const parts = unzipSync(bytes, {
		filter: ({ name, originalSize }) => {
			if (!/\.(xml|rels)$/i.test(name) || /^(docProps|customXml|xl\/(?!worksheets|_rels)\w+\/)/i.test(name)) {
				return /^xl\/chartsheets\//i.test(name);
			}
			unpacked += originalSize;
			if (unpacked > limit || originalSize > longest) throw tooLarge(file, Math.min(limit, longest));
			return true;
		}
	});
	const packed: Zippable = {};
	for (const [name, part] of Object.entries(parts)) {
		const head = new TextDecoder().decode(part.subarray(0, 2048));
		packed[name] = part;
		if (/<(?:\w+:)?chartsheet\b/.test(head)) packed[name] = new TextEncoder().encode('<chartsheet/>');
		else if (/<(?:\w+:)?worksheet\b/.test(head)) {
			const xml = new TextDecoder().decode(part);
			if (!/<\/(?:\w+:)?worksheet\s*>\s*$/.test(xml.slice(-2048))) throw damaged(file);
			const computed = withoutUncomputed(xml);
			if (computed !== xml) packed[name] = new TextEncoder().encode(computed);
		}
	}
	return zipSync(packed, { level: 0 });
}

/** What a number format says of a number: that it is a day (with or without a time), a time alone, or a share in per cent. */
type Shown = 'day' | 'time' | 'percent' | null;

const errors = new Map<unknown, string>([
	[0x00, '#NULL!'],
	[0x07, '#DIV/0!'],
	[0x0f, '#VALUE!'],
	[0x17, '#REF!'],
	[0x1d, '#NAME?'],
	[0x24, '#NUM!'],
	[0x2a, '#N/A'],
	[0x2b, '#GETTING_DATA']
]);

function value({ t: type, v: held }: CellObject, shown: Shown, epoch1904: boolean): Cell {
	if (type === 'e') return errors.get(held) ?? '#ERROR!';
	if (typeof held === 'string') return held === '' ? null : held.replace(/\r\n?/g, '\n').normalize('NFC');
	if (typeof held === 'boolean' || held instanceof Date) return held;
	if (held === undefined) return null;
	if (!Number.isFinite(held)) return '#NUM!';
	switch (shown) {
		case 'day':
			return serialDate(held, epoch1904);
		case 'time':
			return held < 0 ? held : timeText(Math.round(held * day));
		case 'percent':
			return Number((held * 100).toPrecision(15));
		case null:
			return held;
	}
}

/**
 * The sheets of a workbook that have cells, in the order of the workbook, hidden ones included. The line of a row is its number in the
 * sheet, wherever the table starts. Numbers, booleans and texts come as they are held (texts of digits stay text), per cents as
 * shown; a number is a `Date` when its format is one of days (midnight or instant in UTC), and a text `08:30:00` when it is one of
 * times; formulas by their last computed value; errors as `#N/A`.
 *
 * @param limit how many bytes the parts that are read may have once unpacked.
 * @throws SheetError when the bytes are no workbook, are damaged or too large.
 */
export async function workbookGrids(file: string, bytes: Uint8Array, limit = unpackedLimit): Promise<SheetGrid[]> {
	const library = await import('@e965/xlsx');
	const { is_date: isDate } = library.SSF as { is_date: (format: string) => boolean };
	const open = () => {
		try {
			const packed = essence(file, bytes, limit);
			return library.read(packed, { dense: true, cellFormula: false, cellHTML: false, cellText: false, cellNF: true });
		} catch (error) {
			throw error instanceof Error && error.name === 'SheetError' ? error : damaged(file);
		}
	};
	const book = open();
	// Two sheets of one name (Excel writes none) would be read as one of them twice.
	if (new Set(book.SheetNames).size < book.SheetNames.length) throw damaged(file);
	const epoch1904 = book.Workbook?.WBProps?.date1904 ?? false;

	const formats = new Map<unknown, Shown>();
	const shownAs = (format: unknown): Shown => {
		const known = formats.get(format);
		if (known !== undefined) return known;
		const text = typeof format === 'string' ? format : '';
		const bare = text
			.replace(/"[^"]*"|\\.|_./g, '')
			.replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
			.split(';', 1)[0];
		const shown = isDate(text)
			? /[yde]|^[^hs]*$/i.test(bare ?? '')
				? 'day'
				: 'time'
			: bare?.includes('%')
				? 'percent'
				: null;
		formats.set(format, shown);
		return shown;
	};

	/** The cells of a sheet, each replaced by its value in its place, so that a wide gap costs nothing. */
	const cellsOf = (sheet: WorkSheet, percents: Set<number>): Cell[][] => {
		const rows = (sheet['!data'] ?? []) as unknown as (Cell | CellObject)[][];
		for (const row of Object.keys(rows).map(Number)) {
			const cells = rows[row] ?? [];
			if (!(row >= 0 && row < sheetRows) || cells.length > sheetColumns) throw damaged(file);
			let width = 0;
			for (const column of Object.keys(cells).map(Number)) {
				const cell = cells[column] as CellObject | undefined;
				if (!cell || column < 0) throw damaged(file);
				const shown = cell.t === 'n' ? shownAs(cell.z) : null;
				if (shown === 'percent') percents.add(column);
				const held = value(cell, shown, epoch1904);
				cells[column] = held;
				if (held !== null) width = column + 1;
			}
			cells.length = width;
		}
		return rows as Cell[][];
	};

	return book.SheetNames.flatMap((name, index): SheetGrid[] => {
		const sheet = book.Sheets[name];
		if (!sheet) throw damaged(file);
		const percents = new Set<number>();
		const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({ top: s.r, left: s.c, bottom: e.r, right: e.c }));
		const grid = rowsGrid(file, name.normalize('NFC'), cellsOf(sheet, percents), merges);
		const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
		return grid.length === 0 ? [] : [{ ...grid, hidden, percents }];
	});
}
