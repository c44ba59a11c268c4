/**
 * Rows in an order, by keys that are written as digits of up to 65,536 values. Each digit is a pass over all rows that counts and then places
 * them (radix sort, the last digit first), so that a million rows take a few hundredths of a second, and equal rows stay as they stood.
 */
import type { Codes } from '../database/row';

/** One digit of a key: a small number for each row of the register. */
export interface Digit {
	readonly of: Uint16Array;
	/** Whether {@link none} means a row that comes last in either direction, and not the largest number. */
	readonly hasNone: boolean;
}

/** The digit of a row that comes last. */
export const none = 0xffff;

/** A step of an order: the digits of its key, the last one first. */
export interface Key {
	readonly digits: readonly Digit[];
	readonly descending: boolean;
}

/** Numbers of a digit. */
const base = 0x10000;

/**
 * Places rows by one digit; `from` holds the rows as they stand, or says how many there are when they stand in the order of the register. Loops
 * over places, which are twice as fast.
 */
function pass(
	from: Int32Array | number,
	count: number,
	to: Int32Array,
	{ of, hasNone }: Digit,
	descending: boolean,
	starts: Int32Array
): void {
	starts.fill(0);
	if (typeof from === 'number')
		for (let row = 0; row < count; row++) {
			const digit = of[row] ?? 0;
			starts[digit] = (starts[digit] ?? 0) + 1;
		}
	else
		for (let place = 0; place < count; place++) {
			const digit = of[from[place] ?? 0] ?? 0;
			starts[digit] = (starts[digit] ?? 0) + 1;
		}
	const end = hasNone ? none : base;
	let at = 0;
	for (let step = 0; step < end; step++) {
		const digit = descending ? end - 1 - step : step;
		const many = starts[digit] ?? 0;
		starts[digit] = at;
		at += many;
	}
	if (hasNone) starts[none] = at;
	if (typeof from === 'number')
		for (let row = 0; row < count; row++) {
			const digit = of[row] ?? 0;
			const next = starts[digit] ?? 0;
			to[next] = row;
			starts[digit] = next + 1;
		}
	else
		for (let place = 0; place < count; place++) {
			const row = from[place] ?? 0;
			const digit = of[row] ?? 0;
			const next = starts[digit] ?? 0;
			to[next] = row;
			starts[digit] = next + 1;
		}
}

/** Whether all rows have the same digit, which then orders nothing. */
const isConstant = ({ of }: Digit) => of.every((digit) => digit === of[0]);

/** The digits of whole numbers from zero on, as many as they need; NaN is a row that comes last. */
function wholeDigits(parts: readonly Float64Array[], count: number, least: number, span: number): Digit[] {
	const digits = [new Uint16Array(count)];
	// The first of them keeps one number free for rows without any.
	for (let most = span; most >= base - 1; most = Math.floor(most / base)) digits.push(new Uint16Array(count));
	const [low = new Uint16Array(), high, highest] = digits;
	const top = digits.at(-1);
	let row = 0;
	for (const part of parts) {
		for (let at = 0; at < part.length; at++, row++) {
			const value = (part[at] ?? NaN) - least;
			if (value !== value) {
				if (top) top[row] = none;
				continue;
			}
			if (!high) low[row] = value;
			else {
				const rest = Math.floor(value / base);
				low[row] = value - rest * base;
				if (!highest) high[row] = rest;
				else {
					const more = Math.floor(rest / base);
					high[row] = rest - more * base;
					highest[row] = more;
				}
			}
		}
	}
	return digits.map((of) => ({ of, hasNone: of === top }));
}

/** The digits of any numbers: their bits, turned so that they stand in their order as a whole number does. NaN is a row that comes last. */
function bitDigits(parts: readonly Float64Array[], count: number): Digit[] {
	const digits = Array.from({ length: 4 }, () => new Uint16Array(count));
	const number = new Float64Array(1);
	const bits = new Uint16Array(number.buffer);
	let row = 0;
	for (const part of parts) {
		for (let at = 0; at < part.length; at++, row++) {
			const value = part[at] ?? NaN;
			// Zero has two signs and is one number.
			number[0] = value + 0;
			const negative = ((bits[3] ?? 0) & 0x8000) !== 0;
			for (let place = 0; place < 4; place++) {
				let digit = bits[place] ?? 0;
				if (negative) digit ^= 0xffff;
				else if (place === 3) digit ^= 0x8000;
				const of = digits[place];
				// No number but those that are none begins with the last digit.
				if (of) of[row] = value !== value ? (place === 3 ? none : 0) : digit;
			}
		}
	}
	return digits.map((of, place) => ({ of, hasNone: place === 3 }));
}

/** The digits of numbers, which are given in parts, NaN for a row that comes last. */
export function digitsOf(parts: readonly Float64Array[]): Digit[] {
	let [count, least, most, isWhole] = [0, Infinity, -Infinity, true];
	for (const part of parts) {
		count += part.length;
		for (let at = 0; at < part.length; at++) {
			const value = part[at] ?? NaN;
			if (value < least) least = value;
			if (value > most) most = value;
			if (isWhole && Math.floor(value) !== value && value === value) isWhole = false;
		}
	}
	const span = most - least;
	isWhole &&= span < 2 ** 47 && Math.max(Math.abs(least), Math.abs(most)) < 2 ** 52;
	const digits =
		most < least
			? wholeDigits(parts, count, 0, 0)
			: isWhole
				? wholeDigits(parts, count, least, span)
				: bitDigits(parts, count);
	return digits.filter((digit) => !isConstant(digit));
}

/** The digits of rows by their codes, which are given in parts: the place of each code from 0 on, NaN for one whose rows come last. */
export function digitsOfCodes(parts: readonly Codes[], places: Float64Array): Digit[] {
	const count = parts.reduce((sum, { length }) => sum + length, 0);
	return digitsOf([places]).map(({ of, hasNone }) => {
		const rows = new Uint16Array(count);
		let row = 0;
		for (const part of parts) for (let at = 0; at < part.length; at++) rows[row++] = of[part[at] ?? 0] ?? 0;
		return { of: rows, hasNone };
	});
}

/** Where orders are written: memory that is new costs several passes, so it is taken and given back. */
export interface Memory {
	/** Memory of at least so many numbers. */
	take(count: number): Int32Array;
	give(memory: Int32Array): void;
}

/** Memory that is new each time. */
const anew: Memory = { take: (count) => new Int32Array(count), give: () => undefined };

const starts = new Int32Array(base);

/**
 * Puts rows in order. Rows that are equal in all keys stay in the order in which they are given.
 *
 * @param rows numbers of rows, from 0, which are places in the keys; or how many there are, in the order of the register.
 * @param keys the first counts most.
 * @param memory where the order is taken from: of it only as many numbers count as there are rows.
 */
export function ordered(rows: Int32Array | number, keys: readonly Key[], memory: Memory = anew): Int32Array {
	const count = typeof rows === 'number' ? rows : rows.length;
	const passes = keys.toReversed().flatMap(({ digits, descending }) => digits.map((digit) => ({ digit, descending })));
	const made = memory.take(count);
	if (passes.length === 0) {
		if (typeof rows !== 'number') made.set(rows);
		else for (let row = 0; row < count; row++) made[row] = row;
		return made;
	}
	const other = passes.length > 1 ? memory.take(count) : made;
	let from = rows;
	passes.forEach(({ digit, descending }, place) => {
		// The last of them writes into what is given back.
		const to = (passes.length - place) % 2 === 1 ? made : other;
		pass(from, count, to, digit, descending, starts);
		from = to;
	});
	if (other !== made) memory.give(other);
	return made;
}
