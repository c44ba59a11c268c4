/** A grid, read as its plan says: which rows are loaded, which wait and why, and which are skipped. No row is ever lost. */
import { foldKey, type Resolution } from '../model/alias';
import { isMoney, type Bilingual, type Column, type Table, type Value } from '../model/table';
import { longRows, wideActivities } from '../model/wide';
import { readCell } from './cell';
import { checkTable, type Known } from './check';
import { codeReader, codesReader, readBoolean, type CodeEntry } from './code';
import { readDay, readPeriod, readYear } from './day';
import type { Cell, Grid } from './grid';
import type { Issue } from './issue';
import { jumpIssues } from './jump';
import { rowKind, type Layout } from './layout';
import { readAmount, readCount, readPercent } from './number';
import { percentages, type ColumnPlan, type Plan } from './plan';
import type { Read } from './read';
import { periodEndName, withPeriodEnds, type Typed } from './typed';
import { Collector, held, numbered, Values } from './values';

/** What may become of a row of a file. A row is one of these and nothing else. */
export const fates = ['loaded', 'waiting', 'blank', 'heading', 'group', 'total', 'note', 'superseded'] as const;

/** What became of a row. `superseded`: the same initiative stands in the file at a higher level, and counts there. */
export type Fate = (typeof fates)[number];

/** An issue, with the row and the column of the grid that it is about. */
export interface RowIssue extends Issue {
	readonly row: number;
	/** Column of the grid; null when the whole row is meant. */
	readonly at: number | null;
}

/** What rows are read and checked against. */
export interface Knowledge {
	/** The code lists by name. */
	readonly codes: ReadonlyMap<string, readonly CodeEntry[]>;
	/** The known values of referenced columns, by `table.column`. */
	readonly references: Known['references'];
	/** The unit that a name meant on a day. */
	readonly resolve: (name: string, day: Date | null) => Resolution;
	/** The names of units nearest to one that is not known, nearest first. */
	readonly nearest: (name: string) => readonly string[];
	/** The name of a unit. */
	readonly nameOf: (unitId: string) => string;
	/** The day that counts as today. */
	readonly day: Date;
}

/** Texts that the reader put in the place of cells, by row and column of the grid. */
export type Mended = ReadonlyMap<number, ReadonlyMap<number, string>>;

/** What came of a grid. */
export interface Converted {
	/** The rows that are loaded; `lines` are lines of the file. */
	readonly typed: Typed;
	/** The fate of each row of the grid, as an index into `fates`. */
	readonly fate: Uint8Array;
	readonly issues: readonly RowIssue[];
}

/** How many rows of the grid had each fate. Their sum is the number of rows of the grid. */
export function account({ fate }: Pick<Converted, 'fate'>): Record<Fate, number> {
	const counts = new Array<number>(fates.length).fill(0);
	for (const index of fate) counts[index] = (counts[index] ?? 0) + 1;
	return Object.fromEntries(fates.map((name, index) => [name, counts[index] ?? 0])) as Record<Fate, number>;
}

const fateOf = Object.fromEntries(fates.map((name, index) => [name, index])) as Record<Fate, number>;

/** Days that may lie after today: what is due, and what begins or ends to hold. */
const mayBeAhead: ReadonlySet<string> = new Set(['due_on', 'effective_on', 'valid_from', 'valid_to', 'as_of']);

/** The column by which the day of a row is known, for the name that a unit had on it. */
const dayColumns: Readonly<Record<string, readonly string[]>> = {
	initiatives: ['submitted_on', 'recognised_on', 'first_applied_on'],
	transfers: ['certified_on', 'signed_on'],
	activities: ['period_end', 'held_on']
};

/**
 * Reads a grid by its plan.
 *
 * @param table the table that the plan names.
 * @param mended texts that the reader put in the place of cells.
 * @param step called now and then with the share of the work done; what it throws ends the work.
 */
