/**
 * The bytes of a text file as text. Vietnamese files are UTF-8, UTF-16 ("Unicode text" of Excel), windows-1258, or were typed with the
 * fonts of TCVN3 (ABC) and VNI, which show Vietnamese letters in the place of western ones. What a file is, is found by how many of its
 * words could be Vietnamese syllables in each reading; the reader sees the choice and can change it.
 */

/**
 * How a text is encoded. The last four are readings of western letters (windows-1252): of the bytes themselves, or of a file in UTF-8 or
 * UTF-16 into which such letters were saved again, as "S¸ng kiÕn" and "SÃ¡ng kiáº¿n" often are.
 *
 * - `windows-1258`: Vietnamese Windows; tones are characters of their own.
 * - `utf-8-as-windows-1252`: UTF-8 that was opened as windows-1252 or windows-1258 and saved again.
 * - `tcvn3`: the ABC fonts (TCVN 5712:1993, VN2). Capitals with a tone came from fonts of capitals (.VnTimeH), so they are read as small
 *   letters: the case is lost in the file.
 * - `vni`: VNI-Windows; a letter and its tone are two characters.
 */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258' | 'utf-8-as-windows-1252' | 'tcvn3' | 'vni';

/** A text and how it was read. */
export interface Decoded {
	/** In NFC, without a byte order mark. */
	readonly text: string;
	readonly encoding: Encoding;
	/** From 0 to 1; 1 where the reader chose, or where nothing speaks for another encoding. */
	readonly certainty: number;
	/** How many characters could not be read, now (U+FFFD stands in their place) or when the file was made: those that `lossyLines` looks for. */
	readonly lossy: number;
	/** What the file could be, likeliest first; encodings that read it alike count once. */
	readonly candidates: readonly Encoding[];
}

/** Behind this many characters decoding stops: no browser holds a longer text, and the caller refuses it. */
const longest = 2 ** 29 - 2 ** 20;

/**
 * The text of a file.
 *
 * @param encoding what the reader chose; found out when it is left out.
 */
export function decode(bytes: Uint8Array, encoding?: Encoding): Decoded {
	const found = carrierOf(bytes);
	const readings = ranked(found);
	const chosen = encoding ?? readings[0]?.encoding ?? found.encoding;
	const read = readers[chosen];
	const carrier = read || chosen === found.encoding ? found.text : unicode(bytes, chosen);
	const text = composed(read ? read(carrier) : carrier);
	return {
		text,
		encoding: chosen,
		certainty: encoding === undefined ? certaintyOf(found, readings) : 1,
		lossy: count(text, damage),
		candidates: [...new Set([chosen, ...readings.map((reading) => reading.encoding)])]
	};
}

/** A text file as UTF-8, and how it was read. */
export interface Transcoded extends Omit<Decoded, 'text'> {
	/** In UTF-8 and NFC, without a byte order mark: the file's own bytes where they are so already. Null for what is longer than a browser can hold. */
	readonly bytes: Uint8Array | null;
	/** Five lines as they read: those with letters that are not ASCII, else the first. */
	readonly preview: readonly string[];
}

/**
 * The bytes of a file as UTF-8. Sound UTF-8, as most files are, is never made a text as a whole.
 *
 * @param encoding what the reader chose; found out when it is left out.
 */
export function transcode(bytes: Uint8Array, encoding?: Encoding): Transcoded {
	const own = bytes.subarray(markOf(bytes) === 'utf-8' ? 3 : 0);
	if ((encoding ?? 'utf-8') === 'utf-8' && utf16Of(bytes) === null && isSound(own)) {
		const found: Carrier = { encoding: 'utf-8', text: '', sample: sampleOfBytes(own), sound: 1 };
		const readings = ranked(found);
		const first = readings[0]?.encoding ?? 'utf-8';
		if (encoding !== undefined || first === 'utf-8') {
			return {
				bytes: own,
				encoding: 'utf-8',
				certainty: encoding === undefined ? certaintyOf(found, readings) : 1,
				lossy: 0,
				candidates: [...new Set<Encoding>(['utf-8', ...readings.map((reading) => reading.encoding)])],
				preview: previewOfBytes(own, previewed)
			};
		}
	}
	const { text, ...decoded } = decode(bytes, encoding);
	return {
		...decoded,
		bytes: text.length > longest ? null : new TextEncoder().encode(text),
		preview: preview(text, previewed)
	};
}

