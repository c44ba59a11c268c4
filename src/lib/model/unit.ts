/** The questions that a unit asks: how it stands among its peers by each indicator, what its file holds, and what is missing in it. */
import type { Database } from '../database/database';
import type { DataRow } from '../database/row';
import { id, join, list, sql } from '../database/sql';
import type { Coverage, Indicator, Target, Unit } from './catalogue';
import { nothing, rowsBehind, type RowsBehind } from './detail';
import {
	funnelOf,
	limitsOf,
	positionOf,
	type Counted,
	type Counting,
	type Funnel,
	type Limits,
	type Position
} from './funnel';
import { headcountQuery, peopleOf, yearOf, yearsOf, type Headcount } from './headcount';
import { unitHeadcounts } from './dataset';
import { wilson, type Interval } from './interval';
import { samplesOf, standingOfRegister, type Standing } from './overview';
import { groupOf, peersOf, takes, type Bounds, type Member, type PeerGroup, type Peers } from './peer';
import { lastDay, type Month, type Span } from './period';
import { readingOf } from './reading';
import { registers } from './register';
import { carries, joinPaths, type Scope } from './scope';
import { sheets, within, type Figure, type Sheet, type Window } from './series';
import { rankingOf, trendOf, type Middle, type Ranking, type Stand, type Trend } from './standing';
import type { Column } from './table';
import type { Structure, View } from './view';

/** All units, each in its own figures. */
export function everyone(structure: Structure): Scope {
	return { block: null, kind: null, unit: null, structure };
}

/** The figure of one unit over one window, as it is compared. */
export interface UnitFigure {
	readonly unit: string;
	/** The figure itself, in the indicator's unit of measure; 0 only where it is known to be, null where nothing is known. */
	readonly value: number | null;
	/** What is compared: of what adds up, the figure for 100 staff; otherwise the figure. */
	readonly compared: number | null;
	/** What was counted and out of how many cases or people; null where that is not how the figure is made. */
	readonly counted: Counted | null;
	/** The cases, or people, behind it. */
	readonly size: number | null;
	readonly estimated: boolean;
}

/** One indicator over all units. */
export interface Board {
	readonly indicator: Indicator;
	/** Whether a percentage of cases is compared. */
	readonly percent: boolean;
	/** Whether figures are compared for 100 staff. */
	readonly perHead: boolean;
	/** By what chance the figures may vary; null where no funnel can be drawn: amounts of money, medians, indices. */
	readonly counting: Counting | null;
	/** The units asked for. */
	readonly units: readonly string[];
	/** The names of the windows asked for. */
	readonly windows: readonly string[];
	/** The figure of a unit over a window; undefined of a unit or a window that was not asked for. Made when it is first wanted. */
	readonly at: (window: string, unit: string) => UnitFigure | undefined;
	/** The figures of a unit as they were asked. */
	readonly figuresOf: (unit: string) => readonly Figure[];
}

/** A unit in a structure, with its size there. */
export interface Placed extends Member {
	/** The people of the size are partly estimated. */
	readonly estimated: boolean;
}

/** The units that a structure is made of at the end of a month, with their staff at the latest year-end, in the order of their file. */
export async function placed(
	db: Database,
	units: readonly Unit[],
	span: Span,
	structure: Structure,
	signal?: AbortSignal
): Promise<Placed[]> {
	const asking = { signal };
	const [heads, old] = await Promise.all([
		db.query<Headcount>(headcountQuery([yearOf(span)], everyone(structure), true), asking),
		structure === 'old'
			? db.query<{ unit: string }>(sql`SELECT DISTINCT today_id AS unit FROM old_paths ORDER BY today_id`, asking)
			: Promise.resolve(null)
	]);
	const people = new Map(heads.map((row) => [row.unit_id, row]));
	const held = old && new Set(old.map(({ unit }) => unit));
	const end = lastDay(span.to);
	const start = lastDay(span.to - 12);
	const isThere = ({ unit_id: unit, valid_from: from, valid_to: to }: Unit) => {
		if (held) return held.has(unit) && (from === null || from <= end);
		if (structure === 'today') return to === null;
		return (from === null || from <= end) && (to === null || to > start);
	};
	return units.filter(isThere).map(({ unit_id: unit, kind, block }) => ({
		unit,
		kind,
		block,
		staff: people.get(unit)?.staff ?? null,
		estimated: people.get(unit)?.estimated ?? false
	}));
}

