/** Where pages of units lead: to units, to the rows behind a figure, and back to the comparison, each in the view that they were left from. */
import type { Locale } from '$lib/format';
import type { Unit } from '$lib/model/catalogue';
import { defaultView, writeView, type View } from '$lib/model/view';
import { pathOf } from '../../path';

/** The addresses of one view. */
export interface Address {
	/** A unit's page. A unit that no longer exists is not there in today's structure: its page opens on what it reported. */
	readonly unit: (unit: string) => string;
	/** The rows, and the SQL, of a unit's figure; at the end of another month, if one is given. */
	readonly rows: (indicator: string, unit: string, to?: number) => string;
	/**
	 * The figures from which a number of several units is made, each with its rows, and the SQL of all: those of several units, or of a unit and its
	 * peers, or of a group (in `peers`), or of all.
	 */
	readonly among: (indicator: string, units: readonly string[], peers?: string | null) => string;
	/** An indicator's page of a unit, with its target and the verdict on it. */
	readonly verdict: (indicator: string, unit: string) => string;
	/** All units by an indicator, with one of them marked. */
	readonly board: (indicator: string, unit: string) => string;
	/** The reports that a unit, or all, owed over periods that end in these months, and the rows that were sent. */
	readonly reports: (unit: string | null, from: number, to: number) => string;
}

/** The addresses of a view; they keep its months, its structure and its group. Made once, since a page may hold thousands. */
export function addressOf(
	{
		from,
		to,
		structure,
		peers: chosen = null
	}: Pick<View, 'from' | 'to' | 'structure'> & { readonly peers?: string | null },
	units: ReadonlyMap<string, Unit>,
	locale: Locale
): Address {
	const kept: View = { ...defaultView, from, to, structure };
	const living = writeView(kept);
	const ended = writeView(structure === 'reported' ? { ...kept, structure: defaultView.structure } : kept);
	const indicatorPath = (indicator: string) => pathOf(`/indicators/${indicator}/`, locale);
	return {
		unit: (unit) => pathOf(`/units/${unit}/`, locale) + (units.get(unit)?.valid_to == null ? living : ended),
		rows: (indicator, unit, end) => `${indicatorPath(indicator)}${writeView({ ...kept, unit, to: end ?? to })}#rows`,
		among: (indicator, [unit = null, ...others], peers = chosen) =>
			pathOf('/units/rows/', locale) + writeView({ ...kept, indicator, unit, others, peers }),
		verdict: (indicator, unit) => indicatorPath(indicator) + writeView({ ...kept, unit }),
		board: (indicator, unit) => pathOf('/units/', locale) + writeView({ ...kept, indicator, unit }),
		reports: (unit, first, last) =>
			pathOf('/units/reporting/rows/', locale) + writeView({ ...defaultView, unit, from: first, to: last })
	};
}
