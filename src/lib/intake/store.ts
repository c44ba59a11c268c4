/**
 * What the reader loaded, kept in the browser's private file system (OPFS). Runs in a page and in a worker.
 *
 * One directory holds `manifest.json` and, under their SHA-256, the parts that it names. A change writes its new parts first, then
 * swaps the manifest, then deletes the parts that it no longer names: whatever ends it, at whatever step, what stands afterwards is
 * the old state or the new one, whole. Writers of all tabs take turns (Web Locks), readers never wait, and tabs tell one another
 * (BroadcastChannel).
 */
import type { Bilingual } from '../model/table';
import { emptyManifest, partsOf, type KeptFile, type Manifest, type Part } from './manifest';
import { isPartName, seal, sha256, unseal, type Unreadable } from './seal';

/**
 * Why the store cannot do what it was asked.
 *
 * - `unsupported`: this browser, or its private mode, keeps no files; data can live in memory only.
 * - `damaged`: what is kept is not what was written.
 * - `newer`: a later version of this program wrote what is kept.
 * - `full`: there is no room.
 * - `gone`: another tab has deleted or replaced the part; the newest manifest no longer names it.
 * - `undeleted`: the file is off the list, but its bytes could not be deleted yet.
 * - `failed`: the browser could not read or write; `cause` says why.
 */
export type StoreProblem = 'unsupported' | 'damaged' | 'newer' | 'full' | 'gone' | 'undeleted' | 'failed';

/** A refusal of the store, with what to do about it in both languages. */
export class StoreError extends Error {
	override readonly name = 'StoreError';
	constructor(
		readonly problem: StoreProblem,
		readonly remedy: Bilingual,
		cause?: unknown
	) {
		super(remedy.en, { cause });
	}
}

/** Room in bytes: used and allowed for this whole site, and whether the browser has promised not to clear it by itself. */
export interface Usage {
	readonly usage: number;
	readonly quota: number;
	readonly persisted: boolean;
}

/** What the store is opened with. */
export interface StoreOptions {
	/** Called before each step with its name; what it throws, the step throws. For tests. */
	readonly fault?: (step: string) => void | Promise<void>;
}

/** What becomes of a manifest: a new one, made from the one that stands. Called once, while no other tab writes. */
export type Change = (manifest: Manifest) => Manifest;

/** The content of a part, once its size and SHA-256 are seen to be right. */
export type ReadPart = (part: Part) => Promise<Uint8Array>;

/** What the reader loaded. Each method rejects with a `StoreError` alone, unless a function that it was given throws. */
export interface Store {
	/** What stands now. */
	manifest(): Promise<Manifest>;
	/**
	 * Writes contents and swaps the manifest, in one step. Parts of the new manifest must be among the contents or have stood before,
	 * else it throws a TypeError and nothing changes. To take a bundle over: `change(() => bundle.manifest, bundle.parts.values())`.
	 */
	change(next: Change, contents?: Iterable<Uint8Array>): Promise<Manifest>;
	/** Keeps files, with whatever else changes in the same step. A file with a known id takes that one's place, a new one the last. */
	keep(files: readonly KeptFile<Uint8Array>[], next?: Change): Promise<Manifest>;
	/** Deletes one file, and its parts with it unless another file has the same. An id that is not known is deleted already. */
	remove(id: string): Promise<Manifest>;
	/** Deletes everything. Needs no room, and works when the manifest is damaged or newer: it is the way out. */
	clear(): Promise<void>;
	/** The content of a part; rejects as `damaged` or `gone` when it is not what the manifest says. */
	readonly read: ReadPart;
	/**
	 * Reads several parts of one state, such as everything after a reload, or a bundle: `restore(pack)`. When another tab takes a part
	 * away meanwhile, the work is done anew with the newest manifest. The work must not write to the store.
	 */
	restore<T>(work: (manifest: Manifest, read: ReadPart) => Promise<T>): Promise<T>;
	/** Calls the listener with what stands after each change of another tab or worker. Returns a function that ends it. */
	subscribe(listener: (manifest: Manifest) => void, failed?: (error: StoreError) => void): () => void;
	usage(): Promise<Usage>;
	/** Asks the browser not to clear this site by itself; whether it agrees. In a worker, whether it has agreed before. */
	askToPersist(): Promise<boolean>;
	/** Listens to other tabs no longer. */
	close(): void;
}

