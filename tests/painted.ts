/** A script for the start of every page, which tells when its first chart, and when all of a new view, is on the screen. */
export const watch = `
	// What the compiler of this file calls wherever a function has a name.
	globalThis.__name = (named) => named;
	globalThis.painted = (condition) => new Promise((done) => {
		const look = () => {
			if (!condition()) return void requestAnimationFrame(look);
			// The frame in which it is true, and then the task after that frame was painted.
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => done(performance.now());
				port2.postMessage(0);
			});
		};
		look();
	});
	if (self === top) globalThis.firstChart = painted(() => {
		const box = document.querySelector('td.line svg')?.getBoundingClientRect();
		return box !== undefined && box.width > 0 && box.top < innerHeight && document.documentElement.dataset.asked === undefined;
	});
`;

declare global {
	/** The time at which a condition came true and the frame that shows it was painted. */
	var painted: (condition: () => boolean) => Promise<number>;
	var firstChart: Promise<number>;
}
