import { expect, it } from 'vitest';
import { initiatives } from '$lib/model/register';
import type { Total } from '$lib/model/rowset';
import type { Column } from '$lib/model/table';
import { totalText, totalTitle } from './total';

const column = (name: string): Column => {
	const found = initiatives.columns.find((one) => one.name === name);
	if (!found) throw new Error(name);
	return found;
};
const total = (about: Partial<Total>): Total => ({
	column: '',
	kind: 'sum',
	filled: 3,
	value: null,
	last: null,
	...about
});
const day = (text: string) => new Date(`${text}T00:00:00Z`);

it('says a total by its kind: amounts in short, days by their months, years as they are', () => {
	const money = totalText(column('benefit_vnd'), total({ value: 44_900_000 }), 'vi');
	expect(money).toContain('44,9');
	const days = total({ kind: 'range', value: day('2021-03-05'), last: day('2024-11-30') });
	expect(totalText(column('submitted_on'), days, 'vi')).toMatch(/03\/2021.*11\/2024/);
	expect(totalText(column('submitted_on'), days, 'vi')).not.toContain('05/03');
	expect(totalText(column('submitted_on'), days, 'vi', true)).toMatch(/05\/03\/2021.*30\/11\/2024/);
	expect(totalText(column('year'), total({ kind: 'range', value: 2021, last: 2024 }), 'vi')).toMatch(/2021.*2024/);
	expect(totalText(column('title'), total({ kind: 'filled' }), 'vi')).toBe('');
});

it('says with room how many rows are filled, and nothing before it where there is no total', () => {
	const filled = totalTitle(column('title'), total({ kind: 'filled', filled: 12 }), 3456, 'vi');
	expect(filled).toContain('12');
	expect(filled).toContain('3.456');
	expect(filled).not.toContain('·');
	expect(totalTitle(column('benefit_vnd'), total({ value: 1000 }), 3456, 'vi')).toContain(' · ');
});
