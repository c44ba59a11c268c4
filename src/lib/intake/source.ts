/** A file's bytes as grids, whatever the format: what its first bytes say, unpacked, decoded and cut into cells. */
import type { Bilingual } from '../model/table';
import { unpack } from './archive';
import { columnarGrid } from './columnar';
import { dialectOf, tokenise, type Dialect } from './delimited';
import { transcode, type Encoding, type Transcoded } from './encoding';
import type { Grid } from './grid';
import { SheetError, unreadable, type Issue } from './issue';
import { kindOf, refusal, type Kind } from './kind';
import { pageGrids } from './page';
import { gridOfSnapshot, isSnapshot } from './snapshot';
import { workbookGrids } from './workbook';

/** What the reader chose in the place of what was found. */
export interface Choice {
	readonly encoding?: Encoding;
	readonly delimiter?: Dialect['delimiter'];
}

/** One table of a file, and how its text was read. */
export interface Source {
	readonly grid: Grid;
	/** Null where the format says itself how its text is encoded. */
	readonly decoded: Omit<Transcoded, 'bytes'> | null;
	readonly dialect: Dialect | null;
}

/** What was found in a file. */
export interface Sources {
	readonly sources: readonly Source[];
	/** Entries of an archive that were not read, and why. */
	readonly left: readonly Issue[];
}

/**
 * Opens a file.
 *
 * @param limit bytes that may be unpacked.
 * @param step called with the share of the bytes that were read.
 * @param only the one file in an archive that is wanted; all of them when it is left out.
 * @throws SheetError when nothing in it can be read; what cannot be read beside what can is in `left`.
 */
export async function openSources(
	file: string,
	bytes: Uint8Array,
	choice: Choice,
	limit: number,
	step: (share: number) => void,
	only: string | null = null
): Promise<Sources> {
	if (isSnapshot(bytes)) return { sources: [{ grid: gridOfSnapshot(bytes), decoded: null, dialect: null }], left: [] };
	const kind = kindOf(bytes);
	if (kind !== 'zip' && kind !== 'gzip') {
		return { sources: await opened(file, bytes, kind, choice, limit, step), left: [] };
	}
	const { files, skipped } = unpack(file, bytes, limit);
	const sources: Source[] = [];
	const left: Issue[] = [...skipped];
	const wanted = only === null ? files : files.filter((entry) => entry.file === only);
	for (const [index, entry] of wanted.entries()) {
		const part = (share: number) => step((index + share) / wanted.length);
		try {
			sources.push(...(await opened(entry.file, entry.bytes, kindOf(entry.bytes), choice, limit, part)));
		} catch (error) {
			if (!(error instanceof SheetError)) throw error;
			left.push(error.issue);
		}
	}
	if (sources.length > 0) return { sources, left };
	const [first] = left;
	if (first) throw new SheetError(first);
	throw unreadable(file, null, 'empty-archive', {
		vi: 'Tệp nén không chứa tệp nào; hãy nén lại, hoặc thả từng tệp bên trong.',
		en: 'The archive holds no file; pack it again, or drop the files inside one by one.'
	});
}

async function opened(
	file: string,
	bytes: Uint8Array,
	kind: Kind,
	choice: Choice,
	limit: number,
	step: (share: number) => void
): Promise<Source[]> {
	const flaw = refusal(kind);
	if (flaw) throw unreadable(file, null, flaw.rule, flaw.remedy);
	const plain = (grids: readonly Grid[]): Source[] => grids.map((grid) => ({ grid, decoded: null, dialect: null }));
	switch (kind) {
		case 'parquet':
		case 'arrow':
			return plain([await columnarGrid(file, bytes, kind)]);
		case 'workbook':
			return some(file, plain(await workbookGrids(file, bytes, limit)));
		case 'zip':
		case 'gzip':
			throw unreadable(file, null, 'archive-in-archive', {
				vi: 'Tệp nén nằm trong tệp nén; hãy giải nén lớp ngoài rồi thả lại.',
				en: 'An archive lies within an archive; unpack the outer one and drop what is inside.'
			});
		default: {
			const { bytes: text, ...decoded } = transcode(bytes, choice.encoding);
			if (text === null) throw tooLong(file);
			step(0.2);
			if (kind !== 'text')
				return some(
					file,
					pageGrids(file, new TextDecoder().decode(text)).map((grid) => ({ grid, decoded, dialect: null }))
				);
			const found = dialectOf(text);
			const dialect = choice.delimiter ? { ...found, delimiter: choice.delimiter, certainty: 1 } : found;
			const grid = await tokenise(file, text, dialect, (share) => step(0.2 + 0.8 * share));
			return [{ grid, decoded, dialect }];
		}
	}
}

function some(file: string, sources: Source[]): Source[] {
	if (sources.length > 0) return sources;
	const remedy: Bilingual = {
		vi: 'Tệp không có bảng nào; hãy kiểm tra đã lưu đúng trang tính có số liệu.',
		en: 'The file holds no table; check that the sheet with the figures was saved.'
	};
	throw unreadable(file, null, 'no-table', remedy);
}

const tooLong = (file: string) =>
	unreadable(file, null, 'too-long', {
		vi: 'Văn bản dài hơn mức trình duyệt giữ được (khoảng 500 triệu ký tự); hãy chia tệp theo năm, hoặc lưu thành Parquet.',
		en: 'The text is longer than a browser can hold (about 500 million characters); split the file by year, or save it as Parquet.'
	});
