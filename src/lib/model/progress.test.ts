import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	assess,
	compoundGrowth,
	dateOf,
	goalFrom,
	inForce,
	openSdgScore,
	paceStatus,
	percentileRank,
	statusIcon,
	successorOf,
	theilSen,
	timeOf,
	timeOfPeriod,
	trendWithoutTarget
} from './progress';
import type { Direction, Goal, Milestone, Observation, Progress, Status, TargetRow, TargetType } from './progress';

/**
 * The golden cases: one row a case, worked by hand; `working` is the calculation in words. Notation:
 *
 * - `base`: `2020=20`, or `2020=` for a year without a value. `milestones`: `2025=30; 2030=35`; `2030=40..50` for a range;
 *   `none=90` for no year. `observations`: `2024=27`, followed by `p` (provisional), `e` (estimated), `/63` (out of 63).
 * - An expected cell that is empty is not asserted; `null` asserts that there is no number. A number is asserted to the digits written.
 * - `projection`: value, low, high. `compound`: the ratio, or `refused:` with the reason. `flags`: `provisional`, `estimated`.
 * - `type` is `none` for an indicator without a target. `unlike`: how many figures of another method were left out.
 */
const cases = parse<Record<string, string>>(
	readFileSync(fileURLToPath(new URL('../../../tests/fixtures/progress.csv', import.meta.url)), 'utf8'),
	{ columns: true }
);

function pairs(text: string): [string, string][] {
	return text
		.split(';')
		.filter((part) => part.trim() !== '')
		.map((part) => {
			const [left = '', right = ''] = part.trim().split('=');
			return [left, right];
		});
}

function goalOf(row: Record<string, string>): Goal | null {
	if (row['type'] === 'none') return null;
	const [base] = pairs(row['base'] ?? '');
	const milestones = pairs(row['milestones'] ?? '').map(([time, value]): Milestone => {
		const [low, upper] = value.split('..');
		return {
			time: time === 'none' ? Infinity : Number(time),
			value: Number(low),
			upper: upper === undefined ? null : Number(upper)
		};
	});
	return {
		type: row['type'] as TargetType,
		direction: row['direction'] as Direction,
		base: base ? { time: Number(base[0]), value: base[1] === '' ? null : Number(base[1]) } : null,
		milestones,
		sourced: row['document'] === 'yes'
	};
}

function observationsOf(text: string): Observation[] {
	return pairs(text).map(([time, figure]) => {
		const match = /^(-?[\d.]+)([pe]?)(?:\/(\d+))?$/.exec(figure);
		if (!match) throw new Error(`Not a figure: ${figure}`);
		return {
			time: Number(time),
			value: Number(match[1]),
			provisional: match[2] === 'p',
			estimated: match[2] === 'e',
			outOf: match[3] === undefined ? null : Number(match[3])
		};
	});
}

/** Asserts a number to the digits that the table gives. */
function expectNumber(actual: number | null, expected: string, name: string) {
	if (expected === 'null') {
		expect(actual, name).toBeNull();
		return;
	}
	const digits = expected.split('.')[1]?.length ?? 0;
	expect(actual, name).not.toBeNull();
	expect(Math.abs((actual ?? NaN) - Number(expected)), `${name}: ${actual} for ${expected}`).toBeLessThanOrEqual(
		digits === 0 ? 1e-9 : 0.5 * 10 ** -digits + 1e-9
	);
}

const numbers: Record<string, (progress: Progress) => number | null> = {
	required: (progress) => progress.requiredNow,
	way: (progress) => progress.shareOfWay,
	time: (progress) => progress.shareOfTime,
	ratio: (progress) => progress.paceRatio,
	needed: (progress) => progress.neededPerYear,
	of_plan: (progress) => progress.ofPlan,
	gap: (progress) => progress.gap,
	lag: (progress) => progress.lagYears,
	streak: (progress) => progress.streak,
	met: (progress) => progress.met
};

