#!/usr/bin/env python3
"""Builds the sites beside this file, and finds at which addresses each Markdown file is served.

    sites.py [--accept] NAME...    compares with addresses.tsv, or writes it; exit 1 on a difference

Nothing is assumed about a generator: a token is put at the end of each Markdown file, and looked for in what is built.
Pages that lead on to another (`http-equiv="refresh"`) are addresses of it. Lists and feeds must not hold whole texts,
so that a token stands on its own page alone.
"""

import argparse
import concurrent.futures
import difflib
import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = HERE.parent.parent / ".tools" / "sites"
PYTHON = TOOLS / "python" / "bin"


def node(package, program):
    """A program of npm's, installed for itself."""
    return str(TOOLS / program / "node_modules" / ".bin" / program), TOOLS / program / "node_modules" / package


# Of each generator: the program, the arguments that build the site of the current folder into OUT, and where the
# configuration says below which path the host serves the site. Of those of npm's, also the folder of the package.
GENERATORS = {
    "astro": (*node("astro", "astro"), "build --outDir OUT", "astro.config.mjs", r"base: '(.*)'"),
    "docusaurus": (
        *node("@docusaurus/core", "docusaurus"),
        "build --out-dir OUT",
        "docusaurus.config.js",
        r"baseUrl: '(.*)'",
    ),
    "eleventy": (
        *node("@11ty/eleventy", "eleventy"),
        "--quiet --output=OUT",
        "eleventy.config.js",
        r"pathPrefix: '(.*)'",
    ),
    "hugo": (
        str(PYTHON / "hugo"),
        None,
        "--destination OUT --noBuildLock",
        "hugo.toml",
        r"baseURL = 'https://[^/]*(.*)'",
    ),
    "jekyll": ("jekyll", None, "build --disable-disk-cache --destination OUT", "_config.yml", r"baseurl: (.*)"),
    "mdbook": (str(PYTHON / "mdbook"), None, "build --dest-dir OUT", "book.toml", r"site-url = '(.*)'"),
    "mkdocs": (
        str(PYTHON / "mkdocs"),
        None,
        "build --quiet --site-dir OUT",
        "mkdocs.yml",
        r"site_url: https://[^/]*(.*)",
    ),
    "pelican": (
        str(PYTHON / "pelican"),
        None,
        "--quiet --output OUT --settings pelicanconf.py",
        "pelicanconf.py",
        r"SITEURL = 'https://[^/]*(.*)'",
    ),
    "vitepress": (*node("vitepress", "vitepress"), "build . --outDir OUT", ".vitepress/config.mjs", r"base: '(.*)'"),
}
# The same everywhere, whatever a person's surroundings say.
SURROUNDINGS = {
    "ASTRO_TELEMETRY_DISABLED": "1",
    "DO_NOT_TRACK": "1",
    "JEKYLL_NO_BUNDLER_REQUIRE": "true",
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
    "TZ": "UTC",
}
# Seconds after which a generator is taken to hang.
PATIENCE = 120
MARKDOWN = {".md", ".markdown", ".mdx"}
# What is no page, but may repeat the text of one.
REPEATING = {".js", ".json", ".map", ".txt", ".xml"}
# Lists of chapters and the like, that a token would break.
WITHOUT_TEXT = {"SUMMARY.md"}


class Broken(Exception):
    """A site that is not built."""


