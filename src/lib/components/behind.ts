/** The tables of rows that numbers open. */

/** Opens the table of rows that stands under an id, for a number on the same page that is made of them. */
export function openBehind(id: string): void {
	const table = document.getElementById(id);
	if (table instanceof HTMLDetailsElement) table.open = true;
}
