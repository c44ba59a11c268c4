/**
 * The wide report form that units send up: one row a unit in a period, each figure in a column of its own. It is a table for reading
 * only; its rows become rows of `activities`, one for each activity and audience.
 */
import { activities } from './register';
import type { Bilingual, Column, Row, Table } from './table';

/** A figure of the wide form, and where it stands in `activities`. */
export interface WideColumn {
	readonly name: string;
	readonly label: Bilingual;
	readonly synonyms: readonly string[];
	/** The column of `activities` that takes the figure. */
	readonly measure: string;
	/** What else the row of `activities` says. Figures that say the same stand in one row. */
	readonly values: { readonly activity: string; readonly audience?: string };
}

const study = (audience: string) => ({ activity: 'hoc_tap_quan_triet', audience });

/** The names of a count of people in the headings of a briefing: "Số đảng viên tham gia", "Quán triệt / Đảng viên / Tham gia". */
function spelled(people: readonly string[], verbs: readonly string[]): string[] {
	const stems = people.flatMap((name) => [name, `Số ${name}`, `Số lượng ${name}`]);
	const parents = ['Học tập, quán triệt', 'Quán triệt', 'Hội nghị quán triệt', 'Học tập quán triệt nghị quyết'];
	return verbs.flatMap((verb) => [
		...stems.map((stem) => `${stem} ${verb}`),
		...parents.flatMap((parent) => people.map((name) => `${parent} ${name} ${verb}`)),
		...people.map((name) => `${parents[0] ?? ''} Số ${name} ${verb}`)
	]);
}

const invitedWords = ['triệu tập', 'được triệu tập', 'phải tham gia', 'được mời'];
const attendedWords = ['tham gia', 'tham dự', 'dự học tập', 'dự', 'có mặt', 'được quán triệt', 'được học tập'];

/** The two counts of one audience of the briefings. */
function audienceColumns(stem: string, audience: string, label: Bilingual, people: readonly string[]): WideColumn[] {
	const name = label.vi.charAt(0).toLowerCase() + label.vi.slice(1);
	return [
		{
			name: `${stem}_invited`,
			label: { vi: `Số ${name} triệu tập`, en: `${label.en} invited to briefings` },
			synonyms: spelled(people, invitedWords),
			measure: 'invited',
			values: study(audience)
		},
		{
			name: `${stem}_attended`,
			label: { vi: `Số ${name} tham gia`, en: `${label.en} at briefings` },
			synonyms: spelled(people, attendedWords),
			measure: 'attended',
			values: study(audience)
		}
	];
}

