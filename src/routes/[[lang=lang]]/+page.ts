import { knownOf } from '$lib/model/catalogue';
import { spanOf, standings } from '$lib/model/overview';
import { reports, submitted } from '$lib/model/reporting';
import { keepKnown } from '$lib/model/view';
import { databaseOf, viewOf } from '../question';
import type { PageLoad } from './$types';

/** Where the province stands, who has not reported, and whom to call. */
export const load: PageLoad = async (event) => {
	const { units, coverage } = await event.parent();
	const view = keepKnown(viewOf(event.url), knownOf(units, coverage));
	const database = databaseOf(event, view);
	const { to } = spanOf(view, coverage);
	const [all, owed, counts] = await Promise.all([
		standings(database, view, coverage),
		reports(database, view, to),
		submitted(database, view, to)
	]);
	return { view, standings: all, reports: owed, submitted: counts };
};
