/**
 * Many texts as one long one, in which a word is looked for in all of them at once: the browser searches a string of megabytes in a few
 * milliseconds, which is less than it takes to ask the engine.
 */
import type { Texts } from '../database/row';
import { Flags } from './flags';

/** Texts that are searched. */
export interface Haystack {
	/** How many texts there are. */
	readonly count: number;
	/** The texts that hold the word. What was looked for lately is known. */
	readonly holding: (word: string) => Flags;
}

/** Bytes of answers that are kept, so that the words of a longer search are not looked for again. */
const mostKept = 1 << 20;

// One character for each byte, so that places in the string are places in the bytes.
const bytewise = new TextDecoder('windows-1252');
const utf8 = new TextEncoder();

/** A haystack of texts as they stand; what is folded must be folded before. */
export function haystackOf({ bytes, starts }: Texts): Haystack {
	const count = starts.length - 1;
	const whole = bytewise.decode(bytes);
	const occurring = new Uint8Array(256);
	for (let at = 0; at < bytes.length; at++) occurring[bytes[at] ?? 0] = 1;
	const kept = new Map<string, Flags>();

	function look(word: string): Flags {
		const found = new Flags(count);
		const sought = utf8.encode(word);
		// Most words that are in no text hold a letter that is in none.
		if (sought.some((byte) => occurring[byte] === 0)) return found;
		const needle = bytewise.decode(sought);
		let text = 0;
		for (let at = whole.indexOf(needle); at >= 0 && text < count;) {
			while ((starts[text + 1] ?? 0) <= at) text++;
			const end = starts[text + 1] ?? 0;
			if (at + needle.length > end) {
				// It begins in one text and ends in the next.
				at = whole.indexOf(needle, at + 1);
				continue;
			}
			found.set(text);
			at = whole.indexOf(needle, end);
		}
		return found;
	}

	return {
		count,
		holding: (word) => {
			const known = kept.get(word) ?? look(word);
			kept.delete(word);
			kept.set(word, known);
			for (const oldest of kept.keys()) {
				if (kept.size * known.words.byteLength <= mostKept || oldest === word) break;
				kept.delete(oldest);
			}
			return known;
		}
	};
}

/** Texts that are given as strings, as bytes. */
export function bytesOf(texts: readonly string[]): Texts {
	const pieces = texts.map((text) => utf8.encode(text));
	const starts = new Uint32Array(texts.length + 1);
	pieces.forEach(({ length }, place) => (starts[place + 1] = (starts[place] ?? 0) + length));
	const bytes = new Uint8Array(starts.at(-1) ?? 0);
	pieces.forEach((piece, place) => bytes.set(piece, starts[place]));
	return { bytes, starts };
}
