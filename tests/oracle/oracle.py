#!/usr/bin/env python3
"""Holds what the tool sees in Markdown documents against what the real renderers make of them.

    oracle.py [--archives DIR] [--only GLOB] [--list]     compares; exit 1 on a difference that is not explained
    oracle.py --show ID                                   one document, as the tool and the renderers see it
    oracle.py --kept FILE                                 see `kept`

Documents are those of `documents/`, those that `generate.py` makes, the examples of CommonMark's specification, and the
pages of the archives in a folder. Compared are, as multisets: links and images (destination and words), headings (level
and words), references to footnotes, definitions (label and destination; where a renderer tells them), and references
that print as text. Differences that are right as they are stand in `explained.toml` with their reasons.
"""

import argparse
import collections
import concurrent.futures
import fnmatch
import hashlib
import html
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
import urllib.parse

import generate
import lxml.html

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = HERE.parent.parent / ".tools" / "oracle"

# Of each renderer: the dialect in which the tool reads for it, as `seen.rs` names it.
DIALECTS = {
    "kramdown": "kramdown",
    "commonmark.js": "commonmark",
    "markdown-it": "commonmark",
    "markdown-it-footnote": "commonmark",
    "hugo": "hugo",
    "cmark-gfm": "gfm",
    "python-markdown": "python-markdown",
}
# Those that a group of documents names together.
GROUPS = {
    "all": list(DIALECTS),
    "commonmark": ["commonmark.js", "markdown-it", "markdown-it-footnote", "hugo", "cmark-gfm"],
    "tables": ["markdown-it", "markdown-it-footnote", "hugo", "cmark-gfm"],
    "footnotes": ["markdown-it-footnote", "hugo", "cmark-gfm"],
}
# Of each generator, as the tool names it, the renderer of its pages.
RENDERER_OF = {
    "snips": "kramdown",
    "Jekyll": "kramdown",
    "Hugo": "hugo",
    "Zola": "hugo",
    "Eleventy": "markdown-it-footnote",
}

Document = collections.namedtuple("Document", "id renderers text")
Difference = collections.namedtuple("Difference", "document renderer side kind value")


# Documents


def written():
    """The documents of `documents/`: each file begins with the renderers, each document with a line `--8<-- name`."""
    signs = str.maketrans({"␍": "\r", "␉": "\t", "⍽": "\u00a0", "␠": " "})
    for path in sorted((HERE / "documents").glob("*.md")):
        head, *parts = re.split(r"^--8<-- (.*)\n", path.read_text(encoding="utf-8"), flags=re.M)
        everywhere = renderers_of(re.search(r"^For: (.*)$", head, re.M)[1])
        for title, text in zip(parts[::2], parts[1::2], strict=True):
            name, _, own = title.partition(" for ")
            renderers = renderers_of(own) if own else everywhere
            yield Document(f"{path.stem}/{name}", renderers, text.removesuffix("\n").translate(signs))


def renderers_of(names):
    """`all but hugo, kramdown` as a list."""
    wanted, _, unwanted = names.partition(" but ")
    chosen = [one for name in wanted.split(", ") for one in GROUPS.get(name, [name])]
    left_out = {one for name in unwanted.split(", ") for one in GROUPS.get(name, [name])}
    return [one for one in chosen if one not in left_out]


def specification():
    tests = batch([*javascript("specification")], [""], cwd=TOOLS)[0]["tests"]
    for number, text in enumerate(tests, 1):
        yield Document(f"specification/{number}", ["commonmark.js", "markdown-it", "hugo", "cmark-gfm"], text.replace("→", "\t"))


# The tool


