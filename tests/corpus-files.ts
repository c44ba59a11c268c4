/**
 * Writes the files of the corpus that no editor writes: other encodings, workbooks, archives, Parquet and Arrow. The files in UTF-8
 * and what is expected of all of them were written by hand.
 *
 *     npx tsx tests/corpus-files.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write, type CellObject, type Range, type WorkBook } from '@e965/xlsx';
import { Bool, DateDay, Float64, Int32, Table, tableToIPC, Utf8, vectorFromArray, type DataType } from 'apache-arrow';
import { gzipSync, zipSync } from 'fflate';
import { Table as ParquetTable, writeParquet } from 'parquet-wasm/node';
import { inTcvn3, inUtf16, inVni, inWindows1258, mangled, utf8 } from './encoder';

const folder = join(import.meta.dirname, 'fixtures', 'corpus');

function save(name: string, bytes: Uint8Array): void {
	writeFileSync(join(folder, name), bytes);
}

/** A text as it stands in this program as lines of a file: without the line break it starts with, each line ended by CRLF. */
const lines = (text: string) => text.trimStart().replaceAll('\n', '\r\n');

save(
	'02-two-heading-rows-windows-1258.csv',
	inWindows1258(
		lines(`
SỞ KHOA HỌC VÀ CÔNG NGHỆ;;;;;;;
DANH MỤC SÁNG KIẾN NĂM 2023;;;;;;;
;;;;;;;
TT;Tên sáng kiến;Tác giả;Đơn vị;Quyết định công nhận;;Hiệu quả;
;;;;Số QĐ;Ngày QĐ;Số tiền làm lợi (triệu đồng);Hiệu quả xã hội
1;Ứng dụng phần mềm quản lý nhiệm vụ khoa học;Tác giả 01;Sở KH&CN;15/QĐ-SKHCN;25/03/2023;12,5;Giảm giấy tờ
2;Hướng dẫn kỹ thuật ủ chua thức ăn xanh;Tác giả 02;Sở NN&PTNT;16/QĐ-SKHCN;25/03/2023;1.250;Tăng thu nhập cho hộ chăn nuôi
3;Cải tiến lò đốt rác thải y tế;Tác giả 03;Bệnh viện C;41/QĐ-SKHCN;30/06/2023;340;
4;Đổi mới sinh hoạt chuyên môn;Tác giả 04;THPT LNQ;41/QĐ-SKHCN;30/06/2023;;Nâng chất lượng giờ dạy
5;Rút ngắn thủ tục đấu nối nước sạch;Tác giả 05;Cty CP Nước sạch TN;77/QĐ-SKHCN;15/09/2023;0,75;Người dân hài lòng
6;Tự động hóa trạm bơm cấp hai;Tác giả 06;Cty CP Nước sạch TN;77/QĐ-SKHCN;15/09/2023;2.100,5;
7;Bộ chỉ tiêu đánh giá ý thức nghiên cứu;Tác giả 07;Cao đẳng Thái Nguyên;90/QĐ-SKHCN;05/12/2023;;Khuyến khích giảng viên
`)
	)
);

save(
	'03-unicode-text-utf16le.txt',
	inUtf16(
		lines(`
STT|Mã SK|Tên SK|TG chính|Đơn vị công tác|Lĩnh vực|Năm|Ngày nộp|Cấp|Ngày QĐ
1|SK-2023-11|"Ứng dụng ""số hóa"" trong lưu trữ hồ sơ người có công"|Tác giả 01|Sở LĐ-TB&XH|CNTT|2023|14/02/2023|Cấp tỉnh|20/11/2023
2|SK-2023-12|Mô hình trồng chè hữu cơ|Tác giả 02|Sở NNPTNT|Nông nghiệp|2023|15/02/2023|Cấp cơ sở|30/05/2023
3|SK-2023-13|Sổ tay tiêm chủng điện tử|Tác giả 03|TT KSBT tỉnh|Y tế|2023|01/03/2023|Cấp tỉnh|20/11/2023
4|SK-2023-14|Giảm hồ sơ giấy ở bộ phận một cửa|Tác giả 04|VP UBND tỉnh|CCHC|2023|01/03/2023|Cấp cơ sở|30/05/2023
5|SK-2023-15|Dạy học địa lý bằng bản đồ số|Tác giả 05|THPT Sông Công|Giáo dục|2023|16/03/2023|Cấp cơ sở|30/05/2023
6|SK-2023-16|Thu gom pin cũ tại cơ quan|Tác giả 06|Sở TNMT|Môi trường|2023|28/04/2023|Cấp tỉnh|20/11/2023
`).replaceAll('|', '\t')
	)
);

