/** Typed rows and Parquet files to and from Arrow, the format in which tables are served and inserted. */
import {
	DataType,
	DateDay,
	Dictionary,
	Float64,
	Int16,
	Int32,
	Int8,
	Bool,
	Utf8,
	Table as ArrowTable,
	makeData,
	makeVector,
	tableFromIPC,
	tableToIPC,
	type Vector
} from 'apache-arrow';
import type { Column, Value } from '../model/table';
import type { PlainTexts } from './plain';
import type { Typed } from './typed';
import type { Values } from './values';

/** A bit for each value: whether it `counts`, the lowest bit of the first byte first. */
function bitmap<T>(values: ArrayLike<T>, counts: (value: T) => boolean): Uint8Array {
	const bits = new Uint8Array(Math.ceil(values.length / 8));
	for (let index = 0; index < values.length; index++) if (counts(values[index]!)) bits[index >> 3]! |= 1 << (index & 7);
	return bits;
}

/** Texts as UTF-8, one behind the other, and where each starts; half a surrogate pair becomes U+FFFD. */
function utf8(values: readonly Value[]): { data: Uint8Array; valueOffsets: Int32Array } {
	const valueOffsets = new Int32Array(values.length + 1);
	let data = new Uint8Array(16 * values.length + 64);
	let end = 0;
	for (let index = 0; index < values.length; index++) {
		const text = values[index];
		if (typeof text === 'string') {
			if (end + 3 * text.length > data.length) {
				if (end + 3 * text.length > 2 ** 31 - 1) throw new RangeError('The texts of a column are longer than 2 GB.');
				const longer = new Uint8Array(Math.max(2 * data.length, end + 3 * text.length));
				longer.set(data.subarray(0, end));
				data = longer;
			}
			for (let at = 0; at < text.length; at++) {
				let code = text.charCodeAt(at);
				if (code < 0x80) {
					data[end++] = code;
					continue;
				}
				if (code < 0x800) data[end++] = 0xc0 | (code >> 6);
				else {
					if (code >= 0xd800 && code < 0xe000) {
						const point = text.codePointAt(at) ?? 0;
						code = point > 0xffff ? point : 0xfffd;
						if (code > 0xffff) at++;
					}
					if (code < 0x10000) data[end++] = 0xe0 | (code >> 12);
					else {
						data[end++] = 0xf0 | (code >> 18);
						data[end++] = 0x80 | ((code >> 12) & 0x3f);
					}
					data[end++] = 0x80 | ((code >> 6) & 0x3f);
				}
				data[end++] = 0x80 | (code & 0x3f);
			}
		}
		valueOffsets[index + 1] = end;
	}
	return { data: data.subarray(0, end), valueOffsets };
}

/** Fills an array of Arrow's with the numbers that values stand for; nulls are 0 there. */
function filled<A extends Int32Array | Float64Array>(
	data: A,
	values: readonly Value[],
	number: (value: Value) => number
): A {
	for (let index = 0; index < data.length; index++) data[index] = number(values[index]!);
	return data;
}

/** Values as Arrow's own buffers, made here: its builders take ten times as long. */
function vector(values: readonly Value[], type: Column['type']): Vector {
	const { length } = values;
	const nullCount = values.reduce((count: number, value) => count + (value === null ? 1 : 0), 0);
	const nullBitmap = nullCount > 0 ? bitmap(values, (value) => value !== null) : undefined;
	const common = { length, nullCount, nullBitmap };
	switch (type) {
		case 'integer':
			return makeVector(
				makeData({ type: new Int32(), ...common, data: filled(new Int32Array(length), values, Number) })
			);
		case 'number':
			return makeVector(
				makeData({ type: new Float64(), ...common, data: filled(new Float64Array(length), values, Number) })
			);
		case 'boolean':
			return makeVector(makeData({ type: new Bool(), ...common, data: bitmap(values, (value) => value === true) }));
		case 'date': {
			const data = filled(new Int32Array(length), values, (value) =>
				Math.floor((value instanceof Date ? value.getTime() : Number(value)) / 86_400_000)
			);
			return makeVector(makeData({ type: new DateDay(), ...common, data }));
		}
		default:
			return makeVector(makeData({ type: new Utf8(), ...common, ...utf8(values) }));
	}
}

/** Plain texts as they are held. */
function plainVector({ bytes, offsets }: PlainTexts): Vector {
	const length = offsets.length - 1;
	const given = new Uint8Array(Math.ceil(length / 8));
	let nullCount = 0;
	for (let row = 0; row < length; row++) {
		if (offsets[row] === offsets[row + 1]) nullCount++;
		else given[row >> 3]! |= 1 << (row & 7);
	}
	const nullBitmap = nullCount > 0 ? given : undefined;
	return makeVector(makeData({ type: new Utf8(), length, nullCount, nullBitmap, data: bytes, valueOffsets: offsets }));
}