/** How many lines are shown of a file. */
const previewed = 5;

/** Whether bytes are UTF-8 in NFC without a damaged character. */
function isSound(bytes: Uint8Array): boolean {
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	const step = 2 ** 19;
	try {
		for (let at = 0; at < bytes.length; at += step) {
			const piece = bytes.subarray(at, at + step);
			const text = decoder.decode(piece, { stream: at + step < bytes.length });
			if (text.length === piece.length) continue;
			// A mark at the beginning may belong to the letter before.
			if (text.normalize('NFC') !== text || damage.test(text) || /^\p{M}/u.test(text)) return false;
		}
		return true;
	} catch {
		return false;
	}
}

/** The place of the first byte from `from` on that is not ASCII; the end where there is none. */
function beyondAscii(bytes: Uint8Array, from: number): number {
	let at = from;
	while (at < bytes.length && bytes[at]! < 0x80) at++;
	return at;
}

/** Parts from all over a text as those of `sampleOf`. */
function sampleOfBytes(bytes: Uint8Array): string {
	if (bytes.length <= sampleParts * sampleWidth)
		return sampleOf(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
	let sample = '';
	let behind = 0;
	for (let part = 0; part < sampleParts; part++) {
		const hit = beyondAscii(bytes, Math.max(behind, Math.floor((bytes.length / sampleParts) * part)));
		if (hit === bytes.length) break;
		behind = hit + sampleWidth;
		sample += `${cutOf(bytes, hit, behind)}\n`;
	}
	return sample;
}

/** The lines of `preview`, near the first letter that is not ASCII. */
function previewOfBytes(bytes: Uint8Array, most: number): string[] {
	const hit = beyondAscii(bytes, 0);
	const start = bytes.lastIndexOf(0x0a, hit === bytes.length ? 0 : hit) + 1;
	return preview(cutOf(bytes, Math.max(start, hit - 2 ** 16), start + 2 ** 20), most);
}

/** A part of a text in UTF-8 without the characters that its ends part. */
function cutOf(bytes: Uint8Array, start: number, end: number): string {
	const follows = (at: number) => at < bytes.length && (bytes[at]! & 0xc0) === 0x80;
	while (follows(start)) start++;
	while (follows(end)) end--;
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
}

/** The lines, from 1, that hold characters which could not be read, and no more than `most` of them. A line ends at CR LF, LF or CR. */
export function lossyLines(text: string, most: number): number[] {
	const lines: number[] = [];
	const damaged = new RegExp(damage, 'g');
	const ends = /\r\n?|\n/g;
	let line = 1;
	for (let hit = damaged.exec(text); hit && lines.length < most; hit = damaged.exec(text)) {
		for (let end = ends.exec(text); end; end = ends.exec(text)) {
			if (end.index >= hit.index) {
				damaged.lastIndex = ends.lastIndex;
				lines.push(line++);
				break;
			}
			line++;
		}
		if (ends.lastIndex === 0) {
			lines.push(line);
			break;
		}
	}
	return lines;
}

/** The first `most` lines that show how a text was read, those with letters that are not ASCII, else its first; cut to 200 characters. */
export function preview(text: string, most: number): string[] {
	const lines = linesWith(/[^\0-\x7f]/g, text, most);
	return lines.length > 0 ? lines : linesWith(/[^\s]/g, text, most);
}

function linesWith(pattern: RegExp, text: string, most: number): string[] {
	const width = 200;
	const lines: string[] = [];
	for (let hit = pattern.exec(text); hit && lines.length < most; hit = pattern.exec(text)) {
		const near = text.slice(Math.max(0, hit.index - width / 2), hit.index);
		const start = hit.index - near.length + Math.max(near.lastIndexOf('\n'), near.lastIndexOf('\r')) + 1;
		const ends = /[\r\n]/g;
		ends.lastIndex = hit.index;
		const end = ends.exec(text)?.index ?? text.length;
		lines.push(text.slice(start, Math.min(end, start + width)));
		pattern.lastIndex = end;
	}
	return lines;
}

/** U+FFFD, and controls that no text has: they stand where a code page has no letter. */
const damage = /[\ufffd\x80-\x84\x86-\x9f]/;

function count(text: string, pattern: RegExp): number {
	const all = new RegExp(pattern, 'g');
	let hits = 0;
	while (all.test(text)) hits++;
	return hits;
}

/** NFC; a text that is too long to be kept is left as it is. */
const composed = (text: string) => (text.length > longest ? text : text.normalize('NFC'));

/** A file's bytes as characters, before anyone asks whether these are letters of a font. */
interface Carrier {
	/** `windows-1258` stands for bytes that are neither UTF-8 nor UTF-16; their text is that of windows-1252. */
	readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258';
	readonly text: string;
	/** Parts of the text in which there are characters beyond ASCII; empty when there are none. */
	readonly sample: string;
	/** The share of these characters that are sound. */
	readonly sound: number;
}

function carrierOf(bytes: Uint8Array): Carrier {
	const encoding = utf16Of(bytes) ?? 'utf-8';
	const text = unicode(bytes, encoding);
	const sample = sampleOf(text);
	const broken = text.includes('\ufffd') ? count(sample, /\ufffd/) : 0;
	const sound = broken === 0 ? 1 : 1 - broken / count(sample, /[^\0-\x7f]/);
	// A few bad bytes do not make UTF-8 something else; in any other encoding hardly a letter looks like UTF-8.
	if (encoding !== 'utf-8' || sound >= 0.5 || markOf(bytes)) return { encoding, text, sample, sound };
	const letters = western(bytes);
	return { encoding: 'windows-1258', text: letters, sample: sampleOf(letters), sound: 1 };
}

/** How many parts of a text are looked at to tell what it is, and how long each of them is, in characters or bytes. */
const sampleParts = 16;
const sampleWidth = 2 ** 12;

/** Up to sixteen parts, from all over a text, that begin with a character beyond ASCII; a text that is not longer than they is its own sample. */
function sampleOf(text: string): string {
	const beyond = /[^\0-\x7f]/g;
	if (text.length <= sampleParts * sampleWidth) return beyond.test(text) ? text : '';
	let sample = '';
	let behind = 0;
	for (let part = 0; part < sampleParts; part++) {
		beyond.lastIndex = Math.max(behind, Math.floor((text.length / sampleParts) * part));
		const hit = beyond.exec(text);
		if (!hit) break;
		behind = hit.index + sampleWidth;
		sample += `${text.slice(hit.index, behind)}\n`;
	}
	return sample;
}

function markOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	return null;
}

