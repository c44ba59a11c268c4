import { readFileSync } from 'node:fs';
import { gzipSync } from 'fflate';
import fc from 'fast-check';
import {
	Bool,
	DateDay,
	DateMillisecond,
	Decimal,
	Dictionary,
	Field,
	Float16,
	Float32,
	Float64,
	Int32,
	Int64,
	Int8,
	LargeUtf8,
	List,
	makeData,
	makeVector,
	Null,
	RecordBatch,
	Schema,
	Struct,
	Table,
	tableFromIPC,
	tableToIPC,
	TimeMicrosecond,
	TimeSecond,
	Timestamp,
	TimestampMillisecond,
	TimeUnit,
	Uint64,
	Utf8,
	vectorFromArray,
	Binary,
	FixedSizeBinary,
	DurationSecond,
	type DataType,
	type Vector
} from 'apache-arrow';
import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer';
import { Compression, Table as ParquetTable, WriterPropertiesBuilder, writeParquet } from 'parquet-wasm';
import { describe, expect, it } from 'vitest';
import { columnarGrid } from './columnar';
import type { Cell, Grid } from './grid';
import { SheetError } from './issue';

const cells = (grid: Grid): Cell[][] =>
	Array.from({ length: grid.length }, (_, row) =>
		Array.from({ length: grid.width(row) }, (_, column) => grid.cell(row, column))
	);
const column = (grid: Grid, at = 0): Cell[] => Array.from({ length: grid.length }, (_, row) => grid.cell(row, at));
const day = (text: string) => new Date(`${text}T00:00:00Z`);
const issue = async (promise: Promise<unknown>) => {
	const error: unknown = await promise.then(
		() => null,
		(reason: unknown) => reason
	);
	expect(error).toBeInstanceOf(SheetError);
	return (error as SheetError).issue;
};
const arrow = (vectors: Record<string, Vector>, kind: 'stream' | 'file' = 'stream') =>
	tableToIPC(new Table(vectors), kind);
const read = (bytes: Uint8Array) => columnarGrid('a.arrow', bytes, 'arrow');

const fixture = (name: string) => readFileSync(new URL(`../../../tests/fixtures/parquet/${name}`, import.meta.url));
type Written = { names: string[]; cycles: number; rows: (Exclude<Cell, Date> | { date: string })[][] };

describe('columnarGrid, of Parquet files of other writers', () => {
	it.each([
		...['snappy', 'zstd', 'gzip', 'brotli', 'lz4', 'none', 'plain', 'v2', 'delta'].map((codec) => ['duckdb', codec]),
		...['none', 'snappy', 'gzip', 'brotli'].map((codec) => ['parquetjs', codec])
	])('gives what %s wrote, %s', async (writer = '', codec = '') => {
		const grid = await columnarGrid('a.parquet', fixture(`${writer}-${codec}.parquet`), 'parquet');
		const { names, cycles, rows } = JSON.parse(fixture(`${writer}.json`).toString()) as Written;
		expect(grid.names).toEqual(names);
		const expected = rows.map((row) =>
			row.map((one) => (typeof one === 'object' && one !== null ? new Date(one.date) : one))
		);
		expect(cells(grid)).toEqual(Array.from({ length: cycles }, () => expected).flat());
	});
});

