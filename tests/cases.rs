//! Small inputs that once went wrong, each in a folder of its own beside the project (`../shared/cases`): what must hold
//! for each is said here, by the folder's name. They are no part of the project; where they are absent, and for a folder
//! that is not known here, the output says that nothing was asked.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{Run, copy_folder, files_below, finished, folders_beside, lint, program, say};

/// A case in a scratch folder, as its `setup.sh` or `gen.py` has made it.
struct Case {
    /// Where the case's own files and scripts are.
    source: PathBuf,
    scratch: tempfile::TempDir,
}

/// What came of a case; the text says what is wrong.
type Answer = Result<(), String>;

type Check = fn(&Case) -> Answer;

const CASES: &[(&str, Check)] = &[
    ("baseline-through-symlink", baseline_through_symlink),
    ("baseline-torn", baseline_torn),
    ("config-symlink-discloses", config_symlink_discloses),
    ("cr-note-emptied", cr_note_emptied),
    ("cut-off-not-idempotent", |case| case.is_stable()),
    ("data-files-follow-symlinks", data_files_follow_symlinks),
    ("definition-after-list-item", definition_after_list_item),
    ("definition-list", |case| case.finds(&[])),
    ("embedded-bare-repository", embedded_bare_repository),
    ("file-changes-while-fixing", file_changes_while_fixing),
    ("footnote-paragraphs", |case| {
        case.finds(&["2024-07-05-week-27.md:11:error[links/undefined-reference]"])
    }),
    ("habit-is-fixed", habit_is_fixed),
    ("inline-math", |case| case.finds(&[])),
    ("kramdown-table-code", |case| case.finds(&[])),
    ("kramdown-words-deleted", kramdown_words_deleted),
    ("label-colon-prose", label_colon_prose),
    ("literal-pathspecs", literal_pathspecs),
    ("mkdocs-admonition", |case| {
        case.finds(&["week-27.md:7:error[links/undefined-reference]"])
    }),
    ("obsidian-markdown-links", obsidian_markdown_links),
    ("quadratic", quadratic),
    ("quoted-label", |case| case.finds(&[])),
    ("staged-submodule", staged_submodule),
    ("weeks-from-sunday", weeks_from_sunday),
];

/// Cases whose scripts need a program that is not everywhere.
const TRACED: &[&str] = &["baseline-torn", "file-changes-while-fixing"];

#[test]
fn every_case_beside_the_project() {
    let Some(folders) = folders_beside("../shared/cases") else {
        say("no cases lie beside the project: nothing was asked of them");
        return;
    };
    let has_strace = Command::new("strace").arg("-V").output().is_ok();
    let (mut held, mut not_asked, mut wrong) = (0, Vec::new(), Vec::new());
    for folder in folders {
        let name = folder.file_name().expect("it has a name").to_string_lossy();
        match CASES.iter().find(|(known, _)| *known == name) {
            None => not_asked.push(format!("{name} (not known here)")),
            Some(_) if TRACED.contains(&&*name) && !has_strace => {
                not_asked.push(format!("{name} (strace is not installed)"));
            }
            Some((_, check)) => match check(&Case::new(&folder)) {
                Ok(()) => held += 1,
                Err(what) => wrong.push(format!("{name}: {what}")),
            },
        }
    }
    say(&format!("cases: {held} hold, {} do not", wrong.len()));
    for name in not_asked {
        say(&format!("cases: NOT ASKED: {name}"));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(held > 0, "no case was asked");
}

impl Case {
    fn new(source: &Path) -> Self {
        let case = Case {
            source: source.canonicalize().expect("the case is there"),
            scratch: tempfile::tempdir().expect("a temporary folder"),
        };
        if ["setup.sh", "gen.py"]
            .iter()
            .all(|script| !source.join(script).exists())
        {
            copy_folder(source, case.root(), |name| name == "expect.txt");
        }
        case
    }

    fn root(&self) -> &Path {
        self.scratch.path()
    }

    /// Runs one of its scripts with the scratch folder, the program and nothing of git's surroundings.
    fn script(&self, interpreter: &str, script: &str) -> Run {
        let mut command = Command::new(interpreter);
        command
            .arg(self.source.join(script))
            .arg(self.root())
            .arg(env!("CARGO_BIN_EXE_weeknote-lint"))
            .env("WEEKNOTE_LINT", env!("CARGO_BIN_EXE_weeknote-lint"))
            .current_dir(self.root());
        finished(&mut command)
    }

    fn set_up(&self) -> &Self {
        self.script("bash", "setup.sh");
        self
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.path(path)).unwrap_or_default()).into_owned()
    }

    /// The findings as `file:line:severity[rule]`, infos left out.
    fn problems(&self) -> Vec<String> {
        let run = lint(self.root(), &["--format", "concise", "--quiet"]);
        let lines = run.out.lines().filter_map(|line| {
            let (place, rest) = line.split_once(": ")?;
            let mut place = place.rsplitn(3, ':').skip(1);
            let (number, path) = (place.next()?, place.next()?);
            let name = path.rsplit('/').next()?;
            let (rule, _) = rest.split_once(' ')?;
            Some(format!("{name}:{number}:{rule}"))
        });
        lines.collect()
    }

    /// Nothing else is found, and nothing is fixed.
    fn finds(&self, expected: &[&str]) -> Answer {
        let found = self.problems();
        require(found == expected, || {
            format!("{found:?} instead of {expected:?}")
        })?;
        self.keeps_its_bytes()
    }

    /// `--fix` changes no file.
    fn keeps_its_bytes(&self) -> Answer {
        let before = files_below(self.root());
        lint(self.root(), &["--fix"]);
        require(files_below(self.root()) == before, || {
            "--fix changes it".to_owned()
        })
    }

    /// A second `--fix` changes no file.
    fn is_stable(&self) -> Answer {
        lint(self.root(), &["--fix"]);
        self.keeps_its_bytes()
    }
}

