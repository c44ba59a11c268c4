/** What is measured of a group of rows, and how the engine is asked for it. */
import { id, sql, type Sql } from '../database/sql';
import { columnOf, isAmount, isTime, type Measure } from './exploration';
import { cellOf, type Cell, type Ground } from './ground';

/** Whether the measure of a group is known from sums over its parts. */
export function isAdditive({ kind }: Measure): boolean {
	return kind !== 'median' && kind !== 'distinct';
}

/** What a measure adds up, and the columns that it reads. */
export interface Measuring {
	readonly cells: readonly Cell[];
	/** The aggregates over the rows that meet a condition: `n` rows, and `s` a sum with `k` rows summed, or `v` the measure itself. */
	readonly over: (where: Sql, suffix?: string) => readonly Sql[];
	readonly summed: boolean;
}

/** How a measure is asked for. */
export async function measuring(ground: Ground, measure: Measure): Promise<Measuring> {
	const column = columnOf(ground.register, measure.column);
	const asked = (
		aggregates: readonly (readonly [string, Sql])[],
		cells: readonly Cell[],
		summed = false
	): Measuring => ({
		cells,
		summed,
		over: (where, suffix = '') =>
			[['n', sql`count(*)`] as const, ...aggregates].map(([name, call]) => {
				const filtered = where.text === 'TRUE' ? call : sql`${call} FILTER (WHERE ${where})`;
				return sql`${filtered} AS ${id(name + suffix)}`;
			})
	});
	if (measure.kind === 'count' || measure.kind === 'share' || !column) return asked([], []);
	if (measure.kind === 'distinct') {
		if (isTime(column)) {
			const { day } = await ground.days(column.name);
			return asked([['v', sql`count(DISTINCT nullif(${cellOf(day)}, 0))`]], [day]);
		}
		if (isAmount(column)) {
			const amount = await ground.amount(column.name);
			return asked([['v', sql`count(DISTINCT ${cellOf(amount)})`]], [amount]);
		}
		const encoded = await ground.values(column.name);
		return asked([['v', sql`count(DISTINCT nullif(${cellOf(encoded)}, 0))`]], [encoded]);
	}
	const amount = await ground.amount(column.name);
	const value = cellOf(amount);
	if (measure.kind === 'median') return asked([['v', sql`median(${value})`]], [amount]);
	const sums = [
		['s', sql`sum(${value})`],
		['k', sql`count(${value})`]
	] as const;
	return asked(sums, [amount], true);
}

/** A measure from its sums: rows, sum, rows summed, and rows of all groups. */
export function measureFrom(measure: Measure, rows: number, sum: number, summed: number, all: number): number {
	switch (measure.kind) {
		case 'count':
			return rows;
		case 'share':
			return all === 0 ? NaN : rows / all;
		case 'sum':
			return summed === 0 ? NaN : sum;
		case 'mean':
			return summed === 0 ? NaN : sum / summed;
		case 'median':
		case 'distinct':
			return NaN;
	}
}
