# shellcheck shell=bash
# Ends the step with an annotation that says why, and the status of a failure.
fail() {
  local text=$*
  text=${text//'%'/%25}
  text=${text//$'\r'/%0D}
  text=${text//$'\n'/%0A}
  printf '::error title=weeknote-lint::%s\n' "$text"
  exit 2
}
