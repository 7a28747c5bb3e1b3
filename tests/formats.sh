#!/usr/bin/env bash
# Every format, read by programs of other people: reports of the clean, the broken and a hostile archive, each in a
# subfolder of a git repository. Needs git, Python 3 and npm; installs the rest into .tools/.
# usage: formats.sh WEEKNOTE_LINT
set -euo pipefail
linter=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
project=$(cd "$(dirname "$0")/.." && pwd)
tools="$project/.tools/formats"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

python3 -m venv "$tools/python"
PATH="$tools/python/bin:$tools/node_modules/.bin:$PATH"
pip install --quiet --disable-pip-version-check check-jsonschema==0.39.0 junitparser==5.0.3 sarif-tools==3.0.5
npm install --prefix "$tools" --silent --no-save --no-audit --no-fund --ignore-scripts \
  @microsoft/sarif-multitool-linux@5.7.0 @umbrelladocs/rdformat-validator@1.0.1 html-validate@10.9.0
multitool="$tools/node_modules/@microsoft/sarif-multitool-linux"
chmod u+x "$multitool/Sarif.Multitool"

repository="$scratch/repository"
for name in $(git rev-parse --local-env-vars); do unset "$name"; done
git init --quiet "$repository"
cp -R "$project/tests/archives/clean" "$project/tests/archives/broken" "$repository"
python3 "$project/tests/formats/hostile.py" "$repository/hostile"

# A folder for each archive, a file for each format.
for archive in clean broken hostile; do
  reports="$scratch/reports/$archive"
  mkdir -p "$reports"
  for format in pretty concise json jsonl github sarif gitlab junit rdjson html; do
    expected=1
    [ "$archive" = clean ] && expected=0
    status=0
    "$linter" --format "$format" --output "$reports/$format" "$repository/$archive" >"$scratch/out" 2>"$scratch/err" || status=$?
    [ "$status" -eq "$expected" ] || { cat "$scratch/err"; echo "formats: status $status for $format of $archive"; exit 1; }
    [ ! -s "$scratch/out" ] || { echo "formats: standard output is not empty beside --output"; exit 1; }
  done
done
cd "$scratch/reports"

check-jsonschema --schemafile "$multitool/sarif-2.1.0.json" ./*/sarif
check-jsonschema --schemafile "$project/weeknote-lint-report.schema.json" ./*/json
check-jsonschema --schemafile "$project/tests/formats/gitlab.schema.json" ./*/gitlab
rdformat-validator --strict --no-extra-fields ./*/rdjson
html-validate --config "$project/tests/formats/html-validate.json" --ext html ./*/html

# The schema of the configuration takes what `init` writes, and knows the rules.
for archive in clean broken; do
  (cd "$repository/$archive" && "$linter" init --dry-run) >"$scratch/$archive.toml"
done
configuration() { check-jsonschema --schemafile "$project/weeknote-lint.schema.json" "$@"; }
printf '[rules]\n"week/gap" = "off"\n"links/*" = "info"\n' >"$scratch/rules.toml"
configuration "$scratch"/*.toml
printf '[rules]\n"week/gop" = "off"\n' >"$scratch/rules.toml"
! configuration "$scratch/rules.toml" >"$scratch/out" || { echo "formats: the schema takes any name for a rule's"; exit 1; }

# The Multitool reads files by their ending, exits with 0 whatever it finds, and leaves out large files: what it says
# is read, and so is what it says of a log that GitHub would refuse.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_BUNDLE_EXTRACT_BASE_DIR="$tools/dotnet"
mkdir "$scratch/sarif"
for archive in *; do cp "$archive/sarif" "$scratch/sarif/$archive.sarif"; done
sarif summary "$scratch/sarif"
validate() {
  "$multitool/Sarif.Multitool" validate --rule-kind "Sarif;Ghas" --log ForceOverwrite \
    --max-file-size-in-kb 100000 --output "$scratch/multitool.sarif" "$@" >"$scratch/multitool.log" || true
}
python3 -c 'import json, sys
log = json.load(sys.stdin)
log["runs"][0]["results"][0]["locations"] = []
json.dump(log, sys.stdout)' <broken/sarif >"$scratch/refused.sarif"
validate "$scratch/refused.sarif"
grep -q GH1015 "$scratch/multitool.log" || { cat "$scratch/multitool.log"; echo "formats: the Multitool checks nothing"; exit 1; }
validate "$scratch/sarif/*.sarif"
grep -q "3 files scanned" "$scratch/multitool.log" || { cat "$scratch/multitool.log"; exit 1; }

python3 "$project/tests/formats/check.py" "$linter" "$repository" "$scratch/reports"
echo "every format is read by the programs it is for"
