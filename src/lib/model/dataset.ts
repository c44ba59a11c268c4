/**
 * The published tables beside the registers: what is measured, what was promised, what is known, who reports.
 * An adopting province edits these files in `data/`; no code is needed.
 */
import type { Column, Table } from './table';
import { standardBounds } from './peer';
import { registers } from './register';

const note: readonly Column[] = [
	{ name: 'note_vi', label: { vi: 'Ghi chú (tiếng Việt)', en: 'Note (Vietnamese)' }, type: 'text' },
	{ name: 'note_en', label: { vi: 'Ghi chú (tiếng Anh)', en: 'Note (English)' }, type: 'text' }
];

const boundary: Column = {
	name: 'boundary',
	label: { vi: 'Địa giới', en: 'Boundary' },
	type: 'code',
	list: 'boundary',
	required: true,
	note: {
		vi: 'Hai số liệu khác địa giới không bao giờ được nối thành một đường.',
		en: 'Two figures of unlike boundaries are never joined by a line.'
	}
};

const method: Column = {
	name: 'method',
	label: { vi: 'Phương pháp tính', en: 'Method' },
	type: 'code',
	list: 'method',
	required: true
};

const standing: Column = {
	name: 'standing',
	label: { vi: 'Độ tin cậy', en: 'Standing' },
	type: 'code',
	list: 'standing',
	required: true
};

const validFrom: Column = { name: 'valid_from', label: { vi: 'Hiệu lực từ', en: 'Valid from' }, type: 'date' };
const validTo: Column = {
	name: 'valid_to',
	label: { vi: 'Hiệu lực đến', en: 'Valid to' },
	type: 'date',
	note: { vi: 'Ngày đầu tiên không còn hiệu lực.', en: 'The first day on which it no longer holds.' }
};

/** Every code of every code list, with the days on which it may be used. */
export const codeLists: Table = {
	name: 'code_lists',
	label: { vi: 'Danh mục mã', en: 'Code lists' },
	key: ['list', 'code'],
	columns: [
		{ name: 'list', label: { vi: 'Danh mục', en: 'List' }, type: 'text', required: true },
		{ name: 'code', label: { vi: 'Mã', en: 'Code' }, type: 'text', required: true },
		{ name: 'name_vi', label: { vi: 'Tên tiếng Việt', en: 'Vietnamese name' }, type: 'text', required: true },
		{ name: 'name_en', label: { vi: 'Tên tiếng Anh', en: 'English name' }, type: 'text', required: true },
		validFrom,
		validTo,
		{ name: 'source', label: { vi: 'Căn cứ', en: 'Source' }, type: 'text' }
	]
};

/** One row per unit identity, never reused: a unit that is renamed or merged becomes another unit. */
export const units: Table = {
	name: 'units',
	label: { vi: 'Đơn vị', en: 'Units' },
	key: ['unit_id'],
	columns: [
		{ name: 'unit_id', label: { vi: 'Mã đơn vị', en: 'Unit code' }, type: 'text', required: true },
		{ name: 'name_vi', label: { vi: 'Tên đơn vị', en: 'Vietnamese name' }, type: 'text', required: true },
		{ name: 'name_en', label: { vi: 'Tên tiếng Anh', en: 'English name' }, type: 'text', required: true },
		{ name: 'short_name', label: { vi: 'Tên ngắn', en: 'Short name' }, type: 'text', required: true },
		{ name: 'kind', label: { vi: 'Loại đơn vị', en: 'Kind' }, type: 'code', list: 'unit_kind', required: true },
		{ name: 'block', label: { vi: 'Khối', en: 'Block' }, type: 'code', list: 'block', required: true },
		{ name: 'tier', label: { vi: 'Cấp', en: 'Tier' }, type: 'code', list: 'tier', required: true },
		{ name: 'parent_id', label: { vi: 'Đơn vị cấp trên', en: 'Parent' }, type: 'text', references: 'units.unit_id' },
		boundary,
		validFrom,
		validTo,
		{
			name: 'reports',
			label: { vi: 'Phải báo cáo', en: 'Must report' },
			type: 'boolean',
			required: true,
			note: {
				vi: 'Đơn vị phải gửi báo cáo quý trong thời gian tồn tại.',
				en: 'Whether the unit owes a report for each quarter of its life.'
			}
		},
		{ name: 'document', label: { vi: 'Văn bản thành lập', en: 'Founding document' }, type: 'text' },
		...note
	],
	rules: [
		{
			name: 'valid-from-before-to',
			columns: ['valid_from', 'valid_to'],
			holds: ({ valid_from: from, valid_to: to }) => !(from instanceof Date) || !(to instanceof Date) || from < to,
			remedy: { vi: 'Ngày hết hiệu lực phải sau ngày bắt đầu.', en: 'The last day must come after the first.' }
		}
	]
};

