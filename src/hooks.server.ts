import type { Handle } from '@sveltejs/kit';

/** The language of the page, written into `app.html`. */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%lang%', event.params.lang === 'en' ? 'en' : 'vi')
	});
