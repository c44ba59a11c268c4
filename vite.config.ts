import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { trimmedModule } from './src/lib/database/module.ts';
import { chromium, compiledOnce } from './tests/chromium.js';

const engine = (file: string) => createRequire(import.meta.url).resolve(`@duckdb/duckdb-wasm/dist/${file}`);

/** The engine's module as pages get it, written beside what was installed; imported as `engine.wasm`. */
async function engineModule(): Promise<{ path: string; bytes: number }> {
	const path = fileURLToPath(new URL('node_modules/.engine/engine.wasm', import.meta.url));
	const program = await readFile(engine('duckdb-browser-eh.worker.js'), 'utf8');
	const module = await trimmedModule(new Uint8Array(await readFile(engine('duckdb-eh.wasm'))), program);
	const known = await readFile(path).catch(() => null);
	if (!known?.equals(module)) {
		await mkdir(dirname(path), { recursive: true });
		const unfinished = `${path}.${process.pid}`;
		await writeFile(unfinished, module);
		await rename(unfinished, path);
	}
	return { path, bytes: module.length };
}

/** Vitest reads this file once for each of its projects. */
const once = globalThis as { engineModule?: ReturnType<typeof engineModule> };
const module = await (once.engineModule ??= engineModule());

/**
 * Messages are compiled by plug-ins from node_modules, never from a CDN; each page sets the locale (see src/routes/+layout). MESSAGES=compiled says
 * that they just were, by `npm run generate`.
 */
const messages = paraglideVitePlugin({
	project: './src/messages/project.inlang',
	outdir: './src/messages/compiled',
	strategy: ['globalVariable', 'baseLocale'],
	emitGitIgnore: false,
	emitPrettierIgnore: false,
	emitReadme: false
});

/** The engine's worker names a source map whose sources are not in its package: without it Vite does not warn of each of them. */
const worker: Plugin = {
	name: 'engine-worker-without-source-map',
	apply: 'serve',
	load: {
		filter: { id: /\/duckdb-browser-eh\.worker\.js(\?v=\w+)?$/ },
		handler: async (id) => ({
			code: (await readFile(id.replace(/\?.*/, ''), 'utf8')).replace(/^\/\/# sourceMappingURL=.*$/m, ''),
			map: null
		})
	}
};

/**
 * SvelteKit's list of files, which the service worker keeps, has the programs of workers but neither their chunks nor their assets: each program
 * is one file, and what it takes besides bears the name that the page's own copy has.
 */
const kept: Plugin = {
	name: 'workers-that-are-kept',
	config: () => ({
		worker: {
			rollupOptions: {
				output: { codeSplitting: false, assetFileNames: '_app/immutable/assets/[name].[hash][extname]' }
			}
		}
	})
};

/** Journeys that take long for the size of their files, by which Vitest would begin them last: one core would wait for them at the end. */
const long = ['axe', 'leak', 'width'].map((name) => `/journey/${name}.test.ts`);

class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const sorted = await super.sort(files);
		const isLong = ({ moduleId }: TestSpecification) => long.some((end) => moduleId.endsWith(end));
		return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
	}
}

export default defineConfig({
	plugins: [process.env.MESSAGES !== 'compiled' && messages, worker, sveltekit(), kept],
	define: { __ENGINE_BYTES__: module.bytes },
	resolve: { alias: [{ find: /^engine\.wasm/, replacement: module.path }] },
	worker: { format: 'es' },
	build: { target: 'es2022', chunkSizeWarningLimit: 1000 },
	optimizeDeps: {
		include: [
			'@duckdb/duckdb-wasm',
			'apache-arrow',
			'@observablehq/plot',
			'd3-array',
			'linkedom',
			'axe-core',
			'@codemirror/autocomplete',
			'@codemirror/commands',
			'@codemirror/lang-sql',
			'@codemirror/language',
			'@codemirror/state',
			'@codemirror/view',
			'@lezer/highlight'
		],
		exclude: ['@duckdb/duckdb-wasm/blocking']
	},
	server: { fs: { allow: ['data', 'tests'] } },
	test: {
		env: { TZ: 'UTC' },
		// On two cores Vitest itself would use one.
		maxWorkers: 2,
		sequence: { sequencer: LongestFirst },
		projects: [
			{
				extends: true,
				test: {
					name: 'node',
					environment: 'node',
					include: ['src/**/*.test.ts', 'tests/unit/**/*.test.ts'],
					exclude: ['src/**/*.svelte.test.ts'],
					testTimeout: 30_000,
					hookTimeout: 60_000
				}
			},
			{
				extends: true,
				test: {
					name: 'browser',
					include: ['src/**/*.svelte.test.ts', 'src/**/*.engine.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 60_000,
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({ launchOptions: chromium(compiledOnce) }),
						instances: [{ browser: 'chromium' }]
					}
				}
			},
			{
				extends: true,
				test: {
					name: 'journey',
					environment: 'node',
					include: ['tests/journey/**/*.test.ts'],
					globalSetup: 'tests/journey/server.ts',
					testTimeout: 60_000,
					hookTimeout: 60_000
				}
			}
		]
	}
});
