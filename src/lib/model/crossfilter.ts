/**
 * The questions of linked charts. A chart obeys every filter but its own; rows without a value are a group like any other, and groups that
 * nothing matches stay. Counts, sums, means, medians and distinct counts are exact.
 */
import type { Asking } from '../database/database';
import { id, join, sql } from '../database/sql';
import { countByCode, countTogether } from './count';
import { gathered, largestOf, type Counted } from './counted';
import { aboutOf, type Exploration, type Panel } from './exploration';
import { encodedWhere } from './filter';
import { besides, cellOf, type Encoded, type Ground, type Values } from './ground';
import { sizeOf, stepsOfDays, type Answer, type Groups } from './group';
import { isAdditive, measureFrom, measuring } from './measure';
import { fromOf, isPartition, placing } from './placing';
import type { NamedUnit } from './search';

/** The values that a filter of this column has chosen. */
function chosen({ filters }: Exploration, column: string): readonly (string | null)[] {
	const filter = filters.find((one) => aboutOf(one) === column);
	return filter?.kind === 'set' ? filter.values : [];
}

/** Which groups of values are drawn: all while they are few, else the largest of now, and what is chosen. */
async function shownValues(
	ground: Ground,
	exploration: Exploration,
	column: string,
	most: number,
	where: Encoded,
	asking: Asking,
	counted: Counted | null
): Promise<{ encoded: Values; shown: (string | null)[]; codes: number[] }> {
	const encoded = await ground.values(column);
	const picked = chosen(exploration, column);
	if (encoded.single !== null) {
		const shown: (string | null)[] = [...encoded.single.slice(0, most)];
		for (const value of picked) if (value !== null && !shown.includes(value)) shown.push(value);
		return { encoded, shown: [...shown, null], codes: [...shown.map(() => -1), 0] };
	}
	let codes: number[];
	if (encoded.size <= most) codes = Array.from({ length: encoded.size }, (_, place) => place + 1);
	else {
		if (counted) codes = largestOf(counted, most);
		else {
			const code = cellOf(encoded);
			const largest = await ground.database.columns(
				sql`SELECT ${code} AS c, count(*) AS n FROM ${besides([encoded, ...where.cells])}
					WHERE ${code} <> 0 AND ${where.condition} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}`,
				asking
			);
			codes = [...largest.of('c')];
		}
		// Groups that nothing matches fill the place that is left, so that the picture keeps its size.
		for (let next = 1; codes.length < most; next++) if (!codes.includes(next)) codes.push(next);
	}
	const wanted = picked.filter((value) => value !== null);
	const known = await ground.codes(column, wanted);
	for (const value of wanted) {
		const code = known.get(value);
		if (code !== undefined && !codes.includes(code)) codes.push(code);
	}
	const texts = await ground.texts(column, codes);
	return { encoded, shown: [...codes.map((code) => texts.get(code) ?? ''), null], codes: [...codes, 0] };
}

/** Lines of a heat map, those that were chosen besides. */
const heatLines = 12;

/** The groups of a panel as they are now. */
export async function groupsOf(
	ground: Ground,
	exploration: Exploration,
	panel: Panel,
	where: Encoded,
	asking: Asking = {},
	counted: Counted | null = null
): Promise<Groups> {
	switch (panel.kind) {
		case 'time': {
			const days = await ground.days(panel.column);
			return { kind: 'time', days, steps: stepsOfDays(days, panel.grain) };
		}
		case 'bars':
			return {
				kind: 'bars',
				...(await shownValues(ground, exploration, panel.column, panel.most, where, asking, counted))
			};
		case 'histogram':
			return { kind: 'histogram', bins: await ground.bins(panel.column, panel.scale) };
		case 'heat': {
			const days = await ground.days(panel.by);
			const shown = await shownValues(ground, exploration, panel.column, heatLines, where, asking, counted);
			return { kind: 'heat', ...shown, days, steps: stepsOfDays(days, panel.grain) };
		}
	}
}