export function convert(
	grid: Grid,
	layout: Layout,
	plan: Plan,
	table: Table,
	knowledge: Knowledge,
	mended: Mended = new Map(),
	step: (share: number) => void = () => undefined
): Converted {
	const work = new Conversion(grid, layout, plan, table, knowledge, mended);
	const source = plan.shape === 'wide' ? wideActivities : table;
	const rows = work.sort();
	step(0.1);
	const given: Record<string, Values> = {};
	// Keys come last: they are as many texts as rows, and memory is tidied the slower the more of them there are.
	const isKey = ({ name }: Column) => table.key.includes(name);
	const ordered = [...source.columns.filter((column) => !isKey(column)), ...source.columns.filter(isKey)];
	ordered.forEach((column, index) => {
		given[column.name] = work.column(column, rows);
		step(0.1 + (0.6 * (index + 1)) / ordered.length);
	});
	const draft =
		plan.shape === 'wide'
			? work.lengthen(given, rows)
			: plan.shape === 'authors'
				? work.gather(given, rows)
				: { values: given, origin: rows };
	work.derive(draft);
	step(0.75);
	work.check(draft);
	step(0.95);
	return work.finish(draft);
}

/** Rows of the table in the making, by column, each with the row of the grid that it came from. */
interface Draft {
	values: Record<string, Values>;
	readonly origin: Int32Array;
}

/** How many different cells of a column are remembered with what was read of them. */
const mostKnown = 200_000;

/** The work on one grid: what it has found so far of its rows. */
class Conversion {
	private readonly fate: Uint8Array;
	/** Rows with an error. */
	private readonly bad: Uint8Array;
	private readonly issues: RowIssue[] = [];
	/** For rows that are part of another row's initiative: that row. */
	private readonly owner = new Map<number, number>();
	private readonly superseded = new Set<number>();
	private readonly planned: ReadonlyMap<string, ColumnPlan>;

	constructor(
		private readonly grid: Grid,
		private readonly layout: Layout,
		private readonly plan: Plan,
		private readonly table: Table,
		private readonly knowledge: Knowledge,
		private readonly mended: Mended
	) {
		this.fate = new Uint8Array(grid.length);
		this.bad = new Uint8Array(grid.length);
		this.planned = new Map(
			plan.columns.flatMap((column) => (column.column === null || column.personal ? [] : [[column.column, column]]))
		);
	}

	private cell(row: number, at: number): Cell {
		return this.mended.get(row)?.get(at) ?? this.grid.cell(row, at);
	}

	private report(
		row: number,
		at: number | null,
		rule: string,
		remedy: Bilingual,
		severity: 'error' | 'warning' = 'error',
		repair?: string
	): void {
		const { grid, plan } = this;
		const cell = at === null ? null : this.cell(row, at);
		this.issues.push({
			file: grid.file,
			sheet: grid.sheet,
			line: grid.line(row),
			column: at === null ? null : (plan.columns.find((column) => column.at === at)?.heading ?? null),
			raw: cell === null ? null : written(cell),
			rule,
			remedy,
			severity,
			...(repair === undefined ? {} : { repair }),
			row,
			at
		});
		if (severity === 'error') this.bad[this.owner.get(row) ?? row] = 1;
	}

	/** Tells data from what is skipped; the rows of data, in order. */
	sort(): Int32Array {
		const { grid, plan, mended, layout } = this;
		const rows = new Int32Array(grid.length);
		let count = 0;
		const breadth = layout.texts.length;
		const ragged = grid.delimited === true;
		for (let row = 0; row < grid.length; row++) {
			const isMended = mended.size > 0 && mended.has(row);
			const kind = isMended ? 'data' : rowKind(grid, layout, row);
			if (kind !== 'data') {
				this.fate[row] = fateOf[kind];
				continue;
			}
			rows[count++] = row;
			if (isMended) continue;
			const flaw = grid.flaws.get(row);
			const width = grid.width(row);
			if (flaw) this.report(row, null, flaw.rule, flaw.remedy);
			else if (width > breadth && plan.headings !== null) {
				for (let at = breadth; at < width; at++) {
					if (isBlank(grid.cell(row, at))) continue;
					this.report(row, null, 'row-long', {
						vi: `Dòng có ${width} ô nhưng bảng chỉ có ${breadth} cột; có thể một ô chứa dấu phân cách mà không đặt trong ngoặc kép. Hãy sửa các ô cho đúng cột.`,
						en: `The row has ${width} cells but the table has ${breadth} columns; a cell may hold the delimiter without quotation marks. Put the cells where they belong.`
					});
					break;
				}
			} else if (width < breadth && ragged) {
				this.report(
					row,
					null,
					'row-short',
					{
						vi: `Dòng chỉ có ${width} ô, bảng có ${breadth} cột; các ô thiếu ở cuối được coi là trống.`,
						en: `The row has ${width} cells, the table ${breadth} columns; the missing cells at its end count as empty.`
					},
					'warning'
				);
			}
		}
		return rows.subarray(0, count);
	}

