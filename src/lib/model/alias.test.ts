import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	aliasesFrom,
	editDistance,
	foldKey,
	folding,
	nearestUnits,
	resolveUnit,
	unitResolver,
	type Alias
} from './alias';
import { edgesFrom, unitLivesFrom, type Edge, type UnitLife } from './succession';
import type { Row } from './table';

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const march = day('2025-03-01');
const july = day('2025-07-01');

function fixture(name: string): Record<string, string>[] {
	const path = new URL(`../../../tests/fixtures/${name}.csv`, import.meta.url);
	return parse<Record<string, string>>(readFileSync(path), { columns: true });
}

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

it('folds many texts as each by itself, whatever stands beside a space', () => {
	const piece = fc.constantFrom(
		...[
			' ',
			'  ',
			'\u00a0',
			'\t',
			'\n',
			'tỷ',
			'TỶ',
			'ty\u0309',
			'\u0309',
			'\u0301',
			'Σ',
			'ΑΣ',
			"'",
			'\u00ad',
			'-',
			'&'
		],
		...['đ', 'Ð', 'Ɖ', 'a', 'Ấ', 'A\u0302\u0301', '1', 'ﬁ', 'İ', '한', '\u1112\u1161', '🚀', '\ud83d']
	);
	const text = fc.oneof(
		fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
		fc.string({ unit: 'binary' })
	);
	fc.assert(
		fc.property(fc.array(text, { maxLength: 6 }), (texts) => {
			const fold = folding();
			expect([...texts, ...texts].map(fold)).toEqual([...texts, ...texts].map(foldKey));
		}),
		{ numRuns: 5000 }
	);
});

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

describe('the spellings of the sample’s units', () => {
	const unitRows = published('units');
	const aliases = aliasesFrom(published('unit_aliases'), unitRows);
	const resolve = unitResolver(aliases, unitLivesFrom(unitRows), edgesFrom(published('unit_successions')));
	const spellings = fixture('unit_spellings').map(({ spelling = '', day: on = '', unit_id: unitId = '' }) => ({
		spelling,
		on: on === '' ? null : day(on),
		unitId
	}));

	it('are at least 150 that mean a unit and 30 strangers', () => {
		expect(spellings.filter(({ unitId }) => unitId !== '').length).toBeGreaterThanOrEqual(150);
		expect(spellings.filter(({ unitId }) => unitId === '')).toHaveLength(30);
	});

	it.each(spellings.filter(({ unitId }) => unitId !== ''))('know $spelling on $on', ({ spelling, on, unitId }) => {
		expect(resolve(spelling, on)).toEqual({ unitId });
	});

	it.each(spellings.filter(({ unitId }) => unitId === ''))('do not know $spelling', ({ spelling, on }) => {
		expect(resolve(spelling, on)).toEqual({ candidates: [] });
	});
});

describe('search keys', () => {
	const pairs = fixture('search_keys');

	it('are 200 pairs', () => {
		expect(pairs).toHaveLength(200);
	});

	it.each(pairs)('find or do not find $query in $text', ({ query = '', text = '', matches }) => {
		expect(foldKey(text).includes(foldKey(query))).toBe(matches === 'true');
	});
});

describe('unitResolver', () => {
	const lives: UnitLife[] = [{ unitId: 'HEALTH', from: null, to: null }];
	const aliases: Alias[] = ['Sở Y tế', 'Hội Nông dân tỉnh', 'Sở GD&ĐT', 'Văn phòng UBND tỉnh', 'THPT Chuyên'].map(
		(name, index) => ({ key: foldKey(name), unitId: index === 0 ? 'HEALTH' : name, from: null, to: null })
	);

	it('takes looser spellings that say the same', () => {
		const resolve = unitResolver(aliases, lives, []);
		for (const name of ['Sở Y tế tỉnh', 'Sở Y tế Thái Nguyên', 'Sở Y tế tỉnh Thái Nguyên', 'Sở Y tế TN', 'SởYtế']) {
			expect(resolve(name, null), name).toEqual({ unitId: 'HEALTH' });
		}
		for (const name of [
			'Sở GDĐT',
			'Sở GD và ĐT',
			'Sở G.D & Đ.T',
			'Sở Giáo dục và Đào tạo',
			'Sở Giáo dục & Đào tạo tỉnh'
		]) {
			expect(resolve(name, null), name).toEqual({ unitId: 'Sở GD&ĐT' });
		}
		expect(resolve('VP Ủy ban nhân dân tỉnh Thái Nguyên', null)).toEqual({ unitId: 'Văn phòng UBND tỉnh' });
		expect(resolve('Hội Nông dân Thái Nguyên', null)).toEqual({ unitId: 'Hội Nông dân tỉnh' });
		expect(resolve('Trường Trung học phổ thông Chuyên', null)).toEqual({ candidates: [] });
	});

	it('does not take a name for another that says more or something else', () => {
		const resolve = unitResolver(aliases, lives, []);
		for (const name of [
			'Sở',
			'Y tế',
			'Hội Nông dân',
			'Hội Nông dân huyện',
			'Sở Y tế Bắc Kạn',
			'tỉnh',
			'Thái Nguyên',
			'và'
		]) {
			expect(resolve(name, null), name).toEqual({ candidates: [] });
		}
	});

	it('asks when a looser spelling is two units', () => {
		const two = ['Đội A và B', 'Đội AB'].map((name) => ({ key: foldKey(name), unitId: name, from: null, to: null }));
		expect(unitResolver(two, [], [])('Đội A-B', null)).toEqual({ candidates: ['Đội A và B', 'Đội AB'] });
		expect(unitResolver(two, [], [])('đội ab', null)).toEqual({ unitId: 'Đội AB' });
	});

	it('takes the reader’s own names before all, on every day, the last of two', () => {
		const own = [
			{ name: 'Sở Y tế', unit_id: 'FIRST' },
			{ name: 'SỞ  Y TẾ', unit_id: 'LAST' },
			{ name: 'Ban Mới', unit_id: 'HEALTH' }
		];
		const resolve = unitResolver(aliases, lives, [], own);
		expect(resolve('Sở Y tế', null)).toEqual({ unitId: 'LAST' });
		expect(resolve('Sở Y tế', march)).toEqual({ unitId: 'LAST' });
		expect(resolve('ban mới', day('1999-01-01'))).toEqual({ unitId: 'HEALTH' });
	});

	it('gives what it gave before, however often and in whatever order it is asked', () => {
		const unitRows = published('units');
		const known = aliasesFrom(published('unit_aliases'), unitRows);
		const all = unitLivesFrom(unitRows);
		const edges = edgesFrom(published('unit_successions'));
		const resolve = unitResolver(known, all, edges);
		const names = fc.constantFrom('Sở KH&CN', 'Sở Y tế', 'Sở NN&MT', 'Ban Tuyên giáo', 'Sở Lạ', '');
		const days = fc.constantFrom(null, day('2020-01-01'), day('2025-02-28'), march, july);
		fc.assert(
			fc.property(names, days, (name, on) => {
				expect(resolve(name, on)).toEqual(resolveUnit(known, all, edges, name, on));
			})
		);
	});

	it('answers a million rows of different names and days without keeping them all', () => {
		const resolve = unitResolver(aliases, lives, []);
		let known = 0;
		for (let row = 0; row < 1_000_000; row++) {
			const found = resolve(row % 2 === 0 ? 'Sở Y tế' : `Đơn vị ${row % 300_000}`, new Date(86_400_000 * (row % 5000)));
			if ('unitId' in found) known++;
		}
		expect(known).toBe(500_000);
	}, 20_000);
});

