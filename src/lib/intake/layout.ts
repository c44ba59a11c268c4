/** Where the table begins in a grid, what its headings are, and which rows are not data. What could be data is data. */
import { foldKey } from '../model/alias';
import { dataset } from '../model/dataset';
import { wideActivities, wideUnused } from '../model/wide';
import type { Cell, Grid, Merge } from './grid';
import { peekAt } from './lexicon';

/** How a grid is laid out. */
export interface Layout {
	/** The first and the last heading row, both included; null when there are none. */
	readonly headings: { readonly first: number; readonly last: number } | null;
	/** The first row below the headings and below a row of column letters or numbers. */
	readonly start: number;
	/** The first row of remarks and signatures below the table; the length of the grid when there are none. */
	readonly foot: number;
	/** One heading a column, levels joined by " / "; empty where a column has none. */
	readonly texts: readonly string[];
	/** The texts of the rows above the headings, cell by cell. */
	readonly titles: readonly string[];
	/** The line above the table that names the unit of money ("Đơn vị tính: triệu đồng"), if one does. */
	readonly moneyNote: string | null;
	/** How sure the headings are, from 0 to 1. */
	readonly certainty: number;
}

/** What a row is. `note`: signatures, remarks and page numbers. */
export type RowKind = 'blank' | 'heading' | 'group' | 'total' | 'note' | 'data';

/** How many rows are looked at to find the headings, how many rows headings may have, how many rows a foot may have. */
const [looked, deepest, footRows] = [60, 5, 80];

/** How many columns are looked at to tell what a row is, once it is not blank. */
const broadest = 400;

const textOf = (cell: Cell): string =>
	cell === null ? '' : typeof cell === 'string' ? cell.normalize('NFC').replace(/\s+/gu, ' ').trim() : String(cell);

const isBlank = (cell: Cell): boolean => cell === null || (typeof cell === 'string' && cell.trim() === '');

const amount = /^[-+]?[\d.,\s()]*\d[\d.,\s()]*(đ|%|đồng|vnđ|vnd|nghìn|ngàn|triệu|tr|tỷ|tỉ)?(\s*đồng)?$/iu;
const moment = /^(ngày\s+)?\d{1,4}\s*[-/.]\s*\d{1,2}(\s*[-/.]\s*\d{1,4})?([ T]\d.*)?$/iu;

/** Whether a cell could name something: text with a letter that is no number, sum, day or address of mail, nor a paragraph. */
function isName(cell: Cell): boolean {
	if (typeof cell !== 'string') return false;
	const text = textOf(cell);
	if (text === '#' || text === '%') return true;
	return /\p{L}/u.test(text) && text.length <= 200 && !amount.test(text) && !moment.test(text) && !text.includes('@');
}

/** Whether a cell is a year, which may head a column. */
function isYear(cell: Cell): boolean {
	const year =
		typeof cell === 'number' ? cell : typeof cell === 'string' && /^\s*\d{4}\s*$/.test(cell) ? Number(cell) : 0;
	return Number.isInteger(year) && year >= 1990 && year <= 2100;
}

/** The filled columns of a row, among those that are looked at. */
function filled(grid: Grid, row: number): number[] {
	const found: number[] = [];
	const width = Math.min(grid.width(row), broadest);
	for (let at = 0; at < width; at++) if (!isBlank(grid.cell(row, at))) found.push(at);
	return found;
}

/** Every heading that a table of ours may have, folded. */
const known: ReadonlySet<string> = new Set(
	[
		...[...dataset, wideActivities].flatMap(({ columns, personal }) => [
			...columns.flatMap(({ name, label, synonyms }) => [name, label.vi, label.en, ...(synonyms ?? [])]),
			...(personal ?? [])
		]),
		...wideUnused,
		'TT',
		'STT',
		'Số TT',
		'Số thứ tự'
	]
		.map(foldKey)
		.filter((key) => key !== '')
);