/** The figures of the wide form. Briefings are counted with the Party members who were called to them. */
export const wideColumns: readonly WideColumn[] = [
	{
		name: 'study_sessions',
		label: { vi: 'Số hội nghị quán triệt', en: 'Study briefings' },
		synonyms: [
			'Số hội nghị',
			'Hội nghị quán triệt',
			'Số hội nghị học tập, quán triệt',
			'Số hội nghị học tập',
			'Số cuộc quán triệt',
			'Số buổi quán triệt',
			'Số lớp học tập, quán triệt',
			'Số lớp quán triệt',
			'Học tập, quán triệt / Số hội nghị',
			'Học tập, quán triệt / Số cuộc',
			'Học tập, quán triệt / Số lớp',
			'Quán triệt / Số hội nghị',
			'Số HN quán triệt'
		],
		measure: 'sessions',
		values: study('dang_vien')
	},
	...audienceColumns('members', 'dang_vien', { vi: 'Đảng viên', en: 'Party members' }, ['đảng viên', 'ĐV']),
	...audienceColumns('officials', 'can_bo_chu_chot', { vi: 'Cán bộ chủ chốt', en: 'Key officials' }, [
		'cán bộ chủ chốt',
		'CB chủ chốt',
		'CBCC chủ chốt'
	]),
	...audienceColumns(
		'staff',
		'cc_vc_nld_ngoai_dang',
		{ vi: 'Công chức, viên chức, người lao động ngoài Đảng', en: 'Staff outside the Party' },
		[
			'công chức, viên chức, người lao động',
			'cán bộ, công chức, viên chức, người lao động',
			'cán bộ, công chức, viên chức',
			'công chức, viên chức',
			'CB,CC,VC,NLĐ',
			'CBCCVC NLĐ',
			'CBCCVC',
			'CCVC NLĐ ngoài Đảng',
			'CC, VC, NLĐ ngoài Đảng',
			'CC, VC, NLĐ'
		]
	),
	...audienceColumns('associations', 'hoi_vien_doan_vien', { vi: 'Hội viên, đoàn viên', en: 'Association members' }, [
		'hội viên, đoàn viên',
		'đoàn viên, hội viên',
		'ĐVHV',
		'HV, ĐV'
	]),
	...audienceColumns('public', 'quan_chung', { vi: 'Quần chúng', en: 'General public' }, ['quần chúng', 'QC']),
	...audienceColumns('households', 'ho_gia_dinh', { vi: 'Đại diện hộ gia đình', en: 'Household representatives' }, [
		'đại diện hộ gia đình',
		'hộ gia đình'
	]),
	{
		name: 'talks',
		label: { vi: 'Số buổi tuyên truyền miệng', en: 'Oral dissemination sessions' },
		synonyms: [
			'Tuyên truyền miệng',
			'Số cuộc tuyên truyền miệng',
			'Buổi tuyên truyền miệng',
			'Số buổi TTM',
			'Số buổi tuyên truyền',
			'Tuyên truyền miệng / Số buổi',
			'Tuyên truyền miệng / Số cuộc'
		],
		measure: 'sessions',
		values: { activity: 'tuyen_truyen_mieng' }
	},
	{
		name: 'listeners',
		label: { vi: 'Lượt nghe', en: 'Listeners (turns)' },
		synonyms: [
			'Số lượt nghe',
			'Số lượt người nghe',
			'Lượt người nghe',
			'Tuyên truyền miệng / Lượt nghe',
			'Tuyên truyền miệng / Số lượt nghe',
			'Tuyên truyền miệng / Số lượt người nghe',
			'Tuyên truyền miệng / Lượt người nghe'
		],
		measure: 'listeners',
		values: { activity: 'tuyen_truyen_mieng' }
	},
	{
		name: 'articles',
		label: { vi: 'Số tin, bài', en: 'Articles' },
		synonyms: [
			'Tin, bài',
			'Số tin bài',
			'Số bài viết',
			'Số lượng tin, bài',
			'Số tin, bài tuyên truyền',
			'Số tin, bài đăng'
		],
		measure: 'articles',
		values: { activity: 'tin_bai' }
	},
	{
		name: 'documents_issued',
		label: { vi: 'Số văn bản cụ thể hóa', en: 'Documents issued' },
		synonyms: [
			'Số văn bản tham mưu',
			'Số văn bản ban hành',
			'Số VB ban hành',
			'Số VB cụ thể hóa',
			'Văn bản cụ thể hóa',
			'Văn bản đã ban hành',
			'Số văn bản'
		],
		measure: 'documents_issued',
		values: { activity: 'tham_muu_van_ban' }
	},
	{
		name: 'seminars',
		label: { vi: 'Số cuộc tọa đàm, hội thảo', en: 'Seminars and workshops' },
		synonyms: ['Tọa đàm, hội thảo', 'Số tọa đàm, hội thảo', 'Số hội thảo, tọa đàm', 'Số hội thảo', 'Số tọa đàm'],
		measure: 'sessions',
		values: { activity: 'toa_dam_hoi_thao' }
	},
	{
		name: 'trainings',
		label: { vi: 'Số lớp tập huấn', en: 'Training courses' },
		synonyms: ['Số cuộc tập huấn', 'Số buổi tập huấn', 'Tập huấn', 'Số lớp tập huấn, bồi dưỡng', 'Tập huấn / Số lớp'],
		measure: 'sessions',
		values: { activity: 'tap_huan' }
	},
	{
		name: 'trained',
		label: { vi: 'Số người tập huấn', en: 'People trained' },
		synonyms: ['Số người được tập huấn', 'Số lượt người tập huấn', 'Số học viên', 'Tập huấn / Số người'],
		measure: 'attended',
		values: { activity: 'tap_huan' }
	},
	{
		name: 'inspections',
		label: { vi: 'Số cuộc kiểm tra', en: 'Inspections' },
		synonyms: ['Kiểm tra', 'Số đoàn kiểm tra', 'Kiểm tra / Số cuộc'],
		measure: 'sessions',
		values: { activity: 'kiem_tra' }
	},
	{
		name: 'supervisions',
		label: { vi: 'Số cuộc giám sát', en: 'Supervisions' },
		synonyms: ['Giám sát', 'Số đoàn giám sát', 'Giám sát / Số cuộc'],
		measure: 'sessions',
		values: { activity: 'giam_sat' }
	},
	{
		name: 'criticism_sessions',
		label: { vi: 'Số hội nghị phản biện', en: 'Social criticism sessions' },
		synonyms: [
			'Số hội nghị phản biện xã hội',
			'Số cuộc phản biện',
			'Số cuộc phản biện xã hội',
			'Hội nghị phản biện',
			'Phản biện xã hội',
			'Phản biện / Số hội nghị',
			'Phản biện xã hội / Số hội nghị',
			'Phản biện xã hội / Số cuộc'
		],
		measure: 'sessions',
		values: { activity: 'phan_bien_xa_hoi' }
	},
	{
		name: 'opinions',
		label: { vi: 'Số ý kiến phản biện', en: 'Opinions' },
		synonyms: [
			'Số ý kiến',
			'Ý kiến',
			'Số ý kiến, kiến nghị',
			'Số kiến nghị',
			'Phản biện / Số ý kiến',
			'Phản biện xã hội / Số ý kiến',
			'Ý kiến / Tổng số'
		],
		measure: 'opinions',
		values: { activity: 'phan_bien_xa_hoi' }
	},
	{
		name: 'accepted',
		label: { vi: 'Số ý kiến được tiếp thu', en: 'Opinions accepted' },
		synonyms: [
			'Được tiếp thu',
			'Số được tiếp thu',
			'Số tiếp thu',
			'Tiếp thu',
			'Số kiến nghị được tiếp thu',
			'Ý kiến được tiếp thu',
			'Phản biện / Được tiếp thu',
			'Phản biện xã hội / Được tiếp thu',
			'Phản biện xã hội / Số ý kiến được tiếp thu'
		],
		measure: 'accepted',
		values: { activity: 'phan_bien_xa_hoi' }
	},
	{
		name: 'emulation_movements',
		label: { vi: 'Số phong trào thi đua', en: 'Emulation movements' },
		synonyms: ['Phong trào thi đua', 'Số đợt thi đua', 'Số phong trào'],
		measure: 'sessions',
		values: { activity: 'phong_trao_thi_dua' }
	},
	{
		name: 'contests',
		label: { vi: 'Số hội thi sáng tạo', en: 'Innovation contests' },
		synonyms: ['Hội thi sáng tạo', 'Số hội thi', 'Số cuộc thi sáng tạo'],
		measure: 'sessions',
		values: { activity: 'hoi_thi_sang_tao' }
	},
	{
		name: 'groups_commended',
		label: { vi: 'Khen thưởng tập thể', en: 'Groups commended' },
		synonyms: [
			'Số tập thể khen',
			'Số tập thể được khen',
			'Số tập thể được khen thưởng',
			'Tập thể được khen thưởng',
			'Tập thể',
			'KT tập thể',
			'Khen thưởng / Số tập thể'
		],
		measure: 'groups_commended',
		values: { activity: 'khen_thuong' }
	},
	{
		name: 'people_commended',
		label: { vi: 'Khen thưởng cá nhân', en: 'Persons commended' },
		synonyms: [
			'Số cá nhân khen',
			'Số cá nhân được khen',
			'Số cá nhân được khen thưởng',
			'Cá nhân được khen thưởng',
			'Cá nhân',
			'KT cá nhân',
			'Khen thưởng / Số cá nhân'
		],
		measure: 'people_commended',
		values: { activity: 'khen_thuong' }
	}
];