save(
	'05-tcvn3.csv',
	inTcvn3(
		lines(`
Danh sách sáng kiến năm 2022;;;;;;;;
TT;Mã SK;Tên sáng kiến;Tác giả;Đơn vị;Ngày nộp;Cấp công nhận;Ngày QĐ;Giá trị làm lợi
1;SK01;Đổi mới phương pháp dạy học môn ngữ văn;Tác giả 01;Trường THPT Chuyên Thái Nguyên;15/01/2022;Cấp cơ sở;30/05/2022;
2;SK02;Ứng dụng phần mềm quản lý người bệnh;Tác giả 02;Bệnh viện A;20/02/2022;Cấp tỉnh;26/12/2022;45,5 triệu
3;SK03;Nâng cao chất lượng xử lý nước thải;Tác giả 03;Công ty Nước sạch Thái Nguyên;31/03/2022;Cấp tỉnh;26/12/2022;1,2 tỷ
4;SK04;Ủ phân hữu cơ từ vỏ trấu;Tác giả 04;Sở Nông nghiệp và Phát triển nông thôn;04/04/2022;Cấp cơ sở;30/05/2022;7.250.000
5;SK05;Giữ gìn tiếng Tày, tiếng Nùng ở bản;Tác giả 05;Ban Dân tộc;18/04/2022;Cấp cơ sở;30/05/2022;
6;SK06;Kỹ thuật ghép cành bưởi Diễn;Tác giả 06;Hội Nông dân tỉnh;29/04/2022;Cấp tỉnh;26/12/2022;15 triệu đồng
`)
	)
);

save(
	'06-vni.csv',
	inVni(
		lines(`
TT,Tên sáng kiến,Tác giả,Đơn vị,Lĩnh vực,Năm,Ghi chú
1,Đổi mới cách tuyên truyền miệng ở cơ sở,Tác giả 01,Ban Tuyên giáo Tỉnh ủy,"Công tác Đảng, đoàn thể",2021,Đã áp dụng ở 12 chi bộ
2,Ứng dụng mã vạch trong kho thuốc,Tác giả 02,Bệnh viện Gang Thép,Y tế,2021,Giảm nhầm lẫn
3,Xử lý nước thải bằng bãi lọc trồng cây,Tác giả 03,Sở Tài nguyên và Môi trường,Môi trường,2021,
4,Bảo dưỡng mặt đường đèo dốc,Tác giả 04,Sở Giao thông vận tải,"Xây dựng, giao thông",2021,Ý kiến: nên mở rộng
5,Kỹ năng phòng cháy cho học sinh nội trú,Tác giả 05,Trường THPT Gang Thép,Giáo dục,2021,
`)
	)
);

save(
	'07-mojibake.csv',
	mangled(
		lines(`
Mã hồ sơ,Tên sáng kiến,Tác giả,Đơn vị,Ngày nộp,Cấp công nhận,Ngày công nhận
SK-31,Sáng kiến cải tiến quy trình tiếp công dân,Tác giả 01,Thanh tra tỉnh,15/05/2023,Cấp cơ sở,30/06/2023
SK-32,Điều dưỡng trưởng và bảng trực số,Tác giả 02,BV YHCT,16/05/2023,Cấp cơ sở,30/06/2023
SK-33,Đọc chỉ số nước bằng điện thoại,Tác giả 03,Công ty Nước sạch Thái Nguyên,16/05/2023,Cấp tỉnh,22/12/2023
SK-34,Nhắc lịch họp chi bộ tự động,Tác giả 04,Văn phòng Tỉnh ủy,29/05/2023,Cấp cơ sở,30/06/2023
SK-35,Ghép đôi học sinh giỏi với học sinh yếu,Tác giả 05,THPT Lương Ngọc Quyến,31/05/2023,Cấp tỉnh,22/12/2023
`)
	)
);

