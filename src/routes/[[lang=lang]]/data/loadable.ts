import { dataset } from '$lib/model/dataset';
import type { Table } from '$lib/model/table';

/** The tables that a reader's file may hold: the registers, units and what belongs to them, targets and actuals. */
export const loadable: readonly Table[] = [
	'initiatives',
	'transfers',
	'activities',
	'unit_headcounts',
	'units',
	'unit_aliases',
	'unit_successions',
	'targets',
	'actuals'
].flatMap((name) => dataset.filter((table) => table.name === name));
