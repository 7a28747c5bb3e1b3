//! Each kind of fault, and what looks like one.

use crate::config::Config;
use crate::lint;
use jiff::civil::date;

/// What the rules of `links/` say of each line, with the repair.
fn said(lines: &[&str]) -> Vec<Vec<String>> {
    let text = format!("# Week 12\n\n{}\n", lines.join("\n\n"));
    let files = vec![("notes/week-12.md".to_owned(), text.clone())];
    let archive = lint::archive_of(files, Config::default(), date(2026, 3, 4));
    let (found, _) = lint::findings(&archive);
    let mut said = vec![Vec::new(); lines.len()];
    for one in found.iter().filter(|one| one.rule.starts_with("links/")) {
        let before = text.get(..one.place.span.start as usize).unwrap_or("");
        let repair = one
            .fix
            .as_ref()
            .map(|fix| format!(" => {}", fix.edits[0].text));
        let line = before.matches('\n').count() / 2 - 1;
        said[line].push(format!("{}{}", one.message, repair.unwrap_or_default()));
    }
    said
}

#[test]
fn each_kind_is_found_once() {
    let kinds = [
        (
            "[pots] (https://a.example/b)",
            "a space separates text and address => [pots](https://a.example/b)",
        ),
        (
            "[pots]](https://a.example/b)",
            "its brackets do not match => [pots](https://a.example/b)",
        ),
        ("pots](https://a.example/b)", "its brackets do not match"),
        (
            "(pots)[https://a.example/b]",
            "brackets and parentheses are swapped => [pots](https://a.example/b)",
        ),
        (
            "(https://a.example/b)[pots]",
            "brackets and parentheses are swapped => [pots](https://a.example/b)",
        ),
        (
            "[pots} (https://a.example/b) [pots}(https://a.example/b)",
            "its text lacks a closing bracket => [pots](https://a.example/b)",
        ),
        (
            "[pots] [https://a.example/b]",
            "is not in parentheses => [pots](https://a.example/b)",
        ),
        (
            "[pots](https://a.example/b",
            "its parenthesis is not closed",
        ),
        ("[[pots](https://a.example/b)", "there is a stray `[`"),
        ("[pots](https://a.example/b)]", "there is a stray `]`"),
        ("[pots](https://a.example/b))", "there is a stray `)`"),
        (
            "[pots]((https://a.example/b)",
            "a second pair of parentheses => https://a.example/b",
        ),
        (
            "[a [pots](https://a.example/b)](https://a.example/b)",
            "its text holds another link",
        ),
        (
            "[`pots](https://a.example/b)`",
            "one of its brackets is code => [`pots`](https://a.example/b)",
        ),
        (
            "\\[pots\\]\\(https://a.example/b\\)",
            "backslashes escape its brackets => [pots](https://a.example/b)",
        ),
        (
            "[pots](https://a.example/b \"red)",
            "its title lacks quotation marks",
        ),
        (
            "[pots](https://a.example/b “red”)",
            "its title lacks quotation marks",
        ),
        (
            "[https://a.example/b](pots)",
            "text and the address of this link are swapped => [pots](https://a.example/b)",
        ),
        (
            "[pots](hhttps://a.example/b)",
            "`hhttps://` instead of `https://` => https://a.example/b",
        ),
        (
            "[pots](https//a.example/b)",
            "`https//` instead of `https://` => https://a.example/b",
        ),
        (
            "[pots](http:/a.example/b)",
            "`http:/` instead of `http://` => http://a.example/b",
        ),
        (
            "[pots](https:://a.example/b)",
            "`https:://` instead of `https://` => https://a.example/b",
        ),
        (
            "[pots](s://a.example/b)",
            "`s://` instead of `https://` => https://a.example/b",
        ),
        (
            "[pots](https:// a.example/b)",
            "`https:// ` instead of `https://` => https://a.example/b",
        ),
        (
            "[pots](https://https://a.example/b)",
            "`https://` before the address => https://a.example/b",
        ),
        (
            "[pots](/https://a.example/b)",
            "`/` before the address => https://a.example/b",
        ),
        (
            "[pots](url:https://a.example/b)",
            "`url:` before the address => https://a.example/b",
        ),
        (
            "[pots](https://a.example/https://a.example/b)",
            "the site appears twice => https://a.example/b",
        ),
        (
            "[pots](https://a.example/b/https://a.example/b/c)",
            "the site appears twice => https://a.example/b/c",
        ),
        (
            "[pots](https://a.example/bhttps://c.example/d)",
            "two addresses run together",
        ),
        (
            "[pots](Planting plan)",
            "it has words in place of the address",
        ),
        (
            "[pots](Planting plan.md)",
            "there is whitespace in the address => Planting%20plan.md",
        ),
        (
            "[pots](https://a.example/b https://c.example/d)",
            "there is whitespace in the address",
        ),
        (
            "[pots](https://a.example/b\u{200b})",
            "a zero-width space, which nobody sees => https://a.example/b",
        ),
        (
            "[pots](\u{feff}https://a.example/b)",
            "a byte order mark, which nobody sees => https://a.example/b",
        ),
        (
            "[pots](https://a.example/b%EF%BB%BF)",
            "a byte order mark, which nobody sees => https://a.example/b",
        ),
        (
            "[pots](https://a.exam\u{ad}ple/b)",
            "a soft hyphen, which nobody sees => https://a.example/b",
        ),
        (
            "[pots](https://a.example/b\u{a0})",
            "a non-breaking space, which nobody sees => https://a.example/b",
        ),
        (
            "[pots](https://a.example/b...)",
            "an ellipsis shortens the address",
        ),
        (
            "[pots](https://www,a.example/b)",
            "is not a host name => https://www.a.example/b",
        ),
        (
            "[pots](https://wwww.a.example/b)",
            "not with `www.` => https://www.a.example/b",
        ),
        (
            "[ada@a.example](mailto:bob@a.example)",
            "the text shows `ada@a.example`",
        ),
        (
            "[Ada](mailto:ada.a.example)",
            "`ada.a.example` is not an e-mail address",
        ),
        (
            "[Ada](mailto:https://a.example/b)",
            "`mailto:` before the address => https://a.example/b",
        ),
        (
            "[Ada](mailto://ada@a.example)",
            "`mailto://` instead of `mailto:` => mailto:ada@a.example",
        ),
        (
            "[Ada](https://ada@a.example)",
            "`https://` instead of `mailto:` => mailto:ada@a.example",
        ),
        ("[pots](LINK_HERE)", "is a stand-in: `LINK_HERE`"),
        ("[pots](insert link)", "is a stand-in: `insert link`"),
        ("[pots](<add the URL here>)", "is a stand-in"),
        ("[pots](https://URL)", "is a stand-in"),
        ("[pots](?)", "is a stand-in"),
        (
            "[pots](file:///home/ada/b.md)",
            "a file on the author's own disk",
        ),
        ("[pots](/Users/ada/b.md)", "a file on the author's own disk"),
        ("[pots](blob:https://a.example/b)", "into the browser"),
        ("[pots](obsidian://open?vault=b)", "into the editor"),
    ];
    let lines = kinds.map(|(line, _)| line);
    for ((line, expected), said) in kinds.iter().zip(said(&lines)) {
        let (message, repair) = expected.split_once(" => ").unwrap_or((expected, ""));
        let fits = |one: &String| {
            let (said, repaired) = one.split_once(" => ").unwrap_or((one, ""));
            said.contains(message) && repaired == repair
        };
        assert!(said.len() == 1 && said.iter().all(fits), "{line}: {said:?}");
    }
}

