/** The page's end of a file's worker: calls the session there, hears how far it has come, and can end it at any moment. */
import { openExchange } from '../exchange';
import { SheetError, type Issue } from './issue';
import type { KeptAlias } from './manifest';
import type { Alike, Mend, Reopening, Session, Setting, Step } from './session';
import type { Choice } from './source';

interface Calls {
	begin: [setting: Setting];
	open: [file: File, reopening: Reopening | null, mended: readonly Mend[]];
	reread: [index: number, choice: Choice];
	choose: Parameters<Session['choose']>;
	plan: Parameters<Session['plan']>;
	check: [index: number];
	mend: [index: number, mends: readonly Mend[]];
	mendAlike: [index: number, alike: Alike, text: string];
	alias: [index: number, alias: KeptAlias];
	rows: Parameters<Session['rows']>;
	finish: Parameters<Session['finish']>;
}

/** A call of the session, by its method. */
export type Call = { [M in keyof Calls]: { readonly method: M; readonly args: Calls[M] } }[keyof Calls];

type Result<M extends keyof Calls> = M extends keyof Session ? Awaited<ReturnType<Session[M]>> : undefined;

/** The work was ended by the reader. */
export class Ended extends Error {
	override readonly name = 'Ended';
}

/** The worker could not go on: most often there was no memory left. */
export class WorkerFailure extends Error {
	override readonly name = 'WorkerFailure';
}

/** One file's worker. */
export interface Reader {
	/** Calls a method of the session. Rejects with SheetError when the file cannot be read, Ended after `end`, WorkerFailure otherwise. */
	call<M extends keyof Calls>(method: M, args: Calls[M], step?: Step): Promise<Result<M>>;
	/** Ends the worker and all that it does. */
	end(): void;
}

const startWorker = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** A worker that waits for its file. */
let ready: Worker | undefined;

/** Starts the worker of the next file, so that its program is there when the file comes. */
export function prepareReader(): void {
	if (ready) return;
	const worker = startWorker();
	ready = worker;
	// One that cannot start is let go; the next file tries another, and tells why.
	worker.addEventListener('error', (event) => {
		event.preventDefault();
		if (ready === worker) ready = undefined;
	});
}

/** Begins a session in the worker that is ready, or starts one. */
export async function openReader(setting: Setting): Promise<Reader> {
	const worker = ready ?? startWorker();
	ready = undefined;
	const exchange = openExchange(worker, (error, told) =>
		told ? new SheetError(told as Issue) : new WorkerFailure(error.message, { cause: error })
	);
	const reader: Reader = {
		call: (method, args, step) => exchange.call(method, args, { step }),
		end: () => exchange.end(new Ended('The work was ended.'))
	};
	await reader.call('begin', [setting]);
	return reader;
}
