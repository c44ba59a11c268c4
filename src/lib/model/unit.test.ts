/**
 * Every indicator × unit of the published sample, in all three structures, against the second computation of `tests/independent.ts` (plain
 * loops over the files), and the rows that each figure opens against the rows that took part there.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { independent, type Answer } from '../../../tests/independent';
import type { Database } from '../database/database';
import { openNodeDatabase } from '../database/node';
import { id, join, sql } from '../database/sql';
import { toArrow } from '../intake/arrow';
import { readPublished } from '../intake/published';
import { coverage, indicators, units, type Coverage, type Indicator, type Unit } from './catalogue';
import { latestWindow, rowCondition, rowsBehind } from './detail';
import { boundRows, boundsFrom, peerGroups, standardBounds } from './peer';
import { monthsOf, readMonth, writeMonth, type Span } from './period';
import { samplesOf } from './overview';
import { readingOf } from './reading';
import { joinPaths } from './scope';
import { dayOf, isCarried } from './series';
import { deriveTables } from './structure';
import {
	ancestry,
	boards,
	Comparer,
	emptyRows,
	everyone,
	filled,
	listOf,
	nowAndSame,
	nowOf,
	optionalOf,
	placed,
	successions,
	waiting,
	waitingStatuses,
	type Board,
	type Placed
} from './unit';
import type { Structure } from './view';

const second = independent('data');
let db: Database;
let covered: Coverage;
let computed: Indicator[];
let all: Unit[];
let span: Span;

beforeAll(async () => {
	db = await openNodeDatabase();
	for (const typed of await readPublished('data')) {
		await db.insert({ name: typed.table.name, bytes: () => Promise.resolve(toArrow(typed)) });
	}
	await deriveTables(db);
	covered = await coverage(db);
	computed = (await indicators(db)).filter(({ register }) => register !== 'actual');
	all = await units(db);
	// The last year alone: every window of the second computation is then one that is looked at.
	span = { from: covered.last - 11, to: covered.last };
});

afterAll(() => db.close());

const structures: readonly Structure[] = ['reported', 'today', 'old'];
const looked = (year: Span) => (indicator: Indicator) =>
	samplesOf(indicator, year, covered.first).filter(({ name }) => name === 'now');

function wanted(indicator: string, unit: string, structure: Structure, year = span): Answer | undefined {
	const question = { from: writeMonth(year.from), to: writeMonth(year.to), block: null, kind: null, unit, structure };
	return second.figures(indicator, question).get('now');
}

function close(found: number | null, two: number | null): boolean {
	if (found === null || two === null) return found === two;
	return Math.abs(found - two) <= 1e-9 * Math.max(1, Math.abs(found), Math.abs(two));
}

async function boardsOf(structure: Structure, year = span): Promise<{ members: Placed[]; list: Map<string, Board> }> {
	const members = await placed(db, all, year, structure);
	return { members, list: await boards(db, computed, members, looked(year), structure) };
}

/**
 * The rows that the figure of each unit opens, chosen by the condition with which pages choose them, and what the expressions of the
 * indicator make of those rows, each weighed by its share. One query for an indicator.
 */
