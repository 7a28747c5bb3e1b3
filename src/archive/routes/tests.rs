use super::*;
use crate::config::Config;
use crate::lint::archive_of;
use jiff::civil::date;

fn archive(files: &[(&str, &str)]) -> crate::archive::Archive {
    let files = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    archive_of(files, Config::default(), date(2026, 3, 4))
}

#[test]
fn addresses_of_snips_are_stems_in_any_folder() {
    let archive = archive(&[
        ("soups/people/ada.snip.markdown", "# Ada\n\n:name: ada\n"),
        ("soups/weeknotes/week-1.snip.markdown", "# Week 1\n"),
        ("soups/work.snip.rb", ""),
    ]);
    let from = DocumentId(1);
    for address in ["/ada", "ada", "/ada/", "/ada?x=1", "/%61da"] {
        assert_eq!(
            archive.resolve(from, address),
            Target::Document(DocumentId(0)),
            "{address}"
        );
    }
    assert_eq!(
        archive.resolve(from, "/ada#tea"),
        Target::Document(DocumentId(0))
    );
    assert_eq!(archive.resolve(from, "#tea"), Target::Document(from));
    assert_eq!(archive.resolve(from, "/"), Target::Served);
    assert_eq!(
        archive.resolve(from, "/grace"),
        Target::Missing("/grace".to_owned())
    );
    assert_eq!(archive.resolve(from, "/images/a.jpg"), Target::Unknown);
    for address in ["https://example.com", "mailto:a@b.c", "//example.com/a"] {
        assert_eq!(archive.resolve(from, address), Target::External);
    }
    for address in ["/{{ page }}", "<%= page %>"] {
        assert_eq!(archive.resolve(from, address), Target::Unknown);
    }
}

#[test]
fn addresses_of_plain_folders_are_paths() {
    let archive = archive(&[
        ("notes/2024/week-1.md", "# Week 1\n"),
        ("notes/index.md", "# Notes\n"),
        ("notes/plan b.md", "# Plan\n"),
        ("notes/shed.jpg", ""),
    ]);
    let from = DocumentId(0);
    for (address, id) in [
        ("week-1.md", 0),
        ("../2024/week-1", 0),
        ("..", 1),
        ("/notes/plan%20b.md", 2),
        ("../plan%20b.md#x", 2),
        ("week-1.html", 0),
    ] {
        let found = archive.resolve(from, address);
        assert!(
            matches!(found, Target::Document(DocumentId(found)) if found == id),
            "{address}: {found:?}"
        );
    }
    assert_eq!(archive.resolve(from, "../shed.jpg"), Target::Served);
    assert_eq!(
        archive.resolve(from, "week-2.md"),
        Target::Missing("notes/2024/week-2.md".to_owned())
    );
    assert_eq!(archive.resolve(from, "../../../a.md"), Target::Unknown);
    assert_eq!(archive.resolve(from, "/tags/beans"), Target::Unknown);
}

#[test]
fn a_page_is_found_by_its_title_where_links_show_that_titles_make_addresses() {
    let by_title = |others: &str| {
        let links = format!("[1](/blog/weeknotes-3-corn/) {others}\n");
        let mut files = vec![(".eleventy.js".to_owned(), String::new())];
        for (week, word) in [(1, "Kale"), (2, "Peas"), (3, "Corn"), (4, "Rain")] {
            let text = format!("---\ntitle: Weeknotes {week}, {word}\n---\n\n{links}");
            files.push((format!("posts/2024-01-{week:02}-weeknotes-{week}.md"), text));
        }
        let archive = archive_of(files, Config::default(), date(2026, 3, 4));
        archive
            .resolve(DocumentId(0), "/blog/weeknotes-3-corn/")
            .is_there()
    };
    assert!(by_title("[2](/blog/weeknotes-2-peas/)"));
    assert!(!by_title("[2](/blog/weeknotes-2/)"));
}

/// A blog of ten posts whose last links to all of them and to `more`.
fn blog(generator: &str, more: &str) -> crate::archive::Archive {
    let mut links = format!("[More]({more}).\n");
    let mut files = vec![(generator.to_owned(), String::new())];
    for week in 1..=10 {
        links.push_str(&format!("[It](/blog/2024/weeknotes-{week}/).\n"));
        let text = format!("---\ntitle: Weeknotes {week}\n---\n\n# {week}\n");
        files.push((
            format!("_posts/2024-01-{week:02}-weeknotes-{week}.md"),
            text,
        ));
    }
    files.push((
        "_posts/2024-01-30-beans-peas.md".to_owned(),
        format!("---\ntitle: Weeknotes 11, Beans & Peas\nslug: legumes\n---\n\n{links}"),
    ));
    archive_of(files, Config::default(), date(2026, 3, 4))
}

