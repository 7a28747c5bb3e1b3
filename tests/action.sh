#!/usr/bin/env bash
# The GitHub Action, run by act: as the README's users run it, with every input, with hostile ones, and from this
# repository's own workflow. Then its installation, with each answer that the server of the releases can give.
# usage: action.sh WEEKNOTE_LINT
set -euo pipefail
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")/.."
here=$PWD
# shellcheck source=tests/tools.sh
. tests/tools.sh

scratch=$(mktemp -d)
server=
end() {
  [ -z "$server" ] || kill "$server"
  rm -rf "$scratch"
}
trap end EXIT
for name in $(git rev-parse --local-env-vars); do unset "$name"; done
# What act keeps, and what is set for its user, is of no concern here.
export XDG_CACHE_HOME=$scratch/cache XDG_CONFIG_HOME=$scratch/config
# The program that the action builds is only to be there soon; tests/hooks.sh has built what it depends on.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1
export CARGO_TARGET_DIR=$here/target/hooks

wrong() {
  printf '%s\n' "$@"
  exit 1
}
# expect FILE TEXT: fails unless the file has the text on one of its lines.
expect() {
  grep -qF -- "$2" "$1" || {
    cat "$1"
    wrong "not found: $2"
  }
}
# commit FOLDER: makes a repository of the folder, with one commit.
commit() {
  git -C "$1" init --quiet
  git -C "$1" add -A
  git -C "$1" -c user.name=Writer -c user.email=writer@example.com -c commit.gpgsign=false commit --quiet -m "Notes"
}

# The releases, as release.yml makes them.
version=$("$program" --version | cut -d ' ' -f 2)
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) target=x86_64-unknown-linux-gnu ;;
  Linux-aarch64) target=aarch64-unknown-linux-gnu ;;
  Darwin-arm64) target=aarch64-apple-darwin ;;
  *) wrong "this test does not know the runner's target" ;;
