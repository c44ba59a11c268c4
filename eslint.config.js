import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** What draws and what needs a page: the domain and the door for files know nothing of it. */
const page = '^(svelte($|/)|@sveltejs/|\\$app/|\\$env/|\\$messages|\\$locale|@observablehq/plot)';

/** What the application itself offers: charts get what they need as arguments. */
const application = '^(@sveltejs/|\\$app/|\\$env/|\\$messages|\\$locale)';

/**
 * Who may import whom, one folder: imports that match `pattern` are refused, written `import … from`, `export … from` or `import()`.
 * Tests may fetch what they need from anywhere.
 *
 * @param {string} files
 * @param {{ pattern: string, message: string }[]} refused
 */
function imports(files, ...refused) {
	return {
		files: [files],
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{ patterns: refused.map(({ pattern, message }) => ({ regex: pattern, message })) }
			],
			'no-restricted-syntax': [
				'error',
				...refused.map(({ pattern, message }) => ({
					selector: `ImportExpression[source.value=/${pattern.replaceAll('/', '\\x2f')}/]`,
					message
				}))
			]
		}
	};
}

/**
 * A folder of src/lib that imports, of ours, itself and what is named.
 *
 * @param {string} folder
 * @param {string[]} floors folders with a slash at the end, or files
 * @param {string} packages a pattern of other imports that are refused
 */
function floor(folder, floors, packages = '^$') {
	const allowed = [`${folder}/`, ...floors.map((name) => (name.endsWith('/') ? name : `${name}(\\.[jt]s)?$`))];
	const message = `${folder}/ imports nothing of ours but ${floors.join(' and ') || 'itself'}: see "The house" in ARCHITECTURE.md`;
	return imports(
		`src/lib/${folder}/**`,
		{ pattern: `^(\\.\\./|\\$lib/)(?!${allowed.join('|')})`, message },
		{ pattern: packages, message: `${folder}/ does not know of it: see "The house" in ARCHITECTURE.md` }
	);
}

export default defineConfig(
	globalIgnores(['build/', '.svelte-kit/', 'src/messages/compiled/', 'src/messages/project.inlang/', 'test-results/']),
	typescript.configs.recommendedTypeChecked,
	svelte.configs.recommended,
	{
		linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: { allowDefaultProject: ['eslint.config.js', 'svelte.config.js', 'src/service-worker.ts'] },
				tsconfigRootDir: import.meta.dirname,
				extraFileExtensions: ['.svelte']
			}
		},
		rules: {
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-var': 'error',
			'prefer-const': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			// A function that promises is `async` so that it never throws at once, whether it waits or not.
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: typescript.parser, svelteConfig } },
		rules: {
			'prefer-const': 'off',
			'svelte/prefer-const': ['error', { destructuring: 'all' }],
			// Links are written by functions that know language, sub-path and view; the rule only knows resolve() on the spot.
			'svelte/no-navigation-without-resolve': 'off',
			// It also warns of a Map or URLSearchParams that never leaves its function.
			'svelte/prefer-svelte-reactivity': 'off'
		}
	},
	{
		// The one place where Plot meets the DOM.
		files: ['src/lib/charts/Chart.svelte'],
		rules: { 'svelte/no-at-html-tags': 'off', 'svelte/no-dom-manipulating': 'off' }
	},
	{ ...typescript.configs.disableTypeChecked, files: ['static/**'] },
	{ files: ['src/**'], rules: { 'no-console': 'error' } },

	floor('database', [], page),
	floor('model', ['database/', 'exchange'], page),
	floor('intake', ['model/', 'database/', 'exchange'], page),
	floor('charts', ['model/', 'format'], application),
	floor('components', ['charts/', 'model/', 'format']),
	...['format', 'exchange'].map((name) =>
		imports(`src/lib/${name}.ts`, {
			pattern: `^(\\.\\.?/|\\$lib/)|${page}`,
			message: `${name}.ts stands alone`
		})
	),
	imports('src/routes/**', {
		pattern: '\\+(page|layout|error|server)|^\\./[^/]+/|^(\\.\\./)+(?!\\.)[^/]+/',
		message: 'Routes never import one another: what more than one page shows lives in $lib/components'
	})
);
