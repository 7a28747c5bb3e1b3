#!/usr/bin/env bash
# Installs the programs of tests/requirements.txt into .tools/venv, unless they are there. A script that needs them reads
# this file, which also puts them first in PATH: . tests/tools.sh
# What is no package of Python's comes with `system_packages NAME...`, from Debian or Ubuntu.
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

system_packages() {
  local as_root=()
  if ! command -v apt-get >/dev/null; then
    echo "these packages of Debian are missing, and there is no apt-get: $*"
    return 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      echo "these packages of Debian are missing, and only root can install them: $*"
      return 1
    fi
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update --quiet --quiet
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --quiet --yes --no-install-recommends "$@" >/dev/null
}
