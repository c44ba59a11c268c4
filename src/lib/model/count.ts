/**
 * Rows counted by their codes: of charts that obey the same filters in one pass of the engine, of which each chart is a margin, or in the page
 * itself.
 */
import type { Asking } from '../database/database';
import type { DataColumns } from '../database/row';
import { all, id, join, sql } from '../database/sql';
import { codingOf, type Coding } from './coding';
import { countedFrom, type Counted } from './counted';
import { aboutOf, type Exploration, type Panel } from './exploration';
import { activeFilters, encodedMeets } from './filter';
import { besides, cellOf, type Cell, type Encoded, type Ground } from './ground';
import { ownColumns } from './group';
import { isAdditive, measuring } from './measure';
import type { NamedUnit } from './search';
import { countInPage, mostInPage } from './tally';

/** Counts rows by codes; null when the measure is none that adds up, or there are too many codes. */
export async function countByCode(
	ground: Ground,
	panel: Panel,
	wheres: readonly Encoded[],
	asking: Asking
): Promise<Counted | null> {
	const coding = isAdditive(panel.measure) ? await codingOf(ground, panel) : null;
	if (!coding) return null;
	const { over, cells } = await measuring(ground, panel.measure);
	const keys = coding.cells.map((cell, index) => sql`${cellOf(cell)} AS ${id(`code${index}`)}`);
	const [only] = wheres.length === 1 ? wheres : [];
	const aggregates = wheres.flatMap(({ condition: where }, index) => over(only ? sql`TRUE` : where, `${index}`));
	const columns = await ground.database.columns(
		sql`SELECT ${join([...keys, ...aggregates])}
			FROM ${besides([...coding.cells, ...wheres.flatMap((where) => where.cells), ...cells])}
			WHERE ${only?.condition ?? sql`TRUE`} GROUP BY ${join(coding.cells.map(cellOf))}`,
		asking
	);
	return { columns, first: columns.of('code0'), second: keys.length > 1 ? columns.of('code1') : null };
}

/** Groups into which the rows of several panels are counted in one pass, at most: so many stay in the nearest memory. */
const mostPacked = 1 << 12;

/** Panels that are counted in one pass: every code of one with every code of the others, of which each panel is the margin. */
interface Pack {
	readonly where: Encoded;
	readonly cells: readonly Cell[];
	readonly codes: number;
	readonly places: readonly number[];
}

/** Puts panels together that obey the same filters, where the product of their codes is small. */
function packed(codings: readonly (Coding | null)[], wheres: readonly Encoded[]): Pack[] {
	const packs: Pack[] = [];
	const order = codings
		.flatMap((coding, place) => (coding ? [{ coding, place, where: wheres[place] }] : []))
		.sort((a, b) => b.coding.cells.length - a.coding.cells.length || a.coding.codes - b.coding.codes);
	for (const { coding, place, where } of order) {
		if (!where) continue;
		const widened = packs.map((pack) => {
			const missing = coding.cells.flatMap((cell, index) =>
				pack.cells.some(({ table }) => table === cell.table) ? [] : [{ cell, size: coding.sizes[index] ?? 1 }]
			);
			return {
				where,
				cells: [...pack.cells, ...missing.map(({ cell }) => cell)],
				codes: missing.reduce((product, { size }) => product * size, pack.codes),
				places: [...pack.places, place]
			};
		});
		const found = widened.findIndex(
			({ codes }, index) =>
				packs[index]?.where.condition.text === where.condition.text &&
				(codes === packs[index].codes || codes <= mostPacked)
		);
		const wider = widened[found];
		if (wider) packs[found] = wider;
		else packs.push({ where, cells: coding.cells, codes: coding.codes, places: [place] });
	}
	return packs;
}

/** The rows of one panel out of those of a pack. */
function marginOf(columns: DataColumns, { cells }: Pack, coding: Coding): Counted {
	const [first, second = null] = coding.cells.map(({ table }) =>
		columns.of(`code${cells.findIndex((cell) => cell.table === table)}`)
	);
	const width = coding.sizes[1] ?? 1;
	const sums = new Float64Array(coding.codes);
	columns.of('n0').forEach((rows, row) => {
		const at = (first?.[row] ?? 0) * width + (second?.[row] ?? 0);
		sums[at] = (sums[at] ?? 0) + rows;
	});
	return countedFrom(sums, width, second !== null);
}

/** The filters of each panel, and its rows by code: panels that obey the same filters are counted together. */
export async function countTogether(
	ground: Ground,
	exploration: Exploration,
	panels: readonly Panel[],
	units: readonly NamedUnit[],
	asking: Asking
): Promise<readonly { readonly where: Encoded; readonly counted: Counted | null }[]> {
	const codings = await Promise.all(
		panels.map(async (panel) => {
			const { kind } = panel.measure;
			return kind === 'count' || kind === 'share' ? codingOf(ground, panel) : null;
		})
	);
	// What all rows are is asked once; what filters leave of them, again and again.
	const inPage =
		ground.isHeld && activeFilters(exploration).length > 0 && activeFilters(exploration).length <= mostInPage
			? await countInPage(ground, exploration, panels, codings, units)
			: [];
	if (panels.length > 0 && inPage.length === panels.length && inPage.every((counted) => counted !== null))
		return inPage.map((counted) => ({ where: { condition: sql`TRUE`, cells: [] }, counted }));
	const flags = await Promise.all(
		activeFilters(exploration).map(async (filter) => {
			const met = await encodedMeets(ground, filter, units);
			const cell = panels.length > 1 && met.cells.length > 0 ? await ground.hits(met) : null;
			const condition = cell ? cellOf(cell) : met.condition;
			return {
				about: aboutOf(filter),
				condition: filter.exclude ? sql`NOT (${condition})` : condition,
				cells: cell ? [cell] : met.cells
			};
		})
	);
	const wheres = panels.map((panel): Encoded => {
		const own = ownColumns(panel);
		const obeyed = flags.filter(({ about }) => !own.includes(about));
		return { condition: all(obeyed.map(({ condition }) => condition)), cells: obeyed.flatMap(({ cells }) => cells) };
	});
	const counts = new Map<number, Counted>();
	inPage.forEach((counted, place) => counted && counts.set(place, counted));
	const missing = codings.map((coding, place) => (counts.has(place) ? null : coding));
	const counting = packed(missing, wheres).map(async (pack) => {
		const { where, cells, places } = pack;
		const keys = cells.map((cell, index) => sql`${cellOf(cell)} AS ${id(`code${index}`)}`);
		const columns = await ground.database.columns(
			sql`SELECT ${join(keys)}, count(*) AS n0 FROM ${besides([...cells, ...where.cells])}
				WHERE ${where.condition} GROUP BY ${join(cells.map(cellOf))}`,
			asking
		);
		for (const place of places) {
			const coding = codings[place];
			if (coding) counts.set(place, marginOf(columns, pack, coding));
		}
	});
	await Promise.all(counting);
	return Promise.all(
		panels.map(async (panel, place) => {
			const where = wheres[place] ?? { condition: sql`TRUE`, cells: [] };
			return { where, counted: counts.get(place) ?? (await countByCode(ground, panel, [where], asking)) };
		})
	);
}
