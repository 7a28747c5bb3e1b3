//! A key that repeats the file's name everywhere but here.

use super::evidence::{is_doubtful, of_key, written};
use super::spelling;
use crate::archive::Archive;
use crate::archive::claims::{TITLE_KEYS, Whence, agree};
use crate::archive::conventions::{KeyFacts, almost_always, is_extension, scalar_text};
use crate::diagnostic::{Safety, Severity};
use crate::document::Document;
use crate::document::metadata::Entry;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Meta, Rule};

/// What the rule says about itself.
pub static META: Meta = Meta {
    id: "metadata/name-mismatch",
    summary: "a key that repeats the file's name everywhere but here",
    docs: "\
Some archives repeat the file's name in a key (`:name: week-460`), or its extension (`:extension: markdown`). A note \
that was begun as a copy of another one keeps the other's name there, and the site finds the one when it looks for the \
other. The rule learns which keys repeat the name, from almost all files that have the key; for a key called `name` or \
`ref` three files that agree are enough.

A `slug` exists to differ from the name, and a title is for readers: both are left alone. Where title and heading agree \
with the key against the file's name, the file was renamed, and `week/disagreement` says so once.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Always,
    since: "0.1.0",
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

/// See [`META`].
pub struct NameMismatch;

/// Keys that are made to repeat the name.
const NAME_KEYS: &[&str] = &["name", "ref"];
/// Keys that are made to differ from it.
const FREE_KEYS: &[&str] = &["slug", "permalink", "url", "aliases", "alias"];

impl Rule for NameMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_document(&self, document: &Document, archive: &Archive, cx: &mut Context) {
        for entry in &document.metadata.entries {
            if let Some(facts) = of_key(archive, cx.document, &entry.key)
                && !is_doubtful(document, entry)
            {
                check(document, entry, facts, archive, cx);
            }
        }
    }
}

fn check(
    document: &Document,
    entry: &Entry,
    facts: &KeyFacts,
    archive: &Archive,
    cx: &mut Context,
) {
    if facts.equals_stem == 0 && facts.equals_extension == 0
        || !has_usual_extension(document, archive)
    {
        return;
    }
    let Some(text) = scalar_text(entry).filter(|text| !text.is_empty()) else {
        return;
    };
    let key = &*entry.key;
    let repeats_name = || {
        let made_for_it = NAME_KEYS.contains(&key)
            && looks_like_a_name(text)
            && facts.equals_stem >= 3
            && facts.equals_stem * 10 >= (facts.files - 1) * 9;
        made_for_it || almost_always(facts.equals_stem, facts.files)
    };
    if text != document.stem()
        && !FREE_KEYS.contains(&key)
        && !TITLE_KEYS.contains(&key)
        && repeats_name()
        && !was_renamed(document, text, archive, cx)
    {
        report(
            document,
            entry,
            "the file's name",
            document.stem(),
            facts.equals_stem,
            cx,
        );
    } else if !is_extension(&text.to_lowercase(), document)
        && is_about_extensions(key, text, document)
        && almost_always(facts.equals_extension, facts.files)
        && let Some(extension) = document.extension().rsplit('.').next()
    {
        report(
            document,
            entry,
            "the file's extension",
            extension,
            facts.equals_extension,
            cx,
        );
    }
}

fn report(
    document: &Document,
    entry: &Entry,
    what: &str,
    wanted: &str,
    files: usize,
    cx: &mut Context,
) {
    let key = written(document, &entry.key);
    let value = if entry.quoted {
        format!("\"{wanted}\"")
    } else {
        wanted.to_owned()
    };
    cx.report(
        entry.value_span,
        &entry.key,
        format!("`{key}` is not {what}, `{wanted}`"),
    )
    .note(format!("in {files} other files it is {what}"))
    .help(format!("write `{wanted}`, or rename the file"))
    .fix(
        format!("write `{wanted}`"),
        Safety::Unsafe,
        entry.value_span,
        value,
    );
}

/// Whether a value was meant as an extension: by its key, because it is one, or because it is the file's, misspelt. Other
/// words (the name of a renderer) may stand where most files happen to repeat the extension.
fn is_about_extensions(key: &str, text: &str, document: &Document) -> bool {
    const EXTENSIONS: &[&str] = &[
        "md", "markdown", "mdown", "mkd", "mdx", "html", "htm", "txt", "text", "textile", "rst",
        "org", "erb", "haml",
    ];
    let misspelt = || {
        let mut own = document.extension().split('.');
        own.any(|extension| spelling::edits(text, extension).is_some())
    };
    matches!(key, "extension" | "ext") || EXTENSIONS.contains(&text) || misspelt()
}

/// Whether a text is made of letters, digits, `-`, `_` and `.`, as names of files are.
fn looks_like_a_name(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_alphanumeric() || matches!(character, '-' | '_' | '.'))
}

/// Whether the file's own name is the odd one out: no note is named like it, or the weeks in title or heading agree with
/// the key's value instead.
fn was_renamed(document: &Document, text: &str, archive: &Archive, cx: &Context) -> bool {
    let Some(standing) = archive.standing(cx.document) else {
        return false;
    };
    if archive.is_misnamed(cx.document) {
        return true;
    }
    let named = standing.said(Whence::FileName);
    let counts = standing.week();
    let (Some(named), Some(counts)) = (named, counts) else {
        return false;
    };
    if agree(named, counts) != Some(false) || text == document.stem() {
        return false;
    }
    crate::week::claim::of_stem(text).is_some_and(|claim| {
        claim.numbers == counts.claim.numbers && claim.season == counts.claim.season
    })
}

/// Whether the file's own extension is no exception, which would be for `metadata/file-extension` to say.
fn has_usual_extension(document: &Document, archive: &Archive) -> bool {
    archive
        .conventions
        .usual_extension()
        .is_none_or(|(usual, _)| usual == document.extension())
}
