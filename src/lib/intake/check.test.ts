import { describe, expect, it } from 'vitest';
import { codeLists, dataset } from '../model/dataset';
import { activities, initiatives } from '../model/register';
import type { Column, Table } from '../model/table';
import { checkTable, codesOf, type Known } from './check';
import { describe as said, IntakeError, type Issue } from './issue';
import { csvSheet, textOf } from './sheet';
import { typeSheet } from './typed';

const lists = typeSheet(
	codeLists,
	csvSheet(
		'code_lists.csv',
		[
			'list,code,name_vi,name_en,valid_from,valid_to,source',
			'level,co_so,Cơ sở,Grassroots,,,',
			'level,huyen,Huyện,District,,2025-07-01,',
			'level,tinh,Tỉnh,Province,2013-05-01,2030-01-01,',
			'method,1,Một,One,,,',
			'method,2,Hai,Two,2020-01-01,,',
			'method,2a,Hai a,Two a,,,'
		].join('\n')
	)
);
const known: Known = {
	codes: codesOf(lists.typed),
	references: new Map([['units.unit_id', new Set(['U1', 'U2'])]])
};

const label = { vi: 'Cột', en: 'Column' };
const id: Column = { name: 'id', label, type: 'text', required: true };

/** The issues of a table `cases` with the column `id` and these, over rows of cells. */
function issuesOf(
	columns: Column[],
	rows: string[],
	more: Partial<Table> & { known?: Known; reading?: boolean } = {}
): Issue[] {
	const { known: against = known, reading = true, ...declared } = more;
	const table: Table = { name: 'cases', label, key: ['id'], columns: [id, ...columns], ...declared };
	const text = [table.columns.map(({ name }) => name).join(','), ...rows].join('\n');
	const { typed, issues } = typeSheet(table, csvSheet('cases.csv', text));
	return [...(reading ? issues : []), ...checkTable(typed, against, issues)];
}

describe('the code lists', () => {
	it('hold every code with its days', () => {
		expect(lists.issues).toEqual([]);
		expect(known.codes?.get('level')?.get('huyen')).toEqual({ from: null, to: new Date('2025-07-01T00:00:00Z') });
		expect([...(known.codes?.keys() ?? [])]).toEqual(['level', 'method']);
	});
});

describe('required cells', () => {
	const name: Column = { name: 'name', label, type: 'text', required: true };

	it('are named when empty or blank', () => {
		expect(issuesOf([name], ['a,x', 'b,', 'c,  '])).toEqual([
			{
				file: 'cases.csv',
				line: 3,
				column: 'name',
				raw: null,
				rule: 'required',
				remedy: { vi: 'ô này không được trống.', en: 'this cell must not be empty.' }
			},
			expect.objectContaining({ line: 4, column: 'name', rule: 'required' })
		]);
	});

	it('are not named a second time when the cell could not be read or its column is missing', () => {
		const count: Column = { name: 'count', label, type: 'integer', required: true };
		expect(issuesOf([count], ['a,mười']).map(({ rule }) => rule)).toEqual(['type-integer']);
		const table: Table = { name: 'cases', label, key: ['id'], columns: [id, count] };
		const { typed, issues } = typeSheet(table, csvSheet('cases.csv', 'id\na\nb\n'));
		expect(issues.map(({ rule }) => rule)).toEqual(['missing-column']);
		expect(checkTable(typed, known, issues)).toEqual([]);
		expect(checkTable(typed, known)).toHaveLength(2);
	});

	it('may be empty where the column does not need them', () => {
		expect(issuesOf([{ name: 'note', label, type: 'text' }], ['a,'])).toEqual([]);
	});
});