async function openedBy(indicator: Indicator, members: readonly Placed[], structure: Structure, year = span) {
	const { value, denominator } = readingOf(indicator);
	const window = latestWindow(indicator, year, covered.first);
	const opened = members.map(({ unit }) => {
		const condition = rowCondition(indicator, window, { ...everyone(structure), unit });
		return sql`SELECT ${unit} AS for_unit, r.rowid AS opened_row FROM ${id(indicator.register)} AS r WHERE ${condition}`;
	});
	const follows = structure !== 'reported' && isCarried(indicator);
	const paths = follows
		? sql`${joinPaths(sql`r.unit_id`, sql`r.${dayOf(indicator)}`, { structure })} AND p.today_unit = o.for_unit`
		: sql``;
	const share = follows ? sql`p.share_there` : sql`1`;
	const rows = await db.query<{ unit: string; share: number; count: number; above: number; below: number }>(
		sql`WITH opened AS (${join(opened, ' UNION ALL ')})
		SELECT o.for_unit AS unit, CAST(${share} AS DOUBLE) AS share, count(*) AS count,
			CAST(${value} AS DOUBLE) AS above, CAST(${denominator ?? sql`0`} AS DOUBLE) AS below
		FROM opened AS o JOIN ${id(indicator.register)} AS r ON r.rowid = o.opened_row ${paths} GROUP BY 1, 2`
	);
	const found = new Map<string, { count: number; above: number; below: number }>();
	for (const row of rows) {
		const known = found.get(row.unit) ?? { count: 0, above: 0, below: 0 };
		found.set(row.unit, {
			count: known.count + row.count,
			above: known.above + (row.above ?? 0) * row.share,
			below: known.below + (row.below ?? 0) * row.share
		});
	}
	return found;
}

describe('every indicator and unit', () => {
	it('is computed twice: none is left out', () => {
		expect(computed.map(({ indicator_id: id }) => id).sort()).toEqual([...second.indicators].sort());
	});

	it.each(structures)('%s: has the figure of the second computation', async (structure) => {
		const { members, list } = await boardsOf(structure);
		expect(members.length).toBeGreaterThan(40);
		const wrong: string[] = [];
		let known = 0;
		for (const [id, board] of list) {
			for (const figure of nowOf(board)) {
				const { unit } = figure;
				const two = wanted(id, unit, structure);
				// What is missing here the second computation calls an empty sum.
				const missing = figure.value === null && board.perHead && two?.value === 0;
				if (figure.value !== null) known++;
				if (!missing && !close(figure.value, two?.value ?? null))
					wrong.push(`${id} ${unit}: ${figure.value}, ${two?.value}`);
				if (board.perHead && figure.value !== null && figure.size !== null && figure.size > 0) {
					if (!close(figure.compared, (figure.value / figure.size) * 100)) wrong.push(`${id} ${unit} a head`);
				}
			}
		}
		expect(wrong).toEqual([]);
		expect(known).toBeGreaterThan(900);
	});

	/** The last year, and in today's structure also the one in which units became others, whose rows still count by their paths. */
	const times: [Structure, string | null][] = [
		...structures.map((one): [Structure, null] => [one, null]),
		['today', '2025-06']
	];

	it.each(times)(
		'%s, %s: opens the rows that made it, no more and no fewer, and is their aggregate',
		async (structure, end) => {
			const to = readMonth(end ?? '') ?? covered.last;
			const year = { from: to - 11, to };
			const { members, list } = await boardsOf(structure, year);
			const wrong: string[] = [];
			let opened = 0;
			for (const indicator of computed) {
				const board = list.get(indicator.indicator_id);
				if (!board) throw new Error(indicator.indicator_id);
				const rows = await openedBy(indicator, members, structure, year);
				for (const figure of nowOf(board)) {
					const { unit } = figure;
					const name = `${indicator.indicator_id} ${unit}`;
					const found = rows.get(unit) ?? { count: 0, above: 0, below: 0 };
					const two = wanted(indicator.indicator_id, unit, structure, year);
					// Of a report that is late the second computation counts the row too: it is below the line.
					if (found.count !== (two?.rows ?? 0)) wrong.push(`${name}: ${found.count} rows, ${two?.rows}`);
					opened += found.count;
					const scale = indicator.scale ?? 1;
					const isShare = indicator.class === 'ratio';
					// Divided by people the figure is taken apart: its rows make what stands above the line.
					const byPeople = indicator.denominator?.startsWith('headcount.') === true;
					const whole = isShare && !byPeople ? (found.above / found.below) * scale : found.above * scale;
					const shown = byPeople ? (figure.counted?.count ?? 0) * scale : figure.value;
					// Where nothing is known the rows make nothing either: there are none, or none below the line.
					const same = shown === null ? (isShare ? found.below : found.above) === 0 : close(whole, shown);
					if (!same) wrong.push(`${name}: ${whole} from the rows, ${shown}`);
				}
			}
			expect(wrong).toEqual([]);
			expect(opened).toBeGreaterThan(10_000);
		},
		30_000
	);

	it('opens these same rows on the page, by their number', async () => {
		const { members } = await boardsOf('today');
		const indicator = computed.find(({ indicator_id: id }) => id === 'initiatives_received');
		if (!indicator) throw new Error('no such indicator');
		const rows = await openedBy(indicator, members, 'today');
		for (const { unit } of members) {
			const { count } = await rowsBehind(db, indicator, span, { ...everyone('today'), unit }, covered.first, 1);
			expect(count, unit).toBe(rows.get(unit)?.count ?? 0);
		}
	});

	it('of what adds up totals the same in every structure, where every share is known', async () => {
		const additive = computed.filter((indicator) => indicator.class === 'additive');
		const totals = await Promise.all(
			structures.map(async (structure) => {
				const { list } = await boardsOf(structure);
				return additive.map(({ indicator_id: id }) => {
					// Of units that have ended too, whose sums stand as they were reported.
					const parts = all.flatMap(({ unit_id: unit }) => list.get(id)?.figuresOf(unit) ?? []);
					return parts.reduce((sum, { value }) => sum + (value ?? 0), 0);
				});
			})
		);
		totals[0]?.forEach((total, index) => {
			expect(totals[1]?.[index], additive[index]?.indicator_id).toBeCloseTo(total, 6);
			expect(totals[2]?.[index], additive[index]?.indicator_id).toBeCloseTo(total, 6);
		});
	});
});

