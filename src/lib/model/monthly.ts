/**
 * Monthly sums: for each register and date column a table `monthly_<register>_<date column>` with one row per unit and month (two, where
 * the unit became another within the month), holding the aggregates of all indicators of `indicators.csv` that can be summed. They are made
 * when the registers are loaded, so that a filter reads some thousand rows and not a million.
 */
import type { Database } from '../database/database';
import { double, id, join, monthNumber, sql, type Sql } from '../database/sql';
import type { Indicator } from './catalogue';
import { dayOf, readingOf, type Reading } from './reading';

/**
 * The monthly sums of indicators that share a register and a date column: `unit_id`, `day` (the first that had a row; all rows beside it are
 * of its month and follow the same paths to today's units), `month`, and {@link monthlySums} of each.
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
		// The latest day on which the way of the unit forked: joining the ways themselves would compare each row with each of them.
		const sums = readings.flatMap(monthlySums).map(({ call, column }) => sql`${double(call)} AS ${column}`);
		await db.exec(
			sql`CREATE TABLE ${monthlyTable(indicator)} AS
				SELECT r.unit_id, min(r.${day}) AS day, ${month} AS "month", ${join(sums)} FROM ${id(indicator.register)} AS r
				LEFT JOIN (
					SELECT unit_id AS fork_unit, list(DISTINCT from_day) AS fork_days FROM unit_paths WHERE from_day IS NOT NULL GROUP BY unit_id
				) AS f ON f.fork_unit = r.unit_id
				WHERE r.${day} IS NOT NULL
				GROUP BY r.unit_id, ${month}, list_max(list_filter(f.fork_days, lambda fork_day: fork_day <= r.${day}))`
		);
	}
}
