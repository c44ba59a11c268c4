import { describe, expect, it } from 'vitest';
import { SheetError, type Issue } from './issue';
import { csvSheet, textOf } from './sheet';

const bytes = (text: string) => new TextEncoder().encode(text);

/** The rows of a CSV text, each with the line on which it starts. */
function rowsOf(text: string): [line: number, ...cells: string[]][] {
	const rows: [number, ...string[]][] = [];
	csvSheet('x.csv', text).rows((cells, line) => rows.push([line, ...cells]));
	return rows;
}

/** The issue of the SheetError that is thrown. */
function issueOf(read: () => unknown): Issue {
	try {
		read();
	} catch (error) {
		if (error instanceof SheetError) return error.issue;
		throw error;
	}
	throw new Error('No SheetError was thrown.');
}

describe('textOf', () => {
	it('takes UTF-8, with or without a byte order mark', () => {
		expect(textOf('x.csv', bytes('Sở'))).toBe('Sở');
		expect(textOf('x.csv', new Uint8Array([0xef, 0xbb, 0xbf, ...bytes('Sở')]))).toBe('Sở');
	});

	it('brings NFD into NFC', () => {
		const nfd = 'ti\u0065\u0302\u0301ng Vi\u0065\u0323\u0302t';
		expect(textOf('x.csv', bytes(nfd))).toBe('ti\u1ebfng Vi\u1ec7t');
	});

	it('brings the half-decomposed text of windows-1258 into NFC', () => {
		expect(textOf('x.csv', bytes('ti\u00ea\u0301ng'))).toBe('ti\u1ebfng');
	});

	it.each([
		['windows-1252', [0x53, 0xe1, 0x6e, 0x67]],
		['UTF-16 with its mark', [0xff, 0xfe, 0x61, 0x00]],
		['a sequence cut short', [0x61, 0xe1, 0xbb]],
		['a lone surrogate', [0xed, 0xa0, 0x80]],
		['an overlong slash', [0xc0, 0xaf]]
	])('refuses %s', (_, content) => {
		expect(issueOf(() => textOf('units.csv', new Uint8Array(content)))).toEqual({
			file: 'units.csv',
			line: null,
			column: null,
			raw: null,
			rule: 'not-utf-8',
			remedy: {
				vi: 'Tệp không phải UTF-8; hãy lưu lại với mã hóa UTF-8.',
				en: 'The file is not UTF-8; save it again as UTF-8.'
			}
		});
	});
});

describe('csvSheet', () => {
	it('gives the header and the rows with their lines, with a line break at the end or none', () => {
		for (const end of ['', '\n', '\r\n', '\n\n\n']) {
			const sheet = csvSheet('x.csv', `a,b\n1,2\n3,4${end}`);
			expect(sheet.header).toEqual(['a', 'b']);
			expect(sheet.headerLine).toBe(1);
			expect(rowsOf(`a,b\n1,2\n3,4${end}`)).toEqual([
				[2, '1', '2'],
				[3, '3', '4']
			]);
		}
	});

	it('gives the same rows each time', () => {
		const sheet = csvSheet('x.csv', 'a\n1\n2\n');
		const lines: number[] = [];
		sheet.rows((_, line) => lines.push(line));
		sheet.rows((_, line) => lines.push(line));
		expect(lines).toEqual([2, 3, 2, 3]);
	});

	it.each(['\n', '\r\n', '\r'])('gives the START line of each of two rows of many lines (line break %j)', (end) => {
		const text = ['a,b', '1,"x', 'y"', '3,"z', 'v', 'w"', '5,6', ''].join(end);
		expect(rowsOf(text)).toEqual([
			[2, '1', 'x\ny'],
			[4, '3', 'z\nv\nw'],
			[7, '5', '6']
		]);
	});

	it('reads line breaks of more than one kind in a file', () => {
		expect(rowsOf('a,b\r\n1,2\n3,4\r\n5,"6\n7"\n8,9')).toEqual([
			[2, '1', '2'],
			[3, '3', '4'],
			[4, '5', '6\n7'],
			[6, '8', '9']
		]);
	});

	it('leaves out blank lines anywhere and counts them', () => {
		const sheet = csvSheet('x.csv', '\n  \na,b\n\n1,2\n \t\n\n3,"4\n\n5"\n\n6,7\n\n');
		expect(sheet.header).toEqual(['a', 'b']);
		expect(sheet.headerLine).toBe(3);
		const lines: number[] = [];
		sheet.rows((_, line) => lines.push(line));
		expect(lines).toEqual([5, 8, 12]);
	});

	it('keeps a blank line inside quotation marks', () => {
		expect(rowsOf('a,b\n1,"x\n\ny"\n2,z')).toEqual([
			[2, '1', 'x\n\ny'],
			[5, '2', 'z']
		]);
	});

	it('trims headings, not cells', () => {
		const sheet = csvSheet('x.csv', ' a , b\u00a0\n 1 , 2\n');
		expect(sheet.header).toEqual(['a', 'b']);
		expect(rowsOf(' a , b\n 1 , 2\n')).toEqual([[2, ' 1 ', ' 2']]);
	});

	it('takes commas, doubled quotation marks and emptiness inside quotation marks', () => {
		expect(rowsOf('a,b,c\n"1,5","nói ""có""",""\n')).toEqual([[2, '1,5', 'nói "có"', '']]);
	});

	it('hands on rows that are too short or too long', () => {
		expect(rowsOf('a,b\n1\n1,2,3\n1,2\n,\n')).toEqual([
			[2, '1'],
			[3, '1', '2', '3'],
			[4, '1', '2'],
			[5, '', '']
		]);
	});

	it('takes a header without rows', () => {
		expect(csvSheet('x.csv', 'a,b').header).toEqual(['a', 'b']);
		expect(rowsOf('a,b')).toEqual([]);
		expect(rowsOf('a,b\n\n')).toEqual([]);
	});

	it.each(['', '\n', '\r\n\r\n', '  \n \n'])('refuses an empty file: %j', (text) => {
		expect(issueOf(() => csvSheet('units.csv', text))).toMatchObject({
			file: 'units.csv',
			line: 1,
			rule: 'empty-file',
			remedy: { vi: expect.stringContaining('Tệp trống') as string, en: expect.stringContaining('empty') as string }
		});
	});

	it.each([
		['never closed, on the last line', 'a,b\n1,2\n3,"x', 3],
		['never closed, before many rows', 'a,b\n1,"x\n2,3\n4,5\n6,7\n', 2],
		['never closed, after a row of many lines', 'a,b\n1,"x\ny"\n\n3,"z\n4,5\n', 5],
		['never closed, in the header', 'a,"b\n1,2\n', 1],
		['never closed until the next one opens', 'a,b\n1,"x\n2,"y"\n3,4\n', 2],
		['closed before the end of its cell', 'a,b\n1,2\n3,"x"y\n', 3],
		['opened inside a cell', 'a,b\n1,2\n3,4\n5,x"y"\n', 4],
		['never closed, with CRLF', 'a,b\r\n1,"x\r\ny"\r\n2,"z\r\n', 4]
	])('names the line of a quotation mark that is %s', (_, text, line) => {
		expect(issueOf(() => csvSheet('units.csv', text))).toMatchObject({
			file: 'units.csv',
			line,
			rule: 'quotation-mark'
		});
	});

	it('gives its issue as its message', () => {
		expect(() => csvSheet('units.csv', 'a\n"')).toThrow(/quotation mark/);
	});
});