	/** The values of one column of the table, for the rows of data. What cells share is read once. */
	column(column: Column, rows: Int32Array): Values {
		const plan = this.planned.get(column.name);
		if (!plan) {
			const fixed = this.plan.defaults[column.name];
			return Values.all(fixed === undefined || fixed.startsWith('=') ? null : fixedValue(column, fixed), rows.length);
		}
		const { grid, mended } = this;
		const { at, fill } = plan;
		const read = this.reader(column, plan);
		const shared = grid.shared?.cells(at) ?? [];
		const numbers = grid.shared?.numbers(at, rows);
		const [unread, remarkable] = [-1, -2];
		const isPlain = column.type === 'text' && !fill;
		if (isPlain && numbers && mended.size === 0 && isOwnMostly(numbers)) {
			const plain = grid.plain?.(at, rows);
			if (plain) return Values.plain(plain);
		}
		const placeOf = new Int32Array(shared.length).fill(unread);
		const known = new Map<Cell, Read<Value>>();
		const collector = new Collector(rows.length);
		const resultOf = (cell: Cell): Read<Value> => {
			let result = known.get(cell);
			if (result === undefined) {
				result = marked(cell, read(cell));
				if (known.size < mostKnown) known.set(cell, result);
			}
			return result;
		};
		let above: Value = null;
		for (let index = 0; index < rows.length; index++) {
			if (numbers !== undefined && !fill && mended.size === 0) {
				index = collector.shareRun(index, numbers, placeOf);
				if (index === rows.length) break;
			}
			const row = rows[index]!;
			const number = numbers === undefined || (mended.size > 0 && mended.has(row)) ? -1 : numbers[index]!;
			let result: Read<Value>;
			if (number >= 0) {
				const place = placeOf[number]!;
				if (place > 0 || (place === 0 && !fill)) {
					if (fill) above = collector.valueOf(place);
					collector.share(index, place);
					continue;
				}
				result = resultOf(shared[number]!);
				if (place === unread) {
					placeOf[number] =
						'rule' in result || result.warnings !== undefined ? remarkable : collector.placeOf(result.value);
				}
			} else {
				const cell = this.cell(row, at);
				// Where like cells are known, others are hardly alike.
				if (numbers !== undefined && cell !== null && !mended.has(row)) {
					collector.part();
					if (isPlain && typeof cell === 'string' && !cell.includes(unreadable)) {
						collector.set(index, cell.trim() || null);
						continue;
					}
					result = marked(cell, read(cell));
				} else result = resultOf(cell);
			}
			if ('rule' in result) {
				this.report(row, at, result.rule, result.remedy, 'error', result.repair);
				continue;
			}
			if (result.warnings !== undefined)
				for (const { rule, remedy } of result.warnings) this.report(row, at, rule, remedy, 'warning');
			if (result.value === null && fill) collector.set(index, above);
			else collector.set(index, (above = result.value));
		}
		return collector.values();
	}

