use super::*;

#[test]
fn what_varies_is_left_out() {
    for (name, shape) in [
        ("2024-03-07 Thursday", "D"),
        ("Entry_12", "entry-#"),
        ("0012-use-postgres", "#-*"),
        ("week-3-rain-and-beans", "week-#*"),
        ("week-3-9-beans", "week-#*"),
        ("week-3-so-it-rains", "week-#*"),
        ("week-3-de", "week-#-de"),
        ("season-3-ep-4", "season-#-ep-#"),
        ("009-9-beans", "#-*"),
        ("14-15-l-orage", "#-*"),
        ("03-04-2024-minutes", "D-minutes"),
        ("2024-03-04_to_2024-03-08", "D-to-D"),
        ("2024-03-04 måndag", "D"),
        ("03-14", "#-#"),
        ("12b", "#b"),
    ] {
        assert_eq!(of(&Reading::of(name)), shape, "{name}");
    }
}

#[test]
fn a_run_is_one_number_where_it_is_short() {
    for (name, run) in [
        ("issue-14-15", Some("issue-#")),
        ("issue-14", None),
        ("issue-2024-12", None),
        ("issue-3-14", None),
    ] {
        assert_eq!(
            of_run(name, &of(&Reading::of(name))).as_deref(),
            run,
            "{name}"
        );
    }
}

#[test]
fn topics_are_no_shape() {
    for (name, kind) in [
        ("2024-03-07-rain", "D-*"),
        ("2024-03-07", "D"),
        ("on-beans", "*"),
        ("entry-12", "entry-#"),
    ] {
        assert_eq!(without_topic(&of(&Reading::of(name))), kind, "{name}");
    }
}

#[test]
fn a_pattern_holds_the_names_as_they_are_written() {
    for (folder, path, name, expected) in [
        ("Log", "Log/Entry 12.md", "Entry 12", "Log/Entry *.md"),
        (
            "log",
            "log/2024/2024-03-07-twig-3.md",
            "2024-03-07-twig-3",
            "log/**/*-twig-*.md",
        ),
        ("a[b]", "a[b]/12/index.md", "12", "a[[]b[]]/*/index.md"),
        ("", "0012-use-postgres.md", "0012-use-postgres", "*.md"),
    ] {
        let found = pattern(folder, path, name, "");
        assert_eq!(found, expected, "{path}");
        let glob = globset::Glob::new(&found).map(|glob| glob.compile_matcher());
        assert!(glob.is_ok_and(|glob| glob.is_match(path)), "{path}");
    }
}
