import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	checkSuccessions,
	edgesFrom,
	eventsOf,
	pathsToOld,
	pathsToToday,
	restate,
	unitLivesFrom,
	type Edge,
	type UnitLife,
	type UnitPath
} from './succession';
import type { Row } from './table';

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const march = day('2025-03-01');
const july = day('2025-07-01');

function edge(from: string, to: string | null, on: Date, share: number | null = 1, kind = 'hop_nhat'): Edge {
	return { from, to, on, share, kind, eventId: `${kind}-${on.toISOString().slice(0, 10)}` };
}

function life(unitId: string, from: Date | null = null, to: Date | null = null): UnitLife {
	return { unitId, from, to };
}

/** The parts of a unit's rows of a day, by unit of today. */
function partsOn(paths: readonly UnitPath[], unitId: string, on: Date): Record<string, number> {
	const hits = paths.filter(
		(path) => path.unitId === unitId && (path.from === null || path.from <= on) && (path.to === null || on < path.to)
	);
	return Object.fromEntries(hits.map(({ todayId, share }) => [todayId, share]));
}

/** The published file as the intake would type it. */
function published(name: string): Row[] {
	const path = new URL(`../../../data/${name}.csv`, import.meta.url);
	const records = parse<Record<string, string>>(readFileSync(path), { columns: true });
	return records.map((record) =>
		Object.fromEntries(
			Object.entries(record).map(([column, cell]): [string, Row[string]] => {
				if (cell === '') return [column, null];
				if (['effective_on', 'valid_from', 'valid_to'].includes(column)) return [column, day(cell)];
				return [column, ['share', 'staff', 'members', 'year'].includes(column) ? Number(cell) : cell];
			})
		)
	);
}

describe('edgesFrom', () => {
	it('reads a typed row', () => {
		const row: Row = {
			event_id: 'E1',
			effective_on: march,
			kind: 'giai_the',
			from_unit_id: 'A',
			to_unit_id: null,
			share: null
		};
		expect(edgesFrom([row])).toEqual([
			{ from: 'A', to: null, on: march, share: null, kind: 'giai_the', eventId: 'E1' }
		]);
	});

	it('refuses a day that is still text', () => {
		const row: Row = {
			event_id: 'E1',
			effective_on: '2025-03-01',
			kind: 'doi_ten',
			from_unit_id: 'A',
			to_unit_id: 'B'
		};
		expect(() => edgesFrom([{ ...row, share: 1 }])).toThrow(TypeError);
	});
});

describe('checkSuccessions', () => {
	const kinds = (edges: Edge[]) => checkSuccessions(edges).map(({ kind }) => kind);

	it('accepts a merger, a split, a dissolution and a name that comes back', () => {
		const edges = [
			edge('A', 'C', march),
			edge('B', 'C', march),
			edge('D', 'E', march, 0.3),
			edge('D', 'F', march, 0.7),
			edge('G', null, march, null),
			edge('X', 'Y', march),
			edge('Y', 'X', july)
		];
		expect(checkSuccessions(edges)).toEqual([]);
	});

	it('refuses shares that total 0.99, in both languages', () => {
		const [problem, another] = checkSuccessions([edge('A', 'B', march, 0.5), edge('A', 'C', march, 0.49)]);
		expect(another).toBeUndefined();
		expect(problem).toMatchObject({ kind: 'share-sum', units: ['A'], on: march });
		expect(problem?.message.en).toBe('2025-03-01: The shares of A total 0.99; they must total 1.');
		expect(problem?.message.vi).toBe('01/03/2025: Tổng tỷ trọng của A là 0,99, phải bằng 1.');
	});

	it('accepts thirds written with seven digits', () => {
		const edges = ['B', 'C', 'D'].map((to) => edge('A', to, march, 0.3333333));
		expect(checkSuccessions(edges)).toEqual([]);
	});

	it('adds the shares of one unit over all events of a day', () => {
		const other: Edge = { ...edge('A', 'C', march, 0.6), eventId: 'another' };
		expect(kinds([edge('A', 'B', march, 0.4), other])).toEqual([]);
		expect(kinds([edge('A', 'B', march, 0.5), other])).toEqual(['share-sum']);
		expect(kinds([edge('A', 'B', march, 0.4), { ...other, on: july }])).toEqual(['share-sum', 'share-sum']);
	});

	it('names the members of a cycle on one day', () => {
		const edges = [edge('Z', 'A', march), edge('A', 'B', march), edge('B', 'C', march), edge('C', 'A', march)];
		const problems = checkSuccessions(edges);
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatchObject({ kind: 'cycle', units: ['A', 'B', 'C'] });
		expect(problems[0]?.message.en).toContain('A → B → C → A');
		expect(problems[0]?.message.vi).toContain('A → B → C → A');
	});

	it('refuses a negative share, even where the total is 1', () => {
		expect(kinds([edge('A', 'B', march, 1.2), edge('A', 'C', march, -0.2)])).toEqual(['share-negative']);
	});

	it('refuses a missing share', () => {
		expect(kinds([edge('A', 'B', march, null)])).toEqual(['share-missing']);
	});

	it('refuses a unit that succeeds itself', () => {
		expect(kinds([edge('A', 'A', march)])).toEqual(['self']);
	});

	it('refuses a unit that is dissolved and continued on one day', () => {
		expect(kinds([edge('A', null, march, null), edge('A', 'B', march)])).toEqual(['dissolved-and-continued']);
	});
});

