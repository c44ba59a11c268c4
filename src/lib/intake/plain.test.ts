import { Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnarGrid } from './columnar';
import { tokenise } from './delimited';
import type { Cell, Grid } from './grid';
import { plainAt, plainStrings, PlainWriter, takePlain, type PlainTexts } from './plain';
import { Values } from './values';

const encoder = new TextEncoder();

/** The texts as plain ones, added all at once behind some other bytes; null when one of them is not. */
function plainAtOnce(texts: readonly string[]): PlainTexts | null {
	const bytes = encoder.encode(`đ${texts.join('')}`);
	let end = 2;
	const offsets = Int32Array.of(end, ...texts.map((text) => (end += encoder.encode(text).length)));
	const writer = new PlainWriter(texts.length);
	return writer.addAll(bytes, offsets) ? writer.texts() : null;
}

/** The texts as plain ones, added one by one and all at once; null when one of them is not. */
function plainOf(texts: readonly string[]): PlainTexts | null {
	const plain = plainOneByOne(texts);
	expect(plainAtOnce(texts)).toEqual(plain);
	return plain;
}

function plainOneByOne(texts: readonly string[]): PlainTexts | null {
	const writer = new PlainWriter(texts.length);
	for (const text of texts) {
		const bytes = encoder.encode(`(${text})`);
		if (!writer.add(bytes, 1, bytes.length - 1)) return null;
	}
	return writer.texts();
}

describe('plain texts', () => {
	it.each(['TN-001', 'a b', '~', '=1+1', '"'])('are letters of ASCII: %s', (text) => {
		expect(plainOf([text])).not.toBeNull();
	});

	it.each([' a', 'a ', ' ', 'Đ', 'a\tb', 'a\nb', 'a\u007f', '\u0000', 'a\ufffd', 'a\u00a0'])('are not %j', (text) => {
		expect(plainOf([text])).toBeNull();
		expect(plainOf(['a', text, 'b'])).toBeNull();
	});

	it('are none where an offset lies before the one before it', () => {
		expect(new PlainWriter(2).addAll(encoder.encode('abcd'), Int32Array.of(0, 3, 2))).toBe(false);
	});

	it('come back as they were, one by one, all together and some of them, an empty one as none', () =>
		fc.assert(
			fc.property(fc.array(fc.stringMatching(/^([!-~]([ -~]{0,90}[!-~])?)?$/), { minLength: 1 }), (texts) => {
				const plain = plainOf(texts);
				if (!plain) throw new Error('They are plain.');
				const strings = texts.map((text) => text || null);
				expect(texts.map((_, row) => plainAt(plain, row))).toEqual(strings);
				expect(plainStrings(plain)).toEqual(strings);
				const odd = Int32Array.from(texts.keys()).filter((row) => row % 2 === 1);
				expect(plainStrings(takePlain(plain, odd))).toEqual(strings.filter((_, row) => row % 2 === 1));
				const values = Values.plain(plain);
				expect([values.length, [...values.take(odd)]]).toEqual([
					texts.length,
					strings.filter((_, row) => row % 2 === 1)
				]);
				const missing: number[] = [];
				values.missing((row) => missing.push(row));
				expect(missing).toEqual(strings.flatMap((text, row) => (text === null ? [row] : [])));
				expect(values.at(texts.length)).toBeNull();
				expect(values.distinct().different.slice(1)).toEqual([...new Set(strings)].filter((text) => text !== null));
			})
		));

	it('may be none', () => {
		const none = new PlainWriter(0).texts();
		expect(plainStrings(none)).toEqual([]);
		expect([...Values.plain(none)]).toEqual([]);
	});
});

/** What `plain` of a grid says of a column, beside the cells of the column; null where it says nothing. */
function told(grid: Grid, column: number, rows: Int32Array): { plain: Cell[] | null; cells: Cell[] } {
	const plain = grid.plain?.(column, rows) ?? null;
	return { plain: plain && plainStrings(plain), cells: Array.from(rows, (row) => grid.cell(row, column) || null) };
}

const anyText = fc.oneof(
	fc.constantFrom('', ' ', "'=1", "'", '"', 'a"b', 'a\nb', 'Đổi', 'TN-1', 'x y', '\u00a0', 'é', 'a;b'),
	fc.stringMatching(/^[!-~]{1,70}$/)
);

/** Texts of one batch, mostly plain and none of them null, as keys are. */
const arrowBatch = fc.oneof(
	fc.array(fc.stringMatching(/^[!-~]{1,9}$/), { maxLength: 5 }),
	fc.array(fc.option(fc.constantFrom('TN-1', 'x y', '')), { maxLength: 5 }),
	fc.array(fc.option(anyText), { minLength: 1, maxLength: 3 })
);

describe('the plain texts of a grid are its cells', () => {
	it('of delimited text, or nothing is said', async () => {
		let said = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(anyText, anyText, fc.boolean()), { minLength: 1, maxLength: 12 }),
				async (rows) => {
					const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
					const lines = rows.map(([one, other, isShort]) =>
						isShort ? quoted(one) : `${quoted(one)};${quoted(other)}`
					);
					const dialect = { delimiter: ';', columns: 2 } as Parameters<typeof tokenise>[2];
					const grid = await tokenise('a.csv', encoder.encode(lines.join('\n').normalize('NFC')), dialect);
					for (const column of [0, 1]) {
						const { plain, cells } = told(
							grid,
							column,
							Int32Array.from({ length: grid.length }, (_, row) => row)
						);
						if (plain === null) continue;
						said++;
						expect(plain).toEqual(cells);
					}
				}
			),
			{ numRuns: 500 }
		);
		expect(said).toBeGreaterThan(100);
	});

	it('of columns of Arrow, or nothing is said', async () => {
		let said = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(arrowBatch, { minLength: 1, maxLength: 4 }), async (batches) => {
				const texts = batches.flat();
				const part = (given: (string | null)[]) =>
					new Table({
						number: vectorFromArray(Int32Array.from(given.keys())),
						text: vectorFromArray(given, new Utf8())
					});
				const [first, ...others] = batches.map(part);
				const bytes = tableToIPC(first ? first.concat(...others) : part([]), 'file');
				const grid = await columnarGrid('a.arrow', bytes, 'arrow');
				const every = Int32Array.from(texts.keys());
				if (texts.length > 0) expect(told(grid, 0, every).plain).toBeNull();
				for (const rows of [every, every.filter((row) => row % 2 === 0)]) {
					const { plain, cells } = told(grid, 1, rows);
					if (plain === null) continue;
					said++;
					expect(plain).toEqual(cells);
				}
			}),
			{ numRuns: 500 }
		);
		expect(said).toBeGreaterThan(100);
	});
});
