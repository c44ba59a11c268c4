/** The rows that are seen and those around them, read block by block as the reader scrolls. */
import type { NumberedRow, Rowset } from '$lib/model/rowset';

/** Rows that are read at once. */
export const rowsOfBlock = 50;

/** Blocks to either side of the latest one that stay. */
const blocksKept = 20;

/** Rows of a rowset at hand. */
export class Stretch {
	private blocks = $state.raw<ReadonlyMap<number, readonly NumberedRow[]>>(new Map());
	private reading = false;
	/** What is seen now. */
	private seen = { from: 0, to: 0 };

	/** The names of the columns that the rows hold. */
	held = $state.raw<readonly string[]>([]);

	/** @param first the first block, so that what is seen first is there before other rows go. */
	constructor(
		readonly rowset: Rowset,
		held: readonly string[],
		first: readonly NumberedRow[]
	) {
		this.held = held;
		this.blocks = new Map([[0, first]]);
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
	 * Reads the rows from one place to another, unless they are there: one block after the other, always the first that is missing of what is
	 * seen by then, so whoever drags the bar waits for one block at most.
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
				const rows = await this.rowset.rows(held, missing * rowsOfBlock, rowsOfBlock);
				if (held !== this.held) continue;
				const near = [...this.blocks].filter(([block]) => Math.abs(block - missing) < blocksKept);
				this.blocks = new Map([...near, [missing, rows]]);
			}
		} finally {
			this.reading = false;
		}
	}

	/** The first block that is seen and was not read. */
	private missing(): number | undefined {
		const { from, to } = this.seen;
		for (let block = Math.floor(from / rowsOfBlock); block * rowsOfBlock < to; block++)
			if (!this.blocks.has(block)) return block;
		return undefined;
	}
}
