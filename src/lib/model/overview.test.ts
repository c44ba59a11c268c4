import { describe, expect, it } from 'vitest';
import { indicatorOf } from '../../../tests/province';
import type { Actual, Indicator, Target } from './catalogue';
import {
	leading,
	observationsFrom,
	observationsOf,
	promises,
	samplesOf,
	sorted,
	spanOf,
	standingOfActual,
	standingOfRegister,
	tally,
	type Standing
} from './overview';
import { readMonth, writeMonth, type Span } from './period';
import type { Status } from './progress';
import type { Figure, Scope } from './series';

const month = (text: string) => readMonth(text) ?? NaN;
const span = (from: string, to: string): Span => ({ from: month(from), to: month(to) });
const everyone: Scope = { block: null, kind: null, unit: null, structure: 'today' };

const target = (about: Partial<Target>): Target => ({
	target_id: 'T',
	indicator_id: 'i',
	boundary: 'TN-new',
	method: 'official',
	base_year: null,
	base_value: null,
	target_year: 2030,
	target_value: 1,
	target_upper: null,
	type: 'min',
	direction: 'up',
	document: 'a resolution',
	document_number: null,
	document_date: new Date('2025-09-23'),
	superseded_by: null,
	standing: 'verified',
	...about
});
const ids = (list: readonly Target[]) => list.map(({ target_id: one }) => one);

const indicator = indicatorOf({ indicator_id: 'i' });
const standing = (status: Status, paceRatio: number | null, name = ''): Standing => {
	const empty = standingOfRegister({ ...indicator, indicator_id: name }, [], [], span('2021-01', '2025-12'), everyone);
	return { ...empty, status, progress: { ...empty.progress, paceRatio } };
};
const names = (list: readonly Standing[]) => list.map((one) => one.indicator.indicator_id);

describe('a tally', () => {
	it('counts each status, and all', () => {
		const zero = { met: 0, on_pace: 0, accelerate: 0, slow: 0, backwards: 0, unknown: 0 };
		expect(tally([])).toEqual({ ...zero, total: 0 });
		const list = [standing('met', 1), standing('slow', 0.5), standing('slow', 0.1), standing('unknown', null)];
		expect(tally(list)).toEqual({ ...zero, met: 1, slow: 2, unknown: 1, total: 4 });
	});
});

describe('the order of rows', () => {
	const list = [
		standing('unknown', null, 'unknown'),
		standing('met', 1.5, 'met'),
		standing('slow', 0.5, 'slow'),
		standing('slow', 0.1, 'slower'),
		standing('on_pace', 1, 'on pace'),
		standing('backwards', -3, 'backwards'),
		standing('accelerate', 0.7, 'accelerate'),
		standing('backwards', -0.5, 'less backwards')
	];

	it('by concern is the worst first, of one status the one with the least pace, and those without a verdict last', () => {
		expect(names(sorted(list, 'concern'))).toEqual([
			'backwards',
			'less backwards',
			'slower',
			'slow',
			'accelerate',
			'on pace',
			'met',
			'unknown'
		]);
	});

	it('by document is that of the file, and the list that was given stays as it was', () => {
		const before = names(list);
		expect(names(sorted(list, 'document'))).toEqual(before);
		sorted(list, 'concern');
		expect(names(list)).toEqual(before);
		expect(sorted([], 'concern')).toEqual([]);
	});

	it('keeps rows of equal concern in the order of the file', () => {
		expect(names(sorted([standing('unknown', null, 'b'), standing('unknown', null, 'a')], 'concern'))).toEqual([
			'b',
			'a'
		]);
	});
});

describe('promises', () => {
	it('are the milestones of one document, boundary, method, type and direction, by year', () => {
		const list = [
			target({ target_id: '2030', target_year: 2030 }),
			target({ target_id: 'old', boundary: 'TN-old' }),
			target({ target_id: '2025', target_year: 2025 }),
			target({ target_id: 'method', method: 'other' }),
			target({ target_id: 'type', type: 'about' }),
			target({ target_id: 'document', document: null }),
			target({ target_id: 'down', direction: 'down' }),
			target({ target_id: 'other', indicator_id: 'j' })
		];
		expect(promises(list).map(ids)).toEqual([
			['2025', '2030'],
			['old'],
			['method'],
			['type'],
			['document'],
			['down'],
			['other']
		]);
		expect(promises([])).toEqual([]);
	});
});

