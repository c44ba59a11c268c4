/**
 * The numbers of the model computed a second time, by another way: plain loops over the published files, no SQL, and nothing of the
 * model's own code. Rows are weighed one by one; months are texts (`2025-06`); successions are walked edge by edge. Slow and simple
 * on purpose: where the model and this file differ, one of them is wrong.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { readParquet } from 'parquet-wasm';

/** A row of a file, by column; an empty cell is ''. Days are ISO texts. */
type Cells = Record<string, string>;

/** What counts: the unit that reported it, its month, and how much it adds above and below the line. */
interface Item {
	readonly unit: string;
	readonly month: string;
	readonly above: number;
	readonly below: number;
	/** The day by which the row counts, where the old structure needs it. */
	readonly day: string;
}

/** How an indicator is made, in words of this file. */
interface Definition {
	readonly items: readonly Item[];
	/**
	 * - `sum`: of `above`, over a year; `running`: of `above`, since the registers begin.
	 * - `share`: `above` over `below`, over a year; `per_staff`: `above` over the staff of the last year-end.
	 * - `median`: of `above`, over a year; never carried to other units.
	 */
	readonly kind: 'sum' | 'running' | 'share' | 'per_staff' | 'median';
	readonly scale: number;
}

/** Which units are asked for, and in which structure; months as `2025-06`, both ends counted, null for all that there are. */
export interface Question {
	readonly from: string | null;
	readonly to: string | null;
	readonly block: string | null;
	readonly kind: string | null;
	readonly unit: string | null;
	readonly structure: 'reported' | 'today' | 'old';
}

/** A figure; `estimated` when a part of a unit that was split took part. */
export interface Answer {
	readonly value: number | null;
	readonly estimated: boolean;
	/** Rows that took part, where each row is one that the indicator's condition chooses. */
	readonly rows: number;
}

/** The whole second computation. */
export interface Independent {
	/** The indicators that are computed here. */
	readonly indicators: readonly string[];
	/**
	 * The figures of an indicator by window: whole years (`2024`), the year up to the end (`now`), the year before that one (`same`), and the
	 * year so far (`ytd`).
	 */
	figures(indicator: string, question: Question): Map<string, Answer>;
	/** The first and the last month that hold data. */
	readonly months: { readonly first: string; readonly last: string };
}

const ends: Record<string, string> = { Q1: '03-31', Q2: '06-30', Q3: '09-30', Q4: '12-31', H1: '06-30', H2: '12-31' };

/** The last day of a period such as `2024-Q3` or `2024`. Months are not used by the published registers. */
function endOf(period: string): string {
	const [year, part] = period.split('-');
	const end = part === undefined ? '12-31' : ends[part];
	if (!end) throw new RangeError(`Not a period of the sample: ${period}`);
	return `${year}-${end}`;
}

/** The month that lies `by` months after another. */
function shift(month: string, by: number): string {
	const date = new Date(`${month}-15T00:00:00Z`);
	date.setUTCMonth(date.getUTCMonth() + by);
	return date.toISOString().slice(0, 7);
}

