//! Runs the examples of every rule, and checks the register itself.

use super::{Backdrop, Example, FixAvailability, RULES};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, DocumentId};
use crate::lint;
use crate::source::Span;
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 3, 4);

pub(crate) type Files = Vec<(String, String)>;

/// The notes of a backdrop.
pub(crate) fn backdrop(kind: Backdrop) -> Files {
    match kind {
        Backdrop::None => Vec::new(),
        Backdrop::Snips => snips(),
        Backdrop::Jekyll => jekyll(),
    }
}

fn snips() -> Files {
    let mut files: Files = Vec::new();
    let friday = |week: i64| {
        date(2009, 1, 12)
            .checked_add(jiff::Span::new().days(7 * week + 4))
            .unwrap()
    };
    for week in (100..140).filter(|week| !(120..=122).contains(week)) {
        let day = friday(week);
        let author = if week % 2 == 0 {
            "ada-byron"
        } else {
            "grace-brewster"
        };
        let text = format!(
            "Week {week}\n========\n\nThis week [Ada][ada-byron] and [Grace][grace-brewster] repaired the greenhouse.\n\n\
             [ada-byron]: /ada-byron\n[grace-brewster]: /grace-brewster\n\n\
             :name: week-{week}\n:updated_at: {day} 16:10:00.000000000 +00:00\n:created_at: {day} 16:00:00.000000000 +00:00\n\
             :render_as: Blog\n:kind: blog\n:is_page: true\n:author: {author}\n:page_title: Week {week}\n:extension: markdown\n"
        );
        files.push((format!("soups/weeknotes/week-{week}.snip.markdown"), text));
    }
    for name in ["ada-byron", "grace-brewster"] {
        let text = format!(
            "# {name}\n\nGrows tomatoes.\n\n:name: {name}\n:created_at: 2010-01-04 10:00:00 +00:00\n:kind: person\n"
        );
        files.push((format!("soups/people/{name}.snip.markdown"), text));
    }
    files
}

fn jekyll() -> Files {
    let mut files: Files = vec![("_config.yml".into(), "title: Garden notes\n".into())];
    for number in 1..=30i64 {
        let day = date(2024, 1, 5)
            .checked_add(jiff::Span::new().days(7 * (number - 1)))
            .unwrap();
        let text = format!(
            "---\ntitle: \"Weeknotes #{number}\"\ndate: {day}\ntags: [weeknotes]\n---\n\nThe beans came up.\n"
        );
        files.push((format!("_posts/{day}-weeknotes-{number}.md"), text));
    }
    files
}

/// The texts without marks, and where the mark stands.
fn unmarked(files: &[(&str, &str)]) -> (Files, Option<(String, Span)>) {
    let mut mark = None;
    let mut plain = Files::new();
    for (path, text) in files {
        if let Some((before, rest)) = text.split_once('⟦') {
            let (inside, after) = rest.split_once('⟧').expect("a mark is closed");
            assert!(
                mark.is_none() && !after.contains('⟦'),
                "one mark for an example"
            );
            mark = Some((
                (*path).to_owned(),
                Span::new(before.len(), before.len() + inside.len()),
            ));
            plain.push(((*path).to_owned(), format!("{before}{inside}{after}")));
        } else {
            plain.push(((*path).to_owned(), (*text).to_owned()));
        }
    }
    (plain, mark)
}

/// What `rule` says of the files in front of the backdrop (of which the same paths are replaced).
fn findings(rule: &str, kind: Backdrop, files: &Files) -> (Vec<(String, Diagnostic)>, Files) {
    let mut all = files.clone();
    all.extend(
        backdrop(kind)
            .into_iter()
            .filter(|(path, _)| files.iter().all(|(own, _)| own != path)),
    );
    let mut config = match files.iter().find(|(path, _)| path == config::FILE_NAME) {
        Some((path, text)) => config::read(std::path::Path::new(path), text, &[rule])
            .expect("the configuration of an example is right"),
        None => Config::default(),
    };
    // A rule that is off by default is looked at all the same.
    if super::find(rule).is_some_and(|rule| rule.severity.is_none()) {
        config.set_level(rule, Some(crate::diagnostic::Severity::Warning));
    }
    let archive = lint::archive_of(all.clone(), config, TODAY);
    let (shown, _) = lint::findings(&archive);
    for (id, _) in archive
        .linted()
        .filter(|(_, document)| files.iter().any(|(path, _)| **path == *document.path))
    {
        let speaks = |one: &Diagnostic| one.places().any(|place| place.document == id);
        let mut of_one = lint::findings_of(&archive, &|other| other == id).0;
        of_one.retain(speaks);
        let of_all: Vec<Diagnostic> = shown.iter().filter(|one| speaks(one)).cloned().collect();
        assert_eq!(
            of_one, of_all,
            "{rule}: asked for one file, it says something else of it"
        );
    }
    let path = |id: DocumentId| {
        archive
            .document(id)
            .map(|document| document.path.to_string())
            .unwrap_or_default()
    };
    let own = shown
        .into_iter()
        .filter(|diagnostic| diagnostic.rule == rule)
        .map(|diagnostic| (path(diagnostic.place.document), diagnostic));
    (own.collect(), all)
}

