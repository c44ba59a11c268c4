/** What axe has against a page. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';

/** The same program as `axe.source`, which is more than twice as long to read for every page. */
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules that look at colours; the theme changes nothing else. */
export const ofColour = ['color-contrast', 'link-in-text-block'];

/** Opens everything that is folded, and takes away all but so many rows of each table where rows are alike and colours slow to judge. */
export async function unfold(page: Page, rows = Infinity): Promise<void> {
	await page.evaluate((most) => {
		for (const details of document.querySelectorAll('details')) details.open = true;
		for (const body of document.querySelectorAll('tbody')) for (const row of [...body.rows].slice(most)) row.remove();
	}, rows);
}

/** What {@link hasten} knows of axe's inside. */
interface Inside {
	readonly _audit: { readonly checks: Readonly<Record<string, { evaluate: Evaluate }>> };
	readonly commons: {
		readonly color: { readonly Color: { readonly prototype: { parseString: (this: Colour, text: string) => Colour } } };
		readonly dom: { getTextElementStack(node: Element): Element[][] };
	};
}

interface Colour {
	r: number;
	g: number;
	b: number;
	alpha: number;
}

type Evaluate = (this: unknown, node: HTMLElement, ...rest: unknown[]) => boolean | undefined;

/**
 * Has axe compute each contrast once: what it computes one from are the looks of a text and of all that lies under it, and what looks the same
 * on the same ground need not be computed again once axe is content with it. Nothing else is taken from it: each text that it is not content
 * with, or not sure of, is judged by itself. Most of axe's time went into that, most of it into reading colours.
 */
function hasten(): void {
	const { _audit: audit, commons } = (window as unknown as { axe: Inside }).axe;
	const read = commons.color.Color.prototype.parseString;
	const colours = new Map<string, Colour>();
	commons.color.Color.prototype.parseString = function (text) {
		const known = colours.get(text);
		if (known) return Object.assign(this, { r: known.r, g: known.g, b: known.b, alpha: known.alpha });
		const { r, g, b, alpha } = read.call(this, text);
		colours.set(text, { r, g, b, alpha });
		return this;
	};

	const check = audit.checks['color-contrast'];
	if (!check) throw new Error('axe has no check of contrast.');
	const { evaluate } = check;
	/** Of a text: its own look; of an element under it: what it paints, and in what order. */
	const own = ['color', '-webkit-text-fill-color', '-webkit-text-stroke', 'text-shadow', 'font-size', 'font-weight'];
	const ground = [
		...['background-color', 'background-image', 'opacity', 'mix-blend-mode', 'display', 'position', 'z-index'],
		...['overflow', 'isolation', 'transform', 'filter', 'float']
	];
	const look = (element: Element, names: readonly string[]) => {
		const style = getComputedStyle(element);
		return names.map((name) => style.getPropertyValue(name)).join();
	};
	/** Numbers of the looks of what lies under texts, for as long as nothing changes: until the run is over. */
	let grounds = new WeakMap<Element, string>();
	let content = new Set<string>();
	const groundOf = (element: Element) => {
		const known = grounds.get(element) ?? look(element, ground);
		grounds.set(element, known);
		return known;
	};
	check.evaluate = function (node, ...rest) {
		const stacks = commons.dom.getTextElementStack(node).map((stack) => stack.map(groundOf).join('|'));
		const key = [node.localName, look(node, own), ...new Set(stacks)].join('/');
		if (content.has(key)) return true;
		const verdict = evaluate.call(this, node, ...rest);
		if (verdict === true) content.add(key);
		return verdict;
	};
	addEventListener('axe starts', () => {
		grounds = new WeakMap();
		content = new Set();
	});
}

/**
 * What axe has against a page as it stands: rule, element, and why.
 *
 * @param rules the rules to try, all without them.
 */
export async function faults(page: Page, rules?: readonly string[]): Promise<string[]> {
	if (!(await page.evaluate(() => 'axe' in window))) {
		await page.evaluate(source);
		await page.evaluate(hasten);
	}
	// Only violations are asked for: to describe all that is well takes most of the time.
	return page.evaluate(
		async (only) => {
			const { axe } = window as unknown as { axe: typeof import('axe-core') };
			dispatchEvent(new Event('axe starts'));
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
