/** Linked charts against a plain TypeScript reading of the same rows: every filter, every view, and the cubes between them. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import type { Database } from '../database/database';
import type { DataRow, DataValue } from '../database/row';
import { id, join, sql, table, type Sql } from '../database/sql';
import { statement } from '../database/statement';
import { foldKey } from './alias';
import { answer, answers, groupsOf, matching, tabulate } from './crossfilter';
import { facetValues } from './facet';
import { activeFilters, condition, encodedWhere, readySearch, whereOf } from './filter';
import { lengths, ownColumns, type Answer, type Groups } from './group';
import { activeBins, activeDays, buildCube, type Brush } from './cube';
import {
	aboutOf,
	columnOf,
	defaultExploration,
	isTime,
	type Exploration,
	type Filter,
	type Panel
} from './exploration';
import { besides, folded, groundOf, type Bins, type Encoded, type Ground } from './ground';
import { questionOf } from './panel';
import { transfers } from './register';
import type { NamedUnit } from './search';
import type { Column, Value } from './table';

type Cells = Record<string, Value>;

const units: readonly NamedUnit[] = [
	{ unit_id: 'U1', name_vi: 'Sở Khoa học và Công nghệ', name_en: 'Department of Science', short_name: 'Sở KH&CN' },
	{ unit_id: 'U2', name_vi: 'Đại học Thái Nguyên', name_en: 'Thai Nguyen University', short_name: 'ĐHTN' }
];

const types: Readonly<Record<Column['type'], Sql>> = {
	text: sql`VARCHAR`,
	code: sql`VARCHAR`,
	codes: sql`VARCHAR`,
	period: sql`VARCHAR`,
	date: sql`DATE`,
	integer: sql`INTEGER`,
	number: sql`DOUBLE`,
	boolean: sql`BOOLEAN`
};

async function create(db: Database, rows: readonly Cells[]): Promise<void> {
	const names = transfers.columns.map(({ name }) => name);
	const typed = transfers.columns.map(({ name, type }) => sql`CAST(${id(name)} AS ${types[type]}) AS ${id(name)}`);
	const cells = rows.length > 0 ? rows.map((row) => names.map((name) => row[name] ?? null)) : [names.map(() => null)];
	await db.exec(
		sql`CREATE OR REPLACE TABLE transfers AS SELECT ${join(typed)} FROM ${table('given', names, cells)} WHERE ${rows.length > 0}`
	);
}

const day = (text: string) => new Date(`${text}T00:00:00Z`);

/** Rows made to be awkward: nulls, NaN, infinity, empty texts, ties, edges of bins, several codes, a day before 1970. */
const rows: readonly Cells[] = Array.from({ length: 36 }, (_, row) => {
	const of = <T>(values: readonly T[], by = 1) => values[Math.floor(row * by) % values.length] as T;
	return {
		transfer_id: `CG-${row}`,
		technology: of([
			'Tiết kiệm điện',
			'tiet kiem nuoc',
			'',
			null,
			'Đo lường – ĐIỆN',
			'Lò 5 tỷ'.normalize('NFD'),
			"O'Neil"
		]),
		direction: of(['vao_vn', 'trong_nuoc', null, '', 'vao_vn']),
		supplier: of(['A', 'B', null, 'A', 'Đ', '', 'C', 'A'], 1.5),
		unit_id: of(['U1', 'U2', null]),
		objects: of(['a', 'a|b', null, 'b|c', 'a|b|c', 'c']),
		certified_on: of([
			day('2024-01-31'),
			day('2024-02-01'),
			null,
			day('2023-11-15'),
			day('2024-06-30'),
			day('2024-12-31'),
			day('2024-02-29')
		]),
		effective_on: of([null, day('1969-12-31'), day('1970-01-01')]),
		value_vnd: of([0, 1, 1e6, 1e6, 2e6, null, NaN, 999_999.5, 5e9, Infinity, 1.2e6], 1),
		term_months: of([12, 24, null, 0, -3, 12, 60], 0.7),
		exclusive: of([true, false, null])
	};
});

/** The value of a cell as filters see it. */
function textIn(row: Cells, column: Column): string | null {
	const value = row[column.name] ?? null;
	if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return null;
	return value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
}

