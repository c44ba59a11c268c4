/** Which table a file holds and which column is which: told by the headings, and by what stands below them. A proposal, never more. */
import { editDistance, foldKey } from '../model/alias';
import type { Column, Table } from '../model/table';
import { wideActivities, wideUnused } from '../model/wide';
import type { Knowledge } from './convert';
import type { Cell } from './grid';
import type { Shape } from './plan';

/** What a column of a file was taken for. */
export interface MatchedColumn {
	/** The column of the table; null when it is not loaded. */
	readonly column: string | null;
	/** How sure that is, from 0 to 1. Also 1 for what is known and not loaded: a running number, personal data. */
	readonly certainty: number;
	/** Personal data (date of birth, identity number, phone, e-mail), by heading or by values. */
	readonly personal: boolean;
	/** Other columns of the table that it may be, and the column that it would be if another had not been taken for it; likeliest first. */
	readonly rivals: readonly string[];
}

/** What a file was taken for. */
export interface Match {
	/** Name of the table; null when the headings say nothing of any. */
	readonly table: string | null;
	readonly certainty: number;
	/** All tables that it may be, the likeliest first; the first is `table`. */
	readonly rivals: readonly { readonly table: string; readonly certainty: number }[];
	/** One for each column of the file. */
	readonly columns: readonly MatchedColumn[];
}

/** The cells of a column in the first rows of data. */
export type Sample = (column: number) => readonly Cell[];

/** How many columns are compared by more than their exact headings, and how many by their cells. A sheet may have 100,000. */
const broadest = 500;

/** The least certainty with which a column is proposed. */
const least = 0.5;

/** Headings of running numbers, which are not loaded: folded, without spaces. */
const ordinals: ReadonlySet<string> = new Set(['tt', 'stt', 'sott', 'sothutu', 'thutu', 'no', 'ttstt']);

/** How much of a heading is compared, in characters: what is longer is a text and no name. */
const longestHeading = 500;

/** Headings that name something personal in longer wordings than the declarations list. */
const personalWords =
	/(^| )(cccd|cmnd|cmtnd|can cuoc|chung minh nhan dan|chung minh thu|dinh danh ca nhan|dien thoai|sdt|so dt|email|e mail|thu dien tu|ngay sinh|nam sinh|thang nam sinh|noi sinh|ho chieu|thuong tru|so tai khoan)( |$)/;

/** Words that say in what a figure is counted, not what it is. */
const measures =
	/(^| )(don vi tinh|dvt|ty dong|ti dong|trieu dong|nghin dong|ngan dong|trieu vnd|dong|vnd|trd|tr d)(?= |$)/g;

/** Abbreviations in headings, folded. Only for comparing: none is ever written out for a person. */
const abbreviations: ReadonlyMap<string, string> = new Map(
	Object.entries({
		sk: 'sang kien',
		skkn: 'sang kien kinh nghiem',
		dv: 'don vi',
		qd: 'quyet dinh',
		cn: 'cong nhan',
		gcn: 'giay chung nhan',
		hd: 'hop dong',
		cgcn: 'chuyen giao cong nghe',
		lv: 'linh vuc',
		tg: 'tac gia',
		tgian: 'thoi gian',
		nd: 'noi dung',
		ht: 'hinh thuc',
		kq: 'ket qua',
		gt: 'gia tri',
		tl: 'ti le',
		ty: 'ti',
		sl: 'so luong',
		dvi: 'don vi',
		cq: 'co quan',
		vb: 'van ban',
		bc: 'bao cao',
		kt: 'khen thuong',
		tb: 'trung binh',
		ctac: 'cong tac',
		hs: 'ho so',
		mst: 'ma so thue',
		dn: 'doanh nghiep',
		hn: 'hoi nghi'
	})
);

/** A heading in the ways in which it is looked for, surest first, each with how sure a find is. */
interface Heading {
	readonly key: string;
	readonly ways: readonly (readonly [key: string, certainty: number])[];
}

