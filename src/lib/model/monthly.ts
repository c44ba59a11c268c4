/**
 * Monthly sums: for each register and date column a table `monthly_<register>_<date column>` with one row per unit and month (two, where
 * the unit became another within the month), holding the aggregates of all indicators of `indicators.csv` that can be summed. They are made
 * when the registers are loaded, so that a filter reads some thousand rows and not a million. The rows know their place (`places`), a number
 * that says where they count in each structure.
 */
import type { Database } from '../database/database';
import { double, id, join, monthNumber, sql, type Sql } from '../database/sql';
import type { Indicator } from './catalogue';
import { dayOf, readingOf, type Reading } from './reading';

/**
 * The monthly sums of indicators that share a register and a date column: `unit_id`, `day` (the first that had a row; all rows beside it are
 * of its month and place), `month`, {@link monthlySums} of each, and `place` (null of a unit that is not in `units.csv`).
 */
export function monthlyTable({ register, date_column: day }: Pick<Indicator, 'register' | 'date_column'>): Sql {
	return id(`monthly_${register}_${day ?? ''}`);
}

/** An aggregate, and the column that holds its monthly sums. */
export interface MonthlySum {
	readonly call: Sql;
	readonly column: Sql;
}

/** The aggregates of an indicator in the order of `Sums.calls`, each with the column that holds its monthly sums. */
export function monthlySums({ indicator, sums }: Reading): MonthlySum[] {
	return (sums?.calls ?? []).map((call, index) => ({ call, column: id(`${indicator.indicator_id} ${index}`) }));
}

/**
 * Makes `places(place, unit_id, day, from_day)`: the stretches of the life of each unit over which its rows count in the same units of every structure,
 * numbered from 0, so that the engine adds by small numbers. `day` is one of the stretch, `from_day` its first or null at the beginning.
 */
export async function derivePlaces(db: Database): Promise<void> {
	await db.exec(
		sql`CREATE OR REPLACE TABLE places AS
			WITH path AS (FROM unit_paths UNION ALL FROM old_paths),
			start AS (SELECT unit_id, NULL AS from_day FROM path UNION SELECT unit_id, from_day FROM path UNION SELECT unit_id, to_day FROM path)
			SELECT CAST(row_number() OVER (ORDER BY unit_id, from_day NULLS FIRST) - 1 AS INTEGER) AS place, unit_id,
				coalesce(from_day, DATE '0001-01-01') AS day, from_day
			FROM start`
	);
}

/**
 * Makes the monthly sums of these indicators; those that are published, or cannot be summed, are left out.
 *
 * @throws QueryError or ExpressionError when an expression is wrong.
 */
export async function deriveMonthly(db: Database, indicators: readonly Indicator[]): Promise<void> {
	const groups = new Map<string, [Reading, ...Reading[]]>();
	for (const indicator of indicators) {
		if (indicator.register === 'actual') continue;
		const reading = readingOf(indicator);
		if (!reading.sums) continue;
		const name = monthlyTable(indicator).text;
		const group = groups.get(name);
		if (group) group.push(reading);
		else groups.set(name, [reading]);
	}
	// Old sums never outlive their registers, even when new ones cannot be made.
	for (const [{ indicator }] of groups.values()) await db.exec(sql`DROP TABLE IF EXISTS ${monthlyTable(indicator)}`);
	for (const readings of groups.values()) {
		const [{ indicator }] = readings;
		const day = dayOf(indicator);
		const month = monthNumber(sql`r.${day}`);
		// The latest day on which a way of the unit forked: joining the places themselves would compare each row with each of them.
		const sums = readings.flatMap(monthlySums).map(({ call, column }) => sql`${double(call)} AS ${column}`);
		await db.exec(
			sql`CREATE TABLE ${monthlyTable(indicator)} AS
				SELECT sums.* EXCLUDE (fork_from), p.place FROM (
					SELECT r.unit_id, min(r.${day}) AS day, ${month} AS "month", ${join(sums)},
						list_max(list_filter(f.fork_days, lambda fork_day: fork_day <= r.${day})) AS fork_from
					FROM ${id(indicator.register)} AS r
					LEFT JOIN (
						SELECT unit_id AS fork_unit, list(from_day) AS fork_days FROM places WHERE from_day IS NOT NULL GROUP BY unit_id
					) AS f ON f.fork_unit = r.unit_id
					WHERE r.${day} IS NOT NULL
					GROUP BY r.unit_id, ${month}, fork_from
				) AS sums
				LEFT JOIN places AS p ON p.unit_id = sums.unit_id AND p.from_day IS NOT DISTINCT FROM sums.fork_from`
		);
	}
}
