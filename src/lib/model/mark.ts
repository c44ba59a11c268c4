/** Where the words of a search stand in a text. */

/** A piece of a text, and whether it was searched for. */
export interface Piece {
	readonly text: string;
	readonly hit: boolean;
}

/** One character as searches read it; as long as what it is read as, mostly one character. */
function folded(character: string): string {
	return character
		.toLowerCase()
		.normalize('NFD')
		.replace(/[\p{M}\p{Cf}]/gu, '')
		.replace(/[đð]/gu, 'd');
}

/**
 * A text cut into what was searched for and what was not. Case, accents and đ make no difference, and neither does the way in which accents
 * are written; the pieces together are the text as it stands.
 *
 * @param words folded as `foldKey` folds: in small letters without accents. Empty ones find nothing.
 */
export function mark(text: string, words: readonly string[]): Piece[] {
	const wanted = words.filter((word) => word !== '');
	if (wanted.length === 0 || text === '') return [{ text, hit: false }];
	// Searches read tỷ as ti, like tỉ.
	const read = text.replace(/(?<![\p{L}\p{M}])(t)ỷ(?![\p{L}\p{M}])/giu, '$1ỉ');
	let plain = '';
	/** The place in the text of each character of `plain`, and the end of it. */
	const starts: number[] = [];
	const ends: number[] = [];
	let at = 0;
	for (const character of read) {
		const next = at + character.length;
		const reading = folded(character);
		// A mark that stands by itself belongs to the letter before it.
		if (reading === '' && ends.length > 0) ends[ends.length - 1] = next;
		for (let index = 0; index < reading.length; index++) {
			starts.push(at);
			ends.push(next);
		}
		plain += reading;
		at = next;
	}
	const hits = new Set<number>();
	for (const word of wanted)
		for (let found = plain.indexOf(word); found >= 0; found = plain.indexOf(word, found + 1))
			for (let index = found; index < found + word.length; index++) hits.add(index);
	const pieces: { text: string; hit: boolean }[] = [];
	const put = (piece: string, hit: boolean) => {
		const last = pieces.at(-1);
		if (piece === '') return;
		if (last?.hit === hit) last.text += piece;
		else pieces.push({ text: piece, hit });
	};
	let written = 0;
	for (let index = 0; index < plain.length; index++) {
		const [start, end] = [starts[index] ?? 0, ends[index] ?? 0];
		if (end <= written) continue;
		put(text.slice(written, start), false);
		put(text.slice(start, end), hits.has(index));
		written = end;
	}
	put(text.slice(written), false);
	return pieces;
}
