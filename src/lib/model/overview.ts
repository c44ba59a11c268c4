/** Where each indicator stands on the way to its target: what the overview shows, one row an indicator and promise. */
import type { Database } from '../database/database';
import { actuals, indicators, targets, type Actual, type Coverage, type Indicator, type Target } from './catalogue';
import { lastDay, timeOfMonth, type Month, type Span } from './period';
import {
	assess,
	goalFrom,
	inForce,
	timeOfPeriod,
	type Goal,
	type Observation,
	type Progress,
	type Reason,
	type Status
} from './progress';
import { figures, isNarrowed, windowOf, type Figure, type Scope, type Window } from './series';
import type { View } from './view';

/** The year of the hub goals. */
export const horizon = 2030;

/** A change against the same period a year before. */
export interface Change {
	readonly before: number;
	/** now − before, in the unit of the indicator. */
	readonly difference: number;
	/** difference / |before|; null where that has no meaning (ranks, percentages, from 0). */
	readonly share: number | null;
}

/** One indicator against one promise. */
export interface Standing {
	readonly indicator: Indicator;
	/** The milestones of the promise, by year; empty when nothing was promised. */
	readonly targets: readonly Target[];
	/** Figures of the promise's own boundary and method, by time. */
	readonly observations: readonly Observation[];
	readonly progress: Progress;
	/**
	 * The verdict, and why there is none; `scope` when the target is for the whole province but only some units are looked at,
	 * `no_full_year` when it is for a year and less than one is looked at.
	 */
	readonly status: Status;
	readonly reason: Reason | 'scope' | null;
	readonly change: Change | null;
	/** The target cites no document: units set it for themselves. */
	readonly illustrative: boolean;
}

/** Statuses counted. */
export type Tally = Readonly<Record<Status, number>> & { readonly total: number };

/** How many rows have each status. */
export function tally(standings: readonly Standing[]): Tally {
	const count: Record<Status, number> & { total: number } = {
		met: 0,
		on_pace: 0,
		accelerate: 0,
		slow: 0,
		backwards: 0,
		unknown: 0,
		total: standings.length
	};
	for (const { status } of standings) count[status]++;
	return count;
}

const concern: readonly Status[] = ['backwards', 'slow', 'accelerate', 'on_pace', 'met', 'unknown'];

/** The order of rows: the worst first (those without a verdict last), or as the documents have them. */
export function sorted(standings: readonly Standing[], sort: View['sort']): Standing[] {
	if (sort === 'document') return [...standings];
	const rank = ({ status, progress }: Standing) => concern.indexOf(status) * 1000 + (progress.paceRatio ?? 0);
	return [...standings].sort((a, b) => rank(a) - rank(b));
}

/** Targets of one promise: same indicator, boundary, method and document. */
export function promises(all: readonly Target[]): Target[][] {
	const groups = new Map<string, Target[]>();
	for (const target of all) {
		const { indicator_id: indicator, boundary, method, document, type, direction } = target;
		const key = JSON.stringify([indicator, boundary, method, document, type, direction]);
		groups.set(key, [...(groups.get(key) ?? []), target]);
	}
	return [...groups.values()].map((group) => group.sort((a, b) => (a.target_year ?? 0) - (b.target_year ?? 0)));
}

/** Boundaries from the nearest to today's province to the farthest. */
const nearness = ['TN-new', 'TN', 'any', 'TN-old', 'VN'];

/** Whether a promise has values, all of them for after the hub goals. */
function isBeyond(group: readonly Target[]): boolean {
	const valued = group.filter(({ target_value: value }) => value !== null);
	return valued.length > 0 && valued.every(({ target_year: year }) => year !== null && year > horizon);
}

/**
 * The promise by which an indicator is judged: one with a value, in force, nearest to today's province; among these one that asks
 * something by 2030 before one for later years only, then the newest.
 */