function numberIn(row: Cells, name: string): number | null {
	const value = row[name] ?? null;
	if (value instanceof Date) return value.getTime() / 86_400_000;
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

const searchedIn = ['transfer_id', 'technology', 'supplier', 'recipient', 'contract_number', 'recipient_area'];

function meets(row: Cells, filter: Filter): boolean {
	const met = (() => {
		if (filter.kind === 'search') {
			const unit = units.find(({ unit_id: one }) => one === row.unit_id);
			const texts = [...searchedIn.map((name) => row[name]), unit?.name_vi, unit?.name_en, unit?.short_name];
			return foldKey(filter.text)
				.split(' ')
				.every((word) => texts.some((text) => typeof text === 'string' && foldKey(text).includes(word)));
		}
		const column = columnOf(transfers, filter.column);
		if (!column) throw new Error(filter.column);
		if (filter.kind === 'set') {
			const text = textIn(row, column);
			const held = text === null ? [null] : column.type === 'codes' ? text.split('|') : [text];
			return held.some((value) => filter.values.includes(value));
		}
		const value = numberIn(row, filter.column);
		if (value === null || (filter.from !== null && value < filter.from)) return false;
		return filter.to === null || (isTime(column) ? value <= filter.to : value < filter.to);
	})();
	return met !== filter.exclude;
}

/** Which rows meet a filter, a bit a row; the same few filters stand in many states. */
const metBy = new Map<string, bigint>();

function bitsOf(filter: Filter): bigint {
	const key = JSON.stringify({ ...filter, paused: false });
	const known = metBy.get(key) ?? rows.reduce((bits, row, at) => bits | (BigInt(meets(row, filter)) << BigInt(at)), 0n);
	metBy.set(key, known);
	return known;
}

/** The rows that meet all active filters but those about some columns, a bit a row. */
function matchingBits({ filters }: Pick<Exploration, 'filters'>, but: readonly string[] = []): bigint {
	return filters
		.filter((filter) => !filter.paused && !but.includes(aboutOf(filter)))
		.reduce((bits, filter) => bits & bitsOf(filter), (1n << BigInt(rows.length)) - 1n);
}

function matchingRows(state: Pick<Exploration, 'filters'>, but: readonly string[] = []): Cells[] {
	const bits = matchingBits(state, but);
	return rows.filter((_, at) => ((bits >> BigInt(at)) & 1n) === 1n);
}

function stepIn(row: Cells, name: string, groups: Extract<Groups, { kind: 'time' | 'heat' }>): number {
	const value = row[name];
	if (!(value instanceof Date)) return 0;
	const month = value.getUTCFullYear() * 12 + value.getUTCMonth();
	return Math.floor((month - groups.steps.first) / lengths[groups.steps.grain]) + 1;
}

/** The groups in which a row stands. */
function groupsIn(row: Cells, panel: Panel, groups: Groups): number[] {
	const column = columnOf(transfers, panel.column);
	if (!column) throw new Error(panel.column);
	const lines = (shown: readonly (string | null)[]) => {
		const text = textIn(row, column);
		const held = text === null ? [null] : column.type === 'codes' ? text.split('|') : [text];
		return held.map((value) => shown.indexOf(value)).filter((place) => place >= 0);
	};
	switch (groups.kind) {
		case 'time':
			return [stepIn(row, panel.column, groups)];
		case 'bars':
			return lines(groups.shown);
		case 'heat': {
			if (panel.kind !== 'heat') throw new Error(panel.kind);
			const step = stepIn(row, panel.by, groups);
			return lines(groups.shown).map((line) => line * (groups.steps.count + 1) + step);
		}
		case 'histogram': {
			const value = numberIn(row, panel.column);
			const { edges, bars } = groups.bins;
			if (value === null) return [0];
			return [1 + bars.filter((place) => (edges[place] ?? 0) <= value).length];
		}
	}
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1
		? (sorted[middle] ?? NaN)
		: ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

function measureOf(panel: Panel, group: readonly Cells[], all: number): number {
	const { kind, column: name } = panel.measure;
	if (kind === 'count') return group.length;
	if (kind === 'share') return all === 0 ? NaN : group.length / all;
	const column = columnOf(transfers, name);
	if (!column) throw new Error(String(name));
	if (kind === 'distinct') return new Set(group.map((row) => textIn(row, column)).filter((text) => text !== null)).size;
	const values = group.map((row) => numberIn(row, column.name)).filter((value) => value !== null);
	if (values.length === 0) return NaN;
	const sum = values.reduce((total, value) => total + value, 0);
	return kind === 'sum' ? sum : kind === 'mean' ? sum / values.length : median(values);
}

/** What a chart must show. */
function expected(
	exploration: Exploration,
	panel: Panel,
	groups: Groups
): Pick<Answer, 'matched' | 'known'> & { rows: number[]; measured: number[] } {
	const matched = matchingRows(exploration, ownColumns(panel));
	const lines = new Map<number, Cells[]>();
	for (const row of matched) {
		for (const group of groupsIn(row, panel, groups)) lines.set(group, [...(lines.get(group) ?? []), row]);
	}
	const size =
		groups.kind === 'time'
			? groups.steps.count + 1
			: groups.kind === 'histogram'
				? groups.bins.bars.length + 2
				: groups.kind === 'bars'
					? groups.shown.length
					: groups.shown.length * (groups.steps.count + 1);
	const all = Array.from({ length: size }, (_, group) => lines.get(group) ?? []);
	const column = columnOf(transfers, panel.column);
	return {
		matched: matched.length,
		known: matched.filter((row) => column && textIn(row, column) !== null).length,
		rows: all.map((group) => group.length),
		measured: all.map((group) => measureOf(panel, group, matched.length))
	};
}

function close(actual: ArrayLike<number>, wanted: readonly number[]): boolean {
	return (
		actual.length === wanted.length &&
		wanted.every((value, place) => {
			const one = actual[place] ?? NaN;
			return Object.is(one, value) || one === value || Math.abs(one - value) <= 1e-9 * Math.abs(value);
		})
	);
}

function sameAs(
	actual: Pick<Answer, 'rows' | 'measured' | 'matched'>,
	wanted: Omit<ReturnType<typeof expected>, 'known'>,
	what: string
): void {
	if (actual.matched === wanted.matched && close(actual.rows, wanted.rows) && close(actual.measured, wanted.measured))
		return;
	expect({ ...actual, rows: [...actual.rows], measured: [...actual.measured] }, what).toEqual(wanted);
}

function isRight(given: Answer | undefined, state: Exploration, panel: Panel, groups: Groups | undefined): void {
	if (!given || !groups) throw new Error('no answer');
	const wanted = expected(state, panel, groups);
	sameAs(given, wanted, JSON.stringify([panel, state.filters]));
	if (given.known !== wanted.known) expect(given.known, JSON.stringify([panel, state.filters])).toBe(wanted.known);
}

const count = { kind: 'count', column: null } as const;
const panels: readonly Panel[] = [
	{ kind: 'time', column: 'certified_on', grain: 'month', measure: { kind: 'sum', column: 'value_vnd' } },
	{ kind: 'time', column: 'effective_on', grain: 'quarter', measure: { kind: 'median', column: 'term_months' } },
	{ kind: 'bars', column: 'direction', most: 12, measure: { kind: 'distinct', column: 'supplier' } },
	{ kind: 'bars', column: 'objects', most: 12, measure: { kind: 'share', column: null } },
	{ kind: 'bars', column: 'supplier', most: 2, measure: { kind: 'mean', column: 'value_vnd' } },
	{ kind: 'histogram', column: 'value_vnd', scale: 'log', measure: { kind: 'distinct', column: 'certified_on' } },
	{ kind: 'histogram', column: 'term_months', scale: 'linear', measure: count },
	{
		kind: 'heat',
		column: 'unit_id',
		by: 'certified_on',
		grain: 'year',
		measure: { kind: 'sum', column: 'term_months' }
	}
];

const standing = { exclude: fc.boolean(), paused: fc.nat(9).map((one) => one === 0) };
const set = (column: string, values: readonly (string | null)[]) =>
	fc.record({
		kind: fc.constant('set' as const),
		column: fc.constant(column),
		values: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
		...standing
	});
const range = (column: string, edges: readonly number[]) =>
	fc
		.record({
			kind: fc.constant('range' as const),
			column: fc.constant(column),
			from: fc.option(fc.constantFrom(...edges)),
			to: fc.option(fc.constantFrom(...edges)),
			...standing
		})
		.filter(({ from, to }) => from === null || to === null || from <= to);
const search = fc.record({
	kind: fc.constant('search' as const),
	text: fc.constantFrom('điện', 'DIEN tiet', 'tỷ', 'ti', "o'neil", 'dai hoc', 'kh cn', 'cg 1', 'khong co'),
	...standing
});

const filters = fc.uniqueArray(
	fc.oneof(
		set('direction', ['vao_vn', 'trong_nuoc', null, '', 'none']),
		set('supplier', ['A', 'Đ', '', null]),
		set('objects', ['a', 'b', 'c', null, 'a|b']),
		set('unit_id', ['U1', null]),
		set('exclusive', ['true', 'false', null]),
		set('value_vnd', [null]),
		set('term_months', ['12', '-3', null]),
		range('certified_on', [19675, 19753, 19754, 19782, 20088]),
		range('effective_on', [-1, 0]),
		range('value_vnd', [0, 1, 1e6, 1.2e6, 2e6, 1e10]),
		range('term_months', [-3, 0, 12, 24.5, 60])
	),
	{ selector: aboutOf, maxLength: 4 }
);
const states = fc.record({ filters, searches: fc.option(search, { freq: 20 }) });

let db: Database;
let ground: Ground;

beforeAll(async () => {
	db = await openTestDatabase();
	await create(db, rows);
	ground = await groundOf(db, transfers);
	await db.derive('places', sql`SELECT CAST(rowid AS INTEGER) AS c FROM transfers`);
});

afterAll(() => db.close());

const explored = (some: readonly Filter[]): Exploration => ({
	...defaultExploration(transfers),
	panels,
	filters: some
});

/**
 * A ground whose questions are asked for many states at once: as they are, LATERAL beside the sets of rows, each of which stands in the place of the
 * condition {@link among}. What is answered for one set goes back as the answer to the question.
 */
function lateral(sets: readonly bigint[]): { ground: Ground; turn: (bits: bigint) => void } {
	const asked = new Map<string, Promise<Map<number, { names: Map<string, number[]>; rows: number }>>>();
	let now = 0;
	async function ask(question: Sql) {
		const given = table(
			'chosen',
			['bits'],
			sets.map((bits) => [Number(bits)])
		);
		const lines = await db.query<Record<string, number>>(
			sql`SELECT chosen.bits AS "of", answer.* FROM ${given}, LATERAL (${question}) AS answer`
		);
		const parts = new Map<number, { names: Map<string, number[]>; rows: number }>();
		for (const { of = NaN, ...line } of lines) {
			const part = parts.get(of) ?? { names: new Map<string, number[]>(), rows: 0 };
			parts.set(of, part);
			part.rows++;
			for (const [name, value] of Object.entries(line)) {
				const column = part.names.get(name);
				if (column) column.push(value ?? NaN);
				else part.names.set(name, [value ?? NaN]);
			}
		}
		return parts;
	}
	const database: Database = {
		...db,
		columns: async (question) => {
			const answers = asked.get(question.text) ?? ask(question);
			asked.set(question.text, answers);
			const part = (await answers).get(now);
			return { rows: part?.rows ?? 0, of: (name) => Float64Array.from(part?.names.get(name) ?? []) };
		}
	};
	return { ground: { ...ground, database }, turn: (bits) => (now = Number(bits)) };
}

/** The rows whose bits are set in the set that stands beside a question. */
const among: Encoded = { condition: sql`(chosen.bits >> places.c) & 1 = 1`, cells: [{ table: 'places' }] };

describe('random states of the filters', () => {
	/**
	 * In two steps, since 80,000 questions would take minutes. First every condition that the page would ask with is asked for its rows. Then every chart
	 * is asked, once for each set of rows that any of its conditions came to, in its own words; below it is asked under the conditions themselves.
	 */
	it('give every chart its counts, sums, means, medians and distinct counts, over 10,000', async () => {
		const sampled = fc.sample(filters, 10_000).map(explored);
		const asked = new Map<string, { where: Encoded; bits: bigint }>();
		const keyOf = (state: Exploration, own: readonly string[]) => JSON.stringify(activeFilters(state, own));
		for (const own of [[], ...panels.map(ownColumns)]) {
			for (const state of sampled) {
				const key = keyOf(state, own);
				if (asked.has(key)) continue;
				asked.set(key, { where: await encodedWhere(ground, state, units, own), bits: matchingBits(state, own) });
			}
		}
		const conditions = [...asked.values()].filter(({ where }) => where.cells.length > 0);
		for (let start = 0; start < conditions.length; start += 60) {
			const part = conditions.slice(start, start + 60);
			const flags = part.map(({ where }, place) => sql`CAST((${where.condition}) AS UTINYINT) AS ${id(`c${place}`)}`);
			const columns = await db.columns(
				sql`SELECT ${join(flags)} FROM ${besides(part.flatMap(({ where }) => where.cells))}`
			);
			part.forEach(({ where, bits }, place) => {
				const met = [...columns.of(`c${place}`)].reduce((all, flag, at) => all | (BigInt(flag) << BigInt(at)), 0n);
				if (met !== bits) expect(met.toString(2), where.condition.text).toBe(bits.toString(2));
			});
		}
		for (const panel of panels) {
			const groups = await groupsOf(ground, explored([]), panel, { condition: sql`TRUE`, cells: [] });
			const states = new Map<bigint, Exploration>();
			for (const state of sampled) {
				const bits = asked.get(keyOf(state, ownColumns(panel)))?.bits;
				if (bits !== undefined && !states.has(bits)) states.set(bits, state);
			}
			const { ground: beside, turn } = lateral([...states.keys()]);
			for (const [bits, state] of states) {
				turn(bits);
				const [given] = await tabulate(beside, panel, groups, [among]);
				isRight(given, state, panel, groups);
			}
		}
	}, 120_000);

	it('give every chart the same under the conditions themselves', async () => {
		const some = fc.sample(filters, 60).map(explored);
		for (const panel of panels) {
			const wheres = await Promise.all(some.map((one) => encodedWhere(ground, one, units, ownColumns(panel))));
			const groups = await groupsOf(ground, explored([]), panel, { condition: sql`TRUE`, cells: [] });
			const answers = await tabulate(ground, panel, groups, wheres);
			some.forEach((state, place) => isRight(answers[place], state, panel, groups));
		}
	});

	it('give all charts the same when they are asked together, of the page and of the engine', async () => {
		const other = await openTestDatabase();
		try {
			await create(other, rows);
			const asked = await groundOf(other, transfers, 0);
			expect([ground.isHeld, asked.isHeld]).toEqual([true, false]);
			for (const { filters: those, searches } of fc.sample(states, 60)) {
				const state = explored([...those, ...(searches ? [searches] : [])]);
				for (const one of [ground, asked]) {
					const given = await Promise.all(answers(one, state, panels, units));
					panels.forEach((panel, place) => isRight(given[place], state, panel, given[place]?.groups));
				}
			}
			expect(answers(ground, explored([]), [], units)).toEqual([]);
		} finally {
			await other.close();
		}
	});

	it('give counts in the page, under 10,000 states with searches, as the plain reading counts', async () => {
		const counting: readonly Panel[] = [
			{ kind: 'time', column: 'certified_on', grain: 'quarter', measure: count },
			{ kind: 'bars', column: 'direction', most: 12, measure: { kind: 'share', column: null } },
			{ kind: 'bars', column: 'objects', most: 12, measure: count },
			{ kind: 'bars', column: 'supplier', most: 2, measure: count },
			{ kind: 'histogram', column: 'value_vnd', scale: 'log', measure: count },
			{ kind: 'heat', column: 'unit_id', by: 'certified_on', grain: 'month', measure: count }
		];
		// Every code was read before, and every condition over amounts, so that nothing is asked but what is counted.
		for (const { filters: those, searches } of fc.sample(states, 10_000)) {
			const state = explored([...those, ...(searches ? [searches] : [])]);
			const given = await Promise.all(answers(ground, state, counting, units));
			counting.forEach((panel, place) => isRight(given[place], state, panel, given[place]?.groups));
		}
	}, 120_000);

	it('mean the same over the register as over its encoded columns', async () => {
		for (const { filters: those, searches } of fc.sample(states, 100)) {
			const one = explored([...those, ...(searches ? [searches] : [])]);
			await readySearch(ground, one, units);
			const [counted] = await db.query<{ n: number }>(
				sql`SELECT count(*) AS n FROM transfers WHERE ${whereOf(one, transfers)}`
			);
			expect(counted?.n, JSON.stringify(one.filters)).toBe(matchingRows(one).length);
		}
	});
});

describe('one chart', () => {
	it('under searches, whatever case, accents, order and form, and by the names of units', async () => {
		for (const { filters: those, searches } of fc.sample(states, 25)) {
			const one = explored([...those, ...(searches ? [searches] : [])]);
			expect(await matching(ground, one, units)).toBe(matchingRows(one).length);
			for (const panel of panels.slice(2, 4)) {
				const given = await answer(ground, one, panel, units);
				sameAs(given, expected(one, panel, given.groups), JSON.stringify(one.filters));
			}
		}
	});

	it('under searches in texts that stand in many rows each', async () => {
		const [other, third] = [await openTestDatabase(), await openTestDatabase()];
		try {
			const many = Array.from({ length: 240 }, (_, row): Cells => ({
				transfer_id: `CG-2024-${row}`,
				technology: row % 7 === 6 ? null : `Máy ${row % 40} ${row % 2 ? 'lọc nước' : 'sấy chè'}`,
				supplier: ['Nhà máy A', 'Lọc Việt', null][row % 3] ?? null,
				unit_id: ['U1', 'U2', null, 'U2'][row % 4] ?? null
			}));
			await create(other, many);
			const large = await groundOf(other, transfers);
			await create(third, many);
			const asked = await groundOf(third, transfers, 0);
			for (const one of [large, asked]) {
				const { repeated, single } = await one.searched();
				expect(repeated.map(({ values }) => values.size)).toEqual([40, 2]);
				expect(single).not.toBeNull();
			}
			const found: number[] = [];
			for (const text of 'loc|loc nuoc|may|say che thai nguyen|nha may loc|17|may 17|khoa hoc loc|cg|cg che|xyz|may xyz'.split(
				'|'
			)) {
				const state = explored([{ kind: 'search', text, exclude: false, paused: false }]);
				const wanted = many.filter((row) => state.filters.every((filter) => meets(row, filter))).length;
				expect([text, await matching(large, state, units)]).toEqual([text, wanted]);
				expect([text, await matching(asked, state, units)]).toEqual([text, wanted]);
				const given = await answer(
					large,
					state,
					{ kind: 'bars', column: 'direction', most: 12, measure: count },
					units
				);
				expect([text, given.matched]).toEqual([text, wanted]);
				const [counted] = await other.query<{ n: number }>(
					sql`SELECT count(*) AS n FROM transfers WHERE ${whereOf(state, transfers)}`
				);
				expect([text, counted?.n]).toEqual([text, wanted]);
				found.push(wanted);
			}
			// Every third row of the supplier, and every other one of the technology that has one.
			expect(found[0]).toBe(many.filter((_, row) => row % 3 === 1 || (row % 2 === 1 && row % 7 !== 6)).length);
			expect(found.at(-1)).toBe(0);
		} finally {
			await other.close();
			await third.close();
		}
	});

	it('keeps what is chosen and what is nothing in sight, and draws the largest of many', async () => {
		const panel: Panel = { kind: 'bars', column: 'supplier', most: 2, measure: count };
		const none: Filter = { kind: 'set', column: 'direction', values: ['none'], exclude: false, paused: false };
		const chosen: Filter = { kind: 'set', column: 'supplier', values: ['Đ', null], exclude: false, paused: false };
		const given = await answer(ground, explored([none, chosen]), panel, units);
		expect(given.groups.kind === 'bars' && given.groups.shown).toEqual(['A', 'B', 'Đ', null]);
		expect([...given.rows]).toEqual([0, 0, 0, 0]);
		const free = await answer(ground, explored([]), panel, units);
		expect(free.groups.kind === 'bars' && free.groups.shown).toEqual(['A', 'B', null]);
	});

	it('finds values inside a facet', async () => {
		const found = await facetValues(
			ground,
			explored([]),
			'unit_id',
			units,
			'thai nguyen',
			(value) => units.find(({ unit_id: unit }) => unit === value)?.name_vi ?? value,
			10
		);
		expect(found).toEqual([{ value: 'U2', rows: 12 }]);
		expect(
			(await facetValues(ground, explored([]), 'objects', units, '', (value) => value, 10))
				.map(({ value }) => value)
				.sort()
		).toEqual(['a', 'b', 'c']);
	});

	it.each([
		['no row', []],
		['one row', rows.slice(4, 5)],
		['one row of nulls', [{ transfer_id: 'x' }]]
	])('of %s', async (_, some) => {
		const other = await openTestDatabase();
		try {
			await create(other, some);
			const small = await groundOf(other, transfers);
			for (const [place, asked] of answers(small, explored([]), panels, units).entries()) {
				const [panel, given] = [panels[place], await asked];
				if (!panel) throw new Error('no panel');
				expect(given.matched).toBe(some.length);
				if (panel.column !== 'objects') expect(given.rows.reduce((sum, one) => sum + one, 0)).toBe(some.length);
			}
		} finally {
			await other.close();
		}
	});
});

/** The group of a line that the question of a chart in plain SQL answered; -1 for one that the chart does not draw. */
function groupOf(line: DataRow, panel: Panel, groups: Groups): number {
	const [first, second] = Object.values(line);
	const step = (day: DataValue | undefined, { steps }: Extract<Groups, { kind: 'time' | 'heat' }>) =>
		day instanceof Date
			? Math.floor((day.getUTCFullYear() * 12 + day.getUTCMonth() - steps.first) / lengths[steps.grain]) + 1
			: 0;
	switch (groups.kind) {
		case 'time':
			return step(first, groups);
		case 'bars':
			return groups.shown.indexOf(first as string | null);
		case 'heat': {
			const place = groups.shown.indexOf(first as string | null);
			return place < 0 ? -1 : place * (groups.steps.count + 1) + step(second, groups);
		}
		case 'histogram': {
			const { edges, bars } = groups.bins;
			return first === null ? 0 : first === -Infinity ? 1 : 2 + bars.findIndex((bar) => edges[bar] === first);
		}
	}
}

it('the question of a chart in plain SQL, as the reader may run it, answers what the chart shows', async () => {
	for (const { filters: those, searches } of fc.sample(states, 25)) {
		const state = explored([...those, ...(searches ? [searches] : [])]);
		await readySearch(ground, state, units);
		for (const panel of panels) {
			const groups = await groupsOf(ground, explored([]), panel, { condition: sql`TRUE`, cells: [] });
			const { text } = questionOf(state, transfers, panel, groups);
			const { rows: lines } = await db.ask(statement(text), { most: 1000 });
			const wanted = expected(state, panel, groups);
			const measured = wanted.rows.map((): DataValue => NaN);
			for (const line of lines) {
				const group = groupOf(line, panel, groups);
				if (group >= 0) measured[group] = Object.values(line).at(-1) ?? NaN;
			}
			const drawn = wanted.measured.map((value, group) => (wanted.rows[group] === 0 ? NaN : value));
			if (!close(measured as number[], drawn))
				expect(measured, `${JSON.stringify(state.filters)}\n${text}`).toEqual(drawn);
		}
	}
});

describe('cubes', () => {
	it('answer a brush as the question would, at 10,000 moves', async () => {
		for (const those of fc.sample(filters, 20)) {
			for (const column of ['certified_on', 'value_vnd']) {
				const one = explored(those.filter((filter) => aboutOf(filter) !== column));
				const answers = await Promise.all(panels.map((panel) => answer(ground, one, panel, units)));
				const days = column === 'certified_on' ? await ground.days(column) : null;
				const bins = column === 'value_vnd' ? await ground.bins(column, 'log') : null;
				const active = days ? activeDays(column, days) : bins ? activeBins(column, bins) : null;
				if (!active) throw new Error(column);
				const cube = await buildCube(ground, one, panels, answers, active, units);
				const code = fc.integer({ min: 2, max: active.codes - 1 });
				const moves = fc.sample(fc.tuple(code, code, fc.boolean()), 250).map(([from, to, exclude]) => {
					const brush: Brush = { from: Math.min(from, to), to: Math.max(from, to), exclude };
					const filter = bins ? binsFilter(column, bins, brush) : daysFilter(column, brush);
					return { brush, brushed: explored([...one.filters, filter]) };
				});
				for (const { brush, brushed } of moves) {
					if (cube.matched(brush) !== matchingRows(brushed).length)
						expect(cube.matched(brush), JSON.stringify(brush)).toBe(matchingRows(brushed).length);
				}
				for (const [place, panel] of panels.entries()) {
					const given = answers[place];
					if (ownColumns(panel).includes(column) || !given) {
						expect(cube.at(place, moves[0]?.brush ?? null)).toBeNull();
						continue;
					}
					const additive = panel.measure.kind !== 'median' && panel.measure.kind !== 'distinct';
					const held = <T extends { measured: ArrayLike<number> }>(whole: T) =>
						additive ? whole : { ...whole, measured: Array.from(whole.measured, () => NaN) };
					for (const { brush, brushed } of moves) {
						const moved = cube.at(place, brush);
						if (!moved) throw new Error('no cube');
						sameAs(moved, held(expected(brushed, panel, given.groups)), JSON.stringify([panel, brush]));
					}
					// What the plain reading says is what the engine answers, of the latest moves in so many words.
					const latest = moves.slice(-5);
					const wheres = latest.map(({ brushed }) => encodedWhere(ground, brushed, units, ownColumns(panel)));
					const asked = await tabulate(ground, panel, given.groups, await Promise.all(wheres));
					latest.forEach(({ brush }, at) => {
						const [moved, answered] = [cube.at(place, brush), asked[at]];
						if (!moved || !answered) throw new Error('no answer');
						const { rows: counts, measured, matched } = held(answered);
						sameAs(moved, { rows: [...counts], measured: [...measured], matched }, JSON.stringify([panel, brush]));
					});
				}
			}
		}
	}, 120_000);
});

function binsFilter(column: string, { edges }: Bins, { from, to, exclude }: Brush): Filter {
	return { kind: 'range', column, from: edges[from - 2] ?? 0, to: edges[to - 1] ?? null, exclude, paused: false };
}

/** Code 1 is the first day of the month of the earliest row, which is 1 November 2023. */
function daysFilter(column: string, { from, to, exclude }: Brush): Filter {
	const first = Date.UTC(2023, 10, 1) / 86_400_000;
	return { kind: 'range', column, from: first + from - 1, to: first + to - 1, exclude, paused: false };
}

describe('folding in SQL', () => {
	it('finds a word where foldKey finds it', async () => {
		const letters = fc.constantFrom(
			...'aăâđĐeêioôơuưyẤỷỹ tỷTỶ-–.,&/(Ðɖð5'.split(''),
			'tỷ',
			' ',
			'\u00ad',
			'\u200b',
			'\u0301',
			'é',
			'e\u0301'
		);
		const texts = fc.sample(
			fc.array(letters, { maxLength: 12 }).map((parts) => parts.join('')),
			3000
		);
		texts.push('tỷ tỷ tỷ', 'TỶ-tỷ', 'tỷx xtỷ', 'Đổi mới'.normalize('NFD'), 'ƯƠNG ương');
		const results: { t: string; f: string }[] = [];
		for (let start = 0; start < texts.length; start += 1000) {
			const given = table(
				'given',
				['t'],
				texts.slice(start, start + 1000).map((text) => [text])
			);
			results.push(...(await db.query<{ t: string; f: string }>(sql`SELECT t, ${folded(sql`t`)} AS f FROM ${given}`)));
		}
		expect(results).toHaveLength(texts.length);
		const wrong = results.filter(({ t, f }) => f.replace(/[^\p{L}\p{N}]+/gu, ' ').trim() !== foldKey(t));
		expect(wrong.slice(0, 5)).toEqual([]);
	});
});

it('a condition is never null', async () => {
	const all = fc.sample(filters, 200).flat();
	const [row] = await db.query<{ n: number }>(
		sql`SELECT count(*) AS n FROM transfers WHERE ${join(
			all.map((filter) => sql`(${condition(transfers, filter)}) IS NULL`),
			' OR '
		)}`
	);
	expect(row?.n).toBe(0);
});
