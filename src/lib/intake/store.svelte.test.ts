import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import type { Order, Word } from '../../../tests/store-worker';
import { pack, unpack } from './bundle';
import { emptyManifest, type KeptFile, type Part } from './manifest';
import { seal, sha256 } from './seal';
import { openMemory, openStore, StoreError, type Store, type StoreOptions } from './store';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A file whose parts all tell its content. */
function file(id: string, content: string): KeptFile<Uint8Array> {
	return {
		id,
		name: `${id}.csv`,
		sheet: null,
		kind: 'csv',
		loadedAt: '2025-03-01T02:03:04.000Z',
		day: '2025-03-01',
		table: 'initiatives',
		mode: 'append',
		rows: 2,
		waiting: 0,
		skipped: { heading: 1 },
		plan: { decimal: ',' },
		rulesVersion: 1,
		parts: { original: encode(content), rows: encode(`rows: ${content}`), account: encode(`account: ${content}`) }
	};
}

let count = 0;
const opened: Store[] = [];
const made = new Set<string>();

/** A name that no other test has. */
function fresh(): string {
	const name = `test-${crypto.randomUUID()}-${count++}`;
	made.add(name);
	return name;
}

async function open(name: string, options?: StoreOptions): Promise<Store> {
	const store = await openStore(name, options);
	opened.push(store);
	return store;
}

const directoryOf = async (name: string) =>
	(await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });

/** The names of all files on the disk. */
async function listing(name: string): Promise<string[]> {
	const names: string[] = [];
	for await (const entry of (await directoryOf(name)).keys()) names.push(entry);
	return names.sort();
}

async function overwrite(name: string, entry: string, bytes: string | Uint8Array): Promise<void> {
	const stream = await (await (await directoryOf(name)).getFileHandle(entry, { create: true })).createWritable();
	await stream.write(bytes as Uint8Array<ArrayBuffer>);
	await stream.close();
}

async function onDisk(name: string, entry: string): Promise<string> {
	return (await (await (await directoryOf(name)).getFileHandle(entry)).getFile()).text();
}

/** All that a store holds, each part read and hashed: the contents of files by their id, and what is shown. */
async function state(store: Store): Promise<{ shown: string; files: Record<string, string> }> {
	return store.restore(async ({ shown, files }, read) => {
		const contents: Record<string, string> = {};
		for (const { id, parts } of files) {
			const original = await read(parts.original);
			expect(await sha256(original)).toBe(parts.original.sha256);
			expect(decode(await read(parts.rows))).toBe(`rows: ${decode(original)}`);
			expect(decode(await read(parts.account))).toBe(`account: ${decode(original)}`);
			contents[id] = decode(original);
		}
		return { shown, files: contents };
	});
}

/** As after a reload: the state, and not a byte on the disk that no manifest names. */
async function reopened(name: string) {
	// A worker that was killed may still hold its turn for a moment; then opening leaves what it left.
	const isClean = async () => {
		const store = await open(name);
		const manifest = await store.manifest();
		const named = manifest.files.flatMap(({ parts }) => Object.values(parts).map((part: Part) => part.sha256));
		const found = (await listing(name)).filter((entry) => entry !== 'manifest.json');
		expect(found).toEqual([...new Set(named)].sort());
		return store;
	};
	// Eight workers at once may take longer on a busy machine than the second that is waited otherwise.
	return state(await vi.waitFor(isClean, { timeout: 20_000 }));
}

async function problemOf(work: Promise<unknown>): Promise<string> {
	try {
		await work;
	} catch (error) {
		if (!(error instanceof StoreError)) throw error;
		expect(error.remedy.vi).not.toBe('');
		return error.problem;
	}
	return 'none';
}

afterEach(async () => {
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
	for (const store of opened.splice(0)) store.close();
	const root = await navigator.storage.getDirectory();
	for (const name of made) await root.removeEntry(name, { recursive: true }).catch(() => undefined);
	made.clear();
});

