/**
 * Answers about what the reader loaded, kept on this machine beside it: a page that is opened again shows its figures before any engine,
 * as published pages do. They hold for one state of what is kept and one build of this site, and are deleted with that state.
 */
import { version } from '$app/environment';
import { decode, encode } from '$lib/database/answer';
import type { DataRow } from '$lib/database/row';
import { sha256, type Manifest } from '$lib/intake/manifest';

/** The file in the browser's private file system. */
const name = 'own-answers.json';

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
		const root = await navigator.storage.getDirectory();
		const text = await (await (await root.getFileHandle(name)).getFile()).text();
		const { state, answers } = JSON.parse(text) as Kept;
		if (state !== (await stateOf(manifest))) return new Map();
		return new Map(answers.map(([question, answer]) => [question, decode(answer)]));
	} catch {
		// They can be asked for again: whatever is wrong with the file, the engine answers.
		return new Map();
	}
}

/** Keeps the latest answers of a state. What cannot be kept is not missed. */
export async function keepAnswers(manifest: Manifest, answers: ReadonlyMap<string, readonly DataRow[]>): Promise<void> {
	const latest: [string, string][] = [];
	let length = 0;
	for (const [question, rows] of [...answers].reverse()) {
		const answer = encode(rows);
		length += question.length + answer.length;
		if (length > mostLength) break;
		latest.unshift([question, answer]);
	}
	const state = await stateOf(manifest);
	await inTurn(async () => {
		const root = await navigator.storage.getDirectory();
		const stream = await (await root.getFileHandle(name, { create: true })).createWritable();
		await stream.write(JSON.stringify({ state, answers: latest } satisfies Kept));
		await stream.close();
	});
}

/** Deletes what is kept of answers. */
export const deleteAnswers = (): Promise<void> =>
	inTurn(async () => (await navigator.storage.getDirectory()).removeEntry(name));
