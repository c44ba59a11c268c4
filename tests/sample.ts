/**
 * The seeded program behind `npm run sample`: writes the three registers as invented but believable rows.
 *
 *     npx tsx tests/sample.ts [--rows N] [--out DIR] [--seed S]
 *
 * Units, mergers and headcounts come from the published tables; nothing else does. No row is about a real person, company or
 * contract. The same seed, rows and units give the same bytes: there is no clock and no other source of chance. Without `--rows`
 * a province of ordinary size comes out; with it each register has about N rows.
 */
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as arrow from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { Compression, Table as ParquetTable, WriterPropertiesBuilder, writeParquet } from 'parquet-wasm/node';
import { activities, initiatives, transfers } from '../src/lib/model/register';
import type { Column, Row, Table, Value } from '../src/lib/model/table';

/** Where the published tables lie. */
const dataFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'data');

const millisecondsPerDay = 86_400_000;

/** Days since 1970: all arithmetic on dates is done on these. */
type Day = number;

function day(year: number, month: number, date: number): Day {
	return Date.UTC(year, month - 1, date) / millisecondsPerDay;
}

function dateOf(at: Day): Date {
	return new Date(at * millisecondsPerDay);
}

/** Days of the calendar on which offices are closed whatever the weekday, as MM-DD. The lunar new year is left out. */
const holidays: ReadonlySet<string> = new Set(['01-01', '04-30', '05-01', '09-02']);

/** A working day near `at`: Friday for Saturday, Monday for Sunday, the next one for a holiday. */
function workday(at: Day): Day {
	if (holidays.has(dateOf(at).toISOString().slice(5, 10))) return workday(at + 1);
	const weekday = dateOf(at).getUTCDay();
	return weekday === 6 ? at - 1 : weekday === 0 ? at + 1 : at;
}

/** The rows span the months from the first to the last; the sample is as it stands on the day after the last month. */
const firstYear = 2021;
const lastYear = 2026;
const lastMonth = 9;
const end = day(lastYear, lastMonth + 1, 1);

/** Rows of an ordinary province. */
const ordinary = { initiatives: 5700, transfers: 168, activities: 11_600 };

/** Rows of activities that one pass through every programme of every unit and quarter gives. */
const onePass = 8800;

/** The unit that falls behind from 2025 on, so that the pages have something to show. */
const laggard = 'TN-DN-THUYLOI';

/** A stream of chance. */
interface Random {
	/** A number in [0, 1). */
	next(): number;
	/** A whole number from `low` to `high`, both included. */
	whole(low: number, high: number): number;
	chance(probability: number): boolean;
	pick<T>(items: readonly T[]): T;
	/** One of the keys, each as likely as its weight. */
	weigh<K extends string>(weights: Readonly<Record<K, number>>): K;
	/** A whole number whose mean is `expected`: its floor or its ceiling. */
	count(expected: number): number;
	/** A log-normal number. */
	skewed(median: number, sigma: number): number;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for a sample. */
function random(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	return {
		next,
		whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
		chance: (probability) => next() < probability,
		pick: <T>(items: readonly T[]) => items[Math.floor(next() * items.length)] as T,
		weigh: <K extends string>(weights: Readonly<Record<K, number>>) => {
			const entries = Object.entries<number>(weights);
			let left = next() * entries.reduce((total, [, weight]) => total + weight, 0);
			for (const [key, weight] of entries) if ((left -= weight) < 0) return key as K;
			return entries[0]?.[0] as K;
		},
		count: (expected) => Math.floor(expected + next()),
		skewed: (median, sigma) =>
			median * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()))
	};
}

/** A steady number for a text (FNV-1a), for what must not change between rows: a unit's diligence, a decision's number. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
	return value;
}

/** A unit as far as the sample needs it. */
interface Unit {
	readonly id: string;
	/** A steady number of the unit, from 1: the thousands of its authors' numbers. */
	readonly number: number;
	readonly kind: string;
	readonly block: string;
	/** Its life: the first day, and the first day after the last. */
	readonly from: Day;
	readonly to: Day;
}

/** The units that report, and what became of them. */
export interface World {
	readonly units: readonly Unit[];
	/** People of a unit in a year. */
	people(unit: Unit, year: number): { staff: number; members: number };
	/** The unit that `id` has become by a day: itself while it lives. */
	heir(id: string, at: Day): string;
}

/** Reads the units that report, their mergers and headcounts from the published tables in `folder`. */
export function readWorld(folder: string = dataFolder): World {
	const read = (name: string) =>
		parse<Record<string, string>>(readFileSync(join(folder, name), 'utf8'), { columns: true, bom: true });
	const dayIn = (text: string | undefined, otherwise: Day) =>
		text ? Date.parse(`${text}T00:00:00Z`) / millisecondsPerDay : otherwise;
	const every = read('units.csv');
	const units = every
		.map((row, index) => ({
			id: row['unit_id'] ?? '',
			number: index + 1,
			kind: row['kind'] ?? '',
			block: row['block'] ?? '',
			from: dayIn(row['valid_from'], -Infinity),
			to: dayIn(row['valid_to'], Infinity),
			reports: row['reports'] === 'true'
		}))
		.filter((unit) => unit.reports);
	const edges = read('unit_successions.csv').map((row) => ({
		from: row['from_unit_id'] ?? '',
		to: row['to_unit_id'] ?? '',
		on: dayIn(row['effective_on'], Infinity),
		share: row['share'] ? Number(row['share']) : 0
	}));
	const headcounts = new Map<string, { year: number; staff: number; members: number }[]>();
	for (const row of read('unit_headcounts.csv')) {
		const id = row['unit_id'] ?? '';
		const counts = headcounts.get(id) ?? [];
		headcounts.set(id, counts);
		counts.push({ year: Number(row['year']), staff: Number(row['staff']), members: Number(row['members']) });
	}
	/** The count of the nearest year; a unit that lived too short to be counted has the people it took over. */
	function people(id: string, year: number): { staff: number; members: number } {
		const counts = headcounts.get(id);
		if (counts) {
			const distance = (count: { year: number }) => Math.abs(count.year - year);
			return counts.reduce((best, count) => (distance(count) < distance(best) ? count : best));
		}
		const total = { staff: 0, members: 0 };
		for (const edge of edges.filter(({ to }) => to === id)) {
			const before = people(edge.from, year);
			total.staff += Math.round(before.staff * edge.share);
			total.members += Math.round(before.members * edge.share);
		}
		return total;
	}
	return {
		units,
		people: (unit, year) => people(unit.id, year),
		heir: (id, at) => {
			for (let current = id; ;) {
				const next = edges
					.filter(({ from, on, to }) => from === current && on <= at && to !== '')
					.sort((a, b) => b.share - a.share)[0];
				if (!next) return current;
				current = next.to;
			}
		}
	};
}

/** How diligent a unit is, between 0.7 and 1.3: units must differ. */
function diligence(unit: Unit): number {
	return 0.7 + (hash(unit.id) % 1000) / 1666;
}

