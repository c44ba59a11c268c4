import { existsSync } from 'node:fs';
import { chromium as playwright } from 'playwright';

const installed = [
	process.env.CHROMIUM_PATH,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/**
 * The Chromium to test with: the one named by CHROMIUM_PATH, one that is installed, or Playwright's own.
 *
 * @returns {string | undefined} its path, or undefined when there is none.
 */
export function findChromium() {
	return [...installed, playwright.executablePath()].find(
		(path) => path !== undefined && path !== '' && existsSync(path)
	);
}

/**
 * What Chromium is to do without: the menus below its address bar, which without a screen it still starts in two processes for every new
 * window, at more work than a page of ours; and what Playwright switches off itself, as only the last such list counts.
 */
const features = [
	'WebUIOmniboxPopup',
	'WebUIOmniboxAimPopup',
	'AimEnabled',
	'AvoidCorsURLLoaderRestartOnRedirect',
	'AvoidUnnecessaryBeforeUnloadCheckSync',
	'DestroyProfileOnBrowserClose',
	'HttpsFirstBalancedModeAutoEnable',
	'HttpsUpgrades',
	'LensOverlay',
	'MediaRouter',
	'NetworkTimeServiceQuerying',
	'OptimizationHints',
	'PaintHolding',
	'PreconnectToSearch',
	'TcpPortRandomizationWin',
	'ThirdPartyStoragePartitioning'
];

/**
 * How pages of tests compile the engine: once, quickly. Compiled a second time for speed, as readers' pages do and benchmarks measure, it costs more
 * work than the rest of such a page, which is closed before that pays.
 */
export const compiledOnce = '--liftoff-only';

/**
 * Playwright's launch options: that Chromium, without a sandbox (tests run as root in containers) and without any request of its own.
 *
 * @param {...string} engineFlags flags of V8.
 * @returns {import('playwright').LaunchOptions}
 */
export function chromium(...engineFlags) {
	return {
		executablePath: findChromium(),
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			`--disable-features=${features.join(',')}`,
			...(engineFlags.length > 0 ? [`--js-flags=${engineFlags.join(' ')}`] : [])
		]
	};
}