save(
	'08-nfd.csv',
	utf8(
		`
DANH SÁCH ĐĂNG KÝ SÁNG KIẾN,,,,,,,
,,,,,,,
TT,Tên sáng kiến,Tác giả,Đơn vị,Lĩnh vực,Loại giải pháp,Năm,Trạng thái
1,Tiếng nói của học sinh trong xây dựng nội quy,Tác giả 01,Trường Chuyên Thái Nguyên,Giáo dục,Giải pháp quản lý,2024,Đã nộp
2,Đường ống tự chảy cho bản vùng cao,Tác giả 02,Công ty Thủy lợi Thái Nguyên,Nông nghiệp,Giải pháp kỹ thuật,2024,Đủ điều kiện
3,Quản lý thực phẩm bếp ăn tập thể,Tác giả 03,Trung tâm Kiểm soát bệnh tật tỉnh,Y tế,Giải pháp tác nghiệp,2024,Đang chấm
4,Chuyển đổi số trong hội viên phụ nữ,Tác giả 04,Hội Phụ nữ tỉnh,"Công nghệ thông tin, chuyển đổi số",Giải pháp quản lý,2024,Đã nộp
5,Ứng dụng tiến bộ kỹ thuật nuôi ong,Tác giả 05,Hội Nông dân,Nông nghiệp,Giải pháp ứng dụng tiến bộ kỹ thuật,2024,Đã rút
`
			.trimStart()
			.normalize('NFD')
	)
);

/** What stands in a cell of a sheet: a value, or a cell with its format or formula. */
type Written = string | number | null | CellObject;

/** The number by which Excel knows a day since 1900, shown as a day. */
function day(iso: string): CellObject {
	return { t: 'n', v: Date.parse(iso) / 86_400_000 + 25_569, z: 'dd/mm/yyyy' };
}

/** The number of a day in a workbook of the epoch of 1904. */
const day1904 = (iso: string): CellObject => ({ t: 'n', v: Number(day(iso).v) - 1462, z: 'dd/mm/yyyy' });

interface Page {
	readonly name: string;
	readonly rows: readonly (readonly Written[])[];
	/** Ranges as Excel writes them: `A1:C1`. */
	readonly merges?: readonly string[];
}

function workbook(pages: readonly Page[], type: 'xlsx' | 'biff8' = 'xlsx', date1904 = false): Uint8Array {
	const book: WorkBook = utils.book_new();
	for (const { name, rows, merges = [] } of pages) {
		const sheet = utils.aoa_to_sheet(rows.map((row) => [...row]));
		sheet['!merges'] = merges.map((range): Range => utils.decode_range(range));
		utils.book_append_sheet(book, sheet, name);
	}
	book.Workbook = { ...book.Workbook, WBProps: { date1904 } };
	return new Uint8Array(write(book, { type: 'array', bookType: type, compression: true }) as ArrayBuffer);
}

save(
	'14-swapped-days.xlsx',
	workbook([
		{
			name: 'Sheet1',
			rows: [
				['Mã hồ sơ', 'Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Ngày nộp'],
				['SK-1', 'Số hóa sổ hộ tịch', 'Tác giả 01', 'Sở Tư pháp', '25/03/2024'],
				['SK-2', 'Trợ giúp pháp lý lưu động', 'Tác giả 02', 'Sở Tư pháp', day('2024-05-03')],
				['SK-3', 'Tủ sách pháp luật điện tử', 'Tác giả 03', 'Sở Tư pháp', '18/04/2024'],
				['SK-4', 'Hỏi đáp trên truyền thanh', 'Tác giả 04', 'Sở Tư pháp', day('2024-06-06')],
				['SK-5', 'Mẫu hợp đồng thông dụng', 'Tác giả 05', 'Sở Tư pháp', '30/05/2024'],
				['SK-6', 'Bản đồ điểm tư vấn', 'Tác giả 06', 'Sở Tư pháp', day('2024-01-04')]
			]
		}
	])
);