/**
 * Whether bytes are UTF-16, by their mark or by the place of their zeros: in Vietnamese every other byte is 00, 01, 03, 1E or 20, and at
 * least a quarter of these are 00. The head, the middle and the tail are looked at.
 */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
	const mark = markOf(bytes);
	if (mark) return mark === 'utf-8' ? null : mark;
	const size = 2 ** 14;
	const seen = [0, 0];
	const zeros = [0, 0];
	const high = [0, 0];
	for (const from of new Set([0, bytes.length >> 1, Math.max(0, bytes.length - size)])) {
		const start = from - (from % 2);
		for (let at = start; at < Math.min(start + size, bytes.length); at++) {
			const byte = bytes[at] as number;
			const side = at & 1;
			seen[side] = (seen[side] as number) + 1;
			if (byte === 0) zeros[side] = (zeros[side] as number) + 1;
			if (byte === 0 || byte === 1 || byte === 3 || byte === 0x1e || byte === 0x20)
				high[side] = (high[side] as number) + 1;
		}
	}
	const share = (counts: readonly number[], side: number) => (counts[side] ?? 0) / Math.max(1, seen[side] ?? 0);
	for (const side of [1, 0]) {
		if (share(high, side) > 0.9 && share(zeros, side) > 0.25 && share(zeros, 1 - side) < 0.05) {
			return side === 1 ? 'utf-16le' : 'utf-16be';
		}
	}
	return null;
}

/** Bytes as Unicode, without a mark, U+FFFD where they are not sound. */
function unicode(bytes: Uint8Array, encoding: string): string {
	const decoder = new TextDecoder(encoding);
	const step = 2 ** 19;
	let text = '';
	for (let at = 0; at < bytes.length && text.length <= longest; at += step) {
		text += decoder.decode(bytes.subarray(at, at + step), { stream: at + step < bytes.length });
	}
	return text;
}

