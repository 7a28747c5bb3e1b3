use super::*;
use proptest::prelude::*;

fn shown(line: &str, marked: &str, columns: usize) -> String {
    let start = line.find(marked).unwrap();
    Window::new(line, &[start..start + marked.len()], columns).text
}

#[test]
fn a_short_line_is_shown_whole() {
    let line = "We met [Ada][ada] for tea.";
    assert_eq!(shown(line, "[ada]", 72), line);
}

#[test]
fn a_long_line_is_cut_between_words_around_the_mark() {
    let line = format!(
        "{}[Ada][ada] {}",
        "lorem ipsum ".repeat(80),
        "dolor ".repeat(90)
    );
    let shown = shown(&line, "[Ada][ada]", 60);
    assert_eq!(
        shown,
        "…lorem ipsum lorem ipsum [Ada][ada] dolor dolor dolor dolor…"
    );
}

#[test]
fn of_a_long_mark_both_ends_are_shown() {
    let url = format!("https://example.com/{}/end", "path/".repeat(400));
    let line = format!("Before {url} after");
    let shown = shown(&line, &url, 60);
    assert!(shown.starts_with("Before https://exa"), "{shown}");
    assert!(shown.ends_with("/end after"), "{shown}");
    assert!(width(&shown) <= 60, "{shown}");
}

#[test]
fn two_marks_that_are_far_apart_are_both_shown() {
    let line = format!("{0}[one]{0}[two]{0}", " filler".repeat(100));
    let marks: Vec<Range<usize>> = ["[one]", "[two]"]
        .map(|mark| line.find(mark).unwrap()..line.find(mark).unwrap() + 5)
        .to_vec();
    let window = Window::new(&line, &marks, 72);
    assert!(width(&window.text) <= 72, "{}", window.text);
    for (mark, text) in marks.iter().zip(["[one]", "[two]"]) {
        let shown = window.start_of(mark.start)..window.end_of(mark.end);
        assert_eq!(window.text.get(shown), Some(text));
    }
}

proptest! {
    /// Whatever the line and the mark: no panic, within the width, and the mark's place is in the window.
    #[test]
    fn a_window_fits(line in "(?s).{0,300}", a in 0usize..400, b in 0usize..400, columns in 30usize..120) {
        let (a, b) = (floor(&line, a.min(b)), floor(&line, a.max(b)));
        let window = Window::new(&line, &[a..b], columns);
        prop_assert!(width(&window.text) <= columns, "{}", window.text);
        let (start, end) = (window.start_of(a), window.end_of(b));
        prop_assert!(start <= end);
        prop_assert!(window.text.get(start..end).is_some());
    }
}
