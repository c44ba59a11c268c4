/** The analyst's page: brushing, choosing, searching, chips, undo; by pointer, by touch and by keyboard alone. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { expect, inject, it } from 'vitest';
import { faults, ofColour } from './axe';
import { open, settled, useBrowser } from './browser';
import { message } from './dataset';
import { matched, ready, said, visit } from './explore';

const site = inject('site');
const browser = useBrowser();

it('brushes, clicks, excludes, pauses and undoes, and ends where it began', async () => {
	const { page, problems } = await browser.revisit();
	await visit(page, 'explore/');
	const all = await matched(page);
	expect(all).toBe(5706);

	const plot = page.locator('.plot').first();
	const box = await plot.boundingBox();
	if (!box) throw new Error('no chart');
	await page.mouse.move(box.x + box.width * 0.2, box.y + 40);
	await page.mouse.down();
	await page.mouse.move(box.x + box.width * 0.3, box.y + 40, { steps: 4 });
	await page.mouse.move(box.x + box.width * 0.5, box.y + 40, { steps: 6 });
	await page.waitForFunction((text) => !document.querySelector('.matched')?.textContent.startsWith(text), '5.706');
	await page.waitForTimeout(100);
	const moving = await page.locator('.matched').innerText();
	expect(new URL(page.url()).search).toBe('');
	await page.mouse.up();
	await said(page, 'submitted_on=');
	const brushed = await matched(page);
	expect(brushed).toBeLessThan(all);
	// What the cube showed under way is what the question answers.
	expect(await page.locator('.matched').innerText()).toBe(moving);

	await page.getByRole('button', { name: /^Giáo dục/ }).click();
	await said(page, 'field:giao_duc');
	const both = await matched(page);
	expect(both).toBeLessThan(brushed);
	const chip = page.locator('.chips li', { hasText: 'Lĩnh vực áp dụng' });
	await chip.getByRole('button', { name: /^Loại trừ/ }).click();
	await said(page, '!field:giao_duc');
	expect(await matched(page)).toBe(brushed - both);
	await chip.getByRole('button', { name: /^Tạm bỏ/ }).click();
	await said(page, '~!field:giao_duc');
	expect(await matched(page)).toBe(brushed);
	await page.keyboard.press('Control+z');
	await page.keyboard.press('Control+z');
	await said(page, 'filter=field:giao_duc');
	expect(await matched(page)).toBe(both);
	await page.getByRole('button', { name: 'Gỡ mọi bộ lọc' }).click();
	expect(await page.waitForFunction(() => location.search === '')).toBeTruthy();
	expect(await matched(page)).toBe(all);
	expect(problems).toEqual([]);
});

it('finds words whatever their accents and order, and the units they name', async () => {
	const { page, problems } = await browser.revisit();
	await visit(page, 'explore/');
	const search = page.getByRole('searchbox');
	await search.fill('TAP bai');
	await said(page, '?TAP');
	const plain = await matched(page);
	await search.fill('bài  tập');
	await said(page, 'tập');
	expect(await matched(page)).toBe(plain);
	expect(plain).toBeGreaterThan(0);
	await search.fill('gang thep');
	await said(page, 'gang');
	expect(await matched(page)).toBeGreaterThan(0);
	expect(problems).toEqual([]);
});

it('is a whole analysis by keyboard alone', async () => {
	const { page, problems } = await browser.revisit();
	await visit(page, 'explore/?register=transfers');
	const all = await matched(page);
	await page.getByRole('slider').first().focus();
	await page.keyboard.press('PageUp');
	await said(page, 'certified_on=');
	const cut = await matched(page);
	expect(cut).toBeLessThan(all);
	const line = page.locator('article ul button').first();
	await line.focus();
	await page.keyboard.press('Space');
	await said(page, 'direction:');
	expect(await matched(page)).toBeLessThanOrEqual(cut);
	await page.getByRole('slider').first().focus();
	await page.keyboard.press('Escape');
	await page.waitForFunction(() => !location.search.includes('certified_on'));
	await page.getByRole('gridcell').nth(3).locator('button').focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Enter');
	await said(page, 'unit_id:');
	await page.keyboard.press('Control+z');
	await page.waitForFunction(() => !location.search.includes('unit_id:'));
	await ready(page);
	expect(problems).toEqual([]);
});

it('is used by touch on a narrow screen, and nothing is wider than it', async () => {
	const { page, problems } = await browser.revisit({
		viewport: { width: 360, height: 740 },
		hasTouch: true,
		isMobile: true
	});
	await visit(page, 'explore/');
	const all = await matched(page);
	await page.getByRole('button', { name: /^Cấp tỉnh/ }).tap();
	await said(page, 'level:tinh');
	expect(await matched(page)).toBeLessThan(all);
	await page
		.locator('.plot')
		.first()
		.tap({ position: { x: 80, y: 50 } });
	await said(page, 'submitted_on=');
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	expect(problems).toEqual([]);
});

it('has no control on a phone that is lower than 32 px, save cells of tables and boxes to tick', async () => {
	const { page } = await browser.revisit({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
	await visit(page, 'explore/?filter=level:tinh');
	await page.locator('article').nth(1).getByRole('button', { expanded: false }).tap();
	await page.locator('.options').waitFor();
	const low = () =>
		page.evaluate(() =>
			[...document.querySelectorAll<HTMLElement>('main :is(button, select, summary, input:not([type=checkbox]))')]
				.filter((one) => one.checkVisibility() && one.closest('[role=grid], table') === null)
				.filter((one) => one.getBoundingClientRect().height < 32)
				.map((one) => `${one.tagName} ${one.ariaLabel ?? one.innerText}`)
		);
	expect(await low()).toEqual([]);
	for (const place of [1, 3]) {
		await page.locator('.desk .tabs > button').nth(place).tap();
		await page.locator('.desk :is(.pivot, .saved)').waitFor();
		expect(await low()).toEqual([]);
	}
});

it('has the order of the rows in its address a moment later, whatever is done meanwhile', async () => {
	const { page, problems } = await browser.revisit();
	await visit(page, 'explore/');
	const headings = page.locator('.frame .heading .text');
	await headings.first().waitFor();
	const sorted = (place: number) =>
		headings.nth(place).locator('xpath=ancestor::*[@aria-sort][1]').getAttribute('aria-sort');
	/** Presses a heading and does something at once; the address right after the press. */
	const press = (place: number, then: string) =>
		page.evaluate(
			([place, then]) => {
				document.querySelectorAll<HTMLElement>('.frame .heading .text')[place]?.click();
				const { search } = location;
				if (then === 'back') history.back();
				else if (then !== '') document.querySelector<HTMLElement>(then)?.click();
				return search;
			},
			[place, then] as const
		);
	expect(await press(0, '')).toBe('');
	await said(page, 'order=title');
	// What is chosen at once comes with it, and is undone by itself.
	await press(2, 'article ul button');
	await said(page, 'filter=');
	expect(decodeURIComponent(new URL(page.url()).search)).toContain('order=lead_author');
	await page.keyboard.press('Control+z');
	await page.waitForFunction(() => !location.search.includes('filter='));
	expect(decodeURIComponent(new URL(page.url()).search)).toContain('order=lead_author');
	await ready(page);
	// Back at once takes back what is not in the address yet.
	expect(await press(1, 'back')).toContain('order=lead_author');
	await expect.poll(() => sorted(2)).toBe('ascending');
	expect(decodeURIComponent(new URL(page.url()).search)).toContain('order=lead_author');
	await page.keyboard.press('Control+z');
	await said(page, 'order=title');
	// Who leaves at once finds it again.
	await press(2, 'nav a[href*="units"]');
	await page.waitForURL(/\/units\//);
	await page.goBack();
	await page.waitForURL(/\/explore\//);
	await said(page, 'order=lead_author');
	await expect.poll(() => sorted(2)).toBe('ascending');
	expect(problems).toEqual([]);
});

