/**
 * Texts of plain letters, digits and signs in their Vietnamese order, as digits of a key: keys and numbers of documents, of which each row
 * has its own. Places of the texts at which few letters stand are put together to one digit, so that a million keys are two passes of a
 * radix sort, where the engine would compare them one by one.
 */
import type { Texts } from '../database/row';
import { plainLetters } from './alphabet';
import { none, type Digit } from './order';

/** What stands for a row without a text: no text holds it. */
export const absent = 0x7f;

/** Longer texts, and keys of more digits, are left to the engine. */
const mostLength = 40;
const mostDigits = 8;
/** Numbers of a digit, but for that of a row that comes last. */
const mostNumbers = none;

/** A place of the texts: the number of each byte that stands there, in their order; 0 is the end of a text. */
interface Place {
	readonly at: number;
	readonly numbers: Uint8Array;
	readonly count: number;
}

/** Puts places together, from the last to the first, as long as their letters make no more numbers than a digit has. */
function grouped(places: readonly Place[]): Place[][] {
	const groups: Place[][] = [];
	let product = Infinity;
	for (const place of places.toReversed()) {
		if (product * place.count > mostNumbers) {
			groups.push([]);
			product = 1;
		}
		groups.at(-1)?.unshift(place);
		product *= place.count;
	}
	return groups;
}

/** The places at which not all texts have the same kind of letter, of those bytes that were seen at each. */
function placesOf(seen: Uint8Array, longest: number, kindOf: Uint8Array): Place[] {
	return Array.from({ length: longest }, (_, at) => {
		const kinds = new Uint8Array(256);
		for (let byte = 0; byte < 256; byte++) if (seen[at * 256 + byte] === 1) kinds[kindOf[byte] ?? 0] = 1;
		// What ended before has ended here too.
		for (let before = 0; before <= at; before++) if (seen[before * 256] === 1) kinds[0] = 1;
		let count = 0;
		const numberOf = kinds.map((isThere) => (isThere === 1 ? count++ : 0));
		return { at, numbers: kindOf.map((kind) => numberOf[kind] ?? 0), count };
	}).filter(({ count }) => count > 1);
}

/** Texts that are put in order by their spelling, given part by part, so that the next part may be on its way meanwhile. */
export interface Spelling {
	/**
	 * Takes the texts that come next; one that is {@link absent} comes last. False where a text holds another letter or sign than the plain
	 * ones, or is too long: then there are no digits.
	 */
	readonly read: (texts: Texts) => boolean;
	/** The digits of all that was read, in their order; null where there are none. */
	readonly digits: () => Digit[] | null;
}

/** The spelling of texts of a column. */
export function spelling(): Spelling {
	const { letters, capitals } = plainLetters;
	const parts: Texts[] = [];
	// The bytes that stand at each place, the end of a text as byte 0.
	const seen = new Uint8Array((mostLength + 1) * 256);
	let [longest, absents, count, isPlain] = [0, 0, 0, true];

	/** Marks the bytes of texts; false where one is too long. */
	function mark({ bytes, starts }: Texts): boolean {
		for (let text = 0; text + 1 < starts.length; text++) {
			const [from, to] = [starts[text] ?? 0, starts[text + 1] ?? 0];
			const length = to - from;
			if (length === 1 && bytes[from] === absent) {
				absents++;
				continue;
			}
			if (length > mostLength) return false;
			if (length > longest) longest = length;
			for (let place = 0; place < length; place++) seen[place * 256 + (bytes[from + place] ?? 0)] = 1;
			seen[length * 256] = 1;
		}
		return true;
	}

	/** Whether all bytes that were seen are plain. */
	function hasPlainOnly(): boolean {
		for (let place = 0; place <= longest; place++)
			for (let byte = 1; byte < 256; byte++)
				if (seen[place * 256 + byte] === 1 && (letters[byte] ?? 0) === 0) return false;
		return true;
	}

	function digits(): Digit[] | null {
		if (!isPlain) return null;
		let cases = 0;
		for (let place = 0; place <= longest; place++) {
			for (let byte = 1; byte < 256; byte++) {
				if (seen[place * 256 + byte] !== 1) continue;
				cases |=
					capitals[byte] === 1 ? 2 : letters[byte] === letters[byte & ~0x20] && capitals[byte & ~0x20] === 1 ? 1 : 0;
			}
		}
		// Small stands before capital only where the letters are all the same.
		const groups = [
			...(cases === 3 ? grouped(placesOf(seen, longest, capitals)) : []),
			...grouped(placesOf(seen, longest, letters))
		];
		if (groups.length > mostDigits) return null;
		if (groups.length === 0 && absents > 0) groups.push([]);
		return groups.map((places, index) => {
			const of = new Uint16Array(count);
			const hasNone = absents > 0 && index === groups.length - 1;
			const at = Int32Array.from(places, (place) => place.at);
			/** What each byte at each of the places adds to the number. */
			const adding = new Uint16Array(places.length * 256);
			places.reduceRight((product, place, step) => {
				place.numbers.forEach((number, byte) => (adding[step * 256 + byte] = number * product));
				return product * place.count;
			}, 1);
			let row = 0;
			for (const { bytes, starts } of parts) {
				for (let text = 0; text + 1 < starts.length; text++) {
					const from = starts[text] ?? 0;
					const length = (starts[text + 1] ?? 0) - from;
					let number = 0;
					for (let step = 0; step < at.length; step++) {
						const place = at[step] ?? 0;
						if (place >= length) break;
						number += adding[step * 256 + (bytes[from + place] ?? 0)] ?? 0;
					}
					if (absents > 0 && length === 1 && bytes[from] === absent) number = hasNone ? none : 0;
					of[row++] = number;
				}
			}
			return { of, hasNone };
		});
	}

	return {
		read: (texts) => {
			isPlain &&= mark(texts) && hasPlainOnly();
			if (!isPlain) return false;
			parts.push(texts);
			count += texts.starts.length - 1;
			return true;
		},
		digits
	};
}
