use super::*;
use proptest::prelude::*;

/// A date or range as text: `2024-07-08..2024-07-14`, `?-09-23`, with the weekday's number (Monday is 1) behind `w`.
fn show(text: &str) -> String {
    let end = |date: PartialDate| {
        let year = date.year.map_or("?".to_owned(), |year| year.to_string());
        let weekday = date.weekday.map_or(String::new(), |day| {
            format!("w{}", day.to_monday_one_offset())
        });
        format!("{year}-{:02}-{:02}{weekday}", date.month, date.day)
    };
    range(text).map_or("none".to_owned(), |(range, span)| {
        let days = if range.first == range.last {
            end(range.first)
        } else {
            format!("{}..{}", end(range.first), end(range.last))
        };
        format!("{days} {}", span.of(text))
    })
}

#[test]
fn single_dates() {
    for (text, expected) in [
        ("Notes of 3rd October 2021.", "2021-10-03 3rd October 2021"),
        ("week ending Nov.19", "?-11-19 Nov.19"),
        ("Week 7: 26-02-2018", "2018-02-26 26-02-2018"),
        ("02/26/2018", "2018-02-26 02/26/2018"),
        ("04/04/2018", "2018-04-04 04/04/2018"),
        ("June 5, 2022: rain", "2022-06-05 June 5, 2022"),
        (
            "Sat, the 4th of May 2019",
            "2019-05-04w6 Sat, the 4th of May 2019",
        ),
        ("Thursday 2017-03-09", "2017-03-09w4 Thursday 2017-03-09"),
        ("2018-12-19-5-things", "2018-12-19 2018-12-19"),
        ("2022/02/17", "2022-02-17 2022/02/17"),
        ("20220217", "2022-02-17 20220217"),
        ("weeknotes-7-may-2021", "2021-05-07 7-may-2021"),
        ("31 April", "?-04-31 31 April"),
        ("7 April 2030hrs", "?-04-07 7 April"),
    ] {
        assert_eq!(show(text), expected, "{text}");
    }
}

#[test]
fn ranges() {
    for (text, expected) in [
        ("May 6 to 12", "?-05-06..?-05-12 May 6 to 12"),
        (
            "Dec 28, 2020 - Jan 3, 2021",
            "2020-12-28..2021-01-03 Dec 28, 2020 - Jan 3, 2021",
        ),
        (
            "28 December - 3 January 2021",
            "2020-12-28..2021-01-03 28 December - 3 January 2021",
        ),
        (
            "28 December 2020 – 3 January",
            "2020-12-28..2021-01-03 28 December 2020 – 3 January",
        ),
        ("Week Notes 6-10 May", "?-05-06..?-05-10 6-10 May"),
        (
            "May 6th–10th, 2024 in short",
            "2024-05-06..2024-05-10 May 6th–10th, 2024",
        ),
        (
            "Tue 05 Apr to Mon 11 Apr",
            "?-04-05w2..?-04-11w1 Tue 05 Apr to Mon 11 Apr",
        ),
        (
            "from Monday 9 to Sunday 15 May 2016",
            "2016-05-09w1..2016-05-15w7 Monday 9 to Sunday 15 May 2016",
        ),
        ("# June 3 - June 9", "?-06-03..?-06-09 June 3 - June 9"),
        (
            "2024-05-06 to 2024-05-12",
            "2024-05-06..2024-05-12 2024-05-06 to 2024-05-12",
        ),
        ("weeknotes-may-6-to-12", "?-05-06..?-05-12 may-6-to-12"),
    ] {
        assert_eq!(show(text), expected, "{text}");
    }
}

#[test]
fn what_follows_a_dash_may_be_something_else() {
    for (text, expected) in [
        ("July 8 - 10 things", "?-07-08 July 8"),
        ("8 July - 10 people", "?-07-08 8 July"),
        ("12 May – the end", "?-05-12 12 May"),
    ] {
        assert_eq!(show(text), expected, "{text}");
    }
}

#[test]
fn no_dates() {
    for text in [
        "03/04/2025",
        "2024-07",
        "2025-20",
        "Week 26, 27",
        "Sun 31 Novotel",
        "May 32",
        "v1.30 March",
        "10:30 May",
        "Sunday 10-12pm",
        "1.2.3.4",
        "2024.07.08.1",
        "Monday to Friday",
        "100 May",
        "12 monkeys",
        "",
    ] {
        assert_eq!(show(text), "none", "{text}");
    }
}

#[test]
fn impossible_days() {
    for (text, impossible) in [
        ("31 April", true),
        ("30 February", true),
        ("29 February 2023", true),
        ("29 February 2024", false),
        ("29 February", false),
        ("31 May", false),
    ] {
        assert_eq!(
            is_impossible(range(text).unwrap().0.first),
            impossible,
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(
        text in "(([0-9]{1,4}|[a-z]{2}|Mon|Wednesday|[Mm]ay|July|Sept|to|of|the|é|第|[ \n.,:/_–-]){1,2}){0,12}",
        wild in any::<String>(),
    ) {
        for text in [text, wild] {
            if let Some(found) = find(&text) {
                for span in [Some(found.span), Some(found.first), found.last].into_iter().flatten() {
                    prop_assert!(text.get(span.range()).is_some_and(|part| !part.is_empty()));
                }
            }
        }
    }
}
