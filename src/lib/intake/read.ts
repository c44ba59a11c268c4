/** What came of reading one cell of a stranger's file. */
import type { Bilingual } from '../model/table';

/** Something to be said of a cell that was read all the same. */
export interface Remark {
	/** Stable name of the rule, kebab-case. */
	readonly rule: string;
	readonly remedy: Bilingual;
}

/**
 * A value, null for a cell that is empty or says that there is none, with remarks if something must be said of it; or why there is no
 * value, with a text that would be right in the cell's place if one is near.
 */
export type Read<T> =
	| { readonly value: T | null; readonly warnings?: readonly Remark[] }
	| { readonly rule: string; readonly remedy: Bilingual; readonly repair?: string };
