/**
 * A bundle: one file that carries all that the reader loaded and chose to another machine. It is a zip of `bundle.json` (the sealed
 * manifest, first and uncompressed) and of each part under `parts/` and its SHA-256.
 */
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import type { Bilingual } from '../model/table';
import { partsOf, type Manifest, type Part } from './manifest';
import { seal, sha256, unseal, type Unreadable } from './seal';

/** Why a file is not opened as a bundle; `too-large` also says why one cannot be made. */
export type BundleProblem = Unreadable | 'too-large';

/** A file that cannot be opened as a bundle, with what to do about it. */
export class BundleError extends Error {
	override readonly name = 'BundleError';
	readonly remedy: Bilingual;
	constructor(
		readonly problem: BundleProblem,
		cause?: unknown
	) {
		super(remedies[problem].en, { cause });
		this.remedy = remedies[problem];
	}
}

const remedies: Record<BundleProblem, Bilingual> = {
	foreign: {
		vi: 'Tệp này không phải gói dữ liệu của trang. Gói dữ liệu là tệp .zip được tải về từ trang Dữ liệu.',
		en: 'This file is not a bundle of this site. A bundle is a .zip file downloaded from the data page.'
	},
	damaged: {
		vi: 'Gói dữ liệu bị hỏng hoặc tải về chưa hết, nên không nạp gì từ gói này. Hãy sao chép hoặc tải lại gói từ máy đã tạo ra nó.',
		en: 'The bundle is damaged or was not downloaded whole, so nothing of it was loaded. Copy or download it again from the machine that made it.'
	},
	newer: {
		vi: 'Gói dữ liệu được tạo bằng một phiên bản mới hơn của trang. Hãy tải lại trang để dùng phiên bản mới rồi mở lại gói.',
		en: 'The bundle was made by a newer version of this site. Reload the page to get that version, then open the bundle again.'
	},
	'too-large': {
		vi: 'Gói dữ liệu vượt quá 2 GB, mức lớn nhất mà trình duyệt xử lý được trong bộ nhớ. Hãy xóa bớt tệp đã nạp rồi tạo lại gói.',
		en: 'The bundle is over 2 GB, the most that a browser can handle in memory. Delete some of the loaded files and make it again.'
	}
};

/** What a bundle holds: the manifest, and the content of each part that it names by its SHA-256. */
export interface Bundle {
	readonly manifest: Manifest;
	readonly parts: ReadonlyMap<string, Uint8Array>;
}

const form = 'thai-nguyen-innovation-bundle';
const manifestName = 'bundle.json';

/** Bytes of all parts together, unpacked. */
const largest = 2 ** 31;

/** Bytes of `bundle.json`: far above what thousands of files need. */
const largestManifest = 2 ** 26;

/** How many entries of an archive are looked at. */
const mostEntries = 100_000;

/**
 * A bundle of a manifest and its parts; the same state always gives the same bytes. With a store: `store.restore(pack)`.
 *
 * @throws BundleError `too-large`, and whatever `read` throws.
 */
export async function pack(manifest: Manifest, read: (part: Part) => Promise<Uint8Array>): Promise<Uint8Array> {
	const parts = [...partsOf(manifest).values()];
	const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
	if (total > largest) throw new BundleError('too-large');
	const entries: Zippable = { [manifestName]: [strToU8(await seal(form, manifest)), { level: 0 }] };
	for (const part of parts) entries[entryName(part.sha256)] = await read(part);
	// The first day that a zip can name, as the clock of this machine names it: a bundle says nothing of when it was made.
	return zipSync(entries, { level: 1, mtime: new Date(1980, 0, 1) });
}

/**
 * What a bundle holds, once every part is seen to be there and to be what its SHA-256 says. Bundles of the version before are opened.
 *
 * @throws BundleError when the file is something else, damaged, too large or made by a newer version.
 */
export async function unpack(bytes: Uint8Array): Promise<Bundle> {
	if (!isBundle(bytes)) throw new BundleError('foreign');
	const sealed = extract(bytes, new Map([[manifestName, largestManifest]])).get(manifestName);
	if (!sealed) throw new BundleError('damaged');
	const read = await unseal(form, strFromU8(sealed));
	if ('problem' in read) throw new BundleError(read.problem);
	const named = partsOf(read.manifest);
	const sizes = new Map([...named.values()].map((part) => [entryName(part.sha256), part.bytes]));
	if ([...sizes.values()].reduce((sum, size) => sum + size, 0) > largest) throw new BundleError('too-large');
	const contents = extract(bytes, sizes);
	const parts = new Map<string, Uint8Array>();
	for (const part of named.values()) {
		const content = contents.get(entryName(part.sha256));
		if (content?.length !== part.bytes || (await sha256(content)) !== part.sha256) throw new BundleError('damaged');
		parts.set(part.sha256, content);
	}
	return { manifest: read.manifest, parts };
}

/** Whether bytes are meant as a bundle, whole or not: a zip that starts as `pack` starts it, or holds a `bundle.json` of this form. */
export function isBundle(bytes: Uint8Array): boolean {
	if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
	const start = strFromU8(bytes.subarray(0, 200), true);
	if (start.startsWith(manifestName, 30) && start.includes(`{"format":"${form}"`)) return true;
	try {
		// Packed again by another program, the entries have another order.
		const sealed = extract(bytes, new Map([[manifestName, largestManifest]])).get(manifestName);
		const content: unknown = sealed && JSON.parse(strFromU8(sealed));
		return typeof content === 'object' && content !== null && 'format' in content && content.format === form;
	} catch {
		return false;
	}
}

function entryName(hash: string): string {
	return `parts/${hash}`;
}

/**
 * The named entries of a zip, each no larger than is said with its name; what is larger, or stands twice, is left where it is.
 *
 * @throws BundleError `damaged`.
 */
function extract(bytes: Uint8Array, sizes: ReadonlyMap<string, number>): Map<string, Uint8Array> {
	const wanted = new Map(sizes);
	let seen = 0;
	try {
		const entries = unzipSync(bytes, {
			filter: ({ name, originalSize }) => {
				if (++seen > mostEntries) throw new RangeError('too many entries');
				return originalSize <= (wanted.get(name) ?? -1) && wanted.delete(name);
			}
		});
		return new Map(Object.entries(entries));
	} catch (error) {
		throw new BundleError('damaged', error);
	}
}