describe('golden cases', () => {
	it('are many, and none is there twice', () => {
		expect(cases.length).toBeGreaterThanOrEqual(60);
		expect(new Set(cases.map((row) => row['case'])).size).toBe(cases.length);
	});

	it.each(cases.map((row) => [row['case'] ?? '', row] as const))('%s', (_, row) => {
		const progress = assess(goalOf(row), observationsOf(row['observations'] ?? ''), Number(row['day']), {
			unlike: Number(row['unlike'] || 0)
		});
		expect([progress.status, progress.reason ?? 'null']).toEqual([row['status'], row['reason']]);
		for (const [name, read] of Object.entries(numbers)) {
			if (row[name]) expectNumber(read(progress), row[name], name);
		}
		if (row['projection'] === 'null') expect(progress.projection).toBeNull();
		else if (row['projection']) {
			const [value = '', low = '', high = ''] = row['projection'].split(' ');
			expectNumber(progress.projection?.value ?? null, value, 'projection');
			expectNumber(progress.projection?.low ?? null, low, 'projection low');
			expectNumber(progress.projection?.high ?? null, high, 'projection high');
		}
		if (row['will']) expect(progress.projectedStatus ?? 'null').toBe(row['will']);
		const { compound } = progress;
		if (row['compound']?.startsWith('refused:')) expect(compound).toEqual({ refused: row['compound'].slice(8) });
		else if (row['compound']) expectNumber('ratio' in compound ? compound.ratio : null, row['compound'], 'compound');
		if (row['compound_status']) expect('ratio' in compound && compound.status).toBe(row['compound_status']);
		if (row['disagree']) expect(progress.disagree).toBe(row['disagree'] === 'yes');
		expect([progress.provisional, progress.estimated]).toEqual([
			row['flags'] === 'provisional',
			row['flags'] === 'estimated'
		]);
	});

	it('reach every type and every status', () => {
		const types = new Set(cases.map((row) => row['type']));
		for (const type of [
			'min',
			'max',
			'about',
			'range',
			'growth',
			'cumulative',
			'yearly_floor',
			'rank_max',
			'binary',
			'maintain'
		]) {
			expect(types).toContain(type);
		}
		expect(new Set(cases.map((row) => row['status']))).toEqual(new Set(Object.keys(statusIcon)));
	});
});

describe('what a page needs beside the verdict', () => {
	const goal: Goal = {
		type: 'min',
		direction: 'up',
		base: { time: 2020, value: 20 },
		milestones: [
			{ time: 2025, value: 30, upper: null },
			{ time: 2030, value: 35, upper: null }
		],
		sourced: true
	};
	const seen = (time: number, value: number): Observation => ({ time, value, provisional: false, estimated: false });

	it('is the path and the numbers put into the formula', () => {
		const progress = assess(goal, [seen(2024, 27)], 2024.5);
		expect(progress.path).toEqual([
			{ time: 2020, value: 20 },
			{ time: 2025, value: 30 },
			{ time: 2030, value: 35 }
		]);
		expect(progress.formula).toEqual({
			name: 'linear',
			inputs: { t0: 2020, y0: 20, t: 2024, y: 27, tT: 2030, yT: 35, required: 28 }
		});
		expect(progress.baseFrom).toBe('target');
		expect(progress.yearsLeft).toBe(6);
	});

	it('is a flat path where a level must hold, and none for a band with two edges', () => {
		const held: Goal = { ...goal, type: 'maintain', base: null, milestones: [{ time: 2030, value: 7, upper: null }] };
		expect(assess(held, [seen(2022, 8), seen(2024, 7.5)], 2025).path).toEqual([
			{ time: 2022, value: 7 },
			{ time: 2030, value: 7 }
		]);
		expect(assess({ ...held, direction: 'none' }, [seen(2024, 7)], 2025).path).toEqual([]);
	});

	it('takes the later of two figures for one moment, whatever the order of the rest', () => {
		const figures = [seen(2024, 27), seen(2022, 22), seen(2024, 28)];
		expect(assess(goal, figures, 2025).now).toEqual(seen(2024, 28));
	});

	it('follows thresholds that the reader changed', () => {
		const figures = [seen(2024, 27)];
		expect(assess(goal, figures, 2025).status).toBe('accelerate');
		expect(assess(goal, figures, 2025, { onPace: 0.85 }).status).toBe('on_pace');
		expect(assess(goal, figures, 2025.75, { staleAfter: 1 }).reason).toBe('outdated');
	});

	it('gives the percentile of a rank', () => {
		const ranked: Goal = { ...goal, type: 'rank_max', base: null, milestones: [{ time: 2030, value: 5, upper: null }] };
		expect(assess(ranked, [{ ...seen(2023, 10), outOf: 63 }], 2024).percentile).toBeCloseTo(0.8548, 4);
	});

	it('leaves the figures given to it as they were', () => {
		const figures = Object.freeze([seen(2024, 27), seen(2022, 22)]);
		assess(goal, figures, 2025);
		expect(figures.map((figure) => figure.time)).toEqual([2024, 2022]);
	});
});