describe('columnarGrid, of Parquet files written here', () => {
	const vectors = {
		text: vectorFromArray(['Sáng kiến', null, 'đ😀', ''], new Utf8()),
		whole: vectorFromArray([1, null, -2_147_483_648, 0], new Int32()),
		long: vectorFromArray([9_007_199_254_740_991n, null, 9_007_199_254_740_993n, 0n], new Int64()),
		number: vectorFromArray([0.1, null, -1.5e300, 0], new Float64()),
		open: vectorFromArray([true, null, false, true]),
		day: vectorFromArray([day('2024-02-29'), null, day('1969-12-31'), day('1582-10-15')], new DateDay()),
		at: vectorFromArray([day('2024-02-29'), null, new Date(-1), new Date(1)], new TimestampMillisecond()),
		level: vectorFromArray(['tinh', null, 'co_so', 'tinh'], new Dictionary(new Utf8(), new Int32()))
	};
	const expected = [
		['Sáng kiến', 1, 9_007_199_254_740_991, 0.1, true, day('2024-02-29'), day('2024-02-29'), 'tinh'],
		[null, null, null, null, null, null, null, null],
		['đ😀', -2_147_483_648, '9007199254740993', -1.5e300, false, day('1969-12-31'), new Date(-1), 'co_so'],
		['', 0, 0, 0, true, day('1582-10-15'), new Date(1), 'tinh']
	];
	const codecs = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4', 'LZ4_RAW'] as const;

	it.each(codecs.flatMap((codec) => [true, false].map((dictionary) => [codec, dictionary] as const)))(
		'gives what parquet-wasm wrote, %s, dictionary %s',
		async (codec, dictionary) => {
			const options = new WriterPropertiesBuilder()
				.setCompression(Compression[codec])
				.setDictionaryEnabled(dictionary)
				.setMaxRowGroupSize(3)
				.build();
			const bytes = writeParquet(ParquetTable.fromIPCStream(arrow(vectors)), options);
			expect(cells(await columnarGrid('a.parquet', bytes, 'parquet'))).toEqual(expected);
		}
	);

	const columnData: ColumnSource[] = [
		{ name: 'text', data: ['Sáng kiến', null, 'đ😀', ''], type: 'STRING' },
		{ name: 'whole', data: [1, null, -2_147_483_648, 0], type: 'INT32' },
		{ name: 'long', data: [9_007_199_254_740_991n, null, 9_007_199_254_740_993n, 0n], type: 'INT64' },
		{ name: 'number', data: [0.1, null, -1.5e300, 0], type: 'DOUBLE' },
		{ name: 'open', data: [true, null, false, true], type: 'BOOLEAN' },
		{ name: 'at', data: [day('2024-02-29'), null, new Date(-1), new Date(1)], type: 'TIMESTAMP' }
	];
	it.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP'] as const)('gives what hyparquet-writer wrote, %s', async (codec) => {
		const bytes = parquetWriteBuffer({
			columnData,
			codec,
			compressors: { GZIP: (input) => gzipSync(input) },
			rowGroupSize: 3
		});
		const grid = await columnarGrid('a.parquet', new Uint8Array(bytes), 'parquet');
		expect(cells(grid)).toEqual(expected.map((row) => [...row.slice(0, 5), row[6]]));
	});

	it('takes a file without rows, and names in NFC', async () => {
		const empty = { 'Ma\u0303': vectorFromArray([], new Int32()), b: vectorFromArray([], new Utf8()) };
		const bytes = writeParquet(ParquetTable.fromIPCStream(arrow(empty)));
		const grid = await columnarGrid('a.parquet', bytes, 'parquet');
		expect([grid.names, grid.length, grid.breadth]).toEqual([['Mã', 'b'], 0, 2]);
	});

	it('counts rows from 1 and gives nothing beyond them', async () => {
		const grid = await columnarGrid('a.parquet', writeParquet(ParquetTable.fromIPCStream(arrow(vectors))), 'parquet');
		expect([grid.sheet, grid.line(0), grid.line(3), grid.span(0), grid.width(0)]).toEqual([null, 1, 4, 1, 8]);
		expect([grid.cell(4, 0), grid.cell(-1, 0), grid.cell(0, 8)]).toEqual([null, null, null]);
		expect(grid.raw(0)).toBe('Sáng kiến\t1\t9007199254740991\t0.1\ttrue\t2024-02-29\t2024-02-29\ttinh');
	});

	it('goes by the types of Parquet where the types of the writer are newer than ours', async () => {
		// The schema that the writer notes says "list" (12); as "large list" (21) our Arrow does not know it.
		const list = arrow({ tags: vectorFromArray([['a'], ['b', 'c']], new List(new Field('item', new Utf8()))) });
		const schema = list.slice(0, 8 + new DataView(list.buffer, list.byteOffset).getInt32(4, true));
		const at = schema.indexOf(12, 40);
		const found: string[] = [];
		for (let byte = at; byte >= 0; byte = schema.indexOf(12, byte + 1)) {
			const newer = schema.with(byte, 21);
			const bytes = parquetWriteBuffer({
				columnData: [{ name: 'tags', data: [['a'], ['b', 'c']] }],
				schema: [
					{ name: 'root', num_children: 1 },
					{ name: 'tags', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
					{ name: 'list', repetition_type: 'REPEATED', num_children: 1 },
					{ name: 'item', repetition_type: 'OPTIONAL', type: 'BYTE_ARRAY', converted_type: 'UTF8' }
				],
				kvMetadata: [{ key: 'ARROW:schema', value: Buffer.from(newer).toString('base64') }]
			});
			found.push((await issue(columnarGrid('a.parquet', new Uint8Array(bytes), 'parquet'))).rule);
		}
		expect(found.length).toBeGreaterThan(0);
		// Other bytes of the schema are 12 too; where they are no type, the file may be damaged by the change.
		expect(found).toContain('nested-column');
	});

	it('says that what is no Parquet is damage, and reads the next file all the same', { timeout: 60_000 }, async () => {
		const whole = writeParquet(ParquetTable.fromIPCStream(arrow(vectors)));
		for (const bytes of [
			new Uint8Array(),
			new TextEncoder().encode('a,b\n1,2\n'),
			whole.slice(0, -5),
			whole.slice(100)
		]) {
			expect((await issue(columnarGrid('a.parquet', bytes, 'parquet'))).rule).toBe('damaged-file');
		}
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
				async (changes) => {
					const hostile = whole.slice();
					for (const [at, byte] of changes) hostile[at] = byte;
					const outcome: unknown = await columnarGrid('a.parquet', hostile, 'parquet').then(
						cells,
						(error: unknown) => error
					);
					expect(Array.isArray(outcome) || outcome instanceof SheetError).toBe(true);
				}
			),
			{ numRuns: 300 }
		);
		expect(cells(await columnarGrid('a.parquet', whole, 'parquet'))).toEqual(expected);
	});
});

