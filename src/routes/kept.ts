/**
 * What was worked out about the reader's own data, kept on this machine beside it: the latest answers, so that a page that is opened again
 * shows its figures before any engine, as published pages do; and the derived tables, so that most other questions need no rows. Both hold for
 * one state of what is kept and one build of this site, and are deleted with that state.
 */
import { version } from '$app/environment';
import { decode, encode } from '$lib/database/answer';
import type { Database, TableSource } from '$lib/database/database';
import type { DataRow } from '$lib/database/row';
import { id, sql } from '$lib/database/sql';
import type { Manifest } from '$lib/intake/manifest';
import { sha256 } from '$lib/intake/seal';

/** The files in the browser's private file system. */
const answersName = 'own-answers.json';
const derivedName = 'own-derived.bin';

/** How many characters of answers are kept at most. */
const mostLength = 4_000_000;

interface Kept {
	readonly state: string;
	readonly answers: readonly (readonly [question: string, answer: string])[];
}

let turn: Promise<unknown> = Promise.resolve();

/** One after the other, so that what is deleted is not written again. */
function inTurn(work: () => Promise<unknown>): Promise<void> {
	const done = turn.then(work).then(
		() => undefined,
		// Without room, or without files, the engine is asked next time.
		() => undefined
	);
	turn = done;
	return done;
}

const stateOf = (manifest: Manifest): Promise<string> =>
	sha256(new TextEncoder().encode(JSON.stringify([version, manifest])));

/** The answers that are kept for a state, by their SQL; none where the browser keeps no files, or where they are of another state. */
export async function keptAnswers(manifest: Manifest): Promise<ReadonlyMap<string, DataRow[]>> {
	try {
		const { state, answers } = JSON.parse(await (await fileNamed(answersName)).text()) as Kept;
		if (state !== (await stateOf(manifest))) return new Map();
		return new Map(answers.map(([question, answer]) => [question, decode(answer)]));
	} catch {
		// They can be asked for again: whatever is wrong with the file, the engine answers.
		return new Map();
	}
}

/**
 * Keeps the latest answers of a state. What cannot be kept is not missed.
 *
 * @param stands whether the state still is what is kept.
 */
export async function keepAnswers(
	manifest: Manifest,
	answers: ReadonlyMap<string, readonly DataRow[]>,
	stands: () => boolean
): Promise<void> {
	const latest: [string, string][] = [];
	let length = 0;
	for (const [question, rows] of [...answers].reverse()) {
		const answer = encode(rows);
		length += question.length + answer.length;
		if (length > mostLength) break;
		latest.unshift([question, answer]);
	}
	const state = await stateOf(manifest);
	await write(answersName, [JSON.stringify({ state, answers: latest } satisfies Kept)], stands);
}

/** The head of the file of derived tables: the bytes of each follow it in the same order. */
interface Derived {
	readonly state: string;
	readonly tables: readonly { readonly name: string; readonly length: number }[];
}

/** The mark at the end of an Arrow IPC stream, which pieces of an answer do not bear. */
const endOfStream = new Uint8Array([255, 255, 255, 255, 0, 0, 0, 0]);

/** The types of columns that Arrow gives back as they were. */
const plain = ['VARCHAR', 'DOUBLE', 'INTEGER', 'DATE', 'BOOLEAN'];

/**
 * Keeps tables that were derived from the loaded ones. Nothing is kept when a column of theirs would come back as another type.
 *
 * @param stands whether the state still is what is kept.
 */
export async function keepDerived(
	manifest: Manifest,
	database: Database,
	names: readonly string[],
	stands: () => boolean
): Promise<void> {
	const tables: { name: string; pieces: Uint8Array[] }[] = [];
	for (const name of names) {
		const columns = await database.query<{ column_type: string }>(sql`DESCRIBE ${id(name)}`);
		if (!columns.every(({ column_type: type }) => plain.includes(type))) return;
		const pieces: Uint8Array[] = [];
		await database.copy(sql`FROM ${id(name)}`, (piece) => pieces.push(piece));
		pieces.push(endOfStream);
		tables.push({ name, pieces });
	}
	const head = {
		state: await stateOf(manifest),
		tables: tables.map(({ name, pieces }) => ({ name, length: pieces.reduce((sum, { length }) => sum + length, 0) }))
	} satisfies Derived;
	await write(derivedName, [`${JSON.stringify(head)}\n`, ...tables.flatMap(({ pieces }) => pieces)], stands);
}

/** The derived tables that are kept for a state; null where there are none of it. */
export async function keptDerived(manifest: Manifest): Promise<readonly TableSource[] | null> {
	try {
		const bytes = new Uint8Array(await (await fileNamed(derivedName)).arrayBuffer());
		const end = bytes.indexOf('\n'.charCodeAt(0));
		const { state, tables } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as Derived;
		if (state !== (await stateOf(manifest))) return null;
		let next = end + 1;
		return tables.map(({ name, length }) => {
			const own = bytes.subarray(next, (next += length));
			return { name, bytes: () => Promise.resolve(own) };
		});
	} catch {
		// They can be derived again.
		return null;
	}
}

const fileNamed = async (name: string): Promise<File> =>
	(await (await navigator.storage.getDirectory()).getFileHandle(name)).getFile();

/** Writes a file whole, unless its state has been replaced by then. */
const write = (name: string, pieces: readonly (string | Uint8Array)[], stands: () => boolean): Promise<void> =>
	inTurn(async () => {
		if (!stands()) return;
		const root = await navigator.storage.getDirectory();
		const stream = await (await root.getFileHandle(name, { create: true })).createWritable();
		await stream.write(new Blob(pieces as BlobPart[]));
		await stream.close();
	});

/** Deletes all that is kept here. */
export const deleteKept = (): Promise<void> =>
	inTurn(async () => {
		const root = await navigator.storage.getDirectory();
		for (const name of [answersName, derivedName]) {
			// What is not there need not be deleted.
			await root.removeEntry(name).catch(() => undefined);
		}
	});