def seen_by_tool(program, documents, archives):
    """What the tool sees of each document in each dialect, and of each page of the archives."""
    dialects = {(one.id, DIALECTS[renderer]): one for one in documents for renderer in one.renderers}
    asked = [json.dumps({"id": f"{id}\t{dialect}", "dialect": dialect, "text": one.text}) for (id, dialect), one in dialects.items()]
    run = subprocess.run([program, *archives], input="".join(line + "\n" for line in asked), stdout=subprocess.PIPE, text=True, check=True)
    seen, pages = {}, []
    for line in run.stdout.split("\n")[:-1]:
        answer = json.loads(line)
        id, _, dialect = answer["id"].partition("\t")
        if not dialect:
            renderer = RENDERER_OF.get(answer["generator"], "cmark-gfm")
            dialect = DIALECTS[renderer]
            pages.append(Document(id, [renderer], answer["body"]))
        seen[id, dialect] = answer
    return seen, pages


# The renderers


def javascript(name):
    return "node", str(HERE / "javascript.mjs"), name


def batch(command, texts, cwd=None):
    """Runs a renderer that reads and writes JSON lines."""
    run = subprocess.run(command, input="".join(json.dumps(text) + "\n" for text in texts), stdout=subprocess.PIPE, text=True, check=True, cwd=cwd)
    return [json.loads(line) for line in run.stdout.split("\n")[:-1]]


def hugo(texts):
    """Hugo renders a site, one page for each text."""
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder)
        (site / "content").mkdir()
        (site / "layouts" / "_default").mkdir(parents=True)
        (site / "layouts" / "_default" / "single.html").write_text("{{ .Content }}")
        (site / "hugo.toml").write_text(
            'disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]\n'
            "[markup.goldmark.renderer]\nunsafe = true\n"
        )
        for number, text in enumerate(texts):
            (site / "content" / f"{number}.md").write_bytes(b"+++\n+++\n" + text.encode())
        run = subprocess.run(["hugo", "--quiet"], cwd=site, stderr=subprocess.PIPE, text=True)
        if run.returncode != 0:
            if len(texts) == 1:
                return [{"html": None, "error": run.stderr}]
            # One of its pages makes Goldmark fail, and Hugo with it.
            half = len(texts) // 2
            return hugo(texts[:half]) + hugo(texts[half:])
        pages = [site / "public" / str(number) / "index.html" for number in range(len(texts))]
        return [{"html": page.read_text(encoding="utf-8") if page.exists() else ""} for page in pages]


def render(renderer, texts):
    if renderer == "hugo":
        return hugo(texts)
    if renderer == "kramdown":
        return batch(["ruby", str(HERE / "kramdown.rb")], texts)
    if renderer in ("cmark-gfm", "python-markdown"):
        return batch([sys.executable, str(HERE / "pythons.py"), renderer], texts)
    return batch(javascript(renderer), texts, cwd=TOOLS)


class Cache:
    """Renderers are slower than the tool and do not change: what they made is kept until their scripts change."""

    def __init__(self):
        TOOLS.mkdir(parents=True, exist_ok=True)
        scripts = [HERE / name for name in ("kramdown.rb", "javascript.mjs", "pythons.py", "package-lock.json", "oracle.py", "../requirements.txt")]
        self.scripts = b"".join(hashlib.sha256(one.read_bytes()).digest() for one in scripts if one.name != "oracle.py")
        self.scripts += hugo.__code__.co_code
        self.store = sqlite3.connect(TOOLS / "rendered.sqlite", timeout=60)
        self.store.execute("create table if not exists rendered (key blob primary key, answer text) without rowid")

    def key(self, renderer, text):
        return hashlib.sha256(self.scripts + renderer.encode() + b"\0" + text.encode()).digest()

    def all(self, wanted):
        """The answers to `wanted`, pairs of renderer and text."""
        answers, missing = {}, collections.defaultdict(list)
        for renderer, text in dict.fromkeys(wanted):
            row = self.store.execute("select answer from rendered where key = ?", [self.key(renderer, text)]).fetchone()
            if row:
                answers[renderer, text] = json.loads(row[0])
            else:
                missing[renderer].append(text)
        # The longest first; ruby twice, since it takes most of the time.
        tasks = []
        for renderer, texts in sorted(missing.items(), key=lambda item: item[0] != "kramdown"):
            parts = 4 if renderer in ("kramdown", "python-markdown") and len(texts) > 100 else 1
            tasks += [(renderer, texts[part::parts]) for part in range(parts)]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for (renderer, texts), rendered in zip(tasks, pool.map(lambda task: render(*task), tasks)):
                if len(rendered) != len(texts):
                    sys.exit(f"{renderer} answered {len(rendered)} of {len(texts)} documents")
                rows = [(self.key(renderer, text), json.dumps(answer)) for text, answer in zip(texts, rendered)]
                self.store.executemany("insert or replace into rendered values (?, ?)", rows)
                answers.update({(renderer, text): answer for text, answer in zip(texts, rendered)})
        self.store.commit()
        return answers


