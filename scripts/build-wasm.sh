#!/bin/sh
# Builds bindings-wasm/pkg: cargo, then wasm-bindgen, then wasm-opt. scripts/wasm-target.sh has said which compiler.
set -eu
cd "$(dirname "$0")/.."

target=wasm32-unknown-unknown
dir=${CARGO_TARGET_DIR:-target}
pkg=bindings-wasm/pkg
cargo=${CARGO:-cargo}
std=

if [ "$(cat .tools/wasm-way)" = debian ]; then
    # A directory of its own, since two compilers cannot share one.
    dir=$dir/debian
    cargo=/usr/bin/cargo
    std=-Zbuild-std=std,panic_abort
    export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-14
fi

# Messages of panics name source files; this keeps out of them where the building machine has its own.
"$cargo" fetch --quiet --target $target
separator=$(printf '\037')
rust=$("${RUSTC:-rustc}" --print sysroot)/lib/rustlib/src/rust
flags=--remap-path-prefix=$PWD=.$separator--remap-path-prefix=$rust=rust
for sources in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
    flags=$flags$separator--remap-path-prefix=$sources=crates
done
export CARGO_ENCODED_RUSTFLAGS="$flags"

"$cargo" build --quiet -p cnscd-wasm --profile wasm --target $target --target-dir "$dir" $std

built=$dir/$target/wasm/cnscd_wasm.wasm
done=$pkg/cnscd_bg.wasm
fresh=yes
for source in "$built" .tools/wasm-way .tools/bin/wasm-bindgen bindings-wasm/package-lock.json scripts/build-wasm.sh; do
    [ "$done" -nt "$source" ] || fresh=no
done
[ $fresh = no ] || exit 0

rm -rf $pkg
.tools/bin/wasm-bindgen --target web --out-dir $pkg --out-name cnscd "$built"
bindings-wasm/node_modules/.bin/wasm-opt -O3 -ocimfs=20 -aimfs=4 --converge --low-memory-unused --strip-producers --strip-target-features $done -o $pkg/small.wasm
mv $pkg/small.wasm $done