const authorHeadings = [
	...['Số TT', 'Mã hồ sơ', 'Tên sáng kiến', 'Họ và tên', 'Ngày tháng năm sinh', 'Nơi công tác', 'Chức danh'],
	...['Trình độ chuyên môn', 'Tỷ lệ (%) đóng góp vào việc tạo ra sáng kiến', 'Ngày nộp']
];

save(
	'23-authors-merged.xlsx',
	workbook([
		{
			name: 'Tác giả',
			rows: [
				['DANH SÁCH TÁC GIẢ ĐỀ NGHỊ CÔNG NHẬN SÁNG KIẾN NĂM 2023'],
				authorHeadings,
				[
					...[1, 'SK-2301', 'Chăm sóc người bệnh tại nhà', 'Tác giả 01', day('1980-01-01'), 'Bệnh viện A'],
					...['Bác sĩ', 'Thạc sĩ', 50, day('2023-03-10')]
				],
				[null, null, null, 'Tác giả 02', day('1981-01-01'), null, 'Điều dưỡng', 'Cử nhân', 30, null],
				[null, null, null, 'Tác giả 03', day('1982-01-01'), null, 'Điều dưỡng', 'Cử nhân', 20, null],
				[
					...[2, 'SK-2302', 'Bảng mã màu cấp cứu', 'Tác giả 04', day('1983-01-01'), 'Bệnh viện C'],
					...['Điều dưỡng', 'Cử nhân', 100, day('2023-03-13')]
				],
				[
					...[3, 'SK-2303', 'Kho dữ liệu phim X-quang', 'Tác giả 05', day('1984-01-01'), 'Bệnh viện A'],
					...['Kỹ thuật viên', 'Cử nhân', 60, day('2023-03-20')]
				],
				[null, null, null, 'Tác giả 06', day('1985-01-01'), null, 'Bác sĩ', 'Thạc sĩ', 40, null]
			],
			merges: [
				'A1:J1',
				...['A', 'B', 'C', 'F', 'J'].flatMap((column) => [`${column}3:${column}5`, `${column}7:${column}8`])
			]
		}
	])
);

save(
	'24-annex-with-groups.xlsx',
	workbook([
		{
			name: 'Phụ lục 2',
			rows: [
				['SỞ KHOA HỌC VÀ CÔNG NGHỆ'],
				['TỔNG HỢP SÁNG KIẾN ĐƯỢC CÔNG NHẬN NĂM 2024'],
				[null, null, null, null, null, null, null, null, null, 'Đơn vị tính: triệu đồng'],
				['TT', 'Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Công nhận', null, null, 'Hiệu quả', null, 'Ghi chú'],
				[null, null, null, null, 'Cấp', 'Số QĐ', 'Ngày QĐ', 'Giá trị làm lợi', 'Hiệu quả xã hội', null],
				['A', 'B', 'C', 'D', 1, 2, 3, 4, 5, 6],
				['I', 'KHỐI SỞ, NGÀNH'],
				[
					...[1, 'Sổ theo dõi đề tài', 'Tác giả 01', 'Sở KH&CN', 'Cấp tỉnh', '2001/QĐ-UBND'],
					...[day('2024-11-15'), 125.5, 'Minh bạch']
				],
				[
					...[2, 'Khám sàng lọc lưu động', 'Tác giả 02', 'Sở Y tế', 'Cấp tỉnh', '2001/QĐ-UBND'],
					...[day('2024-11-15'), null, 'Phát hiện sớm']
				],
				[
					...[3, 'Ngân hàng đề kiểm tra', 'Tác giả 03', 'Sở GD&ĐT', 'Cấp cơ sở', '45/QĐ-SGDĐT'],
					...[day('2024-06-14'), 40]
				],
				['Cộng', null, null, null, null, null, null, 165.5],
				['II', 'KHỐI TRƯỜNG HỌC'],
				[
					...[4, 'Câu lạc bộ nghiên cứu trẻ', 'Tác giả 04', 'THPT Chuyên', 'Cấp cơ sở', '12/QĐ-C'],
					...[day('2024-05-24'), null, 'Học sinh say mê']
				],
				[
					...[5, 'Lớp học không rác', 'Tác giả 05', 'THPT Gang Thép', 'Cấp cơ sở', '13/QĐ-GT'],
					...[day('2024-05-24'), 2.25]
				],
				['Cộng', null, null, null, null, null, null, 2.25],
				['III. KHỐI Y TẾ'],
				[
					...[6, 'Phòng khám không chờ', 'Tác giả 06', 'Bệnh viện A', 'Toàn quốc', '2002/QĐ-UBND'],
					...[day('2024-11-15'), 1250, null, 'Đề nghị nhân rộng']
				],
				['TỔNG CỘNG', null, null, null, null, null, null, 1417.75],
				[],
				['Ghi chú: Giá trị làm lợi tính cho năm áp dụng đầu tiên.'],
				[null, null, null, null, null, null, null, 'Thái Nguyên, ngày 20 tháng 12 năm 2024'],
				[null, 'NGƯỜI LẬP BIỂU', null, null, null, null, null, 'THỦ TRƯỞNG ĐƠN VỊ'],
				[null, '(Ký, ghi rõ họ tên)', null, null, null, null, null, '(Ký tên, đóng dấu)']
			],
			merges: [
				...['A1:D1', 'A2:J2', 'A4:A5', 'B4:B5', 'C4:C5', 'D4:D5', 'E4:G4', 'H4:I4', 'J4:J5', 'B7:J7', 'B12:J12'],
				...['A16:J16', 'A11:D11', 'A15:D15', 'A18:D18', 'A20:J20', 'H21:J21', 'H22:J22', 'H23:J23']
			]
		}
	])
);