# Facts: multisets of (kind, value)


def words(text):
    """What is compared of a text: its letters and digits, so that quotes and blanks may differ."""
    return "".join(one for one in html.unescape(urllib.parse.unquote(text)).casefold() if one.isalnum())


def address(destination):
    """A destination without what only its spelling decides: escapes, entities, percent signs, blanks, template tags."""
    plain = html.unescape(urllib.parse.unquote(html.unescape(destination))).replace("\\", "").lower()
    return re.sub("\ue000x*", "{tag}", re.sub(r"\s+", " ", plain).strip()).removeprefix("mailto:")


def label(text):
    return " ".join(html.unescape(text).replace("\\", "").casefold().split())


FOOTNOTE = re.compile(r"#(?:user-content-)?fn[:-]?(?!ref)(.*)", re.S)


def shown(answer, with_labels):
    """The facts of a renderer's answer."""
    facts = collections.Counter()
    root = lxml.html.document_fromstring(f"<!DOCTYPE html><html><body><p></p>{answer['html']}</body></html>")
    for element in list(root.iter("a")):
        destination, parent = element.get("href") or "", element.getparent()
        marks = f"{element.get('class')} {parent.get('class')} {parent.get('id')}"
        if re.search("footnote|fnref", marks) and destination.startswith("#"):
            if found := FOOTNOTE.match(destination):
                name = urllib.parse.unquote(found[1]) if with_labels else ""
                facts["footnote", label(name)] += 1
            element.drop_tree()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.lower()
        if (destination := element.get("href")) is not None:
            facts["link", address(destination), words(text_of(element))] += 1
        if (destination := element.get("src")) is not None:
            facts["image", address(destination), words(html.unescape(element.get("alt") or ""))] += 1
        if re.fullmatch("h[1-6]", name):
            facts["heading", name[1], words(text_of(element))] += 1
    for name, destination in answer.get("definitions") or []:
        facts["definition", label(name), address(destination)] += 1
    for element in root.xpath("//code | //pre | //script | //style | //textarea"):
        element.drop_tree()
    facts.update(broken(root.text_content()))
    return facts


def text_of(element):
    """The words that a reader sees, with those that stand for images."""
    parts = [html.unescape(element.get("alt") or "") if element.tag == "img" else "", element.text or ""]
    for child in element:
        parts += [text_of(child) if isinstance(child.tag, str) else "", child.tail or ""]
    return "".join(parts)


def broken(text):
    """References that print as text. Labels that nothing defines hold the word `none` in our documents."""
    for found in re.finditer(r"(?:(?<=(\])))?\[([^\[\]]+)\](?!\[[^\[\]^]+\])", text):
        if "none" in found[2].casefold() or found[1] and not found[2].startswith("^"):
            yield "broken", words(found[2])


