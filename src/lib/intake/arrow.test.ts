import fc from 'fast-check';
import {
	Bool,
	type DataType,
	DateDay,
	DateMillisecond,
	Decimal,
	Field,
	Float64,
	Int32,
	Int64,
	makeData,
	RecordBatch,
	Schema,
	Struct,
	Table as ArrowTable,
	tableFromIPC,
	tableToIPC,
	TimestampMicrosecond,
	TimestampMillisecond,
	Utf8,
	vectorFromArray
} from 'apache-arrow';
import { Table as ParquetTable, writeParquet } from 'parquet-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../database/database';
import { openNodeDatabase } from '../database/node';
import { rowsOf } from '../database/row';
import { id, sql } from '../database/sql';
import type { Column, Row, Table, Value } from '../model/table';
import { parquetColumns, toArrow } from './arrow';
import { csvSheet } from './sheet';
import { typeSheet, type Typed } from './typed';
import { Collector, held } from './values';

const day = (text: string) => new Date(`${text}T00:00:00.000Z`);
const column = (name: string, type: Column['type']): Column => ({ name, label: { vi: name, en: name }, type });

const table: Table = {
	name: 'visits',
	label: { vi: 'Lượt', en: 'Visits' },
	key: ['visit_id'],
	columns: [
		column('visit_id', 'text'),
		column('count', 'integer'),
		column('score', 'number'),
		column('open', 'boolean'),
		column('held_on', 'date'),
		column('period', 'period'),
		column('level', 'code'),
		column('methods', 'codes')
	]
};
const nothing = table.columns.map(() => '').join(',');
const typed = (name: string, rows: readonly string[]): Typed => {
	const text = [table.columns.map((each) => each.name).join(','), ...rows].join('\n');
	const read = typeSheet({ ...table, name }, csvSheet(`${name}.csv`, text));
	expect(read.issues).toEqual([]);
	return read.typed;
};

const full = [
	`"Sáng kiến ""số 1"", 'mới' 😀",2147483647,0.1,true,2024-02-29,2024-Q3,tinh,1|2`,
	nothing,
	'"a\nb",-2147483648,-1.5e300,false,1969-12-31,2024,co_so,2a',
	'đ,0,-0,true,1582-10-15,2025-02,huyen,1'
];
const none = { visit_id: null, count: null, score: null, open: null, held_on: null, period: null, level: null };
const expected: Row[] = [
	{
		visit_id: `Sáng kiến "số 1", 'mới' 😀`,
		count: 2_147_483_647,
		score: 0.1,
		open: true,
		held_on: day('2024-02-29'),
		period: '2024-Q3',
		level: 'tinh',
		methods: '1|2',
		period_end: day('2024-09-30')
	},
	{ ...none, methods: null, period_end: null },
	{
		visit_id: 'a\nb',
		count: -2_147_483_648,
		score: -1.5e300,
		open: false,
		held_on: day('1969-12-31'),
		period: '2024',
		level: 'co_so',
		methods: '2a',
		period_end: day('2024-12-31')
	},
	{
		visit_id: 'đ',
		count: 0,
		score: 0,
		open: true,
		held_on: day('1582-10-15'),
		period: '2025-02',
		level: 'huyen',
		methods: '1',
		period_end: day('2025-02-28')
	}
];

const types = {
	visit_id: 'Utf8',
	count: 'Int32',
	score: 'Float64',
	open: 'Bool',
	held_on: 'Date32<DAY>',
	period: 'Utf8',
	level: 'Utf8',
	methods: 'Utf8',
	period_end: 'Date32<DAY>'
};
const typesOf = (arrow: ArrowTable) =>
	Object.fromEntries(
		arrow.schema.fields.map((field) => [field.name, (field.type as { toString(): string }).toString()])
	);

