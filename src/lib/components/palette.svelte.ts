/** What the palette offers: each page adds its own items while it is shown. */
import { untrack } from 'svelte';
import { foldKey } from '../model/alias';

/** The groups of the palette, in their order. */
export const groups = ['commands', 'pages', 'saved', 'columns', 'indicators', 'units'] as const;

export type Group = (typeof groups)[number];

/** One thing that can be opened or done. */
export interface PaletteItem {
	/** Unique among all items. */
	readonly id: string;
	readonly group: Group;
	readonly name: string;
	/** Said after the name, and searched too. */
	readonly hint?: string;
	/** The keys that do the same, as they are written on a keyboard: `Ctrl+Enter`. */
	readonly keys?: string;
	/** Where it leads; without it, `run` does it. */
	readonly href?: string;
	readonly run?: () => void;
}

/** A key that does something which is no item of the palette, such as moving in a chart. */
export interface KeyHelp {
	readonly keys: string;
	readonly name: string;
}

interface Offer {
	readonly items: readonly PaletteItem[];
	readonly keys: readonly KeyHelp[];
}

let offers = $state.raw<readonly Offer[]>([]);

/** Offers items and keys until what is returned is called: an effect of the page that has them. */
export function offer(items: readonly PaletteItem[], keys: readonly KeyHelp[] = []): () => void {
	const own: Offer = { items, keys };
	// Read without being watched: an effect that offers must not run again for what it offers.
	untrack(() => (offers = [...offers, own]));
	return () => untrack(() => (offers = offers.filter((one) => one !== own)));
}

/** All that is offered now. */
export function offered(): { items: readonly PaletteItem[]; keys: readonly KeyHelp[] } {
	return { items: offers.flatMap(({ items }) => items), keys: offers.flatMap(({ keys }) => keys) };
}

/**
 * The items that hold every word of a text, accents, đ and case aside, in any order: those whose name starts with the text first, then
 * those with a word that starts with its first word, then the others; equals in the order of the groups, and at most so many.
 */
export function found(items: readonly PaletteItem[], text: string, most: number): PaletteItem[] {
	const words = foldKey(text)
		.split(' ')
		.filter((word) => word !== '');
	const whole = words.join(' ');
	const ranked = items.flatMap((item, index) => {
		const name = foldKey(item.name);
		const all = `${name} ${foldKey(item.hint ?? '')}`;
		if (!words.every((word) => all.includes(word))) return [];
		const rank = name.startsWith(whole) ? 0 : ` ${name}`.includes(` ${words[0] ?? ''}`) ? 1 : 2;
		return [{ item, index, rank, group: groups.indexOf(item.group) }];
	});
	return ranked
		.sort((a, b) => a.rank - b.rank || a.group - b.group || a.index - b.index)
		.slice(0, most)
		.map(({ item }) => item);
}
