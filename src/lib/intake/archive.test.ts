import { deflateRawSync, gzipSync as nodeGzip } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { directoryOf, unpack } from './archive';
import { SheetError, type Issue } from './issue';

const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const gzip = (content: Uint8Array) => new Uint8Array(nodeGzip(content));
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const megabyte = 2 ** 20;

/** The issue of the SheetError that is thrown. */
function issueOf(read: () => unknown): Issue {
	try {
		read();
	} catch (error) {
		if (error instanceof SheetError) return error.issue;
		throw error;
	}
	throw new Error('No SheetError was thrown.');
}

/** What came out, as text by name, and what was left out, by rule. */
function contents(bytes: Uint8Array, limit = megabyte) {
	const { files, skipped } = unpack('a.zip', bytes, limit);
	return {
		files: Object.fromEntries(files.map((entry) => [entry.file, text(entry.bytes)])),
		skipped: skipped.map(({ file, rule, severity }) => [file, rule, severity])
	};
}

interface Part {
	readonly name: Uint8Array;
	readonly content: Uint8Array;
	readonly flags?: number;
	readonly method?: number;
	/** The size that it says it has. */
	readonly size?: number;
}

/** The CRC-32 that Node gives a content. */
function crcOf(content: Uint8Array): number {
	const packed = nodeGzip(content);
	return packed.readUInt32LE(packed.length - 8);
}

/** A zip file written by hand from the layout in APPNOTE, so that any field can be wrong; with `large` in its form for sizes over 4 GB. */
function zip(parts: readonly Part[], large = false, before = ''): Uint8Array {
	const chunks: Buffer[] = [];
	const directory: Buffer[] = [];
	let at = 0;
	const add = (chunk: Buffer) => {
		chunks.push(chunk);
		at += chunk.length;
	};
	for (const { name, content, flags = 0, method = 8, size = content.length } of parts) {
		const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content);
		const start = at;
		const local = Buffer.alloc(30);
		local.writeUInt32LE(0x04034b50, 0);
		local.writeUInt16LE(name.length, 26);
		add(Buffer.concat([local, name, packed]));
		const extra = Buffer.alloc(large ? 28 : 0);
		if (large) {
			extra.writeUInt16LE(1, 0);
			extra.writeUInt16LE(24, 2);
			[size, packed.length, start].forEach((value, index) => extra.writeBigUInt64LE(BigInt(value), 4 + index * 8));
		}
		const entry = Buffer.alloc(46);
		entry.writeUInt32LE(0x02014b50, 0);
		entry.writeUInt16LE(flags, 8);
		entry.writeUInt16LE(method, 10);
		entry.writeUInt32LE(crcOf(content), 16);
		entry.writeUInt32LE(large ? 0xffffffff : packed.length, 20);
		entry.writeUInt32LE(large ? 0xffffffff : size, 24);
		entry.writeUInt16LE(name.length, 28);
		entry.writeUInt16LE(extra.length, 30);
		entry.writeUInt32LE(large ? 0xffffffff : start, 42);
		directory.push(Buffer.concat([entry, name, extra]));
	}
	const start = at;
	directory.forEach(add);
	const length = at - start;
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	if (large) {
		const record = Buffer.alloc(56);
		record.writeUInt32LE(0x06064b50, 0);
		record.writeBigUInt64LE(BigInt(parts.length), 32);
		record.writeBigUInt64LE(BigInt(length), 40);
		record.writeBigUInt64LE(BigInt(start), 48);
		const locator = Buffer.alloc(20);
		locator.writeUInt32LE(0x07064b50, 0);
		locator.writeBigUInt64LE(BigInt(at), 8);
		add(record);
		add(locator);
		end.fill(0xff, 8, 20);
	} else {
		end.writeUInt16LE(parts.length, 10);
		end.writeUInt32LE(length, 12);
		end.writeUInt32LE(start, 16);
	}
	add(end);
	return new Uint8Array(Buffer.concat([Buffer.from(before), ...chunks]));
}

