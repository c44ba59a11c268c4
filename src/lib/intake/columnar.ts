/** Parquet and Arrow files as grids: their columns have names and types, and cells are read from Arrow's own buffers when asked for. */
import { DataType, DateUnit, Precision, TimeUnit, tableFromIPC, Vector, type Data, type Table } from 'apache-arrow';
import { parquetStreams, tableOfStreams } from './arrow';
import type { Cell, Grid } from './grid';
import { Lexicon, longestShared, mix, peekAt } from './lexicon';
import { checkFrame, FrameError } from './ipc';
import { unreadable, type SheetError } from './issue';
import { PlainWriter } from './plain';
import { Pool } from './values';
import { cellText, timeText } from './workbook';

/** The cell of one column in a row of one batch of rows; rows are counted from the batch's start. */
type Reader = (index: number) => Cell;

const nothing: Reader = () => null;

function damaged(file: string, kind: 'parquet' | 'arrow'): SheetError {
	const name = kind === 'parquet' ? 'Parquet' : 'Arrow';
	return unreadable(file, null, 'damaged-file', {
		vi: `Không đọc được tệp ${name}: tệp bị hỏng, bị cắt cụt hoặc được ghi theo cách chưa đọc được; hãy xuất lại với tùy chọn mặc định, hoặc lưu thành CSV.`,
		en: `The ${name} file cannot be read: it is damaged, cut short or written in a way that is not read yet; export it again with default options, or as CSV.`
	});
}

function compressed(file: string): SheetError {
	return unreadable(file, null, 'compressed-arrow', {
		vi: 'Tệp Arrow (Feather) này được nén bên trong nên không đọc được; hãy ghi lại không nén hoặc lưu thành Parquet.',
		en: 'This Arrow (Feather) file is compressed inside and cannot be read; write it uncompressed or save it as Parquet.'
	});
}

/** Why columns cannot be rows of cells. The whole file is refused, so that no column is lost unseen. */
type Misfit = 'nested-column' | 'binary-column' | 'column-type';

function misfitting(file: string, misfit: Misfit, columns: readonly string[]): SheetError {
	const names = columns.slice(0, 20).join(', ') + (columns.length > 20 ? ', …' : '');
	const word = {
		'nested-column': {
			vi: `Các cột sau chứa danh sách hoặc bản ghi lồng nhau: ${names}. Hãy tách chúng thành cột đơn hoặc bỏ đi rồi xuất lại.`,
			en: `These columns hold lists or records: ${names}. Split them into plain columns, or leave them out, and export again.`
		},
		'binary-column': {
			vi: `Các cột sau chứa dữ liệu nhị phân, không phải văn bản: ${names}. Hãy chuyển thành văn bản hoặc bỏ đi rồi xuất lại.`,
			en: `These columns hold bytes that are no text: ${names}. Write them as text, or leave them out, and export again.`
		},
		'column-type': {
			vi: `Các cột sau có kiểu chưa đọc được (như khoảng thời gian): ${names}. Hãy chuyển thành số hoặc văn bản rồi xuất lại.`,
			en: `These columns have a type that is not read (such as a duration): ${names}. Write them as numbers or text and export again.`
		}
	};
	return unreadable(file, null, misfit, word[misfit]);
}

function misfit(type: DataType): Misfit | null {
	if (DataType.isDictionary(type)) return misfit(type.dictionary as DataType);
	if (DataType.isList(type) || DataType.isFixedSizeList(type) || DataType.isStruct(type)) return 'nested-column';
	if (DataType.isMap(type) || DataType.isUnion(type)) return 'nested-column';
	if (DataType.isFixedSizeBinary(type)) return 'binary-column';
	const isUnknown = (DataType.isTimestamp(type) || DataType.isTime(type)) && !(type.unit in TimeUnit);
	return isUnknown || DataType.isInterval(type) || DataType.isDuration(type) ? 'column-type' : null;
}

/**
 * The rows of a Parquet file as Arrow. Writers that think in Arrow note their own types in the file (`ARROW:schema`), and some of those are
 * newer than our library: the note is then renamed, and the types of Parquet itself count.
 */
