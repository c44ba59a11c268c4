import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import type { Database } from '../database/database';
import { id, join, sql, table, type Sql, type SqlValue } from '../database/sql';
import { inOrder } from './alphabet';
import { groundOf } from './ground';
import { forgetOrders, openRowset, rowOf, totalKind, totals, type Sorting } from './rowset';
import type { Column, Table } from './table';

let db: Database;

const both = (text: string) => ({ vi: text, en: text });
const columns: readonly Column[] = [
	{ name: 'title', label: both('Tên'), type: 'text' },
	{ name: 'unit_id', label: both('Đơn vị'), type: 'text', references: 'units.unit_id' },
	{ name: 'level', label: both('Cấp'), type: 'code', list: 'level' },
	{ name: 'benefit_vnd', label: both('Làm lợi'), type: 'number' },
	{ name: 'score', label: both('Điểm'), type: 'number', maximum: 100 },
	{ name: 'people', label: both('Số người'), type: 'integer' },
	{ name: 'held_on', label: both('Ngày'), type: 'date' },
	{ name: 'verified', label: both('Kiểm chứng'), type: 'boolean' }
];
const register: Table = { name: 'sheet', label: both('Sổ'), key: ['title'], columns };
const names = columns.map(({ name }) => name);
const sqlTypes: Partial<Record<Column['type'], Sql>> = {
	number: sql`DOUBLE`,
	integer: sql`INTEGER`,
	date: sql`DATE`,
	boolean: sql`BOOLEAN`
};

type Cells = readonly (string | number | boolean | Date | null)[];

async function settle(rows: readonly Cells[]): Promise<void> {
	forgetOrders(db);
	const empty = rows.length === 0;
	const body: readonly (readonly SqlValue[])[] = empty ? [names.map(() => null)] : rows;
	const cast = columns.map(
		({ name, type }) => sql`CAST(${id(name)} AS ${sqlTypes[type] ?? sql`VARCHAR`}) AS ${id(name)}`
	);
	await db.query(
		sql`CREATE OR REPLACE TABLE sheet AS SELECT ${join(cast)} FROM ${table('t', names, body)} ${empty ? sql`WHERE FALSE` : sql``}`
	);
}

beforeAll(async () => {
	db = await openTestDatabase();
	await db.query(
		sql`CREATE TABLE units AS SELECT * FROM ${table(
			'u',
			['unit_id', 'short_name'],
			[
				['A', 'Ủy ban Phổ Yên'],
				['B', 'Đại Từ'],
				['C', 'Ban Dân tộc']
			]
		)}`
	);
	await db.query(
		sql`CREATE TABLE code_lists AS SELECT * FROM ${table(
			'c',
			['list', 'code'],
			[
				['level', 'co_so'],
				['level', 'tinh'],
				['level', 'ca_nuoc'],
				['other', 'ca_nuoc']
			]
		)}`
	);
});

afterAll(() => db.close());

const read = async (sort: readonly Sorting[], where: Sql = sql`TRUE`, column = 'title') => {
	const rowset = await openRowset(db, { register, where, sort });
	return (await rowset.rows([column], 0, 100)).map(({ cells }) => cells[0]);
};

const up = (column: string): Sorting => ({ column, descending: false });
const down = (column: string): Sorting => ({ column, descending: true });
const row = (title: string | null, about: Partial<Record<string, string | number | boolean | Date | null>> = {}) =>
	names.map((name) => (name === 'title' ? title : (about[name] ?? null)));

