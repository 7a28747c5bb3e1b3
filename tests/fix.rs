//! What repairs write to files, and what they leave alone.

#![allow(
    clippy::expect_used,
    clippy::string_slice,
    reason = "a failure here is a failed test"
)]

mod support;

use std::fs;
use support::{Folder, lint_text};

/// One mistake with a safe repair (a heading), one with a repair to be read first (a misspelt label), and CRLF.
const BROKEN: &str = "# Week 12\r\n\r\n##Pump\r\n\r\nThe [pump][pmup] runs.\r\n\r\n[pump]: https://pump.example/\r\n";

fn folder() -> Folder {
    Folder::new(&[
        ("notes/week-12.md", BROKEN),
        ("notes/week-13.md", "# Week 13\n\nRain.\n"),
    ])
}

fn note(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path().join("notes").join(name)).expect("the note is there")
}

/// The first line that is no notice.
fn first_beside_notices(err: &str) -> Option<&str> {
    err.lines().find(|line| !line.starts_with("note: "))
}

#[test]
fn fix_writes_safe_repairs_alone() {
    let folder = folder();
    let run = folder.lint(&["--fix"]);
    assert_eq!(
        note(&folder, "week-12.md"),
        BROKEN.replace("##Pump", "## Pump")
    );
    assert_eq!(
        (run.code, first_beside_notices(&run.err)),
        (1, Some("notes/week-12.md: 1 problem fixed"))
    );
    assert!(run.out.contains("links/undefined-reference") && !run.out.contains("not-a-heading"));
}

#[test]
fn unsafe_fixes_are_written_when_asked_for_and_nothing_is_left_to_mend() {
    let folder = folder();
    let run = folder.lint(&["--fix", "--unsafe-fixes"]);
    let expected = BROKEN.replace("##Pump", "## Pump").replace("pmup", "pump");
    assert_eq!(note(&folder, "week-12.md"), expected);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert_eq!(folder.lint(&["--diff", "--unsafe-fixes"]).out, "");
}

