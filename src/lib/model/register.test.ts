import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { readParquet } from 'parquet-wasm/node';
import { tableFromIPC } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { readWorld, sampleActivities, sampleInitiatives, sampleTransfers, writeSample } from '../../../tests/sample';
import { activities, initiatives, registers, transfers } from './register';
import type { Column, Row, Rule, Table, Value } from './table';

const day = (text: string) => new Date(`${text}T00:00:00Z`);

function ruleOf(table: Table, name: string): Rule {
	const rule = table.rules?.find((each) => each.name === name);
	if (!rule) throw new Error(`${table.name} has no rule ${name}`);
	return rule;
}

/** The rule's own columns, empty but for `row`. */
function keeps(table: Table, name: string, row: Row): boolean {
	const rule = ruleOf(table, name);
	return rule.holds({ ...Object.fromEntries(rule.columns.map((column) => [column, null])), ...row });
}

/** Rows that keep a rule and rows that break it, beside the row that is empty. */
const cases: readonly (readonly [table: Table, rule: string, holding: readonly Row[], breaking: readonly Row[]])[] = [
	[
		initiatives,
		'contributions-total-100',
		['100', '60/40', '60%; 40%', '0,6/0,4', '33,3/33,3/33,4', '33.3/33.3/33.3', '50 / 30 / 20'].map(
			(contributions) => ({
				contributions
			})
		),
		['60/30', '60/50', '100/100', 'sáu mươi/bốn mươi', '120/-20', '/', '1%'].map((contributions) => ({ contributions }))
	],
	[
		initiatives,
		'recognised-has-day',
		[
			{ status: 'da_cong_nhan', recognised_on: day('2024-05-20') },
			{ status: 'dang_cham', recognised_on: null }
		],
		[{ status: 'da_cong_nhan', recognised_on: null }]
	],
	[
		initiatives,
		'recognised-after-submitted',
		[
			{ submitted_on: day('2024-05-01'), recognised_on: day('2024-05-20') },
			{ submitted_on: day('2024-05-01'), recognised_on: day('2024-05-01') },
			{ submitted_on: day('2024-05-01'), recognised_on: null }
		],
		[{ submitted_on: day('2024-05-01'), recognised_on: day('2024-04-30') }]
	],
	[
		initiatives,
		'level-fits-status',
		[
			{ status: 'da_cong_nhan', level: 'tinh' },
			{ status: 'khong_cong_nhan', level: 'khong_cong_nhan' },
			{ status: 'khong_cong_nhan', level: null },
			{ status: 'dang_cham', level: null },
			{ status: 'luu_tru', level: 'co_so' },
			{ status: null, level: 'co_so' }
		],
		[
			{ status: 'da_cong_nhan', level: null },
			{ status: 'da_cong_nhan', level: 'khong_cong_nhan' },
			{ status: 'khong_cong_nhan', level: 'co_so' },
			{ status: 'dang_cham', level: 'co_so' }
		]
	],
	[
		initiatives,
		'result-fits-status',
		[
			{ status: 'da_cong_nhan', result: 'dat' },
			{ status: 'da_cong_nhan', result: null },
			{ status: 'dang_cham', result: 'dat' }
		],
		[
			{ status: 'da_cong_nhan', result: 'khong_dat' },
			{ status: 'khong_cong_nhan', result: 'dat' }
		]
	],
	[
		initiatives,
		'applied-before-recognised',
		[
			{ first_applied_on: day('2023-09-05'), recognised_on: day('2024-05-20') },
			{ first_applied_on: day('2023-09-05') }
		],
		[{ first_applied_on: day('2024-05-21'), recognised_on: day('2024-05-20') }]
	],
	[
		initiatives,
		'first-applied-plausible',
		[
			{ submitted_on: day('2024-05-01'), first_applied_on: day('2023-09-05') },
			{ submitted_on: day('2024-05-01'), first_applied_on: day('2024-06-01') }
		],
		[
			{ submitted_on: day('2024-05-01'), first_applied_on: day('2014-09-05') },
			{ submitted_on: day('2024-05-01'), first_applied_on: day('2033-09-05') }
		]
	],
	[
		initiatives,
		'year-fits-submission',
		[
			{ submitted_on: day('2023-12-20'), year: 2024 },
			{ submitted_on: day('2024-05-01'), year: 2024 }
		],
		[{ submitted_on: day('2024-05-01'), year: 2042 }]
	],
	[initiatives, 'benefit-not-zero', [{ benefit_vnd: 1 }], [{ benefit_vnd: 0 }]],
	[
		initiatives,
		'verified-has-benefit',
		[
			{ benefit_vnd: 5_000_000, benefit_verified: true },
			{ benefit_vnd: null, benefit_verified: false }
		],
		[{ benefit_vnd: null, benefit_verified: true }]
	],
	[
		transfers,
		'filing-names-original',
		[
			{ filing_kind: 'cap_moi', transfer_id: 'B', original_id: null },
			{ filing_kind: 'sua_doi', transfer_id: 'B', original_id: 'A' },
			{ filing_kind: 'gia_han', transfer_id: 'B', original_id: 'A' }
		],
		[
			{ filing_kind: 'sua_doi', transfer_id: 'B', original_id: null },
			{ filing_kind: 'gia_han', transfer_id: 'B', original_id: null },
			{ filing_kind: 'sua_doi', transfer_id: 'B', original_id: 'B' }
		]
	],
	[
		transfers,
		'filing-has-value',
		[
			{ filing_kind: 'cap_moi', value: 250_000 },
			{ filing_kind: 'cap_moi', value: null },
			{ filing_kind: 'sua_doi', value: 0 }
		],
		[
			{ filing_kind: 'cap_moi', value: 0 },
			{ filing_kind: 'gia_han', value: 0 }
		]
	],
	[
		transfers,
		'value-has-currency',
		[{ value: 250_000, currency: 'USD' }, { currency: 'USD' }],
		[{ value: 250_000, currency: null }]
	],
	[
		transfers,
		'dong-rate-is-one',
		[
			{ currency: 'VND', exchange_rate: 1 },
			{ currency: 'VND', exchange_rate: null },
			{ currency: 'USD', exchange_rate: 25_400 }
		],
		[{ currency: 'VND', exchange_rate: 25_400 }]
	],
	[
		transfers,
		'value-converts',
		[
			// 100,000 × 25,400 = 2.54 billion; half a per cent of it is 12.7 million.
			{ value: 100_000, exchange_rate: 25_400, value_vnd: 2_540_000_000 },
			{ value: 100_000, exchange_rate: 25_400, value_vnd: 2_552_700_000 },
			{ value: 100_000, exchange_rate: null, value_vnd: 2540 }
		],
		[
			{ value: 100_000, exchange_rate: 25_400, value_vnd: 2_553_000_000 },
			{ value: 100_000, exchange_rate: 25_400, value_vnd: 2540 }
		]
	],
	[
		transfers,
		'certified-after-signed',
		[{ signed_on: day('2024-02-01'), certified_on: day('2024-03-15') }],
		[{ signed_on: day('2024-03-16'), certified_on: day('2024-03-15') }]
	],
	[
		transfers,
		'effective-after-signed',
		[{ signed_on: day('2024-02-01'), effective_on: day('2024-02-01') }],
		[{ signed_on: day('2024-02-01'), effective_on: day('2024-01-31') }]
	],
	[
		transfers,
		'tax-code-digits',
		['0123456789', '012345678901', '0123456789012', '0123456789-012'].map((code) => ({ recipient_tax_code: code })),
		['123456789', '01234567890', '01234567890123', '012345678A', '01234567-89'].map((code) => ({
			recipient_tax_code: code
		}))
	],
	[
		transfers,
		'country-fits-direction',
		[
			{ direction: 'vao_vn', supplier_country: 'KR' },
			{ direction: 'trong_nuoc', supplier_country: 'VN' },
			{ direction: 'ra_nn', supplier_country: 'VN' },
			{ direction: 'vao_vn', supplier_country: null }
		],
		[
			{ direction: 'vao_vn', supplier_country: 'VN' },
			{ direction: 'trong_nuoc', supplier_country: 'KR' },
			{ direction: 'ra_nn', supplier_country: 'JP' }
		]
	],
	[
		activities,
		'attended-within-invited',
		[
			{ invited: 35_900, attended: 35_599 },
			{ invited: 12, attended: 12 },
			{ invited: null, attended: 12 }
		],
		[{ invited: 12, attended: 13 }]
	],
	[
		activities,
		'accepted-within-opinions',
		[{ opinions: 9, accepted: 0 }, { accepted: 3 }],
		[{ opinions: 9, accepted: 10 }]
	],
	[
		activities,
		'no-session-no-audience',
		[
			{ sessions: 0, attended: 0, listeners: null },
			{ sessions: 1, attended: 20 },
			{ sessions: null, listeners: 20 }
		],
		[
			{ sessions: 0, attended: 20 },
			{ sessions: 0, listeners: 20 }
		]
	],
	[
		activities,
		'held-within-period',
		[
			{ period: '2024-Q3', held_on: day('2024-07-01') },
			{ period: '2024-Q3', held_on: day('2024-09-30') },
			{ period: '2024-H1', held_on: day('2024-06-30') },
			{ period: '2024', held_on: day('2024-12-31') },
			{ period: '2024-02', held_on: day('2024-02-29') },
			{ period: '2024-Q3', held_on: null }
		],
		[
			{ period: '2024-Q3', held_on: day('2024-06-30') },
			{ period: '2024-Q3', held_on: day('2024-10-01') },
			{ period: '2024-H2', held_on: day('2024-06-30') },
			{ period: '2023-02', held_on: day('2023-03-01') },
			{ period: '2024', held_on: day('2025-01-01') }
		]
	],
	[
		activities,
		'held-before-report',
		[{ held_on: day('2024-09-20'), submitted_on: day('2024-10-07') }],
		[{ held_on: day('2024-09-20'), submitted_on: day('2024-09-19') }]
	],
	[
		activities,
		'due-after-period',
		[{ period: '2024-Q3', due_on: day('2024-10-15') }],
		[
			{ period: '2024-Q3', due_on: day('2024-09-30') },
			{ period: '2024-Q4', due_on: day('2024-10-15') }
		]
	]
];