function headingOf(whole: string): Heading {
	const text = whole.slice(0, longestHeading);
	const key = foldKey(text);
	const levels = text.split(' / ').filter((level) => level.trim() !== '');
	const bare = (part: string) => foldKey(part.replace(/\([^()]*\)|\[[^[\]]*\]/g, ' '));
	const ways: [string, number][] = [[key, 1]];
	const add = (way: string, certainty: number) => {
		const clean = way.trim();
		if (clean !== '' && !ways.some(([known]) => known === clean)) ways.push([clean, certainty]);
	};
	add(bare(text), 0.95);
	add(bare(text).replace(measures, ' ').replace(/ +/g, ' '), 0.93);
	add(spelledOut(bare(text)), 0.9);
	if (levels.length > 1) {
		const last = levels[levels.length - 1] ?? '';
		for (let from = levels.length - 2; from > 0; from--) add(bare(levels.slice(from).join(' ')), 0.92);
		add(bare(`${last} ${levels[levels.length - 2] ?? ''}`), 0.88);
		add(foldKey(last), 0.85);
		add(bare(last), 0.82);
		add(spelledOut(bare(last)), 0.78);
	}
	return { key, ways };
}

/** A folded heading with its abbreviations written out: letters that stand apart ("d vi", "t gian") are first put together. */
function spelledOut(key: string): string {
	const joined = key.replace(/\b(d vi|t gian|t gia|c tac|h so|s kien)\b/g, (part) => part.replace(' ', ''));
	return joined
		.split(' ')
		.map((word) => abbreviations.get(word) ?? { tgia: 'tac gia', hso: 'ho so', skien: 'sang kien' }[word] ?? word)
		.join(' ');
}

/** A folded text, and its words. */
interface Words {
	readonly words: readonly string[];
	/** The words without spaces between them. */
	readonly joined: string;
}

const wordsOf = (words: readonly string[]): Words => ({ words, joined: words.join('') });

/** A name of a column, and how sure it is that it is meant by it. */
interface Name extends Words {
	readonly column: Column;
	readonly worth: number;
}

/** The names of a table's columns. */
interface Names {
	readonly exact: ReadonlyMap<string, readonly Name[]>;
	readonly all: readonly Name[];
	readonly byWord: ReadonlyMap<string, readonly Name[]>;
	/** For words of headings, the words of names that they may be meant for; filled as they are asked for. */
	readonly meant: Map<string, readonly string[]>;
}

/** How many words of headings are remembered. */
const mostRemembered = 20_000;

const namesByTable = new WeakMap<Table, Names>();

function namesOf(table: Table): Names {
	const known = namesByTable.get(table);
	if (known) return known;
	const exact = new Map<string, Name[]>();
	const all: Name[] = [];
	for (const column of table.columns) {
		const seen = new Set<string>();
		const add = (text: string, worth: number) => {
			for (const key of [foldKey(text), spelledOut(foldKey(text))]) {
				if (key === '' || seen.has(key)) continue;
				seen.add(key);
				const name = { column, ...wordsOf(key.split(' ')), worth };
				all.push(name);
				exact.set(key, [...(exact.get(key) ?? []), name]);
			}
		};
		add(column.name, 1);
		add(column.label.vi, 1);
		add(column.label.en, 0.97);
		for (const synonym of column.synonyms ?? []) add(synonym, 0.98);
	}
	const byWord = new Map<string, Name[]>();
	for (const name of all) {
		for (const word of new Set(name.words)) byWord.set(word, [...(byWord.get(word) ?? []), name]);
	}
	const names = { exact, all, byWord, meant: new Map<string, readonly string[]>() };
	namesByTable.set(table, names);
	return names;
}

/** How likely a heading is to mean each column of a table; only columns that it may mean. */
function candidatesOf(heading: Heading, names: Names, thorough: boolean): Map<string, number> {
	const found = new Map<string, number>();
	const offer = (column: string, certainty: number) => {
		if (certainty > (found.get(column) ?? 0)) found.set(column, certainty);
	};
	for (const [way, certainty] of heading.ways) {
		for (const { column, worth } of names.exact.get(way) ?? []) offer(column.name, certainty * worth);
	}
	if (found.size > 0 || !thorough) return found;
	for (const way of new Set([
		heading.ways[0]?.[0] ?? '',
		spelledOut(heading.ways[heading.ways.length - 1]?.[0] ?? '')
	])) {
		const words = wordsOf(way.split(' ').slice(0, 20));
		for (const name of near(words, names)) {
			const likeness = alike(words, name);
			if (likeness >= 0.6) offer(name.column.name, 0.8 * likeness * name.worth);
		}
	}
	return found;
}

