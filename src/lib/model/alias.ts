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

/**
 * The unit that the name `raw` meant on `day`; without a day, the unit if the name only ever meant one.
 *
 * On a day on which the name meant nothing, it stands for the unit it meant last before (people go on using a name that has
 * ended; what happened to the unit is told by the successions) or, when it had not come up yet, for the unit it meant first
 * after. A unit that did not exist yet on that day is replaced by its predecessor; when there are several, they are the
 * candidates, and when none is known, the unit itself is the one candidate. Candidates are sorted by code.
 */
export function resolveUnit(
	aliases: readonly Alias[],
	units: readonly UnitLife[],
	edges: readonly Edge[],
	raw: string,
	day: Date | null
): Resolution {
	const key = foldKey(raw);
	const meanings = key === '' ? [] : aliases.filter((alias) => alias.key === key);
	if (day === null) return resolution(meanings.map(({ unitId }) => unitId));
	const births = new Map(units.map((unit) => [unit.unitId, unit.from]));
	const meant = meaningsOn(meanings, day).map(({ unitId }) => unitId);
	const found = meant.flatMap((unitId) => existing(unitId, births, edges, day));
	return found.length > 0 ? resolution(found) : { candidates: [...new Set(meant)].sort() };
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
	edges: readonly Edge[],
	day: Date
): string[] {
	const found = new Set<string>();
	const seen = new Set<string>();
	const visit = (unit: string): void => {
		if (seen.has(unit)) return;
		seen.add(unit);
		const birth = births.get(unit) ?? null;
		if (birth === null || birth <= day) found.add(unit);
		else edges.filter(({ to }) => to === unit).forEach(({ from }) => visit(from));
	};
	visit(unitId);
	return [...found];
}

function resolution(unitIds: readonly string[]): Resolution {
	const distinct = [...new Set(unitIds)].sort();
	const [only, another] = distinct;
	return only !== undefined && another === undefined ? { unitId: only } : { candidates: distinct };
}
