/**
 * Comma-, semicolon-, tab- and bar-separated text as a grid. One bad quotation mark costs at most the one record that it stands in: that
 * record's first line becomes a row with a flaw, and the next line is read as if nothing had been.
 */
import type { Bilingual } from '../model/table';
import { unguarded } from './formula';
import type { Cell, Flaw, Grid } from './grid';
import { Lexicon, longestShared, mix, peekAt } from './lexicon';
import { PlainWriter } from './plain';
import { Texts } from './utf8';

/** How cells are told apart. */
export interface Dialect {
	readonly delimiter: ',' | ';' | '\t' | '|';
	/** How many cells most rows have. */
	readonly columns: number;
	/** From 0 to 1. */
	readonly certainty: number;
}

const delimiters = [',', ';', '\t', '|'] as const;

const [lf, cr, quote, space, apostrophe] = [10, 13, 34, 32, 39] as const;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** How much of a text is looked at to tell its dialect. */
const sampleLines = 400;
const sampleLength = 400_000;

/** How many cells a line has; a quotation mark at the start of a cell hides delimiters up to the next one of the line. */
function widthOf(line: string, delimiter: string): number {
	let width = 1;
	let hidden = false;
	let starts = true;
	for (const sign of line) {
		if (sign === '"' && (starts || hidden)) hidden = !hidden;
		else if (sign === delimiter && !hidden) {
			width++;
			starts = true;
			continue;
		}
		if (sign !== ' ') starts = false;
	}
	return width;
}

/**
 * The dialect of a text in UTF-8: the delimiter that cuts most lines into the same number of cells, many cells before few. Excel's `sep=;` in the
 * first line decides. A text of one column is separated by commas, with certainty 0.
 */
export function dialectOf(bytes: Uint8Array): Dialect {
	// A character takes three bytes at most where it is one unit of a string.
	const text = decoder.decode(bytes.subarray(0, 3 * sampleLength));
	const said = /^sep=([,;\t|])\r?\n?/.exec(text.slice(0, 10))?.[1];
	const lines = text
		.slice(0, sampleLength)
		.split(/\r\n|\n|\r/, sampleLines)
		.filter((line) => line.trim() !== '');
	const found = delimiters.map((delimiter) => {
		const widths = new Map<number, number>();
		for (const line of lines) {
			const width = widthOf(line, delimiter);
			if (width > 1) widths.set(width, (widths.get(width) ?? 0) + 1);
		}
		let [columns, most] = [1, 0];
		for (const [width, count] of widths) {
			if (count * Math.log2(width) > most * Math.log2(columns)) [columns, most] = [width, count];
		}
		const share = lines.length === 0 ? 0 : most / lines.length;
		return { delimiter, columns, share, score: share * share * Math.log2(columns + 1) };
	});
	const [best, next] = [...found].sort((a, b) => b.score - a.score);
	const chosen = found.find(({ delimiter }) => delimiter === said) ?? best;
	if (!chosen || chosen.columns === 1)
		return { delimiter: said ? (chosen?.delimiter ?? ',') : ',', columns: 1, certainty: said ? 1 : 0 };
	const margin = next && next.score > 0 ? 1 - Math.min(1, next.score / chosen.score) : 1;
	return {
		delimiter: chosen.delimiter,
		columns: chosen.columns,
		certainty: said ? 1 : Math.round(100 * (0.5 * chosen.share + 0.5 * margin)) / 100
	};
}

/** How many lines a quoted cell may take; a mark that has not closed by then was never meant to open. */
const mostLines = 1000;

/** After how many bytes it is told how far the work is. */
const stride = 2 ** 21;

const remedy: Bilingual = {
	vi: 'Dấu ngoặc kép trong dòng này không được mở hoặc đóng đúng chỗ, nên không chắc ô nào ở cột nào. Hãy sửa các dấu " rồi thử lại; các dòng khác không bị ảnh hưởng.',
	en: 'A quotation mark in this line is not opened or closed where it should be, so it is not sure which cell is which. Mend the " marks and try again; no other line is affected.'
};

