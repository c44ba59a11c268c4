import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lexicon, mix } from './lexicon';

const hashOf = (bytes: Uint8Array) => bytes.reduce(mix, 0);
const utf8 = (text: string) => new TextEncoder().encode(text);

/** The number of a text that stands in the midst of others. */
function numberIn(lexicon: Lexicon, text: string, hash = hashOf(utf8(text))): number {
	const bytes = utf8(`é${text}é`);
	return lexicon.find(hash, bytes, 2, bytes.length - 2);
}

describe('a lexicon', () => {
	it('gives the same number to the same text and another to any other, as a Map would', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 4 }), { maxLength: 300 }), (texts) => {
				const lexicon = new Lexicon();
				const known = new Map<string, number>();
				for (const text of texts) {
					if (!known.has(text)) known.set(text, known.size);
					expect(numberIn(lexicon, text)).toBe(known.get(text));
				}
				expect(lexicon.texts).toEqual([...known.keys()].map((text) => text.normalize('NFC')));
			})
		);
	});

	it('tells texts of one hash apart', () => {
		const lexicon = new Lexicon();
		expect(numberIn(lexicon, 'a', 7)).toBe(0);
		expect(numberIn(lexicon, 'b', 7)).toBe(1);
		expect(numberIn(lexicon, 'ab', 7)).toBe(2);
		expect(numberIn(lexicon, 'a', 7)).toBe(0);
	});

	it('gives a column up when its texts hardly repeat', () => {
		const lexicon = new Lexicon();
		for (let index = 0; index < 2 ** 15; index++) expect(numberIn(lexicon, String(index))).toBe(index);
		expect(numberIn(lexicon, 'new')).toBe(-1);
		expect(numberIn(lexicon, '1')).toBe(-1);
	});
});
