import { tableFromIPC } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { publishedReferences } from '../../../tests/reference';
import { dataset } from '../model/dataset';
import type { References } from '../model/reference';
import { Session, type CheckView, type Setting } from './session';

let references: References;
beforeAll(async () => {
	references = await publishedReferences();
});

const still = () => undefined;

function begin(plans: Setting['plans'] = {}): Session {
	const tables = ['initiatives', 'transfers', 'activities', 'targets'];
	return new Session({ tables, references, aliases: [], plans, day: '2026-11-24', limit: 2 ** 29 }, dataset);
}

const bytes = (text: string) => new TextEncoder().encode(text);

const lines = (view: CheckView) => Object.values(view.account).reduce((sum, count) => sum + count, 0);

const file = [
	'DANH SÁCH SÁNG KIẾN NĂM 2024;;;;;;',
	';;;;;;Đơn vị tính: triệu đồng',
	'TT;Tên sáng kiến;Tác giả;CCCD;Đơn vị;Ngày nộp;Giá trị làm lợi',
	'1;Cải tiến quy trình trả kết quả;Tác giả 01;019200000001;Sở Nội vụ;25/03/2024;12,5',
	'2;Số hóa hồ sơ;Tác giả 02;019200000002;Sở Không Có Thật;26/03/2024;3',
	';;;;;;',
	'3;Phần mềm tra cứu;Tác giả 03;019200000003;Sở Y tế;31/02/2024;không tính được',
	';Tổng cộng;;;;;15,5'
].join('\n');

describe('the warnings that are kept of a file', () => {
	it('name the rows that they are of by their keys', async () => {
		const session = begin();
		const text =
			'Mã sáng kiến;Tên sáng kiến;Tác giả;Đơn vị;Ngày nộp;Giá trị làm lợi;Ghi chú\n' +
			'SK-1;Cải tiến quy trình;Tác giả 01;Sở Nội vụ;25/03/2024;không tính được;\n' +
			'SK-2;Phần mềm tra cứu;Tác giả 02;Sở Y tế;26/03/2024;3;\n' +
			'SK-3;Số hóa hồ sơ;Tác giả 03;Sở Y tế;27/03/2024\n';
		await session.open('a.csv', bytes(text), still);
		const { account } = session.finish(0, session.check(0, still));
		expect(account.account.loaded).toBe(3);
		const told = account.warnings.map(({ line, rule, keys }) => [line, rule, keys]);
		expect(told).toContainEqual([2, 'not-a-value', ['SK-1']]);
		expect(told).toContainEqual([4, 'row-short', ['SK-3']]);
		expect(told.filter(([line]) => line === 3)).toEqual([]);
	});
});