/** The names under which a unit appears in files, and when each of them meant it. */
export const unitAliases: Table = {
	name: 'unit_aliases',
	label: { vi: 'Tên gọi khác của đơn vị', en: 'Unit aliases' },
	key: ['alias', 'unit_id'],
	columns: [
		{ name: 'alias', label: { vi: 'Tên gọi', en: 'Alias' }, type: 'text', required: true },
		{
			name: 'unit_id',
			label: { vi: 'Mã đơn vị', en: 'Unit' },
			type: 'text',
			required: true,
			references: 'units.unit_id'
		},
		validFrom,
		validTo
	]
};

/** Succession events, one row per edge: unit `from_unit_id` became `to_unit_id` on a day, with a share. */
export const unitSuccessions: Table = {
	name: 'unit_successions',
	label: { vi: 'Kế thừa tổ chức', en: 'Successions' },
	key: ['event_id', 'from_unit_id', 'to_unit_id'],
	columns: [
		{ name: 'event_id', label: { vi: 'Mã sự kiện', en: 'Event' }, type: 'text', required: true },
		{ name: 'effective_on', label: { vi: 'Ngày hiệu lực', en: 'Effective on' }, type: 'date', required: true },
		{ name: 'kind', label: { vi: 'Hình thức', en: 'Kind' }, type: 'code', list: 'succession_kind', required: true },
		{
			name: 'from_unit_id',
			label: { vi: 'Từ đơn vị', en: 'From unit' },
			type: 'text',
			required: true,
			references: 'units.unit_id'
		},
		{ name: 'to_unit_id', label: { vi: 'Đến đơn vị', en: 'To unit' }, type: 'text', references: 'units.unit_id' },
		{
			name: 'share',
			label: { vi: 'Tỷ trọng', en: 'Share' },
			type: 'number',
			minimum: 0,
			maximum: 1,
			note: {
				vi: 'Phần của đơn vị cũ chuyển sang đơn vị mới; tổng theo mỗi đơn vị cũ bằng 1. Trống khi giải thể.',
				en: 'The part of the old unit that went to the new one; they total 1 over each old unit. Empty when dissolved.'
			}
		},
		{
			name: 'share_basis',
			label: { vi: 'Cơ sở tỷ trọng', en: 'Basis of the share' },
			type: 'code',
			list: 'share_basis'
		},
		{ name: 'scope', label: { vi: 'Phạm vi chức năng', en: 'Functions moved' }, type: 'text' },
		{ name: 'document', label: { vi: 'Căn cứ', en: 'Legal basis' }, type: 'text' },
		standing,
		...note
	]
};

/** Denominators over time: how many people a unit had at the end of a year. */
export const unitHeadcounts: Table = {
	name: 'unit_headcounts',
	label: { vi: 'Biên chế, đảng viên theo năm', en: 'Headcounts' },
	key: ['unit_id', 'year'],
	columns: [
		{
			name: 'unit_id',
			label: { vi: 'Mã đơn vị', en: 'Unit' },
			type: 'text',
			required: true,
			references: 'units.unit_id'
		},
		{ name: 'year', label: { vi: 'Năm', en: 'Year' }, type: 'integer', required: true, minimum: 2000, maximum: 2100 },
		{ name: 'staff', label: { vi: 'CB, CC, VC, NLĐ', en: 'Staff' }, type: 'integer', minimum: 0 },
		{ name: 'members', label: { vi: 'Đảng viên', en: 'Party members' }, type: 'integer', minimum: 0 },
		{ name: 'source', label: { vi: 'Nguồn', en: 'Source' }, type: 'text' }
	]
};

