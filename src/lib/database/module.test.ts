import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { trimmedModule } from './module';

const engine = (file: string) => createRequire(import.meta.url).resolve(`@duckdb/duckdb-wasm/dist/${file}`);

const named = (name: string) => [name.length, ...new TextEncoder().encode(name)];
const section = (id: number, ...body: number[]) => [id, body.length, ...body];

/** One function, which does nothing, exported under each name; it imports a symbol from its table of them. */
function moduleWith(names: readonly string[]): Uint8Array<ArrayBuffer> {
	return Uint8Array.from([
		...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
		...section(1, 1, 0x60, 0, 0),
		...section(2, 1, ...named('GOT.func'), ...named('symbol'), 0x03, 0x7f, 0x01),
		...section(3, 1, 0),
		...section(7, names.length, ...names.flatMap((name) => [...named(name), 0x00, 0])),
		...section(10, 1, 2, 0, 0x0b),
		...section(0, ...named('name'), 0),
		...section(0, ...named('other'), 7)
	]);
}

const exportsOf = async (bytes: Uint8Array) =>
	WebAssembly.Module.exports(await WebAssembly.compile(Uint8Array.from(bytes))).map(({ name }) => name);

describe('the module without exports that nobody names', () => {
	it('keeps what the program names, also behind a line, and what the module itself imports', async () => {
		const module = moduleWith(['used', 'unused', 'behind', 'symbol', 'use']);
		const trimmed = await trimmedModule(module, 'exports.used(); const f = Module._behind; const useful = 1;');
		expect(await exportsOf(trimmed)).toEqual(['used', 'behind', 'symbol']);
	});

	it('leaves every other section as it was, but for the names for debuggers', async () => {
		const all = moduleWith(['used']);
		const trimmed = await trimmedModule(all, 'used');
		const debug = section(0, ...named('name'), 0).length;
		const other = section(0, ...named('other'), 7).length;
		expect([...trimmed]).toEqual([...all.subarray(0, all.length - debug - other), ...all.subarray(all.length - other)]);
	});

	it('refuses what is not a whole module', async () => {
		await expect(trimmedModule(moduleWith(['used']).slice(0, -3), 'used')).rejects.toThrow();
		await expect(trimmedModule(Uint8Array.of(1, 2, 3), '')).rejects.toThrow();
	});

	it('leaves the engine all that its program calls, and takes a fifth of its bytes', async () => {
		const program = await readFile(engine('duckdb-browser-eh.worker.js'), 'utf8');
		const whole = new Uint8Array(await readFile(engine('duckdb-eh.wasm')));
		const trimmed = await trimmedModule(whole, program);
		const before = new Set(await exportsOf(whole));
		const after = new Set(await exportsOf(trimmed));
		const called = [...program.matchAll(/wasmExports\.(\w+)/g)].map(([, name]) => name ?? '');
		expect(called.length).toBeGreaterThan(20);
		for (const name of called) expect(after.has(name), name).toBe(before.has(name));
		expect(after.size).toBeLessThan(1000);
		expect(before.size).toBeGreaterThan(70_000);
		expect(trimmed.length).toBeLessThan(0.8 * whole.length);
	});
});
