/**
 * The three registers: initiatives (sáng kiến), technology transfers (chuyển giao công nghệ) and the activities of units.
 * Columns follow the forms of Thông tư 18/2013/TT-BKHCN, Luật Chuyển giao công nghệ 2017 and the quarterly reports of units.
 */
import type { Bilingual, Column, Row, Rule, Table, Value } from './table';

/** Headings of personal data. Such columns are dropped before anything else sees them. */
const personal: readonly string[] = [
	'Ngày sinh',
	'Ngày tháng năm sinh',
	'Ngày, tháng, năm sinh',
	'Năm sinh',
	'CCCD',
	'Số CCCD',
	'CMND',
	'Số CMND',
	'CMND/CCCD',
	'CCCD/CMND',
	'Số CCCD/CMND',
	'Số CMND/CCCD',
	'Căn cước',
	'Số căn cước',
	'Căn cước công dân',
	'Số căn cước công dân',
	'Chứng minh nhân dân',
	'Số định danh',
	'Số định danh cá nhân',
	'Hộ chiếu',
	'Số hộ chiếu',
	'Số điện thoại',
	'Điện thoại',
	'Điện thoại liên hệ',
	'SĐT',
	'ĐT',
	'Di động',
	'Email',
	'E-mail',
	'Thư điện tử',
	'Địa chỉ thường trú',
	'Nơi thường trú',
	'Địa chỉ nhà riêng',
	'Số tài khoản'
];

const vnd: Bilingual = {
	vi: 'Đơn vị: đồng. Trống là chưa tính được hoặc chưa có số liệu, không phải bằng 0.',
	en: 'In VND. Empty means not computed or not known; it never means zero.'
};

const notCounted: Bilingual = {
	vi: 'Trống là không có số liệu, không phải bằng 0.',
	en: 'Empty means not counted; it never means zero.'
};

const remark: Column = {
	name: 'note',
	label: { vi: 'Ghi chú', en: 'Note' },
	type: 'text',
	synonyms: ['Chú thích', 'Lưu ý', 'Ý kiến khác', 'GC']
};

/** Whether `later` is not before `earlier`; a missing day keeps every order. */
function inOrder(earlier: Value | undefined, later: Value | undefined): boolean {
	return !(earlier instanceof Date) || !(later instanceof Date) || earlier.getTime() <= later.getTime();
}

/** Whether `part` is at most `whole`; a missing count keeps the rule. */
function within(part: Value | undefined, whole: Value | undefined): boolean {
	return typeof part !== 'number' || typeof whole !== 'number' || part <= whole;
}

/** A rule that says that the day in column `later` is not before the day in column `earlier`. */
function order(name: string, earlier: string, later: string, remedy: Bilingual): Rule {
	return { name, columns: [earlier, later], holds: (row) => inOrder(row[earlier], row[later]), remedy };
}

/** A rule that says that the count in column `part` is at most the count in column `whole`. */
function atMost(name: string, part: string, whole: string, remedy: Bilingual): Rule {
	return { name, columns: [whole, part], holds: (row) => within(row[part], row[whole]), remedy };
}

/**
 * The shares written in one cell (`60/40`, `60%; 40%`, `33,3/33,3/33,4`, `0,6/0,4`), in per cent.
 * Null when a part is not a number.
 */
function shares(text: string): number[] | null {
	const parts = text
		.split(/[/;|\n]/)
		.map((part) => part.replace('%', '').replace(',', '.').trim())
		.filter((part) => part !== '')
		.map(Number);
	if (parts.length === 0 || parts.some((part) => !Number.isFinite(part) || part < 0)) return null;
	const scale = !text.includes('%') && parts.every((part) => part <= 1) ? 100 : 1;
	return parts.map((part) => part * scale);
}

/** The first and the last day of a period. */
interface Span {
	readonly first: Date;
	readonly last: Date;
}

/** The spans that were asked for: a register names few periods in many rows. */
const spans = new Map<string, Span | null>();

/** The first and the last day of a reporting period (`2024`, `2024-H1`, `2024-Q3`, `2024-09`); null if it is none. */
function span(period: string): Span | null {
	let found = spans.get(period);
	if (found === undefined) {
		if (spans.size >= 1000) spans.clear();
		spans.set(period, (found = readSpan(period)));
	}
	return found;
}

function readSpan(period: string): Span | null {
	const match = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(period);
	if (!match) return null;
	const year = Number(match[1]);
	const [start, months] = match[2]
		? [(Number(match[2]) - 1) * 6, 6]
		: match[3]
			? [(Number(match[3]) - 1) * 3, 3]
			: match[4]
				? [Number(match[4]) - 1, 1]
				: [0, 12];
	return { first: new Date(Date.UTC(year, start, 1)), last: new Date(Date.UTC(year, start + months, 0)) };
}

const recognisedLevels: readonly Value[] = ['co_so', 'huyen', 'tinh', 'toan_quoc'];

/** Whether the level of recognition is one that the status allows. */
function levelFitsStatus({ status = null, level = null }: Row): boolean {
	if (status === null || status === 'luu_tru') return true;
	if (status === 'da_cong_nhan') return recognisedLevels.includes(level);
	if (status === 'khong_cong_nhan') return level === null || level === 'khong_cong_nhan';
	return level === null;
}

/** Five years in milliseconds: an initiative that was applied longer ago is a mistyped year. */
const fiveYears = 5 * 366 * 86_400_000;

