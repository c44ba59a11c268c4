/**
 * `node tests/install.js`: installs the packages of package-lock.json when they are missing or older than it. It needs Node and npm
 * and no package, so that `npm start` and `npm test` work in a fresh clone.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} Package */
/** @typedef {{ packages: Record<string, Package | undefined> }} Lockfile */

/**
 * The packages that a lockfile asks for and that are not installed in that very version. Optional ones may be absent: they belong to
 * other systems.
 *
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile} installed node_modules/.package-lock.json, which npm writes at the end of every installation
 * @returns {string[]} their places under node_modules
 */
export function outdated(wanted, installed) {
	return Object.entries(wanted.packages)
		.filter(([place, asked]) => {
			if (place === '' || asked === undefined) return false;
			const found = installed.packages[place];
			if (found === undefined) return asked.optional !== true && asked.devOptional !== true;
			return found.version !== asked.version || found.integrity !== asked.integrity;
		})
		.map(([place]) => place);
}

/**
 * @param {string} path
 * @returns {Lockfile} the lockfile there; one without packages when there is none or it is no JSON.
 */
function readLockfile(path) {
	try {
		/** @type {unknown} */
		const lockfile = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
		return /** @type {Lockfile} */ (lockfile);
	} catch {
		return { packages: {} };
	}
}

function install() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major < 20 || (major === 20 && minor < 19)) {
		console.error(`Node 20.19 or newer is needed; this is ${process.versions.node}. See https://nodejs.org/.`);
		return 1;
	}
	if (outdated(readLockfile('../package-lock.json'), readLockfile('../node_modules/.package-lock.json')).length === 0)
		return 0;
	console.log('Installing packages (npm ci) …');
	const { npm_execpath: npm } = process.env;
	const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
	const options = { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: /** @type {const} */ ('inherit') };
	const { status } =
		npm === undefined
			? spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
			: spawnSync(process.execPath, [npm, ...args], options);
	return status ?? 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = install();
