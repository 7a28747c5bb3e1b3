//! A clone of a stranger's repository: linting it, with any flag, runs nothing and looks at nothing outside of it.

// The programs that must not be run are scripts.
#![cfg(unix)]
#![allow(clippy::expect_used, reason = "a failure here is a failed test")]

mod support;

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::scratch::{Repository, found_in, git_in, lint_in, without_git};
use support::{Folder, Run, finished, program, refused};

const BROKEN: &str = "# Week 12\n\nThe [plans][plans] are drawn.\n";
const CLEAN: &str = "# Week 13\n\nA quiet week.\n";
const FINDING: &str = "notes/week-12.md:3:5: error[links/undefined-reference]";

/// Everything that can be asked for.
const COMMANDS: [&[&str]; 11] = [
    &[],
    &["--staged"],
    &["--since", "HEAD"],
    &["--staged", "--since", "HEAD~1"],
    &["--staged", "--diff", "--unsafe-fixes"],
    &["--diff"],
    &["--fix"],
    &["notes"],
    &["baseline"],
    &["init", "--dry-run"],
    &["init", "--force"],
];

/// A program that leaves a mark when it is run.
struct Trap(tempfile::TempDir);

impl Trap {
    fn new() -> Self {
        let trap = Trap(tempfile::tempdir().expect("a temporary folder"));
        let text = format!("#!/bin/sh\ntouch '{}'\ncat\n", trap.mark().display());
        fs::write(trap.program(), text).expect("it can be written");
        fs::set_permissions(trap.program(), fs::Permissions::from_mode(0o755))
            .expect("it can be made executable");
        trap
    }

    fn program(&self) -> PathBuf {
        self.0.path().join("trap.sh")
    }

    fn mark(&self) -> PathBuf {
        self.0.path().join("RAN")
    }

    /// Whether it was run since the last question.
    fn was_run(&self) -> bool {
        fs::remove_file(self.mark()).is_ok()
    }
}

// git

#[test]
fn no_configuration_of_a_repository_makes_git_run_anything() {
    let trap = Trap::new();
    let program = trap.program().to_string_lossy().into_owned();
    let repository = Repository::committed(&[
        ("notes/week-12.md", CLEAN),
        ("notes/week-13.md", CLEAN),
        (".gitattributes", "* filter=evil diff=evil merge=evil\n"),
    ]);
    repository.write("notes/week-12.md", BROKEN);
    repository.commit();
    repository.git(&["mv", "notes/week-13.md", "notes/week-14.md"]);
    let hooks = repository.path().join(".git/hooks");
    fs::create_dir_all(&hooks).expect("a folder");
    for hook in [
        "fsmonitor-watchman",
        "post-index-change",
        "pre-auto-gc",
        "reference-transaction",
    ] {
        fs::copy(trap.program(), hooks.join(hook)).expect("a hook can be copied");
    }
    let included = repository.path().join("included");
    fs::write(&included, format!("[core]\n\tfsmonitor = {program}\n")).expect("it can be written");
    let shell = format!("!{program}");
    for (key, value) in [
        ("core.fsmonitor", &*program),
        ("core.hooksPath", &hooks.to_string_lossy()),
        ("core.pager", &program),
        ("core.editor", &program),
        ("core.sshCommand", &program),
        ("core.gitProxy", &program),
        ("core.askPass", &program),
        ("core.alternateRefsCommand", &program),
        ("pager.ls-files", &program),
        ("pager.diff-index", &program),
        ("filter.evil.clean", &program),
        ("filter.evil.smudge", &program),
        ("filter.evil.process", &program),
        ("filter.evil.required", "true"),
        ("diff.external", &program),
        ("diff.evil.command", &program),
        ("diff.evil.textconv", &program),
        ("merge.evil.driver", &program),
        ("gpg.program", &program),
        ("log.showSignature", "true"),
        ("credential.helper", &shell),
        ("alias.ls-files", &shell),
        ("alias.rev-parse", &shell),
        ("include.path", &included.to_string_lossy()),
        ("uploadpack.packObjectsHook", &program),
        ("core.untrackedCache", "true"),
        ("index.sparse", "true"),
        (
            "trace2.eventTarget",
            &repository.path().join("trace").to_string_lossy(),
        ),
    ] {
        // Without the trap git itself would spring.
        let mut git = without_git(Command::new("git"));
        git.current_dir(repository.path())
            .args(["-c", "core.fsmonitor=false"]);
        assert_eq!(
            finished(git.args(["config", "--local", key, value])).code,
            0,
            "{key}"
        );
    }
    // What git takes for changed, and would compare.
    for path in ["notes/week-12.md", ".gitattributes"] {
        let text = fs::read(repository.path().join(path)).expect("it is there");
        repository.write(path, text);
    }
    let mut git = without_git(Command::new("git"));
    finished(git.current_dir(repository.path()).arg("diff"));
    assert!(trap.was_run(), "nothing springs this trap");

    for arguments in COMMANDS {
        let run = repository.lint(arguments);
        assert!(!trap.was_run(), "{arguments:?}");
        assert!(
            run.code < 2 || arguments.contains(&"init"),
            "{arguments:?}: {}",
            run.err
        );
    }
    assert!(!repository.path().join("trace").exists());
}

