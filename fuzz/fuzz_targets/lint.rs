//! An archive of any bytes is linted and reported: no panic, every place in its text, the same findings again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use weeknote_lint::lint;
use weeknote_lint_fuzz::{Input, check, write, write_seeds};

fuzz_target!(init: write_seeds(), |data: &[u8]| {
    let Some(input) = Input::of(data) else { return };
    let Ok(archive) = lint::read_archive(&input.request) else { return };
    let Ok(found) = lint::lint(&archive, &input.request) else { return };
    check(&found.diagnostics, &archive, &input.texts());
    let report = write(&found, input.choice);
    let again = lint::read_archive(&input.request).ok();
    let again = again.and_then(|archive| lint::lint(&archive, &input.request).ok());
    let again = again.expect("what was read is read again");
    assert_eq!(report, write(&again, input.choice), "the same bytes give the same report");
});
