/** What is done once the page is painted, so that what is looked at does not wait for it. */

/** How long the page waits for a frame that does not come, as in a window that is hidden, in milliseconds. */
const noFrame = 200;

/**
 * Does something once what was changed until now is painted.
 *
 * @returns what calls it off.
 */
export function afterPaint(work: () => void): () => void {
	const callOff = () => {
		cancelAnimationFrame(frame);
		clearTimeout(timer);
	};
	const finish = () => {
		callOff();
		work();
	};
	let timer = setTimeout(finish, noFrame);
	const frame = requestAnimationFrame(() => {
		clearTimeout(timer);
		timer = setTimeout(finish);
	});
	return callOff;
}

/** Resolves once what was changed until now is painted. */
export function painted(): Promise<void> {
	return new Promise((resolve) => afterPaint(resolve));
}
