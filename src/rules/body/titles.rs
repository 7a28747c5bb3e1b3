//! No title, or several.

use crate::archive::{Archive, claims, laws::share::almost_always, site::Generator};
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::document::metadata::Entry;
use crate::rules::{Backdrop, Context, Example, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "body/titles",
    summary: "a page with no title, or with several, where others have exactly one",
    docs: "\
**Finds.** A page with no level-one heading, or with several, where almost all pages of its series or folder (at \
least 95 % of at least 20) have one, or exactly one.

**Why.** Readers of a note without a title do not see which note it is. A note with several looks like several notes, \
and confuses readers who navigate by headings.

**Ignores.** Obsidian, where the file's name is the title; level-one headings of sections, where this page and its \
neighbours have their titles in the metadata. Where a page begins with a heading of another level, that serves as its \
title, and the finding is an info.

**Fix.** Add the title, or make the later headings level two (`##`).",
    severity: Some(Severity::Warning),
    check_archive: Some(check_archive),
    examples: &[
        Example::Bad {
            title: "the sections are headings of level one",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-120.snip.markdown",
                "Week 120\n========\n\n⟦# Beans⟧\n\nUp.\n\n# Peas\n\nDown.\n\n:name: week-120\n:updated_at: 2011-05-06 16:10:00.000000000 +00:00\n:created_at: 2011-05-06 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 120\n:extension: markdown\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "the first heading is not the page's title, but those of its neighbours are",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-120.snip.markdown",
                "Week 120: beans\n===============\n\n⟦# Peas⟧\n\nDown.\n\n:name: week-120\n:updated_at: 2011-05-06 16:10:00.000000000 +00:00\n:created_at: 2011-05-06 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 120\n:extension: markdown\n",
            )],
            fixed: None,
        },
        Example::Bad {
            title: "no title",
            backdrop: Backdrop::Snips,
            files: &[(
                "soups/weeknotes/week-120.snip.markdown",
                "⟦⟧The beans are up.\n\n:name: week-120\n:updated_at: 2011-05-06 16:10:00.000000000 +00:00\n:created_at: 2011-05-06 16:00:00.000000000 +00:00\n:render_as: Blog\n:kind: blog\n:is_page: true\n:author: ada-byron\n:page_title: Week 120\n:extension: markdown\n",
            )],
            fixed: None,
        },
        Example::Good {
            title: "the site takes the title from the metadata",
            backdrop: Backdrop::Jekyll,
            files: &[(
                "_posts/2024-08-02-weeknotes-31.md",
                "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\n# Beans\n\nUp.\n\n# Peas\n\nDown.\n",
            )],
        },
    ],
    ..Rule::NEW
};

/// How many files of a series or folder have what titles may be.
#[derive(Default)]
struct Counts {
    files: usize,
    /// With a heading of level one, and with exactly one.
    titled: usize,
    with_one: usize,
    /// With a heading that serves as a title.
    headed: usize,
    /// With a title in the metadata as well, and with the same one.
    two: usize,
    equal: usize,
}

impl Counts {
    fn add(&mut self, document: &Document) {
        let titles = document.headings.iter().filter(|one| one.level == 1);
        let (titles, heading) = (titles.count(), document.title_heading());
        self.files += 1;
        self.titled += usize::from(titles > 0);
        self.with_one += usize::from(titles == 1);
        self.headed += usize::from(heading.is_some());
        if let (Some(entry), Some(heading)) = (claims::title_entry(document), heading) {
            let title = entry.as_str().unwrap_or("");
            self.two += 1;
            self.equal += usize::from(claims::same_wording(title, &heading.source));
        }
    }
}

fn check_archive(archive: &Archive, cx: &mut Context) {
    if archive.generator == Generator::Obsidian {
        return;
    }
    for collection in &archive.collections {
        let documents = archive.members(collection);
        let documents = documents.filter(|(_, document)| document.unreadable.is_none());
        let mut counts = Counts::default();
        documents
            .clone()
            .for_each(|(_, document)| counts.add(document));
        for (id, document) in documents {
            cx.document = id;
            check(document, &counts, cx);
        }
    }
}

fn check(document: &Document, counts: &Counts, cx: &mut Context) {
    let headings = document.headings.iter();
    let mut titles = headings.filter(|heading| heading.level == 1);
    match (titles.next(), titles.next()) {
        (Some(first), Some(second)) => {
            // With another title in the metadata the headings are sections, unless that is where its neighbours
            // repeat it.
            let title = claims::title_entry(document).and_then(Entry::as_str);
            let is_repeated = counts.equal * 2 > counts.two;
            let are_sections = title.is_some_and(|title| title != &*first.text) && !is_repeated;
            if are_sections || !almost_always(counts.with_one, counts.titled) {
                return;
            }
            let id = cx.document;
            let contents = titles.clone().chain([second]).map(|one| id.at(one.content));
            let further: Vec<Span> = titles.map(|heading| heading.span).collect();
            let count = further.len() + 2;
            let message = format!("this page has {count} level-one headings, its neighbours one");
            cx.report(second.span, &second.text, message)
                .note("looks like the title of another note")
                .help("make the later ones level-two headings: `##`")
                .labels(further, "another one")
                .label(first.span, "the title")
                .causes(contents);
        }
        (Some(_), None) => {}
        (None, _) => without_title(document, counts, cx),
    }
}

fn without_title(document: &Document, counts: &Counts, cx: &mut Context) {
    let of = counts.files;
    let first = document.headings.first().filter(|heading| heading.first);
    // The pages without a title of level one begin with a heading all the same.
    let with = first.map_or(counts.headed, |_| counts.titled);
    if !almost_always(with, of) || counts.titled * 2 < of {
        return;
    }
    let (span, message) = match first {
        Some(heading) => (
            heading.span,
            format!(
                "the title has level {}; {with} of {of} pages here have level 1",
                heading.level
            ),
        ),
        None => (
            Span::at(document.body.start as usize),
            format!("this page has no title; {with} of {of} pages here have one"),
        ),
    };
    // A tag at the beginning may well print the title.
    let beginning = document.first_line.start.max(document.body.start);
    let cause = cx
        .document
        .at(Span::new(beginning as usize, beginning as usize + 1));
    let report = cx
        .report(span, "", message)
        .help("begin the page with its title as a level-one heading: `# ...`")
        .causes([cause]);
    let tag = document.template_tags.first();
    if first.is_some() || tag.is_some_and(|tag| tag.span.start <= beginning) {
        report.at_most(Severity::Info);
    }
}
