/** Keys in their order against the Vietnamese order of the platform itself. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOf } from './haystack';
import { ordered } from './order';
import { absent, spelling } from './spelling';

const collator = new Intl.Collator('vi');
const given = (texts: readonly (string | null)[]) => bytesOf(texts.map((text) => text ?? String.fromCharCode(absent)));

/** The order of texts that come in two parts, the first of so many. */
function order(texts: readonly (string | null)[], descending = false, first = 1): number[] | null {
	const { read, digits: found } = spelling();
	for (const part of [texts.slice(0, first), texts.slice(first)]) read(given(part));
	const digits = found();
	const rows = Int32Array.from({ length: texts.length }, (_, row) => row);
	return digits && [...ordered(rows, [{ digits, descending }])];
}

it('puts keys in order, the absent last in either direction, and equal ones as they stood', () => {
	const texts = ['SK-2021-10', null, 'SK-2021-9', 'SK-2020-77', '', 'SK-2021-9', 'SK-2021-1'];
	expect(order(texts)).toEqual([4, 3, 6, 0, 2, 5, 1]);
	expect(order(texts, true)).toEqual([2, 5, 0, 6, 3, 4, 1]);
	expect(order([null, null])).toEqual([0, 1]);
	expect(order([null, 'a'])).toEqual([1, 0]);
	expect(order([])).toEqual([]);
	expect(order(['', null, ''])).toEqual([0, 2, 1]);
});

it('is no order of other letters, of line breaks or of long texts', () => {
	expect(order(['a', 'đ'])).toBeNull();
	expect(order(['a', 'b\nc'])).toBeNull();
	expect(order(['a', 'a\u007f'])).toBeNull();
	expect(order(['a'.repeat(41)])).toBeNull();
	// The first part tells already that the rest need not come.
	expect(spelling().read(given(['a', 'đ']))).toBe(false);
	expect(order(['đ', 'a'])).toBeNull();
	expect(order(['a'.repeat(41), 'a'])).toBeNull();
});

it('agrees with the order of the platform, whatever the letters, digits and signs', () => {
	const letter = fc.constantFrom(...'aAbBzZfFwW0189 -_/.,()&+#'.split(''));
	const text = fc.oneof(
		fc.array(letter, { maxLength: 9 }).map((letters) => letters.join('')),
		fc.nat(99_999).map((number) => `SK-2024-${number}`),
		fc.constant(null)
	);
	fc.assert(
		fc.property(fc.array(text, { maxLength: 40 }), fc.boolean(), fc.nat(40), (texts, descending, first) => {
			const wanted = [...texts.keys()].sort((a, b) => {
				const [one, other] = [texts[a] ?? null, texts[b] ?? null];
				if (one === null || other === null) return Number(one === null) - Number(other === null) || a - b;
				const found = collator.compare(one, other);
				return (descending ? -found : found) || a - b;
			});
			expect(order(texts, descending, first)).toEqual(wanted);
		}),
		{ numRuns: 3000 }
	);
});