describe('status', () => {
	it('has an icon for each word', () => {
		expect(Object.values(statusIcon).join('')).toBe('✓▲◆▼✕?');
	});

	it.each<[number, Status]>([
		[1.08, 'on_pace'],
		[0.95, 'on_pace'],
		[0.9499, 'accelerate'],
		[0.6, 'accelerate'],
		[0.5999, 'slow'],
		[0, 'slow'],
		[-0.01, 'backwards']
	])('of a pace of %f is %s', (ratio, status) => {
		expect(paceStatus(ratio)).toBe(status);
	});
});

describe('time', () => {
	it.each([
		['2024-12-31', 2024],
		['2026-09-30', 2025.75],
		['2025-06-30', 2024.5],
		['2024-02-29', 2023 + 2 / 12],
		['2026-09-15', 2025 + 8.5 / 12],
		['2025-01-31', 2024 + 1 / 12]
	])('of %s is %f', (day, time) => {
		expect(timeOf(new Date(`${day}T00:00:00Z`))).toBeCloseTo(time, 12);
	});

	it('goes by UTC and not by the hour', () => {
		expect(timeOf(new Date('2024-12-31T23:59:59Z'))).toBe(2024);
	});

	it.each([
		['2024', 2024],
		['2024-H1', 2023.5],
		['2024-H2', 2024],
		['2024-Q1', 2023.25],
		['2024-Q3', 2023.75],
		['2024-09', 2023.75],
		['2024-12', 2024]
	])('of the period %s is %f', (period, time) => {
		expect(timeOfPeriod(period)).toBe(time);
	});

	it.each(['', '24', '2024-Q5', '2024-13', '2024-00', '2024-H3', '2024-9', ' 2024', '2024-Q'])(
		'of "%s" is refused',
		(period) => {
			expect(() => timeOfPeriod(period)).toThrow(RangeError);
		}
	);

	it('and back is the same day', () => {
		const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
		fc.assert(
			fc.property(days, (date) => {
				expect(dateOf(timeOf(date)).toISOString().slice(0, 10)).toBe(date.toISOString().slice(0, 10));
			})
		);
	});
});

