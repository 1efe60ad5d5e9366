#!/bin/sh
# Makes Rust able to build for WebAssembly, and writes the way into .tools/wasm-way:
#   rustc    the compiler has the target, or rustup could add it
#   debian   Debian's compiler builds the standard library itself, where rustup cannot download
set -eu
cd "$(dirname "$0")/.."

target=wasm32-unknown-unknown
packages="rustc-web cargo-web rust-web-src lld-14"

has_target() {
    [ -d "$(rustc --print target-libdir --target $target 2>/dev/null)" ]
}
has_packages() {
    # shellcheck disable=SC2086
    dpkg-query --show $packages >/dev/null 2>&1
}
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}
apt() {
    command -v apt-get >/dev/null || return
    echo "rustup cannot add $target; installing Debian's compiler with apt-get instead: $packages."
    # shellcheck disable=SC2086
    as_root apt-get -qq update && as_root apt-get -qq install --no-install-recommends --yes $packages
}
took() {
    [ "$(cat .tools/wasm-way 2>/dev/null)" = "$1" ] && return
    mkdir -p .tools
    echo "$1" >.tools/wasm-way
    echo "WebAssembly target: $2."
}

if has_target; then
    took rustc "the compiler has it"
elif command -v rustup >/dev/null && rustup target add $target && has_target; then
    took rustc "added by rustup"
elif has_packages || { apt && has_packages; }; then
    took debian "Debian's compiler builds the standard library for it"
else
    echo "Rust cannot build for WebAssembly here: neither \`rustup target add $target\` nor \`apt-get install $packages\` worked." >&2
    exit 1
fi
