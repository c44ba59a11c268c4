/** The engine's thread, so small that it is under way before the program that talks to it has arrived. */
import program from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import module from 'engine.wasm?url';
import watched from './worker.js?url&no-inline';

/** A thread that was started. */
export interface Thread {
	readonly worker: Worker;
	/** The address of its own small program. */
	readonly address: string;
	/** Never fulfilled; rejects with what the thread did not catch, from its first moment on. */
	readonly failed: Promise<never>;
}

/** Starts the thread; it fetches and compiles the engine at once, from this site's own files. */
export function startThread(): Thread {
	const whole = (address: string) => new URL(address, location.href).href;
	const address = whole(watched);
	const worker = new Worker(address, { name: JSON.stringify([program, module].map(whole)) });
	const failed = new Promise<never>((_, reject) => {
		worker.addEventListener('error', (event) => reject(new Error(event.message || 'The engine did not start.')));
	});
	failed.catch(() => undefined);
	return { worker, address, failed };
}
