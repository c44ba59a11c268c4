/**
 * The values of one column, row by row. A register names few units, days and codes in many rows: where rows share values each is held
 * once, so that whatever is asked of a value is asked once and not a million times.
 */
import type { Value } from '../model/table';
import { plainAt, plainStrings, takePlain, type PlainTexts } from './plain';

/** How many different values are held once; a column of more is held row by row. */
const most = 1 << 16;

/** The values of one column. */
export class Values {
	private constructor(
		private made: readonly Value[] | null,
		/** For each row, which of the different values it has; null where each row has its own. */
		readonly places: Int32Array | null,
		readonly length: number,
		/** The texts of the rows where all of them are plain and rows share none; else null. */
		readonly plain: PlainTexts | null = null
	) {}

	/** Values that rows do not share. */
	static each(values: readonly Value[]): Values {
		return new Values(values, null, values.length);
	}

	/** Plain texts that rows do not share. */
	static plain(texts: PlainTexts): Values {
		return new Values(null, null, texts.offsets.length - 1, texts);
	}

	/** The different values, null the first of them; the value of each row where rows share none. */
	get different(): readonly Value[] {
		return (this.made ??= this.plain ? plainStrings(this.plain) : []);
	}

	/** Values that rows share: `different` begins with null, and no value is in it twice. */
	static shared(different: readonly Value[], places: Int32Array): Values {
		return new Values(different, places, places.length);
	}

	/** The same value in all rows. */
	static all(value: Value, length: number): Values {
		const places = new Int32Array(length);
		return value === null ? Values.shared([null], places) : Values.shared([null, value], places.fill(1));
	}

	/** The value of a row; null beyond the last. */
	at(row: number): Value {
		if (this.plain && !this.made) return plainAt(this.plain, row);
		return this.different[this.places ? (this.places[row] ?? -1) : row] ?? null;
	}

	/** The values of each row. */
	*[Symbol.iterator](): Generator<Value> {
		if (!this.places) return yield* this.different;
		for (let row = 0; row < this.length; row++) yield this.at(row);
	}

	/** What is made of each value, by the value alone. */
	map(make: (value: Value) => Value): Values {
		const { different, places } = this;
		if (!places) return Values.each(different.map(make));
		const pool = new Pool();
		const made = Int32Array.from(different, (value) => pool.placeOf(make(value)));
		return Values.shared(
			pool.different,
			places.map((place) => made[place] ?? 0)
		);
	}

	/** The values of some rows. */
	take(rows: Int32Array): Values {
		const { places, plain } = this;
		if (plain) return Values.plain(takePlain(plain, rows));
		const { different } = this;
		if (!places) return Values.each(Array.from(rows, (row) => different[row] ?? null));
		return Values.shared(
			different,
			rows.map((row) => places[row] ?? 0)
		);
	}

	/**
	 * Calls back for each row, in order, with a value of which something is so; that is asked once of each different value.
	 *
	 * @param isSo what is asked of a value.
	 */
	where(isSo: (value: Value) => boolean, tell: (row: number, value: Value) => void): void {
		const { different, places, length } = this;
		if (!places) {
			for (let row = 0; row < length; row++) {
				const value = different[row] ?? null;
				if (isSo(value)) tell(row, value);
			}
			return;
		}
		const so = Uint8Array.from(different, (value) => (isSo(value) ? 1 : 0));
		if (!so.includes(1)) return;
		for (let row = 0; row < length; row++) {
			const place = places[row] ?? 0;
			if (so[place] === 1) tell(row, different[place] ?? null);
		}
	}

	/** Calls back for each row without a value, in order. */
	missing(tell: (row: number) => void): void {
		const { plain } = this;
		if (!plain) return this.where((value) => value === null, tell);
		const { offsets } = plain;
		for (let row = 0; row < this.length; row++) if (offsets[row] === offsets[row + 1]) tell(row);
	}

	/** The different values of the rows, and for each row the place of its own among them; that of null is 0. */
	distinct(): { readonly of: Int32Array; readonly different: readonly Value[] } {
		if (this.places) return { of: this.places, different: this.different };
		const pool = new Pool();
		const of = new Int32Array(this.length);
		for (let row = 0; row < this.length; row++) of[row] = pool.placeOf(this.different[row] ?? null);
		return { of, different: pool.different };
	}
}

