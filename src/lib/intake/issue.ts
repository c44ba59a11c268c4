/** What is wrong with a cell, a row or a file, and what to do about it. */
import type { Bilingual } from '../model/table';

/** One finding of the intake. */
export interface Issue {
	/** Name of the file as its owner knows it. */
	readonly file: string;
	/** Name of the sheet, where a file has several. */
	readonly sheet?: string | null;
	/** Line in the file, counted from 1; for Parquet the row, counted from 1. Null when the whole file is meant. */
	readonly line: number | null;
	/** Column by its heading, or null when the whole row is meant. */
	readonly column: string | null;
	/** The cell as it stands in the file. */
	readonly raw: string | null;
	/** Stable name of the rule, kebab-case. */
	readonly rule: string;
	/** What is wrong and what to do, in both languages. */
	readonly remedy: Bilingual;
	/** Whether the row waits (`error`, when it is not said) or is loaded all the same. */
	readonly severity?: 'error' | 'warning';
	/** A text that would be right in the cell's place, as a person would write it; the reader decides. */
	readonly repair?: string;
}

/** One line that names the place, the value and the remedy: `data/units.csv:12, column kind: "so" …`. */
export function describe(issue: Issue, language: keyof Bilingual): string {
	const place = issue.line === null ? issue.file : `${issue.file}:${issue.line}`;
	const column = issue.column === null ? '' : `, ${language === 'vi' ? 'cột' : 'column'} ${issue.column}`;
	const raw = issue.raw === null ? '' : `, "${issue.raw.length > 60 ? `${issue.raw.slice(0, 60)}…` : issue.raw}"`;
	return `${place}${column}${raw}: ${issue.remedy[language]} [${issue.rule}]`;
}

/** Published files that may not be published: every issue is named, in both languages. */
export class IntakeError extends Error {
	override readonly name = 'IntakeError';
	constructor(readonly issues: readonly Issue[]) {
		const shown = issues.slice(0, 20).map((issue) => `  ${describe(issue, 'en')}\n    ${describe(issue, 'vi')}`);
		const more = issues.length > shown.length ? `\n  … ${issues.length - shown.length} more` : '';
		super(`${issues.length} problem(s) in the published data:\n${shown.join('\n')}${more}`);
	}
}

/** A file that cannot be read as a table at all. */
export class SheetError extends Error {
	override readonly name = 'SheetError';
	constructor(readonly issue: Issue) {
		super(issue.remedy.en);
	}
}

/** The error of a whole file, or of the line from which on it cannot be read. */
export function unreadable(file: string, line: number | null, rule: string, remedy: Bilingual): SheetError {
	return new SheetError({ file, line, column: null, raw: null, rule, remedy });
}
