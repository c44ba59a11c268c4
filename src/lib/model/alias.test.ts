import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasesFrom, foldKey, resolveUnit, type Alias } from './alias';
import { edgesFrom, unitLivesFrom, type Edge, type UnitLife } from './succession';
import type { Row } from './table';

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const march = day('2025-03-01');
const july = day('2025-07-01');

function published(name: string): Row[] {
	const path = new URL(`../../../data/${name}.csv`, import.meta.url);
	const records = parse<Record<string, string>>(readFileSync(path), { columns: true });
	return records.map((record) =>
		Object.fromEntries(
			Object.entries(record).map(([column, cell]): [string, Row[string]] => {
				if (cell === '') return [column, null];
				if (['effective_on', 'valid_from', 'valid_to'].includes(column)) return [column, day(cell)];
				return [column, column === 'share' ? Number(cell) : cell];
			})
		)
	);
}

describe('foldKey', () => {
	it.each([
		['Sở Khoa học và Công nghệ', 'so khoa hoc va cong nghe'],
		['Sở KH&CN', 'so kh cn'],
		['SỞ  KH & CN.', 'so kh cn'],
		['Sở LĐ-TB&XH', 'so ld tb xh'],
		['Đảng ủy', 'dang uy'],
		['đổi mới', 'doi moi'],
		['\u00D0ổi mới', 'doi moi'],
		['\u0189ổi mới', 'doi moi'],
		['\u00F0ổi mới', 'doi moi'],
		['hòa', 'hoa'],
		['hoà', 'hoa'],
		['Khai thác thuỷ lợi', 'khai thac thuy loi'],
		['tỷ trọng', 'ti trong'],
		['Tỉ trọng', 'ti trong'],
		['công ty', 'cong ty'],
		['ƯƠNG ưỡng', 'uong uong'],
		['VP UBND\u00A0tỉnh', 'vp ubnd tinh'],
		['m\u00ADột \u200Bhai', 'mot hai'],
		['TN-SKHCN-2025-07', 'tn skhcn 2025 07'],
		['  – / ()  ', ''],
		['', '']
	])('folds %j to %j', (text, key) => {
		expect(foldKey(text)).toBe(key);
	});

	it('does not care how a letter is composed', () => {
		const text = 'Liên hiệp các Hội Khoa học và Kỹ thuật; tỷ lệ';
		expect(foldKey(text.normalize('NFD'))).toBe(foldKey(text.normalize('NFC')));
	});

	it('is its own fixed point', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				expect(foldKey(foldKey(text))).toBe(foldKey(text));
			})
		);
	});
});

