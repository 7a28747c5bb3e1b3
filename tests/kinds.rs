//! Archives of many kinds, as their authors keep them: each is understood, gives no error or warning while it is clean,
//! and one finding at its cause for each of some typical mistakes.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

use jiff::ToSpan;
use jiff::civil::{Date, date};
use weeknote_lint::archive::Archive;
use weeknote_lint::config::Config;
use weeknote_lint::diagnostic::Severity;
use weeknote_lint::lint;

type Files = Vec<(String, String)>;

/// An archive with a note for each week from a Monday on. In templates stand
///
/// | `{n}` `{nnn}` | the number of the note, from 1 |
/// | `{n3}` | the same, from 3 |
/// | `{season}` `{episode}` | the same, ten to a season |
/// | `{year}` `{week}` `{ww}` | the ISO week |
/// | `{mon}` `{fri}` `{sun}` | its days, as `2024-01-01` |
/// | `{Mon}` `{Fri}` `{Sun}` | the same as `1 January 2024` |
/// | `{fri_day}` | its Friday as `5-january` |
/// | `{dir}` | year and month of its Friday, as `2024/01` |
/// | `{topic}` `{slug}` `{letter}` | words and letters that come again |
struct Kind {
    name: &'static str,
    /// Files beside the notes.
    site: &'static [(&'static str, &'static str)],
    from: Date,
    notes: i64,
    path: &'static str,
    text: &'static str,
    /// The name and the numbering of the only series.
    series: (&'static str, &'static str),
    /// The number of a note, what is replaced in its text (or else in its path), by what, and the rule that finds it.
    mistakes: &'static [(i64, &'static str, &'static str, &'static str)],
}

const NONE: &[(&str, &str)] = &[];
const POST: (&str, &str) = (
    "posts/on-hens.md",
    "---\ntitle: On hens\ndate: 2023-04-05\n---\n\nThere are 12 of them, for 3 weeks now.\n",
);

