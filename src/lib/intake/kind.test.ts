import { tableFromArrays, tableToIPC } from 'apache-arrow';
import fc from 'fast-check';
import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { kindOf, refusal, type Kind } from './kind';

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const utf16 = (text: string) => latin(Array.from(text, (char) => `${char}\0`).join(''));
const zip = (...names: string[]) => zipSync(Object.fromEntries(names.map((name) => [name, utf8('x')])));

/** A compound file whose directory, in its second sector, has one entry besides the root. */
function compound(name: string): Uint8Array {
	const bytes = new Uint8Array(2048);
	bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
	for (const [at, entry] of [
		[1024, 'Root Entry'],
		[1152, name]
	] as const) {
		bytes.set(utf16(entry), at);
		bytes[at + 64] = entry.length * 2 + 2;
	}
	return bytes;
}

describe('kindOf', () => {
	it.each<[Kind, string, Uint8Array]>([
		['text', 'CSV', utf8('a,b\n1,2\n')],
		['text', 'Vietnamese CSV', utf8('\ufeffMã;Tên\n1;Sở')],
		['text', 'TCVN3', latin('M·;Tªn s¸ng kiÕn')],
		['text', 'UTF-16 with its mark', Uint8Array.of(0xff, 0xfe, ...utf16('a\tb\n1\t2'))],
		['text', 'UTF-16 without its mark', utf16('a\tb\n1\t2')],
		['text', 'a NUL in a cell', utf8(`a,b\n1,\0\n${'2,3\n'.repeat(50)}`)],
		['text', 'a heading that begins like a signature', utf8('BZh,PK\n1,2')],
		['text', 'a cell in angle brackets', utf8('<b>Tên</b>,x\n1,2')],
		['text', 'a date that begins with < and no page', utf8('<table,x\n1,2')],
		['text', 'PAR', utf8('PAR,x')],
		['empty', 'no bytes', new Uint8Array()],
		['empty', 'spaces', utf8(' \r\n\t\n')],
		['empty', 'only a mark', utf8('\ufeff')],
		['empty', 'only a mark of UTF-16', latin('\xff\xfe\r\0\n\0')],
		['empty', 'zeros of a copy that was broken off', new Uint8Array(4096)],
		['html', 'a page', utf8('<html><table></table></html>')],
		['html', 'a page behind a mark, space and a comment', utf8('\ufeff\r\n <!-- x --><!DOCTYPE html>\n<html>')],
		['html', 'a page behind an XML declaration', utf8('<?xml version="1.0"?><html xmlns="x">')],
		['html', 'a table alone', utf8('<TABLE border=1><tr><td>1')],
		['html', 'a style first', utf8('<style>td{}</style><table>')],
		['html', 'a meta first', utf8('<meta http-equiv="Content-Type" content="text/html">')],
		['html', 'a table in a division', utf8('<div>Báo cáo<table><tr>')],
		['html', 'UTF-16', Uint8Array.of(0xff, 0xfe, ...utf16('<html><table>'))],
		['html', 'UTF-16 without its mark', utf16('<html><table></table></html>')],
		[
			'html',
			'the page that Excel makes',
			utf8(
				'<html xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
			)
		],
		[
			'xml-workbook',
			'SpreadsheetML',
			utf8(
				'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
			)
		],
		[
			'xml-workbook',
			'SpreadsheetML with a prefix',
			utf8('<?xml version="1.0"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">')
		],
		['workbook', '.xlsx', zip('[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml')],
		['workbook', 'half of an .xlsx', zip('[Content_Types].xml', 'xl/workbook.xml').subarray(0, 80)],
		['other-workbook', '.xlsb', zip('[Content_Types].xml', 'xl/workbook.bin')],
		[
			'other-workbook',
			'.ods',
			zipSync({
				mimetype: [utf8('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
				'content.xml': utf8('x')
			})
		],
		['other-workbook', 'flat .ods', utf8('<?xml version="1.0"?><office:document xmlns:office="x">')],
		['other-workbook', 'a web archive', utf8('MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"')],
		['document', '.docx', zip('[Content_Types].xml', 'word/document.xml')],
		[
			'document',
			'.odt',
			zipSync({ mimetype: [utf8('application/vnd.oasis.opendocument.text'), { level: 0 }], 'content.xml': utf8('x') })
		],
		['document', 'PDF', utf8('%PDF-1.7\n')],
		['document', 'RTF', utf8('{\\rtf1')],
		['document', '.doc', compound('WordDocument')],
		['zip', 'a zip', zip('a.csv', 'b.xlsx')],
		['zip', 'an empty zip', zipSync({})],
		['zip', 'half of a zip', zip('a.csv').subarray(0, 40)],
		['gzip', 'a gzip', gzipSync(utf8('a,b'))],
		['old-workbook', '.xls', compound('Workbook')],
		['old-workbook', 'Excel 4', latin('\x09\x04\x06\x00\x00\x00\x10\x00')],
		['protected', 'an encrypted .xlsx', compound('EncryptedPackage')],
		['parquet', 'Parquet', utf8('PAR1\x15\x04\x15')],
		['arrow', 'an Arrow file', tableToIPC(tableFromArrays({ a: [1, 2] }), 'file')],
		['arrow', 'an Arrow stream', tableToIPC(tableFromArrays({ a: [1, 2] }), 'stream')],
		['other-archive', 'RAR', latin('Rar!\x1a\x07\x01\x00')],
		['other-archive', '7z', latin('7z\xbc\xaf\x27\x1c\x00\x04')],
		['other-archive', 'bzip2', latin('BZh91AY&SY\x00')],
		['other-archive', 'tar', latin(`a.csv${'\0'.repeat(252)}ustar\x0000`)],
		['unknown-binary', 'a picture', latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06')],
		['unknown-binary', 'a program', latin(`MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff${'\0\x01'.repeat(40)}`)]
	])('finds %s in %s', (kind, _, bytes) => {
		expect(kindOf(bytes)).toBe(kind);
	});

	it('is not misled by what lies in the middle of a file', () => {
		const text = utf8(`a,b\n${'1,2\n'.repeat(100_000)}`);
		text.fill(1, 200_000, 260_000);
		expect(kindOf(text)).toBe('unknown-binary');
	});

	it('never fails', () => {
		const starts = fc.constantFrom(
			'PK\x03\x04',
			'PK\x05\x06',
			'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
			'\xff\xff\xff\xff',
			'<',
			''
		);
		fc.assert(
			fc.property(starts, fc.uint8Array({ maxLength: 2000 }), (start, rest) => {
				expect(typeof kindOf(Uint8Array.of(...latin(start), ...rest))).toBe('string');
			}),
			{ numRuns: 500 }
		);
	});
});

describe('refusal', () => {
	it.each<Kind>(['text', 'html', 'xml-workbook', 'workbook', 'parquet', 'arrow', 'gzip', 'zip'])('reads %s', (kind) => {
		expect(refusal(kind)).toBeNull();
	});

	it.each<[Kind, string, string]>([
		['old-workbook', 'old-workbook', '.xlsx'],
		['other-workbook', 'other-workbook', '.xlsx'],
		['protected', 'password', 'mật khẩu'],
		['document', 'document', 'Excel'],
		['other-archive', 'other-archive', 'giải nén'],
		['empty', 'empty-file', 'trống'],
		['unknown-binary', 'unknown-format', 'CSV']
	])('says what to do with %s', (kind, rule, word) => {
		const flaw = refusal(kind);
		expect(flaw?.rule).toBe(rule);
		expect(flaw?.remedy.vi).toContain(word);
		expect(flaw?.remedy.en).not.toBe('');
	});
});
