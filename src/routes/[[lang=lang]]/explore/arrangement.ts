/** How the reader arranged the table of rows, and where its rows stand. */
import type { Sorting } from '$lib/model/rowset';
import type { Column, Table } from '$lib/model/table';

/** What the reader chose: plain JSON, for the URL. */
export interface RowsLayout {
	readonly sort: readonly Sorting[];
	/** Names of the shown columns in their order. */
	readonly columns: readonly string[];
	/** Those of them that stay in view at the left. */
	readonly pinned: readonly string[];
	/** Widths that were changed, in CSS pixels. */
	readonly widths: Readonly<Record<string, number>>;
}

/** The narrowest and the widest column, in CSS pixels. */
export const widthLimits = { least: 48, most: 900 } as const;

/** How many columns are shown to begin with. */
const shownAtFirst = 9;

/**
 * The layout to begin with: the key, what every row must fill, and then codes, days and amounts as far as there is room; the title is pinned.
 */
export function defaultLayout(register: Table): RowsLayout {
	const { columns, key } = register;
	const title = columns.find(({ name }) => name === 'title' || name === 'technology')?.name;
	const rank = ({ name, type, required }: Column) => {
		if (key.includes(name) && name !== title) return 1;
		if (name === title) return 0;
		if (required) return 2;
		if (name.endsWith('_vnd') || name === 'recognised_on' || name === 'level' || name === 'status') return 3;
		return type === 'code' || type === 'integer' ? 4 : 5;
	};
	const chosen = new Set(
		columns
			.map((column, index) => ({ column, index }))
			.toSorted((a, b) => rank(a.column) - rank(b.column) || a.index - b.index)
			.slice(0, shownAtFirst)
			.map(({ column }) => column.name)
	);
	return {
		sort: [],
		columns: columns.filter(({ name }) => chosen.has(name)).map(({ name }) => name),
		pinned: title === undefined ? [] : [title],
		widths: {}
	};
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A layout out of plain JSON from anywhere. What is unknown or unfit is left out; without a column that is known the default stands. */
export function readLayout(register: Table, json: unknown): RowsLayout {
	const standard = defaultLayout(register);
	if (!isRecord(json)) return standard;
	const known = new Set(register.columns.map(({ name }) => name));
	const namesOf = (value: unknown): string[] =>
		Array.isArray(value)
			? [...new Set(value.filter((one): one is string => typeof one === 'string' && known.has(one)))]
			: [];
	const columns = namesOf(json['columns']);
	const sorted = Array.isArray(json['sort']) ? json['sort'] : [];
	const sort = sorted.flatMap((one: unknown): Sorting[] => {
		if (!isRecord(one) || typeof one['column'] !== 'string' || !known.has(one['column'])) return [];
		return [{ column: one['column'], descending: one['descending'] === true }];
	});
	const widths = isRecord(json['widths']) ? json['widths'] : {};
	const shown = columns.length > 0 ? columns : standard.columns;
	return {
		sort: sort.filter(({ column }, index) => sort.findIndex((one) => one.column === column) === index),
		columns: shown,
		pinned: ('pinned' in json ? namesOf(json['pinned']) : standard.pinned).filter((name) => shown.includes(name)),
		widths: Object.fromEntries(
			Object.entries(widths).flatMap(([name, width]) =>
				known.has(name) && typeof width === 'number' && Number.isFinite(width) ? [[name, bounded(width)]] : []
			)
		)
	};
}

/** A width within its limits. */
export function bounded(width: number): number {
	return Math.round(Math.min(widthLimits.most, Math.max(widthLimits.least, width)));
}

/** The width of a column that was not changed. */
export function standardWidth({ name, type, references }: Column): number {
	if (references !== undefined) return 170;
	switch (type) {
		case 'text':
			return name === 'title' || name === 'technology' ? 300 : name.endsWith('_id') ? 130 : 180;
		case 'code':
		case 'codes':
			return 160;
		case 'number':
			return 130;
		case 'date':
			return 144;
		default:
			return 96;
	}
}

/** Columns side by side: all in CSS pixels. */
export interface Lineup {
	/** The pinned ones first. */
	readonly columns: readonly Column[];
	/** How far from the left each pinned column stays, by its name. */
	readonly lefts: ReadonlyMap<string, number>;
	/** The tracks of a line's grid, that of the number of the row first. */
	readonly tracks: string;
	/** How wide a line is. */
	readonly width: number;
	/** How much of it the pinned columns and the number of the row take. */
	readonly pinned: number;
}

/** The part of the width that pinned columns may take: a phone would see nothing else. */
const pinnable = 0.6;

/**
 * Puts columns side by side.
 *
 * @param gutter the width of the number of the row.
 * @param frame the width that is seen.
 */
export function lineup(
	wanted: readonly Column[],
	pinned: readonly string[],
	widthOf: (column: Column) => number,
	gutter: number,
	frame: number
): Lineup {
	let room = frame * pinnable - gutter;
	const stays = new Set(
		wanted.filter(({ name }) => pinned.includes(name)).filter((one) => (room -= widthOf(one)) >= 0)
	);
	const columns = [...wanted.filter((one) => stays.has(one)), ...wanted.filter((one) => !stays.has(one))];
	const lefts = new Map<string, number>();
	let left = gutter;
	for (const column of columns.slice(0, stays.size)) {
		lefts.set(column.name, left);
		left += widthOf(column);
	}
	const widths = [gutter, ...columns.map(widthOf)];
	return {
		columns,
		lefts,
		tracks: widths.map((width) => `${width}px`).join(' '),
		width: widths.reduce((sum, width) => sum + width, 0),
		pinned: left
	};
}

/** The sorting after a heading was pressed: up (amounts and days: down) first, then the other way, then not at all. */
export function pressed(sort: readonly Sorting[], column: Column, adding: boolean): Sorting[] {
	const first = column.type === 'number' || column.type === 'date' || column.type === 'integer';
	const now = sort.find((one) => one.column === column.name);
	const next: Sorting[] =
		now === undefined
			? [{ column: column.name, descending: first }]
			: now.descending === first
				? [{ column: column.name, descending: !first }]
				: [];
	if (!adding) return next;
	return now === undefined ? [...sort, ...next] : sort.flatMap((one) => (one === now ? next : [one]));
}

/** The table as it scrolls: all in CSS pixels, but the number of rows. */
export interface Scene {
	readonly count: number;
	readonly rowHeight: number;
	/** How high the part is in which rows are seen. */
	readonly view: number;
}

/** The tallest content that all browsers can lay out, with room to spare. */
export const tallest = 6_000_000;

/** How high the content is that the scrollbar stands for. */
export function contentHeight({ count, rowHeight }: Scene): number {
	return Math.min(count * rowHeight, tallest);
}

/** The last place at which the view can begin, in rows. */
export function lastTop({ count, rowHeight, view }: Scene): number {
	return Math.max(0, count - view / rowHeight);
}

/** In content that is cut short, this much at either end is kept for scrolling row by row. */
const margin = ({ view }: Scene) => view * 3;

/** Whether each pixel of the scrollbar stands for a pixel of rows. */
export function isWhole(scene: Scene): boolean {
	return scene.count * scene.rowHeight <= tallest;
}

/** Where the scrollbar stands when the view begins at `top`, in rows. */
export function barOf(scene: Scene, top: number): number {
	if (isWhole(scene)) return top * scene.rowHeight;
	const end = contentHeight(scene) - scene.view;
	const last = lastTop(scene);
	if (top <= 0) return 0;
	if (top >= last) return end;
	return margin(scene) + ((end - 2 * margin(scene)) * top) / last;
}

/**
 * Where the view begins, in rows, after the scrollbar moved. Where there are more rows than the content has pixels for, a short way is walked row
 * by row and a long way is a jump.
 */
export function topAfter(scene: Scene, top: number, from: number, to: number): number {
	const last = lastTop(scene);
	const within = (value: number) => Math.min(last, Math.max(0, value));
	if (isWhole(scene)) return within(to / scene.rowHeight);
	if (Math.abs(to - from) <= margin(scene)) return within(top + (to - from) / scene.rowHeight);
	const end = contentHeight(scene) - scene.view;
	return within((last * (to - margin(scene))) / (end - 2 * margin(scene)));
}
