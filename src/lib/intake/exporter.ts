/** The page's end of the worker that writes files: rows go there piece by piece as the engine answers, and files come back. */
import type { Asking, Database } from '../database/database';
import type { Sql } from '../database/sql';
import { ExportError, type Order, type WrittenFile } from './export';
import type { Bilingual } from '../model/table';

/** What goes to the worker: pieces of an Arrow IPC stream, and at the end the order. */
export type ExportCall = { readonly piece: Uint8Array } | { readonly order: Order };

/** What comes back. */
export type ExportAnswer =
	| { readonly share: number }
	| { readonly files: readonly WrittenFile[] }
	| { readonly remedy: Bilingual }
	| { readonly error: string };

/** How an export is asked for. */
export interface Exporting extends Asking {
	/** Called with the share that is written. */
	readonly step?: (share: number) => void;
}

/**
 * Has the rows that answer a query written as files: the first is the one that was ordered. The page stays free the while.
 *
 * @throws ExportError when the form cannot hold them, QueryError, and the signal's reason.
 */
export async function exportFiles(
	database: Database,
	query: Sql,
	order: Order,
	{ signal, aside, step }: Exporting = {}
): Promise<File[]> {
	signal?.throwIfAborted();
	const worker = new Worker(new URL('./exporting.ts', import.meta.url), { type: 'module' });
	try {
		const send = (call: ExportCall, moved: Transferable[] = []) => worker.postMessage(call, moved);
		await database.copy(
			query,
			(piece) => {
				const own = piece.byteLength === piece.buffer.byteLength ? piece : piece.slice();
				send({ piece: own }, [own.buffer]);
			},
			{ signal, aside }
		);
		signal?.throwIfAborted();
		const written = new Promise<readonly WrittenFile[]>((resolve, reject) => {
			signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
			worker.addEventListener('error', (event) => {
				event.preventDefault();
				reject(new Error(event.message || 'The worker ended.'));
			});
			worker.addEventListener('message', ({ data }: MessageEvent<ExportAnswer>) => {
				if ('share' in data) step?.(data.share);
				else if ('files' in data) resolve(data.files);
				else reject('remedy' in data ? new ExportError(data.remedy) : new Error(data.error));
			});
		});
		send({ order });
		return (await written).map(
			({ name, type, pieces }) => new File([...pieces] as Uint8Array<ArrayBuffer>[], name, { type })
		);
	} finally {
		worker.terminate();
	}
}
