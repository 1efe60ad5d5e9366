//! Findings: how many of each rule, and some in full.

use crate::page::Page;
use cnscd::{Checked, Error, Finding, Locale, Names, Query, RULES};
use std::fmt::Write as _;

/// Rules of which one finding is shown in full.
const EXAMPLES: [&str; 12] =
    ["M001", "T004", "M003", "O001", "P003", "T008", "T013", "T015", "U001", "D002", "M005", "P001"];

impl Page {
    pub(crate) fn findings(&self, checked: &Checked) -> Result<(), Error> {
        let of = |code: &str| checked.findings(&Query { code: Some(code.into()), ..Query::default() });
        for severity in cnscd::Severity::ALL {
            let mut rows = Vec::new();
            for rule in RULES {
                let mut found = of(rule.code)?;
                found.retain(|finding| finding.severity() == *severity);
                let present = found.iter().filter(|finding| finding.is_present()).count();
                if !found.is_empty() {
                    let past = found.len() - present;
                    let title = format!("{} {}", rule.code, self.label(rule.title));
                    rows.push(vec![title, self.number(present), self.number(past)]);
                }
            }
            let label = severity.label();
            self.print(format_args!(""));
            self.table(&[(label.vi, label.en), ("Đang còn", "Present"), ("Đã qua", "Past")], rows);
        }
        self.heading("Một số nội dung, đầy đủ", "Some findings in full");
        for code in EXAMPLES {
            let found = of(code)?;
            // A finding that still holds says more than one that is past.
            if let Some(example) = found.iter().find(|finding| finding.is_present()).or(found.first()) {
                self.finding(example);
            }
        }
        Ok(())
    }

    pub(crate) fn finding(&self, finding: &Finding<'_>) {
        let rule = finding.rule();
        self.print(format_args!(
            "\n{} {} · {}",
            rule.code,
            self.label(rule.title),
            self.label(finding.severity().label())
        ));
        let basis = match finding.basis() {
            Some(basis) => {
                format!("{} ({})", self.pick(&basis.vi, &basis.en), self.label(basis.force.label()))
            }
            None => self.label(rule.ground()).into(),
        };
        let names = Names::Hidden;
        for (head, body) in [
            (self.pick("Ví dụ:", "Example:"), finding.text(self.locale, names)),
            (self.pick("Xử lý:", "Remedy:"), finding.remedy(self.locale, names)),
            (self.pick("Dựa vào:", "Basis:"), basis),
        ] {
            self.item(&format!("  {head:<9}"), &body);
        }
    }
}

/// Every finding as a line.
pub(crate) fn lines(checked: &Checked, locale: Locale) -> Result<String, Error> {
    let mut out = String::new();
    for finding in checked.findings(&Query::default())? {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{} {} {}",
            finding.severity().word(),
            finding.code(),
            finding.text(locale, Names::Hidden)
        );
    }
    Ok(out)
}