/** Whom a unit is compared with: one row a group, the first that takes a unit in being its own. */
export const peerGroups: Table = {
	name: 'peer_groups',
	label: { vi: 'Nhóm so sánh', en: 'Peer groups' },
	key: ['group_id'],
	columns: [
		{ name: 'group_id', label: { vi: 'Mã nhóm', en: 'Group' }, type: 'text', required: true },
		{ name: 'name_vi', label: { vi: 'Tên nhóm', en: 'Vietnamese name' }, type: 'text', required: true },
		{ name: 'name_en', label: { vi: 'Tên tiếng Anh', en: 'English name' }, type: 'text', required: true },
		{
			name: 'kinds',
			label: { vi: 'Các loại đơn vị', en: 'Kinds' },
			type: 'codes',
			list: 'unit_kind',
			note: { vi: 'Trống: mọi loại.', en: 'Empty: any kind.' }
		},
		{
			name: 'blocks',
			label: { vi: 'Các khối', en: 'Blocks' },
			type: 'codes',
			list: 'block',
			note: { vi: 'Trống: mọi khối.', en: 'Empty: any block.' }
		},
		{
			name: 'staff_from',
			label: { vi: 'Biên chế từ', en: 'Staff from' },
			type: 'integer',
			minimum: 0,
			note: { vi: 'Trống: không giới hạn dưới.', en: 'Empty: no lower bound.' }
		},
		{
			name: 'staff_to',
			label: { vi: 'Biên chế dưới', en: 'Staff below' },
			type: 'integer',
			minimum: 1,
			note: {
				vi: 'Không kể chính số này; trống: không giới hạn trên.',
				en: 'Not counted itself; empty: no upper bound.'
			}
		},
		{
			name: 'by_default',
			label: { vi: 'Là nhóm mặc định', en: 'By default' },
			type: 'boolean',
			required: true,
			note: {
				vi: 'Nhóm mặc định của đơn vị là dòng đầu tiên nhận đơn vị đó; nhóm “false” chỉ để chọn.',
				en: 'A unit’s own group is the first row that takes it in; groups with “false” are there to be chosen only.'
			}
		},
		...note
	],
	rules: [
		{
			name: 'staff-from-before-to',
			columns: ['staff_from', 'staff_to'],
			holds: ({ staff_from: from, staff_to: to }) => typeof from !== 'number' || typeof to !== 'number' || from < to,
			remedy: { vi: '“Biên chế dưới” phải lớn hơn “Biên chế từ”.', en: '“Staff below” must be more than “Staff from”.' }
		}
	]
};

/** The bounds under which a comparison keeps silent; adjusted here, said on the pages when they act. */
export const peerBounds: Table = {
	name: 'peer_bounds',
	label: { vi: 'Ngưỡng so sánh', en: 'Bounds of comparison' },
	key: ['bound'],
	columns: [
		{ name: 'bound', label: { vi: 'Mã ngưỡng', en: 'Bound' }, type: 'text', required: true },
		{ name: 'value', label: { vi: 'Giá trị', en: 'Value' }, type: 'number', required: true, minimum: 0 },
		{ name: 'name_vi', label: { vi: 'Ý nghĩa', en: 'Meaning (Vietnamese)' }, type: 'text', required: true },
		{ name: 'name_en', label: { vi: 'Ý nghĩa (tiếng Anh)', en: 'Meaning' }, type: 'text', required: true }
	],
	rules: [
		{
			name: 'known-bound',
			columns: ['bound'],
			holds: ({ bound }) => typeof bound !== 'string' || Object.hasOwn(standardBounds, bound),
			remedy: {
				vi: `Không có ngưỡng này; các ngưỡng là ${Object.keys(standardBounds).join(', ')}.`,
				en: `There is no such bound; the bounds are ${Object.keys(standardBounds).join(', ')}.`
			}
		}
	]
};

