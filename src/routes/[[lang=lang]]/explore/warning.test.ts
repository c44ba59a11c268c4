import { describe, expect, it } from 'vitest';
import { notesOfRow, type ImportNotes } from './warning';

const warning = (line: number, keys?: readonly string[]): ImportNotes['warnings'][number] => ({
	line,
	heading: null,
	rule: 'row-short',
	raw: null,
	remedy: { vi: 'a', en: 'b' },
	...(keys ? { keys } : {})
});

describe('notesOfRow', () => {
	it('leaves the warnings of the row, and the files that have any', () => {
		const notes = [
			{ name: 'a.csv', warnings: [warning(2, ['SK-1']), warning(3, ['SK-2', 'SK-3'])] },
			{ name: 'b.csv', warnings: [warning(9, ['SK-4'])] }
		];
		expect(notesOfRow(notes, 'SK-3')).toEqual([{ name: 'a.csv', warnings: [warning(3, ['SK-2', 'SK-3'])] }]);
		expect(notesOfRow(notes, 'SK-9')).toEqual([]);
		expect(notesOfRow([], 'SK-1')).toEqual([]);
	});

	it('knows nothing of what an earlier version kept', () => {
		expect(notesOfRow([{ name: 'a.csv', warnings: [warning(2), warning(3, ['SK-1'])] }], 'SK-1')).toBeNull();
	});
});
