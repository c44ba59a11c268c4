import { describe, expect, it } from 'vitest';
import { foldKey } from './alias';
import { activities } from './register';
import type { Row } from './table';
import { longRows, wideActivities, wideColumns, wideUnused } from './wide';

/** The fields of a row that are not null. */
const filled = (row: Row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

const march = new Date('2025-04-05T00:00:00Z');
const head = { unit_id: 'Sở Nội vụ', period: '2025-Q1', submitted_on: march };

describe('the wide form', () => {
	it('has columns of its own names and labels', () => {
		const names = wideActivities.columns.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		const labels = wideActivities.columns.map(({ label }) => foldKey(label.vi));
		expect(new Set(labels).size).toBe(labels.length);
	});

	it('puts figures only where activities has a column for them', () => {
		const names = new Set(activities.columns.map(({ name }) => name));
		for (const { measure, values } of wideColumns) {
			expect(names).toContain(measure);
			for (const name of Object.keys(values)) expect(names).toContain(name);
		}
	});

	it('puts no two figures in one place', () => {
		const places = wideColumns.map(({ measure, values }) => `${values.activity} ${values.audience ?? ''} ${measure}`);
		expect(new Set(places).size).toBe(places.length);
	});

	it('gives no heading to two figures, and none that it does not load', () => {
		const seen = new Map<string, string>();
		for (const { name, label, synonyms } of wideColumns) {
			for (const key of new Set([label.vi, ...synonyms].map(foldKey))) {
				expect(seen.get(key) ?? name, key).toBe(name);
				seen.set(key, name);
			}
		}
		for (const heading of wideUnused) expect(seen.get(foldKey(heading)), heading).toBeUndefined();
	});
});

describe('longRows', () => {
	it('makes a row of each activity and audience', () => {
		const rows = longRows({
			...head,
			study_sessions: 2,
			members_invited: 150,
			members_attended: 148,
			public_attended: 20,
			talks: 3,
			listeners: 210,
			articles: 5,
			opinions: 4,
			accepted: 3,
			groups_commended: 1,
			people_commended: 4
		});
		expect(rows.map(filled)).toEqual([
			{ ...head, activity: 'hoc_tap_quan_triet', audience: 'dang_vien', sessions: 2, invited: 150, attended: 148 },
			{ ...head, activity: 'hoc_tap_quan_triet', audience: 'quan_chung', attended: 20 },
			{ ...head, activity: 'tuyen_truyen_mieng', sessions: 3, listeners: 210 },
			{ ...head, activity: 'tin_bai', articles: 5 },
			{ ...head, activity: 'phan_bien_xa_hoi', opinions: 4, accepted: 3 },
			{ ...head, activity: 'khen_thuong', groups_commended: 1, people_commended: 4 }
		]);
	});

	it('keeps a zero and leaves out what is not known', () => {
		expect(longRows({ ...head, talks: 0, listeners: null, articles: null }).map(filled)).toEqual([
			{ ...head, activity: 'tuyen_truyen_mieng', sessions: 0 }
		]);
	});

	it('says the remark once', () => {
		const rows = longRows({ ...head, note: 'Thiếu kinh phí', evidence: '12-BC/SNV', talks: 1, articles: 2 });
		expect(rows.map(({ note, evidence }) => [note, evidence])).toEqual([
			['Thiếu kinh phí', '12-BC/SNV'],
			[null, null]
		]);
	});

	it('does not lose a row without figures', () => {
		expect(longRows({ ...head, note: 'Không phát sinh' }).map(filled)).toEqual([{ ...head, note: 'Không phát sinh' }]);
		expect(longRows({})).toHaveLength(1);
	});

	it('loses no figure, whichever are known', () => {
		const names = wideColumns.map(({ name }) => name);
		const row: Row = { ...head };
		names.forEach((name, index) => (row[name] = index + 1));
		const measures = new Set(wideColumns.map(({ measure }) => measure));
		const found = longRows(row).flatMap((long) => [...measures].flatMap((measure) => long[measure] ?? []));
		expect(found.map(Number).sort((left, right) => left - right)).toEqual(names.map((_, index) => index + 1));
	});
});