/** Sentence frames by field, and the words that fill them. A frame names its slots in braces. */
const frames: Readonly<Record<string, readonly string[]>> = {
	giao_duc: [
		'Vận dụng {teaching} trong dạy học môn {subject} {grade} nhằm {aim}',
		'Vận dụng {teaching} trong dạy học môn {subject} {grade}',
		'Một số biện pháp {measure} môn {subject} {grade}',
		'Kinh nghiệm {measure} môn {subject} {grade}',
		'Thiết kế {material} môn {subject} {grade} nhằm {aim}',
		'Xây dựng và sử dụng {material} môn {subject} {grade}',
		'Một số biện pháp {care} trong công tác chủ nhiệm {grade}',
		'Giải pháp {schooling} ở trường trung học phổ thông'
	],
	college: [
		'Đổi mới phương pháp giảng dạy mô đun {module} theo hướng {training}',
		'Xây dựng {material} cho mô đun {module}',
		'Cải tiến mô hình thực hành mô đun {module} phục vụ giảng dạy',
		'Giải pháp {college} trong đào tạo nghề {craft}',
		'Một số biện pháp {college} đối với nghề {craft}'
	],
	medical_college: [
		'Vận dụng {teaching} trong giảng dạy học phần {medicine}',
		'Xây dựng {material} cho học phần {medicine}',
		'Giải pháp {college} trong đào tạo ngành {medical_line}'
	],
	politics: [
		'Vận dụng {teaching} trong giảng dạy {theory}, chương trình trung cấp lý luận chính trị',
		'Giải pháp nâng cao chất lượng giảng dạy {theory}',
		'Một số giải pháp {politics_work} ở trường chính trị tỉnh'
	],
	y_te: [
		'Cải tiến quy trình {care_process} tại {ward}',
		'Giải pháp {ward_aim} tại {ward}',
		'Xây dựng {patient_aid} cho {patient}',
		'Đánh giá hiệu quả và cải tiến quy trình {care_process} tại {ward}'
	],
	prevention: [
		'Giải pháp nâng cao hiệu quả {prevention} trên địa bàn tỉnh',
		'Cải tiến quy trình {prevention} ở tuyến cơ sở',
		'Ứng dụng công nghệ thông tin trong {prevention}'
	],
	cntt_cds: [
		'Xây dựng phần mềm {software} tại {place}',
		'Ứng dụng {technology} trong {office_work} tại {place}',
		'Ứng dụng {technology} trong {office_work}',
		'Giải pháp số hóa {record} tại {place}'
	],
	cchc: [
		'Giải pháp {reform} trong giải quyết thủ tục hành chính {procedure}',
		'Một số giải pháp {reform} đối với thủ tục hành chính {procedure}',
		'Mô hình "{model}" trong giải quyết thủ tục hành chính {procedure}'
	],
	quan_ly_nha_nuoc: [
		'Một số giải pháp nâng cao hiệu quả quản lý nhà nước về {governed} trên địa bàn tỉnh',
		'Giải pháp {governing} trong quản lý {governed}',
		'Xây dựng bộ tiêu chí đánh giá công tác quản lý {governed}'
	],
	nong_nghiep: [
		'Ứng dụng {farm_tool} trong {crop} ở {countryside}',
		'Mô hình liên kết {crop} theo chuỗi giá trị ở {countryside}',
		'Giải pháp nâng cao giá trị sản phẩm trong {crop}'
	],
	irrigation: [
		'Cải tiến {water_part} tại {water_site}',
		'Giải pháp {water_aim} tại {water_site}',
		'Cải tiến {water_part} nhằm {water_aim}'
	],
	cong_nghiep: [
		'Giải pháp hỗ trợ doanh nghiệp {industry_aim} trong các khu công nghiệp',
		'Giải pháp hỗ trợ doanh nghiệp {industry_aim} trên địa bàn tỉnh',
		'Mô hình kết nối doanh nghiệp {industry_aim}'
	],
	waterworks: [
		'Cải tiến {plant_part} nhằm {plant_aim}',
		'Giải pháp {plant_aim} tại {plant_site}',
		'Chế tạo {device} phục vụ {plant_work}',
		'Cải tiến quy trình {plant_work} tại {plant_site}'
	],
	xay_dung_gt: [
		'Giải pháp {works_aim} đối với {works}',
		'Nâng cao chất lượng {works_task} {works}',
		'Ứng dụng {works_tool} trong {works_task} {works}'
	],
	moi_truong: [
		'Giải pháp {green_aim} ở {green_place}',
		'Mô hình {green_model} ở {green_place}',
		'Cải tiến quy trình {green_task} ở {green_place}'
	],
	van_hoa_xh: [
		'Giải pháp {social_aim} trên địa bàn tỉnh',
		'Một số giải pháp {social_aim} ở vùng đồng bào dân tộc thiểu số',
		'Mô hình {social_model} ở khu dân cư'
	],
	press: [
		'Đổi mới cách thể hiện chuyên mục về {topic} trên {medium}',
		'Giải pháp nâng cao chất lượng tuyên truyền về {topic} trên {medium}',
		'Xây dựng loạt sản phẩm đa phương tiện về {topic}'
	],
	qp_an: ['Giải pháp {security_aim} tại {place}', 'Một số biện pháp {security_aim} trong tình hình mới'],
	dang_doan_the: [
		'Giải pháp nâng cao chất lượng {party_work} ở {party_place}',
		'Một số kinh nghiệm trong {party_work} ở {party_place}',
		'Mô hình {party_model} ở {party_place}',
		'Đổi mới nội dung, phương thức {party_work} ở {party_place}'
	],
	khac: ['Cải tiến quy trình {support} tại {place}', 'Giải pháp tiết kiệm chi phí trong {support} tại {place}']
};

