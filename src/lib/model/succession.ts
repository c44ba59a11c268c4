/**
 * Succession: unit A became unit B on a day, with a share. From these edges a series that was reported by units that have
 * since been merged, split, renamed or dissolved can be read in today's structure, and, where weights allow, in an older one.
 *
 * A unit takes part in an event on its first day of not being what it was: a row dated on the day of the event already
 * belongs to the new structure (validity is half-open, `[from, to)`). All of a unit leaves on the day of an event; what
 * arrives at a unit on the day on which that unit itself leaves goes on the same day (A→B→C on one day equals A→C).
 */
import type { Bilingual, Row } from './table';

/** One edge of a succession event: the part `share` of unit `from` went to unit `to` on the day `on`. */
export interface Edge {
	readonly from: string;
	/** Null when the unit was dissolved and nobody carries it on. */
	readonly to: string | null;
	/** Midnight UTC of the first day of the new structure. */
	readonly on: Date;
	/** Between 0 and 1; the shares of one unit on one day total 1. Null when dissolved. */
	readonly share: number | null;
	/** A code of the list `succession_kind`. */
	readonly kind: string;
	readonly eventId: string;
}

/** The life of a unit identity, half-open. */
export interface UnitLife {
	readonly unitId: string;
	/** Null: it has existed for as long as anyone looks back. */
	readonly from: Date | null;
	/** The first day on which it no longer exists; null: it exists today. */
	readonly to: Date | null;
}

/** Why a list of edges cannot be used. */
export type SuccessionProblemKind =
	'self' | 'share-missing' | 'share-negative' | 'share-sum' | 'dissolved-and-continued' | 'cycle';

/** One fault in a list of edges, with the units and the day to look at. */
export interface SuccessionProblem {
	readonly kind: SuccessionProblemKind;
	/** The units concerned; for a cycle its members, in the order in which they follow one another. */
	readonly units: readonly string[];
	readonly on: Date;
	readonly message: Bilingual;
}

/** Where the rows of a unit that are dated within `[from, to)` count today. */
export interface UnitPath {
	readonly unitId: string;
	/** First day of the row dates meant; null: without beginning. */
	readonly from: Date | null;
	/** The day after the last; null: without end. */
	readonly to: Date | null;
	/** Today's unit, or the unit itself (or its last successor) when nobody carries it on: see `ended`. */
	readonly todayId: string;
	/** The part that counts there, above 0 and at most 1; over one unit and one row date the shares total 1. */
	readonly share: number;
	/** True when `todayId` does not exist today: it ended and has no successor. */
	readonly ended: boolean;
	/** The day of the last event on the way to `todayId`; null when the rows never moved. */
	readonly arrivedOn: Date | null;
}

/** How a unit of today is spread over the units of an older day. */
export interface OldPath {
	readonly todayId: string;
	/** Null when the older structure cannot be derived for this unit: `unknown`. */
	readonly oldId: string | null;
	/** The part of today's figure that belongs to `oldId`; null when it is not known. */
	readonly share: number | null;
}

/** How an indicator behaves when units are merged or split; the codes of the list `indicator_class`. */
export type IndicatorClass = 'additive' | 'ratio' | 'rank' | 'index' | 'distinct';

/** One reported figure of one unit: a value, or for a ratio its numerator and denominator. */
export interface SeriesRow {
	readonly unitId: string;
	/** The day that decides under which structure the figure was made. */
	readonly date: Date;
	readonly period: string;
	readonly value?: number | null;
	readonly numerator?: number | null;
	readonly denominator?: number | null;
}

/** One figure of one unit of today. */
export interface RestatedRow {
	readonly unitId: string;
	readonly period: string;
	/** The figure; for a ratio numerator over denominator without any scale. Null when nothing is known or the denominator is 0. */
	readonly value: number | null;
	/** Null except for a ratio. */
	readonly numerator: number | null;
	readonly denominator: number | null;
	/** Whether a share other than 1 took part, so that the figure is an estimate. */
	readonly estimated: boolean;
	/**
	 * For the classes that cannot be carried over an event: the day of the last event before this row that changed what the
	 * unit is. Rows with unlike breaks are never joined by a line. Null for the other classes and before the first event.
	 */
	readonly break: Date | null;
}

