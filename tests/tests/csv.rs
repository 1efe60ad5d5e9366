//! Tables as CSV: what is printed is read again, and what is broken has a place and shows nothing personal.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use cnscd::{Register, TABLES};

/// Every table of a register.
fn tables(register: &Register) -> Vec<(&'static str, String)> {
    TABLES.iter().map(|table| (table.name, register.to_csv(table.name).unwrap())).collect()
}

#[track_caller]
fn comes_back(document: &str) {
    let register = Register::from_json(document).unwrap();
    let mut csv = tables(&register);
    csv.reverse();
    let again = Register::from_csv(&csv, register.note()).unwrap();
    assert!(again.to_json() == register.to_json());
    csv.reverse();
    assert_eq!(tables(&again), csv);
}

#[test]
fn samples_come_back() {
    comes_back(&benches::hai_duong());
    comes_back(&benches::minh_hoa().0);
    comes_back("{}");
}

#[test]
fn spreadsheets_of_other_settings() {
    let register = Register::from_json(&benches::minh_hoa().0).unwrap();
    let semicolons = |(name, text): (&'static str, String)| {
        let mut rows = String::from("\u{feff}");
        for line in text.lines() {
            // Nothing in this sample has a comma or a quote, and lists have semicolons: they get quotes.
            let cells = line
                .split(',')
                .map(|cell| if cell.contains(';') { format!("\"{cell}\"") } else { cell.into() });
            rows += &cells.collect::<Vec<_>>().join(";");
            rows += "\r\n";
        }
        (name, rows)
    };
    let csv: Vec<_> = tables(&register).into_iter().filter(|(_, text)| !text.contains('"')).collect();
    assert!(csv.len() > 8 && csv.iter().any(|(_, text)| text.contains(';')));
    let plain = Register::from_csv(&csv, None).unwrap();
    let other: Vec<_> = csv.into_iter().map(semicolons).collect();
    assert!(Register::from_csv(&other, None).unwrap().to_json() == plain.to_json());
}

/// Whatever bytes come in, an error with a place or a register goes out.
#[test]
fn broken_texts() {
    let register = Register::from_json(&benches::minh_hoa().0).unwrap();
    let csv = tables(&register);
    let (mut read, mut syntax, mut invalid) = (0, 0, 0);
    for (table, (_, text)) in csv.iter().enumerate() {
        let text = text.as_bytes();
        for n in 0..10 {
            let at = text.len() * n / 10;
            for piece in [&b""[..], b"\"", b",", b"\n", b"\xff", b"2022-02-30", b";", b"\0"] {
                let broken = [&text[..at], piece, &text[(at + 1).min(text.len())..]].concat();
                let texts = csv.iter().map(|(name, text)| (*name, text.as_bytes()));
                let mut texts: Vec<_> = texts.collect();
                texts[table].1 = &broken;
                match Register::from_csv(&texts, None) {
                    Ok(_) => read += 1,
                    Err(error) if error.code() == "syntax" => {
                        assert!(error.to_string().starts_with(&format!("{}, line ", texts[table].0)));
                        syntax += 1;
                    }
                    Err(error) => {
                        assert!(!error.problems().is_empty());
                        invalid += 1;
                    }
                }
            }
        }
    }
    assert!(read > 50 && syntax > 50 && invalid > 50, "{read} {syntax} {invalid}");
}

#[test]
fn nothing_personal_in_errors() {
    let marks = ["Mật", "0901234567", "1913"];
    let header = "id,name,born,sex,phone\n";
    for text in [
        "Mật,Mật,1913-12-11,male,0901234567\n",
        "p,Mật,1913-13-11,0901234567,0901234567\n",
        "p,Mật,1913-12-11,male,0901234567,Mật\n",
        "p,Mật \"Mật\",1913-12-11,male,0901234567\n",
        "p,Mật,1913-12-11,male,\"0901234567\n",
        "0901234567,Mật,1913-12-11,male,0901234567\n",
    ] {
        let error = Register::from_csv(&[("people", format!("{header}{text}"))], None).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!marks.iter().any(|mark| shown.contains(mark)), "{shown}");
    }
    // Without its first line.
    let error = Register::from_csv(&[("people", "p,Mật,1913-12-11,male,0901234567\n")], None).unwrap_err();
    assert!(!marks.iter().any(|mark| format!("{error} {error:?}").contains(mark)), "{error}");
}
