#!/usr/bin/env bash
# Finds the program for the action: the archive of a release, or this checkout, built.
#
# A release is used if the caller asks for its version, or uses the action at a release's tag or commit. Where the release
# has no archive for the runner (HTTP 404), or the server cannot be reached at all, this checkout is built instead: it is
# what the caller has pinned. Everything else that goes wrong ends the job. An archive that is not what its checksum says
# is never run, nor replaced.
#
# Reads INPUT_VERSION, ACTION_REF and what the runner sets; WEEKNOTE_LINT_RELEASES is where a mirror keeps the archives.
# Writes the program's path to the step's output `program`. Runs with bash 3.2, which macOS has.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=fail.sh
. "$(dirname "${BASH_SOURCE[0]}")/fail.sh"

# The value of a key of the package; the first one in the file.
package() {
  sed -n "s/^$1 = \"\(.*\)\"\$/\1/p" "$source/Cargo.toml" | head -n 1
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

# The triple of the archive for this runner; empty where releases have none.
target() {
  local libc=gnu
  # It writes its name to standard error, and fails.
  if [[ "$(ldd --version 2>&1 || true)" == *musl* ]]; then libc=musl; fi
  case "$RUNNER_OS-$RUNNER_ARCH" in
    Linux-X64) echo "x86_64-unknown-linux-$libc" ;;
    Linux-ARM64) echo "aarch64-unknown-linux-$libc" ;;
    macOS-X64) echo x86_64-apple-darwin ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
  esac
}

# Downloads $1 to $2. Returns 1 if the server does not have it, or there is no way to the server.
download() {
  local status code=0
  status=$(curl --silent --show-error --location --proto "=${releases%%:*}" --retry 2 --connect-timeout 20 \
    --max-time 300 --output "$2" --write-out '%{http_code}' "$1") || code=$?
  case "$code-$status" in
    0-200) ;;
    0-404)
      echo "$1 does not exist"
      return 1
      ;;
    6-* | 7-*)
      echo "::warning title=weeknote-lint::${releases%%/download*} cannot be reached from this runner"
      return 1
      ;;
    0-*) fail "$1 cannot be downloaded: the server answers with status $status" ;;
    *) fail "$1 cannot be downloaded: curl fails with status $code" ;;
  esac
}

# Downloads the archive of version $1 and unpacks it; `program` is then its path. Returns 1 if there is none.
install_release() {
  local name archive expected actual
  name=$(target)
  if [ -z "$name" ]; then
    echo "releases have no archive for $RUNNER_OS on $RUNNER_ARCH"
    return 1
  fi
  name=weeknote-lint-v$1-$name
  case "$RUNNER_OS" in
    Windows) archive=$name.zip ;;
    *) archive=$name.tar.gz ;;
  esac
  download "$releases/v$1/$archive" "$archive" || return 1
  download "$releases/v$1/$archive.sha256" "$archive.sha256" ||
    fail "$archive has no checksum in the release, so it is not used"
  expected=$(cut -d ' ' -f 1 "$archive.sha256")
  actual=$(sha256 <"$archive")
  [ "$actual" = "$expected" ] ||
    fail "the checksum of $archive is $actual, but the release says \`$expected\`: the archive is damaged or forged"
  case "$archive" in
    *.zip) unzip -q "$archive" ;;
    *) tar -xzf "$archive" ;;
  esac || fail "$archive cannot be unpacked"
  # Between two releases, a commit has the version of the one before.
  if [ -z "$INPUT_VERSION" ] && [[ "$ACTION_REF" =~ ^[0-9a-f]{40}$ ]] && [ "$ACTION_REF" != "$(cat "$name/COMMIT")" ]; then
    echo "this commit of the action is not that of v$1"
    return 1
  fi
  program=$PWD/$name/weeknote-lint
}

# Builds this checkout, unless that was done on this runner before; `program` is then its path.
install_source() {
  local key root
  command -v cargo >/dev/null ||
    fail "weeknote-lint must be built for this runner, which has no cargo: install Rust first (https://rustup.rs)"
  key=$(cd "$source" && find Cargo.toml Cargo.lock src -type f | LC_ALL=C sort | while IFS= read -r file; do
    echo "$file"
    cat "$file"
  done | sha256)
  root=${RUNNER_TOOL_CACHE:-$RUNNER_TEMP}/weeknote-lint/$own-$key
  mkdir -p "$root" 2>/dev/null || root=$PWD/root
  if [ ! -x "$root/bin/weeknote-lint" ] && [ ! -x "$root/bin/weeknote-lint.exe" ]; then
    # cargo reads the settings of the folder that it is started in, and those of the linted repository are not ours.
    (cd "$source" && CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$scratch/target} \
      cargo install --quiet --locked --path . --root "$root") || fail "weeknote-lint $own could not be built"
  fi
  program=$root/bin/weeknote-lint
}

source=$GITHUB_ACTION_PATH
own=$(package version)
releases=${WEEKNOTE_LINT_RELEASES:-$(package repository)/releases/download}

version=${INPUT_VERSION#v}
if [ -z "$version" ]; then
  version=source
  if [[ "$ACTION_REF" =~ ^(v[0-9]+(\.[0-9]+){0,2}|[0-9a-f]{40})$ ]]; then version=$own; fi
elif [ "$version" != source ] && ! [[ "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]]; then
  fail "the input \`version\` is \`$INPUT_VERSION\`, which is neither a version such as \`$own\` nor \`source\`"
fi

scratch=$(mktemp -d "$RUNNER_TEMP/weeknote-lint.XXXXXX")
cd "$scratch"
scratch=$PWD
program=
if [ "$version" = source ]; then
  install_source
elif ! install_release "$version"; then
  [ "$version" = "$own" ] ||
    fail "there is no weeknote-lint $version for this runner; without the input \`version\`, the action builds $own"
  install_source
fi
found=$("$program" --version) ||
  fail "$program does not run on this machine: with \`version: source\` the action builds one that does"
echo "$found"
echo "program=$program" >>"$GITHUB_OUTPUT"
