/** A build of its own, beside the one that is served: another sub-path, or other data. */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is not copied: what the build makes, and what it only reads. */
const left = new Set(['.git', '.svelte-kit', 'build', 'node_modules', 'test-results']);

/** A built site in a folder. */
export interface Build {
	/** The folder that a server serves. */
	readonly folder: string;
	/** Removes it. */
	remove(): Promise<void>;
}

/**
 * Builds the site of a folder into its `build/`.
 *
 * @param environment variables of the build: BASE_PATH, DATA_DIR.
 * @throws Error with the build's output when it fails.
 */
export async function buildIn(folder: string, environment: Readonly<Record<string, string>> = {}): Promise<void> {
	const vite = join(folder, 'node_modules', 'vite', 'bin', 'vite.js');
	// Of a test's own environment nothing may reach the build: Vite would build for tests. It compiles its messages itself.
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^(VITE|DEV$|PROD$|SSR$|MODE$|BASE_URL$|MESSAGES$)/.test(name)
	);
	const child = spawn(process.execPath, [vite, 'build'], {
		cwd: folder,
		env: { ...Object.fromEntries(inherited), ...environment, NODE_ENV: 'production' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const output: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
	const code = await new Promise((done, fail) => child.on('error', fail).on('close', done));
	if (code !== 0) throw new Error(`The build failed:\n${Buffer.concat(output).toString()}`);
}

/** Builds the site in a temporary copy of the sources, so that `build/` stays as it is; as {@link buildIn}. */
export async function build(environment: Readonly<Record<string, string>>): Promise<Build> {
	const copy = await mkdtemp(join(tmpdir(), 'site-'));
	const remove = () => rm(copy, { recursive: true, force: true });
	try {
		await cp(root, copy, {
			recursive: true,
			filter: (path) => dirname(path) !== dirname(join(root, 'build')) || !left.has(basename(path))
		});
		await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
		await buildIn(copy, environment);
		return { folder: join(copy, 'build'), remove };
	} catch (error) {
		await remove();
		throw error;
	}
}
