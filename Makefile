# The commands a person types. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
TOOLS := .venv-tools/.ready
# Nothing phones home: Airflow's and Cosmos' Scarf, dbt's and Great Expectations' analytics.
export DO_NOT_TRACK := 1
export SCARF_NO_ANALYTICS := true
export AIRFLOW__COSMOS__ENABLE_TELEMETRY := False
export DBT_SEND_ANONYMOUS_USAGE_STATS := False
export GX_ANALYTICS_ENABLED := False

.PHONY: help demo test up backfill check lint types evaluate compile measuring lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# An environment, made from nothing and again whenever its lock changes: uv where present, else pip.
define environment
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null \
	  || { echo "minsheng needs Python 3.11: install it, or say where it is: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Setting up $(1) from $(2) (once) ..."
	@if command -v uv >/dev/null; then \
	  uv venv --quiet --allow-existing --python "$(PYTHON)" $(1) && \
	  VIRTUAL_ENV=$(1) uv pip sync --quiet --require-hashes --compile-bytecode $(2); \
	else \
	  "$(PYTHON)" -m venv $(1) && \
	  $(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(2); \
	fi
endef

$(READY): requirements.lock pyproject.toml
	$(call environment,.venv,requirements.lock)
	@if command -v uv >/dev/null; then \
	  VIRTUAL_ENV=.venv uv pip install --quiet --no-deps --no-build-isolation --editable . ; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . ; \
	fi
	@touch $@

$(TOOLS): tools.lock
	$(call environment,.venv-tools,tools.lock)
	@touch $@

# Measuring as machine code, asked for each time: without a word where it is that of the sources as they are. Where there
# is no compiler, one line says so; where it fails, all that it said and such a line. The source then runs.
measuring: $(READY) $(TOOLS)
	@PYTHONPATH=include $(BIN)/python -m local.compile || true

demo: measuring ## two days of the replay site through a real Airflow, into a published snapshot
	@PYTHONPATH=include $(BIN)/python -m local.demo

test: measuring ## every test
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

up: measuring ## Airflow on this machine, until Ctrl-C
	@PYTHONPATH=include $(BIN)/python -m local.up

backfill: measuring ## news_daily for past days on the Airflow of `make up`: FROM=2024-05-20 TO=2024-05-21
	@$(if $(and $(FROM),$(TO)),,$(error give both days: make backfill FROM=2024-05-20 TO=2024-05-21))
	@PYTHONPATH=include $(BIN)/python -m local.backfill "$(FROM)" "$(TO)"

check: lint types test ## what CI runs, but for the demo

lint: $(READY) ## ruff
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(READY) $(TOOLS) ## mypy, strict
	@.venv-tools/bin/mypy --python-executable $(BIN)/python

evaluate: measuring ## score the rules against our own gold, and fail under the floors
	@$(BIN)/minsheng evaluate tests/measure/gold

compile: $(READY) $(TOOLS) ## measuring as machine code, 2.7 times as fast: the targets above that measure do it by themselves
	@PYTHONPATH=include $(BIN)/python -m local.compile

lock: ## resolve requirements.in and tools.in anew (needs uv)
	for name in requirements tools; do \
	  uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet $$name.in -o $$name.lock || exit; \
	done

clean: ## remove the environment and what the runs left, but no data
	rm -rf .venv .venv-tools build build-* dist .pytest_cache .mypy_cache .ruff_cache dbt_project/target dbt_project/logs include/*.so include/minsheng/measure/*.so
