/** What was said of files when they were loaded, as the detail of a row tells it. */
import type { Account } from '$lib/intake/session';

/** The warnings of one loaded file. */
export interface ImportNotes {
	/** The file's name, as its owner knows it. */
	readonly name: string;
	readonly warnings: Account['warnings'];
}

/** The warnings of a file out of the account that was kept of it, which is JSON. */
export function notesOf(name: string, account: Uint8Array): ImportNotes {
	const { warnings } = JSON.parse(new TextDecoder().decode(account)) as Account;
	return { name, warnings };
}

/**
 * The warnings of one row, by file, files without any left out; null when what an earlier version kept does not say which rows they are of.
 *
 * @param key the row's key, as `keyOf` writes it.
 */
export function notesOfRow(notes: readonly ImportNotes[], key: string): readonly ImportNotes[] | null {
	if (notes.some(({ warnings }) => warnings.some(({ keys }) => keys === undefined))) return null;
	return notes
		.map(({ name, warnings }) => ({ name, warnings: warnings.filter(({ keys }) => keys?.includes(key)) }))
		.filter(({ warnings }) => warnings.length > 0);
}