const named = cases.map(([table, rule, holding, breaking]) => ({
	name: `${table.name}.${rule}`,
	table,
	rule,
	holding,
	breaking
}));

describe('rules', () => {
	it.each(named)('$name', ({ table, rule, holding, breaking }) => {
		for (const row of holding) expect([row, keeps(table, rule, row)]).toEqual([row, true]);
		for (const row of breaking) expect([row, keeps(table, rule, row)]).toEqual([row, false]);
		expect(keeps(table, rule, {})).toBe(true);
	});

	it('are all tested above', () => {
		const declared = registers.flatMap((table) => (table.rules ?? []).map(({ name }) => `${table.name}.${name}`));
		expect(declared.sort()).toEqual(named.map(({ name }) => name).sort());
	});

	it.each(named)('$name reads only the columns that it names', ({ table, rule: name, holding, breaking }) => {
		const rule = ruleOf(table, name);
		for (const row of [...holding, ...breaking, {}]) {
			const watched = new Proxy<Row>(row, {
				get: (target, key) => {
					expect(rule.columns).toContain(key);
					return target[String(key)] ?? null;
				}
			});
			rule.holds(watched);
		}
	});
});

/** Headings as people type them: accents, case and signs do not count. */
function folded(heading: string): string {
	return heading
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[đĐ]/g, 'd')
		.toLowerCase()
		.replace(/[^a-z0-9%]/g, '');
}

