import { references } from '$lib/model/reference';
import { defaultView } from '$lib/model/view';
import { databaseOf } from '../../question';
import type { PageLoad } from './$types';

/** What strange files are read and checked against. */
export const load: PageLoad = async (event) => {
	await event.parent();
	const database = databaseOf(event, defaultView);
	return { references: await references(database) };
};
