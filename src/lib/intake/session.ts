/**
 * The way of one file from its bytes to rows that may be loaded, step by step, with what the reader sees and changes at each. It runs in
 * a worker of its own (`worker.ts`), so that ending the worker ends the work at any moment; here is nothing but plain data.
 */
import type { References } from '../model/reference';
import type { Bilingual, Table } from '../model/table';
import { toArrow } from './arrow';
import { account, convert, fates, written, type Converted, type Fate, type Knowledge, type RowIssue } from './convert';
import type { Encoding } from './encoding';
import type { Grid } from './grid';
import type { Issue } from './issue';
import { knowledgeOf } from './knowledge';
import { rowKind } from './layout';
import type { KeptAlias } from './manifest';
import type { Plan } from './plan';
import { snapshotOf } from './snapshot';
import { openSources, type Choice, type Source } from './source';
import { keyOf, type Typed } from './typed';
import { convention, understand, type Understanding } from './understand';

/** What a session starts with. */
export interface Setting {
	readonly tables: readonly string[];
	readonly references: References;
	readonly aliases: readonly KeptAlias[];
	/** What was chosen for files of the same headings, by signature. */
	readonly plans: Readonly<Record<string, Plan>>;
	/** The day that counts as today, ISO 8601. */
	readonly day: string;
	/** How many bytes may be unpacked or held in memory. */
	readonly limit: number;
}

/** A row of a file as pages show it. Personal data is not in it. */
export interface RowView {
	readonly row: number;
	readonly line: number;
	readonly fate: Fate;
	readonly cells: readonly string[];
	/** The line as it stands, where it could not be cut into cells. */
	readonly raw: string | null;
	readonly issues: readonly IssueView[];
}

/** An issue of a row as pages show it. */
export interface IssueView {
	readonly at: number | null;
	readonly rule: string;
	readonly remedy: Bilingual;
	readonly severity: 'error' | 'warning';
	readonly repair: string | null;
}

/** Issues of one rule in one column. */
export interface IssueGroup {
	readonly rule: string;
	/** Column of the grid, null when rows as a whole are meant. */
	readonly at: number | null;
	readonly heading: string | null;
	readonly severity: 'error' | 'warning';
	readonly count: number;
	/** What is wrong with the first of them, and what to do. */
	readonly remedy: Bilingual;
	/** The texts that are wrong, the most frequent first; at most 50 of them. */
	readonly alike: readonly {
		readonly raw: string;
		readonly count: number;
		readonly line: number;
		readonly repair: string | null;
	}[];
	/** How many different texts there are. */
	readonly distinct: number;
}

/** One table in a file: a sheet, an entry of an archive, or the file itself. */
export interface PartView {
	readonly index: number;
	readonly file: string;
	readonly sheet: string | null;
	readonly length: number;
	readonly breadth: number;
	/** How its text is encoded, and what else it might be; null where the format says so itself. */
	readonly encoding: {
		readonly chosen: Encoding;
		readonly certainty: number;
		readonly candidates: readonly Encoding[];
		/** How many characters could not be read in it. */
		readonly lossy: number;
		/** Five lines, as they read in the chosen encoding. */
		readonly preview: readonly string[];
	} | null;
	readonly delimiter: { readonly chosen: string; readonly certainty: number } | null;
	readonly signature: string;
	/** Null when nothing in it looks like a table. */
	readonly plan: Plan | null;
	readonly rivals: Understanding['rivals'];
	/** The first rows as they stand, with what they were taken for. */
	readonly top: readonly { readonly line: number; readonly kind: string; readonly cells: readonly string[] }[];
	/** The first texts of each column that hold something. */
	readonly examples: readonly (readonly string[])[];
	/** Whether cells of the column stand empty in the first rows of data, as where cells were merged down. */
	readonly gaps: readonly boolean[];
}

