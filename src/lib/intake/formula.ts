/**
 * What a spreadsheet takes for the start of a formula, also when an apostrophe stands before it already: the signs that OWASP lists for
 * “CSV injection”, which are `=`, `+`, `-`, `@`, a tab and the two ends of a line, and the wide forms of the first four.
 */
const start = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A text as it may stand in a cell of a spreadsheet: behind an apostrophe where it would be run as a formula. */
export function harmless(text: string): string {
	return start.test(text) ? `'${text}` : text;
}

/** The text that {@link harmless} was given. Files of other programs are guarded in the same way. */
export function unguarded(text: string): string {
	return text.startsWith("'") && start.test(text) ? text.slice(1) : text;
}
