/** Every number and mark of the pages of units opens what it is made of, and what is opened gives the number. */
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { activities } from '../../src/lib/model/register';
import { open, settled, useBrowser } from './browser';

const site = inject('site');
const browser = useBrowser();

/** A number as English pages write it. */
const read = (text: string) => Number(text.replaceAll(',', '').replaceAll('−', '-').replace('%', ''));

/** The addresses at which rows, or the figures with their rows, stand; and buttons and places that open rows on the page itself. */
const opens = String.raw`/indicators/[\w]+/(\?[^#]*)?#rows$|/units/rows/|/units/reporting/rows/|#headcount-rows$`;

/**
 * What on a page is a number or a drawn mark and leads to no rows; and how many do. Rows themselves, what a rule says (“fewer than 20”), and the
 * succession with its documents are not figures. A verdict leads to the indicator's page of the unit, where it is explained.
 */
async function walked(page: Page): Promise<{ lost: string[]; found: number }> {
	return page.evaluate((pattern) => {
		const leads = (element: Element) => {
			const way = element.closest('a[href], button[aria-expanded], summary');
			if (!way) return false;
			if (!(way instanceof HTMLAnchorElement)) return true;
			const isVerdict = way.querySelector('.status') !== null && way.href.includes('/indicators/');
			return isVerdict || new RegExp(pattern).test(way.href);
		};
		const figures = 'main :is(td, .item, .gaps li, h3 + .tiny)';
		const rows = 'details .scroll, .way, pre';
		const lost: string[] = [];
		let found = 0;
		const note = (element: Element, text: string) => {
			if (leads(element)) found++;
			else lost.push(text);
		};
		for (const figure of document.querySelectorAll(figures)) {
			if (figure.closest(rows)) continue;
			const walker = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
			for (let node = walker.nextNode(); node; node = walker.nextNode()) {
				const text = node.textContent?.trim() ?? '';
				const parent = node.parentElement;
				if (!/\d/.test(text) || !parent || /fewer than \d+/.test(text)) continue;
				// What names an indicator, a group or a unit, and the text of a reminder, may hold a numeral.
				if (parent.closest('.remind, .what, .made') || /\(N = \d+\)/.test(text)) continue;
				const name = parent.closest('a');
				if (name && /\/units\/(\?.*indicator=|[A-Z])/.test(name.href)) continue;
				note(parent, text);
			}
		}
		for (const mark of document.querySelectorAll('main svg[role=img]')) {
			if (!mark.closest('.way')) note(mark, `mark ${mark.getAttribute('aria-label')}`);
		}
		return { lost, found };
	}, opens);
}

describe('what leads to rows', () => {
	it.each([
		['en/units/', 150],
		['en/units/?indicator=initiatives_received&unit=TN-STC-2025', 40],
		['en/units/?indicator=members_briefed_share&peers=tat-ca', 200],
		['en/units/TN-STC-2025/', 150],
		['en/units/TN-SLDTBXH/', 100],
		['en/units/TN-CB-HNB/', 80],
		['en/units/compare/', 200],
		['en/units/compare/?unit=TN-STC-2025&unit=TN-STP', 100],
		['en/units/rows/', 300],
		['en/units/reporting/', 150]
	])(
		'every number and mark of %s',
		async (path, least) => {
			const { page, problems } = await browser.revisit();
			await open(page, site + path);
			const { lost, found } = await walked(page);
			expect(lost).toEqual([]);
			expect(found).toBeGreaterThan(least);
			expect(problems).toEqual([]);
		},
		60_000
	);

	it('every cell of the matrix of reports, and what it sums up to', async () => {
		const { page } = await browser.revisit();
		await open(page, `${site}en/units/reporting/`);
		const [cells, linked] = await page.evaluate(() => {
			const all = [...document.querySelectorAll('td.cell:not(.none)')];
			return [all.length, all.filter((cell) => cell.querySelector('a[href*="/units/reporting/rows/"]')).length];
		});
		expect(cells).toBeGreaterThan(300);
		expect(linked).toBe(cells);
	});

	it('every dot, median and group’s figure of strips and funnels', async () => {
		const { page } = await browser.revisit();
		await open(page, `${site}en/units/?indicator=members_briefed_share`);
		const fields = page.locator('.frame');
		const count = await fields.count();
		expect(count).toBeGreaterThan(3);
		let [medians, dots] = [0, 0];
		for (let index = 0; index < count; index++) {
			const frame = fields.nth(index);
			await frame.locator('[role=application]').focus();
			await page.keyboard.press('Home');
			for (let before = ''; ; await page.keyboard.press('ArrowRight')) {
				const spoken = (await frame.locator('[aria-live]').textContent()) ?? '';
				if (spoken === before) break;
				before = spoken;
				const href = (await frame.locator('a[hidden]').getAttribute('href')) ?? '';
				expect(href, spoken).toMatch(new RegExp(opens));
				if (href.includes('/units/rows/')) medians++;
				else dots++;
			}
			await page.keyboard.press('Escape');
		}
		expect(medians).toBeGreaterThan(8);
		expect(dots).toBeGreaterThan(40);
	}, 60_000);
});

