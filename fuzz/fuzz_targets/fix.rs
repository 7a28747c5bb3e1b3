//! An archive of any bytes is repaired: no panic, nothing is left for a second run, and what no fix speaks of stays.
#![no_main]

use libfuzzer_sys::fuzz_target;
use weeknote_lint::diagnostic::Safety;
use weeknote_lint::{fix, lint};
use weeknote_lint_fuzz::{Input, write_seeds};

fuzz_target!(init: write_seeds(), |data: &[u8]| {
    let Some(mut input) = Input::of(data) else { return };
    let with_unsafe = input.choice & 1 != 0;
    let before = input.texts();
    let Ok(archive) = lint::read_archive(&input.request) else { return };
    let Ok(found) = lint::lint(&archive, &input.request) else { return };
    let fixes = found.diagnostics.iter().filter_map(|one| one.fix.as_ref());
    let mut wanted = fixes.filter(|fix| with_unsafe || fix.safety == Safety::Safe);
    let is_sound = wanted.next().is_none();
    let repairs = fix::repair(&mut input.request, with_unsafe).expect("what was linted can be repaired");
    fix::diff(&repairs);
    for (path, text) in &repairs.texts {
        assert_eq!(before.get(path), Some(&text.before), "a repair knows what was there");
        assert_ne!(text.before, text.after);
    }
    assert!(!is_sound || repairs.texts.is_empty(), "nothing is repaired where no finding has a fix");
    if !with_unsafe {
        let again = fix::repair(&mut input.request, false).expect("what was repaired can be repaired");
        assert!(again.texts.is_empty(), "a second run changes {:?}", again.texts);
    }
});
