/** The values of a column that a search inside its facet finds. */
import type { Asking } from '../database/database';
import { sql } from '../database/sql';
import { foldKey } from './alias';
import type { Exploration } from './exploration';
import { encodedWhere } from './filter';
import { besides, cellOf, mostListed, type Ground } from './ground';
import { wordsOf, type NamedUnit } from './search';

/** A value of a column that a search inside its facet found, and how many rows hold it under all filters but its own. */
export interface FacetValue {
	readonly value: string;
	readonly rows: number;
}

/**
 * The values of a column that a search inside its facet finds, the most frequent first.
 *
 * @param text what is searched; nothing finds all.
 * @param nameOf what a value is called, where it is a code of something.
 */
export async function facetValues(
	ground: Ground,
	exploration: Exploration,
	column: string,
	units: readonly NamedUnit[],
	text: string,
	nameOf: (value: string) => string,
	most: number,
	asking: Asking = {}
): Promise<FacetValue[]> {
	const encoded = await ground.values(column);
	const where = await encodedWhere(ground, exploration, units, [column]);
	const code = cellOf(encoded);
	const words = wordsOf(text);
	const holds = (value: string) => {
		const name = foldKey(nameOf(value));
		return words.every((word) => name.includes(word));
	};
	// Few values are read here, by their names; many are texts, which the engine folds itself.
	const few = encoded.single !== null || encoded.size <= mostListed;
	const among = few || words.length === 0 ? sql`${code} <> 0` : sql`${code} IN (${ground.holding(column, words)})`;
	const columns = await ground.database.columns(
		sql`SELECT ${code} AS c, count(*) FILTER (WHERE ${where.condition}) AS n FROM ${besides([encoded, ...where.cells])}
			WHERE ${among} GROUP BY 1 ORDER BY 2 DESC, 1 ${few ? sql`` : sql`LIMIT ${most}`}`,
		asking
	);
	const codes = columns.of('c');
	const counts = columns.of('n');
	const texts = await ground.texts(column, [...codes]);
	const found = new Map<string, number>();
	codes.forEach((one, row) => {
		const value = texts.get(one) ?? '';
		for (const single of encoded.single === null ? [value] : new Set(value.split('|'))) {
			if (!few || holds(single)) found.set(single, (found.get(single) ?? 0) + (counts[row] ?? 0));
		}
	});
	return [...found]
		.map(([value, rows]) => ({ value, rows }))
		.sort((a, b) => b.rows - a.rows)
		.slice(0, most);
}