describe('toArrow', () => {
	it('gives back every type, with nulls', () => {
		const arrow = tableFromIPC(toArrow(typed('visits', full)));
		expect(typesOf(arrow)).toEqual(types);
		expect(rowsOf(arrow)).toEqual(expected);
	});

	it('keeps the types of columns that hold only nulls, and of a table without rows', () => {
		const nulls = tableFromIPC(toArrow(typed('visits', [nothing, nothing])));
		expect(typesOf(nulls)).toEqual(types);
		expect(nulls.numRows).toBe(2);
		const empty = tableFromIPC(toArrow(typed('visits', [])));
		expect(typesOf(empty)).toEqual(types);
		expect(empty.numRows).toBe(0);
	});
});

describe('the buffers of toArrow', () => {
	const columns = (['text', 'number', 'integer', 'boolean', 'date'] as const).map((type) => column(type, type));
	const of = (values: Record<string, Value[]>) => {
		const lines = (values.text ?? []).map((_, index) => index + 1);
		return tableFromIPC(
			toArrow({ table: { ...table, columns }, file: 'a.csv', values: held(values), lines: Int32Array.from(lines) })
		);
	};

	it('are those that the builders of Arrow make', () => {
		const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
		const row = fc.record({
			text: fc.option(
				fc.oneof(fc.string({ unit: 'binary', maxLength: 9 }), fc.string({ unit: 'grapheme', maxLength: 9 }))
			),
			number: fc.option(fc.double({ noNaN: true })),
			integer: fc.option(int),
			boolean: fc.option(fc.boolean()),
			date: fc.option(fc.integer({ min: -100_000, max: 100_000 }).map((days) => new Date(days * 86_400_000)))
		});
		fc.assert(
			fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
				const values = Object.fromEntries(
					columns.map(({ name }) => [name, rows.map((one) => one[name as keyof typeof one])])
				);
				const types = {
					text: new Utf8(),
					number: new Float64(),
					integer: new Int32(),
					boolean: new Bool(),
					date: new DateDay()
				};
				const read = of(values);
				expect(read.numRows).toBe(rows.length);
				for (const [name, type] of Object.entries(types)) {
					const built = vectorFromArray(values[name] ?? [], type as DataType);
					const made = read.getChild(name);
					expect([...(made ?? [])], name).toEqual([...built]);
					expect(made?.nullCount, name).toBe(built.nullCount);
				}
			})
		);
	});

	it.each([1, 126, 127, 128, 129, 32_767, 32_768])('hold %i different values, and nulls between them', (count) => {
		const collector = new Collector(2 * count + 1);
		const texts = Array.from({ length: count }, (_, index) => `t${index}`);
		texts.forEach((text, index) => collector.set(2 * index + 1, text));
		const lines = Int32Array.from({ length: 2 * count + 1 }, (_, index) => index + 1);
		const values = { text: collector.values() };
		const read = tableFromIPC(toArrow({ table: { ...table, columns }, file: 'a.csv', values, lines }));
		expect(read.getChild('text')?.toArray()).toEqual([null, ...texts.flatMap((text) => [text, null])]);
	});

	it('write half of a surrogate pair as U+FFFD, as encoders do', () => {
		const texts = ['\ud83d', 'a\ude00b', '\ud83d\ud83d\ude00', '😀đ', '\uffff'];
		const none = texts.map(() => null);
		const read = of({ text: texts, number: none, integer: none, boolean: none, date: none });
		expect([...(read.getChild('text') ?? [])]).toEqual(['\ufffd', 'a\ufffdb', '\ufffd😀', '😀đ', '\uffff']);
	});
});

