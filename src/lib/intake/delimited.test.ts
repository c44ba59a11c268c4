import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialectOf, tokenise, type Dialect } from './delimited';
import type { Grid } from './grid';

const comma: Dialect = { delimiter: ',', columns: 3, certainty: 1 };

const cellsOf = (grid: Grid) =>
	Array.from({ length: grid.length }, (_, row) =>
		Array.from({ length: grid.width(row) }, (_, column) => grid.cell(row, column))
	);

const utf8 = (text: string) => new TextEncoder().encode(text);

const read = async (text: string, dialect: Dialect = comma) => tokenise('a.csv', utf8(text), dialect);
const cells = async (text: string, dialect?: Dialect) => cellsOf(await read(text, dialect));

describe('tokenise', () => {
	it('cuts rows at line ends of every system', async () => {
		const expected = [
			['a', 'b', 'c'],
			['1', '2', '3']
		];
		for (const end of ['\n', '\r\n', '\r']) {
			expect(await cells(`a,b,c${end}1,2,3${end}`)).toEqual(expected);
			expect(await cells(`a,b,c${end}1,2,3`)).toEqual(expected);
		}
	});

	it('takes delimiters, line breaks and doubled marks in quoted cells, and spaces around them', async () => {
		const grid = await read('x,"a, ""b""\nc" , "d"\n1,2,3\n');
		expect(cellsOf(grid)).toEqual([
			['x', 'a, "b"\nc', 'd'],
			['1', '2', '3']
		]);
		expect([grid.line(0), grid.span(0), grid.line(1), grid.span(1)]).toEqual([1, 2, 3, 1]);
		expect(grid.raw(0)).toBe('x,"a, ""b""\nc" , "d"');
		expect(grid.flaws.size).toBe(0);
	});

	it('keeps blank lines as rows without cells, and counts them', async () => {
		const grid = await read('a,b,c\n\n  \n1,,\n\n');
		expect(cellsOf(grid)).toEqual([['a', 'b', 'c'], [], ['  '], ['1', '', ''], []]);
		expect(Array.from({ length: grid.length }, (_, row) => grid.line(row))).toEqual([1, 2, 3, 4, 5]);
	});

	it('takes a mark inside a cell as a letter', async () => {
		expect(await cells('ống 5",thép "tốt",x\n')).toEqual([['ống 5"', 'thép "tốt"', 'x']]);
	});

	it('keeps a NUL where it stands', async () => {
		expect(await cells('a\0b,c,d')).toEqual([['a\0b', 'c', 'd']]);
	});

	it('holds nothing for an empty text', async () => {
		expect(await cells('')).toEqual([]);
	});

	it.each([
		['that never closes', 'a,b,c\n1,"2,3\n4,5,6\n7,8,9\n', [1]],
		['that the next record’s opening mark closes', 'a,b,c\n1,"2,3\n4,"5",6\n7,8,9\n', [1]],
		['that an empty quoted cell passes by', 'a,b,c\n1,"2,3\n4,"",6\n7,"8",9\n', [1]],
		['that closes too early', 'a,b,c\n1,"2"x,3\n4,5,6\n', [1]],
		['in the last record', 'a,b,c\n1,2,3\n4,"5,6', [2]],
		['that a lonely mark far below closes before a delimiter', 'a,b,c\n1,"2,3\n4,5,6\n7,8",9\n1,2,3\n', [1]]
	])('loses one record at most to a mark %s', async (_, text, flawed) => {
		const grid = await read(text);
		expect([...grid.flaws.keys()]).toEqual(flawed);
		expect(grid.length).toBe(text.trimEnd().split('\n').length);
		const lines = text.trimEnd().split('\n');
		cellsOf(grid).forEach((row, index) => {
			if (!flawed.includes(index))
				expect(row).toEqual(lines[index]?.split(',').map((cell) => (/^".*"$/.test(cell) ? cell.slice(1, -1) : cell)));
			else expect(grid.raw(index)).toBe(lines[index]);
		});
	});

	it('does not take a title of several lines for swallowed rows', async () => {
		const grid = await read('a,b,c\n1,"Giải pháp:\n- một\n- hai",3\n4,5,6\n');
		expect(grid.flaws.size).toBe(0);
		expect(grid.cell(1, 1)).toBe('Giải pháp:\n- một\n- hai');
		expect(grid.line(2)).toBe(5);
	});

	it('is not slowed by marks that never close', async () => {
		const text = 'a,b,c\n' + '1,"2,3\n4,5,6\n'.repeat(30_000);
		const grid = await read(text);
		expect(grid.length).toBe(60_001);
		expect(grid.flaws.size).toBe(30_000);
	});

	it('can be ended at each step', async () => {
		const text = 'a,b,c\n'.repeat(1_000_000);
		await expect(
			tokenise('a.csv', utf8(text), comma, () => {
				throw new Error('enough');
			})
		).rejects.toThrow('enough');
	});

	const value = fc.string({ unit: fc.constantFrom('a', 'ế', ' ', ',', ';', '"', '\n', '\t', '|', '1'), maxLength: 6 });
	const table = fc
		.integer({ min: 2, max: 5 })
		.chain((columns) =>
			fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 8 })
		);

	it('brings back any table that was written with marks around every cell', () =>
		fc.assert(
			fc.asyncProperty(
				table,
				fc.constantFrom(',', ';', '\t', '|'),
				fc.constantFrom('\n', '\r\n', '\r'),
				async (rows, delimiter, end) => {
					// Texts that hold whole rows of the same width are the one thing that cannot be told from an unclosed mark.
					fc.pre(!rows.flat().some((cell) => cell.includes('\n') && cell.includes(delimiter)));
					const text = rows
						.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter) + end)
						.join('');
					const dialect = { delimiter: delimiter as ',', columns: rows[0]?.length ?? 0, certainty: 1 };
					expect(await cells(text, dialect)).toEqual(rows);
				}
			)
		));

	it('loses at most one row to one more mark in a clean text without other marks', () => {
		const word = fc.string({ unit: fc.constantFrom('a', 'b', 'đ', ' ', '1'), maxLength: 5 });
		const clean = fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: 12 });
		return fc.assert(
			fc.asyncProperty(clean, fc.nat(), async (rows, seed) => {
				const text = rows.map((row) => row.join(',') + '\n').join('');
				const place = seed % text.length;
				const grid = await read(text.slice(0, place) + '"' + text.slice(place));
				const found = cellsOf(grid);
				expect(found).toHaveLength(rows.length);
				expect(rows.filter((row, index) => String(found[index]) !== String(row)).length).toBeLessThanOrEqual(1);
			})
		);
	});

	it('gives every line of any text to exactly one row', () =>
		fc.assert(
			fc.asyncProperty(
				fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' '), maxLength: 60 }),
				async (text) => {
					const grid = await read(text);
					const lines = text.split(/\r\n|\n|\r/);
					if (lines.at(-1) === '') lines.pop();
					const spans = Array.from({ length: grid.length }, (_, row) => grid.span(row));
					expect(spans.reduce((sum, span) => sum + span, 0)).toBe(lines.length);
				}
			)
		));
});

