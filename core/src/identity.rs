//! Numbers of people: *citizen numbers* (số định danh cá nhân) and phone numbers. All are personal, so nothing here is `Debug`,
//! and nothing says what it was given.
//!
//! Is it a number at all, and what does it tell? By [`citizen_number`] and [`is_phone`]. Are two the same? By [`digits`].

use crate::choice::Sex;
use crate::text;
use std::borrow::Cow;

/// What a citizen number tells of its bearer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Citizen {
    /// The year of birth, four digits.
    pub year: i32,
    pub sex: Sex,
}

/// Reads twelve digits: three for the province or country where the birth was registered, one for century and sex, two for the
/// year, six at random. There may be blanks, dots and hyphens between them. Nothing else is one: nine digits are the number of an
/// old identity card (chứng minh nhân dân), which tells neither year nor sex.
///
/// The first three are not looked up, for a number outlives its province; `000` is taken for no place at all.
pub(crate) fn citizen_number(text: &str) -> Option<Citizen> {
    let digits = digits(text);
    let is_one = |c: char| c.is_ascii_digit() || c == '.' || text::is_dash(c) || text::is_blank(c);
    if digits.len() < text.len() && !text.chars().all(is_one) {
        return None;
    }
    match *digits.as_bytes() {
        [b'0', b'0', b'0', ..] => None,
        [_, _, _, century, tens, ones, _, _, _, _, _, _] => {
            let value = |digit: u8| i32::from(digit - b'0');
            let year = 1900 + value(century) / 2 * 100 + value(tens) * 10 + value(ones);
            let sex = if century % 2 == 0 { Sex::Male } else { Sex::Female };
            Some(Citizen { year, sex })
        }
        _ => None,
    }
}

/// The digits alone, to compare two numbers. Nearly all are written without anything between.
fn digits(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(char::is_ascii_digit).collect())
}

/// The digits of a number that can be compared with another; none where there are none, or always the same one: that stands for a number
/// that is not known.
pub(crate) fn told_digits(text: &str) -> Option<Cow<'_, str>> {
    let digits = digits(text);
    let first = digits.bytes().next()?;
    digits.bytes().any(|digit| digit != first).then_some(digits)
}

/// Whether the text is one Vietnamese number of a mobile or a landline as dialled since 2018.
pub(crate) fn is_phone(text: &str) -> bool {
    phone(text).is_some()
}

