/**
 * Runs the engine's own worker. Its name is the addresses of the engine's program and of its module, as JSON: the module is fetched and
 * compiled while the program is still being read. As its bytes arrive, `{ loaded }` tells how many there are. What the program forgets to
 * catch is made an error: when its module cannot be fetched or compiled it would otherwise be silent for ever, and whoever waits for it too.
 */
const scope = /** @type {typeof globalThis & { name: string, importScripts(url: string): void }} */ (globalThis);
/** @type {unknown} */
const addresses = JSON.parse(scope.name);
const [program, address] = /** @type {[string, string]} */ (addresses);

scope.addEventListener('unhandledrejection', ({ reason }) => {
	setTimeout(() => {
		throw reason;
	});
});

/** @param {Response} response a copy of the one that is compiled */
async function tellProgress({ body }) {
	let loaded = 0;
	let told = 0;
	const reader = body?.getReader();
	for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
		loaded += piece.value.byteLength;
		if (performance.now() - told < 50) continue;
		told = performance.now();
		scope.postMessage({ loaded });
	}
}

const compiled = (async () => {
	const response = await fetch(address);
	// Whoever compiles says what is wrong.
	tellProgress(response.clone()).catch(() => undefined);
	return WebAssembly.compileStreaming(response);
})();

/** @type {(source: unknown, imports?: WebAssembly.Imports) => Promise<WebAssembly.WebAssemblyInstantiatedSource>} */
WebAssembly.instantiateStreaming = async (_, imports) => {
	const module = await compiled;
	return { module, instance: await WebAssembly.instantiate(module, imports) };
};

scope.importScripts(program);
