/** The words of an exploration: columns, values, filters and measures as people read them. */
import * as m from '$messages';
import { codeName, nameOf, said } from '$lib/components/word';
import {
	formatDate,
	formatExact,
	formatList,
	formatMoney,
	formatMonth,
	formatNumber,
	formatPeriod,
	formatShare,
	type Locale
} from '$lib/format';
import type { Code, Unit } from '$lib/model/catalogue';
import { columnOf, isTime, type Filter, type Measure, type Panel } from '$lib/model/exploration';
import type { Groups } from '$lib/model/group';
import type { Grain } from '$lib/model/period';
import type { FieldStep } from '$lib/model/pivot';
import { isMoney, type Column, type Table } from '$lib/model/table';

/** What names are looked up in. */
export interface Names {
	readonly register: Table;
	readonly codes: readonly Code[];
	readonly units: readonly Unit[];
	readonly locale: Locale;
}

const millisecondsPerDay = 86_400_000;

/** The day of a number of days since 1970. */
export function dayOf(day: number): Date {
	return new Date(day * millisecondsPerDay);
}

/** The name of a column, or its own. */
export function columnName({ register }: Names, name: string): string {
	const column = columnOf(register, name);
	return column ? said(column.label) : name;
}

/**
 * The name of a unit. Of several that bear the same name, as one after another does when bodies merge, those that ended say the last month
 * of theirs, by their short name, so that it is seen where names are cut off.
 */
function unitName({ units, locale }: Names, unit: Unit, isShort: boolean): string {
	const { valid_to: end } = unit;
	const name = nameOf(unit);
	if (end === null || !units.some((one) => one !== unit && nameOf(one) === name))
		return isShort ? unit.short_name : name;
	const until = m.explore_until({ to: formatMonth(new Date(end.getTime() - millisecondsPerDay), locale) });
	return `${unit.short_name} (${until})`;
}

/** A value of a column where there is little room: units by their short names. */
export function shortName(names: Names, name: string, value: string | null): string {
	const isUnit = columnOf(names.register, name)?.references === 'units.unit_id';
	const unit = isUnit ? names.units.find(({ unit_id: one }) => one === value) : undefined;
	return unit ? unitName(names, unit, true) : valueName(names, name, value);
}

/** A value of a column as people read it. */
export function valueName(names: Names, name: string, value: string | null): string {
	const { register, codes, units, locale } = names;
	if (value === null) return m.explore_none();
	if (value === '') return m.explore_blank();
	const column = columnOf(register, name);
	if (!column) return value;
	if (column.references === 'units.unit_id') {
		const unit = units.find(({ unit_id: one }) => one === value);
		return unit ? unitName(names, unit, false) : value;
	}
	if (column.list !== undefined) {
		const list = column.list;
		return column.type === 'codes' && value.includes('|')
			? formatList(
					value.split('|').map((code) => codeName(codes, list, code)),
					locale
				)
			: codeName(codes, list, value);
	}
	if (column.type === 'boolean') return value === 'true' ? m.explore_yes() : m.explore_no();
	return column.type === 'period' ? formatPeriod(value, locale) : value;
}

/** An amount of a column, in short. */
export function amountName(column: Column | undefined, value: number, locale: Locale): string {
	if (column && isMoney(column)) return formatMoney(value, locale);
	// Years are names of years, not amounts.
	if (column?.name === 'year') return String(value);
	return formatExact(value, 2, locale);
}

/** An edge of a range of a column. */
function edgeName({ register, locale }: Names, name: string, value: number): string {
	const column = columnOf(register, name);
	return column && isTime(column) ? formatDate(dayOf(value), locale) : amountName(column, value, locale);
}

