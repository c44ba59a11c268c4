/** An engine that cannot be fetched: the reader is told so in their language, and is not left there. */
import { describe, expect, inject, it } from 'vitest';
import { open, settled, useBrowser } from './browser';
import { message } from './dataset';

const site = inject('site');
const browser = useBrowser();

describe.each(['vi', 'en'] as const)('in %s', (locale) => {
	const start = site + (locale === 'en' ? 'en/' : '');

	it('a filtered address says what failed, and shows its answer once it is tried again', async () => {
		const { page } = await browser.revisit();
		await page.route('**/*.wasm', (route) => route.abort());
		await page.goto(`${start}?block=giao_duc`);
		const alert = page.getByRole('alert');
		await alert.waitFor();
		expect(await alert.innerText()).toContain(message(locale, 'boot_failed'));
		expect(await page.locator('main').innerText()).not.toContain('Internal Error');

		await alert.getByRole('button', { name: message(locale, 'try_again') }).click();
		await alert.waitFor({ state: 'hidden' });
		await alert.waitFor();

		await page.unroute('**/*.wasm');
		await alert.getByRole('button', { name: message(locale, 'try_again') }).click();
		await page.locator('tr .now strong').first().waitFor();
		await settled(page, '?block=giao_duc');
		expect(await alert.count()).toBe(0);
	});

	it('a filter that is chosen says what failed, and the published figures are one press away', async () => {
		const { page } = await browser.revisit();
		await page.route('**/*.wasm', (route) =>
			route.fulfill({ status: 200, contentType: 'text/html', body: '<p>Not here</p>' })
		);
		await open(page, start);
		const published = await page.locator('.now strong').allTextContents();
		await page.locator('select[name=block]').selectOption('giao_duc');
		const alert = page.getByRole('alert');
		await alert.waitFor();
		expect(await alert.innerText()).toContain(message(locale, 'boot_failed'));
		await alert.getByRole('button', { name: message(locale, 'show_published') }).click();
		await page.locator('tr .now strong').first().waitFor();
		await settled(page, '');
		expect(await page.locator('.now strong').allTextContents()).toEqual(published);
	});

	it('a table that cannot be fetched is told in the same way', async () => {
		const { page } = await browser.revisit();
		await page.route('**/initiatives.arrow', (route) => route.fulfill({ status: 503, body: '' }));
		await page.goto(`${start}?structure=reported`);
		const alert = page.getByRole('alert');
		await alert.waitFor();
		expect(await alert.innerText()).toContain('initiatives.arrow: 503');
		await page.unroute('**/initiatives.arrow');
		await alert.getByRole('button', { name: message(locale, 'try_again') }).click();
		await page.locator('tr .now strong').first().waitFor();
		await settled(page, '?structure=reported');
	});
});
