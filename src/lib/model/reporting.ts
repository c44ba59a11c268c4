/** Who has reported and who has not, and which units deserve a call. */
import type { Database } from '../database/database';
import type { DataRow } from '../database/row';
import { all, monthNumber, sql, type Sql } from '../database/sql';
import { lastDay, type Month } from './period';
import { isNarrowed, unitsOf, type Scope } from './series';

/** What became of one report that was owed. */
export type ReportState = 'complete' | 'late' | 'missing';

/** A report owed by a unit for a period. */
export interface Report extends DataRow {
	unit_id: string;
	period: string;
	state: ReportState;
	/** Days between the day due and the day received; null when it was never received. */
	days_late: number | null;
}

function scoped(scope: Scope, column: Sql): Sql {
	return isNarrowed(scope) ? sql`${column} IN (${unitsOf(scope)})` : sql`TRUE`;
}

/** The reports owed for the `periods` last periods up to a month, by period and unit. */
export async function reports(
	db: Database,
	scope: Scope,
	to: Month,
	periods = 8,
	signal?: AbortSignal
): Promise<Report[]> {
	return db.query<Report>(
		sql`WITH latest AS (
			SELECT DISTINCT period, period_end FROM reports WHERE period_end <= ${lastDay(to)} ORDER BY period_end DESC LIMIT ${periods}
		)
		SELECT reports.unit_id, reports.period, reports.state,
			CAST(reports.submitted_on - reports.due_on AS INTEGER) AS days_late
		FROM reports JOIN latest ON latest.period = reports.period
		WHERE ${scoped(scope, sql`reports.unit_id`)}
		ORDER BY reports.period_end, reports.unit_id`,
		{ signal }
	);
}

/** Initiatives submitted by a unit of today in the last twelve months, and in the twelve before. */
export interface Submitted extends DataRow {
	unit_id: string;
	now: number;
	before: number;
}

/**
 * Initiatives submitted per unit of today's structure over the last two years up to a month. Drafts do not
 * count, as they do not in `initiatives_received`. Units with none in either are left out.
 */
export async function submitted(db: Database, scope: Scope, to: Month, signal?: AbortSignal): Promise<Submitted[]> {
	const month = monthNumber(sql`r.submitted_on`);
	return db.query<Submitted>(
		sql`SELECT p.today_id AS unit_id,
			CAST(sum(CASE WHEN ${month} > ${to - 12} THEN p.share ELSE 0 END) AS DOUBLE) AS now,
			CAST(sum(CASE WHEN ${month} <= ${to - 12} THEN p.share ELSE 0 END) AS DOUBLE) AS before
		FROM initiatives AS r JOIN unit_paths AS p ON p.unit_id = r.unit_id
			AND (p.from_day IS NULL OR r.submitted_on >= p.from_day) AND (p.to_day IS NULL OR r.submitted_on < p.to_day)
		WHERE ${all([sql`r.status IS DISTINCT FROM 'nhap'`, sql`${month} > ${to - 24}`, sql`${month} <= ${to}`, scoped(scope, sql`p.today_id`)])}
		GROUP BY p.today_id ORDER BY p.today_id`,
		{ signal }
	);
}

/** Why a unit deserves a call. */
export type Concern =
	| { readonly kind: 'missing'; readonly periods: readonly string[] }
	| { readonly kind: 'late'; readonly count: number; readonly of: number }
	| { readonly kind: 'fewer'; readonly now: number; readonly before: number };

/** A unit and its concerns, the gravest first. */
export interface Call {
	readonly unit: string;
	readonly concerns: readonly Concern[];
}

/** The bounds at which a concern is raised; a choice of this project, said on the page. */
export const callRule = {
	/** A report of the latest period, or this many of the last four, was never received. */
	missing: 2,
	/** This many of the last four reports came late. */
	late: 3,
	/** Initiatives fell by this share … */
	fall: 0.3,
	/** … from at least this many, below which a fall is noise. */
	least: 10
} as const;

/** The units to call, the gravest first: missing reports weigh more than a fall, a fall more than lateness. */
export function calls(owed: readonly Report[], counts: readonly Submitted[]): Call[] {
	const periods = [...new Set(owed.map(({ period }) => period))].slice(-4);
	const latest = periods.at(-1);
	const found = new Map<string, Concern[]>();
	const add = (unit: string, concern: Concern) => found.set(unit, [...(found.get(unit) ?? []), concern]);

	// A unit that no longer owes reports cannot be called.
	for (const unit of new Set(owed.flatMap(({ unit_id: one, period }) => (period === latest ? [one] : [])))) {
		const own = owed.filter(({ unit_id: one, period }) => one === unit && periods.includes(period));
		const missing = own.filter(({ state }) => state === 'missing').map(({ period }) => period);
		const late = own.filter(({ state }) => state === 'late').length;
		if (missing.length >= callRule.missing || (latest !== undefined && missing.includes(latest))) {
			add(unit, { kind: 'missing', periods: missing });
		}
		if (late >= callRule.late) add(unit, { kind: 'late', count: late, of: own.length });
	}
	for (const { unit_id: unit, now, before } of counts) {
		if (before >= callRule.least && now <= before * (1 - callRule.fall)) add(unit, { kind: 'fewer', now, before });
	}
	const weight = (concern: Concern) =>
		concern.kind === 'missing'
			? 10 + concern.periods.length
			: concern.kind === 'fewer'
				? 5 + (1 - concern.now / concern.before)
				: concern.count / concern.of;
	const total = (call: Call) => call.concerns.reduce((sum, concern) => sum + weight(concern), 0);
	return [...found]
		.map(([unit, concerns]) => ({ unit, concerns: concerns.sort((a, b) => weight(b) - weight(a)) }))
		.sort((a, b) => total(b) - total(a) || (a.unit < b.unit ? -1 : 1));
}