describe('dialectOf', () => {
	it.each([
		['commas', 'a,b,c\n1,2,3\n', ',', 3],
		['semicolons with decimal commas', 'Tên;Giá trị;Năm\nA;1,5;2024\nB;2,25;2024\n', ';', 3],
		['tabs', 'a\tb\tc\n1,5\t2\t3\n', '\t', 3],
		['bars', 'a|b\n1|2\n', '|', 2],
		['title lines above', 'BÁO CÁO, NĂM 2024\n\nĐơn vị: triệu, đồng\na;b;c;d\n1;2;3;4\n5;6;7;8\n9;1;2;3\n', ';', 4],
		['delimiters in quoted cells', 'a;b\n"x, y, z, t";1\n"q, w, e, r";2\n', ';', 2],
		['what Excel says in the first line', 'sep=;\na,b;c\n', ';', 2],
		['one column', 'Tên\nA\nB\n', ',', 1],
		['nothing', '', ',', 1]
	])('tells %s', (_, text, delimiter, columns) => {
		expect(dialectOf(utf8(text))).toMatchObject({ delimiter, columns });
	});

	it('is sure of a clean file and not of one column', () => {
		expect(dialectOf(utf8('a;b;c\n1;2;3\n'.repeat(20))).certainty).toBe(1);
		expect(dialectOf(utf8('a\nb\n')).certainty).toBe(0);
	});
});
