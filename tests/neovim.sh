#!/usr/bin/env bash
# Neovim, with the configuration that the site shows, and the language server: tests/neovim.lua does what a writer does.
# usage: neovim.sh WEEKNOTE_LINT
#
# Needs Neovim, which is installed from Debian or Ubuntu where it is missing.
set -euo pipefail
linter=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
project=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# shellcheck source=tests/tools.sh
. "$project/tests/tools.sh"
command -v nvim >/dev/null || system_packages neovim

mkdir "$scratch/bin"
ln -s "$linter" "$scratch/bin/weeknote-lint"
cp -R "$project/tests/archives/clean" "$scratch/archive"
# The first block of Lua. Neovim 0.7, which Debian 12 has, knows vim.lsp.start by its parts alone.
cat >"$scratch/init.lua" <<'LUA'
vim.lsp.start = vim.lsp.start or function(config)
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
end
LUA
awk '
  inside && $0 == "```" { exit }
  inside { print }
  $0 == "```lua" { inside = 1 }
' "$project/docs/src/editor.md" >>"$scratch/init.lua"
grep -q '"server"' "$scratch/init.lua" || { echo "neovim: docs/src/editor.md shows no configuration"; exit 1; }

cd "$scratch/archive"
export PATH="$scratch/bin:$PATH"
export XDG_CONFIG_HOME="$scratch/config" XDG_DATA_HOME="$scratch/data" XDG_STATE_HOME="$scratch/state" XDG_CACHE_HOME="$scratch/cache"
timeout 120 nvim --headless -i NONE -n -u "$scratch/init.lua" \
  -c "luafile $project/tests/neovim.lua" soups/weeknotes/week-112.snip.markdown
