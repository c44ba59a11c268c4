import { Int32, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { checkFrame, FrameError } from './ipc';

const table = new Table({
	text: vectorFromArray(['một', null, 'ba'], new Utf8()),
	level: vectorFromArray(['tinh', 'co_so', 'tinh']),
	whole: vectorFromArray([1, 2, null], new Int32())
});
const reason = (bytes: Uint8Array): string | null => {
	try {
		checkFrame(bytes);
		return null;
	} catch (error) {
		expect(error).toBeInstanceOf(FrameError);
		return (error as FrameError).reason;
	}
};

describe('checkFrame', () => {
	const stream = tableToIPC(table, 'stream');
	const file = tableToIPC(table, 'file');

	it('takes whole streams and files, and a stream without its last word', () => {
		expect([reason(stream), reason(file), reason(stream.slice(0, -8))]).toEqual([null, null, null]);
	});

	it('names everything that is cut short', () => {
		for (let length = 0; length < stream.length - 8; length += 5) {
			const cut = reason(stream.slice(0, length));
			// Between two messages nothing tells that more should follow, but a schema must be there.
			if (cut === null) expect(length).toBeGreaterThan(100);
			else expect(cut).toBe('damaged');
		}
		for (let length = 0; length < file.length; length += 7) expect(reason(file.slice(0, length))).toBe('damaged');
	});

	it('does not follow lengths and places out of the bytes', () => {
		const view = new DataView(stream.buffer, stream.byteOffset);
		for (let at = 8; at < 8 + view.getInt32(4, true); at += 4) {
			const hostile = stream.slice();
			new DataView(hostile.buffer).setUint32(at, 0x7fff_fff0, true);
			// Some words are flags or padding; what refers to something is found out.
			expect([null, 'damaged', 'compressed']).toContain(reason(hostile));
		}
		const endless = stream.slice();
		new DataView(endless.buffer).setInt32(4, 0x7fff_fff0, true);
		expect(reason(endless)).toBe('damaged');
	});

	it('refuses text and nothing', () => {
		expect(reason(new Uint8Array())).toBe('damaged');
		expect(reason(new TextEncoder().encode('a,b\n1,2\n'))).toBe('damaged');
		expect(reason(new TextEncoder().encode('ARROW1 and no more ARROW1'))).toBe('damaged');
	});
});