/**
 * Text in pieces: `fill` writes code units from a place in the source and returns the place behind, until `length` is reached. It writes
 * no more than `room`, since one array for all of a text would be large.
 */
function written(
	length: number,
	fill: (units: Uint16Array, at: number, room: number) => { at: number; size: number }
): string {
	const units = new Uint16Array(Math.min(2 ** 16, length + 1));
	const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
	let text = '';
	for (let at = 0; at < length && text.length <= longest;) {
		const piece = fill(units, at, units.length);
		at = piece.at;
		// Half of a character beyond the BMP may be the last of a piece.
		text += decoder.decode(units.subarray(0, piece.size), { stream: at < length });
	}
	return text;
}

/** The characters of windows-1252 from 0x80 to 0x9F; the five that it leaves out are controls, as browsers read them. */
const punctuation =
	'\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
	'\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

/** The character of each byte in windows-1252. A table of our own: some versions of Node read `windows-1252` as ISO 8859-1. */
const westernOf = Uint16Array.from({ length: 256 }, (_, byte) =>
	byte < 0x80 || byte > 0x9f ? byte : punctuation.charCodeAt(byte - 0x80)
);

/** What windows-1258 has in the place of windows-1252. Source: the index of windows-1258 in the WHATWG Encoding Standard. */
const vietnamese: readonly (readonly [byte: number, letter: string])[] = [
	[0xc3, 'Ă'],
	[0xcc, '\u0300'],
	[0xd0, 'Đ'],
	[0xd2, '\u0309'],
	[0xd5, 'Ơ'],
	[0xdd, 'Ư'],
	[0xde, '\u0303'],
	[0xe3, 'ă'],
	[0xec, '\u0301'],
	[0xf0, 'đ'],
	[0xf2, '\u0323'],
	[0xf5, 'ơ'],
	[0xfd, 'ư'],
	[0xfe, '₫']
];

/**
 * The letters of TCVN 5712:1993 from 0xA1 on; a dot leaves a character as it is. Of the capitals with a tone those are here that the
 * standard has beyond 0x9F; below it, the fonts have the punctuation of windows-1252.
 */
const tcvn3Letters =
	/* A0 */ '.ĂÂÊÔƠƯĐăâêôơưđẰ' +
	/* B0 */ '.....àảãáạẲằẳẵắẴ' +
	/* C0 */ 'ẮẦẨẪẤỀặầẩẫấậèỂẻẽ' +
	/* D0 */ 'éẹềểễếệìỉỄẾỒĩíịò' +
	/* E0 */ 'Ổỏõóọồổỗốộờởỡớợù' +
	/* F0 */ 'ỖủũúụừửữứựỳỷỹýỵỐ';

/** The byte of each character of windows-1252, 0 where it has none. */
const byteOf = new Uint8Array(2 ** 16);
westernOf.forEach((unit, byte) => {
	byteOf[unit] = byte;
});
// Read as ISO 8859-1, a byte from 0x80 to 0x9F became a control.
for (let byte = 0x80; byte < 0xa0; byte++) byteOf[byte] = byte;
// The letter mu of Greek, which some programs write for the micro sign.
byteOf[0x3bc] = 0xb5;

/** The same, with the characters of windows-1258. */
const eitherByteOf = byteOf.slice();
for (const [byte, letter] of vietnamese) eitherByteOf[letter.charCodeAt(0)] = byte;

/** A table that gives each code unit itself, but for the given bytes of windows-1252. */
function tableOf(letters: Iterable<readonly [byte: number, letter: string]>): Uint16Array {
	const table = Uint16Array.from({ length: 2 ** 16 }, (_, unit) => unit);
	const byByte = new Map(letters);
	byteOf.forEach((byte, unit) => {
		const letter = byByte.get(byte);
		if (letter !== undefined) table[unit] = letter.charCodeAt(0);
	});
	return table;
}

const windows1258 = tableOf(vietnamese);
const tcvn3 = tableOf(
	[...tcvn3Letters].flatMap((letter, index) => (letter === '.' ? [] : [[0xa0 + index, letter] as const]))
);

