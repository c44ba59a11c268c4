import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** @typedef {{ url: string, close: () => Promise<void> }} Site where it is served, with a slash at the end, and how to end it */
/** @typedef {{ body: Buffer, tag: string, encoding: string | undefined }} Content */

/** @type {Record<string, string | undefined>} */
const types = {
	'.arrow': 'application/vnd.apache.arrow.stream',
	'.css': 'text/css; charset=utf-8',
	'.csv': 'text/csv; charset=utf-8',
	'.html': 'text/html; charset=utf-8',
	'.ico': 'image/x-icon',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.map': 'application/json; charset=utf-8',
	'.parquet': 'application/vnd.apache.parquet',
	'.pdf': 'application/pdf',
	'.png': 'image/png',
	'.svg': 'image/svg+xml; charset=utf-8',
	'.txt': 'text/plain; charset=utf-8',
	'.wasm': 'application/wasm',
	'.webmanifest': 'application/manifest+json; charset=utf-8',
	'.webp': 'image/webp',
	'.woff2': 'font/woff2',
	'.xml': 'application/xml; charset=utf-8'
};

/** What is compressed by its own format. */
const compressed = new Set(['.ico', '.parquet', '.png', '.webp', '.woff2']);

const compressors = {
	br: (/** @type {Buffer} */ body) =>
		promisify(brotliCompress)(body, {
			params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length }
		}),
	gzip: (/** @type {Buffer} */ body) => promisify(gzip)(body, { level: 6 })
};

/**
 * The encoding that both sides know, brotli first.
 *
 * @param {string | string[] | undefined} accepted the request's Accept-Encoding
 * @returns {keyof typeof compressors | undefined}
 */
function agree(accepted) {
	const names = String(accepted ?? '')
		.split(',')
		.filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
		.map((part) => part.split(';')[0]?.trim());
	return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : undefined;
}

/**
 * A file's path and change time, or undefined when there is no such file.
 *
 * @param {string} path
 */
async function find(path) {
	const found = await stat(path).catch(() => undefined);
	return found?.isFile() === true ? { path, changed: found.mtimeMs } : undefined;
}

/**
 * Serves a folder of files as any static host does: `/a` is `a`, `a.html`, or a redirect to `/a/`, which is `a/index.html`; everything
 * else is 404.html with status 404. Text, wasm and Arrow travel compressed (brotli of quality 5 or gzip, once per file), as hosts and
 * CDNs do it, so that what a visit transfers can be measured.
 *
 * @param {string} folder
 * @param {{ base?: string, port?: number }} options `base` is the path under which the folder stands, '' or '/…' without a slash at
 *   the end; `port` is the first to try, the next free one is taken (any free one when it is 0 or not given).
 * @returns {Promise<Site>} once it listens, on this machine only.
 * @throws when the folder does not hold a built site.
 */
export async function serve(folder, { base = '', port = 0 } = {}) {
	const root = resolve(folder);
	if ((await find(join(root, 'index.html'))) === undefined)
		throw new Error(`There is no ${folder}/index.html to serve: run \`npm run build\` first.`);

	/** @type {Map<string, Promise<Content>>} */
	const contents = new Map();

	/**
	 * @param {{ path: string, changed: number }} file
	 * @param {keyof typeof compressors | undefined} encoding
	 */
	function read(file, encoding) {
		const tag = `"${file.changed.toString(36)}-${encoding ?? 'plain'}"`;
		const key = `${file.path} ${tag}`;
		const content =
			contents.get(key) ??
			readFile(file.path).then(async (body) =>
				encoding === undefined ? { body, tag, encoding } : { body: await compressors[encoding](body), tag, encoding }
			);
		contents.set(key, content);
		return content;
	}

	const server = createServer((request, response) => {
		/** @param {number} status @param {Record<string, string>} headers @param {Buffer | string} body */
		const answer = (status, headers, body) => {
			response.writeHead(status, {
				'content-length': String(Buffer.byteLength(body)),
				'x-content-type-options': 'nosniff',
				...headers
			});
			response.end(request.method === 'HEAD' ? undefined : body);
		};
		const plain = { 'content-type': 'text/plain; charset=utf-8' };

		async function handle() {
			if (request.method !== 'GET' && request.method !== 'HEAD')
				return answer(405, { ...plain, allow: 'GET, HEAD' }, 'Only GET and HEAD.\n');
			const [, asked = '/', query = ''] = /^([^?]*)(\?.*)?$/s.exec(request.url ?? '/') ?? [];
			if (asked === base && base !== '') return answer(301, { ...plain, location: `${base}/${query}` }, '');
			if (!asked.startsWith(`${base}/`)) return answer(404, plain, `This site is under ${base}/\n`);

			let name;
			try {
				name = decodeURIComponent(asked.slice(base.length + 1));
			} catch {
				return answer(400, plain, 'This address is not well encoded.\n');
			}
			const path = resolve(root, `./${name}`);
			if (name.includes('\0') || (path !== root && !path.startsWith(root + sep)))
				return answer(404, plain, 'There is nothing outside the site.\n');

			const folded = name === '' || name.endsWith('/');
			const file = folded ? await find(join(path, 'index.html')) : ((await find(path)) ?? (await find(`${path}.html`)));
			if (file === undefined && !folded && (await find(join(path, 'index.html'))) !== undefined)
				return answer(301, { ...plain, location: `${asked.replace(/^\/+/, '/')}/${query}` }, '');
			const shown = file ?? (await find(join(root, '404.html')));
			if (shown === undefined) return answer(404, plain, 'Not found.\n');

			const kind = extname(shown.path);
			const content = await read(shown, compressed.has(kind) ? undefined : agree(request.headers['accept-encoding']));
			const headers = {
				'content-type': types[kind] ?? 'application/octet-stream',
				'cache-control': asked.includes('/_app/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache',
				vary: 'accept-encoding',
				etag: content.tag,
				...(content.encoding === undefined ? {} : { 'content-encoding': content.encoding })
			};
			if (file !== undefined && request.headers['if-none-match'] === content.tag) {
				response.writeHead(304, headers).end();
				return;
			}
			answer(file === undefined ? 404 : 200, headers, content.body);
		}

		handle().catch((/** @type {unknown} */ error) => {
			console.error(error);
			if (!response.headersSent) answer(500, plain, 'The server failed; see its output.\n');
			else response.destroy();
		});
	});

	const taken = await listen(server, port);
	return {
		url: `http://127.0.0.1:${taken}${base}/`,
		close: () =>
			new Promise((done, fail) => {
				server.close((error) => (error === undefined ? done() : fail(error)));
				server.closeAllConnections();
			})
	};
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port the first to try
 * @returns {Promise<number>} the port that it listens on
 */
async function listen(server, port) {
	try {
		await new Promise((done, fail) => {
			server.once('error', fail);
			server.listen(port, '127.0.0.1', () => {
				server.off('error', fail);
				done(undefined);
			});
		});
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE' || port >= 65535) throw error;
		return listen(server, port + 1);
	}
	return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}