describe('the leading promise', () => {
	const old = target({ target_id: 'old', boundary: 'TN-old', document: 'a' });
	const now = target({ target_id: 'new', boundary: 'TN-new', document: 'b', document_date: new Date('2020-01-01') });

	it('is none of none, and none of what was superseded', () => {
		expect(leading([])).toEqual([]);
		expect(leading([target({ superseded_by: 'x' })])).toEqual([]);
	});

	it("is the one of today's province", () => {
		expect(ids(leading([old, now]))).toEqual(['new']);
		expect(ids(leading([target({ target_id: 'VN', boundary: 'VN', document: 'c' }), old]))).toEqual(['old']);
	});

	it('has a value', () => {
		expect(ids(leading([{ ...now, target_value: null }, old]))).toEqual(['old']);
		expect(ids(leading([{ ...now, target_value: null }]))).toEqual(['new']);
	});

	it('is the newest of one boundary', () => {
		const newer = target({ target_id: 'newer', document: 'c', document_date: new Date('2025-11-14') });
		const undated = target({ target_id: 'undated', document: 'd', document_date: null });
		expect(ids(leading([undated, now, newer]))).toEqual(['newer']);
		expect(ids(leading([undated, now]))).toEqual(['new']);
	});

	// The rank of the global innovation index: at most 40 in 2030 (2022), at most 30 in 2045 (2024).
	const gii = { indicator_id: 'gii_rank', boundary: 'VN', type: 'rank_max', direction: 'down' } as const;
	const by2030 = target({
		...gii,
		target_id: 'VN-2030',
		target_value: 40,
		document: '569',
		document_date: new Date('2022-05-11')
	});
	const by2045 = target({
		...gii,
		target_id: 'VN-2045',
		target_value: 30,
		target_year: 2045,
		document: '57',
		document_date: new Date('2024-12-22')
	});

	it('asks something by 2030 before one that asks for later years only, though that is newer', () => {
		expect(ids(leading([by2045, by2030]))).toEqual(['VN-2030']);
		expect(ids(leading([by2045]))).toEqual(['VN-2045']);
	});

	it('may ask for more after 2030', () => {
		const both = [
			target({
				...gii,
				target_id: 'both 2030',
				target_value: 38,
				document: '57',
				document_date: new Date('2024-12-22')
			}),
			by2045
		];
		expect(ids(leading([by2030, ...both]))).toEqual(['both 2030', 'VN-2045']);
		// A year without a value is no promise for that year.
		expect(
			ids(leading([by2030, { ...target({ ...gii, target_id: 'empty' }), target_value: null, document: '57' }, by2045]))
		).toEqual(['VN-2030']);
	});

	it('without a year is not for later years', () => {
		const undated = {
			...by2030,
			target_id: 'no year',
			document: '71',
			target_year: null,
			document_date: new Date('2025-01-01')
		};
		expect(ids(leading([by2030, undated, by2045]))).toEqual(['no year']);
	});

	it("is that of today's province even when it is for later years", () => {
		const later = target({ target_id: 'later', target_year: 2045, document: 'c' });
		expect(ids(leading([old, later]))).toEqual(['later']);
	});
});

const actual = (about: Partial<Actual>): Actual => ({
	indicator_id: 'i',
	period: '2024',
	value: 1,
	out_of: null,
	as_of: new Date('2024-12-31'),
	provisional: false,
	boundary: 'TN-new',
	method: 'official',
	source: 'S',
	standing: 'verified',
	note_vi: null,
	note_en: null,
	...about
});