describe.each(registers.map((table) => ({ name: table.name, table })))('headings of $name', ({ table }) => {
	it('mean one column each, and never a personal one', () => {
		const owners = new Map<string, string>();
		const claims = [
			...table.columns.flatMap(({ name, label, synonyms = [] }) =>
				[name, label.vi, ...synonyms].map((heading) => [heading, name] as const)
			),
			...(table.personal ?? []).map((heading) => [heading, 'personal'] as const)
		];
		for (const [heading, owner] of claims) {
			expect([heading, owners.get(folded(heading)) ?? owner]).toEqual([heading, owner]);
			owners.set(folded(heading), owner);
		}
	});

	it('are composed text', () => {
		const text = JSON.stringify(table);
		expect(text).toBe(text.normalize('NFC'));
	});

	it('leave out birthdays, identity numbers, phones and addresses of mail', () => {
		const expected = ['Ngày sinh', 'CCCD', 'CMND', 'Số định danh', 'Số điện thoại', 'SĐT', 'Email', 'Thư điện tử'];
		expect(table.personal).toEqual(expect.arrayContaining(expected));
	});
});

const data = fileURLToPath(new URL('../../../data', import.meta.url));

function read(name: string): Record<string, string>[] {
	return parse(readFileSync(join(data, `${name}.csv`), 'utf8'), { columns: true });
}

/** What is wrong with a value of a column, in a word; null when nothing is. */
function fault(column: Column, value: Value | undefined, codes: ReadonlyMap<string, unknown>): string | null {
	if (value === undefined) return 'no such cell';
	if (value === null) return column.required ? 'empty' : null;
	switch (column.type) {
		case 'integer':
		case 'number':
			if (typeof value !== 'number' || !Number.isFinite(value)) return 'no number';
			if (column.type === 'integer' && !Number.isInteger(value)) return 'no integer';
			return value < (column.minimum ?? -Infinity) || value > (column.maximum ?? Infinity) ? 'out of range' : null;
		case 'boolean':
			return typeof value === 'boolean' ? null : 'no boolean';
		case 'date':
			return value instanceof Date && value.getTime() % 86_400_000 === 0 ? null : 'no day';
		case 'period':
			return /^20\d\d-Q[1-4]$/.test(String(value)) ? null : 'no quarter';
		case 'code':
		case 'codes':
			return String(value)
				.split(column.type === 'codes' ? '|' : '\n')
				.every((code) => codes.has(`${column.list}.${code}`))
				? null
				: 'no code';
		case 'text':
			return typeof value === 'string' && value !== '' && value === value.normalize('NFC') ? null : 'no text';
	}
}

