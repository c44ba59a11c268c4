import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Flags } from './flags';

const truths = (length: number) => fc.array(fc.boolean(), { minLength: length, maxLength: length });
const pairs = fc.nat({ max: 100 }).chain((length) => fc.tuple(truths(length), truths(length)));

function flagsOf(some: readonly boolean[]): Flags {
	const flags = new Flags(some.length);
	some.forEach((one, place) => (one ? flags.set(place) : undefined));
	return flags;
}

const placesOf = (some: readonly boolean[]) => some.flatMap((one, place) => (one ? [place] : []));

it('joins and crosses flags as one by one', () => {
	fc.assert(
		fc.property(pairs, ([some, others]) => {
			const [either, both, without] = [flagsOf(some), flagsOf(some), flagsOf(some)];
			either.alsoSet(flagsOf(others));
			both.onlyLeave(flagsOf(others));
			without.onlyLeave(flagsOf(others), false);
			expect([...either.places()]).toEqual(placesOf(some.map((one, place) => one || others[place] === true)));
			expect([...both.places()]).toEqual(placesOf(some.map((one, place) => one && others[place] === true)));
			expect([...without.places()]).toEqual(placesOf(some.map((one, place) => one && others[place] === false)));
			expect(some.map((_, place) => both.has(place))).toEqual(some.map((one, place) => one && others[place] === true));
			expect(both.isEmpty()).toBe(!some.some((one, place) => one && others[place] === true));
		})
	);
});

it('sets all, and none behind the last', () => {
	for (const length of [0, 1, 31, 32, 33, 64, 100]) {
		const flags = new Flags(length);
		expect(flags.isEmpty()).toBe(true);
		flags.fill();
		expect([...flags.places()]).toEqual(Array.from({ length }, (_, place) => place));
	}
	const flags = new Flags(33);
	flags.fill();
	expect([...flags.words]).toEqual([0xffffffff, 1]);
});

it('keeps the first in the lowest bit, as Arrow does', () => {
	const flags = new Flags(40);
	for (const place of [0, 9, 31, 39]) flags.set(place);
	// Bits 0; 9 − 8 = 1; 31 − 24 = 7; 39 − 32 = 7.
	expect([...new Uint8Array(flags.words.buffer)]).toEqual([1, 2, 0, 128, 128, 0, 0, 0]);
});

it('finds the codes that are chosen', () => {
	fc.assert(
		fc.property(fc.array(fc.nat({ max: 5 }), { maxLength: 100 }), fc.array(fc.nat({ max: 5 })), (codes, chosen) => {
			const isIn = Uint8Array.from({ length: 6 }, (_, code) => Number(chosen.includes(code)));
			expect([...Flags.among(Uint8Array.from(codes), isIn).places()]).toEqual(
				placesOf(codes.map((code) => chosen.includes(code)))
			);
		})
	);
});
