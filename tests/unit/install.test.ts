import { expect, it } from 'vitest';
import { outdated } from '../install.js';

const wanted = {
	packages: {
		'': {},
		'node_modules/a': { version: '1.0.0', integrity: 'one' },
		'node_modules/a/node_modules/b': { version: '2.0.0', integrity: 'two' },
		'node_modules/for-another-system': { version: '3.0.0', integrity: 'three', optional: true }
	}
};
const { 'node_modules/a': a, 'node_modules/a/node_modules/b': b } = wanted.packages;

it('finds nothing to install when every package is there, optional ones or not', () => {
	expect(outdated(wanted, { packages: { 'node_modules/a': a, 'node_modules/a/node_modules/b': b } })).toEqual([]);
	expect(outdated(wanted, wanted)).toEqual([]);
});

it('finds what is missing, of another version, or of other bytes', () => {
	const places = ['node_modules/a', 'node_modules/a/node_modules/b'];
	expect(outdated(wanted, { packages: {} })).toEqual(places);
	expect(outdated(wanted, { packages: { 'node_modules/a': a } })).toEqual(places.slice(1));
	const older = { version: '1.9.0', integrity: 'two' };
	const other = { version: '2.0.0', integrity: 'other' };
	for (const found of [older, other])
		expect(outdated(wanted, { packages: { 'node_modules/a': a, 'node_modules/a/node_modules/b': found } })).toEqual(
			places.slice(1)
		);
});
