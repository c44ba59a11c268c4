/** What lies in a zip or gzip file, unpacked in memory within a limit. What cannot be unpacked is named, never passed over. */
import { Gunzip, inflateSync } from 'fflate';
import type { Bilingual } from '../model/table';
import { decode } from './encoding';
import { SheetError, unreadable, type Issue } from './issue';

/** One file of an archive. */
export interface Unpacked {
	/** Its name with that of the archive before it: `archive.zip/inner.csv`. A gzip file holds one file, which keeps the name of the whole. */
	readonly file: string;
	readonly bytes: Uint8Array;
}

/** What came out of an archive. */
export interface Archive {
	readonly files: readonly Unpacked[];
	/** Entries that were left out: errors first (locked, damaged, packed in an unknown way), then warnings (traces of a system). */
	readonly skipped: readonly Issue[];
}

/** An entry in the directory of a zip file. */
export interface Entry {
	readonly name: string;
	readonly locked: boolean;
	/** 0 is stored, 8 is deflated. */
	readonly method: number;
	readonly crc: number;
	/** How many bytes it has in the archive. */
	readonly packed: number;
	/** How many bytes it says it has once unpacked. */
	readonly size: number;
	/** Where its local header starts. */
	readonly start: number;
}

/**
 * Unpacks a zip or gzip file, and gzip files within a zip. Sums are checked, so that what comes out is what was packed.
 *
 * @param limit bytes that all files together may have; the directory of a zip is believed only to refuse, and no entry grows beyond the
 *   size that it gives.
 * @throws SheetError `too-large`, `damaged-archive`, or why the first entry failed when nothing else could be read.
 */
export function unpack(file: string, bytes: Uint8Array, limit: number): Archive {
	if (isGzip(bytes)) return { files: [{ file, bytes: gunzip(file, bytes, limit) }], skipped: [] };
	// A folder holds nothing but the names of the files that are read by themselves.
	const entries = directoryOf(bytes)?.filter(({ name }) => !name.endsWith('/'));
	if (!entries) throw damaged(file);
	let left = limit - entries.reduce((sum, entry) => sum + (noise(entry.name) ? 0 : entry.size), 0);
	if (left < 0) throw tooLarge(file, limit);

	const files: Unpacked[] = [];
	const errors: Issue[] = [];
	const warnings: Issue[] = [];
	const taken = new Map<string, number>();
	for (const entry of entries) {
		// Entries of one name are told apart.
		const count = (taken.get(entry.name) ?? 0) + 1;
		taken.set(entry.name, count);
		const name = `${file}/${entry.name}${count > 1 ? ` (${count})` : ''}`;
		const trace = noise(entry.name);
		if (trace) {
			warnings.push({ ...unreadable(name, null, trace.rule, trace.remedy).issue, severity: 'warning' });
			continue;
		}
		try {
			let content = contentOf(name, bytes, entry);
			if (isGzip(content)) {
				const inner = gunzip(name, content, left + content.length);
				left += content.length - inner.length;
				content = inner;
			}
			files.push({ file: name, bytes: content });
		} catch (error) {
			if (!(error instanceof SheetError)) throw error;
			errors.push(error.issue);
		}
	}
	const [first] = errors;
	if (first && files.length === 0) throw new SheetError(first);
	return { files, skipped: [...errors, ...warnings] };
}

