# Everything tsunagite does, one word each. `make` alone builds the site; `make help` lists the words.
# Needs python3 (3.11 or newer) with venv, make and git. Nothing is installed outside this folder, except that
# `make test`, as root, may install Debian's Chromium, LibreOffice, rsync, curl, Java and a Japanese font where they are missing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes
EDITABLE := $(PIP) install --no-deps --no-build-isolation -e .
ASSETS := package.json package-lock.json .npmrc requirements-node.txt generator/fetch_assets.py generator/small_scripts.mjs \
	$(wildcard generator/tsunagite/*/browser/*.js generator/tsunagite/*/browser/*/*.js)
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := site
.DELETE_ON_ERROR:
.PHONY: help site serve check test test-fast coverage attacks fuzz kills bench docs picture screens try-data audit originality lint lock sbom weaknesses notice clean

help:  ## list these words
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 12

site: $(VENV)/assets.stamp  ## build the site into site/
	$(BIN)/tsunagite build
	@echo
	@echo "見るには / to look at it:  $(BIN)/python -m http.server --directory site 8000"
	@echo "そして / then open:        localhost:8000"

serve: $(VENV)/assets.stamp  ## build, show and rebuild at every change
	$(BIN)/tsunagite serve

check: $(VENV)/runtime.stamp  ## check the records and guides only
	$(BIN)/tsunagite check

test: $(VENV)/test.stamp $(VENV)/frames.stamp $(VENV)/assets-dev.stamp  ## run every test
	$(BIN)/python tests/chromium.py --install
	$(BIN)/python tests/libreoffice.py --install
	$(BIN)/python tests/system_tools.py --install
	PATH="$(CURDIR)/$(BIN):$$PATH" node --test tests/browser/*.test.mjs
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --durations=15 $(COVERAGE)

coverage: COVERAGE = --cov --cov-report=term:skip-covered
coverage: test  ## run every test and list the lines that none of them runs

test-fast: $(VENV)/test.stamp $(VENV)/assets.stamp  ## run the tests that need neither a browser nor a whole site
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --durations=15 -m "not browser and not slow"

attacks: $(VENV)/test.stamp $(VENV)/assets-dev.stamp  ## hostile strings in every field, file, address and draft: make attacks TIME=900 (seconds)
	$(BIN)/python tests/chromium.py --install
	PYTHONPATH=tests $(BIN)/python -m attacks $(or $(TIME),900)

fuzz: $(VENV)/test.stamp $(VENV)/assets-dev.stamp  ## made-up inputs for every reader: make fuzz TIME=600 (seconds)
	PYTHONPATH=tests $(BIN)/python -m fuzz $(or $(TIME),600)

kills: $(VENV)/test.stamp $(VENV)/assets.stamp  ## stop every command that writes at each of its calls: make kills TIME=600 (seconds)
	PYTHONPATH=tests $(BIN)/python -m kills $(or $(TIME),600)

bench: $(VENV)/bench.stamp $(VENV)/assets.stamp  ## measure beside others, write docs/benchmarks.md: make bench ARGS="--only map"
	$(BIN)/python tests/chromium.py --install
	PYTHONPATH=tests $(BIN)/python -m benchmarks $(ARGS)

docs: $(VENV)/test.stamp  ## build the documentation into build/docs/site/
	$(BIN)/python generator/docs

picture: $(VENV)/test.stamp  ## draw docs/images/architecture.svg again from pyproject.toml
	$(BIN)/python generator/docs --picture

screens: $(VENV)/test.stamp site  ## take the pictures of README.md and docs/, and every kind of page on one sheet: build/screens/
	$(BIN)/python tests/chromium.py --install
	PYTHONPATH=tests $(BIN)/python generator/screens.py
	PYTHONPATH=tests $(BIN)/python generator/contact_sheet.py

try-data: $(VENV)/assets.stamp  ## check and build other data: make try-data DIR=path/to/data
	@test -n "$(DIR)" || { echo "使い方 / usage: make try-data DIR=path/to/data"; exit 2; }
	$(BIN)/tsunagite import inspect "$(DIR)"

audit: $(VENV)/runtime.stamp  ## compare what imported records say with the cells of their lists: make audit DIR=path/to/site
	$(BIN)/python generator/audit.py "$(or $(DIR),.)" $(or $(ROWS),300) $(or $(SEED),1)

originality: $(VENV)/made.stamp  ## list what our words share with texts of others: make originality DIR=path/to/texts
	$(BIN)/python generator/originality.py $(DIR)

lint: $(VENV)/dev.stamp  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

lock: $(VENV)/dev.stamp  ## rewrite the lock files; newest versions: make lock UPGRADE=--upgrade
	$(BIN)/python generator/lock.py $(UPGRADE)
	$(BIN)/python generator/notice.py

sbom: $(VENV)/audit.stamp  ## list the libraries of the program (sbom.json) and of the browser files (sbom-browser.json), CycloneDX
	$(VENV)/audit/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --mc-type application --output-reproducible -o sbom.json
	npm sbom --sbom-format cyclonedx --package-lock-only --omit dev > sbom-browser.json

weaknesses: $(VENV)/audit.stamp  ## ask the advisory databases whether a locked package has a known weakness (needs the network)
	@for list in requirements.txt requirements-test.txt; do $(VENV)/audit/bin/pip-audit --strict --require-hashes --disable-pip -r $$list || \
		{ echo "$$list: 弱点があるか、弱点の一覧に聞けませんでした（上の行）。/ a weakness, or no answer of the advisory database (the line above)."; exit 1; }; done
	@npm audit --package-lock-only --audit-level=moderate || \
		{ echo "package-lock.json: 弱点があるか、弱点の一覧に聞けませんでした（上の行）。/ a weakness, or no answer of the advisory database (the line above)."; exit 1; }

notice: $(VENV)/runtime.stamp  ## write NOTICE again: what of others is shipped, with its licence
	$(BIN)/python generator/notice.py

clean:  ## remove everything that make made
	rm -rf sbom.json sbom-browser.json $(VENV) node_modules site .tsunagite-cache generator/tsunagite/assets generator/tsunagite/assets.new dist build \
		.pytest_cache .mypy_cache .ruff_cache .coverage

# Set-up. A stamp is newer than the files it was made from, so nothing is installed twice.

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 以上が要ります / Python 3.11 or newer is needed: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "venv が要ります / venv is needed: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/runtime.stamp: $(VENV)/made.stamp requirements.txt pyproject.toml
	$(INSTALL) -r requirements.txt
	$(EDITABLE)
	@touch $@

$(VENV)/test.stamp: $(VENV)/runtime.stamp requirements-test.txt
	$(INSTALL) -r requirements-test.txt
	@touch $@

# In a folder of their own: a theme in it has the module name of ours.
$(VENV)/frames.stamp: $(VENV)/test.stamp requirements-frames.txt
	$(INSTALL) --no-deps --upgrade --target $(VENV)/frames -r requirements-frames.txt
	@touch $@

$(VENV)/bench.stamp: $(VENV)/test.stamp requirements-bench.txt tests/benchmarks/package-lock.json
	$(INSTALL) -r requirements-bench.txt
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --prefix tests/benchmarks
	@touch $@

# In an environment of its own: it asks about the others and is in none of them.
$(VENV)/audit.stamp: $(VENV)/made.stamp requirements-audit.txt
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet --require-hashes -r requirements-audit.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/test.stamp requirements-dev.txt
	$(INSTALL) -r requirements-dev.txt
	@touch $@

$(VENV)/assets.stamp: $(VENV)/runtime.stamp $(ASSETS)
	$(BIN)/python generator/fetch_assets.py
	@touch $@

$(VENV)/assets-dev.stamp: $(VENV)/runtime.stamp $(ASSETS)
	$(BIN)/python generator/fetch_assets.py --dev
	@touch $@ $(VENV)/assets.stamp
