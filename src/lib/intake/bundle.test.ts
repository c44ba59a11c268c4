import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { BundleError, isBundle, pack, unpack } from './bundle';
import { emptyManifest, type KeptFile, type Manifest, type Part } from './manifest';

const hash = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Contents by their SHA-256, as a store has them. */
class Contents extends Map<string, Uint8Array> {
	part(bytes: Uint8Array): Part {
		this.set(hash(bytes), bytes);
		return { sha256: hash(bytes), bytes: bytes.length };
	}

	readonly read = async (part: Part): Promise<Uint8Array> => {
		const bytes = this.get(part.sha256);
		if (!bytes) throw new Error(`no ${part.sha256}`);
		return bytes;
	};
}

function file(contents: Contents, id: string, original: Uint8Array, rows = `rows of ${id}`): KeptFile {
	return {
		id,
		name: 'Sáng kiến 2024 – Sở GDĐT.csv',
		sheet: null,
		kind: 'csv',
		loadedAt: '2025-03-01T02:03:04.000Z',
		day: '2025-03-01',
		table: 'initiatives',
		mode: 'append',
		rows: 812,
		waiting: 3,
		skipped: { blank: 2, heading: 3, total: 1 },
		plan: { table: 'initiatives', columns: [{ at: 0, heading: 'Tên sáng kiến', decimal: ',' }] },
		rulesVersion: 1,
		parts: {
			original: contents.part(original),
			rows: contents.part(strToU8(rows)),
			account: contents.part(strToU8(`{"file":"${id}"}`))
		}
	};
}

function state(): { manifest: Manifest; contents: Contents } {
	const contents = new Contents();
	const manifest: Manifest = {
		shown: 'own',
		files: [
			file(contents, 'a', strToU8('STT;Tên sáng kiến\n1;Đổi mới')),
			// Another sheet of the same workbook: its original is the same content.
			file(contents, 'b', strToU8('STT;Tên sáng kiến\n1;Đổi mới'))
		],
		aliases: [{ name: 'Sở GD&ĐT', unit_id: 'so-gddt' }],
		plans: { 'stt|ten sang kien': { shape: 'rows' } }
	};
	return { manifest, contents };
}

/** A manifest sealed by hand, in whatever version. */
const sealed = (version: unknown, manifest: unknown, format = 'thai-nguyen-innovation-bundle') =>
	JSON.stringify({ format, version, sha256: hash(JSON.stringify(manifest)), manifest });

function zip(json: string, contents: ReadonlyMap<string, Uint8Array>): Uint8Array {
	const entries: Zippable = { 'bundle.json': strToU8(json) };
	for (const [name, bytes] of contents) entries[`parts/${name}`] = bytes;
	return zipSync(entries);
}

async function problemOf(bytes: Uint8Array): Promise<string> {
	try {
		await unpack(bytes);
	} catch (error) {
		if (!(error instanceof BundleError)) throw error;
		expect(error.remedy.vi).not.toBe('');
		expect(error.message).toBe(error.remedy.en);
		return error.problem;
	}
	return 'none';
}

describe('a bundle', () => {
	it('opens as the state it was made of, each content once', async () => {
		const { manifest, contents } = state();
		const bytes = await pack(manifest, contents.read);
		const bundle = await unpack(bytes);
		expect(bundle.manifest).toEqual(manifest);
		// Two files of three parts, of which the original is shared.
		expect(bundle.parts.size).toBe(5);
		for (const [name, content] of bundle.parts) expect(content).toEqual(contents.get(name));
	});

	it('of nothing opens as nothing', async () => {
		const bundle = await unpack(await pack(emptyManifest, new Contents().read));
		expect(bundle).toEqual({
			manifest: { shown: 'sample', files: [], aliases: [], plans: {} },
			parts: new Map()
		});
	});

	it('is the same bytes each time', async () => {
		const { manifest, contents } = state();
		expect(await pack(manifest, contents.read)).toEqual(await pack(manifest, contents.read));
	});

	it('carries any bytes and any names', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.tuple(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 300 }), fc.jsonValue()), {
					selector: ([id]) => id,
					maxLength: 5
				}),
				async (given) => {
					const contents = new Contents();
					const files = given.map(([id, original, plan]) => ({ ...file(contents, id, original), name: id, plan }));
					// What JSON itself keeps (it has no -0).
					const manifest = JSON.parse(JSON.stringify({ ...emptyManifest, files })) as Manifest;
					const bundle = await unpack(await pack(manifest, contents.read));
					expect(bundle.manifest).toEqual(manifest);
					expect(new Map(bundle.parts)).toEqual(new Map(contents));
				}
			),
			{ numRuns: 50 }
		);
	});

	it('is refused before it is made when it would be over 2 GB', async () => {
		const { manifest, contents } = state();
		const [first] = manifest.files;
		if (!first) throw new Error('no file');
		const large = { ...first, parts: { ...first.parts, original: { sha256: hash('large'), bytes: 2 ** 31 } } };
		const made = pack({ ...manifest, files: [large] }, contents.read);
		await expect(made).rejects.toMatchObject({ name: 'BundleError', problem: 'too-large' });
	});

	it('hands on what its reader throws', async () => {
		const { manifest } = state();
		await expect(pack(manifest, new Contents().read)).rejects.toThrow(/^no [0-9a-f]{64}$/);
	});
});

