import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import type { Database } from '../database/database';
import { sql } from '../database/sql';
import { ExportError, type Form, type Order } from './export';
import { exportFiles } from './exporter';

let db: Database;

beforeAll(async () => {
	db = await openTestDatabase();
	await db.exec(
		sql`CREATE TABLE many AS SELECT CAST(range AS INTEGER) AS n, 'Sáng kiến ' || range AS title, range / 4 AS amount,
			DATE '2020-01-01' + CAST(range % 2000 AS INTEGER) AS day, CAST(NULL AS BOOLEAN) AS verified FROM range(50000)`
	);
});

afterAll(() => db.close());

const order = (form: Form): Order => ({
	name: 'sang-kien',
	form,
	headings: { title: 'Tên' },
	origin: { title: 'Sáng kiến', filters: [], until: null, sources: [], sql: '', address: null, notice: null },
	words: {
		sheet: 'Nguồn gốc',
		title: 'Bảng',
		filters: 'Bộ lọc',
		none: 'không lọc',
		until: 'Đến',
		sources: 'Tệp',
		sql: 'SQL',
		address: 'Địa chỉ',
		notice: 'Lưu ý'
	}
});

describe('an export', () => {
	it('is written beside the page, from the engine to the file, in every form', async () => {
		const shares: number[] = [];
		const [csv, beside] = await exportFiles(db, sql`FROM many`, order('csv-vi'), {
			step: (share) => shares.push(share)
		});
		const lines = (await csv?.text())?.split('\r\n') ?? [];
		expect(lines).toHaveLength(50_002);
		expect(lines.slice(0, 3)).toEqual([
			'n;Tên;amount;day;verified',
			'0;Sáng kiến 0;0;2020-01-01;',
			'1;Sáng kiến 1;0,25;2020-01-02;'
		]);
		expect(shares.at(-1)).toBe(1);
		expect(beside?.name).toBe('sang-kien.csv-metadata.json');

		const [arrow] = await exportFiles(db, sql`FROM many`, order('arrow'));
		const table = tableFromIPC(new Uint8Array((await arrow?.arrayBuffer()) ?? new ArrayBuffer(0)));
		expect(table.numRows).toBe(50_000);
		expect(table.getChild('title')?.get(49_999)).toBe('Sáng kiến 49999');
		for (const form of ['parquet', 'xlsx'] as const) {
			const [file] = await exportFiles(db, sql`FROM many`, order(form));
			expect(file?.size).toBeGreaterThan(50_000);
		}
	});

	it('that a form cannot hold says so', async () => {
		const long = exportFiles(db, sql`SELECT repeat('x', 40000) AS text`, order('xlsx'));
		await expect(long).rejects.toBeInstanceOf(ExportError);
	});

	it('can be ended', async () => {
		const control = new AbortController();
		const ended = exportFiles(db, sql`FROM many`, order('xlsx'), { signal: control.signal });
		setTimeout(() => control.abort(new Error('enough')), 30);
		await expect(ended).rejects.toThrow('enough');
		expect(await db.query(sql`SELECT 1 AS x`)).toEqual([{ x: 1 }]);
	});
});
