//! The country: reading it, checking it in eighths, rolling it up; and the check of one province.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark")]

use benches::{country, country_reports, hai_duong, hai_duong_reports, plain};
use chrono::NaiveDate;
use cnscd::{AgendaQuery, Checked, Policy, Register, RollUpQuery, TABLES, tables};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Instant;

fn all(criterion: &mut Criterion) {
    let policy = Policy::preset("national-2022").unwrap();
    let document = country(8);

    let mut group = criterion.benchmark_group("read");
    group.sample_size(10).throughput(Throughput::Bytes(document.len() as u64));
    group.bench_function("plain", |b| b.iter_with_large_drop(|| plain::read(black_box(&document)).unwrap()));
    group.bench_function("cnscd", |b| {
        b.iter_with_large_drop(|| Register::from_json(black_box(&document)).unwrap());
    });
    let register = Register::from_json(&document).unwrap();
    let csv: Vec<_> = TABLES.iter().map(|table| (table.name, register.to_csv(table.name).unwrap())).collect();
    drop(register);
    group.bench_function("csv", |b| {
        b.iter_with_large_drop(|| Register::from_csv(black_box(&csv), None).unwrap());
    });
    drop(csv);
    group.finish();

    let late = NaiveDate::from_ymd_opt(2024, 12, 31).unwrap();
    let mut group = criterion.benchmark_group("check");
    group.sample_size(10);
    for eighths in [1, 2, 4, 8] {
        let register = Register::from_json(&country(eighths)).unwrap();
        group.bench_with_input(BenchmarkId::from_parameter(eighths), &register, |b, register| {
            b.iter_with_large_drop(|| register.check(&policy, late).unwrap());
        });
    }
    group.finish();

    let mut checked = Register::from_json(&document).unwrap().check(&policy, late).unwrap();
    edits(&mut checked, &document, "edit");
    let mut group = criterion.benchmark_group("roll-up");
    group.sample_size(10);
    group.bench_function("country", |b| {
        b.iter_batched(
            || (),
            |()| checked.roll_up(&RollUpQuery::default()).unwrap(),
            BatchSize::PerIteration,
        );
    });
    group.finish();
    drop(checked);
    duties(criterion, &document, late);
    reports(criterion, &document);
    days(criterion);

    std::fs::write("../target/bench/hai-duong-reports.json", hai_duong_reports()).unwrap();
    let province = Register::from_json(&hai_duong()).unwrap();
    let may = NaiveDate::from_ymd_opt(2022, 5, 17).unwrap();
    criterion.benchmark_group("province").bench_function("check", |b| {
        b.iter_with_large_drop(|| province.check(&policy, may).unwrap());
    });
}

const REPORTS: &str = r#"{"name": "reports", "extends": "national-2022", "obligations": [{
    "id": "report-team", "name_vi": "Ví dụ", "name_en": "An example", "level": "commune", "who": "team", "teams": "community",
    "lead": "peoples_committee", "from": "2025-01-01", "every": "month", "scheme": "calendar",
    "due": "after", "count": 2, "of": "working_days", "adjust": "none", "test": "recorded",
    "basis_vi": "Ví dụ", "basis_en": "An example", "force": "practice"
}]}"#;

/// A year of monthly reports of every team, as the agenda lists them.
fn duties(criterion: &mut Criterion, document: &str, as_of: NaiveDate) {
    let policy = Policy::from_json(REPORTS).unwrap();
    let mut checked = Register::from_json(document).unwrap().check(&policy, as_of).unwrap();
    let query = AgendaQuery { days: Some(400), ..AgendaQuery::default() };
    let count = checked.agenda(&query).unwrap().len();
    assert!(count > 1_000_000, "{count}");
    std::fs::create_dir_all("../target/bench").unwrap();
    std::fs::write("../target/bench/duties.json", count.to_string()).unwrap();
    let mut group = criterion.benchmark_group("duties");
    group.sample_size(10);
    group.bench_function("year", |b| b.iter_with_large_drop(|| checked.agenda(black_box(&query)).unwrap()));
    group.finish();
    edits(&mut checked, document, "edit-duties");
}