const form = 'thai-nguyen-innovation-store';
const manifestName = 'manifest.json';

/** Room in bytes that a change leaves free, so that a file can still be removed when the store is full. */
const reserve = 2 ** 20;

/** How often a file is read again when it was replaced while being read, and a state when a part of it was. */
const attempts = 5;

const unsupported = (cause?: unknown) =>
	new StoreError(
		'unsupported',
		{
			vi: 'Trình duyệt này (hoặc chế độ ẩn danh) không cho lưu tệp, nên dữ liệu chỉ còn đến khi đóng trang. Hãy tải gói dữ liệu về máy, hoặc dùng bản mới của Chrome, Edge, Firefox hay Safari.',
			en: 'This browser (or its private mode) keeps no files, so the data lasts until the page is closed. Download a bundle, or use a current Chrome, Edge, Firefox or Safari.'
		},
		cause
	);

function unreadable(problem: Unreadable): StoreError {
	if (problem === 'newer') {
		return new StoreError('newer', {
			vi: 'Dữ liệu đã lưu thuộc một phiên bản mới hơn của trang. Hãy tải lại trang để dùng phiên bản mới; chưa có gì bị xóa.',
			en: 'What is kept was written by a newer version of this site. Reload the page to get that version; nothing was deleted.'
		});
	}
	return new StoreError('damaged', {
		vi: 'Danh mục dữ liệu đã lưu bị hỏng nên không mở được; chưa có gì bị xóa. Hãy xóa tất cả rồi mở gói dữ liệu đã tải về, hoặc nạp lại các tệp gốc.',
		en: 'The list of what is kept is damaged and cannot be opened; nothing was deleted. Delete everything, then open a bundle that you downloaded or load the original files again.'
	});
}

function damaged(part: Part, manifest: Manifest): StoreError {
	const names = manifest.files
		.filter(({ parts }) => Object.values(parts).some((one: Part) => one.sha256 === part.sha256))
		.map(({ name }) => `“${name}”`);
	const files = [...new Set(names)].join(', ');
	return new StoreError('damaged', {
		vi: `Nội dung đã lưu của tệp ${files} bị hỏng hoặc bị thiếu. Hãy xóa tệp này khỏi danh sách rồi nạp lại tệp gốc.`,
		en: `What is kept of ${files} is damaged or missing. Delete it from the list and load the original file again.`
	});
}

const gone = () =>
	new StoreError('gone', {
		vi: 'Một thẻ khác vừa xóa hoặc thay dữ liệu này. Hãy mở lại danh sách.',
		en: 'Another tab has just deleted or replaced this. Open the list again.'
	});

const undeleted = (cause: unknown) =>
	new StoreError(
		'undeleted',
		{
			vi: 'Dữ liệu đã ra khỏi danh sách nhưng chưa xóa hết khỏi máy. Hãy đóng các thẻ khác của trang này rồi xóa lại.',
			en: 'The data is off the list but not all of it is deleted from this device yet. Close other tabs of this site and delete it again.'
		},
		cause
	);

