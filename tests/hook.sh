#!/usr/bin/env bash
# A commit through a plain git hook: a good note passes, a broken one is stopped with its finding shown.
# usage: hook.sh WEEKNOTE_LINT
set -euo pipefail
linter=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# A hook of a repository around this one must not be told of another repository's index.
for name in $(git rev-parse --local-env-vars); do unset "$name"; done
git init --quiet "$scratch"
cp -R "$here/archives/clean/." "$scratch"
cd "$scratch"
git config user.name "A. Writer"
git config user.email "writer@example.com"
git config commit.gpgsign false
printf '#!/bin/sh\nexec "%s"\n' "$linter" >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit

git add -A
git commit --quiet -m "The archive as it stands" 2>"$scratch.log" || { cat "$scratch.log"; echo "the clean archive was not committed"; exit 1; }

note=$(ls soups/weeknotes/*.snip.markdown | tail -n 1)
printf 'See the [plans][the-plans-nobody-defined].\n\n%s\n' "$(cat "$note")" >"$note"
git add -A
if git commit --quiet -m "A broken note" >"$scratch.log" 2>&1; then
  echo "the broken note was committed"
  exit 1
fi
grep -q 'links/undefined-reference' "$scratch.log" || { cat "$scratch.log"; echo "the finding is not shown"; exit 1; }
rm -f "$scratch.log"
echo "the hook lets a good commit through and stops a broken one"
