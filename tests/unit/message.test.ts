/** Every message exists in both languages, with the same parameters, and says something. */
import { describe, expect, it } from 'vitest';
import en from '../../src/messages/en.json';
import vi from '../../src/messages/vi.json';

/** A message is a text, or texts by plural form of one of its parameters. */
type Message =
	string | readonly { readonly declarations: readonly string[]; readonly match: Readonly<Record<string, string>> }[];

const languages: Readonly<Record<string, Readonly<Record<string, Message>>>> = { vi, en };

/** The texts of a message, one a plural form. */
function textsOf(message: Message | undefined): string[] {
	if (message === undefined) return [];
	return typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));
}

function parametersOf(text: string): string[] {
	return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort();
}

describe('messages', () => {
	it('exist in both languages, in the same order', () => {
		expect(Object.keys(vi).length).toBeGreaterThan(200);
		expect(Object.keys(en)).toEqual(Object.keys(vi));
	});

	it.each(['vi', 'en'])('say something in %s', (language) => {
		for (const [key, message] of Object.entries(languages[language] ?? {})) {
			const texts = textsOf(message);
			expect(texts.length, key).toBeGreaterThan(0);
			for (const text of texts) {
				expect(text.trim(), key).not.toBe('');
				expect(text, key).toBe(text.normalize('NFC'));
			}
		}
	});

	it('take the same parameters, in every plural form', () => {
		for (const key of Object.keys(vi)) {
			const wanted = [...new Set(textsOf(languages.vi?.[key]).flatMap(parametersOf))].sort();
			for (const text of textsOf(languages.en?.[key])) {
				// One of something may be written without its number; nothing else may be left out.
				const left = wanted.filter((name) => !parametersOf(text).includes(name));
				expect(
					left.filter((name) => name !== 'count'),
					key
				).toEqual([]);
				expect(
					parametersOf(text).filter((name) => !wanted.includes(name)),
					key
				).toEqual([]);
			}
		}
	});

	it('are written in their own language', () => {
		// Names that are the same in both.
		const same = ['language_vi', 'language_en', 'take_xlsx', 'take_parquet', 'take_arrow'];
		for (const [key, message] of Object.entries(languages.vi ?? {})) {
			if (same.includes(key)) continue;
			const letters = textsOf(message)
				.join(' ')
				.replace(/\{\w+\}/g, '');
			if (/\p{L}{4}/u.test(letters)) expect(textsOf(languages.en?.[key]), key).not.toEqual(textsOf(message));
		}
		for (const [key, message] of Object.entries(languages.en ?? {})) {
			if (same.includes(key)) continue;
			const foreign = textsOf(message)
				.join(' ')
				.replaceAll(/Thái Nguyên|Bắc Kạn/g, '');
			expect(foreign, key).not.toMatch(/[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i);
		}
	});
});