/** Sizes in bytes; null where the browser does not tell, as Chromium, whose estimate hides how much is really left. */
function full(needed: number | null, available: number | null, cause?: unknown): StoreError {
	const size = (language: string, bytes: number) =>
		new Intl.NumberFormat(language, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }).format(bytes / 1e6);
	const sizes = {
		vi: [needed !== null && `cần ${size('vi', needed)}`, available !== null && `còn ${size('vi', available)}`],
		en: [needed !== null && `${size('en', needed)} needed`, available !== null && `${size('en', available)} left`]
	};
	const told = (language: 'vi' | 'en') => {
		const known = sizes[language].filter(Boolean).join(', ');
		return known && ` (${known})`;
	};
	return new StoreError(
		'full',
		{
			vi: `Trình duyệt không còn đủ chỗ để lưu${told('vi')}. Dữ liệu đã lưu trước đó vẫn nguyên. Hãy giải phóng ổ đĩa, xóa bớt tệp đã nạp hoặc xóa tất cả, rồi thử lại.`,
			en: `The browser has not enough room${told('en')}. What was kept before is intact. Free disk space, delete files that were loaded or delete everything, then try again.`
		},
		cause
	);
}

function failed(cause: unknown): StoreError {
	if (isNamed(cause, 'QuotaExceededError')) return full(null, null, cause);
	return new StoreError(
		'failed',
		{
			vi: 'Trình duyệt không đọc hoặc ghi được dữ liệu đã lưu. Hãy tải lại trang rồi thử lại; dữ liệu đã lưu trước đó vẫn nguyên.',
			en: 'The browser could not read or write what is kept. Reload the page and try again; what was kept before is intact.'
		},
		cause
	);
}

const has = (object: object | undefined, member: string) =>
	(object as Record<string, unknown> | undefined)?.[member] !== undefined;

const isNamed = (error: unknown, name: string) => error instanceof DOMException && error.name === name;

/**
 * Opens the store of a name, and makes it when there is none. What an earlier tab had no time to delete is deleted now.
 *
 * @throws StoreError `unsupported` where the browser keeps no files. A manifest that cannot be read is told when it is asked for.
 */
