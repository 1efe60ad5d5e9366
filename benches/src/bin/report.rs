//! Puts the figures of one `make bench` side by side as ratios and writes them to docs/benchmarks.md.

use serde_json::Value;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The median of a Criterion benchmark, in milliseconds.
fn median(name: &str) -> Result<f64> {
    let text = fs::read_to_string(format!("target/criterion/{name}/new/estimates.json"))
        .map_err(|error| format!("{name} was not measured ({error}): run make bench"))?;
    let estimates: Value = serde_json::from_str(&text)?;
    let nanoseconds =
        estimates.pointer("/median/point_estimate").and_then(Value::as_f64).ok_or("no median")?;
    Ok(nanoseconds / 1e6)
}

/// Milliseconds and peak kilobytes of reading once in a new process: the middle one of five.
fn once(what: &str) -> Result<(f64, f64)> {
    let mut runs = Vec::new();
    for _ in 0..5 {
        let out = Command::new(std::env::current_exe()?.with_file_name("once")).arg(what).output()?;
        let text = String::from_utf8(out.stdout)?;
        let (time, peak) = text.trim().split_once(' ').ok_or("once printed nothing")?;
        runs.push((time.parse::<f64>()?, peak.parse::<f64>()?));
    }
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    runs.get(2).copied().ok_or_else(|| "no runs".into())
}

fn machine() -> String {
    let field = |path: &str, key: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let run = |program: &str, flag: &str| {
        let out = Command::new(program)
            .arg(flag)
            .output()
            .map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned());
        out.unwrap_or_default()
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{}, {cores} cores, {} of memory; {}; Node.js {}. One thread.",
        field("/proc/cpuinfo", "model name"),
        field("/proc/meminfo", "MemTotal"),
        run("rustc", "--version"),
        run("node", "--version"),
    )
}

/// What lies behind the figures, why a goal is missed, and what it would take.
const NOTES: &str = "\
## How to read them

- **Reading again and again.** The ratio moves from run to run, from about one to one and a half, mostly with the peer: where the \
allocator finds room for its small texts. Cells are read untyped here, so that one bad cell never hides the next; each reference is \
resolved, each id entered, each index built, and the large tables take fresh pages each time. A JSON reader of our own that knows the \
type of each column would be faster on any day.
- **Checking the country.** By leaving rules out: to walk teams, people and units and find their spans takes a third of the time, the \
rules of teams a third, and the other rules a third, of which people of one name are the most.
- **Checks against Polars.** Which reports count and what was before each is worked out when the register is checked, and kept; Polars is given it as a \
column. What a check asks for is loaded once for some hundred reports, in floats of 32 bits where the figures are so small that these hold every whole number, \
else in floats of 64; two figures as they are are compared in their columns. All of it in one thread, and in the instructions that every x86-64 has. \
The division is the dearest of the 25 checks, a tenth of the time. Polars with all threads would take threads here too: a caller's data frame of a \
country is the only use for them, and a library that starts none is easier to live with.
- **WebAssembly against native.** The module is built to be small: `opt-level = \"z\"`, as `make size` holds it to a budget. With \"s\" for the \
core the check takes half the time and the module 27 kB more, gzipped; with 2, not three tenths of the time, less than twice native, and \
68 kB more. One line in Cargo.toml (`[profile.wasm.package.cnscd]`) chooses.
";

