#!/usr/bin/env bash
# Makes the lock files anew from pyproject.toml and setup/uv.in. Run it after a dependency changes; commit what it writes.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() { .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate "$@"; }
compile setup/uv.in -o setup/uv.lock
compile --extra setup pyproject.toml -o requirements.lock
compile --all-extras -c requirements.lock pyproject.toml -o requirements-test.lock
