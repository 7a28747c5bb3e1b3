#!/usr/bin/env python3
"""Lints archives that the program has never seen: clean ones must be silent, and single mistakes in them be found.

usage: tests/strangers.py BINARY [--seed N] [--archives N] [--only K] [--kind KIND] [--young] [--list] [--keep DIR]

`tests/strangers/` makes archives whose numbering, names, metadata, language, generator, age and habits are drawn at
random; a seed makes the same ones for ever. Each is linted as it is: no error, no warning, and exactly its notes
recognised. Then mistakes are planted, one at a time, of some kinds drawn from those that a careful reader of the archive
would notice:

found   a new error or warning covers a line that was changed, by its own range or one of its first four labels, and is
        at most three lines wide (for a renamed file or a missing key: any line of the note)
exact   it is the only new error or warning of the archive (for a whole note copied: one for each copied statement)
noise   further new errors and warnings, whether the mistake was found or not

With `--young` each archive is linted as it was when it had only so many of its notes, and once more with a pause before the
newest of them: links to the notes left out apart, that must be silent, too. No mistakes are planted then.

The exit status is 1 if a clean archive has a finding or another count of notes, if fewer than 95 % of the mistakes are
found, or if fewer than 95 % of those found are exact.
"""
import argparse
import collections
import concurrent.futures
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from strangers import archives, calendar, mistakes, plans  # noqa: E402

LEAST = 0.95
Diagnostic = dict
Paths = set[str]


