/**
 * Texts as bytes in the encodings of old Vietnamese files. The tables are written down here once more, so that what reads them is not
 * tested with itself.
 */

/** UTF-8, without a mark. */
export const utf8 = (text: string) => new TextEncoder().encode(text);

/** UTF-16 with its mark. */
export function inUtf16(text: string, order: 'little' | 'big' = 'little'): Uint8Array {
	const marked = `\ufeff${text}`;
	const view = new DataView(new ArrayBuffer(marked.length * 2));
	for (let at = 0; at < marked.length; at++) view.setUint16(at * 2, marked.charCodeAt(at), order === 'little');
	return new Uint8Array(view.buffer);
}

/** One byte a sign, where it is the sign's code in windows-1252; the signs 0x80 to 0x9F are not used here. */
function latin(text: string): Uint8Array {
	return Uint8Array.from(text, (sign) => {
		const code = sign.charCodeAt(0);
		if (code > 0xff || (code >= 0x80 && code < 0xa0)) throw new RangeError(`No byte for ${sign}`);
		return code;
	});
}

const tones = '\u0300\u0309\u0303\u0301\u0323';

/** A letter in two: the letter with its shape (circumflex, breve, horn) and its tone, which may be none. */
function parted(letter: string): { shape: string; tone: string } {
	const signs = [...letter.normalize('NFD')];
	return {
		shape: signs
			.filter((sign) => !tones.includes(sign))
			.join('')
			.normalize('NFC'),
		tone: signs.find((sign) => tones.includes(sign)) ?? ''
	};
}

/** Replaces the Vietnamese letters of a text (NFC); all else must be ASCII. */
function spelled(text: string, spell: (letter: string) => string): string {
	return text.normalize('NFC').replace(/[^\u0000-\u007f]/g, spell);
}

const windows1258: Readonly<Record<string, string>> = {
	...{ Ă: '\xc3', ă: '\xe3', Â: '\xc2', â: '\xe2', Đ: '\xd0', đ: '\xf0', Ê: '\xca', ê: '\xea', Ô: '\xd4', ô: '\xf4' },
	...{ Ơ: '\xd5', ơ: '\xf5', Ư: '\xdd', ư: '\xfd', '\u0300': '\xcc', '\u0309': '\xd2', '\u0303': '\xde' },
	...{ '\u0301': '\xec', '\u0323': '\xf2', À: '\xc0', Á: '\xc1', È: '\xc8', É: '\xc9', Í: '\xcd', Ó: '\xd3' },
	...{ Ù: '\xd9', Ú: '\xda', à: '\xe0', á: '\xe1', è: '\xe8', é: '\xe9', í: '\xed', ó: '\xf3', ù: '\xf9', ú: '\xfa' }
};

/** Windows-1258: a letter with its shape, then its tone as a sign of its own; where there is a sign for both, that one. */
export function inWindows1258(text: string): Uint8Array {
	return latin(
		spelled(text, (letter) => {
			const whole = windows1258[letter];
			if (whole !== undefined) return whole;
			const { shape, tone } = parted(letter);
			return (windows1258[shape] ?? shape) + (windows1258[tone] ?? tone);
		})
	);
}