#[test]
fn a_committed_folder_that_looks_like_a_repository_is_a_folder() {
    let trap = Trap::new();
    let repository = Repository::new(&[
        ("notes/week-12.md", BROKEN),
        ("notes/evil/week-9.md", CLEAN),
    ]);
    let inner = Repository::new(&[("week-9.md", CLEAN)]);
    inner.git(&["add", "week-9.md"]);
    let folder = repository.path().join("notes/evil");
    for name in ["HEAD", "index"] {
        fs::copy(inner.path().join(".git").join(name), folder.join(name)).expect("a copy");
    }
    repository.write("notes/evil/objects/.kept", "");
    repository.write("notes/evil/refs/.kept", "");
    let config = format!(
        "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = {}\n",
        trap.program().display()
    );
    repository.write("notes/evil/config", config);
    repository.git(&["add", "--all", "--force"]);
    let mut status = without_git(Command::new("git"));
    finished(status.current_dir(&folder).arg("status"));
    assert!(trap.was_run(), "nothing springs this trap");

    for arguments in [
        &["--staged", "notes/evil"][..],
        &["--staged", "notes/evil/week-9.md"],
        &["--since", "HEAD", "notes/evil"],
    ] {
        assert_eq!(repository.found(arguments), [""; 0]);
    }
    for arguments in COMMANDS {
        lint_in(&folder, arguments);
        let mut hook = without_git(program(&folder));
        finished(
            hook.args(arguments)
                .env("GIT_INDEX_FILE", repository.path().join(".git/index")),
        );
        assert!(!trap.was_run(), "{arguments:?}");
    }
    assert_eq!(found_in(&folder, &["--staged"]), [FINDING]);
}

#[test]
fn a_working_tree_elsewhere_is_none_of_the_repositorys() {
    let elsewhere = Folder::new(&[("notes/week-12.md", BROKEN)]);
    let repository = Repository::committed(&[("notes/week-12.md", BROKEN)]);
    let path = elsewhere.path().to_string_lossy();
    repository.git(&["config", "core.worktree", &path]);
    for arguments in [&["--staged"][..], &["--since", "HEAD"]] {
        refused(&repository.lint(arguments), &["is not in a git repository"]);
    }
}

#[test]
fn nothing_is_fetched_while_linting() {
    let trap = Trap::new();
    let origin = Repository::committed(&[("notes/week-12.md", BROKEN)]);
    origin.write("notes/week-12.md", "# Week 12\n\nThe plans are drawn.\n");
    origin.commit();
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    let beside = tempfile::tempdir().expect("a temporary folder");
    let clone = beside.path().join("clone");
    let url = format!("file://{}", origin.path().display());
    let name = clone.to_string_lossy();
    git_in(
        beside.path(),
        &["clone", "--quiet", "--filter=blob:none", &url, &name],
    );
    let program = trap.program().to_string_lossy().into_owned();
    for (key, value) in [
        ("remote.origin.uploadpack", &*program),
        ("remote.origin.url", &format!("ext::{program}")),
        ("protocol.allow", "always"),
        ("protocol.ext.allow", "always"),
        ("protocol.file.allow", "always"),
    ] {
        git_in(&clone, &["config", key, value]);
    }
    assert_eq!(lint_in(&clone, &["--staged"]).code, 0);
    refused(
        &lint_in(&clone, &["--staged", "--since", "HEAD~1"]),
        &["this clone is partial, and weeknote-lint fetches nothing"],
    );
    assert!(!trap.was_run());
}

