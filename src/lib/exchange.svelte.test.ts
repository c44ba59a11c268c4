import { expect, it } from 'vitest';
import { openExchange } from './exchange';

/** A thread that answers as its methods say. */
const thread = () =>
	new Worker(
		URL.createObjectURL(
			new Blob([
				`onmessage = ({ data: { id, method, args } }) => {
					if (method === 'throw') throw new Error('broken');
					if (method === 'length') {
						for (const share of [0.5, 1]) postMessage({ id, share });
						postMessage({ id, result: args[0].length });
					}
					if (method === 'fail') postMessage({ id, error: new RangeError('too far'), told: args[0] });
				};`
			])
		)
	);

class Failure extends Error {
	constructor(
		error: Error,
		readonly told: unknown
	) {
		super(error.message, { cause: error });
	}
}

it('calls a thread, hears how far it is, and gives memory away', async () => {
	const exchange = openExchange(thread(), (error) => error);
	const shares: number[] = [];
	const given = new Uint8Array(4);
	const calls = [
		exchange.call('length', [given], { moved: [given.buffer], step: (share) => shares.push(share) }),
		exchange.call('length', ['ba chữ'])
	];
	expect(await Promise.all(calls)).toEqual([4, 6]);
	expect(shares).toEqual([0.5, 1]);
	expect(given.length).toBe(0);
	exchange.end(new Error('over'));
});

it('tells what went wrong, and goes on', async () => {
	const exchange = openExchange(thread(), (error, told) => new Failure(error, told));
	const failed: unknown = await exchange.call('fail', [{ line: 3 }]).catch((error: unknown) => error);
	expect(failed).toBeInstanceOf(Failure);
	expect(failed).toMatchObject({ message: 'too far', told: { line: 3 } });
	expect((failed as Failure).cause).toBeInstanceOf(RangeError);
	expect(exchange.isOver).toBe(false);
	expect(await exchange.call('length', ['x'])).toBe(1);
	exchange.end(new Error('over'));
});

it('ends what waits when its thread ends, and when it is ended', async () => {
	const broken = openExchange(thread(), (error) => new Failure(error, null));
	const waiting = broken.call('nothing', []);
	broken.call('throw', []).catch(() => undefined);
	await expect(waiting).rejects.toThrow('broken');
	expect(broken.isOver).toBe(true);
	await expect(broken.call('length', ['x'])).rejects.toThrow(Failure);

	const ended = openExchange(thread(), (error) => error);
	const another = ended.call('nothing', []);
	ended.end(new Error('over'));
	await expect(another).rejects.toThrow('over');
	await expect(ended.call('length', ['x'])).rejects.toThrow('over');
});
