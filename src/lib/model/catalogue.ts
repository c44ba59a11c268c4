/** What there is: indicators, targets, actuals, units, codes and the months that hold data, as the published files declare them. */
import type { Database } from '../database/database';
import type { DataRow } from '../database/row';
import { id, list, sql, type Sql } from '../database/sql';
import { monthOf, type Month } from './period';
import type { Direction, TargetRow } from './progress';
import type { IndicatorClass } from './succession';
import type { Known } from './view';

/** A row of `indicators.csv`, without the words about it. */
export interface Indicator extends DataRow {
	indicator_id: string;
	hub: string;
	name_vi: string;
	name_en: string;
	/** `actual`, or the register that it is computed from. */
	register: string;
	value: string | null;
	denominator: string | null;
	scale: number | null;
	condition: string | null;
	date_column: string | null;
	format: 'number' | 'percent' | 'rank' | 'money';
	unit_vi: string;
	unit_en: string;
	decimals: number;
	direction: Direction;
	class: IndicatorClass;
	over_periods: 'sum' | 'last' | 'cumulative' | 'average';
}

/** The words about an indicator, which only its own page and the method page show. */
export interface IndicatorText extends DataRow {
	indicator_id: string;
	definition_vi: string;
	definition_en: string;
	stage: string;
	caveat_vi: string | null;
	caveat_en: string | null;
}

/** A row of `targets.csv`, without the words about it. */
export interface Target extends DataRow, TargetRow {
	target_id: string;
	indicator_id: string;
	boundary: string;
	method: string;
	base_year: number | null;
	base_value: number | null;
	target_year: number | null;
	target_value: number | null;
	target_upper: number | null;
	type: TargetRow['type'];
	direction: Direction;
	document: string | null;
	document_number: string | null;
	document_date: Date | null;
	superseded_by: string | null;
	standing: string;
}

/** The words about a target. */
export interface TargetText extends DataRow {
	target_id: string;
	base_source: string | null;
	quotation: string | null;
	source: string | null;
	note_vi: string | null;
	note_en: string | null;
}

/** A row of `actuals.csv`. */
export interface Actual extends DataRow {
	indicator_id: string;
	period: string;
	value: number;
	out_of: number | null;
	as_of: Date;
	provisional: boolean;
	boundary: string;
	method: string;
	source: string;
	standing: string;
	note_vi: string | null;
	note_en: string | null;
}

/** A unit as filters and tables name it. */
export interface Unit extends DataRow {
	unit_id: string;
	name_vi: string;
	name_en: string;
	short_name: string;
	kind: string;
	block: string;
	valid_from: Date | null;
	valid_to: Date | null;
}

/** A code with its names. */
export interface Code extends DataRow {
	list: string;
	code: string;
	name_vi: string;
	name_en: string;
}

function only(column: string, ids: readonly string[] | undefined): Sql {
	return ids === undefined ? sql`TRUE` : sql`${id(column)} IN ${list(ids)}`;
}

/** The indicators, all or those of these ids, in the order of their file. */
export function indicators(db: Database, ids?: readonly string[]): Promise<Indicator[]> {
	return db.query<Indicator>(
		sql`SELECT indicator_id, hub, name_vi, name_en, register, value, denominator, scale, condition, date_column, format, unit_vi, unit_en,
			decimals, direction, class, over_periods
		FROM indicators WHERE ${only('indicator_id', ids)}`
	);
}

/** The words about indicators, all or those of these ids, in the order of their file. */
export function indicatorTexts(db: Database, ids?: readonly string[]): Promise<IndicatorText[]> {
	return db.query<IndicatorText>(
		sql`SELECT indicator_id, definition_vi, definition_en, stage, caveat_vi, caveat_en
		FROM indicators WHERE ${only('indicator_id', ids)}`
	);
}

/** The targets, superseded ones too, all or those of these indicators, in the order of their file. */
export function targets(db: Database, ofIndicators?: readonly string[]): Promise<Target[]> {
	return db.query<Target>(
		sql`SELECT target_id, indicator_id, boundary, method, base_year, base_value, target_year, target_value, target_upper, type, direction,
			document, document_number, document_date, superseded_by, standing
		FROM targets WHERE ${only('indicator_id', ofIndicators)}`
	);
}

/** The words about targets, all or those of these indicators, in the order of their file. */
export function targetTexts(db: Database, ofIndicators?: readonly string[]): Promise<TargetText[]> {
	return db.query<TargetText>(
		sql`SELECT target_id, base_source, quotation, source, note_vi, note_en
		FROM targets WHERE ${only('indicator_id', ofIndicators)}`
	);
}

/** The published actuals, all or those of these indicators, in the order of their file. */
export function actuals(db: Database, ofIndicators?: readonly string[]): Promise<Actual[]> {
	return db.query<Actual>(sql`SELECT * FROM actuals WHERE ${only('indicator_id', ofIndicators)}`);
}

/** All unit identities, in the order of their file. */
export function units(db: Database): Promise<Unit[]> {
	return db.query<Unit>(
		sql`SELECT unit_id, name_vi, name_en, short_name, kind, block, valid_from, valid_to FROM units`
	);
}

/** The codes of these lists, in the order of their file. */
export function codes(db: Database, lists: readonly string[]): Promise<Code[]> {
	return db.query<Code>(sql`SELECT list, code, name_vi, name_en FROM code_lists WHERE list IN ${list(lists)}`);
}

/** The first and the last month that the registers cover; the last is the one that the latest reports are about. */
export interface Coverage {
	readonly first: Month;
	readonly last: Month;
	/** When no register holds a row there is no month, and both are 0. */
	readonly empty: boolean;
}

/** The months that the registers cover. */
export async function coverage(db: Database): Promise<Coverage> {
	const [row] = await db.query<{ first: Date | null; last: Date | null }>(
		sql`SELECT first_day AS first, last_day AS last FROM coverage`
	);
	if (!row?.first || !row.last) return { first: 0, last: 0, empty: true };
	return { first: monthOf(row.first), last: monthOf(row.last), empty: false };
}

/** What a view may name. */
export function knownOf(allUnits: readonly Unit[], { first, last }: Coverage): Known {
	return {
		first,
		last,
		blocks: new Set(allUnits.map(({ block }) => block)),
		kinds: new Set(allUnits.map(({ kind }) => kind)),
		units: new Map(allUnits.map(({ unit_id: unit, valid_to: to }) => [unit, to === null]))
	};
}
