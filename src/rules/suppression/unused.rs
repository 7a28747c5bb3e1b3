//! An ignore comment that hides nothing.

use crate::diagnostic::{Safety, Severity};
use crate::document::suppression::Suppression;
use crate::rules::{Backdrop, Context, Example, FixAvailability, RULES, Report, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "suppression/unused",
    summary: "an ignore comment that hides nothing",
    docs: "\
**Finds.** A `<!-- weeknote-lint-ignore … -->` comment that hides nothing in this run, or names a rule that does not \
exist.

**Why.** When somebody fixes the mistake and leaves the comment, it hides the next mistake in that place.

**Ignores.** A comment that hides a finding of a rule that the configuration switches off.

**Fix.** Delete the comment, or correct the rule's name.",
    severity: Some(Severity::Warning),
    fix: FixAvailability::Sometimes,
    examples: &[
        Example::Bad {
            title: "the link has its destination, but the comment is still there",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\n⟦<!-- weeknote-lint-ignore links/empty -->⟧\nThe [talk](https://example.com/talk).\n",
            )],
            fixed: Some("# Week 12\n\nThe [talk](https://example.com/talk).\n"),
        },
        Example::Good {
            title: "the comment hides a finding",
            backdrop: Backdrop::None,
            files: &[(
                "notes/week-12.md",
                "# Week 12\n\n<!-- weeknote-lint-ignore links/empty: the slides are not online yet -->\nThe [talk]().\n",
            )],
        },
    ],
    ..Rule::NEW
};

/// Looks at one comment; `uses` says of each of its rules whether it hides a finding of it, and of one without rules whether
/// it hides any. Called when the findings of all other rules are known.
pub fn check(suppression: &Suppression, uses: &[bool], cx: &mut Context) {
    let (rules, comment) = (&suppression.rules, suppression.span);
    // The reason is the author's.
    let safety = Safety::safe_if(!suppression.has_reason);
    let delete = |report: Report<'_>| {
        report
            .help("delete it: it would hide the next mistake here")
            .fix("delete the comment", safety, suppression.whole_lines, "");
    };
    if rules.is_empty() && uses != [true] {
        delete(cx.report(comment, "", "this comment hides nothing"));
    }
    let unused = rules.iter().zip(uses).filter(|(_, is_used)| !**is_used);
    for ((name, span), _) in unused {
        let known: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        if !known.contains(&&**name) {
            let help = match crate::config::nearest(name, &known) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "`weeknote-lint rules` lists all rules".to_owned(),
            };
            cx.report(*span, name, format!("there is no rule called `{name}`"))
                .help(help);
        } else if rules.len() == 1 {
            let message = format!("this comment hides no finding of `{name}`");
            delete(cx.report(comment, name, message));
        } else {
            cx.report(*span, name, format!("`{name}` finds nothing here"))
                .help("delete the name from the comment: it would hide the next mistake here");
        }
    }
}
