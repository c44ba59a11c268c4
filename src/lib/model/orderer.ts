/**
 * Who holds the keys of columns and puts rows in order by them: in the browser a thread of its own, so that the page stays free while a million
 * rows are ordered, and keys may be made before anyone wants them; in Node the same in place. Keys come in parts: little is under way at once,
 * whoever wants something else meanwhile waits for one part at most, and small pieces of memory cost less than large ones.
 */
import type { Codes, Texts } from '../database/row';
import { openExchange } from '../exchange';
import { digitsOf, digitsOfCodes, ordered, type Digit, type Memory } from './order';
import { spelling, type Spelling } from './spelling';

/** What a key is made of, of the next rows of the register. */
export type Part =
	/** Numbers, NaN for a row that comes last. */
	| Float64Array
	/** Codes; by what they stand in order is said at the end. */
	| Codes
	/** Texts that each row has mostly for itself, which are put in order by their spelling (see {@link Spelling}). */
	| Texts;

/** By what codes are put in order; rows of code 0 come last. */
export type Places =
	/** The place of each code from 0 on, NaN for one whose rows come last. */
	| Float64Array
	/** The text of each code from 1 on. */
	| Texts;

const vietnamese = new Intl.Collator('vi');

/** The place of each code whose texts these are, from code 1 on, in the Vietnamese alphabet. */
function alphabetical({ bytes, starts }: Texts): Float64Array {
	const decoder = new TextDecoder();
	const places = new Float64Array(starts.length).fill(NaN);
	// What the alphabet holds for the same is told apart by its letters as they are written.
	Array.from({ length: starts.length - 1 }, (_, at) => ({
		code: at + 1,
		text: decoder.decode(bytes.subarray(starts[at], starts[at + 1]))
	}))
		.sort((a, b) => vietnamese.compare(a.text, b.text) || (a.text < b.text ? -1 : 1))
		.forEach(({ code }, place) => (places[code] = place));
	return places;
}

/** A step of an order: the number of a key that is held. */
export interface Step {
	readonly key: number;
	readonly descending: boolean;
}

/** What is asked of who holds keys and orders rows by them. Keys are told apart by numbers that whoever asks gives them. */
export interface Orderer {
	/**
	 * Takes the next part of a key, all of whose parts are of one kind; false where texts cannot be put in order by their spelling. It is given
	 * away, with all that lies in its memory.
	 */
	read(key: number, part: Part): Promise<boolean>;
	/** Makes the key of the parts that were read, and holds it; the bytes that it takes, null where the spelling of texts does not tell their order. */
	finish(key: number, places?: Places): Promise<number | null>;
	/** Has memory ready for orders of so many rows, so that the first ones need not wait for it. */
	reserve(rows: number): Promise<void>;
	/**
	 * Puts rows in order by keys that are held, the first counts most: the numbers of the rows. Rows that are equal in all keys stay in the order
	 * in which they are given.
	 *
	 * @param rows numbers of rows, or how many there are when all are meant, in the order of the register.
	 */
	order(rows: Int32Array | number, steps: readonly Step[]): Promise<Int32Array>;
	/** Takes an order back that nobody needs any more, for its memory; it is given away. */
	recycle(order: Int32Array): Promise<void>;
	/** Lets go of a key. */
	forget(key: number): Promise<void>;
	/** Lets go of everything. */
	end(): void;
	/** Whether it was ended, or ended by itself: then nothing is held. */
	readonly isOver: boolean;
}

/** Rows whose memory is kept for the next orders: 16 MB. */
const mostKept = 1 << 22;
/** Pieces of memory that are reserved one by one: as many as orders are usually held, and two to work with. */
const reserved = 6;

/** Memory of orders that are over. */
class Recycled implements Memory {
	private readonly free: Int32Array[] = [];
	private made = 0;

	take(count: number): Int32Array {
		const fits = this.free.findIndex(({ length }) => length >= count && length <= Math.max(2 * count, 1024));
		const [found] = fits < 0 ? [] : this.free.splice(fits, 1);
		return found ?? new Int32Array(count);
	}

	give(memory: Int32Array): void {
		this.free.push(memory);
		while (this.free.reduce((sum, { length }) => sum + length, 0) > mostKept) this.free.shift();
	}

