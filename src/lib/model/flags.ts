/** Yes or no for many things, such as the rows of a register: a bit each, so that those of a million are crossed in a moment. */

const bitsOfWord = 32;

/** Flags of so many things, none of them set at first. */
export class Flags {
	/** Bits, the first thing in the lowest one of the first number, as Arrow keeps truth. Those behind the last thing are 0. */
	readonly words: Uint32Array<ArrayBuffer>;

	constructor(readonly length: number) {
		this.words = new Uint32Array(Math.ceil(length / bitsOfWord));
	}

	/** The flags of things of which each has a code: set where its code is among these, 1 for each that is. */
	static among(codes: ArrayLike<number>, isIn: Uint8Array): Flags {
		const flags = new Flags(codes.length);
		const { words, length } = flags;
		for (let at = 0; at < words.length; at++) {
			const first = at * bitsOfWord;
			const end = Math.min(bitsOfWord, length - first);
			let word = 0;
			for (let bit = 0; bit < end; bit++) word |= (isIn[codes[first + bit] ?? 0] ?? 0) << bit;
			words[at] = word;
		}
		return flags;
	}

	/** Sets the flag at a place. */
	set(place: number): void {
		this.words[place >>> 5]! |= 1 << (place & 31);
	}

	has(place: number): boolean {
		return (((this.words[place >>> 5] ?? 0) >>> (place & 31)) & 1) === 1;
	}

	isEmpty(): boolean {
		return this.words.every((word) => word === 0);
	}

	/** Sets the flags that others have too. */
	alsoSet({ words }: Flags): void {
		const own = this.words;
		for (let at = 0; at < own.length; at++) own[at]! |= words[at] ?? 0;
	}

	/** Leaves the flags that others have too, or that they have not. */
	onlyLeave({ words }: Flags, isSet = true): void {
		const own = this.words;
		const turned = isSet ? 0 : -1;
		for (let at = 0; at < own.length; at++) own[at]! &= (words[at] ?? 0) ^ turned;
	}

	/** Sets all. */
	fill(): void {
		this.words.fill(0xffffffff);
		const over = this.words.length * bitsOfWord - this.length;
		if (over > 0) this.words[this.words.length - 1]! >>>= over;
	}

	/** The places of those that are set, in their order. */
	places(): Uint32Array {
		const { words } = this;
		let count = 0;
		for (let at = 0; at < words.length; at++) {
			// The number of bits, counted by twos, fours and eights at once.
			let word = words[at] ?? 0;
			word -= (word >>> 1) & 0x55555555;
			word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
			count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
		}
		const places = new Uint32Array(count);
		let next = 0;
		for (let at = 0; at < words.length; at++) {
			const first = at * bitsOfWord;
			for (let word = words[at] ?? 0; word !== 0; word &= word - 1)
				places[next++] = first + 31 - Math.clz32(word & -word);
		}
		return places;
	}
}
