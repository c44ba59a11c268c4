/**
 * Runs the engine's own worker, whose address is the name of this one, and makes an error of what it forgets to catch: when its module cannot
 * be fetched or compiled it would otherwise be silent for ever, and whoever waits for it too.
 */
const scope = /** @type {typeof globalThis & { name: string, importScripts(url: string): void }} */ (globalThis);

scope.addEventListener('unhandledrejection', ({ reason }) => {
	setTimeout(() => {
		throw reason;
	});
});
scope.importScripts(scope.name);