/** An event in the past or future of a unit, to be drawn as a hairline. */
export interface UnitEvent {
	readonly eventId: string;
	readonly on: Date;
	readonly kind: string;
}

/** Shares are decimal fractions typed by people, so their sum is compared with 1 up to this. */
const tolerance = 1e-6;

/**
 * Reads the typed rows of `unit_successions`.
 * @throws TypeError when a row lacks its event, day, kind or old unit; the intake refuses such rows before.
 */
export function edgesFrom(rows: readonly Row[]): Edge[] {
	return rows.map((row) => {
		const { event_id: eventId, effective_on: on, kind, from_unit_id: from, to_unit_id: to, share } = row;
		if (
			typeof eventId !== 'string' ||
			!(on instanceof Date) ||
			typeof kind !== 'string' ||
			typeof from !== 'string' ||
			(typeof to !== 'string' && to !== null) ||
			(typeof share !== 'number' && share !== null)
		) {
			throw new TypeError(`Not a typed row of unit_successions: ${JSON.stringify(row)}`);
		}
		return { from, to, on, share, kind, eventId };
	});
}

/**
 * Reads the lives of the units from the typed rows of `units`.
 * @throws TypeError when a row has no code or a day is not a date.
 */
export function unitLivesFrom(rows: readonly Row[]): UnitLife[] {
	return rows.map((row) => {
		const { unit_id: unitId, valid_from: from, valid_to: to } = row;
		if (
			typeof unitId !== 'string' ||
			!(from instanceof Date || from === null) ||
			!(to instanceof Date || to === null)
		) {
			throw new TypeError(`Not a typed row of units: ${JSON.stringify(row)}`);
		}
		return { unitId, from, to };
	});
}

/**
 * Looks for what makes a list of edges unusable: a unit that becomes itself, a share that is missing or negative, shares of one
 * unit on one day that do not total 1, a unit that is both dissolved and continued on one day, and units that become one
 * another on the same day. A cycle over several days (a name that comes back) is sound, because each event happens once.
 */
export function checkSuccessions(edges: readonly Edge[]): SuccessionProblem[] {
	const problems: SuccessionProblem[] = [];
	const add = (kind: SuccessionProblemKind, units: string[], on: Date, vi: string, en: string) =>
		problems.push({ kind, units, on, message: { vi: `${vietnameseDay(on)}: ${vi}`, en: `${isoDay(on)}: ${en}` } });

	for (const [unit, days] of departures(edges)) {
		for (const { edges: leaving, on } of days) {
			const continued = leaving.filter((edge) => edge.to !== null);
			if (continued.some((edge) => edge.to === unit)) {
				add('self', [unit], on, `${unit} không thể kế thừa chính nó.`, `${unit} cannot succeed itself.`);
			}
			if (continued.length === 0) continue;
			if (continued.length < leaving.length) {
				add(
					'dissolved-and-continued',
					[unit],
					on,
					`${unit} vừa giải thể vừa có đơn vị kế thừa trong cùng một ngày.`,
					`${unit} is both dissolved and continued on the same day.`
				);
			}
			const missing = continued.filter((edge) => edge.share === null || !Number.isFinite(edge.share));
			for (const { to } of missing) {
				add(
					'share-missing',
					[unit, to ?? unit],
					on,
					`Thiếu tỷ trọng của ${unit} chuyển sang ${to}.`,
					`The share of ${unit} that went to ${to} is missing.`
				);
			}
			for (const { to, share } of continued) {
				if (share !== null && share < 0) {
					add(
						'share-negative',
						[unit, to ?? unit],
						on,
						`Tỷ trọng của ${unit} chuyển sang ${to} là số âm.`,
						`The share of ${unit} that went to ${to} is negative.`
					);
				}
			}
			const total = continued.reduce((sum, edge) => sum + (edge.share ?? 0), 0);
			if (missing.length === 0 && Math.abs(total - 1) > tolerance) {
				const shown = Number(total.toFixed(6));
				add(
					'share-sum',
					[unit],
					on,
					`Tổng tỷ trọng của ${unit} là ${String(shown).replace('.', ',')}, phải bằng 1.`,
					`The shares of ${unit} total ${shown}; they must total 1.`
				);
			}
		}
	}
	for (const { on, members } of cyclesOnOneDay(edges)) {
		const ring = [...members, members[0]].join(' → ');
		add(
			'cycle',
			members,
			on,
			`Các đơn vị kế thừa vòng quanh trong một ngày: ${ring}.`,
			`Units succeed one another in a circle on one day: ${ring}.`
		);
	}
	return problems;
}

