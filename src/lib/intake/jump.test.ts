import { describe, expect, it } from 'vitest';
import { activities } from '../model/register';
import type { Value } from '../model/table';
import { jumpIssues } from './jump';
import { held } from './values';

const day = (text: string) => new Date(`${text}T00:00:00Z`);

/** Rows of one unit's oral sessions: the end of the period, and the listeners. */
function rows(...given: [end: string, listeners: number | null, unit?: string][]): Record<string, Value[]> {
	return {
		unit_id: given.map(([, , unit]) => unit ?? 'A'),
		activity: given.map(() => 'tuyen_truyen_mieng'),
		period_end: given.map(([end]) => day(end)),
		listeners: given.map(([, listeners]) => listeners)
	};
}

const found = (values: Record<string, Value[]>) =>
	jumpIssues(activities, held(values)).map(({ index, column, repair }) => [index, column, repair]);

describe('jumpIssues', () => {
	it('names a count about ten or a thousand times the one before, in the order of periods', () => {
		expect(found(rows(['2024-06-30', 1200], ['2024-03-31', 118], ['2024-09-30', 121]))).toEqual([
			[0, 'listeners', '120'],
			[2, 'listeners', '1210']
		]);
		expect(found(rows(['2024-03-31', 250_000], ['2024-06-30', 251]))).toEqual([[1, 'listeners', '251000']]);
	});

	it('says nothing of ordinary change, small counts, zeros, gaps and other units', () => {
		expect(found(rows(['2024-03-31', 100], ['2024-06-30', 400]))).toEqual([]);
		expect(found(rows(['2024-03-31', 1], ['2024-06-30', 9]))).toEqual([]);
		expect(found(rows(['2024-03-31', 0], ['2024-06-30', 900]))).toEqual([]);
		expect(found(rows(['2024-03-31', null], ['2024-06-30', 900]))).toEqual([]);
		expect(found(rows(['2024-03-31', 100], ['2024-06-30', 1000, 'B']))).toEqual([]);
	});

	it('says nothing where two rows share a period', () => {
		expect(found(rows(['2024-03-31', 100], ['2024-03-31', 5], ['2024-06-30', 1000]))).toEqual([]);
	});
});
