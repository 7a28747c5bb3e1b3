use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::lint;

/// Notes of which `commented` have a comment: every other one hides an empty link.
fn texts(commented: usize) -> Vec<(String, String)> {
    let note = |week: usize| {
        let comment = "<!-- weeknote-lint-ignore links/empty -->\n";
        let comment = if week <= commented { comment } else { "" };
        let link = if week.is_multiple_of(2) {
            "[beans]()"
        } else {
            "beans"
        };
        (
            format!("weeknotes/week-{week}.md"),
            format!("---\ntitle: Week {week}\n---\n\n{comment}More {link}.\n"),
        )
    };
    (1..=40).map(note).collect()
}

#[test]
fn of_one_note_the_same_is_said_as_of_all() {
    for commented in [0, 3, 20, 21, 40] {
        let today = jiff::civil::date(2026, 3, 4);
        let archive = lint::archive_of(texts(commented), Config::default(), today);
        let (shown, hidden) = lint::findings(&archive);
        for (id, document) in archive.linted() {
            let speaks = |one: &&Diagnostic| one.places().any(|place| place.document == id);
            let of_all = |all: &[Diagnostic]| -> Vec<Diagnostic> {
                all.iter().filter(speaks).cloned().collect()
            };
            let (own, own_hidden) = lint::findings_of(&archive, &|other| other == id);
            let found = (of_all(&own), of_all(&own_hidden));
            let expected = (of_all(&shown), of_all(&hidden));
            assert_eq!(found, expected, "{} of {commented}", document.path);
        }
    }
}
