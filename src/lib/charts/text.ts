/**
 * Words in charts: how wide they are, where they are broken, and where they find room.
 *
 * A chart is laid out before there is a page to measure in, on the server too, so widths come from the advance widths of the
 * site's own font, Be Vietnam Pro, rounded up a little. Vietnamese marks stand over their letter and do not widen it.
 */
import type { RenderFunction } from '@observablehq/plot';

/** Letters of about one width, in hundredths of the font size. */
const widths: readonly (readonly [number, string])[] = [
	[18, "'"],
	[24, ' \u00a0'],
	[27, 'lijI·'],
	[30, '.,:;!`'],
	[40, 'fr1“”'],
	[46, 'tJ()[]{}|"'],
	[51, 'sz/*\\'],
	[58, 'kxvynhu?^<>'],
	[61, 'ce7+-_='],
	[65, 'abdopqgELPFS8$−'],
	[68, '023569BRKYZTX–'],
	[74, 'ADHNUV4&…'],
	[83, 'CGOQ#'],
	[89, 'mwM%'],
	[102, 'W@→○']
];

const advances = new Map(widths.flatMap(([width, letters]) => [...letters].map((letter) => [letter, width / 100])));

/** How wide a text is, in pixels, at a font size. Semibold (600) is about 3 % wider. */
export function textWidth(text: string, size: number, strong = false): number {
	let width = 0;
	for (const letter of text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D'))
		width += advances.get(letter) ?? 0.7;
	return width * size * (strong ? 1.03 : 1);
}

/** The text, cut with an ellipsis where it would grow wider than `width`. */
export function shorten(text: string, width: number, size: number, strong = false): string {
	if (textWidth(text, size, strong) <= width) return text;
	const letters = [...text];
	while (letters.length > 1 && textWidth(`${letters.join('')}…`, size, strong) > width) letters.pop();
	return `${letters.join('').trimEnd()}…`;
}

function fill(text: string, width: number, size: number, most: number, strong: boolean): string[] {
	const lines: string[] = [];
	const words = text.split(/\s+/).filter((word) => word !== '');
	while (words.length > 0) {
		if (lines.length === most - 1) {
			lines.push(shorten(words.join(' '), width, size, strong));
			return lines;
		}
		let line = words.shift() ?? '';
		while (words[0] !== undefined && textWidth(`${line} ${words[0]}`, size, strong) <= width)
			line = `${line} ${words.shift() ?? ''}`;
		lines.push(shorten(line, width, size, strong));
	}
	return lines;
}

/**
 * The text broken between words into lines no wider than `width`, at most `most` of them and about equally long; what is left over
 * ends in an ellipsis.
 */
export function wrap(text: string, width: number, size: number, most: number, strong = false): string[] {
	let lines = fill(text, width, size, most, strong);
	const whole = lines.join(' ');
	for (let narrower = width - 4; lines.length > 1 && narrower > 0; narrower -= 4) {
		const again = fill(text, narrower, size, most, strong);
		if (again.length > lines.length || again.join(' ') !== whole) break;
		lines = again;
	}
	return lines;
}

/** One line of a label. */
export interface Line {
	readonly text: string;
	readonly size: number;
	readonly strong?: boolean;
	/** A CSS colour, as a custom property: `var(--soft)`. */
	readonly colour: string;
}

/** Words at a place in a chart, in pixels from its upper left corner. */
export interface Label {
	readonly x: number;
	/** The middle of the label's height. */
	readonly y: number;
	readonly anchor: 'start' | 'middle' | 'end';
	readonly lines: readonly Line[];
	/** The full text, where the lines show it shortened. */
	readonly title?: string;
}

/** A rectangle of a chart, in pixels. */
export interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

const leading = 1.2;

/** Height of a label's lines. */
export function heightOf(lines: readonly Line[]): number {
	return lines.reduce((sum, line) => sum + line.size * leading, 0);
}

/** Width of a label's widest line. */
export function widthOf(lines: readonly Line[]): number {
	return Math.max(0, ...lines.map((line) => textWidth(line.text, line.size, line.strong)));
}

/** The rectangle that a label covers. */
export function boxOf(label: Label): Box {
	const width = widthOf(label.lines);
	const height = heightOf(label.lines);
	const left = label.x - { start: 0, middle: width / 2, end: width }[label.anchor];
	return { left, top: label.y - height / 2, right: left + width, bottom: label.y + height / 2 };
}

/** Whether two rectangles share any area. */
export function overlap(a: Box, b: Box): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Boxes along a line, small enough that words may nestle beside a slope. */
export function boxesAlong(line: readonly { readonly x: number; readonly y: number }[], step = 4, reach = 1.5): Box[] {
	const boxes: Box[] = [];
	line.forEach((point, index) => {
		const next = line[index + 1] ?? point;
		const count = Math.max(1, Math.ceil(Math.hypot(next.x - point.x, next.y - point.y) / step));
		for (let part = 0; part < count; part++) {
			const x = point.x + ((next.x - point.x) * part) / count;
			const y = point.y + ((next.y - point.y) * part) / count;
			boxes.push({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach });
		}
	});
	return boxes;
}

/** Puts words where they cover nothing: a sheet knows what stands on it already. */
export class Sheet {
	readonly labels: Label[] = [];
	readonly #taken: Box[] = [];
	readonly #frame: Box;

	/** @param frame what labels must stay inside of. */
	constructor(frame: Box) {
		this.#frame = frame;
	}

	/** Marks rectangles that later labels must leave free. */
	take(boxes: readonly Box[]): void {
		this.#taken.push(...boxes);
	}

	/** Writes a label where it stands, without asking. */
	put(label: Label): void {
		const { left, top, right, bottom } = boxOf(label);
		this.labels.push(label);
		this.#taken.push({ left: left - 4, top: top - 2, right: right + 4, bottom: bottom + 2 });
	}

	/**
	 * Writes the first of the candidates that covers nothing and stays inside the frame. If there is none, the one that covers the
	 * fewest things when `must` is set, otherwise none.
	 */
	try(candidates: readonly Label[], must = false): void {
		let best: Label | null = null;
		let fewest = Infinity;
		for (const label of candidates) {
			const box = boxOf(label);
			const outside =
				box.left < this.#frame.left ||
				box.right > this.#frame.right ||
				box.top < this.#frame.top ||
				box.bottom > this.#frame.bottom;
			const covered = this.#taken.filter((taken) => overlap(box, taken)).length + (outside ? 1000 : 0);
			if (covered < fewest) {
				best = label;
				fewest = covered;
			}
			if (covered === 0) break;
		}
		if (best && (must || fewest === 0)) this.put(best);
	}
}

/** The places around a point at which its label may stand, the best first. */
export function around(x: number, y: number, lines: readonly Line[], distance = 7): Label[] {
	const rise = heightOf(lines) / 2 + distance;
	const aside = distance + 1;
	const near = (dx: number, dy: number, anchor: Label['anchor']): Label => ({ x: x + dx, y: y + dy, anchor, lines });
	return [
		near(0, -rise, 'middle'),
		near(0, rise, 'middle'),
		near(2, -rise, 'end'),
		near(-2, -rise, 'start'),
		near(2, rise, 'end'),
		near(-2, rise, 'start'),
		near(aside, 0, 'start'),
		near(-aside, 0, 'end'),
		near(0, -rise - 8, 'middle'),
		near(0, rise + 8, 'middle'),
		near(0, -rise - 18, 'middle'),
		near(0, rise + 18, 'middle')
	];
}

type Attributes = Readonly<Record<string, string | number>>;

/** An SVG element with attributes, for marks that Plot does not have. */
export function shape(document: Document, name: string, attributes: Attributes): SVGElement {
	const made: SVGElement = document.createElementNS<'g'>('http://www.w3.org/2000/svg', name as 'g');
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
	return made;
}

/** A mark for Plot that draws vertical hairlines, in pixels. */
export function drawHairlines(lines: readonly { x: number; top: number; bottom: number }[]): RenderFunction {
	return (_index, _scales, _values, _dimensions, context) => {
		const group = shape(context.document, 'g', {
			'aria-label': 'hairlines',
			stroke: 'var(--unknown)',
			'stroke-width': 0.75
		});
		for (const { x, top, bottom } of lines)
			group.append(shape(context.document, 'line', { x1: x, x2: x, y1: top, y2: bottom }));
		return group;
	};
}

/** A mark for Plot that writes labels, with a halo of paper so that a line behind them does not disturb. */
export function writeLabels(labels: readonly Label[]): RenderFunction {
	return (_index, _scales, _values, _dimensions, context) => {
		const element = (name: string, attributes: Attributes) => shape(context.document, name, attributes);
		const group = element('g', {
			'aria-label': 'labels',
			stroke: 'var(--paper)',
			'stroke-width': 3,
			'stroke-linejoin': 'round',
			'paint-order': 'stroke'
		});
		for (const label of labels) {
			const text = element('text', { 'text-anchor': label.anchor });
			let y = label.y - heightOf(label.lines) / 2;
			for (const line of label.lines) {
				y += line.size * leading;
				const span = element('tspan', {
					x: Math.round(label.x * 10) / 10,
					y: Math.round((y - line.size * 0.3) * 10) / 10,
					fill: line.colour,
					'font-size': line.size,
					'font-weight': line.strong ? 600 : 400
				});
				span.textContent = line.text;
				text.append(span);
			}
			if (label.title !== undefined) {
				const title = element('title', {});
				title.textContent = label.title;
				text.append(title);
			}
			group.append(text);
		}
		return group;
	};
}
