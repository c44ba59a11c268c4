/** The published dataset in the engine's Node home, and what the pages must therefore show. */
import { openNodeDatabase } from '../../src/lib/database/node';
import type { Database } from '../../src/lib/database/database';
import { formatExact, formatNumber, type Locale } from '../../src/lib/format';
import { toArrow } from '../../src/lib/intake/arrow';
import { readPublished } from '../../src/lib/intake/published';
import { coverage, indicators, knownOf, units, type Indicator, type Unit } from '../../src/lib/model/catalogue';
import { horizon, standings, type Standing } from '../../src/lib/model/overview';
import { deriveTables } from '../../src/lib/model/structure';
import { keepKnown, readView, type View } from '../../src/lib/model/view';
import en from '../../src/messages/en.json';
import vi from '../../src/messages/vi.json';

/** The messages without parameters and plurals, which is all that journeys look for. */
export const messages: Readonly<Record<Locale, Readonly<Record<string, unknown>>>> = { vi, en };

/** A message without parameters. */
export function message(locale: Locale, key: keyof typeof vi): string {
	return String(messages[locale][key]);
}

/** A row of the overview as text. */
export interface Row {
	readonly id: string;
	readonly now: string;
	/** The status word; of an indicator without a target, that there is none. */
	readonly verdict: string;
}

/** A row that the overview must show. */
export interface ExpectedRow extends Row {
	/** The value of the target of 2030, or the last one, as it must appear in its cell; null without one. */
	readonly target: string | null;
	readonly standing: Standing;
}

/** Opens the published files in an engine of their own. */
export async function openDataset(): Promise<Database> {
	const db = await openNodeDatabase();
	for (const typed of await readPublished(process.env.DATA_DIR ?? 'data')) {
		await db.insert({ name: typed.table.name, bytes: () => Promise.resolve(toArrow(typed)) });
	}
	await deriveTables(db);
	return db;
}

function rowOf(standing: Standing, locale: Locale): ExpectedRow {
	const { indicator, progress, observations, status, reason, targets } = standing;
	const last = progress.now ?? observations.at(-1) ?? null;
	const value = progress.formula.name === 'cumulative' ? progress.achieved : (last?.value ?? null);
	const final = targets.findLast(({ target_year: year }) => year === null || year <= horizon) ?? targets.at(-1);
	return {
		id: indicator.indicator_id,
		now: formatNumber(value, indicator.decimals, locale),
		verdict: message(locale, reason === 'no_target' ? 'reason_no_target' : `status_${status}`),
		target: final?.target_value == null ? null : formatExact(final.target_value, indicator.decimals + 1, locale),
		standing
	};
}

/** The view of a query string, as far as the data knows what it names. */
export async function viewOf(db: Database, query: string): Promise<View> {
	return keepKnown(readView(new URLSearchParams(query)), knownOf(await units(db), await coverage(db)));
}

/**
 * The rows of the overview at a query string, in the order of `indicators.csv`: indicators of the province (not of the country alone)
 * that are computed, promised or known.
 */
export async function expectedRows(db: Database, query: string, locale: Locale): Promise<ExpectedRow[]> {
	const all = await standings(db, await viewOf(db, query), await coverage(db));
	return all
		.filter(({ targets }) => targets.length === 0 || targets.some(({ boundary }) => boundary !== 'VN'))
		.filter(
			({ indicator, targets, observations }) =>
				indicator.register !== 'actual' ||
				observations.length > 0 ||
				targets.some(({ target_value: value }) => value !== null)
		)
		.map((standing) => rowOf(standing, locale));
}

/** Kinds of pages that no build answers: they start the engine, and are nothing without JavaScript. */
export const alive: ReadonlySet<string> = new Set(['explore']);

/** The path of one page of each kind, by what is special about it; for journeys `inject('kinds')`. */
export async function kindsOf(db: Database): Promise<Readonly<Record<string, string>>> {
	const [all, everyone] = await Promise.all([indicators(db), units(db)]);
	const rows = await standings(db, await viewOf(db, ''), await coverage(db));
	const seen = new Map(rows.map(({ indicator, observations }) => [indicator.indicator_id, observations.length]));
	const needed = <T>(what: string, found: T | undefined): T => {
		if (found === undefined) throw new Error(`The published dataset holds no ${what}.`);
		return found;
	};
	const first = (what: string, test: (indicator: Indicator) => boolean) =>
		`indicators/${needed(what, all.find(test)).indicator_id}/`;
	const firstUnit = (what: string, test: (unit: Unit) => boolean) =>
		`units/${needed(what, everyone.find(test)).unit_id}/`;
	const known = ({ indicator_id: id }: Indicator) => (seen.get(id) ?? 0) > 0;
	return {
		overview: '',
		'published figure': first('published figure', (one) => one.register === 'actual' && known(one)),
		'indicator without a figure': first('indicator without one', (one) => one.register === 'actual' && !known(one)),
		ratio: first('ratio', (one) => one.register !== 'actual' && one.class === 'ratio'),
		median: first('median', (one) => one.value?.startsWith('median(') ?? false),
		sum: first('sum', (one) => one.register !== 'actual' && one.class === 'additive'),
		rank: first('rank', (one) => one.class === 'rank' && known(one)),
		units: 'units/',
		comparison: 'units/compare/',
		reporting: 'units/reporting/',
		'figures behind a number': 'units/rows/',
		'reports owed': 'units/reporting/rows/',
		unit: firstUnit('unit that exists', ({ valid_to: to }) => to === null),
		'unit that has ended': firstUnit('unit that has ended', ({ valid_to: to }) => to !== null),
		explore: 'explore/',
		method: 'method/',
		error: 'nothing/at/all/'
	};
}