describe('a store', () => {
	it('is empty at first', async () => {
		const store = await open(fresh());
		expect(await store.manifest()).toEqual({ shown: 'sample', files: [], aliases: [], plans: {} });
	});

	it('keeps files over a reload, with what else changed in the same step', async () => {
		const name = fresh();
		const kept = await (
			await open(name)
		).keep([file('a', 'Đổi mới'), file('b', '2')], (manifest) => ({
			...manifest,
			shown: 'own',
			aliases: [{ name: 'Sở GD&ĐT', unit_id: 'so-gddt' }],
			plans: { 'stt|ten': { shape: 'rows' } }
		}));
		expect(await reopened(name)).toEqual({ shown: 'own', files: { a: 'Đổi mới', b: '2' } });
		const manifest = await (await open(name)).manifest();
		expect(manifest).toEqual(kept);
		expect(manifest.aliases).toEqual([{ name: 'Sở GD&ĐT', unit_id: 'so-gddt' }]);
		expect(manifest.plans).toEqual({ 'stt|ten': { shape: 'rows' } });
		// As `printf 'Đổi mới' | sha256sum` says; Đ takes 2 bytes, ổ and ớ 3 each, the other letters and the space 1.
		expect(manifest.files[0]?.parts.original).toEqual({
			sha256: '717bd4e90ebca3fa25cc7963c9ba776a6c8ac1ce6523f82a72f59252b1e83898',
			bytes: 12
		});
	});

	it('keeps the same content once, and deletes it with the last file that has it', async () => {
		const name = fresh();
		const store = await open(name);
		await store.keep([file('a', 'same'), file('b', 'same')]);
		expect(await listing(name)).toHaveLength(4);
		await store.remove('a');
		expect(await reopened(name)).toEqual({ shown: 'sample', files: { b: 'same' } });
		await store.remove('b');
		expect(await listing(name)).toEqual(['manifest.json']);
		// Deleted already.
		await store.remove('b');
		expect(await reopened(name)).toEqual({ shown: 'sample', files: {} });
	});

	it('puts a file that is kept again in the place of the earlier one', async () => {
		const name = fresh();
		const store = await open(name);
		await store.keep([file('a', 'old'), file('b', '2')]);
		const { files } = await store.keep([file('a', 'new')]);
		expect(files.map(({ id }) => id)).toEqual(['a', 'b']);
		expect(await reopened(name)).toEqual({ shown: 'sample', files: { a: 'new', b: '2' } });
	});

	it('deletes everything', async () => {
		const name = fresh();
		const store = await open(name);
		await store.keep([file('a', '1')], (manifest) => ({ ...manifest, plans: { x: 1 } }));
		await store.clear();
		expect(await listing(name)).toEqual([]);
		expect(await store.manifest()).toEqual(emptyManifest);
		await store.clear();
		await store.keep([file('b', '2')]);
		expect(await reopened(name)).toEqual({ shown: 'sample', files: { b: '2' } });
	});

	it('goes into a bundle and comes out of it elsewhere', async () => {
		const name = fresh();
		const store = await open(name);
		await store.keep([file('a', '1'), file('b', '2')], (manifest) => ({ ...manifest, shown: 'own' }));
		const bundle = await unpack(await store.restore(pack));
		const elsewhere = fresh();
		const other = await open(elsewhere);
		await other.keep([file('c', '3')]);
		await other.change(() => bundle.manifest, bundle.parts.values());
		expect(await other.manifest()).toEqual(await store.manifest());
		expect(await reopened(elsewhere)).toEqual({ shown: 'own', files: { a: '1', b: '2' } });
	});

	it('refuses a manifest that names what nobody gave, or that is none', async () => {
		const name = fresh();
		const store = await open(name);
		const { files } = await store.keep([file('a', '1')]);
		const [kept] = files;
		if (!kept) throw new Error('nothing was kept');
		const foreign = { ...kept, parts: { ...kept.parts, rows: { sha256: '0'.repeat(64), bytes: 1 } } };
		await expect(store.change((manifest) => ({ ...manifest, files: [foreign] }))).rejects.toThrow(TypeError);
		await expect(store.change((manifest) => ({ ...manifest, files: [kept, kept] }))).rejects.toThrow(TypeError);
		await expect(store.keep([{ ...file('b', '2'), rows: NaN }])).rejects.toThrow(TypeError);
		await expect(
			store.change(() => {
				throw new RangeError('mine');
			})
		).rejects.toThrow(new RangeError('mine'));
		expect(await reopened(name)).toEqual({ shown: 'sample', files: { a: '1' } });
	});

	it('finds its directory again after the reader cleared the site', async () => {
		const name = fresh();
		const store = await open(name);
		await store.keep([file('a', '1')]);
		await (await navigator.storage.getDirectory()).removeEntry(name, { recursive: true });
		expect(await store.manifest()).toEqual(emptyManifest);
		await store.keep([file('b', '2')]);
		expect(await reopened(name)).toEqual({ shown: 'sample', files: { b: '2' } });
	});

	it('tells room and persistence', async () => {
		const store = await open(fresh());
		const { usage, quota, persisted } = await store.usage();
		expect(quota).toBeGreaterThan(usage);
		expect(typeof persisted).toBe('boolean');
		expect(typeof (await store.askToPersist())).toBe('boolean');
	});

	it('says so where the browser keeps no files', async () => {
		const name = fresh();
		vi.spyOn(navigator.storage, 'getDirectory').mockRejectedValue(new DOMException('private', 'SecurityError'));
		expect(await problemOf(openStore(name))).toBe('unsupported');
		vi.restoreAllMocks();
		vi.stubGlobal('BroadcastChannel', undefined);
		expect(await problemOf(openStore(name))).toBe('unsupported');
	});
});