#[test]
fn pages_of_generators_are_found_by_the_last_part_of_their_address() {
    let archive = blog("_config.yml", "/about/");
    for (address, id) in [
        ("/blog/2024/weeknotes-3/", 2),
        ("/any/where/weeknotes_3.html", 2),
        ("2024-01-03-weeknotes-3.md#x", 2),
        ("/_posts/2024-01-03-weeknotes-3.md", 2),
        ("/legumes", 10),
        ("/blog/beans-peas/index.html", 10),
    ] {
        let found = archive.resolve(DocumentId(0), address);
        assert!(
            matches!(found, Target::Document(DocumentId(found)) if found == id),
            "{address}: {found:?}"
        );
    }
    assert_eq!(archive.resolve(DocumentId(0), "/blog/tags"), Target::Served);
    // Of a Markdown file the whole path counts.
    for path in ["../2024-01-03-weeknotes-3.md", "weeknotes-3.md"] {
        let found = archive.resolve(DocumentId(0), path);
        assert!(matches!(found, Target::Missing(_)), "{path}: {found:?}");
    }
}

#[test]
fn a_page_is_missing_only_where_others_of_its_shape_are_found() {
    let missing = "/blog/2024/weeknotes-12";
    let archive = blog("_config.yml", missing);
    assert_eq!(
        archive.resolve(DocumentId(0), missing),
        Target::Missing(missing.to_owned())
    );
    assert!(archive.links.missing.contains_key(missing));
    for unknown in ["/about", "/shop/weeknotes-12", "/blog/2024/beans.pdf"] {
        let archive = blog("_config.yml", unknown);
        assert_eq!(archive.resolve(DocumentId(0), unknown), Target::Unknown);
        assert!(archive.links.missing.is_empty(), "{unknown}");
    }
}

#[test]
fn numbers_that_order_files_are_no_part_of_their_names() {
    let archive = archive(&[
        ("astro.config.mjs", ""),
        ("docs/02-tools/01-rakes.md", "# Rakes\n"),
    ]);
    let found = archive.resolve(DocumentId(0), "/docs/tools/rakes");
    assert_eq!(found, Target::Document(DocumentId(0)));
    assert_eq!(
        archive.resolve(DocumentId(0), "/docs/tools/"),
        Target::Served
    );
}

#[test]
fn the_words_of_pelican_name_files() {
    let archive = archive(&[
        ("pelicanconf.py", "PATH = 'content'\n"),
        ("content/images/shed.jpg", ""),
        ("content/notes/week-1.md", "Title: Week 1\n\nRain.\n"),
        ("content/notes/week-2.md", "Title: Week 2\n\nWind.\n"),
    ]);
    let found = |address| archive.resolve(DocumentId(0), address);
    for address in [
        "{filename}week-2.md#wind",
        "{filename}/notes/week-2.md#wind",
    ] {
        assert_eq!(found(address), Target::Document(DocumentId(1)));
    }
    assert_eq!(found("{static}/images/shed.jpg"), Target::Served);
    assert_eq!(found("|attach|../images/shed.jpg"), Target::Served);
    for address in ["{filename}week-3.md", "{static}/images/shad.jpg"] {
        assert!(matches!(found(address), Target::Missing(_)), "{address}");
    }
    assert_eq!(found("{author}ada"), Target::Unknown);
}

#[test]
fn a_title_may_be_spelt_in_ascii() {
    let title = |title: &str| format!("---\ntitle: {title}\n---\n");
    let archive = archive(&[
        ("_config.yml", ""),
        ("_posts/2024-01-05-a.md", &title("Le café")),
        ("_posts/2024-01-12-b.md", &title("第 7 周")),
    ]);
    for spelt in ["/x/le-cafe", "/x/le-caf", "/x/di-7-zhou"] {
        assert_eq!(archive.resolve(DocumentId(0), spelt), Target::Served);
    }
    assert_eq!(
        archive.resolve(DocumentId(0), "/x/la-cuisine"),
        Target::Unknown
    );
}

