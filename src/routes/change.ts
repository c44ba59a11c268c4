/** What a file would change in what was loaded before, asked of the engine. */
import type { KeptFile } from '$lib/intake/manifest';
import { changes, merged, type Changes } from '$lib/model/merge';
import type { Table } from '$lib/model/table';
import { engine } from './engine.svelte';
import { ownStore } from './own.svelte';

/** Tables that only a reader fills are compared with what was loaded alone; the others stand on the published rows. */
const ownAlone: ReadonlySet<string> = new Set(['initiatives', 'transfers', 'activities', 'unit_headcounts']);

/**
 * Compares rows with those of the files of the same table that were loaded before.
 *
 * @param files the files that still count, in their order.
 * @param rows an Arrow IPC stream.
 */
export async function previewChanges(table: Table, files: readonly KeptFile[], rows: Uint8Array): Promise<Changes> {
	const [database, store] = await Promise.all([engine(), ownStore()]);
	const incoming = `${table.name} incoming`;
	const names = files.map((_, index) => `${table.name} earlier ${index + 1}`);
	try {
		await database.insert({ name: incoming, bytes: () => Promise.resolve(rows) });
		for (const [index, file] of files.entries()) {
			await database.insert({ name: names[index] ?? '', bytes: () => store.read(file.parts.rows) });
		}
		const parts = files.map(({ mode }, index) => ({ mode, name: names[index] ?? '' }));
		// The engine holds the published rows of other tables, or these with the earlier files in them already.
		const standing = ownAlone.has(table.name) ? parts : [{ mode: 'append' as const, name: table.name }, ...parts];
		return await changes(database, table, merged(table, standing), incoming);
	} finally {
		for (const name of [incoming, ...names]) await database.remove(name);
	}
}
