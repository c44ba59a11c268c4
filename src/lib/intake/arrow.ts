/** Typed rows and Parquet files to and from Arrow, the format in which tables are served and inserted. */
import {
	DataType,
	DateDay,
	Float64,
	Int32,
	Bool,
	Utf8,
	Table as ArrowTable,
	tableFromIPC,
	tableToIPC,
	vectorFromArray,
	type Vector
} from 'apache-arrow';
import type { Column, Value } from '../model/table';
import type { Typed } from './typed';

function arrowType(type: Column['type']): DataType {
	switch (type) {
		case 'integer':
			return new Int32();
		case 'number':
			return new Float64();
		case 'boolean':
			return new Bool();
		case 'date':
			return new DateDay();
		default:
			return new Utf8();
	}
}

/** An Arrow IPC stream of typed rows, derived columns (ends of periods) included. */
export function toArrow(typed: Typed): Uint8Array {
	const types = new Map(typed.table.columns.map(({ name, type }) => [name, type]));
	const vectors: Record<string, Vector> = {};
	for (const [name, values] of Object.entries(typed.values)) {
		vectors[name] = vectorFromArray([...values], arrowType(types.get(name) ?? 'date'));
	}
	return tableToIPC(new ArrowTable(vectors), 'stream');
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
 * The columns of a Parquet file as plain values: days and instants as `Date`, numbers as numbers. Read in Node.
 *
 * @throws when the bytes are no Parquet file or are damaged, an error of the reader's own.
 */
export async function parquetColumns(bytes: Uint8Array): Promise<Map<string, Value[]>> {
	const { readParquet } = await import('parquet-wasm');
	const table = tableFromIPC(readParquet(bytes).intoIPCStream());
	return new Map(
		table.schema.fields.map((field, index) => [
			field.name,
			Array.from(table.getChildAt(index) ?? [], (value: unknown) => plain(value, field.type as DataType))
		])
	);
}