	private reader(column: Column, plan: ColumnPlan): (cell: Cell) => Read<Value> {
		const { knowledge, plan: whole } = this;
		const list = knowledge.codes.get(column.list ?? '') ?? [];
		switch (column.type) {
			case 'code':
				return codeReader(list, column.list);
			case 'codes':
				return codesReader(list, column.list);
			case 'boolean':
				return readBoolean;
			case 'date':
				return (cell) => readDay(cell, { order: plan.order, year: whole.year });
			case 'period':
				return (cell) => readPeriod(cell, { year: whole.year });
			case 'integer':
				return column.name === 'year'
					? (cell) => readYear(cell, whole.year)
					: (cell) => readCount(cell, { decimal: plan.decimal, factor: plan.factor });
			case 'number':
				return column.name.endsWith('_percent')
					? (cell) => readPercent(cell, { decimal: plan.decimal, factor: plan.factor })
					: (cell) => readAmount(cell, { decimal: plan.decimal, factor: plan.factor, money: isMoney(column) });
			case 'text':
				return readText;
		}
	}

	/** Several rows, each an author of the same initiative, as one row of the table. */
	gather(given: Readonly<Record<string, Values>>, rows: Int32Array): Draft {
		const starts: number[] = [];
		const same = ['initiative_id', 'title'].flatMap((name) => (this.planned.has(name) ? (given[name] ?? []) : []));
		let first = -1;
		rows.forEach((row, index) => {
			const begins =
				first < 0 || same.some((values) => values.at(index) !== null && values.at(index) !== values.at(first));
			if (begins) {
				first = index;
				starts.push(index);
			} else {
				const owner = rows[first] ?? row;
				this.owner.set(row, owner);
				if (this.bad[row]) this.bad[owner] = 1;
			}
		});
		const joined = (name: string, from: number, separator: string): Value => {
			const values: string[] = [];
			const start = starts[from] ?? 0;
			for (let index = start; index < (starts[from + 1] ?? rows.length); index++) {
				const value = given[name]?.at(index) ?? null;
				if (value !== null) values.push(String(value));
			}
			return values.length === 0 ? null : values.join(separator);
		};
		const values: Record<string, Values> = {};
		for (const [name, column] of Object.entries(given)) {
			const each = starts.map((index, order) => {
				if (name === 'contributions') return joined(name, order, '/');
				if (name === 'co_authors') {
					const all = joined('lead_author', order, '; ');
					const lead = given['lead_author']?.at(index);
					return typeof all === 'string' && typeof lead === 'string' && all.length > lead.length
						? all.slice(lead.length + 2)
						: column.at(index);
				}
				return column.at(index);
			});
			values[name] = Values.each(each);
		}
		return { values, origin: Int32Array.from(starts, (index) => rows[index] ?? 0) };
	}

	/** Rows of a wide report as rows of activities. */
	lengthen(given: Readonly<Record<string, Values>>, rows: Int32Array): Draft {
		const values: Record<string, Value[]> = Object.fromEntries(this.table.columns.map(({ name }) => [name, []]));
		const origin: number[] = [];
		rows.forEach((row, index) => {
			const wide = Object.fromEntries(Object.entries(given).map(([name, column]) => [name, column.at(index)]));
			for (const long of longRows(wide)) {
				origin.push(row);
				for (const name of Object.keys(values)) values[name]?.push(long[name] ?? null);
			}
		});
		return {
			values: held(values),
			origin: Int32Array.from(origin)
		};
	}

	/** Fills in what the table needs and the file does not say: units by their names, days, ends of periods, keys. */
	derive(draft: Draft): void {
		const { table, plan } = this;
		const { length } = draft.origin;
		const values = (draft.values = withPeriodEnds(table, draft.values));
		for (const [name, rule] of Object.entries(plan.defaults)) {
			if (!rule.startsWith('=') || rule === '=key') continue;
			const [given, from] = [values[name], values[rule.slice(1)]];
			const filled = new Collector(length);
			for (let index = 0; index < length; index++) {
				const other = from?.at(index) ?? null;
				const instead = rule === '=year' && typeof other === 'number' ? lastDayOf(other, plan) : other;
				filled.set(index, given?.at(index) ?? instead);
			}
			values[name] = filled.values();
		}
		this.resolveUnits(draft);
		for (const [name, rule] of Object.entries(plan.defaults)) {
			if (rule === '=key') values[name] = keysOf(table, name, values, length);
		}
	}

