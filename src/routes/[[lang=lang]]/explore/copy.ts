/** Cells of the table of rows on their way to the clipboard. */
import type { Locale } from '$lib/format';
import type { NumberedRow } from '$lib/model/rowset';
import type { Column } from '$lib/model/table';
import { said } from '$lib/components/word';
import { sheetValue, valueOf, type Names } from './cell';
import { tableMarkup, tabbed } from './clipboard';
import type { Stretch } from './stretch.svelte';

/** The cells of some rows that are copied. */
export interface Copied {
	readonly stretch: Stretch;
	/** The place of the first row, and how many there are. */
	readonly from: number;
	readonly count: number;
	readonly columns: readonly Column[];
}

/** Rows that one copy may hold. */
export const mostCopied = 20_000;

/** What becomes of a copy; one whose rows must be read first is `awaited`. */
export type CopyState = 'copied' | 'awaited' | 'again' | 'failed';

/** Copies cells as a spreadsheet expects them. What was read for a copy stays until another one is wanted. */
export class Copier {
	private ready: {
		readonly stretch: Stretch;
		readonly key: string;
		readonly text: string;
		readonly markup: string;
	} | null = null;

	constructor(
		private readonly names: () => Names,
		private readonly locale: () => Locale
	) {}

	/**
	 * Gives the clipboard the cells, or reads them first; where the clipboard may not be written by then, the reader copies once more.
	 *
	 * @param tell hears what became of it, and again when rows that were awaited have come.
	 */
	copy(copied: Copied, clipboard: DataTransfer, tell: (state: CopyState) => void): void {
		const { stretch, from, count, columns } = copied;
		const key = keyOf(copied);
		const isReady = () => this.ready?.stretch === stretch && this.ready.key === key;
		if (!isReady()) {
			const rows = Array.from({ length: count }, (_, index) => stretch.at(from + index));
			const present = rows.filter((row) => row !== undefined);
			if (present.length === count) this.write(copied, present, stretch.held, count > 1);
		}
		if (this.ready && isReady()) {
			clipboard.setData('text/plain', this.ready.text);
			clipboard.setData('text/html', this.ready.markup);
			return tell('copied');
		}
		tell('awaited');
		const read = columns.map(({ name }) => name);
		void stretch.rowset
			.rows(read, from, count)
			.then(async (rows) => {
				const { text, markup } = this.write(copied, rows, read, true);
				return navigator.clipboard
					.write([
						new ClipboardItem({
							'text/plain': new Blob([text], { type: 'text/plain' }),
							'text/html': new Blob([markup], { type: 'text/html' })
						})
					])
					.then(
						() => tell('copied'),
						() => tell('again')
					);
			})
			.catch(() => tell('failed'));
	}

	private write(copied: Copied, rows: readonly NumberedRow[], read: readonly string[], isHeaded: boolean) {
		const { stretch, columns } = copied;
		const [names, locale] = [this.names(), this.locale()];
		const cells = rows.map((row) =>
			columns.map((column) => sheetValue(column, valueOf(row.cells[read.indexOf(column.name)]), names, locale))
		);
		const table = isHeaded ? [columns.map((column) => said(column.label)), ...cells] : cells;
		return (this.ready = {
			stretch,
			key: keyOf(copied),
			text: tabbed(table, locale),
			markup: tableMarkup(table, locale)
		});
	}
}

function keyOf({ from, count, columns }: Copied): string {
	return JSON.stringify([from, count, columns.map(({ name }) => name)]);
}
