use crate::archive::Archive;
use crate::config::Config;
use crate::diagnostic::DocumentId;
use crate::lint::archive_of;
use jiff::civil::date;

/// The addresses of the only Markdown file beside a site's configuration.
fn addresses(config: (&str, &str), path: &str, metadata: &str) -> Vec<String> {
    let files = [
        (config.0, config.1.to_owned()),
        (path, format!("---\n{metadata}\n---\n\nText.\n")),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text));
    let archive: Archive = archive_of(files.to_vec(), Config::default(), date(2026, 3, 4));
    let document = archive.document(DocumentId(0)).unwrap();
    archive.routes.permalinks.of(document)
}

#[test]
fn a_script_makes_addresses_that_are_not_known() {
    let script = ("eleventy.config.js", "export default {};");
    let known = addresses(script, "notes/week-1.md", "permalink: /w/{{ number }}/");
    assert_eq!(known, [""; 0]);
    assert_eq!(
        addresses(script, "notes/2024-01-05-week-1.md", "title: Week 1"),
        ["/notes/2024-01-05-week-1"]
    );
    let known = addresses(("astro.config.mjs", ""), "src/content/a.md", "title: A");
    assert_eq!(known, [""; 0]);
}

#[test]
fn a_page_is_served_below_the_path_of_its_site_as_well() {
    let hugo = ("hugo.toml", "baseURL = \"https://notes.example.net/blog/\"");
    let known = addresses(hugo, "content/posts/Week 1.md", "aliases: [/old/week-1/]");
    let all = [
        "/posts/week-1",
        "/old/week-1",
        "/blog/posts/week-1",
        "/blog/old/week-1",
    ];
    assert_eq!(known, all);
}

#[test]
fn an_unknown_placeholder_makes_an_address_unknown() {
    for style in ["/:year/:moon/:title/", "/:title/:"] {
        let jekyll = format!("permalink: \"{style}\"\n");
        let known = addresses(
            ("_config.yml", &jekyll),
            "_posts/2024-01-05-a.md",
            "title: A",
        );
        assert_eq!(known, [""; 0], "{style}");
    }
}