/** Initiatives: one row an initiative, counted once at its highest level. */
export const initiatives: Table = {
	name: 'initiatives',
	label: { vi: 'Sáng kiến', en: 'Initiatives' },
	key: ['initiative_id'],
	personal,
	columns: [
		{
			name: 'initiative_id',
			label: { vi: 'Mã hồ sơ', en: 'File number' },
			type: 'text',
			required: true,
			synonyms: ['Mã sáng kiến', 'Số hồ sơ', 'Mã HS', 'Mã SK', 'Mã số', 'Mã', 'Mã SKKN', 'Số đơn', 'Mã đơn', 'sk_id'],
			note: {
				vi: 'Không bao giờ dùng lại. Cùng một sáng kiến lên cấp cao hơn vẫn giữ mã cũ.',
				en: 'Never used again. An initiative that rises to a higher level keeps its number.'
			}
		},
		{
			name: 'title',
			label: { vi: 'Tên sáng kiến', en: 'Title' },
			type: 'text',
			required: true,
			synonyms: [
				'Tên đề tài',
				'Tên giải pháp',
				'Tên SK',
				'Tên SKKN',
				'Tên sáng kiến kinh nghiệm',
				'Tên đề tài, sáng kiến',
				'Tên sáng kiến, giải pháp',
				'Tên sáng kiến/giải pháp',
				'Sáng kiến',
				'Nội dung sáng kiến',
				'Tên đề tài/sáng kiến',
				'Tên'
			],
			note: {
				vi: 'Trùng tên giữa các đơn vị là bình thường: tính mới chỉ xét trong cơ sở.',
				en: 'The same title in two units is normal: novelty is judged within one establishment.'
			}
		},
		{
			name: 'lead_author',
			label: { vi: 'Tác giả chính', en: 'Lead author' },
			type: 'text',
			required: true,
			synonyms: [
				'Tác giả',
				'Chủ nhiệm',
				'Họ và tên',
				'Họ tên',
				'Họ và tên tác giả',
				'Họ tên tác giả',
				'Tên tác giả',
				'Tác giả sáng kiến',
				'Nhóm tác giả',
				'Tác giả/nhóm tác giả',
				'Chủ nhiệm đề tài',
				'Người thực hiện',
				'TG chính'
			]
		},
		{
			name: 'co_authors',
			label: { vi: 'Đồng tác giả', en: 'Co-authors' },
			type: 'text',
			synonyms: ['Các đồng tác giả', 'Tác giả phụ', 'Cộng sự', 'Người tham gia', 'Thành viên', 'Đồng TG'],
			note: { vi: 'Ngăn cách bằng dấu chấm phẩy.', en: 'Separated by semicolons.' }
		},
		{
			name: 'contributions',
			label: { vi: 'Tỷ lệ (%) đóng góp', en: 'Shares of contribution' },
			type: 'text',
			synonyms: [
				'Tỷ lệ đóng góp',
				'Tỷ lệ % đóng góp',
				'Tỷ lệ (%) đóng góp vào việc tạo ra sáng kiến',
				'Tỷ lệ đóng góp (%)',
				'% đóng góp',
				'Mức độ đóng góp',
				'TL đóng góp'
			],
			note: {
				vi: 'Phần trăm của từng tác giả, tác giả chính đứng đầu, ngăn cách bằng dấu gạch chéo: 60/40.',
				en: 'Per cent of each author, the lead author first, separated by slashes: 60/40.'
			}
		},
		{
			name: 'position',
			label: { vi: 'Chức danh', en: 'Position' },
			type: 'text',
			synonyms: ['Chức vụ', 'Chức danh/Chức vụ', 'Chức vụ, chức danh', 'Chức danh, chức vụ', 'CV, chức danh']
		},
		{
			name: 'qualification',
			label: { vi: 'Trình độ chuyên môn', en: 'Qualification' },
			type: 'text',
			synonyms: ['Trình độ', 'Trình độ CM', 'Trình độ đào tạo', 'Học vị', 'Học hàm, học vị']
		},
		{
			name: 'unit_id',
			label: { vi: 'Đơn vị', en: 'Unit' },
			type: 'text',
			required: true,
			references: 'units.unit_id',
			synonyms: [
				'Nơi công tác',
				'Cơ quan',
				'Tên đơn vị',
				'Mã đơn vị',
				'Đơn vị công tác',
				'Cơ quan, đơn vị',
				'Cơ quan/đơn vị',
				'Nơi công tác (hoặc nơi thường trú)',
				'Trường',
				'Đơn vị áp dụng sáng kiến',
				'ĐV',
				'Đơn vị đề nghị',
				'Chi bộ'
			],
			note: {
				vi: 'Đơn vị vào ngày nộp hồ sơ; tên gọi được tra theo bảng tên gọi khác.',
				en: 'The unit on the day of submission; names are looked up among the aliases.'
			}
		},
		{
			name: 'investor',
			label: { vi: 'Chủ đầu tư tạo ra sáng kiến', en: 'Investor' },
			type: 'text',
			synonyms: ['Chủ đầu tư', 'Chủ đầu tư sáng kiến', 'CĐT']
		},
		{
			name: 'field',
			label: { vi: 'Lĩnh vực áp dụng', en: 'Field' },
			type: 'code',
			list: 'field',
			synonyms: [
				'Lĩnh vực',
				'Lĩnh vực áp dụng sáng kiến',
				'Lĩnh vực sáng kiến',
				'Ngành, lĩnh vực',
				'Môn/lĩnh vực',
				'LV'
			]
		},
		{
			name: 'solution_kind',
			label: { vi: 'Loại giải pháp', en: 'Kind of solution' },
			type: 'code',
			list: 'solution_kind',
			synonyms: ['Loại sáng kiến', 'Dạng giải pháp', 'Loại hình giải pháp', 'Loại hình sáng kiến']
		},
		{
			name: 'beneficiary',
			label: { vi: 'Đối tượng áp dụng', en: 'Beneficiary' },
			type: 'text',
			synonyms: ['Đối tượng hưởng lợi', 'Đối tượng áp dụng/hưởng lợi', 'Đối tượng', 'Đối tượng thụ hưởng']
		},
		{
			name: 'year',
			label: { vi: 'Năm', en: 'Year' },
			type: 'integer',
			minimum: 2000,
			maximum: 2100,
			synonyms: ['Năm học', 'Năm xét', 'Năm đề nghị', 'Năm công nhận', 'Năm đăng ký', 'Năm xét công nhận'],
			note: {
				vi: 'Năm ghi trong hồ sơ. Năm học 2023-2024 ghi là 2024. Thống kê theo ngày nộp hoặc ngày công nhận.',
				en: 'The year on the file. School year 2023-2024 is 2024. Figures count by day of submission or recognition.'
			}
		},
		{
			name: 'round',
			label: { vi: 'Đợt đề nghị', en: 'Round' },
			type: 'code',
			list: 'round',
			synonyms: ['Đợt', 'Kỳ', 'Đợt xét', 'Đợt xét công nhận', 'Kỳ xét', 'Đợt/kỳ']
		},
		{
			name: 'submitted_on',
			label: { vi: 'Ngày nộp', en: 'Submitted on' },
			type: 'date',
			required: true,
			synonyms: [
				'Ngày nộp đơn',
				'Ngày nộp hồ sơ',
				'Ngày đăng ký',
				'Ngày tiếp nhận',
				'Ngày nhận đơn',
				'Ngày gửi',
				'Ngày đề nghị'
			]
		},
		{
			name: 'first_applied_on',
			label: { vi: 'Ngày áp dụng lần đầu', en: 'First applied on' },
			type: 'date',
			synonyms: [
				'Ngày áp dụng thử',
				'Ngày được áp dụng lần đầu hoặc áp dụng thử',
				'Ngày sáng kiến được áp dụng lần đầu hoặc áp dụng thử',
				'Ngày áp dụng lần đầu/áp dụng thử',
				'Thời điểm áp dụng lần đầu',
				'Thời điểm áp dụng',
				'Ngày áp dụng',
				'Thời gian áp dụng'
			],
			note: {
				vi: 'Ngày áp dụng lần đầu hoặc áp dụng thử, lấy ngày sớm hơn. Trống là chưa rõ.',
				en: 'The day of first use or of first trial, whichever came first. Empty means not known.'
			}
		},
		{
			name: 'application_scope',
			label: { vi: 'Phạm vi áp dụng', en: 'Where it is applied' },
			type: 'text',
			synonyms: ['Địa bàn/đơn vị áp dụng', 'Đơn vị áp dụng', 'Địa bàn áp dụng', 'Nơi áp dụng']
		},
		{
			name: 'level',
			label: { vi: 'Cấp công nhận', en: 'Level of recognition' },
			type: 'code',
			list: 'level',
			dated: 'recognised_on',
			synonyms: ['Cấp', 'Mức công nhận', 'Cấp sáng kiến', 'Cấp xét', 'Cấp đề nghị', 'Công nhận cấp'],
			note: {
				vi: 'Cấp cao nhất đã công nhận; trống khi chưa có quyết định.',
				en: 'The highest level that has recognised it; empty until decided.'
			}
		},
		{
			name: 'influence',
			label: { vi: 'Phạm vi ảnh hưởng', en: 'Reach of effect' },
			type: 'code',
			list: 'influence',
			synonyms: [
				'Khả năng nhân rộng',
				'Phạm vi ảnh hưởng / Khả năng nhân rộng',
				'Hiệu quả áp dụng và khả năng nhân rộng',
				'Khả năng áp dụng, nhân rộng',
				'Mức độ ảnh hưởng'
			],
			note: {
				vi: 'Hồ sơ cũ ghi "phạm vi ảnh hưởng", từ Luật Thi đua, khen thưởng 2022 ghi "khả năng nhân rộng".',
				en: 'Older files say "phạm vi ảnh hưởng"; since the law of 2022 "khả năng nhân rộng".'
			}
		},
		{
			name: 'status',
			label: { vi: 'Trạng thái', en: 'Status' },
			type: 'code',
			list: 'initiative_status',
			synonyms: ['Tình trạng', 'Trạng thái hồ sơ', 'Tình trạng hồ sơ', 'TT hồ sơ']
		},
		{
			name: 'result',
			label: { vi: 'Kết quả', en: 'Result' },
			type: 'code',
			list: 'initiative_result',
			synonyms: [
				'Xếp loại',
				'Kết quả xét',
				'Kết quả chấm',
				'Kết quả đánh giá',
				'Kết luận của hội đồng',
				'Kết quả thẩm định'
			]
		},
		{
			name: 'total_score',
			label: { vi: 'Tổng điểm', en: 'Total score' },
			type: 'number',
			minimum: 0,
			maximum: 100,
			synonyms: ['Điểm', 'Điểm số', 'Tổng số điểm', 'Tổng điểm chấm'],
			note: { vi: 'Thang 100.', en: 'Out of 100.' }
		},
		{
			name: 'mean_score',
			label: { vi: 'Điểm trung bình', en: 'Mean score' },
			type: 'number',
			minimum: 0,
			maximum: 100,
			synonyms: ['Điểm TB', 'ĐTB', 'Điểm bình quân', 'Điểm trung bình của hội đồng'],
			note: {
				vi: 'Trung bình của các thành viên hội đồng, thang 100.',
				en: 'Mean over the members of the council, out of 100.'
			}
		},
		{
			name: 'similarity_percent',
			label: { vi: 'Tỷ lệ trùng lặp (%)', en: 'Similarity (%)' },
			type: 'number',
			minimum: 0,
			maximum: 100,
			synonyms: ['Tỷ lệ trùng lặp', 'Tỷ lệ trùng', '% trùng lặp', 'Mức độ trùng lặp', 'Độ trùng lặp']
		},
		{
			name: 'decision_number',
			label: { vi: 'Số quyết định', en: 'Decision number' },
			type: 'text',
			synonyms: [
				'Số QĐ',
				'Quyết định số',
				'Số quyết định công nhận',
				'Số QĐ công nhận',
				'Quyết định công nhận',
				'QĐ số'
			],
			note: { vi: 'Ví dụ 1234/QĐ-UBND.', en: 'For example 1234/QĐ-UBND.' }
		},
		{
			name: 'recognised_on',
			label: { vi: 'Ngày công nhận', en: 'Recognised on' },
			type: 'date',
			synonyms: [
				'Ngày QĐ',
				'Ngày quyết định',
				'Ngày ký QĐ',
				'Ngày ký quyết định',
				'Ngày ra quyết định',
				'Thời điểm công nhận'
			],
			note: {
				vi: 'Ngày của quyết định công nhận: ngày dùng để thống kê.',
				en: 'The day of the decision: the day by which recognised initiatives are counted.'
			}
		},
		{
			name: 'signatory',
			label: { vi: 'Người ký', en: 'Signatory' },
			type: 'text',
			synonyms: ['Người ký quyết định', 'Người ký QĐ', 'Chức danh người ký'],
			note: { vi: 'Nên ghi chức danh, không ghi họ tên.', en: 'Preferably the office, not the name.' }
		},
		{
			name: 'recognising_body',
			label: { vi: 'Cơ quan công nhận', en: 'Recognising body' },
			type: 'text',
			synonyms: ['Đơn vị công nhận', 'Hội đồng công nhận', 'Cơ quan ban hành', 'Cơ quan ra quyết định', 'CQ công nhận']
		},
		{
			name: 'benefit_vnd',
			label: { vi: 'Giá trị làm lợi', en: 'Benefit (VND)' },
			type: 'number',
			minimum: 0,
			synonyms: [
				'Số tiền làm lợi',
				'Số tiền làm lợi (năm đầu)',
				'Hiệu quả kinh tế',
				'Giá trị làm lợi (đồng)',
				'Giá trị làm lợi (triệu đồng)',
				'Số tiền làm lợi (triệu đồng)',
				'Tiền làm lợi',
				'Làm lợi',
				'Lợi ích kinh tế',
				'GTLL'
			],
			note: {
				vi: 'Đơn vị: đồng, năm áp dụng đầu tiên. Trống là chưa tính được, không bao giờ bằng 0.',
				en: 'In VND, over the first year of use. Empty means not computed; it never means zero.'
			}
		},
		{
			name: 'benefit_verified',
			label: { vi: 'Có số liệu kiểm chứng', en: 'Benefit verified' },
			type: 'boolean',
			synonyms: ['Đã kiểm chứng', 'Số liệu kiểm chứng', 'Lợi ích đã kiểm chứng', 'Kiểm chứng'],
			note: { vi: 'Trống khi không có giá trị làm lợi.', en: 'Empty when there is no benefit figure.' }
		},
		{
			name: 'social_benefit',
			label: { vi: 'Hiệu quả xã hội', en: 'Social benefit' },
			type: 'text',
			synonyms: ['Lợi ích xã hội', 'Hiệu quả về xã hội', 'Ý nghĩa xã hội']
		},
		{
			name: 'reward_vnd',
			label: { vi: 'Tiền thưởng', en: 'Reward (VND)' },
			type: 'number',
			minimum: 0,
			synonyms: ['Mức thưởng', 'Số tiền thưởng', 'Tiền thưởng (đồng)', 'Tiền thưởng sáng kiến'],
			note: vnd
		},
		{
			name: 'remuneration_vnd',
			label: { vi: 'Thù lao tác giả', en: 'Remuneration (VND)' },
			type: 'number',
			minimum: 0,
			synonyms: ['Thù lao', 'Tiền thù lao', 'Trả thù lao', 'Thù lao (đồng)', 'Tiền trả thù lao tác giả'],
			note: vnd
		},
		{
			name: 'published',
			label: { vi: 'Đã công bố', en: 'Published' },
			type: 'boolean',
			synonyms: ['Công bố', 'Đã công khai', 'Tình trạng công bố']
		},
		remark
	],
	rules: [
		{
			name: 'contributions-total-100',
			columns: ['contributions'],
			holds: ({ contributions }) => {
				if (typeof contributions !== 'string') return true;
				const parts = shares(contributions);
				return parts !== null && Math.abs(parts.reduce((total, part) => total + part, 0) - 100) <= 0.5;
			},
			remedy: {
				vi: 'Tổng tỷ lệ đóng góp của các tác giả phải bằng 100%. Ghi theo mẫu 60/40.',
				en: 'The shares of all authors must total 100%. Write them as 60/40.'
			}
		},
		{
			name: 'recognised-has-day',
			columns: ['status', 'recognised_on'],
			holds: ({ status, recognised_on: day }) => status !== 'da_cong_nhan' || day instanceof Date,
			remedy: {
				vi: 'Sáng kiến đã công nhận phải có ngày công nhận.',
				en: 'A recognised initiative must have its day of recognition.'
			}
		},
		order('recognised-after-submitted', 'submitted_on', 'recognised_on', {
			vi: 'Ngày công nhận không được trước ngày nộp. Kiểm tra thứ tự ngày và tháng.',
			en: 'The day of recognition must not come before the day of submission. Check the order of day and month.'
		}),
		{
			name: 'level-fits-status',
			columns: ['status', 'level'],
			holds: levelFitsStatus,
			remedy: {
				vi: 'Đã công nhận thì phải ghi cấp công nhận; chưa có quyết định thì để trống.',
				en: 'A recognised initiative must have its level; one that is not yet decided must leave it empty.'
			}
		},
		{
			name: 'result-fits-status',
			columns: ['status', 'result'],
			holds: ({ status, result }) =>
				!(status === 'da_cong_nhan' && result === 'khong_dat') && !(status === 'khong_cong_nhan' && result === 'dat'),
			remedy: {
				vi: 'Kết quả và trạng thái trái nhau: đạt thì được công nhận, không đạt thì không.',
				en: 'Result and status contradict each other: passed goes with recognised, failed with not recognised.'
			}
		},
		order('applied-before-recognised', 'first_applied_on', 'recognised_on', {
			vi: 'Sáng kiến phải được áp dụng hoặc áp dụng thử trước khi công nhận.',
			en: 'An initiative must have been applied or tried before it is recognised.'
		}),
		{
			name: 'first-applied-plausible',
			columns: ['submitted_on', 'first_applied_on'],
			holds: ({ submitted_on: submitted, first_applied_on: applied }) =>
				!(submitted instanceof Date) ||
				!(applied instanceof Date) ||
				Math.abs(submitted.getTime() - applied.getTime()) <= fiveYears,
			remedy: {
				vi: 'Ngày áp dụng lần đầu cách ngày nộp quá năm năm. Kiểm tra năm.',
				en: 'The day of first use is more than five years from the day of submission. Check the year.'
			}
		},
		{
			name: 'year-fits-submission',
			columns: ['submitted_on', 'year'],
			holds: ({ submitted_on: submitted, year }) =>
				!(submitted instanceof Date) || typeof year !== 'number' || Math.abs(submitted.getUTCFullYear() - year) <= 1,
			remedy: {
				vi: 'Năm trong hồ sơ cách năm nộp quá một năm. Kiểm tra lại.',
				en: 'The year on the file is more than a year from the day of submission. Check both.'
			}
		},
		{
			name: 'benefit-not-zero',
			columns: ['benefit_vnd'],
			holds: ({ benefit_vnd: benefit }) => benefit !== 0,
			remedy: {
				vi: 'Chưa tính được giá trị làm lợi thì để trống, không ghi 0.',
				en: 'Leave the benefit empty when it was not computed; do not write 0.'
			}
		},
		{
			name: 'verified-has-benefit',
			columns: ['benefit_vnd', 'benefit_verified'],
			holds: ({ benefit_vnd: benefit, benefit_verified: verified }) => verified !== true || typeof benefit === 'number',
			remedy: {
				vi: 'Đã kiểm chứng thì phải có giá trị làm lợi.',
				en: 'A verified benefit needs its figure.'
			}
		}
	]
};

