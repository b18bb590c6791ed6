# Two commands: make run, make test. Everything else is for those who develop.
PYTHON ?= python3
export PORT ?= 8000
PY := .venv/bin/python
DATABASE_URL_POSTGRES := $(or $(DATABASE_URL),postgres://$(shell id -un)@127.0.0.1:5432/portal)
REDIS_URL_LOCAL := $(or $(REDIS_URL),redis://127.0.0.1:6379/0)
PIP_COMPILE = .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11
TESTS = $(PY) -m pytest -n 2 --dist loadgroup --no-loadscope-reorder $(ARGS)

.PHONY: run test test-postgres lint format messages lock screenshots clean

run:  ## start the portal with its demonstration: http://localhost:8000/
	@sh .ci/install requirements.lock $(PYTHON)
	@$(PY) -m network_portal.launcher

test:  ## all tests on SQLite; in Chromium too when there is one
	@sh .ci/install requirements-dev.lock $(PYTHON)
	@env -u DATABASE_URL -u REDIS_URL $(TESTS)

test-postgres:  ## the same tests on PostgreSQL and Redis (DATABASE_URL, REDIS_URL)
	@sh .ci/install requirements-dev.lock $(PYTHON)
	@DATABASE_URL=$(DATABASE_URL_POSTGRES) REDIS_URL=$(REDIS_URL_LOCAL) $(TESTS)

lint:  ## style, templates, migrations, translations and lock files in step
	@sh .ci/install requirements-dev.lock $(PYTHON)
	@sh .ci/lint

format:  ## write Python as the lint wants it
	@sh .ci/install requirements-dev.lock $(PYTHON)
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

messages:  ## collect the texts to translate
	@sh .ci/install requirements-dev.lock $(PYTHON)
	@sh .ci/messages

lock:  ## write the lock files anew after a change of pyproject.toml (UPGRADE=--upgrade for newer versions)
	@sh .ci/install requirements-dev.lock $(PYTHON)
	@$(PIP_COMPILE) $(UPGRADE) pyproject.toml --output-file requirements.lock
	@$(PIP_COMPILE) $(UPGRADE) --group dev pyproject.toml --output-file requirements-dev.lock

screenshots:  ## the pictures of the README, from a demonstration that runs (PORT)
	@sh .ci/install requirements-dev.lock $(PYTHON)
	@$(PY) docs/screenshots.py http://localhost:$(PORT)

clean:  ## forget the demonstration: the next start makes a new one
	@rm -rf var static_build
