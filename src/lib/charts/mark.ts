/** What the small drawings are made of: plain rows, from which pages draw and which the arrow keys walk. */

/** Words around a field, in the reader's language. */
export interface FieldWords {
	/** What the thing is, for a screen reader: `biểu đồ`. */
	readonly chart: string;
	/** How to walk it. */
	readonly instruction: string;
}

/** A place in a field at which the arrow keys stop. */
export interface FieldPoint {
	readonly id: string;
	/** Share of the width, and of the height from the top. */
	readonly x: number;
	readonly y: number;
}

/** What a mark says and where it leads; asked of one mark when it is reached, since there may be thousands. */
export interface Told {
	/** What is shown in a tip and spoken. */
	readonly text: string;
	/** Where a click or Enter leads. */
	readonly href?: string;
}

/** A unit in a strip. */
export interface StripDot {
	readonly id: string;
	readonly value: number;
	/** Estimated, drawn hollow. */
	readonly hollow: boolean;
	/** Marked among the others, and named. */
	readonly own?: string;
}

/** A group on a line of its own, with its middle. */
export interface StripGroup {
	readonly id: string;
	/** Its name with the number of units. */
	readonly label: string;
	readonly dots: readonly StripDot[];
	readonly median: number | null;
	readonly lower: number | null;
	readonly upper: number | null;
	/** The mark of its median, among the dots that can be walked. */
	readonly middle?: string;
}

/** A unit in a funnel. */
export interface FunnelDot {
	readonly id: string;
	readonly size: number;
	/** In the figure's own terms, as the limits. */
	readonly value: number;
	readonly hollow: boolean;
	/** Beyond the 95 % limits. */
	readonly beyond: boolean;
	readonly own?: string;
}

/** A unit in a river: when it began and ended, in decimal years or null for open. */
export interface RiverUnit {
	readonly id: string;
	readonly label: string;
	readonly from: number | null;
	readonly to: number | null;
	readonly own: boolean;
	readonly href: string;
}

/** A part of a unit that became another. */
export interface RiverFlow {
	readonly from: string;
	readonly to: string;
	readonly at: number;
	/** Other than 1 it is drawn dashed, as an estimate. */
	readonly share: number;
	/** What is said of it, with its document. */
	readonly text: string;
}
