/**
 * A pivot of a register: one or two fields down, none to two across, measures in the cells, with subtotals and grand totals. Everything is
 * counted by the engine over the rows themselves: the median or the number of different values of a total is that of its rows, never a sum of cells.
 */
import type { Asking, Database } from '../database/database';
import type { DataRow, DataValue } from '../database/row';
import { all, double, id, join, sql, table as values, type Sql } from '../database/sql';
import type { Column, Table } from './table';

/** A step of time for days. */
export type FieldStep = 'year' | 'quarter' | 'month';

/** A column that rows are told apart by; days by a step of time. */
export interface Field {
	readonly column: string;
	readonly step?: FieldStep;
}

/** What is counted in each cell. A share is that of rows, or of the sum of `column`, in the total of its row, its column or all. */
export type Measure =
	| { readonly kind: 'count' }
	| { readonly kind: 'sum' | 'mean' | 'median' | 'distinct'; readonly column: string }
	| { readonly kind: 'share'; readonly of: 'row' | 'column' | 'all'; readonly column?: string };

/** What a pivot shows, as plain JSON. */
export interface PivotDefinition {
	/** One or two. */
	readonly rows: readonly Field[];
	/** None to two. */
	readonly columns: readonly Field[];
	/** At least one. */
	readonly measures: readonly Measure[];
}

/** The value of a field: null where nothing is written. Steps of time are periods (`2025`, `2025-Q1`, `2025-01`). */
export type Key = string | number | boolean | null;

/** One row or column of a pivot. Fewer keys than fields are a subtotal; none is the grand total. */
export interface Heading {
	readonly keys: readonly Key[];
}

/** A pivot, counted. Headings come each with its subtotal before its parts, the grand total last. */
export interface Pivot {
	readonly definition: PivotDefinition;
	readonly rows: readonly Heading[];
	readonly columns: readonly Heading[];
	/** By row, by column, by measure; null where no row meets both, or the measure has nothing to count. */
	readonly cells: readonly (readonly (readonly (number | null)[])[])[];
}

/** A pivot that would be too large to read. */
export interface PivotTooLarge {
	readonly tooLarge: { readonly rows: number; readonly columns: number };
}

/** How large a pivot may be; a choice of this project: more cannot be read, and a page must stay quick. */
export const pivotLimit = { rows: 1000, columns: 120, cells: 40_000 } as const;

/** Whether a column can tell rows apart in a pivot: not an amount, whose values are nearly all different. */
export function isField({ type }: Column): boolean {
	return type !== 'number';
}

/** Whether a column holds numbers to count with. */
export function isCounted({ type, name }: Column): boolean {
	return (type === 'number' || type === 'integer') && name !== 'year';
}

function columnOf(register: Table, name: string): Column | undefined {
	return register.columns.find((one) => one.name === name);
}

/**
 * What a definition means for a register: unknown or unfit columns are left out, a field is used once, and there is always a row field and
 * a measure (the first code of the register, and the count).
 */
export function readPivot(register: Table, asked: PivotDefinition): PivotDefinition {
	const seen = new Set<string>();
	const fit = (fields: readonly Field[]) =>
		fields
			.flatMap((field): Field[] => {
				const column = columnOf(register, field.column);
				if (!column || !isField(column) || seen.has(field.column)) return [];
				seen.add(field.column);
				return [column.type === 'date' ? { column: column.name, step: field.step ?? 'year' } : { column: column.name }];
			})
			.slice(0, 2);
	const rows = fit(asked.rows);
	if (rows.length === 0) {
		const first = register.columns.find(
			(column) => column.type === 'code' && !asked.columns.some((field) => field.column === column.name)
		);
		rows.push(...fit([{ column: first?.name ?? 'unit_id' }]));
	}
	const columns = fit(asked.columns);
	const measures = asked.measures.filter((measure) => {
		if (measure.kind === 'count') return true;
		if (measure.column === undefined) return measure.kind === 'share';
		const column = columnOf(register, measure.column);
		return column !== undefined && (measure.kind === 'distinct' || isCounted(column));
	});
	return { rows, columns, measures: measures.length > 0 ? measures : [{ kind: 'count' }] };
}