/// A phone number without the leading zero or the code of the country.
///
/// The lengths and first digits are general knowledge and press of the years 2017 and 2018, when landlines came to begin with 02
/// and mobile numbers of eleven digits (01...) were shortened. Short numbers, hotlines (1800, 1900) and 069 are no person's.
fn phone(text: &str) -> Option<u32> {
    let digits = digits(text);
    let (mut plus, mut open, mut begun) = (false, false, false);
    for c in text.chars().filter(|_| digits.len() < text.len()) {
        match c {
            '0'..='9' => begun = true,
            '+' if !plus && !begun => plus = true,
            '(' if !open => open = true,
            ')' if open => open = false,
            '.' => {}
            _ if text::is_dash(c) || text::is_blank(c) => {}
            _ => return None,
        }
    }
    let number = match digits.as_bytes() {
        // `+84 (0)912 345 678` is met too.
        [b'8', b'4', rest @ ..] => rest.strip_prefix(b"0").unwrap_or(rest),
        _ if plus => return None,
        [b'0', b'0', b'8', b'4', rest @ ..] => rest.strip_prefix(b"0").unwrap_or(rest),
        [b'0', rest @ ..] => rest,
        _ => return None,
    };
    let len = match number.first()? {
        b'2' => 10,
        b'3' | b'5' | b'7'..=b'9' => 9,
        _ => return None,
    };
    let value =
        number.iter().fold(0_u64, |value, &b| value.wrapping_mul(10).wrapping_add(u64::from(b - b'0')));
    u32::try_from(value).ok().filter(|_| !open && number.len() == len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn citizen(text: &str, year: i32, sex: Sex) {
        assert!(citizen_number(text) == Some(Citizen { year, sex }));
    }

    #[test]
    fn citizens() {
        citizen("030099001234", 1999, Sex::Male);
        citizen("030199001234", 1999, Sex::Female);
        citizen("001200000001", 2000, Sex::Male);
        citizen("031312345678", 2012, Sex::Female);
        citizen("096899123456", 2399, Sex::Male);
        // Registered abroad; a code of no province; the rest may be anything.
        citizen("101985000000", 2385, Sex::Female);
        citizen("999000999999", 1900, Sex::Male);
        citizen(" 030 099.001 234\u{A0}", 1999, Sex::Male);
        citizen("030-099-001-234", 1999, Sex::Male);
    }

    #[test]
    fn no_citizens() {
        for text in ["", "000099001234", "03009900123", "0300990012345", "03009900123A", "０30099001234"] {
            assert!(citizen_number(text).is_none(), "{text}");
        }
        for text in ["030123456", "141 234 567", "000123456"] {
            assert!(citizen_number(text).is_none(), "{text}");
        }
        assert_eq!(digits(" 030 099.001-234"), "030099001234");
    }

    #[test]
    fn phones() {
        for text in [
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "0912-345–678",
            "+84912345678",
            "+84 (0)912 345 678",
            "(+84) 912 345 678",
            "84912345678",
            "0084 912345678",
            "\u{200B}0912345678\u{A0}",
        ] {
            assert!(phone(text) == Some(912_345_678), "{text}");
        }
        for text in ["0323456789", "0523456789", "0723456789", "0823456789", "0842345678", "(0220) 3851 234"]
        {
            assert!(is_phone(text), "{text}");
        }
        assert!(phone("024 3825 1234") == phone("+84-24-38251234") && is_phone("02438251234"));
    }

    #[test]
    fn no_phones() {
        for text in [
            "",
            "0",
            "+",
            "84",
            // Before 2018: mobile, landline.
            "01234567890",
            "01691234567",
            "0320 3851 234",
            "04 3825 1234",
            // A digit too few or too many; the zero lost.
            "091234567",
            "09123456789",
            "024 3825 123",
            "912345678",
            "842345678",
            "0684912345",
            "0412345678",
            // Other countries.
            "+86 912 345 678",
            "+0912345678",
            "0912+345678",
            "++84912345678",
            // Two numbers; words; hotlines.
            "0912345678 - 0987654321",
            "0912345678/0987654321",
            "0912345678, 0987654321",
            "09123456780912345678091234567809",
            "0912345678 (Zalo)",
            "(0912345678",
            "0912)345678(",
            "1900 1234",
            "113",
            "030099001234",
        ] {
            assert!(!is_phone(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn citizens_by_arithmetic(place in 1..1000_u32, year in 1900..2400_i32, male: bool, rest in 0..1_000_000_u32) {
            let century = (year - 1900) / 100 * 2 + i32::from(!male);
            let text = format!("{place:03}{century}{:02}{rest:06}", year % 100);
            let sex = if male { Sex::Male } else { Sex::Female };
            let wanted = Some(Citizen { year, sex });
            prop_assert!(citizen_number(&text) == wanted);
        }

        #[test]
        fn phones_by_any_writing(number in "([35789][0-9]{8}|2[0-9]{9})", code in 0..5_usize, at in 0..10_usize) {
            let front = ["0", "84", "+84", "0084", "+84(0)"][code];
            let (head, tail) = number.split_at(at.min(number.len()));
            let value: u32 = number.parse().unwrap();
            let text = format!("{front}{head} . {tail}");
            prop_assert!(phone(&text) == Some(value));
        }

        #[test]
        fn any_text_is_read(text: String, digits in "[0-9+(). -]{0,24}") {
            for text in [text, digits] {
                let _ = citizen_number(&text);
                prop_assert!(!is_phone(&text) || (10..=14).contains(&super::digits(&text).len()));
            }
        }
    }
}
