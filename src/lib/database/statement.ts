/**
 * The reader's own SQL, a type of its own that never mixes with `Sql`: only `statement()` makes it, only `Database.ask` takes it.
 *
 * What may be asked is looked at twice. Here one statement is let through that begins as a question, or makes a temporary table or view, and
 * that calls no function which changes the engine. The engine then runs it with its files, network and settings locked, in a
 * transaction that reads only; whatever slips through here is refused there.
 */
import type { QueryError } from './database';

/**
 * Why a statement has no answer.
 *
 * - `empty`, `several`, `unclosed`: it is not one whole statement.
 * - `outside`: it reaches for a file, a network or another database. `change`: it would change the tables. `setting`: it would change the
 *   engine. `unknown`: it begins with a word that begins no question. `taken`: the name of its temporary table is not free.
 * - `absent`: it needs a part of DuckDB that would have to be downloaded.
 * - `memory`: there was not enough; the engine was started again. `broken`: the engine ended for another reason and was started again.
 * - `wrong`: the engine does not understand it, or could not compute it; the message is the engine's own.
 */
export type Reason =
	| 'empty'
	| 'several'
	| 'unclosed'
	| 'outside'
	| 'change'
	| 'setting'
	| 'unknown'
	| 'taken'
	| 'absent'
	| 'memory'
	| 'broken'
	| 'wrong';

/** A statement that has no answer, and why. */
export class StatementError extends Error {
	override readonly name = 'StatementError';
	constructor(
		readonly reason: Reason,
		message: string,
		/** The word or function that is refused, as it is written in SQL; empty where no single one is. */
		readonly word = '',
		/** Where in the reader's text, counted from 1; null where nobody knows. */
		readonly place: { readonly line: number; readonly column: number } | null = null
	) {
		super(message);
	}
}

declare const brand: unique symbol;

/** One statement of the reader's own that may be sent to the engine. */
export interface Statement {
	readonly text: string;
	/** `rows`: its answer is kept as a table. `plan`: its answer is only shown. `make`: it makes a temporary table or view. */
	readonly kind: 'rows' | 'plan' | 'make';
	/** Whether it must stand in brackets to be a part of another statement. */
	readonly enclosed: boolean;
	/** The name of what it makes; null when it makes nothing. */
	readonly makes: string | null;
	readonly [brand]: true;
}

interface Token {
	readonly text: string;
	/** In lower case, and without quotation marks where it is a quoted name. */
	readonly word: string;
	readonly kind: 'word' | 'text' | 'sign';
	readonly at: number;
}

/** Comments, spaces, texts, quoted names, words and single signs; what is not closed ends with the text. */
const scan =
	/(?<space>\s+|--[^\n\r]*)|(?<block>\/\*)|(?<text>[eE]'(?:[^'\\]|\\[^]|'')*'?|'(?:[^']|'')*'?|\$(?<tag>(?:[\p{L}_][\p{L}\p{N}_]*)?)\$[^]*?(?:\$\k<tag>\$|$))|(?<quoted>"(?:[^"]|"")*"?)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<sign>[^])/gu;

function tokens(text: string): Token[] {
	const found: Token[] = [];
	scan.lastIndex = 0;
	for (let match = scan.exec(text); match; match = scan.exec(text)) {
		const { index: at } = match;
		const { space, block, text: literal, quoted, word } = match.groups ?? {};
		if (space !== undefined) continue;
		const open = () =>
			new StatementError('unclosed', `Not closed: ${match?.[0].slice(0, 20)}`, match?.[0][0], placeOf(text, at));
		if (block !== undefined) {
			// Comments nest.
			let depth = 1;
			let end = at + 2;
			for (; depth > 0 && end < text.length; end++) {
				if (text.startsWith('/*', end)) [depth, end] = [depth + 1, end + 1];
				else if (text.startsWith('*/', end)) [depth, end] = [depth - 1, end + 1];
			}
			if (depth > 0) throw open();
			scan.lastIndex = end;
			continue;
		}
		const whole = match[0];
		if (literal !== undefined) {
			const mark = /^\$[^$]*\$/.exec(whole)?.[0] ?? "'";
			const body = /^[eE]/.test(whole) && mark === "'" ? whole.slice(1) : whole;
			if (body.length < 2 * mark.length || !body.endsWith(mark)) throw open();
			found.push({ text: whole, word: '', kind: 'text', at });
		} else if (quoted !== undefined) {
			if (whole.length < 2 || !whole.endsWith('"')) throw open();
			found.push({ text: whole, word: whole.slice(1, -1).replaceAll('""', '"').toLowerCase(), kind: 'word', at });
		} else {
			found.push({ text: whole, word: whole.toLowerCase(), kind: word === undefined ? 'sign' : 'word', at });
		}
	}
	return found;
}

