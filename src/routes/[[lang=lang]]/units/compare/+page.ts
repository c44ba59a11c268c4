import { indicators, knownOf } from '$lib/model/catalogue';
import { spanOf, standings } from '$lib/model/overview';
import { boundRows, boundsFrom, peerGroups, takes } from '$lib/model/peer';
import { boards, nowAndSame, placed, stages } from '$lib/model/unit';
import { defaultView, keepKnown, mostCompared, type View } from '$lib/model/view';
import { databaseOf, viewOf } from '../../../question';
import type { PageLoad } from './$types';

/** As many units as stand there when none was chosen. */
const examples = 4;

/** All indicators of up to eight units, side by side. */
export const load: PageLoad = async (event) => {
	const { units, coverage } = await event.parent();
	const view = keepKnown(viewOf(event.url), knownOf(units, coverage));
	const asked: View = { ...defaultView, from: view.from, to: view.to, structure: view.structure };
	const database = databaseOf(event, asked);
	const span = spanOf(asked, coverage);
	const [all, groups, bounds, stageOf, members] = await Promise.all([
		indicators(database),
		peerGroups(database),
		boundRows(database),
		stages(database),
		placed(database, units, span, asked.structure)
	]);
	const computed = coverage.empty ? [] : all.filter(({ register }) => register !== 'actual');
	const asking = view.unit === null ? [] : [view.unit, ...view.others].slice(0, mostCompared);
	const picked = asking.filter((unit) => members.some((member) => member.unit === unit));
	// Unasked: the largest units of the first group that has enough of them.
	const example = groups.find((group) => members.filter((member) => takes(group, member)).length > examples) ?? null;
	const largest = members
		.filter((member) => example && takes(example, member))
		.sort((a, b) => (b.staff ?? 0) - (a.staff ?? 0))
		.slice(0, examples)
		.map(({ unit }) => unit);
	const chosen = picked.length > 0 ? picked : largest;
	const ids = computed.map(({ indicator_id: id }) => id);
	const [found, own] = await Promise.all([
		computed.length > 0
			? boards(database, computed, members, nowAndSame(span, coverage), asked.structure)
			: new Map<string, never>(),
		Promise.all(
			chosen.map(async (unit) => {
				const list = await standings(
					database,
					{ ...asked, to: span.to, unit, structure: asked.structure },
					coverage,
					ids
				);
				return [unit, new Map(list.map((standing) => [standing.indicator.indicator_id, standing]))] as const;
			})
		)
	]);
	return {
		view,
		span,
		computed,
		groups,
		bounds: boundsFrom(bounds),
		stages: stageOf,
		members,
		chosen,
		example: picked.length > 0 ? null : example,
		boards: found,
		standings: new Map(own)
	};
};
