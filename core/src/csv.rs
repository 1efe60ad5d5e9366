//! Tables as *CSV*: one text a table, its first line the names of the columns. An empty cell is absent; days, counts and flags are
//! written as in JSON, lists with a [`SEPARATOR`].

use crate::error::Error;
use crate::facts::TABLES;
use crate::register::Register;
use crate::reports::Reports;
use crate::table::{Cell, Table};
use crate::tables::{self, Rows, SEPARATOR};
use csv::{ErrorKind, ReaderBuilder, StringRecord, Writer};
use std::borrow::Cow;

impl Register {
    /// Reads tables, each a name with its CSV text in UTF-8. Columns may come in any order, and optional ones may be left out. A byte
    /// order mark is skipped. Values are divided by what divides the names in the first line: a comma, a semicolon as Excel writes it in
    /// Vietnamese settings, or a tab. Lists have `;` between their items.
    ///
    /// # Errors
    /// [`Error::Csv`] with table and line if a text is not CSV; [`Error::Invalid`] with every problem as JSON has them, rows counted from
    /// 0 below the first line; [`Error::TooLarge`] if the texts take four gigabytes.
    ///
    /// ```
    /// use cnscd::Register;
    /// let units = "code,name,kind,level,parent\n\
    ///              99001,Xã Mẫu,xa,commune,\n\
    ///              99001-01,Thôn Đông,thon,village,99001\n";
    /// let teams = "id,kind,unit,covers,from\nto-dong,community,99001,99001-01,5/4/2022\n";
    /// let register = Register::from_csv(&[("units", units), ("teams", teams)], None)?;
    /// assert_eq!(register.to_csv("teams")?.lines().nth(1), Some("to-dong,,community,99001,99001-01,,,,,2022-04-05,"));
    ///
    /// let error = Register::from_csv(&[("teams", "id,kind,unit\nt,community,99001\n")], None).unwrap_err();
    /// assert_eq!(error.problems()[0].to_string(), "teams.from: is required");
    /// # Ok::<(), cnscd::Error>(())
    /// ```
    pub fn from_csv<T: AsRef<[u8]>>(csv: &[(&str, T)], note: Option<&str>) -> Result<Self, Error> {
        let names: Vec<_> = csv.iter().map(|(name, _)| *name).collect();
        tables::read(note, &names, |position, rows| {
            csv.get(position).map_or(Ok(()), |(_, text)| feed(text.as_ref(), rows))
        })
    }

    /// A table as CSV, with every column; reading it gives the same rows.
    ///
    /// # Errors
    /// [`Error::BadChoice`] if there is no such table.
    pub fn to_csv(&self, table: &str) -> Result<String, Error> {
        let mut out = Writer::from_writer(Vec::new());
        // Writing to a vector cannot fail.
        let columns = TABLES.iter().filter(|of| of.name == table).flat_map(|table| table.columns);
        let _ = out.write_record(columns.map(|column| column.name));
        self.each_row(table, &mut |cells| {
            for cell in cells {
                let _ = out.write_field(value(cell).as_bytes());
            }
            let _ = out.write_record(None::<&[u8]>);
        })?;
        Ok(out.into_inner().ok().and_then(|out| String::from_utf8(out).ok()).unwrap_or_default())
    }
}

impl Reports {
    /// Reads reports as CSV, beside the register whose teams and units sent them: a column for each key, and `figures.members`,
    /// `prose.difficulties` for each figure and text. Otherwise as [`Register::from_csv`].
    ///
    /// # Errors
    /// Those of [`Register::from_csv`] and [`Reports::from_json`].
    ///
    /// ```
    /// use cnscd::{Register, Reports};
    /// let register = Register::from_csv(&[
    ///     ("units", "code,name,kind,level\n99001,Xã Mẫu,xa,commune\n"),
    ///     ("teams", "id,kind,unit,from\nto-dong,community,99001,5/4/2022\n"),
    /// ], None)?;
    /// let reports = "form,team,period,received,figures.members,figures.people_guided\n\
    ///                team-monthly,to-dong,2022-05,2/6/2022,5,12\n\
    ///                team-monthly,to-dong,2022-06,3/7/2022,5,\n";
    /// let reports = Reports::from_csv(&register, reports.as_bytes(), None)?;
    /// assert_eq!(reports.len(), 2);
    /// let register = register.with_reports(&reports)?;
    /// assert!(register.reports_to_csv().is_some_and(|csv| csv.contains("2022-06-03") || csv.contains("2022-07-03")));
    /// # Ok::<(), cnscd::Error>(())
    /// ```
    pub fn from_csv(register: &Register, csv: &[u8], note: Option<&str>) -> Result<Self, Error> {
        tables::read_reports(register, note, |rows| feed(csv, rows))
    }
}

