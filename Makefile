# Every command of the project. `make help` prints the `##` comments.

CARGO  ?= cargo
PYTHON ?= python3
NODE   ?= node
NPM    ?= npm

# Gzipped bytes.
WASM_BUDGET := 367500

FUZZ_SECONDS ?= 60

PY   := bindings-python
JS   := bindings-wasm
VENV := .venv
BIN  := $(CURDIR)/$(VENV)/bin

VENV_READY := $(VENV)/.ready
NPM_READY  := $(JS)/node_modules/.ready
WASM       := $(JS)/pkg/cnscd_bg.wasm

# maturin, cargo and clippy then agree about the interpreter, and pyo3 is compiled once.
export PYO3_PYTHON := $(BIN)/python
# An extension module takes Python's symbols from the interpreter that loads it; no libpython is needed.
export PYO3_BUILD_EXTENSION_MODULE := 1
# maturin takes one virtual environment only.
unexport CONDA_PREFIX
export CARGO PYTHON NODE NPM

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test bench laws fuzz docs fmt lint test-rust test-python test-wasm equal size setup python wasm wasm-tools format clean \
        need-cargo need-python need-node

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---- what most people want

demo: need-cargo ## The main job: Hải Dương on 17/5/2022 and a made-up province, in Vietnamese, then in English
	$(CARGO) run --quiet --release -p benches --bin demo
	LOCALE=en $(CARGO) run --quiet --release -p benches --bin demo

# Missing tools first, then cheap checks first.
test: need-cargo need-python need-node fmt lint test-rust test-python test-wasm size ## Everything; this is what CI runs

bench: need-cargo wasm $(VENV_READY) ## Benchmarks; the ratios go to docs/benchmarks.md
	$(CARGO) run --quiet --release -p benches --bin demo > /dev/null
	$(CARGO) bench -p benches
	$(NODE) benches/wasm.mjs
	$(CARGO) build --quiet --release -p benches --bins
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/maturin develop --quiet --release --manifest-path $(PY)/Cargo.toml
	$(BIN)/python benches/tables.py
	$(BIN)/python benches/days.py
	$(BIN)/python benches/reports.py
	$(CARGO) run --quiet --release -p benches --bin report

laws: need-cargo ## The laws at length: 10,000 random sequences of edits, and each other law 2,000 times
	EDIT_SEQUENCES=10000 PROPTEST_CASES=2000 $(CARGO) test --release -p conformance --test laws
	REPORT_TIMES=20 $(CARGO) test --release -p conformance --test reports

# It is outside `make test`: it needs the nightly toolchain, and never ends by itself.
fuzz: need-cargo ## Fuzz the readers and the parser of expressions, FUZZ_SECONDS each (needs rustup and the nightly toolchain)
	sh scripts/fuzz.sh $(FUZZ_SECONDS)

docs: need-cargo ## Write the generated pages again
	UPDATE_DOCS=1 $(CARGO) test --quiet -p conformance --test docs

# ---- one check each

fmt: need-cargo ## Check: formatting
	$(CARGO) fmt --all --check

lint: need-cargo $(VENV_READY) ## Check: clippy and rustdoc without warnings, Cargo.lock up to date
	$(CARGO) clippy --quiet --locked --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --quiet --workspace --no-deps

test-rust: need-cargo $(VENV_READY) ## Check: unit tests, laws, vectors, doctests, README, generated pages
	$(CARGO) test --quiet --workspace

test-python: python equal ## Check: pytest (with vectors and README), mypy --strict, stubtest
	$(BIN)/pytest -c $(PY)/pyproject.toml $(PY)/tests tests
	$(BIN)/mypy --config-file $(PY)/pyproject.toml $(PY)/python $(PY)/tests $(PY)/examples $(wildcard tests/*.py benches/*.py)
	$(BIN)/stubtest --mypy-config-file $(PY)/pyproject.toml cnscd._native

test-wasm: wasm $(NPM_READY) equal ## Check: tsc --noEmit, Node tests (with vectors and README)
	cd $(JS) && node_modules/.bin/tsc --noEmit
	$(NODE) --test $(wildcard $(JS)/tests/*.test.mjs tests/*.test.mjs)

equal: need-cargo ## Write 1,000 random registers and what Rust answers to out/, for the tests of the other two languages
	$(CARGO) test --quiet -p conformance --test equal

size: wasm ## Check: the WebAssembly module, gzipped, is within its budget
	sh scripts/wasm-size.sh $(WASM) $(WASM_BUDGET)

# ---- builds and set-up; all of it happens on demand

format: need-cargo ## Format the Rust code
	$(CARGO) fmt --all

python: need-cargo $(VENV_READY) ## Build the Python package into .venv
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/maturin develop --quiet --manifest-path $(PY)/Cargo.toml

wasm: wasm-tools $(NPM_READY) ## Build the npm package in bindings-wasm/
	sh scripts/build-wasm.sh

setup: need-cargo $(VENV_READY) $(NPM_READY) wasm-tools ## Fetch what the other targets need, now

wasm-tools: need-cargo
	@sh scripts/wasm-target.sh
	@sh scripts/wasm-bindgen.sh

$(VENV_READY): $(PY)/requirements-dev.txt | need-python
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

$(NPM_READY): $(JS)/package-lock.json $(JS)/package.json | need-node
	cd $(JS) && $(NPM) ci --silent
	@touch $@

need-cargo need-python need-node:
	@sh scripts/need.sh $(@:need-%=%)

clean: ## Remove what was built; the tools stay
	$(CARGO) clean
	rm -rf $(JS)/pkg $(PY)/python/cnscd/*.so out
