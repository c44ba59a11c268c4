/**
 * The check of the expressions in `indicators.csv`: each part of an indicator is run on the engine, alone and in the questions that
 * `series.ts` asks, so that a wrong one is found at build and not by a reader.
 */
import { QueryError, type Database } from '../database/database';
import { expression, id, sql, table, type Sql } from '../database/sql';
import { coverage, type Indicator } from './catalogue';
import { figures, type Scope, type Window } from './series';
import type { Bilingual } from './table';

/** A part of an indicator: an SQL expression over its register, or the name of its day column. */
export type Part = 'value' | 'denominator' | 'condition' | 'date_column';

/** A part that is wrong, why, and what to do. */
export interface WrongPart {
	readonly indicator_id: string;
	readonly column: Part;
	readonly message: Bilingual;
}

const parts: readonly Part[] = ['value', 'denominator', 'condition', 'date_column'];
const headcounts: readonly (string | null)[] = ['headcount.staff', 'headcount.members'];

/** The two shapes of question that an indicator must answer: all units together as reported, and each unit in today's structure. */
const shapes: readonly { readonly scope: Scope; readonly byUnit: boolean }[] = [
	{ scope: { block: null, kind: null, unit: null, structure: 'reported' }, byUnit: false },
	{ scope: { block: null, kind: null, unit: null, structure: 'today' }, byUnit: true }
];

/** The engine's name of an expression's type. Only DuckDB knows this function. */
function typeOf(value: Sql): Sql {
	return sql`typeof(${value})`;
}

/** The reason that an engine gives, without the statement that it was given. */
function reasonOf(error: QueryError): string {
	let text = error.message;
	try {
		const parsed: unknown = JSON.parse(text);
		if (typeof parsed === 'object' && parsed !== null && 'exception_message' in parsed) {
			text = String(parsed.exception_message);
		}
	} catch {
		// Most errors are plain text; parser errors come as JSON.
	}
	return (text.split(/\n\n|\n\tCandidate functions/)[0] ?? text).replace(/\s+/g, ' ').trim();
}

/** Runs a check; what the engine or `expression` says against it is the answer, null when nothing is. */
async function refusal(check: () => Promise<Bilingual | null>): Promise<Bilingual | null> {
	try {
		return await check();
	} catch (error) {
		if (!(error instanceof QueryError)) throw error;
		const reason = reasonOf(error);
		return { vi: `máy truy vấn không chạy được: ${reason}`, en: `the engine cannot run it: ${reason}` };
	}
}

/** The text as one expression, or why it is none. */
function parsed(text: string): { readonly sql: Sql } | { readonly message: Bilingual } {
	try {
		return { sql: expression(text) };
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return { message: { vi: `không phải là một biểu thức: ${reason}`, en: `it is not one expression: ${reason}` } };
	}
}

const number = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\))$/;

/** That an expression makes one number of many rows. */
async function checkAggregate(db: Database, register: Sql, value: Sql): Promise<Bilingual | null> {
	// Over no rows an aggregate has one answer, and anything else has none.
	const answers = await db.query<{ type: string }>(
		sql`SELECT ${typeOf(value)} AS "type" FROM ${register} AS r WHERE FALSE`
	);
	const [answer] = answers;
	if (!answer || answers.length > 1) {
		return {
			vi: 'không phải hàm gộp; cần một hàm gộp như count(*) hoặc sum(cột).',
			en: 'it is not an aggregate; an aggregate is needed, as count(*) or sum(column).'
		};
	}
	if (!number.test(answer.type)) {
		return {
			vi: `cho giá trị kiểu ${answer.type}; cần một số.`,
			en: `it gives a value of type ${answer.type}; a number is needed.`
		};
	}
	// HAVING refuses window functions, which would count across the windows of a question.
	await db.query(sql`SELECT 1 AS one FROM ${register} AS r WHERE FALSE HAVING ${value} IS NULL`);
	return null;
}

