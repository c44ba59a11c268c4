import { describe, expect, it } from 'vitest';
import { tableMarkup, tabbed } from './clipboard';

describe('cells for a spreadsheet', () => {
	const rows = [
		['Sáng kiến "A"', 1234.5, new Date('2025-07-01'), true],
		['hai\ndòng', null, null, null],
		['=1+1', -2, NaN, '\tb']
	];

	it('are separated by tabs and quoted where they must be, numbers and days as the reader writes them', () => {
		expect(tabbed(rows, 'vi')).toBe(
			'"Sáng kiến ""A"""\t1234,5\t01/07/2025\ttrue\r\n"hai\ndòng"\t\t\t\r\n\'=1+1\t-2\t\t"\'\tb"'
		);
		expect(tabbed(rows.slice(0, 1), 'en')).toBe('"Sáng kiến ""A"""\t1234.5\t2025-07-01\ttrue');
		expect(tabbed([], 'vi')).toBe('');
	});

	it('hold no formula, in the text and in the table', () => {
		for (const sign of ['=', '+', '-', '@', '\t', '\r', '\n', '＝']) {
			const cell = [[`${sign}1+1`]];
			expect(tabbed(cell, 'vi').replace(/^"/, '')).toMatch(/^'/);
			expect(tableMarkup(cell, 'vi')).toContain(`>'`);
		}
	});

	it('are a table whose texts stay texts and whose signs are no markup', () => {
		const markup = tableMarkup([['<b>&', 5, '0012']], 'vi');
		expect(markup).toBe(
			`<table><tr><td style="mso-number-format:'\\@'">&lt;b&gt;&amp;</td><td>5</td><td style="mso-number-format:'\\@'">0012</td></tr></table>`
		);
	});
});