describe('the Vietnamese order of texts', () => {
	const collator = new Intl.Collator('vi');
	const ordered = async (texts: readonly string[]) =>
		(
			await db.query<{ v: string }>(
				sql`SELECT v FROM (${inOrder(
					sql`SELECT v FROM ${table(
						't',
						['v'],
						texts.map((text) => [text])
					)}`
				)}) ORDER BY place`
			)
		).map(({ v }) => v);

	it('puts letters before tones and tones before case, as the alphabet does', async () => {
		const alphabet = [
			'a',
			'à',
			'ả',
			'ã',
			'á',
			'ạ',
			'ă',
			'ằ',
			'â',
			'ấ',
			'b',
			'd',
			'đ',
			'Đ',
			'e',
			'ê',
			'o',
			'ô',
			'ơ',
			'u',
			'ư'
		];
		expect(await ordered(alphabet.toReversed())).toEqual(alphabet);
		// The tone counts only where all letters are the same.
		expect(await ordered(['má b', 'ma c', 'ma b', 'mà b', 'Ma b'])).toEqual(['ma b', 'Ma b', 'mà b', 'má b', 'ma c']);
	});

	it('is that of Intl on names and titles', async () => {
		const texts = [
			...[
				'Sở Khoa học và Công nghệ',
				'Sở Y tế',
				'Sở Xây dựng',
				'Sở KH&CN',
				'Đảng ủy Quân sự tỉnh',
				'Đại Từ',
				'Định Hóa'
			],
			...[
				'Phú Bình',
				'Phú Lương',
				'Phổ Yên',
				'Đồng Hỷ',
				'Võ Nhai',
				'Sông Công',
				'Bắc Kạn',
				'Bạch Thông',
				'Ba Bể',
				'Chợ Đồn'
			],
			...[
				'Nguyễn Văn An',
				'Nguyễn Văn Ân',
				'Nguyễn Văn Ẩn',
				'Nguyễn Vân An',
				'Nguyên Văn An',
				'Trần Thị Hoà',
				'Trần Thị Hòa'
			],
			...[
				'Ứng dụng AI',
				'ứng dụng AI',
				'Ứng dụng ai',
				'Ưng dụng',
				'Xã A',
				'xã a',
				'Xa',
				'Xá',
				'Xạ',
				'Số 10',
				'Số 2',
				'Số 2.',
				''
			],
			...[
				'Dạy – học',
				'Dạy - học',
				'Dạy, học',
				'Dạy (học)',
				'Dạy/học',
				'“Dạy học”',
				'"Dạy học"',
				'Dạy học',
				'12/QĐ',
				'12-QĐ',
				'zürich',
				'Zurich'
			]
		];
		expect(await ordered(texts)).toEqual(texts.toSorted(collator.compare));
	});

	it('is that of Intl on any texts of these letters', async () => {
		const letter = fc.constantFrom(...'aàảãáạăằâấbcdđeèêệgikoôơớnưuyỳAÀĂĐƠ -0123,');
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.string({ unit: letter, maxLength: 6 }), { minLength: 2, maxLength: 60 }),
				async (texts) => {
					expect(await ordered(texts)).toEqual(texts.toSorted(collator.compare));
				}
			),
			{ numRuns: 25 }
		);
	});

	it('keeps texts of many packs apart, and what would part them', async () => {
		const many = Array.from({ length: 1300 }, (_, index) => `số ${String(index).padStart(4, '0')}`);
		expect(await ordered(many.toReversed())).toEqual(many);
		expect(await ordered(['b', 'a\u001fz', 'a b'])).toEqual(['a b', 'a\u001fz', 'b']);
		expect(await ordered(['một'])).toEqual(['một']);
	});
});