#[test]
fn the_environment_does_not_change_what_is_asked() {
    let repository = Repository::new(&[("notes/week-12.md", BROKEN)]);
    repository.git(&["add", "--all"]);
    let trap = Trap::new();
    let trace = repository
        .path()
        .join("trace")
        .to_string_lossy()
        .into_owned();
    let program_path = trap.program().to_string_lossy().into_owned();
    for (name, value) in [
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("GIT_GLOB_PATHSPECS", "1"),
        ("GIT_NOGLOB_PATHSPECS", "1"),
        ("GIT_ICASE_PATHSPECS", "1"),
        ("GIT_TRACE", &trace),
        ("GIT_TRACE", "2"),
        ("GIT_TRACE_SETUP", "1"),
        ("GIT_TRACE2_EVENT", &trace),
        ("GIT_EXTERNAL_DIFF", &program_path),
        ("GIT_PAGER", &program_path),
        ("GIT_NAMESPACE", "elsewhere"),
        ("GIT_PREFIX", "notes/"),
        ("GIT_CEILING_DIRECTORIES", "/"),
        ("GIT_ATTR_SOURCE", "nowhere"),
        ("GIT_DEFAULT_HASH", "sha256"),
        ("GIT_REDIRECT_STDOUT", &trace),
    ] {
        let mut lint = without_git(program(repository.path()));
        let run = finished(
            lint.args(["--staged", "--format", "concise"])
                .env(name, value),
        );
        assert_eq!(
            support::findings(&run.out),
            [FINDING],
            "{name}: {}",
            run.err
        );
        assert!(!run.err.contains("trace"), "{name}: {}", run.err);
        assert!(!Path::new(&trace).exists() && !trap.was_run(), "{name}");
    }
}

// What is staged

#[test]
fn the_working_tree_of_a_submodule_is_no_part_of_a_commit() {
    let inner = Repository::committed(&[("notes/week-12.md", CLEAN)]);
    let outer = Repository::new(&[("notes/week-40.md", "# Week 40\n\nRain.\n")]);
    outer.write_links();
    let url = inner.path().to_string_lossy();
    outer.git(&["submodule", "--quiet", "add", &url, "arch"]);
    outer.write(
        "notes/week-41.md",
        "# Week 41\n\n[There](../arch/notes/week-12.md), [soon](../arch/notes/week-99.md), [never](../week-99.md).\n",
    );
    outer.git(&["add", "--all"]);
    outer.write("arch/notes/week-12.md", BROKEN);
    let never = "notes/week-41.md:3:78: error[links/missing-target]";
    assert_eq!(outer.found(&["--staged"]), [never]);
    assert_eq!(outer.found(&["--staged", "--since", "HEAD"]), [never]);
    fs::remove_file(outer.path().join("arch/notes/week-12.md")).expect("it is there");
    assert_eq!(outer.found(&["--staged"]), [never]);
}