describe('resolveUnit', () => {
	const units: UnitLife[] = [
		{ unitId: 'OLD', from: null, to: march },
		{ unitId: 'OTHER', from: null, to: march },
		{ unitId: 'NEW', from: march, to: null },
		{ unitId: 'BEFORE', from: null, to: march },
		{ unitId: 'RENAMED', from: march, to: null },
		{ unitId: 'FOUNDED', from: march, to: null }
	];
	const edge = (from: string, to: string): Edge => ({ from, to, on: march, share: 1, kind: 'hop_nhat', eventId: to });
	const edges = [edge('OLD', 'NEW'), edge('OTHER', 'NEW'), edge('BEFORE', 'RENAMED')];
	const alias = (name: string, unitId: string, from: Date | null, to: Date | null): Alias => ({
		key: foldKey(name),
		unitId,
		from,
		to
	});
	const aliases = [
		alias('Sở A', 'OLD', null, march),
		alias('Sở A', 'NEW', march, null),
		alias('Sở B', 'OTHER', null, march),
		alias('Sở A và B', 'NEW', march, null),
		alias('Sở Mới', 'RENAMED', march, null),
		alias('Ban Lập', 'FOUNDED', march, null),
		alias('Hội', 'OLD', null, null),
		alias('Hội', 'OTHER', null, null)
	];
	const ask = (raw: string, on: Date | null) => resolveUnit(aliases, units, edges, raw, on);

	it('takes one name as two units, before and after the day', () => {
		expect(ask('SỞ  A', day('2025-02-28'))).toEqual({ unitId: 'OLD' });
		expect(ask('sở a', march)).toEqual({ unitId: 'NEW' });
	});

	it('asks when there is no day and the name meant two units', () => {
		expect(ask('Sở A', null)).toEqual({ candidates: ['NEW', 'OLD'] });
		expect(ask('Sở B', null)).toEqual({ unitId: 'OTHER' });
	});

	it('keeps a name that is used after its unit ended', () => {
		expect(ask('Sở B', july)).toEqual({ unitId: 'OTHER' });
	});

	it('goes to the only predecessor of a unit that did not exist yet', () => {
		expect(ask('Sở Mới', day('2024-01-01'))).toEqual({ unitId: 'BEFORE' });
	});

	it('asks when there are several predecessors, and offers the unit itself when there is none', () => {
		expect(ask('Sở A và B', day('2024-01-01'))).toEqual({ candidates: ['OLD', 'OTHER'] });
		expect(ask('Ban Lập', day('2024-01-01'))).toEqual({ candidates: ['FOUNDED'] });
	});

	it('asks when a name means two units at once, and knows no unit for other names', () => {
		expect(ask('Hội', march)).toEqual({ candidates: ['OLD', 'OTHER'] });
		expect(ask('Sở C', march)).toEqual({ candidates: [] });
		expect(ask('…', march)).toEqual({ candidates: [] });
	});

	it('asks in a gap between two meanings', () => {
		const gap = [alias('Sở G', 'OTHER', null, march), alias('Sở G', 'FOUNDED', july, null)];
		expect(resolveUnit(gap, units, edges, 'Sở G', day('2025-05-01'))).toEqual({ candidates: ['FOUNDED', 'OTHER'] });
	});

	it('goes back over several events', () => {
		const lives: UnitLife[] = [
			{ unitId: 'X', from: null, to: march },
			{ unitId: 'Y', from: march, to: july },
			{ unitId: 'Z', from: july, to: null }
		];
		const chain = [edge('X', 'Y'), { ...edge('Y', 'Z'), on: july }];
		const names = [alias('Z', 'Z', july, null)];
		expect(resolveUnit(names, lives, chain, 'Z', day('2025-05-01'))).toEqual({ unitId: 'Y' });
		expect(resolveUnit(names, lives, chain, 'Z', day('2025-01-01'))).toEqual({ unitId: 'X' });
	});
});

describe('the published aliases', () => {
	const aliasRows = published('unit_aliases');
	const unitRows = published('units');
	const aliases = aliasesFrom(aliasRows, unitRows);
	const units = unitLivesFrom(unitRows);
	const edges = edgesFrom(published('unit_successions'));
	const ask = (raw: string, on: string) => resolveUnit(aliases, units, edges, raw, day(on));

	it.each(['Sở KH&CN', 'Sở KHCN', 'Sở KH và CN', 'Sở Khoa học và Công nghệ', 'sở khoa học & công nghệ'])(
		'know %s as three units in turn',
		(name) => {
			expect(ask(name, '2024-12-31')).toEqual({ unitId: 'TN-SKHCN' });
			expect(ask(name, '2025-03-01')).toEqual({ unitId: 'TN-SKHCN-2025' });
			expect(ask(name, '2025-07-01')).toEqual({ unitId: 'TN-SKHCN-2025-07' });
		}
	);

	it('know the successor of a renamed unit by its new name on an old day', () => {
		expect(ask('Sở Dân tộc và Tôn giáo', '2024-06-01')).toEqual({ unitId: 'TN-BDT' });
	});

	it('offer the three predecessors of Sở NN&MT on an old day', () => {
		expect(ask('Sở NN&MT', '2024-06-01')).toEqual({ candidates: ['TN-SLDTBXH', 'TN-SNNPTNT', 'TN-STNMT'] });
	});

	it('know a unit by its code', () => {
		expect(ask('TN-BVA', '2024-06-01')).toEqual({ unitId: 'TN-BVA' });
	});

	it('are never ambiguous on a day of the unit’s life', () => {
		for (const { alias, unit_id: unitId, valid_from: from, valid_to: to } of aliasRows) {
			const end = to instanceof Date ? new Date(to.getTime() - 86_400_000) : day('2026-09-30');
			for (const on of [from instanceof Date ? from : day('2021-01-01'), end]) {
				expect(resolveUnit(aliases, units, edges, String(alias), on), `${String(alias)}`).toEqual({ unitId });
			}
		}
	});

	it('name each unit at least once, as its own name does', () => {
		for (const { unit_id: unitId, name_vi: name, valid_from: from } of unitRows) {
			const on = from instanceof Date ? from : day('2021-01-01');
			expect(resolveUnit(aliases, units, edges, String(name), on)).toEqual({ unitId });
		}
	});
});
