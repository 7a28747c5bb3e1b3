use super::*;
use crate::document::{ParseOptions, parse};

fn counted(files: &[(&str, &str)]) -> Conventions {
    let mut conventions = Conventions::default();
    for (path, text) in files {
        conventions.add(&parse(path, text, ParseOptions::default()));
    }
    conventions
}

#[test]
fn almost_always_needs_enough_files_and_few_exceptions() {
    assert!(almost_always(20, 20) && almost_always(19, 20) && almost_always(96, 100));
    assert!(!almost_always(19, 19) && !almost_always(18, 20) && !almost_always(94, 100));
    assert!(!almost_always(0, 0));
}

#[test]
fn keys_are_counted_once_for_each_file_with_the_value_that_counts() {
    let text = "---\nname: week-1\nkind: a\nkind: b\ntags: [x, y]\nempty:\n---\n";
    let conventions = counted(&[("week-1.md", text), ("week-2.md", text)]);
    let kind = &conventions.keys["kind"];
    assert_eq!(
        (kind.files, kind.values.get("a"), kind.values.get("b")),
        (2, None, Some(&2))
    );
    assert_eq!(conventions.keys["name"].equals_stem, 1);
    assert_eq!(conventions.keys["empty"].empty, 2);
    assert_eq!(conventions.keys["tags"].items.get("x"), Some(&2));
    assert_eq!((conventions.files, conventions.with_metadata()), (2, 2));
}

#[test]
fn items_of_lists_texts_and_mappings_are_found_at_their_places() {
    for (block, wanted) in [
        ("tags: [one, two words]", vec!["one", "two words"]),
        ("tags: \"one, two words\"", vec!["one", "two words"]),
        ("tags: one,  two words ,", vec!["one", "two words"]),
        ("tags: one", vec!["one"]),
        (
            "taxonomies:\n  tags: [one]\n  series: [two words]",
            vec!["one", "two words"],
        ),
        ("tags:", vec![]),
    ] {
        let text = format!("---\n{block}\n---\n");
        let document = parse("a.md", &text, ParseOptions::default());
        let mut found = Vec::new();
        each_item(&document.metadata.entries[0], &mut |item, span| {
            assert_eq!(span.of(&text).trim_matches('"'), item);
            found.push(item.to_owned());
        });
        assert_eq!(found, wanted, "{block}");
    }
}

#[test]
fn two_collections_together_are_as_if_counted_at_once() {
    let one = (
        "2031-05-06-week-1.md",
        "---\ntitle: Week 1\ndate: 2031-05-06\nkind: a \n---\n# Week 1\n",
    );
    let other = (
        "2031-05-13-week-2.markdown",
        "---\ntitle: Two\ndate: 2031/05/12\nkind: a\n---\n# Week 2\n",
    );
    let mut merged = counted(&[one]);
    merged.merge(&counted(&[other]));
    let at_once = counted(&[one, other]);
    assert_eq!(
        format!("{:?}", merged.keys["kind"]),
        format!("{:?}", at_once.keys["kind"])
    );
    for conventions in [&merged, &at_once] {
        assert_eq!((conventions.files, conventions.with_one_title), (2, 2));
        assert_eq!((conventions.two_titles, conventions.equal_titles), (2, 1));
        assert_eq!((conventions.two_dates, conventions.equal_dates), (2, 1));
        assert_eq!(conventions.with_stray_whitespace, 1);
        assert_eq!(conventions.keys["date"].dates, 2);
        assert_eq!(
            conventions.keys["date"].date_forms.get("####/##/##"),
            Some(&1)
        );
        assert_eq!(conventions.extensions.len(), 2);
    }
}

#[test]
fn many_values_are_no_closed_set() {
    let files: Vec<(String, String)> = (0..100)
        .map(|number| {
            (
                format!("{number}.md"),
                format!("---\ntitle: Note {number}\nkind: note\n---\n"),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    let conventions = counted(&files);
    assert!(conventions.keys["title"].open && !conventions.keys["kind"].open);
    assert_eq!(conventions.keys["title"].values.len(), MOST_VALUES);
    assert_eq!(
        conventions.keys["title"].usual_kind(),
        Some((Kind::Text, 100))
    );
    assert_eq!(conventions.usual_extension(), Some((".md", 100)));
    assert_eq!(conventions.usual_keys().count(), 2);
}

#[test]
fn what_a_renderer_changes_is_no_difference() {
    assert!(same_wording(
        "It's \"done\" - at last",
        " It’s “done” – at last"
    ));
    assert!(same_wording("snake_case", "*snake\\_case*"));
    assert!(!same_wording("Week 12", "Week 13"));
    assert!(!same_wording("Week 12", "Week 12: rain"));
}

#[test]
fn the_form_of_a_date_leaves_the_time_out() {
    assert_eq!(date_form("2031-05-06 07:08:09"), "####-##-##");
    assert_eq!(date_form("2031/5/6T07:08"), "####/#/#");
}
