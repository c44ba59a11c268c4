import { deflateSync, strToU8 } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	aboutOf,
	defaultExploration,
	fits,
	inverted,
	isAmount,
	isGrouping,
	isTime,
	panelOf as plainest,
	readExploration,
	withFilter,
	withoutFilter,
	writeExploration,
	type Exploration,
	type Filter,
	type Panel
} from './exploration';
import { activities, initiatives, registers, transfers } from './register';
import type { Table } from './table';

const read = (query: string) => readExploration(new URLSearchParams(query));
const pick = <T>(values: readonly T[]) => fc.constantFrom(...values);

const texts = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 20 }),
	fc.constantFrom(
		'',
		'-',
		'\\',
		'\\-',
		'\\e',
		',',
		'a,b',
		'..',
		'Tiết kiệm điện',
		'Đổi mới'.normalize('NFD'),
		'\0',
		'&=+%#'
	)
);
const numbers = fc.oneof(
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.integer(),
	fc.constantFrom(1e21, 5e-324, 0.1, -1e300)
);
const edges = (one: fc.Arbitrary<number>) =>
	fc
		.tuple(fc.option(one), fc.option(one))
		.filter(([from, to]) => from !== null || to !== null)
		// The address does not tell 0 from −0.
		.map(([from, to]) => [from === null ? null : from + 0, to === null ? null : to + 0] as const)
		.map(([from, to]) => (from !== null && to !== null && from > to ? ([to, from] as const) : ([from, to] as const)));

function filterOf(register: Table): fc.Arbitrary<Filter> {
	const standing = { exclude: fc.boolean(), paused: fc.boolean() };
	const ranged = register.columns.filter((column) => isAmount(column) || isTime(column));
	return fc.oneof(
		fc.record({
			kind: fc.constant('set' as const),
			column: pick(register.columns.map(({ name }) => name)),
			values: fc.uniqueArray(fc.option(texts), { minLength: 1, maxLength: 6 }),
			...standing
		}),
		fc.record({ kind: fc.constant('search' as const), text: texts.filter((text) => text.trim() !== ''), ...standing }),
		pick(ranged).chain((column) =>
			fc
				.tuple(edges(isTime(column) ? fc.integer({ min: -700_000, max: 2_900_000 }) : numbers), fc.record(standing))
				.map(([[from, to], marks]): Filter => ({ kind: 'range', column: column.name, from, to, ...marks }))
		)
	);
}

function panelOf(register: Table): fc.Arbitrary<Panel> {
	const names = register.columns.map(({ name }) => name);
	const grain = pick(['month', 'quarter', 'year'] as const);
	const measure = fc.record({
		kind: pick(['count', 'share', 'sum', 'mean', 'median', 'distinct'] as const),
		column: fc.option(pick(names))
	});
	const column = pick(names);
	return fc
		.oneof(
			fc.record({ kind: fc.constant('time' as const), column, grain, measure }),
			fc.record({ kind: fc.constant('bars' as const), column, most: fc.integer({ min: 1, max: 100 }), measure }),
			fc.record({ kind: fc.constant('histogram' as const), column, scale: pick(['log', 'linear'] as const), measure }),
			fc.record({ kind: fc.constant('heat' as const), column, by: column, grain, measure })
		)
		.map((panel) => {
			const counts = panel.measure.kind === 'count' || panel.measure.kind === 'share';
			return counts ? { ...panel, measure: { ...panel.measure, column: null } } : panel;
		})
		.filter((panel) => fits(register, panel));
}

const explorations: fc.Arbitrary<Exploration> = pick(registers).chain((register) => {
	const names = register.columns.map(({ name }) => name);
	const json = fc.option(fc.json({ maxDepth: 2 }).filter((text) => text.isWellFormed()));
	return fc
		.record({
			register: fc.constant(register.name),
			panels: fc.oneof(fc.constant(defaultExploration(register).panels), fc.array(panelOf(register), { maxLength: 8 })),
			filters: fc.uniqueArray(filterOf(register), { selector: aboutOf, maxLength: 6 }),
			focus: fc.option(fc.integer({ min: 0, max: 15 })),
			split: fc.option(pick(register.columns.filter(isGrouping).map(({ name }) => name))),
			sort: fc.uniqueArray(fc.record({ column: pick(names), descending: fc.boolean() }), {
				selector: ({ column }) => column,
				maxLength: 4
			}),
			columns: fc.option(fc.uniqueArray(pick(names), { maxLength: 10 })),
			rows: json,
			pivot: json,
			beside: fc.option(
				fc.oneof(
					{ weight: 20, arbitrary: texts.filter((text) => text !== '') },
					{ weight: 1, arbitrary: fc.string({ minLength: 1700, maxLength: 2500 }) }
				)
			)
		})
		.map((one) => ({ ...one, focus: one.focus !== null && one.focus < one.panels.length ? one.focus : null }));
});

