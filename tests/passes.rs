//! No commit passes by: a link to a page that is renamed, removed or moved is reported on every kind of site, whatever else
//! leads nowhere there, in the working tree and in the index.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fs;
use support::scratch::Repository;

/// What is done to the note of week 19: its new path, and what is put in the place of what in it.
struct Change(Option<&'static str>, &'static str, &'static str);

/// A site whose note of week `{}` is linked to.
struct Site {
    config: (&'static str, &'static str),
    /// The path of a note, and what stands before its text.
    page: &'static str,
    matter: &'static str,
    /// The ways to link to it.
    links: &'static [&'static str],
    changes: &'static [Change],
}

const YAML: &str = "---\ntitle: Week {}\n---\n";

const SITES: [Site; 10] = [
    Site {
        config: ("_config.yml", "title: Beans\n"),
        page: "_posts/2024-01-{}-week-{}.md",
        matter: YAML,
        links: &[
            "/2024/01/{}/week-{}/",
            "/2024/01/{}/week-{}.html",
            "{% post_url 2024-01-{}-week-{} %}",
            "{{ site.baseurl }}{% link _posts/2024-01-{}-week-{}.md %}",
            "{{ '/2024/01/{}/week-{}/' | relative_url }}",
        ],
        changes: &[
            Change(Some("_posts/2024-01-19-week-019.md"), "", ""),
            Change(Some("_posts/2024-01-18-week-19.md"), "", ""),
            Change(Some("_posts/2024-01-19-Week-19.md"), "", ""),
            Change(None, "", ""),
        ],
    },
    Site {
        config: ("_config.yml", "title: Beans\n"),
        page: "weeknotes/week-{}.md",
        matter: YAML,
        links: &[
            "/weeknotes/week-{}",
            "/weeknotes/week-{}.html",
            "week-{}.html",
        ],
        changes: &[
            Change(
                Some("weeknotes/week-019.md"),
                "Week 19\n---",
                "Week 019\n---",
            ),
            Change(Some("old/week-19.md"), "", ""),
            Change(None, "", ""),
        ],
    },
    Site {
        config: ("hugo.toml", "baseURL = 'https://example.org/'\n"),
        page: "content/posts/week-{}.md",
        matter: YAML,
        links: &[
            "/posts/week-{}/",
            "../week-{}/",
            "{{< ref \"/posts/week-{}\" >}}",
        ],
        changes: &[
            Change(Some("content/posts/week-019.md"), "", ""),
            Change(Some("content/old/week-19.md"), "", ""),
            Change(None, "", ""),
        ],
    },
    Site {
        config: ("hugo.toml", "baseURL = 'https://example.org/'\n"),
        page: "content/posts/{}/index.md",
        matter: "---\ntitle: Week {}\nslug: week-{}\n---\n",
        links: &["/posts/week-{}/"],
        changes: &[
            Change(Some("content/posts/19/index.md"), "week-19", "nineteen"),
            Change(Some("content/posts/019/index.md"), "week-19", "week-019"),
            Change(Some("content/posts/19/index.md"), "slug: week-19\n", ""),
            Change(None, "", ""),
        ],
    },
    Site {
        config: (".eleventy.js", ""),
        page: "src/notes/week-{}/index.md",
        matter: YAML,
        links: &[
            "/notes/week-{}/",
            "../week-{}/",
            "{{ '/notes/week-{}/' | url }}",
        ],
        changes: &[
            Change(Some("src/notes/week-019/index.md"), "", ""),
            Change(Some("src/old/week-19/index.md"), "", ""),
            Change(None, "", ""),
        ],
    },
    Site {
        config: (".eleventy.js", ""),
        page: "{}.md",
        matter: "---\ntitle: Week {}\npermalink: /w/week-{}/\n---\n",
        links: &["/w/week-{}/"],
        changes: &[
            Change(Some("19.md"), "/w/week-19", "/weeks/19"),
            Change(Some("nineteen.md"), "/w/week-19", "/w/nineteen"),
            Change(None, "", ""),
        ],
    },
    Site {
        config: ("astro.config.mjs", ""),
        page: "src/content/blog/week-{}.md",
        matter: YAML,
        links: &["/blog/week-{}", "/blog/week-{}/", "./week-{}.md"],
        changes: &[
            Change(Some("src/content/blog/week-019.md"), "", ""),
            Change(Some("src/content/old/week-19.md"), "", ""),
            Change(None, "", ""),
        ],
    },
    Site {
        config: ("LICENSE", ""),
        page: "notes/week-{}.md",
        matter: "# Week {}\n",
        links: &[
            "week-{}.md",
            "./week-{}.md",
            "../notes/week-{}.md#beans",
            "/notes/week-{}.md",
            "week-{}",
        ],
        changes: &[
            Change(Some("notes/week-019.md"), "", ""),
            Change(
                Some("notes/week19.md"),
                "# Week 19",
                "# The nineteenth week",
            ),
            Change(Some("notes/Week-19.md"), "", ""),
            Change(Some("old/week-19.md"), "", ""),
            Change(None, "", ""),
        ],
    },
    Site {
        config: ("config.toml", "base_url = 'https://example.org'\n"),
        page: "content/notes/week-{}.md",
        matter: "+++\ntitle = \"Week {}\"\n+++\n",
        links: &["@/notes/week-{}.md", "/notes/week-{}/", "../week-{}/"],
        changes: &[
            Change(Some("content/notes/week-019.md"), "", ""),
            Change(Some("content/old/week-19.md"), "", ""),
            Change(None, "", ""),
        ],
    },
    Site {
        config: (".obsidian/app.json", "{}"),
        page: "weeks/Week {}.md",
        matter: "",
        links: &[
            "Week%20{}.md",
            "weeks/Week%20{}.md",
            "../weeks/Week%20{}.md",
        ],
        changes: &[
            Change(Some("weeks/Week 019.md"), "", ""),
            Change(None, "", ""),
        ],
    },
];

