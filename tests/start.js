/** `node tests/start.js`: serves build/ at port 4173 (or PORT, or the next free one) and says where. BASE_PATH is the sub-path it was built for. */
import { serve } from './server.js';

const { url } = await serve('build', {
	base: process.env.BASE_PATH ?? '',
	port: Number(process.env.PORT ?? '4173')
});
console.log(`\nThe dashboard is at ${url} (Ctrl+C ends it).`);
