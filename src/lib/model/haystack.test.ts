/** A word in many texts at once, against looking into each text by itself. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOf, haystackOf } from './haystack';

it('finds a word where a text holds it, not where one text ends and the next begins', () => {
	const haystack = haystackOf(bytesOf(['lọc nước', '', 'nước lọ', 'c', 'lọclọc']));
	expect(haystack.count).toBe(5);
	expect([...haystack.holding('lọc').places()]).toEqual([0, 4]);
	expect([...haystack.holding('c').places()]).toEqual([0, 2, 3, 4]);
	expect([...haystack.holding('z').places()]).toEqual([]);
	expect(haystackOf(bytesOf([])).holding('a').length).toBe(0);
});

it('agrees with every text by itself, whatever the letters', () => {
	const letter = fc.constantFrom('a', 'b', 'aa', 'đ', '中', '🚀', '\u0080', '€', '');
	const texts = fc.array(
		fc.array(letter, { maxLength: 6 }).map((parts) => parts.join('')),
		{ maxLength: 12 }
	);
	const word = fc.array(letter, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
	fc.assert(
		fc.property(texts, fc.array(word, { maxLength: 4 }), (some, words) => {
			const haystack = haystackOf(bytesOf(some));
			for (const sought of words.filter((one) => one !== ''))
				expect([...haystack.holding(sought).places()]).toEqual(
					some.flatMap((text, place) => (text.includes(sought) ? [place] : []))
				);
		}),
		{ numRuns: 2000 }
	);
});

it('forgets what was looked for long ago, and finds it again', () => {
	const bytes = new TextEncoder().encode('abc'.repeat(1_000_000));
	// Texts of two letters and of one, in turn.
	const starts = Uint32Array.from({ length: 2_000_001 }, (_, text) => (text >> 1) * 3 + (text & 1) * 2);
	const haystack = haystackOf({ bytes, starts });
	const first = haystack.holding('a');
	expect(haystack.holding('a') === first).toBe(true);
	for (const word of ['b', 'c', 'ab', 'bc']) haystack.holding(word);
	expect(haystack.holding('a') === first).toBe(false);
	expect(haystack.holding('a').places().length).toBe(1_000_000);
});