/** Line and column of a place in a text, counted from 1. */
export function placeOf(text: string, at: number): { line: number; column: number } {
	const before = text.slice(0, at).split('\n');
	return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const questions = words('select with from values table pivot unpivot (');
const enclosed = words('describe desc show summarize');
const outside = words('attach detach copy install load export import force');
const changes = words('drop update delete insert alter truncate merge create comment vacuum analyze checkpoint');
const engineSettings = words(
	'set reset pragma use call begin start commit rollback abort end prepare execute deallocate'
);

/** Functions that act on the engine, or run a text that nobody has looked at. */
const acting = words(
	'enable_logging disable_logging set_log_level truncate_duckdb_logs write_log checkpoint force_checkpoint enable_profiling disable_profiling ' +
		'enable_profile disable_profile query query_table pragma_query force_installed_extensions set_config parse_duckdb_log_message'
);

/** Functions that read files; the engine refuses them too. */
const readers =
	/^(read_\w+|sniff_csv|glob|parquet_\w+|arrow_scan\w*|scan_arrow_\w+|pandas_scan|python_\w+|st_read\w*|iceberg_\w+|delta_scan|sqlite_\w+|postgres_\w+|mysql_\w+)$/;

/** Whether a function is refused by its name. */
export function isRefused(name: string): boolean {
	return acting.has(name.toLowerCase()) || readers.test(name.toLowerCase());
}

/**
 * Takes the reader's text as one statement.
 *
 * @throws StatementError that says why it is not let through.
 */
export function statement(text: string): Statement {
	const all = tokens(text);
	while (all.at(-1)?.text === ';') all.pop();
	const [first, ...rest] = all;
	if (!first) throw new StatementError('empty', 'There is nothing to run.');
	const refuse = (reason: Reason, token: Token, message: string) =>
		new StatementError(reason, message, token.text, placeOf(text, token.at));
	const semicolon = all.find((token) => token.text === ';');
	if (semicolon) throw refuse('several', semicolon, 'Only one statement runs at a time.');
	const last = all.at(-1) ?? first;
	const body = text.slice(0, last.at + last.text.length).slice(first.at);
	// Lines of the engine's errors are those of the reader's text.
	const padded = '\n'.repeat(placeOf(text, first.at).line - 1) + ' '.repeat(placeOf(text, first.at).column - 1) + body;
	all.forEach((token, index) => {
		if (/^u&["']/i.test(text.slice(token.at, token.at + 3)))
			throw refuse('unknown', token, 'Unicode escapes are not read.');
		if (token.kind !== 'word' || all[index + 1]?.text !== '(') return;
		if (acting.has(token.word)) throw refuse('setting', token, `${token.text}() acts on the engine.`);
		if (readers.test(token.word)) throw refuse('outside', token, `${token.text}() reads files.`);
	});
	const open: Token[] = [];
	for (const token of all) {
		if (token.text === '(') open.push(token);
		if (token.text === ')' && !open.pop()) throw refuse('unclosed', token, 'This bracket closes nothing.');
	}
	const unclosed = open.at(-1);
	if (unclosed) throw refuse('unclosed', unclosed, 'This bracket is not closed.');
	const make = (kind: Statement['kind'], isEnclosed = false, makes: string | null = null) =>
		({ text: padded, kind, enclosed: isEnclosed, makes }) as Statement;
	const { word } = first;
	const isQuoted = first.text.startsWith('"');
	if (isQuoted) throw refuse('unknown', first, `${first.text} begins no question.`);
	if (questions.has(word)) return make('rows');
	if (enclosed.has(word)) return make('rows', true);
	if (word === 'explain') {
		let next = 0;
		if (rest[next]?.word === 'analyze') next++;
		const start = rest[next];
		if (start && questions.has(start.word)) return make('plan');
		throw refuse('change', start ?? first, 'EXPLAIN takes a question.');
	}
	if (word === 'create') {
		let next = 0;
		if (rest[0]?.word === 'or' && rest[1]?.word === 'replace') next = 2;
		const [kind, what] = [rest[next], rest[next + 1]];
		const isTemporary = kind?.word === 'temp' || kind?.word === 'temporary';
		if (!isTemporary || (what?.word !== 'table' && what?.word !== 'view')) {
			throw refuse('change', first, 'Only temporary tables and views can be made.');
		}
		next += 2;
		if (rest[next]?.word === 'if') next += 3;
		if (rest[next]?.word === 'temp' && rest[next + 1]?.text === '.') next += 2;
		const name = rest[next];
		if (name?.kind !== 'word' || rest[next + 1]?.text === '.') {
			throw refuse('change', name ?? first, 'A temporary table or view has one plain name.');
		}
		if (name.word === answerName || name.word === keptName || name.word === filteredName) {
			throw refuse('taken', name, `${name.text} is a name of this page.`);
		}
		return make('make', false, name.word);
	}
	if (outside.has(word) || (word === 'update' && rest[0]?.word === 'extensions')) {
		throw refuse('outside', first, `${first.text.toUpperCase()} reaches outside of this page.`);
	}
	if (changes.has(word)) throw refuse('change', first, `${first.text.toUpperCase()} would change the tables.`);
	if (engineSettings.has(word)) throw refuse('setting', first, `${first.text.toUpperCase()} acts on the engine.`);
	throw refuse('unknown', first, `${first.text} begins no question.`);
}

/** The latest answer as pages read it, the table that it is kept in, and the rows that the filters leave: names in the reader's connection. */
export const answerName = 'answer';
export const keptName = 'answer kept';
export const filteredName = 'filtered';

/** What the engine said of a statement, as a reason. `lines` is how many lines were put before the reader's text. */
export function reasonOf(error: QueryError, lines: number): StatementError {
	const said = error.message.replace(/\n\s*LINE \d+:[^]*$/, '').trim();
	const place = placeIn(error);
	const where = place && place.line > lines ? { line: place.line - lines, column: place.column } : null;
	const reason = (): Reason => {
		if (
			/^Out of Memory|failed to allocate|could not allocate|bad_alloc|out of bounds|allocation failed|signature mismatch|unreachable/i.test(
				said
			)
		)
			return 'memory';
		if (/extension|autoload/i.test(said) && /Catalog Error/.test(said)) return 'absent';
		if (/^Permission Error/.test(said)) return 'outside';
		if (/read-only mode/.test(said)) return 'change';
		if (/configuration has been locked/.test(said)) return 'setting';
		return isSound(said) ? 'wrong' : 'broken';
	};
	const found = reason();
	const name = found === 'absent' ? (/name "?([\w.]+)"?/.exec(said)?.[1] ?? '') : '';
	return new StatementError(found, said, name, where);
}

/** Where in its query an error lies: at the position that it names, else where its caret stands. */
function placeIn({ query, position, message }: QueryError): { line: number; column: number } | null {
	if (position !== null)
		return placeOf(query, new TextDecoder().decode(new TextEncoder().encode(query).subarray(0, position)).length);
	const caret = /LINE (\d+): (.*)\n( *)\^/.exec(message);
	if (!caret) return null;
	const [, line = '', shown = '', spaces = ''] = caret;
	// A long line is cut at its start: its column is not known.
	const column = shown.startsWith('...') ? 1 : spaces.length - `LINE ${line}: `.length + 1;
	return { line: Number(line), column: Math.max(1, column) };
}

/** Whether an engine that said so goes on as before. */
function isSound(message: string): boolean {
	return /^(Parser|Syntax|Binder|Catalog|Conversion|Permission|TransactionContext|Invalid Input|Invalid Type|Mismatch Type|Out of Range|Not implemented|Constraint|Dependency|Sequence|Interrupt|Parameter Not Resolved|Parameter Not Allowed) Error/.test(
		message
	);
}
