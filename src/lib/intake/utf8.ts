/** Texts that are cut out of UTF-8 by the places of their bytes. */

/** How many bytes are decoded at a time: few enough that a single text costs little, many enough that all of them cost little each. */
const size = 2 ** 16;

/** Cuts texts out of bytes of sound UTF-8. Whoever asks for one text behind the other has a block of them decoded at once. */
export class Texts {
	private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	/** Where the decoded block begins and ends, and its text. */
	private first = 0;
	private behind = 0;
	private text = '';
	/** For each byte of the block, the unit of the text that it stands for; not used where each byte is a unit. */
	private readonly units = new Uint32Array(size + 8);
	private isAscii = true;

	constructor(private readonly bytes: Uint8Array) {}

	/** The text of the bytes from `start` to `end`, which do not part a character. */
	cut(start: number, end: number): string {
		if (start < this.first || start >= this.behind) this.load(start);
		if (end > this.behind) return this.decoder.decode(this.bytes.subarray(start, end));
		const [from, to] = [start - this.first, end - this.first];
		return this.isAscii ? this.text.slice(from, to) : this.text.slice(this.units[from], this.units[to]);
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
		let unit = 0;
		for (let at = 0; at < segment.length; at++) {
			this.units[at] = unit;
			const byte = segment[at]!;
			// A character of four bytes is two units of a string; bytes that follow a first one are none.
			if ((byte & 0xc0) !== 0x80) unit += byte >= 0xf0 ? 2 : 1;
		}
		this.units[segment.length] = unit;
	}
}
