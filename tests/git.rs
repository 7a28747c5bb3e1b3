//! `--staged` and `--since` in scratch repositories: what git's index holds is linted, what a commit held is compared
//! with, whatever else lies in the working tree.

#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::scratch::{Repository, found_in, git_in, lint_in, without_git};
use support::{Folder, findings, finished, program, refused};

/// An undefined reference at 3:5.
const BROKEN: &str = "# Week 12\n\nThe [plans][plans] are drawn.\n";
const MENDED: &str = "# Week 12\n\nThe plans are drawn.\n";
const CLEAN: &str = "# Week 13\n\nA quiet week.\n";

const FINDING: &str = "notes/week-12.md:3:5: error[links/undefined-reference]";

// What is staged

#[test]
fn the_index_is_linted_whatever_lies_in_the_working_tree() {
    let repository =
        Repository::committed(&[("notes/week-12.md", MENDED), ("notes/week-13.md", CLEAN)]);
    repository.write("notes/week-12.md", BROKEN);
    repository.write("notes/week-14.md", "# Week 14\n\nThe [roof][roof] leaks.\n");
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
    assert_eq!(repository.found(&[]).len(), 2);

    repository.git(&["add", "notes/week-12.md"]);
    repository.write("notes/week-12.md", MENDED);
    assert_eq!(repository.found(&["--staged"]), [FINDING]);
    // The fixed line is not what the finding shows.
    assert!(
        repository
            .lint(&["--staged"])
            .out
            .contains("The [plans][plans] are drawn.")
    );

    repository.remove("notes/week-12.md");
    assert_eq!(repository.found(&["--staged"]), [FINDING]);
    assert_eq!(
        repository.found(&["--staged", "notes/week-12.md"]),
        [FINDING]
    );
    assert_eq!(repository.found(&["--staged", "notes/week-13.md"]), [""; 0]);
}

#[test]
fn a_staged_deletion_breaks_the_links_to_the_page() {
    let repository = Repository::new(&[
        (
            "notes/week-12.md",
            "# Week 12\n\nAs in [the last week](week-11.md).\n",
        ),
        ("notes/week-11.md", "# Week 11\n\nRain.\n"),
    ]);
    repository.write_links();
    repository.commit();
    let broken = "notes/week-12.md:3:23: error[links/missing-target]";
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
    repository.remove("notes/week-11.md");
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
    repository.git(&["rm", "--quiet", "--cached", "notes/week-11.md"]);
    for arguments in [&["--staged"][..], &["--staged", "--since", "HEAD"]] {
        assert_eq!(repository.found(arguments), [broken]);
    }
}

#[test]
fn a_rename_that_is_staged_is_seen_in_the_working_tree_too() {
    let repository = Repository::committed(&[
        (
            "notes/week-12.md",
            "# Week 12\n\nAs in [the last week](week-11.md).\n",
        ),
        ("notes/week-11.md", "# Week 11\n\nRain.\n"),
    ]);
    repository.git(&["mv", "notes/week-11.md", "notes/week-11-rain.md"]);
    for arguments in [&[][..], &["--staged"]] {
        let run = repository.lint(arguments);
        let said = "`notes/week-11.md` was renamed to `notes/week-11-rain.md`";
        assert!(run.out.contains(said), "{}", run.out);
    }
}

#[test]
fn everything_committed_and_nothing_changed_is_linted_as_without_git() {
    let note = |week: u32| format!("# Week {week}\n\nThe [plans][plans] are drawn.\n");
    let mut files = Vec::new();
    for (index, folder) in [
        "notes",
        "notes/drafts",
        "notes/drafts/kept",
        "notes/.hidden/deep",
        "notes/.shown",
        "notes/node_modules/deep",
        "notes/old",
        "notes/private",
        "notes/[a] \"b\"",
    ]
    .iter()
    .enumerate()
    {
        for week in 1..4 {
            let week = week + 4 * u32::try_from(index).expect("a small number");
            files.push((format!("{folder}/week-{week}.md"), note(week)));
        }
    }
    let ignores = [
        (".gitignore", "**/drafts/*\n!kept/\n*-2.md\n!.shown/\n"),
        ("notes/.gitignore", "/private\n!week-2.md\n# week-3.md\n"),
        ("notes/old/.ignore", "week-25.md\n"),
        ("weeknote-lint.toml", "exclude = ['notes/old/week-26.md']\n"),
    ];
    let all: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .chain(ignores)
        .collect();
    let repository = Repository::new(&all);
    repository.git(&["add", "--all", "--force"]);
    repository.git(&["commit", "--quiet", "--message", "all of it"]);
    let found = repository.found(&[]);
    assert_eq!(repository.found(&["--staged"]), found);
    let week = |path: &str| found.iter().any(|finding| finding.starts_with(path));
    assert!(
        week("notes/week-2.md") && week("notes/drafts/kept/") && week("notes/.shown/"),
        "{found:#?}"
    );
    for left_out in [
        "notes/drafts/week",
        "notes/.hidden/deep",
        "notes/node_modules/deep",
        "notes/private",
        "notes/old/week-25",
        "notes/old/week-26",
    ] {
        assert!(!week(left_out), "{left_out} {found:#?}");
    }
}

