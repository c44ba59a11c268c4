import type { Indicator } from '$lib/model/catalogue';
import type { Standing } from '$lib/model/overview';
import type { Board, Comparison } from '$lib/model/unit';

/** One indicator on the page of a unit: against its target, over all units, and the unit beside its peers. */
export interface FigureRow {
	readonly indicator: Indicator;
	readonly stage: string;
	readonly standing: Standing;
	readonly board: Board;
	readonly comparison: Comparison;
}
