use super::*;

fn paths(patterns: &[&str]) -> Option<Paths> {
    Paths::new(patterns.iter().map(|&one| one.to_owned()).collect()).ok()
}

#[test]
fn what_all_patterns_begin_with_leaves_out_nothing_that_one_of_them_matches() {
    for (patterns, path) in [
        (&["notes/*"][..], "notes/a.md"),
        (&["notes/**/"], "notes/a.md"),
        (&["no{tes,ne}/a.md"], "none/a.md"),
        (&["no[tv]es/a.md"], "noves/a.md"),
        (&["no?es/a.md"], "noves/a.md"),
        (&["**/a.md"], "a.md"),
        (&["notes/a.md", "notes/b.md", "drafts/c.md"], "drafts/c.md"),
        (&["é.md", "è.md"], "è.md"),
        (&["notes", "no"], "no"),
    ] {
        let paths = paths(patterns);
        assert!(paths.is_some_and(|paths| paths.contains(path)), "{path}");
    }
    let few = paths(&["notes/*", "notes-*/*"]);
    assert!(few.is_some_and(|few| few.beginning == "notes" && !few.contains("nodes/a")));
    assert!(paths(&[]).is_some_and(|none| !none.contains("a.md")));
}
