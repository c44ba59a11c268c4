/**
 * Rows counted by their codes in the page, which holds a byte or two of each column and row: what a filter leaves is found once, and each row
 * falls into the charts whose filters it does not fail.
 */
import type { Asking } from '../database/database';
import type { Codes } from '../database/row';
import { sql } from '../database/sql';
import { codingOf, type Coding } from './coding';
import { countedFrom, type Counted } from './counted';
import { aboutOf, columnOf, type Exploration, type Filter, type Panel } from './exploration';
import { Flags } from './flags';
import { activeFilters, codesIn, encodedMeets } from './filter';
import { besides, type Ground } from './ground';
import { ownColumns } from './group';
import { foundInPage, wordsOf, type NamedUnit } from './search';

/** The rows that a filter leaves, found in the page; null where it leaves all. */
async function metInPage(ground: Ground, filter: Filter, units: readonly NamedUnit[]): Promise<Flags | null> {
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
			return Flags.among(await ground.plane(encoded), isIn);
		});
	return ground.met(JSON.stringify(['range', column.name, filter.from, filter.to]), async () => {
		const met = await encodedMeets(ground, { ...filter, exclude: false }, units);
		const truths = sql`SELECT CAST(${met.condition} AS UTINYINT) AS c FROM ${besides(met.cells)}`;
		return Flags.among(await ground.database.codes(truths), Uint8Array.of(0, 1));
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
			isExcluded: filter.exclude,
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
	const rowsOf = Array.from({ length: 1 << filters.length }, (_, fails) => fails)
		.filter((fails) => owned.some((own) => (fails & ~own) === 0))
		.map((fails) => [fails, rowsFailing(filters, fails, ground.rows)] as const);
	return codings.map((coding, place) => {
		const [first, second] = planes[place] ?? [];
		const own = owned[place] ?? 0;
		if (!coding || !first) return null;
		const width = coding.sizes[1] ?? 1;
		const sums = new Uint32Array(coding.codes);
		for (const [fails, rows] of rowsOf) {
			if ((fails & ~own) !== 0) continue;
			if (second) countPairs(sums, rows, first, second, width);
			else countRows(sums, rows, first);
		}
		return countedFrom(sums, width, second !== undefined);
	});
}

/** Filters up to which the page counts: each is a bit of what a row fails. */
export const mostInPage = 8;

/** Adds the rows of each code. */
function countRows(sums: Uint32Array, rows: Uint32Array, codes: Codes): void {
	for (let at = 0; at < rows.length; at++) sums[codes[rows[at]!]!]!++;
}

/** Adds the rows of each pair of codes, which stand at `first × width + second`. */
function countPairs(sums: Uint32Array, rows: Uint32Array, first: Codes, second: Codes, width: number): void {
	for (let at = 0; at < rows.length; at++) {
		const row = rows[at]!;
		sums[first[row]! * width + second[row]!]!++;
	}
}

/** The numbers of the rows that fail these filters, a bit each, and no others. */
function rowsFailing(
	filters: readonly { readonly met: Flags | null; readonly isExcluded: boolean }[],
	fails: number,
	rows: number
): Uint32Array {
	const left = new Flags(rows);
	left.fill();
	filters.forEach(({ met, isExcluded }, place) => {
		const isFailed = ((fails >> place) & 1) === 1;
		const isIn = isFailed === isExcluded;
		if (met) left.onlyLeave(met, isIn);
		else if (!isIn) left.words.fill(0);
	});
	return left.places();
}
