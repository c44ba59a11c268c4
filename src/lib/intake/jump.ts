/**
 * Counts that leap by a factor near 10 or 1000 from one period to the next: most often a zero too many, a zero too few, or
 * thousands written as ones. Only said, never mended by itself.
 */
import type { Bilingual, Table, Value } from '../model/table';

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
export function jumpIssues(table: Table, values: Readonly<Record<string, readonly Value[]>>): Jump[] {
	const sequence = sequences[table.name];
	const order = sequence && values[sequence.order];
	if (!sequence || !order) return [];
	const same = numbered(
		sequence.same.map((name) => values[name] ?? []),
		order.length
	);
	const places = new Map<number, number[]>();
	order.forEach((moment, index) => {
		if (moment === null) return;
		const key = same[index] ?? 0;
		const known = places.get(key);
		if (known) known.push(index);
		else places.set(key, [index]);
	});
	const counts = table.columns.filter(({ name, type }) => type === 'integer' && name !== sequence.order);
	const found: Jump[] = [];
	for (const indexes of places.values()) {
		const moments = new Map<number, number | null>();
		for (const index of indexes) {
			const moment = Number(order[index]);
			moments.set(moment, moments.has(moment) ? null : index);
		}
		const single = [...moments].sort(([a], [b]) => a - b);
		for (let place = 1; place < single.length; place++) {
			const [before, now] = [single[place - 1]?.[1], single[place]?.[1]];
			if (before == null || now == null) continue;
			for (const { name } of counts) {
				const [old, value] = [values[name]?.[before], values[name]?.[now]];
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

/** A number for each row, the same for rows that are alike in all of the columns. */
function numbered(columns: readonly (readonly Value[])[], length: number): Int32Array {
	const found = new Int32Array(length);
	for (const column of columns) {
		const ofValue = new Map<Value, number>();
		const ofPair = new Map<number, number>();
		for (let index = 0; index < length; index++) {
			const value = column[index] ?? null;
			let number = ofValue.get(value);
			if (number === undefined) ofValue.set(value, (number = ofValue.size));
			const pair = (found[index] ?? 0) * 2 ** 26 + number;
			let joined = ofPair.get(pair);
			if (joined === undefined) ofPair.set(pair, (joined = ofPair.size));
			found[index] = joined;
		}
	}
	return found;
}
