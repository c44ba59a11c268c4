import { describe, expect, it } from 'vitest';
import { indicatorOf } from '../../../tests/province';
import { readingOf } from './reading';

const scaledOf = (value: string, denominator: string | null = null) =>
	readingOf(indicatorOf({ indicator_id: 'one', value, denominator })).sums?.scaled;

describe('an expression on numbers', () => {
	it.each([
		['count(*)', 7, 7],
		['sum(benefit_vnd)', 7, 7],
		['sum(benefit_vnd) / 1000000', 7_000_000, 7],
		['sum(sessions) * 2.5', 4, 10]
	])('%s of a sum of %d is %d', (value, sum, made) => {
		expect(scaledOf(value)?.value(sum)).toBe(made);
	});

	it.each([
		'sum(a) / sum(b)',
		'round(sum(a), 1)',
		'sum(a) + 1',
		'1 / sum(a)',
		'sum(a) / 2 / 3',
		'-sum(a)',
		'(sum(a)) / (2)'
	])('%s is more than a sum times a number', (value) => {
		expect(scaledOf(value)).toBeNull();
		expect(scaledOf('sum(a)', value)).toBeNull();
	});

	it('has a denominator where the indicator has one', () => {
		expect(scaledOf('sum(a)')?.denominator).toBeNull();
		expect(scaledOf('sum(a)', 'sum(b) / 2')?.denominator?.(6)).toBe(3);
	});

	it('is none of what cannot be summed', () => {
		expect(scaledOf('median(a)')).toBeUndefined();
	});
});