#[test]
fn the_configuration_comes_from_the_index_too() {
    let off = "[rules]\n'links/undefined-reference' = 'off'\n";
    let repository = Repository::committed(&[("notes/week-12.md", BROKEN)]);
    repository.write("weeknote-lint.toml", off);
    assert_eq!(repository.found(&["--staged"]), [FINDING]);
    repository.git(&["add", "weeknote-lint.toml"]);
    repository.write("weeknote-lint.toml", "not = 'valid'");
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
    repository.git(&["add", "weeknote-lint.toml"]);
    repository.write("weeknote-lint.toml", "");
    refused(
        &repository.lint(&["--staged"]),
        &["weeknote-lint.toml:1:1", "`not`"],
    );
    // A file that is named is read where it lies, if the index does not know it.
    repository.write("other.toml", off);
    assert_eq!(
        repository.found(&["--staged", "--config", "other.toml"]),
        [""; 0]
    );
}

#[test]
fn a_configuration_that_is_not_staged_makes_no_root() {
    let repository = Repository::new(&[("site/notes/week-12.md", BROKEN)]);
    repository.remove("weeknote-lint.toml");
    repository.write("week-11.md", "# Week 11\n\nThe [roof][roof] leaks.\n");
    repository.commit();
    repository.write("site/weeknote-lint.toml", "");
    let at_top = [
        &format!("site/{FINDING}"),
        "week-11.md:3:5: error[links/undefined-reference]",
    ];
    let site = repository.path().join("site");
    assert_eq!(found_in(&site, &[]), [FINDING]);
    assert_eq!(found_in(&site, &["--staged"]), at_top);
    repository.git(&["add", "--all"]);
    assert_eq!(found_in(&site, &["--staged"]), [FINDING]);
    assert_eq!(found_in(&site.join("notes"), &["--staged"]), [FINDING]);
    assert_eq!(
        found_in(repository.path(), &["--staged", "site"]),
        [FINDING]
    );
}

#[test]
fn an_archive_in_a_subfolder_knows_the_ignore_files_above_it() {
    let repository = Repository::new(&[
        ("site/weeknote-lint.toml", ""),
        ("site/notes/week-12.md", BROKEN),
        ("site/notes/week-13.md", BROKEN),
        (".gitignore", "week-13.md\n"),
    ]);
    repository.git(&["add", "--all", "--force"]);
    for arguments in [&[][..], &["--staged"], &["--staged", "--since", "HEAD"]] {
        assert_eq!(
            found_in(&repository.path().join("site"), arguments),
            [FINDING]
        );
    }
}

