.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PORT ?= 8000
SECONDS ?= 60
PYTHON ?= python3
RUNS ?= 1
TURNS ?= 10000
BIN := .venv/bin
RUST_SOURCES := $(shell find core-rs/telephony/src core-rs/python/src -name '*.rs' 2>/dev/null) \
	Cargo.toml Cargo.lock core-rs/telephony/Cargo.toml core-rs/python/Cargo.toml

help: ## List the targets.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

setup: .venv/.extension ## Make .venv: dependencies, and the extension in release mode.

setup-dev: .venv/.dev .venv/.extension ## The same, with what tests and benches need.

define require_compilers
@cargo --version 2>/dev/null | awk '{ split($$2, v, "."); exit !(v[1] > 1 || v[2] >= 88) }' \
	|| { echo "A Rust toolchain (1.88 or newer) is needed: install it with rustup, or on Debian 'apt-get install rustc-web cargo-web'." >&2; exit 1; }
@command -v cc >/dev/null \
	|| { echo "A C linker is needed: on Debian, 'apt-get install gcc libc6-dev'." >&2; exit 1; }
endef

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Python 3.11 or newer is needed: install it, or name one with 'make PYTHON=/path/to/python3.12 …'." >&2; exit 1; }
	$(require_compilers)
	@$(PYTHON) -m venv .venv \
		|| { echo "Python's venv module is missing: on Debian, 'apt-get install python3-venv'." >&2; rm -rf .venv; exit 1; }

.venv/.run: requirements/run.txt | .venv/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

.venv/.dev: requirements/dev.txt | .venv/.run
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.extension: .venv/.run pyproject.toml $(RUST_SOURCES)
	$(require_compilers)
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/maturin develop --release --locked --skip-install
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--no-index --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: help setup setup-dev

run: setup ## Serve the demo company on port 8000 (make run PORT=8123 elsewhere).
	@CLIENTSVIA_DEMO=1 CLIENTSVIA_PORT=$(PORT) exec $(BIN)/clientsvia serve

call: setup ## Play a caller against what make run serves.
	@$(BIN)/clientsvia call --url http://127.0.0.1:$(PORT)/api/twilio/voice

doctor: setup ## Look what is amiss with what make run serves.
	@CLIENTSVIA_DEMO=1 CLIENTSVIA_PORT=$(PORT) $(BIN)/clientsvia doctor

providers: setup ## Stand in for OpenAI and ElevenLabs on port 8100; says how make run uses it.
	@exec $(BIN)/python -m benches.standin --personality honest

test: setup-dev ## Run every test but those in a browser.
	$(BIN)/pytest -n auto -m 'not browser'

browser-test: setup-dev ## Run the tests in a browser alone (Debian's chromium, or CHROMIUM=/path/to/one).
	$(BIN)/pytest -n auto tests/browser

rust-test: setup-dev ## Run the Rust tests, which need no Python.
	cargo test --locked --quiet

fuzz: ## Fuzz every parser and renderer of the core (make fuzz SECONDS=600 for longer).
	$(require_compilers)
	@FUZZ_SECONDS=$(SECONDS) core-rs/fuzz/run

lint: setup-dev ## Check style: ruff, import-linter, djlint, rustfmt, clippy; and that the tables are the metadata's.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet service/clientsvia/admin/templates
	$(BIN)/python core-rs/telephony/metadata --check
	@! cargo tree --locked --edges normal --prefix none --package clientsvia-core | grep -E '^(regex|fancy-regex|onig|pcre)' \
		|| { echo "The core must not bring a regular expression engine: find another crate, or write the rule." >&2; exit 1; }
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets --quiet -- -D warnings
	$(BIN)/hadolint Dockerfile

types: setup-dev ## Check types: mypy, and the stub of the core against the binary.
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest clientsvia._core

bench: setup-dev ## Time ours beside what else there is, in one table of ratios.
	$(BIN)/python -m benches

bench-rust: setup-dev ## The same for the pure crate, with criterion.
	cargo bench --locked --package clientsvia-telephony

bench-check: setup-dev ## Run every bench once, to see that its result is right.
	cargo test --locked --quiet --package clientsvia-telephony --benches
	$(BIN)/pytest benches --benchmark-disable --quiet -m 'not slow'

load: setup-dev ## The real server in turn with Granian's hello: CPU, latency, memory.
	$(BIN)/python -m benches.load

peers: setup-dev ## The same beside Falcon with Python libraries, Express and Go.
	$(BIN)/python -m benches.peers

bench-conversation: setup-dev ## Hold conversations over HTTP, 40 at once, beside their rehearsal (FILE=turns.tsv).
	@[ -n "$(FILE)" ] || { echo 'Name what callers said: make bench-conversation FILE=turns.tsv (docs/speculation.md)' >&2; exit 1; }
	$(BIN)/python -m benches.conversation $(FILE) --plot docs/conversation.svg

faults: setup-dev ## Play callers while model, voice and Redis fail, and judge every answer (TURNS=10000).
	$(BIN)/python -m benches.faults --turns $(TURNS)

gate: setup-dev ## Compare instructions and the server's ratios with the baseline.
	$(BIN)/python -m benches.gate check

gate-accept: setup-dev ## Move the baseline to what is measured now: REASON="why".
	@[ -n "$(REASON)" ] || { echo 'Say why the figures moved: make gate-accept REASON="…"' >&2; exit 1; }
	$(BIN)/python -m benches.gate accept --reason "$(REASON)"

gate-self-test: setup-dev ## See that planted slowdowns fail the gate, and the same code passes (RUNS=1).
	$(BIN)/python -m benches.gate self-test --runs $(RUNS) $(if $(SHORT),--short)

metadata: setup-dev ## Compile the metadata of telephone numbers anew (of the phonenumbers pinned in pyproject.toml).
	$(BIN)/python core-rs/telephony/metadata

picture: setup ## Draw docs/call.svg anew, from a real call.
	$(BIN)/python docs/picture.py

pictures: setup-dev ## Take the pictures of docs/pages anew, in a browser.
	PICTURES=docs/pages $(BIN)/pytest tests/browser/test_pictures.py

requirements: setup ## Resolve the dependencies of pyproject.toml anew, with hashes.
	$(BIN)/python -m pip install --quiet uv
	for extra in run "dev --group dev"; do \
		set -- $$extra; name=$$1; shift; \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			--no-annotate --no-emit-index-url pyproject.toml requirements/build.in "$$@" -o requirements/$$name.txt; \
	done

.PHONY: run call doctor providers test browser-test rust-test fuzz lint types bench bench-rust bench-check bench-conversation load peers faults gate gate-accept \
	gate-self-test metadata picture pictures requirements