def seen(answer, with_labels):
    """The facts of the tool's answer; the words of a link are `None` where its markup keeps them from being told."""
    facts = collections.Counter()
    for kind, image, text, destination, name in answer["links"]:
        if kind == "Wikilink":
            continue
        if destination is not None:
            facts["image" if image else "link", address(destination), words_of(kind, text)] += 1
        elif kind == "Full" or "none" in name.casefold():
            facts["broken", words(name)] += 1
    for level, text in answer["headings"]:
        facts["heading", str(level), words(text)] += 1
    defined = {label(name) for is_definition, name in answer["footnotes"] if is_definition}
    for is_definition, name in answer["footnotes"]:
        if not is_definition and label(name) in defined:
            facts["footnote", label(name) if with_labels else ""] += 1
        elif not is_definition and "none" in name:
            facts["broken", words(name)] += 1
    for name, destination in answer["definitions"]:
        facts["definition", label(name), address(destination)] += 1
    # The lines that were meant as definitions print as text.
    facts.update(("broken", words(name)) for name in answer["malformed"] if "none" in name.casefold())
    return facts


def words_of(kind, source):
    if kind == "Html" or re.search(r"[\[\]<&\\`{$]|\w_|://", source):
        return None
    return words(source)


def compare(document, renderer, tool, answer):
    """The differences of one document."""
    # Hugo and markdown-it number footnotes, others keep their labels.
    with_labels = renderer in ("kramdown", "cmark-gfm", "python-markdown")
    theirs, ours = shown(answer, with_labels), seen(tool, with_labels)
    both = theirs & ours
    theirs, ours = theirs - both, ours - both
    # Where words cannot be told, destinations are enough.
    for fact in [fact for fact in ours if fact[-1] is None]:
        for other in [other for other in theirs if other[:-1] == fact[:-1]]:
            count = min(ours[fact], theirs[other])
            ours[fact] -= count
            theirs[other] -= count
    told = "definitions" in answer
    for side, facts in (("renderer", +theirs), ("tool", +ours)):
        for (kind, *value), count in facts.items():
            if kind == "definition" and not told:
                continue
            if kind == "link" and side == "renderer" and is_bare(*value):
                kind = "bare-link"
            yield from [Difference(document.id, renderer, side, kind, " | ".join(one or "" for one in value))] * count


def is_bare(destination, text):
    """Whether a link shows its own address, so that it may have been made of an address in the prose."""
    without_scheme = [re.sub("^(https?|ftp|mailto)", "", words(one)) for one in (destination, text)]
    is_address = re.match("(https?|ftp)://|www[.]", destination) or "@" in destination
    return text != "" and bool(is_address) and without_scheme[0] == without_scheme[1]


# Differences that are explained


class Explained:
    def __init__(self, path):
        self.entries = tomllib.loads(path.read_text(encoding="utf-8")).get("difference", [])
        self.counts = [0] * len(self.entries)

    def explain(self, difference, text):
        for index, entry in enumerate(self.entries):
            if self.matches(entry, difference, text):
                self.counts[index] += 1
                return True
        return False

    @staticmethod
    def matches(entry, one, text):
        return (
            one.renderer in renderers_of(", ".join(entry["renderers"]))
            and any(fnmatch.fnmatchcase(one.document, glob) for glob in entry["documents"])
            and one.kind in entry["kinds"]
            and one.side in entry.get("sides", [one.side])
            and re.search(entry.get("value", ""), one.value, re.S) is not None
            and re.search(entry.get("source", ""), text, re.M) is not None
        )

    def stale(self, with_archives):
        for entry, count in zip(self.entries, self.counts):
            archives_alone = all(glob.startswith("archives/") for glob in entry["documents"])
            if count == 0 and (with_archives or not archives_alone):
                yield entry


