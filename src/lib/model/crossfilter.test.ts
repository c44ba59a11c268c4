/** Linked charts against a plain TypeScript reading of the same rows: every filter, every view, and the cubes between them. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import type { Database } from '../database/database';
import { id, join, sql, table, type Sql } from '../database/sql';
import { foldKey } from './alias';
import {
	answer,
	condition,
	encodedWhere,
	facetValues,
	groupsOf,
	lengths,
	matching,
	ownColumns,
	readySearch,
	tabulate,
	whereOf,
	type Answer,
	type Encoded,
	type Groups,
	type NamedUnit
} from './crossfilter';
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
import { besides, folded, groundOf, type Bins, type Ground } from './ground';
import { transfers } from './register';
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

function matchingRows({ filters }: Pick<Exploration, 'filters'>, but: readonly string[] = []): Cells[] {
	const active = filters.filter((filter) => !filter.paused && !but.includes(aboutOf(filter)));
	return rows.filter((row) => active.every((filter) => meets(row, filter)));
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
	wanted: ReturnType<typeof expected>,
	what: string
): void {
	if (actual.matched === wanted.matched && close(actual.rows, wanted.rows) && close(actual.measured, wanted.measured))
		return;
	expect({ ...actual, rows: [...actual.rows], measured: [...actual.measured] }, what).toEqual(wanted);
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
});

afterAll(() => db.close());

const explored = (some: readonly Filter[]): Exploration => ({
	...defaultExploration(transfers),
	panels,
	filters: some
});

describe('random states of the filters', () => {
	it('choose the same rows for every chart as a plain reading of them, over 10,000', async () => {
		const owns = [...new Map(panels.map((panel) => [ownColumns(panel).join(), ownColumns(panel)])).values()];
		const asked = new Map<string, { where: Encoded; rows: readonly Cells[] }>();
		for (const [place, state] of fc.sample(filters, 10_000).map(explored).entries()) {
			// All filters, and all but those of one chart, each chart in its turn.
			for (const own of [[], owns[place % owns.length] ?? []]) {
				const where = await encodedWhere(ground, state, units, own);
				if (where.cells.length > 0 && !asked.has(where.condition.text)) {
					asked.set(where.condition.text, { where, rows: matchingRows(state, own) });
				}
			}
		}
		const all = [...asked.values()];
		for (let start = 0; start < all.length; start += 400) {
			const some = all.slice(start, start + 400);
			const flags = some.map(({ where }, place) => sql`CAST((${where.condition}) AS UTINYINT) AS ${id(`c${place}`)}`);
			const columns = await db.columns(
				sql`SELECT ${join(flags)} FROM ${besides(some.flatMap(({ where }) => where.cells))}`
			);
			some.forEach(({ where, rows: wanted }, place) => {
				const met = columns.of(`c${place}`);
				if (!rows.every((row, at) => (met[at] === 1) === wanted.includes(row))) {
					expect(
						rows.filter((_, at) => met[at] === 1),
						where.condition.text
					).toEqual(wanted);
				}
			});
		}
	}, 60_000);

	it('give every chart its counts, sums, means, medians and distinct counts', async () => {
		const some = fc.sample(filters, 60).map(explored);
		for (const panel of panels) {
			const wheres = await Promise.all(some.map((one) => encodedWhere(ground, one, units, ownColumns(panel))));
			const groups = await groupsOf(ground, explored([]), panel, { condition: sql`TRUE`, cells: [] });
			const answers = await tabulate(ground, panel, groups, wheres);
			some.forEach((one, place) => {
				const given = answers[place];
				if (!given) throw new Error('no answer');
				const wanted = expected(one, panel, groups);
				sameAs(given, wanted, JSON.stringify([panel, one.filters]));
				expect(given.known, JSON.stringify([panel, one.filters])).toBe(wanted.known);
			});
		}
	});

	it('mean the same over the register as over its encoded columns', async () => {
		await readySearch(ground, explored([{ kind: 'search', text: 'a', exclude: false, paused: false }]));
		for (const { filters: those, searches } of fc.sample(states, 100)) {
			const one = explored([...those, ...(searches ? [searches] : [])]);
			const [counted] = await db.query<{ n: number }>(
				sql`SELECT count(*) AS n FROM transfers WHERE ${whereOf(one, transfers, units)}`
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
			for (const panel of panels) {
				const given = await answer(small, explored([]), panel, units);
				expect(given.matched).toBe(some.length);
				if (panel.column !== 'objects') expect(given.rows.reduce((sum, one) => sum + one, 0)).toBe(some.length);
			}
		} finally {
			await other.close();
		}
	});
});

describe('cubes', () => {
	it('answer a brush as the question would, at every move', async () => {
		for (const those of fc.sample(filters, 6)) {
			for (const column of ['certified_on', 'value_vnd']) {
				const one = explored(those.filter((filter) => aboutOf(filter) !== column));
				const answers = await Promise.all(panels.map((panel) => answer(ground, one, panel, units)));
				const days = column === 'certified_on' ? await ground.days(column) : null;
				const bins = column === 'value_vnd' ? await ground.bins(column, 'log') : null;
				const active = days ? activeDays(column, days) : bins ? activeBins(column, bins) : null;
				if (!active) throw new Error(column);
				const cube = await buildCube(ground, one, panels, answers, active, units);
				for (let move = 0; move < 30; move++) {
					const [from, to] = fc.sample(
						fc.tuple(fc.integer({ min: 2, max: active.codes - 1 }), fc.integer({ min: 2, max: active.codes - 1 })),
						1
					)[0] ?? [2, 2];
					const brush: Brush = { from: Math.min(from, to), to: Math.max(from, to), exclude: move % 3 === 0 };
					const filter = bins ? binsFilter(column, bins, brush) : daysFilter(column, brush);
					const brushed = explored([...one.filters, filter]);
					expect(cube.matched(brush)).toBe(matchingRows(brushed).length);
					panels.forEach((panel, place) => {
						const moved = cube.at(place, brush);
						const given = answers[place];
						if (ownColumns(panel).includes(column) || !given) return expect(moved).toBeNull();
						if (!moved) throw new Error('no cube');
						const wanted = expected(brushed, panel, given.groups);
						const additive = panel.measure.kind !== 'median' && panel.measure.kind !== 'distinct';
						sameAs(
							moved,
							additive ? wanted : { ...wanted, measured: wanted.measured.map(() => NaN) },
							JSON.stringify([panel, brush])
						);
					});
				}
			}
		}
	});
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
			all.map((filter) => sql`(${condition(transfers, filter, units)}) IS NULL`),
			' OR '
		)}`
	);
	expect(row?.n).toBe(0);
});