/** The value that a field gives to a row. */
export function fieldValue({ column, step }: Field): Sql {
	const name = id(column);
	if (step === undefined) return name;
	const year = sql`CAST(EXTRACT(YEAR FROM ${name}) AS INTEGER)`;
	if (step === 'year') return sql`lpad(CAST(${year} AS VARCHAR), 4, '0')`;
	const part =
		step === 'quarter'
			? sql`'-Q' || CAST(EXTRACT(QUARTER FROM ${name}) AS VARCHAR)`
			: sql`'-' || lpad(CAST(EXTRACT(MONTH FROM ${name}) AS VARCHAR), 2, '0')`;
	return sql`(lpad(CAST(${year} AS VARCHAR), 4, '0') || ${part})`;
}

/** The rows behind a cell, given the keys of its row and its column. */
export function drill(definition: PivotDefinition, row: Heading, column: Heading): Sql {
	const within = (fields: readonly Field[], { keys }: Heading) =>
		keys.flatMap((key, index) => {
			const field = fields[index];
			return field ? [sql`${fieldValue(field)} IS NOT DISTINCT FROM ${key}`] : [];
		});
	return all([...within(definition.rows, row), ...within(definition.columns, column)]);
}

/** What the rows behind a cell have in common, one field after another. */
export function drillFilters(
	definition: PivotDefinition,
	row: Heading,
	column: Heading
): { readonly field: Field; readonly key: Key }[] {
	const within = (fields: readonly Field[], { keys }: Heading) =>
		keys.flatMap((key, index) => {
			const field = fields[index];
			return field ? [{ field, key }] : [];
		});
	return [...within(definition.rows, row), ...within(definition.columns, column)];
}

/** The median of numbers. Only DuckDB knows this function. */
function median(value: Sql): Sql {
	return sql`median(${value})`;
}

/** What a measure asks of a group of rows; a share asks for its part, and is divided when the totals are known. */
function asked(register: Table, measure: Measure): Sql {
	if (measure.kind === 'count' || measure.column === undefined) return double(sql`count(*)`);
	const name = id(measure.column);
	// A number that is none would make every sum none.
	const real = columnOf(register, measure.column)?.type === 'number' ? sql` FILTER (WHERE isfinite(${name}))` : sql``;
	switch (measure.kind) {
		case 'sum':
		case 'share':
			return double(sql`sum(${name})${real}`);
		case 'mean':
			return double(sql`avg(${name})${real}`);
		case 'median':
			return double(sql`${median(name)}${real}`);
		case 'distinct':
			return double(sql`count(DISTINCT ${name})`);
	}
}

const rowName = (index: number) => id(`row ${index}`);
const columnName = (index: number) => id(`column ${index}`);

/** Every beginning of a list, the whole first and the empty one last. */
function beginnings<T>(list: readonly T[]): T[][] {
	return Array.from({ length: list.length + 1 }, (_, index) => list.slice(0, list.length - index));
}

const text = (keys: readonly Key[]) => JSON.stringify(keys);

/** Keys as they come from the engine: days never, numbers that are none as null. */
function keyOf(value: DataValue | undefined): Key {
	if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
	return null;
}

/** The names of the fields of a pivot in its question, and the rows that it counts. */
function given(register: Table, where: Sql, { rows: down, columns: across }: PivotDefinition) {
	const fields = join([
		...down.map((field, index) => sql`${fieldValue(field)} AS ${rowName(index)}`),
		...across.map((field, index) => sql`${fieldValue(field)} AS ${columnName(index)}`)
	]);
	return {
		from: sql`(SELECT *, ${fields} FROM ${id(register.name)} WHERE ${where}) AS given`,
		down: down.map((_, index) => rowName(index)),
		across: across.map((_, index) => columnName(index))
	};
}

