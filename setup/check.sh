#!/usr/bin/env bash
# What CI runs, in the order of what fails fastest. Assumes setup/install.sh test.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
$bin/ruff format --check --quiet .
$bin/ruff check --quiet .
$bin/mypy
$bin/lint-imports
# Four workers on two cores: the journeys wait for browsers and servers as often as they work. What takes longest comes
# first, the state machine above all, so that no worker waits for another at the end.
[ $# -gt 0 ] || set -- tests/core/test_machine.py tests/journeys tests/shell tests/core tests/house
$bin/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder "$@"
