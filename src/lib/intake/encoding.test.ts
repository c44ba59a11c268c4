import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, lossyLines, preview, utf16Of, type Encoding } from './encoding';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Characters from U+0000 to U+00FF as bytes. */
const latin = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

function utf16(text: string, endian: 'le' | 'be', mark: boolean): Uint8Array {
	const units = [...(mark ? '\ufeff' : ''), ...text].join('');
	const view = new DataView(new ArrayBuffer(units.length * 2));
	for (let at = 0; at < units.length; at++) view.setUint16(at * 2, units.charCodeAt(at), endian === 'le');
	return new Uint8Array(view.buffer);
}

// The small letters, and what the fonts have for them: written down here apart from the tables of the source.
const small =
	'a à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ e è é ẻ ẽ ẹ ê ề ế ể ễ ệ i ì í ỉ ĩ ị o ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ u ù ú ủ ũ ụ ư ừ ứ ử ữ ự y ỳ ý ỷ ỹ ỵ'.split(
		' '
	);
const consonants = [...'bcghklmnpqrstvxBCGHKLMNPQRSTVX'];
const capitals = small.map((letter) => letter.toUpperCase());

const tcvn3Small =
	'a µ ¸ ¶ · ¹ ¨ » ¾ ¼ ½ Æ © Ç Ê È É Ë ® e Ì Ð Î Ï Ñ ª Ò Õ Ó Ô Ö i × Ý Ø Ü Þ o ß ã á â ä « å è æ ç é ¬ ê í ë ì î u ï ó ñ ò ô \xad õ ø ö ÷ ù y ú ý û ü þ'.split(
		' '
	);
const tcvn3Table = new Map([
	...small.map((letter, index) => [letter, tcvn3Small[index] ?? ''] as const),
	...['Ă¡', 'Â¢', 'Ê£', 'Ô¤', 'Ơ¥', 'Ư¦', 'Đ§'].map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
	// The capitals with a tone that the standard has beyond 0x9F.
	...['Ằ¯', 'Ẳº', 'Ẵ¿', 'ẮÀ', 'ẦÁ', 'ẨÂ', 'ẪÃ', 'ẤÄ', 'ỀÅ', 'ỂÍ', 'ỄÙ', 'ẾÚ', 'ỒÛ', 'Ổà', 'Ỗð', 'Ốÿ'].map(
		(pair) => [pair.charAt(0), pair.charAt(1)] as const
	)
]);

const vniSmall =
	'a aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ e eø eù eû eõ eï eâ eà eá eå eã eä i ì í æ ó ò o oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï u uø uù uû uõ uï ö öø öù öû öõ öï y yø yù yû yõ î'.split(
		' '
	);
const vniTable = new Map([
	...small.map((letter, index) => [letter, vniSmall[index] ?? ''] as const),
	...capitals.map((letter, index) => [letter, vniSmall[index]?.toUpperCase() ?? ''] as const)
]);

const lettersIn = (table: ReadonlyMap<string, string>) => (text: string) =>
	latin([...text].map((letter) => table.get(letter) ?? letter).join(''));

/** Windows writes a tone as a character of its own, but for the letters of French that have one byte. */
function windows1258(text: string): Uint8Array {
	const one: Record<string, number> = {
		...{ ă: 0xe3, â: 0xe2, ê: 0xea, ô: 0xf4, ơ: 0xf5, ư: 0xfd, đ: 0xf0, Ă: 0xc3, Â: 0xc2, Ê: 0xca, Ô: 0xd4, Ơ: 0xd5 },
		...{ Ư: 0xdd, Đ: 0xd0, à: 0xe0, á: 0xe1, è: 0xe8, é: 0xe9, í: 0xed, ó: 0xf3, ù: 0xf9, ú: 0xfa, '₫': 0xfe },
		...{ '\u0300': 0xcc, '\u0309': 0xd2, '\u0303': 0xde, '\u0301': 0xec, '\u0323': 0xf2 }
	};
	const byte = (char: string) => one[char] ?? char.charCodeAt(0);
	const bytes: number[] = [];
	for (const letter of text) {
		const tone = /[\u0300\u0301\u0303\u0309\u0323]/.exec(letter.normalize('NFD'))?.[0];
		if (one[letter] !== undefined || tone === undefined) bytes.push(byte(letter));
		else bytes.push(byte(letter.normalize('NFD').replace(tone, '').normalize('NFC')), byte(tone));
	}
	return Uint8Array.from(bytes);
}