fn require(holds: bool, what: impl FnOnce() -> String) -> Answer {
    holds.then_some(()).ok_or_else(what)
}

/// Replaces a file by a symbolic link.
fn link(target: impl AsRef<Path>, at: &Path) {
    let _ = fs::remove_file(at);
    std::os::unix::fs::symlink(target, at).expect("a link can be made");
}

fn baseline_through_symlink(case: &Case) -> Answer {
    case.set_up();
    let repository = case.path("repo");
    let precious = case.text("home/rc");
    let refused = |arguments: &[&str]| {
        let run = lint(&repository, arguments);
        require(run.code == 2, || {
            format!("{arguments:?} ends with {}: {}", run.code, run.err)
        })?;
        require(case.text("home/rc") == precious, || {
            format!("{arguments:?} writes through the link")
        })
    };
    refused(&["baseline"])?;
    link(
        "../home/new",
        &repository.join("weeknote-lint-baseline.txt"),
    );
    refused(&["baseline"])?;
    link("../home/rc", &repository.join("weeknote-lint.toml"));
    refused(&["init", "--force"])?;
    link("../home/new", &repository.join("weeknote-lint.toml"));
    refused(&["init", "--force"])?;
    require(!case.path("home/new").exists(), || {
        "a dangling link makes a file".to_owned()
    })
}

fn baseline_torn(case: &Case) -> Answer {
    case.set_up();
    let file = case.text("weeknote-lint-baseline.txt");
    let has_entry = file
        .lines()
        .any(|line| !line.starts_with('#') && !line.is_empty());
    require(has_entry && file.contains("# back in May"), || {
        format!("the list is {file:?}")
    })
}

fn config_symlink_discloses(case: &Case) -> Answer {
    case.set_up();
    let configuration = case.path("weeknote-lint.toml");
    let refused = |name: &str| {
        let run = finished(
            program(case.root())
                .env_clear()
                .env("FAKE_TOKEN", "hunter2"),
        );
        require(run.code == 2, || {
            format!("{name}: status {}: {}", run.code, run.err)
        })?;
        require(
            !format!("{}{}", run.out, run.err).contains("hunter2"),
            || format!("{name}: the secret is shown"),
        )
    };
    refused("the configuration, /proc/self/environ")?;
    fs::write(case.path(".git/config"), "token = hunter2\n").expect("it can be written");
    link(".git/config", &configuration);
    refused("the configuration, .git/config")?;
    fs::remove_file(&configuration).expect("it is there");
    for target in ["/proc/self/environ", ".git/config"] {
        link(target, &case.path("weeknote-lint-baseline.txt"));
        refused("the baseline")?;
    }
    Ok(())
}

fn cr_note_emptied(case: &Case) -> Answer {
    let before = case.text("week-1.md");
    let line = before.split_inclusive('\r').next_back().unwrap_or_default();
    let expected = before.strip_suffix(line).unwrap_or_default();
    lint(case.root(), &["--fix"]);
    let after = case.text("week-1.md");
    require(!expected.is_empty() && after == expected, || {
        format!("{after:?} instead of {expected:?}")
    })
}

/// Files that the program reads beside notes: links to what never ends, and a FIFO that nobody writes to.
fn data_files_follow_symlinks(case: &Case) -> Answer {
    case.set_up();
    let ends = |name: &str, status: i32| {
        let command = "ulimit -v 2000000; exec timeout 20 \"$0\"";
        let mut bounded = Command::new("sh");
        bounded
            .args(["-c", command, env!("CARGO_BIN_EXE_weeknote-lint")])
            .current_dir(case.root());
        let run = finished(&mut bounded);
        require(run.code == status, || {
            format!("{name}: status {}: {}", run.code, run.err)
        })
    };
    ends("_config.yml", 0)?;
    fs::remove_file(case.path("_config.yml")).expect("it is there");
    for name in [
        "_config.toml",
        "hugo.toml",
        "package.json",
        "notes/notes.json",
        "notes/notes.11tydata.json",
        "weeknote-lint.toml",
        "weeknote-lint-baseline.txt",
    ] {
        let status = if name.starts_with("weeknote-lint") {
            2
        } else {
            0
        };
        link("/dev/zero", &case.path(name));
        ends(name, status)?;
        fs::remove_file(case.path(name)).expect("it is there");
        finished(Command::new("mkfifo").arg(case.path(name)));
        ends(&format!("{name}, a FIFO"), status)?;
        fs::remove_file(case.path(name)).expect("it is there");
    }
    Ok(())
}

