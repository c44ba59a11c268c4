/** What strange files are checked against in tests: the published tables, as the pages ask for them. */
import { readPublished } from '../src/lib/intake/published';
import { rowsAsObjects } from '../src/lib/intake/typed';
import type { References } from '../src/lib/model/reference';

let once: Promise<References> | undefined;

/** The references of `data/`, read once. */
export function publishedReferences(): Promise<References> {
	return (once ??= read());
}

async function read(): Promise<References> {
	const tables = new Map((await readPublished('data')).map((typed) => [typed.table.name, typed]));
	const rows = (name: string) => {
		const typed = tables.get(name);
		return typed ? rowsAsObjects(typed) : [];
	};
	return {
		codes: rows('code_lists') as unknown as References['codes'],
		units: rows('units') as unknown as References['units'],
		aliases: rows('unit_aliases') as unknown as References['aliases'],
		successions: rows('unit_successions') as unknown as References['successions'],
		indicators: rows('indicators').map(({ indicator_id: id }) => String(id)),
		targets: rows('targets').map(({ target_id: id }) => String(id))
	};
}
