#!/usr/bin/env bash
# Commits through the hooks: a plain git hook, and those that pre-commit and prek install from this repository, set up as
# the README and the site say. A good commit passes; a broken one, or one that breaks a link by deleting a page, is
# stopped and shows why; unstaged fixes hide nothing; `weeknote-lint-new` stops what is new alone.
# usage: hooks.sh WEEKNOTE_LINT
#
# Needs git, cargo and Python 3; pre-commit and prek are installed by tests/tools.sh. They build the hook as they do on a
# user's machine, one with the versions of Cargo.lock and the other without, only with less optimization.
set -euo pipefail
linter=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
project=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# A hook of a repository around this one must not tell of its index, nor a person's settings change what git does.
for name in $(git rev-parse --local-env-vars); do unset "$name"; done
unset SKIP PRE_COMMIT_ALLOW_NO_CONFIG PREK_SKIP
export GIT_CONFIG_GLOBAL="$scratch/gitconfig" GIT_CONFIG_NOSYSTEM=1
git config --global user.name "A. Writer"
git config --global user.email "writer@example.com"
git config --global init.defaultBranch main
export PRE_COMMIT_HOME="$scratch/pre-commit" PREK_HOME="$scratch/prek"
export CARGO_TARGET_DIR="$project/target/hooks"
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1

# shellcheck source=tests/tools.sh
. "$project/tests/tools.sh"

fail() {
  cat "$scratch/log"
  printf '%s: %s\n' "$hook" "$1"
  exit 1
}

# The first block of a language in README.md or in the site's page, below "As a pre-commit hook".
snippet() {
  awk -v fence="\`\`\`$2" '
    /^##? / { below = /^##? As a pre-commit hook$/ }
    inside && $0 == "```" { exit }
    inside { print }
    below && $0 == fence { inside = 1 }
  ' "$project/$1"
}

# A commit of what is staged, which must pass; the words are its message.
passes() {
  git commit --quiet -m "$*" >"$scratch/log" 2>&1 || fail "stopped, and should have passed: $*"
}

# A commit of what is staged, which must be stopped with the text $1 shown.
stopped() {
  local shown=$1
  shift
  if git commit --quiet -m "$*" >"$scratch/log" 2>&1; then
    fail "passed, and should have been stopped: $*"
  fi
  grep -qF -- "$shown" "$scratch/log" || fail "does not show '$shown': $*"
}

notes=soups/weeknotes
mistake='See the [plans][plans-that-nobody-defined].'

# Writes a note that is broken by one more paragraph, and stages it.
break_note() {
  printf '%s\n\n%s\n' "$mistake" "$(git show "HEAD:$1")" >"$1"
  git add "$1"
}

# An empty repository with the example archive in its working tree; the words set up its hook.
repository() {
  rm -rf "$scratch/archive"
  git init --quiet "$scratch/archive"
  cp -R "$project/tests/archives/clean/." "$scratch/archive"
  cd "$scratch/archive"
  "$@"
}

# What each hook must do that looks at the whole archive.
check_strict() {
  git add --all
  passes "the first commit of all"
  printf 'Not even a draft. %s\n' "$mistake" >"$notes/week-145.snip.markdown"
  printf '\n' >>"$notes/week-118.snip.markdown"
  git add "$notes/week-118.snip.markdown"
  passes "a good note, beside an untracked one"
  rm "$notes/week-145.snip.markdown"

  break_note "$notes/week-119.snip.markdown"
  stopped "links/undefined-reference" "a broken note"
  git show "HEAD:$notes/week-119.snip.markdown" >"$notes/week-119.snip.markdown"
  stopped "plans-that-nobody-defined" "a broken note that is fixed in the working tree alone"
  git reset --quiet --hard

  git rm --quiet "$notes/week-100.snip.markdown"
  stopped "links/missing-target" "a deletion that breaks links"
  git reset --quiet --hard
}

# What each hook must do that looks at what is new alone.
check_new() {
  git add --all
  passes "the first commit of all"
  break_note "$notes/week-119.snip.markdown"
  git commit --quiet --no-verify -m "an old mistake"
  printf '\n' >>"$notes/week-119.snip.markdown"
  git add --all
  passes "another line in a note with an old mistake"
  break_note "$notes/week-123.snip.markdown"
  stopped "week-123.snip.markdown" "a new mistake"
  grep -qF "week-119.snip.markdown" "$scratch/log" && fail "the old mistake is shown, too"
  git reset --quiet --hard
}

# The project as it lies here, with the tag that the README names.
revision=$(snippet README.md yaml | sed -n 's/^ *rev: //p')
[ "$revision" = "v$(sed -n 's/^version = "\(.*\)"/\1/p' "$project/Cargo.toml" | head -n 1)" ] || {
  echo "the README's hook is not of this version: $revision"
  exit 1
}
[ "$(snippet README.md yaml)" = "$(snippet docs/src/hook.md yaml)" ] || {
  echo "the README's hook is not the site's"
  exit 1
}
git init --quiet "$scratch/project"
(
  cd "$project"
  git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    if [ -e "$file" ]; then
      mkdir -p "$scratch/project/$(dirname "$file")"
      cp -P "$file" "$scratch/project/$file"
    fi
  done
)
git -C "$scratch/project" add --all
git -C "$scratch/project" commit --quiet -m "$revision"
git -C "$scratch/project" tag "$revision"

use_git() {
  snippet docs/src/hook.md sh >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
}

# $1 is the tool, $2 the hook's id.
use_tool() {
  snippet README.md yaml |
    sed -e "s|https://github.com/weeknote-lint/weeknote-lint|$scratch/project|" \
      -e "s|id: weeknote-lint\$|id: $2|" >.pre-commit-config.yaml
  grep -qF "repo: $scratch/project" .pre-commit-config.yaml
  grep -qF "id: $2" .pre-commit-config.yaml
  "$1" install >"$scratch/log" 2>&1 || fail "cannot be installed"
}

# The -system hooks and the plain one find the program in PATH.
path_before=$PATH
with_program() { PATH="$(dirname "$linter"):$path_before"; }
without_program() { PATH=$path_before; }

hook="plain git hook"
with_program
repository use_git
check_strict
echo "$hook: ok"

for tool in pre-commit prek; do
  hook="$tool"
  "$tool" validate-manifest "$project/.pre-commit-hooks.yaml" >"$scratch/log" 2>&1 || fail "the manifest is not valid"
  for id in weeknote-lint weeknote-lint-system weeknote-lint-new weeknote-lint-new-system; do
    hook="$tool, $id"
    case $id in *-system) with_program ;; *) without_program ;; esac
    repository use_tool "$tool" "$id"
    case $id in *-new*) check_new ;; *) check_strict ;; esac
    echo "$hook: ok"
  done
done
