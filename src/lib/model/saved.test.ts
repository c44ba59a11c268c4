import { describe, expect, it } from 'vitest';
import { queryOf } from './saved';

describe('the query of a view', () => {
	it('is all behind the first question mark', () => {
		expect(queryOf({ path: '/explore/?filter=?gi%C3%A1o' })).toBe('filter=?gi%C3%A1o');
		expect(queryOf({ path: '/explore/' })).toBe('');
	});
});
