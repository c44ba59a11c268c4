/** How journeys wait for the analyst's page, and what they read of it. */
import type { Page } from 'playwright';
import { inject } from 'vitest';
import { settled } from './browser';

/** Waits until the charts show what the address says. */
export async function ready(page: Page): Promise<void> {
	await settled(page);
	await page.waitForFunction(
		() => document.querySelector('.views article') !== null && document.querySelector('.matched')?.ariaBusy === 'false',
		undefined,
		{ timeout: 30_000 }
	);
}

/** Opens an address of the site, and waits. */
export async function visit(page: Page, path: string): Promise<void> {
	await page.goto(inject('site') + path);
	await ready(page);
}

/** Rows that match, as the page counts them. */
export async function matched(page: Page): Promise<number> {
	await ready(page);
	const text = await page.locator('.matched').innerText();
	return Number(/^[\d.,]+/.exec(text)?.[0].replaceAll(/[.,]/g, '') ?? NaN);
}

/** Waits for the address to hold a text, and for its answer. */
export async function said(page: Page, text: string): Promise<void> {
	await page.waitForFunction((wanted) => decodeURIComponent(location.search).includes(wanted), text);
	await ready(page);
}
