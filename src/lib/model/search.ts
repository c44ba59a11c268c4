/**
 * The search over a register: its words, each of which must stand in one of the searched texts of a row or in the name of its unit. A text
 * that many rows hold is looked into once, and its rows are found by their codes.
 */
import { id, join, list, sql, type Sql } from '../database/sql';
import { foldKey } from './alias';
import type { Unit } from './catalogue';
import { Flags } from './flags';
import { cellOf, type Cell, type Encoded, type Ground, type Searched, type Values } from './ground';

/** A unit as a search finds it: by its names. */
export type NamedUnit = Pick<Unit, 'unit_id' | 'name_vi' | 'name_en' | 'short_name'>;

/** The words of a search, folded. */
export function wordsOf(text: string): string[] {
	return [...new Set(foldKey(text).split(' '))].filter((word) => word !== '');
}

/** The words of the names of units, which every search looks into. */
const namesOf = new WeakMap<readonly NamedUnit[], readonly (readonly string[])[]>();

/** The units whose names hold a word. */
function unitsNamed(word: string, units: readonly NamedUnit[]): string[] {
	let names = namesOf.get(units);
	if (!names) {
		names = units.map((unit) => foldKey(`${unit.name_vi}\n${unit.name_en}\n${unit.short_name}`).split(' '));
		namesOf.set(units, names);
	}
	return units.filter((_, place) => names[place]?.some((name) => name.includes(word))).map(({ unit_id: unit }) => unit);
}

/** A column in which some of the words stand: for each word, the codes whose texts hold it. */
interface Column {
	readonly values: Values;
	readonly flags: readonly Flags[];
}

/** Where the words of a search stand. */
interface Look {
	readonly words: readonly string[];
	/** The columns of texts that many rows hold, those alone in which a word stands. */
	readonly repeated: readonly Column[];
	/** The same of the units whose names hold a word. */
	readonly unit: Column | null;
	/** The texts that stand row by row, and which of the words may stand there. */
	readonly single: { readonly texts: NonNullable<Searched['single']>; readonly isIn: readonly boolean[] } | null;
}

/** The codes that are flagged. */
function codesOf(flags: Flags | undefined): number[] {
	return [...(flags?.places() ?? [])];
}

/** Looks for words in the texts of the engine, which holds too many of them for the page. */
async function lookInEngine(
	ground: Ground,
	{ repeated }: Searched,
	words: readonly string[]
): Promise<readonly Column[]> {
	const found = words.map((word) => sql`contains(c, ${word})`);
	const looks = repeated.flatMap(({ texts }, place) =>
		texts
			? [
					sql`SELECT ${place} AS place, code, ${join(found.map((one, word) => sql`CAST(${one} AS UTINYINT) AS ${id(`word${word}`)}`))}
						FROM ${texts} WHERE ${join(found, ' OR ')}`
				]
			: []
	);
	const columns = repeated.map(({ values }) => ({ values, flags: words.map(() => new Flags(values.size + 1)) }));
	if (looks.length === 0) return columns;
	const answer = await ground.database.columns(join(looks, ' UNION ALL '));
	const [places, codes] = [answer.of('place'), answer.of('code')];
	words.forEach((_, word) => {
		answer.of(`word${word}`).forEach((flag, row) => {
			if (flag === 1) columns[places[row] ?? 0]?.flags[word]?.set(codes[row] ?? 0);
		});
	});
	return columns;
}

async function look(ground: Ground, words: readonly string[], units: readonly NamedUnit[]): Promise<Look> {
	const searched = await ground.searched();
	const inPage = searched.repeated.flatMap(({ values, haystack }): Column[] =>
		haystack ? [{ values, flags: words.map((word) => haystack.holding(word)) }] : []
	);
	const repeated = ground.isHeld ? inPage : await lookInEngine(ground, searched, words);
	const holds = ({ flags }: Column) => flags.some((some) => !some.isEmpty());
	const named = words.map((word) => unitsNamed(word, units));
	let unit: Column | null = null;
	if (named.some((some) => some.length > 0)) {
		const values = await ground.values('unit_id');
		const codes = await ground.codes('unit_id', named.flat());
		const flags = named.map((some) => {
			const held = new Flags(values.size + 1);
			for (const one of some) {
				// A unit that no row names has no code.
				const code = codes.get(one);
				if (code !== undefined) held.set(code);
			}
			return held;
		});
		if (holds({ values, flags })) unit = { values, flags };
	}
	const { single } = searched;
	const isIn = words.map((word) => {
		if (!single) return false;
		if (single.haystack) return !single.haystack.holding(word).isEmpty();
		return single.heads?.some((head) => head.includes(word)) !== false || /[0-9]/.test(word);
	});
	return {
		words,
		repeated: repeated.filter(holds),
		unit,
		single: single && isIn.includes(true) ? { texts: single, isIn } : null
	};
}