#[test]
fn the_base_of_a_site_may_be_a_template_tag() {
    let missing = "/blog/2024/weeknotes-12";
    let archive = blog("_config.yml", &format!("{{{{ site.baseurl }}}}{missing}"));
    assert!(archive.links.missing.contains_key(missing));
    for unknown in [
        "{{ page.url }}",
        "{{ page.url }}#beans",
        "/blog/2024/{{ it }}",
    ] {
        assert!(
            blog("_config.yml", unknown).links.missing.is_empty(),
            "{unknown}"
        );
    }
}

#[test]
fn links_that_stop_the_build_are_wrong_unless_most_of_them_are() {
    let post = |name: &str| format!("[It]({{% post_url 2024-01-{name} %}})\n");
    let with = |links: &str| {
        archive(&[
            ("_config.yml", "source: site\n"),
            ("site/_posts/2024-01-05-a.md", "# A\n"),
            (
                "site/_posts/2024-01-12-b.md",
                &format!("---\nslug: c\ndate: 2024-01-13\n---\n{links}"),
            ),
            (
                "site/_posts/2024-1-9-weeknotes.md",
                "---\ntitle: Weeknotes\n---\n",
            ),
        ])
    };
    let few = with(&["05-a", "13-c", "2-9-b"].map(post).concat());
    let from = DocumentId(1);
    for (name, id) in [
        ("2024-01-05-a", 0),
        ("2024-1-5-a", 0),
        ("/x/2024-01-13-c", 1),
        ("2024-01-09-weeknotes", 2),
        ("2024-1-9-weeknotes", 2),
    ] {
        let destination = format!("{{% post_url {name} %}}#b");
        let found = few.resolve(from, &destination);
        assert_eq!(found, Target::Document(DocumentId(id)), "{name}");
    }
    let missing = few.resolve(from, "{% link _posts/2024-01-05-b.md %}");
    assert_eq!(
        missing,
        Target::Missing("_posts/2024-01-05-b.md".to_owned())
    );
    assert_eq!(few.resolve(from, "{% link feed.xml %}"), Target::Unknown);
    assert!(
        few.understands_stops() && few.links.stops.1 == 1,
        "{:?}",
        few.links.stops
    );
    let most = with(&["06-a", "07-a", "08-a", "09-a"].map(post).concat());
    assert!(!most.understands_stops(), "{:?}", most.links.stops);
}

#[test]
fn images_are_missing_where_others_of_their_folder_are_there() {
    fn found(images: usize, link: &str) -> Target {
        let mut files = vec![("docusaurus.config.js".to_owned(), String::new())];
        let mut links = format!("![]({link})\n");
        for image in 1..=images {
            files.push((format!("static/img/{image}.jpg"), String::new()));
            links += &format!("![](/img/{image}.jpg)\n");
        }
        files.push(("blog/2024-01-05-week-1.md".to_owned(), links));
        let archive = archive_of(files, Config::default(), date(2026, 3, 4));
        archive.resolve(DocumentId(0), link)
    }
    let is_missing = |images, link: &str| matches!(found(images, link), Target::Missing(_));
    assert!(is_missing(25, "/img/7.JPG") && is_missing(25, "/img/26.png"));
    assert!(is_missing(1, "@site/static/img/2.jpg"));
    for link in ["/img/7.jpg", "/static/img/7.jpg", "@site/static/img/7.jpg"] {
        assert_eq!(found(25, link), Target::Served, "{link}");
    }
    for link in ["/photos/7.jpg", "~/img/26.jpg", "@img/26.jpg", "/img/26"] {
        assert!(!is_missing(25, link), "{link}");
    }
    assert_eq!(found(4, "/img/26.jpg"), Target::Unknown);
}

#[test]
fn a_slip_in_the_name_of_what_is_there_is_certain_whatever_else_is_known() {
    let archive = archive(&[
        ("_config.yml", ""),
        (
            "_posts/2024-01-05-ponds-and-hens.md",
            "---\ntitle: Ponds\n---\n",
        ),
        ("weeknotes.html", ""),
        ("assets/2024/pump-drawing.png", ""),
    ]);
    let missing = |address| matches!(archive.resolve(DocumentId(0), address), Target::Missing(_));
    for address in [
        "/weekontes/",
        "/2024/01/pnods-and-hens",
        "/assets/2024/pump-darwing.png",
    ] {
        assert!(missing(address), "{address}");
    }
    for address in [
        "/weeknote/",
        "/2024/01/ponds-or-hens",
        "/assets/2024/pump.png",
        "/ehns",
    ] {
        assert!(!missing(address), "{address}");
    }
}

