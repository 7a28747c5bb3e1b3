use super::*;
use crate::config::Config;
use crate::lint::archive_of;

#[test]
fn a_configuration_alone_makes_no_jekyll_site() {
    let detected = |files: &[(&str, &str)]| {
        let text = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        let texts = files.iter().map(text).collect();
        let today = jiff::civil::date(2026, 3, 4);
        archive_of(texts, Config::default(), today).generator
    };
    let post = ("source/_posts/week-1.md", "# Week 1\n");
    let config = ("_config.yml", "title: Beans\n");
    let package = ("package.json", "{\"dependencies\": {\"hexo\": \"7.0.0\"}}");
    assert_eq!(detected(&[config, post]), Generator::Jekyll);
    assert_eq!(detected(&[config, post, package]), Generator::Plain);
    let scaffold = ("scaffolds/post.md", "---\ntitle: {{ title }}\n---\n");
    assert_eq!(detected(&[config, post, scaffold]), Generator::Plain);
    let hugos = ("config.yaml", "title: Beans\n");
    let content = ("content/week-1.md", "# Week 1\n");
    let archetype = ("archetypes/default.md", "---\ntitle:\n---\n");
    assert_eq!(detected(&[hugos, content, archetype]), Generator::Hugo);
    assert_eq!(detected(&[hugos, content]), Generator::Plain);
    let contents = ("_toc.yml", "format: jb-book\n");
    assert_eq!(detected(&[config, contents]), Generator::Plain);
}

#[test]
fn the_folder_of_a_site_is_that_of_its_configuration() {
    for (path, root) in [
        ("_config.yml", Some("")),
        ("site/_config.yml", Some("site/")),
        ("a/b/c/hugo.toml", Some("a/b/c/")),
        ("site/config/_default/hugo.toml", Some("site/")),
        ("docs/.vitepress/config.mts", Some("docs/")),
        ("config.rb", None),
        ("old_config.yml", None),
        ("hugo.toml.orig", None),
    ] {
        assert_eq!(configures(path), root, "{path}");
    }
}

#[test]
fn tags_are_text_where_nothing_runs_them() {
    let text = "5 <% [x][a] %> {{ [x][b] }} {% [x][c] %} {{< [x][d] >}} <% tp [x][e] %> \
             [y]({{ site.url }}/y)\n\n[a]: /a\n[b]: /b\n[c]: /c\n[d]: /d\n[e]: /e\n";
    for (beside, expected) in [
        ("photo.jpg", "abcde"),
        (".obsidian", "abcd"),
        ("config.rb", ""),
        ("_config.yml", "ae"),
        ("hugo.toml", "abce"),
        ("mkdocs.yml", "ae"),
        ("astro.config.mjs", "abcde"),
    ] {
        let files = [("week-1.md", text), (beside, "")];
        let texts = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let today = jiff::civil::date(2026, 3, 4);
        let archive = archive_of(texts.to_vec(), Config::default(), today);
        let links = &archive.documents[0].links;
        let references = links.iter().filter(|link| link.is_reference());
        let labels: String = references.map(|link| &*link.target).collect();
        assert_eq!(labels, expected, "{beside}");
        // An address is read with its tags whoever fills them in.
        let mut addresses = links.iter().map(|link| &**link.destination());
        assert_eq!(addresses.next_back(), Some("{{ site.url }}/y"), "{beside}");
    }
}
