import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastDay, monthOf, monthsOf, readMonth, stepsOf, timeOfMonth, writeMonth } from './period';

const iso = (date: Date) => date.toISOString().slice(0, 10);
const month = (text: string) => readMonth(text) ?? NaN;

describe('months', () => {
	it('are read when they are months', () => {
		expect(readMonth('2026-09')).toBe(2026 * 12 + 8);
		expect(readMonth('0000-01')).toBe(0);
		for (const text of [
			'',
			'2026',
			'2026-9',
			'2026-00',
			'2026-13',
			'2026-09-01',
			' 2026-09',
			'-001-01',
			'2026-09x',
			'٢٠٢٦-09'
		]) {
			expect(readMonth(text), text).toBeNull();
		}
	});

	it('come back as they were written', () =>
		fc.assert(fc.property(fc.integer({ min: 0, max: 9999 * 12 + 11 }), (one) => readMonth(writeMonth(one)) === one)));

	it('hold their days, from the first to the last', () => {
		expect(monthOf(new Date('2025-02-28'))).toBe(month('2025-02'));
		expect(monthOf(new Date('2025-03-01'))).toBe(month('2025-03'));
		expect(monthOf(new Date('2025-12-31T23:59:59Z'))).toBe(month('2025-12'));
	});

	it.each([
		['2024-02', '2024-02-29'],
		['2025-02', '2025-02-28'],
		['2000-02', '2000-02-29'],
		['2100-02', '2100-02-28'],
		['2025-12', '2025-12-31'],
		['2025-04', '2025-04-30']
	])('%s ends on %s', (text, day) => {
		expect(iso(lastDay(month(text)))).toBe(day);
	});

	it('end at a time that counts completed years', () => {
		expect(timeOfMonth(month('2025-12'))).toBe(2025);
		expect(timeOfMonth(month('2026-09'))).toBe(2025.75);
		expect(timeOfMonth(month('2026-06'))).toBe(2025.5);
	});
});

describe('spans', () => {
	it('have their months, both ends counted', () => {
		expect(monthsOf({ from: 10, to: 12 })).toEqual([10, 11, 12]);
		expect(monthsOf({ from: 10, to: 10 })).toEqual([10]);
		expect(monthsOf({ from: 11, to: 10 })).toEqual([]);
		expect(monthsOf({ from: 20, to: 10 })).toEqual([]);
	});

	const cut = { from: month('2024-11'), to: month('2025-04') };

	it('are cut into years, of which those at the ends may be partial', () => {
		expect(stepsOf(cut, 'year')).toEqual([
			{ period: '2024', span: { from: month('2024-11'), to: month('2024-12') }, partial: true },
			{ period: '2025', span: { from: month('2025-01'), to: month('2025-04') }, partial: true }
		]);
	});

	it('are cut into quarters', () => {
		expect(stepsOf(cut, 'quarter')).toEqual([
			{ period: '2024-Q4', span: { from: month('2024-11'), to: month('2024-12') }, partial: true },
			{ period: '2025-Q1', span: { from: month('2025-01'), to: month('2025-03') }, partial: false },
			{ period: '2025-Q2', span: { from: month('2025-04'), to: month('2025-04') }, partial: true }
		]);
	});

	it('are cut into months', () => {
		expect(stepsOf(cut, 'month').map(({ period, partial }) => [period, partial])).toEqual([
			['2024-11', false],
			['2024-12', false],
			['2025-01', false],
			['2025-02', false],
			['2025-03', false],
			['2025-04', false]
		]);
	});

	it('without a month have no steps', () => {
		expect(stepsOf({ from: 12, to: 11 }, 'month')).toEqual([]);
	});

	it('are covered by their steps, whatever the grain', () => {
		const span = fc.tuple(fc.integer({ min: 24000, max: 24400 }), fc.integer({ min: 0, max: 80 }));
		fc.assert(
			fc.property(
				span,
				fc.constantFrom('month' as const, 'quarter' as const, 'year' as const),
				([from, length], grain) => {
					const whole = { from, to: from + length };
					expect(stepsOf(whole, grain).flatMap((step) => monthsOf(step.span))).toEqual(monthsOf(whole));
				}
			)
		);
	});
});