/// The rows of the table about a year of reports, and what stands below it.
fn reports(row: &mut dyn FnMut(&str, &str, String, bool) -> std::fmt::Result) -> Result<String> {
    let read: Value = serde_json::from_str(&fs::read_to_string("target/bench/reports.json")?)?;
    let number = |name: &str| read.get(name).and_then(Value::as_f64).ok_or("no figure of reports");
    let wasm: Value = serde_json::from_str(&fs::read_to_string("target/bench/wasm.json")?)?;
    let browser = |name: &str| wasm.get(name).and_then(Value::as_f64).ok_or("no figure of previews");
    let (ours, sum, rows) = (median("reports/departures")?, median("reports/sum")?, number("reports")?);
    let each = ours * 1e6 / rows / 25.0;
    row(
        "25 expression checks over a year of reports of the country",
        "at most 2.5 ns for each report and check",
        format!("{each:.2} ns ({ours:.0} ms for {rows:.0} reports)"),
        each <= 2.5,
    )?;
    row(
        "the same against the sum of the same columns",
        "at most 8 times",
        format!("{:.2} times ({ours:.1} ms to {sum:.1} ms)", ours / sum),
        ours <= sum * 8.0,
    )?;
    let (python, one, all) = (number("ours")?, number("polars_one")?, number("polars_all")?);
    row(
        "the same against checks written by hand in Polars, the same pairs of report and check, one thread",
        "at least 3 times as fast",
        format!("{:.2} times ({python:.0} ms to {one:.0} ms, both from Python)", one / python),
        one >= python * 3.0,
    )?;
    row(
        "the same, Polars with all threads",
        "at least 3 times as fast",
        format!("{:.2} times ({python:.0} ms to {all:.0} ms)", all / python),
        all >= python * 3.0,
    )?;
    let memory = number("memory")?;
    row("memory of that year of reports", "at most 160 MB", format!("{memory:.0} MB"), memory <= 160.0)?;
    let mut out = String::new();
    writeln!(
        out,
        "\nOn {:.0} of the reports, plain Python over pydantic models takes {:.0} times as long as the same 25 checks here ({:.0} ms to {:.2} ms), and \
         reading the document into the models {:.1} times as long as reading the reports ({:.0} ms to {:.0} ms).",
        number("few")?,
        number("few_plain")? / number("few_ours")?,
        number("few_plain")?,
        number("few_ours")?,
        number("few_pydantic")? / number("few_read")?,
        number("few_pydantic")?,
        number("few_read")?,
    )?;
    writeln!(
        out,
        "\nReading that year row by row takes {:.0} ms; checking the country with it, all rules and the 25 checks, {:.0} ms, of which {:.0} ms without reports. \
         A preview of one report takes {:.0} µs from Python (99th percentile {:.0} µs), in a register with a year of reports of the country, and {:.0} µs \
         ({:.0} µs) in WebAssembly, in a province with eight months of them.",
        median("reports/read")?,
        median("reports/check")?,
        median("reports/register")?,
        number("preview")? * 1e3,
        number("preview99")? * 1e3,
        browser("preview")? * 1e3,
        browser("preview99")? * 1e3,
    )?;
    Ok(out)
}

/// Working days beside those of two libraries of others, and a year's duties.
fn days() -> Result<String> {
    let mut out = String::new();
    let days: Value = serde_json::from_str(&fs::read_to_string("target/bench/days.json")?)?;
    let each = |name: &str| days.get(name).and_then(Value::as_f64).ok_or("no figure of days");
    let native = |name: &str| median(name).map(|time| time * 1e6 / 10_000.0);
    let (count, add) = (each("count")?, each("add")?);
    writeln!(
        out,
        "\nWorking days from 1901 to 2100, 10,000 times each, by the country's rules as if they had begun in 1901 (the law that is known \
         begins in 1995). Counting those between two days takes {:.0} ns natively and {count:.0} ns from \
         Python; numpy's `busday_count` takes {:.0} ns a call ({:.1} times as long) and {:.0} ns where all pairs come in one array \
         ({:.1} times the native time); python-holidays takes {:.1} ms ({:.0} times). Adding 250 working days takes {:.0} ns natively and \
         {add:.0} ns from Python; numpy's `busday_offset` {:.0} ns a call ({:.1} times) and {:.0} ns in one array ({:.1} times native); \
         python-holidays {:.1} ms ({:.0} times). numpy cannot express a worked Saturday; its answers were compared but for those.",
        native("days/count")?,
        each("count_numpy")?,
        each("count_numpy")? / count,
        each("count_numpy_array")?,
        each("count_numpy_array")? / native("days/count")?,
        each("count_holidays")? / 1e6,
        each("count_holidays")? / count,
        native("days/add")?,
        each("add_numpy")?,
        each("add_numpy")? / add,
        each("add_numpy_array")?,
        each("add_numpy_array")? / native("days/add")?,
        each("add_holidays")? / 1e6,
        each("add_holidays")? / add,
    )?;
    let listed = fs::read_to_string("target/bench/duties.json")?;
    writeln!(
        out,
        "\nA year of monthly reports of every team of the country, {listed} duties: worked out, put in order and listed in {:.0} ms.",
        median("duties/year")?,
    )?;
    Ok(out)
}

/// A figure that a benchmark has left.
fn figure_in(file: &str, name: &str) -> Result<f64> {
    let figures: Value = serde_json::from_str(&fs::read_to_string(format!("target/bench/{file}.json"))?)?;
    Ok(figures.get(name).and_then(Value::as_f64).ok_or("no such figure")?)
}

