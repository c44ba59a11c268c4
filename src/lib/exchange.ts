/**
 * Calls from the page to a thread of its own, and the thread's answers: each call is a method's name with its arguments, and ends once, with a
 * result or with what went wrong. It can be ended at any moment, and ends by itself with its thread.
 */

/** A call as it goes to the thread. */
interface Call {
	readonly id: number;
	readonly method: string;
	readonly args: readonly unknown[];
}

/** What comes back: the share that is done, and at the end a result, or the error with what the page needs to know of it besides. */
type Answer =
	| { readonly id: number; readonly share: number }
	| { readonly id: number; readonly result: unknown }
	| { readonly id: number; readonly error: Error; readonly told: unknown };

/** Hears which share of a call is done, from 0 to 1. */
type Step = (share: number) => void;

/** The page's end. */
export interface Exchange {
	/**
	 * Calls a method of the thread.
	 *
	 * @param moved what changes hands without a copy.
	 * @throws what `wrong` makes of the thread's error, and the reason for which the exchange is over.
	 */
	readonly call: <T>(
		method: string,
		args: readonly unknown[],
		more?: { moved?: Transferable[]; step?: Step | undefined }
	) => Promise<T>;
	/** Ends the thread, and all calls that wait for it. */
	readonly end: (reason: Error) => void;
	/** Whether it was ended, or its thread ended by itself. */
	readonly isOver: boolean;
}

/**
 * Begins an exchange with a thread.
 *
 * @param wrong the page's own error for one of the thread, with what it told of it, or for the thread's end.
 */
export function openExchange(worker: Worker, wrong: (error: Error, told?: unknown) => Error): Exchange {
	const waiting = new Map<
		number,
		{ resolve: (result: never) => void; reject: (error: Error) => void; step: Step | undefined }
	>();
	let next = 0;
	let over: Error | null = null;
	const end = (reason: Error) => {
		over ??= reason;
		worker.terminate();
		for (const { reject } of waiting.values()) reject(reason);
		waiting.clear();
	};
	worker.addEventListener('error', (event) => {
		event.preventDefault();
		end(wrong(new Error(event.message || 'The thread ended.')));
	});
	worker.addEventListener('messageerror', () => end(wrong(new Error('An answer of the thread could not be read.'))));
	worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
		const call = waiting.get(data.id);
		if (!call) return;
		if ('share' in data) {
			call.step?.(data.share);
			return;
		}
		waiting.delete(data.id);
		if ('error' in data) call.reject(wrong(data.error, data.told));
		else call.resolve(data.result as never);
	});
	return {
		call: (method, args, { moved = [], step } = {}) =>
			new Promise((resolve, reject) => {
				if (over) {
					reject(over);
					return;
				}
				const id = next++;
				waiting.set(id, { resolve, reject, step });
				worker.postMessage({ id, method, args } satisfies Call, moved);
			}),
		end,
		get isOver() {
			return over !== null;
		}
	};
}

/** How often the page hears of a share, in milliseconds. */
const interval = 50;

/**
 * The thread's end: answers every call.
 *
 * @param run does what is called.
 * @param moved what of a result changes hands without a copy.
 * @param told what the page needs to know of an error besides its message, since of its class nothing arrives.
 */
export function answerCalls(
	run: (method: string, args: readonly unknown[], step: Step) => unknown,
	moved: (result: unknown, method: string) => Transferable[],
	told: (error: unknown) => unknown = () => undefined
): void {
	let last = -Infinity;
	const send = (answer: Answer, transfer: Transferable[] = []) => postMessage(answer, { transfer });
	addEventListener('message', ({ data: { id, method, args } }: MessageEvent<Call>) => {
		const step = (share: number) => {
			const now = performance.now();
			if (now - last < interval && share < 1) return;
			last = now;
			send({ id, share });
		};
		void (async () => {
			try {
				const result = await run(method, args, step);
				send({ id, result }, moved(result, method));
			} catch (error) {
				send({ id, error: error instanceof Error ? error : new Error(String(error)), told: told(error) });
			}
		})();
	});
}
