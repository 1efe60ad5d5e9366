//! *Numbers* of documents (số, ký hiệu), such as `689/QĐ-UBND`: a count, then *signs* of the kind of the document, of the body
//! that issued it and of the unit that wrote it.
//!
//! The state writes `689/QĐ-UBND`, a letter `793/BTTTT-THH`, a normative text `30/2020/NĐ-CP` or `72/2025/QH15`; the Party and
//! the Youth Union write `57-NQ/TW`. Is a number in such a form, and if not, which may be meant? [`form`]. Are two numbers one?
//! [`comparable`]. Does the count begin anew each year? [`is_by_year`].

use crate::text;

/// How a number is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As documents are numbered.
    Usual,
    /// Otherwise; this number, which is in a usual form, may be meant.
    Likely(String),
    /// Otherwise, and there is no telling what is meant.
    Unknown,
}

/// Signs of kinds: the table of decree 30/2020; normative texts; letters and conclusions; the Party's sign of a regulation. A kind
/// that is missing here is taken as it stands.
const KINDS: &str = "QĐ NQ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB SY TrS SL \
    NĐ TT CV KL QĐi";
/// Bodies of the state, which never number as the Party does.
const STATE: &str = "UBND HĐND CP TTg";
/// Bodies that always number as the Party does.
const PARTY: &str = "TW TƯ TU HU ĐU ĐTN TWĐTN";
/// Other signs with a stroke or a small letter.
const OTHERS: &str = "BCĐ BCĐCĐS BCĐTW CNSCĐ TCNSCĐ TTr";

/// Whether a number is in a usual form, or which may be meant. What is likely is usual.
pub(crate) fn form(number: &str) -> Form {
    match likely(number) {
        Some(likely) if likely == number => Form::Usual,
        Some(likely) => Form::Likely(likely),
        None => Form::Unknown,
    }
}

/// The number as compared: blanks, case, marks, kinds of dash, leading zeros and the word `số` do not count.
pub(crate) fn comparable(number: &str) -> String {
    let key = text::search_key(number);
    let is_filler = |c| matches!(c, '0' | ' ' | ':' | '.');
    let rest = key.strip_prefix("so").filter(|rest| rest.trim_start_matches(is_filler).starts_with(is_digit));
    let mut out = String::with_capacity(key.len());
    for c in rest.unwrap_or(&key).chars().map(separator) {
        if c != ' ' && !(out.is_empty() && is_filler(c)) {
            out.push(c);
        }
    }
    out
}

/// Whether the count of the number's series begins anew each year, as the state's do; those of the Party, of the Youth Union and
/// of the National Assembly run for a term.
pub(crate) fn is_by_year(number: &str) -> bool {
    let likely = likely(number);
    let number = likely.as_deref().unwrap_or(number);
    let first = number.chars().map(separator).find(|c| matches!(c, '/' | '-'));
    first != Some('-') && !is_assembly(number)
}