describe('through the engine', () => {
	let db: Database;
	beforeAll(async () => {
		db = await openNodeDatabase();
	});
	afterAll(() => db.close());
	const load = (one: Typed) => db.insert({ name: one.table.name, bytes: () => Promise.resolve(toArrow(one)) });

	it('a SELECT gives the same values', async () => {
		await load(typed('visits', full));
		expect(await db.query(sql`SELECT * FROM visits`)).toEqual(expected);
	});

	it.each([
		['no', []],
		['only empty', [nothing, nothing]]
	])('a table of %s rows has the types of its columns', async (_, rows) => {
		await load(typed('empty_visits', rows));
		expect(await db.query(sql`SELECT count(*) AS n FROM ${id('empty_visits')}`)).toEqual([{ n: rows.length }]);
		expect(
			await db.query(
				sql`SELECT column_name AS name, data_type AS "type" FROM information_schema.columns
				WHERE table_name = 'empty_visits' ORDER BY ordinal_position`
			)
		).toEqual([
			{ name: 'visit_id', type: 'VARCHAR' },
			{ name: 'count', type: 'INTEGER' },
			{ name: 'score', type: 'DOUBLE' },
			{ name: 'open', type: 'BOOLEAN' },
			{ name: 'held_on', type: 'DATE' },
			{ name: 'period', type: 'VARCHAR' },
			{ name: 'level', type: 'VARCHAR' },
			{ name: 'methods', type: 'VARCHAR' },
			{ name: 'period_end', type: 'DATE' }
		]);
	});
});

describe('parquetColumns', () => {
	const parquet = (arrow: ArrowTable) => writeParquet(ParquetTable.fromIPCStream(tableToIPC(arrow, 'stream')));

	it('gives the values that toArrow was given', async () => {
		const columns = await parquetColumns(parquet(tableFromIPC(toArrow(typed('visits', full)))));
		for (const name of Object.keys(types)) {
			expect(columns.get(name), name).toEqual(expected.map((row) => row[name]));
		}
	});

	it('gives days and instants of any unit as dates and 64-bit integers as numbers', async () => {
		const instant = new Date('2024-02-29T10:20:30.456Z');
		const columns = await parquetColumns(
			parquet(
				new ArrowTable({
					day: vectorFromArray([day('2024-02-29'), null], new DateDay()),
					dayInMs: vectorFromArray([day('1969-12-31'), null], new DateMillisecond()),
					ms: vectorFromArray([instant, null], new TimestampMillisecond()),
					us: vectorFromArray([instant, null], new TimestampMicrosecond()),
					long: vectorFromArray([9_007_199_254_740_991n, null], new Int64()),
					number: vectorFromArray([0.1, null], new Float64()),
					word: vectorFromArray(['a', null])
				})
			)
		);
		expect(Object.fromEntries(columns)).toEqual({
			day: [day('2024-02-29'), null],
			dayInMs: [day('1969-12-31'), null],
			ms: [instant, null],
			us: [instant, null],
			long: [9_007_199_254_740_991, null],
			number: [0.1, null],
			word: ['a', null]
		});
	});

	it('gives decimals as numbers', async () => {
		const type = new Decimal(2, 9, 128);
		const units = [150n, -1n, 123_456_789n];
		const words = new Uint32Array(
			units.flatMap((unit) => Array.from({ length: 4 }, (_, at) => Number(BigInt.asUintN(32, unit >> BigInt(32 * at)))))
		);
		const schema = new Schema([new Field('price', type, false)]);
		const data = makeData({
			type: new Struct(schema.fields),
			length: 3,
			nullCount: 0,
			children: [makeData({ type, length: 3, nullCount: 0, data: words })]
		});
		const columns = await parquetColumns(parquet(new ArrowTable([new RecordBatch(schema, data)])));
		expect(columns.get('price')).toEqual([1.5, -0.01, 1_234_567.89]);
	});

	it('takes a file without rows', async () => {
		const empty = { a: vectorFromArray([], new Int32()), b: vectorFromArray([], new Utf8()) };
		const columns = await parquetColumns(parquet(new ArrowTable(empty)));
		expect([...columns]).toEqual([
			['a', []],
			['b', []]
		]);
	});

	it('rejects what is not Parquet', async () => {
		await expect(parquetColumns(new Uint8Array())).rejects.toBeDefined();
		await expect(parquetColumns(new TextEncoder().encode('a,b\n1,2\n'))).rejects.toBeDefined();
	});
});
