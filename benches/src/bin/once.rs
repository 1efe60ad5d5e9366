//! Reads the country once in a process of its own and prints milliseconds and peak memory in kilobytes: `once plain`,
//! `once cnscd`, and `once none` for what the document itself takes. `once print` prints the document, `once reports` a year of reports as CSV.

use benches::{country, country_reports, plain};
use cnscd::Register;
use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let document = country(8);
    if std::env::args().nth(1).as_deref() == Some("print") {
        return Ok(std::io::stdout().write_all(document.as_bytes())?);
    }
    if std::env::args().nth(1).as_deref() == Some("reports") {
        let register = Register::from_json(&document)?;
        let year = country_reports(&document);
        let reports = cnscd::tables::read_reports(&register, None, |rows| year.feed(rows))?;
        let csv = register.with_reports(&reports)?.reports_to_csv().unwrap_or_default();
        return Ok(std::io::stdout().write_all(csv.as_bytes())?);
    }
    let started = Instant::now();
    match std::env::args().nth(1).as_deref() {
        Some("plain") => drop(black_box(plain::read(&document)?)),
        Some("cnscd") => drop(black_box(Register::from_json(&document)?)),
        _ => {}
    }
    let milliseconds = started.elapsed().as_millis();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    println!("{milliseconds} {}", peak.trim().trim_end_matches(" kB"));
    Ok(())
}
