# Everything goes into .venv and .cfaig (both ignored by Git) and, where no Pulumi is installed, ~/.cache/cfaig.
.DEFAULT_GOAL := help
VENV := .venv
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup up down test check format docs build sbom lock clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(VENV)/.ready ## Make .venv with everything that the lock file names

$(VENV)/.ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "error: no Python >= 3.11 found; install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "setting up $(VENV) (about a minute)"
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@$(VENV)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# What only the tests and checks need comes on top: whoever wants to use cfaig need not wait for it.
$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	@echo "adding what the tests need (about a minute)"
	@$(VENV)/bin/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@

up: setup ## Reconcile gateways/ into the local Cloudflare (ALLOW="delete:gateway/x …" permits what safety limits refuse)
	@$(VENV)/bin/cfaig apply --environment local --yes $(foreach change,$(ALLOW),--allow $(change))

down: setup ## Stop the local Cloudflare (its data stays)
	@$(VENV)/bin/cfaig local down

test: $(VENV)/.ready-dev ## Run the whole test suite
	@$(VENV)/bin/cfaig engine
	@$(VENV)/bin/python -m pytest -n auto

check: $(VENV)/.ready-dev ## Lint, formatting and types
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

format: $(VENV)/.ready-dev ## Format the code and mend what can be mended
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

docs: $(VENV)/.ready-dev ## Build the documentation's site in build/site; a broken link is an error
	@$(VENV)/bin/python -m docs.site

# What is tried is what is shipped: the wheel, with what the lock file names, in an environment that has nothing else.
build: $(VENV)/.ready-dev ## Build wheel and sdist in dist/, and try the wheel in a new environment
	@rm -rf dist build/lib build/bdist.* build/try
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(VENV)/bin/python -m build --no-isolation --outdir dist .
	@$(VENV)/bin/python -m venv build/try
	@build/try/bin/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@build/try/bin/python -m pip install --quiet --no-deps dist/cfaig-*.whl
	@bash tests/release/try.sh build/try/bin

sbom: $(VENV)/.ready-dev ## Write dist/cfaig.cdx.json, the bill of materials (CycloneDX) of the lock file
	@mkdir -p dist
	@$(VENV)/bin/python -m tests.release.sbom requirements.lock dist/cfaig.cdx.json

LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	--no-emit-find-links --quiet
lock: ## Make both lock files anew from pyproject.toml (needs uv)
	@echo 'pulumi==3.250.0' | $(LOCK) --extra dev --constraint - --output-file requirements-dev.lock pyproject.toml
	@$(LOCK) --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

clean: ## Remove .venv, local state and what was built
	@if [ -x $(VENV)/bin/cfaig ]; then $(VENV)/bin/cfaig local down; fi
	@rm -rf $(VENV) .cfaig build dist