/** Technology transfers: one row a filing (new certificate, amendment or extension), never added together. */
export const transfers: Table = {
	name: 'transfers',
	label: { vi: 'Chuyển giao công nghệ', en: 'Technology transfers' },
	key: ['transfer_id'],
	personal,
	columns: [
		{
			name: 'transfer_id',
			label: { vi: 'Số giấy chứng nhận', en: 'Certificate number' },
			type: 'text',
			required: true,
			synonyms: [
				'Số GCN',
				'Số đăng ký',
				'Số GCN đăng ký',
				'Số giấy chứng nhận đăng ký',
				'Số giấy chứng nhận đăng ký chuyển giao công nghệ',
				'Số GCN đăng ký CGCN',
				'Mã hồ sơ',
				'Mã chuyển giao',
				'cg_id'
			]
		},
		{
			name: 'filing_kind',
			label: { vi: 'Loại hồ sơ', en: 'Kind of filing' },
			type: 'code',
			list: 'filing_kind',
			required: true,
			synonyms: ['Loại đăng ký', 'Loại GCN', 'Hình thức cấp', 'Cấp mới/Sửa đổi/Gia hạn', 'Loại hình hồ sơ', 'Loại cấp'],
			note: {
				vi: 'Cấp mới, sửa đổi và gia hạn được đếm riêng, không cộng lại.',
				en: 'New, amended and extended are counted apart and never added together.'
			}
		},
		{
			name: 'original_id',
			label: { vi: 'Số giấy chứng nhận gốc', en: 'Original certificate' },
			type: 'text',
			synonyms: ['Số GCN gốc', 'GCN gốc', 'Số đăng ký gốc', 'Số GCN cấp lần đầu', 'Số GCN đã cấp', 'GCN lần đầu'],
			note: {
				vi: 'Bắt buộc với sửa đổi và gia hạn; có thể cũ hơn sổ này.',
				en: 'Required for amendments and extensions; it may be older than this register.'
			}
		},
		{
			name: 'contract_number',
			label: { vi: 'Số hợp đồng', en: 'Contract number' },
			type: 'text',
			synonyms: ['Số HĐ', 'Hợp đồng số', 'Số hợp đồng CGCN', 'Số HĐ CGCN']
		},
		{
			name: 'signed_on',
			label: { vi: 'Ngày ký', en: 'Signed on' },
			type: 'date',
			synonyms: ['Ngày ký HĐ', 'Ngày ký hợp đồng', 'Ngày hợp đồng']
		},
		{
			name: 'effective_on',
			label: { vi: 'Ngày hiệu lực', en: 'Effective on' },
			type: 'date',
			synonyms: ['Ngày có hiệu lực', 'Hiệu lực từ', 'Ngày hiệu lực HĐ', 'Ngày bắt đầu']
		},
		{
			name: 'term_months',
			label: { vi: 'Thời hạn (tháng)', en: 'Term (months)' },
			type: 'integer',
			minimum: 0,
			maximum: 1200,
			synonyms: ['Thời hạn', 'Thời hạn HĐ', 'Thời hạn hợp đồng', 'Thời hạn chuyển giao', 'Số tháng']
		},
		{
			name: 'certified_on',
			label: { vi: 'Ngày cấp giấy chứng nhận', en: 'Certified on' },
			type: 'date',
			required: true,
			synonyms: ['Ngày cấp', 'Ngày cấp GCN', 'Ngày đăng ký', 'Ngày chứng nhận', 'Ngày cấp đăng ký']
		},
		{
			name: 'technology',
			label: { vi: 'Tên công nghệ', en: 'Technology' },
			type: 'text',
			required: true,
			synonyms: ['Công nghệ', 'Công nghệ chuyển giao', 'Tên công nghệ chuyển giao', 'Nội dung chuyển giao']
		},
		{
			name: 'direction',
			label: { vi: 'Chiều chuyển giao', en: 'Direction' },
			type: 'code',
			list: 'transfer_direction',
			required: true,
			synonyms: [
				'Chiều',
				'Hình thức',
				'Hướng chuyển giao',
				'Luồng chuyển giao',
				'Trong nước/vào VN/ra nước ngoài',
				'Phạm vi chuyển giao'
			]
		},
		{
			name: 'supplier',
			label: { vi: 'Bên giao', en: 'Supplier' },
			type: 'text',
			required: true,
			synonyms: ['Bên giao công nghệ', 'Tên bên giao', 'Bên chuyển giao', 'Bên A', 'Tổ chức chuyển giao']
		},
		{
			name: 'supplier_country',
			label: { vi: 'Nước bên giao', en: 'Country of the supplier' },
			type: 'code',
			list: 'country',
			synonyms: [
				'Quốc gia bên giao',
				'Nước',
				'Quốc gia',
				'Quốc tịch bên giao',
				'Nước chuyển giao',
				'Xuất xứ công nghệ'
			],
			note: { vi: 'Mã hai chữ ISO 3166-1.', en: 'Two letters of ISO 3166-1.' }
		},
		{
			name: 'supplier_kind',
			label: { vi: 'Loại bên giao', en: 'Kind of supplier' },
			type: 'code',
			list: 'supplier_kind',
			synonyms: ['Loại hình bên giao', 'Loại tổ chức bên giao']
		},
		{
			name: 'recipient',
			label: { vi: 'Bên nhận', en: 'Recipient' },
			type: 'text',
			required: true,
			synonyms: [
				'Bên nhận công nghệ',
				'Tên bên nhận',
				'Bên nhận chuyển giao',
				'Bên B',
				'Doanh nghiệp nhận',
				'Tên doanh nghiệp'
			]
		},
		{
			name: 'recipient_tax_code',
			label: { vi: 'Mã số thuế bên nhận', en: 'Tax code of the recipient' },
			type: 'text',
			synonyms: ['MST', 'MST bên nhận', 'Mã số thuế', 'Mã số doanh nghiệp', 'MSDN'],
			note: {
				vi: 'Ghi như văn bản để giữ số 0 ở đầu; 10, 12 hoặc 13 chữ số.',
				en: 'Text, to keep a leading zero; 10, 12 or 13 digits.'
			}
		},
		{
			name: 'recipient_area',
			label: { vi: 'Địa bàn bên nhận', en: 'Area of the recipient' },
			type: 'text',
			synonyms: ['Địa bàn', 'Địa điểm thực hiện', 'Địa chỉ bên nhận', 'Khu công nghiệp', 'KCN']
		},
		{
			name: 'unit_id',
			label: { vi: 'Đơn vị phụ trách', en: 'Unit in charge' },
			type: 'text',
			required: true,
			references: 'units.unit_id',
			synonyms: [
				'Đơn vị',
				'Đơn vị quản lý',
				'Cơ quan cấp',
				'Cơ quan quản lý',
				'Mã đơn vị',
				'Đơn vị theo dõi',
				'Cơ quan tiếp nhận'
			],
			note: {
				vi: 'Đơn vị giữ hồ sơ vào ngày cấp.',
				en: 'The unit that keeps the file, on the day of the certificate.'
			}
		},
		{
			name: 'ownership',
			label: { vi: 'Loại hình kinh tế', en: 'Ownership' },
			type: 'code',
			list: 'ownership',
			synonyms: ['Loại hình DN', 'Loại hình doanh nghiệp', 'Thành phần kinh tế', 'Loại hình sở hữu', 'Khu vực kinh tế']
		},
		{
			name: 'industry',
			label: { vi: 'Ngành kinh tế', en: 'Industry' },
			type: 'code',
			list: 'industry',
			synonyms: ['Ngành', 'Ngành VSIC', 'Mã ngành', 'Ngành nghề', 'Ngành kinh tế (VSIC)', 'Lĩnh vực'],
			note: { vi: 'Chữ cái ngành cấp 1 của VSIC 2018.', en: 'The section letter of VSIC 2018.' }
		},
		{
			name: 'objects',
			label: { vi: 'Đối tượng công nghệ', en: 'Objects transferred' },
			type: 'codes',
			list: 'transfer_object',
			synonyms: ['Đối tượng', 'Đối tượng chuyển giao', 'Đối tượng công nghệ chuyển giao', 'Đối tượng CGCN']
		},
		{
			name: 'form',
			label: { vi: 'Hình thức chuyển giao', en: 'Form of transfer' },
			type: 'code',
			list: 'transfer_form',
			synonyms: ['Hình thức CGCN', 'Hình thức chuyển giao công nghệ']
		},
		{
			name: 'methods',
			label: { vi: 'Phương thức chuyển giao', en: 'Methods of transfer' },
			type: 'codes',
			list: 'transfer_method',
			synonyms: ['Phương thức', 'Phương thức CGCN', 'Phương thức chuyển giao công nghệ']
		},
		{
			name: 'rights',
			label: { vi: 'Quyền chuyển giao', en: 'Rights transferred' },
			type: 'code',
			list: 'transfer_right',
			synonyms: ['Quyền', 'Quyền đối với công nghệ', 'Quyền chuyển giao công nghệ']
		},
		{
			name: 'exclusive',
			label: { vi: 'Độc quyền', en: 'Exclusive' },
			type: 'boolean',
			synonyms: ['Độc quyền?', 'Chuyển giao độc quyền', 'Quyền độc quyền']
		},
		{
			name: 'sublicence',
			label: { vi: 'Được chuyển giao tiếp', en: 'Sublicence allowed' },
			type: 'boolean',
			synonyms: ['Chuyển giao tiếp', 'Chuyển giao tiếp?', 'Quyền chuyển giao tiếp', 'Chuyển giao lại']
		},
		{
			name: 'value',
			label: { vi: 'Giá trị hợp đồng', en: 'Contract value' },
			type: 'number',
			minimum: 0,
			synonyms: ['Giá trị HĐ', 'Giá trị', 'Giá trị chuyển giao', 'Giá trị công nghệ', 'Giá hợp đồng'],
			note: {
				vi: 'Theo đồng tiền ghi trong hợp đồng. Trống khi trả theo phần trăm hoặc chưa rõ, không phải bằng 0.',
				en: 'In the currency of the contract. Empty when paid as a percentage or not known; it never means zero.'
			}
		},
		{
			name: 'currency',
			label: { vi: 'Đơn vị tiền', en: 'Currency' },
			type: 'code',
			list: 'currency',
			synonyms: ['Tiền tệ', 'Loại tiền', 'Đồng tiền', 'Ngoại tệ', 'ĐVT tiền', 'Nguyên tệ']
		},
		{
			name: 'exchange_rate',
			label: { vi: 'Tỷ giá', en: 'Exchange rate' },
			type: 'number',
			minimum: 0,
			synonyms: ['Tỷ giá quy đổi', 'Tỉ giá', 'Tỷ giá ngày cấp', 'Tỷ giá VND'],
			note: { vi: 'Số đồng Việt Nam cho một đơn vị tiền.', en: 'VND for one unit of the currency.' }
		},
		{
			name: 'value_vnd',
			label: { vi: 'Giá trị quy đổi (VND)', en: 'Value in VND' },
			type: 'number',
			minimum: 0,
			synonyms: [
				'Giá trị quy đổi',
				'Giá trị VND',
				'Giá trị (VND)',
				'Giá trị (VNĐ)',
				'Giá trị (đồng)',
				'Giá trị (triệu VNĐ)',
				'Giá trị (triệu đồng)',
				'Quy đổi VND',
				'Thành tiền VND'
			],
			note: vnd
		},
		{
			name: 'payment',
			label: { vi: 'Phương thức thanh toán', en: 'Payment' },
			type: 'code',
			list: 'payment',
			synonyms: ['Cách thanh toán', 'Hình thức thanh toán', 'Thanh toán']
		},
		{
			name: 'list_standing',
			label: { vi: 'Danh mục công nghệ', en: 'Standing in the technology lists' },
			type: 'code',
			list: 'list_standing',
			synonyms: ['Danh mục', 'Thuộc danh mục', 'Nhóm công nghệ', 'Khuyến khích/hạn chế/cấm']
		},
		{
			name: 'investment_certificate',
			label: { vi: 'Giấy chứng nhận đăng ký đầu tư', en: 'Investment certificate' },
			type: 'text',
			synonyms: ['GCN đăng ký đầu tư', 'GCNĐKĐT', 'GCN ĐKĐT', 'Số GCNĐKĐT', 'Dự án đầu tư', 'Mã số dự án']
		},
		{
			name: 'state_funded',
			label: { vi: 'Sử dụng vốn nhà nước', en: 'State funded' },
			type: 'boolean',
			synonyms: [
				'Sử dụng vốn nhà nước/NSNN',
				'Vốn nhà nước',
				'NSNN',
				'Sử dụng NSNN',
				'Nguồn vốn NN',
				'Sử dụng ngân sách nhà nước'
			]
		},
		{
			name: 'task',
			label: { vi: 'Nhiệm vụ KH&CN nguồn gốc', en: 'Source task' },
			type: 'text',
			synonyms: [
				'Nhiệm vụ KH&CN',
				'Nhiệm vụ KHCN',
				'Nhiệm vụ khoa học và công nghệ',
				'Đề tài nguồn gốc',
				'Nguồn gốc công nghệ'
			]
		},
		{
			name: 'outcome',
			label: { vi: 'Kết quả ứng dụng', en: 'Outcome' },
			type: 'text',
			synonyms: ['Kết quả áp dụng', 'Hiệu quả ứng dụng', 'Kết quả chuyển giao', 'Hiệu quả chuyển giao']
		},
		remark
	],
	rules: [
		{
			name: 'filing-names-original',
			columns: ['filing_kind', 'transfer_id', 'original_id'],
			holds: ({ filing_kind: kind, transfer_id: own, original_id: original }) =>
				(kind !== 'sua_doi' && kind !== 'gia_han') || (typeof original === 'string' && original !== own),
			remedy: {
				vi: 'Hồ sơ sửa đổi hoặc gia hạn phải ghi số giấy chứng nhận gốc.',
				en: 'An amendment or extension must name the original certificate.'
			}
		},
		{
			name: 'filing-has-value',
			columns: ['filing_kind', 'value'],
			holds: ({ filing_kind: kind, value }) => kind === 'sua_doi' || value !== 0,
			remedy: {
				vi: 'Hồ sơ cấp mới hoặc gia hạn có giá trị thì giá trị phải lớn hơn 0; chưa rõ thì để trống.',
				en: 'The value of a new or extended transfer must be above 0; leave it empty when it is not known.'
			}
		},
		{
			name: 'value-has-currency',
			columns: ['value', 'currency'],
			holds: ({ value, currency }) => typeof value !== 'number' || typeof currency === 'string',
			remedy: { vi: 'Có giá trị thì phải ghi đơn vị tiền.', en: 'A value needs its currency.' }
		},
		{
			name: 'dong-rate-is-one',
			columns: ['currency', 'exchange_rate'],
			holds: ({ currency, exchange_rate: rate }) => currency !== 'VND' || typeof rate !== 'number' || rate === 1,
			remedy: {
				vi: 'Giá trị bằng đồng Việt Nam thì tỷ giá là 1 hoặc để trống.',
				en: 'For a value in VND the exchange rate is 1 or empty.'
			}
		},
		{
			name: 'value-converts',
			columns: ['value', 'exchange_rate', 'value_vnd'],
			holds: ({ value, exchange_rate: rate, value_vnd: converted }) =>
				typeof value !== 'number' ||
				typeof rate !== 'number' ||
				typeof converted !== 'number' ||
				Math.abs(value * rate - converted) <= 0.005 * value * rate,
			remedy: {
				vi: 'Giá trị quy đổi phải bằng giá trị nhân tỷ giá (sai số 0,5%). Kiểm tra đơn vị đồng, triệu đồng.',
				en: 'The value in VND must be the value times the rate, within 0.5%. Check đồng against triệu đồng.'
			}
		},
		order('certified-after-signed', 'signed_on', 'certified_on', {
			vi: 'Ngày cấp giấy chứng nhận không được trước ngày ký hợp đồng.',
			en: 'The certificate must not come before the signature.'
		}),
		order('effective-after-signed', 'signed_on', 'effective_on', {
			vi: 'Ngày hiệu lực không được trước ngày ký hợp đồng.',
			en: 'The contract must not take effect before its signature.'
		}),
		{
			name: 'tax-code-digits',
			columns: ['recipient_tax_code'],
			holds: ({ recipient_tax_code: code }) =>
				typeof code !== 'string' || /^(\d{10}|\d{12}|\d{13}|\d{10}-\d{3})$/.test(code.replace(/\s/g, '')),
			remedy: {
				vi: 'Mã số thuế có 10, 12 hoặc 13 chữ số. Kiểm tra số 0 ở đầu đã mất.',
				en: 'A tax code has 10, 12 or 13 digits. Check for a lost leading zero.'
			}
		},
		{
			name: 'country-fits-direction',
			columns: ['direction', 'supplier_country'],
			holds: ({ direction, supplier_country: country }) =>
				typeof direction !== 'string' ||
				typeof country !== 'string' ||
				(direction === 'vao_vn' ? country !== 'VN' : country === 'VN'),
			remedy: {
				vi: 'Chuyển giao vào Việt Nam thì bên giao ở nước ngoài; trong nước và ra nước ngoài thì bên giao ở Việt Nam.',
				en: 'Into Viet Nam the supplier is foreign; at home and going abroad the supplier is in Viet Nam.'
			}
		}
	]
};

