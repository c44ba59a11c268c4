/** Yes or no for many rows: a byte each, 1 or 0, of which four are read and written at once. */

/** Flags for so many rows, all 0, in a buffer of whole fours. */
export function flagsFor(rows: number): Uint8Array {
	return new Uint8Array(new ArrayBuffer(Math.ceil(rows / 4) * 4), 0, rows);
}

/** The same bytes, four in each number; a copy where their buffer is not of whole fours. Bytes behind the last row are 0. */
export function fours(flags: Uint8Array): Uint32Array {
	const whole = Math.ceil(flags.length / 4) * 4;
	if (flags.byteOffset === 0 && flags.buffer.byteLength === whole) return new Uint32Array(flags.buffer);
	const copy = flagsFor(flags.length);
	copy.set(flags);
	return new Uint32Array(copy.buffer);
}

/** Sets the flags that another one has too. The first must be made by {@link flagsFor}. */
export function alsoSet(flags: Uint8Array, others: Uint8Array): void {
	const [own, other] = [fours(flags), fours(others)];
	for (let at = 0; at < own.length; at++) own[at] = (own[at] ?? 0) | (other[at] ?? 0);
}

/** Leaves the flags that another one has too. The first must be made by {@link flagsFor}. */
export function onlyLeave(flags: Uint8Array, others: Uint8Array): void {
	const [own, other] = [fours(flags), fours(others)];
	for (let at = 0; at < own.length; at++) own[at] = (own[at] ?? 0) & (other[at] ?? 0);
}
