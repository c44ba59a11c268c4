/** What strange files are read and checked against, made from plain rows. */
import { aliasesFrom, nearestUnits, unitResolver } from '../model/alias';
import type { References } from '../model/reference';
import { edgesFrom, unitLivesFrom } from '../model/succession';
import type { Row } from '../model/table';
import type { Knowledge } from './convert';
import type { KeptAlias } from './manifest';

/**
 * Makes knowledge of the references.
 *
 * @param own names that the reader said mean a unit: they hold on every day, before all others.
 * @param day the day that counts as today.
 * @throws TypeError when a row of the references is not as its table declares.
 */
export function knowledgeOf(references: References, own: readonly KeptAlias[], day: Date): Knowledge {
	const codes = new Map<string, References['codes'][number][]>();
	for (const row of references.codes) {
		const known = codes.get(row.list) ?? [];
		known.push(row);
		codes.set(row.list, known);
	}
	const units = references.units as readonly Row[];
	const aliases = aliasesFrom(references.aliases as readonly Row[], units);
	const resolve = unitResolver(aliases, unitLivesFrom(units), edgesFrom(references.successions as readonly Row[]), own);
	const names = new Map(units.map((unit) => [String(unit['unit_id']), String(unit['name_vi'])]));
	const nameOf = (unit: string) => names.get(unit) ?? unit;
	return {
		codes: new Map(
			[...codes].map(([list, rows]) => [
				list,
				rows.map((row) => ({
					code: row.code,
					name_vi: row.name_vi,
					name_en: row.name_en,
					from: row.valid_from,
					to: row.valid_to
				}))
			])
		),
		references: new Map([
			['units.unit_id', new Set(names.keys())],
			['indicators.indicator_id', new Set(references.indicators)],
			['targets.target_id', new Set(references.targets)]
		]),
		resolve,
		nearest: (name) => nearestUnits(name, aliases, 3).map(nameOf),
		nameOf,
		day
	};
}
