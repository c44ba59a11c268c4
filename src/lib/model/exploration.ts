/**
 * An exploration: everything that the URL of `/explore` says. Which register is looked at, from which sides, under which filters, and how
 * its rows and pivot stand. Readable while it is short, compressed when it is long; what is not understood is left out and told.
 */
import { Inflate, deflateSync, strFromU8, strToU8 } from 'fflate';
import type { Grain } from './period';
import { activities, initiatives, registers, transfers } from './register';
import { isMoney, type Column, type Table } from './table';

/** What is measured of a group of rows. */
export interface Measure {
	readonly kind: 'count' | 'share' | 'sum' | 'mean' | 'median' | 'distinct';
	/** The column that is summed, averaged or counted; null for counts and shares of rows. */
	readonly column: string | null;
}

/** How the axis of numbers is cut. */
export type Scale = 'log' | 'linear';

/** One of the linked charts: a column of the register, cut into groups, and what is measured of each. */
export type Panel =
	| { readonly kind: 'time'; readonly column: string; readonly grain: Grain; readonly measure: Measure }
	| { readonly kind: 'bars'; readonly column: string; readonly most: number; readonly measure: Measure }
	| { readonly kind: 'histogram'; readonly column: string; readonly scale: Scale; readonly measure: Measure }
	| {
			readonly kind: 'heat';
			readonly column: string;
			readonly by: string;
			readonly grain: Grain;
			readonly measure: Measure;
	  };

interface Standing {
	/** Rows that do not match are kept, and those that match are left out. */
	readonly exclude: boolean;
	/** Shown, but without effect. */
	readonly paused: boolean;
}

/** What narrows the rows by one column, or by words wherever they stand. There is one filter a column, and one search. */
export type Filter =
	/** Numbers from `from` up to, but without, `to`; days with both ends, as days since 1970. Null is open. */
	| (Standing & {
			readonly kind: 'range';
			readonly column: string;
			readonly from: number | null;
			readonly to: number | null;
	  })
	/** One of these values, written as text; null is the value of rows that have none. */
	| (Standing & { readonly kind: 'set'; readonly column: string; readonly values: readonly (string | null)[] })
	/** All of these words in any order, whatever their case and accents. */
	| (Standing & { readonly kind: 'search'; readonly text: string });

/** A column by which rows are sorted. */
export interface Order {
	readonly column: string;
	readonly descending: boolean;
}

/** JSON, written out: how parts of the page that this file knows nothing of keep their state. */
export type Json = string;

/** Everything that the URL says. */
export interface Exploration {
	/** Name of the register. */
	readonly register: string;
	readonly panels: readonly Panel[];
	readonly filters: readonly Filter[];
	/** The panel that is drawn large, by its place. */
	readonly focus: number | null;
	/** The column by whose values the large panel is split, a chart for each. */
	readonly split: string | null;
	readonly sort: readonly Order[];
	/** The columns of the table of rows; null for those it chooses itself. */
	readonly columns: readonly string[] | null;
	readonly rows: Json | null;
	readonly pivot: Json | null;
	/** The query string of another exploration that stands beside this one. */
	readonly beside: string | null;
}

/** A piece of an address that was not understood. */
export interface Ignored {
	readonly name: string;
	readonly value: string;
}

/** What a URL said, and what of it was left out. */
export interface Reading {
	readonly exploration: Exploration;
	readonly ignored: readonly Ignored[];
}

const counted: Measure = { kind: 'count', column: null };
const mostPanels = 16;
const mostText = 300;
const mostBars = 100;
/** A search is cut into words, each of which is looked for: no more of them than anyone types. */
const mostSearch = 200;
const mostJson = 20_000;
/** Length from which a query string is compressed, and to which a compressed one may unfold. */
const longQuery = 1800;
const mostUnfolded = 1_000_000;
/** The first day that SQL can hold, as days since 1970; the last is that of the year 9999. */
const firstDayNumber = -719_162;
const millisecondsPerDay = 86_400_000;

/** The register of a name. */
export function registerOf({ register }: Pick<Exploration, 'register'>): Table {
	return registers.find(({ name }) => name === register) ?? initiatives;
}

/** The column of a register, if it has it. */
export function columnOf(register: Table, name: string | null): Column | undefined {
	return register.columns.find((column) => column.name === name);
}

