/** The thread that holds keys and puts rows in order by them: its work behind messages (see orderer.ts). */
import { Keys, type Answer, type Call } from './orderer';

const keys = new Keys();

addEventListener('message', ({ data: { id, method, args } }: MessageEvent<Call>) => {
	const send = (answer: Answer, moved: Transferable[] = []) => postMessage(answer, { transfer: moved });
	try {
		const result = (keys[method] as (...args: readonly unknown[]) => unknown).apply(keys, args as unknown[]);
		send({ id, result }, result instanceof Int32Array ? [result.buffer] : []);
	} catch (error) {
		send({ id, error: error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error) });
	}
});