/** The question of a pivot: a row for each of its cells, its subtotals and its totals. */
export function pivotQuestion(register: Table, where: Sql, definition: PivotDefinition): Sql {
	const { from, down, across } = given(register, where, definition);
	const sets = beginnings(down).flatMap((one) => beginnings(across).map((other) => [...one, ...other]));
	// Which of the names a group is told apart by: a key that is null is not a subtotal.
	const grouped = [...down, ...across];
	const level = sql`GROUPING(${join(grouped)}) AS "level"`;
	const counted = definition.measures.map(
		(measure, index) => sql`${asked(register, measure)} AS ${id(`measure ${index}`)}`
	);
	return sql`SELECT ${join([...grouped, level, ...counted])} FROM ${from}
		GROUP BY GROUPING SETS (${join(sets.map((set) => sql`(${join(set)})`))})`;
}

/** Counts a pivot over the rows that meet a condition. The definition is one that `readPivot` gave. */
export async function pivot(
	db: Database,
	register: Table,
	where: Sql,
	definition: PivotDefinition,
	asking?: Asking
): Promise<Pivot | PivotTooLarge> {
	const { rows: down, columns: across, measures } = definition;
	const { from, down: downNames, across: acrossNames } = given(register, where, definition);
	const different = (names: readonly Sql[]) =>
		names.length === 0 ? sql`1` : sql`(SELECT count(*) FROM (SELECT DISTINCT ${join(names)} FROM ${from}))`;
	const [size] = await db.query<{ down: number; across: number }>(
		sql`SELECT ${different(downNames)} AS down, ${different(acrossNames)} AS across`,
		asking
	);
	const { down: high = 0, across: wide = 0 } = size ?? {};
	if (high > pivotLimit.rows || wide > pivotLimit.columns || high * wide > pivotLimit.cells)
		return { tooLarge: { rows: high, columns: wide } };

	const groups = await db.query(pivotQuestion(register, where, definition), asking);

	// GROUPING sets a bit for each name that the group does not tell apart, the first name in the highest.
	const names = down.length + across.length;
	const told = (level: number, index: number) => (level & (1 << (names - 1 - index))) === 0;
	const headings = { rows: new Map<string, Key[]>(), columns: new Map<string, Key[]>() };
	const found = new Map<string, readonly (number | null)[]>();
	for (const group of groups) {
		const level = Number(group['level']);
		const keysOf = (names: 'row' | 'column', count: number, first: number): Key[] =>
			Array.from({ length: count }, (_, index) => index)
				.filter((index) => told(level, first + index))
				.map((index) => keyOf(group[`${names} ${index}`]));
		const row = keysOf('row', down.length, 0);
		const column = keysOf('column', across.length, down.length);
		headings.rows.set(text(row), row);
		headings.columns.set(text(column), column);
		found.set(text([text(row), text(column)]), valuesOf(group, measures));
	}
	const cell = (row: readonly Key[], column: readonly Key[]) => found.get(text([text(row), text(column)]));
	const rows = inTree([...headings.rows.values()]);
	const columns = inTree([...headings.columns.values()]);
	const cells = rows.map(({ keys: row }) =>
		columns.map(({ keys: column }) =>
			measures.map((measure, index) => {
				const value = cell(row, column)?.[index] ?? null;
				if (measure.kind !== 'share' || value === null) return value;
				const whole = measure.of === 'row' ? cell(row, []) : measure.of === 'column' ? cell([], column) : cell([], []);
				const divisor = whole?.[index] ?? null;
				return divisor === null || divisor === 0 ? null : value / divisor;
			})
		)
	);
	return { definition, rows, columns, cells };
}

function valuesOf(group: DataRow, measures: readonly Measure[]): (number | null)[] {
	return measures.map((_, index) => {
		const value = group[`measure ${index}`];
		return typeof value === 'number' && Number.isFinite(value) ? value : null;
	});
}

/** Compares two keys of one field; those without a value come last. */
export type CompareKeys = (a: Key, b: Key, depth: number) => number;

/** Numbers by size, all else by its letters, nothing last. */
export function compareKeys(a: Key, b: Key): number {
	if (a === null || b === null) return Number(a === null) - Number(b === null);
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	return String(a) < String(b) ? -1 : Number(String(a) > String(b));
}