/** Whether a column holds days: dates, and periods by their last day. */
export function isTime({ type }: Pick<Column, 'type'>): boolean {
	return type === 'date' || type === 'period';
}

/** Whether a column holds amounts. */
export function isAmount({ type }: Pick<Column, 'type'>): boolean {
	return type === 'number' || type === 'integer';
}

/** Whether the values of a column can be the groups of bars: all but amounts that hardly repeat. */
export function isGrouping({ type }: Pick<Column, 'type'>): boolean {
	return type !== 'number' && type !== 'date';
}

/** Whether a panel may stand over these columns. */
export function fits(register: Table, panel: Panel): boolean {
	const column = columnOf(register, panel.column);
	if (!column || !fitsMeasure(register, panel.measure)) return false;
	switch (panel.kind) {
		case 'time':
			return isTime(column);
		case 'bars':
			return isGrouping(column) && Number.isInteger(panel.most) && panel.most >= 1 && panel.most <= mostBars;
		case 'histogram':
			return isAmount(column);
		case 'heat': {
			const by = columnOf(register, panel.by);
			return isGrouping(column) && by !== undefined && isTime(by) && by !== column;
		}
	}
}

function fitsMeasure(register: Table, { kind, column: name }: Measure): boolean {
	if (kind === 'count' || kind === 'share') return name === null;
	const column = columnOf(register, name);
	if (!column) return false;
	// Several codes in one cell are not one value that could be counted once.
	return kind === 'distinct' ? column.type !== 'codes' : isAmount(column);
}

/** The plainest chart of a column: its course, its distribution, or its groups. */
export function panelOf(column: Column): Panel {
	const { name } = column;
	if (isTime(column)) return { kind: 'time', column: name, grain: 'month', measure: counted };
	if (isGrouping(column)) return { kind: 'bars', column: name, most: 12, measure: counted };
	return { kind: 'histogram', column: name, scale: 'log', measure: counted };
}

/** The columns that the first look at each register shows as bars, in this order. */
const telling: Readonly<Record<string, readonly string[]>> = {
	[initiatives.name]: ['field', 'level', 'status', 'unit_id', 'lead_author'],
	[transfers.name]: ['direction', 'industry', 'objects', 'form', 'unit_id', 'supplier'],
	[activities.name]: ['activity', 'audience', 'form', 'channel', 'unit_id']
};

/** The first look at a register: its course, its groups, its amounts, and its units by quarter. */
export function defaultPanels(register: Table): readonly Panel[] {
	const required = (one: Column) => one.required === true;
	const time = register.columns.find((one) => isTime(one) && required(one));
	const amount = register.columns.find(isMoneyInDong) ?? register.columns.find(({ name }) => name === 'attended');
	const panels: Panel[] = [];
	if (time) panels.push({ kind: 'time', column: time.name, grain: 'month', measure: counted });
	for (const column of telling[register.name] ?? []) panels.push({ kind: 'bars', column, most: 12, measure: counted });
	if (amount) panels.push({ kind: 'histogram', column: amount.name, scale: 'log', measure: counted });
	if (time) panels.push({ kind: 'heat', column: 'unit_id', by: time.name, grain: 'quarter', measure: counted });
	return panels;
}

function isMoneyInDong(column: Column): boolean {
	return isMoney(column) && column.name.endsWith('_vnd');
}

/** A register as it is first shown, without a filter. */
export function defaultExploration(register: Table = initiatives): Exploration {
	return {
		register: register.name,
		panels: defaultPanels(register),
		filters: [],
		focus: null,
		split: null,
		sort: [],
		columns: null,
		rows: null,
		pivot: null,
		beside: null
	};
}

/** What a filter is about: its column, or nothing for the search. */
export function aboutOf(filter: Filter): string {
	return filter.kind === 'search' ? '' : filter.column;
}

/** The filters with this one in the place of the one about the same column; at the end when there was none. */
export function withFilter(filters: readonly Filter[], filter: Filter): readonly Filter[] {
	const place = filters.findIndex((one) => aboutOf(one) === aboutOf(filter));
	return place < 0 ? [...filters, filter] : filters.with(place, filter);
}

/** The choice of all the other values of a column, null among them; nothing when every value was chosen. */
export function inverted(filter: Extract<Filter, { kind: 'set' }>, all: readonly string[]): Filter | null {
	const values = [...all, null].filter((value) => !filter.values.includes(value));
	return values.length === 0 ? null : { ...filter, values };
}

