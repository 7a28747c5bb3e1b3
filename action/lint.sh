#!/usr/bin/env bash
# Runs the program for the action: annotations or another format in the log, a summary with a calendar for the job's
# page, counts for the steps that follow, and SARIF or a web page where the caller wants them. One run for each, since a run takes a fraction of a second.
#
# Reads PROGRAM, the inputs as INPUT_*, and what the runner sets. Runs with bash 3.2, which macOS has.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=fail.sh
. "$(dirname "${BASH_SOURCE[0]}")/fail.sh"

# What notes and paths say must not be taken for a command by the runner: within these lines, it obeys nothing.
without_commands() {
  local token
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "::stop-commands::$token"
  cat
  # A last line without an end would hide the command.
  printf '\n::%s::\n' "$token"
}

# Runs the program once more, with another format, and writes what it prints to $2.
report() {
  local code=0
  arguments[0]=--format=$1
  "$PROGRAM" "${arguments[@]}" </dev/null >"$2" 2>"$scratch/messages" || code=$?
  [ "$code" -le 1 ] || fail "$(cat "$scratch/messages")"
}

count() {
  sed -n "s/^    \"$1\": \([0-9]*\),\{0,1\}\$/\1/p" "$scratch/report.json" | head -n 1
}

case "$INPUT_FAIL" in
  true | false) ;;
  *) fail "the input \`fail\` is \`$INPUT_FAIL\`: it is \`true\` or \`false\`" ;;
esac
# Sets `file` to the path $2 of the input $1. One that is relative starts at the checkout, whatever the working directory.
resolve() {
  case "$2" in
    *$'\n'* | *$'\r'*) fail "the input \`$1\` is one path, on one line" ;;
    "" | /* | [A-Za-z]:*) file=$2 ;;
    *) file=$GITHUB_WORKSPACE/$2 ;;
  esac
}
resolve sarif-file "$INPUT_SARIF_FILE"
sarif=$file
resolve html-file "$INPUT_HTML_FILE"
html=$file
cd -- "$INPUT_WORKING_DIRECTORY" 2>/dev/null ||
  fail "the input \`working-directory\` is \`$INPUT_WORKING_DIRECTORY\`, which is no folder of this checkout"
scratch=$(mktemp -d "$RUNNER_TEMP/weeknote-lint.XXXXXX")

arguments=("--format=$INPUT_FORMAT")
[ -z "$INPUT_CONFIG" ] || arguments+=("--config=$INPUT_CONFIG")
[ -z "$INPUT_SINCE" ] || arguments+=("--since=$INPUT_SINCE")
while IFS= read -r line; do
  case "$line" in
    "") ;;
    --format | --format=*) fail "the format is chosen by the input \`format\`, not by \`args\`" ;;
    --output | --output=* | --diff) fail "\`$line\` does not go with the action, which needs the report itself" ;;
    *) arguments+=("$line") ;;
  esac
done <<<"$INPUT_ARGS"
arguments+=(--)
while IFS= read -r line; do
  [ -z "$line" ] || arguments+=("$line")
done <<<"$INPUT_PATHS"

code=0
"$PROGRAM" "${arguments[@]}" </dev/null >"$scratch/report" 2>"$scratch/messages" || code=$?
[ "$code" -le 1 ] || fail "$(cat "$scratch/messages")"
if [ "$INPUT_FORMAT" = github ]; then
  cat "$scratch/report"
else
  without_commands <"$scratch/report"
fi
without_commands <"$scratch/messages"

report json "$scratch/report.json"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  report markdown "$scratch/summary.md"
  cat "$scratch/summary.md" >>"$GITHUB_STEP_SUMMARY"
fi
if [ -n "$sarif" ]; then
  mkdir -p "$(dirname "$sarif")"
  report sarif "$sarif"
fi
if [ -n "$html" ]; then
  mkdir -p "$(dirname "$html")"
  report html "$html"
fi

errors=$(count errors)
warnings=$(count warnings)
{
  echo "exit-code=$code"
  echo "errors=$errors"
  echo "warnings=$warnings"
  echo "findings=$((errors + warnings + $(count infos)))"
  echo "sarif-file=$INPUT_SARIF_FILE"
  echo "html-file=$INPUT_HTML_FILE"
} >>"$GITHUB_OUTPUT"
[ "$INPUT_FAIL" = true ] || code=0
exit "$code"