/** Activities in the long form: one row a unit, quarter and activity, and an audience or a reason where there is one. */
export const activities: Table = {
	name: 'activities',
	label: { vi: 'Hoạt động của đơn vị', en: 'Activities' },
	key: ['activity_id'],
	personal,
	columns: [
		{
			name: 'activity_id',
			label: { vi: 'Mã hoạt động', en: 'Activity number' },
			type: 'text',
			required: true,
			synonyms: ['Mã', 'Mã số', 'Mã HĐ', 'Số hiệu hoạt động']
		},
		{
			name: 'unit_id',
			label: { vi: 'Đơn vị', en: 'Unit' },
			type: 'text',
			required: true,
			references: 'units.unit_id',
			synonyms: [
				'Tên đơn vị',
				'Mã đơn vị',
				'Đơn vị báo cáo',
				'Cơ quan, đơn vị',
				'Chi bộ',
				'Chi bộ, đảng bộ',
				'Tổ chức đảng',
				'Cơ quan',
				'ĐV'
			]
		},
		{
			name: 'period',
			label: { vi: 'Kỳ báo cáo', en: 'Period' },
			type: 'period',
			required: true,
			synonyms: ['Kỳ', 'Quý', 'Quý báo cáo', 'Thời kỳ', 'Kỳ BC', 'Tháng/quý'],
			note: {
				vi: 'Năm, sáu tháng, quý hoặc tháng: 2024, 2024-H1, 2024-Q3, 2024-09.',
				en: 'A year, half-year, quarter or month: 2024, 2024-H1, 2024-Q3, 2024-09.'
			}
		},
		{
			name: 'held_on',
			label: { vi: 'Ngày tổ chức', en: 'Held on' },
			type: 'date',
			synonyms: ['Ngày', 'Ngày thực hiện', 'Thời gian', 'Thời gian tổ chức', 'Ngày diễn ra']
		},
		{
			name: 'activity',
			label: { vi: 'Loại hoạt động', en: 'Activity' },
			type: 'code',
			list: 'activity',
			required: true,
			synonyms: ['Hoạt động', 'Nội dung hoạt động', 'Tên hoạt động', 'Nội dung', 'Loại hình hoạt động']
		},
		{
			name: 'document',
			label: { vi: 'Văn bản thực hiện', en: 'Document implemented' },
			type: 'code',
			list: 'document',
			synonyms: ['Văn bản', 'Văn bản triển khai', 'Văn bản quán triệt', 'Nghị quyết, kết luận', 'Số văn bản triển khai']
		},
		{
			name: 'form',
			label: { vi: 'Hình thức', en: 'Form' },
			type: 'code',
			list: 'activity_form',
			synonyms: ['Hình thức tổ chức', 'Hình thức thực hiện', 'HT tổ chức']
		},
		{
			name: 'sessions',
			label: { vi: 'Số cuộc', en: 'Sessions' },
			type: 'integer',
			minimum: 0,
			synonyms: [
				'Số buổi',
				'Số hội nghị',
				'Số hội nghị quán triệt',
				'Số lớp',
				'Số lượng cuộc',
				'Số buổi tuyên truyền miệng',
				'Số đợt'
			],
			note: notCounted
		},
		{
			name: 'audience',
			label: { vi: 'Nhóm đối tượng', en: 'Audience' },
			type: 'code',
			list: 'audience',
			synonyms: ['Đối tượng', 'Đối tượng tham gia', 'Thành phần', 'Thành phần tham dự']
		},
		{
			name: 'invited',
			label: { vi: 'Số triệu tập', en: 'Invited' },
			type: 'integer',
			minimum: 0,
			synonyms: ['Triệu tập', 'Số người triệu tập', 'Tổng số triệu tập', 'Số được triệu tập', 'Tổng số đảng viên'],
			note: notCounted
		},
		{
			name: 'attended',
			label: { vi: 'Số tham gia', en: 'Attended' },
			type: 'integer',
			minimum: 0,
			synonyms: [
				'Tham gia',
				'Số tham dự',
				'Tham dự',
				'Số người tham gia',
				'Số người dự',
				'Số đảng viên tham gia',
				'Có mặt',
				'Số quần chúng tham gia'
			],
			note: notCounted
		},
		{
			name: 'listeners',
			label: { vi: 'Lượt nghe', en: 'Listeners (turns)' },
			type: 'integer',
			minimum: 0,
			synonyms: ['Số lượt nghe', 'Số lượt người nghe', 'Lượt người nghe', 'Số người nghe'],
			note: {
				vi: 'Lượt, không phải người: một người nghe hai buổi là hai lượt.',
				en: 'Turns, not persons: one person at two sessions is two turns.'
			}
		},
		{
			name: 'articles',
			label: { vi: 'Số tin, bài', en: 'Articles' },
			type: 'integer',
			minimum: 0,
			synonyms: ['Tin, bài', 'Số tin bài', 'Tin bài', 'Số bài viết', 'Số lượng tin, bài'],
			note: notCounted
		},
		{
			name: 'channel',
			label: { vi: 'Kênh', en: 'Channel' },
			type: 'code',
			list: 'channel',
			synonyms: ['Kênh truyền thông', 'Kênh tuyên truyền', 'Phương tiện', 'Nơi đăng', 'Kênh đăng tải']
		},
		{
			name: 'opinions',
			label: { vi: 'Số kiến nghị', en: 'Opinions' },
			type: 'integer',
			minimum: 0,
			synonyms: ['Số ý kiến', 'Kiến nghị', 'Ý kiến', 'Số ý kiến, kiến nghị', 'Số ý kiến góp ý', 'Số ý kiến phản biện'],
			note: notCounted
		},
		{
			name: 'accepted',
			label: { vi: 'Số tiếp thu', en: 'Opinions accepted' },
			type: 'integer',
			minimum: 0,
			synonyms: [
				'Tiếp thu',
				'Số được tiếp thu',
				'Số kiến nghị được tiếp thu',
				'Số ý kiến được tiếp thu',
				'Được tiếp thu'
			],
			note: notCounted
		},
		{
			name: 'groups_commended',
			label: { vi: 'Số tập thể khen', en: 'Groups commended' },
			type: 'integer',
			minimum: 0,
			synonyms: [
				'Khen thưởng tập thể',
				'Tập thể',
				'Số tập thể',
				'Số tập thể được khen',
				'Tập thể được khen thưởng',
				'KT tập thể'
			],
			note: notCounted
		},
		{
			name: 'people_commended',
			label: { vi: 'Số cá nhân khen', en: 'Persons commended' },
			type: 'integer',
			minimum: 0,
			synonyms: [
				'Khen thưởng cá nhân',
				'Cá nhân',
				'Số cá nhân',
				'Số cá nhân được khen',
				'Cá nhân được khen thưởng',
				'KT cá nhân'
			],
			note: notCounted
		},
		{
			name: 'commendation',
			label: { vi: 'Hình thức khen', en: 'Commendation' },
			type: 'code',
			list: 'commendation',
			synonyms: ['Hình thức khen thưởng', 'Danh hiệu', 'HT khen thưởng', 'Hình thức KT']
		},
		{
			name: 'reason',
			label: { vi: 'Lý do khen', en: 'Reason' },
			type: 'code',
			list: 'reason',
			synonyms: ['Lý do khen thưởng', 'Lý do', 'Thành tích', 'Nội dung khen thưởng', 'Lí do khen']
		},
		{
			name: 'documents_issued',
			label: { vi: 'Số văn bản ban hành', en: 'Documents issued' },
			type: 'integer',
			minimum: 0,
			synonyms: ['Số văn bản', 'Số VB ban hành', 'Số văn bản cụ thể hóa', 'Số văn bản tham mưu', 'Văn bản đã ban hành'],
			note: notCounted
		},
		{
			name: 'document_kind',
			label: { vi: 'Loại văn bản', en: 'Kind of document' },
			type: 'code',
			list: 'document_kind',
			synonyms: ['Thể loại văn bản', 'Loại VB', 'Tên loại văn bản']
		},
		{
			name: 'evidence',
			label: { vi: 'Minh chứng', en: 'Evidence' },
			type: 'text',
			synonyms: ['Tài liệu minh chứng', 'Số văn bản minh chứng', 'Đường dẫn', 'Link', 'Văn bản minh chứng']
		},
		{
			name: 'submitted_on',
			label: { vi: 'Ngày gửi báo cáo', en: 'Report received on' },
			type: 'date',
			synonyms: ['Ngày gửi', 'Ngày nộp', 'Ngày báo cáo', 'Ngày nhận báo cáo', 'Ngày nộp báo cáo', 'Ngày tiếp nhận'],
			note: {
				vi: 'Ngày nhận được báo cáo kỳ có dòng này. Trống là không rõ ngày: kỳ đó coi là đã gửi.',
				en: 'The day on which the report that carries this row was received. Empty means not known: the report counts as sent.'
			}
		},
		{
			name: 'due_on',
			label: { vi: 'Hạn báo cáo', en: 'Report due on' },
			type: 'date',
			synonyms: ['Hạn nộp', 'Hạn gửi', 'Hạn gửi báo cáo', 'Thời hạn báo cáo', 'Hạn nộp báo cáo'],
			note: { vi: 'Ngày 15 của tháng sau quý.', en: 'The 15th of the month after the quarter.' }
		},
		remark
	],
	rules: [
		atMost('attended-within-invited', 'attended', 'invited', {
			vi: 'Số tham gia không được lớn hơn số triệu tập.',
			en: 'No more can attend than were invited.'
		}),
		atMost('accepted-within-opinions', 'accepted', 'opinions', {
			vi: 'Số tiếp thu không được lớn hơn số kiến nghị.',
			en: 'No more opinions can be accepted than were given.'
		}),
		{
			name: 'no-session-no-audience',
			columns: ['attended', 'listeners', 'sessions'],
			holds: ({ attended, listeners, sessions }) => sessions !== 0 || ((attended ?? 0) === 0 && (listeners ?? 0) === 0),
			remedy: {
				vi: 'Không có cuộc nào thì không thể có người tham gia hay lượt nghe.',
				en: 'Without a session nobody can have attended or listened.'
			}
		},
		{
			name: 'held-within-period',
			columns: ['period', 'held_on'],
			holds: ({ period, held_on: day }) => {
				if (typeof period !== 'string' || !(day instanceof Date)) return true;
				const days = span(period);
				return days === null || (days.first <= day && day <= days.last);
			},
			remedy: {
				vi: 'Ngày tổ chức phải nằm trong kỳ báo cáo. Kiểm tra thứ tự ngày và tháng.',
				en: 'The day must lie within the period. Check the order of day and month.'
			}
		},
		order('held-before-report', 'held_on', 'submitted_on', {
			vi: 'Báo cáo không thể được gửi trước khi hoạt động diễn ra.',
			en: 'The report cannot come before the activity.'
		}),
		{
			name: 'due-after-period',
			columns: ['period', 'due_on'],
			holds: ({ period, due_on: due }) => {
				if (typeof period !== 'string' || !(due instanceof Date)) return true;
				const days = span(period);
				return days === null || days.last < due;
			},
			remedy: {
				vi: 'Hạn báo cáo phải sau ngày cuối kỳ.',
				en: 'The report falls due after the last day of its period.'
			}
		}
	]
};

/** The three registers, in the order in which pages name them. */
export const registers: readonly Table[] = [initiatives, transfers, activities];
