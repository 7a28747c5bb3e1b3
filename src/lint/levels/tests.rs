use crate::config::Config;
use crate::diagnostic::Severity;
use crate::lint;

/// How grave a heading to be written is in one of 40 weekly notes, `drafts` of which are drafts: that one first.
fn severity(drafts: usize) -> Severity {
    let note = |week: usize| {
        let is_draft = week <= drafts;
        let todo = if week == 1 { "\n## TKTK\n" } else { "" };
        (
            format!("weeknotes/week-{week}.md"),
            format!("---\ntitle: Week {week}\ndraft: {is_draft}\n---\n\nBeans.\n{todo}"),
        )
    };
    let notes = (1..=40).map(note).collect();
    let archive = lint::archive_of(notes, Config::default(), jiff::civil::date(2026, 3, 4));
    let (found, _) = lint::findings(&archive);
    let todo = found.iter().find(|one| one.rule == "body/placeholder");
    todo.unwrap().severity
}

#[test]
fn drafts_are_unfinished_unless_most_pages_are_drafts() {
    assert_eq!(severity(1), Severity::Info);
    assert_eq!(severity(20), Severity::Info);
    assert_eq!(severity(21), Severity::Warning);
    assert_eq!(severity(0), Severity::Warning);
}
