import { indicators } from '$lib/model/catalogue';
import { published } from '../../../published.server';

/** Every indicator of the published dataset has a page in each language. */
export async function entries() {
	const { database } = await published();
	const all = await indicators(database);
	return all.flatMap(({ indicator_id: id }) => [{ id }, { id, lang: 'en' }]);
}