#[test]
fn strange_names_are_read_from_the_index() {
    let names = [
        "notes/week 12.md",
        "notes/\"week\"-12.md",
        "notes/week-12\nb.md",
        "notes/wéek-12\t.md",
    ];
    let repository = Repository::new(&names.map(|name| (name, BROKEN)));
    repository.git(&["add", "--all"]);
    let found = repository.found(&[]);
    let undefined = found
        .iter()
        .filter(|one| one.ends_with("[links/undefined-reference]"));
    assert_eq!(undefined.count(), names.len());
    for name in names {
        repository.write(name, CLEAN);
    }
    assert_eq!(repository.found(&["--staged"]), found);
    // The same through a commit.
    repository.git(&["commit", "--quiet", "--message", "strange"]);
    assert_eq!(repository.found(&["--staged", "--since", "HEAD"]), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf_8_is_a_finding_in_the_index_too() {
    use std::os::unix::ffi::OsStrExt;
    let repository = Repository::new(&[("notes/week-12.md", MENDED)]);
    let name = std::ffi::OsStr::from_bytes(b"notes/week-13-\xff.md");
    fs::write(repository.path().join(name), CLEAN).expect("it can be written");
    repository.git(&["add", "--all"]);
    let found = repository.found(&[]);
    assert_eq!(
        found,
        ["notes/week-13-\u{fffd}.md:1:1: error[files/unreadable]"]
    );
    assert_eq!(repository.found(&["--staged"]), found);
    repository.commit();
    assert_eq!(repository.found(&["--staged", "--since", "HEAD"]), [""; 0]);
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_files_that_others_may_link_to() {
    let repository = Repository::new(&[(
        "notes/week-12.md",
        "# Week 12\n\nSee [the plan](plan.md) and [all](all.md).\n",
    )]);
    repository.write_links();
    std::os::unix::fs::symlink("week-1.md", repository.path().join("notes/plan.md"))
        .expect("a link");
    std::os::unix::fs::symlink("nowhere", repository.path().join("notes/all.md")).expect("a link");
    repository.git(&["add", "--all"]);
    assert_eq!(repository.found(&[]), [""; 0]);
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
    // A note that is staged as a link is none.
    repository.write("notes/week-14.md", BROKEN.replace("12", "14"));
    repository.git(&["add", "--all"]);
    repository.remove("notes/week-14.md");
    std::os::unix::fs::symlink("week-1.md", repository.path().join("notes/week-14.md"))
        .expect("a link");
    assert_eq!(repository.found(&["--staged"]).len(), 1);
    repository.git(&["add", "--all"]);
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
}

#[test]
fn a_repository_without_a_commit_has_an_index() {
    let repository = Repository::new(&[("notes/week-12.md", BROKEN)]);
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
    repository.git(&["add", "--all"]);
    repository.write("notes/week-12.md", MENDED);
    assert_eq!(repository.found(&["--staged"]), [FINDING]);
    assert_eq!(
        repository.found(&["--staged", "--since", "HEAD"]),
        [FINDING]
    );
    refused(
        &repository.lint(&["--staged", "--since", "main"]),
        &["there is no commit `main`"],
    );
}

#[test]
fn each_working_tree_has_its_own_index() {
    let repository = Repository::committed(&[("notes/week-12.md", MENDED)]);
    let beside = tempfile::tempdir().expect("a temporary folder");
    let tree = beside.path().join("tree");
    let name = tree.to_string_lossy().into_owned();
    repository.git(&["worktree", "add", "--quiet", &name]);
    fs::write(tree.join("notes/week-12.md"), BROKEN).expect("it can be written");
    git_in(&tree, &["add", "--all"]);
    fs::write(tree.join("notes/week-12.md"), MENDED).expect("it can be written");
    assert_eq!(found_in(&tree, &["--staged"]), [FINDING]);
    assert_eq!(found_in(&tree, &["--staged", "--since", "HEAD"]), [FINDING]);
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
}

#[test]
fn a_submodule_is_a_repository_of_its_own_and_a_folder_of_the_one_around_it() {
    let inner = Repository::new(&[("notes/week-12.md", MENDED)]);
    inner.write_links();
    inner.remove("weeknote-lint.toml");
    inner.commit();
    let outer = Repository::committed(&[(
        "notes/week-13.md",
        "# Week 13\n\nAs [before](../archive/notes/week-12.md).\n",
    )]);
    outer.write_links();
    outer.commit();
    outer.git(&[
        "submodule",
        "--quiet",
        "add",
        &inner.path().to_string_lossy(),
        "archive",
    ]);
    assert_eq!(outer.found(&["--staged"]), outer.found(&[]));
    assert_eq!(outer.found(&["--staged"]), [""; 0]);

    let folder = outer.path().join("archive");
    fs::write(folder.join("notes/week-12.md"), BROKEN).expect("it can be written");
    git_in(&folder, &["add", "--all"]);
    fs::write(folder.join("notes/week-12.md"), MENDED).expect("it can be written");
    assert_eq!(found_in(&folder, &["--staged"]), [FINDING]);
    assert_eq!(
        found_in(&folder, &["--staged", "--since", "HEAD"]),
        [FINDING]
    );
    assert_eq!(outer.found(&["--staged"]), [""; 0]);
}

/// Makes the program the repository's hook.
#[cfg(unix)]
fn install_hook(repository: &Repository, arguments: &str) {
    use std::os::unix::fs::PermissionsExt;
    let program = env!("CARGO_BIN_EXE_weeknote-lint");
    let hook = repository.path().join(".git/hooks/pre-commit");
    let text = format!("#!/bin/sh\nexec '{program}' {arguments}\n");
    fs::create_dir_all(hook.parent().expect("it is in a folder")).expect("a folder");
    fs::write(&hook, text).expect("it can be written");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755))
        .expect("it can be made executable");
}

#[cfg(unix)]
#[test]
fn a_hook_sees_the_index_of_the_commit_that_is_made() {
    let repository =
        Repository::committed(&[("notes/week-12.md", MENDED), ("notes/week-13.md", CLEAN)]);
    install_hook(&repository, "--staged --format concise");
    repository.write("notes/week-12.md", BROKEN);
    repository.write("notes/week-13.md", "# Week 13\n\nA very quiet week.\n");
    // The one broken note is staged, and the commit is of the other: git makes an index for it.
    repository.git(&["add", "notes/week-12.md"]);
    repository.git(&[
        "commit",
        "--quiet",
        "--message",
        "one note",
        "notes/week-13.md",
    ]);
    let commit = |arguments: &[&str], folder: &str| {
        let mut command = without_git(Command::new("git"));
        let folder = repository.path().join(folder);
        finished(
            command
                .current_dir(folder)
                .args(["commit", "--quiet", "--message", "x"])
                .args(arguments),
        )
    };
    for (arguments, folder) in [
        (&[][..], "."),
        (&["--all"], "."),
        (&["week-12.md"], "notes"),
    ] {
        let run = commit(arguments, folder);
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.err.contains(FINDING), "{}", run.err);
    }
    // Another repository is not read by this one's index.
    let other = Repository::new(&[("notes/week-12.md", BROKEN)]);
    other.git(&["add", "--all"]);
    install_hook(
        &repository,
        &format!("--staged --format concise '{}'", other.path().display()),
    );
    let run = commit(&["week-13.md"], "notes");
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains(FINDING), "{}", run.err);
}

#[test]
fn an_index_can_be_named() {
    let repository = Repository::committed(&[("notes/week-12.md", MENDED)]);
    repository.write("notes/week-12.md", BROKEN);
    let index = repository.path().join("other-index");
    let mut git = without_git(Command::new("git"));
    git.current_dir(repository.path())
        .env("GIT_INDEX_FILE", &index);
    assert_eq!(
        finished(git.args(["add", "notes", "weeknote-lint.toml"])).code,
        0
    );
    let mut lint = without_git(program(repository.path()));
    lint.env("GIT_INDEX_FILE", "other-index")
        .args(["--staged", "--format", "concise"]);
    assert_eq!(findings(&finished(&mut lint).out), [FINDING]);
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
}

