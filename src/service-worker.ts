/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
/**
 * Keeps the site on this machine once the data page was opened, so that files load, are checked and come back without a network. Pages are
 * asked of the network first; what is named by its content is taken from here.
 */
import { base, build, files, prerendered, version } from '$service-worker';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const cacheName = `site ${version}`;

/** Everything with a content's name, the small files, and the pages that a person with own data needs first. */
const wanted = [
	...build,
	...files,
	...prerendered.filter((path) => path.endsWith('.arrow')),
	...['/', '/data/', '/method/', '/en/', '/en/data/', '/en/method/'].map((path) => base + path),
	`${base}/404.html`
];

worker.addEventListener('install', (event) => {
	event.waitUntil(
		(async () => {
			const cache = await caches.open(cacheName);
			await cache.addAll(wanted);
			await worker.skipWaiting();
		})()
	);
});

worker.addEventListener('activate', (event) => {
	event.waitUntil(
		(async () => {
			for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name);
			await worker.clients.claim();
		})()
	);
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
	event.respondWith(answer(request, url.pathname));
});

async function answer(request: Request, path: string): Promise<Response> {
	const cache = await caches.open(cacheName);
	if (build.includes(path) || files.includes(path)) {
		const kept = await cache.match(path);
		if (kept) return kept;
	}
	try {
		const response = await fetch(request);
		if (response.ok && request.mode === 'navigate') void cache.put(path, response.clone());
		return response;
	} catch (error) {
		const kept =
			(await cache.match(path)) ?? (request.mode === 'navigate' ? await cache.match(`${base}/404.html`) : undefined);
		if (kept) return kept;
		throw error;
	}
}
