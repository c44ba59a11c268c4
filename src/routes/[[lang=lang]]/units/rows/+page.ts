import { indicators, knownOf } from '$lib/model/catalogue';
import { nothing, rowsBehind } from '$lib/model/detail';
import { spanOf } from '$lib/model/overview';
import { boundRows, boundsFrom, peerGroups } from '$lib/model/peer';
import { figureQuery } from '$lib/model/series';
import { boards, Comparer, everyone, firstCompared, placed, together, windowsCompared } from '$lib/model/unit';
import { defaultView, keepKnown, type View } from '$lib/model/view';
import { databaseOf, viewOf } from '../../../question';
import type { PageLoad } from './$types';

/** What a number of several units is made of: the figure of each, the rows of all, and the SQL. */
export const load: PageLoad = async (event) => {
	const { units, coverage } = await event.parent();
	const view = keepKnown(viewOf(event.url), knownOf(units, coverage));
	const asked: View = { ...defaultView, from: view.from, to: view.to, structure: view.structure };
	const database = databaseOf(event, asked);
	const span = spanOf(asked, coverage);
	const [all, groups, bounds, members] = await Promise.all([
		indicators(database),
		peerGroups(database),
		boundRows(database),
		placed(database, units, span, asked.structure)
	]);
	const computed = coverage.empty ? [] : all.filter(({ register }) => register !== 'actual');
	const indicator = computed.find(({ indicator_id: id }) => id === view.indicator) ?? firstCompared(computed) ?? null;
	const comparer = new Comparer(groups, members, boundsFrom(bounds), view.peers);
	const chosen = together(comparer, members, view);
	const stated = { view, span, indicator, chosen, comparer, bounds: boundsFrom(bounds) };
	if (!indicator) return { ...stated, board: null, windows: [], behind: nothing, query: '' };
	const windows = windowsCompared(span, coverage)(indicator);
	const now = windows.find(({ name }) => name === 'now');
	const scope = { ...everyone(asked.structure), units: chosen };
	// Of the rows only those of the page as it is published are answered at build.
	const isUsual = view.unit === null && view.peers === null && view.indicator === null;
	const live = isUsual ? database : databaseOf(event, { ...asked, unit: chosen[0] ?? '' });
	const [found, behind] = await Promise.all([
		boards(database, [indicator], members, () => windows, asked.structure),
		rowsBehind(live, indicator, span, scope, coverage.first)
	]);
	return {
		...stated,
		board: found.get(indicator.indicator_id) ?? null,
		windows,
		behind,
		query: now ? figureQuery(indicator, now, scope, true) : ''
	};
};
