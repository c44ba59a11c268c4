/** The people whom indicators are divided by: staff and Party members at the ends of years. */
import type { DataRow } from '../database/row';
import { double, list, sql, type Sql } from '../database/sql';
import type { Span } from './period';
import { carries, isNarrowed, joinPaths, unitsOf, type Scope } from './scope';

/** People of one year-end: of all units of a scope together, or of one unit. */
export interface Headcount extends DataRow {
	year: number;
	unit_id: string | null;
	staff: number | null;
	members: number | null;
	/** A share other than 1 took part. */
	estimated: boolean;
}

/** The latest year-end that is not after a span. */
export function yearOf(span: Span): number {
	return Math.floor((span.to + 1) / 12) - 1;
}

/** The year-ends that windows are divided by, in order, so that like questions are the same question. */
export function yearsOf(windows: readonly { readonly span: Span }[]): number[] {
	return [...new Set(windows.map(({ span }) => yearOf(span)))].sort((a, b) => a - b);
}

/** People by year-end and unit, sought once in one answer. */
const sought = new WeakMap<readonly Headcount[], ReadonlyMap<number, ReadonlyMap<string | null, Headcount>>>();

/** The people of an answer by year-end and unit. */
export function peopleOf(rows: readonly Headcount[]): ReadonlyMap<number, ReadonlyMap<string | null, Headcount>> {
	const known = sought.get(rows);
	if (known) return known;
	const found = new Map<number, Map<string | null, Headcount>>();
	for (const row of rows) {
		const own = found.get(row.year);
		if (own) own.set(row.unit_id, row);
		else found.set(row.year, new Map([[row.unit_id, row]]));
	}
	sought.set(rows, found);
	return found;
}

/** The people of these year-ends. In today's structure, and in the old one, those of an old unit count by the shares that rows of that day have. */
export function headcountQuery(years: readonly number[], scope: Scope, byUnit: boolean): Sql {
	const carried = carries(scope) && (isNarrowed(scope) || byUnit);
	const paths = carried ? joinPaths(sql`h.unit_id`, sql`CAST(h.year || '-12-31' AS DATE)`, scope) : sql``;
	const unit = carried ? sql`p.today_unit` : sql`h.unit_id`;
	const share = carried ? sql`p.share_there` : sql`1`;
	return sql`SELECT h.year, ${byUnit ? unit : null} AS unit_id,
			${double(sql`sum(h.staff * ${share})`)} AS staff, ${double(sql`sum(h.members * ${share})`)} AS members,
			max(CASE WHEN ${share} <> 1 THEN 1 ELSE 0 END) = 1 AS estimated
		FROM unit_headcounts AS h ${paths}
		WHERE h.year IN ${list(years)} AND ${isNarrowed(scope) ? sql`${unit} IN (${unitsOf(scope)})` : true}
		GROUP BY ${byUnit ? sql`h.year, ${unit}` : sql`h.year`}`;
}