	private resolveUnits({ values, origin }: Draft): void {
		const { table, knowledge } = this;
		const days = (dayColumns[table.name] ?? []).flatMap((name) => values[name] ?? []);
		const dayOf = (index: number): Date | null => {
			for (const column of days) {
				const day = column.at(index);
				if (day instanceof Date) return day;
			}
			return null;
		};
		for (const column of table.columns.filter(({ references }) => references === 'units.unit_id')) {
			const names = values[column.name];
			if (!names) continue;
			// A name means one unit on a day, in however many rows.
			const { of, firsts } = numbered([names, ...days], origin.length);
			const resolved = new Collector(origin.length);
			const found = firsts.map((first) => {
				const name = names.at(first);
				return typeof name === 'string' ? knowledge.resolve(name, dayOf(first)) : null;
			});
			const placeOf = found.map((one) =>
				one === null ? resolved.placeOf(null) : 'unitId' in one ? resolved.placeOf(one.unitId) : -1
			);
			for (let index = 0; index < origin.length; index++) {
				const number = of[index]!;
				const place = placeOf[number]!;
				if (place >= 0) resolved.share(index, place);
				else {
					const one = found[number];
					const candidates = one && 'candidates' in one ? one.candidates : [];
					resolved.set(
						index,
						this.unresolved(origin[index]!, column, String(names.at(index)), candidates, dayOf(index))
					);
				}
			}
			values[column.name] = resolved.values();
		}
	}

	/** Says that a name means no one unit; the unit that it may mean all the same where something else of the row must be mended first. */
	private unresolved(
		row: number,
		column: Column,
		name: string,
		candidates: readonly string[],
		day: Date | null
	): string | null {
		const { knowledge } = this;
		const at = this.planned.get(column.name)?.at ?? null;
		const [first] = candidates;
		// Once the day can be read the unit may be plain; the row waits for the day anyway.
		if (first !== undefined && day === null && this.bad[row]) return first;
		if (first !== undefined) {
			const names = candidates.map((unit) => `${knowledge.nameOf(unit)} (${unit})`).join('; ');
			this.report(row, at, 'ambiguous-unit', {
				vi: `Tên “${name}” có thể là: ${names}. Hãy chọn một.`,
				en: `The name “${name}” may be: ${names}. Choose one.`
			});
		} else {
			const near = knowledge.nearest(name);
			this.report(
				row,
				at,
				'unknown-unit',
				{
					vi: `Chưa biết đơn vị “${name}”${near.length > 0 ? `; gần nhất: ${near.join('; ')}` : ''}. Hãy chọn đơn vị đúng, tên này sẽ được nhớ.`,
					en: `No unit is known as “${name}”${near.length > 0 ? `; nearest: ${near.join('; ')}` : ''}. Choose the right one; the name will be remembered.`
				},
				'error',
				near[0]
			);
		}
		return null;
	}

