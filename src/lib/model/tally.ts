/**
 * Rows counted by their codes in the page, which holds a byte or two of each column and row: what a filter leaves is found once, and each row
 * falls into the charts whose filters it does not fail.
 */
import type { Asking } from '../database/database';
import { sql } from '../database/sql';
import { codingOf, type Coding } from './coding';
import { countedFrom, type Counted } from './counted';
import { aboutOf, columnOf, type Exploration, type Filter, type Panel } from './exploration';
import { flagsFor, fours } from './flags';
import { activeFilters, codesIn, encodedMeets } from './filter';
import { besides, type Ground } from './ground';
import { ownColumns } from './group';
import { foundInPage, wordsOf, type NamedUnit } from './search';

/** The rows that a filter leaves, 1 for each, found in the page; null where it leaves all. */
async function metInPage(ground: Ground, filter: Filter, units: readonly NamedUnit[]): Promise<Uint8Array | null> {
	if (filter.kind === 'search') {
		const words = wordsOf(filter.text);
		return words.length === 0 ? null : foundInPage(ground, words, units);
	}
	const column = columnOf(ground.register, filter.column);
	if (!column) return null;
	if (filter.kind === 'set')
		return ground.met(JSON.stringify(['set', column.name, ...filter.values]), async () => {
			const { encoded, codes } = await codesIn(ground, column.name, filter.values);
			const isIn = new Uint8Array(encoded.size + 1);
			for (const code of codes) isIn[code] = 1;
			const plane = await ground.plane(encoded);
			const met = flagsFor(plane.length);
			for (let row = 0; row < met.length; row++) met[row] = isIn[plane[row] ?? 0] ?? 0;
			return met;
		});
	return ground.met(JSON.stringify(['range', column.name, filter.from, filter.to]), async () => {
		const met = await encodedMeets(ground, { ...filter, exclude: false }, units);
		return (await ground.database.codes(
			sql`SELECT CAST(${met.condition} AS UTINYINT) AS c FROM ${besides(met.cells)}`
		)) as Uint8Array;
	});
}

/** Brings the codes of panels into the page, one after the other, before anyone filters. */
export async function readyCounts(ground: Ground, panels: readonly Panel[], asking: Asking): Promise<void> {
	for (const panel of panels)
		for (const cell of (await codingOf(ground, panel))?.cells ?? []) await ground.plane(cell, asking);
}

/** Counts rows of panels by code in the page, which holds the codes of each row; null for what is not counted, or has too many codes. */
export async function countInPage(
	ground: Ground,
	exploration: Exploration,
	panels: readonly Panel[],
	codings: readonly (Coding | null)[],
	units: readonly NamedUnit[]
): Promise<readonly (Counted | null)[]> {
	const filters = await Promise.all(
		activeFilters(exploration).map(async (filter) => ({
			about: aboutOf(filter),
			/** What a row must be in `met`. */
			wanted: filter.exclude ? (0 as const) : (1 as const),
			met: await metInPage(ground, filter, units)
		}))
	);
	const planes = await Promise.all(
		codings.map(async (coding) => Promise.all((coding?.cells ?? []).map((cell) => ground.plane(cell))))
	);
	// A panel counts the rows that fail no filter, and those that fail none but its own.
	const owned = panels.map((panel) => {
		const own = ownColumns(panel);
		return filters.reduce((bits, { about }, place) => (own.includes(about) ? bits | (1 << place) : bits), 0);
	});
	const failing = failingOf(filters, ground.rows);
	const wanted = Array.from({ length: 1 << filters.length }, (_, fails) => fails).filter((fails) =>
		owned.some((own) => (fails & ~own) === 0)
	);
	const rowsOf = rowsFailing(failing, wanted, filters.length);
	return codings.map((coding, place) => {
		const [first, second] = planes[place] ?? [];
		const own = owned[place] ?? 0;
		if (!coding || !first) return null;
		const width = coding.sizes[1] ?? 1;
		const sums = new Float64Array(coding.codes);
		for (const [fails, rows] of rowsOf) {
			if ((fails & ~own) !== 0) continue;
			if (second)
				for (let at = 0; at < rows.length; at++) {
					const row = rows[at] ?? 0;
					const code = (first[row] ?? 0) * width + (second[row] ?? 0);
					sums[code] = (sums[code] ?? 0) + 1;
				}
			else
				for (let at = 0; at < rows.length; at++) {
					const code = first[rows[at] ?? 0] ?? 0;
					sums[code] = (sums[code] ?? 0) + 1;
				}
		}
		return countedFrom(sums, width, second !== undefined);
	});
}

/** Filters up to which the page counts: each is a bit of what a row fails. */
export const mostInPage = 8;

/** The filters that each row fails, a bit a filter. */
function failingOf(
	filters: readonly { readonly met: Uint8Array | null; readonly wanted: 0 | 1 }[],
	rows: number
): Uint8Array {
	const failing = flagsFor(rows);
	const four = fours(failing);
	filters.forEach(({ met, wanted }, place) => {
		// The same flag for each of four rows.
		const turned = wanted === 1 ? 0x01010101 : 0;
		if (met) {
			const found = fours(met);
			for (let at = 0; at < four.length; at++) four[at] = (four[at] ?? 0) | (((found[at] ?? 0) ^ turned) << place);
		} else if (wanted === 0)
			for (let at = 0; at < four.length; at++) four[at] = (four[at] ?? 0) | (0x01010101 << place);
	});
	return failing;
}

/** The numbers of the rows that fail these sets of filters and no others. */
function rowsFailing(failing: Uint8Array, sets: readonly number[], filters: number): ReadonlyMap<number, Uint32Array> {
	const isWanted = new Uint8Array(1 << filters);
	for (const fails of sets) isWanted[fails] = 1;
	const counts = new Uint32Array(1 << filters);
	const four = fours(failing);
	/** Whether all four rows of a number fail the same filters, and nobody asks for such rows. */
	const isPassed = (rows: number) => {
		const first = rows & 0xff;
		return isWanted[first] === 0 && rows === Math.imul(first, 0x01010101) >>> 0;
	};
	for (let at = 0; at < four.length; at++) {
		if (isPassed(four[at] ?? 0)) continue;
		const end = Math.min(4 * at + 4, failing.length);
		for (let row = 4 * at; row < end; row++) {
			const fails = failing[row] ?? 0;
			counts[fails] = (counts[fails] ?? 0) + 1;
		}
	}
	// The sets stand one after the other; the rows of all others are written over each other at the end.
	const starts = new Uint32Array(1 << filters);
	let end = 0;
	for (const fails of sets) {
		starts[fails] = end;
		end += counts[fails] ?? 0;
	}
	for (let fails = 0; fails < isWanted.length; fails++) if (isWanted[fails] === 0) starts[fails] = end;
	const rows = new Uint32Array(end + 1);
	const next = starts.slice();
	for (let at = 0; at < four.length; at++) {
		if (isPassed(four[at] ?? 0)) continue;
		const last = Math.min(4 * at + 4, failing.length);
		for (let row = 4 * at; row < last; row++) {
			const fails = failing[row] ?? 0;
			const place = next[fails] ?? 0;
			rows[place] = row;
			next[fails] = place + (isWanted[fails] ?? 0);
		}
	}
	return new Map(sets.map((fails) => [fails, rows.subarray(starts[fails], next[fails])]));
}
