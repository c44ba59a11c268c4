/** Where this browser keeps the reader's small things; null where it keeps none. */
import type { Shelf } from '../model/saved';

/** Local storage, which a browser may close to a page. */
export function shelf(): Shelf | null {
	try {
		return localStorage;
	} catch {
		return null;
	}
}
