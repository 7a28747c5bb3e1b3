use super::*;

#[test]
fn a_copy_may_stand_beside_its_original() {
    let mut files: Vec<_> = ["hens", "rain on tin", "eels", "tea-for-two"]
        .iter()
        .enumerate()
        .cycle()
        .take(28)
        .enumerate()
        .map(|(week, (at, topic))| {
            let name = ["week", "weeknotes", "Week", "weeknote"][at];
            (
                format!("notes/{name}-{week}-{topic}.md"),
                format!("# Week {week}\n"),
            )
        })
        .collect();
    files.push((
        "notes/week-4-hens copy.md".to_owned(),
        "# Week 4\n".to_owned(),
    ));
    let archive = crate::lint::archive_of(
        files,
        crate::config::Config::default(),
        jiff::civil::date(2031, 5, 6),
    );
    let [found] = archive.misnamed() else {
        panic!("one file is a copy");
    };
    assert_eq!(found.misfit, Misfit::CopyOf);
    let original = archive.document(found.usual).map(Document::stem);
    assert_eq!(original, Some("week-4-hens"));
}

#[test]
fn copies_are_told_from_titles() {
    let usual = "week-#";
    for copy in [
        "week-12.snip copy",
        "week-12 copy 2",
        "week-12 (1)",
        "week-12 2",
        "week-12 (Ada's conflicted copy 2024-03-05)",
        "week-12 - Copy",
        "week-12.sync-conflict-20240305-1",
    ] {
        assert!(is_copy(&shape(copy), usual), "{copy}");
    }
    for other in [
        "week-12-copyright",
        "week-12-2",
        "week-12-holidays",
        "week-12.snip",
    ] {
        assert!(!is_copy(&shape(other), usual), "{other}");
    }
}
