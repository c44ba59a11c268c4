/** What the engine answers to an exploration, and what its charts show while one of them is brushed. */
import { painted } from '$lib/charts/paint';
import type { Database } from '$lib/database/database';
import { sql } from '$lib/database/sql';
import { answer, answers, matching } from '$lib/model/crossfilter';
import { activeFilters, readySearch } from '$lib/model/filter';
import { ownColumns, type Answer } from '$lib/model/group';
import { readyCounts } from '$lib/model/tally';
import { activeBins, activeDays, buildCube, type Active, type Brush, type Cube, type Moved } from '$lib/model/cube';
import {
	isGrouping,
	columnOf,
	defaultExploration,
	registerOf,
	withFilter,
	withoutFilter,
	aboutOf,
	type Exploration,
	type Filter,
	type Panel
} from '$lib/model/exploration';
import { groundOf, type Ground } from '$lib/model/ground';
import { openRowset, readyOrders } from '$lib/model/rowset';
import type { NamedUnit } from '$lib/model/search';
import { engine } from '../../engine.svelte';
import { defaultLayout } from './arrangement';
import { rowsAtFirst } from './stretch.svelte';

/** One of the charts that the large chart is split into. */
export interface Part {
	readonly value: string | null;
	readonly answer: Answer;
}

/** Values by which the large chart is split at most. */
const mostParts = 6;
/** Answers that are kept, so that undoing asks nothing. */
const mostKept = 200;
/** Rows up to which a search answers each letter; of more, it waits for the end of typing. */
export const mostAtOnce = 2_000_000;
/** How long the reader must have let everything be before something is prepared that takes the page's own time, in milliseconds. */
const repose = 1000;
/** How long before a quick step of it, in milliseconds. */
const breath = 600;
/** How long before what takes hardly any of it, when the reader looks at the rows, in milliseconds. */
const pause = 250;
/** How long after the pointer or the keys reached a chart, and its cube is there, a brush is expected, in milliseconds. */
const approach = 1000;
/** How often the first click, the first search and the first order of rows are tried out beforehand. */
const rehearsals = 4;
/** How long a brush must rest before what cubes cannot hold is asked, in milliseconds. */
const idle = 90;

export class Explorer {
	/** The answers of the panels, by their places; null until the first has come. */
	answers = $state.raw<readonly (Answer | null)[]>([]);
	/** The same without any filter, which stand pale behind. */
	behind = $state.raw<readonly (Answer | null)[]>([]);
	parts = $state.raw<readonly Part[]>([]);
	/** Rows that match all filters, and all rows. */
	matched = $state<number | null>(null);
	rows = $state(0);
	/** Whether answers are awaited. */
	busy = $state(false);
	/** Places of panels whose measure follows the brush when it rests. */
	catching = $state.raw<ReadonlySet<number>>(new Set());
	problem = $state<string | null>(null);
	/** The engine in which the register stands ready. */
	database = $state.raw<Database | null>(null);
	/** The exploration that `answers` answer. */
	shown = $state.raw<Exploration | null>(null);
	/**
	 * The exploration whose rows can be asked, and where: the table of searched texts stands there, when a search is active. It follows what is
	 * shown, at once where only the rows change, and else once the charts are painted.
	 */
	ready = $state.raw<{ readonly database: Database; readonly exploration: Exploration } | null>(null);

	/** What moves the marks of a panel, by the panel written out. */
	readonly patches = new Map<string, (moved: Moved) => void>();
	patchMatched: (rows: number) => void = () => undefined;

	private control = new AbortController();
	private ground: Ground | null = null;
	/** What is shown or awaited, and from which engine. */
	private asking: { readonly key: string; readonly running: Promise<Database> } | null = null;
	private prepared: Ground | null = null;
	/** Columns whose keys are not made yet, and who makes those that are quickly made. */
	private unordered = new Set<string>();
	private ordering: object | null = null;
	/** Until when the reader did something, or is about to, in milliseconds of the page. */
	private touched = 0;
	private readonly kept = new Map<string, { asked: Promise<Answer>; signal: AbortSignal; given: boolean }>();
	private cube: { key: string; cube: Cube | null } | null = null;
	private latest: { place: number; brush: Brush | null } | null = null;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private following = new AbortController();
	/** Fires when the page is left. */
	private readonly over = new AbortController();