describe('published observations', () => {
	const day = new Date('2026-09-30');

	it('are those of the boundary and the method, by time', () => {
		const list = [
			actual({ period: '2024', value: 4 }),
			actual({ period: '2022-H1', value: 2, out_of: 63 }),
			actual({ period: '2023', boundary: 'TN-old' }),
			actual({ period: '2023', method: 'other' }),
			actual({ period: '2023', indicator_id: 'j' })
		];
		expect(observationsOf(list, 'i', 'TN-new', 'official', day)).toEqual([
			{ time: 2021.5, value: 2, provisional: false, estimated: false, outOf: 63 },
			{ time: 2024, value: 4, provisional: false, estimated: false, outOf: null }
		]);
		expect(observationsOf([], 'i', 'TN-new', 'official', day)).toEqual([]);
	});

	it('are the latest that were known by the day', () => {
		const list = [
			actual({ value: 3, as_of: new Date('2025-06-30') }),
			actual({ value: 1, as_of: new Date('2024-12-31'), provisional: true }),
			actual({ value: 9, as_of: new Date('2027-01-01') })
		];
		const known = (until: string) =>
			observationsOf(list, 'i', 'TN-new', 'official', new Date(until)).map(({ value }) => value);
		expect(known('2026-09-30')).toEqual([3]);
		expect(known('2025-06-30')).toEqual([3]);
		expect(known('2025-06-29')).toEqual([1]);
		expect(known('2024-12-30')).toEqual([]);
	});
});

describe('windows of samples', () => {
	const windows = (over: Indicator['over_periods'], whole: Span, start?: number) =>
		samplesOf({ over_periods: over }, whole, start).map(({ name, span: { from, to } }) =>
			[name, writeMonth(from), writeMonth(to)].join(' ')
		);

	it('of whole years: each year, the last as now, and the same a year before', () => {
		expect(windows('sum', span('2022-01', '2024-12'))).toEqual([
			'2022 2022-01 2022-12',
			'2023 2023-01 2023-12',
			'now 2024-01 2024-12',
			'same 2023-01 2023-12'
		]);
		expect(windows('sum', span('2023-01', '2023-12'))).toEqual(['now 2023-01 2023-12']);
	});

	it('of a year under way: the twelve months up to its last, and what has come since January', () => {
		expect(windows('sum', span('2024-01', '2025-06'))).toEqual([
			'2024 2024-01 2024-12',
			'now 2024-07 2025-06',
			'ytd 2025-01 2025-06'
		]);
		expect(windows('average', span('2024-01', '2025-06'))).toEqual(['2024 2024-01 2024-12', 'now 2024-07 2025-06']);
	});

	it('begin with the span: a year that it cuts is not read', () => {
		expect(windows('sum', span('2022-06', '2024-05'))).toEqual([
			'2023 2023-01 2023-12',
			'now 2023-06 2024-05',
			'same 2022-06 2023-05',
			'ytd 2024-01 2024-05'
		]);
	});

	it('of less than a year: all of it as now, whether it begins in January or not', () => {
		expect(windows('sum', span('2025-01', '2025-06'))).toEqual(['ytd 2025-01 2025-06', 'now 2025-01 2025-06']);
		expect(windows('sum', span('2025-02', '2025-06'))).toEqual(['now 2025-02 2025-06']);
		expect(windows('average', span('2024-11', '2025-03'))).toEqual(['now 2024-11 2025-03']);
		expect(windows('sum', span('2025-06', '2025-06'))).toEqual(['now 2025-06 2025-06']);
	});

	it('of a stock are the last quarters', () => {
		expect(windows('last', span('2024-01', '2025-06'))).toEqual([
			'2024 2024-10 2024-12',
			'now 2025-04 2025-06',
			'same 2024-04 2024-06'
		]);
		expect(windows('last', span('2025-05', '2025-06'))).toEqual(['now 2025-05 2025-06']);
	});

	it('of a running total count since the registers begin, also when a later period is looked at', () => {
		expect(windows('cumulative', span('2024-01', '2025-06'), month('2021-01'))).toEqual([
			'2024 2021-01 2024-12',
			'now 2021-01 2025-06',
			'same 2021-01 2024-06'
		]);
		expect(windows('cumulative', span('2021-01', '2022-06'))).toEqual([
			'2021 2021-01 2021-12',
			'now 2021-01 2022-06',
			'same 2021-01 2021-06'
		]);
		expect(windows('cumulative', span('2025-06', '2025-06'), month('2021-01'))).toEqual(['now 2021-01 2025-06']);
	});
});