describe('a store in memory', () => {
	it('keeps, replaces, deletes and bundles as the one on the disk does', async () => {
		const store = openMemory();
		expect(await store.manifest()).toEqual(emptyManifest);
		await store.keep([file('a', 'old'), file('b', '2')]);
		const { files } = await store.keep([file('a', 'new')], (manifest) => ({ ...manifest, shown: 'own' }));
		expect(files.map(({ id }) => id)).toEqual(['a', 'b']);
		expect(await state(store)).toEqual({ shown: 'own', files: { a: 'new', b: '2' } });
		const bundle = await unpack(await store.restore(pack));
		await store.remove('a');
		expect(await state(store)).toEqual({ shown: 'own', files: { b: '2' } });
		// "2", "rows: 2" and "account: 2".
		expect(await store.usage()).toEqual({ usage: 1 + 7 + 10, quota: 0, persisted: false });
		await store.clear();
		expect(await store.manifest()).toEqual(emptyManifest);
		expect(await problemOf(store.read((files[0] as KeptFile).parts.original))).toBe('gone');
		await store.change(() => bundle.manifest, bundle.parts.values());
		expect(await state(store)).toEqual({ shown: 'own', files: { a: 'new', b: '2' } });
	});

	it('has copies, takes its writers in turn, and goes on after one that failed', async () => {
		const store = openMemory();
		const given = file('a', '1');
		const keeping = store.keep([given]);
		const failing = store.keep([{ ...file('x', '1'), rows: NaN }]);
		await Promise.all([keeping, expect(failing).rejects.toThrow(TypeError), store.keep([file('b', '2')])]);
		given.parts.original.fill(0);
		expect(await state(store)).toEqual({ shown: 'sample', files: { a: '1', b: '2' } });
	});
});

describe('damage', () => {
	async function stored() {
		const name = fresh();
		const store = await open(name);
		const manifest = await store.keep([file('a', 'content of a'), file('b', '2')]);
		const part = manifest.files[0]?.parts.original;
		if (!part) throw new Error('nothing was kept');
		return { name, store, part };
	}

	it.each([
		['shorter', 'content of'],
		['another', 'content of b'],
		['empty', '']
	])('of a part that is %s is told, by the name of its file, and mended by loading it again', async (_, content) => {
		const { name, store, part } = await stored();
		await overwrite(name, part.sha256, content);
		await expect(store.read(part)).rejects.toMatchObject({
			problem: 'damaged',
			remedy: { vi: expect.stringContaining('“a.csv”') as string, en: expect.stringContaining('“a.csv”') as string }
		});
		await store.keep([file('a', 'content of a')]);
		expect(await reopened(name)).toEqual({ shown: 'sample', files: { a: 'content of a', b: '2' } });
	});

	it('of a part that is missing is told, and does not stand in the way of deleting it', async () => {
		const { name, store, part } = await stored();
		await (await directoryOf(name)).removeEntry(part.sha256);
		expect(await problemOf(store.read(part))).toBe('damaged');
		await store.remove('a');
		expect(await reopened(name)).toEqual({ shown: 'sample', files: { b: '2' } });
	});

	it('of the manifest is told, deletes nothing, and leaves one way out', async () => {
		for (const damage of [
			(text: string) => text.slice(0, -1),
			(text: string) => text.replace('a.csv', 'b.csv'),
			() => '',
			() => '\0\0\0\0',
			() => '{}',
			() => 'null'
		]) {
			const { name } = await stored();
			await overwrite(name, 'manifest.json', damage(await onDisk(name, 'manifest.json')));
			const before = await listing(name);
			const store = await open(name);
			expect(await problemOf(store.manifest())).toBe('damaged');
			expect(await problemOf(store.keep([file('c', '3')]))).toBe('damaged');
			expect(await problemOf(store.remove('a'))).toBe('damaged');
			expect(await listing(name)).toEqual(before);
			await store.clear();
			expect(await listing(name)).toEqual([]);
			expect(await store.manifest()).toEqual(emptyManifest);
		}
	});

	it('is not what a newer version wrote, which is left alone', async () => {
		const { name } = await stored();
		const text = await onDisk(name, 'manifest.json');
		await overwrite(name, 'manifest.json', text.replace('"version":3', '"version":4'));
		const before = await listing(name);
		const store = await open(name);
		expect(await problemOf(store.manifest())).toBe('newer');
		expect(await problemOf(store.change((manifest) => manifest))).toBe('newer');
		expect(await listing(name)).toEqual(before);
	});

	it('is not a first manifest that was never written', async () => {
		const name = fresh();
		await overwrite(name, 'manifest.json', '');
		const store = await open(name);
		expect(await store.manifest()).toEqual(emptyManifest);
		await store.keep([file('a', '1')]);
		expect(await reopened(name)).toEqual({ shown: 'sample', files: { a: '1' } });
	});
});

