//! What led somewhere in HEAD, or in the revision of `--since`, and does not now, on every kind of site: one note of 22 is
//! renamed, deleted, moved, or given another address by its metadata, and one or nineteen others link to it.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::scratch::Repository;

/// A site. In its texts `{n}` is the number of a week, `{date}` its Friday as `2024-01-19` and `{day}` as `2024/01/19`.
struct Site {
    name: &'static str,
    /// What makes it a site.
    files: &'static [(&'static str, &'static str)],
    /// Where notes lie.
    path: &'static str,
    /// How notes begin.
    head: &'static str,
    /// How others link to them: a destination, or a wikilink.
    link: &'static str,
    changes: &'static [Change],
}

/// What happens to the third note.
struct Change {
    /// Its path afterwards; empty for the same.
    to: &'static str,
    /// What is written in the place of what in it.
    edit: (&'static str, &'static str),
    then: Then,
}

/// What becomes of the links to it.
#[derive(Clone, Copy)]
enum Then {
    /// They break, and lead to the page again if they are written like this.
    Mended(&'static str),
    /// They break for good.
    Gone,
    /// They break as long as the page is a draft.
    Withdrawn,
    /// They lead to the page as before.
    Kept,
}

const SAME: (&str, &str) = ("", "");

const fn gone() -> Change {
    Change {
        to: "",
        edit: SAME,
        then: Then::Gone,
    }
}

const fn moved(to: &'static str, link: &'static str) -> Change {
    Change {
        to,
        edit: SAME,
        then: Then::Mended(link),
    }
}

const fn edited(from: &'static str, into: &'static str, link: &'static str) -> Change {
    Change {
        to: "",
        edit: (from, into),
        then: Then::Mended(link),
    }
}

/// It becomes a draft where it lies.
const fn withdrawn(from: &'static str, into: &'static str) -> Change {
    Change {
        to: "",
        edit: (from, into),
        then: Then::Withdrawn,
    }
}

const fn kept(to: &'static str, from: &'static str, into: &'static str) -> Change {
    Change {
        to,
        edit: (from, into),
        then: Then::Kept,
    }
}

const YAML: &str = "---\ntitle: Week {n}\ndate: {date}\n---\n";
const UNDATED: &str = "---\ntitle: Week {n}\n---\n";
const TOML: &str = "+++\ntitle = \"Week {n}\"\ndate = {date}\n+++\n";
const HEADING: &str = "# Week {n}\n";

const JEKYLL: (&str, &str) = ("_config.yml", "title: Beans\n");
const HUGO: (&str, &str) = ("hugo.toml", "baseURL = 'https://beans.example.org/'\n");
const ZOLA: (&str, &str) = ("config.toml", "base_url = 'https://beans.example.org'\n");

const ASTRO_ROUTE: &str = "---\nexport async function getStaticPaths() {\n  const notes = await \
    getCollection('notes');\n  return notes.map((note) => ({ params: { slug: note.id }, props: note }));\n}\n---\n";

const SITES: &[Site] = &[
    Site {
        name: "Jekyll",
        files: &[JEKYLL],
        path: "_posts/{date}-week-{n}.md",
        head: UNDATED,
        link: "/{day}/week-{n}.html",
        changes: &[
            gone(),
            withdrawn("---\n\n", "published: false\n---\n\n"),
            moved("_posts/{date}-week-3-rain.md", "/{day}/week-3-rain.html"),
            moved("_posts/2024-01-18-week-3.md", "/2024/01/18/week-3.html"),
            moved("hens/_posts/{date}-week-3.md", "/hens/{day}/week-3.html"),
            edited("---\n\n", "slug: rain\n---\n\n", "/{day}/rain.html"),
            edited(
                "---\n\n",
                "date: 2024-01-18\n---\n\n",
                "/2024/01/18/week-3.html",
            ),
            edited("---\n\n", "permalink: /rain/\n---\n\n", "/rain/"),
            kept("_posts/old/{date}-week-3.md", "", ""),
            kept("_posts/{date}-rain.md", "---\n\n", "slug: week-3\n---\n\n"),
            kept(
                "_posts/{date}-rain.md",
                "---\n\n",
                "redirect_from: /{day}/week-3.html\n---\n\n",
            ),
        ],
    },
    Site {
        name: "Jekyll, pretty",
        files: &[("_config.yml", "permalink: pretty\n")],
        path: "_posts/{date}-week-{n}.md",
        head: UNDATED,
        link: "/{day}/week-{n}/",
        changes: &[
            gone(),
            moved("_posts/{date}-week-3-rain.md", "/{day}/week-3-rain/"),
            moved("_posts/2024-01-18-week-3.md", "/2024/01/18/week-3/"),
            moved("hens/_posts/{date}-week-3.md", "/hens/{day}/week-3/"),
            edited(
                "---\n\n",
                "categories: [hens]\n---\n\n",
                "/hens/{day}/week-3/",
            ),
            kept("_posts/old/{date}-week-3.md", "", ""),
        ],
    },
    Site {
        name: "Jekyll, pattern",
        files: &[(
            "_config.yml",
            "permalink: /notes/:title/\nbaseurl: /beans\n",
        )],
        path: "_posts/{date}-week-{n}.md",
        head: UNDATED,
        link: "{{ site.baseurl }}/notes/week-{n}/",
        changes: &[
            gone(),
            moved(
                "_posts/{date}-week-3-rain.md",
                "{{ site.baseurl }}/notes/week-3-rain/",
            ),
            edited(
                "---\n\n",
                "permalink: /rain/\n---\n\n",
                "{{ site.baseurl }}/rain/",
            ),
            kept("_posts/2024-01-18-week-3.md", "", ""),
        ],
    },
    Site {
        name: "Jekyll, tags",
        files: &[JEKYLL],
        path: "_posts/{date}-week-{n}.md",
        head: UNDATED,
        link: "{% post_url {date}-week-{n} %}",
        changes: &[
            gone(),
            withdrawn("---\n\n", "published: false\n---\n\n"),
            moved(
                "_posts/{date}-week-3-rain.md",
                "{% post_url {date}-week-3-rain %}",
            ),
            moved(
                "_posts/2024-01-18-week-3.md",
                "{% post_url 2024-01-18-week-3 %}",
            ),
            kept(
                "_posts/{date}-week-3.md",
                "---\n\n",
                "permalink: /rain/\n---\n\n",
            ),
        ],
    },
    Site {
        name: "Jekyll, collection",
        files: &[("_config.yml", "collections:\n  notes:\n    output: true\n")],
        path: "_notes/week-{n}.md",
        head: YAML,
        link: "/notes/week-{n}.html",
        changes: &[
            gone(),
            withdrawn("---\n\n", "published: false\n---\n\n"),
            moved("_notes/week-3-rain.md", "/notes/week-3-rain.html"),
            moved("_notes/old/week-3.md", "/notes/old/week-3.html"),
            moved("hens/week-3.md", "/hens/week-3.html"),
            edited("---\n\n", "permalink: /rain/\n---\n\n", "/rain/"),
        ],
    },
    Site {
        name: "Jekyll, source",
        files: &[("_config.yml", "source: src\n")],
        path: "src/_posts/{date}-week-{n}.md",
        head: UNDATED,
        link: "/{day}/week-{n}.html",
        changes: &[
            gone(),
            moved(
                "src/_posts/{date}-week-3-rain.md",
                "/{day}/week-3-rain.html",
            ),
            moved("src/_posts/2024-01-18-week-3.md", "/2024/01/18/week-3.html"),
            moved(
                "src/hens/_posts/{date}-week-3.md",
                "/hens/{day}/week-3.html",
            ),
            edited("---\n\n", "slug: rain\n---\n\n", "/{day}/rain.html"),
        ],
    },
    Site {
        name: "Hugo",
        files: &[HUGO],
        path: "content/posts/week-{n}.md",
        head: YAML,
        link: "/posts/week-{n}/",
        changes: &[
            gone(),
            withdrawn("---\n\n", "draft: true\n---\n\n"),
            moved("content/posts/week-3-rain.md", "/posts/week-3-rain/"),
            moved("content/hens/week-3.md", "/hens/week-3/"),
            moved("content/posts/hens/week-3.md", "/posts/hens/week-3/"),
            edited("---\n\n", "slug: rain\n---\n\n", "/posts/rain/"),
            edited("---\n\n", "url: /rain/\n---\n\n", "/rain/"),
            kept("content/posts/week-3/index.md", "", ""),
            kept("content/posts/rain.md", "---\n\n", "slug: week-3\n---\n\n"),
            kept(
                "content/hens/rain.md",
                "---\n\n",
                "aliases: [/posts/week-3/]\n---\n\n",
            ),
        ],
    },
    Site {
        name: "Hugo, relative",
        files: &[HUGO],
        path: "content/posts/week-{n}.md",
        head: YAML,
        link: "../week-{n}/",
        changes: &[
            gone(),
            withdrawn("---\n\n", "draft: true\n---\n\n"),
            moved("content/posts/week-3-rain.md", "../week-3-rain/"),
            moved("content/hens/week-3.md", "../../hens/week-3/"),
            edited("---\n\n", "slug: rain\n---\n\n", "../rain/"),
        ],
    },
    Site {
        name: "Hugo, permalinks",
        files: &[(
            "hugo.toml",
            "baseURL = 'https://beans.example.org/'\n[permalinks]\nposts = '/:year/:month/:slug/'\n",
        )],
        path: "content/posts/{n}.md",
        head: "---\ntitle: Week {n}\ndate: 2024-01-19\nslug: week-{n}\n---\n",
        link: "/2024/01/week-{n}/",
        changes: &[
            gone(),
            moved("content/hens/3.md", "/hens/week-3/"),
            edited("slug: week-3", "slug: rain", "/2024/01/rain/"),
            edited("2024-01-19", "2024-02-02", "/2024/02/week-3/"),
            edited("slug: week-3", "url: /rain/", "/rain/"),
            kept("content/posts/3-rain.md", "", ""),
            kept("", "2024-01-19", "2024-01-18"),
        ],
    },
    Site {
        name: "Hugo, bundles",
        files: &[HUGO],
        path: "content/posts/week-{n}/index.md",
        head: YAML,
        link: "/posts/week-{n}/",
        changes: &[
            gone(),
            moved("content/posts/week-3-rain/index.md", "/posts/week-3-rain/"),
            moved("content/hens/week-3/index.md", "/hens/week-3/"),
            edited("---\n\n", "slug: rain\n---\n\n", "/posts/rain/"),
            kept("content/posts/week-3.md", "", ""),
        ],
    },
    Site {
        name: "Hugo, ref",
        files: &[HUGO],
        path: "content/posts/week-{n}.md",
        head: YAML,
        link: "{{< ref \"/posts/week-{n}.md\" >}}",
        changes: &[
            gone(),
            withdrawn("---\n\n", "draft: true\n---\n\n"),
            moved(
                "content/posts/week-3-rain.md",
                "{{< ref \"/posts/week-3-rain.md\" >}}",
            ),
            moved("content/hens/week-3.md", "{{< ref \"/hens/week-3.md\" >}}"),
            kept("", "---\n\n", "slug: rain\n---\n\n"),
        ],
    },
    Site {
        name: "Zola, paths",
        files: &[ZOLA],
        path: "content/notes/week-{n}.md",
        head: TOML,
        link: "@/notes/week-{n}.md",
        changes: &[
            gone(),
            withdrawn("+++\n\n", "draft = true\n+++\n\n"),
            moved("content/notes/week-3-rain.md", "@/notes/week-3-rain.md"),
            moved("content/hens/week-3.md", "@/hens/week-3.md"),
            kept("", "+++\n\n", "slug = 'rain'\n+++\n\n"),
        ],
    },
    Site {
        name: "Zola, addresses",
        files: &[ZOLA],
        path: "content/notes/week-{n}.md",
        head: TOML,
        link: "/notes/week-{n}/",
        changes: &[
            gone(),
            withdrawn("+++\n\n", "draft = true\n+++\n\n"),
            moved("content/notes/week-3-rain.md", "/notes/week-3-rain/"),
            moved("content/hens/week-3.md", "/hens/week-3/"),
            edited("+++\n\n", "slug = 'rain'\n+++\n\n", "/notes/rain/"),
            edited("+++\n\n", "path = 'rain'\n+++\n\n", "/rain/"),
            kept(
                "content/notes/rain.md",
                "+++\n\n",
                "aliases = ['/notes/week-3/']\n+++\n\n",
            ),
        ],
    },
    Site {
        name: "Eleventy",
        files: &[(".eleventy.js", "module.exports = () => {};\n")],
        path: "posts/week-{n}.md",
        head: YAML,
        link: "/posts/week-{n}/",
        changes: &[
            gone(),
            moved("posts/week-3-rain.md", "/posts/week-3-rain/"),
            moved("hens/week-3.md", "/hens/week-3/"),
            edited("---\n\n", "permalink: /rain/\n---\n\n", "/rain/"),
            kept(
                "posts/rain.md",
                "---\n\n",
                "permalink: /posts/week-3/\n---\n\n",
            ),
        ],
    },
    Site {
        name: "Eleventy, permalink",
        files: &[(".eleventy.js", "module.exports = () => {};\n")],
        path: "posts/{n}.md",
        head: "---\ntitle: Week {n}\ndate: {date}\npermalink: /notes/week-{n}/\n---\n",
        link: "/notes/week-{n}/",
        changes: &[
            gone(),
            edited("/notes/week-3/", "/notes/rain/", "/notes/rain/"),
            edited("permalink: /notes/week-3/\n", "", "/posts/3/"),
            kept("hens/3.md", "", ""),
        ],
    },
    Site {
        name: "Astro",
        files: &[("astro.config.mjs", "export default {};\n")],
        path: "src/content/notes/week-{n}.md",
        head: YAML,
        link: "/notes/week-{n}/",
        changes: &[
            gone(),
            moved("src/content/notes/week-3-rain.md", "/notes/week-3-rain/"),
            moved("src/content/hens/week-3.md", "/hens/week-3/"),
            edited("---\n\n", "slug: rain\n---\n\n", "/notes/rain/"),
        ],
    },
    Site {
        name: "Pelican",
        files: &[("pelicanconf.py", "PATH = 'content'\n")],
        path: "content/week-{n}.md",
        head: "Title: Week {n}\nDate: {date}\n",
        link: "{filename}week-{n}.md",
        changes: &[
            gone(),
            moved("content/week-3-rain.md", "{filename}week-3-rain.md"),
            moved("content/hens/week-3.md", "{filename}hens/week-3.md"),
            kept("", "Date", "Slug: rain\nDate"),
        ],
    },
    Site {
        name: "Pelican, from the root",
        files: &[("pelicanconf.py", "PATH = 'content'\n")],
        path: "content/notes/week-{n}.md",
        head: "Title: Week {n}\nDate: {date}\n",
        link: "{filename}/notes/week-{n}.md",
        changes: &[
            gone(),
            moved(
                "content/notes/week-3-rain.md",
                "{filename}/notes/week-3-rain.md",
            ),
            moved("content/hens/week-3.md", "{filename}/hens/week-3.md"),
        ],
    },
    Site {
        name: "Pelican, addresses",
        files: &[("pelicanconf.py", "PATH = 'content'\n")],
        path: "content/{n}.md",
        head: "Title: Week {n}\nDate: {date}\n",
        link: "/week-{n}.html",
        changes: &[
            gone(),
            edited("Date", "Slug: rain\nDate", "/rain.html"),
            edited("Week 3", "Week 3: rain", "/week-3-rain.html"),
            kept("content/hens/3.md", "", ""),
        ],
    },
    Site {
        name: "MkDocs",
        files: &[("mkdocs.yml", "site_name: Beans\n")],
        path: "docs/notes/week-{n}.md",
        head: HEADING,
        link: "week-{n}.md",
        changes: &[
            gone(),
            moved("docs/notes/week-3-rain.md", "week-3-rain.md"),
            moved("docs/hens/week-3.md", "../hens/week-3.md"),
        ],
    },
    Site {
        name: "Docusaurus, relative",
        files: &[("docusaurus.config.js", "export default {};\n")],
        path: "docs/week-{n}.md",
        head: UNDATED,
        link: "./week-{n}.md",
        changes: &[
            gone(),
            withdrawn("---\n\n", "draft: true\n---\n\n"),
            moved("docs/week-3-rain.md", "./week-3-rain.md"),
            moved("docs/hens/week-3.md", "./hens/week-3.md"),
            kept("", "---\n\n", "slug: rain\n---\n\n"),
        ],
    },
    Site {
        name: "Docusaurus, absolute",
        files: &[("docusaurus.config.js", "export default {};\n")],
        path: "docs/week-{n}.md",
        head: UNDATED,
        link: "/docs/week-{n}",
        changes: &[
            gone(),
            withdrawn("---\n\n", "draft: true\n---\n\n"),
            edited("---\n\n", "slug: rain\n---\n\n", "/docs/rain"),
            moved("docs/week-3-rain.md", "/docs/week-3-rain"),
            moved("docs/hens/week-3.md", "/docs/hens/week-3"),
        ],
    },
    Site {
        name: "VitePress, relative",
        files: &[("docs/.vitepress/config.js", "export default {};\n")],
        path: "docs/notes/week-{n}.md",
        head: HEADING,
        link: "./week-{n}.md",
        changes: &[
            gone(),
            moved("docs/notes/week-3-rain.md", "./week-3-rain.md"),
            moved("docs/hens/week-3.md", "../hens/week-3.md"),
        ],
    },
    Site {
        name: "VitePress, absolute",
        files: &[("docs/.vitepress/config.js", "export default {};\n")],
        path: "docs/notes/week-{n}.md",
        head: HEADING,
        link: "/notes/week-{n}.html",
        changes: &[
            gone(),
            moved("docs/notes/week-3-rain.md", "/notes/week-3-rain.html"),
            moved("docs/hens/week-3.md", "/hens/week-3.html"),
        ],
    },
    Site {
        name: "mdBook, relative",
        files: &[("book.toml", "[book]\ntitle = 'Beans'\n")],
        path: "src/notes/week-{n}.md",
        head: HEADING,
        link: "week-{n}.md",
        changes: &[
            gone(),
            moved("src/notes/week-3-rain.md", "week-3-rain.md"),
            moved("src/hens/week-3.md", "../hens/week-3.md"),
        ],
    },
    Site {
        name: "mdBook, absolute",
        files: &[("book.toml", "[book]\ntitle = 'Beans'\n")],
        path: "src/notes/week-{n}.md",
        head: HEADING,
        link: "/notes/week-{n}.html",
        changes: &[
            gone(),
            moved("src/notes/week-3-rain.md", "/notes/week-3-rain.html"),
            moved("src/hens/week-3.md", "/hens/week-3.html"),
        ],
    },
    Site {
        name: "Astro, collection",
        files: &[
            ("astro.config.mjs", "export default {};\n"),
            ("src/pages/log/[...slug].astro", ASTRO_ROUTE),
        ],
        path: "src/content/notes/week-{n}.md",
        head: UNDATED,
        link: "/log/week-{n}/",
        changes: &[
            gone(),
            withdrawn("---\n\n", "draft: true\n---\n\n"),
            moved("src/content/notes/Rain 3.md", "/log/rain-3/"),
            moved("src/content/notes/hens/week-3.md", "/log/hens/week-3/"),
            edited("---\n\n", "slug: rain\n---\n\n", "/log/rain/"),
        ],
    },
    Site {
        name: "Docusaurus, blog",
        files: &[("docusaurus.config.js", "export default {};\n")],
        path: "blog/{date}-week-{n}.md",
        head: UNDATED,
        link: "/blog/{day}/week-{n}",
        changes: &[
            gone(),
            moved("blog/2024-01-18-week-3.md", "/blog/2024/01/18/week-3"),
            edited("---\n\n", "slug: rain\n---\n\n", "/blog/rain"),
            kept("blog/{day}/week-{n}.md", "", ""),
        ],
    },
    Site {
        name: "VitePress, base",
        files: &[(
            "docs/.vitepress/config.js",
            "export default { base: '/beans/', srcDir: 'text' };\n",
        )],
        path: "docs/text/week-{n}.md",
        head: HEADING,
        link: "/beans/week-{n}.html",
        changes: &[
            gone(),
            moved("docs/text/week-3-rain.md", "/beans/week-3-rain.html"),
            moved("docs/text/hens/week-3.md", "/beans/hens/week-3.html"),
            kept("docs/text/week-3/index.md", "", ""),
        ],
    },
    Site {
        name: "Hugo, slug of a section",
        files: &[
            HUGO,
            (
                "content/posts/_index.md",
                "---\ntitle: All\nslug: log\n---\n",
            ),
        ],
        path: "content/posts/week-{n}.md",
        head: YAML,
        link: "/log/week-{n}/",
        changes: &[
            gone(),
            moved("content/posts/week-3-rain.md", "/log/week-3-rain/"),
            moved("content/hens/week-3.md", "/hens/week-3/"),
        ],
    },
    Site {
        name: "Obsidian",
        files: &[(".obsidian/app.json", "{}\n")],
        path: "notes/week-{n}.md",
        head: HEADING,
        link: "[[week-{n}]]",
        changes: &[
            gone(),
            moved("notes/week-3-rain.md", "[[week-3-rain]]"),
            kept("hens/week-3.md", "", ""),
            kept(
                "notes/rain.md",
                "# Week 3\n",
                "---\naliases: [week-3]\n---\n# Week 3\n",
            ),
        ],
    },
    Site {
        name: "Obsidian, paths",
        files: &[(".obsidian/app.json", "{}\n")],
        path: "notes/week-{n}.md",
        head: HEADING,
        link: "[[notes/week-{n}|that week]]",
        changes: &[
            gone(),
            moved("notes/week-3-rain.md", "[[notes/week-3-rain|that week]]"),
            moved("hens/week-3.md", "[[hens/week-3|that week]]"),
        ],
    },
    Site {
        name: "Obsidian, Markdown",
        files: &[(".obsidian/app.json", "{}\n")],
        path: "notes/week-{n}.md",
        head: HEADING,
        link: "week-{n}.md",
        changes: &[
            gone(),
            moved("notes/week-3-rain.md", "week-3-rain.md"),
            kept("hens/week-3.md", "", ""),
        ],
    },
    Site {
        name: "Obsidian, alias",
        files: &[(".obsidian/app.json", "{}\n")],
        path: "notes/week-{n}.md",
        head: "---\naliases: [beans {n}]\n---\n# Week {n}\n",
        link: "[[beans {n}]]",
        changes: &[
            gone(),
            edited("beans 3", "rain", "[[week-3]]"),
            kept("notes/rain.md", "", ""),
            kept("hens/beans 3.md", "beans 3", "rain"),
        ],
    },
    Site {
        name: "snips",
        files: &[],
        path: "soups/weeknotes/week-{n}.snip.markdown",
        head: HEADING,
        link: "/week-{n}",
        changes: &[
            gone(),
            moved("soups/weeknotes/week-3-rain.snip.markdown", "/week-3-rain"),
            kept("soups/hens/week-3.snip.markdown", "", ""),
        ],
    },
    Site {
        name: "plain",
        files: &[],
        path: "notes/week-{n}.md",
        head: HEADING,
        link: "week-{n}.md",
        changes: &[
            gone(),
            moved("notes/week-3-rain.md", "week-3-rain.md"),
            moved("hens/week-3.md", "../hens/week-3.md"),
        ],
    },
    Site {
        name: "plain, without extension",
        files: &[],
        path: "notes/week-{n}.md",
        head: HEADING,
        link: "../notes/week-{n}",
        changes: &[
            gone(),
            moved("notes/week-3-rain.md", "week-3-rain"),
            moved("hens/week-3.md", "../hens/week-3"),
        ],
    },
    Site {
        name: "addresses that links show",
        files: &[
            ("package.json", "{}\n"),
            (
                "about.md",
                "[1](/blog/week-1/) [2](/blog/week-2/) [22](/blog/week-22/)\n",
            ),
        ],
        path: "posts/week-{n}.md",
        head: YAML,
        link: "/blog/week-{n}/",
        changes: &[
            gone(),
            moved("posts/week-3-rain.md", "/blog/week-3-rain/"),
            kept("old/week-3.md", "", ""),
            kept("", "---\n\n", "draft: true\n---\n\n"),
            // Nothing tells that the site reads it.
            kept("", "---\n\n", "slug: rain\n---\n\n"),
        ],
    },
    Site {
        name: "slugs that links show",
        files: &[
            ("package.json", "{}\n"),
            (
                "about.md",
                "[1](/blog/week-1/) [2](/blog/week-2/) [22](/blog/week-22/)\n",
            ),
        ],
        path: "posts/{n}.md",
        head: "---\ntitle: Week {n}\nslug: week-{n}\n---\n",
        link: "/blog/week-{n}/",
        changes: &[
            gone(),
            edited("slug: week-3", "slug: rain", "/blog/rain/"),
            kept("posts/3-rain.md", "", ""),
        ],
    },
];

/// How the tool is run on what is staged and not committed.
const WAYS: [&[&str]; 4] = [
    &[],
    &["--staged"],
    &["--since", "HEAD"],
    &["--staged", "--since", "HEAD"],
];

/// And on what is committed.
const LATER: [&str; 2] = ["--since", "HEAD~1"];

impl Site {
    /// The text of a note, with a link to the third one.
    fn note(&self, week: usize, is_linking: bool) -> String {
        let words = [
            "beans", "hens", "peas", "leeks", "pumpkins", "sage", "chard",
        ];
        let word = |step: usize| words[(week * step + step) % words.len()];
        let mut text = filled(self.head, week);
        text += &format!("\nWe counted {} and {} of {week} beds.\n", word(1), word(2));
        text += &format!("\nThen it rained on the {} for {week} days.\n", word(3));
        if is_linking {
            text += &format!("\nAs in {}.\n", link(self.link));
        }
        text
    }
}

/// A text for a week.
fn filled(text: &str, week: usize) -> String {
    let day = 4 + 7 * (week - 1);
    let (month, day) = [31, 29, 31, 30, 31, 30]
        .into_iter()
        .enumerate()
        .scan(0, |before, (month, days)| {
            *before += days;
            Some((month + 1, *before, days))
        })
        .find(|(_, end, _)| day < *end)
        .map(|(month, end, days)| (month, day + days - end + 1))
        .expect("a week of the first half of the year");
    text.replace("{n}", &week.to_string())
        .replace("{date}", &format!("2024-{month:02}-{day:02}"))
        .replace("{day}", &format!("2024/{month:02}/{day:02}"))
}

/// A link to the third note.
fn link(pattern: &str) -> String {
    let link = filled(pattern, 3);
    match link.starts_with("[[") {
        true => link,
        false => format!("[that week]({link})"),
    }
}

/// The findings as `path:line rule`, and what each of them advises.
fn found(repository: &Repository, ways: &[&str]) -> (BTreeSet<String>, Vec<String>) {
    let run = repository.lint(
        &[
            &[
                "--format",
                "json",
                "--rule",
                "week/gap=off",
                "--rule",
                "metadata/missing-key=off",
            ],
            ways,
        ]
        .concat(),
    );
    let report: Value = serde_json::from_str(&run.out).expect("the report is JSON");
    let all = report["diagnostics"].as_array().expect("a list");
    let place = |one: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        let line = &one["range"]["start"]["line"];
        format!("{}:{line} {}", text(&one["path"]), text(&one["rule"]))
    };
    let help = |one: &Value| one["help"].as_str().unwrap_or("").to_owned();
    (
        all.iter().map(place).collect(),
        all.iter().map(help).collect(),
    )
}

