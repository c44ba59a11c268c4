/**
 * The frame of an Arrow IPC stream or file, checked before `apache-arrow` reads it: that library believes every length and every place that
 * the bytes name, so that a few changed bytes cost all memory, or rows that nobody misses.
 */

/**
 * What a FlatBuffers table refers to, by the number of the field; numbers and truth values are not listed. A table or tables of a shape, a vector of
 * items of so many bytes (a text is one of 1), or, by the number in the field before, one of several tables.
 */
type Shape = Readonly<Record<number, Reference>>;
type Reference =
	| { readonly table: () => Shape }
	| { readonly tables: () => Shape }
	| { readonly bytes: number }
	| { readonly oneOf: Readonly<Record<number, () => Shape>> };

const text: Reference = { bytes: 1 };
const pair = (): Shape => ({ 0: text, 1: text });
const bare = (): Shape => ({});

/** The types of Arrow's `Schema.fbs` by their number, as far as they refer to something. */
const types: Readonly<Record<number, () => Shape>> = {
	...Object.fromEntries(Array.from({ length: 27 }, (_, number) => [number, bare])),
	10: () => ({ 1: text }),
	14: () => ({ 1: { bytes: 4 } })
};
const field = (): Shape => ({
	0: text,
	3: { oneOf: types },
	4: { table: () => ({ 1: { table: bare } }) },
	5: { tables: field },
	6: { tables: pair }
});
const schema = (): Shape => ({ 1: { tables: field }, 2: { tables: pair }, 3: { bytes: 8 } });
const batch = (): Shape => ({ 1: { bytes: 16 }, 2: { bytes: 16 }, 3: { table: bare }, 4: { bytes: 8 } });
const dictionary = (): Shape => ({ 1: { table: batch } });
const message = (): Shape => ({ 2: { oneOf: { 1: schema, 2: dictionary, 3: batch } }, 4: { tables: pair } });
const footer = (): Shape => ({ 1: { table: schema }, 2: { bytes: 24 }, 3: { bytes: 24 }, 4: { tables: pair } });

/** What is wrong with a frame. */
export class FrameError extends Error {
	override readonly name = 'FrameError';
	constructor(readonly reason: 'damaged' | 'compressed') {
		super(reason);
	}
}

function must(condition: boolean): asserts condition {
	if (!condition) throw new FrameError('damaged');
}

/** A FlatBuffers buffer all of whose references were followed once and lie within it. */
class Buffer {
	private readonly view: DataView;
	/** Tables may be referred to many times over: more of them than bytes are no honest file. */
	private visits = 0;

	constructor(bytes: Uint8Array, shape: Shape) {
		this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.table(this.root(), shape, 0);
	}

	root(): number {
		return this.target(0);
	}

	/** Where a field of a table lies; null when it is left out. */
	field(table: number, number: number): number | null {
		this.within(table, 4);
		const vtable = table - this.view.getInt32(table, true);
		this.within(vtable, 4);
		const size = this.view.getUint16(vtable, true);
		this.within(vtable, size);
		const slot = 4 + 2 * number;
		const offset = slot + 2 <= size ? this.view.getUint16(vtable + slot, true) : 0;
		return offset === 0 ? null : table + offset;
	}

	/** The place that the reference at a place refers to. */
	target(place: number): number {
		this.within(place, 4);
		const target = place + this.view.getUint32(place, true);
		this.within(target, 4);
		return target;
	}

	byte(place: number | null): number {
		if (place === null) return 0;
		this.within(place, 1);
		return this.view.getUint8(place);
	}

	/** A whole number of 64 bits that counts bytes or rows, 0 when it is left out. */
	count(place: number | null): number {
		if (place === null) return 0;
		this.within(place, 8);
		const count = Number(this.view.getBigInt64(place, true));
		must(count >= 0 && Number.isSafeInteger(count));
		return count;
	}

	/** The places of the items of a vector. */
	items(place: number | null, bytes: number): number[] {
		if (place === null) return [];
		const vector = this.target(place);
		const length = this.view.getUint32(vector, true);
		this.within(vector + 4, length * bytes);
		return Array.from({ length: bytes === 1 ? 0 : length }, (_, index) => vector + 4 + index * bytes);
	}

