use super::*;
use proptest::prelude::*;

fn stamp(text: &str) -> Timestamp {
    match Value::of_plain(text) {
        Value::Timestamp(timestamp) => timestamp,
        other => panic!("{text} is {other:?}"),
    }
}

#[test]
fn timestamps_have_seconds_and_a_signed_offset() {
    let full = stamp("2031-05-06 07:08:09.250000000 +02:30");
    assert_eq!(full.date, jiff::civil::date(2031, 5, 6));
    assert_eq!(full.second_of_day, (7 * 60 + 8) * 60 + 9);
    assert_eq!(full.offset, Some(9000));
    assert_eq!(stamp("2031-05-06T07:08:09Z").offset, Some(0));
    assert_eq!(stamp("2031-05-06 07:08:09 -0330").offset, Some(-12_600));
    assert_eq!(stamp("2031-05-06 07:08:09 +02").offset, Some(7200));
    assert_eq!(stamp("2031-05-06 07:08:09+02:00").offset, Some(7200));
    assert_eq!(stamp("2031-05-06 7:08:09").offset, None);
    assert_eq!(stamp("2031-05-06 07:08:09. Z").second_of_day % 60, 9);
}

#[test]
fn what_only_resembles_a_timestamp_is_a_string() {
    for text in [
        "2031-5-06 07:08:09 +02:00",
        "2031-05-6",
        "2031-05-06 07:08 +02:00",
        "2031-05-06 07:08:09 02:00",
        "2031-05-06 07:08:09 +02:00 (late)",
        "2031-13-01 07:08:09",
        "2031-02-29",
        "2031-02-29 07:08:09",
        "2031-05-06 25:08:09",
        "2031-05-06 07:08:09 CEST",
        "2031-05-06 07:08:09 z",
        "31-05-06",
        "2031/05/06",
    ] {
        assert_eq!(Value::of_plain(text), Value::String(text.into()));
    }
    assert_eq!(
        Value::of_plain("2028-02-29"),
        Value::Date(jiff::civil::date(2028, 2, 29))
    );
}

#[test]
fn words_are_those_of_yaml_1_1() {
    for text in ["true", "Yes", "ON"] {
        assert_eq!(Value::of_plain(text), Value::Bool(true));
    }
    for text in ["False", "no", "OFF"] {
        assert_eq!(Value::of_plain(text), Value::Bool(false));
    }
    for text in ["", "~", "null", "NULL"] {
        assert_eq!(Value::of_plain(text), Value::Null);
    }
    for text in ["y", "N", "truest", "nulls", "~ 5", ":symbol"] {
        assert_eq!(Value::of_plain(text), Value::String(text.into()));
    }
}

#[test]
fn numbers_are_decimal() {
    for (text, value) in [("0", 0), ("12", 12), ("+7", 7), ("08", 8)] {
        assert_eq!(Value::of_plain(text), Value::Number(Some(value)), "{text}");
    }
    for text in ["-7", "1.5", ".5", "1.", "99999999999999999999"] {
        assert_eq!(Value::of_plain(text), Value::Number(None), "{text}");
    }
    for text in [
        "1e3", "1,000", ".", "-", "+.", "0x1F", "1.2.3", "12:30", "a1", "--1",
    ] {
        assert_eq!(Value::of_plain(text), Value::String(text.into()), "{text}");
    }
}

#[test]
fn loose_dates_have_the_year_first() {
    let day = Some(jiff::civil::date(2031, 5, 6));
    for text in [
        "2031-05-06",
        "2031/05/06",
        "2031-5-6",
        " 2031/5/6 ",
        "2031-05-06 07:08:09",
        "2031-05-06T07:08",
        "2031-05-06 07:08:09.5 +02:00",
        "2031-05-06 07:08:09 00:00",
        "2031-05-06 07:08:09 UTC",
    ] {
        assert_eq!(lenient_date(text), day, "{text}");
    }
    for text in [
        "06-05-2031",
        "2031-05/06",
        "2031-02-30",
        "2031-05-06 and later",
        "2031-05",
        "2031-W19",
        "",
        "2031-05-06x",
        "2031-05-06 07:0800",
    ] {
        assert_eq!(lenient_date(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn no_scalar_panics(text in "[-+0-9:., _xbeETZ/~aé]{0,30}") {
        let _ = Value::of_plain(&text);
        let _ = lenient_date(&text);
    }
}
