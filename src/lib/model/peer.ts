/** The units that a unit may fairly be compared with: groups by kind, block and size, declared in `data/peer_groups.csv`. */
import type { Database } from '../database/database';
import type { DataRow } from '../database/row';
import { sql } from '../database/sql';

/** A row of `peer_groups.csv`. */
export interface PeerGroup extends DataRow {
	group_id: string;
	name_vi: string;
	name_en: string;
	/** Codes of `unit_kind`, separated by `|`; null for any. */
	kinds: string | null;
	/** Codes of `block`, separated by `|`; null for any. */
	blocks: string | null;
	/** The size band in staff, the upper end not counted; null for open. */
	staff_from: number | null;
	staff_to: number | null;
	/** Whether a unit may find its peers here without asking; the others are there to be chosen. */
	by_default: boolean;
	note_vi: string | null;
	note_en: string | null;
}

/** The bounds of `peer_bounds.csv`, by name. */
export interface Bounds {
	/** The least number of cases behind a percentage that is shown. */
	readonly least_cases_percent: number;
	/** The least number of cases, or people, of a unit that is ranked. */
	readonly least_cases_rank: number;
	/** The least number of other units beside whom a unit is ranked or called higher or lower. */
	readonly least_peers: number;
	/** The least number of periods that make a trend. */
	readonly least_periods: number;
	/** How many of the nearest units by headcount stand in for a size band that is too small. */
	readonly nearest_peers: number;
	/** How many median absolute deviations from the median a unit is called higher or lower. */
	readonly word_deviations: number;
	/** How much more often than its peers a unit must leave a column empty for that to be said, in percentage points. */
	readonly empty_points: number;
	/** What share of the units, in per cent, must be rankable by a part that a composite takes unasked. */
	readonly composite_share: number;
}

/** The bounds where a dataset names none: the defaults of this project. */
export const standardBounds: Bounds = {
	least_cases_percent: 10,
	least_cases_rank: 20,
	least_peers: 5,
	least_periods: 3,
	nearest_peers: 8,
	word_deviations: 1,
	empty_points: 20,
	composite_share: 75
};

/** A unit as a possible peer. */
export interface Member {
	readonly unit: string;
	readonly kind: string;
	readonly block: string;
	readonly staff: number | null;
}

/** The peers of a unit. */
export interface Peers {
	/** The group that they come from; null when no group of the file takes the unit in. */
	readonly group: PeerGroup | null;
	/** `nearest` when the band held too few and the nearest by headcount of the same kinds and blocks stand in for it. */
	readonly basis: 'group' | 'nearest';
	/** The units that are compared, the unit itself among them. */
	readonly units: readonly string[];
}

/** The peer groups in the order of their file. */
export function peerGroups(db: Database): Promise<PeerGroup[]> {
	return db.query<PeerGroup>(
		sql`SELECT group_id, name_vi, name_en, kinds, blocks, staff_from, staff_to, by_default, note_vi, note_en FROM peer_groups`
	);
}

/** A row of `peer_bounds.csv`. */
export interface BoundRow extends DataRow {
	bound: string;
	value: number;
	name_vi: string;
	name_en: string;
}

/** The rows of `peer_bounds.csv`, for those who read about them. */
export function boundRows(db: Database): Promise<BoundRow[]> {
	return db.query<BoundRow>(sql`SELECT bound, value, name_vi, name_en FROM peer_bounds`);
}

/** The bounds that rows set; those that they leave out are the standard ones. */
export function boundsFrom(rows: readonly Pick<BoundRow, 'bound' | 'value'>[]): Bounds {
	const known = new Map(rows.map(({ bound, value }) => [bound, value]));
	const bound = (name: keyof Bounds) => known.get(name) ?? standardBounds[name];
	return {
		least_cases_percent: bound('least_cases_percent'),
		least_cases_rank: bound('least_cases_rank'),
		least_peers: bound('least_peers'),
		least_periods: bound('least_periods'),
		nearest_peers: bound('nearest_peers'),
		word_deviations: bound('word_deviations'),
		empty_points: bound('empty_points'),
		composite_share: bound('composite_share')
	};
}

function listed(codes: string | null, code: string): boolean {
	return codes === null || codes.split('|').includes(code);
}

function sameKind(group: PeerGroup, { kind, block }: Member): boolean {
	return listed(group.kinds, kind) && listed(group.blocks, block);
}

function hasBand({ staff_from: from, staff_to: to }: PeerGroup): boolean {
	return from !== null || to !== null;
}

/** Whether a group takes a unit in. A unit whose size is not known belongs to no size band. */
export function takes(group: PeerGroup, member: Member): boolean {
	const { staff_from: from, staff_to: to } = group;
	if (!sameKind(group, member)) return false;
	if (!hasBand(group)) return true;
	const { staff } = member;
	return staff !== null && (from === null || staff >= from) && (to === null || staff < to);
}

/** How far apart two sizes are: by their ratio, so that 10 and 20 are as far as 100 and 200. */
function distance(a: number, b: number): number {
	return Math.abs(Math.log(Math.max(a, 1) / Math.max(b, 1)));
}

/** The group in which a unit finds its peers without asking: the first of the file that takes it in and is there for that. */
export function groupOf(groups: readonly PeerGroup[], member: Member): PeerGroup | null {
	return groups.find((group) => group.by_default && takes(group, member)) ?? null;
}

/**
 * The peers of a unit: those whose own group is the same, or those whom the group that was chosen takes in. A size band with fewer than `least_peers` others gives way to the
 * `nearest_peers` nearest by headcount of the same kinds and blocks (ties in the order given). A group without a band stays as it is, however
 * small: it is then said that there are too few. The unit itself is always among them.
 */
export function peersOf(
	groups: readonly PeerGroup[],
	members: readonly Member[],
	unit: string,
	bounds: Bounds,
	chosen: string | null = null
): Peers {
	const own = members.find((member) => member.unit === unit);
	const asked = groups.find(({ group_id: id }) => id === chosen);
	const group = asked ?? (own ? groupOf(groups, own) : null);
	if (!own || !group) return { group: null, basis: 'group', units: [unit] };
	// A wide group of the file takes in units that a narrower one before it has already.
	const isPeer = (member: Member) => (asked ? takes(asked, member) : groupOf(groups, member) === group);
	const others = members.filter((member) => member !== own && isPeer(member));
	const { staff } = own;
	if (others.length >= bounds.least_peers || !hasBand(group) || staff === null || !takes(group, own)) {
		return { group, basis: 'group', units: [unit, ...others.map((member) => member.unit)] };
	}
	const near = members
		.flatMap((member) => {
			const fits = member !== own && member.staff !== null && sameKind(group, member);
			return fits ? [{ unit: member.unit, far: distance(member.staff, staff) }] : [];
		})
		.sort((a, b) => a.far - b.far)
		.slice(0, bounds.nearest_peers);
	return { group, basis: 'nearest', units: [unit, ...near.map((member) => member.unit)] };
}
