import { error } from '@sveltejs/kit';
import { actuals, codes, indicatorTexts, knownOf, targets, targetTexts } from '$lib/model/catalogue';
import { byUnit, events, latestWindow, nothing, rowsBehind, steps } from '$lib/model/detail';
import { spanOf, standings } from '$lib/model/overview';
import { figureQuery } from '$lib/model/series';
import { keepKnown } from '$lib/model/view';
import { databaseOf, viewOf } from '../../../question';
import type { PageLoad } from './$types';

const lists = [
	'boundary',
	'method',
	'standing',
	'indicator_class',
	'over_periods',
	'stage',
	'succession_kind',
	'target_type'
];

/** One indicator: its way to the target, what it is made of, and the documents behind it. */
export const load: PageLoad = async (event) => {
	const { units: allUnits, coverage } = await event.parent();
	const view = keepKnown(viewOf(event.url), knownOf(allUnits, coverage));
	const database = databaseOf(event, view);
	const { id } = event.params;
	const span = spanOf(view, coverage);
	const [found, texts, history, words, figures, names] = await Promise.all([
		standings(database, view, coverage, [id]),
		indicatorTexts(database, [id]),
		targets(database, [id]),
		targetTexts(database, [id]),
		actuals(database, [id]),
		codes(database, lists)
	]);
	const standing = found[0];
	const text = texts[0];
	if (!standing || !text) error(404, 'indicator');
	const { indicator } = standing;
	const computed = indicator.register !== 'actual' && !coverage.empty;
	const [quarters, byUnits, rows, happened] = computed
		? await Promise.all([
				steps(database, indicator, span, 'quarter', view, coverage.first),
				byUnit(database, indicator, span, view, coverage.first),
				rowsBehind(database, indicator, span, view, coverage.first),
				events(database, view)
			])
		: [[], [], nothing, []];
	return {
		view,
		span,
		standing,
		text,
		history,
		actuals: figures,
		targetTexts: words,
		words: names,
		quarters,
		byUnit: byUnits,
		rows,
		events: happened,
		query: computed
			? figureQuery(indicator, { name: 'now', span: latestWindow(indicator, span, coverage.first) }, view)
			: null
	};
};
