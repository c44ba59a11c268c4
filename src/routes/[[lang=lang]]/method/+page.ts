import { actuals, codes, indicatorTexts, indicators, targets, targetTexts } from '$lib/model/catalogue';
import { boundRows, peerGroups } from '$lib/model/peer';
import { defaultView } from '$lib/model/view';
import { databaseOf } from '../../question';
import type { PageLoad } from './$types';

/** The lists that explain indicators, targets and figures; the registers' own lists are declared beside their columns. */
const lists = [
	'hub',
	'boundary',
	'method',
	'standing',
	'target_type',
	'direction',
	'indicator_class',
	'over_periods',
	'stage',
	'block',
	'unit_kind',
	'succession_kind',
	'share_basis',
	'level',
	'initiative_status',
	'field',
	'solution_kind',
	'filing_kind',
	'transfer_direction',
	'transfer_object',
	'transfer_form',
	'transfer_method',
	'activity',
	'audience',
	'commendation',
	'reason',
	'report_state'
];

/** How every number is made: indicators, targets, figures and code lists with their words. */
export const load: PageLoad = async (event) => {
	const database = databaseOf(event, defaultView);
	const [all, texts, promised, promisedTexts, figures, words, groups, bounds] = await Promise.all([
		indicators(database),
		indicatorTexts(database),
		targets(database),
		targetTexts(database),
		actuals(database),
		codes(database, lists),
		peerGroups(database),
		boundRows(database)
	]);
	return {
		indicators: all,
		indicatorTexts: texts,
		targets: promised,
		targetTexts: promisedTexts,
		actuals: figures,
		words,
		peerGroups: groups,
		peerBounds: bounds,
		lists
	};
};
