#!/bin/sh
# Runs each fuzz target for some seconds, from the corpus of earlier runs in out/fuzz. Usage: fuzz.sh SECONDS
set -eu
cd "$(dirname "$0")/.."

rustup run nightly rustc --version >/dev/null 2>&1 || {
    echo "The nightly toolchain is missing: rustup toolchain install nightly --profile minimal" >&2
    exit 1
}
version=0.13.1
tool=.tools/bin/cargo-fuzz
[ -x $tool ] && $tool --version | grep -q " $version$" ||
    ${CARGO:-cargo} install --quiet --root .tools --version $version --locked cargo-fuzz

for target in expression register policy reports tables; do
    mkdir -p out/fuzz/$target
    echo "$target: $1 seconds"
    PATH="$PWD/.tools/bin:$PATH" cargo +nightly fuzz run --fuzz-dir tests/fuzz --target-dir target/fuzz $target out/fuzz/$target -- \
        -max_total_time="$1" -max_len=4096 -timeout=10 -verbosity=0 -print_final_stats=1
done
