#!/usr/bin/env bash
# What the tool sees in Markdown is what the renderers of real sites make of it: see tests/oracle/oracle.py, which gets
# the arguments. Archives beside the project are read, too. Needs Rust, Python 3.11, Node.js with npm and, on Debian and
# Ubuntu, apt-get for Hugo and kramdown; everything else is installed into .tools/.
# usage: oracle.sh [--list | --only GLOB | --show ID | --kept FILE]...
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tests/tools.sh
. tests/tools.sh

packages=()
command -v hugo >/dev/null || packages+=(hugo)
ruby -e 'require "kramdown"; require "kramdown-parser-gfm"' 2>/dev/null || packages+=(ruby-kramdown ruby-kramdown-parser-gfm)
[ ${#packages[@]} -eq 0 ] || system_packages "${packages[@]}"

tools=.tools/oracle
if ! cmp -s tests/oracle/package-lock.json "$tools/installed.json"; then
  mkdir -p "$tools"
  cp tests/oracle/package.json tests/oracle/package-lock.json "$tools"
  npm ci --prefix "$tools" --silent --no-audit --no-fund --ignore-scripts
  # Last, so that an installation that was broken off is done again.
  cp tests/oracle/package-lock.json "$tools/installed.json"
fi

cargo build --quiet --locked --manifest-path tests/oracle/Cargo.toml --target-dir target
archives=()
[ -d ../shared/archives ] && archives=(--archives ../shared/archives)
python3 tests/oracle/oracle.py "${archives[@]}" "$@"
[ $# -gt 0 ] || python3 tests/oracle/slugs.py
