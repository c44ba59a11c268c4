import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Texts } from './utf8';

describe('texts cut out of UTF-8', () => {
	it('are those that the decoder makes of the same bytes, in any order and over the edges of blocks', () => {
		const letter = fc.constantFrom('a', 'é', 'ế', '😀', '; ', 'abc');
		// Long enough for several blocks, with their edges within letters.
		const text = fc.tuple(fc.array(letter, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 4000 }));
		fc.assert(
			fc.property(text, fc.array(fc.nat(), { minLength: 2, maxLength: 40 }), ([letters, times], places) => {
				const pieces = Array.from({ length: times }, () => letters).flat();
				const starts = [0];
				for (const piece of pieces) starts.push((starts.at(-1) ?? 0) + new TextEncoder().encode(piece).length);
				const bytes = new TextEncoder().encode(pieces.join(''));
				const texts = new Texts(bytes);
				for (const place of places) {
					const from = place % pieces.length;
					const to = Math.min(pieces.length, from + (place % 9));
					expect(texts.cut(starts[from] ?? 0, starts[to] ?? 0)).toBe(pieces.slice(from, to).join(''));
				}
			}),
			{ numRuns: 60 }
		);
	});
});