/** Names that share a word with a heading, or are as long as it: no other can be like it. */
function near({ words, joined }: Words, { all, byWord, meant }: Names): Set<Name> {
	const found = new Set(all.filter((name) => Math.abs(name.joined.length - joined.length) <= 2));
	for (const word of words) {
		let others = meant.get(word);
		if (!others) {
			others = [...byWord.keys()].filter((other) => worthOf(word, other) > 0);
			if (meant.size >= mostRemembered) meant.clear();
			meant.set(word, others);
		}
		for (const other of others) for (const name of byWord.get(other) ?? []) found.add(name);
	}
	return found;
}

/** How much a word of a heading is worth as a word of a name: with a letter wrong, or as its first letter alone, it counts for less. */
function worthOf(word: string, other: string): number {
	if (word === other) return 1;
	if (word.length >= 4) return other.length >= 4 && editDistance(word, other, 1) <= 1 ? 0.8 : 0;
	return word.length === 1 && other.length > 1 && other.startsWith(word) ? 0.9 : 0;
}

/** How like two headings are by their words, from 0 to 1: a word with a letter wrong, or its first letter alone, counts for less. */
function alike({ words, joined }: Words, { words: others, joined: other }: Words): number {
	if (joined === other) return 1;
	const longer = Math.max(joined.length, other.length);
	if (longer >= 6) {
		const most = longer >= 12 ? 2 : 1;
		const apart = editDistance(joined, other, most);
		if (apart <= most) return 1 - 0.06 * apart;
	}
	const free = [...others];
	let shared = 0;
	let all = 0;
	for (const word of words) {
		const weight = Math.min(word.length, 5);
		all += weight;
		let at = free.indexOf(word);
		if (at < 0) at = free.findIndex((one) => worthOf(word, one) > 0);
		if (at < 0) continue;
		const [one = ''] = free.splice(at, 1);
		// A letter stands for the whole word that it begins ("L.vực").
		const whole = word.length === 1 ? Math.min(one.length, 5) : weight;
		all += whole - weight;
		shared += whole * worthOf(word, one);
	}
	for (const word of free) all += Math.min(word.length, 5);
	return all === 0 ? 0 : shared / all;
}

/** What the cells of a column look like. */
interface Look {
	/** How many are not blank. */
	readonly filled: number;
	/** Shares of these, from 0 to 1. */
	readonly days: number;
	readonly numbers: number;
	readonly texts: number;
	readonly units: number;
	readonly personal: number;
	readonly keys: ReadonlySet<string>;
}

const asDay = /^\d{1,4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,4}([ T].*)?$|^ngày\s+\d{1,2}\s+tháng/iu;
const asNumber =
	/^[+-]?\d[\d.,\s]*(%|đ|vnđ|vnd|đồng|nghìn|ngàn|triệu|tr|tỷ|tỉ)?(\s*(đồng|đ))?$|^(khoảng|trên|hơn|gần)\s+\d/iu;
const asPerson = /^\d{12}$|^(\+84|84|0)[\s.]?(\d[\s.]?){9}$|^[^\s@;,]+@[^\s@;,]+\.[a-z]{2,}$/iu;

function lookAt(cells: readonly Cell[], resolve: Knowledge['resolve']): Look {
	const filled = cells.filter((cell) => cell !== null && (typeof cell !== 'string' || cell.trim() !== ''));
	const keys = new Map<string, { times: number; unit: boolean }>();
	const counts = { days: 0, numbers: 0, texts: 0, units: 0, personal: 0 };
	for (const cell of filled) {
		if (cell instanceof Date) counts.days++;
		else if (typeof cell === 'number') {
			counts.numbers++;
			if (/^\d{12}$/.test(String(cell))) counts.personal++;
		} else {
			const text = String(cell).normalize('NFC').trim();
			if (asDay.test(text)) counts.days++;
			else if (asNumber.test(text)) counts.numbers++;
			else counts.texts++;
			if (asPerson.test(text)) counts.personal++;
		}
		const key = foldKey(String(cell).slice(0, 200));
		let known = keys.get(key);
		if (!known) {
			const found = typeof cell === 'string' && key !== '' ? resolve(cell.slice(0, 200), null) : { candidates: [] };
			keys.set(key, (known = { times: 0, unit: 'unitId' in found || found.candidates.length > 0 }));
		}
		if (known.unit) counts.units++;
	}
	const share = (count: number) => (filled.length === 0 ? 0 : count / filled.length);
	return {
		filled: filled.length,
		days: share(counts.days),
		numbers: share(counts.numbers),
		texts: share(counts.texts),
		units: share(counts.units),
		personal: share(counts.personal),
		keys: new Set(keys.keys())
	};
}

