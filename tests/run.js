/**
 * `npm test`: every check of the project, one after the other. A step that fails does not end the run; the last line is
 * `N passed, N failed, N skipped`, where the steps that are no tests count as one each.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium as playwright } from 'playwright';
import { chromium } from './chromium.js';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */
/** @typedef {{ status: string, assertionResults: { status: string }[] }} TestFile */

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The same day, zone and language wherever the tests run.
 *
 * @type {NodeJS.ProcessEnv}
 */
const environment = {
	...process.env,
	PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
	TZ: 'UTC',
	LANG: 'en_US.UTF-8',
	LC_ALL: 'en_US.UTF-8',
	LANGUAGE: 'en_US'
};

/**
 * Runs a command, with its output on ours, for twenty minutes at most.
 *
 * @param {string} command
 * @param {...string} args
 * @returns {Promise<boolean>} whether it ended with 0, and by itself
 */
function run(command, ...args) {
	return new Promise((done) => {
		const child = spawn(command, args, {
			cwd: root,
			// Vitest would compile the messages again for each of its projects. A build must: it leaves out those that a page does not use.
			env: command === 'vitest' ? { ...environment, MESSAGES: 'compiled' } : environment,
			stdio: ['ignore', 'inherit', 'inherit'],
			timeout: 1_200_000,
			shell: process.platform === 'win32'
		});
		child.on('error', (error) => {
			console.error(error.message);
			done(false);
		});
		child.on('close', (code) => {
			// One that is told to end at the limit may still say that all is well.
			if (child.killed) console.error(`${command} did not end within twenty minutes.`);
			done(code === 0 && !child.killed);
		});
	});
}

/** Whether a Chromium is there and starts. */
async function hasChromium() {
	try {
		await (await playwright.launch(chromium())).close();
		return true;
	} catch {
		return false;
	}
}

/** Finds a Chromium or installs one: Playwright's own, or Debian's. */
async function findOrInstallChromium() {
	if (await hasChromium()) return true;
	console.log('No Chromium was found; installing one …');
	await run('playwright', 'install', '--no-shell', 'chromium');
	if (await hasChromium()) return true;
	if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
		await run('apt-get', 'update');
		await run('apt-get', 'install', '--yes', '--no-install-recommends', 'chromium');
	}
	return hasChromium();
}

/**
 * Runs one project of Vitest.
 *
 * @param {string} project
 * @returns {Promise<Count>} counts of its tests; a file that could not be read, or a run that failed without a failed test or ran none, counts as one failed.
 */
async function vitest(project) {
	const folder = mkdtempSync(join(tmpdir(), 'vitest-'));
	const output = join(folder, 'report.json');
	try {
		const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
		const good = await run('vitest', 'run', '--project', project, ...reporters);
		/** @type {unknown} */
		const report = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : { testResults: [] };
		const files = /** @type {{ testResults: TestFile[] }} */ (report).testResults;
		const statuses = files.flatMap((file) => file.assertionResults.map((test) => test.status));
		const broken = files.filter(
			(file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')
		);
		const passed = statuses.filter((status) => status === 'passed').length;
		const failed = statuses.filter((status) => status === 'failed').length + broken.length;
		return {
			passed,
			failed: good && statuses.length > 0 ? failed : Math.max(failed, 1),
			skipped: statuses.length + broken.length - passed - failed
		};
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** @type {Record<string, Count & { seconds: number }>} */
const results = {};

/**
 * @param {string} name
 * @param {() => Promise<boolean | Count>} work
 * @returns {Promise<boolean>} whether nothing of it failed
 */
async function step(name, work) {
	console.log(`\n── ${name} ──`);
	const start = performance.now();
	const result = await work();
	const count = typeof result === 'boolean' ? { passed: Number(result), failed: Number(!result), skipped: 0 } : result;
	results[name] = { ...count, seconds: Math.round((performance.now() - start) / 1000) };
	return count.failed === 0;
}

if (!(await findOrInstallChromium())) {
	console.error(
		'\nNo Chromium starts here, and none could be installed. Install one (`npx playwright install --with-deps chromium`, or your ' +
			"system's package), name it with CHROMIUM_PATH=… when it is in an unusual place, and run `npm test` again."
	);
	process.exit(1);
}

const generating = step('generate', () => run('npm', 'run', 'generate'));
// Each keeps one core busy.
await Promise.all([
	generating.then(() => step('types', () => run('svelte-check', '--fail-on-warnings'))),
	(async () => {
		await step('format', () => run('prettier', '--check', '.'));
		await generating;
		await step('lint', () => run('eslint', '--max-warnings', '0', '.'));
	})()
]);
await step('tests in Node', () => vitest('node'));
await step('tests in the browser', () => vitest('browser'));
/** Where the site under a path of its host is kept for the journeys there: a build takes both cores, which these need for themselves. */
const underPath = mkdtempSync(join(tmpdir(), 'site-'));
try {
	const isGenerated = await generating;
	if (isGenerated) {
		const { BASE_PATH } = environment;
		environment.BASE_PATH = '/tn';
		if (await step('build under a path', () => run('vite', 'build'))) {
			cpSync(join(root, 'build'), underPath, { recursive: true });
			environment.SITE_UNDER_PATH = underPath;
		}
		environment.BASE_PATH = BASE_PATH;
	}
	const isBuilt = isGenerated && (await step('build', () => run('vite', 'build')));
	await step('journeys', async () => {
		if (isBuilt) return vitest('journey');
		console.log('Skipped: there is no site to walk through.');
		return { passed: 0, failed: 0, skipped: 1 };
	});
} finally {
	rmSync(underPath, { recursive: true, force: true });
}

console.log();
/** @type {Count} */
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const [name, { passed, failed, skipped, seconds }] of Object.entries(results)) {
	sum.passed += passed;
	sum.failed += failed;
	sum.skipped += skipped;
	console.log(
		`${failed > 0 ? '✗' : '✓'} ${name.padEnd(22)}${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s`
	);
}
console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed > 0 ? 1 : 0;
