/**
 * Progress of an indicator toward what was promised: how far it has come, whether it will be there in time, and by which formula.
 *
 * Pure functions of numbers. Observations and targets that reach this file have one boundary and one method; whoever reads
 * them from the tables sees to that. Nothing is judged without a target that cites its document, and what cannot be judged
 * has the status `unknown` with its reason: "not enough data" is an answer.
 *
 * Time is a decimal year that counts completed years: the whole of 2024, or 31/12/2024, is 2024; 30/9/2026 is 2025.75; a
 * target for "2030" is due at 2030.
 */

/**
 * What kind of promise a target is.
 *
 * - `min`, `max`: at least, at most that value by that year.
 * - `about`: near the value; `range`: between the value and the upper value. With a direction, beyond the band on the good
 *   side is met as well ("about 35 %, higher is better" is met at 42 %); without one, the band is two-sided.
 * - `growth`: a mean yearly growth, in % a year, over the years after the base. Observations are growth rates in % a year.
 * - `cumulative`: a sum over the years after the base. Observations are the amounts of single periods.
 * - `yearly_floor`: every year by itself at or above the value (at or below, if down is good).
 * - `rank_max`: rank no worse than the value. A smaller rank is better whatever the direction says.
 * - `binary`: done or not done; an observation at or above the target value (1) means done.
 * - `maintain`: never worse than the value.
 */
export type TargetType =
	'min' | 'max' | 'about' | 'range' | 'growth' | 'cumulative' | 'yearly_floor' | 'rank_max' | 'binary' | 'maintain';

/** Which way is better. */
export type Direction = 'up' | 'down' | 'none';

/** The verdict. The words for people are in the message files. */
export type Status = 'met' | 'on_pace' | 'accelerate' | 'slow' | 'backwards' | 'unknown';

/** A verdict about pace alone. */
export type PaceStatus = Exclude<Status, 'met' | 'unknown'>;

/** The sign shown beside each status word, so that no status is told by colour alone. */
export const statusIcon: Readonly<Record<Status, string>> = {
	met: '✓',
	on_pace: '▲',
	accelerate: '◆',
	slow: '▼',
	backwards: '✕',
	unknown: '?'
};

/** A value promised for a moment; `upper` is the other end of a range, in the unit of the indicator. */
export interface Milestone {
	/** Decimal year; infinite when the document names no year. */
	readonly time: number;
	readonly value: number;
	readonly upper: number | null;
}

/** One promise of one document. */
export interface Goal {
	readonly type: TargetType;
	readonly direction: Direction;
	/**
	 * Where the way begins. Its value is null when the document gives only the year from which it counts; then the first
	 * observation from that year on serves. Growth, cumulative and yearly targets need the time alone.
	 */
	readonly base: { readonly time: number; readonly value: number | null } | null;
	/** Ascending by time; the last is the final target. A path (2025 and 2030) is linear between its milestones. */
	readonly milestones: readonly Milestone[];
	/** Whether the target cites a document, or is marked as an illustration. Otherwise it is never judged. */
	readonly sourced: boolean;
}

/** One figure of the indicator. */
export interface Observation {
	readonly time: number;
	readonly value: number;
	readonly provisional: boolean;
	readonly estimated: boolean;
	/** For ranks: how many were ranked. Ranks out of unlike numbers are not compared with one another. */
	readonly outOf?: number | null;
}

/**
 * Why a status is `unknown`, or what must be said beside it.
 *
 * With `unknown`: `no_target` (no number was promised), `no_document` (a number without its document), `no_year` (a number
 * without its year, and not met), `no_observation`, `not_comparable` (figures exist, of another boundary, method or number of
 * places ranked), `before_start` (the base lies after the day), `only_base` (nothing is known after the base),
 * `one_observation` (one figure and no base), `no_base`, `no_full_year` (a yearly target and no whole year known), `gap` (a year
 * is missing from a sum), `outdated` (the last figure is too old), `no_final_figure` (the target year is over and its figure is not
 * known), `binary_pending` (not done, and not due), `unsupported` (a sum that should stay small).
 *
 * With a verdict: `deadline_passed` (missed), `met_late` (missed in its year, met since), `not_held` (met in its year, lost since).
 */
export type Reason =
	| 'no_target'
	| 'no_document'
	| 'no_year'
	| 'no_observation'
	| 'not_comparable'
	| 'before_start'
	| 'only_base'
	| 'one_observation'
	| 'no_base'
	| 'no_full_year'
	| 'gap'
	| 'outdated'
	| 'no_final_figure'
	| 'binary_pending'
	| 'unsupported'
	| 'deadline_passed'
	| 'met_late'
	| 'not_held';

/** A value expected at the target's time, with an interval, by {@link theilSen} on the last figures. */
export interface Projection {
	readonly value: number;
	readonly low: number;
	readonly high: number;
	/** How many figures it rests on. */
	readonly points: number;
	readonly method: 'theil-sen';
}

/**
 * Why there is no compound ratio: `rank` and `zero` and `sign` (a value of zero, or values of both signs, have no growth rate),
 * `type` (the target is a rate, a sum, a yearly or a yes/no one), `held` (the base meets the target already), `no_base` (nothing
 * to compare, or no time has gone by), `unjudged` (no target, document, year or figure).
 */
export type CompoundRefusal = 'rank' | 'zero' | 'sign' | 'type' | 'held' | 'no_base' | 'unjudged';

