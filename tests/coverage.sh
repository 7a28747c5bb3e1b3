#!/usr/bin/env bash
# All tests, and which share of the program's lines they reach: printed by file, and at least 90 % in all. Arguments go
# to `cargo llvm-cov`, such as `--html`.
# usage: coverage.sh [ARGUMENT]...
#
# The counts are read by LLVM's own programs of the version that rustc is made with: those of rustup's component
# llvm-tools, or of the system's package (llvm-22, say), one of which is installed here if none is there.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tests/tools.sh
. tests/tools.sh

covered=0.9.1
if [ "$(.tools/bin/cargo-llvm-cov llvm-cov --version 2>/dev/null)" != "cargo-llvm-cov $covered" ]; then
  cargo install --quiet --locked --debug "cargo-llvm-cov@$covered" --root .tools --target-dir .tools/target
  rm -rf .tools/target
fi

host=$(rustc -vV | sed -n 's/^host: //p')
llvm=$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
find_llvm() {
  local folder
  for folder in "$(rustc --print sysroot)/lib/rustlib/$host/bin" "/usr/lib/llvm-$llvm/bin"; do
    if [ -x "$folder/llvm-cov" ] && [ -x "$folder/llvm-profdata" ]; then
      export LLVM_COV=$folder/llvm-cov LLVM_PROFDATA=$folder/llvm-profdata
      return
    fi
  done
  return 1
}
find_llvm || rustup component add llvm-tools 2>/dev/null || system_packages "llvm-$llvm"
find_llvm || {
  echo "coverage: neither rustup's component llvm-tools nor the package llvm-$llvm can be installed"
  exit 1
}

# Tests kill the program in the middle of its work: counts that one of them left half written are passed over.
.tools/bin/cargo-llvm-cov llvm-cov --locked --summary-only --fail-under-lines 90 --failure-mode all "$@"