describe('nearestUnits', () => {
	const unitRows = published('units');
	const aliases = aliasesFrom(published('unit_aliases'), unitRows);
	const names = new Map(unitRows.map((row) => [row['unit_id'], row['name_vi']]));
	const first = (raw: string) => names.get(nearestUnits(raw, aliases, 3)[0] ?? '');

	it.each([
		['Sở Khoa học Công nghệ và Đổi mới', 'Sở Khoa học và Công nghệ'],
		['Sở KHCN và Đổi mới sáng tạo', 'Sở Khoa học và Công nghệ'],
		['Sở Giáo dục', 'Sở Giáo dục và Đào tạo'],
		['P. GD&ĐT', 'Sở Giáo dục và Đào tạo'],
		['Bệnh viện Gang Thép TN cơ sở 2', 'Bệnh viện Gang Thép Thái Nguyên'],
		['Trường Trung học phổ thông Lương Ngọc Quyến TPTN', 'Trường THPT Lương Ngọc Quyến'],
		['Lương Ngọc Quyến', 'Trường THPT Lương Ngọc Quyến'],
		['VP UBND', 'Văn phòng Ủy ban nhân dân tỉnh'],
		['TTKSBT', 'Trung tâm Kiểm soát bệnh tật tỉnh'],
		['Trung tâm Kiểm soat bệnh tật', 'Trung tâm Kiểm soát bệnh tật tỉnh'],
		['Sở Tư pháap', 'Sở Tư pháp'],
		['Công ty CP Nước sạch', 'Đảng bộ Công ty cổ phần Nước sạch Thái Nguyên']
	])('offers for %j first %s', (raw, name) => {
		expect(first(raw)).toBe(name);
	});

	it('offers one unit for a name that three bore in turn: the last', () => {
		const near = nearestUnits('Sở KH&CN mới', aliases, 5);
		expect(near[0]).toBe('TN-SKHCN-2025-07');
		expect(near).not.toContain('TN-SKHCN');
		expect(near).not.toContain('TN-SKHCN-2025');
	});

	it('offers at most as many as asked for, and nothing for what is like none', () => {
		expect(nearestUnits('Sở', aliases, 2).length).toBeLessThanOrEqual(2);
		for (const raw of ['', '…', 'Samsung', 'xyz', '12345']) expect(nearestUnits(raw, aliases, 3), raw).toEqual([]);
	});

	it('stands any text, a long one too', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (raw) => {
				expect(nearestUnits(raw, aliases, 3).length).toBeLessThanOrEqual(3);
			}),
			{ numRuns: 50 }
		);
		expect(nearestUnits('Sở '.repeat(100_000), aliases, 3).length).toBeLessThanOrEqual(3);
	});
});

describe('editDistance', () => {
	it.each([
		['', '', 0],
		['abc', 'abc', 0],
		['abc', 'abd', 1],
		['abc', 'acb', 1],
		['abc', 'abcd', 1],
		['abc', 'bc', 1],
		['kitten', 'sitting', 3],
		['', 'abcd', 4],
		['abcdefgh', 'zzzzzzzz', 5]
	])('counts from %j to %j at most five: %i', (left, right, distance) => {
		expect(editDistance(left, right, 4)).toBe(distance);
		expect(editDistance(right, left, 4)).toBe(distance);
	});

	it('is one more than the most when it is more', () => {
		expect(editDistance('abc', 'xyz', 1)).toBe(2);
		expect(editDistance('a', 'abcdef', 2)).toBe(3);
	});
});
