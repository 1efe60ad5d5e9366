//! The languages of texts, and how people are named in them.

use crate::choice::choices;
use chrono::{Datelike, NaiveDate};

/// A text in Vietnamese and in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Bilingual {
    /// Vietnamese.
    pub vi: &'static str,
    /// English.
    pub en: &'static str,
}

impl Bilingual {
    /// The text in one language.
    pub(crate) fn pick(self, locale: Locale) -> &'static str {
        match locale {
            Locale::Vi => self.vi,
            Locale::En => self.en,
        }
    }
}

choices! {
    /// The language of a text.
    Locale {
        /// Vietnamese.
        Vi = "vi", "tiếng Việt", "Vietnamese";
        /// English.
        En = "en", "tiếng Anh", "English";
    }
    /// How people are named in a text.
    Names {
        /// By their identifier.
        Hidden = "hidden", "ẩn họ tên", "hidden";
        /// By their initials and identifier.
        Initials = "initials", "viết tắt", "initials";
        /// By their full name.
        Full = "full", "đầy đủ", "full";
    }
}

pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `05/3/2022`, with a zero before days below 10 and before the months 1 and 2; `5 March 2022`.
pub(crate) fn date_text(date: NaiveDate, locale: Locale) -> String {
    let (d, m, y) = (date.day(), date.month(), date.year());
    match locale {
        Locale::Vi if m < 3 => format!("{d:02}/{m:02}/{y}"),
        Locale::Vi => format!("{d:02}/{m}/{y}"),
        Locale::En => format!("{d} {} {y}", MONTHS.get(date.month0() as usize).unwrap_or(&"")),
    }
}

/// A template with each `{place}` filled by `write`.
pub(crate) fn fill(template: &str, write: &mut dyn FnMut(&str, &mut String)) -> String {
    let mut out = String::new();
    for (position, piece) in template.split('{').enumerate() {
        match piece.split_once('}') {
            Some((place, rest)) if position > 0 => {
                write(place, &mut out);
                out.push_str(rest);
            }
            _ => out.push_str(piece),
        }
    }
    out
}
