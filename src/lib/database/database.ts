/**
 * One narrow door to the engine: SQL in, plain rows out. Two homes open it, a worker in the browser (`browser.ts`) and Node for
 * the build and the tests (`node.ts`); both run the very same engine of the same version through this one implementation.
 */
import { RecordBatchReader, tableFromIPC, type Table as ArrowTable } from 'apache-arrow';
import { id, join, sql, type Sql } from './sql';
import {
	codesOf,
	columnsOf,
	rowsOf,
	textsOf,
	unlisted,
	type Codes,
	type DataColumns,
	type DataRow,
	type Texts
} from './row';
import { answerName, filteredName, keptName, reasonOf, StatementError, type Statement } from './statement';

/** What a question may carry besides its SQL. */
export interface Asking {
	/** Ends the question: one that waits is dropped, one that runs is interrupted. The promise then rejects with the reason. */
	readonly signal?: AbortSignal | undefined;
	/**
	 * Waits until nobody asks or touches anything, gives way to whoever asks, and then begins again: for what is made before it is wanted. A signal
	 * fires when it is wanted at once after all; from then on it is a question like any other.
	 */
	readonly idle?: boolean | AbortSignal | undefined;
	/** Asks in the connection of the reader's own SQL, where `answer` is the latest answer to it. */
	readonly aside?: boolean | undefined;
	/**
	 * Takes whole columns in one piece, which takes half as long for a million rows as to take them two thousand at a time; the engine holds
	 * them twice meanwhile.
	 */
	readonly whole?: boolean | undefined;
}

/** What a statement of the reader's own may carry. */
export interface AskingOwn extends Pick<Asking, 'signal'> {
	/** The rows that the filters leave: they are the view `filtered`. */
	readonly filtered?: Sql | undefined;
	/** How many rows are fetched at most. */
	readonly most: number;
}

/** The answer to a statement of the reader's own. */
export interface Answer {
	/** Its columns, with their types as the engine names them. */
	readonly columns: readonly { readonly name: string; readonly type: string }[];
	/** The first of its rows. */
	readonly rows: readonly DataRow[];
	/** How many rows there are, all of them counted. */
	readonly count: number;
	/** Whether it stays as the table `answer` of the connection aside, until the next one. */
	readonly kept: boolean;
}

/** A table to be loaded: its name, and where its Arrow IPC stream comes from each time the engine starts. */
export interface TableSource {
	readonly name: string;
	readonly bytes: () => Promise<Uint8Array>;
}

/** The engine as the rest of the program sees it. */
export interface Database {
	/** The rows that answer a query, with plain values: number, text, boolean, `Date` and null. */
	query<R extends DataRow = DataRow>(query: Sql, asking?: Asking): Promise<R[]>;
	/**
	 * Runs one statement of the reader's own, where it can reach no file and no network and can change none of the tables that others ask.
	 *
	 * @throws StatementError, and the signal's reason.
	 */
	ask(statement: Statement, asking: AskingOwn): Promise<Answer>;
	/** The rows that answer a query, as the pieces of one Arrow IPC stream, for whoever writes them to a file. */
	copy(query: Sql, take: (piece: Uint8Array) => void, asking?: Asking): Promise<void>;
	/** The columns that answer a query of numbers, for answers of thousands of rows that are computed with and not shown. */
	columns(query: Sql, asking?: Asking): Promise<DataColumns>;
	/** The only column that answers a query, of small whole numbers: one a row, for what is counted over millions of rows in the page. */
	codes(query: Sql, asking?: Asking): Promise<Codes>;
	/** The only column that answers a query, of texts, as bytes: millions of them at once would be slow as strings. */
	texts(query: Sql, asking?: Asking): Promise<Texts>;
	/** Creates (or replaces) a table from a query, and remembers its latest query for `restart`. */
	derive(name: string, query: Sql, asking?: Asking): Promise<void>;
	/** Runs a statement that answers nothing, and remembers it for `restart`. */
	exec(statement: Sql, asking?: Asking): Promise<void>;
	/** Creates (or replaces) a table from an Arrow IPC stream, checks that every row arrived, and remembers its source for `restart`. */
	insert(source: TableSource, asking?: Asking): Promise<void>;
	/** As `insert`, for several tables: small ones are there sooner than one by one. */
	insertAll(sources: readonly TableSource[]): Promise<void>;
	/** Drops a table that was inserted or derived, and forgets where it came from. */
	remove(name: string): Promise<void>;
	/**
	 * The reader does something, even if it asks nothing, or is about to do something for so many milliseconds: idle work that has not begun
	 * waits until it is over, and a while longer.
	 */
	touch(longer?: number): void;
	/** Ends the engine, which gives its memory back, starts another, and restores all that was inserted and executed. */
	restart(): Promise<void>;
	/** Ends the engine for good. */
	close(): Promise<void>;
}