describe('rows in an order', () => {
	const day = (date: string) => new Date(`${date}T00:00:00Z`);
	const rows = [
		row('Đổi', { unit_id: 'A', level: 'tinh', benefit_vnd: 5, held_on: day('2025-02-01'), verified: true }),
		row('Dạy', { unit_id: 'B', level: 'co_so', benefit_vnd: null, held_on: day('2025-01-01') }),
		row(null, { unit_id: 'C', level: 'ca_nuoc', benefit_vnd: -1 }),
		row('', { unit_id: 'X', level: 'lạ', benefit_vnd: 5, verified: false }),
		row('Dạy', { unit_id: null, level: null, benefit_vnd: 7, held_on: day('2024-12-31') })
	];

	it('are those of the register when nothing is asked', async () => {
		await settle(rows);
		expect(await read([])).toEqual(['Đổi', 'Dạy', null, '', 'Dạy']);
		expect(await read([], sql`benefit_vnd = 5`)).toEqual(['Đổi', '']);
	});

	it('go by the alphabet, empty texts first and cells without anything last, both ways', async () => {
		await settle(rows);
		expect(await read([up('title')])).toEqual(['', 'Dạy', 'Dạy', 'Đổi', null]);
		expect(await read([down('title')])).toEqual(['Đổi', 'Dạy', 'Dạy', '', null]);
		// Equal rows keep the order of the register.
		expect(await read([up('title')], sql`TRUE`, 'benefit_vnd')).toEqual([5, null, 7, 5, -1]);
		expect(await read([up('title'), down('benefit_vnd')], sql`TRUE`, 'benefit_vnd')).toEqual([5, 7, null, 5, -1]);
	});

	it('go by names of units, by the list of codes, by days and by amounts', async () => {
		await settle(rows);
		expect(await read([up('unit_id')], sql`TRUE`, 'unit_id')).toEqual(['C', 'B', 'A', 'X', null]);
		expect(await read([up('level')], sql`TRUE`, 'level')).toEqual(['co_so', 'tinh', 'ca_nuoc', 'lạ', null]);
		expect(await read([down('held_on')], sql`TRUE`, 'title')).toEqual(['Đổi', 'Dạy', 'Dạy', null, '']);
		expect(await read([down('benefit_vnd')], sql`TRUE`, 'benefit_vnd')).toEqual([7, 5, 5, -1, null]);
		expect(await read([up('verified')], sql`TRUE`, 'verified')).toEqual([false, true, null, null, null]);
	});

	it('ignore columns that are not there, and the same column twice', async () => {
		await settle(rows);
		expect(await read([up('nowhere'), up('title'), down('title')])).toEqual(['', 'Dạy', 'Dạy', 'Đổi', null]);
	});

	it('put NaN behind all numbers', async () => {
		await settle([
			row('a', { benefit_vnd: NaN }),
			row('b', { benefit_vnd: Infinity }),
			row('c'),
			row('d', { benefit_vnd: 0 })
		]);
		expect(await read([up('benefit_vnd')])).toEqual(['d', 'b', 'a', 'c']);
	});

	it('are none for nothing, and one for one', async () => {
		await settle([]);
		const none = await openRowset(db, { register, where: sql`TRUE`, sort: [up('title'), up('unit_id')] });
		expect(none.count).toBe(0);
		expect(await none.rows(names, 0, 10)).toEqual([]);
		expect((await openRowset(db, { register, where: sql`TRUE`, sort: [] })).count).toBe(0);
		await settle([row('một', { people: 3 })]);
		const one = await openRowset(db, { register, where: sql`people = 3`, sort: [down('title')] });
		expect(one.count).toBe(1);
		expect(await one.rows(['title', 'people'], 0, 10)).toEqual([{ number: 0, cells: ['một', 3] }]);
		expect(await one.rows(['title'], 1, 10)).toEqual([]);
	});

	it('are the same after the engine was started anew', async () => {
		await db.exec(sql`CREATE OR REPLACE TABLE units AS SELECT 'A' AS unit_id, 'Ủy ban' AS short_name`);
		await db.exec(sql`CREATE OR REPLACE TABLE code_lists AS SELECT 'level' AS list, 'tinh' AS code`);
		await db.exec(sql`CREATE OR REPLACE TABLE sheet AS SELECT 'b' AS title, 'A' AS unit_id UNION ALL SELECT 'a', 'A'`);
		forgetOrders(db);
		const rowset = await openRowset(db, { register, where: sql`TRUE`, sort: [up('title')] });
		const texts = async (of = rowset) => (await of.rows(['title'], 0, 9)).map(({ cells }) => cells[0]);
		expect(await texts()).toEqual(['a', 'b']);
		await db.restart();
		expect(await texts()).toEqual(['a', 'b']);
		await db.restart();
		expect(await texts(await openRowset(db, { register, where: sql`title <> 'x'`, sort: [down('title')] }))).toEqual([
			'b',
			'a'
		]);
	});

	it('leave nothing in the engine, however many are asked for', async () => {
		await settle(rows);
		const tables = async () => (await db.query(sql`SELECT table_name FROM duckdb_tables()`)).length;
		const before = await tables();
		for (let benefit = 0; benefit < 9; benefit++)
			await openRowset(db, { register, where: sql`benefit_vnd > ${benefit}`, sort: [up('title')] });
		expect(await tables()).toBe(before);
		expect((await openRowset(db, { register, where: sql`benefit_vnd > 4`, sort: [up('title')] })).count).toBe(3);
	});

	it('go by the codes of texts as by the texts themselves, where many rows hold the same', async () => {
		const titles = ['Đổi mới', 'đo', '', 'Ổn định', 'ăn', null];
		const levels = ['ca_nuoc', 'tinh', 'other', null, 'co_so'];
		await settle(
			Array.from({ length: 120 }, (_, place) =>
				row(titles[place % 6] ?? null, { level: levels[place % 5] ?? null, unit_id: 'ABX'[place % 3] ?? null })
			)
		);
		const ground = await groundOf({ ...db }, register);
		for (const sort of [[up('title')], [down('level'), up('unit_id')], [up('unit_id'), down('title')]]) {
			forgetOrders(db);
			const plain = await openRowset(db, { register, where: sql`rowid <> 3`, sort });
			forgetOrders(db);
			const coded = await openRowset(db, { register, where: sql`rowid <> 3`, sort, ground });
			expect(await coded.rows(['title'], 0, 120)).toEqual(await plain.rows(['title'], 0, 120));
		}
		const first = await openRowset(db, { register, where: sql`TRUE`, sort: [up('title')], ground });
		expect((await first.rows(['title'], 18, 84)).map(({ cells }) => cells[0]).filter((_, at) => at % 20 === 3)).toEqual(
			['ăn', 'đo', 'Đổi mới', 'Ổn định', null]
		);
	});

	it('are the same where there are more of them than come at once, with the codes in the page, in the engine or without', async () => {
		forgetOrders(db);
		const count = 140_000;
		await db.query(
			sql`CREATE OR REPLACE TABLE sheet AS SELECT format('SK-{:06d}', CAST(i * 7919 % ${count} AS BIGINT)) AS title, NULL AS unit_id,
				CASE i % 4 WHEN 0 THEN 'ca_nuoc' WHEN 1 THEN 'tinh' WHEN 3 THEN 'co_so' END AS level,
				CASE WHEN i % 7 > 0 THEN i * 31 % 1000 / 4 END AS benefit_vnd, 0 AS score, CAST(i % 70000 AS INTEGER) AS people,
				DATE '2025-01-01' + CAST(i * 13 % 400 AS INTEGER) AS held_on, i % 2 = 0 AS verified FROM range(${count}) AS r(i)`
		);
		const all = [...Array(count).keys()];
		const byNumber = (of: (row: number) => number | null) =>
			all.toSorted((a, b) => (of(a) ?? Infinity) - (of(b) ?? Infinity) || a - b);
		const wanted: Readonly<Record<string, readonly number[]>> = {
			title: byNumber((row) => (row * 7919) % count),
			// In the order of their list, of which only one is left by now, and then of the alphabet.
			level: byNumber((row) => [1, 0, null, 2][row % 4] ?? null),
			benefit_vnd: byNumber((row) => (row % 7 > 0 ? (row * 31) % 1000 : null)),
			people: byNumber((row) => row % 70_000),
			held_on: byNumber((row) => (row * 13) % 400),
			verified: byNumber((row) => (row + 1) % 2)
		};
		const places = [0, 65_530, 65_536, 131_070, 139_990];
		for (const held of [undefined, 0, count]) {
			forgetOrders(db);
			const ground = held === undefined ? undefined : await groundOf({ ...db }, register, held);
			for (const [name, order] of Object.entries(wanted)) {
				const rowset = await openRowset(db, { register, where: sql`TRUE`, sort: [up(name)], ground });
				for (const place of places)
					expect((await rowset.rows([], place, 10)).map(({ number }) => number)).toEqual(
						order.slice(place, place + 10)
					);
			}
		}
	});

	it('answer as sorting in the plain way does: any rows, any order, any stretch', async () => {
		const collator = new Intl.Collator('vi');
		const cell = {
			title: fc.option(fc.constantFrom('', 'a', 'á', 'ă', 'Đ', 'd', 'đ'), { nil: null }),
			benefit_vnd: fc.option(fc.constantFrom(0, -1, 2.5, NaN, 1e12), { nil: null }),
			people: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }),
			held_on: fc.option(fc.constantFrom(day('2024-01-01'), day('2025-06-30')), { nil: null }),
			verified: fc.option(fc.boolean(), { nil: null })
		};
		const order = fc.uniqueArray(
			fc.record({ column: fc.constantFrom(...Object.keys(cell)), descending: fc.boolean() }),
			{ maxLength: 3, selector: ({ column }) => column }
		);
		type Cell = string | number | boolean | Date;
		type Given = Readonly<Record<string, Cell | null>>;
		const compare = (a: Cell, b: Cell): number => {
			if (typeof a === 'string') return collator.compare(a, String(b));
			const [x, y] = [Number(a), Number(b)];
			if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
			return x - y;
		};
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record<Given>(cell), { maxLength: 30 }),
				order,
				fc.nat({ max: 30 }),
				fc.nat({ max: 10 }),
				async (all, sort, offset, limit) => {
					await settle(all.map((one) => names.map((name) => one[name] ?? null)));
					const chosen = all.map((one, index) => ({ one, index }));
					const wanted = chosen
						.filter(({ one }) => one['people'] !== 1)
						.toSorted((a, b) => {
							for (const { column, descending } of sort) {
								const [x, y] = [a.one[column] ?? null, b.one[column] ?? null];
								if (x === null && y === null) continue;
								if (x === null || y === null) return x === null ? 1 : -1;
								const found = compare(x, y);
								if (found !== 0) return descending ? -found : found;
							}
							return a.index - b.index;
						})
						.map(({ index }) => index);
					const rowset = await openRowset(db, { register, where: sql`people IS DISTINCT FROM 1`, sort });
					expect(rowset.count).toBe(wanted.length);
					const found = await rowset.rows(['title'], offset, limit);
					expect(found.map(({ number }) => number)).toEqual(wanted.slice(offset, offset + limit));
				}
			),
			{ numRuns: 40 }
		);
	});
});