/**
 * Where the rows of each of `units` count today, "today" being after all events in `edges`.
 *
 * Every unit gets one or more segments of row dates, and every segment one path for each unit of today. A row dated after the
 * end of its unit follows the unit's last event, unless the unit came to life again meanwhile (it is the successor in a later
 * event, or its life in `units` begins later). A unit that ended without successor maps to itself, flagged `ended`.
 * Neighbouring segments that lead to the same place are given as one.
 * @throws RangeError with the English messages when `checkSuccessions` finds a problem in `edges`.
 */
export function pathsToToday(units: readonly UnitLife[], edges: readonly Edge[]): UnitPath[] {
	const flow = new Flow(units, edges);
	return units
		.flatMap(({ unitId }) => flow.segments(unitId))
		.flatMap(({ unitId, from, to, places }) => places.map((place) => ({ unitId, from, to, ...place })));
}

/**
 * Today's units mapped back to the units that existed on `day`.
 *
 * The way forward is known: the part F(u, t) of old unit u is in today's unit t. The way back is certain only when a single
 * old unit is in t; then all of t is u's, whatever else became of u. Otherwise t is divided in proportion to F(u, t) · w(u),
 * where the weight w(u) is the size of u on `day` (a headcount, say), and is unknown when a weight is missing, negative or
 * not finite, or all are 0. A unit of today that nothing of that day went into is unknown too. Unknown is said by one path
 * with `oldId` and `share` null. The shares of one unit of today total 1 otherwise. All shares back are estimates unless 1.
 * @throws RangeError with the English messages when `checkSuccessions` finds a problem in `edges`.
 */
export function pathsToOld(
	units: readonly UnitLife[],
	edges: readonly Edge[],
	day: Date,
	weights: ReadonlyMap<string, number> = new Map()
): OldPath[] {
	const flow = new Flow(units, edges);
	const sources = new Map<string, { oldId: string; part: number }[]>();
	for (const { unitId } of units) {
		if (flow.lives(unitId, Infinity)) sources.set(unitId, []);
	}
	for (const { unitId } of units) {
		if (!flow.lives(unitId, day.getTime())) continue;
		for (const { todayId, share } of flow.places(unitId, day.getTime())) {
			const known = sources.get(todayId) ?? [];
			known.push({ oldId: unitId, part: share });
			sources.set(todayId, known);
		}
	}
	return [...sources].flatMap(([todayId, parts]): OldPath[] => {
		const [only, another] = parts;
		if (only !== undefined && another === undefined) return [{ todayId, oldId: only.oldId, share: 1 }];
		const sizes = parts.map(({ oldId, part }) => part * (weights.get(oldId) ?? NaN));
		const total = sizes.reduce((sum, size) => sum + size, 0);
		if (!(total > 0 && Number.isFinite(total)) || sizes.some((size) => size < 0)) {
			return [{ todayId, oldId: null, share: null }];
		}
		return parts.map(({ oldId }, index) => ({ todayId, oldId, share: (sizes[index] ?? 0) / total }));
	});
}