const figure = (window: string, value: number | null, estimated = false): Figure => ({
	window,
	unit: null,
	value,
	numerator: null,
	denominator: null,
	estimated
});

describe('samples as observations', () => {
	const list = [figure('2024', 10), figure('2025', null), figure('now', 12, true), figure('same', 9), figure('ytd', 7)];
	const whole = span('2024-01', '2026-09');

	it('are the whole years and the year up to now, known ones only', () => {
		expect(observationsFrom(list, whole, 'min')).toEqual([
			{ time: 2024, value: 10, provisional: false, estimated: false },
			{ time: 2025.75, value: 12, provisional: false, estimated: true }
		]);
		expect(observationsFrom(list, whole, undefined).map(({ value }) => value)).toEqual([10, 12]);
		expect(observationsFrom([], whole, 'min')).toEqual([]);
	});

	it('of a sum since the base are what came since January, so that no month counts twice', () => {
		expect(observationsFrom(list, whole, 'cumulative').map(({ time, value }) => [time, value])).toEqual([
			[2024, 10],
			[2025.75, 7]
		]);
		// Up to December the year is whole.
		expect(
			observationsFrom([figure('2024', 10), figure('now', 12)], span('2024-01', '2025-12'), 'cumulative').map(
				({ time, value }) => [time, value]
			)
		).toEqual([
			[2024, 10],
			[2025, 12]
		]);
	});
});

describe('the months of a view', () => {
	it('are its own, else all', () => {
		const covered = { first: 10, last: 20, empty: false };
		expect(spanOf({ from: null, to: null }, covered)).toEqual({ from: 10, to: 20 });
		expect(spanOf({ from: 12, to: null }, covered)).toEqual({ from: 12, to: 20 });
		expect(spanOf({ from: null, to: 15 }, covered)).toEqual({ from: 10, to: 15 });
	});
});

describe('the standing of a register', () => {
	const whole = span('2021-01', '2025-12');
	// From 100 in 2020 to 200 in 2030: 150 are asked for in 2025.
	const promise = [
		target({ base_year: 2020, base_value: 100, target_value: 200, standing: 'illustrative', document: null })
	];
	const list = [figure('2024', 140), figure('now', 150), figure('same', 140)];

	it('is judged against its promise', () => {
		const found = standingOfRegister(indicator, promise, list, whole, everyone);
		expect(found).toMatchObject({
			status: 'on_pace',
			reason: null,
			illustrative: true,
			change: { before: 140, difference: 10, share: 10 / 140 }
		});
		expect(found.progress.requiredNow).toBe(150);
		expect(found.observations.map(({ time, value }) => [time, value])).toEqual([
			[2024, 140],
			[2025, 150]
		]);
	});

	it('of some units is not judged by what all have promised, unless it is a ratio', () => {
		const some = { ...everyone, block: 'state' };
		expect(standingOfRegister(indicator, promise, list, whole, some)).toMatchObject({
			status: 'unknown',
			reason: 'scope'
		});
		expect(
			standingOfRegister({ ...indicator, class: 'ratio', over_periods: 'average' }, promise, list, whole, some)
		).toMatchObject({ status: 'on_pace' });
		expect(standingOfRegister(indicator, [], list, whole, some)).toMatchObject({
			status: 'unknown',
			reason: 'no_target'
		});
	});

	it('over less than a year is not judged by what a year should bring', () => {
		const half = span('2025-01', '2025-06');
		const judged = (about: Partial<Indicator>, of: Span) => {
			const { status, reason } = standingOfRegister(
				indicatorOf({ indicator_id: 'i', ...about }),
				promise,
				[figure('now', 150)],
				of,
				everyone
			);
			return reason ?? status;
		};
		expect(judged({}, half)).toBe('no_full_year');
		expect(judged({}, span('2025-01', '2025-12'))).toBe('on_pace');
		expect(judged({ class: 'ratio', over_periods: 'average', denominator: 'headcount.staff' }, half)).toBe(
			'no_full_year'
		);
		// A share of rows, and a running total, are the same thing over any time. In June 2025 145 are asked for.
		expect(judged({ class: 'ratio', over_periods: 'average', denominator: 'count(*)' }, half)).toBe('on_pace');
		expect(judged({ over_periods: 'cumulative' }, half)).toBe('on_pace');
	});

	it('without figures has no observation, no change and no verdict', () => {
		const found = standingOfRegister(indicator, promise, [figure('now', null), figure('same', 3)], whole, everyone);
		expect(found).toMatchObject({ status: 'unknown', reason: 'no_observation', observations: [], change: null });
		expect(
			standingOfRegister(indicator, promise, [figure('now', 3), figure('same', null)], whole, everyone).change
		).toBeNull();
	});

	it('says a change in shares only where shares have a meaning', () => {
		const change = (about: Partial<Indicator>, before: number, now: number) =>
			standingOfRegister(
				indicatorOf({ indicator_id: 'i', ...about }),
				[],
				[figure('now', now), figure('same', before)],
				whole,
				everyone
			).change;
		expect(change({}, 0, 5)).toEqual({ before: 0, difference: 5, share: null });
		expect(change({ format: 'percent' }, 40, 50)).toEqual({ before: 40, difference: 10, share: null });
		expect(change({}, -4, 2)).toEqual({ before: -4, difference: 6, share: 1.5 });
	});
});

