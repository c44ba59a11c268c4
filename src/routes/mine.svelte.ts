/** "This is my unit": said once, kept on this machine and nowhere else. */
import { browser } from '$app/environment';

const key = 'unit';

function read(): string | null {
	try {
		return browser ? localStorage.getItem(key) : null;
	} catch {
		return null;
	}
}

/** The reader's unit, null when none was chosen. Known only once the page is alive, since the HTML is everyone's. */
export const mine = $state<{ unit: string | null }>({ unit: null });

/** Reads what was chosen, once the page is alive. */
export function recallMine(): void {
	mine.unit = read();
}

/** Chooses a unit, or none. */
export function chooseMine(unit: string | null): void {
	mine.unit = unit;
	try {
		if (unit === null) localStorage.removeItem(key);
		else localStorage.setItem(key, unit);
	} catch {
		// Storage may be closed to this page; the choice then lasts as long as the page.
	}
}
