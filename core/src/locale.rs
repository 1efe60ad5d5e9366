//! The languages of texts, and how people are named in them.

use crate::choice::choices;

/// A text in Vietnamese and in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Bilingual {
    /// Vietnamese.
    pub vi: &'static str,
    /// English.
    pub en: &'static str,
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