export function leading(all: readonly Target[]): Target[] {
	const order = promises(inForce(all)).sort((a, b) => {
		const [x, y] = [a[0], b[0]];
		if (!x || !y) return 0;
		const hasValue = (group: readonly Target[]) => Number(!group.some(({ target_value: value }) => value !== null));
		return (
			hasValue(a) - hasValue(b) ||
			nearness.indexOf(x.boundary) - nearness.indexOf(y.boundary) ||
			Number(isBeyond(a)) - Number(isBeyond(b)) ||
			(y.document_date?.getTime() ?? 0) - (x.document_date?.getTime() ?? 0)
		);
	});
	return order[0] ?? [];
}

/** The published figures of one boundary and method known by `day`, the latest of each period. */
export function observationsOf(
	all: readonly Actual[],
	indicator: string,
	boundary: string,
	method: string,
	day: Date
): Observation[] {
	const latest = new Map<string, Actual>();
	for (const actual of all) {
		if (actual.indicator_id !== indicator || actual.boundary !== boundary || actual.method !== method) continue;
		const known = latest.get(actual.period);
		if (actual.as_of <= day && (!known || known.as_of <= actual.as_of)) latest.set(actual.period, actual);
	}
	return [...latest.values()]
		.map(({ period, value, provisional, out_of: outOf }) => ({
			time: timeOfPeriod(period),
			value,
			provisional,
			estimated: false,
			outOf
		}))
		.sort((a, b) => a.time - b.time);
}

/** The change between the last observation and the one a year before it. */
function changeOf(indicator: Indicator, now: Observation | null, before: Observation | undefined): Change | null {
	if (!now || !before) return null;
	const difference = now.value - before.value;
	// Ranks among unlike numbers of places are not compared (PII: 63 until 2024, then 34).
	if ((now.outOf ?? null) !== (before.outOf ?? null)) return null;
	const hasShare = indicator.format !== 'rank' && indicator.format !== 'percent' && before.value !== 0;
	return { before: before.value, difference, share: hasShare ? difference / Math.abs(before.value) : null };
}

/**
 * The windows over which a register indicator is sampled: each whole year of the span, the year up to its last month (`now`), the same
 * a year before (`same`), and the current year so far (`ytd`). An indicator that adds up is thus always read over twelve months, so a
 * year under way compares with a yearly target, and the seasons cancel. A running total counts from the `start` of the registers, whatever
 * the span; of a span that is too short for anything else, `now` is the whole of it.
 */
export function samplesOf(indicator: Pick<Indicator, 'over_periods'>, span: Span, start: Month = span.from): Window[] {
	const windows: Window[] = [];
	const running = indicator.over_periods === 'cumulative';
	const add = (name: string, to: Month) => {
		const window = windowOf(indicator, to, start);
		if (to >= span.from && to <= span.to && (running || window.from >= span.from)) windows.push({ name, span: window });
	};
	for (let year = Math.floor(span.from / 12); year * 12 + 11 < span.to; year++) add(String(year), year * 12 + 11);
	add('now', span.to);
	add('same', span.to - 12);
	const january = Math.floor(span.to / 12) * 12;
	if (indicator.over_periods === 'sum' && january >= span.from && span.to % 12 !== 11) {
		windows.push({ name: 'ytd', span: { from: january, to: span.to } });
	}
	return windows.some(({ name }) => name === 'now') ? windows : [...windows, { name: 'now', span }];
}

/** Whether the size of a figure depends on how long its window is, so that over less than a year it does not compare with yearly targets. */
function growsWithTime({ over_periods: over, denominator }: Indicator): boolean {
	return over === 'sum' || (denominator?.startsWith('headcount.') ?? false);
}

/** The samples of a register indicator as observations: whole years and the year up to now. */
export function observationsFrom(list: readonly Figure[], span: Span, type: Target['type'] | undefined): Observation[] {
	const now = timeOfMonth(span.to);
	const latest = type === 'cumulative' && list.some(({ window }) => window === 'ytd') ? 'ytd' : 'now';
	return list.flatMap(({ window, value, estimated }) => {
		const time = window === latest ? now : Number(window);
		return value === null || Number.isNaN(time) ? [] : [{ time, value, provisional: false, estimated }];
	});
}