describe('zero and missing', () => {
	it('a list kept for all says 0 of who is not in it; what is owed says nothing of who sent nothing', async () => {
		const { members, list } = await boardsOf('today');
		const value = (indicator: string, unit: string) => {
			const figure = list.get(indicator)?.at('now', unit);
			if (!figure) throw new Error(`${indicator} ${unit}`);
			return figure.value;
		};
		const sent = new Set(
			(
				await db.query<{ unit_id: string }>(
					sql`SELECT DISTINCT unit_id FROM activities WHERE period_end > DATE '2025-09-30'`
				)
			).map(({ unit_id: unit }) => unit)
		);
		expect(members.every(({ unit }) => value('initiatives_received', unit) !== null)).toBe(true);
		for (const { unit } of members) {
			if (!sent.has(unit)) expect(value('oral_sessions', unit), unit).toBeNull();
			else expect(value('oral_sessions', unit), unit).not.toBeNull();
		}
		expect(members.some(({ unit }) => !sent.has(unit))).toBe(true);
	});
});

describe('peers of the sample', () => {
	it('are named for every unit, and the bounds are those of the file', async () => {
		const [groups, members, rows] = await Promise.all([peerGroups(db), placed(db, all, span, 'today'), boundRows(db)]);
		expect(boundsFrom(rows)).toEqual(standardBounds);
		const comparer = new Comparer(groups, members, standardBounds, null);
		expect(members.filter(({ unit }) => comparer.peers(unit).group === null)).toEqual([]);
		// The five departments under fifty staff have four others each: the nearest by headcount stand in.
		expect(comparer.peers('TN-STP')).toMatchObject({ basis: 'nearest', group: { group_id: 'so-nganh-nho' } });
		expect(comparer.peers('TN-STP').units).toHaveLength(9);
		expect(comparer.peers('TN-STC-2025')).toMatchObject({ basis: 'group', group: { group_id: 'so-nganh-lon' } });
		// Three enterprises are nobody's ranking.
		expect(comparer.peers('TN-DN-XOSO').units).toHaveLength(3);
	});

	it('say nothing where they are too few, and rank with a denominator where they are enough', async () => {
		const [groups, members] = await Promise.all([peerGroups(db), placed(db, all, span, 'today')]);
		const list = await boards(db, computed, members, nowAndSame({ ...span, from: covered.first }, covered), 'today');
		const comparer = new Comparer(groups, members, standardBounds, null);
		const board = list.get('initiatives_recognised');
		if (!board) throw new Error('no such indicator');
		expect(comparer.compare(board, 'TN-DN-XOSO').stand).toMatchObject({ place: null, silence: 'few_peers' });
		expect(comparer.compare(board, 'TN-CB-HNB').stand).toMatchObject({ place: null, silence: 'small_rank' });
		const { place } = comparer.compare(board, 'TN-STC-2025').stand;
		expect(place?.of).toBe(9);
		const whole = new Comparer(groups, members, standardBounds, 'tat-ca');
		expect(whole.peers('TN-DN-XOSO').units).toHaveLength(members.length);
	});
});

