/** Which units a view asks about, and in which structure, as conditions in SQL. */
import { all, id, list, sql, type Sql } from '../database/sql';
import type { View } from './view';

/** The part of a view that narrows units. */
export interface Scope extends Pick<View, 'block' | 'kind' | 'unit' | 'structure'> {
	/** These units and no others, where a question is about several. */
	readonly units?: readonly string[];
}

/** Whether a scope leaves any unit out. */
export function isNarrowed({ block, kind, unit, units }: Scope): boolean {
	return block !== null || kind !== null || unit !== null || units !== undefined;
}

/** The units of a scope, as `SELECT unit_id …`. */
export function unitsOf({ block, kind, unit, units }: Scope): Sql {
	const conditions = [
		...(block === null ? [] : [sql`block = ${block}`]),
		...(kind === null ? [] : [sql`kind = ${kind}`]),
		...(unit === null ? [] : [sql`unit_id = ${unit}`]),
		...(units === undefined ? [] : [sql`unit_id IN ${list(units)}`])
	];
	return sql`SELECT unit_id FROM units WHERE ${all(conditions)}`;
}

/**
 * The units whose own rows count where nothing can be carried (medians, ranks, counts of distinct things): in today's structure those that
 * nobody followed, so not the units that have become others; in the old structure those that it held.
 */
export function ownUnitsOf(scope: Scope): Sql {
	if (!carries(scope)) return unitsOf(scope);
	return sql`${unitsOf(scope)} AND unit_id IN (SELECT today_id FROM ${pathsOf(scope)})`;
}

/** Whether a structure carries figures from the units that reported them to others. */
export function carries({ structure }: Pick<Scope, 'structure'>): boolean {
	return structure !== 'reported';
}

/** The table of paths by which a structure carries figures. */
export function pathsOf({ structure }: Pick<Scope, 'structure'>): Sql {
	return id(structure === 'old' ? 'old_paths' : 'unit_paths');
}

/**
 * The paths `p` of a structure, joined to rows of unit `unit` dated `day`: in which unit's figures they count (`p.today_unit`) and with which
 * share (`p.share_there`). The names are unlike those of any register, whose expressions name their columns without a prefix.
 */
export function joinPaths(unit: Sql, day: Sql, scope: Pick<Scope, 'structure'>): Sql {
	return sql`JOIN (
		SELECT unit_id AS path_unit, from_day AS path_from, to_day AS path_to, today_id AS today_unit, share AS share_there FROM ${pathsOf(scope)}
	) AS p ON p.path_unit = ${unit} AND (p.path_from IS NULL OR ${day} >= p.path_from) AND (p.path_to IS NULL OR ${day} < p.path_to)`;
}