/** What is done in the tests below, from which state, to which. */
const works: {
	title: string;
	before: Record<string, string>;
	work: Order['work'];
	after: { shown: string; files: Record<string, string> };
	/** The step after which the new state stands. */
	swap: string;
}[] = [
	{
		title: 'the first keep',
		before: {},
		work: { keep: [file('a', '1'), file('b', '2')] },
		after: { shown: 'sample', files: { a: '1', b: '2' } },
		swap: 'close manifest.json'
	},
	{
		title: 'a keep that replaces',
		before: { a: 'old', b: '2' },
		work: { keep: [file('a', 'new'), file('c', '3')] },
		after: { shown: 'sample', files: { a: 'new', b: '2', c: '3' } },
		swap: 'close manifest.json'
	},
	{
		title: 'a change',
		before: { a: '1' },
		work: { shown: 'own' },
		after: { shown: 'own', files: { a: '1' } },
		swap: 'close manifest.json'
	},
	{
		title: 'a removal',
		before: { a: '1', b: '2' },
		work: { remove: 'a' },
		after: { shown: 'sample', files: { b: '2' } },
		swap: 'close manifest.json'
	},
	{
		title: 'a clearance',
		before: { a: '1', b: '2' },
		work: { clear: true },
		after: { shown: 'sample', files: {} },
		swap: 'delete manifest.json'
	}
];

async function prepared(before: Record<string, string>): Promise<string> {
	const name = fresh();
	if (Object.keys(before).length > 0) {
		const store = await open(name);
		await store.keep(Object.entries(before).map(([id, content]) => file(id, content)));
		store.close();
	}
	return name;
}

function run(store: Store, work: Order['work']): Promise<unknown> {
	if ('keep' in work) return store.keep(work.keep);
	if ('remove' in work) return store.remove(work.remove);
	if ('shown' in work) return store.change((manifest) => ({ ...manifest, shown: work.shown }));
	return store.clear();
}

/** The steps of a work that goes well. */
async function stepsOf({ before, work, after }: (typeof works)[number]): Promise<string[]> {
	const name = await prepared(before);
	const steps: string[] = [];
	let working = false;
	const store = await open(name, { fault: (step) => void (working && steps.push(step)) });
	working = true;
	await run(store, work);
	expect(await reopened(name)).toEqual(after);
	return steps;
}