describe('targets', () => {
	const row = (change: Partial<TargetRow>): TargetRow => ({
		target_id: 'TN-19a',
		indicator_id: 'dti-rank',
		boundary: 'tn-old',
		method: 'dti',
		base_year: 2020,
		base_value: 12,
		target_year: 2025,
		target_value: 15,
		target_upper: null,
		type: 'rank_max',
		direction: 'down',
		document: 'NQ01',
		superseded_by: null,
		standing: 'reported',
		...change
	});

	it('of one promise make a path, whatever their order', () => {
		const later = row({ target_id: 'TN-19b', target_year: 2030, target_value: 10, base_year: null, base_value: null });
		expect(goalFrom([later, row({})])).toEqual({
			type: 'rank_max',
			direction: 'down',
			base: { time: 2020, value: 12 },
			milestones: [
				{ time: 2025, value: 15, upper: null },
				{ time: 2030, value: 10, upper: null }
			],
			sourced: true
		});
	});

	it('after the horizon are left out, unless there is none before it', () => {
		const near = row({ target_year: 2030, target_value: 10 });
		const far = row({ target_id: 'TN-19c', target_year: 2045, target_value: 5 });
		expect(goalFrom([near, far], 2030)?.milestones.map((milestone) => milestone.time)).toEqual([2030]);
		expect(goalFrom([far], 2030)?.milestones.map((milestone) => milestone.time)).toEqual([2045]);
		expect(goalFrom([near, far])?.milestones.map((milestone) => milestone.time)).toEqual([2030, 2045]);
	});

	it('of unlike promises are refused', () => {
		expect(() => goalFrom([row({}), row({ target_id: 'x', method: 'other' })])).toThrow(/method differs/);
		expect(() => goalFrom([row({}), row({ target_id: 'x', document: 'QĐ222' })])).toThrow(RangeError);
	});

	it('without a number are no goal, but a yes/no target needs none', () => {
		expect(goalFrom([])).toBeNull();
		expect(goalFrom([row({ target_value: null })])).toBeNull();
		expect(goalFrom([row({ target_value: null, type: 'binary' })])?.milestones).toEqual([
			{ time: 2025, value: 1, upper: null }
		]);
	});

	it('without a document are not judged, unless they are illustrations', () => {
		expect(goalFrom([row({ document: null })])?.sourced).toBe(false);
		expect(goalFrom([row({ document: '' })])?.sourced).toBe(false);
		expect(goalFrom([row({ document: null, standing: 'illustrative' })])?.sourced).toBe(true);
	});

	it('without a year or a base value say so', () => {
		expect(goalFrom([row({ target_year: null })])?.milestones[0]?.time).toBe(Infinity);
		expect(goalFrom([row({ base_value: null })])?.base).toEqual({ time: 2020, value: null });
		expect(goalFrom([row({ base_year: null })])?.base).toBeNull();
	});

	it('that are superseded are out of force, along the whole chain', () => {
		const oldest = row({ target_id: 'TN-13', superseded_by: 'TN-02a' });
		const middle = row({ target_id: 'TN-02a', superseded_by: 'TN-02b' });
		const newest = row({ target_id: 'TN-02b' });
		const all = [oldest, middle, newest];
		expect(inForce(all)).toEqual([newest]);
		expect(all.map((target) => successorOf(target, all)?.target_id)).toEqual(['TN-02b', 'TN-02b', 'TN-02b']);
	});

	it('in a circle, or replaced by one that is not there, have no successor and are out of force', () => {
		const a = row({ target_id: 'a', superseded_by: 'b' });
		const b = row({ target_id: 'b', superseded_by: 'a' });
		const lost = row({ target_id: 'c', superseded_by: 'gone' });
		expect(inForce([a, b, lost])).toEqual([]);
		expect([a, b, lost].map((target) => successorOf(target, [a, b, lost]))).toEqual([null, null, null]);
	});
});

describe('ranks, growth and scores', () => {
	it('percentiles are those of the domain: 10 of 63 is 85.5 %, 9 of 63 is 87.1 %', () => {
		expect(percentileRank(10, 63)).toBeCloseTo(53 / 62, 12);
		expect(percentileRank(9, 63)).toBeCloseTo(0.871, 3);
		expect(percentileRank(1, 34)).toBe(1);
		expect(percentileRank(34, 34)).toBe(0);
		expect(percentileRank(1, 1)).toBeNull();
		expect(percentileRank(35, 34)).toBeNull();
	});

	it('compound growth is refused where there is none', () => {
		expect(compoundGrowth(100, 121, 2)).toBeCloseTo(0.1, 12);
		expect(compoundGrowth(0, 5, 2)).toBeNull();
		expect(compoundGrowth(5, 0, 2)).toBeNull();
		expect(compoundGrowth(-5, 5, 2)).toBeNull();
		expect(compoundGrowth(5, 6, 0)).toBeNull();
	});

	it.each([
		[-0.6, -5],
		[-2, -5],
		[0, -2.5],
		[0.6, 0],
		[0.95, 2.5],
		[1.3, 5],
		[9, 5]
	])('the score of a ratio of %f is %f', (ratio, score) => {
		expect(openSdgScore(ratio)).toBeCloseTo(score, 12);
	});

	it('a trend without a target goes by 1.5 %, 0.5 % and 0 % a year in the wanted direction', () => {
		expect([0.015, 0.0149, 0.005, 0.0049, 0, -0.001].map((growth) => trendWithoutTarget(growth))).toEqual([
			'on_pace',
			'accelerate',
			'accelerate',
			'slow',
			'slow',
			'backwards'
		]);
		expect(trendWithoutTarget(-0.02, 'down')).toBe('on_pace');
		expect(trendWithoutTarget(0.02, 'down')).toBe('backwards');
		expect(trendWithoutTarget(0.008, 'up', 0.5)).toBe('on_pace');
	});
});

