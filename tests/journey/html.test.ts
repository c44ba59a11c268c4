/** Without scripts: the numbers, charts and tables of every published page are in its HTML. */
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../src/lib/database/database';
import { formatExact, formatNumber, type Locale } from '../../src/lib/format';
import {
	actuals,
	coverage,
	indicators,
	targets,
	type Actual,
	type Indicator,
	type Target
} from '../../src/lib/model/catalogue';
import { standings, type Standing } from '../../src/lib/model/overview';
import { defaultView } from '../../src/lib/model/view';
import { useBrowser } from './browser';
import { alive, expectedRows, message, openDataset } from './dataset';

const site = inject('site');
const kinds = inject('kinds');
const browser = useBrowser();
const locales = ['vi', 'en'] as const;

let db: Database;
let catalogue: Indicator[];
let promised: Target[];
let known: Actual[];
let all: Map<string, Standing>;
beforeAll(async () => {
	db = await openDataset();
	[catalogue, promised, known] = await Promise.all([indicators(db), targets(db), actuals(db)]);
	const list = await standings(db, defaultView, await coverage(db));
	all = new Map(list.map((standing) => [standing.indicator.indicator_id, standing]));
});
afterAll(() => db.close());

/** The document that the server gives, with everything that only a script would show left out. */
async function read(locale: Locale, path: string): Promise<Document> {
	const response = await fetch(`${site}${locale === 'en' ? 'en/' : ''}${path}`);
	expect(response.status, path).toBe(200);
	const { document } = parseHTML(await response.text());
	for (const unseen of document.querySelectorAll('script, style')) unseen.remove();
	return document;
}