save(
	'25-several-sheets.xlsx',
	workbook([
		{ name: 'Bìa', rows: [['BÁO CÁO'], ['CÔNG TÁC SÁNG KIẾN'], [], ['Thái Nguyên, tháng 12']], merges: ['A1:F1'] },
		{
			name: 'Năm 2023',
			rows: [
				[null, 'SÁNG KIẾN NĂM 2023'],
				[],
				[null, 'Mã hồ sơ', 'Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Năm'],
				[null, 'SK-23-1', 'Tủ thuốc thôn bản', 'Tác giả 01', 'Sở Y tế', 2023],
				[null, 'SK-23-2', 'Loa thông minh', 'Tác giả 02', 'Sở TT&TT', 2023],
				[null, 'SK-23-3', 'Bản đồ quy hoạch mở', 'Tác giả 03', 'Sở KH&ĐT', 2023],
				[null, 'SK-23-4', 'Xe buýt đúng giờ', 'Tác giả 04', 'Sở GTVT', 2023],
				[null, 'SK-23-5', 'Hòm thư công vụ', 'Tác giả 05', 'Sở Nội vụ', 2023]
			],
			merges: ['B1:F1']
		},
		{
			name: 'Năm 2024',
			rows: [
				['Đơn vị', 'Tên sáng kiến', 'Mã hồ sơ', 'Tác giả', 'Ngày nộp'],
				['Sở TT&TT', 'Dữ liệu dùng chung', 'SK-24-1', 'Tác giả 06', day('2024-03-18')],
				['Sở KH&ĐT', 'Hồ sơ mời thầu mẫu', 'SK-24-2', 'Tác giả 07', day('2024-03-19')],
				['Sở GTVT', 'Bãi đỗ xe thông minh', 'SK-24-3', 'Tác giả 08', day('2024-04-01')],
				['Sở Y tế', 'Sổ khám điện tử', 'SK-24-4', 'Tác giả 09', day('2024-04-02')],
				['Sở Nội vụ', 'Chấm điểm công vụ', 'SK-24-5', 'Tác giả 10', day('2024-12-30')]
			]
		}
	])
);

save(
	'26-epoch-1904.xlsx',
	workbook(
		[
			{
				name: 'Trang 1',
				rows: [
					['Mã hồ sơ', 'Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Ngày nộp', 'Ngày công nhận'],
					[
						...['L-1', 'Bảo quản phim tư liệu', 'Tác giả 01', 'Đài PT-TH'],
						...[day1904('2024-03-05'), day1904('2024-05-31')]
					],
					['L-2', 'Trường quay ảo', 'Tác giả 02', 'Đài PT-TH', day1904('2024-02-29'), day1904('2024-05-31')],
					['L-3', 'Bản tin tiếng dân tộc', 'Tác giả 03', 'Đài PT-TH', day1904('2024-01-01'), null],
					['L-4', 'Tòa soạn hội tụ', 'Tác giả 04', 'Báo Thái Nguyên', day1904('2023-12-31'), day1904('2024-05-31')],
					['L-5', 'Ảnh báo chí có nguồn gốc', 'Tác giả 05', 'Báo Thái Nguyên', day1904('2024-03-01'), null]
				]
			}
		],
		'xlsx',
		true
	)
);

