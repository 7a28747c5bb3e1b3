#!/usr/bin/env bash
# Measures speed and memory, and writes the tables into README.md here. Takes an hour, most of it markdownlint-cli2. Needs
# Rust, Python, npm, 1 GB of disk, and apt-get where valgrind or ripgrep are missing; everything else is installed into
# .tools/.
# usage: measure.sh [SIZE...]   the archives: one, 1k, 1k-staged, 10k, 100k, big [default: all]
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tests/tools.sh
. tests/tools.sh

[ $# -gt 0 ] || set -- one 1k 1k-staged 10k 100k big
packages=()
command -v rg >/dev/null || packages+=(ripgrep)
command -v valgrind >/dev/null || packages+=(valgrind libc6-dbg)
[ ${#packages[@]} -eq 0 ] || system_packages "${packages[@]}"

peers=$PWD/.tools/peers
[ -x "$peers/bin/rumdl" ] || { python3 -m venv "$peers" && "$peers/bin/pip" install --quiet rumdl==0.3.0; }
[ -x "$peers/node_modules/.bin/markdownlint-cli2" ] ||
  npm install --prefix "$peers" --silent --no-audit --no-fund --ignore-scripts markdownlint-cli2@0.23
export PATH="$peers/bin:$peers/node_modules/.bin:$PATH"

cargo build --quiet --locked --release
cargo build --quiet --locked --release --manifest-path benches/Cargo.toml --target-dir target
bench=$PWD/target/release/bench
program=$PWD/target/release/weeknote-lint

# Not in this folder, whose configuration would be the archive's.
archives=$(mktemp --directory)
trap 'rm -rf "$archives"' EXIT
folders=()
for size in "$@"; do
  "$bench" archive "${size%-staged}" "$archives/$size"
  folders+=("$archives/$size")
done
if [ -d "$archives/1k-staged" ]; then
  git() { command git -C "$archives/1k-staged" -c user.name=bench -c user.email=bench@bench.example "$@"; }
  git init --quiet
  git add --all
  git commit --quiet --message "All notes"
  sed -i 's/^Until next week/So long/' "$archives/1k-staged/a000/week-500.md"
  git add --all
fi

tables=$(mktemp)
{
  printf '\n%s, %s, on %d cores.\n\n' "$("$program" --version)" "$(rumdl --version)" "$(nproc)"
  "$bench" table "$program" "${folders[@]}"
  "$bench" archive 1k "$archives/counted"
  "$bench" instructions "$program" "$archives/counted" 100
} | tee "$tables"
sed -i -e '/^<!-- tables -->$/,/^<!-- end -->$/{//!d}' -e "/^<!-- tables -->$/r $tables" benches/README.md
rm "$tables"
