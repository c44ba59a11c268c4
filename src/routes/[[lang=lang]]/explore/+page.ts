import { codes } from '$lib/model/catalogue';
import { registers } from '$lib/model/register';
import { defaultView } from '$lib/model/view';
import { databaseOf } from '../../question';
import type { PageLoad } from './$types';

/** The names of all codes of the registers; what the charts show is asked by the page itself, again and again. */
export const load: PageLoad = async (event) => {
	await event.parent();
	const lists = registers.flatMap(({ columns }) => columns.flatMap(({ list }) => list ?? []));
	return { codes: await codes(databaseOf(event, defaultView), [...new Set(lists)]) };
};
