/**
 * Who holds the keys of columns and puts rows in order by them: in the browser a thread of its own, so that the page stays free while a million
 * rows are ordered, and keys may be made before anyone wants them; in Node the same in place.
 */
import type { Codes, Texts } from '../database/row';
import { openExchange } from '../exchange';
import { digitsOf, digitsOfCodes, digitsOfWhole, ordered, type Digit, type Memory } from './order';
import { spelling, type Spelling } from './spelling';

/** What a key is made of, one value for each row of the register. */
export type KeySource =
	/** Numbers, NaN for a row that comes last. */
	| { readonly numbers: Float64Array }
	/** Whole numbers from 1 on, 0 for a row that comes last. */
	| { readonly whole: Codes }
	/** Codes, and the place of each code from 0 on, NaN for one whose rows come last. */
	| { readonly codes: Codes; readonly places: Float64Array }
	/** Codes, and the text of each code from 0 on, null for one whose rows come last. */
	| { readonly codes: Codes; readonly texts: readonly (string | null)[] };

const vietnamese = new Intl.Collator('vi');

/** The place of each text in the Vietnamese alphabet; NaN for none. */
function placesOf(texts: readonly (string | null)[]): Float64Array {
	const places = new Float64Array(texts.length).fill(NaN);
	// What the alphabet holds for the same is told apart by its letters as they are written.
	texts
		.flatMap((text, code) => (text === null ? [] : [{ code, text }]))
		.sort((a, b) => vietnamese.compare(a.text, b.text) || (a.text < b.text ? -1 : 1))
		.forEach(({ code }, place) => (places[code] = place));
	return places;
}

/** A step of an order: the number of a key that is held. */
export interface Step {
	readonly key: number;
	readonly descending: boolean;
}

/** What is asked of who holds keys and orders. They are told apart by numbers that whoever asks gives them. */
export interface Orderer {
	/** Makes a key and holds it; the bytes that it takes. Numbers, whole ones too, are given away, with all that lies in their memory. */
	make(key: number, source: KeySource): Promise<number>;
	/** Takes the next texts of a key that is put in order by its spelling; false where that cannot be (see {@link Spelling}). Texts are given away. */
	read(key: number, texts: Texts): Promise<boolean>;
	/** Makes the key of the texts that were read, and holds it; the bytes that it takes, null where their spelling does not tell their order. */
	spell(key: number): Promise<number | null>;
	/**
	 * Puts rows in order by keys that are held, the first counts most, and holds the order under a number. Rows that are equal in all keys stay in
	 * the order in which they are given.
	 *
	 * @param rows numbers of rows, or how many there are when all are meant, in the order of the register.
	 */
	order(order: number, rows: Int32Array | number, steps: readonly Step[]): Promise<void>;
	/** The numbers of so many rows of an order, from a place on. */
	rowsAt(order: number, offset: number, limit: number): Promise<Int32Array>;
	/** Lets go of a key or of an order. */
	forget(number: number): Promise<void>;
	/** Lets go of everything. */
	end(): void;
	/** Whether it was ended, or ended by itself: then nothing is held. */
	readonly isOver: boolean;
}

/** Rows whose memory is kept for the next orders: 16 MB. */
const mostKept = 1 << 22;
/** Pieces of memory of all rows of a register that are made with its first keys: as many as orders are usually held, and two to work with. */
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
	private readonly orders = new Map<number, { readonly rows: Int32Array; readonly count: number }>();
	private readonly memory = new Recycled();

	private hold(key: number, digits: readonly Digit[]): number {
		this.held.set(key, digits);
		this.memory.reserve(digits[0]?.of.length ?? 0);
		return digits.reduce((sum, { of }) => sum + of.byteLength, 0);
	}

	make(key: number, source: KeySource): number {
		if ('numbers' in source) return this.hold(key, digitsOf(source.numbers));
		if ('whole' in source) return this.hold(key, digitsOfWhole(source.whole));
		const places = 'texts' in source ? placesOf(source.texts) : source.places;
		return this.hold(key, digitsOfCodes(source.codes, places));
	}

	read(key: number, texts: Texts): boolean {
		const known = this.spellings.get(key) ?? spelling();
		this.spellings.set(key, known);
		const isPlain = known.read(texts);
		if (!isPlain) this.spellings.delete(key);
		return isPlain;
	}

	spell(key: number): number | null {
		const digits = (this.spellings.get(key) ?? spelling()).digits();
		this.spellings.delete(key);
		return digits && this.hold(key, digits);
	}

	/** @throws RangeError when a key is not held. */
	order(order: number, rows: Int32Array | number, steps: readonly Step[]): void {
		const keys = steps.map(({ key, descending }) => {
			const digits = this.held.get(key);
			if (!digits) throw new RangeError(`Key ${key} is not held.`);
			return { digits, descending };
		});
		const count = typeof rows === 'number' ? rows : rows.length;
		this.orders.set(order, { rows: ordered(rows, keys, this.memory), count });
	}

	/** @throws RangeError when the order is not held. */
	rowsAt(order: number, offset: number, limit: number): Int32Array {
		const held = this.orders.get(order);
		if (!held) throw new RangeError(`Order ${order} is not held.`);
		return held.rows.slice(offset, Math.min(offset + limit, held.count));
	}

	forget(number: number): void {
		const order = this.orders.get(number);
		if (order) this.memory.give(order.rows);
		for (const map of [this.held, this.spellings, this.orders]) map.delete(number);
	}
}

/** The memory of arrays, which changes hands without a copy. */
const moved = (...arrays: readonly (Float64Array | Codes | Uint8Array)[]) =>
	arrays.map(({ buffer }) => buffer as ArrayBuffer);

/** An {@link Orderer} in a thread of its own. */
function inThread(): Orderer {
	const worker = new Worker(new URL('./ordering.ts', import.meta.url), { type: 'module' });
	const exchange = openExchange(worker, (error) => error);
	const { call, end } = exchange;
	return {
		make: (key, source) =>
			call('make', [key, source], {
				moved: 'numbers' in source ? moved(source.numbers) : 'whole' in source ? moved(source.whole) : []
			}),
		read: (key, texts) => call('read', [key, texts], { moved: moved(texts.bytes, texts.starts) }),
		spell: (key) => call('spell', [key]),
		order: (...args) => call('order', args),
		rowsAt: (...args) => call('rowsAt', args),
		forget: (number) => call('forget', [number]),
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
		make: async (...args) => keys.make(...args),
		read: async (...args) => keys.read(...args),
		spell: async (...args) => keys.spell(...args),
		order: async (...args) => keys.order(...args),
		rowsAt: async (...args) => keys.rowsAt(...args),
		forget: async (...args) => keys.forget(...args),
		end: () => undefined,
		isOver: false
	};
}

/** Opens an {@link Orderer}: a thread where there are threads of the Web. */
export function openOrderer(): Orderer {
	return typeof Worker === 'undefined' ? inPlace() : inThread();
}