/** Entries that hold no table, and why. */
function noise(name: string): { rule: string; remedy: Bilingual } | null {
	if (!/(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/i.test(name)) return null;
	return {
		rule: 'system-file',
		remedy: {
			vi: 'Tệp do hệ điều hành tự tạo, không chứa số liệu nên được bỏ qua; không cần làm gì.',
			en: 'The operating system made this file; it holds no figures and is left out, there is nothing to do.'
		}
	};
}

/**
 * The directory at the end of a zip file (also of one over 4 GB, and of one with something before it), in its order. Null when there is
 * none or it is damaged, as in a file that was not copied whole. Source of the layout: PKWARE APPNOTE 6.3.10.
 */
export function directoryOf(bytes: Uint8Array): readonly Entry[] | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const lowest = Math.max(0, bytes.length - 22 - 0xffff);
	// What looks like the end of a directory may stand in a comment, but not often.
	for (let end = bytes.length - 22, tries = 0; end >= lowest && tries < 8; end--) {
		if (view.getUint32(end, true) !== 0x06054b50) continue;
		tries++;
		try {
			const entries = entriesBefore(bytes, view, end);
			if (entries) return entries;
		} catch (error) {
			// A place beyond the file: what looked like the end of a directory is none.
			if (!(error instanceof RangeError)) throw error;
		}
	}
	return null;
}

/** The entries of the directory whose end record stands at `end`; null when they are not as many as it says. */
function entriesBefore(bytes: Uint8Array, view: DataView, end: number): Entry[] | null {
	const large = (at: number) => Number(view.getBigUint64(at, true));
	let count = view.getUint16(end + 10, true);
	let size = view.getUint32(end + 12, true);
	let offset = view.getUint32(end + 16, true);
	let stop = end;
	if (end >= 20 && view.getUint32(end - 20, true) === 0x07064b50) {
		// With a zip64 end record the directory ends before that one; it has 56 bytes where nothing is added to it.
		const named = large(end - 12);
		stop = view.getUint32(named, true) === 0x06064b50 ? named : end - 76;
		if (view.getUint32(stop, true) !== 0x06064b50) return null;
		count = large(stop + 32);
		size = large(stop + 40);
		offset = large(stop + 48);
	}
	/** How many bytes stand before the archive. */
	const shift = stop - size - offset;
	if (shift < 0) return null;
	const entries: Entry[] = [];
	for (let at = stop - size; at < stop;) {
		if (view.getUint32(at, true) !== 0x02014b50) return null;
		const flags = view.getUint16(at + 8, true);
		const names = at + 46;
		const extras = names + view.getUint16(at + 28, true);
		const next = extras + view.getUint16(at + 30, true);
		const wide = wideSizes(view, extras, next);
		const field = (place: number) => {
			const value = view.getUint32(place, true);
			return value === 0xffffffff ? (wide.shift() ?? value) : value;
		};
		const unpacked = field(at + 24);
		const packed = field(at + 20);
		const start = field(at + 42) + shift;
		const name = bytes.subarray(names, extras);
		entries.push({
			// Without the flag of UTF-8 the name is in the code page of the machine that packed it.
			name: (flags & 0x800 ? new TextDecoder().decode(name) : decode(name).text).replaceAll('\\', '/'),
			locked: (flags & 1) !== 0,
			method: view.getUint16(at + 10, true),
			crc: view.getUint32(at + 16, true),
			packed,
			size: unpacked,
			start
		});
		at = next + view.getUint16(at + 32, true);
	}
	return entries.length === count || (count < 0x10000 && entries.length % 0x10000 === count) ? entries : null;
}

/** The 8-byte numbers that an entry gives in place of 4-byte ones that are too small, in order. */
function wideSizes(view: DataView, from: number, to: number): number[] {
	for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
		if (view.getUint16(at, true) !== 1) continue;
		const length = Math.min(view.getUint16(at + 2, true), to - at - 4);
		return Array.from({ length: length >> 3 }, (_, index) => Number(view.getBigUint64(at + 4 + index * 8, true)));
	}
	return [];
}