describe('one row and totals', () => {
	it('a row has all its cells, and none is none', async () => {
		await settle([row('a', { people: 1 }), row('b', { score: 50 })]);
		expect(await rowOf(db, register, 1)).toEqual(['b', null, null, null, 50, null, null, null]);
		expect(await rowOf(db, register, 2)).toBeNull();
	});

	it('adds money and counts, averages scores, spans days, and counts what is filled', async () => {
		await settle([
			row('a', { benefit_vnd: 5, score: 50, people: 3, held_on: new Date('2025-01-01') }),
			row('', { benefit_vnd: NaN, score: 100, people: 4, held_on: new Date('2024-01-01') }),
			row(null)
		]);
		const found = await totals(db, register, sql`TRUE`, columns);
		expect(found.count).toBe(3);
		const short = Object.fromEntries(
			found.totals.map(({ column, kind, filled, value }) => [column, [kind, filled, value]])
		);
		expect(short).toMatchObject({
			title: ['filled', 2, null],
			benefit_vnd: ['sum', 2, 5],
			score: ['mean', 2, 75],
			people: ['sum', 2, 7],
			held_on: ['range', 2, new Date('2024-01-01')]
		});
		expect(found.totals.find(({ column }) => column === 'held_on')?.last).toEqual(new Date('2025-01-01'));
		const none = await totals(db, register, sql`FALSE`, columns);
		expect([none.count, none.totals.map(({ value }) => value)]).toEqual([0, columns.map(() => null)]);
	});

	it('neither adds nor averages what is in several currencies, nor years', () => {
		const of = (name: string, type: 'number' | 'integer', maximum?: number) =>
			totalKind({ name, type, label: both(name), ...(maximum === undefined ? {} : { maximum }) });
		expect([of('value', 'number'), of('year', 'integer', 2100), of('term_months', 'integer', 1200)]).toEqual([
			'filled',
			'range',
			'mean'
		]);
	});
});