export async function openStore(name = 'own-data', { fault }: StoreOptions = {}): Promise<Store> {
	const root = await privateFiles();
	let directory = await root.getDirectoryHandle(name, { create: true }).catch((error: unknown) => {
		throw unsupported(error);
	});
	const shared = `thai-nguyen-innovation ${name}`;
	const channel = new BroadcastChannel(shared);
	const listeners = new Set<{ listener: (manifest: Manifest) => void; failed: (error: StoreError) => void }>();

	/** All that touches the disk goes through here: a failure becomes a StoreError. */
	async function step<T>(label: string, work: () => Promise<T>): Promise<T> {
		try {
			await fault?.(label);
			return await work();
		} catch (error) {
			throw error instanceof StoreError ? error : failed(error);
		}
	}

	/** The bytes of a file, null when there is none. One that is replaced between being opened and being read is opened again. */
	async function content(file: string): Promise<Uint8Array | null> {
		for (let attempt = 1; ; attempt++) {
			let handle: FileSystemFileHandle;
			try {
				handle = await directory.getFileHandle(file);
			} catch (error) {
				if (isNamed(error, 'NotFoundError')) return null;
				throw error;
			}
			try {
				return new Uint8Array(await (await handle.getFile()).arrayBuffer());
			} catch (error) {
				if (attempt === attempts) throw error;
			}
		}
	}

	async function names(): Promise<string[]> {
		const found: string[] = [];
		for await (const entry of directory.keys()) found.push(entry);
		return found;
	}

	async function current(): Promise<Manifest> {
		const bytes = await step('read the manifest', () => content(manifestName));
		if (bytes === null) return emptyManifest;
		// A manifest without a byte is one whose first writing was cut off: `begin` sees to it that no part exists by then.
		if (bytes.length === 0 && !(await step('look for parts', names)).some(isPartName)) return emptyManifest;
		const read = await unseal(form, new TextDecoder().decode(bytes));
		if ('problem' in read) throw unreadable(read.problem);
		return read.manifest;
	}

	/**
	 * Waits until no swap of the manifest is under way. A tab that was closed has given its turn back by now, yet the browser may
	 * still be at its last order; what that swap names must not be deleted before it.
	 */
	async function settle(): Promise<void> {
		const exclusive: FileSystemCreateWritableOptions & { mode: string } = { mode: 'exclusive' };
		for (let attempt = 1; ; attempt++) {
			try {
				await (await (await directory.getFileHandle(manifestName)).createWritable(exclusive)).abort();
				return;
			} catch (error) {
				if (!isNamed(error, 'NoModificationAllowedError')) return;
				if (attempt === 100) throw error;
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
		}
	}

	/** Deletes what the manifest on the disk does not name. */
	async function collect(): Promise<void> {
		const named = partsOf(await current());
		for (const entry of await step('list', names)) {
			if (entry !== manifestName && !named.has(entry))
				await step(`delete ${entry}`, () => directory.removeEntry(entry));
		}
	}

	async function holds(part: Part): Promise<boolean> {
		const bytes = await step(`look for ${part.sha256}`, () => content(part.sha256));
		return bytes !== null && bytes.length === part.bytes && (await sha256(bytes)) === part.sha256;
	}

	/** Writes a file whole or not at all: the bytes take its name when the stream is closed. */
	async function write(file: string, bytes: Uint8Array): Promise<void> {
		const opened = async () => (await directory.getFileHandle(file, { create: true })).createWritable();
		let stream = await step(`open ${file}`, opened);
		try {
			await step(`write ${file}`, async () => {
				for (let attempt = 1; ; attempt++) {
					try {
						await stream.write(bytes as Uint8Array<ArrayBuffer>);
						return;
					} catch (error) {
						// When room runs out, Chromium may close its pipe before it says why: the next attempt is told.
						if (!isNamed(error, 'AbortError') || attempt === attempts) throw error;
						stream = await opened();
					}
				}
			});
			await step(`close ${file}`, () => stream.close());
		} catch (error) {
			await stream.abort().catch(() => undefined);
			throw error;
		}
		await step(`check ${file}`, async () => {
			const { size } = await (await directory.getFileHandle(file)).getFile();
			if (size !== bytes.length) throw new Error(`${file}: ${bytes.length} bytes were written, ${size} are there.`);
		});
	}

	async function writeManifest(text: string): Promise<void> {
		await write(manifestName, new TextEncoder().encode(text));
		await step('read the manifest back', async () => {
			const bytes = await content(manifestName);
			if (bytes === null || new TextDecoder().decode(bytes) !== text) throw new Error('Another manifest is there.');
		});
	}

	async function available(): Promise<number> {
		const { quota = Infinity, usage = 0 } = await step('measure', () => navigator.storage.estimate());
		return Math.max(0, quota - usage);
	}

	/** The directory as a change finds it: there, and touched by nobody else. */
	async function enter(): Promise<void> {
		directory = await step('open the directory', () => root.getDirectoryHandle(name, { create: true }));
		await step('settle', settle);
	}

	/** The state that a change starts from, on a clean disk. */
	async function begin(): Promise<Manifest> {
		await enter();
		const manifest = await current();
		await collect().catch(() => undefined);
		const first = await step('look for the manifest', () => content(manifestName));
		if (first === null || first.length === 0) await writeManifest(await seal(form, manifest));
		return manifest;
	}

	const exclusively = <T>(work: () => Promise<T>): Promise<T> => navigator.locks.request(shared, work);

	const swap: Swap = (next, given, deleted) =>
		exclusively(async () => {
			const { text, manifest } = await changed(await begin(), next, given);
			const missing: Part[] = [];
			for (const part of partsOf(manifest).values()) {
				if (given.has(part.sha256) && !(await holds(part))) missing.push(part);
			}
			const needed = missing.reduce((sum, { bytes }) => sum + bytes, 0);
			try {
				const room = needed > 0 ? await available() : Infinity;
				if (needed > room - reserve) throw full(needed, room);
				for (const part of missing) await write(part.sha256, given.get(part.sha256) as Uint8Array);
				await writeManifest(text);
			} catch (error) {
				await collect().catch(() => undefined);
				throw error instanceof StoreError && isNamed(error.cause, 'QuotaExceededError')
					? full(needed, null, error.cause)
					: error;
			} finally {
				// After a failure too: it may have come after the swap.
				channel.postMessage(null);
			}
			await collect().catch((error: unknown) => {
				if (deleted === 'now') throw undeleted(error);
			});
			return manifest;
		});

	async function read(part: Part): Promise<Uint8Array> {
		for (let attempt = 1; ; attempt++) {
			const bytes = await step(`read ${part.sha256}`, () => content(part.sha256));
			if (bytes !== null && bytes.length === part.bytes && (await sha256(bytes)) === part.sha256) return bytes;
			const manifest = await current();
			if (!partsOf(manifest).has(part.sha256)) throw gone();
			// Another tab may have deleted it and kept it again since.
			if (attempt === attempts) throw damaged(part, manifest);
		}
	}

	let telling: Promise<void> = Promise.resolve();

	async function tell(): Promise<void> {
		if (listeners.size === 0) return;
		try {
			const manifest = await current();
			for (const { listener } of [...listeners]) listener(manifest);
		} catch (error) {
			if (!(error instanceof StoreError)) throw error;
			for (const { failed } of [...listeners]) failed(error);
		}
	}

	channel.addEventListener('message', () => {
		telling = telling.then(tell, tell);
	});

	await navigator.locks.request(shared, { ifAvailable: true }, async (lock) => {
		if (lock)
			await enter()
				.then(collect)
				.catch(() => undefined);
	});

	return {
		manifest: current,
		...writing(swap),
		clear: () =>
			exclusively(async () => {
				await enter();
				const found = await step('list', names);
				// The manifest first: from then on there is nothing, and what is left is deleted at the next opening.
				if (found.includes(manifestName)) {
					await step(`delete ${manifestName}`, () => directory.removeEntry(manifestName));
				}
				channel.postMessage(null);
				await collect().catch((error: unknown) => {
					throw undeleted(error);
				});
			}),
		read,
		restore: (work) => {
			const once = async () => work(await current(), read);
			// When others write faster than this one reads, they wait the last time.
			return retried(once, () => exclusively(once));
		},
		subscribe: (listener, failed = () => undefined) => {
			const entry = { listener, failed };
			listeners.add(entry);
			return () => listeners.delete(entry);
		},
		usage: () =>
			step('measure', async () => {
				const { quota = 0, usage = 0 } = await navigator.storage.estimate();
				return { usage, quota, persisted: await navigator.storage.persisted() };
			}),
		askToPersist: () =>
			step('ask to persist', () =>
				has(navigator.storage, 'persist') ? navigator.storage.persist() : navigator.storage.persisted()
			),
		close: () => {
			listeners.clear();
			channel.close();
		}
	};
}

/** A store that lasts as long as its page, for browsers that keep no files. It has copies of what it is given. */
export function openMemory(): Store {
	let manifest = emptyManifest;
	let contents = new Map<string, Uint8Array>();
	let turn: Promise<unknown> = Promise.resolve();

	const swap: Swap = (next, given) => {
		const result = turn.then(async () => {
			const after = (await changed(manifest, next, given)).manifest;
			const kept = new Map<string, Uint8Array>();
			for (const name of partsOf(after).keys()) {
				kept.set(name, contents.get(name) ?? (given.get(name) as Uint8Array).slice());
			}
			contents = kept;
			return (manifest = after);
		});
		turn = result.catch(() => undefined);
		return result;
	};

	const read: ReadPart = async (part) => {
		const bytes = contents.get(part.sha256);
		if (!bytes) throw gone();
		return bytes;
	};

	return {
		manifest: async () => manifest,
		...writing(swap),
		clear: async () => {
			await swap(() => emptyManifest, new Map(), 'now');
		},
		read,
		restore: (work) => retried(async () => work(manifest, read)),
		subscribe: () => () => undefined,
		usage: async () => ({
			usage: [...contents.values()].reduce((sum, { length }) => sum + length, 0),
			quota: 0,
			persisted: false
		}),
		askToPersist: async () => false,
		close: () => undefined
	};
}

/** Makes a change, with the contents that it may need, by their SHA-256. What it drops is deleted `now`, or it is told that it is not. */
type Swap = (next: Change, given: ReadonlyMap<string, Uint8Array>, deleted: 'now' | 'later') => Promise<Manifest>;

/** The methods of a store that write. */
function writing(swap: Swap): Pick<Store, 'change' | 'keep' | 'remove'> {
	return {
		change: async (next, contents = []) => {
			const given = new Map<string, Uint8Array>();
			for (const bytes of contents) given.set(await sha256(bytes), bytes);
			return swap(next, given, 'later');
		},
		keep: async (files, next = (manifest) => manifest) => {
			const kept: KeptFile[] = [];
			const given = new Map<string, Uint8Array>();
			for (const file of files) {
				const part = async (bytes: Uint8Array): Promise<Part> => {
					const hash = await sha256(bytes);
					given.set(hash, bytes);
					return { sha256: hash, bytes: bytes.length };
				};
				const { original, rows, account } = file.parts;
				kept.push({
					...file,
					parts: { original: await part(original), rows: await part(rows), account: await part(account) }
				});
			}
			const add: Change = (manifest) => {
				const byId = new Map([...manifest.files, ...kept].map((file) => [file.id, file]));
				return next({ ...manifest, files: [...byId.values()] });
			};
			return swap(add, given, 'later');
		},
		remove: (id) =>
			swap((manifest) => ({ ...manifest, files: manifest.files.filter((file) => file.id !== id) }), new Map(), 'now')
	};
}

/**
 * The manifest after a change, as it is written and as it is read again.
 *
 * @throws TypeError when it names a part that was neither given nor kept before, or is no manifest.
 */
async function changed(
	before: Manifest,
	next: Change,
	given: ReadonlyMap<string, Uint8Array>
): Promise<{ text: string; manifest: Manifest }> {
	const after = next(before);
	const standing = partsOf(before);
	for (const part of partsOf(after).values()) {
		if ((given.get(part.sha256)?.length ?? standing.get(part.sha256)?.bytes) !== part.bytes) {
			throw new TypeError(`Part ${part.sha256} was neither given nor kept before.`);
		}
	}
	const text = await seal(form, after);
	const sealed = await unseal(form, text);
	if ('problem' in sealed) throw new TypeError('What the manifest would become is no manifest.');
	return { text, manifest: sealed.manifest };
}

/** Does a work, and does it anew when a part was gone: the tries that `restore` has before it must be alone. */
async function retried<T>(work: () => Promise<T>, alone: () => Promise<T> = work): Promise<T> {
	for (let attempt = 1; attempt < attempts; attempt++) {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof StoreError && error.problem === 'gone')) throw error;
		}
	}
	return alone();
}

/** The browser's private file system, once all that the store needs is seen to be there. */
async function privateFiles(): Promise<FileSystemDirectoryHandle> {
	if (
		!has(globalThis, 'FileSystemFileHandle') ||
		!has(FileSystemFileHandle.prototype, 'createWritable') ||
		!has(globalThis, 'BroadcastChannel') ||
		!has(navigator, 'locks') ||
		!has(navigator.storage, 'getDirectory') ||
		!has(globalThis.crypto, 'subtle')
	) {
		throw unsupported();
	}
	try {
		return await navigator.storage.getDirectory();
	} catch (error) {
		throw unsupported(error);
	}
}
