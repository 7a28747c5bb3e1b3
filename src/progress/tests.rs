use super::{PATIENCE, PAUSE, advance, begin, draw};
use std::sync::mpsc::channel;

/// Other tests of this process lint, too, and count: what the line says then is not asked.
#[test]
fn a_line_is_drawn_after_a_while_and_taken_away() {
    let drawn = |wait| {
        let (end, ended) = channel::<()>();
        begin("reading", 3);
        advance();
        let thread = std::thread::spawn(move || {
            let mut out = Vec::new();
            draw(&ended, &mut out);
            String::from_utf8(out).unwrap_or_default()
        });
        std::thread::sleep(wait);
        drop(end);
        thread.join().unwrap_or_default()
    };
    assert_eq!(drawn(PAUSE), "");
    let long = drawn(PATIENCE + 5 * PAUSE);
    assert!(long.contains(" Markdown files"), "{long:?}");
    let last = long.rsplit('\r').nth(1).unwrap_or_default();
    assert!(long.ends_with('\r') && last.trim().is_empty(), "{long:?}");
}
