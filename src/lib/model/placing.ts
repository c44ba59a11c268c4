/** How the engine itself places rows among the groups of a chart, where they are not counted by their codes. */
import { list, sql, table as values, type Sql } from '../database/sql';
import { besides, cellOf, type Cell, type Values } from './ground';
import { lengths, type Groups, type Steps } from './group';

function stepSql(code: Sql, { grain, offset }: Steps): Sql {
	if (grain === 'month') return code;
	return sql`CASE WHEN ${code} = 0 THEN 0 ELSE (CAST(${code} AS INTEGER) + ${offset - 1}) // ${lengths[grain]} + 1 END`;
}

/** A table of codes and the places at which they are drawn, for rows that may stand at several. */
function placesOf(encoded: Values, shown: readonly (string | null)[]): Sql | null {
	if (encoded.single === null) return null;
	const pairs: number[][] = [];
	shown.forEach((value, place) => {
		if (value === null) pairs.push([0, place]);
		else {
			encoded.list.forEach((combined, index) => {
				if (combined.split('|').includes(value)) pairs.push([index + 1, place]);
			});
		}
	});
	return pairs.length === 0 ? null : values('place', ['code', 'place'], pairs);
}

/** Where a panel's rows go: SQL for the codes of a row, what must stand beside them, and the group of such codes. */
export interface Placing {
	readonly keys: readonly Sql[];
	readonly cells: readonly Cell[];
	/** A join that multiplies rows of several values. */
	readonly places: Sql | null;
	/** Rows that are drawn at all. */
	readonly drawn: Sql;
	/** The group of the codes, -1 for none. */
	readonly groupAt: (first: number, second: number) => number;
}

/** How rows are placed among the groups of a panel. */
export function placing(groups: Groups): Placing {
	const everything = sql`TRUE`;
	switch (groups.kind) {
		case 'time': {
			const code = cellOf(groups.days.month);
			return {
				keys: [stepSql(code, groups.steps)],
				cells: [groups.days.month],
				places: null,
				drawn: everything,
				groupAt: (step) => step
			};
		}
		case 'histogram': {
			return {
				keys: [cellOf(groups.bins.bar)],
				cells: [groups.bins.bar],
				places: null,
				drawn: everything,
				groupAt: (bar) => bar
			};
		}
		case 'bars':
		case 'heat': {
			const { encoded, shown, codes } = groups;
			const places = placesOf(encoded, shown);
			const placeOf = new Map(codes.map((code, place) => [code, place]));
			const line = places === null ? (code: number) => placeOf.get(code) ?? -1 : (place: number) => place;
			const several = encoded.single !== null;
			const key = places === null ? cellOf(encoded) : sql`place.place`;
			const hidden = !several && codes.length < encoded.size + 1;
			const drawn = hidden ? sql`${cellOf(encoded)} IN ${list(codes)}` : everything;
			if (groups.kind === 'bars') {
				return { keys: [key], cells: [encoded], places, drawn, groupAt: line };
			}
			const width = groups.steps.count + 1;
			return {
				keys: [key, stepSql(cellOf(groups.days.month), groups.steps)],
				cells: [encoded, groups.days.month],
				places,
				drawn,
				groupAt: (code, step) => (line(code) < 0 ? -1 : line(code) * width + step)
			};
		}
	}
}

/** The tables of a question: cells side by side, and the join that multiplies rows where there is one. */
export function fromOf(cells: readonly Cell[], { places, cells: [first] }: Pick<Placing, 'places' | 'cells'>): Sql {
	if (places === null || first === undefined) return besides(cells);
	// Brackets, so that the join is with all that stands side by side; around one table they are not allowed.
	const side = besides(cells);
	const bracketed = new Set(cells.map(({ table }) => table)).size > 1 ? sql`(${side})` : side;
	return sql`${bracketed} JOIN ${places} ON place.code = ${cellOf(first)}`;
}

/** Whether each row that matches stands in exactly one group, so that the groups add up to all. */
export function isPartition(place: Placing): boolean {
	return place.places === null && place.drawn.text === 'TRUE';
}