/** Where the rows of a unit that are dated within `[from, to)` count in the structure before all events. */
export interface OldSegment {
	readonly unitId: string;
	readonly from: Date | null;
	readonly to: Date | null;
	readonly oldId: string;
	/** Above 0 and at most 1; other than 1 it is an estimate. */
	readonly share: number;
}

/** The last day of the old structure, the day before the first event; null without events. */
export function oldDayOf(edges: readonly Edge[]): Date | null {
	const days = edges.map(({ on }) => on.getTime());
	return days.length === 0 ? null : new Date(Math.min(...days) - 86_400_000);
}

/**
 * Where the rows of each unit, dated on any day, count in the structure before all events: as {@link pathsToOld}, between each two events. A row
 * dated while its unit did not exist counts as on the unit's nearest day. An old unit of which some part later cannot be told apart is left out
 * altogether, since what is left would look like a fall.
 *
 * @param weights the sizes of the old units on the last day of the old structure.
 * @throws RangeError with the English messages when `checkSuccessions` finds a problem in `edges`.
 */
export function segmentsToOld(
	units: readonly UnitLife[],
	edges: readonly Edge[],
	weights: ReadonlyMap<string, number> = new Map()
): OldSegment[] {
	const day = oldDayOf(edges);
	if (day === null) return units.map(({ unitId }) => ({ unitId, from: null, to: null, oldId: unitId, share: 1 }));
	const starts = [day, ...new Set(edges.map(({ on }) => on.getTime()).sort((a, b) => a - b))].map((on) => new Date(on));
	const unknown = new Set<string>();
	const intervals = starts.map((start) => {
		const then = edges.filter(({ on }) => on <= start);
		const alive = units
			.filter(({ from }) => from === null || from <= start)
			.map(({ unitId, from, to }) => ({ unitId, from, to: to !== null && to > start ? null : to }));
		const parts = groupBy(pathsToOld(alive, then, day, weights), (path) => path.todayId);
		const lost = new Set([...parts].flatMap(([unit, [first]]) => (first?.oldId === null ? [unit] : [])));
		const flow = new Flow(alive, then);
		for (const { unitId } of alive) {
			const went = flow.lives(unitId, day.getTime()) ? flow.places(unitId, day.getTime()) : [];
			if (went.some(({ todayId }) => lost.has(todayId))) unknown.add(unitId);
		}
		return parts;
	});
	return units.flatMap(({ unitId }): OldSegment[] => {
		const lived = intervals
			.flatMap((parts, index) => (parts.has(unitId) ? [index] : []))
			// Most units are made of the same before and after each event: that is one segment.
			.filter((index, place, list) => {
				const before = intervals[list[place - 1] ?? -1]?.get(unitId) ?? [];
				const now = intervals[index]?.get(unitId) ?? [];
				const same = now.every(
					({ oldId, share }, part) => before[part]?.oldId === oldId && before[part].share === share
				);
				return before.length !== now.length || !same;
			});
		return lived.flatMap((index, place): OldSegment[] => {
			const from = place === 0 ? null : (starts[index] ?? null);
			const next = lived[place + 1];
			const to = next === undefined ? null : (starts[next] ?? null);
			return (intervals[index]?.get(unitId) ?? []).flatMap(({ oldId, share }) =>
				oldId === null || share === null || share === 0 || unknown.has(oldId)
					? []
					: [{ unitId, from, to, oldId, share: Math.abs(share - 1) <= tolerance ? 1 : share }]
			);
		});
	});
}

/**
 * A series in today's structure, one row for each unit of today and period, ordered by unit and period.
 *
 * - `additive`: values times share, summed. An empty value adds nothing; where all are empty the sum is empty.
 * - `ratio`: numerators and denominators times share, summed, then divided; a row that lacks either is left out.
 * - `rank`, `index`, `distinct`: not carried. Only the rows of units that still exist, or ended without successor, stay, as
 *   they were reported, each with the `break` it stands behind; rows of units that became another unit are left out.
 *
 * A unit that no path names counts as itself.
 */