	/** Makes one piece of memory more, until there are enough of them; it is written to, which is what costs. */
	reserve(count: number): void {
		if (this.made >= reserved || count > mostKept) return;
		this.made++;
		this.give(new Int32Array(count).fill(0));
	}
}

/** What {@link Orderer} does, in place. */
export class Keys {
	private readonly held = new Map<number, readonly Digit[]>();
	private readonly spellings = new Map<number, Spelling>();
	private readonly parts = new Map<number, (Float64Array | Codes)[]>();
	private readonly memory = new Recycled();

	read(key: number, part: Part): boolean {
		if ('bytes' in part) {
			const known = this.spellings.get(key) ?? spelling();
			this.spellings.set(key, known);
			const isPlain = known.read(part);
			if (!isPlain) this.spellings.delete(key);
			return isPlain;
		}
		const known = this.parts.get(key) ?? [];
		this.parts.set(key, known);
		known.push(part);
		return true;
	}

	finish(key: number, places?: Places): number | null {
		const parts = this.parts.get(key) ?? [];
		const spelled = this.spellings.get(key);
		for (const map of [this.parts, this.spellings]) map.delete(key);
		const digits = spelled
			? spelled.digits()
			: places
				? digitsOfCodes(parts as Codes[], 'bytes' in places ? alphabetical(places) : places)
				: digitsOf(parts as Float64Array[]);
		if (!digits) return null;
		this.held.set(key, digits);
		return digits.reduce((sum, { of }) => sum + of.byteLength, 0);
	}

	reserve(rows: number): void {
		this.memory.reserve(rows);
	}

	/** @throws RangeError when a key is not held. */
	order(rows: Int32Array | number, steps: readonly Step[]): Int32Array {
		const keys = steps.map(({ key, descending }) => {
			const digits = this.held.get(key);
			if (!digits) throw new RangeError(`Key ${key} is not held.`);
			return { digits, descending };
		});
		const count = typeof rows === 'number' ? rows : rows.length;
		return ordered(rows, keys, this.memory).subarray(0, count);
	}

	recycle({ buffer }: Int32Array): void {
		this.memory.give(new Int32Array(buffer));
	}

	forget(key: number): void {
		for (const map of [this.held, this.spellings, this.parts]) map.delete(key);
	}
}

/** The memory of arrays, which changes hands without a copy. */
const moved = (...arrays: readonly (Float64Array | Int32Array | Codes)[]) =>
	arrays.map(({ buffer }) => buffer as ArrayBuffer);

/** An {@link Orderer} in a thread of its own. */
function inThread(): Orderer {
	const worker = new Worker(new URL('./ordering.ts', import.meta.url), { type: 'module' });
	const exchange = openExchange(worker, (error) => error);
	const { call, end } = exchange;
	return {
		read: (key, part) =>
			call('read', [key, part], { moved: 'bytes' in part ? moved(part.bytes, part.starts) : moved(part) }),
		finish: (...args) => call('finish', args),
		reserve: (rows) => call('reserve', [rows]),
		order: (rows, steps) => {
			if (typeof rows === 'number') return call('order', [rows, steps]);
			const own = rows.slice();
			return call('order', [own, steps], { moved: moved(own) });
		},
		recycle: (order) => call('recycle', [order], { moved: moved(order) }),
		forget: (key) => call('forget', [key]),
		end: () => end(new Error('The thread that orders rows was ended.')),
		get isOver() {
			return exchange.isOver;
		}
	};
}

/** An {@link Orderer} in place. */
function inPlace(): Orderer {
	const keys = new Keys();
	return {
		read: async (...args) => keys.read(...args),
		finish: async (...args) => keys.finish(...args),
		reserve: async (...args) => keys.reserve(...args),
		order: async (...args) => keys.order(...args),
		recycle: async (...args) => keys.recycle(...args),
		forget: async (...args) => keys.forget(...args),
		end: () => undefined,
		isOver: false
	};
}

/** Opens an {@link Orderer}: a thread where there are threads of the Web. */
export function openOrderer(): Orderer {
	return typeof Worker === 'undefined' ? inPlace() : inThread();
}