const KINDS: &[Kind] = &[
    Kind {
        name: "Hugo: bundles in folders of years",
        site: &[
            ("hugo.toml", ""),
            (
                "archetypes/weeknotes.md",
                "---\ntitle: Week {{ .Name }}\n---\n",
            ),
            (
                "content/weeknotes/_index.md",
                "---\ntitle: Weeknotes\n---\n",
            ),
        ],
        from: date(2022, 11, 7),
        notes: 60,
        path: "content/weeknotes/{year}/week-{ww}/index.md",
        text: "---\ntitle: \"Week {week}, {year}: {topic}\"\ndate: {fri}T17:00:00Z\ntags: [garden]\n---\n\nBeans.\n",
        series: ("content/weeknotes/N", "ISO weeks"),
        mistakes: &[
            (30, "Beans.", "{% include hens.html %}", "body/placeholder"),
            (30, "Beans.", "Beans.\n{:.big}", "body/placeholder"),
            (
                30,
                "Beans.",
                "[x]({{ site.baseurl }}/beans)",
                "body/placeholder",
            ),
            (30, "Week 22", "Week 21", "week/disagreement"),
            (30, ", 2023", ", 2022", "week/disagreement"),
            (30, "date: 2023", "date: 2022", "week/wrong-date"),
            (30, "tags", "tgas", "metadata/unknown-key"),
            (30, "tags: [garden]\n", "", "metadata/missing-key"),
        ],
    },
    Kind {
        name: "weeks of a year that only the folder says, at the turn of two years",
        site: NONE,
        from: date(2020, 6, 1),
        notes: 90,
        path: "weeknotes/{year}/{ww}.md",
        text: "---\ndate: {sun}\n---\n\n# Week {week}\n\nBeans.\n",
        series: ("weeknotes/N", "ISO weeks"),
        mistakes: &[
            (40, "# Week 9", "# Week 8", "week/disagreement"),
            (40, "2021-03-07", "2021-01-07", "week/wrong-date"),
            (32, "2021-01-10", "2020-01-10", "week/wrong-date"),
            (
                40,
                "Beans.",
                "[x]({% post_url 2021-03-07-a %})",
                "body/placeholder",
            ),
        ],
    },
    Kind {
        name: "a blog that is titled by the week, and named by its topics",
        site: &[("_config.yml", ""), POST],
        from: date(2023, 1, 2),
        notes: 30,
        path: "_posts/{fri}-{slug}.md",
        text: "---\ntitle: \"Weeknotes {n}: {topic}\"\n---\n\nBeans.\n",
        series: ("_posts", "weeks since Monday 2022-12-26 (week 0)"),
        mistakes: &[
            (20, "Weeknotes 20", "Weeknotes 19", "week/duplicate"),
            (20, "Beans.", "<%= by('ada') %>", "body/placeholder"),
            (20, "Beans.", "{{% note \"x\" %}}", "body/placeholder"),
            (20, "Weeknotes 20", "Weeknotes 30", "week/duplicate"),
        ],
    },
    Kind {
        name: "Hexo: descriptions, tags, and templates of its own",
        site: &[
            ("_config.yml", ""),
            (
                "scaffolds/post.md",
                "---\ntitle: {{ title }}\ndate: {{ date }}\n---\n",
            ),
        ],
        from: date(2023, 1, 2),
        notes: 40,
        path: "source/_posts/week-{n}.md",
        text: "---\nlayout: post\ntitle: \"Week {n}\"\ndate: {fri}\ndescription: From {fri} on I was in the garden\ntags: [beans, weeknotes]\n---\n\nBeans.\n",
        series: ("source/_posts/N", "weeks since Monday 2022-12-26 (week 0)"),
        mistakes: &[
            (20, "weeknotes]", "wenotes]", "metadata/invalid-value"),
            (20, "weeknotes]", "weeknote]", "metadata/invalid-value"),
            (
                20,
                "[beans, weeknotes]",
                "wekenotes",
                "metadata/invalid-value",
            ),
            (20, "\"Week 20\"", "\"\"", "metadata/invalid-value"),
            (20, "\"Week 20\"", "“Week 20”", "metadata/invalid-value"),
            (20, "\"Week 20\"", "Week #20", "metadata/syntax"),
            (20, "\"Week 20\"", "TODO", "body/placeholder"),
            (20, "layout:", "layout", "metadata/syntax"),
            (20, "\ndate", "\n date", "metadata/syntax"),
            (
                20,
                "date:",
                "date: 2032-01-02\ndate:",
                "metadata/duplicate-key",
            ),
            (
                20,
                "date:",
                "<<<<<<< HEAD\n=======\ntitle: Week 19\n>>>>>>> b\ndate:",
                "body/conflict-marker",
            ),
            (20, "From 2023-05-19", "From 2023-05-12", "body/placeholder"),
        ],
    },
    Kind {
        name: "Jekyll: no number anywhere, and the day of the post in its title",
        site: &[
            ("_config.yml", ""),
            (
                "_drafts/weeknotes.md",
                "---\ntitle: \"Weeknotes: \"\n---\n\n[x]()\n",
            ),
        ],
        from: date(2024, 1, 1),
        notes: 30,
        path: "_posts/{sun}-weeknotes.md",
        text: "---\ntitle: \"Weeknotes, {Sun}\"\n---\n\nBeans.\n",
        series: ("_posts/DATE", "dates"),
        mistakes: &[(20, "19 May", "12 May", "week/duplicate")],
    },
    Kind {
        name: "nothing but a key says which week it is",
        site: &[POST],
        from: date(2023, 1, 2),
        notes: 80,
        path: "notes/{fri}.md",
        text: "---\ntitle: {topic}\nweek: {ww}\ndate: {fri}\n---\n\nBeans.\n",
        series: ("notes/DATE", "ISO weeks"),
        mistakes: &[(20, "week: 20", "week: 10", "week/duplicate")],
    },
    Kind {
        name: "Astro: dates in words, in quotes",
        site: &[("astro.config.mjs", "")],
        from: date(2023, 1, 2),
        notes: 40,
        path: "src/content/blog/week-{n}.md",
        text: "---\ntitle: 'Week {n}: {topic}'\npubDate: '{Sun}'\ndescription: 'Beans'\n---\n\nBeans.\n",
        series: (
            "src/content/blog/N",
            "weeks since Monday 2022-12-26 (week 0)",
        ),
        mistakes: &[
            (20, "May 2023", "Mya 2023", "metadata/invalid-value"),
            (20, "May 2023", "May 2022", "week/wrong-date"),
            (20, "description: 'Beans'\n", "", "metadata/missing-key"),
            (20, "'Beans'", "'the hen's beans'", "metadata/syntax"),
        ],
    },
    Kind {
        name: "Eleventy: the last day of the week, metadata in the folder",
        site: &[
            ("eleventy.config.js", ""),
            ("src/weeknotes/weeknotes.json", "{\"layout\":\"post.njk\"}"),
        ],
        from: date(2024, 1, 1),
        notes: 25,
        path: "src/weeknotes/week-ending-{sun}.md",
        text: "---\ntitle: Week ending {Sun}\n---\n\n## Beans\n\n[Before]({{ '/weeknotes/week-ending-2024-01-07/' | url }}#beans).\n",
        series: ("src/weeknotes/week-ending-DATE", "dates"),
        mistakes: &[
            (13, "---\ntitle", "\n---\ntitle", "metadata/syntax"),
            (
                13,
                "ending-2024-01-07/'",
                "endnig-2024-01-07/'",
                "links/missing-target",
            ),
            (13, "#beans", "#bean", "links/missing-fragment"),
            (13, "31 March", "24 March", "week/duplicate"),
            (13, "31 March", "31 April", "week/impossible"),
            (13, "---\nt", "---\nT", "metadata/unknown-key"),
        ],
    },
    Kind {
        name: "a plain folder: ranges of days, without metadata",
        site: &[("README.md", "# Weeknotes\n")],
        from: date(2024, 7, 1),
        notes: 32,
        path: "weeknotes/{mon}.md",
        text: "# {Mon} to {Sun}\n\nBeans.\n",
        series: ("weeknotes/DATE", "dates"),
        mistakes: &[(
            10,
            "2 September 2024 to 8 September",
            "26 August 2024 to 1 September",
            "week/duplicate",
        )],
    },
    Kind {
        name: "number and range in one title, without dates elsewhere",
        site: NONE,
        from: date(2022, 1, 3),
        notes: 52,
        path: "notes/{nnn}.md",
        text: "# Week {n} ({Mon} - {Sun})\n\nBeans.\n",
        series: ("notes/N", "weeks since Monday 2021-12-27 (week 0)"),
        mistakes: &[
            (20, "Week 20", "Week 19", "week/disagreement"),
            (20, "16 May", "9 May", "week/disagreement"),
            (20, "16 May", "26 May", "week/impossible"),
        ],
    },
    Kind {
        name: "an Obsidian vault with daily notes beside the weekly ones",
        site: &[
            (".obsidian", ""),
            ("Templates/Weekly.md", "# {{date}}\n"),
            ("Daily/2024-02-12.md", "# A Monday\n"),
            ("Daily/2024-02-13.md", "[[2024-W07]]\n"),
        ],
        from: date(2023, 12, 25),
        notes: 24,
        path: "Weekly/{dir}/{year}-W{ww}.md",
        text: "# {year}-W{ww}\n\nBeans on [[2024-02-12]].\n",
        series: ("Weekly/N", "ISO weeks"),
        mistakes: &[
            (10, "# 2024-W09", "# 2024-W08", "week/disagreement"),
            (2, "# 2024-W01", "# 2023-W01", "week/disagreement"),
            (2, "[[2024-02-12", "[[2024-20-12", "links/wikilink"),
        ],
    },
    Kind {
        name: "ISO weeks through the long years 2015, 2020, 2026 and 2032",
        site: NONE,
        from: date(2014, 12, 29),
        notes: 950,
        path: "log/{year}-w{ww}.md",
        text: "---\ndate: {mon}\n---\n\n# {year} W{ww}\n\nBeans.\n",
        series: ("log/N", "ISO weeks"),
        mistakes: &[
            (314, "2020 W53", "2021 W53", "week/disagreement"),
            (522, "2024-12-23", "2024-11-23", "week/wrong-date"),
            (523, "2025", "2024", "week/disagreement"),
        ],
    },
    Kind {
        name: "Pelican: unfenced headers",
        site: &[("content/pages/about.md", "Title: About\n\nBeans.\n")],
        from: date(2020, 12, 7),
        notes: 30,
        path: "content/weeknotes-{year}-w{ww}.md",
        text: "Title: Weeknotes {year} W{ww}\nDate: {fri} 18:00\nCategory: Weeknotes\nAuthor: Ada Byron\n\nBeans.\n",
        series: ("content/N", "ISO weeks"),
        mistakes: &[
            (9, "2021 W05", "2021 W04", "week/disagreement"),
            (9, "Date: 2021", "Date: 2020", "week/wrong-date"),
            (9, "Author", "Auhtor", "metadata/unknown-key"),
            (9, "Author: Ada Byron\n", "", "metadata/missing-key"),
        ],
    },
    Kind {
        name: "seasons and episodes",
        site: &[("_config.yml", "")],
        from: date(2021, 2, 1),
        notes: 45,
        path: "_posts/{fri}-weeknotes-s{season}e{episode}.md",
        text: "---\ntitle: \"Weeknotes S0{season}E{episode}: {topic}\"\n---\n\nBeans.\n",
        series: ("_posts/N", "seasons and episodes"),
        mistakes: &[
            (25, "S03E5", "S03E4", "week/disagreement"),
            (25, "S03E5", "S02E5", "week/disagreement"),
        ],
    },
    Kind {
        name: "cycles of ten weeks",
        site: NONE,
        from: date(2021, 2, 1),
        notes: 25,
        path: "updates/cycle-{season}-week-{episode}.md",
        text: "---\ntitle: Cycle {season}, week {episode}\ndate: {fri}\n---\n\nBeans.\n",
        series: ("updates/N", "seasons and episodes"),
        mistakes: &[
            (15, "week 5", "week 4", "week/disagreement"),
            (15, "2021-05", "2020-05", "week/wrong-date"),
        ],
    },
    Kind {
        name: "Zola: TOML, a count in folders of its own",
        site: &[
            ("config.toml", "base_url = \"https://hens.example\"\n"),
            ("content/weekly/_index.md", "+++\ntitle = \"Weekly\"\n+++\n"),
        ],
        from: date(2022, 1, 3),
        notes: 40,
        path: "content/weekly/{n}/index.md",
        text: "+++\ntitle = \"Weekly {n}\"\ndate = {sun}\n+++\n\n## Plans {#p}\n\n[One](@/weekly/1/index.md#p), [all](@/weekly/_index.md), [two].\n\n[two]: @/weekly/2/index.md#plans\n",
        series: ("content/weekly/N", "weeks since Monday 2021-12-27 (week 0)"),
        mistakes: &[
            (19, "@/weekly/1/", "@/weekly/I/", "links/missing-target"),
            (
                19,
                "@/weekly/1/index.md",
                "@/weekly/1",
                "links/missing-target",
            ),
            (19, "#plans", "#plan", "links/missing-fragment"),
            (
                19,
                "## Plans",
                "[x]({{< ref \"a.md\" >}})\n\n## Plans",
                "body/placeholder",
            ),
            (19, "Weekly 19", "Weekly 18", "week/disagreement"),
            (19, "weekly/19", "weekly/91", "week/disagreement"),
            (19, "2022-05", "2022-03", "week/wrong-date"),
        ],
    },
    Kind {
        name: "a folder for every week",
        site: &[("README.md", "# Weeknotes\n")],
        from: date(2024, 1, 1),
        notes: 12,
        path: "week-{n}/README.md",
        text: "# Week {n}\n\nBeans.\n",
        series: ("N", "numbers in sequence"),
        mistakes: &[(8, "Week 8", "Week 7", "week/disagreement")],
    },
    Kind {
        name: "topics for names in a folder of weeknotes",
        site: &[
            ("astro.config.mjs", ""),
            ("src/content/weeknotes/index.mdx", "# Weeknotes\n"),
        ],
        from: date(2024, 1, 1),
        notes: 24,
        path: "src/content/weeknotes/{slug}-{letter}.mdx",
        text: "---\ntitle: {topic}\npubDate: {fri}\nsummary: Beans\n---\n\nBeans.\n",
        series: ("src/content/weeknotes", "dates"),
        mistakes: &[(8, "summary: Beans\n", "", "metadata/missing-key")],
    },
    Kind {
        name: "German weeks of the year",
        site: NONE,
        from: date(2023, 1, 2),
        notes: 56,
        path: "notizen/{year}-kw{ww}.md",
        text: "# KW {week}/{year}\n\nBohnen.\n",
        series: ("notizen/N", "ISO weeks"),
        mistakes: &[
            (12, "KW 12", "KW 11", "week/disagreement"),
            (52, "KW 52", "KW 53", "week/disagreement"),
        ],
    },
    Kind {
        name: "French weeks of the year",
        site: &[("hugo.toml", "")],
        from: date(2023, 9, 4),
        notes: 40,
        path: "content/notes/{fri}-semaine-{week}.md",
        text: "---\ntitle: \"Semaine n° {week} : {topic}\"\n---\n\nHaricots.\n",
        series: ("content/notes/N", "ISO weeks"),
        mistakes: &[(20, "n° 3", "n° 2", "week/disagreement")],
    },
    Kind {
        name: "Jekyll: links by its own tags",
        site: &[
            ("_config.yml", ""),
            (
                "about.md",
                "---\ntitle: About\n---\n\n## Us\n\n[It]({% link _posts/hens/2023-01-13-on-hens.md %}).\n",
            ),
            (
                "_posts/hens/2023-01-13-on-hens.md",
                "---\ntitle: On hens\n---\n\n## Hens\n\n{% raw %}[x]({% post_url x %}){% endraw %}\n\n{%- comment -%}\n[x]({% post_url y %})\n{%- endcomment -%}\n",
            ),
        ],
        from: date(2023, 1, 16),
        notes: 30,
        path: "_posts/{fri}-weeknotes-{n3}.md",
        text: "---\ntitle: \"Weeknotes {n3}\"\n---\n\n## Plans\n\n[Two]({% post_url /hens/2023-01-13-on-hens %}), [plans]({{ site.baseurl }}{% post_url 2023-01-20-weeknotes-3 %}#plans), [weeknotes 3][3], [us]({{ site.url }}{% link about.md %}#us), [About]({{ '/about/' | relative_url }}), [feed]({{ site.baseurl }}{% link feed.xml %}), <a href=\"{% post_url 2023-01-20-weeknotes-3 %}\">it</a>.\n\n[3]: {% post_url 2023-01-20-weeknotes-3 %}\n",
        series: ("_posts/N", "weeks since Monday 2022-12-26 (week 0)"),
        mistakes: &[
            (
                20,
                "[Two]({% post_url /hens/2023-01-13",
                "[Two]({% post_url /hens/2023-01-31",
                "links/missing-target",
            ),
            (
                20,
                "weeknotes-3 %}#plans",
                "weeknotes-3.md %}#plans",
                "links/missing-target",
            ),
            (
                20,
                "weeknotes-3 %}#plans",
                "weeknotes-3 %}#plan",
                "links/missing-fragment",
            ),
            (
                20,
                "3]: {% post_url 2023-01-20-weeknotes-3",
                "3]: {% post_url 2023-01-20-weeknote-3",
                "links/missing-target",
            ),
            (
                20,
                "{% link about.md",
                "{% link abuot.md",
                "links/missing-target",
            ),
            (
                20,
                "about.md %}#us",
                "about.md %}#them",
                "links/missing-fragment",
            ),
            (
                20,
                "href=\"{% post_url 2023-01-20",
                "href=\"{% post_url 2023-01-21",
                "links/missing-target",
            ),
            (
                20,
                "[weeknotes 3][3]",
                "[weeknotes 4][3]",
                "week/wrong-link",
            ),
        ],
    },
    Kind {
        name: "Hugo: links by its own shortcodes",
        site: &[
            ("hugo.toml", ""),
            ("content/notes/_index.md", "---\ntitle: Notes\n---\n"),
            ("content/Hens.md", "---\ntitle: Hens\n---\n\n## Coop\n"),
        ],
        from: date(2023, 1, 2),
        notes: 30,
        path: "content/notes/week-{n}/index.md",
        text: "---\ntitle: Week {n}\ndate: {fri}\n---\n\n## Plans\n\n[1]({{< ref \"week-1\" >}}), [plans]({{% relref \"/notes/week-1#plans\" %}}), [2]({{< relref `../week-2/index.md` >}}), [hens]({{< ref Hens.md >}}), [all]({{< ref \"/notes\" >}}), [tagged]({{< ref \"/tags/beans\" >}}), [here]({{< ref \"#plans\" >}}), [coop][].\n\n[coop]: {{< ref \"/hens.md#coop\" >}}\n",
        series: ("content/notes/N", "weeks since Monday 2022-12-26 (week 0)"),
        mistakes: &[
            (
                20,
                "ref \"week-1\"",
                "ref \"wek-1\"",
                "links/missing-target",
            ),
            (
                20,
                "/notes/week-1#",
                "/note/week-1#",
                "links/missing-target",
            ),
            (
                20,
                "week-1#plans",
                "week-1#plants",
                "links/missing-fragment",
            ),
            (20, "Hens.md", "Henns.md", "links/missing-target"),
            (20, "#coop", "#cop", "links/missing-fragment"),
            (20, "../week-2/", "../week-99/", "links/missing-target"),
        ],
    },
    Kind {
        name: "Chinese weeks of the year",
        site: NONE,
        from: date(2024, 11, 4),
        notes: 25,
        path: "weekly/{year}-{ww}.md",
        text: "---\ntitle: {year}年第 {ww} 周\ndate: {sun}\n---\n\n豆。\n",
        series: ("weekly/N", "ISO weeks"),
        mistakes: &[
            (11, "第 03", "第 02", "week/disagreement"),
            (11, "2025年", "2024年", "week/disagreement"),
        ],
    },
    Kind {
        name: "Turkish and short: the number before its word, W and the number alone",
        site: NONE,
        from: date(2022, 11, 7),
        notes: 60,
        path: "notlar/{year}/w{week}.md",
        text: "---\ntitle: \"{week}. hafta\"\ndate: {fri}\n---\n\n# W{week}\n\nFasulye.\n",
        series: ("notlar/N", "ISO weeks"),
        mistakes: &[
            (20, "# W12", "# W11", "week/disagreement"),
            (20, "12. hafta", "13. hafta", "week/disagreement"),
        ],
    },
    Kind {
        name: "Korean weeks of the year",
        site: NONE,
        from: date(2022, 11, 7),
        notes: 60,
        path: "weekly/{year}-{ww}.md",
        text: "---\ntitle: {year}년 {week}주차 회고\ndate: {sun}\n---\n\n콩.\n",
        series: ("weekly/N", "ISO weeks"),
        mistakes: &[(20, "12주차", "11주차", "week/disagreement")],
    },
    Kind {
        name: "a vault whose headings leave out the year, with topics that are numbers",
        site: &[(".obsidian", "")],
        from: date(2022, 11, 7),
        notes: 60,
        path: "Weekly/{year}-W{ww}.md",
        text: "# Week {week} – {topic}\n\nBeans.\n",
        series: ("Weekly/N", "ISO weeks"),
        mistakes: &[(20, "# Week 12", "# Week 11", "week/disagreement")],
    },
    Kind {
        name: "weeks of the year in titles alone",
        site: &[("_config.yml", "")],
        from: date(2023, 11, 6),
        notes: 90,
        path: "_posts/{fri}-{slug}.md",
        text: "---\ntitle: Weeknotes {year} week {week}\n---\n\nBeans.\n",
        series: ("_posts", "ISO weeks"),
        mistakes: &[
            (59, "week 51", "week 53", "week/impossible"),
            (59, "week 51", "week 50", "week/duplicate"),
        ],
    },
    Kind {
        name: "first days of weeks, as \"w/c\" and date",
        site: NONE,
        from: date(2022, 11, 7),
        notes: 40,
        path: "weeknotes/{n}.md",
        text: "---\ntitle: w/c {Mon}\ndate: {fri}\n---\n\nBeans.\n",
        series: ("weeknotes/N", "weeks since Monday 2022-10-31 (week 0)"),
        mistakes: &[
            (20, "20 March", "13 March", "week/duplicate"),
            (12, "2023\ndate", "2022\ndate", "week/disagreement"),
        ],
    },
    Kind {
        name: "a count of notes in title and key, beside their ISO weeks",
        site: NONE,
        from: date(2022, 3, 7),
        notes: 60,
        path: "log/{year}-W{ww}.md",
        text: "---\ntitle: \"Weeknotes #{n} ({year}-W{ww})\"\nissue: {n}\nyear: {year}\n---\n\nBeans.\n",
        series: ("log/N", "ISO weeks"),
        mistakes: &[
            (20, "#20", "#19", "week/disagreement"),
            (20, "issue: 20", "issue: 21", "week/disagreement"),
            (20, "W29)", "W28)", "week/disagreement"),
        ],
    },
    Kind {
        name: "weeks of a year, with the year in the title alone",
        site: NONE,
        from: date(2022, 3, 7),
        notes: 60,
        path: "log/{fri}-week-{ww}.md",
        text: "---\ntitle: Week {week}, {year}\ndate: {fri}\n---\n\nBeans.\n",
        series: ("log/N", "ISO weeks"),
        mistakes: &[(46, "2023\ndate", "2022\ndate", "week/impossible")],
    },
    Kind {
        name: "names and titles that end with the day of the month",
        site: &[("_config.yml", "")],
        from: date(2022, 11, 7),
        notes: 60,
        path: "_posts/{fri}-weeknotes-{fri_day}.md",
        text: "---\ntitle: \"Weeknotes: {Fri}\"\n---\n\nBeans.\n",
        series: ("_posts/DATE", "dates"),
        mistakes: &[
            (20, "24 March", "23 March", "week/disagreement"),
            (10, "2023", "2022", "week/disagreement"),
            (
                30,
                "title: \"Weeknotes: 2 June 2023\"\n",
                "",
                "metadata/missing-key",
            ),
        ],
    },
    Kind {
        name: "sprints of ten weeks",
        site: NONE,
        from: date(2022, 11, 7),
        notes: 60,
        path: "log/sprint-{season}-week-{episode}.md",
        text: "---\ntitle: Sprint {season}, week {episode}\ndate: {fri}\n---\n\nBeans.\n",
        series: ("log/N", "seasons and episodes"),
        mistakes: &[(25, "week 5", "week 4", "week/disagreement")],
    },
];

