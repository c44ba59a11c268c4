/**
 * Comma-, semicolon-, tab- and bar-separated text as a grid. One bad quotation mark costs at most the one record that it stands in: that
 * record's first line becomes a row with a flaw, and the next line is read as if nothing had been.
 */
import type { Bilingual } from '../model/table';
import type { Cell, Flaw, Grid } from './grid';
import { Lexicon, longestShared, mix } from './lexicon';

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
 * The dialect of a text: the delimiter that cuts most lines into the same number of cells, many cells before few. Excel's `sep=;` in the
 * first line decides. A text of one column is separated by commas, with certainty 0.
 */
export function dialectOf(text: string): Dialect {
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

/** After how many characters it is told how far the work is. */
const stride = 2 ** 21;

const remedy: Bilingual = {
	vi: 'Dấu ngoặc kép trong dòng này không được mở hoặc đóng đúng chỗ, nên không chắc ô nào ở cột nào. Hãy sửa các dấu " rồi thử lại; các dòng khác không bị ảnh hưởng.',
	en: 'A quotation mark in this line is not opened or closed where it should be, so it is not sure which cell is which. Mend the " marks and try again; no other line is affected.'
};

const flaw: Flaw = { rule: 'quotation-mark', remedy };

/** Whole numbers that grow. */
class Growing {
	private items = new Int32Array(1024);
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

	set(index: number, item: number): void {
		this.items[index] = item;
	}
}

/** What is kept beside a cell's place in the text: the number of the text that it shares with others, or how it is written. */
const [plain, quoted, doubled] = [-1, -2, -3] as const;

/** How many columns keep their shared texts: a table has no more, and a broken one may have 100,000. */
const sharing = 200;

/** Cuts a text into rows of cells, without holding up whoever waits for `step` to be called. */
class Tokeniser {
	/** Start and end of each cell, and its kind. */
	readonly starts = new Growing();
	readonly ends = new Growing();
	readonly kinds = new Growing();
	/** The first cell, the line and the place in the text of each row. */
	readonly firsts = new Growing();
	readonly lines = new Growing();
	readonly places = new Growing();
	readonly flaws = new Map<number, Flaw>();
	readonly lexicons: Lexicon[] = [];
	breadth = 0;
	position = 0;
	line = 1;

	constructor(
		private readonly text: string,
		private readonly dialect: Dialect
	) {}

	/** Reads rows up to about `until`; false at the end of the text. */
	read(until: number): boolean {
		const { text } = this;
		while (this.position < text.length) {
			if (this.position >= until) return true;
			this.row();
		}
		return false;
	}

	private row(): void {
		const row = this.firsts.length;
		const [cells, position] = [this.starts.length, this.position];
		this.firsts.push(cells);
		this.lines.push(this.line);
		this.places.push(position);
		if (!this.strict()) {
			this.starts.length = this.ends.length = this.kinds.length = cells;
			this.position = position;
			this.lenient();
			this.flaws.set(row, flaw);
		}
		this.breadth = Math.max(this.breadth, this.starts.length - cells);
	}

	private cell(start: number, end: number, kind: number): void {
		this.starts.push(start);
		this.ends.push(end);
		this.kinds.push(kind);
	}

	/** The number of a cell's text in a column; how it is written, when it shares none. */
	private numberOf(column: number, hash: number, start: number, end: number, kind: number): number {
		// A text behind an apostrophe may read otherwise than it stands.
		if (column >= sharing || end - start > longestShared || this.text.charCodeAt(start) === apostrophe) return kind;
		const number = (this.lexicons[column] ??= new Lexicon()).find(hash, this.text, start, end);
		return number < 0 ? kind : number;
	}

	/** Whether a row could be cut as its quotation marks say; the position and the line are then behind it. */
	private strict(): boolean {
		const { text } = this;
		const delimiter = this.dialect.delimiter.charCodeAt(0);
		const first = this.starts.length;
		let at = this.position;
		let line = this.line;
		let longest: { start: number; end: number } | null = null;
		if (isEnd(text.charCodeAt(at))) {
			this.position = afterEnd(text, at);
			this.line = line + 1;
			return true;
		}
		for (;;) {
			const start = at;
			let sign = text.charCodeAt(at);
			while (sign === space) sign = text.charCodeAt(++at);
			if (sign === quote) {
				const opened = at + 1;
				let kind: number = quoted;
				let from = opened;
				let lines = 0;
				for (;;) {
					const mark = text.indexOf('"', from);
					if (mark < 0) return false;
					lines += breaks(text, from, mark);
					if (lines > mostLines) return false;
					if (text.charCodeAt(mark + 1) !== quote) {
						at = mark;
						break;
					}
					kind = doubled;
					from = mark + 2;
				}
				let hash = 0;
				// A quoted text that is written as it reads may be shared like any other.
				const isWhole = kind === quoted && lines === 0 && at - opened <= longestShared;
				if (isWhole) for (let place = opened; place < at; place++) hash = mix(hash, text.charCodeAt(place));
				this.cell(opened, at, isWhole ? this.numberOf(this.starts.length - first, hash, opened, at, kind) : kind);
				line += lines;
				if (lines > 0) longest = { start: opened, end: at };
				sign = text.charCodeAt(++at);
				while (sign === space) sign = text.charCodeAt(++at);
				if (sign !== delimiter && !isEnd(sign) && at < text.length) return false;
			} else {
				let hash = 0;
				while (sign !== delimiter && sign !== lf && sign !== cr && at < text.length) {
					hash = mix(hash, sign);
					sign = text.charCodeAt(++at);
				}
				this.cell(start, at, this.numberOf(this.starts.length - first, hash, start, at, plain));
			}
			if (at < text.length && sign === delimiter) {
				at++;
				continue;
			}
			if (longest !== null && this.swallowed(longest, this.starts.length - first)) return false;
			this.position = afterEnd(text, at);
			this.line = line + 1;
			return true;
		}
	}

	/** Whether a quoted cell over several lines holds what look like rows: its mark was opened by mistake and closed by another's. */
	private swallowed({ start, end }: { start: number; end: number }, width: number): boolean {
		const { delimiter, columns } = this.dialect;
		if (columns < 2) return false;
		const inner = this.text.slice(start, end).split(/\r\n|\n|\r/);
		const counts = inner.map((part) => part.split(delimiter).length - 1);
		const whole = counts.slice(1, -1).some((count) => columns > 2 && count === columns - 1);
		return whole || (width !== columns && counts.some((count) => count >= Math.max(1, (columns - 1) / 2)));
	}

	/** Cuts one line at its delimiters, quotation marks being letters like any other. */
	private lenient(): void {
		const { text } = this;
		const delimiter = this.dialect.delimiter.charCodeAt(0);
		let start = this.position;
		let at = start;
		for (; at < text.length; at++) {
			const sign = text.charCodeAt(at);
			if (sign === lf || sign === cr) break;
			if (sign !== delimiter) continue;
			this.cell(start, at, plain);
			start = at + 1;
		}
		this.cell(start, at, plain);
		this.position = afterEnd(text, at);
		this.line++;
	}
}

const isEnd = (sign: number) => sign === lf || sign === cr;

/** A text without the apostrophe that keeps a spreadsheet from reading it as a formula. `export.ts` writes it, as other programs do. */
function unguarded(cell: string): string {
	return cell.startsWith("'") && /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell) ? cell.slice(1) : cell;
}