describe.each(works)('$title', (case_) => {
	const { before, work, after, swap } = case_;
	const old = { shown: 'sample', files: before };

	it.each([
		['fails once', false],
		['fails and every later one too', true]
	])('leaves the old or the new state, whole, when a step %s', async (_, forEver) => {
		const steps = await stepsOf(case_);
		const swapped = steps.lastIndexOf(swap);
		expect(swapped).toBeGreaterThan(0);
		const failing = async (at: number, label: string) => {
			const name = await prepared(before);
			let step = -1;
			const store = await open(name, {
				fault: () => {
					if (step < 0) return;
					const now = step++;
					if (forEver ? now >= at : now === at) throw new Error('the disk is gone');
				}
			});
			step = 0;
			const problem = await problemOf(run(store, work));
			step = -1;
			// Nothing is said to be done that is not, and what is rejected before the swap is not done.
			const expected = problem === 'none' || at > swapped ? after : old;
			expect.soft(await state(store), `${label}, this tab`).toEqual(expected);
			expect.soft(await reopened(name), `${label}, reopened`).toEqual(expected);
			expect(['none', 'failed', 'undeleted']).toContain(problem);
			await run(store, work);
			expect.soft(await reopened(name), `${label}, once more`).toEqual(after);
		};
		await Promise.all(steps.map((label, at) => failing(at, label)));
	});

	it('leaves the old or the new state, whole, when its worker is killed at any step', async () => {
		const steps = await stepsOf(case_);
		const swapped = steps.lastIndexOf(swap);
		const killing = async (at: number, label: string) => {
			const name = await prepared(before);
			await killedAt({ store: name, work, stopAt: at });
			expect.soft(await reopened(name), label).toEqual(at > swapped ? after : old);
			await run(await open(name), work);
			expect.soft(await reopened(name), `${label}, once more`).toEqual(after);
		};
		// A few at a time: each is a worker.
		for (let at = 0; at < steps.length; at += 8) {
			await Promise.all(steps.slice(at, at + 8).map((label, offset) => killing(at + offset, label)));
		}
	});

	it('leaves the old or the new state, whole, when its tab is closed at any step', async () => {
		const steps = await stepsOf(case_);
		const swapped = steps.lastIndexOf(swap);
		const closing = async (at: number, label: string) => {
			const name = await prepared(before);
			await closedAt(name, work, at);
			expect.soft(await reopened(name), label).toEqual(at > swapped ? after : old);
			await run(await open(name), work);
			expect.soft(await reopened(name), `${label}, once more`).toEqual(after);
		};
		for (let at = 0; at < steps.length; at += 8) {
			await Promise.all(steps.slice(at, at + 8).map((label, offset) => closing(at + offset, label)));
		}
	});
});

function start(order: Order, heard: (word: Word) => void): Worker {
	const worker = new Worker(new URL('../../../tests/store-worker.ts', import.meta.url), { type: 'module' });
	worker.addEventListener('message', ({ data }: MessageEvent<Word>) => heard(data));
	worker.postMessage(order);
	return worker;
}

/** Kills a worker once it stands before the step of its order. */
function killedAt(order: Order): Promise<void> {
	return new Promise((resolve, reject) => {
		const worker = start(order, (word) => {
			if ('done' in word) reject(new Error(`It was not stopped: ${word.done}`));
			else if (word.stopped) {
				worker.terminate();
				resolve();
			}
		});
		worker.addEventListener('error', ({ message }) => reject(new Error(message)));
	});
}

/** Closes a tab, which here is a frame, once it stands before a step of its work. */
async function closedAt(name: string, work: Order['work'], stopAt: number): Promise<void> {
	const frame = document.createElement('iframe');
	frame.srcdoc = `<script type="module">
		import { openStore } from ${JSON.stringify(new URL('./store.ts', import.meta.url).href)};
		window.obey = async (name, run, stopAt, stopped) => {
			let count = -1;
			const store = await openStore(name, {
				fault: async () => {
					if (count < 0 || count++ !== stopAt) return;
					stopped();
					await new Promise(() => undefined);
				}
			});
			count = 0;
			await run(store);
		};
	</script>`;
	const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
	document.body.append(frame);
	await loaded;
	const tab = frame.contentWindow as unknown as {
		obey(name: string, run: (store: Store) => Promise<unknown>, stopAt: number, stopped: () => void): Promise<void>;
	};
	await new Promise<void>((stopped, failed) => {
		tab
			.obey(name, (store) => run(store, work), stopAt, stopped)
			.then(() => failed(new Error('It was not stopped.')), failed);
	});
	frame.remove();
}

