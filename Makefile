# One door for everything. `make help` lists it.
# Every recipe does its own set-up: Python 3.11 or later and make are all that a machine must have.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NPM := $(or $(shell command -v npm),$(BIN)/npm)
STATIC := api/pages/static/built.stamp
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help assets run test check lint format types imports yaml docs docs-check pictures bench lock clean

help:  ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; this is $$($(PYTHON) --version). Name another with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/run.stamp: requirements/run.txt $(VENV)/python.stamp
	@echo "Installing what the product needs (once)"
	@$(PIP) install --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "Installing what the tests and checks need (once)"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# The pages' stylesheets and scripts, from the pinned packages; npm comes as a wheel where a machine has none.
$(STATIC): package.json package-lock.json .npmrc api/pages/assets.py $(wildcard api/pages/look/*) | $(VENV)/run.stamp
	@echo "Building what the pages look like (once)"
	@$(NPM) ci --loglevel=error >/dev/null
	@$(BIN)/python -m api.pages.assets
	@touch $@

assets: $(STATIC)  ## Build the stylesheets and scripts of the pages

run: $(VENV)/run.stamp $(STATIC)  ## Load the synthetic authority, run its year of casework and serve it on 127.0.0.1:8000
	@$(BIN)/python -m attendance demo

test: $(VENV)/dev.stamp $(STATIC)  ## Run every test, on SQLite and on a real PostgreSQL
	@$(BIN)/python -m pytest -n 2 --dist worksteal

check: lint test  ## Everything that must hold before a commit lands

lint: format types imports yaml docs-check  ## Every check but the tests

format: $(VENV)/dev.stamp  ## Formatting and ruff
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(VENV)/dev.stamp  ## Strict typing
	@$(BIN)/mypy

imports: $(VENV)/dev.stamp  ## Who may import whom
	@$(BIN)/lint-imports

yaml: $(VENV)/dev.stamp  ## The form of the law's YAML
	@$(BIN)/yamllint --strict rules

docs: $(VENV)/dev.stamp  ## Generate docs/reference/generated
	@$(BIN)/python docs/generate.py

docs-check: $(VENV)/dev.stamp  ## The generated reference is current
	@$(BIN)/python docs/generate.py --check

pictures: $(VENV)/dev.stamp $(STATIC)  ## Take the pictures of README and docs from the demo anew
	@$(BIN)/python -m tests.support.pictures

bench: $(VENV)/dev.stamp  ## Print the speed ratios at city size
	@$(BIN)/python -m tests.benchmarks

lock: $(VENV)/dev.stamp  ## Write the hashes of every dependency anew (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet pyproject.toml -o requirements/run.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet --extra dev pyproject.toml -c requirements/run.txt -o requirements/dev.txt

clean:  ## Remove the environment and what the demo made
	rm -rf $(VENV) var node_modules api/pages/static
