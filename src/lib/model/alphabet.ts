/**
 * The Vietnamese order of texts inside the engine, whose own collations know only bytes. The rules are those of CLDR for Vietnamese, as in
 * `Intl.Collator('vi')`: first the letters of the whole text (a ă â b c d đ e ê …), then its tones (none, huyền, hỏi, ngã, sắc, nặng), then
 * small before capital. Signs come before digits, digits before letters.
 */
import { sql, type Sql } from '../database/sql';

/** The letters in their order; f, j, w and z stand where foreign words need them. */
const letters = 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz';

/** The tone marks in their order: huyền, hỏi, ngã, sắc, nặng. */
const tones = ['\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];

/** Signs and digits in their order. */
const signs = ' _-‐‑–—,;:!¡?¿.…·\'‘’"“”«»()[]{}§¶@*/\\&#%‰†•`´^¨°©®+±÷×<=>|~¤¢$£¥€0123456789';

/** Letters of other languages that stand with a Vietnamese one, and the space that does not break. */
const strangers: Readonly<Record<string, string>> = {
	a: 'äåāą',
	c: 'çčć',
	e: 'ëēę',
	i: 'ïîī',
	l: 'ł',
	n: 'ñń',
	o: 'öøō',
	s: 'šś',
	u: 'üûū',
	y: 'ÿ',
	z: 'žźż',
	' ': '\u00a0'
};

/** What becomes of each character: its place among letters and signs, and its tone. */
const places = new Map<string, { readonly letter: string; readonly tone: string }>();

[...signs, ...letters].forEach((base, index) => {
	// All codes are larger than those of line breaks and tabs, which come first.
	const letter = String.fromCharCode(32 + index);
	places.set(base, { letter, tone: '0' });
	for (const stranger of strangers[base] ?? '') places.set(stranger, { letter, tone: '6' });
	if (!letters.includes(base)) return;
	tones.forEach((mark, tone) => {
		const marked = (base + mark).normalize('NFC');
		if (marked.length === 1) places.set(marked, { letter, tone: String(tone + 1) });
	});
});

const from = [...places.keys()].join('');
const toLetters = [...places.values()].map(({ letter }) => letter).join('');
const toTones = [...places.values()].map(({ tone }) => tone).join('');

const small = [...places.keys()].filter((one) => one !== one.toUpperCase() && one.toUpperCase().length === 1);
const ofCase = [...small, ...small.map((one) => one.toUpperCase())].join('');
const toCase = small.map(() => '0').join('') + small.map(() => '1').join('');

// `translate` reads its table anew at each row, so many texts at once are much cheaper than one by one.
const together = 512;
const separator = sql`chr(31)`;

/**
 * The texts of a column in Vietnamese order, as `SELECT v, place`: each text once, with its place from 1.
 *
 * @param texts a query of one column `v` of texts in NFC, each once and none of them null.
 */
export function inOrder(texts: Sql): Sql {
	return sql`WITH numbered AS (SELECT v, (row_number() OVER () - 1) // ${together} AS pack FROM (${texts})),
	packs AS (SELECT list(v) AS vs,
		translate(lower(array_to_string(list(replace(v, ${separator}, ' ')), ${separator})), ${from}, ${toLetters}) AS keys
		FROM numbered GROUP BY pack),
	keyed AS MATERIALIZED (SELECT unnest(vs) AS v, unnest(string_split(keys, ${separator})) AS letters FROM packs),
	tied AS (SELECT letters AS same FROM keyed GROUP BY letters HAVING count(*) > 1)
	SELECT v, CAST(row_number() OVER (ORDER BY letters,
		CASE WHEN same IS NULL THEN NULL ELSE translate(lower(v), ${from}, ${toTones}) END,
		CASE WHEN same IS NULL THEN NULL ELSE translate(v, ${ofCase}, ${toCase}) END, v) AS INTEGER) AS place
	FROM keyed LEFT JOIN tied ON same = letters`;
}

/** The place of each byte of ASCII among the letters and signs, from 1; 0 for those that have none. */
export const plainLetters = (() => {
	const letters = new Uint8Array(256);
	/** 1 for a capital letter, which counts only where all letters of two texts are the same, 0 for all else. */
	const capitals = new Uint8Array(256);
	for (let byte = 0; byte < 128; byte++) {
		const one = String.fromCharCode(byte);
		letters[byte] = (places.get(one.toLowerCase())?.letter.charCodeAt(0) ?? 31) - 31;
		capitals[byte] = one === one.toLowerCase() ? 0 : 1;
	}
	return { letters, capitals };
})();
