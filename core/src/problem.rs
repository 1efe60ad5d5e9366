//! A *problem* is something in a document that cannot become a fact: what, where, and what would be right.

use crate::facts::Row;
use crate::locale::{Bilingual, Locale, fill};
use serde::Serialize;
use serde::ser::SerializeMap;
use std::fmt;

/// Where in a document: `people[7].born`, rows counted from 0 as in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Position of the table in the description; orders problems.
    pub(crate) order: usize,
    /// The table; none for the document itself.
    pub table: Option<&'static str>,
    /// The row, from 0; none for the whole table.
    pub row: Option<u32>,
    /// Position of the column in the description; orders problems.
    pub(crate) column_order: usize,
    /// The column; none for the whole row.
    pub column: Option<&'static str>,
    /// The item of a list, from 0.
    pub item: Option<u32>,
}

impl Place {
    /// The place of a column of a row that was read.
    pub(crate) fn of<T: Row>(row: usize, column: &str) -> Self {
        let at = T::TABLE.columns.iter().position(|own| own.name == column);
        Self {
            order: T::ORDER,
            table: Some(T::NAME),
            row: u32::try_from(row).ok(),
            column_order: at.map_or(0, |at| at + 1),
            column: at.and_then(|at| T::TABLE.columns.get(at)).map(|own| own.name),
            item: None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.table.unwrap_or("document"))?;
        if let Some(row) = self.row {
            write!(f, "[{row}]")?;
        }
        if let Some(column) = self.column {
            write!(f, ".{column}")?;
        }
        if let Some(item) = self.item {
            write!(f, "[{item}]")?;
        }
        Ok(())
    }
}

/// A kind of problem: its code and its text, with `{found}` and `{wanted}` to fill.
#[derive(Debug)]
pub struct ProblemKind {
    /// The code, stable over versions.
    pub code: &'static str,
    /// The text.
    pub text: Bilingual,
}

/// One thing wrong in a document. Personal values in it are `***`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub(crate) place: Place,
    pub(crate) kind: &'static ProblemKind,
    pub(crate) found: Box<str>,
    pub(crate) wanted: Box<str>,
    /// What is wanted, in Vietnamese, where it is a text.
    pub(crate) wanted_vi: Option<Box<str>>,
}

impl PartialEq for ProblemKind {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}
impl Eq for ProblemKind {}

impl Problem {
    pub(crate) fn new(place: Place, kind: &'static ProblemKind, found: &str, wanted: &str) -> Self {
        Self { place, kind, found: found.into(), wanted: wanted.into(), wanted_vi: None }
    }

    /// With what is wanted as a text, in Vietnamese and in English.
    pub(crate) fn in_both(
        place: Place,
        kind: &'static ProblemKind,
        found: &str,
        [vi, en]: &[String; 2],
    ) -> Self {
        Self { wanted_vi: Some(vi.as_str().into()), ..Self::new(place, kind, found, en) }
    }

    /// The code of the kind of problem, such as `bad-day`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind.code
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// What is wrong and what would be right, in one sentence without its place.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        let wanted = self.wanted_vi.as_ref().filter(|_| locale == Locale::Vi).unwrap_or(&self.wanted);
        let template = self.kind.text.pick(locale);
        fill(template, &mut |place, out| *out += if place == "found" { &self.found } else { wanted })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.text(Locale::En))
    }
}

impl Serialize for Problem {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut problem = serializer.serialize_map(Some(8))?;
        problem.serialize_entry("code", self.code())?;
        problem.serialize_entry("place", &self.place.to_string())?;
        problem.serialize_entry("table", &self.place.table)?;
        problem.serialize_entry("row", &self.place.row)?;
        problem.serialize_entry("column", &self.place.column)?;
        problem.serialize_entry("item", &self.place.item)?;
        problem.serialize_entry("vi", &self.text(Locale::Vi))?;
        problem.serialize_entry("en", &self.text(Locale::En))?;
        problem.end()
    }
}

macro_rules! kinds {
    ($($name:ident = $code:literal, $vi:literal, $en:literal;)*) => {
        $(pub(crate) static $name: ProblemKind = ProblemKind { code: $code, text: Bilingual { vi: $vi, en: $en } };)*

        /// Every kind of problem that reading can find.
        pub static PROBLEMS: &[&ProblemKind] = &[$(&$name),*];
    };
}