const flaw: Flaw = { rule: 'quotation-mark', remedy };

/** Whole numbers that grow. */
class Growing {
	/** The numbers, and room for more. */
	items = new Int32Array(16);
	length = 0;

	push(item: number): void {
		if (this.length === this.items.length) {
			const larger = new Int32Array(this.items.length * 2);
			larger.set(this.items);
			this.items = larger;
		}
		this.items[this.length++] = item;
	}

	at(index: number): number {
		return this.items[index] ?? 0;
	}
}

/** How a cell is written. */
const [plain, quoted, doubled] = [0, 1, 2] as const;

/** What a column holds for a row that is too short for it. A cell of its own is held as `own` less its place among such cells. */
const [absent, own] = [-1, -2] as const;

/** The number of the empty text in every lexicon: most cells of a register are empty. */
const empty = 0;

/** How many columns keep their shared texts: a table has no more, and a broken one may have 100,000. */
const sharing = 200;

/** Cuts a text in UTF-8 into rows of cells, without holding up whoever waits for `step` to be called. */
class Tokeniser {
	/** For each column and row the number of the cell's text in the column's lexicon, or what stands in its place. */
	readonly columns: Growing[] = [];
	readonly lexicons: Lexicon[] = [];
	/** Start and end of each cell of its own, and how it is written. */
	readonly starts = new Growing();
	readonly ends = new Growing();
	readonly kinds = new Growing();
	/** How many cells each row has, its line, and its place in the text. */
	readonly widths = new Growing();
	readonly lines = new Growing();
	readonly places = new Growing();
	readonly flaws = new Map<number, Flaw>();
	breadth = 0;
	position = 0;
	line = 1;
	/** How many cells the row at hand has so far. */
	private width = 0;

	constructor(
		private readonly bytes: Uint8Array,
		private readonly dialect: Dialect
	) {}

	/** Reads rows up to about `until`; false at the end of the text. */
	read(until: number): boolean {
		const { length } = this.bytes;
		while (this.position < length) {
			if (this.position >= until) return true;
			this.row();
		}
		return false;
	}

	private row(): void {
		const row = this.widths.length;
		const [cells, position] = [this.starts.length, this.position];
		this.width = 0;
		this.lines.push(this.line);
		this.places.push(position);
		if (!this.strict()) {
			this.starts.length = this.ends.length = this.kinds.length = cells;
			for (let column = 0; column < this.width; column++) this.columns[column]!.length = row;
			this.position = position;
			this.width = 0;
			this.lenient();
			this.flaws.set(row, flaw);
		}
		this.widths.push(this.width);
		this.breadth = Math.max(this.breadth, this.width);
	}

	/** A column of which no cell was met before. */
	private begin(column: number): Growing {
		// The first text that a lexicon finds has the number `empty`.
		if (column < sharing) (this.lexicons[column] = new Lexicon()).find(0, this.bytes, 0, 0);
		return (this.columns[column] = new Growing());
	}

	/** Takes the next cell of the row. Its hash is that of its bytes; one that may read otherwise than it stands shares its text with none. */
	private cell(start: number, end: number, kind: number, hash: number): void {
		const column = this.width++;
		const held = this.columns[column] ?? this.begin(column);
		while (held.length < this.widths.length) held.push(absent);
		if (kind !== doubled && column < sharing && end - start <= longestShared && this.bytes[start] !== apostrophe) {
			const number = start === end ? empty : this.lexicons[column]!.find(hash, this.bytes, start, end);
			if (number >= 0) {
				held.push(number);
				return;
			}
		}
		held.push(own - this.starts.length);
		this.starts.push(start);
		this.ends.push(end);
		this.kinds.push(kind);
	}