#[test]
fn a_repository_without_a_git_folder_is_named_by_variables() {
    let repository = Repository::committed(&[
        ("site/notes/week-12.md", BROKEN),
        ("site/weeknote-lint.toml", ""),
    ]);
    let kept = tempfile::tempdir().expect("a temporary folder");
    let folder = kept.path().join("kept.git");
    fs::rename(repository.path().join(".git"), &folder).expect("it can be moved");
    repository.write("site/notes/week-12.md", MENDED);
    for (here, tree) in [("", None), ("site", Some(".."))] {
        let mut lint = without_git(program(&repository.path().join(here)));
        lint.env("GIT_DIR", &folder)
            .args(["--staged", "--format", "concise"]);
        lint.args((here.is_empty()).then_some("site"));
        tree.map(|tree| lint.env("GIT_WORK_TREE", tree));
        assert_eq!(findings(&finished(&mut lint).out), [FINDING], "{here}");
    }
}

#[test]
fn variables_of_another_repository_are_not_taken_for_this_ones() {
    let named = Repository::committed(&[("notes/week-12.md", MENDED)]);
    let asked = |folder: &Path| {
        let mut lint = without_git(program(folder));
        lint.env("GIT_DIR", named.path().join(".git"))
            .env("GIT_WORK_TREE", named.path())
            .args(["--staged", "--format", "concise"]);
        finished(&mut lint)
    };
    let outside = Folder::new(&[("notes/week-12.md", BROKEN)]);
    refused(&asked(outside.path()), &["is not in a git repository"]);
    named.write("inside/notes/week-12.md", BROKEN);
    let inside = named.path().join("inside");
    git_in(&inside, &["init", "--quiet"]);
    git_in(&inside, &["add", "--all"]);
    assert_eq!(findings(&asked(&inside).out), [FINDING]);
}

#[test]
fn a_git_folder_that_is_none_makes_no_repository() {
    let folder = Folder::new(&[(".git/HEAD", "beans"), ("notes/week-12.md", BROKEN)]);
    refused(&folder.lint(&["--staged"]), &["is not in a git repository"]);
}

#[test]
fn what_git_is_told_to_overlook_is_read_from_the_index() {
    let repository = Repository::committed(&[("notes/week-12.md", BROKEN)]);
    repository.git(&["update-index", "--assume-unchanged", "notes/week-12.md"]);
    repository.write("notes/week-12.md", MENDED);
    assert_eq!(repository.found(&["--staged"]), [FINDING]);
    repository.git(&[
        "update-index",
        "--no-assume-unchanged",
        "--skip-worktree",
        "notes/week-12.md",
    ]);
    repository.remove("notes/week-12.md");
    assert_eq!(repository.found(&["--staged"]), [FINDING]);
}

#[test]
fn a_file_that_is_only_announced_is_not_staged() {
    let repository = Repository::new(&[("notes/week-12.md", MENDED)]);
    repository.write_links();
    repository.commit();
    repository.write("notes/week-11.md", "# Week 11\n\nRain.\n");
    repository.write(
        "notes/week-13.md",
        "# Week 13\n\nAs [before](week-11.md).\n",
    );
    repository.git(&["add", "notes/week-13.md"]);
    repository.git(&["add", "--intent-to-add", "notes/week-11.md"]);
    let missing = ["notes/week-13.md:3:13: error[links/missing-target]"];
    assert_eq!(repository.found(&["--staged"]), missing);
    repository.git(&["add", "notes/week-11.md"]);
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
}

#[test]
fn an_unfinished_merge_is_refused_and_can_be_linted_without_the_index() {
    let repository = Repository::committed(&[("notes/week-12.md", MENDED)]);
    repository.git(&["checkout", "--quiet", "-b", "other"]);
    repository.write("notes/week-12.md", "# Week 12\n\nOne.\n");
    repository.commit();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("notes/week-12.md", "# Week 12\n\nTwo.\n");
    repository.commit();
    let mut merge = without_git(Command::new("git"));
    assert_eq!(
        finished(
            merge
                .current_dir(repository.path())
                .args(["merge", "other"])
        )
        .code,
        1
    );
    refused(
        &repository.lint(&["--staged"]),
        &[
            "the merge of `notes/week-12.md` is not finished",
            "`git add`",
        ],
    );
    let found = repository.found(&["--since", "HEAD"]);
    assert!(
        !found.is_empty() && found.iter().all(|one| one.contains("body/conflict-marker")),
        "{found:?}"
    );
}