/** What was made of a file. */
export interface Opened {
	readonly parts: readonly PartView[];
	/** What in it was not read, and why. */
	readonly left: readonly Issue[];
}

/** What the check of a part found. */
export interface CheckView {
	readonly account: Readonly<Record<Fate, number>>;
	/** How many rows of the table the loaded rows make: more where a row holds several. */
	readonly made: number;
	readonly groups: readonly IssueGroup[];
	/** Headings of personal columns, which are dropped. */
	readonly personal: readonly string[];
	/** Headings of columns that are not loaded, since no column of the table is meant. */
	readonly unused: readonly string[];
}

/** A text that the reader put in the place of a cell. */
export interface Mend {
	readonly row: number;
	readonly at: number;
	readonly text: string;
}

/** Cells of a column with the same text and an issue of the same rule. */
export interface Alike {
	readonly rule: string;
	readonly at: number;
	readonly raw: string;
}

/** What is kept of a part beside its rows: how it was read, and what became of the rows that were not loaded. */
export interface Account {
	readonly account: CheckView['account'];
	readonly groups: CheckView['groups'];
	readonly headings: readonly string[];
	/** All rows that wait or were skipped. */
	readonly rows: readonly RowView[];
	/** Issues of rows that were loaded all the same. */
	readonly warnings: readonly {
		readonly line: number;
		readonly heading: string | null;
		readonly rule: string;
		readonly raw: string | null;
		readonly remedy: Bilingual;
		/** The keys of the rows of the table that the line made, as `keyOf` writes them; missing in what earlier versions kept. */
		readonly keys?: readonly string[];
	}[];
	readonly mended: readonly Mend[];
	readonly personal: readonly string[];
	readonly unused: readonly string[];
}

/** How a part is opened again: plain JSON, kept in the manifest as the file's plan. */
export interface Reopening {
	readonly plan: Plan;
	readonly file: string;
	readonly sheet: string | null;
	readonly choice: Choice;
}

/** A part that is ready to be kept and inserted. */
export interface Finished {
	/** An Arrow IPC stream of the rows that are loaded. */
	readonly rows: Uint8Array;
	readonly made: number;
	readonly account: Account;
	/** The file as it was, or without its personal columns where it had some. */
	readonly original: Uint8Array;
	readonly reopening: Reopening;
}

interface Part {
	source: Source;
	choice: Choice;
	understanding: Understanding;
	plan: Plan | null;
	mended: Map<number, Map<number, string>>;
	converted: Converted | null;
	byRow: Map<number, RowIssue[]>;
}

/** Called with the share of the step that is done. */
export type Step = (share: number) => void;

/** How many rows of the top of a file are shown. */
const topRows = 14;

export class Session {
	private readonly tables: readonly Table[];
	private aliases: readonly KeptAlias[];
	private knowledge: Knowledge;
	private parts: Part[] = [];
	private bytes: Uint8Array = new Uint8Array();
	private name = '';

	constructor(
		private readonly setting: Setting,
		tables: readonly Table[]
	) {
		this.tables = tables.filter(({ name }) => setting.tables.includes(name));
		this.aliases = setting.aliases;
		this.knowledge = this.known();
	}

	private known(): Knowledge {
		return knowledgeOf(this.setting.references, this.aliases, new Date(this.setting.day));
	}

	/** Reads a file. @throws SheetError when it cannot be read at all. */
	async open(
		name: string,
		bytes: Uint8Array,
		step: Step,
		reopening: Reopening | null = null,
		mended: readonly Mend[] = []
	): Promise<Opened> {
		this.name = name;
		this.bytes = bytes;
		const { sources, left } = await openSources(name, bytes, reopening?.choice ?? {}, this.setting.limit, step);
		const wanted = reopening
			? sources.filter(({ grid }) => grid.file === reopening.file && grid.sheet === reopening.sheet)
			: sources;
		this.parts = wanted.map((source) => this.part(source, reopening?.choice ?? {}));
		const [only] = this.parts;
		if (reopening && only) {
			only.plan = reopening.plan;
			for (const mend of mended) this.put(only, mend);
		}
		return { parts: this.parts.map((_, index) => this.view(index)), left };
	}

