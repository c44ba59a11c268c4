import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldKey } from './alias';
import { mark } from './mark';

/** The pieces as one text, what was searched for in brackets. */
const shown = (text: string, ...words: string[]) =>
	mark(text, words)
		.map(({ text: piece, hit }) => (hit ? `[${piece}]` : piece))
		.join('');

describe('mark', () => {
	it.each([
		['Đổi mới sáng tạo', ['doi'], '[Đổi] mới sáng tạo'],
		['Đổi mới sáng tạo', ['sang', 'doi'], '[Đổi] mới [sáng] tạo'],
		['ĐỔI MỚI', ['moi'], 'ĐỔI [MỚI]'],
		['đổi ra', ['do'], '[đổ]i ra'],
		['anan', ['nan', 'an'], '[anan]'],
		['mười tỷ đồng, tỷ lệ', ['ti'], 'mười [tỷ] đồng, [tỷ] lệ'],
		['Nguyễn Thị A', [''], 'Nguyễn Thị A'],
		['', ['a'], ''],
		['👍🏽 tốt', ['tot'], '👍🏽 [tốt]']
	])('%s for %j', (text, words, wanted) => {
		expect(shown(text, ...words)).toBe(wanted);
	});

	it('takes accents that are written apart together with their letter', () => {
		expect(shown('Đổi mới'.normalize('NFD'), 'doi').normalize('NFC')).toBe('[Đổi] mới');
	});

	it('never changes the text, and finds a word exactly where the search does', () => {
		const letter = fc.constantFrom(...'aáàạăằâbdđĐeEêoơuưyỷtT -,', '\u0301');
		fc.assert(
			fc.property(
				fc.string({ unit: letter, maxLength: 20 }),
				fc.string({ unit: fc.constantFrom(...'abdeou'), maxLength: 3 }),
				(text, word) => {
					const pieces = mark(text, [word]);
					expect(pieces.map((piece) => piece.text).join('')).toBe(text);
					if (word !== '') expect(pieces.some(({ hit }) => hit)).toBe(foldKey(text).includes(word));
				}
			)
		);
	});
});