/**
 * Headings of the wide form that are known and not loaded: headcounts (they are not the number who were called to a briefing), figures
 * that other registers count row by row, counts of two activities in one (nobody can part them), and shares (computed from counts).
 */
export const wideUnused: readonly string[] = [
	'Tổng số đảng viên',
	'Số đảng viên',
	'Đảng viên',
	'Tổng số ĐV',
	'Tổng số CB,CC,VC,NLĐ',
	'Tổng số CBCCVC NLĐ',
	'Tổng số CBCCVC',
	'Tổng số cán bộ, công chức, viên chức, người lao động',
	'Tổng số cán bộ, công chức, viên chức',
	'Tổng số công chức, viên chức, người lao động',
	'Tổng số tổ chức đảng',
	'Số cuộc kiểm tra, giám sát',
	'Kiểm tra, giám sát',
	'Số sáng kiến',
	'Số sáng kiến đăng ký',
	'Sáng kiến đăng ký',
	'Sáng kiến / Đăng ký',
	'Số sáng kiến / Đăng ký',
	'Số sáng kiến được công nhận',
	'Số sáng kiến công nhận cơ sở',
	'Số sáng kiến cấp cơ sở',
	'Sáng kiến cấp cơ sở',
	'Sáng kiến / Cấp cơ sở',
	'Sáng kiến / Công nhận cơ sở',
	'Số sáng kiến / Công nhận cơ sở',
	'Số sáng kiến cấp tỉnh',
	'Sáng kiến cấp tỉnh',
	'Sáng kiến / Cấp tỉnh',
	'Số sáng kiến / Cấp tỉnh',
	'Số đề tài, mô hình',
	'Đề tài, mô hình',
	'Tỷ lệ',
	'Tỷ lệ %',
	'%'
];