	private part(source: Source, choice: Choice, table: string | null = null): Part {
		const understanding = understand(
			source.grid,
			this.tables,
			this.knowledge,
			table,
			(signature) => this.setting.plans[signature] ?? null
		);
		return {
			source,
			choice,
			understanding,
			plan: understanding.plan,
			mended: new Map(),
			converted: null,
			byRow: new Map()
		};
	}

	private at(index: number): Part {
		const part = this.parts[index];
		if (!part) throw new RangeError(`The file has no part ${index}.`);
		return part;
	}

	/** A part as pages show it. */
	view(index: number): PartView {
		const { source, understanding, plan } = this.at(index);
		const { grid, decoded, dialect } = source;
		const layout = { ...understanding.layout, ...(plan ? { headings: plan.headings, start: plan.start } : {}) };
		const personal = personalOf(plan);
		const examples: string[][] = Array.from({ length: Math.min(grid.breadth, 500) }, () => []);
		const gaps = examples.map(() => false);
		for (let row = layout.start, seen = 0; row < grid.length && seen < 200; row++) {
			if (rowKind(grid, layout, row) !== 'data') continue;
			seen++;
			examples.forEach((list, at) => {
				if (personal.has(at)) return;
				const text = written(grid.cell(row, at)).trim();
				if (text === '') gaps[at] = true;
				if (list.length < 3 && text !== '' && !list.includes(text)) list.push(text);
			});
		}
		return {
			index,
			file: grid.file,
			sheet: grid.sheet,
			length: grid.length,
			breadth: grid.breadth,
			encoding: decoded && {
				chosen: decoded.encoding,
				certainty: decoded.certainty,
				candidates: decoded.candidates,
				lossy: decoded.lossy,
				preview: decoded.preview
			},
			delimiter: dialect && { chosen: dialect.delimiter, certainty: dialect.certainty },
			signature: understanding.signature,
			plan,
			rivals: understanding.rivals,
			top: Array.from({ length: Math.min(grid.length, topRows) }, (_, row) => ({
				line: grid.line(row),
				kind: rowKind(grid, layout, row),
				cells: this.shown(grid, row, personal).slice(0, 40)
			})),
			examples,
			gaps
		};
	}

	private shown(
		grid: Grid,
		row: number,
		personal: ReadonlySet<number>,
		mended?: ReadonlyMap<number, string>
	): string[] {
		return Array.from({ length: grid.width(row) }, (_, at) =>
			personal.has(at) ? '' : (mended?.get(at) ?? written(grid.cell(row, at)))
		);
	}

	/** Reads a part again with another encoding or delimiter. */
	async reread(index: number, choice: Choice, step: Step): Promise<PartView> {
		const { source } = this.at(index);
		const { sources } = await openSources(this.name, this.bytes, choice, this.setting.limit, step, source.grid.file);
		const again = sources.find(({ grid }) => grid.file === source.grid.file && grid.sheet === source.grid.sheet);
		if (again) this.parts[index] = this.part(again, choice);
		return this.view(index);
	}

	/** Takes a part for rows of another table. */
	choose(index: number, table: string): PartView {
		const { source, choice } = this.at(index);
		this.parts[index] = this.part(source, choice, table);
		return this.view(index);
	}

	/** Takes over a plan that the reader changed. A column that is now another one's is looked at anew for how it is written. */
	plan(index: number, plan: Plan): PartView {
		const part = this.at(index);
		const before = part.plan;
		const table = this.tables.find(({ name }) => name === plan.table);
		const layout = { ...part.understanding.layout, headings: plan.headings, start: plan.start };
		part.plan = {
			...plan,
			columns: plan.columns.map((column, at) =>
				table && column.column !== before?.columns[at]?.column
					? {
							...column,
							...convention(
								part.source.grid,
								layout,
								column.at,
								table.columns.find(({ name }) => name === column.column) ?? null,
								layout.moneyNote
							)
						}
					: column
			)
		};
		part.converted = null;
		return this.view(index);
	}