describe('a worker that is killed', () => {
	it('in the midst of writing much leaves the old or the new state, whole', async () => {
		const big = (letter: string) => letter.repeat(4_000_000);
		const name = await prepared({ a: big('1') });
		let [kept, lost] = [0, 0];
		for (let run = 0; run < 8; run++) {
			const next = big(String.fromCharCode(65 + run));
			const before = await reopened(name);
			const order: Order = { store: name, work: { keep: [file('a', next)] }, stopAt: null };
			await new Promise<void>((resolve) => {
				let began = false;
				const worker = start(order, () => {
					if (began) return;
					began = true;
					setTimeout(() => {
						worker.terminate();
						resolve();
					}, run * 20);
				});
			});
			const { files } = await reopened(name);
			if (files['a'] === next) kept++;
			else {
				lost++;
				expect(files['a'] === before.files['a']).toBe(true);
			}
		}
		expect(kept + lost).toBe(8);
		expect(lost).toBeGreaterThan(0);
	});

	it('gives its turn back', async () => {
		const name = await prepared({ a: '1' });
		await killedAt({ store: name, work: { keep: [file('b', '2')] }, stopAt: 8 });
		await (await open(name)).keep([file('c', '3')]);
		expect(await reopened(name)).toEqual({ shown: 'sample', files: { a: '1', c: '3' } });
	});
});

describe('room', () => {
	/** Sets how many bytes this site may use, or lifts the limit. */
	async function allow(bytes?: number): Promise<void> {
		await cdp().send('Storage.overrideQuotaForOrigin', {
			origin: location.origin,
			...(bytes === undefined ? {} : { quotaSize: bytes })
		});
	}

	afterEach(() => allow());

	const large = file('large', 'x'.repeat(4_000_000));

	it('is looked at before anything is written', async () => {
		const name = await prepared({ a: '1' });
		vi.spyOn(navigator.storage, 'estimate').mockResolvedValue({ usage: 3_500_000, quota: 10_000_000 });
		const labels: string[] = [];
		const store = await open(name, { fault: (step) => void labels.push(step) });
		// Three parts of 4 MB.
		await expect(store.keep([large])).rejects.toMatchObject({
			problem: 'full',
			remedy: {
				vi: expect.stringContaining('(cần 12 MB, còn 6,5 MB)') as string,
				en: expect.stringContaining('(12 MB needed, 6.5 MB left)') as string
			}
		});
		expect(labels.filter((label) => label.startsWith('write'))).toEqual([]);
		expect(await reopened(name)).toEqual({ shown: 'sample', files: { a: '1' } });
	});

	it('that runs out while it is written leaves the old state, and can be made', async () => {
		const name = await prepared({ a: '1' });
		const { usage = 0 } = await navigator.storage.estimate();
		let writes = 0;
		const store = await open(name, {
			// Others fill the disk after the second of three parts is written.
			fault: async (step) => {
				if (step.startsWith('write') && ++writes === 3) await allow(usage + 1_000_000);
			}
		});
		// The browser's estimate still promises gigabytes, so it is not quoted.
		await expect(store.keep([large])).rejects.toMatchObject({
			problem: 'full',
			remedy: {
				vi: expect.stringContaining('(cần 12 MB)') as string,
				en: expect.stringContaining('(12 MB needed)') as string
			}
		});
		expect(writes).toBe(3);
		expect(await reopened(name)).toEqual({ shown: 'sample', files: { a: '1' } });
		await allow();
		await store.keep([large]);
		expect(Object.keys((await reopened(name)).files)).toEqual(['a', 'large']);
	});

	it.each(works.filter(({ work }) => 'keep' in work))(
		'that runs out at any step of $title leaves the old or the new state, whole',
		async (case_) => {
			const { before, work, after, swap } = case_;
			const steps = await stepsOf(case_);
			const swapped = steps.lastIndexOf(swap);
			const problems: string[] = [];
			// One at a time: the room is that of all.
			for (const [at, label] of steps.entries()) {
				const name = await prepared(before);
				let step = -1;
				const store = await open(name, {
					fault: async () => {
						if (step >= 0 && step++ === at) await allow(1);
					}
				});
				step = 0;
				const problem = await problemOf(run(store, work));
				step = -1;
				problems.push(problem);
				expect.soft(problem, label).toBe(at > swapped ? 'none' : problem === 'none' ? 'none' : 'full');
				const expected = problem === 'none' ? after : { shown: 'sample', files: before };
				expect.soft(await reopened(name), label).toEqual(expected);
				await allow();
				await run(store, work);
				expect.soft(await reopened(name), `${label}, once more`).toEqual(after);
			}
			const lastWrite = steps.findLastIndex((label, at) => at < swapped && label.startsWith('write'));
			expect(problems.slice(0, lastWrite + 1).filter((problem) => problem !== 'full')).toEqual([]);
		}
	);

	it('is not needed to delete', async () => {
		const name = await prepared({ a: '1', b: '2' });
		const store = await open(name);
		await allow(1);
		await store.clear();
		expect(await listing(name)).toEqual([]);
	});
});

