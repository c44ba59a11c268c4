import type { Database } from '../src/lib/database/database';

/** A fresh database in the home that this test runs in: Node's, or the browser's worker. Tests of both homes share it. */
export async function openTestDatabase(): Promise<Database> {
	if (typeof window === 'undefined') {
		const { openNodeDatabase } = await import('../src/lib/database/node');
		return openNodeDatabase();
	}
	const { openBrowserDatabase } = await import('../src/lib/database/browser');
	return openBrowserDatabase(__ENGINE_BYTES__);
}