/** The filters without the one about a column. */
export function withoutFilter(filters: readonly Filter[], about: string): readonly Filter[] {
	return filters.filter((filter) => aboutOf(filter) !== about);
}

function writeDay(day: number): string {
	return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

function readDay(text: string): number | null {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
	const time = Date.parse(`${text}T00:00:00Z`);
	const day = time / millisecondsPerDay;
	return Number.isFinite(time) && day >= firstDayNumber && writeDay(day) === text ? day : null;
}

/** Numbers as JavaScript writes them; what it would not write so is not read. */
function readNumber(text: string): number | null {
	const value = Number(text);
	return text !== '' && Number.isFinite(value) && String(value) === text ? value : null;
}

/** A value in a list: commas and backslashes behind a backslash; no value is `\-`, and the empty text `\e`. */
function writeValue(value: string | null): string {
	if (value === null) return '\\-';
	return value === '' ? '\\e' : value.replace(/[\\,]/g, '\\$&');
}

function readValues(text: string): (string | null)[] | null {
	const values: (string | null)[] = [];
	for (const part of text.match(/(?:\\.|[^\\,])+(?=,|$)/gsu) ?? []) {
		if (part === '\\-') values.push(null);
		else if (part === '\\e') values.push('');
		else values.push(part.replace(/\\(.)/gsu, '$1'));
	}
	const exact = values.map(writeValue).join(',') === text && new Set(values).size === values.length;
	const short = values.every((value) => value === null || (value.length <= mostText && value.isWellFormed()));
	return exact && short && values.length > 0 ? values : null;
}

function writeFilter(register: Table, filter: Filter): string {
	const marks = `${filter.paused ? '~' : ''}${filter.exclude ? '!' : ''}`;
	switch (filter.kind) {
		case 'search':
			return `${marks}?${filter.text}`;
		case 'set':
			return `${marks}${filter.column}:${filter.values.map(writeValue).join(',')}`;
		case 'range': {
			const column = columnOf(register, filter.column);
			const write = column && isTime(column) ? writeDay : String;
			const edge = (value: number | null) => (value === null ? '' : write(value));
			return `${marks}${filter.column}=${edge(filter.from)}..${edge(filter.to)}`;
		}
	}
}

function readFilter(register: Table, text: string): Filter | null {
	const match = /^(~?)(!?)(?:\?(.*)|([a-z_]+)([:=])(.*))$/su.exec(text);
	if (!match) return null;
	const [, tilde, bang, words, name = '', sign, rest = ''] = match;
	const standing = { exclude: bang === '!', paused: tilde === '~' };
	if (words !== undefined) {
		const sound = words.trim() !== '' && words.length <= mostSearch && words.isWellFormed();
		return sound ? { kind: 'search', text: words, ...standing } : null;
	}
	const column = columnOf(register, name);
	if (!column) return null;
	if (sign === ':') {
		const values = readValues(rest);
		return values && { kind: 'set', column: name, values, ...standing };
	}
	const edges = /^([^.].*?|)\.\.(.*)$/.exec(rest);
	if (!edges || !(isTime(column) || isAmount(column))) return null;
	const read = isTime(column) ? readDay : readNumber;
	const [, first = '', last = ''] = edges;
	const from = first === '' ? null : read(first);
	const to = last === '' ? null : read(last);
	if ((from === null && first !== '') || (to === null && last !== '')) return null;
	if ((from === null && to === null) || (from !== null && to !== null && from > to)) return null;
	return { kind: 'range', column: name, from, to, ...standing };
}

function writeMeasure({ kind, column }: Measure): string {
	if (kind === 'count') return '';
	return `/${kind}${column === null ? '' : `.${column}`}`;
}

function writePanel(panel: Panel): string {
	const measure = writeMeasure(panel.measure);
	switch (panel.kind) {
		case 'time':
			return `time:${panel.column}/${panel.grain}${measure}`;
		case 'bars':
			return `bars:${panel.column}/${panel.most}${measure}`;
		case 'histogram':
			return `histogram:${panel.column}/${panel.scale}${measure}`;
		case 'heat':
			return `heat:${panel.column}*${panel.by}/${panel.grain}${measure}`;
	}
}

const grains: readonly Grain[] = ['month', 'quarter', 'year'];
const scales: readonly Scale[] = ['log', 'linear'];
const kinds: readonly Measure['kind'][] = ['count', 'share', 'sum', 'mean', 'median', 'distinct'];

function readPanel(register: Table, text: string): Panel | null {
	const match = /^([a-z]+):([a-z_]+)(?:\*([a-z_]+))?\/([a-z0-9]+)(?:\/([a-z]+)(?:\.([a-z_]+))?)?$/.exec(text);
	if (!match) return null;
	const [, kind, column = '', by = '', bin = '', measured = 'count', of = null] = match;
	const named = kinds.find((one) => one === measured);
	if (!named) return null;
	const measure: Measure = { kind: named, column: of };
	const grain = grains.find((one) => one === bin);
	const scale = scales.find((one) => one === bin);
	let panel: Panel | null = null;
	if (kind === 'time' && grain) panel = { kind, column, grain, measure };
	if (kind === 'bars' && /^[1-9]\d*$/.test(bin)) panel = { kind, column, most: Number(bin), measure };
	if (kind === 'histogram' && scale) panel = { kind, column, scale, measure };
	if (kind === 'heat' && grain) panel = { kind, column, by, grain, measure };
	return panel && fits(register, panel) && writePanel(panel) === text ? panel : null;
}

function writePanels(panels: readonly Panel[]): string {
	return panels.map(writePanel).join(',');
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return text.length <= mostJson && text.isWellFormed();
	} catch {
		return false;
	}
}

