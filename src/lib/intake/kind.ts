/** What a file is by its first bytes; the ending of its name is not asked, since exports lie about it. */
import { directoryOf } from './archive';
import { utf16Of } from './encoding';
import type { Flaw } from './grid';

/**
 * What a file is.
 *
 * - `text`: a table of text, comma-separated or the like; `html`: a web page; `xml-workbook`: SpreadsheetML 2003.
 * - `workbook`: Excel since 2007 (.xlsx, .xlsm); `parquet`; `arrow`: an Arrow file or stream; `zip`, `gzip`.
 * - `old-workbook`: Excel up to 2003 (.xls); `other-workbook`: .xlsb, .ods, .numbers, a web archive; `protected`: encrypted by Office.
 * - `document`: Word, PowerPoint, PDF, RTF; `other-archive`: RAR, 7z and the like; `empty`; `unknown-binary`: anything else that is no text.
 */
export type Kind =
	| 'text'
	| 'html'
	| 'xml-workbook'
	| 'workbook'
	| 'parquet'
	| 'arrow'
	| 'gzip'
	| 'zip'
	| 'old-workbook'
	| 'other-workbook'
	| 'protected'
	| 'document'
	| 'other-archive'
	| 'empty'
	| 'unknown-binary';

/** How many bytes of the head are looked at for markup. */
const headSize = 2 ** 16;

/** First bytes that say what a file is, as characters from U+0000 to U+00FF. */
const signatures: readonly (readonly [start: string, kind: Kind])[] = [
	['PAR1', 'parquet'],
	['ARROW1\0\0', 'arrow'],
	['\x1f\x8b\x08', 'gzip'],
	['%PDF-', 'document'],
	['{\\rtf', 'document'],
	['Rar!\x1a\x07', 'other-archive'],
	['7z\xbc\xaf\x27\x1c', 'other-archive'],
	['\xfd7zXZ\0', 'other-archive'],
	['BZh', 'other-archive'],
	['\x28\xb5\x2f\xfd', 'other-archive'],
	// Excel 2 to 4, before there were compound files.
	['\x09\0\x04\0', 'old-workbook'],
	['\x09\x02\x06\0', 'old-workbook'],
	['\x09\x04\x06\0', 'old-workbook']
];

/** What a file is. */
export function kindOf(bytes: Uint8Array): Kind {
	if (isBlank(bytes)) return 'empty';
	const start = latin(bytes.subarray(0, 8));
	if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06') || start.startsWith('PK\x07\x08')) {
		return kindOfZip(bytes);
	}
	if (start === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return kindOfCompound(bytes);
	const signature = signatures.find(([signs]) => start.startsWith(signs));
	// "BZh" may also be how a heading begins.
	if (signature && (signature[0] !== 'BZh' || /^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/.test(latin(bytes.subarray(0, 10))))) {
		return signature[1];
	}
	if (isArrowStream(bytes)) return 'arrow';
	if (latin(bytes.subarray(257, 262)) === 'ustar') return 'other-archive';
	return kindOfMarkup(headOf(bytes)) ?? (isBinary(bytes) ? 'unknown-binary' : 'text');
}

/** Why a file of this kind cannot be read, and what to do; null when it can. */
export function refusal(kind: Kind): Flaw | null {
	switch (kind) {
		case 'old-workbook':
			return {
				rule: 'old-workbook',
				remedy: {
					vi: 'Tệp Excel kiểu cũ (.xls) chưa đọc được; hãy mở bằng Excel, chọn Lưu thành (Save As) → Excel Workbook (.xlsx) rồi thả tệp mới.',
					en: 'This is a workbook of the old form (.xls); open it in Excel, save it as Excel Workbook (.xlsx) and drop that file.'
				}
			};
		case 'other-workbook':
			return {
				rule: 'other-workbook',
				remedy: {
					vi: 'Bảng tính ở dạng chưa đọc được (.xlsb, .ods, .numbers hoặc trang web lưu trữ); hãy mở ra, lưu thành .xlsx rồi thả tệp mới.',
					en: 'This is a spreadsheet in a form that is not read (.xlsb, .ods, .numbers or a web archive); open it, save it as .xlsx and drop that file.'
				}
			};
		case 'protected':
			return {
				rule: 'password',
				remedy: {
					vi: 'Tệp có mật khẩu; hãy mở bằng Excel, vào Tệp → Thông tin → Bảo vệ sổ làm việc (Protect Workbook) để bỏ mật khẩu, lưu rồi thả lại.',
					en: 'The file has a password; open it in Excel, remove the password under File → Info → Protect Workbook, save it and drop it again.'
				}
			};
		case 'document':
			return {
				rule: 'document',
				remedy: {
					vi: 'Đây là văn bản (Word, PowerPoint hoặc PDF), không phải bảng số liệu; hãy chép bảng sang Excel, lưu thành .xlsx rồi thả tệp đó.',
					en: 'This is a document (Word, PowerPoint or PDF), not a table; copy the table into Excel, save it as .xlsx and drop that file.'
				}
			};
		case 'other-archive':
			return {
				rule: 'other-archive',
				remedy: {
					vi: 'Tệp nén kiểu này (RAR, 7z, tar…) chưa đọc được; hãy giải nén trên máy rồi thả các tệp bên trong, hoặc nén lại thành .zip.',
					en: 'Archives of this form (RAR, 7z, tar…) are not read; unpack it on your machine and drop what is inside, or pack it as .zip.'
				}
			};
		case 'empty':
			return {
				rule: 'empty-file',
				remedy: {
					vi: 'Tệp trống, hoặc chép và tải về chưa hết; hãy lấy lại tệp từ nơi gửi.',
					en: 'The file is empty or was not copied whole; get it again from where it came.'
				}
			};
		case 'unknown-binary':
			return {
				rule: 'unknown-format',
				remedy: {
					vi: 'Không nhận ra định dạng tệp, hoặc tệp đã hỏng; hãy dùng tệp Excel (.xlsx), CSV, Parquet hoặc Arrow.',
					en: 'The format of the file is not known, or the file is damaged; use an Excel (.xlsx), CSV, Parquet or Arrow file.'
				}
			};
		default:
			return null;
	}
}

