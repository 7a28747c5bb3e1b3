//! What the tool sees in Markdown documents, for `oracle.py`: JSON lines in, JSON lines out.
//!
//! A line of standard input is `{"id", "dialect", "text"}`. Each argument is the folder of an archive, whose files are
//! read as the tool reads them. A line of output holds the body as the site's renderer gets it, with its template tags
//! masked, and the facts that a renderer shows, too.

#![allow(
    clippy::print_stdout,
    reason = "a program of the tests that answers on standard output"
)]

use serde_json::{Value, json};
use std::error::Error;
use std::io::BufRead;
use std::path::Path;
use weeknote_lint::archive::site::Site;
use weeknote_lint::config::Config;
use weeknote_lint::discover;
use weeknote_lint::document::{
    self, Definition, DefinitionStatus, Dialect, Document, Link, ParseOptions,
    mask::{self, Openings},
};

fn main() -> Result<(), Box<dyn Error>> {
    for line in std::io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let field = |name: &str| asked.get(name).and_then(Value::as_str).unwrap_or("");
        let hugo = field("dialect") == "hugo";
        let options = ParseOptions {
            dialect: dialect(if hugo { "commonmark" } else { field("dialect") })?,
            definition_lists: hugo,
            ..ParseOptions::default()
        };
        println!("{}", seen(field("id"), field("text"), "note.md", options));
    }
    for root in std::env::args().skip(1) {
        archive(Path::new(&root));
    }
    Ok(())
}

fn dialect(name: &str) -> Result<Dialect, String> {
    let known = Dialect::ALL.iter().find(|(_, known, _)| *known == name);
    let dialect = known.map(|(dialect, ..)| *dialect);
    dialect.ok_or_else(|| format!("unknown dialect {name}"))
}

fn archive(root: &Path) {
    let files = discover::walk(root, &Config::default());
    let read = |path: &str| std::fs::read_to_string(root.join(path)).ok();
    let site = Site::detect(&files, read);
    let options = site.parse_options(site.generator.dialect(), &files, read);
    let name = root.file_name().unwrap_or_default().to_string_lossy();
    for path in &files.markdown {
        if let Ok(text) = std::fs::read_to_string(root.join(path)) {
            let id = format!("archives/{name}/{path}");
            let mut seen = seen(&id, &text, path, options);
            seen["generator"] = site.generator.name().into();
            println!("{seen}");
        }
    }
}

fn seen(id: &str, text: &str, path: &str, options: ParseOptions) -> Value {
    let document = document::parse(path, text, options);
    let body = document.body.of(text);
    let last_counts = matches!(options.dialect, Dialect::Kramdown | Dialect::PythonMarkdown);
    let mut winners: Vec<&Definition> = Vec::new();
    for index in &document.by_label {
        let Some(one) = document.definitions.get(*index as usize) else {
            continue;
        };
        if one.status != DefinitionStatus::Defined {
            continue;
        }
        let is_again = winners.last().is_some_and(|last| last.key == one.key);
        if is_again && last_counts {
            winners.pop();
        }
        if !is_again || last_counts {
            winners.push(one);
        }
    }
    json!({
        "id": id,
        "body": mask::mask(body, path.ends_with(".mdx"), options.openings).text,
        "links": document.links.iter().map(|link| link_of(&document, link)).collect::<Vec<_>>(),
        "headings": document.headings.iter().map(|one| json!([one.level, &*one.text])).collect::<Vec<_>>(),
        "footnotes": document.footnotes.iter().map(|one| json!([one.definition, &*one.label])).collect::<Vec<_>>(),
        "malformed": document.definitions.iter().filter(|one| one.status != DefinitionStatus::Defined)
            .map(|one| &*one.label).collect::<Vec<_>>(),
        "definitions": winners.iter().map(|one| json!([&*one.key, mask::mask(&one.destination, false, Openings::default()).text])).collect::<Vec<_>>(),
    })
}

/// Kind, whether it is an image, text, destination (`null` where it prints as text), label.
fn link_of(document: &Document, link: &Link) -> Value {
    let defined = link
        .definition()
        .and_then(|index| document.definitions.get(index as usize));
    let destination = match defined {
        _ if link.unlinked.is_some() => None,
        Some(definition) => Some(&*definition.destination),
        None if link.is_reference() => None,
        None => Some(&*link.target),
    };
    json!([
        format!("{:?}", link.kind),
        link.image,
        mask::mask(&link.text, false, Openings::default()).text,
        destination.map(|one| mask::mask(one, false, Openings::default()).text),
        if link.is_reference() {
            &*link.target
        } else {
            ""
        },
    ])
}