	constructor(private readonly units: () => readonly NamedUnit[]) {}

	/** Answers that were given over other tables are worth nothing. */
	private async stand(exploration: Exploration): Promise<Ground> {
		const database = await engine();
		const ground = await groundOf(database, registerOf(exploration));
		if (ground !== this.ground) {
			this.kept.clear();
			this.ground = ground;
		}
		return ground;
	}

	/** Asks panels, all that are not known together, or remembers what they answered under the same filters. */
	private ask(
		ground: Ground,
		exploration: Exploration,
		panels: readonly Panel[],
		signal: AbortSignal
	): Promise<readonly Answer[]> {
		const keys = panels.map((panel) => {
			const own = ownColumns(panel);
			// What is chosen on the panel itself changes which of many groups are drawn.
			const chosen = exploration.filters.filter((filter) => filter.kind === 'set' && own.includes(aboutOf(filter)));
			return JSON.stringify([panel, activeFilters(exploration, own), chosen]);
		});
		const isKnown = (key: string) => {
			const known = this.kept.get(key);
			return known !== undefined && (known.given || !known.signal.aborted);
		};
		const missing = [...new Set(keys)].filter((key) => !isKnown(key));
		const asked = missing.flatMap((key) => panels[keys.indexOf(key)] ?? []);
		answers(ground, exploration, asked, this.units(), { signal }).forEach((asked, place) => {
			const key = missing[place] ?? '';
			const entry = { asked, signal, given: false };
			this.kept.delete(key);
			this.kept.set(key, entry);
			asked.then(
				() => (entry.given = true),
				() => {
					if (this.kept.get(key) === entry) this.kept.delete(key);
				}
			);
		});
		const all = keys.flatMap((key) => this.kept.get(key)?.asked ?? []);
		for (const oldest of this.kept.keys()) {
			if (this.kept.size <= mostKept) break;
			this.kept.delete(oldest);
		}
		return Promise.all(all);
	}

	/**
	 * Shows an exploration; one that is asked for while another is awaited takes its place, and one that is shown or awaited already stays.
	 * Never rejects: what goes wrong is shown.
	 */
	async show(exploration: Exploration, isAnew = false): Promise<void> {
		const asking = { key: JSON.stringify(exploration), running: engine(registerOf(exploration).name) };
		if (!isAnew && asking.key === this.asking?.key && asking.running === this.asking.running) return;
		this.asking = asking;
		this.touch();
		this.control.abort(new DOMException('superseded', 'AbortError'));
		this.control = new AbortController();
		this.rest();
		const { signal } = this.control;
		this.busy = true;
		this.problem = null;
		try {
			const ground = await this.stand(exploration);
			signal.throwIfAborted();
			const free = { ...exploration, filters: [] };
			const { panels } = exploration;
			const isPale = ({ kind }: Panel) => kind === 'time' || kind === 'histogram';
			const [parts, answers, pale] = await Promise.all([
				this.split(ground, exploration, signal),
				this.ask(ground, exploration, panels, signal),
				this.ask(ground, free, panels.filter(isPale), signal)
			]);
			const behind = panels.map((panel) =>
				isPale(panel) ? (pale[panels.filter(isPale).indexOf(panel)] ?? null) : null
			);
			// A chart that obeys every filter knows already how many rows there are.
			const active = activeFilters(exploration).length;
			const whole = panels.findIndex((panel) => activeFilters(exploration, ownColumns(panel)).length === active);
			const matched = answers[whole]?.matched ?? (await matching(ground, exploration, this.units(), { signal }));
			const asked = this.ready;
			const isSame =
				asked?.database === ground.database &&
				asked.exploration.register === exploration.register &&
				JSON.stringify(asked.exploration.filters) === JSON.stringify(exploration.filters);
			if (isSame) await readySearch(ground, exploration, this.units());
			signal.throwIfAborted();
			const ready = { database: ground.database, exploration };
			if (isSame) this.ready = ready;
			this.database = ground.database;
			this.rows = ground.rows;
			this.matched = matched;
			this.answers = answers;
			this.behind = behind;
			this.parts = parts;
			this.shown = exploration;
			this.catching = new Set();
			this.busy = false;
			if (!isSame) {
				await painted();
				signal.throwIfAborted();
				await readySearch(ground, exploration, this.units());
				signal.throwIfAborted();
				this.ready = ready;
			}
			this.prepare(ground, exploration);
		} catch (error) {
			if (signal.aborted) return;
			this.asking = null;
			this.busy = false;
			this.problem = error instanceof Error ? error.message : String(error);
		}
	}

