use crate::config;
use crate::lint;
use jiff::ToSpan;

#[test]
fn keys_that_the_configuration_requires_are_required_of_the_first_note() {
    let toml = "[[series]]\nname = \"notes\"\ninclude = [\"notes/*\"]\nrequired-keys = [\"mood\", \"draft\"]\n";
    let config = config::read(std::path::Path::new("weeknote-lint.toml"), toml, &[]).unwrap();
    let texts = vec![
        (
            "notes/week-1.md".to_owned(),
            "---\nmood: calm\ndraft: false\n---\n# Week 1\n".to_owned(),
        ),
        (
            "notes/week-2.md".to_owned(),
            "---\ndraft: false\n---\n# Week 2\n".to_owned(),
        ),
    ];
    let archive = lint::archive_of(texts, config, jiff::civil::date(2031, 5, 6));
    let (found, _) = lint::findings(&archive);
    let found: Vec<_> = found
        .iter()
        .filter(|found| found.rule == super::RULE.id)
        .collect();
    assert_eq!(found.len(), 1);
    assert_eq!((&*found[0].subject, found[0].place.document.0), ("mood", 1));
    assert_eq!(found[0].message, "the metadata has no `mood`");
}

/// How many of 200 dated notes are reported to lack `mood`, if those for which `has` is not true have none.
fn found(has: impl Fn(i64) -> bool) -> usize {
    let note = |number: i64| {
        let day = jiff::civil::date(2021, 1, 8).saturating_add((7 * number).days());
        let mood = if has(number) { "mood: calm\n" } else { "" };
        (
            format!("notes/week-{number}.md"),
            format!("---\ndate: {day}\n{mood}---\n# Week {number}\n"),
        )
    };
    let texts = (1..=200).map(note).collect();
    let archive = lint::archive_of(
        texts,
        config::Config::default(),
        jiff::civil::date(2031, 5, 6),
    );
    let (found, _) = lint::findings(&archive);
    found
        .iter()
        .filter(|found| found.rule == super::RULE.id)
        .count()
}

#[test]
fn a_key_may_come_into_use_and_go_out_of_it() {
    assert_eq!(found(|number| number > 3), 0);
    assert_eq!(found(|number| number < 198), 0);
    assert_eq!(found(|number| number != 100), 1);
    assert_eq!(found(|number| number != 200), 1);
    assert_eq!(found(|number| number != 1 && number != 100), 1);
}
