/**
 * The built site with far more in it, for benchmarks: registers of as many rows as asked, and as many units. What is made is kept in the
 * system's folder for temporary files and made once.
 */
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readParquet } from 'parquet-wasm/node';
import { toArrow } from '../src/lib/intake/arrow';
import { readPeriodEnd } from '../src/lib/intake/cell';
import { readPublished } from '../src/lib/intake/published';
import { periodEndName } from '../src/lib/intake/typed';
import { unitHeadcounts, units } from '../src/lib/model/dataset';
import { activities, initiatives, transfers } from '../src/lib/model/register';
import type { Column, Row, Table } from '../src/lib/model/table';
import { readWorld, sampleActivities, sampleInitiatives, sampleTransfers, writeCsv, writeParquetFile } from './sample';

/** A table as intake leaves it: with the end of each period. */
function withPeriodEnds(table: Table): Table {
	const periods = table.columns.filter(({ type }) => type === 'period');
	const ends = periods.map((column): Column => ({ ...column, name: periodEndName(column), type: 'date' }));
	return { ...table, columns: [...table.columns, ...ends] };
}

function* rowsWithPeriodEnds(table: Table, rows: Iterable<Row>): Generator<Row> {
	const periods = table.columns.filter(({ type }) => type === 'period');
	for (const row of rows) {
		for (const column of periods) row[periodEndName(column)] = readPeriodEnd(String(row[column.name]));
		yield row;
	}
}

function* more(rows: readonly Row[], others: readonly Row[]): Generator<Row> {
	yield* rows;
	yield* others;
}

/**
 * A data folder with so many units that live today: those of the published one, and copies of them under other names, some larger and some
 * smaller. The registers stay those of the published folder.
 */
async function manyUnits(folder: string, count: number): Promise<void> {
	if (existsSync(join(folder, 'finished'))) return;
	await cp('data', folder, { recursive: true });
	const read = (table: Table): Record<string, string>[] =>
		parse(readFileSync(join('data', `${table.name}.csv`), 'utf8'), { columns: true, bom: true });
	const [known, heads] = [read(units), read(unitHeadcounts)];
	const living = known.filter(({ valid_to: to, reports }) => to === '' && reports === 'true');
	const newUnits: Row[] = [];
	const newHeads: Row[] = [];
	for (let index = 0; living.length + newUnits.length < count; index++) {
		const number = String(index + 1).padStart(4, '0');
		const like = living[index % living.length] ?? {};
		const unit = {
			...like,
			unit_id: `TN-BANSAO-${number}`,
			name_vi: `${like.name_vi} ${number}`,
			name_en: `${like.name_en} ${number}`,
			short_name: `${like.short_name} ${number}`,
			valid_from: ''
		};
		newUnits.push(unit);
		const factor = 0.5 + ((index * 37) % 100) / 66;
		const latest = heads.findLast(({ unit_id: id, staff }) => id === like.unit_id && staff !== '');
		for (let year = 2020; year <= 2025; year++) {
			const staff = Math.max(3, Math.round(Number(latest?.staff ?? 30) * factor) + (year % 3));
			newHeads.push({ unit_id: unit.unit_id, year, staff, members: Math.ceil(staff * 0.7), source: 'Số mẫu' });
		}
	}
	writeCsv(join(folder, 'units.csv'), units, more(known, newUnits));
	writeCsv(join(folder, 'unit_headcounts.csv'), unitHeadcounts, more(heads, newHeads));
	await writeFile(join(folder, 'finished'), '');
}

/** A site in a folder of its own. */
export interface Enlarged {
	readonly folder: string;
	readonly remove: () => Promise<void>;
}

/**
 * The built site with registers of so many rows in the place of its own, as the Arrow streams that a build would serve, and with so many
 * units that live today where a number is given. Its prerendered answers stay those of the published files, so it is good for asking the
 * engine only; with units of its own it has no answers at all and its pages are the empty shell, so that everything is asked of the engine.
 */
export async function enlarged(rows: number, unitCount: number | null = null): Promise<Enlarged> {
	const samples = join(tmpdir(), `thai-nguyen-${rows}${unitCount === null ? '' : `-${unitCount}`}`);
	await mkdir(samples, { recursive: true });
	const folder = await mkdtemp(join(tmpdir(), 'site-'));
	await cp('build', folder, { recursive: true });
	if (unitCount !== null) {
		const data = join(samples, 'data');
		await manyUnits(data, unitCount);
		for (const typed of await readPublished(data)) {
			if (typed.table.name !== units.name && typed.table.name !== unitHeadcounts.name) continue;
			await writeFile(join(folder, 'tables', `${typed.table.name}.arrow`), toArrow(typed));
		}
		await rm(join(folder, 'answers'), { recursive: true });
		for (const page of ['index.html', 'units/index.html']) await cp(join('build', '404.html'), join(folder, page));
	}
	const world = unitCount === null ? readWorld() : readWorld(join(samples, 'data'));
	const registers = [
		[initiatives, sampleInitiatives, rows],
		[transfers, sampleTransfers, rows],
		// Activities are as many for each unit, the others as many for all.
		[activities, sampleActivities, (rows * readWorld().units.length) / world.units.length]
	] as const;
	for (const [table, generate, count] of registers) {
		const stream = join(samples, `${table.name}.arrow`);
		if (!existsSync(stream)) {
			console.log(`Making ${rows} ${table.name} in ${samples} …`);
			const parquet = join(samples, `${table.name}.parquet`);
			writeParquetFile(parquet, withPeriodEnds(table), rowsWithPeriodEnds(table, generate(world, count, 69)));
			await writeFile(`${stream}.unfinished`, readParquet(await readFile(parquet)).intoIPCStream());
			await rename(`${stream}.unfinished`, stream);
		}
		await rm(join(folder, 'tables', `${table.name}.arrow`));
		await symlink(stream, join(folder, 'tables', `${table.name}.arrow`));
	}
	return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