/** What a filter asks, without its column. */
export function filterWords(names: Names, filter: Filter): string {
	const words = (() => {
		if (filter.kind === 'search') return filter.text;
		if (filter.kind === 'set') {
			const some = filter.values.slice(0, 4).map((value) => valueName(names, filter.column, value));
			const more = filter.values.length - some.length;
			return some.join(', ') + (more > 0 ? ` +${more}` : '');
		}
		const { column, from, to } = filter;
		const first = from === null ? null : edgeName(names, column, from);
		const last = to === null ? null : edgeName(names, column, to);
		const declared = columnOf(names.register, column);
		const days = declared !== undefined && isTime(declared);
		if (first !== null && last !== null) {
			return days ? m.explore_between({ from: first, to: last }) : m.explore_below({ from: first, to: last });
		}
		if (first !== null) return m.explore_since({ from: first });
		return days ? m.explore_until({ to: last ?? '' }) : m.explore_under({ to: last ?? '' });
	})();
	return filter.exclude ? m.explore_not({ values: words }) : words;
}

/** A filter in a line: its column, and what it asks of it. */
export function filterName(names: Names, filter: Filter): string {
	if (filter.kind === 'search') {
		const text = m.explore_chip_search({ text: filter.text });
		return filter.exclude ? m.explore_not({ values: text }) : text;
	}
	return `${columnName(names, filter.column)}: ${filterWords(names, filter)}`;
}

/** The kinds of measures by name. */
export const measureKinds: Readonly<Record<Measure['kind'], () => string>> = {
	count: m.explore_measure_count,
	share: m.explore_measure_share,
	sum: m.explore_measure_sum,
	mean: m.explore_measure_mean,
	median: m.explore_measure_median,
	distinct: m.explore_measure_distinct
};

/** The kinds of charts by name. */
export const panelKinds: Readonly<Record<Panel['kind'], () => string>> = {
	time: m.explore_kind_time,
	bars: m.explore_kind_bars,
	histogram: m.explore_kind_histogram,
	heat: m.explore_kind_heat
};

/** What is measured, in words. */
export function measureName(names: Names, { kind, column }: Measure): string {
	const measure = measureKinds[kind]();
	return column === null
		? measure
		: m.explore_measured({ measure, column: columnName(names, column).toLocaleLowerCase(names.locale) });
}

const grainWords: Readonly<Record<Grain, () => string>> = {
	month: m.explore_grain_month,
	quarter: m.explore_grain_quarter,
	year: m.explore_grain_year
};

/** What a chart shows, in a line: its measure, and by which steps; of many values, how many are drawn. */
export function panelWords(names: Names, panel: Panel, groups: Groups): string {
	const measure = measureName(names, panel.measure);
	if (groups.kind === 'time') return m.explore_shows_steps({ measure, step: grainWords[groups.steps.grain]() });
	if (groups.kind === 'heat' || groups.kind === 'bars') {
		const { shown, encoded } = groups;
		const drawn = shown.filter((value) => value !== null).length;
		const all = encoded.single?.length ?? encoded.size;
		const stepped =
			groups.kind === 'bars' ? measure : m.explore_shows_steps({ measure, step: grainWords[groups.steps.grain]() });
		if (drawn >= all) return stepped;
		const [few, many] = [drawn, all].map((count) => formatNumber(count, 0, names.locale));
		return m.explore_shows_most({ measure: stepped, drawn: few ?? '', all: many ?? '' });
	}
	const scale = panel.kind === 'histogram' && panel.scale === 'log' ? m.explore_scale_log() : m.explore_scale_linear();
	return m.explore_shows_ranges({ measure, scale });
}

/** Writes values of a measure. */
export function measureWriter({ register, locale }: Names, { kind, column }: Measure): (value: number) => string {
	if (kind === 'share') return (value) => formatShare(value, locale);
	if (kind === 'count' || kind === 'distinct') return (value) => formatNumber(value, 0, locale);
	const declared = columnOf(register, column);
	if (declared && isMoney(declared)) return (value) => formatMoney(value, locale);
	return (value) => formatExact(value, 2, locale);
}

/** The steps of days in a pivot by name. */
export const stepWords: Readonly<Record<FieldStep, () => string>> = {
	year: m.pivot_step_year,
	quarter: m.pivot_step_quarter,
	month: m.pivot_step_month
};