describe('pathsToToday', () => {
	it('leaves a unit without events as it is', () => {
		expect(pathsToToday([life('A')], [])).toEqual([
			{ unitId: 'A', from: null, to: null, todayId: 'A', share: 1, ended: false, arrivedOn: null }
		]);
	});

	it('merges two into one, and rows dated after the end follow too', () => {
		const units = [life('A', null, march), life('B', null, march), life('C', march)];
		const paths = pathsToToday(units, [edge('A', 'C', march), edge('B', 'C', march)]);
		const whole = { from: null, to: null, todayId: 'C', share: 1, ended: false };
		expect(paths).toEqual([
			{ unitId: 'A', ...whole, arrivedOn: march },
			{ unitId: 'B', ...whole, arrivedOn: march },
			{ unitId: 'C', ...whole, arrivedOn: null }
		]);
	});

	it('splits one into three', () => {
		const edges = [edge('A', 'B', march, 0.5), edge('A', 'C', march, 0.3), edge('A', 'D', march, 0.2)];
		const paths = pathsToToday([life('A', null, march)], edges);
		expect(partsOn(paths, 'A', day('2024-05-05'))).toEqual({ B: 0.5, C: 0.3, D: 0.2 });
	});

	it('takes a chain over two days', () => {
		const units = [life('A', null, march), life('B', march, july), life('C', july)];
		const edges = [edge('A', 'B', march), edge('B', 'C', july)];
		const [path, ...others] = pathsToToday(units, edges).filter(({ unitId }) => unitId === 'A');
		expect(others).toEqual([]);
		expect(path).toMatchObject({ todayId: 'C', share: 1, arrivedOn: july });
	});

	it('takes a chain A→B→C on one day, in whatever order the edges come', () => {
		const units = [life('A', null, march), life('B', march, march), life('C', march)];
		for (const edges of [
			[edge('A', 'B', march), edge('B', 'C', march)],
			[edge('B', 'C', march), edge('A', 'B', march)]
		]) {
			expect(partsOn(pathsToToday(units, edges), 'A', day('2024-01-01'))).toEqual({ C: 1 });
		}
	});

	it('multiplies shares along the way and adds them where the ways meet', () => {
		// A: half to B, half to C; then B gives 0.4 to D and 0.6 to E, C goes whole to D: D has 0.5·0.4 + 0.5 = 0.7.
		const edges = [
			edge('A', 'B', march, 0.5),
			edge('A', 'C', march, 0.5),
			edge('B', 'D', july, 0.4),
			edge('B', 'E', july, 0.6),
			edge('C', 'D', july)
		];
		const parts = partsOn(pathsToToday([life('A', null, march)], edges), 'A', day('2024-01-01'));
		expect(parts['D']).toBeCloseTo(0.7, 12);
		expect(parts['E']).toBeCloseTo(0.3, 12);
	});

	it('is exact again when all parts of a split come together', () => {
		const thirds = ['B', 'C', 'D'];
		const edges = [...thirds.map((to) => edge('A', to, march, 1 / 3)), ...thirds.map((from) => edge(from, 'E', july))];
		expect(partsOn(pathsToToday([life('A', null, march)], edges), 'A', day('2024-01-01'))).toEqual({ E: 1 });
	});

	it('dates an arrival by the last of the ways that lead there', () => {
		const last = day('2026-01-01');
		const split = [edge('A', 'B', march, 0.5), edge('A', 'C', march, 0.5)];
		for (const [first, second] of [
			['B', 'C'],
			['C', 'B']
		] as const) {
			const paths = pathsToToday([life('A', null, march)], [...split, edge(first, 'D', july), edge(second, 'D', last)]);
			expect(paths).toMatchObject([{ unitId: 'A', todayId: 'D', share: 1, arrivedOn: last }]);
		}
	});

	it('brings a name back: A→B in March, B→A in July', () => {
		const units = [life('A'), life('B', march, july)];
		const paths = pathsToToday(units, [edge('A', 'B', march), edge('B', 'A', july)]);
		for (const text of ['2025-01-15', '2025-03-01', '2025-06-30', '2025-07-01', '2026-01-01']) {
			expect(partsOn(paths, 'A', day(text))).toEqual({ A: 1 });
			expect(partsOn(paths, 'B', day(text))).toEqual({ A: 1 });
		}
		expect(paths.every(({ ended }) => !ended)).toBe(true);
	});

	it('lets a late row follow the last event unless the unit came back', () => {
		// A went to B in March; a new A arose from C in July. A row of A in May is a late one: it is B's. In August it is A's.
		const units = [life('A'), life('B', march), life('C', null, july)];
		const paths = pathsToToday(units, [edge('A', 'B', march), edge('C', 'A', july)]);
		expect(paths.filter(({ unitId }) => unitId === 'A')).toEqual([
			{ unitId: 'A', from: null, to: july, todayId: 'B', share: 1, ended: false, arrivedOn: march },
			{ unitId: 'A', from: july, to: null, todayId: 'A', share: 1, ended: false, arrivedOn: null }
		]);
		expect(partsOn(paths, 'C', day('2024-01-01'))).toEqual({ A: 1 });
	});

	it('maps a unit without successor to itself, ended', () => {
		const itself = { from: null, to: null, todayId: 'A', share: 1, ended: true, arrivedOn: null };
		expect(pathsToToday([life('A', null, march)], [])).toEqual([{ unitId: 'A', ...itself }]);
		expect(pathsToToday([life('A', null, march)], [edge('A', null, march, null)])).toEqual([
			{ unitId: 'A', ...itself }
		]);
	});

	it('ends with the successor that was dissolved', () => {
		const edges = [edge('A', 'B', march), edge('B', null, july, null)];
		const [path] = pathsToToday([life('A', null, march), life('B', march, july)], edges);
		expect(path).toMatchObject({ unitId: 'A', todayId: 'B', share: 1, ended: true, arrivedOn: march });
	});

	it('bridges a gap between the end of a unit and the start of its successor', () => {
		const units = [life('A', null, march), life('B', july)];
		const paths = pathsToToday(units, [edge('A', 'B', march)]);
		expect(partsOn(paths, 'A', day('2025-05-01'))).toEqual({ B: 1 });
		expect(partsOn(paths, 'B', day('2025-05-01'))).toEqual({ B: 1 });
	});

	it('counts a row dated before its unit existed with that unit', () => {
		const paths = pathsToToday([life('A', null, march), life('B', march)], [edge('A', 'B', march)]);
		expect(partsOn(paths, 'B', day('2023-01-01'))).toEqual({ B: 1 });
	});

	it('refuses edges that do not hold', () => {
		expect(() => pathsToToday([life('A')], [edge('A', 'B', march, 0.99)])).toThrow(RangeError);
		expect(() => pathsToToday([life('A')], [edge('A', 'B', march), edge('B', 'A', march)])).toThrow('A → B → A');
	});
});

