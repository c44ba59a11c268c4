/** What a strange file is read and checked against: codes, units with their names and successions, indicators. */
import type { Database } from '../database/database';
import type { DataRow } from '../database/row';
import { sql } from '../database/sql';

/** A code with its names and the days on which it may be used, half-open. */
export interface CodeRow extends DataRow {
	list: string;
	code: string;
	name_vi: string;
	name_en: string;
	valid_from: Date | null;
	valid_to: Date | null;
}

/** Rows of the tables beside the registers, as the intake needs them. Plain, so that they go to a worker. */
export interface References {
	readonly codes: readonly CodeRow[];
	readonly units: readonly DataRow[];
	readonly aliases: readonly DataRow[];
	readonly successions: readonly DataRow[];
	readonly indicators: readonly string[];
	readonly targets: readonly string[];
}

/** The references as the tables hold them now. */
export async function references(db: Database): Promise<References> {
	const [codes, units, aliases, successions, indicators, targets] = await Promise.all([
		db.query<CodeRow>(sql`SELECT list, code, name_vi, name_en, valid_from, valid_to FROM code_lists`),
		db.query(sql`SELECT unit_id, name_vi, short_name, valid_from, valid_to FROM units`),
		db.query(sql`SELECT alias, unit_id, valid_from, valid_to FROM unit_aliases`),
		db.query(sql`SELECT event_id, effective_on, kind, from_unit_id, to_unit_id, share FROM unit_successions`),
		db.query<{ name: string }>(sql`SELECT indicator_id AS name FROM indicators`),
		db.query<{ name: string }>(sql`SELECT target_id AS name FROM targets`)
	]);
	return {
		codes,
		units,
		aliases,
		successions,
		indicators: indicators.map(({ name }) => name),
		targets: targets.map(({ name }) => name)
	};
}