describe('the old structure', () => {
	it('is the structure before the first event, wholly carried in the sample', async () => {
		const members = await placed(db, all, span, 'old');
		expect(members.some(({ unit }) => unit === 'TN-SLDTBXH')).toBe(true);
		expect(members.some(({ unit }) => unit === 'TN-SKHCN-2025-07')).toBe(false);
		expect(monthsOf(span)[0]).toBe(readMonth('2025-10'));
	});
});

describe('the way of a unit', () => {
	it('goes through every event before and after it', async () => {
		const rows = await successions(db);
		const of = (unit: string) => [...new Set(ancestry(rows, unit).map(({ from_unit_id: from }) => from))].sort();
		expect(of('TN-SKHCN-2025-07')).toEqual(
			['BK-SKHCN', 'BK-SKHCN-2025', 'BK-STTTT', 'TN-SKHCN', 'TN-SKHCN-2025', 'TN-STTTT'].sort()
		);
		expect(ancestry(rows, 'TN-SLDTBXH').map(({ to_unit_id: to }) => to)).toContain('TN-SYT-2025-07');
		expect(ancestry(rows, 'TN-STP')).toEqual([]);
	});
});

describe('what is missing in a unit’s file', () => {
	const unit = 'TN-BVA';
	const file: Record<string, string>[] = parse(readFileSync('data/initiatives.csv'), { columns: true });
	const own = file.filter((row) => row.unit_id === unit);
	const scope = { ...everyone('today'), unit };

	it('are the initiatives that wait, counted in the file', async () => {
		const open = own.filter(({ status = '' }) => waitingStatuses.includes(status));
		expect((await waiting(db, covered.last, covered.first, scope, 1)).count).toBe(open.length);
		expect(open.length).toBeGreaterThan(0);
	});

	it('are empty cells, counted in the file, and their rows', async () => {
		const year = own.filter(({ submitted_on: day = '' }) => day >= '2025-10-01' && day <= '2026-09-30');
		const row = (await filled(db, 'initiatives', span, 'today')).find((one) => one.unit === unit);
		expect(row?.rows).toBe(year.length);
		expect(row?.benefit_vnd).toBe(year.filter(({ benefit_vnd: benefit }) => benefit !== '').length);
		const column = optionalOf('initiatives').find(({ name }) => name === 'benefit_vnd');
		if (!column) throw new Error('no such column');
		const { count } = await emptyRows(db, { register: 'initiatives', column }, span, scope);
		expect(count).toBe(year.length - Number(row?.benefit_vnd));
	});

	it('lists what the file holds, the newest first', async () => {
		const { rows, count } = await listOf(db, 'initiatives', { from: covered.first, to: covered.last }, scope, 3);
		// Of the last twelve months, as every figure is.
		const days = own
			.map(({ submitted_on: day = '' }) => day)
			.filter((day) => day >= '2025-10-01' && day <= '2026-09-30')
			.toSorted();
		expect(count).toBe(days.length);
		expect(rows[0]?.submitted_on).toEqual(new Date(days.at(-1) ?? ''));
		expect(rows).toHaveLength(3);
	});
});
