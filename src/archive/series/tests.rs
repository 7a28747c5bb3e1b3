use crate::archive::{Archive, Role};
use crate::config::Config;
use crate::lint;
use jiff::civil::date;

fn archive(files: impl IntoIterator<Item = (String, String)>) -> Archive {
    let files = files.into_iter().collect();
    lint::archive_of(files, Config::default(), date(2026, 3, 4))
}

fn plain(path: &str) -> (String, String) {
    (path.to_owned(), "Beans.\n".to_owned())
}

fn tagged(path: &str) -> (String, String) {
    let text = "---\ntitle: Beans\ntags: [garden, weeknotes]\n---\n\nBeans.\n";
    (path.to_owned(), text.to_owned())
}

fn titled(path: &str, title: &str) -> (String, String) {
    (
        path.to_owned(),
        format!("---\ntitle: {title}\n---\n\nBeans.\n"),
    )
}

/// The series by name with the number of their notes.
fn series(archive: &Archive) -> Vec<(&str, usize)> {
    let series = archive.collections.iter().filter(|one| one.is_series());
    series
        .map(|one| (&*one.name, one.documents.len()))
        .collect()
}

fn role(archive: &Archive, path: &str) -> Role {
    let index = archive.documents.iter().position(|one| &*one.path == path);
    archive.profiles[index.unwrap()].role
}

#[test]
fn a_mixed_blog_has_a_series_and_pages() {
    let found = archive([
        titled("_posts/2024-03-01-weeknotes-9.md", "Weeknotes 9"),
        titled("_posts/2024-03-08-weeknotes-10.md", "Weeknotes 10"),
        titled("_posts/2024-03-15-weeknotes-s2e1.md", "Weeknotes s2e1"),
        titled("_posts/2024-03-09-on-beans.md", "On beans"),
        titled(
            "_posts/2024-05-09-10-ways-to-eat-beans.md",
            "10 ways to eat beans",
        ),
    ]);
    assert_eq!(series(&found), [("_posts/N", 3)]);
    assert_eq!(role(&found, "_posts/2024-03-09-on-beans.md"), Role::Page);
    let ways = "_posts/2024-05-09-10-ways-to-eat-beans.md";
    assert_eq!(role(&found, ways), Role::Page);
}

#[test]
fn a_dash_or_a_week_word_makes_no_other_series() {
    let found = archive([
        plain("posts/2019-01-11-weeknotes–series-02-episode-01.md"),
        plain("posts/2019-02-08-weeknotes-series-02-episode-05.md"),
    ]);
    assert_eq!(series(&found), [("posts/N", 2)]);
}

#[test]
fn authors_and_languages_make_series_of_their_own() {
    let mut files = Vec::new();
    for week in 1..=3 {
        files.push(plain(&format!("notes/ada-weeknotes-{week}.md")));
        files.push(plain(&format!("notes/grace-weeknotes-{week}.md")));
        files.push(plain(&format!("log/weeknotes-{week}.md")));
        files.push(plain(&format!("log/weeknotes-{week}.de.md")));
    }
    let found = archive(files);
    assert_eq!(
        series(&found),
        [
            ("log/N", 3),
            ("log/N.de", 3),
            ("notes/ada-N", 3),
            ("notes/grace-N", 3)
        ]
    );
}

#[test]
fn a_title_that_comes_again_makes_no_series_and_a_second_note_of_the_week_does() {
    let found = archive((1..=9).flat_map(|week| {
        let topic = ["rain", "hens", "mending"][week % 3];
        [
            plain(&format!("notes/weeknotes-{week}-{topic}.md")),
            plain(&format!("log/weeknotes-{week}.md")),
            plain(&format!("log/weeknotes-{week}-links.md")),
        ]
    }));
    let expected = [("log/N", 9), ("log/N-links", 9), ("notes/N", 9)];
    assert_eq!(series(&found), expected);
}

#[test]
fn sections_and_templates_are_no_notes() {
    let found = archive([
        titled("content/weeknotes/_index.md", "Weeknotes"),
        titled("content/weeknotes/2024/06/_index.md", "June"),
        titled("content/weeknotes/2024/06/week-23/index.md", "Week 23"),
        titled("archetypes/week-0.md", "Week 0"),
        plain("README.md"),
    ]);
    assert_eq!(series(&found), [("content/weeknotes/N", 1)]);
    assert_eq!(
        role(&found, "content/weeknotes/2024/06/_index.md"),
        Role::Page
    );
    assert_eq!(role(&found, "archetypes/week-0.md"), Role::Template);
    assert_eq!(role(&found, "README.md"), Role::Aside);
}

#[test]
fn folders_of_templates_have_many_names_and_pages_about_templates_are_pages() {
    let dated = |path: &str| {
        let text = "---\ntitle: Beans\ndate: 2024-03-01\n---\n\nBeans.\n";
        (path.to_owned(), text.to_owned())
    };
    let found = archive([
        plain("scaffolds/post.md"),
        plain("99 Templates/week.md"),
        plain("template-week.md"),
        dated("template-tags.md"),
        dated("_archetypes/post.md"),
        dated("posts/templates/index.md"),
        dated("blog/templates/2024-03-01-beans.md"),
    ]);
    for path in [
        "scaffolds/post.md",
        "99 Templates/week.md",
        "template-week.md",
        "_archetypes/post.md",
    ] {
        assert_eq!(role(&found, path), Role::Template, "{path}");
    }
    for path in [
        "template-tags.md",
        "posts/templates/index.md",
        "blog/templates/2024-03-01-beans.md",
    ] {
        assert_ne!(role(&found, path), Role::Template, "{path}");
    }
}

#[test]
fn dates_in_a_folder_of_weeknotes_are_a_series_and_those_of_a_diary_are_not() {
    let found = archive([
        plain("weeknotes/2024-03-01.md"),
        plain("weeknotes/2024-03-08-beans.md"),
        plain("diary/2024-03-01.md"),
        plain("diary/2024-03-08.md"),
        titled("entries/20240301.md", "Weeknotes"),
        titled("entries/20240308.md", "Weeknotes"),
    ]);
    assert_eq!(series(&found), [("entries/DATE", 2), ("weeknotes/DATE", 2)]);
}

#[test]
fn notes_that_are_told_by_their_tags_alone_are_a_series() {
    let mut files: Vec<_> = (1..9)
        .map(|day| tagged(&format!("posts/2024-03-0{day}-beans-and-rain.md")))
        .collect();
    files.push(titled("posts/2024-04-01-week-2.md", "Week 2"));
    files.push(titled("posts/2024-04-02-a-page.md", "A page"));
    let found = archive(files);
    assert_eq!(series(&found), [("posts", 8)]);
    assert_eq!(role(&found, "posts/2024-04-02-a-page.md"), Role::Page);
}
