/** The browser's engine: started at the first question that no published answer meets, and how far its start has come. */
import type { Database } from '$lib/database/database';
import { startThread } from '$lib/database/thread';
import type { Bilingual } from '$lib/model/table';

/** The engine's start as pages show it. */
export const boot = $state<{
	phase: 'asleep' | 'starting' | 'loading' | 'ready' | 'failed';
	fraction: number;
	problem: string | Bilingual;
}>({
	phase: 'asleep',
	fraction: 0,
	problem: ''
});

/** Share of the start that is the engine itself; the rest is the tables. */
const engineShare = 0.9;

/** An engine without tables that was started before it was asked for. */
let prepared: Promise<Database> | undefined;

async function openEmpty(): Promise<Database> {
	const thread = startThread();
	try {
		const { openBrowserDatabase } = await import('$lib/database/browser');
		const onProgress = (fraction: number) => (boot.fraction = fraction * engineShare);
		return await openBrowserDatabase(__ENGINE_BYTES__, onProgress, thread);
	} catch (error) {
		thread.worker.terminate();
		throw error;
	}
}

/** Starts an engine without tables, for the first question. */
export function prepareEngine(): void {
	if (running || prepared) return;
	prepared = openEmpty();
	// Whoever asks is told; the next call starts another.
	prepared.catch(() => (prepared = undefined));
}

async function start(soon: string | null): Promise<Database> {
	boot.phase = 'starting';
	if (!prepared) boot.fraction = 0;
	const opening = prepared ?? openEmpty();
	prepared = undefined;
	try {
		const { filled } = await import('./filled');
		const database = await filled(opening, () => (boot.phase = 'loading'), soon);
		boot.phase = 'ready';
		return database;
	} catch (error) {
		// What could not be filled is not left running; whoever asks is told why.
		opening.then((empty) => empty.close()).catch(() => undefined);
		throw error;
	}
}

/** What went wrong, in both languages where it was told so. */
function toldBy(error: unknown): string | Bilingual {
	if (!(error instanceof Error)) return String(error);
	return 'remedy' in error ? (error.remedy as Bilingual) : error.message;
}

let running: Promise<Database> | undefined;

/**
 * The engine with all tables in it. A start that failed is tried again at the next call.
 *
 * @param soon a table whose rows will be asked for at once: they are read while the engine starts.
 */
export function engine(soon: string | null = null): Promise<Database> {
	if (running) return running;
	const starting: Promise<Database> = start(soon).catch((error: unknown) => {
		if (running === starting) {
			running = undefined;
			boot.phase = 'failed';
			boot.problem = toldBy(error);
		}
		throw error;
	});
	running = starting;
	return starting;
}

/** Ends the engine, since its tables are no longer those that are wanted; the next question starts another. */
export function endEngine(): void {
	const ended = running;
	running = undefined;
	boot.phase = 'asleep';
	// A start that failed was told to those who waited for it.
	ended?.then((database) => database.close()).catch(() => undefined);
}
