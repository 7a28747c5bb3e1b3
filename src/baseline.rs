//! The baseline: a list of known findings, which a run does not report, for an archive that its authors fix bit by bit.
//!
//! It is a text file beside the configuration, made to be read and merged: one finding per line, sorted by file. Only
//! the fingerprint at the beginning of a line counts; the rest tells people what it stands for.

use crate::archive::Archive;
use crate::diagnostic::{Diagnostic, Severity};
use crate::order::Order;
use crate::report::Outcome;
use crate::report::text::{counted, visible};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

/// The name of the file, which lies in the root.
pub const FILE_NAME: &str = "weeknote-lint-baseline.txt";

const HEADER: &str = "\
# Findings that weeknote-lint knows and does not report. `weeknote-lint baseline` updates this list.
# Each line has a fingerprint, which identifies the finding, then its rule, file and message for you to read.
# Comments above a line stay with it.
";

/// Findings by their fingerprints.
#[derive(Debug, Default)]
pub struct Baseline {
    entries: BTreeMap<u64, Entry>,
    /// The comments below the last line, which stay there.
    last_comments: Vec<String>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    path: String,
    rule: String,
    message: String,
    /// The lines above it that begin with `#`.
    comments: Vec<String>,
}

impl Baseline {
    /// Reads the file's text. The error is the number of a line, from 1, that cannot be read.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut entries = BTreeMap::new();
        let mut comments = Vec::new();
        // The header ends with the first line that is no comment.
        let header = text.lines().take_while(|line| line.starts_with('#'));
        let header = header.count();
        for (line, number) in text.lines().zip(1_usize..).skip(header) {
            if line.starts_with('#') {
                comments.push(line.to_owned());
            } else if !line.trim().is_empty() {
                let comments = std::mem::take(&mut comments);
                let (fingerprint, entry) = entry(line, comments).ok_or(number)?;
                entries.insert(fingerprint, entry);
            }
        }
        Ok(Baseline {
            entries,
            last_comments: comments,
        })
    }

    /// The errors and warnings of a run; infos fail no run. Comments of `before` are kept.
    pub fn of(outcome: &Outcome, before: &Baseline) -> Self {
        let problems = outcome.diagnostics.iter();
        let problems = problems.filter(|diagnostic| diagnostic.severity > Severity::Info);
        let entries = problems.map(|diagnostic| {
            let kept = before.entries.get(&diagnostic.fingerprint);
            let entry = Entry {
                path: visible(outcome.path(diagnostic.place.document)).into_owned(),
                rule: diagnostic.rule.to_owned(),
                message: visible(&diagnostic.message).into_owned(),
                comments: kept.map(|kept| kept.comments.clone()).unwrap_or_default(),
            };
            (diagnostic.fingerprint, entry)
        });
        Baseline {
            entries: entries.collect(),
            last_comments: before.last_comments.clone(),
        }
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether a finding is known.
    pub fn holds(&self, diagnostic: &Diagnostic) -> bool {
        self.entries.contains_key(&diagnostic.fingerprint)
    }

    /// What to tell of entries that stand for nothing in `diagnostics`, which are all findings of `archive`; `None` if
    /// there are none. A rule that is switched off has no findings, and no stale entries either.
    pub fn stale(&self, archive: &Archive, diagnostics: &[Diagnostic]) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        let found: HashSet<u64> = diagnostics.iter().map(|found| found.fingerprint).collect();
        let is_off = |entry: &Entry| archive.config.level(&entry.rule, &entry.path) == Some(None);
        let mut stale = (self.entries.iter())
            .filter(|(fingerprint, entry)| !found.contains(fingerprint) && !is_off(entry));
        let (_, first) = stale.next()?;
        let remedy = "`weeknote-lint baseline` updates the list";
        let like = format!("`{}` in `{}`: {remedy}", first.rule, first.path);
        Some(match stale.count() {
            0 => format!("`{FILE_NAME}` lists a finding that no longer exists, {like}"),
            more => {
                let count = more + 1;
                format!("`{FILE_NAME}` lists {count} findings that no longer exist, such as {like}")
            }
        })
    }

    /// The lines of what it holds and `other` does not, each after `sign`.
    fn without(&self, other: &Baseline, sign: char) -> Vec<String> {
        let only = |(fingerprint, _): &(u64, &Entry)| !other.entries.contains_key(fingerprint);
        let entries = self.sorted().into_iter().filter(only);
        entries
            .map(|(_, entry)| format!("{sign} {}\n", shown(entry)))
            .collect()
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (fingerprint, entry) in self.sorted() {
            for comment in &entry.comments {
                let _ = writeln!(text, "{comment}");
            }
            let _ = writeln!(text, "{fingerprint:016x} {}", shown(entry));
        }
        for comment in &self.last_comments {
            let _ = writeln!(text, "{comment}");
        }
        text
    }

    /// The entries by path, rule and message.
    fn sorted(&self) -> Vec<(u64, &Entry)> {
        let entries = self.entries.iter();
        let mut entries: Vec<_> = entries.map(|(key, entry)| (*key, entry)).collect();
        entries.order_by_key(|(fingerprint, entry)| (*entry, *fingerprint));
        entries
    }
}

/// What the program says of a list that it writes: how it differs from the one `before`, if there was one.
pub fn told(before: Option<&Baseline>, now: &Baseline) -> String {
    let count = counted(now.len(), "finding");
    let Some(before) = before else {
        return match now.is_empty() {
            true => "nothing to record: there are no errors or warnings\n".to_owned(),
            false => format!(
                "{count} written to `{FILE_NAME}`: commit it with the notes, and later runs report only what is new\n"
            ),
        };
    };
    let (added, removed) = (now.without(before, '+'), before.without(now, '-'));
    let changes = [removed.concat(), added.concat()].concat();
    match (added.len(), removed.len()) {
        _ if now.is_empty() => {
            format!("{changes}no errors or warnings are left: removed `{FILE_NAME}`\n")
        }
        (0, 0) => format!("`{FILE_NAME}` is up to date: {count}\n"),
        (added, removed) => {
            format!("{changes}`{FILE_NAME}` now lists {count}: {added} added, {removed} removed\n")
        }
    }
}

/// Reads `6f0c1ad4e5f60718 links/empty notes/week-12.md: message`.
fn entry(line: &str, comments: Vec<String>) -> Option<(u64, Entry)> {
    let (fingerprint, rest) = line.split_once(' ').unwrap_or((line, ""));
    let is_hexadecimal = fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit());
    let fingerprint = (fingerprint.len() == 16 && is_hexadecimal)
        .then(|| u64::from_str_radix(fingerprint, 16).ok())??;
    let (rule, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let (path, message) = rest.split_once(": ").unwrap_or((rest, ""));
    let entry = Entry {
        path: path.to_owned(),
        rule: rule.to_owned(),
        message: message.to_owned(),
        comments,
    };
    Some((fingerprint, entry))
}

fn shown(entry: &Entry) -> String {
    format!("{} {}: {}", entry.rule, entry.path, entry.message)
}
