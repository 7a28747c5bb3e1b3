//! An author whom the archive does not know.

use super::evidence::{has_invisible_space, requoted, written};
use crate::archive::conventions::each_item;
use crate::archive::{AUTHOR_KEYS, Archive};
use crate::config;
use crate::diagnostic::{Safety, Severity};
use crate::document::Document;
use crate::rules::{Backdrop, Context, Example, FixAvailability, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "metadata/unknown-author",
    summary: "an author without a page, where authors have pages",
    docs: "\
**Finds.** An author who has no page, where almost all authors in the archive (at least 95 % of at least 20) are \
named like the file of a page.

**Why.** Where `author: grace-hopper` names the page `grace-hopper`, the site shows that person's name and picture \
beside the note. A misspelt author has neither.

**Ignores.** Archives whose authors have no pages.

**Fix.** Correct the name, or write the author's page.",
    severity: Some(Severity::Error),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    lenient_in_drafts: false,
    check_document: Some(check_document),
    check_archive: None,
    examples: &[
        Example::Bad {
            title: "a letter too many",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-140.snip.markdown",
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ⟦ada-byronn⟧\n\
                 :page_title: Week 140\n:extension: markdown\n",
            )],
            fixed: Some(
                "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                 :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n\
                 :page_title: Week 140\n:extension: markdown\n",
            ),
        },
        Example::Good {
            title: "a new author with a page",
            backdrop: Backdrop::Snips,
            files: &[
                (
                    "soups/weeknotes/week-140.snip.markdown",
                    "Week 140\n========\n\nThe pump works again.\n\n:name: week-140\n:updated_at: 2011-09-23 16:10:00 +00:00\n\
                     :created_at: 2011-09-23 16:00:00 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: joan-clarke\n\
                     :page_title: Week 140\n:extension: markdown\n",
                ),
                (
                    "soups/people/joan-clarke.snip.markdown",
                    "# Joan\n\nPrunes roses.\n\n:name: joan-clarke\n:created_at: 2010-02-01 10:00:00 +00:00\n:kind: person\n",
                ),
            ],
        },
        Example::Good {
            title: "an archive whose authors have no pages",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\nauthor: Joan\n---\n\nPlums.\n",
            )],
        },
    ],
};

fn check_document(document: &Document, archive: &Archive, cx: &mut Context) {
    let entries = AUTHOR_KEYS.iter();
    for entry in entries.filter_map(|key| document.metadata.get(key)) {
        let authors = archive.authors();
        let doubtful = has_invisible_space(entry) || document.metadata.is_doubtful(entry);
        if doubtful || !authors.are_pages() {
            continue;
        }
        let mut unknown: Vec<(String, Span)> = Vec::new();
        each_item(entry, &mut |name, span| {
            if !authors.with_page.contains(name) {
                unknown.push((name.to_owned(), span));
            }
        });
        for (name, span) in unknown {
            let (key, others) = (written(document, &entry.key), authors.named_with_page);
            let known: Vec<&str> = authors.pages_near(&name).map(|name| &**name).collect();
            let report = cx
                .report(span, &name, format!("the author `{name}` has no page"))
                .note(format!("in {others} other places `{key}` names a page"));
            let Some(nearest) = config::nearest(&name, &known) else {
                report.help(format!("correct the name, or add a page `{name}`"));
                continue;
            };
            let text = match span == entry.value_span {
                true => requoted(entry, nearest),
                false => nearest.to_owned(),
            };
            let title = format!("write `{nearest}`");
            report.help(format!("did you mean `{nearest}`?")).fix(
                title,
                Safety::Unsafe,
                span,
                text,
            );
        }
    }
}
