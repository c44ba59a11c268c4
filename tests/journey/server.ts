import type { TestProject } from 'vitest/node';
import { serve } from '../server.js';
import { kindsOf, openDataset } from './dataset';

declare module 'vitest' {
	export interface ProvidedContext {
		/** Where the built site is served during the journeys, with a slash at the end: `inject('site')`. */
		site: string;
		/** The path of one page of each kind, by what is special about it. */
		kinds: Readonly<Record<string, string>>;
	}
}

/** Serves build/ while the journeys run. A journey under another sub-path calls `serve` itself. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const { url, close } = await serve('build', { base: process.env.BASE_PATH ?? '' });
	project.provide('site', url);
	const db = await openDataset();
	project.provide('kinds', await kindsOf(db));
	await db.close();
	return close;
}