/// The number in a usual form, if one can be told.
fn likely(number: &str) -> Option<String> {
    let cut = cut(number)?;
    let ((_, count), mut signs) = cut.split_first()?;
    if count.len() > 6 || count.bytes().all(|digit| digit == b'0') {
        return None;
    }
    let year = signs.first().filter(|(gap, sign)| *gap != ' ' && is_year(sign));
    if year.is_some() {
        signs = signs.get(1..)?;
    }
    if !signs.iter().all(|(_, sign)| is_sign(sign)) {
        return None;
    }
    let ((gap, sign), units) = signs.split_first()?;
    let kind = known(KINDS, sign);
    let first = kind.map_or_else(|| spelled(sign), str::to_owned);
    let mut out = String::with_capacity(number.len() + 1);
    if count.len() == 1 {
        out.push('0');
    }
    out.push_str(count);
    if let Some((_, year)) = year {
        out.push('/');
        out.push_str(year);
    }
    let Some(((next_gap, body), units)) = units.split_first() else {
        // A law or resolution of the National Assembly has no sign of its kind.
        return (year.is_some() && is_assembly(&first)).then(|| out + "/" + &first);
    };
    let body = spelled(body);
    let is_state = |sign: &str| is_in(STATE, sign) || is_assembly(sign);
    let state = year.is_some() || is_state(&first) || is_state(&body);
    let party = kind.is_some() && year.is_none() && is_in(PARTY, &body);
    // Only between signs that are known can a separator have been forgotten: words are no signs.
    if matches!(gap, ' ' | '\0') && kind.is_none()
        || *next_gap == ' ' && (kind.is_none() || !is_in(STATE, &body) && !party)
    {
        return None;
    }
    let separators = match (*gap, *next_gap) {
        _ if party => ['-', '/'],
        _ if state => ['/', '-'],
        ('-', '/') => ['-', '/'],
        ('/', '-') => ['/', '-'],
        ('-', '-') => return None,
        ('/', '/') | (_, '-') if kind.is_some() => ['/', '-'],
        _ => return None,
    };
    for (separator, sign) in separators.into_iter().zip([first, body]) {
        out.push(separator);
        out.push_str(&sign);
    }
    for (gap, sign) in units {
        if *gap != '-' {
            return None;
        }
        out.push('-');
        out.push_str(&spelled(sign));
    }
    Some(out)
}

/// The count and the signs, each after what separates it from the one before: a blank, or nothing, if that was forgotten.
fn cut(number: &str) -> Option<Vec<(char, String)>> {
    let number = text::tidy(number);
    let (word, number) = number.split_at_checked(number.find(is_digit)?)?;
    let word = text::search_key(word);
    let word = word.trim_end_matches([' ', ':', '.']);
    if !(word.is_empty() || word == "so" || word.ends_with(" so")) {
        return None;
    }
    let mut parts = vec![('\0', String::new())];
    let mut gap = '\0';
    let mut is_joined = false;
    for c in number.trim_end_matches([' ', '.', ',', ';']).chars().map(separator) {
        let is_letter = text::upper(c) != text::lower(c);
        match c {
            ' ' if gap != '\0' || is_joined => {}
            ' ' => gap = ' ',
            '/' | '-' | '.' | '_' | '\\' if matches!(gap, '\0' | ' ') && !is_joined => gap = c,
            '&' if matches!(gap, '\0' | ' ') && !is_joined && parts.len() > 1 => {
                parts.last_mut()?.1.push(c);
                (gap, is_joined) = ('\0', true);
            }
            _ if is_letter || is_digit(c) => {
                if gap != '\0' || is_letter && parts.len() == 1 {
                    parts.push((gap, String::new()));
                }
                parts.last_mut()?.1.push(c);
                (gap, is_joined) = ('\0', false);
            }
            _ => return None,
        }
    }
    if let Some(day) = parts.iter().position(|(gap, sign)| *gap == ' ' && alike(text::lower, "ngày", sign)) {
        parts.truncate(day);
    }
    (gap == '\0' && !is_joined).then_some(parts)
}

