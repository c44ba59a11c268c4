/** CodeMirror as the box for SQL: fetched when it is shown, painted with the page's own colours. */
import {
	acceptCompletion,
	autocompletion,
	closeBrackets,
	closeCompletion,
	completeFromList,
	type Completion
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { PostgreSQL, sql, SQLDialect, type SQLNamespace } from '@codemirror/lang-sql';
import { bracketMatching, LanguageSupport, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, Prec, StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, drawSelection, EditorView, keymap, lineNumbers, type DecorationSet } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import type { Locale } from '$lib/format';
import type { schema } from '$lib/model/schema';

type Schema = Awaited<ReturnType<typeof schema>>;

/** What DuckDB reads beside the words of PostgreSQL. */
const words =
	'pivot unpivot summarize describe show qualify asof anti semi positional exclude replace rename columns sample using by name macro struct ' +
	'map try_cast ilike glob similar at';
const types = 'hugeint uhugeint ubigint uinteger usmallint utinyint tinyint double varchar blob bitstring';

const dialect = SQLDialect.define({
	...PostgreSQL.spec,
	keywords: `${PostgreSQL.spec.keywords ?? ''} ${words}`,
	types: `${PostgreSQL.spec.types ?? ''} ${types}`,
	doubleDollarQuotedStrings: true,
	caseInsensitiveIdentifiers: true
});

/** A name as it must stand in SQL. */
const written = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

function language(known: Schema | null, locale: Locale): Extension {
	const namespace: Record<string, SQLNamespace> = {};
	for (const { name, label, columns } of known?.tables ?? []) {
		const self: Completion = {
			label: name,
			apply: written(name),
			type: 'class',
			...(label ? { detail: label[locale] } : {})
		};
		namespace[name] = {
			self,
			children: columns.map((column) => ({
				label: column.name,
				apply: written(column.name),
				type: 'property',
				detail: column.label?.[locale] ?? column.type.toLowerCase(),
				boost: 1
			}))
		};
	}
	const support = sql({ dialect, schema: namespace, defaultTable: 'filtered', upperCaseKeywords: true });
	const functions = (known?.functions ?? []).map(({ name, call }): Completion => ({
		label: name,
		apply: `${name}(`,
		type: 'function',
		detail: call.slice(name.length),
		boost: -1
	}));
	return new LanguageSupport(support.language, [
		support.support,
		support.language.data.of({ autocomplete: completeFromList(functions) })
	]);
}

const mark = StateEffect.define<number | null>();

/** The line that an error names, until the text changes. */
const marked = StateField.define<DecorationSet>({
	create: () => Decoration.none,
	update: (lines, { effects, docChanged, state }) => {
		let shown = docChanged ? Decoration.none : lines;
		for (const effect of effects) {
			if (!effect.is(mark)) continue;
			const line = effect.value !== null && effect.value <= state.doc.lines ? state.doc.line(effect.value) : null;
			shown = line ? Decoration.set(Decoration.line({ class: 'cm-wrong' }).range(line.from)) : Decoration.none;
		}
		return shown;
	},
	provide: (field) => EditorView.decorations.from(field)
});

const look = EditorView.theme({
	'&': { border: '1px solid var(--hairline)', background: 'var(--paper)', color: 'var(--ink)', fontSize: '0.8125rem' },
	'&.cm-focused': { outline: '2px solid var(--series)', outlineOffset: '1px' },
	'.cm-scroller': {
		fontFamily: "ui-monospace, 'DejaVu Sans Mono', monospace",
		lineHeight: '1.6',
		minHeight: '8rem',
		maxHeight: '24rem'
	},
	'.cm-content': { caretColor: 'var(--ink)' },
	'.cm-cursor': { borderLeftColor: 'var(--ink)' },
	'.cm-gutters': { background: 'var(--wash)', color: 'var(--soft)', border: '0' },
	'.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
		background: 'color-mix(in srgb, var(--series) 25%, transparent)'
	},
	'.cm-wrong': { background: 'color-mix(in srgb, var(--slow) 14%, transparent)', boxShadow: 'inset 3px 0 var(--slow)' },
	'.cm-matchingBracket': { background: 'var(--hairline)', color: 'inherit' },
	'.cm-tooltip': {
		background: 'var(--paper)',
		color: 'var(--ink)',
		border: '1px solid var(--hairline)',
		maxWidth: '90vw'
	},
	'.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--series)', color: 'var(--paper)' },
	'.cm-completionDetail': { color: 'var(--soft)', fontStyle: 'normal' },
	'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
	'.tok-keyword, .tok-operatorKeyword': { color: 'var(--series)', fontWeight: '600' },
	'.tok-string, .tok-string2': { color: 'var(--met)' },
	'.tok-number, .tok-bool': { color: 'var(--accelerate)' },
	'.tok-comment': { color: 'var(--soft)', fontStyle: 'italic' }
});

/** What the box calls, and how it is named. */
export interface EditorOptions {
	readonly text: string;
	readonly label: string;
	readonly describedBy: string;
	readonly locale: Locale;
	readonly change: (text: string) => void;
	readonly run: () => void;
	/** Whether there was something to stop. */
	readonly stop: () => boolean;
}

/** The box. */
export interface Editor {
	write(text: string): void;
	focus(): void;
	/** Marks a line, counted from 1, or none. */
	mark(line: number | null): void;
	/** Closes the list of completions, which would lie over the answer. */
	settle(): void;
	/** Takes over what may be completed. */
	know(known: Schema): void;
	end(): void;
}

/** Puts the box into an element. */
export function openEditor(parent: HTMLElement, options: EditorOptions): Editor {
	const spoken = new Compartment();
	const run = () => {
		options.run();
		return true;
	};
	const view = new EditorView({
		parent,
		state: EditorState.create({
			doc: options.text,
			extensions: [
				Prec.highest(
					keymap.of([
						{ key: 'Mod-Enter', run },
						// A list of completions closes first.
						{ key: 'Ctrl-Enter', run }
					])
				),
				autocompletion({ icons: false, activateOnTyping: true }),
				keymap.of([
					{ key: 'Tab', run: acceptCompletion },
					{ key: 'Escape', run: options.stop },
					...historyKeymap,
					...defaultKeymap
				]),
				history(),
				lineNumbers(),
				drawSelection(),
				bracketMatching(),
				closeBrackets(),
				syntaxHighlighting(classHighlighter),
				EditorView.lineWrapping,
				EditorView.contentAttributes.of({ 'aria-label': options.label, 'aria-describedby': options.describedBy }),
				EditorView.updateListener.of(({ docChanged, state }) => {
					if (docChanged) options.change(state.doc.toString());
				}),
				marked,
				look,
				spoken.of(language(null, options.locale))
			]
		})
	});
	return {
		write: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
		focus: () => view.focus(),
		mark: (line) => view.dispatch({ effects: mark.of(line) }),
		settle: () => void closeCompletion(view),
		know: (known) => view.dispatch({ effects: spoken.reconfigure(language(known, options.locale)) }),
		end: () => view.destroy()
	};
}
