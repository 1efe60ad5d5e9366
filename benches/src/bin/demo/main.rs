//! The main job, to be read in an 80-column terminal: the register of Hải Dương on 17/5/2022, published against computed,
//! its duties, agendas of a district and a commune, and the findings, duties and reports of a made-up province. Vietnamese, or English with `LOCALE=en`.

mod agenda;
mod duties;
mod edit;
mod findings;
mod hai_duong;
mod page;
mod reports;

use benches::{hai_duong, minh_hoa, minh_hoa_policy, minh_hoa_reports};
use chrono::NaiveDate;
use cnscd::{Checked, Error, Locale, Policy, Query, RULES, Register, Reports, When};
use page::Page;
use std::cell::RefCell;
use std::io::{ErrorKind, Write as _};
use std::time::{Duration, Instant};

const OUT: &str = "out";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let locale = std::env::var("LOCALE").map_or(Ok(Locale::Vi), |word| word.parse())?;
    let page = Page { locale, out: RefCell::default() };

    let (document, policy) = (hai_duong(), Policy::preset("hai-duong-2022")?);
    let started = Instant::now();
    let register = Register::from_json(&document)?;
    let read = started.elapsed();
    let started = Instant::now();
    let checked = register.check(&policy, day(2022, 5, 17)?)?;
    let check = started.elapsed();
    let april = register.check(&policy, day(2022, 4, 5)?)?;
    page.real_units(&checked, &april)?;
    page.agendas(&register)?;

    let ((made_up, planted), (sent, planted_in_reports)) = (minh_hoa(), minh_hoa_reports());
    let policy = Policy::from_json(minh_hoa_policy())?;
    let facts = Register::from_json(&made_up)?;
    let reports = Reports::from_json(&facts, &sent)?;
    let mut province = facts.with_reports(&reports)?.check(&policy, day(2022, 12, 31)?)?;
    page.made_up_units(&province, planted.len() + planted_in_reports.len())?;
    page.reports(&province)?;
    page.preview(&province)?;
    let lines = findings::lines(&province, locale)?;
    page.one_edit(&mut province)?;

    page.size(&register, &document, read, check);
    std::fs::create_dir_all(OUT)?;
    std::fs::write(format!("{OUT}/hai-duong.json"), &document)?;
    std::fs::write(format!("{OUT}/minh-hoa.json"), &made_up)?;
    std::fs::write(format!("{OUT}/minh-hoa-reports.json"), &sent)?;
    std::fs::write(format!("{OUT}/minh-hoa-policy.json"), minh_hoa_policy())?;
    std::fs::write(format!("{OUT}/minh-hoa.txt"), lines)?;
    page.text(
        "Đã ghi: out/hai-duong.json; out/minh-hoa.json, báo cáo out/minh-hoa-reports.json, quy định out/minh-hoa-policy.json và \
         toàn bộ nội dung cần rà soát out/minh-hoa.txt.",
        "Written: out/hai-duong.json; out/minh-hoa.json with its reports out/minh-hoa-reports.json, its policy \
         out/minh-hoa-policy.json and all findings out/minh-hoa.txt.",
    );
    match std::io::stdout().write_all(page.out.borrow().as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

fn day(year: i32, month: u32, day: u32) -> Result<NaiveDate, Error> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| Error::BadDay(format!("{year}-{month}-{day}")))
}

impl Page {
    fn real_units(&self, may: &Checked, april: &Checked) -> Result<(), Box<dyn std::error::Error>> {
        self.title(
            "TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG TỈNH HẢI DƯƠNG, NGÀY 17/5/2022",
            "COMMUNITY DIGITAL TECHNOLOGY TEAMS OF HẢI DƯƠNG, 17 MAY 2022",
        );
        self.text(
            "Đơn vị hành chính và các tổng số là số liệu đã công bố. Thôn, khu dân cư, nhân sự, cơ quan cử người tham gia và mọi \
             ngày khác ngoài 21/3, 26/3, 05/4 và 17/5/2022 là số liệu giả định để minh họa.",
            "Units and totals are as published. Villages, people, who sent them, and all days but 21 March, 26 March, 5 April and \
             17 May 2022 are made up.",
        );
        self.published(may, april)?;
        self.districts(may)?;
        self.duties_by_district(may)?;
        let present = may.findings(&Query { when: When::Present, ..Query::default() })?.len();
        self.text(
            &format!("\nNội dung cần rà soát tại Hải Dương ngày 17/5/2022: {present}."),
            &format!("\nFindings in Hải Dương on 17 May 2022: {present}."),
        );
        Ok(())
    }

    fn made_up_units(&self, province: &Checked, planted: usize) -> Result<(), Box<dyn std::error::Error>> {
        self.title(
            "NỘI DUNG CẦN RÀ SOÁT TẠI TỈNH MINH HỌA, NGÀY 31/12/2022",
            "FINDINGS IN MINH HỌA PROVINCE, 31 DECEMBER 2022",
        );
        let found = province.findings(&Query::default())?.len();
        self.text(
            &format!(
                "Tỉnh Minh Họa (mã 99) và quy định của tỉnh không có thật; {planted} nội dung chưa đúng được đưa vào hồ sơ và các báo \
                 cáo để thử {} quy tắc, rà soát thấy {found}. Người được ghi bằng mã; họ tên chỉ hiện khi người dùng yêu cầu.",
                RULES.len()
            ),
            &format!(
                "Minh Họa province (code 99) and its policy do not exist; {planted} mistakes were planted in its register and reports \
                 to try {} rules, and {found} were found. People are shown by their ids; names only where a caller asks for them.",
                RULES.len()
            ),
        );
        self.duties_to_look_at(province)?;
        self.findings(province)?;
        Ok(())
    }

    fn size(&self, register: &Register, document: &str, read: Duration, check: Duration) {
        let rows: usize = register.counts().map(|(_, count)| count).sum();
        let milliseconds = |time: Duration| {
            let text = format!("{:.1}", time.as_secs_f64() * 1000.0);
            if self.locale == Locale::Vi { text.replace('.', ",") } else { text }
        };
        let (bytes, rows) = (self.number(document.len()), self.number(rows));
        let (read, check) = (milliseconds(read), milliseconds(check));
        self.title("QUY MÔ VÀ THỜI GIAN", "SIZE AND TIME");
        self.text(
            &format!(
                "Hồ sơ Hải Dương: {bytes} byte, {rows} dòng; đọc {read} ms, rà soát theo {} quy tắc {check} ms, trên một lõi xử lý.",
                RULES.len()
            ),
            &format!(
                "The register of Hải Dương: {bytes} bytes, {rows} rows; read in {read} ms, checked by {} rules in {check} ms, on \
                 one core.",
                RULES.len()
            ),
        );
    }
}