/** The months of a view: its own, cut to those that hold data. */
export function spanOf(view: Pick<View, 'from' | 'to'>, { first, last }: Coverage): Span {
	return { from: view.from ?? first, to: view.to ?? last };
}

/** Judges the published figures of a documented indicator. */
export function standingOfActual(
	indicator: Indicator,
	all: readonly Target[],
	known: readonly Actual[],
	to: Month
): Standing {
	const promise = leading(all.filter(({ indicator_id: one }) => one === indicator.indicator_id));
	const own = known.filter(({ indicator_id: one }) => one === indicator.indicator_id);
	const first = promise[0];
	const day = lastDay(to);
	const published = own.filter(({ as_of: asOf }) => asOf <= day);
	const newest = [...published]
		.sort((a, b) => timeOfPeriod(a.period) - timeOfPeriod(b.period) || a.as_of.getTime() - b.as_of.getTime())
		.at(-1);
	const { boundary, method } = first ?? newest ?? { boundary: '', method: '' };
	const observations = observationsOf(own, indicator.indicator_id, boundary, method, day);
	const goal = goalFrom(promise, horizon);
	const unlike = published.filter((one) => one.boundary !== boundary || one.method !== method).length;
	const progress = assess(goal, observations, timeOfMonth(to), { unlike });
	const { now } = progress;
	const before = now && observations.find(({ time }) => Math.abs(time - (now.time - 1)) < 1e-6);
	return {
		indicator,
		targets: promise,
		observations,
		progress,
		status: progress.status,
		reason: progress.reason,
		change: changeOf(indicator, now, before ?? undefined),
		illustrative: false
	};
}

/** Judges figures computed from a register. */
export function standingOfRegister(
	indicator: Indicator,
	all: readonly Target[],
	list: readonly Figure[],
	span: Span,
	scope: Scope
): Standing {
	const promise = leading(all.filter(({ indicator_id: one }) => one === indicator.indicator_id));
	const goal: Goal | null = goalFrom(promise, horizon);
	const observations = observationsFrom(list, span, goal?.type);
	// A sum promised for all units says nothing about some of them; a ratio asks the same of each.
	const applies = !isNarrowed(scope) || indicator.class === 'ratio';
	const isWhole = !growsWithTime(indicator) || span.to - span.from >= 11;
	const progress = assess(applies && isWhole ? goal : null, observations, timeOfMonth(span.to));
	const now = list.find(({ window }) => window === 'now');
	const same = list.find(({ window }) => window === 'same');
	const as = (figure: Figure | undefined): Observation | undefined =>
		figure?.value === null || figure === undefined
			? undefined
			: { time: 0, value: figure.value, provisional: false, estimated: figure.estimated };
	return {
		indicator,
		targets: promise,
		observations: observationsFrom(list, span, undefined),
		progress,
		status: progress.status,
		reason: goal === null || (applies && isWhole) ? progress.reason : applies ? 'no_full_year' : 'scope',
		change: changeOf(indicator, as(now) ?? null, as(same)),
		illustrative: promise.some(({ standing }) => standing === 'illustrative')
	};
}

/** The standings of a view, of all indicators or those of these ids, in the order of `indicators.csv`. */
export async function standings(
	db: Database,
	view: View,
	covered: Coverage,
	ids?: readonly string[],
	signal?: AbortSignal
): Promise<Standing[]> {
	const [allIndicators, allTargets, allActuals] = await Promise.all([
		indicators(db, ids),
		targets(db, ids),
		actuals(db, ids)
	]);
	const span = spanOf(view, covered);
	const computed = allIndicators.filter(({ register }) => register !== 'actual');
	const lists = covered.empty
		? new Map<string, Figure[]>()
		: await figures(db, computed, (indicator) => samplesOf(indicator, span, covered.first), view, {
				monthly: true,
				...(signal ? { signal } : {})
			});
	return allIndicators.map((indicator) =>
		indicator.register === 'actual'
			? standingOfActual(indicator, allTargets, allActuals, span.to)
			: standingOfRegister(indicator, allTargets, lists.get(indicator.indicator_id) ?? [], span, view)
	);
}