describe('ranges', () => {
	const share: Column = { name: 'share', label, type: 'number', minimum: 0, maximum: 1 };

	it('take both ends', () => {
		expect(issuesOf([share], ['a,0', 'b,1', 'c,0.5', 'd,', 'e,-0'])).toEqual([]);
	});

	it('name what lies beyond', () => {
		expect(issuesOf([share], ['a,1.01', 'b,-0.5'])).toEqual([
			{
				file: 'cases.csv',
				line: 2,
				column: 'share',
				raw: '1.01',
				rule: 'range',
				remedy: { vi: 'giá trị phải ít nhất 0 và nhiều nhất 1.', en: 'the value must be at least 0 and at most 1.' }
			},
			expect.objectContaining({ line: 3, raw: '-0.5' })
		]);
	});

	it('may be open at one end', () => {
		const count: Column = { name: 'count', label, type: 'integer', minimum: 0 };
		expect(issuesOf([count], ['a,-1'])[0]?.remedy).toEqual({
			vi: 'giá trị phải ít nhất 0.',
			en: 'the value must be at least 0.'
		});
		expect(issuesOf([{ name: 'n', label, type: 'integer', maximum: 5 }], ['a,6'])[0]?.remedy.vi).toBe(
			'giá trị phải nhiều nhất 5.'
		);
	});
});

describe('codes', () => {
	const level: Column = { name: 'level', label, type: 'code', list: 'level' };
	const methods: Column = { name: 'methods', label, type: 'codes', list: 'method' };

	it('of the list are right', () => {
		expect(issuesOf([level, methods], ['a,co_so,1|2|2a', 'b,tinh,2a', 'c,,'])).toEqual([]);
	});

	it('that are unknown are named with the list and its codes', () => {
		expect(issuesOf([level], ['a,Cơ sở'])).toEqual([
			{
				file: 'cases.csv',
				line: 2,
				column: 'level',
				raw: 'Cơ sở',
				rule: 'unknown-code',
				remedy: {
					vi: 'mã "Cơ sở" không có trong danh mục level; các mã là: co_so, huyen, tinh.',
					en: 'code "Cơ sở" is not in the list level; its codes are: co_so, huyen, tinh.'
				}
			}
		]);
	});

	it('are compared as they stand: case, other lists, several where one is asked', () => {
		expect(issuesOf([level], ['a,CO_SO', 'b,1', 'c,co_so|tinh']).map(({ line, rule }) => [line, rule])).toEqual([
			[2, 'unknown-code'],
			[3, 'unknown-code'],
			[4, 'unknown-code']
		]);
	});

	it('in one cell are each looked up; spaces, gaps and repetitions are named', () => {
		const found = issuesOf([methods], ['a,1|9|8', 'b,1||2', 'c,1| 2', 'd,1|2|1', 'e,1|']);
		expect(found.map(({ line, rule, raw }) => [line, rule, raw])).toEqual([
			[2, 'unknown-code', '1|9|8'],
			[3, 'unknown-code', '1||2'],
			[4, 'unknown-code', '1| 2'],
			[5, 'repeated-code', '1|2|1'],
			[6, 'unknown-code', '1|']
		]);
		expect(found[0]?.remedy.en).toContain('code "9", "8" is not');
		expect(found[3]?.remedy).toEqual({
			vi: 'mã 1 ghi hai lần trong ô; hãy bỏ một.',
			en: 'code 1 stands twice in the cell; remove one.'
		});
	});

	it('of a list that is not there are all unknown', () => {
		expect(issuesOf([{ ...level, list: 'levels' }], ['a,co_so'])).toMatchObject([{ rule: 'unknown-code' }]);
	});

	it('are not looked up when the file of code lists could not be read', () => {
		expect(issuesOf([level], ['a,gì đó'], { known: { ...known, codes: null } })).toEqual([]);
	});

	it('of a long list are not all written out', () => {
		const codes = new Map(Array.from({ length: 249 }, (_, index) => [`C${index}`, { from: null, to: null }]));
		const remedy = issuesOf([{ ...level, list: 'country' }], ['a,X'], {
			known: { ...known, codes: new Map([['country', codes]]) }
		})[0]?.remedy.en;
		expect(remedy).toContain('C0, C1,');
		expect(remedy).toMatch(/, ….$/);
		expect(remedy?.length).toBeLessThan(400);
	});
});

