/** Rows counted by the codes of a chart. */
import type { DataColumns } from '../database/row';
import { gathering } from './coding';
import type { Panel } from './exploration';
import { sizeOf, type Answer, type Groups } from './group';
import { measureFrom } from './measure';

/** Rows counted by the codes of a panel, under one or more sets of filters. A code that nothing matches may be left out. */
export interface Counted {
	readonly columns: DataColumns;
	readonly first: Float64Array;
	readonly second: Float64Array | null;
}

/** Rows counted by code out of their number at each code, or at each pair `first × width + second`. */
export function countedFrom(sums: Uint32Array | Float64Array, width: number, isPaired: boolean): Counted {
	let size = 0;
	for (let at = 0; at < sums.length; at++) if (sums[at]! > 0) size++;
	const held = new Float64Array(size);
	for (let at = 0, next = 0; next < size; at++) if (sums[at]! > 0) held[next++] = at;
	const n = held.map((at) => sums[at] ?? 0);
	return {
		columns: { rows: held.length, of: () => n },
		first: isPaired ? held.map((at) => Math.floor(at / width)) : held,
		second: isPaired ? held.map((at) => at % width) : null
	};
}

/** The codes of the most rows, of those that any row has. */
export function largestOf({ columns, first }: Counted, most: number): number[] {
	const counts = new Map<number, number>();
	const n = columns.of('n0');
	first.forEach((code, row) => counts.set(code, (counts.get(code) ?? 0) + (n[row] ?? 0)));
	return [...counts]
		.filter(([code, rows]) => code !== 0 && rows > 0)
		.sort(([a, rows], [b, others]) => others - rows || a - b)
		.slice(0, most)
		.map(([code]) => code);
}

/** The answers of a panel from rows that were counted by code. */
export function gathered(panel: Panel, groups: Groups, { columns, first, second }: Counted, count: number): Answer[] {
	const { lines, steps, width } = gathering(groups);
	const size = sizeOf(groups);
	const summed = panel.measure.kind === 'sum' || panel.measure.kind === 'mean';
	return Array.from({ length: count }, (_, index) => {
		const n = columns.of(`n${index}`);
		const [s, k] = summed ? [columns.of(`s${index}`), columns.of(`k${index}`)] : [null, null];
		const [rows, sum, known] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
		let matched = 0;
		let none = 0;
		first.forEach((code, row) => {
			const counted = n[row] ?? 0;
			matched += counted;
			if (code === 0) none += counted;
			const step = steps && second ? (steps[second[row] ?? 0] ?? 0) : 0;
			for (const line of lines[code] ?? []) {
				const at = line * width + step;
				rows[at] = (rows[at] ?? 0) + counted;
				if (s) sum[at] = (sum[at] ?? 0) + ((s[row] ?? NaN) || 0);
				if (k) known[at] = (known[at] ?? 0) + (k[row] ?? 0);
			}
		});
		const measured = rows.map((one, at) => measureFrom(panel.measure, one, sum[at] ?? 0, known[at] ?? 0, matched));
		return { groups, rows, measured, matched, known: matched - none };
	});
}
