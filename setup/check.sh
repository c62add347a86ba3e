#!/usr/bin/env bash
# What CI runs, in the order of what fails fastest. Assumes setup/install.sh test.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
$bin/ruff format --check --quiet .
$bin/ruff check --quiet .
$bin/mypy
$bin/lint-imports
$bin/python -m pytest -n 2 --dist loadfile "$@"
