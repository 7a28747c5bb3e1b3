use crate::archive::Archive;
use crate::config::Config;
use crate::diagnostic::DocumentId;
use crate::lint::archive_of;
use jiff::civil::date;

/// An archive of one Markdown file beside others.
fn archive(others: &[(&str, &str)], path: &str, metadata: &str) -> Archive {
    let others = others
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let page = (path.to_owned(), format!("---\n{metadata}\n---\n\nText.\n"));
    let files = others.chain([page]).collect();
    archive_of(files, Config::default(), date(2026, 3, 4))
}

/// The addresses of that file.
fn addresses_of(others: &[(&str, &str)], path: &str, metadata: &str) -> Vec<String> {
    let archive = archive(others, path, metadata);
    let document = archive.document(DocumentId(0)).unwrap();
    archive.routes.permalinks.of(document)
}

/// The same beside a site's configuration alone.
fn addresses(config: (&str, &str), path: &str, metadata: &str) -> Vec<String> {
    addresses_of(&[config], path, metadata)
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
    let script = "export default (c) => c.addGlobalData('permalink', () => address);";
    let known = addresses(("eleventy.config.js", script), "notes/a.md", "title: A");
    assert_eq!(known, [""; 0]);
    for script in ["{ rewrites: { 'a.md': 'b.md' } }", "{ srcExclude: [] }"] {
        let config = (".vitepress/config.ts", script);
        assert_eq!(addresses(config, "notes/a.md", "title: A"), [""; 0]);
    }
    let config = ("docusaurus.config.js", "docs: { routeBasePath: '/' }");
    assert_eq!(addresses(config, "docs/a.md", "title: A"), [""; 0]);
}

#[test]
fn a_route_of_astro_is_read_where_it_only_names_entries() {
    let in_route = |script: &str| {
        let route = ("src/pages/notes/[...slug].astro", script);
        addresses_of(
            &[route, ("astro.config.mjs", "")],
            "src/content/posts/Week 1.md",
            "title: A",
        )
    };
    let usual = "const all = await getCollection('posts');\n\
        return all.map((post) => ({ params: { slug: post.id }, props: post }));";
    assert_eq!(in_route(usual), ["/notes/week-1"]);
    for other in [
        &usual.replace("post.id", "slugify(post.id)"),
        &usual.replace("post.id", "`${post.id}`"),
        &usual.replace("'posts'", "name"),
        &usual.replace("return", "await getCollection('more');\nreturn"),
        "",
    ] {
        assert_eq!(in_route(other), [""; 0], "{other}");
    }
}

#[test]
fn a_configuration_that_the_generator_refuses_is_taken_for_absent_and_named() {
    for (path, config, address) in [
        ("_config.yml", "permalink: [/a/:title\n", "/2024/01/05/a"),
        ("_config.yml", "permalink: /:title/\n", "/a"),
    ] {
        let archive = archive(&[(path, config)], "_posts/2024-01-05-a.md", "title: A");
        let document = archive.document(DocumentId(0)).unwrap();
        assert_eq!(archive.routes.permalinks.of(document), [address]);
        let is_refused = config.contains('[');
        let refused = archive.routes.permalinks.refused.as_deref();
        assert_eq!(refused, is_refused.then_some(path));
    }
    let part = ("config/_default/permalinks.toml", "posts = \n");
    let main = ("config/_default/hugo.toml", "");
    let archive = archive(&[main, part], "content/posts/a.md", "title: A");
    assert_eq!(archive.routes.permalinks.refused.as_deref(), Some(part.0));
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