describe('pathsToOld', () => {
	const units = [life('A', null, march), life('B', null, march), life('C', march), life('D')];
	const edges = [edge('A', 'C', march), edge('B', 'C', march)];
	const before = day('2024-12-31');

	it('does not take a merger apart without weights', () => {
		expect(pathsToOld(units, edges, before)).toEqual([
			{ todayId: 'C', oldId: null, share: null },
			{ todayId: 'D', oldId: 'D', share: 1 }
		]);
		expect(pathsToOld(units, edges, before, new Map([['A', 60]]))[0]?.oldId).toBeNull();
	});

	it('takes a merger apart by headcount', () => {
		const weights = new Map([
			['A', 60],
			['B', 40]
		]);
		expect(pathsToOld(units, edges, before, weights).slice(0, 2)).toEqual([
			{ todayId: 'C', oldId: 'A', share: 0.6 },
			{ todayId: 'C', oldId: 'B', share: 0.4 }
		]);
	});

	it('puts a split together without weights', () => {
		const split = [edge('A', 'B', march, 0.3), edge('A', 'C', march, 0.7)];
		expect(pathsToOld([life('A', null, march), life('B', march), life('C', march)], split, before)).toEqual([
			{ todayId: 'B', oldId: 'A', share: 1 },
			{ todayId: 'C', oldId: 'A', share: 1 }
		]);
	});

	it('weighs a unit that absorbed a part of another', () => {
		// G has 50 people of its own and takes 0.1 of L, which has 100: 50 of 60 are G's, 10 of 60 L's.
		const absorbed = [edge('L', 'G', march, 0.1), edge('L', 'N', march, 0.9)];
		const weights = new Map([
			['G', 50],
			['L', 100]
		]);
		const paths = pathsToOld([life('G'), life('L', null, march), life('N', march)], absorbed, before, weights);
		expect(paths.map(({ todayId, oldId }) => [todayId, oldId])).toEqual([
			['G', 'G'],
			['G', 'L'],
			['N', 'L']
		]);
		expect(paths[0]?.share).toBeCloseTo(5 / 6, 12);
		expect(paths[1]?.share).toBeCloseTo(1 / 6, 12);
		expect(paths[2]?.share).toBe(1);
	});

	it('says unknown for a unit that came from nothing', () => {
		expect(pathsToOld([life('A', march)], [], before)).toEqual([{ todayId: 'A', oldId: null, share: null }]);
	});

	it('is the identity on a day after all events', () => {
		expect(pathsToOld(units, edges, july)).toEqual([
			{ todayId: 'C', oldId: 'C', share: 1 },
			{ todayId: 'D', oldId: 'D', share: 1 }
		]);
	});
});

