/**
 * The names of units as files write them, and which unit a name meant on a day. "Sở KH&CN" before and after a merger are two
 * units, so a name without a day is often not enough.
 */
import type { Edge, UnitLife } from './succession';
import type { Row } from './table';

/** A name, folded, and when it meant a unit: `[from, to)`. */
export interface Alias {
	/** The name as `foldKey` gives it. */
	readonly key: string;
	readonly unitId: string;
	readonly from: Date | null;
	readonly to: Date | null;
}

/** The unit that was meant, or the units among which a person must choose (none when the name is not known). */
export type Resolution = { readonly unitId: string } | { readonly candidates: readonly string[] };

/**
 * Folds a text so that ways of writing it become one key: NFC; the look-alikes Ð (U+00D0) and Ɖ (U+0189) read as Đ; lower
 * case; accents and tone marks removed (and with them where a tone stands), đ as d; the word tỷ as ti, like tỉ; signs and
 * punctuation as spaces, invisible characters dropped, spaces collapsed. `&` is a space and not "và": that is for aliases.
 */
export function foldKey(text: string): string {
	return text
		.normalize('NFC')
		.replace(/[ÐƉðɖ]/gu, 'đ')
		.toLowerCase()
		.replace(/(?<![\p{L}\p{M}])tỷ(?![\p{L}\p{M}])/gu, 'ti')
		.normalize('NFD')
		.replace(/[\p{M}\p{Cf}]/gu, '')
		.replace(/đ/gu, 'd')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** {@link foldKey} for many texts of mostly the same words, each of which is folded once: a space parts what can be folded by itself. */
export function folding(): (text: string) => string {
	const words = new Map<string, string>();
	return (text) => {
		const folded: string[] = [];
		for (const word of text.split(' ')) {
			let key = words.get(word);
			if (key === undefined) words.set(word, (key = foldKey(word)));
			if (key !== '') folded.push(key);
		}
		return folded.join(' ');
	};
}

/**
 * Reads the aliases from the typed rows of `unit_aliases` and adds what each unit is called in `units`: its name, its short
 * name and its code. An empty day of an alias is that of its unit's life.
 * @throws TypeError when a row lacks a name or a code, or a day is not a date.
 */
export function aliasesFrom(aliasRows: readonly Row[], unitRows: readonly Row[]): Alias[] {
	const units = new Map(unitRows.map((row) => [row['unit_id'], row]));
	const names = unitRows.flatMap((row) =>
		['name_vi', 'short_name', 'unit_id'].map((column) => ({
			alias: row[column] ?? null,
			unit_id: row['unit_id'] ?? null,
			valid_from: null,
			valid_to: null
		}))
	);
	return [...aliasRows, ...names].map((row) => {
		const { alias, unit_id: unitId } = row;
		const unit = units.get(unitId);
		const from = row['valid_from'] ?? unit?.['valid_from'] ?? null;
		const to = row['valid_to'] ?? unit?.['valid_to'] ?? null;
		if (
			typeof alias !== 'string' ||
			typeof unitId !== 'string' ||
			!(from instanceof Date || from === null) ||
			!(to instanceof Date || to === null)
		) {
			throw new TypeError(`Not a typed row of unit_aliases or units: ${JSON.stringify(row)}`);
		}
		return { key: foldKey(alias), unitId, from, to };
	});
}

/** A name that the reader said means a unit. */
export interface OwnAlias {
	readonly name: string;
	readonly unit_id: string;
}

/** What a name means, whatever the day, and what it was found to mean on days asked for. */
interface Name {
	readonly meanings: readonly Alias[];
	readonly always: Resolution | null;
	readonly on: Map<number, Resolution>;
}

/** How many answers are remembered before they are forgotten: a bound for files in which hardly two rows are alike. */
const mostRemembered = 200_000;

/**
 * Makes a function that tells which unit the name `raw` meant on `day`; without a day, the unit if the name only ever meant one.
 * The aliases are indexed once and answers are remembered, so that a million rows cost little more than their distinct names.
 *
 * On a day on which the name meant nothing, it stands for the unit it meant last before (people go on using a name that has
 * ended; what happened to the unit is told by the successions) or, when it had not come up yet, for the unit it meant first
 * after. A unit that did not exist yet on that day is replaced by its predecessor; when there are several, they are the
 * candidates, and when none is known, the unit itself is the one candidate. Candidates are sorted by code.
 *
 * A name that no alias has as it stands is looked for in looser spellings, none of which changes what it says: with or without
 * "và", letters of an abbreviation together or apart, abbreviations that have one meaning written out (UBND, Cty, BV), and with the
 * name of the province added at its end.
 *
 * @param own names that hold on every day and before all aliases; of two that are alike the last one holds.
 */
export function unitResolver(
	aliases: readonly Alias[],
	units: readonly UnitLife[],
	edges: readonly Edge[],
	own: readonly OwnAlias[] = []
): (raw: string, day: Date | null) => Resolution {
	const exact = indexOf(aliases, (alias) => alias.key);
	const loose = new Map<string, readonly Alias[]>();
	const chosen = new Map(own.map((alias) => [foldKey(alias.name), alias.unit_id]));
	const births = new Map(units.map((unit) => [unit.unitId, unit.from]));
	const origins = new Map<string, string[]>();
	for (const { from, to } of edges) {
		if (to !== null) origins.set(to, [...(origins.get(to) ?? []), from]);
	}

	const meaningsOf = (key: string): readonly Alias[] => {
		const known = exact.get(key);
		if (known || key === '') return known ?? [];
		if (loose.size === 0) {
			for (const keyOf of [joined, spelledOut]) {
				indexOf(aliases, ({ key }) => keyOf(key)).forEach((like, each) => {
					if (!loose.has(each)) loose.set(each, like);
				});
			}
		}
		for (const spelling of [key, ...withoutProvince(key)]) {
			const found = exact.get(spelling) ?? loose.get(joined(spelling)) ?? loose.get(spelledOut(spelling));
			if (found) return found;
		}
		return [];
	};

	const nameOf = (raw: string): Name => {
		const key = foldKey(raw);
		const unitId = chosen.get(key);
		return unitId === undefined
			? { meanings: meaningsOf(key), always: null, on: new Map() }
			: { meanings: [], always: { unitId }, on: new Map() };
	};

	const answer = (meanings: readonly Alias[], day: Date | null): Resolution => {
		if (day === null) return resolution(meanings.map(({ unitId }) => unitId));
		const meant = meaningsOn(meanings, day).map(({ unitId }) => unitId);
		const found = meant.flatMap((unitId) => existing(unitId, births, origins, day));
		return found.length > 0 ? resolution(found) : { candidates: [...new Set(meant)].sort() };
	};

	const names = new Map<string, Name>();
	let remembered = 0;
	return (raw, day) => {
		if (remembered >= mostRemembered) {
			names.clear();
			remembered = 0;
		}
		let name = names.get(raw);
		if (!name) {
			names.set(raw, (name = nameOf(raw)));
			remembered++;
		}
		if (name.always) return name.always;
		const time = day?.getTime() ?? NaN;
		let found = name.on.get(time);
		if (!found) {
			name.on.set(time, (found = answer(name.meanings, day)));
			remembered++;
		}
		return found;
	};
}

/** The unit that the name `raw` meant on `day`, asked once: see `unitResolver`, which is for many names. */
export function resolveUnit(
	aliases: readonly Alias[],
	units: readonly UnitLife[],
	edges: readonly Edge[],
	raw: string,
	day: Date | null
): Resolution {
	return unitResolver(aliases, units, edges)(raw, day);
}

function indexOf(aliases: readonly Alias[], keyOf: (alias: Alias) => string): Map<string, Alias[]> {
	const index = new Map<string, Alias[]>();
	for (const alias of aliases) {
		const key = keyOf(alias);
		const known = index.get(key);
		if (known) known.push(alias);
		else index.set(key, [alias]);
	}
	return index;
}

/** Abbreviations in names of units that stand for one thing only, folded. Those of two meanings (TT, KH, CĐ) are for the aliases. */
const writtenOut: ReadonlyMap<string, string> = new Map(
	Object.entries({
		ub: 'uy ban',
		ubnd: 'uy ban nhan dan',
		ubkt: 'uy ban kiem tra',
		mttq: 'mat tran to quoc',
		vp: 'van phong',
		bql: 'ban quan ly',
		bch: 'ban chap hanh',
		kcn: 'khu cong nghiep',
		cty: 'cong ty',
		tnhh: 'trach nhiem huu han',
		mtv: 'mot thanh vien',
		cp: 'co phan',
		htx: 'hop tac xa',
		bv: 'benh vien',
		ttyt: 'trung tam y te',
		thpt: 'trung hoc pho thong',
		ldld: 'lien doan lao dong',
		lhpn: 'lien hiep phu nu',
		ccb: 'cuu chien binh',
		gddt: 'giao duc dao tao',
		khcn: 'khoa hoc cong nghe'
	})
);

/** Abbreviations that mostly stand for one thing: enough for a suggestion. */
const mostlyWrittenOut: ReadonlyMap<string, string> = new Map(
	Object.entries({ p: 'phong', tp: 'thanh pho', tx: 'thi xa', tt: 'trung tam', cd: 'cao dang', t: 'tinh' })
);

/** A folded name without "và" and without spaces. */
function joined(key: string): string {
	return key.replace(/(^| )va(?= |$)/g, '').replaceAll(' ', '');
}

/** A folded name with abbreviations of one meaning written out, joined. */
function spelledOut(key: string): string {
	const words = key
		.replace(/\bgd (va )?dt\b/g, 'gddt')
		.replace(/\bkh (va )?cn\b/g, 'khcn')
		.split(' ');
	return joined(words.map((word) => writtenOut.get(word) ?? word).join(' '));
}

/** What a folded name may also be when the province stands at its end: "… tỉnh Thái Nguyên" is "… tỉnh" and "…". */
function withoutProvince(key: string): string[] {
	const match = /^(.+?)(?:( tinh| t)?( thai nguyen| tn)| tinh)$/.exec(key);
	const name = match?.[1];
	if (name === undefined) return [];
	return match?.[3] === undefined ? [name] : [`${name} tinh`, name];
}

/** The words of a folded name, by which names are compared. */
interface Words {
	readonly words: readonly string[];
	readonly unitId: string;
	/** When the name stops to mean the unit; infinity when it does not. */
	readonly end: number;
}

/** Names as words, what each word weighs, and the answers given. */
interface Nearness {
	readonly names: readonly Words[];
	readonly weights: ReadonlyMap<string, number>;
	readonly answers: Map<string, readonly string[]>;
}

const nearnesses = new WeakMap<readonly Alias[], Nearness>();

/** Names that are less like than this, from 0 to 1, are not worth showing. */
const leastLikeness = 0.35;

/**
 * The units whose names are nearest to a name that means none, nearest first: suggestions for a person, never an answer. Names are
 * compared by their words, rare words counting for more; the letters of an abbreviation stand for the words that begin with them
 * ("P. GD&ĐT", "TTYT"), and a word may be off by a letter. Of units that bore one name in turn the last is given.
 *
 * @param most how many units at most.
 */
export function nearestUnits(raw: string, aliases: readonly Alias[], most: number): string[] {
	let near = nearnesses.get(aliases);
	if (!near) nearnesses.set(aliases, (near = nearnessOf(aliases)));
	const key = foldKey(raw.slice(0, 300));
	let found = near.answers.get(key);
	if (!found) {
		if (near.answers.size >= 10_000) near.answers.clear();
		near.answers.set(key, (found = nearest(wordsOf(key), near)));
	}
	return found.slice(0, most);
}

function nearnessOf(aliases: readonly Alias[]): Nearness {
	const names = aliases.map(({ key, unitId, to }) => ({ words: wordsOf(key), unitId, end: to?.getTime() ?? Infinity }));
	const times = new Map<string, number>();
	for (const { words } of names) for (const word of new Set(words)) times.set(word, (times.get(word) ?? 0) + 1);
	const weights = new Map([...times].map(([word, count]) => [word, Math.log(1 + names.length / count)]));
	return { names, weights, answers: new Map() };
}

function wordsOf(key: string): string[] {
	return key
		.split(' ')
		.flatMap((word) => (writtenOut.get(word) ?? mostlyWrittenOut.get(word) ?? word).split(' '))
		.filter((word) => word !== '' && word !== 'va')
		.slice(0, 40);
}

function nearest(words: readonly string[], { names, weights }: Nearness): string[] {
	const units = new Map<string, Words & { readonly likeness: number }>();
	for (const name of names) {
		const likeness = Math.max(alike(words, name.words, weights), alike(name.words, words, weights));
		if (likeness >= leastLikeness && likeness > (units.get(name.unitId)?.likeness ?? 0)) {
			units.set(name.unitId, { ...name, likeness });
		}
	}
	const inTurn = new Map<string, Words & { readonly likeness: number }>();
	for (const unit of units.values()) {
		const name = unit.words.join(' ');
		if (unit.end > (inTurn.get(name)?.end ?? -Infinity)) inTurn.set(name, unit);
	}
	return [...inTurn.values()]
		.sort((left, right) => right.likeness - left.likeness || (left.unitId < right.unitId ? -1 : 1))
		.map(({ unitId }) => unitId);
}

/** How like two names are, from 0 to 1: the weight of the words that they share in that of all; `words` may abbreviate `others`. */
function alike(words: readonly string[], others: readonly string[], weights: ReadonlyMap<string, number>): number {
	const rare = Math.log(1 + weights.size);
	const weigh = (list: readonly string[]) => list.reduce((sum, word) => sum + (weights.get(word) ?? rare), 0);
	const free = new Set(others.keys());
	let shared = 0;
	const take = (word: string, from: number, length: number, worth: number): void => {
		for (let place = from; place < from + length; place++) free.delete(place);
		shared += worth * (weigh([word]) + weigh(others.slice(from, from + length)));
	};
	const rest = words.filter((word) => {
		const same = others.findIndex((other, place) => other === word && free.has(place));
		if (same >= 0) take(word, same, 1, 1);
		return same < 0;
	});
	for (const word of rest) {
		const near = others.findIndex(
			(other, place) => free.has(place) && word.length >= 4 && editDistance(word, other, 1) <= 1
		);
		const run =
			word.length < 2 || word.length > 8
				? -1
				: others.findIndex((_, place) =>
						[...word].every((letter, index) => free.has(place + index) && others[place + index]?.startsWith(letter))
					);
		if (near >= 0) take(word, near, 1, 0.7);
		else if (run >= 0) take(word, run, word.length, 0.9);
	}
	const all = weigh(words) + weigh(others);
	return all === 0 ? 0 : shared / all;
}

/**
 * How many letters must be added, dropped, changed, or swapped with their neighbour to make one text of the other; `most` + 1 when
 * it is more than `most`.
 */
export function editDistance(left: string, right: string, most: number): number {
	if (Math.abs(left.length - right.length) > most) return most + 1;
	// What both begin and end with costs nothing, and most pairs differ in their letters alone.
	let from = 0;
	const shorter = Math.min(left.length, right.length);
	while (from < shorter && left.charCodeAt(from) === right.charCodeAt(from)) from++;
	let ends = 0;
	while (
		ends < shorter - from &&
		left.charCodeAt(left.length - 1 - ends) === right.charCodeAt(right.length - 1 - ends)
	) {
		ends++;
	}
	const one = left.slice(from, left.length - ends);
	const other = right.slice(from, right.length - ends);
	if (one === '' || other === '') return one.length + other.length;
	if (foreign(one, other) > most || foreign(other, one) > most) return most + 1;
	let [before, above]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
	for (let row = 1; row <= one.length; row++) {
		const current = [row];
		let least = row;
		for (let column = 1; column <= other.length; column++) {
			const same = one[row - 1] === other[column - 1] ? 0 : 1;
			let cost = Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + same);
			if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
				cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
			}
			current.push(cost);
			least = Math.min(least, cost);
		}
		if (least > most) return most + 1;
		[before, above] = [above, current];
	}
	return Math.min(above[other.length] ?? 0, most + 1);
}

