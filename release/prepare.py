#!/usr/bin/env python3
"""Prepares a release: one version in the package, the lock file, the changelog, and what the README and the site tell people to use.

usage: release/prepare.py VERSION

Nothing is committed. Read the difference, commit it, and push the tag vVERSION: .github/workflows/release.yml does the
rest.
"""

import datetime
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def refuse(why):
    sys.exit(f"release/prepare.py: {why}")


def number(version):
    match = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", version)
    return tuple(map(int, match.groups())) if match else refuse(f"`{version}` is not a version such as `0.2.0`")


def replaced(text, old, new, where):
    """The text with every `old` replaced; there must be one."""
    return text.replace(old, new) if old in text else refuse(f"{where} does not hold {old!r}")


def changelog(text, old, new):
    """The changelog, with what is unreleased as a section of the new version."""
    unreleased, found, rest = text.partition(f"## [{old}]")
    news = unreleased.partition("## [Unreleased]")[2]
    if not found or not news.strip():
        refuse("CHANGELOG.md has no news under [Unreleased]")
    today = datetime.date.today().isoformat()
    text = replaced(unreleased, "## [Unreleased]\n", f"## [Unreleased]\n\n## [{new}] - {today}\n", "CHANGELOG.md")
    text += found + rest
    # The first link is that of the unreleased changes: ".../compare/vOLD...HEAD".
    link = re.search(rf"^\[Unreleased\]: (.*)/compare/v{re.escape(old)}\.\.\.HEAD\n", text, re.MULTILINE)
    if not link:
        refuse(f"CHANGELOG.md does not compare v{old} with HEAD")
    repository = link[1]
    links = (
        f"[Unreleased]: {repository}/compare/v{new}...HEAD\n"
        f"[{new}]: {repository}/compare/v{old}...v{new}\n"
    )
    return text.replace(link[0], links)


def main(arguments):
    if len(arguments) != 1:
        refuse("which version is to be released? e.g. release/prepare.py 0.2.0")
    new = arguments[0]
    manifest = (ROOT / "Cargo.toml").read_text()
    old = re.search(r'^version = "(.*)"$', manifest, re.MULTILINE)[1]
    if number(new) <= number(old):
        refuse(f"{new} does not come after {old}")

    package = 'name = "weeknote-lint"\nversion = "{}"\n'
    changes = {
        "Cargo.toml": lambda text: replaced(text, package.format(old), package.format(new), "Cargo.toml"),
        "Cargo.lock": lambda text: replaced(text, package.format(old), package.format(new), "Cargo.lock"),
        "README.md": lambda text: replaced(text, f"v{old}", f"v{new}", "README.md"),
        "CHANGELOG.md": lambda text: changelog(text, old, new),
    }
    for page in sorted((ROOT / "docs/src").rglob("*.md")):
        if f"v{old}" in page.read_text():
            changes[str(page.relative_to(ROOT))] = lambda text: text.replace(f"v{old}", f"v{new}")
    # All is read and changed before anything is written.
    texts = {name: change((ROOT / name).read_text()) for name, change in changes.items()}
    for name, text in texts.items():
        (ROOT / name).write_text(text)
    print(f"{', '.join(texts)}: {old} is now {new}. Read the difference, then:")
    print(f"  git commit --all --message 'Release {new}' && git tag --annotate v{new} --message v{new}")
    print(f"  git push origin HEAD v{new}")


main(sys.argv[1:])