/** UTF-8 that a program took for windows-1252 and saved as UTF-8. */
function mixedUp(text: string): Uint8Array {
	const punctuation = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
	const char = (byte: number) =>
		byte >= 0x80 && byte < 0xa0 ? punctuation.charAt(byte - 0x80) : String.fromCharCode(byte);
	return utf8(Array.from(utf8(text), char).join(''));
}

/** The encodings, each with the letters that it can hold. */
const encoders: readonly (readonly [Encoding, (text: string) => Uint8Array, readonly string[]])[] = [
	['utf-8', utf8, [...small, ...capitals]],
	['utf-16le', (text) => utf16(text, 'le', true), [...small, ...capitals]],
	['utf-16be', (text) => utf16(text, 'be', true), [...small, ...capitals]],
	['windows-1258', windows1258, [...small, ...capitals]],
	['utf-8-as-windows-1252', mixedUp, [...small, ...capitals]],
	['tcvn3', lettersIn(tcvn3Table), [...tcvn3Table.keys()]],
	['vni', lettersIn(vniTable), [...small, ...capitals]]
];

const sentences = [
	'Mã hồ sơ;Tên sáng kiến;Đơn vị;Điểm;Mức công nhận',
	'SK-001;Nâng cao chất lượng dạy học môn Toán lớp 9;Trường THCS Chu Văn An;85,5;Cấp tỉnh',
	'SK-002;Ứng dụng công nghệ thông tin trong quản lý hồ sơ;Sở Khoa học và Công nghệ;90;Cấp cơ sở',
	'SK-003;Giải pháp tiết kiệm điện ở trụ sở huyện Phú Lương, 1234/QĐ-UBND;UBND huyện;72;Không công nhận'
];
const table = sentences.join('\r\n');
/** Without capitals that have a tone, which the fonts of TCVN3 cannot tell. */
const plain = table.replaceAll('Ứng', 'Áp'.toLowerCase());