/** Asks a panel with known groups under several sets of filters at once: its answer under each of them. */
export async function tabulate(
	ground: Ground,
	panel: Panel,
	groups: Groups,
	wheres: readonly Encoded[],
	asking: Asking = {},
	given: Counted | null = null
): Promise<Answer[]> {
	const counted = given ?? (await countByCode(ground, panel, wheres, asking));
	if (counted) return gathered(panel, groups, counted, wheres.length);
	const place = placing(groups);
	const { over, cells, summed } = await measuring(ground, panel.measure);
	const additive = isAdditive(panel.measure);
	const keys = place.keys.map((key, index) => sql`${key} AS ${id(`group${index}`)}`);
	const aggregates = wheres.flatMap(({ condition: where }, index) => over(where, `${index}`));
	const own = cellOf(place.cells[0] ?? { table: '' });
	const side = [...place.cells, ...wheres.flatMap((where) => where.cells)];
	const counts = wheres.flatMap(({ condition: where }, index) => [
		sql`count(*) FILTER (WHERE ${where}) AS ${id(`matched${index}`)}`,
		sql`count(*) FILTER (WHERE ${own} <> 0 AND (${where})) AS ${id(`known${index}`)}`
	]);
	const [columns, totals] = await Promise.all([
		ground.database.columns(
			sql`SELECT ${join([...keys, ...aggregates])} FROM ${fromOf([...side, ...cells], place)}
				WHERE ${place.drawn} GROUP BY ${join(place.keys)}`,
			asking
		),
		isPartition(place) && groups.kind !== 'heat'
			? null
			: ground.database.columns(sql`SELECT ${join(counts)} FROM ${besides(side)}`, asking)
	]);
	const size = sizeOf(groups);
	const first = columns.of('group0');
	const second = keys.length > 1 ? columns.of('group1') : null;
	const group = Int32Array.from(first, (key, row) => place.groupAt(key, second?.[row] ?? 0));
	return wheres.map((_, index) => {
		const rows = new Float64Array(size);
		const n = columns.of(`n${index}`);
		group.forEach((at, row) => {
			if (at >= 0) rows[at] = n[row] ?? 0;
		});
		const sum = rows.reduce((total, one) => total + one, 0);
		const matched = totals?.of(`matched${index}`)[0] ?? sum;
		const none = groups.kind === 'bars' ? groups.codes.length - 1 : 0;
		const known = totals?.of(`known${index}`)[0] ?? sum - (rows[none] ?? 0);
		const measured = new Float64Array(size).fill(
			additive ? measureFrom(panel.measure, 0, 0, 0, matched) : panel.measure.kind === 'distinct' ? 0 : NaN
		);
		const [s, k] = summed ? [columns.of(`s${index}`), columns.of(`k${index}`)] : [null, null];
		const v = additive ? null : columns.of(`v${index}`);
		group.forEach((at, row) => {
			if (at < 0) return;
			measured[at] = v
				? (v[row] ?? NaN)
				: measureFrom(panel.measure, n[row] ?? 0, s?.[row] ?? 0, k?.[row] ?? 0, matched);
		});
		return { groups, rows, measured, matched, known };
	});
}

/** Asks panels: the groups of each, and the measure of each group, exactly. */
export function answers(
	ground: Ground,
	exploration: Exploration,
	panels: readonly Panel[],
	units: readonly NamedUnit[],
	asking: Asking = {}
): Promise<Answer>[] {
	const together = countTogether(ground, exploration, panels, units, asking);
	return panels.map(async (panel, place) => {
		const one = (await together)[place];
		if (!one) throw new RangeError('Each panel is counted.');
		const { where, counted } = one;
		const groups = await groupsOf(ground, exploration, panel, where, asking, counted);
		const [only] = await tabulate(ground, panel, groups, [where], asking, counted);
		if (!only) throw new RangeError('A question under one set of filters has one answer.');
		return only;
	});
}

/** Asks one panel. */
export async function answer(
	ground: Ground,
	exploration: Exploration,
	panel: Panel,
	units: readonly NamedUnit[],
	asking: Asking = {}
): Promise<Answer> {
	const [only] = answers(ground, exploration, [panel], units, asking);
	if (!only) throw new RangeError('One panel has one answer.');
	return only;
}

/** How many rows match every active filter. */
export async function matching(
	ground: Ground,
	exploration: Exploration,
	units: readonly NamedUnit[],
	asking: Asking = {}
): Promise<number> {
	const where = await encodedWhere(ground, exploration, units);
	if (where.cells.length === 0) return ground.rows;
	const columns = await ground.database.columns(
		sql`SELECT count(*) AS n FROM ${besides(where.cells)} WHERE ${where.condition}`,
		asking
	);
	return columns.of('n')[0] ?? 0;
}
