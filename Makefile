# The project's everyday commands. All of them work on a machine with Python 3.11, make and git.
PYTHON ?= python3
BIN := .venv/bin
OPS := $(PYTHON) -m ops
PACKAGES := accounts clusters common ecosystem investment ops strategy talent tasks technology trade

.DEFAULT_GOAL := help
.PHONY: help run services setup check lint fix types contracts templates migrations messages screenshots test drills bench docs lock clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

run: ## start everything on http://127.0.0.1:8000/ (PORT=…)
	@$(OPS) run

services: ## PostgreSQL and Valkey alone, for manage.py in another shell
	@$(OPS) services

setup: ## virtual environment with the development tools, and the assets
	@$(OPS) setup --dev

check: lint types contracts templates migrations test ## all that CI runs

lint: setup ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

fix: setup ## let ruff repair what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: setup ## mypy
	$(BIN)/mypy $(PACKAGES)

contracts: setup ## who may import whom
	$(BIN)/lint-imports

templates: setup ## djlint (its rules, not its layout), and every text has its Korean
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py messages --check

messages: setup ## collect the texts of code and templates for translation
	$(BIN)/python manage.py messages

screenshots: ## every page in both languages into var/screenshots/
	@$(OPS) test tests/journeys/test_screenshots.py -m screenshots $(ARGS)

migrations: setup ## every model change has its migration
	@$(OPS) with-services -- $(BIN)/python manage.py makemigrations --check --dry-run

test: ## pytest beside throw-away servers (ARGS="-k name")
	@$(OPS) test $(ARGS)

drills: ## the long failure drills
	@$(OPS) test -m drill $(ARGS)

bench: setup ## measure the rollups at 10 k, 100 k and 1 M; a table, and var/bench.json (ARGS="1000 10000")
	@$(OPS) with-services -- $(BIN)/python -m tests.bench $(ARGS)

docs: setup ## the OpenAPI document and the glossary
	$(BIN)/python manage.py spectacular --lang en --fail-on-warn --validate --file docs/openapi.yaml
	$(BIN)/python manage.py glossary

lock: setup ## pin the packages of requirements*.in again
	$(BIN)/python -m pip install --quiet uv
	for name in requirements requirements-dev; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header $$name.in --output-file $$name.txt; \
	done

clean: ## remove what can be built again; the data in var/ stay
	rm -rf .venv node_modules build .ruff_cache .mypy_cache .pytest_cache .import_linter_cache var/test
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
