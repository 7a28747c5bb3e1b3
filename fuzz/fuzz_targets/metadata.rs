//! Any text is read as a file with metadata: no panic, every span in the text, the body behind or before the block.
#![no_main]

use libfuzzer_sys::fuzz_target;
use weeknote_lint::document::metadata::{self, Entry, Value};
use weeknote_lint_fuzz::{check_span, write_seeds};

fn check_entry(entry: &Entry, text: &str) {
    check_span(entry.key_span, text);
    check_span(entry.value_span, text);
    entry
        .stray_whitespace
        .iter()
        .for_each(|span| check_span(*span, text));
    match &entry.value {
        Value::Map(inside) => inside.iter().for_each(|entry| check_entry(entry, text)),
        Value::List(items) => items.iter().for_each(|(_, span)| check_span(*span, text)),
        _ => {}
    }
}

fuzz_target!(init: write_seeds(), |data: &[u8]| {
    let Some((&how, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    for extension in ["a.json", "a.yml", "a.toml"] {
        metadata::of_data(extension, &text);
    }
    let (metadata, body) = metadata::parse(&text, how & 1 != 0);
    check_span(body, &text);
    check_span(metadata.block, &text);
    assert!(body.end <= metadata.block.start || metadata.block.end <= body.start);
    for entry in &metadata.entries {
        check_entry(entry, &text);
        assert!(metadata.get(&entry.key).is_some());
        metadata.is_doubtful(entry);
    }
    for problem in &metadata.problems {
        check_span(problem.span, &text);
        metadata.entry_at(problem.span);
        metadata.comment_in(problem.span);
    }
    metadata.comments.iter().for_each(|(span, _)| check_span(*span, &text));
});
