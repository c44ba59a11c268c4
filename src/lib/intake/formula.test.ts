import { expect, it } from 'vitest';
import { harmless, unguarded } from './formula';

it.each(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])(
	'a text that begins with %j is kept from being a formula, whatever apostrophes it has',
	(sign) => {
		for (const text of [`${sign}1+1`, `${sign}SUM(A1)`, sign, `'${sign}1`, `''${sign}1`]) {
			expect(harmless(text)).toBe(`'${text}`);
			expect(unguarded(harmless(text))).toBe(text);
		}
	}
);

it('all other texts stay as they are', () => {
	for (const text of ['', "'", "'a", 'a=1', '1-2', ' =1', '(=1)', 'đổi mới', '–5', '−5'])
		expect(harmless(text)).toBe(text);
	for (const text of ['', 'a', "'a", "'", '=1']) expect(unguarded(text)).toBe(text);
});
