/** How an indicator reads the rows of its register: its expressions as SQL, and whether they can be put together from sums. */
import { aggregation, expression, ExpressionError, id, sql, type Aggregation, type Sql } from '../database/sql';
import type { Indicator } from './catalogue';

/** The expressions of one indicator, and the headcount that it is divided by, if any. */
export interface Reading {
	readonly indicator: Indicator;
	readonly value: Sql;
	/** Its own denominator. */
	readonly denominator: Sql | null;
	readonly headcount: 'staff' | 'members' | null;
	readonly condition: Sql;
	/** Null when an expression has an aggregate that is not the sum of itself over parts of the rows. */
	readonly sums: Sums | null;
}

/** Expressions taken apart into aggregates that can be summed over any parts of the rows; their condition is in each. */
export interface Sums {
	/** The aggregates: first the number of rows, then those of the value, then those of the denominator. */
	readonly calls: readonly Sql[];
	/** The expressions again, with the columns that hold the sums of the calls, in the same order, in their places. */
	readonly whole: (columns: readonly Sql[]) => Pick<Reading, 'value' | 'denominator'> & { readonly rows: Sql };
	/** The expressions on numbers; null where one is more than a sum, multiplied or divided by a number. */
	readonly scaled: { readonly value: Scaled; readonly denominator: Scaled | null } | null;
}

/** What an expression makes of the sum of its one aggregate. */
export type Scaled = (sum: number) => number;

/** The rows of an indicator: its condition, or all. */
export function conditionOf(indicator: Pick<Indicator, 'condition'>): Sql {
	return indicator.condition === null ? sql`TRUE` : expression(indicator.condition);
}

/** The day column of an indicator's register. */
export function dayOf(indicator: Pick<Indicator, 'date_column' | 'indicator_id'>): Sql {
	if (indicator.date_column === null)
		throw new ExpressionError(`Indicator ${indicator.indicator_id} has no date column.`);
	return id(indicator.date_column);
}

/** The aggregates that are the sums of themselves over parts of the rows. */
const summable = new Set(['count', 'count_if', 'sum']);

function summed(text: Sql, condition: Sql): Aggregation | null {
	const found = aggregation(text, condition);
	return found?.calls.every(({ name, distinct }) => summable.has(name) && !distinct) ? found : null;
}

/** An expression of one aggregate, which it only multiplies or divides by a number; null of any other. */
function scaledOf({ calls, whole }: Aggregation): Scaled | null {
	if (calls.length !== 1) return null;
	const text = whole([id('')]).text.trim();
	const bare = text.replace(/^\((.*)\)$/s, '$1').trim();
	if (bare === '""') return (sum) => sum;
	const [, sign, factor] = /^""\s*([*/])\s*(\d+(?:\.\d+)?)$/.exec(bare) ?? [];
	if (sign === undefined) return null;
	const by = Number(factor);
	return sign === '*' ? (sum) => sum * by : (sum) => sum / by;
}

function sumsOf(value: Sql, denominator: Sql | null, condition: Sql): Sums | null {
	const rows = summed(sql`count(*)`, condition);
	const above = summed(value, condition);
	const below = denominator && summed(denominator, condition);
	if (!rows || !above || (denominator && !below)) return null;
	const [scaledAbove, scaledBelow] = [scaledOf(above), below && scaledOf(below)];
	return {
		scaled: scaledAbove && (below === null || scaledBelow) ? { value: scaledAbove, denominator: scaledBelow } : null,
		calls: [rows, above, below].flatMap((part) => part?.calls.map(({ text }) => text) ?? []),
		whole: (columns) => {
			const [count, ...sums] = columns.map((column) => sql`sum(${column})`);
			return {
				rows: rows.whole(count ? [count] : []),
				value: above.whole(sums.slice(0, above.calls.length)),
				denominator: below && below.whole(sums.slice(above.calls.length))
			};
		}
	};
}

/**
 * Reads an indicator.
 *
 * @throws ExpressionError when it is not computed from a register, or a text is not one expression.
 */
export function readingOf(indicator: Indicator): Reading {
	if (indicator.value === null) throw new ExpressionError(`Indicator ${indicator.indicator_id} has no SQL expression.`);
	const headcount =
		indicator.denominator === 'headcount.staff'
			? 'staff'
			: indicator.denominator === 'headcount.members'
				? 'members'
				: null;
	const value = expression(indicator.value);
	const denominator = indicator.denominator === null || headcount !== null ? null : expression(indicator.denominator);
	const condition = conditionOf(indicator);
	return { indicator, value, denominator, headcount, condition, sums: sumsOf(value, denominator, condition) };
}
