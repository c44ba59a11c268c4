/** The rows that are seen and those around them, read as the reader scrolls. */
import type { NumberedRow, Rowset } from '$lib/model/rowset';

/** Rows that are kept or forgotten together. The engine reads thousands to find one, so no more are asked for than are drawn. */
const rowsOfBlock = 10;

/** Rows that a table as high as it can be draws at first. */
export const rowsAtFirst = 3 * rowsOfBlock;

/** Blocks that are read at once at most. */
const blocksAtOnce = 5;

/** Blocks to either side of the latest ones that stay. */
const blocksKept = 100;

/** Rows that were read together, by their blocks: so many of them from the first one on. */
function blocksOf(rows: readonly NumberedRow[], first: number, count: number): [number, readonly NumberedRow[]][] {
	return Array.from({ length: count }, (_, at) => [first + at, rows.slice(at * rowsOfBlock, (at + 1) * rowsOfBlock)]);
}

/** Rows of a rowset at hand. */
export class Stretch {
	private blocks = $state.raw<ReadonlyMap<number, readonly NumberedRow[]>>(new Map());
	private reading = false;
	/** What is seen now. */
	private seen = { from: 0, to: 0 };

	/** The names of the columns that the rows hold. */
	held = $state.raw<readonly string[]>([]);

	/** @param first the first {@link rowsAtFirst} rows, so that what is seen first is there before other rows go. */
	constructor(
		readonly rowset: Rowset,
		held: readonly string[],
		first: readonly NumberedRow[]
	) {
		this.held = held;
		this.blocks = new Map(blocksOf(first, 0, Math.ceil(first.length / rowsOfBlock)));
	}

	get count(): number {
		return this.rowset.count;
	}

	/** The row at a place; undefined until it was read. */
	at(place: number): NumberedRow | undefined {
		return this.blocks.get(Math.floor(place / rowsOfBlock))?.[place % rowsOfBlock];
	}

	/** Makes the rows hold these columns: where they do not, all are forgotten and will be read anew. */
	hold(columns: readonly string[]): void {
		if (columns.every((name) => this.held.includes(name))) return;
		this.held = [...columns];
		this.blocks = new Map();
	}

	/**
	 * Reads the rows from one place to another, unless they are there: a few blocks at once, always the first that are missing of what is seen
	 * by then, so whoever drags the bar waits for one question at most.
	 *
	 * @throws what the engine says.
	 */
	async see(from: number, to: number): Promise<void> {
		this.seen = { from, to };
		if (this.reading) return;
		this.reading = true;
		try {
			for (;;) {
				const missing = this.missing();
				if (missing === undefined) return;
				const { held } = this;
				const { first, count } = missing;
				const rows = await this.rowset.rows(held, first * rowsOfBlock, count * rowsOfBlock);
				if (held !== this.held) continue;
				const near = [...this.blocks].filter(([block]) => Math.abs(block - first) < blocksKept);
				this.blocks = new Map([...near, ...blocksOf(rows, first, count)]);
			}
		} finally {
			this.reading = false;
		}
	}

	/** The first block that is seen and was not read, and how many such follow each other from it on; undefined when all were. */
	private missing(): { readonly first: number; readonly count: number } | undefined {
		const { from, to } = this.seen;
		const isMissing = (block: number) => block * rowsOfBlock < to && !this.blocks.has(block);
		for (let first = Math.floor(from / rowsOfBlock); first * rowsOfBlock < to; first++) {
			if (!isMissing(first)) continue;
			let count = 1;
			while (count < blocksAtOnce && isMissing(first + count)) count++;
			return { first, count };
		}
		return undefined;
	}
}
