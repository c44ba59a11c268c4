/** The worker that writes files: rows come in pieces, then the order. Ending the worker ends the work. */
import { ExportError, write } from './export';
import type { ExportAnswer, ExportCall } from './exporter';

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

const send = (answer: ExportAnswer, moved: Transferable[] = []) => postMessage(answer, { transfer: moved });

addEventListener('message', ({ data }: MessageEvent<ExportCall>) => {
	if ('piece' in data) {
		pieces.push(data.piece);
		return;
	}
	write(joined(), data.order, (share) => send({ share })).then(
		(files) => {
			const own = files.map((file) => ({
				...file,
				pieces: file.pieces.map((piece) => (piece.byteLength === piece.buffer.byteLength ? piece : piece.slice()))
			}));
			send({ files: own }, [...new Set(own.flatMap((file) => file.pieces.map(({ buffer }) => buffer as ArrayBuffer)))]);
		},
		(error: unknown) =>
			send(
				error instanceof ExportError
					? { remedy: error.remedy }
					: { error: error instanceof Error ? error.message : String(error) }
			)
	);
});
