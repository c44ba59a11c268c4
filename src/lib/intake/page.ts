/**
 * Web pages and XML that call themselves `.xls`: the tables of an HTML document, and SpreadsheetML 2003. The scanner is our own: a worker
 * has no DOM, nothing of the page may run, and cells must stay the texts that they are.
 */
import type { Cell, Grid, Merge } from './grid';
import { unreadable, type SheetError } from './issue';
import { rowsGrid, serialDate, sheetColumns, sheetRows, timeText } from './workbook';

/** A tag as it stands in the text, from `start` to `end` (exclusive). */
interface Tag {
	/** In lower case, with its prefix. */
	readonly name: string;
	readonly closes: boolean;
	/** Whether it ends itself, as `<br/>`. */
	readonly empty: boolean;
	/** What stands between its name and its end. */
	readonly attributes: string;
	readonly start: number;
	readonly end: number;
}

/** Elements of HTML whose content is no markup. */
const opaque = new Set(['script', 'style', 'title', 'textarea', 'noscript', 'xml', 'xmp', 'iframe', 'template']);

/**
 * Walks through the tags and the texts of a document, entities undone, leaving out comments, declarations and the content of opaque elements.
 * Broken markup never stops it, and each part of the text is looked at a bounded number of times: what was once sought in vain (the end
 * of a comment, of an attribute, of an element) is not sought again.
 */
function scan(
	text: string,
	skipped: ReadonlySet<string>,
	onTag: (tag: Tag) => void,
	onText: (text: string, at: number) => void
): void {
	const missing = new Set<string>();
	const find = (what: string, from: number): number => {
		const at = missing.has(what) ? -1 : text.indexOf(what, from);
		if (at < 0) missing.add(what);
		return at;
	};
	let quotesCount = true;
	/** Where a tag ends, just behind its `>`: one in quotation marks behind `=` does not end it. Null when it is no tag (`a <b`). */
	const tagEnd = (from: number): number | null => {
		if (quotesCount) {
			for (let at = from, value = false; at < text.length; at++) {
				const char = text.charCodeAt(at);
				if (char === 0x3e) return at + 1;
				if (char === 0x3c) return null;
				if (value && (char === 0x22 || char === 0x27)) {
					at = find(text.charAt(at), at + 1);
					if (at < 0) break;
				}
				value = char === 0x3d || (value && char <= 0x20);
			}
			quotesCount = false;
		}
		const at = find('>', from);
		return at < 0 ? null : at + 1;
	};
	const say = (from: number, to: number) => {
		if (to > from) onText(plain(text.slice(from, to)), from);
	};

	let said = 0;
	for (let at = find('<', 0); at >= 0; at = find('<', at)) {
		const next = text.charCodeAt(at + 1);
		const letter = (char: number) => (char | 32) >= 0x61 && (char | 32) <= 0x7a;
		if (next === 0x21 || next === 0x3f) {
			say(said, at);
			const [opening, closing] = text.startsWith('<!--', at)
				? ['<!--', '-->']
				: text.startsWith('<![CDATA[', at)
					? ['<![CDATA[', ']]>']
					: ['<!', '>'];
			const found = find(closing, at + opening.length);
			const end = found < 0 ? find('>', at) : found;
			if (opening === '<![CDATA[' && found >= 0) onText(text.slice(at + opening.length, found), at);
			if (end < 0) return;
			said = at = end + (found < 0 ? 1 : closing.length);
			continue;
		}
		const closes = next === 0x2f;
		const from = at + (closes ? 2 : 1);
		const end = letter(text.charCodeAt(from)) ? tagEnd(from) : null;
		if (end === null) {
			at++;
			continue;
		}
		say(said, at);
		let behind = from;
		while (behind < end - 1 && text.charCodeAt(behind) > 0x20 && text.charCodeAt(behind) !== 0x2f) behind++;
		const empty = text.charCodeAt(end - 2) === 0x2f;
		const name = text.slice(from, behind).toLowerCase();
		onTag({ name, closes, empty, attributes: text.slice(behind, end - (empty ? 2 : 1)), start: at, end });
		said = at = end;
		if (!closes && !empty && skipped.has(name)) {
			const closing = new RegExp(`</${name}\\s*>`, 'gi');
			closing.lastIndex = end;
			const found = missing.has(name) ? null : closing.exec(text);
			if (found) said = at = found.index;
			else missing.add(name);
		}
	}
	say(said, text.length);
}

