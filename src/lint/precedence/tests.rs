//! Every pair of rules that can meet on one cause: which of the two is reported, or both.

use super::{Causes, HIDES};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, DocumentId, Severity};
use crate::lint;
use crate::rules::tests::{Files, backdrop};
use crate::rules::{self, Backdrop, Context, laws};
use crate::source::Span;
use jiff::civil::date;

/// A page in which two rules meet.
struct Meeting {
    rules: [&'static str; 2],
    /// Whether both are shown, since each is a mistake of its own; the first one alone else.
    both: bool,
    page: Page,
}

/// What the page stands among, and what it holds.
enum Page {
    /// `notes/week-12.md`, with nothing else but `plan.md` and the notes of weeks 10 and 11.
    Alone(&'static str),
    /// A post of [`Backdrop::Jekyll`].
    Jekyll(&'static str),
    /// The body of a note of [`Backdrop::Snips`].
    Snip(&'static str),
    /// A note of [`Backdrop::Snips`] whose metadata has something else in the place of a text.
    Changed(&'static str, &'static str, &'static str),
    /// A note of a plain folder, in which all others have a title and a date, and a title heading.
    Plain(&'static str),
    /// The same where titles are words, and notes have a summary.
    Worded(&'static str),
    /// The last of posts that are dated, with another day in its metadata; the one before links to it.
    Dated(&'static str),
    /// The path of a note of that folder with all that it should have, to which another one links by the name that it
    /// should have.
    Named(&'static str),
}

fn first(first: &'static str, other: &'static str, page: Page) -> Meeting {
    Meeting {
        rules: [first, other],
        both: false,
        page,
    }
}

fn both(one: &'static str, other: &'static str, page: Page) -> Meeting {
    Meeting {
        rules: [one, other],
        both: true,
        page,
    }
}

const METADATA: &str = "\
:name: week-140
:updated_at: 2011-09-23 16:10:00.000000000 +00:00
:created_at: 2011-09-23 16:00:00.000000000 +00:00
:render_as: Blog
:kind: blog
:is_page: true
:author: ada-byron
:page_title: Week 140
:extension: markdown
";

const POST: &str = "---\ntitle: \"Weeknotes #31\"\ndate: 2024-08-02\ntags: [weeknotes]\n---\n\n";

#[rustfmt::skip]
fn matrix() -> Vec<Meeting> {
    use Page::{Alone, Changed, Dated, Jekyll, Named, Plain, Snip, Worded};
    vec![
        // A definition and what it was meant for.
        first("links/undefined-reference", "links/unused-definition", Alone("The [pump][pmup].\n\n[pump]: https://pump.example/")),
        first("links/spaced-reference", "links/unused-definition", Snip("# Week 140\n\nThe [plan] [pump].\n\n[plan]: https://plan.example/\n[pump]: https://pump.example/")),
        first("links/label-as-destination", "links/unused-definition", Alone("The [pump](pump).\n\n[pump]: https://pump.example/")),
        first("links/empty", "links/unused-definition", Alone("With [Ada]().\n\n[ada-byron]: https://ada.example/")),
        first("links/unused-definition", "links/duplicate-definition", Alone("Rain.\n\n[pump]: https://pump.example/\n[pump]: https://other.example/")),
        first("links/unused-definition", "week/wrong-link", Alone("Rain.\n\n[week 11]: week-10.md")),
        both("links/unused-definition", "links/missing-target", Alone("Rain.\n\n[pump]: ./gone.md")),
        both("links/duplicate-definition", "links/missing-target", Alone("The [pump].\n\n[pump]: https://pump.example/\n[pump]: ./gone.md")),
        // A line that takes definitions away.
        first("links/broken-definition", "links/undefined-reference", Alone("The [pump][].\n\n[pump]:\n[plan]: https://plan.example/")),
        first("links/broken-definition", "links/unused-definition", Alone("The [pump][].\n\n[pump]:\n[plan]: https://plan.example/")),
        first("links/broken-definition", "links/duplicate-definition", Alone("The [pump][].\n\n[pump]:\n[pump]: https://pump.example/")),
        first("links/broken-definition", "links/malformed-destination", Alone("The [pump][].\n\n[pump]: [pump]: https://pump.example/")),
        // A reference.
        first("links/spaced-reference", "links/undefined-reference", Snip("# Week 140\n\nThe [plan] [pump].\n\n[plan]: https://plan.example/")),
        first("links/footnote", "links/undefined-reference", Alone("The pump[^pump].")),
        // A destination.
        first("links/label-as-destination", "links/empty", Alone("The [pump](link).\n\n[link]: https://pump.example/")),
        first("links/label-as-destination", "links/malformed-destination", Jekyll("The [pump](the pump).\n\n[the pump]: https://pump.example/")),
        first("links/label-as-destination", "links/missing-target", Snip("# Week 140\n\nThe [pump](pump).\n\n[pump]: https://pump.example/")),
        both("links/label-as-destination", "week/wrong-link", Alone("In [week 11](week-10).\n\n[week-10]: week-10.md")),
        first("links/empty", "links/malformed-destination", Jekyll("The [link here](linkhere).")),
        first("links/empty", "links/missing-target", Snip("# Week 140\n\nThe [pump](TK).")),
        first("links/local-host", "links/malformed-destination", Alone("The [pump](C:\\pump\\plan.pdf).")),
        both("links/local-host", "links/malformed-destination", Alone("The [pump](http://localhost:4000/pump.).")),
        first("links/malformed-destination", "links/missing-target", Jekyll("The [pump](./the pump.md).")),
        first("links/malformed-destination", "links/missing-fragment", Jekyll("The [pump](#pump\\_).")),
        first("week/wrong-link", "links/missing-target", Alone("In [week 9](week-8.md).")),
        first("week/wrong-link", "links/missing-fragment", Alone("In [week 11](week-10.md#gone).")),
        first("week/file-name", "links/missing-target", Named("notes/week40.md")),
        first("metadata/dates", "links/missing-target", Dated("2024-10-14")),
        first("body/not-a-heading", "links/missing-fragment", Alone("##Big pumps\n\nSee [above](#big-pumps).")),
        both("body/placeholder", "links/missing-target", Snip("# Week 140\n\n![TODO](/weke-139)")),
        // A title.
        first("body/placeholder", "body/titles", Snip("# Week 140\n\nRain.\n\n# TODO")),
        first("body/placeholder", "week/missing", Snip("# Week NNN\n\nRain.")),
        first("metadata/missing", "body/titles", Plain("Rain.")),
        first("body/not-a-heading", "body/titles", Snip("##Week 140\n\nRain.")),
        first("body/unclosed-comment", "body/titles", Snip("<!-- rain\n\n# Week 140\n")),
        first("metadata/syntax", "body/titles", Plain("---\ntitle: Week 40\ndate: 2024-10-04\n# Week 40\n\nRain.")),
        both("metadata/missing-key", "body/titles", Plain("---\ntitle: Week 40\n---\n\nRain.")),
        both("week/impossible", "week/disagreement", Changed("# Week 140\n\nRain.", "title: Week 140", "title: Week 141, 31 June 2011")),
        // A value.
        first("body/placeholder", "metadata/invalid-value", Changed("# Week 140\n\nRain.", "created_at: 2011-09-23 16:00:00.000000000 +00:00", "created_at: TODO")),
        first("body/placeholder", "metadata/name-mismatch", Changed("# Week 140\n\nRain.", "name: week-140", "name: TODO")),
        first("body/placeholder", "metadata/unknown-author", Changed("# Week 140\n\nRain.", "ada-byron", "TODO")),
        first("metadata/stray-whitespace", "metadata/invalid-value", Changed("# Week 140\n\nRain.", "kind: blog", "kind: bl\u{200b}og")),
        first("metadata/stray-whitespace", "metadata/name-mismatch", Changed("# Week 140\n\nRain.", "name: week-140", "name: week\u{a0}139")),
        first("metadata/stray-whitespace", "metadata/unknown-author", Changed("# Week 140\n\nRain.", "ada-byron", "ada\u{200b}-byron")),
        first("metadata/syntax", "metadata/name-mismatch", Changed("# Week 140\n\nRain.", "name: week-140", "name: week-140 # sic")),
        first("metadata/dates", "week/wrong-date", Changed("# Week 140\n\nRain.", "updated_at: 2011-09-23", "updated_at: 2010-09-23")),
        first("body/placeholder", "metadata/title-mismatch", Worded("---\ntitle: Kale and mud\ndate: 2024-10-11\n---\n\n# TODO\n\nRain.")),
        first("body/placeholder", "week/duplicate", Worded("---\ntitle: Kale and mud\nsummary: All that there is to say of Tools and mud\ndate: 2024-10-11\n---\n\n# Kale and mud\n\nRain.")),
        both("body/placeholder", "week/disagreement", Changed("# Week 140\n\nRain.", "title: Week 140", "title: 'Week 141: TK'")),
        // A key.
        first("metadata/syntax", "metadata/missing-key", Plain("---\ntitle: Week 40\ndate 2024-10-04\n---\n\n# Week 40\n\nRain.")),
        first("metadata/unknown-key", "metadata/missing-key", Plain("---\ntitel: Week 40\ndate: 2024-10-04\n---\n\n# Week 40\n\nRain.")),
        both("metadata/unknown-key", "metadata/missing-key", Plain("---\ntitel: Week 40\n---\n\n# Week 40\n\nRain.")),
        both("metadata/duplicate-key", "metadata/missing-key", Plain("---\ntitle: Week 40\ntitle: Week 40\n---\n\n# Week 40\n\nRain.")),
        // A region that is not as it was meant: nothing is said of it.
        first("body/unclosed-comment", "links/undefined-reference", Alone("The [pump][].\n\n<!-- rain\n\n[pump]: https://pump.example/")),
        first("body/unclosed-comment", "links/unused-definition", Alone("[pump]: https://pump.example/\n\n<!-- rain\n\nThe [pump][].")),
        first("body/unclosed-comment", "links/footnote", Alone("The pump[^1].\n\n<!-- rain\n\n[^1]: Ours.")),
        first("body/unclosed-code", "links/undefined-reference", Snip("# Week 140\n\nThe [pump][].\n\n```\nrain\n\n[pump]: https://pump.example/")),
        first("body/conflict-marker", "links/duplicate-definition", Alone("The [pump].\n\n<<<<<<< HEAD\n[pump]: https://pump.example/\n=======\n[pump]: https://other.example/\n>>>>>>> other")),
        first("body/conflict-marker", "metadata/duplicate-key", Plain("---\ntitle: Week 40\n<<<<<<< HEAD\ndate: 2024-10-04\n=======\ndate: 2024-10-05\n>>>>>>> other\n---\n\n# Week 40\n\nRain.")),
        both("metadata/cut-off", "metadata/invalid-value", Changed("# Week 140\n\nRain\n:and wind.", "ada-byron", "ada-bryon")),
    ]
}

/// The archive in which a page stands.
fn files(page: &Page) -> Files {
    let snip = |text: String| {
        let path = "soups/weeknotes/week-140.snip.markdown";
        (backdrop(Backdrop::Snips), path.to_owned(), text)
    };
    let week = |week: i32| {
        let day = date(2024, 1, 5).saturating_add(jiff::Span::new().days(7 * (week - 1)));
        let text = format!("---\ntitle: Week {week}\ndate: {day}\n---\n\n# Week {week}\n\nRain.\n");
        (format!("notes/week-{week}.md"), text)
    };
    let (mut files, path, text) = match page {
        Page::Alone(text) => {
            let others = ["plan", "week-10", "week-11"].map(|name| {
                let title = name.replace('-', " ");
                (format!("notes/{name}.md"), format!("# {title}\n\nRain.\n"))
            });
            let text = format!("# Week 12\n\n{text}\n");
            (Vec::from(others), "notes/week-12.md".to_owned(), text)
        }
        Page::Jekyll(text) => {
            let path = "_posts/2024-08-02-weeknotes-31.md".to_owned();
            (backdrop(Backdrop::Jekyll), path, format!("{POST}{text}\n"))
        }
        Page::Snip(body) => snip(format!("{body}\n\n{METADATA}")),
        Page::Changed(body, from, to) => {
            snip(format!("{body}\n\n{}", METADATA.replacen(from, to, 1)))
        }
        Page::Plain(text) => {
            let text = format!("{text}\n");
            (
                (1..40).map(week).collect(),
                "notes/week-40.md".to_owned(),
                text,
            )
        }
        Page::Worded(text) => {
            let things = ["Rain", "Beans", "Pumps", "Seeds", "Tools", "Slugs", "Sheds"];
            let others = ["hoses", "paths", "frost", "bees", "soil", "mud"];
            let titles = others.map(|other| things.map(|thing| format!("{thing} and {other}")));
            let worded = |(title, (path, text)): (&String, (String, String))| {
                let (_, day) = text.split_once("date: ").unwrap();
                let (day, _) = day.split_once('\n').unwrap();
                let summary = format!("All that there is to say of {title}");
                let front = format!("---\ntitle: {title}\nsummary: {summary}\ndate: {day}\n---");
                (path, format!("{front}\n\n# {title}\n\nRain.\n"))
            };
            let files = titles
                .as_flattened()
                .iter()
                .zip((1..41).map(week))
                .map(worded);
            (
                files.collect(),
                "notes/week-41.md".to_owned(),
                format!("{text}\n"),
            )
        }
        Page::Dated(day) => {
            let post = |number| {
                let (_, text) = week(number);
                let (_, day) = text.split_once("date: ").unwrap();
                let (day, _) = day.split_once('\n').unwrap();
                (format!("_posts/{day}-week-{number}.md"), text)
            };
            let (path, text) = post(40);
            let mut files: Files = (1..40).map(post).collect();
            files[38].1 += "\n[next](/2024/10/04/week-40.html)\n";
            files.push(("_config.yml".to_owned(), String::new()));
            let day = format!("date: {day}");
            (files, path, text.replace("date: 2024-10-04", &day))
        }
        Page::Named(path) => {
            let (_, text) = week(40);
            let mut files: Files = (1..40).map(week).collect();
            for (path, text) in &mut files {
                text.push_str(&path.replace("notes/week-39.md", "[next](week-40.md)"));
            }
            (files, (*path).to_owned(), text)
        }
    };
    files.push((path, text));
    files
}

/// The rules whose findings are reported, and those that had something to report, without `week/gap`.
fn asked(files: Files, config: Config) -> [Vec<&'static str>; 2] {
    let archive = lint::archive_of(files, config, date(2026, 3, 4));
    let said: Vec<Diagnostic> = lint::asking::ask_rules(&archive)
        .into_iter()
        .chain(laws::broken(&archive))
        .collect();
    [lint::findings(&archive).0, said].map(|found| {
        let found = found.iter().map(|one| one.rule);
        let mut rules: Vec<&str> = found.filter(|rule| *rule != "week/gap").collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    })
}

fn is_pair([winner, loser]: [&str; 2]) -> bool {
    let mut pairs = HIDES.iter();
    pairs.any(|(rule, hidden)| *rule == winner && hidden.contains(&loser))
}

#[test]
fn each_cause_is_reported_once_and_each_mistake_of_its_own_is_shown() {
    for Meeting { rules, both, page } in matrix() {
        let [shown, said] = asked(files(&page), Config::default());
        let mut expected = rules.to_vec();
        expected.truncate(if both { 2 } else { 1 });
        expected.sort_unstable();
        assert_eq!(shown, expected, "{rules:?}");
        // What the table hides is there to be hidden; the rest of the pairs keep apart by what they look at.
        assert_eq!(
            said.contains(&rules[1]),
            both || is_pair(rules),
            "{rules:?}"
        );
    }
}

#[test]
fn every_pair_of_the_table_is_in_the_matrix_and_names_rules() {
    let matrix = matrix();
    for (rule, hidden) in HIDES {
        for other in *hidden {
            for id in [rule, other] {
                assert!(rules::find(id).is_some(), "{id}");
            }
            assert_ne!(rule, other);
            assert!(
                !is_pair([other, rule]),
                "{rule} and {other} hide each other"
            );
            let mut meetings = matrix.iter();
            let is_met = meetings.any(|one| one.rules == [*rule, *other] && !one.both);
            assert!(is_met, "{rule} and {other}");
        }
        // A rule that is off by default is not asked.
        assert!(rules::find(rule).unwrap().severity.is_some(), "{rule}");
    }
}

#[test]
fn a_rule_that_is_off_or_an_info_still_hides() {
    for Meeting { rules, page, .. } in matrix()
        .iter()
        .filter(|one| is_pair(one.rules) && !one.both)
    {
        for level in [None, Some(Severity::Info)] {
            let mut config = Config::default();
            config.set_level(rules[0], level);
            let [shown, _] = asked(files(page), config);
            assert!(!shown.contains(&rules[1]), "{rules:?} {level:?}");
            assert_eq!(shown.contains(&rules[0]), level.is_some(), "{rules:?}");
        }
    }
}

#[test]
fn a_comment_that_hides_a_finding_does_not_bring_another_one_to_light() {
    let ignore = "<!-- weeknote-lint-ignore links/label-as-destination: as it was -->";
    let text = format!("{ignore}\nThe [pump](pump).\n\n[pump]: https://pump.example/\n");
    let [shown, _] = asked(vec![("week-12.md".into(), text)], Config::default());
    assert_eq!(shown, [""; 0]);
}

#[test]
fn what_is_hidden_has_its_cause_in_the_same_document() {
    // The label is meant for the definition of another note, which does not use it either.
    let files = vec![
        (
            "notes/week-11.md".into(),
            "# Week 11\n\n[pump]: https://pump.example/\n".into(),
        ),
        (
            "notes/week-12.md".into(),
            "# Week 12\n\nThe [old pump](pump).\n".into(),
        ),
    ];
    let [shown, _] = asked(files, Config::default());
    assert_eq!(
        shown,
        ["links/label-as-destination", "links/unused-definition"]
    );
}

#[test]
fn what_lies_within_a_link_is_a_mistake_of_its_own() {
    let text = "# Week 12\n\nThe [![pump](./gone.md)](pump).\n\n[pump]: https://pump.example/\n";
    let files = vec![("week-12.md".into(), text.into())];
    let [shown, _] = asked(files, Config::default());
    assert_eq!(
        shown,
        ["links/label-as-destination", "links/missing-target"]
    );
}

#[test]
fn one_finding_for_many_places_is_shown_unless_all_of_them_are_explained() {
    let note = |week: u32, text: &str| {
        (
            format!("notes/week-{week}.md"),
            format!("# Week {week}\n\n{text}\n"),
        )
    };
    let with = |last: &str, others: &str| {
        let mut files: Files = (11..17).map(|week| note(week, others)).collect();
        files.push(note(17, last));
        asked(files, Config::default())[0].clone()
    };
    let (plain, wrong) = ("See [last year](week-3.md).", "See [week 4](week-3.md).");
    assert_eq!(with(plain, plain), ["links/missing-target"]);
    assert_eq!(
        with(wrong, plain),
        ["links/missing-target", "week/wrong-link"]
    );
    assert_eq!(with(wrong, wrong), ["week/wrong-link"]);
}

#[test]
fn a_law_says_nothing_where_its_own_rule_has_found_something() {
    for (from, to) in [
        ("Week 140", "Week 140, Monday 23 September 2011"),
        ("created_at: 2011", "created_at: 2031"),
    ] {
        let page = Page::Changed("# Week 140\n\nRain.", from, to);
        let archive = lint::archive_of(files(&page), Config::default(), date(2026, 3, 4));
        let (rules, laws) = (lint::asking::ask_rules(&archive), laws::broken(&archive));
        let at = |found: &[Diagnostic]| -> Vec<&str> {
            let found = found.iter().map(|one| one.rule);
            found.filter(|rule| *rule != "week/gap").collect()
        };
        assert_eq!(at(&rules), at(&laws), "{to}");
        assert_eq!(at(&lint::findings(&archive).0), at(&laws), "{to}");
    }
}

#[test]
fn what_lies_in_one_of_several_nested_places_is_found() {
    let place = |document, start, end| DocumentId(document).at(Span::new(start, end));
    let finding = |rule, place| {
        let mut context = Context::new(rules::find(rule).unwrap(), DocumentId(0));
        context.report_at(place, "", "");
        context.diagnostics.remove(0)
    };
    let winners = [(0, 0, 30), (0, 5, 10), (0, 40, 50), (2, 7, 7)];
    let winners =
        winners.map(|(document, start, end)| finding("links/empty", place(document, start, end)));
    let causes = Causes::of(&winners);
    let holds = |document, start, end| causes.hold("links/empty", &place(document, start, end));
    assert!(holds(0, 12, 30) && holds(0, 5, 10) && holds(0, 40, 41) && holds(2, 7, 7));
    assert!(!holds(0, 25, 35) && !holds(0, 35, 45) && !holds(0, 60, 61));
    assert!(!holds(1, 0, 1) && !holds(2, 7, 8) && !holds(3, 4, 4));
    // The name of a file is no part of its text.
    assert!(!holds(0, 0, 0));
    assert!(!causes.hold("links/footnote", &place(0, 5, 10)));
}
