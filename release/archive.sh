#!/usr/bin/env bash
# Packs a built program into the archive of a release, with its checksum beside it.
# usage: archive.sh TARGET PROGRAM FOLDER
#
# action/install.sh and the metadata of cargo-binstall in Cargo.toml know these names. COMMIT says what was built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$1
program=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
mkdir -p "$3"
cd "$3"

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$here/Cargo.toml" | head -n 1)
name=weeknote-lint-v$version-$target
rm -rf "$name"
mkdir -p "$name/completions"
cp "$program" "$here/README.md" "$here/CHANGELOG.md" "$here/LICENSE-APACHE" "$here/LICENSE-MIT" "$name"
git -C "$here" rev-parse HEAD >"$name/COMMIT"
"$program" generate man >"$name/weeknote-lint.1"
for shell in bash elvish fish powershell zsh; do
  case "$shell" in
    bash | fish) file=weeknote-lint.$shell ;;
    elvish) file=weeknote-lint.elv ;;
    powershell) file=_weeknote-lint.ps1 ;;
    zsh) file=_weeknote-lint ;;
  esac
  "$program" generate "$shell" >"$name/completions/$file"
done

case "$target" in
  *-windows-*)
    archive=$name.zip
    python3 -m zipfile -c "$archive" "$name"
    ;;
  *)
    archive=$name.tar.gz
    tar -czf "$archive" "$name"
    ;;
esac
rm -rf "$name"
if command -v sha256sum >/dev/null; then sha256sum "$archive"; else shasum -a 256 "$archive"; fi >"$archive.sha256"
echo "$archive"