describe('codes on a day', () => {
	const columns: Column[] = [
		{ name: 'level', label, type: 'code', list: 'level', dated: 'held_on' },
		{ name: 'held_on', label, type: 'date' }
	];

	it('are right from their first day to the day before their last', () => {
		const rows = ['a,huyen,2025-06-30', 'b,tinh,2013-05-01', 'c,tinh,2029-12-31', 'd,co_so,1999-01-01', 'e,huyen,'];
		expect(issuesOf(columns, rows)).toEqual([]);
	});

	it('are named when they are used outside their days', () => {
		expect(issuesOf(columns, ['a,huyen,2025-07-01', 'b,tinh,2013-04-30', 'c,tinh,2030-01-01'])).toEqual([
			{
				file: 'cases.csv',
				line: 2,
				column: 'level',
				raw: 'huyen',
				rule: 'code-not-valid',
				remedy: {
					vi: 'mã huyen chỉ dùng trước 2025-07-01, mà held_on là 2025-07-01; hãy kiểm tra mã và ngày.',
					en: 'code huyen may be used only before 2025-07-01, but held_on is 2025-07-01; check the code and the day.'
				}
			},
			expect.objectContaining({ line: 3, raw: 'tinh', rule: 'code-not-valid' }),
			expect.objectContaining({
				line: 4,
				remedy: {
					vi: 'mã tinh chỉ dùng từ 2013-05-01, trước 2030-01-01, mà held_on là 2030-01-01; hãy kiểm tra mã và ngày.',
					en: 'code tinh may be used only from 2013-05-01 and before 2030-01-01, but held_on is 2030-01-01; check the code and the day.'
				}
			})
		]);
	});

	it('are each looked at where there are several; an unknown one has no days', () => {
		const several: Column[] = [
			{ name: 'methods', label, type: 'codes', list: 'method', dated: 'held_on' },
			{ name: 'held_on', label, type: 'date' }
		];
		expect(issuesOf(several, ['a,1|2,2019-12-31', 'b,9,2019-12-31', 'c,1|2,2020-01-01'])).toMatchObject([
			{ line: 2, rule: 'code-not-valid', raw: '1|2' },
			{ line: 3, rule: 'unknown-code' }
		]);
	});

	it('hold for the level of an initiative on the day of its recognition', () => {
		const days = dataset.flatMap((table) =>
			table.columns.filter(({ dated }) => dated !== undefined).map(({ name, dated }) => [table, name, dated] as const)
		);
		expect(days.map(([table, name, dated]) => `${table.name}.${name} on ${dated}`)).toContain(
			'initiatives.level on recognised_on'
		);
		for (const [table, , dated] of days) {
			expect(table.columns.find(({ name }) => name === dated)?.type).toBe('date');
		}
	});
});

