/** A file on its way in: what its worker found so far, and what the reader chose. */
import type { Fate } from '$lib/intake/convert';
import { SheetError, type Issue } from '$lib/intake/issue';
import { openReader, Ended, WorkerFailure, type Reader } from '$lib/intake/reader';
import type { CheckView, Finished, Mend, PartView, Reopening, RowView, Setting } from '$lib/intake/session';
import type { Plan } from '$lib/intake/plan';
import type { KeptAlias } from '$lib/intake/manifest';
import type { Choice } from '$lib/intake/source';

/** Where a file stands. */
export type Phase = 'reading' | 'open' | 'failed';

export class Incoming {
	phase = $state<Phase>('reading');
	/** The share of the running step that is done; null when nothing runs. */
	share = $state<number | null>(0);
	issue = $state.raw<Issue | null>(null);
	parts = $state.raw<readonly PartView[]>([]);
	left = $state.raw<readonly Issue[]>([]);
	checks = $state.raw<Readonly<Record<number, CheckView>>>({});
	/** Parts that were loaded. */
	loaded = $state.raw<ReadonlySet<number>>(new Set());
	/** Names that the reader said mean a unit. */
	aliases: readonly KeptAlias[] = [];

	private reader: Reader | undefined;

	constructor(
		/** Unique on the page. */
		readonly id: string,
		readonly file: File,
		/** The kept file that is mended, if it is one. */
		readonly keptId: string | null = null
	) {}

	get name(): string {
		return this.file.name;
	}

	/** Starts the worker and reads the file. Never rejects: what goes wrong is shown. */
	async start(setting: Setting, reopening: Reopening | null = null, mended: readonly Mend[] = []): Promise<void> {
		await this.run(async () => {
			this.reader = await openReader(setting);
			const { parts, left } = await this.reader.call('open', [this.file, reopening, mended], this.step);
			this.parts = parts;
			this.left = left;
			this.phase = 'open';
			for (const { index, plan } of parts) if (plan) await this.check(index);
		});
	}

	private readonly step = (share: number) => (this.share = share);

	private async run(work: () => Promise<void>): Promise<void> {
		this.share = 0;
		try {
			await work();
		} catch (error) {
			if (error instanceof Ended) return;
			this.phase = 'failed';
			this.issue = error instanceof SheetError ? error.issue : failure(this.name, error);
			this.reader?.end();
		} finally {
			this.share = null;
		}
	}

	private async check(index: number): Promise<void> {
		const view = await this.reader?.call('check', [index], this.step);
		if (view) this.checks = { ...this.checks, [index]: view };
	}

	private replace(view: PartView | undefined): void {
		if (view) this.parts = this.parts.map((part) => (part.index === view.index ? view : part));
	}

	/** Reads a part again with another encoding or delimiter. */
	reread(index: number, choice: Choice): Promise<void> {
		return this.run(async () => {
			this.replace(await this.reader?.call('reread', [index, choice], this.step));
			if (this.parts[index]?.plan) await this.check(index);
		});
	}

	/** Takes a part for rows of another table. */
	choose(index: number, table: string): Promise<void> {
		return this.run(async () => {
			this.replace(await this.reader?.call('choose', [index, table]));
			if (this.parts[index]?.plan) await this.check(index);
		});
	}

	/** Takes over what the reader changed of a plan. */
	plan(index: number, plan: Plan): Promise<void> {
		return this.run(async () => {
			this.replace(await this.reader?.call('plan', [index, $state.snapshot(plan)]));
			await this.check(index);
		});
	}

	/** Puts texts in the place of cells. */
	mend(index: number, mends: readonly Mend[]): Promise<void> {
		return this.run(async () => {
			const view = await this.reader?.call('mend', [index, mends], this.step);
			if (view) this.checks = { ...this.checks, [index]: view };
		});
	}

	/** Puts a text in the place of all cells that are wrong alike. */
	mendAlike(index: number, alike: { rule: string; at: number; raw: string }, text: string): Promise<void> {
		return this.run(async () => {
			const view = await this.reader?.call('mendAlike', [index, alike, text], this.step);
			if (view) this.checks = { ...this.checks, [index]: view };
		});
	}

	/** Takes a name for a unit. */
	alias(index: number, alias: KeptAlias): Promise<void> {
		this.aliases = [...this.aliases.filter(({ name }) => name !== alias.name), alias];
		return this.run(async () => {
			const view = await this.reader?.call('alias', [index, alias], this.step);
			if (view) this.checks = { ...this.checks, [index]: view };
		});
	}

	/** Rows of the file as pages show them. */
	async rows(
		index: number,
		which: { fate: Fate } | { rule: string; at: number | null },
		offset: number,
		limit: number
	): Promise<{ total: number; rows: readonly RowView[] }> {
		return (await this.reader?.call('rows', [index, which, offset, limit])) ?? { total: 0, rows: [] };
	}

	/** The part as it is kept and inserted; null when the work was ended or failed. */
	async finish(index: number): Promise<Finished | null> {
		const view = this.checks[index];
		let finished: Finished | null = null;
		await this.run(async () => {
			if (view) finished = (await this.reader?.call('finish', [index, view])) ?? null;
		});
		return finished;
	}

	/** Ends whatever runs, at once. */
	end(): void {
		this.reader?.end();
		this.share = null;
	}
}

/** A failure of the worker as an issue of the file: most often there was no memory left. */
function failure(file: string, error: unknown): Issue {
	const said = error instanceof WorkerFailure || error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
	return {
		file,
		line: null,
		column: null,
		raw: null,
		rule: 'worker-failure',
		remedy: {
			vi: `Việc đọc tệp đã dừng giữa chừng (${said}). Thường là hết bộ nhớ: hãy đóng bớt thẻ khác, hoặc chia tệp theo năm. Dữ liệu đã nạp trước đó vẫn còn nguyên.`,
			en: `Reading the file stopped midway (${said}). Most often memory ran out: close other tabs, or split the file by year. What was loaded before is untouched.`
		}
	};
}