const latin =
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot ' +
	'cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml ' +
	'Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
	'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ' +
	'ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

/** The characters of named entities: the letters of Latin-1 and Vietnamese ones, and the signs that programs write. */
const named = new Map<string, string>([
	...latin.split(' ').map((name, at): [string, string] => [name, String.fromCharCode(0xa0 + at)]),
	...Object.entries({ amp: '&', AMP: '&', lt: '<', LT: '<', gt: '>', GT: '>', quot: '"', QUOT: '"', apos: "'" }),
	...Object.entries({
		Abreve: 'Ă',
		abreve: 'ă',
		Dstrok: 'Đ',
		dstrok: 'đ',
		Itilde: 'Ĩ',
		itilde: 'ĩ',
		Utilde: 'Ũ',
		utilde: 'ũ'
	}),
	...Object.entries({ ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„' }),
	...Object.entries({
		bull: '•',
		hellip: '…',
		euro: '€',
		trade: '™',
		ensp: '\u2002',
		emsp: '\u2003',
		thinsp: '\u2009'
	}),
	...Object.entries({ le: '≤', ge: '≥', ne: '≠', minus: '−', rarr: '→', zwnj: '\u200c', zwj: '\u200d', dong: '₫' })
]);

/** What browsers read `&#128;` to `&#159;` as; a space where the code page has nothing. */
const windows1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** The character of a numeric entity, as browsers read it: U+FFFD for what is none. */
function character(code: number): string {
	if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return '\ufffd';
	if (code >= 0x80 && code < 0xa0) return windows1252.charAt(code - 0x80).trim() || String.fromCharCode(code);
	return String.fromCodePoint(code);
}

/** A text with its entities undone; an unknown one stays as it stands. */
function plain(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(
		/&(?:#(\d{1,8})|#[xX]([\da-fA-F]{1,7})|([a-zA-Z][a-zA-Z\d]{1,30}));?/g,
		(entity, decimal?: string, hexadecimal?: string, name?: string) =>
			decimal
				? character(Number(decimal))
				: hexadecimal
					? character(parseInt(hexadecimal, 16))
					: (named.get(name ?? '') ?? entity)
	);
}

/** The attributes of a tag by name in lower case, entities undone; null where one has no value. The first of a name counts. */
function attributesOf(text: string): Map<string, string | null> {
	const attributes = new Map<string, string | null>();
	for (const [, name = '', ...values] of text.matchAll(
		/([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g
	)) {
		const value = values.find((one) => one !== undefined);
		const key = name.toLowerCase();
		if (!attributes.has(key)) attributes.set(key, value === undefined ? null : plain(value));
	}
	return attributes;
}

/** The line on which a place of the text lies, from 1. Places must be asked for in order. */
function lineCounter(text: string): (at: number) => number {
	let line = 1;
	let next = text.indexOf('\n');
	return (at) => {
		for (; next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++;
		return line;
	};
}

/** Parts of a cell (texts as in the source, `\n` for line breaks of the page) as a page shows them: white space is one space, blank lines go. */
function shown(parts: readonly string[]): string {
	return parts
		.join('')
		.split('\n')
		.map((line) => line.replace(/ {2,}/g, ' ').trim())
		.filter((line) => line !== '')
		.join('\n')
		.normalize('NFC');
}

/**
 * The value of a cell of a page. Programs that write workbooks as pages add the number behind the text (`x:num` of Excel, `sdval` of
 * LibreOffice): it counts, as the day or the per cent that is shown where one is.
 */
function htmlCell(text: string, attributes: ReadonlyMap<string, string | null>, epoch1904: boolean): Cell {
	const whole = attributes.get('x:str');
	if (whole) return whole.normalize('NFC');
	if (text === '') return null;
	const held = attributes.has('x:num') ? attributes.get('x:num') : attributes.get('sdval');
	if (held === undefined) return text;
	if (held === null || held.trim() === '') return /^-?(0|[1-9]\d{0,14})$/.test(text) ? Number(text) + 0 : text;
	const number = Number(held);
	if (!Number.isFinite(number) || /^-?\d+:\d\d/.test(text)) return text;
	if (/^(\d{1,4}([/.-])\d{1,2}\2\d{1,4}|\d{1,2}[/-]\d{4})(\s|$)/.test(text)) return serialDate(number, epoch1904);
	return text.endsWith('%') ? Number((number * 100).toPrecision(15)) : number;
}

/** A table of a page that is being read. */
class OpenTable {
	readonly rows: Cell[][] = [];
	readonly lines: { first: number; last: number }[] = [];
	readonly merges: { top: number; left: number; bottom: number; right: number }[] = [];
	/** The text of the open cell. */
	parts: string[] | null = null;
	private attributes: ReadonlyMap<string, string | null> = new Map();
	private column = 0;
	private inRow = false;
	/** For each column, the row down to which a cell from above reaches. */
	private covered: number[] = [];
	private section = 0;

	constructor(
		readonly order: number,
		private readonly epoch1904: boolean
	) {}

	openRow(line: number): void {
		this.closeRow(line);
		this.rows.push([]);
		this.lines.push({ first: line, last: line });
		this.column = 0;
		this.inRow = true;
	}

	closeRow(line: number): void {
		this.closeCell();
		const place = this.lines.at(-1);
		if (this.inRow && place) place.last = line;
		this.inRow = false;
	}

	openCell(attributes: ReadonlyMap<string, string | null>, line: number): void {
		if (this.inRow) this.closeCell();
		else this.openRow(line);
		this.attributes = attributes;
		this.parts = [];
	}

	closeCell(): void {
		const cells = this.rows.at(-1);
		if (!this.parts || !cells) return;
		const top = this.rows.length - 1;
		while ((this.covered[this.column] ?? -1) >= top) this.column++;
		const left = this.column;
		const span = (name: string, most: number) => {
			const count = parseInt(this.attributes.get(name) ?? '1', 10);
			return count >= 0 ? Math.min(count, most) : 1;
		};
		const wide = Math.max(1, Math.min(span('colspan', 1000), sheetColumns - left));
		const down = left < sheetColumns ? span('rowspan', 65_534) || 65_534 : 1;
		const value = htmlCell(shown(this.parts), this.attributes, this.epoch1904);
		// Empty cells are holes: a few wide spans must not cost as many cells as they cover.
		if (value !== null) cells[left] = value;
		this.column = left + wide;
		if (wide > 1 || down > 1) this.merges.push({ top, left, bottom: top + down - 1, right: this.column - 1 });
		if (down > 1) for (let at = left; at < this.column; at++) this.covered[at] = top + down - 1;
		this.parts = null;
	}

	/** A head, a body or a foot begins or ends: no cell reaches beyond. */
	openSection(line: number): void {
		this.closeRow(line);
		const last = this.rows.length - 1;
		for (const merge of this.merges.slice(this.section)) merge.bottom = Math.min(merge.bottom, last);
		this.section = this.merges.length;
		this.covered = [];
	}
}

const blocks = new Set('br p div li ul ol h1 h2 h3 h4 h5 h6 hr pre center address blockquote body dt dd'.split(' '));

/** How many lines of text above a table are kept as its titles: more is a menu, not a title. */
const titleLines = 20;

function htmlGrids(file: string, text: string): Grid[] {
	const epoch1904 = /<x:Date1904\s*\/>/i.test(text.slice(0, 20_000));
	const lineOf = lineCounter(text);
	const open: OpenTable[] = [];
	const done: OpenTable[] = [];
	let started = 0;
	let titles: { text: string; first: number; last: number }[] = [];
	let loose: { parts: string[]; first: number } | null = null;

	const endTitle = (line: number) => {
		const title = loose ? shown(loose.parts) : '';
		if (loose && title !== '')
			titles = [...titles.slice(1 - titleLines), { text: title, first: loose.first, last: line }];
		loose = null;
	};
	const end = (table: OpenTable, line: number) => {
		table.openSection(line);
		done.push(table);
	};

	scan(
		text,
		opaque,
		({ name, closes, attributes, start }) => {
			const table = open.at(-1);
			if (name === 'table') {
				const line = lineOf(start);
				if (closes) {
					if (table) end(table, line);
					open.pop();
					return;
				}
				const inner = new OpenTable(started++, epoch1904);
				if (!table) {
					endTitle(line);
					for (const title of titles) {
						inner.rows.push([title.text]);
						inner.lines.push({ first: title.first, last: title.last });
					}
					titles = [];
				}
				open.push(inner);
			} else if (!table) {
				if (blocks.has(name)) endTitle(lineOf(start));
			} else if (name === 'tr') {
				if (closes) table.closeRow(lineOf(start));
				else table.openRow(lineOf(start));
			} else if (name === 'td' || name === 'th') {
				if (closes) table.closeCell();
				else table.openCell(attributesOf(attributes), lineOf(start));
			} else if (name === 'caption') {
				table.closeRow(lineOf(start));
				if (!closes) table.openCell(new Map(), lineOf(start));
			} else if (name === 'thead' || name === 'tbody' || name === 'tfoot') {
				table.openSection(lineOf(start));
			} else if (blocks.has(name)) table.parts?.push('\n');
		},
		(words, at) => {
			const collapsed = words.replace(/[ \t\r\n\f]+/g, ' ');
			const table = open.at(-1);
			if (table) table.parts?.push(collapsed);
			else if (loose) loose.parts.push(collapsed);
			else if (collapsed !== ' ') loose = { parts: [collapsed], first: lineOf(at + words.search(/\S|$/)) };
		}
	);
	for (const table of open) end(table, lineOf(text.length));
	const grids = done
		.sort((a, b) => a.order - b.order)
		.map(({ rows, lines, merges }) => ({ rows, lines, merges }))
		.filter(({ rows }) => rows.some((cells) => cells.some((cell) => cell !== null)));
	return grids.map(({ rows, lines, merges }, index) =>
		rowsGrid(file, grids.length > 1 ? `Bảng ${index + 1}` : null, rows, merges, lines)
	);
}

function damaged(file: string): SheetError {
	return unreadable(file, null, 'damaged-file', {
		vi: 'Tệp bảng tính XML bị hỏng hoặc bị cắt cụt; hãy mở bằng Excel, lưu thành tệp .xlsx rồi thử lại.',
		en: 'The XML spreadsheet is damaged or cut short; open it in Excel, save it as .xlsx and try again.'
	});
}

/** The value of a cell of SpreadsheetML: `Data` has a type, and a number may be shown in per cent. */
function xmlCell(text: string, type: string, percent: boolean): Cell {
	if (text === '') return null;
	switch (type.toLowerCase()) {
		case 'number': {
			const number = Number(text);
			if (!Number.isFinite(number)) return text;
			return percent ? Number((number * 100).toPrecision(15)) : number;
		}
		case 'boolean':
			return text.trim() === '1' || text.trim().toLowerCase() === 'true';
		case 'datetime': {
			const date = new Date(/Z$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
			if (Number.isNaN(date.getTime())) return text;
			const time = date.getTime() - Date.UTC(1899, 11, 31);
			return time >= 0 && time < 86_400_000 ? timeText(time) : date;
		}
		default:
			return text.replace(/\r\n?/g, '\n').normalize('NFC');
	}
}

function xmlGrids(file: string, text: string): Grid[] {
	if (!/<\/(?:\w+:)?workbook\s*>\s*$/i.test(text.slice(-1000))) throw damaged(file);
	const grids: Grid[] = [];
	const percents = new Set<string>();
	let style = '';
	let sheet: { name: string; rows: Cell[][]; merges: Merge[] } | null = null;
	let inComment = false;
	let row = 0;
	let nextRow = 0;
	let column = 0;
	let nextColumn = 0;
	let percent = false;
	let data: { type: string; parts: string[] } | null = null;

	/** A count or a place written in an attribute. */
	const number = (given: string | null | undefined, least: number, most: number, otherwise: number): number => {
		if (given === undefined) return otherwise;
		const held = Number(given ?? NaN);
		if (!Number.isInteger(held) || held < least || held > most) throw damaged(file);
		return held;
	};
	const onTag = ({ name: prefixed, closes, attributes: written }: Tag) => {
		const name = prefixed.slice(prefixed.indexOf(':') + 1);
		const attributes = new Map(
			[...attributesOf(written)].map(([key, held]) => [key.slice(key.indexOf(':') + 1), held] as const)
		);
		if (name === 'style') style = attributes.get('id') ?? '';
		else if (name === 'numberformat' && /%|^percent$/i.test(attributes.get('format') ?? '')) percents.add(style);
		else if (name === 'worksheet') {
			if (sheet) grids.push(rowsGrid(file, sheet.name, sheet.rows, sheet.merges));
			sheet = closes ? null : { name: (attributes.get('name') ?? '').normalize('NFC'), rows: [], merges: [] };
			nextRow = 0;
		} else if (!sheet) return;
		else if (name === 'comment') inComment = !closes;
		else if (name === 'row' && !closes) {
			row = number(attributes.get('index'), nextRow + 1, sheetRows, nextRow + 1) - 1;
			nextRow = row + 1 + number(attributes.get('span'), 0, sheetRows, 0);
			nextColumn = 0;
			if (row >= sheetRows) throw damaged(file);
			sheet.rows[row] = [];
		} else if (name === 'cell' && !closes) {
			column = number(attributes.get('index'), nextColumn + 1, sheetColumns, nextColumn + 1) - 1;
			const right = column + number(attributes.get('mergeacross'), 0, sheetColumns, 0);
			const bottom = row + number(attributes.get('mergedown'), 0, sheetRows, 0);
			if (right >= sheetColumns) throw damaged(file);
			if (right > column || bottom > row) sheet.merges.push({ top: row, left: column, bottom, right });
			nextColumn = right + 1;
			inComment = false;
			percent = percents.has(attributes.get('styleid') ?? '');
		} else if (name === 'data' && !inComment) {
			const cells = sheet.rows[row];
			if (!closes) data = { type: attributes.get('type') ?? '', parts: [] };
			else if (data && cells) {
				const value = xmlCell(data.parts.join(''), data.type, percent);
				if (value !== null) cells[column] = value;
				data = null;
			}
		}
	};
	scan(text, new Set(), onTag, (words) => data?.parts.push(words));
	return grids.filter(({ length }) => length > 0);
}

/**
 * The tables of a page or of an XML spreadsheet that was saved as `.xls`, in the order in which they begin; those without text are
 * left out.
 *
 * Of a page: cells are texts in NFC as a page shows them (entities undone, `<br>` as a line break, white space collapsed), never taken
 * for numbers or days unless the page itself says the number (`x:num`). `colspan` and `rowspan` are merges. A table within a table
 * is a table of its own. Captions and up to twenty lines of text above a table are its first rows. A row's line is where it starts in the text.
 *
 * Of SpreadsheetML 2003: one grid a worksheet, with typed cells, as in a workbook; a row's line is its number in the sheet.
 *
 * @param text the decoded text.
 * @throws SheetError when an XML spreadsheet is cut short or damaged. A page never is.
 */
export function pageGrids(file: string, text: string): Grid[] {
	const start = text.slice(0, 5000).replace(/^(\ufeff|\s|<\?[^>]*>|<!--[\s\S]*?-->|<![^>]*>)*/, '');
	return /^<(\w+:)?workbook\b/i.test(start) ? xmlGrids(file, text) : htmlGrids(file, text);
}
