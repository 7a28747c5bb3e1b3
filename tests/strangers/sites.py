"""Generators of sites: their telling files, where notes lie, how metadata and links are written."""
import dataclasses
import json
import random
import re
from typing import Any

from .words import Language, slug

Keys = dict[str, Any]  # text, bool, int, list of texts, nested Keys, or Bare text


class Bare(str):
    """A value that is written without quotation marks in every syntax: a day."""


@dataclasses.dataclass(frozen=True)
class Site:
    """How one kind of site keeps notes. In `folder` stands `{kind}` for what the notes are called."""

    name: str
    folders: list[str]
    forms: list[str]  # of metadata: yaml, toml, json, headers, trailer, none
    titles: list[str]  # where a title is: key, heading, both, none
    dates: list[str]  # names of the key that holds the day; an empty one is none
    links: list[str]  # {name}, {day} (with /), {undated} and {folder} of the note that is linked
    files: dict[str, str]
    page: str  # where another page lies
    extensions: tuple[str, ...] = (".md",)
    dated: bool = False  # names begin with a day
    bundles: bool = False
    lower: bool = False  # addresses are in lower case


SITES = [
    Site("Jekyll", ["_posts", "_posts/{kind}"], ["yaml"], ["key", "key", "key", "both"], ["date", "date", ""],
         ["{% post_url {sub}{name} %}", "/{day}/{undated}.html", "{{ site.baseurl }}{% post_url {sub}{name} %}"],
         {"_config.yml": "title: {title}\nurl: https://{host}\nmarkdown: kramdown\npermalink: /:year/:month/:day/:title.html\n",
          "_layouts/post.html": "<article>{{ content }}</article>\n", "Gemfile": 'source "https://rubygems.org"\n',
          "index.md": "---\nlayout: home\ntitle: Home\n---\n"}, "about.md", (".md", ".md", ".markdown"), dated=True),
    Site("Hugo", ["content/posts", "content/{kind}", "content/blog"], ["yaml", "toml", "toml", "json"],
         ["key"], ["date", "date", "publishDate"],
         ['{{< ref "{name}" >}}', '{{< relref "{name}" >}}', "/{section}/{name}/"],
         {"hugo.toml": 'baseURL = "https://{host}/"\ntitle = "{title}"\n', "content/_index.md": "---\ntitle: Home\n---\n",
          "archetypes/default.md": "---\ntitle: '{{ .Name }}'\ndate: {{ .Date }}\n---\n",
          "layouts/_default/single.html": "{{ .Content }}\n"}, "content/about.md", bundles=True, lower=True),
    Site("Zola", ["content/{kind}", "content/blog"], ["toml"], ["key"], ["date"], ["@/{section}/{file}"],
         {"config.toml": 'base_url = "https://{host}"\ntitle = "{title}"\n[markdown]\n',
          "content/_index.md": "+++\n+++\n", "templates/page.html": "{{ page.content }}\n"}, "content/about.md"),
    Site("Eleventy", ["src/{kind}", "src/posts", "posts"], ["yaml"], ["key", "key", "both"], ["date", "date", "", "posted"],
         ["/{section}/{undated}/"],
         {"eleventy.config.js": 'export default () => ({ dir: { input: "src" } });\n', "package.json": '{ "private": true }\n',
          "src/_includes/post.njk": "{{ content | safe }}\n"}, "src/about.md"),
    Site("Astro", ["src/content/{kind}", "src/content/blog"], ["yaml"], ["key"],
         ["pubDate", "date", "publishDate", "published", "postedAt"], ["/{section}/{name}/"],
         {"astro.config.mjs": 'export default { site: "https://{host}" };\n', "package.json": '{ "private": true }\n',
          "src/content/config.ts": "export const collections = {};\n", "src/pages/index.astro": "---\n---\n"},
         "src/pages/about.md", (".md", ".md", ".mdx"), lower=True),
    Site("Obsidian", ["Weekly", "Journal/Weekly", "{kind}", "3 Reviews/Weekly"], ["yaml", "yaml", "none"],
         ["heading", "both", "none"], ["created", "", "date", "day"], ["[[{name}]]"],
         {".obsidian/app.json": "{}\n", ".obsidian/community-plugins.json": '["periodic-notes"]\n',
          "Templates/Person.md": "# {{title}}\n"}, "Projects/About.md"),
    Site("MkDocs", ["docs/{kind}", "docs/updates"], ["yaml", "none"], ["key", "heading", "both"], ["date", ""], ["{file}"],
         {"mkdocs.yml": "site_name: {title}\n", "docs/index.md": "# {title}\n"}, "docs/about.md"),
    Site("Pelican", ["content/{kind}", "content"], ["headers"], ["key"], ["Date"], ["{filename}{file}"],
         {"pelicanconf.py": 'SITENAME = "{title}"\nPATH = "content"\n'}, "content/pages/about.md"),
    Site("plain folder", ["{kind}", "", "notes", "docs/{kind}"], ["none", "none", "yaml", "headers"],
         ["heading", "heading", "both", "key"], ["", "date", "written", "created_at"], ["{file}"],
         {"README.md": "# {title}\n"}, "reading.md"),
    Site("snips", ["soups/{kind}", "soup"], ["trailer"], ["both", "key"], ["created_at", "published_at"], ["/{name}"],
         {"soups/people/{author}.snip.markdown": "Somebody.\n\n:name: {author}\n:render_as: Person\n"},
         "soups/wiki/about.snip.markdown", extensions=(".snip.markdown",)),
]