#[test]
fn a_diff_is_shown_and_nothing_is_written() {
    let folder = folder();
    let run = folder.lint(&["--diff"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out
            .starts_with("--- a/notes/week-12.md\n+++ b/notes/week-12.md\n"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("\n-##Pump") && run.out.contains("\n+## Pump"),
        "{}",
        run.out
    );
    assert_eq!(note(&folder, "week-12.md"), BROKEN);
}

#[test]
fn only_selected_files_are_repaired() {
    let folder = folder();
    assert_eq!(folder.lint(&["--fix", "notes/week-13.md"]).code, 0);
    assert_eq!(note(&folder, "week-12.md"), BROKEN);
}

/// The label that week 12 lacks is defined in week 13: a run on week 13 reports week 12, and leaves it alone.
#[test]
fn a_file_that_only_a_label_brings_in_is_not_repaired() {
    let lacking = "# Week 12\n\nThe [pump][pump] and the [beds][beds].\n\n[beds]: /beds\n";
    let folder = Folder::new(&[
        ("notes/week-12.md", lacking),
        (
            "notes/week-13.md",
            "# Week 13\n\nThe [pump][].\n\n[pump]: https://pump.example/\n",
        ),
    ]);
    let run = folder.lint(&["--fix", "--unsafe-fixes", "notes/week-13.md"]);
    assert!(run.out.contains("notes/week-12.md"), "{}", run.out);
    assert_eq!(note(&folder, "week-12.md"), lacking);
    folder.lint(&["--fix", "--unsafe-fixes", "notes/week-12.md"]);
    assert_ne!(note(&folder, "week-12.md"), lacking);
}

#[test]
fn unsafe_fixes_alone_are_refused() {
    let run = folder().lint(&["--unsafe-fixes"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

#[test]
fn a_note_from_standard_input_leaves_its_file_alone() {
    let folder = folder();
    let arguments = ["--fix", "--stdin-filename", "notes/week-12.md"];
    let run = lint_text(folder.path(), &arguments, BROKEN.as_bytes());
    let mended = BROKEN.replace("##Pump", "## Pump");
    assert_eq!((run.code, run.out), (1, mended), "{}", run.err);
    assert_eq!(note(&folder, "week-12.md"), BROKEN);
}

#[cfg(unix)]
#[test]
fn a_repaired_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("notes/week-12.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("the mode can be set");
    folder.lint(&["--fix"]);
    assert_eq!(
        fs::metadata(&path)
            .expect("the note is there")
            .permissions()
            .mode()
            & 0o777,
        0o640
    );
}

/// A folder of one note, after `--fix` with these arguments besides.
fn fixed(name: &str, text: &str, arguments: &[&str]) -> String {
    // Beside a template, so that somebody may run the tags in a note.
    let folder = Folder::new(&[(name, text), ("page.njk", "")]);
    let arguments = [&["--fix", "--fail-on", "never"], arguments].concat();
    let run = folder.lint(&arguments);
    assert_eq!(run.code, 0, "{}", run.err);
    let once = fs::read(folder.path().join(name)).expect("the note is there");
    folder.lint(&arguments);
    let twice = fs::read(folder.path().join(name)).expect("the note is there");
    assert_eq!(once, twice, "a second run changes something");
    String::from_utf8(once).expect("it is UTF-8")
}

#[test]
fn whatever_ends_the_lines_no_more_than_the_line_is_deleted() {
    let text = "# Week 1\n\nWith [Ada].\n\n[ada]: /ada\n[unused]: /unused\n";
    let without = text.replace("[unused]: /unused\n", "");
    for ending in ["\n", "\r\n", "\r"] {
        let text = text.replace('\n', ending);
        assert_eq!(
            fixed("week-1.md", &text, &[]),
            without.replace('\n', ending)
        );
        // One of another kind among them, before and after the line.
        for other in ["\n", "\r\n", "\r"] {
            for part in ["[ada]: /ada", "With [Ada].", "[unused]: /unused"] {
                let mixed = text.replace(&format!("{part}{ending}"), &format!("{part}{other}"));
                // A carriage return before a line feed is one ending with it.
                if mixed.contains("[Ada].\r\n[") {
                    continue;
                }
                let line = mixed.find("[unused]").expect("it is there");
                assert_eq!(fixed("week-1.md", &mixed, &[]), mixed[..line]);
            }
        }
    }
}

/// Goldmark takes a lone carriage return for a blank: what looks like a line is a part of the paragraph there.
#[test]
fn hugo_knows_no_lone_carriage_return() {
    let text = "---\ntitle: Week 1\n---\n\nWith [Ada].\r\r[ada]: /ada\r[unused]: /unused\r\rBye.\n";
    let folder = Folder::new(&[("hugo.toml", ""), ("content/posts/week-1.md", text)]);
    folder.lint(&["--fix"]);
    let path = folder.path().join("content/posts/week-1.md");
    assert_eq!(fs::read_to_string(path).expect("it is there"), text);
}

#[test]
fn an_inserted_line_has_the_ending_of_its_neighbours() {
    let lacking = "# Week 12\n\nThe [pump][pump] and the [beds][beds].\n\n[beds]: /beds\n";
    let other = "# Week 13\n\nThe [pump][].\n\n[pump]: https://pump.example/\n";
    for ending in ["\n", "\r\n", "\r"] {
        let folder = Folder::new(&[
            ("notes/week-12.md", &lacking.replace('\n', ending)),
            ("notes/week-13.md", other),
        ]);
        folder.lint(&["--fix", "--unsafe-fixes"]);
        let expected = lacking.replace("/beds\n", "/beds\n[pump]: https://pump.example/\n");
        assert_eq!(note(&folder, "week-12.md"), expected.replace('\n', ending));
    }
}

/// What stands after a label and is no address is the author's.
#[test]
fn words_after_a_label_are_left_alone() {
    for words in [
        "[Alice]: working on the API this week\n[Bob]: on holiday\n\n[alice]: /alice\n[bob]: /bob",
        "[Alice]: shipped the printer\n\n[alice]: /alice",
        "[Alice]: shipped!",
        "[Bob]: holiday",
        "[Bob]: e.g.",
        "[Bob]: and/or",
        "[Bob]: /shed \"while the rest of us was away\"",
        "[Bob]: <holiday>",
        "> [Bob]: holiday",
    ] {
        for name in ["week-1.md", "week-1.snip"] {
            let text = format!("# Week 1\n\n{words}\n\n:name: week-1\n:kind: blog\n");
            assert_eq!(fixed(name, &text, &[]), text, "{name}");
        }
    }
    let folder = Folder::new(&[(
        "week-1.md",
        "# Week 1\n\n[Alice]: on the API now\n\n[alice]: /alice\n",
    )]);
    assert_eq!(folder.found(&[]), [""; 0]);
}

/// Where a label stands anywhere else, its definition may be used.
#[test]
fn a_definition_whose_label_stands_elsewhere_is_left_alone() {
    for elsewhere in [
        "    [seed bank]",
        "```\n[x][Seed  Bank]\n```",
        "`[SEED BANK]`",
        "<div markdown=\"1\">\n[seed bank]\n</div>",
        "<!-- [seed bank] -->",
        "> [seed\n> bank]",
        "Term\n: The\n\n    [seed\n    bank]",
        "!!! note\n    The [seed bank].",
        "We met at the seed bank.",
        "[seed bank]: https://example.com/other",
        "{{ include.footer }}",
        "$[seed bank]$",
    ] {
        let text = format!("# Week 1\n\n{elsewhere}\n\n[Seed bank]: https://example.com/seeds\n");
        assert_eq!(fixed("week-1.md", &text, &[]), text);
    }
    let text =
        "# Week 1\n\nThe seedbank, reseed banks.\n\n[Seed bank]: https://example.com/seeds\n";
    assert_ne!(fixed("week-1.md", text, &[]), text);
}

#[test]
fn a_reason_is_not_deleted_with_its_comment() {
    let text = |comment: &str| {
        format!("# Week 1\n\n<!-- weeknote-lint-ignore links/empty{comment} -->\nRain.\n")
    };
    assert_eq!(fixed("week-1.md", &text(""), &[]), "# Week 1\n\nRain.\n");
    // Without it the lines before and after would be one paragraph.
    let between = "# Week 1\n\nRain.\n<!-- weeknote-lint-ignore links/empty -->\nSun.\n";
    assert_eq!(fixed("week-1.md", between, &[]), between);
    let why = text(": the slides come later");
    assert_eq!(fixed("week-1.md", &why, &[]), why);
}

/// What is told once, because most pages do it, is changed in none of them.
#[test]
fn a_habit_is_left_alone() {
    let text = |week: usize| {
        format!("# Week {week}\n\nRain.\n\n[unused{week}]: https://example.com/{week}\n")
    };
    for (notes, are_changed) in [(60, false), (3, true)] {
        let folder = Folder::new(&[]);
        for week in 1..=notes {
            folder.write(&format!("notes/week-{week}.md"), text(week));
        }
        let run = folder.lint(&["--fix", "--unsafe-fixes"]);
        assert_eq!(run.code, 0, "{}", run.err);
        for week in 1..=notes {
            assert_eq!(
                note(&folder, &format!("week-{week}.md")) != text(week),
                are_changed
            );
        }
    }
}

#[test]
fn two_hundred_lines_that_cut_a_note_off_are_mended_at_once() {
    let smiles = ":) thanks\n".repeat(200);
    let trailer = ":name: week-1\n:kind: blog\n:author: ann\n";
    let text = format!("Week 1\n======\n\n{smiles}\n{trailer}");
    let expected = text.replace(":) ", " :) ");
    assert_eq!(fixed("week-1.snip", &text, &[]), expected);
}

/// A thousand definitions side by side are deleted by one run, and those whose labels stand in the text are not.
#[test]
fn many_fixes_side_by_side_are_one_run() {
    let unused: Vec<String> = (0..1000)
        .map(|one| format!("[unused{one}]: /unused/{one}\n"))
        .collect();
    let text = format!("# Week 1\n\nThe `unused7` one.\n\n{}", unused.concat());
    let expected = fixed("week-1.md", &text, &[]);
    assert_eq!(
        expected,
        "# Week 1\n\nThe `unused7` one.\n\n[unused7]: /unused/7\n"
    );
}

/// As a heading, `TODO` is a finding that was none before. Whether it is known at once whose it is, or found by halves, as
/// where lines follow each other: it alone is left.
#[test]
fn a_repair_that_brings_something_to_light_is_left_out_and_the_others_are_made() {
    for apart in ["\n\n", "\n"] {
        for (count, at) in [(4, 0), (4, 1), (4, 2), (4, 3), (5, 0), (5, 2), (5, 4)] {
            let mut lines = vec!["##Pump"; count];
            lines[at] = "##TODO";
            let text = format!("# Week 12\n\n{}\n", lines.join(apart));
            let expected = text.replace("##Pump", "## Pump");
            let folder = Folder::new(&[("notes/week-12.md", &text)]);
            let run = folder.lint(&["--fix"]);
            assert_eq!(note(&folder, "week-12.md"), expected);
            let said = format!("notes/week-12.md: {} problems fixed", count - 1);
            assert_eq!(first_beside_notices(&run.err), Some(&*said), "{text}");
        }
    }
}

/// To leave them out one by one would take hundreds of rounds.
#[test]
fn hundreds_of_repairs_that_bring_something_to_light_are_left_out_together() {
    for lines in ["##TODO\n\n##Pump\n\n", "##TODO\n##Pump\n"] {
        let text = format!("# Week 12\n\n{}", lines.repeat(300));
        let expected = text.replace("##Pump", "## Pump");
        assert_eq!(fixed("week-12.md", &text, &[]), expected);
    }
}

/// What is left when one of them is deleted would be the next one to delete, for more rounds than a run has.
#[test]
fn a_definition_that_is_repeated_hundreds_of_times_is_deleted_by_one_run() {
    let again = "[unused]: /unused\n".repeat(300);
    let text = format!("# Week 1\n\n##Pump\n\n{again}");
    assert_eq!(fixed("week-1.md", &text, &[]), "# Week 1\n\n## Pump\n\n");
    // Which of several addresses was meant is for the author to say.
    let other = "[other]: /one\n[other]: /other\n[other]: shipped!\n";
    let text = format!("# Week 1\n\n{again}{other}");
    let expected = format!("# Week 1\n\n{other}");
    assert_eq!(fixed("week-1.md", &text, &[]), expected);
    assert_eq!(
        fixed("week-1.md", &text, &["--unsafe-fixes"]),
        "# Week 1\n\n[other]: shipped!\n"
    );
}

#[cfg(unix)]
#[test]
fn what_would_be_broken_by_writing_is_refused_by_name_and_the_rest_is_written() {
    let folder = folder();
    let linked = folder.path().join("notes/week-14.md");
    folder.write("elsewhere.txt", BROKEN);
    fs::hard_link(folder.path().join("elsewhere.txt"), &linked).expect("a hard link can be made");
    folder.write(
        "notes/.weeknote-lint-abcDEF1234.tmp",
        "left by a run that was killed",
    );
    let run = folder.lint(&["--fix"]);
    let left = "`notes/week-14.md` was not changed: it has several names (hard links)";
    support::refused(&run, &[left, "changed: `notes/week-12.md`"]);
    assert_eq!(note(&folder, "week-14.md"), BROKEN);
    assert_eq!(
        note(&folder, "week-12.md"),
        BROKEN.replace("##Pump", "## Pump")
    );
    let names = fs::read_dir(folder.path().join("notes")).expect("the folder is there");
    assert_eq!(names.count(), 3, "a temporary file is left");
    support::refused(&folder.lint(&["--fix"]), &[left, "no file was changed"]);
}

/// Somebody saves while `--fix` runs: the saved text stays, and nothing is made of two texts.
#[test]
fn what_is_saved_meanwhile_stays() {
    let (mut kept, mut fixed) = (0, 0);
    for round in 0..40 {
        let folder = folder();
        let path = folder.path().join("notes/week-12.md");
        let saved = format!("Draft.\n\n{BROKEN}");
        let mut run = support::program(folder.path())
            .args(["--fix", "--quiet"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(std::time::Duration::from_micros(300 * round));
        fs::write(&path, &saved).expect("the note can be saved");
        run.wait().expect("the program ends");
        let now = fs::read_to_string(&path).expect("the note is there");
        // Saved before it was read, it is fixed like any other.
        match now == saved {
            true => kept += 1,
            false => {
                assert_eq!(now, saved.replace("##Pump", "## Pump"));
                fixed += 1;
            }
        }
    }
    assert_eq!(kept + fixed, 40);
}