/// 25 checks over a year of reports of the country, beside the sum of the same columns; and all that is said of them.
fn reports(criterion: &mut Criterion, document: &str) {
    let policy = Policy::from_json(include_str!("../../data/year-policy.json")).unwrap();
    let (register, year) = (Register::from_json(document).unwrap(), country_reports(document));
    let read = || tables::read_reports(&register, None, |rows| year.feed(rows)).unwrap();
    let reports = read();
    let bound = register.with_reports(&reports).unwrap();
    let as_of = NaiveDate::from_ymd_opt(2025, 1, 31).unwrap();
    let checked = bound.check(&policy, as_of).unwrap();
    let columns = year.columns();
    let mut group = criterion.benchmark_group("reports");
    group.sample_size(10);
    group.bench_function("read", |b| b.iter_with_large_drop(read));
    group.bench_function("departures", |b| {
        b.iter_with_large_drop(|| checked.departures(black_box("team-monthly")).unwrap());
    });
    group.bench_function("sum", |b| {
        b.iter(|| {
            let sum = |column: &Vec<i32>| {
                column.iter().filter(|&&figure| figure >= 0).map(|&figure| i64::from(figure)).sum::<i64>()
            };
            black_box(&columns).iter().map(sum).sum::<i64>()
        });
    });
    group.bench_function("register", |b| b.iter_with_large_drop(|| register.check(&policy, as_of).unwrap()));
    group.bench_function("check", |b| b.iter_with_large_drop(|| bound.check(&policy, as_of).unwrap()));
    group.finish();
}

/// Working days, counted and added, between days of two hundred years: the country's rules, as if they had begun with the lunar table.
fn days(criterion: &mut Criterion) {
    let preset = include_str!("../../../core/presets/vietnam-calendar.json");
    let policy = Policy::from_json(&preset.replace("1995-01-01", "1901-01-01")).unwrap();
    let calendar = policy.calendar();
    let (first, last) = calendar.days().unwrap();
    let all: Vec<_> = first.iter_days().take_while(|day| *day <= last).collect();
    // The pairs that benches/days.py has.
    let pairs: Vec<_> =
        (0..10_000).map(|n| (all[n * 7919 % all.len()], all[n * 104_729 % all.len()])).collect();
    let mut group = criterion.benchmark_group("days");
    group.bench_function("count", |b| {
        b.iter(|| pairs.iter().map(|&(from, to)| calendar.count(from, to).unwrap()).sum::<i64>());
    });
    group.bench_function("add", |b| {
        b.iter(|| pairs.iter().filter(|&&(from, _)| calendar.add(from, black_box(250)).is_ok()).count());
    });
    group.finish();
}

/// Ends memberships one after the other; leaves the median and the 99th percentile in microseconds for the report.
fn edits(checked: &mut Checked, document: &str, name: &str) {
    let document: serde_json::Value = serde_json::from_str(document).unwrap();
    let rows = document["memberships"].as_array().unwrap();
    let mut times = Vec::new();
    for n in 0..5000 {
        let row = &rows[n * 7919 % rows.len()];
        let change = serde_json::json!({"end": "memberships", "where": row, "to": "2024-06-03"}).to_string();
        let started = Instant::now();
        let made = checked.edit(black_box(&change)).is_ok();
        let time = started.elapsed();
        // Some began later or are in two equal rows: no edit.
        if made {
            times.push(time.as_secs_f64() * 1e6);
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[times.len() * share / 100];
    let result = serde_json::json!({"edits": times.len(), "median": at(50), "p99": at(99)});
    println!("{name}: {result}");
    std::fs::create_dir_all("../target/bench").unwrap();
    std::fs::write(format!("../target/bench/{name}.json"), result.to_string()).unwrap();
}

criterion_group!(benches, all);
criterion_main!(benches);
