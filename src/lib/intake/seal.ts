/** A manifest as text and back: what was damaged, or written by something else, is told from what is whole. */
import { isSavedView } from '../model/saved';
import type { KeptFile, Manifest } from './manifest';

/** The version of the form in which a manifest is written. Version 1 had neither `aliases` nor `plans`, version 2 no `saved`. */
const manifestVersion = 3;

/** The SHA-256 of bytes, in lower-case hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const hashOf = (manifest: unknown) => sha256(new TextEncoder().encode(JSON.stringify(manifest)));

/** A manifest as text, with its form, its version and its own SHA-256, so that damage is seen. `form` says where it stands. */
export async function seal(form: string, manifest: Manifest): Promise<string> {
	return JSON.stringify({ format: form, version: manifestVersion, sha256: await hashOf(manifest), manifest });
}

/** Why a text is no manifest: it is of another form, it is not as it was written, or a later version of this program wrote it. */
export type Unreadable = 'foreign' | 'damaged' | 'newer';

/** The manifest of a text that `seal` wrote, in this version or one before, or why there is none. */
export async function unseal(form: string, text: string): Promise<{ manifest: Manifest } | { problem: Unreadable }> {
	let sealed: unknown;
	try {
		sealed = JSON.parse(text);
	} catch {
		return { problem: 'damaged' };
	}
	if (!isRecord(sealed) || sealed['format'] !== form) return { problem: 'foreign' };
	const { version } = sealed;
	if (!isCount(version) || version < 1) return { problem: 'damaged' };
	if (version > manifestVersion) return { problem: 'newer' };
	const kept = sealed['manifest'];
	if (!isRecord(kept) || sealed['sha256'] !== (await hashOf(kept))) return { problem: 'damaged' };
	const manifest = version === 1 ? { ...kept, aliases: [], plans: {} } : kept;
	return isManifest(manifest) ? { manifest } : { problem: 'damaged' };
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOf = (value: unknown, holds: (entry: unknown) => boolean) => Array.isArray(value) && value.every(holds);

/** Whether a name can be that of a part. */
export const isPartName = (name: unknown): name is string => isText(name) && /^[0-9a-f]{64}$/.test(name);

const isPart = (value: unknown) => isRecord(value) && isPartName(value['sha256']) && isCount(value['bytes']);

const isFile = (value: unknown) =>
	isRecord(value) &&
	['id', 'name', 'kind', 'loadedAt', 'day', 'table'].every((key) => isText(value[key])) &&
	(value['sheet'] === null || isText(value['sheet'])) &&
	['replace', 'append', 'update'].includes(value['mode'] as string) &&
	['rows', 'waiting', 'rulesVersion'].every((key) => isCount(value[key])) &&
	isRecord(value['skipped']) &&
	Object.values(value['skipped']).every(isCount) &&
	'plan' in value &&
	isRecord(value['parts']) &&
	isPart(value['parts']['original']) &&
	isPart(value['parts']['rows']) &&
	isPart(value['parts']['account']);

const isAlias = (value: unknown) => isRecord(value) && isText(value['name']) && isText(value['unit_id']);

function isManifest(value: unknown): value is Manifest {
	return (
		isRecord(value) &&
		(value['shown'] === 'own' || value['shown'] === 'sample') &&
		isListOf(value['files'], isFile) &&
		new Set((value['files'] as KeptFile[]).map(({ id }) => id)).size === (value['files'] as KeptFile[]).length &&
		isListOf(value['aliases'], isAlias) &&
		isRecord(value['plans']) &&
		(value['saved'] === undefined || isListOf(value['saved'], isSavedView))
	);
}
