//! A file whose extension differs from its neighbours'. The laws of the archive find it (`rules::laws`).

use crate::archive::Archive;
use crate::archive::site::Generator;
use crate::diagnostic::{DocumentId, Severity};
use crate::rules::{Backdrop, Example, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/file-extension",
    summary: "a file whose extension differs from its neighbours'",
    docs: "\
**Finds.** One or two files whose extension differs from that of nearly all files of their series or folder.

**Why.** Sites choose their files by extension. They do not read a `week-12.markdown` among `*.snip.markdown` files \
as a snip, and scripts that look for the others miss it.

**Ignores.** Extensions that ask for more processing (`.mdx`, `.md.erb`, `.njk`). Where only the spelling of \
Markdown differs (`.md`, `.markdown`), the finding is an info, because most generators read both.

**Fix.** Rename the file.",
    severity: Some(Severity::Error),
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
            title: "a file that needs more processing",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.mdx",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\nPlums.\n",
            )],
        },
    ],
    ..Rule::NEW
};

/// Whether a part of an extension means Markdown and nothing else.
fn is_markdown(part: &str) -> bool {
    matches!(part, "md" | "markdown" | "mdown" | "mkd")
}

/// How grave it is that a file does not end in `usual`; `None` where it is worked on further.
pub(crate) fn severity(archive: &Archive, id: DocumentId, usual: &str) -> Option<Severity> {
    let document = archive.document(id)?;
    let [own, usual] = [document.extension(), usual].map(str::to_ascii_lowercase);
    let own = || own.split('.').skip(1);
    let mut usual = usual.split('.').skip(1);
    if own().any(|part| !is_markdown(part) && !usual.clone().any(|usual| usual == part)) {
        return None;
    }
    let only_spelling = own().all(is_markdown) && usual.all(is_markdown);
    match only_spelling && archive.generator != Generator::Snips {
        true => Some(Severity::Info),
        false => Some(Severity::Error),
    }
}
