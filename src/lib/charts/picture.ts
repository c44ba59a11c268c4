/** A chart as a picture that stands by itself: colours, font and paper inside, nothing left to ask of the page. */

const painted = ['fill', 'stroke'] as const;

/** Paper around an exported chart, in CSS pixels. */
const padding = 16;

async function dataUrl(url: URL): Promise<string | null> {
	const answer = await fetch(url);
	if (!answer.ok) return null;
	const bytes = new Uint8Array(await answer.arrayBuffer());
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return `data:font/woff2;base64,${btoa(binary)}`;
}

/** Whether a CSS `unicode-range` holds any of the characters. Without a range it holds all. */
function holds(range: string, text: string): boolean {
	if (range === '') return true;
	const spans = [...range.matchAll(/U\+([0-9A-F?]+)(?:-([0-9A-F]+))?/gi)].map(([, from = '', to = '']) => [
		parseInt(from.replaceAll('?', '0'), 16),
		parseInt(to === '' ? from.replaceAll('?', 'F') : to, 16)
	]);
	return [...text].some((letter) => {
		const code = letter.codePointAt(0) ?? 0;
		return spans.some(([from = 0, to = 0]) => code >= from && code <= to);
	});
}

/** The page's `@font-face` rules for a family, as far as the text needs them, with the files inside. What cannot be read is left out. */
async function fontFaces(family: string, text: string): Promise<string> {
	const name = (value: string) => value.replaceAll(/["']/g, '').trim().toLowerCase();
	const wanted = name(family.split(',')[0] ?? '');
	const faces: Promise<string>[] = [];
	for (const sheet of document.styleSheets) {
		let rules: CSSRule[] = [];
		try {
			rules = [...sheet.cssRules];
		} catch {
			continue;
		}
		for (const rule of rules) {
			if (!(rule instanceof CSSFontFaceRule)) continue;
			const { style } = rule;
			const source = /url\(["']?([^"')]+)["']?\)\s*format\(["']?woff2/.exec(style.getPropertyValue('src'))?.[1];
			if (!source || name(style.getPropertyValue('font-family')) !== wanted) continue;
			if (!holds(style.getPropertyValue('unicode-range'), text)) continue;
			const described = ['font-family', 'font-weight', 'font-style', 'unicode-range']
				.map((key) => [key, style.getPropertyValue(key)] as const)
				.filter(([, value]) => value !== '')
				.map(([key, value]) => `${key}:${value}`)
				.join(';');
			faces.push(
				dataUrl(new URL(source, sheet.href ?? document.baseURI))
					.then((url) => (url ? `@font-face{${described};src:url(${url}) format("woff2")}` : ''))
					.catch(() => '')
			);
		}
	}
	return (await Promise.all(faces)).join('\n');
}

/** Size of the exported picture, the paper around it included. */
function sizeOf(svg: SVGSVGElement): { width: number; height: number } {
	const { width, height } = svg.viewBox.baseVal;
	return { width: width + 2 * padding, height: height + 2 * padding };
}

/**
 * The text of an SVG file from a chart that stands in the page: computed colours, the font with its files, and a ground of the
 * page's paper. The chart itself is not changed.
 */
export async function standalone(svg: SVGSVGElement, title: string): Promise<string> {
	const copy = svg.cloneNode(true) as SVGSVGElement;
	const copies = [...copy.querySelectorAll('*')];
	[...svg.querySelectorAll('*')].forEach((element, index) => {
		const computed = getComputedStyle(element);
		for (const property of painted) {
			const value = element.getAttribute(property);
			if (value !== null && /var\(|currentcolor/i.test(value))
				copies[index]?.setAttribute(property, computed.getPropertyValue(property));
		}
	});
	const { fontFamily, color, fontSize } = getComputedStyle(svg);
	const paper = getComputedStyle(svg).getPropertyValue('--paper').trim() || '#ffffff';
	const element = (name: string) => document.createElementNS('http://www.w3.org/2000/svg', name);
	const { width, height } = sizeOf(svg);

	const ground = element('rect');
	for (const [key, value] of Object.entries({ x: -padding, y: -padding, width, height, fill: paper }))
		ground.setAttribute(key, String(value));
	const heading = element('title');
	heading.textContent = title;
	const style = element('style');
	const words = [...svg.querySelectorAll('text')].map((text) => text.textContent).join('');
	style.textContent = `${await fontFaces(fontFamily, words)}\ntext{white-space:pre}`;
	copy.querySelector('style')?.remove();
	copy.prepend(heading, style, ground);
	copy.setAttribute('viewBox', `${-padding} ${-padding} ${width} ${height}`);
	copy.setAttribute('width', String(width));
	copy.setAttribute('height', String(height));
	copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
	copy.setAttribute('style', `font-family:${fontFamily};font-size:${fontSize};color:${color}`);
	copy.setAttribute('fill', color);
	return new XMLSerializer().serializeToString(copy);
}

/** A piece of text as it stands in a chart, in pixels from its upper left corner. */
interface Written {
	readonly text: string;
	readonly x: number;
	readonly y: number;
	readonly font: string;
	readonly colour: string;
	/** Colour and width of the halo behind it; null without one. */
	readonly halo: { readonly colour: string; readonly width: number } | null;
}

/** Takes the words out of a chart that stands in the page. */
function liftWords(svg: SVGSVGElement): Written[] {
	const words: Written[] = [];
	for (const element of svg.querySelectorAll<SVGTextContentElement>('text, tspan')) {
		if (element.querySelector('tspan') || element.getNumberOfChars() === 0) continue;
		const computed = getComputedStyle(element);
		const matrix = element.getCTM();
		const start = element.getStartPositionOfChar(0);
		if (!matrix) continue;
		const place = new DOMPoint(start.x, start.y).matrixTransform(matrix);
		words.push({
			text: [...element.childNodes]
				.filter((node) => node.nodeType === Node.TEXT_NODE)
				.map((node) => node.textContent)
				.join(''),
			x: place.x,
			y: place.y,
			font: `${computed.fontWeight} ${computed.fontSize} ${computed.fontFamily}`,
			colour: computed.fill,
			halo: computed.stroke === 'none' ? null : { colour: computed.stroke, width: parseFloat(computed.strokeWidth) }
		});
	}
	for (const text of svg.querySelectorAll('text')) text.remove();
	return words;
}

/**
 * A chart that stands in the page as a PNG image, so many times as large. The words are taken out of the chart and written with the
 * page's own fonts, because a browser draws an image before the fonts inside it are ready. Rejects when it cannot draw the image.
 */
export async function rasterise(svg: SVGSVGElement, title: string, scale: number): Promise<Blob> {
	await document.fonts.ready;
	const { width, height } = sizeOf(svg);
	const words = liftWords(svg);
	const markup = await standalone(svg, title);
	const url = URL.createObjectURL(new Blob([markup], { type: 'image/svg+xml' }));
	try {
		const image = new Image(width * scale, height * scale);
		image.src = url;
		await image.decode();
		const canvas = document.createElement('canvas');
		canvas.width = width * scale;
		canvas.height = height * scale;
		const context = canvas.getContext('2d');
		if (!context) throw new Error('This browser gives no canvas to draw on.');
		context.drawImage(image, 0, 0, canvas.width, canvas.height);
		context.setTransform(scale, 0, 0, scale, padding * scale, padding * scale);
		context.lineJoin = 'round';
		for (const word of words) {
			context.font = word.font;
			if (word.halo) {
				context.strokeStyle = word.halo.colour;
				context.lineWidth = word.halo.width;
				context.strokeText(word.text, word.x, word.y);
			}
			context.fillStyle = word.colour;
			context.fillText(word.text, word.x, word.y);
		}
		return await new Promise((resolve, reject) =>
			canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png')
		);
	} finally {
		URL.revokeObjectURL(url);
	}
}