describe('keys', () => {
	it('are named when they stand twice, with the line of the first', () => {
		expect(issuesOf([], ['a', 'b', 'a', 'a'])).toEqual([
			{
				file: 'cases.csv',
				line: 4,
				column: 'id',
				raw: 'a',
				rule: 'repeated-key',
				remedy: {
					vi: 'khóa (id = a) đã có ở dòng 2; hãy sửa hoặc xóa một dòng.',
					en: 'the key (id = a) stands on line 2 already; correct or remove one of them.'
				}
			},
			expect.objectContaining({ line: 5 })
		]);
	});

	it('of several columns are compared together, days and empty cells among them', () => {
		const columns: Column[] = [
			{ name: 'on', label, type: 'date' },
			{ name: 'to', label, type: 'text' }
		];
		const found = issuesOf(
			columns,
			['a,2024-01-01,', 'a,2024-01-02,', 'a,2024-01-01,x', 'a,2024-01-01,', 'b,2024-01-01,'],
			{ key: ['id', 'on', 'to'] }
		);
		expect(found).toMatchObject([{ line: 5, column: 'id', raw: 'a', rule: 'repeated-key' }]);
		expect(found[0]?.remedy.en).toBe(
			'the key (id, on, to = a, 2024-01-01, ∅) stands on line 2 already; correct or remove one of them.'
		);
	});

	it('do not run together: a|bc is not ab|c', () => {
		const columns: Column[] = [{ name: 'part', label, type: 'text' }];
		expect(issuesOf(columns, ['a,bc', 'ab,c', '"a,b",c', 'a,"b,c"'], { key: ['id', 'part'] })).toEqual([]);
	});

	it('are not compared where a cell of theirs could not be read', () => {
		const columns: Column[] = [{ name: 'year', label, type: 'integer' }];
		expect(issuesOf(columns, ['a,x', 'a,y', 'a,2024'], { key: ['id', 'year'] }).map(({ rule }) => rule)).toEqual([
			'type-integer',
			'type-integer'
		]);
	});

	it('are the same whether written in NFC or NFD', () => {
		const text = textOf('cases.csv', new TextEncoder().encode('id\nti\u1ebfng\ntie\u0302\u0301ng\n'));
		const table: Table = { name: 'cases', label, key: ['id'], columns: [id] };
		expect(checkTable(typeSheet(table, csvSheet('cases.csv', text)).typed, known)).toMatchObject([
			{ line: 3, raw: 'ti\u1ebfng', rule: 'repeated-key' }
		]);
	});
});

describe('references', () => {
	const unit: Column = { name: 'unit_id', label, type: 'text', references: 'units.unit_id' };
	const parent: Column = { name: 'parent_id', label, type: 'text', references: 'cases.id' };

	it('to known values are right', () => expect(issuesOf([unit], ['a,U1', 'b,U2', 'c,'])).toEqual([]));

	it('to unknown values are named', () => {
		expect(issuesOf([unit], ['a,U1', 'b,U3'])).toEqual([
			{
				file: 'cases.csv',
				line: 3,
				column: 'unit_id',
				raw: 'U3',
				rule: 'unknown-reference',
				remedy: {
					vi: 'không có units.unit_id này; hãy thêm vào tệp đó hoặc sửa mã.',
					en: 'there is no such units.unit_id; add it to that file or correct it.'
				}
			}
		]);
	});

	it('to the own table are looked up in all its rows, later ones too', () => {
		expect(issuesOf([parent], ['a,', 'b,a', 'c,d', 'd,a'])).toEqual([]);
		expect(issuesOf([parent], ['a,', 'b,z'])).toMatchObject([
			{ line: 3, column: 'parent_id', raw: 'z', rule: 'unknown-reference' }
		]);
	});

	it('of a row to itself are named', () => {
		expect(issuesOf([parent], ['a,', 'b,b'])).toEqual([
			{
				file: 'cases.csv',
				line: 3,
				column: 'parent_id',
				raw: 'b',
				rule: 'own-reference',
				remedy: {
					vi: 'parent_id không được là chính id của dòng này; hãy sửa hoặc để trống.',
					en: "parent_id must not be the row's own id; correct it or leave it empty."
				}
			}
		]);
	});

	it('are not looked up when their file could not be read, but are when it is not known at all', () => {
		const unread: Known = { ...known, references: new Map([['units.unit_id', null]]) };
		expect(issuesOf([unit], ['a,U9'], { known: unread })).toEqual([]);
		const nothing: Known = { ...known, references: new Map() };
		expect(issuesOf([unit], ['a,U1'], { known: nothing })).toMatchObject([{ rule: 'unknown-reference' }]);
	});

	it('of the dataset point to a key of an earlier table or of their own', () => {
		dataset.forEach((table, index) => {
			for (const { name, references } of table.columns) {
				if (references === undefined) continue;
				const [to, key] = references.split('.');
				const there = dataset.slice(0, index + 1).find((each) => each.name === to);
				expect(there?.key, `${table.name}.${name}`).toEqual([key]);
			}
		});
	});
});

