/** Tables that a database need not hold before a question names them: large ones, beside small ones that answer most questions. */
import type { Asking, Database } from './database';
import { sql, type Sql } from './sql';

/** A table that is loaded later: its name, a single word, and how it is loaded. */
export interface Deferred {
	readonly name: string;
	readonly load: () => Promise<void>;
}

/** Statements that may be about any table. */
const general = /\b(information_schema|duckdb_\w+)\b/;

/**
 * The same database, where each of these tables is loaded when a statement first has its name in it as a word, or once nobody has asked
 * anything for a while. A statement that names a table waits until it is there, and fails as its loading does; the next one tries again.
 */
export function deferTables(database: Database, tables: readonly Deferred[]): Database {
	const arrivals = new Map<Deferred, Promise<void>>();

	function arrive(table: Deferred): Promise<void> {
		const known = arrivals.get(table);
		if (known) return known;
		const arrival = table.load();
		arrivals.set(table, arrival);
		arrival.catch(() => arrivals.delete(table));
		return arrival;
	}

	/** Waits for the tables, or until the signal fires. */
	async function wait(wanted: readonly Deferred[], signal: AbortSignal | undefined): Promise<void> {
		if (wanted.length === 0) return;
		const arrived = Promise.all(wanted.map(arrive));
		if (!signal) return void (await arrived);
		await new Promise((resolve, reject) => {
			const leave = () => reject(signal.reason as Error);
			if (signal.aborted) leave();
			signal.addEventListener('abort', leave, { once: true });
			arrived.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
		});
	}

	function named({ text }: Sql, { signal, aside }: Asking = {}): Promise<void> {
		const isAny = aside || general.test(text);
		return wait(isAny ? tables : tables.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(text)), signal);
	}

	database
		.query(sql`SELECT 1 AS idle`, { idle: true })
		.then(() => wait(tables, undefined))
		// A database that is closed meanwhile needs them no more; who names one is told what is wrong.
		.catch(() => undefined);

	/** A method that asks a query, once its tables are there. */
	const waiting =
		<T>(ask: (query: Sql, asking?: Asking) => Promise<T>) =>
		async (query: Sql, asking?: Asking): Promise<T> => {
			await named(query, asking);
			return ask(query, asking);
		};

	return {
		query: async (query, asking) => {
			await named(query, asking);
			return database.query(query, asking);
		},
		ask: async (statement, asking) => {
			// The reader's own SQL may name a table in any way.
			await wait(tables, asking.signal);
			return database.ask(statement, asking);
		},
		copy: async (query, take, asking) => {
			await named(query, asking);
			return database.copy(query, take, asking);
		},
		columns: waiting((query, asking) => database.columns(query, asking)),
		codes: waiting((query, asking) => database.codes(query, asking)),
		texts: waiting((query, asking) => database.texts(query, asking)),
		derive: async (name, query, asking) => {
			await named(query, asking);
			return database.derive(name, query, asking);
		},
		exec: waiting((query, asking) => database.exec(query, asking)),
		insert: (source, asking) => database.insert(source, asking),
		insertAll: (sources) => database.insertAll(sources),
		remove: (name) => database.remove(name),
		touch: (longer) => database.touch(longer),
		restart: () => database.restart(),
		close: () => database.close()
	};
}