function median(values: readonly number[]): number | null {
	const sorted = values.toSorted((a, b) => a - b);
	const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
	return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Reads the published files of a folder and computes from them. */
export function independent(folder: string): Independent {
	const csv = (name: string): Cells[] => parse(readFileSync(join(folder, `${name}.csv`)), { columns: true });
	const parquet = (name: string): Cells[] => {
		const table = tableFromIPC(readParquet(readFileSync(join(folder, `${name}.parquet`))).intoIPCStream());
		const columns = table.schema.fields.map(({ name: column, type }, index) => ({
			column,
			isDay: /^(Date|Timestamp)/.test(String(type)),
			cells: Array.from(table.getChildAt(index) ?? []) as (string | number | bigint | boolean | null)[]
		}));
		return Array.from({ length: table.numRows }, (_, row) =>
			Object.fromEntries(
				columns.map(({ column, isDay, cells }) => {
					const cell = cells[row] ?? '';
					return [column, isDay && cell !== '' ? new Date(Number(cell)).toISOString().slice(0, 10) : String(cell)];
				})
			)
		);
	};
	const register = (name: string) => (existsSync(join(folder, `${name}.parquet`)) ? parquet(name) : csv(name));

	const units = csv('units');
	const initiatives = register('initiatives');
	const transfers = register('transfers');
	const activities = register('activities').map((row): Cells => ({ ...row, end: endOf(row.period ?? '') }));
	const staff = csv('unit_headcounts');

	/** Where a unit went, each successor with the part that it got. */
	const successors = new Map<string, Map<string, number>>();
	for (const { from_unit_id: from = '', to_unit_id: to = '', share = '' } of csv('unit_successions')) {
		if (to === '') continue;
		const known = successors.get(from) ?? new Map<string, number>();
		if (known.has(to)) throw new Error(`${from} went to ${to} twice; this file cannot follow that.`);
		successors.set(from, known.set(to, Number(share)));
	}
	/** The units of today that a unit ended in, with parts. Every unit of the sample leaves once, so the day does not matter. */
	const walk = (unit: string): [string, number][] => {
		const next = successors.get(unit);
		if (!next) return [[unit, 1]];
		return [...next].flatMap(([to, share]) => walk(to).map(([end, part]): [string, number] => [end, part * share]));
	};

	/**
	 * The units before the first event that a unit stood for on a day, with parts. Whoever stands alone for one old unit is that unit; where several
	 * came together they are told apart by the staff that each brought. Each part of a unit is followed on its own from the old unit, one event
	 * after another up to the day.
	 */
	const edges = csv('unit_successions');
	const eventDays = [...new Set(edges.map(({ effective_on: on = '' }) => on))].toSorted();
	const beforeAll = eventDays[0] ?? '9999';
	const alive = (unit: Cells, on: string) =>
		(unit.valid_from === '' || (unit.valid_from ?? '') <= on) && (unit.valid_to === '' || (unit.valid_to ?? '') > on);
	const lastYear = String(Number(beforeAll.slice(0, 4)) - 1);
	const brought = new Map(
		csv('unit_headcounts').flatMap((row) => (row.year === lastYear ? [[row.unit_id ?? '', Number(row.staff)]] : []))
	);
	const stoodFor = new Map<string, Map<string, [string, number][]>>();
	for (const until of ['', ...eventDays]) {
		const masses = new Map<string, Map<string, number>>();
		for (const unit of units.filter(
			(one) => one.valid_from === '' && (one.valid_to === '' || (one.valid_to ?? '') >= beforeAll)
		)) {
			let where = new Map([[unit.unit_id ?? '', 1]]);
			for (const on of eventDays.filter((one) => one <= until)) {
				const next = new Map<string, number>();
				for (const [at, part] of where) {
					const leaving = edges.filter(
						(edge) => edge.from_unit_id === at && edge.effective_on === on && edge.to_unit_id !== ''
					);
					for (const [to, share] of leaving.length === 0
						? [[at, 1] as const]
						: leaving.map((edge) => [edge.to_unit_id ?? '', Number(edge.share)] as const)) {
						next.set(to, (next.get(to) ?? 0) + part * share);
					}
				}
				where = next;
			}
			for (const [at, part] of where) {
				masses.set(at, (masses.get(at) ?? new Map<string, number>()).set(unit.unit_id ?? '', part));
			}
		}
		const parts = new Map(
			[...masses].map(([at, from]): [string, [string, number][]] => {
				if (from.size === 1) return [at, [...from.keys()].map((old) => [old, 1])];
				const weights = [...from].map(([old, part]): [string, number] => [old, part * (brought.get(old) ?? NaN)]);
				const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
				return [at, weights.map(([old, weight]) => [old, weight / total])];
			})
		);
		stoodFor.set(until, parts);
	}
	/** Whether a unit was there before the first event. */
	const isOld = (unit: string) => stoodFor.get('')?.has(unit) === true;
	const walkBack = (unit: string, on: string): [string, number][] => {
		const cells = units.find((one) => one.unit_id === unit);
		// A row dated while its unit did not live counts as on the unit's nearest day.
		const lives = ['', ...eventDays].filter((one) => cells && alive(cells, one === '' ? '2000-01-01' : one));
		const interval = lives.findLast((one) => one <= on) ?? lives[0] ?? '';
		return stoodFor.get(interval)?.get(unit) ?? [];
	};

	const items = (
		rows: readonly Cells[],
		day: string,
		counts: (row: Cells) => boolean,
		above: (row: Cells) => number = () => 1,
		below: (row: Cells) => number = () => 1
	): Item[] =>
		rows
			.filter((row) => row[day] !== '' && counts(row))
			.map((row) => ({
				unit: row.unit_id ?? '',
				month: (row[day] ?? '').slice(0, 7),
				day: row[day] ?? '',
				above: above(row),
				below: below(row)
			}));
	const has = (row: Cells, ...columns: string[]) => columns.every((column) => row[column] !== '');
	const of = (column: string) => (row: Cells) => Number(row[column]);
	const one = (condition: (row: Cells) => boolean) => (row: Cells) => Number(condition(row));

	const recognised = (row: Cells) => row.status === 'da_cong_nhan';
	const briefing = (audience: string) =>
		items(
			activities,
			'end',
			(row) => row.activity === 'hoc_tap_quan_triet' && row.audience === audience && has(row, 'invited', 'attended'),
			of('attended'),
			of('invited')
		);
	const commended = (counts: (row: Cells) => boolean) =>
		items(
			activities,
			'end',
			(row) => row.activity === 'khen_thuong' && counts(row),
			(row) => Number(row.groups_commended) + Number(row.people_commended)
		);
	const dialogue = ['giam_sat', 'phan_bien_xa_hoi'];

	/** A report is owed by each unit that must report, for each period at whose end it lives and that anyone reported on. */
	const reports = (state: 'complete' | 'missing'): Item[] => {
		const periods = new Map(activities.map(({ period = '', end = '' }) => [period, end]));
		const earliest = (rows: readonly Cells[], column: string) =>
			rows.flatMap((row) => (row[column] ? [row[column]] : [])).toSorted()[0];
		const byKey = new Map<string, Cells[]>();
		for (const row of activities) {
			const key = `${row.unit_id} ${row.period}`;
			byKey.set(key, [...(byKey.get(key) ?? []), row]);
		}
		return [...periods].flatMap(([period, end]) =>
			units
				.filter(({ reports: must, valid_from: from = '', valid_to: to = '' }) => {
					return must === 'true' && (from === '' || from <= end) && (to === '' || to > end);
				})
				.map(({ unit_id: unit = '' }) => {
					const sent = byKey.get(`${unit} ${period}`);
					const [on, due] = [earliest(sent ?? [], 'submitted_on'), earliest(sent ?? [], 'due_on')];
					const became = !sent ? 'missing' : on !== undefined && due !== undefined && on > due ? 'late' : 'complete';
					return { unit, month: end.slice(0, 7), day: end, above: Number(became === state), below: 1 };
				})
		);
	};

	const sum = (list: Item[], scale = 1): Definition => ({ items: list, kind: 'sum', scale });
	const share = (list: Item[]): Definition => ({ items: list, kind: 'share', scale: 100 });
	const filed = (kind: string, counts: (row: Cells) => boolean = () => true, amount = of('one')) =>
		items(
			transfers.map((row): Cells => ({ ...row, one: '1' })),
			'certified_on',
			(row) => row.filing_kind === kind && counts(row),
			amount
		);
	const valued = (row: Cells) => recognised(row) && has(row, 'benefit_vnd');
	const since2021 = (row: Cells) => recognised(row) && (row.recognised_on ?? '') >= '2021-01-01';

	const definitions: Record<string, Definition> = {
		initiatives_received: sum(items(initiatives, 'submitted_on', ({ status }) => status !== 'nhap')),
		initiatives_recognised: sum(items(initiatives, 'recognised_on', recognised)),
		initiatives_recognised_grassroots: sum(
			items(initiatives, 'recognised_on', (row) => recognised(row) && row.level === 'co_so')
		),
		initiatives_recognised_province: sum(
			items(initiatives, 'recognised_on', (row) => recognised(row) && ['tinh', 'toan_quoc'].includes(row.level ?? ''))
		),
		initiatives_recognised_cumulative: {
			items: items(initiatives, 'recognised_on', since2021),
			kind: 'running',
			scale: 1
		},
		initiatives_per_100_staff: {
			items: items(initiatives, 'recognised_on', recognised),
			kind: 'per_staff',
			scale: 100
		},
		initiatives_benefit_median: {
			items: items(initiatives, 'recognised_on', valued, of('benefit_vnd')),
			kind: 'median',
			scale: 1e-6
		},
		initiatives_benefit_total: sum(items(initiatives, 'recognised_on', valued, of('benefit_vnd')), 1e-9),
		initiatives_benefit_share: share(items(initiatives, 'recognised_on', recognised, one(valued))),
		initiatives_benefit_verified_share: share(
			items(
				initiatives,
				'recognised_on',
				recognised,
				one((row) => row.benefit_verified === 'true'),
				one(valued)
			)
		),
		initiatives_applied_share: share(
			items(
				initiatives,
				'recognised_on',
				recognised,
				one((row) => has(row, 'first_applied_on'))
			)
		),
		transfers_new: sum(filed('cap_moi')),
		transfers_amended: sum(filed('sua_doi')),
		transfers_new_domestic: sum(filed('cap_moi', ({ direction }) => direction === 'trong_nuoc')),
		transfers_new_outbound: sum(filed('cap_moi', ({ direction }) => direction === 'ra_nn')),
		association_briefed_share: share(briefing('hoi_vien_doan_vien')),
		oral_listeners: sum(items(activities, 'end', ({ activity }) => activity === 'tuyen_truyen_mieng', of('listeners'))),
		documents_issued: sum(
			items(activities, 'end', ({ activity }) => activity === 'tham_muu_van_ban', of('documents_issued'))
		),
		transfers_extended: sum(filed('gia_han')),
		transfers_new_value: sum(
			filed('cap_moi', (row) => has(row, 'value_vnd'), of('value_vnd')),
			1e-6
		),
		transfers_new_inbound: sum(filed('cap_moi', ({ direction }) => direction === 'vao_vn')),
		members_briefed_share: share(briefing('dang_vien')),
		staff_briefed_share: share(briefing('cc_vc_nld_ngoai_dang')),
		oral_sessions: sum(items(activities, 'end', ({ activity }) => activity === 'tuyen_truyen_mieng', of('sessions'))),
		articles: sum(items(activities, 'end', ({ activity }) => activity === 'tin_bai', of('articles'))),
		supervision_sessions: sum(
			items(activities, 'end', ({ activity = '' }) => dialogue.includes(activity), of('sessions'))
		),
		opinions_accepted_share: share(
			items(
				activities,
				'end',
				(row) => [...dialogue, 'gop_y_van_ban'].includes(row.activity ?? '') && has(row, 'opinions', 'accepted'),
				of('accepted'),
				of('opinions')
			)
		),
		commendations: sum(commended(() => true)),
		commendations_initiative: sum(commended(({ reason }) => reason === 'sang_kien')),
		reports_on_time_share: share(reports('complete')),
		reports_missing_share: share(reports('missing'))
	};

	const days = [
		...initiatives.map(({ submitted_on: day = '' }) => day),
		...transfers.map(({ certified_on: day = '' }) => day),
		...activities.map(({ end = '' }) => end)
	].filter((day) => day !== '');
	const first = days.reduce((a, b) => (a < b ? a : b)).slice(0, 7);
	const last = activities
		.map(({ end = '' }) => end)
		.reduce((a, b) => (a > b ? a : b))
		.slice(0, 7);

	/** The months of each window that fits into the question's. */
	const windows = (kind: Definition['kind'], from: string, to: string): Map<string, [string, string]> => {
		const found = new Map<string, [string, string]>();
		const add = (name: string, end: string) => {
			if (end < from || end > to) return;
			if (kind === 'running') found.set(name, [first, end]);
			else if (shift(end, -11) >= from) found.set(name, [shift(end, -11), end]);
		};
		for (let year = Number(from.slice(0, 4)); `${year}-12` < to; year++) add(String(year), `${year}-12`);
		add('now', to);
		add('same', shift(to, -12));
		const january = `${to.slice(0, 4)}-01`;
		if (kind === 'sum' && !to.endsWith('-12') && january >= from) found.set('ytd', [january, to]);
		return found;
	};

	const figures: Independent['figures'] = (indicator, { from, to, block, kind, unit, structure }) => {
		const definition = definitions[indicator];
		if (!definition) throw new RangeError(`${indicator} is not computed here.`);
		const asked = new Set(
			units
				.filter((one) => block === null || one.block === block)
				.filter((one) => kind === null || one.kind === kind)
				.filter((one) => unit === null || one.unit_id === unit)
				.map(({ unit_id: one = '' }) => one)
		);
		const narrowed = block !== null || kind !== null || unit !== null;
		/** The parts of a row of this unit that count. */
		const parts = new Map<string, number[]>();
		const oldParts = new Map<string, number[]>();
		for (const { unit_id: one = '' } of units) {
			if (!narrowed) parts.set(one, [1]);
			else if (structure === 'reported') parts.set(one, asked.has(one) ? [1] : []);
			else
				parts.set(
					one,
					walk(one).flatMap(([end, part]) => (asked.has(end) ? [part] : []))
				);
		}
		const partsOf = (one: string, on: string): number[] => {
			if (structure !== 'old' || !narrowed) return parts.get(one) ?? [];
			const key = `${one} ${eventDays.findLast((event) => event <= on) ?? ''}`;
			const found = oldParts.get(key) ?? walkBack(one, on).flatMap(([old, part]) => (asked.has(old) ? [part] : []));
			oldParts.set(key, found);
			return found;
		};
		const weigh = (list: readonly { readonly unit: string; readonly day: string; readonly amount: number }[]) => {
			let [total, estimated, taking] = [0, false, 0];
			for (const { unit: one, day, amount } of list) {
				const own = partsOf(one, day);
				if (own.length > 0) taking++;
				for (const part of own) {
					total += amount * part;
					estimated ||= Math.abs(part - 1) > 1e-9;
				}
			}
			return { total, estimated, rows: taking, none: taking === 0 };
		};
		const answer = (begin: string, end: string): Answer => {
			const rows = definition.items.filter(({ month }) => month >= begin && month <= end);
			const above = weigh(rows.map(({ unit: one, day, above: amount }) => ({ unit: one, day, amount })));
			const over = (below: { total: number; estimated: boolean; none: boolean }): Answer => ({
				value: below.none || below.total === 0 ? null : (above.total / below.total) * definition.scale,
				estimated: above.estimated || below.estimated,
				rows: above.rows
			});
			switch (definition.kind) {
				case 'sum':
				case 'running':
					return { value: above.total * definition.scale, estimated: above.estimated, rows: above.rows };
				case 'share':
					return over(weigh(rows.map(({ unit: one, day, below: amount }) => ({ unit: one, day, amount }))));
				case 'per_staff': {
					const year = String(Number(end.slice(0, 4)) - (end.endsWith('-12') ? 0 : 1));
					const known = staff.filter((row) => row.year === year && row.staff !== '');
					return over(
						weigh(known.map((row) => ({ unit: row.unit_id ?? '', day: `${year}-12-31`, amount: Number(row.staff) })))
					);
				}
				case 'median': {
					const own = rows.filter(
						({ unit: one }) =>
							!narrowed ||
							(asked.has(one) &&
								(structure === 'reported' || (structure === 'old' ? isOld(one) : !successors.has(one))))
					);
					const middle = median(own.map(({ above: amount }) => amount));
					return { value: middle === null ? null : middle * definition.scale, estimated: false, rows: own.length };
				}
			}
		};
		const spans = windows(definition.kind, from ?? first, to ?? last);
		return new Map([...spans].map(([name, [begin, end]]) => [name, answer(begin, end)]));
	};

	return { indicators: Object.keys(definitions), figures, months: { first, last } };
}
