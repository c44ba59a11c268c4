/** The worker that writes files: rows come in pieces, then the order. Ending the worker ends the work. */
import { answerCalls } from '../exchange';
import { ExportError, write, type Order, type WrittenFile } from './export';

let pieces: Uint8Array[] = [];

/** The pieces as one. */
function joined(): Uint8Array {
	const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	pieces = [];
	return whole;
}

/** Files whose pieces lie in memory of their own, which can change hands. */
function own(files: readonly WrittenFile[]): WrittenFile[] {
	const alone = (piece: Uint8Array) => (piece.byteLength === piece.buffer.byteLength ? piece : piece.slice());
	return files.map((file) => ({ ...file, pieces: file.pieces.map(alone) }));
}

answerCalls(
	async (method, args, step) => {
		if (method === 'write') return own(await write(joined(), args[0] as Order, step));
		pieces.push(args[0] as Uint8Array);
		return [];
	},
	(files) => [
		...new Set((files as WrittenFile[]).flatMap((file) => file.pieces.map(({ buffer }) => buffer as ArrayBuffer)))
	],
	(error) => (error instanceof ExportError ? error.remedy : undefined)
);