#[test]
fn an_index_without_files_is_a_failure_where_there_are_some() {
    let repository = Repository::committed(&[("notes/week-12.md", BROKEN)]);
    let index = repository.path().join(".git/index");
    let whole = fs::read(&index).expect("there is an index");
    let refused_with = |message: &str| refused(&repository.lint(&["--staged"]), &[message]);
    fs::write(&index, "").expect("it can be written");
    refused_with("`git ls-files");
    fs::remove_file(&index).expect("it is there");
    refused_with("the index is empty, and the last commit is not");
    fs::write(&index, &whole[..40]).expect("it can be written");
    refused_with("`git ls-files");
    let torn: Vec<u8> = whole.iter().map(|byte| byte ^ 0x55).collect();
    fs::write(&index, torn).expect("it can be written");
    refused_with("`git ls-files");
    fs::write(&index, &whole).expect("it can be written");
    fs::write(repository.path().join(".git/index.lock"), "").expect("it can be written");
    assert_eq!(repository.found(&["--staged"]), [FINDING]);
    fs::remove_dir_all(repository.path().join(".git/objects")).expect("it is there");
    fs::create_dir(repository.path().join(".git/objects")).expect("a folder");
    assert_eq!(repository.lint(&["--staged"]).code, 2);
}

#[test]
fn a_path_that_no_working_tree_can_have_is_refused() {
    let repository = Repository::committed(&[("notes/week-12.md", BROKEN)]);
    let blob = repository.git(&["rev-parse", "HEAD:notes/week-12.md"]);
    let deep = "d/".repeat(100_000);
    let mut index = without_git(Command::new("git"));
    index
        .current_dir(repository.path())
        .args(["update-index", "--index-info"])
        .stdin(std::process::Stdio::piped());
    let mut index = index.spawn().expect("git starts");
    let mut input = index.stdin.take().expect("a pipe");
    writeln!(input, "100644 {} 0\t{deep}week-3.md", blob.trim()).expect("git reads");
    drop(input);
    assert!(index.wait().expect("git ends").success());
    refused(
        &repository.lint(&["--staged"]),
        &["cannot understand git's output"],
    );
}

#[test]
fn the_index_is_read_to_the_byte_whatever_its_form() {
    let repository = Repository::committed(&[
        ("notes/week-12.md", BROKEN),
        ("notes/week-13.md", CLEAN),
        ("empty.md", ""),
    ]);
    let attributes = "*.md text eol=crlf working-tree-encoding=UTF-16LE\n";
    repository.write(".gitattributes", attributes);
    repository.git(&["add", ".gitattributes"]);
    repository.git(&["checkout", "--quiet", "--", "."]);
    // In the working tree they would be of another encoding.
    assert_eq!(repository.found(&["--staged"]), [FINDING]);
    for arguments in [
        &["update-index", "--split-index"][..],
        &["update-index", "--index-version", "4"],
        &[
            "sparse-checkout",
            "set",
            "--cone",
            "--sparse-index",
            "elsewhere",
        ],
    ] {
        repository.git(arguments);
        assert_eq!(repository.found(&["--staged"]), [FINDING], "{arguments:?}");
        assert_eq!(repository.found(&["--staged", "--since", "HEAD"]), [""; 0]);
    }
}

// Files

/// A secret beside a repository, and a repository that leads to it.
struct Neighbours(tempfile::TempDir);

const SECRET: &str = "hunter2\n\n[unused]: /hunter2\n";

impl Neighbours {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let all = Neighbours(folder);
        for (path, content) in [
            ("home/secret", SECRET),
            ("home/week-1.md", SECRET),
            ("home/weeknote-lint.toml", "hunter2"),
            ("repo/.git/HEAD", "ref: refs/heads/main\n"),
            ("repo/notes/week-12.md", BROKEN),
        ] {
            let path = all.0.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, content).expect("it can be written");
        }
        all
    }

    fn repository(&self) -> PathBuf {
        self.0.path().join("repo")
    }

    /// Puts something that is no file at `path`.
    fn put(&self, path: &str, odd: Odd) {
        let path = self.repository().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let _ = fs::remove_file(&path);
        match odd {
            Odd::Link(to) => std::os::unix::fs::symlink(to, path).expect("a link"),
            Odd::Pipe => {
                let made = Command::new("mkfifo").arg(path).status();
                assert!(made.expect("mkfifo is there").success());
            }
            Odd::Socket => drop(std::os::unix::net::UnixListener::bind(path).expect("a socket")),
            Odd::Huge => {
                let file = fs::File::create(path).expect("a file");
                file.set_len(1 << 40).expect("a file with holes");
            }
        }
    }

    /// Runs the program in the repository, to its end and within bounds of memory.
    fn lint(&self, arguments: &[&str]) -> Run {
        let lint = program(&self.repository());
        let mut command = Command::new("sh");
        command
            .current_dir(self.repository())
            .args(["-c", "ulimit -v 600000; exec timeout 120 \"$0\" \"$@\""])
            .arg(lint.get_program())
            .args(arguments)
            .stdin(std::process::Stdio::null());
        let run = finished(&mut without_git(command));
        let said = [&*run.out, &run.err].concat();
        assert!(!said.contains("hunter2"), "{arguments:?}: {said}");
        assert!(
            (0..=2).contains(&run.code),
            "{arguments:?}: {} {said}",
            run.code
        );
        run
    }

    /// Whether what lies beside the repository is as it was.
    fn is_untouched(&self) -> bool {
        let home = self.0.path().join("home");
        let read = |name: &str| fs::read_to_string(home.join(name)).unwrap_or_default();
        let names = fs::read_dir(&home).expect("the folder is there");
        names.count() == 3 && read("secret") == SECRET && read("week-1.md") == SECRET
    }
}

