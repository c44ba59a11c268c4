import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../tests/engine';
import type { Database } from './database';
import { aggregation, expression, sql } from './sql';

let db: Database;

beforeAll(async () => {
	db = await openTestDatabase();
	await db.exec(
		sql`CREATE TABLE t AS SELECT * FROM (VALUES (1, 'a', 2.5, TRUE), (2, 'b', NULL, FALSE), (3, 'a)', -1, NULL), (NULL, 'it''s', 4, TRUE), (5, NULL, 0, TRUE))
			AS t(n, "te xt", d, yes)`
	);
});

afterAll(() => db.close());

const aggregates = [
	'count(*)',
	'count(n)',
	'count(DISTINCT "te xt")',
	'sum(n)',
	'sum(CASE WHEN "te xt" = \'a)\' THEN 10 ELSE coalesce(n, 1) END)',
	'sum(d) FILTER (WHERE yes)',
	"count(*) FILTER (WHERE \"te xt\" = 'it''s' OR n > 2)",
	'median(d)',
	'max(n)',
	'quantile_cont(d, 0.25)',
	'avg(n)',
	'count_if(yes)'
];
const conditions = [
	'TRUE',
	'FALSE',
	'n > 1',
	'yes',
	'NOT yes',
	"\"te xt\" IN ('a', 'a)')",
	'd IS NOT NULL AND n < 5',
	'n IS DISTINCT FROM 2'
];
const shapes = [
	(a: string) => a,
	(a: string) => `coalesce(${a}, 0) * 2`,
	(a: string, b: string) => `${a} + ${b}`,
	(a: string, b: string) => `round(${a} / nullif(${b}, 0), 3)`
];

describe('a condition within the calls', () => {
	it('answers what the same condition in WHERE answers', () =>
		fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...shapes),
				fc.constantFrom(...aggregates),
				fc.constantFrom(...aggregates),
				fc.constantFrom(...conditions),
				async (shape, a, b, text) => {
					const whole = expression(shape(a, b));
					const condition = expression(text);
					const apart = aggregation(whole, condition);
					const within = apart?.whole(apart.calls.map((call) => call.text)) ?? sql`'not taken apart'`;
					const rows = await db.query(
						sql`SELECT CAST(${within} AS DOUBLE) AS a, (SELECT CAST(${whole} AS DOUBLE) FROM t WHERE ${condition}) AS b FROM t`
					);
					expect(rows[0]?.a).toBe(rows[0]?.b);
				}
			),
			{ numRuns: 150 }
		));
});