describe('unpack of a zip file', () => {
	it('gives each file its content and its name', () => {
		const bytes = zipSync({ 'a.csv': utf8('x;y'), 'năm 2024': { 'sáng kiến.csv': [utf8('1;2'), { level: 0 }] } });
		expect(contents(bytes)).toEqual({
			files: { 'a.zip/a.csv': 'x;y', 'a.zip/năm 2024/sáng kiến.csv': '1;2' },
			skipped: []
		});
	});

	it('brings back whatever was packed', () => {
		const packed = fc.dictionary(fc.stringMatching(/^[a-z0-9]{1,9}\.csv$/), fc.uint8Array({ maxLength: 3000 }));
		fc.assert(
			fc.property(packed, fc.boolean(), (parts, large) => {
				const entries = Object.entries(parts).map(([name, content]) => ({ name: utf8(name), content }));
				fc.pre(entries.every(({ content }) => content[0] !== 0x1f));
				expect(unpack('a.zip', zip(entries, large), megabyte).files).toEqual(
					entries.map(({ name, content }) => ({ file: `a.zip/${text(name)}`, bytes: content }))
				);
			})
		);
	});

	it('unpacks gzip files within', () => {
		expect(contents(zipSync({ 'a.csv.gz': gzip(utf8('x;y')), 'b.csv': utf8('1;2') }))).toEqual({
			files: { 'a.zip/a.csv.gz': 'x;y', 'a.zip/b.csv': '1;2' },
			skipped: []
		});
	});

	it('passes over folders, and names what a system left there', () => {
		const empty = new Uint8Array();
		const bytes = zipSync({ 'd/': empty, 'd/a.csv': utf8('x'), '__MACOSX/._a.csv': empty, 'd/.DS_Store': empty });
		expect(contents(bytes)).toEqual({
			files: { 'a.zip/d/a.csv': 'x' },
			skipped: [
				['a.zip/__MACOSX/._a.csv', 'system-file', 'warning'],
				['a.zip/d/.DS_Store', 'system-file', 'warning']
			]
		});
	});

	it('reads names in the code page of a Vietnamese Windows', () => {
		const name = Uint8Array.of(
			0x53,
			0xe1,
			0x6e,
			0x67,
			0x20,
			0x6b,
			0x69,
			0xea,
			0xec,
			0x6e,
			0x20,
			0xf0,
			0xf4,
			0xf2,
			0x69
		);
		expect(Object.keys(contents(zip([{ name, content: utf8('x') }])).files)).toEqual(['a.zip/Sáng kiến đội']);
		expect(Object.keys(contents(zip([{ name: utf8('d\\b.csv'), content: utf8('x') }])).files)).toEqual([
			'a.zip/d/b.csv'
		]);
	});

	it('tells entries of one name apart', () => {
		const name = utf8('b.csv');
		const parts = ['1', '2', '3'].map((content) => ({ name, content: utf8(content) }));
		expect(contents(zip(parts)).files).toEqual({ 'a.zip/b.csv': '1', 'a.zip/b.csv (2)': '2', 'a.zip/b.csv (3)': '3' });
	});

	it('finds the archive behind something else and before a comment', () => {
		const bytes = zip([{ name: utf8('b.csv'), content: utf8('x') }], false, 'a program that unpacks itself');
		expect(contents(Uint8Array.of(...bytes, ...utf8('PK\x05\x06 comment'))).files).toEqual({ 'a.zip/b.csv': 'x' });
	});

	it('names locked entries and unknown compression beside what can be read', () => {
		const bytes = zip([
			{ name: utf8('d/'), content: utf8(''), method: 0 },
			{ name: utf8('locked.csv'), content: utf8('x'), flags: 1 },
			{ name: utf8('lzma.csv'), content: utf8('x'), method: 14 },
			{ name: utf8('good.csv'), content: utf8('x') }
		]);
		expect(contents(bytes)).toEqual({
			files: { 'a.zip/good.csv': 'x' },
			skipped: [
				['a.zip/locked.csv', 'locked-entry', undefined],
				['a.zip/lzma.csv', 'unknown-compression', undefined]
			]
		});
	});

	it('throws where all is locked', () => {
		const bytes = zip([
			{ name: utf8('d/'), content: utf8(''), method: 0 },
			{ name: utf8('d/a.csv'), content: utf8('x'), flags: 1 }
		]);
		const issue = issueOf(() => unpack('a.zip', bytes, megabyte));
		expect(issue).toMatchObject({ file: 'a.zip/d/a.csv', line: null, rule: 'locked-entry' });
		expect(issue.remedy.vi).toContain('mật khẩu');
	});

	it('refuses more than the limit before anything is unpacked', () => {
		const bytes = zipSync({ 'a.csv': new Uint8Array(600_000), 'b.csv': new Uint8Array(600_000) });
		expect(issueOf(() => unpack('a.zip', bytes, megabyte))).toMatchObject({ file: 'a.zip', rule: 'too-large' });
		expect(unpack('a.zip', bytes, 1_200_000).files).toHaveLength(2);
	});

	it('counts gzip files within against the limit', () => {
		const bytes = zipSync({ 'a.csv.gz': gzip(new Uint8Array(megabyte * 2)), 'b.csv': utf8('x') });
		expect(contents(bytes)).toEqual({
			files: { 'a.zip/b.csv': 'x' },
			skipped: [['a.zip/a.csv.gz', 'too-large', undefined]]
		});
	});

	it('is not taken in by sizes that are lies', () => {
		const content = new Uint8Array(megabyte);
		for (const size of [0, 1000, megabyte + 1]) {
			const bytes = zip([{ name: utf8('a.csv'), content, size }]);
			expect(issueOf(() => unpack('a.zip', bytes, megabyte * 2)).rule).toBe('damaged-archive');
		}
		expect(
			issueOf(() => unpack('a.zip', zip([{ name: utf8('a'), content, size: 2 ** 40 }], true), megabyte)).rule
		).toBe('too-large');
	});

	it('says so when it is damaged or was not copied whole', () => {
		const bytes = zip([{ name: utf8('a.csv'), content: utf8('Sở Khoa học và Công nghệ;1\n'.repeat(50)) }]);
		for (const length of [4, 40, bytes.length - 23, bytes.length - 1]) {
			expect(issueOf(() => unpack('a.zip', bytes.subarray(0, length), megabyte)).rule).toBe('damaged-archive');
		}
		const wrong = bytes.slice();
		wrong[60] = (wrong[60] ?? 0) ^ 1;
		expect(issueOf(() => unpack('a.zip', wrong, megabyte)).rule).toBe('damaged-archive');
	});

	it('fails only with a SheetError, whatever is broken', () => {
		const bytes = zip([
			{ name: utf8('a.csv'), content: utf8('x;y\n1;2\n'.repeat(20)) },
			{ name: utf8('b.csv.gz'), content: gzip(utf8('x;y')) }
		]);
		const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(changes, (places) => {
				const broken = bytes.slice();
				for (const [at, byte] of places) broken[at] = byte;
				try {
					unpack('a.zip', broken, megabyte);
				} catch (error) {
					expect(error).toBeInstanceOf(SheetError);
				}
			}),
			{ numRuns: 1000 }
		);
	});
});

