# Two commands do everything: `make demo` and `make test`. `make` alone lists the rest.
PY := $(firstword $(wildcard /usr/bin/python3.13 /usr/bin/python3.12 /usr/bin/python3.11) $(shell command -v python3))
UV := .tools/bin/uv
BIN := .venv/bin
SERVE ?= 1

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/.main ## run the whole chain on the sample deliveries, then serve it on 127.0.0.1:8000 (SERVE=0: stop before)
	@$(BIN)/python -m egide.project.demonstration --serve=$(SERVE)

test: .venv/.test browser ## everything that CI runs
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest

check: .venv/.test ## lint, types, walls between rooms, catalogue; no database needed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check --lint --quiet src/egide/web
	$(BIN)/egide check_catalogue
	$(BIN)/egide update_messages --check

spark: .venv/.spark ## the same cells from Apache Spark, started standalone on loopback (needs Java 17; not part of `make test`)
	@$(BIN)/python -m pytest -n0 -m spark tests/spark

bench: .venv/.peers ## measure against the peers; writes bench/RESULTS.md
	@$(BIN)/python -m bench

stop: ## stop a database that a killed demonstration left behind
	@[ ! -x $(BIN)/python ] || $(BIN)/python -m egide.project.postgres stop

lock: $(UV) ## resolve the dependencies again
	$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements/main.lock
	$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml \
	  --group test --group lint -c requirements/main.lock -o requirements/test.lock
	for group in spark peers; do $(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	  --group $$group -c requirements/test.lock -o requirements/$$group.lock; done

$(UV):
	@$(PY) -c 'import ensurepip' 2>/dev/null || { \
	  if [ $$(id -u) = 0 ]; then apt-get -o DPkg::Lock::Timeout=600 update -q && apt-get -o DPkg::Lock::Timeout=600 install -y -q python3-venv; \
	  else echo "Égide needs Python's venv module. Ask an administrator for: apt-get install python3-venv"; exit 1; fi; }
	$(PY) -m venv .tools
	.tools/bin/pip install -q "uv==0.13.9"

.venv/.main: requirements/main.lock pyproject.toml | $(UV)
	$(UV) venv -q --allow-existing --python $(PY) .venv
	$(UV) pip sync -q --require-hashes --python .venv requirements/main.lock
	$(UV) pip install -q --no-deps --python .venv -e .
	@touch $@

.venv/.test: requirements/test.lock pyproject.toml | .venv/.main
	$(UV) pip sync -q --require-hashes --python .venv requirements/test.lock
	$(UV) pip install -q --no-deps --python .venv -e .
	@touch $@ .venv/.main

.venv/.spark .venv/.peers: .venv/.%: requirements/%.lock .venv/.test
	$(UV) pip install -q --require-hashes --python .venv -r $<
	@touch $@

browser:
	@command -v chromium >/dev/null || { \
	  if [ $$(id -u) = 0 ]; then apt-get -o DPkg::Lock::Timeout=600 update -q && \
	    apt-get -o DPkg::Lock::Timeout=600 install -y -q --no-install-recommends chromium fonts-liberation; \
	  else echo "The browser tests need chromium. Ask an administrator for: apt-get install chromium fonts-liberation"; exit 1; fi; }

.PHONY: help demo test check spark bench stop lock browser