function textOf(element: Element | null | undefined): string {
	return element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

describe.each(locales)('in %s', (locale) => {
	it('the overview holds every row with its value, target and verdict, and their charts', async () => {
		const document = await read(locale, '');
		const expected = await expectedRows(db, '', locale);
		const rows = [...document.querySelectorAll('table:has(.now) tbody tr')];
		expect(rows.length).toBe(expected.length);
		for (const { id, now, target, verdict, standing } of expected) {
			const row = rows.find((one) => one.querySelector(`th a[href$="/indicators/${id}/"]`));
			expect(textOf(row?.querySelector('.now strong')), id).toBe(now);
			expect(textOf(row?.querySelector('td.verdict')), id).toContain(verdict);
			const cells = [...(row?.querySelectorAll('td.number') ?? [])].map(textOf);
			if (target !== null) expect(cells.join(' | '), id).toContain(target);
			if (standing.observations.length > 0) expect(row?.querySelectorAll('.line svg').length, id).toBe(1);
			if (standing.progress.target !== null && now !== '–')
				expect(row?.querySelectorAll('.way svg').length, id).toBe(1);
		}
		expect(textOf(document.querySelector('h1'))).toMatch(/2030.*\d/);
		expect(document.querySelectorAll('td.cell.complete').length).toBeGreaterThan(10);
		expect(document.querySelectorAll('aside li').length).toBeGreaterThan(0);
	});

	it('every indicator has a page with its figure, its charts and their tables', async () => {
		const rows = await expectedRows(db, '', locale);
		for (const indicator of catalogue) {
			const { indicator_id: id, decimals } = indicator;
			const standing = all.get(id);
			const document = await read(locale, `indicators/${id}/`);
			expect(textOf(document.querySelector('h1')), id).toBe(locale === 'en' ? indicator.name_en : indicator.name_vi);
			const expected = rows.find((row) => row.id === id);
			if (expected && expected.now !== '–')
				expect(textOf(document.querySelector('.sentence')), id).toContain(expected.now);
			if (expected) expect(textOf(document.querySelector('main')), id).toContain(expected.verdict);

			const own = known.filter((actual) => actual.indicator_id === id && actual.boundary !== 'BK-old');
			const values = indicator.register === 'actual' ? own.map(({ value }) => value) : [];
			const figures = document.querySelectorAll('figure');
			if (values.length > 0 || (standing?.observations.length ?? 0) > 0) {
				expect(figures[0]?.querySelectorAll('svg path').length, id).toBeGreaterThan(0);
				const cells = [...(figures[0]?.parentElement?.querySelectorAll('table td.number') ?? [])].map(textOf);
				for (const value of values) expect(cells, id).toContain(formatNumber(value, decimals, locale));
				expect(cells.length, id).toBeGreaterThanOrEqual(standing?.observations.length ?? 0);
			} else if (figures.length === 0) {
				expect(textOf(document.querySelector('main')), id).toContain(message(locale, 'trend_empty'));
			} else {
				const drawn = textOf(figures[0]?.querySelector('svg'));
				const goals = standing?.targets.filter(({ target_value: value }) => value !== null) ?? [];
				const written = goals.map(({ target_value: value }) => formatExact(value, decimals + 1, locale));
				expect(
					written.some((value) => drawn.includes(value)),
					`${id}: ${drawn}`
				).toBe(true);
			}
			if (indicator.register !== 'actual') {
				expect(figures.length, id).toBeGreaterThanOrEqual(2);
				for (const figure of figures) {
					expect(figure.querySelectorAll('svg path, svg rect, svg line, svg circle').length, id).toBeGreaterThan(1);
					expect(figure.parentElement?.querySelectorAll('table tbody tr').length, id).toBeGreaterThan(0);
				}
			}
			const history = promised.filter((target) => target.indicator_id === id);
			for (const { target_id: target, target_value: value } of history) {
				const row = [...document.querySelectorAll('tbody tr')].find((one) =>
					[...(one.lastElementChild?.querySelectorAll('.tiny') ?? [])].some(
						(words) => textOf(words).split(' ')[0] === target
					)
				);
				expect(textOf(row), `${id} ${target}`).toContain(
					value === null ? '–' : formatExact(value, decimals + 2, locale)
				);
			}
		}
	});

	it('the method page holds every indicator, target and published figure', async () => {
		const document = await read(locale, 'method/');
		for (const { indicator_id: id } of catalogue) expect(document.getElementById(id), id).not.toBeNull();
		for (const { target_id: id, target_value: value } of promised)
			expect(textOf(document.getElementById(id)), id).toContain(value === null ? '–' : formatExact(value, 4, locale));
		const rows = [...document.querySelectorAll('#actuals tbody tr')];
		expect(rows.length).toBe(known.length);
		for (const { indicator_id: id, value } of known) {
			const decimals = catalogue.find((one) => one.indicator_id === id)?.decimals ?? 1;
			const own = rows.filter((row) => row.querySelector(`a[href$="/indicators/${id}/"]`));
			expect(own.map((row) => textOf(row.querySelector('td.number'))).join(' | '), id).toContain(
				formatNumber(value, decimals, locale)
			);
		}
	});
});

describe('a browser whose scripts are switched off', () => {
	it('draws every kind of page that the build answers', async () => {
		const { page } = await browser.visit({ javaScriptEnabled: false });
		const paths = Object.entries(kinds).filter(([kind]) => kind !== 'error' && !alive.has(kind));
		expect(paths.length).toBeGreaterThan(5);
		for (const [kind, path] of paths) {
			await page.goto(site + path);
			expect(await page.locator('h1').isVisible(), kind).toBe(true);
			const folded = page.locator('details:not([open]) > summary').filter({ visible: true });
			while ((await folded.count()) > 0) await folded.first().click();
			expect(await page.locator('table').count(), kind).toBeGreaterThan(0);
			expect(await page.locator('table').filter({ visible: false }).count(), kind).toBe(0);
			if (['method', 'reporting', 'figures behind a number', 'reports owed'].includes(kind)) continue;
			const charts = page.locator('main svg').filter({ visible: true });
			if (kind !== 'indicator without a figure') {
				expect(await charts.count(), kind).toBeGreaterThan(0);
				const box = await charts.first().boundingBox();
				expect(Math.min(box?.width ?? 0, box?.height ?? 0), kind).toBeGreaterThan(10);
				const drawings = page.locator('.chart-field').first().locator('svg').filter({ visible: true });
				if (path.startsWith('indicators/')) expect(await drawings.count(), kind).toBe(1);
			}
		}
		await page.goto(site);
		expect(await page.locator('main').evaluate((main) => getComputedStyle(main).opacity)).toBe('1');
		expect(await page.locator('tr:has(a[href*="/initiatives_received/"]) .now strong').textContent()).toBe(
			(await expectedRows(db, '', 'vi')).find(({ id }) => id === 'initiatives_received')?.now
		);
		await page.locator('th a[href*="/initiatives_received/"]').click();
		expect(page.url()).toBe(`${site}indicators/initiatives_received/`);
	});
});