const percent = (value: number): CellObject => ({ t: 'n', v: value, z: '0.0%' });

/** The title that a formula made of the row's number. */
const title = (number: number): CellObject => ({
	t: 's',
	v: `Chế phẩm hữu cơ số ${number}`,
	f: `"Chế phẩm hữu cơ số "&${number}`
});

const centre = 'Trung tâm Phát triển KH&CN';

save(
	'27-formulas.xlsx',
	workbook([
		{
			name: 'Trang tính',
			rows: [
				['Mã', 'Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Năm', 'Tỷ lệ trùng lặp', 'Giá trị làm lợi (đồng)'],
				['F1', title(1), 'Tác giả 01', centre, 2024, percent(0.155), { t: 'n', v: 12_500_000, f: '12500*1000' }],
				['F2', title(2), 'Tác giả 02', centre, 2024, percent(0.08), '1\u00a0250\u00a0000'],
				['F3', title(3), 'Tác giả 03', centre, 2024, percent(1), { t: 'e', v: 0x17, f: '#REF!*1000' }],
				['F4', title(4), 'Tác giả 04', centre, 2024, percent(0.6), 3_500_000.5],
				['F5', title(5), 'Tác giả 05', centre, 2024, null, '2\u202f000\u202f000']
			]
		}
	])
);

/** Ten o'clock on a day of no meaning, so that archives are the same each time they are written. */
const mtime = new Date(2024, 0, 1, 10);

save(
	'29-packed.csv.gz',
	gzipSync(
		utf8(
			lines(`
Mã SK,Tên sáng kiến,Tác giả,Đơn vị,Năm,Lĩnh vực
Z1,Sổ tay an toàn điện,Tác giả 01,Sở Công Thương,2022,Công nghiệp
Z2,Bảng giá nông sản,Tác giả 02,Sở Công Thương,2022,Nông nghiệp
Z3,Cây xanh trong khu công nghiệp,Tác giả 03,BQL các KCN,2022,Môi trường
Z4,"Đối thoại doanh nghiệp, người lao động",Tác giả 04,BQL các KCN,2022,Quản lý nhà nước
Z5,Bữa ăn ca an toàn,Tác giả 05,Liên đoàn Lao động,2022,Y tế
`)
		),
		{ mtime }
	)
);

save(
	'30-two-registers.zip',
	zipSync(
		{
			'thu-muc/': new Uint8Array(),
			'sang-kien-2023.csv': utf8(
				`\ufeff${lines(`
Mã SK;Tên sáng kiến;Tác giả;Đơn vị;Năm
Y1;Tuần lễ áo dài;Tác giả 01;Hội LHPN;2023
Y2;Tổ truyền thông cộng đồng;Tác giả 02;Hội LHPN;2023
Y3;Cựu chiến binh làm kinh tế;Tác giả 03;Hội Cựu chiến binh;2023
Y4;Nhà khoa học của nhà nông;Tác giả 04;LHH KHKT tỉnh;2023
Y5;Ngày chủ nhật xanh;Tác giả 05;Đoàn TNCS Hồ Chí Minh tỉnh;2023
`)}`
			),
			'__MACOSX/._sang-kien-2023.csv': Uint8Array.of(0, 5, 22, 7, 0, 2, 0, 0),
			'hoat-dong-quy-4.csv': utf8(
				lines(`
Đơn vị,Kỳ,Hoạt động,Số cuộc,Số triệu tập,Số tham gia,Số tập thể,Số cá nhân,Hình thức khen thưởng,Lý do
Hội LHPN tỉnh,Quý IV/2023,"Học tập, quán triệt",2,90,88,,,,
Hội CCB tỉnh,Quý IV/2023,"Học tập, quán triệt",1,45,45,,,,
Tỉnh đoàn,Quý IV/2023,Khen thưởng,,,,3,12,Giấy khen,Sáng kiến
Liên hiệp Hội,Quý IV/2023,Hội thi sáng tạo,1,,,,,,
Hội ND tỉnh,Quý IV/2023,Khen thưởng,,,,1,4,Bằng khen của UBND tỉnh,Cải tiến kỹ thuật
`)
			)
		},
		{ mtime }
	)
);