esac
archive=weeknote-lint-v$version-$target.tar.gz
mkdir -p "$scratch/releases/good" "$scratch/releases/forged/v$version" "$scratch/releases/unsigned/v$version"
release/archive.sh "$target" "$program" "$scratch/releases/good/v$version" >"$scratch/log"
cp "$scratch/releases/good/v$version"/* "$scratch/releases/forged/v$version"
echo "and more" >>"$scratch/releases/forged/v$version/$archive"
cp "$scratch/releases/good/v$version/$archive" "$scratch/releases/unsigned/v$version"
python3 tests/release_server.py "$scratch/releases" "$scratch/port" 2>"$scratch/requests" &
server=$!
until [ -s "$scratch/port" ]; do sleep 0.1; done
releases=http://127.0.0.1:$(cat "$scratch/port")

# The action, as a runner downloads it: what is in the repository, and nothing else.
mkdir "$scratch/action"
git ls-files -z --cached --others --exclude-standard | tar -cf - --null --files-from=- | tar -xf - -C "$scratch/action"

# consumer NAME ARCHIVE: a repository with an archive, and the workflow that is read from standard input.
consumer() {
  mkdir "$scratch/$1"
  cp -R "tests/archives/$2/." "$scratch/$1"
  mkdir -p "$scratch/$1/.github/workflows"
  cat >"$scratch/$1/.github/workflows/weeknotes.yml"
}
# run NAME [EVENT]: pushes to the repository, as it were, or opens a pull request for main; the log goes to NAME.log, the
# status is act's.
printf '{"pull_request": {"base": {"ref": "main"}, "head": {"ref": "notes"}}}' >"$scratch/event.json"
run() {
  (cd "$scratch/$1" && act "${2:-push}" --eventpath "$scratch/event.json" --platform ubuntu-latest=-self-hosted --env "WEEKNOTE_LINT_RELEASES=$releases/good" \
    --local-repository "$used=$scratch/action" --local-repository "github/codeql-action@v3=$scratch/codeql" \
    --local-repository "actions/upload-artifact@v4=$scratch/artifact" \
    >"$scratch/$1.log" 2>&1)
}
# shown PAGE [N]: the first YAML block below "As a GitHub Action", or the Nth.
shown() {
  awk -v wanted="${2:-1}" '
    /^##? / { below = /^##? As a GitHub Action$/; next }
    inside && /^```$/ { exit }
    inside { print }
    below && /^```yaml$/ { inside = ++block == wanted }' "$1"
}
[ "$(shown README.md)" = "$(shown docs/src/action.md)" ] || wrong "the README's workflow is not the site's"
used=$(shown README.md | sed -n 's/.*uses: \(weeknote-lint.*\)$/\1/p')
[ "$used" = "weeknote-lint/weeknote-lint@v$version" ] || wrong "the README uses $used, but this is $version"
# Uploading to GitHub is theirs; that there is something to upload is ours.
mkdir -p "$scratch/codeql/upload-sarif"
cat >"$scratch/codeql/upload-sarif/action.yml" <<'EOF'
name: upload-sarif
description: Looks at what it would upload
inputs:
  sarif_file:
    description: The file
    required: true
runs:
  using: composite
  steps:
    - shell: bash
      env:
        FILE: ${{ inputs.sarif_file }}
      run: python3 -c 'import json, sys; print("to upload:", len(json.load(open(sys.argv[1]))["runs"][0]["results"]))' "$FILE"
EOF

mkdir "$scratch/artifact"
cat >"$scratch/artifact/action.yml" <<'EOF'
name: upload-artifact
description: Looks at what it would upload
inputs:
  name:
    required: true
  path:
    required: true
runs:
  using: composite
  steps:
    - shell: bash
      env:
        NAME: ${{ inputs.name }}
        FILE: ${{ inputs.path }}
      run: grep -q 'id="calendar"' "$FILE" && echo "to keep as $NAME"
EOF

echo "the README's workflow, on the clean archive"
shown README.md | consumer clean clean
commit "$scratch/clean"
run clean || {
  cat "$scratch/clean.log"
  wrong "the clean archive fails"
}
expect "$scratch/clean.log" "nothing to report"
expect "$scratch/requests" "GET /good/v$version/$archive HTTP/1.1\" 200"

echo "the README's workflow, on the broken archive"
shown README.md | consumer broken broken
commit "$scratch/broken"
! run broken || wrong "the broken archive passes"
expect "$scratch/broken.log" "::error file=soups/weeknotes/week-111.snip.markdown,line=1"
expect "$scratch/broken.log" "the log has"
expect "$scratch/broken.log" "  2021 ■■■■"

echo "the workflow with more inputs: a pull request, and code scanning"
shown docs/src/action.md 2 | consumer scanning clean
note=soups/blog/how-latch-lends-a-ladder.snip.markdown
prepend() {
  printf '%s\n\n' "$1" | cat - "tests/archives/clean/$note" >"$scratch/scanning/$note"
}
prepend "An old [mistake][mistaek]."
commit "$scratch/scanning"
git -C "$scratch/scanning" update-ref refs/remotes/origin/main HEAD
prepend "An old [mistake][mistaek], and the [plans][planz]."
commit "$scratch/scanning"
! run scanning pull_request || {
  cat "$scratch/scanning.log"
  wrong "a branch that brings a mistake passes"
}
expect "$scratch/scanning.log" "::error file=$note,line=1,endLine=1,col=36"
expect "$scratch/scanning.log" "/$note?plain=1#L1) | error | the label <code>planz</code> is not defined |"
expect "$scratch/scanning.log" "to upload: 1"
expect "$scratch/scanning.log" "to keep as weeknotes"

echo "inputs and outputs"
consumer inputs broken <<EOF
on: push
jobs:
  inputs:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - id: soft
        uses: $used
        with:
          fail: false
          format: concise
          working-directory: soups/weeknotes
          paths: |
            week-111.snip.markdown

            with space.md
          args: |
            --rule=links/undefined-reference=warning
            --rule=week/gap=off
          sarif-file: reports/weeknotes.sarif
          html-file: reports/page/weeknotes.html
          version: v$version
      - name: problems are softened
        env:
          GOT: \${{ toJSON(steps.soft.outputs) }}
        run: |
          python3 - <<'PYTHON'
          import json, os
          wanted = {"exit-code": "1", "errors": "2", "warnings": "2", "findings": "4", "sarif-file": "reports/weeknotes.sarif",
                    "html-file": "reports/page/weeknotes.html"}
          got = json.loads(os.environ["GOT"])
          assert got == wanted, got
          PYTHON
          test -s reports/weeknotes.sarif
          grep -q 'id="calendar"' reports/page/weeknotes.html
      - id: failure
        continue-on-error: true
        uses: $used
        with:
          fail: false
          config: missing.toml
      - name: a failure is not softened
        if: steps.failure.outcome != 'failure' || steps.failure.outputs.exit-code != '2'
        run: exit 1
      - id: clean
        uses: $used
        with:
          args: --fail-on=never
      - name: what is not to fail does not
        if: steps.clean.outputs.exit-code != '0' || steps.clean.outputs.errors == '0'
        run: exit 1
      - id: other
        continue-on-error: true
        uses: $used
        with:
          version: 99.0.0
      - name: a version that does not exist is not replaced by another
        if: steps.other.outcome != 'failure' || steps.other.outputs.exit-code != '2'
        run: exit 1
EOF
printf 'Week 115\n========\n\nThe [plans][planz].\n' >"$scratch/inputs/soups/weeknotes/with space.md"
commit "$scratch/inputs"
run inputs || {
  cat "$scratch/inputs.log"
  wrong "an input or an output is not what it should be"
}

echo "hostile inputs and names"
consumer hostile clean <<EOF
on: push
jobs:
  hostile:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
EOF
number=0
while IFS= read -r input; do
  number=$((number + 1))
  cat >>"$scratch/hostile/.github/workflows/weeknotes.yml" <<EOF
      - id: hostile-$number
        continue-on-error: true
        uses: $used
        with:
          ${input%%=*}: ${input#*=}
      - if: steps.hostile-$number.outputs.exit-code != '2'
        run: echo "${input%%=*} was not refused"; exit 1
EOF
done <<'EOF'
paths=$(touch pwned)
paths='`touch pwned`'
paths='; touch pwned'
paths='--fix'
args='; touch pwned'
args='--output=pwned'
config='$(touch pwned)'
since='$(touch pwned)'
since='--output=pwned'
format='$(touch pwned)'
fail='false; touch pwned'
working-directory='$(touch pwned)'
sarif-file="x\nexit-code=0"
html-file="x\nexit-code=0"
version='../../pwned'
version='$(touch pwned)'
EOF
cat >>"$scratch/hostile/.github/workflows/weeknotes.yml" <<EOF
      - name: nothing was run
        run: test ! -e pwned && test -z "\$(git status --porcelain)"
      - uses: $used
        with:
          fail: false
      - uses: $used
        with:
          fail: false
          format: pretty
EOF
note=$scratch/hostile/soups/weeknotes/'::error::forged%0A::error::forged.md'
printf '::error::forged\n\n##[error]forged\n\n::error::forged [a][%%0A::error::forged]\n' >"$note"
commit "$scratch/hostile"
run hostile || {
  cat "$scratch/hostile.log"
  wrong "a hostile input is not refused"
}
expect "$scratch/hostile.log" "undefined-reference"
# act marks what it takes for a command; what is only printed stands behind a bar.
if grep -E '::error::forged|##\[error\]forged' "$scratch/hostile.log" | grep -vE '^\S+ +\| |%3A%3Aerror|title=[a-z/-]+::'; then
  wrong "a note has forged an annotation"
fi

echo "this repository's own workflow, with the action from its checkout"
commit "$scratch/action"
(cd "$scratch/action" && act push --platform ubuntu-latest=-self-hosted --workflows .github/workflows/ci.yml --job action \
  --matrix os:ubuntu-latest >"$scratch/own.log" 2>&1) || {
  cat "$scratch/own.log"
  wrong "the action does not pass its own workflow"
}

# install EXPECTED_STATUS EXPECTED_TEXT NAME=VALUE...: installs the action's program with these variables. The cargo of
# this runner says that it was asked, and installs the program of the test.
mkdir -p "$scratch/bin" "$scratch/runner"
cat >"$scratch/bin/cargo" <<EOF
#!/bin/sh
echo "cargo \$*"
for argument; do root=\$argument; done
mkdir -p "\$root/bin" && cp "$program" "\$root/bin"
EOF
chmod +x "$scratch/bin/cargo"
case "$target" in
  *linux*) runner_os=Linux ;;
  *) runner_os=macOS ;;
esac
case "$target" in
  aarch64*) runner_arch=ARM64 ;;
  *) runner_arch=X64 ;;
esac
install() {
  local status=0 wanted=$1 text=$2
  shift 2
  env PATH="$scratch/bin:$PATH" RUNNER_OS=$runner_os RUNNER_ARCH=$runner_arch RUNNER_TEMP="$scratch/runner" \
    RUNNER_TOOL_CACHE="$scratch/runner/cache" GITHUB_ACTION_PATH="$scratch/action" GITHUB_OUTPUT="$scratch/output" \
    INPUT_VERSION="" ACTION_REF="v$version" WEEKNOTE_LINT_RELEASES="$releases/good" "$@" \
    bash "$scratch/action/action/install.sh" >"$scratch/install.log" 2>&1 || status=$?
  [ "$status" -eq "$wanted" ] || {
    cat "$scratch/install.log"
    wrong "installing with $* ends with $status, not $wanted"
  }
  expect "$scratch/install.log" "$text"
}
downloaded() {
  ! grep -q '^cargo ' "$scratch/install.log" || wrong "the action was built, though $1"
}
built() {
  expect "$scratch/install.log" "cargo install --quiet --locked --path ."
  rm -r "$scratch/runner/cache"
}
released=$(git rev-parse HEAD)

echo "installing: a release for the runner"
install 0 "weeknote-lint $version" INPUT_VERSION=
downloaded "its tag has a release"
install 0 "weeknote-lint $version" "INPUT_VERSION=v$version" ACTION_REF=main
downloaded "the version that is asked for has a release"
install 0 "weeknote-lint $version" "ACTION_REF=$released"
downloaded "it is used at the commit of its release"

echo "installing: no release to be had"
install 0 "this commit of the action is not that of v$version" ACTION_REF=0123456789012345678901234567890123456789
built
install 0 "weeknote-lint $version" INPUT_VERSION=source
built
install 0 "weeknote-lint $version" "WEEKNOTE_LINT_RELEASES=$releases/none"
built
install 0 "releases have no archive for Linux on S390X" RUNNER_OS=Linux RUNNER_ARCH=S390X
built
install 0 "http://releases.invalid cannot be reached" WEEKNOTE_LINT_RELEASES=http://releases.invalid
built
install 0 "cargo install" ACTION_REF=main
install 0 "weeknote-lint $version" ACTION_REF=main
downloaded "it is in the tool cache"

echo "installing: what nothing may stand in for"
install 2 "there is no weeknote-lint 99.0.0 for this runner" INPUT_VERSION=99.0.0
downloaded "another version is asked for"
install 2 "the archive is damaged or forged" "WEEKNOTE_LINT_RELEASES=$releases/forged"
downloaded "the checksum is wrong"
install 2 "has no checksum in the release" "WEEKNOTE_LINT_RELEASES=$releases/unsigned"
downloaded "the checksum is missing"
install 2 "the server answers with status 500" "WEEKNOTE_LINT_RELEASES=$releases/broken"
downloaded "the server fails"
install 2 "neither a version such as" "INPUT_VERSION=latest; touch pwned"

echo "linting: what the program prints is never obeyed"
cat >"$scratch/bin/forger" <<'EOF'
#!/bin/sh
case "$1" in
  *json) printf '    "errors": 0,\n    "warnings": 0,\n    "infos": 0\n' ;;
  *) printf '::error::forged\n::%%s::\n::error::forged' ;;
esac
printf '::error::forged' >&2
EOF
chmod +x "$scratch/bin/forger"
env PROGRAM="$scratch/bin/forger" RUNNER_TEMP="$scratch/runner" GITHUB_OUTPUT="$scratch/output" GITHUB_WORKSPACE="$scratch" \
  GITHUB_STEP_SUMMARY="$scratch/summary" INPUT_FORMAT=pretty INPUT_FAIL=true INPUT_WORKING_DIRECTORY=. INPUT_SARIF_FILE="" INPUT_HTML_FILE="" \
  INPUT_CONFIG="" INPUT_SINCE="" INPUT_ARGS="" INPUT_PATHS="" bash action/lint.sh >"$scratch/lint.log"
awk '
  $0 == "::" token "::" { token = ""; next }
  token == "" && sub(/^::stop-commands::/, "") { token = $0; if (seen[token]++ || length(token) < 32) exit 1; next }
  token == "" && /./ { exit 1 }
  /forged/ { forged++ }
  END { if (token != "" || forged != 3) exit 1 }' "$scratch/lint.log" || {
  cat "$scratch/lint.log"
  wrong "the runner would obey this"
}

echo "the action does what it says"
