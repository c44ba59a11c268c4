/** A province small enough to be counted by hand: tables of a few rows, with the columns that the model asks for. */
import type { Database } from '../src/lib/database/database';
import { id, join, sql, table, type Sql } from '../src/lib/database/sql';
import type { Indicator } from '../src/lib/model/catalogue';
import { deriveTables } from '../src/lib/model/structure';

const [text, day, whole, decimal, flag] = [sql`VARCHAR`, sql`DATE`, sql`INTEGER`, sql`DOUBLE`, sql`BOOLEAN`];

/** The columns of each table, by type. */
const shapes = {
	units: {
		unit_id: text,
		name_vi: text,
		name_en: text,
		short_name: text,
		kind: text,
		block: text,
		valid_from: day,
		valid_to: day,
		reports: flag
	},
	unit_successions: {
		event_id: text,
		effective_on: day,
		kind: text,
		from_unit_id: text,
		to_unit_id: text,
		share: decimal
	},
	unit_headcounts: { unit_id: text, year: whole, staff: whole, members: whole, source: text },
	initiatives: {
		unit_id: text,
		status: text,
		level: text,
		submitted_on: day,
		recognised_on: day,
		benefit_vnd: decimal
	},
	transfers: { unit_id: text, filing_kind: text, certified_on: day },
	activities: {
		activity_id: text,
		unit_id: text,
		activity: text,
		period: text,
		period_end: day,
		invited: whole,
		attended: whole,
		submitted_on: day,
		due_on: day
	},
	code_lists: { list: text, code: text, name_vi: text, name_en: text },
	indicators: {
		indicator_id: text,
		hub: text,
		name_vi: text,
		name_en: text,
		register: text,
		value: text,
		denominator: text,
		scale: decimal,
		condition: text,
		date_column: text,
		format: text,
		unit_vi: text,
		unit_en: text,
		decimals: whole,
		direction: text,
		class: text,
		over_periods: text
	}
} satisfies Record<string, Record<string, Sql>>;

type Name = keyof typeof shapes;

/** Rows by table; cells that are not given are null. Days are ISO texts. */
export type Province = {
	readonly [T in Name]?: readonly Partial<Record<keyof (typeof shapes)[T], string | number | boolean | null>>[];
};

async function create(
	db: Database,
	name: Name,
	rows: readonly Readonly<Record<string, string | number | boolean | null>>[]
) {
	const columns = Object.entries<Sql>(shapes[name]);
	const cells = rows.map((row) => columns.map(([column]) => row[column] ?? null));
	const nothing = [columns.map(() => null)];
	const typed = columns.map(([column, type]) => sql`CAST(${id(column)} AS ${type}) AS ${id(column)}`);
	const values = table(
		'given',
		columns.map(([column]) => column),
		cells.length > 0 ? cells : nothing
	);
	await db.exec(
		sql`CREATE OR REPLACE TABLE ${id(name)} AS SELECT ${join(typed)} FROM ${values} WHERE ${cells.length > 0}`
	);
}

/** Puts these tables in place of all there were (those that are not given are empty) and derives the others. */
export async function settle(db: Database, province: Province): Promise<void> {
	for (const name of Object.keys(shapes) as Name[]) await create(db, name, province[name] ?? []);
	await deriveTables(db);
}

/** An indicator that counts recognised initiatives in a year, but for what is said otherwise. */
export function indicatorOf(about: Partial<Indicator> & { readonly indicator_id: string }): Indicator {
	return {
		hub: 'unit_work',
		name_vi: about.indicator_id,
		name_en: about.indicator_id,
		register: 'initiatives',
		value: 'count(*)',
		denominator: null,
		scale: null,
		condition: null,
		date_column: 'recognised_on',
		format: 'number',
		unit_vi: 'sáng kiến',
		unit_en: 'initiatives',
		decimals: 0,
		direction: 'up',
		class: 'additive',
		over_periods: 'sum',
		...about
	};
}
