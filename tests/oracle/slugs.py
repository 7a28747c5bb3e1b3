#!/usr/bin/env python3
"""Asks renderers for the ids of headings, and compares with tests/oracle/slugs.tsv, which the program's own test reads.

usage: tests/oracle/slugs.py [--accept]

The programs are those that tests/oracle.sh installs. `--accept` writes what they answer.
"""
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
TABLE = HERE / "slugs.tsv"
TOOLS = HERE.parent.parent / ".tools/oracle"


def ids(page):
    return [html.unescape(one) for one in re.findall(r'<h2[^>]* id="?([^" >]*)', page)]


def run(*command, text=None, folder=None):
    return subprocess.run(command, input=text, cwd=folder, text=True, check=True, capture_output=True).stdout


def hugo(text, kind):
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder)
        files = {
            "hugo.toml": f'baseURL = "/"\n[markup.goldmark.parser]\nautoHeadingIDType = "{kind}"\n',
            "content/a.md": f"---\ntitle: a\n---\n{text}",
            "layouts/_default/single.html": "{{ .Content }}",
        }
        for name, content in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(content)
        run("hugo", "--source", folder, "--quiet")
        return (site / "public/a/index.html").read_text()


def python_markdown(text, **settings):
    import markdown

    return markdown.markdown(text, extensions=["toc"], extension_configs={"toc": settings})


def answers(headings):
    from pymdownx.slugs import slugify

    text = "\n\n".join(f"## {one}" for one in headings)
    pages = {
        "kramdown": run("kramdown", text=text),
        "kramdown, GFM": run("kramdown", "--input", "GFM", text=text),
        **{f"Hugo, {kind}": hugo(text, kind) for kind in ["github", "github-ascii", "blackfriday"]},
        "Python-Markdown": python_markdown(text),
        "pymdownx": python_markdown(text, slugify=slugify(case="lower")),
        "pymdownx, capitals": python_markdown(text, slugify=slugify()),
    }
    javascript = run("node", str(HERE / "slugs.mjs"), text=json.dumps(headings), folder=TOOLS)
    return {name: ids(page) for name, page in pages.items()} | json.loads(javascript)


def main():
    rows = [line.split("\t") for line in TABLE.read_text().splitlines()]
    headings = [row[0] for row in rows[1:]]
    answered = answers(headings)
    new = [["heading", *answered], *([one, *of] for one, of in zip(headings, zip(*answered.values(), strict=True), strict=True))]
    if "--accept" in sys.argv:
        TABLE.write_text("".join("\t".join(row) + "\n" for row in new))
    elif new != rows:
        sys.exit("".join(f"{one}\n" for one in new if one not in rows) + "slugs.tsv is stale; read the difference and run slugs.py --accept")


if __name__ == "__main__":
    main()
