/** The words of the model's codes, in the reader's language. */
import * as m from '$messages';
import { getLocale } from '$locale';
import type { Code } from '../model/catalogue';
import type { Standing } from '../model/overview';
import type { CompoundRefusal, Status } from '../model/progress';
import type { Bilingual } from '../model/table';

/** A status in a word or two. */
export const statusWord: Readonly<Record<Status, () => string>> = {
	met: m.status_met,
	on_pace: m.status_on_pace,
	accelerate: m.status_accelerate,
	slow: m.status_slow,
	backwards: m.status_backwards,
	unknown: m.status_unknown
};

/** How many indicators have a status, as a clause of a sentence. */
export const statusClause: Readonly<Record<Status, (count: { count: number }) => string>> = {
	met: m.clause_met,
	on_pace: m.clause_on_pace,
	accelerate: m.clause_accelerate,
	slow: m.clause_slow,
	backwards: m.clause_backwards,
	unknown: m.clause_unknown
};

/** Why there is no verdict, or what must be said beside it. */
export const reasonWord: Readonly<Record<NonNullable<Standing['reason']>, () => string>> = {
	no_target: m.reason_no_target,
	no_document: m.reason_no_document,
	no_year: m.reason_no_year,
	no_observation: m.reason_no_observation,
	not_comparable: m.reason_not_comparable,
	before_start: m.reason_before_start,
	only_base: m.reason_only_base,
	one_observation: m.reason_one_observation,
	no_base: m.reason_no_base,
	no_full_year: m.reason_no_full_year,
	gap: m.reason_gap,
	outdated: m.reason_outdated,
	no_final_figure: m.reason_no_final_figure,
	binary_pending: m.reason_binary_pending,
	unsupported: m.reason_unsupported,
	deadline_passed: m.reason_deadline_passed,
	met_late: m.reason_met_late,
	not_held: m.reason_not_held,
	scope: m.reason_scope
};

/** Why there is no compound growth ratio. */
export const refusalWord: Readonly<Record<CompoundRefusal, () => string>> = {
	rank: m.refusal_rank,
	zero: m.refusal_zero,
	sign: m.refusal_sign,
	type: m.refusal_type,
	held: m.refusal_held,
	no_base: m.refusal_no_base,
	unjudged: m.refusal_unjudged
};

/** The reader's language of a text in both. */
export function said(text: Bilingual): string {
	return text[getLocale()];
}

/** The name of a row that has one in each language. */
export function nameOf(row: { readonly name_vi: string; readonly name_en: string }): string {
	return getLocale() === 'en' ? row.name_en : row.name_vi;
}

/** The unit of measure of an indicator. */
export function measureOf(row: { readonly unit_vi: string; readonly unit_en: string }): string {
	return getLocale() === 'en' ? row.unit_en : row.unit_vi;
}

/** The name of a code, or the code itself when the list does not hold it. */
export function codeName(codes: readonly Code[], list: string, code: string): string {
	const found = codes.find((one) => one.list === list && one.code === code);
	return found ? nameOf(found) : code;
}
