import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absence, clean, longest } from './read';

describe('a cleaned text', () => {
	it('has one space for every run of spaces of any kind, none at its ends, and its words as they were', () =>
		fc.assert(
			fc.property(
				fc.array(
					fc.tuple(fc.stringMatching(/^[a-zđ0-9]{1,5}$/), fc.stringMatching(/^[ \t\n\u00A0\u2003\u3000]{1,4}$/))
				),
				(pieces) => {
					expect(clean(pieces.flat().join(''))).toBe(pieces.map(([word]) => word).join(' '));
				}
			)
		));
});

describe('a text that says that there is no value', () => {
	const reason = (text: string) => {
		const read = absence(text);
		return read && 'reason' in read ? read.reason : null;
	};

	it('is told by its beginning, however long its explanation is', () => {
		const why = 'vì hiệu quả mang tính xã hội và lan tỏa '.repeat(20).trim();
		expect(why.length).toBeGreaterThan(longest);
		expect(reason(`không tính được ${why}`)).toBe('not-computed');
		// A number in it may be the value.
		expect(reason(`không tính được ${why} 5`)).toBe(null);
		expect(reason(`không tính được ${why} 5 ${why}`)).toBe(null);
	});

	it('is not taken from the beginning of one that goes on with something else', () => {
		expect(reason('không!!')).toBe('none');
		expect(reason(`không${'!'.repeat(longest)} giảm`)).toBe(null);
	});
});
