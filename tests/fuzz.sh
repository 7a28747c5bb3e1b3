#!/usr/bin/env bash
# Runs the fuzz targets for so many seconds each, from the examples of the rules on. usage: tests/fuzz.sh [SECONDS [TARGET...]]
#
# The flags are those that cargo-fuzz builds with, but for the sanitizer of addresses: there is no unsafe code here to be
# watched, and without it stable Rust is enough. What is found stays in `fuzz/artifacts`, what is learnt in `fuzz/corpus`.
set -euo pipefail
cd "$(dirname "$0")/../fuzz"

seconds=${1:-20}
shift || true
targets=("$@")
[ "${#targets[@]}" -gt 0 ] || targets=(lint metadata week fix config)

host=$(rustc -vV | sed -n 's/^host: //p')
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0 --cfg fuzzing"
# Not locked: what the package itself needs may have changed. With a target named, build scripts and macros are built without these flags.
cargo build --quiet --release --target "$host"

for target in "${targets[@]}"; do
  program="target/$host/release/$target"
  mkdir -p "corpus/$target" "artifacts/$target"
  SEEDS="corpus/$target" "$program"
  echo "fuzzing $target for $seconds seconds"
  "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=4096 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="artifacts/$target/" "corpus/$target"
done
