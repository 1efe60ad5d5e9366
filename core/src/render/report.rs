//! What texts about reports are made of.

use super::{Writer, list};
use crate::choice::Level;
use crate::finding::Finding;
use crate::locale::{Bilingual, Locale, fill};
use crate::rule::{Param, Severity, Subject};
use std::fmt::Write as _;

impl Writer<'_> {
    /// The labels of some indicators and texts of a form.
    pub(super) fn labels(&self, form: usize, figures: &[usize], texts: &[usize], out: &mut String) {
        let Some(form) = self.context.policy.forms().get(form) else { return };
        let figures = figures.iter().filter_map(|&at| form.indicators.get(at));
        let texts = texts.iter().filter_map(|&at| form.prose.get(at));
        let mut labels: Vec<_> = figures.map(|own| self.pick_of(&own.label_vi, &own.label_en)).collect();
        labels.extend(texts.map(|own| self.pick_of(&own.label_vi, &own.label_en)));
        list(&labels, out, |label, out| out.push_str(label));
    }

    /// A report by its form, period and sender.
    fn report(&self, finding: &Finding<'_>, out: &mut String) {
        out.push_str(self.pick(Bilingual { vi: "báo cáo \"", en: "the report \"" }));
        if let Some(form) = finding.draft.param("form") {
            self.param(form, out);
        }
        out.push('"');
        self.place(finding, "in_period", out);
        // A report that is not periodic may stand beside one that is.
        if let Some(kind) = finding.draft.param("kind") {
            out.push_str(" (");
            self.param(kind, out);
            out.push(')');
        }
        out.push_str(self.pick(Bilingual { vi: " của ", en: " of " }));
        self.debtor(finding, out);
    }

    /// What only the form of a report can say.
    pub(super) fn of_report(&self, finding: &Finding<'_>, place: &str, out: &mut String) {
        let (draft, forms) = (finding.draft, self.context.policy.forms());
        let own = if let Some(&Param::Form(form, version)) = draft.param("form") {
            forms.get(form).map(|form| (form, version))
        } else {
            None
        };
        match (place, own) {
            ("report", _) => self.report(finding, out),
            // Who can mend it: the team, or the People's Committee of the unit. A village has none.
            ("sender", _) => {
                if let Subject::Unit(line) = draft.subject
                    && self.context.inner().level(line) != Level::Village
                {
                    out.push_str(self.pick(Bilingual { vi: "UBND ", en: "the People's Committee of " }));
                }
                self.debtor(finding, out);
            }
            ("message", Some((form, _))) => {
                let Some(&Param::Check(_, check)) = draft.param("check") else { return };
                let Some(check) = form.checks.get(check) else { return };
                *out += &fill(self.pick_of(&check.message_vi, &check.message_en), &mut |place, out| {
                    if let Some(param) = draft.param(place) {
                        self.param(param, out);
                    }
                });
            }
            ("version", _) => {
                if let Some(Param::Count(stated)) = draft.param("stated") {
                    let text = Bilingual {
                        vi: "ghi phiên bản {} của mẫu",
                        en: "names version {} of the form",
                    };
                    out.push_str(&self.pick(text).replace("{}", &stated.to_string()));
                } else {
                    out.push_str(self.pick(Bilingual {
                        vi: "thuộc kỳ không có phiên bản nào của mẫu được áp dụng",
                        en: "is for a period in which there is no version of the form",
                    }));
                }
            }
            ("confirm", _) if finding.severity() != Severity::Error => out.push_str(self.pick(Bilingual {
                vi: "; nếu số liệu đúng, đề nghị xác nhận và ghi rõ lý do",
                en: "; if they are right, please confirm them and note the cause",
            })),
            ("beyond", _) => {
                if let (Some(Param::Amount(value)), Some(Param::Amount(bound))) =
                    (draft.param("value"), draft.param("bound"))
                {
                    out.push_str(self.pick(if value < bound {
                        Bilingual {
                            vi: "thấp hơn mức thấp nhất thường gặp", en: "below the least"
                        }
                    } else {
                        Bilingual { vi: "cao hơn mức cao nhất thường gặp", en: "above the most" }
                    }));
                }
            }
            ("instead", _) => {
                if let Some(&Param::Count(other)) = draft.param("other") {
                    out.push_str(self.pick(Bilingual {
                        vi: "; phiên bản áp dụng cho kỳ này là phiên bản ",
                        en: "; the one for this period is ",
                    }));
                    let _ = write!(out, "{other}");
                } else if draft.param("stated").is_some() {
                    out.push_str(self.pick(Bilingual {
                        vi: "; không có phiên bản nào áp dụng cho kỳ này",
                        en: "; no version is in force for this period",
                    }));
                }
            }
            ("frequency", Some((form, version))) => {
                let every = form.version(version).map(|version| version.every.label());
                out.push_str(every.map_or("", |every| self.pick(every)));
            }
            _ => {}
        }
    }
}

/// A figure, or what was worked out of some, as people write it: to so many places at most.
pub(super) fn amount_text(amount: f64, places: u32, locale: Locale) -> String {
    let (thousands, point) = if locale == Locale::Vi { ('.', ',') } else { (',', '.') };
    let (whole, part) = parts_of(amount, places);
    let whole = whole.to_string();
    let mut out = String::from(if amount < 0.0 && (part > 0 || whole != "0") { "-" } else { "" });
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if part > 0 {
        out.push(point);
        let width = places as usize;
        out.push_str(format!("{part:0width$}").trim_end_matches('0'));
    }
    out
}

/// An amount without its sign, whole and in hundredths or smaller parts, rounded. (What the standard library needs to print a number with a fraction
/// weighs 20 kB in a browser.)
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "amounts stay below 2^53")]
pub(crate) fn parts_of(amount: f64, places: u32) -> (u64, u64) {
    let (amount, unit) = (amount.abs(), 10_u32.pow(places));
    let (wide, unit) = (f64::from(unit), u64::from(unit));
    // Above that a fraction has no such parts, and so many of them would not be exact.
    if amount >= 9e15 / wide {
        return (amount as u64, 0);
    }
    let parts = (amount * wide + 0.5) as u64;
    (parts / unit, parts % unit)
}

/// The places at which two sides look different, if they are: two, or more where these are the same.
pub(crate) fn places_of(left: f64, right: f64) -> u32 {
    let differ = |&places: &u32| parts_of(left, places) != parts_of(right, places);
    let may_differ = (left - right).abs() > 0.0;
    (2..=9).find(differ).filter(|_| may_differ).unwrap_or(2)
}
