//! One edit, live: what an office sees when it mends one row.

use crate::page::Page;
use cnscd::{Checked, Finding, Names};
use std::time::Instant;

const EDIT: &str = r#"{"change": "memberships", "where": {"team": "to-99006-01", "person": "p-99006-01-2"}, "set": {"role": "deputy"}}"#;

impl Page {
    /// A second head becomes a deputy: the findings that go, those that come, and how long it took.
    pub(crate) fn one_edit(&self, province: &mut Checked) -> Result<(), Box<dyn std::error::Error>> {
        self.heading(
            "Một lần sửa: người thứ hai được ghi là Tổ phó",
            "One edit: the second head becomes a deputy",
        );
        self.text(EDIT, EDIT);
        let started = Instant::now();
        let edited = province.edit(EDIT)?;
        let micros = self.number(usize::try_from(started.elapsed().as_micros())?);
        let line =
            |finding: Finding<'_>| format!("{} {}", finding.code(), finding.text(self.locale, Names::Hidden));
        for finding in edited.gone() {
            self.item(self.pick("Không còn: ", "Gone: "), &line(finding));
        }
        for finding in edited.new() {
            self.item(self.pick("Mới: ", "New: "), &line(finding));
        }
        self.text(
            &format!("Chỉ rà soát lại những gì liên quan, trong {micros} micrô giây; kết quả như khi rà soát lại toàn bộ."),
            &format!("Only what stands near it was looked at again, in {micros} microseconds; the answers are those of a full check."),
        );
        Ok(())
    }
}
