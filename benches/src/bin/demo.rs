//! The main job, to be read in an 80-column terminal: the register of Hải Dương on 17/5/2022, published against computed,
//! and the findings of a made-up province. Vietnamese, or English with `LOCALE=en`.

use benches::{hai_duong, minh_hoa};
use chrono::NaiveDate;
use cnscd::{
    Bilingual, Checked, Error, Level, Locale, Names, Policy, Query, RULES, Register, RollUpQuery, RollUpRow,
    Sex, Share, TeamKind, When, text,
};
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, TableComponent};
use std::cell::RefCell;
use std::fmt::{self, Write as _};
use std::io::{ErrorKind, Write as _};
use std::time::{Duration, Instant};

const WIDTH: u16 = 80;
const OUT: &str = "out";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let locale = std::env::var("LOCALE").map_or(Ok(Locale::Vi), |word| word.parse())?;
    let page = Page { locale, out: RefCell::default() };
    let policy = Policy::preset("national-2022")?;

    let document = hai_duong();
    let started = Instant::now();
    let register = Register::from_json(&document)?;
    let read = started.elapsed();
    let started = Instant::now();
    let checked = register.check(&policy, day(2022, 5, 17)?)?;
    let check = started.elapsed();
    let april = register.check(&policy, day(2022, 4, 5)?)?;

    page.title(
        "TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG TỈNH HẢI DƯƠNG, NGÀY 17/5/2022",
        "COMMUNITY DIGITAL TECHNOLOGY TEAMS OF HẢI DƯƠNG, 17 MAY 2022",
    );
    page.text(
        "Đơn vị hành chính và các tổng số là số liệu đã công bố. Thôn, khu dân cư, nhân sự và mọi ngày khác ngoài 21/3, 26/3 \
         và 05/4/2022 là số liệu giả định để minh họa.",
        "Units and totals are as published. Villages, people and all days but 21 March, 26 March and 5 April 2022 are made up.",
    );
    page.published(&checked, &april)?;
    page.districts(&checked)?;
    let present = checked.findings(&Query { when: When::Present, ..Query::default() })?.len();
    page.text(
        &format!("Nội dung cần rà soát tại Hải Dương ngày 17/5/2022: {present}."),
        &format!("Findings in Hải Dương on 17 May 2022: {present}."),
    );

    let (made_up, planted) = minh_hoa();
    let province = Register::from_json(&made_up)?.check(&policy, day(2022, 12, 31)?)?;
    page.title(
        "NỘI DUNG CẦN RÀ SOÁT TẠI TỈNH MINH HỌA, NGÀY 31/12/2022",
        "FINDINGS IN MINH HỌA PROVINCE, 31 DECEMBER 2022",
    );
    page.text(
        &format!(
            "Tỉnh Minh Họa (mã 99) không có thật; {} nội dung chưa đúng được đưa vào hồ sơ để thử quy tắc. Người được ghi bằng \
             mã; họ tên chỉ hiện khi người dùng yêu cầu.",
            planted.len()
        ),
        &format!(
            "Minh Họa province (code 99) does not exist; {} mistakes were planted in its register to try the rules. People are \
             shown by their ids; names only where a caller asks for them.",
            planted.len()
        ),
    );
    page.findings(&province)?;

    page.size(&register, &document, read, check);
    std::fs::create_dir_all(OUT)?;
    std::fs::write(format!("{OUT}/hai-duong.json"), &document)?;
    std::fs::write(format!("{OUT}/minh-hoa.json"), &made_up)?;
    page.text(
        "Hai hồ sơ đã ghi vào out/hai-duong.json và out/minh-hoa.json.",
        "Both registers are in out/hai-duong.json and out/minh-hoa.json.",
    );
    match std::io::stdout().write_all(page.out.borrow().as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

fn day(year: i32, month: u32, day: u32) -> Result<NaiveDate, Error> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| Error::BadDay(format!("{year}-{month}-{day}")))
}

struct Page {
    locale: Locale,
    /// What was printed; it goes out at once, so that a reader who stops reading (`| head`) is no error.
    out: RefCell<String>,
}