/** Columns of plain values, as a table holds them. */
export function held(columns: Readonly<Record<string, readonly Value[]>>): Record<string, Values> {
	return Object.fromEntries(Object.entries(columns).map(([name, each]) => [name, Values.each(each)]));
}

/** A number for each row, less than `count`. */
export interface Numbers {
	readonly of: Int32Array;
	readonly count: number;
}

/** Different values as they are met: null has place 0. */
export class Pool {
	readonly different: Value[] = [null];
	private readonly places = new Map<Value, number>();
	private readonly instants = new Map<number, number>();

	/** The place of a value among the different ones; it gets one when it is new. */
	placeOf(value: Value): number {
		if (value === null) return 0;
		const [places, key] = value instanceof Date ? [this.instants, value.getTime()] : [this.places, value];
		const known = places.get(key);
		if (known !== undefined) return known;
		const place = this.different.length;
		this.different.push(value);
		places.set(key, place);
		return place;
	}

	/** Whether there are so many different values that rows hardly share them. */
	get isFull(): boolean {
		return this.different.length > most;
	}
}

/** Takes the values of a column row by row, in any order; a row that gets none is null. */
export class Collector {
	private readonly pool = new Pool();
	private readonly places: Int32Array;
	private each: Value[] | null = null;

	constructor(length: number) {
		this.places = new Int32Array(length);
	}

	/** The place of a value that rows share, for `share`. */
	placeOf(value: Value): number {
		return this.pool.placeOf(value);
	}

	/** The value of a place. */
	valueOf(place: number): Value {
		return this.pool.different[place] ?? null;
	}

	/** A row has the value of a place. */
	share(row: number, place: number): void {
		if (this.each) this.each[row] = this.pool.different[place] ?? null;
		else this.places[row] = place;
	}

	/**
	 * Rows from one on have the values of the places that their numbers stand for, up to the first row whose number has no place (a negative
	 * one) or that has no number (a negative one).
	 *
	 * @returns that row; how many rows there are when there is none.
	 */
	shareRun(from: number, numbers: Int32Array, placeOf: Int32Array): number {
		const { places } = this;
		if (this.each) return from;
		for (let row = from; row < places.length; row++) {
			const number = numbers[row]!;
			const place = number < 0 ? number : placeOf[number]!;
			if (place < 0) return row;
			places[row] = place;
		}
		return places.length;
	}

	/** A row has a value. */
	set(row: number, value: Value): void {
		if (!this.each && this.pool.isFull) this.part();
		if (this.each) this.each[row] = value;
		else this.places[row] = this.pool.placeOf(value);
	}

	/** Holds the values row by row from here on, since rows will hardly share them. */
	part(): void {
		this.each ??= Array.from(this.places, (place) => this.pool.different[place] ?? null);
	}

	values(): Values {
		return this.each ? Values.each(this.each) : Values.shared(this.pool.different, this.places);
	}
}

/** A table of pairs this large is looked up by its place, a larger one by its hash. */
const mostPairs = 2 ** 22;

/** A number for each row that it has in common with the rows that are alike in all of the columns; with the first row of each number. */
export function numbered(columns: readonly Values[], length: number): Numbers & { readonly firsts: readonly number[] } {
	const of = new Int32Array(length);
	let count = 1;
	let firsts: number[] = length > 0 ? [0] : [];
	for (const column of columns) {
		const { of: next, different } = column.distinct();
		const { length: breadth } = different;
		firsts = [];
		// What a row had so far is read before it is written over.
		if (count * breadth <= mostPairs) {
			const known = new Int32Array(count * breadth);
			for (let row = 0; row < length; row++) {
				const pair = of[row]! * breadth + (next[row] ?? 0);
				of[row] = (known[pair] ||= firsts.push(row)) - 1;
			}
		} else {
			const known = new Map<number, number>();
			for (let row = 0; row < length; row++) {
				const pair = of[row]! * breadth + (next[row] ?? 0);
				let number = known.get(pair);
				if (number === undefined) known.set(pair, (number = firsts.push(row) - 1));
				of[row] = number;
			}
		}
		count = firsts.length;
	}
	return { of, count, firsts };
}