describe('two tabs', () => {
	/** Resolves with what a listener hears, once it is as expected. */
	const hears = (store: Store, ids: string[]) =>
		new Promise<void>((resolve) => {
			store.subscribe(({ files }) => {
				if (files.map(({ id }) => id).join() === ids.join()) resolve();
			});
		});

	it('tell one another, and not themselves', async () => {
		const name = fresh();
		const [one, other] = [await open(name), await open(name)];
		const own = vi.fn();
		one.subscribe(own);
		const heard = hears(other, ['a']);
		await one.keep([file('a', '1')]);
		await heard;
		expect(await state(other)).toEqual({ shown: 'sample', files: { a: '1' } });
		const emptied = hears(other, []);
		await one.clear();
		await emptied;
		expect(own).not.toHaveBeenCalled();
	});

	it('hear from a worker', async () => {
		const name = fresh();
		const store = await open(name);
		const heard = hears(store, ['a']);
		start({ store: name, work: { keep: [file('a', '1')] }, stopAt: null }, () => undefined);
		await heard;
		expect(await state(store)).toEqual({ shown: 'sample', files: { a: '1' } });
	});

	it('hear no more once they have said so', async () => {
		const name = fresh();
		const [one, other] = [await open(name), await open(name)];
		const ended = vi.fn();
		other.subscribe(ended)();
		const heard = hears(other, ['a']);
		await one.keep([file('a', '1')]);
		await heard;
		expect(ended).not.toHaveBeenCalled();
	});

	it('hear that what stands cannot be read', async () => {
		const name = fresh();
		const [one, other] = [await open(name), await open(name)];
		const failed = new Promise<StoreError>((resolve) => other.subscribe(() => undefined, resolve));
		await one.keep([file('a', '1')]);
		await overwrite(name, 'manifest.json', '{');
		await expect(one.remove('a')).rejects.toMatchObject({ problem: 'damaged' });
		new BroadcastChannel(`thai-nguyen-innovation ${name}`).postMessage(null);
		expect((await failed).problem).toBe('damaged');
	});

	it('write in turn: the second waits, and both are there', async () => {
		const name = fresh();
		const steps: string[] = [];
		const log = (tab: string) => ({ fault: (step: string) => void steps.push(`${tab} ${step}`) });
		const [one, other] = [await open(name, log('one')), await open(name, log('other'))];
		steps.length = 0;
		await Promise.all([one.keep([file('a', '1')]), other.keep([file('b', '2')])]);
		const turns = steps.map((step) => step.split(' ')[0]).filter((tab, at, all) => tab !== all[at - 1]);
		expect(turns).toHaveLength(2);
		expect((await reopened(name)).files).toEqual({ a: '1', b: '2' });
	});

	it('wait for the swap of a tab that is gone, and delete nothing that it names', async () => {
		const name = await prepared({ a: '1' });
		const bytes = encode('the last');
		const part = { sha256: await sha256(bytes), bytes: bytes.length };
		const { files } = await (await open(name)).manifest();
		const manifest = {
			...emptyManifest,
			files: files.map((kept) => ({ ...kept, parts: { ...kept.parts, rows: part } }))
		};
		// The other tab had its new part written and its manifest on the way when it was closed.
		await overwrite(name, part.sha256, bytes);
		const handle = await (await directoryOf(name)).getFileHandle('manifest.json');
		const late = await handle.createWritable();
		await late.write(await seal('thai-nguyen-innovation-store', manifest));
		const opening = open(name);
		const paused = new Promise((resolve) => setTimeout(resolve, 100));
		expect(await Promise.race([opening.then(() => 'opened'), paused.then(() => 'waits')])).toBe('waits');
		await late.close();
		expect(await (await opening).read(part)).toEqual(bytes);
	});

	it('lose no update of one another', async () => {
		const name = fresh();
		const stores = await Promise.all([open(name), open(name), open(name)]);
		await Promise.all(
			stores.flatMap((store, tab) =>
				[0, 1, 2, 3].map((at) =>
					store.change((manifest) => ({
						...manifest,
						aliases: [...manifest.aliases, { name: `${tab} ${at}`, unit_id: 'so-gddt' }]
					}))
				)
			)
		);
		const { aliases } = await (await open(name)).manifest();
		expect(new Set(aliases.map(({ name }) => name)).size).toBe(12);
	});

	it('read while one writes: always a state that was, and never have to wait', async () => {
		const name = await prepared({ a: '0', b: '0' });
		const [reader, writer] = [await open(name), await open(name)];
		let written = false;
		const writing = (async () => {
			for (let version = 1; version <= 25; version++) {
				await writer.keep([file('a', String(version)), file('b', String(version))]);
			}
			written = true;
		})();
		let seen = 0;
		while (!written) {
			const { files } = await state(reader);
			expect(files['a']).toBe(files['b']);
			expect(Number(files['a'])).toBeGreaterThanOrEqual(seen);
			seen = Number(files['a']);
		}
		await writing;
		expect((await state(reader)).files).toEqual({ a: '25', b: '25' });
	});

	it('read a whole state even when every try is overtaken', async () => {
		const name = await prepared({ a: '0' });
		const [reader, writer] = [await open(name), await open(name)];
		let tries = 0;
		const content = await reader.restore(async ({ files }, read) => {
			const part = files[0]?.parts.original;
			if (!part) throw new Error('nothing is there');
			// The last try is alone: a writer would wait for it, and it for the writer.
			if (++tries < 5) await writer.keep([file('a', String(tries))]);
			return decode(await read(part));
		});
		expect(tries).toBe(5);
		expect(content).toBe('4');
	});

	it('say that a part is gone when the other has deleted it', async () => {
		const name = await prepared({ a: '1' });
		const [one, other] = [await open(name), await open(name)];
		const part = (await one.manifest()).files[0]?.parts.original;
		if (!part) throw new Error('nothing is there');
		await other.remove('a');
		expect(await problemOf(one.read(part))).toBe('gone');
	});
});

