/** The thread that holds keys and puts rows in order by them: its work behind calls (see orderer.ts). */
import { answerCalls } from '../exchange';
import { Keys } from './orderer';

const keys = new Keys();

answerCalls(
	(method, args) =>
		(keys[method as keyof Keys] as (...args: readonly unknown[]) => unknown).apply(keys, args as unknown[]),
	(result) => (result instanceof Int32Array ? [result.buffer] : [])
);
