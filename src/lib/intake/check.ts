/** The checks of typed rows: required cells, ranges, codes with their days, keys, references and the rules across fields. */
import type { Bilingual, Column, Row, Value } from '../model/table';
import type { Issue } from './issue';
import { mix, scatter } from './lexicon';
import type { PlainTexts } from './plain';
import { rowAt, type Typed } from './typed';
import { numbered } from './values';

/** A code of a code list and the days on which it may be used: half-open, empty meaning without end. */
interface Code {
	readonly from: Date | null;
	readonly to: Date | null;
}

type Codes = ReadonlyMap<string, ReadonlyMap<string, Code>>;

/** What rows are checked against. Where a file could not be read at all there is null, and nothing is checked against it. */
export interface Known {
	/** The code lists by name and code. */
	readonly codes: Codes | null;
	/** The known values of referenced columns, by `table.column`. */
	readonly references: ReadonlyMap<string, ReadonlySet<Value> | null>;
}

/** The code lists of a typed `code_lists` table. */
export function codesOf(codeLists: Typed): Codes {
	const lists = new Map<string, Map<string, Code>>();
	codeLists.lines.forEach((_, index) => {
		const { list, code, valid_from: from, valid_to: to } = rowAt(codeLists, index);
		const known = lists.get(String(list)) ?? new Map<string, Code>();
		known.set(String(code), { from: from instanceof Date ? from : null, to: to instanceof Date ? to : null });
		lists.set(String(list), known);
	});
	return lists;
}

type Report = (index: number, column: string | null, rule: string, remedy: Bilingual) => void;

/** Whether the cell of a column in a row could not be read, so that nothing more can be said of it. */
type Unread = (column: string, index: number) => boolean;

function unreadOf({ lines }: Typed, reading: readonly Issue[]): Unread {
	if (reading.length === 0) return () => false;
	const missing = new Set(reading.filter(({ rule }) => rule === 'missing-column').map(({ column }) => column));
	const cells = new Map<string | null, Set<number | null>>();
	for (const { line, column } of reading) {
		const known = cells.get(column);
		if (known) known.add(line);
		else cells.set(column, new Set([line]));
	}
	return (column, index) => missing.has(column) || cells.get(column)?.has(lines[index] ?? null) === true;
}

/** How a value stands in a published file. */
function written(value: Value): string | null {
	return value instanceof Date ? value.toISOString().slice(0, 10) : value === null ? null : String(value);
}

/**
 * All issues of a table's typed rows. Rows are never changed or dropped here.
 *
 * @param reading the issues found when the rows were typed: cells that could not be read are not found missing here once more, and
 * no rule or key over them is checked.
 * @param shown the line by which a person knows a line of the rows, where it is another.
 */
export function checkTable(
	typed: Typed,
	known: Known,
	reading: readonly Issue[] = [],
	shown: (line: number) => number = (line) => line
): Issue[] {
	const { table, file, values, lines } = typed;
	const issues: Issue[] = [];
	const unread = unreadOf(typed, reading);
	const report: Report = (index, column, rule, remedy) => {
		const raw = column === null ? null : written(values[column]?.at(index) ?? null);
		issues.push({ file, line: lines[index] ?? null, column, raw, rule, remedy });
	};

	for (const column of table.columns) checkColumn(typed, column, known, unread, report);
	checkKey(typed, unread, shown, report);
	for (const rule of table.rules ?? []) {
		const read = rule.columns.flatMap((name) => values[name] ?? []);
		const { of, firsts } = numbered(read, lines.length);
		// One object for all rows: a rule looks at it and lets it go.
		const row: Row = {};
		const broken = Uint8Array.from(firsts, (first) => {
			for (const name of rule.columns) row[name] = values[name]?.at(first) ?? null;
			return rule.holds(row) ? 0 : 1;
		});
		if (!broken.includes(1)) continue;
		for (let index = 0; index < lines.length; index++) {
			if (broken[of[index] ?? 0] !== 1 || rule.columns.some((column) => unread(column, index))) continue;
			report(index, rule.columns.at(-1) ?? null, rule.name, rule.remedy);
		}
	}
	return issues;
}