describe('the robust line', () => {
	it('needs three figures at different times', () => {
		expect(theilSen([])).toBeNull();
		expect(
			theilSen([
				{ time: 1, value: 1 },
				{ time: 2, value: 2 }
			])
		).toBeNull();
		expect(theilSen([1, 2, 3].map((value) => ({ time: 2020, value })))).toBeNull();
	});

	it('takes the 15th and the 31st of 45 slopes of ten figures', () => {
		// 1.2816·√(10·9·25/18) = 14.33; (45 − 14.33)/2 = 15.34, so ranks 15 and 31. Slopes of t² are sums s = a + b, 0 ≤ a < b ≤ 9;
		// there are 1 1 2 2 3 3 4 4 5 of s = 1 … 9 and 4 4 3 3 2 2 1 1 of 10 … 17: the 15th is 7 (13 to 16), the 31st is 11 (30 to 33).
		const line = theilSen(Array.from({ length: 10 }, (_, time) => ({ time, value: time * time })));
		expect(line?.low).toBe(7);
		expect(line?.slope).toBe(9);
		expect(line?.high).toBe(11);
	});
});

describe('properties', () => {
	const value = fc.integer({ min: -1000, max: 1000 });
	const positive = fc.integer({ min: 1, max: 1000 });
	const seen = (time: number, figure: number): Observation => ({
		time,
		value: figure,
		provisional: false,
		estimated: false
	});
	const linear = (type: TargetType, direction: Direction, base: number, target: number): Goal => ({
		type,
		direction,
		base: { time: 2020, value: base },
		milestones: [{ time: 2030, value: target, upper: null }],
		sourced: true
	});

	it('another unit of measure changes neither pace nor verdict', () => {
		fc.assert(
			fc.property(value, positive, value, fc.constantFrom(0.001, 0.5, 3, 1e6), (base, rise, now, scale) => {
				const plain = assess(linear('min', 'up', base, base + rise), [seen(2024, now)], 2024);
				const scaled = assess(
					linear('min', 'up', base * scale, (base + rise) * scale),
					[seen(2024, now * scale)],
					2024
				);
				expect(scaled.status).toBe(plain.status);
				expect(scaled.paceRatio).toBeCloseTo(plain.paceRatio ?? NaN, 6);
			})
		);
	});

	it('up and down are mirror images', () => {
		fc.assert(
			fc.property(value, positive, value, (base, rise, now) => {
				const up = assess(linear('min', 'up', base, base + rise), [seen(2024, now)], 2024);
				const down = assess(linear('max', 'down', -base, -base - rise), [seen(2024, -now)], 2024);
				expect(down.status).toBe(up.status);
				expect(down.paceRatio).toBeCloseTo(up.paceRatio ?? NaN, 9);
				expect(down.gap).toBeCloseTo(-(up.gap ?? NaN), 9);
				expect(down.neededPerYear).toBeCloseTo(-(up.neededPerYear ?? NaN), 9);
			})
		);
	});

	it('a series on the path has a pace of 1 at every moment', () => {
		const month = fc.integer({ min: 1, max: 119 });
		fc.assert(
			fc.property(value, positive, month, (base, rise, months) => {
				const time = 2020 + months / 12;
				const progress = assess(
					linear('min', 'up', base, base + rise),
					[seen(time, base + (rise * months) / 120)],
					time
				);
				expect(progress.paceRatio).toBeCloseTo(1, 6);
				expect(progress.status).toBe('on_pace');
			})
		);
	});

	it('what is needed a year leads to the target', () => {
		fc.assert(
			fc.property(value, positive, value, fc.integer({ min: 2021, max: 2029 }), (base, rise, now, year) => {
				fc.pre(now < base + rise);
				const progress = assess(linear('min', 'up', base, base + rise), [seen(year, now)], year);
				expect(now + (progress.neededPerYear ?? NaN) * (progress.yearsLeft ?? NaN)).toBeCloseTo(base + rise, 6);
			})
		);
	});

	it('a better figure never has a worse word', () => {
		const order: Status[] = ['backwards', 'slow', 'accelerate', 'on_pace', 'met'];
		fc.assert(
			fc.property(value, positive, value, positive, (base, rise, now, more) => {
				const words = [now, now + more].map(
					(figure) => assess(linear('min', 'up', base, base + rise), [seen(2024, figure)], 2024).status
				);
				const [worse = 0, better = 0] = words.map((word) => order.indexOf(word));
				expect(better).toBeGreaterThanOrEqual(worse);
			})
		);
	});

	it('whatever comes in, a verdict comes out, and unknown has its reason', () => {
		const type = fc.constantFrom<TargetType>(
			'min',
			'max',
			'about',
			'range',
			'growth',
			'cumulative',
			'yearly_floor',
			'rank_max',
			'binary',
			'maintain'
		);
		const time = fc.integer({ min: 4 * 2015, max: 4 * 2032 }).map((quarter) => quarter / 4);
		const goals = fc.record({
			type,
			direction: fc.constantFrom<Direction>('up', 'down', 'none'),
			base: fc.option(fc.record({ time, value: fc.option(value) })),
			milestones: fc
				.array(fc.record({ time: fc.oneof(time, fc.constant(Infinity)), value, upper: fc.constant(null) }), {
					maxLength: 3
				})
				.map((list) => list.sort((a, b) => (a.time === b.time ? 0 : a.time - b.time))),
			sourced: fc.boolean()
		});
		const series = fc.array(fc.tuple(time, value), { maxLength: 8 });
		fc.assert(
			fc.property(goals, series, time, (goal, figures, day) => {
				const progress = assess(
					goal,
					figures.map(([when, figure]) => seen(when, figure)),
					day
				);
				if (progress.status === 'unknown') expect(progress.reason).not.toBeNull();
				if (progress.status === 'met') expect(progress.met).not.toBeNull();
				const { now, achieved, target, requiredNow, shareOfWay, shareOfTime, paceRatio, neededPerYear, gap } = progress;
				for (const number of [achieved, target, requiredNow, shareOfWay, shareOfTime, paceRatio, neededPerYear, gap]) {
					if (number !== null) expect(Number.isFinite(number)).toBe(true);
				}
				if (now) expect(now.time).toBeLessThanOrEqual(day);
				for (const point of progress.path) expect(Number.isFinite(point.time + point.value)).toBe(true);
				for (const input of Object.values(progress.formula.inputs)) expect(Number.isFinite(input)).toBe(true);
			}),
			{ numRuns: 2000 }
		);
	});

	it('the robust line is exact on a line, and one odd figure among five does not move it', () => {
		fc.assert(
			fc.property(value, value, fc.integer({ min: 0, max: 4 }), value, (height, slope, index, shift) => {
				const exact = Array.from({ length: 5 }, (_, time) => ({ time, value: height + slope * time }));
				const line = theilSen(exact);
				expect([line?.low, line?.slope, line?.high]).toEqual([slope, slope, slope]);
				const odd = exact.map((point, at) => (at === index ? { ...point, value: point.value + shift } : point));
				expect(theilSen(odd)?.slope).toBe(slope);
				expect(theilSen(odd)?.at(10, slope)).toBe(height + slope * 10);
			})
		);
	});
});
