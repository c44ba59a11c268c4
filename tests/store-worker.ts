/**
 * A worker that changes a store and can be killed while it does: it stops for ever before the step that it is told, and says so.
 * Without such a step it says before each step that it is at it, and at last what came of it.
 */
import { openStore } from '../src/lib/intake/store';
import type { KeptFile } from '../src/lib/intake/manifest';

/** What the worker is to do. */
export interface Order {
	readonly store: string;
	readonly work:
		| { readonly keep: readonly KeptFile<Uint8Array>[] }
		| { readonly remove: string }
		| { readonly shown: 'own' | 'sample' }
		| { readonly clear: true };
	/** The step before which it stops, from 0; null when it does not. */
	readonly stopAt: number | null;
}

/** What the worker says. */
export type Word = { readonly at: string; readonly stopped: boolean } | { readonly done: string };

const say = (word: Word) => postMessage(word);

async function obey({ store: name, work, stopAt }: Order): Promise<void> {
	let working = false;
	let count = 0;
	const store = await openStore(name, {
		fault: async (at) => {
			if (!working) return;
			const stopped = count++ === stopAt;
			say({ at, stopped });
			if (stopped) await new Promise(() => undefined);
		}
	});
	working = true;
	if ('keep' in work) await store.keep(work.keep);
	else if ('remove' in work) await store.remove(work.remove);
	else if ('shown' in work) await store.change((manifest) => ({ ...manifest, shown: work.shown }));
	else await store.clear();
	store.close();
}

addEventListener('message', ({ data }: MessageEvent<Order>) => {
	obey(data).then(
		() => say({ done: 'well' }),
		(error: unknown) => say({ done: String(error) })
	);
});
