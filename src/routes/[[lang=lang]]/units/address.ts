/** Where pages of units lead: to units, to an indicator's rows, and back to the comparison, each in the view that they were left from. */
import type { Locale } from '$lib/format';
import type { Unit } from '$lib/model/catalogue';
import { defaultView, writeView, type View } from '$lib/model/view';
import { pathOf } from '../../path';

/** The addresses of one view. */
export interface Address {
	/** A unit's page. A unit that no longer exists is not there in today's structure: its page opens on what it reported. */
	readonly unit: (unit: string) => string;
	/** The rows, and the SQL, of a unit's figure. */
	readonly rows: (indicator: string, unit: string) => string;
	/** All units by an indicator, with one of them marked. */
	readonly board: (indicator: string, unit: string) => string;
}

/** The addresses of a view; they keep its months and its structure. Made once, since a page may hold thousands. */
export function addressOf(
	{ from, to, structure }: Pick<View, 'from' | 'to' | 'structure'>,
	units: ReadonlyMap<string, Unit>,
	locale: Locale
): Address {
	const kept: View = { ...defaultView, from, to, structure };
	const living = writeView(kept);
	const ended = writeView(structure === 'reported' ? { ...kept, structure: defaultView.structure } : kept);
	return {
		unit: (unit) => pathOf(`/units/${unit}/`, locale) + (units.get(unit)?.valid_to == null ? living : ended),
		rows: (indicator, unit) => `${pathOf(`/indicators/${indicator}/`, locale)}${writeView({ ...kept, unit })}#rows`,
		board: (indicator, unit) => pathOf('/units/', locale) + writeView({ ...kept, indicator, unit })
	};
}
