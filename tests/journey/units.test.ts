/** Units beside their peers: without JavaScript, by keyboard, on a phone, and honest about the small. */
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../src/lib/database/database';
import { indicators, units } from '../../src/lib/model/catalogue';
import { follow, open, settled, useBrowser } from './browser';
import { independent } from '../independent';
import { openDataset } from './dataset';

const site = inject('site');
const browser = useBrowser();
const second = independent('data');

/** The month before a day, as `2025-06`. */
const monthBefore = (day: Date) =>
	new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
let db: Database;
let ids: string[];

beforeAll(async () => {
	db = await openDataset();
	ids = (await units(db)).map(({ unit_id: id }) => id);
});

afterAll(() => db.close());

const pages = ['units/', 'units/compare/', 'units/reporting/', 'units/TN-STC-2025/', 'units/TN-SLDTBXH/'];

describe('without JavaScript', () => {
	it('the overview of units has its rows, dots and funnel', async () => {
		const { page } = await browser.revisit({ javaScriptEnabled: false });
		await page.goto(`${site}units/`);
		expect(await page.locator('tr[data-unit]').count()).toBeGreaterThan(40);
		// A strip, and a funnel for each of the four groups of more than six units.
		expect(await page.locator('.field svg').count()).toBe(1 + 4);
		expect(await page.locator('path.dot').first().getAttribute('d')).toContain('h0.01');
	});

	it('every unit has a page with its name and figures, or says that there are none', async () => {
		for (const id of ids) {
			const response = await fetch(`${site}units/${id}/`);
			expect(response.status, id).toBe(200);
			const html = await response.text();
			expect(html.match(/data-indicator=/g)?.length ?? 0, id).toBeGreaterThan(20);
			expect(html, id).toContain('<svg');
		}
	});

	it('every unit’s figures are those of plain loops over the files', async () => {
		const [computed, all] = await Promise.all([indicators(db), units(db)]);
		const decimals = new Map(computed.map(({ indicator_id: id, decimals: digits }) => [id, digits]));
		const wrong: string[] = [];
		let compared = 0;
		for (const { unit_id: unit, valid_to: ended } of all) {
			const { document } = parseHTML(await (await fetch(`${site}en/units/${unit}/`)).text());
			const shown = [...document.querySelectorAll<HTMLElement>('tr[data-indicator]')].map((row) => [
				row.dataset.indicator ?? '',
				row.querySelector('.now a')?.textContent?.trim() ?? ''
			]);
			// Who has ended is published as it reported, over its last year.
			const to = ended ? monthBefore(ended) : null;
			const question = {
				from: null,
				to,
				block: null,
				kind: null,
				unit,
				structure: ended ? 'reported' : 'today'
			} as const;
			for (const [indicator = '', text = ''] of shown) {
				const value = second.figures(indicator, question).get('now')?.value ?? null;
				// “2 of 5” stands in the place of a percentage of a few; “–” is what was never sent.
				if (text.includes(' of ') || (text === '–' && !value)) continue;
				compared++;
				const number = Number(text.replaceAll(',', '').replace('−', '-').replace('%', ''));
				const half = 0.5 * 10 ** -(decimals.get(indicator) ?? 0);
				if (value === null || !(Math.abs(number - value) <= half + 1e-9))
					wrong.push(`${unit} ${indicator}: ${text}, ${value}`);
			}
		}
		expect(wrong).toEqual([]);
		expect(compared).toBeGreaterThan(1200);
	}, 120_000);
});