/** A column of the rows that are shown in the n-th table of rows, by its heading. */
async function columnOf(page: Page, heading: string, table = 0): Promise<string[]> {
	return page
		.locator('#rows details .scroll table')
		.nth(table)
		.evaluate((one, name) => {
			const at = [...one.querySelectorAll('thead th')].findIndex((head) => head.textContent?.trim() === name);
			return [...one.querySelectorAll('tbody tr')].map((row) => row.children[at]?.textContent?.trim() ?? '');
		}, heading);
}

const labelOf = (name: string) => activities.columns.find((column) => column.name === name)?.label.en ?? '';

/** The middle of sorted numbers, between the two in the middle. */
function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const half = sorted.length / 2;
	return Number.isInteger(half)
		? ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2
		: (sorted[Math.floor(half)] ?? NaN);
}

describe('what is opened gives the number', () => {
	it('a median and a rank: from the rows of the peers, summed by unit', async () => {
		const { page } = await browser.revisit();
		await open(page, `${site}en/units/TN-STC-2025/`);
		const row = page.locator('tr[data-indicator=members_briefed_share]');
		const shown = (await row.locator('.middle a').innerText()).split('%')[0] ?? '';
		const rank = (await row.getByText(/^\d+\/\d+$/).innerText()).split('/');
		await row.locator('.middle a').click();
		await page.waitForURL(/\/units\/rows\//);
		await settled(page);
		const [units, invited, attended] = [
			await columnOf(page, labelOf('unit_id')),
			(await columnOf(page, labelOf('invited'))).map(read),
			(await columnOf(page, labelOf('attended'))).map(read)
		];
		const sums = new Map<string, [number, number]>();
		units.forEach((unit, index) => {
			const [a, b] = sums.get(unit) ?? [0, 0];
			sums.set(unit, [a + (attended[index] ?? NaN), b + (invited[index] ?? NaN)]);
		});
		const shares = new Map([...sums].map(([unit, [a, b]]) => [unit, (100 * a) / b]));
		expect(shares.size).toBe(Number(rank[1]));
		expect(median([...shares.values()])).toBeCloseTo(read(shown), 1);
		const own = shares.get('Sở TC') ?? NaN;
		expect([...shares.values()].filter((share) => share > own).length + 1).toBe(Number(rank[0]));
		expect(await page.locator('#rows pre').allTextContents()).toEqual([
			expect.stringContaining('"activities"'),
			expect.stringContaining('"activities"')
		]);
	});

	it('a difference and a change: from the figures of the two, and of the two years', async () => {
		const { page } = await browser.revisit();
		await open(page, `${site}en/units/compare/?unit=TN-STC-2025&unit=TN-STP`);
		const link = page.locator('tr', { hasText: 'Initiatives received' }).locator('td.number a').first();
		const difference = read(await link.innerText());
		await link.click();
		await page.waitForURL(/\/units\/rows\//);
		await settled(page);
		const row = (unit: string) => page.locator(`tr[data-unit=${unit}]`);
		const rate = async (unit: string) => {
			const [counted = '', size = ''] = (await row(unit).getByText(/ \/ /).innerText()).split('/');
			return (100 * read(counted)) / read(size);
		};
		expect((await rate('TN-STP')) - (await rate('TN-STC-2025'))).toBeCloseTo(difference, 1);
		// Each of the rows is one initiative, counted for its unit.
		const units = await columnOf(page, 'Unit');
		for (const [unit, name] of [
			['TN-STC-2025', 'Sở TC'],
			['TN-STP', 'Sở TP']
		] as const) {
			const now = await row(unit).locator('[data-window=now]').innerText();
			expect(units.filter((one) => one === name)).toHaveLength(read(now));
		}
		const [now = NaN, before = NaN] = await Promise.all(
			['now', 'same'].map(async (name) => read(await row('TN-STP').locator(`[data-window=${name}]`).innerText()))
		);
		await open(page, `${site}en/units/TN-STP/`);
		const change = await page.locator('tr[data-indicator=initiatives_received] td').nth(2).innerText();
		expect(read(change)).toBeCloseTo((100 * (now - before)) / before, 1);
	});

	it('a figure of a year before opens the rows of that year', async () => {
		const { page } = await browser.revisit();
		await open(page, `${site}en/units/rows/?indicator=initiatives_received&unit=TN-STP`);
		const link = page.locator('tr[data-unit=TN-STP] [data-window="2024"] a');
		const figure = read(await link.innerText());
		await link.click();
		await page.waitForURL(/\/indicators\/initiatives_received\//);
		await settled(page);
		const days = await columnOf(page, 'Submitted on');
		expect(days).toHaveLength(figure);
		expect(days.filter((day) => !day.endsWith('2024'))).toEqual([]);
	});

	it('a report: a missing one what was due, a late one its days, and a count its reports', async () => {
		const { page } = await browser.revisit();
		await open(page, `${site}en/units/reporting/`);
		/** Back at the matrix the engine that the rows started is still there. */
		const back = async () => {
			await page.goBack();
			await page.locator('td.cell').first().waitFor();
		};
		const opened = async (selector: string) => {
			const cell = page.locator(selector).first();
			const text = (await cell.textContent()) ?? '';
			await cell.locator('a').click();
			await page.waitForURL(/\/units\/reporting\/rows\//);
			await settled(page);
			return text;
		};
		await opened('td.cell.missing');
		expect(await columnOf(page, 'Received')).toEqual(['–']);
		expect(await columnOf(page, 'State')).toEqual(['missing']);
		expect(await columnOf(page, 'Due')).toEqual([expect.stringMatching(/\d{4}$/)]);
		expect(await page.locator('main').innerText()).toContain('No row was sent.');

		await back();
		const late = await opened('td.cell.late');
		const [due = '', received = ''] = [...(await columnOf(page, 'Due')), ...(await columnOf(page, 'Received'))];
		expect((Date.parse(received) - Date.parse(due)) / 86_400_000).toBe(
			Number(/\d+/.exec(late.replace(/^\D*/, ''))?.[0])
		);

		await back();
		await page.locator('thead a', { hasText: 'Missing' }).click();
		await settled(page, '?order=-missing');
		const row = page.locator('tbody tr').first();
		const numbers = (await row.locator('td.number').allInnerTexts()).map(read);
		await row.locator('td.number a').first().click();
		await page.waitForURL(/\/units\/reporting\/rows\//);
		await settled(page);
		const states = await columnOf(page, 'State');
		expect(states.filter((state) => state === 'missing')).toHaveLength(numbers[0] ?? NaN);
		expect(states.filter((state) => state === 'late')).toHaveLength(numbers[1] ?? NaN);
	});

	it('a headcount: the rows of each year by their shares', async () => {
		const { page } = await browser.revisit();
		await open(page, `${site}en/units/TN-STC-2025/`);
		const shown = await page
			.locator('.heads tr:has(a)')
			.evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')));
		await page.locator('.heads td a').first().click();
		await page.locator('#headcount-rows[open]').waitFor();
		const rows = await page
			.locator('#headcount-rows tbody tr')
			.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')));
		expect(shown.length).toBeGreaterThan(4);
		for (const [year = '', staff = ''] of shown) {
			const sum = rows
				.filter((row) => row[1] === year)
				.reduce((total, row) => total + read(row[2] ?? '') * read(row[4] ?? ''), 0);
			expect(sum, year).toBeCloseTo(read(staff), 0);
		}
	});

	it('a composite: its parts by their weights, most units having the parts that it takes unasked', async () => {
		const { page } = await browser.revisit();
		await open(page, `${site}en/units/`);
		await page.getByRole('button', { name: 'Compute' }).click();
		await settled(page, '?composite=usual');
		const scores = page.locator('tr:has(button[aria-expanded])');
		// Of the 49 units that live today.
		expect(await scores.count()).toBeGreaterThan(36);
		const score = scores.first().locator('button').nth(1);
		const shown = read(await score.innerText());
		await score.click();
		const parts = await page
			.locator('tr.made tbody tr')
			.evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')));
		const weight = parts.reduce((sum, part) => sum + read(part[3] ?? ''), 0);
		const total = parts.reduce((sum, part) => sum + read(part[2] ?? '') * read(part[3] ?? ''), 0);
		expect(parts.length).toBeGreaterThan(5);
		expect(total / weight).toBeCloseTo(shown, 1);
		// Each part's figure opens its rows, and its place on the scale the figures of all.
		const made = page.locator('tr.made tbody');
		expect(await made.locator('td:nth-child(2) a[href*="#rows"]').count()).toBe(parts.length);
		expect(await made.locator('td:nth-child(3) a[href*="/units/rows/"]').count()).toBe(parts.length);
		expect((await walked(page)).lost).toEqual([]);
	});
});