	/** Whether a row could be cut as its quotation marks say; the position and the line are then behind it. */
	private strict(): boolean {
		const { bytes } = this;
		const { length } = bytes;
		const delimiter = this.dialect.delimiter.charCodeAt(0);
		let at = this.position;
		let line = this.line;
		let longest: { start: number; end: number } | null = null;
		if (isEnd(bytes[at]!)) {
			this.position = afterEnd(bytes, at);
			this.line = line + 1;
			return true;
		}
		for (;;) {
			const start = at;
			let sign = at < length ? bytes[at]! : lf;
			while (sign === space) sign = ++at < length ? bytes[at]! : lf;
			if (sign === quote) {
				const opened = at + 1;
				let kind: number = quoted;
				let from = opened;
				let lines = 0;
				for (;;) {
					const mark = bytes.indexOf(quote, from);
					if (mark < 0) return false;
					lines += breaks(bytes, from, mark);
					if (lines > mostLines) return false;
					if (bytes[mark + 1] !== quote) {
						at = mark;
						break;
					}
					kind = doubled;
					from = mark + 2;
				}
				let hash = 0;
				if (lines > 0) {
					kind = doubled;
					longest = { start: opened, end: at };
				} else if (at - opened <= longestShared) {
					for (let place = opened; place < at; place++) hash = mix(hash, bytes[place]!);
				}
				this.cell(opened, at, kind, hash);
				line += lines;
				sign = ++at < length ? bytes[at]! : lf;
				while (sign === space) sign = ++at < length ? bytes[at]! : lf;
				if (sign !== delimiter && !isEnd(sign)) return false;
			} else {
				let hash = 0;
				while (sign !== delimiter && sign !== lf && sign !== cr) {
					hash = mix(hash, sign);
					sign = ++at < length ? bytes[at]! : lf;
				}
				this.cell(start, at, plain, hash);
			}
			if (sign === delimiter) {
				at++;
				continue;
			}
			if (longest !== null && this.swallowed(longest, this.width)) return false;
			this.position = afterEnd(bytes, at);
			this.line = line + 1;
			return true;
		}
	}

	/** Whether a quoted cell over several lines holds what look like rows: its mark was opened by mistake and closed by another's. */
	private swallowed({ start, end }: { start: number; end: number }, width: number): boolean {
		const { delimiter, columns } = this.dialect;
		if (columns < 2) return false;
		const inner = decoder.decode(this.bytes.subarray(start, end)).split(/\r\n|\n|\r/);
		const counts = inner.map((part) => part.split(delimiter).length - 1);
		const whole = counts.slice(1, -1).some((count) => columns > 2 && count === columns - 1);
		return whole || (width !== columns && counts.some((count) => count >= Math.max(1, (columns - 1) / 2)));
	}

	/** Cuts one line at its delimiters, quotation marks being letters like any other. */
	private lenient(): void {
		const { bytes } = this;
		const delimiter = this.dialect.delimiter.charCodeAt(0);
		let start = this.position;
		let hash = 0;
		let at = start;
		for (; at < bytes.length; at++) {
			const sign = bytes[at]!;
			if (isEnd(sign)) break;
			if (sign !== delimiter) {
				hash = mix(hash, sign);
				continue;
			}
			this.cell(start, at, plain, hash);
			start = at + 1;
			hash = 0;
		}
		this.cell(start, at, plain, hash);
		this.position = afterEnd(bytes, at);
		this.line++;
	}
}
const isEnd = (sign: number) => sign === lf || sign === cr;

/** The place behind a line end, or the end of the text. */
function afterEnd(bytes: Uint8Array, at: number): number {
	if (at >= bytes.length) return bytes.length;
	return bytes[at] === cr && bytes[at + 1] === lf ? at + 2 : at + 1;
}

/** How many line ends lie in a part of a text. */
function breaks(bytes: Uint8Array, from: number, to: number): number {
	let count = 0;
	for (let at = from; at < to; at++) {
		const sign = bytes[at];
		if (sign === lf || (sign === cr && bytes[at + 1] !== lf)) count++;
	}
	return count;
}