describe('the version before', () => {
	it('opens, with no aliases and no remembered plans', async () => {
		const { manifest, contents } = state();
		const { shown, files } = manifest;
		const bytes = zip(sealed(1, { shown, files }), contents);
		expect(isBundle(bytes)).toBe(true);
		const bundle = await unpack(bytes);
		expect(bundle.manifest).toEqual({ shown: 'own', files, aliases: [], plans: {} });
		expect(bundle.parts.size).toBe(5);
	});

	it('2 opens too: it had no saved views, and version 3 may have some', async () => {
		const { manifest, contents } = state();
		expect((await unpack(zip(sealed(2, manifest), contents))).manifest).toEqual(manifest);
		const saved = [{ name: 'Cấp tỉnh 2025', path: '/explore/?level=tinh', fingerprint: null }];
		const bundle = await unpack(await pack({ ...manifest, saved }, contents.read));
		expect(bundle.manifest).toEqual({ ...manifest, saved });
	});

	it('is held to its own SHA-256 all the same', async () => {
		const { manifest, contents } = state();
		const { shown, files } = manifest;
		expect(await problemOf(zip(sealed(1, { shown, files }).replace('"own"', '"sample"'), contents))).toBe('damaged');
	});
});

describe('what is no bundle', () => {
	it('is foreign', async () => {
		const { manifest, contents } = state();
		const foreign: Uint8Array[] = [
			new Uint8Array(),
			strToU8('STT;Tên\n1;a'),
			strToU8('PK'),
			zipSync({}),
			zipSync({ 'inner.csv': strToU8('a,b') }),
			zipSync({ 'bundle.json': strToU8('{"format":"another"}') }),
			zipSync({ 'bundle.json': strToU8('no json') }),
			zip(sealed(2, manifest, 'another-bundle'), contents)
		];
		for (const bytes of foreign) {
			expect(isBundle(bytes)).toBe(false);
			expect(await problemOf(bytes)).toBe('foreign');
		}
	});

	it('is newer when a later version made it, whatever it holds', async () => {
		const bytes = zip(sealed(4, { whatever: true }), new Map());
		expect(isBundle(bytes)).toBe(true);
		expect(await problemOf(bytes)).toBe('newer');
	});

	it('is damaged when its list is not what was written', async () => {
		const { manifest, contents } = state();
		const text = sealed(3, manifest);
		for (const json of [
			text.replace('"rows":812', '"rows":813'),
			sealed(0, manifest),
			sealed('2', manifest),
			sealed(2, null),
			sealed(2, { ...manifest, shown: 'neither' }),
			sealed(2, { ...manifest, files: [{ ...manifest.files[0], rows: -1 }] }),
			sealed(2, { ...manifest, files: [{ ...manifest.files[0], parts: {} }] }),
			sealed(2, { ...manifest, files: [manifest.files[0], manifest.files[0]] }),
			sealed(2, { ...manifest, aliases: [{ name: 'Sở' }] }),
			sealed(2, { ...manifest, plans: [] }),
			sealed(3, { ...manifest, saved: [{ name: 'Không có địa chỉ' }] })
		]) {
			expect(await problemOf(zip(json, contents))).toBe('damaged');
		}
	});

	it('is damaged when a part is missing, shorter or another', async () => {
		const { manifest, contents } = state();
		for (const name of contents.keys()) {
			const content = contents.get(name) ?? new Uint8Array();
			const without = new Map(contents);
			without.delete(name);
			const another = content.slice();
			another[0] = (another[0] ?? 0) ^ 1;
			for (const damaged of [
				without,
				new Map(contents).set(name, content.subarray(1)),
				new Map(contents).set(name, strToU8('much more than was said to be there, and then some more, and more still')),
				new Map(contents).set(name, another)
			]) {
				expect(await problemOf(zip(sealed(2, manifest), damaged))).toBe('damaged');
			}
		}
	});

	it('is damaged when it breaks off, wherever', async () => {
		const { manifest, contents } = state();
		const bytes = await pack(manifest, contents.read);
		for (let length = 100; length < bytes.length; length += 13) {
			expect(isBundle(bytes.subarray(0, length))).toBe(true);
			expect(await problemOf(bytes.subarray(0, length))).toBe('damaged');
		}
	});

	it('with any byte changed is refused, or opens as the very same state', async () => {
		const { manifest, contents } = state();
		const bytes = await pack(manifest, contents.read);
		await fc.assert(
			fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
				const changed = bytes.slice();
				changed[at] = (changed[at] ?? 0) ^ change;
				try {
					const bundle = await unpack(changed);
					expect(bundle.manifest).toEqual(manifest);
					expect(new Map(bundle.parts)).toEqual(new Map(contents));
				} catch (error) {
					expect(error).toBeInstanceOf(BundleError);
				}
			}),
			{ numRuns: 500 }
		);
	});

	it('never costs more memory or time than it says', async () => {
		const { manifest, contents } = state();
		const [first] = manifest.files;
		if (!first) throw new Error('no file');
		// 16 MB of zeros in place of a part of a few bytes.
		const bomb = new Map(contents).set(first.parts.original.sha256, new Uint8Array(2 ** 24));
		expect(await problemOf(zip(sealed(2, manifest), bomb))).toBe('damaged');
		const large = { ...first, parts: { ...first.parts, original: { sha256: hash('large'), bytes: 2 ** 31 } } };
		expect(await problemOf(zip(sealed(2, { ...manifest, files: [large] }), contents))).toBe('too-large');
	});
});