const TOPICS: [&str; 7] = [
    "Rain",
    "Ten ways to fix a bike",
    "On canals",
    "Hens",
    "Mending",
    "Tea for two",
    "A slow week",
];

fn filled(template: &str, kind: &Kind, n: i64) -> String {
    let monday = kind.from.saturating_add((n - 1).weeks());
    let day = |days: i64| monday.saturating_add(days.days());
    let week = monday.iso_week_date();
    let topic = TOPICS[usize::try_from(n).expect("a small number") % TOPICS.len()];
    let letter = ('a'..='z').nth(usize::try_from(n % 26).unwrap_or(0));
    let letter = letter.unwrap_or('z');
    let long = |day: Date| day.strftime("%-d %B %Y").to_string();
    [
        ("{n}", n.to_string()),
        ("{nnn}", format!("{n:03}")),
        ("{n3}", (n + 2).to_string()),
        ("{season}", ((n - 1) / 10 + 1).to_string()),
        ("{episode}", ((n - 1) % 10 + 1).to_string()),
        ("{year}", week.year().to_string()),
        ("{week}", week.week().to_string()),
        ("{ww}", format!("{:02}", week.week())),
        ("{mon}", monday.to_string()),
        ("{fri}", day(4).to_string()),
        ("{sun}", day(6).to_string()),
        ("{Mon}", long(monday)),
        ("{Sun}", long(day(6))),
        ("{Fri}", long(day(4))),
        (
            "{fri_day}",
            day(4).strftime("%-d-%B").to_string().to_lowercase(),
        ),
        ("{dir}", day(4).strftime("%Y/%m").to_string()),
        ("{topic}", topic.to_owned()),
        ("{letter}", letter.to_string()),
        ("{slug}", topic.to_lowercase().replace(' ', "-")),
    ]
    .iter()
    .fold(template.to_owned(), |text, (from, to)| {
        text.replace(from, to)
    })
}