#[test]
fn what_looks_like_one_is_none() {
    let lines = [
        "Markdown has \\[pots\\](https://a.example/b) for it.",
        "It is `[pots] (https://a.example/b)`, not ``[`pots`](https://a.example/b)``.",
        "$$ [a] (https://a.example/b) $$",
        "[old](https://web.archive.org/web/2013/http://a.example/b) [free](https://12ft.io/https://a.example/b)",
        "[tell](https://a.example/tell?text=See%20https://a.example/b) [to](https://a.example/t?u=https://b.example/)",
        "[write](mailto:ada@a.example?subject=Pots) [Ada@a.example](mailto:ada@a.example) [mail](mailto:?body=Pots)",
        "([pots](https://a.example/b)) (a [rake](https://a.example/c)) :-)",
        "a) ([pots](https://a.example/b)) [[1](https://a.example/c)]",
        "[ketab](https://fa.a.example/می‌خواهم) [pdf](https://a.example/a%C2%A0b.pdf) [slug](https://a.example/b%e2%80%8b/)",
        "[Etc](https://a.example/wiki/Etc...) [diff](https://a.example/v1...v2) [Inc](https://a.example/Pots_Inc.)",
        "[cdn](//a.example/x.js) [port](https://a.example:8443/) [feed](feed:https://a.example/f) [x](spotify:track:1)",
        "\\[sic\\] (https://a.example/b) and [1] (https://a.example/c)",
        "[Two words](in parentheses) stay prose, and so does [a title](https://a.example/b 'of mine').",
        "[plug-in](obsidian://show-plugin?id=b) [share](https://link.a.example/b) [x](https://xxx.a.example/)",
    ];
    for (line, said) in lines.iter().zip(said(&lines)) {
        assert!(said.is_empty(), "{line}: {said:?}");
    }
}