/** The exploration as readable parameters, in a fixed order, defaults left out. */
function parametersOf(exploration: Exploration): URLSearchParams {
	const register = registerOf(exploration);
	const params = new URLSearchParams();
	const set = (name: string, value: string | null) => {
		if (value !== null) params.append(name, value);
	};
	if (register !== initiatives) set('register', register.name);
	const panels = writePanels(exploration.panels);
	if (panels !== writePanels(defaultPanels(register))) set('show', panels);
	for (const filter of exploration.filters) set('filter', writeFilter(register, filter));
	if (exploration.focus !== null) set('focus', String(exploration.focus + 1));
	set('split', exploration.split);
	const sort = exploration.sort.map(({ column, descending }) => (descending ? '-' : '') + column);
	if (sort.length > 0) set('order', sort.join(','));
	if (exploration.columns !== null) set('columns', exploration.columns.join(','));
	set('rows', exploration.rows);
	set('pivot', exploration.pivot);
	set('beside', exploration.beside);
	return params;
}

/** The query string as people can read it: only what would be misunderstood is escaped. */
function readable(params: URLSearchParams): string {
	const plain: Readonly<Record<string, string>> = {
		'%21': '!',
		'%2C': ',',
		'%2F': '/',
		'%3A': ':',
		// A parameter is cut at its first sign of equality alone, and no name holds one.
		'%3D': '=',
		'%3F': '?',
		'%7E': '~'
	};
	return params.toString().replace(/%(?:21|2C|2F|3A|3D|3F|7E)/g, (escape) => plain[escape] ?? escape);
}

