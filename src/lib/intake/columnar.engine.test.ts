/** Here and in a browser, where the reader of Parquet is a module that must be fetched and started. */
import { DateDay, Float64, Int32, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { columnarGrid } from './columnar';
import { SheetError } from './issue';
import { workbookGrids } from './workbook';

const day = new Date('2024-02-29T00:00:00Z');

describe('files of typed columns', () => {
	it('reads Parquet, twice', async () => {
		const columnData = [
			{ name: 'Tên', data: ['Sáng kiến', null], type: 'STRING' as const },
			{ name: 'Điểm', data: [0.1, -1.5], type: 'DOUBLE' as const },
			{ name: 'Ngày', data: [day, null], type: 'TIMESTAMP' as const }
		];
		for (const codec of ['SNAPPY', 'UNCOMPRESSED'] as const) {
			const bytes = new Uint8Array(parquetWriteBuffer({ columnData, codec }));
			const grid = await columnarGrid('a.parquet', bytes, 'parquet');
			expect(grid.names).toEqual(['Tên', 'Điểm', 'Ngày']);
			expect([0, 1, 2].map((column) => grid.cell(0, column))).toEqual(['Sáng kiến', 0.1, day]);
			expect([0, 1, 2].map((column) => grid.cell(1, column))).toEqual([null, -1.5, null]);
		}
	});

	it('says that damaged Parquet is damaged', async () => {
		const bytes = new TextEncoder().encode('PAR1 … PAR1');
		await expect(columnarGrid('a.parquet', bytes, 'parquet')).rejects.toBeInstanceOf(SheetError);
	});

	it('reads Arrow', async () => {
		const table = new Table({
			text: vectorFromArray(['đ', null], new Utf8()),
			whole: vectorFromArray([1, null], new Int32()),
			number: vectorFromArray([0.5, null], new Float64()),
			day: vectorFromArray([day, null], new DateDay())
		});
		const grid = await columnarGrid('a.arrow', tableToIPC(table, 'stream'), 'arrow');
		expect([0, 1, 2, 3].map((column) => grid.cell(0, column))).toEqual(['đ', 1, 0.5, day]);
		expect([0, 1, 2, 3].map((column) => grid.cell(1, column))).toEqual([null, null, null, null]);
	});

	it('reads a workbook', async () => {
		const { utils, write } = await import('@e965/xlsx');
		const book = utils.book_new();
		utils.book_append_sheet(
			book,
			utils.aoa_to_sheet([
				['Mã', 'Điểm'],
				['001', 1.5]
			]),
			'Sáng kiến'
		);
		const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
		const [grid] = await workbookGrids('a.xlsx', bytes);
		expect([grid?.sheet, grid?.cell(1, 0), grid?.cell(1, 1)]).toEqual(['Sáng kiến', '001', 1.5]);
	});
});
