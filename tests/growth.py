#!/usr/bin/env python3
"""Measures that every loop ends soon: twice the input takes at most 2.5 times the CPU, and none takes 16 s.

usage: tests/growth.py BINARY [--only WORD] [--scale FACTOR]

Each case makes an archive of a given size that one loop or another could be slow with, in the way that it repeats one
thing. The program lints it at one size and at twice that size, and the CPU time of both (user and system, the least
of some runs) is printed with its ratio. The exit status is 1 where a case is too slow or the program fails.
"""
import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time

MOST_SECONDS = 16
MOST_GROWTH = 2.5
# Below this, starting the program is most of the time and a ratio says nothing.
WORTH_A_RATIO = 0.15

CASES = {}
WEEK = "notes/week-1.md"
JEKYLL = "_posts/2020-01-06-week-1.md"
SNIP = "soups/weeknotes/week-1.snip.markdown"
HUGO = "content/posts/week-1.md"
SITES = {
    "plain": (WEEK, {}),
    "kramdown": (JEKYLL, {"_config.yml": "title: x\n"}),
    "snip": (SNIP, {}),
    "obsidian": (WEEK, {".obsidian/app.json": "{}"}),
    "hugo": (HUGO, {"hugo.toml": "title = 'x'\n"}),
    "mdx": ("src/content/week-1.mdx", {"astro.config.mjs": ""}),
}


def case(name, n, make, *arguments):
    """Registers `make`, which returns the files of an archive of size `n`, linted with `arguments`."""
    CASES[name] = (n, make, arguments)


def note(name, n, body, *arguments, site="plain", head="# Week 1\n\n"):
    """Registers a single note whose body is made by `body`."""
    path, beside = SITES[site]
    case(name, n, lambda n: {path: head + body(n), **beside}, *arguments)


def block(name, n, lines, *arguments, site="plain", fence="---\n"):
    """Registers a single note with a block of metadata."""
    path, beside = SITES[site]
    case(name, n, lambda n: {path: fence + lines(n) + fence + "# Week 1\n", **beside}, *arguments)


def each(text, separator="\n"):
    """A text for each number, with `@` for the number."""
    return lambda n: separator.join(text.replace("@", str(i)) for i in range(n)) + "\n"


def times(text, end="\n"):
    return lambda n: text * n + end


def notes(text, path="notes/week-@.md", **beside):
    """A file for each number, with `@` for the number and `%` for the one before it."""

    def make(n):
        fill = lambda t, i: t.replace("@", str(i)).replace("%", str(i - 1))
        return {fill(path, i): fill(text, i) for i in range(1, n + 1)} | beside

    return make


def mixed(*makers):
    return lambda n: "".join(make(n) for make in makers)


# Links and definitions in one note.
for site in ("plain", "kramdown"):
    note(f"dead fragments, {site}", 40_000, each("## H @\n\n[x](#h-@x)\n"), site=site)
    note(f"fragments of many equal headings, {site}", 40_000, each("## H\n\n[x](#h-@)\n"), site=site)
    note(f"unused definitions, {site}", 100_000, each("[a@]: /x@"), site=site)
    note(f"unused definitions of web addresses, {site}", 60_000, each("[a@]: https://example.com/x@"), site=site)
    note(f"unused definitions with mentions, {site}", 40_000, mixed(each("word@ and"), lambda n: "\n", each("[word@]: /x@")), site=site)
    note(f"misspelt references, {site}", 30_000, mixed(each("[t][label@x]"), lambda n: "\n", each("[label@]: /x@")), site=site)
    note(f"undefined references, {site}", 60_000, each("[t@][u@]"), site=site)
    note(f"undefined shortcuts, {site}", 60_000, mixed(each("[some words @]"), lambda n: "\n", each("[any words @]: /@")), site=site)
    note(f"definitions of one label, {site}", 60_000, mixed(lambda n: "[a]\n\n", each("[a]: /u@")), site=site)
    note(f"the same definition again, {site}", 60_000, mixed(lambda n: "[a]\n\n", times("[a]: /u\n")), site=site)
    note(f"definitions without an address, {site}", 40_000, mixed(each("[a@][]"), lambda n: "\n", each("[a@]:\n[b@]: /x")), site=site)
    note(f"swallowed definitions, {site}", 60_000, mixed(each("[a@][]"), lambda n: "\nwords\n", each("[a@]: /x@")), site=site)
    note(f"definitions in many paragraphs, {site}", 40_000, each("words\n[a@]: /x@\n"), site=site)
    note(f"definitions without a colon, {site}", 40_000, mixed(each("[a@][]"), lambda n: "\n", each("[a@] https://e.org/@")), site=site)
    note(f"definitions in an HTML block, {site}", 60_000, mixed(lambda n: "<div>\n", each("[a@]: /x@")), site=site)
    note(f"definitions after text in an HTML block, {site}", 40_000, mixed(lambda n: "<div>\n", each("words </p>\n[a@]: /x@")), site=site)
    note(f"definitions in a quote, {site}", 60_000, each("> [a@]: /x@"), site=site)
    note(f"definitions in a list, {site}", 40_000, each("- x\n\n  [a@]: /x@"), site=site)
    note(f"definitions with open titles, {site}", 100_000, times('[a]: /u "t\n'), site=site)
    note(f"labels as destinations, {site}", 40_000, mixed(each("[t](a@)"), lambda n: "\n", each("[a@]: /x@")), site=site)
    note(f"footnotes, {site}", 30_000, mixed(each("x[^a@]"), lambda n: "\n", each("[^b@]: words\n")), site=site)
    note(f"footnotes of one label, {site}", 40_000, each("x[^a]\n\n[^a]: words\n"), site=site)
    note(f"footnotes without definitions, {site}", 60_000, each("x[^@]"), site=site)
    note(f"abbreviations of one word, {site}", 50_000, times("*[HTML]: x\n"), site=site)
    note(f"abbreviations, {site}", 50_000, mixed(each("WORD@ and"), lambda n: "\n", each("*[WORD@]: x")), site=site)
    note(f"spaced references, {site}", 40_000, mixed(each("[t@] [a@]"), lambda n: "\n", each("[a@]: /x")), site=site)
    note(f"attribute lists, {site}", 60_000, times("words\n{:.class}\n\n"), site=site)
    note(f"headings with ids, {site}", 40_000, each("## H {#h@}\n\n[x](#h@x)\n"), site=site)
    note(f"headings with the same id, {site}", 40_000, each("## H {#h}\n\n[x](#h@)\n"), site=site)
    note(f"tables, {site}", 40_000, mixed(lambda n: "|a|b|\n|-|-|\n", each("|[x][u@]|y|")), site=site)
    note(f"formulas, {site}", 60_000, each("$$ [x][u@] $$ and $y$"), site=site)
    note(f"definition lists, {site}", 40_000, each("term\n: [x][u@]\n"), site=site)
    note(f"inline links in prose, {site}", 60_000, each("[t@](/x@)"), site=site)
    note(f"HTML elements with markdown, {site}", 30_000, times('<div markdown="1">\n[a][b]\n</div>\n\n'), site=site)
    note(f"open HTML elements, {site}", 60_000, times("<div>\n\nwords [a][b]\n\n"), site=site)
    note(f"nomarkdown, {site}", 40_000, times("{::nomarkdown}\nx [a][b]\n{:/}\n\n"), site=site)
    note(f"open comments, {site}", 60_000, times("{::comment}\nx [a][b]\n\n"), site=site)