impl Register {
    /// The reports as CSV, with a column for each figure and text that one of them has; none if there are no reports beside it.
    #[must_use]
    pub fn reports_to_csv(&self) -> Option<String> {
        let mut out = Writer::from_writer(Vec::new());
        let names = self.report_columns()?;
        // Writing to a vector cannot fail.
        let _ = out.write_record(&names);
        self.each_report(&mut |cells| {
            for cell in cells {
                let _ = out.write_field(value(cell).as_bytes());
            }
            let _ = out.write_record(None::<&[u8]>);
        });
        Some(out.into_inner().ok().and_then(|out| String::from_utf8(out).ok()).unwrap_or_default())
    }
}

fn feed(text: &[u8], rows: &mut Rows) -> Result<(), Error> {
    let table = rows.table();
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let syntax = |error: csv::Error| {
        let (position, message) = match error.kind() {
            ErrorKind::Utf8 { pos, .. } => (pos.as_ref(), "invalid UTF-8".into()),
            ErrorKind::UnequalLengths { pos, expected_len, len } => {
                (pos.as_ref(), format!("{len} values, and the first line has {expected_len}"))
            }
            _ => (None, "cannot be read".into()),
        };
        bad(table, position.map_or(1, csv::Position::line), message)
    };
    let delimiter = delimiter(text);
    if let Some(line) = bad_quote(text, delimiter) {
        return Err(bad(
            table,
            line,
            "a quote is not closed, or stands inside a value without being doubled".into(),
        ));
    }
    let mut source = ReaderBuilder::new().delimiter(delimiter).from_reader(text);
    let columns = rows.columns(source.headers().map_err(syntax)?);
    let mut record = StringRecord::new();
    while source.read_record(&mut record).map_err(syntax)? {
        let mut cells = vec![Cell::Absent; rows.width()];
        for (text, position) in record.iter().zip(&columns).filter(|(text, _)| !text.is_empty()) {
            let Some(position) = *position else { continue };
            if let (Some(cell), Some(kind)) = (cells.get_mut(position), rows.kind(position)) {
                *cell = Cell::of_text(text, kind);
            }
        }
        rows.push(&cells)?;
    }
    Ok(())
}

fn bad(table: &Table, line: u64, message: String) -> Error {
    Error::Csv { table: table.name, line, message }
}

/// What divides the names in the first line; no name of a column has it.
fn delimiter(text: &[u8]) -> u8 {
    let line = text.iter().take_while(|&&b| b != b'\n');
    line.copied().find(|b| matches!(b, b',' | b';' | b'\t')).unwrap_or(b',')
}

/// The line of a quote that breaks its value. The parser would guess, and rows might vanish in a text.
fn bad_quote(text: &[u8], delimiter: u8) -> Option<u64> {
    if !text.contains(&b'"') {
        return None;
    }
    let (mut line, mut opened) = (1, 1);
    let (mut first, mut inside, mut closed) = (true, false, false);
    for &b in text {
        let ends = b == delimiter || matches!(b, b'\n' | b'\r');
        if b == b'"' {
            if first {
                opened = line;
            } else if !inside && !closed {
                return Some(line);
            }
            // It closes, opens, or is the second of a pair.
            (closed, inside) = (inside, !inside);
        } else if closed && !ends {
            return Some(line);
        } else {
            closed = false;
        }
        first = ends && !inside;
        line += u64::from(b == b'\n');
    }
    inside.then_some(opened)
}