	/** Makes what the first filter, the first search and the first orders need while nobody asks anything, where there is room for it. */
	private prepare(ground: Ground, { panels, sort, filters }: Exploration): void {
		if (!ground.isHeld) return;
		if (this.prepared === ground) {
			// Who searched or sorted looks at the rows, and may sort them next.
			const isAtRows = sort.length > 0 || filters.some(({ kind }) => kind === 'search');
			if (isAtRows) void this.prepareOrders(ground, pause).catch(() => undefined);
			return;
		}
		this.prepared = ground;
		const { columns } = defaultLayout(ground.register);
		this.unordered = new Set(columns);
		void (async () => {
			for (const panel of panels) {
				await this.quiet(breath);
				await readyCounts(ground, [panel], { idle: true });
			}
			const standing = { exclude: false, paused: false };
			const bars = panels.find(({ kind }) => kind === 'bars');
			const { list } = bars ? await ground.values(bars.column) : { list: [] };
			const clicks = list.slice(0, rehearsals).map((value): Filter => {
				return { kind: 'set', column: bars?.column ?? '', values: [value], ...standing };
			});
			await this.rehearse(ground, panels, clicks);
			await this.prepareOrders(ground, breath);
			for (const column of columns.slice(0, rehearsals)) {
				await this.quiet(repose);
				const question = { register: ground.register, where: sql`TRUE`, sort: [{ column, descending: false }], ground };
				const rowset = await openRowset(ground.database, question, { idle: true });
				await rowset.rows(columns, 0, rowsAtFirst, { idle: true });
			}
			// What takes several seconds.
			await this.quiet(repose);
			await ground.searched({ idle: true });
			const names = this.units().slice(0, rehearsals);
			const searches = names.map(({ name_vi: text }): Filter => ({ kind: 'search', text, ...standing }));
			await this.rehearse(ground, panels, searches);
			for (const column of this.unordered) {
				await this.quiet(repose);
				this.unordered.delete(column);
				await readyOrders(ground, [column], { idle: true });
			}
			performance.mark('explore prepared');
		})().catch(() => undefined);
	}

	/**
	 * Makes the keys of the columns that take the engine a tenth of a second or two, one after the other, until none is left that does, and then
	 * that of the register's own key; a search makes more of them such. The page has hardly anything to do with it.
	 */
	private async prepareOrders(ground: Ground, rest: number): Promise<void> {
		const turn = (this.ordering = {});
		const isQuick = (name: string) => {
			const type = columnOf(ground.register, name)?.type;
			const isNumber = type === 'date' || type === 'number' || type === 'integer';
			return isNumber || ground.hasValues(name);
		};
		const isKey = (name: string) => ground.register.key.includes(name);
		for (;;) {
			await this.quiet(rest);
			// Every row's own text takes as long as all the others together.
			const column = [...this.unordered].find(isQuick) ?? [...this.unordered].find(isKey);
			// Who was called later goes on.
			if (column === undefined || this.ordering !== turn) return;
			this.unordered.delete(column);
			await readyOrders(ground, [column], { idle: true });
		}
	}

