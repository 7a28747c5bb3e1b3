use super::*;
use proptest::prelude::*;

/// The mentions in short, one a line.
fn show(text: &str) -> Vec<String> {
    let kind = |kind: &MentionKind| match kind {
        MentionKind::Weekday(date, _) => match date.year {
            Some(year) => format!("weekday {year}-{}-{}", date.month, date.day),
            None => format!("weekday {}-{}", date.month, date.day),
        },
        MentionKind::Impossible(_) => "impossible".to_owned(),
    };
    mentions(text, 0, &[])
        .iter()
        .map(|mention| format!("{}: {}", mention.text, kind(&mention.kind)))
        .collect()
}

#[track_caller]
fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(&show(text), expected, "{text}");
    }
}

#[test]
fn dates_with_their_weekday() {
    check(&[
        (
            "On Tuesday 7 June 2016 we met.",
            &["Tuesday 7 June 2016: weekday 2016-6-7"],
        ),
        (
            "on **Friday, 3rd March**, at",
            &["Friday, 3rd March: weekday 3-3"],
        ),
        ("Tues July 5th, late", &["Tues July 5th: weekday 7-5"]),
        (
            "Saturday (the 4th of October) is",
            &["Saturday (the 4th of October: weekday 10-4"],
        ),
        (
            "by wednesday, 4 october",
            &["wednesday, 4 october: weekday 10-4"],
        ),
        (
            "Thursday 2017-03-09",
            &["Thursday 2017-03-09: weekday 2017-3-9"],
        ),
        ("Friday\n8 May", &["Friday\n8 May: weekday 5-8"]),
        (
            "Sat 28th to Sun 29th May",
            &["Sat 28th: weekday 5-28", "Sun 29th May: weekday 5-29"],
        ),
    ]);
}

#[test]
fn what_is_no_date_with_a_weekday() {
    for text in [
        "Monday to Friday",
        "Sunday 10-12pm",
        "Wednesday, 30 hours after",
        "Wednesday the 18th",
        "Thursday, the 2-day meeting",
        "Saturday 1 may be nice",
        "Monday to Friday, 12 March",
        "Saturday and Sunday 5 and 6 March",
        "Tuesday or Wednesday 9 March",
        "Friday\n\n8 May",
        "Sun 31 Novotel",
        "Monday 03/04/2025",
        "SaltMonday 3 May",
        "Wed 3 Mayor",
    ] {
        check(&[(text, &[])]);
    }
}

#[test]
fn days_that_no_calendar_has() {
    check(&[
        ("until 31 April.", &["31 April: impossible"]),
        ("by the 31st of June", &["31st of June: impossible"]),
        ("Feb 30 came", &["Feb 30: impossible"]),
        ("29 February 2023", &["29 February 2023: impossible"]),
        ("Monday 31 Sept", &["Monday 31 Sept: impossible"]),
        ("28–31 September", &["31 September: impossible"]),
    ]);
    for text in [
        "29 February",
        "May 32",
        "v2.31 April",
        "at 9:30 Feb",
        "31 May",
        "Apr 31 days",
        "£31 April",
        "April, 31",
        "31 Novels",
        "100 Feb",
    ] {
        check(&[(text, &[])]);
    }
}

#[test]
fn spans_are_the_files_and_masks_hold() {
    let text = "Tuesday 7 June and Friday 3 June";
    let found = mentions(text, 100, &[Span::new(0, 102), Span::new(140, 150)]);
    let spans: Vec<Span> = found.iter().map(|mention| mention.span).collect();
    assert_eq!(spans, [Span::new(119, 132)]);
}

#[test]
fn long_lists_are_read_in_linear_time() {
    for part in ["Mon, ", "éMon", "Mon 1 May ", "31 ", "May 31 - "] {
        mentions(&part.repeat(200_000 / part.len()), 0, &[]);
    }
}

proptest! {
    #[test]
    fn the_first_digit_is_found_wherever_it_stands(text: Vec<u8>, near in "[/0:9 a\u{b0}]{0,40}") {
        for text in [&text, near.as_bytes()] {
            prop_assert_eq!(first_digit(text), text.iter().position(u8::is_ascii_digit));
        }
    }

    #[test]
    fn any_text_is_read_without_panic(
        text in "(([0-9]{1,4}|Mon|Friday|May|Sept|of|the|to|é|[ \n.,/-]){1,2}){0,14}",
        wild in any::<String>(),
    ) {
        for text in [text, wild] {
            for mention in mentions(&text, 0, &[]) {
                prop_assert_eq!(text.get(mention.span.range()), Some(&*mention.text));
                prop_assert!(!mention.text.is_empty());
            }
        }
    }
}

#[test]
fn a_week_alone_in_its_line_opens_a_note() {
    let opened = |body: &str| opening(body, 0, &[], &[]).map(|opening| opening.text.to_string());
    assert_eq!(opened("*Week 28*\n\nRain.\n").as_deref(), Some("*Week 28*"));
    assert_eq!(opened("Vecka 0\n\nRegn.\n").as_deref(), Some("Vecka 0"));
    for prose in ["Week 28 was hard.\n", "28\n", "We met 28 weeks ago.\n"] {
        assert_eq!(opened(prose), None, "{prose}");
    }
}
