//! Tables as CSV: what is printed is read again, and what is broken has a place and shows nothing personal.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use cnscd::{Policy, REPORT_TABLES, Register, Reports, TABLES};

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

// ---- reports

/// Made up.
const REGISTER: &str = r#"{
    "units": [
        {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune"},
        {"code": "99001-01", "name": "Thôn Đông", "kind": "thon", "level": "village", "parent": "99001"}
    ],
    "teams": [
        {"id": "t-1", "kind": "community", "unit": "99001", "from": "2022-04-05"},
        {"id": "t-2", "kind": "community", "unit": "99001", "covers": ["99001-01"], "from": "2022-04-05"}
    ],
    "people": [{"id": "p-1", "name": "Phạm Văn Mật"}]
}"#;
/// Every column, two forms, neither by reporter nor by period, and texts that need quotes.
const REPORTS: &str = r#"{
    "note": "Không có thật.",
    "reports": [
        {"form": "team-monthly", "version": 1, "period": "2022-05", "team": "t-2", "kind": "periodic", "revision": 2, "sent": "2022-06-02",
            "received": "2022-06-03", "entered": "2022-06-04", "channel": "paper", "by": "p-1", "state": "approved",
            "figures": {"members": 5, "people_guided": 0}, "not_applicable": ["digital_stalls", "qr_businesses"],
            "estimates": ["members", "people_guided"], "confirmed": ["nothing-happened"],
            "prose": {"difficulties": "Chưa có \"máy\"; mạng yếu, chậm\nvà hay mất", "proposals": " trống "}},
        {"form": "sheet", "period": "2022-Q2", "unit": "99001-01", "figures": {"houses": 2147483647}},
        {"form": "team-monthly", "period": "2022-04", "team": "t-2", "received": "2022-05-03", "figures": {"people_guided": 7}},
        {"form": "sheet", "period": "2022-05-10/2022-06-09", "unit": "99001", "state": "draft", "not_applicable": ["houses"]},
        {"form": "team-monthly", "period": "2022-05", "team": "t-1", "prose": {"proposals": "=1+1"}}
    ]
}"#;

fn register() -> Register {
    Register::from_json(REGISTER).unwrap()
}

/// The document of reports that came as CSV.
fn read(csv: impl AsRef<[u8]>, note: Option<&str>) -> Result<serde_json::Value, cnscd::Error> {
    let register = register();
    let reports = Reports::from_csv(&register, csv.as_ref(), note)?;
    let json = register.with_reports(&reports).unwrap().reports_to_json().unwrap();
    Ok(serde_json::from_str(&json).unwrap())
}

fn csv_of(reports: &str) -> String {
    let register = register();
    register.with_reports(&Reports::from_json(&register, reports).unwrap()).unwrap().reports_to_csv().unwrap()
}

#[test]
fn reports_come_back() {
    let csv = csv_of(REPORTS);
    assert_eq!(
        csv.lines().next().unwrap(),
        "form,version,period,unit,team,kind,revision,sent,received,entered,channel,by,state,figures.members,figures.people_guided,\
         figures.digital_stalls,figures.qr_businesses,figures.houses,not_applicable,estimates,confirmed,prose.difficulties,prose.proposals"
    );
    let wanted: serde_json::Value = serde_json::from_str(REPORTS).unwrap();
    assert_eq!(read(&csv, Some("Không có thật.")).unwrap(), wanted);
    // And once more.
    assert_eq!(csv_of(&read(&csv, None).unwrap().to_string()), csv);
    // Lists have semicolons, and what has one itself is in quotes where it divides.
    assert!(csv.contains(",digital_stalls;qr_businesses,members;people_guided,nothing-happened,"));
    assert_eq!(read("", None).unwrap(), serde_json::json!({"reports": []}));
    assert_eq!(read("form,period,figures.x", None).unwrap(), serde_json::json!({"reports": []}));
}

#[test]
fn reports_of_nobody_and_none() {
    assert_eq!(register().reports_to_csv(), None);
    let columns = csv_of("{}");
    let names: Vec<_> = REPORT_TABLES[0].columns.iter().map(|column| column.name).collect();
    let own: Vec<_> = names.into_iter().filter(|name| !["figures", "prose"].contains(name)).collect();
    assert_eq!(columns, format!("{}\n", own.join(",")));
    assert_eq!(read(columns, None).unwrap(), serde_json::json!({"reports": []}));
}