	/** Checks a part as its plan says. */
	check(index: number, step: Step): CheckView {
		const part = this.at(index);
		const { source, understanding, plan, mended } = part;
		const table = this.tables.find(({ name }) => name === plan?.table);
		if (!plan || !table) throw new RangeError('The part has no plan.');
		const layout = { ...understanding.layout, headings: plan.headings, start: plan.start };
		const converted = convert(source.grid, layout, plan, table, this.knowledge, mended, step);
		part.converted = converted;
		part.byRow = new Map();
		for (const issue of converted.issues) {
			const known = part.byRow.get(issue.row);
			if (known) known.push(issue);
			else part.byRow.set(issue.row, [issue]);
		}
		const used = new Set<number>();
		for (const column of plan.columns) if (column.column !== null || column.personal) used.add(column.at);
		return {
			account: account(converted),
			made: converted.typed.lines.length,
			groups: groupsOf(converted.issues),
			personal: plan.columns.filter(({ personal }) => personal).map(({ heading }) => heading),
			unused: plan.columns.filter(({ at, heading }) => !used.has(at) && heading !== '').map(({ heading }) => heading)
		};
	}

	/** Rows of a fate, or rows with an issue of a rule in a column, from the `offset`th on. */
	rows(
		index: number,
		which: { readonly fate: Fate } | { readonly rule: string; readonly at: number | null },
		offset: number,
		limit: number
	): { readonly total: number; readonly rows: readonly RowView[] } {
		const part = this.at(index);
		const { converted } = part;
		if (!converted) return { total: 0, rows: [] };
		const found: number[] = [];
		if ('fate' in which) {
			const wanted = fates.indexOf(which.fate);
			converted.fate.forEach((fate, row) => {
				if (fate === wanted) found.push(row);
			});
		} else {
			for (const [row, issues] of part.byRow)
				if (issues.some(({ rule, at }) => rule === which.rule && at === which.at)) found.push(row);
			found.sort((a, b) => a - b);
		}
		return { total: found.length, rows: found.slice(offset, offset + limit).map((row) => this.rowView(part, row)) };
	}

	private rowView({ source, plan, converted, byRow, mended }: Part, row: number): RowView {
		const { grid } = source;
		const personal = personalOf(plan);
		const flawed = grid.flaws.has(row);
		return {
			row,
			line: grid.line(row),
			fate: fates[converted?.fate[row] ?? 0] ?? 'loaded',
			cells: this.shown(grid, row, personal, mended.get(row)),
			raw: flawed && personal.size === 0 ? grid.raw(row) : null,
			issues: (byRow.get(row) ?? []).map(({ at, rule, remedy, severity, repair }) => ({
				at,
				rule,
				remedy,
				severity: severity ?? 'error',
				repair: repair ?? null
			}))
		};
	}

	private put(part: Part, { row, at, text }: Mend): void {
		const known = part.mended.get(row) ?? new Map<number, string>();
		known.set(at, text.normalize('NFC'));
		part.mended.set(row, known);
	}

	/** Puts texts in the place of cells, and checks again. */
	mend(index: number, mends: readonly Mend[], step: Step): CheckView {
		const part = this.at(index);
		for (const mend of mends) this.put(part, mend);
		return this.check(index, step);
	}

	/** Puts a text in the place of all cells of a column with the same text that have the same issue, and checks again. */
	mendAlike(index: number, { rule, at, raw }: Alike, text: string, step: Step): CheckView {
		const part = this.at(index);
		for (const issue of part.converted?.issues ?? []) {
			if (issue.rule === rule && issue.at === at && issue.raw === raw) this.put(part, { row: issue.row, at, text });
		}
		return this.check(index, step);
	}

