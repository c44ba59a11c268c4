/** A thousand corrupted files from a seeded fuzzer: never a crash, never a lost row, and one bad mark costs one record at most. */
import { readFile } from 'node:fs/promises';
import { tableFromIPC } from 'apache-arrow';
import { gzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { publishedReferences } from '../../../tests/reference';
import { dataset } from '../model/dataset';
import type { References } from '../model/reference';
import { registers } from '../model/register';
import { csvSheet } from './sheet';
import { fates } from './convert';
import { Session } from './session';
import { SheetError } from './issue';

let references: References;
/** Clean exports: the first rows of the sample's registers under Vietnamese headings. */
const clean: string[][][] = [];

beforeAll(async () => {
	references = await publishedReferences();
	for (const name of ['initiatives', 'activities']) {
		const table = registers.find((register) => register.name === name);
		const sheet = csvSheet(name, await readFile(`data/${name}.csv`, 'utf8'));
		const header = sheet.header.map((column) => table?.columns.find((one) => one.name === column)?.label.vi ?? column);
		const rows: string[][] = [[...header]];
		sheet.rows((cells) => {
			if (rows.length <= 24) rows.push(cells.map((cell) => cell.replaceAll('\n', ' ')));
		});
		clean.push(rows);
	}
});

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const written = (rows: readonly (readonly string[])[], delimiter: string, end: string) =>
	rows
		.map((row) =>
			row.map((cell) => (/["\n\r,;\t|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)
		)
		.join(end) + end;

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string): Uint8Array {
	const bytes = new Uint8Array(2 + text.length * 2);
	bytes.set([0xff, 0xfe]);
	for (let index = 0; index < text.length; index++) {
		bytes[2 + 2 * index] = text.charCodeAt(index) & 0xff;
		bytes[3 + 2 * index] = text.charCodeAt(index) >> 8;
	}
	return bytes;
}

/** A corruption of text, or of bytes. `rows` is how many lines it has then, where that can be said. */
type Corruption = (rows: string[][], next: () => number) => { readonly name?: string; readonly bytes: Uint8Array };

const pick = <T>(items: readonly T[], next: () => number): T => items[Math.floor(next() * items.length)] as T;
const place = (text: string, next: () => number) => Math.floor(next() * text.length);

const corruptions: Readonly<Record<string, Corruption>> = {
	'a quotation mark anywhere': (rows, next) => {
		const text = written(rows, pick([',', ';', '\t', '|'], next), '\n');
		const at = place(text, next);
		return { bytes: utf8(`${text.slice(0, at)}"${text.slice(at)}`) };
	},
	'a byte order mark': (rows, next) => ({ bytes: utf8(`\ufeff${written(rows, pick([',', ';'], next), '\r\n')}`) }),
	'mixed dialects': (rows, next) => {
		const half = Math.floor(next() * rows.length);
		return { bytes: utf8(written(rows.slice(0, half), ',', '\n') + written(rows.slice(half), ';', '\r\n')) };
	},
	'line breaks in cells': (rows, next) => {
		for (let times = 0; times < 5; times++) {
			const row = pick(rows, next);
			const at = Math.floor(next() * row.length);
			row[at] = `${row[at]}\r\n${pick(['a', '', 'tiếp, theo', '1;2'], next)}`;
		}
		return { bytes: utf8(written(rows, ',', '\r\n')) };
	},
	'NUL characters': (rows, next) => {
		const text = written(rows, ',', '\n');
		const at = place(text, next);
		return { bytes: utf8(`${text.slice(0, at)}\0\0${text.slice(at)}`) };
	},
	'ragged rows': (rows, next) => {
		for (let times = 0; times < 6; times++) {
			const row = pick(rows, next);
			if (next() < 0.5) row.splice(Math.floor(next() * row.length), 1);
			else row.splice(Math.floor(next() * row.length), 0, 'thêm');
		}
		return { bytes: utf8(written(rows, ';', '\n')) };
	},
	'UTF-16': (rows, next) => ({ bytes: utf16(written(rows, pick(['\t', ','], next), '\r\n')) }),
	'one-byte text': (rows) => ({
		bytes: Uint8Array.from(written(rows, ',', '\n'), (sign) => (sign.charCodeAt(0) < 256 ? sign.charCodeAt(0) : 0xe2))
	}),
	'decomposed letters': (rows) => ({ bytes: utf8(written(rows, ',', '\n').normalize('NFD')) }),
	'doubled headings': (rows, next) => {
		const head = rows[0] ?? [];
		head[Math.floor(next() * head.length)] = head[Math.floor(next() * head.length)] ?? '';
		rows.splice(1 + Math.floor(next() * rows.length), 0, [...head]);
		return { bytes: utf8(written(rows, ',', '\n')) };
	},
	'titles, groups and totals': (rows, next) => {
		const width = rows[0]?.length ?? 1;
		const wide = (...cells: string[]) => [...cells, ...new Array<string>(Math.max(0, width - cells.length)).fill('')];
		rows.splice(1 + Math.floor(next() * (rows.length - 1)), 0, wide('II', 'KHỐI SỞ, NGÀNH'));
		rows.push(wide('', 'Tổng cộng', '', '99'), wide(), wide('Người lập biểu'));
		rows.unshift(wide('DANH SÁCH NĂM 2024'), wide());
		return { bytes: utf8(written(rows, ';', '\n')) };
	},
	'a huge cell': (rows, next) => {
		const row = pick(rows, next);
		row[Math.floor(next() * row.length)] = 'dài '.repeat(60_000);
		return { bytes: utf8(written(rows, ',', '\n')) };
	},
	'a hundred thousand columns': (rows, next) => {
		rows.splice(Math.floor(next() * rows.length), 0, new Array<string>(100_000).fill('x'));
		return { bytes: utf8(written(rows.slice(0, 4), ',', '\n')) };
	},
	'no bytes': () => ({ bytes: new Uint8Array() }),
	'a wrong ending': (rows, next) => ({
		name: pick(['a.xlsx', 'a.parquet', 'a.zip', 'a.xls', 'a'], next),
		bytes: utf8(written(rows, ',', '\n'))
	}),
	'an end that is cut off': (rows, next) => {
		const bytes = utf8(written(rows, ',', '\n'));
		return { bytes: bytes.slice(0, Math.floor(next() * bytes.length)) };
	},
	'flipped bytes': (rows, next) => {
		const bytes = utf8(written(rows, ',', '\n'));
		for (let times = 0; times < 8; times++) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
		return { bytes };
	},
	'a damaged archive': (rows, next) => {
		const inner = utf8(written(rows, ',', '\n'));
		const bytes = next() < 0.5 ? gzipSync(inner) : zipSync({ 'a.csv': inner, 'b.txt': utf8('x') });
		if (next() < 0.7) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
		return { bytes: next() < 0.3 ? bytes.slice(0, Math.floor(next() * bytes.length)) : bytes };
	},
	noise: (_, next) => ({ bytes: Uint8Array.from({ length: 300 }, () => Math.floor(next() * 256)) }),
	'a format’s first bytes alone': (_, next) => ({
		bytes: Uint8Array.from([
			...pick(
				[
					[0x50, 0x4b, 3, 4],
					[0x50, 0x41, 0x52, 0x31],
					[0xd0, 0xcf, 0x11, 0xe0],
					[0x1f, 0x8b],
					[0x41, 0x52, 0x52, 0x4f, 0x57, 0x31],
					[0x3c, 0x74, 0x61, 0x62, 0x6c, 0x65]
				],
				next
			),
			...Array.from({ length: 40 }, () => Math.floor(next() * 256))
		])
	})
};

const still = () => undefined;

async function outcome(name: string, bytes: Uint8Array) {
	const session = new Session(
		{
			tables: ['initiatives', 'transfers', 'activities'],
			references,
			aliases: [],
			plans: {},
			day: '2026-11-24',
			limit: 2 ** 28
		},
		dataset
	);
	try {
		const { parts, left } = await session.open(name, bytes, still);
		return { session, parts, left };
	} catch (error) {
		if (!(error instanceof SheetError)) throw error;
		return { refusal: error.issue };
	}
}

const perKind = 50;

describe.each(Object.keys(corruptions))('%s', (kind) => {
	it(`leaves ${perKind} files with every row accounted for, or refused with a word`, async () => {
		for (let seed = 1; seed <= perKind; seed++) {
			const next = random(seed * 7919 + kind.length);
			const rows = (clean[seed % 2] ?? []).map((row) => [...row]);
			const { name = 'a.csv', bytes } = corruptions[kind]?.(rows, next) ?? { bytes: new Uint8Array() };
			const found = await outcome(name, bytes);
			if ('refusal' in found) {
				expect(found.refusal?.remedy.vi.length, `${kind} ${seed}`).toBeGreaterThan(10);
				continue;
			}
			for (const issue of found.left) expect(issue.remedy.vi.length).toBeGreaterThan(10);
			for (const part of found.parts) {
				if (part.plan === null) continue;
				const view = found.session.check(part.index, still);
				const counts = Object.values(view.account);
				expect(
					counts.reduce((sum, count) => sum + count, 0),
					`${kind} ${seed}`
				).toBe(part.length);
				for (const fate of fates) {
					expect(found.session.rows(part.index, { fate: fate }, 0, 1).total).toBe(view.account[fate]);
				}
				for (const row of found.session.rows(part.index, { fate: 'waiting' }, 0, 1000).rows) {
					expect(
						row.issues.some(({ severity }) => severity === 'error'),
						`${kind} ${seed} line ${row.line}`
					).toBe(true);
				}
				const finished = found.session.finish(part.index, view);
				expect(tableFromIPC(finished.rows).numRows).toBe(view.made);
				expect(finished.account.rows).toHaveLength(part.length - view.account.loaded);
			}
		}
	}, 120_000);
});

it('loses no more than the record in which a quotation mark was put', async () => {
	for (let seed = 1; seed <= 100; seed++) {
		const next = random(seed);
		const rows = (clean[seed % 2] ?? []).map((row) => row.map((cell) => cell.replace(/["\n\r,;]/g, ' ')));
		const text = written(rows, ',', '\n');
		const at = text.indexOf('\n') + 1 + Math.floor(next() * (text.length - text.indexOf('\n') - 2));
		const line = text.slice(0, at).split('\n').length;
		const [before, after] = await Promise.all([
			outcome('a.csv', utf8(text)),
			outcome('a.csv', utf8(`${text.slice(0, at)}"${text.slice(at)}`))
		]);
		if ('refusal' in before || 'refusal' in after) throw new Error('refused');
		const [clear, struck] = [before, after].map(({ session }) => {
			session.check(0, still);
			return new Map(
				fates.flatMap((fate) =>
					session
						.rows(0, { fate }, 0, 1000)
						.rows.map((row) => [row.line, `${fate} ${row.cells.join('\u0000')}`] as const)
				)
			);
		});
		expect(struck?.size).toBe(clear?.size);
		for (const [place, row] of clear ?? []) if (place !== line) expect(struck?.get(place), `seed ${seed}`).toBe(row);
	}
}, 120_000);