	private within(place: number, bytes: number): void {
		must(place >= 0 && place + bytes <= this.view.byteLength);
	}

	private table(table: number, shape: Shape, depth: number): void {
		must(depth < 64 && ++this.visits <= this.view.byteLength);
		for (const [number, reference] of Object.entries(shape)) {
			const place = this.field(table, Number(number));
			if (place === null) continue;
			if ('bytes' in reference) this.items(place, reference.bytes);
			else if ('table' in reference) this.table(this.target(place), reference.table(), depth + 1);
			else if ('tables' in reference) {
				for (const item of this.items(place, 4)) this.table(this.target(item), reference.tables(), depth + 1);
			} else {
				const chosen = reference.oneOf[this.byte(this.field(table, Number(number) - 1))];
				must(chosen !== undefined);
				this.table(this.target(place), chosen(), depth + 1);
			}
		}
	}
}

/** Checks the message at a place and gives its kind (1 a schema, 2 a dictionary, 3 rows) and where its body ends; null at the end of a stream. */
function checkMessage(bytes: Uint8Array, start: number): { kind: number; end: number } | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	must(start >= 0 && start + 4 <= bytes.length);
	let at = start;
	// Since version 0.15 of Arrow a length stands behind four bytes of ones.
	if (view.getInt32(at, true) === -1) at += 4;
	must(at + 4 <= bytes.length);
	const length = view.getInt32(at, true);
	at += 4;
	if (length === 0) return null;
	must(length > 0 && at + length <= bytes.length);
	const buffer = new Buffer(bytes.subarray(at, at + length), message());
	const kind = buffer.byte(buffer.field(buffer.root(), 1));
	const header = buffer.field(buffer.root(), 2);
	const body = buffer.count(buffer.field(buffer.root(), 3));
	const end = at + length + body;
	must(end <= bytes.length && header !== null);
	if (kind === 2 || kind === 3) {
		const own = buffer.target(header);
		const data = kind === 2 ? buffer.field(own, 1) : null;
		must(kind === 3 || data !== null);
		const rows = data === null ? own : buffer.target(data);
		if (buffer.field(rows, 3) !== null) throw new FrameError('compressed');
		for (const part of buffer.items(buffer.field(rows, 2), 16)) {
			must(buffer.count(part) + buffer.count(part + 8) <= body);
		}
		let longest = 0;
		for (const node of buffer.items(buffer.field(rows, 1), 16)) {
			const [length, nulls] = [buffer.count(node), buffer.count(node + 8)];
			// A value costs a bit at least; only what is all null may cost nothing.
			must(length < 2 ** 31 && (nulls === length || length <= body * 8));
			longest = Math.max(longest, length);
		}
		must(buffer.count(buffer.field(rows, 0)) <= longest);
	}
	return { kind, end };
}

/**
 * Checks that all messages of an Arrow IPC stream or file are there whole, and that what they refer to lies within them.
 *
 * @throws FrameError when they are not, or when they are compressed, which our library does not read.
 */
export function checkFrame(bytes: Uint8Array): void {
	const magic = 'ARROW1';
	const is = (from: number) => [...magic].every((letter, index) => bytes[from + index] === letter.charCodeAt(0));
	if (is(0)) {
		const tail = bytes.length - magic.length;
		must(tail >= 12 && is(tail));
		const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(tail - 4, true);
		const start = tail - 4 - length;
		must(length > 0 && start >= 8);
		const buffer = new Buffer(bytes.subarray(start, tail - 4), footer());
		for (const [number, kind] of [
			[2, 2],
			[3, 3]
		] as const) {
			for (const block of buffer.items(buffer.field(buffer.root(), number), 24)) {
				must(checkMessage(bytes.subarray(0, start), buffer.count(block))?.kind === kind);
			}
		}
		return;
	}
	for (let at = 0, first = true; at < bytes.length; first = false) {
		const found = checkMessage(bytes, at);
		must(!first || found?.kind === 1);
		if (!found) return;
		at = found.end;
	}
	must(bytes.length > 0);
}
