use super::*;

#[test]
fn headers_end_at_the_first_blank_line() {
    let text = "Title: Weeknotes 12: rain\r\nDate: 2031-05-06 07:08\r\nSummary: Beans,\r\n  and rain\r\n\r\nMood: calm\r\n";
    let (metadata, body) = parse(text).unwrap();
    let keys: Vec<_> = metadata.entries.iter().map(|entry| &*entry.key).collect();
    assert_eq!(keys, ["title", "date", "summary"]);
    assert_eq!(body.of(text), "\r\nMood: calm\r\n");
    let title = metadata.get("title").unwrap();
    assert_eq!(title.as_str(), Some("Weeknotes 12: rain"));
    assert_eq!(title.key_span.of(text), "Title");
    let date = metadata.get("date").unwrap().value.date();
    assert_eq!(date, Some(jiff::civil::date(2031, 5, 6)));
}

#[test]
fn prose_is_no_header() {
    for text in [
        "Read: a book.\nWatched: the rain.\n\nBeans.\n",
        "Title: Rain\nand more rain\n\nBeans.\n",
        "Title (working): Rain\n",
        "Title:Rain\n",
        "\nTitle: Rain\n",
        "# Title: Rain\n",
        "",
    ] {
        assert!(parse(text).is_none(), "{text:?}");
    }
}
