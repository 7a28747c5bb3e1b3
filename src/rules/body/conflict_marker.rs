//! A merge conflict that was committed.

use crate::diagnostic::Severity;
use crate::document::OddLineKind;
use crate::rules::{Backdrop, Context, Example, Page, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "body/conflict-marker",
    summary: "an unresolved merge conflict",
    docs: "\
**Finds.** `<<<<<<<` or `>>>>>>>` with a label, which git leaves where it cannot merge two versions of a note. The \
rule reports a conflict once, where it begins; all other rules read only the first version.

**Why.** The page shows the markers and both versions. A conflict in the metadata loses the whole block, or the site \
does not build.

**Ignores.** Code blocks, and `=======`, which underlines a heading.

**Fix.** Keep one of the versions, or what is right in both, and delete the markers.",
    severity: Some(Severity::Error),
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "both versions are there",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\n⟦<<<<<<< HEAD⟧\nThe beans are up.\n=======\nThe beans are in.\n>>>>>>> beans\n\nMore next week.\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "a conflict in the metadata",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/people/joan-clarke.snip.markdown",
                "# Joan\n\nPrunes roses.\n\n⟦<<<<<<< HEAD⟧\n:name: joan-clarke\n=======\n:name: joan\n>>>>>>> names\n:kind: person\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "a conflict that is shown as code, and a heading that is underlined",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "Week 12\n=======\n\nGit said:\n\n    <<<<<<< HEAD\n    >>>>>>> beans\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let markers = page.document.odd_lines(OddLineKind::ConflictMarker);
    let mut markers = markers.peekable();
    while let Some(marker) = markers.next() {
        let opens = marker.text.starts_with('<');
        let message = match opens {
            true => "this line begins a merge conflict",
            false => "this line is left over from a merge conflict",
        };
        let end = markers.next_if(|next| opens && next.text.starts_with('>'));
        cx.report(marker.span, &marker.text, message)
            .note(match page.document.metadata.block.overlaps(marker.span) {
                true => "the page loses its metadata, or the site does not build",
                false => "the page shows this line, and both versions",
            })
            .help("keep what is right in both versions, and delete the marker lines")
            .labels(end.map(|end| end.span), "it ends here");
    }
}