describe('columnarGrid, of Arrow', () => {
	const of = async (values: readonly unknown[], type: DataType): Promise<Cell[]> =>
		column(await read(arrow({ a: vectorFromArray(values, type) as Vector })));

	it.each(['stream', 'file'] as const)('reads a %s of several batches', async (kind) => {
		const part = (values: (string | null)[]) => new Table({ a: vectorFromArray(values, new Utf8()) });
		const table = part(['một', null]).concat(part(['hai']), part([]), part(['ba', 'bốn']));
		const grid = await read(tableToIPC(table, kind));
		expect(column(grid)).toEqual(['một', null, 'hai', 'ba', 'bốn']);
		expect([4, 0, 2, 1, 3].map((row) => grid.cell(row, 0))).toEqual(['bốn', 'một', 'hai', null, 'ba']);
	});

	it('reads numbers of each kind', async () => {
		expect(await of([1n, 18_446_744_073_709_551_615n, null], new Uint64())).toEqual([1, '18446744073709551615', null]);
		expect(await of([1.5, NaN, Infinity, null], new Float64())).toEqual([1.5, null, 'Infinity', null]);
		expect(await of([1.5, -0.25], new Float32())).toEqual([1.5, -0.25]);
		expect(await of([1.5, -0.25, null], new Float16())).toEqual([1.5, -0.25, null]);
		expect(await of([null, null], new Null())).toEqual([null, null]);
		expect(await of([null, null], new Bool())).toEqual([null, null]);
	});

	it('shares cells that are the cells themselves, of any type, over batches and nulls', async () => {
		const numbers = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(65_535, 65_536, -(2 ** 31), 2 ** 31 - 1));
		const kinds: [DataType, fc.Arbitrary<unknown>][] = [
			[new Int32(), numbers],
			[new Float64(), fc.oneof(numbers, fc.constantFrom(0.5, 1e300, NaN, Infinity))],
			[new Int64(), fc.bigInt({ min: -3n, max: 3n })],
			[new DateDay(), fc.constantFrom(day('1969-12-31'), day('2024-02-29'), day('2150-01-01'))],
			[new Bool(), fc.boolean()],
			[new Utf8(), fc.oneof(fc.constantFrom('', 'a', 'đ', 'dài '.repeat(20)), fc.string({ maxLength: 3 }))],
			[new Dictionary(new Utf8(), new Int8()), fc.constantFrom('x', 'y')]
		];
		for (const [type, value] of kinds) {
			const batch = fc.array(fc.option(value), { maxLength: 12 });
			await fc.assert(
				fc.asyncProperty(batch, batch, async (...batches) => {
					const part = (values: readonly unknown[]) => new Table({ a: vectorFromArray(values, type) as Vector });
					const grid = await read(tableToIPC(part(batches[0]).concat(part(batches[1])), 'stream'));
					const rows = Int32Array.from({ length: grid.length }, (_, row) => row);
					const places = grid.shared?.numbers(0, rows) ?? [];
					const shared = grid.shared?.cells(0) ?? [];
					expect(places.length).toBe(grid.length);
					places.forEach((place, row) => {
						if (place >= 0) expect(shared[place]).toEqual(grid.cell(row, 0));
						// Only a long text is not shared.
						else expect(grid.cell(row, 0)).toBe('dài '.repeat(20));
					});
				}),
				{ numRuns: 40 }
			);
		}
	});

	it('gives up to share what hardly repeats, and shares what was met before', async () => {
		const many = 70_000;
		const values = [5, ...Array.from({ length: many }, (_, index) => 1000 + index), 5];
		const grid = await read(arrow({ a: vectorFromArray(values, new Int32()) as Vector }));
		const places = grid.shared?.numbers(0, Int32Array.from(values.keys())) ?? [];
		const shared = grid.shared?.cells(0) ?? [];
		let own = 0;
		places.forEach((place, row) => (place < 0 ? own++ : expect(shared[place]).toBe(values[row])));
		expect(own).toBeGreaterThan(0);
		expect(own).toBeLessThan(many / 5);
	});

	it('reads decimals as numbers where these show the same digits, else as texts', async () => {
		const decimals = async (scale: number, width: 128 | 256, units: bigint[]) => {
			const type = new Decimal(scale, 38, width);
			const words = units.flatMap((unit) =>
				Array.from({ length: width / 32 }, (_, at) => Number(BigInt.asUintN(32, unit >> BigInt(32 * at))))
			);
			const schema = new Schema([new Field('a', type, false)]);
			const child = makeData({ type, length: units.length, nullCount: 0, data: new Uint32Array(words) });
			const data = makeData({ type: new Struct(schema.fields), length: units.length, nullCount: 0, children: [child] });
			return column(await read(tableToIPC(new Table([new RecordBatch(schema, data)]), 'stream')));
		};
		const units = [0n, 150n, -1n, 123_456_789n, 9_007_199_254_740_991n, 12_345_678_901_234_567_891n, -(10n ** 37n)];
		const shown = [
			0,
			1.5,
			-0.01,
			1_234_567.89,
			90_071_992_547_409.91,
			'123456789012345678.91',
			`-1${'0'.repeat(35)}.00`
		];
		expect(await decimals(2, 128, units)).toEqual(shown);
		expect(await decimals(2, 256, units)).toEqual(shown);
		expect(await decimals(0, 128, [5n, -9_007_199_254_740_993n])).toEqual([5, '-9007199254740993']);
		expect(await decimals(-3, 128, [5n, 9_007_199_254_740_993n])).toEqual([5000, '9007199254740993000']);
		expect(await decimals(30, 128, [1n, 0n])).toEqual([1e-30, 0]);
	});

	it('reads days, instants and times of any unit', async () => {
		const instant = (unit: TimeUnit, counts: bigint[], zone?: string) => {
			const type = new Timestamp(unit, zone);
			const data = makeData({ type, length: counts.length, nullCount: 0, data: new BigInt64Array(counts) });
			return read(arrow({ a: makeVector(data) as Vector })).then((grid) => column(grid));
		};
		const at = new Date('2024-03-05T08:30:00.123Z');
		expect(await instant(TimeUnit.SECOND, [1_709_627_400n])).toEqual([new Date('2024-03-05T08:30:00Z')]);
		expect(await instant(TimeUnit.MILLISECOND, [1_709_627_400_123n])).toEqual([at]);
		expect(await instant(TimeUnit.MICROSECOND, [1_709_627_400_123_999n, -1n])).toEqual([at, new Date(-1)]);
		expect(await instant(TimeUnit.NANOSECOND, [1_709_627_400_123_999_999n, -1n])).toEqual([at, new Date(-1)]);
		expect(await instant(TimeUnit.SECOND, [9_000_000_000_000_000n])).toEqual(['9000000000000000000']);
		expect(await of([day('2024-02-29'), null], new DateMillisecond())).toEqual([day('2024-02-29'), null]);
		expect(await of([30_600, null], new TimeSecond())).toEqual(['08:30:00', null]);
		expect(await of([30_600_500_000n], new TimeMicrosecond())).toEqual(['08:30:00.500']);
		// Midnight in Hà Nội is the evening before in UTC: the day is that of Hà Nội.
		const midnight = [BigInt(Date.parse('2024-03-05T00:00:00+07:00'))];
		for (const zone of ['Asia/Ho_Chi_Minh', '+07:00', 'Asia/Bangkok']) {
			expect(await instant(TimeUnit.MILLISECOND, midnight, zone)).toEqual([day('2024-03-05')]);
		}
		for (const zone of ['UTC', '+00:00', undefined, 'Sao/Hỏa']) {
			expect(await instant(TimeUnit.MILLISECOND, midnight, zone)).toEqual([new Date('2024-03-04T17:00:00Z')]);
		}
		expect(
			await instant(TimeUnit.MILLISECOND, [BigInt(Date.parse('2024-07-01T12:00:00Z'))], 'America/New_York')
		).toEqual([new Date('2024-07-01T08:00:00Z')]);
	});

	it('reads texts of any length, in NFC, a byte order mark in a cell included', async () => {
		expect(await of(['Ti\u00ea\u0301ng', '\ufeffa', null, 'x'], new Utf8())).toEqual(['Tiếng', '\ufeffa', null, 'x']);
		expect(await of(['Ti\u00ea\u0301ng', '\ufeffa', null], new LargeUtf8())).toEqual(['Tiếng', '\ufeffa', null]);
		expect(await of(['b', null, 'a', 'b'], new Dictionary(new Utf8(), new Int32()))).toEqual(['b', null, 'a', 'b']);
	});

	it('gives back any texts, over many blocks', () =>
		fc.assert(
			fc.asyncProperty(
				fc.array(fc.option(fc.oneof(fc.string({ maxLength: 8 }), fc.string({ unit: 'grapheme', maxLength: 6 }))), {
					maxLength: 40
				}),
				fc.constantFrom(1, 300),
				async (few, times) => {
					const values = Array.from({ length: times }, () => few).flat();
					const expected = values.map((one) => one?.normalize('NFC') ?? null);
					const grid = await read(arrow({ a: vectorFromArray(values, new Utf8()) }));
					expect(column(grid)).toEqual(expected);
					for (let row = values.length - 1; row >= 0; row -= 997) expect(grid.cell(row, 0)).toBe(expected[row]);
				}
			),
			{ numRuns: 40 }
		));

	it('reads bytes as texts where they are, and refuses them by name where they are not', async () => {
		const bytes = (text: string) => new TextEncoder().encode(text);
		expect(await of([bytes('chữ'), null, bytes('')], new Binary())).toEqual(['chữ', null, '']);
		const found = await issue(of([bytes('a'), new Uint8Array([0xff, 0xd8])], new Binary()));
		expect(found).toMatchObject({ file: 'a.arrow', rule: 'binary-column' });
		expect(found.remedy.vi).toContain(': a.');
		expect((await issue(of([new Uint8Array([1, 2])], new FixedSizeBinary(2)))).rule).toBe('binary-column');
	});

	it('refuses nested columns and durations, naming them all', async () => {
		const list = vectorFromArray([['a']], new List(new Field('item', new Utf8())));
		const record = vectorFromArray([{ x: 1 }], new Struct([new Field('x', new Int32())]));
		const found = await issue(read(arrow({ ten: vectorFromArray(['a'], new Utf8()), 'Tác giả': list, Điểm: record })));
		expect(found).toMatchObject({ rule: 'nested-column', line: null });
		expect(found.remedy.vi).toContain(': Tác giả, Điểm.');
		expect(found.remedy.en).toContain(': Tác giả, Điểm.');
		expect((await issue(of([1n], new DurationSecond()))).rule).toBe('column-type');
	});

	it('says that what is cut short, empty or hostile is damage', { timeout: 60_000 }, async () => {
		const vectors = {
			a: vectorFromArray(['một', 'hai', null], new Utf8()),
			b: vectorFromArray([1, 2, null], new Int32()),
			c: vectorFromArray(['x', 'y', 'x'], new Dictionary(new Utf8(), new Int32()))
		};
		for (const kind of ['stream', 'file'] as const) {
			const whole = arrow(vectors, kind);
			for (const bytes of [
				new Uint8Array(),
				whole.slice(0, 30),
				whole.slice(0, whole.length >> 1),
				new TextEncoder().encode('a,b\n')
			]) {
				expect((await issue(read(bytes))).rule).toBe('damaged-file');
			}
			await fc.assert(
				fc.asyncProperty(
					fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
					async (changes) => {
						const hostile = whole.slice();
						for (const [at, byte] of changes) hostile[at] = byte;
						const grid: unknown = await read(hostile).catch((error: unknown) => error);
						if (grid instanceof SheetError) return;
						const { length, breadth } = grid as Grid;
						for (let row = 0; row < Math.min(length, 10); row++) {
							for (let at = 0; at < breadth; at++) expect((grid as Grid).cell(row, at)).not.toBe(undefined);
						}
					}
				),
				{ numRuns: 400 }
			);
		}
	});

	it('does not believe a length that its buffers do not bear out', async () => {
		const table = tableFromIPC(arrow({ a: vectorFromArray([1, 2], new Int32()) }));
		const schema = table.schema;
		const child = makeData({ type: new Int32(), length: 1_000_000, nullCount: 0, data: new Int32Array(2) });
		const data = makeData({ type: new Struct(schema.fields), length: 1_000_000, nullCount: 0, children: [child] });
		const bytes = tableToIPC(new Table([new RecordBatch(schema, data)]), 'stream');
		expect((await issue(read(bytes))).rule).toBe('damaged-file');
	});
});