/** Growth rates as shares a year (0.06 is 6 %), or why there are none. */
export type Compound =
	| { readonly actual: number; readonly required: number; readonly ratio: number; readonly status: Status }
	| { readonly refused: CompoundRefusal };

/** A point of the path that is asked for. */
export interface PathPoint {
	readonly time: number;
	readonly value: number;
}

/**
 * The name of the formula behind the verdict, and the numbers put into it.
 *
 * - `linear`: pace = (y − y0) / (y* − y0), y* = the path at t; on a path without milestones between, share of way / share of time.
 * - `cumulative`: the same, y being the sum since t0 and y0 = 0.
 * - `hold`: the distance of y from the level yT, as a share of the level.
 * - `mean_growth`: mean / yT, the mean of the yearly rates over t0 … t.
 * - `yearly_floor`: y of the last whole year t against yT.
 * - `binary`: y against yT.
 * - `none`: nothing could be computed.
 */
export interface Formula {
	readonly name: 'linear' | 'cumulative' | 'hold' | 'mean_growth' | 'yearly_floor' | 'binary' | 'none';
	readonly inputs: Readonly<Record<string, number>>;
}

/** Everything that a page may say about one indicator and one goal. Shares are fractions: 0.4667 is 46.67 %. */
export interface Progress {
	/** The verdict, by the linear pace (the default of officials). */
	readonly status: Status;
	readonly reason: Reason | null;
	/** The last figure up to the day. */
	readonly now: Observation | null;
	/** What is held against the target: the last figure, the sum since the base, or the mean growth. */
	readonly achieved: number | null;
	/** The value judged against: of a band the nearer edge, null inside a band that has two. */
	readonly target: number | null;
	/** The value on the path at the time of `now`; of a level to hold, the level. */
	readonly requiredNow: number | null;
	/** (y − y0) / (yT − y0); above 1 when the target is exceeded, below 0 when moving away. */
	readonly shareOfWay: number | null;
	/** (t − t0) / (tT − t0) at the time of `now`, not of the day: what is not known yet is not held against anyone. At most 1. */
	readonly shareOfTime: number | null;
	/** Way done over way asked for by `now`: 1 is exactly on the path. Null where there is no way to go. */
	readonly paceRatio: number | null;
	/**
	 * Change a year, in the unit of the indicator, that leads from `now` to the target in time: (yT − y) / (tT − t). Of growth: the
	 * mean rate of the years that are left. 0 when met; null when the time is over, and for yearly and yes/no targets.
	 */
	readonly neededPerYear: number | null;
	/** Years from `now` to the target; 0 when its time is over, null without a year. */
	readonly yearsLeft: number | null;
	readonly projection: Projection | null;
	/** Whether the target will be met: `yes` if all of the interval meets it, `likely` if its middle does, else `no`. */
	readonly projectedStatus: 'yes' | 'likely' | 'no' | null;
	/** The compound growth ratio of Eurostat and Open SDG, beside the verdict, never in its place. */
	readonly compound: Compound;
	/** The linear and the compound method give different status words. */
	readonly disagree: boolean;
	/**
	 * "So với kế hoạch": `now` over `requiredNow`. Where less is better it is `requiredNow` over `now`, so that above 1 is always better
	 * than the plan. Null for ranks, growth and yes/no targets, inside a band, and where a value is not positive.
	 */
	readonly ofPlan: number | null;
	/** Target less achieved, in the unit of the indicator: what is still to be added (negative: to be taken off, or to spare). */
	readonly gap: number | null;
	/** Years from `now` to the day. */
	readonly lagYears: number | null;
	/** A figure that entered the verdict is provisional, or estimated. */
	readonly provisional: boolean;
	readonly estimated: boolean;
	/** Whole years in a row, up to the last known, in which a yearly target held. Null for other targets. */
	readonly streak: number | null;
	/** Since which figure the target has been met without a break; null when it is not. */
	readonly met: number | null;
	/** (N − r) / (N − 1) of a rank whose N is known. */
	readonly percentile: number | null;
	/** Whether the base came with the target, or is the first figure; null when no base was used. */
	readonly baseFrom: 'target' | 'observations' | null;
	/** The path asked for, for drawing: the least that keeps pace. Empty when there is none. */
	readonly path: readonly PathPoint[];
	readonly formula: Formula;
}

/** The thresholds. A page that changes one must say so. */
export interface Rule {
	/** Pace ratio from which it is on pace, and from which it must accelerate (Open SDG: 0.95 and 0.6). */
	readonly onPace: number;
	readonly accelerate: number;
	/** Half width of "about", as a share of the value. A choice of this project: 2.5 %. */
	readonly about: number;
	/** How near to a level that should hold counts as near, as a share of the level. A choice of this project: 5 %. */
	readonly near: number;
	/** How many of the last figures a projection rests on. */
	readonly points: number;
	/** Years after which the last figure is too old to judge by. */
	readonly staleAfter: number;
	/** How many figures were left out because their boundary or method is not the target's: a reason when none is left. */
	readonly unlike: number;
}

/** The rule used where nothing else is said. */
export const standardRule: Rule = {
	onPace: 0.95,
	accelerate: 0.6,
	about: 0.025,
	near: 0.05,
	points: 5,
	staleAfter: 2,
	unlike: 0
};

const tolerance = 1e-9;

function atLeast(a: number, b: number): boolean {
	return a >= b || (b < Infinity && b - a <= tolerance * Math.max(Math.abs(a), Math.abs(b)));
}