async function parquetTable(bytes: Uint8Array): Promise<Table> {
	const streams = await parquetStreams(bytes);
	try {
		return tableOfStreams(streams);
	} catch (error) {
		const note = new TextEncoder().encode('ARROW:schema');
		const at = bytes.findLastIndex((_, index) => note.every((byte, offset) => bytes[index + offset] === byte));
		if (at < 0) throw error;
		const unnoted = bytes.slice();
		unnoted[at] = 0x5f;
		return tableOfStreams(await parquetStreams(unnoted));
	}
}

/** An Arrow IPC stream or file as it stands. */
async function arrowTable(bytes: Uint8Array): Promise<Table> {
	checkFrame(bytes);
	return tableFromIPC(bytes);
}

/** Whether the buffers of a column hold as many values as it says. */
function isWhole({ type, length, values, valueOffsets, stride, nullBitmap }: Data): boolean {
	if (length === 0 || DataType.isNull(type)) return true;
	const held = (values as ArrayLike<unknown> | undefined)?.length ?? 0;
	if (DataType.isBool(type)) {
		// Where all of them are null, some writers write no bits at all.
		const given = nullBitmap as Uint8Array | undefined;
		return (
			held * 8 >= length || (given !== undefined && given.length * 8 >= length && given.every((byte) => byte === 0))
		);
	}
	const isText = DataType.isUtf8(type) || DataType.isLargeUtf8(type);
	if (isText || DataType.isBinary(type) || DataType.isLargeBinary(type)) {
		const offsets = valueOffsets as ArrayLike<number | bigint>;
		return offsets.length > length && Number(offsets[0]) >= 0 && Number(offsets[length]) <= held;
	}
	return held >= length * stride;
}

/** How many texts are decoded at a time: few enough that a single one costs little, many enough that all of them cost little each. */
const blockRows = 4096;

/**
 * Reads texts of UTF-8 in blocks: one call of the decoder for thousands of cells, which are then cut out of one string.
 *
 * @param fatal whether bytes that are no UTF-8 are an error; else they become U+FFFD.
 */
function textReader({ values, valueOffsets, length }: Data, fatal = false): Reader {
	const bytes = values as Uint8Array;
	const offsets = valueOffsets as Int32Array | BigInt64Array;
	const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
	const starts = new Uint32Array(blockRows + 1);
	let block = -1;
	let text: string | null = null;
	let isNormal = true;

	const load = (next: number) => {
		block = next;
		const first = block * blockRows;
		const count = Math.min(blockRows, length - first);
		const from = Number(offsets[first]);
		const segment = bytes.subarray(from, Number(offsets[first + count]));
		try {
			text = strict.decode(segment);
		} catch (error) {
			if (fatal) throw error;
			text = null;
			return;
		}
		let at = 0;
		let units = 0;
		for (let index = 1; index <= count; index++) {
			const end = Math.min(Number(offsets[first + index]) - from, segment.length);
			if (segment.length === text.length) units = at = end;
			else {
				for (; at < end; at++) {
					const byte = segment[at] ?? 0;
					// A character of four bytes is two units of a string; bytes that follow a first one are none.
					if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
				}
			}
			starts[index] = units;
		}
		isNormal = text.normalize('NFC') === text;
	};
	return (index) => {
		const next = Math.floor(index / blockRows);
		if (next !== block) load(next);
		const at = index - block * blockRows;
		if (text === null) {
			return lenient.decode(bytes.subarray(Number(offsets[index]), Number(offsets[index + 1]))).normalize('NFC');
		}
		const cell = text.slice(starts[at], starts[at + 1]);
		return isNormal ? cell : cell.normalize('NFC');
	};
}

/** A whole number that is too large to be exact as a number stays a text of its digits. */
function exact(value: bigint): Cell {
	const number = Number(value);
	return Number.isSafeInteger(number) ? number : String(value);
}

/** A number that is none (`NaN`, as some programs write a missing one) is an empty cell; an infinite one is a text that no column takes. */
function finite(value: number): Cell {
	return Number.isFinite(value) ? value : Number.isNaN(value) ? null : String(value);
}

