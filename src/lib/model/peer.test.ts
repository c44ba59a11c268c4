import { describe, expect, it } from 'vitest';
import { boundsFrom, groupOf, peersOf, standardBounds, takes, type Member, type PeerGroup } from './peer';

const group = (about: Partial<PeerGroup> & { group_id: string }): PeerGroup => ({
	name_vi: about.group_id,
	name_en: about.group_id,
	kinds: null,
	blocks: null,
	staff_from: null,
	staff_to: null,
	by_default: true,
	note_vi: null,
	note_en: null,
	...about
});
const member = (unit: string, staff: number | null, kind = 'office', block = 'state'): Member => ({
	unit,
	kind,
	block,
	staff
});

const groups = [
	group({ group_id: 'small', kinds: 'office', staff_to: 50 }),
	group({ group_id: 'large', kinds: 'office', staff_from: 50 }),
	group({ group_id: 'schools', kinds: 'school|college' }),
	group({ group_id: 'everyone', by_default: false })
];

describe('a group', () => {
	it('takes in by kind, block and a band that is open at its upper end', () => {
		const band = group({ group_id: 'b', kinds: 'office', blocks: 'state', staff_from: 20, staff_to: 50 });
		expect([19, 20, 49, 50, null].map((staff) => takes(band, member('x', staff)))).toEqual([
			false,
			true,
			true,
			false,
			false
		]);
		expect(takes(band, member('x', 30, 'school'))).toBe(false);
		expect(takes(band, member('x', 30, 'office', 'party'))).toBe(false);
		expect(takes(groups[2] ?? band, member('x', null, 'college'))).toBe(true);
	});

	it('is the first of the file that is there by default', () => {
		expect(groupOf(groups, member('x', 40))?.group_id).toBe('small');
		expect(groupOf(groups, member('x', null))).toBeNull();
		expect(groupOf(groups, member('x', 4, 'club'))).toBeNull();
	});
});

describe('peers', () => {
	const offices = [10, 20, 30, 40, 45, 48, 60, 100, 400].map((staff) => member(`o${staff}`, staff));

	it('are those of the band, the unit first', () => {
		expect(peersOf(groups, offices, 'o20', standardBounds)).toMatchObject({
			basis: 'group',
			units: ['o20', 'o10', 'o30', 'o40', 'o45', 'o48']
		});
	});

	it('are the nearest by headcount where the band holds fewer than five others', () => {
		// From 60: 48 (1.25 times), 45 (1.33), 40 (1.5), 100 (1.67), 30 (2), 20 (3), 10 (6), 400 (6.7).
		const peers = peersOf(groups, offices, 'o60', { ...standardBounds, nearest_peers: 5 });
		expect(peers).toMatchObject({ basis: 'nearest', units: ['o60', 'o48', 'o45', 'o40', 'o100', 'o30'] });
		expect(peers.group?.group_id).toBe('large');
	});

	it('stay few where there is no band to leave', () => {
		const schools = [member('s', 20, 'school'), member('c', 90, 'college'), ...offices];
		expect(peersOf(groups, schools, 's', standardBounds)).toMatchObject({ basis: 'group', units: ['s', 'c'] });
	});

	it('are not those that a group before it in the file has already', () => {
		const clinics = group({ group_id: 'clinics', kinds: 'service', blocks: 'health' });
		const services = group({ group_id: 'services', kinds: 'service' });
		const all = [
			member('clinic', 20, 'service', 'health'),
			member('paper', 30, 'service'),
			member('park', 9, 'service')
		];
		const found = (unit: string, chosen?: string) =>
			peersOf([clinics, services], all, unit, standardBounds, chosen).units;
		expect(found('paper')).toEqual(['paper', 'park']);
		expect(found('clinic')).toEqual(['clinic']);
		expect(found('paper', 'services')).toEqual(['paper', 'clinic', 'park']);
	});

	it('are those of the group that was chosen, whoever the unit is; an unknown choice is none', () => {
		const all = [member('s', 20, 'school'), ...offices];
		expect(peersOf(groups, all, 's', standardBounds, 'everyone').units).toHaveLength(10);
		expect(peersOf(groups, all, 's', standardBounds, 'small').units).toHaveLength(7);
		expect(peersOf(groups, all, 's', standardBounds, 'nothing').units).toEqual(['s']);
	});

	it('are nobody for a unit of no group, or that is not there', () => {
		expect(peersOf(groups, offices, 'x', standardBounds)).toEqual({ group: null, basis: 'group', units: ['x'] });
		expect(peersOf([], offices, 'o10', standardBounds).units).toEqual(['o10']);
		expect(peersOf(groups, [], 'o10', standardBounds).units).toEqual(['o10']);
	});
});

describe('bounds', () => {
	it('are those of the file, and the standard ones where it names none', () => {
		expect(boundsFrom([])).toEqual(standardBounds);
		expect(boundsFrom([{ bound: 'least_peers', value: 3 }])).toEqual({ ...standardBounds, least_peers: 3 });
	});
});
