# The house in one file. Everything lands in .venv and in this folder; `make clean` takes it away.
# Recipes use relative paths only, so that the folder may stand anywhere, also behind spaces.

# The first of these that runs, is 3.11 or newer and can make environments is taken; a name on the
# PATH proves nothing (version managers leave stand-ins there). `make PYTHON=… test` offers another.
PYTHON = python3.13 python3.12 python3.11 python3
PROBE = import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))
FOUND = $(or $(shell for name in $(PYTHON); do "$$name" -c "$(PROBE)" >/dev/null 2>&1 && { echo "$$name"; break; }; done),$(error $(MISSING)))
MISSING = accord needs Python 3.11 or newer with ensurepip: install both (on Debian or Ubuntu: apt-get install python3 python3-venv) and call make again

RUN = .venv/bin/python -m
PIP = -m pip --disable-pip-version-check
READY = .venv/ready
# The folder of the demo's register.
DEMO = demo

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check verify ordeal bench constraints clean

help: ## list what make does here (the default)
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(READY) ## set everything up and tell the demo's story in the folder demo (DEMO=… for another)
	@DEMO="$(DEMO)" PATH="$(CURDIR)/.venv/bin:$$PATH" bash examples/demo.sh

test: $(READY) ## run all tests, PostgreSQL included, and tell which branches of workflow/ none walked
	$(RUN) pytest --numprocesses logical --maxprocesses 4 --cov --cov-report term --cov-fail-under 95

check: $(READY) ## hold style, types and the directions of imports
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	.venv/bin/lint-imports

verify: ## let outside programs read our files (none so far)
	@echo "make verify: empty so far, no outside program reads our files yet."

ordeal: ## run the long counts (none so far)
	@echo "make ordeal: empty so far, no test has a long count yet."

bench: $(READY) ## measure beside the peers, in one alternating run; every figure is a ratio
	@bash benchmarks/run.sh

constraints: ## write constraints.txt anew: the newest versions that pyproject.toml allows
	rm -rf build/constraints
	$(FOUND) -m venv build/constraints
	build/constraints/bin/python $(PIP) install --quiet --quiet '.[dev,postgres]'
	grep '^#' constraints.txt > build/constraints/header
	build/constraints/bin/python $(PIP) freeze --exclude krakow-accord > build/constraints/versions
	cat build/constraints/header build/constraints/versions > constraints.txt

clean: ## remove all that make, Python and the tools have made here
	rm -rf .venv build dist demo .coverage .coverage.* .hypothesis
	rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Made whole or not at all: the stamp is the last thing written.
$(READY): pyproject.toml constraints.txt
	$(FOUND) -m venv --clear .venv
	.venv/bin/python $(PIP) install --quiet --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)