fn value<'c>(cell: &'c Cell<'_>) -> Cow<'c, str> {
    match cell {
        Cell::Flag(flag) => flag.to_string().into(),
        Cell::Count(count) => count.to_string().into(),
        Cell::Text(text) => Cow::Borrowed(text),
        Cell::Day(day) => day.to_string().into(),
        Cell::List(items) => {
            items.iter().map(value).collect::<Vec<_>>().join(SEPARATOR.encode_utf8(&mut [0; 4])).into()
        }
        Cell::Absent | Cell::Number | Cell::Map(_) | Cell::Object => "".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNITS: &str = "code,name,kind,level,parent\n99001,Xã Mẫu,xa,commune,\n";

    fn read(csv: &[(&str, &[u8])]) -> Result<Register, Error> {
        Register::from_csv(csv, Some("Không có thật."))
    }

    #[track_caller]
    fn error(table: &str, text: impl AsRef<[u8]>) -> String {
        read(&[("units", UNITS.as_bytes()), (table, text.as_ref())]).unwrap_err().to_string()
    }

    /// The problems of one table.
    #[track_caller]
    fn problems(table: &str, text: &str) -> Vec<String> {
        let error = read(&[(table, text.as_bytes())]).unwrap_err();
        error.problems().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn as_spreadsheets_write_it() {
        let plain = read(&[("units", UNITS.as_bytes())]).unwrap().to_json();
        let quoted = UNITS.replace("Xã Mẫu", "\"Xã Mẫu\"");
        for text in [
            format!("\u{feff}{UNITS}"),
            UNITS.replace('\n', "\r\n"),
            UNITS.trim_end().into(),
            format!("\u{feff}{}", quoted.replace(',', ";")),
            UNITS.replace(',', "\t"),
            "\"level\",\"kind\",\"code\",\"name\"\ncommune,xa,99001,Xã Mẫu\n\n".into(),
        ] {
            assert_eq!(read(&[("units", text.as_bytes())]).unwrap().to_json(), plain, "{text}");
        }
        assert_eq!(
            read(&[("units", b""), ("teams", b"id,kind,unit,from")]).unwrap().to_json(),
            read(&[]).unwrap().to_json()
        );
    }

    #[test]
    fn values_that_need_quotes_come_back() {
        let names = ["Xã \"Mẫu\"", "a,b;c", "hai\ndòng", " trống ", "\rđầu dòng", "=1+1", "\u{feff}Xã"];
        let units = names.iter().enumerate().map(|(n, name)| {
            serde_json::json!({"code": format!("9900{n}"), "name": name, "kind": "xa", "level": "commune", "keep_capital": true})
        });
        let units: Vec<_> = units.collect();
        let register = Register::from_json(&serde_json::json!({"units": units}).to_string()).unwrap();
        let again = Register::from_csv(&[("units", register.to_csv("units").unwrap())], None).unwrap();
        assert_eq!(again.to_json(), register.to_json());
    }

    #[test]
    fn no_csv() {
        assert_eq!(
            error("teams", "id,kind,unit,from\n\"a\nb\",community,99001,2022-04-05\nt,community\n"),
            "teams, line 4: 2 values, and the first line has 4"
        );
        assert_eq!(
            error("teams", b"id,kind,unit,from\nt,community,99001,\xff\n"),
            "teams, line 2: invalid UTF-8"
        );
        assert_eq!(error("people", b"id,n\xe1me\n"), "people, line 1: invalid UTF-8");
        for (text, line) in [
            ("id,name\np-1,Một\np-2,\"Hai\np-3,Ba\n", 3),
            ("id,name\np-1,\"Một\n\"\"\"\np-2,\"Hai\np-3,\"Ba\"\n", 5),
            ("id,name\np-1,Một \"Hai\" Ba\n", 2),
            ("id,name\np-1,\"", 2),
        ] {
            let wanted = format!(
                "people, line {line}: a quote is not closed, or stands inside a value without being doubled"
            );
            assert_eq!(error("people", text), wanted);
        }
        let code = read(&[("units", b"\xff\xfeu\0")]).unwrap_err().code();
        assert_eq!(code, "syntax");
    }

    #[test]
    fn every_problem_has_its_place() {
        let text = "id,name,born,phone,sex\np 1,Mật,1990-02-30,,male\np-2,,,0901234567,nam\n";
        let wanted = [
            "people[0].id: `***` is not an id: ASCII letters, digits and . _ - /, at most 64",
            "people[0].born: `***` is not a day from 1900 to 2199; write `2022-05-17` or `17/5/2022`",
            "people[1].name: is required",
            "people[1].sex: `***` is not one of `male`, `female`",
        ];
        assert_eq!(problems("people", text), wanted);
        let text = "unit,attribute,from,value\n,households,2022-01-01,-1\n";
        assert_eq!(
            problems("attributes", text),
            [
                "attributes[0].unit: is required",
                "attributes[0].value: must be a whole number in the range 0–4294967295",
            ]
        );
        assert_eq!(
            problems("positions", "person,kind,from,acting\np,x,2022-01-01,yes\n"),
            [
                "positions[0].person: there is no `***` in `people`",
                "positions[0].acting: must be true or false",
            ]
        );
        let text = "id,kind,unit,from,covers,mandates\nt,community,99001,5/4/2022,99001-01;99001-02,a;;b\n";
        assert_eq!(
            problems("teams", text),
            [
                "teams[0].unit: there is no `99001` in `units`",
                "teams[0].covers[0]: there is no `99001-01` in `units`",
                "teams[0].covers[1]: there is no `99001-02` in `units`",
                "teams[0].mandates[1]: must not be empty; if the value is not known and not required, leave the key out",
            ]
        );
    }
}
