/**
 * Codes and answers of yes and no, as people write them: the code itself, its name in either language, or a synonym (`synonym.ts`), with
 * or without accents and punctuation. What is not surely one code is refused, with what is near; on which days a code may be used is
 * checked elsewhere.
 */
import { foldKey } from '../model/alias';
import type { Cell } from './grid';
import { absence, clean, empty, longest, type Read, type Refusal } from './read';
import { synonyms } from './synonym';

/** A code of a list, with its names and the days on which it may be used, half-open. */
export interface CodeEntry {
	readonly code: string;
	readonly name_vi: string;
	readonly name_en: string;
	readonly from: Date | null;
	readonly to: Date | null;
}

/** How many texts that mean no code are compared with all names; later ones get no suggestion, so that a bad column stays quick. */
const compared = 1000;

/** How a text is compared with a code: accents stand, since `2d` and `2đ` are two codes. */
function codeKey(text: string): string {
	return text
		.normalize('NFC')
		.toLowerCase()
		.replace(/[ðɖ]/gu, 'đ')
		.replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
}

/**
 * How a text is compared with a name: as `foldKey` gives it, with the word ty as ti, since tỷ and tỉ written without accents are one
 * word too. A sign of currency, which `foldKey` drops, is a name as well.
 */
function nameKey(text: string): string {
	return foldKey(text).replace(/(?<![a-z])ty(?![a-z])/g, 'ti') || text.trim();
}

/** The codes of one list, found by what people write. */
class CodeIndex {
	private readonly codes = new Map<string, string>();
	/** Null where a name means two codes. */
	private readonly names = new Map<string, string | null>();
	private readonly entries = new Map<string, { readonly name: string; readonly place: number }>();
	private misses = 0;

	constructor(
		private readonly list: readonly CodeEntry[],
		private readonly name: string
	) {
		list.forEach(({ code, name_vi }, place) => {
			this.codes.set(codeKey(code), code);
			this.entries.set(code, { name: name_vi, place });
		});
		// Without accents, codes of one or two letters are too much alike.
		this.add(list.filter(({ code }) => code.length > 2).map(({ code }) => [code, code]));
		this.add(list.flatMap(({ code, name_vi, name_en }) => [name_vi, name_en].map((text) => [text, code] as const)));
		const known = synonyms[name] ?? {};
		this.add(list.flatMap(({ code }) => (known[code] ?? '').split(';').map((text) => [text, code] as const)));
		this.add(list.map(({ code, name_vi }) => [name_vi.replace(/ ?\([^()]*\)/g, ''), code]));
	}

	/** Adds names; one that means a code already goes on meaning it. */
	private add(names: readonly (readonly [text: string, code: string])[]): void {
		const added = new Map<string, string | null>();
		for (const [text, code] of names) {
			const key = nameKey(text);
			if (key === '' || this.names.has(key)) continue;
			const other = added.get(key);
			added.set(key, other === undefined || other === code ? code : null);
		}
		for (const [key, code] of added) this.names.set(key, code);
	}

	/** The code that a text surely means; null when there is none. */
	find(text: string): string | null {
		const bare = this.name === 'round' ? text.replace(/[ ,/-]*(?:năm )?20\d\d(?: ?- ?20\d\d)?$/iu, '') : text;
		return this.direct(bare) ?? this.decorated(bare);
	}

	private direct(text: string): string | null {
		const code = this.codes.get(codeKey(text));
		const named = this.names.get(nameKey(text)) ?? null;
		if (code === undefined) return named;
		// MY is Malaysia; My may also be the United States (Mỹ) without its accent.
		return named === null || named === code || text === code ? code : null;
	}

