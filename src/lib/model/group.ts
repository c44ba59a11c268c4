/** The groups of a chart, in the order in which they are drawn, and what a chart answered says of each. */
import type { Panel } from './exploration';
import type { Bins, Days, Values } from './ground';
import type { Grain, Month } from './period';

/** The columns whose filters a panel does not obey: those that it is a picture of. */
export function ownColumns(panel: Panel): readonly string[] {
	return panel.kind === 'heat' ? [panel.column, panel.by] : [panel.column];
}

/** The steps of a time axis: step 0 is rows without a day, step 1 the first month, quarter or year. */
export interface Steps {
	readonly grain: Grain;
	/** The first month of the first step. */
	readonly first: Month;
	readonly count: number;
	/** Months from the first step's first month to the first month that holds a row. */
	readonly offset: number;
}

/** Months of a step. */
export const lengths: Readonly<Record<Grain, number>> = { month: 1, quarter: 3, year: 12 };

const knownSteps = new WeakMap<Days, Map<Grain, Steps>>();

/** The steps that the days of a column touch; the same object for the same days, so that an axis that stays is not laid out anew. */
export function stepsOfDays(days: Days, grain: Grain): Steps {
	const ofDays = knownSteps.get(days) ?? new Map<Grain, Steps>();
	knownSteps.set(days, ofDays);
	const known = ofDays.get(grain);
	if (known) return known;
	const length = lengths[grain];
	const offset = days.first % length;
	const steps = { grain, first: days.first - offset, count: Math.ceil((offset + days.months) / length), offset };
	ofDays.set(grain, steps);
	return steps;
}

/** The step of a month code. */
export function stepOf(code: number, { grain, offset }: Steps): number {
	return code === 0 ? 0 : Math.floor((code - 1 + offset) / lengths[grain]) + 1;
}

/** What the groups of a chart are, in the order in which they are drawn. */
export type Groups =
	| { readonly kind: 'time'; readonly days: Days; readonly steps: Steps }
	| {
			readonly kind: 'bars';
			readonly encoded: Values;
			readonly shown: readonly (string | null)[];
			readonly codes: readonly number[];
	  }
	| { readonly kind: 'histogram'; readonly bins: Bins }
	| {
			readonly kind: 'heat';
			readonly encoded: Values;
			readonly shown: readonly (string | null)[];
			readonly codes: readonly number[];
			readonly days: Days;
			readonly steps: Steps;
	  };

/** A chart answered: a number for each of its groups. Of a heat map, group `line × (steps + 1) + step`. */
export interface Answer {
	readonly groups: Groups;
	/** Rows of each group that match all filters but the chart's own. */
	readonly rows: Float64Array;
	/** The measure of each group; NaN where it has none. */
	readonly measured: Float64Array;
	/** Rows that match all filters but the chart's own, each once. */
	readonly matched: number;
	/** Of these, the rows that have a value. */
	readonly known: number;
}

/** How many groups there are. */
export function sizeOf(groups: Groups): number {
	switch (groups.kind) {
		case 'time':
			return groups.steps.count + 1;
		case 'bars':
			return groups.codes.length;
		case 'histogram':
			return groups.bins.bars.length + 2;
		case 'heat':
			return groups.codes.length * (groups.steps.count + 1);
	}
}