note("headings that end alike", 40_000, each("## H\n\n## H @\n"))
note("fragments of another page", 0, lambda n: "")
CASES.pop("fragments of another page")
case("dead fragments of another page", 40_000, lambda n: {
    WEEK: "# Week 1\n\n" + "".join(f"## H {i}\n\n" for i in range(n)),
    "notes/week-2.md": "# Week 2\n\n" + "".join(f"[x](week-1.md#h-{i}x)\n" for i in range(n)),
})
note("malformed destinations", 60_000, each("[t@](ttps://example.com/@)"))
note("addresses without a scheme", 60_000, each("[t@](www.example.com/@)"))
note("brackets round addresses", 60_000, each("[t@](((https://example.com/@)))"))
note("final punctuation", 60_000, each("[t@](https://example.com/a.) [t](https://example.com/a)"))
note("empty links", 60_000, times("[x]() [](url) [x](TK)\n"))
note("local hosts", 60_000, each("[x](http://localhost/@)"))
note("hosts", 60_000, each("[x](http://example@.com/@)"))
note("missing targets", 60_000, each("[x](missing-@.md)"))
note("missing targets at the root", 60_000, each("[x](/week-@)"))
note("wikilinks in one note", 60_000, each("[[nope@]]"), site="obsidian")
note("wikilinks to headings", 30_000, mixed(each("## H @\n"), each("[[week-1#H @x]]")), site="obsidian")
note("wikilinks to blocks", 60_000, each("[[week-1#^a@]] ^b@"), site="obsidian")
note("links to weeks", 60_000, each("[week @](/week-%)"))
note("links beside their address", 60_000, each("[t] (https://example.com/@)"))
note("reversed links", 60_000, each("(t)[https://example.com/@]"))
note("links in braces", 60_000, each("[t]{https://example.com/@}"))
note("open quotations", 60_000, each('<a href="https://example.com/@>x</a>'))
note("open parentheses", 60_000, each("[t](https://example.com/a_(@)"))
note("autolinks", 60_000, each("<https://example.com/@>"))
note("HTML links", 60_000, each('<a href="missing-@.md">x</a>'))
note("images", 60_000, each("![t@](missing-@.png)"))
note("reference images", 60_000, each("![t@][i@]"))
note("one missing target", 60_000, times("[x](missing.md)\n"))
for name, text in [
    ("escaped links", "\\\\[t\\\\](https://example.com/@)"), ("brackets in code", "[`t](https://example.com/@)`"),
    ("open titles", '[t](https://example.com/@ "u)'), ("stray parentheses", "[t](https://example.com/@))"),
    ("stray brackets", "[[t](https://example.com/@)"), ("links in links", "[[t](/x)](https://example.com/@)"),
    ("doubled brackets", "[t]](https://example.com/@)"), ("texts in the place of addresses", "[https://example.com/@](t)"),
    ("addresses run together", "[t](https://example.com/@ahttps://example.com/)"), ("invisible characters", "[t](https://example.com/@%E2%80%8B)"),
    ("addresses in front", "[t](/https://example.com/@)"), ("other e-mail addresses", "[a@example.com](mailto:b@example.com)"),
    ("stand-ins", "[t](LINK_HERE)"), ("names", "[t](name-@)"), ("misspelt hosts", "[t](https://seedlings@.example.com/) [t](https://seedling@.example.com/)"),
    ("escaped headings", "\\\\#\\\\# H @"),
]:
    for site in ("plain", "kramdown"):
        note(f"100,000 {name}, {site}", 100_000, each(text + "\n"), site=site)
        note(f"{name} in one paragraph, {site}", 100_000, each(text), site=site)
note("misspelt hosts of few", 60_000, mixed(each("[t](https://seedlings.example.com/@)"), each("[t](https://seedlings@x.example.com/)")))
note("fragments of many rules", 40_000, each("## A & b_c @\n\n[x](#a--b_c-@) [x](#a-b-c-@)\n"))