/** Whether an indicator counts things, so that chance has a part in it: no amount of money, no calculation. */
function counts({ class: indicatorClass, value }: Indicator): boolean {
	return indicatorClass === 'additive' && value !== null && !/_vnd|[*/]/.test(value.replace('count(*)', ''));
}

/** By what chance the figures of an indicator vary. */
export function countingOf(indicator: Indicator): Counting | null {
	const { class: indicatorClass, denominator } = indicator;
	if (indicatorClass === 'ratio') return denominator?.startsWith('headcount.') ? 'poisson' : 'binomial';
	return counts(indicator) ? 'poisson' : null;
}

/** A register whose rows a unit owes: one without any says nothing, where the others are lists kept for all units and say 0. */
const owed: ReadonlySet<string> = new Set(['activities']);

/**
 * The figures of indicators for all units of a structure, over windows. Additive and ratio indicators of one register and day are one query
 * together. A unit without a row has the figure 0 where the register is a list kept for all units and holds rows of that window; where each
 * unit owes rows (activities) only if it sent some; nothing otherwise.
 *
 * @param windowsOf the windows of an indicator, at least one.
 */
export async function boards(
	db: Database,
	indicators: readonly Indicator[],
	units: readonly Placed[],
	windowsOf: (indicator: Indicator) => readonly Window[],
	structure: Structure,
	signal?: AbortSignal
): Promise<Map<string, Board>> {
	const scope = everyone(structure);
	const years = yearsOf(indicators.filter(({ class: one }) => one === 'additive').flatMap(windowsOf));
	const [found, heads] = await Promise.all([
		sheets(db, indicators, windowsOf, scope, { byUnit: true, monthly: true, signal }),
		years.length > 0
			? db.query<Headcount>(headcountQuery(years, scope, true), { signal })
			: Promise.resolve<Headcount[]>([])
	]);
	const staff = peopleOf(heads);
	const asked = units.map(({ unit }) => unit);
	return new Map(
		indicators.flatMap((indicator): [string, Board][] => {
			const sheet = found.get(indicator.indicator_id);
			return sheet ? [[indicator.indicator_id, boardOf(indicator, sheet, staff, asked, windowsOf(indicator))]] : [];
		})
	);
}

/** The board of an indicator from its sheet and the staff by year-end and unit. */
function boardOf(
	indicator: Indicator,
	sheet: Sheet,
	staff: ReturnType<typeof peopleOf>,
	units: readonly string[],
	windows: readonly Window[]
): Board {
	const isAdditive = indicator.class === 'additive';
	const counting = countingOf(indicator);
	const spans = new Map(windows.map(({ name, span }) => [name, span]));
	const canBeSummed = readingOf(indicator).sums !== null;
	/** Whether a register that is kept for all units holds rows of a window, which makes 0 of no row of a unit. */
	const kept = new Map(
		windows.map(({ name }) => [name, canBeSummed && !owed.has(indicator.register) && sheet.holds(name)])
	);
	const isZero = (window: string, unit: string) =>
		kept.get(window) === true || (canBeSummed && sheet.rows(window, unit) !== null);
	const figureOf = (window: string, span: Span, unit: string): UnitFigure => {
		const figure = sheet.at(window, unit);
		if (isAdditive) {
			const value = figure?.value ?? (isZero(window, unit) ? 0 : null);
			const people = staff.get(yearOf(span))?.get(unit);
			const size = people?.staff ?? null;
			const rate = value === null || size === null || size === 0 ? null : value / size;
			return {
				unit,
				value,
				compared: rate === null ? null : rate * 100,
				counted: counting && value !== null && size ? { count: value, size } : null,
				size,
				estimated: (figure?.estimated ?? false) || (people?.estimated ?? false)
			};
		}
		const { value = null, numerator = null, denominator = null, estimated = false } = figure ?? {};
		return {
			unit,
			value,
			compared: value,
			counted: counting && numerator !== null && denominator ? { count: numerator, size: denominator } : null,
			// Of a median it is known only from how many rows it is.
			size: indicator.class === 'ratio' ? denominator : figure ? sheet.rows(window, unit) : null,
			estimated
		};
	};
	const made = new Map(windows.map(({ name }) => [name, new Map<string, UnitFigure>()]));
	const asked = new Set(units);
	return {
		indicator,
		percent: counting === 'binomial' && (indicator.scale ?? 1) === 100,
		perHead: isAdditive,
		counting,
		units,
		windows: [...spans.keys()],
		at: (window, unit) => {
			const [span, own] = [spans.get(window), made.get(window)];
			if (!span || !own || !asked.has(unit)) return undefined;
			const known = own.get(unit);
			if (known) return known;
			const figure = figureOf(window, span, unit);
			own.set(unit, figure);
			return figure;
		},
		figuresOf: (unit) => windows.flatMap(({ name }) => sheet.at(name, unit) ?? [])
	};
}