/** Which rows have a value: a bit for each, and how many have none. */
function given(places: Int32Array): { nullCount: number; nullBitmap: Uint8Array | undefined } {
	const { length } = places;
	const bits = new Uint8Array(Math.ceil(length / 8));
	let count = 0;
	for (let row = 0; row < length; row++) {
		if (places[row] === 0) continue;
		count++;
		bits[row >> 3]! |= 1 << (row & 7);
	}
	return { nullCount: length - count, nullBitmap: count < length ? bits : undefined };
}

/**
 * Values that rows share as a dictionary of Arrow's with the smallest keys that number them: the activities of a register take a third of the
 * bytes. Keys are the places themselves; the first entry, to which nulls point, stands for nothing.
 */
function dictionary({ different, length }: Values, places: Int32Array, type: Column['type'], id: number): Vector {
	const none = type === 'integer' || type === 'number' || type === 'date' ? 0 : '';
	const entries = vector([none, ...different.slice(1)], type);
	const [keyType, data] =
		different.length <= 2 ** 7
			? [new Int8(), new Int8Array(length)]
			: different.length <= 2 ** 15
				? [new Int16(), new Int16Array(length)]
				: [new Int32(), new Int32Array(length)];
	data.set(places);
	return makeVector(
		makeData({
			type: new Dictionary(entries.type as DataType, keyType, id),
			length,
			...given(places),
			data,
			dictionary: entries
		})
	);
}

/** An Arrow IPC stream of typed rows, derived columns (ends of periods) included. */
export function toArrow(typed: Typed): Uint8Array {
	const types = new Map(typed.table.columns.map(({ name, type }) => [name, type]));
	const vectors: Record<string, Vector> = {};
	for (const [id, [name, values]] of Object.entries(typed.values).entries()) {
		const type = types.get(name) ?? 'date';
		if (values.plain) {
			vectors[name] = plainVector(values.plain);
			continue;
		}
		const { different, places } = values;
		vectors[name] =
			places && type !== 'boolean'
				? dictionary(values, places, type, id)
				: vector(places ? [...values] : different, type);
	}
	return tableToIPC(new ArrowTable(vectors), 'stream');
}

/** The library for Parquet. In a browser its module is fetched from this site at the first call. */
export async function loadParquet(): Promise<typeof import('parquet-wasm')> {
	const parquet = await import('parquet-wasm');
	// The build for Node starts by itself and has no function that starts it.
	if (typeof parquet.default === 'function') {
		const { default: module } = await import('parquet-wasm/esm/parquet_wasm_bg.wasm?url');
		await parquet.default({ module_or_path: module });
	}
	return parquet;
}

/** How many rows of a Parquet file come in one batch: by themselves a thousand, and a file of a million rows is then mostly batches. */
const batchSize = 2 ** 16;

/**
 * The rows of a Parquet file as Arrow IPC streams, one for each batch of them: a single stream of all would be made longer, and copied, again
 * and again. A file without rows is one stream without batches.
 *
 * @throws when the bytes are no Parquet file or are damaged, an error of the reader's own.
 */
export async function parquetStreams(bytes: Uint8Array): Promise<readonly Uint8Array[]> {
	const read = (await loadParquet()).readParquet(bytes, { batchSize });
	if (read.numBatches === 0) return [read.intoIPCStream()];
	try {
		return read.recordBatches().map((batch) => batch.intoIPCStream());
	} finally {
		read.free();
	}
}

/**
 * The rows of streams that have the same columns as one table; there must be one stream at least.
 *
 * @throws when they name a type of Arrow's that our library does not know.
 */
export function tableOfStreams(streams: readonly Uint8Array[]): ArrowTable {
	const [first, ...others] = streams.map((stream) => tableFromIPC(stream));
	if (!first) throw new RangeError('There is no stream.');
	return others.length === 0 ? first : first.concat(...others);
}

/** The number that a decimal's words (the lowest first, two's complement) stand for, `scale` digits of it behind the point. */
function decimal(words: Uint32Array, scale: number): number {
	const bits = words.reduceRight((high, word) => (high << 32n) | BigInt(word), 0n);
	return Number(`${BigInt.asIntN(32 * words.length, bits)}e${-scale}`);
}

/** The plain value of a cell; a list or a record stays what it is, which no column of a declaration takes. */
function plain(value: unknown, type: DataType): Value {
	if (value === null || value === undefined) return null;
	if (DataType.isDate(type) || DataType.isTimestamp(type)) return new Date(Number(value));
	if (DataType.isDecimal(type) && value instanceof Uint32Array) return decimal(value, type.scale);
	return typeof value === 'bigint' ? Number(value) : (value as Value);
}

/**
 * The columns of a Parquet file as plain values: days and instants as `Date`, numbers as numbers.
 *
 * @throws when the bytes are no Parquet file or are damaged, an error of the reader's own.
 */
export async function parquetColumns(bytes: Uint8Array): Promise<Map<string, Value[]>> {
	const table = tableOfStreams(await parquetStreams(bytes));
	return new Map(
		table.schema.fields.map((field, index) => [
			field.name,
			Array.from(table.getChildAt(index) ?? [], (value: unknown) => plain(value, field.type as DataType))
		])
	);
}