describe('restate', () => {
	const units = [life('A', null, march), life('B', null, march), life('C', march)];
	const merger = pathsToToday(units, [edge('A', 'C', march), edge('B', 'C', march)]);
	const split = pathsToToday(
		[life('A', null, march), life('B', march), life('C', march), life('D', march)],
		[edge('A', 'B', march, 0.5), edge('A', 'C', march, 0.3), edge('A', 'D', march, 0.2)]
	);
	const date = day('2024-06-30');
	const period = '2024-Q2';

	it('adds up a merger 2→1 without calling it an estimate', () => {
		const series = [
			{ unitId: 'A', date, period, value: 7 },
			{ unitId: 'B', date, period, value: 5 },
			{ unitId: 'C', date: day('2025-06-30'), period: '2025-Q2', value: 11 }
		];
		expect(restate(series, merger, 'additive')).toMatchObject([
			{ unitId: 'C', period: '2024-Q2', value: 12, estimated: false, break: null },
			{ unitId: 'C', period: '2025-Q2', value: 11, estimated: false, break: null }
		]);
	});

	it('spreads a split 1→3 and calls it an estimate', () => {
		expect(restate([{ unitId: 'A', date, period, value: 10 }], split, 'additive')).toMatchObject([
			{ unitId: 'B', value: 5, estimated: true },
			{ unitId: 'C', value: 3, estimated: true },
			{ unitId: 'D', value: 2, estimated: true }
		]);
	});

	it('never averages percentages: 9/10 and 100/200 make 109/210, where values would make 1.4', () => {
		const series = [
			{ unitId: 'A', date, period, numerator: 9, denominator: 10, value: 0.9 },
			{ unitId: 'B', date, period, numerator: 100, denominator: 200, value: 0.5 }
		];
		const [ratio] = restate(series, merger, 'ratio');
		expect(ratio).toMatchObject({ unitId: 'C', numerator: 109, denominator: 210, estimated: false });
		expect(ratio?.value).toBeCloseTo(109 / 210, 12);
		expect(restate(series, merger, 'additive')[0]?.value).toBeCloseTo(1.4, 12);
	});

	it('keeps a ratio through a split', () => {
		const rows = restate([{ unitId: 'A', date, period, numerator: 30, denominator: 40 }], split, 'ratio');
		expect(rows.map(({ value }) => value)).toEqual([0.75, 0.75, 0.75]);
		expect(rows.map(({ denominator }) => denominator)).toEqual([20, 12, 8]);
		expect(rows.every(({ estimated }) => estimated)).toBe(true);
	});

	it('leaves out a ratio that lacks a side and gives none over a denominator of 0', () => {
		const series = [
			{ unitId: 'A', date, period, numerator: 9, denominator: null },
			{ unitId: 'B', date, period, numerator: 3, denominator: 4 }
		];
		expect(restate(series, merger, 'ratio')).toMatchObject([{ value: 0.75, numerator: 3, denominator: 4 }]);
		const empty = [{ unitId: 'A', date, period, numerator: 0, denominator: 0 }];
		expect(restate(empty, merger, 'ratio')).toMatchObject([{ value: null, numerator: 0, denominator: 0 }]);
	});

	it('adds nothing for an empty value, and 0 is not empty', () => {
		const row = (unitId: string, value: number | null) => ({ unitId, date, period, value });
		expect(restate([row('A', null), row('B', 4)], merger, 'additive')).toMatchObject([{ value: 4 }]);
		expect(restate([row('A', null), row('B', null)], merger, 'additive')).toMatchObject([{ value: null }]);
		expect(restate([row('A', 0), row('B', null)], merger, 'additive')).toMatchObject([{ value: 0 }]);
	});

	it.each(['rank', 'index', 'distinct'] as const)('does not carry a %s over a merger', (indicatorClass) => {
		const series = [
			{ unitId: 'A', date, period, value: 3 },
			{ unitId: 'C', date: day('2025-06-30'), period: '2025-Q2', value: 8 }
		];
		expect(restate(series, merger, indicatorClass)).toMatchObject([
			{ unitId: 'C', period: '2025-Q2', value: 8, estimated: false, break: march }
		]);
	});

	it('breaks the rank of a unit that absorbed another, and keeps what stood before', () => {
		const paths = pathsToToday([life('G'), life('L', null, march)], [edge('L', 'G', march)]);
		const series = [
			{ unitId: 'G', date: day('2025-02-28'), period: '2025-02', value: 2 },
			{ unitId: 'G', date: march, period: '2025-03', value: 6 },
			{ unitId: 'L', date: day('2025-02-28'), period: '2025-02', value: 9 }
		];
		expect(restate(series, paths, 'rank')).toMatchObject([
			{ unitId: 'G', period: '2025-02', value: 2, break: null },
			{ unitId: 'G', period: '2025-03', value: 6, break: march }
		]);
	});

	it('counts a unit that no path names as itself', () => {
		expect(restate([{ unitId: 'Q', date, period, value: 1 }], merger, 'additive')).toMatchObject([
			{ unitId: 'Q', value: 1, estimated: false }
		]);
	});
});