fn files(kind: &Kind) -> Files {
    let notes = (1..=kind.notes).map(|n| (filled(kind.path, kind, n), filled(kind.text, kind, n)));
    let site = kind.site.iter();
    site.map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .chain(notes)
        .collect()
}

fn read(files: Files) -> Archive {
    lint::archive_of(files, Config::default(), date(2040, 3, 4))
}

/// The errors and warnings, as `path: rule: message`.
fn problems(archive: &Archive) -> Vec<String> {
    let (found, _) = lint::findings(archive);
    let serious = found.iter().filter(|found| found.severity > Severity::Info);
    serious
        .map(|found| {
            let document = archive.document(found.place.document);
            let path = document.map_or("", |document| &document.path);
            format!("{path}: {}: {}", found.rule, found.message)
        })
        .collect()
}

/// The series, each with the number of its notes and its numbering.
fn series(archive: &Archive) -> Vec<(String, usize, String)> {
    let series = archive.collections.iter().filter_map(|one| {
        let numbering = one.numbering.as_ref()?.describe();
        Some((one.name.clone(), one.documents.len(), numbering))
    });
    series.collect()
}

#[test]
fn each_kind_is_understood_and_clean() {
    let mut wrong = Vec::new();
    for kind in KINDS {
        let archive = read(files(kind));
        let (name, numbering) = kind.series;
        let notes = usize::try_from(kind.notes).expect("a small number");
        let expected = vec![(name.to_owned(), notes, numbering.to_owned())];
        let found = series(&archive);
        if found != expected {
            wrong.push(format!("{}: {found:?}", kind.name));
        }
        let problems = problems(&archive);
        wrong.extend(problems.iter().map(|one| format!("{}: {one}", kind.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_mistake_gives_one_finding_at_its_cause() {
    let mut wrong = Vec::new();
    for kind in KINDS {
        for (n, from, to, rule) in kind.mistakes {
            let mut files = files(kind);
            let path = filled(kind.path, kind, *n);
            let (path, text) = files
                .iter_mut()
                .find(|file| file.0 == path)
                .expect("the note is there");
            let place = if text.contains(from) {
                text
            } else {
                &mut *path
            };
            assert!(place.contains(from), "{}: {from} in {place}", kind.name);
            *place = place.replacen(from, to, 1);
            let expected = format!("{path}: {rule}: ");
            let found = problems(&read(files));
            if !matches!(found.as_slice(), [one] if one.starts_with(&expected)) {
                wrong.push(format!("{}: {from} -> {to}: {found:?}", kind.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_site_of_jekyll_may_lie_in_a_folder() {
    let post = |day: &str, text: &str| {
        (
            format!("docs/_posts/2024-01-{day}-weeknotes.md"),
            text.to_owned(),
        )
    };
    let mut files = vec![
        ("docs/_config.yml".to_owned(), String::new()),
        ("README.md".to_owned(), "# Weeknotes\n".to_owned()),
        post("05", "---\ntitle: Weeknotes\n---\n\nBeans.\n"),
        post(
            "12",
            "---\ntitle: Weeknotes\n---\n\n[It]({% post_url 2024-01-05-weeknotes %}).\n",
        ),
    ];
    assert_eq!(problems(&read(files.clone())), [""; 0]);
    files.push(post(
        "19",
        "---\ntitle: Weeknotes\n---\n\n[It]({% post_url 2024-01-21-weeknotes %}).\n",
    ));
    let found = problems(&read(files));
    let expected = "docs/_posts/2024-01-19-weeknotes.md: links/missing-target: there is no post `2024-01-21-weeknotes`";
    assert_eq!(found, [expected]);
}

fn all_clean(files: &[(&str, &str)]) -> Archive {
    let owned = files.iter();
    let owned = owned.map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let archive = read(owned.collect());
    assert_eq!(problems(&archive), [""; 0]);
    archive
}

#[test]
fn a_repository_without_notes_has_no_series() {
    let archive = all_clean(&[
        ("README.md", "# A tool\n"),
        ("CHANGELOG.md", "# 2024-02-03\n"),
        ("docs/adr/0012-hens.md", "# 12. Hens\n\nDate: 2024-02-03\n"),
        ("docs/guide.md", "# Guide\n\nIn week 3 we [x](y).\n"),
        (
            "weeknotes.md",
            "# Weeknotes\n\n## Week 2\n\nSun.\n\n## Week 1\n\nRain.\n",
        ),
    ]);
    assert!(series(&archive).is_empty());
}

#[test]
fn of_a_few_notes_nothing_is_learnt() {
    all_clean(&[("weeknotes/week-7.md", "# Weeknotes #1\n\nBeans.\n")]);
    all_clean(&[
        ("week-1.md", "---\ntitle: Week 1\n---\n\nBeans.\n"),
        ("week-2.md", "# Week 2\n\nMore beans.\n"),
    ]);
}

#[test]
fn parts_of_a_week_and_weeks_of_a_month_are_no_duplicates() {
    all_clean(&[
        ("notes/week-11.md", "# Week 11\n"),
        ("notes/week-12.md", "# Week 12, part 1\n"),
        ("notes/week-12-part-2.md", "# Week 12, part 2\n"),
        (
            "log/2024/01/week-1.md",
            "---\ndate: 2024-01-05\n---\n# Week 1\n",
        ),
        (
            "log/2024/01/week-2.md",
            "---\ndate: 2024-01-12\n---\n# Week 2\n",
        ),
        (
            "log/2024/02/week-1.md",
            "---\ndate: 2024-02-02\n---\n# Week 1\n",
        ),
    ]);
}

#[test]
fn weeks_that_begin_on_sunday_are_no_mistakes() {
    let mut files = Files::new();
    for week in 0..110 {
        let sunday = date(2022, 1, 2).saturating_add(week.weeks());
        let saturday = sunday.saturating_add(6.days());
        let (year, number) = (sunday.year(), sunday.strftime("%U").to_string());
        let text = format!(
            "---\ntitle: \"Week {number}: {} - {}\"\ndate: {saturday}\n---\n\nBeans.\n",
            sunday.strftime("%B %-d"),
            saturday.strftime("%B %-d")
        );
        files.push((format!("weeknotes/{year}/week-{number}.md"), text));
    }
    assert_eq!(problems(&read(files)), [""; 0]);
}

#[test]
fn weeks_0_and_53_of_other_calendars_are_no_mistakes() {
    let calendars: [fn(Date) -> String; 3] = [
        |day| day.strftime("%U").to_string(),
        |day| day.strftime("%W").to_string(),
        |day| format!("{:02}", (day.day_of_year() - 1) / 7 + 1),
    ];
    for (number, first) in calendars.into_iter().zip([7, 6, 5]) {
        let days = (0..160).map(|week| date(2021, 1, 1).saturating_add((7 * week + first).days()));
        let files = days.map(|day| {
            let week = format!("{}-W{}", day.year(), number(day));
            let text = format!("---\ntitle: {week}\ndate: {day}\n---\n\nBeans.\n");
            (format!("log/{week}.md"), text)
        });
        let mut files: Files = files.collect();
        assert_eq!(problems(&read(files.clone())), [""; 0]);
        // A week that no calendar has on that day.
        let (path, text) = &mut files[25];
        *path = "log/2021-W53.md".to_owned();
        *text = "---\ntitle: 2021-W53\ndate: 2021-07-01\n---\n\nBeans.\n".to_owned();
        assert_eq!(problems(&read(files)).len(), 1);
    }
}

#[test]
fn a_run_of_weeks_may_cross_the_new_year() {
    let titles: [fn(i16, i8, i16) -> String; 4] = [
        |old, last, new| format!("{old}-W{last} & {new}-W01"),
        |old, last, new| format!("W{last}/{old} - W01/{new}"),
        |_, last, _| format!("Weeks {last} and 1"),
        |old, last, new| format!("Week {last}, {old} to week 1, {new}"),
    ];
    for title in titles {
        let mut files = Files::new();
        for week in 0..170 {
            let monday = date(2020, 11, 2).saturating_add(week.weeks());
            let sunday = monday.saturating_add(6.days());
            let this = monday.iso_week_date();
            let before = monday.saturating_sub(1.week()).iso_week_date();
            let next = monday.saturating_add(1.week()).iso_week_date();
            let title = match (this.week(), next.week()) {
                (1, _) => title(before.year(), before.week(), this.year()),
                (_, 1) => continue,
                (week, _) => format!("{}-W{week:02}", this.year()),
            };
            let path = format!("notes/{}-W{:02}.md", this.year(), this.week());
            let text = format!("---\ntitle: {title}\ndate: {sunday}\n---\n\nBeans.\n");
            files.push((path, text));
        }
        let archive = read(files);
        assert_eq!(problems(&archive), [""; 0]);
        let (found, _) = lint::findings(&archive);
        assert_eq!(found.len(), 0, "a run leaves no gap: {found:?}");
    }
}

#[test]
fn mixed_forms_of_metadata_and_line_endings_make_one_series() {
    let mut files = Files::new();
    for n in 1..=30 {
        let date = date(2023, 1, 6).saturating_add(i64::from(n).weeks());
        let block = match n % 3 {
            0 => format!("---\ntitle: Week {n}\ndate: {date}\n---\n"),
            1 => format!("+++\ntitle = \"Week {n}\"\ndate = {date}\n+++\n"),
            _ => format!("{{\n\"title\": \"Week {n}\",\n\"date\": \"{date}\"\n}}\n"),
        };
        let text = format!("{block}\nBeans.\n");
        let text = if n % 2 == 0 {
            text.replace('\n', "\r\n")
        } else {
            text
        };
        files.push((format!("notes/week-{n}.md"), text));
    }
    let archive = read(files);
    assert_eq!(problems(&archive), [""; 0]);
    assert_eq!(series(&archive).len(), 1);
}
