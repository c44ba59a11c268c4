/** A view: everything that a URL says. The URL is the only state of the application; this file alone reads and writes it. */
import { readMonth, writeMonth, type Month } from './period';
import type { Scaling } from './standing';

/** In which structure units are read: as they reported then, history carried to today's units, or all carried back to the units before every event. */
export type Structure = 'reported' | 'today' | 'old';

const structures: readonly Structure[] = ['reported', 'today', 'old'];

/** In the place of a composite's parts: those that it takes unasked. */
export const usualComposite = 'usual';

/** As many units as are compared side by side. */
export const mostCompared = 8;

/** What is asked for. Null means "not narrowed". */
export interface View {
	readonly from: Month | null;
	readonly to: Month | null;
	/** Codes of the lists `block` and `unit_kind`. */
	readonly block: string | null;
	readonly kind: string | null;
	readonly unit: string | null;
	readonly structure: Structure;
	/** Order of the overview's rows: the worst first, or as the documents have them. */
	readonly sort: 'concern' | 'document';
	/** Units beside `unit` that are compared with it, in the order chosen. */
	readonly others: readonly string[];
	/** The indicator by which units are compared. */
	readonly indicator: string | null;
	/** The peer group that was chosen in place of a unit's own. */
	readonly peers: string | null;
	/** The column by which a table is ordered, with `-` before it the other way round; null for the page's own order. */
	readonly order: string | null;
	/** The parts of a composite with their weights, `id` or `id:weight`, or {@link usualComposite}; none: there is no composite. */
	readonly composite: readonly string[];
	/** How the parts of a composite are brought to one scale. */
	readonly scaling: Scaling;
}

/** The view of the published pages: all months, all units, today's structure, the worst first. */
export const defaultView: View = {
	from: null,
	to: null,
	block: null,
	kind: null,
	unit: null,
	structure: 'today',
	sort: 'concern',
	others: [],
	indicator: null,
	peers: null,
	order: null,
	composite: [],
	scaling: 'minmax'
};

/** Reads the view of a URL. What is not understood is as if it were not there. */
export function readView(params: URLSearchParams): View {
	const month = (name: string) => readMonth(params.get(name) ?? '');
	const texts = (name: string) => [
		...new Set(params.getAll(name).flatMap((one) => one.slice(0, 80).toWellFormed().trim() || []))
	];
	const text = (name: string) => params.get(name)?.slice(0, 80).toWellFormed().trim() || null;
	const unit = text('unit');
	const [from, to] = [month('from'), month('to')];
	const crossed = from !== null && to !== null && from > to;
	return {
		from: crossed ? to : from,
		to: crossed ? from : to,
		block: text('block'),
		kind: text('kind'),
		unit,
		structure: structures.find((one) => one === params.get('structure')) ?? 'today',
		sort: params.get('sort') === 'document' ? 'document' : 'concern',
		others:
			unit === null
				? []
				: texts('unit')
						.filter((one) => one !== unit)
						.slice(0, mostCompared - 1),
		indicator: text('indicator'),
		peers: text('peers'),
		order: text('order'),
		composite: texts('composite').slice(0, 40),
		scaling: params.get('scaling') === 'percentile' ? 'percentile' : 'minmax'
	};
}

/** The query string of a view, with its question mark, defaults left out: empty for the default view. */
export function writeView(view: View): string {
	const params = new URLSearchParams();
	const { from, to, block, kind, unit, structure, sort, others, indicator, peers, order, composite, scaling } = view;
	if (from !== null) params.set('from', writeMonth(from));
	if (to !== null) params.set('to', writeMonth(to));
	if (block !== null) params.set('block', block);
	if (kind !== null) params.set('kind', kind);
	if (unit !== null) for (const one of [unit, ...others]) params.append('unit', one);
	if (structure !== defaultView.structure) params.set('structure', structure);
	if (sort !== defaultView.sort) params.set('sort', sort);
	if (indicator !== null) params.set('indicator', indicator);
	if (peers !== null) params.set('peers', peers);
	if (order !== null) params.set('order', order);
	for (const one of composite) params.append('composite', one);
	if (scaling !== defaultView.scaling) params.set('scaling', scaling);
	const text = params.toString();
	return text === '' ? '' : `?${text}`;
}

/**
 * Whether a view asks nothing of the engine that the published pages do not answer already: the order of rows is not a question, and what is
 * set beside each other was asked of all units.
 */
export function isPublished(view: View): boolean {
	const { sort, others, indicator, peers, order, composite, scaling } = defaultView;
	return writeView({ ...view, sort, others, indicator, peers, order, composite, scaling }) === '';
}

/** What a view may name: the codes and units there are, and the months that hold data. */
export interface Known {
	readonly first: Month;
	readonly last: Month;
	readonly blocks: ReadonlySet<string>;
	readonly kinds: ReadonlySet<string>;
	/** Every unit identity; true when it exists today. */
	readonly units: ReadonlyMap<string, boolean>;
}

/**
 * The view as the data allows it: unknown codes are dropped, months are cut to those that hold data, and a unit that no longer
 * exists is read as it reported, unless the old structure is asked for.
 */
export function keepKnown(view: View, known: Known): View {
	const keep = <T>(value: T | null, has: (value: T) => boolean) => (value !== null && has(value) ? value : null);
	const unit = keep(view.unit, (value) => known.units.has(value));
	return {
		...view,
		from: keep(view.from, (month) => month > known.first && month <= known.last),
		to: keep(view.to, (month) => month >= known.first && month < known.last),
		block: keep(view.block, (value) => known.blocks.has(value)),
		kind: keep(view.kind, (value) => known.kinds.has(value)),
		unit,
		others: unit === null ? [] : view.others.filter((one) => known.units.has(one)),
		structure:
			unit !== null && known.units.get(unit) === false && view.structure === 'today' ? 'reported' : view.structure
	};
}