function contentOf(name: string, bytes: Uint8Array, entry: Entry): Uint8Array {
	if (entry.locked) {
		throw unreadable(name, null, 'locked-entry', {
			vi: 'Tệp trong tệp nén có mật khẩu; hãy giải nén bằng mật khẩu rồi thả tệp bên trong.',
			en: 'This file in the archive has a password; unpack it with the password and drop what is inside.'
		});
	}
	if (entry.method !== 0 && entry.method !== 8) {
		throw unreadable(name, null, 'unknown-compression', {
			vi: 'Tệp được nén theo cách mà trang này không đọc được; hãy giải nén trên máy rồi thả tệp bên trong.',
			en: 'This file is packed in a way that this page cannot read; unpack it on your machine and drop what is inside.'
		});
	}
	const header = bytes.subarray(entry.start, entry.start + 30);
	if (header.length < 30 || header[0] !== 0x50 || header[1] !== 0x4b || header[2] !== 3 || header[3] !== 4) {
		throw damaged(name);
	}
	const view = new DataView(header.buffer, header.byteOffset, 30);
	const start = entry.start + 30 + view.getUint16(26, true) + view.getUint16(28, true);
	const packed = bytes.subarray(start, start + entry.packed);
	if (packed.length !== entry.packed) throw damaged(name);
	// One byte more than it says it has shows an entry that has more.
	const content =
		entry.method === 0
			? packed
			: decompressed(name, () => inflateSync(packed, { out: new Uint8Array(entry.size + 1) }));
	if (content.length !== entry.size || crc32(content) !== entry.crc) throw damaged(name);
	return content;
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;

/** The content of a gzip file, all of its members. The size at its end is not believed: a file that was cut short has none. */
function gunzip(file: string, bytes: Uint8Array, limit: number): Uint8Array {
	const chunks: Uint8Array[] = [];
	let total = 0;
	let sum = 0;
	let size = 0;
	const gunzip = new Gunzip((chunk) => {
		total += chunk.length;
		if (total > limit) throw tooLarge(file, limit);
		sum = crc32(chunk, sum);
		size = (size + chunk.length) >>> 0;
		chunks.push(chunk);
	});
	/** Checks the member that ends at `end`. */
	const check = (end: number) => {
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		if (view.getUint32(end - 8, true) !== sum || view.getUint32(end - 4, true) !== size) throw damaged(file);
		sum = size = 0;
	};
	gunzip.onmember = check;
	decompressed(file, () => {
		const step = 2 ** 16;
		for (let at = 0; at < bytes.length; at += step) {
			gunzip.push(bytes.subarray(at, at + step), at + step >= bytes.length);
		}
		check(bytes.length);
	});
	const content = new Uint8Array(total);
	let at = 0;
	for (const chunk of chunks) {
		content.set(chunk, at);
		at += chunk.length;
	}
	return content;
}

/** Whatever goes wrong while something is unpacked is damage. */
function decompressed<T>(file: string, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw error instanceof SheetError ? error : damaged(file);
	}
}

function damaged(file: string): SheetError {
	return unreadable(file, null, 'damaged-archive', {
		vi: 'Tệp nén bị hỏng hoặc chép, tải về chưa hết; hãy chép hoặc tải lại, rồi thử giải nén trên máy.',
		en: 'The archive is damaged or was not copied whole; copy or download it again, then try to unpack it on your machine.'
	});
}

function tooLarge(file: string, limit: number): SheetError {
	const megabytes = Math.floor(limit / 2 ** 20);
	return unreadable(file, null, 'too-large', {
		vi: `Nội dung tệp nén khi giải nén vượt giới hạn bộ nhớ (${megabytes} MB); hãy giải nén trên máy rồi thả từng tệp.`,
		en: `Unpacked, the archive is larger than memory allows (${megabytes} MB); unpack it on your machine and drop the files one by one.`
	});
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	return value;
});

/** The CRC-32 of ISO 3309, as zip and gzip use it, going on from the sum of what came before. */
function crc32(bytes: Uint8Array, before = 0): number {
	let sum = ~before;
	for (let at = 0; at < bytes.length; at++) {
		sum = (sum >>> 8) ^ (crcTable[(sum ^ (bytes[at] as number)) & 0xff] as number);
	}
	return ~sum >>> 0;
}
