import * as m from '$messages';
import type { Fate } from '$lib/intake/convert';

/** What became of a row, in a word or two. */
export const fateWord: Readonly<Record<Fate, () => string>> = {
	loaded: m.fate_loaded,
	waiting: m.fate_waiting,
	blank: m.fate_blank,
	heading: m.fate_heading,
	group: m.fate_group,
	total: m.fate_total,
	note: m.fate_note,
	superseded: m.fate_superseded
};