describe('decode', () => {
	it.each(encoders)('reads all the letters of %s', (encoding, encode, letters) => {
		const text = letters.join(' ');
		expect(decode(encode(text), encoding).text).toBe(text);
	});

	it('is tried with the 134 letters beyond ASCII', () => {
		expect(new Set([...small, ...capitals].filter((letter) => letter > '\x7f')).size).toBe(134);
		for (const list of [tcvn3Small, vniSmall])
			expect(new Set(list.filter((look) => !/^[a-z]$/.test(look))).size).toBe(67);
	});

	it.each(encoders)('reads any text that is chosen to be %s', (encoding, encode, letters) => {
		const text = fc.array(fc.constantFrom(...letters, ...consonants, ' ', ';', '\n', '7'), { maxLength: 300 });
		fc.assert(
			fc.property(text, (chars) => {
				const bytes = encode(chars.join(''));
				// Two letters that look like one of UTF-8 stand side by side in no word.
				fc.pre(
					encoding !== 'tcvn3' || !bytes.some((byte, at) => byte > 0xc1 && ((bytes[at + 1] ?? 0) & 0xc0) === 0x80)
				);
				expect(decode(bytes, encoding).text).toBe(chars.join(''));
			})
		);
	});

	it.each(encoders)('finds out that a table is %s', (encoding, encode) => {
		const found = decode(encode(encoding === 'tcvn3' ? plain : table));
		expect(found).toMatchObject({ text: encoding === 'tcvn3' ? plain : table, encoding, lossy: 0 });
		expect(found.certainty).toBeGreaterThan(0.8);
		expect(found.candidates[0]).toBe(encoding);
	});

	it.each(encoders)('finds out any few sentences in %s', (encoding, encode) => {
		const words = plain.split(/[\s;,]+/);
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...words), { minLength: 20, maxLength: 60 }), (chosen) => {
				const text = chosen.join(' ');
				fc.pre([...text.matchAll(/\p{L}*[^\0-\x7f]\p{L}*/gu)].length >= 6);
				expect(decode(encode(text))).toMatchObject({ text, encoding });
			})
		);
	});

	it.each([
		['tcvn3', 'Xin chµo tÊt c¶ mäi ng\xadêi', 'Xin chào tất cả mọi người'],
		['vni', 'Xin chaøo caùc baïn', 'Xin chào các bạn'],
		['utf-8-as-windows-1252', 'SÃ¡ng kiáº¿n vÃ\xa0 Ä‘Æ¡n vá»‹', 'Sáng kiến và đơn vị'],
		// The same on a Vietnamese Windows, whose code page is 1258.
		['utf-8-as-windows-1252', 'SĂ¡ng kiáº¿n vĂ\xa0 Ä‘Æ¡n vá»‹', 'Sáng kiến và đơn vị'],
		['windows-1258', 'Sa\u0301ng kiê\u0301n', 'Sáng kiến']
	] as const)('reads the known look of %s', (encoding, look, text) => {
		expect(decode(utf8(look), encoding).text).toBe(text);
		expect(decode(utf8(look)).text).toBe(text);
	});

	it.each(['tcvn3', 'vni'] as const)('reads the letters of %s that were saved as UTF-8 or UTF-16', (encoding) => {
		const letters = lettersIn(encoding === 'vni' ? vniTable : tcvn3Table)(plain);
		const look = Array.from(letters, (byte) => String.fromCharCode(byte)).join('');
		for (const bytes of [utf8(look), utf8(`\ufeff${look}`), utf16(look, 'le', true)]) {
			expect(decode(bytes)).toMatchObject({ text: plain, encoding });
		}
	});

	it('keeps the typographic marks of windows-1252 in the fonts', () => {
		const bytes = Uint8Array.of(0x93, ...lettersIn(tcvn3Table)('sáng kiến'), 0x94, 0x20, 0x96);
		expect(decode(bytes, 'tcvn3').text).toBe('“sáng kiến” –');
	});

	it('takes a small tone under a capital in VNI', () => {
		expect(decode(latin('AÙnh Aùnh'), 'vni').text).toBe('Ánh Ánh');
	});

	it('reads windows-1258 as browsers do', () => {
		// But for four bytes that have no letter there.
		const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte).filter(
			(byte) => ![0x8a, 0x8e, 0x9a, 0x9e].includes(byte)
		);
		expect(decode(bytes, 'windows-1258').text).toBe(new TextDecoder('windows-1258').decode(bytes).normalize('NFC'));
	});

	it('brings NFD into NFC', () => {
		expect(decode(utf8(table.normalize('NFD')))).toMatchObject({ text: table, encoding: 'utf-8' });
		expect(decode(mixedUp(table.normalize('NFD')))).toMatchObject({ text: table, encoding: 'utf-8-as-windows-1252' });
	});

	it('takes off the byte order mark', () => {
		expect(decode(utf8('\ufeffa;b'))).toMatchObject({ text: 'a;b', encoding: 'utf-8', certainty: 1 });
		expect(decode(utf16('a;b', 'be', true))).toMatchObject({ text: 'a;b', encoding: 'utf-16be', certainty: 1 });
	});

	it('knows UTF-16 without its mark', () => {
		expect(decode(utf16(table, 'le', false))).toMatchObject({ text: table, encoding: 'utf-16le' });
		expect(decode(utf16(table, 'be', false))).toMatchObject({ text: table, encoding: 'utf-16be' });
		expect(utf16Of(utf8(table))).toBeNull();
		expect(utf16Of(utf8('a\0b\0c;1;2;3;4'))).toBeNull();
		expect(utf16Of(new Uint8Array())).toBeNull();
	});

	it('needs no choice where all is ASCII', () => {
		expect(decode(utf8('a;b\n1;2'))).toEqual({
			text: 'a;b\n1;2',
			encoding: 'utf-8',
			certainty: 1,
			lossy: 0,
			candidates: ['utf-8']
		});
		expect(decode(new Uint8Array()).text).toBe('');
	});

	it('leaves other languages in UTF-8 as they are', () => {
		for (const text of ['Société Générale, été très long', '统计;数据', 'Müller Straße, Noël', 'Кириллица']) {
			expect(decode(utf8(text))).toMatchObject({ text, encoding: 'utf-8' });
		}
	});

	it('stays with UTF-8 when some bytes are broken, and counts them', () => {
		const bytes = utf8(table);
		bytes[bytes.indexOf(0xc3)] = 0xff;
		const found = decode(bytes);
		expect(found.encoding).toBe('utf-8');
		// "Mã": 0xFF in the place of the first byte of "ã", then its second byte alone.
		expect(found.lossy).toBe(2);
		expect(found.text).toBe(table.replace('ã', '\ufffd\ufffd'));
		expect(found.certainty).toBeLessThan(1);
	});

	it('counts half a character at the end', () => {
		expect(decode(Uint8Array.of(...utf16('Sở', 'le', true), 0x61))).toMatchObject({ text: 'Sở\ufffd', lossy: 1 });
		expect(decode(utf8('Sở Y tế và Sở').slice(0, -1))).toMatchObject({ text: 'Sở Y tế và S\ufffd', lossy: 1 });
	});

	it('is not misled by a long beginning in ASCII', () => {
		const head = 'code;value\n'.repeat(30_000);
		for (const [encoding, encode] of encoders) {
			expect(decode(encode(head + plain + head))).toMatchObject({ text: head + plain + head, encoding });
		}
	});

	it('stays whole where text is made in pieces', () => {
		const shift = fc.integer({ min: 65_500, max: 65_540 });
		fc.assert(
			fc.property(shift, fc.constantFrom(...encoders), (length, [encoding, encode]) => {
				const text = `${'x'.repeat(length)}${plain}${'y'.repeat(65_000)} cuối cùng`;
				expect(decode(encode(text), encoding).text === text).toBe(true);
			}),
			{ numRuns: 60 }
		);
		const smile = `${'x'.repeat(65_535)}😀`;
		expect(decode(mixedUp(smile), 'utf-8-as-windows-1252').text === smile).toBe(true);
		expect(decode(utf8(smile), 'tcvn3').text === smile).toBe(true);
	});

	it('takes what the reader chose, and still says what else it could be', () => {
		const found = decode(lettersIn(tcvn3Table)(plain), 'vni');
		expect(found).toMatchObject({ encoding: 'vni', certainty: 1 });
		expect(found.candidates).toEqual(expect.arrayContaining(['vni', 'tcvn3', 'windows-1258']));
	});

	it('leaves what is not mixed up in a text that is', () => {
		expect(decode(utf8('SÃ¡ng kiáº¿n “hay” ở Huế Ã'), 'utf-8-as-windows-1252').text).toBe('Sáng kiến “hay” ở Huế Ã');
	});

	it('never fails, and never loses ASCII', () => {
		const encodings = fc.constantFrom(undefined, ...encoders.map(([encoding]) => encoding));
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 400 }), encodings, (bytes, encoding) => {
				const { text, certainty, candidates, lossy, encoding: chosen } = decode(bytes, encoding);
				expect(text).toBe(text.normalize('NFC'));
				expect(certainty).toBeGreaterThanOrEqual(0);
				expect(certainty).toBeLessThanOrEqual(1);
				expect(candidates[0]).toBe(chosen);
				expect(lossy).toBeLessThanOrEqual(bytes.length);
				if (chosen.startsWith('utf-16')) return;
				const digits = (from: string) => from.replace(/[^0-9;,"\r\n]/g, '');
				expect(digits(text)).toBe(digits(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
			})
		);
	});
});