/** The windows over which all units are set beside each other by one indicator: now, a year before, and each whole year; not the year under way. */
export function windowsCompared(span: Span, { first }: Coverage): (indicator: Indicator) => Window[] {
	return (indicator) => samplesOf(indicator, span, first).filter(({ name }) => name !== 'ytd');
}

/** The windows in which units stand beside each other now and a year before. */
export function nowAndSame(span: Span, { first }: Coverage): (indicator: Indicator) => Window[] {
	return (indicator) => samplesOf(indicator, span, first).filter(({ name }) => name === 'now' || name === 'same');
}

/** The figures of the latest window, in the order of the units. */
export function nowOf({ units, at }: Board): UnitFigure[] {
	return units.flatMap((unit) => at('now', unit) ?? []);
}

/** A unit beside its peers by one indicator. */
export interface Comparison extends UnitFigure {
	readonly peers: Peers;
	readonly middle: Middle;
	readonly stand: Stand;
	/** Wilson's interval of a percentage, in per cent. */
	readonly interval: Interval | null;
	/** The same a year before, as it is compared. */
	readonly before: number | null;
}

/** Finds the peers of each unit and ranks them; groups that many units share are found and ranked once. */
export class Comparer {
	readonly #groups: readonly PeerGroup[];
	readonly #members: readonly Placed[];
	readonly #byUnit: ReadonlyMap<string, Placed>;
	readonly #bounds: Bounds;
	readonly #peers = new Map<string, Peers>();
	readonly #byGroup = new Map<PeerGroup, Peers>();
	readonly #rankings = new WeakMap<Board, Map<Peers, Ranking>>();
	/** The group that was chosen, if the file has it. */
	readonly chosen: PeerGroup | null;

	constructor(groups: readonly PeerGroup[], members: readonly Placed[], bounds: Bounds, chosen: string | null) {
		this.#groups = groups;
		this.#members = members;
		this.#byUnit = new Map(members.map((member) => [member.unit, member]));
		this.#bounds = bounds;
		this.chosen = groups.find(({ group_id: group }) => group === chosen) ?? null;
	}

