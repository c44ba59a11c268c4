import { describe, expect, it } from 'vitest';
import { around, boxOf, overlap, Sheet, shorten, textWidth, wrap, type Label } from './text';

const line = (text: string) => [{ text, size: 12, colour: 'var(--ink)' }];

describe('textWidth', () => {
	it('does not count Vietnamese marks, composed or not', () => {
		expect(textWidth('Tỷ trọng đổi', 12)).toBe(textWidth('Ty trong doi', 12));
		expect(textWidth('Tỷ trọng'.normalize('NFD'), 12)).toBe(textWidth('Tỷ trọng', 12));
	});

	it('grows with the size', () => {
		expect(textWidth('2030', 24)).toBeCloseTo(2 * textWidth('2030', 12));
	});
});

describe('wrap', () => {
	it('keeps every word while there is room', () => {
		const lines = wrap('Sở Giáo dục và Đào tạo tỉnh Thái Nguyên', 120, 13, 3);
		expect(lines.join(' ')).toBe('Sở Giáo dục và Đào tạo tỉnh Thái Nguyên');
		for (const part of lines) expect(textWidth(part, 13)).toBeLessThanOrEqual(120);
	});

	it('shortens what is left over', () => {
		const lines = wrap('Liên hiệp các hội khoa học và kỹ thuật tỉnh Thái Nguyên', 100, 13, 2);
		expect(lines).toHaveLength(2);
		expect(lines[1]).toMatch(/…$/);
	});

	it('does not leave one word alone when it can share', () => {
		expect(wrap('một hai ba bốn', textWidth('một hai ba', 13) + 1, 13, 2)).toEqual(['một hai', 'ba bốn']);
	});

	it('takes an empty text and a word that is too long', () => {
		expect(wrap('', 100, 13, 2)).toEqual([]);
		expect(wrap('nghiêngnghiêng', 40, 13, 2)).toHaveLength(1);
		expect(textWidth(shorten('nghiêngnghiêng', 40, 13), 13)).toBeLessThanOrEqual(40);
	});
});

describe('Sheet', () => {
	it('writes a label where nothing else stands', () => {
		const sheet = new Sheet({ left: 0, top: 0, right: 200, bottom: 200 });
		sheet.put({ x: 100, y: 85, anchor: 'middle', lines: line('trên') });
		sheet.try(around(100, 100, line('điểm')));
		const [above, other] = sheet.labels;
		expect(sheet.labels).toHaveLength(2);
		expect(overlap(boxOf(above as Label), boxOf(other as Label))).toBe(false);
		expect(other?.y).toBeGreaterThan(100);
	});

	it('writes nothing when there is no room, unless it must', () => {
		const sheet = new Sheet({ left: 0, top: 0, right: 200, bottom: 200 });
		sheet.take([{ left: 0, top: 0, right: 200, bottom: 200 }]);
		sheet.try(around(100, 100, line('điểm')));
		expect(sheet.labels).toHaveLength(0);
		sheet.try(around(100, 100, line('điểm')), true);
		expect(sheet.labels).toHaveLength(1);
	});
});
