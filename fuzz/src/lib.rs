//! What the fuzz targets share: archives in memory that are made of any bytes, and what must hold of every span.
//!
//! ```text
//! input    site report text            three bytes choose the site, the dialect and the report; any byte will do
//! text     file { "\n@@@ " path "\n" file }
//! ```
//!
//! Seeds are the examples of the rules: with `SEEDS` in the environment a target writes them there and ends.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use weeknote_lint::Request;
use weeknote_lint::archive::Archive;
use weeknote_lint::config::{self, Config};
use weeknote_lint::diagnostic::{Diagnostic, Place};
use weeknote_lint::discover::{Kind, Listed, Listing};
use weeknote_lint::document::Dialect;
use weeknote_lint::report::{self, Outcome};
use weeknote_lint::rules::{Example, RULES};
use weeknote_lint::source::Span;

/// Where the first file lies, and what stands beside it so that the site's generator is known.
const SITES: [(&str, &str); 8] = [
    ("notes/week-1.md", "README"),
    ("_posts/2024-01-05-weeknotes-1.md", "_config.yml"),
    ("content/posts/week-1.md", "hugo.toml"),
    ("content/week-1.md", "config.toml"),
    ("posts/week-1.md", ".eleventy.js"),
    ("src/content/week-1.mdx", "astro.config.mjs"),
    ("weeks/2024-W01.md", ".obsidian/app.json"),
    ("soups/weeknotes/week-1.snip.markdown", "README"),
];

const SEPARATOR: &str = "\n@@@ ";

/// How many notes establish conventions, where the input asks for them.
const BACKDROP: usize = 22;

/// An archive in memory, with what was asked of it.
#[derive(Debug)]
pub struct Input {
    pub request: Request,
    /// Chooses a report, or which repairs are applied.
    pub choice: u8,
}

impl Input {
    /// Makes an archive of bytes.
    pub fn of(data: &[u8]) -> Option<Self> {
        let (&[site, dialect, choice], text) = data.split_first_chunk()?;
        let text = String::from_utf8_lossy(text);
        let (first, beside) = SITES[usize::from(site) % SITES.len()];
        let mut files = BTreeMap::from([(beside.to_owned(), String::new())]);
        if dialect & 4 == 0 {
            files.extend((2..BACKDROP + 2).map(|week| {
                let text = format!("---\ntitle: Week {week}\ndate: 2024-02-{week:02}\n---\n\n# Week {week}\n\n[a][]\n\n[a]: /week-2\n");
                (format!("{}/week-{week}.md", first.split('/').next().unwrap_or("notes")), text)
            }));
        }
        let mut parts = text.split(SEPARATOR);
        files.insert(first.to_owned(), parts.next().unwrap_or("").to_owned());
        files.extend(parts.filter_map(|part| {
            let (path, text) = part.split_once('\n')?;
            let is_path = path.len() < 200
                && !path.is_empty()
                && path.split('/').all(|one| !matches!(one, "" | "." | ".."));
            is_path.then(|| (path.to_owned(), text.to_owned()))
        }));
        let rules: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        let written = files.get(config::FILE_NAME);
        let mut config = written
            .and_then(|text| config::read(Path::new(config::FILE_NAME), text, &rules).ok())
            .unwrap_or_default();
        config.site.dialect = match dialect % 4 {
            0 => config.site.dialect,
            1 => Some(Dialect::CommonMark),
            2 => Some(Dialect::Gfm),
            _ => Some(Dialect::Kramdown),
        };
        Some(Input {
            request: request(files, config),
            choice,
        })
    }

    /// The texts of the archive by path.
    pub fn texts(&self) -> BTreeMap<String, String> {
        let texts = self.request.replaced.iter();
        texts
            .map(|(path, text)| (path.clone(), String::from_utf8_lossy(text).into_owned()))
            .collect()
    }
}