/** Headings with each subtotal before its parts and the grand total last, siblings in an order. */
function inTree(
	headings: readonly (readonly Key[])[],
	siblings?: (a: readonly Key[], b: readonly Key[]) => number
): Heading[] {
	const order = siblings ?? ((a, b) => compareKeys(a.at(-1) ?? null, b.at(-1) ?? null));
	const children = new Map<string, (readonly Key[])[]>();
	for (const keys of headings) {
		if (keys.length === 0) continue;
		const parent = text(keys.slice(0, -1));
		children.set(parent, [...(children.get(parent) ?? []), keys]);
	}
	const walk = (keys: readonly Key[]): Heading[] =>
		(children.get(text(keys)) ?? []).toSorted(order).flatMap((child) => [{ keys: child }, ...walk(child)]);
	return [...walk([]), { keys: [] }];
}

/** What the rows or the columns of a pivot are ordered by: their names, or the values in one line across them. */
export interface PivotOrder {
	/** The keys of the line that counts (`[]` is the total); null to go by names. */
	readonly by: readonly Key[] | null;
	readonly measure: number;
	readonly descending: boolean;
}

/**
 * A pivot with its rows and its columns in another order. Parts stay with their subtotal, totals stay where they are, lines without a value
 * come last. A line that is no longer there orders by names.
 */
export function arrange(
	pivoted: Pivot,
	rowOrder: PivotOrder,
	columnOrder: PivotOrder,
	compare: { readonly rows: CompareKeys; readonly columns: CompareKeys }
): Pivot {
	const indexOf = (headings: readonly Heading[]) => new Map(headings.map(({ keys }, index) => [text(keys), index]));
	const rowIndex = indexOf(pivoted.rows);
	const columnIndex = indexOf(pivoted.columns);
	const order = (
		headings: readonly Heading[],
		{ by, measure, descending }: PivotOrder,
		names: CompareKeys,
		value: (keys: readonly Key[], line: number) => number | null
	) => {
		const across = headings === pivoted.rows ? columnIndex : rowIndex;
		const line = by === null ? undefined : across.get(text(by));
		const byName = (a: readonly Key[], b: readonly Key[]) => {
			const [x, y] = [a.at(-1) ?? null, b.at(-1) ?? null];
			if (x === null || y === null) return Number(x === null) - Number(y === null);
			return names(x, y, a.length - 1) * (by === null && descending ? -1 : 1);
		};
		return inTree(
			headings.map(({ keys }) => keys),
			(a, b) => {
				if (line === undefined || measure < 0) return byName(a, b);
				const [x, y] = [value(a, line), value(b, line)];
				if (x === null || y === null) return Number(x === null) - Number(y === null) || byName(a, b);
				return (descending ? y - x : x - y) || byName(a, b);
			}
		);
	};
	const at = (row: number | undefined, column: number | undefined, measure: number) =>
		row === undefined || column === undefined ? null : (pivoted.cells[row]?.[column]?.[measure] ?? null);
	const rows = order(pivoted.rows, rowOrder, compare.rows, (keys, line) =>
		at(rowIndex.get(text(keys)), line, rowOrder.measure)
	);
	const columns = order(pivoted.columns, columnOrder, compare.columns, (keys, line) =>
		at(line, columnIndex.get(text(keys)), columnOrder.measure)
	);
	const cells = rows.map(({ keys: row }) =>
		columns.map(
			({ keys: column }) => pivoted.cells[rowIndex.get(text(row)) ?? -1]?.[columnIndex.get(text(column)) ?? -1] ?? []
		)
	);
	return { definition: pivoted.definition, rows, columns, cells };
}

/** How many steps the colours of cells have. */
export const heatSteps = 5;

/**
 * The bounds of the steps of a measure: each holds about as many of the cells that are no total, so that one very large cell does not bleach
 * all others. Empty when there is nothing to tell apart.
 */