#[test]
fn reports_of_spreadsheets_of_other_settings() {
    let wanted = read(
        "form,team,period,received,figures.members,not_applicable,prose.difficulties\n\
         sheet,t-1,2022-05,2022-06-02,5,houses; homes,Chưa có\n\
         sheet,t-2,2022-05,2022-06-07,,,\n",
        None,
    );
    let wanted = wanted.unwrap();
    assert_eq!(wanted["reports"][0]["not_applicable"], serde_json::json!(["houses", "homes"]));
    assert!(wanted["reports"][1].get("figures").is_none() && wanted["reports"][1].get("prose").is_none());
    for csv in [
        "\u{feff}form;team;period;received;figures.members;not_applicable;prose.difficulties\r\n\
         sheet;t-1;2022-05;2/6/2022;5;\"houses; homes\";Chưa có\r\n\
         sheet;t-2;2022-05;07/06/2022;;;\r\n",
        "form\tteam\tperiod\treceived\tfigures.members\tnot_applicable\tprose.difficulties\n\
         sheet\tt-1\t2022-05\t2022-06-02\t5\thouses;homes\tChưa có\n\
         sheet\tt-2\t2022-05\t2022-06-07\t\t\t",
        "\"prose.difficulties\",figures.members,unit,received,team,period,not_applicable,form\n\
         Chưa có,005,,2022-06-02,t-1,2022-05,houses ;homes,sheet\n\
         \n\
         ,,,2022-06-07,t-2,2022-05,,sheet\n",
    ] {
        assert_eq!(read(csv, None).unwrap(), wanted, "{csv}");
    }
}

#[test]
fn places_of_reports() {
    let problems = |csv: &str| -> Vec<String> {
        read(csv, None).unwrap_err().problems().iter().map(ToString::to_string).collect()
    };
    let figure = "`members` must be a whole number in the range 0–2147483647";
    for bad in ["-1", "5,0", "1.5", "2147483648", "99999999999999999999", "năm", " 5", "+5"] {
        let csv = format!(
            "form;team;period;figures.members\nsheet;t-1;2022-05;5\nsheet;t-1;2022-06;{bad}\nsheet;t-1;2022-07;7\n"
        );
        assert_eq!(problems(&csv), [format!("reports[1].figures: {figure}")], "{bad}");
    }
    assert_eq!(
        problems("form,team,period,recieved,team\nsheet,t-1,2022-05,2022-06-02,t-1\n"),
        ["reports: there is no key `recieved`; use `received`", "reports: the key `team` appears twice"]
    );
    assert_eq!(
        problems("form,team,period,figures.members,figures.members\nsheet,t-1,2022-05,5,5\n"),
        ["reports: the key `figures.members` appears twice"]
    );
    assert_eq!(
        problems("team,figures.members\nt-1,5\nt-9,5\n"),
        [
            "reports.form: is required",
            "reports.period: is required",
            "reports[1].team: there is no `t-9` in `teams`",
        ]
    );
    assert_eq!(
        problems(
            "form,team,period,revision,received,state,estimates\nsheet,t-1,2022-13,0,30/2/2022,sent,a;;b\n"
        ),
        [
            "reports[0].period: `2022-13` is no period; write `2022-05`, `2022-Q2`, `2022-H1`, `2022-9M`, `2022`, `2022-W18` or \
             `2022-05-10/2022-06-09`",
            "reports[0].revision: must be a whole number in the range 1–65535",
            "reports[0].received: `30/2/2022` is not a day from 1900 to 2199; write `2022-05-17` or `17/5/2022`",
            "reports[0].state: `sent` is not one of `draft`, `submitted`, `returned`, `approved`, `locked`, `reopened`",
            "reports[0].estimates[1]: must not be empty; if the value is not known and not required, leave the key out",
        ]
    );
    // What is no CSV has a line.
    let error = |csv: &[u8]| read(csv, None).unwrap_err().to_string();
    assert_eq!(
        error(b"form,team,period\nsheet,\"t\n-1\",2022-05\nsheet,t-1\n"),
        "reports, line 4: 2 values, and the first line has 3"
    );
    assert_eq!(error(b"form,team,period\nsheet,t-1,\xff\n"), "reports, line 2: invalid UTF-8");
    assert_eq!(
        error("form,team,period,prose.x\nsheet,t-1,2022-05,\"Mạng\n".as_bytes()),
        "reports, line 2: a quote is not closed, or stands inside a value without being doubled"
    );
}

