# `make run` and `make test` are all a newcomer needs; `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIN := $(BIN)/uv pip compile --quiet --upgrade --python-version 3.11 --no-header --no-annotate --no-emit-index-url

.PHONY: help run test lint bench endurance oldest assets test-assets messages pins hooks clean

help: ## Show what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

# config/settings.py says what else the environment may hold: DATABASE_URL, REDIS_URL and more.
run: export PORT ?= 8000
run: export BASE_URL ?= http://127.0.0.1:$(PORT)
run: export INSTANCE_PATH ?= $(CURDIR)/instance
run: assets ## Serve on http://127.0.0.1:8000 (PORT=8080 for another port)
	@echo "Story Passport will be at $(BASE_URL) - stop it with Ctrl+C"
	@exec scripts/serve.sh

test: $(VENV)/.installed-dev test-assets ## Install what tests need, then run them (PYTEST="-k share" for some)
	@$(BIN)/python scripts/install_tools.py test
	$(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST)

lint: $(VENV)/.installed-dev ## Check style, formatting, types and which way imports point
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy passport config
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.installed-dev test-assets ## Measure speed, printed as JSON lines
	@$(BIN)/python scripts/install_tools.py bench
	$(BIN)/python -m bench

endurance: $(VENV)/.installed-dev test-assets ## Kill a browser while somebody types, 200 times (about half an hour)
	@$(BIN)/python scripts/install_tools.py test
	$(BIN)/python -m tests.endurance

oldest: $(VENV)/.installed-dev test-assets ## Open a story in the oldest Chromium to be had
	$(BIN)/python -m tests.oldest_browser

assets: $(VENV)/.installed ## Build stylesheets, scripts and catalogues of the pages
	@$(BIN)/python scripts/build_assets.py
	@$(BIN)/python scripts/messages.py compile

test-assets: $(VENV)/.installed
	@$(BIN)/python scripts/build_assets.py --dev
	@$(BIN)/python scripts/messages.py compile

messages: $(VENV)/.installed ## Bring what pages say into every catalogue of languages
	@$(BIN)/python scripts/messages.py update

pins: $(VENV)/.installed-dev ## Pin the newest versions of what requirements*.in ask for
	$(PIN) --output-file requirements.txt requirements.in
	$(PIN) --output-file requirements-dev.txt requirements-dev.in

hooks: $(VENV)/.installed-dev ## Check every commit before it is made
	$(BIN)/pre-commit install

clean: ## Remove what was built; keeps the instance folder
	rm -rf $(VENV) node_modules passport/web/static/built

# The stamps: pip runs again only when a list of requirements changed.
$(VENV)/.installed: requirements.txt scripts/make_venv.sh
	@PYTHON=$(PYTHON) scripts/make_venv.sh $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