	/** Everything that can be said of rows once they are typed. */
	check(draft: Draft): void {
		const { table, knowledge, plan } = this;
		const { values, origin } = draft;
		this.raise(draft);
		const at = (column: string | null) => (column === null ? null : (this.planned.get(column)?.at ?? null));
		const typed: Typed = { table, file: this.grid.file, values, lines: upTo(origin.length) };
		const read: Issue[] = [];
		const broken = this.issues.filter(({ severity, at }) => severity === 'error' && at !== null);
		if (plan.shape === 'rows' && broken.length > 0) {
			const rows = new Set(broken.map(({ row }) => row));
			const places = new Map<number, number>();
			origin.forEach((row, place) => {
				if (rows.has(row)) places.set(row, place);
			});
			for (const issue of broken) {
				const column = plan.columns.find(({ at }) => at === issue.at)?.column ?? null;
				read.push({ ...issue, line: places.get(issue.row) ?? null, column });
			}
		}
		const codes = new Map(
			[...knowledge.codes].map(([list, entries]) => [list, new Map(entries.map((entry) => [entry.code, entry]))])
		);
		const rules = new Set((table.rules ?? []).map(({ name }) => name));
		const skip = this.superseded;
		const lineOf = (index: number) => this.grid.line(origin[index] ?? 0);
		for (const issue of checkTable(typed, { codes, references: knowledge.references }, read, lineOf)) {
			const index = issue.line ?? 0;
			if (skip.has(index)) continue;
			const row = origin[index] ?? 0;
			if (plan.shape !== 'rows' && this.bad[row] && issue.rule === 'required') continue;
			const place = at(issue.column);
			// What a rule misses in a column that the file does not have cannot be mended in it.
			const severity = place === null && rules.has(issue.rule) ? 'warning' : 'error';
			this.report(row, place, issue.rule, named(issue, this.planned), severity);
		}
		for (const column of table.columns.filter(({ name, type }) => type === 'date' && !mayBeAhead.has(name))) {
			const isAhead = (day: Value) => day instanceof Date && day > knowledge.day;
			values[column.name]?.where(isAhead, (index, day) => {
				this.report(origin[index] ?? 0, at(column.name), 'in-future', {
					vi: `Ngày ${written(day)} ở sau hôm nay (${iso(knowledge.day)}); hãy kiểm tra năm, và thứ tự ngày tháng.`,
					en: `The day ${written(day)} lies after today (${iso(knowledge.day)}); check the year, and the order of day and month.`
				});
			});
		}
		this.checkPercentages(draft);
		for (const { index, column, remedy, repair } of jumpIssues(table, values)) {
			this.report(origin[index] ?? 0, at(column), 'jump', remedy, 'warning', repair);
		}
	}

	/** Of the rows of one initiative at several levels, the highest counts. */
	private raise({ values, origin }: Draft): void {
		const levels = (this.knowledge.codes.get('level') ?? []).map(({ code }) => code);
		const { level, title, initiative_id: ids } = values;
		if (this.table.name !== 'initiatives' || !level || !title || !ids) return;
		const order = ['khong_cong_nhan', ...levels.filter((code) => code !== 'khong_cong_nhan')];
		const rank = (index: number) => order.indexOf(String(level.at(index) ?? ''));
		const keys = [...ids];
		const highest = new Map<Value, number>();
		const lower = (index: number, than: number) =>
			rank(index) < rank(than) && fold(title.at(index)) === fold(title.at(than));
		const { superseded } = this;
		for (let index = 0; index < ids.length; index++) {
			const key = keys[index] ?? null;
			if (key === null) continue;
			const known = highest.get(key);
			if (known === undefined || lower(known, index)) highest.set(key, index);
		}
		if (highest.size === ids.length) return;
		for (let index = 0; index < ids.length; index++) {
			const best = highest.get(keys[index] ?? null);
			if (best !== undefined && best !== index && lower(index, best)) superseded.add(index);
		}
		if (superseded.size === 0) return;
		for (const index of superseded) {
			this.fate[origin[index] ?? 0] = fateOf.superseded;
			// A key of its own, so that it is not found to repeat the one that counts.
			keys[index] = `${String(keys[index])} ∅${index}`;
		}
		values['initiative_id'] = Values.each(keys);
	}

