import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lexicon, mix } from './lexicon';

const hashOf = (units: Iterable<number>) => [...units].reduce(mix, 0);
const unitsOf = (text: string) => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));

describe('a lexicon', () => {
	it('gives the same number to the same text and another to any other, as a Map would', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ maxLength: 4 }), { maxLength: 200 }), (texts) => {
				const lexicon = new Lexicon();
				const known = new Map<string, number>();
				for (const text of texts) {
					if (!known.has(text)) known.set(text, known.size);
					const whole = `;${text};`;
					expect(lexicon.find(hashOf(unitsOf(text)), whole, 1, 1 + text.length)).toBe(known.get(text));
				}
				expect(lexicon.texts).toEqual([...known.keys()]);
			})
		);
	});

	it('does the same by bytes, wherever they stand', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 4 }), { maxLength: 100 }), (texts) => {
				const lexicon = new Lexicon();
				const known = new Map<string, number>();
				for (const text of texts) {
					if (!known.has(text)) known.set(text, known.size);
					const bytes = new TextEncoder().encode(`é${text}é`);
					const part = bytes.subarray(2, -2);
					expect(lexicon.findBytes(hashOf(part), bytes, 2, bytes.length - 2, () => text)).toBe(known.get(text));
				}
			})
		);
	});

	it('tells texts of one hash apart', () => {
		const lexicon = new Lexicon();
		expect(lexicon.find(7, 'ab', 0, 1)).toBe(0);
		expect(lexicon.find(7, 'ab', 1, 2)).toBe(1);
		expect(lexicon.find(7, 'ba', 1, 2)).toBe(0);
	});

	it('gives a column up when its texts hardly repeat', () => {
		const lexicon = new Lexicon();
		for (let index = 0; index < 2 ** 15; index++) {
			const text = String(index);
			expect(lexicon.find(hashOf(unitsOf(text)), text, 0, text.length)).toBe(index);
		}
		expect(lexicon.find(hashOf(unitsOf('new')), 'new', 0, 3)).toBe(-1);
		expect(lexicon.find(hashOf(unitsOf('1')), '1', 0, 1)).toBe(-1);
	});
});
