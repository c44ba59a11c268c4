/**
 * Runs the engine's own worker, whose address follows the `#`, and makes an error of what it forgets to catch: when its module cannot
 * be fetched or compiled it would otherwise be silent for ever, and whoever waits for it too.
 */
const scope = /** @type {typeof globalThis & { importScripts(url: string): void }} */ (globalThis);

scope.addEventListener('unhandledrejection', ({ reason }) => {
	setTimeout(() => {
		throw reason;
	});
});
scope.importScripts(scope.location.hash.slice(1));