kinds! {
    BAD_CHOICE = "bad-choice", "giá trị `{found}` không dùng được; cần một trong {wanted}", "`{found}` is not one of {wanted}";
    BAD_CODE = "bad-code", "mã `{found}` không đúng dạng của cấp này; cần {wanted}", "`{found}` is not a code of this level; it is written {wanted}";
    BAD_CONTINUATION = "bad-continuation", "đơn vị `{found}` không thể tiếp nối như vậy; cần {wanted}", "unit `{found}` cannot be continued like this; {wanted} is needed";
    BAD_COUNT = "bad-count", "cần số nguyên trong khoảng {wanted}", "must be a whole number in the range {wanted}";
    BAD_DAY = "bad-day", "`{found}` không phải một ngày có thật từ năm 1900 đến 2199; viết `2022-05-17` hoặc `17/5/2022`", "`{found}` is not a day from 1900 to 2199; write `2022-05-17` or `17/5/2022`";
    BAD_EXPRESSION = "bad-expression", "ký tự thứ {found}: {wanted}", "character {found}: {wanted}";
    BAD_FIGURE = "bad-figure", "`{found}` cần số nguyên trong khoảng {wanted}", "`{found}` must be a whole number in the range {wanted}";
    BAD_FLAG = "bad-flag", "cần true hoặc false", "must be true or false";
    BAD_ID = "bad-id", "định danh `{found}` chỉ được gồm chữ không dấu, chữ số và . _ - /, tối đa 64 ký tự", "`{found}` is not an id: ASCII letters, digits and . _ - /, at most 64";
    BAD_LEVEL = "bad-level", "`{found}` không ở cấp cao hơn đơn vị này; cần mã của một đơn vị cấp cao hơn", "`{found}` is not of a level above this unit; name a unit of a higher level";
    BAD_NAME = "bad-name", "`{found}` không dùng được trong biểu thức; chỉ dùng chữ thường không dấu, chữ số và _, và không trùng với {wanted}", "`{found}` cannot be named in an expression; use lower-case letters, digits and _, and none of {wanted}";
    BAD_PERIOD = "bad-period", "`{found}` không phải một kỳ; viết `2022-05`, `2022-Q2`, `2022-H1`, `2022-9M`, `2022`, `2022-W18` hoặc `2022-05-10/2022-06-09`", "`{found}` is no period; write `2022-05`, `2022-Q2`, `2022-H1`, `2022-9M`, `2022`, `2022-W18` or `2022-05-10/2022-06-09`";
    BAD_VALUE = "bad-value", "cần số nguyên từ 0, true, hoặc danh sách các từ", "must be a whole number from 0, true, or a list of words";
    BAD_WORD = "bad-word", "`{found}` không đúng dạng: cần chữ thường không dấu, chữ số, _ và -, bắt đầu bằng chữ, tối đa 64 ký tự", "`{found}` is not a word: lower-case ASCII letters, digits, _ and -, a letter first, at most 64";
    CASCADE = "cascade", "{wanted}; cần lùi hạn của `{found}`", "{wanted}; set the due day of `{found}` later";
    CONTRADICTION = "contradiction", "`{found}` đã được đặt tại {wanted} cho cùng đối tượng, phạm vi và ngày", "`{found}` is set by {wanted} for the same thing, scope and day";
    CROWDED = "crowded", "quá nhiều: {wanted}", "too many: {wanted}";
    CYCLE = "cycle", "các tham chiếu nối thành vòng khép kín: {found}", "the references go in a circle: {found}";
    DANGLING = "dangling", "không có `{found}` trong bảng {wanted}", "there is no `{found}` in {wanted}";
    DUPLICATE_DECISION = "duplicate-decision", "cùng cơ quan, số, ký hiệu và ngày ký với {wanted}", "has the same body, number and day as {wanted}";
    DUPLICATE_ID = "duplicate-id", "`{found}` đã dùng tại {wanted}", "`{found}` is taken by {wanted}";
    DUPLICATE_KEY = "duplicate-key", "khóa `{found}` xuất hiện hai lần", "the key `{found}` appears twice";
    DUPLICATE_ROW = "duplicate-row", "trùng đối tượng và ngày với {wanted}", "is of the same thing and day as {wanted}";
    EMPTY_TEXT = "empty-text", "giá trị không được rỗng; nếu chưa có thông tin và không bắt buộc, hãy bỏ hẳn khóa này", "must not be empty; if the value is not known and not required, leave the key out";
    FIGURE_TWICE = "figure-twice", "`{found}` vừa có số liệu vừa được ghi là không áp dụng, hoặc được ghi hai lần", "`{found}` has a figure and is said not to apply, or is named twice";
    FIXED = "fixed", "không đổi được `{found}`; hãy kết thúc dòng này và thêm dòng mới", "`{found}` cannot be changed; end this row and add another";
    MISSING = "missing", "thiếu giá trị bắt buộc", "is required";
    NO_CALENDAR = "no-calendar", "không tính được hạn của `{found}`: {wanted}", "the due day of `{found}` cannot be worked out: {wanted}";
    NO_REMINDER = "no-reminder", "không tính được ngày nhắc việc của `{found}`: {wanted}", "the day on which to remind of `{found}` cannot be worked out: {wanted}";
    NO_REPORTER = "no-reporter", "cần nêu `team` hoặc `unit`, không nêu cả hai", "name a `team` or a `unit`, not both";
    NO_ROW = "no-row", "không có dòng nào khớp với điều kiện", "no row has these values";
    NOT_A_LIST = "not-a-list", "cần một danh sách [...]", "must be a list";
    NOT_AN_OBJECT = "not-an-object", "cần một đối tượng (các cặp khóa và giá trị trong ngoặc nhọn)", "must be an object";
    NOT_BINDING = "not-binding", "mức `error` chỉ dùng khi căn cứ có hiệu lực `binding`", "`error` needs a basis whose force is `binding`";
    NOT_EDITABLE = "not-editable", "không sửa được bảng `{found}` theo cách này; các bảng sửa được là {wanted}", "`{found}` cannot be edited; the tables that can are {wanted}";
    NOT_FILLED = "not-filled", "không nơi lập nào có đủ các chỉ tiêu mà biểu thức cần, trong đó có `{found}`; hãy xem lại `filled_by`, hiện là {wanted}", "nobody who fills in the form has all that this needs, `{found}` among it; look at `filled_by`, which is {wanted}";
    NOT_IN_FORCE = "not-in-force", "đơn vị `{found}` không tồn tại vào ngày {wanted}", "unit `{found}` does not exist on {wanted}";
    NOT_IN_VERSION = "not-in-version", "`{found}` không có trong phiên bản {wanted} của mẫu", "`{found}` is not in version {wanted} of the form";
    NOT_TEXT = "not-text", "cần chuỗi ký tự đặt trong dấu ngoặc kép, ví dụ \"01\"", "must be text in quotes, such as \"01\"";
    OVERLAP = "overlap", "mã `{found}` có hai giai đoạn chồng lấn thời gian, xem {wanted}", "code `{found}` has two versions at once, see {wanted}";
    PERSONAL_ID = "personal-id", "định danh có dãy từ 9 chữ số trở lên, giống số định danh cá nhân hoặc số điện thoại; hãy dùng mã nội bộ khác", "an id must not look like a citizen number or a phone number, since ids appear in findings";
    REVERSED_SPAN = "reversed-span", "ngày kết thúc `{found}` phải sau ngày bắt đầu {wanted}", "`{found}` must be after the first day, {wanted}";
    SEVERAL_ROWS = "several-rows", "có {found} dòng khớp; hãy nêu thêm cột để chỉ đúng một dòng", "{found} rows have these values; name more columns, so that one is meant";
    TOO_MANY = "too-many", "quá nhiều dòng `{found}` cho cùng một đối tượng; tối đa {wanted}", "too many `{found}` for one owner; at most {wanted}";
    UNFIT = "unfit", "không phù hợp với `{found}`; có thể viết, ví dụ: {wanted}", "does not fit `{found}`; write for instance {wanted}";
    UNKNOWN_FORM = "unknown-form", "không có mẫu báo cáo `{found}`; hãy dùng {wanted}", "there is no form `{found}`; use {wanted}";
    UNKNOWN_KEY = "unknown-key", "không có khóa `{found}`; hãy dùng {wanted}", "there is no key `{found}`; use {wanted}";
    UNKNOWN_RULE = "unknown-rule", "không có quy tắc `{found}`", "there is no rule `{found}`";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_unique() {
        assert!(PROBLEMS.windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    #[test]
    fn both_texts_fill_the_same_places() {
        for kind in PROBLEMS {
            for slot in ["{found}", "{wanted}"] {
                assert_eq!(kind.text.vi.contains(slot), kind.text.en.contains(slot), "{} {slot}", kind.code);
            }
        }
    }
}