fn definition_after_list_item(case: &Case) -> Answer {
    let found = case.problems();
    let broken = |name: &str| {
        found
            .iter()
            .any(|one| one.starts_with(name) && one.contains("links/broken-definition"))
    };
    let twice = found
        .iter()
        .any(|one| one.contains("links/duplicate-definition"));
    require(
        broken("week-27.md") && broken("week-29.md") && !twice,
        || format!("{found:?}"),
    )
}

fn embedded_bare_repository(case: &Case) -> Answer {
    case.set_up();
    let run = |folder: &str, arguments: &[&str]| {
        lint(&case.path(folder), arguments);
        require(!case.path("RAN").exists(), || {
            format!("{arguments:?} in {folder} runs its command")
        })
    };
    run("clone", &["--staged", "notes/evil"])?;
    run("clone", &["--staged", "notes/evil/week-9.md"])?;
    run("clone", &["--since", "HEAD", "notes/evil"])?;
    run("clone/notes/evil", &["--staged"])?;
    run("clone/notes/evil", &["--since", "HEAD"])?;
    run("clone/notes/evil", &[])
}

fn file_changes_while_fixing(case: &Case) -> Answer {
    case.set_up();
    let note = case.text("notes/week-1.md");
    require(
        note.contains("Draft.\n") && note.contains("paid 400 pounds."),
        || format!("the note is {note:?}"),
    )
}

fn habit_is_fixed(case: &Case) -> Answer {
    case.set_up();
    for arguments in [&["--fix"][..], &["--fix", "--unsafe-fixes"]] {
        let before = files_below(case.root());
        lint(case.root(), arguments);
        let after = files_below(case.root());
        let changed = before
            .iter()
            .zip(&after)
            .filter(|(one, other)| one != other)
            .count();
        require(changed <= 1, || {
            format!("{arguments:?} changes {changed} notes")
        })?;
    }
    Ok(())
}

fn kramdown_words_deleted(case: &Case) -> Answer {
    lint(case.root(), &["--fix"]);
    let note = case.text("week-1.snip");
    require(note.contains("[Alice]: shipped the printer\n"), || {
        format!("the note is {note:?}")
    })
}

fn label_colon_prose(case: &Case) -> Answer {
    let found = case.problems();
    require(
        !found.iter().any(|one| one.contains("unused-definition")),
        || format!("{found:?}"),
    )?;
    case.keeps_its_bytes()
}

fn literal_pathspecs(case: &Case) -> Answer {
    case.set_up();
    for variable in ["LITERAL", "GLOB", "NOGLOB", "ICASE"] {
        let variable = format!("GIT_{variable}_PATHSPECS");
        let run = finished(
            program(case.root())
                .args(["--staged", "--format", "concise"])
                .env(&variable, "1"),
        );
        require(
            run.code == 1 && run.out.lines().count() == 1 && run.out.contains(": warning["),
            || format!("{variable}: status {}: {}{}", run.code, run.out, run.err),
        )?;
    }
    Ok(())
}

fn obsidian_markdown_links(case: &Case) -> Answer {
    let run = lint(case.root(), &["--format", "concise"]);
    let of_note = |line: &&str| line.starts_with("weeks/2024-W41.md:");
    let lines: Vec<&str> = run.out.lines().filter(of_note).collect();
    let is_one =
        |line: &str| line.contains("[links/missing-target]") && line.contains("people/Tom.md");
    require(matches!(lines[..], [line] if is_one(line)), || {
        format!("{lines:?}")
    })
}

/// The bound of processor time is far above what any of them takes, and far below what a quadratic loop would.
fn quadratic(case: &Case) -> Answer {
    case.script("python3", "gen.py");
    let mut wrong = Vec::new();
    for entry in fs::read_dir(case.root()).expect("the folder can be read") {
        let root = entry.expect("the folder can be read").path();
        let mut bounded = Command::new("sh");
        bounded
            .args(["-c", "ulimit -t 16; exec \"$0\" --quiet"])
            .arg(env!("CARGO_BIN_EXE_weeknote-lint"))
            .current_dir(&root);
        let code = finished(&mut bounded).code;
        if ![0, 1].contains(&code) {
            wrong.push(format!("{} does not end in time", root.display()));
        }
    }
    require(wrong.is_empty(), || wrong.join(", "))
}

fn staged_submodule(case: &Case) -> Answer {
    let run = case.script("sh", "run.sh");
    require(run.out.ends_with("status 0\n"), || {
        format!("{}{}", run.out, run.err)
    })
}

fn weeks_from_sunday(case: &Case) -> Answer {
    let found = case.problems();
    let wrong = found
        .iter()
        .any(|one| one.starts_with("2022-W53.md") && one.contains("week/impossible"));
    require(!wrong, || format!("{found:?}"))
}