#[test]
fn wrong_use_is_refused_with_one_message() {
    let repository = Repository::committed(&[("notes/week-12.md", BROKEN)]);
    refused(
        &repository.lint(&["--staged", "--fix"]),
        &["--fix writes to the working tree", "`git add`"],
    );
    refused(
        &repository.lint(&["--staged", "--stdin-filename", "notes/week-12.md"]),
        &["--stdin-filename"],
    );
    refused(
        &repository.lint(&["--staged", "notes/week-99.md"]),
        &["nothing to lint at `notes/week-99.md`"],
    );
    for revision in ["no-such-branch", "--output=x", "HEAD..HEAD", ""] {
        let since = format!("--since={revision}");
        refused(
            &repository.lint(&[&since]),
            &[
                &format!("there is no commit `{revision}`"),
                "name a commit, a branch or a tag",
            ],
        );
    }
    let folder = Folder::new(&[("notes/week-12.md", BROKEN)]);
    for flag in ["--staged", "--since=HEAD"] {
        let mut lint = without_git(program(folder.path()));
        // The temporary folder may itself lie in a repository.
        lint.env(
            "GIT_CEILING_DIRECTORIES",
            folder.path().parent().expect("it is in a folder"),
        );
        refused(&finished(lint.arg(flag)), &["is not in a git repository"]);
        let mut lint = without_git(program(repository.path()));
        refused(
            &finished(lint.env("PATH", "").arg(flag)),
            &["git cannot be run: it is not installed"],
        );
    }
}

#[test]
fn what_would_be_mended_of_the_index_can_be_shown() {
    let repository = Repository::committed(&[("notes/week-12.md", MENDED)]);
    repository.write("notes/week-12.md", "# Week 12\n\n##Rain\n\nIt rained.\n");
    repository.git(&["add", "--all"]);
    repository.write("notes/week-12.md", MENDED);
    let run = repository.lint(&["--staged", "--diff"]);
    assert!(
        run.out.contains("-##Rain\n+## Rain\n"),
        "{}{}",
        run.out,
        run.err
    );
}

// What is new

