# What can be done here: `make help`. Python 3.11 or newer and make are enough to run wasched.
PY := .venv/bin/python

.PHONY: help run demo build test test-postgresql lint audit bench screenshots torture smoke dist lock clean dev

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' Makefile | awk -F'|' '{printf "%-23s %s\n", $$1, $$2}'

run: build ## start wasched on http://localhost:3001
	@exec $(PY) -m wasched run

build: ## install what it needs and build the pages, as far as they have changed
	@tools/set_up.sh requirements.txt requirements-build.txt
	@$(PY) tools/build_frontend.py

dev:
	@tools/set_up.sh requirements-dev.txt
	@$(PY) tools/build_frontend.py

demo: build ## try it without a phone, against a WhatsApp server on this machine
	@exec $(PY) tools/demo.py

test: dev ## run the tests
	@$(PY) tools/set_up_tests.py
	@$(PY) -m compileall -q wasched tests tools # once, and not in each process that tests start
	@$(PY) -m pytest -n 4 --dist worksteal --durations=25

test-postgresql: dev ## run the tests of services, api, pages and kills on PostgreSQL
	@$(PY) tools/set_up_tests.py
	@$(PY) -m compileall -q wasched tests tools
	@WASCHED_TEST_DATABASE=postgresql $(PY) -m pytest -n 4 --dist worksteal --durations=25 \
		tests/test_postgresql.py tests/test_postgresql_faults.py tests/test_postgresql_upgrade.py \
		tests/adapters/test_changes_by_postgresql.py tests/services tests/api tests/ui \
		tests/crash/test_crash.py tests/crash/test_on_postgresql.py tests/browser/test_spine.py \
		tests/test_launcher.py::test_it_runs_on_a_postgresql_whose_password_is_said_nowhere

lint: dev ## check style and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy wasched tests/whatsapp_server tools
	@$(PY) tools/lint_containers.py

audit: dev ## ask whether anything it runs on has known holes (needs the internet)
	@$(PY) -m uv tool run pip-audit==2.10.1 --disable-pip --require-hashes \
		-r requirements.txt -r requirements-build.txt

torture: dev ## kill everything at random, and try odd input, for a long time
	@$(PY) tools/set_up_tests.py --torture
	@FUZZ_CASES=200000 $(PY) -m pytest -m "torture or fuzz" -s

bench: dev ## measure, and print the figures of docs/benchmarks.md
	@$(PY) tools/set_up_tests.py
	@$(PY) -m pytest -m bench -s

screenshots: dev ## take the pictures in docs/screenshots anew
	@$(PY) tools/set_up_tests.py
	@$(PY) -m tests.browser.screenshots

smoke: dev ## try a fresh clone, people's and operators' tasks, Firefox, and containers (needs Docker)
	@$(PY) tools/set_up_tests.py --smoke
	@$(PY) -m pytest -m smoke -s

dist: build ## pack wasched with its pages as a wheel, for pipx or uvx
	@$(PY) tools/make_dist.py

lock: dev ## pin the newest versions that requirements*.in allow
	@$(PY) tools/lock.py

clean: ## remove everything that make made, but keep the data
	@rm -rf .venv .venv-clients .web dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