describe('any sequence of changes', () => {
	const id = fc.constantFrom('a', 'b', 'c');
	const content = fc.constantFrom('1', '2', 'ba');
	const work = fc.oneof(
		fc.record({ keep: fc.array(fc.tuple(id, content), { minLength: 1, maxLength: 3 }) }),
		fc.record({ remove: id }),
		fc.record({ shown: fc.constantFrom<'own' | 'sample'>('own', 'sample') }),
		fc.record({ clear: fc.constant(true as const) })
	);
	const move = fc.record({
		work,
		/** The step at which it fails, if it has so many. */
		fails: fc.option(fc.nat(30), { nil: null }),
		reload: fc.boolean(),
		tab: fc.constantFrom(0, 1)
	});

	it('ends as the same changes of plain values do', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(move, { maxLength: 12 }), async (moves) => {
				const name = fresh();
				let failAt: number | null = null;
				let step = 0;
				const fault = () => {
					if (step++ === failAt) throw new Error('the disk is gone');
				};
				const tabs = [await open(name, { fault }), await open(name, { fault })];
				let model: { shown: string; files: Map<string, string> } = { shown: 'sample', files: new Map() };
				for (const { work, fails, reload, tab } of moves) {
					const next = { shown: model.shown, files: new Map(model.files) };
					if ('keep' in work) for (const [id, content] of work.keep) next.files.set(id, content);
					else if ('remove' in work) next.files.delete(work.remove);
					else if ('shown' in work) next.shown = work.shown;
					else Object.assign(next, { shown: 'sample', files: new Map() });

					const order: Order['work'] =
						'keep' in work ? { keep: work.keep.map(([id, content]) => file(id, content)) } : work;
					step = 0;
					failAt = fails;
					const problem = await problemOf(run(tabs[tab] as Store, order));
					failAt = null;
					const plain = ({ shown, files }: typeof model) => ({ shown, files: Object.fromEntries(files) });
					const found = await state(tabs[1 - tab] as Store);
					if (problem === 'failed') expect([plain(model), plain(next)]).toContainEqual(found);
					else expect(found).toEqual(plain(next));
					if (JSON.stringify(found) !== JSON.stringify(plain(model))) model = next;
					if (reload) {
						tabs[tab]?.close();
						tabs[tab] = await open(name, { fault });
					}
				}
				expect(await reopened(name)).toEqual({ shown: model.shown, files: Object.fromEntries(model.files) });
			}),
			{ numRuns: 40 }
		);
	});
});
