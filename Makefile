# Everything runs in .venv, which these targets make from requirements.lock (pinned, with hashes).
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# Prints how long the recipe's main part took: $(call timed,name,command)
timed = start=$$(date +%s); echo "== $(1)"; $(2); echo "== $(1): done in $$(( $$(date +%s) - start )) s"
# As many workers as there are cores; each takes one file after another, so what a file shares is made once.
PYTEST := $(BIN)/python -m pytest -q -n logical --dist loadfile --no-loadscope-reorder

.PHONY: help site docs test test-quick test-long check hooks same serve publish release lock clean format

help:
	@echo "make site    install what is needed and build the site into site/"
	@echo "make test    the same, then every check and test"
	@echo "make test-quick  the tests that need no browser, no oracle and no whole site, within a minute"
	@echo "make test-long  the long forms of tests: fuzzing, kills and size, with fixed seeds"
	@echo "make check   format, lint, types, records, subjects of commits"
	@echo "make hooks   let git run make check before each commit"
	@echo "make same    say which bytes of output a change has changed; SINCE=commit to compare with (HEAD)"
	@echo "make docs    build the manual for editors into docs/site/"
	@echo "make serve   show the site while you write (http://127.0.0.1:8000/)"
	@echo "make publish publish site/ to GitHub Pages; PUBLISH_TO=folder or user@host:path for elsewhere"
	@echo "make release VERSION=1.2.3  version, changelog, commit, tag, wheel and sdist, all or nothing"
	@echo "make format  put the code into its one form"
	@echo "make lock    pin the newest allowed versions in requirements.lock"
	@echo "make clean   remove site/ and everything that is made"

site: .venv/.installed
	@$(call timed,offline editions,$(BIN)/dosje pdf && $(BIN)/dosje pdf all && $(BIN)/dosje epub && $(BIN)/dosje bundle)
	@$(call timed,make site,$(BIN)/dosje build)
	@echo "open site/index.html through a web server: make serve"

docs: .venv/.installed
	@$(call timed,manual,NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict -q -f docs/mkdocs.yml)
	@echo "open docs/site/index.html through a web server: $(BIN)/mkdocs serve -f docs/mkdocs.yml"

test: .venv/.installed tools
	@$(call timed,install check,$(BIN)/python -m pip check)
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory site
	@$(call timed,tests,$(PYTEST))

test-quick: .venv/.installed
	@$(call timed,quick tests,$(PYTEST) -m "not (long or browser or oracle or whole)")

test-long: .venv/.installed tools
	@$(call timed,long tests,$(PYTEST) -m long)

check: .venv/.installed
	@$(call timed,ruff format,$(BIN)/ruff format --check .)
	@$(call timed,ruff check,$(BIN)/ruff check .)
	@$(call timed,mypy --strict,$(BIN)/mypy)
	@$(call timed,oxfmt,$(BIN)/oxfmt --check '**/*.js')
	@$(call timed,oxlint,$(BIN)/oxlint --deny-warnings)
	@$(call timed,dosje check,$(BIN)/dosje check)
	@$(call timed,subjects of commits,$(BIN)/python scripts/subjects.py)

hooks: .venv/.installed
	@$(BIN)/prek install

same: .venv/.installed
	@$(BIN)/python scripts/same.py $(or $(SINCE),HEAD)

serve: .venv/.installed
	@$(BIN)/dosje serve

publish: site
	@$(call timed,publish,$(BIN)/dosje publish $(if $(PUBLISH_TO),--to "$(PUBLISH_TO)"))

release: check
	@$(BIN)/python scripts/release.py "$(VERSION)"

format: .venv/.installed
	@$(BIN)/ruff check --fix-only -q . && $(BIN)/ruff format . && $(BIN)/oxfmt '**/*.js'

lock: .venv/.installed
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --upgrade --no-header --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv .build site docs/site dist .pytest_cache .mypy_cache .ruff_cache .hypothesis scripts/*.egg-info

.venv/.installed: requirements.lock pyproject.toml
	@start=$$(date +%s); echo "== install"; \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Dosje needs Python 3.11 or newer: install python3, or say make PYTHON=/path/to/python3.12" >&2; exit 2; }; \
	$(PYTHON) -m venv .venv 2>/dev/null \
	  || { .ci/install python3-venv && $(PYTHON) -m venv --clear .venv; }; \
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock; \
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	touch $@; echo "== install: done in $$(( $$(date +%s) - start )) s"

# What the tests run beside Python: Debian's Chromium and Firefox (Playwright's own are not used), and the checkers of
# HTML (vnu, on Java), PDF and EPUB, rsync, and what reads the exports: biber, and on Node Zotero's translation server and
# citation-js, pinned in tests/outside. Programs, any of which will do, and package, by "=".
TOOLS := chromium=chromium firefox-esr,firefox=firefox-esr java=default-jre-headless qpdf=qpdf epubcheck=epubcheck \
  rsync=rsync biber=biber node=nodejs npm=npm
.PHONY: tools
tools:
	@.ci/install $(TOOLS)
	@cd tests/outside && { [ node_modules/.package-lock.json -nt package-lock.json ] || \
	  npm ci --silent --no-audit --no-fund --ignore-scripts; }
