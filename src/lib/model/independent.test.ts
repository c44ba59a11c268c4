/**
 * Every figure of the model against a second computation that shares no code with it (`tests/independent.ts`: plain loops over the
 * files, no SQL), over periods, structures and scopes.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { independent, type Answer, type Question } from '../../../tests/independent';
import { openNodeDatabase } from '../database/node';
import type { Database } from '../database/database';
import { toArrow } from '../intake/arrow';
import { readPublished } from '../intake/published';
import { coverage, indicators, type Coverage, type Indicator } from './catalogue';
import { samplesOf, spanOf, standings } from './overview';
import { readMonth, timeOfMonth, writeMonth } from './period';
import { figures, type Figure } from './series';
import { deriveTables } from './structure';
import { defaultView, type View } from './view';

const folder = 'data';
const second = independent(folder);
/** Figures of the second computation, each computed once. */
const answers = new Map<string, ReadonlyMap<string, Answer>>();
function wantedOf(id: string, question: Question): ReadonlyMap<string, Answer> {
	const key = `${id} ${JSON.stringify(question)}`;
	const found = answers.get(key) ?? second.figures(id, question);
	answers.set(key, found);
	return found;
}

let db: Database;
let covered: Coverage;
let known: Indicator[];

beforeAll(async () => {
	db = await openNodeDatabase();
	for (const typed of await readPublished(folder)) {
		await db.insert({ name: typed.table.name, bytes: () => Promise.resolve(toArrow(typed)) });
	}
	await deriveTables(db);
	covered = await coverage(db);
	known = await indicators(db, second.indicators);
});

afterAll(() => db.close());

const periods: Pick<Question, 'from' | 'to'>[] = [
	{ from: null, to: null },
	{ from: '2024-01', to: '2025-06' },
	{ from: '2023-01', to: '2023-12' }
];
const everyone = { block: null, kind: null, unit: null };
const scopes: Pick<Question, 'block' | 'kind' | 'unit'>[] = [
	everyone,
	{ ...everyone, block: 'giao_duc' },
	{ ...everyone, kind: 'so_nganh' },
	// Finance, out of Finance and Planning on 1 March 2025.
	{ ...everyone, unit: 'TN-STC-2025' },
	// Home Affairs, which got 70 % of Labour on 1 March 2025; Labour itself; Science, out of four departments in two steps.
	{ ...everyone, unit: 'TN-SNV-2025' },
	{ ...everyone, unit: 'TN-SLDTBXH' },
	{ ...everyone, unit: 'TN-SKHCN-2025-07' },
	// Dissolved on 1 July 2025 without a successor.
	{ ...everyone, unit: 'TN-CDVC' },
	{ block: 'doan_the', kind: 'chi_bo_truc_thuoc', unit: null }
];
const questions: Question[] = periods.flatMap((period) =>
	scopes.flatMap((scope) => (['today', 'reported'] as const).map((structure) => ({ ...period, ...scope, structure })))
);

const viewOf = ({ from, to, ...scope }: Question): View => ({
	...defaultView,
	...scope,
	from: from === null ? null : readMonth(from),
	to: to === null ? null : readMonth(to)
});

const named = ({ from, to, block, kind, unit, structure }: Question) =>
	[from ?? 'all', to ?? '', block ?? '', kind ?? '', unit ?? '', structure].join(' ').replace(/ +/g, ' ');

/** Equal but for the order in which floating-point numbers were added. */
function close(found: number | null | undefined, wanted: number | null): boolean {
	if (found === null || found === undefined || wanted === null) return (found ?? null) === wanted;
	return Math.abs(found - wanted) <= 1e-9 * Math.max(Math.abs(found), Math.abs(wanted));
}

function differences(found: readonly Figure[] | undefined, wanted: ReadonlyMap<string, Answer>): string[] {
	const byName = new Map((found ?? []).map((figure) => [figure.window, figure]));
	return [...new Set([...byName.keys(), ...wanted.keys()])].flatMap((name) => {
		const [one, two] = [byName.get(name), wanted.get(name)];
		const same = one && two && close(one.value, two.value) && one.estimated === two.estimated;
		return same ? [] : [`${name}: ${JSON.stringify(one)} against ${JSON.stringify(two)}`];
	});
}

