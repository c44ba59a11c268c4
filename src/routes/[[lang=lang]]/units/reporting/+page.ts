import { knownOf } from '$lib/model/catalogue';
import { spanOf } from '$lib/model/overview';
import { reports } from '$lib/model/reporting';
import { everyone } from '$lib/model/unit';
import { defaultView, keepKnown, type View } from '$lib/model/view';
import { databaseOf, viewOf } from '../../../question';
import type { PageLoad } from './$types';

/** As many periods as stand side by side. */
const periods = 8;

/** Which unit sent which report, and when. */
export const load: PageLoad = async (event) => {
	const { units, coverage } = await event.parent();
	const view = keepKnown(viewOf(event.url), knownOf(units, coverage));
	const asked: View = { ...defaultView, to: view.to };
	const database = databaseOf(event, asked);
	const { to } = spanOf(asked, coverage);
	return { view, to, reports: await reports(database, everyone('reported'), to, periods) };
};
