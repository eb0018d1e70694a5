# Each target does its own set-up on a machine with Python 3.11, make and the package registries.
SHELL  := /bin/sh
PYTHON ?= python3.11
PORT   ?= 8000
SHOTS  ?= 0
BIN    := .venv/bin
STAMPS := .make
# Python compiles what it imports: a quarter of what is installed here.
PIP    := $(BIN)/pip --disable-pip-version-check --quiet --quiet install --no-compile
UV     := $(BIN)/uv --quiet pip install --python $(BIN)/python --link-mode copy
# By uv, which fetches and unpacks many at a time; where pip alone knows the way to a mirror, by pip.
brought = $(UV) $(1) 2>/dev/null || $(PIP) $(1)
MANAGE := DJANGO_SETTINGS_MODULE=crossforce.config.test_settings $(BIN)/python -m django

# make test PG=15 runs against the server programs of that version, as Debian installs them.
ifdef PG
export CROSSFORCE_PG_BIN := /usr/lib/postgresql/$(PG)/bin
endif

# Where journeys and crash tests stand: whatever marks them.
LONG := tests/journeys $(shell grep --recursive --files-with-matches --include 'test_*.py' 'mark\.\(journey\|crash\)' src tests)

# Hundreds of processes of the tests begin a second sooner with what Python keeps of a compiled module.
export PYTHONDONTWRITEBYTECODE :=

FRONTEND := package.json package-lock.json $(wildcard frontend/*) $(wildcard frontend/*/*)
BUILT    := src/crossforce/kernel/static/built

.DEFAULT_GOAL := help
.PHONY: help setup assets run test test-cluster fast journeys check types lint whole fix bench lock messages clean

help:
	@echo "make run     serve the platform on http://127.0.0.1:$(PORT)/ (PORT= changes it)"
	@echo "make test    every test: the fast suite, then journeys and crash tests"
	@echo "make fast    the fast suite alone"
	@echo "make journeys  journeys and crash tests alone (SHOTS=1 keeps a picture of every page)"
	@echo "make test-cluster  linkage on a Spark cluster of two workers here (400 MB to fetch; needs Java)"
	@echo "make check   lint, types, import contracts, migrations, templates, lock files"
	@echo "make fix     let the tools mend what they can"
	@echo "make bench   the benchmarks, written to bench/RESULTS.md (ONLY=\"access page\", AFTER=ledger, ONLY=list)"
	@echo "make messages  collect the words of the pages, and say which have no Welsh"
	@echo "make lock    write the lock files after a change to pyproject.toml"

# What is fetched for Python and what for the pages come beside each other.
setup: $(STAMPS)/venv
	@$(MAKE) --no-print-directory --jobs 2 --output-sync $(STAMPS)/dev assets

$(STAMPS)/venv:
	@mkdir -p $(STAMPS)
	$(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.lock > $(STAMPS)/uv.lock
	$(PIP) --require-hashes --requirement $(STAMPS)/uv.lock
	@touch $@

$(STAMPS)/server: requirements-server.lock $(STAMPS)/venv
	$(call brought,--require-hashes --requirement requirements-server.lock)
	$(call brought,--no-deps --editable .)
	@touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/server
	$(call brought,--require-hashes --requirement requirements-dev.lock)
	@touch $@

$(STAMPS)/node: package.json package-lock.json $(STAMPS)/venv
	scripts/node npm ci --silent --no-progress
	@touch $@

$(STAMPS)/assets: $(FRONTEND) $(STAMPS)/node
	scripts/node npm run build --silent
	@touch $@

$(BUILT):
	@rm -f $(STAMPS)/assets

$(STAMPS)/words: $(wildcard src/crossforce/*/locale/cy/LC_MESSAGES/django.po) $(STAMPS)/server
	$(BIN)/python -m crossforce.kernel.catalogue compile
	@touch $@

messages: $(STAMPS)/server
	$(BIN)/python -m crossforce.kernel.catalogue collect
	$(BIN)/python -m crossforce.kernel.catalogue check

assets: $(BUILT) $(STAMPS)/words
	@$(MAKE) --no-print-directory $(STAMPS)/assets

$(STAMPS)/browser: $(STAMPS)/dev
	scripts/browser
	@touch $@

run: $(STAMPS)/server assets
	CROSSFORCE_DEMONSTRATION=$${CROSSFORCE_DEMONSTRATION-1} exec $(BIN)/crossforce serve --port $(PORT)

test: fast journeys

$(STAMPS)/cluster: requirements-cluster.lock $(STAMPS)/dev
	$(call brought,--require-hashes --requirement requirements-cluster.lock)
	@touch $@

test-cluster: $(STAMPS)/cluster
	$(BIN)/pytest tests/cluster -q

fast: $(STAMPS)/dev assets
	$(BIN)/pytest -m "not journey and not crash" -n auto --dist worksteal -q --durations 15

journeys: $(STAMPS)/dev assets $(STAMPS)/browser
	CROSSFORCE_SCREENSHOTS=$(SHOTS) $(BIN)/pytest $(LONG) -m "journey or crash" -n 2 --dist worksteal -q --durations 15

check: $(STAMPS)/dev
	@$(MAKE) --no-print-directory --jobs 2 --output-sync --keep-going types lint whole

types:
	$(BIN)/mypy --num-workers 2

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet src

whole:
	$(BIN)/lint-imports
	$(MANAGE) check --fail-level WARNING
	$(MANAGE) makemigrations --check --dry-run
	scripts/locks --check

fix: $(STAMPS)/dev
	-$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMPS)/dev assets
	$(BIN)/python -m bench.run $(ONLY) $(if $(AFTER),--after $(AFTER))

lock: $(STAMPS)/venv
	scripts/locks write

clean:
	rm -rf .venv .make node_modules $(BUILT) .mypy_cache .ruff_cache .pytest_cache
