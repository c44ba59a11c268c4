import { describe, expect, it } from 'vitest';
import { aggregation, sql } from './sql';

/** The expression with the condition in each of its calls; null when it cannot be taken apart. */
const filtered = (text: string, condition = sql`x > 1`) => {
	const found = aggregation(text, condition);
	return found && found.whole(found.calls.map((call) => call.text)).text;
};

describe('an aggregate expression with a condition in each call', () => {
	it.each([
		['count(*)', 'count(*) FILTER (WHERE (x > 1))'],
		['(count(*))', '(count(*) FILTER (WHERE (x > 1)))'],
		['SUM( a ) / 1000', 'SUM( a ) FILTER (WHERE (x > 1)) / 1000'],
		['sum(a) / count(DISTINCT b)', 'sum(a) FILTER (WHERE (x > 1)) / count(DISTINCT b) FILTER (WHERE (x > 1))'],
		['count(*) FILTER (WHERE a)', 'count(*) FILTER (WHERE (a) AND (x > 1))'],
		[`count(*) FILTER (WHERE a = 'complete')`, `count(*) FILTER (WHERE (a = 'complete') AND (x > 1))`],
		['count(*)filter( where a OR b )*2', 'count(*) FILTER (WHERE (a OR b) AND (x > 1))*2'],
		['sum(coalesce(a, 0) + (b * (2)))', 'sum(coalesce(a, 0) + (b * (2))) FILTER (WHERE (x > 1))'],
		['quantile_cont(a, 0.5)', 'quantile_cont(a, 0.5) FILTER (WHERE (x > 1))'],
		['coalesce(sum(a), 0)', 'coalesce(sum(a) FILTER (WHERE (x > 1)), 0)'],
		['nullif(CAST(count(a) AS DOUBLE), 0)', 'nullif(CAST(count(a) FILTER (WHERE (x > 1)) AS DOUBLE), 0)'],
		['CASE WHEN count(*) > 1e3 THEN 1 END', 'CASE WHEN count(*) FILTER (WHERE (x > 1)) > 1e3 THEN 1 END'],
		[`sum(CASE WHEN a = ')' THEN 1 ELSE 0 END)`, `sum(CASE WHEN a = ')' THEN 1 ELSE 0 END) FILTER (WHERE (x > 1))`],
		[`sum("a ) b")`, `sum("a ) b") FILTER (WHERE (x > 1))`],
		[`count(*) FILTER (WHERE a = 'it''s (')`, `count(*) FILTER (WHERE (a = 'it''s (') AND (x > 1))`],
		[`count(*) FILTER (WHERE "sum(" = 1)`, `count(*) FILTER (WHERE ("sum(" = 1) AND (x > 1))`],
		['sum(tổng)', 'sum(tổng) FILTER (WHERE (x > 1))']
	])('%s', (text, wanted) => {
		expect(filtered(text)).toBe(wanted);
	});

	it('is the expression itself without a condition', () => {
		for (const text of ['count(*)', 'sum(a)/ count( * )', 'coalesce( sum(a) ,0)']) {
			const found = aggregation(text);
			expect(found?.whole(found.calls.map((call) => call.text)).text).toBe(text);
		}
	});

	it('has other pieces in the places of its calls', () => {
		const found = aggregation('round(sum(a) / count(*), 1)');
		expect(found?.whole([sql`p`, sql`q`]).text).toBe('round(p / q, 1)');
	});

	it('tells the names of its calls, and which are of distinct things', () => {
		const found = aggregation('Sum(a) + count( distinct b) + MEDIAN(c)');
		expect(found?.calls.map(({ name, distinct }) => [name, distinct])).toEqual([
			['sum', false],
			['count', true],
			['median', false]
		]);
	});
});

describe('what is not taken apart', () => {
	it.each([
		['no aggregate', 'a + 1'],
		['a number', '1'],
		['nothing', ''],
		['a name that is like an aggregate', 'sum'],
		['a quoted function', '"sum"(a)'],
		['an unknown function beside a known one', 'sum(a) / my_aggregate(b)'],
		['a bare column beside an aggregate', 'sum(a) + b'],
		['a function of a schema', 'main.sum(a)'],
		['a window', 'sum(a) OVER (PARTITION BY b)'],
		['a subquery', 'sum(a) + (SELECT count(*) FROM b)'],
		['an ordered set', 'percentile_cont(0.5) WITHIN GROUP (ORDER BY a)'],
		['another kind of quotes', `sum(CASE WHEN a = $$)$$ THEN 1 END)`],
		['escapes in a text', `count(*) FILTER (WHERE a = E'\\')')`],
		['a filter that is none', 'count(*) FILTER (a)'],
		['a list', '[sum(a)]']
	])('%s', (_, text) => {
		expect(filtered(text)).toBeNull();
	});
});
