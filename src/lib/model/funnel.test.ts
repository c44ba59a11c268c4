import { describe, expect, it } from 'vitest';
import { dispersionOf, funnelOf, limitsOf, positionOf, quantile, type Counted, type Funnel } from './funnel';

const tails = [0.001, 0.025, 0.975, 0.999] as const;
const plain = (counting: Funnel['counting'], centre: number): Funnel => ({
	counting,
	centre,
	dispersion: 1,
	widened: false,
	units: 30
});

describe('limits of prediction', () => {
	// Summed with exact binomial and Poisson probabilities in another language (whole-number binomials, fractions of cases).
	it.each([
		[5, [0.21333333, 0.44510288, 0.99153246, 0.9996613]],
		[20, [0.61482818, 0.72153239, 0.98971842, 0.99958874]],
		[200, [0.82643274, 0.85402829, 0.93730928, 0.95714849]]
	])('of shares around 0.9 in %i cases', (size, wanted) => {
		tails.forEach((tail, index) => {
			expect(quantile('binomial', tail, size, 0.9)).toBeCloseTo(wanted[index] ?? NaN, 7);
		});
	});

	it.each([
		[3, [0, 0, 2.13128005, 3.04216831]],
		[50, [0.58245633, 0.72243447, 1.27660983, 1.45502817]]
	])('of counts where %i are expected, as multiples of that', (expected, wanted) => {
		tails.forEach((tail, index) => {
			expect(quantile('poisson', tail, expected, 1)).toBeCloseTo(wanted[index] ?? NaN, 6);
		});
	});

	it('by hand: one case, chance one half; 2.5 % of it lies below 0 and 97.5 % below 0.95', () => {
		expect(quantile('binomial', 0.025, 1, 0.5)).toBe(0);
		// P(0) = 0.5, so r = 1 and α = (1 − 0.975)/0.5 = 0.05.
		expect(quantile('binomial', 0.975, 1, 0.5)).toBeCloseTo(0.95, 12);
	});

	it('go over into the normal curve without a step', () => {
		for (const tail of tails) {
			const exact = quantile('binomial', tail, 9990, 0.5);
			const normal = quantile('binomial', tail, 10010, 0.5);
			expect(Math.abs(exact - normal)).toBeLessThan(2e-4);
		}
	});

	it('are nothing for no size, and closed where all or none count', () => {
		expect(quantile('binomial', 0.975, 0, 0.5)).toBe(0);
		expect(quantile('binomial', 0.025, 10, 1)).toBe(1);
		expect(quantile('poisson', 0.975, 10, 0)).toBe(0);
	});

	it('narrow with size and lie in order', () => {
		let before = Infinity;
		for (const size of [5, 10, 40, 160, 640]) {
			const { low998, low95, high95, high998 } = limitsOf(plain('poisson', 0.1), size);
			expect([low998, low95, 0.1, high95, high998]).toEqual(
				[low998, low95, 0.1, high95, high998].toSorted((a, b) => a - b)
			);
			expect(high998 - low998).toBeLessThan(before);
			before = high998 - low998;
		}
	});
});

describe('over-dispersion', () => {
	it('by hand: 40 and 60 of 100 are two standard deviations off, so φ is 4', () => {
		const list: Counted[] = [
			{ count: 40, size: 100 },
			{ count: 60, size: 100 }
		];
		expect(dispersionOf('binomial', list, 0.5)).toBeCloseTo(4, 12);
		const funnel = funnelOf('binomial', list);
		// 4 > 1 + 2·√(2/2) = 3.
		expect(funnel).toMatchObject({ centre: 0.5, widened: true, units: 2 });
		const narrow = limitsOf(plain('binomial', 0.5), 100);
		const wide = funnel && limitsOf(funnel, 100);
		expect(0.5 - (wide?.low95 ?? NaN)).toBeCloseTo(2 * (0.5 - narrow.low95), 12);
		expect((wide?.high998 ?? NaN) - 0.5).toBeCloseTo(2 * (narrow.high998 - 0.5), 12);
	});

	it('pulls the outer tenth in before it is estimated', () => {
		// θ = 0.1, n = 10: s = 0.1. Nine units at θ and one ten deviations off, which is pulled in to its neighbour.
		const list = [...Array<Counted>(9).fill({ count: 1, size: 10 }), { count: 11, size: 10 }];
		expect(dispersionOf('poisson', list, 0.1)).toBeCloseTo(0, 12);
	});

	it('is chance alone below 1 + 2·√(2/I)', () => {
		const list: Counted[] = [
			{ count: 45, size: 100 },
			{ count: 55, size: 100 }
		];
		expect(funnelOf('binomial', list)).toMatchObject({ widened: false });
	});
});

describe('a funnel', () => {
	it('needs two units and something that can vary', () => {
		expect(funnelOf('poisson', [])).toBeNull();
		expect(funnelOf('poisson', [{ count: 3, size: 10 }])).toBeNull();
		expect(
			funnelOf('poisson', [
				{ count: 0, size: 10 },
				{ count: 0, size: 20 }
			])
		).toBeNull();
		expect(
			funnelOf('binomial', [
				{ count: 10, size: 10 },
				{ count: 20, size: 20 }
			])
		).toBeNull();
		expect(
			funnelOf('binomial', [
				{ count: 3, size: 0 },
				{ count: 5, size: 20 }
			])
		).toBeNull();
	});

	it('lets five of five lie within what chance does, and 194 of 200 too', () => {
		const position = (centre: number, count: number, size: number) =>
			positionOf(limitsOf(plain('binomial', centre), size), { count, size });
		expect(position(0.9, 5, 5)).toBe('very_high');
		expect(position(0.95, 194, 200)).toBe('within');
		expect(position(0.9, 194, 200)).toBe('very_high');
		expect(position(0.9, 168, 200)).toBe('low');
		expect(position(0.9, 150, 200)).toBe('very_low');
		expect(position(0.9, 188, 200)).toBe('high');
	});
});
