//! The country: reading it, checking it in eighths, rolling it up; and the check of one province.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use benches::{country, hai_duong, plain};
use chrono::NaiveDate;
use cnscd::{Policy, Register, RollUpQuery};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

fn all(criterion: &mut Criterion) {
    let policy = Policy::preset("national-2022").unwrap();
    let document = country(8);

    let mut group = criterion.benchmark_group("read");
    group.sample_size(10).throughput(Throughput::Bytes(document.len() as u64));
    group.bench_function("plain", |b| b.iter_with_large_drop(|| plain::read(black_box(&document)).unwrap()));
    group.bench_function("cnscd", |b| {
        b.iter_with_large_drop(|| Register::from_json(black_box(&document)).unwrap());
    });
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

    let checked = Register::from_json(&document).unwrap().check(&policy, late).unwrap();
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

    let province = Register::from_json(&hai_duong()).unwrap();
    let may = NaiveDate::from_ymd_opt(2022, 5, 17).unwrap();
    criterion.benchmark_group("province").bench_function("check", |b| {
        b.iter_with_large_drop(|| province.check(&policy, may).unwrap());
    });
}

criterion_group!(benches, all);
criterion_main!(benches);
