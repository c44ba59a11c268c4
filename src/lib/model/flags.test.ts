import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alsoSet, flagsFor, fours, onlyLeave } from './flags';

const bits = (length: number) => fc.array(fc.constantFrom(0, 1), { minLength: length, maxLength: length });
const pairs = fc.nat({ max: 13 }).chain((length) => fc.tuple(bits(length), bits(length)));

/** Flags in a buffer of fours, or, as the engine gives them, in one of just their length or in the midst of another. */
function held(some: readonly number[], how: number): Uint8Array {
	if (how === 1) return Uint8Array.from(some);
	if (how === 2) return Uint8Array.from([9, ...some, 9]).subarray(1, some.length + 1);
	const flags = flagsFor(some.length);
	flags.set(some);
	return flags;
}

it('joins and crosses flags as row by row, wherever they lie', () => {
	fc.assert(
		fc.property(pairs, fc.nat({ max: 2 }), ([some, others], how) => {
			const either = held(some, 0);
			alsoSet(either, held(others, how));
			expect([...either]).toEqual(some.map((one, row) => one | (others[row] ?? 0)));
			const both = held(some, 0);
			onlyLeave(both, held(others, how));
			expect([...both]).toEqual(some.map((one, row) => one & (others[row] ?? 0)));
		})
	);
});

it('reads four at a time, and nothing behind the last', () => {
	const flags = flagsFor(5);
	expect([...flags]).toEqual([0, 0, 0, 0, 0]);
	flags[4] = 1;
	expect([...fours(flags)]).toEqual([0, 1]);
	// 1, 1, 1, 0 and 1: the first byte is the lowest.
	expect([...fours(Uint8Array.of(1, 1, 1, 1, 0, 1, 1).subarray(1, 6))]).toEqual([0x00010101, 1]);
	expect([...fours(flagsFor(0))]).toEqual([]);
});
