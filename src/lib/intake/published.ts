/**
 * The published files of `data/` through the same door as anyone's: read, typed and checked by their declarations. One bad row
 * stops the build with its file, line, column, value and remedy. Runs in Node, at build and in tests.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../database/database';
import { indicators } from '../model/catalogue';
import { dataset } from '../model/dataset';
import { checkExpressions } from '../model/expression';
import type { Table, Value } from '../model/table';
import { parquetColumns } from './arrow';
import { checkTable, codesOf, type Known } from './check';
import { IntakeError, SheetError, unreadable, type Issue } from './issue';
import { csvSheet, textOf } from './sheet';
import { typeColumns, typeSheet, type Typed } from './typed';

/** Whether there is something of this name; what cannot be looked at is named when it is read. */
async function isThere(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		(error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR'
	);
}

/** The name of a table's file in a folder: `.csv` or `.parquet`. */
async function fileOf(folder: string, { name }: Table): Promise<string> {
	const [csv, parquet] = [`${name}.csv`, `${name}.parquet`];
	const [hasCsv, hasParquet] = await Promise.all([isThere(join(folder, csv)), isThere(join(folder, parquet))]);
	if (hasCsv && hasParquet) {
		throw unreadable(parquet, null, 'two-files', {
			vi: `Có cả ${csv} và ${parquet}; mỗi bảng chỉ một tệp, hãy bỏ tệp cũ.`,
			en: `There are both ${csv} and ${parquet}; a table is one file, so remove the old one.`
		});
	}
	if (!hasCsv && !hasParquet) {
		throw unreadable(csv, null, 'missing-file', {
			vi: `Thiếu tệp này trong thư mục dữ liệu; hãy thêm ${csv} hoặc ${parquet}, ít nhất với dòng tiêu đề.`,
			en: `This file is missing from the data folder; add ${csv} or ${parquet}, with at least its heading row.`
		});
	}
	return hasCsv ? csv : parquet;
}

async function readTable(folder: string, table: Table): Promise<{ typed: Typed; issues: Issue[] }> {
	const file = await fileOf(folder, table);
	const bytes = await readFile(join(folder, file)).catch((error: NodeJS.ErrnoException) => {
		throw unreadable(file, null, 'unreadable-file', {
			vi: `Không đọc được tệp này (${error.code}); hãy kiểm tra nó là tệp và quyền đọc.`,
			en: `The file cannot be read (${error.code}); check that it is a file and may be read.`
		});
	});
	if (file.endsWith('.csv')) return typeSheet(table, csvSheet(file, textOf(file, bytes)));
	const columns = await parquetColumns(bytes).catch(() => {
		throw unreadable(file, null, 'not-parquet', {
			vi: 'Tệp không phải Parquet hoặc đã hỏng; hãy ghi lại tệp.',
			en: 'The file is not Parquet or is damaged; write it again.'
		});
	});
	return typeColumns(table, file, columns);
}

/**
 * The typed tables of a folder of published files, in the order of `dataset`.
 *
 * @throws IntakeError naming every issue found.
 */
export async function readPublished(folder: string): Promise<Typed[]> {
	const tables: Typed[] = [];
	const issues: Issue[] = [];
	const references = new Map<string, Set<Value> | null>();
	let codes: Known['codes'] = null;
	for (const table of dataset) {
		try {
			const { typed, issues: reading } = await readTable(folder, table);
			if (table.name === 'code_lists') codes = codesOf(typed);
			issues.push(...reading, ...checkTable(typed, { codes, references }, reading));
			for (const name of table.key) references.set(`${table.name}.${name}`, new Set(typed.values[name]?.different));
			tables.push(typed);
		} catch (error) {
			if (!(error instanceof SheetError)) throw error;
			issues.push(error.issue);
			for (const name of table.key) references.set(`${table.name}.${name}`, null);
		}
	}
	if (issues.length > 0) throw new IntakeError(issues);
	return tables;
}

/**
 * Runs the expressions of `indicators.csv` on a database that holds the published tables and those derived from them.
 *
 * @throws IntakeError naming every wrong expression with its line.
 */
export async function checkIndicators(tables: readonly Typed[], db: Database): Promise<void> {
	const typed = tables.find(({ table }) => table.name === 'indicators');
	if (!typed) throw new Error('The published tables hold no table "indicators".');
	const problems = await checkExpressions(db, await indicators(db));
	const issues = problems.map(({ indicator_id: indicator, column, message }): Issue => {
		const index = [...(typed.values.indicator_id ?? [])].indexOf(indicator);
		const raw = typed.values[column]?.at(index) ?? null;
		return {
			file: typed.file,
			line: typed.lines[index] ?? null,
			column,
			raw: raw === null ? null : String(raw),
			rule: 'expression',
			remedy: message
		};
	});
	if (issues.length > 0) throw new IntakeError(issues);
}