const isKnown = (text: string): boolean =>
	text === '#' || known.has(foldKey(text)) || known.has(foldKey(text.replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ')));

const isOrdinal = (text: string): boolean => /^(s ?tt|tt|so (tt|thu tu))$/.test(foldKey(text)) || text.trim() === '#';

/** What a row says of itself as one of headings. */
interface Row {
	readonly row: number;
	readonly at: readonly number[];
	/** Nothing in it but names and years. */
	readonly named: boolean;
	/** How many of its names are headings of our tables. */
	readonly hits: number;
}

function rowOf(grid: Grid, row: number): Row {
	const at = filled(grid, row);
	const names = at.filter((column) => isName(grid.cell(row, column)));
	const named = names.length > 0 && at.every((column) => names.includes(column) || isYear(grid.cell(row, column)));
	const hits = named ? names.filter((column) => isKnown(textOf(grid.cell(row, column)))).length : 0;
	return { row, at, named, hits };
}

/** Finds the headings of a grid. A format that names its columns has no heading rows, and all its rows are data. */
export function layoutOf(grid: Grid): Layout {
	if (grid.names !== null) {
		const texts = [...grid.names];
		return { headings: null, start: 0, foot: grid.length, texts, titles: [], moneyNote: null, certainty: 1 };
	}
	const rows = Array.from({ length: Math.min(grid.length, looked) }, (_, row) => rowOf(grid, row));
	const merges = grid.merges.filter(({ top }) => top < looked + deepest);
	const usual = usualBreadth(rows);
	const byWords = byKnownWords(rows, usual);
	const best = byWords ?? byContrast(grid, rows, usual);
	if (!best) {
		const texts = Array.from({ length: grid.breadth }, () => '');
		const foot = footOf(grid, 0);
		return { headings: null, start: 0, foot, texts, titles: [], moneyNote: null, certainty: 0.3 };
	}
	let [first, last] = [best.row, best.row];
	while (first > 0 && last - first + 1 < deepest && isParentRow(grid, merges, rows, first - 1)) first--;
	while (last - first + 1 < deepest && isChildRow(grid, merges, first, last)) last++;
	const start = belowNumbering(grid, last);
	const titles: string[] = [];
	for (let row = 0; row < first; row++) for (const at of filled(grid, row)) titles.push(textOf(grid.cell(row, at)));
	return {
		headings: { first, last },
		start,
		foot: footOf(grid, start),
		texts: headingTexts(grid, merges, first, last, start),
		titles,
		moneyNote: titles.find(namesMoney) ?? null,
		certainty: byWords ? Math.min(1, 0.5 + (0.5 * best.hits) / best.at.length) : 0.5
	};
}

/** How many cells most rows of the table have. */
function usualBreadth(rows: readonly Row[]): number {
	const counts = new Map<number, number>();
	for (const { at } of rows) if (at.length > 1) counts.set(at.length, (counts.get(at.length) ?? 0) + 1);
	let [usual, most] = [1, 0];
	for (const [count, times] of counts) if (times * count > most * usual) [usual, most] = [count, times];
	return usual;
}

/** The row in which most cells are headings of our tables; of two alike the upper. */
function byKnownWords(rows: readonly Row[], usual: number): Row | null {
	let best: Row | null = null;
	for (const row of rows) {
		const { at, hits } = row;
		const enough = hits >= 2 ? hits * 4 >= at.length : hits === 1 && at.length <= 3 && at.length >= usual * 0.6;
		if (enough && hits > (best?.hits ?? 0)) best = row;
	}
	return best;
}

/** The first row of names only above rows that hold numbers or days in the same columns. */
function byContrast(grid: Grid, rows: readonly Row[], usual: number): Row | null {
	for (const row of rows) {
		if (row.at.length < 2) continue;
		const names = new Set(row.at.map((at) => foldKey(textOf(grid.cell(row.row, at)))));
		const all = row.named && row.at.every((at) => isName(grid.cell(row.row, at)));
		if (!all) return null;
		if (row.at.length < usual * 0.6 || names.size < row.at.length) continue;
		const below = rows.filter((other) => other.row > row.row && other.at.length >= 2).slice(0, 20);
		const differs = row.at.some((at) => {
			const cells = below.map((other) => grid.cell(other.row, at)).filter((cell) => !isBlank(cell));
			return cells.length > 0 && cells.filter((cell) => !isName(cell)).length * 2 > cells.length;
		});
		return differs ? row : null;
	}
	return null;
}

/** Words of letterheads, titles and notes, which stand above headings and are none. */
const letterhead =
	/(^| )(cong hoa xa hoi|doc lap tu do|dang cong san|uy ban nhan dan|ubnd|tinh uy|dang uy|dang bo|don vi tinh|dvt|kem theo|ban hanh theo)( |$)/;
const title =
	/^(danh sach|danh muc|bieu|bang|bao cao|phu luc|mau|so theo doi|thong ke|tong hop|don vi|quy|nam|ky|thang|tu ngay|tinh den|ngay|so) /;

const isCapital = (text: string) => /\p{Lu}/u.test(text) && text === text.toUpperCase();

/** Whether the row above `first` names groups of the columns that `first` names. */
function isParentRow(grid: Grid, merges: readonly Merge[], rows: readonly Row[], row: number): boolean {
	const [upper, lower] = [rows[row], rows[row + 1]];
	if (!upper?.named || !lower) return false;
	const cells = upper.at.map((at) => textOf(grid.cell(row, at)));
	if (cells.some((text) => letterhead.test(foldKey(text)))) return false;
	const [begin, end] = [lower.at[0] ?? 0, lower.at.at(-1) ?? 0];
	const here = merges.filter(({ top, bottom }) => top <= row && row <= bottom);
	if (here.some(({ left, right }) => left <= begin && right >= end && right > left)) return false;
	if (here.some(({ bottom }) => bottom > row)) return true;
	const below = new Set(lower.at);
	if (here.some(({ left, right }) => right > left)) {
		return upper.at.every((at) => {
			const wide = here.find(({ left, right }) => left === at && right > left);
			return wide ? lower.at.some((one) => one >= wide.left && one <= wide.right) : !below.has(at);
		});
	}
	// Without merges a parent stands over two names or more, and whatever else is in its row over a blank.
	const fits = upper.at.every((at, index) => {
		const next = upper.at[index + 1] ?? Infinity;
		const children = lower.at.filter((one) => one >= at && one < next).length;
		return below.has(at) ? children >= 2 : children === 0;
	});
	if (!fits || !upper.at.some((at) => below.has(at))) return false;
	if (upper.at.length > 1) return upper.hits > 0 || !cells.every(isCapital);
	const [text = ''] = cells;
	return (upper.at[0] ?? 0) > begin && text.length <= 40 && !isCapital(text) && !title.test(`${foldKey(text)} `);
}

/** Whether the row below `last` says what the names above it are made of. */
function isChildRow(grid: Grid, merges: readonly Merge[], first: number, last: number): boolean {
	const row = last + 1;
	if (row >= grid.length) return false;
	const lower = rowOf(grid, row);
	const years = lower.at.length > 0 && lower.at.every((at) => isYear(grid.cell(row, at)));
	if ((!lower.named && !years) || isNumbering(grid, row)) return false;
	const over = merges.filter(({ top, bottom }) => top >= first && top <= last && bottom >= last);
	if (over.some(({ bottom }) => bottom >= row)) return true;
	const wide = over.filter(({ left, right }) => right > left);
	if (wide.length > 0) {
		return lower.at.every((at) => wide.some(({ left, right }) => left <= at && at <= right)) && lower.at.length > 1;
	}
	// Without merges: all of it stands below names that leave blanks to their right, and some of it below these blanks.
	const upper = filled(grid, last);
	const width = Math.min(grid.width(last), broadest);
	const spans = upper
		.map((at, index) => [at, upper[index + 1] ?? width] as const)
		.filter(([at, next]) => next - at > 1);
	const inSpans = lower.at.every((at) => spans.some(([from, next]) => from <= at && at < next));
	if (inSpans && lower.at.length > 1 && lower.at.some((at) => !upper.includes(at))) return true;
	// The same headings in another language, or again.
	return lower.hits >= 3 && lower.hits * 5 >= lower.at.length * 3 && lower.at.length * 5 >= upper.length * 3;
}

/** Whether a row numbers the columns: letters from A on, then numbers from 1 on, as in `A B C 1 2`, `(1) (2) (3)`, `1 2 3=1+2`. */
function isNumbering(grid: Grid, row: number): boolean {
	let [letters, numbers] = [0, 0];
	for (const at of filled(grid, row)) {
		const cell = grid.cell(row, at);
		const mark = /^[([]?\s*([A-Z]|\d{1,3})\s*[)\]]?\s*(=.*)?$/i.exec(textOf(cell))?.[1]?.toUpperCase();
		if (mark === undefined) return false;
		if (mark === String(numbers + 1)) numbers++;
		else if (numbers === 0 && mark === String.fromCharCode(65 + letters)) letters++;
		else return false;
	}
	return letters + numbers >= 2;
}

/** The first row below the headings and the row that numbers the columns, which a blank row may part. */
function belowNumbering(grid: Grid, last: number): number {
	const enough = (row: number) =>
		row < grid.length &&
		isNumbering(grid, row) &&
		filled(grid, row).length * 2 >= Math.min(broadest, lastFilled(grid, last) + 1);
	if (enough(last + 1)) return last + 2;
	if (last + 2 < grid.length && filled(grid, last + 1).length === 0 && enough(last + 2)) return last + 3;
	return last + 1;
}

const lastFilled = (grid: Grid, row: number) => filled(grid, row).at(-1) ?? -1;

/** The heading of each column, its parents first. */
function headingTexts(grid: Grid, merges: readonly Merge[], first: number, last: number, start: number): string[] {
	const height = last - first + 1;
	const here = merges.filter(({ top, bottom }) => top <= last && bottom >= first);
	const widths = Array.from({ length: height }, (_, index) => grid.width(first + index));
	const breadth = Math.max(...widths, ...here.map(({ right }) => right + 1), commonWidth(grid, start));
	const own = Array.from({ length: height }, (_, level) =>
		Array.from({ length: breadth }, (_, at) => textOf(grid.cell(first + level, at)))
	);
	const levels = own.map((level) => [...level]);
	for (const { top, left, bottom, right } of here) {
		const text = textOf(grid.cell(top, left));
		for (let row = Math.max(top, first); row <= Math.min(bottom, last); row++) {
			for (let at = left; at <= Math.min(right, breadth - 1); at++) (levels[row - first] ?? [])[at] = text;
		}
	}
	if (here.length === 0) spread(own, levels);
	return Array.from({ length: breadth }, (_, at) =>
		levels
			.map((level) => level[at] ?? '')
			.filter((text, index, all) => text !== '' && text !== all[index - 1])
			.join(' / ')
	);
}

/** Carries a parent over the blanks to its right that have names below them, as far as the parent above it reaches. */
function spread(own: readonly (readonly string[])[], levels: string[][]): void {
	const named = (level: number, at: number) => own.slice(level + 1).some((lower) => (lower[at] ?? '') !== '');
	for (let level = 0; level < levels.length - 1; level++) {
		const row = levels[level] ?? [];
		let parent = -1;
		for (let at = 0; at < row.length; at++) {
			if (row[at] !== '') parent = at;
			else if (own.slice(0, level).some((upper) => (upper[at] ?? '') !== '')) parent = -1;
			else if (parent >= 0 && named(level, at) && named(level, parent)) row[at] = row[parent] ?? '';
			else if (!named(level, at)) parent = -1;
		}
	}
}

/** How many columns the rows below the headings have, as far as half of them fill the last of these. */
function commonWidth(grid: Grid, start: number): number {
	const ends: number[] = [];
	for (let row = start; row < grid.length && ends.length < looked; row++) {
		const end = lastFilled(grid, row);
		if (end >= 0) ends.push(end + 1);
	}
	ends.sort((left, right) => left - right);
	return ends.length < 2 ? 0 : (ends[Math.floor((ends.length - 1) / 2)] ?? 0);
}

/** Whether a line above the table names the unit of money. */
function namesMoney(text: string): boolean {
	const key = foldKey(text);
	return (
		/(^| )(don vi tinh|don vi tien|dvt)( .*)? (dong|vnd|vn dong|trieu|ti|nghin|ngan)( |$)/.test(key) ||
		/^don vi( tinh)? ((1 ?000|1 ?000 ?000|nghin|ngan|trieu|ti|tr) )*(dong|vnd|trieu|ti|nghin|ngan)$/.test(key)
	);
}

const closing =
	/^(nguoi lap( bieu| bang| bao cao)?|lap bieu|nguoi tong hop|thu truong( don vi| co quan)?|noi nhan( .*)?|ghi chu( .*)?|luu y .*|chu thich( .*)?|ky ten.*|ky (va )?ghi ro.*|nguoi ky.*|ke toan( truong)?|xac nhan( cua.*)?|(pho |quyen )?(chu tich|giam doc|truong ban|bi thu|hieu truong)( .*)?|(t ?m|k ?t|t ?l|t ?u ?q) .*|.*ngay \d* ?thang \d* ?nam( \d+)?)$/;

/** The first row of what stands below the table: from a note or signature on, nothing but few cells of text follows. */
function footOf(grid: Grid, start: number): number {
	let foot = grid.length;
	for (let row = grid.length - 1; row >= Math.max(start, grid.length - footRows); row--) {
		const at = filled(grid, row);
		if (at.length > 3 || !at.every((column) => typeof grid.cell(row, column) === 'string')) break;
		const texts = at.map((column) => textOf(grid.cell(row, column)));
		if (texts.some((text) => !/\p{L}/u.test(text) && text !== '')) break;
		if (texts.some((text) => closing.test(foldKey(text)))) foot = row;
	}
	return foot;
}

/** What is asked of a layout for every row, worked out once. */
interface Prepared {
	/** The rows of headings and numbering, as texts by column. */
	readonly headings: readonly ReadonlyMap<number, string>[];
	/** How the texts of these rows begin, as `peek` of a grid says it. */
	readonly leads: ReadonlySet<number>;
	readonly titles: ReadonlySet<string>;
	/** Where the running number stands; -1 where there is none. */
	readonly ordinal: number;
	readonly columns: number;
	/** For rows below the headings: where cells are merged over columns. */
	readonly merged: ReadonlyMap<number, readonly Merge[]>;
}

const preparations = new WeakMap<Layout, Prepared>();

function prepare(grid: Grid, layout: Layout): Prepared {
	const known = preparations.get(layout);
	if (known) return known;
	const headings: Map<number, string>[] = [];
	for (let row = layout.headings?.first ?? layout.start; row < layout.start; row++) {
		const at = filled(grid, row);
		if (at.length >= 2) headings.push(new Map(at.map((column) => [column, textOf(grid.cell(row, column))])));
	}
	const merged = new Map<number, Merge[]>();
	for (const merge of grid.merges) {
		if (merge.top >= layout.start && merge.right > merge.left) {
			merged.set(merge.top, [...(merged.get(merge.top) ?? []), merge]);
		}
	}
	const encoder = new TextEncoder();
	const prepared = {
		headings,
		leads: new Set(
			headings.flatMap((heading) =>
				Array.from(heading.values(), (text) => {
					const bytes = encoder.encode(text);
					return peekAt(bytes, 0, bytes.length);
				})
			)
		),
		titles: new Set(layout.titles.filter((text) => text.length >= 8)),
		ordinal: layout.texts.findIndex(isOrdinal),
		columns: layout.texts.filter((text) => text !== '').length,
		merged
	};
	preparations.set(layout, prepared);
	return prepared;
}

/** Letters that begin a word for a total, in either case, and those that may follow: o, ô, ổ, ộ, à and their like in UTF-8. */
const [totals, vowels] = [new Set([0x43, 0x54, 0x63, 0x74]), new Set([0x4f, 0x6f, 0xc3, 0xe1])];

/**
 * Whether the first bytes of three cells of a row already say that it is data: it does not begin as a total, as a heading again or as the
 * mark of a group does. Where columns have names one cell is enough. Of most rows they do, and none of their cells need be cut out.
 */
function isPlainlyData(grid: Grid, layout: Layout, row: number): boolean {
	if (!grid.peek) return false;
	const isNamed = grid.names !== null;
	if (!isNamed && (row < layout.start || row >= layout.foot || grid.flaws.has(row))) return false;
	const prepared = isNamed ? null : prepare(grid, layout);
	const width = grid.width(row);
	let met = 0;
	for (let column = 0; column < width; column++) {
		const peeked = grid.peek(row, column);
		if (peeked === 0) continue;
		const [first, second] = [peeked >> 8, peeked & 255];
		const isDigit = first >= 0x30 && first <= 0x39;
		const isLetter = (first >= 0x41 && first <= 0x5a) || (first >= 0x61 && first <= 0x7a);
		// A blank, an apostrophe that guards, a letter with a mark: the text itself must be looked at.
		if (!isDigit && !isLetter) return false;
		if (!prepared) return true;
		if (met < 2 && totals.has(first) && vowels.has(second)) return false;
		// A second byte of no letter may be a blank of another kind than that of the heading.
		const isSure = second === 0 || (second > 0x20 && second < 0x80);
		const isMark = column === prepared.ordinal && isLetter;
		if (met === 0 && (!isSure || isMark || prepared.leads.has(peeked))) return false;
		if (++met === 3) return true;
	}
	return false;
}

/** What a row of the grid is. Only what nobody could take for data is anything else. */
export function rowKind(grid: Grid, layout: Layout, row: number): RowKind {
	if (isPlainlyData(grid, layout, row)) return 'data';
	const width = grid.width(row);
	// Where columns have names every row is data that holds anything.
	const enough = grid.names === null ? 4 : 1;
	const at: number[] = [];
	for (let column = 0; column < width && at.length < enough; column++) {
		if (!isBlank(grid.cell(row, column))) at.push(column);
	}
	const [first, second] = at;
	if (first === undefined) return grid.flaws.has(row) ? 'data' : 'blank';
	if (grid.names !== null) return 'data';
	if (row < layout.start) return 'heading';
	if (grid.flaws.has(row)) return 'data';
	if (row >= layout.foot) return 'note';
	const prepared = prepare(grid, layout);
	const lead = textOf(grid.cell(row, first));
	if (isRepeated(grid, prepared, row, first, lead)) return 'heading';
	const next = second === undefined ? '' : textOf(grid.cell(row, second));
	if (first < 4 && (isTotal(grid, row, first, lead) || isTotal(grid, row, second, next))) return 'total';
	if (second !== undefined && isSubtotal(grid, prepared, row, first, lead, next)) return 'total';
	if (at.length > 2) return 'data';
	if (second === undefined) {
		if (prepared.titles.has(lead)) return 'heading';
		if (/^(trang|page) \d+( (tren |of )?\d+)?$/.test(foldKey(lead))) return 'note';
		if (/^(ghi chú|nơi nhận|lưu ý|chú thích)\s*:/iu.test(lead)) return 'note';
	}
	return isGroup(prepared, row, first, lead, second ?? -1, next, grid.cell(row, second ?? first)) ? 'group' : 'data';
}

/** Whether a row is one of the headings again, as page breaks of exports repeat them. */
function isRepeated(grid: Grid, { headings }: Prepared, row: number, first: number, lead: string): boolean {
	return headings.some((heading) => {
		if (heading.get(first) !== lead) return false;
		const at = filled(grid, row);
		return at.length === heading.size && at.every((column) => textOf(grid.cell(row, column)) === heading.get(column));
	});
}

const totalStart = /^(tổng cộng|tổng số|tổng|cộng|tong cong|tong so|tong|toàn tỉnh|toàn khối)(?=$|[\s:.,(=])\s*(.*)$/su;
const totalRest =
	/^$|^[:.,(=+]|^\d|^([ivx]+|[a-d])(?=$|[\s+,&):])|^(toàn|chung|trang|khối|mục|phần|nhóm|của|cả|quý|tháng|năm|đợt|kỳ|sáng kiến|hồ sơ|đơn vị|hợp đồng)(?=$|[\s:.,(])/u;

/**
 * Whether a text says that its row adds up others, and the row holds no other words. With its tones: "Công" is no "Cộng", and "Tổng hợp",
 * "Tổng số hóa" and "Cộng đồng" begin titles.
 */
function isTotal(grid: Grid, row: number, at: number | undefined, text: string): boolean {
	if (at === undefined || at > 4 || !/^[tc]/iu.test(text)) return false;
	const lower = text.toLowerCase();
	const rest = totalStart.exec(lower)?.[2];
	if (rest === undefined ? !/^cong\s*:?$/.test(lower) : !totalRest.test(rest)) return false;
	const words = filled(grid, row).filter((column) => {
		const other = grid.cell(row, column);
		return column !== at && isName(other) && textOf(other).length > 4;
	});
	return words.length === 0;
}

const mark = /^([IVXLC]+|[A-ZĐ])\s*[.)]?$/u;
const groupWord =
	/^(khoi|nhom|cum|linh vuc|phan|muc|cap (co so|tinh|huyen|xa|toan quoc)|cac (so|don vi|co quan|truong|phong|xa|huyen|doanh nghiep|hoi|ban))( |$)/;

/** Whether a row sums up a group in the row that names it: "I, KHỐI SỞ, 12, 30". */
function isSubtotal(
	grid: Grid,
	{ ordinal }: Prepared,
	row: number,
	first: number,
	lead: string,
	next: string
): boolean {
	if (first !== ordinal || !mark.test(lead) || !/^(khoi|nhom|cum|cac) /.test(foldKey(next))) return false;
	const rest = filled(grid, row).slice(2);
	return rest.length > 0 && rest.every((column) => !isName(grid.cell(row, column)));
}

/** Whether a row of one or two filled cells names the rows below it. */
function isGroup(
	{ ordinal, columns, merged }: Prepared,
	row: number,
	first: number,
	lead: string,
	second: number,
	next: string,
	cell: Cell
): boolean {
	if (columns < 3 || typeof cell !== 'string') return false;
	const text = second < 0 ? lead : next;
	const place = second < 0 ? first : second;
	const lettered = /\p{L}/u.test(text);
	const wide = merged.get(row)?.some(({ left, right }) => left === place && right - left >= 1) ?? false;
	if (second >= 0) {
		const beside = first <= Math.max(0, ordinal) && second <= first + 2;
		if (!beside || !lettered) return false;
		return mark.test(lead) || (/^\d+(\.\d+)*[.)]?$/.test(lead) && (wide || groupWord.test(foldKey(text))));
	}
	if (first > Math.max(1, ordinal + 1)) return wide && lettered;
	if (mark.test(lead)) return first === Math.max(0, ordinal);
	if (!lettered) return false;
	return (
		wide ||
		first === ordinal ||
		/^([IVXLC]+|[A-ZĐ])\s*[.)\-–:/]\s*\p{L}/u.test(lead) ||
		groupWord.test(foldKey(lead.replace(/^\d+(\.\d+)*[.)]?\s+/, ''))) ||
		(ordinal >= 0 && isCapital(lead) && lead.includes(' '))
	);
}

/** The text of the group above each row ("I KHỐI SỞ, NGÀNH"), null for rows above the first group. It may carry the block or the unit. */
export function groupsOf(grid: Grid, layout: Layout): (row: number) => string | null {
	const rows: number[] = [];
	const texts: string[] = [];
	for (let row = layout.start; row < grid.length; row++) {
		if (rowKind(grid, layout, row) !== 'group') continue;
		rows.push(row);
		texts.push(
			filled(grid, row)
				.map((at) => textOf(grid.cell(row, at)))
				.join(' ')
		);
	}
	return (row) => {
		let [low, high] = [0, rows.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((rows[middle] ?? 0) < row) low = middle + 1;
			else high = middle;
		}
		return texts[low - 1] ?? null;
	};
}