	/** `điểm a khoản 1 Điều 4`, `C26`, `1. Giải pháp…`, `tinh - Cấp tỉnh`, `- Giáo dục`, `Việt Nam (VN)`. */
	private decorated(text: string): string | null {
		const point = pointOfLaw.exec(text)?.[1];
		if (point !== undefined) return this.codes.get(codeKey(point)) ?? null;
		const division = this.name === 'industry' ? /^([a-u])[. ]?(\d{2})(?:\.?\d{1,3})?$/i.exec(text) : null;
		if (division) {
			const [, section = '', figures] = division;
			return sectionOf(Number(figures)) === section.toUpperCase() ? this.direct(section) : null;
		}
		const [, head = '', rest = ''] = headed.exec(text) ?? [];
		const meant = rest === '' ? null : this.direct(rest);
		if (meant !== null) {
			const code = this.codes.get(codeKey(head));
			if (code === meant || (code === undefined && /^(?:\d{1,2}|\p{L}|[ivx]+)$/iu.test(head))) return meant;
		}
		const listed = /^[-+*•·] ?(.+)$/u.exec(text)?.[1];
		if (listed !== undefined) return this.direct(listed);
		const [, outer = '', inner = ''] = /^([^()]+)\(([^()]+)\)$/u.exec(text) ?? [];
		const both = inner === '' ? null : this.direct(outer);
		return both !== null && this.direct(inner) === both ? both : null;
	}

	/** Why a text means no code, with what is near. */
	refuse(text: string): Refusal {
		const near = ++this.misses > compared ? [] : this.near(text);
		const all = this.list.length <= 15 ? this.list.map(({ code }) => code) : [];
		const shown = (near.length > 0 ? near.map(({ code }) => code) : all)
			.map((code) => `“${this.nameOf(code)}”`)
			.join(', ');
		const [best, next] = near;
		const isClear = best && (!next || next.distance >= Math.max(1, 2 * best.distance));
		const [vi, en] = near.length > 0 ? ['Gần nhất:', 'Nearest:'] : ['Có thể ghi:', 'Possible:'];
		return {
			rule: 'unknown-code',
			remedy: {
				vi: `Giá trị này không có trong danh mục. ${shown === '' ? 'Hãy ghi tên hoặc mã có trong danh mục.' : `${vi} ${shown}.`}`,
				en: `This value is not in the code list. ${shown === '' ? 'Write a name or a code of the list.' : `${en} ${shown}.`}`
			},
			...(isClear ? { repair: this.repairOf(best.code) } : {})
		};
	}

	private nameOf(code: string): string {
		return this.entries.get(code)?.name ?? code;
	}

	private repairOf(code: string): string {
		const name = this.nameOf(code);
		return this.find(name) === code ? name : code;
	}

	/** Up to three codes whose names are near, nearest first. */
	private near(text: string): { readonly code: string; readonly distance: number }[] {
		const key = nameKey(text);
		if (key.length < 2 || key.length > 120) return [];
		const best = new Map<string, number>();
		const take = (code: string, distance: number) => {
			if (distance < (best.get(code) ?? Infinity)) best.set(code, distance);
		};
		for (const meant of [this.codes.get(codeKey(text)), this.names.get(key)]) if (meant != null) take(meant, 0);
		// Figures alone are a division of an industry; one without its section may have lost a zero in a spreadsheet.
		const figures = this.name === 'industry' ? /^(\d{2})\d{0,3}$/.exec(key)?.[1] : undefined;
		const section = figures === undefined ? null : sectionOf(Number(figures));
		if (section !== null && this.entries.has(section)) take(section, 0.5);
		for (const [name, code] of this.names) {
			if (code === null || denies(name) !== denies(key)) continue;
			const [long, short] = key.length > name.length ? [key, name] : [name, key];
			const limit = Math.min(6, Math.floor(short.length / 4) + 1);
			if (short.length >= 3 && long.length - short.length <= limit) {
				const distance = editDistance(key, name, limit);
				if (distance <= limit) take(code, distance);
			}
			if (short.length >= 4 && ` ${long} `.includes(` ${short} `)) take(code, 2 - short.length / long.length);
		}
		return [...best]
			.map(([code, distance]) => ({ code, distance }))
			.sort((one, other) => one.distance - other.distance || this.place(one.code) - this.place(other.code))
			.slice(0, 3);
	}

	/** The place of a code in its list. */
	place(code: string): number {
		return this.entries.get(code)?.place ?? this.list.length;
	}
}

const pointOfLaw =
	/^(?:điểm|mục|nhóm|khoản|hình thức|phương thức|đối tượng|ngành|nhóm ngành|loại) ([\p{L}\p{N}]{1,2})[.)]?(?:,? khoản 1)?(?:,? điều [456])?$/iu;