export function restate(
	series: readonly SeriesRow[],
	paths: readonly UnitPath[],
	indicatorClass: IndicatorClass
): RestatedRow[] {
	const byUnit = groupBy(paths, (path) => path.unitId);
	const placesOf = (row: SeriesRow): readonly Place[] => {
		const own = byUnit.get(row.unitId);
		if (own === undefined) return [{ todayId: row.unitId, share: 1, ended: false, arrivedOn: null }];
		return own.filter(({ from, to }) => (from === null || from <= row.date) && (to === null || row.date < to));
	};
	const rows =
		indicatorClass === 'additive' || indicatorClass === 'ratio'
			? carried(series, placesOf, indicatorClass)
			: notCarried(series, placesOf, paths);
	return rows.sort((a, b) => compareText(a.unitId, b.unitId) || compareText(a.period, b.period));
}

/**
 * The events in the past and the future of a unit, each once, by day: those through which something came to it, to its
 * predecessors and so on, and those through which it, its successors and so on went elsewhere.
 */
export function eventsOf(unitId: string, edges: readonly Edge[]): UnitEvent[] {
	const found = new Map<string, UnitEvent>();
	const seen = new Set<Edge>();
	const record = (edge: Edge): boolean => {
		if (seen.has(edge)) return false;
		seen.add(edge);
		const { eventId, on, kind } = edge;
		found.set(`${eventId}\n${on.getTime()}\n${kind}`, { eventId, on, kind });
		return true;
	};
	const back = (unit: string, until: number): void => {
		for (const edge of edges) {
			if (edge.to === unit && edge.on.getTime() <= until && record(edge)) back(edge.from, edge.on.getTime());
		}
	};
	const forth = (unit: string, since: number): void => {
		for (const edge of edges) {
			if (edge.from === unit && edge.on.getTime() >= since && record(edge) && edge.to !== null) {
				forth(edge.to, edge.on.getTime());
			}
		}
	};
	back(unitId, Infinity);
	// What came to the unit may also be what once left it, so the way forward starts with nothing seen.
	seen.clear();
	forth(unitId, -Infinity);
	return [...found.values()].sort(
		(a, b) => a.on.getTime() - b.on.getTime() || compareText(a.eventId, b.eventId) || compareText(a.kind, b.kind)
	);
}

type Place = Pick<UnitPath, 'todayId' | 'share' | 'ended' | 'arrivedOn'>;

interface Segment {
	readonly unitId: string;
	readonly from: Date | null;
	readonly to: Date | null;
	readonly places: readonly Place[];
}

/** All that leaves a unit on one day. */
interface Departure {
	readonly on: Date;
	readonly edges: readonly Edge[];
}

/** What moves through the events. Days are asked for in milliseconds since the epoch, so that they may be infinite. */
class Flow {
	readonly #lives: ReadonlyMap<string, UnitLife>;
	readonly #departures: ReadonlyMap<string, readonly Departure[]>;
	readonly #births = new Map<string, number[]>();
	readonly #known = new Map<string, readonly Place[]>();

	constructor(units: readonly UnitLife[], edges: readonly Edge[]) {
		const problems = checkSuccessions(edges);
		if (problems.length > 0) throw new RangeError(problems.map(({ message }) => message.en).join(' '));
		this.#lives = new Map(units.map((unit) => [unit.unitId, unit]));
		this.#departures = departures(edges);
		for (const { to, on } of edges) {
			if (to !== null) this.#births.set(to, [...(this.#births.get(to) ?? []), on.getTime()]);
		}
		for (const { unitId, from } of units) {
			if (from !== null) this.#births.set(unitId, [...(this.#births.get(unitId) ?? []), from.getTime()]);
		}
	}

