/** A thousand corrupted files from a seeded fuzzer: never a crash, never a lost row, and one bad mark costs one record at most. */
import { readFile } from 'node:fs/promises';
import { tableFromIPC } from 'apache-arrow';
import { gzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTcvn3, inUtf16, inVni, inWindows1258, mangled, utf8 } from '../../../tests/encoder';
import { publishedReferences } from '../../../tests/reference';
import { dataset } from '../model/dataset';
import type { References } from '../model/reference';
import { registers } from '../model/register';
import { csvSheet } from './sheet';
import { fates } from './convert';
import type { Encoding } from './encoding';
import { Session, type PartView, type RowView } from './session';
import { SheetError } from './issue';

let references: References;

/** A clean export: the first rows of a register of the sample under Vietnamese headings. */
interface Export {
	readonly rows: readonly (readonly string[])[];
	/** Columns without which no row can be loaded. */
	readonly needed: ReadonlySet<number>;
}
const clean: Export[] = [];

beforeAll(async () => {
	references = await publishedReferences();
	for (const name of ['initiatives', 'activities']) {
		const columns = registers.find((register) => register.name === name)?.columns ?? [];
		const sheet = csvSheet(name, await readFile(`data/${name}.csv`, 'utf8'));
		const declared = sheet.header.map((column) => columns.find((one) => one.name === column));
		const rows: string[][] = [sheet.header.map((column, at) => declared[at]?.label.vi ?? column)];
		sheet.rows((cells) => {
			if (rows.length <= 24) rows.push(cells.map((cell) => cell.replaceAll('\n', ' ')));
		});
		clean.push({ rows, needed: new Set(declared.flatMap((column, at) => (column?.required ? [at] : []))) });
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

/** How exports are written before their bytes are corrupted. TCVN3 has no capitals with tones. */
const encodings: readonly {
	readonly name: string;
	readonly encoding: Encoding;
	readonly encode: (text: string) => Uint8Array;
}[] = [
	{ name: 'UTF-8', encoding: 'utf-8', encode: utf8 },
	{ name: 'UTF-8 with its mark', encoding: 'utf-8', encode: (text) => utf8(`\ufeff${text}`) },
	{ name: 'UTF-16LE', encoding: 'utf-16le', encode: inUtf16 },
	{ name: 'UTF-16LE without its mark', encoding: 'utf-16le', encode: (text) => inUtf16(text).subarray(2) },
	{ name: 'UTF-16BE', encoding: 'utf-16be', encode: (text) => inUtf16(text, 'big') },
	{ name: 'windows-1258', encoding: 'windows-1258', encode: inWindows1258 },
	{ name: 'TCVN3', encoding: 'tcvn3', encode: inTcvn3 },
	{ name: 'VNI', encoding: 'vni', encode: inVni },
	{ name: 'mangled UTF-8', encoding: 'utf-8-as-windows-1252', encode: mangled }
];

/** What a corruption made of an export. */
interface Corrupted {
	readonly name?: string;
	readonly bytes: Uint8Array;
	/** All that was written, where its bytes are sound: no letter of it may be lost. */
	readonly text?: string;
}

/** A corruption of rows, of their text, or of its bytes. */
type Corruption = (rows: string[][], next: () => number, encode: (text: string) => Uint8Array) => Corrupted;

const pick = <T>(items: readonly T[], next: () => number): T => items[Math.floor(next() * items.length)] as T;
const place = (text: string, next: () => number) => Math.floor(next() * text.length);

const corruptions: Readonly<Record<string, Corruption>> = {
	'a quotation mark anywhere': (rows, next, encode) => {
		const whole = written(rows, pick([',', ';', '\t', '|'], next), '\n');
		const at = place(whole, next);
		const text = `${whole.slice(0, at)}"${whole.slice(at)}`;
		return { bytes: encode(text), text };
	},
	'the mark of some encoding': (rows, next, encode) => {
		const mark = pick([utf8('\ufeff'), utf8('\ufeff\ufeff'), [0xff, 0xfe], [0xfe, 0xff], [0xff]], next);
		return { bytes: Uint8Array.from([...mark, ...encode(written(rows, pick([',', ';'], next), '\r\n'))]) };
	},
	'mixed dialects': (rows, next, encode) => {
		const half = Math.floor(next() * rows.length);
		const text = written(rows.slice(0, half), ',', '\n') + written(rows.slice(half), ';', '\r\n');
		return { bytes: encode(text), text };
	},
	'line breaks in cells': (rows, next, encode) => {
		for (let times = 0; times < 5; times++) {
			const row = pick(rows, next);
			const at = Math.floor(next() * row.length);
			row[at] = `${row[at]}\r\n${pick(['a', '', 'tiếp, theo', '1;2'], next)}`;
		}
		const text = written(rows, ',', '\r\n');
		return { bytes: encode(text), text };
	},
	'NUL characters': (rows, next, encode) => {
		const whole = written(rows, ',', '\n');
		const at = place(whole, next);
		const text = `${whole.slice(0, at)}\0\0${whole.slice(at)}`;
		return { bytes: encode(text), text };
	},
	'ragged rows': (rows, next, encode) => {
		for (let times = 0; times < 6; times++) {
			const row = pick(rows, next);
			if (next() < 0.5) row.splice(Math.floor(next() * row.length), 1);
			else row.splice(Math.floor(next() * row.length), 0, 'thêm');
		}
		const text = written(rows, ';', '\n');
		return { bytes: encode(text), text };
	},
	'a byte too many or too few': (rows, next, encode) => {
		const bytes = [...encode(written(rows, pick(['\t', ','], next), '\r\n'))];
		const at = Math.floor(next() * bytes.length);
		bytes.splice(at, ...(next() < 0.5 ? [1] : ([0, Math.floor(next() * 256)] as const)));
		return { bytes: Uint8Array.from(bytes) };
	},
	'letters that its encoding does not have': (rows) => ({
		bytes: Uint8Array.from(written(rows, ',', '\n'), (sign) => (sign.charCodeAt(0) < 256 ? sign.charCodeAt(0) : 0xe2))
	}),
	'decomposed letters': (rows, _, encode) => {
		const text = written(rows, ',', '\n').normalize('NFD');
		return { bytes: encode(text), text };
	},
	'doubled headings': (rows, next, encode) => {
		const head = rows[0] ?? [];
		head[Math.floor(next() * head.length)] = head[Math.floor(next() * head.length)] ?? '';
		rows.splice(1 + Math.floor(next() * rows.length), 0, [...head]);
		const text = written(rows, ',', '\n');
		return { bytes: encode(text), text };
	},
	'titles, groups and totals': (rows, next, encode) => {
		const width = rows[0]?.length ?? 1;
		const wide = (...cells: string[]) => [...cells, ...new Array<string>(Math.max(0, width - cells.length)).fill('')];
		rows.splice(1 + Math.floor(next() * (rows.length - 1)), 0, wide('II', 'KHỐI SỞ, NGÀNH'));
		rows.push(wide('', 'Tổng cộng', '', '99'), wide(), wide('Người lập biểu'));
		rows.unshift(wide('DANH SÁCH NĂM 2024'), wide());
		const text = written(rows, ';', '\n');
		return { bytes: encode(text), text };
	},
	'a huge cell': (rows, next, encode) => {
		const row = pick(rows, next);
		row[Math.floor(next() * row.length)] = 'dài '.repeat(10_000);
		const text = written(rows, ',', '\n');
		return { bytes: encode(text), text };
	},
	'a hundred thousand columns': (rows, next, encode) => {
		rows.splice(Math.floor(next() * rows.length), 0, new Array<string>(100_000).fill('x'));
		const text = written(rows.slice(0, 4), ',', '\n');
		return { bytes: encode(text), text };
	},
	'next to nothing': (rows, next, encode) => {
		const head = written(rows.slice(0, 1), ',', '');
		const few = ['', '\n', ' ', '\0', '"', '""', ',', ',,,\n,,,\n', '\r\r\n', head, `${head}\n`, head.slice(0, 9)];
		return { bytes: encode(pick(few, next)) };
	},
	'a wrong ending': (rows, next, encode) => {
		const text = written(rows, ',', '\n');
		return { name: pick(['a.xlsx', 'a.parquet', 'a.zip', 'a.xls', 'a'], next), bytes: encode(text), text };
	},
	'an end that is cut off': (rows, next, encode) => {
		const bytes = encode(written(rows, ',', '\n'));
		return { bytes: bytes.slice(0, Math.floor(next() * bytes.length)) };
	},
	'flipped bytes': (rows, next, encode) => {
		const bytes = encode(written(rows, ',', '\n')).slice();
		for (let times = 0; times < 8; times++) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
		return { bytes };
	},
	'a damaged archive': (rows, next, encode) => {
		const inner = encode(written(rows, ',', '\n'));
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

/** Some columns of an export in an order of their own, those among them without which nothing is loaded. */
function narrowed({ rows, needed }: Export, next: () => number): string[][] {
	const columns = (rows[0] ?? []).map((_, at) => ({ at, rank: needed.has(at) ? 0 : 1 + next() }));
	const chosen = columns.sort((a, b) => a.rank - b.rank).slice(0, needed.size + 5);
	const order = chosen.map(({ at }) => ({ at, rank: next() })).sort((a, b) => a.rank - b.rank);
	return rows.map((row) => order.map(({ at }) => row[at] ?? ''));
}

/** The letters and digits of a text, in order and without case, each alike however it was composed. */
const letters = (text: string) =>
	text
		.normalize('NFC')
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]/gu, '');

/** All that the rows of a part show, in the order of the file. */
function shown(session: Session, { index, length }: PartView) {
	return fates.flatMap((fate) => session.rows(index, { fate }, 0, length).rows).sort((a, b) => a.row - b.row);
}

/** Lines that wait though nothing is said against them. */
const unexplained = (rows: readonly RowView[]): number[] =>
	rows
		.filter(({ fate, issues }) => fate === 'waiting' && !issues.some(({ severity }) => severity === 'error'))
		.map(({ line }) => line);

const perKind = 50;

describe.each(Object.keys(corruptions))('%s', (kind) => {
	it(`leaves ${perKind} files with every row accounted for, or refused with a word`, async () => {
		let [sound, understood] = [0, 0];
		for (let seed = 1; seed <= perKind; seed++) {
			const next = random(seed * 7919 + kind.length);
			const { name: written, encoding, encode } = pick(encodings, next);
			const rows = narrowed(clean[seed % 2] as Export, next);
			const { name = 'a.csv', bytes, text } = (corruptions[kind] as Corruption)(rows, next, encode);
			const found = await outcome(name, bytes);
			const about = `${kind} ${seed}, ${written}`;
			if (text !== undefined) sound++;
			if ('refusal' in found) {
				expect(text, `${about}: ${found.refusal?.remedy.en}`).toBeUndefined();
				expect(found.refusal?.remedy.vi.length, about).toBeGreaterThan(10);
				continue;
			}
			for (const issue of found.left) expect(issue.remedy.vi.length).toBeGreaterThan(10);
			if (text !== undefined) expect(found.parts, about).toHaveLength(1);
			for (const part of found.parts) {
				if (text !== undefined) expect(part.encoding?.chosen, about).toBe(encoding);
				if (part.plan === null) continue;
				understood++;
				const view = found.session.check(part.index, still);
				const counts = Object.values(view.account);
				expect(
					counts.reduce((sum, count) => sum + count, 0),
					about
				).toBe(part.length);
				for (const fate of fates) {
					expect(found.session.rows(part.index, { fate }, 0, 1).total).toBe(view.account[fate]);
				}
				if (text !== undefined) {
					const seen = shown(found.session, part).map(({ cells, raw }) => raw ?? cells.join(' '));
					expect(letters(seen.join(' ')) === letters(text), about).toBe(true);
				}
				expect(unexplained(shown(found.session, part)), about).toEqual([]);
				const finished = found.session.finish(part.index, view);
				expect(tableFromIPC(finished.rows).numRows).toBe(view.made);
				expect(finished.account.rows).toHaveLength(part.length - view.account.loaded);
			}
		}
		expect(understood).toBeGreaterThanOrEqual(sound * 0.9);
	});
});

describe.each(encodings)('in $name', ({ encode }) => {
	/** The rows of a file by their line: what became of each, and its cells. */
	async function read(bytes: Uint8Array): Promise<Map<number, string>> {
		const found = await outcome('a.csv', bytes);
		if ('refusal' in found) throw new Error(`refused: ${found.refusal?.remedy.en}`);
		found.session.check(0, still);
		return new Map(
			shown(found.session, found.parts[0] as PartView).map(({ line, fate, cells }) => [
				line,
				`${fate} ${cells.join('\u0000')}`.toLowerCase()
			])
		);
	}

	const plain = (seed: number, next: () => number) =>
		narrowed(clean[seed % 2] as Export, next).map((row) => row.map((cell) => cell.replace(/["\n\r,;]/g, ' ')));

	it('is read as in UTF-8', async () => {
		for (let seed = 1; seed <= 2; seed++) {
			const text = written(plain(seed, random(seed)), ',', '\n');
			expect(await read(encode(text))).toEqual(await read(utf8(text)));
		}
	});

	it('loses no more than the record in which a quotation mark was put', async () => {
		for (let seed = 1; seed <= 12; seed++) {
			const next = random(seed);
			const text = written(plain(seed, next), ',', '\n');
			const at = text.indexOf('\n') + 1 + Math.floor(next() * (text.length - text.indexOf('\n') - 2));
			const line = text.slice(0, at).split('\n').length;
			const clear = await read(encode(text));
			const struck = await read(encode(`${text.slice(0, at)}"${text.slice(at)}`));
			expect(clear.size).toBe(25);
			expect(struck.size).toBe(clear.size);
			for (const [place, row] of clear) if (place !== line) expect(struck.get(place), `seed ${seed}`).toBe(row);
		}
	});
});