# Commands


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seen", default=HERE.parent.parent / "target/debug/seen", help="the program of seen.rs")
    parser.add_argument("--archives", type=pathlib.Path, help="a folder of archives")
    parser.add_argument("--only", action="append", help="only documents whose ids match")
    parser.add_argument("--renderer", action="append", choices=DIALECTS)
    parser.add_argument("--list", action="store_true", help="show explained differences, too")
    parser.add_argument("--show", help="show one document")
    parser.add_argument("--kept", type=pathlib.Path, help="compare versions of documents")
    arguments = parser.parse_args()
    if arguments.kept:
        return kept(arguments.kept)
    if arguments.show:
        arguments.only = [arguments.show]
    documents = [*written(), *specification(), *(Document(*one) for one in generate.documents(GROUPS))]
    if len({one.id for one in documents}) != len(documents):
        sys.exit("two documents have one name")
    is_wanted = lambda id: not arguments.only or any(fnmatch.fnmatchcase(id, glob) for glob in arguments.only)
    documents = [one for one in documents if is_wanted(one.id)]
    archives = sorted(str(one) for one in arguments.archives.resolve().iterdir() if one.is_dir()) if arguments.archives else []
    tool, pages = seen_by_tool(arguments.seen, documents, archives)
    documents += [one for one in pages if is_wanted(one.id)]
    if arguments.renderer:
        documents = [one._replace(renderers=[name for name in one.renderers if name in arguments.renderer]) for one in documents]
    answers = Cache().all((renderer, one.text) for one in documents for renderer in one.renderers)
    explained = Explained(HERE / "explained.toml")
    comparisons = failures = open_differences = all_differences = 0
    for document in documents:
        for renderer in document.renderers:
            answer, facts = answers[renderer, document.text], tool[document.id, DIALECTS[renderer]]
            if answer["html"] is None:
                failures += 1
                continue
            comparisons += 1
            if arguments.show:
                show(document, renderer, facts, answer)
            for difference in compare(document, renderer, facts, answer):
                all_differences += 1
                is_explained = explained.explain(difference, document.text)
                open_differences += not is_explained
                if arguments.list or not is_explained:
                    print("    ".join(difference) + ("    (explained)" if is_explained else ""))
    stale = [] if arguments.only or arguments.renderer else list(explained.stale(bool(archives)))
    for entry in stale:
        print(f"explained.toml explains what is no more: {entry['reason']}")
    print(
        f"oracle: {len(documents)} documents ({len(pages)} of {len(archives)} archives), {comparisons} comparisons,"
        f" {all_differences - open_differences} differences explained by {len(explained.entries)} reasons, {open_differences} not explained; {failures} documents made their renderer fail",
        file=sys.stderr,
    )
    sys.exit(open_differences > 0 or len(stale) > 0)


def show(document, renderer, facts, answer):
    print(f"== {document.id} by {renderer}\n{document.text}\n-- renderer\n{answer['html']}{answer.get('definitions', '')}\n-- tool")
    for name in ("links", "headings", "footnotes", "definitions"):
        for fact in facts[name]:
            print(name, fact)
    print("--")


def kept(path):
    """Whether what is shown after a change holds all that was shown before.

    `path` holds JSON lines: `{"id", "renderer", "before", "after"}`, where the texts are bodies without their metadata.
    Says for each document what is lost: links, images, headings and footnotes. An address in the prose that has become a
    link with words of its own, and lost the quotation mark that Goldmark took for a part of it, is still there.
    """

    def places(facts):
        kept = collections.Counter()
        for (kind, *value), count in facts.items():
            if kind in ("link", "image"):
                kept[kind, value[0].rstrip("\"'.,;:)")] += count
            elif kind not in ("definition", "broken"):
                kept[kind, *value] += count
        return kept

    pairs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    answers = Cache().all((one["renderer"], one[version]) for one in pairs for version in ("before", "after"))
    lost = 0
    for one in pairs:
        before, after = (shown(answers[one["renderer"], one[version]], False) for version in ("before", "after"))
        gone = places(before) - places(after)
        lost += bool(gone)
        for fact in gone:
            print(one["id"], one["renderer"], " | ".join(fact), sep="    ")
    print(f"oracle: {len(pairs)} pairs of documents, {lost} of them lost something", file=sys.stderr)
    sys.exit(lost > 0)


main()