const RUNS: [&[&str]; 4] = [
    &[],
    &["--staged"],
    &["--since", "HEAD"],
    &["--staged", "--since", "HEAD"],
];

fn of_week(text: &str, week: u32) -> String {
    text.replace("{}", &week.to_string())
}

impl Site {
    /// The site with a note for each of 21 weeks, `count` of which link to week 19, in all ways by turns.
    fn committed(&self, count: usize) -> Repository {
        let repository = Repository::new(&[self.config]);
        let mut links = self.links.iter().cycle().take(count);
        for week in 10..=30 {
            let link = (week != 19).then(|| links.next()).flatten();
            let link = link.map(|link| of_week(link, 19));
            let link = link.map_or(String::new(), |link| {
                format!("As [then]({link}), it rained.\n")
            });
            let text = format!(
                "{}\nIn week {week} the beans grew by {} millimetres, and the shed was painted.\n\n## Beans\n\n{link}",
                of_week(self.matter, week),
                week * 7,
            );
            repository.write(&of_week(self.page, week), text);
        }
        repository.commit();
        repository
    }
}

impl Change {
    /// Renames, moves, changes or removes the note of week 19.
    fn make(&self, site: &Site, repository: &Repository) {
        let path = of_week(site.page, 19);
        let text = fs::read_to_string(repository.path().join(&path)).expect("it can be read");
        repository.remove(&path);
        if let Some(path) = self.0 {
            repository.write(
                path,
                match self.1 {
                    "" => text,
                    old => text.replacen(old, self.2, 1),
                },
            );
        }
    }
}

/// The links that a run reports as broken.
fn broken(repository: &Repository, arguments: &[&str]) -> Vec<String> {
    let mut found = repository.found(arguments);
    found.retain(|finding| finding.ends_with("error[links/missing-target]"));
    found
}

#[test]
fn every_link_to_a_page_that_is_renamed_moved_or_removed_is_reported() {
    for site in &SITES {
        for count in [1, 19] {
            let repository = site.committed(count);
            let all: Vec<_> = RUNS.iter().map(|run| repository.found(run)).collect();
            assert_eq!(all, vec![vec![""; 0]; RUNS.len()], "{}", site.page);
            for change in site.changes {
                change.make(site, &repository);
                let what = format!("{} is {:?}, {count}", site.page, change.0);
                assert_eq!(broken(&repository, &[]).len(), count, "{what}, not added");
                repository.git(&["add", "--all"]);
                for run in RUNS {
                    let found = broken(&repository, run);
                    assert_eq!(found.len(), count, "{what}: {run:?} {found:?}");
                }
                repository.git(&["reset", "--quiet", "--hard"]);
            }
        }
    }
}

#[test]
fn the_new_address_is_named_and_a_commit_with_all_links_corrected_passes() {
    for site in &SITES {
        let repository = site.committed(19);
        let change = site.changes.first().expect("a change");
        change.make(site, &repository);
        let run = repository.lint(&[]);
        let now = change.0.expect("a new path");
        let words: Vec<&str> = run.out.split_whitespace().collect();
        let renamed = format!(
            "`{}` was renamed to `{now}`; the page is now at",
            of_week(site.page, 19)
        );
        let is_named = words.join(" ").replace("│ ", "").contains(&renamed);
        assert!(
            is_named || now == of_week(site.page, 19),
            "{renamed}\n{}",
            run.out
        );
        repository.lint(&["--fix", "--unsafe-fixes"]);
        repository.git(&["add", "--all"]);
        for run in RUNS {
            assert_eq!(repository.found(run), [""; 0], "{}", site.page);
        }
        let text = fs::read_to_string(repository.path().join(of_week(site.page, 29)));
        let text = text.expect("it can be read");
        assert!(
            text.contains("As [then]("),
            "the link is still there: {text}"
        );
    }
}