describe('figures computed twice', () => {
	it('of at least 14 indicators that exist, over the same months', () => {
		expect(known.length).toBe(second.indicators.length);
		expect(known.length).toBeGreaterThanOrEqual(14);
		expect(writeMonth(covered.first)).toBe(second.months.first);
		expect(writeMonth(covered.last)).toBe(second.months.last);
	});

	it.each(questions.map((question) => [named(question), question] as const))('%s', async (_, question) => {
		const view = viewOf(question);
		const span = spanOf(view, covered);
		const windows = (indicator: Indicator) => samplesOf(indicator, span, covered.first);
		// The registers themselves are slower to ask than their monthly sums: they are asked for one period.
		const ways = question.from === null ? [true, false] : [true];
		const wrong: string[] = [];
		for (const monthly of ways) {
			const found = await figures(db, known, windows, view, { monthly });
			for (const id of second.indicators) {
				wrong.push(...differences(found.get(id), wantedOf(id, question)).map((text) => `${id} ${text}`));
			}
		}
		expect(wrong).toEqual([]);
	});
});

describe('standings computed twice', () => {
	it.each(questions.map((question) => [named(question), question] as const))('%s', async (_, question) => {
		const view = viewOf(question);
		const end = timeOfMonth(spanOf(view, covered).to);
		const found = new Map((await standings(db, view, covered)).map((one) => [one.indicator.indicator_id, one]));
		for (const id of second.indicators) {
			const wanted = wantedOf(id, question);
			const standing = found.get(id);
			const years = [...wanted].flatMap(([name, { value }]) => {
				const time = name === 'now' ? end : Number(name);
				return value === null || Number.isNaN(time) ? [] : [{ time, value }];
			});
			const drawn = standing?.observations.map(({ time, value }) => ({ time, value })) ?? [];
			expect(
				drawn.map(({ time }) => time),
				id
			).toEqual(years.map(({ time }) => time));
			for (const [index, { value }] of years.entries()) expect(close(drawn[index]?.value, value), id).toBe(true);
			const [now, same] = [wanted.get('now')?.value ?? null, wanted.get('same')?.value ?? null];
			expect(close(standing?.change?.before ?? null, now === null ? null : same), `${id} before`).toBe(true);
			if (now !== null && same !== null) expect(close(standing?.change?.difference, now - same), id).toBe(true);
		}
	});

	it('finds what it looks for: most figures are not empty', () => {
		const values = questions.flatMap((question) =>
			second.indicators.flatMap((id) => [...wantedOf(id, question).values()])
		);
		expect(values.length).toBeGreaterThan(3000);
		expect(values.filter(({ value }) => value !== null && value !== 0).length / values.length).toBeGreaterThan(0.5);
		expect(values.some(({ estimated }) => estimated)).toBe(true);
	});
});

describe('units apart', () => {
	/** One of each way to be made, and of each register. */
	const kinds = [
		'initiatives_received',
		'initiatives_per_100_staff',
		'initiatives_benefit_median',
		'transfers_new_value',
		'members_briefed_share',
		'commendations',
		'reports_on_time_share'
	];

	it.each(['today', 'reported'] as const)(
		'%s: each unit has the figure that it has when it is asked for alone',
		async (structure) => {
			const span = spanOf(defaultView, covered);
			const windows = (indicator: Indicator) =>
				samplesOf(indicator, span, covered.first).filter(({ name }) => name === 'now' || name === '2024');
			const chosen = known.filter(({ indicator_id: id }) => kinds.includes(id));
			const apart = await figures(db, chosen, windows, { ...everyone, structure }, { byUnit: true });
			const names = new Set([...apart.values()].flat().map(({ unit }) => unit));
			expect(names.size).toBeGreaterThan(30);
			for (const unit of names) {
				const question: Question = { from: null, to: null, ...everyone, unit, structure };
				for (const id of kinds) {
					const wanted = wantedOf(id, question);
					for (const { window, value, estimated } of apart.get(id)?.filter((one) => one.unit === unit) ?? []) {
						const two = wanted.get(window);
						expect(close(value, two?.value ?? null), `${id} ${unit} ${window} ${value} ${two?.value}`).toBe(true);
						expect(estimated, `${id} ${unit} ${window}`).toBe(two?.estimated);
					}
				}
			}
		}
	);

	it('add up to the figure of all, whatever the structure', async () => {
		const span = spanOf(defaultView, covered);
		const counted = known.filter((indicator) => indicator.class === 'additive');
		const windows = (indicator: Indicator) => samplesOf(indicator, span, covered.first);
		const whole = await figures(db, counted, windows, { ...everyone, structure: 'today' });
		for (const structure of ['today', 'reported'] as const) {
			const apart = await figures(db, counted, windows, { ...everyone, structure }, { byUnit: true });
			for (const [id, list] of whole) {
				for (const { window, value } of list) {
					const parts = apart.get(id)?.filter((one) => one.window === window) ?? [];
					const total = parts.reduce((sum, one) => sum + (one.value ?? 0), 0);
					expect(total, `${id} ${window}`).toBeCloseTo(value ?? 0, 6);
				}
			}
		}
	});
});
