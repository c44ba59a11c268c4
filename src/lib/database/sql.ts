/**
 * SQL as a type of its own. Only the `sql` template and the functions of this file can make an `Sql`, and only an `Sql` reaches
 * the database, so a value can never be read as a command.
 *
 * Questions keep to the common core of SQL; what only DuckDB knows has a named function at the end of this file, so that another
 * engine can be given its own.
 */

declare const brand: unique symbol;

/** A piece of SQL text whose values are escaped and whose names are quoted. */
export interface Sql {
	readonly text: string;
	readonly [brand]: true;
}

/** What the template takes: a value to escape, or a piece of SQL to nest. */
export type SqlValue = string | number | boolean | Date | null | Sql;

function made(text: string): Sql {
	return { text } as Sql;
}

function isSql(value: SqlValue): value is Sql {
	return typeof value === 'object' && value !== null && 'text' in value;
}

/**
 * The literal of a text. A NUL cannot stand in a statement, so it is put back by `replace` from a private-use character that the
 * text does not hold.
 */
function textLiteral(value: string): string {
	const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
	if (!value.includes('\0')) return quoted(value);
	let stand = 0xe000;
	while (value.includes(String.fromCharCode(stand))) stand++;
	const mark = String.fromCharCode(stand);
	return `replace(${quoted(value.replaceAll('\0', mark))}, '${mark}', chr(0))`;
}

function numberLiteral(value: number): string {
	if (Number.isNaN(value)) return "CAST('NaN' AS DOUBLE)";
	if (!Number.isFinite(value)) return `CAST('${value > 0 ? '' : '-'}Infinity' AS DOUBLE)`;
	if (Object.is(value, -0)) return "CAST('-0' AS DOUBLE)";
	return Number.isSafeInteger(value) ? String(value) : value.toExponential();
}

const day = 86_400_000;

function dateLiteral(value: Date): string {
	const time = value.getTime();
	const year = value.getUTCFullYear();
	if (!Number.isFinite(time) || year < 1 || year > 9999) {
		throw new RangeError(`A date in SQL lies between the years 1 and 9999; this one does not: ${String(value)}`);
	}
	const iso = value.toISOString();
	return time % day === 0 ? `DATE '${iso.slice(0, 10)}'` : `TIMESTAMP '${iso.slice(0, 23).replace('T', ' ')}'`;
}

function literal(value: SqlValue): string {
	if (value === null) return 'NULL';
	if (isSql(value)) return value.text;
	switch (typeof value) {
		case 'string':
			return textLiteral(value);
		case 'number':
			return numberLiteral(value);
		case 'boolean':
			return value ? 'TRUE' : 'FALSE';
		default:
			return dateLiteral(value);
	}
}

/** Writes SQL: values are escaped, pieces of SQL nest as they are. A date at midnight UTC is a DATE, any other a TIMESTAMP. */
export function sql(parts: TemplateStringsArray, ...values: readonly SqlValue[]): Sql {
	let text = parts[0] ?? '';
	values.forEach((value, index) => (text += literal(value) + (parts[index + 1] ?? '')));
	return made(text);
}

/** A quoted name: of a table, a column or an alias. A dotted path is given part by part. */
export function id(...path: readonly string[]): Sql {
	return made(path.map((name) => `"${name.replaceAll('"', '""')}"`).join('.'));
}

/** Pieces joined by a separator (a comma unless another is given); nothing joined is the empty piece. */
export function join(pieces: readonly SqlValue[], separator = ', '): Sql {
	return made(pieces.map(literal).join(separator));
}

/** A list for IN; an empty one matches nothing. */
export function list(values: readonly SqlValue[]): Sql {
	return values.length === 0 ? made('(NULL)') : made(`(${values.map(literal).join(', ')})`);
}

/** All conditions together; none means TRUE. */
export function all(conditions: readonly Sql[]): Sql {
	return conditions.length === 0
		? made('TRUE')
		: join(
				conditions.map((condition) => sql`(${condition})`),
				' AND '
			);
}

/** Rows written out as a table: `(VALUES …) AS name(columns)`. At least one row is needed. */
export function table(name: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Sql {
	const body = rows.map((row) => made(`(${row.map(literal).join(', ')})`));
	return sql`(VALUES ${join(body)}) AS ${id(name)}(${join(columns.map((column) => id(column)))})`;
}

/** A text that is not one expression, and why. */
export class ExpressionError extends Error {
	override readonly name = 'ExpressionError';
}

/**
 * An expression from a published file (`indicators.csv`), taken as one scalar expression: no semicolon, no comment, quotes and
 * brackets closed. It is still run by the engine at build, where a wrong one stops it.
 *
 * @throws ExpressionError that names what is wrong with the text.
 */
export function expression(text: string): Sql {
	let depth = 0;
	let rest = text;
	while (rest !== '') {
		const quoted = /^'(?:[^']|'')*'|^"(?:[^"]|"")*"/.exec(rest);
		if (quoted) {
			rest = rest.slice(quoted[0].length);
			continue;
		}
		const first = rest[0];
		if (first === "'" || first === '"') throw new ExpressionError(`a quotation mark ${first} is not closed`);
		if (first === ';') throw new ExpressionError('a semicolon ends a statement; only one expression is allowed');
		if (rest.startsWith('--') || rest.startsWith('/*')) throw new ExpressionError('comments are not allowed');
		if (first === '(') depth++;
		if (first === ')' && --depth < 0) throw new ExpressionError('a closing bracket has no opening one');
		rest = rest.slice(1);
	}
	if (depth > 0) throw new ExpressionError('an opening bracket is not closed');
	if (text.trim() === '') throw new ExpressionError('the expression is empty');
	return made(`(${text.trim()})`);
}

