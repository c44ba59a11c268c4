/** Months as numbers, and the spans of months over which figures are taken. */

/** Months since the year 0: January 2026 is 2026 × 12. */
export type Month = number;

/** A span of whole months, both ends counted. */
export interface Span {
	readonly from: Month;
	readonly to: Month;
}

/** The month written `2026-09`; null when it is not one. */
export function readMonth(text: string): Month | null {
	const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
	return match ? Number(match[1]) * 12 + Number(match[2]) - 1 : null;
}

/** `2026-09`. */
export function writeMonth(month: Month): string {
	return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** The month in which a day lies. */
export function monthOf(day: Date): Month {
	return day.getUTCFullYear() * 12 + day.getUTCMonth();
}

/** The last day of a month, midnight UTC. */
export function lastDay(month: Month): Date {
	return new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0));
}

/**
 * The decimal year of the end of a month, as `timeOf` of `progress.ts`: December 2025 is 2025, September 2026 is 2025.75.
 */
export function timeOfMonth(month: Month): number {
	return (month + 1) / 12 - 1;
}

/** The span's months in a row. */
export function monthsOf(span: Span): Month[] {
	return Array.from({ length: Math.max(0, span.to - span.from + 1) }, (_, index) => span.from + index);
}

/** The step of a series. */
export type Grain = 'month' | 'quarter' | 'year';

const steps: Readonly<Record<Grain, number>> = { month: 1, quarter: 3, year: 12 };

/** A step of a series: its name (`2026-09`, `2026-Q3`, `2026`) and its months; `partial` when the span cuts it short. */
export interface Step {
	readonly period: string;
	readonly span: Span;
	readonly partial: boolean;
}

/** The steps of a grain that a span touches, in order. */
export function stepsOf(span: Span, grain: Grain): Step[] {
	const length = steps[grain];
	const out: Step[] = [];
	for (let first = Math.floor(span.from / length) * length; first <= span.to; first += length) {
		const whole = { from: first, to: first + length - 1 };
		const cut = { from: Math.max(whole.from, span.from), to: Math.min(whole.to, span.to) };
		const year = Math.floor(first / 12);
		const names = {
			month: writeMonth(first),
			quarter: `${year}-Q${Math.floor((first % 12) / 3) + 1}`,
			year: String(year)
		};
		out.push({ period: names[grain], span: cut, partial: cut.from !== whole.from || cut.to !== whole.to });
	}
	return out;
}
