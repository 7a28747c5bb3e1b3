use crate::config::Config;
use crate::lint;
use crate::rules::tests::backdrop;
use crate::rules::{self, Backdrop};
use jiff::civil::date;

#[test]
fn explore() {
    let text = std::fs::read_to_string("/tmp/explore.txt").unwrap();
    for part in text.split("\n====\n") {
        let (head, body) = part.split_once('\n').unwrap();
        let (back, path) = head.trim().split_once(' ').unwrap();
        let mut files = backdrop(match back {
            "snips" => Backdrop::Snips,
            "jekyll" => Backdrop::Jekyll,
            _ => Backdrop::None,
        });
        let mut path = path.to_owned();
        let mut rest = body.to_owned();
        let mut extra = Vec::new();
        while let Some((one, other)) = rest.clone().split_once("\n++++ ") {
            extra.push((path.clone(), one.to_owned() + "\n"));
            let (p, r) = other.split_once('\n').unwrap();
            path = p.to_owned();
            rest = r.to_owned();
        }
        extra.push((path.clone(), rest));
        let names: Vec<String> = extra.iter().map(|e| e.0.clone()).collect();
        files.retain(|f| !names.contains(&f.0));
        files.extend(extra);
        let archive = lint::archive_of(files, Config::default(), date(2026, 3, 4));
        let raw = lint::ask_rules(&archive);
        let laws = rules::laws::broken(&archive);
        let show = |d: &crate::diagnostic::Diagnostic| {
            format!(
                "   {} {} @{:?} c{:?} {}",
                d.rule,
                archive.document(d.place.document).unwrap().path,
                d.place.span,
                d.causes
                    .iter()
                    .map(|c| (c.document.0, c.span))
                    .collect::<Vec<_>>(),
                d.message
            )
        };
        println!("#### {head}\n{}", body.replace('\n', "\n    | "));
        println!(" rules:");
        for d in &raw {
            if d.rule != "week/gap" {
                println!("{}", show(d));
            }
        }
        println!(" laws:");
        for d in &laws {
            println!("{}", show(d));
        }
        println!(" final:");
        for d in lint::findings(&archive).0 {
            if d.rule != "week/gap" {
                println!("   {} {}", d.rule, d.message);
            }
        }
    }
}