it('says what an address holds that it does not understand, and settles after thirty changes of mind', async () => {
	const { page, problems } = await browser.revisit();
	await visit(page, 'explore/?filter=level:tinh&filter=nothing:1');
	expect(await page.getByRole('alert').innerText()).toContain('nothing:1');
	for (let change = 0; change < 30; change++) {
		if (change % 3 === 2) await page.keyboard.press('Control+z');
		else
			await page
				.locator('article ul button')
				.nth(change % 7)
				.click({ noWaitAfter: true });
	}
	await page.getByRole('link', { name: 'Cách tính' }).click();
	await page.waitForURL(/\/method\//);
	await page.goBack();
	await page.waitForURL(/\/explore\//);
	await ready(page);
	const count = await matched(page);
	await page.reload();
	expect(await matched(page)).toBe(count);
	expect(problems).toEqual([]);
});

/** What the charts show: their words, lines, columns and cells. */
function picture(page: Page): Promise<string[][]> {
	return page.evaluate(() =>
		[...document.querySelectorAll<HTMLElement>('.views article')].map((article) => [
			article.querySelector('h2')?.textContent ?? '',
			...[...article.querySelectorAll<HTMLElement>('ul button')].map((one) => `${one.innerText} ${one.ariaPressed}`),
			...[...article.querySelectorAll('rect.mark')].map((mark) => Number(mark.getAttribute('height')).toFixed(1)),
			...[...article.querySelectorAll('[role=slider]')].map((edge) => edge.ariaValueText ?? ''),
			...[...article.querySelectorAll('[role=gridcell] button')].map((cell) => cell.ariaLabel ?? '')
		])
	);
}

it('shows after thirty quick changes, without a pause, what their address shows when it is opened anew', async () => {
	const { page, problems } = await browser.revisit();
	await visit(page, 'explore/');
	const first = await picture(page);
	const plot = await page.locator('.plot').first().boundingBox();
	if (!plot) throw new Error('no chart');
	for (let change = 0; change < 30; change++) {
		if (change % 5 === 1) {
			await page.mouse.move(plot.x + plot.width * (0.1 + (change % 4) * 0.1), plot.y + 30);
			await page.mouse.down();
			await page.mouse.move(plot.x + plot.width * (0.6 + (change % 3) * 0.1), plot.y + 30, { steps: 3 });
			await page.mouse.up();
		} else if (change % 5 === 3) await page.keyboard.press('Control+z');
		else if (change % 5 === 4) await page.keyboard.press(change % 2 === 0 ? 'Control+y' : 'Control+z');
		else
			await page
				.locator('article ul button')
				.nth((change * 5) % 11)
				.evaluate((line: HTMLElement) => line.click());
	}
	// The last one leaves filters behind, whatever went before it, and is taken back.
	await page.locator('article ul button').nth(1).click();
	await page.locator('article ul button').nth(15).click();
	await page.keyboard.press('Control+z');
	await page.waitForTimeout(500);
	await ready(page);
	const shown = await picture(page);
	expect(shown).not.toEqual(first);
	await page.reload();
	await ready(page);
	expect(shown).toEqual(await picture(page));
	expect(problems).toEqual([]);
});

/** Turns to a part below the charts. */
async function turn(page: Page, name: string): Promise<void> {
	await page.locator('.desk .tabs').getByRole('button', { name, exact: true }).click();
}

/** Puts a statement into the box and runs it by its keys. */
async function run(page: Page, text: string): Promise<void> {
	await page.locator('.cm-content').click();
	await page.keyboard.press('Control+a');
	await page.keyboard.insertText(text);
	await page.keyboard.press('Control+Enter');
}

it('opens the SQL of a chart with one click, and it answers what the chart shows', async () => {
	const { page, problems } = await browser.revisit();
	await visit(page, 'explore/?filter=level:tinh&filter=status:da_cong_nhan');
	const chart = page.locator('article', { has: page.getByRole('heading', { name: 'Cấp công nhận', exact: true }) });
	const lines = await chart.locator('ul button').allInnerTexts();
	await chart.getByRole('button', { name: /^SQL/ }).click();
	await page.locator('.result tbody tr').first().waitFor();
	const sql = await page.locator('.cm-content').innerText();
	// Its own filter is not obeyed, the other one is.
	expect(sql).toContain('"status" IN (\'da_cong_nhan\')');
	expect(sql).not.toContain("'tinh'");
	const answered = await page.locator('.result tbody tr td:last-child').allInnerTexts();
	const shown = lines.map((line) => line.split('\n').at(-1) ?? '');
	expect(answered.filter((count) => count !== '')).toEqual(shown.filter((count) => !/^0?$/.test(count)));
	expect(problems).toEqual([]);
});

it('takes the pivot away with its totals', async () => {
	const { page, problems } = await browser.revisit();
	await visit(page, 'explore/?filter=level:tinh');
	await turn(page, message('vi', 'explore_pivot'));
	await page.locator('.pivot tbody tr.grand').waitFor();
	const total = await page.locator('.pivot tbody tr.grand td').last().innerText();
	await page.locator('.desk .tabs summary').click();
	const [download] = await Promise.all([
		page.waitForEvent('download', (one) => one.suggestedFilename().endsWith('.csv')),
		page
			.locator('.desk .tabs .menu')
			.getByRole('list', { name: /^Bảng chéo/ })
			.getByRole('button', { name: 'CSV thuần' })
			.click()
	]);
	expect(download.suggestedFilename()).toBe('initiatives-bang-cheo.csv');
	const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
	expect(lines.at(-1)).toBe(`Tổng cộng,${total.replaceAll('.', '')}`);
	expect(problems).toEqual([]);
});

it('inverts a choice: the rows of all other values', async () => {
	const { page, problems } = await browser.revisit();
	await visit(page, 'explore/');
	const all = await matched(page);
	await page.getByRole('button', { name: /^Cấp tỉnh/ }).click();
	await said(page, 'level:tinh');
	const some = await matched(page);
	await page.getByRole('button', { name: /^Sửa/ }).click();
	await page.getByRole('button', { name: 'Đảo lựa chọn' }).click();
	await page.waitForFunction(() => !/level:tinh(&|,|$)/.test(decodeURIComponent(location.search)));
	expect(await matched(page)).toBe(all - some);
	await page.getByRole('button', { name: 'Đảo lựa chọn' }).click();
	await said(page, 'level:tinh');
	expect(await matched(page)).toBe(some);
	expect(problems).toEqual([]);
});

it('offers its columns, its commands and the saved views in the palette', async () => {
	const { page, problems } = await browser.revisit();
	await visit(page, 'explore/?filter=level:tinh');
	const some = await matched(page);
	await turn(page, message('vi', 'saved_title'));
	await page.locator('.saved input[type=text]').fill('Cấp tỉnh thôi');
	await page
		.locator('.saved')
		.getByRole('button', { name: message('vi', 'saved_save') })
		.click();
	await page.getByRole('button', { name: 'Gỡ mọi bộ lọc' }).click();
	await page.waitForFunction(() => location.search === '');
	await page.keyboard.press('Control+k');
	// It is fetched at its first opening, and what it offers with it.
	await page.locator('dialog[open] [role=combobox]:focus').waitFor();
	await page.keyboard.insertText('cap tinh thoi');
	await page.locator('dialog[open] [role=option][aria-selected=true]', { hasText: 'Cấp tỉnh thôi' }).waitFor();
	await page.keyboard.press('Enter');
	await said(page, 'level:tinh');
	expect(await matched(page)).toBe(some);
	await page.keyboard.press('Control+k');
	// It is fetched at its first opening, and what it offers with it.
	await page.locator('dialog[open] [role=combobox]:focus').waitFor();
	await page.keyboard.insertText('tac gia chinh');
	await page.locator('dialog[open] [role=option][aria-selected=true]', { hasText: 'ác giả' }).waitFor();
	await page.keyboard.press('Enter');
	await said(page, 'focus=');
	expect(await page.locator('article.large h2').innerText()).toContain('ác giả');
	expect(problems).toEqual([]);
});

const endless = 'SELECT count(*) FROM range(3000000) a, range(3000000) b WHERE (a.range * b.range) % 7 = 3';

it('stops SQL within 200 ms at any moment, and the page goes on', async () => {
	const { page, problems } = await browser.revisit();
	await visit(page, 'explore/?filter=level:tinh');
	const count = await matched(page);
	await turn(page, message('vi', 'sql_title'));
	await page.locator('.cm-content').waitFor();
	for (const wait of [0, 30, 250, 900]) {
		await run(page, endless);
		await page.waitForFunction(() => document.querySelector('.query > [role=status]')?.textContent === 'Đang chạy…');
		await page.waitForTimeout(wait);
		// Measured in the page, so that the way of the press through the test does not count.
		const took = await page.evaluate(
			() =>
				new Promise<number>((resolve) => {
					const start = performance.now();
					const told = document.querySelector('.query > [role=status]');
					const watch = new MutationObserver(() => {
						if (told?.textContent !== 'Đã dừng.') return;
						watch.disconnect();
						resolve(performance.now() - start);
					});
					watch.observe(document.body, { subtree: true, childList: true, characterData: true });
					[...document.querySelectorAll<HTMLButtonElement>('.query .chief')].at(0)?.click();
				})
		);
		expect(took, `after ${wait} ms`).toBeLessThan(200);
	}
	await run(page, 'SELECT count(*) AS n FROM filtered');
	await page.locator('.result tbody td').waitFor();
	expect((await page.locator('.result tbody td').innerText()).replaceAll('.', '')).toBe(String(count));
	await page.getByRole('button', { name: 'Gỡ mọi bộ lọc' }).click();
	expect(await matched(page)).toBeGreaterThan(count);
	expect(problems).toEqual([]);
});

it('says that memory ran out, starts the engine again, and has tables and filters back', async () => {
	const { page, problems } = await browser.revisit();
	await visit(page, 'explore/?filter=level:tinh');
	const count = await matched(page);
	await turn(page, message('vi', 'sql_title'));
	await page.locator('.cm-content').waitFor();
	await run(page, "SELECT string_agg(repeat('x', 4000), '') AS t FROM range(2000000)");
	const alert = page.locator('.query [role=alert]');
	await alert.waitFor({ timeout: 60_000 });
	expect(await alert.innerText()).toContain(message('vi', 'sql_memory'));
	await run(page, 'SELECT count(*) AS n FROM filtered');
	await page.locator('.result tbody td').waitFor();
	expect((await page.locator('.result tbody td').innerText()).replaceAll('.', '')).toBe(String(count));
	await page.getByRole('button', { name: /^Giáo dục/ }).click();
	await said(page, 'field:giao_duc');
	const both = await matched(page);
	expect(both).toBeLessThan(count);
	await page.reload();
	expect(await matched(page)).toBe(both);
	expect(problems).toEqual([]);
});

it('refuses with a clear word what reaches out or changes a register, asks nobody, and goes on', async () => {
	const { page, requests } = await browser.revisit();
	await visit(page, 'explore/');
	const count = await matched(page);
	await turn(page, message('vi', 'sql_title'));
	await page.locator('.cm-content').waitFor();
	const alert = page.locator('.query [role=alert]');
	for (const [text, key, word] of [
		["ATTACH 'x.db'", 'sql_outside', 'ATTACH'],
		["COPY initiatives TO 'x.csv'", 'sql_outside', 'COPY'],
		['INSTALL httpfs', 'sql_outside', 'INSTALL'],
		["SELECT * FROM read_csv('https://example.org/x.csv')", 'sql_outside', 'read_csv'],
		['DROP TABLE initiatives', 'sql_change', 'DROP'],
		["SET memory_limit = '1GB'", 'sql_setting', 'SET'],
		["SELECT * FROM 'https://example.org/x.csv'", null, '']
	] as const) {
		await run(page, text);
		await alert.waitFor();
		if (key !== null) expect(await alert.innerText()).toContain(message('vi', key).replace('{word}', word));
		await run(page, 'SELECT count(*) AS n FROM initiatives');
		await page.locator('.result tbody td').waitFor();
		expect((await page.locator('.result tbody td').innerText()).replaceAll('.', ''), text).toBe(String(count));
		expect(await alert.count(), text).toBe(0);
	}
	expect(
		requests.filter(
			(request) => !request.url().startsWith(new URL(site).origin) && !/^(blob|data):/.test(request.url())
		)
	).toEqual([]);
});

it('explores the reader’s own rows, and says whose they are', async () => {
	const { page, problems } = await browser.visit();
	await open(page, `${site}data/`);
	await page.locator('input[type=file]').setInputFiles('tests/fixtures/corpus/02-two-heading-rows-windows-1258.csv');
	await page.locator('.load .chief:not([disabled])').first().click();
	await page.locator('.note').waitFor();
	await settled(page);
	await page.getByRole('link', { name: 'Khám phá' }).first().click();
	await ready(page);
	expect(await matched(page)).toBe(7);
	expect(await page.locator('footer').innerText()).toContain('Dữ liệu của bạn.');
	await page.locator('[data-row="0"][data-column="1"]').dblclick();
	await page.getByRole('dialog').getByText(message('vi', 'rows_imports')).waitFor();
	await page.keyboard.press('Escape');
	await page.reload();
	expect(await matched(page)).toBe(7);
	await open(page, `${site}data/`);
	await page.getByRole('button', { name: 'Về dữ liệu mẫu' }).click();
	await page.getByRole('button', { name: 'Dùng dữ liệu của tôi' }).waitFor();
	await page.getByRole('link', { name: 'Khám phá' }).first().click();
	await ready(page);
	expect(await matched(page)).toBe(5706);
	expect(problems).toEqual([]);
});

it.each([
	'explore/',
	'en/explore/?focus=1&split=level&filter=level:tinh&filter=benefit_vnd=1000000..',
	'explore/?register=transfers&filter=?khongcogi',
	'explore/?filter=level:tinh&beside=register%3Dtransfers'
])('axe finds nothing on %s, by day and by night', async (path) => {
	const { page } = await browser.revisit({ colorScheme: 'light' });
	await visit(page, path);
	const check = async (what: string) => {
		expect(await faults(page), what).toEqual([]);
		await page.emulateMedia({ colorScheme: 'dark' });
		expect(await faults(page, ofColour), `${what}, dark`).toEqual([]);
		await page.emulateMedia({ colorScheme: 'light' });
	};
	await page.locator('article').nth(1).getByRole('button', { expanded: false }).click();
	await page.locator('.options').waitFor();
	await check('charts');
	const tabs = page.locator('.desk .tabs > button');
	for (const [place, shown] of [
		[1, '.pivot, .desk .soft'],
		[2, '.cm-content'],
		[3, '.saved']
	] as const) {
		await tabs.nth(place).click();
		await page.locator(shown).filter({ visible: true }).first().waitFor();
		await check(shown);
	}
});