/// Whatever bytes come in, an error with a place or reports go out, and these can be checked.
#[test]
fn broken_reports() {
    let register = register();
    let (csv, policy) = (csv_of(REPORTS), Policy::preset("national-2022").unwrap());
    let (mut made, mut syntax, mut invalid) = (0, 0, 0);
    for at in (0..csv.len()).step_by(5) {
        for piece in [&b""[..], b"\"", b",", b"\n", b"\xff", b"2022-02-30", b";", b"\0", b"."] {
            let broken = [&csv.as_bytes()[..at], piece, &csv.as_bytes()[at + 1..]].concat();
            match Reports::from_csv(&register, &broken, None) {
                Ok(reports) => {
                    let register = register.with_reports(&reports).unwrap();
                    register.check(&policy, "2022-12-31".parse().unwrap()).unwrap();
                    assert!(register.reports_to_csv().is_some_and(|csv| csv.starts_with("form,")));
                    made += 1;
                }
                Err(error) if error.code() == "syntax" => {
                    assert!(error.to_string().starts_with("reports, line "));
                    syntax += 1;
                }
                Err(error) => {
                    assert!(!error.problems().is_empty());
                    invalid += 1;
                }
            }
        }
    }
    assert!(made > 100 && syntax > 100 && invalid > 100, "{made} {syntax} {invalid}");
}

#[test]
fn nothing_personal_in_errors_of_reports() {
    let marks = ["Mật", "0901234567", "1913"];
    let header = "form,team,period,by,received,figures.members,prose.difficulties\n";
    for text in [
        "Mật,t-1,2022-05,p-1,2022-06-02,5,Mật 0901234567\n",
        "sheet,Mật,2022-05,p-1,2022-06-02,5,Mật 0901234567\n",
        "sheet,t-1,Mật,p-1,2022-06-02,5,Mật 0901234567\n",
        "sheet,t-1,2022-05,Mật,2022-06-02,5,Mật 0901234567\n",
        "sheet,t-1,2022-05,0901234567,2022-06-02,5,Mật 0901234567\n",
        "sheet,t-1,2022-05,1913-12-11,2022-06-02,5,Mật 0901234567\n",
        "sheet,t-1,2022-05,p-1,sinh 1913-12-11,5,Mật 0901234567\n",
        "sheet,t-1,2022-05,p-1,2022-06-02,Mật,Mật 0901234567\n",
        "sheet,t-1,2022-05,p-1,2022-06-02,5,Mật 0901234567,Mật\n",
        "sheet,t-1,2022-05,p-1,2022-06-02,5,\"Mật 0901234567\n",
        "sheet,t-1,2022-05,p-1,2022-06-02,5,Mật \"0901234567\" 1913\n",
    ] {
        let error = read(format!("{header}{text}"), None).unwrap_err();
        let shown = format!("{error} {error:?} {}", serde_json::json!(error.problems()));
        assert!(!marks.iter().any(|mark| shown.contains(mark)), "{shown}");
    }
    for columns in
        ["Mật", "figures.Mật", "figures.0901234567", "prose.Mật", "Mật.0901234567", "figures.Mật,figures.Mật"]
    {
        let cells = columns.split(',').map(|_| "5").collect::<Vec<_>>().join(",");
        let csv = format!("form,team,period,{columns}\nsheet,t-1,2022-05,{cells}\n");
        let error = read(csv, None).unwrap_err();
        let shown = format!("{error} {error:?} {}", serde_json::json!(error.problems()));
        assert!(!marks.iter().any(|mark| shown.contains(mark)), "{shown}");
    }
    // Without their first line.
    let error = read("sheet,Mật,2022-05,0901234567\n", None).unwrap_err();
    assert!(!marks.iter().any(|mark| format!("{error} {error:?}").contains(mark)), "{error}");
}
