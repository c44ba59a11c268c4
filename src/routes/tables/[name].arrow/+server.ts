import { error } from '@sveltejs/kit';
import { dataset } from '$lib/model/dataset';
import { published } from '../../published.server';
import type { RequestHandler } from './$types';

export const prerender = true;

export function entries() {
	return dataset.map(({ name }) => ({ name }));
}

/** A published table as an Arrow IPC stream, for the browser's engine to start from. */
export const GET: RequestHandler = async ({ params }) => {
	const bytes = (await published()).tables.get(params.name);
	if (!bytes) error(404, 'There is no such table.');
	return new Response(bytes.slice(), { headers: { 'content-type': 'application/vnd.apache.arrow.stream' } });
};
