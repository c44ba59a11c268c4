import { knownOf } from '$lib/model/catalogue';
import { nothing } from '$lib/model/detail';
import { spanOf } from '$lib/model/overview';
import { everyone, reportRows } from '$lib/model/unit';
import { defaultView, keepKnown, type View } from '$lib/model/view';
import { databaseOf, viewOf } from '../../../../question';
import type { PageLoad } from './$types';

/** What one unit, or all, owed over some periods, what came of it, and the rows that were sent. */
export const load: PageLoad = async (event) => {
	const { units, coverage } = await event.parent();
	const view = keepKnown(viewOf(event.url), knownOf(units, coverage));
	const asked: View = { ...defaultView, from: view.from, to: view.to, unit: view.unit };
	const database = databaseOf(event, asked);
	const span = spanOf(asked, coverage);
	// What was owed is owed by the unit that was there.
	const scope = { ...everyone('reported'), unit: view.unit };
	const found = coverage.empty ? { owed: nothing, sent: nothing } : await reportRows(database, span, scope);
	return { unit: view.unit, span, ...found };
};