/** That an expression says yes or no of a single row. */
async function checkCondition(db: Database, register: Sql, condition: Sql): Promise<Bilingual | null> {
	await db.query(sql`SELECT count(*) AS n FROM ${register} AS r WHERE ${condition}`);
	const one = table('one row', ['one row'], [[1]]);
	const [answer] = await db.query<{ type: string }>(
		sql`SELECT ${typeOf(condition)} AS "type" FROM ${one} LEFT JOIN ${register} AS r ON FALSE`
	);
	if (answer?.type === 'BOOLEAN') return null;
	return {
		vi: `cho giá trị kiểu ${answer?.type ?? '?'}; cần một điều kiện đúng hoặc sai, như status = 'da_cong_nhan'.`,
		en: `it gives a value of type ${answer?.type ?? '?'}; a condition is needed, as status = 'da_cong_nhan'.`
	};
}

/** What the engine says against the questions that are asked of these indicators; null when they are answered. */
function checkFigures(db: Database, indicators: readonly Indicator[], window: Window): Promise<Bilingual | null> {
	return refusal(async () => {
		for (const { scope, byUnit } of shapes) await figures(db, indicators, () => [window], scope, { byUnit });
		return null;
	});
}

/**
 * What is wrong with the parts of indicators whose parts are each right alone. They are asked all together, then one by one, then part
 * by part, only as far as is needed to find the wrong ones.
 */
async function checkTogether(
	db: Database,
	indicators: readonly Indicator[],
	window: Window
): Promise<[Indicator, Part, Bilingual][]> {
	if ((await checkFigures(db, indicators, window)) === null) return [];
	const wrong: [Indicator, Part, Bilingual][] = [];
	for (const indicator of indicators) {
		const whole = await checkFigures(db, [indicator], window);
		if (whole === null) continue;
		const { condition, denominator } = indicator;
		const plain: Indicator = { ...indicator, value: 'count(*)', denominator: null };
		const ofCondition = condition === null ? null : await checkFigures(db, [plain], window);
		const ofDenominator =
			denominator === null || headcounts.includes(denominator)
				? null
				: await checkFigures(db, [{ ...plain, value: denominator }], window);
		if (ofCondition) wrong.push([indicator, 'condition', ofCondition]);
		else if (ofDenominator) wrong.push([indicator, 'denominator', ofDenominator]);
		else wrong.push([indicator, 'value', whole]);
	}
	return wrong;
}

/** What is wrong with which parts are filled in, before any of them is run. */
function checkPresence(indicator: Indicator): [Part, Bilingual][] {
	if (indicator.register === 'actual') {
		return parts
			.filter((part) => indicator[part] !== null)
			.map((part) => [
				part,
				{
					vi: 'chỉ tiêu lấy số đã công bố (register là actual) thì ô này phải trống.',
					en: 'an indicator of published figures (register is actual) must leave this cell empty.'
				}
			]);
	}
	const needed = (part: Part): [Part, Bilingual] => [
		part,
		{
			vi: `chỉ tiêu tính từ sổ ${indicator.register} cần ô này; hoặc ghi register là actual.`,
			en: `an indicator that is computed from ${indicator.register} needs this cell; or its register is actual.`
		}
	];
	const wrong: [Part, Bilingual][] = [];
	if (indicator.value === null) wrong.push(needed('value'));
	if (indicator.date_column === null) wrong.push(needed('date_column'));
	if (indicator.class === 'ratio' && indicator.denominator === null) {
		wrong.push([
			'denominator',
			{
				vi: 'lớp ratio cần mẫu số: một hàm gộp, headcount.staff hoặc headcount.members.',
				en: 'class ratio needs a denominator: an aggregate, headcount.staff or headcount.members.'
			}
		]);
	}
	if (indicator.class !== 'ratio' && indicator.denominator !== null) {
		wrong.push([
			'denominator',
			{
				vi: `chỉ lớp ratio có mẫu số, mà lớp là ${indicator.class}; hãy để trống hoặc sửa lớp.`,
				en: `only class ratio has a denominator, but the class is ${indicator.class}; leave it empty or correct the class.`
			}
		]);
	}
	return wrong;
}

