/** Arrow's columns into plain rows, in one place: above `database/` nobody knows Arrow. */
import {
	Bool,
	DataType,
	Precision,
	Table as ArrowTable,
	makeData,
	makeVector,
	tableToIPC,
	Vector,
	type Data,
	type List
} from 'apache-arrow';

/** A plain value. Days and instants are `Date`s in UTC; a list comes as an array of plain values. */
export type DataValue = string | number | boolean | Date | null | DataValue[];

/** One row of an answer, by column name. */
export type DataRow = Record<string, DataValue>;

function plain(value: unknown, type: DataType): DataValue {
	if (value === null || value === undefined) return null;
	if (DataType.isDate(type) || DataType.isTimestamp(type)) return new Date(Number(value));
	if (DataType.isList(type)) {
		const item = type.children[0]?.type as DataType | undefined;
		return item ? Array.from(value as Iterable<unknown>, (one) => plain(one, item)) : [];
	}
	switch (typeof value) {
		case 'string':
		case 'number':
		case 'boolean':
			return value;
		case 'bigint':
			if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
				throw new RangeError(`${value} is larger than a number can hold exactly; cast it in SQL.`);
			}
			return Number(value);
		default:
			throw new TypeError(`A column of Arrow type ${type.typeId} has no plain value; cast it in SQL.`);
	}
}

/** Columns of numbers by name; what has no value is NaN. */
export interface DataColumns {
	readonly rows: number;
	/** @throws RangeError when the answer has no such column. */
	readonly of: (name: string) => Float64Array;
}

/**
 * The columns of an Arrow table of numbers; those that are of one piece and such numbers already lie in its memory.
 *
 * @throws TypeError when a column holds anything else.
 */
export function columnsOf(table: ArrowTable): DataColumns {
	const columns = new Map(
		table.schema.fields.map((field, index) => {
			const type = field.type as DataType;
			if (!DataType.isInt(type) && !DataType.isFloat(type)) {
				throw new TypeError(`Column ${field.name} holds no numbers; ask for rows, or cast it in SQL.`);
			}
			const chunks = (table.getChildAt(index)?.data ?? []) as readonly Data[];
			const [only] = chunks;
			// Memory that is new costs more than all else.
			if (chunks.length === 1 && only?.values instanceof Float64Array) {
				const own = only.values.subarray(0, only.length);
				markMissing(own, 0, only, NaN);
				return [field.name, own] as const;
			}
			const out = new Float64Array(table.numRows);
			let start = 0;
			for (const chunk of chunks) {
				const { length } = chunk;
				const given = chunk.values as BigInt64Array | Float64Array;
				if (given instanceof BigInt64Array || given instanceof BigUint64Array) {
					for (let row = 0; row < length; row++) out[start + row] = Number(given[row]);
				} else out.set(given.subarray(0, length), start);
				markMissing(out, start, chunk, NaN);
				start += length;
			}
			return [field.name, out] as const;
		})
	);
	return {
		rows: table.numRows,
		of: (name) => {
			const column = columns.get(name);
			if (!column) throw new RangeError(`The answer has no column ${name}.`);
			return column;
		}
	};
}

/** The table whose columns an answer of one row holds as lists. A list that is nothing is a column without rows. */
export function unlisted(table: ArrowTable): ArrowTable {
	return new ArrowTable(
		Object.fromEntries(
			table.schema.fields.map(({ name, type }, index) => {
				if (!DataType.isList(type)) throw new TypeError(`Column ${name} holds no list.`);
				const list = table.getChildAt<List>(index)?.data[0];
				const values = list?.children[0];
				if (!list || !values || list.nullCount > 0)
					return [name, new Vector([makeData({ type: type.children[0]?.type as DataType, length: 0 })])];
				const [from = 0, to = 0] = list.valueOffsets as Int32Array;
				return [name, new Vector([values.slice(from, to - from)])];
			})
		)
	);
}