export function heatBounds({ definition, rows, columns, cells }: Pivot, measure: number): number[] {
	const values = rows
		.flatMap(({ keys: row }, index) =>
			row.length < definition.rows.length
				? []
				: columns.flatMap(({ keys: column }, at) =>
						column.length < definition.columns.length ? [] : [cells[index]?.[at]?.[measure] ?? null]
					)
		)
		.filter((value) => value !== null)
		.toSorted((a, b) => a - b);
	const different = [...new Set(values)];
	if (different.length < 2) return [];
	if (different.length <= heatSteps) return different;
	const bounds = Array.from(
		{ length: heatSteps },
		(_, step) => values[Math.ceil(((step + 1) / heatSteps) * values.length) - 1] ?? NaN
	);
	return [...new Set(bounds)];
}

/** The step of a value, from 1 up to `heatSteps`; 0 when it has none. */
export function heatStep(value: number | null, bounds: readonly number[]): number {
	if (value === null || bounds.length === 0) return 0;
	const index = bounds.findIndex((bound) => value <= bound);
	const step = index < 0 ? bounds.length - 1 : index;
	return bounds.length === 1 ? heatSteps : Math.round(1 + (step / (bounds.length - 1)) * (heatSteps - 1));
}

/** A pivot as a sheet: heading rows, then a row a heading with its names and its numbers, totals included. */
export interface PivotSheet {
	readonly head: readonly (readonly string[])[];
	readonly body: readonly (readonly (string | number | null)[])[];
}

/** The words of a sheet. */
export interface PivotWords {
	readonly field: (field: Field) => string;
	readonly key: (field: Field, key: Key) => string;
	readonly measure: (measure: Measure) => string;
	/** Of the whole. */
	readonly total: string;
	/** Of a subtotal, after the name of what it is the total of. */
	readonly subtotal: (name: string) => string;
}

/** A pivot as a sheet, with its totals. */
export function sheetOf({ definition, rows, columns, cells }: Pivot, words: PivotWords): PivotSheet {
	const { rows: down, columns: across, measures } = definition;
	const named = (fields: readonly Field[], { keys }: Heading): string[] =>
		fields.map((field, depth) => {
			const key = keys[depth];
			if (key !== undefined) return words.key(field, key);
			if (depth !== keys.length) return '';
			const [above, last] = [fields[depth - 1], keys[depth - 1]];
			return above === undefined || last === undefined ? words.total : words.subtotal(words.key(above, last));
		});
	const wide = columns.map((column) => named(across, column));
	const head = across.map((field, depth) => [
		...down.map((_, index) => (index === down.length - 1 ? words.field(field) : '')),
		...wide.flatMap((names) => measures.map(() => names[depth] ?? ''))
	]);
	head.push([...down.map(words.field), ...columns.flatMap(() => measures.map(words.measure))]);
	return {
		head,
		body: rows.map((row, index) => [
			...named(down, row),
			...columns.flatMap((_, at) => measures.map((_, measure) => cells[index]?.[at]?.[measure] ?? null))
		])
	};
}

/** A pivot for a file. */
export interface Counted {
	/** Its lines as a table of the engine. */
	readonly query: Sql;
	/** The question that they answer. */
	readonly text: string;
}

/** A sheet as a table of the engine, for files: its headings as one line of names, its names as texts and its numbers as numbers. */
export function sheetQuery({ head, body }: PivotSheet, fields: number): Sql {
	const width = head[0]?.length ?? 0;
	const names: string[] = [];
	for (let at = 0; at < width; at++) {
		const parts = head.map((line) => line[at] ?? '').filter((part) => part !== '');
		// Over the names of rows stand the names of fields across, which are no part of them.
		const name = at < fields ? (parts.at(-1) ?? '') : parts.join(' · ');
		let own = name;
		// Two units may have one name; a file needs two.
		for (let number = 2; names.some((other) => other.toLowerCase() === own.toLowerCase()); number++)
			own = `${name} (${number})`;
		names.push(own);
	}
	const typed = names.map(
		(name, at) => sql`CAST(${id(`c${at}`)} AS ${at < fields ? sql`VARCHAR` : sql`DOUBLE`}) AS ${id(name)}`
	);
	const cells = values(
		'sheet',
		names.map((_, at) => `c${at}`),
		body
	);
	return sql`SELECT ${join(typed)} FROM ${cells}`;
}
