#!/usr/bin/env python3
"""Draws what a terminal shows of a broken note as docs/src/broken.svg, the picture in the README.

usage: docs/picture.py [--check] WEEKNOTE_LINT

The program runs in a terminal of 90 columns, and what it writes there becomes text in an SVG for light and for dark
surroundings. --check only says whether the picture shows what the program writes.
"""

import fcntl
import html
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import termios

ROOT = pathlib.Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs/src/broken.svg"
ARCHIVE = ROOT / "tests/archives/broken"
NOTE = "soups/weeknotes/week-111.snip.markdown"
COLUMNS = 90

# In pixels: a character, a line, and what is left free around the text.
WIDTH, HEIGHT, MARGIN = 8, 18, 16

# Text, background and frame, then the colours of SGR 31 to 36: red, green, yellow, blue, magenta, cyan.
LIGHT = "#1f2328 #ffffff #d1d9e0 #cf222e #1a7f37 #9a6700 #0969da #8250df #1b7c83".split()
DARK = "#f0f6fc #0d1117 #3d444d #ff7b72 #7ee787 #e3b341 #79c0ff #d2a8ff #56d4dd".split()
NAMES = ["--text", "--back", "--frame", *(f"--c{code}" for code in range(31, 37))]


def shown(program):
    """What the program writes to a terminal, with the time that it took made constant."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 60, COLUMNS, 0, 0))
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", "FORCE_HYPERLINK": "0"}
    run = subprocess.Popen([program, NOTE], cwd=ARCHIVE, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says in this way that nobody writes any more.
            break
        if not part:
            break
        written += part
    assert run.wait() == 1, f"the broken note has no finding: {written.decode()}"
    # The line that says how far a long run is takes itself back.
    text = re.sub(r"\r[^\n]*\x1b\[K|\r(?=\n)", "", written.decode())
    return re.sub(r"\d+\.\d\d s\b", "0.02 s", text).rstrip("\n").split("\n")


def pieces(line):
    """The parts of a line that are written in one style: the column, the text, and the style's classes."""
    column, style = 0, set()
    for codes, text in re.findall(r"\x1b\[([\d;]*)m|([^\x1b]+)", line):
        if text:
            yield column, text, " ".join(sorted(style))
            column += len(text)
        for code in codes.split(";") if not text else []:
            number = int(code or 0)
            if number == 0:
                style = set()
            elif number in (1, 2, 4) or 31 <= number <= 36:
                style.add(f"s{number}")
            elif number in (22, 24, 39):
                style -= {f"s{other}" for other in {22: [1, 2], 24: [4], 39: range(31, 37)}[number]}
            else:
                sys.exit(f"docs/picture.py does not know SGR {number}")


def drawn(lines):
    width, height = COLUMNS * WIDTH + 2 * MARGIN, len(lines) * HEIGHT + 2 * MARGIN
    colours = ";".join(map(":".join, zip(NAMES, LIGHT))), ";".join(map(":".join, zip(NAMES, DARK)))
    svg = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
        f"<title>weeknote-lint {NOTE}</title>",
        "<style>",
        f":root{{{colours[0]}}}",
        f"@media(prefers-color-scheme:dark){{:root{{{colours[1]}}}}}",
        "text{font:13.3px ui-monospace,'SF Mono',Menlo,'DejaVu Sans Mono','Liberation Mono',Consolas,monospace;"
        "fill:var(--text);white-space:pre}",
        ".s1{font-weight:bold}.s2{opacity:.7}.s4{text-decoration:underline}",
        "".join(f".s{code}{{fill:var(--c{code})}}" for code in range(31, 37)),
        "</style>",
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="6" style="fill:var(--back);stroke:var(--frame)"/>',
    ]
    for number, line in enumerate(lines):
        y = MARGIN + number * HEIGHT + 13
        for column, text, style in pieces(line):
            blanks = len(text) - len(text.lstrip(" "))
            text = text.strip(" ")
            if text:
                # Its length is given, since no font is certain.
                x, length = MARGIN + (column + blanks) * WIDTH, len(text) * WIDTH
                style = f' class="{style}"' if style else ""
                svg.append(f'<text x="{x}" y="{y}" textLength="{length}"{style}>{html.escape(text, quote=False)}</text>')
    return "\n".join([*svg, "</svg>", ""])


def main(arguments):
    check = arguments[:1] == ["--check"]
    if len(arguments) != 1 + check:
        sys.exit(__doc__)
    picture = drawn([f"$ weeknote-lint {NOTE}", *shown(os.path.abspath(arguments[-1]))])
    if not check:
        PICTURE.write_text(picture)
    elif not PICTURE.exists() or PICTURE.read_text() != picture:
        sys.exit("docs/src/broken.svg is stale; run docs/picture.py WEEKNOTE_LINT, and look at it")


main(sys.argv[1:])