/** What is watched: names, definitions and how the number is made, in SQL over a register or from published actuals. */
export const indicators: Table = {
	name: 'indicators',
	label: { vi: 'Chỉ tiêu', en: 'Indicators' },
	key: ['indicator_id'],
	columns: [
		{ name: 'indicator_id', label: { vi: 'Mã chỉ tiêu', en: 'Indicator' }, type: 'text', required: true },
		{ name: 'hub', label: { vi: 'Nhóm mục tiêu', en: 'Hub' }, type: 'code', list: 'hub', required: true },
		{ name: 'name_vi', label: { vi: 'Tên', en: 'Vietnamese name' }, type: 'text', required: true },
		{ name: 'name_en', label: { vi: 'Tên tiếng Anh', en: 'English name' }, type: 'text', required: true },
		{ name: 'definition_vi', label: { vi: 'Định nghĩa', en: 'Vietnamese definition' }, type: 'text', required: true },
		{
			name: 'definition_en',
			label: { vi: 'Định nghĩa tiếng Anh', en: 'English definition' },
			type: 'text',
			required: true
		},
		{
			name: 'register',
			label: { vi: 'Sổ', en: 'Register' },
			type: 'code',
			list: 'indicator_source',
			required: true,
			note: {
				vi: '`actual` là số đã công bố trong actuals.csv; còn lại là tính từ sổ.',
				en: '`actual` is a published figure of actuals.csv; the others are computed from that register.'
			}
		},
		{
			name: 'value',
			label: { vi: 'Biểu thức SQL', en: 'SQL expression' },
			type: 'text',
			note: {
				vi: 'Hàm gộp SQL trên sổ; với tỷ lệ là tử số.',
				en: 'An SQL aggregate over the register; for a ratio, its numerator.'
			}
		},
		{
			name: 'denominator',
			label: { vi: 'Mẫu số', en: 'Denominator' },
			type: 'text',
			note: {
				vi: 'Hàm gộp SQL, hoặc `headcount.staff`, `headcount.members`.',
				en: 'An SQL aggregate, or `headcount.staff` or `headcount.members`.'
			}
		},
		{
			name: 'scale',
			label: { vi: 'Hệ số', en: 'Scale' },
			type: 'number',
			note: { vi: '100 cho phần trăm.', en: '100 for per cent.' }
		},
		{
			name: 'condition',
			label: { vi: 'Điều kiện', en: 'Condition' },
			type: 'text',
			note: { vi: 'Điều kiện SQL chọn các dòng được tính.', en: 'The SQL condition that chooses the rows that count.' }
		},
		{ name: 'date_column', label: { vi: 'Cột ngày', en: 'Date column' }, type: 'text' },
		{ name: 'format', label: { vi: 'Định dạng', en: 'Format' }, type: 'code', list: 'format', required: true },
		{ name: 'unit_vi', label: { vi: 'Đơn vị tính', en: 'Unit of measure (Vietnamese)' }, type: 'text', required: true },
		{ name: 'unit_en', label: { vi: 'Đơn vị tính (tiếng Anh)', en: 'Unit of measure' }, type: 'text', required: true },
		{
			name: 'decimals',
			label: { vi: 'Số chữ số thập phân', en: 'Decimals' },
			type: 'integer',
			required: true,
			minimum: 0,
			maximum: 6
		},
		{ name: 'direction', label: { vi: 'Chiều tốt', en: 'Direction' }, type: 'code', list: 'direction', required: true },
		{ name: 'class', label: { vi: 'Lớp', en: 'Class' }, type: 'code', list: 'indicator_class', required: true },
		{
			name: 'over_periods',
			label: { vi: 'Cộng qua các kỳ', en: 'Over periods' },
			type: 'code',
			list: 'over_periods',
			required: true
		},
		{ name: 'stage', label: { vi: 'Khâu', en: 'Stage' }, type: 'code', list: 'stage', required: true },
		{ name: 'caveat_vi', label: { vi: 'Lưu ý', en: 'Caveat (Vietnamese)' }, type: 'text' },
		{ name: 'caveat_en', label: { vi: 'Lưu ý (tiếng Anh)', en: 'Caveat' }, type: 'text' }
	]
};