#[derive(Debug, Clone, Copy)]
enum Odd {
    Link(&'static str),
    Pipe,
    Socket,
    Huge,
}

const ODD: [Odd; 10] = [
    Odd::Link("../home/secret"),
    Odd::Link("../../home/secret"),
    Odd::Link("../home/nothing"),
    Odd::Link("/proc/self/environ"),
    Odd::Link("/dev/zero"),
    Odd::Link("/dev/stdin"),
    Odd::Link(".git/HEAD"),
    Odd::Pipe,
    Odd::Socket,
    Odd::Huge,
];

/// Every command, one after the other, on a repository in which `path` is no file.
fn each_command_on(path: &str, mut check: impl FnMut(&Neighbours, &[&str], &Run, Odd)) {
    for odd in ODD {
        let all = Neighbours::new();
        all.put(path, odd);
        for arguments in [
            &[][..],
            &["--format", "json"],
            &["notes"],
            &["--diff"],
            &["init", "--dry-run"],
            &["baseline"],
            &["--fix"],
        ] {
            let run = all.lint(arguments);
            assert!(all.is_untouched(), "{path} {odd:?} {arguments:?}");
            check(&all, arguments, &run, odd);
        }
    }
}

#[test]
fn a_configuration_that_is_no_file_is_refused() {
    each_command_on("weeknote-lint.toml", |_, arguments, run, odd| {
        if arguments != ["init", "--dry-run"] {
            let message = "the configuration `weeknote-lint.toml` cannot be read: it is";
            assert!(run.code == 2 && run.out.is_empty(), "{odd:?} {arguments:?}");
            assert!(run.err.contains(message), "{odd:?} {}", run.err);
        }
    });
}

#[test]
fn a_baseline_that_is_no_file_is_refused() {
    each_command_on("weeknote-lint-baseline.txt", |all, arguments, run, odd| {
        if [&[][..], &["--fix"], &["baseline"]].contains(&arguments) {
            let message = "`weeknote-lint-baseline.txt` cannot be read: it is";
            assert!(run.code == 2 && run.out.is_empty(), "{odd:?} {arguments:?}");
            assert!(run.err.contains(message), "{odd:?} {}", run.err);
        }
        let is_there = all.repository().join("weeknote-lint-baseline.txt");
        assert!(
            !is_there.symlink_metadata().expect("it is there").is_file()
                || matches!(odd, Odd::Huge)
        );
    });
}

#[test]
fn data_and_ignore_files_that_are_no_files_are_passed_over() {
    for path in [
        "_config.yml",
        "_config.toml",
        "hugo.toml",
        "hugo.yaml",
        "config/_default/hugo.json",
        "package.json",
        "notes/notes.json",
        "notes/notes.11tydata.json",
        "notes/notes.11tydata.js",
        ".gitignore",
        ".ignore",
        "notes/.gitignore",
        ".git/info/exclude",
    ] {
        for odd in [
            Odd::Link("../../home/secret"),
            Odd::Link("/dev/zero"),
            Odd::Pipe,
            Odd::Huge,
        ] {
            let all = Neighbours::new();
            all.put(path, odd);
            let run = all.lint(&[]);
            assert!(run.err.contains("1 note"), "{path} {odd:?} {}", run.err);
            // Some data counts on another site.
            all.put(".eleventy.js", Odd::Link("nothing"));
            all.lint(&["--fix"]);
            assert!(all.is_untouched(), "{path} {odd:?}");
        }
    }
}

#[test]
fn what_is_no_note_is_not_read_as_one() {
    each_command_on("notes/week-13.md", |_, arguments, run, odd| {
        if arguments == ["--format", "json"] {
            let finding = "\"rule\": \"files/unreadable\"";
            let is_link = matches!(odd, Odd::Link(_));
            assert_eq!(run.out.contains(finding), !is_link, "{odd:?} {}", run.out);
        }
    });
}

#[test]
fn folders_that_lead_elsewhere_are_not_entered() {
    let all = Neighbours::new();
    all.put("away", Odd::Link("../home"));
    all.put("notes/round", Odd::Link(".."));
    all.put("config/_default", Odd::Link("../../home"));
    for arguments in [&[][..], &["--fix"], &["notes"]] {
        all.lint(arguments);
    }
    for arguments in [
        &["away"][..],
        &["away/week-1.md"],
        &["--fix", "away"],
        &["--fix", "away/week-1.md"],
        &["notes", "away"],
        &["--stdin-filename", "away/week-1.md"],
    ] {
        refused(
            &all.lint(arguments),
            &["`away` is a symbolic link that leads out of"],
        );
    }
    refused(
        &all.lint(&["--config", "away/weeknote-lint.toml"]),
        &["cannot be read: not a directory"],
    );
    refused(
        &all.lint(&["--config", "notes/../away/weeknote-lint.toml"]),
        &["cannot be read: not a directory"],
    );
    assert_eq!(all.lint(&["notes/round/notes"]).code, 1);
    assert!(all.is_untouched());
}

#[test]
fn a_configuration_that_a_person_names_may_lie_anywhere() {
    let all = Neighbours::new();
    let rules = "rules = { \"links/undefined-reference\" = \"off\" }\n";
    fs::write(all.0.path().join("own.toml"), rules).expect("it can be written");
    assert_eq!(all.lint(&["--config", "../own.toml"]).code, 0);
    std::os::unix::fs::symlink("own.toml", all.0.path().join("link.toml")).expect("a link");
    assert_eq!(all.lint(&["--config", "../link.toml"]).code, 0);
    all.put("own.toml", Odd::Link("../own.toml"));
    refused(
        &all.lint(&["--config", "own.toml"]),
        &["`own.toml` cannot be read: it is a symbolic link, which is not followed"],
    );
}

#[test]
fn names_that_look_like_options_and_deep_folders_are_names() {
    let all = Neighbours::new();
    let repository = all.repository();
    let deep = "d/".repeat(1_500);
    for path in [
        "notes/--help.md",
        "notes/-rf.md",
        "--fix/week-3.md",
        "notes/a\nb.md",
        "notes/$(touch x).md",
    ] {
        let path = repository.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, BROKEN).expect("it can be written");
    }
    fs::create_dir_all(repository.join(&deep)).expect("deep folders can be made");
    fs::write(repository.join(deep).join("week-9.md"), BROKEN).expect("it can be written");
    let run = all.lint(&["--format", "concise"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.lines().count() >= 7, "{}", run.out);
}

// What is said

#[test]
fn nothing_to_report_is_said_with_what_was_not_looked_at() {
    let archive = Folder::new(&[
        ("notes/week-12.md", BROKEN),
        ("notes/week-13.md", "# Week 13\n\nThe [roof][roof] leaks.\n"),
    ]);
    let closing = |name: &str, content: &str, said: &str| {
        archive.write(name, content);
        for arguments in [&[][..], &["--format", "json"], &["--statistics"]] {
            let run = archive.lint(arguments);
            assert!(run.err.contains(said), "{name}: {}", run.err);
        }
        let json = archive.lint(&["--format", "json"]).out;
        fs::remove_file(archive.path().join(name)).expect("it is there");
        archive.write("weeknote-lint.toml", "");
        json
    };
    let off = "[rules]\n\"links/undefined-reference\" = \"off\"\n\"links/own-site\" = \"off\"\n\"week/gap\" = \"info\"\n";
    let json = closing("weeknote-lint.toml", off, "nothing to report (1 rule off, ");
    assert!(json.contains("left out: 1 rule off"), "{json}");
    let places = "[[overrides]]\nfiles = [\"notes/*\"]\nrules = { \"links/undefined-reference\" = \"off\" }\n";
    closing(
        "weeknote-lint.toml",
        places,
        "nothing to report (1 rule off in places, ",
    );
    let excluded = "exclude = [\"notes/week-12.md\"]\n";
    closing("weeknote-lint.toml", excluded, "1 error (1 excluded, ");
    closing(".gitignore", "week-12.md\n", "1 error (1 ignored, ");
    closing(
        ".ignore",
        "notes\n",
        "no notes: nothing to report (1 ignored, ",
    );
    closing(
        "notes/.gitignore",
        "*\n!week-13.md\n",
        "1 error (1 ignored, ",
    );
    let routes = "[site]\nroutes = [\"/**\"]\n";
    closing(
        "weeknote-lint.toml",
        routes,
        "`routes` covers every address",
    );
    std::os::unix::fs::symlink("week-12.md", archive.path().join("notes/week-14.md"))
        .expect("a link");
    let run = archive.lint(&["--rule", "links/undefined-reference=off"]);
    assert!(
        run.err.contains("(1 rule off, 1 link not followed, "),
        "{}",
        run.err
    );
}

#[test]
fn files_that_are_taken_for_no_pages_are_counted() {
    let page = "# Plans\n\nThe [plans][plans] are drawn.\n";
    let site = Folder::new(&[("templates/roof.md", page), ("templates/walls.md", page)]);
    let said = "2 of 2 Markdown files are neither notes nor pages, and were not checked";
    let run = site.lint(&[]);
    assert!(run.code == 0 && run.err.contains(said), "{}", run.err);
    site.write("notes/week-12.md", BROKEN);
    site.write("notes/week-13.md", CLEAN);
    let run = site.lint(&[]);
    assert!(
        run.code == 1 && !run.err.contains("were not checked"),
        "{}",
        run.err
    );
}

#[test]
fn what_is_staged_is_counted_as_what_lies_there() {
    let repository = Repository::new(&[
        ("notes/week-12.md", BROKEN),
        ("old/week-1.md", BROKEN),
        ("old/deep/week-2.md", BROKEN),
        ("drafts/week-3.md", BROKEN),
        (".gitignore", "old\nweek-12.md\n"),
        ("weeknote-lint.toml", "exclude = [\"drafts\"]\n"),
    ]);
    std::os::unix::fs::symlink("week-12.md", repository.path().join("notes/week-14.md"))
        .expect("a link");
    repository.git(&["add", "--all", "--force"]);
    for arguments in [&[][..], &["--staged"]] {
        let run = repository.lint(arguments);
        let said = "no notes: nothing to report (1 excluded, 2 ignored, 1 link not followed, ";
        assert!(run.err.contains(said), "{}", run.err);
    }
}

#[test]
fn a_staged_file_that_is_endless_when_it_is_unpacked_is_not_read() {
    let repository = Repository::committed(&[("notes/week-12.md", CLEAN)]);
    // A kilobyte in the repository for each megabyte of the note.
    repository.write("notes/week-13.md", vec![b' '; (64 << 20) + 1]);
    repository.git(&["add", "notes/week-13.md"]);
    let run = repository.lint(&["--staged", "--format", "concise"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let told = "notes/week-13.md:1:1: error[files/unreadable]";
    assert!(
        run.out.contains(told) && run.out.contains("larger than 64 MiB"),
        "{}",
        run.out
    );
}
