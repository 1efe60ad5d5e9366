#!/bin/sh
# Installs the wasm-bindgen command of Cargo.lock's version into .tools.
set -eu
cd "$(dirname "$0")/.."

version=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print }' Cargo.lock)
if [ "$(.tools/bin/wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ]; then
    exit 0
fi

install() {
    "${CARGO:-cargo}" install wasm-bindgen-cli --version "$version" --bin wasm-bindgen --root .tools --force --quiet "$@"
}
echo "Installing wasm-bindgen $version into .tools: about two minutes, once."
if install --locked; then
    exit 0
fi
echo "A dependency it was locked to cannot be had; trying newer ones."
install || {
    echo "wasm-bindgen $version could not be installed by \`cargo install wasm-bindgen-cli\`." >&2
    exit 1
}
