import { units } from '$lib/model/catalogue';
import { published } from '../../../published.server';

/** Every unit of the published dataset has a page in each language, those that have ended too. */
export async function entries() {
	const { database } = await published();
	const all = await units(database);
	return all.flatMap(({ unit_id: id }) => [{ id }, { id, lang: 'en' }]);
}