def needs_quotes(text: str) -> bool:
    """Whether YAML reads a plain scalar otherwise than as this text."""
    return bool(re.search(r": |:$| #|^[\s\-?:,\[\]{}#&*!|>'\"%@`]|^$|\s$|^[\d.:_-]+$|^(true|false|yes|no|null|on|off)$|[\[\]]",
                          text, re.I))


def scalar(value: Any, form: str, quotes: str) -> str:
    """A value as a syntax writes it; `quotes` is what YAML texts are always given, or nothing."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) or form == "headers" or isinstance(value, Bare) and form != "json":
        return str(value)
    if form in ("toml", "json"):
        return json.dumps(str(value), ensure_ascii=False)
    mark = quotes or ('"' if needs_quotes(value) else "")
    inner = value.replace("'", "''") if mark == "'" else value.replace('"', '\\"') if mark else value
    return mark + inner + mark


def block(keys: Keys, form: str, quotes: str, flow: bool) -> list[str]:
    """The lines of the metadata. `flow` writes lists in brackets."""
    if form == "json":
        return json.dumps(keys, ensure_ascii=False, indent=2).split("\n")
    lines, tables, mark = [], [], {"toml": " = ", "trailer": ": "}.get(form, ": ")
    for key, value in keys.items():
        name = f":{key}" if form == "trailer" else key
        if isinstance(value, dict):
            if form == "toml":
                tables += ["", f"[{key}]", *block(value, form, quotes, True)]
            else:
                lines += [f"{name}:", *("  " + line for line in block(value, form, quotes, True))]
        elif isinstance(value, list):
            texts = [scalar(item, form, quotes) for item in value]
            if form == "headers":
                lines.append(f"{name}: {', '.join(texts)}")
            elif flow or form == "toml":
                lines.append(f"{name}{mark}[{', '.join(texts)}]")
            else:
                lines += [f"{name}:", *("  - " + text for text in texts)]
        else:
            lines.append(f"{name}{mark}{scalar(value, form, quotes)}")
    return lines + tables


def document(keys: Keys, body: list[str], form: str, quotes: str, flow: bool) -> str:
    """A file of metadata and body."""
    lines = block(keys, form, quotes, flow) if keys else []
    fence = {"yaml": "---", "toml": "+++"}.get(form)
    if not lines:
        whole = body
    elif form == "trailer":
        whole = [*body, "", *lines]
    elif fence:
        whole = [fence, *lines, fence, "", *body]
    else:
        whole = [*lines, "", *body]
    return "\n".join(whole) + "\n"


def site_files(site: Site, title: str, language: Language, author: str) -> dict[str, str]:
    """The files that every site of this kind has."""
    def put(text: str) -> str:
        return text.replace("{title}", title).replace("{host}", slug(title) + ".example").replace("{author}", author)
    return {put(path): put(text) for path, text in site.files.items()}


def kind_folder(site: Site, kind: str, rng: random.Random) -> str:
    name = kind if site.name == "Obsidian" else slug(kind)
    return rng.choice(site.folders).replace("{kind}", name)