	private checkPercentages({ values, origin }: Draft): void {
		for (const [name, part, whole] of percentages[this.table.name] ?? []) {
			const plan = this.planned.get(name);
			if (!plan || this.plan.shape !== 'rows') continue;
			origin.forEach((row, index) => {
				const [above, below] = [values[part]?.at(index), values[whole]?.at(index)];
				if (typeof above !== 'number' || typeof below !== 'number' || below === 0) return;
				const typed = readPercent(this.cell(row, plan.at), { decimal: plan.decimal ?? ',', factor: plan.factor });
				if ('rule' in typed || typed.value === null) return;
				const right = (100 * above) / below;
				if (Math.abs(typed.value - right) <= 0.1 + 1e-9) return;
				const shown = right.toFixed(2);
				this.report(
					row,
					plan.at,
					'percent-differs',
					{
						vi: `Tỷ lệ ghi ${typed.value}% nhưng ${above}/${below} = ${shown.replace('.', ',')}%; tỷ lệ không được nạp, được tính lại từ hai số.`,
						en: `The share says ${typed.value}% but ${above}/${below} = ${shown}%; it is not loaded but computed from the two counts.`
					},
					'warning',
					`${shown.replace('.', ',')}%`
				);
			});
		}
	}

	/** Of the rows of one initiative all wait when one does: those that are sound themselves say for which. */
	private tellCompanions(): void {
		const { owner, bad, grid } = this;
		if (owner.size === 0) return;
		const wrong = new Map<number, number>();
		const own = new Set<number>();
		for (const { row, severity } of this.issues) {
			if (severity !== 'error') continue;
			own.add(row);
			const first = owner.get(row) ?? row;
			wrong.set(first, Math.min(row, wrong.get(first) ?? row));
		}
		for (const row of new Set([...owner.keys(), ...owner.values()])) {
			const first = owner.get(row) ?? row;
			const cause = wrong.get(first);
			if (bad[first] === 0 || own.has(row) || cause === undefined) continue;
			const line = grid.line(cause);
			this.report(row, null, 'waits-with', {
				vi: `Dòng này cùng một sáng kiến với dòng ${line}, nơi có lỗi cần sửa trước; các dòng của một sáng kiến được nạp cùng nhau. Nếu là sáng kiến khác, hãy ghi mã hoặc tên sáng kiến vào dòng này.`,
				en: `This row belongs to the same initiative as line ${line}, which must be mended first; the rows of an initiative are loaded together. If it is another initiative, write its number or title in this row.`
			});
		}
	}

	/** Parts rows that are loaded from rows that wait. */
	finish({ values, origin }: Draft): Converted {
		const { grid, fate, bad, superseded, owner, table } = this;
		this.tellCompanions();
		const sound = upTo(origin.length);
		let count = 0;
		for (let index = 0; index < origin.length; index++)
			if (bad[origin[index]!] === 0 && !superseded.has(index)) sound[count++] = index;
		const kept = sound.subarray(0, count);
		const lines = new Int32Array(count);
		for (let index = 0; index < count; index++) lines[index] = grid.line(origin[kept[index]!]!);
		for (let row = 0; row < grid.length; row++) {
			if (fate[row] !== fateOf.loaded) continue;
			const first = owner.size === 0 ? row : (owner.get(row) ?? row);
			if (bad[first]) fate[row] = fateOf.waiting;
			else if (first !== row && fate[first] === fateOf.superseded) fate[row] = fateOf.superseded;
		}
		const names = [
			...table.columns.map(({ name }) => name),
			...table.columns.filter(({ type }) => type === 'period').map(periodEndName)
		];
		const all = kept.length === origin.length;
		const chosen = Object.fromEntries(
			names.map((name) => {
				const column = values[name] ?? Values.all(null, origin.length);
				return [name, all ? column : column.take(kept)];
			})
		);
		const issues = this.issues.filter(({ row }) => fate[row] !== fateOf.superseded);
		return {
			typed: { table, file: grid.file, values: chosen, lines },
			fate,
			issues
		};
	}
}

/** Whether most cells of a column are shared with no other. */
function isOwnMostly(numbers: Int32Array): boolean {
	let count = 0;
	for (let index = 0; index < numbers.length; index++) if (numbers[index]! < 0) count++;
	return 2 * count > numbers.length;
}

/** The numbers from 0 to one less than a length. */
function upTo(length: number): Int32Array {
	const numbers = new Int32Array(length);
	for (let index = 0; index < length; index++) numbers[index] = index;
	return numbers;
}

function isBlank(cell: Cell): boolean {
	return cell === null || (typeof cell === 'string' && cell.trim() === '');
}

