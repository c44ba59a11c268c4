/** Where pages ask their questions: the published answers, or the engine. The only place that knows which. */
import { browser, building } from '$app/environment';
import { base } from '$app/paths';
import { answersDatabase } from '$lib/database/answer';
import type { Asking, Database } from '$lib/database/database';
import type { DataRow } from '$lib/database/row';
import type { Sql } from '$lib/database/sql';
import { defaultView, isPublished, readView, writeView, type View } from '$lib/model/view';
import type { Manifest } from '$lib/intake/manifest';
import { endEngine, engine, prepareEngine } from './engine.svelte';
import { isStill, own, ownStore, showsOwn, stand } from './own.svelte';

interface Event {
	readonly fetch: typeof globalThis.fetch;
	readonly url: URL;
}

/** Until the page is alive it shows what it was prerendered with, whatever its URL says. */
let alive = false;

/** Whether a URL asks for more than its page was prerendered with. */
const asksMore = (url: URL): boolean => showsOwn() || writeView(readView(url.searchParams)) !== '';

// The engine that such a page is likely to need starts beside it.
if (browser && asksMore(new URL(location.href))) prepareEngine();

/** Called once the page is alive; whether its URL asks for more than it was prerendered with. */
export function awake(url: URL): boolean {
	alive = true;
	return asksMore(url);
}

/** The view of a URL; of the published page while prerendering and hydrating. */
export function viewOf(url: URL): View {
	if (building) return defaultView;
	// Read at hydration too: SvelteKit runs `load` again only for what it saw it read.
	const view = readView(url.searchParams);
	return browser && !alive ? defaultView : view;
}

let latest: { href: string; control: AbortController } | undefined;

/** The signal of this navigation; the one before it is told to stop. */
function signalOf(url: URL): AbortSignal {
	if (latest?.href !== url.href) {
		latest?.control.abort(new DOMException('superseded', 'AbortError'));
		latest = { href: url.href, control: new AbortController() };
	}
	return latest.control.signal;
}

/** The latest answers of the engine, by their SQL: tables do not change under a question, so going back asks nothing. */
const answers = new Map<string, DataRow[]>();
const mostAnswers = 300;

async function remembered(query: Sql, ask: () => Promise<DataRow[]>): Promise<DataRow[]> {
	const known = answers.get(query.text) ?? (await kept())?.get(query.text);
	if (known) return known;
	const rows = await ask();
	answers.set(query.text, rows);
	for (const oldest of answers.keys()) {
		if (answers.size <= mostAnswers) break;
		answers.delete(oldest);
	}
	keepSoon();
	return rows;
}

let keptOnce: Promise<ReadonlyMap<string, DataRow[]>> | undefined;

/** The answers about the reader's own data that were kept when this page was last open; null while the sample is shown. */
async function kept(): Promise<ReadonlyMap<string, DataRow[]> | null> {
	if (!showsOwn()) return null;
	await ownStore();
	if (!showsOwn() || own.memory) return null;
	const { manifest } = own;
	keptOnce ??= import('./kept').then(async ({ keptAnswers }) => {
		const found = await keptAnswers(manifest);
		if (!isStill(manifest)) return new Map();
		for (const [question, rows] of found) if (!answers.has(question)) answers.set(question, rows);
		return found;
	});
	return keptOnce;
}

/** How long nothing new must have been answered before answers are kept, in milliseconds. */
const quiet = 200;
let keeping: ReturnType<typeof setTimeout> | undefined;

function keepSoon(): void {
	if (!showsOwn() || own.memory) return;
	const { manifest } = own;
	clearTimeout(keeping);
	keeping = setTimeout(() => {
		void import('./kept').then(({ keepAnswers }) => {
			return keepAnswers(manifest, answers, () => isStill(manifest));
		});
	}, quiet);
}

/** Takes over what is kept now, and lets go of the engine and of all that it answered: its tables are no longer those that pages show. */
export function replaceData(manifest: Manifest): void {
	answers.clear();
	clearTimeout(keeping);
	keptOnce = undefined;
	void import('./kept').then(({ deleteKept }) => deleteKept());
	latest?.control.abort(new DOMException('superseded', 'AbortError'));
	latest = undefined;
	endEngine();
	// Last: whoever asks again because of it must find the next engine.
	stand(manifest);
}

/**
 * While a page is prerendered, a database whose answers are published beside it without being written into it, for questions that its reader
 * may ask next. Every question is answered with nothing here. Null at any other time.
 */
export function foreseen({ fetch }: Event): Database | null {
	if (!building) return null;
	// An answer whose text is not read is kept as a file and not in the page.
	const unread: typeof globalThis.fetch = async (input) => {
		await fetch(input);
		return new Response('{"names":[],"columns":[]}');
	};
	return answersDatabase(unread, base, engine);
}

/**
 * The database for one `load`. A question that a newer navigation supersedes never answers: its page is gone.
 */
export function databaseOf({ fetch, url }: Event, view: View): Database {
	if (isPublished(view) && !(alive && showsOwn())) return answersDatabase(fetch, base, engine);
	const signal = signalOf(url);
	const live = answersDatabase(fetch, base, engine);
	return {
		...live,
		query: async <R extends DataRow>(query: Sql, asking?: Asking): Promise<R[]> => {
			try {
				if (asking?.aside) return await (await engine()).query<R>(query, asking);
				const ask = async () => (await engine()).query(query, { ...asking, signal });
				return (await remembered(query, ask)) as R[];
			} catch (error) {
				if (signal.aborted) return new Promise<never>(() => undefined);
				throw error;
			}
		}
	};
}