describe('unpack of a gzip file', () => {
	const long = utf8(Array.from({ length: 30_000 }, (_, row) => `${row};Sở ${(row * 7919) % 1000}\n`).join(''));

	it('gives the one file under the name of the whole', () => {
		expect(unpack('a.csv.gz', gzip(long), megabyte)).toEqual({
			files: [{ file: 'a.csv.gz', bytes: long }],
			skipped: []
		});
		expect(unpack('a.gz', gzip(new Uint8Array()), 0).files[0]?.bytes).toHaveLength(0);
	});

	it('joins members', () => {
		const members = [long, utf8('x'), utf8(''), utf8('y')];
		const [inner] = unpack('a.gz', joined(...members.map(gzip)), megabyte).files;
		expect(Buffer.compare(inner?.bytes ?? utf8(''), joined(...members))).toBe(0);
	});

	it('stops at the limit', () => {
		const bomb = gzip(new Uint8Array(8 * megabyte));
		expect(issueOf(() => unpack('a.gz', bomb, megabyte))).toMatchObject({ file: 'a.gz', rule: 'too-large' });
		expect(unpack('a.gz', bomb, 8 * megabyte).files[0]?.bytes).toHaveLength(8 * megabyte);
	});

	it('says so when it is damaged or was not copied whole', () => {
		const bytes = gzip(long);
		for (const length of [3, 12, 1000, bytes.length - 9, bytes.length - 4, bytes.length - 1]) {
			expect(issueOf(() => unpack('a.gz', bytes.subarray(0, length), megabyte)).rule).toBe('damaged-archive');
		}
		for (const at of [30, 5000, bytes.length - 6, bytes.length - 2]) {
			const wrong = bytes.slice();
			wrong[at] = (wrong[at] ?? 0) ^ 0x10;
			expect(issueOf(() => unpack('a.gz', wrong, megabyte)).rule).toBe('damaged-archive');
		}
	});
});

describe('directoryOf', () => {
	it('is null where there is none', () => {
		expect(directoryOf(new Uint8Array())).toBeNull();
		expect(directoryOf(utf8('PK\x03\x04 and nothing more that would be a directory'))).toBeNull();
	});

	it('is empty in an empty archive', () => {
		expect(directoryOf(zipSync({}))).toEqual([]);
	});
});