/** The letters of VNI-Windows that are one character. */
const vniLetters: readonly (readonly [char: string, letter: string])[] = [
	['í', 'í'],
	['ì', 'ì'],
	['æ', 'ỉ'],
	['ó', 'ĩ'],
	['ò', 'ị'],
	['î', 'ỵ'],
	['ñ', 'đ'],
	['ô', 'ơ'],
	['ö', 'ư']
];

/** What follows a letter in VNI-Windows, by the letters that it may follow, and what it adds to them. */
const vniMarks: readonly (readonly [bases: string, marks: Readonly<Record<string, string>>])[] = [
	['aeouyôö', { ù: '\u0301', ø: '\u0300', û: '\u0309', õ: '\u0303', ï: '\u0323' }],
	[
		'aeo',
		{
			â: '\u0302',
			á: '\u0302\u0301',
			à: '\u0302\u0300',
			å: '\u0302\u0309',
			ã: '\u0302\u0303',
			ä: '\u0302\u0323'
		}
	],
	[
		'a',
		{
			ê: '\u0306',
			é: '\u0306\u0301',
			è: '\u0306\u0300',
			ú: '\u0306\u0309',
			ü: '\u0306\u0303',
			ë: '\u0306\u0323'
		}
	]
];

const vniSingle = tableOf(
	vniLetters.flatMap(([char, letter]) => [
		[char.charCodeAt(0), letter] as const,
		[char.toUpperCase().charCodeAt(0), letter.toUpperCase()] as const
	])
);

/** The letter of two bytes, by the first × 256 + the second; 0 where they are no letter. The mark may be small under a capital, as typed. */
const vniPairs = new Uint16Array(2 ** 16);
for (const [bases, marks] of vniMarks) {
	for (const base of [...bases, ...bases.toUpperCase()]) {
		const letter = String.fromCharCode(vniSingle[base.charCodeAt(0)] as number);
		for (const [mark, added] of Object.entries(marks)) {
			const composedLetter = (letter + added).normalize('NFC').charCodeAt(0);
			for (const second of [mark, mark.toUpperCase()]) {
				vniPairs[base.charCodeAt(0) * 256 + second.charCodeAt(0)] = composedLetter;
			}
		}
	}
}

/** Bytes as windows-1252. */
const western = (bytes: Uint8Array): string =>
	written(bytes.length, (units, from, room) => {
		const end = Math.min(bytes.length, from + room);
		for (let at = from; at < end; at++) units[at - from] = westernOf[bytes[at] as number] as number;
		return { at: end, size: end - from };
	});

/** A text with its letters changed one by one. */
const lettered = (text: string, table: Uint16Array): string =>
	written(text.length, (units, from, room) => {
		const end = Math.min(text.length, from + room);
		for (let at = from; at < end; at++) units[at - from] = table[text.charCodeAt(at)] as number;
		return { at: end, size: end - from };
	});

const vni = (text: string): string =>
	written(text.length, (units, from, room) => {
		let at = from;
		let size = 0;
		while (at < text.length && size < room) {
			const unit = text.charCodeAt(at++);
			const first = byteOf[unit] as number;
			const second = first === 0 || at === text.length ? 0 : (byteOf[text.charCodeAt(at)] as number);
			const letter = second < 0x80 ? 0 : (vniPairs[first * 256 + second] as number);
			if (letter > 0) at++;
			units[size++] = letter > 0 ? letter : (vniSingle[unit] as number);
		}
		return { at, size };
	});

/** Undoes a reading of UTF-8 as windows-1252 or windows-1258, wherever characters are those of sound UTF-8; all others stay. */
const unmixed = (text: string): string =>
	written(text.length, (units, from, room) => {
		let at = from;
		let size = 0;
		const byteAt = (place: number) => (place < text.length ? (eitherByteOf[text.charCodeAt(place)] as number) : 0);
		while (at < text.length && size < room - 1) {
			const lead = byteAt(at);
			const length = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
			let code = length === 1 ? 0 : lead & (0xff >> (length + 1));
			for (let place = at + 1; code >= 0 && place < at + length; place++) {
				const byte = byteAt(place);
				code = (byte & 0xc0) === 0x80 ? code * 64 + (byte & 0x3f) : -1;
			}
			const least = length === 2 ? 0x80 : length === 3 ? 0x800 : length === 4 ? 0x10000 : 0;
			if (length === 1 || code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
				units[size++] = text.charCodeAt(at++);
				continue;
			}
			at += length;
			if (code >= 0x10000) units[size++] = 0xd7c0 + (code >> 10);
			units[size++] = code < 0x10000 ? code : 0xdc00 + (code & 0x3ff);
		}
		return { at, size };
	});