	/** The units that a unit is compared with. */
	peers(unit: string): Peers {
		const known = this.#peers.get(unit);
		if (known) return known;
		const member = this.#byUnit.get(unit);
		const group = this.chosen ?? (member ? groupOf(this.#groups, member) : null);
		// All units of a group that holds enough have the same peers.
		const shared = group && member && takes(group, member) ? this.#byGroup.get(group) : undefined;
		const found =
			shared ?? peersOf(this.#groups, this.#members, unit, this.#bounds, this.chosen ? this.chosen.group_id : null);
		if (!shared && group && member && found.basis === 'group' && takes(group, member)) this.#byGroup.set(group, found);
		this.#peers.set(unit, found);
		return found;
	}

	#ranking(board: Board, peers: Peers): Ranking {
		const known = this.#rankings.get(board) ?? new Map<Peers, Ranking>();
		this.#rankings.set(board, known);
		const found = known.get(peers);
		if (found) return found;
		const values = peers.units.map((unit) => {
			const figure = board.at('now', unit);
			return { unit, value: figure?.compared ?? null, size: figure?.size ?? null };
		});
		const ranking = rankingOf(values, { direction: board.indicator.direction, percent: board.percent }, this.#bounds);
		known.set(peers, ranking);
		return ranking;
	}

	/** A unit beside its peers. */
	compare(board: Board, unit: string): Comparison {
		const peers = this.peers(unit);
		const { middle, stands } = this.#ranking(board, peers);
		const figure = board.at('now', unit) ?? {
			unit,
			value: null,
			compared: null,
			counted: null,
			size: null,
			estimated: false
		};
		const found = stands.get(unit) ?? { unit, place: null, word: null, silence: 'no_value', hidden: false };
		// A count is known, and only the staff by which it would be compared is not.
		const isUnsized = found.silence === 'no_value' && figure.value !== null;
		const stand: Stand = isUnsized ? { ...found, silence: 'no_size' } : found;
		const share = board.percent && figure.counted ? wilson(figure.counted.count, figure.counted.size) : null;
		return {
			...figure,
			peers,
			middle,
			stand,
			interval: share && { low: share.low * 100, high: share.high * 100 },
			before: board.at('same', unit)?.compared ?? null
		};
	}
}

/** The units whose figures are asked for together: those named; a unit with its peers; a group that was chosen; or all. */
export function together(
	comparer: Comparer,
	members: readonly Placed[],
	{ unit, others }: Pick<View, 'unit' | 'others'>
): readonly string[] {
	const is = (one: string) => members.some((member) => member.unit === one);
	const named = unit === null ? [] : [unit, ...others].filter(is);
	const [first] = named;
	if (first !== undefined) return named.length > 1 ? named : comparer.peers(first).units;
	const { chosen } = comparer;
	return members.filter((member) => chosen === null || takes(chosen, member)).map((member) => member.unit);
}

/** The indicator by which units are compared unasked: the first ratio that has a good direction, since it compares units of any size. */
export function firstCompared(computed: readonly Indicator[]): Indicator | undefined {
	return computed.find(({ class: one, direction }) => one === 'ratio' && direction !== 'none') ?? computed[0];
}

/** The funnel of a group by one indicator, and where each of its units lies; null where none can be drawn, or fewer than `least` others count. */
export function funnelOfBoard(
	board: Board,
	units: readonly string[],
	least = 1
): { funnel: Funnel; positions: ReadonlyMap<string, Position> } | null {
	const counted = units.flatMap((unit) => {
		const one = board.at('now', unit)?.counted;
		return one ? [[unit, one] as const] : [];
	});
	if (board.counting === null || counted.length <= least) return null;
	const funnel = funnelOf(
		board.counting,
		counted.map(([, one]) => one)
	);
	if (!funnel) return null;
	// Many units are of one size: its limits are found once.
	const limits = new Map<number, Limits>();
	const positions = counted.map(([unit, one]): [string, Position] => {
		const own = limits.get(one.size) ?? limitsOf(funnel, one.size);
		limits.set(one.size, own);
		return [unit, positionOf(own, one)];
	});
	return { funnel, positions: new Map(positions) };
}

/** The course of a unit over the years of a board, and its trend. */
export function courseOf(board: Board, unit: string, bounds: Bounds): { values: (number | null)[]; trend: Trend } {
	const names = board.windows.filter((name) => /^\d+$/.test(name) || name === 'now');
	const values = names.map((name) => board.at(name, unit)?.compared ?? null);
	return { values, trend: trendOf(values, bounds) };
}

/** The verdict on a unit against a target that is asked of each unit; of a sum that was promised for all there is none. */
export function verdictOf(board: Board, unit: string, targets: readonly Target[], span: Span): Standing {
	return standingOfRegister(board.indicator, targets, board.figuresOf(unit), span, {
		...everyone('today'),
		unit
	});
}

/** A strength or a weakness, and how far from the middle it lies. */
export interface Highlight {
	readonly id: string;
	readonly comparison: Comparison;
	/** The percentile among those ranked. */
	readonly percentile: number;
}

/**
 * The strengths and the weaknesses of a unit: of outputs and outcomes that have a good direction and where it is ranked, those at which it is
 * called better or worse than its group, farthest from the middle of the ranking first, at most `most` of each.
 */
export function highlights(
	list: readonly { readonly indicator: Indicator; readonly stage: string; readonly comparison: Comparison }[],
	most = 3
): { strengths: Highlight[]; weaknesses: Highlight[] } {
	const ranked = list.flatMap(({ indicator, stage, comparison }) => {
		const { place, word } = comparison.stand;
		if (place?.percentile == null || word === null || word === 'similar') return [];
		if (indicator.direction === 'none' || (stage !== 'output' && stage !== 'outcome')) return [];
		const isBetter = (word === 'higher') === (indicator.direction === 'up');
		return [{ id: indicator.indicator_id, comparison, percentile: place.percentile, isBetter }];
	});
	const shown = ({ id: name, comparison, percentile }: Highlight) => ({ id: name, comparison, percentile });
	const better = ranked.filter(({ isBetter }) => isBetter).sort((a, b) => b.percentile - a.percentile);
	const worse = ranked.filter(({ isBetter }) => !isBetter).sort((a, b) => a.percentile - b.percentile);
	return { strengths: better.slice(0, most).map(shown), weaknesses: worse.slice(0, most).map(shown) };
}

/** The rows of a unit in one register over the last twelve months of a span, newest first, by the register's own first day. */
export function listOf(db: Database, register: string, span: Span, scope: Scope, limit = 12): Promise<RowsBehind> {
	return rowsBehind(db, everyRow(register), span, scope, span.from, limit);
}

/** The day by which the rows of a register are listed. */
const listedBy: Readonly<Record<string, string>> = {
	initiatives: 'submitted_on',
	transfers: 'certified_on',
	activities: 'period_end',
	reports: 'period_end'
};

/** A question that every row of a register answers: as an indicator it is their number. */
function everyRow(register: string, condition: string | null = null): Indicator {
	return {
		indicator_id: register,
		hub: '',
		name_vi: register,
		name_en: register,
		register,
		value: 'count(*)',
		denominator: null,
		scale: null,
		condition,
		date_column: listedBy[register] ?? null,
		format: 'number',
		unit_vi: '',
		unit_en: '',
		decimals: 0,
		direction: 'none',
		class: 'additive',
		over_periods: 'sum'
	};
}

/** The statuses of an initiative that waits for somebody. */
export const waitingStatuses: readonly string[] = [
	'da_nop',
	'dang_kiem_tra',
	'du_dieu_kien',
	'dang_cham',
	'tong_hop',
	'de_nghi_cong_nhan',
	'yeu_cau_bo_sung'
];

/** The initiatives of a unit that wait for a decision, oldest first in `oldest`, and the rows. */
export async function waiting(db: Database, to: Month, start: Month, scope: Scope, limit = 50): Promise<RowsBehind> {
	const statuses = waitingStatuses.map((status) => `'${status}'`).join(', ');
	return rowsBehind(
		db,
		{ ...everyRow('initiatives', `status IN (${statuses})`), over_periods: 'cumulative' },
		{ from: start, to },
		scope,
		start,
		limit
	);
}

/** The reports that the units of a scope owed over a span, and the rows that they sent: each of all of it, newest first. */
export async function reportRows(
	db: Database,
	span: Span,
	scope: Scope,
	limit = 500
): Promise<{ owed: RowsBehind; sent: RowsBehind }> {
	const rowsOf = (register: string) =>
		rowsBehind(db, { ...everyRow(register), over_periods: 'cumulative' }, span, scope, span.from, limit);
	const [owed, sent] = await Promise.all([rowsOf('reports'), rowsOf('activities')]);
	return { owed, sent };
}

/** A column that a unit leaves empty more often than its peers. */
export interface Emptiness {
	readonly register: string;
	readonly column: Column;
	readonly rows: number;
	readonly empty: number;
	/** The share of rows in which the unit leaves it empty, and the median of that among its peers. */
	readonly share: number;
	readonly peers: number;
}

/** How often each unit of a structure leaves each column of a register empty: `unit`, `rows`, and a count of filled cells per column. */
export async function filled(
	db: Database,
	register: string,
	span: Span,
	structure: Structure,
	signal?: AbortSignal
): Promise<DataRow[]> {
	const declared = registers.find(({ name }) => name === register);
	if (!declared) return [];
	const scope = everyone(structure);
	const day = sql`r.${id(listedBy[register] ?? '')}`;
	const carried = structure !== 'reported';
	const unit = carried ? sql`p.today_unit` : sql`r.unit_id`;
	const columns = optionalOf(register).map(({ name }) => sql`count(r.${id(name)}) AS ${id(name)}`);
	return db.query(
		sql`SELECT ${unit} AS unit, count(*) AS "rows", ${join(columns)}
		FROM ${id(register)} AS r ${carried ? joinPaths(sql`r.unit_id`, day, scope) : sql``}
		WHERE ${within(day, span)} GROUP BY ${unit} ORDER BY ${unit}`,
		{ signal }
	);
}

/** Columns that need not be filled in every row, and whose emptiness may therefore say something. */
export function optionalOf(register: string): readonly Column[] {
	const declared = registers.find(({ name }) => name === register);
	return (
		declared?.columns.filter(
			({ name, required }) => required !== true && name !== 'note' && !declared.key.includes(name)
		) ?? []
	);
}

/**
 * The columns that a unit leaves empty more often than its peers' median by at least `empty_points` percentage points, the widest gap first;
 * none where the unit has fewer than `least_cases_percent` rows, or fewer than `least_peers` peers have as many.
 */
export function emptinesses(
	rows: readonly DataRow[],
	register: string,
	unit: string,
	peers: readonly string[],
	bounds: Bounds
): Emptiness[] {
	const byUnit = new Map(rows.map((row) => [String(row.unit), row]));
	const count = (row: DataRow | undefined, name: string) => Number(row?.[name] ?? 0);
	const enough = (one: string) => count(byUnit.get(one), 'rows') >= bounds.least_cases_percent;
	const others = peers.filter((one) => one !== unit && enough(one)).map((one) => byUnit.get(one));
	if (!enough(unit) || others.length < bounds.least_peers) return [];
	const own = byUnit.get(unit);
	const share = (row: DataRow | undefined, name: string) => 1 - count(row, name) / count(row, 'rows');
	return optionalOf(register)
		.flatMap((column): Emptiness[] => {
			const shares = others.map((row) => share(row, column.name)).sort((a, b) => a - b);
			const middle = shares.length % 2 === 1 ? shares[(shares.length - 1) / 2] : undefined;
			const half = shares.length / 2;
			const median = middle ?? ((shares[half - 1] ?? 0) + (shares[half] ?? 0)) / 2;
			const total = count(own, 'rows');
			const mine = share(own, column.name);
			if ((mine - median) * 100 < bounds.empty_points - 1e-9) return [];
			return [{ register, column, rows: total, empty: total - count(own, column.name), share: mine, peers: median }];
		})
		.sort((a, b) => b.share - b.peers - (a.share - a.peers));
}

/** The rows in which a unit left a column empty. */
export function emptyRows(
	db: Database,
	{ register, column }: Pick<Emptiness, 'register' | 'column'>,
	span: Span,
	scope: Scope,
	limit = 30
): Promise<RowsBehind> {
	return rowsBehind(db, everyRow(register, `${column.name} IS NULL`), span, scope, span.from, limit);
}

/** The year-ends of a span, and the one before it. */
function yearEndsOf(span: Span): number[] {
	const first = Math.floor(span.from / 12) - 1;
	return Array.from({ length: yearOf(span) - first + 1 }, (_, index) => first + index);
}

/** The people of a unit by year-end, in a structure. */
export function people(db: Database, span: Span, scope: Scope): Promise<Headcount[]> {
	return db.query<Headcount>(
		sql`SELECT * FROM (${headcountQuery(yearEndsOf(span), scope, true)}) WHERE unit_id = ${scope.unit} ORDER BY year`
	);
}

/** The rows of `unit_headcounts.csv` from which {@link people} are added up, with the share of each that counts. */
export async function peopleRows(db: Database, span: Span, scope: Scope): Promise<RowsBehind> {
	const years = yearEndsOf(span);
	if (years.length === 0) return nothing;
	const carried = carries(scope);
	const paths = carried ? joinPaths(sql`h.unit_id`, sql`CAST(h.year || '-12-31' AS DATE)`, scope) : sql``;
	const query = sql`SELECT h.unit_id, h.year, h.staff, h.members, CAST(${carried ? sql`p.share_there` : sql`1`} AS DOUBLE) AS share, h.source
		FROM unit_headcounts AS h ${paths}
		WHERE h.year IN ${list(years)} AND ${carried ? sql`p.today_unit` : sql`h.unit_id`} = ${scope.unit} ORDER BY h.year, h.unit_id`;
	const rows = await db.query(query);
	const [unit, year, ...others] = unitHeadcounts.columns;
	const share: Column = { name: 'share', label: { vi: 'Tỷ trọng', en: 'Share' }, type: 'number' };
	const columns = [unit, year, ...others.slice(0, 2), share, ...others.slice(2)].filter(
		(column) => column !== undefined
	);
	return { columns, rows, count: rows.length, codes: [], query: query.text };
}

/** An event of a succession with its words, for the river of a unit. */
export interface SuccessionRow extends DataRow {
	event_id: string;
	effective_on: Date;
	kind: string;
	from_unit_id: string;
	to_unit_id: string | null;
	share: number | null;
	share_basis: string | null;
	scope: string | null;
	document: string | null;
	standing: string;
	note_vi: string | null;
	note_en: string | null;
}

/** All successions, by day. */
export function successions(db: Database): Promise<SuccessionRow[]> {
	return db.query<SuccessionRow>(
		sql`SELECT event_id, effective_on, kind, from_unit_id, to_unit_id, share, share_basis, scope, document, standing, note_vi, note_en
		FROM unit_successions ORDER BY effective_on, event_id, from_unit_id, to_unit_id`
	);
}

/** The part of the successions that a unit comes from and goes to, through as many events as there are. */
export function ancestry<S extends Pick<SuccessionRow, 'effective_on' | 'from_unit_id' | 'to_unit_id'>>(
	rows: readonly S[],
	unit: string
): S[] {
	const found = new Set<S>();
	const back = (one: string, until: number): void => {
		for (const row of rows) {
			if (row.to_unit_id !== one || row.effective_on.getTime() > until || found.has(row)) continue;
			found.add(row);
			back(row.from_unit_id, row.effective_on.getTime());
		}
	};
	const forth = (one: string, since: number): void => {
		for (const row of rows) {
			if (row.from_unit_id !== one || row.effective_on.getTime() < since || found.has(row)) continue;
			found.add(row);
			if (row.to_unit_id !== null) forth(row.to_unit_id, row.effective_on.getTime());
		}
	};
	back(unit, Infinity);
	forth(unit, -Infinity);
	return rows.filter((row) => found.has(row));
}

/** What a unit is, beyond its name. */
export interface UnitText extends DataRow {
	unit_id: string;
	tier: string;
	parent_id: string | null;
	boundary: string;
	reports: boolean;
	document: string | null;
	note_vi: string | null;
	note_en: string | null;
}

/** The rest of what `units.csv` says of one unit. */
export async function unitText(db: Database, unit: string): Promise<UnitText | null> {
	const [row] = await db.query<UnitText>(
		sql`SELECT unit_id, tier, parent_id, boundary, reports, document, note_vi, note_en FROM units WHERE unit_id = ${unit}`
	);
	return row ?? null;
}

/** The stage of each indicator: input, activity, output or outcome. */
export async function stages(db: Database): Promise<Map<string, string>> {
	const rows = await db.query<{ indicator_id: string; stage: string }>(
		sql`SELECT indicator_id, stage FROM indicators WHERE register <> 'actual'`
	);
	return new Map(rows.map(({ indicator_id: indicator, stage }) => [indicator, stage]));
}

/** The stages from what counts most to what merely goes in. */
export const stageOrder = ['outcome', 'output', 'activity', 'input'] as const;

/** The last day of the structure before all events; null without events. */
export async function oldDay(db: Database): Promise<Date | null> {
	const [row] = await db.query<{ first: Date | null }>(sql`SELECT min(effective_on) AS first FROM unit_successions`);
	return row?.first ? new Date(row.first.getTime() - 86_400_000) : null;
}