	/** Takes a name for a unit from here on, and checks again. */
	alias(index: number, alias: KeptAlias, step: Step): CheckView {
		this.aliases = [...this.aliases.filter(({ name }) => name !== alias.name), alias];
		this.knowledge = this.known();
		return this.check(index, step);
	}

	/** The part as it is kept and inserted. */
	finish(index: number, view: CheckView): Finished {
		const { source, plan, converted, mended, choice, byRow } = this.at(index);
		if (!plan || !converted) throw new RangeError('The part was not checked.');
		const { grid } = source;
		const personal = personalOf(plan);
		const rows: RowView[] = [];
		converted.fate.forEach((fate, row) => {
			if (fate !== 0) rows.push(this.rowView(this.at(index), row));
		});
		const warned = [...byRow.values()]
			.flat()
			.filter(({ severity, row }) => severity === 'warning' && converted.fate[row] === 0);
		const made = keysOfLines(converted.typed, new Set(warned.map(({ line }) => line ?? 0)));
		const warnings = warned.map(({ line, column, rule, raw, remedy }) => ({
			line: line ?? 0,
			heading: column,
			rule,
			raw,
			remedy,
			keys: made.get(line ?? 0) ?? []
		}));
		return {
			rows: toArrow(converted.typed),
			made: converted.typed.lines.length,
			account: {
				...view,
				headings: plan.columns.map(({ heading }) => heading),
				rows,
				warnings,
				mended: [...mended].flatMap(([row, cells]) => [...cells].map(([at, text]) => ({ row, at, text })))
			},
			original: personal.size > 0 ? snapshotOf(grid, personal) : this.bytes,
			reopening: { plan, file: grid.file, sheet: grid.sheet, choice }
		};
	}
}

/** The keys of the rows that some lines of a file made. */
function keysOfLines(typed: Typed, wanted: ReadonlySet<number>): Map<number, string[]> {
	const keys = new Map<number, string[]>();
	typed.lines.forEach((line, index) => {
		if (!wanted.has(line)) return;
		const known = keys.get(line);
		const key = keyOf(typed.table.key.map((name) => typed.values[name]?.at(index) ?? null));
		if (known) known.push(key);
		else keys.set(line, [key]);
	});
	return keys;
}

function personalOf(plan: Plan | null): ReadonlySet<number> {
	return new Set(plan?.columns.flatMap(({ personal, at }) => (personal ? [at] : [])) ?? []);
}

/** Issues of the same rule in the same column together: errors first, then the most frequent. */
function groupsOf(issues: readonly RowIssue[]): IssueGroup[] {
	const groups = new Map<string, RowIssue[]>();
	for (const issue of issues) {
		const key = `${issue.rule} ${issue.at}`;
		const known = groups.get(key);
		if (known) known.push(issue);
		else groups.set(key, [issue]);
	}
	return [...groups.values()]
		.flatMap((all): IssueGroup[] => {
			const [first] = all;
			if (!first) return [];
			const alike = new Map<string, { raw: string; count: number; line: number; repair: string | null }>();
			for (const { raw, line, repair } of all) {
				const known = alike.get(raw ?? '');
				if (known) known.count++;
				else alike.set(raw ?? '', { raw: raw ?? '', count: 1, line: line ?? 0, repair: repair ?? null });
			}
			return [
				{
					rule: first.rule,
					at: first.at,
					heading: first.column,
					severity: first.severity ?? 'error',
					count: all.length,
					remedy: first.remedy,
					alike: [...alike.values()].sort((a, b) => b.count - a.count).slice(0, 50),
					distinct: alike.size
				}
			];
		})
		.sort((a, b) => a.severity.localeCompare(b.severity) || b.count - a.count);
}
