/** Whether the analyst's page, used for long, holds more than it did. */
import type { CDPSession, Page } from 'playwright';
import { expect, it } from 'vitest';
import { useBrowser } from './browser';
import { ready, visit } from './explore';

/**
 * Every function is compiled once, when it first runs: what better compilers make of what runs often is most of what a heap gains, for as long
 * as anyone cares to wait.
 */
const scriptsCompiledOnce = [
	'--no-opt',
	'--no-maglev',
	'--always-sparkplug',
	'--no-lazy-feedback-allocation',
	'--no-flush-bytecode'
];
const browser = useBrowser(scriptsCompiledOnce);

/** What a page holds, after its garbage is gone. */
async function held(page: Page, session: CDPSession) {
	// Twice: what a first collection ends may hold more.
	for (let time = 0; time < 2; time++) await session.send('HeapProfiler.collectGarbage');
	const { metrics } = await session.send('Performance.getMetrics');
	const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? NaN;
	return {
		heap: of('JSHeapUsedSize'),
		listeners: of('JSEventListeners'),
		nodes: of('Nodes'),
		workers: page.workers().length
	};
}

it('holds nothing more after two hundred changes of mind', async () => {
	const { page, problems } = await browser.visit();
	await visit(page, 'explore/');
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable');
	await session.send('HeapProfiler.enable');
	const line = page.locator('article ul button');
	const plot = page.locator('.plot').first();

	/** A brush, a click, an undo; at times another page and back. */
	async function round(number: number): Promise<void> {
		const box = await plot.boundingBox();
		if (!box) throw new Error('no chart');
		const y = box.y + 40;
		await page.mouse.move(box.x + box.width * (0.1 + (number % 5) * 0.1), y);
		await page.mouse.down();
		await page.mouse.move(box.x + box.width * (0.5 + (number % 7) * 0.05), y, { steps: 3 });
		await page.mouse.up();
		await line.nth(number % 7).evaluate((button: HTMLElement) => button.click());
		await page.evaluate(() => dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true })));
		if (number % 10 === 9) {
			await page.getByRole('link', { name: 'Cách tính' }).first().click();
			await page.waitForFunction(() => document.querySelector('.views') === null);
			await page.goBack();
			await page.locator('.views article').first().waitFor();
		}
	}

	async function settledAt(): Promise<Awaited<ReturnType<typeof held>>> {
		await visitAgain();
		return held(page, session);
	}

	/** The same state each time: what is shown is not what is leaked. */
	async function visitAgain(): Promise<void> {
		await page.getByRole('link', { name: 'Cách tính' }).first().click();
		await page.waitForFunction(() => document.querySelector('.views') === null);
		await page.getByRole('link', { name: 'Khám phá' }).first().click();
		await page.locator('.views article').first().waitFor();
		await ready(page);
		await page.waitForTimeout(300);
	}

	// What is kept on purpose (answers, the steps that can be undone, what is made while nobody asks) is full by then.
	await page.waitForFunction(() => performance.getEntriesByName('explore prepared').length > 0);
	for (let number = 0; number < 40; number++) await round(number);
	const before = await settledAt();
	for (let number = 0; number < 200; number++) await round(number);
	const after = await settledAt();
	expect(before.heap).toBeGreaterThan(1e6);
	expect(after.workers).toBe(before.workers);
	expect(after.listeners).toBeLessThanOrEqual(before.listeners * 1.05);
	expect(after.nodes).toBeLessThanOrEqual(before.nodes * 1.05);
	expect(after.heap).toBeLessThanOrEqual(before.heap * 1.05);
	expect(problems).toEqual([]);
}, 240_000);