/** At least how many letters of a text the other does not have: each of them costs an edit. */
function foreign(text: string, other: string): number {
	let count = 0;
	for (let index = 0; index < text.length; index++) {
		if (!other.includes(text.charAt(index))) count++;
	}
	return count;
}

function meaningsOn(meanings: readonly Alias[], day: Date): Alias[] {
	const current = meanings.filter(({ from, to }) => (from === null || from <= day) && (to === null || day < to));
	if (current.length > 0) return current;
	const lastEnd = Math.max(...meanings.map(({ to }) => (to !== null && to <= day ? to.getTime() : -Infinity)));
	const firstStart = Math.min(...meanings.map(({ from }) => (from !== null && from > day ? from.getTime() : Infinity)));
	return meanings.filter(({ from, to }) => to?.getTime() === lastEnd || from?.getTime() === firstStart);
}

/** The unit itself if it was there on the day (or had been), else the nearest predecessors that were. */
function existing(
	unitId: string,
	births: ReadonlyMap<string, Date | null>,
	origins: ReadonlyMap<string, readonly string[]>,
	day: Date
): string[] {
	const found = new Set<string>();
	const seen = new Set<string>();
	const visit = (unit: string): void => {
		if (seen.has(unit)) return;
		seen.add(unit);
		const birth = births.get(unit) ?? null;
		if (birth === null || birth <= day) found.add(unit);
		else origins.get(unit)?.forEach(visit);
	};
	visit(unitId);
	return [...found];
}

function resolution(unitIds: readonly string[]): Resolution {
	const distinct = [...new Set(unitIds)].sort();
	const [only, another] = distinct;
	return only !== undefined && another === undefined ? { unitId: only } : { candidates: distinct };
}
