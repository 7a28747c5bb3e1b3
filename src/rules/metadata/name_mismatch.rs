//! A key that repeats the file's name everywhere but here.

use super::evidence::{of_key, report_value, requoted};
use super::spelling;
use crate::archive::Archive;
use crate::archive::claims::{DATE_KEYS, TITLE_KEYS, Whence, agree};
use crate::archive::conventions::{KeyFacts, almost_always, is_extension, scalar_text};
use crate::diagnostic::{Safety, Severity};
use crate::document::Document;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use crate::week::claim;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/name-mismatch",
    summary: "a key that repeats the file's name everywhere but here",
    docs: "\
**Finds.** A key that repeats the file's name (`:name: week-460`) or its extension (`:extension: markdown`) in \
almost all files that have the key, and differs here. For a key called `name` or `ref`, three files that agree are \
enough.

**Why.** A note that began as a copy of another keeps the other's name in the key, and the site finds one note where \
it expects the other.

**Ignores.** Keys that exist to differ from the name, such as `slug` and `permalink`, and titles. Where title and \
heading agree with the key, the file was renamed, and `week/disagreement` reports that.

**Fix.** Write the file's name, or rename the file.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Always,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: Some(check_document),
    check_archive: None,
    examples: &[
        Example::Bad {
            title: "the name of last week's note",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe pump works again.\n\n:name: ⟦week-139⟧\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            ),
        },
        Example::Good {
            title: "a slug",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\nslug: plums\n---\n\nPlums.\n",
            )],
        },
    ],
};

/// Keys that are made to repeat the name.
const NAME_KEYS: &[&str] = &["name", "ref"];

/// Keys that are made to differ from it.
const FREE_KEYS: &[&str] = &["slug", "permalink", "url", "aliases", "alias"];

/// Extensions that a value may name.
const EXTENSIONS: &str = "md markdown mdown mkd mdx html htm txt text textile rst org erb haml";

fn check_document(document: &Document, archive: &Archive, cx: &mut Context) {
    // An extension that is itself an exception is for `metadata/file-extension` to report.
    let usual = archive.conventions.usual_extension();
    if usual.is_some_and(|(usual, _)| usual != document.extension()) {
        return;
    }
    for entry in &document.metadata.entries {
        let repeats = |facts: &&KeyFacts| facts.equals_stem > 0 || facts.equals_extension > 0;
        let text = scalar_text(entry).filter(|text| !text.is_empty());
        if let Some(facts) = of_key(archive, cx.document, &entry.key).filter(repeats)
            && let Some(text) = text
            && !document.metadata.is_doubtful(entry)
            && let Some((what, wanted, files)) =
                expected(document, &entry.key, text, facts, archive, cx)
        {
            let (title, value) = (format!("write `{wanted}`"), requoted(entry, wanted));
            report_value(document, entry, &format!("is not {what}, `{wanted}`"), cx)
                .note(format!("in {files} other files it is {what}"))
                .help(format!("{title}, or rename the file"))
                .fix(title, Safety::Unsafe, entry.value_span, value);
        }
    }
}

/// What the value should repeat, the text itself, and in how many files such a value does.
fn expected<'d>(
    document: &'d Document,
    key: &str,
    text: &str,
    facts: &KeyFacts,
    archive: &Archive,
    cx: &Context,
) -> Option<(&'static str, &'d str, usize)> {
    let (stem, last) = (document.stem(), document.extension().rsplit('.').next()?);
    let name_character = |character: char| character.is_alphanumeric() || "-_.".contains(character);
    let made_for_it = NAME_KEYS.contains(&key)
        && text.chars().all(name_character)
        && facts.equals_stem >= 3
        && facts.equals_stem * 10 >= (facts.files - 1) * 9;
    // Dates are held against the name's by `metadata/dates`, and a page that is named otherwise has one, too.
    if text != stem
        && !DATE_KEYS.contains(&key)
        && !FREE_KEYS.contains(&key)
        && !TITLE_KEYS.contains(&key)
        && (made_for_it || almost_always(facts.equals_stem, facts.files))
        && !was_renamed(document, text, archive, cx)
    {
        return Some(("the file's name", stem, facts.equals_stem));
    }
    // Other words (the name of a renderer) may stand where most files happen to repeat the extension.
    let misspelt = |own: &str| spelling::edits(text, own).is_some();
    let names_one = || {
        matches!(key, "extension" | "ext")
            || EXTENSIONS.split(' ').any(|known| known == text)
            || document.extension().split('.').any(misspelt)
    };
    let wrong = almost_always(facts.equals_extension, facts.files)
        && !is_extension(&text.to_lowercase(), document)
        && names_one();
    wrong.then_some(("the file's extension", last, facts.equals_extension))
}

/// Whether the file's own name is the odd one out: no note is named like it, or the weeks in title or heading agree with
/// the key's value instead.
fn was_renamed(document: &Document, text: &str, archive: &Archive, cx: &Context) -> bool {
    let Some(standing) = archive.standing(cx.document) else {
        return false;
    };
    let by_value = || {
        let (named, counts) = (standing.said(Whence::FileName)?, standing.week()?);
        let claim = claim::of_stem(text).filter(|_| agree(named, counts) == Some(false))?;
        let same = claim.numbers == counts.claim.numbers && claim.season == counts.claim.season;
        Some(same && text != document.stem())
    };
    archive.laws().is_misnamed(cx.document) || by_value() == Some(true)
}
