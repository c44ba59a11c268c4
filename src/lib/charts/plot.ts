/**
 * Observable Plot, there when it is needed and not before.
 *
 * On the server Plot and a document for it (linkedom) are loaded with this file, so that charts can be rendered into the HTML. In
 * the browser the server's branch is left out of the bundle, and {@link loadPlot} fetches Plot when the first chart has to be drawn
 * anew. Chart files reach Plot through {@link plot} and so never pull it into a page's first load.
 */
import type * as Plot from '@observablehq/plot';
import type { PlotOptions } from '@observablehq/plot';

/** Width in CSS pixels at which charts are rendered into the HTML and exported. */
export const standardWidth = 760;

/** Width in CSS pixels of the second rendering in the HTML, for phones. */
export const narrowWidth = 344;

/** A place in a chart that the arrow keys stop at: where it is, and what a tip says there. */
export interface ChartPoint {
	readonly x: number | Date | string;
	readonly y: number | string;
	readonly text: string;
	readonly date?: Date;
}

const server = import.meta.env.SSR
	? {
			Plot: await import('@observablehq/plot'),
			document: (await import('linkedom')).parseHTML('<html></html>').document
		}
	: null;

let loaded: typeof Plot | null = server?.Plot ?? null;

/** Plot itself. Throws when it has not been loaded: options are built on the server, or after {@link loadPlot}. */
export function plot(): typeof Plot {
	if (!loaded) throw new Error('Observable Plot is not loaded yet: await loadPlot() before building a chart.');
	return loaded;
}

/** Fetches Plot, once. Rejects when the file cannot be fetched; a later call tries again. */
export async function loadPlot(): Promise<typeof Plot> {
	loaded ??= await import('@observablehq/plot');
	return loaded;
}

/** Draws a chart on the server and returns its SVG as text. Throws in a browser, where charts are drawn into the page. */
export function renderPlot(options: PlotOptions): string {
	if (!server) throw new Error('renderPlot() is for the server.');
	return plot().plot({ ...options, document: server.document }).outerHTML;
}