/** By what a certainty is multiplied when the cells look as they do: above 1 when they speak for the column, below when against. */
function fit(column: Column, look: Look, codes: ReadonlyMap<string, ReadonlySet<string>>): number {
	if (look.filled < 2) return look.filled === 0 ? 0.97 : 1;
	if (column.references === 'units.unit_id')
		return look.units >= 0.5 ? 1.05 : look.numbers + look.days > 0.8 ? 0.4 : 0.95;
	switch (column.type) {
		case 'date':
			return look.days >= 0.5 ? 1.05 : look.texts > 0.9 ? 0.6 : 1;
		case 'integer':
		case 'number':
			return look.days > 0.8 ? 0.4 : look.numbers >= 0.5 ? 1.03 : look.texts > 0.95 ? 0.6 : 1;
		case 'code':
		case 'codes':
		case 'boolean': {
			if (look.days > 0.8) return 0.4;
			const known = codesIn(look, column, codes);
			return known >= 0.5 ? 1.05 : look.numbers > 0.9 && known === 0 ? 0.6 : 1;
		}
		case 'period':
			return 1;
		case 'text':
			return look.days > 0.9 ? 0.6 : 1;
	}
}

/** The share of the distinct values that are codes, or names of codes, of the column's list. */
function codesIn(look: Look, column: Column, codes: ReadonlyMap<string, ReadonlySet<string>>): number {
	const list = column.list === undefined ? undefined : codes.get(column.list);
	if (!list || look.keys.size === 0) return 0;
	let known = 0;
	for (const key of look.keys) if (list.has(key)) known++;
	return known / look.keys.size;
}

/** The folded codes and names of each list. */
function foldedCodes(codes: Knowledge['codes']): Map<string, ReadonlySet<string>> {
	return new Map(
		[...codes].map(([list, entries]) => [
			list,
			new Set(entries.flatMap(({ code, name_vi, name_en }) => [code, name_vi, name_en].map(foldKey)))
		])
	);
}

/** One way to take a column of the file for one of a table. */
interface Pair {
	readonly at: number;
	readonly column: string;
	readonly certainty: number;
}

/**
 * Matches the headings of a file with tables, and its columns with those of the best.
 *
 * A column of a table is given to at most one column of the file; of two with the same heading the second is left, and says so in its
 * rivals. Columns without a heading are known by their cells when these are names of units or codes of one list.
 *
 * @param texts one heading a column, levels joined by " / "; empty where there is none.
 */
export function matchHeadings(
	tables: readonly Table[],
	texts: readonly string[],
	sample: Sample,
	{ codes, resolve }: Pick<Knowledge, 'codes' | 'resolve'>
): Match {
	const headings = texts.map(headingOf);
	const lists = foldedCodes(codes);
	const looks = new Map<number, Look>();
	const look = (at: number): Look | null => {
		if (at >= broadest) return null;
		let found = looks.get(at);
		if (!found) looks.set(at, (found = lookAt(sample(at), resolve)));
		return found;
	};
	const named = new Set(tables.flatMap(({ personal }) => (personal ?? []).map(foldKey)));
	const settled = headings.map((heading) => settledBy(heading, named));
	const common = commonness(tables, headings);
	const taken = tables
		.map((table) => take(table, headings, settled, look, lists, common))
		.sort((left, right) => right.certainty - left.certainty);
	const [best, second] = taken;
	const rivals = taken
		.filter(({ certainty }) => certainty >= 0.2)
		.map(({ table, certainty }) => ({ table: table.name, certainty }));
	if (!best || (best.certainty < 0.2 && tables.length > 2)) {
		return { table: null, certainty: 0, rivals, columns: headings.map((_, at) => leftOver(settled[at], look(at), [])) };
	}
	const margin = second ? Math.min(1, 0.75 + 2.5 * (best.certainty - second.certainty)) : 1;
	return {
		table: best.table.name,
		certainty: best.certainty * margin,
		rivals,
		columns: headings.map(
			(_, at): MatchedColumn =>
				best.columns.get(at) ??
				leftOver(best.unused.has(at) ? 'known' : settled[at], look(at), best.missed.get(at) ?? [])
		)
	};
}