/** What a row of the wide form says besides its figures, as `activities` declares it. */
const shared = ['unit_id', 'period', 'submitted_on', 'due_on', 'evidence', 'note'] as const;

function sharedColumns(): Column[] {
	return activities.columns
		.filter(({ name }) => shared.some((known) => known === name))
		.map((column) =>
			column.name === 'note'
				? {
						...column,
						synonyms: [
							...(column.synonyms ?? []),
							'Khó khăn, kiến nghị',
							'Khó khăn, vướng mắc',
							'Kiến nghị, đề xuất',
							'Đề xuất, kiến nghị'
						]
					}
				: column
		);
}

const counted: Bilingual = {
	vi: 'Trống là không có số liệu, không phải bằng 0.',
	en: 'Empty means not counted; it never means zero.'
};

/** The wide form as a table, so that headings are matched and cells are read as those of any table. Nothing is stored in it. */
export const wideActivities: Table = {
	name: 'wide_activities',
	label: { vi: 'Báo cáo tổng hợp của đơn vị', en: 'Report of units, one row each' },
	key: ['unit_id', 'period'],
	personal: activities.personal ?? [],
	columns: [
		...sharedColumns(),
		...wideColumns.map(({ name, label, synonyms }): Column => ({
			name,
			label,
			type: 'integer',
			minimum: 0,
			synonyms,
			note: counted
		}))
	]
};

/** What stands in the file once for all figures of a row, and so only in the first row made of it. */
const once: readonly string[] = ['note', 'evidence'];

/**
 * The rows of `activities` that a row of the wide form stands for: one for each activity and audience of which a figure is known, in
 * the order of `wideColumns`. A row without any figure becomes one row without an activity, which the checks refuse by name: it must
 * not vanish.
 */
export function longRows(row: Row): Row[] {
	const rows = new Map<string, Row>();
	const base = Object.fromEntries(shared.map((name) => [name, row[name] ?? null]));
	for (const { name, measure, values } of wideColumns) {
		const figure = row[name] ?? null;
		if (figure === null) continue;
		const key = `${values.activity} ${values.audience ?? ''}`;
		const long = rows.get(key) ?? { ...base, activity: values.activity, audience: values.audience ?? null };
		long[measure] = figure;
		rows.set(key, long);
	}
	if (rows.size === 0) return [{ ...base, activity: null, audience: null }];
	return [...rows.values()].map((long, index) =>
		index === 0 ? long : { ...long, ...Object.fromEntries(once.map((name) => [name, null])) }
	);
}
