/** Real-shaped files with their hand-written truth (`tests/fixtures/corpus`): what each becomes, row by row and issue by issue. */
import { DataType, tableFromIPC } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { corpus, type Choices, type ExpectedPart } from '../../../tests/corpus';
import { publishedReferences } from '../../../tests/reference';
import { dataset } from '../model/dataset';
import type { References } from '../model/reference';
import type { ColumnPlan, Plan } from './plan';
import { Session, type PartView } from './session';
import { SheetError } from './issue';

const files = await corpus();
let references: References;
beforeAll(async () => {
	references = await publishedReferences();
});

const still = () => undefined;

/** The plan with what a person would have chosen. */
function chosen(plan: Plan, { defaults = {}, decimal = {}, order = {}, factor = {}, fill = [] }: Choices): Plan {
	const columns = plan.columns.map((column): ColumnPlan => {
		const name = column.column ?? '';
		return {
			...column,
			decimal: decimal[name] ?? column.decimal,
			order: order[name] ?? column.order,
			factor: factor[name] ?? column.factor,
			fill: fill.includes(name) || column.fill
		};
	});
	return { ...plan, columns, defaults: { ...plan.defaults, ...defaults } };
}

function plain(value: unknown): unknown {
	if (value instanceof Date) return value.toISOString().slice(0, 10);
	return typeof value === 'bigint' ? Number(value) : value;
}

/** The rows of an Arrow stream, days as ISO text. */
function rowsOf(bytes: Uint8Array): Record<string, unknown>[] {
	const table = tableFromIPC(bytes);
	const isDay = (type: DataType) => DataType.isDate(DataType.isDictionary(type) ? (type.dictionary as DataType) : type);
	const days = new Set(table.schema.fields.filter(({ type }) => isDay(type as DataType)).map(({ name }) => name));
	return Array.from({ length: table.numRows }, (_, index) =>
		Object.fromEntries(
			table.schema.fields.map(({ name }) => {
				const value: unknown = table.getChild(name)?.get(index) ?? null;
				return [name, days.has(name) && value !== null ? plain(new Date(Number(value))) : plain(value)];
			})
		)
	);
}

function begin(): Session {
	const tables = ['initiatives', 'transfers', 'activities', 'unit_headcounts', 'units', 'targets', 'actuals'];
	return new Session({ tables, references, aliases: [], plans: {}, day: '2026-11-24', limit: 2 ** 28 }, dataset);
}

/** What became of a part, in the words of its truth. */
function found(session: Session, part: PartView, expected: ExpectedPart) {
	if (!part.plan) return { table: null };
	session.plan(part.index, chosen(part.plan, expected.choices));
	let view = session.check(part.index, still);
	for (const [name, unit] of Object.entries(expected.choices.units ?? {}))
		view = session.alias(part.index, { name, unit_id: unit }, still);
	const plan = session.view(part.index).plan;
	const nameOf = (at: number | null) => plan?.columns.find((column) => column.at === at)?.column ?? null;
	const issues = (['loaded', 'waiting'] as const).flatMap((fate) =>
		session
			.rows(part.index, { fate }, 0, 10_000)
			.rows.flatMap((row) =>
				row.issues.map(({ at, rule, severity }) => `${row.line} ${nameOf(at)} ${rule} ${severity}`)
			)
	);
	const rows = rowsOf(session.finish(part.index, view).rows);
	const sums = new Map<string, number>();
	for (const row of rows)
		for (const [measure, value] of Object.entries(row))
			if (typeof value === 'number') {
				const key = `${String(row['activity'])}.${measure}`;
				sums.set(key, (sums.get(key) ?? 0) + value);
			}
	return {
		table: part.plan.table,
		shape: part.plan.shape,
		encoding: part.encoding?.chosen ?? null,
		delimiter: part.delimiter?.chosen ?? null,
		account: view.account,
		issues: issues.toSorted(),
		personal: view.personal.toSorted(),
		unused: view.unused.toSorted(),
		sums,
		rows
	};
}

describe.each(files)('$name', ({ file, bytes, truth }) => {
	it(truth.about, async () => {
		const session = begin();
		if (truth.refused !== undefined) {
			await expect(session.open(file, bytes, still)).rejects.toThrow(SheetError);
			return;
		}
		const { parts } = await session.open(file, bytes, still);
		expect(parts).toHaveLength(truth.parts.length);
		for (const [index, expected] of truth.parts.entries()) {
			const part = parts[index];
			if (!part) throw new Error('There is no such part.');
			const real = found(session, part, expected);
			expect(real.table).toBe(expected.table);
			if (expected.table === null || real.table === null) continue;
			expect(real).toMatchObject({
				shape: expected.shape,
				...(expected.encoding === null ? {} : { encoding: expected.encoding }),
				...(expected.delimiter === null ? {} : { delimiter: expected.delimiter }),
				account: expected.account,
				issues: expected.issues
					.map(({ line, column, rule, severity }) => `${line} ${column} ${rule} ${severity}`)
					.toSorted(),
				...(expected.personal ? { personal: expected.personal.toSorted() } : {}),
				...(expected.unused ? { unused: expected.unused.toSorted() } : {})
			});
			for (const [key, sum] of Object.entries(expected.sums ?? {})) expect(real.sums?.get(key), key).toBe(sum);
			const wanted = expected.rows.map((row) =>
				Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'line'))
			);
			if (expected.shape === 'wide')
				for (const row of wanted) expect(real.rows).toContainEqual(expect.objectContaining(row));
			else
				expect(
					real.rows?.map((row, place) =>
						Object.fromEntries(Object.keys(wanted[place] ?? {}).map((name) => [name, row[name] ?? null]))
					)
				).toEqual(wanted);
		}
	});
});
