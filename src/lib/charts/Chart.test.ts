import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import { breakdownChart, breakdownPoints, type BreakdownRow } from './breakdown';
import Bullet from './Bullet.svelte';
import Chart from './Chart.svelte';
import Sparkline from './Sparkline.svelte';

describe('on the server', () => {
	it('puts a drawing for a page and one for a phone into the HTML', () => {
		const rows: BreakdownRow[] = [{ id: 'a', label: 'Sở A', value: 10.5, estimated: false }];
		const options = { locale: 'vi', decimals: 1, words: { estimated: 'ước tính', missing: 'không có' } } as const;
		const { body } = render(Chart, {
			props: {
				build: (width: number) => breakdownChart(rows, { ...options, width }),
				points: breakdownPoints(rows, options),
				label: 'Theo đơn vị',
				filename: 'don-vi',
				words: { chart: 'biểu đồ', instruction: 'Dùng phím mũi tên.', failed: 'Không vẽ được.' }
			}
		});
		expect(body.match(/<svg/g)).toHaveLength(2);
		expect(body).toContain('viewBox="0 0 760');
		expect(body).toContain('viewBox="0 0 344');
		expect(body).toContain('10,5');
		expect(body).toContain('aria-label="Theo đơn vị"');
	});

	it('draws sparklines and bullets', () => {
		const spark = render(Sparkline, {
			props: { points: [{ time: 2024, value: 1 }], domain: [2020, 2030], label: 'một điểm' }
		});
		expect(spark.body).toContain('role="img"');
		const bullet = render(Bullet, { props: { value: 1, target: 2, status: 'slow', label: 'chậm' } });
		expect(bullet.body).toContain('var(--slow)');
	});
});