describe('lossyLines', () => {
	it('names the lines, whatever ends them', () => {
		expect(lossyLines('\ufffd\ufffd\r\nb\rc\ufffd\n\n\ufffd', 9)).toEqual([1, 3, 5]);
		expect(lossyLines('\ufffd\n\ufffd\n\ufffd', 2)).toEqual([1, 2]);
		expect(lossyLines('a\nb', 9)).toEqual([]);
	});

	it('names controls that stand for a missing letter', () => {
		expect(lossyLines('a\nb\x90', 9)).toEqual([2]);
	});
});

describe('preview', () => {
	it('shows lines with letters that are not ASCII', () => {
		expect(preview('a\nSở\r\nb\rHuế\nc', 5)).toEqual(['Sở', 'Huế']);
		expect(preview('Sở\nHuế\nHà', 2)).toEqual(['Sở', 'Huế']);
	});

	it('shows the first lines where there are none', () => {
		expect(preview('\na;b\n\n1;2\n', 5)).toEqual(['a;b', '1;2']);
		expect(preview('', 5)).toEqual([]);
	});

	it('cuts long lines around the letter', () => {
		const [line] = preview(`${'x'.repeat(5000)}Sở${'y'.repeat(5000)}`, 5);
		expect(line).toHaveLength(200);
		expect(line).toContain('Sở');
	});
});