const words: Readonly<Record<string, readonly string[]>> = {
	teaching: [
		'dạy học dự án',
		'sơ đồ tư duy',
		'mô hình lớp học đảo ngược',
		'kỹ thuật mảnh ghép',
		'phương pháp dạy học theo trạm',
		'phương pháp dạy học giải quyết vấn đề',
		'trò chơi học tập',
		'phương pháp đóng vai',
		'học liệu số',
		'phương pháp dạy học hợp tác',
		'công cụ trí tuệ nhân tạo'
	],
	subject: [
		'Toán',
		'Ngữ văn',
		'Tiếng Anh',
		'Vật lí',
		'Hóa học',
		'Sinh học',
		'Lịch sử',
		'Địa lí',
		'Tin học',
		'Công nghệ',
		'Giáo dục kinh tế và pháp luật',
		'Giáo dục thể chất'
	],
	grade: ['lớp 10', 'lớp 11', 'lớp 12'],
	aim: [
		'phát triển năng lực tự học cho học sinh',
		'nâng cao hứng thú học tập của học sinh',
		'rèn luyện tư duy phản biện cho học sinh',
		'phát triển năng lực giải quyết vấn đề cho học sinh',
		'phát triển năng lực hợp tác cho học sinh',
		'khắc phục lỗi thường gặp của học sinh'
	],
	measure: [
		'nâng cao chất lượng dạy học',
		'nâng cao kết quả ôn thi tốt nghiệp',
		'bồi dưỡng học sinh giỏi',
		'giúp đỡ học sinh chưa đạt chuẩn',
		'đổi mới kiểm tra, đánh giá'
	],
	material: [
		'hệ thống bài tập phân hóa',
		'kho học liệu số',
		'chuỗi bài giảng điện tử tương tác',
		'bộ câu hỏi trắc nghiệm trực tuyến',
		'bộ video hướng dẫn thực hành',
		'phiếu học tập số'
	],
	care: [
		'xây dựng lớp học hạnh phúc',
		'giáo dục kỹ năng sống cho học sinh',
		'phối hợp với phụ huynh học sinh',
		'phòng ngừa bạo lực học đường',
		'tư vấn tâm lí cho học sinh',
		'giáo dục đạo đức, lối sống cho học sinh'
	],
	schooling: [
		'đổi mới sinh hoạt tổ chuyên môn',
		'tổ chức câu lạc bộ STEM',
		'nâng cao chất lượng giáo dục hướng nghiệp',
		'xây dựng văn hóa đọc',
		'xây dựng trường học an toàn',
		'quản lý hoạt động ôn thi tốt nghiệp',
		'phát triển đội ngũ giáo viên cốt cán'
	],
	module: [
		'Điện công nghiệp',
		'Hàn cơ bản',
		'Kế toán doanh nghiệp',
		'Bảo dưỡng ô tô',
		'Quản trị mạng máy tính',
		'Gia công trên máy CNC',
		'Lập trình PLC',
		'Chăn nuôi thú y',
		'Kỹ thuật chế biến món ăn'
	],
	training: [
		'tích hợp lý thuyết với thực hành',
		'gắn với yêu cầu của doanh nghiệp',
		'phát triển năng lực người học',
		'dạy học kết hợp trực tiếp và trực tuyến'
	],
	medicine: [
		'Điều dưỡng cơ bản',
		'Dược lí',
		'Giải phẫu sinh lí',
		'Chăm sóc sức khỏe sinh sản',
		'Kiểm soát nhiễm khuẩn',
		'Xét nghiệm huyết học',
		'Phục hồi chức năng'
	],
	college: [
		'gắn kết nhà trường với doanh nghiệp',
		'nâng cao chất lượng tuyển sinh',
		'nâng cao kết quả thực tập tốt nghiệp',
		'đổi mới đánh giá kết quả học tập',
		'nâng cao năng lực nghiên cứu khoa học của giảng viên',
		'ứng dụng dạy học trực tuyến'
	],
	craft: [
		'Điện công nghiệp',
		'Hàn',
		'Công nghệ ô tô',
		'Kế toán doanh nghiệp',
		'Cắt gọt kim loại',
		'Công nghệ thông tin',
		'Chế biến món ăn',
		'Thú y',
		'Điện tử công nghiệp'
	],
	medical_line: ['Điều dưỡng', 'Dược', 'Hộ sinh', 'Kỹ thuật xét nghiệm', 'Kỹ thuật phục hồi chức năng'],
	politics_work: [
		'đổi mới đánh giá kết quả học tập',
		'nâng cao năng lực nghiên cứu khoa học của giảng viên',
		'tổ chức nghiên cứu thực tế cho học viên',
		'ứng dụng dạy học trực tuyến',
		'nâng cao chất lượng quản lý học viên'
	],
	theory: [
		'phần Chủ nghĩa xã hội khoa học',
		'phần Tư tưởng Hồ Chí Minh',
		'học phần Xây dựng Đảng',
		'học phần Nhà nước và pháp luật',
		'học phần Kỹ năng lãnh đạo, quản lý',
		'phần Kinh tế chính trị'
	],
	care_process: [
		'tiếp đón người bệnh',
		'bàn giao người bệnh',
		'cấp phát thuốc',
		'chăm sóc người bệnh toàn diện',
		'xử lý dụng cụ dùng lại',
		'lấy và vận chuyển mẫu xét nghiệm',
		'sàng lọc dinh dưỡng',
		'phòng ngừa người bệnh ngã',
		'báo động đỏ nội viện',
		'hội chẩn từ xa',
		'ra viện trong ngày',
		'nhận dạng người bệnh'
	],
	ward: [
		'khoa Khám bệnh',
		'khoa Cấp cứu',
		'khoa Ngoại tổng hợp',
		'khoa Nội tim mạch',
		'khoa Nhi',
		'khoa Phụ sản',
		'khoa Nội tổng hợp',
		'khoa Ngoại chấn thương',
		'khoa Phục hồi chức năng',
		'khoa Hồi sức tích cực',
		'khoa Truyền nhiễm',
		'khoa Y học cổ truyền'
	],
	ward_aim: [
		'giảm thời gian chờ của người bệnh',
		'nâng cao sự hài lòng của người bệnh',
		'giảm sai sót trong sử dụng thuốc',
		'nâng cao tỷ lệ tuân thủ vệ sinh tay',
		'tăng cường tư vấn, giáo dục sức khỏe',
		'nâng cao tỷ lệ báo cáo sự cố y khoa',
		'tiết kiệm vật tư tiêu hao'
	],
	patient_aid: [
		'tài liệu điện tử hướng dẫn chế độ ăn',
		'bài tập phục hồi chức năng tại nhà',
		'bộ video hướng dẫn tự chăm sóc',
		'công cụ nhắc lịch tái khám',
		'sổ theo dõi sức khỏe điện tử',
		'bảng kiểm theo dõi điều trị'
	],
	patient: [
		'người bệnh đái tháo đường',
		'người bệnh tăng huyết áp',
		'sản phụ sau sinh',
		'người bệnh sau đột quỵ',
		'người cao tuổi',
		'người bệnh suy tim',
		'người bệnh thoái hóa khớp'
	],
	prevention: [
		'giám sát bệnh truyền nhiễm',
		'tiêm chủng mở rộng',
		'phòng, chống sốt xuất huyết',
		'truyền thông phòng bệnh',
		'quản lý bệnh không lây nhiễm',
		'xét nghiệm chất lượng nước',
		'quản lý sức khỏe người lao động',
		'bảo quản vắc xin'
	],
	software: [
		'quản lý công việc',
		'quản lý tài sản công',
		'theo dõi văn bản chỉ đạo',
		'chấm điểm thi đua',
		'đăng ký phòng họp',
		'tra cứu hồ sơ lưu trữ',
		'quản lý trang thiết bị',
		'quản lý sáng kiến',
		'theo dõi nhiệm vụ được giao'
	],
	technology: [
		'mã QR',
		'trí tuệ nhân tạo',
		'trợ lý ảo',
		'bảng điều khiển dữ liệu',
		'biểu mẫu trực tuyến',
		'bảng tính dùng chung',
		'nền tảng số dùng chung'
	],
	office_work: [
		'tiếp nhận phản ánh, kiến nghị',
		'theo dõi tiến độ nhiệm vụ',
		'tổng hợp báo cáo định kỳ',
		'tổ chức cuộc họp không giấy tờ',
		'khảo sát sự hài lòng',
		'hướng dẫn, giải đáp thủ tục',
		'quản lý thi đua, khen thưởng'
	],
	record: [
		'hồ sơ lưu trữ',
		'hồ sơ cán bộ',
		'tài liệu sinh hoạt chi bộ',
		'sổ sách chuyên môn',
		'quy trình nội bộ',
		'hồ sơ thiết bị',
		'biên bản kiểm tra'
	],
	reform: [
		'rút ngắn thời gian',
		'nâng cao tỷ lệ hồ sơ trực tuyến',
		'tái sử dụng dữ liệu đã số hóa',
		'đẩy mạnh thanh toán trực tuyến',
		'giảm giấy tờ phải nộp',
		'nâng cao chất lượng hướng dẫn hồ sơ'
	],
	procedure: [
		'lĩnh vực đất đai',
		'lĩnh vực đầu tư',
		'lĩnh vực xây dựng',
		'lĩnh vực người có công',
		'lĩnh vực hộ tịch',
		'lĩnh vực lý lịch tư pháp',
		'lĩnh vực bảo trợ xã hội',
		'lĩnh vực đăng ký kinh doanh',
		'lĩnh vực khoa học và công nghệ',
		'lĩnh vực vận tải'
	],
	model: ['Ngày thứ Sáu không chờ', 'Hồ sơ không giấy', 'Một lần khai báo', 'Trả kết quả tại nhà', 'Ngày hẹn đúng giờ'],
	governed: [
		'đầu tư công',
		'ngân sách cấp cơ sở',
		'lao động, việc làm',
		'đo lường, chất lượng sản phẩm',
		'sở hữu trí tuệ',
		'tài sản công',
		'văn thư, lưu trữ',
		'hoạt động thanh tra',
		'trợ giúp pháp lý',
		'vận tải hành khách',
		'khoáng sản',
		'quy hoạch'
	],
	governing: [
		'ứng dụng dữ liệu mở',
		'phối hợp liên ngành',
		'hậu kiểm theo mức độ rủi ro',
		'phân cấp, ủy quyền',
		'chuẩn hóa quy trình nội bộ'
	],
	farm_tool: [
		'hệ thống tưới nhỏ giọt',
		'chế phẩm sinh học',
		'quy trình VietGAP',
		'phân hữu cơ vi sinh',
		'nhật ký sản xuất điện tử',
		'tem truy xuất nguồn gốc',
		'thiết bị bay không người lái'
	],
	crop: [
		'sản xuất chè',
		'trồng na',
		'trồng bưởi',
		'sản xuất rau an toàn',
		'trồng cây dược liệu',
		'sản xuất lúa chất lượng cao',
		'trồng rừng gỗ lớn',
		'trồng nấm'
	],
	countryside: ['vùng trung du', 'các xã miền núi', 'vùng chè đặc sản', 'vùng ven hồ', 'các hợp tác xã'],
	water_part: [
		'cửa van',
		'máy bơm',
		'hệ thống quan trắc mực nước',
		'lưới chắn rác',
		'quy trình vận hành',
		'tủ điện điều khiển',
		'thiết bị đo mưa'
	],
	water_site: ['hồ chứa', 'trạm bơm đầu mối', 'kênh chính', 'cống lấy nước', 'cụm công trình đầu mối'],
	water_aim: [
		'giảm thất thoát nước tưới',
		'tiết kiệm điện năng',
		'bảo đảm an toàn mùa mưa lũ',
		'rút ngắn thời gian vận hành',
		'giảm chi phí sửa chữa'
	],
	industry_aim: [
		'tham gia chuỗi cung ứng',
		'sử dụng năng lượng tiết kiệm',
		'chuyển đổi số trong sản xuất',
		'đổi mới công nghệ',
		'phát triển công nghiệp hỗ trợ',
		'tuyển dụng lao động kỹ thuật',
		'tiếp cận thương mại điện tử'
	],
	plant_part: [
		'hệ thống châm clo',
		'trạm bơm tăng áp',
		'bộ điều khiển biến tần',
		'hệ thống rửa lọc',
		'đồng hồ đo lưu lượng',
		'tủ điện điều khiển',
		'đồ gá sửa chữa đường ống'
	],
	plant_aim: [
		'giảm thất thoát nước sạch',
		'giảm tiêu hao điện năng',
		'tiết kiệm hóa chất',
		'nâng cao an toàn lao động',
		'rút ngắn thời gian khắc phục sự cố'
	],
	plant_site: ['nhà máy nước', 'trạm xử lý', 'mạng lưới đường ống cấp 2', 'tổ sửa chữa', 'tuyến ống truyền tải'],
	device: ['bộ dò rò rỉ đơn giản', 'dụng cụ tháo lắp van', 'giá đỡ ống di động', 'thiết bị cảnh báo mực nước'],
	plant_work: [
		'sửa chữa đường ống',
		'bảo dưỡng máy bơm',
		'kiểm định đồng hồ',
		'chăm sóc khách hàng',
		'đọc chỉ số đồng hồ',
		'vận hành bể lắng'
	],
	works_aim: [
		'rút ngắn thời gian thẩm định',
		'nâng cao an toàn',
		'giảm chi phí bảo trì',
		'kiểm soát tiến độ',
		'xử lý điểm đen tai nạn'
	],
	works: [
		'công trình giao thông nông thôn',
		'công trình dân dụng',
		'đường tỉnh',
		'công trình hạ tầng kỹ thuật',
		'nhà ở xã hội',
		'cầu nhỏ và cống'
	],
	works_task: ['thẩm định thiết kế', 'giám sát thi công', 'nghiệm thu', 'quản lý bảo trì', 'kiểm tra chất lượng'],
	works_tool: [
		'mô hình thông tin công trình',
		'bản đồ số',
		'ảnh chụp từ thiết bị bay',
		'vật liệu tái chế',
		'nhật ký điện tử'
	],
	green_aim: [
		'phân loại rác tại nguồn',
		'giảm rác thải nhựa',
		'quan trắc chất lượng không khí',
		'xử lý nước thải quy mô nhỏ',
		'cải tạo ao hồ ô nhiễm'
	],
	green_model: ['ủ phân hữu cơ tại hộ', 'tuyến đường xanh', 'đổi rác lấy cây', 'tổ tự quản bảo vệ môi trường'],
	green_task: ['thu gom chất thải nguy hại', 'quan trắc môi trường', 'cấp phép môi trường', 'xử lý bùn thải'],
	green_place: ['khu dân cư', 'làng nghề', 'cụm công nghiệp', 'các cơ sở y tế', 'vùng đầu nguồn', 'trường học'],
	social_aim: [
		'bảo tồn di sản văn hóa',
		'phát triển du lịch cộng đồng',
		'giảm nghèo bền vững',
		'hỗ trợ trẻ em có hoàn cảnh khó khăn',
		'nâng cao chất lượng phong trào thể thao',
		'phòng ngừa tảo hôn',
		'hỗ trợ phụ nữ khởi nghiệp'
	],
	social_model: [
		'tủ sách cộng đồng',
		'gia đình số',
		'câu lạc bộ dân ca',
		'ngân hàng thực phẩm',
		'nhóm hỗ trợ người cao tuổi',
		'tổ hòa giải kiểu mẫu'
	],
	topic: [
		'chuyển đổi số',
		'xây dựng nông thôn mới',
		'đổi mới sáng tạo',
		'cải cách hành chính',
		'văn hóa chè',
		'xây dựng Đảng',
		'gương người tốt, việc tốt'
	],
	medium: ['báo điện tử', 'nền tảng số', 'sóng phát thanh', 'truyền hình', 'mạng xã hội'],
	security_aim: [
		'bảo đảm an toàn thông tin mạng',
		'phòng cháy, chữa cháy',
		'bảo vệ bí mật nhà nước',
		'giáo dục quốc phòng cho cán bộ'
	],
	party_work: [
		'sinh hoạt chi bộ',
		'công tác kiểm tra, giám sát',
		'phát triển đảng viên',
		'tuyên truyền miệng',
		'giám sát và phản biện xã hội',
		'học tập, quán triệt nghị quyết',
		'vận động đoàn viên, hội viên',
		'công tác dân vận khéo'
	],
	party_place: [
		'chi bộ cơ quan',
		'đảng bộ cơ sở',
		'tổ chức đoàn thể',
		'khu dân cư',
		'doanh nghiệp ngoài nhà nước',
		'đơn vị sự nghiệp'
	],
	party_model: [
		'"Chi bộ bốn tốt"',
		'"Sổ tay đảng viên điện tử"',
		'"Mỗi tháng một câu chuyện"',
		'"Dân vận khéo"',
		'"Thứ Sáu nghe dân nói"'
	],
	support: [
		'lưu trữ tài liệu',
		'mua sắm, cấp phát vật tư',
		'sử dụng xe công',
		'bảo dưỡng thiết bị',
		'sử dụng điện, nước',
		'tổ chức hội nghị'
	]
};