/** An SQL error, with the query that caused it. */
export class QueryError extends Error {
	override readonly name = 'QueryError';
	constructor(
		message: string,
		readonly query: string,
		/** Where in the query, in bytes of UTF-8; null where the engine does not say. */
		readonly position: number | null = null
	) {
		super(message);
	}
}

/** The engine's words for an error; while it prepares a query it says them as JSON. */
function told(error: unknown, query: string): QueryError {
	const message = error instanceof Error ? error.message : String(error);
	try {
		const { exception_type: type, exception_message: said, position } = JSON.parse(message) as Record<string, unknown>;
		if (typeof type === 'string' && typeof said === 'string') {
			return new QueryError(`${type} Error: ${said}`, query, position === undefined ? null : Number(position));
		}
	} catch {
		// Said in plain words.
	}
	return new QueryError(message, query);
}

type Awaitable<T> = T | Promise<T>;

/** The part of DuckDB-WASM's bindings that both of its builds share; in the worker they answer with promises, in Node at once. */
export interface Bindings {
	startPendingQuery(connection: number, text: string, stream?: boolean): Awaitable<Uint8Array | null>;
	pollPendingQuery(connection: number): Awaitable<Uint8Array | null>;
	cancelPendingQuery(connection: number): Awaitable<boolean>;
	fetchQueryResults(connection: number): Awaitable<Uint8Array | null>;
	insertArrowFromIPCStream(connection: number, bytes: Uint8Array, options: { name: string }): Awaitable<void>;
}

/** An engine that was started: its bindings, a connection for the program and one aside for the reader's own SQL, and its end. */
export interface Engine {
	readonly bindings: Bindings;
	readonly connection: number;
	readonly aside: number;
	/** Lets other events happen between two steps of a query (the worker's messages do so by themselves). */
	readonly pause: () => Promise<void>;
	readonly end: () => Awaitable<void>;
}

/** Settings under which counts, sums and dates come back as plain numbers and days. */
export const settings = {
	query: {
		castBigIntToDouble: true,
		castDecimalToDouble: true,
		castTimestampToDate: true,
		queryPollingInterval: 20
	}
} as const;

/** How long an aborted step may go on, in milliseconds, before its engine is ended and another one started. */
const grace = 120;
const stuck = Symbol('stuck');

/** How long nobody must have touched anything before idle work begins, in milliseconds. */
const repose = 250;
/** How long after an answer, which the page then draws. */
const drawing = 100;

/** Idle work that is asked to give way. */
interface Giving {
	way: boolean;
}
const gaveWay = new Error('Gave way to a question.');

/**
 * The first statements of every engine: nothing is ever downloaded, an unknown function is an error at once, no file and no network can be
 * reached, and none of this can be undone. Groups of up to 2²⁰ small numbers stand in an array and not in a hash table; DuckDB's own limit
 * is 2¹² of them.
 */
const firstStatements = [
	sql`SET autoinstall_known_extensions = false`,
	sql`SET autoload_known_extensions = false`,
	sql`SET enable_external_access = false`,
	sql`SET perfect_ht_threshold = 20`,
	sql`SET lock_configuration = true`
];

