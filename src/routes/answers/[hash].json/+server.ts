import { error } from '@sveltejs/kit';
import { asked, encode } from '$lib/database/answer';
import { published } from '../../published.server';
import type { RequestHandler } from './$types';

export const prerender = true;

/** The answer to a question that a page asked in this process. */
export const GET: RequestHandler = async ({ params }) => {
	const query = asked.get(params.hash);
	if (!query) error(404, 'This question was not asked here.');
	const { database } = await published();
	return new Response(encode(await database.query(query)), { headers: { 'content-type': 'application/json' } });
};