/** Bit `index` of a bitmap. */
function isSet(bitmap: Uint8Array, index: number): boolean {
	return (((bitmap[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}

/** Writes what stands for nothing in the place of the values that a chunk, which begins at `start`, does not have. */
function markMissing<T>(out: { [row: number]: T }, start: number, chunk: Data, nothing: T): void {
	if (chunk.nullCount === 0) return;
	const { offset, length } = chunk;
	const nullBitmap = chunk.nullBitmap;
	// A chunk's values begin at its offset already; its bitmap does not.
	for (let row = 0; row < length; row++) if (!isSet(nullBitmap, offset + row)) out[start + row] = nothing;
}

/** Whether the values of a type lie in a chunk as the numbers that they are. */
function isPlainNumber(type: DataType): boolean {
	return (DataType.isInt(type) && type.bitWidth <= 32) || (DataType.isFloat(type) && type.precision !== Precision.HALF);
}

/** The values of a column; Arrow's own way takes several times as long to numbers and to yes and no. */
function valuesOf(vector: Vector<DataType>, type: DataType): DataValue[] {
	const out: DataValue[] = [];
	const isNumber = isPlainNumber(type);
	if (!isNumber && !DataType.isBool(type)) {
		for (const value of vector) out.push(plain(value, type));
		return out;
	}
	for (const chunk of vector.data) {
		const start = out.length;
		const { length, offset } = chunk;
		const values = chunk.values as Float64Array & Uint8Array;
		if (isNumber) for (let row = 0; row < length; row++) out.push(values[row] ?? null);
		else for (let row = 0; row < length; row++) out.push(isSet(values, offset + row));
		markMissing(out, start, chunk, null);
	}
	return out;
}

/** The rows of an Arrow table. */
export function rowsOf<R extends DataRow = DataRow>(table: ArrowTable): R[] {
	const columns = table.schema.fields.map(({ type }, index) => {
		const vector: Vector<DataType> | null = table.getChildAt(index);
		return vector ? valuesOf(vector, type as DataType) : [];
	});
	// As keys of an object the names are known to the page's engine; as the decoder left them it would seek them at every use.
	const template: DataRow = Object.fromEntries(table.schema.fields.map(({ name }) => [name, null]));
	const names = table.schema.fields.map(({ name }) => Object.keys({ [name]: null })[0] ?? name);
	return Array.from({ length: table.numRows }, (_, row) => {
		const out = { ...template };
		for (let index = 0; index < names.length; index++) out[names[index] ?? ''] = columns[index]?.[row] ?? null;
		return out as R;
	});
}

/** Small whole numbers as they came: one a row. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/**
 * The only column of an Arrow table as the whole numbers that it holds; one that is of one piece lies in its memory.
 *
 * @throws TypeError when it holds anything but whole numbers of up to four bytes, none of them negative, or a row without one.
 */
export function codesOf(table: ArrowTable): Codes {
	const kinds = [Uint8Array, Uint16Array, Uint32Array];
	const chunks = table.getChildAt(0)?.data ?? [];
	const Kind = kinds.find((one) => chunks.every(({ values }) => values instanceof one)) ?? Uint8Array;
	const [only] = chunks;
	const isNone = ({ values, nullCount }: Data) => !(values instanceof Kind) || nullCount > 0;
	if (chunks.some(isNone)) throw new TypeError(`Column ${table.schema.fields[0]?.name ?? ''} holds no codes.`);
	if (chunks.length === 1 && only) return (only.values as Codes).subarray(0, only.length);
	const out = new Kind(table.numRows);
	let start = 0;
	for (const { values, length } of chunks) {
		out.set((values as Codes).subarray(0, length), start);
		start += length;
	}
	return out;
}

/** Texts one after the other, in UTF-8: text n begins at byte `starts[n]` and ends where the next one begins. One without a value is empty. */
export interface Texts {
	readonly bytes: Uint8Array;
	/** One more than there are texts. */
	readonly starts: Uint32Array;
}

/**
 * The only column of an Arrow table of texts, copied out of it as bytes.
 *
 * @throws TypeError when it holds anything else.
 */
export function textsOf(table: ArrowTable): Texts {
	const chunks = table.getChildAt(0)?.data ?? [];
	const starts = new Uint32Array(table.numRows + 1);
	const pieces: Uint8Array[] = [];
	let [row, end] = [0, 0];
	for (const { type, values, valueOffsets, length } of chunks) {
		if (!DataType.isUtf8(type)) throw new TypeError(`Column ${table.schema.fields[0]?.name ?? ''} holds no texts.`);
		const offsets = valueOffsets as Int32Array;
		const from = offsets[0] ?? 0;
		for (let one = 1; one <= length; one++) starts[++row] = end + (offsets[one] ?? 0) - from;
		pieces.push((values as Uint8Array).subarray(from, offsets[length]));
		end = starts[row] ?? 0;
	}
	const bytes = new Uint8Array(end);
	let at = 0;
	for (const piece of pieces) {
		bytes.set(piece, at);
		at += piece.length;
	}
	return { bytes, starts };
}

/** The stream of a table of one column, `c`, of so many rows: whether the bit of each is set, the first in the lowest bit of the first byte. */
export function streamOfBits(bits: Uint8Array, rows: number): Uint8Array {
	const c = makeVector(makeData({ type: new Bool(), length: rows, nullCount: 0, data: bits }));
	return tableToIPC(new ArrowTable({ c }), 'stream');
}
