/** Texts that are cut out of UTF-8 by the places of their bytes. */

/** How many bytes are decoded at a time: few enough that a single text costs little, many enough that all of them cost little each. */
const size = 2 ** 16;

/** After how many bytes their place in the text is noted. */
const step = 64;

/** Cuts texts out of bytes of sound UTF-8. Whoever asks for one text behind the other has a block of them decoded at once. */
export class Texts {
	private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	/** Where the decoded block begins and ends, and its text. */
	private first = 0;
	private behind = 0;
	private text = '';
	/** The bytes of the block, and the same as words of four. */
	private readonly block = new Uint8Array(size + 8);
	private readonly words = new Uint32Array(this.block.buffer);
	/** The unit of the text at which each step of bytes begins; not used where each byte is a unit. */
	private readonly units = new Uint32Array(size / step + 2);
	private isAscii = true;

	constructor(private readonly bytes: Uint8Array) {}

	/** The text of the bytes from `start` to `end`, which do not part a character. */
	cut(start: number, end: number): string {
		if (start < this.first || start >= this.behind) this.load(start);
		if (end > this.behind) return this.decoder.decode(this.bytes.subarray(start, end));
		const [from, to] = [start - this.first, end - this.first];
		return this.isAscii ? this.text.slice(from, to) : this.text.slice(this.unitOf(from), this.unitOf(to));
	}

	/** The unit of the text that a byte of the block stands for. */
	private unitOf(place: number): number {
		const begin = Math.floor(place / step);
		let unit = this.units[begin]!;
		for (let at = begin * step; at < place; at++) unit += unitsOf(this.block[at]!);
		return unit;
	}

	/** Decodes the block in which a byte lies. Blocks begin at multiples of their size, or at the next character. */
	private load(place: number): void {
		const { bytes } = this;
		const edge = (at: number) => {
			while (at < bytes.length && (bytes[at]! & 0xc0) === 0x80) at++;
			return Math.min(at, bytes.length);
		};
		const block = Math.floor(place / size) * size;
		this.first = block === 0 ? 0 : edge(block);
		this.behind = edge(block + size);
		const segment = bytes.subarray(this.first, this.behind);
		this.text = this.decoder.decode(segment);
		this.isAscii = this.text.length === segment.length;
		if (this.isAscii) return;
		this.block.set(segment);
		let unit = 0;
		for (let at = 0; at < segment.length; at += 4) {
			if (at % step === 0) this.units[at / step] = unit;
			if ((this.words[at / 4]! & 0x80808080) === 0) unit += 4;
			else for (let byte = at; byte < at + 4; byte++) unit += unitsOf(this.block[byte]!);
		}
		if (segment.length % step === 0) this.units[segment.length / step] = unit;
	}
}

/** How many units of a string a byte begins: a character of four bytes is two units; bytes that follow a first one are none. */
const unitsOf = (byte: number): number => ((byte & 0xc0) === 0x80 ? 0 : byte >= 0xf0 ? 2 : 1);