const headed = /^\(?([\p{L}\p{N}][^\s():]{0,19}?)(?:\) ?|[.:] ?| - )(.+)$/u;

/** Whether a folded text says no: “không đạt” is never near “đạt”. */
const denies = (key: string) => /(?:^| )(?:khong|ko|k|chua|not|ngoai)(?: |$)/.test(key);

/** The last division (two first figures) of each section of VSIC 2018, A to U. */
const lastDivisions = [3, 9, 33, 35, 39, 43, 47, 53, 56, 63, 66, 68, 75, 82, 84, 85, 88, 93, 96, 98, 99];

function sectionOf(division: number): string | null {
	const index = division >= 1 ? lastDivisions.findIndex((last) => division <= last) : -1;
	return index < 0 ? null : String.fromCharCode(65 + index);
}

/** How many letters must be put in, taken out or changed (Levenshtein); `limit + 1` when it is more than the limit. */
function editDistance(one: string, other: string, limit: number): number {
	const beyond = limit + 1;
	let above = Array.from({ length: other.length + 1 }, (_, index) => index);
	for (let row = 1; row <= one.length; row++) {
		const current = new Array<number>(other.length + 1).fill(beyond);
		current[0] = row;
		for (let column = Math.max(1, row - limit); column <= Math.min(other.length, row + limit); column++) {
			current[column] = Math.min(
				(above[column - 1] ?? beyond) + (one[row - 1] === other[column - 1] ? 0 : 1),
				(above[column] ?? beyond) + 1,
				(current[column - 1] ?? beyond) + 1
			);
		}
		above = current;
	}
	return Math.min(above[other.length] ?? beyond, beyond);
}

const notText: Refusal = {
	rule: 'unknown-code',
	remedy: {
		vi: 'Bảng tính đã đổi ô này thành ngày hoặc đúng/sai. Hãy nhập lại giá trị dạng chữ.',
		en: 'The spreadsheet turned this cell into a day or a truth value. Enter the value again as text.'
	}
};

const codeOrNothing: Refusal = {
	rule: 'unknown-code',
	remedy: {
		vi: 'Không rõ đây là một mã hay là “không có số liệu”. Hãy ghi tên đầy đủ, hoặc để trống ô.',
		en: 'This may be a code or mean “not available”. Write the full name, or leave the cell empty.'
	}
};

const tooLong: Refusal = {
	rule: 'unknown-code',
	remedy: {
		vi: 'Ô này dài hơn mọi mã và tên trong danh mục. Hãy ghi tên hoặc mã có trong danh mục.',
		en: 'This cell is longer than any code or name of the list. Write a name or a code of the list.'
	}
};

/** A cell as text, or what came of it already. */
function textOf(cell: Cell): string | Read<never> {
	if (cell === null) return empty;
	if (cell instanceof Date || typeof cell === 'boolean') return notText;
	const text = clean(String(cell)).trim();
	return text === '' ? empty : text.length > longest ? tooLong : text;
}

function readOne(text: string, index: CodeIndex): Read<string> {
	const code = index.find(text);
	const none = absence(text);
	if (none === null) return code === null ? index.refuse(text) : { value: code };
	if (code === null) return none;
	// NA is Namibia or “not available”; “Chưa nộp” is the name of a code.
	return text.length <= 3 ? codeOrNothing : { value: code };
}

/**
 * Makes a reader of cells that hold one code of a list.
 *
 * @param list the codes.
 * @param name the name of the list in `code_lists.csv`, for its synonyms; without it only codes and names count.
 */
export function codeReader(list: readonly CodeEntry[], name = ''): (cell: Cell) => Read<string> {
	const index = new CodeIndex(list, name);
	return (cell) => {
		const text = textOf(cell);
		return typeof text === 'string' ? readOne(text, index) : text;
	};
}

/**
 * Makes a reader of cells that hold several codes of a list, as `a, b`, `a; d`, `điểm a và b`, or names one after the other. They are
 * given in the order of the list, each once, separated by `|`. If one part means no code, the cell is refused.
 *
 * @param list the codes.
 * @param name the name of the list in `code_lists.csv`, for its synonyms; without it only codes and names count.
 */
