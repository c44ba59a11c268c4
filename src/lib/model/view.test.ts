import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMonth } from './period';
import { defaultView, isPublished, keepKnown, readView, writeView, type Known, type View } from './view';

const month = (text: string) => readMonth(text) ?? NaN;
const read = (query: string) => readView(new URLSearchParams(query));

/** Texts that an address can carry: not empty, at most 80 signs, no spaces around. */
const text = fc
	.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
	.filter((one) => one.trim() === one && one !== '' && one.length <= 80);
const months = fc
	.tuple(fc.option(fc.integer({ min: 0, max: 9999 * 12 + 11 })), fc.option(fc.integer({ min: 0, max: 9999 * 12 + 11 })))
	.map(([a, b]) => (a !== null && b !== null && a > b ? { from: b, to: a } : { from: a, to: b }));
const views: fc.Arbitrary<View> = fc
	.record({
		months,
		block: fc.option(text),
		kind: fc.option(text),
		units: fc.uniqueArray(text, { maxLength: 8 }),
		structure: fc.constantFrom('reported' as const, 'today' as const, 'old' as const),
		sort: fc.constantFrom('concern' as const, 'document' as const),
		indicator: fc.option(text),
		peers: fc.option(text),
		order: fc.option(text),
		composite: fc.uniqueArray(text, { maxLength: 5 }),
		scaling: fc.constantFrom('minmax' as const, 'percentile' as const)
	})
	.map(({ months: { from, to }, units: [unit = null, ...others], ...rest }) => ({ from, to, unit, others, ...rest }));

describe('an address', () => {
	it('says the view that was written into it', () =>
		fc.assert(
			fc.property(views, (view) => {
				expect(read(writeView(view))).toEqual(view);
			})
		));

	it('of garbage is a view all the same, and writing it twice changes nothing', () => {
		const name = fc.oneof(
			fc.constantFrom(
				'from',
				'to',
				'block',
				'kind',
				'unit',
				'structure',
				'sort',
				'indicator',
				'peers',
				'order',
				'composite',
				'scaling'
			),
			fc.string()
		);
		const value = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 60 }),
			fc.constantFrom('2024-01', '2030-13', 'today', 'percentile', 'null', ' ')
		);
		const queries = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.array(fc.tuple(name, value)).map((pairs) => new URLSearchParams(pairs).toString())
		);
		fc.assert(
			fc.property(queries, (query) => {
				const view = read(query);
				expect(read(writeView(view))).toEqual(view);
			})
		);
	});

	it('without a question is the default view', () => {
		for (const query of [
			'',
			'?',
			'?from=&to=&block=&unit=%20',
			'?structure=other&sort=best&scaling=rank&from=2024&to=2024-13',
			'?scaling=minmax',
			'?x=1'
		]) {
			expect(read(query), query).toEqual(defaultView);
		}
	});

	it('of months the wrong way round means the months between', () => {
		expect(read('?from=2025-06&to=2024-01')).toMatchObject({ from: month('2024-01'), to: month('2025-06') });
		expect(read('?from=2025-06&to=2025-06')).toMatchObject({ from: month('2025-06'), to: month('2025-06') });
	});

	it('is short: defaults are never written', () => {
		expect(writeView(defaultView)).toBe('');
		expect(writeView({ ...defaultView, block: 'giao_duc', from: month('2024-01') })).toBe(
			'?from=2024-01&block=giao_duc'
		);
		expect(writeView({ ...defaultView, structure: 'reported', sort: 'document' })).toBe(
			'?structure=reported&sort=document'
		);
	});

	it('says how the parts of a composite are scaled, where it is not by the least and the most', () => {
		const view = read('?composite=a&composite=b:2&scaling=percentile');
		expect(view).toEqual({ ...defaultView, composite: ['a', 'b:2'], scaling: 'percentile' });
		expect(writeView(view)).toBe('?composite=a&composite=b%3A2&scaling=percentile');
		expect(writeView({ ...view, scaling: 'minmax' })).toBe('?composite=a&composite=b%3A2');
	});

	it('takes up to eight units, each once, in the order chosen', () => {
		const view = read('?unit=b&unit=a&unit=b&unit=&unit=c');
		expect(view).toMatchObject({ unit: 'b', others: ['a', 'c'] });
		expect(writeView(view)).toBe('?unit=b&unit=a&unit=c');
		const many = [...'abcdefghijk'].map((one) => `unit=${one}`).join('&');
		expect(read(`?${many}`)).toMatchObject({ unit: 'a', others: [...'bcdefgh'] });
	});

	it('takes the first of two values, and cuts what is too long', () => {
		expect(read('?block=a&block=b').block).toBe('a');
		expect(read(`?unit=${'x'.repeat(200)}`).unit).toBe('x'.repeat(80));
	});
});

