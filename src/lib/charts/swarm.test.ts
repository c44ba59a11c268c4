import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linear, logarithmic } from './scale';
import { swarm } from './swarm';

describe('a swarm', () => {
	it('stacks what would cover one another, away from the line and back', () => {
		expect(swarm([0.5, 0.5, 0.5, 0.5], 0.1)).toEqual([0, 1, -1, 2]);
		expect(swarm([0.1, 0.3, 0.5], 0.1)).toEqual([0, 0, 0]);
		expect(swarm([0.5, 0.1, 0.12], 0.1)).toEqual([0, 0, 1]);
		expect(swarm([], 0.1)).toEqual([]);
	});

	it('keeps dots of one row apart while rows are free', () =>
		fc.assert(
			fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 9 }), (shares) => {
				const rows = swarm(shares, 0.05);
				shares.forEach((a, i) => {
					shares.forEach((b, j) => {
						if (i < j && rows[i] === rows[j]) expect(Math.abs(a - b)).toBeGreaterThanOrEqual(0.05);
					});
				});
			})
		));

	it('has no more rows than it may', () => {
		expect(new Set(swarm(new Array<number>(100).fill(0.5), 0.1)).size).toBe(9);
	});
});

describe('scales', () => {
	it('end on round numbers', () => {
		expect(linear([3, 47]).ticks).toEqual([0, 10, 20, 30, 40, 50]);
		expect(linear([3, 47]).place(25)).toBeCloseTo(0.5, 12);
		expect(linear([90.5, 99.1]).ticks).toEqual([90, 92, 94, 96, 98, 100]);
		expect(linear([5, 8], { fromZero: true }).ticks[0]).toBe(0);
	});

	it('have some width for one value, and for none', () => {
		expect(linear([7, 7]).place(7)).toBeCloseTo(0.5, 12);
		expect(linear([]).ticks.length).toBeGreaterThan(1);
		expect(linear([0]).place(0)).toBeCloseTo(0.5, 12);
	});

	it('of sizes are logarithmic: the middle of 10 and 1000 is 100', () => {
		const scale = logarithmic([10, 1000]);
		expect(scale.place(100)).toBeCloseTo(0.5, 12);
		expect(scale.ticks).toEqual([10, 20, 50, 100, 200, 500, 1000]);
		expect(logarithmic([]).ticks.length).toBeGreaterThan(0);
		// From 11 to 44 there is 20 alone among 1, 2 and 5: it takes more numbers to see what the axis is.
		expect(logarithmic([12, 38]).ticks).toEqual([15, 20, 30]);
	});
});
