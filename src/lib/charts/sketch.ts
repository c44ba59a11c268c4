/**
 * A sketch: bars and their numbers on one canvas, in the places of the elements that show them at rest. While a brush moves they change with
 * every frame, and to style, lay out and paint a few dozen elements anew takes about a third of that frame, twice as long as to draw them here.
 */

/** How a line is drawn: where its bar begins and ends, and where the baseline of its number ends, in CSS pixels of the canvas. */
interface Place {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
	readonly colour: string;
	readonly opacity: number;
	readonly end: number;
	readonly baseline: number;
}

/** Draws what the lines come to: the share of each bar that is full, from 0 to 1, and the text beside it. */
export type Draw = (shares: ArrayLike<number>, texts: readonly string[]) => void;

/**
 * Lays a canvas over bars and numbers as they stand, and takes over their places, letters and colours.
 *
 * @param canvas stands absolutely in the box that holds the lines.
 * @param bars are as wide as a full bar; their text colour is that of the bar.
 * @param numbers hold one line of text each, as high as its box, up to its end.
 * @returns what draws on it; null where nothing is laid out.
 */
export function sketch(
	canvas: HTMLCanvasElement,
	bars: readonly HTMLElement[],
	numbers: readonly HTMLElement[]
): Draw | null {
	const pen = canvas.getContext('2d');
	const [first] = numbers;
	const box = canvas.parentElement?.getBoundingClientRect();
	if (!pen || !first || !box || box.width === 0) return null;
	const ratio = devicePixelRatio;
	/** The nearest edge between pixels of the screen, where the browser itself begins and ends what it fills. */
	const snap = (length: number) => Math.round(length * ratio) / ratio;
	const edges = bars.map((bar) => bar.getBoundingClientRect());
	// The canvas begins with a whole pixel of the screen, so that nothing on it is blurred.
	const left = Math.floor(Math.min(...edges.map((edge) => edge.left)) * ratio) / ratio;
	const top = Math.floor(box.top * ratio) / ratio;
	canvas.width = Math.ceil((box.right - left) * ratio);
	canvas.height = Math.ceil((box.bottom - top) * ratio);
	Object.assign(canvas.style, {
		left: `${left - box.left}px`,
		top: `${top - box.top}px`,
		width: `${canvas.width / ratio}px`,
		height: `${canvas.height / ratio}px`
	});
	const { fontWeight, fontSize, fontFamily, color } = getComputedStyle(first);
	pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
	pen.textAlign = 'right';
	pen.scale(ratio, ratio);
	const { fontBoundingBoxAscent, fontBoundingBoxDescent } = pen.measureText('0');
	const [ascent, descent] = [Math.round(fontBoundingBoxAscent), Math.round(fontBoundingBoxDescent)];
	const places = bars.flatMap((bar, line): Place[] => {
		const [edge, number] = [edges[line], numbers[line]?.getBoundingClientRect()];
		if (!edge || !number) return [];
		const style = getComputedStyle(bar);
		return [
			{
				left: snap(edge.left - left),
				top: snap(edge.top - top),
				width: edge.width,
				height: snap(edge.bottom - top) - snap(edge.top - top),
				colour: style.color,
				opacity: Number(style.opacity),
				end: number.right - left,
				baseline: number.top - top + Math.floor((number.height - ascent - descent) / 2) + ascent
			}
		];
	});
	return (shares, texts) => {
		pen.clearRect(0, 0, canvas.width / ratio, canvas.height / ratio);
		places.forEach(({ left, top, width, height, colour, opacity }, line) => {
			const share = shares[line] ?? 0;
			if (!(share > 0)) return;
			pen.fillStyle = colour;
			pen.globalAlpha = opacity;
			pen.fillRect(left, top, Math.max(1, snap(width * share)), height);
		});
		pen.fillStyle = color;
		pen.globalAlpha = 1;
		places.forEach(({ end, baseline }, line) => pen.fillText(texts[line] ?? '', end, baseline));
	};
}