/** How western letters are read; null for encodings that are what they are. */
const readers: Readonly<Record<Encoding, ((text: string) => string) | null>> = {
	'utf-8': null,
	'utf-16le': null,
	'utf-16be': null,
	'windows-1258': (text) => lettered(text, windows1258),
	'utf-8-as-windows-1252': unmixed,
	tcvn3: (text) => lettered(text, tcvn3),
	vni
};

/** An encoding and how Vietnamese a text is in it, from 0 to 1. */
interface Reading {
	readonly encoding: Encoding;
	readonly score: number;
}

/** What a file could be, likeliest first. Unicode is left for another reading only where that is clearly better. */
function ranked({ encoding: own, sample }: Carrier): Reading[] {
	if (sample === '') return [{ encoding: own === 'windows-1258' ? 'utf-8' : own, score: 0 }];
	const fonts = ['windows-1258', 'tcvn3', 'vni'] as const;
	const encodings = own === 'windows-1258' ? fonts : ([own, 'utf-8-as-windows-1252', ...fonts] as const);
	const readings = new Map<string, Reading>();
	for (const encoding of encodings) {
		const text = (readers[encoding]?.(sample) ?? sample).normalize('NFC');
		if (!readings.has(text)) readings.set(text, { encoding, score: vietnameseShare(text) });
	}
	const rank = ({ encoding, score }: Reading) =>
		encoding === own && own !== 'windows-1258' ? Math.max(0.5, score + 0.3) : score;
	return [...readings.values()].sort((a, b) => rank(b) - rank(a));
}

function certaintyOf({ encoding: own, sound }: Carrier, [first, second]: readonly Reading[]): number {
	const score = first?.score ?? 0;
	const ahead = score - (second?.score ?? 0);
	// That bytes are sound UTF-8 or UTF-16 is no accident.
	if (own !== 'windows-1258' && (first?.encoding ?? own) === own) return sound * (1 + Math.min(0, ahead));
	return score * Math.min(1, 0.5 + Math.max(0, ahead) / 0.6);
}

const tone = /[\u0300\u0301\u0303\u0309\u0323]/;

/** A Vietnamese syllable in small letters, its tone taken off: a beginning, a nucleus and an end, all of which may be found together. */
const syllable = new RegExp(
	'^(?:ngh?|nh|gh?|gi|kh?|ph?|th?|tr|ch?|qu|[bdđhlmnrsvx])?' +
		'(?:a[iouy]?|ă|â[uy]?|eo?|êu?|i[au]?|iêu?|o[aeio]?|oa[ioy]|oă|oeo|ôi?|ơi?|u[aâêiôơy]?|uây|uôi|uy[aêu]|ư[aiuơ]?|ươ[iu]|yê?u?)' +
		'(?:ch?|nh|ng?|[kmpt])?$'
);

/**
 * The share of the words with letters beyond ASCII that could be Vietnamese syllables. One word is counted as wrong, so that a single
 * one proves nothing.
 */
function vietnameseShare(text: string): number {
	let words = 1;
	let good = 0;
	// Typographic punctuation and no-break spaces part words.
	for (const [word] of text.matchAll(/(?:[A-Za-z]|[^\0-\x7f\xa0\u2010-\u2027\u2030-\u203a])+/g)) {
		// Abbreviations as "QĐ" are no words.
		if (!/[^\0-\x7f]/.test(word) || !/\p{L}/u.test(word) || /^[A-ZĐ]{2,5}$/.test(word)) continue;
		words++;
		const letters = word.toLowerCase().normalize('NFD').replace(tone, '').normalize('NFC');
		// A capital with a mark does not follow a small letter.
		if (syllable.test(letters) && !/\p{Ll}(?![A-Z])\p{Lu}/u.test(word)) good++;
	}
	return good / words;
}
