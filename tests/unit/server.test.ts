import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../server.js';

const home = '<!doctype html><title>Tổng quan</title>'.repeat(100);
let folder = '';

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'site-'));
	const site = join(folder, 'site');
	await mkdir(join(site, 'method'), { recursive: true });
	await mkdir(join(site, '_app/immutable'), { recursive: true });
	await writeFile(join(folder, 'secret.txt'), 'secret');
	await writeFile(join(site, 'index.html'), home);
	await writeFile(join(site, '404.html'), 'fallback');
	await writeFile(join(site, 'about.html'), 'about');
	await writeFile(join(site, 'method/index.html'), 'method');
	await writeFile(join(site, 'Đổi mới.csv'), 'a,b\n');
	for (const name of ['a.wasm', 'a.arrow', 'a.json', 'a.js', 'a.css', 'a.woff2', 'a.svg'])
		await writeFile(join(site, '_app/immutable', name), 'x'.repeat(1000));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** One request just as it is written, where `fetch` would tidy its path and unpack the answer. */
function ask(site: string, path: string, headers: Record<string, string> = {}, method = 'GET') {
	const { hostname, port } = new URL(site);
	return new Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: Buffer }>(
		(done, fail) => {
			request({ hostname, port, path, headers, method }, (response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () =>
					done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) })
				);
			})
				.on('error', fail)
				.end();
		}
	);
}

describe.each(['', '/a/b'])('a site under "%s"', (base) => {
	let site: Awaited<ReturnType<typeof serve>>;
	beforeAll(async () => {
		site = await serve(join(folder, 'site'), { base });
	});
	afterAll(() => site.close());
	const get = (path: string, headers?: Record<string, string>, method?: string) =>
		ask(site.url, `${base}${path}`, headers, method);

	it('answers with pages, with and without .html, and redirects to folders', async () => {
		expect((await get('/')).body.toString()).toBe(home);
		expect((await get('/?from=2024')).body.toString()).toBe(home);
		expect((await get('/about')).body.toString()).toBe('about');
		expect((await get('/about.html')).body.toString()).toBe('about');
		expect((await get('/method/')).body.toString()).toBe('method');
		const redirect = await get('/method?from=2024');
		expect([redirect.status, redirect.headers.location]).toEqual([301, `${base}/method/?from=2024`]);
		expect((await get(encodeURI('/Đổi mới.csv'))).body.toString()).toBe('a,b\n');
	});

	it('answers with the fallback page and 404 where there is nothing', async () => {
		for (const path of ['/nothing', '/nothing/', '/about/', '/method/nothing', '/_app/'])
			expect(await get(path).then(({ status, body }) => [path, status, body.toString()])).toEqual([
				path,
				404,
				'fallback'
			]);
	});

	it('keeps to its folder', async () => {
		for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/a%00', '//etc/passwd'])
			expect(await get(path).then(({ status, body }) => [path, status, body.includes('secret')])).toEqual([
				path,
				404,
				false
			]);
		expect((await get('/%zz')).status).toBe(400);
		expect((await get('/', {}, 'POST')).status).toBe(405);
	});

	it('names the type of every kind of file', async () => {
		const type = async (path: string) => (await get(path)).headers['content-type'];
		expect(await type('/')).toBe('text/html; charset=utf-8');
		expect(await type('/_app/immutable/a.wasm')).toBe('application/wasm');
		expect(await type('/_app/immutable/a.arrow')).toBe('application/vnd.apache.arrow.stream');
		expect(await type('/_app/immutable/a.json')).toBe('application/json; charset=utf-8');
		expect(await type('/_app/immutable/a.js')).toBe('text/javascript; charset=utf-8');
		expect(await type('/_app/immutable/a.css')).toBe('text/css; charset=utf-8');
		expect(await type('/_app/immutable/a.woff2')).toBe('font/woff2');
		expect(await type('/_app/immutable/a.svg')).toBe('image/svg+xml; charset=utf-8');
	});

	it('compresses as the browser asks, and not what is compressed already', async () => {
		const brotli = await get('/', { 'accept-encoding': 'gzip, deflate, br, zstd' });
		expect(brotli.headers['content-encoding']).toBe('br');
		expect(brotliDecompressSync(brotli.body).toString()).toBe(home);
		expect(Number(brotli.headers['content-length'])).toBe(brotli.body.length);
		expect(brotli.body.length).toBeLessThan(200);
		const gzip = await get('/', { 'accept-encoding': 'gzip, br;q=0' });
		expect(gzip.headers['content-encoding']).toBe('gzip');
		expect(gunzipSync(gzip.body).toString()).toBe(home);
		expect((await get('/')).headers['content-encoding']).toBeUndefined();
		const font = await get('/_app/immutable/a.woff2', { 'accept-encoding': 'br' });
		expect([font.headers['content-encoding'], font.body.length]).toEqual([undefined, 1000]);
	});

	it('answers HEAD without a body, keeps what never changes, and asks again for the rest', async () => {
		const head = await get('/', {}, 'HEAD');
		expect([head.headers['content-length'], head.body.length]).toEqual([String(Buffer.byteLength(home)), 0]);
		expect((await get('/_app/immutable/a.js')).headers['cache-control']).toContain('immutable');
		expect(head.headers['cache-control']).toBe('no-cache');
		const again = await get('/', { 'if-none-match': String(head.headers.etag) });
		expect([again.status, again.body.length]).toEqual([304, 0]);
	});
});

it('has nothing beside its sub-path, whose slash it adds', async () => {
	const site = await serve(join(folder, 'site'), { base: '/a/b' });
	expect(site.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/a\/b\/$/);
	expect((await ask(site.url, '/')).status).toBe(404);
	expect((await ask(site.url, '/a/bc')).status).toBe(404);
	const redirect = await ask(site.url, '/a/b?x=1');
	expect([redirect.status, redirect.headers.location]).toEqual([301, '/a/b/?x=1']);
	await site.close();
});

it('takes the next free port', async () => {
	const first = await serve(join(folder, 'site'));
	const port = Number(new URL(first.url).port);
	const second = await serve(join(folder, 'site'), { port });
	expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
	await Promise.all([first.close(), second.close()]);
});

it('says what to do when there is no site', async () => {
	await expect(serve(join(folder, 'none'))).rejects.toThrow(/npm run build/);
});
