"""The renderers of PyPI: JSON strings in, one a line; JSON out, one a line. The argument names the renderer."""

import json
import sys


def cmark_gfm():
    import cmarkgfm
    from cmarkgfm.cmark import Options

    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    extensions = ["table", "strikethrough", "autolink", "tasklist"]

    def render(text):
        return {"html": cmarkgfm.markdown_to_html_with_extensions(text, options, extensions)}

    return render


def python_markdown():
    """As MkDocs and Pelican call it, with the extensions that they switch on and recommend."""
    import markdown

    reader = markdown.Markdown(extensions=["extra", "admonition", "toc"])

    def render(text):
        html = reader.reset().convert(text)
        # The footnotes of a document hold references to definitions, too, so that these are read last.
        definitions = [[label, address] for label, (address, _) in reader.references.items()]
        return {"html": html, "definitions": definitions}

    return render


def main():
    render = {"cmark-gfm": cmark_gfm, "python-markdown": python_markdown}[sys.argv[1]]()
    for line in sys.stdin:
        print(json.dumps(render(json.loads(line))))


main()