/// What a change does wrong, by how the tool is run.
fn failures(
    site: &Site,
    change: &Change,
    repository: &Repository,
    linking: &[usize],
    ways: &[&[&str]],
) -> Vec<String> {
    let old = filled(site.path, 3);
    let to = match change.to {
        "" => old.clone(),
        to => filled(to, 3),
    };
    let is_gone = change.to.is_empty() && change.edit == SAME;
    let text = site.note(3, false);
    let (from, into) = (filled(change.edit.0, 3), filled(change.edit.1, 3));
    assert!(text.contains(&from), "{}: {from}", site.name);
    repository.remove(&old);
    if !is_gone {
        repository.write(&to, text.replacen(&from, &into, 1));
    }
    repository.git(&["add", "--all"]);
    let rule = match site.link.starts_with("[[") {
        true => "links/wikilink",
        false => "links/missing-target",
    };
    let line = site.note(3, true).lines().count();
    let is_kept = matches!(change.then, Then::Kept);
    let paths = linking.iter().map(|week| filled(site.path, *week));
    let paths: Vec<String> = paths.collect();
    let broken = paths.iter().map(|path| format!("{path}:{line} {rule}"));
    let broken: BTreeSet<String> = broken.filter(|_| !is_kept).collect();
    let advice = match (is_gone, to == old) {
        (true, _) => format!("`{old}` was removed"),
        _ if matches!(change.then, Then::Withdrawn) => format!("`{old}` is now a draft"),
        (_, true) => format!("it led to `{old}`"),
        _ => format!("`{old}` was renamed to `{to}`"),
    };
    let mut failures = Vec::new();
    let mut check = |ways: &[&str]| {
        let (places, helps) = found(repository, ways);
        if places != broken {
            let missed = broken.difference(&places).count();
            let more: Vec<&String> = places.difference(&broken).take(2).collect();
            failures.push(format!("{ways:?}: {missed} missed, reported {more:?}"));
        } else if let Some(help) = helps.iter().find(|help| !help.starts_with(&advice)) {
            failures.push(format!("{ways:?}: {help}"));
        }
    };
    ways.iter().for_each(|ways| check(ways));
    if linking.len() == 1 {
        repository.git(&["commit", "--quiet", "--message", "changed"]);
        check(&LATER);
        repository.git(&["reset", "--quiet", "--soft", "HEAD~1"]);
    }
    if let Then::Mended(meant) = change.then {
        repository.lint(&["--fix", "--unsafe-fixes"]);
        let meant = format!("As in {}.", link(meant));
        let read = |path: &String| std::fs::read_to_string(repository.path().join(path));
        let texts = paths.iter().map(|path| read(path).expect("it can be read"));
        let wrong: Vec<String> = texts.filter(|text| !text.contains(&meant)).collect();
        if let Some(text) = wrong.first() {
            let last = text.lines().last();
            failures.push(format!("{} of {}: {last:?}", wrong.len(), linking.len()));
        }
        repository.git(&["add", "--all"]);
        let (places, _) = found(repository, ways.first().expect("at least one"));
        if let Some(place) = places.first() {
            failures.push(format!("after the fix: {place}"));
        }
    }
    repository.git(&["reset", "--quiet", "--hard"]);
    let what = format!("{old} -> {} {into:?}", if is_gone { "" } else { &to });
    let told = |failure| format!("{}, {} links, {what}: {failure}", site.name, linking.len());
    failures.into_iter().map(told).collect()
}