describe('eventsOf', () => {
	const edges = [
		edge('A', 'C', march),
		edge('B', 'C', march),
		edge('C', 'D', july),
		edge('X', 'Y', march, 1, 'doi_ten'),
		edge('B2', null, march, null, 'giai_the')
	];

	it('finds past and future, through predecessors and successors, each event once', () => {
		const both = [
			{ eventId: 'hop_nhat-2025-03-01', on: march, kind: 'hop_nhat' },
			{ eventId: 'hop_nhat-2025-07-01', on: july, kind: 'hop_nhat' }
		];
		for (const unit of ['A', 'C', 'D']) expect(eventsOf(unit, edges)).toEqual(both);
	});

	it('leaves other units out, and knows an end', () => {
		expect(eventsOf('X', edges).map(({ kind }) => kind)).toEqual(['doi_ten']);
		expect(eventsOf('B2', edges).map(({ kind }) => kind)).toEqual(['giai_the']);
		expect(eventsOf('Z', edges)).toEqual([]);
	});

	it('does not give a unit the later fate of its predecessor’s other parts', () => {
		const split = [edge('A', 'B', march, 0.5), edge('A', 'C', march, 0.5), edge('C', 'D', july)];
		expect(eventsOf('B', split).map(({ on }) => on)).toEqual([march]);
	});

	it('ends where a name comes back', () => {
		const back = [edge('A', 'B', march), edge('B', 'A', july)];
		expect(eventsOf('A', back).map(({ on }) => on)).toEqual([march, july]);
		expect(eventsOf('B', back).map(({ on }) => on)).toEqual([march, july]);
	});
});