/** The types of a register's columns by name; of no columns when there is no such register. */
async function columnTypes(db: Database, register: string): Promise<Map<string, string>> {
	const rows = await db.query<{ name: string; type: string }>(
		sql`SELECT column_name AS name, data_type AS "type" FROM information_schema.columns WHERE table_name = ${register}`
	);
	return new Map(rows.map(({ name, type }) => [name, type]));
}

function checkDay(name: string, types: ReadonlyMap<string, string>, register: string): Bilingual | null {
	if (types.get(name) === 'DATE') return null;
	const type = types.get(name);
	const days = [...types].flatMap(([column, own]) => (own === 'DATE' ? [column] : [])).join(', ');
	return type === undefined
		? {
				vi: `sổ ${register} không có cột ${name}; các cột ngày là: ${days}.`,
				en: `${register} has no column ${name}; its day columns are: ${days}.`
			}
		: {
				vi: `cột ${name} có kiểu ${type}, không phải ngày; các cột ngày là: ${days}.`,
				en: `column ${name} is of type ${type}, not a day; the day columns are: ${days}.`
			};
}

/** What is wrong with the parts of a register's indicator, each alone. */
async function checkAlone(db: Database, indicator: Indicator): Promise<Map<Part, Bilingual>> {
	const { register, date_column: day } = indicator;
	const found = new Map(checkPresence(indicator));
	if (register === 'actual') return found;
	const types = await columnTypes(db, register);
	if (types.size === 0) {
		return found.set('value', { vi: `không có sổ ${register}.`, en: `there is no register ${register}.` });
	}
	const dayMessage = day === null ? null : checkDay(day, types, register);
	if (dayMessage) found.set('date_column', dayMessage);
	for (const part of ['value', 'denominator', 'condition'] as const) {
		const text = indicator[part];
		if (text === null || found.has(part)) continue;
		if (part === 'denominator' && headcounts.includes(text)) continue;
		const check = part === 'condition' ? checkCondition : checkAggregate;
		const one = parsed(text);
		const message = 'message' in one ? one.message : await refusal(() => check(db, id(register), one.sql));
		if (message) found.set(part, message);
	}
	return found;
}

/**
 * Every part of these indicators that is wrong: missing or superfluous, not one expression, refused by the engine, not an aggregate,
 * not a number, not a condition, not a day. Indicators whose parts are right alone are then asked the questions of `series.ts` over all
 * the months that the registers cover.
 *
 * @param db holds the published tables and those that `deriveTables` makes of them.
 * @returns the wrong parts in the order of the indicators; empty when all is well.
 */
export async function checkExpressions(db: Database, indicators: readonly Indicator[]): Promise<WrongPart[]> {
	const { first, last, empty } = await coverage(db);
	// Registers without a row have no months, but their expressions can be wrong all the same.
	const window: Window = { name: 'all', span: empty ? { from: 24_000, to: 24_000 } : { from: first, to: last } };
	const found = new Map<Indicator, Map<Part, Bilingual>>();
	for (const indicator of indicators) found.set(indicator, await checkAlone(db, indicator));
	const right = indicators.filter((indicator) => indicator.register !== 'actual' && found.get(indicator)?.size === 0);
	for (const [indicator, part, message] of await checkTogether(db, right, window)) {
		found.get(indicator)?.set(part, message);
	}
	return indicators.flatMap((indicator) =>
		parts.flatMap((column) => {
			const message = found.get(indicator)?.get(column);
			return message ? [{ indicator_id: indicator.indicator_id, column, message }] : [];
		})
	);
}