/** What a place of work is called in a title, by block. */
const placeOf: Readonly<Record<string, string>> = {
	giao_duc: 'nhà trường',
	y_te: 'đơn vị y tế',
	doanh_nghiep: 'công ty',
	dang: 'cơ quan',
	chinh_quyen: 'cơ quan',
	doan_the: 'cơ quan'
};

/** Fields of initiatives by block of unit, with weights. */
const fieldsOf: Readonly<Record<string, Readonly<Record<string, number>>>> = {
	giao_duc: { giao_duc: 86, cntt_cds: 9, dang_doan_the: 3, khac: 2 },
	y_te: { y_te: 76, cntt_cds: 12, cchc: 4, dang_doan_the: 3, khac: 5 },
	chinh_quyen: { quan_ly_nha_nuoc: 34, cchc: 26, cntt_cds: 22, dang_doan_the: 8, qp_an: 2, khac: 8 },
	dang: { dang_doan_the: 58, cntt_cds: 20, cchc: 12, qp_an: 2, khac: 8 },
	doan_the: { dang_doan_the: 56, van_hoa_xh: 24, cntt_cds: 14, khac: 6 },
	doanh_nghiep: { cong_nghiep: 52, cntt_cds: 14, moi_truong: 8, dang_doan_the: 6, khac: 20 }
};

/** The field that is a unit's own trade, by the middle of its code, and the part of its initiatives that lie in it. */
const tradeOf: readonly (readonly [pattern: RegExp, field: string, part: number])[] = [
	[/SNN/, 'nong_nghiep', 0.5],
	[/STNMT/, 'moi_truong', 0.5],
	[/SXD|SGTVT/, 'xay_dung_gt', 0.5],
	[/SVHTTDL|SLDTBXH|BDT|SDTTG|HVHNT|HCTD/, 'van_hoa_xh', 0.5],
	[/BAO|PTTH|HNB/, 'van_hoa_xh', 0.65],
	[/SCT|BQLKCN/, 'cong_nghiep', 0.45],
	[/SGDDT/, 'giao_duc', 0.4],
	[/SYT/, 'y_te', 0.4],
	[/TTKHCN|LMHTX|HND/, 'nong_nghiep', 0.4],
	[/STTTT|TTCNTT/, 'cntt_cds', 0.6],
	[/-TCT/, 'giao_duc', 0.75],
	[/THUYLOI/, 'nong_nghiep', 0.6]
];

/** Which frames a unit writes its titles with: a college teaches other things than a high school. */
function frameOf(unit: Unit, field: string): string {
	if (field === 'giao_duc' && /CDYT/.test(unit.id)) return 'medical_college';
	if (field === 'giao_duc' && /CDTN/.test(unit.id)) return 'college';
	if (field === 'giao_duc' && /-TCT/.test(unit.id)) return 'politics';
	if (field === 'y_te' && /CDC|SYT/.test(unit.id)) return 'prevention';
	if (field === 'nong_nghiep' && /THUYLOI/.test(unit.id)) return 'irrigation';
	if (field === 'cong_nghiep' && unit.block === 'doanh_nghiep') return 'waterworks';
	if (field === 'van_hoa_xh' && /BAO|PTTH|HNB/.test(unit.id)) return 'press';
	return field;
}

function fieldOf(unit: Unit, chance: Random): string {
	const trade = tradeOf.find(([pattern]) => pattern.test(unit.id));
	const fields = /XOSO/.test(unit.id) ? { khac: 60, cntt_cds: 40 } : (fieldsOf[unit.block] ?? { khac: 1 });
	return trade && chance.chance(trade[2]) ? trade[1] : chance.weigh(fields);
}

function titleOf(unit: Unit, field: string, chance: Random): string {
	const fill = (slot: string) =>
		slot === 'place' ? (placeOf[unit.block] ?? 'đơn vị') : chance.pick(words[slot] ?? []);
	return chance.pick(frames[frameOf(unit, field)] ?? []).replace(/\{(\w+)\}/g, (_, slot: string) => fill(slot));
}

const positions: Readonly<Record<string, readonly string[]>> = {
	giao_duc: ['Giáo viên', 'Giáo viên', 'Giáo viên', 'Tổ trưởng chuyên môn', 'Phó Hiệu trưởng', 'Giảng viên'],
	y_te: ['Bác sĩ', 'Điều dưỡng', 'Điều dưỡng trưởng', 'Dược sĩ', 'Kỹ thuật viên', 'Trưởng khoa'],
	doanh_nghiep: ['Kỹ sư', 'Công nhân kỹ thuật', 'Tổ trưởng', 'Trưởng phòng', 'Nhân viên']
};
const officePositions = ['Chuyên viên', 'Chuyên viên', 'Chuyên viên chính', 'Phó Trưởng phòng', 'Trưởng phòng'];

const beneficiaries: Readonly<Record<string, readonly string[]>> = {
	giao_duc: ['Học sinh', 'Học sinh, giáo viên', 'Giáo viên', 'Học sinh lớp 12'],
	y_te: ['Người bệnh', 'Nhân viên y tế', 'Người bệnh và người nhà'],
	doanh_nghiep: ['Người lao động', 'Khách hàng', 'Công ty'],
	dang: ['Đảng viên', 'Cán bộ, đảng viên', 'Cấp ủy cơ sở'],
	doan_the: ['Đoàn viên, hội viên', 'Người dân'],
	chinh_quyen: ['Người dân, doanh nghiệp', 'Công chức, viên chức', 'Doanh nghiệp']
};

/** Initiatives a year for one person of staff, by block, in an ordinary year. */
const zealOf: Readonly<Record<string, number>> = {
	giao_duc: 0.56,
	y_te: 0.11,
	chinh_quyen: 0.22,
	dang: 0.22,
	doan_the: 0.2,
	doanh_nghiep: 0.13
};

/** How likely an initiative has a benefit in money, and the median benefit, by block. */
const benefitOf: Readonly<Record<string, readonly [probability: number, median: number]>> = {
	giao_duc: [0.26, 18e6],
	y_te: [0.45, 60e6],
	chinh_quyen: [0.4, 45e6],
	dang: [0.3, 25e6],
	doan_the: [0.32, 30e6],
	doanh_nghiep: [0.82, 210e6]
};

/** Slow growth, and the year of the epidemic. */
const growthOf: Readonly<Record<number, number>> = {
	2021: 0.84,
	2022: 0.95,
	2023: 1.01,
	2024: 1.07,
	2025: 1.12,
	2026: 1.17
};

/** Weight of each month, January first: files are handed in before the school year and the calendar year end. */
const schoolSeason = [0.35, 0.35, 0.9, 2.3, 2.6, 0.8, 0.2, 0.3, 0.6, 1.3, 1.4, 0.9];
const officeSeason = [0.5, 0.45, 0.75, 1.2, 1.4, 0.9, 0.65, 0.7, 0.9, 1.8, 1.9, 0.85];