describe('a file on its way in', () => {
	it('is understood, checked, mended and finished, and no row is lost on the way', async () => {
		const session = begin();
		const { parts, left } = await session.open('danh-sach.csv', bytes(file), still);
		expect(left).toEqual([]);
		const [part] = parts;
		expect(part).toMatchObject({
			length: 8,
			sheet: null,
			encoding: { chosen: 'utf-8', lossy: 0 },
			delimiter: { chosen: ';' },
			plan: { table: 'initiatives', headings: { first: 2, last: 2 }, start: 3, shape: 'rows' }
		});
		const meaning = part?.plan?.columns.map(({ column, personal }) => (personal ? 'personal' : column));
		expect(meaning).toEqual([null, 'title', 'lead_author', 'personal', 'unit_id', 'submitted_on', 'benefit_vnd']);
		expect(part?.plan?.columns[6]).toMatchObject({ decimal: ',', factor: 1e6 });
		expect(part?.plan?.defaults).toMatchObject({ initiative_id: '=key' });

		const first = session.check(0, still);
		expect(first.account).toEqual({
			loaded: 1,
			waiting: 2,
			blank: 1,
			heading: 3,
			group: 0,
			total: 1,
			note: 0,
			superseded: 0
		});
		expect(first.personal).toEqual(['CCCD']);
		const errors = first.groups.filter(({ severity }) => severity === 'error');
		expect(errors.map(({ rule, heading, count }) => [rule, heading, count]).sort()).toEqual([
			['type-date', 'Ngày nộp', 1],
			['unknown-unit', 'Đơn vị', 1]
		]);
		const waiting = session.rows(0, { fate: 'waiting' }, 0, 10);
		expect(waiting.rows.map(({ line }) => line)).toEqual([5, 7]);
		expect(waiting.rows[0]?.cells[3]).toBe('');

		const second = session.mend(0, [{ row: 6, at: 5, text: '29/02/2024' }], still);
		expect(second.account).toMatchObject({ loaded: 2, waiting: 1 });
		const third = session.alias(0, { name: 'Sở Không Có Thật', unit_id: 'TN-SYT' }, still);
		expect(third.account).toMatchObject({ loaded: 3, waiting: 0 });
		expect(lines(third)).toBe(8);

		const finished = session.finish(0, third);
		const table = tableFromIPC(finished.rows);
		expect(table.numRows).toBe(3);
		expect([...(table.getChild('benefit_vnd') ?? [])]).toEqual([12_500_000, 3_000_000, null]);
		expect(table.schema.fields.map(({ name }) => name)).not.toContain('CCCD');
		expect(new TextDecoder().decode(finished.original)).not.toContain('0192');
		expect(JSON.stringify(finished.account)).not.toContain('0192');
		expect(finished.account.rows.map(({ line, fate }) => [line, fate])).toEqual([
			[1, 'heading'],
			[2, 'heading'],
			[3, 'heading'],
			[6, 'blank'],
			[8, 'total']
		]);

		const again = begin();
		await again.open('danh-sach.csv', finished.original, still, finished.reopening, finished.account.mended);
		const reopened = again.alias(0, { name: 'Sở Không Có Thật', unit_id: 'TN-SYT' }, still);
		expect(reopened.account).toEqual(third.account);
		expect([...again.finish(0, reopened).rows]).toEqual([...finished.rows]);
	});

	it('remembers what was chosen for the same headings', async () => {
		const session = begin();
		const { parts } = await session.open('a.csv', bytes(file), still);
		const [part] = parts;
		if (!part?.plan) throw new Error('no plan');
		const changed = session.plan(0, { ...part.plan, year: 'school' });
		const another = begin({ [part.signature]: changed.plan ?? part.plan });
		const { parts: later } = await another.open('b.csv', bytes(file.replace('NĂM 2024', 'NĂM 2025')), still);
		expect(later[0]?.plan?.year).toBe('school');
	});

	it('is read again in another encoding and with another delimiter', async () => {
		const session = begin();
		await session.open('a.csv', bytes('a,b;c\n1,2;3\n'), still);
		const view = await session.reread(0, { delimiter: ';' }, still);
		expect(view.delimiter?.chosen).toBe(';');
		expect(view.top[0]?.cells).toEqual(['a,b', 'c']);
	});

	it('counts an initiative once, at its highest level', async () => {
		const session = begin();
		const text = [
			'Mã sáng kiến,Tên sáng kiến,Tác giả,Đơn vị,Cấp công nhận,Ngày công nhận',
			'SK-1,Một,Tác giả 01,Sở Y tế,Cấp cơ sở,2024-05-10',
			'SK-1,Một,Tác giả 01,Sở Y tế,Cấp tỉnh,2024-11-20',
			'SK-2,Hai,Tác giả 02,Sở Y tế,Cấp cơ sở,2024-05-10',
			'SK-2,Hai,Tác giả 02,Sở Y tế,Cấp cơ sở,2024-05-10'
		].join('\n');
		await session.open('a.csv', bytes(text), still);
		const view = session.check(0, still);
		expect(view.account).toMatchObject({ loaded: 2, waiting: 1, superseded: 1, heading: 1 });
		expect(session.rows(0, { fate: 'superseded' }, 0, 5).rows.map(({ line }) => line)).toEqual([2]);
		expect(view.groups.map(({ rule }) => rule)).toContain('repeated-key');
	});

	it('says what it did not load', async () => {
		const session = begin();
		const text = 'Tên sáng kiến,Tác giả,Đơn vị,Ngày nộp,Màu bìa\nMột,Tác giả 01,Sở Y tế,2024-05-10,Xanh\n';
		await session.open('a.csv', bytes(text), still);
		expect(session.check(0, still)).toMatchObject({ account: { loaded: 1 }, unused: ['Màu bìa'] });
	});

	it('stands files without a table', async () => {
		const session = begin();
		const { parts } = await session.open('a.txt', bytes('Kính gửi: Sở Nội vụ\n'), still);
		expect(parts[0]?.plan).toBeNull();
	});
});