impl Page {
    fn print(&self, line: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out.borrow_mut(), "{line}");
    }

    fn pick<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        match self.locale {
            Locale::Vi => vi,
            Locale::En => en,
        }
    }

    fn label(&self, label: Bilingual) -> &'static str {
        self.pick(label.vi, label.en)
    }

    fn title(&self, vi: &str, en: &str) {
        self.print(format_args!("\n{}\n{}", self.pick(vi, en), "═".repeat(WIDTH.into())));
    }

    fn text(&self, vi: &str, en: &str) {
        self.print(format_args!("{}", textwrap::fill(self.pick(vi, en), usize::from(WIDTH))));
    }

    /// A number with the language's mark of thousands.
    fn number(&self, n: usize) -> String {
        let digits = n.to_string();
        let mut out = String::new();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                out.push_str(self.pick(".", ","));
            }
            out.push(digit);
        }
        out
    }

    fn share(&self, share: Share) -> String {
        format!("{}/{}", self.number(share.part as usize), self.number(share.whole as usize))
    }

    fn table(&self, head: &[(&str, &str)], rows: Vec<Vec<String>>) {
        let mut table = Table::new();
        table
            .load_preset(UTF8_HORIZONTAL_ONLY)
            .set_width(WIDTH)
            .set_content_arrangement(ContentArrangement::Dynamic);
        for line in [
            TableComponent::HorizontalLines,
            TableComponent::LeftBorderIntersections,
            TableComponent::MiddleIntersections,
            TableComponent::RightBorderIntersections,
        ] {
            table.remove_style(line);
        }
        table.set_header(head.iter().map(|(vi, en)| self.pick(vi, en)));
        table.add_rows(rows);
        for (position, column) in table.column_iter_mut().enumerate() {
            if position == 0 {
                column.set_constraint(ColumnConstraint::ContentWidth);
            } else {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        self.print(format_args!("{table}"));
    }

    #[expect(clippy::too_many_lines, reason = "one table, a line a figure")]
    fn published(&self, may: &Checked, april: &Checked) -> Result<(), Error> {
        use Level::{Commune, District, Province, Village};
        use TeamKind::{Community, Steering};
        let row = |checked: &Checked, code: &str| -> Result<RollUpRow, Error> {
            let rows = checked.roll_up(&RollUpQuery { unit: Some(code.into()), level: None })?.rows;
            rows.into_iter().next().ok_or_else(|| Error::UnknownUnit(code.into()))
        };
        let with = |row: &RollUpRow, level, kind| {
            self.share(Share { part: row.measures.units_with(level, kind), whole: row.measures.units(level) })
        };
        let province = row(may, "30")?;
        let communes = may.roll_up(&RollUpQuery { unit: Some("30".into()), level: Some(Commune) })?.rows;
        let set_up = communes.iter().filter(|row| row.measures.teams(Commune, Community) > 0).count();
        let set_up = format!("{set_up}/{}", communes.len());
        let (gia_loc, toan_thang) = (row(april, "297")?, row(may, "11044")?);
        let number = |n: u32| self.number(n as usize);
        let all = [
            (
                "Tổ Chỉ đạo cấp tỉnh: thành viên",
                "Provincial steering team: members",
                "113",
                number(province.measures.members(Province, Steering)),
            ),
            (
                "Huyện, thị xã, thành phố có Tổ Chỉ đạo",
                "Districts with a steering team",
                "12/12",
                with(&province, District, Steering),
            ),
            ("  thành viên", "  members", "357", number(province.measures.members(District, Steering))),
            (
                "Xã, phường, thị trấn có Tổ Chỉ đạo",
                "Communes with a steering team",
                "107/235",
                with(&province, Commune, Steering),
            ),
            (
                "  thành viên",
                "  members",
                &self.number(1499),
                number(province.measures.members(Commune, Steering)),
            ),
            ("Xã, phường, thị trấn đã thành lập Tổ", "Communes that set up village teams", "235/235", set_up),
            (
                "  số Tổ công nghệ số cộng đồng",
                "  community teams",
                &self.number(1340),
                number(province.measures.teams(Commune, Community)),
            ),
            (
                "  thành viên",
                "  members",
                &self.number(6891),
                number(province.measures.members(Commune, Community)),
            ),
            (
                "Gia Lộc, ngày 05/4/2022: Tổ Chỉ đạo huyện",
                "Gia Lộc, 5 April 2022: district steering team",
                "1",
                number(gia_loc.measures.teams(District, Steering)),
            ),
            (
                "  xã có Tổ Chỉ đạo",
                "  communes with a steering team",
                "18/18",
                with(&gia_loc, Commune, Steering),
            ),
            (
                "  thôn, khu dân cư có Tổ",
                "  villages with a team",
                "104/104",
                with(&gia_loc, Village, Community),
            ),
            (
                "Xã Toàn Thắng: số Tổ",
                "Toàn Thắng commune: community teams",
                "4",
                number(toan_thang.measures.teams(Commune, Community)),
            ),
            ("  thành viên", "  members", "20", number(toan_thang.measures.members(Commune, Community))),
        ];
        self.print(format_args!(
            "\n{}",
            self.pick(
                "1. Số liệu công bố và số liệu tính từ hồ sơ",
                "1. Published figures and figures computed from the register"
            )
        ));
        let rows = all.iter().map(|(vi, en, published, computed)| {
            let verdict = if published == computed {
                self.pick("khớp", "equal")
            } else {
                self.pick("LỆCH", "DIFFERENT")
            };
            vec![self.pick(vi, en).into(), (*published).into(), computed.clone(), verdict.into()]
        });
        let head = [("Nội dung", "What"), ("Công bố", "Published"), ("Tính từ hồ sơ", "Computed"), ("", "")];
        self.table(&head, rows.collect());
        self.text(
            "Nguồn: Bộ TT&TT, số liệu ngày 17/5/2022; Báo Hải Dương, 05/4/2022; Trung ương Đoàn, 07/4/2022.",
            "Sources: Ministry of Information and Communications, 17 May 2022; Hải Dương newspaper, 5 April 2022; Youth Union, \
             7 April 2022.",
        );
        Ok(())
    }

    fn districts(&self, checked: &Checked) -> Result<(), Error> {
        use Level::{Commune, District};
        use TeamKind::{Community, Steering};
        self.print(format_args!("\n{}", self.pick("2. Kết quả theo đơn vị cấp huyện", "2. By district")));
        let mut rows = checked.roll_up(&RollUpQuery { unit: None, level: Some(District) })?.rows;
        rows.sort_by(|a, b| text::compare(&a.name, &b.name));
        let cells = rows.iter().map(|row| {
            let m = &row.measures;
            let members = [(District, Steering), (Commune, Steering), (Commune, Community)];
            let members: u32 = members.iter().map(|&(level, kind)| m.members(level, kind)).sum();
            vec![
                row.name.clone(),
                self.share(Share { part: m.units_with(Commune, Steering), whole: m.units(Commune) }),
                m.villages_covered().map_or_else(|| "–".into(), |share| self.share(share)),
                self.number(m.teams(Commune, Community) as usize),
                self.number(members as usize),
                self.share(Share { part: m.sex(Some(Sex::Female)), whole: members }),
            ]
        });
        let head = [
            ("Đơn vị", "District"),
            ("Xã có Tổ Chỉ đạo", "Communes with a steering team"),
            ("Thôn, KDC có Tổ", "Villages with a team"),
            ("Số Tổ", "Community teams"),
            ("Thành viên các Tổ", "Members of all teams"),
            ("Nữ", "Women"),
        ];
        self.table(&head, cells.collect());
        self.text(
            "Số Tổ Chỉ đạo cấp xã và số Tổ của từng huyện (trừ Gia Lộc), số nữ: giả định, chỉ tổng số là số công bố.",
            "Figures of single districts (but for Gia Lộc) and of women are made up; only the totals are published.",
        );
        Ok(())
    }

    fn findings(&self, checked: &Checked) -> Result<(), Error> {
        let names = Names::Hidden;
        for severity in cnscd::Severity::ALL {
            for rule in RULES.iter().filter(|rule| rule.severity == *severity) {
                let found = checked.findings(&Query { code: Some(rule.code.into()), ..Query::default() })?;
                // A finding that still holds says more than one that is past.
                let Some(example) = found.iter().find(|finding| finding.is_present()).or(found.first())
                else {
                    continue;
                };
                let present = found.iter().filter(|finding| finding.is_present()).count();
                let counts = match self.locale {
                    Locale::Vi => format!("đang còn {present:02}, đã kết thúc {:02}", found.len() - present),
                    Locale::En => format!("present {present}, past {}", found.len() - present),
                };
                self.print(format_args!(
                    "\n{} {}\n  {} · {counts}",
                    rule.code,
                    self.label(rule.title),
                    self.label(severity.label())
                ));
                let basis = match example.basis() {
                    Some(basis) => {
                        format!("{} ({})", self.pick(&basis.vi, &basis.en), self.label(basis.force.label()))
                    }
                    None => self.label(rule.ground()).into(),
                };
                for (head, body) in [
                    (self.pick("Ví dụ: ", "Example: "), example.text(self.locale, names)),
                    (self.pick("Xử lý: ", "Remedy: "), example.remedy(self.locale, names)),
                    (self.pick("Dựa vào: ", "Basis: "), basis),
                ] {
                    let indent = " ".repeat(2 + 9);
                    let first = format!("  {head:<9}");
                    let options = textwrap::Options::new(WIDTH.into())
                        .initial_indent(&first)
                        .subsequent_indent(&indent);
                    self.print(format_args!("{}", textwrap::fill(&body, options)));
                }
            }
        }
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