/** Whether there is nothing but spaces, line ends and NUL, as a copy leaves it that was broken off. */
function isBlank(bytes: Uint8Array): boolean {
	const mark = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/.exec(latin(bytes.subarray(0, 3)));
	for (let at = mark?.[0].length ?? 0; at < bytes.length; at++) {
		const byte = bytes[at] as number;
		if (byte !== 0 && byte !== 0x20 && (byte < 0x09 || byte > 0x0d)) return false;
	}
	return true;
}

function kindOfZip(bytes: Uint8Array): Kind {
	const directory = directoryOf(bytes);
	if (!directory) {
		// Not copied whole: the first entries tell which reader has to say so.
		return /\[Content_Types\]\.xml|_rels\/\.rels|xl\//.test(latin(bytes.subarray(0, 4096))) ? 'workbook' : 'zip';
	}
	const names = new Set(directory.map(({ name }) => name));
	if (names.has('xl/workbook.bin') || names.has('Index/Document.iwa') || names.has('Index.zip'))
		return 'other-workbook';
	if (names.has('xl/workbook.xml')) return 'workbook';
	if (names.has('word/document.xml') || names.has('ppt/presentation.xml')) return 'document';
	if (names.has('mimetype') && names.has('content.xml')) {
		return latin(bytes.subarray(0, 200)).includes('opendocument.spreadsheet') ? 'other-workbook' : 'document';
	}
	return names.has('[Content_Types].xml') ? 'workbook' : 'zip';
}

/** The kind of a compound file (OLE2), by the names in its directory, whose entries start at multiples of 128 bytes ([MS-CFB] 2.6). */
function kindOfCompound(bytes: Uint8Array): Kind {
	const kinds = new Map<string, Kind>([
		['EncryptedPackage', 'protected'],
		['WordDocument', 'document'],
		['PowerPoint Document', 'document']
	]);
	for (let at = 512; at + 128 <= bytes.length; at += 128) {
		const length = (bytes[at + 64] as number) | ((bytes[at + 65] as number) << 8);
		if (length < 4 || length > 64) continue;
		const kind = kinds.get(new TextDecoder('utf-16le').decode(bytes.subarray(at, at + length - 2)));
		if (kind) return kind;
	}
	return 'old-workbook';
}

/** Whether an Arrow stream starts here: a mark, then how long its first message is, then that message. */
function isArrowStream(bytes: Uint8Array): boolean {
	if (bytes.length < 16 || latin(bytes.subarray(0, 4)) !== '\xff\xff\xff\xff') return false;
	const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
	const length = view.getInt32(4, true);
	const root = view.getUint32(8, true);
	return length >= 16 && length % 8 === 0 && length <= bytes.length - 8 && root >= 4 && root < length;
}

/** The head of a file as text, without its mark; only ASCII can be relied on. */
function headOf(bytes: Uint8Array): string {
	const head = bytes.subarray(0, headSize);
	return new TextDecoder(utf16Of(head) ?? 'utf-8').decode(head);
}

/** The kind of markup that a text is, by its first element; null when it is none. */
function kindOfMarkup(head: string): Kind | null {
	if (/^\s*MIME-Version:/i.test(head) && /Content-Type:\s*multipart\/related/i.test(head)) return 'other-workbook';
	let text = head.trimStart();
	for (;;) {
		const end = text.startsWith('<!--') ? '-->' : text.startsWith('<?') ? '?>' : null;
		if (end === null) break;
		const at = text.indexOf(end);
		// A comment that fills the head hides what follows: only a page begins with one.
		if (at < 0) return end === '-->' ? 'html' : null;
		text = text.slice(at + end.length).trimStart();
	}
	if (/^<(?:\w+:)?Workbook[\s>]/.test(text) && text.includes('urn:schemas-microsoft-com:office:spreadsheet')) {
		return 'xml-workbook';
	}
	if (/^<office:document[\s>]/.test(text)) return 'other-workbook';
	if (/^<(?:!doctype\s+html|html|head|body|table|meta|style)[\s>/]/i.test(text)) return 'html';
	const element = /^<(?:title|link|script|div|center|font|form|p|br|span|h[1-6]|b|tr|caption|base)[\s>/]/i;
	return element.test(text) && /<(?:table|tr)[\s>]/i.test(text) ? 'html' : null;
}

/** Whether bytes are no text: more than one in a hundred is a control character, and they are not UTF-16. */
function isBinary(bytes: Uint8Array): boolean {
	if (utf16Of(bytes)) return false;
	const size = 2 ** 16;
	let seen = 0;
	let controls = 0;
	for (const start of new Set([0, Math.floor(bytes.length / 2), Math.max(0, bytes.length - size)])) {
		for (const byte of bytes.subarray(start, start + size)) {
			seen++;
			// Tab to CR are text, and so is the mark that ended files of DOS.
			if (byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1a) controls++;
		}
	}
	return controls * 100 > seen;
}

/** Bytes as characters from U+0000 to U+00FF. */
function latin(bytes: Uint8Array): string {
	return String.fromCharCode(...bytes);
}