#[test]
fn examples_hold() {
    let mut failures = Vec::new();
    for rule in RULES {
        for example in rule.examples {
            if let Err(failure) = run(rule.id, rule.fix, example) {
                failures.push(format!("{}: {failure}", rule.id));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn run(rule: &str, availability: FixAvailability, example: &Example) -> Result<(), String> {
    match example {
        Example::Good {
            title,
            backdrop,
            files,
        } => {
            let (plain, mark) = unmarked(files);
            assert!(mark.is_none(), "{rule}: a good example has no mark");
            let (found, _) = findings(rule, *backdrop, &plain);
            if !found.is_empty() {
                return Err(format!("\"{title}\" is good, but: {}", told(&found)));
            }
        }
        Example::Bad {
            title,
            backdrop,
            files,
            fixed,
        } => {
            let (plain, mark) = unmarked(files);
            let (path, span) = mark.ok_or_else(|| format!("\"{title}\" has no mark"))?;
            let (found, _) = findings(rule, *backdrop, &plain);
            let [(at, diagnostic)] = found.as_slice() else {
                return Err(format!(
                    "\"{title}\" must give one finding, not {}: {}",
                    found.len(),
                    told(&found)
                ));
            };
            if (at, diagnostic.place.span) != (&path, span) {
                return Err(format!(
                    "\"{title}\" must be found at {path} {span:?}, not at {}",
                    told(&found)
                ));
            }
            well_worded(diagnostic)
                .map_err(|why| format!("\"{title}\": {why}: {}", told(&found)))?;
            match (fixed, &diagnostic.fix) {
                (Some(fixed), Some(fix)) => {
                    let text = plain
                        .iter()
                        .find(|(name, _)| *name == path)
                        .map(|(_, text)| text.clone())
                        .unwrap_or_default();
                    let mut edits: Vec<_> = fix.edits.iter().collect();
                    edits.sort_by_key(|edit| std::cmp::Reverse(edit.place.span));
                    let mut repaired = text;
                    for edit in edits {
                        repaired.replace_range(edit.place.span.range(), &edit.text);
                    }
                    if repaired != *fixed {
                        return Err(format!(
                            "\"{title}\" is repaired to\n{repaired}\nnot to\n{fixed}"
                        ));
                    }
                    let again: Files = plain
                        .into_iter()
                        .map(|(name, text)| {
                            if name == path {
                                (name, repaired.clone())
                            } else {
                                (name, text)
                            }
                        })
                        .collect();
                    let (found, _) = findings(rule, *backdrop, &again);
                    if !found.is_empty() {
                        return Err(format!(
                            "\"{title}\" is not clean when repaired: {}",
                            told(&found)
                        ));
                    }
                }
                (Some(_), None) => return Err(format!("\"{title}\" is not repaired")),
                (None, Some(_)) => {
                    return Err(format!(
                        "\"{title}\" is repaired, which the example does not show"
                    ));
                }
                (None, None) if availability == FixAvailability::Always => {
                    return Err(format!("\"{title}\" is not repaired"));
                }
                (None, None) => {}
            }
        }
    }
    Ok(())
}

fn told(found: &[(String, Diagnostic)]) -> String {
    let lines = found.iter().map(|(path, diagnostic)| {
        format!("{path} {:?}: {}", diagnostic.place.span, diagnostic.message)
    });
    lines.collect::<Vec<_>>().join("; ")
}

/// The house rules for wording.
fn well_worded(diagnostic: &Diagnostic) -> Result<(), String> {
    let texts = [
        Some(&diagnostic.message),
        diagnostic.note.as_ref(),
        diagnostic.help.as_ref(),
    ];
    let labels = diagnostic.labels.iter().map(|label| &label.message);
    for text in texts.into_iter().flatten().chain(labels) {
        if text.ends_with('.') && !text.ends_with("...") {
            return Err(format!("no final stop in \"{text}\""));
        }
        let mut first = text.chars();
        if first.next().is_some_and(char::is_uppercase)
            && !first.next().is_some_and(char::is_uppercase)
        {
            return Err(format!("lower-case at the beginning of \"{text}\""));
        }
        if text.trim().is_empty() {
            return Err("an empty text".to_owned());
        }
    }
    Ok(())
}

#[test]
fn the_register_is_in_order() {
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    for rule in RULES {
        let (family, name) = rule.id.split_once('/').expect("an id has a family");
        assert!(
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{}",
            rule.id
        );
        assert_eq!(
            ids.iter().filter(|id| **id == rule.id).count(),
            1,
            "{} is there once",
            rule.id
        );
        assert!(
            !rule.summary.ends_with('.')
                && rule
                    .summary
                    .chars()
                    .next()
                    .is_some_and(|first| !first.is_uppercase()),
            "{}: {}",
            rule.id,
            rule.summary
        );
        let file = format!(
            "{}/src/rules/{family}/{}.rs",
            env!("CARGO_MANIFEST_DIR"),
            name.replace('-', "_")
        );
        assert!(std::path::Path::new(&file).exists(), "{file}");
        let bad = rule
            .examples
            .iter()
            .any(|example| matches!(example, Example::Bad { .. }));
        let good = rule
            .examples
            .iter()
            .any(|example| matches!(example, Example::Good { .. }));
        // What cannot be read cannot stand in an example.
        assert!(
            bad && good || family == "files",
            "{} shows something bad and something good",
            rule.id
        );
        let repaired = rule
            .examples
            .iter()
            .any(|example| matches!(example, Example::Bad { fixed: Some(_), .. }));
        assert_eq!(
            repaired,
            rule.fix != FixAvailability::None,
            "{} shows its repair",
            rule.id
        );
    }
}

/// The parts of a rule's page, in their order.
const PARTS: [&str; 4] = ["Finds", "Why", "Ignores", "Fix"];

/// How many words a rule's page has at most.
const MOST_WORDS: usize = 150;

#[test]
fn every_page_has_four_short_parts() {
    let lead = |paragraph: &'static str| Some(paragraph.strip_prefix("**")?.split_once(".**")?.0);
    for rule in RULES {
        let paragraphs: Vec<&str> = rule.docs.split("\n\n").collect();
        let leads: Vec<&str> = paragraphs.iter().filter_map(|one| lead(one)).collect();
        assert_eq!(leads, PARTS, "the parts of {}", rule.id);
        assert_eq!(
            lead(paragraphs[0]),
            Some(PARTS[0]),
            "the start of {}",
            rule.id
        );
        let texts = paragraphs.iter().map(|one| one.trim());
        assert!(
            texts
                .clone()
                .all(|text| text.ends_with(['.', ':', ')', '*'])),
            "the paragraphs of {} end",
            rule.id
        );
        let words = rule.docs.split_whitespace();
        let words = words
            .filter(|word| word.contains(char::is_alphanumeric))
            .count();
        assert!(words <= MOST_WORDS, "{} has {words} words", rule.id);
    }
}

/// The backdrops are clean, or no example in front of them would be worth anything.
#[test]
fn backdrops_are_clean() {
    for kind in [Backdrop::Snips, Backdrop::Jekyll] {
        let archive = lint::archive_of(backdrop(kind), Config::default(), TODAY);
        let (shown, _) = lint::findings(&archive);
        let loud: Vec<_> = shown
            .iter()
            .filter(|diagnostic| diagnostic.severity > crate::diagnostic::Severity::Info)
            .collect();
        assert!(loud.is_empty(), "{kind:?}: {loud:#?}");
        assert!(
            archive
                .profiles
                .iter()
                .any(|profile| profile.role == crate::archive::Role::Note)
        );
    }
}