/** How much of a month falls into the life of a unit; its last three weeks are kept free, so that files are decided in time. */
function presence(unit: Unit, first: Day, next: Day): { from: Day; to: Day } | null {
	const from = Math.max(first, unit.from);
	const to = Math.min(next, unit.to - 21);
	return to - from >= 3 ? { from, to } : null;
}

/** Expected initiatives of each unit in each month, in an ordinary province before scaling. */
function calendar(world: World): { unit: Unit; year: number; month: number; from: Day; to: Day; weight: number }[] {
	const cells = [];
	for (let year = firstYear; year <= lastYear; year++) {
		for (let month = 1; month <= (year === lastYear ? lastMonth : 12); month++) {
			const first = day(year, month, 1);
			const next = day(year, month + 1, 1);
			for (const unit of world.units) {
				const life = presence(unit, first, next);
				if (!life) continue;
				const season = (unit.kind === 'truong_hoc' ? schoolSeason : officeSeason)[month - 1] ?? 1;
				const zeal = unit.kind === 'truong_hoc' ? (zealOf['giao_duc'] ?? 0) : (zealOf[unit.block] ?? 0.1);
				const epidemic = year === 2021 && month >= 5 && month <= 9 ? 0.6 : 1;
				const decline = unit.id === laggard && year >= 2025 ? 0.45 : 1;
				const boost = unit.id === laggard ? 1.3 : diligence(unit);
				const part = (life.to - life.from) / (next - first);
				const weight =
					(world.people(unit, year).staff * zeal * season * (growthOf[year] ?? 1) * epidemic * decline * boost * part) /
					12;
				cells.push({ unit, year, month, ...life, weight });
			}
		}
	}
	return cells;
}

/** Short name of a unit in the numbers of its decisions. */
function initials(unit: Unit): string {
	return unit.id
		.replace(/^TN-/, '')
		.replace(/-20\d\d(-\d\d)?$/, '')
		.replaceAll('-', '');
}

/** A unit's council decides once a month: the first such day on or after `at`. */
function councilDay(unit: Unit, at: Day): Day {
	const date = dateOf(at);
	for (let month = date.getUTCMonth() + 1; ; month++) {
		const sitting = workday(day(date.getUTCFullYear(), month, 5 + (hash(`${unit.id}${month % 12}`) % 21)));
		if (sitting >= at) return sitting;
	}
}

const openStatuses = ['da_nop', 'dang_kiem_tra', 'du_dieu_kien', 'dang_cham', 'tong_hop', 'de_nghi_cong_nhan'] as const;

function author(unit: Unit, staff: number, chance: Random): string {
	return `Tác giả ${String(unit.number * 1000 + chance.whole(1, Math.max(3, Math.min(staff, 999)))).padStart(5, '0')}`;
}

/** One initiative of a unit, submitted on a day. */
function initiative(unit: Unit, staff: number, submitted: Day, id: string, chance: Random): Row {
	const year = dateOf(submitted).getUTCFullYear();
	const month = dateOf(submitted).getUTCMonth() + 1;
	const school = unit.kind === 'truong_hoc';
	const field = fieldOf(unit, chance);
	const fate = chance.weigh({ da_cong_nhan: 69, khong_cong_nhan: 20, da_rut: 5, yeu_cau_bo_sung: 2, luu_tru: 4 });
	const district = unit.block === 'giao_duc' || unit.block === 'doanh_nghiep' ? 5 : 1;
	let level = chance.weigh({ co_so: 90, huyen: district, tinh: 5.5 + (year - firstYear) * 0.9, toan_quoc: 0.4 });
	const wait = level === 'tinh' || level === 'toan_quoc' ? chance.whole(45, 120) : chance.whole(14, 63);
	let decided = councilDay(unit, submitted + wait);
	if (decided >= unit.to) decided = Math.max(submitted + 7, unit.to - 5);
	if (level === 'huyen' && decided >= day(2025, 7, 1)) level = 'co_so';
	const waiting = decided >= end;
	const status = !waiting
		? fate
		: chance.chance(0.05)
			? 'nhap'
			: (openStatuses[Math.min(5, Math.floor((6 * (end - submitted)) / (decided - submitted)))] ?? 'da_nop');
	const recognised = status === 'da_cong_nhan';
	const judged = recognised || status === 'khong_cong_nhan';

	const together = chance.weigh({ one: 62, two: 26, three: 12 });
	const lead = author(unit, staff, chance);
	const others = new Set<string>();
	while (others.size < { one: 0, two: 1, three: 2 }[together]) {
		const other = author(unit, staff, chance);
		if (other !== lead) others.add(other);
	}
	const shares = { one: ['100'], two: ['60/40', '50/50', '70/30'], three: ['50/30/20', '40/30/30', '60/20/20'] }[
		together
	];

	const [likely, median] = benefitOf[school ? 'giao_duc' : unit.block] ?? [0.3, 30e6];
	const benefit =
		status !== 'nhap' && chance.chance(likely)
			? Math.min(
					16e9,
					Math.max(5e5, Math.round(chance.skewed(median * (level === 'tinh' ? 2.2 : 1), 1.35) / 1e5) * 1e5)
				)
			: null;
	const verified = benefit === null || chance.chance(0.12) ? null : chance.chance(0.3 + (year - firstYear) * 0.045);
	const applied =
		chance.chance(0.68 + (year - firstYear) * 0.04) && status !== 'nhap'
			? workday(submitted - chance.whole(15, 300))
			: null;
	const score = judged ? (recognised ? 70 + chance.whole(0, 260) / 10 : 45 + chance.whole(0, 240) / 10) : null;
	const office = recognised && (level === 'tinh' || level === 'toan_quoc');
	const decision = recognised
		? `${100 + (hash(`${office ? 'tinh' : unit.id}${decided}`) % 2900)}/QĐ-${office ? 'UBND' : initials(unit)}`
		: null;
	return {
		initiative_id: id,
		title: titleOf(unit, field, chance),
		lead_author: lead,
		co_authors: others.size > 0 ? [...others].join('; ') : null,
		contributions: together === 'one' && chance.chance(0.6) ? null : chance.chance(0.88) ? chance.pick(shares) : null,
		position: chance.chance(0.7) ? chance.pick(positions[school ? 'giao_duc' : unit.block] ?? officePositions) : null,
		qualification: chance.chance(0.6)
			? chance.weigh({ 'Đại học': 62, 'Thạc sĩ': 26, 'Cao đẳng': 8, 'Tiến sĩ': 4 })
			: null,
		unit_id: unit.id,
		investor: chance.chance(0.12) ? 'Đơn vị nơi tác giả công tác' : null,
		field: chance.chance(0.98) ? field : null,
		solution_kind: chance.chance(0.8)
			? chance.weigh(
					unit.block === 'doanh_nghiep'
						? { ky_thuat: 60, ung_dung_tbkt: 20, quan_ly: 12, tac_nghiep: 8 }
						: { tac_nghiep: 42, quan_ly: 30, ung_dung_tbkt: 16, ky_thuat: 12 }
				)
			: null,
		beneficiary: chance.chance(0.5)
			? chance.pick(beneficiaries[school ? 'giao_duc' : unit.block] ?? ['Người dân'])
			: null,
		year,
		round: chance.chance(0.06) ? null : school ? (month <= 7 ? 'DOT_1' : 'DOT_2') : `QUY_${Math.ceil(month / 3)}`,
		submitted_on: dateOf(submitted),
		first_applied_on: applied === null ? null : dateOf(applied),
		application_scope: chance.chance(0.45)
			? chance.weigh({ 'Trong đơn vị': 70, 'Trong ngành': 18, 'Trên địa bàn tỉnh': 12 })
			: null,
		level: recognised ? level : status === 'khong_cong_nhan' ? 'khong_cong_nhan' : null,
		influence: recognised && chance.chance(0.65) ? level : null,
		status,
		result: judged ? (recognised ? 'dat' : 'khong_dat') : null,
		total_score: score !== null && chance.chance(0.78) ? score : null,
		mean_score: score !== null && chance.chance(0.35) ? Math.round(score * 10 + chance.whole(-8, 8)) / 10 : null,
		similarity_percent: chance.chance(0.4) ? Math.min(60, Math.round(chance.skewed(9, 0.7))) : null,
		decision_number: decision,
		recognised_on: recognised ? dateOf(decided) : null,
		signatory: recognised && chance.chance(0.4) ? (office ? 'Chủ tịch UBND tỉnh' : 'Thủ trưởng đơn vị') : null,
		recognising_body:
			recognised && chance.chance(0.5)
				? office
					? 'UBND tỉnh Thái Nguyên'
					: level === 'huyen'
						? 'UBND cấp huyện'
						: 'Hội đồng sáng kiến cơ sở'
				: null,
		benefit_vnd: benefit,
		benefit_verified: verified,
		social_benefit: chance.chance(0.22)
			? chance.pick(['Tiết kiệm thời gian', 'Nâng cao chất lượng phục vụ', 'Nâng cao nhận thức', 'Giảm thủ tục'])
			: null,
		reward_vnd:
			recognised && chance.chance(0.32) ? (office ? chance.whole(4, 10) * 5e5 : chance.whole(3, 10) * 1e5) : null,
		remuneration_vnd:
			recognised && benefit !== null && unit.block === 'doanh_nghiep' && chance.chance(0.5)
				? Math.round((benefit * 0.07) / 1000) * 1000
				: null,
		published: recognised && chance.chance(0.7) ? chance.chance(0.75) : null,
		note: chance.chance(0.015) ? 'Hồ sơ bổ sung minh chứng' : null
	};
}