fn main() -> Result<()> {
    let (plain, ours) = (median("read/plain")?, median("read/cnscd")?);
    let (none, once_plain, once_ours) = (once("none")?, once("plain")?, once("cnscd")?);
    let checks = [median("check/1")?, median("check/2")?, median("check/4")?, median("check/8")?];
    let [eighth, _, _, whole] = checks;
    let province = median("province/check")?;
    let wasm: Value = serde_json::from_str(&fs::read_to_string("target/bench/wasm.json")?)?;
    let wasm_check = wasm.get("check").and_then(Value::as_f64).ok_or("no figure of WebAssembly")?;
    let memory = |peak: f64| (peak - none.1) / 1024.0;

    let mut out = String::from(
        "# Benchmarks\n\nWritten by `make bench`, every figure in one run on one machine. Ratios compare; times alone do not.\n\n",
    );
    writeln!(out, "Machine: {}\n", machine())?;
    out.push_str(
        "The country is `benches::country(8)`: 93,524 teams, 457,820 memberships, 103,440 units, 185 MB of JSON, made up but for the \
         units; about three teams in a hundred have a mistake. The peer of reading is serde_json into plain structs with the same date \
         checks (`benches/src/plain.rs`): it resolves no reference, sees no duplicate and builds no index.\n\n| what | goal | measured | |\n|---|---|---|---|\n",
    );
    let mut row = |what: &str, goal: &str, measured: String, held: bool| {
        writeln!(out, "| {what} | {goal} | {measured} | {} |", if held { "reached" } else { "**missed**" })
    };
    let ratio = ours / plain;
    row(
        "read the country, again and again in one process (Criterion)",
        "at most 1.2 times the peer",
        format!("{ratio:.2} times ({ours:.0} ms to {plain:.0} ms)"),
        ratio <= 1.2,
    )?;
    let ratio = once_ours.0 / once_plain.0;
    row(
        "read the country once in a new process",
        "at most 1.2 times the peer",
        format!("{ratio:.2} times ({:.0} ms to {:.0} ms)", once_ours.0, once_plain.0),
        ratio <= 1.2,
    )?;
    let (ours_peak, plain_peak) = (memory(once_ours.1), memory(once_plain.1));
    row(
        "peak memory of reading it, the document aside",
        "less than the peer",
        format!("{:.2} times ({ours_peak:.0} MB to {plain_peak:.0} MB)", ours_peak / plain_peak),
        ours_peak < plain_peak,
    )?;
    row(
        &format!("check the country, {} rules", cnscd::RULES.len()),
        "at most 60 ms (with 30 rules)",
        format!("{whole:.1} ms"),
        whole <= 60.0,
    )?;
    let linear = whole / 8.0 / eighth;
    let times = checks.map(|time| format!("{time:.1}")).join(", ");
    row(
        "from an eighth to the whole: time for each team",
        "at most 1.5 times",
        format!("{linear:.2} times (1/8, 1/4, 1/2, whole: {times} ms)"),
        linear <= 1.5,
    )?;
    let edit = |name: &str| figure_in("edit", name);
    let duties = |name: &str| figure_in("edit-duties", name);
    let (middle, late) = (edit("median")?, edit("p99")?);
    row(
        "one membership edited in the country, findings that changed",
        "under 20 µs",
        format!("median {middle:.1} µs, 99th percentile {late:.1} µs of {:.0} edits", edit("edits")?),
        middle < 20.0,
    )?;
    row(
        "check of a province in WebAssembly",
        "at most 10 ms",
        format!("{wasm_check:.2} ms"),
        wasm_check <= 10.0,
    )?;
    let ratio = wasm_check / province;
    row(
        "the same against native",
        "at most 2 times",
        format!("{ratio:.2} times ({wasm_check:.2} ms to {province:.2} ms)"),
        ratio <= 2.0,
    )?;
    let about_reports = reports(&mut row)?;
    let tables: Value = serde_json::from_str(&fs::read_to_string("target/bench/tables.json")?)?;
    let table = |name: &str| tables.get(name).and_then(Value::as_f64).ok_or("no figure of tables");
    let (json, polars, pyarrow) = (table("json")?, table("polars")?, table("pyarrow")?);
    writeln!(
        out,
        "\nBeside them, without a goal: the same edit where every team owes a monthly report, the duties of its unit and of those above looked at again, \
         takes a median of {:.0} µs (99th percentile {:.0} µs). A roll-up of every unit of the country takes {:.0} ms. Reading the country from CSV takes {:.2} \
         times as long as from JSON; in Python, from frames of polars {:.2} times ({polars:.0} ms to {json:.0} ms), from tables of \
         pyarrow {:.2} times ({pyarrow:.0} ms).",
        duties("median")?,
        duties("p99")?,
        median("roll-up/country")?,
        median("read/csv")? / ours,
        polars / json,
        pyarrow / json,
    )?;
    out.push_str(&about_reports);
    out.push_str(&days()?);
    write!(out, "\n{NOTES}")?;
    fs::write("docs/benchmarks.md", &out)?;
    print!("{out}");
    Ok(())
}
