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