fn request(files: BTreeMap<String, String>, config: Config) -> Request {
    let listed = files.keys().map(|path| Listed {
        path: path.clone(),
        named_in_utf8: true,
        kind: Kind::File,
    });
    Request {
        listing: Some(Listing {
            files: listed.collect(),
            ..Listing::default()
        }),
        replaced: files
            .into_iter()
            .map(|(path, text)| (path, text.into_bytes()))
            .collect(),
        ..Request::new("/nowhere".into(), config, jiff::civil::date(2026, 3, 4))
    }
}

/// Writes an outcome in one of the formats.
pub fn write(outcome: &Outcome, choice: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let options = report::pretty::Options {
        width: 80,
        color: choice & 16 != 0,
        wraps: choice & 32 == 0,
        links: choice & 64 != 0,
    };
    let color = options.color;
    let written = match choice % 12 {
        0 => report::pretty::write(outcome, &options, &mut out),
        1 => report::concise::write(outcome, color, &mut out),
        2 => report::json::write(outcome, &mut out),
        3 => report::json::write_lines(outcome, &mut out),
        4 => report::github::write(outcome, "notes/", &mut out),
        5 => report::markdown::write(outcome, Some("https://example.com"), "", &mut out),
        6 => report::sarif::write(outcome, "", &mut out),
        7 => report::gitlab::write(outcome, "", &mut out),
        8 => report::junit::write(outcome, "", &mut out),
        9 => report::rdjson::write(outcome, "", &mut out),
        10 => report::html::write(outcome, &mut out),
        _ => report::statistics::write(outcome, color, &mut out),
    };
    written.expect("memory takes everything");
    out
}

/// Every place of a finding lies in its text, between characters; and no finding has the fingerprint of another.
pub fn check(diagnostics: &[Diagnostic], archive: &Archive, texts: &BTreeMap<String, String>) {
    let mut fingerprints = std::collections::HashSet::new();
    for one in diagnostics {
        let lies_in_text = |place: Place| {
            let document = archive
                .document(place.document)
                .expect("a finding is of a document");
            let text = texts.get(&*document.path).expect("a document has a text");
            check_span(place.span, text);
        };
        lies_in_text(one.place);
        one.labels
            .iter()
            .for_each(|label| lies_in_text(label.place));
        one.fix
            .iter()
            .flat_map(|fix| &fix.edits)
            .for_each(|edit| lies_in_text(edit.place));
        assert!(
            fingerprints.insert(one.fingerprint),
            "two findings of one fingerprint: {one:?}"
        );
        assert!(!one.message.trim().is_empty(), "{one:?}");
    }
}

/// A span lies in its text, between characters.
pub fn check_span(span: Span, text: &str) {
    assert!(
        text.get(span.range()).is_some(),
        "{span:?} of {} bytes",
        text.len()
    );
}

/// Writes the seeds, if they are asked for, and ends.
pub fn write_seeds() {
    let Some(folder) = std::env::var_os("SEEDS") else {
        return;
    };
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).expect("the folder of the seeds can be made");
    let examples = RULES.iter().flat_map(|rule| rule.examples);
    for (number, example) in examples.enumerate() {
        let (Example::Bad { files, .. } | Example::Good { files, .. }) = example;
        let site = SITES.iter().position(|(path, _)| {
            files
                .iter()
                .any(|(own, _)| own.split('/').next() == path.split('/').next())
        });
        let mut seed = vec![
            b'0' + site.unwrap_or(0) as u8,
            b'0' + (number % 8) as u8,
            b'0' + (number % 10) as u8,
        ];
        // The first file has another name than in the example, and all of them their own as well.
        for (index, (path, text)) in files.iter().enumerate() {
            let text = text.replace(['⟦', '⟧'], "");
            if index > 0 {
                write!(seed, "{SEPARATOR}{path}\n").expect("memory takes everything");
            }
            seed.extend(text.bytes());
        }
        std::fs::write(folder.join(format!("example-{number}")), seed)
            .expect("a seed can be written");
    }
    std::process::exit(0);
}
