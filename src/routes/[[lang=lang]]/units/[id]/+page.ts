import { error } from '@sveltejs/kit';
import { codes, indicators, knownOf } from '$lib/model/catalogue';
import { nothing } from '$lib/model/detail';
import { spanOf, standings } from '$lib/model/overview';
import { boundRows, boundsFrom, peerGroups } from '$lib/model/peer';
import { registers } from '$lib/model/register';
import { reports } from '$lib/model/reporting';
import {
	ancestry,
	boards,
	Comparer,
	emptinesses,
	emptyRows,
	everyone,
	filled,
	listOf,
	nowAndSame,
	people,
	peopleRows,
	placed,
	stages,
	successions,
	unitText,
	waiting
} from '$lib/model/unit';
import { defaultView, keepKnown, type View } from '$lib/model/view';
import { databaseOf, viewOf } from '../../../question';
import type { PageLoad } from './$types';

const lists = ['tier', 'boundary', 'succession_kind', 'share_basis', 'standing', 'initiative_status'];

/** As many columns as are said to be empty more often than by peers. */
const mostEmpty = 4;

/** One unit: who it is and was, how it stands, what it did, and what is missing. */
export const load: PageLoad = async (event) => {
	const { units, coverage } = await event.parent();
	const { id } = event.params;
	const unit = units.find(({ unit_id: one }) => one === id);
	if (!unit) error(404, 'unit');
	const view = keepKnown({ ...viewOf(event.url), unit: id, others: [] }, knownOf(units, coverage));
	// A unit that has ended is published as it reported, any other in today's structure.
	const usual = unit.valid_to === null ? 'today' : 'reported';
	const asked: View = { ...defaultView, from: view.from, to: view.to };
	const database = databaseOf(event, view.structure === usual ? asked : { ...asked, structure: view.structure });
	const { structure } = view;
	const scope = { ...everyone(structure), unit: id };
	// The figures of a unit that has ended are those of its last year.
	const whole = spanOf(asked, coverage);
	const ended = unit.valid_to;
	const last = ended && structure === 'reported' ? ended.getUTCFullYear() * 12 + ended.getUTCMonth() - 1 : whole.to;
	const span = { from: whole.from, to: Math.max(whole.from, Math.min(whole.to, last)) };
	const [all, texts, groups, bounds, stageOf, members, events, words] = await Promise.all([
		indicators(database),
		unitText(database, id),
		peerGroups(database),
		boundRows(database),
		stages(database),
		placed(database, units, span, structure),
		successions(database),
		codes(database, lists)
	]);
	const computed = coverage.empty ? [] : all.filter(({ register }) => register !== 'actual');
	const chosen = new Comparer(groups, members, boundsFrom(bounds), view.peers).peers(id).units;
	if (coverage.empty) {
		return {
			...{ view, span, unit, text: texts, groups, bounds: boundsFrom(bounds), stages: stageOf, members, words },
			events: ancestry(events, id),
			computed,
			boards: new Map<string, never>(),
			standings: [],
			reports: [],
			waiting: null,
			empties: [],
			lists: [],
			heads: [],
			headRows: nothing
		};
	}
	const names = registers.map(({ name }) => name);
	const year = { from: span.to - 11, to: span.to };
	const [found, own, owed, wait, heads, headRows, rows, ...fills] = await Promise.all([
		boards(database, computed, members, nowAndSame(span, coverage), structure),
		standings(
			database,
			{ ...asked, to: span.to, unit: id, structure },
			coverage,
			computed.map(({ indicator_id: one }) => one)
		),
		reports(database, scope, span.to),
		waiting(database, span.to, coverage.first, scope),
		people(database, span, scope),
		peopleRows(database, span, scope),
		Promise.all(names.map((name) => listOf(database, name, span, scope))),
		...names.map((name) => filled(database, name, year, structure))
	]);
	const gaps = names
		.flatMap((name, index) => emptinesses(fills[index] ?? [], name, id, chosen, boundsFrom(bounds)))
		.sort((a, b) => b.share - b.peers - (a.share - a.peers))
		.slice(0, mostEmpty);
	const empties = await Promise.all(
		gaps.map(async (gap) => ({ gap, behind: await emptyRows(database, gap, year, scope) }))
	);
	return {
		...{ view, span, unit, text: texts, groups, bounds: boundsFrom(bounds), stages: stageOf, members, words },
		events: ancestry(events, id),
		computed,
		boards: found,
		standings: own,
		reports: owed,
		waiting: wait,
		empties,
		lists: names.map((name, index) => ({ name, behind: rows[index] ?? nothing })),
		heads,
		headRows
	};
};
