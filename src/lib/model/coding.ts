/** The codes of a chart's rows as they stand in the ground, and how they are put together to the groups that are drawn. */
import type { Panel } from './exploration';
import type { Cell, Ground } from './ground';
import { sizeOf, stepOf, type Groups } from './group';

/** Codes, or pairs of them, up to which rows are counted by code and put together to groups here: the engine counts small numbers fastest. */
const mostCodes = 1 << 17;

/** Values of a column up to which all of them are counted, though only the largest are drawn. */
const mostCounted = 1 << 14;

/** The codes of a panel's rows as they stand in the ground. */
export interface Coding {
	readonly cells: readonly Cell[];
	/** How many codes each cell has. */
	readonly sizes: readonly number[];
	/** How many codes there are, or pairs of them. */
	readonly codes: number;
}

/** The codes of a panel; null when there are too many. */
export async function codingOf(ground: Ground, panel: Panel): Promise<Coding | null> {
	const single = (cell: Cell, codes: number): Coding => ({ cells: [cell], sizes: [codes], codes });
	const values = async () => {
		const encoded = await ground.values(panel.column);
		return encoded.size > mostCounted ? null : single(encoded, encoded.size + 1);
	};
	const days = async (column: string) => {
		const { month, months } = await ground.days(column);
		return single(month, months + 1);
	};
	switch (panel.kind) {
		case 'time':
			return days(panel.column);
		case 'histogram': {
			const { bar, bars } = await ground.bins(panel.column, panel.scale);
			return single(bar, bars.length + 2);
		}
		case 'bars':
			return values();
		case 'heat': {
			const [line, step] = await Promise.all([values(), days(panel.by)]);
			if (!line || line.codes * step.codes > mostCodes) return null;
			return {
				cells: [...line.cells, ...step.cells],
				sizes: [line.codes, step.codes],
				codes: line.codes * step.codes
			};
		}
	}
}

/** Where the codes of a panel's rows stand among its groups. */
export interface Gathering {
	/** The lines of each first code; a row of several values stands in several, and one that is not drawn in none. */
	readonly lines: readonly (readonly number[])[];
	/** The step of each second code within the line, of a heat map. */
	readonly steps: readonly number[] | null;
	readonly width: number;
}

/** Puts codes together to groups. */
export function gathering(groups: Groups): Gathering {
	switch (groups.kind) {
		case 'time': {
			const { steps, days } = groups;
			return {
				lines: Array.from({ length: days.months + 1 }, (_, code) => [stepOf(code, steps)]),
				steps: null,
				width: 1
			};
		}
		case 'histogram':
			return { lines: Array.from({ length: sizeOf(groups) }, (_, bar) => [bar]), steps: null, width: 1 };
		case 'bars':
		case 'heat': {
			const { encoded, shown, codes } = groups;
			const lines = Array.from({ length: encoded.size + 1 }, (): number[] => []);
			shown.forEach((value, place) => {
				if (encoded.single === null || value === null) lines[codes[place] ?? 0]?.push(place);
				else
					encoded.list.forEach((combined, index) => {
						if (combined.split('|').includes(value)) lines[index + 1]?.push(place);
					});
			});
			if (groups.kind === 'bars') return { lines, steps: null, width: 1 };
			const steps = Array.from({ length: groups.days.months + 1 }, (_, code) => stepOf(code, groups.steps));
			return { lines, steps, width: groups.steps.count + 1 };
		}
	}
}
