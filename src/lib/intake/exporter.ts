/** The page's end of the worker that writes files: rows go there piece by piece as the engine answers, and files come back. */
import type { Asking, Database } from '../database/database';
import type { Sql } from '../database/sql';
import { openExchange } from '../exchange';
import { ExportError, type Order, type WrittenFile } from './export';
import type { Bilingual } from '../model/table';

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
	const exchange = openExchange(worker, (error, told) => (told ? new ExportError(told as Bilingual) : error));
	const leave = () => exchange.end(signal?.reason as Error);
	signal?.addEventListener('abort', leave, { once: true });
	try {
		await database.copy(
			query,
			(piece) => {
				const own = piece.byteLength === piece.buffer.byteLength ? piece : piece.slice();
				// Where the worker ended, the last call tells it.
				exchange.call('take', [own], { moved: [own.buffer] }).catch(() => undefined);
			},
			{ signal, aside }
		);
		signal?.throwIfAborted();
		const files = await exchange.call<readonly WrittenFile[]>('write', [order], { step });
		return files.map(({ name, type, pieces }) => new File([...pieces] as Uint8Array<ArrayBuffer>[], name, { type }));
	} finally {
		signal?.removeEventListener('abort', leave);
		exchange.end(new Error('The files are written.'));
	}
}
