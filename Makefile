# Winnow: `make help` lists what can be done.

SOURCE ?= seeds
DATA ?= data
PORT ?= 3000
PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
READY := $(VENV)/.ready
UV_VERSION := 0.13.9

export WINNOW_SOURCE := $(SOURCE)
export WINNOW_DATA := $(DATA)
export DAGSTER_HOME := $(CURDIR)/dagster_home
export GX_ANALYTICS_ENABLED := false

.DEFAULT_GOAL := help
.PHONY: help setup run dev test check lint types layers format dictionary train
.PHONY: bench-cleaning bench-language bench-extraction bench-resolution

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  make run SOURCE=some/folder DATA=some/other reads and writes elsewhere (now: $(SOURCE), $(DATA))"

setup: $(READY) ## Install the locked environment into .venv (done by the others when needed)

$(READY): uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Winnow needs Python 3.11 or newer; name one with PYTHON=...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --locked --inexact --quiet --python $(BIN)/python
	@touch $@

run: $(READY) ## Read SOURCE, publish DATA/winnow.duckdb, print a summary
	@$(BIN)/python -m pipeline run

dev: $(READY) ## Start the Dagster UI and daemon on http://127.0.0.1:PORT
	@$(BIN)/dagster dev --workspace workspace.yaml --host 127.0.0.1 --port $(PORT)

test: $(READY) check ## Lint, check types and layers, and run every test
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: lint types layers ## Lint, check types and layers

lint: $(READY)
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .

types: $(READY)
	@$(BIN)/basedpyright --level error

layers: $(READY)
	@$(BIN)/lint-imports --no-cache

format: $(READY) ## Format the code and mend what the linter can
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

dictionary: $(READY) ## Write docs/data-dictionary.md from the row models
	@$(BIN)/python -m pipeline dictionary

# Measuring and training need public data that is not part of the project; docs/language-model.md says where it is from.
BENCH_DATA ?= $(WINNOW_TRAINING_DATA)
BENCH_GOLD ?= $(WINNOW_GOLD)

train: $(READY) ## Train the language model from the data in BENCH_DATA
	@$(UV) sync --locked --inexact --quiet --group training --python $(BIN)/python
	@$(BIN)/python -m training --data "$(BENCH_DATA)"

bench-cleaning: $(READY) ## Measure cleaning beside its peers
	@$(BIN)/python -m benchmarks.cleaning --data "$(BENCH_DATA)" --gold "$(BENCH_GOLD)"

bench-language: $(READY) ## Measure the language model beside its peers
	@$(UV) sync --locked --inexact --quiet --group peers --python $(BIN)/python
	@$(BIN)/python -m benchmarks.language --data "$(BENCH_DATA)" --gold "$(BENCH_GOLD)"

bench-extraction: $(READY) ## Measure quantities, times, quotations, entities and claims
	@$(BIN)/python -m benchmarks.quantities --data "$(BENCH_DATA)"
	@$(BIN)/python -m benchmarks.quotations --data "$(BENCH_DATA)"
	@$(BIN)/python -m benchmarks.entities --data "$(BENCH_DATA)" --gold "$(BENCH_GOLD)"
	@$(BIN)/python -m benchmarks.extraction --data "$(BENCH_DATA)" --gold "$(BENCH_GOLD)"

bench-resolution: $(READY) ## Measure resolution on generated articles
	@$(BIN)/python -m benchmarks.resolution --sets 5
