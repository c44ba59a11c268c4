/**
 * Counts that leap by a factor near 10 or 1000 from one period to the next: most often a zero too many, a zero too few, or
 * thousands written as ones. Only said, never mended by itself.
 */
import type { Bilingual, Table } from '../model/table';
import { numbered, type Numbers, type Values } from './values';

/** A count that leaps, by its place among the rows. */
export interface Jump {
	readonly index: number;
	readonly column: string;
	readonly remedy: Bilingual;
	/** The count as it would be without the leap. */
	readonly repair: string;
}

/** By what a row is the same as one of another period, and which column orders them, by table. */
const sequences: Readonly<Record<string, { readonly same: readonly string[]; readonly order: string }>> = {
	activities: { same: ['unit_id', 'activity', 'audience', 'channel', 'reason', 'commendation'], order: 'period_end' },
	unit_headcounts: { same: ['unit_id'], order: 'year' }
};

/** The leaps that are looked for, and how near a factor must come to one: within a third. */
const leaps = [10, 1000] as const;
const nearness = 4 / 3;

/** Counts under this leap by chance. */
const least = 10;

/** The leaps in the whole-number columns of a table. Where several rows share a sequence and a period, nothing is said of them. */
export function jumpIssues(table: Table, values: Readonly<Record<string, Values>>): Jump[] {
	const sequence = sequences[table.name];
	const order = sequence && values[sequence.order];
	if (!sequence || !order) return [];
	const counts = table.columns.flatMap(({ name, type }) => {
		const held = type === 'integer' && name !== sequence.order ? values[name] : undefined;
		return held ? [{ name, held }] : [];
	});
	const same = numbered(
		sequence.same.flatMap((name) => values[name] ?? []),
		order.length
	);
	const found: Jump[] = [];
	for (const rows of inOrder(same, order)) {
		for (let place = 1; place < rows.length; place++) {
			const [before, now] = [rows[place - 1] ?? several, rows[place] ?? several];
			if (before === several || now === several) continue;
			for (const { name, held } of counts) {
				const [old, value] = [held.at(before), held.at(now)];
				if (typeof old !== 'number' || typeof value !== 'number' || Math.min(old, value) <= 0) continue;
				const [low, high] = old < value ? [old, value] : [value, old];
				const leap = leaps.find((factor) => high / low >= factor / nearness && high / low <= factor * nearness);
				if (leap === undefined || high < least * leap) continue;
				const right = String(value > old ? Math.round(value / leap) : value * leap);
				found.push({
					index: now,
					column: name,
					remedy: {
						vi: `Kỳ trước là ${old}, kỳ này ${value}: lệch khoảng ${leap} lần. Hãy xem có thừa hay thiếu số 0; nếu đúng thì không cần sửa.`,
						en: `${old} in the period before, ${value} now: about ${leap} times. See whether a zero is missing or too many; if it is right, nothing need be done.`
					},
					repair: right
				});
			}
		}
	}
	return found;
}

/** Stands for a row where a sequence has several rows of one moment. */
const several = -2;

/** The rows of each sequence in the order of their moments, `several` where they share one; rows without a moment are left out. */
function* inOrder(sequences: Numbers, order: Values): Generator<readonly number[]> {
	const { of, different } = order.distinct();
	const moments = [...different.keys()].slice(1).sort((a, b) => Number(different[a]) - Number(different[b]));
	const rankOf = new Int32Array(different.length);
	moments.forEach((moment, rank) => (rankOf[moment] = rank));

	// The rows of each sequence side by side: how many each has, where it begins, and then the rows.
	const starts = new Int32Array(sequences.count + 1);
	const sequenceOf = (row: number) => sequences.of[row] ?? 0;
	for (let row = 0; row < order.length; row++) if (of[row] !== 0) starts[sequenceOf(row) + 1]!++;
	for (let number = 0; number < sequences.count; number++) starts[number + 1]! += starts[number]!;
	const next = starts.slice();
	const rows = new Int32Array(starts[sequences.count]!);
	for (let row = 0; row < order.length; row++) if (of[row] !== 0) rows[next[sequenceOf(row)]!++] = row;

	const none = -1;
	const rowOf = new Int32Array(moments.length).fill(none);
	for (let number = 0; number < sequences.count; number++) {
		const ranks: number[] = [];
		for (let place = starts[number]!; place < starts[number + 1]!; place++) {
			const row = rows[place]!;
			const rank = rankOf[of[row]!]!;
			if (rowOf[rank] === none) ranks.push(rank);
			rowOf[rank] = rowOf[rank] === none ? row : several;
		}
		yield ranks.sort((a, b) => a - b).map((rank) => rowOf[rank]!);
		for (const rank of ranks) rowOf[rank] = none;
	}
}