describe('the sample', () => {
	const world = readWorld();
	const seed = 7;
	const samples: readonly { name: string; table: Table; date: string; rows: Row[] }[] = [
		{ name: 'initiatives', table: initiatives, date: 'submitted_on', rows: [...sampleInitiatives(world, 1500, seed)] },
		{ name: 'transfers', table: transfers, date: 'certified_on', rows: [...sampleTransfers(world, 400, seed)] },
		{ name: 'activities', table: activities, date: 'submitted_on', rows: [...sampleActivities(world, 3000, seed)] }
	];
	const codes = new Map<string, Record<string, string>>();
	const units = new Map<string, Record<string, string>>();

	beforeAll(() => {
		// The registers' own codes lie in a file of their own until the lists are put together.
		for (const name of ['code_lists']) {
			try {
				for (const row of read(name)) codes.set(`${row['list']}.${row['code']}`, row);
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
			}
		}
		for (const row of read('units')) units.set(row['unit_id'] ?? '', row);
	});

	it.each(samples)('keeps types, codes and rules: $name', ({ table, rows }) => {
		expect(rows.length).toBeGreaterThan(300);
		for (const row of rows) {
			for (const column of table.columns)
				expect([column.name, row[column.name], fault(column, row[column.name], codes)]).toEqual([
					column.name,
					row[column.name],
					null
				]);
			for (const rule of table.rules ?? []) expect([rule.name, row, rule.holds(row)]).toEqual([rule.name, row, true]);
		}
		expect(new Set(rows.map((row) => row[table.key[0] ?? ''])).size).toBe(rows.length);
	});

	it.each(samples)('stays within the lives of units and codes: $name', ({ table, date, rows }) => {
		for (const row of rows) {
			const unit = units.get(String(row['unit_id']));
			const on = row[date] as Date;
			expect(unit).toBeDefined();
			if (unit?.['valid_from']) expect(on.getTime()).toBeGreaterThanOrEqual(day(unit['valid_from']).getTime());
			if (unit?.['valid_to']) expect(on.getTime()).toBeLessThan(day(unit['valid_to']).getTime());
			for (const { name, list } of table.columns) {
				const code = codes.get(`${list}.${String(row[name])}`);
				const last = (row['recognised_on'] ?? row['held_on'] ?? on) as Date;
				if (code?.['valid_to']) expect(last.getTime()).toBeLessThan(day(code['valid_to']).getTime());
				if (code?.['valid_from']) expect(last.getTime()).toBeGreaterThanOrEqual(day(code['valid_from']).getTime());
			}
		}
	});

	it('refers to earlier certificates', () => {
		const certified = new Map(samples[1]?.rows.map((row) => [row['transfer_id'], row['certified_on'] as Date]));
		const later = samples[1]?.rows.filter((row) => row['filing_kind'] !== 'cap_moi') ?? [];
		expect(later.length).toBeGreaterThan(20);
		for (const row of later) {
			const original = certified.get(row['original_id'] ?? null);
			expect(original?.getTime()).toBeLessThan((row['certified_on'] as Date).getTime());
		}
	});

	it('is the same for the same seed and another for another', () => {
		const hashes = [seed, seed, seed + 10].map((each) => {
			const out = mkdtempSync(join(tmpdir(), 'sample-'));
			try {
				writeSample(world, { out, seed: each, rows: 200 });
				return ['initiatives.csv', 'transfers.parquet', 'activities.csv'].map((file) =>
					createHash('sha256')
						.update(readFileSync(join(out, file)))
						.digest('hex')
				);
			} finally {
				rmSync(out, { recursive: true });
			}
		});
		expect(hashes[1]).toEqual(hashes[0]);
		hashes[2]?.forEach((hash, index) => expect(hash).not.toBe(hashes[0]?.[index]));
	});

	it('writes Parquet with the types of the declaration', () => {
		const out = mkdtempSync(join(tmpdir(), 'sample-'));
		try {
			const written = writeSample(world, { out, seed, rows: 50 });
			const table = tableFromIPC(readParquet(readFileSync(join(out, 'transfers.parquet'))).intoIPCStream());
			expect(table.numRows).toBe(written['transfers']);
			const types = Object.fromEntries(table.schema.fields.map(({ name, type }) => [name, String(type)]));
			expect(Object.keys(types)).toEqual(transfers.columns.map(({ name }) => name));
			expect(types).toMatchObject({
				transfer_id: 'Utf8',
				certified_on: 'Date32<DAY>',
				term_months: 'Int32',
				value_vnd: 'Float64',
				exclusive: 'Bool',
				objects: 'Utf8'
			});
		} finally {
			rmSync(out, { recursive: true });
		}
	});
});