/** The decimal `units` ÷ 10^`scale`: a number when the number shows the same digits, else a text with a point. */
function decimal(units: bigint, scale: number): Cell {
	const number = Number(`${units}e${-scale}`);
	if (scale <= 0) return Number.isSafeInteger(number) ? number : String(units * 10n ** BigInt(-scale));
	const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
	const text = `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
	return (scale <= 100 && number.toFixed(scale) === text) || number === 0 ? number + 0 : text;
}

function decimalReader({ values, stride }: Data, scale: number): Reader {
	const words = values as Uint32Array;
	const power = 10 ** scale;
	return (index) => {
		const first = index * stride;
		const [low = 0, high = 0] = [words[first], words[first + 1]];
		const units = (high | 0) * 2 ** 32 + low;
		let isShort = Number.isSafeInteger(units) && scale >= 0 && scale <= 22;
		const sign = ((high | 0) >> 31) >>> 0;
		for (let word = 2; word < stride; word++) isShort &&= words[first + word] === sign;
		// Both are exact, so that their quotient is the number nearest to the decimal.
		if (isShort && Math.abs(units) < 1e15) return units / power;
		let bits = 0n;
		for (let word = stride - 1; word >= 0; word--) bits = (bits << 32n) | BigInt(words[first + word] ?? 0);
		return decimal(BigInt.asIntN(32 * stride, bits), scale);
	};
}

/** The days and instants that were read: a register names few of them in many rows. */
const instants = new Map<number, Date>();

/** An instant as a date, like ones being the same; one that no `Date` can hold stays the text of its count of milliseconds. */
function instant(milliseconds: number): Cell {
	let date = instants.get(milliseconds);
	if (!date) {
		date = new Date(milliseconds);
		if (Number.isNaN(date.getTime())) return String(milliseconds);
		if (instants.size >= 20_000) instants.clear();
		instants.set(milliseconds, date);
	}
	return date;
}

/** What is added to an instant in UTC, in milliseconds, so that its parts in UTC are what clocks of a zone showed. Null where nothing is. */
function zoneShift(zone: string | null | undefined): ((milliseconds: number) => number) | null {
	if (!zone || /^(Etc\/)?(UTC|GMT|Z|[+-]00:?00)$/i.test(zone)) return null;
	const fixed = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
	if (fixed) {
		const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
		return () => (fixed[1] === '-' ? -minutes : minutes) * 60_000;
	}
	let clock: Intl.DateTimeFormat;
	try {
		const number = 'numeric';
		const parts = { year: number, month: number, day: number, hour: number, minute: number } as const;
		clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'iso8601', hourCycle: 'h23', ...parts });
	} catch {
		return null;
	}
	// Zones change at quarters of an hour.
	const quarter = 900_000;
	const shifts = new Map<number, number>();
	return (milliseconds) => {
		const start = Math.floor(milliseconds / quarter) * quarter;
		let shift = shifts.get(start);
		if (shift === undefined) {
			const part: Record<string, number> = {};
			for (const { type, value } of clock.formatToParts(start)) part[type] = Number(value);
			const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
			shift = Date.UTC(year, month - 1, day, hour, minute) - start;
			shifts.set(start, shift);
		}
		return shift;
	};
}

const perMillisecond = { [TimeUnit.MICROSECOND]: 1000n, [TimeUnit.NANOSECOND]: 1_000_000n };

function timestampReader(values: BigInt64Array, unit: TimeUnit, zone: string | null | undefined): Reader {
	const shift = zoneShift(zone);
	return (index) => {
		const count = values[index] ?? 0n;
		let milliseconds: number;
		if (unit === TimeUnit.SECOND) milliseconds = Number(count) * 1000;
		else if (unit === TimeUnit.MILLISECOND) milliseconds = Number(count);
		else {
			const per = perMillisecond[unit];
			milliseconds = Number(count / per) - (count % per < 0n ? 1 : 0);
		}
		const shifted = shift && Math.abs(milliseconds) <= 8.64e15 ? milliseconds + shift(milliseconds) : milliseconds;
		return instant(shifted);
	};
}

/** Reads the values of a column that are not null. */
function valueReader(data: Data, dictionaryOf: (dictionary: Vector) => readonly Cell[]): Reader {
	const type: DataType = data.type;
	if (DataType.isNull(type)) return nothing;
	if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return textReader(data);
	if (DataType.isBinary(type) || DataType.isLargeBinary(type)) return textReader(data);
	if (DataType.isDecimal(type)) return decimalReader(data, type.scale);
	if (DataType.isDictionary(type)) {
		const indices = data.values as ArrayLike<number | bigint>;
		const cells = data.dictionary ? dictionaryOf(data.dictionary) : [];
		return (index) => cells[Number(indices[index])] ?? null;
	}
	if (DataType.isBool(type)) {
		const bits = data.values as Uint8Array;
		return (index) => (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
	}
	if (DataType.isTimestamp(type)) return timestampReader(data.values as BigInt64Array, type.unit, type.timezone);
	if (DataType.isFloat(type) && type.precision === Precision.HALF) {
		const vector = new Vector([data]);
		return (index) => finite(vector.get(index) as number);
	}
	const numbers = data.values as ArrayLike<number | bigint>;
	if (DataType.isDate(type)) {
		const per = type.unit === DateUnit.DAY ? 86_400_000 : 1;
		return (index) => instant(Number(numbers[index]) * per);
	}
	if (DataType.isTime(type)) {
		const perSecond = {
			[TimeUnit.SECOND]: 1,
			[TimeUnit.MILLISECOND]: 1e3,
			[TimeUnit.MICROSECOND]: 1e6,
			[TimeUnit.NANOSECOND]: 1e9
		};
		const per = perSecond[type.unit];
		return (index) => timeText(Math.floor((Number(numbers[index]) * 1000) / per));
	}
	return (index) => {
		const number = numbers[index] ?? null;
		return number === null ? null : typeof number === 'bigint' ? exact(number) : finite(number);
	};
}

function reader(data: Data, dictionaryOf: (dictionary: Vector) => readonly Cell[]): Reader {
	const read = valueReader(data, dictionaryOf);
	const validity = validityOf(data);
	if (!validity) return read;
	return (index) => (((validity[index >> 3] ?? 0) >> (index & 7)) & 1 ? read(index) : null);
}

/**
 * A Parquet or an Arrow IPC file (a stream or a file) as a grid with names; its rows are counted from 1.
 *
 * Whole numbers and decimals are numbers where these show the same digits, else texts with a point; days and instants of any
 * unit are `Date`s (fractions of a millisecond are cut off), in UTC or, where the file names a zone, as the clocks of that zone showed
 * them; times are texts `08:30:00`; bytes are texts where they are UTF-8; NaN is an empty cell; values of a dictionary are themselves.
 *
 * @throws SheetError when the bytes are not of that format, are damaged or compressed in a way that cannot be read, and when a column
 * holds lists, records, bytes that are no text or a type of its own (durations), naming all such columns.
 */
export async function columnarGrid(file: string, bytes: Uint8Array, kind: 'parquet' | 'arrow'): Promise<Grid> {
	const table = await (kind === 'parquet' ? parquetTable(bytes) : arrowTable(bytes)).catch((error: unknown) => {
		const isCompressed = error instanceof FrameError && error.reason === 'compressed';
		throw isCompressed ? compressed(file) : damaged(file, kind);
	});
	const names = table.schema.fields.map(({ name }: { name: string | null }) => (name ?? '').normalize('NFC'));
	const types = table.schema.fields.map(({ type }) => type as DataType);
	for (const reason of ['nested-column', 'binary-column', 'column-type'] as const) {
		const columns = names.filter((_, column) => types[column] && misfit(types[column]) === reason);
		if (columns.length > 0) throw misfitting(file, reason, columns);
	}
	if (names.length === 0) throw damaged(file, kind);

	const batches = table.batches.filter(({ numRows }) => numRows > 0);
	const starts = [0];
	for (const batch of batches) {
		const { numRows, data } = batch;
		const isSound = names.every((_, column) => {
			const child = data.children[column];
			const dictionaries = child?.dictionary?.data ?? [];
			return child && child.length >= numRows && isWhole(child) && dictionaries.every(isWhole);
		});
		if (!isSound) throw damaged(file, kind);
		starts.push((starts.at(-1) ?? 0) + numRows);
	}
	const length = starts.at(-1) ?? 0;

	const untexted = names.filter((_, column) =>
		batches.some(({ data }) => {
			const child = data.children[column];
			const parts = child?.dictionary ? child.dictionary.data : child ? [child] : [];
			return !parts.every((part: Data) => isText(part));
		})
	);
	if (untexted.length > 0) throw misfitting(file, 'binary-column', untexted);

	const dictionaries = new Map<Vector, readonly Cell[]>();
	const dictionaryOf = (dictionary: Vector): readonly Cell[] => {
		const known = dictionaries.get(dictionary);
		if (known) return known;
		const cells = dictionary.data.flatMap((part: Data) => {
			const read = reader(part, () => []);
			return Array.from({ length: part.length }, (_, index) => read(index));
		});
		dictionaries.set(dictionary, cells);
		return cells;
	};
	const readers = batches.map((): Reader[] => []);
	/** The batch of the row that was asked for last. */
	let batch = 0;
	const turnTo = (row: number): void => {
		if (row >= (starts[batch] ?? 0) && row < (starts[batch + 1] ?? 0)) return;
		let [low, high] = [0, batches.length - 1];
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((starts[middle] ?? 0) <= row) low = middle;
			else high = middle - 1;
		}
		batch = low;
	};
	const cell = (row: number, column: number): Cell => {
		if (!(row >= 0 && row < length && column >= 0 && column < names.length)) return null;
		turnTo(row);
		const child = batches[batch]?.data.children[column];
		const known = readers[batch];
		if (!child || !known) return null;
		const read = (known[column] ??= reader(child, dictionaryOf));
		return read(row - (starts[batch] ?? 0));
	};
	const sharing: Sharing[] = [];
	const sharedOf = (column: number): Sharing => (sharing[column] ??= share(column));
	const share = (column: number): Sharing => {
		const numbers = new Int32Array(length).fill(own);
		const lexicon = new Lexicon();
		const pool = new Pool();
		batches.forEach(({ data }, index) => {
			const child = data.children[column];
			if (!child) return;
			const part = numbers.subarray(starts[index], starts[index + 1]);
			if (isPlainText(child.type)) numberTexts(child, lexicon, part);
			else numberCells(child, reader(child, dictionaryOf), pool, part);
		});
		return { numbers, cells: lexicon.texts.length > 0 ? [null, ...lexicon.texts] : pool.different };
	};
	return {
		file,
		sheet: null,
		length,
		breadth: names.length,
		names,
		merges: [],
		flaws: new Map(),
		line: (row) => row + 1,
		span: () => 1,
		width: () => names.length,
		cell,
		peek: (row, column) => {
			turnTo(row);
			const child = batches[batch]?.data.children[column];
			if (!child || !isPlainText(child.type)) return 0;
			const index = row - (starts[batch] ?? 0);
			const validity = validityOf(child);
			if (validity && ((validity[index >> 3]! >> (index & 7)) & 1) === 0) return 0;
			const offsets = child.valueOffsets as Int32Array | BigInt64Array;
			return peekAt(child.values as Uint8Array, Number(offsets[index]), Number(offsets[index + 1]));
		},
		plain: (column, rows) => {
			const writer = new PlainWriter(rows.length);
			let next = 0;
			for (const [index, { data }] of batches.entries()) {
				const child = data.children[column];
				if (!child || !isPlainText(child.type)) return null;
				const [first, behind] = [starts[index] ?? 0, starts[index + 1] ?? 0];
				const validity = validityOf(child);
				const bytes = child.values as Uint8Array;
				const offsets = child.valueOffsets as Int32Array | BigInt64Array;
				// A whole batch without nulls is taken as it stands.
				const isAll = rows[next] === first && rows[next + behind - first - 1] === behind - 1;
				if (isAll && !validity && offsets instanceof Int32Array) {
					if (!writer.addAll(bytes, offsets.subarray(0, behind - first + 1))) return null;
					next += behind - first;
					continue;
				}
				for (; next < rows.length && rows[next]! < behind; next++) {
					const at = rows[next]! - first;
					const isNull = validity !== undefined && ((validity[at >> 3]! >> (at & 7)) & 1) === 0;
					if (!writer.add(bytes, isNull ? 0 : Number(offsets[at]), isNull ? 0 : Number(offsets[at + 1]))) return null;
				}
			}
			return writer.texts();
		},
		raw: (row) => names.map((_, column) => cellText(cell(row, column))).join('\t'),
		shared: {
			numbers: (column, rows) => {
				const { numbers } = sharedOf(column);
				return rows.length === length ? numbers : rows.map((row) => numbers[row] ?? own);
			},
			cells: (column) => sharedOf(column).cells
		}
	};
}

/** The cells that a column shares, null the first of them, and for each row the number of its own. */
interface Sharing {
	readonly numbers: Int32Array;
	readonly cells: readonly Cell[];
}

/** The number of a cell that its column does not share with others. */
const own = -1;

const isPlainText = (type: DataType): boolean => DataType.isUtf8(type) || DataType.isLargeUtf8(type);

/** The bits that say which cells are not null; undefined where all are. */
function validityOf({ nullCount, nullBitmap }: Data): Uint8Array | undefined {
	const bits = nullBitmap as Uint8Array | undefined;
	return nullCount > 0 && bits && bits.length > 0 ? bits : undefined;
}

/** What stands for each cell in the file where like cells are stored alike, in one number each: days, whole numbers, places in a dictionary. */
function storedOf({ type, values, valueOffsets, stride, length }: Data): ArrayLike<number | bigint> | null {
	const stored = values as ArrayLike<number | bigint> | undefined;
	const isOne = stride === 1 && valueOffsets === undefined && !DataType.isBool(type);
	return isOne && stored !== undefined && stored.length >= length ? stored : null;
}

/** Whole numbers below this are looked up by themselves: days of a century, counts, places in a dictionary. */
const smallest = 2 ** 16;

/** Numbers the cells of a column as they are read, until there are too many different ones. What is stored alike is read once. */
function numberCells(data: Data, read: Reader, pool: Pool, numbers: Int32Array): void {
	const stored = storedOf(data);
	const validity = validityOf(data);
	if (stored === null) {
		for (let index = 0; index < numbers.length && !pool.isFull; index++) numbers[index] = pool.placeOf(read(index));
		return;
	}
	const small = new Int32Array(smallest).fill(own);
	const known = new Map<number | bigint, number>();
	const placeOf = (one: number | bigint, index: number): number => {
		const isSmall = typeof one === 'number' && one >= 0 && one < smallest && Number.isInteger(one);
		let place = isSmall ? small[one]! : (known.get(one) ?? own);
		if (place !== own) return place;
		place = pool.placeOf(read(index));
		if (isSmall) small[one] = place;
		else known.set(one, place);
		return place;
	};
	let [last, place]: [number | bigint | null, number] = [null, own];
	for (let index = 0; index < numbers.length; index++) {
		if (validity && ((validity[index >> 3]! >> (index & 7)) & 1) === 0) numbers[index] = 0;
		else {
			const one = stored[index]!;
			if (one !== last) {
				if (pool.isFull) return;
				last = one;
				place = placeOf(one, index);
			}
			numbers[index] = place;
		}
	}
}

/** Numbers the texts of a column that cells share, from 1; nulls are 0. */
function numberTexts(data: Data, lexicon: Lexicon, numbers: Int32Array): void {
	const bytes = data.values as Uint8Array;
	const offsets = data.valueOffsets as Int32Array | BigInt64Array;
	const validity = validityOf(data);
	// Registers are often in the order of a column: the text before is looked at first.
	let [first, behind, place] = [0, -1, own];
	for (let index = 0; index < numbers.length; index++) {
		if (validity && ((validity[index >> 3]! >> (index & 7)) & 1) === 0) {
			numbers[index] = 0;
			continue;
		}
		const start = Number(offsets[index]);
		const end = Number(offsets[index + 1]);
		if (end - start > longestShared || lexicon.isFull) continue;
		if (end - start !== behind - first || !isAlike(bytes, start, first, end - start)) {
			let hash = 0;
			for (let at = start; at < end; at++) hash = mix(hash, bytes[at]!);
			const number = lexicon.find(hash, bytes, start, end);
			[first, behind, place] = [start, end, number < 0 ? own : number + 1];
		}
		numbers[index] = place;
	}
}

/** Whether so many bytes are the same in two places. */
function isAlike(bytes: Uint8Array, one: number, other: number, length: number): boolean {
	for (let at = 0; at < length; at++) if (bytes[one + at] !== bytes[other + at]) return false;
	return true;
}

/** Whether the bytes of a column of bytes are text; a column of another type is not asked. */
function isText(data: Data): boolean {
	const type: DataType = data.type;
	if (!DataType.isBinary(type) && !DataType.isLargeBinary(type)) return true;
	const read = textReader(data, true);
	try {
		for (let index = 0; index < data.length; index += blockRows) read(index);
		return true;
	} catch {
		return false;
	}
}