/** Small letters of TCVN 5712 (ABC), by the bytes from 0xB5; the capitals that have bytes of their own come first. */
const tcvn3: Readonly<Record<string, number>> = {
	...{ Ă: 0xa1, Â: 0xa2, Ê: 0xa3, Ô: 0xa4, Ơ: 0xa5, Ư: 0xa6, Đ: 0xa7 },
	...{ ă: 0xa8, â: 0xa9, ê: 0xaa, ô: 0xab, ơ: 0xac, ư: 0xad, đ: 0xae },
	...{ à: 0xb5, ả: 0xb6, ã: 0xb7, á: 0xb8, ạ: 0xb9, ằ: 0xbb, ẳ: 0xbc, ẵ: 0xbd, ắ: 0xbe, ặ: 0xc6 },
	...{ ầ: 0xc7, ẩ: 0xc8, ẫ: 0xc9, ấ: 0xca, ậ: 0xcb, è: 0xcc, ẻ: 0xce, ẽ: 0xcf, é: 0xd0, ẹ: 0xd1 },
	...{ ề: 0xd2, ể: 0xd3, ễ: 0xd4, ế: 0xd5, ệ: 0xd6, ì: 0xd7, ỉ: 0xd8, ĩ: 0xdc, í: 0xdd, ị: 0xde },
	...{ ò: 0xdf, ỏ: 0xe1, õ: 0xe2, ó: 0xe3, ọ: 0xe4, ồ: 0xe5, ổ: 0xe6, ỗ: 0xe7, ố: 0xe8, ộ: 0xe9 },
	...{ ờ: 0xea, ở: 0xeb, ỡ: 0xec, ớ: 0xed, ợ: 0xee, ù: 0xef, ủ: 0xf1, ũ: 0xf2, ú: 0xf3, ụ: 0xf4 },
	...{ ừ: 0xf5, ử: 0xf6, ữ: 0xf7, ứ: 0xf8, ự: 0xf9, ỳ: 0xfa, ỷ: 0xfb, ỹ: 0xfc, ý: 0xfd, ỵ: 0xfe }
};

/** TCVN3: a capital with a tone is the small letter in a font of capitals, so it is written as the small letter. */
export function inTcvn3(text: string): Uint8Array {
	return latin(
		spelled(text, (letter) => {
			const code = tcvn3[letter] ?? tcvn3[letter.toLowerCase()];
			if (code === undefined) throw new RangeError(`No byte for ${letter}`);
			return String.fromCharCode(code);
		})
	);
}

/** What follows a plain letter in VNI: the tone alone, or the tone together with the circumflex or the breve. */
const vniSigns: Readonly<Record<string, string>> = {
	...{ '\u0301': 'ù', '\u0300': 'ø', '\u0309': 'û', '\u0303': 'õ', '\u0323': 'ï' },
	...{ '\u0302': 'â', '\u0302\u0301': 'á', '\u0302\u0300': 'à', '\u0302\u0309': 'å', '\u0302\u0303': 'ã' },
	...{ '\u0302\u0323': 'ä', '\u0306': 'ê', '\u0306\u0301': 'é', '\u0306\u0300': 'è', '\u0306\u0309': 'ú' },
	...{ '\u0306\u0303': 'ü', '\u0306\u0323': 'ë' }
};

/** Letters that VNI writes as one sign, capitals in the same way. */
const vniLetters: Readonly<Record<string, string>> = {
	...{ í: 'í', ì: 'ì', ỉ: 'æ', ĩ: 'ó', ị: 'ò', đ: 'ñ', ỵ: 'î', ơ: 'ô', ư: 'ö' }
};

/** VNI: a plain letter, then its tone and shape as one sign, where there is none for them all. */
export function inVni(text: string): Uint8Array {
	const spell = (letter: string): string => {
		const small = letter.toLowerCase();
		if (small !== letter) return spell(small).toUpperCase();
		const whole = vniLetters[letter];
		if (whole !== undefined) return whole;
		const { shape, tone } = parted(letter);
		const [base = '', mark = ''] = shape.normalize('NFD');
		const horned = vniLetters[shape];
		const sign = vniSigns[horned === undefined ? mark + tone : tone];
		if (sign === undefined) throw new RangeError(`No sign for ${letter}`);
		return (horned ?? base) + sign;
	};
	return latin(spelled(text, spell));
}

/** What windows-1252 has from 0x80 to 0x9F. Five codes have no sign: browsers and Windows leave them as they are. */
const middle = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** UTF-8 that was read as windows-1252 and written as UTF-8. Node's own decoder of windows-1252 does not know the signs above. */
export function mangled(text: string): Uint8Array {
	return utf8(Array.from(utf8(text), (byte) => middle[byte - 0x80] ?? String.fromCharCode(byte)).join(''));
}
