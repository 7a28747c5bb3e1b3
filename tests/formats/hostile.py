"""Writes an archive whose notes and file names hold what has ever ended a string, a tag, a line or a colour.

usage: hostile.py FOLDER
"""

import pathlib
import sys

NASTY = (
    "\x1b[31m\x1b]0;owned\x07\x9b2J\x85\x08\x7f\r::error file=x::y ]]> --> <b a='\"'> & &lt; {0} [a](1) "
    "\u202e\u2066\u2028\u2029\u200b\ufeff\ufffe\uffff %0A ##[error] `x` \\ $(touch owned) é\U0001f6b2"
)
LABEL = NASTY.replace("[", "").replace("]", "").replace("\\", "")
NOTE = f"""# Week 12

See [{LABEL}][{LABEL}] and [one\0][two\0{LABEL}] and [link](/{LABEL}).

##Heading {NASTY}

[{LABEL} unused]: https://a.example/{LABEL}
"""


def main():
    archive = pathlib.Path(sys.argv[1])
    notes = archive / "notes"
    notes.mkdir(parents=True)
    (archive / "weeknote-lint.toml").write_text("")
    long_line = "".join(f"{'lorem é ipsum ' * 70}[sit][amet {number}] " for number in range(1000))
    assert len(long_line.encode()) > 1_000_000
    name = NASTY.replace("/", "")[:80]
    for path, text in {"week-12.md": f"{long_line}\n\n{NOTE}", f"week-13\n{name}.md": NOTE}.items():
        (notes / path).write_bytes(text.encode())


main()