describe('the URL', () => {
	it('says an exploration and is read back as the same, over 5,000 of them', () => {
		let packed = 0;
		fc.assert(
			fc.property(explorations, (exploration) => {
				const query = writeExploration(exploration);
				if (query.startsWith('?x=')) packed++;
				const { exploration: again, ignored } = read(query);
				expect(again).toEqual(exploration);
				expect(ignored).toEqual([]);
				expect(writeExploration(again)).toBe(query);
			}),
			{ numRuns: 5000 }
		);
		expect(packed).toBeGreaterThan(10);
	});

	it('is empty for the first look, and readable while it is short', () => {
		expect(writeExploration(defaultExploration())).toBe('');
		expect(read('')).toEqual({ exploration: defaultExploration(), ignored: [] });
		const exploration: Exploration = {
			...defaultExploration(transfers),
			filters: [
				{ kind: 'set', column: 'direction', values: ['vao_vn', null], exclude: true, paused: false },
				{ kind: 'range', column: 'certified_on', from: 19723, to: 20088, exclude: false, paused: true },
				{ kind: 'search', text: 'Tiết kiệm', exclude: false, paused: false }
			],
			sort: [{ column: 'value_vnd', descending: true }]
		};
		expect(writeExploration(exploration)).toBe(
			'?register=transfers&filter=!direction:vao_vn,%5C-&filter=~certified_on=2024-01-01..2024-12-31&filter=?Ti%E1%BA%BFt+ki%E1%BB%87m&order=-value_vnd'
		);
	});

	it('says what it leaves out', () => {
		const { exploration, ignored } = read(
			'register=none&filter=level:tinh&filter=level:co_so&filter=nothing:1&filter=benefit_vnd=9..3&filter=submitted_on=2024-02-30..' +
				'&show=bars:field/12,bars:title/0,pie:field/3&focus=7&split=benefit_vnd&order=level,-level,x&pivot={&from=2024-01&surprise=1&rows=1&rows=2'
		);
		expect(exploration.filters).toEqual([
			{ kind: 'set', column: 'level', values: ['tinh'], exclude: false, paused: false }
		]);
		expect(exploration.panels).toHaveLength(1);
		expect(exploration.rows).toBe('1');
		expect(ignored.map(({ name, value }) => `${name}=${value}`).sort()).toEqual(
			[
				'register=none',
				'filter=level:co_so',
				'filter=nothing:1',
				'filter=benefit_vnd=9..3',
				'filter=submitted_on=2024-02-30..',
				'show=bars:title/0',
				'show=pie:field/3',
				'focus=7',
				'split=benefit_vnd',
				'order=-level',
				'order=x',
				'pivot={',
				'surprise=1',
				'rows=2'
			].sort()
		);
	});

	it('takes any text without a fault, and settles after one reading', () =>
		fc.assert(
			fc.property(
				fc.array(
					fc.tuple(
						fc.oneof(
							pick('register show filter focus split order columns rows pivot beside x __proto__'.split(' ')),
							texts
						),
						fc.oneof(
							texts,
							fc.string({ unit: 'binary' }),
							pick(['level:a,', 'level:', '?', '!~?a', 'benefit_vnd=..', 'x'.repeat(5000)])
						)
					),
					{ maxLength: 6 }
				),
				(pairs) => {
					const { exploration } = readExploration(new URLSearchParams(pairs.map(([name, value]) => [name, value])));
					const again = read(writeExploration(exploration));
					expect(again).toEqual({ exploration, ignored: [] });
				}
			),
			{ numRuns: 1000 }
		));

	it('refuses a compressed text that would fill the memory, or is none', () => {
		const bomb = Buffer.from(deflateSync(strToU8(`pivot="${'a'.repeat(4_000_000)}"`))).toString('base64url');
		for (const hostile of [bomb, 'AAAA', '!!', 'eJw']) {
			expect(read(`x=${hostile}`)).toEqual({
				exploration: defaultExploration(),
				ignored: [{ name: 'x', value: hostile }]
			});
		}
	});
});

describe('filters', () => {
	const one: Filter = { kind: 'set', column: 'level', values: ['tinh'], exclude: false, paused: false };
	it('stand once a column, in their places', () => {
		const search: Filter = { kind: 'search', text: 'a', exclude: false, paused: false };
		const both = withFilter([one], search);
		expect(withFilter(both, { ...one, values: ['co_so'] })).toEqual([{ ...one, values: ['co_so'] }, search]);
		expect(withoutFilter(both, '')).toEqual([one]);
		expect(withoutFilter(both, 'level')).toEqual([search]);
	});
});

describe('the first look', () => {
	it.each(registers.map((register) => [register.name, register] as const))(
		'at %s names columns that are there',
		(_, register) => {
			const { panels } = defaultExploration(register);
			expect(panels.filter((panel) => !fits(register, panel))).toEqual([]);
			expect(panels.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['time', 'bars', 'histogram', 'heat']));
		}
	);

	it('follows the declarations: the day that every row has, the money in đồng', () => {
		expect(defaultExploration(initiatives).panels[0]).toMatchObject({ kind: 'time', column: 'submitted_on' });
		expect(defaultExploration(activities).panels[0]).toMatchObject({ kind: 'time', column: 'period' });
		expect(defaultExploration(transfers).panels.find(({ kind }) => kind === 'histogram')).toMatchObject({
			column: 'value_vnd'
		});
	});
});

it('a choice is inverted into all others, null among them, and back', () => {
	const filter = { kind: 'set', column: 'level', values: ['tinh', null], exclude: true, paused: false } as const;
	const other = inverted(filter, ['tinh', 'co_so', '']);
	expect(other).toEqual({ ...filter, values: ['co_so', ''] });
	expect(other?.kind === 'set' && inverted(other, ['tinh', 'co_so', ''])).toEqual(filter);
	expect(inverted({ ...filter, values: ['tinh', 'co_so', '', null] }, ['tinh', 'co_so', ''])).toBeNull();
});

it('every column has a chart that fits it', () => {
	for (const register of registers)
		for (const column of register.columns) expect(fits(register, plainest(column)), column.name).toBe(true);
});
