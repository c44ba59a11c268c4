/** What a visit asks of the network: one origin only, no engine before a question needs it, little enough for a phone. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { open, settled, useBrowser, type Visit } from './browser';
import { alive } from './dataset';

const site = inject('site');
const kinds = inject('kinds');
const { origin } = new URL(site);
const browser = useBrowser();

function urls({ requests }: Visit): string[] {
	return requests.map((request) => request.url());
}

/** Adds up the bytes that arrive for a page, headers included, by kind of resource. */
async function count(page: Page): Promise<() => Readonly<Record<string, number>>> {
	const client = await page.context().newCDPSession(page);
	await client.send('Network.enable');
	const kinds = new Map<string, string>();
	const bytes: Record<string, number> = {};
	client.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
	client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		const kind = kinds.get(requestId) ?? 'Other';
		bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
	});
	return () => bytes;
}

function total(bytes: Readonly<Record<string, number>>): number {
	return Object.values(bytes).reduce((sum, one) => sum + one, 0);
}

describe('a walk through the site', () => {
	it('asks one origin, for all that it asks', async () => {
		const visit = await browser.visit();
		const { page } = visit;
		await open(page, site);
		await page.locator('select[name=block]').selectOption('giao_duc');
		await settled(page, '?block=giao_duc');
		await page.locator('select[name=structure]').selectOption('reported');
		await settled(page, '?block=giao_duc&structure=reported');
		await page.locator('th a[href*="/initiatives_received/"]').click();
		await page.waitForURL('**/indicators/initiatives_received/**');
		await settled(page);
		await page.getByRole('application').first().hover();
		await page.getByRole('button', { name: 'Tải SVG' }).click();
		await page.locator('nav a[href*="/method/"]').click();
		await page.waitForURL('**/method/**');
		await settled(page);
		await page.locator('.choices a[lang=en]').click();
		await page.waitForURL('**/en/method/**');
		await settled(page);
		await page.locator('nav a').first().click();
		await page.waitForURL('**/en/?*');
		await settled(page);
		expect(urls(visit).some((url) => url.endsWith('.wasm'))).toBe(true);
		expect(urls(visit).filter((url) => /^https?:/.test(url) && new URL(url).origin !== origin)).toEqual([]);
		expect(urls(visit).filter((url) => !/^(https?|blob|data):/.test(url))).toEqual([]);
		expect(visit.problems).toEqual([]);
	});

	it('could not ask another if it wanted to', async () => {
		const asked: string[] = [];
		const elsewhere = createServer((request, response) => {
			asked.push(request.url ?? '');
			response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'image/svg+xml' }).end('<svg/>');
		});
		await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
		const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
		try {
			const { page } = await browser.visit();
			for (const path of ['', 'method/', 'en/indicators/initiatives_received/', 'indicators/nothing/']) {
				await page.goto(site + path);
				const refused = await page.evaluate(async (url) => {
					const violated = new Set<string>();
					document.addEventListener('securitypolicyviolation', (event) => violated.add(event.effectiveDirective));
					const answer = await fetch(url).then(
						() => 'answered',
						() => 'refused'
					);
					const image = new Image();
					const drawn = new Promise((done) => {
						image.onload = () => done('answered');
						image.onerror = () => done('refused');
					});
					image.src = url;
					const picture = await drawn;
					const script = document.createElement('script');
					const run = new Promise((done) => {
						script.onload = () => done('answered');
						script.onerror = () => done('refused');
					});
					script.src = url;
					document.head.append(script);
					return { answer, picture, script: await run, violated: [...violated].sort() };
				}, other);
				expect(refused, path).toEqual({
					answer: 'refused',
					picture: 'refused',
					script: 'refused',
					violated: ['connect-src', 'img-src', 'script-src-elem']
				});
			}
			expect(asked).toEqual([]);
		} finally {
			elsewhere.close();
		}
	});
});

describe('a visit without filters', () => {
	it('never asks for the engine', async () => {
		const visit = await browser.visit();
		for (const language of ['', 'en/']) {
			for (const [kind, path] of Object.entries(kinds)) {
				if (kind === 'error' || alive.has(kind)) continue;
				await open(visit.page, site + language + path);
				await visit.page.keyboard.press('End');
				await visit.page.waitForLoadState('networkidle');
			}
		}
		await visit.page.locator('nav a').first().click();
		await visit.page.waitForURL('**/en/');
		await settled(visit.page);
		expect(urls(visit).filter((url) => /\.(wasm|arrow)$|worker/.test(url))).toEqual([]);
		expect(visit.problems).toEqual([]);
	});

	it.each(['', 'en/'])('transfers at most 200 KB for the overview /%s, fonts and charts included', async (language) => {
		const { page } = await browser.visit();
		const bytes = await count(page);
		await open(page, site + language);
		expect(await page.locator('svg').count()).toBeGreaterThan(50);
		for (const summary of await page.locator('summary').all()) await summary.click();
		await page.keyboard.press('End');
		await page.waitForLoadState('networkidle');
		await page.waitForTimeout(500);
		expect(Object.keys(bytes())).toEqual(expect.arrayContaining(['Document', 'Font', 'Script']));
		expect(total(bytes()), JSON.stringify(bytes())).toBeLessThanOrEqual(200_000);
	});
});
