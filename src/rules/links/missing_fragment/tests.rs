//! By which rule a site makes its ids is learnt from its fragments.

use crate::config::Config;
use crate::lint;
use jiff::civil::date;

/// The fragments that are reported in an archive whose notes link to their headings as `id` has it, and in one place by
/// `odd`.
fn missing(id: fn(&str) -> String, odd: &str) -> Vec<String> {
    let headings = ["Tea & biscuits", "Co_op news", "Plans — and More"];
    let notes = (1..=12).map(|week| {
        let links: String = headings
            .iter()
            .map(|one| format!("[x](#{})\n", id(one)))
            .collect();
        let bodies: String = headings
            .iter()
            .map(|one| format!("## {one}\n\nRain.\n\n"))
            .collect();
        let odd = if week == 9 {
            format!("[odd](#{odd})\n")
        } else {
            String::new()
        };
        let text = format!("# Week {week}\n\n{links}{odd}\n{bodies}");
        (
            format!("_posts/2024-03-{week:02}-week-{week}.md"),
            format!("---\ntitle: Week {week}\n---\n\n{text}"),
        )
    });
    let files = notes
        .chain([("_config.yml".to_owned(), String::new())])
        .collect();
    let archive = lint::archive_of(files, Config::default(), date(2026, 3, 4));
    let (found, _) = lint::findings(&archive);
    let of_fragments = found.into_iter().filter(|one| one.rule == super::RULE.id);
    of_fragments.map(|one| one.message).collect()
}

#[test]
fn the_rule_that_explains_nearly_all_fragments_is_the_sites() {
    let joined = |text: &str| {
        let words = text.split(|one: char| !one.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("-")
            .to_lowercase()
    };
    let missing_one = |fragment: &str| vec![format!("this page has no heading `#{fragment}`")];
    assert_eq!(
        missing(crate::document::slug::github, "tea-biscuits"),
        missing_one("tea-biscuits")
    );
    assert_eq!(
        missing(joined, "tea--biscuits"),
        missing_one("tea--biscuits")
    );
    assert_eq!(missing(joined, "tea-biscuits"), Vec::<String>::new());
}

#[test]
fn a_site_may_have_a_rule_of_its_own() {
    let capitals = |text: &str| {
        let hyphened = text.replace(' ', "-");
        hyphened
            .chars()
            .filter(|one| one.is_alphanumeric() || matches!(one, '-' | '_'))
            .collect()
    };
    assert_eq!(missing(capitals, "Co_op-news"), Vec::<String>::new());
    assert_eq!(missing(capitals, "Rain").len(), 1);
    assert_eq!(
        missing(|text| text.replace(' ', "_"), "Co_op_news"),
        Vec::<String>::new()
    );
}
