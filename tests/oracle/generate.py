"""Documents made of Markdown's constructs at random, the same ones on every run."""

import random

WORDS = "rain pump shed Saturday seeds the a of größe 12 bench, leaked. (old) and".split()

# Of each kind of documents: how many there are, for which renderers, and what they hold beside CommonMark.
KINDS = [
    ("commonmark", 400, ["commonmark.js", "markdown-it", "hugo", "cmark-gfm"], set()),
    ("extended", 400, ["markdown-it-footnote", "hugo", "cmark-gfm"], {"table", "footnote"}),
    ("endings", 100, ["commonmark.js", "markdown-it", "cmark-gfm"], {"returns"}),
    ("kramdown", 400, ["kramdown"], {"footnote", "wide", "kramdown"}),
    ("python", 200, ["python-markdown"], {"footnote", "wide", "python"}),
]


def documents(_groups):
    for kind, count, renderers, features in KINDS:
        for number in range(count):
            maker = Maker(random.Random(f"{kind} {number}"), features)
            yield f"generated/{kind}-{number}", renderers, maker.document()


class Maker:
    def __init__(self, chance, features):
        self.chance = chance
        self.features = features
        # Labels as they are defined, and whether a definition was written.
        labels = ["a", "b2", "Red shed", "the-pump", "x.y", "c d e", "it's"]
        # What is folded otherwise is left to `documents/labels.md`.
        labels += ["größer"] if features & {"kramdown", "python"} else ["Größe"]
        self.labels = chance.sample(labels, 5)
        self.footnotes = chance.sample(["1", "2", "rain", "the-end"], 2)
        self.count = 0

    def document(self):
        blocks = [self.block(3) for _ in range(self.chance.randint(1, 5))]
        definitions = [self.definition(label) for label in self.labels if self.chance.random() < 0.7]
        if self.chance.random() < 0.2 and definitions:
            definitions.append(self.definition(self.chance.choice(self.labels)))
        self.chance.shuffle(definitions)
        parts = [*blocks, *self.places(definitions)]
        if self.chance.random() < 0.4:
            self.chance.shuffle(parts)
        if "footnote" in self.features:
            # What a footnote holds is shown where something refers to it.
            parts.append([" ".join(f"rain[^{label}]" for label in self.footnotes)])
            parts += [self.note(label) for label in self.footnotes]
        text = "\n\n".join("\n".join(part) for part in parts) + self.chance.choice(["", "\n"])
        endings = ["\r", "\r\n", "\n"] if "returns" in self.features else ["\n"] * 9 + ["\r\n"]
        return text.replace("\n", self.chance.choice(endings))

    def places(self, definitions):
        """Definitions in runs, some of them in quotations and lists."""
        while definitions:
            size = self.chance.randint(1, 3)
            run, definitions = definitions[:size], definitions[size:]
            # An indented one after another is left to `documents/`: cmark does not see it in a list.
            lines = run[0] + [line.strip() if line.lstrip().startswith("[") else line for one in run[1:] for line in one]
            if not self.features & {"kramdown", "python"} and self.chance.random() < 0.2:
                lines = self.chance.choice([quoted, listed])([line.strip() for line in run[0]])
                definitions = run[1:] + definitions
            yield lines

    def address(self):
        self.count += 1
        return self.chance.choice(["/{}", "https://e.example/{}", "{}.md", "/x?y={}", "#s-{}", "../a_b_{}"]).format(self.count)

    def definition(self, label):
        address = self.address()
        indent = self.chance.choice(["", "", "", " ", "   "])
        title = self.chance.choice(["", "", "", ' "A title"', " 'A title'"])
        if self.chance.random() < 0.2:
            address = f"<{address}>"
        if self.features & {"kramdown", "python"}:
            return [f"{indent}[{self.cased(label)}]: {address}{title}"]
        if self.chance.random() < 0.1:
            return [f"{indent}[{self.cased(label)}]:", f"  {address}{title}"]
        if title and self.chance.random() < 0.2:
            return [f"{indent}[{self.cased(label)}]: {address}", f"  {title.strip()}"]
        return [f"{indent}[{self.cased(label)}]: {address}{title}"]

    def cased(self, label):
        return label if "ß" in label and self.features & {"kramdown", "python"} else self.chance.choice([label, label, label.lower(), label.upper(), label.title()])

    def note(self, label):
        first = f"[^{label}]: {self.inline(1)}"
        if self.chance.random() < 0.4:
            return [first, "", f"    {self.inline(1)}"]
        return [first]

    # Inline

    def inline(self, depth):
        parts = [self.chance.choice(WORDS)]
        for _ in range(self.chance.randint(1, 4)):
            parts.append(self.span(depth) if self.chance.random() < 0.6 else self.chance.choice(WORDS))
        parts.append(self.chance.choice(["rain.", "shed", "so"]))
        return " ".join(parts)

    def span(self, depth):
        chance = self.chance
        kinds = "link full collapsed shortcut image code escape autolink html none".split()
        kinds += ["strong", "emphasis"] if depth else []
        kinds += ["linked_image"] if depth and "python" not in self.features else []
        kinds += ["footnote"] if "footnote" in self.features else []
        return getattr(self, chance.choice(kinds))(depth - 1)

    def words(self, depth):
        words = " ".join(self.chance.choice(["old", "shed", "our pump", "*red* one", "`code`"]) for _ in range(self.chance.randint(1, 2)))
        return words

    def link(self, depth):
        address = self.address()
        address = self.chance.choice([address, address, f"<{address}>", f'{address} "A title"', f"{address} 'A title'"])
        return f"[{self.words(depth)}]({address})"

    def full(self, depth):
        return f"[{self.words(depth)}][{self.cased(self.chance.choice(self.labels))}]"

    def collapsed(self, depth):
        return f"[{self.cased(self.chance.choice(self.labels))}][]"

    def shortcut(self, depth):
        return f"[{self.cased(self.chance.choice(self.labels))}]" + self.chance.choice([".", ",", " is", ""])

    def image(self, depth):
        return "!" + self.chance.choice([self.link, self.full, self.collapsed])(0).replace("*red* one", "red").replace("`", "")

    def linked_image(self, depth):
        return f"[![shed]({self.address()})]({self.address()})"

    def code(self, depth):
        return self.chance.choice(["`[no][no]`", "``[no` [no](no)``", "`<a href=\"no\">`", "`\\`"])

    def escape(self, depth):
        return self.chance.choice([r"\[no](no)", r"\[no\]", r"\*no\*", "&amp;", "&lt;a&gt;", "&copy;", r"\`", r"a\_b"])

    def autolink(self, depth):
        self.count += 1
        return f"<https://e.example/auto{self.count}>"

    def html(self, depth):
        return self.chance.choice([f'<a href="{self.address()}">x</a>', f'<img src="{self.address()}" alt="">', "<br>", "<!-- [no][no] -->", "<b>x</b>"])

    def none(self, depth):
        label = f"none{self.chance.randint(1, 9)}"
        return self.chance.choice(["[{}]", "[{}][]", "[shed][{}]", "![shed][{}]"]).format(label) + self.chance.choice(["", "."])

    def strong(self, depth):
        return f"**{self.span(depth)}**"

    def emphasis(self, depth):
        return f"*{self.span(depth)}*"

    def footnote(self, depth):
        return self.chance.choice(WORDS).strip("().,") + f"[^{self.chance.choice(self.footnotes)}]"

    # Blocks: lists of lines

    def block(self, depth):
        kinds = "paragraph paragraph heading list code rule comment".split()
        kinds += ["quote", "list"] if depth else []
        kinds += ["table"] if "table" in self.features else []
        kinds += ["setext", "element"] if "python" not in self.features else []
        return getattr(self, f"make_{self.chance.choice(kinds)}")(depth - 1)

    def make_paragraph(self, depth):
        return [self.inline(2) for _ in range(self.chance.randint(1, 3))]

    def make_heading(self, depth):
        return ["#" * self.chance.randint(1, 6) + " " + self.inline(1)]

    def make_setext(self, depth):
        return [self.inline(1), self.chance.choice(["===", "-----"])]

    def make_rule(self, depth):
        return [self.chance.choice(["* * *", "---", "___"])]

    def make_comment(self, depth):
        if "python" in self.features:
            return ["<!-- [no][no] -->"]
        return self.chance.choice([["<!-- [no][no] -->"], ["<!--", "[no]: no", "-->"]])

    def make_element(self, depth):
        if "kramdown" in self.features:
            return ["<div>x</div>"]
        return self.chance.choice([["<div>", "", *self.make_paragraph(depth), "", "</div>"], ["<div>", "x", "</div>"]])

    def make_code(self, depth):
        # Python-Markdown knows fences at the left margin alone.
        if "python" in self.features:
            return ["    [no][no]"]
        fence = self.chance.choice(["```", "~~~"])
        return self.chance.choice([[fence, "[no][no]", "[no]: no", fence], ["    [no][no]"]])

    def make_quote(self, depth):
        return quoted(self.children(depth))

    def make_list(self, depth):
        marker = self.chance.choice(["- ", "* ", "1. "] if "wide" not in self.features else ["-   ", "*   ", "1.  "])
        lines = []
        loose = self.chance.random() < 0.3
        for _ in range(self.chance.randint(1, 3)):
            child = [self.inline(2)]
            if depth > 0 and self.chance.random() < 0.3:
                nested = self.make_list(depth - 1)
                child += ["", *nested] if loose else nested
            elif loose and self.chance.random() < 0.4:
                child += ["", *self.block(depth)]
            lines += ([""] if loose and lines else []) + indented(child, marker)
        return lines

    def make_table(self, depth):
        row = lambda: "| " + " | ".join(self.inline(1).replace("|", "") for _ in range(2)) + " |"
        return [row(), "|---|---|", *(row() for _ in range(self.chance.randint(1, 2)))]

    def children(self, depth):
        lines = []
        for _ in range(self.chance.randint(1, 2)):
            lines += ([""] if lines else []) + self.block(depth)
        return lines


def quoted(lines):
    return [f"> {line}".rstrip() for line in lines]


def listed(lines):
    return indented(lines, "- ")


def indented(lines, marker):
    blank = " " * len(marker)
    return [(marker if number == 0 else blank) + line if line else line for number, line in enumerate(lines)]