# All on one line.
for format in ("pretty", "concise", "json", "github", "sarif"):
    note(f"one line of findings, {format}", 60_000, each("[é@][u@]", " "), "--format", format)
note("one line of links", 100_000, each("[t@](/a)", " "))
note("one line of defined references", 100_000, mixed(each("[a]", " "), lambda n: "\n[a]: /x\n"))
note("one line of fragments", 60_000, each("[t@](#a@)", " "))
note("one line of wikilinks", 60_000, each("[[a@]]", " "), site="obsidian")
note("one line of tags", 100_000, each("{{ x@ }}", " "), site="hugo")
note("one line of dates", 60_000, each("Monday 1 January 2020", " "))
note("one line of words", 2_000_000, times("a "))
note("one line of letters", 4_000_000, times("a"))
note("one line of digits", 4_000_000, times("1"))
note("one line of blanks", 4_000_000, times(" "))
note("one line of hyphens", 4_000_000, times("-", "a\n"))
note("one line of invisible characters", 1_000_000, times("\u200b"))
note("one line of combining characters", 1_000_000, times("e\u0301"))
note("one heading", 4_000_000, times("a"), head="# Week 1 ")
note("one heading of digits", 4_000_000, times("1"), head="# Week 1")
note("one heading of weeks", 300_000, times("week 1 "), head="# ")
note("one heading of numbers", 1_000_000, times("1 "), head="# Week ")
note("one heading of hyphened numbers", 1_000_000, times("1-"), head="# Week ")
note("one heading of dates", 200_000, times("1 January 2020 - "), head="# Week 1 ")
note("one heading of slashes", 1_000_000, times("1/"), head="# Week ")
note("one heading of commas", 1_000_000, each("@", ", "), head="# Weeks ")
note("one underlined line", 2_000_000, times("a ", "\n===\n"), head="")
note("one label", 4_000_000, mixed(lambda n: "[", times("a", "]\n\n["), times("a", "]: /x\n")))
note("one destination", 4_000_000, mixed(lambda n: "[x](", times("a", ")\n")))
note("one absolute destination", 2_000_000, mixed(lambda n: "[x](", times("/a", ")\n")))
note("one destination of dots", 2_000_000, mixed(lambda n: "[x](", times("../", "a)\n")))
note("one destination of escapes", 1_000_000, mixed(lambda n: "[x](", times("%41", ".md)\n")))
note("one destination of entities", 500_000, mixed(lambda n: "[x](", times("&amp;", ")\n")))
note("one host", 2_000_000, mixed(lambda n: "[x](http://", times("a.", ")\n")))
note("one wikilink", 2_000_000, mixed(lambda n: "[[", times("a/", "]]\n")), site="obsidian")
note("one tag", 4_000_000, mixed(lambda n: "{{ ", times("a", " }}\n")), site="hugo")
note("one comment", 4_000_000, mixed(lambda n: "<!-- ", times("a", " -->\n")))
note("two long labels that nearly agree", 200_000, mixed(lambda n: "[x][", times("a", "]\n\n["), times("a", "b]: /x\n")))
note("long labels that nearly agree", 2_000, mixed(each(f"[x][{'ab' * 250}@]"), lambda n: "\n", each(f"[{'ab' * 250}@x]: /x")))

# Things that are never closed, or nested.
for name, text, end in [
    ("brackets", "[", ""), ("images", "![", ""), ("links", "[a](", ""), ("angled links", "[a](<b", ""),
    ("pairs of brackets", "[[", ""), ("closing brackets", "]", ""), ("braces", "{", ""), ("tags of Liquid", "{% ", ""),
    ("tags of Hugo", "{{< ", ""), ("tags of ERB", "<% ", ""), ("double braces", "{{ ", ""), ("comments", "<!-- ", ""),
    ("declarations", "<!X ", ""), ("instructions", "<? ", ""), ("character data", "<![CDATA[ ", ""), ("elements", "<a ", ""),
    ("attributes", '<a href="', ""), ("attributes on lines", '<a href="x\n', ""), ("closing elements", "</a", ""), ("autolinks", "<x:", ""), ("emphasis", "*a _b ", ""),
    ("strong", "a**b", ""), ("strikes", "~~a ~b ", ""), ("backticks", "`a ``b ", "```c"), ("dollars", "$a $$b ", ""),
    ("escapes", "\\[", ""), ("entities", "&a", ""), ("parentheses", "(", ""), ("quotation marks", "\"'", ""),
    ("footnotes", "[^", ""), ("pipes", "|", ""), ("colons", "::", ""), ("attribute lists", "{:", ""), ("texts before addresses", "t](https://a.b ", ""),
    ("words in brackets", "(t)[", ""), ("scripts", "<script>", ""), ("scripts on lines", "<script>\n\n", ""), ("preformatted lines", "<pre>\n\n", ""), ("raw elements", "<code>", ""),
    ("JSX expressions", "{a ", ""), ("Templater tags", "<%* ", ""), ("brackets on lines", "[a\n", ""), ("links over lines", "[a](b\n", ""),
    ("braces of brackets", "{[", ""), ("at signs", "@a.", ""), ("hashes", "#a ", ""), ("colons and slashes", "://", ""), ("www", "www.", ""), ("http", "http://", ""),
]:
    for site in ("plain", "kramdown", "mdx"):
        note(f"open {name}, {site}", 300_000, times(text, end + "\n"), site=site)
