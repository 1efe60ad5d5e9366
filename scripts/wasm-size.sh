#!/bin/sh
# Prints a file's size, raw and gzipped, and fails over the budget. Usage: wasm-size.sh FILE GZIPPED_BYTES
set -eu

raw=$(($(wc -c <"$1")))
gzipped=$(($(gzip -9 -c "$1" | wc -c)))
echo "$1: $raw bytes, gzipped $gzipped of $2"
[ "$gzipped" -le "$2" ] || {
    echo "The module is $((gzipped - $2)) bytes over its budget." >&2
    exit 1
}
