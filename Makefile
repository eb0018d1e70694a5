# Each target does its own set-up on a machine with Python 3.11 and make.
SHELL  := /bin/sh
PYTHON ?= python3.11
BIN    := .venv/bin
PORT   ?= 8000
STAMPS := .make

.DEFAULT_GOAL := help
.PHONY: help setup run test fast journeys check fix bench lock clean

help:
	@echo "make run     serve the platform on 127.0.0.1:$(PORT) (PORT= changes it)"
	@echo "make test    every test: the fast suite, then journeys and crash tests"
	@echo "make fast    the fast suite alone"
	@echo "make check   lint, types, import contracts, migrations, templates, lock files"
	@echo "make fix     let the tools mend what they can"
	@echo "make bench   the benchmarks, written to bench/RESULTS.md"

setup: $(STAMPS)/python

$(STAMPS)/venv:
	@mkdir -p $(STAMPS)
	$(PYTHON) -m venv .venv
	@touch $@

$(STAMPS)/python: pyproject.toml $(STAMPS)/venv
	$(BIN)/pip install --quiet --editable ".[server,test,dev]"
	@touch $@