/** The place behind a line end, or the end of the text. */
function afterEnd(text: string, at: number): number {
	if (at >= text.length) return text.length;
	return text.charCodeAt(at) === cr && text.charCodeAt(at + 1) === lf ? at + 2 : at + 1;
}

/** How many line ends lie in a part of a text. */
function breaks(text: string, from: number, to: number): number {
	let count = 0;
	for (let at = from; at < to; at++) {
		const sign = text.charCodeAt(at);
		if (sign === lf || (sign === cr && text.charCodeAt(at + 1) !== lf)) count++;
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
 * @param step called about every two million characters with the share that is done; awaited, so that it may let other work happen or
 * throw to end this one.
 */
export async function tokenise(
	file: string,
	text: string,
	dialect: Dialect,
	step: (share: number) => void | Promise<void> = () => undefined
): Promise<Grid> {
	const tokeniser = new Tokeniser(text, dialect);
	for (let until = stride; tokeniser.read(until); until += stride) await step(until / text.length);
	await step(1);
	const { starts, ends, kinds, firsts, lines, places, flaws, lexicons, breadth } = tokeniser;
	const length = firsts.length;
	const last = tokeniser.line;
	firsts.push(starts.length);
	lines.push(last);
	places.push(text.length);
	const width = (row: number) => (row < length ? firsts.at(row + 1) - firsts.at(row) : 0);
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
			const index = firsts.at(row) + column;
			const kind = kinds.at(index);
			if (kind >= 0) return lexicons[column]?.texts[kind] ?? '';
			const cell = text.slice(starts.at(index), ends.at(index));
			if (kind === plain) return unguarded(cell);
			const whole = unguarded(kind === doubled ? cell.replaceAll('""', '"') : cell);
			return whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
		},
		raw: (row) => text.slice(places.at(row), places.at(row + 1)).replace(/\r\n$|[\r\n]$/, ''),
		shared: {
			numbers: (column, rows) =>
				rows.map((row) => (column < width(row) ? Math.max(-1, kinds.at(firsts.at(row) + column)) : -1)),
			cells: (column) => lexicons[column]?.texts ?? []
		}
	};
}