describe('the published pages', () => {
	it('answer the default view in either order, and nothing else', () => {
		expect(isPublished(defaultView)).toBe(true);
		expect(isPublished({ ...defaultView, sort: 'document' })).toBe(true);
		expect(
			isPublished({ ...defaultView, indicator: 'a', peers: 'b', order: '-d', composite: ['c'], scaling: 'percentile' })
		).toBe(true);
		for (const part of [
			{ from: 1 },
			{ to: 1 },
			{ block: 'a' },
			{ kind: 'a' },
			{ unit: 'a' },
			{ structure: 'reported' as const }
		]) {
			expect(isPublished({ ...defaultView, ...part })).toBe(false);
		}
	});
});

describe('a view of what is known', () => {
	const known: Known = {
		first: month('2021-01'),
		last: month('2026-09'),
		blocks: new Set(['state']),
		kinds: new Set(['office']),
		units: new Map([
			['now', true],
			['gone', false]
		])
	};
	const keep = (view: Partial<View>) => keepKnown({ ...defaultView, ...view }, known);

	it('keeps what there is', () => {
		const view = {
			...defaultView,
			from: month('2022-01'),
			to: month('2024-12'),
			block: 'state',
			kind: 'office',
			unit: 'now'
		};
		expect(keepKnown(view, known)).toEqual(view);
	});

	it('drops codes and units that there are not, and keeps the rest', () => {
		expect(keep({ block: 'x', kind: 'office', unit: 'x' })).toEqual({ ...defaultView, kind: 'office' });
		expect(keep({ block: '__proto__', kind: 'constructor', unit: 'toString' })).toEqual(defaultView);
	});

	it('means all months by those outside of the data', () => {
		expect(keep({ from: month('2019-01'), to: month('2024-12') })).toMatchObject({ from: null, to: month('2024-12') });
		expect(keep({ from: month('2022-01'), to: month('2030-12') })).toMatchObject({ from: month('2022-01'), to: null });
		expect(keep({ from: month('2019-01'), to: month('2030-12') })).toMatchObject({ from: null, to: null });
		expect(keep({ from: known.first, to: known.last })).toMatchObject({ from: null, to: null });
	});

	it('reads a unit that is gone as it reported, and any other as was asked', () => {
		expect(keep({ unit: 'gone' }).structure).toBe('reported');
		expect(keep({ unit: 'now' }).structure).toBe('today');
		expect(keep({ unit: 'now', structure: 'reported' }).structure).toBe('reported');
		expect(keep({ unit: 'gone', structure: 'old' }).structure).toBe('old');
		expect(keep({ unit: 'now', others: ['gone', 'never'] }).others).toEqual(['gone']);
		expect(keep({ unit: 'never', others: ['now'] })).toMatchObject({ unit: null, others: [] });
		expect(keep({ unit: 'never' }).structure).toBe('today');
	});

	it('asks for months that are within the data, in their order', () =>
		fc.assert(
			fc.property(views, (view) => {
				const { from, to } = keepKnown(view, known);
				for (const one of [from, to]) if (one !== null) expect(one >= known.first && one <= known.last).toBe(true);
				if (from !== null && to !== null) expect(from).toBeLessThanOrEqual(to);
			})
		));

	it('is kept again as it is', () =>
		fc.assert(
			fc.property(views, (view) => {
				const once = keepKnown(view, known);
				expect(keepKnown(once, known)).toEqual(once);
			})
		));
});