/** The number of months since the year 0 of a date: December 2025 is 24311 and January 2026 is 24312. */
export function monthNumber(date: Sql): Sql {
	return sql`(CAST(EXTRACT(YEAR FROM ${date}) AS INTEGER) * 12 + CAST(EXTRACT(MONTH FROM ${date}) AS INTEGER) - 1)`;
}

/** A whole or decimal number as a double, so that counts and sums come back as plain numbers. */
export function double(value: Sql): Sql {
	return sql`CAST(${value} AS DOUBLE)`;
}

/** One call of an aggregate function within an expression. */
export interface AggregateCall {
	/** The function's name in lower case. */
	readonly name: string;
	/** `count(DISTINCT …)` and the like: such a call cannot be put together from the calls over parts of the rows. */
	readonly distinct: boolean;
	/** The whole call, with its `FILTER` when it has one. */
	readonly text: Sql;
}

/** An expression taken apart: its aggregate calls in their order, and the expression with other pieces in their places. */
export interface Aggregation {
	readonly calls: readonly AggregateCall[];
	readonly whole: (pieces: readonly Sql[]) => Sql;
}

const aggregateNames = new Set(
	(
		'any_value approx_count_distinct approx_quantile arg_max arg_min avg bool_and bool_or count count_if first fsum geomean ' +
		'kurtosis last mad max mean median min mode product quantile quantile_cont quantile_disc skewness stddev stddev_pop ' +
		'stddev_samp string_agg sum var_pop var_samp variance'
	).split(' ')
);

/** Words that may stand outside aggregate calls; any other may hide an aggregate, so the expression is not taken apart. */
const outerWords = new Set(
	(
		'abs and as between bigint case cast ceil coalesce decimal distinct double else end exp false float floor from greatest if in integer ' +
		'is least ln log not null nullif or power real round sqrt then true try_cast when'
	).split(' ')
);

/** Texts and quoted names, words, numbers, spaces, and single signs. */
const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_]*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\s+|./gsu;

/**
 * Takes an aggregate expression apart. With a condition, only rows that meet it count in each call: `count(*)` becomes
 * `count(*) FILTER (WHERE condition)`, and a call that has a filter keeps it beside the condition.
 *
 * Null when the expression holds no aggregate call, or anything beside its calls that is not plainly a scalar (an unknown function, a bare
 * column, a subquery, a window): then it must be asked as it stands, with the condition in WHERE.
 */
export function aggregation(expression: Sql | string, condition: Sql | null = null): Aggregation | null {
	const text = typeof expression === 'string' ? expression : expression.text;
	if (/\$|(?<!\w)[eE]'/.test(text)) return null;
	const tokens = text.match(token) ?? [];
	/** The first token from `start` that is not a space. */
	const next = (start: number) => {
		let index = start;
		while (/^\s/.test(tokens[index] ?? '')) index++;
		return index;
	};
	/** The token after the bracket that closes the one at `open`. */
	const after = (open: number) => {
		let index = open;
		let depth = 0;
		do {
			if (tokens[index] === '(') depth++;
			if (tokens[index] === ')') depth--;
			index++;
		} while (depth > 0 && index < tokens.length);
		return index;
	};
	const calls: AggregateCall[] = [];
	const between: string[] = [''];
	for (let index = 0; index < tokens.length;) {
		const word = (tokens[index] ?? '').toLowerCase();
		const open = next(index + 1);
		if (aggregateNames.has(word) && tokens[open] === '(') {
			const end = after(open);
			const distinct = tokens[next(open + 1)]?.toLowerCase() === 'distinct';
			const filter = next(end);
			const opening = next(filter + 1);
			let call = tokens.slice(index, end).join('');
			const conditions = condition ? [condition] : [];
			index = end;
			if (tokens[filter]?.toLowerCase() === 'filter' && tokens[opening] === '(') {
				const where = next(opening + 1);
				index = after(opening);
				if (tokens[where]?.toLowerCase() !== 'where') return null;
				conditions.unshift(
					made(
						tokens
							.slice(where + 1, index - 1)
							.join('')
							.trim()
					)
				);
			}
			if (conditions.length > 0) call += ` FILTER (WHERE ${all(conditions).text})`;
			calls.push({ name: word, distinct, text: made(call) });
			between.push('');
			continue;
		}
		if (!/^(?:'.*'|[\d\s().,:+\-*/%<>=!|].*)$/s.test(word) && !outerWords.has(word)) return null;
		between[between.length - 1] += tokens[index] ?? '';
		index++;
	}
	if (calls.length === 0) return null;
	return {
		calls,
		whole: (pieces) =>
			made(between.map((outside, index) => (index === 0 ? '' : (pieces[index - 1]?.text ?? '')) + outside).join(''))
	};
}