/** Columns by name: their Arrow type and their values, days as ISO texts. */
function arrow(
	columns: Readonly<Record<string, readonly [DataType, readonly (string | number | boolean | null)[]]>>
): Table {
	const vectors = Object.entries(columns).map(([name, [type, values]]) => {
		const given = type instanceof DateDay ? values.map((text) => (text === null ? null : new Date(`${text}`))) : values;
		return [name, vectorFromArray(given, type)] as const;
	});
	return new Table(Object.fromEntries(vectors));
}

const register = arrow({
	'Mã hồ sơ': [new Utf8(), ['PQ-1', 'PQ-2', 'PQ-3', 'PQ-4', 'PQ-5', 'PQ-6']],
	'Tên sáng kiến': [
		new Utf8(),
		[
			...['Kho dữ liệu mở', 'Trạm quan trắc tự chế', 'Hồ sơ đất đai một lần', 'Đo gió trên mái'],
			...['Dự toán theo mẫu', 'Sổ nhật ký công trình']
		]
	],
	'Tác giả': [new Utf8(), ['Tác giả 01', 'Tác giả 02', 'Tác giả 03', 'Tác giả 04', 'Tác giả 05', 'Tác giả 06']],
	'Đơn vị': [new Utf8(), ['Sở TTTT', 'Sở TN&MT', 'Sở TN&MT', 'Sở Năng lượng gió', 'Sở XD', 'Sở XD']],
	Năm: [new Int32(), [2024, 2024, 2024, 2024, 2024, 2024]],
	'Ngày nộp': [new DateDay(), ['2024-02-05', '2024-02-06', '2024-02-29', '2024-03-01', '2024-03-31', '2024-04-01']],
	'Cấp công nhận': [new Utf8(), ['Cấp tỉnh', 'Cấp cơ sở', null, null, 'Cấp tỉnh', null]],
	'Ngày công nhận': [new DateDay(), ['2024-11-15', '2024-05-20', null, null, '2024-11-15', null]],
	'Giá trị làm lợi': [new Float64(), [125_000_000.5, null, null, null, 40_000_000, null]],
	'Đã công bố': [new Bool(), [true, false, null, null, true, false]]
});

save('31-register.parquet', writeParquet(ParquetTable.fromIPCStream(tableToIPC(register, 'stream'))));

save(
	'32-activities.arrow',
	tableToIPC(
		arrow({
			activity_id: [new Utf8(), ['H-1', 'H-2', 'H-3', 'H-4', 'H-5', 'H-1']],
			unit_id: [new Utf8(), ['TN-SNV', 'TN-SNV', 'TN-STC', 'TN-STC', 'TN-TCT', 'TN-TCT']],
			period: [new Utf8(), ['2024-Q1', '2024-Q1', '2024-Q1', '2024-H1', '2024-03', '2024-Q1']],
			activity: [
				new Utf8(),
				['hoc_tap_quan_triet', 'tuyen_truyen_mieng', 'hoc_tap_quan_triet', 'so_ket', 'tap_huan', 'tin_bai']
			],
			audience: [new Utf8(), ['dang_vien', null, 'dang_vien', null, 'can_bo_chu_chot', null]],
			sessions: [new Int32(), [2, 3, 1, 1, 1, null]],
			invited: [new Int32(), [100, null, 80, null, 30, null]],
			attended: [new Int32(), [97, null, 80, null, 28, null]],
			submitted_on: [
				new DateDay(),
				['2024-04-10', '2024-04-10', '2024-04-12', '2024-07-20', '2024-04-15', '2024-04-15']
			],
			due_on: [new DateDay(), ['2024-04-15', '2024-04-15', '2024-04-15', '2024-07-15', '2024-04-15', '2024-04-15']]
		}),
		'stream'
	)
);

