/**
 * Plain texts: letters of ASCII that can be printed, none blank at either end, as keys and numbers of documents are. They stay the bytes that
 * they are in the file, from which they are compared and written on: a million strings take longer to make, and to tidy away, than all that is
 * asked of them.
 */
const [space, tilde] = [0x20, 0x7e];

const decoder = new TextDecoder();

/** Shorter texts are made of their letters sooner than by a decoder. */
const longestSpread = 64;

/** All of them must fit into one string, of which engines allow some 500 million letters. */
const mostBytes = 2 ** 28;

/** Plain texts one behind the other: the bytes of each lie between its offset and the next. Where nothing does there is no text. */
export interface PlainTexts {
	readonly bytes: Uint8Array;
	/** One more than there are texts. */
	readonly offsets: Int32Array;
}

/** Puts texts one behind the other, as long as they are plain. */
export class PlainWriter {
	private bytes: Uint8Array;
	private readonly offsets: Int32Array;
	private count = 0;

	constructor(length: number) {
		this.bytes = new Uint8Array(16 * length + 64);
		this.offsets = new Int32Array(length + 1);
	}

	/** Makes room for so many bytes more; false when there is none. */
	private grow(length: number): boolean {
		const needed = this.offsets[this.count]! + length;
		if (needed <= this.bytes.length) return true;
		if (needed > mostBytes) return false;
		const longer = new Uint8Array(2 * needed);
		longer.set(this.bytes);
		this.bytes = longer;
		return true;
	}

	/**
	 * Adds texts that stand one behind the other in some bytes, each from its offset to the next; false, and none of them is added, when one of
	 * them is not plain or there is no room.
	 */
	addAll(from: Uint8Array, offsets: Int32Array): boolean {
		const [first, behind] = [offsets[0]!, offsets[offsets.length - 1]!];
		if (!this.grow(behind - first)) return false;
		for (let place = first; place < behind; place++) if (from[place]! < space || from[place]! > tilde) return false;
		for (let row = 0; row < offsets.length - 1; row++) {
			const [start, end] = [offsets[row]!, offsets[row + 1]!];
			if (end < start || (end > start && (from[start] === space || from[end - 1] === space))) return false;
		}
		const at = this.offsets[this.count]!;
		this.bytes.set(from.subarray(first, behind), at);
		for (let row = 1; row < offsets.length; row++) this.offsets[++this.count] = at + offsets[row]! - first;
		return true;
	}

	/** Adds the text between two places of some bytes; false, and nothing of it is added, when it is not plain or there is no room. */
	add(from: Uint8Array, start: number, end: number): boolean {
		if (!this.grow(end - start)) return false;
		const { bytes } = this;
		let at = this.offsets[this.count]!;
		for (let place = start; place < end; place++) {
			const byte = from[place]!;
			if (byte < space || byte > tilde) return false;
			bytes[at++] = byte;
		}
		if (end > start && (from[start] === space || from[end - 1] === space)) return false;
		this.offsets[++this.count] = at;
		return true;
	}

	/** What was added; all texts must have been. */
	texts(): PlainTexts {
		return { bytes: this.bytes.subarray(0, this.offsets[this.count]), offsets: this.offsets };
	}
}

/** The text of a row; null where there is none. */
export function plainAt({ bytes, offsets }: PlainTexts, row: number): string | null {
	const [start, end] = [offsets[row] ?? 0, offsets[row + 1] ?? 0];
	if (start >= end) return null;
	const own = bytes.subarray(start, end);
	return own.length > longestSpread ? decoder.decode(own) : String.fromCharCode(...own);
}

/** All texts, as `plainAt` has them. */
export function plainStrings({ bytes, offsets }: PlainTexts): (string | null)[] {
	// One decoding of all, out of which each is cut: units of the string are bytes.
	const whole = decoder.decode(bytes);
	return Array.from({ length: offsets.length - 1 }, (_, row) => whole.slice(offsets[row], offsets[row + 1]) || null);
}

/** The texts of some rows. */
export function takePlain({ bytes, offsets }: PlainTexts, rows: Int32Array): PlainTexts {
	const writer = new PlainWriter(rows.length);
	for (const row of rows) writer.add(bytes, offsets[row]!, offsets[row + 1]!);
	return writer.texts();
}