	/** Whether the unit exists on the day, by its life in the units and by the events it left in. */
	lives(unitId: string, day: number): boolean {
		const { from, to } = this.#lives.get(unitId) ?? { from: null, to: null };
		if ((from !== null && day < from.getTime()) || (to !== null && day >= to.getTime())) return false;
		const left = this.#lastDeparture(unitId, day);
		return left === undefined || this.#cameBack(unitId, left, day);
	}

	/** Where a row of the unit counts that is dated on the day. */
	places(unitId: string, day: number): readonly Place[] {
		const left = this.#lastDeparture(unitId, day);
		const departure =
			left !== undefined && !this.#cameBack(unitId, left, day)
				? left
				: this.#departures.get(unitId)?.find(({ on }) => on.getTime() > day);
		return departure === undefined ? [this.#stay(unitId, null)] : this.#follow(departure);
	}

	segments(unitId: string): Segment[] {
		const days = (this.#departures.get(unitId) ?? []).map(({ on }) => on.getTime());
		const [first] = days;
		const returns = first === undefined ? [] : (this.#births.get(unitId) ?? []).filter((day) => day > first);
		const cuts = [...new Set([...days, ...returns])].sort((a, b) => a - b);
		const segments: Segment[] = [];
		for (const [index, from] of [-Infinity, ...cuts].entries()) {
			const places = this.places(unitId, from);
			const to = cuts[index] === undefined ? null : new Date(cuts[index]);
			const before = segments.at(-1);
			if (before !== undefined && samePlaces(before.places, places)) segments.splice(-1, 1, { ...before, to });
			else segments.push({ unitId, from: from === -Infinity ? null : new Date(from), to, places });
		}
		return segments;
	}

	#lastDeparture(unitId: string, day: number): Departure | undefined {
		return this.#departures.get(unitId)?.findLast(({ on }) => on.getTime() <= day);
	}

	#cameBack(unitId: string, left: Departure, day: number): boolean {
		return (this.#births.get(unitId) ?? []).some((birth) => birth > left.on.getTime() && birth <= day);
	}

	#stay(unitId: string, arrivedOn: Date | null): Place {
		return { todayId: unitId, share: 1, ended: !this.lives(unitId, Infinity), arrivedOn };
	}

	#follow({ on, edges }: Departure): readonly Place[] {
		const [first] = edges;
		const key = `${first?.from}\n${on.getTime()}`;
		const known = this.#known.get(key);
		if (known !== undefined) return known;
		const places = new Map<string, Place>();
		for (const { from, to, share } of edges) {
			if (to === null) places.set(from, this.#stay(from, null));
			else {
				for (const place of this.#arrive(to, on)) {
					const earlier = places.get(place.todayId);
					places.set(place.todayId, {
						...place,
						share: (earlier?.share ?? 0) + (share ?? 0) * place.share,
						arrivedOn: later(earlier?.arrivedOn ?? null, place.arrivedOn)
					});
				}
			}
		}
		const result = [...places.values()]
			.filter((place) => place.share > 0)
			.map((place) => (Math.abs(place.share - 1) <= tolerance ? { ...place, share: 1 } : place));
		this.#known.set(key, result);
		return result;
	}

	#arrive(unitId: string, on: Date): readonly Place[] {
		const departure = this.#departures.get(unitId)?.find((next) => next.on >= on);
		if (departure === undefined) return [this.#stay(unitId, on)];
		return this.#follow(departure).map((place) => ({ ...place, arrivedOn: place.arrivedOn ?? on }));
	}
}

function carried(
	series: readonly SeriesRow[],
	placesOf: (row: SeriesRow) => readonly Place[],
	indicatorClass: 'additive' | 'ratio'
): RestatedRow[] {
	interface Sum {
		readonly unitId: string;
		readonly period: string;
		value: number | null;
		denominator: number | null;
		estimated: boolean;
	}
	const sums = new Map<string, Sum>();
	for (const row of series) {
		const top = (indicatorClass === 'ratio' ? row.numerator : row.value) ?? null;
		const bottom = indicatorClass === 'ratio' ? (row.denominator ?? null) : 1;
		for (const { todayId, share } of placesOf(row)) {
			const key = `${todayId}\n${row.period}`;
			const sum = sums.get(key) ?? {
				unitId: todayId,
				period: row.period,
				value: null,
				denominator: null,
				estimated: false
			};
			sums.set(key, sum);
			if (top === null || bottom === null) continue;
			sum.value = (sum.value ?? 0) + top * share;
			sum.denominator = (sum.denominator ?? 0) + bottom * share;
			sum.estimated ||= share !== 1;
		}
	}
	return [...sums.values()].map(({ unitId, period, value, denominator, estimated }) =>
		indicatorClass === 'additive'
			? { unitId, period, value, numerator: null, denominator: null, estimated, break: null }
			: {
					unitId,
					period,
					value: value === null || denominator === null || denominator === 0 ? null : value / denominator,
					numerator: value,
					denominator,
					estimated,
					break: null
				}
	);
}

function notCarried(
	series: readonly SeriesRow[],
	placesOf: (row: SeriesRow) => readonly Place[],
	paths: readonly UnitPath[]
): RestatedRow[] {
	const arrivals = groupBy(paths, (path) => path.todayId);
	return series
		.filter((row) => placesOf(row).some(({ todayId, share }) => todayId === row.unitId && share === 1))
		.map((row) => {
			const breaks = (arrivals.get(row.unitId) ?? [])
				.map(({ arrivedOn }) => arrivedOn)
				.filter((day) => day !== null && day <= row.date);
			const { value, numerator, denominator } = row;
			return {
				unitId: row.unitId,
				period: row.period,
				value: value ?? null,
				numerator: numerator ?? null,
				denominator: denominator ?? null,
				estimated: false,
				break: breaks.reduce(later, null)
			};
		});
}

/** The departures of each unit, by day. */
function departures(edges: readonly Edge[]): Map<string, Departure[]> {
	const result = new Map<string, Departure[]>();
	for (const [unit, leaving] of groupBy(edges, (edge) => edge.from)) {
		const days = [...groupBy(leaving, (edge) => edge.on.getTime())].map(([on, list]) => ({
			on: new Date(on),
			edges: list
		}));
		result.set(
			unit,
			days.sort((a, b) => a.on.getTime() - b.on.getTime())
		);
	}
	return result;
}

function cyclesOnOneDay(edges: readonly Edge[]): { on: Date; members: string[] }[] {
	const cycles: { on: Date; members: string[] }[] = [];
	for (const [day, list] of groupBy(edges, (edge) => edge.on.getTime())) {
		const next = groupBy(list, (edge) => edge.from);
		const done = new Set<string>();
		const way: string[] = [];
		const visit = (unit: string): void => {
			if (done.has(unit)) return;
			way.push(unit);
			for (const { to } of next.get(unit) ?? []) {
				if (to === null || to === unit) continue;
				const start = way.indexOf(to);
				if (start >= 0) cycles.push({ on: new Date(day), members: way.slice(start) });
				else visit(to);
			}
			way.pop();
			done.add(unit);
		};
		for (const unit of next.keys()) visit(unit);
	}
	return cycles;
}

function samePlaces(a: readonly Place[], b: readonly Place[]): boolean {
	return (
		a.length === b.length &&
		a.every((place) =>
			b.some(
				(other) =>
					other.todayId === place.todayId &&
					other.share === place.share &&
					other.ended === place.ended &&
					other.arrivedOn?.getTime() === place.arrivedOn?.getTime()
			)
		)
	);
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [item]);
		else group.push(item);
	}
	return groups;
}

function later(a: Date | null, b: Date | null): Date | null {
	if (a === null) return b;
	return b === null || b < a ? a : b;
}

function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function isoDay(day: Date): string {
	return day.toISOString().slice(0, 10);
}

function vietnameseDay(day: Date): string {
	return isoDay(day).split('-').reverse().join('/');
}
