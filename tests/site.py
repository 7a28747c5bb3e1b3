#!/usr/bin/env python3
"""Follows the links of the site that docs/build.sh has built, and those that the program prints.

usage: tests/site.py WEEKNOTE_LINT

Every page, file and heading that a page leads to must be there, and so must the page of each rule.
"""

import html.parser
import json
import pathlib
import subprocess
import sys
import tomllib
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
SITE = ROOT / "target/site"


class Page(html.parser.HTMLParser):
    """The ids of a page, and where it leads."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links = set(), []
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                self.ids.add(value)
            elif name in ("href", "src") and tag != "base":
                self.links.append(value)


home = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]["homepage"]
base = tomllib.loads((ROOT / "docs/book.toml").read_text())["output"]["html"]["site-url"]
assert home.startswith("https://") and urllib.parse.urlsplit(home).path == base, f"{home} is not {base}"

pages = {path.relative_to(SITE).as_posix(): Page(path) for path in SITE.rglob("*.html")}
listed = subprocess.run([sys.argv[1], "rules", "--format", "json"], check=True, capture_output=True, text=True).stdout
links = [("weeknote-lint rules", rule["url"]) for rule in json.loads(listed)]
assert links and all(url.startswith(home) for _, url in links), links
for name, page in pages.items():
    # Hosts show 404.html at any address, so its links begin at the root; mdBook makes one to its own heading all the same.
    if name == "404.html":
        links += [(name, urllib.parse.urljoin(home, link)) for link in page.links if not link.startswith("#")]
    else:
        links += [(name, urllib.parse.urljoin(home + name, link)) for link in page.links]

wrong, inside = 0, 0
for name, url in links:
    address, fragment = urllib.parse.urldefrag(url)
    if not address.startswith(home):
        continue
    inside += 1
    target = urllib.parse.unquote(address.removeprefix(home)) or "index.html"
    lost = not (SITE / target).is_file()
    if lost or (fragment and urllib.parse.unquote(fragment) not in pages[target].ids):
        print(f"{name} leads to {url}, which is not there")
        wrong += 1
print(f"{len(pages)} pages, {inside} links inside the site, {wrong} wrong")
sys.exit(bool(wrong))
