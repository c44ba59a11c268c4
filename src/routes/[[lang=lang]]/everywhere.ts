/** What every page offers in the palette. Fetched with the palette, since most readers never open it. */
import * as m from '$messages';
import type { PaletteItem } from '$lib/components/palette.svelte';
import { shelf } from '$lib/components/shelf';
import { nameOf } from '$lib/components/word';
import type { Locale } from '$lib/format';
import { indicators, type Unit } from '$lib/model/catalogue';
import { readSaved } from '$lib/model/saved';
import { defaultView } from '$lib/model/view';
import { pathOf } from '../path';
import { databaseOf } from '../question';

/** What the layout knows of itself. */
export interface Place {
	readonly url: URL;
	readonly locale: Locale;
	/** The query string that pages pass on to one another. */
	readonly query: string;
	readonly pages: readonly { readonly href: string; readonly name: string }[];
	readonly units: readonly Unit[];
	/** The address of this page in the other language. */
	readonly other: string;
	readonly turnTheme: () => void;
	readonly listKeys: () => void;
}

/** Pages, commands, saved views, indicators and units, in this order. Indicators that cannot be asked for are left out. */
export async function everywhere(place: Place): Promise<PaletteItem[]> {
	const { url, locale, query, pages, units, other, turnTheme, listKeys } = place;
	const list = await indicators(databaseOf({ fetch, url }, defaultView)).catch(() => []);
	return [
		...pages.map(({ href, name }): PaletteItem => ({ id: `page ${href}`, group: 'pages', name, href: href + query })),
		{ id: 'theme', group: 'commands', name: m.palette_theme(), run: turnTheme },
		{ id: 'language', group: 'commands', name: m.palette_language(), run: () => location.assign(other + query) },
		{ id: 'keys', group: 'commands', name: m.palette_keys_title(), keys: '?', run: listKeys },
		...readSaved(shelf()).map(({ name, path }): PaletteItem => {
			return { id: `saved ${name}`, group: 'saved', name, href: pathOf(path as `/${string}`, locale) };
		}),
		...list.map((one): PaletteItem => {
			const href = pathOf(`/indicators/${one.indicator_id}/`, locale) + query;
			return { id: `indicator ${one.indicator_id}`, group: 'indicators', name: nameOf(one), href };
		}),
		...units.map(({ unit_id: unit, short_name: name, name_vi: hint }): PaletteItem => {
			return { id: `unit ${unit}`, group: 'units', name, hint, href: pathOf(`/units/${unit}/`, locale) };
		})
	];
}