function checkColumn(typed: Typed, column: Column, known: Known, unread: Unread, report: Report): void {
	const cells = typed.values[column.name];
	if (!cells) return;
	const codes =
		column.list === undefined ? null : known.codes && (known.codes.get(column.list) ?? new Map<string, Code>());
	const days = column.dated === undefined ? undefined : typed.values[column.dated];
	const holds = referenceOf(typed, column, known);
	const { name, required, minimum, maximum } = column;
	if (required) {
		cells.missing((index) => {
			if (unread(name, index)) return;
			report(index, name, 'required', { vi: 'ô này không được trống.', en: 'this cell must not be empty.' });
		});
	}
	if (!codes && !holds && minimum === undefined && maximum === undefined) return;
	const isOwn = holds !== null && ownReference(typed, column);
	const given = (value: Value) => (column.type === 'codes' ? String(value).split('|') : [String(value)]);
	const look = (value: Value, index: number, tell: ReportCell) => {
		if (typeof value === 'number') checkRange(value, column, tell);
		const day = days?.at(index);
		if (codes) checkCodes(given(value), column, codes, day instanceof Date ? day : null, tell);
		holds?.(value, index, tell);
	};
	/** Whether there is something to be said of a value, in this row or that. */
	const isDoubtful = (value: Value) => {
		if (value === null) return false;
		if (isOwn) return true;
		if (codes && days && !given(value).every((code) => isAlways(codes.get(code)))) return true;
		let told = false;
		look(value, -1, () => (told = true));
		return told;
	};
	cells.where(isDoubtful, (index, value) => look(value, index, (rule, remedy) => report(index, name, rule, remedy)));
}

/** Whether a code may be used on any day. */
const isAlways = (code: Code | undefined): boolean => code?.from === null && code.to === null;

/** Whether a column refers to the table itself, so that a value may be right in one row and wrong in another. */
function ownReference({ table }: Typed, { references }: Column): boolean {
	return references?.split('.')[0] === table.name;
}

type ReportCell = (rule: string, remedy: Bilingual) => void;

function checkRange(value: number, { minimum, maximum }: Column, report: ReportCell): void {
	if (value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity)) return;
	const bounds = (least: string, most: string) => [
		...(minimum === undefined ? [] : [`${least} ${minimum}`]),
		...(maximum === undefined ? [] : [`${most} ${maximum}`])
	];
	const [vi, en] = [bounds('ít nhất', 'nhiều nhất'), bounds('at least', 'at most')];
	report('range', { vi: `giá trị phải ${vi.join(' và ')}.`, en: `the value must be ${en.join(' and ')}.` });
}

/** How many codes of a list a remedy names. */
const choice = 40;

function checkCodes(
	given: readonly string[],
	column: Column,
	codes: ReadonlyMap<string, Code>,
	day: Date | null,
	report: ReportCell
): void {
	const unknown = given.filter((code) => !codes.has(code));
	if (unknown.length > 0) {
		const names = unknown.map((code) => `"${code}"`).join(', ');
		const all = [...codes.keys()].slice(0, choice).join(', ') + (codes.size > choice ? ', …' : '');
		report('unknown-code', {
			vi: `mã ${names} không có trong danh mục ${column.list}; các mã là: ${all}.`,
			en: `code ${names} is not in the list ${column.list}; its codes are: ${all}.`
		});
	}
	const repeated = given.filter((code, index) => given.indexOf(code) !== index);
	if (repeated.length > 0) {
		report('repeated-code', {
			vi: `mã ${repeated.join(', ')} ghi hai lần trong ô; hãy bỏ một.`,
			en: `code ${repeated.join(', ')} stands twice in the cell; remove one.`
		});
	}
	if (day === null) return;
	for (const code of given) {
		const { from = null, to = null } = codes.get(code) ?? {};
		if ((from === null || day >= from) && (to === null || day < to)) continue;
		const vi = [...(from ? [`từ ${written(from)}`] : []), ...(to ? [`trước ${written(to)}`] : [])].join(', ');
		const en = [...(from ? [`from ${written(from)}`] : []), ...(to ? [`before ${written(to)}`] : [])].join(' and ');
		report('code-not-valid', {
			vi: `mã ${code} chỉ dùng ${vi}, mà ${column.dated} là ${written(day)}; hãy kiểm tra mã và ngày.`,
			en: `code ${code} may be used only ${en}, but ${column.dated} is ${written(day)}; check the code and the day.`
		});
	}
}

