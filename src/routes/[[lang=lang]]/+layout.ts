import { codes, coverage, units } from '$lib/model/catalogue';
import { defaultView } from '$lib/model/view';
import { databaseOf } from '../question';
import type { LayoutLoad } from './$types';

export const prerender = true;
export const trailingSlash = 'always';

/** The language, and what every page's filters name: units, their blocks and kinds, the months that hold data. */
export const load: LayoutLoad = async (event) => {
	const database = databaseOf(event, defaultView);
	const [allUnits, names, covered] = await Promise.all([
		units(database),
		codes(database, ['block', 'unit_kind']),
		coverage(database)
	]);
	const locale: 'vi' | 'en' = event.params.lang === 'en' ? 'en' : 'vi';
	return { locale, units: allUnits, names, coverage: covered };
};