/** What a heading says whatever the table: a running number, or personal data. */
type Settled = 'ordinal' | 'personal' | 'known' | null;

function settledBy({ key, ways }: Heading, personal: ReadonlySet<string>): Settled {
	if (ordinals.has(key.replaceAll(' ', ''))) return 'ordinal';
	if (ways.some(([way]) => personal.has(way)) || personalWords.test(key)) return 'personal';
	return null;
}

function leftOver(settled: Settled | undefined, look: Look | null, rivals: readonly string[]): MatchedColumn {
	const personal =
		settled === 'personal' || (settled === null && look !== null && look.filled >= 2 && look.personal >= 0.6);
	return { column: null, certainty: settled || personal ? 1 : 0, personal, rivals: personal ? [] : rivals };
}

/** In how many tables each heading means something. */
function commonness(tables: readonly Table[], headings: readonly Heading[]): Map<string, number> {
	const common = new Map<string, number>();
	for (const { key } of headings) {
		if (common.has(key)) continue;
		common.set(key, tables.filter((table) => namesOf(table).exact.has(key)).length);
	}
	return common;
}

/** A table as the one that the file holds. */
interface Taken {
	readonly table: Table;
	readonly certainty: number;
	readonly columns: ReadonlyMap<number, MatchedColumn>;
	/** Columns that are known and not loaded. */
	readonly unused: ReadonlySet<number>;
	/** For columns that are left: what they might have been. */
	readonly missed: ReadonlyMap<number, readonly string[]>;
}

const unusedKeys: ReadonlySet<string> = new Set(wideUnused.map(foldKey));

/** Columns that a file may lack though the table needs them: the program proposes what stands in for them. */
const madeUp: ReadonlySet<string> = new Set(['initiative_id', 'activity_id', 'submitted_on', 'due_on']);

function take(
	table: Table,
	headings: readonly Heading[],
	settled: readonly Settled[],
	look: (at: number) => Look | null,
	lists: ReadonlyMap<string, ReadonlySet<string>>,
	common: ReadonlyMap<string, number>
): Taken {
	const names = namesOf(table);
	const byName = new Map(table.columns.map((column) => [column.name, column]));
	const unused = new Set<number>();
	const pairs: Pair[] = [];
	const options = new Map<number, readonly Pair[]>();
	headings.forEach((heading, at) => {
		if (settled[at]) return;
		if (table === wideActivities && unusedKeys.has(heading.key)) {
			unused.add(at);
			return;
		}
		const cells = look(at);
		const found =
			heading.key === ''
				? cells
					? byCells(table, cells, lists)
					: []
				: [...candidatesOf(heading, names, at < broadest)].map(([column, certainty]) => {
						const declared = byName.get(column);
						return { column, certainty: declared && cells ? certainty * fit(declared, cells, lists) : certainty };
					});
		const own = found
			.map(({ column, certainty }) => ({ at, column, certainty: Math.min(1, certainty) }))
			.sort((left, right) => right.certainty - left.certainty);
		options.set(at, own);
		pairs.push(...own.filter(({ certainty }) => certainty >= least));
	});
	pairs.sort((left, right) => right.certainty - left.certainty || left.at - right.at);
	const columns = new Map<number, MatchedColumn>();
	const given = new Map<string, number>();
	const lost = new Set<number>();
	for (const { at, column, certainty } of pairs) {
		if (columns.has(at) || lost.has(at)) continue;
		const other = given.get(column);
		if (other !== undefined) {
			if (headings[other]?.key === headings[at]?.key) lost.add(at);
			continue;
		}
		given.set(column, at);
		const rivals = (options.get(at) ?? []).filter((pair) => pair.column !== column).map((pair) => pair.column);
		columns.set(at, { column, certainty, personal: false, rivals });
	}
	const missed = new Map(
		[...options].flatMap(([at, own]) => (columns.has(at) ? [] : [[at, own.map(({ column }) => column)] as const]))
	);
	return { table, certainty: likelihood(table, headings, settled, columns, unused, common), columns, unused, missed };
}