/** The check of a column's references; null when it has none or when the file that it refers to could not be read. */
function referenceOf(
	typed: Typed,
	{ name, references }: Column,
	known: Known
): ((value: Value, index: number, report: ReportCell) => void) | null {
	if (references === undefined) return null;
	const [table, key = ''] = references.split('.');
	const own = table === typed.table.name ? typed.values[key] : undefined;
	const there = own ? new Set(own.different) : known.references.get(references);
	if (there === null) return null;
	return (value, index, report) => {
		if (!there?.has(value)) {
			report('unknown-reference', {
				vi: `không có ${references} này; hãy thêm vào tệp đó hoặc sửa mã.`,
				en: `there is no such ${references}; add it to that file or correct it.`
			});
		} else if (own && own.at(index) === value) {
			report('own-reference', {
				vi: `${name} không được là chính ${key} của dòng này; hãy sửa hoặc để trống.`,
				en: `${name} must not be the row's own ${key}; correct it or leave it empty.`
			});
		}
	};
}

function checkKey(typed: Typed, unread: Unread, shown: (line: number) => number, report: Report): void {
	const { lines, table } = typed;
	const { key } = table;
	const columns = key.flatMap((name) => typed.values[name] ?? []);
	const [only, ...others] = columns;
	const textOf = (index: number): string => {
		const alone = only?.at(index) ?? null;
		if (others.length === 0 && typeof alone === 'string') return alone;
		return JSON.stringify(columns.map((column) => written(column.at(index))));
	};
	const plain = others.length === 0 ? only?.plain : null;
	const met = new Met(lines.length, plain ? plainTexts(plain) : strings(textOf));
	for (let index = 0; index < lines.length; index++) {
		if (key.some((name) => unread(name, index))) continue;
		const first = met.firstOf(index);
		if (first === null) continue;
		const values = columns.map((column) => written(column.at(index)));
		const named = `${key.join(', ')} = ${values.map((value) => value ?? '∅').join(', ')}`;
		const line = shown(lines[first] ?? 0);
		report(index, key[0] ?? null, 'repeated-key', {
			vi: `khóa (${named}) đã có ở dòng ${line}; hãy sửa hoặc xóa một dòng.`,
			en: `the key (${named}) stands on line ${line} already; correct or remove one of them.`
		});
	}
}

/** The texts of rows, as far as they are told apart. */
interface Told {
	hash(row: number): number;
	isSame(one: number, other: number): boolean;
}

const strings = (textOf: (row: number) => string): Told => ({
	hash(row) {
		const text = textOf(row);
		let hash = 0;
		for (let at = 0; at < text.length; at++) hash = mix(hash, text.charCodeAt(at));
		return hash;
	},
	isSame: (one, other) => textOf(one) === textOf(other)
});

const plainTexts = ({ bytes, offsets }: PlainTexts): Told => ({
	hash(row) {
		const end = offsets[row + 1]!;
		let hash = 0;
		for (let at = offsets[row]!; at < end; at++) hash = mix(hash, bytes[at]!);
		return hash;
	},
	isSame(one, other) {
		const [start, end, from] = [offsets[one]!, offsets[one + 1]!, offsets[other]!];
		if (end - start !== offsets[other + 1]! - from) return false;
		for (let at = start; at < end; at++) if (bytes[at] !== bytes[from + at - start]) return false;
		return true;
	}
});

/** Which row first had a text. A Map takes three times as long for a million texts that are all different. */
class Met {
	private readonly hashes: Int32Array;
	/** Rows plus one at the places that hashes give; 0 where nothing is. */
	private readonly slots: Int32Array;

	constructor(
		length: number,
		private readonly texts: Told
	) {
		this.hashes = new Int32Array(length);
		this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * length + 2)));
	}

	/** The row before that had the text of this one; null where this is the first. */
	firstOf(index: number): number | null {
		const { hashes, slots, texts } = this;
		const mask = slots.length - 1;
		const hash = (hashes[index] = texts.hash(index));
		// Keys mostly follow each other, as do the hashes of like texts: these stay side by side, and the place of most is at hand.
		let slot = (scatter(hash >>> 5) + (hash & 31)) & mask;
		for (let known = slots[slot]!; known !== 0; known = slots[slot]!) {
			if (hashes[known - 1] === hash && texts.isSame(known - 1, index)) return known - 1;
			slot = (slot + 1) & mask;
		}
		slots[slot] = index + 1;
		return null;
	}
}