#[test]
fn languages_are_no_part_of_names() {
    let archive = archive(&[
        ("hugo.toml", ""),
        ("content/notes/week-7.en.md", "---\ntitle: Beans\n---\n"),
        ("content/notes/peas/index.en.md", "---\ntitle: Peas!\n---\n"),
    ]);
    let found = |address| archive.resolve(DocumentId(0), address).is_there();
    assert!(found("/en/notes/week-7/") && found("/en/notes/peas/"));
}

#[test]
fn paths_of_zola_begin_with_an_at_sign() {
    let archive = archive(&[
        ("config.toml", "base_url = \"https://beans.example\"\n"),
        ("content/blog/2024-01-05-week-1.md", "+++\n+++\n"),
    ]);
    let found = archive.resolve(DocumentId(0), "@/blog/2024-01-05-week-1.md");
    assert_eq!(found, Target::Document(DocumentId(0)));
    assert_eq!(
        archive.resolve(DocumentId(0), "@/blog/week-1.md"),
        Target::Missing("content/blog/week-1.md".to_owned())
    );
}

/// Where a link of the first of two pages of a Hugo site leads, beside other `files`.
fn in_hugo(link: &str, others: &[(&str, &str)]) -> Option<String> {
    let one = format!("---\ntitle: Week 1\n---\n\n[x]({link})\n");
    let mut files = vec![
        ("content/posts/week-1.md", one.as_str()),
        ("content/posts/week-2.md", "---\ntitle: Week 2\n---\n"),
        ("hugo.toml", "baseURL = 'https://beans.example.org/'\n"),
    ];
    files.retain(|(path, _)| !others.iter().any(|(other, _)| other == path));
    files.extend(others);
    let archive = archive(&files);
    let from = archive.find("content/posts/week-1.md").unwrap();
    match archive.resolve(from, link) {
        Target::Missing(address) => Some(address),
        _ => None,
    }
}

#[test]
fn what_the_configuration_says_of_all_pages_needs_few_of_them() {
    let missing = Some("/posts/seven".to_owned());
    assert_eq!(in_hugo("/posts/seven/", &[]), missing);
    assert_eq!(in_hugo("/posts/week-2/", &[]), None);
    let note = ("content/notes/week-7.md", "---\ntitle: Week 7\n---\n");
    let elsewhere = Some("/posts/week-7".to_owned());
    assert_eq!(in_hugo("/posts/week-7/", &[note]), elsewhere);
    assert_eq!(in_hugo("/notes/week-7/", &[note]), None);
    // Nothing is said of these.
    assert_eq!(in_hugo("/shop/seven/", &[]), None);
    assert_eq!(in_hugo("/posts/page/2/", &[]), None);
}

#[test]
fn where_more_may_be_served_than_is_said_few_pages_show_nothing() {
    let pattern = "[permalinks]\nposts = '/posts/:moon/'\n";
    let redirects = "/posts/seven/ /posts/week-2/\n";
    let alias = "---\ntitle: Week 2\naliases: [/posts/seven/]\n---\n";
    for other in [
        ("hugo.toml", pattern),
        ("hugo.toml", "baseURL = \n"),
        ("static/_redirects", redirects),
        ("content/posts/_content.gotmpl", ""),
        ("content/posts/week-2.md", alias),
    ] {
        assert_eq!(in_hugo("/posts/seven/", &[other]), None, "{other:?}");
    }
}

#[test]
fn aliases_that_lead_to_each_other_are_addresses_of_both() {
    let to = |alias: &str| format!("---\ntitle: X\naliases: [{alias}]\n---\n");
    let (two, self_) = (to("/posts/week-1/"), to("/posts/week-3/"));
    let one = format!(
        "{}\n[2](/posts/week-2/) [3](/posts/week-3/)\n",
        to("/posts/week-2/")
    );
    let archive = archive(&[
        ("content/posts/week-1.md", &one),
        ("content/posts/week-2.md", &two),
        ("content/posts/week-3.md", &self_),
        ("hugo.toml", "baseURL = 'https://beans.example.org/'\n"),
    ]);
    let from = DocumentId(0);
    assert_eq!(archive.resolve(from, "/posts/week-2/"), Target::Served);
    let third = Target::Document(DocumentId(2));
    assert_eq!(archive.resolve(from, "/posts/week-3/"), third);
    assert!(archive.links.missing.is_empty());
}