describe('rules across fields', () => {
	const columns: Column[] = [
		{ name: 'invited', label, type: 'integer' },
		{ name: 'attended', label, type: 'integer' }
	];
	const rules: Table['rules'] = [
		{
			name: 'attended-within-invited',
			columns: ['invited', 'attended'],
			holds: ({ invited, attended }) =>
				typeof invited !== 'number' || typeof attended !== 'number' || attended <= invited,
			remedy: { vi: 'Không quá số mời.', en: 'No more than were invited.' }
		}
	];

	it('are checked row by row and shown at their last column', () => {
		expect(issuesOf(columns, ['a,10,10', 'b,10,11', 'c,,11', 'd,10,'], { rules })).toEqual([
			{
				file: 'cases.csv',
				line: 3,
				column: 'attended',
				raw: '11',
				rule: 'attended-within-invited',
				remedy: { vi: 'Không quá số mời.', en: 'No more than were invited.' }
			}
		]);
	});

	it('are not checked over a cell that could not be read', () => {
		const strict: Table['rules'] = [
			{ name: 'has-count', columns: ['invited'], holds: ({ invited }) => invited !== null, remedy: label }
		];
		expect(issuesOf(columns, ['a,mười,1', 'b,,1'], { rules: strict })).toMatchObject([
			{ line: 2, rule: 'type-integer' },
			{ line: 3, rule: 'has-count', raw: null }
		]);
	});

	it('of the registers find attended > invited, and a recognised initiative without its day', () => {
		const cell = (table: Table, given: Record<string, string>) =>
			[
				table.columns.map(({ name }) => name).join(','),
				table.columns.map(({ name }) => given[name] ?? '').join(',')
			].join('\n');
		const rulesOf = (table: Table, given: Record<string, string>) => {
			const { typed, issues } = typeSheet(table, csvSheet(`${table.name}.csv`, cell(table, given)));
			return checkTable(typed, { codes: null, references: new Map([['units.unit_id', null]]) }, issues)
				.filter(({ rule }) => rule !== 'required')
				.map(({ line, column, raw, rule }) => [line, column, raw, rule]);
		};
		expect(rulesOf(activities, { invited: '30', attended: '31' })).toEqual([
			[2, 'attended', '31', 'attended-within-invited']
		]);
		expect(rulesOf(activities, { invited: '30', attended: '30' })).toEqual([]);
		expect(rulesOf(initiatives, { status: 'da_cong_nhan', level: 'tinh' })).toEqual([
			[2, 'recognised_on', null, 'recognised-has-day']
		]);
	});
});

describe('what is said of an issue', () => {
	const issue: Issue = {
		file: 'units.csv',
		line: 12,
		column: 'kind',
		raw: 'so',
		rule: 'unknown-code',
		remedy: { vi: 'mã này không có.', en: 'there is no such code.' }
	};

	it('names the place, the value, the remedy and the rule in either language', () => {
		expect(said(issue, 'en')).toBe('units.csv:12, column kind, "so": there is no such code. [unknown-code]');
		expect(said(issue, 'vi')).toBe('units.csv:12, cột kind, "so": mã này không có. [unknown-code]');
	});

	it('leaves out what is not known and cuts a long value', () => {
		expect(said({ ...issue, line: null, column: null, raw: null }, 'en')).toBe(
			'units.csv: there is no such code. [unknown-code]'
		);
		expect(said({ ...issue, raw: 'x'.repeat(61) }, 'en')).toContain(`"${'x'.repeat(60)}…"`);
	});

	it('is all in the error of the intake, the first twenty in full and the number of the others', () => {
		const error = new IntakeError(Array.from({ length: 23 }, (_, index) => ({ ...issue, line: index + 2 })));
		expect(error.message).toContain('23 problem(s)');
		expect(error.message).toContain('units.csv:21,');
		expect(error.message).not.toContain('units.csv:22,');
		expect(error.message).toContain('… 3 more');
		expect(error.message).toContain('mã này không có.');
		expect(error.issues).toHaveLength(23);
	});
});