/** The rows of the register of initiatives, in order of submission; about `rows` of them. */
export function* sampleInitiatives(world: World, rows: number, seed: number): Generator<Row> {
	const chance = random(seed);
	const cells = calendar(world);
	const scale = rows / cells.reduce((total, cell) => total + cell.weight, 0);
	let number = 0;
	for (let index = 0; index < cells.length;) {
		const { year, month } = cells[index] as (typeof cells)[number];
		if (month === 1) number = 0;
		const files: { unit: Unit; submitted: Day }[] = [];
		for (let cell = cells[index]; cell?.month === month; cell = cells[++index]) {
			for (let left = chance.count(cell.weight * scale); left > 0; left--) {
				const submitted = workday(chance.whole(cell.from, cell.to - 1));
				files.push({ unit: cell.unit, submitted: Math.min(cell.to - 1, Math.max(cell.from, submitted)) });
			}
		}
		files.sort((a, b) => a.submitted - b.submitted);
		for (const { unit, submitted } of files) {
			const id = `SK-${year}-${String(++number).padStart(4, '0')}`;
			yield initiative(unit, world.people(unit, year).staff, submitted, id, chance);
		}
	}
}

/** What is transferred: technology, industry, the trade in the name of the recipient, and whether foreign firms bring it in. */
const technologies: readonly (readonly [technology: string, industry: string, trade: string, foreign: boolean])[] = [
	['Quy trình sản xuất bản mạch in mềm', 'C', 'Điện tử', true],
	['Quy trình lắp ráp và kiểm tra mô-đun camera', 'C', 'Điện tử', true],
	['Bí quyết đúc áp lực vỏ hợp kim nhôm', 'C', 'Cơ khí', true],
	['Quy trình mạ chân không linh kiện nhựa', 'C', 'Linh kiện', true],
	['Công nghệ sản xuất tấm pin năng lượng mặt trời', 'C', 'Năng lượng', true],
	['Quy trình gia công chính xác trục và bánh răng', 'C', 'Cơ khí', true],
	['Quy trình sản xuất dụng cụ phẫu thuật', 'C', 'Thiết bị y tế', true],
	['Công thức và quy trình sản xuất sơn tĩnh điện', 'C', 'Hóa chất', true],
	['Phần mềm điều hành sản xuất', 'C', 'Điện tử', true],
	['Quy trình luyện thép hợp kim', 'C', 'Luyện kim', true],
	['Công nghệ tuyển quặng nghèo', 'B', 'Khoáng sản', false],
	['Quy trình chế biến chè xanh chất lượng cao', 'C', 'Chè', false],
	['Quy trình nhân giống nuôi cấy mô cây dược liệu', 'A', 'Nông nghiệp', false],
	['Quy trình sản xuất chế phẩm vi sinh xử lý chất thải chăn nuôi', 'A', 'Nông nghiệp', false],
	['Công nghệ sấy lạnh nông sản', 'C', 'Nông sản', false],
	['Quy trình sản xuất gạch không nung', 'C', 'Vật liệu xây dựng', false],
	['Giải pháp quan trắc nước thải tự động', 'E', 'Môi trường', false],
	['Phần mềm quản lý bệnh viện', 'J', 'Phần mềm', false],
	['Quy trình trồng nấm dược liệu trong nhà kín', 'A', 'Nông nghiệp', false],
	['Hệ thống tưới thông minh cho vùng chè', 'A', 'Chè', false]
];

/** Countries of foreign suppliers with weights, their currency, and VND for one unit of it in the first and the last year. */
const suppliers: Readonly<Record<string, readonly [weight: number, currency: string, first: number, last: number]>> = {
	KR: [44, 'USD', 23_000, 26_300],
	CN: [20, 'CNY', 3580, 3660],
	JP: [14, 'JPY', 210, 178],
	TW: [8, 'USD', 23_000, 26_300],
	DE: [5, 'EUR', 27_200, 30_400],
	US: [5, 'USD', 23_000, 26_300],
	SG: [4, 'USD', 23_000, 26_300]
};
const supplierWeights = Object.fromEntries(Object.entries(suppliers).map(([country, [weight]]) => [country, weight]));

const zones = ['KCN Yên Bình', 'KCN Điềm Thụy', 'KCN Sông Công I', 'KCN Sông Công II', 'KCN Nam Phổ Yên'];

/** Filings in each year of an ordinary province; the last year is not over. */
const filingsOf: Readonly<Record<number, number>> = { 2021: 22, 2022: 27, 2023: 30, 2024: 31, 2025: 33, 2026: 25 };

/** A value as often as `probability` says; otherwise the cell was left empty. */
function sometimes<T extends Value>(probability: number, chance: Random, value: () => T): T | null {
	return chance.chance(probability) ? value() : null;
}

/** A new certificate, before an amendment or an extension refers to it. */
function newTransfer(id: string, at: Day, unit: string, chance: Random): Row {
	const year = dateOf(at).getUTCFullYear();
	const direction = chance.weigh({ vao_vn: 60, trong_nuoc: 36, ra_nn: 4 });
	const inbound = direction === 'vao_vn';
	const [technology, industry, trade] = chance.pick(technologies.filter(([, , , foreign]) => foreign === inbound));
	const country = inbound ? chance.weigh(supplierWeights) : 'VN';
	const [, currency, first, last] = suppliers[country] ?? [0, 'VND', 1, 1];
	const rate =
		currency === 'VND' ? 1 : Math.round(first + ((last - first) * (year - firstYear)) / (lastYear - firstYear));
	const institute = !inbound && chance.chance(0.65);
	const mark = `${chance.pick(['A', 'B', 'C', 'D', 'E', 'G', 'H', 'K'])}${chance.whole(1, 40)}`;
	const payment = chance.weigh({
		tra_mot_lan: 26,
		tra_nhieu_lan: 38,
		doanh_thu_thuan: 14,
		gia_ban_tinh: 8,
		ket_hop: 9,
		gop_von: 3,
		loi_nhuan_truoc_thue: 2
	});
	const uncounted = payment === 'doanh_thu_thuan' || payment === 'gia_ban_tinh' || payment === 'loi_nhuan_truoc_thue';
	const worth = inbound
		? Math.min(680e9, Math.max(600e6, chance.skewed(22e9, 1.35)))
		: Math.min(60e9, Math.max(200e6, chance.skewed(2.2e9, 1)));
	const step = currency === 'VND' ? 1e6 : currency === 'JPY' ? 1e5 : 1000;
	const value = (uncounted ? chance.chance(0.7) : chance.chance(0.06)) ? null : Math.round(worth / rate / step) * step;
	const signed = workday(at - chance.whole(20, 90));
	const exclusive = sometimes(0.8, chance, () => chance.chance(0.3));
	return {
		transfer_id: id,
		filing_kind: 'cap_moi',
		original_id: null,
		contract_number: `${chance.whole(1, 99)}/${year}/HĐ-CGCN`,
		signed_on: dateOf(signed),
		effective_on: sometimes(0.85, chance, () => dateOf(signed + chance.whole(0, 60))),
		term_months: sometimes(0.9, chance, () => chance.pick([12, 24, 36, 36, 60, 60, 84, 120])),
		certified_on: dateOf(at),
		technology,
		direction,
		supplier: inbound
			? `Công ty ${trade} nước ngoài ${chance.pick(['N', 'P', 'Q', 'R', 'S'])}${chance.whole(1, 30)}`
			: institute
				? `Viện nghiên cứu ${chance.pick(['V', 'X'])}${chance.whole(1, 12)}`
				: `Công ty CP Công nghệ ${chance.pick(['L', 'M'])}${chance.whole(1, 20)}`,
		supplier_country: country,
		supplier_kind: institute ? chance.weigh({ vien_truong: 75, to_chuc_khcn: 25 }) : 'doanh_nghiep',
		recipient:
			direction === 'ra_nn'
				? `Công ty ${trade} nước ngoài T${chance.whole(1, 20)}`
				: `Công ty ${inbound || chance.chance(0.5) ? 'TNHH' : 'CP'} ${trade} ${mark}`,
		recipient_tax_code:
			direction === 'ra_nn'
				? null
				: sometimes(0.92, chance, () => `4699${String(hash(trade + mark) % 1e6).padStart(6, '0')}`),
		recipient_area:
			direction === 'ra_nn' ? null : inbound ? chance.pick(zones) : sometimes(0.7, chance, () => 'Tỉnh Thái Nguyên'),
		unit_id: unit,
		ownership:
			direction === 'ra_nn' ? null : inbound ? 'von_nuoc_ngoai' : chance.weigh({ ngoai_nha_nuoc: 78, nha_nuoc: 22 }),
		industry,
		objects: chance.pick(['a|b', 'b', 'a|b|d', 'b|c', 'a', 'b|d']),
		form: inbound
			? chance.weigh({ '1': 62, '2a': 22, '2d': 12, '2b': 4 })
			: chance.weigh({ '1': 74, '2đ': 12, '2d': 8, '3': 6 }),
		methods: sometimes(0.85, chance, () => chance.pick(['1|2', '1|2|3', '1|3', '1|2|3|4', '1'])),
		rights: sometimes(0.9, chance, () => chance.weigh({ quyen_su_dung: 86, quyen_so_huu: 14 })),
		exclusive,
		sublicence: sometimes(0.7, chance, () => chance.chance(0.18)),
		value,
		currency: value === null ? null : currency,
		exchange_rate: value === null ? null : rate,
		value_vnd: value === null ? null : Math.round(value * rate),
		payment,
		list_standing: sometimes(0.8, chance, () => chance.weigh({ thong_thuong: 68, khuyen_khich: 30, han_che: 2 })),
		investment_certificate: inbound ? sometimes(0.8, chance, () => `Dự án ${trade} ${mark}`) : null,
		state_funded: direction === 'trong_nuoc' ? chance.chance(0.55) : sometimes(0.7, chance, () => false),
		task: institute ? sometimes(0.4, chance, () => 'Đề tài khoa học và công nghệ cấp tỉnh') : null,
		outcome: sometimes(0.3, chance, () => chance.pick(['Đang triển khai', 'Đã đưa vào sản xuất', 'Sản xuất thử'])),
		note: null
	};
}