def write(root: pathlib.Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")


def run(binary: pathlib.Path, root: pathlib.Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([binary, *arguments], cwd=root, capture_output=True, text=True, timeout=120)


def problems(binary: pathlib.Path, root: pathlib.Path) -> list[Diagnostic]:
    """The errors and warnings of an archive."""
    result = run(binary, root, "--format", "json", "--today", str(calendar.TODAY))
    if result.returncode not in (0, 1):
        raise RuntimeError(f"exit status {result.returncode}: {result.stderr}")
    return [d for d in json.loads(result.stdout)["diagnostics"] if d["severity"] != "info"]


def recognised(binary: pathlib.Path, root: pathlib.Path) -> Paths:
    """The files that are taken for notes of a series."""
    listing = run(binary, root, "notes", "--all").stdout
    parts = (part.split("\n") for part in re.split(r"(?m)^(?=\S)", listing))
    return {line.strip().split(": ")[0] for first, *lines in parts if "a series of" in first for line in lines if ": " in line and not line.startswith("  from `")}


def covers(diagnostic: Diagnostic, planted: mistakes.Mistake) -> bool:
    for place in [diagnostic, *diagnostic["labels"][:4]]:
        first, last = place["range"]["start"]["line"], place["range"]["end"]["line"]
        narrow = last - first <= 2 and any(first <= line <= last for line in planted.lines)
        if place["path"] == planted.path and (narrow or not planted.lines):
            return True
    return False


def added(before: list[Diagnostic], after: list[Diagnostic]) -> list[Diagnostic]:
    known = collections.Counter((d["rule"], d["path"], d["message"]) for d in before)
    known.subtract(collections.Counter((d["rule"], d["path"], d["message"]) for d in after))
    return [d for d in after if known[d["rule"], d["path"], d["message"]] < 0]


def with_mistake(binary: pathlib.Path, root: pathlib.Path, planted: mistakes.Mistake) -> list[Diagnostic]:
    """What is found while the mistake is in the archive."""
    original = (root / planted.old_path).read_bytes()
    (root / planted.old_path).unlink()
    try:
        write(root, {planted.path: planted.text})
        return problems(binary, root)
    finally:
        (root / planted.path).unlink(missing_ok=True)
        (root / planted.old_path).parent.mkdir(parents=True, exist_ok=True)
        (root / planted.old_path).write_bytes(original)


def shown(diagnostic: Diagnostic) -> str:
    return f"{diagnostic['path']}:{diagnostic['range']['start']['line']} {diagnostic['rule']}: {diagnostic['message']}"


class Result:
    """What was seen of one archive: complaints about the clean one, lines to list, and counts by kind."""

    def __init__(self, plan: plans.Plan) -> None:
        self.title = str(plan)
        self.false: list[str] = []
        self.listed: list[str] = []
        self.counts: dict[str, collections.Counter] = collections.defaultdict(collections.Counter)

    def count(self, planted: mistakes.Mistake, new: list[Diagnostic]) -> None:
        found = any(covers(d, planted) for d in new)
        exact = found and len(new) <= planted.statements
        self.counts[planted.kind].update(planted=1, found=found, exact=exact, noise=len(new) - found)
        if not exact:
            where = planted.path + (f":{min(planted.lines)}" if planted.lines else "")
            self.listed.append(f"  {'over-reported' if found else 'MISSED'} {planted.kind} {where}: {planted.shown}")
            self.listed += ["      " + shown(d)[:200] for d in new[:4]]


def examine(binary: pathlib.Path, seed: int, index: int, kind: str | None, keep: pathlib.Path | None) -> Result:
    archive = archives.make(seed, index)
    result = Result(archive.plan)
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / "archive"
        write(root, archive.files())
        if keep:
            shutil.copytree(root, keep / f"{seed}-{index}", dirs_exist_ok=True)
        before = problems(binary, root)
        result.false = ["  FALSE " + shown(d) for d in before]
        expected, seen = {archive.path(note) for note in archive.notes}, recognised(binary, root)
        result.false += [f"  NOT A NOTE {path}" for path in sorted(expected - seen)[:3]]
        result.false += [f"  TAKEN FOR A NOTE {path}" for path in sorted(seen - expected)[:3]]
        if seen != expected:
            result.false.append(f"  {len(seen & expected)} of {len(expected)} notes recognised, and {len(seen - expected)} others")
        for planted in mistakes.plan(archive, seed, kind):
            result.count(planted, added(before, with_mistake(binary, root, planted)))
    return result


def examine_young(binary: pathlib.Path, seed: int, index: int) -> Result:
    """The archive as it was with some of its notes."""
    archive = archives.make(seed, index)
    result = Result(archive.plan)
    rng = random.Random(f"{seed}/{index}/young")
    notes = len(archive.notes)
    sizes = {4, 8, 14, 24, 40, notes - 1} | {rng.randint(3, notes) for _ in range(3)}
    for size in sorted(size for size in sizes if 3 <= size <= notes):
        for pause in (0, rng.choice([1, 2, 4])):
            kept = archive.notes[: size - 1 - pause] + archive.notes[size - 1 : size]
            if len(kept) < 3:
                continue
            with tempfile.TemporaryDirectory() as folder:
                root = pathlib.Path(folder) / "archive"
                write(root, archives.Archive(archive.plan, kept, archive.beside).files())
                found = problems(binary, root)
            of_pause = ("links/missing-target", "links/wikilink") if pause else ()
            result.false += [f"  FALSE {size} of {notes}, pause {pause}: {shown(d)}" for d in found if d["rule"] not in of_pause]
    return result


def table(counts: dict[str, collections.Counter]) -> collections.Counter:
    """Prints figures by kind, and returns their sum."""
    print(f"\n{'kind':28}{'planted':>8}{'found':>7}{'%':>5}{'exact':>7}{'noise':>7}")
    total = sum(counts.values(), collections.Counter())
    for kind, c in [*sorted(counts.items()), ("all", total)]:
        if c["planted"]:
            print(f"{kind:28}{c['planted']:8}{c['found']:7}{100 * c['found'] // c['planted']:5}{c['exact']:7}{c['noise']:7}")
    return total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--archives", type=int, default=60)
    parser.add_argument("--only", type=int, help="the number of a single archive")
    parser.add_argument("--kind", help="plant only this kind, or this family; `none` plants nothing")
    parser.add_argument("--young", action="store_true", help="lint each archive as it was with some of its notes")
    parser.add_argument("--list", action="store_true", help="print false findings, and mistakes missed or over-reported")
    parser.add_argument("--keep", type=pathlib.Path, help="folder that keeps the clean archives")
    options = parser.parse_args()
    numbers = range(options.archives) if options.only is None else [options.only]
    binary = options.binary.resolve()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        look = examine_young if options.young else lambda *at: examine(*at, options.kind, options.keep)
        results = list(pool.map(lambda n: look(binary, options.seed, n), numbers))
    counts: dict[str, collections.Counter] = collections.defaultdict(collections.Counter)
    for result in results:
        if options.list and (result.false or result.listed):
            print("\n".join([result.title, *result.false, *result.listed]))
        for kind, c in result.counts.items():
            counts[kind].update(c)
    total = table(counts)
    unclean = [result for result in results if result.false]
    false = sum(line.startswith("  FALSE") for result in results for line in result.false)
    print(f"\n{len(results) - len(unclean)} of {len(results)} clean archives are silent and understood; {false} false findings")
    share = lambda part, whole: f"{100 * total[part] / max(1, total[whole]):.1f} %"
    print(f"{total['found']} of {total['planted']} mistakes found ({share('found', 'planted')}), "
          f"{total['exact']} of these by exactly one finding ({share('exact', 'found')}), {total['noise']} further findings")
    enough = options.young or total["found"] >= LEAST * total["planted"] and total["exact"] >= LEAST * total["found"]
    return 0 if enough and not unclean else 1


if __name__ == "__main__":
    sys.exit(main())