/** The decimal year at the end of a day (UTC): months are twelfths, so 31/12/2024 is 2024 and 30/9/2026 is 2025.75, exactly. */
export function timeOf(date: Date): number {
	const year = date.getUTCFullYear();
	const month = date.getUTCMonth();
	return year - 1 + (month + date.getUTCDate() / daysIn(year, month)) / 12;
}

/** The day (midnight UTC) that {@link timeOf} turns into this time, for drawing; between two days, the nearer one. */
export function dateOf(time: number): Date {
	const month = Math.ceil(time * 12 - 1e-6) - 1;
	const year = Math.floor(month / 12) + 1;
	const ofYear = month - (year - 1) * 12;
	const days = daysIn(year, ofYear);
	return new Date(Date.UTC(year, ofYear, Math.max(1, Math.round((time * 12 - month) * days))));
}

function daysIn(year: number, month: number): number {
	return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

/**
 * The decimal year at the end of a period: `2024` is 2024, `2024-H1` 2023.5, `2024-Q3` and `2024-09` 2023.75.
 * Throws a RangeError on anything else.
 */
export function timeOfPeriod(period: string): number {
	const match = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(period);
	if (!match) throw new RangeError(`Not a period: ${period}`);
	const [, year, half, quarter, month] = match;
	const months = half ? Number(half) * 6 : quarter ? Number(quarter) * 3 : month ? Number(month) : 12;
	return Number(year) - 1 + months / 12;
}

/** The columns of `targets.csv` that are read here. */
export interface TargetRow {
	readonly target_id: string;
	readonly indicator_id: string;
	readonly boundary: string;
	readonly method: string;
	readonly base_year: number | null;
	readonly base_value: number | null;
	readonly target_year: number | null;
	readonly target_value: number | null;
	readonly target_upper: number | null;
	readonly type: TargetType;
	readonly direction: Direction;
	readonly document: string | null;
	readonly superseded_by: string | null;
	readonly standing: string;
}

/**
 * The targets that hold: those that no other target supersedes. A target that names its successor is out of force even when that
 * successor is superseded in turn, promises no number, or is not in the list.
 */
export function inForce<T extends Pick<TargetRow, 'superseded_by'>>(targets: readonly T[]): T[] {
	return targets.filter((target) => !target.superseded_by);
}

/**
 * The target in force that took the place of this one, at the end of the chain: A replaced by B replaced by C gives C, and
 * C gives C. Null when the chain leaves the list or runs in a circle.
 */
export function successorOf<T extends Pick<TargetRow, 'target_id' | 'superseded_by'>>(
	target: T,
	targets: readonly T[]
): T | null {
	const byId = new Map(targets.map((row) => [row.target_id, row]));
	const seen = new Set<string>();
	let current: T | undefined = target;
	while (current?.superseded_by) {
		if (seen.has(current.target_id)) return null;
		seen.add(current.target_id);
		current = byId.get(current.superseded_by);
	}
	return current ?? null;
}

/**
 * One goal out of the rows of one promise: same indicator, boundary, method, document, type and direction, one row a milestone.
 * The base is that of the first row that names one. Rows without a number are left out (a yes/no target needs none: it is 1); null
 * when no number is left. With a horizon (2030), milestones after that year are left out if any is due by then, so that a promise for
 * 2045 does not hide the one for 2030. Throws a RangeError when the rows are of different promises.
 */
export function goalFrom(rows: readonly TargetRow[], horizon = Infinity): Goal | null {
	const first = rows[0];
	if (!first) return null;
	for (const column of ['indicator_id', 'boundary', 'method', 'document', 'type', 'direction'] as const) {
		const other = rows.find((row) => row[column] !== first[column]);
		if (other) {
			throw new RangeError(`Targets ${first.target_id} and ${other.target_id} are not one goal: ${column} differs`);
		}
	}
	const milestones: Milestone[] = [];
	for (const row of rows) {
		const value = row.target_value ?? (row.type === 'binary' ? 1 : null);
		if (value !== null) milestones.push({ time: row.target_year ?? Infinity, value, upper: row.target_upper });
	}
	if (milestones.length === 0) return null;
	milestones.sort((a, b) => (a.time === b.time ? 0 : a.time - b.time));
	const due = milestones.filter((milestone) => milestone.time <= horizon);
	const based = rows.find((row) => row.base_year !== null && row.base_value !== null);
	const dated = based ?? rows.find((row) => row.base_year !== null);
	return {
		type: first.type,
		direction: first.direction,
		base: dated && dated.base_year !== null ? { time: dated.base_year, value: dated.base_value } : null,
		milestones: due.length > 0 ? due : milestones,
		sourced: Boolean(first.document) || first.standing === 'illustrative'
	};
}

/**
 * The status word of a pace ratio, by the bands of Open SDG (docs/progress-methodology.md): from 0.95 on pace, from 0.6
 * to be accelerated, from 0 slow, below 0 backwards.
 */
export function paceStatus(ratio: number, rule: Pick<Rule, 'onPace' | 'accelerate'> = standardRule): PaceStatus {
	if (atLeast(ratio, rule.onPace)) return 'on_pace';
	if (atLeast(ratio, rule.accelerate)) return 'accelerate';
	return ratio >= -tolerance ? 'slow' : 'backwards';
}

/**
 * The score of a compound ratio for averaging over indicators (Open SDG, docs/progress-methodology.md): −0.6 gives −5, 0.6 gives 0,
 * 1.3 gives 5, linear between and never beyond.
 */
export function openSdgScore(ratio: number): number {
	const score = ratio <= 0.6 ? ((ratio - 0.6) / 1.2) * 5 : ((ratio - 0.6) / 0.7) * 5;
	return Math.max(-5, Math.min(5, score));
}

/**
 * The word for a trend that no target stands behind (Open SDG, docs/progress-methodology.md): growth in the wanted direction of
 * at least 1.5 %, 0.5 % or 0 % a year. It says which way things go, not whether a promise is kept, and must not be shown as such.
 * `growth` is a share a year (0.015). `scaling`, between 0 and 1, shrinks the thresholds above 0 near a natural limit.
 */
export function trendWithoutTarget(
	growth: number,
	direction: Exclude<Direction, 'none'> = 'up',
	scaling = 1
): PaceStatus {
	const wanted = direction === 'down' ? -growth : growth;
	if (atLeast(wanted, 0.015 * scaling)) return 'on_pace';
	if (atLeast(wanted, 0.005 * scaling)) return 'accelerate';
	return wanted >= 0 ? 'slow' : 'backwards';
}

/**
 * The percentile of rank r among N, (N − r) / (N − 1): 1 for the first, 0 for the last. With it, ranks out of unlike numbers can be
 * read side by side. Null when fewer than two were ranked or the rank is not among them.
 */
export function percentileRank(rank: number, among: number): number | null {
	if (among < 2 || rank < 1 || rank > among) return null;
	return (among - rank) / (among - 1);
}

/**
 * The compound yearly growth from one value to another, (to / from)^(1 / years) − 1, as a share. Null where there is none: a zero, values
 * of both signs, or no time between.
 */
export function compoundGrowth(from: number, to: number, years: number): number | null {
	if (!(years > 0) || from === 0 || to === 0 || from < 0 !== to < 0) return null;
	return (to / from) ** (1 / years) - 1;
}

/** A line through figures: its slope a year with an interval, and its height at a time. */
export interface TrendLine {
	readonly slope: number;
	readonly low: number;
	readonly high: number;
	readonly points: number;
	/** The height at a time of the line with one of the three slopes. */
	at(time: number, slope: number): number;
}

/** Standard normal quantile for a two-sided interval of 80 %. */
const z80 = 1.2815515655446004;

/**
 * A robust line (Theil 1950; Sen 1968, "Estimates of the regression coefficient based on Kendall's tau", JASA 63, 1379–1389): its slope
 * is the median of the slopes of all pairs, its height the median of the residuals y − slope·t. One odd figure among five hardly
 * moves it.
 *
 * The interval is Sen's, in the form of Gilbert (1987, "Statistical methods for environmental pollution monitoring", 16.4.2): of
 * the N = n(n − 1)/2 ordered slopes, those at rank M and N + 1 − M, where M = (N − C)/2 rounded down and
 * C = 1.2816·√(n(n − 1)(2n + 5)/18) for 80 %. By hand: 5 figures give C = 5.23, N = 10, M = 2: the second smallest and the second largest
 * slope (rounding down makes it 92 % by Kendall's exact distribution); with 3 or 4 figures it is the whole range of the slopes (exactly
 * 67 % and 92 %). Null below three figures or when all have one time.
 */
export function theilSen(points: readonly PathPoint[]): TrendLine | null {
	if (points.length < 3) return null;
	const slopes: number[] = [];
	points.forEach((a, index) => {
		for (const b of points.slice(index + 1)) {
			if (b.time !== a.time) slopes.push((b.value - a.value) / (b.time - a.time));
		}
	});
	if (slopes.length === 0) return null;
	slopes.sort((a, b) => a - b);
	const n = points.length;
	const spread = z80 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
	const rank = Math.max(1, Math.floor((slopes.length - spread) / 2));
	return {
		slope: median(slopes),
		low: slopes[rank - 1] ?? NaN,
		high: slopes[slopes.length - rank] ?? NaN,
		points: n,
		at: (time, slope) => median(points.map((point) => point.value - slope * point.time)) + slope * time
	};
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const upper = sorted[Math.floor(middle)] ?? NaN;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** The values that meet a milestone: both ends belong to it, and an end may be infinite. */
interface Band {
	readonly low: number;
	readonly high: number;
}

function bandOf(goal: Goal, milestone: Milestone, rule: Rule): Band {
	const { value, upper } = milestone;
	const ceiling = { low: -Infinity, high: value };
	const floor = { low: value, high: Infinity };
	switch (goal.type) {
		case 'min':
		case 'cumulative':
		case 'binary':
			return floor;
		case 'max':
		case 'rank_max':
			return ceiling;
		case 'growth':
		case 'yearly_floor':
			return goal.direction === 'down' ? ceiling : floor;
		case 'maintain':
			if (goal.direction === 'up') return floor;
			if (goal.direction === 'down') return ceiling;
			break;
		case 'about':
		case 'range':
			break;
	}
	const width = goal.type === 'range' || upper !== null ? 0 : rule.about * Math.abs(value);
	return {
		low: goal.direction === 'down' ? -Infinity : value - width,
		high: goal.direction === 'up' ? Infinity : (upper ?? value) + width
	};
}

function within(value: number, band: Band): boolean {
	return atLeast(value, band.low) && atLeast(band.high, value);
}

/** The edge of the band that counts for this value: the only one, or the one it lies beyond; null inside a band with two. */
function edgeFor(value: number, band: Band): 'low' | 'high' | null {
	if (band.high === Infinity) return 'low';
	if (band.low === -Infinity) return 'high';
	if (within(value, band)) return null;
	return value < band.low ? 'low' : 'high';
}

/** The height of a path at a time, linear between its points and flat beyond its ends. */
function along(path: readonly PathPoint[], time: number): number | null {
	let before: PathPoint | null = null;
	for (const point of path) {
		if (point.time >= time) {
			if (before === null || point.time === Infinity) return before?.value ?? point.value;
			return before.value + ((point.value - before.value) * (time - before.time)) / (point.time - before.time);
		}
		before = point;
	}
	return before?.value ?? null;
}

/** The figures up to the day, ascending, one a moment (the later in the list counts). */
function upTo(observations: readonly Observation[], day: number): Observation[] {
	const byTime = new Map<number, Observation>();
	for (const observation of observations) {
		const known = atLeast(day, observation.time);
		if (known && Number.isFinite(observation.value)) byTime.set(observation.time, observation);
	}
	return [...byTime.values()].sort((a, b) => a.time - b.time);
}

const nothing: Progress = {
	status: 'unknown',
	reason: null,
	now: null,
	achieved: null,
	target: null,
	requiredNow: null,
	shareOfWay: null,
	shareOfTime: null,
	paceRatio: null,
	neededPerYear: null,
	yearsLeft: null,
	projection: null,
	projectedStatus: null,
	compound: { refused: 'unjudged' },
	disagree: false,
	ofPlan: null,
	gap: null,
	lagYears: null,
	provisional: false,
	estimated: false,
	streak: null,
	met: null,
	percentile: null,
	baseFrom: null,
	path: [],
	formula: { name: 'none', inputs: {} }
};

/** What every judgement starts from. Figures from before the base are history: they may carry a projection, not a verdict. */
interface Case {
	readonly goal: Goal;
	readonly final: Milestone;
	readonly history: readonly Observation[];
	readonly points: readonly Observation[];
	readonly now: Observation;
	readonly day: number;
	readonly rule: Rule;
	/** What is known before any judgement. */
	readonly known: Progress;
}

/**
 * Judges an indicator on a day, a decimal year as from {@link timeOf}; only figures up to that day count.
 *
 * The figures should be one a year (whole years, and the latest of the year in progress): a projection rests on the last five of
 * them, whatever their step. Each milestone can be judged by itself as a goal of its own.
 *
 * The rules, beyond the formulas named in {@link Progress}:
 * - A target that is reached is met, whatever the pace. A base that meets the target already leaves no way to go: the target is then a
 *   level to hold, and outside it the word is `accelerate` within 5 % of the level, `slow` beyond.
 * - Without a base the first figure serves as one (`baseFrom`), if there is a later one.
 * - A band without direction that was left on the other side is judged by its distance too.
 * - When the figure for the target year (the first at or after it) is known, the verdict is final: met if that figure met the
 *   target (`not_held` if a later one does not) or the last one does (`met_late`), else `slow` or `backwards` with `deadline_passed`.
 *   When it is not known after that year, a target met before stands, another is `unknown` (`no_final_figure`).
 * - When more than two years lie between the last figure and the day, or the target year if that is over, the status is `unknown`
 *   (`outdated`), met or not: the rest is still given. Something done (binary) stays done.
 * - Growth: rates are averaged over the years after the base, of each year its last figure (published since the start of the year),
 *   weighted with the part of the year it covers. Above the target rate is on pace until the last year is known, met then.
 * - Cumulative: the sum of the periods after the base, which begins at 0. A gap of more than a year gives `unknown` (`gap`) unless the
 *   rest suffices. The projection rests on the sums, the 0 at the start among them.
 * - Yearly: the last whole year is judged, years in progress never. Below, the word goes by the distance as for a level to hold.
 * - Binary: not done and not due is `unknown` (`binary_pending`), for there is no way to see its pace.
 */
export function assess(
	goal: Goal | null,
	observations: readonly Observation[],
	day: number,
	options: Partial<Rule> = {}
): Progress {
	const rule = { ...standardRule, ...options };
	const history = upTo(observations, day);
	const now = history.at(-1) ?? null;
	const known: Progress = {
		...nothing,
		now,
		lagYears: now && Math.max(0, day - now.time),
		percentile: now?.outOf ? percentileRank(now.value, now.outOf) : null,
		provisional: now?.provisional ?? false,
		estimated: now?.estimated ?? false
	};
	const unknown = (reason: Reason): Progress => ({ ...known, reason });
	const final = goal?.milestones.at(-1);
	if (!goal || !final) return unknown('no_target');
	if (!goal.sourced) return unknown('no_document');
	if (goal.base && !atLeast(day, goal.base.time)) return unknown('before_start');
	if (!now) return unknown(rule.unlike > 0 ? 'not_comparable' : 'no_observation');
	const start = goal.base?.time ?? -Infinity;
	const points = history.filter((point) => atLeast(point.time, start));
	if (!points.includes(now)) return unknown('only_base');
	const subject: Case = { goal, final, history, points, now, day, rule, known };
	switch (goal.type) {
		case 'growth':
			return judgeGrowth(subject);
		case 'cumulative':
			return judgeSum(subject);
		case 'yearly_floor':
			return judgeYears(subject);
		case 'binary':
			return judgeBinary(subject);
		default:
			return judgeLevel(subject);
	}
}

/** The base of a way and where it came from; null when there is none before the last figure. */
function baseOf({ goal, points, now }: Case): { point: PathPoint; from: 'target' | 'observations' } | null {
	const { base } = goal;
	if (base && base.value !== null) return { point: { time: base.time, value: base.value }, from: 'target' };
	const [first] = points;
	return first && first.time < now.time ? { point: first, from: 'observations' } : null;
}

/** Of a level to hold: near it or not. */
function holdStatus(gap: number, level: number, rule: Rule): PaceStatus {
	return atLeast(rule.near * Math.abs(level), Math.abs(gap)) ? 'accelerate' : 'slow';
}

function isOutdated({ day, final, now, rule }: Case): boolean {
	return Math.min(day, final.time) - now.time > rule.staleAfter + tolerance;
}

function project(
	points: readonly Observation[],
	{ final, now, rule, goal }: Case
): Pick<Progress, 'projection' | 'projectedStatus'> {
	const like = points.filter((point) => (point.outOf ?? null) === (now.outOf ?? null)).slice(-rule.points);
	const line = final.time > now.time && final.time < Infinity ? theilSen(like) : null;
	if (!line) return { projection: null, projectedStatus: null };
	const bound = (value: number) => (goal.type === 'rank_max' ? Math.max(1, value) : value);
	const value = bound(line.at(final.time, line.slope));
	const ends = [line.low, line.high].map((slope) => bound(line.at(final.time, slope)));
	const low = Math.min(value, ...ends);
	const high = Math.max(value, ...ends);
	const band = bandOf(goal, final, rule);
	const all = within(low, band) && within(high, band);
	return {
		projection: { value, low, high, points: line.points, method: 'theil-sen' },
		projectedStatus: all ? 'yes' : within(value, band) ? 'likely' : 'no'
	};
}

/** The compound ratio R = CAGR actual / CAGR required; with positive values this is Open SDG's d·CAGRa/|CAGRr|. */
function compoundOf(base: PathPoint, now: PathPoint, target: PathPoint, met: boolean, rule: Rule): Compound {
	const values = [base.value, now.value, target.value];
	if (values.includes(0)) return { refused: 'zero' };
	if (values.some((value) => value < 0) && values.some((value) => value > 0)) return { refused: 'sign' };
	const actual = compoundGrowth(base.value, now.value, now.time - base.time);
	const required = compoundGrowth(base.value, target.value, target.time - base.time);
	if (actual === null || !required) return { refused: 'no_base' };
	const ratio = actual / required;
	return { actual, required, ratio, status: met ? 'met' : paceStatus(ratio, rule) };
}

/** Time of the first figure of the unbroken run of good ones that ends with the last. */
function metSince(points: readonly Observation[], meets: (value: number) => boolean): number | null {
	let since: number | null = null;
	for (const point of points) since = meets(point.value) ? (since ?? point.time) : null;
	return since;
}

function judgeLevel(subject: Case): Progress {
	const { goal, final, history, points, now, day, rule, known } = subject;
	const band = bandOf(goal, final, rule);
	const meets = (value: number) => within(value, band);
	const reached = meets(now.value);
	const dated = final.time < Infinity;

	const found = goal.type === 'maintain' ? null : baseOf(subject);
	const base = found && found.point.time < final.time ? found.point : null;
	const held = goal.type === 'maintain' || (base !== null && meets(base.value));
	const side = base && !held ? edgeFor(base.value, band) : edgeFor(now.value, band);
	const overshot = !reached && side !== edgeFor(now.value, band);
	const nearest = edgeFor(now.value, band);
	const gap = nearest ? band[nearest] - now.value : 0;

	const level = (milestone: Milestone, edge: 'low' | 'high'): PathPoint => ({
		time: milestone.time,
		value: bandOf(goal, milestone, rule)[edge]
	});
	const start = base ?? (held ? { time: goal.base?.time ?? points[0]?.time ?? now.time } : null);
	const ahead = start ? goal.milestones.filter((milestone) => milestone.time > start.time) : [];
	const path: PathPoint[] = [];
	const twoSided = band.low !== -Infinity && band.high !== Infinity;
	if (side && start && (held ? !twoSided : dated)) {
		const levels = ahead.map((milestone) => level(milestone, side));
		const first = held ? levels[0]?.value : base?.value;
		if (first !== undefined) path.push({ time: start.time, value: first }, ...levels);
	}
	const requiredNow = along(path, now.time);

	const goes = base !== null && !held && side !== null && now.time > base.time;
	const target = side ? band[side] : null;
	let shareOfWay: number | null = null;
	let paceRatio: number | null = null;
	if (goes && target !== null && !overshot) {
		shareOfWay = (now.value - base.value) / (target - base.value);
		const asked = (requiredNow ?? base.value) - base.value;
		if (asked !== 0 && asked > 0 === target > base.value) paceRatio = (now.value - base.value) / asked;
	}

	let linear: Status | null = null;
	if (reached) linear = 'met';
	else if (held || overshot) linear = holdStatus(gap, band[nearest ?? 'low'], rule);
	else if (paceRatio !== null) linear = paceStatus(paceRatio, rule);
	else if (goes && requiredNow !== null) {
		// The path asks for nothing yet, or even gives way.
		const worse = (a: number, b: number) => (side === 'low' ? !atLeast(a, b) : !atLeast(b, a));
		if (!worse(now.value, requiredNow)) linear = 'on_pace';
		else linear = worse(now.value, base.value) ? 'backwards' : 'slow';
	}

	const baseOutOf = history.find((point) => point.time === base?.time)?.outOf ?? null;
	const unlikeRanks = baseOutOf !== null && (now.outOf ?? null) !== null && baseOutOf !== now.outOf;
	const compound: Compound =
		goal.type === 'rank_max'
			? { refused: 'rank' }
			: held
				? { refused: 'held' }
				: !dated
					? { refused: 'unjudged' }
					: goes && target !== null
						? compoundOf(base, now, { time: final.time, value: target }, reached, rule)
						: { refused: 'no_base' };

	const decided = points.find((point) => atLeast(point.time, final.time));
	const kept = decided !== undefined && meets(decided.value);
	let status: Status = linear ?? 'unknown';
	let reason: Reason | null = null;
	if (isOutdated(subject)) [status, reason] = ['unknown', 'outdated'];
	else if (reached) reason = decided && !kept ? 'met_late' : null;
	else if (kept) [status, reason] = ['met', 'not_held'];
	else if (decided) [status, reason] = [paceRatio !== null && paceRatio < 0 ? 'backwards' : 'slow', 'deadline_passed'];
	else if (!atLeast(final.time, day)) [status, reason] = ['unknown', 'no_final_figure'];
	else if (!dated && goal.type !== 'maintain') [status, reason] = ['unknown', 'no_year'];
	else if (unlikeRanks) [status, reason] = ['unknown', 'not_comparable'];
	else if (linear === null) {
		status = 'unknown';
		reason = base ? 'only_base' : points.length === 1 ? 'one_observation' : 'no_base';
	}

	const open = !decided && !reached;
	const inputs: Record<string, number> = { t: now.time, y: now.value };
	if (base && !held) Object.assign(inputs, { t0: base.time, y0: base.value });
	if (dated) inputs['tT'] = final.time;
	const judged = target ?? (nearest ? band[nearest] : null);
	if (judged !== null) inputs['yT'] = judged;
	if (requiredNow !== null) inputs['required'] = requiredNow;
	const used = [now, ...(base ? points.filter((point) => point.time === base.time) : [])];

	return {
		...known,
		...project(history, subject),
		status,
		reason,
		achieved: now.value,
		target,
		requiredNow,
		shareOfWay,
		shareOfTime: goes && dated ? Math.min(1, (now.time - base.time) / (final.time - base.time)) : null,
		paceRatio: unlikeRanks ? null : paceRatio,
		neededPerYear: reached ? 0 : dated && final.time > now.time ? gap / (final.time - now.time) : null,
		yearsLeft: dated ? Math.max(0, final.time - now.time) : null,
		compound,
		disagree: open && status !== 'unknown' && 'ratio' in compound && compound.status !== linear,
		ofPlan: ofPlan(now.value, requiredNow, overshot || goal.type === 'rank_max' ? null : side),
		gap,
		provisional: used.some((point) => point.provisional),
		estimated: used.some((point) => point.estimated),
		met: reached ? metSince(points, meets) : kept && decided ? decided.time : null,
		baseFrom: base ? (found?.from ?? null) : null,
		path: path.filter((point) => point.time < Infinity),
		formula: { name: held || overshot ? 'hold' : 'linear', inputs }
	};
}

function ofPlan(value: number, plan: number | null, side: 'low' | 'high' | null): number | null {
	if (plan === null || side === null || !(plan > 0) || !(value > 0)) return null;
	return side === 'low' ? value / plan : plan / value;
}

function judgeSum(subject: Case): Progress {
	const { goal, known, points } = subject;
	if (goal.direction === 'down') return { ...known, reason: 'unsupported' };
	if (!goal.base) return { ...known, reason: 'no_base' };
	const start = goal.base.time;
	const flows = points.filter((point) => point.time > start);
	if (flows.length === 0) return { ...known, reason: 'only_base' };
	let total = 0;
	let before = start;
	let gap = false;
	let provisional = false;
	let estimated = false;
	const sums: Observation[] = [{ time: start, value: 0, provisional, estimated }];
	for (const flow of flows) {
		gap ||= flow.time - before > 1 + tolerance * flow.time;
		before = flow.time;
		total += flow.value;
		provisional ||= flow.provisional;
		estimated ||= flow.estimated;
		sums.push({ time: flow.time, value: total, provisional, estimated });
	}
	const judged = judgeLevel({
		...subject,
		goal: { ...goal, base: { time: start, value: 0 } },
		history: gap ? [] : sums,
		points: sums,
		now: sums.at(-1) ?? subject.now
	});
	const incomplete = gap && judged.status !== 'met' && judged.reason !== 'outdated';
	return {
		...judged,
		now: subject.now,
		compound: { refused: 'type' },
		disagree: false,
		...(incomplete ? { status: 'unknown', reason: 'gap', paceRatio: null, ofPlan: null } : {}),
		formula: { name: 'cumulative', inputs: { ...judged.formula.inputs, y: total } }
	};
}

function judgeGrowth(subject: Case): Progress {
	const { goal, final, history, day, rule, known } = subject;
	const start = goal.base?.time ?? Math.ceil((history[0]?.time ?? 0) - tolerance) - 1;
	const ofYear = new Map<number, Observation>();
	for (const point of history) {
		if (point.time > start && atLeast(final.time, point.time)) ofYear.set(Math.ceil(point.time - 1e-6), point);
	}
	const used = [...ofYear.values()];
	const now = used.at(-1);
	if (!now) return { ...known, reason: 'only_base', compound: { refused: 'type' } };
	let weighted = 0;
	let covered = 0;
	for (const [year, point] of ofYear) {
		const part = point.time - Math.max(year - 1, start);
		weighted += part * point.value;
		covered += part;
	}
	const mean = weighted / covered;
	const band = bandOf(goal, final, rule);
	const good = within(mean, band);
	const rate = final.value;
	const dated = final.time < Infinity;
	const paceRatio = rate !== 0 && rate > 0 === (goal.direction !== 'down') ? mean / rate : null;
	const decided = atLeast(now.time, final.time);

	let status: Status = good
		? 'on_pace'
		: paceRatio !== null
			? paceStatus(paceRatio, rule)
			: holdStatus(rate - mean, rate, rule);
	let reason: Reason | null = null;
	if (isOutdated({ ...subject, now })) [status, reason] = ['unknown', 'outdated'];
	else if (decided && good) status = 'met';
	else if (decided) [status, reason] = [status === 'backwards' ? 'backwards' : 'slow', 'deadline_passed'];
	else if (!atLeast(final.time, day)) [status, reason] = ['unknown', 'no_final_figure'];

	const whole = final.time - start;
	const gone = now.time - start;
	return {
		...known,
		status,
		reason,
		now,
		lagYears: Math.max(0, day - now.time),
		achieved: mean,
		target: rate,
		requiredNow: rate,
		shareOfTime: dated ? gone / whole : null,
		paceRatio,
		neededPerYear: dated && !decided ? (rate * whole - mean * gone) / (final.time - now.time) : null,
		yearsLeft: dated ? final.time - now.time : null,
		compound: { refused: 'type' },
		gap: rate - mean,
		provisional: used.some((point) => point.provisional),
		estimated: used.some((point) => point.estimated),
		met: status === 'met' ? final.time : null,
		baseFrom: goal.base ? 'target' : 'observations',
		path: dated ? [start, final.time].map((time) => ({ time, value: rate })) : [],
		formula: { name: 'mean_growth', inputs: { t0: start, t: now.time, mean, yT: rate } }
	};
}

function judgeYears(subject: Case): Progress {
	const { goal, final, history, day, rule, known } = subject;
	const start = goal.base?.time ?? -Infinity;
	const years = history.filter(
		(point) =>
			Math.abs(point.time - Math.round(point.time)) < 1e-6 && point.time > start && atLeast(final.time, point.time)
	);
	const now = years.at(-1);
	if (!now) return { ...known, reason: 'no_full_year', compound: { refused: 'type' } };
	const band = bandOf(goal, final, rule);
	const meets = (value: number) => within(value, band);
	const run: Observation[] = [];
	for (const point of [...years].reverse()) {
		const next = run.at(-1);
		if (!meets(point.value) || (next && next.time - point.time > 1.5)) break;
		run.push(point);
	}
	const side = edgeFor(now.value, band) ?? 'low';
	const level = band[side];
	const gap = level - now.value;
	const outdated = isOutdated({ ...subject, now });
	const dated = final.time < Infinity;
	const from = Math.max(start, (years[0] ?? now).time - 1);
	return {
		...known,
		...project(years, { ...subject, now }),
		status: outdated ? 'unknown' : meets(now.value) ? 'met' : holdStatus(gap, level, rule),
		reason: outdated ? 'outdated' : null,
		now,
		lagYears: Math.max(0, day - now.time),
		achieved: now.value,
		target: level,
		requiredNow: level,
		shareOfTime: dated && goal.base ? (now.time - start) / (final.time - start) : null,
		yearsLeft: dated ? final.time - now.time : null,
		compound: { refused: 'type' },
		ofPlan: ofPlan(now.value, level, side),
		gap,
		provisional: now.provisional,
		estimated: now.estimated,
		streak: run.length,
		met: run.at(-1)?.time ?? null,
		baseFrom: null,
		path: [from, dated ? final.time : now.time].map((time) => ({ time, value: level })),
		formula: { name: 'yearly_floor', inputs: { t: now.time, y: now.value, yT: level, years: run.length } }
	};
}

function judgeBinary(subject: Case): Progress {
	const { goal, final, points, now, day, rule, known } = subject;
	const band = bandOf(goal, final, rule);
	const since = metSince(points, (value) => within(value, band));
	const done = since !== null;
	const decided = atLeast(now.time, final.time);
	const due = !atLeast(final.time, day);
	let reason: Reason | null = null;
	const first = points.find((point) => atLeast(point.time, final.time));
	if (done) reason = first && !within(first.value, band) ? 'met_late' : null;
	else reason = decided ? 'deadline_passed' : due ? 'no_final_figure' : 'binary_pending';
	return {
		...known,
		status: done ? 'met' : decided ? 'slow' : 'unknown',
		reason,
		achieved: now.value,
		target: final.value,
		yearsLeft: final.time < Infinity ? Math.max(0, final.time - now.time) : null,
		compound: { refused: 'type' },
		gap: final.value - now.value,
		met: since,
		formula: { name: 'binary', inputs: { t: now.time, y: now.value, yT: final.value } }
	};
}
