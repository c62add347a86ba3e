#!/usr/bin/env bash
# Mutation testing of the rules, in a copy of the tree; takes about a quarter of an hour on one core. What survives: docs/mutants.md.
#   setup/mutants.sh [MODULE…]
set -euo pipefail
cd "$(dirname "$0")/.."
rules=(law/rules law/tally votes/{vote,opening,casting,hands,paper,paper_ballots,closing,checking,box,states} matters/{matter,dossier,phases,publicity,publishing})
[ $# -gt 0 ] || set -- "${rules[@]}"
set -- "${@/#/kiosk/core/}"
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r kiosk tests docs pyproject.toml "$copy"
python=$PWD/.venv/bin/python
cd "$copy"
PYTHONPATH=. HYPOTHESIS_PROFILE=mutants "$python" tests/mutants.py "${@/%/.py}"