def run(command, folder):
    environment = dict(os.environ, **SURROUNDINGS)
    quiet = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, timeout=PATIENCE, **quiet)
    except subprocess.TimeoutExpired:
        raise Broken(f"{' '.join(command)}: not done after {PATIENCE} seconds") from None
    if done.returncode != 0:
        raise Broken(f"{' '.join(command)}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def version(generator):
    program, package, _, _, _ = GENERATORS[generator]
    if package:
        return json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    found = re.search(r"\d+\.\d+\.\d+", run([program, "version" if generator == "hugo" else "--version"], HERE))
    return found.group() if found else "of an unknown version"


def addresses(name):
    """The lines of addresses.tsv of the site `name`, built anew."""
    program, _, arguments, configuration, base = GENERATORS[name.partition("-")[0]]
    # Below the modules of npm, so that the site finds them as if they were its own.
    above = TOOLS / name.partition("-")[0]
    above.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=above) as scratch:
        site, output = pathlib.Path(scratch) / "site", pathlib.Path(scratch) / "output"
        shutil.copytree(HERE / name / "site", site)
        tokens = {}
        for number, file in enumerate(sorted(site.rglob("*"))):
            if file.suffix in MARKDOWN and file.name not in WITHOUT_TEXT:
                token = f"token-{name}-{number}-"
                tokens[token] = file.relative_to(site).as_posix()
                with file.open("a", encoding="utf-8") as text:
                    text.write(f"\n{token}\n")
        run([program, *(argument.replace("OUT", str(output)) for argument in arguments.split())], site)
        said = (site / configuration).read_text(encoding="utf-8") if (site / configuration).exists() else ""
        below = re.search(f"^ *{base},?$", said, re.MULTILINE)
        return found(output, below.group(1).strip("/") if below else "", tokens)


def found(output, below, tokens):
    """Where the files of `tokens` are in the folder `output`, which is served at the path `below`."""
    served, leads = {}, {}
    for file in sorted(output.rglob("*")):
        if not file.is_file() or file.suffix in REPEATING:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        path = re.sub(r"(^|/)index\.html$", r"\1", file.relative_to(output).as_posix())
        address = f"/{below}/{path}" if below else f"/{path}"
        for token in re.findall(r"token-[\w-]+-\d+-", text):
            served.setdefault(address, set()).add(tokens[token])
        refresh = re.search(r"""http-equiv=["']?refresh["']? content=["']?\d+; *url=([^"'>]*)""", text, re.IGNORECASE)
        if refresh:
            target = urllib.parse.urljoin(urllib.parse.quote(address), html.unescape(refresh.group(1)))
            leads[address] = urllib.parse.unquote(urllib.parse.urlsplit(target).path)
    for address, sources in served.items():
        if len(sources) > 1:
            raise Broken(f"{address} holds the text of {len(sources)} files: {', '.join(sorted(sources))}")
    for address, target in leads.items():
        # A folder is found without its slash, too.
        sources = served.get(target) or served.get(f"{target}/")
        if sources and address not in served:
            served[address] = sources
    return sorted(f"{source}\t{address}" for address, sources in served.items() for source in sources)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--accept", action="store_true", help="write addresses.tsv")
    parser.add_argument("names", nargs="+", metavar="NAME")
    options = parser.parse_args()
    generators = sorted({name.partition("-")[0] for name in options.names})
    missing = [generator for generator in generators if not shutil.which(GENERATORS[generator][0])]
    wrong, lines = [], 0
    for generator in generators:
        if generator in missing:
            continue
        begin = time.monotonic()
        of_it = [name for name in options.names if name.partition("-")[0] == generator]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            built = {name: pool.submit(addresses, name) for name in of_it}
        for name, future in built.items():
            file = HERE / name / "addresses.tsv"
            try:
                now = future.result()
            except Broken as problem:
                wrong.append(name)
                print(f"{name}: {problem}")
                continue
            lines += len(now)
            if options.accept:
                file.write_text("".join(f"{line}\n" for line in now), encoding="utf-8")
            before = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
            if now != before:
                wrong.append(name)
                print(*difflib.unified_diff(before, now, str(file.relative_to(HERE)), "as built", lineterm=""), sep="\n")
        print(f"{generator} {version(generator)}: {', '.join(of_it)} ({time.monotonic() - begin:.0f} s)")
    print(f"{lines} addresses, {len(wrong)} sites that differ or are not built: {', '.join(wrong) or 'none'}")
    if missing:
        print(f"not run, since they are not installed: {', '.join(missing)}")
    if wrong or (missing and os.environ.get("CI") == "true"):
        sys.exit(1)


if __name__ == "__main__":
    main()
