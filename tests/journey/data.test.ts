/** The data page: a file in, rows on every page, everything kept and given back, and nothing sent anywhere. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { faults, unfold } from './axe';
import { follow, open, settled, useBrowser } from './browser';

const site = inject('site');
const browser = useBrowser();

const corpus = (name: string) => `tests/fixtures/corpus/${name}`;

/** Seven initiatives of 2023 under two heading rows, in Windows-1258, separated by semicolons, in triệu đồng. */
const clerk = corpus('02-two-heading-rows-windows-1258.csv');

async function drop(
	page: Page,
	...files: (string | { name: string; mimeType: string; buffer: Buffer })[]
): Promise<void> {
	await page.locator('input[type=file]').setInputFiles(files as string[]);
}

/** Waits until the first file's rows may be loaded. */
async function ready(page: Page): Promise<void> {
	await page.locator('.load .chief:not([disabled])').first().waitFor();
}

async function load(page: Page): Promise<void> {
	await ready(page);
	await page.locator('.load .chief').first().click();
	await page.locator('.note').waitFor();
	await settled(page);
}

/** What the page of initiatives received says of all months. */
async function received(page: Page): Promise<string> {
	await open(page, `${site}indicators/initiatives_received/`);
	return (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
}

describe('a file of a stranger', () => {
	it('comes from the clerk’s folder into the charts, stays after a reload, and leaves when told to', async () => {
		const { page, problems } = await browser.visit();
		await open(page, `${site}data/`);
		expect(await page.locator('.lead').innerText()).toContain('dữ liệu mẫu');
		await drop(page, clerk);
		await ready(page);
		const sentence = await page.locator('.sentence').first().innerText();
		expect(sentence).toContain('Sáng kiến');
		expect(sentence).toContain('Windows-1258');
		expect(sentence).toContain('triệu đồng');
		expect(await page.locator('.identity').innerText()).toMatch(/12\s+dòng đã đọc\s+=\s+7\s+nạp được/);
		await load(page);
		expect(await page.locator('.lead').innerText()).toContain('dữ liệu của bạn');
		expect(await page.locator('footer').innerText()).toContain('Dữ liệu của bạn.');

		expect(await received(page)).toContain('7 sáng kiến (từ 03/2023 đến 12/2023)');
		expect(await page.locator('footer').innerText()).toContain('Dữ liệu của bạn.');
		await page.reload();
		await settled(page);
		expect(await page.locator('footer').innerText()).toContain('Dữ liệu của bạn.');
		await open(page, site);
		expect(await page.locator('h1').innerText()).toContain('2023');

		await open(page, `${site}data/`);
		await page.getByRole('button', { name: 'Về dữ liệu mẫu' }).click();
		await page.getByRole('button', { name: 'Dùng dữ liệu của tôi' }).waitFor();
		await settled(page);
		expect(await page.locator('footer').innerText()).toContain('Dữ liệu mẫu.');
		await page.getByRole('button', { name: 'Xóa', exact: true }).click();
		await page.getByRole('button', { name: 'Xóa hẳn tệp này' }).click();
		await page.getByText('Chưa giữ tệp nào.').waitFor();
		expect(
			await page.evaluate(async () => {
				const names: string[] = [];
				const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle('own-data');
				for await (const name of (directory as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
				return names.filter((name) => name !== 'manifest.json');
			})
		).toEqual([]);
		expect(problems).toEqual([]);
	});

	it('is mended on the page, by one text for all alike', async () => {
		const { page, problems } = await browser.revisit();
		await open(page, `${site}data/`);
		const text = [
			'Tên sáng kiến,Tác giả,Đơn vị,Ngày nộp',
			'Một,Tác giả 01,Sở Của Chúng Tôi,05/03/2024',
			'Hai,Tác giả 02,Sở Của Chúng Tôi,25/03/2024',
			'Ba,Tác giả 03,Sở Y tế,31/02/2024'
		].join('\n');
		await drop(page, { name: 'moi.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
		const identity = page.locator('.identity');
		await identity.waitFor();
		expect(await identity.innerText()).toMatch(/0\s+nạp được\s+\+\s+3\s+chờ sửa/);
		const unit = page.locator('.alike li', { hasText: 'Sở Của Chúng Tôi' });
		await unit.locator('input').fill('Sở Y tế (TN-SYT)');
		await unit.getByRole('button').click();
		await page.waitForFunction(() => /2\s+nạp được/.test(document.querySelector('.identity')?.textContent ?? ''));
		await page.getByRole('button', { name: /1\s+chờ sửa/ }).click();
		await page.locator('.rows input[aria-invalid=true]').fill('29/02/2024');
		await page.locator('.rows input[aria-invalid=true]').press('Enter');
		await page.waitForFunction(() => /3\s+nạp được/.test(document.querySelector('.identity')?.textContent ?? ''));
		expect(problems).toEqual([]);
	});

	it('may be of any format, all at once', async () => {
		const { page, problems } = await browser.revisit();
		await open(page, `${site}data/`);
		const names = await dropFormats(page);
		expect(await page.locator('.identity').count()).toBeGreaterThanOrEqual(names.length);
		expect(problems).toEqual([]);
	});

	it('that cannot be read is told so', async () => {
		const { page } = await browser.revisit();
		await open(page, `${site}data/`);
		await drop(page, {
			name: 'a.xls',
			mimeType: '',
			buffer: Buffer.from('d0cf11e0a1b11ae1' + '00'.repeat(600), 'hex')
		});
		expect(await page.locator('.refused').first().innerText()).toMatch(/\.xlsx/);
	});
});

/** One file of each format in the corpus. */
async function formats(): Promise<string[]> {
	const { readdir } = await import('node:fs/promises');
	const byEnding = new Map<string, string>();
	for (const name of await readdir('tests/fixtures/corpus')) {
		const ending = name.slice(name.indexOf('.'));
		if (/^\d\d-/.test(name) && ending !== '.json' && !byEnding.has(ending)) byEnding.set(ending, corpus(name));
	}
	return [...byEnding.values()];
}

/** Drops one file of each format at once, and waits until all are read and checked, none refused; their names. */
async function dropFormats(page: Page): Promise<string[]> {
	const names = await formats();
	await drop(page, ...names);
	await page.waitForFunction(
		(count) =>
			document.querySelectorAll('.incoming').length === count &&
			document.querySelectorAll('.incoming[aria-busy=true]').length === 0,
		names.length,
		{ timeout: 60_000 }
	);
	expect(await page.locator('.incoming .refused[role=alert]').allInnerTexts()).toEqual([]);
	return names;
}

/** The sizes of the files in which answers and derived tables are kept; 0 where there is none. */
function keptSizes(page: Page): Promise<number[]> {
	return page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		const sizes = ['own-answers.json', 'own-derived.bin'].map(async (name) => {
			const file = await (await root.getFileHandle(name).catch(() => null))?.getFile();
			return file?.size ?? 0;
		});
		return Promise.all(sizes);
	});
}

describe('what is loaded', () => {
	it('shows in another tab at once', async () => {
		const { page } = await browser.visit();
		await open(page, `${site}data/`);
		const other = await page.context().newPage();
		await open(other, site);
		expect(await other.locator('footer').innerText()).toContain('Dữ liệu mẫu.');
		await drop(page, clerk);
		await load(page);
		await other.getByText('Dữ liệu của bạn.').waitFor();
		await settled(other);
	});

	it('answers a new question after a reload from the sums that were kept, and brings the rows to who names them', async () => {
		const { page, problems } = await browser.visit();
		await page.addInitScript(() => {
			const statements: string[] = ((globalThis as { statements?: string[] }).statements = []);
			const send = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')?.value as () => void;
			Worker.prototype.postMessage = function (this: Worker, ...rest: unknown[]) {
				const { type, data } = (rest[0] ?? {}) as { type?: string; data?: unknown[] };
				if (type === 'START_PENDING_QUERY') statements.push(String(data?.[1]));
				if (type === 'INSERT_ARROW_FROM_IPC_STREAM') statements.push(`INSERT ${(data?.[2] as { name: string }).name}`);
				Reflect.apply(send, this, rest);
			};
		});
		const statements = () =>
			page.evaluate(() => (globalThis as unknown as { statements: readonly string[] }).statements);
		await open(page, `${site}data/`);
		await drop(page, clerk);
		await load(page);
		const question = `${site}units/?from=2023-05`;
		await open(page, question);
		const shown = async () => (await page.locator('main').innerText()).split('\n');
		expect((await statements()).some((text) => text.startsWith('CREATE TABLE "monthly_'))).toBe(true);
		await expect.poll(() => keptSizes(page), { timeout: 10_000 }).not.toContain(0);
		const asked = await shown();
		// A page without a program asks nothing and keeps nothing.
		await page.goto(`${site}preferences.js`);
		await page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry('own-answers.json'));

		await open(page, question);
		await expect.poll(shown).toEqual(asked);
		const again = await statements();
		expect(again).toContain('INSERT monthly_initiatives_submitted_on');
		expect(again.filter((text) => text.startsWith('CREATE'))).toEqual([]);
		await follow(page, `${site}explore/`);
		expect((await page.locator('.matched').first().innerText()).replaceAll(/\s+/g, ' ')).toContain('7');

		await follow(page, `${site}data/`);
		await page.getByRole('button', { name: 'Xóa', exact: true }).click();
		await page.getByRole('button', { name: 'Xóa hẳn tệp này' }).click();
		await page.getByText('Chưa giữ tệp nào.').waitFor();
		await expect.poll(() => keptSizes(page)).toEqual([0, 0]);
		// The page without a program has no icon either, for which the browser looks.
		expect(problems.filter((problem) => !problem.includes('favicon.ico'))).toEqual([]);
	});

	it('goes to another machine in a bundle', async () => {
		const { page } = await browser.visit();
		await open(page, `${site}data/`);
		await drop(page, clerk);
		await load(page);
		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: 'Lưu gói dữ liệu' }).click();
		const path = await (await download).path();
		const figure = await received(page);

		const { page: elsewhere } = await browser.visit();
		await open(elsewhere, `${site}data/`);
		await drop(elsewhere, { name: 'thai-nguyen.bundle.zip', mimeType: '', buffer: await readFile(path) });
		await elsewhere.locator('.note').waitFor();
		await settled(elsewhere);
		expect(await received(elsewhere)).toBe(figure);
	});

	/** Opens the page as a first visit does, and cuts the network once the site is kept. */
	async function cut(page: Page): Promise<void> {
		await open(page, `${site}data/`);
		await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
		await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
		await page.context().setOffline(true);
	}

	it('is of any format without a network: each is checked, loaded and there after a reload', async () => {
		const { page, requests } = await browser.visit();
		await cut(page);
		const names = await dropFormats(page);
		const button = page.locator('.load .chief:not([disabled])');
		await button.nth(names.length - 1).waitFor();
		const parts = await button.count();
		for (let left = parts; left > 0; left--) {
			await button.first().click();
			await page.waitForFunction(
				(count) =>
					document.querySelectorAll('.load .chief').length === count &&
					document.querySelectorAll('.incoming[aria-busy=true]').length === 0,
				left - 1
			);
		}
		await page.reload();
		const kept = page.locator('.kept tbody tr');
		await kept.nth(parts - 1).waitFor();
		expect(await kept.count()).toBe(parts);
		expect(
			requests.filter(
				(request) => !/^(blob|data):/.test(request.url()) && !request.url().startsWith(new URL(site).origin)
			)
		).toEqual([]);
	}, 120_000);

	it('loads, is checked and comes back without a network', async () => {
		const { page } = await browser.visit();
		await cut(page);
		await drop(page, clerk);
		await load(page);
		expect(await page.locator('.lead').innerText()).toContain('dữ liệu của bạn');
		await page.reload();
		await settled(page);
		expect(await page.locator('.lead').innerText()).toContain('dữ liệu của bạn');
		await page.getByRole('link', { name: 'Tổng quan' }).click();
		await page.waitForURL(site);
		await settled(page);
		expect(await page.locator('h1').innerText()).toContain('2023');
	});
});

