//! A line of the body that ends a snip early.

use crate::diagnostic::{Fix, Safety, Severity};
use crate::document::metadata::ProblemKind;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Page, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/cut-off",
    summary: "a body line that begins with `:` and ends the note early",
    docs: "\
**Finds.** In a snip, a line of text that begins with `:` above the real metadata: `:) thanks`, `:tada: we shipped \
it`, a definition list.

**Why.** A snip's metadata begins at the first line that begins with `:` and continues to the end of the file. A \
line of text that begins like this becomes the start of the metadata: the rest of the note disappears from the page, \
and the site cannot read the metadata.

**Ignores.** Lines that begin with a space and a colon, which are text, and files in which no real metadata follows \
the line.

**Fix.** Put a space or a word before the colon.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Always,
    check_document: Some(check_document),
    examples: &[
        Example::Bad {
            title: "a smile begins a line",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe pump works again.\n\n⟦:) many thanks to everybody⟧\n\nNext week: the roof, and then tea for all of us.\n\n\
                 :name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n:created_at: 2011-09-23 16:00:00 +00:00\n\
                 :render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe pump works again.\n\n :) many thanks to everybody\n\nNext week: the roof, and then tea for all of us.\n\n\
                 :name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n:created_at: 2011-09-23 16:00:00 +00:00\n\
                 :render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 140\n:extension: markdown\n",
            ),
        },
        Example::Good {
            title: "the colon is within the line",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nWe say :) to everybody: the pump works.\n\n:name: week-140\n:kind: blog\n:author: ada-byron\n",
            )],
        },
    ],
    ..Rule::NEW
};

fn check_document(page: Page<'_>, cx: &mut Context) {
    let metadata = &page.document.metadata;
    let first = metadata.entries.first().map(|entry| entry.key_span);
    let problems = metadata.problems.iter();
    let cut = problems.filter(|problem| problem.kind == ProblemKind::CutOff);
    let cut: Vec<Span> = cut.map(|problem| problem.span).collect();
    if let Some(&line) = cut.first() {
        let message = "this line begins with `:`, which starts the metadata";
        let id = cx.document;
        // The site would take the next such line instead.
        let edits = cut
            .iter()
            .map(|span| id.at(Span::at(span.start as usize)).replaced_by(" "));
        let title = "put a space before the colon";
        let fix = Fix::new(title, Safety::Safe, edits.collect::<Vec<_>>());
        cx.report(line, "", message)
            .note("the page ends before this line")
            .help("put a space before the colon, or a word")
            .label(
                first.unwrap_or(metadata.block),
                "the real metadata begins here",
            )
            .fix_all(fix);
    }
}
