/**
 * The tables that are derived from the loaded ones, in SQL and with the succession model, each time they are loaded: `unit_paths`,
 * `old_paths`, `places`, `reports`, `coverage` and the monthly sums. Both homes of the engine derive them in the same way.
 */
import { QueryError, type Database } from '../database/database';
import { ExpressionError, id, sql, table, type SqlValue } from '../database/sql';
import { indicators } from './catalogue';
import { deriveMonthly, derivePlaces } from './monthly';
import { checkSuccessions, edgesFrom, oldDayOf, pathsToToday, segmentsToOld, unitLivesFrom } from './succession';
import type { Bilingual } from './table';

/** Successions that cannot be followed; nothing can be read in today's structure until they are mended. */
export class StructureError extends Error {
	override readonly name = 'StructureError';
	constructor(readonly problems: readonly Bilingual[]) {
		super(`unit_successions.csv:\n${problems.map(({ vi, en }) => `  ${en}\n    ${vi}`).join('\n')}`);
	}
}

/**
 * Where the rows of each unit count by the day of the row, today (`unit_paths`) and in the structure before all events (`old_paths`):
 * `(unit_id, from_day, to_day, today_id, share)`.
 */
async function derivePaths(db: Database): Promise<void> {
	const edges = edgesFrom(
		await db.query(sql`SELECT event_id, effective_on, kind, from_unit_id, to_unit_id, share FROM unit_successions`)
	);
	const problems = checkSuccessions(edges);
	if (problems.length > 0) throw new StructureError(problems.map(({ message }) => message));
	const lives = unitLivesFrom(await db.query(sql`SELECT unit_id, valid_from, valid_to FROM units`));
	await placePaths(
		db,
		'unit_paths',
		pathsToToday(lives, edges).map(({ unitId, from, to, todayId, share }) => [unitId, from, to, todayId, share])
	);
	// What was merged is taken apart by the staff of the year-end before the first event.
	const year = (oldDayOf(edges)?.getUTCFullYear() ?? 0) - 1;
	const sizes = await db.query<{ unit_id: string; staff: number }>(
		sql`SELECT unit_id, staff FROM unit_headcounts WHERE year = ${year} AND staff IS NOT NULL`
	);
	const weights = new Map(sizes.map(({ unit_id: unit, staff }) => [unit, staff]));
	await placePaths(
		db,
		'old_paths',
		segmentsToOld(lives, edges, weights).map(({ unitId, from, to, oldId, share }) => [unitId, from, to, oldId, share])
	);
}

/** Makes a table of paths: `today_id` is the unit in whose figures the rows count, of today or of the old structure. */
async function placePaths(db: Database, name: string, rows: readonly (readonly SqlValue[])[]): Promise<void> {
	const columns = sql`unit_id, CAST(from_day AS DATE) AS from_day, CAST(to_day AS DATE) AS to_day, today_id, CAST(share AS DOUBLE) AS share`;
	const nothing = [['', null, null, '', 1]];
	await db.exec(
		sql`CREATE OR REPLACE TABLE ${id(name)} AS
			SELECT ${columns} FROM ${table('path', ['unit_id', 'from_day', 'to_day', 'today_id', 'share'], rows.length > 0 ? rows : nothing)}
			WHERE unit_id <> ''`
	);
}

/**
 * The reports that units owe, one row per unit that must report and period in which it lived to the end:
 * `reports(unit_id, period, period_end, due_on, submitted_on, state)`, state being `complete`, `late` or `missing`.
 * A period is one that any unit reported on. The day due is the one stated in the reports, else the 15th after the period.
 */
const deriveReports = sql`CREATE OR REPLACE TABLE reports AS
	WITH period AS (SELECT period, period_end, min(due_on) AS due_on FROM activities GROUP BY period, period_end),
	sent AS (
		SELECT unit_id, period, min(due_on) AS due_on, min(submitted_on) AS submitted_on FROM activities GROUP BY unit_id, period
	),
	owed AS (
		SELECT units.unit_id, period.period, period.period_end,
			coalesce(sent.due_on, period.due_on, CAST(period.period_end + INTERVAL 15 DAY AS DATE)) AS due_on,
			sent.submitted_on, sent.unit_id IS NOT NULL AS was_sent
		FROM units
		JOIN period ON (units.valid_from IS NULL OR units.valid_from <= period.period_end)
			AND (units.valid_to IS NULL OR units.valid_to > period.period_end)
		LEFT JOIN sent ON sent.unit_id = units.unit_id AND sent.period = period.period
		WHERE units.reports
	)
	SELECT unit_id, period, period_end, due_on, submitted_on,
		CASE WHEN NOT was_sent THEN 'missing' WHEN submitted_on > due_on THEN 'late' ELSE 'complete' END AS state
	FROM owed`;

/** The days that the registers cover: `coverage(first_day, last_day)`, one row. The last is the end of the latest period reported on. */
const deriveCoverage = sql`CREATE OR REPLACE TABLE coverage AS
	WITH day AS (
		SELECT min(submitted_on) AS first_day, max(recognised_on) AS last_day FROM initiatives
		UNION ALL SELECT min(certified_on), max(certified_on) FROM transfers
		UNION ALL SELECT min(period_end), NULL FROM activities
	),
	reported AS (SELECT max(period_end) AS last_day FROM activities)
	SELECT min(day.first_day) AS first_day, coalesce(max(reported.last_day), max(day.last_day)) AS last_day FROM day, reported`;

/**
 * Derives all of them.
 *
 * @throws StructureError when the successions have a cycle or shares that do not total 1.
 */
export async function deriveTables(db: Database): Promise<void> {
	await derivePaths(db);
	await derivePlaces(db);
	await db.exec(deriveReports);
	await db.exec(deriveCoverage);
	try {
		await deriveMonthly(db, await indicators(db));
	} catch (error) {
		// A wrong expression is told by `checkExpressions`, which asks the tables above; until it is mended there are no monthly sums.
		if (!(error instanceof QueryError || error instanceof ExpressionError)) throw error;
	}
}