note("quotes in quotes", 100_000, mixed(times(">", " a\n")))
note("quotes in quotes, then lines", 3_000, mixed(times(">", " a\n"), times("[x][y]\n\n")))
note("lists in lists", 2_000, lambda n: "".join("  " * i + "* a\n" for i in range(n)))
note("lists in one line", 100_000, times("- ", "a\n"))
note("numbered lists in one line", 100_000, times("1. ", "a\n"))
note("nested brackets", 100_000, lambda n: "[" * n + "a" + "]" * n + "\n")
note("nested references", 50_000, lambda n: "[" * n + "a" + "][b]" * n + "\n\n[b]: /b\n")
note("nested inline links", 50_000, lambda n: "![" * n + "a" + "](b)" * n + "\n")
note("nested parentheses", 100_000, lambda n: "[a](" + "(" * n + ")" * n + ")\n")
note("nested emphasis", 50_000, lambda n: "*a **b " * n + "*" * 3 * n + "\n")
note("nested elements", 50_000, lambda n: "<div>" * n + "</div>" * n + "\n")
note("nested spans", 50_000, lambda n: "a " + "<span>" * n + "x [a][b]" + "</span>" * n + "\n")
note("nested headings in quotes", 30_000, lambda n: "> " * n + "# a\n")
note("nested braces", 100_000, lambda n: "{" * n + "}" * n + "\n", site="mdx")
note("growing backticks", 3_000, lambda n: "".join("e" + "`" * i for i in range(1, n)) + "\n")
note("growing fences", 1_500, lambda n: "".join("`" * i + "\na\n" for i in range(n + 3, 3, -1)))
note("code blocks", 100_000, times("```\na\n```\n"))
note("indented code", 100_000, times("    [a][b]\n\na\n\n"))
note("code spans", 100_000, times("`a` [x][y]\n"))
note("wide tables", 2_000, lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|a\n" * n)
note("blank lines", 3_000_000, times("\n"))
note("carriage returns", 2_000_000, times("\r"))
note("lines that end with a carriage return", 100_000, times("[a][b]\r"))
note("lines that end both ways", 100_000, times("[a][b]\r\n[c][d]\n"))
note("form feeds", 2_000_000, times("\f", "\n"))
note("zeros", 2_000_000, times("\0", "\n"))
note("byte order marks", 1_000_000, times("\ufeff"), head="")
note("lines of one letter", 1_000_000, times("a\n"))
note("rulers", 600_000, times("---\n"))
note("underlines", 600_000, times("a\n---\n"))

# The rest of the body.
note("titles", 60_000, each("# T@\n"))
note("hashes without a blank", 60_000, each("##Heading @\n"))
note("hashes without a blank in one paragraph", 60_000, each("##Heading @"))
note("hashes and an odd blank", 60_000, each("##\u00a0Heading @\n"))
note("filler", 60_000, times("Lorem ipsum dolor sit amet.\n\n"))
note("weeks without a number", 60_000, times("# Week NNN\n\n"))
note("tags", 100_000, each("{{ x@ }}\n"))
note("tags, kramdown", 100_000, each("{% post_url 2020-01-01-a@ %} {{ x }}\n"), site="kramdown")
note("tags in links", 60_000, each("[x]({{ x@ }})\n"), site="kramdown")
note("shortcodes", 60_000, each('[x]({{< ref "a@" >}})\n'), site="hugo")
note("Hugo's references", 60_000, each('[x]({{% relref "a@.md#b" %}})\n'), site="hugo")
note("conflicts", 60_000, each("<<<<<<< HEAD\na@\n=======\nb\n>>>>>>> other\n"))
note("conflicts of three", 60_000, each("<<<<<<< HEAD\na@\n||||||| base\nc\n=======\nb\n>>>>>>> other\n"))
note("open conflicts", 100_000, times("<<<<<<< HEAD\na\n"))
note("open conflicts with a middle", 100_000, times("<<<<<<< HEAD\na\n=======\n"))
note("closing conflict marks", 100_000, times(">>>>>>> other\na\n"))
note("conflicts in code", 60_000, times("```\n<<<<<<< HEAD\na\n```\n"))
note("comments", 100_000, times("<!-- a -->\n\n"))
note("suppressions", 40_000, each("<!-- weeknote-lint-ignore links/undefined-reference -->\n[x][u@]\n"))
note("suppressions of nothing", 60_000, times("<!-- weeknote-lint-ignore links/undefined-reference -->\nx\n\n"))
note("suppressions without a rule", 40_000, each("<!-- weeknote-lint-ignore -->\n[x][u@]\n"))
note("suppressions of the file", 30_000, each("<!-- weeknote-lint-ignore-file links/empty -->\n[x][u@]\n"))
note("suppressions of unknown rules", 30_000, each("<!-- weeknote-lint-ignore links/x@ -->\n"))
note("a suppression of many rules", 60_000, mixed(lambda n: "<!-- weeknote-lint-ignore", each(" links/empty", ","), lambda n: " -->\n", each("[x][u@]")))
note("a suppression of the file with many rules", 60_000, mixed(lambda n: "<!-- weeknote-lint-ignore-file", each(" links/empty", ","), lambda n: " -->\n", each("[x][u@]")))
note("suppressions one above the other", 60_000, times("<!-- weeknote-lint-ignore links/empty -->\n"))
note("dates in prose", 60_000, each("On Monday 2 January 2020 and 3.1.2020 we met."))
note("ranges of dates in prose", 60_000, each("From 2 January to 8 January 2020."))
note("weeks in prose", 60_000, each("In week @ we met."))
note("numbers in prose", 200_000, each("@ @-@"))
note("frames of embeds", 60_000, each("![[a@.png]]"), site="obsidian")
note("imports", 60_000, each("import A@ from 'a'"), site="mdx")
note("components", 60_000, each("<A@ x={1}>\n\n[a][b]\n\n</A@>\n"), site="mdx")
note("expressions", 60_000, each("{a@}\n"), site="mdx")

# Metadata.
for name, fence in (("YAML", "---\n"), ("TOML", "+++\n")):
    sign = ": " if name == "YAML" else " = "
    quoted = lambda text: text if name == "YAML" else f'"{text}"'
    block(f"keys, {name}", 60_000, each(f"k@{sign}{quoted('v')}"), fence=fence)
    block(f"the same key, {name}", 50_000, each(f"k{sign}{quoted('v')}"), fence=fence)
    block(f"dates, {name}", 60_000, each(f"k@{sign}2020-01-06"), fence=fence)
    block(f"impossible dates, {name}", 30_000, each(f"k@{sign}{quoted('2020-13-06')}"), fence=fence)
    block(f"values with blanks, {name}", 60_000, each(f"k@{sign}{quoted('v')}  "), fence=fence)
    block(f"a list, {name}", 100_000, mixed(lambda n, s=sign: f"tags{s}[", each('"a@"', ", "), lambda n: "]\n"), fence=fence)
    block(f"lists in lists, {name}", 100_000, lambda n, s=sign: f"tags{s}" + "[" * n + "]" * n + "\n", fence=fence)
    block(f"open lists, {name}", 100_000, mixed(lambda n, s=sign: f"tags{s}", times("[")), fence=fence)
    block(f"maps in maps, {name}", 50_000, lambda n, s=sign: f"a{s}" + ("{a" + s) * n + "1" + "}" * n + "\n", fence=fence)
    block(f"open maps, {name}", 100_000, mixed(lambda n, s=sign: f"a{s}", times("{a" + sign)), fence=fence)
    block(f"a long text, {name}", 2_000_000, mixed(lambda n, s=sign: f'a{s}"', times("b", '"\n')), fence=fence)
    block(f"an open text, {name}", 100_000, mixed(lambda n, s=sign: f'a{s}"', times("b\n")), fence=fence)
    block(f"open texts, {name}", 20_000, each(f'a@{sign}"'), fence=fence)
    block(f"comments, {name}", 100_000, each("# c @"), fence=fence)
    block(f"blank lines, {name}", 600_000, times("\n"), fence=fence)
    block(f"lines of text, {name}", 60_000, times("words\n"), fence=fence)
    block(f"keys and lines of text, {name}", 20_000, each(f"k@{sign}{quoted('v')}\nwords"), fence=fence)
    block(f"words, {name}", 20_000, each(f"draft{sign}tru"), fence=fence)
    block(f"a number, {name}", 2_000_000, mixed(lambda n, s=sign: f"a{s}", times("1")), fence=fence)
    block(f"a key, {name}", 2_000_000, mixed(times("a", f"{sign}{quoted('b')}\n")), fence=fence)
    block(f"keys that are nearly known, {name}", 20_000, each(f"titel@{sign}{quoted('v')}"), fence=fence)
    block(f"escapes, {name}", 500_000, mixed(lambda n, s=sign: f'a{s}"', times("\\u0041", '"\n')), fence=fence)
    block(f"conflicts, {name}", 30_000, each(f"<<<<<<< a\nk@{sign}1\n=======\nk@{sign}2\n>>>>>>> b"), fence=fence)
block("broken keys", 40_000, times("k:v\n"))
block("different broken keys", 40_000, each("k@:v"))
block("lines with two colons", 20_000, each("k@: a: b"))
block("broken texts", 20_000, each("k@: 'it's'"))
block("broken lists", 20_000, each("k@: [a\nl@: b"))
block("aliases without an anchor", 20_000, each("k@: *a"))
block("anchors", 60_000, each("k@: &a@ b"))
block("anchors and aliases", 30_000, mixed(lambda n: "k: &a b\n", each("k@: *a")))
block("anchors of anchors", 24, each("k@: &a@ [*a%, *a%, *a%, *a%]").__call__)
block("tags of YAML", 30_000, each("k@: !t b"))
block("tabs", 20_000, each("k@:\n\t- a"))
block("tabs before keys", 20_000, each("\tk@: a"))
block("indented keys", 30_000, each("  k@: a"))
block("indented keys by two", 20_000, each("k@: a\n  l@: a"))
block("mappings ever deeper", 1_500, lambda n: "".join(" " * i + "a:\n" for i in range(n)))
block("lists ever deeper", 100_000, mixed(lambda n: "a:\n  ", times("- ", "a\n")))
block("mappings in one line", 100_000, times("? ", "a\n"))
block("block texts", 30_000, each("k@: |\n  text\n  more"))
block("one block text", 100_000, mixed(lambda n: "k: |\n", times("  text\n")))
block("one folded text", 100_000, mixed(lambda n: "k: a\n", times("  text\n")))
block("one block text with blanks", 100_000, mixed(lambda n: "k: |\n", times("  text \n")))
block("a list of lines", 60_000, mixed(lambda n: "tags:\n", each("  - a@")))
block("a list of broken lines", 30_000, mixed(lambda n: "tags:\n", each("  - a@: b: c")))
block("documents", 60_000, times("a: b\n...\n"))
block("directives", 60_000, times("%YAML 1.2\n"))
block("merged keys", 20_000, mixed(lambda n: "a: &a {b: c}\n", each("k@:\n  <<: *a")))
block("question marks", 30_000, each("? k@\n: v"))
block("tables of TOML", 30_000, each("[t@]\nk = 1"), fence="+++\n")
block("the same table of TOML", 30_000, times("[t]\nk = 1\n"), fence="+++\n")
block("arrays of tables", 30_000, times("[[t]]\nk = 1\n"), fence="+++\n")
block("dotted keys", 50_000, lambda n: "a" + ".a" * n + " = 1\n", fence="+++\n")
block("a table of dotted keys", 50_000, lambda n: "[a" + ".a" * n + "]\nb = 1\n", fence="+++\n")
block("many dotted keys", 30_000, each("a.b@ = 1"), fence="+++\n")
block("broken lines of TOML", 30_000, each("k@ = v"), fence="+++\n")
block("open texts of three", 20_000, each('k@ = """'), fence="+++\n")
for name, text in [
    ("keys", lambda n: "{" + ", ".join(f'"k{i}": 1' for i in range(n)) + "}"),
    ("keys on lines", lambda n: "{\n" + ",\n".join(f'"k{i}": 1' for i in range(n)) + "\n}"),
    ("the same key", lambda n: "{" + ", ".join('"k": 1' for i in range(n)) + "}"),
    ("lists in lists", lambda n: '{"a": ' + "[" * n + "]" * n + "}"),
    ("open lists", lambda n: '{"a": ' + "[" * n),
    ("maps in maps", lambda n: '{"a":' * n + "1" + "}" * n),
    ("open maps", lambda n: '{"a":' * n),
    ("escapes", lambda n: '{"a": "' + "\\u0041" * n + '"}'),
    ("a number", lambda n: '{"a": ' + "1" * n + "}"),
    ("open texts", lambda n: '{\n"a": "b\n' * n),
    ("a list", lambda n: '{"tags": [' + ", ".join(f'"a{i}"' for i in range(n)) + "]}"),
]:
    case(f"JSON, {name}", 60_000, lambda n, text=text: {HUGO: text(n) + "\n\n# Week 1\n", "hugo.toml": ""})
for name, text in [
    ("keys", each(":k@: v")), ("the same key", each(":k: v")), ("pairs apart", each(":k@: v\n\nwords\n\nmore\n\nstill\n\nagain\n")),
    ("pairs near", each(":k@: v\nwords")), ("broken keys", each(":k@:v")), ("lines without a key", each(":k")),
    ("a colon each line", each(": a")), ("smileys", each(":) @\n")), ("lists", each(":k@:\n  - a")),
    ("colons", times(":")), ("texts", each(":k@: \"a\nb\"")), ("blank pairs", each(":k@: v\n\n")), ("open texts", each(':k@: "')),
]:
    case(f"trailer, {name}", 50_000, lambda n, text=text: {SNIP: "Week 1\n======\n\nx\n\n" + text(n)})
case("headers", 60_000, lambda n: {WEEK: "Title: Week 1\n" + each("K@: v")(n) + "\nx\n"})
case("the same header", 60_000, lambda n: {WEEK: "Title: Week 1\n" + each("K: v")(n) + "\nx\n"})
case("front matter, again and again", 60_000, lambda n: {WEEK: "---\na: b\n---\n" * n})
case("front matter that is never closed", 100_000, lambda n: {WEEK: "---\n" + "a: b\n" * n})
case("front matter after blank lines", 400_000, lambda n: {WEEK: "\n" * n + "---\na: b\n---\n"})
case("front matter after lines", 100_000, lambda n: {WEEK: "x\n" * n + "---\na: b\n---\n" * 10})

# Many files.
case("dead wikilinks of many notes", 8_000, notes("# Week @\n\n[[nope@]]\n", **{".obsidian/x": ""}))
case("dead links of many notes", 8_000, notes("# Week @\n\n[a](/week-@x) [b](week-%.md)\n"))
case("dead relative links of many notes", 8_000, notes("# Week @\n\n[a](week-@x.md) [b](week-%.md)\n"))
case("dead links to pages", 8_000, notes("# Week @\n\n[a](/page-@x) [b](/week-%) [c](/week-@) [d](/week-1) [e](/week-2) [f](/week-3)\n"))
case("dead links, Jekyll", 6_000, notes("---\ntitle: Week @\n---\n[a]({% post_url 2020-01-01-week-@x %}) [b](/week-%)\n", "_posts/2020-01-01-week-@.md", **{"_config.yml": "permalink: /:title\n"}))
case("dead references, Hugo", 6_000, notes('---\ntitle: Week @\n---\n[a]({{< ref "week-@x" >}}) [b](/posts/week-%)\n', "content/posts/week-@.md", **{"hugo.toml": ""}))
case("keys of their own", 8_000, notes("---\nk@: v\n---\n# Week @\n"))
case("many keys of their own", 4_000, notes("---\n" + "".join(f"k@x{i}: v\n" for i in range(20)) + "---\n# Week @\n"))
case("values of their own", 8_000, notes("---\nauthor: name @\nlayout: l@\ntags: [a@, b@]\n---\n# Week @\n"))
case("authors that nearly agree", 6_000, notes("---\nauthor: namename@\n---\n# Week @\n"))
case("labels of their own", 8_000, notes("# Week @\n\n[a@][] [b@][]\n\n[a@]: https://example.com/@\n"))
case("labels of other notes", 6_000, notes("# Week @\n\n[x%][] [x]\n\n[x@]: https://example.com/@\n"))
case("hosts of their own", 8_000, notes("# Week @\n\n[x](https://host@.example.com) [x](host@.example.com)\n"))
case("notes of one week", 8_000, notes("# Week 1\n", "notes/@/week-1.md"))
case("notes of one name", 8_000, notes("# Week 1\n\n[[week-1]]\n", "notes/@/week-1.md", **{".obsidian/x": ""}))
case("titles of one wording", 8_000, notes("---\ntitle: Week 1\n---\n# Week 1\n"))
case("notes of one day", 8_000, notes("---\ndate: 2020-01-06\n---\n# Week @\n"))
case("notes of every tenth week", 8_000, notes("# Week @0\n", "notes/week-@0.md"))
case("notes with another title", 8_000, notes("---\ntitle: Week %\n---\n# Week @\n"))
case("notes of weeks far apart", 8_000, notes("# Week @\n", "notes/week-@000000.md"))
case("notes of many series", 8_000, notes("# Week @\n", "a@/week-@.md"))
case("notes of one folder each", 8_000, notes("# Page\n\n[a](../@/x.md)\n", "a@/page.md"))
case("notes in ever deeper folders", 300, notes("# Week @\n\n[a](week-@x.md)\n", "d/" * 500 + "week-@.md"))
case("pages without a number", 8_000, notes("# Page p@p\n\n[x](p%p.md)\n", "pages/p@p.md"))
case("pages that nearly agree in name", 6_000, notes("# Page\n\n[x](wweek-@.md)\n", "pages/week-@.md"))
case("dated notes", 6_000, lambda n: {f"_posts/{2000 + i // 300}-{i // 25 % 12 + 1:02}-{i % 25 + 1:02}-week-{i}.md": f"---\ntitle: Week {i}\n---\nweek {i}\n" for i in range(n)} | {"_config.yml": ""})
case("notes with days that disagree", 6_000, lambda n: {f"notes/week-{i}.md": f"---\ndate: {1000 + i % 2000}-01-{i % 28 + 1:02}\n---\n# Week {i}\n" for i in range(n)})
case("notes of weeks of years", 5_000, lambda n: {f"notes/{1000 + i // 53}-W{i % 53 + 1:02}.md": f"# {1000 + i // 53} week {i % 53 + 1}\n" for i in range(n)})
case("aliases", 6_000, notes("---\naliases: [a@, b@]\n---\n# Week @\n\n[[a%x]] [[b%]]\n", **{".obsidian/x": ""}))
case("redirects", 6_000, notes("---\nredirect_from: /old@\n---\n# Week @\n\n[x](/old%x) [x](/old%)\n", "_posts/2020-01-01-week-@.md", **{"_config.yml": ""}))
case("other files", 10_000, notes("", "files/file@.png", **{WEEK: "# Week 1\n\n![x](files/file1x.png)\n"}))
case("images that are not there", 5_000, lambda n: notes("", "files/file@.png")(n) | {WEEK: "# Week 1\n\n" + each("![x](../files/fil@.png)")(n)})
case("empty notes", 10_000, notes("", "notes/week-@.md"))
case("invalid notes", 6_000, notes("---\na: [\n---\n# Week @\n"))
case("drafts and templates", 6_000, notes("Week NNN @\n\n{{ x }}\n", "_templates/t@.md", **{WEEK: "# Week NNN\n"}))
case("templates and notes", 4_000, lambda n: notes("# Week NNN @\n\nadd words here @\n", "_templates/t@.md")(n) | notes("# Week NNN\n\nadd words here @\n")(n))
case("ignore files", 4_000, notes("x\n", "a@/.gitignore", **{WEEK: "# Week 1\n"}))
case("patterns of an ignore file", 20_000, lambda n: {".gitignore": each("a@*b/")(n), **notes("# Week @\n")(100)})
case("folders that give keys", 5_000, lambda n: notes("title: x\n", "content/a@/_index.md")(n) | notes("# Week @\n", "content/a@/week-@.md")(n) | {"hugo.toml": ""})
case("data files of folders", 5_000, lambda n: notes('{"title": "x"}', "a@/a@.json")(n) | notes("# Week @\n", "a@/week-@.md")(n) | {".eleventy.js": ""})

# Configuration and what the program is asked.
case("routes", 20_000, lambda n: {"weeknote-lint.toml": "[site]\nroutes = [" + each('"/r@/**"', ",")(n) + "]\n", WEEK: "# Week 1\n\n" + each("[x](/q@)")(n // 10)})
case("hosts of the site", 20_000, lambda n: {"weeknote-lint.toml": "[site]\nhosts = [" + each('"h@.org"', ",")(n) + "]\n", WEEK: "# Week 1\n\n" + each("[x](http://h@.org/a)")(n)})
case("excluded paths", 10_000, lambda n: {"weeknote-lint.toml": "exclude = [" + each('"a@/**"', ",")(n) + "]\n", **notes("# Week @\n")(500)})
case("overrides", 2_000, lambda n: {"weeknote-lint.toml": each('[[overrides]]\nfiles = ["notes/a@*"]\nrules = { "links/empty" = "off" }')(n), WEEK: "# Week 1\n\n" + "[x]()\n" * n})
case("series", 1_000, lambda n: {"weeknote-lint.toml": each('[[series]]\nname = "s@"\ninclude = ["s@/*"]\n')(n), **{f"s{i}/week-{j}.md": f"# Week {j}\n" for i in range(n) for j in (1, 2)}})
case("unknown keys of the configuration", 20_000, lambda n: {"weeknote-lint.toml": each("k@ = 1")(n), WEEK: "# Week 1\n"})
case("unknown rules of the configuration", 20_000, lambda n: {"weeknote-lint.toml": "[rules]\n" + each('"links/x@" = "off"')(n), WEEK: "# Week 1\n"})
case("nested configuration", 100_000, lambda n: {"weeknote-lint.toml": "exclude = " + "[" * n, WEEK: "# Week 1\n"})
case("a baseline", 60_000, lambda n: {"weeknote-lint-baseline.txt": "".join(f"{i:016x} links/empty {WEEK}: x\n" for i in range(n)), WEEK: "# Week 1\n\n" + each("[x][u@]")(n)})
case("a baseline of comments", 200_000, lambda n: {"weeknote-lint-baseline.txt": "\n" + "# x\n" * n, WEEK: "# Week 1\n"})
case("paths", 6_000, notes("# Week @\n\n[x][u@]\n"), *[f"notes/week-{i}.md" for i in range(1, 6_000)])
FINDINGS = mixed(each("[t@](ttps://example.com/@) [x][u@] [a](a@)"), lambda n: "\n", each("[a@]: /x@"), times("[b]: /x\n"), each("##Heading @\n"))
for format in ("pretty", "concise", "json", "jsonl", "github", "html", "sarif", "gitlab", "junit", "rdjson"):
    note(f"findings, {format}", 10_000, FINDINGS, "--format", format)
note("findings, counted", 10_000, FINDINGS, "--statistics")
note("findings, mended", 10_000, FINDINGS, "--fix", "--unsafe-fixes")
note("findings, shown as a diff", 10_000, FINDINGS, "--diff", "--unsafe-fixes")
note("findings, recorded", 10_000, FINDINGS, "baseline")
note("unused definitions, mended", 60_000, each("[a@]: /x@"), "--fix", "--unsafe-fixes")
note("equal definitions, mended", 60_000, mixed(lambda n: "[a]\n\n", times("[a]: /u\n")), "--fix", "--unsafe-fixes")
note("blanks, mended", 60_000, each("##Heading @\n"), "--fix", "--unsafe-fixes")
note("one line, mended", 40_000, mixed(each("[t@](ttps://example.com/@)", " ")), "--fix", "--unsafe-fixes")
note("one line, shown as a diff", 40_000, mixed(each("[t@](ttps://example.com/@)", " ")), "--diff", "--unsafe-fixes")
note("every second line, shown as a diff", 60_000, each("[t@](ttps://example.com/@)\nwords"), "--diff", "--unsafe-fixes")
note("repairs that bring something to light", 10_000, each("##TODO\n\nwords @\n\n##Pump @\n"), "--diff")
note("repairs in one paragraph that bring something to light", 4_000, each("##TODO\n##Pump @"), "--diff")
block("keys, mended", 20_000, each("k@:v  "), "--fix", "--unsafe-fixes")
block("blanks of values, mended", 40_000, each("k@: v  "), "--fix", "--unsafe-fixes")
case("notes, listed", 8_000, notes("# Week @\n"), "notes", "--all")
case("notes, learnt", 8_000, notes("---\ndate: 2020-01-06\n---\n# Week @\n"), "init", "--dry-run")
case("notes of many series, learnt", 4_000, notes("# Week @\n", "a@/week-@.md"), "init")
case("links, mended in many notes", 5_000, notes("# Week @\n\n[x](ttps://example.com)\n"), "--fix", "--unsafe-fixes")
for format in ("pretty", "json", "sarif"):
    case(f"findings of many notes, {format}", 5_000, notes("# Week 1\n\n[x][u@]\n"), "--format", format)


def write(folder, files):
    for path, text in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    os.makedirs(os.path.join(folder, ".git"), exist_ok=True)


def once(binary, make, n, arguments, scratch):
    """The CPU seconds of one run, its exit status, its wall time."""
    folder = os.path.join(scratch, "archive")
    shutil.rmtree(folder, ignore_errors=True)
    write(folder, make(n))
    with open(os.path.join(scratch, "stderr"), "wb") as stderr:
        limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS + 1, MOST_SECONDS + 1))
        run = subprocess.Popen([binary, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=stderr, preexec_fn=limit)
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = 0
    return usage.ru_utime + usage.ru_stime, os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024


def measure(binary, name, scale, scratch):
    n, make, arguments = CASES[name]
    n = max(1, int(n * scale))
    fault = ""
    times_taken = []
    for size in (n, 2 * n):
        least, status, memory = once(binary, make, size, arguments, scratch)
        if status not in (0, 1, 2):
            fault = f"exit status {status}"
        if least > 2 and size == n and status < 0:
            times_taken += [least, least]
            break
        times_taken.append(least)
    one, two = times_taken
    # A busy machine makes one run slow now and then.
    for _ in range(2):
        if two > WORTH_A_RATIO and two > MOST_GROWTH * one and two < MOST_SECONDS:
            one = min(one, once(binary, make, n, arguments, scratch)[0])
            two = min(two, once(binary, make, 2 * n, arguments, scratch)[0])
    if two > MOST_SECONDS:
        fault = fault or "too slow"
    elif two > WORTH_A_RATIO and two > MOST_GROWTH * one:
        fault = fault or "grows too fast"
    bytes_long = sum(len(path) + len(text) for path, text in make(2 * n).items())
    print(f"{one:7.2f} s {two:7.2f} s  x{two / max(one, 0.001):4.1f} {bytes_long / 1e6:6.1f} MB {memory:6.0f} MB  {name}{'  <-- ' + fault if fault else ''}", flush=True)
    return not fault


def main():
    global MOST_SECONDS
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--only", help="cases whose name holds this word")
    parser.add_argument("--scale", type=float, default=1, help="size of the inputs, against the sizes given here")
    parser.add_argument("--seconds", type=int, default=MOST_SECONDS, help="how much CPU a run may take")
    options = parser.parse_args()
    MOST_SECONDS = options.seconds
    binary = os.path.abspath(options.binary)
    names = [name for name in CASES if not options.only or options.only in name]
    with tempfile.TemporaryDirectory() as scratch:
        fine = [measure(binary, name, options.scale, scratch) for name in names]
    print(f"{fine.count(True)} of {len(fine)} cases end soon")
    sys.exit(0 if all(fine) and fine else 1)


if __name__ == "__main__":
    main()
