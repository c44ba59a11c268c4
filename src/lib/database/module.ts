/**
 * The engine's WebAssembly module without what only its extensions would need. It is built to load others that take part in it, so it
 * exports each of its 75,000 functions by name: a fifth of its bytes and, at every start, two thirds of the time. This site loads none.
 *
 * Read while the site is built, by the rules of https://webassembly.github.io/spec/core/binary/modules.html.
 */

const customSection = 0;
const exportSection = 7;

/** A position in bytes that numbers and names are read from. */
class Cursor {
	constructor(
		readonly bytes: Uint8Array,
		public at: number
	) {}

	byte(): number {
		const byte = this.bytes[this.at++];
		if (byte === undefined) throw new RangeError('The module ends within a section.');
		return byte;
	}

	/** An unsigned number in LEB128. */
	number(): number {
		let number = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = this.byte();
			number += (byte & 0x7f) * 2 ** shift;
			if (byte < 0x80) return number;
		}
	}

	name(): string {
		const length = this.number();
		return new TextDecoder().decode(this.bytes.subarray(this.at, (this.at += length)));
	}
}

/** A number as LEB128. */
function leb128(number: number): Uint8Array {
	const bytes: number[] = [];
	do {
		const low = number % 128;
		number = Math.floor(number / 128);
		bytes.push(number > 0 ? low | 0x80 : low);
	} while (number > 0);
	return Uint8Array.from(bytes);
}

/** The exports that are wanted, as they stand, under their number. */
function wantedExports(cursor: Cursor, isWanted: (name: string) => boolean): Uint8Array[] {
	const wanted: Uint8Array[] = [];
	for (let left = cursor.number(); left > 0; left--) {
		const start = cursor.at;
		const name = cursor.name();
		cursor.byte();
		cursor.number();
		if (isWanted(name)) wanted.push(cursor.bytes.subarray(start, cursor.at));
	}
	return [leb128(wanted.length), ...wanted];
}

/**
 * A module that exports no more than its program names, or than it imports itself by way of its table of symbols.
 *
 * @param module the bytes of a WebAssembly module.
 * @param program the source of the script that runs it: an export is kept if its name, or its name behind `_`, is a word there.
 * @throws RangeError when the bytes are no whole module.
 */
export async function trimmedModule(module: Uint8Array<ArrayBuffer>, program: string): Promise<Uint8Array> {
	const words = new Set(program.match(/[\w$]+/g));
	const imports = WebAssembly.Module.imports(await WebAssembly.compile(module));
	const symbols = new Set(imports.filter(({ module: from }) => from.startsWith('GOT.')).map(({ name }) => name));
	const isWanted = (name: string) => words.has(name) || words.has(`_${name}`) || symbols.has(name);

	const head = 8;
	const pieces: Uint8Array[] = [module.subarray(0, head)];
	const cursor = new Cursor(module, head);
	while (cursor.at < module.length) {
		const start = cursor.at;
		const section = cursor.byte();
		const end = cursor.number() + cursor.at;
		if (end > module.length) throw new RangeError('The module ends within a section.');
		if (section === exportSection) {
			const body = wantedExports(cursor, isWanted);
			const length = body.reduce((sum, piece) => sum + piece.length, 0);
			pieces.push(Uint8Array.of(exportSection), leb128(length), ...body);
			// Names of functions are for debuggers.
		} else if (section !== customSection || cursor.name() !== 'name') pieces.push(module.subarray(start, end));
		cursor.at = end;
	}
	return Uint8Array.from(Buffer.concat(pieces));
}