it('loads a file by keyboard alone', async () => {
	const { page } = await browser.visit();
	await open(page, `${site}data/`);
	await page.locator('.take details summary').focus();
	await page.keyboard.press('Enter');
	await page.locator('#pasted').focus();
	await page.keyboard.insertText('Tên sáng kiến\tTác giả\tĐơn vị\tNgày nộp\nMột\tTác giả 01\tSở Y tế\t25/03/2024\n');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await ready(page);
	const reach = async (wanted: string) => {
		for (let press = 0; press < 200; press++) {
			if (await page.evaluate((selector) => document.activeElement?.matches(selector), wanted)) return;
			await page.keyboard.press('Tab');
		}
		throw new Error(`The keyboard does not reach ${wanted}.`);
	};
	await reach('.load .chief');
	await page.keyboard.press('Enter');
	await page.locator('.note').waitFor();
	await settled(page);
	expect(await page.locator('.lead').innerText()).toContain('1 dòng');
});

it.each(['data/', 'en/data/'])('axe finds nothing on %s, empty, with a file that waits, and loaded', async (path) => {
	const { page } = await browser.visit({ locale: path.startsWith('en') ? 'en-GB' : 'vi-VN' });
	await open(page, site + path);
	await unfold(page);
	expect(await faults(page)).toEqual([]);
	await drop(page, corpus('45-activity-checks.csv'));
	await ready(page);
	await unfold(page);
	expect(await faults(page)).toEqual([]);
	await load(page);
	await unfold(page);
	await page.waitForTimeout(500);
	expect(await faults(page)).toEqual([]);
});
