# `make run` and `make test` are all a newcomer needs; `make help` lists the rest.

PORT ?= 8000
INSTANCE_PATH ?= $(CURDIR)/instance
BASE_URL ?= http://127.0.0.1:$(PORT)
WEB_WORKERS ?= 1
WEB_THREADS ?= 2
# Empty on purpose: the service then keeps its SQLite database in the instance folder.
DATABASE_URL ?=
export PORT INSTANCE_PATH BASE_URL
ifneq ($(DATABASE_URL),)
export DATABASE_URL
endif

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi

.PHONY: help run test lint bench assets test-assets pins hooks clean

help: ## Show what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

run: $(VENV)/.installed assets ## Serve on http://127.0.0.1:8000 (PORT, INSTANCE_PATH, DATABASE_URL, BASE_URL)
	$(BIN)/python -m config
	$(FLASK) db upgrade
	@echo "Story Passport is at $(BASE_URL) - stop it with Ctrl+C"
	@exec $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) \
		--workers $(WEB_WORKERS) --blocking-threads $(WEB_THREADS) --no-access-log wsgi:app

test: $(VENV)/.installed-dev test-assets ## Install what tests need, then run them all (PYTEST='-k share' to choose)
	$(BIN)/python scripts/install_tools.py test
	$(BIN)/python -m pytest -n 2 $(PYTEST)

lint: $(VENV)/.installed-dev ## Check style, formatting, types and which way imports point
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy passport config
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev assets ## Measure speed, printed as JSON lines
	$(BIN)/python scripts/install_tools.py bench
	$(BIN)/python -m bench

assets: $(VENV)/.installed ## Build stylesheets and scripts of the pages
	@$(BIN)/python scripts/build_assets.py

test-assets: $(VENV)/.installed
	@$(BIN)/python scripts/build_assets.py --dev

pins: $(VENV)/.installed-dev ## Pin the newest versions of what requirements*.in ask for
	$(BIN)/uv pip compile --upgrade --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 --universal --output-file requirements.txt requirements.in
	$(BIN)/uv pip compile --upgrade --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 --universal --output-file requirements-dev.txt requirements-dev.in

hooks: $(VENV)/.installed-dev ## Check every commit before it is made
	$(BIN)/pre-commit install

clean: ## Remove what was built; keeps the instance folder
	rm -rf $(VENV) node_modules passport/web/static/built

# The stamps: pip runs again only when a list of requirements changed.
$(VENV)/.installed: requirements.txt scripts/make_venv.sh
	@PYTHON=$(PYTHON) scripts/make_venv.sh $(VENV)
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@