describe('a register of the reader', () => {
	/** Eight units of which one had five members, all briefed, and another two hundred, 194 of whom were. */
	const sent = [
		['TN-CB-HNB', 5, 5],
		['TN-STP', 200, 194],
		...['TN-SCT', 'TN-TTT', 'TN-VPUBND', 'TN-BNCTU', 'TN-UBKTTU', 'TN-BTCTU'].map((unit, index) => [
			unit,
			100,
			95 - index * 3
		])
	] as const;
	const register = [
		'activity_id,unit_id,period,activity,audience,sessions,invited,attended,submitted_on,due_on',
		...sent.map(
			([unit, invited, attended], index) =>
				`H-${index},${unit},2026-Q1,hoc_tap_quan_triet,dang_vien,1,${invited},${attended},2026-04-10,2026-04-15`
		),
		'H-9,TN-STP,2025-Q4,hoc_tap_quan_triet,dang_vien,1,40,30,2026-02-01,2026-01-15'
	].join('\n');

	it('of one register alone says of no report that it came in time, and draws no course of one point', async () => {
		const { page, problems } = await browser.visit();
		await open(page, `${site}en/data/`);
		await page.locator('input[type=file]').setInputFiles('tests/fixtures/corpus/02-two-heading-rows-windows-1258.csv');
		await page.locator('.load .chief:not([disabled])').first().click();
		await page.locator('.note').waitFor();
		await settled(page);
		await follow(page, `${site}en/units/TN-STP/`);
		const missing = await page.locator('#missing').innerText();
		expect(missing).toContain('There is no reporting period yet.');
		expect(missing).not.toContain('on time');
		expect(await page.locator('#missing a').count()).toBe(0);
		await follow(page, `${site}en/units/compare/`);
		expect(await page.locator('main h2').allInnerTexts()).toEqual(['Indicators × units']);
		expect(problems).toEqual([]);
	}, 120_000);

	it('is compared, reported on and opened by unit; five of five never stand above 194 of 200', async () => {
		const { page, problems } = await browser.visit();
		await open(page, `${site}en/data/`);
		await page
			.locator('input[type=file]')
			.setInputFiles({ name: 'activities.csv', mimeType: 'text/csv', buffer: Buffer.from(register) });
		await page.locator('.load .chief:not([disabled])').first().click();
		await page.locator('.note').waitFor();
		await settled(page);

		await follow(page, `${site}en/units/?indicator=members_briefed_share&peers=tat-ca&from=2026-01`);
		const rows = await page.locator('tr[data-unit]').evaluateAll((all) =>
			all.map((row) => ({
				unit: (row as HTMLElement).dataset.unit,
				rank: row.querySelector('.rank')?.textContent.trim(),
				figure: row.querySelector('td.number a')?.textContent.trim()
			}))
		);
		const [small, large] = ['TN-CB-HNB', 'TN-STP'].map((unit) => rows.findIndex((row) => row.unit === unit));
		expect(rows[large ?? -1]).toEqual({ unit: 'TN-STP', rank: '1/7', figure: '97.0%' });
		expect(rows[small ?? -1]).toEqual({
			unit: 'TN-CB-HNB',
			rank: 'no percentage: fewer than 10 cases',
			figure: '5 of 5'
		});
		expect(large).toBeLessThan(small ?? -1);
		// What lies far below the screen is not laid out, and has no text until it is near.
		await page.locator('.rules').scrollIntoViewIfNeeded();
		await expect.poll(() => page.locator('.rules').innerText()).toContain('no percentage: fewer than 10 cases');
		await page.locator('tr[data-unit=TN-STP] td.number a').first().click();
		await page.waitForURL(/\/indicators\/members_briefed_share\/.*#rows/);
		await settled(page);
		expect(await page.locator('#rows').innerText()).toContain('194');
		expect(await page.locator('#rows').innerText()).toContain('Your data');

		// No initiatives were loaded: a sentence stands where there is nothing to draw.
		await follow(page, `${site}en/units/?indicator=initiatives_applied_share`);
		await page.locator('.empty').first().scrollIntoViewIfNeeded();
		await expect
			.poll(() => page.locator('.empty').allInnerTexts())
			.toContain('No unit has a figure for this indicator in the chosen period.');

		await follow(page, `${site}en/units/compare/?unit=TN-STP&unit=TN-CB-HNB`);
		expect(await page.locator('tbody th.what').count()).toBeGreaterThan(20);
		await follow(page, `${site}en/units/reporting/?order=-days`);
		expect(await page.locator('tbody tr').first().innerText()).toContain('Sở TP');
		await follow(page, `${site}en/units/TN-STP/`);
		expect(await page.locator('tr[data-indicator=members_briefed_share] .now').innerText()).toContain('%');
		expect(await page.locator('footer').innerText()).toContain('Your data');
		expect(problems).toEqual([]);
	}, 120_000);
});

it('the matrix of reports is ordered by any of its columns, by its address', async () => {
	const { page } = await browser.revisit();
	await open(page, `${site}en/units/reporting/`);
	const column = (index: number) =>
		page
			.locator('tbody tr')
			.evaluateAll((rows, at) => rows.map((row) => row.children[at]?.textContent.trim() ?? ''), index);
	const late = (await page.locator('thead th').allInnerTexts()).findIndex((text) => text.trim() === 'Late');
	await page.locator('thead th a').nth(late).click();
	await settled(page, '?order=-late');
	const numbers = (await column(late)).map(Number);
	expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
	expect(numbers[0]).toBeGreaterThan(numbers.at(-1) ?? NaN);
	await page.locator('thead th a').nth(late).click();
	await settled(page, '?order=late');
	expect((await column(late)).map(Number)).toEqual(numbers.toReversed());
	await open(page, `${site}en/units/reporting/?order=name`);
	const names = (await column(0)).map((name) => name.replace(/My unit|until .*/g, ''));
	expect(names).toEqual(names.toSorted(new Intl.Collator('vi').compare));
});

it('no page of units asks for the engine unless something is asked; another indicator is answered too', async () => {
	const { page, requests, problems } = await browser.revisit();
	for (const path of [...pages, ...ids.map((id) => `units/${id}/`)]) await open(page, site + path);
	await open(page, `${site}units/`);
	await page.locator('select[name=indicator]').selectOption('members_briefed_share');
	await settled(page, '?indicator=members_briefed_share');
	expect(await page.locator('tr[data-unit]').count()).toBeGreaterThan(40);
	expect(requests.filter((request) => request.url().endsWith('.wasm'))).toEqual([]);
	expect(problems).toEqual([]);
}, 120_000);

it('a unit of a few is not ranked above one of many, whatever its percentage', async () => {
	const { page } = await browser.revisit();
	await open(page, `${site}en/units/?indicator=initiatives_applied_share&peers=tat-ca`);
	const rows = await page.locator('tr[data-unit]').evaluateAll((all) =>
		all.map((row) => ({
			rank: row.querySelector('.rank')?.textContent.trim() ?? '',
			size: Number(/n = ([\d,]+)/.exec(row.textContent)?.[1]?.replace(',', '') ?? NaN)
		}))
	);
	const isRanked = ({ rank }: { rank: string }) => /^\d+\/\d+/.test(rank);
	expect(rows.some(isRanked)).toBe(true);
	// Some units have fewer than 10 cases, some fewer than 20.
	expect(rows.some(({ size }) => size < 10)).toBe(true);
	expect(rows.some(({ size }) => size >= 10 && size < 20)).toBe(true);
	expect(rows.filter((row) => row.size < 20 && isRanked(row))).toEqual([]);
	expect(rows.filter(({ size, rank }) => size < 20 && !rank.includes('fewer than'))).toEqual([]);
	// Every ranked row stands above every row without a rank.
	const lastRanked = rows.findLastIndex(isRanked);
	expect(rows.slice(0, lastRanked + 1).every(isRanked)).toBe(true);
});

it.each([
	['the units by an indicator', 'units/?indicator=members_briefed_share&unit=TN-STC-2025', 'tr[data-unit]', 90],
	['a unit of a few', 'units/TN-CB-HNB/', 'tr[data-indicator]', 90],
	['units side by side', 'units/compare/?unit=TN-STP&unit=TN-CB-HNB', 'tr:has(td.cell)', 60],
	['reports', 'units/reporting/', 'tbody tr', 30]
])('shows a phone the same of %s as a desk, in rows', async (_, path, rows, least) => {
	const texts: string[][] = [];
	for (const width of [1440, 360]) {
		const { page } = await browser.revisit({ viewport: { width, height: 800 } });
		await open(page, site + path);
		const cells = await page.locator(rows).evaluateAll((all) =>
			all.flatMap((row) =>
				[...row.children]
					// A cell that says only that there is nothing to send need not stand in a row.
					.filter((cell) => !cell.matches('.remind:not(:has(details))'))
					.map((cell) => ({ text: cell.textContent.trim(), width: cell.getBoundingClientRect().width }))
			)
		);
		texts.push(cells.map(({ text }) => text));
		// Nothing is hidden, nothing is pressed into a column of single words, and nothing has to be pushed aside to be read.
		expect(cells.filter((cell) => cell.width < least)).toEqual([]);
		if (width > 360) continue;
		const edges = await page
			.locator(`main .scroll:has(${rows})`)
			.evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
		expect(edges.filter((beyond) => beyond > 0)).toEqual([]);
	}
	expect(texts[0]?.length).toBeGreaterThan(20);
	expect(texts[1]).toEqual(texts[0]);
});

it('a composite that is opened fits a phone', async () => {
	const { page } = await browser.revisit({ viewport: { width: 360, height: 800 } });
	await open(page, `${site}units/?composite=usual&unit=TN-STC-2025`);
	await page.locator('.plain').first().click();
	await page.locator('.made .plain').first().click();
	expect(await page.locator('.made table').count()).toBe(2);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

it('units side by side are whole on paper', async () => {
	const { page } = await browser.revisit({ viewport: { width: 688, height: 900 } });
	await open(
		page,
		`${site}units/compare/?${['SYT-2025-07', 'STC-2025', 'SXD-2025', 'STP', 'SCT', 'TTT', 'VPTU', 'TCT'].map((unit) => `unit=TN-${unit}`).join('&')}`
	);
	await page.emulateMedia({ media: 'print' });
	const cells = await page
		.locator('tbody td')
		.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right));
	// Eight units and seven differences of more than twenty indicators, within the 182 mm between the margins.
	expect(cells.length).toBeGreaterThan(15 * 20);
	expect(Math.max(...cells)).toBeLessThanOrEqual(688);
});

it.each([
	['strip', 0],
	['funnel', 1]
])('walking a %s speaks unit, value, rank and word, which are those of its row', async (_, index) => {
	const { page } = await browser.revisit();
	await open(page, `${site}en/units/?unit=TN-STC-2025`);
	const rows = await page.locator('tr[data-unit]').evaluateAll((all) =>
		all.map((row) => {
			const read = (cell: string) => row.querySelector(cell)?.textContent.trim().replaceAll(/\s+/g, ' ') ?? '';
			return [read('th a'), read('td.number a'), read('.rank'), read('.against').replace(/^\S /, '')];
		})
	);
	await page.getByRole('application').nth(index).focus();
	const spoken = page.locator('.frame').nth(index).locator('[aria-live]');
	const heard = new Set<string>();
	for (const key of ['End', ...rows.slice(1).map(() => 'ArrowLeft')]) {
		await page.keyboard.press(key);
		await expect
			.poll(async () => (await spoken.textContent()) !== '' && !heard.has((await spoken.textContent()) ?? ''))
			.toBe(true);
		heard.add((await spoken.textContent()) ?? '');
	}
	const said = [...heard].map((text) =>
		(/^(.+): ([\d.,]+); (\d+\/\d+[^;]*); ((?:higher|similar|lower)[^;]*)/.exec(text) ?? [text]).slice(1)
	);
	expect(said.toSorted()).toEqual(rows.toSorted());
	await page.keyboard.press('Escape');
	await expect.poll(() => spoken.textContent()).toBe('');
});

it('remembers the reader’s unit on this machine and opens on it', async () => {
	const { page } = await browser.revisit();
	await open(page, `${site}en/units/TN-STP/`);
	await page.getByRole('button', { name: 'This is my unit' }).click();
	await open(page, `${site}en/units/reporting/`);
	await expect.poll(() => page.locator('tr.mine').count()).toBe(1);
	await page.goto(`${site}en/units/`);
	await settled(page, '?unit=TN-STP');
	expect(await page.locator('tr.mine').getAttribute('data-unit')).toBe('TN-STP');
});

it('a unit that has ended points to those that carry it on', async () => {
	const { page } = await browser.revisit({ javaScriptEnabled: false });
	await page.goto(`${site}en/units/TN-SLDTBXH/`);
	expect(await page.locator('.ended a').count()).toBe(4);
});

it('fits one sheet of A4, in a type that can be read', async () => {
	const { page } = await browser.revisit();
	for (const unit of ['TN-SLDTBXH', 'TN-DUK', 'BK-SGDDT']) {
		await open(page, `${site}units/${unit}/`);
		const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
		expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g), unit).toHaveLength(1);
	}
	await page.emulateMedia({ media: 'print' });
	const points = await page.locator('.sheet :is(p, td, th)').evaluateAll((cells) =>
		Math.min(
			...cells.flatMap((cell) => {
				const { fontSize } = getComputedStyle(cell);
				return cell.textContent.trim() !== '' && cell.getClientRects().length > 0 && fontSize !== '0px'
					? [(parseFloat(fontSize) * 72) / 96]
					: [];
			})
		)
	);
	expect(Math.round(points * 100) / 100).toBeGreaterThanOrEqual(8.5);
});
