//! *Personal* values (names, phone and citizen numbers, days of birth) are shown nowhere unless a caller asks for names. Here is
//! what may be shown of a value that somebody typed.

const MASK: &str = "***";

/// `found` as an error may show it. Only what is written as an identifier, a code or a day is shown, and in rows about people not
/// even that: an identifier there may be a name or a birth day that was typed into the wrong column.
pub(crate) fn shown(found: &str, personal: bool) -> &str {
    // An operator, too, says nothing of anybody.
    let is_sign = found.len() <= 3 && found.bytes().all(|b| b.is_ascii_punctuation());
    if !personal && (id_form(found) == IdForm::Good || is_sign && !found.is_empty()) { found } else { MASK }
}

#[derive(PartialEq)]
pub(crate) enum IdForm {
    Good,
    Bad,
    /// Nine digits in a row, or nothing but nine digits and marks: a citizen number, an old identity card, a phone number.
    Personal,
}

/// Whether `text` may be an identifier. One pass: every row with an id comes by here.
pub(crate) fn id_form(text: &str) -> IdForm {
    let (mut run, mut longest, mut digits, mut letters) = (0_u32, 0, 0_u32, false);
    let mut good = (1..=64).contains(&text.len());
    for b in text.bytes() {
        let digit = b.is_ascii_digit();
        run = if digit { run + 1 } else { 0 };
        longest = run.max(longest);
        digits += u32::from(digit);
        letters |= b.is_ascii_alphabetic();
        good &= b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'/');
    }
    match good {
        true if longest >= 9 || digits >= 9 && !letters => IdForm::Personal,
        true => IdForm::Good,
        false => IdForm::Bad,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_seen_through_marks() {
        for text in ["030099001234", "090-123.456/7", "p-123456789"] {
            assert!(id_form(text) == IdForm::Personal, "{text}");
        }
        for text in ["p-11044-02-10", "99-001/2022/x7", "12345678", "689_QD.UBND"] {
            assert!(id_form(text) == IdForm::Good, "{text}");
        }
        for text in ["", "Nguyễn", "a b", "030 099 001 234"] {
            assert!(id_form(text) == IdForm::Bad, "{text}");
        }
    }

    #[test]
    fn values_are_shown_only_if_they_cannot_be_personal() {
        for text in ["p-11044-02-10", "2022-02-30", "31/2/2022", "xa"] {
            assert_eq!(shown(text, false), text);
            assert_eq!(shown(text, true), MASK);
        }
        for text in ["Phường", "030099001234", "số 0901 234 567", "０９０１２３４５６７", "a b", ""]
        {
            assert_eq!(shown(text, false), MASK, "{text}");
        }
    }
}