/** An amendment or an extension of an earlier certificate. */
function laterFiling(original: Row, kind: string, id: string, at: Day, unit: string, chance: Random): Row {
	const signed = workday(at - chance.whole(15, 70));
	const extended = kind === 'gia_han' && typeof original['value'] === 'number' && chance.chance(0.6);
	const rate = Number(original['exchange_rate'] ?? 1);
	const value = extended ? Math.max(1, Math.round(Number(original['value']) * 0.4)) : null;
	return {
		...original,
		transfer_id: id,
		filing_kind: kind,
		original_id: original['transfer_id'] ?? null,
		signed_on: dateOf(signed),
		effective_on: null,
		certified_on: dateOf(at),
		term_months: kind === 'gia_han' ? chance.pick([12, 24, 36]) : null,
		unit_id: unit,
		value,
		currency: value === null ? null : (original['currency'] ?? null),
		exchange_rate: value === null ? null : rate,
		value_vnd: value === null ? null : Math.round(value * rate),
		outcome: null
	};
}

/** The rows of the register of transfers, in order of the certificates; about `rows` of them. */
export function* sampleTransfers(world: World, rows: number, seed: number): Generator<Row> {
	const chance = random(seed);
	const scale = rows / Object.values(filingsOf).reduce((total, filings) => total + filings, 0);
	const earlier: Row[] = [];
	for (let year = firstYear; year <= lastYear; year++) {
		const first = day(year, 1, 5);
		const last = year === lastYear ? end - 1 : day(year, 12, 28);
		const days: Day[] = [];
		for (let left = chance.count((filingsOf[year] ?? 0) * scale); left > 0; left--)
			days.push(Math.min(last, workday(chance.whole(first, last))));
		days.sort((a, b) => a - b);
		for (const [index, at] of days.entries()) {
			const id = `TN-CG-${year}-${String(index + 1).padStart(3, '0')}`;
			const office = chance.chance(0.25) ? 'TN-BQLKCN' : world.heir('TN-SKHCN', at);
			const kind = chance.weigh({ cap_moi: 71, sua_doi: 20, gia_han: 9 });
			const original = earlier.length > 0 ? chance.pick(earlier) : undefined;
			if (kind === 'cap_moi' || !original || at - Number(original['certified_on']) / millisecondsPerDay < 120) {
				const row = newTransfer(id, at, office, chance);
				// A bounded memory keeps a million rows within reach.
				if (earlier.length < 1000) earlier.push(row);
				else earlier[chance.whole(0, 999)] = row;
				yield row;
			} else yield laterFiling(original, kind, id, at, office, chance);
		}
	}
}

/** The document that a unit works on in a quarter: the newest ones come first. */
function documentOn(at: Day, chance: Random): string | null {
	if (chance.chance(0.12)) return null;
	if (at < day(2024, 1, 20)) return chance.weigh({ '20-NQ/TW': 60, ke_hoach: 25, khac: 15 });
	if (at < day(2024, 4, 1)) return chance.weigh({ '69-KL/TW': 65, ke_hoach: 20, khac: 15 });
	if (at < day(2025, 1, 6)) return chance.weigh({ '69-KL/TW': 40, '56-CTr/TU': 42, ke_hoach: 18 });
	return chance.weigh({ '57-NQ/TW': 46, '69-KL/TW': 18, '56-CTr/TU': 26, ke_hoach: 10 });
}

/** When the report of a unit for a quarter came in; null when it never did. */
function received(unit: Unit, last: Day, due: Day, chance: Random): Day | null {
	const fortune = chance.next();
	if (unit.id === laggard && last >= day(2026, 6, 30)) return null;
	if (unit.id === laggard && last >= day(2025, 3, 1)) return due + 6 + Math.round((last - day(2025, 3, 1)) / 15);
	// A unit that ends with the quarter hands its report in before it goes.
	if (unit.to === last + 1) return last - chance.whole(0, 4);
	if (fortune < 0.028) return null;
	const late = fortune < 0.108 && last < day(2026, 9, 1);
	return workday(late ? due + chance.whole(3, 38) : last + chance.whole(4, 14));
}

/** What an activity of a given sort reports beside its date. */
type Details = Readonly<Record<string, Value>>;

/** Attendance of an audience: the share that came grows over the years. */
function audience(name: string, invited: number, share: number, chance: Random): Details {
	const called = Math.max(1, Math.round(invited * (0.85 + chance.next() * 0.15)));
	const part = Math.min(1, share - 0.035 + chance.next() * 0.07);
	const counted = chance.chance(0.96);
	return { audience: name, invited: counted ? called : null, attended: Math.min(called, Math.round(called * part)) };
}

/** The activities that a unit reports for a quarter: sort, how often in an ordinary quarter, and its figures. */
function programme(
	unit: Unit,
	people: { staff: number; members: number },
	year: number,
	quarter: number,
	chance: Random
): readonly (readonly [activity: string, expected: number, details: () => Details])[] {
	const zeal = diligence(unit) * (year === 2021 ? 0.75 : 1);
	const progress = (year - firstYear) / (lastYear - firstYear);
	const association = unit.block === 'doan_the';
	const advisory = unit.kind === 'so_nganh' || unit.kind === 'co_quan_tham_muu';
	const outsiders = people.staff - people.members;
	const few = (most: number) => chance.whole(1, most);
	const opinions = (most: number, share: number) => {
		const given = few(most);
		return {
			sessions: few(2),
			opinions: given,
			accepted: chance.chance(0.93) ? Math.round(given * Math.min(1, share * (0.6 + chance.next() * 0.75))) : null
		};
	};
	const yearEnd = quarter === 4 || quarter === 2 ? 1.6 : 0.6;
	return [
		[
			'hoc_tap_quan_triet',
			0.92,
			() => ({ sessions: few(2), ...audience('dang_vien', people.members, 0.93 + progress * 0.045, chance) })
		],
		[
			'hoc_tap_quan_triet',
			outsiders > 3 ? 0.6 : 0,
			() => ({ sessions: few(2), ...audience('cc_vc_nld_ngoai_dang', outsiders, 0.87 + progress * 0.055, chance) })
		],
		[
			'hoc_tap_quan_triet',
			association ? 0.75 : 0.08,
			() => ({
				sessions: few(4),
				...audience(
					'hoi_vien_doan_vien',
					association ? chance.whole(120, 900) : chance.whole(20, 120),
					0.76 + progress * 0.09,
					chance
				)
			})
		],
		[
			'hoc_tap_quan_triet',
			0.18,
			() => ({
				sessions: 1,
				...audience('can_bo_chu_chot', Math.min(people.members, chance.whole(8, 40)), 0.97, chance)
			})
		],
		[
			'hoc_tap_quan_triet',
			association ? 0.15 : 0.02,
			() => ({ sessions: few(3), ...audience('ho_gia_dinh', chance.whole(60, 400), 0.78 + progress * 0.05, chance) })
		],
		[
			'tuyen_truyen_mieng',
			1.25 * zeal,
			() => {
				const sessions = chance.chance(0.03) ? 0 : few(5);
				return { sessions, listeners: sessions * chance.whole(14, 20 + Math.min(people.staff, 110)) };
			}
		],
		[
			'tin_bai',
			1.15 * zeal,
			() => ({
				articles: few(/BAO|PTTH/.test(unit.id) ? 40 : 12),
				channel: chance.weigh({
					cong_ttdt: 46,
					mang_xa_hoi: 24,
					ban_tin_noi_bo: 12,
					bao_in: 10,
					phat_thanh_truyen_hinh: 6,
					pano_khau_hieu: 2
				})
			})
		],
		['toa_dam_hoi_thao', 0.2 * zeal, () => ({ sessions: 1, attended: chance.whole(20, 120) })],
		[
			'tap_huan',
			0.3 * zeal,
			() => ({ sessions: few(2), ...audience('cc_vc_nld_ngoai_dang', Math.max(12, outsiders * 0.5), 0.9, chance) })
		],
		['kiem_tra', 0.3 * zeal, () => ({ sessions: few(2) })],
		['giam_sat', (association ? 0.8 : 0.3) * zeal, () => opinions(9, 0.62 + progress * 0.1)],
		['phan_bien_xa_hoi', (association ? 0.55 : 0.04) * zeal, () => opinions(16, 0.58 + progress * 0.1)],
		['gop_y_van_ban', 0.4 * zeal, () => opinions(12, 0.6 + progress * 0.08)],
		[
			'khen_thuong',
			0.8 * zeal * yearEnd,
			() => ({
				groups_commended: chance.chance(0.6) ? chance.whole(0, 4) : null,
				people_commended: few(Math.max(3, Math.round(people.staff / 14))),
				commendation: chance.weigh({
					giay_khen: 66,
					bang_khen_ubnd_tinh: 20,
					bang_khen_tinh_uy: 6,
					bang_khen_bo_nganh: 5,
					bang_ldst: 3
				}),
				reason: chance.weigh({
					sang_kien: 46,
					doi_moi_sang_tao: 20,
					cai_tien_ky_thuat: 11,
					ung_dung_cong_nghe_moi: 10,
					hop_ly_hoa_san_xuat: 6,
					sang_che: 4,
					chuyen_giao_cong_nghe_moi: 3
				})
			})
		],
		['phong_trao_thi_dua', 0.2 * zeal, () => ({ sessions: 1 })],
		['hoi_thi_sang_tao', 0.06 * zeal, () => ({ sessions: 1, attended: chance.whole(10, 80) })],
		[
			'tham_muu_van_ban',
			(advisory ? 0.8 : 0.25) * zeal,
			() => ({
				documents_issued: few(4),
				document_kind: chance.weigh({ KH: 40, CV: 20, BC: 18, TTr: 8, HD: 6, QĐ: 5, NQ: 3 })
			})
		],
		['so_ket', quarter === 2 ? 0.35 : 0.02, () => ({ sessions: 1, attended: chance.whole(20, 90) })],
		['tong_ket', quarter === 4 ? 0.5 : 0, () => ({ sessions: 1, attended: chance.whole(20, 120) })]
	];
}