	/**
	 * Counts as after a click, or after a search, before anyone clicks or searches: the browser makes faster what it has met a few times.
	 */
	private async rehearse(ground: Ground, panels: readonly Panel[], filters: readonly Filter[]): Promise<void> {
		for (const filter of filters) {
			await this.quiet(repose);
			const exploration = { ...defaultExploration(ground.register), panels, filters: [filter] };
			await Promise.all(answers(ground, exploration, panels, this.units(), { idle: true }));
		}
	}

	/**
	 * Waits until the reader has let everything be for so many milliseconds: what is made then takes the page's own time too.
	 *
	 * @throws the reason of the signal when the page was left: the next one prepares what is missing.
	 */
	private async quiet(time: number): Promise<void> {
		const { signal } = this.over;
		for (let rest = 0; !signal.aborted && (rest = this.touched + time - performance.now()) > 0;)
			await new Promise((resume) => setTimeout(resume, rest));
		signal.throwIfAborted();
	}

	/** The large chart once for each of the largest groups of the column that splits it. */
	private async split(ground: Ground, exploration: Exploration, signal: AbortSignal): Promise<Part[]> {
		const { focus, split } = exploration;
		const panel = focus === null ? undefined : exploration.panels[focus];
		const column = columnOf(ground.register, split);
		if (!panel || !column || !isGrouping(column)) return [];
		const bars: Panel = {
			kind: 'bars',
			column: column.name,
			most: mostParts,
			measure: { kind: 'count', column: null }
		};
		const [largest] = await this.ask(ground, exploration, [bars], signal);
		if (largest?.groups.kind !== 'bars') return [];
		const { groups, rows } = { ...largest, groups: largest.groups };
		const filter = exploration.filters.find((one) => aboutOf(one) === column.name && !one.paused);
		const values = groups.shown
			.filter((value, place) => (rows[place] ?? 0) > 0 || value === null)
			.filter((value) => filter?.kind !== 'set' || filter.values.includes(value) !== filter.exclude)
			.slice(0, mostParts);
		return Promise.all(
			values.map(async (value) => {
				const one: Filter = { kind: 'set', column: column.name, values: [value], exclude: false, paused: false };
				const within = { ...exploration, filters: withFilter(exploration.filters, one) };
				const [part] = await this.ask(ground, within, [panel], signal);
				return part ? [{ value, answer: part }] : [];
			})
		).then((found) => found.flat());
	}

	/** Ends what a brush has under way. */
	private rest(): void {
		clearTimeout(this.timer);
		this.latest = null;
		this.following.abort();
		this.following = new AbortController();
	}

	/** The reader is about to brush the panel at a place: its cube is built, if it is not there. */
	async enter(place: number): Promise<void> {
		this.touch();
		const exploration = this.shown;
		const panel = exploration?.panels[place];
		const { ground } = this;
		if (!exploration || !ground || !panel || this.busy) return;
		const key = JSON.stringify([
			panel,
			exploration.panels,
			activeFilters(exploration, [panel.column]),
			this.answers.length
		]);
		if (this.cube?.key === key) {
			if (!this.cube.cube) return;
			this.touch(approach);
			this.stir();
			return;
		}
		const building = { key, cube: null as Cube | null };
		this.cube = building;
		const { signal } = this.control;
		try {
			const active = await activeOf(ground, panel);
			if (active === null) return;
			const started = performance.now();
			building.cube = await buildCube(ground, exploration, exploration.panels, this.answers, active, this.units(), {
				signal
			});
			performance.measure('explore cube', { start: started });
			this.touch(approach);
			if (this.cube === building && this.latest?.place === place) this.move(place, this.latest.brush);
			else if (this.cube === building) this.stir();
		} catch {
			// The brush then shows its charts when it rests.
			if (this.cube === building) this.cube = null;
		}
	}

	/** The reader does something, or is about to for so many milliseconds: what is prepared at rest waits. */
	touch(longer = 0): void {
		this.touched = Math.max(this.touched, performance.now() + longer);
		this.ground?.database.touch(longer);
	}

