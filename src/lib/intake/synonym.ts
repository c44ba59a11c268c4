/**
 * What people write in the place of codes: by list, then by code, separated by `;`. Case, accents, đ, spacing and punctuation do not
 * matter (`foldKey`). The codes themselves and their names in `code_lists.csv` count without being listed.
 *
 * Only what can mean one thing stands here. “Cấp thành phố” does not: it is the level of a province or of a district.
 */
export const synonyms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	level: {
		co_so:
			'cơ sở;cấp cơ sở;CS;C.S;cấp CS;cấp trường;cấp xã;cấp phường;cấp đơn vị;đơn vị;xã;trường;UBND xã;cấp xã, phường;công nhận cấp cơ sở;SK cấp cơ sở;sáng kiến cấp cơ sở;grass roots',
		huyen:
			'huyện;H;UBND huyện;cấp huyện, thành phố, thị xã;cấp huyện/thành phố;công nhận cấp huyện;SK cấp huyện;sáng kiến cấp huyện',
		tinh: 'tỉnh;cấp tỉnh;T;UBND tỉnh;cấp bộ;bộ;cấp ngành;ngành;bộ, ngành;cấp bộ, ngành;cấp tỉnh, bộ;tỉnh, bộ, ngành;cấp bộ, ngành, tỉnh;cấp tỉnh/bộ/ngành;công nhận cấp tỉnh;SK cấp tỉnh;sáng kiến cấp tỉnh;hội đồng sáng kiến cấp tỉnh;HĐSK tỉnh;provincial;province;ministry',
		toan_quoc: 'cấp toàn quốc;cấp quốc gia;quốc gia;cấp nhà nước;cả nước;TQ;QG;trung ương;cấp trung ương;TW;nationwide',
		khong_cong_nhan:
			'không được công nhận;ko công nhận;k công nhận;không CN;ko đạt;không đạt;không xét;không được xét;bị loại;loại;không đủ điều kiện'
	},
	influence: {
		co_so:
			'cơ sở;cấp cơ sở;CS;trong đơn vị;đơn vị;nội bộ đơn vị;trong trường;trong xã;toàn đơn vị;trong phạm vi đơn vị;trong phạm vi cơ sở',
		huyen: 'huyện;cấp huyện;toàn huyện;trong phạm vi huyện',
		tinh: 'tỉnh;cấp tỉnh;trong tỉnh;toàn tỉnh;trong phạm vi tỉnh;trên địa bàn tỉnh;bộ, ngành;cấp bộ, ngành;toàn ngành;trong ngành;trong bộ, ngành;cấp tỉnh, bộ, ngành;ngành',
		toan_quoc:
			'cấp toàn quốc;trong toàn quốc;trên toàn quốc;cả nước;trong cả nước;trên cả nước;quốc gia;cấp quốc gia;phạm vi toàn quốc;TQ'
	},
	initiative_status: {
		nhap: 'bản nháp;lưu nháp;đang soạn;đang soạn thảo;chưa nộp;chưa gửi;draft',
		da_nop: 'nộp;đã gửi;đã đăng ký;mới nộp;đã tiếp nhận;tiếp nhận;đã nhận;mới;chờ kiểm tra;đăng ký;submitted',
		dang_kiem_tra:
			'kiểm tra;đang thẩm tra;đang rà soát;đang xem xét;đang thẩm định;thẩm định hồ sơ;đang kiểm tra hồ sơ',
		du_dieu_kien: 'đủ ĐK;hợp lệ;hồ sơ hợp lệ;đạt điều kiện;đủ điều kiện xét;đủ điều kiện chấm;qua sơ tuyển',
		dang_cham: 'chấm điểm;đang chấm điểm;đang chấm thi;đang đánh giá;hội đồng đang chấm;chờ chấm',
		tong_hop: 'đang tổng hợp;đã tổng hợp;tổng hợp điểm;đã chấm;đã chấm xong;tổng hợp kết quả',
		de_nghi_cong_nhan:
			'đề nghị CN;đã đề nghị;đề nghị;trình công nhận;đang trình;chờ quyết định;chờ công nhận;đề xuất công nhận;đã trình',
		da_cong_nhan:
			'công nhận;được công nhận;đã được công nhận;đã CN;đã có quyết định;đã có QĐ;đã ban hành quyết định;đã có quyết định công nhận',
		khong_cong_nhan:
			'không được công nhận;ko công nhận;k công nhận;không CN;bị loại;loại;từ chối;đã từ chối;bác;không đạt;không đủ điều kiện;rejected',
		yeu_cau_bo_sung:
			'bổ sung;cần bổ sung;yêu cầu sửa;yêu cầu chỉnh sửa;yêu cầu bổ sung hồ sơ;chờ bổ sung;trả lại;trả lại bổ sung;bổ sung hồ sơ;yêu cầu hoàn thiện',
		da_rut: 'rút;rút hồ sơ;rút đơn;đã rút hồ sơ;xin rút;tác giả rút',
		luu_tru: 'đã lưu trữ;đã lưu;lưu;lưu hồ sơ;đóng hồ sơ'
	},
	initiative_result: {
		dat: 'Đ;có;đạt yêu cầu;đậu;đỗ;xếp loại đạt;công nhận;được công nhận;pass;yes',
		khong_dat: 'KĐ;K.Đ;ko đạt;k đạt;chưa đạt;không đạt yêu cầu;trượt;không công nhận;không được công nhận;fail;no'
	},
	field: {
		giao_duc:
			'GD;GD&ĐT;GDĐT;GD-ĐT;giáo dục và đào tạo;giáo dục, đào tạo;giáo dục - đào tạo;giáo dục đào tạo;dạy học;dạy và học;giảng dạy;mầm non;tiểu học;THCS;THPT;giáo dục mầm non;giáo dục tiểu học;giáo dục nghề nghiệp',
		y_te: 'y;ngành y tế;khám chữa bệnh;khám, chữa bệnh;y dược;y, dược;chăm sóc sức khỏe;y học',
		cntt_cds:
			'CNTT;CĐS;công nghệ thông tin;CNTT, chuyển đổi số;CNTT và chuyển đổi số;CNTT & CĐS;CNTT-CĐS;chuyển đổi số;công nghệ thông tin và chuyển đổi số;công nghệ số;tin học;ứng dụng CNTT;ứng dụng công nghệ thông tin;phần mềm;IT;thông tin và truyền thông;công nghệ thông tin - truyền thông;CNTT-TT',
		cchc: 'cải cách thủ tục hành chính;CCTTHC;cải cách TTHC;thủ tục hành chính;hành chính công',
		quan_ly_nha_nuoc: 'QLNN;quản lý NN;quản lí nhà nước;công tác quản lý nhà nước;quản lý hành chính nhà nước',
		nong_nghiep:
			'NN;NN&PTNT;NN-PTNT;NNPTNT;nông nghiệp và phát triển nông thôn;nông nghiệp, nông thôn;nông nghiệp nông thôn;nông lâm nghiệp;nông, lâm nghiệp;nông - lâm - ngư nghiệp;nông nghiệp, lâm nghiệp, thủy sản;nông lâm ngư nghiệp;trồng trọt;chăn nuôi;trồng trọt, chăn nuôi;thủy lợi',
		cong_nghiep:
			'CN;công thương;công nghiệp, thương mại;công nghiệp - TTCN;công nghiệp và xây dựng cơ bản;cơ khí;sản xuất công nghiệp;luyện kim;khai khoáng;điện lực',
		xay_dung_gt:
			'xây dựng;giao thông;GTVT;giao thông vận tải;xây dựng và giao thông;XD, GT;XD-GT;xây dựng - giao thông;xây dựng, giao thông vận tải;quy hoạch xây dựng',
		moi_truong:
			'MT;TN&MT;TNMT;tài nguyên và môi trường;tài nguyên, môi trường;tài nguyên môi trường;bảo vệ môi trường;BVMT',
		van_hoa_xh:
			'VHXH;VH-XH;văn hóa - xã hội;văn hóa xã hội;văn hóa;xã hội;văn hóa và xã hội;văn hóa, thể thao và du lịch;VHTT&DL;văn hóa, thể thao, du lịch;LĐTBXH;lao động, thương binh và xã hội',
		qp_an:
			'QPAN;QP-AN;QP&AN;quốc phòng;an ninh;quốc phòng an ninh;quốc phòng - an ninh;quốc phòng và an ninh;quân sự;công an;an ninh trật tự;ANTT;quân sự, quốc phòng',
		dang_doan_the:
			'công tác Đảng;Đảng;xây dựng Đảng;công tác xây dựng Đảng;Đảng, đoàn thể;đoàn thể;công tác đoàn thể;công đoàn;Đoàn Thanh niên;dân vận;công tác dân vận;Đảng - đoàn thể;mặt trận, đoàn thể;công tác Đảng và đoàn thể;tuyên giáo;công tác Đoàn',
		khac: 'lĩnh vực khác;các lĩnh vực khác;others;other'
	},
	solution_kind: {
		ky_thuat: 'kỹ thuật;kĩ thuật;giải pháp kĩ thuật;GPKT;GP kỹ thuật',
		quan_ly: 'quản lý;quản lí;giải pháp quản lí;GPQL;GP quản lý',
		tac_nghiep: 'tác nghiệp;giải pháp tác nghiệp;GPTN;GP tác nghiệp',
		ung_dung_tbkt:
			'ứng dụng TBKT;ứng dụng tiến bộ kỹ thuật;ứng dụng tiến bộ kĩ thuật;giải pháp ứng dụng TBKT;ƯDTBKT;UDTBKT;TBKT;tiến bộ kỹ thuật;áp dụng tiến bộ kỹ thuật;giải pháp ứng dụng tiến bộ kĩ thuật;ứng dụng tiến bộ KHKT'
	},
	round: {
		QUY_1: 'quý 1;Q1;QI;Q.I;quý một;quý nhất',
		QUY_2: 'quý 2;Q2;QII;Q.II;quý hai',
		QUY_3: 'quý 3;Q3;QIII;Q.III;quý ba',
		QUY_4: 'quý 4;Q4;QIV;Q.IV;quý bốn;quý tư',
		NAM: 'năm;hằng năm;hàng năm;cuối năm;thường niên',
		DOT_1: 'đợt I;đợt một;lần 1;đợt 01;Đ1',
		DOT_2: 'đợt II;đợt hai;lần 2;đợt 02;Đ2',
		DOT_3: 'đợt III;đợt ba;lần 3;đợt 03;Đ3',
		DOT_4: 'đợt IV;đợt bốn;lần 4;đợt 04;Đ4'
	},
	ownership: {
		nha_nuoc: 'NN;kinh tế nhà nước;DNNN;doanh nghiệp nhà nước;công lập;khu vực nhà nước;thành phần nhà nước',
		ngoai_nha_nuoc:
			'ngoài NN;kinh tế ngoài nhà nước;tư nhân;DN tư nhân;doanh nghiệp tư nhân;DN ngoài nhà nước;doanh nghiệp ngoài nhà nước;ngoài quốc doanh;khu vực ngoài nhà nước;dân doanh',
		von_nuoc_ngoai:
			'có vốn ĐTNN;vốn ĐTNN;ĐTNN;FDI;DN FDI;doanh nghiệp FDI;đầu tư nước ngoài;có vốn nước ngoài;vốn đầu tư nước ngoài;vốn nước ngoài;có vốn FDI;khu vực có vốn đầu tư nước ngoài;doanh nghiệp có vốn đầu tư nước ngoài;khu vực FDI'
	},
	filing_kind: {
		cap_moi: 'mới;đăng ký mới;cấp mới GCN;cấp lần đầu;lần đầu;cấp đăng ký mới',
		sua_doi:
			'sửa đổi;bổ sung;SĐBS;SĐ, BS;sửa đổi bổ sung;sửa đổi/bổ sung;sửa đổi và bổ sung;điều chỉnh;đăng ký sửa đổi, bổ sung;amendment',
		gia_han: 'GH;đăng ký gia hạn;gia hạn GCN;extension;gia hạn chuyển giao;đăng ký gia hạn chuyển giao'
	},
	transfer_direction: {
		trong_nuoc:
			'nội địa;chuyển giao trong nước;trong lãnh thổ Việt Nam;TN;trong lãnh thổ;chuyển giao công nghệ trong nước;inland',
		vao_vn:
			'vào Việt Nam;vào VN;từ nước ngoài vào;từ nước ngoài vào VN;nước ngoài vào Việt Nam;nước ngoài vào;nhập khẩu;nhập;chuyển giao công nghệ từ nước ngoài vào Việt Nam;chuyển giao vào Việt Nam;chuyển giao từ nước ngoài vào Việt Nam;inbound;vào trong nước;từ NN vào VN',
		ra_nn:
			'ra nước ngoài;ra NN;từ Việt Nam ra;từ VN ra nước ngoài;Việt Nam ra nước ngoài;xuất khẩu;chuyển giao ra nước ngoài;chuyển giao công nghệ từ Việt Nam ra nước ngoài;chuyển giao từ Việt Nam ra nước ngoài;outbound;từ VN ra NN'
	},
	supplier_kind: {
		vien_truong:
			'viện;trường;viện - trường;viện nghiên cứu;trường đại học;đại học;viện/trường;viện, trường đại học;viện nghiên cứu, trường đại học;viện và trường;ĐH;học viện',
		doanh_nghiep: 'DN;công ty;Cty;doanh nghiệp nước ngoài;tập đoàn;company;công ty TNHH;công ty cổ phần',
		ca_nhan: 'CN;nhà khoa học;cá nhân tự do;person',
		to_chuc_khcn:
			'tổ chức KH&CN;tổ chức KHCN;TC KH&CN;TCKHCN;tổ chức KH và CN;tổ chức khoa học công nghệ;tổ chức khoa học & công nghệ'
	},
	transfer_object: {
		a: 'bí quyết;bí quyết kỹ thuật;bí quyết kĩ thuật;bí quyết công nghệ;know-how;bí quyết kĩ thuật, bí quyết công nghệ;bí quyết kỹ thuật, công nghệ',
		b: 'phương án, quy trình công nghệ;phương án công nghệ;quy trình công nghệ;quy trình;phần mềm;phần mềm máy tính;giải pháp kỹ thuật;bản vẽ;thông số;thông số kỹ thuật;công thức;sơ đồ kỹ thuật;bản vẽ, sơ đồ kỹ thuật;thông tin dữ liệu;giải pháp, thông số, bản vẽ, sơ đồ kỹ thuật;công thức, phần mềm máy tính, thông tin dữ liệu;phương án, quy trình',
		c: 'hợp lý hóa sản xuất;đổi mới công nghệ;giải pháp hợp lý hóa sản xuất;hợp lý hóa sản xuất, đổi mới công nghệ;hợp lí hóa sản xuất',
		d: 'máy móc;thiết bị;máy móc, thiết bị;máy móc thiết bị;MMTB;máy móc, thiết bị đi kèm a, b, c;máy móc, thiết bị kèm theo;máy móc thiết bị đi kèm'
	},
	transfer_form: {
		'1': 'độc lập;chuyển giao độc lập;CGCN độc lập;hợp đồng độc lập;hợp đồng chuyển giao công nghệ độc lập',
		'2a': 'dự án đầu tư;trong dự án đầu tư;phần CGCN trong dự án đầu tư;điểm a khoản 2;2.a',
		'2b': 'góp vốn;góp vốn bằng công nghệ;góp vốn công nghệ;điểm b khoản 2;2.b',
		'2c': 'nhượng quyền;franchise;nhượng quyền TM;điểm c khoản 2;2.c',
		'2d': 'chuyển giao quyền SHTT;quyền SHTT;quyền sở hữu trí tuệ;sở hữu trí tuệ;SHTT',
		'2đ': 'mua bán máy móc, thiết bị;mua, bán máy móc;mua bán thiết bị;mua bán MMTB;mua máy móc, thiết bị',
		'3': 'khác;hình thức khác'
	},
	transfer_method: {
		'1': 'tài liệu;chuyển giao tài liệu;chuyển giao tài liệu về công nghệ;hồ sơ, tài liệu',
		'2': 'đào tạo;tổ chức đào tạo;đào tạo nhân lực;tập huấn',
		'3': 'chuyên gia;cử chuyên gia;tư vấn;chuyên gia tư vấn;cử chuyên gia tư vấn kỹ thuật',
		'4': 'máy móc;thiết bị;máy móc, thiết bị;máy móc thiết bị;chuyển giao máy móc, thiết bị;chuyển giao máy móc, thiết bị kèm theo;MMTB',
		'5': 'khác;phương thức khác'
	},
	transfer_right: {
		quyen_so_huu:
			'sở hữu;chuyển nhượng;quyền sở hữu công nghệ;chuyển nhượng quyền sở hữu công nghệ;QSH;chuyển quyền sở hữu;bán đứt',
		quyen_su_dung:
			'sử dụng;quyền sử dụng công nghệ;chuyển giao quyền sử dụng công nghệ;QSD;chuyển quyền sử dụng;li-xăng;lixăng;licence;license'
	},
	payment: {
		tra_mot_lan: 'một lần;1 lần;trả 1 lần;trả gọn một lần;trọn gói;thanh toán một lần;thanh toán 1 lần;trả ngay',
		tra_nhieu_lan: 'nhiều lần;trả dần;trả góp;theo đợt;thanh toán nhiều lần;trả theo đợt;nhiều đợt;theo kỳ;trả theo kỳ',
		gop_von: 'góp vốn bằng công nghệ;vốn góp;chuyển giá trị công nghệ thành vốn góp',
		gia_ban_tinh: '% giá bán tịnh;giá bán tịnh;theo giá bán tịnh',
		doanh_thu_thuan: '% doanh thu thuần;doanh thu thuần;theo doanh thu thuần;royalty;% doanh thu',
		loi_nhuan_truoc_thue: '% lợi nhuận trước thuế;lợi nhuận trước thuế;LNTT;theo lợi nhuận trước thuế',
		ket_hop: 'hỗn hợp;kết hợp các phương thức;kết hợp nhiều phương thức'
	},
	list_standing: {
		khuyen_khich: 'khuyến khích;KK;được khuyến khích;danh mục khuyến khích;công nghệ khuyến khích chuyển giao',
		han_che: 'hạn chế;HC;bị hạn chế;danh mục hạn chế;công nghệ hạn chế chuyển giao',
		cam: 'cấm;bị cấm;danh mục cấm;công nghệ cấm chuyển giao',
		thong_thuong: 'bình thường;không thuộc danh mục;ngoài danh mục;không thuộc danh mục nào;thường'
	},
	activity: {
		hoc_tap_quan_triet:
			'học tập;quán triệt;quán triệt, học tập;hội nghị quán triệt;hội nghị học tập, quán triệt;học tập và quán triệt;học tập, quán triệt nghị quyết;học tập, quán triệt, triển khai;HT, QT;nghiên cứu, học tập, quán triệt;hội nghị học tập;phổ biến, quán triệt;học tập nghị quyết',
		tuyen_truyen_mieng:
			'TTM;tuyên truyền;buổi tuyên truyền miệng;báo cáo viên;nói chuyện thời sự;hội nghị báo cáo viên',
		tin_bai: 'tin;bài;tin bài;viết tin, bài;số tin, bài;bài viết;tin tức;tin và bài;đăng tin, bài;bài báo',
		toa_dam_hoi_thao:
			'tọa đàm;hội thảo;tọa đàm và hội thảo;tọa đàm/hội thảo;hội thảo, tọa đàm;hội thảo khoa học;diễn đàn',
		tap_huan:
			'đào tạo;bồi dưỡng;tập huấn, bồi dưỡng;lớp tập huấn;hội nghị tập huấn;đào tạo, bồi dưỡng;đào tạo, tập huấn;lớp bồi dưỡng',
		kiem_tra: 'cuộc kiểm tra;công tác kiểm tra;KT',
		giam_sat: 'cuộc giám sát;công tác giám sát;GS;giám sát chuyên đề',
		phan_bien_xa_hoi: 'phản biện;PBXH;hội nghị phản biện;hội nghị phản biện xã hội',
		gop_y_van_ban: 'góp ý;góp ý dự thảo;góp ý dự thảo văn bản;tham gia góp ý;tham gia ý kiến;lấy ý kiến góp ý',
		khen_thuong: 'KT khen thưởng;biểu dương;tôn vinh;tuyên dương;biểu dương, khen thưởng;khen',
		phong_trao_thi_dua: 'thi đua;phong trào;PTTĐ;phát động thi đua;phát động phong trào thi đua',
		hoi_thi_sang_tao:
			'hội thi;cuộc thi;hội thi sáng tạo kỹ thuật;cuộc thi sáng tạo;hội thi, cuộc thi;hội thi STKT;cuộc thi đổi mới sáng tạo',
		tham_muu_van_ban:
			'tham mưu;tham mưu ban hành văn bản;ban hành văn bản;văn bản tham mưu;xây dựng văn bản;cụ thể hóa văn bản',
		so_ket: 'hội nghị sơ kết;sơ kết thực hiện',
		tong_ket: 'hội nghị tổng kết;tổng kết thực hiện'
	},
	document: {
		'20-NQ/TW':
			'NQ 20;NQ20;NQ 20-NQ/TW;nghị quyết 20;nghị quyết số 20;nghị quyết số 20-NQ/TW;số 20-NQ/TW;NQ số 20-NQ/TW;20 NQ-TW',
		'69-KL/TW':
			'KL 69;KL69;KL 69-KL/TW;kết luận 69;kết luận số 69;kết luận số 69-KL/TW;số 69-KL/TW;KL số 69-KL/TW;69 KL-TW',
		'56-CTr/TU':
			'CTr 56;CTr56;CTHĐ 56;CTHĐ 56-CTr/TU;chương trình 56;chương trình 56-CTr/TU;chương trình hành động 56;chương trình hành động số 56;chương trình hành động số 56-CTr/TU;chương trình số 56-CTr/TU;số 56-CTr/TU;CTHĐ số 56-CTr/TU',
		'57-NQ/TW':
			'NQ 57;NQ57;NQ 57-NQ/TW;nghị quyết 57;nghị quyết số 57;nghị quyết số 57-NQ/TW;số 57-NQ/TW;NQ số 57-NQ/TW;57 NQ-TW',
		ke_hoach: 'kế hoạch;KH;KH của đơn vị;kế hoạch đơn vị;kế hoạch của chi bộ;kế hoạch của đảng ủy;KH đơn vị',
		khac: 'khác;VB khác;các văn bản khác'
	},
	activity_form: {
		truc_tiep: 'TT trực tiếp;tập trung;tại chỗ;trực tiếp tại hội trường;offline',
		truc_tuyen: 'online;qua mạng;qua Zoom;họp trực tuyến;trực tuyến qua Zoom',
		ket_hop:
			'trực tiếp kết hợp trực tuyến;trực tiếp và trực tuyến;trực tiếp + trực tuyến;kết hợp trực tiếp và trực tuyến;hỗn hợp;trực tiếp, trực tuyến;hybrid',
		long_ghep: 'lồng ghép;lồng ghép SHCB;sinh hoạt chi bộ;lồng ghép trong sinh hoạt chi bộ;qua sinh hoạt chi bộ;SHCB',
		tai_lieu: 'tài liệu;gửi tài liệu;phát tài liệu;tự nghiên cứu;nghiên cứu tài liệu'
	},
	audience: {
		dang_vien: 'ĐV;đ/v;đảng viên trong đảng bộ;toàn thể đảng viên',
		can_bo_chu_chot:
			'cán bộ chủ chốt các cấp;CBCC chủ chốt;CB chủ chốt;chủ chốt;lãnh đạo chủ chốt;cán bộ lãnh đạo chủ chốt',
		bao_cao_vien: 'báo cáo viên;tuyên truyền viên;BCV;TTV;BCV, TTV;báo cáo viên và tuyên truyền viên;BCV-TTV',
		cc_vc_nld_ngoai_dang:
			'CCVC ngoài Đảng;CC, VC, NLĐ ngoài Đảng;công chức, viên chức ngoài Đảng;CB, CC, VC, NLĐ ngoài Đảng;người lao động ngoài Đảng;cán bộ, công chức, viên chức, người lao động ngoài Đảng;ngoài Đảng;công chức, viên chức, người lao động chưa là đảng viên;người ngoài Đảng',
		hoi_vien_doan_vien:
			'hội viên;đoàn viên;đoàn viên, hội viên;HV, ĐV;hội viên và đoàn viên;đoàn viên và hội viên;ĐVHV;đoàn viên công đoàn;đoàn viên thanh niên',
		quan_chung: 'nhân dân;người dân;quần chúng nhân dân;cán bộ và nhân dân;QC;quần chúng, nhân dân',
		ho_gia_dinh: 'hộ gia đình;hộ dân;hộ;đại diện hộ;đại diện các hộ gia đình;chủ hộ'
	},
	channel: {
		cong_ttdt:
			'cổng TTĐT;trang TTĐT;cổng thông tin điện tử;trang thông tin điện tử;website;web;cổng/trang TTĐT;cổng thông tin;trang web;báo điện tử và cổng TTĐT;cổng, trang TTĐT',
		bao_in: 'báo;báo giấy;báo chí in;báo viết;tạp chí;báo Thái Nguyên',
		phat_thanh_truyen_hinh:
			'PTTH;PT-TH;phát thanh;truyền hình;đài phát thanh;đài truyền hình;đài PTTH;đài PT-TH;phát thanh và truyền hình;loa truyền thanh;truyền thanh;hệ thống truyền thanh;phát thanh - truyền hình',
		mang_xa_hoi: 'MXH;Facebook;Zalo;fanpage;YouTube;TikTok;Facebook, Zalo;Zalo, Facebook;trang mạng xã hội',
		ban_tin_noi_bo: 'bản tin;nội bộ;bản tin sinh hoạt chi bộ;thông báo nội bộ;tài liệu sinh hoạt chi bộ;bản tin chi bộ',
		pano_khau_hieu:
			'pano;pa nô;pa-nô;khẩu hiệu;băng rôn;băng-rôn;áp phích;pano, áp phích;pano, khẩu hiệu;băng rôn, khẩu hiệu;trực quan;tuyên truyền trực quan;pa nô, áp phích'
	},
	commendation: {
		giay_khen: 'GK;giấy khen của đơn vị;giấy khen cấp cơ sở;giấy khen của Đảng ủy',
		bang_khen_tinh_uy:
			'BK Tỉnh ủy;BK của Tỉnh ủy;bằng khen Tỉnh ủy;bằng khen của BTV Tỉnh ủy;bằng khen của Ban Thường vụ Tỉnh ủy',
		bang_khen_ubnd_tinh:
			'BK UBND tỉnh;BK của UBND tỉnh;bằng khen UBND tỉnh;bằng khen của Chủ tịch UBND tỉnh;bằng khen Chủ tịch UBND tỉnh;BK Chủ tịch UBND tỉnh;bằng khen cấp tỉnh;bằng khen của tỉnh',
		bang_khen_bo_nganh:
			'BK bộ, ngành;bằng khen bộ, ngành;bằng khen của bộ;bằng khen cấp bộ;BK của bộ;BK cấp bộ;bằng khen của bộ trưởng;bằng khen bộ, ngành trung ương',
		bang_khen_ttcp:
			'BK TTCP;BK của TTCP;bằng khen Thủ tướng;bằng khen của Thủ tướng;bằng khen TTCP;bằng khen Thủ tướng Chính phủ;BK Thủ tướng;BK của Thủ tướng Chính phủ',
		huan_chuong:
			'HC;Huân chương Lao động;HCLĐ;Huân chương Lao động hạng Ba;Huân chương Lao động hạng Nhì;Huân chương Lao động hạng Nhất;Huân chương Độc lập;Huân chương Lao động hạng III;Huân chương Lao động hạng II;Huân chương Lao động hạng I',
		bang_ldst: 'Bằng LĐST;LĐST;Lao động sáng tạo;bằng khen lao động sáng tạo;bằng lao động sáng tạo của Tổng LĐLĐ;BLĐST'
	},
	reason: {
		doi_moi_sang_tao: 'ĐMST;đổi mới;có thành tích đổi mới sáng tạo;đổi mới, sáng tạo',
		sang_che: 'có sáng chế;bằng sáng chế;bằng độc quyền sáng chế;sáng chế, giải pháp hữu ích',
		sang_kien: 'SK;có sáng kiến;sáng kiến kinh nghiệm;SKKN;SK kinh nghiệm',
		cai_tien_ky_thuat: 'CTKT;cải tiến kĩ thuật;cải tiến;cải tiến KT',
		hop_ly_hoa_san_xuat: 'HLHSX;hợp lí hóa sản xuất;hợp lý hóa SX;hợp lý hoá sản xuất',
		ung_dung_cong_nghe_moi: 'ứng dụng CN mới;ứng dụng công nghệ;áp dụng công nghệ mới;ƯDCN mới',
		chuyen_giao_cong_nghe_moi: 'CGCN;CGCN mới;chuyển giao công nghệ'
	},
	document_kind: {
		NQ: 'nghị quyết chuyên đề',
		CT: 'chỉ thị của cấp ủy',
		KL: 'thông báo kết luận',
		QĐ: 'QD;QĐ ban hành',
		QC: 'quy chế phối hợp',
		KH: 'kế hoạch thực hiện;kế hoạch triển khai',
		CTr: 'CTHĐ;chương trình hành động;chương trình công tác',
		HD: 'hướng dẫn thực hiện',
		BC: 'báo cáo sơ kết;báo cáo tổng kết;báo cáo kết quả',
		TB: 'thông báo của cấp ủy',
		TTr: 'tờ trình đề nghị',
		CV: 'công văn chỉ đạo;công văn triển khai'
	},
	rating: {
		xuat_sac: 'HTXSNV;HTXS;xuất sắc;HTXS nhiệm vụ;hoàn thành xuất sắc;hoàn thành XSNV',
		tot: 'HTTNV;HTT;tốt;hoàn thành tốt;HTT nhiệm vụ',
		hoan_thanh: 'HTNV;HT;hoàn thành',
		khong_hoan_thanh: 'KHTNV;KHT;không hoàn thành;chưa hoàn thành nhiệm vụ;ko hoàn thành nhiệm vụ'
	},
	report_kind: {
		thang: 'hằng tháng;hàng tháng;báo cáo tháng;BC tháng',
		quy: 'hằng quý;hàng quý;báo cáo quý;BC quý',
		'6_thang': '6T;sáu tháng;6 tháng đầu năm;6 tháng cuối năm;báo cáo 6 tháng;BC 6 tháng;nửa năm',
		'9_thang': '9T;chín tháng;9 tháng đầu năm;báo cáo 9 tháng;BC 9 tháng',
		nam: 'hằng năm;hàng năm;cả năm;báo cáo năm;BC năm;12 tháng',
		so_ket: 'giữa kỳ;báo cáo sơ kết;BC sơ kết',
		tong_ket: 'báo cáo tổng kết;BC tổng kết',
		chuyen_de: 'báo cáo chuyên đề;BC chuyên đề;theo chuyên đề',
		dot_xuat: 'báo cáo đột xuất;BC đột xuất;theo yêu cầu'
	},
	research_field: {
		tu_nhien: 'tự nhiên;KHTN;KH tự nhiên',
		ky_thuat_cong_nghe:
			'kỹ thuật và công nghệ;kỹ thuật, công nghệ;KHKT&CN;KH kỹ thuật và công nghệ;KHKT và CN;kỹ thuật công nghệ;khoa học kỹ thuật & công nghệ',
		y_duoc: 'y dược;y, dược;KH y, dược;khoa học y dược;KHYD',
		nong_nghiep: 'nông nghiệp;KH nông nghiệp;KHNN',
		xa_hoi: 'xã hội;KHXH;KH xã hội',
		nhan_van: 'nhân văn;KHNV;KH nhân văn'
	},
	currency: {
		VND: 'đồng;VNĐ;đ;₫;VN đồng;Việt Nam đồng;tiền Việt;tiền đồng;tiền Việt Nam',
		USD: 'đô la;đô;đôla;đô la Mĩ;đô Mỹ;dollar;US$;$;đô la Hoa Kỳ;US dollars;dollars',
		EUR: 'ơ-rô;euros;€;đồng Euro;đồng tiền chung châu Âu',
		JPY: 'yên;yen;đồng yên;Yên Nhật Bản;JP¥',
		KRW: 'won;uôn;đồng won;₩;Korean won',
		CNY: 'NDT;tệ;nhân dân tệ Trung Quốc;RMB;yuan;Chinese yuan;Trung Quốc tệ',
		TWD: 'NTD;Đài tệ;NT$;đô la Đài Loan;Taiwan dollar',
		SGD: 'đô Sing;đô Singapore;S$',
		HKD: 'đô Hồng Kông;HK$',
		GBP: 'bảng;£;pound;bảng Anh Quốc;pounds',
		CHF: 'franc;franc Thụy Sỹ;phrăng Thụy Sĩ;Swiss francs',
		THB: 'bạt;baht;bath Thái',
		AUD: 'đô Úc;đô la Úc;A$',
		CAD: 'đô Canada;C$',
		INR: 'rupee;rupi;₹',
		MYR: 'ringgit',
		RUB: 'rúp;rúp Nga;ruble',
		SEK: 'krona;curon Thụy Điển',
		DKK: 'krone;curon Đan Mạch'
	},
	country: {
		VN: 'Viet Nam;Vietnam;CHXHCN Việt Nam;trong nước;Việt nam;nước CHXHCN Việt Nam',
		US: 'Mỹ;Mĩ;USA;U.S.A;Hoa Kì;America;United States of America',
		JP: 'Nhật;Nhật Bản;Japan;JPN;nước Nhật',
		KR: 'Hàn;Hàn Quốc;Korea;Nam Hàn;Đại Hàn Dân Quốc;KOR;Republic of Korea;Korea, Republic of',
		CN: 'Trung Hoa;TQ;CHND Trung Hoa;PRC;Trung Quốc đại lục;CHN;P.R. China',
		TW: 'Đài Bắc;Đài Loan (Trung Quốc);Taiwan, China;TWN;Đài Loan, Trung Quốc;Đài Loan - Trung Quốc',
		HK: 'Hồng Kông;Hong Kong;Hongkong;Hồng Công;Hồng Kông (Trung Quốc)',
		MO: 'Ma Cao;Macao;Macau',
		SG: 'Sing;Xin-ga-po;Xingapo;Singapo',
		DE: 'CHLB Đức;Cộng hòa Liên bang Đức;DEU;nước Đức',
		GB: 'Anh;UK;Anh Quốc;England;Great Britain;Vương quốc Liên hiệp Anh và Bắc Ireland;Liên hiệp Anh;nước Anh',
		FR: 'Pháp quốc;Cộng hòa Pháp;FRA;nước Pháp',
		RU: 'Liên bang Nga;LB Nga;Russian Federation',
		AU: 'Ô-xtrây-li-a;Ôxtrâylia;Australia;AUS;nước Úc',
		IT: 'Ý;I-ta-li-a;Italia;nước Ý',
		ES: 'Tây Ban Nha',
		CH: 'Thụy Sỹ;Thuỵ Sĩ;Thuỵ Sỹ',
		NL: 'Holland;The Netherlands',
		CZ: 'Cộng hòa Séc;CH Séc;Tiệp;Tiệp Khắc;Czech;Czech Republic',
		SE: 'Thuỵ Điển',
		TH: 'Thái;Thailand',
		LA: 'CHDCND Lào;Lao PDR',
		KH: 'Cam-pu-chia;Cămpuchia',
		MY: 'Ma-lai-xi-a;Malayxia;Mã Lai',
		ID: 'In-đô-nê-xi-a;Inđônêxia',
		PH: 'Phi-líp-pin;Philippin;Phi Luật Tân',
		IN: 'nước Ấn Độ',
		NZ: 'Niu Di-lân;Niu Dilân;Tân Tây Lan',
		BR: 'Bra-xin;Braxin',
		CA: 'Ca-na-đa;Gia Nã Đại',
		IL: 'I-xra-en;Ixraen',
		PL: 'Ba-lan',
		KP: 'CHDCND Triều Tiên;Bắc Triều Tiên',
		AE: 'UAE;Các tiểu vương quốc Ả Rập thống nhất'
	},
	industry: {
		A: 'nông nghiệp;nông, lâm nghiệp và thủy sản;nông lâm thủy sản;nông, lâm, thủy sản;nông lâm nghiệp;lâm nghiệp;thủy sản;chăn nuôi;trồng trọt',
		B: 'khai thác mỏ;khai khoáng, khai thác mỏ;khai thác khoáng sản',
		C: 'chế biến, chế tạo;công nghiệp chế biến;CN chế biến, chế tạo;chế tạo;công nghiệp chế tạo;sản xuất',
		D: 'điện;sản xuất điện;điện, khí đốt;sản xuất và phân phối điện;năng lượng',
		E: 'cấp nước;xử lý rác thải;xử lý nước thải;nước, rác thải;cung cấp nước;môi trường',
		F: 'ngành xây dựng',
		G: 'thương mại;bán buôn, bán lẻ;bán buôn và bán lẻ;bán lẻ;bán buôn',
		H: 'vận tải;vận tải kho bãi;giao thông vận tải;logistics;kho bãi',
		I: 'lưu trú, ăn uống;dịch vụ lưu trú, ăn uống;khách sạn, nhà hàng;lưu trú và ăn uống;du lịch',
		J: 'thông tin, truyền thông;TT&TT;TTTT;CNTT;công nghệ thông tin;viễn thông',
		K: 'tài chính, ngân hàng;tài chính, ngân hàng, bảo hiểm;ngân hàng;tài chính;bảo hiểm',
		L: 'bất động sản;BĐS;kinh doanh bất động sản',
		M: 'KH&CN;KHCN;khoa học và công nghệ;chuyên môn, khoa học và công nghệ;hoạt động khoa học và công nghệ;hoạt động chuyên môn',
		N: 'hành chính và dịch vụ hỗ trợ',
		O: 'quản lý nhà nước;an ninh quốc phòng;QLNN',
		P: 'giáo dục;GD&ĐT;GDĐT;đào tạo;giáo dục đào tạo',
		Q: 'y tế;trợ giúp xã hội',
		R: 'nghệ thuật;vui chơi giải trí;nghệ thuật, vui chơi, giải trí',
		S: 'dịch vụ khác',
		T: 'làm thuê trong hộ gia đình',
		U: 'tổ chức quốc tế;cơ quan quốc tế'
	},
	report_state: {
		complete: 'đủ;đúng hạn;đã nộp;đã gửi;đủ, đúng hạn',
		late: 'muộn;trễ;trễ hạn;quá hạn;nộp chậm;chậm;gửi muộn',
		missing: 'thiếu;chưa nộp;không gửi;chưa có báo cáo;không nộp'
	},
	block: {
		dang: 'khối Đảng;cơ quan Đảng;các cơ quan Đảng',
		chinh_quyen: 'khối chính quyền;khối nhà nước;sở, ngành;khối sở, ngành;cơ quan nhà nước',
		doan_the:
			'đoàn thể;MTTQ, đoàn thể;khối đoàn thể;Mặt trận Tổ quốc, đoàn thể;MTTQ và các đoàn thể;mặt trận và đoàn thể;khối Mặt trận, đoàn thể',
		giao_duc: 'GD;GD&ĐT;khối giáo dục;giáo dục và đào tạo;khối trường học;trường học',
		y_te: 'khối y tế;ngành y tế',
		doanh_nghiep: 'DN;khối doanh nghiệp;khối DN'
	},
	tier: {
		tinh: 'tỉnh;trung ương và tỉnh',
		huyen: 'huyện;cấp huyện, thị xã, thành phố',
		xa: 'xã;phường;xã, phường;cấp xã, phường;xã, phường, thị trấn;cấp phường',
		truc_thuoc: 'đơn vị trực thuộc'
	},
	unit_kind: {
		dang_bo_co_so: 'ĐBCS;đảng bộ CS;đảng ủy cơ sở',
		chi_bo_co_so: 'CBCS;chi bộ CS',
		chi_bo_truc_thuoc: 'CBTT;chi bộ TT',
		doan_tn: 'Đoàn TN;ĐTN;Đoàn TNCS Hồ Chí Minh;Đoàn Thanh niên Cộng sản Hồ Chí Minh',
		hoi_ccb: 'CCB;Hội CCB',
		hoi_pn: 'HPN;Hội LHPN;Hội Liên hiệp Phụ nữ',
		hoi_nd: 'HND;Hội ND',
		mttq: 'MTTQ;UBMTTQ;Ủy ban MTTQ;Mặt trận',
		cong_doan: 'CĐ;LĐLĐ;Liên đoàn Lao động',
		so_nganh: 'sở;sở, ngành;ban, ngành;sở ngành;sở ban ngành',
		truong_hoc: 'trường;trường đại học;trường THPT',
		benh_vien: 'BV;bệnh viện đa khoa',
		don_vi_su_nghiep: 'ĐVSN;đơn vị sự nghiệp;đơn vị sự nghiệp công lập',
		doanh_nghiep: 'DN;công ty'
	}
};