/** The rows that a search finds, as truth in a table of the engine; null when it holds no word. */
export async function found(ground: Ground, text: string, units: readonly NamedUnit[]): Promise<Cell | null> {
	const words = wordsOf(text);
	if (words.length === 0) return null;
	const isInPage = ground.isHeld && ground.rows > 0;
	return ground.found(words, async () =>
		isInPage ? foundInPage(ground, words, units) : holding(await look(ground, words, units))
	);
}

/** Whether the code of a row is among these, of all that there are. */
function isAmong(values: Values, codes: readonly number[]): Sql {
	const code = cellOf(values);
	if (codes.length >= values.size) return sql`${code} <> 0`;
	if (codes.length <= fewCodes) return sql`${code} IN ${list(codes)}`;
	const bits = new Array<string>(values.size + 1).fill('0');
	for (const one of codes) bits[one] = '1';
	// One look for a row, however many they are.
	return sql`get_bit(CAST(${bits.join('')} AS BIT), ${code}) = 1`;
}

/** Codes that are compared one by one. */
const fewCodes = 4;

/** The condition of the rows that hold all of the words. */
function holding({ words, repeated, unit, single }: Look): Encoded {
	const cells = [
		...repeated.map(({ values }) => values),
		...(single ? [single.texts.cell] : []),
		...(unit ? [unit.values] : [])
	];
	if (cells.length === 0) return { condition: sql`FALSE`, cells: [] };
	const conditions = words.map((word, place) => {
		const parts = repeated.flatMap(({ values, flags }) => {
			const some = codesOf(flags[place]);
			return some.length > 0 ? [isAmong(values, some)] : [];
		});
		const some = codesOf(unit?.flags[place]);
		if (unit && some.length > 0) parts.unshift(sql`${cellOf(unit.values)} IN ${list(some)}`);
		if (single?.isIn[place]) parts.push(sql`contains(${cellOf(single.texts.cell)}, ${word})`);
		return parts.length > 0 ? sql`(${join(parts, ' OR ')})` : sql`FALSE`;
	});
	// The longest word first, and the others only where it is found.
	const each = words
		.map((word, place) => ({ place, size: word.length }))
		.sort((a, b) => b.size - a.size)
		.map(({ place }) => conditions[place] ?? sql`TRUE`)
		.reduceRight((rest, one) => (rest ? sql`CASE WHEN ${one} THEN ${rest} ELSE FALSE END` : one), null as Sql | null);
	const [only, ...others] = repeated;
	// In one column alone all words are looked up at once, but for the units that hold a word themselves.
	if (only && others.length === 0 && !single) {
		const together = codesOf(only.flags[0]).filter((code) => only.flags.every((some) => some.has(code)));
		const met = together.length > 0 ? isAmong(only.values, together) : sql`FALSE`;
		const named = new Set(unit?.flags.flatMap(codesOf));
		const condition = unit
			? sql`CASE WHEN ${cellOf(unit.values)} IN ${list([...named])} THEN ${each ?? sql`TRUE`} ELSE ${met} END`
			: met;
		return { condition, cells };
	}
	return { condition: each ?? sql`TRUE`, cells };
}

/** The rows that hold all of these words, found in the page. The ground must be held. */
export async function foundInPage(
	ground: Ground,
	words: readonly string[],
	units: readonly NamedUnit[]
): Promise<Flags> {
	return ground.met(JSON.stringify(['search', ...words]), () => findInPage(ground, words, units));
}

async function findInPage(ground: Ground, words: readonly string[], units: readonly NamedUnit[]): Promise<Flags> {
	const { repeated, unit, single } = await look(ground, words, units);
	const columns = await Promise.all(
		[...repeated, ...(unit ? [unit] : [])].map(async ({ values, flags }) => ({
			flags,
			...(await ground.rowsByCode(values))
		}))
	);
	const holding = (word: number): Flags => {
		const met = new Flags(ground.rows);
		const bits = met.words;
		for (const { flags, starts, rows } of columns) {
			for (const code of flags[word]?.places() ?? []) {
				const end = starts[code + 1] ?? 0;
				for (let at = starts[code] ?? 0; at < end; at++) {
					const row = rows[at] ?? 0;
					bits[row >>> 5]! |= 1 << (row & 31);
				}
			}
		}
		if (single?.isIn[word] && single.texts.haystack) met.alsoSet(single.texts.haystack.holding(words[word] ?? ''));
		return met;
	};
	const met = holding(0);
	for (let word = 1; word < words.length; word++) met.onlyLeave(holding(word));
	return met;
}