#[test]
fn what_was_wrong_before_is_not_reported_and_counted() {
    let repository =
        Repository::committed(&[("notes/week-12.md", BROKEN), ("notes/week-13.md", CLEAN)]);
    let run = repository.lint(&["--since", "HEAD"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(
        run.err.contains("not shown: 1 older finding\n"),
        "{}",
        run.err
    );

    repository.write("notes/week-13.md", "# Week 13\n\nThe [roof][roof] leaks.\n");
    repository.write(
        "notes/week-12.md",
        BROKEN.replace("# Week 12\n", "# Week 12\n\nMore to come.\n"),
    );
    let new = "notes/week-13.md:3:5: error[links/undefined-reference]";
    assert_eq!(repository.found(&["--since", "HEAD"]), [new]);
    assert_eq!(repository.found(&["--staged", "--since", "HEAD"]), [""; 0]);
    repository.git(&["add", "--all"]);
    assert_eq!(repository.found(&["--staged", "--since", "HEAD"]), [new]);

    let run = repository.lint(&["--since", "HEAD", "--format", "json"]);
    assert!(
        run.out.contains("not shown: 1 older finding"),
        "{}",
        run.out
    );
}

#[test]
fn what_a_law_found_before_is_not_new() {
    let repository = Repository::new(&[]);
    for week in 1..25 {
        let stated = if week == 12 { 13 } else { week };
        let text = format!("# Week {stated}\n");
        repository.write(&format!("notes/week-{week}.md"), text);
    }
    let old = "notes/week-12.md:1:8: error[week/disagreement]";
    assert_eq!(repository.found(&[]), [old]);
    repository.commit();
    assert_eq!(repository.found(&["--since", "HEAD"]), [""; 0]);
    repository.write("notes/week-20.md", "# Week 21\n");
    let new = "notes/week-20.md:1:8: error[week/disagreement]";
    assert_eq!(repository.found(&["--since", "HEAD"]), [new]);
}

#[test]
fn only_the_new_mistakes_are_fixed() {
    let repository =
        Repository::committed(&[("notes/week-12.md", "# Week 12\n\n##Old\n\nIt rained.\n")]);
    repository.write("notes/week-13.md", "# Week 13\n\n##New\n\nIt rained.\n");
    let run = repository.lint(&["--since", "HEAD", "--fix"]);
    assert!(run.err.contains("1 problem fixed"), "{}", run.err);
    let read =
        |path: &str| fs::read_to_string(repository.path().join(path)).expect("it can be read");
    assert!(
        read("notes/week-13.md").contains("## New") && read("notes/week-12.md").contains("##Old")
    );
}

#[test]
fn a_renamed_note_takes_its_old_mistakes_along_and_breaks_links_anew() {
    let repository = Repository::new(&[
        (
            "notes/week-12.md",
            &format!(
                "{BROKEN}\nOn Monday {}\n",
                "it rained and rained. ".repeat(9)
            ),
        ),
        (
            "notes/week-13.md",
            "# Week 13\n\nAs in [the last week](week-12.md).\n",
        ),
    ]);
    repository.write_links();
    repository.commit();
    repository.git(&["mv", "notes/week-12.md", "notes/week-012.md"]);
    let text =
        fs::read_to_string(repository.path().join("notes/week-012.md")).expect("it can be read");
    repository.write("notes/week-012.md", text.replace("Monday", "Sunday"));
    let broken = "notes/week-13.md:3:23: error[links/missing-target]";
    assert_eq!(repository.found(&["--since", "HEAD"]), [broken]);
    repository.git(&["add", "--all"]);
    assert_eq!(repository.found(&["--staged", "--since", "HEAD"]), [broken]);
}

#[test]
fn an_archive_that_moves_into_another_folder_keeps_its_past() {
    let repository =
        Repository::committed(&[("notes/week-12.md", BROKEN), ("notes/week-13.md", CLEAN)]);
    fs::create_dir(repository.path().join("site")).expect("a folder");
    repository.git(&["mv", "notes", "weeknote-lint.toml", "site"]);
    repository.write(
        "site/notes/week-14.md",
        "# Week 14\n\nThe [roof][roof] leaks.\n",
    );
    repository.git(&["add", "--all"]);
    let new = "notes/week-14.md:3:5: error[links/undefined-reference]";
    let site = repository.path().join("site");
    assert_eq!(found_in(&site, &["--staged", "--since", "HEAD"]), [new]);
    // Within one root, a renamed folder is followed as well.
    repository.git(&["commit", "--quiet", "--message", "moved"]);
    repository.git(&["mv", "site/notes", "site/weeks"]);
    assert_eq!(found_in(&site, &["--staged", "--since", "HEAD"]), [""; 0]);
}

/// Front matter with an author, in which `week` has none if it is `without`.
fn authored(week: u32, without: u32) -> (String, String) {
    let author = if week == without { "" } else { "author: ada\n" };
    let text = format!("---\ntitle: Week {week}\n{author}---\n\nRain.\n");
    (format!("notes/week-{week}.md"), text)
}

#[test]
fn addresses_that_have_just_become_understood_are_not_held_against_old_notes() {
    // With the eighth link that leads to a post, the one that does not is an exception.
    let links = |weeks: u32| -> String {
        let links = (1..=weeks).map(|week| format!("[It](/blog/weeknotes-{week}/).\n"));
        links.collect()
    };
    let repository = Repository::new(&[("_config.yml", "title: Beans\n")]);
    for week in 1..=9 {
        let path = format!("_posts/2024-01-{week:02}-weeknotes-{week}.md");
        repository.write(
            &path,
            format!("---\ntitle: Weeknotes {week}\n---\n\nRain.\n"),
        );
    }
    let last = "_posts/2024-01-10-weeknotes-10.md";
    let text = "---\ntitle: Weeknotes 10\n---\n\n[Gone](/blog/weeknoets-11/).\n";
    repository.write(last, format!("{text}{}", links(7)));
    repository.commit();
    assert_eq!(repository.found(&[]), [""; 0]);
    repository.write(last, format!("{text}{}", links(8)));
    let old = format!("{last}:5:8: error[links/missing-target]");
    assert_eq!(repository.found(&[]), [old]);
    assert_eq!(repository.found(&["--since", "HEAD"]), [""; 0]);
}

#[test]
fn a_habit_that_has_just_become_one_is_not_held_against_old_notes() {
    // With the seventeenth note that has an author, a note without one is an exception.
    let repository = Repository::new(&[]);
    for week in 1..18 {
        let (path, text) = authored(week, 5);
        repository.write(&path, text);
    }
    repository.commit();
    assert_eq!(repository.found(&[]), [""; 0]);
    let (path, text) = authored(18, 5);
    repository.write(&path, text);
    let old = "notes/week-5.md:2:1: error[metadata/missing-key]";
    assert_eq!(repository.found(&[]), [old]);
    assert_eq!(repository.found(&["--since", "HEAD"]), [""; 0]);
    // Nor when it is fixed into one.
    repository.remove(&path);
    for week in 1..25 {
        let (path, text) = authored(week + 20, 0);
        repository.write(&path, text.replace("author", "writer"));
    }
    repository.commit();
    for week in 1..25 {
        let (path, text) = authored(week + 20, 0);
        repository.write(&path, text);
    }
    assert_eq!(repository.found(&[]), [old]);
    assert_eq!(repository.found(&["--since", "HEAD"]), [""; 0]);
    // A new note that lacks it is another matter.
    repository.remove("notes/week-5.md");
    let (path, text) = authored(60, 60);
    repository.write(&path, text);
    assert_eq!(
        repository.found(&["--since", "HEAD"]),
        ["notes/week-60.md:2:1: error[metadata/missing-key]"]
    );
}

#[test]
fn links_that_have_just_become_understood_are_not_new() {
    // Where most links lead nowhere, the site's addresses are not understood, and none is checked.
    let astray: String = (0..2)
        .map(|page| format!("- [x](gone-{page}.html)\n"))
        .collect();
    let repository =
        Repository::committed(&[("notes/week-11.md", &format!("# Week 11\n\n{astray}"))]);
    assert_eq!(repository.found(&[]), [""; 0]);
    for (week, other) in [(1, 2), (2, 1)] {
        let links = format!("- [that one](week-{other}.html)\n").repeat(20);
        repository.write(
            &format!("notes/week-{week}.md"),
            format!("# Week {week}\n\n{links}"),
        );
    }
    assert_eq!(repository.found(&[]).len(), 2);
    assert_eq!(repository.found(&["--since", "HEAD"]), [""; 0]);
}

#[test]
fn what_was_excused_before_is_new_when_the_excuse_is_gone() {
    let draft = "---\ndraft: true\n---\n\nThe [plans][plans] are drawn.\n";
    let hidden = "# Week 13\n\n<!-- weeknote-lint-ignore links/undefined-reference: a joke -->\nThe [roof][roof] leaks.\n";
    let repository =
        Repository::committed(&[("notes/week-12.md", draft), ("notes/week-13.md", hidden)]);
    assert_eq!(
        repository
            .lint(&["--since", "HEAD", "--fail-on", "info"])
            .code,
        0
    );
    repository.write("notes/week-12.md", draft.replace("true", "false"));
    repository.write(
        "notes/week-13.md",
        hidden.replace(
            "<!-- weeknote-lint-ignore links/undefined-reference: a joke -->\n",
            "",
        ),
    );
    let new = [
        "notes/week-12.md:5:5: error[links/undefined-reference]",
        "notes/week-13.md:3:5: error[links/undefined-reference]",
    ];
    assert_eq!(repository.found(&["--since", "HEAD"]), new);
}

#[test]
fn a_branch_is_compared_with_what_it_was_made_from() {
    let repository = Repository::committed(&[("notes/week-12.md", BROKEN)]);
    repository.git(&["checkout", "--quiet", "-b", "mine"]);
    repository.write("notes/week-13.md", "# Week 13\n\nThe [roof][roof] leaks.\n");
    repository.commit();
    repository.git(&["tag", "--annotate", "--message", "x", "v1"]);
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("notes/week-12.md", MENDED);
    repository.commit();
    repository.git(&["checkout", "--quiet", "mine"]);
    let new = ["notes/week-13.md:3:5: error[links/undefined-reference]"];
    assert_eq!(repository.found(&["--since", "main"]), new);
    assert_eq!(repository.found(&["--since", "HEAD~1"]), new);
    for same in ["HEAD", "mine", "v1", "v1^{commit}"] {
        assert_eq!(repository.found(&["--since", same]), [""; 0], "{same}");
    }
    repository.git(&["checkout", "--quiet", "--orphan", "apart"]);
    repository.git(&["commit", "--quiet", "--message", "apart"]);
    refused(
        &repository.lint(&["--since", "main"]),
        &["`main` and HEAD have no commit in common"],
    );
}

#[test]
fn a_shallow_clone_is_told_how_to_get_the_rest() {
    let repository = Repository::committed(&[("notes/week-12.md", MENDED)]);
    repository.git(&["tag", "first"]);
    repository.write("notes/week-12.md", BROKEN);
    repository.commit();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let from = format!("file://{}", repository.path().display());
    let clone: PathBuf = folder.path().join("clone");
    git_in(
        folder.path(),
        &["clone", "--quiet", "--depth=1", &from, "clone"],
    );
    assert_eq!(found_in(&clone, &["--since", "HEAD"]), [""; 0]);
    let remedies = ["`git fetch --unshallow`", "`fetch-depth: 0`"];
    for revision in ["HEAD~1", "first"] {
        let run = lint_in(&clone, &["--since", revision]);
        refused(
            &run,
            &[
                &format!("there is no commit `{revision}`"),
                remedies[0],
                remedies[1],
            ],
        );
    }
    // The commit is there, and what leads to it is not.
    git_in(
        &clone,
        &["fetch", "--quiet", "--depth=1", "origin", "tag", "first"],
    );
    let run = lint_in(&clone, &["--since", "first"]);
    refused(
        &run,
        &[
            "`first` and HEAD have no commit in common",
            remedies[0],
            remedies[1],
        ],
    );
    git_in(&clone, &["fetch", "--quiet", "--unshallow"]);
    assert_eq!(found_in(&clone, &["--since", "first"]), [FINDING]);
}

#[test]
fn a_note_from_standard_input_is_compared_too() {
    let repository = Repository::committed(&[("notes/week-12.md", BROKEN)]);
    let arguments = [
        "--since",
        "HEAD",
        "--stdin-filename",
        "notes/week-12.md",
        "--format",
        "concise",
    ];
    let text = format!("{BROKEN}\nThe [roof][roof] leaks.\n");
    let run = support::lint_text(repository.path(), &arguments, text.as_bytes());
    assert_eq!(
        findings(&run.out),
        ["notes/week-12.md:5:5: error[links/undefined-reference]"]
    );
}

#[test]
fn the_baseline_comes_from_the_index_too() {
    let repository = Repository::committed(&[("notes/week-12.md", BROKEN)]);
    assert_eq!(repository.lint(&["baseline"]).code, 0);
    assert_eq!(repository.found(&[]), [""; 0]);
    assert_eq!(repository.found(&["--staged"]), [FINDING]);
    repository.git(&["add", "--all"]);
    fs::write(repository.path().join("weeknote-lint-baseline.txt"), "").expect("it can be written");
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
    let run = repository.lint(&["--staged", "--since", "HEAD"]);
    assert!(
        run.err.ends_with("not shown: 1 in the baseline\n"),
        "{}",
        run.err
    );
}

#[test]
fn a_site_that_is_linked_to_for_the_first_time_reveals_no_old_mistake() {
    let repository = Repository::committed(&[(
        "notes/week-12.md",
        "# Week 12\n\n[The code](code.example.museum/ours) is there.\n",
    )]);
    assert_eq!(repository.found(&[]), [""; 0]);
    let linked = "# Week 13\n\n[Theirs](https://code.example.museum/theirs).\n";
    repository.write("notes/week-13.md", linked);
    let old = ["notes/week-12.md:3:12: error[links/malformed-destination]"];
    assert_eq!(repository.found(&[]), old);
    assert_eq!(repository.found(&["--since", "HEAD"]), [""; 0]);
}

#[test]
fn a_deleted_page_of_an_author_is_missed() {
    let repository = Repository::new(&[
        ("people/ada.md", "---\ntitle: Ada\n---\n\nWrites.\n"),
        ("people/bo.md", "---\ntitle: Bo\n---\n\nDraws.\n"),
    ]);
    for week in 1..30 {
        let (path, text) = authored(week, 0);
        let author = if week == 7 { "bo" } else { "ada" };
        repository.write(&path, text.replace("ada", author));
    }
    repository.commit();
    assert_eq!(repository.found(&[]), [""; 0]);
    repository.remove("people/bo.md");
    let missed = ["notes/week-7.md:3:9: error[metadata/unknown-author]"];
    assert_eq!(repository.found(&["--since", "HEAD"]), missed);
}

#[test]
fn ignore_files_come_from_the_index_too() {
    let repository = Repository::committed(&[("notes/week-12.md", BROKEN), (".gitignore", "")]);
    repository.write(".gitignore", "week-12.md\n");
    assert_eq!(repository.found(&[]), [""; 0]);
    assert_eq!(repository.found(&["--staged"]), [FINDING]);
    repository.git(&["add", ".gitignore"]);
    repository.write(".gitignore", "");
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
}

#[test]
fn a_removed_note_leaves_a_gap_that_is_new() {
    let notes = [1, 2, 3, 4].map(|week| {
        (
            format!("notes/week-{week}.md"),
            format!("# Week {week}\n\nRain.\n"),
        )
    });
    let files = notes
        .each_ref()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let repository = Repository::committed(&files);
    let infos = |arguments: &[&str]| {
        findings(
            &repository
                .lint(&[&["--format", "concise"], arguments].concat())
                .out,
        )
    };
    assert_eq!(infos(&[]), [""; 0]);
    repository.remove("notes/week-3.md");
    let gap = ["notes/week-4.md:1:1: info[week/gap]"];
    assert_eq!(infos(&["--since", "HEAD"]), gap);
}

#[test]
fn what_folders_give_comes_from_the_index_and_from_commits_too() {
    const DATA: &str = "src/notes/notes.json";
    const GIVEN: &str = "{\"layout\": \"note\"}";
    let notes: Vec<(String, String)> = (1..=30)
        .map(|week| {
            let layout = if week == 7 { "" } else { "layout: note\n" };
            (
                format!("src/notes/week-{week}.md"),
                format!("---\ntitle: Week {week}\n{layout}---\n\nRain.\n"),
            )
        })
        .collect();
    let mut files = vec![("eleventy.config.js", ""), (DATA, GIVEN)];
    files.extend(notes.iter().map(|(path, text)| (&**path, &**text)));
    let repository = Repository::committed(&files);
    let missing = ["src/notes/week-7.md:2:1: error[metadata/missing-key]"];
    assert_eq!(repository.found(&[]), [""; 0]);
    repository.write(DATA, "{}");
    assert_eq!(repository.found(&["--staged"]), [""; 0]);
    assert_eq!(repository.found(&["--since", "HEAD"]), missing);
    repository.git(&["add", DATA]);
    repository.write(DATA, GIVEN);
    assert_eq!(repository.found(&["--staged"]), missing);
    assert_eq!(repository.found(&[]), [""; 0]);
}

// Hooks

/// A commit is refused by the hook that `init --hook` writes, in a worktree and where `core.hooksPath` says so, too.
#[test]
fn the_hooks_that_init_writes_stop_commits_and_merges() {
    let repository =
        Repository::committed(&[("notes/week-12.md", MENDED), ("notes/week-13.md", CLEAN)]);
    let wrote = repository.lint(&["init", "--hook"]);
    assert_eq!(
        wrote.out, "wrote `.git/hooks/pre-commit`\nwrote `.git/hooks/pre-merge-commit`\n",
        "{}",
        wrote.err
    );
    let again = repository.lint(&["init", "--hook"]);
    assert_eq!(again.code, 0, "{}", again.err);
    let hook = repository.path().join(".git/hooks/pre-commit");
    let text = fs::read_to_string(&hook).expect("it was written");
    assert!(text.ends_with("\nexec weeknote-lint --staged\n"), "{text}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&hook)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o755);
    }
    fs::write(&hook, "#!/bin/sh\nexec make\n").expect("it can be written");
    refused(
        &repository.lint(&["init", "--hook"]),
        &[
            "already exists",
            "add the line `weeknote-lint --staged` to it",
        ],
    );
    assert_eq!(repository.lint(&["init", "--hook", "--force"]).code, 0);
    repository.git(&["config", "core.hooksPath", "hooks"]);
    let wrote = repository.lint(&["init", "--hook"]);
    assert!(wrote.out.contains("`hooks/pre-commit`"), "{}", wrote.out);
    repository.git(&["config", "core.hooksPath", "/nowhere/hooks"]);
    refused(
        &repository.lint(&["init", "--hook"]),
        &["other repositories may share"],
    );
}