describe('the standing of a published figure', () => {
	const promise = [target({ base_year: 2020, base_value: 20, target_value: 35 })];

	it('is judged by figures of the boundary and the method of its promise alone', () => {
		const list = [
			actual({ period: '2025', value: 27.5, as_of: new Date('2025-12-31') }),
			actual({ period: '2025', value: 99, boundary: 'VN' })
		];
		const found = standingOfActual(indicator, promise, list, month('2026-09'));
		expect(found).toMatchObject({ status: 'on_pace', reason: null, illustrative: false });
		expect(found.observations).toHaveLength(1);
		const other = standingOfActual(indicator, promise, list.slice(1), month('2026-09'));
		expect(other).toMatchObject({ status: 'unknown', reason: 'not_comparable', observations: [] });
	});

	it('is not told apart by figures that were not published yet', () => {
		const list = [actual({ period: '2025', as_of: new Date('2026-03-31') })];
		expect(standingOfActual(indicator, promise, list, month('2026-02')).reason).toBe('no_observation');
		expect(standingOfActual(indicator, promise, list, month('2026-03')).observations).toHaveLength(1);
	});

	it('without a promise shows the boundary and the method of the newest figure, wherever it stands in the file', () => {
		const list = [
			actual({ period: '2025', value: 7, as_of: new Date('2025-12-31') }),
			actual({ period: '2024', value: 5, boundary: 'TN-old' }),
			actual({ period: '2024', value: 6 })
		];
		const found = standingOfActual(indicator, [], list, month('2026-09'));
		expect(found).toMatchObject({ status: 'unknown', reason: 'no_target', change: { before: 6, difference: 1 } });
		expect(found.observations.map(({ value }) => value)).toEqual([6, 7]);
		// In 2025 the newest one known is that of 2024, of which there are two: the later in the file.
		expect(
			standingOfActual(indicator, [], list.slice(0, 2), month('2025-06')).observations.map(({ value }) => value)
		).toEqual([5]);
	});

	it('has a change against a year before, and none between ranks out of unlike numbers', () => {
		const rank: Indicator = { ...indicator, format: 'rank' };
		const ranks = (outOf: number) => [
			actual({ period: '2024', value: 9, out_of: 63 }),
			actual({ period: '2025', value: 6, out_of: outOf, as_of: new Date('2025-12-31') })
		];
		expect(standingOfActual(rank, [], ranks(63), month('2026-09')).change).toEqual({
			before: 9,
			difference: -3,
			share: null
		});
		expect(standingOfActual(rank, [], ranks(34), month('2026-09')).change).toBeNull();
		const gap = [actual({ period: '2023' }), actual({ period: '2025', as_of: new Date('2025-12-31') })];
		expect(standingOfActual(indicator, [], gap, month('2026-09')).change).toBeNull();
	});

	it('of nothing is not known', () => {
		expect(standingOfActual(indicator, [], [], month('2026-09'))).toMatchObject({
			status: 'unknown',
			reason: 'no_target',
			observations: []
		});
	});
});
