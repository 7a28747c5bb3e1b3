-- What somebody does who writes a note in Neovim: type, read what is found, fix it, complete, rename, ignore, leave.
-- tests/neovim.sh runs it in the clean archive, with the lines of docs/src/editor.md as configuration.

local patience = 20000

local function fail(message)
  io.stderr:write("neovim: " .. message .. "\n")
  vim.cmd("cquit 1")
end

local function await(what, is_there)
  if not vim.wait(patience, is_there, 10) then
    fail(what .. "; found: " .. vim.inspect(vim.diagnostic.get(0)))
  end
end

local function line_of(part)
  for index, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(part, 1, true)
    if column then
      return index - 1, column - 1, line
    end
  end
  fail("no line has " .. part)
end

-- Puts a text in the place of another, as typing does.
local function type_over(part, text)
  local line, column = line_of(part)
  vim.api.nvim_buf_set_text(0, line, column, line, column + #part, vim.split(text, "\n"))
end

local function found()
  local codes = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    table.insert(codes, one.code or one.user_data.lsp.code)
  end
  return table.concat(codes, " ")
end

local function params_at(part, offset)
  local line, column = line_of(part)
  return {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = line, character = column + (offset or 0) },
  }
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, patience) or {}
  for _, answer in pairs(answers) do
    if answer.result ~= nil then
      return answer.result
    end
  end
  fail(method .. " is not answered: " .. vim.inspect(answers))
end

-- Does what an action says, chosen by the beginning of its title.
local function act(part, title)
  local params = params_at(part)
  params.range = { start = params.position, ["end"] = params.position }
  params.context = { diagnostics = {} }
  local titles = {}
  for _, action in ipairs(ask("textDocument/codeAction", params)) do
    table.insert(titles, action.title)
    if vim.startswith(action.title, title) then
      vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
      return
    end
  end
  fail("no action " .. title .. ": " .. vim.inspect(titles))
end

local clients = vim.lsp.get_clients or vim.lsp.get_active_clients
await("the server is attached", function()
  return #clients() == 1 and clients()[1].initialized ~= nil
end)
local client = clients()[1]

type_over("[kiln][kiln]", "[kiln][klin]")
await("a misspelt label is found", function()
  return found() == "links/undefined-reference"
end)
local page = ask("textDocument/hover", params_at("[klin]", 1)).contents.value
if not page:find("**Why.**", 1, true) then
  fail("the page of the rule is shown: " .. page)
end
act("[klin]", "Use the label `kiln`")
await("the fix helps", function()
  return found() == ""
end)

-- Another note defines the label; with it comes its definition.
type_over("It weighs", "The [council][coun heard of it. It weighs")
local offered = ask("textDocument/completion", params_at("[coun heard", 5))
local item = offered.items[1]
local edits = { item.textEdit }
vim.list_extend(edits, item.additionalTextEdits)
vim.lsp.util.apply_text_edits(edits, 0, "utf-16")
line_of("The [council][council] heard of it.")
line_of("[council]: https://penwithy-council.example/")
await("what was completed is right", function()
  return found() == ""
end)

local params = params_at("[kiln]:", 1)
params.newName = "oven"
vim.lsp.util.apply_workspace_edit(ask("textDocument/rename", params), "utf-16")
line_of("[kiln][oven]")
line_of("[oven]: ")
await("a label of another name is right", function()
  return found() == ""
end)

type_over("Latch", "La[t]()ch")
await("an empty link is found", function()
  return found():find("links/empty", 1, true) ~= nil
end)
act("()ch", "Ignore links/empty here")
await("the comment hides it", function()
  return found() == ""
end)

vim.lsp.stop_client(client.id)
await("the server leaves", function()
  return #clients() == 0
end)
io.stdout:write("neovim: typed, fixed, completed, renamed, ignored and left\n")
vim.cmd("qall!")