describe('any sound succession', () => {
	const names = ['U0', 'U1', 'U2', 'U3', 'U4', 'U5', 'U6'];
	const days = ['2021-01-01', '2022-04-01', '2023-07-01', '2025-03-01'].map(day);
	const units = names.map((name) => life(name));

	/** On each day the units stand in some order and go only to units after them, so that no day has a circle. */
	const successions: fc.Arbitrary<Edge[]> = fc
		.tuple(
			...days.map((on) =>
				fc
					.tuple(
						fc.shuffledSubarray(names, { minLength: names.length }),
						fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 6, maxLength: 6 }), {
							minLength: 6,
							maxLength: 6
						}),
						fc.array(fc.constantFrom('stay', 'stay', 'go', 'go', 'end'), { minLength: 6, maxLength: 6 })
					)
					.map(([order, weights, fates]) =>
						order.slice(0, -1).flatMap((from, index): Edge[] => {
							if (fates[index] === 'stay') return [];
							const heirs = order
								.slice(index + 1)
								.map((to, next) => ({ to, weight: weights[index]?.[next] ?? 0 }))
								.filter(({ weight }) => weight > 0);
							if (fates[index] === 'end' || heirs.length === 0) return [edge(from, null, on, null, 'giai_the')];
							const total = heirs.reduce((sum, { weight }) => sum + weight, 0);
							return heirs.map(({ to, weight }) => edge(from, to, on, weight / total));
						})
					)
			)
		)
		.map((lists) => lists.flat());
	const dates = fc.constantFrom(
		...['2020-06-01', '2021-01-01', '2022-03-31', '2022-04-01', '2024-01-01', '2025-03-01', '2026-01-01'].map(day)
	);

	it('has no problem', () => {
		fc.assert(
			fc.property(successions, (edges) => {
				expect(checkSuccessions(edges)).toEqual([]);
			})
		);
	});

	it('has shares that total 1 for every unit and row date', () => {
		fc.assert(
			fc.property(successions, dates, (edges, date) => {
				const paths = pathsToToday(units, edges);
				for (const name of names) {
					const total = Object.values(partsOn(paths, name, date)).reduce((sum, share) => sum + share, 0);
					expect(total).toBeCloseTo(1, 9);
				}
			})
		);
	});

	it('keeps totals: today’s structure adds up to what was reported', () => {
		const reports = fc.array(
			fc.record({
				unitId: fc.constantFrom(...names),
				date: dates,
				period: fc.constant('all'),
				value: fc.integer({ min: 0, max: 1000 })
			}),
			{ minLength: 1, maxLength: 30 }
		);
		fc.assert(
			fc.property(successions, reports, (edges, series) => {
				const restated = restate(series, pathsToToday(units, edges), 'additive');
				const reported = series.reduce((sum, { value }) => sum + value, 0);
				expect(restated.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBeCloseTo(reported, 6);
			})
		);
	});

	it('agrees with moving the mass of a unit by hand, day after day, from before all events', () => {
		fc.assert(
			fc.property(successions, fc.constantFrom(...names), (edges, name) => {
				let mass = new Map([[name, 1]]);
				const stopped = new Map<string, number>();
				for (const on of days) {
					const today = edges.filter((one) => one.on.getTime() === on.getTime());
					// As many rounds as there are units are enough for the longest chain of one day.
					for (let round = 0; round < names.length; round++) {
						const next = new Map<string, number>();
						for (const [unit, part] of mass) {
							const leaving = today.filter(({ from }) => from === unit);
							if (leaving.length === 0) next.set(unit, (next.get(unit) ?? 0) + part);
							for (const { to, share } of leaving) {
								if (to === null) stopped.set(unit, (stopped.get(unit) ?? 0) + part);
								else next.set(to, (next.get(to) ?? 0) + part * (share ?? 0));
							}
						}
						mass = next;
					}
				}
				for (const [unit, part] of stopped) mass.set(unit, (mass.get(unit) ?? 0) + part);
				const parts = partsOn(pathsToToday(units, edges), name, day('2020-01-01'));
				for (const unit of names) expect(parts[unit] ?? 0).toBeCloseTo(mass.get(unit) ?? 0, 9);
			})
		);
	});

	it('takes A→B→C on one day as A→C', () => {
		const [early] = days;
		fc.assert(
			fc.property(successions, (edges) => {
				const rest = edges.filter(({ on }) => on.getTime() !== early?.getTime());
				const through = [edge('NEW', 'MID', day('2021-01-01')), edge('MID', 'U0', day('2021-01-01')), ...rest];
				const direct = [edge('NEW', 'U0', day('2021-01-01')), ...rest];
				const lives = [...units, life('NEW'), life('MID')];
				const of = (list: Edge[]) => pathsToToday(lives, list).filter(({ unitId }) => unitId === 'NEW');
				expect(of(through)).toEqual(of(direct));
			})
		);
	});

	it('divides every unit of today wholly among the old ones, or says it cannot', () => {
		const weights = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: names.length, maxLength: names.length });
		fc.assert(
			fc.property(successions, dates, weights, (edges, date, sizes) => {
				const paths = pathsToOld(units, edges, date, new Map(names.map((name, i) => [name, sizes[i] ?? 0])));
				for (const todayId of new Set(paths.map((path) => path.todayId))) {
					const own = paths.filter((path) => path.todayId === todayId);
					if (own[0]?.oldId === null) expect(own).toEqual([{ todayId, oldId: null, share: null }]);
					else expect(own.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(1, 9);
				}
			})
		);
	});
});

