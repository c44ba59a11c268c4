/**
 * Answers that were given at build. While the site is prerendered each question is asked by `fetch` of a file that is named by the
 * hash of its SQL; SvelteKit keeps the file and writes it into the page. A browser that opens the page has the answers before any
 * engine, and starts one only when a question has none.
 */
import type { Database } from './database';
import type { DataRow, DataValue } from './row';
import type { Sql } from './sql';

/** The questions asked in this process, by hash: what the endpoint of answers looks its SQL up in. */
export const asked = new Map<string, Sql>();

/** A name for a question: 64 bits of FNV-1a over its text, in base 36. */
export function hashOf({ text }: Sql): string {
	let hash = 0xcbf29ce484222325n;
	for (const byte of new TextEncoder().encode(text)) {
		hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
	}
	return hash.toString(36);
}

/** The form in which rows travel: the names, then the values of each column, alike beside alike for whoever compresses them; days and instants as `{ d: milliseconds }`. */
export function encode(rows: readonly DataRow[]): string {
	const names = Object.keys(rows[0] ?? {});
	const packed = (value: DataValue): unknown =>
		value instanceof Date ? { d: value.getTime() } : Array.isArray(value) ? value.map(packed) : value;
	return JSON.stringify({ names, columns: names.map((name) => rows.map((row) => packed(row[name] ?? null))) });
}

type Packed = string | number | boolean | null | { d: number } | Packed[];

function unpacked(value: Packed): DataValue {
	if (Array.isArray(value)) return value.map(unpacked);
	return value !== null && typeof value === 'object' ? new Date(value.d) : value;
}

/**
 * The rows of an answer.
 *
 * @throws SyntaxError when the text is not an answer.
 */
export function decode<R extends DataRow>(text: string): R[] {
	const { names, columns } = JSON.parse(text) as { names: string[]; columns: Packed[][] };
	return Array.from(
		columns[0] ?? [],
		(_, row) => Object.fromEntries(names.map((name, index) => [name, unpacked(columns[index]?.[row] ?? null)])) as R
	);
}

/**
 * A database of published answers: queries are looked up, and what was not answered at build goes to the engine.
 *
 * @param fetch `load`'s own fetch, so that answers are kept with the page.
 * @param base path under which the site is served, without a slash at its end.
 * @param engine opens the engine; called only when an answer is missing or a table changes.
 */
export function answersDatabase(
	fetch: typeof globalThis.fetch,
	base: string,
	engine: () => Promise<Database>
): Database {
	return {
		async query<R extends DataRow>(query: Sql, asking?: Parameters<Database['query']>[1]) {
			if (asking?.aside) return (await engine()).query<R>(query, asking);
			const hash = hashOf(query);
			const known = asked.get(hash);
			if (known && known.text !== query.text) throw new Error(`Two questions have the hash ${hash}.`);
			if (typeof window === 'undefined') asked.set(hash, query);
			// Without a network the engine may still be kept on this machine.
			const response = await fetch(`${base}/answers/${hash}.json`).catch((error: unknown) => {
				if (typeof window === 'undefined') throw error;
				return null;
			});
			if (response === null) return (await engine()).query<R>(query, asking);
			const text = await response.text();
			// Some hosts answer a missing file with a page of their own and call it a success.
			if (response.ok && text.startsWith('{"names"')) return decode<R>(text);
			if (typeof window === 'undefined') throw new Error(`${response.status}: ${text}`);
			return (await engine()).query<R>(query, asking);
		},
		ask: async (statement, asking) => (await engine()).ask(statement, asking),
		copy: async (query, take, asking) => (await engine()).copy(query, take, asking),
		columns: async (query, asking) => (await engine()).columns(query, asking),
		codes: async (query, asking) => (await engine()).codes(query, asking),
		texts: async (query, asking) => (await engine()).texts(query, asking),
		derive: async (name, query, asking) => (await engine()).derive(name, query, asking),
		exec: async (statement, asking) => (await engine()).exec(statement, asking),
		insert: async (source, asking) => (await engine()).insert(source, asking),
		insertAll: async (sources) => (await engine()).insertAll(sources),
		remove: async (name) => (await engine()).remove(name),
		// Who works at rest asks the engine itself.
		touch: () => undefined,
		restart: async () => (await engine()).restart(),
		close: async () => (await engine()).close()
	};
}
