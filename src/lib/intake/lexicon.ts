/**
 * The texts of a column that many of its cells share, each kept once and numbered: what is made of a text (a day, a code, a unit) is then
 * made once for all its cells. A column of texts that hardly repeat is given up early and costs nothing more.
 */

/** How many different texts a column may have before it is given up. */
const most = 1 << 15;

/** Longer texts hardly repeat; in UTF-16 units, or bytes. */
export const longestShared = 64;

/** Adds a unit or a byte to the hash of a text, which begins with 0. */
export const mix = (hash: number, unit: number): number => (Math.imul(hash, 31) + unit) | 0;

/** The shared texts of one column. */
export class Lexicon {
	/** The texts by their numbers. */
	readonly texts: string[] = [];
	private readonly hashes: number[] = [];
	/** Where the bytes of each text stand, for those found by their bytes. */
	private readonly sources: Uint8Array[] = [];
	private readonly places: number[] = [];
	private readonly lengths: number[] = [];
	/** Numbers plus one at the places that hashes give; 0 where nothing is. */
	private slots = new Int32Array(16);
	private isFull = false;

	/** The number of a part of a text, whose hash is given; -1 when the column was given up. */
	find(hash: number, text: string, start: number, end: number): number {
		if (this.isFull) return -1;
		const mask = this.slots.length - 1;
		let slot = scatter(hash) & mask;
		for (let known = this.slots[slot] ?? 0; known !== 0; known = this.slots[slot] ?? 0) {
			if (this.hashes[known - 1] === hash && isAt(this.texts[known - 1] ?? '', text, start, end)) return known - 1;
			slot = (slot + 1) & mask;
		}
		return this.add(hash, slot, text.slice(start, end));
	}

	/** The same for a text in UTF-8, which is decoded when it is new. */
	findBytes(hash: number, bytes: Uint8Array, start: number, end: number, decode: () => string): number {
		if (this.isFull) return -1;
		const mask = this.slots.length - 1;
		let slot = scatter(hash) & mask;
		for (let known = this.slots[slot] ?? 0; known !== 0; known = this.slots[slot] ?? 0) {
			if (this.hashes[known - 1] === hash && this.isSame(known - 1, bytes, start, end)) return known - 1;
			slot = (slot + 1) & mask;
		}
		const number = this.add(hash, slot, decode());
		if (number >= 0) {
			this.sources[number] = bytes;
			this.places[number] = start;
			this.lengths[number] = end - start;
		}
		return number;
	}

	private isSame(number: number, bytes: Uint8Array, start: number, end: number): boolean {
		const source = this.sources[number];
		const place = this.places[number] ?? 0;
		if (!source || this.lengths[number] !== end - start) return false;
		for (let at = 0; at < end - start; at++) if (source[place + at] !== bytes[start + at]) return false;
		return true;
	}

	private add(hash: number, slot: number, text: string): number {
		const number = this.texts.length;
		if (number === most) {
			this.isFull = true;
			return -1;
		}
		this.texts.push(text);
		this.hashes.push(hash);
		this.slots[slot] = number + 1;
		if (2 * this.texts.length > this.slots.length) this.grow();
		return number;
	}

	private grow(): void {
		this.slots = new Int32Array(this.slots.length * 4);
		const mask = this.slots.length - 1;
		this.hashes.forEach((hash, number) => {
			let slot = scatter(hash) & mask;
			while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
			this.slots[slot] = number + 1;
		});
	}
}

/** Hashes of like texts lie side by side; their places should not. */
const scatter = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7;

/** Whether a text is the part of another from `start` to `end`. */
function isAt(text: string, whole: string, start: number, end: number): boolean {
	if (text.length !== end - start) return false;
	for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== whole.charCodeAt(start + at)) return false;
	return true;
}