/// All that a site's changes do wrong, with so many notes that link to the one that is changed, in all ways or one by one.
fn failures_of(site: &Site, linking: &[usize], in_all_ways: bool) -> Vec<String> {
    let repository = Repository::new(site.files);
    for week in 1..=22 {
        let text = site.note(week, linking.contains(&week));
        repository.write(&filled(site.path, week), text);
    }
    repository.commit();
    let (before, _) = found(&repository, &[]);
    let before = before.into_iter();
    let mut all: Vec<String> = before.map(|one| format!("{}: {one}", site.name)).collect();
    for (index, change) in site.changes.iter().enumerate() {
        let one = [WAYS[(index + linking.len()) % WAYS.len()]];
        let ways = if in_all_ways { &WAYS[..] } else { &one };
        all.extend(failures(site, change, &repository, linking, ways));
    }
    all
}

/// Tries every site, with one link and with nineteen.
fn check_all(in_all_ways: bool) {
    let many: Vec<usize> = (4..=22).collect();
    let tasks = SITES
        .iter()
        .flat_map(|site| [(site, &[20][..]), (site, &many)]);
    let tasks: Vec<(&Site, &[usize])> = tasks.collect();
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((site, linking)) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = failures_of(site, linking, in_all_ways);
                    failed.lock().expect("no thread has failed").extend(found);
                }
            });
        }
    });
    let mut failed = failed.into_inner().expect("no thread has failed");
    failed.sort();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// With `CI` set, the tool is run in every way; that takes a minute.
#[test]
fn every_link_that_breaks_is_reported_and_follows_the_page() {
    check_all(std::env::var_os("CI").is_some());
}