describe('the published files', () => {
	const rows = published('unit_successions');
	const unitRows = published('units');
	const edges = edgesFrom(rows);
	const units = unitLivesFrom(unitRows);

	it('have no problem', () => {
		expect(checkSuccessions(edges)).toEqual([]);
	});

	it('name only units that exist, which end on the day they leave and have begun by the day they receive', () => {
		const lives = new Map(units.map((unit) => [unit.unitId, unit]));
		for (const { from, to, on } of edges) {
			expect(lives.get(from)?.to, from).toEqual(on);
			if (to === null) continue;
			expect(lives.has(to), to).toBe(true);
			const birth = lives.get(to)?.from ?? null;
			expect(birth === null || birth <= on, to).toBe(true);
		}
	});

	it('say what became of every unit that ended', () => {
		const left = new Set(edges.map(({ from }) => from));
		expect(units.filter(({ unitId, to }) => to !== null && !left.has(unitId))).toEqual([]);
	});

	it('lead four departments into today’s Sở KH&CN and divide Sở LĐ-TB&XH into four', () => {
		const paths = pathsToToday(units, edges);
		const into = paths.filter(({ todayId, unitId }) => todayId === 'TN-SKHCN-2025-07' && unitId !== todayId);
		expect(into.map(({ unitId }) => unitId).sort()).toEqual([
			'BK-SKHCN',
			'BK-SKHCN-2025',
			'BK-STTTT',
			'TN-SKHCN',
			'TN-SKHCN-2025',
			'TN-STTTT'
		]);
		expect(into.every(({ share }) => share === 1)).toBe(true);
		expect(partsOn(paths, 'TN-SLDTBXH', day('2023-12-31'))).toEqual({
			'TN-SNV-2025': 0.7,
			'TN-SGDDT-2025-07': 0.12,
			'TN-SYT-2025-07': 0.13,
			'TN-SNNMT-2025': 0.05
		});
	});

	it('have a headcount for each unit and year-end of its life and for no other', () => {
		const stored = published('unit_headcounts').map(({ unit_id, year }) => `${String(unit_id)} ${String(year)}`);
		const owed = units.flatMap(({ unitId, from, to }) =>
			[2020, 2021, 2022, 2023, 2024, 2025, 2026]
				.map((year) => ({ year, end: day(year === 2026 ? '2026-09-30' : `${year}-12-31`) }))
				.filter(({ end }) => (from === null || from <= end) && (to === null || end < to))
				.map(({ year }) => `${unitId} ${year}`)
		);
		expect([...stored].sort()).toEqual(owed.sort());
	});
});