function toBase64(bytes: Uint8Array): string {
	let text = '';
	for (let start = 0; start < bytes.length; start += 8192) {
		text += String.fromCharCode(...bytes.subarray(start, start + 8192));
	}
	return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Unfolds what {@link writeExploration} compressed; null for anything else, and for what would fill the memory. */
function unfold(text: string): string | null {
	try {
		const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
		const chunks: Uint8Array[] = [];
		let size = 0;
		let whole = false;
		const inflate = new Inflate((chunk, last) => {
			size += chunk.length;
			if (size > mostUnfolded) throw new RangeError('too long');
			chunks.push(chunk);
			whole ||= last;
		});
		// Small steps, so that a bomb is noticed before it has unfolded.
		for (let start = 0; start < bytes.length; start += 1024) {
			inflate.push(bytes.subarray(start, start + 1024), start + 1024 >= bytes.length);
		}
		if (!whole) return null;
		const out = new Uint8Array(size);
		let at = 0;
		for (const chunk of chunks) {
			out.set(chunk, at);
			at += chunk.length;
		}
		return strFromU8(out);
	} catch {
		return null;
	}
}

/** The query string of an exploration, with its question mark: empty for the first look at the first register. */
export function writeExploration(exploration: Exploration): string {
	const text = readable(parametersOf(exploration));
	if (text === '') return '';
	return text.length <= longQuery ? `?${text}` : `?x=${toBase64(deflateSync(strToU8(text), { level: 9 }))}`;
}

/** Reads an exploration from a URL; what is not understood is as if it were not there, and is told. */
export function readExploration(params: URLSearchParams): Reading {
	const ignored: Ignored[] = [];
	const packed = params.get('x');
	let said = params;
	if (packed !== null) {
		const text = unfold(packed);
		if (text === null) ignored.push({ name: 'x', value: packed });
		else {
			said = new URLSearchParams(text);
			for (const [name, value] of params) if (name !== 'x' && !otherParameters.has(name)) ignored.push({ name, value });
		}
	}
	/** Reads the one value of a parameter; `fallback` when it is not there or not understood. */
	const one = <T>(name: string, fallback: T, read: (text: string) => T | null): T => {
		const [text, ...more] = said.getAll(name);
		for (const value of more) ignored.push({ name, value });
		if (text === undefined) return fallback;
		const value = read(text);
		if (value === null) ignored.push({ name, value: text });
		return value ?? fallback;
	};
	/** Reads a list separated by commas, leaving out what is not understood. */
	const list = <T>(name: string, text: string, most: number, read: (text: string) => T | null): T[] => {
		const found: T[] = [];
		for (const part of text.split(',')) {
			const value = found.length < most ? read(part) : null;
			if (value === null) ignored.push({ name, value: part });
			else found.push(value);
		}
		return found;
	};
	const register = one<Table>('register', initiatives, (text) => registers.find(({ name }) => name === text) ?? null);
	const columnNamed = (text: string) => columnOf(register, text)?.name ?? null;
	const panels = one<readonly Panel[]>('show', defaultPanels(register), (text) => {
		const found = text === '' ? [] : list('show', text, mostPanels, (part) => readPanel(register, part));
		return found.length > 0 || text === '' ? found : null;
	});
	let filters: readonly Filter[] = [];
	for (const value of said.getAll('filter')) {
		const filter = readFilter(register, value);
		if (filter && !filters.some((other) => aboutOf(other) === aboutOf(filter))) filters = [...filters, filter];
		else ignored.push({ name: 'filter', value });
	}
	const names = (name: string, text: string) => {
		const seen = new Set<string>();
		return list(name, text, register.columns.length, (part) => {
			const found = columnNamed(part);
			if (found === null || seen.has(found)) return null;
			seen.add(found);
			return found;
		});
	};
	const sorted = new Set<string>();
	const exploration: Exploration = {
		register: register.name,
		panels,
		filters,
		focus: one<number | null>('focus', null, (text) =>
			/^[1-9]\d?$/.test(text) && Number(text) <= panels.length ? Number(text) - 1 : null
		),
		split: one<string | null>('split', null, (text) => {
			const column = columnOf(register, text);
			return column && isGrouping(column) ? column.name : null;
		}),
		sort: one<readonly Order[]>('order', [], (text) =>
			list('order', text, register.columns.length, (part) => {
				const descending = part.startsWith('-');
				const column = columnNamed(descending ? part.slice(1) : part);
				if (column === null || sorted.has(column)) return null;
				sorted.add(column);
				return { column, descending };
			})
		),
		columns: one<readonly string[] | null>('columns', null, (text) => (text === '' ? [] : names('columns', text))),
		rows: one<Json | null>('rows', null, (text) => (isJson(text) ? text : null)),
		pivot: one<Json | null>('pivot', null, (text) => (isJson(text) ? text : null)),
		beside: one<string | null>('beside', null, (text) =>
			text !== '' && text.length <= mostJson && text.isWellFormed() ? text : null
		)
	};
	for (const [name, value] of said) if (!own.has(name) && !otherParameters.has(name)) ignored.push({ name, value });
	return { exploration, ignored };
}

const own: ReadonlySet<string> = new Set(
	'register show filter focus split order columns rows pivot beside x'.split(' ')
);

/** Parameters of the other pages, which travel along and mean nothing here. */
export const otherParameters: ReadonlySet<string> = new Set([
	'from',
	'to',
	'block',
	'kind',
	'unit',
	'structure',
	'sort'
]);
