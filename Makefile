# The commands of this project. `make demo` and `make test` do all their own set-up on a fresh Debian or macOS that has a
# Swift 6 toolchain.

SWIFT ?= swift
PYTHON ?= python3
# Where the interop check keeps its Python packages.
VENV := .build-interop

.PHONY: help setup demo reference check-site test test-swift test-plugins test-examples interop sanitize sanitize-address sanitize-thread check check-words lint format bench fuzz clean

help:
	@echo "make demo      build the SDK from the real schema and show what it does"
	@echo "make test      run every test: Swift, plugins, examples, interop, checks of the sources"
	@echo "make reference write the HTML reference into .build-reference"
	@echo "make sanitize  run the Swift tests with the sanitizers for addresses and threads"
	@echo "make bench     measure generator, codec and protocol, against other clients where they can be had"
	@echo "make fuzz      fuzz the parsers and decoders, SECONDS=600 each"
	@echo "make format    format the sources"
	@echo "make clean     remove everything that was built"

setup:
	@.ci/setup

# The noise of the compiler is shown only when it fails.
demo: setup
	@echo "Building client and server (about three minutes the first time) ..."
	@$(SWIFT) build --quiet --package-path Examples --scratch-path .build-examples --product demo
	@$(SWIFT) build --quiet --package-path Examples --scratch-path .build-examples --product tlgen
	@"$$($(SWIFT) build --package-path Examples --scratch-path .build-examples --show-bin-path)/demo"
	@printf '\n== The schema in numbers\n\n'
	@"$$($(SWIFT) build --package-path Examples --scratch-path .build-examples --show-bin-path)/tlgen" generate \
		--config Schema/tlgen.json --target TelegramAPI --output .build-examples/sources --stats

test: setup check test-swift check-words test-examples test-plugins interop check-site

reference: setup
	@$(SWIFT) run --quiet -c release tlgen reference --output .build-reference --stats
	@echo "Open .build-reference/index.html."

# The reference in a strict parser and a real browser, and its examples in the compiler. Installs Debian's Chromium as root.
check-site:
	@.ci/check-site

test-swift:
	@.ci/test-swift

# The example with a schema of its own is built by test-plugins.
test-examples:
	$(SWIFT) build --package-path Examples --scratch-path .build-examples --build-tests
	$(SWIFT) run --package-path Examples --scratch-path .build-examples first-program
	$(SWIFT) run --package-path Examples --scratch-path .build-examples catch-errors
	$(SWIFT) test --package-path Examples --scratch-path .build-examples

test-plugins:
	Tests/Plugins/check_plugins.sh

# Compares the codec with Telethon, and lets Telethon connect to the test server. Needs PyPI once.
interop: $(VENV)/ready
	$(SWIFT) build --product tl-roundtrip
	$(VENV)/bin/python Tests/Interop/check_roundtrip.py "$$($(SWIFT) build --show-bin-path)/tl-roundtrip"
	$(VENV)/bin/python Tests/Interop/make_page.py --check
	$(SWIFT) build --product interop-server
	$(VENV)/bin/python Tests/Interop/check_connection.py "$$($(SWIFT) build --show-bin-path)/interop-server"
	$(VENV)/bin/python Tests/Interop/check_telegram.py "$$($(SWIFT) build --show-bin-path)/interop-server"

$(VENV)/ready: Tests/Interop/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --requirement Tests/Interop/requirements.txt
	touch $@

# Everything but the tests of the command line, which would start a sanitized tool. Leak detection takes Swift's tagged
# pointers for leaks. Threads are where connections are; these long random tests have one, and would take half an hour.
ONE_THREAD := HostileStreamTests|HostilePacketTests|SessionMutationTests|KeyExchangeDamageTests|ProxyRandomInputTests|$\
	FileDamageTests|SuddenEndTests|TelegramLinkTests/random|PipelineTests/random|ServerSessionServiceTests/hostile
sanitize: sanitize-address sanitize-thread

sanitize-address:
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --sanitize address --scratch-path .build-asan \
		--skip tlgenTests --skip RealSchemasTests

# What it finds comes last, where one sees it.
sanitize-thread:
	@mkdir -p .build-tsan && rm -f .build-tsan/races.*
	TSAN_OPTIONS=log_path=.build-tsan/races $(SWIFT) test --sanitize thread --scratch-path .build-tsan \
		--filter 'MTProtoTests|TelegramTestingTests|FuzzTargetsTests|TelegramTests' --skip '$(ONE_THREAD)' \
		|| { cat .build-tsan/races.* 2>/dev/null; exit 1; }

# What documents say against the modules that test-swift has built.
check-words:
	@.ci/check-samples .build/debug
	@.ci/check-parity .build/debug

check: lint
	@.ci/check-imports
	@$(SWIFT) run --quiet tlgen check

lint:
	@git ls-files '*.swift' | grep -v '^Tests/GoldenSources/Generated/' | xargs $(SWIFT) format lint --strict --parallel

format:
	@git ls-files '*.swift' | grep -v '^Tests/GoldenSources/Generated/' | xargs $(SWIFT) format --in-place --parallel

bench: setup .build-peers/ready
	@Benchmarks/run .build-peers/bin/python
	@Benchmarks/protocol .build-peers/bin/python

.build-peers/ready: Benchmarks/requirements.txt
	$(PYTHON) -m venv .build-peers
	.build-peers/bin/pip install --quiet --disable-pip-version-check --requirement Benchmarks/requirements.txt
	touch $@

SECONDS ?= 600
fuzz: setup
	Tests/Fuzz/run.sh $(SECONDS)

clean:
	rm -rf .build .build-*
