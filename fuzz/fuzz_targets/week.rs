//! Any text is asked for weeks and dates: no panic, and every span in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use weeknote_lint::document::metadata::{Value, front_matter};
use weeknote_lint::week::{claim, prose, statements};
use weeknote_lint_fuzz::{check_span, write_seeds};

fuzz_target!(init: write_seeds(), |data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    for claim in [claim::of_title(&text), claim::of_stem(&text)].into_iter().flatten() {
        check_span(claim.span, &text);
        claim.places(Some(2024)).take(1_000).count();
    }
    prose::mentions(&text, 0, &[]).iter().for_each(|mention| check_span(mention.span, &text));
    let said = statements::statements(&text);
    said.iter().for_each(|said| check_span(said.span, &text));
    if let Some((span, _)) = statements::wrong_weekday(&text, &said) {
        check_span(span, &text);
    }
    if let Some((span, _)) = statements::misspelt_month(&text, &said) {
        check_span(span, &text);
    }
    front_matter::lenient_date(&text);
    Value::of_plain(&text).date();
});