/// The character, or the hyphen or slash that it looks like.
fn separator(c: char) -> char {
    match c {
        '⁄' | '∕' | '／' => '/',
        _ if text::is_dash(c) => '-',
        _ => c,
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_year(sign: &str) -> bool {
    matches!(sign.as_bytes(), [b'1', b'9', ..] | [b'2', b'0' | b'1', ..])
        && sign.len() == 4
        && sign.chars().all(is_digit)
}

/// Whether it can be a sign: first letters of words, which have no tone, and at most a short number.
fn is_sign(sign: &str) -> bool {
    let is_letter = |c| matches!(text::lower(c), 'a'..='z' | '&' | 'ă' | 'â' | 'đ' | 'ê' | 'ô' | 'ơ' | 'ư');
    !sign.starts_with(is_digit)
        && sign.chars().all(|c| is_letter(c) || is_digit(c))
        && sign.chars().filter(|&c| is_digit(c)).count() < 4
}

/// Whether a sign, or the last one of a number, is of the National Assembly or its Standing Committee: `QH15`, `UBTVQH15`.
fn is_assembly(sign: &str) -> bool {
    let name = sign.trim_end_matches(is_digit);
    name.len() < sign.len() && name.ends_with("QH")
}

fn is_in(list: &str, sign: &str) -> bool {
    list.split(' ').any(|known| known == sign)
}

/// The sign of the list that is written so, but for case, or else but for the strokes of Đ.
fn known(list: &'static str, sign: &str) -> Option<&'static str> {
    let find = |fold| list.split(' ').find(|known| alike(fold, known, sign));
    find(text::lower).or_else(|| {
        find(|c| match text::lower(c) {
            'đ' => 'd',
            c => c,
        })
    })
}

fn alike(fold: fn(char) -> char, a: &str, b: &str) -> bool {
    a.chars().map(fold).eq(b.chars().map(fold))
}

/// The sign of a body or unit: as it is known, or in capitals. The second letter of a pair may be small, as in `GDTrH`.
fn spelled(sign: &str) -> String {
    if let Some(known) = [STATE, PARTY, OTHERS].into_iter().find_map(|list| known(list, sign)) {
        return known.to_owned();
    }
    let mut last = '\0';
    let is_good = sign.chars().all(|c| {
        let pair = (std::mem::replace(&mut last, c), c);
        matches!(pair, ('T', 'r') | ('N', 'g') | ('C' | 'G' | 'K' | 'N' | 'P' | 'T', 'h'))
            || c == text::upper(c)
    });
    if is_good { sign.to_owned() } else { sign.chars().map(text::upper).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const USUAL: &str = "689/QĐ-UBND 20/KH-UBND 0280/KH-UBND 342/TTr-STTTT 01/QĐ-UBND 10/BC-UBND 942/QĐ-TTg 15/CTr-UBND \
        03/QyĐ-UBND 12/HĐ-STTTT 12/HD-STTTT 12/DA-UBND 12/ĐA-UBND 01/KL-TTr 218/QĐ-UBND-TH 12/ABC-XYZ 07/QCPH-UBND-MTTQ \
        793/BTTTT-THH 1844/UBND-VX 51/STTTT-CNTT&BCVT 4800/SKHCN-KTSXHS 5512/BGDĐT-GDTrH 7/TTg-KGVX 12/STTTT-TTr \
        30/2020/NĐ-CP 06/2024/QĐ-UBND 19/2025/NQ-HĐND 72/2025/QH15 01/2014/TTLT-BNV-BTC 1669/NQ-UBTVQH15 \
        145/QĐ-BCĐCĐS 12/KH-TCT06 57-NQ/TW 06-NQ/TU 01-KH/BCĐTW 36-HD/VPTW 08-QĐi/TW 04-QyĐ/ĐU 123-CV/TU 12-QĐ/ThU \
        29-HD/TWĐTN-VP 367-QĐ/TWĐTN-VP 05-CTPH/ĐU-UBND";

    #[track_caller]
    fn means(typed: &str, wanted: &str) {
        assert_eq!(form(typed), Form::Likely(wanted.into()), "{typed}");
        assert_eq!(form(wanted), Form::Usual, "{wanted}");
    }

    #[test]
    fn usual_forms() {
        for number in USUAL.split(' ').filter(|number| *number != "7/TTg-KGVX") {
            assert_eq!(form(number), Form::Usual, "{number}");
        }
        means("7/TTg-KGVX", "07/TTg-KGVX");
    }

    #[test]
    fn typing() {
        for typed in [
            "689/qđ-ubnd",
            "689/Qđ-Ubnd",
            "689/QD-UBND",
            "689/qd-ubnd",
            "689/QÐ-UBND",
            "689/QĐ–UBND",
            "689/QĐ\u{AD}UBND",
            "689 / QĐ - UBND",
            "\u{FEFF}689/QĐ-UBND\u{A0}",
            "số 689/QĐ-UBND",
            "Số: 689/QĐ-UBND",
            "So:689/QĐ-UBND.",
            "Quyết định số 689/QĐ-UBND;",
            "689/QĐ/UBND",
            "689-QĐ/UBND",
            "689-QĐ-UBND",
            "689.QĐ.UBND",
            "689_QĐ-UBND",
            "689/QĐ UBND",
            "689 QĐ-UBND",
            "689QĐ-UBND",
            "689／QĐ-UBND",
            "689/QĐ-UBND ngày 21/3/2022",
            "số 689/QĐ-UBND ngày 21 tháng 3 năm 2022 của UBND tỉnh",
        ] {
            means(typed, "689/QĐ-UBND");
        }
        means("5/QĐ-UBND", "05/QĐ-UBND");
        means("5/2024/QD-UBND", "05/2024/QĐ-UBND");
        means("30/2020/Nð-CP", "30/2020/NĐ-CP");
        means("30/2020/ND-CP", "30/2020/NĐ-CP");
        means("06/2024-QĐ/UBND", "06/2024/QĐ-UBND");
        means("72/2025/qh15", "72/2025/QH15");
        means("1669-nq/ubtvqh15", "1669/NQ-UBTVQH15");
        means("19/2025/NQ-HDND", "19/2025/NQ-HĐND");
        means("342/ttr-stttt", "342/TTr-STTTT");
        means("342/TTR-STTTT", "342/TTr-STTTT");
        means("15/Ctr-UBND", "15/CTr-UBND");
        means("3/QYD-UBND", "03/QyĐ-UBND");
        means("942/QĐ-TTG", "942/QĐ-TTg");
        means("145/QD-BCDCDS", "145/QĐ-BCĐCĐS");
        means("5/BC-TCNSCD", "05/BC-TCNSCĐ");
        means("51/STTTT-CNTT & BCVT", "51/STTTT-CNTT&BCVT");
        means("1844-UBND/Vx", "1844/UBND-VX");
        means("12/QĐ/STTTT", "12/QĐ-STTTT");
        means("367 - QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP");
        means("84 QĐ/TWĐTN", "84-QĐ/TWĐTN");
        means("29/hd-twdtn-vp", "29-HD/TWĐTN-VP");
        means("57/NQ-TW", "57-NQ/TW");
        means("6-NQ-TU", "06-NQ/TU");
    }

    #[test]
    fn no_telling() {
        for number in [
            "",
            "689",
            "QĐ-UBND",
            "0/QĐ-UBND",
            "689/QĐ",
            "689/UBND",
            "45/UBND xã",
            "689/QĐ-UBND tỉnh",
            "689/QĐ của UBND",
            "12a/QĐ-UBND",
            "12/Nguyễn-Văn",
            "12/QĐ-UBND0912345678",
            "0912345678",
            "689/2022",
            "72/QH15",
            "12-QĐ-STTTT",
            "KH 0280/KH-UBND",
            "689/QĐ-UBND, 690/QĐ-UBND",
            "689//QĐ-UBND",
            "689/QĐ-",
            "689/QĐ-UBND&",
            "689/&QĐ-UBND",
            "689&QĐ-UBND",
            "1234567/QĐ-UBND",
            "689/ҚД-УБНД",
            "06 89/QĐ-UBND",
        ] {
            assert_eq!(form(number), Form::Unknown, "{number}");
        }
    }

    #[test]
    fn series() {
        for number in
            ["57-NQ/TW", "57/nq–tw", "29-HD/TWĐTN-VP", "12 – ABC/XYZ", "72/2025/QH15", "1669/NQ-UBTVQH15"]
        {
            assert!(!is_by_year(number), "{number}");
        }
        for number in
            ["689/QĐ-UBND", "689-QĐ/UBND", "1844/UBND-VX", "30/2020/NĐ-CP", "145/QĐ-BCĐCĐS", "689", ""]
        {
            assert!(is_by_year(number), "{number}");
        }
    }

    #[test]
    fn compared() {
        for number in ["689/QĐ-UBND", "0689 / qđ – ubnd", "Số: 689/QĐ-UBND", "so 0689/QD—UBND", "689/QÐ-UBND"]
        {
            assert_eq!(comparable(number), "689/qd-ubnd", "{number}");
        }
        assert_eq!(comparable("51/STTTT-CNTT & BCVT"), "51/stttt-cntt&bcvt");
        for (a, b) in [("689/QĐ-UBND", "6890/QĐ-UBND"), ("57-NQ/TW", "57/NQ-TW"), ("12/TTr-X", "12/TT-X")] {
            assert_ne!(comparable(a), comparable(b));
        }
        assert_eq!(comparable("SO-12"), "so-12");
    }

    /// A number as somebody may type it.
    fn typed() -> impl Strategy<Value = String> {
        let separators =
            prop::collection::vec(prop::sample::select(vec!["/", "-", " ", " – ", "", ".", "/ ", "&"]), 4);
        let sign = || {
            let listed = (prop::sample::select(vec![KINDS, STATE, PARTY, OTHERS]), 0..40_usize)
                .prop_map(|(list, at)| list.split(' ').cycle().nth(at).unwrap().to_owned());
            let sign = prop_oneof![3 => listed, 1 => "[A-ZĐƯa-zđ]{1,5}", 1 => "[A-Z]{2}[0-9]{1,2}", 1 => "(19|20|21)?[0-9]{2}"];
            (sign, 0..4_usize).prop_map(|(sign, how)| match how {
                0 => sign.to_lowercase(),
                1 => sign.replace('Đ', "D"),
                2 => sign.to_uppercase(),
                _ => sign,
            })
        };
        (prop::sample::select(vec!["", "", "số ", "Số: "]), "[0-9]{1,4}", separators, sign(), sign(), sign())
            .prop_map(|(word, count, gaps, a, b, c)| {
                format!("{word}{count}{}{a}{}{b}{}{c}", gaps[0], gaps[1], gaps[2])
            })
    }

    proptest! {
        #[test]
        fn likely_is_usual(typed in typed(), any: String) {
            for number in [typed, any] {
                if let Form::Likely(likely) = form(&number) {
                    prop_assert_ne!(&likely, &number);
                    prop_assert_eq!(form(&likely), Form::Usual);
                    prop_assert_eq!(is_by_year(&likely), is_by_year(&number));
                }
                prop_assert_eq!(comparable(&comparable(&number)), comparable(&number));
            }
        }

        #[test]
        fn blind_to_typing(at in 0..USUAL.split(' ').count(), decomposed: bool, blanks in 0..3_usize, dash in "[-–—−]") {
            let usual = USUAL.split(' ').nth(at).unwrap();
            let usual = likely(usual).unwrap();
            let typed: String = usual
                .chars()
                .map(|c| match c {
                    'Ư' if decomposed => "U\u{31B}".to_owned(),
                    '-' => [dash.clone(), format!(" {dash}"), format!(" {dash} ")][blanks].clone(),
                    '/' | '&' => [format!("{c}"), format!("{c} "), format!(" {c} ")][blanks].clone(),
                    c => c.to_string(),
                })
                .collect();
            prop_assert_eq!(likely(&typed).unwrap(), &*usual);
            prop_assert_eq!(likely(&typed.to_lowercase()).is_some(), true);
            prop_assert_eq!(comparable(&typed.to_lowercase()), comparable(&usual));
        }
    }
}
