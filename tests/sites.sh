#!/usr/bin/env bash
# At which address a generator serves each Markdown file: builds the sites of tests/sites with the real generators, and
# compares with their addresses.tsv; see tests/sites/README.md. Needs Python 3.11, Node.js with npm and, on Debian and
# Ubuntu, apt-get for Jekyll; everything else is installed into .tools/sites. A generator that cannot be had fails where
# CI=true, and is named elsewhere.
# usage: sites.sh [--accept] [NAME]...
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tests/tools.sh
. tests/tools.sh

generators=tests/sites/generators
tools=.tools/sites

python_packages() {
  cmp -s "$generators/requirements.txt" "$tools/python/requirements.txt" && return
  rm -rf "$tools/python"
  python3 -m venv "$tools/python" &&
    "$tools/python/bin/pip" install --quiet --disable-pip-version-check --requirement "$generators/requirements.txt" &&
    # Last, so that an installation that was broken off is done again.
    cp "$generators/requirements.txt" "$tools/python/requirements.txt"
}

node_packages() {
  local wanted="$generators/$1/package-lock.json" how=ci
  # Docusaurus has no lock file, which would have 15,000 lines.
  [ -f "$wanted" ] || { wanted="$generators/$1/package.json" && how=install; }
  cmp -s "$wanted" "$tools/$1/installed.json" && return
  mkdir -p "$tools/$1" &&
    cp "$generators/$1"/package*.json "$tools/$1" &&
    npm "$how" --prefix "$tools/$1" --silent --no-audit --no-fund --ignore-scripts &&
    cp "$wanted" "$tools/$1/installed.json"
}

jekyll_packages() {
  ruby -e 'require "jekyll"; require "jekyll-redirect-from"; require "jekyll-readme-index"; require "jekyll-optional-front-matter"' 2>/dev/null ||
    system_packages jekyll ruby-jekyll-{optional-front-matter,readme-index,redirect-from}
}

arguments=("$@") sites=() by_hand=
for argument in "$@"; do [ "$argument" = --accept ] || sites+=("$argument"); done
if [ ${#sites[@]} -eq 0 ]; then
  for folder in tests/sites/*/; do
    site=$(basename "$folder")
    case "$site" in
      generators) ;;
      # It takes a minute, and another to install.
      docusaurus) by_hand=$site ;;
      *) sites+=("$site") ;;
    esac
  done
  arguments+=("${sites[@]}")
fi
for site in "${sites[@]}"; do
  [ -d "tests/sites/$site/site" ] || { echo "there is no site $site"; exit 2; }
done
for generator in $(printf '%s\n' "${sites[@]%%-*}" | sort -u); do
  # Whether it is there now is seen by the one who runs it.
  case "$generator" in
    jekyll) jekyll_packages ;;
    hugo | mdbook | mkdocs | pelican) python_packages ;;
    *) node_packages "$generator" ;;
  esac || echo "$generator cannot be installed"
done
status=0
python3 tests/sites/sites.py "${arguments[@]}" || status=$?
[ -z "$by_hand" ] || echo "not run, since it is slow and was not named: $by_hand"
exit "$status"