/** The rows of the register of activities, quarter by quarter and unit by unit; about `rows` of them. */
export function* sampleActivities(world: World, rows: number, seed: number): Generator<Row> {
	const chance = random(seed);
	const scale = rows / onePass;
	for (let year = firstYear; year <= lastYear; year++) {
		for (let quarter = 1; quarter <= (year === lastYear ? lastMonth / 3 : 4); quarter++) {
			const first = day(year, quarter * 3 - 2, 1);
			const last = day(year, quarter * 3 + 1, 1) - 1;
			const due = last + 15;
			let number = 0;
			// A quarter is reported by the units that live on its last day.
			for (const unit of world.units.filter(({ from, to }) => from <= last && last < to)) {
				const submitted = received(unit, last, due, chance);
				if (submitted === null) continue;
				const from = Math.max(first, unit.from);
				const to = Math.min(last, submitted);
				const people = world.people(unit, year);
				const online = year === 2021 ? 45 : 14;
				const row = (activity: string, details: Details): Row => {
					const held = Math.min(to, Math.max(from, workday(chance.whole(from, to))));
					const met = 'sessions' in details;
					return {
						activity_id: `HD-${year}-Q${quarter}-${String(++number).padStart(4, '0')}`,
						unit_id: unit.id,
						period: `${year}-Q${quarter}`,
						held_on: chance.chance(0.8) ? dateOf(held) : null,
						activity,
						document: documentOn(held, chance),
						form: met
							? sometimes(0.9, chance, () =>
									chance.weigh({ truc_tiep: 58, truc_tuyen: online, ket_hop: 14, long_ghep: 16, tai_lieu: 2 })
								)
							: null,
						sessions: null,
						audience: null,
						invited: null,
						attended: null,
						listeners: null,
						articles: null,
						channel: null,
						opinions: null,
						accepted: null,
						groups_commended: null,
						people_commended: null,
						commendation: null,
						reason: null,
						documents_issued: null,
						document_kind: null,
						evidence: sometimes(0.3, chance, () => `${chance.whole(1, 480)}-BC/${initials(unit)}`),
						submitted_on: dateOf(submitted),
						due_on: dateOf(due),
						note: null,
						...details
					};
				};
				let reported = 0;
				for (const [activity, expected, details] of programme(unit, people, year, quarter, chance)) {
					for (let left = chance.count(expected * scale); left > 0; left--, reported++) yield row(activity, details());
				}
				// A report that came in says something.
				if (reported === 0 && scale >= 1)
					yield row('tuyen_truyen_mieng', { sessions: 1, listeners: chance.whole(14, 60) });
			}
		}
	}
}

/** The cell of a published CSV file. */
function cell(value: Value | undefined): string {
	if (value === null || value === undefined) return '';
	const text = value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
	return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes rows as CSV, a few thousand at a time. Returns how many there were. */
export function writeCsv(path: string, table: Table, rows: Iterable<Row>): number {
	const file = openSync(path, 'w');
	const names = table.columns.map(({ name }) => name);
	let lines = [names.join(',')];
	let count = 0;
	const flush = () => {
		if (lines.length > 0) writeSync(file, `${lines.join('\n')}\n`);
		lines = [];
	};
	for (const row of rows) {
		lines.push(names.map((name) => cell(row[name])).join(','));
		count++;
		if (lines.length >= 5000) flush();
	}
	flush();
	closeSync(file);
	return count;
}

function arrowType({ type }: Column): arrow.DataType {
	switch (type) {
		case 'integer':
			return new arrow.Int32();
		case 'number':
			return new arrow.Float64();
		case 'boolean':
			return new arrow.Bool();
		case 'date':
			return new arrow.DateDay();
		default:
			return new arrow.Utf8();
	}
}

/** Rows as one Arrow record batch of the table's columns. */
function batch(schema: arrow.Schema, rows: readonly Row[]): arrow.RecordBatch {
	const children = schema.fields.map((field) => {
		const builder = arrow.makeBuilder({ type: field.type as arrow.DataType, nullValues: [null, undefined] });
		for (const row of rows) builder.append(row[field.name]);
		return builder.finish().flush() as arrow.Data;
	});
	const data = arrow.makeData({ type: new arrow.Struct(schema.fields), length: rows.length, nullCount: 0, children });
	return new arrow.RecordBatch(schema, data);
}

/** Writes rows as a Parquet file with the column types of the declaration. Returns how many there were. */
export function writeParquetFile(path: string, table: Table, rows: Iterable<Row>): number {
	const schema = new arrow.Schema(
		table.columns.map((column) => new arrow.Field(column.name, arrowType(column), !column.required))
	);
	const writer = new arrow.RecordBatchStreamWriter();
	const waiting: Row[] = [];
	let count = 0;
	const flush = (most: number) => {
		const taken = waiting.splice(0, most);
		if (taken.length > 0) writer.write(batch(schema, taken));
		count += taken.length;
	};
	// The last rows are never a few by themselves: of a column that holds nothing in them the stream would hold no bits, and be refused.
	for (const row of rows) {
		waiting.push(row);
		if (waiting.length >= 40_000) flush(20_000);
	}
	flush(Infinity);
	const stream = writer.finish().toUint8Array(true);
	const properties = new WriterPropertiesBuilder().setCompression(Compression.ZSTD).build();
	writeFileSync(path, writeParquet(ParquetTable.fromIPCStream(stream), properties));
	return count;
}

/** What to write, and where. */
export interface SampleOptions {
	/** The folder that takes the three files. */
	readonly out: string;
	readonly seed: number;
	/** About how many rows each register gets; without it as many as an ordinary province has. */
	readonly rows?: number;
}

/** Writes the three registers. Returns how many rows each of them got. */
export function writeSample(world: World, { out, seed, rows }: SampleOptions): Record<string, number> {
	mkdirSync(out, { recursive: true });
	return {
		initiatives: writeCsv(
			join(out, 'initiatives.csv'),
			initiatives,
			sampleInitiatives(world, rows ?? ordinary.initiatives, seed)
		),
		transfers: writeParquetFile(
			join(out, 'transfers.parquet'),
			transfers,
			sampleTransfers(world, rows ?? ordinary.transfers, seed + 1)
		),
		activities: writeCsv(
			join(out, 'activities.csv'),
			activities,
			sampleActivities(world, rows ?? ordinary.activities, seed + 2)
		)
	};
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { values } = parseArgs({
		options: {
			rows: { type: 'string' },
			out: { type: 'string', default: dataFolder },
			seed: { type: 'string', default: '69' }
		}
	});
	const rows = values.rows === undefined ? undefined : Number(values.rows);
	const seed = Number(values.seed);
	if (!Number.isInteger(seed) || (rows !== undefined && !(Number.isInteger(rows) && rows > 0)))
		throw new Error('--rows takes a whole number above 0 and --seed a whole number.');
	console.log(writeSample(readWorld(), { out: values.out, seed, rows }));
}