/** What a column without a heading may be by its cells alone; never surer than by a glance. */
function byCells(
	table: Table,
	look: Look,
	lists: ReadonlyMap<string, ReadonlySet<string>>
): { readonly column: string; readonly certainty: number }[] {
	if (look.filled < 3) return [];
	return table.columns.flatMap((column) => {
		const share =
			column.references === 'units.unit_id'
				? look.units
				: column.type === 'code' && look.numbers < 0.5
					? codesIn(look, column, lists)
					: 0;
		return share >= 0.8 ? [{ column: column.name, certainty: 0.65 * share }] : [];
	});
}

/**
 * How likely a file is to hold a table: the part of its headings that the table explains, those that few tables know weighing more,
 * and the part of the columns that the table needs that the file has.
 */
function likelihood(
	table: Table,
	headings: readonly Heading[],
	settled: readonly Settled[],
	columns: ReadonlyMap<number, MatchedColumn>,
	unused: ReadonlySet<number>,
	common: ReadonlyMap<string, number>
): number {
	let explained = 0;
	let all = 0;
	headings.slice(0, broadest).forEach(({ key }, at) => {
		const found = columns.get(at);
		if (settled[at] || (key === '' && !found)) return;
		const weight = 1 / Math.max(1, common.get(key) ?? 1) ** 0.5;
		all += weight;
		explained += weight * (found ? found.certainty : unused.has(at) ? 0.9 : 0);
	});
	const needed = table.columns.filter(({ name, required }) => required && !madeUp.has(name));
	const has = new Set([...columns.values()].map(({ column }) => column));
	const kept = needed.filter(({ name }) => has.has(name)).length;
	const few = Math.min(1, columns.size / 3);
	const need = needed.length === 0 ? 1 : kept / needed.length;
	return all === 0 ? 0 : few * (0.65 * (explained / all) + 0.35 * need);
}

/** Columns that tell of an author; the others tell of the initiative. */
const ofAuthors: ReadonlySet<string> = new Set([
	'lead_author',
	'co_authors',
	'contributions',
	'position',
	'qualification',
	'note'
]);

/**
 * How rows of the file become rows of the table: `authors` when a row names another author of the initiative above it, that is, when
 * it has that one's number, or leaves number and title blank, or repeats the title, and says nothing else that is new of the
 * initiative (an author whose row has no title may be of another unit); else `rows`. (`wide` is told by the headings.)
 */
export function shapeOf(table: Table, match: Pick<Match, 'columns'>, sample: Sample): Shape {
	if (table.name === wideActivities.name) return 'wide';
	const cells = new Map<string, readonly string[]>();
	match.columns.forEach(({ column, personal }, at) => {
		if (column !== null && !personal) cells.set(column, sample(at).map(folded));
	});
	const authors = cells.get('lead_author');
	if (table.name !== 'initiatives' || !authors || !cells.has('title')) return 'rows';
	const rest = [...cells.keys()].filter((name) => !ofAuthors.has(name) && name !== 'initiative_id' && name !== 'title');
	const above = new Map<string, string>();
	for (let row = 0; row < authors.length; row++) {
		const at = (name: string) => cells.get(name)?.[row] ?? '';
		const goesOn = (name: string) => at(name) === '' || at(name) === above.get(name);
		const [author, title, number] = [at('lead_author'), at('title'), at('initiative_id')];
		const sameNumber = number !== '' && number === above.get('initiative_id');
		if (
			author !== '' &&
			author !== above.get('lead_author') &&
			above.has('title') &&
			goesOn('title') &&
			(sameNumber || number === '') &&
			(sameNumber || rest.every((name) => goesOn(name) || (name === 'unit_id' && title === '')))
		) {
			return 'authors';
		}
		for (const name of cells.keys()) if (at(name) !== '') above.set(name, at(name));
	}
	return 'rows';
}

const folded = (cell: Cell): string => foldKey(cell instanceof Date ? cell.toISOString() : String(cell ?? ''));

/** How long a signature may be. */
const longest = 4000;

/**
 * A stable text of the headings, by which the reader's choices are remembered: each folded, in order. Empty when there are no
 * headings, for then nothing can be recognised. Very many headings end in their number and a checksum.
 */
export function signature(texts: readonly string[]): string {
	const keys = texts.map(foldKey);
	if (keys.every((key) => key === '')) return '';
	const text = keys.join('|');
	if (text.length <= longest) return text;
	let sum = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
	return `${text.slice(0, longest)}…${keys.length}:${(sum >>> 0).toString(36)}`;
}
