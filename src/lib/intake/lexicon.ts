/**
 * The texts of a column that many of its cells share, each kept once and numbered: what is made of a text (a day, a code, a unit) is then
 * made once for all its cells. A column of texts that hardly repeat is given up early and costs nothing more.
 */

import type { PlainWriter } from './plain';

/** How many different texts a column may have before it is given up. */
const most = 1 << 15;

/** Longer texts hardly repeat; in bytes. */
export const longestShared = 64;

/** Adds a byte, or a unit of a string, to the hash of a text, which begins with 0. */
export const mix = (hash: number, unit: number): number => (Math.imul(hash, 31) + unit) | 0;

/** The first two bytes of a text from `start` to `end`, the first times 256 plus the second; 0 where there is none. */
export const peekAt = (bytes: Uint8Array, start: number, end: number): number =>
	start >= end ? 0 : (bytes[start]! << 8) | (start + 1 < end ? bytes[start + 1]! : 0);

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The shared texts of one column. */
export class Lexicon {
	/** The texts by their numbers, in NFC. */
	readonly texts: string[] = [];
	/** The bytes of all texts, one behind the other; where each begins, and the hash of each. */
	private bytes = new Uint8Array(256);
	private starts = new Int32Array(17);
	private hashes = new Int32Array(16);
	/** Numbers plus one at the places that hashes give; 0 where nothing is. */
	private slots = new Int32Array(32);
	/** Whether there are so many different texts that no more are found. */
	isFull = false;

	/** The number of the text in UTF-8 from `start` to `end`, whose hash is given; -1 when the column was given up. */
	find(hash: number, bytes: Uint8Array, start: number, end: number): number {
		if (this.isFull) return -1;
		const { slots, hashes } = this;
		const mask = slots.length - 1;
		let slot = scatter(hash) & mask;
		for (let known = slots[slot]!; known !== 0; known = slots[slot]!) {
			if (hashes[known - 1] === hash && this.is(known - 1, bytes, start, end)) return known - 1;
			slot = (slot + 1) & mask;
		}
		return this.add(hash, slot, bytes, start, end);
	}

	/** The first two bytes of a text, the first times 256 plus the second; 0 where there is none. */
	peek(number: number): number {
		const first = this.starts[number]!;
		return peekAt(this.bytes, first, this.starts[number + 1]!);
	}

	/** Adds a text to others; false when it is not plain. */
	copy(number: number, writer: PlainWriter): boolean {
		return writer.add(this.bytes, this.starts[number]!, this.starts[number + 1]!);
	}

	private is(number: number, bytes: Uint8Array, start: number, end: number): boolean {
		const first = this.starts[number]!;
		if (this.starts[number + 1]! - first !== end - start) return false;
		for (let at = start; at < end; at++) if (this.bytes[first + at - start] !== bytes[at]) return false;
		return true;
	}

	private add(hash: number, slot: number, bytes: Uint8Array, start: number, end: number): number {
		const number = this.texts.length;
		if (number === most) {
			this.isFull = true;
			return -1;
		}
		const first = this.starts[number]!;
		const behind = first + end - start;
		if (behind > this.bytes.length) this.bytes = longer(this.bytes, new Uint8Array(2 * behind));
		for (let at = start; at < end; at++) this.bytes[first + at - start] = bytes[at]!;
		this.texts.push(decoder.decode(bytes.subarray(start, end)).normalize('NFC'));
		this.hashes[number] = hash;
		this.starts[number + 1] = behind;
		this.slots[slot] = number + 1;
		if (this.texts.length === this.hashes.length) this.grow();
		return number;
	}

	private grow(): void {
		const room = this.hashes.length * 4;
		this.hashes = longer(this.hashes, new Int32Array(room));
		this.starts = longer(this.starts, new Int32Array(room + 1));
		this.slots = new Int32Array(2 * room);
		const mask = this.slots.length - 1;
		for (let number = 0; number < this.texts.length; number++) {
			let slot = scatter(this.hashes[number]!) & mask;
			while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
			this.slots[slot] = number + 1;
		}
	}
}

/** Hashes of like texts lie side by side; their places should not. At most 2²⁵. */
export const scatter = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7;

/** An array with the items of a shorter one. */
function longer<A extends Uint8Array | Int32Array>(shorter: A, array: A): A {
	array.set(shorter);
	return array;
}
