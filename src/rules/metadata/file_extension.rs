//! A file whose extension is another one than its neighbours'.

use super::evidence::plural;
use crate::archive::site::Generator;
use crate::archive::{Archive, name_of};
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/file-extension",
    summary: "a file whose extension differs from its neighbours'",
    docs: "\
**Finds.** A file with another extension than almost all files of its series or folder (at least 95 % of at least \
20).

**Why.** Sites choose their files by extension. They do not read a `week-12.markdown` among `*.snip.markdown` files \
as a snip, or only by luck, and scripts that look for the others miss it.

**Ignores.** Extensions that ask for more processing (`.mdx`, `.md.erb`, `.njk`). Where only the spelling of \
Markdown differs (`.md`, `.markdown`), the finding is an info, because most generators read both.

**Fix.** Rename the file.",
    severity: Some(Severity::Error),
    fix: FixAvailability::None,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: Some(check_document),
    check_archive: None,
    examples: &[
        Example::Bad {
            title: "a note that is not a snip",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.markdown",
                "⟦⟧Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a file that is worked on further",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.mdx",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
        },
    ],
};

/// Whether a part of an extension means Markdown and nothing else.
fn is_markdown(part: &str) -> bool {
    matches!(part, "md" | "markdown" | "mdown" | "mkd")
}

fn check_document(document: &Document, archive: &Archive, cx: &mut Context) {
    let Some(collection) = archive.collection(cx.document) else {
        return;
    };
    let (own, stem) = (document.extension(), document.stem());
    let usual = collection.conventions.usual_extension();
    let Some((usual, with)) = usual.filter(|(usual, _)| *usual != own) else {
        return;
    };
    let [folded, wanted] = [own, usual].map(str::to_ascii_lowercase);
    let has = || folded.split('.').skip(1);
    let mut wanted = wanted.split('.').skip(1);
    // A name that has the extension in its midst is no name of a note at all (`week-12.snip copy.markdown`).
    let folded_stem = stem.to_ascii_lowercase();
    let inside = |part: &str| !is_markdown(part) && folded_stem.contains(&format!(".{part}"));
    if has().any(|part| !is_markdown(part) && !wanted.clone().any(|usual| usual == part))
        || archive.is_note(cx.document) && wanted.clone().any(inside)
    {
        return;
    }
    let (of, others) = (collection.conventions.files, plural(collection));
    let message =
        format!("this file ends in `{own}`; {with} of the {of} {others} here end in `{usual}`");
    let only_spelling = has().all(is_markdown) && wanted.all(is_markdown);
    let report = cx
        .report_at(name_of(cx.document), own, message)
        .help(format!("rename the file to `{stem}{usual}`"));
    if only_spelling && archive.generator != Generator::Snips {
        report.at_most(Severity::Info);
    }
}
