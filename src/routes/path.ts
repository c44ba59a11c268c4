import { base } from '$app/paths';
import type { Locale } from '$lib/format';

/** The address of a page in a language: `/method/` is `/en/method/` in English, under the path where the site is served. */
export function pathOf(path: `/${string}`, locale: Locale): string {
	return `${base}${locale === 'en' ? '/en' : ''}${path}`;
}