/**
 * Cuts a text into a grid.
 *
 * Cells are separated by the dialect's delimiter; one that starts with a quotation mark may hold delimiters, line breaks and doubled
 * marks; line breaks of any system are read as LF. A mark inside a cell that does not start with one is a letter. Every line of the text belongs to exactly one row, and blank
 * lines are rows without cells.
 *
 * @param bytes the text in UTF-8 and NFC, without a byte order mark. They are kept, since cells are cut out of them when asked for.
 * @param step called about every two million bytes with the share that is done; awaited, so that it may let other work happen or
 * throw to end this one.
 */
export async function tokenise(
	file: string,
	bytes: Uint8Array,
	dialect: Dialect,
	step: (share: number) => void | Promise<void> = () => undefined
): Promise<Grid> {
	const tokeniser = new Tokeniser(bytes, dialect);
	for (let until = stride; tokeniser.read(until); until += stride) await step(until / bytes.length);
	await step(1);
	const { starts, ends, kinds, columns, widths, lines, places, flaws, lexicons, breadth } = tokeniser;
	const { length } = widths;
	const last = tokeniser.line;
	lines.push(last);
	places.push(bytes.length);
	const texts = new Texts(bytes);
	const width = (row: number) => (row < length ? widths.at(row) : 0);
	return {
		file,
		sheet: null,
		length,
		breadth,
		names: null,
		merges: [],
		delimited: true,
		flaws,
		line: (row) => lines.at(row),
		span: (row) => lines.at(row + 1) - lines.at(row),
		width,
		cell: (row, column): Cell => {
			if (column < 0 || column >= width(row)) return null;
			const number = columns[column]?.at(row) ?? absent;
			if (number >= 0) return lexicons[column]?.texts[number] ?? '';
			const place = own - number;
			const cell = texts.cut(starts.at(place), ends.at(place));
			if (kinds.at(place) === plain) return unguarded(cell);
			const whole = unguarded(kinds.at(place) === doubled ? cell.replaceAll('""', '"') : cell);
			return whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
		},
		peek: (row, column) => {
			if (column < 0 || column >= width(row)) return 0;
			const number = columns[column]?.at(row) ?? absent;
			if (number >= 0) return lexicons[column]?.peek(number) ?? 0;
			const place = own - number;
			return peekAt(bytes, starts.at(place), ends.at(place));
		},
		plain: (column, rows) => {
			const held = columns[column];
			const lexicon = lexicons[column];
			if (!held) return null;
			const writer = new PlainWriter(rows.length);
			for (let index = 0; index < rows.length; index++) {
				const row = rows[index]!;
				const number = row < held.length ? held.at(row) : absent;
				if (number >= 0) {
					if (!lexicon?.copy(number, writer)) return null;
					continue;
				}
				const place = own - number;
				const [start, end] = number === absent ? [0, 0] : [starts.at(place), ends.at(place)];
				// One that may read otherwise than it stands is not plain.
				if (end > start && (kinds.at(place) === doubled || bytes[start] === apostrophe)) return null;
				if (!writer.add(bytes, start, end)) return null;
			}
			return writer.texts();
		},
		raw: (row) => decoder.decode(bytes.subarray(places.at(row), places.at(row + 1))).replace(/\r\n$|[\r\n]$/, ''),
		shared: {
			numbers: (column, rows) => {
				const held = columns[column];
				if (!held) return new Int32Array(rows.length).fill(absent);
				const [first = 0, final = -1] = [rows[0], rows.at(-1)];
				// Rows side by side, as most are, need no copy.
				if (final - first + 1 === rows.length && final < held.length) return held.items.subarray(first, final + 1);
				return rows.map((row) => (row < held.length ? held.items[row]! : absent));
			},
			cells: (column) => lexicons[column]?.texts ?? []
		}
	};
}
