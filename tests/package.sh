#!/usr/bin/env bash
# What is published: the crate, the wheel, the archives and their names, the licences of what they hold; and the command
# that prepares a release.
# usage: package.sh WEEKNOTE_LINT
set -euo pipefail
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")/.."
here=$PWD
# shellcheck source=tests/tools.sh
. tests/tools.sh

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for name in $(git rev-parse --local-env-vars); do unset "$name"; done
wrong() {
  printf '%s\n' "$@"
  exit 1
}

echo "licences, bans and sources of all dependencies"
deny=0.20.2
if [ "$("$here/.tools/bin/cargo-deny" --version 2>/dev/null)" != "cargo-deny $deny" ]; then
  # It runs for two seconds, and takes minutes to optimise.
  cargo install --quiet --locked --debug "cargo-deny@$deny" --root "$here/.tools" --target-dir "$here/.tools/target"
  rm -rf "$here/.tools/target"
fi
"$here/.tools/bin/cargo-deny" --locked --log-level error check licenses bans sources

echo "the crate"
cargo package --locked --allow-dirty --list >"$scratch/files" 2>"$scratch/log"
! grep -vE '^(src/.*\.(rs|css|js)|README\.md|LICENSE-(MIT|APACHE)|Cargo\.(toml|toml\.orig|lock)|\.cargo_vcs_info\.json)$' \
  "$scratch/files" || wrong "these files do not belong into the crate"
# It builds what it packs. What is said of tests is that they are left out.
cargo publish --dry-run --locked --allow-dirty >"$scratch/log" 2>&1 || {
  cat "$scratch/log"
  wrong "the crate cannot be published"
}
! grep '^warning' "$scratch/log" | grep -vE 'ignoring test|aborting upload due to dry run' || wrong "publishing warns"
version=$("$program" --version | cut -d ' ' -f 2)
cargo package --quiet --locked --allow-dirty --no-verify 2>"$scratch/log"
size=$(wc -c <"${CARGO_TARGET_DIR:-target}/package/weeknote-lint-$version.crate")
[ "$size" -lt 590000 ] || wrong "the crate has $size bytes"

echo "the wheel"
maturin build --quiet --profile dev --out "$scratch/wheels" 2>"$scratch/log" || {
  cat "$scratch/log"
  wrong "the wheel cannot be built"
}
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$scratch"/wheels/*.whl
[ "$("$scratch/venv/bin/weeknote-lint" --version)" = "weeknote-lint $version" ] || wrong "the wheel holds another version"
"$scratch/venv/bin/weeknote-lint" --quiet tests/archives/clean
"$scratch/venv/bin/weeknote-lint" generate man >"$scratch/man"
grep -q '^\.TH weeknote-lint 1' "$scratch/man" || wrong "the wheel's program has no manual page"
"$scratch/venv/bin/pip" show --files weeknote-lint >"$scratch/wheel"
grep -q 'LICENSE-MIT' "$scratch/wheel" || wrong "the wheel has no licence"
maturin sdist --out "$scratch/wheels" >"$scratch/log" 2>&1
tar -tzf "$scratch"/wheels/*.tar.gz >"$scratch/source"
grep -q '/Cargo.lock$' "$scratch/source" || wrong "the source distribution has no Cargo.lock"

echo "the archives, and all who know their names"
python3 tests/release_names.py "$program" "$scratch/archives"
tar -xzf "$scratch"/archives/*-x86_64-unknown-linux-gnu.tar.gz -C "$scratch"
bash -n "$scratch"/weeknote-lint-*/completions/weeknote-lint.bash

echo "the command that prepares a release"
mkdir "$scratch/copy"
git ls-files -z --cached --others --exclude-standard | tar -cf - --null --files-from=- | tar -xf - -C "$scratch/copy"
cd "$scratch/copy"
next=$(python3 -c 'import sys; a, b, c = sys.argv[1].split("."); print(f"{a}.{int(b) + 1}.0")' "$version")
for refused in 0.0.1 "$version" next ""; do
  ! release/prepare.py "$refused" >"$scratch/log" 2>&1 || wrong "$refused is accepted as a version"
done
sed -i.bak '/^## \[Unreleased\]/,/^## \[[0-9]/{/^## /!d;}' CHANGELOG.md
! release/prepare.py "$next" >"$scratch/log" 2>&1 || wrong "a release without news is accepted"
for file in Cargo.toml Cargo.lock README.md docs/src/action.md docs/src/hook.md; do
  cmp "$here/$file" "$file" || wrong "a release that was refused has left traces"
done
sed -i.bak 's/^## \[Unreleased\]$/&\n\n- Something new./' CHANGELOG.md
release/prepare.py "$next" >"$scratch/log"
cargo metadata --locked --offline --format-version 1 --no-deps >"$scratch/metadata"
grep -q "\"version\":\"$next\"" "$scratch/metadata" || wrong "Cargo.toml or Cargo.lock is left"
! grep -rnF "v$version" README.md docs/src || wrong "the README or the site still tells people to use $version"
for name in "rev: v$next" "weeknote-lint@v$next"; do
  grep -qF "$name" README.md || wrong "the README does not have $name"
done
awk -v heading="## [$next] - 2" '/^## / { inside = index($0, heading) == 1 } inside' CHANGELOG.md >"$scratch/news"
grep -q "Something new" "$scratch/news" || wrong "the news are not those of $next"
grep -qF "[$next]: https://github.com/weeknote-lint/weeknote-lint/compare/v$version...v$next" CHANGELOG.md || wrong "a link is missing"

echo "what is published is what it should be"