const iso = (day: Date) => day.toISOString().slice(0, 10);

/** A cell as a person would read it. */
export function written(cell: Cell): string {
	return cell === null ? '' : cell instanceof Date ? iso(cell) : String(cell);
}

const fold = (value: Value | undefined) => foldKey(String(value ?? ''));

/** What stands for what an encoding could not give. */
const unreadable = '\ufffd';

/** What was read of a cell, with a word about characters that the file's encoding could not give. */
function marked(cell: Cell, read: Read<Value>): Read<Value> {
	if (typeof cell !== 'string' || !cell.includes(unreadable) || 'rule' in read) return read;
	const warning = {
		rule: 'unreadable-character',
		remedy: {
			vi: 'Ô có ký tự không đọc được trong bảng mã đã chọn (�); hãy thử bảng mã khác, hoặc sửa chữ.',
			en: 'The cell holds a character that the chosen encoding cannot give (�); try another encoding, or mend the text.'
		}
	};
	return { ...read, warnings: [...(read.warnings ?? []), warning] };
}

/** Text as it is meant: trimmed, with nothing for a blank cell. Cells are in NFC. */
function readText(cell: Cell): Read<string> {
	const text = written(cell).trim();
	return { value: text === '' ? null : text };
}

/** The value of a text that the reader or the program chose for a whole column; null when it is not of the column's form. */
function fixedValue(column: Column, text: string): Value {
	return readCell(text.trim(), column) ?? null;
}

/** The last day of a year as the plan reads years; what is written down by its year alone is dated on it. */
function lastDayOf(year: number, { year: span }: Plan): Date {
	if (span === 'school') return new Date(Date.UTC(year, 4, 31));
	return new Date(Date.UTC(year, 11, span === 'december' ? 14 : 31));
}

/** What identifies a row where the file gives it no number, by table. */
const identity: Readonly<Record<string, readonly string[]>> = {
	initiatives: ['title', 'unit_id', 'year', 'lead_author']
};

/**
 * Keys made of the other columns (64 bits of FNV-1a in base 36), the same for the same row each time it is loaded. Rows of activities
 * that are alike in all columns get a number each: two sessions may be alike.
 */
function keysOf(
	{ name, columns }: Table,
	key: string,
	values: Readonly<Record<string, Values>>,
	length: number
): Values {
	const parts = identity[name] ?? columns.map((column) => column.name).filter((column) => column !== key);
	const folded = parts.map((part) => values[part]?.map((value) => fold(asText(value))));
	const seen = new Map<string, number>();
	const keys = Array.from({ length }, (_, index) => {
		const text = folded.map((part) => part?.at(index) ?? '').join('\u0000');
		const hash = fnv(text);
		if (identity[name]) return hash;
		const times = (seen.get(hash) ?? 0) + 1;
		seen.set(hash, times);
		return times === 1 ? hash : `${hash}-${times}`;
	});
	return Values.each(keys);
}

const asText = (value: Value) => (value instanceof Date ? iso(value) : value);

function fnv(text: string): string {
	let [low, high] = [0x84222325, 0xcbf29ce4];
	for (let index = 0; index < text.length; index++) {
		low ^= text.charCodeAt(index);
		// (high, low) × 0x100000001b3, modulo 2^64, in parts that a double holds exactly.
		const product = (low >>> 0) * 0x1b3;
		high = (Math.imul(high, 0x1b3) + Math.floor(product / 2 ** 32) + ((low << 8) >>> 0)) >>> 0;
		low = product >>> 0;
	}
	return `${high.toString(36)}${low.toString(36).padStart(7, '0')}`;
}

/** A remedy in which columns go by the headings of the file. */
function named({ remedy, column }: Issue, planned: ReadonlyMap<string, ColumnPlan>): Bilingual {
	const heading = column === null ? undefined : planned.get(column)?.heading;
	if (column === null || heading === undefined) return remedy;
	return { vi: remedy.vi.replace(column, heading), en: remedy.en.replace(column, heading) };
}
