/** What axe has against a page. */
import axe from 'axe-core';
import type { Page } from 'playwright';

/** Rules that look at colours; the theme changes nothing else. */
export const ofColour = ['color-contrast', 'link-in-text-block'];

/** Opens everything that is folded, and takes away all but so many rows of each table where rows are alike and colours slow to judge. */
export async function unfold(page: Page, rows = Infinity): Promise<void> {
	await page.evaluate((most) => {
		for (const details of document.querySelectorAll('details')) details.open = true;
		for (const body of document.querySelectorAll('tbody')) for (const row of [...body.rows].slice(most)) row.remove();
	}, rows);
}

/**
 * What axe has against a page as it stands: rule, element, and why.
 *
 * @param rules the rules to try, all without them.
 */
export async function faults(page: Page, rules?: readonly string[]): Promise<string[]> {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
	// Only violations are asked for: to describe all that is well takes most of the time.
	return page.evaluate(
		async (only) => {
			const { axe } = window as unknown as { axe: typeof import('axe-core') };
			const { violations } = await axe.run(document, {
				resultTypes: ['violations'],
				...(only ? { runOnly: { type: 'rule', values: [...only] } } : {})
			});
			return violations.flatMap(({ id, nodes }) =>
				nodes.slice(0, 5).map(({ target, failureSummary }) => `${id}: ${target.join(' ')}\n${failureSummary ?? ''}`)
			);
		},
		rules && [...rules]
	);
}