	/** Gives all charts what they show, so that they have what they need to move before the first move of a brush. */
	private stir(): void {
		if (this.latest) return;
		this.shown?.panels.forEach((panel, place) => {
			const given = this.answers[place];
			if (given) this.patches.get(JSON.stringify(panel))?.(given);
		});
	}

	/** Moves the marks of all other charts to what they show under a brush. */
	move(place: number, brush: Brush | null): void {
		this.touch();
		this.latest = { place, brush };
		const exploration = this.shown;
		const cube = this.cube?.cube;
		if (!exploration || !cube || cube.active.column !== exploration.panels[place]?.column) return;
		const late = new Set<number>();
		exploration.panels.forEach((panel, other) => {
			const moved = cube.at(other, brush);
			if (!moved) return;
			const { kind } = panel.measure;
			if (kind === 'median' || kind === 'distinct') late.add(other);
			else this.patches.get(JSON.stringify(panel))?.(moved);
		});
		this.patchMatched(cube.matched(brush));
		if (late.size > 0) this.follow(exploration, late, place, brush);
	}

	/** Asks what cubes cannot hold, once the brush rests a moment. */
	private follow(exploration: Exploration, late: ReadonlySet<number>, place: number, brush: Brush | null): void {
		if (this.catching.size !== late.size) this.catching = late;
		clearTimeout(this.timer);
		this.following.abort();
		const control = (this.following = new AbortController());
		this.timer = setTimeout(() => {
			void (async () => {
				const { ground } = this;
				const panel = exploration.panels[place];
				if (!ground || !panel) return;
				try {
					const filter = await filterOf(ground, panel, brush);
					const filters = filter
						? withFilter(exploration.filters, filter)
						: withoutFilter(exploration.filters, panel.column);
					for (const other of late) {
						const asked = exploration.panels[other];
						if (!asked) continue;
						const given = await answer(ground, { ...exploration, filters }, asked, this.units(), {
							signal: control.signal
						});
						if (control.signal.aborted) return;
						this.patches.get(JSON.stringify(asked))?.(given);
					}
					this.catching = new Set();
				} catch {
					// A newer move asks again.
				}
			})();
		}, idle);
	}

	/** Lets go of everything; what was asked ends. */
	end(): void {
		this.over.abort(new DOMException('superseded', 'AbortError'));
		this.asking = null;
		this.control.abort(new DOMException('superseded', 'AbortError'));
		this.rest();
		this.patches.clear();
	}
}

async function activeOf(ground: Ground, panel: Panel): Promise<Active | null> {
	if (panel.kind === 'time') return activeDays(panel.column, await ground.days(panel.column));
	if (panel.kind === 'histogram') return activeBins(panel.column, await ground.bins(panel.column, panel.scale));
	return null;
}

/** The filter that a brush over codes means; null for none. */
export async function filterOf(ground: Ground, panel: Panel, brush: Brush | null): Promise<Filter | null> {
	if (brush === null) return null;
	const standing = { exclude: brush.exclude, paused: false };
	if (panel.kind === 'time') {
		const { firstDay } = await ground.days(panel.column);
		return {
			kind: 'range',
			column: panel.column,
			from: firstDay + brush.from - 1,
			to: firstDay + brush.to - 1,
			...standing
		};
	}
	if (panel.kind !== 'histogram') return null;
	const { edges } = await ground.bins(panel.column, panel.scale);
	return {
		kind: 'range',
		column: panel.column,
		from: brush.from <= 1 ? null : (edges[brush.from - 2] ?? null),
		to: edges[brush.to - 1] ?? null,
		...standing
	};
}

/** A day of a month as days since 1970; day 0 is the last of the month before. */
export function dayAt(month: number, date: number): number {
	const time = new Date(0);
	time.setUTCFullYear(Math.floor(month / 12), month % 12, date);
	return time.getTime() / 86_400_000;
}
