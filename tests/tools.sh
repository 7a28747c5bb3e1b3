#!/usr/bin/env bash
# Installs the programs of tests/requirements.txt into .tools/venv, unless they are there. A script that needs them reads
# this file, which also puts them first in PATH: . tests/tools.sh
set -euo pipefail
tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
venv=$(dirname "$tests")/.tools/venv

if ! cmp -s "$tests/requirements.txt" "$venv/requirements.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$tests/requirements.txt"
  # Last, so that an installation that was broken off is done again.
  cp "$tests/requirements.txt" "$venv/requirements.txt"
fi
export PATH="$venv/bin:$PATH"
