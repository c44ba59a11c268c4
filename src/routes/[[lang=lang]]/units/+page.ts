import { indicators, knownOf, targets } from '$lib/model/catalogue';
import { spanOf } from '$lib/model/overview';
import { boundRows, boundsFrom, peerGroups } from '$lib/model/peer';
import { boards, firstCompared, nowAndSame, oldDay, placed, stages, windowsCompared } from '$lib/model/unit';
import { defaultView, keepKnown, type View } from '$lib/model/view';
import { databaseOf, foreseen, viewOf } from '../../question';
import type { PageLoad } from './$types';

/** All units by one indicator, each beside its peers. */
export const load: PageLoad = async (event) => {
	const { units, coverage } = await event.parent();
	const view = keepKnown(viewOf(event.url), knownOf(units, coverage));
	// Which unit is marked, by which indicator and in which group is no question: every unit's figures are asked for.
	const asked: View = { ...defaultView, from: view.from, to: view.to, structure: view.structure };
	const database = databaseOf(event, asked);
	const span = spanOf(asked, coverage);
	const [all, promised, groups, bounds, stageOf, members, lastOldDay] = await Promise.all([
		indicators(database),
		targets(database),
		peerGroups(database),
		boundRows(database),
		stages(database),
		placed(database, units, span, asked.structure),
		oldDay(database)
	]);
	const computed = coverage.empty ? [] : all.filter(({ register }) => register !== 'actual');
	const indicator = computed.find(({ indicator_id: id }) => id === view.indicator) ?? firstCompared(computed);
	const windows = windowsCompared(span, coverage);
	const found = indicator
		? await boards(database, [indicator], members, windows, asked.structure)
		: new Map<string, never>();
	const scored =
		view.composite.length > 0 && computed.length > 0
			? await boards(database, computed, members, nowAndSame(span, coverage), asked.structure)
			: null;
	const ahead = foreseen(event);
	if (ahead) for (const one of computed) await boards(ahead, [one], members, windows, 'today');
	return {
		view,
		span,
		computed,
		indicator: indicator ?? null,
		board: indicator ? (found.get(indicator.indicator_id) ?? null) : null,
		scored,
		targets: promised.filter(({ indicator_id: id }) => id === indicator?.indicator_id),
		groups,
		bounds: boundsFrom(bounds),
		stages: stageOf,
		members,
		oldDay: lastOldDay
	};
};
