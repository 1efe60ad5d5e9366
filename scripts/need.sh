#!/bin/sh
# Stops with one sentence if a tool is missing. Usage: need.sh cargo|python|node
set -eu

stop() {
    echo "$1" >&2
    exit 1
}
has() {
    "$@" >/dev/null 2>&1
}

cargo=${CARGO:-cargo} python=${PYTHON:-python3} node=${NODE:-node} npm=${NPM:-npm}
case $1 in
cargo)
    has "$cargo" --version || stop "Rust is missing: install it (with rustup) and run make again."
    has "$cargo" fmt --version || stop "rustfmt is missing: run \`rustup component add rustfmt\` and make again."
    has "$cargo" clippy --version || stop "clippy is missing: run \`rustup component add clippy\` and make again."
    has command -v cc || stop "A C compiler (cc), with which Rust links, is missing: install gcc or clang and run make again."
    ;;
python)
    has "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
        stop "Python 3.10 or newer is missing: install it, or name it with \`make PYTHON=...\`."
    has "$python" -c 'import ensurepip, venv' ||
        stop "Python's venv module is missing: install it (Debian and Ubuntu: python3-venv) and run make again."
    ;;
node)
    has "$node" -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' ||
        stop "Node.js 20 or newer is missing: install it, or name it with \`make NODE=...\`."
    has "$npm" --version || stop "npm is missing: install it (it comes with Node.js) and run make again."
    ;;
esac
