/** The worker of one file: a session behind messages. Ending the worker ends whatever it does, at any moment. */
import { registers } from '../model/register';
import { dataset } from '../model/dataset';
import { Session, type Finished } from './session';
import { SheetError } from './issue';
import { answerCalls } from '../exchange';
import type { Call } from './reader';

let session: Session | undefined;

const tables = [...registers, ...dataset.filter((table) => !registers.includes(table))];

async function answer({ method, args }: Call, step: (share: number) => void): Promise<unknown> {
	if (method === 'begin') {
		session = new Session(args[0], tables);
		return undefined;
	}
	if (!session) throw new Error('The session has not begun.');
	switch (method) {
		case 'open':
			return session.open(
				args[0].name,
				await bytesOf(args[0], (share) => step(share * 0.2)),
				(share) => step(0.2 + share * 0.8),
				args[1],
				args[2]
			);
		case 'reread':
			return session.reread(args[0], args[1], step);
		case 'choose':
			return session.choose(...args);
		case 'plan':
			return session.plan(...args);
		case 'check':
			return session.check(args[0], step);
		case 'mend':
			return session.mend(args[0], args[1], step);
		case 'mendAlike':
			return session.mendAlike(args[0], args[1], args[2], step);
		case 'alias':
			return session.alias(args[0], args[1], step);
		case 'rows':
			return session.rows(...args);
		case 'finish':
			return session.finish(...args);
	}
}

/** The bytes of a file, read piece by piece so that it can be told how far it is. */
async function bytesOf(file: File, step: (share: number) => void): Promise<Uint8Array> {
	const bytes = new Uint8Array(file.size);
	let at = 0;
	const reader = file.stream().getReader();
	for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
		bytes.set(piece.value, at);
		at += piece.value.length;
		step(at / file.size);
	}
	return bytes;
}

answerCalls(
	(method, args, step) => answer({ method, args } as Call, step),
	// The rows are made for the page alone.
	(result, method) => (method === 'finish' ? [(result as Finished).rows.buffer as ArrayBuffer] : []),
	(error) => (error instanceof SheetError ? error.issue : undefined)
);
