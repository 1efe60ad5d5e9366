//! A *choice* is a closed list of words: an enum with its spelling in documents and its labels. Those of
//! columns are here, but for the keys of settings (see `setting`).

use serde::{Serialize, Serializer};

/// `a`, `b`, `c`, each in backticks.
pub(crate) fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

macro_rules! choices {
    ($($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident = $word:literal, $vi:literal, $en:literal;)* })*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $vdoc])* $variant,)* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            pub(crate) const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word in documents.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The label for people.
            #[must_use]
            pub fn label(self) -> $crate::locale::Bilingual {
                match self { $(Self::$variant => $crate::locale::Bilingual { vi: $vi, en: $en }),* }
            }

            /// The value that a word in documents stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Error;

            fn from_str(word: &str) -> Result<Self, $crate::Error> {
                Self::from_word(word).ok_or_else(|| $crate::Error::BadChoice {
                    found: $crate::personal::shown(word, false).into(),
                    wanted: $crate::choice::quoted(Self::WORDS),
                })
            }
        }
    )*};
}
pub(crate) use choices;

choices! {
    /// Level of a unit (cấp). A village is not a tier of government; it shares the tree.
    Level {
        /// Cấp tỉnh.
        Province = "province", "cấp tỉnh", "provincial level";
        /// Cấp huyện, ended on 30/6/2025.
        District = "district", "cấp huyện", "district level";
        /// Cấp xã.
        Commune = "commune", "cấp xã", "commune level";
        /// Thôn, tổ dân phố, khu dân cư.
        Village = "village", "thôn, khu dân cư", "village";
    }
    /// Kind of a team (loại tổ).
    TeamKind {
        /// Ban Chỉ đạo Chuyển đổi số.
        Committee = "committee", "Ban Chỉ đạo chuyển đổi số", "digital transformation steering committee";
        /// Tổ Chỉ đạo triển khai công nghệ số cộng đồng.
        Steering = "steering", "Tổ Chỉ đạo triển khai công nghệ số cộng đồng", "steering team for community digital technology";
        /// Tổ công nghệ số cộng đồng.
        Community = "community", "Tổ công nghệ số cộng đồng", "community digital technology team";
    }
    /// Role in a team (vai trò trong Tổ).
    Role {
        /// Tổ trưởng; Trưởng ban.
        Head = "head", "Tổ trưởng", "head";
        /// Tổ phó thường trực; Phó Trưởng ban thường trực.
        StandingDeputy = "standing_deputy", "Tổ phó thường trực", "standing deputy";
        /// Tổ phó; Phó Trưởng ban.
        Deputy = "deputy", "Tổ phó", "deputy";
        /// Thư ký.
        Secretary = "secretary", "Thư ký", "secretary";
        /// Tổ viên; Ủy viên.
        Member = "member", "Tổ viên", "member";
    }
    /// What became of an old unit in a new one.
    Extent {
        /// The same unit goes on, under a new name, kind, parent or code.
        Continues = "continues", "tiếp nối", "continues";
        /// All of the old unit went into the new one.
        Whole = "whole", "toàn bộ", "whole";
        /// A part of the old unit went into the new one.
        Part = "part", "một phần", "part";
        /// The source does not say.
        Unknown = "unknown", "chưa rõ", "unknown";
    }
    /// Sex as registered.
    Sex {
        /// Nam.
        Male = "male", "nam", "male";
        /// Nữ.
        Female = "female", "nữ", "female";
    }
    /// How far a text binds (căn cứ).
    Force {
        /// A law, a decree, a decision: must be followed.
        Binding = "binding", "bắt buộc", "binding";
        /// Guidance: "có thể", "khuyến nghị".
        Recommended = "recommended", "khuyến nghị", "recommended";
        /// What is done somewhere, or this library's default.
        Practice = "practice", "tham khảo", "practice";
    }
    /// A severity as a policy sets it.
    Weight {
        /// Must fix.
        Error = "error", "Phải khắc phục", "Must fix";
        /// Review.
        Warning = "warning", "Cần rà soát", "Review";
        /// Note.
        Info = "info", "Lưu ý", "Note";
        /// The rule is silent.
        Off = "off", "Không áp dụng", "Off";
    }
    /// How a text says by when something is due.
    Due {
        /// Trước ngày: the day before the one named is the last good day.
        Before = "before", "trước ngày", "before";
        /// Chậm nhất ngày, đến hết ngày: the day named is the last good day.
        OnOrBefore = "on_or_before", "chậm nhất ngày", "on or before";
        /// Ngày thứ n của tháng: a day of the month in which the period or event ends, or of a later month.
        MonthDay = "month_day", "vào một ngày trong tháng", "day of the month";
        /// Cuối tháng: the last day of such a month.
        MonthEnd = "month_end", "cuối tháng", "end of the month";
        /// Trong thời hạn: so many days, weeks ... after a period or event.
        After = "after", "trong một thời hạn, tính từ ngày bắt đầu", "within a term";
    }
    /// What a term counts (Civil Code 2015, Article 144).
    Counted {
        /// Calendar days.
        Days = "days", "ngày", "days";
        /// Days on which offices of the state work.
        WorkingDays = "working_days", "ngày làm việc", "working days";
        /// Weeks.
        Weeks = "weeks", "tuần", "weeks";
        /// Months.
        Months = "months", "tháng", "months";
        /// Years.
        Years = "years", "năm", "years";
    }
    /// Where a due day goes that is no working day.
    Adjust {
        /// It stays: the text does not say that it moves.
        None = "none", "giữ nguyên", "stays";
        /// To the next working day (Civil Code 2015, Article 148.5).
        Following = "following", "chuyển sang ngày làm việc kế tiếp", "moves to the next working day";
        /// To the last working day before it.
        Preceding = "preceding", "chuyển về ngày làm việc liền trước", "moves to the working day before";
    }
    /// By which calendar a holiday comes back.
    Reckoning {
        /// Each week.
        Week = "week", "hằng tuần", "each week";
        /// Each year of the solar calendar.
        Solar = "solar", "dương lịch", "solar calendar";
        /// Each year of the Vietnamese lunar calendar.
        Lunar = "lunar", "âm lịch", "lunar calendar";
    }
    /// What a decision made of a day.
    Work {
        /// A day off.
        Off = "off", "nghỉ", "off";
        /// A working day.
        Working = "working", "làm việc", "working";
    }
    /// Who owes what an obligation asks for.
    Who {
        /// Each unit.
        Unit = "unit", "đơn vị", "unit";
        /// Each team that a unit manages.
        Team = "team", "Tổ", "team";
        /// Each member of such a team.
        Member = "member", "thành viên Tổ", "member of a team";
    }
    /// What makes a duty arise, other than the calendar.
    Trigger {
        /// Somebody becomes a member of a team (tham gia Tổ).
        Appointment = "appointment", "khi tham gia Tổ", "appointment";
        /// A row of `events`: a letter received, a decision ...
        Event = "event", "khi có việc phát sinh", "event";
    }
    /// When a duty is done.
    Test {
        /// On the first day on which the unit has villages and a community team in force serves each of them.
        VillagesCovered = "villages_covered", "mọi thôn, khu dân cư có Tổ", "every village has a team";
        /// On the first day on which a decision was signed that a community team of the unit, or of one then below it, names.
        DecisionIssued = "decision_issued", "đã ban hành quyết định thành lập", "a decision was issued";
        /// On the first day of a row of `completions` that says so, from the first day of the term on.
        Recorded = "recorded", "được ghi nhận hoàn thành", "recorded as done";
        /// On the day on which a periodic report of its form for the period was received, unless it was sent back and nothing came since.
        Reported = "reported", "đã gửi báo cáo", "reported";
    }
    /// How a figure counts (cách tính số liệu).
    Counting {
        /// What happened in the period: a flow.
        InPeriod = "in_period", "trong kỳ", "in the period";
        /// What happened since the first of the year: a flow, entered as its sum so far.
        YearToDate = "year_to_date", "lũy kế từ đầu năm", "year to date";
        /// What there is at the cut-off: a stock.
        AtCutOff = "at_cut_off", "đến thời điểm chốt số liệu", "at the cut-off";
    }
    /// How figures of several units make one.
    OverUnits {
        /// Their sum.
        Sum = "sum", "tổng", "sum";
        /// The greatest.
        Maximum = "maximum", "lớn nhất", "maximum";
        /// They make none.
        None = "none", "không tổng hợp", "none";
    }
    /// How figures of several periods make one.
    OverPeriods {
        /// Their sum.
        Sum = "sum", "tổng", "sum";
        /// The last.
        Last = "last", "số cuối kỳ", "last";
        /// They make none.
        None = "none", "không tổng hợp", "none";
    }
    /// Kind of a report (Decree 09/2019/NĐ-CP, Article 4).
    ReportKind {
        /// Báo cáo định kỳ.
        Periodic = "periodic", "định kỳ", "periodic";
        /// Báo cáo chuyên đề.
        Thematic = "thematic", "chuyên đề", "thematic";
        /// Báo cáo đột xuất.
        AdHoc = "ad_hoc", "đột xuất", "ad hoc";
    }
    /// How far a report has come.
    ReportState {
        /// Not sent yet: it is looked at by nobody else.
        Draft = "draft", "Đang soạn", "Draft";
        /// Sent, and waits for approval.
        Submitted = "submitted", "Đã gửi, chờ duyệt", "Submitted";
        /// Sent back to be mended: until it comes again it does no duty and is in no sum of those below a unit; what is said of it stays.
        Returned = "returned", "Trả lại để chỉnh sửa", "Returned";
        /// Approved.
        Approved = "approved", "Đã duyệt", "Approved";
        /// Its figures are final.
        Locked = "locked", "Đã chốt số liệu", "Locked";
        /// Opened again for a correction.
        Reopened = "reopened", "Mở lại để đính chính", "Reopened";
    }
    /// Who fills in a form: a team, or a unit of a level.
    Filler {
        /// Tổ.
        Team = "team", "Tổ", "team";
        /// Thôn, khu dân cư.
        Village = "village", "thôn, khu dân cư", "village";
        /// Cấp xã.
        Commune = "commune", "cấp xã", "commune level";
        /// Cấp huyện.
        District = "district", "cấp huyện", "district level";
        /// Cấp tỉnh.
        Province = "province", "cấp tỉnh", "provincial level";
    }
}

impl Role {
    pub(crate) fn is_deputy(self) -> bool {
        matches!(self, Self::Deputy | Self::StandingDeputy)
    }
}

impl Serialize for Force {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
