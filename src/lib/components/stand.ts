/** How a unit stands among its peers, in words. */
import * as m from '$messages';
import { formatExact, formatNumber, formatShare, missing, type Locale } from '../format';
import type { Position } from '../model/funnel';
import type { Bounds, Peers } from '../model/peer';
import type { Place, Silence, Stand, Trend, Word } from '../model/standing';
import type { stageOrder } from '../model/unit';
import { type Board, type Comparison } from '../model/unit';
import { nameOf } from './word';

/** Higher, similar or lower than the group. */
export const wordOf: Readonly<Record<Word, () => string>> = {
	higher: m.units_word_higher,
	similar: m.units_word_similar,
	lower: m.units_word_lower
};

/** The stage of an indicator as the head of its group. */
export const stageWord: Readonly<Record<(typeof stageOrder)[number], () => string>> = {
	outcome: m.units_stage_group_outcome,
	output: m.units_stage_group_output,
	activity: m.units_stage_group_activity,
	input: m.units_stage_group_input
};

/** The sign of a word, so that it does not depend on colour. */
export const signOf: Readonly<Record<Word, string>> = { higher: '▲', similar: '●', lower: '▼' };

/** Where a unit lies in a funnel. */
export const positionWord: Readonly<Record<Position, () => string>> = {
	within: m.units_position_within,
	high: m.units_position_high,
	very_high: m.units_position_very_high,
	low: m.units_position_low,
	very_low: m.units_position_very_low
};

/** A trend in a word. */
export function trendWord(trend: Trend, bounds: Bounds): string {
	return {
		short: () => m.units_trend_short({ bound: bounds.least_periods }),
		up: m.units_trend_up,
		down: m.units_trend_down,
		flat: m.units_trend_flat
	}[trend]();
}

/** Why there is no rank. */
export function silenceWord(silence: Silence, bounds: Bounds): string {
	return {
		no_value: m.units_silence_no_value,
		no_size: m.units_silence_no_size,
		small_percent: () => m.units_silence_small_percent({ bound: bounds.least_cases_percent }),
		small_rank: () => m.units_silence_small_rank({ bound: bounds.least_cases_rank }),
		few_peers: () => m.units_silence_few_peers({ bound: bounds.least_peers }),
		no_direction: m.units_silence_no_direction
	}[silence]();
}

/** A rank with its denominator, and whether it is shared. */
export function rankWord({ rank, of, tied }: Place): string {
	return tied ? m.units_rank_tied({ rank, of }) : m.units_rank({ rank, of });
}

/** A percentile, or that there is none. */
export function percentileWord(place: Place | null, locale: Locale): string {
	return formatShare(place?.percentile ?? null, locale, 0);
}

/** The digits with which compared values are written: rates a head get one at least. */
export function decimalsOf({ indicator, perHead }: Board): number {
	return perHead ? Math.max(1, indicator.decimals) : indicator.decimals;
}

/** The figure of a unit: a percentage of too few cases is written as cases. */
export function figureWord(
	board: Board,
	{ value, counted, stand }: Pick<Comparison, 'value' | 'counted'> & { readonly stand: Pick<Stand, 'hidden'> },
	locale: Locale
): string {
	if (value === null) return missing;
	if (stand.hidden && counted) {
		const [count, size] = [formatNumber(counted.count, 0, locale), formatNumber(counted.size, 0, locale)];
		return m.units_cases({ count, size });
	}
	const percent = board.indicator.format === 'percent' ? '%' : '';
	return formatNumber(value, board.indicator.decimals, locale) + percent;
}

/** A round value of what is compared, as it is written on an axis. */
export function tickWord(board: Board, value: number, locale: Locale): string {
	return formatExact(value, 6, locale) + (board.indicator.format === 'percent' ? '%' : '');
}

/** What is compared, as it is written beside medians. */
export function comparedWord(board: Board, value: number | null, locale: Locale): string {
	if (value === null) return missing;
	return formatNumber(value, decimalsOf(board), locale) + (board.indicator.format === 'percent' ? '%' : '');
}

/** With whom a unit is compared: its group by name, the nearest by headcount, or nobody. */
export function peersWord({ group, basis, units }: Peers): string {
	if (!group) return m.units_peers_none();
	const named = { group: nameOf(group), count: units.length };
	if (units.length < 2) return m.units_peers_alone(named);
	return basis === 'nearest' ? m.units_peers_nearest(named) : m.units_peers_named(named);
}

/** Word and rank of a unit, or why there is neither. */
export function standWords({ stand }: Comparison, bounds: Bounds): { rank: string; word: string } {
	return {
		rank: stand.place ? rankWord(stand.place) : silenceWord(stand.silence ?? 'no_value', bounds),
		word: stand.word ? wordOf[stand.word]() : ''
	};
}