export function codesReader(list: readonly CodeEntry[], name = ''): (cell: Cell) => Read<string> {
	const index = new CodeIndex(list, name);
	return (cell) => {
		const text = textOf(cell);
		if (typeof text !== 'string') return text;
		const whole = index.find(text);
		if (whole !== null) return { value: whole };
		const none = absence(text);
		if (none !== null) return none;
		const found = new Set<string>();
		// Cleaning makes line breaks spaces, so they are looked for in the cell as it stands.
		for (const line of String(cell).split(/[|;\r\n]+/)) {
			const codes = several(clean(line).trim(), index);
			if (typeof codes === 'string') return index.refuse(codes);
			for (const code of codes) found.add(code);
		}
		const codes = [...found].sort((one, other) => index.place(one) - index.place(other));
		return codes.length === 0 ? index.refuse(text) : { value: codes.join('|') };
	};
}

/** The codes of a text whose commas part codes or stand within names; or the first part that means none. */
function several(text: string, index: CodeIndex): string[] | string {
	const whole = text === '' ? null : index.find(text);
	if (whole !== null) return [whole];
	// Every second piece is a separator.
	const pieces = text.split(/(,| và |\/|\+|&)/iu);
	const found: string[] = [];
	let at = 0;
	while (at < pieces.length) {
		const first = pieces[at]?.trim() ?? '';
		let next = at + 2;
		if (first !== '') {
			// The longest run of pieces that is one name; no name has more than eight parts.
			let code: string | null = null;
			for (let end = Math.min(pieces.length, at + 15); code === null && end > at; end -= 2) {
				code = index.find(pieces.slice(at, end).join('').trim());
				next = end + 1;
			}
			if (code === null) return first;
			found.push(code);
		}
		at = next;
	}
	return found;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(';').map(foldKey));

const yes = words(
	'có;đúng;yes;y;true;t;v;đạt;rồi;đã;đã có;1;có số liệu;được;được phép;cho phép;đồng ý;' +
		'công bố;đã công bố;có công bố;đã công khai;kiểm chứng;đã kiểm chứng;có kiểm chứng;có số liệu kiểm chứng;đã xác nhận;' +
		'độc quyền;có độc quyền;chuyển giao tiếp;có chuyển giao tiếp;được chuyển giao tiếp;' +
		'NSNN;vốn nhà nước;ngân sách nhà nước;có sử dụng;có sử dụng vốn nhà nước'
);
const no = words(
	'không;ko;k;no;n;false;f;sai;chưa;0;không đạt;chưa đạt;không có;ko có;chưa có;không được;không được phép;không cho phép;không đồng ý;' +
		'chưa công bố;không công bố;chưa công khai;không công khai;chưa kiểm chứng;không kiểm chứng;chưa xác nhận;' +
		'không có số liệu kiểm chứng;chưa có số liệu kiểm chứng;' +
		'không độc quyền;không chuyển giao tiếp;không được chuyển giao tiếp;không sử dụng;không sử dụng vốn nhà nước;ngoài ngân sách'
);

const notBoolean: Refusal = {
	rule: 'type-boolean',
	remedy: {
		vi: 'Ô này cần “Có” hoặc “Không”; đánh dấu x cũng là có.',
		en: 'Yes (“Có”) or no (“Không”) is needed here; an x also means yes.'
	}
};

/** Reads yes or no: `Có`, `Không`, `x`, `✓`, `1`, `0`, `Đạt`, `Chưa`. A dash or an empty cell says neither. */
export function readBoolean(cell: Cell): Read<boolean> {
	if (cell === null) return empty;
	if (typeof cell === 'boolean') return { value: cell };
	if (cell instanceof Date) return notBoolean;
	const text = clean(String(cell)).trim();
	if (text.length > longest) return notBoolean;
	if (/^(?:\[? ?[xX] ?\]?|[✓✔☑✅√])\uFE0F?$/u.test(text)) return { value: true };
	if (/^(?:[✗✘☐□❌]|\[ ?\])\uFE0F?$/u.test(text)) return { value: false };
	const key = /^-/.test(text) ? '' : foldKey(text);
	if (yes.has(key)) return { value: true };
	if (no.has(key)) return { value: false };
	return absence(text) ?? notBoolean;
}