/** Opens a database on engines that `start` starts: one now, one more at each `restart`. */
export async function openDatabase(start: () => Promise<Engine>): Promise<Database> {
	let engine: Engine | null = null;
	/** The tables of this engine while nothing but inserts has run; null afterwards. */
	let known: Set<string> | null = null;
	const journal: ({ table: TableSource } | { statement: Sql; derived?: string })[] = [];
	let turn: Promise<unknown> = Promise.resolve();
	/** Questions that wait or run, idle work apart; until when idle work rests, in milliseconds of the page; and the idle work that runs. */
	let open = 0;
	let resting = 0;
	let idling: Giving | null = null;

	function current(): Engine {
		if (engine === null) throw new Error('The database is closed.');
		return engine;
	}

	/** A question in its turn; idle work gives way to it. */
	function queued<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
		open++;
		if (idling) idling.way = true;
		return inTurn(work, signal).finally(() => {
			open--;
			resting = Math.max(resting, performance.now() + drawing);
		});
	}

	/** Idle work, begun as often as it must give way, until it is hurried. */
	async function idly<T>(
		work: (giving?: Giving) => Promise<T>,
		signal: AbortSignal | undefined,
		idle: true | AbortSignal
	): Promise<T> {
		const hurry = idle === true ? undefined : idle;
		for (;;) {
			signal?.throwIfAborted();
			if (hurry?.aborted) return queued(work, signal);
			const rest = resting - performance.now();
			if (open > 0 || rest > 0 || idling) {
				await new Promise<void>((resume) => {
					const go = () => {
						clearTimeout(timer);
						hurry?.removeEventListener('abort', go);
						resume();
					};
					const timer = setTimeout(go, Math.max(50, rest));
					hurry?.addEventListener('abort', go);
				});
				continue;
			}
			const giving: Giving = (idling = { way: false });
			// Once it is hurried nobody makes it give way.
			const stay = () => {
				if (idling === giving) idling = null;
			};
			hurry?.addEventListener('abort', stay);
			try {
				return await inTurn(() => work(giving), signal);
			} catch (error) {
				if (error !== gaveWay) throw error;
			} finally {
				hurry?.removeEventListener('abort', stay);
				stay();
			}
		}
	}

	/** One question at a time; a question whose signal fires while it waits leaves the queue at once. */
	function inTurn<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
		const result = turn.then(() => {
			signal?.throwIfAborted();
			return work();
		});
		turn = result.catch(() => undefined);
		if (!signal) return result;
		return new Promise((resolve, reject) => {
			const leave = () => reject(signal.reason as Error);
			if (signal.aborted) leave();
			signal.addEventListener('abort', leave, { once: true });
			result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
		});
	}

	/**
	 * A step of a query. Most steps end within the polling interval; one that does not end within the grace after its signal fired
	 * (some joins never look up) is `stuck`, and only the end of its engine ends it.
	 */
	function step<T>(work: Awaitable<T>, signal: AbortSignal | undefined): Awaitable<T | typeof stuck> {
		if (!signal || !(work instanceof Promise)) return work;
		return new Promise((resolve, reject) => {
			let timer: ReturnType<typeof setTimeout> | undefined;
			const watch = () => (timer = setTimeout(() => resolve(stuck), grace));
			if (signal.aborted) watch();
			else signal.addEventListener('abort', watch, { once: true });
			work.then(resolve, reject).finally(() => {
				clearTimeout(timer);
				signal.removeEventListener('abort', watch);
			});
		});
	}

	async function run(text: string, { signal, aside = false }: Asking = {}, giving?: Giving): Promise<ArrowTable> {
		const pieces: Uint8Array[] = [];
		await fetchPieces(text, (piece) => pieces.push(piece), false, { signal, aside }, giving);
		return tableFromIPC(pieces);
	}

	/** Runs a text and hands on the pieces of its answer: all at the end, or as they come (`stream`). */
	async function fetchPieces(
		text: string,
		take: (piece: Uint8Array) => void,
		stream: boolean,
		{ signal, aside = false }: Asking,
		giving?: Giving
	): Promise<void> {
		const { bindings, pause, end, ...connections } = current();
		const connection = aside ? connections.aside : connections.connection;
		try {
			let header = await step(bindings.startPendingQuery(connection, text, stream), signal);
			while (header === null || header === stuck) {
				if (header === stuck) {
					await end();
					await begin();
					signal?.throwIfAborted();
				}
				await pause();
				if (signal?.aborted) {
					await bindings.cancelPendingQuery(connection);
					signal.throwIfAborted();
				}
				if (giving?.way) {
					await bindings.cancelPendingQuery(connection);
					throw gaveWay;
				}
				header = await step(bindings.pollPendingQuery(connection), signal);
			}
			take(header);
			// Two at once: the second is the empty end of most answers, and the worker is a message away. After the end there is only end.
			for (let ended = false; !ended;) {
				const fetch = () => bindings.fetchQueryResults(connection);
				for (const chunk of await Promise.all([fetch(), fetch()])) {
					if (chunk === null || chunk.length === 0) ended = true;
					else take(chunk);
				}
				signal?.throwIfAborted();
			}
		} catch (error) {
			signal?.throwIfAborted();
			throw error === gaveWay ? gaveWay : told(error, text);
		}
	}

	/** Loads tables; of those that are new the messages to the engine are under way together. */
	async function load(sources: readonly TableSource[], signal?: AbortSignal): Promise<void> {
		const isNew = ({ name }: TableSource) => known !== null && !known.has(name);
		const [replaced, added] = [sources.filter((source) => !isNew(source)), sources.filter(isNew)];
		for (const { name } of added) known?.add(name);
		await arrive(
			added,
			added.map(({ name }) => name),
			signal
		);
		for (const source of replaced) {
			const { name } = source;
			const staging = `${name} being loaded`;
			await run(sql`DROP TABLE IF EXISTS ${id(staging)}`.text);
			// It takes its place only when all of it has arrived.
			await arrive([source], [staging], signal);
			await run(sql`DROP TABLE IF EXISTS ${id(name)}`.text);
			await run(sql`ALTER TABLE ${id(staging)} RENAME TO ${id(name)}`.text);
		}
	}

	/** Creates tables under these names, and makes sure that all rows are in them. */
	async function arrive(
		sources: readonly TableSource[],
		names: readonly string[],
		signal: AbortSignal | undefined
	): Promise<void> {
		const { bindings, connection } = current();
		const sent = await Promise.allSettled(
			sources.map(async ({ bytes }, place) => {
				const stream = await bytes();
				signal?.throwIfAborted();
				let rows = 0;
				for (const batch of RecordBatchReader.from(stream)) rows += batch.numRows;
				// The worker takes the buffer away with it, so it gets a copy of its own.
				await bindings.insertArrowFromIPCStream(connection, stream.slice(), { name: names[place] ?? '' });
				return rows;
			})
		);
		// One that fails does not leave the others on their way behind the next question.
		const expected = sent.map((one) => {
			if (one.status === 'rejected') throw one.reason;
			return one.value;
		});
		if (names.length === 0) return;
		const counts = names.map((name, place) => sql`SELECT ${place} AS place, count(*) AS "rows" FROM ${id(name)}`);
		const arrived = rowsOf<{ place: number; rows: number }>(await run(join(counts, ' UNION ALL ').text));
		for (const { place, rows } of arrived) {
			if (rows === expected[place]) continue;
			for (const name of names) await run(sql`DROP TABLE IF EXISTS ${id(name)}`.text);
			throw new Error(
				`Table ${sources[place]?.name ?? ''}: ${String(expected[place])} rows were sent to the engine, ${rows} arrived.`
			);
		}
	}

	/** Runs a statement of which it is not known what it does to the tables. */
	async function execute(statement: Sql, signal?: AbortSignal, giving?: Giving): Promise<void> {
		known = null;
		await run(statement.text, { signal }, giving);
	}

	async function begin(): Promise<void> {
		engine = await start();
		known = new Set();
		for (const statement of firstStatements) await run(statement.text);
		for (const entry of journal) {
			if ('table' in entry) await load([entry.table]);
			else await execute(entry.statement);
		}
	}

	/** The columns of the table that keeps an answer, each as a plain value: what has none is written as text. */
	async function plainColumns(signal: AbortSignal | undefined): Promise<{ columns: Answer['columns']; plain: Sql }> {
		const described = await run(sql`DESCRIBE ${id(keptName)}`.text, { signal, aside: true });
		const columns = rowsOf<{ column_name: string; column_type: string }>(described).map((row) => ({
			name: row.column_name,
			type: row.column_type
		}));
		const wide = columns.filter(({ type }) => /^(U?BIGINT|U?HUGEINT|DECIMAL)/.test(type));
		// A number that a double cannot hold exactly is shown by its digits.
		const beyond = wide.map(({ name, type }, index) => {
			const scale = Number(/^DECIMAL\(\d+,(\d+)\)/.exec(type)?.[1] ?? 0);
			const whole = 10 ** Math.max(0, 15 - scale);
			const most = scale === 0 ? Number.MAX_SAFE_INTEGER : whole;
			return sql`coalesce(bool_or(${id(name)} NOT BETWEEN ${-most} AND ${most}), FALSE) AS ${id(String(index))}`;
		});
		const [found] =
			wide.length === 0
				? []
				: rowsOf<Record<string, boolean>>(
						await run(sql`SELECT ${join(beyond)} FROM ${id(keptName)}`.text, { signal, aside: true })
					);
		const inexact = new Set(wide.filter((_, index) => found?.[String(index)] === true).map(({ name }) => name));
		const plain = columns.map(({ name, type }) => {
			if (/^TIMESTAMP(_S|_MS|_NS)?$/.test(type)) return sql`CAST(${id(name)} AS TIMESTAMP) AS ${id(name)}`;
			const isPlain =
				/^(VARCHAR|BOOLEAN|DATE|DOUBLE|FLOAT|(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?)|DECIMAL\(\d+,\d+\))$/.test(type);
			return isPlain && !inexact.has(name) ? id(name) : sql`CAST(${id(name)} AS VARCHAR) AS ${id(name)}`;
		});
		return { columns, plain: join(plain) };
	}

	async function answer(statement: Statement, { signal, filtered, most }: AskingOwn): Promise<Answer> {
		const aside = (text: string) => run(text, { signal, aside: true });
		const { kind, text, enclosed, makes } = statement;
		if (filtered) await aside(sql`CREATE OR REPLACE TEMP VIEW ${id(filteredName)} AS ${filtered}`.text);
		if (makes !== null) {
			const known = sql`SELECT 1 AS found FROM duckdb_tables() WHERE lower(table_name) = ${makes} AND NOT temporary`;
			if ((await aside(known.text)).numRows > 0)
				throw new StatementError('taken', `${makes} is a table already.`, makes);
		}
		await aside('BEGIN TRANSACTION READ ONLY');
		if (kind !== 'rows') {
			const rows = rowsOf(await aside(text));
			await aside('COMMIT');
			if (kind === 'make') return { columns: [], rows: [], count: 0, kept: false };
			const columns = Object.keys(rows[0] ?? {}).map((name) => ({ name, type: 'VARCHAR' }));
			return { columns, rows, count: rows.length, kept: false };
		}
		const kept = id(keptName).text;
		await aside(`CREATE OR REPLACE TEMP TABLE ${kept} AS\n${enclosed ? `FROM (\n${text}\n)` : text}`);
		const { columns, plain } = await plainColumns(signal);
		await aside(sql`CREATE OR REPLACE TEMP VIEW ${id(answerName)} AS SELECT ${plain} FROM ${id(keptName)}`.text);
		await aside('COMMIT');
		const counted = rowsOf<{ count: number }>(await aside(`SELECT count(*) AS count FROM ${kept}`));
		const rows = rowsOf(await aside(sql`SELECT * FROM ${id(answerName)} LIMIT ${most}`.text));
		return { columns, rows, count: counted[0]?.count ?? 0, kept: true };
	}

	async function asked(statement: Statement, asking: AskingOwn): Promise<Answer> {
		const engineBefore = engine;
		try {
			return await answer(statement, asking);
		} catch (error) {
			const why =
				error instanceof QueryError
					? reasonOf(error, statement.kind !== 'rows' ? 0 : statement.enclosed ? 2 : 1)
					: error;
			if (why instanceof StatementError && (why.reason === 'memory' || why.reason === 'broken')) {
				await current().end();
				await begin();
			} else if (engine === engineBefore) {
				// Without a transaction there is nothing to roll back, and that is well.
				await run('ROLLBACK', { aside: true }).catch(() => undefined);
			}
			throw why;
		}
	}

	function remember(table: TableSource): void {
		const place = journal.findIndex((entry) => 'table' in entry && entry.table.name === table.name);
		// A replaced table keeps its place, before the statements that read it.
		if (place < 0) journal.push({ table });
		else journal[place] = { table };
	}

	/** Asks for a whole column, in its turn or when nobody asks anything. */
	function column<T>(
		read: (answer: ArrowTable) => T,
		each = sql`COLUMNS('(.*)')`
	): (query: Sql, asking?: Asking) => Promise<T> {
		return (query, { signal, idle, whole } = {}) => {
			const work = async (giving?: Giving) => {
				if (whole !== true) return read(await run(query.text, { signal }, giving));
				const lists = sql`SELECT list(${each}) AS '\\1' FROM (${query})`;
				return read(unlisted(await run(lists.text, { signal }, giving)));
			};
			return idle ? idly(work, signal, idle) : queued(work, signal);
		};
	}

	await begin();

	return {
		ask: (statement, asking) => queued(() => asked(statement, asking), asking.signal),
		copy: (query, take, { signal, aside } = {}) =>
			queued(() => fetchPieces(query.text, take, true, { signal, aside }), signal),
		query: <R extends DataRow>(query: Sql, { signal, aside, idle }: Asking = {}) => {
			const work = async (giving?: Giving) => rowsOf<R>(await run(query.text, { signal, aside }, giving));
			return idle ? idly(work, signal, idle) : queued(work, signal);
		},
		// In a list the engine leaves large whole numbers as they are, and calls them doubles.
		columns: column(columnsOf, sql`CAST(COLUMNS('(.*)') AS DOUBLE)`),
		codes: column(codesOf),
		texts: column(textsOf),
		derive: (name, query, { signal, idle } = {}) => {
			const work = async (giving?: Giving) => {
				const statement = sql`CREATE OR REPLACE TABLE ${id(name)} AS ${query}`;
				await execute(statement, signal, giving);
				const place = journal.findIndex((entry) => 'derived' in entry && entry.derived === name);
				// As a replaced table: what was derived from it stands after it.
				if (place < 0) journal.push({ statement, derived: name });
				else journal[place] = { statement, derived: name };
			};
			return idle ? idly(work, signal, idle) : queued(work, signal);
		},
		exec: (statement, { signal } = {}) =>
			queued(async () => {
				await execute(statement, signal);
				journal.push({ statement });
			}, signal),
		insert: (source, { signal } = {}) =>
			queued(async () => {
				await load([source], signal);
				remember(source);
			}, signal),
		insertAll: (sources) =>
			queued(async () => {
				await load(sources);
				sources.forEach(remember);
			}, undefined),
		remove: (name) =>
			queued(async () => {
				await run(sql`DROP TABLE IF EXISTS ${id(name)}`.text);
				known?.delete(name);
				const place = journal.findIndex((entry) => ('table' in entry ? entry.table.name : entry.derived) === name);
				if (place >= 0) journal.splice(place, 1);
			}, undefined),
		touch: (longer = 0) => {
			resting = Math.max(resting, performance.now() + repose + longer);
		},
		restart: () =>
			queued(async () => {
				await engine?.end();
				await begin();
			}, undefined),
		close: () =>
			queued(async () => {
				await engine?.end();
				engine = null;
			}, undefined)
	};
}