/** What was promised, and in which document. */
export const targets: Table = {
	name: 'targets',
	label: { vi: 'Mục tiêu', en: 'Targets' },
	key: ['target_id'],
	columns: [
		{ name: 'target_id', label: { vi: 'Mã mục tiêu', en: 'Target' }, type: 'text', required: true },
		{
			name: 'indicator_id',
			label: { vi: 'Chỉ tiêu', en: 'Indicator' },
			type: 'text',
			required: true,
			references: 'indicators.indicator_id'
		},
		boundary,
		method,
		{ name: 'base_year', label: { vi: 'Năm gốc', en: 'Base year' }, type: 'integer' },
		{ name: 'base_value', label: { vi: 'Giá trị gốc', en: 'Base value' }, type: 'number' },
		{ name: 'base_source', label: { vi: 'Nguồn giá trị gốc', en: 'Source of the base' }, type: 'text' },
		{ name: 'target_year', label: { vi: 'Năm đích', en: 'Target year' }, type: 'integer' },
		{ name: 'target_value', label: { vi: 'Giá trị đích', en: 'Target value' }, type: 'number' },
		{ name: 'target_upper', label: { vi: 'Giá trị đích trên', en: 'Upper target value' }, type: 'number' },
		{ name: 'type', label: { vi: 'Loại mục tiêu', en: 'Type' }, type: 'code', list: 'target_type', required: true },
		{ name: 'direction', label: { vi: 'Chiều', en: 'Direction' }, type: 'code', list: 'direction', required: true },
		{ name: 'document', label: { vi: 'Văn bản', en: 'Document' }, type: 'text' },
		{ name: 'document_number', label: { vi: 'Số, ký hiệu', en: 'Number' }, type: 'text' },
		{ name: 'document_date', label: { vi: 'Ngày văn bản', en: 'Date of the document' }, type: 'date' },
		{ name: 'quotation', label: { vi: 'Trích dẫn', en: 'Quotation' }, type: 'text' },
		{
			name: 'superseded_by',
			label: { vi: 'Thay thế bởi', en: 'Superseded by' },
			type: 'text',
			references: 'targets.target_id'
		},
		standing,
		{ name: 'source', label: { vi: 'Nguồn tra cứu', en: 'Where it was read' }, type: 'text' },
		...note
	]
};

/** What is known: published figures, one row an observation. */
export const actuals: Table = {
	name: 'actuals',
	label: { vi: 'Số thực hiện đã công bố', en: 'Published actuals' },
	key: ['indicator_id', 'boundary', 'method', 'period', 'as_of', 'source'],
	columns: [
		{
			name: 'indicator_id',
			label: { vi: 'Chỉ tiêu', en: 'Indicator' },
			type: 'text',
			required: true,
			references: 'indicators.indicator_id'
		},
		{ name: 'period', label: { vi: 'Kỳ', en: 'Period' }, type: 'period', required: true },
		{ name: 'value', label: { vi: 'Giá trị', en: 'Value' }, type: 'number', required: true },
		{
			name: 'out_of',
			label: { vi: 'Trên tổng số', en: 'Out of' },
			type: 'number',
			note: { vi: 'Số địa phương được xếp hạng, hoặc tổng số nhiệm vụ.', en: 'Places ranked, or tasks in all.' }
		},
		{ name: 'as_of', label: { vi: 'Tính đến ngày', en: 'As of' }, type: 'date', required: true },
		{ name: 'provisional', label: { vi: 'Sơ bộ', en: 'Provisional' }, type: 'boolean', required: true },
		boundary,
		method,
		{ name: 'source', label: { vi: 'Nguồn', en: 'Source' }, type: 'text', required: true },
		standing,
		...note
	]
};

/** All tables of the dataset, in an order in which every reference points backwards or to its own table. */
export const dataset: readonly Table[] = [
	codeLists,
	units,
	unitAliases,
	unitSuccessions,
	unitHeadcounts,
	peerGroups,
	peerBounds,
	indicators,
	targets,
	actuals,
	...registers
];
