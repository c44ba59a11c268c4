import { describe, expect, it } from 'vitest';
import { wilson } from './interval';

/** Shares as percentages with one decimal. */
const written = (count: number, of: number) => {
	const found = wilson(count, of);
	return found && [found.low, found.high].map((share) => (share * 100).toFixed(1));
};

describe('Wilson’s interval', () => {
	it('is wide for a few and narrow for many', () => {
		expect(written(9, 10)).toEqual(['59.6', '98.2']);
		expect(written(190, 200)).toEqual(['91.0', '97.3']);
	});

	it('does not call five out of five certain: (n / (n + z²))', () => {
		// 5 / (5 + 3.8415) = 0.5655.
		expect(written(5, 5)).toEqual(['56.6', '100.0']);
		expect(written(0, 5)).toEqual(['0.0', '43.4']);
	});

	it('is none of nothing, and of more than all', () => {
		expect(wilson(0, 0)).toBeNull();
		expect(wilson(11, 10)).toBeNull();
		expect(wilson(-1, 10)).toBeNull();
		expect(wilson(NaN, 10)).toBeNull();
	});
});