save(
	'47-wide-report.xlsx',
	workbook([
		{
			name: 'Biểu 01',
			rows: [
				['BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN KẾT LUẬN SỐ 69-KL/TW'],
				['QUÝ III NĂM 2024'],
				[],
				[
					...['TT', 'Đơn vị', 'Tổng số đảng viên', 'Tổng số CB,CC,VC,NLĐ', 'Học tập, quán triệt', null, null, null],
					...['Tuyên truyền', null, null, 'Số văn bản cụ thể hóa', 'Phản biện xã hội', null, null],
					...['Khen thưởng', null, 'Khó khăn, kiến nghị']
				],
				[
					...[null, null, null, null, 'Số hội nghị quán triệt', 'Số đảng viên tham gia', 'Tỷ lệ %'],
					...['Số quần chúng tham gia', 'Số buổi tuyên truyền miệng', 'Lượt nghe', 'Số tin, bài', null],
					...['Số hội nghị phản biện', 'Số ý kiến', 'Được tiếp thu', 'Tập thể', 'Cá nhân', null]
				],
				['A', 'B', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
				['I', 'KHỐI SỞ, NGÀNH'],
				[1, 'Sở Tài chính', 100, 120, 2, 98, 98, 20, 3, 240, 6, 2, 1, 5, 4, 1, 3, null],
				[2, 'Sở Y tế', 80, 150, 1, 76, 95, 50, 2, 300, 4, 1, null, null, null, 0, 2, 'Thiếu báo cáo viên'],
				[3, 'Sở KH&CN', 60, 70, 2, 60, 100, 10, 4, 200, 9, 3, 2, 8, 6, 2, 5, null],
				['II', 'KHỐI ĐOÀN THỂ'],
				[4, 'Tỉnh đoàn', 40, 45, 1, 38, 95, null, 6, 900, 12, 1, 1, 10, 7, 1, 1, null],
				[5, 'Hội Nông dân tỉnh', 30, 32, 1, 30, 100, null, 5, 750, 3, 0, null, null, null, 0, 1, null],
				[6, 'UB MTTQ tỉnh', 25, 28, 1, 24, 96, 2, 2, 80, 5, 4, 3, 20, 15, 1, 2, null],
				['TỔNG CỘNG', null, 335, 445, 8, 326, null, 82, 22, 2470, 39, 11, 7, 43, 32, 5, 14, null],
				[],
				[null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'Người lập biểu']
			],
			merges: [
				...['A1:R1', 'A2:R2', 'A4:A5', 'B4:B5', 'C4:C5', 'D4:D5', 'E4:H4', 'I4:K4', 'L4:L5', 'M4:O4', 'P4:Q4'],
				...['R4:R5', 'A15:B15', 'P17:R17']
			]
		}
	])
);

save(
	'56-old-workbook.xls',
	workbook(
		[
			{
				name: 'Sheet1',
				rows: [
					['Mã hồ sơ', 'Tên sáng kiến', 'Tác giả', 'Đơn vị', 'Năm'],
					['SK-1', 'Sáng kiến trong tệp cũ', 'Tác giả 01', 'Sở Nội vụ', 2012]
				]
			}
		],
		'biff8'
	)
);

save(
	'57-unit-merged.xlsx',
	workbook([
		{
			name: 'Đăng ký',
			rows: [
				['Đơn vị', 'Tên sáng kiến', 'Tác giả', 'Ngày nộp'],
				['Sở Nội vụ', 'Sơ đồ vị trí việc làm', 'Tác giả 01', day('2024-01-15')],
				[null, 'Thi tuyển trên máy', 'Tác giả 02', day('2024-01-15')],
				[null, 'Lưu trữ ảnh lịch sử', 'Tác giả 03', day('2024-01-16')],
				['Sở Tư pháp', 'Phòng công chứng số', 'Tác giả 04', day('2024-01-17')],
				[null, 'Đấu giá trực tuyến', 'Tác giả 05', day('2024-01-18')],
				['Thanh tra tỉnh', 'Kho kết luận thanh tra', 'Tác giả 06', day('2024-01-19')]
			],
			merges: ['A2:A4', 'A5:A6']
		}
	])
);
